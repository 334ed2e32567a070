/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Running tasks: each once, on any runner; failures, progress, cancel. */
#include <check.h>

#include "rooms/tally.h"

static void check_runner(const smp_runner *runner)
{
    static const uint32_t counts[] = {0, 1, 2, 7, 64, TASKS};
    static tally t;
    smp_context *ctx = test_context(NULL, runner, SMP_ISA_BEST);
    for (int round = 0; round < 20; round++)
        for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
            tally_clear(&t);
            t.nested = round % 2 ? ctx : NULL;
            ck_assert_int_eq(smpi_run(ctx, count_one, &t, counts[c]), SMP_OK);
            each_once(&t, counts[c]);
            ck_assert_uint_eq(t.inner, round % 2 ? 3 * counts[c] : 0);
        }
    /* The lowest index wins, whatever the order. */
    for (uint32_t low = 0; low < 100; low += 9) {
        tally_clear(&t);
        t.fail_a = low;
        t.fail_b = low + 1;
        ck_assert_int_eq(smpi_run(ctx, count_one, &t, 200), SMP_ERR_FORMAT);
        for (uint32_t i = 0; i <= low; i++)
            ck_assert_uint_eq(t.seen[i], 1);
        t.fail_b = low;
        ck_assert_int_eq(smpi_run(ctx, count_one, &t, 200), SMP_ERR_LIMIT);
    }
    smp_context_destroy(&ctx);
}

START_TEST(runners)
{
    const smp_runner backwards = test_backwards();
    check_runner(NULL);
    check_runner(&backwards);
}
END_TEST

START_TEST(pools)
{
    static const uint32_t threads[] = {1, 2, 7, 0};
    smp_pool *pool;
    const smp_runner runner = test_parallel(&pool, threads[_i]);
    check_runner(&runner);
    smp_pool_destroy(&pool);
    ck_assert_ptr_null(pool);
}
END_TEST

typedef enum fault { FAULT_STATUS, FAULT_SKIP, FAULT_TWICE, FAULT_BEYOND } fault;

static smp_status run_badly(void *user, smp_task_fn *fn, void *task, uint32_t count)
{
    const fault kind = *(fault *)user;
    smp_status status = SMP_OK;
    for (uint32_t i = kind == FAULT_SKIP; i < count; i++)
        (void)fn(task, i);
    if (kind == FAULT_TWICE)
        (void)fn(task, 0);
    if (kind == FAULT_BEYOND)
        status = fn(task, count);
    return kind == FAULT_STATUS ? SMP_ERR_ARGUMENT : status;
}

START_TEST(bad_runners)
{
    static tally t;
    fault kind = (fault)_i;
    const smp_runner runner = {&kind, run_badly};
    smp_context *ctx = test_context(NULL, &runner, SMP_ISA_BEST);
    smp_diag diag = {0};
    tally_clear(&t);
    ck_assert_int_eq(smpi_run_progress(ctx, count_one, &t, 10, NULL, 0, 1, "dots", &diag),
                     SMP_ERR_RUNNER);
    ck_assert_str_eq(diag.text, "dots: the runner failed or left tasks out");
    ck_assert_uint_eq(t.seen[10], 0);
    smp_context_destroy(&ctx);
}
END_TEST

/* ---- progress ---------------------------------------------------------------------------------
 */

typedef struct watch {
    double last;
    int calls, stop_at;
} watch;

static int note(void *user, double done, const char *stage)
{
    watch *w = user;
    ck_assert_str_eq(stage, "dots");
    ck_assert(done >= w->last && done >= 0.0 && done <= 1.0);
    w->last = done;
    return ++w->calls == w->stop_at;
}

START_TEST(progress)
{
    static tally t;
    smp_pool *pool;
    const smp_runner parallel = test_parallel(&pool, 3);
    for (int p = 0; p < 2; p++) {
        smp_context *ctx = test_context(NULL, p ? &parallel : NULL, SMP_ISA_BEST);
        smp_diag diag = {0};
        watch w = {0};
        const smp_progress report = {&w, note};
        tally_clear(&t);
        ck_assert_int_eq(
            smpi_run_progress(ctx, count_one, &t, 777, &report, 0.25, 0.75, "dots", &diag), SMP_OK);
        each_once(&t, 777);
        ck_assert(w.last == 0.75 && w.calls > 10);

        for (int stop = 1; stop < 10; stop++) {
            w = (watch){.stop_at = stop};
            tally_clear(&t);
            smpi_diag_clear(&diag);
            ck_assert_int_eq(
                smpi_run_progress(ctx, count_one, &t, 777, &report, 0, 1, "dots", &diag),
                SMP_ERR_CANCELLED);
            ck_assert_int_eq(w.calls, stop);
            ck_assert_ptr_nonnull(strstr(diag.text, "cancelled during dots"));
            ck_assert_uint_eq(t.seen[776], 0);
        }
        w = (watch){0};
        ck_assert_int_eq(smpi_run_progress(ctx, count_one, &t, 0, &report, 0, 1, "dots", &diag),
                         SMP_OK);
        ck_assert(w.last == 1.0);
        tally_clear(&t);
        t.fail_a = 500;
        smpi_diag_clear(&diag);
        w = (watch){0};
        ck_assert_int_eq(smpi_run_progress(ctx, count_one, &t, 777, &report, 0, 1, "dots", &diag),
                         SMP_ERR_FORMAT);
        ck_assert_str_eq(diag.text, "dots: failed with SMP_ERR_FORMAT");
        smp_context_destroy(&ctx);
    }
    smp_pool_destroy(&pool);
}
END_TEST

START_TEST(reports)
{
    watch w = {0};
    const smp_progress report = {&w, note}, silent = {&w, NULL};
    ck_assert_int_eq(smpi_report(NULL, 0.5, "dots", NULL), SMP_OK);
    ck_assert_int_eq(smpi_report(&silent, 0.5, "dots", NULL), SMP_OK);
    ck_assert_int_eq(smpi_report(&report, -1.0, "dots", NULL), SMP_OK);
    ck_assert_int_eq(smpi_report(&report, 2.0, "dots", NULL), SMP_OK);
    ck_assert(w.last == 1.0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("base_run");
    TCase *tests = tcase_create("all");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, runners);
    tcase_add_loop_test(tests, pools, 0, 4);
    tcase_add_loop_test(tests, bad_runners, 0, 4);
    tcase_add_test(tests, progress);
    tcase_add_test(tests, reports);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
