/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Cameras from meshes and known points, heads from landmarks, scales from rulers and eyes. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "rooms/face_scene.h"

static smp_diag diag;

/* The places of the published canonical face (mediapipe, canonical_face_model.obj; cm, tilted as
 * it comes) of the points that are used. */
static const struct {
    uint32_t index;
    double xyz[3];
} canonical[] = {
    {8, {0, 4.019042, 5.284764}},           {9, {0, 4.885979, 5.385258}},
    {263, {4.445859, 2.663991, 3.173422}},  {33, {-4.445859, 2.663991, 3.173422}},
    {2, {0, -2.089024, 6.058267}},          {152, {0, -9.403378, 4.264492}},
    {454, {7.664182, 0.673132, -2.435867}}, {234, {-7.664182, 0.673132, -2.435867}},
};

typedef struct mesh_of {
    float points[478][3];
    smp_face_mesh mesh;
} mesh_of;

/* The canonical face seen by a camera; its origin stands where our head has it. */
static void fill(mesh_of *m, const smp_camera *camera, uint32_t count, uint64_t *state,
                 double noise)
{
    memset(m->points, 0, sizeof m->points);
    for (size_t i = 0; i < sizeof canonical / sizeof *canonical; i++) {
        const double *p = canonical[i].xyz;
        const double xyz[3] = {10 * p[0], 10 * p[1] - 9.6, 10 * p[2] + 43.3};
        double uv[2];
        ck_assert(smp_camera_project(camera, xyz, uv));
        m->points[canonical[i].index][0] = (float)((uv[0] + noise * normal(state)) / 1000);
        m->points[canonical[i].index][1] = (float)((uv[1] + noise * normal(state)) / 800);
    }
    for (uint32_t eye = 468; eye < 478; eye += 5) { /* centre, right, up, left, down */
        static const int step[5][2] = {{0, 0}, {1, 0}, {0, -1}, {-1, 0}, {0, 1}};
        const double radius = 0.5 * 11.7 * camera->px_per_mm;
        for (uint32_t k = 0; k < 5; k++) {
            m->points[eye + k][0] = (float)((500 + radius * step[k][0]) / 1000);
            m->points[eye + k][1] = (float)((400 + radius * step[k][1]) / 800);
        }
    }
    m->mesh = (smp_face_mesh){&m->points[0][0], count, 3, {1000, 800}};
}

START_TEST(mesh)
{
    uint64_t state = 21;
    static mesh_of m;
    double worst = 0.0;
    for (int i = 0; i < 200; i++) {
        const smp_camera truth = random_camera(&state, 40, 25, i % 2 ? 0 : 800);
        smp_camera found;
        fill(&m, &truth, i % 3 ? 478 : 468, &state, 1.5);
        if (smp_camera_from_mesh(&found, NULL, &m.mesh, NULL, NULL, &diag) != SMP_OK)
            TEST_DIE("%s", diag.text);
        const double off = degrees(smpi_rotation_between(truth.rotation, found.rotation));
        worst = off > worst ? off : worst;
        ck_assert_double_le(off, 3 * found.pose_sigma_deg);
        ck_assert_double_le(fabs(found.px_per_mm / truth.px_per_mm - 1), 2.5 * found.scale_sigma);
    }
    printf("canonical face of the mesh: worst %.1f degrees\n", worst);
    ck_assert_double_le(worst, 8.0); /* its shape is not exactly ours */
    smp_camera camera;
    m.mesh.count = 400;
    ck_assert_int_eq(smp_camera_from_mesh(&camera, NULL, &m.mesh, NULL, NULL, &diag),
                     SMP_ERR_ARGUMENT);
    m.mesh.count = 468;
    m.mesh.stride = 1;
    ck_assert_int_eq(smp_camera_from_mesh(&camera, NULL, &m.mesh, NULL, NULL, &diag),
                     SMP_ERR_ARGUMENT);
    m.mesh.stride = 3;
    m.mesh.scale_px[1] = 0;
    ck_assert_int_eq(smp_camera_from_mesh(&camera, NULL, &m.mesh, NULL, NULL, &diag),
                     SMP_ERR_RANGE);
    m.mesh.scale_px[1] = 800;
    m.points[100][0] = NAN;
    ck_assert_int_eq(smp_camera_from_mesh(&camera, NULL, &m.mesh, NULL, NULL, &diag),
                     SMP_ERR_RANGE);
}
END_TEST

/* A back view has no face: points that were seen from the side lead to it. */
START_TEST(known_points_reach_the_back)
{
    uint64_t state = 2;
    smp_head head;
    smp_head_init(&head);
    for (int i = 0; i < 40; i++) {
        const smp_pose pose = {test_uniform(&state, 120, 240), test_uniform(&state, -30, 30), 3};
        smp_camera truth = random_camera(&state, 0, 0, 1200), found;
        smpi_rotation(&pose, truth.rotation);
        double xyz[24], uv[16], normal_there[3];
        uint32_t count = 0;
        while (count < 8) {
            const double at[2] = {test_uniform(&state, 200, 1000), test_uniform(&state, 200, 1000)};
            if (smp_camera_unproject(&truth, &head, at, xyz + 3 * count, normal_there)) {
                uv[2 * count] = at[0] + normal(&state);
                uv[2 * count + 1] = at[1] + normal(&state);
                count++;
            }
        }
        smp_landmarks options;
        smp_landmarks_init(&options);
        options.noise_px = 1.0;
        const smp_points points = {xyz, uv, count, 0};
        if (smp_camera_from_points(&found, &head, &points, &options, NULL, &diag) != SMP_OK)
            TEST_DIE("%s", diag.text);
        const double off = degrees(smpi_rotation_between(truth.rotation, found.rotation));
        ck_assert_double_le(off, 4 * found.pose_sigma_deg);
        ck_assert_double_le(off, 5.0);
        uv[4] += 200;
        ck_assert_int_eq(smp_camera_from_points(&found, &head, &points, &options, NULL, &diag),
                         SMP_ERR_ARGUMENT);
        ck_assert_ptr_nonnull(strstr(diag.text, "point 2 is"));
    }
    double xyz[3] = {0, 0, 1e5}, uv[2] = {0, 0};
    smp_camera found;
    smp_points points = {xyz, uv, 1, 0};
    ck_assert_int_eq(smp_camera_from_points(&found, &head, &points, NULL, NULL, &diag),
                     SMP_ERR_RANGE);
    points.count = 49;
    ck_assert_int_eq(smp_camera_from_points(&found, &head, &points, NULL, NULL, &diag),
                     SMP_ERR_ARGUMENT);
}
END_TEST

START_TEST(head_from_landmarks)
{
    uint64_t state = 8;
    smp_head real, head;
    smp_head_init(&real);
    real.width_mm = 164;
    real.height_mm = 245;
    real.vertex_mm = 131.0f * 245 / 232;
    const smp_camera camera = random_camera(&state, 20, 10, 0);
    smp_landmarks seen = look(&camera, &real, 0.5, 0.0, &state);
    seen.distance_mm = 1e7;
    seen.px_per_mm = camera.px_per_mm;
    smp_head_init(&head);
    ck_assert_int_eq(smp_head_from_landmarks(&head, &seen, NULL, &diag), SMP_OK);
    printf("head 164 x 245 found as %.1f x %.1f, length %.1f of 197\n", (double)head.width_mm,
           (double)head.height_mm, (double)head.length_mm);
    ck_assert_double_eq_tol((double)head.width_mm, 164, 5);
    ck_assert_double_eq_tol((double)head.height_mm, 245, 6);
    ck_assert_double_eq_tol((double)head.length_mm, 197, 10);
    /* Without a scale the size stays about what it was, and only proportions move. */
    real.height_mm = 232;
    real.vertex_mm = 131;
    seen = look(&camera, &real, 0.5, 0.0, &state);
    seen.distance_mm = 1e7;
    smp_head_init(&head);
    ck_assert_int_eq(smp_head_from_landmarks(&head, &seen, NULL, &diag), SMP_OK);
    const double ratio = (double)(head.width_mm / head.height_mm) / (152.0 / 232.0);
    ck_assert_double_ge(ratio, 1.03); /* of the 1.079 that is there, within people's spread */
    ck_assert_double_le(ratio, 1.08);
    ck_assert_double_eq_tol((double)head.width_mm, 152, 8);
    seen.visibility[0] = -1;
    ck_assert_int_eq(smp_head_from_landmarks(&head, &seen, NULL, &diag), SMP_ERR_RANGE);
}
END_TEST

START_TEST(scales)
{
    smp_scale scale;
    const double uv[8] = {0, 0, 30, 40, 10, 10, 10, 111};
    const double mm[2] = {10, 20}, wrong[2] = {10, 30};
    ck_assert_int_eq(smp_scale_from_pairs(uv, mm, 2, 0.7, &scale, &diag), SMP_OK);
    ck_assert_double_eq_tol(scale.px_per_mm, 5.04, 0.01); /* 5 and 5.05, the longer counts more */
    ck_assert_double_eq_tol(scale.sigma, 0.0088, 1e-4);
    ck_assert_int_eq(smp_scale_from_pairs(uv, wrong, 2, 0.7, &scale, &diag), SMP_ERR_ARGUMENT);
    ck_assert_ptr_nonnull(strstr(diag.text, "disagree"));
    ck_assert_int_eq(smp_scale_from_pairs(uv, mm, 1, 20, &scale, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_scale_from_pairs(uv, mm, 0, 0, &scale, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_scale_from_pairs(uv, mm, 2, -1, &scale, &diag), SMP_ERR_RANGE);
    const double none[1] = {0};
    ck_assert_int_eq(smp_scale_from_pairs(uv, none, 1, 0, &scale, &diag), SMP_ERR_RANGE);
    ck_assert_int_eq(smp_scale_from_eyes(58.5, 0, &scale, &diag), SMP_OK);
    ck_assert_double_eq_tol(scale.px_per_mm, 5, 1e-12);
    ck_assert_double_eq_tol(scale.sigma, 0.043, 1e-12);
    ck_assert_int_eq(smp_scale_from_eyes(58.5, 315, &scale, &diag), SMP_OK);
    ck_assert_double_le(scale.sigma, 0.035);
    ck_assert_int_eq(smp_scale_from_eyes(58.5, 500, &scale, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_scale_from_eyes(0, 0, &scale, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_scale_from_eyes(NAN, 0, &scale, &diag), SMP_ERR_RANGE);
    ck_assert_int_eq(smp_scale_from_eyes(0, -1, &scale, &diag), SMP_ERR_RANGE);
}
END_TEST

/* Straight up and down the angles still give the rotation back. */
START_TEST(pose_of_a_camera)
{
    for (int i = -1; i <= 1; i += 2) {
        const smp_pose pose = {25, 90.0 * i, 0};
        smp_camera camera;
        smp_camera_init(&camera);
        smpi_rotation(&pose, camera.rotation);
        const smp_pose back = smp_camera_pose(&camera);
        ck_assert_double_eq_tol(back.yaw_deg, 25, 1e-6);
        ck_assert_double_eq_tol(back.pitch_deg, 90.0 * i, 1e-6);
        ck_assert_double_eq_tol(back.roll_deg, 0, 1e-6);
    }
    ck_assert(!(smp_camera_pose(NULL).yaw_deg < 0 || smp_camera_pose(NULL).yaw_deg > 0));
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("landmarks_more");
    TCase *tc = tcase_create("all");
    tcase_set_timeout(tc, 300);
    tcase_add_test(tc, mesh);
    tcase_add_test(tc, known_points_reach_the_back);
    tcase_add_test(tc, head_from_landmarks);
    tcase_add_test(tc, scales);
    tcase_add_test(tc, pose_of_a_camera);
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
