/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The table of skin colours against the model it stands for, there and back. */
#include <check.h>
#include <math.h>

#include "scalp/skin_table.h"

/* A number in [0, 1) from a small generator. */
static double next(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return (double)(*state >> 8) / 16777216.0;
}

START_TEST(table_is_the_model)
{
    uint32_t state = 7;
    double worst = 0.0;
    for (int k = 0; k < 60; k++) {
        smp_skin skin;
        float rgb[3];
        smp_skin_init(&skin);
        skin.melanin = (float)exp(-6.8 + 5.0 * next(&state));
        skin.blood = (float)exp(-5.6 + 3.5 * next(&state));
        skin.yellow_um = (float)(1.0 + 30.0 * next(&state));
        ck_assert_int_eq(smp_skin_color(&skin, SMP_SPACE_LINEAR_SRGB, rgb, NULL), SMP_OK);
        const double p[3] = {log((double)skin.melanin), log((double)skin.blood),
                             (double)skin.yellow_um};
        double is[3], slope[3][3];
        smpi_skin_log_rgb(p, is, slope);
        for (int c = 0; c < 3; c++)
            worst = fmax(worst, fabs(is[c] - log((double)rgb[c])));
    }
    ck_assert_msg(worst < 0.02, "off by %g of a colour", worst);
}
END_TEST

START_TEST(slopes_are_differences)
{
    const double p[3] = {-4.3, -3.9, 6.5};
    for (int k = 0; k < 3; k++) {
        const double step = 1e-4;
        double low[3], high[3], slope[3][3], a[3] = {p[0], p[1], p[2]}, b[3] = {p[0], p[1], p[2]};
        a[k] -= step;
        b[k] += step;
        smpi_skin_log_rgb(a, low, NULL);
        smpi_skin_log_rgb(b, high, NULL);
        smpi_skin_log_rgb(p, (double[3]){0}, slope);
        for (int c = 0; c < 3; c++)
            ck_assert(fabs((high[c] - low[c]) / (2.0 * step) - slope[c][k]) < 1e-5);
    }
}
END_TEST

START_TEST(the_way_back_meets_the_colour)
{
    uint32_t state = 3;
    for (int k = 0; k < 200; k++) {
        const double p[3] = {-6.5 + 5.0 * next(&state), -5.5 + 3.3 * next(&state),
                             1.0 + 30.0 * next(&state)};
        double want[3], is[3];
        smp_skin skin;
        smpi_skin_log_rgb(p, want, NULL);
        smpi_skin_from_log_rgb(want, &skin);
        const double found[3] = {log((double)skin.melanin), log((double)skin.blood),
                                 (double)skin.yellow_um};
        smpi_skin_log_rgb(found, is, NULL);
        for (int c = 0; c < 3; c++)
            ck_assert_msg(fabs(is[c] - want[c]) < 0.02, "%g %g %g: channel %d is off by %g", p[0],
                          p[1], p[2], c, is[c] - want[c]);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("scalp skin");
    TCase *tcase = tcase_create("table");
    tcase_set_timeout(tcase, 60.0);
    tcase_add_test(tcase, table_is_the_model);
    tcase_add_test(tcase, slopes_are_differences);
    tcase_add_test(tcase, the_way_back_meets_the_colour);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
