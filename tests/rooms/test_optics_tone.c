/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Labels of skin colours against their tables. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <smp/optics.h>

static smp_tone tone_of(float l, float a, float b)
{
    smp_tone t;
    smp_tone_init(&t);
    ck_assert_int_eq(smp_tone_from_lab((const float[3]){l, a, b}, &t, NULL), SMP_OK);
    return t;
}

/* Each swatch is its own nearest, from its published hex; its angle is the table's. */
START_TEST(monk_swatches)
{
    char line[256];
    uint32_t rows = 0;
    FILE *file = fopen(SMP_TEST_DATA "/monk_tones.csv", "r");
    ck_assert_ptr_nonnull(file);
    while (fgets(line, sizeof line, file)) {
        unsigned hex;
        float rgb[3], xyz[3], lab[3];
        if (line[0] < '1' || line[0] > '9')
            continue;
        ck_assert_int_eq(sscanf(strchr(line, '#'), "#%6x", &hex), 1);
        for (int c = 0; c < 3; c++)
            rgb[c] = smp_space_decode(SMP_SPACE_SRGB, (float)(hex >> (16 - 8 * c) & 255) / 255);
        ck_assert_int_eq(smp_rgb_to_xyz(SMP_SPACE_SRGB, rgb, xyz, NULL), SMP_OK);
        smp_xyz_to_lab(xyz, lab);
        smp_tone t = tone_of(lab[0], lab[1], lab[2]);
        ck_assert_uint_eq(t.monk, ++rows);
        ck_assert_float_lt(t.monk_distance, 0.02f);
        ck_assert_float_eq_tol(t.ita_deg, strtof(strrchr(line, ',') + 1, NULL), 0.06f);
    }
    fclose(file);
    ck_assert_uint_eq(rows, 10);
}
END_TEST

/* At b* = 10 a class ends where L* = 50 + 10 tan(limit); the limit itself is the darker class. */
START_TEST(ita_classes)
{
    static const double limit[5] = {55, 41, 28, 10, -30};
    for (uint32_t i = 0; i < 5; i++) {
        float l = (float)(50 + 10 * tan(limit[i] * 3.14159265358979 / 180));
        ck_assert_uint_eq(tone_of(l + 0.01f, 9, 10).ita_class, i);
        ck_assert_uint_eq(tone_of(l - 0.01f, 9, 10).ita_class, i + 1);
        ck_assert_uint_eq(tone_of(l - 0.01f, 9, 10).fitzpatrick, i + 2);
    }
    ck_assert_uint_eq(tone_of(70, 8, 14).fitzpatrick, 1);
    ck_assert_uint_eq(tone_of(20, 8, 0).ita_class, SMP_ITA_DARK);
}
END_TEST

START_TEST(errors)
{
    float lab[3] = {50, NAN, 10};
    smp_tone t;
    smp_diag diag;
    smp_tone_init(&t);
    ck_assert_int_eq(smp_tone_from_lab(lab, &t, &diag), SMP_ERR_RANGE);
    lab[1] = 5;
    lab[0] = -1;
    ck_assert_int_eq(smp_tone_from_lab(lab, &t, &diag), SMP_ERR_RANGE);
    ck_assert_int_eq(smp_tone_from_lab(NULL, &t, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_tone_from_lab(lab, NULL, &diag), SMP_ERR_ARGUMENT);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("optics_tone");
    TCase *tc = tcase_create("tone");
    tcase_add_test(tc, monk_swatches);
    tcase_add_test(tc, ita_classes);
    tcase_add_test(tc, errors);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
