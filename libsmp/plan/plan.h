/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What a plan is made of, for the rooms that read it. */
#ifndef SMPI_PLAN_PLAN_H
#define SMPI_PLAN_PLAN_H

#include <smp/plan.h>

#include "plan/region.h"

enum { SMPI_SESSIONS_MAX = 8, SMPI_CURVE_MAX = 256 };

/* All that was asked for: plain data, copied freely. */
typedef struct smpi_plan_data {
    smp_head head;
    smp_plan_desc desc;
    smp_hairline_desc hairline;
    uint32_t session_count; /* 1 to SMPI_SESSIONS_MAX */
    uint32_t curve_count;   /* 0: no curve drawn by hand */
    smp_session_desc session[SMPI_SESSIONS_MAX];
    double curve_mm[3 * SMPI_CURVE_MAX]; /* as given, x y z */
} smpi_plan_data;

struct smp_plan {
    const smp_context *ctx;
    smpi_plan_data data;
    smpi_region region; /* follows from data */
};

/* The defaults of smp_plan_create() for a head that was read already. */
void smpi_plan_data_init(smpi_plan_data *data, const smp_head *head);
/* Fields in range, sessions in order, a curve that can be followed. */
smp_status smpi_plan_data_check(const smpi_plan_data *data, smp_diag *diag);
/* A plan from checked data. */
smp_status smpi_plan_from_data(const smp_context *ctx, const smpi_plan_data *data, smp_plan **plan,
                               smp_diag *diag);

#endif
