/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Every kernel at every width: the bits of the scalar one, nothing written outside, and a stated
 * distance from the formula in double. A kernel without a check_<kernel> does not compile. */
#include "kernels/check_day.h"
#include "kernels/check_dots.h"
#include "kernels/check_pixels.h"
#include "kernels/kit.h"

static smpk_dot random_dot(uint32_t *c, size_t n)
{
    smpk_dot dot = {.x = number(c, -3.0f, (float)n + 3.0f), .y = number(c, -2.0f, 6.0f)};
    dot.qxx = number(c, 0.001f, 2.0f);
    dot.qyy = number(c, 0.001f, 2.0f);
    dot.qxy = number(c, -0.9f, 0.9f) * sqrtf(dot.qxx * dot.qyy);
    dot.a = number(c, 0.0f, 9.0f);
    dot.b = number(c, 0.0f, 9.0f);
    dot.power = 1 + (uint32_t)number(c, 0.0f, 8.0f);
    for (int i = 0; i < 3; i++)
        dot.amount[i] = number(c, 0.0f, 0.7f);
    return dot;
}

static double splat_double(const smpk_dot *d, double i, double j)
{
    const double dx = i - (double)d->x, dy = j - (double)d->y;
    const double q =
        (double)d->qxx * dx * dx + 2.0 * (double)d->qxy * dx * dy + (double)d->qyy * dy * dy;
    const double t = q < 1.0 ? 1.0 - q : 0.0;
    return pow(t, d->power) * ((double)d->a + (double)d->b * t);
}

static void check_splat(const smpk_table *table, size_t n, uint32_t *c)
{
    const smpk_table *scalar = smpk_table_for(SMPK_SCALAR);
    static buffer want, got;
    const smpk_dot dot = random_dot(c, n);
    const size_t rows = n ? 3 : 0, stride = n + SMPK_SPLAT_PAD;
    fill_guards(&want);
    for (int p = 0; p < 3; p++)
        for (size_t j = 0; j < rows; j++)
            for (size_t i = 0; i < n; i++)
                at(&want, p)[j * stride + i] = number(c, 0.0f, 0.5f);
    got = want;
    const buffer before = want;
    scalar->splat(at(&want, 0), at(&want, 1), at(&want, 2), stride, n, rows, &dot);
    table->splat(at(&got, 0), at(&got, 1), at(&got, 2), stride, n, rows, &dot);
    for (int p = 0; p < 3;
         p++) /* what lies behind a row is anything; behind the last pad, nothing */
        for (size_t j = 0; j < rows; j++)
            memcpy(at(&got, p) + j * stride + n, at(&want, p) + j * stride + n,
                   (SMPK_SPLAT_PAD - 1) * sizeof(float));
    same("splat", table, n, &want, &got);
    for (size_t j = 0; j < rows; j++)
        for (size_t i = 0; i < n; i++) {
            const size_t k = GUARD + j * stride + i;
            const double exact = (double)before.memory[1][k] +
                                 (double)dot.amount[1] * splat_double(&dot, (double)i, (double)j);
            /* 18 is the largest a + b, 0.7 the largest amount; q <= 1 where it counts */
            ck_assert_double_eq_tol(exact, (double)want.memory[1][k], 18.0 * 0.7 * 1e-5);
        }
}

static double through_double(double core, double tail, double mask)
{
    const double c = core * (1.0 + tail);
    const double f = c <= 0.75 ? c : 1.0 - 0.0625 / (c - 0.5);
    return 1.0 - mask * (1.0 - (1.0 - f) / (1.0 + tail));
}

static void check_through(const smpk_table *table, size_t n, uint32_t *c)
{
    const smpk_table *scalar = smpk_table_for(SMPK_SCALAR);
    static buffer want, got;
    float core[MOST], tail[MOST];
    uint16_t mask[MOST];
    for (size_t i = 0; i < n; i++) {
        const uint32_t kind = (uint32_t)number(c, 0.0f, 6.0f);
        core[i] = kind == 0 ? 0.0f : number(c, 0.0f, kind == 1 ? 100.0f : 1.5f);
        tail[i] = kind == 0 || kind == 2 ? 0.0f : number(c, 0.0f, kind == 3 ? 50.0f : 1.0f);
        mask[i] = (uint16_t)(kind == 4 ? 0.0f : kind == 5 ? 65535.0f : number(c, 0.0f, 65535.9f));
    }
    fill_guards(&want);
    got = want;
    scalar->through(at(&want, 0), core, tail, mask, n);
    table->through(at(&got, 0), core, tail, mask, n);
    same("through", table, n, &want, &got);
    for (size_t i = 0; i < n; i++) {
        const float t = at(&want, 0)[i];
        const double exact =
            through_double((double)core[i], (double)tail[i], (double)mask[i] / 65535.0);
        ck_assert_double_eq_tol((double)t, exact, 3e-7);
        ck_assert(t >= 0.0f && t <= 1.0f);
        if ((core[i] == 0.0f && tail[i] == 0.0f) || mask[i] == 0)
            ck_assert(t == 1.0f);
    }
}

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
