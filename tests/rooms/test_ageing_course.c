/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What a plan looks like over the years: the anchors that the defaults must meet. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include <smp/smp.h>

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
    const double due = due_years(&right, SMP_COURSE_TYPICAL);
    ck_assert_double_lt(due_years(&shallow, SMP_COURSE_TYPICAL), 0.8 * due);
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

/* 18 months at the extreme: shallow work on fair, oily skin in the sun. Over 8 years on skin that
 * is kept out of it. */
START_TEST(extremes)
{
    smp_plan_desc d;
    smp_life_desc life;
    smp_plan_desc_init(&d);
    world w = make(&d);
    smp_life_desc_init(&life);
    life.skin_type = 3;
    life.sun_hours_per_day = 0.5f;
    life.sunscreen = 1;
    life.exfoliation = 0;
    ck_assert_int_eq(smp_plan_set_life(w.plan, &life, NULL), SMP_OK);
    ck_assert_double_gt(due_years(&w, SMP_COURSE_TYPICAL), 8);
    clear(&w);
    d.top_mm = 0.08f;
    d.height_mm = 0.18f;
    w = make(&d);
    life.sun_hours_per_day = 5;
    life.sunscreen = 0;
    life.oiliness = 0.9f;
    life.exfoliation = 0.25f;
    ck_assert_int_eq(smp_plan_set_life(w.plan, &life, NULL), SMP_OK);
    const double early = due_years(&w, SMP_COURSE_TYPICAL);
    ck_assert_msg(early > 1.0 && early < 2.0, "extreme: due after %g years", early);
    clear(&w);
}
END_TEST

/* A scar loses about twice as much in six months as the skin around it (Liu 2025). */
START_TEST(scar)
{
    static const double square[] = {-20, 125, 0, 20, 125, 0, 20, 118, 40, -20, 118, 40};
    smp_zone_desc zone;
    smp_course_desc desc;
    world w = make(NULL);
    float v[2][SMP_COURSE_CASES][2][SMP_COURSE_VALUES];
    const double days[2] = {SETTLED, SETTLED + YEAR / 2};
    smp_zone_desc_init(&zone);
    zone.kind = SMP_ZONE_SCAR_PATCH;
    ck_assert_int_eq(smp_plan_add_zone(w.plan, &zone, square, 4, NULL, NULL), SMP_OK);
    smp_course_desc_init(&desc);
    double loss[2];
    for (uint32_t k = 0; k < 2; k++) {
        desc.zone = k;
        ck_assert_int_eq(smp_fade_course(w.ctx, w.plan, NULL, &desc, 2, days, v[k][0][0], NULL),
                         SMP_OK);
        loss[k] = 1 - (double)(v[k][1][1][SMP_COURSE_CONTRAST] / v[k][1][0][SMP_COURSE_CONTRAST]);
    }
    ck_assert_msg(loss[1] > 1.6 * loss[0] && loss[1] < 2.5 * loss[0], "%g and %g", loss[0],
                  loss[1]);
    ck_assert_float_lt(v[1][1][0][SMP_COURSE_CONTRAST], v[0][1][0][SMP_COURSE_CONTRAST]);
    desc.zone = 2;
    ck_assert_int_eq(smp_fade_course(w.ctx, w.plan, NULL, &desc, 2, days, v[0][0][0], NULL),
                     SMP_ERR_RANGE);
    clear(&w);
}
END_TEST

/* A touch-up brings contrast back; a laser takes half; lightening and treating anew is both. */
START_TEST(later_work)
{
    world w = make(NULL);
    smp_event_desc e[2];
    smp_event_desc_init(&e[0]);
    smp_event_desc_init(&e[1]);
    const double day = 4 * YEAR, before = contrast(&w, day - 1), after = day + 90;
    const double alone = contrast(&w, after);
    const double mass = value(&w, after, SMP_COURSE_TYPICAL, SMP_COURSE_MASS);
    e[0].day = day;
    ck_assert_int_eq(smp_plan_set_events(w.plan, e, 1, NULL), SMP_OK);
    ck_assert_double_eq_tol(contrast(&w, day - 1), before, 1e-6);
    ck_assert_double_gt(contrast(&w, after), 1.3 * alone);
    e[0].kind = SMP_EVENT_LASER;
    ck_assert_int_eq(smp_plan_set_events(w.plan, e, 1, NULL), SMP_OK);
    const double lighter = contrast(&w, after);
    ck_assert(lighter < 0.65 * alone && lighter > 0.35 * alone);
    const double left = value(&w, after, SMP_COURSE_TYPICAL, SMP_COURSE_MASS) / mass;
    ck_assert(left > 0.38 && left < 0.5); /* fair skin takes it better than type III */
    e[1].day = day + 60;
    e[1].share = 0.5f;
    ck_assert_int_eq(smp_plan_set_events(w.plan, e, 2, NULL), SMP_OK);
    ck_assert_double_gt(contrast(&w, after + 60), 1.5 * lighter);
    clear(&w);
}
END_TEST

/* A tan darkens skin more than the pigment under it, so contrast is less in summer. */
START_TEST(tanned)
{
    world w = make(NULL);
    smp_life_desc life;
    smp_life_desc_init(&life);
    life.tan = 1;
    life.midsummer_day = 90;
    const double winter = 90 + 1.5 * YEAR, summer = 90 + 2 * YEAR;
    const double bare = value(&w, winter, SMP_COURSE_TYPICAL, SMP_COURSE_LIGHTNESS);
    const double pale = contrast(&w, summer);
    ck_assert_int_eq(smp_plan_set_life(w.plan, &life, NULL), SMP_OK);
    ck_assert_double_eq_tol(value(&w, winter, SMP_COURSE_TYPICAL, SMP_COURSE_LIGHTNESS), bare, 0.1);
    ck_assert_double_lt(contrast(&w, summer), pale);
    life.tan = 0;
    life.person = 5; /* a person draws a variation of their own, the same each time */
    ck_assert_int_eq(smp_plan_set_life(w.plan, &life, NULL), SMP_OK);
    const double once = due_years(&w, SMP_COURSE_TYPICAL);
    ck_assert(once == due_years(&w, SMP_COURSE_TYPICAL));
    life.person = 6;
    ck_assert_int_eq(smp_plan_set_life(w.plan, &life, NULL), SMP_OK);
    ck_assert(fabs(once - due_years(&w, SMP_COURSE_TYPICAL)) > 0.05);
    clear(&w);
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
    tcase_add_test(tc, extremes);
    tcase_add_test(tc, scar);
    tcase_add_test(tc, later_work);
    tcase_add_test(tc, tanned);
    tcase_add_test(tc, errors);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
