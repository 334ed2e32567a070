/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Hairlines drawn by hand, on heads and on patches. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plan/plan.h"
#include "support.h"

static smp_context *ctx;
static smp_plan *plan;

static void create(uint32_t shape)
{
    smp_head head;
    smp_head_init(&head);
    head.shape = shape;
    if (shape == SMP_SHAPE_FLAT) {
        head.width_mm = 60;
        head.height_mm = 40;
    }
    ctx = test_context(NULL, NULL, SMP_ISA_SCALAR);
    TEST_ASSERT(smp_plan_create(ctx, &head, NULL, &plan, NULL) == SMP_OK);
}

static void finish(void)
{
    smp_plan_destroy(&plan);
    smp_context_destroy(&ctx);
}

static double at(double x, double y, double z)
{
    const double xyz[3] = {x, y, z};
    return smp_plan_density(plan, xyz);
}

START_TEST(lower_curve_adds_pigment)
{
    static const double low[] = {-45, 85, 45, -20, 80, 75, 0, 78, 80, 20, 80, 75, 45, 85, 45};
    double back[15];
    create(SMP_SHAPE_ELLIPSOID);
    ck_assert(at(0, 90, 74) == 0);
    ck_assert_int_eq(smp_plan_set_hairline_curve(plan, low, 5, NULL), SMP_OK);
    ck_assert(at(0, 90, 74) > 50);
    ck_assert(at(0, 131, 0) == 150 && at(0, 40, -96) == 150);
    ck_assert(at(0, 60, 90) == 0 && at(76, 5, 0) == 0);
    const double one = at(10, 88, 74);
    for (int i = 0; i < 5; i++) /* drawn from the other side: the same line */
        memcpy(back + 3 * i, low + 3 * (4 - i), 3 * sizeof *low);
    ck_assert_int_eq(smp_plan_set_hairline_curve(plan, back, 5, NULL), SMP_OK);
    ck_assert_double_eq_tol(at(10, 88, 74), one, 2.0);
    ck_assert_int_eq(smp_plan_set_hairline_curve(plan, NULL, 0, NULL), SMP_OK);
    ck_assert(at(0, 90, 74) == 0);
    finish();
}
END_TEST

START_TEST(longest_curve)
{
    static double many[3 * 256];
    create(SMP_SHAPE_ELLIPSOID);
    for (int i = 0; i < 256; i++) { /* from behind one ear to behind the other, to and fro */
        const double azimuth = -3.0 + 6.0 * i / 255.0;
        many[3 * i] = 80 * sin(azimuth);
        many[3 * i + 1] = i % 2 ? 100 : 20;
        many[3 * i + 2] = 80 * cos(azimuth);
    }
    ck_assert_int_eq(smp_plan_set_hairline_curve(plan, many, 256, NULL), SMP_OK);
    ck_assert(at(0, 131, 0) == 150);
    smp_bytes *text;
    ck_assert_int_eq(smp_plan_to_json(ctx, plan, &text, NULL), SMP_OK);
    smp_bytes_destroy(&text);
    ck_assert_int_eq(smp_plan_set_hairline_curve(plan, many, 257, NULL), SMP_ERR_ARGUMENT);
    finish();
}
END_TEST

START_TEST(curves_that_cannot_be)
{
    static const double back[] = {-45, 85, 45, 20, 80, 75, 0, 78, 80};
    static const double off[] = {-45, 85, 45, 200, 80, 75};
    static const double crown[] = {0, 131, 0, 20, 80, 75};
    double nan[] = {-45, 85, 45, 20, NAN, 75};
    smp_diag diag;
    create(SMP_SHAPE_ELLIPSOID);
    const double before = at(10, 104, 60);
    ck_assert_int_eq(smp_plan_set_hairline_curve(plan, back, 3, &diag), SMP_ERR_ARGUMENT);
    ck_assert_ptr_nonnull(strstr(diag.text, "back on itself at point 2"));
    ck_assert_int_eq(smp_plan_set_hairline_curve(plan, off, 2, &diag), SMP_ERR_RANGE);
    ck_assert_ptr_nonnull(strstr(diag.text, "off the head"));
    ck_assert_int_eq(smp_plan_set_hairline_curve(plan, nan, 2, &diag), SMP_ERR_RANGE);
    ck_assert_int_eq(smp_plan_set_hairline_curve(plan, crown, 2, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_plan_set_hairline_curve(plan, back, 1, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_plan_set_hairline_curve(plan, NULL, 2, &diag), SMP_ERR_ARGUMENT);
    ck_assert(at(10, 104, 60) == before);
    finish();
}
END_TEST

START_TEST(patch)
{
    static const double level[] = {10, 20, 0, 50, 20, 0};
    smp_hairline_desc h;
    smp_diag diag;
    create(SMP_SHAPE_FLAT);
    ck_assert(at(1, 1, 0) == 150 && at(59, 39, 0) == 150);
    ck_assert(at(-1, 1, 0) == 0 && at(61, 39, 0) == 0 && at(30, NAN, 0) == 0);
    smp_hairline_desc_init(&h);
    ck_assert_int_eq(smp_plan_set_hairline(plan, &h, &diag), SMP_ERR_ARGUMENT);
    ck_assert_ptr_nonnull(strstr(diag.text, "flat"));
    ck_assert_int_eq(smp_plan_set_hairline(plan, NULL, &diag), SMP_OK);
    ck_assert_int_eq(smp_plan_set_hairline_curve(plan, level, 2, &diag), SMP_OK);
    h.irregularity = 0;
    h.softness_mm = 10;
    ck_assert_int_eq(smp_plan_set_hairline(plan, &h, &diag), SMP_OK);
    for (double x = 0; x <= 60; x += 2.5) { /* level beyond its ends too */
        ck_assert(at(x, 19.8, 0) == 0 && at(x, 2, 0) == 0 && at(x, 31, 0) == 150);
        ck_assert_double_eq_tol(at(x, 25, 0), 150 * (0.25 + 0.75 * 0.5), 2.0);
    }
    finish();
}
END_TEST

START_TEST(placed_by_rules)
{
    smp_hairline_desc h;
    smp_head flat;
    smp_diag diag;
    double marks[3 * SMP_LANDMARK_COUNT] = {0};
    smp_hairline_desc_init(&h);
    h.height_mm = 50;
    ck_assert_int_eq(smp_hairline_place(NULL, SMP_HAIRLINE_RULE_8_CM, NULL, &h, &diag), SMP_OK);
    ck_assert(h.height_mm == 80 && h.softness_mm == 12);
    ck_assert_int_eq(smp_hairline_place(NULL, SMP_HAIRLINE_RULE_THIRDS, NULL, &h, &diag), SMP_OK);
    ck_assert_msg(h.height_mm > 65 && h.height_mm < 95, "%g", (double)h.height_mm);
    const float usual = h.height_mm;
    marks[3 * SMP_LANDMARK_GLABELLA + 1] = 34;
    marks[3 * SMP_LANDMARK_NOSE_BASE + 1] = -16;
    marks[3 * SMP_LANDMARK_CHIN + 1] = -66; /* a short face */
    ck_assert_int_eq(smp_hairline_place(NULL, SMP_HAIRLINE_RULE_THIRDS, marks, &h, &diag), SMP_OK);
    ck_assert(h.height_mm < usual - 5 && h.height_mm > 50); /* 50 mm of height is more of skin */
    h.style = SMP_HAIRLINE_FEMALE;
    const float male = h.height_mm;
    ck_assert_int_eq(smp_hairline_place(NULL, SMP_HAIRLINE_RULE_THIRDS, marks, &h, &diag), SMP_OK);
    ck_assert(h.height_mm > male + 5);
    ck_assert_int_eq(smp_hairline_place(NULL, SMP_HAIRLINE_RULE_8_CM, NULL, &h, &diag), SMP_OK);
    ck_assert(h.height_mm == 64);
    marks[3 * SMP_LANDMARK_CHIN + 1] = 0;
    ck_assert_int_eq(smp_hairline_place(NULL, SMP_HAIRLINE_RULE_THIRDS, marks, &h, &diag),
                     SMP_ERR_RANGE);
    ck_assert_ptr_nonnull(strstr(diag.text, "chin"));
    ck_assert_int_eq(smp_hairline_place(NULL, SMP_HAIRLINE_RULE_COUNT, NULL, &h, &diag),
                     SMP_ERR_ARGUMENT);
    smp_head_init(&flat);
    flat.shape = SMP_SHAPE_FLAT;
    ck_assert_int_eq(smp_hairline_place(&flat, SMP_HAIRLINE_RULE_8_CM, NULL, &h, &diag),
                     SMP_ERR_ARGUMENT);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plan curve");
    TCase *tc = tcase_create("curve");
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, lower_curve_adds_pigment);
    tcase_add_test(tc, longest_curve);
    tcase_add_test(tc, curves_that_cannot_be);
    tcase_add_test(tc, patch);
    tcase_add_test(tc, placed_by_rules);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
