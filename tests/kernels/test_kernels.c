/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Every kernel at every width: the bits of the scalar one, nothing written outside, and a stated
 * distance from the formula in double. A kernel without a check_<kernel> does not compile. */
#include "kernels/check_cores.h"
#include "kernels/check_day.h"
#include "kernels/check_dots.h"
#include "kernels/check_pixels.h"
#include "kernels/kit.h"

static void check_under(const smpk_table *table, size_t n, uint32_t *c)
{
    const smpk_table *scalar = smpk_table_for(SMPK_SCALAR);
    static buffer want, got;
    float shine[MOST], t[MOST];
    fill_guards(&want);
    for (size_t i = 0; i < n; i++) {
        at(&want, 0)[i] = number(c, 0.0f, 1.2f);
        shine[i] = number(c, 0.0f, 1.0f) * at(&want, 0)[i];
        t[i] = number(c, 0.0f, 1.0f);
    }
    got = want;
    const buffer before = want;
    scalar->under(at(&want, 0), shine, t, n);
    table->under(at(&got, 0), shine, t, n);
    same("under", table, n, &want, &got);
    for (size_t i = 0; i < n; i++) {
        const double light = (double)before.memory[0][GUARD + i], s = (double)shine[i];
        ck_assert_double_eq_tol((double)at(&want, 0)[i], s + (light - s) * (double)t[i], 3e-7);
    }
}

START_TEST(every_width)
{
    const smpk_table *table = smpk_table_for(_i);
    if (!table) {
        const char *required = getenv("SMP_TEST_REQUIRE");
        printf("SKIP kernels: width %d is not built or cannot run here\n", _i);
        ck_assert_msg(!required || !strstr(required, "all"), "SMP_TEST_REQUIRE=%s", required);
        return;
    }
    uint32_t counter = 0;
    for (int round = 0; round < 20; round++)
        for (size_t n = 0; n <= MOST; n++) {
#define SMPK_KERNEL(name, args) check_##name(table, n, &counter);
#include "kernels/kernels.def"
#undef SMPK_KERNEL
        }
}
END_TEST

START_TEST(best_width)
{
    ck_assert_ptr_nonnull(smpk_best(0));
    ck_assert_ptr_eq(smpk_best(SMPK_SCALAR), smpk_table_for(SMPK_SCALAR));
    for (int cap = SMPK_SCALAR; cap <= SMPK_V512; cap++)
        ck_assert_int_le(smpk_best(cap)->isa, cap);
    ck_assert_ptr_null(smpk_table_for(99));
    ck_assert_ptr_null(smpk_table_for(0));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("kernels");
    TCase *tests = tcase_create("kernels");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, every_width, SMPK_SCALAR, SMPK_V512 + 1);
    tcase_add_test(tests, best_width);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
