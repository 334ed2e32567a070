/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The pool: starts that fail, jobs at once, forks. */
#if !defined(_WIN32)
#define _POSIX_C_SOURCE 200809L /* fork, waitpid */
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

#include <check.h>

#include "base/tasks.h"
#include "rooms/tally.h"

static int starts_left;

static int start_some(smpi_thread *thread, void (*fn)(void *arg), void *arg)
{
    return starts_left-- > 0 ? smpi_thread_start(thread, fn, arg) : 1;
}

START_TEST(pool_refuses)
{
    smp_pool *pool = (smp_pool *)1;
    smp_diag diag;
    ck_assert_int_eq(smp_pool_create(NULL, 1, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_pool_create(&pool, 257, &diag), SMP_ERR_RANGE);
    ck_assert_str_eq(diag.text, "threads is 257, want [0, 256]");
    ck_assert_ptr_null(pool);
    for (int i = 0; i < 4; i++) {
        starts_left = i;
        smpi_diag_clear(&diag);
        ck_assert_int_eq(smpi_pool_create(&pool, 6, start_some, &diag), SMP_ERR_RUNNER);
        ck_assert_ptr_null(pool);
        ck_assert_ptr_nonnull(strstr(diag.text, "of 5 could not be started"));
    }
    smp_pool_destroy(&pool);
    smp_pool_destroy(NULL);
    ck_assert(!smp_pool_runner(NULL).run);
}
END_TEST

/* Jobs from several threads at once: one gets the pool, the others run where they are. */
static const smp_context *shared_ctx;

static void many_jobs(void *arg)
{
    tally *t = arg;
    for (int i = 0; i < 50; i++) {
        tally_clear(t);
        TEST_ASSERT(smpi_run(shared_ctx, count_one, t, 300) == SMP_OK);
        for (uint32_t k = 0; k < TASKS; k++)
            TEST_ASSERT(t->seen[k] == (k < 300));
    }
}

START_TEST(jobs_at_once)
{
    static tally tallies[4];
    smp_pool *pool;
    smpi_thread threads[4];
    const smp_runner runner = test_parallel(&pool, 3);
    smp_context *ctx = test_context(NULL, &runner, SMP_ISA_BEST);
    shared_ctx = ctx;
    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(smpi_thread_start(&threads[i], many_jobs, &tallies[i]), 0);
    for (int i = 0; i < 4; i++)
        smpi_thread_join(threads[i]);
    smp_context_destroy(&ctx);
    smp_pool_destroy(&pool);
}
END_TEST

START_TEST(forked_child)
{
#if defined(_WIN32)
    printf("SKIP: no fork here\n");
#else
    static tally t;
    smp_pool *pool;
    const smp_runner runner = test_parallel(&pool, 4);
    smp_context *ctx = test_context(NULL, &runner, SMP_ISA_BEST);
    tally_clear(&t);
    ck_assert_int_eq(smpi_run(ctx, count_one, &t, 100), SMP_OK);
    const pid_t child = fork();
    if (child == 0) {
        alarm(20);
        tally_clear(&t);
        int good = smpi_run(ctx, count_one, &t, 500) == SMP_OK;
        for (uint32_t i = 0; i < TASKS; i++)
            good = good && t.seen[i] == (i < 500);
        smp_context_destroy(&ctx);
        smp_pool_destroy(&pool);
        _exit(good && !pool ? 0 : 1);
    }
    int status = -1;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
    tally_clear(&t);
    ck_assert_int_eq(smpi_run(ctx, count_one, &t, TASKS), SMP_OK);
    each_once(&t, TASKS);
    smp_context_destroy(&ctx);
    smp_pool_destroy(&pool);
#endif
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("base_pool");
    TCase *tests = tcase_create("all");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, pool_refuses);
    tcase_add_test(tests, jobs_at_once);
    tcase_add_test(tests, forked_child);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
