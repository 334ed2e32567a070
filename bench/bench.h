/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Clocks, medians and rows of the benches. */
#ifndef SMP_BENCH_H
#define SMP_BENCH_H

#include <smp/smp.h>

#define BENCH_PAIRS 9 /* interleaved rounds of a comparison */

double bench_now(void); /* seconds */
/* Ends the program with what failed. */
void bench_need(smp_status status, const smp_diag *diag, const char *what);
double bench_median(double *x, int count); /* sorts */
/* A hash of a picture's pixels, so that what is timed is what is right. */
uint64_t bench_hash(const smp_image *image);

/* One measured thing: medians over rounds in which everything runs in turn. */
typedef struct bench_entry {
    char name[64];
    void (*run)(void *user);
    void *user;
    double units; /* pixels or dots that ns are given for */
    double seconds[64];
    double work[64]; /* time of the processor, all threads */
} bench_entry;

/* Runs all entries in turn, `rounds` times after one that does not count; prints a row for each:
 * name, median ms, ns per unit, and the medians over rounds of its ratios to the first entry, by
 * the clock and by the processor's time. */
void bench_run(bench_entry *entries, int count, int rounds);
void bench_head(void); /* what the figures were taken on, and the columns */

void bench_jobs(uint32_t width, uint32_t height, uint32_t dots);
void bench_kernels(void);
void bench_optics(void);
void bench_codec(uint32_t width, uint32_t height);
void bench_png(uint32_t width, uint32_t height);
void bench_edits(uint32_t width, uint32_t height);
void bench_memory(void);
void bench_pixels(void); /* growth */
void bench_dots(void);
void bench_serve(uint32_t width, uint32_t height, const char *folder);

#endif
