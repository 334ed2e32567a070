/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Growth with pixels and dots. */
#include <stdio.h>
#include <stdlib.h>

#include "scene.h"

void bench_scaling(void)
{
    static const struct {
        uint32_t width, height, dots;
    } sizes[] = {{640, 480, 20000},  {1280, 960, 20000}, {2560, 1920, 20000}, {4000, 3000, 20000},
                 {4000, 3000, 1000}, {4000, 3000, 5000}, {4000, 3000, 40000}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        frame f;
        setting s;
        bench_entry entries[3];
        scene_make_frame(&f, sizes[i].width, sizes[i].height);
        scene_make_setting(&s, &f, 1, SMP_ISA_BEST, scene_fit_density(&f, sizes[i].dots));
        s.day = 59;
        const double pixels = (double)sizes[i].width * sizes[i].height;
        for (int j = 0; j < 3; j++) {
            entries[j] = (bench_entry){
                "", j == 0 ? scene_copy : j == 1 ? scene_whole : scene_again, &s, pixels, {0}, {0}};
            snprintf(entries[j].name, 64, "%s %ux%u %u dots",
                     j == 0   ? "memcpy"
                     : j == 1 ? "render"
                              : "again",
                     sizes[i].width, sizes[i].height, sizes[i].dots);
        }
        bench_run(entries, 3, BENCH_PAIRS);
        scene_drop_setting(&s);
        scene_drop_frame(&f);
    }
}
