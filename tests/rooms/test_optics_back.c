/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * From colour to skin: 100 measured subjects, colours far from any, unknown exposure. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <smp/optics.h>

#define SUBJECTS 100

typedef struct subject {
    float rgb[3]; /* without what the surface mirrors */
    float r[SMP_SPECTRUM_COUNT];
} subject;

static subject people[SUBJECTS];

static void read_people(void)
{
    char line[1024];
    int count = 0;
    FILE *file = fopen(SMP_TEST_DATA "/nist_skin_reflectance_100_10nm.csv", "r");
    ck_assert_ptr_nonnull(file);
    while (fgets(line, sizeof line, file)) {
        float lab[3], xyz[3];
        char *at = line;
        if (line[0] < '1' || line[0] > '9')
            continue;
        ck_assert_int_lt(count, SUBJECTS);
        subject *s = people + count++;
        for (int i = 0; i < 3; i++)
            lab[i] = strtof(at = strchr(at, ',') + 1, NULL);
        at = strchr(strchr(at, '#'), ',') + 1;
        for (int i = 0; i < SMP_SPECTRUM_COUNT; i++)
            s->r[i] = strtof(at, &at), at += *at == ',';
        smp_lab_to_xyz(lab, xyz);
        ck_assert_int_eq(smp_xyz_to_rgb(SMP_SPACE_SRGB, xyz, s->rgb, NULL), SMP_OK);
        for (int c = 0; c < 3; c++)
            s->rgb[c] -= SMP_SKIN_SURFACE;
    }
    fclose(file);
    ck_assert_int_eq(count, SUBJECTS);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* design.md 6: every colour within 0.3 dE*ab, spectra of 420 to 700 nm within 0.012 in the median;
 * measured 0.094 and 0.0108. The residual that is reported is the one that the colour has. */
START_TEST(all_subjects)
{
    double error[SUBJECTS];
    for (int k = 0; k < SUBJECTS; k++) {
        const subject *p = people + k;
        smp_skin s;
        float rest, back[3], xyz[3], lab[2][3], r[SMP_SPECTRUM_COUNT];
        double sum = 0;
        uint32_t beyond;
        ck_assert_int_eq(smp_skin_from_rgb(SMP_SPACE_SRGB, p->rgb, &s, &rest, NULL), SMP_OK);
        ck_assert_msg(rest < 0.3f, "subject %d: %g", k + 1, (double)rest);
        ck_assert_int_eq(smp_skin_color(&s, SMP_SPACE_SRGB, back, NULL), SMP_OK);
        for (int i = 0; i < 2; i++) {
            ck_assert_int_eq(smp_rgb_to_xyz(SMP_SPACE_SRGB, i ? back : p->rgb, xyz, NULL), SMP_OK);
            smp_xyz_to_lab(xyz, lab[i]);
        }
        for (int i = 0; i < 3; i++)
            sum += (double)(lab[0][i] - lab[1][i]) * (double)(lab[0][i] - lab[1][i]);
        ck_assert_double_eq_tol(sqrt(sum), (double)rest, 0.02);
        ck_assert_int_eq(smp_skin_extrapolates(&s, &beyond, NULL), SMP_OK);
        ck_assert_msg(!beyond, "subject %d: %u", k + 1, beyond);
        ck_assert_int_eq(smp_skin_reflectance(&s, r, NULL), SMP_OK);
        sum = 0;
        for (int i = 4; i <= 32; i++) {
            double miss = (double)(r[i] + SMP_SKIN_SURFACE - p->r[i]);
            sum += miss * miss;
        }
        error[k] = sqrt(sum / 29);
    }
    qsort(error, SUBJECTS, sizeof *error, by_size);
    ck_assert_double_lt((error[49] + error[50]) / 2, 0.012);
    ck_assert_double_lt(error[99], 0.025);
}
END_TEST

/* Taken in light 0.5 to 2 times as bright as thought, each is found within 25 %, most within 10;
 * the colour is still met. */
START_TEST(exposure_is_found)
{
    smp_estimate_desc d;
    smp_estimate_desc_init(&d);
    for (int g = -1; g <= 1; g++) {
        double light = g < 0 ? 0.5 : g > 0 ? 2 : 1, sum = 0;
        for (int k = 0; k < SUBJECTS; k++) {
            float rgb[3], exposure, rest;
            smp_skin s;
            for (int c = 0; c < 3; c++)
                rgb[c] = people[k].rgb[c] * (float)light;
            ck_assert_int_eq(smp_skin_estimate(SMP_SPACE_SRGB, rgb, &d, &s, &exposure, &rest, NULL),
                             SMP_OK);
            double miss = log((double)exposure / light);
            ck_assert_msg(fabs(miss) < 0.25, "subject %d, light %g: %g", k + 1, light,
                          (double)exposure);
            ck_assert_float_lt(rest, 0.6f);
            sum += miss * miss;
        }
        ck_assert_double_lt(sqrt(sum / SUBJECTS), 0.1);
    }
}
END_TEST

/* The priors as set: subjects 1 and 98 (the darkest but a few), in light of 1.3. */
START_TEST(estimate_as_set)
{
    static const double want[2][4] = {{1.1622, 0.0042285, 0.012111, -0.0054938},
                                      {1.194, 0.054005, 0.018366, 1.8794}};
    for (int k = 0; k < 2; k++) {
        smp_skin s;
        float rgb[3], exposure;
        for (int c = 0; c < 3; c++)
            rgb[c] = 1.3f * people[k ? 97 : 0].rgb[c];
        ck_assert_int_eq(smp_skin_estimate(SMP_SPACE_SRGB, rgb, NULL, &s, &exposure, NULL, NULL),
                         SMP_OK);
        const double got[4] = {(double)exposure, (double)s.melanin, (double)s.blood,
                               (double)s.yellow_um};
        for (int i = 0; i < 4; i++)
            ck_assert_msg(fabs(got[i] - want[k][i]) < 0.01 * fabs(want[k][i]) + 0.002 * (i == 3),
                          "%d: exposure %.5g melanin %.5g blood %.5g yellow %.5g", k, got[0],
                          got[1], got[2], got[3]);
    }
}
END_TEST

START_TEST(known_exposure)
{
    smp_estimate_desc d;
    smp_skin s;
    float exposure, rest, rgb[3];
    smp_estimate_desc_init(&d);
    d.exposure = 1.5f;
    d.exposure_sigma = 0;
    d.surface = SMP_SKIN_SURFACE;
    for (int c = 0; c < 3; c++)
        rgb[c] = 1.5f * (people[40].rgb[c] + SMP_SKIN_SURFACE);
    ck_assert_int_eq(smp_skin_estimate(SMP_SPACE_SRGB, rgb, &d, &s, &exposure, &rest, NULL),
                     SMP_OK);
    ck_assert_float_eq_tol(exposure, 1.5f, 1e-5f);
    ck_assert_float_lt(rest, 0.3f);
    float own[3];
    ck_assert_int_eq(smp_skin_color(&s, SMP_SPACE_SRGB, own, NULL), SMP_OK);
    for (int c = 0; c < 3; c++)
        ck_assert_float_eq_tol(own[c], people[40].rgb[c], 0.01f);
}
END_TEST

/* Skins that nobody measured: found again, sensible, and said to be extrapolated. */
START_TEST(beyond_what_was_measured)
{
    static const float skins[4][3] = {
        {0.25f, 0.03f, 6}, {0.01f, 0.1f, 3}, {0.45f, 0.02f, 4}, {0.02f, 0.002f, 1}};
    static const uint32_t flags[4] = {SMP_BEYOND_MELANIN, SMP_BEYOND_BLOOD, SMP_BEYOND_MELANIN,
                                      SMP_BEYOND_BLOOD};
    for (int k = 0; k < 4; k++) {
        smp_skin s, back;
        float rgb[3], rest;
        uint32_t beyond;
        smp_skin_init(&s);
        s.melanin = skins[k][0];
        s.blood = skins[k][1];
        s.yellow_um = skins[k][2];
        ck_assert_int_eq(smp_skin_extrapolates(&s, &beyond, NULL), SMP_OK);
        ck_assert_uint_eq(beyond, flags[k]);
        ck_assert_int_eq(smp_skin_color(&s, SMP_SPACE_SRGB, rgb, NULL), SMP_OK);
        for (int c = 0; c < 3; c++)
            rgb[c] = fmaxf(rgb[c], 0);
        ck_assert_int_eq(smp_skin_from_rgb(SMP_SPACE_SRGB, rgb, &back, &rest, NULL), SMP_OK);
        ck_assert_msg(rest < 0.5f, "skin %d: %g", k, (double)rest);
        ck_assert_float_eq_tol(back.melanin, s.melanin, 0.15f * s.melanin);
    }
    smp_skin light;
    float white[3] = {0.75f, 0.66f, 0.6f}, rest; /* L* 86 */
    uint32_t beyond;
    ck_assert_int_eq(smp_skin_from_rgb(SMP_SPACE_SRGB, white, &light, &rest, NULL), SMP_OK);
    ck_assert_float_lt(rest, 1);
    ck_assert_float_gt(light.scattering, 1.2f);
    ck_assert_int_eq(smp_skin_extrapolates(NULL, &beyond, NULL), SMP_OK);
    ck_assert_uint_eq(beyond, 0);
}
END_TEST

START_TEST(errors)
{
    smp_skin s;
    smp_estimate_desc d;
    smp_diag diag;
    float bad[3] = {0.5f, NAN, 0.2f}, fine[3] = {0.5f, 0.4f, 0.3f};
    uint32_t beyond;
    smp_estimate_desc_init(&d);
    ck_assert_int_eq(smp_skin_estimate(SMP_SPACE_SRGB, bad, &d, &s, NULL, NULL, &diag),
                     SMP_ERR_RANGE);
    ck_assert_int_eq(smp_skin_estimate(SMP_SPACE_SRGB, fine, NULL, &s, NULL, NULL, &diag), SMP_OK);
    ck_assert_int_eq(smp_skin_estimate((smp_space)77, fine, &d, &s, NULL, NULL, &diag),
                     SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_skin_estimate(SMP_SPACE_SRGB, NULL, &d, &s, NULL, NULL, &diag),
                     SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_skin_estimate(SMP_SPACE_SRGB, fine, &d, NULL, NULL, NULL, &diag),
                     SMP_ERR_ARGUMENT);
    d.exposure = 0;
    ck_assert_int_eq(smp_skin_estimate(SMP_SPACE_SRGB, fine, &d, &s, NULL, NULL, &diag),
                     SMP_ERR_RANGE);
    ck_assert_int_eq(smp_skin_extrapolates(NULL, NULL, &diag), SMP_ERR_ARGUMENT);
    smp_skin_init(&s);
    s.scattering = 0;
    ck_assert_int_eq(smp_skin_extrapolates(&s, &beyond, &diag), SMP_ERR_RANGE);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("optics_back");
    TCase *tc = tcase_create("back");
    tcase_set_timeout(tc, 120);
    tcase_add_unchecked_fixture(tc, read_people, NULL);
    tcase_add_test(tc, all_subjects);
    tcase_add_test(tc, exposure_is_found);
    tcase_add_test(tc, estimate_as_set);
    tcase_add_test(tc, known_exposure);
    tcase_add_test(tc, beyond_what_was_measured);
    tcase_add_test(tc, errors);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
