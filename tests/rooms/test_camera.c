/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Cameras: round trips, outlines, poses, perspective, the local stretch, and errors. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/math.h"
#include "geometry/camera.h"
#include "geometry/head.h"
#include "support.h"

static const smp_ellipse usual = {300, 400, 152, 232, 0};

static smp_camera camera_of(const smp_ellipse *ellipse, const smp_pose *pose)
{
    smp_camera camera;
    smp_diag diag = {0};
    if (smp_camera_from_ellipse(&camera, NULL, ellipse, pose, 0.0, &diag) != SMP_OK)
        TEST_DIE("%s", diag.text);
    return camera;
}

static smp_pose random_pose(uint64_t *state)
{
    const smp_pose pose = {test_uniform(state, -90, 90), test_uniform(state, -60, 60),
                           test_uniform(state, -40, 40)};
    return pose;
}

START_TEST(frontal_upright)
{
    const smp_camera c = camera_of(&usual, NULL);
    ck_assert_double_eq_tol(c.px_per_mm, 2.0, 1e-12);
    double uv[2];
    const double crown[3] = {0, 131, 0}, left[3] = {76, 15, 0}, chin[3] = {0, -101, 0};
    ck_assert(smp_camera_project(&c, crown, uv));
    ck_assert_double_eq_tol(uv[0], 300, 1e-9);
    ck_assert_double_eq_tol(uv[1], 168, 1e-9);
    ck_assert(smp_camera_project(&c, left, uv)); /* the head's left is the viewer's right */
    ck_assert_double_eq_tol(uv[0], 452, 1e-9);
    ck_assert(smp_camera_project(&c, chin, uv));
    ck_assert_double_eq_tol(uv[1], 632, 1e-9);
    ck_assert_double_eq_tol(c.scale_sigma, 0.04, 1e-12);
}
END_TEST

START_TEST(signs_of_the_pose)
{
    const double nose[3] = {0, 0, 100}, up[3] = {0, 100, 0}, origin[3] = {0, 0, 0};
    double a[2], b[2];
    smp_pose pose = {20, 0, 0};
    smp_camera c = camera_of(&usual, &pose);
    smp_camera_project(&c, origin, a);
    smp_camera_project(&c, nose, b);
    ck_assert(b[0] > a[0] + 1);
    pose = (smp_pose){0, 20, 0};
    c = camera_of(&usual, &pose);
    smp_camera_project(&c, origin, a);
    smp_camera_project(&c, nose, b);
    ck_assert(b[1] < a[1] - 1);
    pose = (smp_pose){0, 0, 20};
    c = camera_of(&usual, &pose);
    smp_camera_project(&c, origin, a);
    smp_camera_project(&c, up, b);
    ck_assert(b[0] > a[0] + 1);
}
END_TEST

START_TEST(round_trips)
{
    uint64_t state = test_seed();
    const smp_head head = {sizeof head, 0, 152, 232, 197, 131, 0, 0};
    int hits = 0;
    for (int i = 0; i < 4000; i++) {
        const smp_pose pose = random_pose(&state);
        smp_camera c = camera_of(&usual, &pose);
        c.distance_mm = i % 2 ? test_uniform(&state, 300, 3000) : 0.0;
        const double uv[2] = {test_uniform(&state, 0, 600), test_uniform(&state, 0, 800)};
        double xyz[3], normal[3], back[2], foot[2], cov[3], facing, on[3];
        if (!smp_camera_unproject(&c, &head, uv, xyz, normal))
            continue;
        hits++;
        ck_assert(smp_camera_project(&c, xyz, back));
        ck_assert_double_eq_tol(back[0], uv[0], 1e-6);
        ck_assert_double_eq_tol(back[1], uv[1], 1e-6);
        smpi_head_surface(&head, xyz, on, NULL);
        for (int j = 0; j < 3; j++)
            ck_assert_double_eq_tol(on[j], xyz[j], 1e-6);
        ck_assert(smpi_camera_footprint(&c, xyz, normal, foot, cov, &facing));
        ck_assert_double_eq_tol(foot[0], uv[0], 1e-6);
        ck_assert(facing > 0 && facing <= 1 + 1e-12);
    }
    ck_assert_int_gt(hits, 500);
}
END_TEST

/* The whole silhouette, turned back into the ellipse's frame, is as wide as the ellipse, about its
 * middle, and touches its top. */
START_TEST(outline_meets_the_ellipse)
{
    uint64_t state = test_seed();
    for (int i = 0; i < 40; i++) {
        const smp_pose pose = random_pose(&state);
        const smp_ellipse e = {test_uniform(&state, 0, 900), test_uniform(&state, 0, 900),
                               test_uniform(&state, 60, 400), test_uniform(&state, 60, 400),
                               test_uniform(&state, -90, 90)};
        const smp_camera c = camera_of(&e, &pose);
        const smp_head head = {sizeof head, 0, 152, 232, 197, 131, 0, 0};
        const double t = e.turn_deg * SMPI_PI / 180;
        double low = 1e9, high = -1e9, top = 1e9;
        for (int j = 0; j < 200 * 200; j++) {
            double xyz[3], uv[2];
            smpi_head_unpolar(&head, (j % 200) * SMPI_PI / 100, (j / 200) * SMPI_PI / 199, xyz);
            smp_camera_project(&c, xyz, uv);
            const double x = uv[0] - e.cx_px, y = uv[1] - e.cy_px;
            const double across = x * cos(t) + y * sin(t), down = y * cos(t) - x * sin(t);
            low = fmin(low, across);
            high = fmax(high, across);
            top = fmin(top, down);
        }
        ck_assert_double_eq_tol(high / e.rx_px, 1.0, 2e-3);
        ck_assert_double_eq_tol(low / e.rx_px, -1.0, 2e-3);
        ck_assert_double_eq_tol(top, -e.ry_px, 3e-3 * e.ry_px + 3e-3 * e.rx_px);
    }
}
END_TEST

/* cov against differences; its determinant's root is px^2 per mm^2 of skin, which falls with the
 * cosine to the viewer: dots crowd toward the limb. */
START_TEST(footprint_is_the_stretch)
{
    uint64_t state = test_seed();
    const smp_head head = {sizeof head, 0, 152, 232, 197, 131, 0, 0};
    for (int i = 0; i < 1000; i++) {
        const smp_pose pose = random_pose(&state);
        smp_camera c = camera_of(&usual, &pose);
        c.distance_mm = i % 2 ? 600.0 : 0.0;
        const double uv[2] = {test_uniform(&state, 160, 440), test_uniform(&state, 180, 600)};
        double xyz[3], n[3], at[2], cov[3], facing;
        if (!smp_camera_unproject(&c, &head, uv, xyz, n))
            continue;
        smpi_camera_footprint(&c, xyz, n, at, cov, &facing);
        const double h = 1e-4;
        double sum[3] = {0, 0, 0};
        double t[2][3];
        const int k = fabs(n[0]) < 0.6 ? 0 : 1;
        double length = 0;
        for (int j = 0; j < 3; j++) {
            t[0][j] = (j == k) - n[k] * n[j];
            length += t[0][j] * t[0][j];
        }
        for (int j = 0; j < 3; j++)
            t[0][j] /= sqrt(length);
        for (int j = 0; j < 3; j++)
            t[1][j] = n[(j + 1) % 3] * t[0][(j + 2) % 3] - n[(j + 2) % 3] * t[0][(j + 1) % 3];
        for (int m = 0; m < 2; m++) {
            double a[2], b[2], p[3], q[3];
            for (int j = 0; j < 3; j++) {
                p[j] = xyz[j] - h * t[m][j];
                q[j] = xyz[j] + h * t[m][j];
            }
            smp_camera_project(&c, p, a);
            smp_camera_project(&c, q, b);
            const double du = (b[0] - a[0]) / (2 * h), dv = (b[1] - a[1]) / (2 * h);
            sum[0] += du * du;
            sum[1] += du * dv;
            sum[2] += dv * dv;
        }
        for (int j = 0; j < 3; j++)
            ck_assert_double_eq_tol(cov[j], sum[j], 1e-5);
        if (!(i % 2)) {
            const double area = sqrt(cov[0] * cov[2] - cov[1] * cov[1]);
            ck_assert_double_eq_tol(area, facing * c.px_per_mm * c.px_per_mm, 1e-6);
        }
    }
}
END_TEST

START_TEST(behind_the_camera)
{
    smp_camera c = camera_of(&usual, NULL);
    c.distance_mm = 50; /* inside the head */
    const double nose[3] = {0, 0, 98}, normal[3] = {0, 0, 1}, uv[2] = {300, 400};
    double out[2], cov[3], facing, xyz[3];
    ck_assert(!smp_camera_project(&c, nose, out));
    ck_assert(out[0] == 0 && out[1] == 0);
    ck_assert(!smpi_camera_footprint(&c, nose, normal, out, cov, &facing));
    ck_assert(!smp_camera_unproject(&c, NULL, uv, xyz, NULL));
    ck_assert(!smp_camera_project(NULL, nose, out) && !smp_camera_project(&c, NULL, out));
    ck_assert(!smp_camera_project(&c, nose, NULL));
    const double away[3] = {0, 0, -1};
    c.distance_mm = 0;
    ck_assert(!smpi_camera_footprint(&c, nose, away, out, cov, &facing));
    ck_assert_double_eq_tol(facing, -1, 1e-12);
}
END_TEST

START_TEST(flat_patch_and_resize)
{
    smp_camera c;
    const double origin[2] = {10, 20};
    ck_assert_int_eq(smp_camera_from_scale(&c, 4.0, origin, NULL), SMP_OK);
    smp_head head;
    smp_head_init(&head);
    head.shape = SMP_SHAPE_FLAT;
    const double uv[2] = {50, 100}, off[2] = {5, 100};
    double xyz[3], n[3], cov[3], at[2], facing;
    ck_assert(smp_camera_unproject(&c, &head, uv, xyz, n));
    ck_assert(xyz[0] == 10 && xyz[1] == 20 && xyz[2] == 0 && n[2] == -1);
    ck_assert(!smp_camera_unproject(&c, &head, off, xyz, n));
    const double p[3] = {10, 20, 0};
    ck_assert(smpi_camera_footprint(&c, p, n, at, cov, &facing));
    ck_assert(cov[0] == 16 && cov[1] == 0 && cov[2] == 16 && facing == 1);
    smp_camera_resize(&c, 0.5, 3, 4);
    ck_assert(smp_camera_project(&c, p, at));
    ck_assert(at[0] == 22 && at[1] == 46);
    smp_camera_resize(NULL, 1, 0, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("camera");
    TCase *tc = tcase_create("camera");
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, frontal_upright);
    tcase_add_test(tc, signs_of_the_pose);
    tcase_add_test(tc, round_trips);
    tcase_add_test(tc, outline_meets_the_ellipse);
    tcase_add_test(tc, footprint_is_the_stretch);
    tcase_add_test(tc, behind_the_camera);
    tcase_add_test(tc, flat_patch_and_resize);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
