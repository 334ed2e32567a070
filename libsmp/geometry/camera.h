/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The camera inside the library: checks, rotations, and how a piece of skin is stretched in the
 * picture. */
#ifndef SMPI_GEOMETRY_CAMERA_H
#define SMPI_GEOMETRY_CAMERA_H

#include <smp/geometry.h>

struct smpi_ellipsoid;

/* A caller's camera over defaults: fields in range, rotation orthonormal and right-handed within
 * 1e-3. src must not be NULL. */
smp_status smpi_camera_read(smp_camera *dst, const smp_camera *src, smp_diag *diag);

/* Rz(-roll) Rx(-pitch) Ry(yaw); the angles in degrees. */
void smpi_rotation(const smp_pose *pose, double rotation[9]);

/* From the skin to the picture around a point of the surface: where it falls (uv), and cov = J J^T
 * (uu, uv, vv; px^2/mm^2) of the map J from the tangent plane in millimetres to pixels, so that a
 * round dot of variance s^2 mm^2 has the covariance s^2 cov in pixels. facing is the cosine between
 * the normal and the direction to the camera. Returns 1 where the point faces the camera, else 0
 * (facing <= 0, or behind a perspective camera; uv and cov are then still finite). The camera must
 * be one that smpi_camera_read gave. */
int smpi_camera_footprint(const smp_camera *camera, const double xyz_mm[3], const double normal[3],
                          double uv_px[2], double cov[3], double *facing);

/* smp_camera_unproject() of a camera and an ellipsoid that were checked before: for many pixels. */
int smpi_camera_see(const smp_camera *camera, const struct smpi_ellipsoid *e, const double uv_px[2],
                    double xyz[3], double normal[3]);

/* The head's outline in a pose, weak perspective, millimetres, picture axes x right and y up about
 * the origin of the head frame: the middle and half sides of its box. */
void smpi_head_outline(const smp_head *head, const double rotation[9], double center[2],
                       double half[2]);

#endif
