/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What the phantom says about itself against what it shows: places, mask, colour, hairs, sizes. */
#include <check.h>
#include <math.h>

#include <smp/optics.h>
#include <smp/phantom.h>

#include "geometry/head.h"
#include "phantom/scene.h"
#include "support.h"

static smp_context *ctx;

static void open_context(void)
{
    ctx = test_context(NULL, NULL, SMP_ISA_BEST);
}

static void close_context(void)
{
    smp_context_destroy(&ctx);
}

static smp_phantom_desc clean(uint32_t width, uint32_t height)
{
    smp_phantom_desc desc;
    smp_phantom_desc_init(&desc);
    desc.width = width;
    desc.height = height;
    desc.grain = 0.0f;
    desc.blur_px = 0.0f;
    return desc;
}

static smp_phantom *draw(const smp_phantom_desc *desc)
{
    smp_phantom *phantom = NULL;
    smp_diag diag;
    ck_assert_msg(smp_phantom_create(ctx, desc, NULL, &phantom, &diag) == SMP_OK, "%s", diag.text);
    return phantom;
}

static const float *plane(const smp_phantom *phantom, smp_phantom_map kind)
{
    smp_grid map;
    ck_assert_int_eq(smp_phantom_get_map(phantom, kind, &map, NULL), SMP_OK);
    ck_assert_uint_eq(map.stride, map.width);
    return map.data;
}

static const float poses[3][3] = {{0, -20, 0}, {25, -35, -12}, {-70, 10, 15}};

START_TEST(places_are_the_heads)
{
    smp_phantom_desc desc = clean(120, 90);
    desc.yaw_deg = poses[_i][0], desc.pitch_deg = poses[_i][1], desc.roll_deg = poses[_i][2];
    smp_phantom *phantom = draw(&desc);
    const smp_camera camera = smp_phantom_camera(phantom);
    const smp_head head = smp_phantom_head(phantom);
    const float *x = plane(phantom, SMP_PHANTOM_X_MM), *mask = plane(phantom, SMP_PHANTOM_MASK);
    const float *y = plane(phantom, SMP_PHANTOM_Y_MM), *z = plane(phantom, SMP_PHANTOM_Z_MM);
    uint32_t on = 0;
    for (uint32_t i = 0; i < 120 * 90; i++) {
        const double uv[2] = {i % 120 + 0.5, i / 120 + 0.5};
        double xyz[3], back[2];
        if (!smp_camera_unproject(&camera, &head, uv, xyz, NULL)) {
            ck_assert(isnan(x[i]) && isnan(y[i]) && isnan(z[i]) && mask[i] <= 0.0f);
            continue;
        }
        on++;
        const double mm[3] = {(double)x[i], (double)y[i], (double)z[i]};
        for (int k = 0; k < 3; k++)
            ck_assert(fabs(mm[k] - xyz[k]) < 1e-5);
        ck_assert(smp_camera_project(&camera, mm, back));
        ck_assert(fabs(back[0] - uv[0]) < 1e-3 && fabs(back[1] - uv[1]) < 1e-3);
    }
    ck_assert_uint_gt(on, 3000);
    smp_phantom_destroy(&phantom);
}
END_TEST

START_TEST(outline_gives_the_camera_back)
{
    smp_phantom_desc desc = clean(90, 70);
    desc.roll_deg = 9.0f;
    smp_phantom *phantom = draw(&desc);
    const smp_camera camera = smp_phantom_camera(phantom);
    const smp_head head = smp_phantom_head(phantom);
    const smp_ellipse outline = smp_phantom_ellipse(phantom);
    const smp_pose pose = {0.0, (double)desc.pitch_deg, 0.0};
    smp_camera found;
    smp_head made;
    smp_camera_init(&found);
    smp_head_init(&made);
    ck_assert_int_eq(smp_camera_from_ellipse(&found, &head, &outline, &pose, 0.0, NULL), SMP_OK);
    ck_assert(fabs(found.px_per_mm - camera.px_per_mm) < 1e-6);
    for (int k = 0; k < 9; k++)
        ck_assert(fabs(found.rotation[k] - camera.rotation[k]) < 1e-9);
    for (int k = 0; k < 2; k++)
        ck_assert(fabs(found.center_px[k] - camera.center_px[k]) < 1e-4);
    ck_assert_int_eq(smp_head_from_ellipse(&made, &outline, &pose, NULL), SMP_OK);
    ck_assert(fabsf(made.height_mm - head.height_mm) < 0.01f);
    ck_assert(fabsf(made.vertex_mm - head.vertex_mm) < 0.01f);
    smp_phantom_destroy(&phantom);
}
END_TEST

/* Blood and melanin of a pixel, through the slow model, under its light, give its colour. */
START_TEST(colour_is_light_times_skin_and_shine)
{
    static const float tones[3] = {0.004f, 0.03f, 0.15f};
    smp_phantom_desc desc = clean(150, 108);
    desc.melanin = tones[_i];
    desc.fringe = 0.0f;
    smp_phantom *phantom = draw(&desc);
    const float *mask = plane(phantom, SMP_PHANTOM_MASK);
    const float *light = plane(phantom, SMP_PHANTOM_SHADING);
    const float *shine = plane(phantom, SMP_PHANTOM_SHINE);
    const float *melanin = plane(phantom, SMP_PHANTOM_MELANIN);
    const float *blood = plane(phantom, SMP_PHANTOM_BLOOD);
    const uint8_t *rgb = smp_phantom_image(phantom)->data;
    smpi_scene scene = {0};
    scene.desc = desc;
    ck_assert_int_eq(smpi_tone_init(ctx, &scene, NULL), SMP_OK);
    uint32_t checked = 0;
    for (uint32_t i = 0; i < 150 * 108; i += 331) {
        smp_skin skin;
        float albedo[3], tint[3];
        if (mask[i] < 0.999f)
            continue;
        smp_skin_init(&skin);
        skin.melanin = melanin[i];
        skin.blood = blood[i];
        skin.yellow_um = desc.yellow_um;
        ck_assert_int_eq(smp_skin_color(&skin, SMP_SPACE_SRGB, albedo, NULL), SMP_OK);
        smpi_light_tint(&scene, light[i], tint);
        for (int k = 0; k < 3; k++) {
            const float lin = albedo[k] * tint[k] + shine[i];
            const float code = 255.0f * smp_space_encode(SMP_SPACE_SRGB, lin < 1.0f ? lin : 1.0f);
            ck_assert_msg(fabsf(code - (float)rgb[i * 3 + (uint32_t)k]) < 2.0f,
                          "pixel %u channel %d: %g, drawn %d", i, k, (double)code,
                          rgb[i * 3 + (uint32_t)k]);
        }
        checked++;
    }
    ck_assert_uint_gt(checked, 12);
    smp_phantom_destroy(&phantom);
}
END_TEST

START_TEST(mask_leaves_out_what_is_no_bare_scalp)
{
    smp_phantom_desc desc = clean(300, 216);
    desc.fringe = 1.0f;
    smp_phantom *phantom = draw(&desc);
    const smp_camera camera = smp_phantom_camera(phantom);
    const float *mask = plane(phantom, SMP_PHANTOM_MASK);
    const float *y = plane(phantom, SMP_PHANTOM_Y_MM);
    uint32_t count = 0;
    const smp_phantom_hair *hair = smp_phantom_hairs(phantom, &count);
    ck_assert_uint_gt(count, 1000);
    double under = 0.0;
    for (uint32_t i = 0; i < count; i++) {
        const double p[3] = {(double)hair[i].x_mm, (double)hair[i].y_mm, (double)hair[i].z_mm};
        const smp_head head = smp_phantom_head(phantom);
        const smpi_ellipsoid e = smpi_head_ellipsoid(&head);
        const double a = p[0] / e.a, c = p[2] / e.c;
        const double b = (p[1] - e.cy) / smpi_half_y(&e, p[1] - e.cy);
        double uv[2];
        ck_assert(fabs(sqrt(a * a + b * b + c * c) - 1.0) < 0.01);
        ck_assert(hair[i].length_mm >= 0.3f && hair[i].length_mm <= 1.0f);
        ck_assert(hair[i].diameter_mm >= 0.05f && hair[i].diameter_mm <= 0.09f);
        ck_assert(smp_camera_project(&camera, p, uv));
        if (uv[0] >= 0.0 && uv[1] >= 0.0 && uv[0] < 300.0 && uv[1] < 216.0)
            under += (double)mask[(size_t)uv[1] * 300 + (size_t)uv[0]];
    }
    ck_assert_msg(under / count < 0.1, "mask at hairs: %g", under / count);
    uint32_t full = 0;
    for (uint32_t i = 0; i < 300 * 216; i++) {
        full += mask[i] >= 0.999f;
        if (!(y[i] > 18.0f) || i % 300 < 20 || i % 300 >= 280 || i / 300 < 10)
            ck_assert(mask[i] <= 0.35f); /* face, ears, backdrop */
    }
    ck_assert_uint_gt(full, 300 * 216 / 4);
    smp_phantom_destroy(&phantom);
}
END_TEST

static double luma(const smp_phantom *phantom, uint32_t x, uint32_t y, int k)
{
    const smp_image *image = smp_phantom_image(phantom);
    const uint8_t *p = (const uint8_t *)image->data + (y * (size_t)image->width + x) * 3;
    return (double)smp_space_decode(SMP_SPACE_SRGB, (float)p[k] / 255.0f);
}

/* Drawn at three times the size and shrunk in linear light: the same head. */
START_TEST(size_does_not_matter)
{
    smp_phantom_desc desc = clean(100, 72);
    smp_phantom *one = draw(&desc);
    desc.width *= 3, desc.height *= 3;
    smp_phantom *three = draw(&desc);
    double sum = 0.0, most = 0.0;
    for (uint32_t y = 0; y < 72; y++)
        for (uint32_t x = 0; x < 100; x++)
            for (int k = 0; k < 3; k++) {
                double mean = 0.0;
                for (uint32_t j = 0; j < 9; j++)
                    mean += luma(three, x * 3 + j % 3, y * 3 + j / 3, k) / 9.0;
                const double d = fabs(mean - luma(one, x, y, k));
                sum += d;
                most = d > most ? d : most;
            }
    ck_assert_msg(sum / 21600 < 0.006, "mean difference %g, most %g", sum / 21600, most);
    smp_phantom_destroy(&three);
    smp_phantom_destroy(&one);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("phantom truth");
    TCase *tests = tcase_create("truth");
    tcase_set_timeout(tests, 300);
    tcase_add_checked_fixture(tests, open_context, close_context);
    tcase_add_loop_test(tests, places_are_the_heads, 0, 3);
    tcase_add_test(tests, outline_gives_the_camera_back);
    tcase_add_loop_test(tests, colour_is_light_times_skin_and_shine, 0, 3);
    tcase_add_test(tests, mask_leaves_out_what_is_no_bare_scalp);
    tcase_add_test(tests, size_does_not_matter);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
