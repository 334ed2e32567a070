/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * All dots of a plan on a day. */
#include <smp/ageing.h>

#include "ageing/age.h"
#include "base/diag.h"

#define SESSIONS_MAX 256 /* a dot's session is a byte */

static smp_status session_days(const smp_plan *plan, double days[SESSIONS_MAX], uint32_t *count,
                               smp_diag *diag)
{
    *count = smp_plan_session_count(plan);
    for (uint32_t i = 0; i < *count && i < SESSIONS_MAX; i++) {
        smp_session_desc session;
        smp_session_desc_init(&session);
        SMPI_TRY(smp_plan_get_session(plan, i, &session, diag));
        days[i] = session.day;
    }
    return SMP_OK;
}

smp_status smp_dots_age(const smp_context *ctx, const smp_plan *plan, const smp_dots *dots,
                        double day, float *dose, float *spread_mm, smp_diag *diag)
{
    double days[SESSIONS_MAX] = {0};
    uint32_t sessions = 0;
    smp_plan_desc desc;
    smpi_diag_clear(diag);
    SMPI_NEED(ctx, diag);
    SMPI_NEED(plan, diag);
    SMPI_NEED(dots, diag);
    SMPI_NEED(dose, diag);
    SMPI_NEED(spread_mm, diag);
    if (!(day >= -1 && day <= 36500))
        return smpi_fail(diag, SMP_ERR_RANGE, "day is %g, want [-1, 36500]", day);
    smp_plan_desc_init(&desc);
    SMPI_TRY(smp_plan_get(plan, &desc, diag));
    SMPI_TRY(session_days(plan, days, &sessions, diag));
    smp_dots_view v = smp_dots_arrays(dots);
    for (uint32_t i = 0; i < v.count; i++) {
        smpi_implant implant = {desc.seed, v.id[i], v.top_mm[i], v.height_mm[i], v.dose[i], 0};
        if (v.session[i] >= sessions)
            return smpi_fail(diag, SMP_ERR_ARGUMENT, "dot %u is of session %u, the plan has %u", i,
                             (unsigned)v.session[i], sessions);
        implant.days = day - days[v.session[i]];
        smpi_aged aged = smpi_dot_age(&implant);
        dose[i] = aged.dose;
        spread_mm[i] = aged.spread_mm;
    }
    return SMP_OK;
}
