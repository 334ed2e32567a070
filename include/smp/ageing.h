/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Dots in time: healing, loss and spread. Model: docs/model.md, section "Time". */
#ifndef SMP_AGEING_H
#define SMP_AGEING_H

#include <smp/base.h>
#include <smp/dots.h>
#include <smp/plan.h>

SMP_BEGIN

/* What is left of each dot on a day, for carbon pigment on normal scalp.
 *
 * day        since the first session, [-1, 36500]; a dot whose session is later has dose 0
 * dose       receives the optical depth that is left, dots' count values
 * spread_mm  receives the standard deviation, per axis, of how far pigment has wandered
 * errors     SMP_ERR_RANGE day; SMP_ERR_ARGUMENT NULL */
SMP_NODISCARD SMP_API smp_status smp_dots_age(const smp_context *ctx, const smp_plan *plan,
                                              const smp_dots *dots, double day, float *dose,
                                              float *spread_mm, smp_diag *diag);

/* The share of the implanted pigment that is left `days` after a session, for an average dot. 1 at
 * day 0, 0.68 at day 42, falling all the time. NaN for days that are negative or not finite. */
SMP_API double smp_pigment_left(double days);

SMP_END

#endif
