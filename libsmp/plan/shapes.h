/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Zones made ready: each in a plane of its own, so that inside and distance cost nanoseconds. */
#ifndef SMPI_PLAN_SHAPES_H
#define SMPI_PLAN_SHAPES_H

#include <smp/plan.h>

struct smpi_plan_data;

/* A zone: a ball about it, and the plane on which its points lie. */
typedef struct smpi_shape {
    double middle[3], radius; /* with its soft edge; mm */
    double right[3], down[3]; /* axes of the plane */
    uint32_t from, to;        /* its points in the plane */
} smpi_shape;

typedef struct smpi_shapes {
    uint32_t count, points;
    smpi_shape *shape;
    double *flat; /* x y of each point, mm */
} smpi_shapes;

/* errors SMP_ERR_MEMORY, SMP_ERR_LIMIT */
smp_status smpi_shapes_build(const smp_context *ctx, const struct smpi_plan_data *data,
                             smpi_shapes *shapes, smp_diag *diag);
void smpi_shapes_free(const smp_context *ctx, smpi_shapes *shapes);

/* Millimetres inside zone `index` (counted from 0), negative outside, never less than -40. */
double smpi_shape_depth(const struct smpi_plan_data *data, const smpi_shapes *shapes,
                        uint32_t index, const double xyz[3]);

#endif
