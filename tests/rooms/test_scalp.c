/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What a scalp finds by itself: the mask, the shine, the skin and the blur of a drawn head. */
#include <check.h>

#include "rooms/scalp_scene.h"
#include "scalp/rows.h"
#include "scalp/scalp.h"

static scene drawn;
static smp_context *ctx;
static smp_image photo;

static void setup(void)
{
    ck_assert(scene_draw(&drawn, 320));
    ck_assert_int_eq(smp_context_create(&ctx, NULL, NULL), SMP_OK);
    ck_assert_int_eq(
        smp_image_wrap(&photo, drawn.rgb, drawn.width, drawn.height, 0, SMP_FORMAT_RGB8, NULL),
        SMP_OK);
}

static void teardown(void)
{
    ck_assert_uint_eq(smp_context_memory(ctx, NULL), 0);
    smp_context_destroy(&ctx);
    scene_free(&drawn);
}

static smp_scalp *read_photo(const smp_scalp_desc *desc)
{
    smp_scalp *scalp = NULL;
    smp_diag diag;
    smp_status status =
        smp_scalp_create(ctx, &photo, &drawn.camera, &drawn.head, NULL, desc, NULL, &scalp, &diag);
    ck_assert_msg(status == SMP_OK, "%s", diag.text);
    return scalp;
}

START_TEST(mask_is_the_bare_skin)
{
    smp_scalp *scalp = read_photo(NULL);
    float *mask = malloc(drawn.width * sizeof *mask);
    size_t both = 0, either = 0, leaked = 0, lit = 0, lights = 0, rims = 0;
    ck_assert_ptr_nonnull(mask);
    for (uint32_t y = 0; y < drawn.height; y++) {
        smpi_scalp_mask_row(scalp, y, 0, drawn.width, mask);
        for (uint32_t x = 0; x < drawn.width; x++) {
            const uint8_t is = drawn.truth[(size_t)y * drawn.width + x];
            const int bare = (is == SCENE_SKIN || is == SCENE_LIGHT) && scene_scalp(&drawn, x, y);
            const int taken = mask[x] > 0.5f;
            ck_assert(mask[x] >= 0.0f && mask[x] <= 1.0f);
            both += bare && taken;
            either += bare || taken;
            leaked += is == SCENE_GROUND && mask[x] != 0.0f;
            lit += is == SCENE_LIGHT && taken;
            lights += is == SCENE_LIGHT;
            rims += is == SCENE_RIM && mask[x] > 0.2f;
        }
    }
    ck_assert_msg((double)both > 0.9 * (double)either, "IoU is %g", (double)both / (double)either);
    ck_assert_msg(leaked == 0, "%zu pixels of the ground", leaked);
    ck_assert_msg(rims == 0, "%zu pixels of the rim", rims);
    ck_assert_msg((double)lit > 0.97 * (double)lights, "%zu of %zu lit", lit, lights);
    free(mask);
    smp_scalp_destroy(&scalp);
}
END_TEST

START_TEST(shine_is_what_lies_on_top)
{
    smp_scalp *scalp = read_photo(NULL);
    const size_t width = drawn.width;
    float *lin = malloc(3 * width * sizeof *lin), *shine = malloc(width * sizeof *shine);
    double matte = 0.0, off = 0.0;
    size_t mattes = 0, lights = 0;
    ck_assert(lin && shine);
    for (uint32_t y = 0; y < drawn.height * 2 / 5; y++) {
        for (size_t k = 0; k < 3 * width; k++)
            lin[k] = smp_space_decode(SMP_SPACE_SRGB, (float)drawn.rgb[3 * width * y + k] / 255.0f);
        smpi_scalp_shine_row(scalp, y, 0, drawn.width, lin, shine);
        for (size_t x = 0; x < width; x++) {
            const float least = fminf(lin[3 * x], fminf(lin[3 * x + 1], lin[3 * x + 2]));
            const uint8_t is = drawn.truth[width * y + x];
            const float truth = drawn.shine[width * y + x];
            ck_assert(shine[x] >= 0.0f && shine[x] <= least);
            if (is == SCENE_SKIN) {
                matte += (double)shine[x];
                mattes++;
            }
            if (is == SCENE_LIGHT && truth > 0.1f && truth < 0.4f) { /* unclipped */
                off += fabs((double)(shine[x] - truth));
                lights++;
            }
        }
    }
    ck_assert_uint_gt(lights, 100);
    ck_assert_msg(matte / (double)mattes < 0.01, "matte skin shines: %g", matte / (double)mattes);
    ck_assert_msg(off / (double)lights < 0.08, "shine is off by %g", off / (double)lights);
    free(lin);
    free(shine);
    smp_scalp_destroy(&scalp);
}
END_TEST

START_TEST(maps_light_skin_and_blur)
{
    smp_scalp_desc desc;
    smp_scalp_desc_init(&desc);
    smp_scalp *scalp = read_photo(&desc);
    smp_grid grid;
    uint32_t step = 0;
    ck_assert_int_eq(smp_scalp_get_map(scalp, SMP_SCALP_LIGHT, &grid, &step, NULL), SMP_OK);
    ck_assert_uint_eq(step, 1);
    ck_assert_uint_eq(grid.width, drawn.width);
    const float light = grid.data[(size_t)(drawn.height / 4) * grid.stride + grid.width / 2 - 60];
    ck_assert_msg(light > 0.2f && light < 0.42f, "light is %g", (double)light);
    ck_assert_int_eq(smp_scalp_get_map(scalp, SMP_SCALP_MAP_COUNT, &grid, &step, NULL),
                     SMP_ERR_ARGUMENT);
    const smp_skin skin = smp_scalp_skin(scalp);
    ck_assert(skin.melanin > 0.0f && skin.melanin < 0.05f);
    ck_assert_msg(smp_scalp_blur_px(scalp) >= 0.5 && smp_scalp_blur_px(scalp) < 1.0, "blur is %g",
                  smp_scalp_blur_px(scalp));
    ck_assert(smp_scalp_camera(scalp).px_per_mm == drawn.camera.px_per_mm);
    smp_scalp_destroy(&scalp);
    desc.blur_px = 2.5f;
    desc.find_skin = 0;
    scalp = read_photo(&desc);
    ck_assert(smp_scalp_blur_px(scalp) == 2.5);
    float mask[2];
    smpi_scalp_mask_row(scalp, drawn.height / 2, drawn.width / 2, 1, mask);
    smpi_scalp_mask_row(scalp, 0, 0, 1, mask + 1);
    ck_assert(mask[0] == 1.0f && mask[1] == 0.0f);
    smp_scalp_destroy(&scalp);
}
END_TEST

/* A Gaussian blur of the drawing is measured. */
START_TEST(blur_is_measured)
{
    const int radius = 6;
    const double sigma = 2.0;
    const size_t width = drawn.width, count = width * drawn.height;
    uint8_t *soft = malloc(3 * count);
    ck_assert_ptr_nonnull(soft);
    memcpy(soft, drawn.rgb, 3 * count);
    for (size_t k = 0; k < 3 * count; k++) { /* along rows: the measure looks along rows */
        double sum = 0.0, weight = 0.0;
        for (int d = -radius; d <= radius; d++) {
            const ptrdiff_t at = (ptrdiff_t)k + 3 * d;
            if (at < 0 || at >= (ptrdiff_t)(3 * count))
                continue;
            const double g = exp(-0.5 * d * d / (sigma * sigma));
            sum += g * (double)smp_space_decode(SMP_SPACE_SRGB, (float)drawn.rgb[at] / 255.0f);
            weight += g;
        }
        const float code = smp_space_encode(SMP_SPACE_SRGB, (float)(sum / weight));
        soft[k] = (uint8_t)(code * 255.0f + 0.5f);
    }
    photo.data = soft;
    smp_scalp *scalp = read_photo(NULL);
    ck_assert_msg(fabs(smp_scalp_blur_px(scalp) - sigma) < 0.5, "blur is %g",
                  smp_scalp_blur_px(scalp));
    smp_scalp_destroy(&scalp);
    free(soft);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("scalp");
    TCase *tcase = tcase_create("found");
    tcase_set_timeout(tcase, 60.0);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, mask_is_the_bare_skin);
    tcase_add_test(tcase, shine_is_what_lies_on_top);
    tcase_add_test(tcase, maps_light_skin_and_blur);
    tcase_add_test(tcase, blur_is_measured);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
