/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * One head and its cameras from several photos at once. Formulas: docs/model/geometry.md 12 */
#ifndef SMPI_GEOMETRY_VIEWS_H
#define SMPI_GEOMETRY_VIEWS_H

#include "geometry/head.h"

/* What is found: the head's shape, how this face differs from the table of landmarks, and six
 * numbers of each camera. */
enum {
    SMPI_VIEWS_MAX = 8,
    SMPI_TIES_MAX = 512,
    SMPI_OUTLINE_MAX = 512,
    SMPI_SHAPE_WIDTH = 0, /* logarithms against the first guess */
    SMPI_SHAPE_HEIGHT,
    SMPI_SHAPE_VERTEX,
    SMPI_SHAPE_LENGTH,
    SMPI_SHAPE_WIDEST,
    SMPI_SHAPE_EARS, /* mm */
    SMPI_SHAPE_COUNT,
    SMPI_FACE_FIRST = SMPI_SHAPE_COUNT,
    SMPI_OWN_FIRST = SMPI_FACE_FIRST + 3 * SMP_LANDMARK_COUNT,
    SMPI_OWN_COUNT = 6, /* three turns, shift in mm, logarithm of the scale */
    SMPI_UNKNOWNS = SMPI_OWN_FIRST + SMPI_OWN_COUNT * SMPI_VIEWS_MAX
};

typedef struct smpi_view {
    double uv[2 * SMP_LANDMARK_COUNT], seen[SMP_LANDMARK_COUNT]; /* seen 0: not given */
    double noise_px;
    double px_per_mm; /* 0: not known */
    const double *outline_px;
    uint32_t outline_count;
} smpi_view;

typedef struct smpi_views_job {
    smp_head head; /* the first guess */
    smpi_view view[SMPI_VIEWS_MAX];
    uint32_t count;
    const double *ties;
    uint32_t tie_count;
    double spread; /* of landmarks among people */
} smpi_views_job;

typedef struct smpi_views_state {
    double by[SMPI_UNKNOWNS]; /* how far each number is from the first guess */
    smp_camera camera[SMPI_VIEWS_MAX];
} smpi_views_state;

typedef struct smpi_views_result {
    double sigma[SMPI_UNKNOWNS];     /* one standard deviation */
    double marks_px[SMPI_VIEWS_MAX]; /* rms of landmarks and ties */
    double misfit[SMPI_VIEWS_MAX];   /* rms of all in standard deviations */
    uint32_t used[SMPI_VIEWS_MAX];
} smpi_views_result;

/* Moves the state from the first guess to the best fit. No allocation. */
void smpi_views_fit(const smpi_views_job *job, smpi_views_state *state, smpi_views_result *result);
/* The head of a state. */
smp_head smpi_views_head(const smpi_views_job *job, const smpi_views_state *state);

#endif
