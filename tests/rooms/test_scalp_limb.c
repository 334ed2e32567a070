/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The limb of a drawn head, which mirrors gray surroundings, and how much shine is kept. */
#include <check.h>

#include "rooms/scalp_scene.h"
#include "scalp/rows.h"
#include "scalp/scalp.h"

static scene drawn;
static smp_context *ctx;
static smp_image photo;

/* The head's own outline in the drawing is an ellipse: Schlick's rise of what a surface mirrors as
 * it turns away, of a level `gray`. */
static void mirror(float gray)
{
    const double w = drawn.width * (2.0 / 3.0);
    for (size_t k = 0; k < (size_t)drawn.width * drawn.height; k++) {
        const double x = ((double)(k % drawn.width) + 0.5 - 0.75 * w) / (0.5 * w);
        const double y =
            ((double)(k / drawn.width) + 0.5 - w) / (0.5 * w * 232.0 / 152.0); /* scene_draw */
        if (drawn.truth[k] != SCENE_SKIN && drawn.truth[k] != SCENE_LIGHT)
            continue;
        const double z = sqrt(fmax(0.0, 1.0 - x * x - y * y));
        const float share = (float)pow(1.0 - z, 3.0) * 0.75f;
        for (size_t c = 0; c < 3; c++) {
            uint8_t *code = &drawn.rgb[3 * k + c];
            const float lin = smp_space_decode(SMP_SPACE_SRGB, (float)*code / 255.0f);
            const float sum = lin * (1.0f - share) + gray * share;
            *code = (uint8_t)(smp_space_encode(SMP_SPACE_SRGB, sum) * 255.0f + 0.5f);
        }
    }
}

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

static smp_scalp *read_photo(float keep_shine)
{
    smp_scalp_desc desc;
    smp_scalp *scalp = NULL;
    smp_diag diag;
    smp_scalp_desc_init(&desc);
    desc.keep_shine = keep_shine;
    smp_status status =
        smp_scalp_create(ctx, &photo, &drawn.camera, &drawn.head, NULL, &desc, NULL, &scalp, &diag);
    ck_assert_msg(status == SMP_OK, "%s", diag.text);
    return scalp;
}

/* Cosine between the model's surface and the view; 0 off it. */
static double facing(uint32_t x, uint32_t y)
{
    const double uv[2] = {x + 0.5, y + 0.5};
    double xyz[3], normal[3], dot = 0.0;
    if (!smp_camera_unproject(&drawn.camera, &drawn.head, uv, xyz, normal))
        return 0.0;
    for (int k = 0; k < 3; k++)
        dot += drawn.camera.rotation[6 + k] * normal[k];
    return dot;
}

/* 1: ground lies within 1.5 mm, where a mask may be soft. */
static int at_skyline(uint32_t x, uint32_t y)
{
    const uint32_t d = (uint32_t)(1.5 * drawn.camera.px_per_mm + 0.5);
    const uint8_t *truth = drawn.truth + (size_t)y * drawn.width + x;
    if (x < d || y < d || x + d >= drawn.width || y + d >= drawn.height)
        return 1;
    const size_t down = (size_t)d * drawn.width;
    return truth[d] == SCENE_GROUND || *(truth - d) == SCENE_GROUND ||
           truth[down] == SCENE_GROUND || *(truth - down) == SCENE_GROUND;
}

static void check_limb(const smp_scalp *scalp)
{
    size_t limb = 0, taken = 0, hair = 0, hairy = 0, leaked = 0, dull = 0;
    float *mask = malloc(drawn.width * sizeof *mask);
    smp_grid shine;
    ck_assert_ptr_nonnull(mask);
    ck_assert_int_eq(smp_scalp_get_map(scalp, SMP_SCALP_SHINE, &shine, NULL, NULL), SMP_OK);
    for (uint32_t y = 0; y < drawn.height; y++) {
        smpi_scalp_mask_row(scalp, y, 0, drawn.width, mask);
        for (uint32_t x = 0; x < drawn.width; x++) {
            const size_t at = (size_t)y * drawn.width + x;
            const double cosine = facing(x, y);
            leaked += drawn.truth[at] == SCENE_GROUND && mask[x] > 0.02f;
            hair += drawn.truth[at] == SCENE_HAIR;
            hairy += drawn.truth[at] == SCENE_HAIR && mask[x] > 0.02f;
            if (drawn.truth[at] != SCENE_SKIN || cosine < 0.12 || cosine > 0.5 ||
                y > drawn.height * 2 / 5 || at_skyline(x, y))
                continue;
            limb++;
            taken += mask[x] > 0.5f;
            dull += shine.data[(size_t)y * shine.stride + x] > 0.61f * scalp->luma[at];
        }
    }
    free(mask);
    ck_assert_uint_gt(limb, 1000);
    ck_assert_msg(taken * 100 > limb * 97, "%zu of %zu of the limb", taken, limb);
    ck_assert_msg(leaked == 0, "%zu pixels of the ground", leaked);
    ck_assert_msg(hairy * 200 < hair, "%zu of %zu of the hair", hairy, hair);
    ck_assert_msg(dull == 0, "pigment hardly shows in %zu pixels", dull);
}

START_TEST(limb_that_mirrors_is_skin)
{
    static const float grays[] = {0.12f, 0.3f, 0.45f};
    mirror(grays[_i]);
    smp_scalp *scalp = read_photo(1.0f);
    check_limb(scalp);
    smp_scalp_destroy(&scalp);
}
END_TEST

/* A highlight that clips in its middle and lies against the skyline. */
static void clip_out(size_t pixel, double strength)
{
    for (size_t c = 0; c < 3; c++) {
        uint8_t *code = &drawn.rgb[3 * pixel + c];
        const double sum = *code + strength * 400.0;
        *code = (uint8_t)(sum < 255.0 ? sum : 255.0);
    }
    drawn.truth[pixel] = SCENE_LIGHT;
}

/* The same, with an ellipse that is 4 % too large: the ground within it stays out. */
START_TEST(ground_within_the_outline_stays_out)
{
    const double w = drawn.width * (2.0 / 3.0);
    const smp_ellipse wide = {0.75 * w, w, 0.52 * w, 0.52 * w * 232.0 / 152.0, 0.0};
    static const uint8_t beige[3] = {231, 217, 170}; /* as warm as gloss on skin */
    mirror(0.3f);
    for (size_t k = 0; _i == 1 && k < (size_t)drawn.width * drawn.height; k++) {
        const double x = (double)(k % drawn.width) - 1.03 * w;
        const double y = (double)(k / drawn.width) - 0.40 * w;
        if (drawn.truth[k] == SCENE_GROUND)
            memcpy(drawn.rgb + 3 * k, beige, sizeof beige);
        else if (drawn.truth[k] == SCENE_SKIN && x * x + y * y < 0.02 * w * w)
            clip_out(k, 1.0 - (x * x + y * y) / (0.02 * w * w));
    }
    ck_assert_int_eq(smp_camera_from_ellipse(&drawn.camera, &drawn.head, &wide, NULL, 0.0, NULL),
                     SMP_OK);
    smp_scalp *scalp = read_photo(1.0f);
    check_limb(scalp);
    smp_scalp_destroy(&scalp);
}
END_TEST

START_TEST(keep_shine_scales_what_stays)
{
    static const float keeps[] = {1.0f, 0.5f, 0.0f};
    const size_t width = drawn.width;
    const uint32_t y = (uint32_t)(drawn.height / 2.0 * (1.0 - 0.6 * 232.0 / 152.0 / 2.0));
    float *lin = malloc(3 * width * sizeof *lin), *shine = malloc(3 * width * sizeof *shine);
    size_t lit = 0;
    ck_assert(lin && shine);
    for (size_t k = 0; k < 3 * width; k++)
        lin[k] = smp_space_decode(SMP_SPACE_SRGB, (float)drawn.rgb[3 * width * y + k] / 255.0f);
    for (size_t k = 0; k < 3; k++) {
        smp_scalp *scalp = read_photo(keeps[k]);
        smpi_scalp_shine_row(scalp, y, 0, drawn.width, lin, shine + k * width);
        smp_scalp_destroy(&scalp);
    }
    for (size_t x = 0; x < width; x++) {
        const float least = fminf(lin[3 * x], fminf(lin[3 * x + 1], lin[3 * x + 2]));
        const float *all = shine + x;
        ck_assert(all[2 * width] == 0.0f && all[width] <= all[0]);
        lit += all[0] > 0.1f;
        if (all[0] < least) /* not cut: half is half */
            ck_assert(fabsf(all[width] - 0.5f * all[0]) < 1e-5f);
    }
    ck_assert_uint_gt(lit, 10);
    free(lin);
    free(shine);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("scalp limb");
    TCase *tcase = tcase_create("limb");
    tcase_set_timeout(tcase, 60.0);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, limb_that_mirrors_is_skin, 0, 3);
    tcase_add_loop_test(tcase, ground_within_the_outline_stays_out, 0, 2);
    tcase_add_test(tcase, keep_shine_scales_what_stays);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
