/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Given masks, alpha and odd pictures. */
#include <check.h>
#include <stdio.h>

#include "rooms/scalp_scene.h"
#include "scalp/rows.h"
#include "scalp/scalp.h"

static scene drawn;
static smp_context *ctx;

static void setup(void)
{
    ck_assert(scene_draw(&drawn, 120));
    ck_assert_int_eq(smp_context_create(&ctx, NULL, NULL), SMP_OK);
}

static void teardown(void)
{
    ck_assert_uint_eq(smp_context_memory(ctx, NULL), 0);
    smp_context_destroy(&ctx);
    scene_free(&drawn);
}

static smp_image view(void *data, uint32_t width, uint32_t height, ptrdiff_t stride,
                      smp_format format)
{
    smp_image image;
    smp_diag diag;
    const smp_status status = smp_image_wrap(&image, data, width, height, stride, format, &diag);
    ck_assert_msg(status == SMP_OK, "%s", diag.text);
    return image;
}

static smp_scalp *make(const smp_context *with, const smp_image *photo, const smp_image *mask)
{
    smp_scalp *scalp = NULL;
    smp_diag diag;
    const smp_status status =
        smp_scalp_create(with, photo, &drawn.camera, &drawn.head, mask, NULL, NULL, &scalp, &diag);
    ck_assert_msg(status == SMP_OK, "%s", diag.text);
    return scalp;
}

START_TEST(given_mask_is_the_law)
{
    const uint32_t w = drawn.width, h = drawn.height;
    const smp_image photo = view(drawn.rgb, w, h, 0, SMP_FORMAT_RGB8);
    uint8_t *law = calloc(w, h);
    float *row = malloc(w * sizeof *row);
    ck_assert(law && row);
    for (uint32_t y = 20; y < 60; y++)
        for (uint32_t x = 3; x < 90; x++)
            law[(size_t)y * w + x] = (uint8_t)((x * 7 + y * 3) % 256);
    const smp_image mask = view(law, w, h, 0, SMP_FORMAT_GRAY8);
    smp_scalp *scalp = make(ctx, &photo, &mask);
    for (uint32_t y = 0; y < h; y++) {
        smpi_scalp_mask_row(scalp, y, 0, w, row);
        for (uint32_t x = 0; x < w; x++) {
            const uint8_t code = law[(size_t)y * w + x];
            ck_assert(fabsf(row[x] - (float)code / 255.0f) < 1e-5f);
            ck_assert((code == 0) == (row[x] == 0.0f));
        }
        smpi_scalp_mask_row(scalp, y, 50, 7, row); /* a piece of a row is the same */
        ck_assert(fabsf(row[6] - (float)law[(size_t)y * w + 56] / 255.0f) < 1e-5f);
    }
    uint32_t x0, y0, x1, y1;
    ck_assert_int_eq(smpi_scalp_bounds(scalp, &x0, &y0, &x1, &y1), 1);
    ck_assert(x0 == 3 && y0 == 20 && x1 == 90 && y1 == 60);
    smp_scalp_destroy(&scalp);
    memset(law, 0, (size_t)w * h);
    scalp = make(ctx, &photo, &mask);
    ck_assert_int_eq(smpi_scalp_bounds(scalp, &x0, &y0, &x1, &y1), 0);
    smp_scalp_destroy(&scalp);
    const smp_image small = view(law, w - 1, h, (ptrdiff_t)w, SMP_FORMAT_GRAY8);
    ck_assert_int_eq(
        smp_scalp_create(ctx, &photo, &drawn.camera, &drawn.head, &small, NULL, NULL, &scalp, NULL),
        SMP_ERR_ARGUMENT);
    ck_assert_ptr_null(scalp);
    free(law);
    free(row);
}
END_TEST

START_TEST(alpha_limits)
{
    const uint32_t w = drawn.width, h = drawn.height;
    const size_t count = (size_t)w * h;
    uint8_t *rgba = malloc(4 * count);
    float *row = malloc(w * sizeof *row);
    double sum = 0.0;
    ck_assert(rgba && row);
    for (size_t k = 0; k < count; k++) {
        memcpy(rgba + 4 * k, drawn.rgb + 3 * k, 3);
        rgba[4 * k + 3] = k % w < w / 2 ? 0 : 255;
    }
    smp_image photo = view(rgba, w, h, 0, SMP_FORMAT_RGBA8);
    smp_scalp *scalp = make(ctx, &photo, NULL);
    for (uint32_t y = 0; y < h; y++) {
        smpi_scalp_mask_row(scalp, y, 0, w, row);
        for (uint32_t x = 0; x < w; x++) {
            ck_assert(x >= w / 2 || row[x] == 0.0f);
            sum += (double)row[x];
        }
    }
    ck_assert(sum > 1000.0);
    smp_scalp_destroy(&scalp);
    photo.alpha = SMP_ALPHA_PREMULTIPLIED;
    ck_assert_int_eq(
        smp_scalp_create(ctx, &photo, &drawn.camera, &drawn.head, NULL, NULL, NULL, &scalp, NULL),
        SMP_ERR_ARGUMENT);
    free(rgba);
    free(row);
}
END_TEST

START_TEST(strides_and_formats_agree)
{
    const uint32_t w = drawn.width, h = drawn.height;
    const size_t count = (size_t)w * h;
    uint8_t *upside = malloc(3 * count);
    uint16_t *deep = malloc(6 * count);
    float *wide = malloc(12 * count);
    ck_assert(upside && deep && wide);
    for (uint32_t y = 0; y < h; y++)
        memcpy(upside + 3 * (size_t)w * (h - 1 - y), drawn.rgb + 3 * (size_t)w * y, 3 * (size_t)w);
    for (size_t k = 0; k < 3 * count; k++) {
        deep[k] = (uint16_t)(drawn.rgb[k] * 257);
        wide[k] = (float)drawn.rgb[k] / 255.0f;
    }
    smp_image photo = view(drawn.rgb, w, h, 0, SMP_FORMAT_RGB8);
    smp_scalp *scalp = make(ctx, &photo, NULL);
    const uint64_t want = digest(scalp, w, h);
    smp_scalp_destroy(&scalp);
    photo = view(upside + 3 * (size_t)w * (h - 1), w, h, -3 * (ptrdiff_t)w, SMP_FORMAT_RGB8);
    scalp = make(ctx, &photo, NULL);
    ck_assert(digest(scalp, w, h) == want);
    smp_scalp_destroy(&scalp);
    float mask[2];
    for (int kind = 0; kind < 2; kind++) {
        photo =
            kind ? view(wide, w, h, 0, SMP_FORMAT_RGBF32) : view(deep, w, h, 0, SMP_FORMAT_RGB16);
        photo.space = SMP_SPACE_SRGB;
        wide[3 * (w * (h / 4) + w / 2)] = NAN;
        wide[3 * (w * (h / 4) + w / 2) + 4] = INFINITY;
        scalp = make(ctx, &photo, NULL);
        smpi_scalp_mask_row(scalp, h / 4 + 8, w / 2, 1, mask);
        smpi_scalp_mask_row(scalp, 0, 0, 1, mask + 1);
        ck_assert(mask[0] > 0.9f && mask[1] == 0.0f);
        smp_grid grid;
        for (int map = 0; map < SMP_SCALP_MAP_COUNT; map++) {
            ck_assert_int_eq(smp_scalp_get_map(scalp, (smp_scalp_map)map, &grid, NULL, NULL), 0);
            for (size_t k = 0; k < (size_t)grid.width * grid.height; k++)
                ck_assert(grid.data[k] >= -5.0f && grid.data[k] < 64.0f);
        }
        smp_scalp_destroy(&scalp);
    }
    free(upside);
    free(deep);
    free(wide);
}
END_TEST

START_TEST(tiny_and_looking_away)
{
    static const uint32_t sides[][2] = {{1, 1}, {3, 5}, {1, 40}, {17, 2}};
    uint8_t pixels[3 * 64];
    float row[64], lin[3 * 64] = {0}, shine[64];
    memset(pixels, 128, sizeof pixels);
    for (size_t k = 0; k < 4; k++) {
        const smp_image photo = view(pixels, sides[k][0], sides[k][1], 0, SMP_FORMAT_RGB8);
        smp_scalp *scalp = make(ctx, &photo, NULL);
        smpi_scalp_mask_row(scalp, sides[k][1] - 1, 0, sides[k][0], row);
        smpi_scalp_shine_row(scalp, 0, 0, sides[k][0], lin, shine);
        smp_scalp_destroy(&scalp);
    }
    const smp_image photo = view(drawn.rgb, drawn.width, drawn.height, 0, SMP_FORMAT_RGB8);
    drawn.camera.center_px[0] = -5000.0;
    smp_scalp *scalp = make(ctx, &photo, NULL);
    uint32_t x0, y0, x1, y1;
    ck_assert_int_eq(smpi_scalp_bounds(scalp, &x0, &y0, &x1, &y1), 0);
    smpi_scalp_mask_row(scalp, drawn.height / 2, 0, 64, row);
    for (int k = 0; k < 64; k++)
        ck_assert(row[k] == 0.0f);
    smp_scalp_destroy(&scalp);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("scalp edges");
    TCase *tcase = tcase_create("edges");
    tcase_set_timeout(tcase, 60.0);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, given_mask_is_the_law);
    tcase_add_test(tcase, alpha_limits);
    tcase_add_test(tcase, strides_and_formats_agree);
    tcase_add_test(tcase, tiny_and_looking_away);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
