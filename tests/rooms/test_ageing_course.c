/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What a plan looks like over the years: the anchors that the defaults must meet, and the direction
 * of every factor. */
#include <check.h>
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <smp/smp.h>

#include "ageing/age.h"

#define YEAR 365.25
#define SETTLED (20 + 42.0)

typedef struct world {
    smp_context *ctx;
    smp_plan *plan;
} world;

static world make(const smp_plan_desc *desc)
{
    world w = {NULL, NULL};
    ck_assert_int_eq(smp_context_create(&w.ctx, NULL, NULL), SMP_OK);
    ck_assert_int_eq(smp_plan_create(w.ctx, NULL, desc, &w.plan, NULL), SMP_OK);
    return w;
}

static void clear(world *w)
{
    smp_plan_destroy(&w->plan);
    smp_context_destroy(&w->ctx);
}

static double value(const world *w, double day, smp_course_case which, smp_course_value what)
{
    float v[SMP_COURSE_CASES][SMP_COURSE_VALUES];
    ck_assert_int_eq(smp_fade_course(w->ctx, w->plan, NULL, NULL, 1, &day, v[0], NULL), SMP_OK);
    return (double)v[which][what];
}

static double contrast(const world *w, double day)
{
    return value(w, day, SMP_COURSE_TYPICAL, SMP_COURSE_CONTRAST);
}

static double due_years(const world *w, smp_course_case which)
{
    double due[SMP_COURSE_CASES];
    ck_assert_int_eq(smp_fade_due(w->ctx, w->plan, NULL, NULL, due, NULL), SMP_OK);
    return due[which] / YEAR;
}

START_TEST(anchors_of_the_defaults)
{
    world w = make(NULL);
    const double settled = contrast(&w, SETTLED), half = contrast(&w, 182) / settled;
    ck_assert(half >= 0.85 && half <= 0.95);
    ck_assert(value(&w, SETTLED, SMP_COURSE_TYPICAL, SMP_COURSE_MASS) > 0.63);
    ck_assert(value(&w, SETTLED, SMP_COURSE_TYPICAL, SMP_COURSE_MASS) < 0.73);
    const double due = due_years(&w, SMP_COURSE_TYPICAL);
    ck_assert_msg(due >= 3 && due <= 6, "due after %g years", due);
    ck_assert(due_years(&w, SMP_COURSE_LOW) < due - 0.5);
    ck_assert(due_years(&w, SMP_COURSE_HIGH) > due + 0.5);
    ck_assert_double_eq_tol(contrast(&w, due * YEAR) / settled, 0.5, 0.002);
    clear(&w);
}
END_TEST

START_TEST(course_falls)
{
    world w = make(NULL);
    double day[80];
    static float v[SMP_COURSE_CASES][80][SMP_COURSE_VALUES];
    for (int i = 0; i < 80; i++)
        day[i] = i < 40 ? i - 1 : SETTLED + 100 * (i - 40);
    ck_assert_int_eq(smp_fade_course(w.ctx, w.plan, NULL, NULL, 80, day, v[0][0], NULL), SMP_OK);
    for (int k = 0; k < SMP_COURSE_CASES; k++) {
        ck_assert(v[k][0][SMP_COURSE_CONTRAST] == 0 && v[k][0][SMP_COURSE_MASS] == 0);
        ck_assert(v[k][1][SMP_COURSE_REDNESS] > 2 && v[k][41][SMP_COURSE_REDNESS] == 0);
        for (int i = 41; i < 80; i++) {
            ck_assert(v[k][i][SMP_COURSE_CONTRAST] < v[k][i - 1][SMP_COURSE_CONTRAST]);
            ck_assert(v[k][i][SMP_COURSE_MASS] < v[k][i - 1][SMP_COURSE_MASS]);
            ck_assert(v[k][i][SMP_COURSE_COVERAGE] <= v[k][i - 1][SMP_COURSE_COVERAGE]);
            ck_assert(v[k][i][SMP_COURSE_DETAIL] < v[k][i - 1][SMP_COURSE_DETAIL]);
            ck_assert(v[k][i][SMP_COURSE_LIGHTNESS] > v[k][i - 1][SMP_COURSE_LIGHTNESS]);
            ck_assert(k == 0 || v[k][i][SMP_COURSE_CONTRAST] > v[k - 1][i][SMP_COURSE_CONTRAST]);
        }
    }
    clear(&w);
}
END_TEST

/* Shallow work goes sooner; deep work stays, spreads and is bluer. */
START_TEST(depth)
{
    smp_plan_desc d;
    smp_plan_desc_init(&d);
    world right = make(&d);
    d.top_mm = 0.06f;
    d.height_mm = 0.12f;
    world shallow = make(&d);
    d.top_mm = 0.30f;
    d.height_mm = 0.50f;
    world deep = make(&d);
    ck_assert_double_lt(due_years(&shallow, SMP_COURSE_TYPICAL),
                        0.8 * due_years(&right, SMP_COURSE_TYPICAL));
    ck_assert_double_gt(due_years(&deep, SMP_COURSE_TYPICAL), 8);
    const double day = SETTLED + 8 * YEAR;
    ck_assert_double_lt(value(&deep, day, SMP_COURSE_TYPICAL, SMP_COURSE_DETAIL),
                        value(&right, day, SMP_COURSE_TYPICAL, SMP_COURSE_DETAIL));
    const double bare_a = value(&right, -1, SMP_COURSE_TYPICAL, SMP_COURSE_A);
    const double bare_b = value(&right, -1, SMP_COURSE_TYPICAL, SMP_COURSE_B);
    const world *w[2] = {&right, &deep};
    double cool[2];
    for (int i = 0; i < 2; i++)
        cool[i] = (bare_a - value(w[i], SETTLED, SMP_COURSE_TYPICAL, SMP_COURSE_A) + bare_b -
                   value(w[i], SETTLED, SMP_COURSE_TYPICAL, SMP_COURSE_B)) /
                  contrast(w[i], SETTLED);
    ck_assert_double_gt(cool[1], 1.3 * cool[0]);
    clear(&right);
    clear(&shallow);
    clear(&deep);
}
END_TEST

/* A traditional tattoo stays dark and loses its fine detail (a pattern of 1 mm below 1 / e) after
 * 10 to 15 years (Eames 2011). */
START_TEST(tattoo)
{
    smp_plan_desc d;
    smp_plan_desc_init(&d);
    d.top_mm = 0.15f;
    d.height_mm = 1.35f;
    d.dose = 40;
    world w = make(&d);
    ck_assert_double_gt(contrast(&w, 15 * YEAR), contrast(&w, SETTLED));
    ck_assert_double_gt(value(&w, 10 * YEAR, SMP_COURSE_TYPICAL, SMP_COURSE_DETAIL), 0.3679);
    ck_assert_double_lt(value(&w, 15 * YEAR, SMP_COURSE_TYPICAL, SMP_COURSE_DETAIL), 0.3679);
    clear(&w);
}
END_TEST

static smpi_nature nature(float diameter, float top, float height, float dose, float fade)
{
    const smpi_implant i = {.seed = 1,
                            .id = 1,
                            .diameter_mm = diameter,
                            .top_mm = top,
                            .height_mm = height,
                            .dose = dose,
                            .uptake = 1,
                            .spread = fade,
                            .fade = fade};
    smpi_nature n;
    smpi_nature_make(&i, &n);
    return n;
}

START_TEST(columns)
{
    const smpi_nature usual = nature(0.25f, 0.10f, 0.25f, 3, 1);
    ck_assert_double_gt((double)nature(0.15f, 0.10f, 0.25f, 3, 1).pace, (double)usual.pace);
    ck_assert_double_lt((double)nature(0.40f, 0.10f, 0.25f, 3, 1).pace, (double)usual.pace);
    ck_assert_double_lt((double)nature(0.25f, 0.10f, 0.25f, 12, 1).pace, (double)usual.pace);
    ck_assert_double_gt((double)nature(0.25f, 0.10f, 0.25f, 12, 1).diffusion,
                        (double)usual.diffusion);
    ck_assert_double_gt((double)nature(0.25f, 0.06f, 0.25f, 3, 1).pace, (double)usual.pace);
    ck_assert_double_lt((double)nature(0.25f, 0.04f, 0.15f, 3, 1).plateau, (double)usual.plateau);
    ck_assert_double_lt((double)nature(0.25f, 0.20f, 0.40f, 3, 1).pace, (double)usual.pace);
    ck_assert_double_eq_tol((double)nature(0.25f, 0.10f, 0.25f, 3, 2).pace, 2 * (double)usual.pace,
                            1e-6);
}
END_TEST

START_TEST(person)
{
    smpi_habits h;
    smpi_habits_init(&h);
    ck_assert_double_eq_tol(smpi_habits_pace(&h), 1, 1e-12);
    static const struct {
        size_t at;
        double low, high;
    } up[] = {
        {offsetof(smpi_habits, oiliness), 0.5, 1},  {offsetof(smpi_habits, sun_hours), 0, 8},
        {offsetof(smpi_habits, exfoliation), 0, 1}, {offsetof(smpi_habits, immune), 0, 1},
        {offsetof(smpi_habits, lifestyle), 0, 1},   {offsetof(smpi_habits, variation), -2, 2},
    };
    for (size_t k = 0; k < sizeof up / sizeof *up; k++) {
        double last = 0;
        for (double x = up[k].low; x <= up[k].high; x += (up[k].high - up[k].low) / 4) {
            smpi_habits own = h;
            memcpy((char *)&own + up[k].at, &x, sizeof x);
            ck_assert_double_gt(smpi_habits_pace(&own), last);
            last = smpi_habits_pace(&own);
        }
    }
    smpi_habits own = h;
    own.sunscreen = 1; /* sunscreen, and melanin, keep the sun out */
    ck_assert_double_lt(smpi_habits_pace(&own), 1);
    own = h;
    own.skin_type = 6;
    ck_assert_double_lt(smpi_habits_pace(&own), 0.8);
    own.skin_type = 1;
    ck_assert_double_gt(smpi_habits_pace(&own), 1.1);
    own = h;
    own.oiliness = 0; /* very dry skin loses no less than oily */
    ck_assert_double_gt(smpi_habits_pace(&own), 1);
}
END_TEST

/* Carbon loses strength, not hue; a mix of iron oxides turns red as yellow and black leave. */
START_TEST(components)
{
    smp_pigment mixed;
    smpi_mix mix;
    smpi_moment moment;
    smpi_aged a;
    smp_pigment_init(&mixed);
    mixed.carbon_coarse = 0.4f;
    mixed.iron_red = mixed.iron_yellow = mixed.iron_black = 0.2f;
    smpi_mix_make(&mixed, &mix);
    ck_assert_uint_eq(mix.count, 4);
    const smpi_nature n = nature(0.25f, 0.10f, 0.25f, 3, 1);
    smpi_moment_make(2 * YEAR, 1, &moment);
    smpi_dot_age(&n, &moment, &mix, 3, ~0u, &a);
    ck_assert(a.left[1] > a.left[2] && a.left[2] > a.left[4] && a.left[4] > a.left[3]);
    ck_assert(a.left[5] > a.left[1] && a.left[0] == 0 && a.left[3] > 0);
    const double sum = 0.4 * (double)a.left[1] + 0.2 * (double)(a.left[2] + a.left[3] + a.left[4]);
    ck_assert_double_eq_tol((double)a.mass, 3 * sum, 1e-5);
    smpi_mix_make(NULL, &mix);
    ck_assert(mix.count == 1 && mix.index[0] == 1 && mix.share[0] == 1 && mix.rate[0] == 1);
}
END_TEST

START_TEST(errors)
{
    world w = make(NULL);
    float v[SMP_COURSE_CASES * SMP_COURSE_VALUES];
    double due[SMP_COURSE_CASES], day = 1, never = NAN;
    smp_course_desc d;
    smp_skin skin;
    smp_course_desc_init(&d);
    smp_skin_init(&skin);
    skin.blood = -1;
    const smp_status want = SMP_ERR_ARGUMENT;
    ck_assert_int_eq(smp_fade_course(NULL, w.plan, NULL, NULL, 1, &day, v, NULL), want);
    ck_assert_int_eq(smp_fade_course(w.ctx, NULL, NULL, NULL, 1, &day, v, NULL), want);
    ck_assert_int_eq(smp_fade_course(w.ctx, w.plan, NULL, NULL, 1, NULL, v, NULL), want);
    ck_assert_int_eq(smp_fade_course(w.ctx, w.plan, NULL, NULL, 1, &day, NULL, NULL), want);
    ck_assert_int_eq(smp_fade_due(w.ctx, w.plan, NULL, NULL, NULL, NULL), want);
    ck_assert_int_eq(smp_fade_course(w.ctx, w.plan, NULL, NULL, 1, &never, v, NULL), SMP_ERR_RANGE);
    ck_assert_int_eq(smp_fade_course(w.ctx, w.plan, &skin, NULL, 1, &day, v, NULL), SMP_ERR_RANGE);
    d.threshold = 0;
    ck_assert_int_eq(smp_fade_due(w.ctx, w.plan, NULL, &d, due, NULL), SMP_ERR_RANGE);
    clear(&w);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ageing_course");
    TCase *tc = tcase_create("course");
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, anchors_of_the_defaults);
    tcase_add_test(tc, course_falls);
    tcase_add_test(tc, depth);
    tcase_add_test(tc, tattoo);
    tcase_add_test(tc, columns);
    tcase_add_test(tc, person);
    tcase_add_test(tc, components);
    tcase_add_test(tc, errors);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
