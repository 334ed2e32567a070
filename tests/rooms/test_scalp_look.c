/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What a barber would see at once: where the treated zone ends at the sides and the nape, and
 * single white hairs over skin, which stay on top of the pigment. */
#include <check.h>
#include <stdio.h>

#include "rooms/scalp_scene.h"
#include "scalp/rows.h"
#include "scalp/scalp.h"

static smp_context *ctx;
static scene drawn;

static void setup(void)
{
    ck_assert(scene_draw(&drawn, 900));
    ck_assert_int_eq(smp_context_create(&ctx, NULL, NULL), SMP_OK);
}

static void teardown(void)
{
    scene_free(&drawn);
    ck_assert_uint_eq(smp_context_memory(ctx, NULL), 0);
    smp_context_destroy(&ctx);
}

/* A place on the left side of the default head: mm before the tragi and over them; whether it is
 * scalp. */
typedef struct side_place {
    double z, y;
    int scalp;
    const char *what;
} side_place;

static const side_place places[] = {
    {-12, 36, 1, "over the ear"},    {0, 36, 1, "over the tragus"},
    {46, 50, 1, "the temple point"}, {30, 44, 1, "over the sideburn"},
    {-50, -5, 1, "behind the ear"},  {-66, -35, 1, "over the nape's hairline"},
    {-12, 25, 0, "the ear's top"},   {-26, 20, 0, "the ear's shell"},
    {0, 0, 0, "the tragus"},         {70, 45, 0, "the brow's tail"},
    {60, 20, 0, "beside the eye"},   {-55, -58, 0, "the neck"},
};

START_TEST(scalp_ends_over_the_ears_and_at_the_nape)
{
    smp_camera camera;
    smp_scalp scalp;
    smp_head head;
    const smp_pose pose = {90.0, 0.0, 0.0};
    memset(&scalp, 0, sizeof scalp);
    smp_head_init(&head);
    const smp_ellipse ellipse = {500.0, 500.0, 350.0, 400.0, 0.0};
    smp_camera_init(&camera);
    ck_assert_int_eq(smp_camera_from_ellipse(&camera, &head, &ellipse, &pose, 4.0, NULL), SMP_OK);
    scalp.camera = camera;
    scalp.head = head;
    scalp.ellipsoid = smpi_head_ellipsoid(&head);
    for (size_t k = 0; k < sizeof places / sizeof *places; k++) {
        const side_place *p = places + k;
        const smpi_ellipsoid e = scalp.ellipsoid;
        const double up = (p->y - e.cy) / (p->y > e.cy ? e.up : e.down), ahead = p->z / e.c;
        const double xyz[3] = {e.a * sqrt(1.0 - up * up - ahead * ahead), p->y, p->z};
        double uv[2];
        ck_assert(smp_camera_project(&camera, xyz, uv));
        ck_assert_msg(smpi_scalp_place_ok(&scalp, uv[0], uv[1], 0.05f) == p->scalp,
                      "%s is%s scalp (y %.1f, z %.1f)", p->what, p->scalp ? " no" : "", xyz[1],
                      xyz[2]);
    }
}
END_TEST

/* White hairs of three photo pixels, over the top of the head. */
START_TEST(white_hair_stays_on_top)
{
    const uint32_t w = drawn.width, h = drawn.height;
    const uint32_t y0 = h * 22 / 100, y1 = h * 31 / 100, x0 = w * 35 / 100, x1 = w * 50 / 100;
    smp_image photo;
    smp_scalp *scalp = NULL;
    double hair = 0.0, skin = 0.0, hairs = 0.0, skins = 0.0;
    float *row = malloc(w * sizeof *row);
    ck_assert_ptr_nonnull(row);
    for (uint32_t y = y0; y < y1; y++)
        for (uint32_t x = x0; x < x1; x++)
            if ((x + y / 3) % 36 < 3) {
                uint8_t *p = drawn.rgb + 3 * ((size_t)y * w + x);
                p[0] = 246;
                p[1] = 222;
                p[2] = 206;
            }
    ck_assert_int_eq(smp_image_wrap(&photo, drawn.rgb, w, h, 0, SMP_FORMAT_RGB8, NULL), SMP_OK);
    ck_assert_int_eq(
        smp_scalp_create(ctx, &photo, &drawn.camera, &drawn.head, NULL, NULL, NULL, &scalp, NULL),
        SMP_OK);
    for (uint32_t y = y0; y < y1; y++) {
        smpi_scalp_mask_row(scalp, y, 0, w, row);
        for (uint32_t x = x0; x < x1; x++) {
            const uint32_t at = (x + y / 3) % 36;
            hair += at == 1 ? (double)row[x] : 0.0;
            hairs += at == 1 ? 1.0 : 0.0;
            skin += at >= 6 && at < 33 ? (double)row[x] : 0.0;
            skins += at >= 6 && at < 33 ? 1.0 : 0.0;
        }
    }
    printf("white hair: mask %.3f on it, %.3f between\n", hair / hairs, skin / skins);
    fflush(stdout);
    ck_assert(hair / hairs < 0.15);
    ck_assert(skin / skins > 0.9);
    free(row);
    smp_scalp_destroy(&scalp);
}
END_TEST

/* The hair of the sides becomes skin in the same light. */
static void shave(void)
{
    static const float skin_over_hair[3] = {0.52f / 0.03f, 0.29f / 0.022f, 0.20f / 0.016f};
    for (size_t k = 0; k < (size_t)drawn.width * drawn.height; k++)
        for (size_t c = 0; c < 3 && drawn.truth[k] == SCENE_HAIR; c++) {
            uint8_t *p = drawn.rgb + 3 * k + c;
            const float lin = smp_space_decode(SMP_SPACE_SRGB, (float)*p / 255.0f);
            *p = (uint8_t)(255.0f * smp_space_encode(SMP_SPACE_SRGB, lin * skin_over_hair[c]));
        }
}

/* A head that is up to 9 % wider than the ellipse that was given: the treated zone reaches its
 * skyline.
 */
START_TEST(treated_to_the_skyline_of_a_wider_head)
{
    static const double shares[2] = {0.94,
                                     0.90}; /* the lower rows lie farther out than is looked */
    static const uint32_t rows[2][2] = {{36, 42}, {39, 42}};
    const uint32_t w = drawn.width, h = drawn.height;
    const double share = shares[_i];
    const smp_ellipse narrow = {0.75 * 900, 900.0, share * 450, 450.0 * 232.0 / 152.0, 0.0};
    smp_camera camera;
    smp_head head;
    smp_image photo;
    smp_scalp *scalp = NULL;
    double beyond = 0.0, count = 0.0, off = 0.0;
    float *row = malloc(w * sizeof *row);
    ck_assert_ptr_nonnull(row);
    shave();
    smp_head_init(&head);
    smp_camera_init(&camera);
    ck_assert_int_eq(smp_head_from_ellipse(&head, &narrow, NULL, NULL), SMP_OK);
    ck_assert_int_eq(smp_camera_from_ellipse(&camera, &head, &narrow, NULL, 0.0, NULL), SMP_OK);
    ck_assert_int_eq(smp_image_wrap(&photo, drawn.rgb, w, h, 0, SMP_FORMAT_RGB8, NULL), SMP_OK);
    ck_assert_int_eq(smp_scalp_create(ctx, &photo, &camera, &head, NULL, NULL, NULL, &scalp, NULL),
                     SMP_OK);
    for (uint32_t y = h * rows[_i][0] / 100; y < h * rows[_i][1] / 100; y++) {
        smpi_scalp_mask_row(scalp, y, 0, w, row);
        for (uint32_t x = 0; x < w; x++) {
            const double uv[2] = {x + 0.5, y + 0.5};
            const double u = (uv[0] - 675.0) / 450.0, v = (uv[1] - 900.0) / narrow.ry_px;
            double xyz[3], normal[3], there[2] = {uv[0], uv[1]};
            const double far = sqrt(u * u + v * v);
            if (far > 1.0)
                off = fmax(off, (double)row[x]);
            if (far > 0.99 || smp_camera_unproject(&camera, &head, uv, xyz, normal))
                continue;
            beyond += (double)row[x];
            count += 1.0;
            if (!(row[x] > 0.9f))
                continue;
            smpi_scalp_unbend(scalp, there);
            ck_assert(smp_camera_unproject(&camera, &head, there, xyz, normal));
            smpi_scalp_bend(scalp, there);
            ck_assert_double_le(hypot(there[0] - uv[0], there[1] - uv[1]), 0.02);
        }
    }
    printf("wider head: mask %.3f on %.0f pixels beyond the outline, %.3f at most on the ground\n",
           beyond / count, count, off);
    fflush(stdout);
    ck_assert(count > 1000.0);
    ck_assert(beyond / count > (_i ? 0.7 : 0.9)); /* what lies over 9 % beyond is carried on */
    ck_assert(off < 0.5);                         /* the skyline's own pixels */
    free(row);
    smp_scalp_destroy(&scalp);
}
END_TEST

/* A patch of dark stubble under grazing light, skin around it but for the skyline. */
START_TEST(no_gap_is_left_at_the_rim)
{
    const uint32_t w = drawn.width, h = drawn.height;
    smp_image photo;
    smp_scalp *scalp = NULL;
    smp_grid map;
    uint32_t step;
    double sum = 0.0, count = 0.0;
    for (uint32_t y = 0; y < h; y++)
        for (uint32_t x = 0; x < w; x++) {
            const double u = (x + 0.5 - 675.0) / 450.0;
            const double v = (y + 0.5 - 900.0) / (450.0 * 232.0 / 152.0);
            uint8_t *p = drawn.rgb + 3 * ((size_t)y * w + x);
            if (fabs(u - 0.79) < 0.035 && fabs(v + 0.56) < 0.025)
                for (int c = 0; c < 3; c++)
                    p[c] = (uint8_t)((double)p[c] * ((x / 4 + y / 4) % 2 ? 0.64 : 0.50));
        }
    ck_assert_int_eq(smp_image_wrap(&photo, drawn.rgb, w, h, 0, SMP_FORMAT_RGB8, NULL), SMP_OK);
    ck_assert_int_eq(
        smp_scalp_create(ctx, &photo, &drawn.camera, &drawn.head, NULL, NULL, NULL, &scalp, NULL),
        SMP_OK);
    ck_assert_int_eq(smp_scalp_get_map(scalp, SMP_SCALP_MASK, &map, &step, NULL), SMP_OK);
    for (uint32_t y = 0; y < map.height; y++)
        for (uint32_t x = 0; x < map.width; x++) {
            const double u = ((x + 0.5) * step - 675.0) / 450.0;
            const double v = ((y + 0.5) * step - 900.0) / (450.0 * 232.0 / 152.0);
            if (fabs(u - 0.785) < 0.025 && fabs(v + 0.56) < 0.02) {
                sum += (double)map.data[(size_t)y * map.stride + x];
                count += 1.0;
            }
        }
    printf("rim: mask %.3f on %.0f pixels\n", sum / count, count);
    fflush(stdout);
    ck_assert(sum / count > 0.9);
    smp_scalp_destroy(&scalp);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("scalp look");
    TCase *tcase = tcase_create("edges");
    tcase_set_timeout(tcase, 60.0);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, scalp_ends_over_the_ears_and_at_the_nape);
    tcase_add_test(tcase, white_hair_stays_on_top);
    tcase_add_loop_test(tcase, treated_to_the_skyline_of_a_wider_head, 0, 2);
    tcase_add_test(tcase, no_gap_is_left_at_the_rim);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
