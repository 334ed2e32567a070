/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What days do to the picture: redness inside the treated region only, gone after ten days; hair
 * that grows. */
#include <check.h>
#include <math.h>

#include "rooms/scene.h"

/* Mean of the treatment's share of light, per channel, over columns [x0, x1). */
static void mean_part(scene *s, double day, uint32_t x0, uint32_t x1, double mean[3])
{
    const float most = s->plan && smp_plan_zone_count(s->plan) ? 8.0f : 1.0f;
    smp_image layer = scene_image(s->photo.width, s->photo.height, SMP_FORMAT_RGBF32, 0);
    uint32_t count = 0;
    layer.format = SMP_FORMAT_RGBF32;
    OK(smp_preview_layer(s->preview, day, NULL, &layer, NULL, diag));
    mean[0] = mean[1] = mean[2] = 0.0;
    for (uint32_t y = 20; y < layer.height - 20; y++)
        for (uint32_t x = x0; x < x1; x++, count++)
            for (int c = 0; c < 3; c++) {
                float t;
                memcpy(&t,
                       (const uint8_t *)layer.data + (ptrdiff_t)y * layer.stride +
                           (3 * (size_t)x + (size_t)c) * 4,
                       4);
                ck_assert(t >= 0.0f && t <= most);
                mean[c] += (double)t;
            }
    for (int c = 0; c < 3; c++)
        mean[c] /= count;
    scene_image_free(&layer);
}

/* Green over red of what is let through: falls as skin reddens. */
static double balance(scene *s, double day)
{
    double t[3];
    mean_part(s, day, 20, s->photo.width - 20, t);
    return t[1] / t[0];
}

/* a* of the treated skin, of even encoded colour. */
static double redness(scene *s, const float skin[3], double day)
{
    double t[3];
    float rgb[3], xyz[3], lab[3];
    mean_part(s, day, 20, s->photo.width - 20, t);
    for (int c = 0; c < 3; c++)
        rgb[c] = (float)t[c] * smp_space_decode(SMP_SPACE_SRGB, skin[c]);
    OK(smp_rgb_to_xyz(SMP_SPACE_SRGB, rgb, xyz, diag));
    smp_xyz_to_lab(xyz, lab);
    return (double)lab[1];
}

static const float light[3] = {0.77f, 0.62f, 0.53f}, dark[3] = {0.42f, 0.28f, 0.20f};

static scene patch(const float skin[3], int mask)
{
    scene_desc d = {.width = 160, .height = 160, .mask = mask, .sessions = 1};
    d.px_per_mm = 5.0;
    memcpy(d.skin, skin, sizeof d.skin);
    return scene_create(&d);
}

START_TEST(red_for_days_and_then_not)
{
    scene s = patch(light, 0), low = patch(dark, 0);
    const double healed = balance(&s, 10), fresh = balance(&s, 0);
    ck_assert(balance(&s, -1) == 1.0);
    ck_assert_double_lt(fresh, healed - 0.05);
    ck_assert_double_gt(balance(&s, 3), fresh);
    ck_assert_double_lt(fabs(balance(&s, 7) - healed), 0.02);
    /* On dark skin the darker fresh dots take as much red away as the blood brings. */
    const double rise = redness(&s, light, 0) - redness(&s, light, 10);
    const double less = redness(&low, dark, 0) - redness(&low, dark, 10);
    ck_assert_msg(rise > 2 && less < 0.5 * rise, "%g and %g", rise, less);
    scene_destroy(&s);
    scene_destroy(&low);
}
END_TEST

START_TEST(red_inside_only)
{
    scene s = patch(light, 1);
    static const double days[] = {0, 1, 3, 6, 9.9};
    for (size_t k = 0; k < sizeof days / sizeof *days; k++) {
        OK(smp_preview_render(s.preview, days[k], NULL, &s.out, NULL, diag));
        for (uint32_t y = 0; y < s.photo.height; y++) {
            const size_t half = 3 * (size_t)s.photo.width / 2;
            const uint8_t *was = (const uint8_t *)s.photo.data + (ptrdiff_t)y * s.photo.stride;
            const uint8_t *is = (const uint8_t *)s.out.data + (ptrdiff_t)y * s.out.stride;
            ck_assert_mem_eq(was + half, is + half, half);
            ck_assert(k > 0 || memcmp(was, is, half) != 0);
        }
    }
    OK(smp_preview_render(s.preview, -0.5, NULL, &s.out, NULL, diag));
    ck_assert_uint_eq(scene_hash(&s.out), scene_hash(&s.photo));
    scene_destroy(&s);
}
END_TEST

/* Redness is a smooth map in millimetres: its amount does not depend on the picture's size. */
START_TEST(red_at_any_scale)
{
    double t[2][3];
    for (int k = 0; k < 2; k++) {
        scene_desc d = {.width = k ? 300 : 100, .height = k ? 300 : 100, .sessions = 1};
        d.px_per_mm = k ? 9.0 : 3.0;
        d.blur_px = k ? 1.8 : 0.6;
        scene s = scene_create(&d);
        mean_part(&s, 1.0, k ? 60 : 20, k ? 240 : 80, t[k]);
        scene_destroy(&s);
    }
    for (int c = 0; c < 3; c++)
        ck_assert_double_eq_tol(t[0][c], t[1][c], 0.01);
}
END_TEST

/* A head with hair left by a pattern, shaved `days` ago. */
static scene shaved(float days, float regrowth)
{
    scene_desc d = {.width = 260, .height = 300, .mask = 1, .sessions = 1};
    smp_pattern_desc pattern;
    smp_life_desc life;
    scene s = scene_create(&d);
    smp_pattern_desc_init(&pattern);
    smp_life_desc_init(&life);
    pattern.pattern = SMP_PATTERN_NORWOOD_5;
    life.days_unshaved = days;
    life.regrowth = regrowth;
    smp_preview_destroy(&s.preview);
    OK(smp_plan_set_pattern(s.plan, &pattern, diag));
    OK(smp_plan_set_life(s.plan, &life, diag));
    OK(smp_preview_create(s.ctx, s.scalp, s.plan, NULL, &s.preview, diag));
    return s;
}

/* Sum of the picture on a day; nothing changes outside the mask and the bounds. */
static double light_of(scene *s, double day)
{
    const smp_rect b = smp_preview_bounds(s->preview);
    double sum = 0.0;
    OK(smp_preview_render(s->preview, day, NULL, &s->out, NULL, diag));
    for (uint32_t y = 0; y < s->out.height; y++)
        for (uint32_t x = 0; x < s->out.width; x++) {
            const uint8_t *is = (const uint8_t *)s->out.data + (ptrdiff_t)y * s->out.stride + 3 * x;
            const uint8_t *was =
                (const uint8_t *)s->photo.data + (ptrdiff_t)y * s->photo.stride + 3 * x;
            const int in = x >= b.x && x < b.x + b.width && y >= b.y && y < b.y + b.height;
            ck_assert((in && x < s->out.width / 2) || memcmp(is, was, 3) == 0);
            sum += is[0] + is[1] + is[2];
        }
    return sum;
}

START_TEST(stubble_grows)
{
    scene none = shaved(0.0f, 0.0f), some = shaved(2.0f, 0.0f), more = shaved(5.0f, 0.0f);
    ck_assert_double_lt(light_of(&some, 60), light_of(&none, 60));
    ck_assert_double_lt(light_of(&more, 60), light_of(&some, 60));
    light_of(&more, -0.5);
    ck_assert_uint_eq(scene_hash(&more.out), scene_hash(&more.photo));
    scene_destroy(&none);
    scene_destroy(&some);
    scene_destroy(&more);
}
END_TEST

START_TEST(lost_hair_comes_back)
{
    scene none = shaved(2.0f, 0.0f), back = shaved(2.0f, 0.5f);
    const double first = light_of(&none, 1) - light_of(&back, 1);
    const double later = light_of(&none, 800) - light_of(&back, 800);
    ck_assert(first >= 0.0 && later > 4.0 * first + 100.0);
    scene_destroy(&none);
    scene_destroy(&back);
}
END_TEST

/* A pale scar patch in the left half of a patch of skin: lighter from the first day on, not before.
 */
START_TEST(pale_scar)
{
    static const double square[] = {4, 8, 0, 12, 8, 0, 12, 24, 0, 4, 24, 0};
    scene s = patch(light, 1);
    smp_zone_desc zone;
    double plain[3], scarred[3];
    mean_part(&s, 60, 30, 50, plain);
    smp_preview_destroy(&s.preview);
    smp_zone_desc_init(&zone);
    zone.kind = SMP_ZONE_SCAR_PATCH;
    zone.lightness = 8;
    zone.redness = 2;
    OK(smp_plan_add_zone(s.plan, &zone, square, 4, NULL, diag));
    OK(smp_preview_create(s.ctx, s.scalp, s.plan, NULL, &s.preview, diag));
    OK(smp_preview_render(s.preview, -1, NULL, &s.out, NULL, diag));
    ck_assert_uint_eq(scene_hash(&s.out), scene_hash(&s.photo));
    smp_image layer = scene_image(s.photo.width, s.photo.height, SMP_FORMAT_RGB16, 0);
    smp_image exact = scene_image(s.photo.width, s.photo.height, SMP_FORMAT_RGBF32, 0);
    OK(smp_preview_layer(s.preview, 60, NULL, &layer, NULL, diag));
    OK(smp_preview_layer(s.preview, 60, NULL, &exact, NULL, diag));
    uint32_t more = 0; /* than all of the light: 16 bits hold no more than all */
    for (uint32_t y = 0; y < s.photo.height; y++)
        for (uint32_t i = 0; i < 3 * s.photo.width; i++) {
            const float t = ((float *)((uint8_t *)exact.data + y * exact.stride))[i];
            const uint16_t code = ((uint16_t *)((uint8_t *)layer.data + y * layer.stride))[i];
            ck_assert_uint_eq(code, (uint16_t)((t < 1.0f ? t : 1.0f) * 65535.0f + 0.5f));
            more += t > 1.0f;
        }
    ck_assert_uint_gt(more, 100);
    scene_image_free(&exact);
    scene_image_free(&layer);
    light_of(&s, 60);
    const uint8_t *is = (const uint8_t *)s.out.data + 80 * s.out.stride + 3 * (size_t)40;
    const uint8_t *was = (const uint8_t *)s.photo.data + 80 * s.photo.stride + 3 * (size_t)40;
    ck_assert(is[0] != was[0] && plain[0] < 1.0);
    mean_part(&s, 60, 30, 50, scarred);
    ck_assert_double_gt(scarred[1], plain[1] + 0.05);
    scene_destroy(&s);
}
END_TEST

/* R over B of what healed pigment lets through, two months and three years after. */
static void drift_of(const smp_pigment *pigment, double warm[2])
{
    scene s = patch(light, 0);
    double t[3];
    smp_preview_destroy(&s.preview);
    OK(smp_plan_set_pigment(s.plan, pigment, diag));
    OK(smp_preview_create(s.ctx, s.scalp, s.plan, NULL, &s.preview, diag));
    for (int k = 0; k < 2; k++) {
        mean_part(&s, k ? 1100 : 62, 20, 140, t);
        warm[k] = (1.0 - t[2]) / (1.0 - t[0]);
    }
    scene_destroy(&s);
}

/* Mixes of iron oxides turn red as yellow and black leave; carbon keeps its hue. */
START_TEST(mixes_drift)
{
    smp_pigment mix;
    double carbon[2], iron[2];
    drift_of(NULL, carbon);
    smp_pigment_init(&mix);
    mix.carbon_coarse = 0.3f;
    mix.iron_red = 0.2f;
    mix.iron_black = 0.5f;
    drift_of(&mix, iron);
    ck_assert_double_eq_tol(carbon[1] / carbon[0], 1.0, 0.06);
    ck_assert_msg(iron[1] > 1.04 * iron[0], "%g then %g", iron[0], iron[1]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("render_time");
    TCase *tests = tcase_create("render_time");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, red_for_days_and_then_not);
    tcase_add_test(tests, red_inside_only);
    tcase_add_test(tests, red_at_any_scale);
    tcase_add_test(tests, stubble_grows);
    tcase_add_test(tests, lost_hair_comes_back);
    tcase_add_test(tests, pale_scar);
    tcase_add_test(tests, mixes_drift);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
