/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Cameras from a face mesh and from known points, a head from landmarks, scales from rulers and
 * eyes. source: docs/model/geometry.md 6, 9 */
#include <math.h>

#include "base/diag.h"
#include "base/fields.h"
#include "base/guard.h"
#include "base/math.h"
#include "geometry/camera.h"
#include "geometry/head.h"
#include "geometry/landmarks.h"

#define SHAPE_SIGMA 0.04 /* of width, height and length each, once size is taken out (ANSUR) */
#define EDGE_SEEN 0.4    /* a mesh's edges slide along the cheek when the head turns; assumed */
#define IRIS_MM 11.7
#define IRIS_SIGMA 0.043
#define PUPILS_MM 63.0
#define PUPILS_SIGMA 0.057
#define AGREE 4.0   /* standard deviations */
#define CLOSEST 5.0 /* a pair is at least this many noises long */

enum { POINTS_MAX = 48, PAIRS_MAX = 64, MESH = 468, MESH_WITH_IRISES = 478 };

/* ---- face mesh ---- */

static void mesh_point(const smp_face_mesh *mesh, uint32_t index, double uv[2])
{
    const float *at = mesh->points + (size_t)index * mesh->stride;
    uv[0] = (double)at[0] * mesh->scale_px[0];
    uv[1] = (double)at[1] * mesh->scale_px[1];
}

static double mesh_distance(const smp_face_mesh *mesh, uint32_t a, uint32_t b)
{
    double p[2], q[2];
    mesh_point(mesh, a, p);
    mesh_point(mesh, b, q);
    return sqrt((p[0] - q[0]) * (p[0] - q[0]) + (p[1] - q[1]) * (p[1] - q[1]));
}

/* The longer of an iris' two diameters: its centre, then right, up, left, down. */
static double iris_of(const smp_face_mesh *mesh, uint32_t center)
{
    const double across = mesh_distance(mesh, center + 1, center + 3);
    const double upright = mesh_distance(mesh, center + 2, center + 4);
    return across > upright ? across : upright;
}

static smp_status mesh_check(const smp_face_mesh *mesh, smp_diag *diag)
{
    SMPI_NEED(mesh, diag);
    SMPI_NEED(mesh->points, diag);
    if (mesh->count != MESH && mesh->count != MESH_WITH_IRISES)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "the mesh has %u points, want 468 or 478",
                         mesh->count);
    if (mesh->stride < 2)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "the mesh's stride is %u floats, want 2 or more",
                         mesh->stride);
    for (int k = 0; k < 2; k++)
        if (!(mesh->scale_px[k] > 0.0 && mesh->scale_px[k] <= 1e6))
            return smpi_fail(diag, SMP_ERR_RANGE, "scale_px[%d] is %g, want (0, 1e6]", k,
                             mesh->scale_px[k]);
    for (uint32_t i = 0; i < mesh->count; i++) {
        double uv[2];
        mesh_point(mesh, i, uv);
        if (!(fabs(uv[0]) <= 1e6 && fabs(uv[1]) <= 1e6))
            return smpi_fail(diag, SMP_ERR_RANGE, "point %u of the mesh is (%g, %g) px", i, uv[0],
                             uv[1]);
    }
    return SMP_OK;
}

static void mesh_add(smpi_face *face, const smp_face_mesh *mesh)
{
    static const struct {
        int place;
        uint32_t first, second; /* the mean of the two */
        double seen;
    } marks[] = {
        {SMP_LANDMARK_GLABELLA, 8, 9, 1.0},           {SMP_LANDMARK_EYE_LEFT, 263, 263, 1.0},
        {SMP_LANDMARK_EYE_RIGHT, 33, 33, 1.0},        {SMP_LANDMARK_NOSE_BASE, 2, 2, 1.0},
        {SMP_LANDMARK_CHIN, 152, 152, 1.0},           {SMPI_PLACE_EDGE_LEFT, 454, 454, EDGE_SEEN},
        {SMPI_PLACE_EDGE_RIGHT, 234, 234, EDGE_SEEN},
    };
    for (uint32_t i = 0; i < SMPI_COUNT(marks); i++) {
        double a[2], b[2];
        mesh_point(mesh, marks[i].first, a);
        mesh_point(mesh, marks[i].second, b);
        const double uv[2] = {0.5 * (a[0] + b[0]), 0.5 * (a[1] + b[1])};
        smpi_face_add(face, marks[i].place, uv, marks[i].seen);
    }
    if (mesh->count == MESH_WITH_IRISES && !(face->known.iris_px > 0.0))
        face->known.iris_px = 0.5 * (iris_of(mesh, 468) + iris_of(mesh, 473));
}

SMPI_APART smp_status camera_from_mesh_guarded(smp_camera *camera, const smp_head *head,
                                               const smp_face_mesh *mesh,
                                               const smp_landmarks *options, smp_camera_fit *fit,
                                               smp_diag *diag)
{
    smpi_face face;
    smpi_pose_result best;
    smpi_diag_clear(diag);
    SMPI_NEED(camera, diag);
    SMPI_TRY(mesh_check(mesh, diag));
    SMPI_TRY(smpi_face_read(&face, head, options, diag));
    mesh_add(&face, mesh);
    smpi_face_close(&face);
    SMPI_TRY(smpi_face_solve(&face, &best, diag));
    return smpi_face_store(&face, &best, camera, fit, diag);
}

smp_status smp_camera_from_mesh(smp_camera *camera, const smp_head *head, const smp_face_mesh *mesh,
                                const smp_landmarks *options, smp_camera_fit *fit, smp_diag *diag)
{
    SMPI_GUARD(smp_status, camera_from_mesh_guarded(camera, head, mesh, options, fit, diag));
}

/* ---- known points ---- */

SMPI_APART smp_status camera_from_points_guarded(smp_camera *camera, const smp_head *head,
                                                 const smp_points *points,
                                                 const smp_landmarks *options, smp_camera_fit *fit,
                                                 smp_diag *diag)
{
    smpi_face face;
    smpi_pose_result best;
    smpi_diag_clear(diag);
    SMPI_NEED(camera, diag);
    SMPI_NEED(points, diag);
    SMPI_NEED(points->xyz_mm, diag);
    SMPI_NEED(points->uv_px, diag);
    if (points->count > POINTS_MAX)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "%u points, want %d at most", points->count,
                         POINTS_MAX);
    SMPI_TRY(smpi_face_read(&face, head, options, diag));
    for (uint32_t i = 0; i < points->count; i++) {
        smpi_mark *mark = &face.job.mark[face.job.count];
        *mark = (smpi_mark){.seen = 1.0};
        for (size_t k = 0; k < 3; k++) {
            mark->xyz[k] = points->xyz_mm[3 * (size_t)i + k];
            if (!(fabs(mark->xyz[k]) <= 1e4))
                return smpi_fail(diag, SMP_ERR_RANGE, "xyz_mm of point %u is %g, want [-1e4, 1e4]",
                                 i, mark->xyz[k]);
        }
        for (size_t k = 0; k < 2; k++) {
            mark->uv[k] = points->uv_px[2 * (size_t)i + k];
            if (!(fabs(mark->uv[k]) <= 1e6))
                return smpi_fail(diag, SMP_ERR_RANGE, "uv_px of point %u is %g, want [-1e6, 1e6]",
                                 i, mark->uv[k]);
        }
        face.place[face.job.count++] = -1;
    }
    smpi_face_close(&face);
    if (points->count >= 3) /* measured on the head: its size is known */
        face.job.size_sigma = 0.0;
    SMPI_TRY(smpi_face_solve(&face, &best, diag));
    return smpi_face_store(&face, &best, camera, fit, diag);
}

smp_status smp_camera_from_points(smp_camera *camera, const smp_head *head,
                                  const smp_points *points, const smp_landmarks *options,
                                  smp_camera_fit *fit, smp_diag *diag)
{
    SMPI_GUARD(smp_status, camera_from_points_guarded(camera, head, points, options, fit, diag));
}

/* ---- the head ---- */

SMPI_APART smp_status head_from_landmarks_guarded(smp_head *head, const smp_landmarks *landmarks,
                                                  smp_camera_fit *fit, smp_diag *diag)
{
    smpi_face face;
    smpi_pose_result best;
    smpi_diag_clear(diag);
    SMPI_NEED(head, diag);
    SMPI_NEED(landmarks, diag);
    SMPI_TRY(smpi_face_read(&face, head, landmarks, diag));
    smpi_face_close(&face);
    SMPI_TRY(smpi_face_solve(&face, &best, diag));
    face.job.shape_sigma = SHAPE_SIGMA;
    smpi_pose_refine(&face.job, &best.state, &best);
    const smpi_pose_state *state = &best.state;
    smp_head own = face.head;
    const double wide = 1.0 + state->size + state->shape[0];
    const double tall = 1.0 + state->size + state->shape[1];
    const double deep = 1.0 + state->size + state->shape[2];
    own.width_mm = (float)((double)own.width_mm * wide);
    own.height_mm = (float)((double)own.height_mm * tall);
    own.vertex_mm = (float)((double)own.vertex_mm * tall);
    own.widest_mm = (float)((double)own.widest_mm * tall);
    own.length_mm = (float)((double)own.length_mm * deep);
    SMPI_TRY(smpi_head_check(&own, diag));
    SMPI_TRY(smpi_face_store(&face, &best, NULL, fit, diag));
    return smpi_desc_store(head, &own, sizeof own, diag);
}

smp_status smp_head_from_landmarks(smp_head *head, const smp_landmarks *landmarks,
                                   smp_camera_fit *fit, smp_diag *diag)
{
    SMPI_GUARD(smp_status, head_from_landmarks_guarded(head, landmarks, fit, diag));
}

/* ---- scales ---- */

/* The weighted mean of several scales; SMP_ERR_ARGUMENT names the one that disagrees. */
static smp_status mean_scale(const double *log_scale, const double *sigma, uint32_t count,
                             smp_scale *scale, smp_diag *diag)
{
    double weight = 0.0, mean = 0.0;
    for (uint32_t i = 0; i < count; i++) {
        const double w = 1.0 / (sigma[i] * sigma[i]);
        weight += w;
        mean += w * log_scale[i];
    }
    mean /= weight;
    for (uint32_t i = 0; i < count; i++) {
        const double off = (log_scale[i] - mean) / sigma[i];
        if (!(fabs(off) <= AGREE))
            return smpi_fail(diag, SMP_ERR_ARGUMENT,
                             "scale %u of %u is %.4g px/mm, the mean of all %.4g: they disagree by "
                             "%.1f standard deviations",
                             i + 1, count, smpi_exp(log_scale[i]), smpi_exp(mean), fabs(off));
    }
    scale->px_per_mm = smpi_exp(mean);
    scale->sigma = 1.0 / sqrt(weight);
    return SMP_OK;
}

SMPI_APART smp_status scale_from_pairs_guarded(const double *uv_px, const double *distance_mm,
                                               uint32_t pairs, double noise_px, smp_scale *scale,
                                               smp_diag *diag)
{
    double log_scale[PAIRS_MAX], sigma[PAIRS_MAX];
    smpi_diag_clear(diag);
    SMPI_NEED(uv_px, diag);
    SMPI_NEED(distance_mm, diag);
    SMPI_NEED(scale, diag);
    if (!(pairs >= 1 && pairs <= PAIRS_MAX))
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "pairs is %u, want [1, %d]", pairs, PAIRS_MAX);
    if (!(noise_px >= 0.0 && noise_px <= 1000.0))
        return smpi_fail(diag, SMP_ERR_RANGE, "noise_px is %g, want [0, 1000]", noise_px);
    const double noise = noise_px > 0.0 ? noise_px : 0.5;
    for (uint32_t i = 0; i < pairs; i++) {
        const double *p = uv_px + 4 * (size_t)i;
        const double px = sqrt((p[2] - p[0]) * (p[2] - p[0]) + (p[3] - p[1]) * (p[3] - p[1]));
        if (!(distance_mm[i] > 0.0 && distance_mm[i] <= 1e5))
            return smpi_fail(diag, SMP_ERR_RANGE, "distance_mm[%u] is %g, want (0, 1e5]", i,
                             distance_mm[i]);
        if (!(px >= CLOSEST * noise && px <= 1e7))
            return smpi_fail(diag, SMP_ERR_ARGUMENT,
                             "the points of pair %u are %g px apart, want [%g, 1e7]", i, px,
                             CLOSEST * noise);
        log_scale[i] = smpi_log(px / distance_mm[i]);
        sigma[i] = 1.4142135623730951 * noise / px;
    }
    return mean_scale(log_scale, sigma, pairs, scale, diag);
}

smp_status smp_scale_from_pairs(const double *uv_px, const double *distance_mm, uint32_t pairs,
                                double noise_px, smp_scale *scale, smp_diag *diag)
{
    SMPI_GUARD(smp_status,
               scale_from_pairs_guarded(uv_px, distance_mm, pairs, noise_px, scale, diag));
}

SMPI_APART smp_status scale_from_eyes_guarded(double iris_px, double pupils_px, smp_scale *scale,
                                              smp_diag *diag)
{
    double log_scale[2], sigma[2];
    uint32_t count = 0;
    smpi_diag_clear(diag);
    SMPI_NEED(scale, diag);
    if (!(iris_px >= 0.0 && iris_px <= 1e5))
        return smpi_fail(diag, SMP_ERR_RANGE, "iris_px is %g, want [0, 1e5]", iris_px);
    if (!(pupils_px >= 0.0 && pupils_px <= 1e5))
        return smpi_fail(diag, SMP_ERR_RANGE, "pupils_px is %g, want [0, 1e5]", pupils_px);
    if (iris_px > 0.0) {
        log_scale[count] = smpi_log(iris_px / IRIS_MM);
        sigma[count++] = IRIS_SIGMA;
    }
    if (pupils_px > 0.0) {
        log_scale[count] = smpi_log(pupils_px / PUPILS_MM);
        sigma[count++] = PUPILS_SIGMA;
    }
    if (!count)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "neither iris_px nor pupils_px is given");
    return mean_scale(log_scale, sigma, count, scale, diag);
}

smp_status smp_scale_from_eyes(double iris_px, double pupils_px, smp_scale *scale, smp_diag *diag)
{
    SMPI_GUARD(smp_status, scale_from_eyes_guarded(iris_px, pupils_px, scale, diag));
}
