/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The fast dot model against Monte Carlo that it was not fitted to (tests/validation/mc_dots.c), to
 * the figures of docs/model/optics.md, 6. */
#include "rooms/dot_table.h"

/* Columns of a table of mc_dots.c. */
enum { NM, SKIN, COLUMN = 4, TOTAL = 10, MIDDLE = 12, WIDTH = 14, AROUND = 15 };
#define SHOWN 13

static const double radii[SHOWN] = {0, .05, .1, .15, .2, .25, .3, .4, .5, .7, 1, 1.5, 2.5};

typedef struct misses {
    dot_errors middle, aim, total, usual, width, around;
} misses;

static misses compare(const char *name)
{
    static misses m;
    dot_table t = dot_table_read(name);
    ck_assert_int_eq(t.columns, AROUND + SHOWN - 1);
    memset(&m, 0, sizeof m);
    for (int i = 0; i < t.count; i++) {
        const double *v = t.row[i], c0 = v[MIDDLE];
        smpi_dot_shape s = dot_shape_nm(v[NM], v + SKIN, v + COLUMN);
        dot_errors_add(&m.middle, s.middle - c0, fmax(0.02, 0.07 * c0));
        dot_errors_add(&m.aim, s.middle - c0, fmax(0.015, 0.05 * c0));
        dot_errors_add(&m.total, s.integral / v[TOTAL] - 1, 0.1);
        if (fabs(v[COLUMN + 2] - 0.25) < 1e-6)
            dot_errors_add(&m.usual, s.integral / v[TOTAL] - 1, 0.05);
        if (c0 > 0.06)
            dot_errors_add(&m.width, dot_width(&s) / v[WIDTH] - 1, 0.1);
        for (int r = 0; r < SHOWN; r++) {
            double want = r ? v[AROUND + r - 1] * 1e-4 : c0;
            dot_errors_add(&m.around, smpi_dot_shape_at(&s, radii[r]) - want, fmax(0.03, 0.1 * c0));
        }
    }
    free(t.row);
    return m;
}

START_TEST(dots_never_seen)
{
    static misses m;
    m = compare("dot_held_out.csv");
    ck_assert_int_eq(m.middle.count, 1200);
    dot_errors_check(&m.middle, "middle over max(0.02, 7 %)", 1);
    dot_errors_check(&m.aim, "middle over max(0.015, 5 %)", 0.99);
    dot_errors_check(&m.total, "integral over 10 %", 1);
    dot_errors_check(&m.usual, "integral at height 0.25 over 5 %", 0.99);
    dot_errors_check(&m.width, "width over 10 %", 0.95);
    dot_errors_check(&m.around, "profile over max(0.03, 10 %)", 1);
}
END_TEST

/* The table that was fitted covers more than the model answers for. */
START_TEST(dots_of_the_fit)
{
    static misses m;
    m = compare("dot_monte_carlo.csv");
    dot_errors_check(&m.middle, "fit: middle over max(0.02, 7 %)", 0.999);
    dot_errors_check(&m.total, "fit: integral over 10 %", 0.99);
    dot_errors_check(&m.width, "fit: width over 10 %", 0.9);
    dot_errors_check(&m.around, "fit: profile over max(0.03, 10 %)", 0.99);
}
END_TEST

START_TEST(tattoo_columns_never_seen)
{
    static misses m;
    m = compare("dot_held_out_tall.csv");
    dot_errors_check(&m.middle, "tall: middle over max(0.02, 7 %)", 1);
    dot_errors_check(&m.total, "tall: integral over 10 %", 1);
    dot_errors_check(&m.width, "tall: width over 10 %", 0.95);
    dot_errors_check(&m.around, "tall: profile over max(0.03, 10 %)", 0.99);
}
END_TEST

START_TEST(spread_columns)
{
    static misses m;
    m = compare("dot_spread.csv");
    dot_errors_check(&m.middle, "spread: middle over max(0.02, 7 %)", 1);
    dot_errors_check(&m.total, "spread: integral over 10 %", 1);
    dot_errors_check(&m.width, "spread: width over 10 %", 0.95);
    dot_errors_check(&m.around, "spread: profile over max(0.03, 10 %)", 0.999);
}
END_TEST

/* R, G, B of sRGB: what the public function says, and what is drawn. */
START_TEST(channels)
{
    static dot_errors total, middle, around, drawn_total, drawn_middle;
    static const float at[4] = {0, 0.1f, 0.2f, 0.4f};
    dot_table t = dot_table_read("dot_channels.csv");
    for (int i = 0; i < t.count; i++) {
        const double *v = t.row[i], column[5] = {v[3], v[4], v[5], v[6], 0};
        float contrast[12], wide[3 * 300], far[300];
        smp_skin skin = dot_skin(v);
        smp_column c = dot_column(column);
        smpi_dot_model m;
        smpi_dot_seen s;
        for (int k = 0; k < 300; k++)
            far[k] = 0.02f * ((float)k + 0.5f);
        ck_assert_int_eq(smp_dot_profile(&skin, &c, NULL, SMP_SPACE_SRGB, 4, at, contrast, NULL),
                         0);
        ck_assert_int_eq(smp_dot_profile(&skin, &c, NULL, SMP_SPACE_SRGB, 300, far, wide, NULL), 0);
        ck_assert_int_eq(smpi_dot_model_init(&m, &skin, NULL, SMP_SPACE_SRGB, NULL), 0);
        smpi_dot_look(&m, c.diameter_mm, c.top_mm, c.height_mm, c.dose, 0, &s);
        float r2, k;
        smpi_dot_bump(s.core_r2_mm2, s.core_kurtosis, &r2, &k);
        for (int ch = 0; ch < 3; ch++) {
            double sum = 0, peak = (double)(s.core_mm2[ch] * (k + 1) / r2);
            for (int j = 0; j < 300; j++)
                sum += 6.2831853 * 0.02 * (double)(far[j] * wide[3 * j + ch]);
            peak += (double)(s.near_mm2[ch] / m.near_r2_mm2[ch]);
            peak = (peak + (double)(s.far_mm2[ch] / m.far_r2_mm2[ch])) / 3.14159265;
            dot_errors_add(&total, sum - v[7 + ch], 0.01);
            dot_errors_add(&drawn_total,
                           (double)(s.core_mm2[ch] + s.near_mm2[ch] + s.far_mm2[ch]) - v[7 + ch],
                           0.01);
            dot_errors_add(&middle, (double)contrast[ch] - v[13 + ch],
                           fmax(0.02, 0.07 * v[13 + ch]));
            dot_errors_add(&drawn_middle, peak - v[13 + ch], fmax(0.02, 0.07 * v[13 + ch]));
            for (int j = 1; j < 4; j++)
                dot_errors_add(&around, (double)contrast[3 * j + ch] - v[13 + 3 * j + ch],
                               fmax(0.03, 0.1 * v[13 + ch]));
        }
    }
    free(t.row);
    dot_errors_check(&total, "RGB: integral over 0.01 mm2", 1);
    dot_errors_check(&drawn_total, "RGB: integral drawn over 0.01 mm2", 1);
    dot_errors_check(&middle, "RGB: middle over max(0.02, 7 %)", 1);
    dot_errors_check(&drawn_middle, "RGB: middle drawn over max(0.02, 7 %)", 1);
    dot_errors_check(&around, "RGB: profile over max(0.03, 10 %)", 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("optics_dot_mc");
    TCase *tc = tcase_create("dot");
    tcase_set_timeout(tc, 300);
    tcase_add_test(tc, dots_never_seen);
    tcase_add_test(tc, dots_of_the_fit);
    tcase_add_test(tc, tattoo_columns_never_seen);
    tcase_add_test(tc, spread_columns);
    tcase_add_test(tc, channels);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
