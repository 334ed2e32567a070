/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * One truth at any resolution: rendering four times as large and shrinking in linear light equals
 * rendering small. Limits of the design: CIEDE2000 mean below 0.3 and at most 2 inside the scalp.
 */
#include <check.h>
#include <math.h>
#include <stdio.h>

#include "render/preview.h"
#include "rooms/scene.h"

#define TIMES 4

static void shrunk_pixel(const smp_image *large, uint32_t x, uint32_t y, float rgb[3])
{
    double sum[3] = {0.0, 0.0, 0.0};
    for (uint32_t j = 0; j < TIMES; j++)
        for (uint32_t i = 0; i < TIMES; i++) {
            const float *p = (const float *)((const uint8_t *)large->data +
                                             (ptrdiff_t)(TIMES * y + j) * large->stride) +
                             3 * (size_t)(TIMES * x + i);
            for (int c = 0; c < 3; c++)
                sum[c] += (double)p[c];
        }
    for (int c = 0; c < 3; c++)
        rgb[c] = (float)(sum[c] / (TIMES * TIMES));
}

static void lab_of(const float rgb[3], double lab[3])
{
    float xyz[3], values[3];
    OK(smp_rgb_to_xyz(SMP_SPACE_LINEAR_SRGB, rgb, xyz, diag));
    smp_xyz_to_lab(xyz, values);
    for (int c = 0; c < 3; c++)
        lab[c] = (double)values[c];
}

/* On the head (or patch), and not just at its rim. */
static int inside(const scene *s, uint32_t x, uint32_t y)
{
    for (int corner = 0; corner < 4; corner++) {
        const double uv[2] = {x + (corner & 1 ? 2.0 : -1.0), y + (corner & 2 ? 2.0 : -1.0)};
        double xyz[3];
        if (!smp_camera_unproject(&s->camera, &s->head, uv, xyz, NULL))
            return 0;
    }
    return 1;
}

/* Mean and greatest CIEDE2000 between the small render and the large one shrunk, inside the scalp.
 */
static void compare(const scene *s, const smp_image *large, double *mean, double *most)
{
    const smp_image *small = &s->out;
    double sum = 0.0;
    size_t count = 0;
    *most = 0.0;
    for (uint32_t y = 0; y < small->height; y++)
        for (uint32_t x = 0; x < small->width; x++) {
            const float *direct =
                (const float *)((const uint8_t *)small->data + (ptrdiff_t)y * small->stride) +
                3 * (size_t)x;
            float shrunk[3];
            double a[3], b[3];
            if (!inside(s, x, y))
                continue;
            count++;
            shrunk_pixel(large, x, y, shrunk);
            lab_of(direct, a);
            lab_of(shrunk, b);
            const double d = smp_delta_e2000(a, b);
            sum += d;
            *most = d > *most ? d : *most;
        }
    ck_assert_uint_gt(count, 100);
    *mean = sum / (double)count;
}

static void check_scale(double px_per_mm, uint32_t width, uint32_t height)
{
    scene_desc d = {.has_format = 1, .format = SMP_FORMAT_RGBF32, .skin = {0.55f, 0.34f, 0.24f}};
    d.width = width;
    d.height = height;
    d.px_per_mm = px_per_mm;
    d.blur_px = 0.6;
    scene small = scene_create(&d);
    d.width *= TIMES;
    d.height *= TIMES;
    d.px_per_mm *= TIMES;
    d.blur_px *= TIMES;
    scene large = scene_create(&d);
    OK(smp_preview_render(small.preview, 60.0, NULL, &small.out, NULL, diag));
    OK(smp_preview_render(large.preview, 60.0, NULL, &large.out, NULL, diag));
    double mean, most;
    compare(&small, &large.out, &mean, &most);
    printf("scale: %.1f px/mm (0: head), %ux%u: dE00 mean %.3f, most %.2f\n", px_per_mm, width,
           height, mean, most);
    ck_assert_double_lt(mean, 0.3);
    ck_assert_double_lt(most, 2.0);
    scene_destroy(&small);
    scene_destroy(&large);
}

/* The same picture with cores on nodes and on pixels, which hairs bring about, here hairs that are
 * in no cell: the photo is as blurred as it must be, and more. */
static void compare_nodes(double px_per_mm, double blur_px)
{
    scene_desc d = {.width = 240, .height = 200, .px_per_mm = px_per_mm, .blur_px = blur_px};
    scene s = scene_create(&d);
    const size_t row = 3 * (size_t)d.width;
    uint8_t *nodes = malloc(row * d.height);
    ck_assert_ptr_nonnull(nodes);
    OK(smp_preview_render(s.preview, 60.0, NULL, &s.out, NULL, diag));
    ck_assert_float_eq(s.preview->core_less, 1.0f);
    for (uint32_t y = 0; y < d.height; y++)
        memcpy(nodes + y * row, (uint8_t *)s.out.data + (ptrdiff_t)y * s.out.stride, row);
    s.preview->stubble.cell_first = calloc(s.preview->cell_slots, sizeof(uint32_t));
    ck_assert_ptr_nonnull(s.preview->stubble.cell_first);
    s.preview->stubble.count = 1;
    OK(smp_preview_render(s.preview, 60.0, NULL, &s.out, NULL, diag));
    ck_assert_float_eq(s.preview->core_less, 0.0f);
    free(s.preview->stubble.cell_first);
    s.preview->stubble.cell_first = NULL;
    s.preview->stubble.count = 0;
    double sum = 0.0;
    int most = 0;
    size_t other = 0;
    for (uint32_t y = 0; y < d.height; y++)
        for (size_t i = 0; i < row; i++) {
            const uint8_t *pixels = (uint8_t *)s.out.data + (ptrdiff_t)y * s.out.stride;
            const int step = nodes[y * row + i] - pixels[i];
            sum += step;
            most = abs(step) > most ? abs(step) : most;
            other += step != 0;
        }
    const double count = (double)row * d.height;
    printf("scale: nodes at %.0f px/mm, blur %.2f px: mean %.4f codes, most %d, %.2f %% others\n",
           px_per_mm, blur_px, sum / count, most, 100.0 * (double)other / count);
    ck_assert_int_le(most, 1);
    ck_assert_double_lt(fabs(sum / count), 0.01);
    free(nodes);
    scene_destroy(&s);
}

START_TEST(nodes_and_pixels)
{
    const double scales[] = {3.0, 6.0, 12.0, 25.0}, blurs[] = {1.6, 2.2, 4.0};
    for (int k = 0; k < 3; k++)
        compare_nodes(scales[_i], blurs[k]);
}
END_TEST

START_TEST(flat_patches)
{
    const double scales[] = {0.7, 1.5, 3.0, 6.0};
    check_scale(scales[_i], (uint32_t)(30.0 * scales[_i]), (uint32_t)(25.0 * scales[_i]));
}
END_TEST

START_TEST(heads)
{
    check_scale(0.0, 120u << _i, 150u << _i);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("scale");
    TCase *tests = tcase_create("scale");
    tcase_set_timeout(tests, 300);
    tcase_add_loop_test(tests, flat_patches, 0, 4);
    tcase_add_loop_test(tests, heads, 0, 2);
    tcase_add_loop_test(tests, nodes_and_pixels, 0, 4);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
