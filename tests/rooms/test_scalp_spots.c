/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Freckles and sun spots of a drawn head: in the map of melanin, and nowhere else. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <smp/smp.h>

#include "correlation.h"
#include "support.h"

/* The same head with spots and without. */
typedef struct pair {
    smp_phantom *phantom;
    smp_scalp *scalp;
} pair;

static smp_context *ctx;

static pair read_head(const smp_phantom_desc *desc)
{
    pair made = {0};
    smp_scalp_desc how;
    smp_diag diag;
    smp_scalp_desc_init(&how);
    how.find_hairs = 1;
    ck_assert_int_eq(smp_phantom_create(ctx, desc, NULL, &made.phantom, NULL), SMP_OK);
    const smp_camera camera = smp_phantom_camera(made.phantom);
    const smp_head head = smp_phantom_head(made.phantom);
    const smp_status status = smp_scalp_create(ctx, smp_phantom_image(made.phantom), &camera, &head,
                                               NULL, &how, NULL, &made.scalp, &diag);
    ck_assert_msg(status == SMP_OK, "%s", diag.text);
    return made;
}

static void close_head(pair *p)
{
    smp_scalp_destroy(&p->scalp);
    smp_phantom_destroy(&p->phantom);
}

static smp_grid truth_of(const pair *p, smp_phantom_map kind)
{
    smp_grid map;
    ck_assert_int_eq(smp_phantom_get_map(p->phantom, kind, &map, NULL), SMP_OK);
    return map;
}

static smp_grid found_in(const pair *p, smp_scalp_map kind, uint32_t *step)
{
    smp_grid map;
    ck_assert_int_eq(smp_scalp_get_map(p->scalp, kind, &map, step, NULL), SMP_OK);
    return map;
}

/* The mean of photo pixels. */
static double mean_of(const smp_grid *map, uint32_t x0, uint32_t y0, uint32_t step)
{
    double sum = 0.0;
    for (uint32_t y = y0; y < y0 + step; y++)
        for (uint32_t x = x0; x < x0 + step; x++)
            sum += (double)map->data[(size_t)y * map->stride + x];
    return sum / (double)(step * step);
}

typedef struct score {
    double melanin, blood, shading; /* correlations of logarithms; relative error after a gain */
    double contrast, red, light; /* what of a spot's ln melanin is found; and of its size in blood
                                    and light, over the rest of the skin */
} score;

static score score_spots(const pair *p)
{
    uint32_t step, fine;
    const smp_grid m = found_in(p, SMP_SCALP_MELANIN, &step);
    const smp_grid b = found_in(p, SMP_SCALP_BLOOD, NULL);
    const smp_grid s = found_in(p, SMP_SCALP_SHADE, NULL);
    const smp_grid seen = found_in(p, SMP_SCALP_MASK, &fine);
    const smp_grid mask = truth_of(p, SMP_PHANTOM_MASK), spot = truth_of(p, SMP_PHANTOM_SPOT);
    const smp_grid melanin = truth_of(p, SMP_PHANTOM_MELANIN);
    const smp_grid blood = truth_of(p, SMP_PHANTOM_BLOOD);
    const smp_grid shading = truth_of(p, SMP_PHANTOM_SHADING);
    tally brown = {0}, red = {0};
    double sum[2][4] = {{0}}, count_of[2] = {0}, ratio = 0.0, ratio2 = 0.0, n = 0.0;
    for (uint32_t j = 0; (j + 1) * step <= mask.height; j++)
        for (uint32_t i = 0; (i + 1) * step <= mask.width; i++) {
            const uint32_t x = i * step, y = j * step;
            const size_t at = (size_t)j * m.stride + i;
            if (mean_of(&mask, x, y, step) < 0.95 ||
                mean_of(&seen, x / fine, y / fine, step / fine) < 0.95)
                continue;
            const double is[4] = {log((double)m.data[at]),
                                  log((double)b.data[at] / mean_of(&blood, x, y, step)),
                                  log((double)s.data[at] / mean_of(&shading, x, y, step)),
                                  log(mean_of(&melanin, x, y, step))};
            count(&brown, is[0], is[3]);
            count(&red, log((double)b.data[at]), log(mean_of(&blood, x, y, step)));
            ratio += exp(is[2]);
            ratio2 += exp(2.0 * is[2]);
            n += 1.0;
            const double size = mean_of(&spot, x, y, step);
            if (size > 0.0 && size < 0.5) /* an edge */
                continue;
            for (int k = 0; k < 4; k++)
                sum[size > 0.0][k] += is[k];
            count_of[size > 0.0] += 1.0;
        }
    ck_assert(n > 5000.0 && count_of[1] > 100.0);
    double over[4];
    for (int k = 0; k < 4; k++)
        over[k] = sum[1][k] / count_of[1] - sum[0][k] / count_of[0];
    return (score){.melanin = correlation(&brown),
                   .blood = correlation(&red),
                   .shading = sqrt(1.0 - ratio * ratio / (n * ratio2)),
                   .contrast = over[0] / over[3],
                   .red = over[1],
                   .light = over[2]};
}

/* The masks of both heads: intersection over union. */
static double overlap(const pair *a, const pair *b)
{
    const smp_grid x = found_in(a, SMP_SCALP_MASK, NULL), y = found_in(b, SMP_SCALP_MASK, NULL);
    double both = 0.0, either = 0.0;
    for (size_t k = 0; k < (size_t)x.height * x.stride; k++) {
        both += fmin((double)x.data[k], (double)y.data[k]);
        either += fmax((double)x.data[k], (double)y.data[k]);
    }
    return both / either;
}

/* Skin, spots, and what was reached, less a little: docs/model/scalp.md, "What it reaches". */
static const struct {
    float melanin, per_cm2, mm, shine;
    double brown, contrast, red, light, shading;
} cases[] = {
    {0.011f, 1.0f, 3.0f, 1.0f, 0.8, 0.45, 0.05, 0.06, 0.03},
    {0.011f, 8.0f, 1.5f, 1.0f, 0.78, 0.38, 0.05, 0.06, 0.03},
    {0.004f, 1.0f, 3.0f, 1.0f, 0.74, 0.28, 0.05, 0.04, 0.03},
    {0.030f, 1.0f, 3.0f, 1.0f, 0.78, 0.48, 0.05, 0.15, 0.045},
    {0.011f, 1.0f, 3.0f, 0.0f, 0.9, 0.58, 0.05, 0.04, 0.025},
};

START_TEST(spots_are_melanin)
{
    smp_phantom_desc desc;
    smp_hairs_view hairs[2];
    smp_phantom_desc_init(&desc);
    desc.width = 1000;
    desc.height = 720;
    desc.melanin = cases[_i].melanin;
    desc.shine = cases[_i].shine;
    pair bare = read_head(&desc);
    desc.spots_per_cm2 = cases[_i].per_cm2;
    desc.spot_mm = cases[_i].mm;
    pair spotted = read_head(&desc);
    const score is = score_spots(&spotted);
    const double same = overlap(&bare, &spotted);
    hairs[0] = smp_scalp_hairs(bare.scalp);
    hairs[1] = smp_scalp_hairs(spotted.scalp);
    const double more =
        ((double)hairs[1].count - (double)hairs[0].count) / (double)hairs[1].area_cm2;
    printf("melanin %.3f, %g spots a cm2 of %g mm, shine %g: melanin %.3f, blood %.3f, shading "
           "%.4f; of a spot's ln melanin %.2f, its blood %.3f, light %.3f; masks %.4f; hairs more "
           "a cm2 %.2f\n",
           (double)desc.melanin, (double)desc.spots_per_cm2, (double)desc.spot_mm,
           (double)desc.shine, is.melanin, is.blood, is.shading, is.contrast, is.red, is.light,
           same, more);
    fflush(stdout);
    ck_assert_double_ge(is.melanin, cases[_i].brown);
    ck_assert_double_ge(is.contrast, cases[_i].contrast);
    ck_assert_double_le(is.contrast, 1.1);
    ck_assert_double_ge(is.blood, 0.93);
    ck_assert_double_le(fabs(is.red), cases[_i].red);
    ck_assert_double_le(fabs(is.light), cases[_i].light);
    ck_assert_double_le(is.shading, cases[_i].shading);
    ck_assert_double_ge(same, 0.999);
    ck_assert_double_le(more, 0.8);
    close_head(&bare);
    close_head(&spotted);
}
END_TEST

static void open_context(void)
{
    ctx = test_context(NULL, NULL, SMP_ISA_BEST);
}

static void close_context(void)
{
    smp_context_destroy(&ctx);
}

int main(void)
{
    Suite *suite = suite_create("scalp spots");
    TCase *tcase = tcase_create("phantoms");
    tcase_set_timeout(tcase, 300.0);
    tcase_add_checked_fixture(tcase, open_context, close_context);
    tcase_add_loop_test(tcase, spots_are_melanin, 0, (int)(sizeof cases / sizeof *cases));
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
