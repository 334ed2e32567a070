/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What a plan amounts to, what is warned of, and ready plans. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <smp/dots.h>

#include "plan/plan.h"
#include "support.h"

static smp_context *ctx;

static void setup(void)
{
    ctx = test_context(NULL, NULL, SMP_ISA_SCALAR);
}

static void teardown(void)
{
    smp_context_destroy(&ctx);
}

static smp_measures measure(const smp_plan *plan, uint32_t zone, uint32_t group)
{
    smp_measures m;
    smp_diag diag;
    smp_measures_init(&m);
    if (smp_plan_measure(plan, zone, group, &m, &diag) != SMP_OK)
        TEST_DIE("%s", diag.text);
    return m;
}

static smp_plan *patch(void)
{
    smp_head head;
    smp_plan *plan;
    smp_head_init(&head);
    head.shape = SMP_SHAPE_FLAT;
    head.width_mm = 50;
    head.height_mm = 40;
    TEST_ASSERT(smp_plan_create(ctx, &head, NULL, &plan, NULL) == SMP_OK);
    return plan;
}

START_TEST(flat_areas)
{
    static const double square[] = {10, 10, 0, 30, 10, 0, 30, 30, 0, 10, 30, 0};
    smp_plan *plan = patch();
    smp_zone_desc zone;
    smp_measures all = measure(plan, SMP_MASK_ALL, SMP_MASK_ALL);
    ck_assert_double_eq_tol(all.area_cm2, 20, 1e-9);
    ck_assert_double_eq_tol(all.dots, 3000, 1e-3);
    ck_assert_double_eq_tol(all.spacing_mm, 10 * 1.07456993 / sqrt(150), 1e-6);
    ck_assert_double_eq_tol(all.hours, 3000 * 3 / 14000.0, 1e-6);
    smp_zone_desc_init(&zone);
    zone.density_scale = 0.5f;
    zone.fade_mm = 0;
    uint32_t number = 0;
    ck_assert_int_eq(smp_plan_add_zone(plan, &zone, square, 4, &number, NULL), SMP_OK);
    const smp_measures in = measure(plan, number, SMP_MASK_ALL);
    const smp_measures out = measure(plan, 0, SMP_MASK_ALL);
    ck_assert_double_eq_tol(in.area_cm2, 4, 0.03);
    ck_assert_double_eq_tol(in.density_per_cm2, 75, 0.1);
    ck_assert_double_eq_tol(in.area_cm2 + out.area_cm2, 20, 1e-9);
    double sum = 0;
    for (uint32_t g = 0; g < 3; g++)
        sum += measure(plan, number, g).dots;
    ck_assert_double_eq_tol(sum, in.dots, 1e-6);
    ck_assert_double_eq_tol(measure(plan, number, 0).dots, 0.3 * in.dots, 1e-3);
    smp_measures m;
    smp_measures_init(&m);
    ck_assert_int_eq(smp_plan_measure(plan, 2, 0, &m, NULL), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_plan_measure(plan, 0, 3, &m, NULL), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_plan_measure(plan, 0, 0, NULL, NULL), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_plan_measure(NULL, 0, 0, &m, NULL), SMP_ERR_ARGUMENT);
    smp_plan_destroy(&plan);
}
END_TEST

/* On the head, the expected number is that of real dots. */
START_TEST(as_many_as_dots)
{
    smp_plan *plan;
    smp_dots *dots;
    smp_pattern_desc pattern;
    smp_pattern_desc_init(&pattern);
    pattern.pattern = SMP_PATTERN_NORWOOD_4;
    ck_assert_int_eq(smp_plan_create(ctx, NULL, NULL, &plan, NULL), SMP_OK);
    ck_assert_int_eq(smp_plan_set_pattern(plan, &pattern, NULL), SMP_OK);
    ck_assert_int_eq(smp_dots_create(ctx, plan, NULL, &dots, NULL), SMP_OK);
    const double count = smp_dots_arrays(dots).count;
    const double expected = measure(plan, SMP_MASK_ALL, SMP_MASK_ALL).dots;
    ck_assert_msg(fabs(count - expected) < 0.03 * count, "%g dots, expected %g", count, expected);
    smp_dots_destroy(&dots);
    smp_plan_destroy(&plan);
}
END_TEST

static int warned(const smp_plan *plan, const smp_skin *skin, uint32_t code)
{
    smp_warning list[32];
    uint32_t count = 0;
    TEST_ASSERT(smp_plan_warnings(plan, skin, list, 32, &count, NULL) == SMP_OK);
    TEST_ASSERT(count <= 32);
    for (uint32_t i = 0; i < count; i++) {
        TEST_ASSERT(strlen(list[i].text) > 30 && strlen(list[i].text) < sizeof list[i].text - 1);
        if (list[i].code == code)
            return 1;
    }
    return code == 0 ? (int)count : 0;
}

START_TEST(presets)
{
    static const uint32_t found[] = {0,
                                     0,
                                     0,
                                     SMP_WARN_TOO_LOW,
                                     SMP_WARN_TOO_DENSE,
                                     SMP_WARN_STRAIGHT,
                                     SMP_WARN_TOO_EVEN,
                                     SMP_WARN_TOO_DEEP,
                                     SMP_WARN_TOO_DEEP};
    smp_plan *plan, *usual;
    smp_diag diag;
    ck_assert_uint_eq(smp_plan_preset_count(), 9);
    for (uint32_t i = 0; i < 9; i++) {
        const char *about = NULL, *name = smp_plan_preset_name(i, &about);
        ck_assert_int_eq(smp_plan_from_preset(ctx, name, NULL, &plan, &diag), SMP_OK);
        ck_assert(strlen(about) > 10);
        if (found[i])
            ck_assert_msg(warned(plan, NULL, found[i]), "%s", name);
        else
            ck_assert_msg(warned(plan, NULL, 0) <= (i == 2), "%s", name);
        smp_plan_destroy(&plan);
    }
    ck_assert_ptr_null(smp_plan_preset_name(9, NULL));
    ck_assert_int_eq(smp_plan_from_preset(ctx, "typical", NULL, &plan, &diag), SMP_OK);
    ck_assert_int_eq(smp_plan_create(ctx, NULL, NULL, &usual, &diag), SMP_OK);
    ck_assert(!memcmp(&plan->data, &usual->data, sizeof plan->data));
    smp_plan_destroy(&usual);
    smp_plan_destroy(&plan);
    ck_assert_int_eq(smp_plan_from_preset(ctx, "daring", NULL, &plan, &diag), SMP_ERR_ARGUMENT);
    ck_assert(plan == NULL && strstr(diag.text, "conservative"));
    smp_head flat;
    smp_head_init(&flat);
    flat.shape = SMP_SHAPE_FLAT;
    ck_assert_int_eq(smp_plan_from_preset(ctx, "bold", &flat, &plan, &diag), SMP_OK);
    smp_plan_destroy(&plan);
}
END_TEST

/* Each limit: on it nothing is said, just past it the warning is there. */
START_TEST(limits)
{
    static const struct {
        size_t at; /* in the plan's numbers, or in the hairline's */
        float fine, past;
        int line;
        uint32_t code;
    } cases[] = {
        {offsetof(smp_plan_desc, density_per_cm2), 200, 200.5f, 0, SMP_WARN_TOO_DENSE},
        {offsetof(smp_plan_desc, regularity), 0.7f, 0.705f, 0, SMP_WARN_TOO_EVEN},
        {offsetof(smp_plan_desc, side_fade_mm), 6, 5.95f, 0, SMP_WARN_HARD_SIDES},
        {offsetof(smp_plan_desc, diameter_mm), 0.38f, 0.385f, 0, SMP_WARN_TOO_LARGE},
        {offsetof(smp_hairline_desc, edge_density), 0.6f, 0.61f, 1, SMP_WARN_HARD_EDGE},
        {offsetof(smp_hairline_desc, corner_back_mm), -8, -8.1f, 1, SMP_WARN_FILLED_CORNERS},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int past = 0; past < 2; past++) {
            smp_plan *plan;
            smp_plan_desc desc;
            smp_hairline_desc line;
            smp_plan_desc_init(&desc);
            smp_hairline_desc_init(&line);
            memcpy((char *)(cases[i].line ? (void *)&line : (void *)&desc) + cases[i].at,
                   past ? &cases[i].past : &cases[i].fine, sizeof(float));
            ck_assert_int_eq(smp_plan_create(ctx, NULL, &desc, &plan, NULL), SMP_OK);
            ck_assert_int_eq(smp_plan_set_hairline(plan, &line, NULL), SMP_OK);
            ck_assert_msg(warned(plan, NULL, cases[i].code) == past, "case %zu, %d", i, past);
            smp_plan_destroy(&plan);
        }
}
END_TEST

START_TEST(warnings_by_skin_and_session)
{
    smp_plan *plan;
    smp_skin dark;
    smp_session_desc s[2];
    smp_event_desc e[3];
    smp_plan_desc desc;
    smp_skin_init(&dark);
    dark.melanin = 0.15f;
    smp_plan_desc_init(&desc);
    desc.dose = 8;
    ck_assert_int_eq(smp_plan_create(ctx, NULL, &desc, &plan, NULL), SMP_OK);
    ck_assert(warned(plan, NULL, SMP_WARN_TOO_DARK) && !warned(plan, &dark, SMP_WARN_TOO_DARK));
    for (int i = 0; i < 2; i++) {
        smp_session_desc_init(&s[i]);
        s[i].share = 0.5f + 0.5f * (float)i;
        s[i].day = 3 * i;
    }
    ck_assert(!warned(plan, NULL, SMP_WARN_TOO_SOON));
    ck_assert_int_eq(smp_plan_set_sessions(plan, s, 2, NULL), SMP_OK);
    ck_assert(warned(plan, NULL, SMP_WARN_TOO_SOON));
    ck_assert_int_eq(smp_plan_set_sessions(plan, s + 1, 1, NULL), SMP_OK);
    ck_assert(warned(plan, NULL, SMP_WARN_ONE_SESSION));
    ck_assert(warned(plan, NULL, SMP_WARN_LONG_SESSION));
    s[1].depth_mm = 1;
    ck_assert_int_eq(smp_plan_set_sessions(plan, s + 1, 1, NULL), SMP_OK);
    ck_assert(warned(plan, NULL, SMP_WARN_TOO_DEEP));
    for (int i = 0; i < 3; i++)
        smp_event_desc_init(&e[i]);
    ck_assert_int_eq(smp_plan_set_events(plan, e, 1, NULL), SMP_OK);
    ck_assert(!warned(plan, NULL, SMP_WARN_GOES_SOLID));
    ck_assert_int_eq(smp_plan_set_events(plan, e, 3, NULL), SMP_OK);
    ck_assert(warned(plan, NULL, SMP_WARN_GOES_SOLID));
    e[0].hairline_height_mm = 50;
    ck_assert(!warned(plan, NULL, SMP_WARN_TOO_LOW));
    ck_assert_int_eq(smp_plan_set_events(plan, e, 3, NULL), SMP_OK);
    ck_assert(warned(plan, NULL, SMP_WARN_TOO_LOW));
    ck_assert_int_eq(smp_plan_set_events(plan, NULL, 0, NULL), SMP_OK);
    static const double high[] = {-45, 90, 40, 0, 108, 65, 45, 90, 40};
    static const double low[] = {-45, 75, 40, 0, 75, 82, 45, 75, 40};
    ck_assert_int_eq(smp_plan_set_hairline_curve(plan, high, 3, NULL), SMP_OK);
    ck_assert(!warned(plan, NULL, SMP_WARN_TOO_LOW));
    ck_assert_int_eq(smp_plan_set_hairline_curve(plan, low, 3, NULL), SMP_OK);
    ck_assert(warned(plan, NULL, SMP_WARN_TOO_LOW));
    uint32_t count;
    ck_assert_int_eq(smp_plan_warnings(plan, NULL, NULL, 0, &count, NULL), SMP_OK);
    ck_assert_uint_gt(count, 3);
    ck_assert_int_eq(smp_plan_warnings(plan, NULL, NULL, 1, &count, NULL), SMP_ERR_ARGUMENT);
    dark.melanin = 2;
    ck_assert_int_eq(smp_plan_warnings(plan, &dark, NULL, 0, &count, NULL), SMP_ERR_RANGE);
    smp_plan_destroy(&plan);
}
END_TEST

START_TEST(needles)
{
    smp_column c;
    smp_column_init(&c);
    c.dose = 2;
    ck_assert_int_eq(smp_column_from_needle(0.25f, 0.5f, &c, NULL), SMP_OK);
    ck_assert_double_eq_tol(c.top_mm, 0.10, 1e-6);
    ck_assert_double_eq_tol(c.height_mm, 0.25, 1e-6);
    ck_assert_double_eq_tol(c.dose, 2, 1e-5);
    ck_assert_int_eq(smp_column_from_needle(0.35f, 1.75f, &c, NULL), SMP_OK);
    ck_assert_double_eq_tol(c.top_mm, 0.15, 1e-6);
    ck_assert_double_eq_tol(c.top_mm + c.height_mm, 1.5, 1e-6);
    ck_assert_double_eq_tol(c.dose, 40, 0.1);
    ck_assert(c.diameter_mm == 0.35f);
    ck_assert_int_eq(smp_column_from_needle(0.25f, 0.1f, &c, NULL), SMP_ERR_RANGE);
    ck_assert_int_eq(smp_column_from_needle(0, 0.5f, &c, NULL), SMP_ERR_RANGE);
    ck_assert_int_eq(smp_column_from_needle(0.25f, NAN, &c, NULL), SMP_ERR_RANGE);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plan measure");
    TCase *tc = tcase_create("measure");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 180);
    tcase_add_test(tc, flat_areas);
    tcase_add_test(tc, as_many_as_dots);
    tcase_add_test(tc, presets);
    tcase_add_test(tc, limits);
    tcase_add_test(tc, warnings_by_skin_and_session);
    tcase_add_test(tc, needles);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
