/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Named landmarks: where they lie on a head, and the marks made of them. source:
 * docs/model/geometry.md 6 */
#include "geometry/landmarks.h"

#include <math.h>

#include "base/diag.h"
#include "base/fields.h"
#include "base/guard.h"
#include "base/math.h"
#include "geometry/camera.h"
#include "geometry/head.h"

#define SIZE_SIGMA 0.035   /* head breadth and length vary by 3.5 % between men (ANSUR) */
#define IRIS_SIGMA 0.043   /* 0.5 of 11.7 mm */
#define IRIS_NOISE_PX 0.5  /* of its ends, which are sharp; assumed */
#define PUPILS_MM 63.0     /* Dodgson 2004 */
#define PUPILS_SIGMA 0.057 /* 3.6 of 63 mm */
#define STATED_SIGMA 0.01  /* of a scale or distance that the caller states; assumed */
#define NOISE_SHARE 0.01   /* of the widest distance between marks; assumed */
#define NOISE_LEAST_PX 0.5
#define NOISE_SMALLEST_PX 0.02 /* keeps the fit well conditioned */

/* Beside the middle, below the crown and in front of the tragi on the default head, mm, and one
 * standard deviation of each among people once size is taken out. Where a number comes from:
 * docs/model/geometry.md 6. */
typedef struct site {
    const char *name;
    double side, below, front, sigma[3];
    int face;
} site;

static const site places[SMPI_PLACE_COUNT] = {
    {"glabella", 0.0, SMPI_GLABELLA_MM, 98.5, {1.5, 4.0, 3.5}, 1},
    {"eye_left", 45.6, 114.0, 75.0, {1.5, 3.0, 3.0}, 1},
    {"eye_right", -45.6, 114.0, 75.0, {1.5, 3.0, 3.0}, 1},
    {"tragus_left", 72.5, 131.0, 0.0, {2.9, 5.0, 8.0}, 0},
    {"tragus_right", -72.5, 131.0, 0.0, {2.9, 5.0, 8.0}, 0},
    {"nose_base", 0.0, 158.0, 103.0, {1.0, 3.5, 4.0}, 1},
    {"chin", 0.0, 232.0, 82.0, {2.0, 5.7, 8.0}, 1},
    {"the mesh's left edge", 76.6, 134.0, 19.0, {4.0, 5.0, 8.0}, 0},
    {"the mesh's right edge", -76.6, 134.0, 19.0, {4.0, 5.0, 8.0}, 0},
};

/* A head is photographed from 0.4 m to far away: 1/mm, and one standard deviation; assumed. */
#define NEAR_MEAN 0.0005
#define NEAR_SIGMA 0.0008

#define PUPIL_SIDE 31.5
#define PUPIL_BELOW 114.0
#define PUPIL_FRONT 83.0

static const smp_field landmarks_fields[] = {
    SMPI_FIELD_HEAD(smp_landmarks),
    SMPI_FIELD_RESERVED(smp_landmarks, reserved),
    SMPI_FIELD_ARRAY(smp_landmarks, uv_px, 14, "px", -1e6, 1e6, 0.0,
                     "u and v of glabella, left and right eye, left and right tragus, nose base "
                     "and chin."),
    SMPI_FIELD_ARRAY(smp_landmarks, visibility, 7, "", 0.0, 1.0, 0.0,
                     "Of each landmark: 0 is not given, 1 is seen."),
    SMPI_FIELD(smp_landmarks, noise_px, "px", 0.0, 1000.0, 0.0,
               "One standard deviation of each coordinate; 0: 1 % of the widest distance."),
    SMPI_FIELD(smp_landmarks, spread, "", 0.0, 3.0, 1.0,
               "How much of the spread among people to allow for; 0: this very head was measured."),
    SMPI_FIELD(smp_landmarks, distance_mm, "mm", 0.0, 1e7, 0.0,
               "From the camera to the head; 0: far, or from focal_px."),
    SMPI_FIELD(smp_landmarks, focal_px, "px", 0.0, 1e7, 0.0, "Focal length; 0: not known."),
    SMPI_FIELD(smp_landmarks, px_per_mm, "px/mm", 0.0, 1000.0, 0.0,
               "The scale at the head's middle; 0: not known."),
    SMPI_FIELD(smp_landmarks, iris_px, "px", 0.0, 1e5, 0.0,
               "Longest diameter of an iris; 0: not known."),
    SMPI_FIELD(smp_landmarks, pupils_px, "px", 0.0, 1e5, 0.0,
               "Distance between the pupils; 0: not known."),
    SMPI_FIELD(smp_landmarks, hint_yaw_deg, "deg", -360.0, 360.0, 0.0, "About how it is turned."),
    SMPI_FIELD(smp_landmarks, hint_pitch_deg, "deg", -360.0, 360.0, 0.0, "About how it is turned."),
    SMPI_FIELD(smp_landmarks, hint_roll_deg, "deg", -360.0, 360.0, 0.0, "About how it is turned."),
    SMPI_FIELD(smp_landmarks, hint_sigma_deg, "deg", 0.0, 180.0, 0.0,
               "How sure the hint is, one standard deviation; 0: there is none."),
};
SMPI_DEFINE_FIELDS(smp_landmarks, landmarks_fields)

const char *smpi_place_name(int place)
{
    return places[place].name;
}

const char *smp_landmark_name(smp_landmark landmark)
{
    const int number = (int)landmark;
    return number >= 0 && number < SMP_LANDMARK_COUNT ? places[number].name : NULL;
}

/* Everything in proportion to width, height below the crown, and length. The tragi stay at the
 * height of the origin. */
static void on_head(const smp_head *head, double side, double below, double front, double xyz[3])
{
    smp_head usual;
    smp_head_init(&usual);
    const double vertex = (double)head->vertex_mm;
    xyz[0] = side * (double)head->width_mm / (double)usual.width_mm;
    xyz[1] = vertex - below * (double)head->height_mm / (double)usual.height_mm;
    xyz[2] = front * (double)head->length_mm / (double)usual.length_mm;
}

void smpi_place(const smp_head *head, int place, double xyz[3])
{
    on_head(head, places[place].side, places[place].below, places[place].front, xyz);
    if (place == SMP_LANDMARK_TRAGUS_LEFT || place == SMP_LANDMARK_TRAGUS_RIGHT)
        xyz[1] = 0.0;        /* by the definition of the frame, whatever the vertex */
    if (!places[place].face) /* tragi and the mesh's edges before them */
        xyz[2] += (double)head->ears_mm;
}

void smpi_place_spread(int place, double sigma_mm[3])
{
    for (int i = 0; i < 3; i++)
        sigma_mm[i] = places[place].sigma[i];
}

SMPI_APART smp_status head_landmark_guarded(const smp_head *head, smp_landmark landmark,
                                            double xyz_mm[3], smp_diag *diag)
{
    smp_head own;
    smpi_diag_clear(diag);
    SMPI_NEED(xyz_mm, diag);
    SMPI_TRY(smpi_head_read(&own, head, diag));
    if (own.shape == SMP_SHAPE_FLAT)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "the head is flat: it has no face");
    if (!smp_landmark_name(landmark))
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "landmark is %d, want [0, %d]", (int)landmark,
                         SMP_LANDMARK_COUNT - 1);
    smpi_place(&own, (int)landmark, xyz_mm);
    return SMP_OK;
}

smp_status smp_head_landmark(const smp_head *head, smp_landmark landmark, double xyz_mm[3],
                             smp_diag *diag)
{
    SMPI_GUARD(smp_status, head_landmark_guarded(head, landmark, xyz_mm, diag));
}

void smpi_face_add(smpi_face *face, int place, const double uv[2], double seen)
{
    smpi_mark *mark = &face->job.mark[face->job.count];
    smpi_place(&face->head, place, mark->xyz);
    for (int i = 0; i < 3; i++) {
        const double sigma = places[place].sigma[i] * face->known.spread;
        mark->var[i] = sigma * sigma;
    }
    mark->uv[0] = uv[0];
    mark->uv[1] = uv[1];
    mark->seen = seen;
    mark->face = places[place].face;
    face->place[face->job.count++] = place;
}

smp_status smpi_face_read(smpi_face *face, const smp_head *head, const smp_landmarks *known,
                          smp_diag *diag)
{
    face->job = (smpi_pose_job){0};
    face->scale_name = NULL;
    SMPI_TRY(smpi_head_read(&face->head, head, diag));
    if (face->head.shape == SMP_SHAPE_FLAT)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "the head is flat: use smp_camera_from_scale");
    SMPI_TRY(smpi_desc_read(&face->known, sizeof face->known, known, landmarks_fields,
                            SMPI_COUNT(landmarks_fields), diag));
    for (int i = 0; i < SMP_LANDMARK_COUNT; i++)
        if (face->known.visibility[i] > 0.0)
            smpi_face_add(face, i, face->known.uv_px + (size_t)(2 * i), face->known.visibility[i]);
    return SMP_OK;
}

double smpi_pose_widest(const smpi_pose_job *job)
{
    double most = 0.0;
    for (uint32_t i = 0; i < job->count; i++) {
        for (uint32_t j = 0; j < i; j++) {
            const double du = job->mark[i].uv[0] - job->mark[j].uv[0];
            const double dv = job->mark[i].uv[1] - job->mark[j].uv[1];
            most = du * du + dv * dv > most ? du * du + dv * dv : most;
        }
    }
    return sqrt(most);
}

/* Relative standard deviation of a length of `px` whose ends are off by noise each. */
static double length_sigma(double own, double noise_px, double px)
{
    const double ends = 1.4142135623730951 * noise_px / px;
    return sqrt(own * own + ends * ends);
}

static void close_scale(smpi_face *face)
{
    const smp_landmarks *known = &face->known;
    smpi_pose_job *job = &face->job;
    on_head(&face->head, PUPIL_SIDE, PUPIL_BELOW, PUPIL_FRONT, job->pupil);
    /* The distance between the pupils is that of a face of the default width. */
    job->pupil[0] = 0.5 * PUPILS_MM;
    if (known->iris_px > 0.0) {
        job->iris_px = known->iris_px;
        job->iris_sigma = length_sigma(IRIS_SIGMA, IRIS_NOISE_PX, known->iris_px);
        face->scale_name = "iris_px";
    }
    if (known->pupils_px > 0.0) {
        job->pupils_px = known->pupils_px;
        job->pupils_sigma = length_sigma(PUPILS_SIGMA, job->noise_px, known->pupils_px);
        face->scale_name = "pupils_px";
    }
    if (known->distance_mm > 0.0)
        job->inverse_distance = 1.0 / known->distance_mm;
    if (known->focal_px > 0.0 && known->distance_mm > 0.0) {
        job->px_per_mm = known->focal_px / known->distance_mm;
        job->px_per_mm_sigma = STATED_SIGMA;
        face->scale_name = "focal_px over distance_mm";
    } else if (known->focal_px > 0.0) {
        job->focal_px = known->focal_px;
    } else if (!(known->distance_mm > 0.0)) {
        job->inverse_distance = NEAR_MEAN;
        job->inverse_distance_sigma = NEAR_SIGMA;
    }
    if (known->px_per_mm > 0.0) {
        job->px_per_mm = known->px_per_mm;
        job->px_per_mm_sigma = STATED_SIGMA;
        face->scale_name = "px_per_mm";
    }
}

void smpi_face_close(smpi_face *face)
{
    const smp_landmarks *known = &face->known;
    smpi_pose_job *job = &face->job;
    const double share = NOISE_SHARE * smpi_pose_widest(job);
    job->noise_px = known->noise_px > 0.0 ? known->noise_px : share;
    if (!(known->noise_px > 0.0) && !(share > NOISE_LEAST_PX))
        job->noise_px = NOISE_LEAST_PX;
    if (job->noise_px < NOISE_SMALLEST_PX)
        job->noise_px = NOISE_SMALLEST_PX;
    job->size_sigma = SIZE_SIGMA * known->spread;
    close_scale(face);
    if (!face->scale_name) /* nothing could tell: the head is as large as it is said to be */
        job->size_sigma = 0.0;
    if (known->hint_sigma_deg > 0.0) {
        const smp_pose pose = {known->hint_yaw_deg, known->hint_pitch_deg, known->hint_roll_deg};
        smpi_rotation(&pose, job->hint);
        job->hint_sigma_rad = known->hint_sigma_deg * (SMPI_PI / 180.0);
    }
}
