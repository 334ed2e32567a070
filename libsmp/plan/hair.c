/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Hair that a pattern leaves. */
#include "plan/hair.h"

#include "base/context.h"
#include "plan/plan.h"

smp_status smpi_hair_build(const smp_context *ctx, const smpi_plan_data *data, smpi_hair *hair,
                           smp_diag *diag)
{
    (void)ctx, (void)data, (void)diag;
    *hair = (smpi_hair){0};
    return SMP_OK;
}

void smpi_hair_free(const smp_context *ctx, smpi_hair *hair)
{
    smpi_free(ctx, hair->left, (size_t)hair->nu * hair->nv * sizeof *hair->left);
    *hair = (smpi_hair){0};
}

double smpi_hair_at(const smpi_hair *hair, double u, double v)
{
    (void)u, (void)v;
    return hair->nu ? 1.0 : 0.0;
}
