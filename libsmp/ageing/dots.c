/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * All dots of a plan on a day. */
#include <smp/ageing.h>

#include <string.h>

#include "ageing/clock.h"
#include "base/diag.h"
#include "base/guard.h"

static smp_status check_day(double day, smp_diag *diag)
{
    if (!(day >= -1 && day <= 36500))
        return smpi_fail(diag, SMP_ERR_RANGE, "day is %g, want [-1, 36500]", day);
    return SMP_OK;
}

/* Calls `keep` for each dot with what it is on the day. */
typedef void keep_fn(void *user, uint32_t i, const smpi_aged *aged);

static smp_status each_dot(const smp_plan *plan, const smp_dots *dots, double day, keep_fn *keep,
                           void *user, smp_diag *diag)
{
    const smpi_who who = {NULL, 0.0, 0.0};
    smpi_clock clock;
    SMPI_TRY(check_day(day, diag));
    smpi_clock_make(plan, &who, day, &clock);
    const smp_dots_view v = smp_dots_arrays(dots);
    for (uint32_t i = 0; i < v.count; i++) {
        smpi_nature nature;
        smpi_aged aged;
        const uint32_t group = v.session[i];
        if (group >= clock.count)
            return smpi_fail(diag, SMP_ERR_ARGUMENT, "dot %u is of session %u, the plan has %u", i,
                             (unsigned)group, clock.count);
        smpi_dot_nature(plan, &v, i, &nature);
        smpi_dot_age(&nature, clock.moment + group, clock.mix + group, v.dose[i], 1u << v.zone[i],
                     &aged);
        keep(user, i, &aged);
    }
    return SMP_OK;
}

typedef struct seen_arrays {
    float *dose, *spread_mm;
} seen_arrays;

static void keep_seen(void *user, uint32_t i, const smpi_aged *aged)
{
    const seen_arrays *to = user;
    to->dose[i] = aged->dose;
    to->spread_mm[i] = aged->spread_mm;
}

SMPI_APART smp_status dots_age_guarded(const smp_context *ctx, const smp_plan *plan,
                                       const smp_dots *dots, double day, float *dose,
                                       float *spread_mm, smp_diag *diag)
{
    seen_arrays to = {dose, spread_mm};
    smpi_diag_clear(diag);
    SMPI_NEED(ctx, diag);
    SMPI_NEED(plan, diag);
    SMPI_NEED(dots, diag);
    SMPI_NEED(dose, diag);
    SMPI_NEED(spread_mm, diag);
    return each_dot(plan, dots, day, keep_seen, &to, diag);
}

smp_status smp_dots_age(const smp_context *ctx, const smp_plan *plan, const smp_dots *dots,
                        double day, float *dose, float *spread_mm, smp_diag *diag)
{
    SMPI_GUARD(smp_status, dots_age_guarded(ctx, plan, dots, day, dose, spread_mm, diag));
}

typedef struct left_arrays {
    float *mass, *left;
} left_arrays;

static void keep_left(void *user, uint32_t i, const smpi_aged *aged)
{
    const left_arrays *to = user;
    to->mass[i] = aged->mass;
    if (to->left)
        memcpy(to->left + (size_t)i * SMP_PIGMENT_COMPONENTS, aged->left, sizeof aged->left);
}

SMPI_APART smp_status dots_left_guarded(const smp_context *ctx, const smp_plan *plan,
                                        const smp_dots *dots, double day, float *mass, float *left,
                                        smp_diag *diag)
{
    left_arrays to = {mass, left};
    smpi_diag_clear(diag);
    SMPI_NEED(ctx, diag);
    SMPI_NEED(plan, diag);
    SMPI_NEED(dots, diag);
    SMPI_NEED(mass, diag);
    return each_dot(plan, dots, day, keep_left, &to, diag);
}

smp_status smp_dots_left(const smp_context *ctx, const smp_plan *plan, const smp_dots *dots,
                         double day, float *mass, float *left, smp_diag *diag)
{
    SMPI_GUARD(smp_status, dots_left_guarded(ctx, plan, dots, day, mass, left, diag));
}
