/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Cameras from depth and normal maps that are made from a head of known pose. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "geometry/head.h"
#include "rooms/face_scene.h"

enum { SIDE = 96 };

static smp_diag diag;
static float depth_of[SIDE * SIDE], normal_of[3][SIDE * SIDE];

static double along_view(const smp_camera *camera, const double v[3])
{
    const double *r = camera->rotation + 6;
    return r[0] * v[0] + r[1] * v[1] + r[2] * v[2];
}

/* What a camera sees of a head, each cell 6 px; noise in mm and in the normal. */
static uint32_t scan(const smp_camera *camera, const smp_head *head, double noise, uint64_t *state)
{
    uint32_t held = 0;
    const double far = camera->distance_mm > 0.0 ? camera->distance_mm : 3000.0;
    for (int i = 0; i < SIDE * SIDE; i++) {
        const double uv[2] = {6 * (i % SIDE) + 3, 6 * (i / SIDE) + 3.0};
        double xyz[3], n[3];
        depth_of[i] = normal_of[0][i] = normal_of[1][i] = normal_of[2][i] = 0.0f;
        if (!smp_camera_unproject(camera, head, uv, xyz, n))
            continue;
        held++;
        depth_of[i] = (float)(far - along_view(camera, xyz) + noise * normal(state));
        for (int k = 0; k < 3; k++) {
            const double *r = camera->rotation + 3 * k;
            normal_of[k][i] =
                (float)(r[0] * n[0] + r[1] * n[1] + r[2] * n[2] + 0.02 * noise * normal(state));
        }
    }
    return held;
}

static smp_camera some_camera(uint64_t *state, double distance)
{
    smp_camera c = random_camera(state, 40, 25, distance);
    c.px_per_mm = 1.8;
    c.center_px[0] = c.center_px[1] = 288; /* the grid's middle */
    return c;
}

static double off(const smp_camera *a, const smp_camera *b)
{
    return degrees(smpi_rotation_between(a->rotation, b->rotation));
}

START_TEST(depths)
{
    uint64_t state = 4;
    smp_head head;
    smp_head_init(&head);
    double worst = 0.0, square = 0.0;
    for (int i = 0; i < 30; i++) {
        const smp_camera truth = some_camera(&state, i % 2 ? 900 : 0);
        smp_camera found;
        smp_camera_fit fit;
        smp_camera_fit_init(&fit);
        scan(&truth, &head, 2.0, &state);
        const smp_grid grid = {depth_of, SIDE, SIDE, SIDE};
        smp_depth_desc desc;
        smp_depth_desc_init(&desc);
        desc.px_per_cell = 6;
        if (i % 2)
            desc.focal_px = truth.px_per_mm * truth.distance_mm;
        else
            desc.px_per_mm = truth.px_per_mm;
        if (smp_camera_from_depth(&found, &head, &grid, &desc, &fit, &diag) != SMP_OK)
            TEST_DIE("%s", diag.text);
        const double error = off(&truth, &found);
        worst = error > worst ? error : worst;
        square += error * error / 30;
        ck_assert_double_eq_tol(found.center_px[0], truth.center_px[0], 4);
        ck_assert_double_eq_tol(found.center_px[1], truth.center_px[1], 8);
        ck_assert_double_eq_tol(found.px_per_mm / truth.px_per_mm, 1.0, 0.02);
        ck_assert_double_eq_tol(fit.head_scale, 1.0, 0.02);
        ck_assert_uint_eq(fit.used, 600);
    }
    printf("depths, 2 mm of noise: rms %.2f, worst %.2f degrees\n", sqrt(square), worst);
    ck_assert_double_le(worst, 5.0);
}
END_TEST

/* A piece of neck, a sixth of the head, is borne. */
START_TEST(depths_with_other_things)
{
    uint64_t state = 14;
    smp_head head;
    smp_head_init(&head);
    for (int i = 0; i < 10; i++) {
        const smp_camera truth = some_camera(&state, 0);
        smp_camera found;
        const uint32_t held = scan(&truth, &head, 2.0, &state);
        uint32_t added = 0;
        for (int k = SIDE * SIDE - 1; k >= 0 && added < held / 6; k--)
            if (!(depth_of[k] > 0.0f) && k % SIDE > 30 && k % SIDE < 66) {
                depth_of[k] = (float)(3040 + 10 * normal(&state));
                added++;
            }
        const smp_grid grid = {depth_of, SIDE, SIDE, SIDE};
        smp_depth_desc desc;
        smp_depth_desc_init(&desc);
        desc.px_per_cell = 6;
        desc.px_per_mm = truth.px_per_mm;
        if (smp_camera_from_depth(&found, &head, &grid, &desc, NULL, &diag) != SMP_OK)
            TEST_DIE("%s", diag.text);
        ck_assert_double_le(off(&truth, &found), 6.0);
    }
}
END_TEST

/* Beside the axis a pinhole sees the head under another angle; the camera follows within 2 % of
 * the head's width. */
START_TEST(beside_the_axis)
{
    smp_head head;
    smp_head_init(&head);
    const smp_pose pose = {15, -10, 0};
    smp_camera truth; /* for its rotation and surface only */
    smp_camera_init(&truth);
    smpi_rotation(&pose, truth.rotation);
    const double at[3] = {180, 90, -1000}, focal = 1500;
    memset(depth_of, 0, sizeof depth_of);
    for (int i = 0; i < SIDE * SIDE; i++) {
        /* March along the ray of the cell until it is inside. */
        const double ray[3] = {(6 * (i % SIDE) + 3) / focal, 0.26 - (6 * (i / SIDE) + 3) / focal,
                               -1};
        for (double t = 850; t < 1100 && !(depth_of[i] > 0.0f); t += 0.25) {
            double x[3], d[3], s[3];
            for (int k = 0; k < 3; k++)
                d[k] = t * ray[k] - at[k];
            for (int k = 0; k < 3; k++)
                x[k] = truth.rotation[k] * d[0] + truth.rotation[3 + k] * d[1] +
                       truth.rotation[6 + k] * d[2];
            smpi_head_surface(&head, x, s, NULL);
            const double cy = smpi_head_ellipsoid(&head).cy;
            if (x[0] * x[0] + (x[1] - cy) * (x[1] - cy) + x[2] * x[2] <
                s[0] * s[0] + (s[1] - cy) * (s[1] - cy) + s[2] * s[2])
                depth_of[i] = (float)t;
        }
    }
    const smp_grid grid = {depth_of, SIDE, SIDE, SIDE};
    smp_depth_desc desc;
    smp_camera found;
    smp_depth_desc_init(&desc);
    desc.px_per_cell = 6;
    desc.focal_px = focal;
    desc.principal_px[0] = 1e-9;
    desc.principal_px[1] = 0.26 * focal;
    if (smp_camera_from_depth(&found, &head, &grid, &desc, NULL, &diag) != SMP_OK)
        TEST_DIE("%s", diag.text);
    double worst = 0.0;
    for (int i = 0; i < SMP_LANDMARK_COUNT; i++) {
        double xyz[3], uv[2], p[3];
        smpi_place(&head, i, xyz);
        for (int k = 0; k < 3; k++)
            p[k] = at[k] + truth.rotation[3 * k] * xyz[0] + truth.rotation[3 * k + 1] * xyz[1] +
                   truth.rotation[3 * k + 2] * xyz[2];
        ck_assert(smp_camera_project(&found, xyz, uv));
        const double du = uv[0] - focal * p[0] / -p[2];
        const double dv = uv[1] - (0.26 * focal - focal * p[1] / -p[2]);
        worst = sqrt(du * du + dv * dv) > worst ? sqrt(du * du + dv * dv) : worst;
    }
    printf("11 degrees beside the axis: landmarks within %.1f px of %.0f\n", worst, 152 * 1.5);
    ck_assert_double_le(worst, 0.02 * 152 * 1.5);
}
END_TEST

START_TEST(normals)
{
    uint64_t state = 24;
    smp_head head;
    smp_head_init(&head);
    double worst = 0.0;
    for (int i = 0; i < 20; i++) {
        const smp_camera truth = some_camera(&state, 0);
        smp_camera found;
        scan(&truth, &head, 2.0, &state);
        smp_grid grid[3];
        for (int k = 0; k < 3; k++)
            grid[k] = (smp_grid){normal_of[k], SIDE, SIDE, SIDE};
        smp_depth_desc desc;
        smp_depth_desc_init(&desc);
        desc.px_per_cell = 6;
        desc.px_per_mm = i % 2 ? truth.px_per_mm : 0.0;
        if (smp_camera_from_normals(&found, &head, grid, &desc, NULL, &diag) != SMP_OK)
            TEST_DIE("%s", diag.text);
        worst = off(&truth, &found) > worst ? off(&truth, &found) : worst;
        ck_assert_double_eq_tol(found.px_per_mm / truth.px_per_mm, 1.0, 0.03);
        ck_assert_double_eq_tol(found.center_px[0], truth.center_px[0], 6);
        grid[2].width = 50;
        ck_assert_int_eq(smp_camera_from_normals(&found, &head, grid, &desc, NULL, &diag),
                         SMP_ERR_ARGUMENT);
    }
    printf("normals: worst %.2f degrees\n", worst);
    ck_assert_double_le(worst, 5.0);
}
END_TEST

START_TEST(refused)
{
    uint64_t state = 6;
    smp_head head;
    smp_camera found;
    smp_depth_desc desc;
    smp_head_init(&head);
    const smp_camera truth = some_camera(&state, 0);
    scan(&truth, &head, 0.0, &state);
    smp_grid grid = {depth_of, SIDE, SIDE, SIDE};
    ck_assert_int_eq(smp_camera_from_depth(&found, &head, &grid, NULL, NULL, &diag),
                     SMP_ERR_ARGUMENT);
    ck_assert_ptr_nonnull(strstr(diag.text, "focal_px"));
    smp_depth_desc_init(&desc);
    desc.px_per_mm = 1.8;
    desc.px_per_cell = NAN;
    ck_assert_int_eq(smp_camera_from_depth(&found, &head, &grid, &desc, NULL, &diag),
                     SMP_ERR_RANGE);
    desc.px_per_cell = 60; /* a head of ten times the size */
    ck_assert_int_eq(smp_camera_from_depth(&found, &head, &grid, &desc, NULL, &diag),
                     SMP_ERR_ARGUMENT);
    grid.height = 2;
    ck_assert_int_eq(smp_camera_from_depth(&found, &head, &grid, &desc, NULL, &diag),
                     SMP_ERR_ARGUMENT);
    ck_assert_ptr_nonnull(strstr(diag.text, "cells hold"));
    grid.stride = 3;
    ck_assert_int_eq(smp_camera_from_depth(&found, &head, &grid, &desc, NULL, &diag),
                     SMP_ERR_ARGUMENT);
    grid.stride = SIDE;
    grid.width = 0;
    ck_assert_int_eq(smp_camera_from_depth(&found, &head, &grid, &desc, NULL, &diag),
                     SMP_ERR_ARGUMENT);
    head.shape = SMP_SHAPE_FLAT;
    grid.width = SIDE;
    ck_assert_int_eq(smp_camera_from_depth(&found, &head, &grid, &desc, NULL, &diag),
                     SMP_ERR_ARGUMENT);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("camera_depth");
    TCase *tc = tcase_create("all");
    tcase_set_timeout(tc, 300);
    tcase_add_test(tc, depths);
    tcase_add_test(tc, depths_with_other_things);
    tcase_add_test(tc, beside_the_axis);
    tcase_add_test(tc, normals);
    tcase_add_test(tc, refused);
    suite_add_tcase(s, tc);
    return s;
}

int main(void)
{
    SRunner *runner = srunner_create(suite());
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
