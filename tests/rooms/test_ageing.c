/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Dots in time: what is left, how it falls, how it spreads. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include <smp/ageing.h>

#include "ageing/age.h"

static smpi_implant implant(uint32_t id)
{
    smpi_implant i = {.seed = 7,
                      .id = id,
                      .xyz_mm = {3.0 * (id % 40), 3.0 * (id / 40), 0},
                      .diameter_mm = 0.25f,
                      .top_mm = 0.10f,
                      .height_mm = 0.25f,
                      .dose = 2,
                      .uptake = 1,
                      .spread = 1,
                      .fade = 1};
    return i;
}

/* A dot of default pigment on a typical person. */
static smpi_aged aged(const smpi_implant *i, double days)
{
    smpi_nature nature;
    smpi_moment moment;
    smpi_mix mix;
    smpi_aged a;
    smpi_nature_make(i, &nature);
    smpi_moment_make(days, 1, &moment);
    smpi_mix_make(NULL, &mix);
    smpi_dot_age(&nature, &moment, &mix, i->dose, ~0u, &a);
    return a;
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
    ck_assert_double_lt(smp_pigment_left(28) - smp_pigment_left(42), 0.025);
    /* The constants of the model, each moved by a tenth, leave these. */
    ck_assert_double_eq_tol(smp_pigment_left(9), 0.81793, 1e-3);
    ck_assert_double_eq_tol(smp_pigment_left(400), 0.44668, 2e-3);
    ck_assert_double_eq_tol(smp_pigment_left(3 * 3.7 * 365.25), 0.02926, 1e-4);
    ck_assert(isnan(smp_pigment_left(-1)) && isnan(smp_pigment_left(NAN)));
    ck_assert(isnan(smp_pigment_left(INFINITY)));
}
END_TEST

/* Pigment that is there never comes back; what is seen may, when the pale second week is over. */
START_TEST(each_dot_falls)
{
    for (uint32_t id = 0; id < 200; id++) {
        smpi_implant i = implant(id);
        float last = 2.0001f, wandered = 0, seen = 0;
        for (double day = 0; day < 8000; day += day < 60 ? 0.5 : 30) {
            smpi_aged a = aged(&i, day), again = aged(&i, day);
            ck_assert(a.mass <= last && a.mass > 0 && a.dose > 0);
            ck_assert(a.dose == again.dose && a.spread_mm == again.spread_mm);
            ck_assert(day < 42 || (a.dose == a.mass && a.spread_mm >= wandered));
            ck_assert(day < 43 || a.dose < seen);
            last = a.mass;
            seen = a.dose;
            wandered = a.spread_mm;
        }
    }
    smpi_implant i = implant(1), none = implant(1);
    none.dose = 0;
    ck_assert(aged(&i, -0.01).dose == 0 && aged(&i, -0.01).spread_mm == 0);
    ck_assert(aged(&none, 10).dose == 0 && aged(&i, NAN).dose == 0);
}
END_TEST

START_TEST(dots_differ_about_the_mean)
{
    double sum = 0, square = 0;
    for (uint32_t id = 0; id < 4000; id++) {
        smpi_implant i = implant(id);
        double d = (double)aged(&i, 42).mass / 2;
        sum += d / 4000;
        square += d * d / 4000;
    }
    ck_assert_double_eq_tol(sum, 0.68, 0.006);
    ck_assert_double_eq_tol(sqrt(square - sum * sum), 0.067, 0.004);
}
END_TEST

START_TEST(wandering)
{
    smpi_implant i = implant(3), deep = i;
    ck_assert_double_eq_tol((double)aged(&i, 0).spread_mm, 0.05, 1e-6);
    /* sigma^2 = 2 D t with D 0.0002 mm2/a over ten years */
    ck_assert_double_eq_tol((double)aged(&i, 3652.5).spread_mm, sqrt(2 * 0.0002 * 10), 1e-5);
    deep.top_mm = 0.5f;
    deep.height_mm = 1.3f;
    deep.dose = 40;
    double d = pow((double)aged(&deep, 3652.5).spread_mm, 2) / 20;
    ck_assert_double_gt(d, 0.0015);
    ck_assert_double_lt(d, 0.002);
}
END_TEST

/* Scabs: larger and darker than the dot on days 2 to 4, all on until day 4.5, off after 10.5; in
 * between each falls on a day of its own. */
START_TEST(scabs)
{
    enum { COUNT = 400 };
    uint32_t off[12] = {0};
    for (uint32_t id = 0; id < COUNT; id++) {
        smpi_implant i = implant(id);
        smpi_aged first = aged(&i, 0), scab = aged(&i, 3), last = aged(&i, 4.5);
        ck_assert(scab.spread_mm > first.spread_mm && last.spread_mm > 0.045f);
        ck_assert_double_gt((double)(scab.dose / scab.mass), (double)(first.dose / first.mass));
        ck_assert_double_eq_tol((double)(first.dose / first.mass), 1.4, 1e-5);
        for (uint32_t day = 0; day < 12; day++)
            off[day] += aged(&i, day).spread_mm < 0.01f;
    }
    ck_assert_uint_eq(off[4], 0);
    ck_assert_uint_eq(off[11], COUNT);
    for (uint32_t day = 6; day <= 10; day++) /* a fifth of them each day */
        ck_assert_double_eq_tol((off[day] - off[day - 1]) / (double)COUNT, 0.2, 0.09);
}
END_TEST

/* The second week is pale, in patches that are broad against the spacing of dots, and over by day
 * 28. */
START_TEST(patchy_week)
{
    enum { COUNT = 400 };
    double hides[3][COUNT], mean[3] = {0}, least = 9, most = 0, square = 0, near = 0, far = 0;
    for (int k = 0; k < COUNT; k++)
        for (int j = 0; j < 3; j++) {
            smpi_implant i = implant(5);
            i.xyz_mm[0] = 61.0 * (k % 20) + (j == 1 ? 1.2 : j == 2 ? 30 : 0);
            i.xyz_mm[1] = 61.0 * (k / 20);
            smpi_aged a = aged(&i, 11), later = aged(&i, 28);
            hides[j][k] = 1 - (double)(a.dose / a.mass);
            mean[j] += hides[j][k] / COUNT;
            least = fmin(least, hides[j][k]);
            most = fmax(most, hides[j][k]);
            ck_assert_double_eq_tol((double)(later.dose / later.mass), 1, 1e-6);
        }
    for (int k = 0; k < COUNT; k++) {
        const double own = hides[0][k] - mean[0];
        square += own * own;
        near += own * (hides[1][k] - mean[1]);
        far += own * (hides[2][k] - mean[2]);
    }
    ck_assert(least < 0.2 && most > 0.5 && most < 0.8 && mean[0] > 0.25 && mean[0] < 0.5);
    ck_assert_double_gt(near / square, 0.8);
    ck_assert_double_lt(far / square, 0.2);
}
END_TEST

START_TEST(redness)
{
    static const float of[3][3] = {{0.006f, 0.011f, 1}, {0.030f, 0.018f, 4}, {0.090f, 0.035f, 6}};
    double rise[3];
    for (int k = 0; k < 3; k++) {
        smp_skin skin;
        smp_skin_init(&skin);
        skin.melanin = of[k][0];
        skin.blood = of[k][1];
        skin.yellow_um = of[k][2];
        float bare[3], rgb[3], green = 0;
        ck_assert_int_eq(smp_skin_color(&skin, SMP_SPACE_SRGB, bare, NULL), SMP_OK);
        for (double day = 0; day <= 12; day += 0.5) {
            ck_assert_int_eq(smp_skin_healing(&skin, day, SMP_SPACE_SRGB, rgb, NULL), SMP_OK);
            ck_assert(rgb[1] > green || day > 10);
            ck_assert(day < 10 ? rgb[1] < bare[1] : fabsf(rgb[1] - bare[1]) < 2e-3f * bare[1]);
            green = rgb[1];
        }
        ck_assert_int_eq(smp_skin_healing(&skin, 0, SMP_SPACE_SRGB, rgb, NULL), SMP_OK);
        double lab[2][3];
        for (int i = 0; i < 2; i++) {
            float xyz[3], l[3];
            ck_assert_int_eq(smp_rgb_to_xyz(SMP_SPACE_SRGB, i ? rgb : bare, xyz, NULL), SMP_OK);
            smp_xyz_to_lab(xyz, l);
            for (int c = 0; c < 3; c++)
                lab[i][c] = (double)l[c];
        }
        rise[k] = smp_delta_e2000(lab[0], lab[1]);
        ck_assert_double_gt(lab[1][1], lab[0][1] + 0.5);
    }
    ck_assert(rise[0] > 4 && rise[0] < 9 && rise[1] < rise[0] && rise[2] < 0.5 * rise[0]);
    /* Gone after 1 to 3 days, at most a week. */
    ck_assert(smpi_redness(1) > 0.4 && smpi_redness(3) < 0.25 && smpi_redness(6) < 0.05);
    float rgb[3];
    ck_assert_int_eq(smp_skin_healing(NULL, NAN, SMP_SPACE_SRGB, rgb, NULL), SMP_ERR_RANGE);
    ck_assert_int_eq(smp_skin_healing(NULL, 1, SMP_SPACE_SRGB, NULL, NULL), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_skin_healing(NULL, 1, (smp_space)99, rgb, NULL), SMP_ERR_ARGUMENT);
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
    float *left = calloc((size_t)v.count * SMP_PIGMENT_COMPONENTS + 1, sizeof *left);
    ck_assert(v.count > 0 && dose && spread && left);
    ck_assert_int_eq(smp_dots_left(ctx, plan, dots, 400, dose, left, NULL), SMP_OK);
    for (uint32_t i = 0; i < v.count; i++) {
        const float carbon = left[SMP_PIGMENT_COMPONENTS * i + 1];
        ck_assert_double_eq_tol((double)dose[i], (double)(v.dose[i] * carbon), 1e-5);
        ck_assert(carbon > 0.2f && carbon < 0.9f);
    }
    ck_assert_int_eq(smp_dots_left(ctx, plan, dots, NAN, dose, left, NULL), SMP_ERR_RANGE);
    ck_assert_int_eq(smp_dots_left(ctx, plan, dots, 1, NULL, left, NULL), SMP_ERR_ARGUMENT);
    free(left);
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
    tcase_add_test(tc, wandering);
    tcase_add_test(tc, scabs);
    tcase_add_test(tc, patchy_week);
    tcase_add_test(tc, redness);
    tcase_add_test(tc, dots_of_a_plan);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
