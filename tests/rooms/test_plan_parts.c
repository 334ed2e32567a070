/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Zones, scars, painted density and events: what they do to the density, and that errors leave the
 * plan as it was. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plan/plan.h"
#include "support.h"

static test_memory memory;
static smp_context *ctx;
static smp_plan *plan;
static smp_diag diag;

static const double square[] = {10, 10, 0, 30, 10, 0, 30, 30, 0, 10, 30, 0};
static const double line[] = {5, 40, 0, 45, 40, 0};

static void setup(void)
{
    smp_head head;
    memory = (test_memory){0};
    ctx = test_context(&memory, NULL, SMP_ISA_SCALAR);
    smp_head_init(&head);
    head.shape = SMP_SHAPE_FLAT;
    head.width_mm = head.height_mm = 50;
    TEST_ASSERT(smp_plan_create(ctx, &head, NULL, &plan, NULL) == SMP_OK);
}

static void teardown(void)
{
    smp_plan_destroy(&plan);
    smp_context_destroy(&ctx);
    ck_assert_uint_eq(memory.live, 0);
}

static double at(double x, double y)
{
    return smp_plan_density(plan, (double[3]){x, y, 0});
}

static uint32_t zone_at(double x, double y)
{
    return smp_plan_zone_at(plan, (double[3]){x, y, 0});
}

static smp_status add(uint32_t kind, float scale, float fade, const double *xyz, uint32_t count)
{
    smp_zone_desc zone;
    smp_zone_desc_init(&zone);
    zone.kind = kind;
    zone.density_scale = scale;
    zone.fade_mm = fade;
    return smp_plan_add_zone(plan, &zone, xyz, count, NULL, &diag);
}

START_TEST(kinds)
{
    ck_assert_int_eq(add(SMP_ZONE_TREAT, 0.4f, 4, square, 4), SMP_OK);
    ck_assert_double_eq_tol(at(20, 20), 60, 1e-4);
    ck_assert_double_eq_tol(at(10, 20), 105, 0.5); /* half way at its border */
    ck_assert(at(7, 20) == 150 && zone_at(20, 20) == 1 && zone_at(7, 20) == 0);
    ck_assert_int_eq(add(SMP_ZONE_SCAR_STRIP, 0.8f, 0, line, 2), SMP_OK);
    ck_assert_double_eq_tol(at(20, 43.9), 120, 1e-4); /* 8 mm wide */
    ck_assert(at(20, 44.1) == 150 && zone_at(20, 40) == 2 && zone_at(49.5, 40) == 0);
    ck_assert_int_eq(add(SMP_ZONE_EXCLUDE, 1, 0, square, 3), SMP_OK); /* the later one holds */
    ck_assert(at(25, 15) == 0 && zone_at(25, 15) == 3 && zone_at(12, 28) == 1);
    const smpi_spot spot = {{25, 15, 0}, 25, 15};
    uint32_t held = 0;
    ck_assert(smpi_plan_density_spot(plan, &spot, &held) == 0 && held == 3);
    smp_zone_desc got;
    uint32_t count = 0;
    double xyz[6];
    smp_zone_desc_init(&got);
    ck_assert_int_eq(smp_plan_get_zone(plan, 2, &got, &count, &diag), SMP_OK);
    ck_assert(got.kind == SMP_ZONE_SCAR_STRIP && count == 2);
    ck_assert_int_eq(smp_plan_get_zone_points(plan, 2, xyz, 2, &diag), SMP_OK);
    ck_assert(!memcmp(xyz, line, sizeof xyz));
    ck_assert_int_eq(smp_plan_get_zone_points(plan, 2, xyz, 1, &diag), SMP_ERR_ARGUMENT);
    const smpi_plan_skin skin = smpi_plan_zone_skin(plan, 2), plain = smpi_plan_zone_skin(plan, 1);
    ck_assert(skin.uptake < 1 && skin.spread > 1 && skin.fade > 1 && plain.fade == 1);
    ck_assert_uint_eq(smp_plan_zone_count(plan), 3);
    ck_assert_int_eq(smp_plan_clear_zones(plan, &diag), SMP_OK);
    ck_assert(at(25, 15) == 150 && smp_plan_zone_count(plan) == 0);
}
END_TEST

START_TEST(round_scars)
{
    smp_zone_desc zone;
    uint32_t inside = 0;
    smp_zone_desc_init(&zone);
    zone.kind = SMP_ZONE_SCAR_DOTS;
    zone.density_scale = 0;
    zone.lightness = 9;
    ck_assert_int_eq(smp_plan_add_zone(plan, &zone, square, 4, NULL, &diag), SMP_OK);
    for (uint32_t i = 0; i < 200 * 200; i++) {
        float l, a;
        const double p[3] = {10.05 + 0.1 * (i % 200), 10.05 + 0.1 * (double)(i / 200), 0};
        const uint32_t found = smp_plan_zone_at(plan, p);
        inside += found;
        if (smpi_plan_scar_skin(plan, p, &l, &a))
            ck_assert(l > 0 && l <= 9 && a == 0);
        else
            ck_assert(found == 0);
    }
    /* 15 per cm2 of 0.9 mm, which vary: some 10 % of the area */
    ck_assert_double_eq_tol(inside / 40000.0, 15 * 0.25 * 3.14159 * 0.81 / 100, 0.02);
    ck_assert(smpi_plan_has_scar_skin(plan));
}
END_TEST

START_TEST(refused_zones)
{
    static double far[] = {10, 10, 0, 30, 10, 80, 30, 30, 0};
    double nan[] = {10, 10, 0, 30, NAN, 0, 30, 30, 0};
    ck_assert_int_eq(add(SMP_ZONE_TREAT, 1, 4, square, 2), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(add(SMP_ZONE_TREAT, 1, 4, square, 257), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(add(SMP_ZONE_TREAT, 1, 4, far, 3), SMP_ERR_RANGE);
    ck_assert_ptr_nonnull(strstr(diag.text, "zone 1, point 1"));
    ck_assert_int_eq(add(SMP_ZONE_TREAT, 1, 4, nan, 3), SMP_ERR_RANGE);
    ck_assert_int_eq(add(SMP_ZONE_TREAT, 1.5f, 4, square, 4), SMP_ERR_RANGE);
    ck_assert_int_eq(smp_plan_add_zone(plan, NULL, NULL, 4, NULL, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_plan_set_zone(plan, 1, NULL, &diag), SMP_ERR_ARGUMENT);
    ck_assert(at(20, 20) == 150 && smp_plan_zone_count(plan) == 0);
    for (int i = 0; i < 31; i++)
        ck_assert_int_eq(add(SMP_ZONE_TREAT, 1, 4, square, 4), SMP_OK);
    ck_assert_int_eq(add(SMP_ZONE_TREAT, 1, 4, square, 4), SMP_ERR_LIMIT);
}
END_TEST

START_TEST(painted)
{
    float data[4] = {0, 1, 0.2f, 1};
    smp_grid grid = {data, 2, 2, 2};
    smp_camera camera;
    ck_assert_int_eq(smp_plan_set_density_map(plan, &grid, &diag), SMP_OK);
    ck_assert(at(5, 5) == 0 && at(45, 5) == 150);
    ck_assert_double_eq_tol(at(5, 45), 0.2 * 150, 1e-4);
    data[1] = 2;
    ck_assert_int_eq(smp_plan_set_density_map(plan, &grid, &diag), SMP_ERR_RANGE);
    data[1] = 1;
    ck_assert_int_eq(smp_plan_set_density_map(plan, NULL, &diag), SMP_OK);
    ck_assert(at(5, 5) == 150);
    /* the same through a camera that sees the left half: 1 px per 25 mm, shifted */
    ck_assert_int_eq(smp_camera_from_scale(&camera, 0.04, (double[2]){0, 0}, &diag), SMP_OK);
    ck_assert_int_eq(smp_plan_set_density_photo(plan, &grid, &camera, 0.5f, &diag), SMP_OK);
    ck_assert(at(5, 5) < 1 && at(45, 5) > 149);
    ck_assert_int_eq(smp_plan_set_density_photo(plan, &grid, &camera, 2, &diag), SMP_ERR_RANGE);
}
END_TEST

START_TEST(groups)
{
    smp_event_desc e[2];
    smpi_spot spot;
    double top[SMPI_GROUPS];
    uint32_t zone = 9;
    smp_event_desc_init(&e[0]);
    smp_event_desc_init(&e[1]);
    e[0].kind = SMP_EVENT_LASER;
    e[1].share = 0.2f;
    e[1].zones = 1;
    e[1].depth_mm = 0.4f;
    ck_assert_int_eq(add(SMP_ZONE_TREAT, 1, 0, square, 4), SMP_OK);
    ck_assert_int_eq(smp_plan_set_events(plan, e, 2, &diag), SMP_OK);
    const double out[3] = {5, 5, 0}, in[3] = {20, 20, 0};
    smpi_spot_at(&plan->data.head, out, &spot);
    ck_assert_uint_eq(smpi_plan_tops(plan, &spot, top, &zone), 5);
    ck_assert(zone == 0 && top[3] == 150 && fabs(top[4] - 180) < 1e-4 && fabs(top[0] - 45) < 1e-4);
    smpi_spot_at(&plan->data.head, in, &spot);
    (void)smpi_plan_tops(plan, &spot, top, &zone);
    ck_assert(zone == 1 && top[4] == 150 && !smpi_plan_touches(plan, 4, 1));
    const smpi_plan_column c = smpi_plan_group_column(plan, 4, 0);
    ck_assert(c.height_mm < 0.25f && c.dose < 3 && c.diameter_mm == 0.25f);
    ck_assert(smpi_plan_group_day(plan, 4) == 1461);
    e[1].day = 10;
    ck_assert_int_eq(smp_plan_set_events(plan, e, 2, &diag), SMP_ERR_RANGE);
    e[1].day = 2000;
    e[1].depth_mm = 0.01f;
    ck_assert_int_eq(smp_plan_set_events(plan, e, 2, &diag), SMP_ERR_RANGE);
    ck_assert_uint_eq(smp_plan_event_count(plan), 2);
}
END_TEST

/* A hairline that a touch-up lowers gets its dots then, and none of the old ones change. */
START_TEST(lowered_later)
{
    smp_plan *p;
    smp_event_desc e;
    smpi_spot spot;
    double top[SMPI_GROUPS];
    uint32_t zone;
    ck_assert_int_eq(smp_plan_create(ctx, NULL, NULL, &p, &diag), SMP_OK);
    smp_event_desc_init(&e);
    e.hairline_height_mm = 70;
    e.share = 0;
    ck_assert_int_eq(smp_plan_set_events(p, &e, 1, &diag), SMP_OK);
    smpi_spot_at(&p->data.head, (double[3]){0, 100, 77}, &spot);
    (void)smpi_plan_tops(p, &spot, top, &zone);
    ck_assert_msg(top[2] < 1 && top[3] > 20, "%g %g", top[2], top[3]);
    smpi_spot_at(&p->data.head, (double[3]){0, 131, 0}, &spot);
    (void)smpi_plan_tops(p, &spot, top, &zone);
    ck_assert(top[2] == 150 && top[3] == 150);
    smp_plan_destroy(&p);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plan parts");
    TCase *tc = tcase_create("parts");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, kinds);
    tcase_add_test(tc, round_scars);
    tcase_add_test(tc, refused_zones);
    tcase_add_test(tc, painted);
    tcase_add_test(tc, groups);
    tcase_add_test(tc, lowered_later);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
