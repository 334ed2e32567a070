/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What speeds and slows the loss of pigment, each factor with its direction; lasers. */
#include <check.h>
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <smp/smp.h>

#include "ageing/age.h"

#define YEAR 365.25

static smpi_nature nature(float diameter, float top, float height, float dose, float fade)
{
    const smpi_implant i = {.seed = 1,
                            .id = 1,
                            .diameter_mm = diameter,
                            .top_mm = top,
                            .height_mm = height,
                            .dose = dose,
                            .uptake = 1,
                            .spread = fade,
                            .fade = fade};
    smpi_nature n;
    smpi_nature_make(&i, &n);
    return n;
}

START_TEST(columns)
{
    const smpi_nature usual = nature(0.25f, 0.10f, 0.25f, 3, 1);
    ck_assert_double_gt((double)nature(0.15f, 0.10f, 0.25f, 3, 1).pace, (double)usual.pace);
    ck_assert_double_lt((double)nature(0.40f, 0.10f, 0.25f, 3, 1).pace, (double)usual.pace);
    ck_assert_double_lt((double)nature(0.25f, 0.10f, 0.25f, 12, 1).pace, (double)usual.pace);
    ck_assert_double_gt((double)nature(0.25f, 0.10f, 0.25f, 12, 1).diffusion,
                        (double)usual.diffusion);
    ck_assert_double_gt((double)nature(0.25f, 0.06f, 0.25f, 3, 1).pace, (double)usual.pace);
    ck_assert_double_lt((double)nature(0.25f, 0.04f, 0.15f, 3, 1).plateau, (double)usual.plateau);
    ck_assert_double_lt((double)nature(0.25f, 0.20f, 0.40f, 3, 1).pace, (double)usual.pace);
    ck_assert_double_eq_tol((double)nature(0.25f, 0.10f, 0.25f, 3, 2).pace, 2 * (double)usual.pace,
                            1e-6);
}
END_TEST

START_TEST(person)
{
    smpi_habits h;
    smpi_habits_init(&h);
    ck_assert_double_eq_tol(smpi_habits_pace(&h), 1, 1e-12);
    static const struct {
        size_t at;
        double low, high;
    } up[] = {
        {offsetof(smpi_habits, oiliness), 0.5, 1},  {offsetof(smpi_habits, sun_hours), 0, 8},
        {offsetof(smpi_habits, exfoliation), 0, 1}, {offsetof(smpi_habits, immune), 0, 1},
        {offsetof(smpi_habits, lifestyle), 0, 1},   {offsetof(smpi_habits, variation), -2, 2},
    };
    for (size_t k = 0; k < sizeof up / sizeof *up; k++) {
        double last = 0;
        for (double x = up[k].low; x <= up[k].high; x += (up[k].high - up[k].low) / 4) {
            smpi_habits own = h;
            memcpy((char *)&own + up[k].at, &x, sizeof x);
            ck_assert_double_gt(smpi_habits_pace(&own), last);
            last = smpi_habits_pace(&own);
        }
    }
    smpi_habits own = h;
    own.sunscreen = 1; /* sunscreen, and melanin, keep the sun out */
    ck_assert_double_lt(smpi_habits_pace(&own), 1);
    own = h;
    own.skin_type = 6;
    ck_assert_double_lt(smpi_habits_pace(&own), 0.8);
    own.skin_type = 1;
    ck_assert_double_gt(smpi_habits_pace(&own), 1.1);
    own = h;
    own.oiliness = 0; /* very dry skin loses no less than oily */
    ck_assert_double_gt(smpi_habits_pace(&own), 1);
}
END_TEST

/* Carbon loses strength, not hue; a mix of iron oxides turns red as yellow and black leave. */
START_TEST(components)
{
    smp_pigment mixed;
    smpi_mix mix;
    smpi_moment moment;
    smpi_aged a;
    smp_pigment_init(&mixed);
    mixed.carbon_coarse = 0.4f;
    mixed.iron_red = mixed.iron_yellow = mixed.iron_black = 0.2f;
    smpi_mix_make(&mixed, &mix);
    ck_assert_uint_eq(mix.count, 4);
    const smpi_nature n = nature(0.25f, 0.10f, 0.25f, 3, 1);
    smpi_moment_make(2 * YEAR, 1, &moment);
    smpi_dot_age(&n, &moment, &mix, 3, ~0u, &a);
    ck_assert(a.left[1] > a.left[2] && a.left[2] > a.left[4] && a.left[4] > a.left[3]);
    ck_assert(a.left[5] > a.left[1] && a.left[0] == 0 && a.left[3] > 0);
    const double sum = 0.4 * (double)a.left[1] + 0.2 * (double)(a.left[2] + a.left[3] + a.left[4]);
    ck_assert_double_eq_tol((double)a.mass, 3 * sum, 1e-5);
    smpi_mix_make(NULL, &mix);
    ck_assert(mix.count == 1 && mix.index[0] == 1 && mix.share[0] == 1 && mix.rate[0] == 1);
}
END_TEST

static uint32_t laser(float dose, float top, float height, float clearance, float *left)
{
    smp_removal_desc d;
    uint32_t sessions = 0;
    smp_removal_desc_init(&d);
    d.dose = dose;
    d.top_mm = top;
    d.height_mm = height;
    d.clearance = clearance;
    ck_assert_int_eq(smp_laser_sessions(&d, NULL, &sessions, left, NULL), SMP_OK);
    return sessions;
}

/* SMP takes 1 to 5 sessions, a dense tattoo 6 to 13, to clear 75 to 95 %; a tattoo that is left to
 * settle (0.68 of 40) has 21 % left between sessions 6 and 7 (Bernstein 2015). */
START_TEST(lasers)
{
    float left[SMP_LASER_SESSIONS_MAX];
    const uint32_t few = laser(2, 0.10f, 0.25f, 0.75f, NULL),
                   more = laser(2, 0.1f, 0.25f, 0.95f, left);
    ck_assert(few >= 1 && few < more && more <= 5);
    ck_assert_double_eq_tol((double)left[0], 0.5, 1e-6);
    const uint32_t first = laser(27.2f, 0.15f, 1.35f, 0.75f, left);
    const uint32_t last = laser(27.2f, 0.15f, 1.35f, 0.95f, NULL);
    ck_assert(first >= 6 && first < last && last <= 13);
    ck_assert_double_eq_tol((double)(left[5] + left[6]) / 2, 0.21, 0.03);
    for (int i = 1; i < SMP_LASER_SESSIONS_MAX; i++)
        ck_assert(left[i] < left[i - 1]);
    ck_assert_uint_gt(laser(2, 1.5f, 1.5f, 0.9f, NULL), laser(2, 0.1f, 0.25f, 0.9f, NULL));
    smp_removal_desc d;
    smp_pigment yellow;
    uint32_t dark, pale, n;
    smp_removal_desc_init(&d);
    d.skin_type = 6;
    ck_assert_int_eq(smp_laser_sessions(&d, NULL, &dark, NULL, NULL), SMP_OK);
    ck_assert_uint_gt(dark, laser(2, 0.1f, 0.25f, 0.9f, NULL));
    smp_pigment_init(&yellow);
    yellow.carbon_coarse = 0;
    yellow.iron_yellow = 1;
    ck_assert_int_eq(smp_laser_sessions(NULL, &yellow, &pale, NULL, NULL), SMP_OK);
    ck_assert_uint_gt(pale, laser(2, 0.1f, 0.25f, 0.9f, NULL));
    d.strength = 0.01f;
    ck_assert_int_eq(smp_laser_sessions(&d, NULL, &n, NULL, NULL), SMP_OK);
    ck_assert_uint_eq(n, SMP_LASER_SESSIONS_MAX + 1);
    d.clearance = 1;
    ck_assert_int_eq(smp_laser_sessions(&d, NULL, &n, NULL, NULL), SMP_ERR_RANGE);
    ck_assert_int_eq(smp_laser_sessions(NULL, NULL, NULL, NULL, NULL), SMP_ERR_ARGUMENT);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ageing_factors");
    TCase *tc = tcase_create("factors");
    tcase_add_test(tc, columns);
    tcase_add_test(tc, person);
    tcase_add_test(tc, components);
    tcase_add_test(tc, lasers);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
