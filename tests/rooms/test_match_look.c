/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Dots made like hairs: what is found of them in a picture of a bare patch. */
#include <check.h>
#include <math.h>
#include <stdio.h>

#include <smp/smp.h>

#include "support.h"

static smp_context *ctx;

static void setup(void)
{
    ck_assert_int_eq(smp_context_create(&ctx, NULL, NULL), SMP_OK);
}

static void teardown(void)
{
    ck_assert_uint_eq(smp_context_memory(ctx, NULL), 0);
    smp_context_destroy(&ctx);
}

#define PATCH 480u

/* A bare patch of skin with grain of a code, as a head that a camera of some blur sees. */
static smp_scalp *read_patch(const smp_image *photo, double scale, double blur, uint32_t hairs)
{
    static const double corner[2] = {0.0, 0.0};
    smp_scalp *scalp = NULL;
    smp_scalp_desc desc;
    smp_camera camera;
    smp_head head;
    smp_scalp_desc_init(&desc);
    smp_camera_init(&camera);
    smp_head_init(&head);
    desc.blur_px = (float)blur;
    desc.find_hairs = hairs;
    head.shape = SMP_SHAPE_FLAT;
    head.width_mm = head.height_mm = (float)(PATCH / scale);
    ck_assert_int_eq(smp_camera_from_scale(&camera, scale, corner, NULL), SMP_OK);
    ck_assert_int_eq(smp_scalp_create(ctx, photo, &camera, &head, NULL, &desc, NULL, &scalp, NULL),
                     SMP_OK);
    return scalp;
}

/* Renders a plan on a bare patch and looks for hairs there; darkness 0: the default plan, else one
 * that is matched. */
static smp_hairs_view found(const uint8_t rgb[3], double scale, double blur, float width,
                            float darkness)
{
    static uint8_t pixels[3 * PATCH * PATCH];
    smp_image photo;
    uint64_t seed = 7;
    smp_preview *preview = NULL;
    smp_plan *plan = NULL;
    smp_plan_desc desc;
    smp_head head;
    for (uint32_t i = 0; i < 3 * PATCH * PATCH; i++)
        pixels[i] = (uint8_t)(rgb[i % 3] + test_random(&seed) % 2);
    ck_assert_int_eq(smp_image_wrap(&photo, pixels, PATCH, PATCH, 3 * PATCH, SMP_FORMAT_RGB8, NULL),
                     SMP_OK);
    smp_scalp *scalp = read_patch(&photo, scale, blur, 0);
    const smp_skin skin = smp_scalp_skin(scalp);
    smp_head_init(&head);
    head.shape = SMP_SHAPE_FLAT;
    head.width_mm = head.height_mm = (float)(PATCH / scale);
    smp_plan_desc_init(&desc);
    ck_assert_int_eq(smp_plan_create(ctx, &head, &desc, &plan, NULL), SMP_OK);
    if (darkness > 0.0f)
        ck_assert_int_eq(smp_plan_match_hairs(plan, &skin, width, darkness,
                                              (float)(sqrt(blur * blur + 0.58) / scale), NULL),
                         SMP_OK);
    ck_assert_int_eq(smp_preview_create(ctx, scalp, plan, NULL, &preview, NULL), SMP_OK);
    ck_assert_int_eq(smp_preview_render(preview, 42.0, NULL, &photo, NULL, NULL), SMP_OK);
    smp_preview_destroy(&preview);
    smp_plan_destroy(&plan);
    smp_scalp_destroy(&scalp);
    scalp = read_patch(&photo, scale, blur, 1);
    smp_hairs_view hairs = smp_scalp_hairs(scalp); /* its arrays go with the scalp */
    smp_scalp_destroy(&scalp);
    printf("wanted %.3f mm, %.3f; found %u of %.3f mm, %.3f\n", (double)width, (double)darkness,
           hairs.count, (double)hairs.typical_width_mm, (double)hairs.typical_darkness);
    fflush(stdout);
    ck_assert_uint_gt(hairs.count, 40);
    return hairs;
}

START_TEST(new_dots_look_like_hairs)
{
    static const uint8_t skins[3][3] = {{222, 182, 160}, {198, 152, 128}, {120, 82, 62}};
    static const float wishes[3][2] = {{0.2f, 0.4f}, {0.16f, 0.3f}, {0.28f, 0.45f}};
    for (int i = 0; i < 9; i++) {
        const float *wish = wishes[i % 3];
        const smp_hairs_view hairs = found(skins[i / 3], 24.0, 1.0, wish[0], wish[1]);
        ck_assert_float_eq_tol(hairs.typical_darkness / wish[1], 1.0f, 0.15f);
        ck_assert_float_eq_tol(hairs.typical_width_mm / wish[0], 1.0f, 0.20f);
    }
}
END_TEST

/* The stubble of a drawn head is thinner than light lets any dot look: dots that are to look like
 * it come nearer than the usual ones. */
START_TEST(new_dots_look_like_stubble)
{
    static const uint8_t rgb[3] = {198, 152, 128};
    smp_phantom_desc desc;
    smp_phantom *phantom = NULL;
    smp_scalp_desc how;
    smp_scalp *scalp = NULL;
    smp_phantom_desc_init(&desc);
    smp_scalp_desc_init(&how);
    desc.width = 1300;
    desc.height = 936;
    desc.fill = 4.0f;
    desc.yaw_deg = 90.0f;
    desc.pitch_deg = -30.0f;
    desc.roll_deg = 90.0f;
    desc.fringe = 0.4f;
    how.find_hairs = 1;
    ck_assert_int_eq(smp_phantom_create(ctx, &desc, NULL, &phantom, NULL), SMP_OK);
    const smp_camera camera = smp_phantom_camera(phantom);
    const smp_head head = smp_phantom_head(phantom);
    ck_assert_int_eq(smp_scalp_create(ctx, smp_phantom_image(phantom), &camera, &head, NULL, &how,
                                      NULL, &scalp, NULL),
                     SMP_OK);
    const smp_hairs_view hairs = smp_scalp_hairs(scalp);
    const double blur = smp_scalp_blur_px(scalp);
    ck_assert_uint_gt(hairs.count, 100);
    printf("stubble at %.1f px/mm, blur %.2f px\n", camera.px_per_mm, blur);
    const smp_hairs_view usual = found(rgb, camera.px_per_mm, blur, 0.0f, 0.0f);
    const smp_hairs_view dots =
        found(rgb, camera.px_per_mm, blur, hairs.typical_width_mm, hairs.typical_darkness);
    ck_assert_float_lt(fabsf(logf(dots.typical_darkness / hairs.typical_darkness)),
                       fabsf(logf(usual.typical_darkness / hairs.typical_darkness)));
    ck_assert_float_lt(fabsf(logf(dots.typical_width_mm / hairs.typical_width_mm)),
                       fabsf(logf(usual.typical_width_mm / hairs.typical_width_mm)));
    smp_scalp_destroy(&scalp);
    smp_phantom_destroy(&phantom);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("match look");
    TCase *tcase = tcase_create("dots");
    tcase_set_timeout(tcase, 300.0);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, new_dots_look_like_hairs);
    tcase_add_test(tcase, new_dots_look_like_stubble);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
