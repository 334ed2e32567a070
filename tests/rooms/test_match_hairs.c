/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Dots made like hairs: their profile against what was asked for, ranges, and wishes out of reach.
 */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <smp/smp.h>

#include "support.h"

#define STEP 0.02 /* mm, of the drawn dot */
#define SIDE 71   /* 1.4 mm: the skin that hairs are compared with */
#define MIDDLE (SIDE / 2)

static smp_context *ctx;

static void setup(void)
{
    ck_assert_int_eq(smp_context_create(&ctx, NULL, NULL), SMP_OK);
}

static void teardown(void)
{
    ck_assert_uint_eq(smp_context_memory(ctx, NULL), 0);
    smp_context_destroy(&ctx);
}

/* A flat plan whose dots are all alike. */
static smp_plan *make_plan(double width_mm, double height_mm, float per_cm2)
{
    smp_plan *plan = NULL;
    smp_head head;
    smp_plan_desc desc;
    smp_head_init(&head);
    smp_plan_desc_init(&desc);
    head.shape = SMP_SHAPE_FLAT;
    head.width_mm = (float)width_mm;
    head.height_mm = (float)height_mm;
    desc.density_per_cm2 = per_cm2;
    desc.size_variation = desc.dose_variation = desc.depth_variation = 0.0f;
    ck_assert_int_eq(smp_plan_create(ctx, &head, &desc, &plan, NULL), SMP_OK);
    return plan;
}

static smp_plan_desc desc_of(const smp_plan *plan)
{
    smp_plan_desc desc;
    smp_plan_desc_init(&desc);
    ck_assert_int_eq(smp_plan_get(plan, &desc, NULL), SMP_OK);
    return desc;
}

/* What the plan's dots are on day 42, on average. */
static smp_column settled(const smp_plan *plan)
{
    smp_column column;
    smp_dots *dots = NULL;
    const smp_plan_desc desc = desc_of(plan);
    double dose = 0.0, spread = 0.0;
    ck_assert_int_eq(smp_dots_create(ctx, plan, NULL, &dots, NULL), SMP_OK);
    const uint32_t count = smp_dots_arrays(dots).count;
    ck_assert_uint_gt(count, 10);
    float *values = calloc(2 * (size_t)count, sizeof *values);
    ck_assert_ptr_nonnull(values);
    ck_assert_int_eq(smp_dots_age(ctx, plan, dots, 42.0, values, values + count, NULL), SMP_OK);
    for (uint32_t i = 0; i < count; i++) {
        dose += (double)values[i] / count;
        spread += (double)values[count + i] / count;
    }
    free(values);
    smp_dots_destroy(&dots);
    smp_column_init(&column);
    column.diameter_mm = desc.diameter_mm;
    column.top_mm = desc.top_mm;
    column.height_mm = desc.height_mm;
    column.dose = (float)dose;
    column.spread_mm = (float)spread;
    return column;
}

/* Light of the drawn dot, 0.7 R + 0.3 G over the bare skin's, blurred along rows and columns. */
static void draw(const smp_skin *skin, const smp_column *column, double blur, double *light)
{
    static double rows[SIDE * SIDE];
    float bare[3], radius[SIDE * SIDE], *seen = calloc((size_t)3 * SIDE * SIDE, sizeof *seen);
    double bell[SIDE];
    ck_assert_ptr_nonnull(seen);
    ck_assert_int_eq(smp_skin_color(skin, SMP_SPACE_LINEAR_SRGB, bare, NULL), SMP_OK);
    for (int i = 0; i < SIDE * SIDE; i++)
        radius[i] = (float)(STEP * hypot(i % SIDE - MIDDLE, i / SIDE - MIDDLE));
    ck_assert_int_eq(
        smp_dot_profile(skin, column, NULL, SMP_SPACE_LINEAR_SRGB, SIDE * SIDE, radius, seen, NULL),
        SMP_OK);
    const double red = 0.7 * (double)bare[0], green = 0.3 * (double)bare[1];
    for (int i = 0; i < SIDE * SIDE; i++)
        light[i] =
            1.0 - (red * (double)seen[3 * i] + green * (double)seen[3 * i + 1]) / (red + green);
    free(seen);
    for (int i = 0; i < SIDE; i++)
        bell[i] = blur > 0.0 ? exp(-0.5 * pow(i * STEP / blur, 2.0)) : i == 0;
    for (int pass = 0; pass < 2; pass++) {
        memcpy(rows, light, sizeof rows);
        for (int y = 0; y < SIDE; y++)
            for (int x = 0; x < SIDE; x++) {
                double sum = 0.0, all = 0.0;
                for (int k = 0; k < SIDE; k++) {
                    const double weight = bell[abs(k - (pass ? y : x))];
                    sum += weight * rows[pass ? k * SIDE + x : y * SIDE + k];
                    all += weight;
                }
                light[y * SIDE + x] = sum / all;
            }
    }
}

/* How dark and wide the finder of hairs would say the drawn dot is. */
static void look(const double *light, double blur, double *width, double *darkness)
{
    double base = 0.0, sum = 0.0, square = 0.0;
    for (int turn = 0; turn <= 3; turn++) {
        double mean = 0.0;
        for (int i = 0; i < SIDE * SIDE; i++)
            mean += (turn ? fmax(light[i], base) : light[i]) / (SIDE * SIDE);
        base = mean;
    }
    *darkness = 1.0 - light[MIDDLE * SIDE + MIDDLE] / base;
    for (int i = 0; i < SIDE * SIDE; i++) {
        const double dark = 1.0 - light[i] / base, x = STEP * (i % SIDE - MIDDLE);
        sum += dark > 0.5 * *darkness ? dark : 0.0;
        square += dark > 0.5 * *darkness ? dark * x * x : 0.0;
    }
    *width = sqrt(12.0 * fmax(square / sum - blur * blur / 3.0, 0.0));
}

static const float melanins[3] = {0.008f, 0.03f, 0.09f};

START_TEST(a_settled_dot_is_as_asked_for)
{
    static const float blurs[3] = {0.0f, 0.04f, 0.07f};
    static const float wishes[3][2] = {{0.2f, 0.25f}, {0.26f, 0.4f}, {0.36f, 0.45f}};
    static double light[SIDE * SIDE];
    smp_plan *plan = make_plan(60.0, 60.0, 2.0f);
    double worst[2] = {0.0, 0.0};
    for (int i = 0; i < 27; i++) {
        const float *wish = wishes[i % 3], blur = blurs[i / 3 % 3];
        smp_skin skin;
        double width, darkness;
        smp_skin_init(&skin);
        skin.melanin = melanins[i / 9];
        const smp_plan_desc before = desc_of(plan);
        ck_assert_int_eq(smp_plan_match_hairs(plan, &skin, wish[0], wish[1], blur, NULL), SMP_OK);
        const smp_plan_desc after = desc_of(plan);
        const smp_column column = settled(plan);
        draw(&skin, &column, (double)blur, light);
        look(light, (double)blur, &width, &darkness);
        worst[0] = fmax(worst[0], fabs(width / (double)wish[0] - 1.0));
        worst[1] = fmax(worst[1], fabs(darkness / (double)wish[1] - 1.0));
        ck_assert(after.top_mm == before.top_mm && after.height_mm == before.height_mm &&
                  after.density_per_cm2 == before.density_per_cm2 && after.seed == before.seed);
    }
    printf("profile: width off by %.3f, darkness by %.3f at most\n", worst[0], worst[1]);
    fflush(stdout);
    ck_assert_double_lt(worst[0], 0.10);
    ck_assert_double_lt(worst[1], 0.10);
    smp_plan_destroy(&plan);
}
END_TEST

START_TEST(out_of_range_is_refused)
{
    static const float wrong[9][3] = {{0.0f, 0.4f, 0.0f}, {1.1f, 0.4f, 0.0f}, {NAN, 0.4f, 0.0f},
                                      {0.2f, 0.0f, 0.0f}, {0.2f, 1.0f, 0.0f}, {0.2f, NAN, 0.0f},
                                      {0.2f, 0.4f, -1.f}, {0.2f, 0.4f, 5.1f}, {0.2f, 0.4f, NAN}};
    static const char *const names[3] = {"width_mm", "darkness", "blur_mm"};
    smp_plan *plan = make_plan(20.0, 20.0, 150.0f);
    const smp_plan_desc before = desc_of(plan);
    smp_skin skin;
    smp_diag diag;
    for (int i = 0; i < 9; i++) {
        const float *w = wrong[i];
        ck_assert_int_eq(smp_plan_match_hairs(plan, NULL, w[0], w[1], w[2], &diag), SMP_ERR_RANGE);
        ck_assert_msg(strstr(diag.text, names[i / 3]) && strstr(diag.text, "want"), "%s",
                      diag.text);
    }
    smp_skin_init(&skin);
    skin.melanin = NAN;
    ck_assert_int_eq(smp_plan_match_hairs(plan, &skin, 0.2f, 0.4f, 0.0f, &diag), SMP_ERR_RANGE);
    ck_assert_int_eq(smp_plan_match_hairs(NULL, NULL, 0.2f, 0.4f, 0.0f, &diag), SMP_ERR_ARGUMENT);
    const smp_plan_desc after = desc_of(plan);
    ck_assert(after.diameter_mm == before.diameter_mm && after.dose == before.dose);
    smp_plan_destroy(&plan);
}
END_TEST

/* A hair's 0.06 mm are less than light spreads in skin, and 0.95 is darker than any dot. */
START_TEST(what_cannot_be_is_come_near)
{
    smp_plan *plan = make_plan(20.0, 20.0, 150.0f);
    ck_assert_int_eq(smp_plan_match_hairs(plan, NULL, 0.06f, 0.25f, 0.05f, NULL), SMP_OK);
    const smp_plan_desc thin = desc_of(plan);
    ck_assert_int_eq(smp_plan_match_hairs(plan, NULL, 0.25f, 0.25f, 0.05f, NULL), SMP_OK);
    const smp_plan_desc wide = desc_of(plan);
    ck_assert_float_lt(thin.diameter_mm, 0.8f * wide.diameter_mm);
    ck_assert_float_gt(thin.dose, wide.dose);
    ck_assert_int_eq(smp_plan_match_hairs(plan, NULL, 0.15f, 0.95f, 0.05f, NULL), SMP_OK);
    const smp_plan_desc dark = desc_of(plan);
    ck_assert_float_eq_tol(dark.dose, 40.0f, 1e-3f);
    ck_assert_float_gt(dark.diameter_mm, thin.diameter_mm);
    ck_assert_float_lt(dark.diameter_mm, 1.0f);
    ck_assert_int_eq(smp_plan_match_hairs(plan, NULL, 1.0f, 0.001f, 0.0f, NULL), SMP_OK);
    ck_assert_float_lt(desc_of(plan).dose, 0.01f);
    smp_plan_destroy(&plan);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("match hairs");
    TCase *tcase = tcase_create("dots");
    tcase_set_timeout(tcase, 60.0);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, a_settled_dot_is_as_asked_for);
    tcase_add_test(tcase, out_of_range_is_refused);
    tcase_add_test(tcase, what_cannot_be_is_come_near);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
