/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The tails on their coarse grids against the sum of Gaussians they stand for, in double, pixel by
 * pixel: what nodes some pixels apart cost, at any scale and blur.
 */
#include <check.h>
#include <math.h>
#include <stdio.h>

#include "render/preview.h"
#include "rooms/scene.h"

#define SIDE_MM 14.0
#define RIM_MM 4.5 /* nearer to the patch's end the skin that a tail spreads over is cut */
#define PI 3.14159265358979323846

/* What the tails leave of the light at a pixel's middle, channel c. */
static double exact_left(const smp_preview *p, int c, double x, double y)
{
    const double px = smp_scalp_camera(p->scalp).px_per_mm;
    const double r2[2] = {(double)p->model->near_r2_mm2[c], (double)p->model->far_r2_mm2[c]};
    double load[2] = {0.0, 0.0};
    for (uint32_t i = 0; i < p->seen_count; i++)
        for (int k = 0; k < 2; k++) {
            const double var = 0.5 * r2[k] * px * px + p->blur_px * p->blur_px + 1.0 / 12.0;
            const double u = (double)p->seen[i].u - x, v = (double)p->seen[i].v - y;
            load[k] += (double)p->drawn.tail[k][c][i] * px * px / (2.0 * PI * var) *
                       exp(-0.5 * (u * u + v * v) / var);
        }
    return exp(-load[0]) / (1.0 + load[1]);
}

typedef struct errors {
    double sum, square, most, drop;
    int count;
} errors;

static void look_at_row(const scene *s, uint32_t y, uint32_t from, uint32_t to, errors *e)
{
    const smp_preview *p = s->preview;
    static float planes[2][3 * 1024];
    const uint32_t step = p->tail[0].step;
    const double share = (double)(y % step) / step;
    ck_assert(p->bounds.x == 0 && p->bounds.y == 0 && to - from <= 1024);
    smpi_tail_row(p, y / step, from, to - from, planes[0], 1024);
    smpi_tail_row(p, y / step + 1, from, to - from, planes[1], 1024);
    for (uint32_t x = from; x < to; x++)
        for (int c = 0; c < 3; c++) {
            const size_t at = (size_t)c * 1024 + x - from;
            const double left =
                (1.0 - share) * (double)planes[0][at] + share * (double)planes[1][at];
            const double exact = exact_left(p, c, x + 0.5, y + 0.5), error = left - exact;
            e->sum += error;
            e->square += error * error;
            e->most = fmax(e->most, fabs(error));
            e->drop += 1.0 - exact;
            e->count++;
        }
}

START_TEST(as_the_sum_of_gaussians)
{
    const double scales[] = {1.5, 3.0, 4.9, 8.0, 11.8, 16.0, 24.0}, blurs[] = {0.5, 1.65, 3.0};
    const double px = scales[_i];
    for (int b = 0; b < 3; b++) {
        scene_desc d = {.px_per_mm = px, .blur_px = blurs[b]};
        d.width = d.height = (uint32_t)(SIDE_MM * px);
        scene s = scene_create(&d);
        OK(smp_preview_render(s.preview, 60.0, NULL, &s.out, NULL, diag));
        errors e = {0.0, 0.0, 0.0, 0.0, 0};
        const uint32_t from = (uint32_t)(RIM_MM * px), to = s.photo.width - from;
        for (uint32_t y = from; y < to; y += 1 + (to - from) / 12)
            look_at_row(&s, y, from, to, &e);
        printf("tail: %.1f px/mm, blur %.1f px, steps %u %u: drop %.4f, error mean %.5f rms %.5f "
               "most %.5f\n",
               px, blurs[b], s.preview->tail[0].step, s.preview->tail[1].step, e.drop / e.count,
               e.sum / e.count, sqrt(e.square / e.count), e.most);
        ck_assert_double_gt(e.drop / e.count, 0.1);
        ck_assert_double_lt(fabs(e.sum / e.count), 0.0025);
        ck_assert_double_lt(sqrt(e.square / e.count), 0.0056);
        ck_assert_double_lt(e.most, 0.032);
        scene_destroy(&s);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("tail");
    TCase *tests = tcase_create("tail");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, as_the_sum_of_gaussians, 0, 7);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
