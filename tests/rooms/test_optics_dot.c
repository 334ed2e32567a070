/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The fast dot model against Monte Carlo, measured fields and itself. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "optics/dot.h"
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
           (double)s->tail_mm2[c] / (3.14159265 * (double)m->tail_r2_mm2[c]);
}

static double whole(const smpi_dot_seen *s, int c)
{
    return (double)s->core_mm2[c] + (double)s->tail_mm2[c];
}

/* Every fourth row of tests/data/dot_contrast_reference.csv with a top to 0.30 mm and a dose of 0.5
 * or 2: skin, wavelength, diameter, top, dose, contrast at the middle (3-D Monte Carlo, sigma 0.01
 * light, 0.03 dark). */
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
    double bias = 0;
    for (size_t i = 0; i < ROWS; i++) {
        smpi_dot_model m;
        smpi_dot_seen s;
        smp_skin skin = tone(reference[i].skin);
        double want = reference[i].contrast;
        ck_assert_int_eq(smpi_dot_model_at(&m, &skin, wavelengths, NULL), SMP_OK);
        smpi_dot_look(&m, reference[i].diameter, reference[i].top, 0.25f, reference[i].dose, 0, &s);
        double got = middle(&m, &s, reference[i].channel);
        ck_assert_double_eq_tol(got, want, fmax(0.05, 0.15 * want));
        bias += (got - want) / (double)ROWS;
    }
    ck_assert_double_lt(fabs(bias), 0.015);
}
END_TEST

/* optics.md 9.8: mean reflectance over bare of fields of 100 dots/cm2, at 650 and 550 nm. */
START_TEST(measured_fields)
{
    static const double want[4][6] = {{0, 0.3, 0.10, 2, 0.738, 0.833},
                                      {0, 0.2, 0.12, 1, 0.898, 0.942},
                                      {2, 0.3, 0.10, 2, 0.804, 0.909},
                                      {2, 0.2, 0.12, 1, 0.925, 0.969}};
    for (int i = 0; i < 4; i++) {
        smpi_dot_model m;
        smpi_dot_seen s;
        smp_skin skin = tone((int)want[i][0]);
        ck_assert_int_eq(smpi_dot_model_at(&m, &skin, wavelengths, NULL), SMP_OK);
        smpi_dot_look(&m, (float)want[i][1], (float)want[i][2], 0.25f, (float)want[i][3], 0, &s);
        for (int c = 1; c < 3; c++) {
            double mean = exp(-whole(&s, c)), field = want[i][c == 2 ? 4 : 5];
            ck_assert_double_eq_tol(mean, field, 0.008);
            ck_assert_double_eq_tol(log(mean) / log(field), 1, 0.07);
        }
    }
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
            smpi_dot_look(&at, 0.25f, 0.1f, 0.25f, 1.36f, 0, &part);
            for (int c = 0; c < 3; c++)
                through[three[c]] = bare[three[c]] * (float)(1 - whole(&part, c));
        }
        for (int i = 0; i < SMP_SPECTRUM_COUNT; i++) {
            lit[0][i] = (double)bare[i];
            lit[1][i] = (double)through[i];
        }
        smpi_spectrum_rgb(SMP_SPACE_SRGB, lit[0], rgb[0]);
        smpi_spectrum_rgb(SMP_SPACE_SRGB, lit[1], rgb[1]);
        ck_assert_int_eq(smpi_dot_model_init(&m, &skin, SMP_SPACE_SRGB, NULL), SMP_OK);
        smpi_dot_look(&m, 0.25f, 0.1f, 0.25f, 1.36f, 0, &s);
        for (int c = 0; c < 3; c++) {
            double want = 1 - rgb[1][c] / rgb[0][c];
            ck_assert_double_eq_tol((double)m.bare[c], rgb[0][c], 0.002);
            ck_assert_double_eq_tol(whole(&s, c), want, fmax(0.05 * want, 0.004));
        }
    }
}
END_TEST

/* Values of this model, light skin, sRGB: a changed coefficient shows here. Column and spread, then
 * core of R G B, its mean square radius and kurtosis, tail of R G B. */
static const struct {
    float column[5];
    double seen[8];
} golden[] = {
    {{0.25f, 0.1f, 0.25f, 2, 0},
     {0.0414594, 0.0329435, 0.0283314, 0.0190046, 1.7215960, 0.1715690, 0.1101126, 0.0823237}},
    {{0.15f, 0.25f, 0.4f, 1, 0},
     {0.0028373, 0.0015890, 0.0011464, 0.0145225, 1.8134464, 0.0463701, 0.0209752, 0.0131557}},
    {{0.5f, 0.08f, 0.14f, 4, 0},
     {0.1718585, 0.1570909, 0.1422315, 0.0509182, 1.5076584, 0.3396440, 0.2507583, 0.1973739}},
    {{0.3f, 0.3f, 0.3f, 0.5f, 0.05f},
     {0.0086392, 0.0047016, 0.0033054, 0.0462940, 1.8359755, 0.0906638, 0.0398525, 0.0243569}},
    {{0.2f, 0.04f, 0.25f, 1.5f, 0.02f},
     {0.0271852, 0.0236745, 0.0216203, 0.0129279, 1.7317890, 0.1190217, 0.0837195, 0.0664656}},
    {{0.4f, 0.15f, 1.5f, 40, 0.1f},
     {0.1221681, 0.0659921, 0.0504783, 0.0667489, 1.8392315, 0.7721370, 0.3368834, 0.2240177}},
};

START_TEST(numbers_of_the_model)
{
    static const double tail[3] = {0.613497, 0.456471, 0.384733};
    smpi_dot_model m;
    smpi_dot_seen s;
    ck_assert_int_eq(smpi_dot_model_init(&m, NULL, SMP_SPACE_SRGB, NULL), SMP_OK);
    for (int c = 0; c < 3; c++)
        ck_assert_double_eq_tol((double)m.tail_r2_mm2[c], tail[c], 1e-5);
    for (size_t i = 0; i < sizeof golden / sizeof *golden; i++) {
        const float *q = golden[i].column;
        const double *w = golden[i].seen;
        smpi_dot_look(&m, q[0], q[1], q[2], q[3], q[4], &s);
        double got[8] = {(double)s.core_mm2[0], (double)s.core_mm2[1],   (double)s.core_mm2[2],
                         (double)s.core_r2_mm2, (double)s.core_kurtosis, (double)s.tail_mm2[0],
                         (double)s.tail_mm2[1], (double)s.tail_mm2[2]};
        for (int j = 0; j < 8; j++)
            ck_assert_double_eq_tol(got[j], w[j], 1e-4 * w[j] + 1e-7);
    }
}
END_TEST

START_TEST(rises_with_dose_and_stays_below_one)
{
    static const float sizes[6] = {0.02f, 0.1f, 0.25f, 0.5f, 1, 2};
    static const float tops[5] = {0.02f, 0.1f, 0.3f, 1, 3};
    smpi_dot_model m;
    ck_assert_int_eq(smpi_dot_model_init(&m, NULL, SMP_SPACE_ADOBE_RGB, NULL), SMP_OK);
    for (int i = 0; i < 6 * 5 * 4; i++) {
        smpi_dot_seen s, before = {{0}, 0, 0, {0}};
        float height = i % 4 < 2 ? 0.02f : 1.5f, spread = i % 2 ? 0.3f : 0;
        for (float dose = 0; dose <= 100; dose = dose * 1.5f + 0.01f) {
            smpi_dot_look(&m, sizes[i / 20], tops[i / 4 % 5], height, dose, spread, &s);
            for (int c = 0; c < 3; c++) {
                ck_assert(s.core_mm2[c] >= before.core_mm2[c] * (1 - 1e-5f));
                ck_assert(s.tail_mm2[c] >= before.tail_mm2[c] * (1 - 1e-5f));
                ck_assert(dose > 0 || (s.core_mm2[c] == 0 && s.tail_mm2[c] == 0));
                ck_assert_double_lt(middle(&m, &s, c), 0.98);
            }
            ck_assert(s.core_kurtosis >= 1.33f && s.core_kurtosis < 2 && s.core_r2_mm2 > 0);
            before = s;
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
    ck_assert_int_eq(smpi_dot_model_init(&m, NULL, SMP_SPACE_SRGB, NULL), SMP_OK);
    for (float top = 0.08f; top < 0.5f; top += 0.02f) {
        smpi_dot_look(&m, 0.25f, top, 0.25f, 2, 0, &s);
        ck_assert_double_lt(middle(&m, &s, 1), last);
        ck_assert_double_gt(middle(&m, &s, 0), middle(&m, &s, 1));
        ck_assert_double_gt(middle(&m, &s, 1), middle(&m, &s, 2));
        last = middle(&m, &s, 1);
    }
    smpi_dot_look(&m, 0.25f, 0.1f, 0.25f, 2, 0, &s);
    smpi_dot_look(&m, 0.25f, 0.1f, 0.25f, 2, 0.1f, &wide);
    ck_assert_double_gt((double)(wide.core_r2_mm2 - s.core_r2_mm2), 0.02);
    ck_assert_double_lt(middle(&m, &wide, 1), middle(&m, &s, 1));
    ck_assert_double_gt(whole(&wide, 1), whole(&s, 1)); /* the same pigment shades itself less */
}
END_TEST

START_TEST(profile_and_errors)
{
    static const float radii[5] = {0, 0.1f, 0.2f, 0.5f, 3};
    float contrast[15], bad = -1;
    smp_column column;
    smp_diag diag;
    smp_column_init(&column);
    ck_assert_int_eq(smp_dot_profile(NULL, NULL, SMP_SPACE_SRGB, 5, radii, contrast, NULL), SMP_OK);
    for (int c = 0; c < 3; c++) {
        ck_assert_float_gt(contrast[c], 0.35f);
        for (int i = 1; i < 5; i++)
            ck_assert_float_lt(contrast[3 * i + c], contrast[3 * i - 3 + c]);
    }
    column.dose = 0;
    ck_assert_int_eq(smp_dot_profile(NULL, &column, SMP_SPACE_SRGB, 5, radii, contrast, NULL), 0);
    for (int i = 0; i < 15; i++)
        ck_assert_float_eq(contrast[i], 0);
    ck_assert_int_eq(smp_dot_profile(NULL, NULL, SMP_SPACE_SRGB, 0, NULL, NULL, NULL), SMP_OK);
    ck_assert_int_eq(smp_dot_profile(NULL, NULL, SMP_SPACE_SRGB, 1, NULL, contrast, &diag),
                     SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_dot_profile(NULL, NULL, SMP_SPACE_SRGB, 1, radii, NULL, &diag),
                     SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_dot_profile(NULL, NULL, (smp_space)9, 1, radii, contrast, &diag),
                     SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_dot_profile(NULL, NULL, SMP_SPACE_SRGB, 1, &bad, contrast, &diag),
                     SMP_ERR_RANGE);
    column.top_mm = NAN;
    ck_assert_int_eq(smp_dot_profile(NULL, &column, SMP_SPACE_SRGB, 1, radii, contrast, &diag),
                     SMP_ERR_RANGE);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("optics_dot");
    TCase *tc = tcase_create("dot");
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, middle_of_lone_dots);
    tcase_add_test(tc, measured_fields);
    tcase_add_test(tc, channels_stand_for_their_spectrum);
    tcase_add_test(tc, numbers_of_the_model);
    tcase_add_test(tc, rises_with_dose_and_stays_below_one);
    tcase_add_test(tc, shape_of_the_law);
    tcase_add_test(tc, profile_and_errors);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
