/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Sessions and touch-ups as groups of dots: what each implants, where, when. source: docs/plan.md 6
 */
#include <math.h>

#include "base/diag.h"
#include "base/fields.h"
#include "base/guard.h"
#include "base/math.h"
#include "plan/plan.h"

/* Two cases of the documentation give both lines: 0.5 mm leaves 0.10 to 0.35, 1.75 mm leaves 0.15
 * to 1.5 and 20 times the dose: log 20 / log 5.4 = 1.776. */
#define TOP_AT_0 0.08
#define TOP_PER_MM 0.04
#define END_AT_0 (-0.11)
#define END_PER_MM 0.92
#define LEAST_HEIGHT 0.05
#define USUAL_HEIGHT 0.25
#define DOSE_POWER 1.776

static void track_of(double depth_mm, smpi_plan_column *c)
{
    const double top = TOP_AT_0 + TOP_PER_MM * depth_mm;
    const double end = END_AT_0 + END_PER_MM * depth_mm;
    const double height = end - top > LEAST_HEIGHT ? end - top : LEAST_HEIGHT;
    c->top_mm = (float)top;
    c->height_mm = (float)height;
    c->dose *= (float)smpi_pow(height / USUAL_HEIGHT, DOSE_POWER);
}

SMPI_APART smp_status column_from_needle_guarded(float needle_mm, float depth_mm,
                                                 smp_column *column, smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(column, diag);
    if (!(needle_mm >= 0.05f && needle_mm <= 1.0f))
        return smpi_fail(diag, SMP_ERR_RANGE, "needle_mm is %g, want [0.05, 1]", (double)needle_mm);
    if (!(depth_mm >= 0.15f && depth_mm <= 3.0f))
        return smpi_fail(diag, SMP_ERR_RANGE, "depth_mm is %g, want [0.15, 3]", (double)depth_mm);
    smp_column own;
    SMPI_TRY(smpi_plan_read(&own, sizeof own, column, smp_column_fields, diag));
    smpi_plan_column c = {.dose = own.dose};
    track_of((double)depth_mm, &c);
    own.diameter_mm = needle_mm;
    own.top_mm = c.top_mm;
    own.height_mm = c.height_mm;
    own.dose = c.dose;
    return smpi_desc_store(column, &own, sizeof own, diag);
}

smp_status smp_column_from_needle(float needle_mm, float depth_mm, smp_column *column,
                                  smp_diag *diag)
{
    SMPI_GUARD(smp_status, column_from_needle_guarded(needle_mm, depth_mm, column, diag));
}

uint32_t smpi_plan_group_count(const smp_plan *plan)
{
    return plan->data.session_count + plan->data.event_count;
}

int smpi_plan_touches(const smp_plan *plan, uint32_t group, uint32_t zone)
{
    const smpi_plan_data *d = &plan->data;
    if (group >= d->session_count) {
        const smp_event_desc *e = &d->event[group - d->session_count];
        return (e->zones >> zone & 1u) != 0;
    }
    if (!(d->session[group].zones >> zone & 1u))
        return 0;
    return zone == 0 || (d->zone[zone - 1].sessions >> group & 1u);
}

smpi_plan_column smpi_plan_group_column(const smp_plan *plan, uint32_t group, uint32_t zone)
{
    const smpi_plan_data *d = &plan->data;
    smpi_plan_column c = {.diameter_mm = d->desc.diameter_mm,
                          .top_mm = d->desc.top_mm,
                          .height_mm = d->desc.height_mm,
                          .dose = d->desc.dose};
    const int later = group >= d->session_count;
    const smp_session_desc *s = &d->session[later ? 0 : group];
    const smp_event_desc *e = &d->event[later ? group - d->session_count : 0];
    const float needle = later ? e->needle_mm : s->needle_mm;
    const float depth = later ? e->depth_mm : s->depth_mm;
    c.dose *= later ? e->dose_scale : s->dose_scale;
    if (zone)
        c.dose *= d->zone[zone - 1].dose_scale;
    if (needle > 0.0f)
        c.diameter_mm = needle;
    if (depth > 0.0f)
        track_of((double)depth, &c);
    return c;
}

const smp_pigment *smpi_plan_group_pigment(const smp_plan *plan, uint32_t group)
{
    const smpi_plan_data *d = &plan->data;
    const smp_pigment *own = group < d->session_count ? &d->session_pigment[group]
                                                      : &d->event_pigment[group - d->session_count];
    return own->struct_size ? own : &d->pigment;
}

double smpi_plan_group_day(const smp_plan *plan, uint32_t group)
{
    const smpi_plan_data *d = &plan->data;
    return group < d->session_count ? d->session[group].day
                                    : d->event[group - d->session_count].day;
}

/* Scars: uptake assumed, spread 1.3 and fade 2 from docs/plan.md 5 (Liu 2025: scars lose twice as
 * much). */
smpi_plan_skin smpi_plan_zone_skin(const smp_plan *plan, uint32_t zone)
{
    smpi_plan_skin skin = {1.0f, 1.0f, 1.0f};
    if (!zone || zone > plan->data.zone_count)
        return skin;
    const smp_zone_desc *z = &plan->data.zone[zone - 1];
    if (z->kind >= SMP_ZONE_SCAR_STRIP)
        skin = (smpi_plan_skin){0.8f, 1.3f, 2.0f};
    skin.uptake = z->uptake > 0.0f ? z->uptake : skin.uptake;
    skin.spread = z->spread > 0.0f ? z->spread : skin.spread;
    skin.fade = z->fade > 0.0f ? z->fade : skin.fade;
    return skin;
}
