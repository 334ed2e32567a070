/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Zones of a plan: added, changed, read back. */
#include <math.h>
#include <string.h>

#include "base/context.h"
#include "base/diag.h"
#include "base/fields.h"
#include "base/guard.h"
#include "geometry/head.h"
#include "plan/plan.h"

#define OFF_HEAD_MM 40.0

static smp_status check_point(const smpi_plan_data *data, uint32_t zone, uint32_t index,
                              const float *at, smp_diag *diag)
{
    double p[3], xyz[3], square = 0.0;
    for (int j = 0; j < 3; j++) {
        p[j] = (double)at[j];
        if (!(fabs(p[j]) <= 1e5))
            return smpi_fail(diag, SMP_ERR_RANGE,
                             "zone %u, point %u: %c is %g mm, want [-1e5, 1e5]", zone + 1, index,
                             "xyz"[j], p[j]);
    }
    smpi_head_surface(&data->head, p, xyz, NULL);
    for (int j = 0; j < 3; j++)
        square += (p[j] - xyz[j]) * (p[j] - xyz[j]);
    if (!(square <= OFF_HEAD_MM * OFF_HEAD_MM))
        return smpi_fail(diag, SMP_ERR_RANGE,
                         "zone %u, point %u is %.1f mm off the head, want 40 "
                         "at most",
                         zone + 1, index, sqrt(square));
    return SMP_OK;
}

smp_status smpi_zone_check(const smpi_plan_data *data, uint32_t index, smp_diag *diag)
{
    uint32_t fields;
    const smp_field *table = smp_zone_desc_fields(&fields);
    const smp_zone_desc *zone = &data->zone[index];
    const uint32_t from = data->zone_from[index], count = data->zone_from[index + 1] - from;
    const uint32_t least = zone->kind == SMP_ZONE_SCAR_STRIP ? 2 : 3;
    SMPI_TRY(smpi_fields_check(zone, table, fields, diag));
    if (!(count >= least && count <= SMP_ZONE_POINTS_MAX))
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "zone %u has %u points, want %u to %d", index + 1,
                         count, least, SMP_ZONE_POINTS_MAX);
    for (uint32_t i = 0; i < count; i++)
        SMPI_TRY(check_point(data, index, i, data->zone_mm + 3 * (size_t)(from + i), diag));
    return SMP_OK;
}

/* The points of all zones with `count` more behind them. */
static smp_status longer(const smp_plan *plan, const double *xyz_mm, uint32_t count, float **out,
                         smp_diag *diag)
{
    const smpi_plan_data *data = &plan->data;
    const size_t had = 3 * (size_t)data->zone_from[data->zone_count], more = 3 * (size_t)count;
    SMPI_TRY(smpi_new(plan->ctx, out, had + more, sizeof **out, "zones", diag));
    if (had)
        memcpy(*out, data->zone_mm, had * sizeof **out);
    for (size_t i = 0; i < more; i++)
        (*out)[had + i] = fabs(xyz_mm[i]) <= 1e6 ? (float)xyz_mm[i] : INFINITY;
    return SMP_OK;
}

SMPI_APART smp_status plan_add_zone_guarded(smp_plan *plan, const smp_zone_desc *desc,
                                            const double *xyz_mm, uint32_t count, uint32_t *number,
                                            smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(plan, diag);
    SMPI_NEED(xyz_mm, diag);
    smpi_plan_data next = plan->data;
    const uint32_t index = next.zone_count, from = next.zone_from[index];
    if (index == SMP_ZONES_MAX)
        return smpi_fail(diag, SMP_ERR_LIMIT, "over %d zones", SMP_ZONES_MAX);
    if (!(count >= 2 && count <= SMP_ZONE_POINTS_MAX))
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "the zone has %u points, want 2 to %d", count,
                         SMP_ZONE_POINTS_MAX);
    if (from + count > SMPI_ZONE_POINTS_ALL)
        return smpi_fail(diag, SMP_ERR_LIMIT, "over %d points in all zones", SMPI_ZONE_POINTS_ALL);
    SMPI_TRY(
        smpi_plan_read(&next.zone[index], sizeof *next.zone, desc, smp_zone_desc_fields, diag));
    SMPI_TRY(longer(plan, xyz_mm, count, &next.zone_mm, diag));
    next.zone_from[index + 1] = from + count;
    next.zone_count = index + 1;
    const smp_status status = smpi_plan_change(plan, &next, diag);
    if (status != SMP_OK)
        smpi_free(plan->ctx, next.zone_mm, 3 * sizeof(float) * (size_t)(from + count));
    else if (number)
        *number = index + 1;
    return status;
}

smp_status smp_plan_add_zone(smp_plan *plan, const smp_zone_desc *desc, const double *xyz_mm,
                             uint32_t count, uint32_t *number, smp_diag *diag)
{
    SMPI_GUARD(smp_status, plan_add_zone_guarded(plan, desc, xyz_mm, count, number, diag));
}

static smp_status need_zone(const smp_plan *plan, uint32_t number, smp_diag *diag)
{
    if (!(number >= 1 && number <= plan->data.zone_count))
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "zone %u of %u", number, plan->data.zone_count);
    return SMP_OK;
}

SMPI_APART smp_status plan_set_zone_guarded(smp_plan *plan, uint32_t number,
                                            const smp_zone_desc *desc, smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(plan, diag);
    SMPI_TRY(need_zone(plan, number, diag));
    smpi_plan_data next = plan->data;
    SMPI_TRY(smpi_plan_read(&next.zone[number - 1], sizeof *next.zone, desc, smp_zone_desc_fields,
                            diag));
    return smpi_plan_change(plan, &next, diag);
}

smp_status smp_plan_set_zone(smp_plan *plan, uint32_t number, const smp_zone_desc *desc,
                             smp_diag *diag)
{
    SMPI_GUARD(smp_status, plan_set_zone_guarded(plan, number, desc, diag));
}

SMPI_APART smp_status plan_clear_zones_guarded(smp_plan *plan, smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(plan, diag);
    smpi_plan_data next = plan->data;
    memset(next.zone, 0, sizeof next.zone);
    memset(next.zone_from, 0, sizeof next.zone_from);
    next.zone_count = 0;
    next.zone_mm = NULL;
    return smpi_plan_change(plan, &next, diag);
}

smp_status smp_plan_clear_zones(smp_plan *plan, smp_diag *diag)
{
    SMPI_GUARD(smp_status, plan_clear_zones_guarded(plan, diag));
}

uint32_t smp_plan_zone_count(const smp_plan *plan)
{
    return plan ? plan->data.zone_count : 0;
}

SMPI_APART smp_status plan_get_zone_guarded(const smp_plan *plan, uint32_t number,
                                            smp_zone_desc *desc, uint32_t *count, smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(plan, diag);
    SMPI_NEED(desc, diag);
    SMPI_TRY(need_zone(plan, number, diag));
    const uint32_t *from = plan->data.zone_from + number;
    if (count)
        *count = from[0] - from[-1];
    return smpi_desc_store(desc, &plan->data.zone[number - 1], sizeof *desc, diag);
}

smp_status smp_plan_get_zone(const smp_plan *plan, uint32_t number, smp_zone_desc *desc,
                             uint32_t *count, smp_diag *diag)
{
    SMPI_GUARD(smp_status, plan_get_zone_guarded(plan, number, desc, count, diag));
}

smp_status smp_plan_get_zone_points(const smp_plan *plan, uint32_t number, double *xyz_mm,
                                    uint32_t room, smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(plan, diag);
    SMPI_NEED(xyz_mm, diag);
    SMPI_TRY(need_zone(plan, number, diag));
    const smpi_plan_data *data = &plan->data;
    const uint32_t from = data->zone_from[number - 1], count = data->zone_from[number] - from;
    if (room < count)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "room for %u points, zone %u has %u", room, number,
                         count);
    for (size_t i = 0; i < 3 * (size_t)count; i++)
        xyz_mm[i] = (double)data->zone_mm[3 * (size_t)from + i];
    return SMP_OK;
}
