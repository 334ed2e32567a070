/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Where pigment goes: styles, softness, curves, patches, and that edits stay local. */
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

static double share_at(double azimuth_deg, double arc_mm)
{
    double xyz[3];
    smpi_head_unchart(&head, azimuth_deg * 0.017453292519943295, arc_mm, xyz, NULL);
    return smp_plan_density(plan, xyz) / 150.0;
}

static void set_style(uint32_t style, float irregularity, float height_mm)
{
    smp_hairline_desc h;
    smp_hairline_desc_init(&h);
    h.style = style;
    h.irregularity = irregularity;
    h.height_mm = height_mm;
    TEST_ASSERT(smp_plan_set_hairline(plan, &h, NULL) == SMP_OK);
}

/* Arc from the crown at which pigment ends along an azimuth. */
static double edge_mm(double azimuth_deg)
{
    double arc = 0.0;
    while (arc < 200.0 && share_at(azimuth_deg, arc) > 0.0)
        arc += 0.05;
    return arc;
}

START_TEST(front_lies_where_the_rule_says)
{
    double glabella, polar, azimuth, xyz[3] = {0, 131 - SMPI_GLABELLA_MM, 97.2};
    smpi_head_chart(&head, xyz, &azimuth, &glabella);
    (void)polar;
    for (float height = 50; height <= 110; height += 15) {
        set_style(SMP_HAIRLINE_NATURAL, 0, height);
        ck_assert_double_eq_tol(edge_mm(0), glabella - (double)height, 0.5);
    }
}
END_TEST

START_TEST(styles_differ_as_named)
{
    double middle[5], corner[5], beside[5];
    for (uint32_t style = 0; style < 4; style++) {
        set_style(style, 0, 80);
        middle[style] = edge_mm(0);
        beside[style] = edge_mm(15);
        corner[style] = edge_mm(44);
        ck_assert_double_eq_tol(edge_mm(-44), corner[style], 0.15); /* even without waves */
        ck_assert_double_eq_tol(middle[style], middle[0], 0.6);
    }
    ck_assert_double_gt(beside[SMP_HAIRLINE_NATURAL], beside[SMP_HAIRLINE_WIDOWS_PEAK] + 5);
    ck_assert_double_gt(corner[SMP_HAIRLINE_NATURAL], corner[SMP_HAIRLINE_MATURE] + 5);
    ck_assert_double_gt(corner[SMP_HAIRLINE_STRAIGHT], corner[SMP_HAIRLINE_NATURAL]);
    set_style(SMP_HAIRLINE_NONE, 0, 80);
    ck_assert(share_at(0, 150) == 1.0 && share_at(180, 250) == 1.0);
}
END_TEST

START_TEST(no_hard_start)
{
    set_style(SMP_HAIRLINE_NATURAL, 0, 80);
    const double edge = edge_mm(0);
    double before = 0.0;
    for (double d = 0.0; d < 20.0; d += 0.1) {
        const double share = share_at(0, edge - d);
        ck_assert(share >= before - 1e-6 && share - before < 0.05);
        before = share;
    }
    ck_assert_double_lt(share_at(0, edge - 0.4), 0.1);
    ck_assert_double_eq_tol(share_at(0, edge - 3.5), 0.25 + 0.75 * 0.2, 0.06);
    ck_assert(share_at(0, edge - 13) == 1.0);
    ck_assert(share_at(90, 60) == 1.0 && share_at(0, 0) == 1.0);
}
END_TEST

START_TEST(face_and_ears_stay_bare)
{
    static const double bare[][3] = {{0, 34, 97},   {45, 14, 79}, {0, -20, 90},    {76, 5, 0},
                                     {69, -20, 30}, {0, -90, 10}, {0, -70, -60},   {60, 20, 60},
                                     {75, 15, -8},  {NAN, 0, 0},  {0, INFINITY, 0}};
    for (uint32_t style = 0; style < 4; style++) {
        set_style(style, 1, 80);
        for (size_t i = 0; i < sizeof bare / sizeof *bare; i++) {
            ck_assert_msg(smp_plan_density(plan, bare[i]) == 0.0, "style %u point %zu", style, i);
            const double other[3] = {-bare[i][0], bare[i][1], bare[i][2]};
            ck_assert(smp_plan_density(plan, other) == 0.0);
        }
    }
}
END_TEST

START_TEST(sides_fade)
{
    smp_plan_desc desc;
    smp_plan_desc_init(&desc);
    double soft = share_at(180, 170);
    double at = 150;
    while (share_at(180, at) > 0.0)
        at += 0.1;
    soft = share_at(180, at - 6);
    ck_assert(soft > 0.0 && soft < 0.5);
    desc.side_fade_mm = 0;
    ck_assert_int_eq(smp_plan_set(plan, &desc, NULL), SMP_OK);
    ck_assert(share_at(180, at - 6) == 1.0);
}
END_TEST

START_TEST(waves_are_uneven_and_follow_the_seed)
{
    set_style(SMP_HAIRLINE_NATURAL, 1, 80);
    double apart = 0.0, first[9];
    for (int i = 0; i < 9; i++) {
        first[i] = edge_mm(4.0 * (i + 1));
        apart += fabs(first[i] - edge_mm(-4.0 * (i + 1)));
    }
    ck_assert_double_gt(apart / 9, 0.3);
    smp_plan_desc desc;
    smp_plan_desc_init(&desc);
    desc.seed = 99;
    ck_assert_int_eq(smp_plan_set(plan, &desc, NULL), SMP_OK);
    double moved = 0.0;
    for (int i = 0; i < 9; i++)
        moved += fabs(first[i] - edge_mm(4.0 * (i + 1)));
    ck_assert_double_gt(moved / 9, 0.3);
    ck_assert_double_lt(moved / 9, 2 * (2.5 + 1.5) + 1);
}
END_TEST

/* Moving or reshaping the hairline changes nothing 40 mm behind either of its places. */
START_TEST(edits_are_local)
{
    uint64_t state = test_seed();
    enum { POINTS = 4000 };
    static double xyz[POINTS][3], was[POINTS];
    for (int round = 0; round < 6; round++) {
        set_style(SMP_HAIRLINE_NATURAL, 0.5f, 60);
        double lowest = 1e9;
        for (int i = 0; i < POINTS; i++) {
            const double near[3] = {test_uniform(&state, -80, 80), test_uniform(&state, -60, 131),
                                    test_uniform(&state, -99, 99)};
            smpi_head_surface(&head, near, xyz[i], NULL);
            was[i] = smp_plan_density(plan, xyz[i]);
        }
        const float height = (float)test_uniform(&state, 55, 80);
        set_style(round % 4 == 3 ? 0 : (uint32_t)round % 4, 0.7f, height);
        for (int i = 0; i < POINTS; i++) {
            double u, v, front, side;
            smpi_head_polar(&head, xyz[i], &u, &v);
            smpi_region_at(&plan->region, u, v, &front, &side);
            /* Sides and nape are not the hairline's: they stay wherever it is far. */
            if (front < 40 || xyz[i][2] > 0)
                continue;
            ck_assert(smp_plan_density(plan, xyz[i]) == was[i]);
            lowest = fmin(lowest, front);
        }
        ck_assert_double_lt(lowest, 60);
    }
}
END_TEST

START_TEST(density_scales)
{
    smp_plan_desc desc;
    smp_plan_desc_init(&desc);
    desc.density_per_cm2 = 75;
    const double a = share_at(10, 62);
    ck_assert_int_eq(smp_plan_set(plan, &desc, NULL), SMP_OK);
    ck_assert_double_eq_tol(share_at(10, 62), a / 2, 1e-12);
}
END_TEST

START_TEST(odd_heads_are_survived)
{
    static const float sizes[] = {5, 60, 152, 1000};
    for (int i = 0; i < 256; i++) {
        smp_head odd = head;
        odd.width_mm = sizes[i & 3];
        odd.height_mm = sizes[i >> 2 & 3];
        odd.length_mm = sizes[i >> 4 & 3];
        odd.vertex_mm = sizes[i >> 6 & 3];
        if (i % 7 && i != 0 && i != 255)
            continue; /* enough of them */
        smp_plan *p;
        ck_assert_int_eq(smp_plan_create(ctx, &odd, NULL, &p, NULL), SMP_OK);
        const double crown[3] = {0, (double)odd.vertex_mm, 0};
        const double got = smp_plan_density(p, crown);
        ck_assert(got >= 0 && got <= 150);
        smp_plan_destroy(&p);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plan density");
    TCase *tc = tcase_create("density");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, front_lies_where_the_rule_says);
    tcase_add_test(tc, styles_differ_as_named);
    tcase_add_test(tc, no_hard_start);
    tcase_add_test(tc, face_and_ears_stay_bare);
    tcase_add_test(tc, sides_fade);
    tcase_add_test(tc, waves_are_uneven_and_follow_the_seed);
    tcase_add_test(tc, edits_are_local);
    tcase_add_test(tc, density_scales);
    tcase_add_test(tc, odd_heads_are_survived);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
