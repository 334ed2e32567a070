/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Turns: every pose is a rotation, its angles come back, and the angle between two is what one was
 * turned by. */
#include <check.h>
#include <math.h>

#include "geometry/camera.h"
#include "geometry/head.h"
#include "geometry/pose_fit.h"
#include "support.h"

#define DEG (3.14159265358979323846 / 180)

START_TEST(poses)
{
    for (int yaw = -170; yaw <= 170; yaw += 34)
        for (int pitch = -80; pitch <= 80; pitch += 20)
            for (int roll = -150; roll <= 150; roll += 30) {
                const smp_pose pose = {yaw, pitch, roll};
                smp_camera camera;
                smp_camera_init(&camera);
                double *r = camera.rotation;
                smpi_rotation(&pose, r);
                for (int i = 0; i < 3; i++)
                    for (int j = 0; j < 3; j++) {
                        double dot = 0;
                        for (int k = 0; k < 3; k++)
                            dot += r[3 * i + k] * r[3 * j + k];
                        ck_assert_double_eq_tol(dot, i == j, 1e-12);
                    }
                const double det = r[0] * (r[4] * r[8] - r[5] * r[7]) -
                                   r[1] * (r[3] * r[8] - r[5] * r[6]) +
                                   r[2] * (r[3] * r[7] - r[4] * r[6]);
                ck_assert_double_eq_tol(det, 1, 1e-12);
                const smp_pose back = smp_camera_pose(&camera);
                ck_assert_double_eq_tol(back.yaw_deg, yaw, 1e-9);
                ck_assert_double_eq_tol(back.pitch_deg, pitch, 1e-9);
                ck_assert_double_eq_tol(back.roll_deg, roll, 1e-9);
            }
}
END_TEST

START_TEST(angles)
{
    static const double axes[3][3] = {{1, 0, 0}, {0, -0.6, 0.8}, {0.48, 0.6, 0.64}};
    const smp_pose pose = {20, -30, 10};
    for (int i = 0; i < 3; i++)
        for (int deg = 1; deg < 180; deg += 7) {
            double a[9], b[9], turn[3];
            smpi_rotation(&pose, a);
            smpi_rotation(&pose, b);
            for (int k = 0; k < 3; k++)
                turn[k] = axes[i][k] * deg * DEG;
            smpi_rotation_turn(b, turn);
            ck_assert_double_eq_tol(smpi_rotation_between(a, b), deg * DEG, 1e-7);
            for (int k = 0; k < 3; k++)
                turn[k] = -turn[k];
            smpi_rotation_turn(b, turn);
            ck_assert_double_le(smpi_rotation_between(a, b), 1e-7);
        }
    double r[9], none[3] = {0, 0, 0};
    smpi_rotation(&pose, r);
    const double first = r[0];
    smpi_rotation_turn(r, none);
    ck_assert(r[0] == first);
}
END_TEST

/* The middle of a head has no direction: its normal is the crown's. */
START_TEST(middles)
{
    static const double middle[3] = {0, 0, 0};
    double xyz[3], normal[3];
    smp_head head;
    smp_head_init(&head);
    const smpi_ellipsoid e = smpi_head_ellipsoid(&head);
    const double center[3] = {0, e.cy, 0};
    smpi_head_normal(&head, center, normal);
    ck_assert(normal[0] == 0 && normal[1] == 1 && normal[2] == 0);
    smpi_head_surface(&head, center, xyz, normal);
    ck_assert(xyz[0] == 0 && fabs(xyz[1] - (double)head.vertex_mm) < 1e-4 && normal[1] > 0.999);
    head.widest_mm = head.height_mm;
    ck_assert_int_eq(smpi_head_check(&head, NULL), SMP_ERR_RANGE);
    head.shape = SMP_SHAPE_FLAT;
    smpi_head_normal(&head, middle, normal);
    ck_assert(normal[0] == 0 && normal[1] == 0 && normal[2] == -1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("geometry");
    TCase *tests = tcase_create("turns");
    tcase_add_test(tests, poses);
    tcase_add_test(tests, angles);
    tcase_add_test(tests, middles);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
