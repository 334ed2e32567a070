/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * How long the places of a head take, and dots from them: medians by the clock, and the least time
 * of the processor, which a busy machine disturbs less; ns a place and dots a second follow from
 * that.
 * cc -O2 bench/bench_dots.c -Iinclude -lsmp -o bench_dots && ./bench_dots [rounds] */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <smp/dots.h>

#define MOST 99

static double now_ms(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return 1e3 * (double)t.tv_sec + 1e-6 * (double)t.tv_nsec;
}

static int rises(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, rises);
    return values[count / 2];
}

static void must(smp_status status, const smp_diag *diag)
{
    if (status == SMP_OK)
        return;
    fprintf(stderr, "%s\n", diag->text);
    exit(1);
}

static void one(uint32_t threads, float regularity, float group_share, int rounds)
{
    smp_pool *pool;
    smp_context *ctx;
    smp_context_desc desc;
    smp_plan_desc plan_desc;
    smp_plan *plan;
    smp_places *places = NULL;
    smp_dots *dots = NULL;
    smp_diag diag;
    double prepare[MOST], choose[MOST], least[2] = {1e9, 1e9};
    must(smp_pool_create(&pool, threads, &diag), &diag);
    smp_context_desc_init(&desc);
    desc.runner = smp_pool_runner(pool);
    must(smp_context_create(&ctx, &desc, &diag), &diag);
    smp_plan_desc_init(&plan_desc);
    plan_desc.regularity = regularity;
    plan_desc.group_share = group_share;
    must(smp_plan_create(ctx, NULL, &plan_desc, &plan, &diag), &diag);
    for (int i = 0; i < rounds; i++) {
        smp_places_destroy(&places);
        const double start = now_ms(CLOCK_MONOTONIC), work = now_ms(CLOCK_PROCESS_CPUTIME_ID);
        must(smp_places_create(ctx, plan, 0.0f, NULL, &places, &diag), &diag);
        prepare[i] = now_ms(CLOCK_MONOTONIC) - start;
        const double worked = now_ms(CLOCK_PROCESS_CPUTIME_ID) - work;
        least[0] = worked < least[0] ? worked : least[0];
    }
    uint32_t count = 0;
    for (int i = 0; i < rounds; i++) {
        const double start = now_ms(CLOCK_MONOTONIC), work = now_ms(CLOCK_PROCESS_CPUTIME_ID);
        must(smp_dots_create_from(ctx, places, plan, NULL, &dots, &diag), &diag);
        choose[i] = now_ms(CLOCK_MONOTONIC) - start;
        const double worked = now_ms(CLOCK_PROCESS_CPUTIME_ID) - work;
        least[1] = worked < least[1] ? worked : least[1];
        count = smp_dots_arrays(dots).count;
        smp_dots_destroy(&dots);
    }
    const uint32_t n = smp_places_count(places);
    uint64_t peak;
    (void)smp_context_memory(ctx, &peak);
    const double a = median(prepare, rounds), b = median(choose, rounds);
    printf("threads %u regularity %.0f groups %.1f: %u places in %.1f ms (cpu %.1f: %.0f ns each); "
           "%u dots in %.2f ms (cpu %.2f: %.1f M dots/s, %.1f M places/s); peak %.1f MB\n",
           threads, (double)regularity, (double)group_share, n, a, least[0], 1e6 * least[0] / n,
           count, b, least[1], 1e-3 * count / least[1], 1e-3 * n / least[1], 1e-6 * (double)peak);
    smp_places_destroy(&places);
    smp_plan_destroy(&plan);
    smp_context_destroy(&ctx);
    smp_pool_destroy(&pool);
}

int main(int argc, char **argv)
{
    const int asked = argc > 1 ? atoi(argv[1]) : 9;
    const int rounds = asked < 1 ? 1 : asked > MOST ? MOST : asked;
    one(1, 0.0f, 0.0f, rounds);
    one(1, 1.0f, 0.0f, rounds);
    one(1, 0.0f, 0.7f, rounds);
    one(2, 0.0f, 0.0f, rounds);
    one(2, 1.0f, 0.0f, rounds);
    return 0;
}
