/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Coverage is exact below a pixel: a core's sum over pixels is its integral, wherever the pixels
 * fall on it, however small or slanted it is, down to the least blur that is ever found in a photo.
 */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "render/preview.h"

#define SIDE 96

static float planes[3][SIDE * SIDE];

/* Sum over pixels over integral, for the second channel. */
static double covered(const smpi_seen_dot *seen, const smpi_dot_seen *look, double blur)
{
    smpk_bump drawn;
    memset(planes, 0, sizeof planes);
    smpi_draw_place(seen, look, (float)(blur * blur), &drawn);
    ck_assert(drawn.reach_u < SIDE / 2 && drawn.reach_v < SIDE / 2);
    smpk_dot bump = drawn.bump;
    bump.x -= 0.5f; /* kernels count from the centre of the first pixel */
    bump.y -= 0.5f;
    const smpk_patch on = {{planes[0], planes[1], planes[2]},
                           SIDE,
                           0,
                           SIDE,
                           0,
                           SIDE,
                           drawn.reach_u,
                           drawn.reach_v,
                           NULL};
    smpk_table_for(SMPK_SCALAR)->splat(&on, &bump);
    double sum = 0.0;
    for (int i = 0; i < SIDE * SIDE; i++)
        sum += (double)planes[1][i];
    const double area = sqrt((double)(seen->cov[0] * seen->cov[2] - seen->cov[1] * seen->cov[1]));
    return sum / ((double)look->core_mm2[1] * area);
}

/* The same on nodes two pixels apart, from where four pixels each take what a node holds. */
static double covered_on_nodes(const smpi_seen_dot *seen, const smpi_dot_seen *look, double blur)
{
    smpk_bump drawn;
    const float extra = (float)(blur * blur) + 1.0f / 12.0f, red = 1.0f;
    const smpk_place job = {
        &seen->u,
        &seen->v,
        &seen->cov[0],
        &seen->cov[1],
        &seen->cov[2],
        &extra,
        &look->core_r2_mm2,
        &look->core_kurtosis,
        {look->core_mm2, look->core_mm2 + 1, look->core_mm2 + 2},
        &red,
        &drawn,
        1.0f,
        6.0f,
    };
    memset(planes, 0, sizeof planes);
    smpk_table_for(SMPK_SCALAR)->place(&job, 1);
    smpk_dot bump = drawn.bump;
    bump.x = 0.5f * (bump.x - 0.5f);
    bump.y = 0.5f * (bump.y - 0.5f);
    bump.qxx *= 4.0f;
    bump.qxy *= 4.0f;
    bump.qyy *= 4.0f;
    const smpk_patch on = {
        {planes[0], planes[1], planes[2]}, SIDE, 0, SIDE, 0, SIDE, 0.5f * drawn.reach_u + 0.01f,
        0.5f * drawn.reach_v + 0.01f,      NULL};
    smpk_table_for(SMPK_SCALAR)->splat(&on, &bump);
    double sum = 0.0;
    for (int i = 0; i < SIDE * SIDE; i++)
        sum += 4.0 * (double)planes[1][i];
    const double area = sqrt((double)(seen->cov[0] * seen->cov[2] - seen->cov[1] * seen->cov[1]));
    return sum / ((double)look->core_mm2[1] * area);
}

/* One worst of all that may be seen of a dot, at a blur. */
static double worst_cover(float px_per_mm, double blur,
                          double (*cover)(const smpi_seen_dot *, const smpi_dot_seen *, double))
{
    const float s = px_per_mm * px_per_mm;
    const float slants[3][3] = {{1.0f, 0.0f, 1.0f}, {1.0f, 0.0f, 0.09f}, {0.5f, 0.35f, 0.5f}};
    double worst = 0.0;
    for (int kind = 0; kind < 3; kind++)
        for (int shape = 0; shape < 3; shape++)
            for (int k = 0; k < 40; k++) {
                const float u = 0.13f * (float)k, v = 0.37f * (float)k;
                const smpi_seen_dot seen = {
                    SIDE / 2 + (u - floorf(u)),
                    SIDE / 2 + (v - floorf(v)),
                    {s * slants[kind][0], s * slants[kind][1], s * slants[kind][2]},
                    0,
                    0.0f};
                const smpi_dot_seen look = {
                    {0.05f, 0.04f, 0.03f}, 0.02f, 1.4f + 0.25f * (float)shape, {0.0f}, {0.0f}};
                worst = fmax(worst, fabs(cover(&seen, &look, blur) - 1.0));
            }
    return worst;
}

static const float scales[] = {0.3f, 1.0f, 2.0f, 4.0f, 9.0f, 30.0f};

START_TEST(sums_are_integrals)
{
    const double worst = worst_cover(scales[_i], 0.5, covered);
    printf("cover: %.1f px/mm: worst %.5f\n", (double)scales[_i], worst);
    ck_assert_double_lt(worst, 0.005);
}
END_TEST

/* At the least blur at which nodes are used. */
START_TEST(sums_on_nodes_are_integrals)
{
    const double worst = worst_cover(scales[_i], sqrt(2.6 - 1.0 / 12.0), covered_on_nodes);
    printf("cover: %.1f px/mm, nodes: worst %.5f\n", (double)scales[_i], worst);
    ck_assert_double_lt(worst, 0.005);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("cover");
    TCase *tests = tcase_create("cover");
    tcase_add_loop_test(tests, sums_are_integrals, 0, 6);
    tcase_add_loop_test(tests, sums_on_nodes_are_integrals, 0, 6);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
