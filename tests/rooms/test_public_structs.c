/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The calls of plan, optics, colour and geometry with each needed pointer missing once and each
 * struct never initialised once; and every table of fields: its size, its defaults, no struct at
 * all. */
#include <check.h>
#include <math.h>

#include <smp/smp.h>

#include "support.h"

static smp_diag diag;
static smp_context *ctx;
static smp_plan *plan;

static void setup(void)
{
    ctx = test_context(NULL, NULL, SMP_ISA_BEST);
    ck_assert_int_eq(smp_plan_create(ctx, NULL, NULL, &plan, &diag), SMP_OK);
}

static void teardown(void)
{
    smp_plan_destroy(&plan);
    smp_context_destroy(&ctx);
}

static void refused(smp_status status, const char *call)
{
    if (status != SMP_ERR_ARGUMENT || diag.status != SMP_ERR_ARGUMENT || !diag.text[0])
        ck_abort_msg("%s: %s, \"%s\"", call, smp_status_name(status), diag.text);
    memset(&diag, 0x55, sizeof diag);
}

#define REFUSED(call) refused((call), #call)

static uint32_t bad[128] = {3}; /* a struct_size that none has */
#define BAD ((void *)bad)

START_TEST(plans)
{
    double d[9] = {0};
    uint32_t n;
    smp_pigment pigment;
    smp_zone_desc zone;
    smp_session_desc session;
    smp_pigment_init(&pigment);
    smp_zone_desc_init(&zone);
    smp_session_desc_init(&session);
#define SETTER(name)                  \
    REFUSED(name(NULL, NULL, &diag)); \
    REFUSED(name(plan, BAD, &diag))
    SETTER(smp_plan_set);
    SETTER(smp_plan_set_hairline);
    SETTER(smp_plan_set_pigment);
    SETTER(smp_plan_set_pattern);
    SETTER(smp_plan_set_life);
#define GETTER(name) \
    SETTER(name);    \
    REFUSED(name(plan, NULL, &diag))
    GETTER(smp_plan_get);
    GETTER(smp_plan_get_head);
    GETTER(smp_plan_get_hairline);
    GETTER(smp_plan_get_pattern);
    GETTER(smp_plan_get_life);
    REFUSED(smp_plan_set_hairline_curve(NULL, d, 3, &diag));
    REFUSED(smp_plan_set_hairline_curve(plan, NULL, 3, &diag));
    REFUSED(smp_plan_set_hairline_curve(plan, d, 1, &diag));
    REFUSED(smp_plan_set_sessions(NULL, &session, 1, &diag));
    REFUSED(smp_plan_set_sessions(plan, NULL, 1, &diag));
    REFUSED(smp_plan_set_sessions(plan, BAD, 1, &diag));
    REFUSED(smp_plan_set_sessions(plan, &session, 0, &diag));
    REFUSED(smp_plan_set_sessions(plan, &session, 9, &diag));
    REFUSED(smp_plan_set_session_pigment(NULL, 0, &pigment, &diag));
    REFUSED(smp_plan_set_session_pigment(plan, 3, &pigment, &diag));
    REFUSED(smp_plan_set_session_pigment(plan, 0, BAD, &diag));
    REFUSED(smp_plan_get_pigment(NULL, 0, &pigment, &diag));
    REFUSED(smp_plan_get_pigment(plan, 0, NULL, &diag));
    REFUSED(smp_plan_get_pigment(plan, 0, BAD, &diag));
    REFUSED(smp_plan_add_zone(NULL, &zone, d, 3, NULL, &diag));
    REFUSED(smp_plan_add_zone(plan, BAD, d, 3, NULL, &diag));
    REFUSED(smp_plan_add_zone(plan, &zone, NULL, 3, NULL, &diag));
    REFUSED(smp_plan_add_zone(plan, &zone, d, 2, NULL, &diag));
    REFUSED(smp_plan_add_zone(plan, &zone, d, 257, NULL, &diag));
    REFUSED(smp_plan_set_zone(NULL, 1, &zone, &diag));
    REFUSED(smp_plan_set_zone(plan, 0, &zone, &diag));
    REFUSED(smp_plan_set_zone(plan, 1, &zone, &diag));
    REFUSED(smp_plan_clear_zones(NULL, &diag));
    REFUSED(smp_plan_get_zone(NULL, 1, &zone, &n, &diag));
    REFUSED(smp_plan_get_zone(plan, 1, &zone, &n, &diag));
    REFUSED(smp_plan_get_zone_points(NULL, 1, d, 3, &diag));
    REFUSED(smp_plan_get_zone_points(plan, 1, NULL, 3, &diag));
    REFUSED(smp_plan_get_zone_points(plan, 0, d, 3, &diag));
}
END_TEST

START_TEST(later_and_measures)
{
    double d[9] = {0};
    uint32_t n;
    smp_pigment pigment;
    smp_measures measures;
    smp_event_desc event;
    smp_session_desc session;
    smp_pigment_init(&pigment);
    smp_measures_init(&measures);
    smp_event_desc_init(&event);
    smp_session_desc_init(&session);
    REFUSED(smp_plan_set_events(NULL, &event, 1, &diag));
    REFUSED(smp_plan_set_events(plan, NULL, 1, &diag));
    REFUSED(smp_plan_set_events(plan, BAD, 1, &diag));
    REFUSED(smp_plan_set_events(plan, &event, 17, &diag));
    REFUSED(smp_plan_get_event(NULL, 0, &event, &diag));
    REFUSED(smp_plan_get_event(plan, 0, &event, &diag));
    REFUSED(smp_plan_set_event_pigment(NULL, 0, &pigment, &diag));
    REFUSED(smp_plan_set_event_pigment(plan, 0, &pigment, &diag));
    REFUSED(smp_plan_get_event_pigment(NULL, 0, &pigment, &diag));
    REFUSED(smp_plan_get_event_pigment(plan, 0, &pigment, &diag));
    REFUSED(smp_plan_get_session(NULL, 0, &session, &diag));
    REFUSED(smp_plan_get_session(plan, 0, NULL, &diag));
    REFUSED(smp_plan_measure(NULL, 0, 0, &measures, &diag));
    REFUSED(smp_plan_measure(plan, 0, 0, NULL, &diag));
    REFUSED(smp_plan_measure(plan, 1, 0, &measures, &diag));
    REFUSED(smp_plan_measure(plan, 0, 3, &measures, &diag));
    REFUSED(smp_plan_measure(plan, 0, 0, BAD, &diag));
    REFUSED(smp_plan_warnings(NULL, NULL, NULL, 0, &n, &diag));
    REFUSED(smp_plan_warnings(plan, NULL, NULL, 0, NULL, &diag));
    REFUSED(smp_plan_warnings(plan, BAD, NULL, 0, &n, &diag));
    REFUSED(smp_plan_warnings(plan, NULL, NULL, 1, &n, &diag));
    ck_assert(smp_plan_density(NULL, d) == 0 && smp_plan_density(plan, NULL) == 0);
    ck_assert(smp_plan_hair(NULL, d) == 0 && smp_plan_hair(plan, NULL) == 0);
    ck_assert(smp_plan_zone_at(NULL, d) == 0 && smp_plan_zone_at(plan, NULL) == 0);
}
END_TEST

START_TEST(maps_and_lines)
{
    float one = 1;
    const smp_grid grid = {&one, 1, 1, 1};
    smp_grid wrong[4] = {grid, grid, grid, grid};
    smp_hairline_desc line;
    smp_camera camera;
    smp_column column;
    smp_camera_init(&camera);
    smp_hairline_desc_init(&line);
    wrong[0].width = 0;
    wrong[1].height = 257;
    wrong[2].data = NULL;
    wrong[3].stride = 0;
    REFUSED(smp_plan_set_density_map(NULL, &grid, &diag));
    REFUSED(smp_plan_set_density_photo(NULL, &grid, &camera, 1, &diag));
    REFUSED(smp_plan_set_density_photo(plan, &grid, NULL, 1, &diag));
    REFUSED(smp_plan_set_density_photo(plan, &grid, BAD, 1, &diag));
    for (int i = 0; i < 4; i++) {
        REFUSED(smp_plan_set_density_map(plan, wrong + i, &diag));
        if (i != 1)
            REFUSED(smp_plan_set_density_photo(plan, wrong + i, &camera, 1, &diag));
    }
    REFUSED(smp_plan_set_obstacles(NULL, &one, 1, 1, &diag));
    REFUSED(smp_plan_set_obstacles(plan, NULL, 1, 1, &diag));
    REFUSED(smp_hairline_place(NULL, SMP_HAIRLINE_RULE_8_CM, NULL, NULL, &diag));
    REFUSED(smp_hairline_place(BAD, SMP_HAIRLINE_RULE_8_CM, NULL, &line, &diag));
    REFUSED(smp_hairline_place(NULL, SMP_HAIRLINE_RULE_COUNT, NULL, &line, &diag));
    REFUSED(smp_hairline_place(NULL, SMP_HAIRLINE_RULE_8_CM, NULL, BAD, &diag));
    REFUSED(smp_column_from_needle(0.25f, 0.5f, NULL, &diag));
    REFUSED(smp_column_from_needle(0.25f, 0.5f, BAD, &diag));
    smp_column_init(&column);
    ck_assert_int_eq(smp_column_from_needle(0.01f, 0.5f, &column, &diag), SMP_ERR_RANGE);
    ck_assert_int_eq(smp_column_from_needle(0.25f, NAN, &column, &diag), SMP_ERR_RANGE);
}
END_TEST

START_TEST(light)
{
    float f[64];
    double d[64];
    uint32_t n;
    smp_skin skin;
    smp_pigment pigment;
    smp_tone tone;
    static const smp_layer layer = {0.1, 10, 0.8, 1.4, 1};
    for (int i = 0; i < 64; i++)
        f[i] = 0.3f;
    REFUSED(smp_rgb_to_xyz(SMP_SPACE_SRGB, NULL, f, &diag));
    REFUSED(smp_rgb_to_xyz(SMP_SPACE_SRGB, f, NULL, &diag));
    REFUSED(smp_xyz_to_rgb(SMP_SPACE_SRGB, NULL, f, &diag));
    REFUSED(smp_xyz_to_rgb(SMP_SPACE_SRGB, f, NULL, &diag));
    REFUSED(smp_xyz_to_rgb(SMP_SPACE_COUNT, f, f, &diag));
    REFUSED(smp_skin_reflectance(NULL, NULL, &diag));
    REFUSED(smp_skin_reflectance(BAD, f, &diag));
    REFUSED(smp_skin_color(NULL, SMP_SPACE_SRGB, NULL, &diag));
    REFUSED(smp_skin_color(NULL, SMP_SPACE_COUNT, f, &diag));
    REFUSED(smp_skin_color(BAD, SMP_SPACE_SRGB, f, &diag));
    REFUSED(smp_skin_from_rgb(SMP_SPACE_SRGB, NULL, &skin, f, &diag));
    REFUSED(smp_skin_from_rgb(SMP_SPACE_SRGB, f, NULL, f, &diag));
    REFUSED(smp_skin_from_rgb(SMP_SPACE_COUNT, f, &skin, f, &diag));
    REFUSED(smp_skin_estimate(SMP_SPACE_SRGB, NULL, NULL, &skin, f, f, &diag));
    REFUSED(smp_skin_estimate(SMP_SPACE_SRGB, f, BAD, &skin, f, f, &diag));
    REFUSED(smp_skin_estimate(SMP_SPACE_SRGB, f, NULL, NULL, f, f, &diag));
    REFUSED(smp_skin_extrapolates(BAD, &n, &diag));
    REFUSED(smp_skin_extrapolates(NULL, NULL, &diag));
    REFUSED(smp_tone_from_lab(NULL, &tone, &diag));
    REFUSED(smp_tone_from_lab(f, NULL, &diag));
    REFUSED(smp_pigment_absorption(NULL, NULL, &diag));
    REFUSED(smp_pigment_absorption(BAD, f, &diag));
    REFUSED(smp_pigment_scattering(BAD, f, &diag));
    REFUSED(smp_pigment_mass(NULL, 1, NULL, &diag));
    REFUSED(smp_pigment_mass(BAD, 1, f, &diag));
    REFUSED(smp_pigment_from_mass(NULL, &pigment, f, &diag));
    REFUSED(smp_pigment_from_mass(f, NULL, f, &diag));
    REFUSED(smp_layered_reflectance(NULL, NULL, &layer, 1, 1, d, NULL, &diag));
    REFUSED(smp_layered_reflectance(ctx, BAD, &layer, 1, 1, d, NULL, &diag));
    REFUSED(smp_layered_reflectance(ctx, NULL, NULL, 1, 1, d, NULL, &diag));
    REFUSED(smp_dot_profile(BAD, NULL, NULL, SMP_SPACE_SRGB, 1, f, f, &diag));
    REFUSED(smp_dot_profile(NULL, BAD, NULL, SMP_SPACE_SRGB, 1, f, f, &diag));
    REFUSED(smp_dot_profile(NULL, NULL, BAD, SMP_SPACE_SRGB, 1, f, f, &diag));
    REFUSED(smp_dot_profile(NULL, NULL, NULL, SMP_SPACE_COUNT, 1, f, f, &diag));
    REFUSED(smp_dot_profile(NULL, NULL, NULL, SMP_SPACE_SRGB, 1, NULL, f, &diag));
    REFUSED(smp_dot_profile(NULL, NULL, NULL, SMP_SPACE_SRGB, 1, f, NULL, &diag));
    ck_assert_int_eq(smp_shade_get(smp_shade_count(), &pigment, f, &diag), SMP_ERR_RANGE);
    REFUSED(smp_shade_color(NULL, SMP_SPACE_SRGB, 0, 1, NULL, &diag));
    REFUSED(smp_shade_color(NULL, SMP_SPACE_COUNT, 0, 1, f, &diag));
    REFUSED(smp_stubble_color(NULL, NULL, SMP_SPACE_SRGB, NULL, &diag));
    REFUSED(smp_stubble_color(BAD, NULL, SMP_SPACE_SRGB, f, &diag));
    REFUSED(smp_hair_named(NULL, BAD, &diag));
    REFUSED(smp_hair_named("black", NULL, &diag));
    REFUSED(smp_shade_match(NULL, NULL, 1, NULL, &diag));
}
END_TEST

/* ---- tables -----------------------------------------------------------------------------------
 */

#define CHECK_TABLE(name)                                                                  \
    do {                                                                                   \
        smp_##name made;                                                                   \
        uint32_t count = 0, size;                                                          \
        smp_##name##_init_sized(NULL, 100);                                                \
        memset(&made, 0xa5, sizeof made);                                                  \
        smp_##name##_init(&made);                                                          \
        memcpy(&size, &made, sizeof size);                                                 \
        ck_assert_uint_eq(size, sizeof made);                                              \
        const smp_field *fields = smp_##name##_fields(&count);                             \
        ck_assert(count > 1 && smp_##name##_fields(NULL) == fields);                       \
        ck_assert_uint_eq(fields[count - 1].offset + fields[count - 1].size, sizeof made); \
    } while (0)

START_TEST(tables)
{
    CHECK_TABLE(context_desc);
    CHECK_TABLE(decode_desc);
    CHECK_TABLE(encode_desc);
    CHECK_TABLE(skin);
    CHECK_TABLE(estimate_desc);
    CHECK_TABLE(tone);
    CHECK_TABLE(pigment);
    CHECK_TABLE(layered_desc);
    CHECK_TABLE(column);
    CHECK_TABLE(head);
    CHECK_TABLE(camera);
    CHECK_TABLE(landmarks);
    CHECK_TABLE(camera_fit);
    CHECK_TABLE(depth_desc);
    CHECK_TABLE(scalp_desc);
    CHECK_TABLE(plan_desc);
    CHECK_TABLE(hairline_desc);
    CHECK_TABLE(session_desc);
    CHECK_TABLE(zone_desc);
    CHECK_TABLE(pattern_desc);
    CHECK_TABLE(event_desc);
    CHECK_TABLE(life_desc);
    CHECK_TABLE(measures);
    CHECK_TABLE(course_desc);
    CHECK_TABLE(removal_desc);
    CHECK_TABLE(phantom_desc);
    CHECK_TABLE(hair_desc);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("public");
    TCase *tests = tcase_create("structs");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, plans);
    tcase_add_test(tests, later_and_measures);
    tcase_add_test(tests, maps_and_lines);
    tcase_add_test(tests, light);
    tcase_add_test(tests, tables);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
