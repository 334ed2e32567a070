/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What follows from depth, dose, skin and pigment without any effect of its own: deep dots are
 * wider, paler and bluer, an overdose is flat and dark, dark skin hides, a tattoo's column looks
 * like one. Direction and size; sizes are those of the Monte Carlo tables, rounded outward. */
#include "optics/dot_fit.h"
#include "rooms/dot_table.h"
#include "support.h"

#define RINGS 400
#define RING_MM 0.01

static const double skins[3][3] = {{0.006, 0.011, 1}, {0.03, 0.018, 4}, {0.09, 0.035, 6}};
static const double usual[5] = {0.25, 0.10, 0.25, 2, 0};

/* A dot as it is seen: R, G, B at the middle, integral, width in green; and the colour that it has
 * at the middle less that of the skin. */
typedef struct look {
    double middle[3], integral[3], width, lab[3];
} look;

static void lab_of(const float bare[3], const double left[3], double lab[3])
{
    float rgb[3], xyz[3], out[3];
    for (int c = 0; c < 3; c++)
        rgb[c] = bare[c] * (float)left[c];
    ck_assert_int_eq(smp_rgb_to_xyz(SMP_SPACE_LINEAR_SRGB, rgb, xyz, NULL), SMP_OK);
    smp_xyz_to_lab(xyz, out);
    for (int c = 0; c < 3; c++)
        lab[c] = (double)out[c];
}

static look look_at(int skin, const double column[5], const smp_pigment *pigment)
{
    static float radii[RINGS], contrast[3 * RINGS];
    const double all[3] = {1, 1, 1};
    double left[3], bare[3];
    float white[3];
    look l = {{0}, {0}, 0, {0}};
    smp_skin s = dot_skin(skins[skin]);
    smp_column c = dot_column(column);
    for (int i = 0; i < RINGS; i++)
        radii[i] = i ? (float)(RING_MM * (i + 0.5)) : 0;
    ck_assert_int_eq(
        smp_dot_profile(&s, &c, pigment, SMP_SPACE_LINEAR_SRGB, RINGS, radii, contrast, NULL),
        SMP_OK);
    ck_assert_int_eq(smp_skin_color(&s, SMP_SPACE_LINEAR_SRGB, white, NULL), SMP_OK);
    for (int k = 0; k < 3; k++) {
        l.middle[k] = (double)contrast[k];
        left[k] = 1 - l.middle[k];
        for (int i = 0; i < RINGS; i++)
            l.integral[k] += 6.2831853 * RING_MM * (RING_MM * (i + 0.5)) * contrast[3 * i + k];
    }
    int half = 1;
    while (half < RINGS - 1 && (double)contrast[3 * half + 1] > l.middle[1] / 2)
        half++;
    l.width = 2 * (double)radii[half];
    lab_of(white, left, l.lab);
    lab_of(white, all, bare);
    for (int k = 0; k < 3; k++)
        l.lab[k] -= bare[k];
    return l;
}

static look deep(double top)
{
    const double column[5] = {usual[0], top, usual[2], usual[3], 0};
    return look_at(0, column, NULL);
}

/* Single terms of the fit hardly show in any dot, so the tables are pinned: whoever fits them anew
 * (tests/validation/fit_dots.py) renews these. */
START_TEST(tables_as_fitted)
{
    ck_assert_uint_eq(test_hash(TEST_HASH_START, &smpi_dot_usual, sizeof smpi_dot_usual),
                      UINT64_C(0x207676096959e335));
    ck_assert_uint_eq(test_hash(TEST_HASH_START, &smpi_dot_tall, sizeof smpi_dot_tall),
                      UINT64_C(0x2724672696af668c));
}
END_TEST

/* FWHM 0.27-0.33 mm at a top of 0.10 grows by half at 0.30; contrast falls to a quarter; red loses
 * the least, so what is left is bluer than a shallow dot of the same darkness. */
START_TEST(deep_is_wider_paler_bluer)
{
    look shallow = deep(0.10), middle = deep(0.20), low = deep(0.30), lowest = deep(0.40);
    ck_assert(shallow.width > 0.25 && shallow.width < 0.34);
    ck_assert(middle.width > shallow.width && low.width > 1.35 * shallow.width);
    ck_assert(lowest.width > low.width && lowest.width < 2.5 * shallow.width);
    for (int k = 0; k < 3; k++) {
        ck_assert(shallow.middle[k] > middle.middle[k] && middle.middle[k] > low.middle[k]);
        ck_assert(low.middle[k] > lowest.middle[k]);
    }
    ck_assert(low.middle[1] < 0.3 * shallow.middle[1] && low.middle[1] > 0.1 * shallow.middle[1]);
    double ratio[3] = {shallow.middle[0] / shallow.middle[2], low.middle[0] / low.middle[2],
                       lowest.middle[0] / lowest.middle[2]};
    ck_assert(ratio[0] > 1.1 && ratio[1] > 1.4 * ratio[0] && ratio[2] > ratio[1]);
    /* Against a shallow dot that is as dark: less red, less yellow. */
    const double faint[5] = {usual[0], 0.10, usual[2], 0.19, 0};
    look weak = look_at(0, faint, NULL);
    ck_assert_double_eq_tol(weak.lab[0], low.lab[0], 0.8);
    ck_assert(low.lab[1] < weak.lab[1] - 0.3);
    ck_assert(low.lab[2] < weak.lab[2] - 0.5);
}
END_TEST

/* Eight times the dose adds a third to the middle but widens the dark disc: flat and dark. */
START_TEST(overdose_is_flat_and_dark)
{
    double last = 0, flat[2];
    for (int i = 0; i < 2; i++) {
        const double column[5] = {0.4, 0.10, 0.25, i ? 16 : 1, 0};
        smp_column c = dot_column(column);
        const float at[2] = {0, 0.16f};
        float contrast[6];
        look l = look_at(0, column, NULL);
        ck_assert_int_eq(
            smp_dot_profile(NULL, &c, NULL, SMP_SPACE_LINEAR_SRGB, 2, at, contrast, NULL), SMP_OK);
        flat[i] = (double)(contrast[4] / contrast[1]);
        ck_assert(l.middle[1] > last);
        last = l.middle[1];
        ck_assert(i == 0 || (l.middle[1] > 0.7 && l.lab[0] < -25));
    }
    ck_assert_double_gt(flat[1], flat[0]);
    const double more[5] = {0.25, 0.10, 0.25, 8, 0};
    double gain = look_at(0, more, NULL).middle[1] / look_at(0, usual, NULL).middle[1];
    ck_assert(gain > 1.1 && gain < 1.5);
}
END_TEST

START_TEST(dark_skin_hides)
{
    look at[3];
    for (int i = 0; i < 3; i++)
        at[i] = look_at(i, usual, NULL);
    for (int i = 1; i < 3; i++) {
        ck_assert(at[i].integral[1] < 0.85 * at[i - 1].integral[1]);
        ck_assert(at[i].lab[0] > at[i - 1].lab[0] + 3);
        ck_assert(at[i].middle[1] < at[i - 1].middle[1]);
    }
    ck_assert(at[2].lab[0] < -5);
}
END_TEST

/* A traditional tattoo: from 0.15 to 1.55 mm, twenty times the dose, pigment that has wandered. */
START_TEST(tattoo_column)
{
    const double fresh[5] = {0.3, 0.15, 1.4, 40, 0}, old[5] = {0.3, 0.15, 1.4, 40, 0.15};
    look dot = look_at(0, usual, NULL), a = look_at(0, fresh, NULL), b = look_at(0, old, NULL);
    ck_assert(a.integral[0] > 2.3 * dot.integral[0] && a.integral[1] > 1.6 * dot.integral[1]);
    ck_assert(a.width > 1.2 * dot.width && b.width > 1.3 * a.width);
    ck_assert(a.middle[0] / a.middle[2] > 1.05 * dot.middle[0] / dot.middle[2]);
    ck_assert(b.integral[1] > 1.2 * a.integral[1]); /* spread shades itself less */
    ck_assert(a.integral[0] / a.integral[2] > 1.4 * dot.integral[0] / dot.integral[2]);
}
END_TEST

/* Pigments: red iron oxide takes blue and leaves red; the mix lies between. */
START_TEST(pigments)
{
    smp_pigment red, half;
    smp_pigment_init(&red);
    red.carbon_coarse = 0;
    red.iron_red = 1;
    half = red;
    half.carbon_coarse = 1;
    look carbon = look_at(0, usual, NULL), warm = look_at(0, usual, &red);
    look mixed = look_at(0, usual, &half);
    ck_assert(warm.middle[0] < 0.6 * carbon.middle[0]);
    ck_assert(warm.lab[1] > carbon.lab[1] + 5 && mixed.lab[1] > carbon.lab[1] + 1);
    ck_assert(mixed.lab[1] < warm.lab[1]);
    ck_assert(mixed.middle[0] > warm.middle[0] && mixed.middle[0] < carbon.middle[0]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("optics_dot_looks");
    TCase *tc = tcase_create("dot");
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, tables_as_fitted);
    tcase_add_test(tc, deep_is_wider_paler_bluer);
    tcase_add_test(tc, overdose_is_flat_and_dark);
    tcase_add_test(tc, dark_skin_hides);
    tcase_add_test(tc, tattoo_column);
    tcase_add_test(tc, pigments);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
