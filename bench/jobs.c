/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Whole jobs: render, render of another day, analysis, by threads and vector width, against memcpy
 * of the frame in the same rounds. */
#include <stdio.h>
#include <stdlib.h>

#include "scene.h"

void bench_jobs(uint32_t width, uint32_t height, uint32_t dots)
{
    static const struct {
        const char *name;
        uint32_t threads;
        smp_isa isa;
    } kinds[] = {
        {"best,1", 1, SMP_ISA_BEST}, {"best,2", 2, SMP_ISA_BEST}, {"v128,1", 1, SMP_ISA_V128}};
    enum { KINDS = sizeof kinds / sizeof *kinds };
    frame f;
    setting s[KINDS];
    bench_entry entries[1 + 3 * KINDS];
    int count = 0;
    scene_make_frame(&f, width, height);
    const float density = scene_fit_density(&f, dots);
    uint64_t hash[KINDS];
    for (int i = 0; i < KINDS; i++) {
        scene_make_setting(s + i, &f, kinds[i].threads, kinds[i].isa, density);
        s[i].day = 59;
        scene_whole(s + i);
        hash[i] = bench_hash(&s[i].out);
        if (hash[i] != hash[0]) {
            fprintf(stderr, "bench: %s gives other pixels\n", kinds[i].name);
            exit(1);
        }
    }
    const double pixels = (double)width * height;
    bench_entry *e = entries;
    e[count] = (bench_entry){"", scene_copy, s, pixels, {0}, {0}};
    snprintf(e[count++].name, 64, "memcpy %ux%u", width, height);
    for (int i = 0; i < KINDS; i++) {
        const struct {
            const char *name;
            void (*run)(void *);
        } jobs[] = {{"render", scene_whole}, {"again", scene_again}, {"analyse", scene_analyse}};
        for (int j = 0; j < 3; j++) {
            e[count] = (bench_entry){"", jobs[j].run, s + i, pixels, {0}, {0}};
            snprintf(e[count++].name, 64, "%s %ux%u %s", jobs[j].name, width, height,
                     i == 1   ? "best 2 threads"
                     : i == 0 ? "best 1 thread"
                              : "v128 1 thread");
        }
    }
    bench_run(entries, count, BENCH_PAIRS);
    bench_entry *again = entries + count - 2;
    printf("# %ux%u, 128 bits, 1 thread: another day %.0f times a second by the clock, %.0f by the "
           "processor\n",
           width, height, 1 / bench_median(again->seconds, BENCH_PAIRS),
           1 / bench_median(again->work, BENCH_PAIRS));
    for (int i = 0; i < KINDS; i++)
        scene_drop_setting(s + i);
    scene_drop_frame(&f);
}
