/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Hair that a pattern of loss leaves, as a table over the head. Shapes and sources: docs/plan.md.
 */
#ifndef SMPI_PLAN_HAIR_H
#define SMPI_PLAN_HAIR_H

#include <smp/plan.h>

struct smpi_plan_data;

/* Nodes as in smpi_region; the table holds the share of hair that is left, 0 to 1. */
typedef struct smpi_hair {
    uint32_t nu, nv; /* 0: nothing is said */
    int wrap;
    double u0, v0, per_u, per_v;
    float *left;
} smpi_hair;

/* errors SMP_ERR_MEMORY, SMP_ERR_LIMIT */
smp_status smpi_hair_build(const smp_context *ctx, const struct smpi_plan_data *data,
                           smpi_hair *hair, smp_diag *diag);
void smpi_hair_free(const smp_context *ctx, smpi_hair *hair);

/* Share of hair left at surface coordinates, 0 to 1. */
double smpi_hair_at(const smpi_hair *hair, double u, double v);

#endif
