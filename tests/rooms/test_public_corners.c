/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Corners of photos, skins, courses and heads that the other tests leave out. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ageing/pace.h"
#include "rooms/scene.h"

static smp_diag said;

static void refuses(smp_status status, smp_status wanted, const char *words)
{
    ck_assert_int_eq(status, wanted);
    ck_assert_msg(strstr(said.text, words) != NULL, "%s: no %s", said.text, words);
}

START_TEST(pictures_that_differ)
{
    const scene_desc d = {.format = SMP_FORMAT_RGBA8, .has_format = 1, .px_per_mm = 8};
    scene s = scene_create(&d);
    s.out.alpha = SMP_ALPHA_PREMULTIPLIED;
    refuses(smp_preview_render(s.preview, 60, NULL, &s.out, NULL, &said), SMP_ERR_ARGUMENT,
            "alpha");
    s.out.alpha = SMP_ALPHA_STRAIGHT;
    s.out.space = SMP_SPACE_DISPLAY_P3;
    refuses(smp_preview_render(s.preview, 60, NULL, &s.out, NULL, &said), SMP_ERR_ARGUMENT,
            "space");
    s.out.space = s.photo.space;
    OK(smp_preview_render(s.preview, 60, NULL, &s.out, NULL, diag));
    scene_destroy(&s);
}
END_TEST

/* A mask whose alpha says how much: floats, 8 and 16 bits say the same. */
START_TEST(masks_with_alpha)
{
    static const smp_format formats[] = {SMP_FORMAT_RGBA8, SMP_FORMAT_RGBA16, SMP_FORMAT_RGBAF32};
    const scene_desc d = {.px_per_mm = 8};
    scene s = scene_create(&d);
    for (int f = 0; f < 3; f++) {
        smp_image mask = scene_image(s.photo.width, s.photo.height, formats[f], 0);
        smp_scalp *scalp = NULL;
        const float white[3] = {1, 1, 1};
        smp_grid map;
        uint32_t step;
        scene_paint(&mask, white);
        for (uint32_t y = 0; y < mask.height; y++)
            for (uint32_t x = 0; x < mask.width; x++) {
                uint8_t *row = (uint8_t *)mask.data + (ptrdiff_t)y * mask.stride;
                const uint16_t wide = 0x4040;
                const float real = 64.0f / 255.0f;
                if (f == 0)
                    row[4 * x + 3] = 64;
                else if (f == 1)
                    memcpy(row + 8 * x + 6, &wide, 2);
                else
                    memcpy(row + 16 * x + 12, &real, 4);
            }
        OK(smp_scalp_create(s.ctx, &s.photo, &s.camera, &s.head, &mask, NULL, NULL, &scalp, diag));
        OK(smp_scalp_get_map(scalp, SMP_SCALP_MASK, &map, &step, diag));
        const float middle = map.data[map.height / 2 * map.stride + map.width / 2];
        ck_assert_double_eq_tol((double)middle, 64.0 / 255.0, 1e-3);
        smp_scalp_destroy(&scalp);
        mask.alpha = SMP_ALPHA_PREMULTIPLIED;
        refuses(
            smp_scalp_create(s.ctx, &s.photo, &s.camera, &s.head, &mask, NULL, NULL, &scalp, &said),
            SMP_ERR_ARGUMENT, "mask: alpha");
        ck_assert_ptr_null(scalp);
        scene_image_free(&mask);
    }
    scene_destroy(&s);
}
END_TEST

/* Hairs are looked for inside the mask alone; bare skin has none; nor has a head that is not in the
 * picture. */
START_TEST(hairs_inside_the_mask)
{
    const scene_desc d = {.px_per_mm = 20, .width = 400, .height = 300, .mask = 1};
    scene s = scene_create(&d);
    smp_scalp_desc wish;
    smp_scalp *scalp = NULL;
    smp_scalp_desc_init(&wish);
    wish.find_hairs = 1;
    OK(smp_scalp_create(s.ctx, &s.photo, &s.camera, &s.head, &s.mask, &wish, NULL, &scalp, diag));
    ck_assert_uint_eq(smp_scalp_hairs(scalp).count, 0);
    ck_assert(smp_scalp_hairs(scalp).typical_width_mm == 0.0f);
    smp_scalp_destroy(&scalp);
    for (uint32_t y = 40; y < 280; y += 40)
        for (uint32_t x = 40; x < 380; x += 40)
            for (uint32_t k = 0; k < 48; k++)
                memset((uint8_t *)s.photo.data + (ptrdiff_t)(y + k / 4) * s.photo.stride +
                           3 * (size_t)(x + k % 4),
                       40, 3);
    OK(smp_scalp_create(s.ctx, &s.photo, &s.camera, &s.head, &s.mask, &wish, NULL, &scalp, diag));
    const smp_hairs_view hairs = smp_scalp_hairs(scalp);
    ck_assert_uint_ge(hairs.count, 20);
    for (uint32_t i = 0; i < hairs.count; i++)
        ck_assert(hairs.u_px[i] < 202.0f);
    smp_scalp_destroy(&scalp);
    s.camera.center_px[0] = -5000;
    OK(smp_scalp_create(s.ctx, &s.photo, &s.camera, &s.head, NULL, &wish, NULL, &scalp, diag));
    ck_assert_uint_eq(smp_scalp_hairs(scalp).count, 0);
    smp_scalp_destroy(&scalp);
    scene_destroy(&s);
}
END_TEST

/* A column as tall as those of tattoos, in a preview: darker than the usual one. */
START_TEST(a_needle_that_goes_deep)
{
    double mean[2];
    for (int deep = 0; deep < 2; deep++) {
        const scene_desc d = {.px_per_mm = 8, .sessions = 1};
        scene s = scene_create(&d);
        smp_session_desc session;
        smp_session_desc_init(&session);
        session.depth_mm = deep ? 3.0f : 0.5f;
        OK(smp_plan_set_sessions(s.plan, &session, 1, diag));
        smp_preview_destroy(&s.preview);
        OK(smp_preview_create(s.ctx, s.scalp, s.plan, NULL, &s.preview, diag));
        OK(smp_preview_render(s.preview, 60, NULL, &s.out, NULL, diag));
        mean[deep] = 0;
        for (uint32_t y = 0; y < s.out.height; y++)
            for (uint32_t x = 0; x < 3 * s.out.width; x++)
                mean[deep] += ((const uint8_t *)s.out.data + (ptrdiff_t)y * s.out.stride)[x];
        mean[deep] /= 3.0 * s.out.width * s.out.height;
        scene_destroy(&s);
    }
    ck_assert_double_gt(mean[0], mean[1] + 4);
    ck_assert_double_gt(mean[1], 10);
}
END_TEST

START_TEST(skins_beyond_the_model)
{
    smp_skin skin;
    uint32_t beyond;
    smp_skin_init(&skin);
    skin.yellow_um = 21;
    OK(smp_skin_extrapolates(&skin, &beyond, diag));
    ck_assert_uint_eq(beyond, SMP_BEYOND_YELLOW);
    skin.yellow_um = -11;
    skin.scattering = 2.5f;
    OK(smp_skin_extrapolates(&skin, &beyond, diag));
    ck_assert_uint_eq(beyond, SMP_BEYOND_YELLOW | SMP_BEYOND_SCATTERING);
    skin.yellow_um = 0;
    skin.scattering = 0.9f;
    OK(smp_skin_extrapolates(&skin, &beyond, diag));
    ck_assert_uint_eq(beyond, SMP_BEYOND_SCATTERING);
    skin.scattering = 1;
    skin.melanin = 0.5f;
    ck_assert_double_eq(smpi_skin_type_of(&skin), 6.0);
}
END_TEST

/* A zone without pigment, sessions that leave one out, two lasers, a touch-up that is never due. */
START_TEST(courses)
{
    static const double corner[12] = {-20, 128, -20, 20, 128, -20, 20, 128, 20, -20, 128, 20};
    const double day[2] = {20, 400};
    smp_context *ctx = NULL;
    smp_plan *plan = NULL;
    smp_zone_desc zone;
    smp_course_desc wish;
    smp_event_desc laser[2];
    float v[SMP_COURSE_CASES][2][SMP_COURSE_VALUES];
    double due[SMP_COURSE_CASES], once[SMP_COURSE_CASES];
    OK(smp_context_create(&ctx, NULL, diag));
    OK(smp_plan_create(ctx, NULL, NULL, &plan, diag));
    smp_zone_desc_init(&zone);
    zone.kind = SMP_ZONE_EXCLUDE;
    OK(smp_plan_add_zone(plan, &zone, corner, 4, NULL, diag));
    zone.kind = SMP_ZONE_TREAT;
    zone.sessions = 1;
    OK(smp_plan_add_zone(plan, &zone, corner, 4, NULL, diag));
    smp_course_desc_init(&wish);
    wish.zone = 1;
    OK(smp_fade_course(ctx, plan, NULL, &wish, 2, day, v[0][0], diag));
    ck_assert(v[SMP_COURSE_TYPICAL][1][SMP_COURSE_CONTRAST] == 0.0f);
    wish.zone = 2;
    OK(smp_fade_course(ctx, plan, NULL, &wish, 2, day, v[0][0], diag));
    const float some = v[SMP_COURSE_TYPICAL][1][SMP_COURSE_CONTRAST];
    wish.zone = 0;
    OK(smp_fade_course(ctx, plan, NULL, &wish, 2, day, v[0][0], diag));
    const float none = v[SMP_COURSE_TYPICAL][1][SMP_COURSE_MASS];
    ck_assert(some > 0.5f && v[SMP_COURSE_TYPICAL][1][SMP_COURSE_CONTRAST] > 2 * some);
    zone.fade = 0.001f;
    OK(smp_plan_set_zone(plan, 2, &zone, diag));
    wish.zone = 2;
    wish.threshold = 0.05f;
    OK(smp_fade_due(ctx, plan, NULL, &wish, due, diag));
    ck_assert_double_eq(due[SMP_COURSE_HIGH], 36500);
    wish.zone = 0;
    float left[3] = {none, 0, 0};
    for (uint32_t i = 0; i < 2; i++) {
        smp_event_desc_init(&laser[i]);
        laser[i].kind = SMP_EVENT_LASER;
        laser[i].day = 100 + 60.0 * i;
        OK(smp_plan_set_events(plan, laser, i + 1, diag));
        OK(smp_fade_course(ctx, plan, NULL, &wish, 2, day, v[0][0], diag));
        left[i + 1] = v[SMP_COURSE_TYPICAL][1][SMP_COURSE_MASS];
        ck_assert(left[i + 1] < 0.6f * left[i] && left[i + 1] > 0.3f * left[i]);
    }
    OK(smp_fade_due(ctx, plan, NULL, NULL, once, diag));
    ck_assert_double_lt(once[SMP_COURSE_TYPICAL], 250);
    smp_plan_destroy(&plan);
    smp_context_destroy(&ctx);
}
END_TEST

/* Heads that nobody has: flat as a coin, thin as a pole. Places there are, and as many as asked
 * for, or words. */
START_TEST(odd_heads_have_places)
{
    static const float size[][3] = {
        {5, 1000, 5}, {100, 5, 100}, {5, 5, 1000}, {1000, 5, 5}, {5, 5, 5}};
    smp_context *ctx = NULL;
    OK(smp_context_create(&ctx, NULL, diag));
    for (int i = 0; i < 5; i++) {
        smp_head head;
        smp_plan *plan = NULL;
        smp_places *places = NULL;
        smp_dots *dots = NULL;
        smp_head_init(&head);
        head.width_mm = size[i][0];
        head.height_mm = size[i][1];
        head.length_mm = size[i][2];
        head.vertex_mm = 0.5f * size[i][1];
        OK(smp_plan_create(ctx, &head, NULL, &plan, diag));
        const smp_status status = smp_places_create(ctx, plan, 1000, NULL, &places, &said);
        if (status == SMP_OK) {
            ck_assert_uint_gt(smp_places_count(places), 0);
            OK(smp_dots_create_from(ctx, places, plan, NULL, &dots, diag));
        } else {
            refuses(status, SMP_ERR_LIMIT, "places");
        }
        smp_dots_destroy(&dots);
        smp_places_destroy(&places);
        smp_plan_destroy(&plan);
    }
    smp_context_destroy(&ctx);
}
END_TEST

START_TEST(cameras_that_are_none)
{
    const double uv[2] = {10, 10};
    double xyz[3] = {7, 7, 7}, normal[3];
    smp_camera camera;
    smp_camera_init(&camera);
    camera.rotation[0] = NAN;
    ck_assert(!smp_camera_unproject(&camera, NULL, uv, xyz, normal));
    ck_assert(!smp_camera_unproject(NULL, NULL, uv, xyz, normal));
    ck_assert(xyz[0] == 7 && xyz[2] == 7);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("public_corners");
    TCase *tc = tcase_create("corners");
    tcase_add_test(tc, pictures_that_differ);
    tcase_add_test(tc, masks_with_alpha);
    tcase_add_test(tc, hairs_inside_the_mask);
    tcase_add_test(tc, a_needle_that_goes_deep);
    tcase_add_test(tc, skins_beyond_the_model);
    tcase_add_test(tc, courses);
    tcase_add_test(tc, odd_heads_have_places);
    tcase_add_test(tc, cameras_that_are_none);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
