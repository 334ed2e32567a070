/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The pose of a head from points that are known on it and in the picture: starts from everywhere,
 * a robust Levenberg-Marquardt fit, other poses that fit as well, uncertainty. Formulas:
 * docs/model/geometry.md 7 */
#ifndef SMPI_GEOMETRY_POSE_FIT_H
#define SMPI_GEOMETRY_POSE_FIT_H

#include <smp/geometry.h>

enum { SMPI_MARKS_MAX = 64 };

/* One point of the head, and where it is seen. */
typedef struct smpi_mark {
    double xyz[3]; /* mm, head frame */
    double var[3]; /* how far people differ there, variance along each axis, mm^2 */
    double uv[2];  /* px */
    double seen;   /* (0, 1]: the noise is divided by this */
    int face;      /* 1 where it can only be seen from in front */
} smpi_mark;

typedef struct smpi_pose_job {
    smpi_mark mark[SMPI_MARKS_MAX];
    uint32_t count;
    double noise_px;                   /* one standard deviation of each coordinate, > 0 */
    double size_sigma;                 /* of the whole head, relative; >= 0 */
    double shape_sigma;                /* of each axis' proportion; 0: proportions are held */
    double inverse_distance;           /* 1/mm; 0: weak perspective, or from focal_px */
    double inverse_distance_sigma;     /* 0: held */
    double focal_px;                   /* > 0: the distance follows from the scale */
    double px_per_mm, px_per_mm_sigma; /* 0: not known; sigma relative */
    double iris_px, iris_sigma;        /* 0: not given; sigma relative */
    double pupils_px, pupils_sigma;    /* 0: not given; sigma relative */
    double pupil[3];                   /* the left one, mm; the right one mirrors it */
    double hint[9], hint_sigma_rad;    /* 0: no hint */
} smpi_pose_job;

/* What of a job's state is free, in the order of the parameters. */
enum {
    SMPI_FREE_TURN = 0, /* three small turns about the camera's axes, radians */
    SMPI_FREE_SHIFT = 3,
    SMPI_FREE_SCALE = 5, /* its logarithm */
    SMPI_FREE_SIZE = 6,
    SMPI_FREE_SHAPE = 7,
    SMPI_FREE_NEAR = 10,
    SMPI_FREE_COUNT = 11
};

typedef struct smpi_pose_state {
    double rotation[9], center[2], scale, size, shape[3], near_by;
} smpi_pose_state;

typedef struct smpi_pose_result {
    smpi_pose_state state;
    double cost;                   /* robust; what alternatives are compared by */
    double chi2;                   /* plain sum of squares, priors and all */
    int freedom;                   /* of chi2, at least 1 */
    double sigma[SMPI_FREE_COUNT]; /* one standard deviation of each free number */
    double turned;                 /* how much it is seen from where its marks could not be */
} smpi_pose_result;

/* Fits. Up to `most` poses that fit, best first, apart from each other; returns how many. Behind
 * the first stand those that fit worse. No allocation. */
uint32_t smpi_pose_fit(const smpi_pose_job *job, smpi_pose_result *result, uint32_t most);
/* The best fit that is reached from a state. */
void smpi_pose_refine(const smpi_pose_job *job, const smpi_pose_state *from,
                      smpi_pose_result *result);
/* Where a mark falls. */
void smpi_pose_project(const smpi_pose_job *job, const smpi_pose_state *state, const double xyz[3],
                       double uv[2]);
/* The angle between two rotations, radians. */
double smpi_rotation_between(const double a[9], const double b[9]);
/* exp(turn) rotation, orthonormal again. */
void smpi_rotation_turn(double rotation[9], const double turn[3]);

/* Solves a x = b for a symmetric positive definite n x n matrix (rows of `stride`), destroying a;
 * returns 0 where it is not. inverse: NULL, or receives the diagonal of a^-1. */
int smpi_solve_spd(double *a, int n, int stride, double *b, double *inverse);

#endif
