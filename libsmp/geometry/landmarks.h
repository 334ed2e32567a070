/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * From what a caller knows of a face to marks for the fit, and from the fit to a camera. */
#ifndef SMPI_GEOMETRY_LANDMARKS_H
#define SMPI_GEOMETRY_LANDMARKS_H

#include "geometry/pose_fit.h"

/* Marks that the table knows: the landmarks, then the face's edges of a mesh. */
enum { SMPI_PLACE_EDGE_LEFT = SMP_LANDMARK_COUNT, SMPI_PLACE_EDGE_RIGHT, SMPI_PLACE_COUNT };

/* A job while it is put together. */
typedef struct smpi_face {
    smp_head head;
    smp_landmarks known;
    smpi_pose_job job;
    int place[SMPI_MARKS_MAX]; /* of each mark: its place in the table, or -1 */
    const char *scale_name;    /* what said the scale, for words; NULL: nothing did */
} smpi_face;

/* Reads the caller's head and what is known (NULL: nothing), and starts a job with its landmarks.
 */
smp_status smpi_face_read(smpi_face *face, const smp_head *head, const smp_landmarks *known,
                          smp_diag *diag);
/* Adds a mark of the table. */
void smpi_face_add(smpi_face *face, int place, const double uv[2], double seen);
/* Everything but the marks, once they are all there. */
void smpi_face_close(smpi_face *face);
/* Fits; refuses what is too little, ambiguous or contradictory. */
smp_status smpi_face_solve(smpi_face *face, smpi_pose_result *best, smp_diag *diag);
/* Hands out the camera, and the fit unless it is NULL. */
smp_status smpi_face_store(const smpi_face *face, const smpi_pose_result *best, smp_camera *camera,
                           smp_camera_fit *fit, smp_diag *diag);

/* The widest distance between two marks in the picture. */
double smpi_pose_widest(const smpi_pose_job *job);
/* Where a place of the table lies on a head. */
void smpi_place(const smp_head *head, int place, double xyz[3]);
/* One standard deviation of that among people. */
void smpi_place_spread(int place, double sigma_mm[3]);
const char *smpi_place_name(int place);

#endif
