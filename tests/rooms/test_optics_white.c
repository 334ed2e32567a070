/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * White in a pigment: dots of more titania are fainter, and never white. */
#include <check.h>
#include <smp/optics.h>
#include <stdlib.h>

/* Contrast at the middle of a dot, R G B. */
static void contrast(float melanin, float titania, float dose, float rgb[3])
{
    const float middle = 0;
    smp_skin skin;
    smp_column column;
    smp_pigment pigment;
    smp_diag diag;
    smp_skin_init(&skin);
    smp_column_init(&column);
    smp_pigment_init(&pigment);
    skin.melanin = melanin;
    column.dose = dose;
    pigment.titania = titania;
    ck_assert_msg(
        smp_dot_profile(&skin, &column, &pigment, SMP_SPACE_SRGB, 1, &middle, rgb, &diag) == SMP_OK,
        "%s", diag.text);
}

START_TEST(white_makes_dots_fainter)
{
    static const float melanins[] = {0.004f, 0.02f, 0.09f}, doses[] = {0.5f, 2, 4};
    static const float whites[] = {0.5f, 1, 2, 5, 20, 100};
    for (int m = 0; m < 3; m++)
        for (int d = 0; d < 3; d++) {
            float last[3], rgb[3];
            contrast(melanins[m], 0, doses[d], last);
            for (int w = 0; w < 6; w++) {
                contrast(melanins[m], whites[w], doses[d], rgb);
                for (int c = 0; c < 3; c++) {
                    if (whites[w] <= 5) /* then held to the least that is left */
                        ck_assert_float_le(rgb[c], last[c]);
                    ck_assert_float_gt(rgb[c], 0);
                    last[c] = rgb[c];
                }
            }
            contrast(melanins[m], 0, doses[d], rgb);
            for (int c = 0; c < 3; c++) /* 100 is far more white than black: little is left */
                ck_assert_float_lt(last[c], 0.5f * rgb[c]);
        }
}
END_TEST

START_TEST(a_little_white_changes_little)
{
    float none[3], some[3], more[3];
    contrast(0.006f, 0, 2, none);
    contrast(0.006f, 0.01f, 2, some);
    contrast(0.006f, 5, 2, more);
    for (int c = 0; c < 3; c++) {
        ck_assert_float_gt(some[c], 0.99f * none[c]);
        ck_assert_float_lt(more[c], 0.95f * none[c]); /* a pearl shade's share */
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("white");
    TCase *tests = tcase_create("white");
    tcase_add_test(tests, white_makes_dots_fainter);
    tcase_add_test(tests, a_little_white_changes_little);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
