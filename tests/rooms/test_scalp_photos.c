/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The mask that is found on real portraits, given an ellipse alone, against masks drawn by hand
 * (tests/data/masks). Skipped where the photos are not at hand. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <smp/smp.h>

#include "scalp/rows.h"
#include "support.h"

#define POINTS 64
#define NEVER 16

typedef struct drawn_mask {
    smp_ellipse ellipse;
    double at[POINTS][2];
    double never[NEVER][3]; /* centre and radius of what no pigment may touch */
    int count, nevers;
} drawn_mask;

static const char *const names[] = {
    "fair_bald_studio", "dark_shaved_glasses",         "tan_shaved_flash_clipped",
    "dark_bald_lowres", "fair_fringe_norwood6",        "white_fringe_tilted_large",
    "fringe_adobergb",  "dark_hair_receding_norwood3",
};

static void read_drawn(const char *name, drawn_mask *mask)
{
    char path[512], line[256];
    double v[5];
    memset(mask, 0, sizeof *mask);
    snprintf(path, sizeof path, SMP_TEST_DATA "/masks/%s.txt", name);
    FILE *file = fopen(path, "r");
    ck_assert_msg(file != NULL, "%s", path);
    while (fgets(line, sizeof line, file)) {
        if (line[0] == '#')
            continue;
        if (sscanf(line, "never %lf %lf %lf", v, v + 1, v + 2) == 3) {
            ck_assert_int_lt(mask->nevers, NEVER);
            memcpy(mask->never[mask->nevers++], v, 3 * sizeof *v);
            continue;
        }
        const int n = sscanf(line, "%lf %lf %lf %lf %lf", v, v + 1, v + 2, v + 3, v + 4);
        if (n == 5) {
            mask->ellipse = (smp_ellipse){v[0], v[1], v[2], v[3], v[4]};
        } else {
            ck_assert_int_eq(n, 2);
            ck_assert_int_lt(mask->count, POINTS);
            memcpy(mask->at[mask->count++], v, 2 * sizeof *v);
        }
    }
    fclose(file);
}

/* Whether a point lies in the polygon: how often a ray to the right crosses its sides. */
static int inside(const drawn_mask *mask, double x, double y)
{
    int in = 0;
    for (int i = 0, j = mask->count - 1; i < mask->count; j = i++) {
        const double *a = mask->at[i], *b = mask->at[j];
        if ((a[1] > y) != (b[1] > y) && x < a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]))
            in = !in;
    }
    return in;
}

static smp_picture *decode(const smp_context *ctx, const char *path)
{
    smp_picture *picture = NULL;
    smp_diag diag;
    size_t size = 0;
    uint8_t *bytes = test_read_file(path, &size);
    ck_assert_ptr_nonnull(bytes);
    ck_assert_msg(smp_decode(ctx, bytes, size, NULL, &picture, &diag) == SMP_OK, "%s", diag.text);
    free(bytes);
    return picture;
}

static smp_scalp *read_scalp(const smp_context *ctx, const smp_image *photo,
                             const smp_ellipse *ellipse)
{
    smp_scalp *scalp = NULL;
    smp_head head;
    smp_camera camera;
    smp_diag diag;
    smp_head_init(&head);
    smp_camera_init(&camera);
    ck_assert_int_eq(smp_head_from_ellipse(&head, ellipse, NULL, NULL), SMP_OK);
    ck_assert_int_eq(smp_camera_from_ellipse(&camera, &head, ellipse, NULL, 0.0, NULL), SMP_OK);
    ck_assert_msg(smp_scalp_create(ctx, photo, &camera, &head, NULL, NULL, NULL, &scalp, &diag) ==
                      SMP_OK,
                  "%s", diag.text);
    return scalp;
}

START_TEST(mask_is_what_a_hand_draws)
{
    char name[96], path[512];
    drawn_mask truth;
    snprintf(name, sizeof name, "photos/%s.jpg", names[_i]);
    if (!test_shared(path, sizeof path, name))
        return;
    read_drawn(names[_i], &truth);
    smp_context *ctx = NULL;
    ck_assert_int_eq(smp_context_create(&ctx, NULL, NULL), SMP_OK);
    smp_picture *picture = decode(ctx, path);
    const smp_image *photo = smp_picture_image(picture);
    smp_scalp *scalp = read_scalp(ctx, photo, &truth.ellipse);
    float *row = malloc(photo->width * sizeof *row), most = 0.0f;
    size_t both = 0, either = 0;
    ck_assert_ptr_nonnull(row);
    for (uint32_t y = 0; y < photo->height; y += 2) {
        smpi_scalp_mask_row(scalp, y, 0, photo->width, row);
        for (uint32_t x = 0; x < photo->width; x++) {
            const int found = row[x] > 0.5f, drawn = inside(&truth, x + 0.5, y + 0.5);
            both += found && drawn;
            either += found || drawn;
            for (int k = 0; k < truth.nevers; k++) {
                const double *n = truth.never[k], dx = x - n[0], dy = y - n[1];
                if (dx * dx + dy * dy < n[2] * n[2])
                    most = row[x] > most ? row[x] : most;
            }
        }
    }
    const double iou = (double)both / (double)either;
    printf("%-28s IoU %.3f\n", names[_i], iou);
    ck_assert_msg(iou >= 0.9, "%s: IoU is %g", names[_i], iou);
    ck_assert_msg(most <= 0.0f, "%s: mask is %g on eyes, brows, ears, glasses or ground", names[_i],
                  (double)most);
    free(row);
    smp_scalp_destroy(&scalp);
    smp_picture_destroy(&picture);
    smp_context_destroy(&ctx);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("scalp photos");
    TCase *tcase = tcase_create("masks");
    tcase_set_timeout(tcase, 300.0);
    tcase_add_loop_test(tcase, mask_is_what_a_hand_draws, 0, (int)(sizeof names / sizeof *names));
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
