/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Parts of a plan: pigment, pattern, life, events; and all that reads a plan back. */
#include <string.h>

#include "base/context.h"
#include "base/diag.h"
#include "base/fields.h"
#include "base/guard.h"
#include "optics/pigment.h"
#include "plan/plan.h"

SMPI_APART smp_status plan_get_guarded(const smp_plan *plan, smp_plan_desc *desc, smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(plan, diag);
    SMPI_NEED(desc, diag);
    return smpi_desc_store(desc, &plan->data.desc, sizeof plan->data.desc, diag);
}

smp_status smp_plan_get(const smp_plan *plan, smp_plan_desc *desc, smp_diag *diag)
{
    SMPI_GUARD(smp_status, plan_get_guarded(plan, desc, diag));
}

smp_status smp_plan_get_head(const smp_plan *plan, smp_head *head, smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(plan, diag);
    SMPI_NEED(head, diag);
    return smpi_desc_store(head, &plan->data.head, sizeof plan->data.head, diag);
}

smp_status smp_plan_get_hairline(const smp_plan *plan, smp_hairline_desc *desc, smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(plan, diag);
    SMPI_NEED(desc, diag);
    return smpi_desc_store(desc, &plan->data.hairline, sizeof plan->data.hairline, diag);
}

uint32_t smp_plan_session_count(const smp_plan *plan)
{
    return plan ? plan->data.session_count : 0;
}

smp_status smp_plan_get_session(const smp_plan *plan, uint32_t index, smp_session_desc *desc,
                                smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(plan, diag);
    SMPI_NEED(desc, diag);
    if (index >= plan->data.session_count)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "session %u of %u", index,
                         plan->data.session_count);
    return smpi_desc_store(desc, &plan->data.session[index], sizeof *desc, diag);
}

SMPI_APART smp_status plan_set_pigment_guarded(smp_plan *plan, const smp_pigment *pigment,
                                               smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(plan, diag);
    smp_pigment own;
    SMPI_TRY(smpi_pigment_read(pigment, &own, diag));
    own.struct_size = (uint32_t)sizeof own;
    plan->data.pigment = own;
    return SMP_OK;
}

smp_status smp_plan_set_pigment(smp_plan *plan, const smp_pigment *pigment, smp_diag *diag)
{
    SMPI_GUARD(smp_status, plan_set_pigment_guarded(plan, pigment, diag));
}

/* NULL: none of its own. */
static smp_status set_own_pigment(smp_pigment *own, const smp_pigment *pigment, smp_diag *diag)
{
    smp_pigment next;
    memset(&next, 0, sizeof next);
    if (pigment) {
        SMPI_TRY(smpi_pigment_read(pigment, &next, diag));
        next.struct_size = (uint32_t)sizeof next;
    }
    *own = next;
    return SMP_OK;
}

SMPI_APART smp_status plan_set_session_pigment_guarded(smp_plan *plan, uint32_t session,
                                                       const smp_pigment *pigment, smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(plan, diag);
    if (session >= plan->data.session_count)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "session %u of %u", session,
                         plan->data.session_count);
    return set_own_pigment(&plan->data.session_pigment[session], pigment, diag);
}

smp_status smp_plan_set_session_pigment(smp_plan *plan, uint32_t session,
                                        const smp_pigment *pigment, smp_diag *diag)
{
    SMPI_GUARD(smp_status, plan_set_session_pigment_guarded(plan, session, pigment, diag));
}

smp_status smp_plan_get_pigment(const smp_plan *plan, uint32_t session, smp_pigment *pigment,
                                smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(plan, diag);
    SMPI_NEED(pigment, diag);
    const smpi_plan_data *d = &plan->data;
    const smp_pigment *own =
        session < d->session_count ? smpi_plan_group_pigment(plan, session) : &d->pigment;
    return smpi_desc_store(pigment, own, sizeof *pigment, diag);
}

SMPI_APART smp_status plan_set_pattern_guarded(smp_plan *plan, const smp_pattern_desc *desc,
                                               smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(plan, diag);
    smpi_plan_data next = plan->data;
    SMPI_TRY(
        smpi_plan_read(&next.pattern, sizeof next.pattern, desc, smp_pattern_desc_fields, diag));
    return smpi_plan_change(plan, &next, diag);
}

smp_status smp_plan_set_pattern(smp_plan *plan, const smp_pattern_desc *desc, smp_diag *diag)
{
    SMPI_GUARD(smp_status, plan_set_pattern_guarded(plan, desc, diag));
}

smp_status smp_plan_get_pattern(const smp_plan *plan, smp_pattern_desc *desc, smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(plan, diag);
    SMPI_NEED(desc, diag);
    return smpi_desc_store(desc, &plan->data.pattern, sizeof plan->data.pattern, diag);
}

SMPI_APART smp_status plan_set_life_guarded(smp_plan *plan, const smp_life_desc *desc,
                                            smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(plan, diag);
    smp_life_desc own;
    SMPI_TRY(smpi_plan_read(&own, sizeof own, desc, smp_life_desc_fields, diag));
    plan->data.life = own;
    return SMP_OK;
}

smp_status smp_plan_set_life(smp_plan *plan, const smp_life_desc *desc, smp_diag *diag)
{
    SMPI_GUARD(smp_status, plan_set_life_guarded(plan, desc, diag));
}

smp_status smp_plan_get_life(const smp_plan *plan, smp_life_desc *desc, smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(plan, diag);
    SMPI_NEED(desc, diag);
    return smpi_desc_store(desc, &plan->data.life, sizeof plan->data.life, diag);
}

SMPI_APART smp_status plan_set_events_guarded(smp_plan *plan, const smp_event_desc *events,
                                              uint32_t count, smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(plan, diag);
    if (count > SMP_EVENTS_MAX)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "%u events, at most %d", count, SMP_EVENTS_MAX);
    if (count)
        SMPI_NEED(events, diag);
    smpi_plan_data next = plan->data;
    memset(next.event, 0, sizeof next.event);
    const size_t step = count ? events->struct_size : 0;
    for (uint32_t i = 0; i < count; i++) {
        const void *src = (const unsigned char *)events + i * step;
        SMPI_TRY(
            smpi_plan_read(&next.event[i], sizeof *next.event, src, smp_event_desc_fields, diag));
    }
    for (uint32_t i = count; i < SMP_EVENTS_MAX; i++)
        memset(&next.event_pigment[i], 0, sizeof next.event_pigment[i]);
    next.event_count = count;
    return smpi_plan_change(plan, &next, diag);
}

smp_status smp_plan_set_events(smp_plan *plan, const smp_event_desc *events, uint32_t count,
                               smp_diag *diag)
{
    SMPI_GUARD(smp_status, plan_set_events_guarded(plan, events, count, diag));
}

uint32_t smp_plan_event_count(const smp_plan *plan)
{
    return plan ? plan->data.event_count : 0;
}

smp_status smp_plan_get_event(const smp_plan *plan, uint32_t index, smp_event_desc *desc,
                              smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(plan, diag);
    SMPI_NEED(desc, diag);
    if (index >= plan->data.event_count)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "event %u of %u", index, plan->data.event_count);
    return smpi_desc_store(desc, &plan->data.event[index], sizeof *desc, diag);
}

SMPI_APART smp_status plan_set_event_pigment_guarded(smp_plan *plan, uint32_t event,
                                                     const smp_pigment *pigment, smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(plan, diag);
    if (event >= plan->data.event_count)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "event %u of %u", event, plan->data.event_count);
    return set_own_pigment(&plan->data.event_pigment[event], pigment, diag);
}

smp_status smp_plan_set_event_pigment(smp_plan *plan, uint32_t event, const smp_pigment *pigment,
                                      smp_diag *diag)
{
    SMPI_GUARD(smp_status, plan_set_event_pigment_guarded(plan, event, pigment, diag));
}

smp_status smp_plan_get_event_pigment(const smp_plan *plan, uint32_t event, smp_pigment *pigment,
                                      smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(plan, diag);
    SMPI_NEED(pigment, diag);
    const smpi_plan_data *d = &plan->data;
    if (event >= d->event_count)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "event %u of %u", event, d->event_count);
    return smpi_desc_store(pigment, smpi_plan_group_pigment(plan, d->session_count + event),
                           sizeof *pigment, diag);
}

/* An array of the plan's own. */
static smp_status duplicate(const smp_context *ctx, void *out, const void *from, size_t size,
                            smp_diag *diag)
{
    void *made = NULL;
    SMPI_TRY(smpi_new(ctx, &made, size, 1, "plan", diag));
    if (size)
        memcpy(made, from, size);
    memcpy(out, &made, sizeof made);
    return SMP_OK;
}

SMPI_APART smp_status plan_copy_guarded(const smp_context *ctx, const smp_plan *plan,
                                        smp_plan **copy, smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(copy, diag);
    *copy = NULL;
    SMPI_NEED(ctx, diag);
    SMPI_NEED(plan, diag);
    const smpi_plan_data *from = &plan->data;
    smpi_plan_data data = *from;
    data.zone_mm = data.obstacle_mm = NULL;
    data.map = NULL;
    smp_status status = duplicate(ctx, &data.zone_mm, from->zone_mm,
                                  3 * sizeof(float) * from->zone_from[from->zone_count], diag);
    if (status == SMP_OK)
        status =
            duplicate(ctx, &data.map, from->map, (size_t)from->map_width * from->map_height, diag);
    if (status == SMP_OK)
        status = duplicate(ctx, &data.obstacle_mm, from->obstacle_mm,
                           3 * sizeof(float) * from->obstacle_count, diag);
    if (status == SMP_OK)
        status = smpi_plan_from_plan(ctx, plan, &data, copy, diag);
    if (status != SMP_OK)
        smpi_plan_data_free(ctx, &data);
    return status;
}

smp_status smp_plan_copy(const smp_context *ctx, const smp_plan *plan, smp_plan **copy,
                         smp_diag *diag)
{
    SMPI_GUARD(smp_status, plan_copy_guarded(ctx, plan, copy, diag));
}
