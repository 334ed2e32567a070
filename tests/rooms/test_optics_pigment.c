/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Pigments: spectra against the mass coefficients of spheres, mixtures, amounts. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "optics/pigment.h"

enum { FINE, COARSE, RED, YELLOW, BLACK, WHITE };

static smp_pigment pure(int component)
{
    smp_pigment p;
    smp_pigment_init(&p);
    p.carbon_coarse = component == COARSE;
    p.carbon_fine = component == FINE;
    p.iron_red = component == RED;
    p.iron_yellow = component == YELLOW;
    p.iron_black = component == BLACK;
    return p;
}

/* Rows of tests/data/pigment_mass_coefficients_mie.csv in a host of index 1.38 (fine 50, coarse
 * 200, red and black 100, white 200 nm): absorption at 450, 550, 650 nm, m2/g; then scattering
 * times 1 - g. Any of them 2 % off fails here. */
static const double absorbed[5][3] = {{10.418, 8.396, 7.019},
                                      {6.101, 5.915, 5.660},
                                      {4.266, 1.741, 0.148},
                                      {0, 0, 0},
                                      {0.183, 0.424, 0.430}};
static const double scattered[6][3] = {
    {0.441 * 0.958, 0.202 * 0.972, 0.104 * 0.98},  {3.475 * 0.346, 2.825 * 0.468, 2.282 * 0.604},
    {2.879 * 0.738, 1.473 * 0.788, 0.592 * 0.871}, {0, 0, 0},
    {1.104 * 0.79, 0.468 * 0.865, 0.252 * 0.903},  {7.745 * 0.533, 6.866 * 0.493, 3.106 * 0.488}};

START_TEST(spheres)
{
    for (int k = 0; k < 5; k++) {
        smp_pigment p = pure(k);
        float a[SMP_SPECTRUM_COUNT], s[SMP_SPECTRUM_COUNT], mg[SMP_PIGMENT_COMPONENTS];
        ck_assert_int_eq(smp_pigment_absorption(&p, a, NULL), SMP_OK);
        ck_assert_int_eq(smp_pigment_scattering(&p, s, NULL), SMP_OK);
        ck_assert_double_eq_tol((double)a[17], 1, 1e-6);
        if (k == YELLOW)
            continue;
        ck_assert_int_eq(smp_pigment_mass(&p, 1, mg, NULL), SMP_OK);
        double per_g = 0.1 / (double)mg[k];
        ck_assert_double_eq_tol(per_g, absorbed[k][1], 0.003 * absorbed[k][1]);
        for (int i = 0; i < 3; i++) {
            double got = (double)a[7 + 10 * i] * per_g, back = (double)s[7 + 10 * i] * per_g;
            ck_assert_double_eq_tol(got, absorbed[k][i], 0.012 * absorbed[k][i]);
            ck_assert_double_eq_tol(back, scattered[k][i], 0.012 * scattered[k][i]);
        }
    }
}
END_TEST

/* By its scattering; and what it adds to carbon's is only that. */
START_TEST(titania)
{
    smp_pigment p = pure(COARSE);
    float bare[SMP_SPECTRUM_COUNT], white[SMP_SPECTRUM_COUNT], mg[SMP_PIGMENT_COMPONENTS];
    ck_assert_int_eq(smp_pigment_scattering(&p, bare, NULL), SMP_OK);
    p.titania = 3;
    ck_assert_int_eq(smp_pigment_scattering(&p, white, NULL), SMP_OK);
    ck_assert_int_eq(smp_pigment_mass(&p, 2, mg, NULL), SMP_OK);
    double per_g = 0.6 / (double)mg[WHITE];
    ck_assert_double_eq_tol(per_g, scattered[WHITE][1], 0.005 * scattered[WHITE][1]);
    for (int i = 0; i < 3; i++) {
        double got = (double)(white[7 + 10 * i] - bare[7 + 10 * i]) / 3 * per_g;
        ck_assert_double_eq_tol(got, scattered[WHITE][i], 0.012 * scattered[WHITE][i]);
    }
}
END_TEST

/* The default is what the dot model has always used. */
START_TEST(neutral_by_default)
{
    float a[SMP_SPECTRUM_COUNT];
    ck_assert_int_eq(smp_pigment_absorption(NULL, a, NULL), SMP_OK);
    for (int i = 0; i < SMP_SPECTRUM_COUNT; i++)
        ck_assert_double_eq_tol((double)a[i], pow(550.0 / (380 + 10 * i), 0.2), 1e-6);
}
END_TEST

/* Red against blue absorption, over that of neutral carbon: which way a pigment leans. */
static double blue_over_red(const smp_pigment *p)
{
    float a[SMP_SPECTRUM_COUNT];
    ck_assert_int_eq(smp_pigment_absorption(p, a, NULL), SMP_OK);
    return (double)(a[7] / a[27]);
}

START_TEST(warm_and_cool)
{
    double lean[5];
    for (int k = 0; k < 5; k++) {
        smp_pigment p = pure(k);
        lean[k] = blue_over_red(&p);
    }
    ck_assert(lean[BLACK] < 0.5 && lean[COARSE] > 1.05 && lean[COARSE] < 1.1);
    ck_assert(lean[FINE] > 1.4 && lean[FINE] < 1.6);
    ck_assert(lean[RED] > 20 && lean[YELLOW] > 10);
}
END_TEST

START_TEST(shares_are_normal)
{
    smp_pigment half = pure(COARSE), whole = pure(COARSE), part = pure(FINE);
    float a[SMP_SPECTRUM_COUNT], b[SMP_SPECTRUM_COUNT], c[SMP_SPECTRUM_COUNT];
    half.iron_red = 0.25f;
    half.carbon_coarse = 0.75f;
    whole.iron_red = 1.0f / 3;
    ck_assert_int_eq(smp_pigment_absorption(&half, a, NULL), SMP_OK);
    ck_assert_int_eq(smp_pigment_absorption(&whole, b, NULL), SMP_OK);
    part = pure(RED);
    ck_assert_int_eq(smp_pigment_absorption(&part, c, NULL), SMP_OK);
    for (int i = 0; i < SMP_SPECTRUM_COUNT; i++) {
        double coarse = pow(550.0 / (380 + 10 * i), 0.2);
        ck_assert_float_eq_tol(a[i], b[i], 1e-6f * a[i]);
        ck_assert_double_eq_tol((double)a[i], 0.75 * coarse + 0.25 * (double)c[i], 1e-5);
    }
}
END_TEST

START_TEST(mass_and_back)
{
    smp_pigment p, back;
    float mg[SMP_PIGMENT_COMPONENTS], dose;
    smp_pigment_init(&p);
    p.carbon_fine = 0.4f;
    p.carbon_coarse = 0.2f;
    p.iron_red = 0.1f;
    p.iron_yellow = 0.1f;
    p.iron_black = 0.2f;
    p.titania = 0.7f;
    ck_assert_int_eq(smp_pigment_mass(&p, 3, mg, NULL), SMP_OK);
    ck_assert_int_eq(smp_pigment_from_mass(mg, &back, &dose, NULL), SMP_OK);
    ck_assert_float_eq_tol(dose, 3, 1e-5f);
    ck_assert_float_eq_tol(back.carbon_fine, 0.4f, 1e-6f);
    ck_assert_float_eq_tol(back.carbon_coarse, 0.2f, 1e-6f);
    ck_assert_float_eq_tol(back.iron_red, 0.1f, 1e-6f);
    ck_assert_float_eq_tol(back.iron_yellow, 0.1f, 1e-6f);
    ck_assert_float_eq_tol(back.iron_black, 0.2f, 1e-6f);
    ck_assert_float_eq_tol(back.titania, 0.7f, 1e-6f);
    p = pure(FINE); /* optics.md 0: an SMP dot needs 0.006 to 0.025 mg/cm2 for 0.5 to 2 */
    ck_assert_int_eq(smp_pigment_mass(&p, 2, mg, NULL), SMP_OK);
    ck_assert_float_eq_tol(mg[FINE], 0.024f, 0.0005f);
}
END_TEST

START_TEST(errors)
{
    smp_pigment p = pure(WHITE), back;
    float mg[SMP_PIGMENT_COMPONENTS] = {0}, a[SMP_SPECTRUM_COUNT], dose;
    smp_diag diag;
    ck_assert_int_eq(smp_pigment_absorption(&p, a, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_pigment_scattering(&p, a, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_pigment_mass(&p, 1, mg, &diag), SMP_ERR_ARGUMENT);
    p.iron_red = NAN;
    ck_assert_int_eq(smp_pigment_absorption(&p, a, &diag), SMP_ERR_RANGE);
    ck_assert_int_eq(smp_pigment_absorption(NULL, NULL, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_pigment_scattering(NULL, NULL, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_pigment_mass(NULL, 1, NULL, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_pigment_mass(NULL, NAN, mg, &diag), SMP_ERR_RANGE);
    ck_assert_int_eq(smp_pigment_mass(NULL, 101, mg, &diag), SMP_ERR_RANGE);
    mg[0] = 0;
    mg[1] = 0;
    ck_assert_int_eq(smp_pigment_from_mass(mg, &back, &dose, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_pigment_from_mass(NULL, &back, &dose, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_pigment_from_mass(mg, NULL, &dose, &diag), SMP_ERR_ARGUMENT);
    mg[WHITE] = 900;
    mg[1] = 0.01f;
    ck_assert_int_eq(smp_pigment_from_mass(mg, &back, &dose, &diag), SMP_ERR_RANGE);
    mg[WHITE] = NAN;
    ck_assert_int_eq(smp_pigment_from_mass(mg, &back, &dose, &diag), SMP_ERR_RANGE);
    mg[WHITE] = 0;
    ck_assert_int_eq(smp_pigment_from_mass(mg, &back, NULL, &diag), SMP_OK);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("optics_pigment");
    TCase *tc = tcase_create("pigment");
    tcase_add_test(tc, spheres);
    tcase_add_test(tc, titania);
    tcase_add_test(tc, neutral_by_default);
    tcase_add_test(tc, warm_and_cool);
    tcase_add_test(tc, shares_are_normal);
    tcase_add_test(tc, mass_and_back);
    tcase_add_test(tc, errors);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
