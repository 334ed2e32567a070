/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Cameras that cannot be: what is refused and in which words; heads from ellipses. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geometry/camera.h"
#include "support.h"

static const smp_ellipse usual = {300, 400, 152, 232, 0};

START_TEST(ellipse_errors_name_the_field)
{
    static const char *const names[] = {"cx_px", "cy_px", "rx_px", "ry_px", "turn_deg"};
    static const double bad[] = {NAN, INFINITY, -INFINITY, 1e9};
    for (int i = 0; i < 5; i++) {
        for (int j = 0; j < 4; j++) {
            smp_ellipse e = usual;
            smp_camera camera;
            smp_diag diag = {0};
            double *const fields[] = {&e.cx_px, &e.cy_px, &e.rx_px, &e.ry_px, &e.turn_deg};
            *fields[i] = bad[j];
            ck_assert_int_eq(smp_camera_from_ellipse(&camera, NULL, &e, NULL, 0, &diag),
                             SMP_ERR_RANGE);
            ck_assert_ptr_nonnull(strstr(diag.text, names[i]));
        }
    }
}
END_TEST

START_TEST(other_errors)
{
    smp_camera c;
    smp_diag diag = {0};
    smp_pose pose = {NAN, 0, 0};
    ck_assert_int_eq(smp_camera_from_ellipse(&c, NULL, &usual, &pose, 0, &diag), SMP_ERR_RANGE);
    ck_assert_ptr_nonnull(strstr(diag.text, "yaw_deg"));
    ck_assert_int_eq(smp_camera_from_ellipse(&c, NULL, &usual, NULL, NAN, &diag), SMP_ERR_RANGE);
    ck_assert_int_eq(smp_camera_from_ellipse(&c, NULL, &usual, NULL, -1, &diag), SMP_ERR_RANGE);
    ck_assert_int_eq(smp_camera_from_ellipse(&c, NULL, NULL, NULL, 0, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_camera_from_ellipse(NULL, NULL, &usual, NULL, 0, &diag), SMP_ERR_ARGUMENT);
    smp_head head;
    smp_head_init(&head);
    head.shape = SMP_SHAPE_FLAT;
    ck_assert_int_eq(smp_camera_from_ellipse(&c, &head, &usual, NULL, 0, &diag), SMP_ERR_ARGUMENT);
    ck_assert_ptr_nonnull(strstr(diag.text, "flat"));
    ck_assert_int_eq(smp_head_from_ellipse(&head, &usual, NULL, &diag), SMP_ERR_ARGUMENT);
    const double origin[2] = {0, NAN};
    ck_assert_int_eq(smp_camera_from_scale(&c, 1, origin, &diag), SMP_ERR_RANGE);
    ck_assert_int_eq(smp_camera_from_scale(&c, 0, origin, &diag), SMP_ERR_RANGE);
    ck_assert_int_eq(smp_camera_from_scale(&c, 1, NULL, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_camera_from_ellipse(&c, NULL, &usual, NULL, 3.5, NULL), SMP_OK);
    ck_assert(c.px_per_mm == 3.5 && c.scale_sigma == 0);
}
END_TEST

START_TEST(read_checks_the_rotation)
{
    smp_camera c, own;
    smp_diag diag = {0};
    smp_camera_init(&c);
    ck_assert(c.rotation[0] == 1 && c.rotation[4] == 1 && c.rotation[8] == 1);
    ck_assert(c.rotation[1] == 0 && c.px_per_mm == 1);
    ck_assert_int_eq(smpi_camera_read(&own, &c, &diag), SMP_OK);
    c.rotation[0] = -1;
    ck_assert_int_eq(smpi_camera_read(&own, &c, &diag), SMP_ERR_RANGE);
    ck_assert_ptr_nonnull(strstr(diag.text, "mirror"));
    diag = (smp_diag){0};
    c.rotation[0] = 0.9;
    ck_assert_int_eq(smpi_camera_read(&own, &c, &diag), SMP_ERR_RANGE);
    ck_assert_ptr_nonnull(strstr(diag.text, "orthonormal"));
    c.rotation[0] = NAN;
    ck_assert_int_eq(smpi_camera_read(&own, &c, NULL), SMP_ERR_RANGE);
    ck_assert_int_eq(smpi_camera_read(&own, NULL, NULL), SMP_ERR_ARGUMENT);
    uint32_t count;
    const smp_field *fields = smp_camera_fields(&count);
    ck_assert(count == 8 && !strcmp(fields[2].name, "rotation") && smp_camera_fields(NULL));
}
END_TEST

START_TEST(head_as_tall_as_the_ellipse)
{
    smp_head head;
    smp_head_init(&head);
    smp_ellipse e = {0, 0, 152, 250, 0};
    ck_assert_int_eq(smp_head_from_ellipse(&head, &e, NULL, NULL), SMP_OK);
    ck_assert_double_eq_tol((double)head.height_mm, 250.0, 1e-4);
    ck_assert_double_eq_tol((double)head.vertex_mm, 250.0 * 131 / 232, 1e-4);
    e.ry_px = 500;
    ck_assert_int_eq(smp_head_from_ellipse(&head, &e, NULL, NULL), SMP_OK);
    ck_assert_double_eq_tol((double)head.height_mm, 232 * 1.15, 1e-3);
    e.ry_px = 20;
    ck_assert_int_eq(smp_head_from_ellipse(&head, &e, NULL, NULL), SMP_OK);
    ck_assert_double_eq_tol((double)head.height_mm, 232 * 0.85, 1e-3);
    /* A posed head of a known height shows an outline that gives it back. */
    const smp_pose pose = {30, -25, 0};
    double r[9], center[2], m[2];
    smp_head_init(&head);
    head.height_mm = 240;
    smpi_rotation(&pose, r);
    smpi_head_outline(&head, r, center, m);
    e.rx_px = 100 * m[0];
    e.ry_px = 100 * m[1];
    smp_head_init(&head);
    ck_assert_int_eq(smp_head_from_ellipse(&head, &e, &pose, NULL), SMP_OK);
    ck_assert_double_eq_tol((double)head.height_mm, 240.0, 1e-3);
    const smp_pose above = {0, -90, 0};
    ck_assert_int_eq(smp_head_from_ellipse(&head, &e, &above, NULL), SMP_OK);
    ck_assert_double_eq_tol((double)head.height_mm, 232.0, 1e-3);
}
END_TEST

START_TEST(cameras_of_older_programs)
{
    struct {
        smp_camera camera;
        double beyond;
    } newer;
    memset(&newer, 0, sizeof newer);
    smp_camera_init_sized(&newer.camera, sizeof newer);
    smp_camera own;
    ck_assert_int_eq(smpi_camera_read(&own, &newer.camera, NULL), SMP_OK);
    newer.beyond = 1;
    ck_assert_int_eq(smpi_camera_read(&own, &newer.camera, NULL), SMP_ERR_UNSUPPORTED);
    smp_camera shorter;
    smp_camera_init(&shorter);
    shorter.struct_size = (uint32_t)offsetof(smp_camera, pose_sigma_deg);
    shorter.distance_mm = 0;
    const double p[3] = {3, 4, 5};
    double uv[2];
    ck_assert(smp_camera_project(&shorter, p, uv));
    ck_assert(uv[0] == 3 && uv[1] == -4);
    shorter.struct_size = 3;
    ck_assert(!smp_camera_project(&shorter, p, uv));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("camera errors");
    TCase *tc = tcase_create("camera errors");
    tcase_add_test(tc, ellipse_errors_name_the_field);
    tcase_add_test(tc, other_errors);
    tcase_add_test(tc, read_checks_the_rotation);
    tcase_add_test(tc, head_as_tall_as_the_ellipse);
    tcase_add_test(tc, cameras_of_older_programs);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
