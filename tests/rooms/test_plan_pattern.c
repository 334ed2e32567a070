/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Patterns of loss and shapes of hairlines: where hair stays, what is treated, what an edit moves.
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geometry/head.h"
#include "plan/plan.h"
#include "support.h"

static smp_context *ctx;
static smp_plan *plan;
static smp_head head;

static void setup(void)
{
    smp_head_init(&head);
    ctx = test_context(NULL, NULL, SMP_ISA_SCALAR);
    TEST_ASSERT(smp_plan_create(ctx, NULL, NULL, &plan, NULL) == SMP_OK);
}

static void teardown(void)
{
    smp_plan_destroy(&plan);
    smp_context_destroy(&ctx);
}

static void point(double azimuth_deg, double arc_mm, double xyz[3])
{
    smpi_head_unchart(&head, azimuth_deg * 0.017453292519943295, arc_mm, xyz, NULL);
}

static double density(double azimuth_deg, double arc_mm)
{
    double xyz[3];
    point(azimuth_deg, arc_mm, xyz);
    return smp_plan_density(plan, xyz);
}

static double hair(double azimuth_deg, double arc_mm)
{
    double xyz[3];
    point(azimuth_deg, arc_mm, xyz);
    return smp_plan_hair(plan, xyz);
}

static double set_pattern(uint32_t pattern, float progress)
{
    smp_pattern_desc desc;
    smp_measures m;
    smp_pattern_desc_init(&desc);
    smp_measures_init(&m);
    desc.pattern = pattern;
    desc.progress = progress;
    TEST_ASSERT(smp_plan_set_pattern(plan, &desc, NULL) == SMP_OK);
    TEST_ASSERT(smp_plan_measure(plan, SMP_MASK_ALL, SMP_MASK_ALL, &m, NULL) == SMP_OK);
    return m.dots;
}

/* Each type has lost more than the one before; sides and nape stay until the end. */
START_TEST(types_in_order)
{
    static const uint32_t rising[] = {
        SMP_PATTERN_NORWOOD_1,  SMP_PATTERN_NORWOOD_2, SMP_PATTERN_NORWOOD_3,
        SMP_PATTERN_NORWOOD_3V, SMP_PATTERN_NORWOOD_4, SMP_PATTERN_NORWOOD_5,
        SMP_PATTERN_NORWOOD_6,  SMP_PATTERN_NORWOOD_7, SMP_PATTERN_TOTAL};
    static const uint32_t anterior[] = {SMP_PATTERN_NORWOOD_2,  SMP_PATTERN_NORWOOD_2A,
                                        SMP_PATTERN_NORWOOD_3A, SMP_PATTERN_NORWOOD_4A,
                                        SMP_PATTERN_NORWOOD_5A, SMP_PATTERN_NORWOOD_6};
    static const uint32_t ludwig[] = {SMP_PATTERN_LUDWIG_1, SMP_PATTERN_LUDWIG_2,
                                      SMP_PATTERN_LUDWIG_3};
    double before = -1;
    for (size_t i = 0; i < sizeof rising / sizeof *rising; i++) {
        const double dots = set_pattern(rising[i], 0);
        ck_assert_msg(dots > before + (i ? 200 : 0), "type %u: %g after %g", rising[i], dots,
                      before);
        before = dots;
        if (rising[i] != SMP_PATTERN_TOTAL)
            ck_assert(hair(180, 170) > 135 && hair(150, 150) > 135 && density(180, 170) < 1);
    }
    ck_assert(before > 70000 && hair(180, 170) == 0);
    before = 0;
    for (size_t i = 0; i < sizeof anterior / sizeof *anterior; i++) {
        const double dots = set_pattern(anterior[i], 0);
        ck_assert(dots > before);
        before = dots;
    }
    before = 0;
    for (size_t i = 0; i < 3; i++) {
        const double dots = set_pattern(ludwig[i], 0);
        ck_assert(dots > before * 1.3 && hair(0, 75) > 100); /* the front stays */
        before = dots;
    }
    ck_assert(set_pattern(SMP_PATTERN_NORWOOD_4, 0.8f) > set_pattern(SMP_PATTERN_NORWOOD_4, 0));
}
END_TEST

/* The published landmarks of the types. */
START_TEST(landmarks)
{
    (void)set_pattern(SMP_PATTERN_NORWOOD_3V, 0);
    ck_assert(hair(180, 55) < 40 && hair(0, 20) > 130 && hair(0, 72) > 130); /* crown; bridge */
    ck_assert(hair(55, 68) < 40); /* the corner is bare */
    (void)set_pattern(SMP_PATTERN_NORWOOD_5, 0);
    ck_assert(hair(180, 55) < 15);
    const double bridge = hair(0, 12);
    ck_assert(bridge > 15 && bridge < 125); /* thin, not gone */
    (void)set_pattern(SMP_PATTERN_NORWOOD_6, 0);
    ck_assert(hair(0, 12) < 2 && hair(180, 80) < 15 && hair(180, 140) > 130);
    (void)set_pattern(SMP_PATTERN_NORWOOD_7, 0);
    ck_assert(hair(180, 120) < 20 && hair(90, 85) < 20 && hair(90, 125) > 120);
}
END_TEST

/* What is treated is what is missing; the whorl moves the crown's spot. */
START_TEST(missing_is_treated)
{
    smp_pattern_desc desc;
    (void)set_pattern(SMP_PATTERN_NORWOOD_3V, 0);
    for (double arc = 5; arc < 60; arc += 5)
        ck_assert_double_eq_tol(density(180, arc) / 150 + hair(180, arc) / 140, 1.0, 1e-6);
    const double left = density(160, 62);
    smp_pattern_desc_init(&desc);
    desc.pattern = SMP_PATTERN_NORWOOD_3V;
    desc.whorl_left_mm = 25;
    desc.blend = 0.25f;
    ck_assert_int_eq(smp_plan_set_pattern(plan, &desc, NULL), SMP_OK);
    ck_assert(density(160, 62) > left + 5);
    ck_assert_double_eq_tol(density(180, 150), 0.25 * 150, 1e-3);
    ck_assert_int_eq(smp_plan_set_pattern(plan, NULL, NULL), SMP_OK);
    ck_assert(hair(180, 55) == 0 && density(180, 55) == 150);
}
END_TEST

/* Left and right are never the same to the pixel; patches follow the seed. */
START_TEST(never_symmetric)
{
    double off = 0;
    (void)set_pattern(SMP_PATTERN_NORWOOD_4, 0);
    for (double arc = 20; arc < 90; arc += 1)
        off += fabs(hair(40, arc) - hair(-40, arc));
    ck_assert(off / 70 > 2 && off / 70 < 60);
    smp_plan_desc desc;
    smp_plan_desc_init(&desc);
    const double one = set_pattern(SMP_PATTERN_PATCHES, 0);
    desc.seed = 2;
    ck_assert_int_eq(smp_plan_set(plan, &desc, NULL), SMP_OK);
    const double two = set_pattern(SMP_PATTERN_PATCHES, 0);
    ck_assert(one > 500 && two > 500 && fabs(one - two) > 1);
}
END_TEST

static double edge_arc(double azimuth_deg)
{
    double low = 0, high = 190;
    for (int i = 0; i < 40; i++) {
        const double middle = 0.5 * (low + high);
        *(density(azimuth_deg, middle) > 0 ? &low : &high) = middle;
    }
    return low;
}

static void set_line(uint32_t style, float back, float temple, float angle)
{
    smp_hairline_desc h;
    smp_hairline_desc_init(&h);
    h.style = style;
    h.irregularity = 0;
    h.corner_back_mm = back;
    h.temple_mm = temple;
    h.temple_angle_deg = angle;
    TEST_ASSERT(smp_plan_set_hairline(plan, &h, NULL) == SMP_OK);
}

START_TEST(corners_and_temples)
{
    set_line(SMP_HAIRLINE_NATURAL, 0, 0, 0);
    const double middle = edge_arc(0), corner = edge_arc(47), line = density(56, 100);
    set_line(SMP_HAIRLINE_NATURAL, 15, 0, 0);
    ck_assert_double_eq_tol(edge_arc(0), middle, 0.5);
    ck_assert(edge_arc(47) < corner - 4);
    set_line(SMP_HAIRLINE_FEMALE, 0, 0, 0); /* round: the corners are closed */
    ck_assert(edge_arc(47) > corner + 10 && fabs(edge_arc(8) - middle) < 3);
    set_line(SMP_HAIRLINE_NATURAL, 0, 0, 60);
    const double sharp = density(56, 100);
    set_line(SMP_HAIRLINE_NATURAL, 0, 0, 140);
    ck_assert(sharp < line && density(56, 100) >= line && density(50, 95) > 1);
    set_line(SMP_HAIRLINE_NATURAL, 0, -20, 0);
    const double behind = density(52, 135);
    set_line(SMP_HAIRLINE_NATURAL, 0, 15, 0);
    ck_assert(density(52, 135) > behind);
}
END_TEST

/* Waves and clusters are separate. */
START_TEST(macro_and_micro)
{
    smp_hairline_desc h;
    double rough[2] = {0, 0};
    for (int k = 0; k < 2; k++) {
        smp_hairline_desc_init(&h);
        h.irregularity = 1;
        h.macro = k ? 1.0f : 0.0f;
        h.micro = k ? 0.0f : 1.0f;
        ck_assert_int_eq(smp_plan_set_hairline(plan, &h, NULL), SMP_OK);
        double before = density(-20, 72);
        for (double a = -19.5; a < 20; a += 0.5) { /* clusters change from one mm to the next */
            const double now = density(a, 72);
            rough[k] += fabs(now - before);
            before = now;
        }
    }
    ck_assert(rough[0] > 2 * rough[1] && rough[1] > 1);
}
END_TEST

START_TEST(patches_of_skin)
{
    smp_head flat;
    smp_plan *p;
    smp_diag diag;
    smp_pattern_desc desc;
    smp_head_init(&flat);
    flat.shape = SMP_SHAPE_FLAT;
    flat.width_mm = flat.height_mm = 60;
    ck_assert_int_eq(smp_plan_create(ctx, &flat, NULL, &p, NULL), SMP_OK);
    smp_pattern_desc_init(&desc);
    desc.pattern = SMP_PATTERN_NORWOOD_5;
    ck_assert_int_eq(smp_plan_set_pattern(p, &desc, &diag), SMP_ERR_ARGUMENT);
    ck_assert_ptr_nonnull(strstr(diag.text, "flat"));
    desc.pattern = SMP_PATTERN_LUDWIG_1;
    ck_assert_int_eq(smp_plan_set_pattern(p, &desc, &diag), SMP_OK);
    ck_assert_double_eq_tol(smp_plan_density(p, (double[3]){30, 30, 0}), 0.35 * 150, 1e-4);
    ck_assert_double_eq_tol(smp_plan_hair(p, (double[3]){30, 30, 0}), 0.65 * 140, 1e-4);
    ck_assert(smp_plan_hair(p, (double[3]){-1, 30, 0}) == 0);
    smp_plan_destroy(&p);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plan pattern");
    TCase *tc = tcase_create("pattern");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, types_in_order);
    tcase_add_test(tc, landmarks);
    tcase_add_test(tc, missing_is_treated);
    tcase_add_test(tc, never_symmetric);
    tcase_add_test(tc, corners_and_temples);
    tcase_add_test(tc, macro_and_micro);
    tcase_add_test(tc, patches_of_skin);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
