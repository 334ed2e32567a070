/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The treated region as two tables of distances to its edge, so that a density costs nanoseconds.
 */
#ifndef SMPI_PLAN_REGION_H
#define SMPI_PLAN_REGION_H

#include <smp/plan.h>

#include "plan/outline.h"

/* Nodes lie at u = u0 + i / per_u, v = v0 + j / per_v (azimuth and polar angle of a head, x and y
 * of a patch); the tables hold millimetres, positive inside, up to SMPI_FAR_MM. */
#define SMPI_FAR_MM 80.0

typedef struct smpi_region {
    uint32_t nu, nv; /* 0: no edge, all of the head or patch */
    int wrap;        /* u runs in a circle */
    double u0, v0, per_u, per_v;
    float *front; /* distance to the hairline */
    float *side;  /* distance to the lower edge of sides and nape */
} smpi_region;

/* errors SMP_ERR_MEMORY, SMP_ERR_LIMIT */
smp_status smpi_region_build(const smp_context *ctx, const smpi_outline_desc *desc,
                             smpi_region *region, smp_diag *diag);
void smpi_region_free(const smp_context *ctx, smpi_region *region);

/* Distances at a place; both far where the region has no edge, negative outside. */
void smpi_region_at(const smpi_region *region, double u, double v, double *front_mm,
                    double *side_mm);

#endif
