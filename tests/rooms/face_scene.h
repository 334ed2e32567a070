/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Synthetic cameras round a head, and its landmarks as they see them. */
#ifndef SMP_TESTS_FACE_SCENE_H
#define SMP_TESTS_FACE_SCENE_H

#include <math.h>

#include "base/math.h"
#include "geometry/camera.h"
#include "geometry/landmarks.h"
#include "support.h"

static inline double normal(uint64_t *state)
{
    double sum = -6.0;
    for (int i = 0; i < 12; i++)
        sum += test_uniform(state, 0, 1);
    return sum;
}

/* A camera on a head that is 400 px wide. */
static inline smp_camera random_camera(uint64_t *state, double yaw, double pitch,
                                       double distance_mm)
{
    const smp_pose pose = {test_uniform(state, -yaw, yaw), test_uniform(state, -pitch, pitch),
                           test_uniform(state, -30, 30)};
    smp_camera camera;
    smp_camera_init(&camera);
    smpi_rotation(&pose, camera.rotation);
    camera.center_px[0] = test_uniform(state, 300, 900);
    camera.center_px[1] = test_uniform(state, 300, 900);
    camera.px_per_mm = 400.0 / 152.0;
    camera.distance_mm = distance_mm;
    return camera;
}

/* All landmarks of a head as a camera sees them; person: by how many times the
 * published spread this one differs from the mean.
 */
static inline smp_landmarks look(const smp_camera *camera, const smp_head *head, double noise_px,
                                 double person, uint64_t *state)
{
    smp_landmarks seen;
    smp_landmarks_init(&seen);
    smpi_face face = {.known = seen};
    smp_head_init(&face.head);
    for (int i = 0; i < SMP_LANDMARK_COUNT; i++) {
        double xyz[3];
        smpi_place(head, i, xyz);
        smpi_face_add(&face, i, seen.uv_px, 1.0);
        for (int k = 0; k < 3; k++)
            xyz[k] += person * sqrt(face.job.mark[i].var[k]) * normal(state);
        TEST_ASSERT(smp_camera_project(camera, xyz, &seen.uv_px[2 * i]));
        seen.uv_px[2 * i] += noise_px * normal(state);
        seen.uv_px[2 * i + 1] += noise_px * normal(state);
        seen.visibility[i] = 1.0;
    }
    return seen;
}

static inline double degrees(double radians)
{
    return radians * (180.0 / SMPI_PI);
}

#endif
