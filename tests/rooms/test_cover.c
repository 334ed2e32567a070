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
    const smpk_patch on = {
        {planes[0], planes[1], planes[2]}, SIDE, 0, SIDE, 0, SIDE, drawn.reach_u, drawn.reach_v};
    smpk_table_for(SMPK_SCALAR)->splat(&on, &bump);
    double sum = 0.0;
    for (int i = 0; i < SIDE * SIDE; i++)
        sum += (double)planes[1][i];
    const double area = sqrt((double)(seen->cov[0] * seen->cov[2] - seen->cov[1] * seen->cov[1]));
    return sum / ((double)look->core_mm2[1] * area);
}

START_TEST(sums_are_integrals)
{
    const float scales[] = {0.3f, 1.0f, 2.0f, 4.0f, 9.0f, 30.0f}, s = scales[_i] * scales[_i];
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
                worst = fmax(worst, fabs(covered(&seen, &look, 0.5) - 1.0));
            }
    printf("cover: %.1f px/mm: worst %.5f\n", (double)scales[_i], worst);
    ck_assert_double_lt(worst, 0.005);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("cover");
    TCase *tests = tcase_create("cover");
    tcase_add_loop_test(tests, sums_are_integrals, 0, 6);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
