/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Short hairs that are found, against those of a drawn head and against a hand's count. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <smp/smp.h>

#include "scalp/scalp.h"
#include "support.h"

#define MOST 20000u
#define PATCHES 12

typedef struct wanted {
    double u, v, reach_px; /* how far from it the axis of its hair may be found */
    int sure, met;
} wanted;

static smp_context *ctx;
static wanted want[MOST];
static uint8_t used[MOST];

static void setup(void)
{
    ck_assert_int_eq(smp_context_create(&ctx, NULL, NULL), SMP_OK);
}

static void teardown(void)
{
    ck_assert_uint_eq(smp_context_memory(ctx, NULL), 0);
    smp_context_destroy(&ctx);
}

/* From a point to the axis of a found hair, a pixel short of its ends. */
static double distance(const smp_hairs_view *hairs, uint32_t k, double u, double v)
{
    const double turn = (double)hairs->angle_deg[k] * (acos(-1.0) / 180.0);
    const double half = fmax(0.0, 0.5 * (double)hairs->length_px[k] - 1.0);
    const double x = u - (double)hairs->u_px[k], y = v - (double)hairs->v_px[k];
    const double along = fmin(half, fmax(-half, x * cos(turn) + y * sin(turn)));
    return hypot(x - along * cos(turn), y - along * sin(turn));
}

/* Pairs, nearest first up to a reach: marks want[].met and used[]. one: each at most once. */
static void pair(const smp_hairs_view *hairs, uint32_t count, int one)
{
    memset(used, 0, sizeof used);
    ck_assert_uint_lt(hairs->count, MOST);
    for (double reach = 0.125; reach <= 1.0; reach += 0.125)
        for (uint32_t i = 0; i < count; i++)
            for (uint32_t k = 0; k < hairs->count; k++) {
                const double u = want[i].u - (double)hairs->u_px[k];
                if (fabs(u) > 80.0 || (one && (used[k] || want[i].met)))
                    continue;
                if (distance(hairs, k, want[i].u, want[i].v) <= reach * want[i].reach_px)
                    want[i].met = used[k] = 1;
            }
}

/* Whether a hair's root lies within 0.12 mm of one that was counted before: in a picture, hairs of
 * one follicle lie on each other. */
static int covered(uint32_t i)
{
    for (uint32_t k = 0; k < i; k++)
        if (want[k].sure && hypot(want[k].u - want[i].u, want[k].v - want[i].v) < want[i].reach_px)
            return 1;
    return 0;
}

static smp_scalp *read_scalp(const smp_image *photo, const smp_camera *camera, const smp_head *head)
{
    smp_scalp *scalp = NULL;
    smp_scalp_desc desc;
    smp_diag diag;
    smp_scalp_desc_init(&desc);
    desc.find_hairs = 1;
    ck_assert_msg(smp_scalp_create(ctx, photo, camera, head, NULL, &desc, NULL, &scalp, &diag) ==
                      SMP_OK,
                  "%s", diag.text);
    return scalp;
}

/* The stubble of the fringe, seen from the side at 33 px/mm: hairs of 0.052 to 0.088 mm. */
START_TEST(hairs_of_a_drawn_head)
{
    smp_phantom_desc desc;
    smp_phantom *phantom = NULL;
    smp_phantom_desc_init(&desc);
    desc.width = 2600;
    desc.height = 1872;
    desc.fill = 4.0f;
    desc.yaw_deg = 90.0f;
    desc.pitch_deg = -30.0f;
    desc.roll_deg = 90.0f;
    desc.fringe = 0.4f;
    ck_assert_int_eq(smp_phantom_create(ctx, &desc, NULL, &phantom, NULL), SMP_OK);
    const smp_camera camera = smp_phantom_camera(phantom);
    const smp_head head = smp_phantom_head(phantom);
    smp_scalp *scalp = read_scalp(smp_phantom_image(phantom), &camera, &head);
    const smp_hairs_view hairs = smp_scalp_hairs(scalp);
    uint32_t all, count = 0, wide = 0, met = 0, right = 0, inner = 0;
    const smp_phantom_hair *hair = smp_phantom_hairs(phantom, &all);
    for (uint32_t i = 0; i < all; i++) {
        const double xyz[3] = {(double)hair[i].x_mm, (double)hair[i].y_mm, (double)hair[i].z_mm};
        double uv[2];
        ck_assert(smp_camera_project(&camera, xyz, uv));
        want[count++] = (wanted){uv[0], uv[1], 0.12 * camera.px_per_mm,
                                 (double)hair[i].diameter_mm * camera.px_per_mm >= 2.0, 0};
    }
    pair(&hairs, count, 0);
    for (uint32_t i = 0; i < count; i++) {
        const double u = want[i].u, v = want[i].v;
        if (!want[i].sure || !smpi_scalp_place_ok(scalp, u, v, 0.5f) || u < 40.0 || v < 40.0 ||
            u > 2560.0 || v > 1832.0 || covered(i))
            continue;
        wide++;
        met += (uint32_t)want[i].met;
    }
    for (uint32_t k = 0; k < hairs.count; k++)
        if (hairs.u_px[k] > 40 && hairs.v_px[k] > 40 && hairs.u_px[k] < 2560 &&
            hairs.v_px[k] < 1832) {
            inner++;
            right += used[k];
        }
    const double recall = (double)met / (double)wide, precision = (double)right / (double)inner;
    printf(
        "phantom: %u hairs 2 px wide, %u found, recall %.3f, precision %.3f; width %.3f mm, length "
        "%.2f mm\n",
        wide, hairs.count, recall, precision, (double)hairs.typical_width_mm,
        (double)hairs.typical_length_mm);
    fflush(stdout);
    ck_assert_uint_gt(wide, 300);
    ck_assert_msg(recall >= 0.85, "recall is %g", recall);
    ck_assert_msg(precision >= 0.85, "precision is %g", precision);
    smp_scalp_destroy(&scalp);
    smp_phantom_destroy(&phantom);
}
END_TEST

typedef struct patch {
    double from, to;
    uint32_t sure, met, inner, right;
} patch;

static uint32_t read_counts(const char *path, patch patches[PATCHES], char names[PATCHES],
                            uint32_t *patch_count)
{
    char line[128], name;
    double sure, x, y;
    uint32_t count = 0;
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    *patch_count = 0;
    while (fgets(line, sizeof line, file)) {
        if (sscanf(line, "%c,%lf,%lf,%lf", &name, &sure, &x, &y) != 4 || line[0] == '#')
            continue;
        if (sure < 0.0) {
            ck_assert_uint_lt(*patch_count, PATCHES);
            names[*patch_count] = name;
            patches[(*patch_count)++] = (patch){.from = x, .to = y};
        } else {
            want[count++] = (wanted){x, y, 4.0, sure > 0.5, 0};
        }
    }
    fclose(file);
    return count;
}

/* What was found against the patches of a file, all together. */
static patch compare(const smp_hairs_view *hairs, const char *path)
{
    patch patches[PATCHES], all = {0};
    char names[PATCHES];
    uint32_t n;
    const uint32_t count = read_counts(path, patches, names, &n);
    pair(hairs, count, 1);
    for (uint32_t p = 0; p < n; p++) {
        patch *is = patches + p;
        for (uint32_t i = 0; i < count; i++)
            if (want[i].sure && want[i].u >= is->from && want[i].u < is->to) {
                is->sure++;
                is->met += (uint32_t)want[i].met;
            }
        for (uint32_t k = 0; k < hairs->count; k++)
            if (hairs->u_px[k] > is->from + 3.0 && hairs->u_px[k] < is->to - 3.0 &&
                hairs->v_px[k] > 3.0f && hairs->v_px[k] < 161.0f) {
                is->inner++;
                is->right += used[k];
            }
        printf("stubble %c: %u counted, %u of them and %u in all found, %u not counted\n", names[p],
               is->sure, is->met, is->inner, is->inner - is->right);
        all.sure += is->sure;
        all.met += is->met;
        all.inner += is->inner;
        all.right += is->right;
    }
    return all;
}

/* The close-up of real stubble, against the positions that were counted by eye. */
START_TEST(hairs_of_real_stubble)
{
    char path[512];
    smp_picture *picture = NULL;
    smp_camera camera;
    smp_head head;
    size_t size = 0;
    const double corner[2] = {0.0, 0.0}, scale = 24.0;
    if (!test_shared(path, sizeof path, "photos/stubble_macro.png"))
        return;
    uint8_t *bytes = test_read_file(path, &size);
    ck_assert_ptr_nonnull(bytes);
    ck_assert_int_eq(smp_decode(ctx, bytes, size, NULL, &picture, NULL), SMP_OK);
    free(bytes);
    const smp_image *photo = smp_picture_image(picture);
    smp_head_init(&head);
    smp_camera_init(&camera);
    head.shape = SMP_SHAPE_FLAT;
    head.width_mm = (float)(photo->width / scale);
    head.height_mm = (float)(photo->height / scale);
    ck_assert_int_eq(smp_camera_from_scale(&camera, scale, corner, NULL), SMP_OK);
    smp_scalp *scalp = read_scalp(photo, &camera, &head);
    const smp_hairs_view hairs = smp_scalp_hairs(scalp);
    const patch tuned = compare(&hairs, SMP_TEST_DATA "/stubble_counts.csv");
    const patch held = compare(&hairs, SMP_TEST_DATA "/stubble_held_out.csv");
    const double recall = (double)tuned.met / tuned.sure;
    const double precision = (double)tuned.right / tuned.inner;
    printf("stubble: recall %.3f, precision %.3f, %.0f a cm2; held out: %.3f of %u, %.3f of %u\n",
           recall, precision, (double)hairs.per_cm2, (double)held.met / held.sure, held.sure,
           (double)held.right / held.inner, held.inner);
    fflush(stdout);
    ck_assert_msg(recall >= 0.85, "recall is %g", recall);
    ck_assert_msg(precision >= 0.85, "precision is %g", precision);
    ck_assert_uint_ge(held.sure, 50);
    ck_assert_double_ge((double)held.met / held.sure, 0.85);
    ck_assert_double_ge((double)held.right / held.inner, 0.90);
    smp_scalp_destroy(&scalp);
    smp_picture_destroy(&picture);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("scalp hairs");
    TCase *tcase = tcase_create("found");
    tcase_set_timeout(tcase, 300.0);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, hairs_of_a_drawn_head);
    tcase_add_test(tcase, hairs_of_real_stubble);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
