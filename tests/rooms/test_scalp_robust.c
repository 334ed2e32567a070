/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Melanin, blood and shading of a drawn head whose photo is worse than it should be: JPEG, grain,
 * a warm lamp, a clipped highlight. */
#include <check.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <smp/smp.h>

#include "correlation.h"

enum { AS_IT_IS, JPEG, GRAIN, WARM, CLIPPED };

/* Multiplies linear light: a lamp of another colour, or a longer exposure. */
static void relight(smp_image *photo, const float gain[3])
{
    uint8_t *data = photo->data;
    for (size_t k = 0; k < (size_t)photo->width * photo->height * 3; k++) {
        const float lin = smp_space_decode(SMP_SPACE_SRGB, (float)data[k] / 255.0f) * gain[k % 3];
        data[k] =
            (uint8_t)(smp_space_encode(SMP_SPACE_SRGB, lin < 1.0f ? lin : 1.0f) * 255.0f + 0.5f);
    }
}

static smp_grid truth_of(const smp_phantom *phantom, smp_phantom_map kind)
{
    smp_grid map;
    ck_assert_int_eq(smp_phantom_get_map(phantom, kind, &map, NULL), SMP_OK);
    return map;
}

static smp_grid map_of(const smp_scalp *scalp, smp_scalp_map kind, uint32_t *step)
{
    smp_grid map;
    ck_assert_int_eq(smp_scalp_get_map(scalp, kind, &map, step, NULL), SMP_OK);
    return map;
}

/* Correlations of ln melanin, ln blood and ln shading where both masks are full. */
static void score(const smp_phantom *phantom, const smp_scalp *scalp, double out[3])
{
    static const smp_scalp_map found[3] = {SMP_SCALP_MELANIN, SMP_SCALP_BLOOD, SMP_SCALP_SHADE};
    static const smp_phantom_map known[3] = {SMP_PHANTOM_MELANIN, SMP_PHANTOM_BLOOD,
                                             SMP_PHANTOM_SHADING};
    const smp_grid mask = truth_of(phantom, SMP_PHANTOM_MASK);
    uint32_t step, mask_step;
    const smp_grid seen = map_of(scalp, SMP_SCALP_MASK, &mask_step);
    for (int k = 0; k < 3; k++) {
        const smp_grid map = map_of(scalp, found[k], &step), truth = truth_of(phantom, known[k]);
        tally t = {0};
        for (uint32_t j = 0; (j + 1) * step <= mask.height; j++)
            for (uint32_t i = 0; (i + 1) * step <= mask.width; i++) {
                const uint32_t x = i * step + step / 2, y = j * step + step / 2;
                const size_t at = (size_t)y * mask.stride + x;
                const float is = map.data[(size_t)j * map.stride + i];
                ck_assert(is >= 0.0f && is < 100.0f);
                if (mask.data[at] > 0.95f && is > 0.0f &&
                    seen.data[(size_t)(y / mask_step) * seen.stride + x / mask_step] > 0.95f)
                    count(&t, log((double)is), log((double)truth.data[at]));
            }
        ck_assert(t.n > 3000.0);
        out[k] = correlation(&t);
    }
}

/* What was reached, less a little. JPEG at 60 halves the resolution of colour and takes fine steps
 * of it away; shading does not care. */
static const struct {
    int what;
    const char *name;
    double melanin, blood, shading;
} cases[] = {
    {AS_IT_IS, "as it is", 0.50, 0.91, 0.985}, {JPEG, "JPEG 60", 0.30, 0.67, 0.985},
    {GRAIN, "grain", 0.45, 0.88, 0.985},       {WARM, "warm lamp", 0.49, 0.82, 0.985},
    {CLIPPED, "clipped", 0.50, 0.88, 0.985},
};

START_TEST(bad_photos_are_told_apart)
{
    static const float warm[3] = {1.12f, 1.0f, 0.80f}, over[3] = {1.35f, 1.35f, 1.35f};
    smp_context *ctx = NULL;
    smp_phantom_desc desc;
    smp_phantom *phantom = NULL;
    smp_scalp *scalp = NULL;
    smp_bytes *jpeg = NULL;
    smp_picture *picture = NULL;
    double is[3];
    smp_phantom_desc_init(&desc);
    desc.width = 1000;
    desc.height = 720;
    desc.grain = cases[_i].what == GRAIN ? 2.5f : 1.0f;
    ck_assert_int_eq(smp_context_create(&ctx, NULL, NULL), SMP_OK);
    ck_assert_int_eq(smp_phantom_create(ctx, &desc, NULL, &phantom, NULL), SMP_OK);
    smp_image photo = *smp_phantom_image(phantom);
    if (cases[_i].what == WARM || cases[_i].what == CLIPPED)
        relight(&photo, cases[_i].what == WARM ? warm : over);
    if (cases[_i].what == JPEG) {
        smp_encode_desc how;
        smp_encode_desc_init(&how);
        how.kind = SMP_FILE_JPEG;
        how.quality = 60;
        ck_assert_int_eq(smp_encode(ctx, &photo, &how, NULL, &jpeg, NULL), SMP_OK);
        size_t size;
        const uint8_t *data = smp_bytes_data(jpeg, &size);
        ck_assert_int_eq(smp_decode(ctx, data, size, NULL, &picture, NULL), SMP_OK);
        photo = *smp_picture_image(picture);
    }
    const smp_camera camera = smp_phantom_camera(phantom);
    const smp_head head = smp_phantom_head(phantom);
    ck_assert_int_eq(smp_scalp_create(ctx, &photo, &camera, &head, NULL, NULL, NULL, &scalp, NULL),
                     SMP_OK);
    score(phantom, scalp, is);
    printf("%s: melanin %.3f, blood %.3f, shading %.4f\n", cases[_i].name, is[0], is[1], is[2]);
    fflush(stdout);
    ck_assert(is[0] >= cases[_i].melanin && is[1] >= cases[_i].blood && is[2] >= cases[_i].shading);
    smp_scalp_destroy(&scalp);
    smp_picture_destroy(&picture);
    smp_bytes_destroy(&jpeg);
    smp_phantom_destroy(&phantom);
    smp_context_destroy(&ctx);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("scalp in bad photos");
    TCase *tcase = tcase_create("photos");
    tcase_set_timeout(tcase, 120.0);
    tcase_add_loop_test(tcase, bad_photos_are_told_apart, 0, (int)(sizeof cases / sizeof *cases));
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
