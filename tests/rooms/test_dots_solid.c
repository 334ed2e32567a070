/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Dots whatever the threads, the memory and the caller do: same bytes, clean errors; flat patches.
 */
#include <check.h>
#include <math.h>

#include <smp/dots.h>

#include "support.h"

static uint64_t hash_of(const smp_dots_view *v)
{
    const size_t bytes = v->count * sizeof(float);
    const void *const columns[] = {v->x_mm, v->y_mm,        v->z_mm,   v->nx,        v->ny,  v->nz,
                                   v->id,   v->diameter_mm, v->top_mm, v->height_mm, v->dose};
    uint64_t hash = test_hash(TEST_HASH_START, &v->count, sizeof v->count);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        hash = test_hash(hash, columns[i], bytes);
    return test_hash(hash, v->session, v->count);
}

typedef struct job {
    smp_head *head;
    float density;
    uint64_t hash;
} job;

/* Makes a plan and its dots, and lets go of both. */
static smp_status make(smp_context *ctx, void *user, smp_diag *diag)
{
    job *j = user;
    smp_plan_desc desc;
    smp_plan *plan = NULL;
    smp_dots *dots = NULL;
    smp_plan_desc_init(&desc);
    desc.density_per_cm2 = j->density;
    smp_status status = smp_plan_create(ctx, j->head, &desc, &plan, diag);
    if (status == SMP_OK)
        status = smp_dots_create(ctx, plan, NULL, &dots, diag);
    if (status == SMP_OK) {
        const smp_dots_view view = smp_dots_arrays(dots);
        j->hash = hash_of(&view);
        ck_assert_uint_gt(view.count, 0);
    } else {
        ck_assert_ptr_null(dots);
    }
    smp_dots_destroy(&dots);
    smp_plan_destroy(&plan);
    return status;
}

static uint64_t hash_with(const smp_runner *runner, smp_isa isa)
{
    smp_context *ctx = test_context(NULL, runner, isa);
    job j = {.density = 30.0f};
    ck_assert_int_eq(make(ctx, &j, NULL), SMP_OK);
    smp_context_destroy(&ctx);
    return j.hash;
}

START_TEST(test_same_bytes_with_any_threads)
{
    const uint64_t want = hash_with(NULL, SMP_ISA_SCALAR);
    const smp_runner backwards = test_backwards();
    static const uint32_t threads[] = {1, 2, 7};
    ck_assert_uint_eq(hash_with(&backwards, SMP_ISA_BEST), want);
    for (size_t i = 0; i < 3; i++) {
        smp_pool *pool = NULL;
        const smp_runner runner = test_parallel(&pool, threads[i]);
        ck_assert_uint_eq(hash_with(&runner, SMP_ISA_BEST), want);
        smp_pool_destroy(&pool);
    }
}
END_TEST

START_TEST(test_out_of_memory_anywhere)
{
    smp_head flat;
    smp_head_init(&flat);
    flat.shape = SMP_SHAPE_FLAT;
    flat.width_mm = 40.0f;
    flat.height_mm = 90.0f;
    job head = {.density = 2.0f}, patch = {.head = &flat, .density = 40.0f};
    printf("%llu allocations\n", (unsigned long long)smp_oom_loop(make, &head));
    smp_oom_loop(make, &patch);
}
END_TEST

/* A crop agrees with the whole, and so does a patch that is wider than a tile. */
START_TEST(test_patches_agree)
{
    static const float sizes[][2] = {{200.0f, 150.0f}, {70.0f, 150.0f}, {5.0f, 5.0f}};
    smp_context *ctx = test_context(NULL, NULL, SMP_ISA_BEST);
    smp_dots *dots[3];
    for (size_t i = 0; i < 3; i++) {
        smp_head head;
        smp_plan *plan = NULL;
        smp_head_init(&head);
        head.shape = SMP_SHAPE_FLAT;
        head.width_mm = sizes[i][0];
        head.height_mm = sizes[i][1];
        ck_assert_int_eq(smp_plan_create(ctx, &head, NULL, &plan, NULL), SMP_OK);
        ck_assert_int_eq(smp_dots_create(ctx, plan, NULL, &dots[i], NULL), SMP_OK);
        smp_plan_destroy(&plan);
    }
    const smp_dots_view whole = smp_dots_arrays(dots[0]);
    ck_assert_double_eq_tol(whole.count, 150.0 * 300.0, 450.0);
    for (size_t i = 1; i < 3; i++) {
        const smp_dots_view crop = smp_dots_arrays(dots[i]);
        uint32_t n = 0;
        for (uint32_t k = 0; k < whole.count; k++) {
            ck_assert_float_eq(whole.nz[k], -1.0f);
            if (!(whole.x_mm[k] < sizes[i][0] && whole.y_mm[k] < sizes[i][1]))
                continue;
            ck_assert_uint_lt(n, crop.count);
            if (crop.id[n] != whole.id[k] || crop.x_mm[n] != whole.x_mm[k] ||
                crop.y_mm[n] != whole.y_mm[k] || crop.dose[n] != whole.dose[k])
                ck_abort_msg("patch %zu: dot %u is not dot %u of the whole", i, n, k);
            n++;
        }
        ck_assert_uint_eq(n, crop.count);
    }
    for (size_t i = 0; i < 3; i++)
        smp_dots_destroy(&dots[i]);
    smp_context_destroy(&ctx);
}
END_TEST

typedef struct watcher {
    double last, stop_at;
    uint32_t calls;
} watcher;

static int watch(void *user, double done, const char *stage)
{
    watcher *w = user;
    ck_assert_str_eq(stage, "dots");
    ck_assert(done >= w->last && done <= 1.0);
    w->last = done;
    w->calls++;
    return done >= w->stop_at;
}

START_TEST(test_progress_and_cancel)
{
    static const double stops[] = {2.0, 0.0, 0.3, 0.75, 0.95};
    test_memory memory = {0};
    smp_context *ctx = test_context(&memory, NULL, SMP_ISA_BEST);
    smp_plan_desc desc;
    smp_plan *plan = NULL;
    smp_plan_desc_init(&desc);
    desc.density_per_cm2 = 20.0f;
    ck_assert_int_eq(smp_plan_create(ctx, NULL, &desc, &plan, NULL), SMP_OK);
    const uint64_t held = memory.live;
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        watcher w = {.stop_at = stops[i]};
        const smp_progress progress = {&w, watch};
        smp_dots *dots = NULL;
        smp_diag diag;
        const smp_status status = smp_dots_create(ctx, plan, &progress, &dots, &diag);
        ck_assert_int_eq(status, i ? SMP_ERR_CANCELLED : SMP_OK);
        ck_assert((dots != NULL) == (i == 0));
        ck_assert_uint_ge(w.calls, i ? 1 : 5);
        smp_dots_destroy(&dots);
        ck_assert_uint_eq(memory.live, held);
    }
    smp_plan_destroy(&plan);
    smp_context_destroy(&ctx);
}
END_TEST

START_TEST(test_misuse_is_refused)
{
    smp_context *ctx = test_context(NULL, NULL, SMP_ISA_BEST);
    smp_dots *dots = (smp_dots *)(uintptr_t)16;
    smp_plan *plan = NULL;
    smp_plan_desc desc;
    smp_head head;
    smp_diag diag;
    ck_assert_int_eq(smp_dots_create(ctx, NULL, NULL, &dots, &diag), SMP_ERR_ARGUMENT);
    ck_assert_ptr_null(dots);
    smp_head_init(&head);
    head.shape = SMP_SHAPE_FLAT;
    head.width_mm = head.height_mm = 1000.0f;
    smp_plan_desc_init(&desc);
    desc.density_per_cm2 = 250.0f;
    ck_assert_int_eq(smp_plan_create(ctx, &head, &desc, &plan, &diag), SMP_OK);
    ck_assert_int_eq(smp_dots_create(NULL, plan, NULL, &dots, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_dots_create(ctx, plan, NULL, NULL, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_dots_create(ctx, plan, NULL, &dots, &diag), SMP_ERR_LIMIT);
    ck_assert_ptr_nonnull(strstr(diag.text, "2000000"));
    ck_assert_ptr_null(dots);
    ck_assert_uint_eq(smp_dots_arrays(NULL).count, 0);
    smp_dots_destroy(NULL);
    smp_dots_destroy(&dots);
    smp_plan_destroy(&plan);
    smp_context_destroy(&ctx);
}
END_TEST

/* Wherever a sensible plan wants more than a stray dot on a head, there are places. */
START_TEST(test_places_reach_the_region)
{
    smp_context *ctx = test_context(NULL, NULL, SMP_ISA_BEST);
    uint64_t state = test_seed();
    for (uint32_t k = 0; k < 12; k++) {
        smp_plan *plan = NULL;
        smp_hairline_desc line;
        smp_hairline_desc_init(&line);
        line.style = k % 4;
        line.height_mm = 60.0f + 25.0f * (float)(k / 4);
        ck_assert_int_eq(smp_plan_create(ctx, NULL, NULL, &plan, NULL), SMP_OK);
        ck_assert_int_eq(smp_plan_set_hairline(plan, &line, NULL), SMP_OK);
        for (int i = 0; i < 20000; i++) {
            const double y = test_uniform(&state, -1.0, 0.3),
                         turn = test_uniform(&state, 0.0, 6.28);
            const double round = sqrt(1.0 - y * y), x = round * cos(turn), z = round * sin(turn);
            const double at[3] = {76.0 * x, 15.0 + 116.0 * y, 98.5 * z};
            /* docs/model/placement.md (1) */
            if (!(0.8660254 * y - 0.5 * z > -0.5) && smp_plan_density(plan, at) > 1.0)
                ck_abort_msg("style %u, %g mm: density %g at %g %g %g", line.style,
                             (double)line.height_mm, smp_plan_density(plan, at), at[0], at[1],
                             at[2]);
        }
        smp_plan_destroy(&plan);
    }
    smp_context_destroy(&ctx);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("dots solid");
    TCase *tests = tcase_create("dots solid");
    tcase_set_timeout(tests, 120.0);
    tcase_add_test(tests, test_same_bytes_with_any_threads);
    tcase_add_test(tests, test_out_of_memory_anywhere);
    tcase_add_test(tests, test_patches_agree);
    tcase_add_test(tests, test_progress_and_cancel);
    tcase_add_test(tests, test_misuse_is_refused);
    tcase_add_test(tests, test_places_reach_the_region);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
