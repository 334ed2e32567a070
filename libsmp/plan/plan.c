/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Plans: created, changed whole or not at all, and read back. */
#include "plan/plan.h"

#include <string.h>

#include "base/context.h"
#include "base/diag.h"
#include "base/fields.h"
#include "geometry/head.h"

typedef const smp_field *fields_fn(uint32_t *count);

static smp_status read_desc(void *dst, size_t size, const void *src, fields_fn *table,
                            smp_diag *diag)
{
    uint32_t count;
    const smp_field *fields = table(&count);
    return smpi_desc_read(dst, size, src, fields, count, diag);
}

static smp_status check_desc(const void *desc, fields_fn *table, smp_diag *diag)
{
    uint32_t count;
    const smp_field *fields = table(&count);
    return smpi_fields_check(desc, fields, count, diag);
}

void smpi_plan_data_init(smpi_plan_data *data, const smp_head *head)
{
    /* 30 %, 70 % and all of the density over three sessions: Liu 2025; days assumed. */
    static const float share[] = {0.3f, 0.7f, 1.0f};
    memset(data, 0, sizeof *data);
    data->head = *head;
    smp_plan_desc_init(&data->desc);
    smp_hairline_desc_init(&data->hairline);
    if (head->shape == SMP_SHAPE_FLAT)
        data->hairline.style = SMP_HAIRLINE_NONE;
    data->session_count = SMPI_COUNT(share);
    for (uint32_t i = 0; i < SMPI_COUNT(share); i++) {
        smp_session_desc_init(&data->session[i]);
        data->session[i].share = share[i];
        data->session[i].day = 10.0 * i;
    }
}

static smp_status check_sessions(const smpi_plan_data *data, smp_diag *diag)
{
    for (uint32_t i = 0; i < data->session_count; i++) {
        const smp_session_desc *s = &data->session[i];
        SMPI_TRY(check_desc(s, smp_session_desc_fields, diag));
        if (i > 0 && !(s->day >= s[-1].day))
            return smpi_fail(diag, SMP_ERR_RANGE, "sessions[%u].day is %g, before the one of %g", i,
                             s->day, s[-1].day);
        if (i > 0 && !(s->share > s[-1].share))
            return smpi_fail(diag, SMP_ERR_RANGE,
                             "sessions[%u].share is %g, want more than the %g before", i,
                             (double)s->share, (double)s[-1].share);
    }
    return SMP_OK;
}

smp_status smpi_plan_data_check(const smpi_plan_data *data, smp_diag *diag)
{
    SMPI_TRY(smpi_head_check(&data->head, diag));
    SMPI_TRY(check_desc(&data->desc, smp_plan_desc_fields, diag));
    SMPI_TRY(check_desc(&data->hairline, smp_hairline_desc_fields, diag));
    SMPI_TRY(check_sessions(data, diag));
    if (data->curve_count)
        return smpi_curve_check(&data->head, data->curve_mm, data->curve_count, diag);
    if (data->head.shape == SMP_SHAPE_FLAT && data->hairline.style != SMP_HAIRLINE_NONE)
        return smpi_fail(diag, SMP_ERR_ARGUMENT,
                         "a flat patch has no forehead: use style none, or draw a curve first");
    return SMP_OK;
}

static smp_status build_region(const smp_context *ctx, const smpi_plan_data *data,
                               smpi_region *region, smp_diag *diag)
{
    const smpi_outline_desc desc = {.head = &data->head,
                                    .hairline = &data->hairline,
                                    .curve_mm = data->curve_count ? data->curve_mm : NULL,
                                    .curve_count = data->curve_count,
                                    .seed = data->desc.seed};
    return smpi_region_build(ctx, &desc, region, diag);
}

smp_status smpi_plan_from_data(const smp_context *ctx, const smpi_plan_data *data, smp_plan **plan,
                               smp_diag *diag)
{
    smp_plan *made;
    SMPI_TRY(smpi_new(ctx, &made, 1, sizeof *made, "plan", diag));
    made->ctx = ctx;
    made->data = *data;
    const smp_status status = build_region(ctx, data, &made->region, diag);
    if (status != SMP_OK)
        smpi_free(ctx, made, sizeof *made);
    else
        *plan = made;
    return status;
}

smp_status smp_plan_create(const smp_context *ctx, const smp_head *head, const smp_plan_desc *desc,
                           smp_plan **plan, smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(plan, diag);
    *plan = NULL;
    SMPI_NEED(ctx, diag);
    smp_head own;
    smpi_plan_data data;
    SMPI_TRY(smpi_head_read(&own, head, diag));
    own.struct_size = (uint32_t)sizeof own;
    smpi_plan_data_init(&data, &own);
    SMPI_TRY(read_desc(&data.desc, sizeof data.desc, desc, smp_plan_desc_fields, diag));
    data.desc.struct_size = (uint32_t)sizeof data.desc;
    return smpi_plan_from_data(ctx, &data, plan, diag);
}

void smp_plan_destroy(smp_plan **plan)
{
    if (!plan || !*plan)
        return;
    const smp_context *ctx = (*plan)->ctx;
    smpi_region_free(ctx, &(*plan)->region);
    smpi_free(ctx, *plan, sizeof **plan);
    *plan = NULL;
}

/* Takes the new data with its region, or leaves all as it was. */
static smp_status change(smp_plan *plan, const smpi_plan_data *next, smp_diag *diag)
{
    smpi_region region;
    SMPI_TRY(smpi_plan_data_check(next, diag));
    SMPI_TRY(build_region(plan->ctx, next, &region, diag));
    smpi_region_free(plan->ctx, &plan->region);
    plan->region = region;
    plan->data = *next;
    return SMP_OK;
}

smp_status smp_plan_set(smp_plan *plan, const smp_plan_desc *desc, smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(plan, diag);
    smpi_plan_data next = plan->data;
    SMPI_TRY(read_desc(&next.desc, sizeof next.desc, desc, smp_plan_desc_fields, diag));
    next.desc.struct_size = (uint32_t)sizeof next.desc;
    if (next.desc.seed != plan->data.desc.seed)
        return change(plan, &next, diag);
    plan->data.desc = next.desc; /* the outline follows from the seed alone */
    return SMP_OK;
}

smp_status smp_plan_set_hairline(smp_plan *plan, const smp_hairline_desc *desc, smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(plan, diag);
    smpi_plan_data next = plan->data;
    SMPI_TRY(read_desc(&next.hairline, sizeof next.hairline, desc, smp_hairline_desc_fields, diag));
    next.hairline.struct_size = (uint32_t)sizeof next.hairline;
    if (!desc && next.head.shape == SMP_SHAPE_FLAT)
        next.hairline.style = SMP_HAIRLINE_NONE;
    return change(plan, &next, diag);
}

smp_status smp_plan_set_hairline_curve(smp_plan *plan, const double *xyz_mm, uint32_t count,
                                       smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(plan, diag);
    smpi_plan_data next = plan->data;
    if (xyz_mm || count) {
        SMPI_NEED(xyz_mm, diag);
        if (!(count >= 2 && count <= SMPI_CURVE_MAX))
            return smpi_fail(diag, SMP_ERR_ARGUMENT, "the curve has %u points, want 2 to %d", count,
                             SMPI_CURVE_MAX);
        memset(next.curve_mm, 0, sizeof next.curve_mm);
        memcpy(next.curve_mm, xyz_mm, 3 * (size_t)count * sizeof *xyz_mm);
    }
    next.curve_count = count;
    return change(plan, &next, diag);
}

smp_status smp_plan_set_sessions(smp_plan *plan, const smp_session_desc *sessions, uint32_t count,
                                 smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(plan, diag);
    SMPI_NEED(sessions, diag);
    if (!(count >= 1 && count <= SMPI_SESSIONS_MAX))
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "%u sessions, want 1 to %d", count,
                         SMPI_SESSIONS_MAX);
    smpi_plan_data next = plan->data;
    const size_t step = sessions->struct_size;
    for (uint32_t i = 0; i < count; i++) {
        const void *src = (const unsigned char *)sessions + i * step;
        SMPI_TRY(
            read_desc(&next.session[i], sizeof *next.session, src, smp_session_desc_fields, diag));
        next.session[i].struct_size = (uint32_t)sizeof *next.session;
    }
    next.session_count = count;
    SMPI_TRY(check_sessions(&next, diag));
    plan->data = next;
    return SMP_OK;
}

smp_status smp_plan_get(const smp_plan *plan, smp_plan_desc *desc, smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(plan, diag);
    SMPI_NEED(desc, diag);
    return smpi_desc_store(desc, &plan->data.desc, sizeof plan->data.desc, diag);
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
