/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A head's surface laid into measured points or normals. Formulas: docs/model/geometry.md 10 */
#ifndef SMPI_GEOMETRY_SURFACE_FIT_H
#define SMPI_GEOMETRY_SURFACE_FIT_H

#include "geometry/head.h"
#include "geometry/pose_fit.h"

enum { SMPI_SAMPLES_MAX = 600 };

/* A point of the surface in camera axes (mm), or a normal and the pixel where it is. */
typedef struct smpi_sample {
    double p[3], uv[2];
} smpi_sample;

/* shift: the head's origin in camera axes, mm; of normals: its pixel, and the logarithm of the
 * scale. */
typedef struct smpi_surface_state {
    double rotation[9], shift[3], size;
} smpi_surface_state;

typedef struct smpi_surface_job {
    smpi_sample sample[SMPI_SAMPLES_MAX];
    uint32_t count;
    int normals; /* the samples are normals */
    smpi_ellipsoid head;
    double hint[9], hint_sigma_rad;
    double size_sigma;             /* of the head's size; 0: held */
    double log_scale, scale_sigma; /* of normals: what is known of the scale; sigma 0: nothing */
    double looser;                 /* unit of a residual: 1 mm, or pixels of about 1 mm */
} smpi_surface_job;

typedef struct smpi_surface_result {
    smpi_surface_state state;
    double cost, inliers, rms; /* inliers: a share; rms of them, in units of `looser` */
    double sigma[7];           /* three turns (radians), shift, size */
} smpi_surface_result;

/* The best pose near the hint. second: the best one over 20 degrees apart, cost 1e300 if none. */
void smpi_surface_fit(const smpi_surface_job *job, smpi_surface_result *best,
                      smpi_surface_result *second);

#endif
