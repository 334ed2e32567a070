/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Dots in time: what is left, how it falls, how it spreads. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include <smp/ageing.h>

#include "ageing/age.h"
#include "optics/dot.h"

static smpi_implant implant(uint32_t id, double days)
{
    smpi_implant i = {7, id, 0.10f, 0.25f, 2, days};
    return i;
}

START_TEST(average_dot)
{
    double last = 1.0000001;
    ck_assert_double_eq_tol(smp_pigment_left(0), 1, 1e-12);
    ck_assert_double_eq_tol(smp_pigment_left(42), 0.68, 1e-12);
    for (double day = 0; day < 10000; day += day < 60 ? 0.5 : 30) {
        double left = smp_pigment_left(day);
        ck_assert_double_lt(left, last);
        last = left;
    }
    /* Most is lost on days 3 to 10, next to nothing in weeks 4 to 6 (field.md 3.6). */
    ck_assert_double_gt(smp_pigment_left(3) - smp_pigment_left(10), 0.13);
    ck_assert_double_lt(smp_pigment_left(28) - smp_pigment_left(42), 0.012);
    /* The constants of the model, each moved by a tenth, leave these. */
    ck_assert_double_eq_tol(smp_pigment_left(9), 0.80590, 1e-3);
    ck_assert_double_eq_tol(smp_pigment_left(42 + 3.7 * 365.25), 0.68 * exp(-1), 1e-4);
    ck_assert(isnan(smp_pigment_left(-1)) && isnan(smp_pigment_left(NAN)));
    ck_assert(isnan(smp_pigment_left(INFINITY)));
}
END_TEST

START_TEST(each_dot_falls)
{
    for (uint32_t id = 0; id < 200; id++) {
        float last = 2 * 1.5f, wandered = 0;
        for (double day = 0; day < 8000; day += day < 60 ? 0.5 : 30) {
            smpi_implant i = implant(id, day);
            smpi_aged a = smpi_dot_age(&i), again = smpi_dot_age(&i);
            ck_assert(a.dose <= last && a.dose > 0);
            ck_assert(a.dose == again.dose && a.spread_mm == again.spread_mm);
            ck_assert(day < 30 || a.spread_mm >= wandered);
            last = a.dose;
            wandered = a.spread_mm;
        }
    }
    smpi_implant before = implant(1, -0.01), none = implant(1, 10), never = implant(1, NAN);
    none.dose = 0;
    ck_assert(smpi_dot_age(&before).dose == 0 && smpi_dot_age(&before).spread_mm == 0);
    ck_assert(smpi_dot_age(&none).dose == 0 && smpi_dot_age(&never).dose == 0);
}
END_TEST

START_TEST(dots_differ_about_the_mean)
{
    double sum = 0, square = 0;
    for (uint32_t id = 0; id < 4000; id++) {
        smpi_implant i = implant(id, 42);
        double d = (double)smpi_dot_age(&i).dose / 2;
        sum += d / 4000;
        square += d * d / 4000;
    }
    ck_assert_double_eq_tol(sum, 0.68, 0.006);
    ck_assert_double_eq_tol(sqrt(square - sum * sum), 0.067, 0.004);
}
END_TEST

START_TEST(spread_and_fresh_week)
{
    smpi_implant fresh = implant(3, 0), year = implant(3, 3652.5), deep = year;
    ck_assert_double_eq_tol((double)smpi_dot_age(&fresh).dose, 2.8, 1e-5);
    ck_assert_double_eq_tol((double)smpi_dot_age(&fresh).spread_mm, 0.05, 1e-6);
    /* sigma^2 = 2 D t with D 0.0002 mm2/a over ten years */
    ck_assert_double_eq_tol((double)smpi_dot_age(&year).spread_mm, sqrt(2 * 0.0002 * 10), 1e-5);
    deep.top_mm = 0.5f;
    deep.height_mm = 1.3f;
    deep.dose = 40;
    double d = pow((double)smpi_dot_age(&deep).spread_mm, 2) / 20;
    ck_assert_double_gt(d, 0.0015);
    ck_assert_double_lt(d, 0.002);
}
END_TEST

/* Contrast at the middle of a default dot on light skin, green, mean of many dots. */
static double contrast(const smpi_dot_model *m, double day)
{
    double sum = 0;
    for (uint32_t id = 0; id < 200; id++) {
        smpi_implant i = implant(id, day);
        smpi_aged a = smpi_dot_age(&i);
        smpi_dot_seen s;
        float r2, k;
        smpi_dot_look(m, 0.25f, 0.10f, 0.25f, a.dose, a.spread_mm, &s);
        smpi_dot_bump(s.core_r2_mm2, s.core_kurtosis, &r2, &k);
        sum += (double)(s.core_mm2[1] * (k + 1) / r2 + s.tail_mm2[1] / m->tail_r2_mm2[1]);
    }
    return sum;
}

START_TEST(what_the_eye_sees)
{
    smpi_dot_model m;
    ck_assert_int_eq(smpi_dot_model_init(&m, NULL, SMP_SPACE_SRGB, NULL), SMP_OK);
    double settled = contrast(&m, 42), half_year = contrast(&m, 42 + 182) / settled;
    ck_assert(half_year > 0.85 && half_year < 0.95);
    ck_assert_double_gt(contrast(&m, 42 + 3 * 365.25) / settled, 0.5);
    ck_assert_double_lt(contrast(&m, 42 + 6 * 365.25) / settled, 0.5);
    ck_assert_double_gt(contrast(&m, 1) / settled, 1.2);
}
END_TEST

START_TEST(dots_of_a_plan)
{
    smp_context *ctx = NULL;
    smp_plan *plan = NULL;
    smp_dots *dots = NULL;
    smp_head head;
    smp_diag diag;
    smp_head_init(&head);
    head.shape = SMP_SHAPE_FLAT;
    ck_assert_int_eq(smp_context_create(&ctx, NULL, NULL), SMP_OK);
    ck_assert_int_eq(smp_plan_create(ctx, &head, NULL, &plan, NULL), SMP_OK);
    ck_assert_int_eq(smp_dots_create(ctx, plan, NULL, &dots, NULL), SMP_OK);
    smp_dots_view v = smp_dots_arrays(dots);
    float *dose = calloc((size_t)v.count + 1, sizeof *dose);
    float *spread = calloc((size_t)v.count + 1, sizeof *spread);
    ck_assert(v.count > 0 && dose && spread);
    ck_assert_int_eq(smp_dots_age(ctx, plan, dots, 5, dose, spread, NULL), SMP_OK);
    for (uint32_t i = 0; i < v.count; i++)
        ck_assert_int_eq(dose[i] > 0, v.session[i] == 0);
    ck_assert_int_eq(smp_dots_age(ctx, plan, dots, -1, dose, spread, NULL), SMP_OK);
    for (uint32_t i = 0; i < v.count; i++)
        ck_assert(dose[i] == 0);
    ck_assert_int_eq(smp_dots_age(ctx, plan, dots, -2, dose, spread, &diag), SMP_ERR_RANGE);
    ck_assert_int_eq(smp_dots_age(ctx, plan, dots, NAN, dose, spread, &diag), SMP_ERR_RANGE);
    ck_assert_int_eq(smp_dots_age(NULL, plan, dots, 1, dose, spread, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_dots_age(ctx, NULL, dots, 1, dose, spread, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_dots_age(ctx, plan, NULL, 1, dose, spread, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_dots_age(ctx, plan, dots, 1, NULL, spread, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_dots_age(ctx, plan, dots, 1, dose, NULL, &diag), SMP_ERR_ARGUMENT);
    free(dose);
    free(spread);
    smp_dots_destroy(&dots);
    smp_plan_destroy(&plan);
    smp_context_destroy(&ctx);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ageing");
    TCase *tc = tcase_create("ageing");
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, average_dot);
    tcase_add_test(tc, each_dot_falls);
    tcase_add_test(tc, dots_differ_about_the_mean);
    tcase_add_test(tc, spread_and_fresh_week);
    tcase_add_test(tc, what_the_eye_sees);
    tcase_add_test(tc, dots_of_a_plan);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
