/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Figures of what a photo says, against photos of one even patch: the noise that was put in, and
 * never more than 0.6 of the light as shine (docs/model/scalp.md). */
#include <check.h>
#include <math.h>

#include <smp/scalp.h>

#include "support.h"

#define SIDE 160

static smp_context *ctx;
static uint16_t pixels[SIDE * SIDE * 3];

static void setup(void)
{
    ctx = test_context(NULL, NULL, SMP_ISA_BEST);
}

static void teardown(void)
{
    smp_context_destroy(&ctx);
}

static smp_scalp *read_patch(void)
{
    static const double origin[2] = {0, 0};
    smp_scalp *scalp = NULL;
    smp_scalp_desc desc;
    smp_camera camera;
    smp_image photo;
    smp_head patch;
    smp_diag diag;
    smp_scalp_desc_init(&desc);
    desc.find_skin = 0;
    smp_head_init(&patch);
    patch.shape = SMP_SHAPE_FLAT;
    patch.width_mm = patch.height_mm = SIDE / 4;
    ck_assert_int_eq(smp_camera_from_scale(&camera, 4, origin, NULL), SMP_OK);
    ck_assert_int_eq(smp_image_wrap(&photo, pixels, SIDE, SIDE, 0, SMP_FORMAT_RGB16, NULL), SMP_OK);
    const smp_status status =
        smp_scalp_create(ctx, &photo, &camera, &patch, NULL, &desc, NULL, &scalp, &diag);
    ck_assert_msg(status == SMP_OK, "%s", diag.text);
    return scalp;
}

/* Nearly normal: twelve uniforms. */
static double bell(uint64_t *random)
{
    double sum = -6;
    for (int i = 0; i < 12; i++)
        sum += test_uniform(random, 0, 1);
    return sum;
}

START_TEST(grain_found)
{
    static const double skin[3] = {0.80, 0.63, 0.54};
    const double sigma = _i / 255.0;
    uint64_t random = test_seed();
    for (int i = 0; i < SIDE * SIDE; i++) {
        const double noise = sigma * bell(&random); /* of brightness, as cameras leave it */
        for (int c = 0; c < 3; c++)
            pixels[3 * i + c] = (uint16_t)(65535 * (skin[c] + noise) + 0.5);
    }
    smp_scalp *scalp = read_patch();
    const double found = smp_scalp_grain(scalp);
    printf("grain of %d: %.3f\n", _i, found * 255);
    /* of the least restless of a cell's rows: two thirds of it, found here */
    ck_assert_double_eq_tol(found / sigma, 0.673, 0.03);
    smp_scalp_destroy(&scalp);
}
END_TEST

START_TEST(shine_at_most)
{
    static const double skin[3] = {0.17, 0.11, 0.08};
    smp_grid shine;
    uint32_t step;
    double most = 0;
    for (int i = 0; i < SIDE * SIDE; i++) {
        const double x = i % SIDE - SIDE / 2, y = i / SIDE - SIDE / 2;
        const double white = 0.6 * exp(-(x * x + y * y) / 200);
        for (int c = 0; c < 3; c++) {
            const float lin = (float)(skin[c] + white);
            pixels[3 * i + c] = (uint16_t)(65535 * smp_space_encode(SMP_SPACE_SRGB, lin) + 0.5f);
        }
    }
    smp_scalp *scalp = read_patch();
    ck_assert_int_eq(smp_scalp_get_map(scalp, SMP_SCALP_SHINE, &shine, &step, NULL), SMP_OK);
    ck_assert_uint_eq(step, 1);
    for (uint32_t k = 0; k < SIDE * SIDE; k++) {
        float rgb[3], xyz[3];
        for (int c = 0; c < 3; c++)
            rgb[c] = smp_space_decode(SMP_SPACE_SRGB, (float)pixels[3 * k + (uint32_t)c] / 65535);
        ck_assert_int_eq(smp_rgb_to_xyz(SMP_SPACE_SRGB, rgb, xyz, NULL), SMP_OK);
        most = fmax(most, (double)(shine.data[k / SIDE * shine.stride + k % SIDE] / xyz[1]));
    }
    printf("shine: at most %.4f of the light\n", most);
    ck_assert_double_eq_tol(most, 0.6, 0.01);
    smp_scalp_destroy(&scalp);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("scalp");
    TCase *tests = tcase_create("figures");
    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, grain_found, 3, 7);
    tcase_add_test(tests, shine_at_most);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
