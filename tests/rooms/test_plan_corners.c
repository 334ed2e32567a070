/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Corners of a plan that the other tests leave out: odd JSON, hairs, density painted on a head's
 * photo, later hairlines, zones by session, needles, warnings. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rooms/scene.h"

static smp_context *ctx;
static smp_plan *plan;
static smp_diag said;

static void start(void)
{
    OK(smp_context_create(&ctx, NULL, diag));
    OK(smp_plan_create(ctx, NULL, NULL, &plan, diag));
}

static void stop(void)
{
    smp_plan_destroy(&plan);
    smp_context_destroy(&ctx);
}

static void refuses(smp_status status, smp_status wanted, const char *words)
{
    ck_assert_int_eq(status, wanted);
    ck_assert_msg(strstr(said.text, words) != NULL, "%s: no %s", said.text, words);
}

static void refuses_json(const char *text, const char *words)
{
    smp_plan *made = NULL;
    refuses(smp_plan_from_json(ctx, text, strlen(text), &made, &said), SMP_ERR_FORMAT, words);
    ck_assert_ptr_null(made);
}

START_TEST(json)
{
    refuses_json("{\"obstacles\": 3}", "obstacles");
    refuses_json("{\"density_map\": [1]}", "density_map");
    refuses_json("{\"hairline\": 1}", "hairline");
    /* 17 zones of 256 points each: over 4096 */
    char *text = malloc(200000);
    ck_assert_ptr_nonnull(text);
    char *at = text + sprintf(text, "{\"zones\": [");
    for (int zone = 0; zone < 17; zone++) {
        at += sprintf(at, "%s{\"points_mm\": [", zone ? "," : "");
        for (int i = 0; i < 256; i++) {
            const double turn = i * 6.283 / 256;
            at += sprintf(at, "%s[%.2f,110,%.2f]", i ? "," : "", 20 * cos(turn), 20 * sin(turn));
        }
        at += sprintf(at, "]}");
    }
    (void)sprintf(at, "]}");
    refuses_json(text, "4096 points");
    free(text);
}
END_TEST

START_TEST(obstacles)
{
    float hair[6] = {0, 131, 0, 10, 130, 0};
    refuses(smp_plan_set_obstacles(plan, hair, 2, NAN, &said), SMP_ERR_RANGE, "keep_mm");
    refuses(smp_plan_set_obstacles(plan, hair, 2, 5.1f, &said), SMP_ERR_RANGE, "keep_mm");
    hair[4] = 1601;
    refuses(smp_plan_set_obstacles(plan, hair, 2, 1, &said), SMP_ERR_RANGE, "obstacle 1");
    hair[0] = NAN;
    refuses(smp_plan_set_obstacles(plan, hair, 2, 1, &said), SMP_ERR_RANGE, "obstacle 0");
    ck_assert_uint_eq(smp_plan_obstacle_count(plan), 0);
}
END_TEST

/* Each dot's nearest hair; also where density is full and all places would be taken. */
START_TEST(dots_keep_off_hairs_on_a_head)
{
    smp_dots *all = NULL, *kept = NULL;
    OK(smp_dots_create(ctx, plan, NULL, &all, diag));
    const smp_dots_view a = smp_dots_arrays(all);
    float hair[3 * 500];
    uint32_t hairs = 0;
    for (uint32_t i = 0; i < a.count && hairs < 500; i += 7, hairs++) {
        hair[3 * hairs] = a.x_mm[i];
        hair[3 * hairs + 1] = a.y_mm[i];
        hair[3 * hairs + 2] = a.z_mm[i];
    }
    OK(smp_plan_set_obstacles(plan, hair, hairs, 0.7f, diag));
    OK(smp_dots_create(ctx, plan, NULL, &kept, diag));
    const smp_dots_view k = smp_dots_arrays(kept);
    ck_assert_uint_le(k.count, a.count - hairs);
    float nearest = 1e6f;
    for (uint32_t i = 0; i < k.count; i++)
        for (uint32_t j = 0; j < hairs; j++) {
            const float dx = k.x_mm[i] - hair[3 * j], dy = k.y_mm[i] - hair[3 * j + 1];
            const float dz = k.z_mm[i] - hair[3 * j + 2], square = dx * dx + dy * dy + dz * dz;
            nearest = square < nearest ? square : nearest;
        }
    /* Hairs are kept in steps of 0.05 mm. */
    ck_assert(nearest > 0.64f * 0.64f && nearest < 0.8f * 0.8f);
    smp_dots_destroy(&all);
    smp_dots_destroy(&kept);
}
END_TEST

/* A photo from the front with its left half painted out: the other side of the head and what lies
 * behind stay as said. */
START_TEST(density_from_a_photo_of_a_head)
{
    const smp_ellipse ellipse = {200, 240, 130, 200, 0};
    smp_camera camera;
    float *data = calloc(400 * 480, sizeof *data);
    ck_assert_ptr_nonnull(data);
    const smp_grid grid = {data, 400, 480, 400};
    for (int i = 0; i < 400 * 480; i++)
        data[i] = i % 400 >= 200 ? 1.0f : 0.0f;
    OK(smp_camera_from_ellipse(&camera, NULL, &ellipse, NULL, 0, diag));
    const double right[3] = {30, 118, 30}, left[3] = {-30, 118, 30}, back[3] = {0, 60, -85};
    const double before = smp_plan_density(plan, right), behind = smp_plan_density(plan, back);
    ck_assert_double_gt(before, 20);
    ck_assert_double_gt(behind, 20);
    OK(smp_plan_set_density_photo(plan, &grid, &camera, 0.5f, diag));
    ck_assert_double_eq_tol(smp_plan_density(plan, right), before, 0.02 * before);
    ck_assert_double_lt(smp_plan_density(plan, left), 0.02 * before);
    ck_assert_double_eq_tol(smp_plan_density(plan, back), 0.5 * behind, 0.02 * behind);
    camera.center_px[0] += 4000; /* the head is beside the picture: nothing is shown */
    OK(smp_plan_set_density_photo(plan, &grid, &camera, 0.25f, diag));
    ck_assert_double_eq_tol(smp_plan_density(plan, right), 0.25 * before, 0.02 * before);
    free(data);
}
END_TEST

/* A touch-up with a lower and softer line: its dots alone lie before the first line. */
START_TEST(a_later_hairline)
{
    smp_event_desc event;
    smp_dots *dots = NULL;
    uint32_t ahead = 0;
    smp_event_desc_init(&event);
    event.hairline_height_mm = 66;
    event.hairline_softness_mm = 4;
    event.share = 1;
    OK(smp_plan_set_events(plan, &event, 1, diag));
    OK(smp_plan_get_event(plan, 0, &event, diag));
    ck_assert(event.hairline_softness_mm == 4.0f);
    OK(smp_dots_create(ctx, plan, NULL, &dots, diag));
    const smp_dots_view v = smp_dots_arrays(dots);
    OK(smp_plan_set_events(plan, NULL, 0, diag));
    for (uint32_t i = 0; i < v.count; i++) {
        const double xyz[3] = {(double)v.x_mm[i], (double)v.y_mm[i], (double)v.z_mm[i]};
        if (smp_plan_density(plan, xyz) > 0.0)
            continue;
        ck_assert_uint_eq(v.session[i], 3);
        ahead++;
    }
    ck_assert_uint_gt(ahead, 100);
    smp_dots_destroy(&dots);
}
END_TEST

START_TEST(a_patch_has_no_later_hairline)
{
    smp_head flat;
    smp_plan *patch = NULL;
    smp_event_desc event;
    smp_head_init(&flat);
    flat.shape = SMP_SHAPE_FLAT;
    OK(smp_plan_create(ctx, &flat, NULL, &patch, diag));
    smp_event_desc_init(&event);
    event.hairline_style = SMP_HAIRLINE_MATURE + 1;
    refuses(smp_plan_set_events(patch, &event, 1, &said), SMP_ERR_ARGUMENT, "hairline_style");
    ck_assert_uint_eq(smp_plan_event_count(patch), 0);
    uint32_t n = 99;
    OK(smp_plan_warnings(patch, NULL, NULL, 0, &n, diag));
    ck_assert_uint_lt(n, 99);
    smp_plan_destroy(&patch);
}
END_TEST

/* The second session works in the zone alone, the needle of the third is wide. */
START_TEST(sessions_of_their_own)
{
    static const double corner[12] = {-20, 128, -20, 20, 128, -20, 20, 128, 20, -20, 128, 20};
    smp_zone_desc zone;
    smp_session_desc session[3];
    smp_dots *dots = NULL;
    uint32_t number, found[3] = {0, 0, 0};
    smp_zone_desc_init(&zone);
    zone.dose_scale = 0.5f;
    OK(smp_plan_add_zone(plan, &zone, corner, 4, &number, diag));
    for (uint32_t i = 0; i < 3; i++) {
        smp_session_desc_init(&session[i]);
        session[i].day = 10.0 * i;
        session[i].share = 0.3f + 0.35f * (float)i;
    }
    session[1].zones = 2;
    session[2].needle_mm = 0.5f;
    OK(smp_plan_set_sessions(plan, session, 3, diag));
    OK(smp_dots_create(ctx, plan, NULL, &dots, diag));
    const smp_dots_view v = smp_dots_arrays(dots);
    double wide[3] = {0, 0, 0};
    for (uint32_t i = 0; i < v.count; i++) {
        found[v.session[i]]++;
        wide[v.session[i]] += (double)v.diameter_mm[i];
        if (v.session[i] == 1)
            ck_assert_uint_eq(v.zone[i], number);
    }
    for (int i = 0; i < 3; i++)
        ck_assert_uint_gt(found[i], 100);
    ck_assert_double_eq_tol(wide[0] / found[0], 0.25, 0.01);
    ck_assert_double_eq_tol(wide[2] / found[2], 0.5, 0.02);
    smp_dots_destroy(&dots);
}
END_TEST

static int warned(uint32_t code)
{
    smp_warning w[16];
    uint32_t n = 0;
    OK(smp_plan_warnings(plan, NULL, w, 16, &n, diag));
    for (uint32_t i = 0; i < n; i++)
        if (w[i].code == code)
            return 1;
    return 0;
}

START_TEST(warnings)
{
    smp_hairline_desc line;
    smp_pattern_desc loss;
    smp_plan_desc desc;
    smp_event_desc laser;
    smp_hairline_desc_init(&line);
    smp_pattern_desc_init(&loss);
    smp_plan_desc_init(&desc);
    line.height_mm = 70;
    OK(smp_plan_set_hairline(plan, &line, diag));
    ck_assert(!warned(SMP_WARN_NO_ROOM) && !warned(SMP_WARN_TOO_LOW));
    loss.pattern = SMP_PATTERN_NORWOOD_6;
    OK(smp_plan_set_pattern(plan, &loss, diag));
    ck_assert(warned(SMP_WARN_NO_ROOM) && !warned(SMP_WARN_TOO_LOW));
    loss.pattern = SMP_PATTERN_LUDWIG_1;
    OK(smp_plan_set_pattern(plan, &loss, diag));
    ck_assert(!warned(SMP_WARN_NO_ROOM));
    ck_assert(!warned(SMP_WARN_TOO_EVEN));
    desc.size_variation = desc.dose_variation = 0.03f;
    OK(smp_plan_set(plan, &desc, diag));
    ck_assert(warned(SMP_WARN_TOO_EVEN));
    desc.size_variation = 0.05f;
    OK(smp_plan_set(plan, &desc, diag));
    ck_assert(!warned(SMP_WARN_TOO_EVEN));
    /* What a laser takes is no column of pigment. */
    smp_event_desc_init(&laser);
    laser.kind = SMP_EVENT_LASER;
    laser.needle_mm = 0.9f;
    OK(smp_plan_set_events(plan, &laser, 1, diag));
    ck_assert(!warned(SMP_WARN_TOO_LARGE));
    laser.kind = SMP_EVENT_TOUCH_UP;
    OK(smp_plan_set_events(plan, &laser, 1, diag));
    ck_assert(warned(SMP_WARN_TOO_LARGE));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plan_corners");
    TCase *tc = tcase_create("corners");
    tcase_add_checked_fixture(tc, start, stop);
    tcase_add_test(tc, json);
    tcase_add_test(tc, obstacles);
    tcase_add_test(tc, dots_keep_off_hairs_on_a_head);
    tcase_add_test(tc, density_from_a_photo_of_a_head);
    tcase_add_test(tc, a_later_hairline);
    tcase_add_test(tc, a_patch_has_no_later_hairline);
    tcase_add_test(tc, sessions_of_their_own);
    tcase_add_test(tc, warnings);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
