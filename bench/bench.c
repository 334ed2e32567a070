/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The bench program: kernels by width, whole jobs against memcpy of the frame, growth. Prints CSV.
 *   bench [jobs] [hd] [kernels] [optics] [edits] [codec] [png] [memory] [pixels] [dots]
 *   bench serve WIDTH HEIGHT FOLDER      for bench/peers
 * everything without arguments; hd: the jobs at 1920x1080 alone */
#include "bench.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

double bench_now(void)
{
    struct timespec t;
    timespec_get(&t, TIME_UTC);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

void bench_need(smp_status status, const smp_diag *diag, const char *what)
{
    if (status == SMP_OK)
        return;
    fprintf(stderr, "bench: %s: %s: %s\n", what, smp_status_name(status), diag->text);
    exit(1);
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double bench_median(double *x, int count)
{
    qsort(x, (size_t)count, sizeof *x, by_size);
    return count % 2 ? x[count / 2] : 0.5 * (x[count / 2 - 1] + x[count / 2]);
}

uint64_t bench_hash(const smp_image *image)
{
    const size_t row = image->width * (size_t)smp_format_pixel_size((smp_format)image->format);
    uint64_t h = 1469598103934665603ull;
    for (uint32_t y = 0; y < image->height; y++) {
        const unsigned char *p = (const unsigned char *)image->data + (ptrdiff_t)y * image->stride;
        for (size_t i = 0; i < row; i++)
            h = (h ^ p[i]) * 1099511628211ull;
    }
    return h;
}

void bench_run(bench_entry *entries, int count, int rounds)
{
    double ratio[64], own[64], work[64];
    for (int r = -1; r < rounds; r++)
        for (int i = 0; i < count; i++) {
            const double begin = bench_now();
            const clock_t start = clock();
            entries[i].run(entries[i].user);
            if (r < 0)
                continue;
            entries[i].seconds[r] = bench_now() - begin;
            entries[i].work[r] = (double)(clock() - start) / CLOCKS_PER_SEC;
        }
    for (int i = 0; i < count; i++) {
        for (int r = 0; r < rounds; r++) {
            ratio[r] = entries[i].seconds[r] / entries[0].seconds[r];
            own[r] = entries[i].seconds[r];
            work[r] = entries[i].work[r] / (entries[0].work[r] > 0 ? entries[0].work[r] : 1e-9);
        }
        const double median = bench_median(own, rounds);
        printf("%s,%.3f,%.3f,%.2f,%.2f,%.3f,%.3f\n", entries[i].name, 1e3 * median,
               1e9 * median / entries[i].units, bench_median(ratio, rounds),
               bench_median(work, rounds), 1e3 * own[0], 1e3 * own[rounds - 1]);
        fflush(stdout);
    }
}

static void cpu_name(char *text, size_t size)
{
    FILE *f = fopen("/proc/cpuinfo", "r");
    char line[256];
    snprintf(text, size, "unknown");
    while (f && fgets(line, sizeof line, f))
        if (!strncmp(line, "model name", 10) && strchr(line, ':')) {
            line[strcspn(line, "\n")] = '\0';
            snprintf(text, size, "%s", strchr(line, ':') + 2);
            break;
        }
    if (f)
        fclose(f);
}

void bench_head(void)
{
    char cpu[256];
    cpu_name(cpu, sizeof cpu);
    printf("# cpu: %s\n# compiler: %s\n# flags: %s\n# revision: %s\n", cpu, BENCH_COMPILER,
           BENCH_FLAGS, BENCH_REVISION);
    printf("name,median_ms,ns_per_unit,ratio_to_first,ratio_of_cpu_time,min_ms,max_ms\n");
}

static int wanted(int argc, char **argv, const char *what)
{
    for (int i = 1; i < argc; i++)
        if (!strcmp(argv[i], what))
            return 1;
    return argc == 1;
}

int main(int argc, char **argv)
{
    if (argc == 5 && !strcmp(argv[1], "serve")) {
        bench_serve((uint32_t)atoi(argv[2]), (uint32_t)atoi(argv[3]), argv[4]);
        return 0;
    }
    bench_head();
    if (wanted(argc, argv, "kernels"))
        bench_kernels();
    if (wanted(argc, argv, "optics"))
        bench_optics();
    if (wanted(argc, argv, "jobs"))
        bench_jobs(4000, 3000, 20000);
    if (wanted(argc, argv, "jobs") || wanted(argc, argv, "hd"))
        bench_jobs(1920, 1080, 20000);
    if (wanted(argc, argv, "codec"))
        bench_codec(4000, 3000);
    if (wanted(argc, argv, "png"))
        bench_png(2000, 1500);
    if (wanted(argc, argv, "edits")) {
        bench_edits(4000, 3000);
        bench_edits(1920, 1080);
    }
    if (wanted(argc, argv, "memory"))
        bench_memory();
    if (wanted(argc, argv, "pixels"))
        bench_pixels();
    if (wanted(argc, argv, "dots"))
        bench_dots();
    return 0;
}
