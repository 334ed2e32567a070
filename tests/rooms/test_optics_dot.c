/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The fast dot model against Monte Carlo, measured fields and itself. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "optics/dot.h"
#include "optics/dot_fit.h"
#include "optics/skin.h"

static const float skins[3][3] = {{0.006f, 0.011f, 1}, {0.030f, 0.018f, 4}, {0.090f, 0.035f, 6}};
static const int wavelengths[3] = {7, 17, 27}; /* samples at 450, 550, 650 nm */

static smp_skin tone(int i)
{
    smp_skin s;
    smp_skin_init(&s);
    s.melanin = skins[i][0];
    s.blood = skins[i][1];
    s.yellow_um = skins[i][2];
    return s;
}

static double middle(const smpi_dot_model *m, const smpi_dot_seen *s, int c)
{
    float r2, k;
    smpi_dot_bump(s->core_r2_mm2, s->core_kurtosis, &r2, &k);
    return (double)s->core_mm2[c] * ((double)k + 1) / (3.14159265 * (double)r2) +
           (double)s->near_mm2[c] / (3.14159265 * (double)m->near_r2_mm2[c]) +
           (double)s->far_mm2[c] / (3.14159265 * (double)m->far_r2_mm2[c]);
}

static double whole(const smpi_dot_seen *s, int c)
{
    return (double)s->core_mm2[c] + (double)s->near_mm2[c] + (double)s->far_mm2[c];
}

/* Every fourth row of tests/data/dot_contrast_reference.csv with a top to 0.30 mm and a dose of 0.5
 * or 2: skin, wavelength, diameter, top, dose, contrast at the middle (another 3-D Monte Carlo). */
static const struct {
    int skin, channel;
    float diameter, top, dose;
    double contrast;
} reference[] = {
    {0, 0, 0.2f, 0.08f, 2, 0.493},    {0, 0, 0.3f, 0.08f, 0.5f, 0.274},
    {0, 0, 0.3f, 0.16f, 0.5f, 0.151}, {0, 0, 0.3f, 0.25f, 0.5f, 0.077},
    {0, 0, 0.5f, 0.08f, 2, 0.672},    {0, 1, 0.2f, 0.08f, 2, 0.542},
    {0, 1, 0.3f, 0.08f, 0.5f, 0.304}, {0, 1, 0.3f, 0.16f, 0.5f, 0.174},
    {0, 1, 0.3f, 0.25f, 0.5f, 0.093}, {0, 1, 0.5f, 0.08f, 2, 0.719},
    {0, 2, 0.2f, 0.08f, 2, 0.597},    {0, 2, 0.3f, 0.08f, 0.5f, 0.342},
    {0, 2, 0.3f, 0.16f, 0.5f, 0.229}, {0, 2, 0.3f, 0.25f, 0.5f, 0.138},
    {0, 2, 0.5f, 0.08f, 2, 0.794},    {2, 0, 0.2f, 0.08f, 2, 0.335},
    {2, 0, 0.3f, 0.08f, 0.5f, 0.151}, {2, 0, 0.3f, 0.16f, 0.5f, 0.043},
    {2, 0, 0.3f, 0.25f, 0.5f, 0.016}, {2, 0, 0.5f, 0.08f, 2, 0.445},
    {2, 1, 0.2f, 0.08f, 2, 0.475},    {2, 1, 0.3f, 0.08f, 0.5f, 0.250},
    {2, 1, 0.3f, 0.16f, 0.5f, 0.126}, {2, 1, 0.3f, 0.25f, 0.5f, 0.065},
    {2, 1, 0.5f, 0.08f, 2, 0.586},    {2, 2, 0.2f, 0.08f, 2, 0.602},
    {2, 2, 0.3f, 0.08f, 0.5f, 0.335}, {2, 2, 0.3f, 0.16f, 0.5f, 0.227},
    {2, 2, 0.3f, 0.25f, 0.5f, 0.138}, {2, 2, 0.5f, 0.08f, 2, 0.777},
};
#define ROWS (sizeof reference / sizeof *reference)

START_TEST(middle_of_lone_dots)
{
    static const double sigma[2][3] = {{0.005, 0.005, 0.004}, {0.03, 0.013, 0.007}};
    double bias = 0;
    for (size_t i = 0; i < ROWS; i++) {
        smpi_dot_model m;
        smpi_dot_shape s;
        smp_skin skin = tone(reference[i].skin);
        smp_column column = {sizeof column, reference[i].diameter, reference[i].top,
                             0.25f,         reference[i].dose,     0};
        double want = reference[i].contrast;
        ck_assert_int_eq(smpi_dot_model_at(&m, &skin, wavelengths, NULL), SMP_OK);
        smpi_dot_shape_of(&m, reference[i].channel, &column, &s);
        double got = s.middle;
        double noise = sigma[reference[i].skin == 2][reference[i].channel];
        ck_assert_double_eq_tol(got, want, fmax(0.02, 0.07 * want) + 2 * noise);
        bias += (got - want) / (double)ROWS;
    }
    ck_assert_double_lt(fabs(bias), 0.006);
}
END_TEST

/* A channel is an average over wavelengths; its integral must be that of the wavelengths. */
START_TEST(channels_stand_for_their_spectrum)
{
    for (int k = 0; k < 3; k++) {
        smpi_dot_model m, at;
        smpi_dot_seen s, part;
        smp_skin skin = tone(k);
        float bare[SMP_SPECTRUM_COUNT], through[SMP_SPECTRUM_COUNT];
        double rgb[2][3], lit[2][SMP_SPECTRUM_COUNT];
        ck_assert_int_eq(smp_skin_reflectance(&skin, bare, NULL), SMP_OK);
        for (int i = 0; i < SMP_SPECTRUM_COUNT; i += 3) {
            int three[3] = {i, i + 1 > 40 ? 40 : i + 1, i + 2 > 40 ? 40 : i + 2};
            ck_assert_int_eq(smpi_dot_model_at(&at, &skin, three, NULL), SMP_OK);
            for (int c = 0; c < 3; c++) {
                double tint = pow(550 / (380 + 10.0 * three[c]), 0.2); /* the default pigment */
                smpi_dot_look(&at, 0.25f, 0.1f, 0.25f, (float)(1.36 * tint), 0, &part);
                through[three[c]] = bare[three[c]] * (float)(1 - whole(&part, c));
            }
        }
        for (int i = 0; i < SMP_SPECTRUM_COUNT; i++) {
            lit[0][i] = (double)bare[i];
            lit[1][i] = (double)through[i];
        }
        smpi_spectrum_rgb(SMP_SPACE_SRGB, lit[0], rgb[0]);
        smpi_spectrum_rgb(SMP_SPACE_SRGB, lit[1], rgb[1]);
        ck_assert_int_eq(smpi_dot_model_init(&m, &skin, NULL, SMP_SPACE_SRGB, NULL), SMP_OK);
        smpi_dot_look(&m, 0.25f, 0.1f, 0.25f, 1.36f, 0, &s);
        for (int c = 0; c < 3; c++) {
            double want = 1 - rgb[1][c] / rgb[0][c];
            ck_assert_double_eq_tol((double)m.bare[c], rgb[0][c], 0.002);
            ck_assert_double_eq_tol(whole(&s, c), want, fmax(0.02 * want, 0.001));
        }
    }
}
END_TEST

/* Values of this model, light skin, sRGB: a changed coefficient shows here. Column and spread, then
 * core, near and far tail of R G B, the core's mean square radius and kurtosis. */
static const struct {
    float column[5];
    double seen[11];
} golden[] = {
    {{0.25f, 0.1f, 0.25f, 2, 0},
     {0.0187090, 0.0170278, 0.0156182, 0.0824616, 0.0717935, 0.0645976, 0.1063743, 0.0481219,
      0.0251967, 0.0105902, 1.533970}},
    {{0.15f, 0.25f, 0.4f, 1, 0},
     {0.0015041, 0.0010560, 0.0007946, 0.0112151, 0.0080701, 0.0058053, 0.0361505, 0.0132465,
      0.0075531, 0.0113719, 1.809390}},
    {{0.5f, 0.08f, 0.14f, 4, 0},
     {0.0769106, 0.0728519, 0.0686998, 0.1753485, 0.1521574, 0.1373007, 0.3188236, 0.2000875,
      0.1411752, 0.0334389, 1.430866}},
    {{0.3f, 0.3f, 0.3f, 0.5, 0.05f},
     {0.0037960, 0.0025537, 0.0018785, 0.0137836, 0.0097870, 0.0066392, 0.0802599, 0.0312586,
      0.0186952, 0.0290019, 1.763000}},
    {{0.2f, 0.06f, 0.25f, 1.5, 0.02f},
     {0.0140283, 0.0132304, 0.0126072, 0.0673065, 0.0604181, 0.0564632, 0.0593029, 0.0238371,
      0.0096049, 0.0070678, 1.501800}},
    {{0.4f, 0.15f, 1.5f, 40, 0.1f},
     {0.0761442, 0.0659596, 0.0577680, 0.0408248, 0.0834291, 0.0755944, 1.0515391, 0.3988577,
      0.2486512, 0.0513903, 1.464324}},
    {{0.3f, 0.12f, 0.46f, 3, 0},
     {0.0264018, 0.0231355, 0.0206101, 0.0648979, 0.0602103, 0.0538927, 0.2460138, 0.1093400,
      0.0638180, 0.0177922, 1.589308}},
};

START_TEST(numbers_of_the_model)
{
    static const double near[3] = {0.170592, 0.153478, 0.144920},
                        far[3] = {1.026547, 0.723816, 0.568909};
    smpi_dot_model m;
    smpi_dot_seen s;
    ck_assert_int_eq(smpi_dot_model_init(&m, NULL, NULL, SMP_SPACE_SRGB, NULL), SMP_OK);
    for (int c = 0; c < 3; c++) {
        ck_assert_double_eq_tol((double)m.near_r2_mm2[c], near[c], 1e-5);
        ck_assert_double_eq_tol((double)m.far_r2_mm2[c], far[c], 1e-5);
    }
    for (size_t i = 0; i < sizeof golden / sizeof *golden; i++) {
        const float *q = golden[i].column;
        const double *w = golden[i].seen;
        smpi_dot_look(&m, q[0], q[1], q[2], q[3], q[4], &s);
        for (int c = 0; c < 3; c++) {
            ck_assert_double_eq_tol((double)s.core_mm2[c], w[c], 1e-4 * w[c] + 1e-7);
            ck_assert_double_eq_tol((double)s.near_mm2[c], w[3 + c], 1e-4 * w[3 + c] + 1e-7);
            ck_assert_double_eq_tol((double)s.far_mm2[c], w[6 + c], 1e-4 * w[6 + c] + 1e-7);
        }
        ck_assert_double_eq_tol((double)s.core_r2_mm2, w[9], 1e-4 * w[9]);
        ck_assert_double_eq_tol((double)s.core_kurtosis, w[10], 1e-4);
    }
}
END_TEST

/* Middle and integral rise with dose wherever the model answers for itself, on every skin: within
 * 3 % of what they were, since the law is a polynomial. Outside it stays within bounds. */
START_TEST(rises_with_dose_and_stays_below_one)
{
    static const float sizes[6] = {0.02f, 0.1f, 0.25f, 0.5f, 1, 2};
    static const float tops[5] = {0.02f, 0.08f, 0.2f, 0.4f, 3};
    static const float heights[4] = {0.02f, 0.15f, 0.4f, 1.4f};
    for (int i = 0; i < 6 * 5 * 4 * 3; i++) {
        smpi_dot_model m;
        smpi_dot_seen s;
        smp_skin skin = tone(i % 3);
        double most = 0, widest = 0;
        int at = i / 3, sound = at / 20 >= 1 && at / 20 <= 3 && at / 4 % 5 >= 1 && at / 4 % 5 <= 3;
        ck_assert_int_eq(smpi_dot_model_init(&m, &skin, NULL, SMP_SPACE_ADOBE_RGB, NULL), SMP_OK);
        for (float dose = 0; dose <= 100; dose = dose * 1.5f + 0.01f) {
            smpi_dot_look(&m, sizes[at / 20], tops[at / 4 % 5], heights[at % 4], dose, 0, &s);
            for (int c = 0; c < 3; c++) {
                ck_assert(s.core_mm2[c] >= 0 && s.near_mm2[c] >= 0 && s.far_mm2[c] >= 0);
                ck_assert(dose > 0 || whole(&s, c) == 0);
                ck_assert_double_lt(middle(&m, &s, c), 1);
            }
            if (sound && at % 4 > 0 && dose <= 60) {
                ck_assert_double_gt(middle(&m, &s, 1), 0.97 * most - 1e-9);
                ck_assert_double_gt(whole(&s, 1), 0.97 * widest - 1e-9);
            }
            most = fmax(most, middle(&m, &s, 1));
            widest = fmax(widest, whole(&s, 1));
            ck_assert(s.core_kurtosis >= 1.33f && s.core_kurtosis < 2 && s.core_r2_mm2 > 0);
        }
    }
}
END_TEST

/* Deeper is fainter, redder light loses more, and a spread dot is wider with less at its middle. */
START_TEST(shape_of_the_law)
{
    smpi_dot_model m;
    smpi_dot_seen s, wide;
    double last = 1;
    ck_assert_int_eq(smpi_dot_model_init(&m, NULL, NULL, SMP_SPACE_SRGB, NULL), SMP_OK);
    for (float top = 0.08f; top < 0.5f; top += 0.02f) {
        smpi_dot_look(&m, 0.25f, top, 0.25f, 2, 0, &s);
        ck_assert_double_lt(middle(&m, &s, 1), last);
        ck_assert_double_gt(middle(&m, &s, 0), middle(&m, &s, 1));
        ck_assert_double_gt(middle(&m, &s, 1), middle(&m, &s, 2));
        last = middle(&m, &s, 1);
    }
    smpi_dot_look(&m, 0.25f, 0.1f, 0.25f, 2, 0, &s);
    smpi_dot_look(&m, 0.25f, 0.1f, 0.25f, 2, 0.1f, &wide);
    ck_assert_double_gt((double)(wide.core_r2_mm2 - s.core_r2_mm2), 0.01);
    ck_assert_double_lt(middle(&m, &wide, 1), middle(&m, &s, 1));
    ck_assert_double_gt(whole(&wide, 1), whole(&s, 1)); /* the same pigment shades itself less */
}
END_TEST

/* All dots of a picture share their tails' widths, so both laws were fitted with the same ones. */
START_TEST(tails_of_both_laws)
{
    for (int i = 0; i < 6; i++)
        ck_assert_float_eq(smpi_dot_tall.tail[i], smpi_dot_usual.tail[i]);
}
END_TEST

START_TEST(profile_and_errors)
{
    static const float radii[5] = {0, 0.1f, 0.2f, 0.5f, 3};
    float contrast[15], bad = -1;
    smp_column column;
    smp_diag diag;
    smp_column_init(&column);
    ck_assert_int_eq(smp_dot_profile(NULL, NULL, NULL, SMP_SPACE_SRGB, 5, radii, contrast, NULL),
                     SMP_OK);
    for (int c = 0; c < 3; c++) {
        ck_assert_float_gt(contrast[c], 0.35f);
        for (int i = 1; i < 5; i++)
            ck_assert_float_lt(contrast[3 * i + c], contrast[3 * i - 3 + c]);
    }
    column.dose = 0;
    ck_assert_int_eq(smp_dot_profile(NULL, &column, NULL, SMP_SPACE_SRGB, 5, radii, contrast, NULL),
                     0);
    for (int i = 0; i < 15; i++)
        ck_assert_float_eq(contrast[i], 0);
    ck_assert_int_eq(smp_dot_profile(NULL, NULL, NULL, SMP_SPACE_SRGB, 0, NULL, NULL, NULL),
                     SMP_OK);
    ck_assert_int_eq(smp_dot_profile(NULL, NULL, NULL, SMP_SPACE_SRGB, 1, NULL, contrast, &diag),
                     SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_dot_profile(NULL, NULL, NULL, SMP_SPACE_SRGB, 1, radii, NULL, &diag),
                     SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_dot_profile(NULL, NULL, NULL, (smp_space)9, 1, radii, contrast, &diag),
                     SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_dot_profile(NULL, NULL, NULL, SMP_SPACE_SRGB, 1, &bad, contrast, &diag),
                     SMP_ERR_RANGE);
    column.top_mm = NAN;
    ck_assert_int_eq(
        smp_dot_profile(NULL, &column, NULL, SMP_SPACE_SRGB, 1, radii, contrast, &diag),
        SMP_ERR_RANGE);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("optics_dot");
    TCase *tc = tcase_create("dot");
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, middle_of_lone_dots);
    tcase_add_test(tc, channels_stand_for_their_spectrum);
    tcase_add_test(tc, numbers_of_the_model);
    tcase_add_test(tc, rises_with_dose_and_stays_below_one);
    tcase_add_test(tc, shape_of_the_law);
    tcase_add_test(tc, tails_of_both_laws);
    tcase_add_test(tc, profile_and_errors);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
