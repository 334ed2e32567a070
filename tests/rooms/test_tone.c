/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The tone of the default plan: what a closely shaved head of dark hair measures against the same
 * head's bare skin (design.md 3). On light skin dL* -2 to -8, da* -3 to -7, db* -2 to -6; less
 * lightness lost on darker skin. */
#include <check.h>
#include <math.h>
#include <stdio.h>

#include "rooms/scene.h"

#define SIDE 200

static void lab_of(const double rgb[3], double lab[3])
{
    const float values[3] = {(float)rgb[0], (float)rgb[1], (float)rgb[2]};
    float xyz[3], out[3];
    OK(smp_rgb_to_xyz(SMP_SPACE_LINEAR_SRGB, values, xyz, diag));
    smp_xyz_to_lab(xyz, out);
    for (int c = 0; c < 3; c++)
        lab[c] = (double)out[c];
}

/* Mean colour of the middle of a picture. */
static void mean_of(const smp_image *image, double rgb[3])
{
    rgb[0] = rgb[1] = rgb[2] = 0.0;
    for (uint32_t y = 20; y < SIDE - 20; y++)
        for (uint32_t x = 20; x < SIDE - 20; x++) {
            const float *p =
                (const float *)((const uint8_t *)image->data + (ptrdiff_t)y * image->stride) +
                3 * (size_t)x;
            for (int c = 0; c < 3; c++)
                rgb[c] += (double)p[c] / ((SIDE - 40.0) * (SIDE - 40.0));
        }
}

static void change_on(float melanin, float blood, float yellow_um, double change[3])
{
    smp_skin skin;
    smp_skin_init(&skin);
    skin.melanin = melanin;
    skin.blood = blood;
    skin.yellow_um = yellow_um;
    scene_desc d = {.width = SIDE, .height = SIDE, .has_format = 1, .format = SMP_FORMAT_RGBF32};
    d.px_per_mm = 4.0;
    OK(smp_skin_color(&skin, SMP_SPACE_LINEAR_SRGB, d.skin, diag));
    scene s = scene_create(&d);
    double rgb[3], before[3], after[3];
    mean_of(&s.photo, rgb);
    lab_of(rgb, before);
    OK(smp_preview_render(s.preview, 60.0, NULL, &s.out, NULL, diag));
    mean_of(&s.out, rgb);
    lab_of(rgb, after);
    for (int c = 0; c < 3; c++)
        change[c] = after[c] - before[c];
    printf("tone: melanin %.3f: L* %.1f, dL* %.2f da* %.2f db* %.2f\n", (double)melanin, before[0],
           change[0], change[1], change[2]);
    scene_destroy(&s);
}

START_TEST(default_plan)
{
    double light[3], medium[3], dark[3];
    change_on(0.006f, 0.011f, 1.0f, light);
    change_on(0.030f, 0.018f, 4.0f, medium);
    change_on(0.090f, 0.035f, 6.0f, dark);
    ck_assert(light[0] <= -2.0 && light[0] >= -8.0);
    ck_assert(light[1] <= -3.0 && light[1] >= -7.0);
    ck_assert(light[2] <= -2.0 && light[2] >= -6.0);
    ck_assert(fabs(medium[0]) < fabs(light[0]) && fabs(dark[0]) < fabs(medium[0]));
    for (int c = 0; c < 3; c++)
        ck_assert(medium[c] < -1.0 && dark[c] < -1.0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("tone");
    TCase *tests = tcase_create("tone");
    tcase_set_timeout(tests, 300);
    tcase_add_test(tests, default_plan);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
