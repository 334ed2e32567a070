/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Bare skin: coefficients, reflectance, colour, and from a colour back to skin. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include <smp/optics.h>

#include "optics/skin.h"
#include "optics/tables.h"

static smp_skin skin_of(float melanin, float blood, float yellow)
{
    smp_skin s;
    smp_skin_init(&s);
    s.melanin = melanin;
    s.blood = blood;
    s.yellow_um = yellow;
    return s;
}

static smp_skin tone(int i)
{
    return i == 0   ? skin_of(0.006f, 0.011f, 1)
           : i == 1 ? skin_of(0.030f, 0.018f, 4)
                    : skin_of(0.090f, 0.035f, 6);
}

/* Absorption of epidermis and dermis, 1/mm, of light, medium, dark skin at 450, 550, 650 nm: the
 * independent computation of skin_psf_reference. Any coefficient 2 % off fails here. */
START_TEST(coefficients)
{
    static const double want[3][3][2] = {{{0.6999, 0.4504}, {0.3423, 0.2563}, {0.1991, 0.04035}},
                                         {{3.012, 0.735}, {1.528, 0.3909}, {0.8788, 0.04794}},
                                         {{8.792, 1.257}, {4.492, 0.7161}, {2.578, 0.06532}}};
    static const double scatter[3] = {23.22, 21.87, 20.80};
    for (int k = 0; k < 3; k++)
        for (int i = 0; i < 3; i++) {
            smp_skin s = tone(k);
            smpi_layer l[2];
            smpi_skin_layers(&s, 7 + 10 * i, l);
            ck_assert_double_eq_tol(l[0].absorb, want[k][i][0], 1e-3 * want[k][i][0]);
            ck_assert_double_eq_tol(l[1].absorb, want[k][i][1], 1e-3 * want[k][i][1]);
            ck_assert_double_eq_tol(l[0].scatter, scatter[i], 0.01);
        }
}
END_TEST

/* Isosbestic points of haemoglobin (hemoglobin_isosbestic), between which the sign changes. */
START_TEST(haemoglobin_crosses)
{
    static const double at[6] = {422.0, 452.4, 500.1, 545.3, 570.2, 584.1};
    for (int p = 0; p < 6; p++) {
        int low = (int)((at[p] - 380) / 10);
        double a = smpi_chromophore[low].oxy - smpi_chromophore[low].deoxy;
        double b = smpi_chromophore[low + 1].oxy - smpi_chromophore[low + 1].deoxy;
        ck_assert_double_lt(a * b, 0);
    }
}
END_TEST

/* Reflectance by a 3-D Monte Carlo (skin_psf_reference, sigma 0.0008) at 450, 550, 650 nm. */
START_TEST(reflectance)
{
    static const double want[3][3] = {
        {0.2368, 0.3231, 0.5622}, {0.1042, 0.1887, 0.4089}, {0.0288, 0.0745, 0.2264}};
    for (int k = 0; k < 3; k++) {
        smp_skin s = tone(k);
        float r[SMP_SPECTRUM_COUNT];
        ck_assert_int_eq(smp_skin_reflectance(&s, r, NULL), SMP_OK);
        for (int i = 0; i < 3; i++)
            ck_assert_double_eq_tol((double)r[7 + 10 * i], want[k][i], 0.0012);
    }
}
END_TEST

/* Lab of optics.md 8 for a reflectance that includes 2.78 % from the surface; there by another
 * solver, whose own error is in the distance (here 0.28, 0.20, 0.19). */
START_TEST(colour)
{
    static const double want[3][3] = {{69.5, 8.4, 15.3}, {57.3, 11.2, 20.9}, {41.8, 13.5, 20.0}};
    for (int k = 0; k < 3; k++) {
        smp_skin s = tone(k);
        float rgb[3], xyz[3], lab[3];
        double sum = 0;
        ck_assert_int_eq(smp_skin_color(&s, SMP_SPACE_SRGB, rgb, NULL), SMP_OK);
        for (int c = 0; c < 3; c++)
            rgb[c] += SMP_SKIN_SURFACE;
        ck_assert_int_eq(smp_rgb_to_xyz(SMP_SPACE_SRGB, rgb, xyz, NULL), SMP_OK);
        smp_xyz_to_lab(xyz, lab);
        for (int c = 0; c < 3; c++)
            sum += ((double)lab[c] - want[k][c]) * ((double)lab[c] - want[k][c]);
        ck_assert_double_lt(sqrt(sum), 0.3);
    }
}
END_TEST

/* The polynomials against the exact solver, over the whole range of skins. */
START_TEST(as_solved)
{
    static const float more[6][4] = {
        {0, 0, 0, 1},           {0.02f, 0.05f, 20, 2.9f},  {0.1f, 0.2f, 50, 1},
        {0.5f, 0.01f, 5, 0.5f}, {0.003f, 0.01f, -2, 0.6f}, {0.3f, 0.004f, 0, 3}};
    smp_context *ctx = NULL;
    smp_layered_desc d;
    ck_assert_int_eq(smp_context_create(&ctx, NULL, NULL), SMP_OK);
    smp_layered_desc_init(&d);
    d.specular = 0;
    d.angles = 32;
    for (int k = 0; k < 9; k++) {
        smp_skin s = k < 3 ? tone(k) : skin_of(more[k - 3][0], more[k - 3][1], more[k - 3][2]);
        float r[SMP_SPECTRUM_COUNT];
        s.scattering = k < 3 ? 1 : more[k - 3][3];
        ck_assert_int_eq(smp_skin_reflectance(&s, r, NULL), SMP_OK);
        for (int i = 0; i < SMP_SPECTRUM_COUNT; i += 8) {
            double want;
            smpi_layer l[2];
            smp_layer two[2];
            smpi_skin_layers(&s, i, l);
            for (int j = 0; j < 2; j++)
                two[j] = (smp_layer){l[j].absorb, l[j].scatter, 0.8, 1.4, j ? INFINITY : 0.08};
            ck_assert_int_eq(smp_layered_reflectance(ctx, &d, two, 2, 1, &want, NULL, NULL),
                             SMP_OK);
            ck_assert_msg(fabs((double)r[i] - want) < 4e-5, "%d %d: %g %g", k, i, (double)r[i],
                          want);
        }
    }
    smp_context_destroy(&ctx);
}
END_TEST

START_TEST(there_and_back)
{
    for (int k = 0; k < 3; k++) {
        smp_skin s = tone(k), back;
        float rgb[3], rest;
        ck_assert_int_eq(smp_skin_color(&s, SMP_SPACE_DISPLAY_P3, rgb, NULL), SMP_OK);
        ck_assert_int_eq(smp_skin_from_rgb(SMP_SPACE_DISPLAY_P3, rgb, &back, &rest, NULL), SMP_OK);
        ck_assert_float_lt(rest, 0.02f);
        ck_assert_double_eq_tol((double)back.melanin, (double)s.melanin, 0.02 * (double)s.melanin);
        ck_assert_double_eq_tol((double)back.blood, (double)s.blood, 0.02 * (double)s.blood);
        ck_assert_double_eq_tol((double)back.yellow_um, (double)s.yellow_um, 0.2);
    }
}
END_TEST

/* Measured subjects (nist_skin_reflectance): first, median, tanned and brown. */
START_TEST(measured_skins_are_reached)
{
    static const float nist[3][3] = {
        {66.75f, 8.46f, 12.94f}, {62.1f, 9.5f, 16.2f}, {52.5f, 11.5f, 19.5f}};
    for (int k = 0; k < 3; k++) {
        float xyz[3], rgb[3], rest;
        smp_skin s;
        smp_lab_to_xyz(nist[k], xyz);
        ck_assert_int_eq(smp_xyz_to_rgb(SMP_SPACE_SRGB, xyz, rgb, NULL), SMP_OK);
        for (int c = 0; c < 3; c++)
            rgb[c] -= SMP_SKIN_SURFACE;
        ck_assert_int_eq(smp_skin_from_rgb(SMP_SPACE_SRGB, rgb, &s, &rest, NULL), SMP_OK);
        ck_assert_float_lt(rest, 0.3f);
    }
}
END_TEST

START_TEST(far_colours_and_errors)
{
    static const float blue[3] = {0.05f, 0.1f, 0.8f}, black[3] = {0, 0, 0}, white[3] = {1, 1, 1};
    float bad[3] = {0.5f, NAN, 0.2f}, rgb[3], rest;
    smp_skin s, odd = skin_of(NAN, 0.01f, 1);
    smp_diag diag;
    ck_assert_int_eq(smp_skin_from_rgb(SMP_SPACE_SRGB, blue, &s, &rest, NULL), SMP_OK);
    ck_assert_float_gt(rest, 3);
    ck_assert_int_eq(smp_skin_from_rgb(SMP_SPACE_SRGB, black, &s, &rest, NULL), SMP_OK);
    ck_assert(s.melanin >= 0 && s.melanin <= 0.5f && s.blood >= 0 && s.blood <= 0.2f);
    ck_assert_int_eq(smp_skin_from_rgb(SMP_SPACE_SRGB, white, &s, NULL, NULL), SMP_OK);
    ck_assert_int_eq(smp_skin_from_rgb(SMP_SPACE_SRGB, bad, &s, &rest, &diag), SMP_ERR_RANGE);
    bad[1] = -0.01f;
    ck_assert_int_eq(smp_skin_from_rgb(SMP_SPACE_SRGB, bad, &s, &rest, &diag), SMP_ERR_RANGE);
    ck_assert_int_eq(smp_skin_from_rgb((smp_space)8, blue, &s, &rest, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_skin_from_rgb(SMP_SPACE_SRGB, NULL, &s, &rest, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_skin_from_rgb(SMP_SPACE_SRGB, blue, NULL, &rest, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_skin_color(&odd, SMP_SPACE_SRGB, rgb, &diag), SMP_ERR_RANGE);
    ck_assert_int_eq(smp_skin_color(NULL, (smp_space)-1, rgb, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_skin_color(NULL, SMP_SPACE_SRGB, NULL, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_skin_reflectance(NULL, NULL, &diag), SMP_ERR_ARGUMENT);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("optics_skin");
    TCase *tc = tcase_create("skin");
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, coefficients);
    tcase_add_test(tc, haemoglobin_crosses);
    tcase_add_test(tc, reflectance);
    tcase_add_test(tc, colour);
    tcase_add_test(tc, as_solved);
    tcase_add_test(tc, there_and_back);
    tcase_add_test(tc, measured_skins_are_reached);
    tcase_add_test(tc, far_colours_and_errors);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
