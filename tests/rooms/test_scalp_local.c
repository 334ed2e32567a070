/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Blur and grain by place, against the truth: a drawn head of which the left third, the middle and
 * the right third were taken by cameras of other blur or grain, light to dark skin. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"
#include <smp/smp.h>

enum { SIDE = 800, THIRDS = 3, CELLS_MAX = 20000 };

static smp_diag diag;
static smp_context *ctx;

static void need(smp_status status)
{
    if (status != SMP_OK)
        TEST_DIE("%s", diag.text);
}

static smp_phantom *head_of(double melanin, double blur_px, double grain)
{
    smp_phantom_desc desc;
    smp_phantom *phantom = NULL;
    smp_phantom_desc_init(&desc);
    desc.width = desc.height = SIDE;
    desc.fringe = 0;
    desc.melanin = (float)melanin;
    desc.blur_px = (float)blur_px;
    desc.grain = (float)grain;
    need(smp_phantom_create(ctx, &desc, NULL, &phantom, &diag));
    return phantom;
}

static int by_size(const void *a, const void *b)
{
    const float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

/* The middle of a map's cells of skin between two columns of the photo, without their borders. */
static double middle_of(const smp_scalp *scalp, smp_scalp_map kind, double from, double to)
{
    static float values[CELLS_MAX];
    smp_grid map, mask;
    uint32_t step, fine;
    size_t count = 0;
    need(smp_scalp_get_map(scalp, kind, &map, &step, &diag));
    need(smp_scalp_get_map(scalp, SMP_SCALP_MASK, &mask, &fine, &diag));
    for (uint32_t j = 0; j < map.height; j++)
        for (uint32_t i = 0; i < map.width; i++) {
            const double x = (i + 0.5) * step;
            const uint32_t u = (i * step + step / 2) / fine, v = (j * step + step / 2) / fine;
            if (x < from + 2.5 * step || x > to - 2.5 * step || u >= mask.width ||
                v >= mask.height || !(mask.data[v * mask.stride + u] > 0.9f))
                continue;
            if (count < CELLS_MAX)
                values[count++] = map.data[j * map.stride + i];
        }
    ck_assert_uint_gt(count, 20);
    qsort(values, count, sizeof *values, by_size);
    return (double)values[count / 2];
}

/* A photo whose thirds of the scalp come from three cameras; what is found in each. */
static void find(double melanin, const double blur[THIRDS], const double grain[THIRDS],
                 smp_scalp_map kind, double found[THIRDS])
{
    smp_phantom *head[THIRDS];
    smp_scalp *scalp = NULL;
    smp_scalp_desc desc;
    const uint32_t cut[THIRDS + 1] = {110, 303, 497, 690}; /* of the scalp's columns */
    for (int k = 0; k < THIRDS; k++)
        head[k] = head_of(melanin, blur[k], grain[k]);
    const smp_image *photo = smp_phantom_image(head[0]);
    for (int k = 1; k < THIRDS; k++) {
        const smp_image *from = smp_phantom_image(head[k]);
        const size_t end = k + 1 < THIRDS ? cut[k + 1] : SIDE;
        for (size_t y = 0; y < SIDE; y++)
            memcpy((unsigned char *)photo->data + y * (size_t)photo->stride + 3 * (size_t)cut[k],
                   (unsigned char *)from->data + y * (size_t)from->stride + 3 * (size_t)cut[k],
                   3 * (end - cut[k]));
    }
    const smp_camera camera = smp_phantom_camera(head[0]);
    const smp_head is = smp_phantom_head(head[0]);
    smp_scalp_desc_init(&desc);
    need(smp_scalp_create(ctx, photo, &camera, &is, NULL, &desc, NULL, &scalp, &diag));
    for (int k = 0; k < THIRDS; k++)
        found[k] = middle_of(scalp, kind, cut[k], cut[k + 1]);
    smp_scalp_destroy(&scalp);
    for (int k = 0; k < THIRDS; k++)
        smp_phantom_destroy(&head[k]);
}

static const double melanins[3] = {0.004, 0.03, 0.12};

START_TEST(blur_by_place)
{
    const double blur[THIRDS] = {0.8, 1.6, 2.4}, grain[THIRDS] = {1.0, 1.0, 1.0};
    double found[THIRDS];
    find(melanins[_i], blur, grain, SMP_SCALP_BLUR, found);
    printf("melanin %.3f: blur %.2f, %.2f, %.2f px where it is 0.8, 1.6, 2.4\n", melanins[_i],
           found[0], found[1], found[2]);
    for (int k = 0; k < THIRDS; k++)
        ck_assert_msg(fabs(found[k] - blur[k]) <= 0.1 + 0.2 * blur[k], "third %d", k);
}
END_TEST

/* Two thirds of the noise are told (the least restless rows), and less of one whose neighbours go
 * together, as cameras leave it: what counts is that dots get no more of it than the photo has. */
START_TEST(grain_by_place)
{
    const double blur[THIRDS] = {0.8, 0.8, 0.8}, grain[THIRDS] = {0.8, 2.0, 4.0};
    double found[THIRDS];
    find(melanins[_i], blur, grain, SMP_SCALP_GRAIN, found);
    printf("melanin %.3f: grain %.2f, %.2f, %.2f where it is 0.8, 2, 4\n", melanins[_i],
           255 * found[0], 255 * found[1], 255 * found[2]);
    for (int k = 0; k < THIRDS; k++) {
        ck_assert_double_le(255 * found[k], grain[k]);
        ck_assert_double_ge(255 * found[k], 0.5 * grain[k]);
    }
}
END_TEST

/* A photo that is soft all over, as after JPEG or a smoothing filter: dots are drawn as soft as it
 * is. */
START_TEST(a_soft_photo)
{
    const double blur[THIRDS] = {2.2, 2.2, 2.2}, grain[THIRDS] = {0.0, 0.0, 0.0};
    double found[THIRDS], noise[THIRDS];
    find(melanins[_i], blur, grain, SMP_SCALP_BLUR, found);
    find(melanins[_i], blur, grain, SMP_SCALP_GRAIN, noise);
    printf(
        "melanin %.3f: blur %.2f, %.2f, %.2f px where it is 2.2; grain %.2f where there is none\n",
        melanins[_i], found[0], found[1], found[2], 255 * noise[1]);
    for (int k = 0; k < THIRDS; k++) {
        ck_assert_double_ge(found[k], 1.6);
        ck_assert_double_le(255 * noise[k], 0.6);
    }
}
END_TEST

/* A soft photo saved as a small JPEG, colour at half the resolution: its blocks are sharp, its
 * edges are not, and dots are drawn as its edges are. It has no grain that it had not before. */
START_TEST(a_soft_jpeg)
{
    static const struct {
        double blur, quality;
    } cases[] = {{1.2, 60}, {1.7, 60}, {1.2, 30}, {1.7, 30}};
    double soft[2], grain[2], most[2];
    smp_phantom *phantom = head_of(0.011, cases[_i].blur, 0.5);
    const smp_camera camera = smp_phantom_camera(phantom);
    const smp_head head = smp_phantom_head(phantom);
    smp_picture *picture = NULL;
    smp_bytes *jpeg = NULL;
    smp_encode_desc how;
    smp_encode_desc_init(&how);
    how.kind = SMP_FILE_JPEG;
    how.quality = (uint32_t)cases[_i].quality;
    need(smp_encode(ctx, smp_phantom_image(phantom), &how, NULL, &jpeg, &diag));
    size_t size;
    const uint8_t *data = smp_bytes_data(jpeg, &size);
    need(smp_decode(ctx, data, size, NULL, &picture, &diag));
    for (int k = 0; k < 2; k++) {
        smp_scalp *scalp = NULL;
        need(smp_scalp_create(ctx, k ? smp_picture_image(picture) : smp_phantom_image(phantom),
                              &camera, &head, NULL, NULL, NULL, &scalp, &diag));
        most[k] = smp_scalp_blur_px(scalp);
        soft[k] = middle_of(scalp, SMP_SCALP_BLUR, 0, SIDE);
        grain[k] = 255 * middle_of(scalp, SMP_SCALP_GRAIN, 0, SIDE);
        smp_scalp_destroy(&scalp);
    }
    printf("blur %.1f, JPEG %g: edges %.2f px, before %.2f; skin %.2f, %.2f; grain %.2f, %.2f\n",
           cases[_i].blur, cases[_i].quality, most[1], most[0], soft[1], soft[0], grain[1],
           grain[0]);
    ck_assert_double_ge(most[1], 0.88 * most[0]);
    ck_assert_double_ge(soft[1], 0.88 * soft[0]);
    ck_assert_double_ge(soft[1], 0.85 * cases[_i].blur);
    ck_assert_double_le(grain[1], grain[0] + 0.25);
    smp_picture_destroy(&picture);
    smp_bytes_destroy(&jpeg);
    smp_phantom_destroy(&phantom);
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
    Suite *s = suite_create("scalp local");
    TCase *tc = tcase_create("all");
    tcase_set_timeout(tc, 300);
    tcase_add_checked_fixture(tc, open_context, close_context);
    tcase_add_loop_test(tc, blur_by_place, 0, 3);
    tcase_add_loop_test(tc, grain_by_place, 0, 3);
    tcase_add_loop_test(tc, a_soft_photo, 1, 2);
    tcase_add_loop_test(tc, a_soft_jpeg, 0, 4);
    suite_add_tcase(s, tc);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
