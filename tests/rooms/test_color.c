/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Colour spaces, Lab, CIEDE2000 and ITA against published values. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <smp/color.h>

#include "color/tables.h"
#include "color/transfer.h"

/* Sharma, Wu, Dalal 2005, Table 1: L a b, L a b, difference (tests/data/ciede2000_pairs.csv). */
static const double sharma[34][7] = {
    {50.0000, 2.6772, -79.7751, 50.0000, 0.0000, -82.7485, 2.0425},
    {50.0000, 3.1571, -77.2803, 50.0000, 0.0000, -82.7485, 2.8615},
    {50.0000, 2.8361, -74.0200, 50.0000, 0.0000, -82.7485, 3.4412},
    {50.0000, -1.3802, -84.2814, 50.0000, 0.0000, -82.7485, 1.0000},
    {50.0000, -1.1848, -84.8006, 50.0000, 0.0000, -82.7485, 1.0000},
    {50.0000, -0.9009, -85.5211, 50.0000, 0.0000, -82.7485, 1.0000},
    {50.0000, 0.0000, 0.0000, 50.0000, -1.0000, 2.0000, 2.3669},
    {50.0000, -1.0000, 2.0000, 50.0000, 0.0000, 0.0000, 2.3669},
    {50.0000, 2.4900, -0.0010, 50.0000, -2.4900, 0.0009, 7.1792},
    {50.0000, 2.4900, -0.0010, 50.0000, -2.4900, 0.0010, 7.1792},
    {50.0000, 2.4900, -0.0010, 50.0000, -2.4900, 0.0011, 7.2195},
    {50.0000, 2.4900, -0.0010, 50.0000, -2.4900, 0.0012, 7.2195},
    {50.0000, -0.0010, 2.4900, 50.0000, 0.0009, -2.4900, 4.8045},
    {50.0000, -0.0010, 2.4900, 50.0000, 0.0010, -2.4900, 4.8045},
    {50.0000, -0.0010, 2.4900, 50.0000, 0.0011, -2.4900, 4.7461},
    {50.0000, 2.5000, 0.0000, 50.0000, 0.0000, -2.5000, 4.3065},
    {50.0000, 2.5000, 0.0000, 73.0000, 25.0000, -18.0000, 27.1492},
    {50.0000, 2.5000, 0.0000, 61.0000, -5.0000, 29.0000, 22.8977},
    {50.0000, 2.5000, 0.0000, 56.0000, -27.0000, -3.0000, 31.9030},
    {50.0000, 2.5000, 0.0000, 58.0000, 24.0000, 15.0000, 19.4535},
    {50.0000, 2.5000, 0.0000, 50.0000, 3.1736, 0.5854, 1.0000},
    {50.0000, 2.5000, 0.0000, 50.0000, 3.2972, 0.0000, 1.0000},
    {50.0000, 2.5000, 0.0000, 50.0000, 1.8634, 0.5757, 1.0000},
    {50.0000, 2.5000, 0.0000, 50.0000, 3.2592, 0.3350, 1.0000},
    {60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387, 1.2644},
    {63.0109, -31.0961, -5.8663, 62.8187, -29.7946, -4.0864, 1.2630},
    {61.2901, 3.7196, -5.3901, 61.4292, 2.2480, -4.9620, 1.8731},
    {35.0831, -44.1164, 3.7933, 35.0232, -40.0716, 1.5901, 1.8645},
    {22.7233, 20.0904, -46.6940, 23.0331, 14.9730, -42.5619, 2.0373},
    {36.4612, 47.8580, 18.3852, 36.2715, 50.5065, 21.2231, 1.4146},
    {90.8027, -2.0831, 1.4410, 91.1528, -1.6435, 0.0447, 1.4441},
    {90.9257, -0.5406, -0.9208, 88.6381, -0.8985, -0.7239, 1.5381},
    {6.7747, -0.2908, -2.4247, 5.8714, -0.0985, -2.2286, 0.6377},
    {2.0776, 0.0795, -1.1350, 0.9033, -0.0636, -0.5514, 0.9082},
};

static void near(double value, double want, double tolerance)
{
    ck_assert_double_eq_tol(value, want, tolerance);
}

static void same(double value, double want)
{
    ck_assert_double_eq(value, want);
}

START_TEST(ciede2000_published_pairs)
{
    for (int i = 0; i < 34; i++) {
        const double *p = sharma[i];
        ck_assert_double_eq_tol(smp_delta_e2000(p, p + 3), p[6], 1e-4);
        ck_assert_double_eq_tol(smp_delta_e2000(p + 3, p), p[6], 1e-4);
        ck_assert_double_eq(smp_delta_e2000(p, p), 0);
    }
}
END_TEST

START_TEST(transfer_round_trip_and_values)
{
    /* IEC 61966-2-1: code 128 is 0.21586; Adobe RGB: (128/255)^(563/256) = 0.21964. */
    near(smp_space_decode(SMP_SPACE_SRGB, 128.f / 255), 0.2158605f, 1e-6);
    near(smp_space_decode(SMP_SPACE_ADOBE_RGB, 128.f / 255), 0.2196379f, 1e-6);
    for (int space = 0; space < SMP_SPACE_COUNT; space++)
        for (int k = -3000; k <= 3000; k++) {
            float x = (float)k / 1000;
            float y = smp_space_decode((smp_space)space, x);
            near(smp_space_encode((smp_space)space, y), x, 2e-6 + fabs((double)x) * 1e-6);
            same(smp_space_decode((smp_space)space, -x), -y);
        }
    ck_assert(isnan(smp_space_decode((smp_space)9, 0.5f)));
    ck_assert(isnan(smp_space_encode((smp_space)-1, 0.5f)));
}
END_TEST

START_TEST(bulk_tables_are_exact)
{
    for (int space = 0; space < SMP_SPACE_COUNT; space++) {
        float table[256], thr[255];
        smpi_space_decode_table8((smp_space)space, table);
        smpi_encode8_thresholds((smp_space)space, thr);
        same(table[0], 0);
        same(table[255], 1);
        for (int k = 0; k < 256; k++) {
            int code = 0;
            near(table[k], smp_space_decode((smp_space)space, (float)k / 255), 1e-6);
            while (code < 255 && thr[code] <= table[k])
                code++;
            ck_assert_int_eq(code, k);
        }
    }
}
END_TEST

START_TEST(primaries_and_white)
{
    static const float white[3] = {1, 1, 1};
    for (int space = 0; space < SMP_SPACE_COUNT; space++) {
        float xyz[3], lab[3], rgb[3];
        ck_assert_int_eq(smp_rgb_to_xyz((smp_space)space, white, xyz, NULL), SMP_OK);
        double sum = (double)xyz[0] + (double)xyz[1] + (double)xyz[2];
        ck_assert_double_eq_tol((double)xyz[0] / sum, 0.3127, 1e-6);
        ck_assert_double_eq_tol((double)xyz[1] / sum, 0.3290, 1e-6);
        smp_xyz_to_lab(xyz, lab);
        near(lab[0], 100, 1e-4);
        near(lab[1], 0, 1e-4);
        near(lab[2], 0, 1e-4);
        smp_lab_to_xyz(lab, xyz);
        ck_assert_int_eq(smp_xyz_to_rgb((smp_space)space, xyz, rgb, NULL), SMP_OK);
        for (int c = 0; c < 3; c++)
            near(rgb[c], 1, 2e-6);
    }
    /* Row X of the published derived matrix: facts srgb_constants. */
    ck_assert_double_eq_tol(smpi_space_to_xyz(SMP_SPACE_SRGB)[0], 0.4123907993, 1e-10);
    ck_assert_double_eq_tol(smpi_space_from_xyz(SMP_SPACE_SRGB)[1], -1.5373831776, 1e-10);
}
END_TEST

START_TEST(primary_matrix)
{
    double m[9], back[9], v[3] = {0.3, 0.5, 0.7}, w[3];
    for (int from = 0; from < SMP_SPACE_COUNT; from++)
        for (int to = 0; to < SMP_SPACE_COUNT; to++) {
            ck_assert_int_eq(smpi_space_primary_matrix((smp_space)from, (smp_space)to, m, NULL), 0);
            ck_assert_int_eq(smpi_space_primary_matrix((smp_space)to, (smp_space)from, back, NULL),
                             0);
            smpi_mat3_apply(m, v, w);
            smpi_mat3_apply(back, w, w);
            for (int c = 0; c < 3; c++)
                ck_assert_double_eq_tol(w[c], v[c], 1e-14);
        }
    ck_assert_int_eq(smpi_space_primary_matrix(SMP_SPACE_SRGB, SMP_SPACE_LINEAR_SRGB, m, NULL), 0);
    ck_assert(m[0] == 1 && m[1] == 0 && m[8] == 1);
    ck_assert_int_eq(smpi_space_primary_matrix((smp_space)7, SMP_SPACE_SRGB, m, NULL),
                     SMP_ERR_ARGUMENT);
}
END_TEST

START_TEST(spectrum_weights)
{
    double sum[3] = {0, 0, 0};
    for (int i = 0; i < SMPI_SPECTRUM; i++)
        for (int c = 0; c < 3; c++)
            sum[c] += smpi_spectrum_xyz[i][c];
    for (int c = 0; c < 3; c++)
        ck_assert_double_eq_tol(sum[c], smpi_white_xyz[c], 1e-12);
    /* Weight of 550 nm in linear sRGB: facts srgb_weights_10nm, third decimal. */
    double rgb[3];
    smpi_mat3_apply(smpi_space_from_xyz(SMP_SPACE_SRGB), smpi_spectrum_xyz[17], rgb);
    ck_assert_double_gt(rgb[1], 0.1);
    ck_assert_double_lt(rgb[0], 0.01);
}
END_TEST

START_TEST(lab_ita_names_errors)
{
    /* sRGB #808080 is L* 53.585. */
    float g = smp_space_decode(SMP_SPACE_SRGB, 128.f / 255), rgb[3] = {g, g, g}, xyz[3], lab[3];
    ck_assert_int_eq(smp_rgb_to_xyz(SMP_SPACE_SRGB, rgb, xyz, NULL), SMP_OK);
    smp_xyz_to_lab(xyz, lab);
    near(lab[0], 53.585f, 2e-3);
    float dark[3] = {0.001f, 0.001f, 0.001f}, back[3];
    smp_xyz_to_lab(dark, lab);
    near(lab[0], 0.9032963f, 1e-5);
    smp_lab_to_xyz(lab, back);
    near(back[2], dark[2], 1e-8);
    double skin[3] = {66.75, 8.46, 12.94};
    ck_assert_double_eq_tol(smp_ita_deg(skin), 52.3, 0.05);
    ck_assert_str_eq(smp_space_name(SMP_SPACE_DISPLAY_P3), "display-p3");
    ck_assert_ptr_null(smp_space_name(SMP_SPACE_COUNT));
    smp_diag diag;
    ck_assert_int_eq(smp_rgb_to_xyz((smp_space)5, rgb, xyz, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_xyz_to_rgb((smp_space)-1, xyz, rgb, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_rgb_to_xyz(SMP_SPACE_SRGB, NULL, xyz, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_xyz_to_rgb(SMP_SPACE_SRGB, xyz, NULL, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(diag.status, SMP_ERR_ARGUMENT);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("color");
    TCase *tc = tcase_create("color");
    tcase_add_test(tc, ciede2000_published_pairs);
    tcase_add_test(tc, transfer_round_trip_and_values);
    tcase_add_test(tc, bulk_tables_are_exact);
    tcase_add_test(tc, primaries_and_white);
    tcase_add_test(tc, primary_matrix);
    tcase_add_test(tc, spectrum_weights);
    tcase_add_test(tc, lab_ita_names_errors);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
