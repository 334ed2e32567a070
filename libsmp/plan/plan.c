/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Plans: created, changed whole or not at all, and read back. */
#include "plan/plan.h"

#include <string.h>

#include "base/context.h"
#include "base/diag.h"
#include "base/fields.h"
#include "base/guard.h"
#include "geometry/head.h"
#include "optics/pigment.h"

#define LEAST_NEEDLE_MM 0.05f /* of smp_column_from_needle() */
#define LEAST_DEPTH_MM 0.15f

typedef const smp_field *fields_fn(uint32_t *count);

static smp_status check_desc(const void *desc, fields_fn *table, smp_diag *diag)
{
    uint32_t count;
    const smp_field *fields = table(&count);
    return smpi_fields_check(desc, fields, count, diag);
}

smp_status smpi_plan_read(void *dst, size_t size, const void *src, fields_fn *table, smp_diag *diag)
{
    const uint32_t own = (uint32_t)size;
    uint32_t count;
    const smp_field *fields = table(&count);
    SMPI_TRY(smpi_desc_read(dst, size, src, fields, count, diag));
    memcpy(dst, &own, sizeof own);
    return SMP_OK;
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
    smp_pigment_init(&data->pigment);
    smp_pattern_desc_init(&data->pattern);
    smp_life_desc_init(&data->life);
}

void smpi_plan_data_free(const smp_context *ctx, smpi_plan_data *data)
{
    smpi_free(ctx, data->zone_mm, 3 * sizeof(float) * data->zone_from[data->zone_count]);
    smpi_free(ctx, data->map, (size_t)data->map_width * data->map_height);
    smpi_free(ctx, data->obstacle_mm, 3 * sizeof(float) * data->obstacle_count);
    data->zone_mm = data->obstacle_mm = NULL;
    data->map = NULL;
}

/* A number that is 0, or from some least value on. */
static smp_status check_gap(const char *list, uint32_t index, const char *field, float value,
                            float least, smp_diag *diag)
{
    if (!(value > 0.0f) || value >= least)
        return SMP_OK;
    return smpi_fail(diag, SMP_ERR_RANGE, "%s[%u].%s is %g, want 0, or %g at least", list, index,
                     field, (double)value, (double)least);
}

static smp_status check_sessions(const smpi_plan_data *data, smp_diag *diag)
{
    for (uint32_t i = 0; i < data->session_count; i++) {
        const smp_session_desc *s = &data->session[i];
        SMPI_TRY(check_desc(s, smp_session_desc_fields, diag));
        SMPI_TRY(check_gap("sessions", i, "needle_mm", s->needle_mm, LEAST_NEEDLE_MM, diag));
        SMPI_TRY(check_gap("sessions", i, "depth_mm", s->depth_mm, LEAST_DEPTH_MM, diag));
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

static smp_status check_events(const smpi_plan_data *data, smp_diag *diag)
{
    double before = data->session[data->session_count - 1].day;
    for (uint32_t i = 0; i < data->event_count; i++) {
        const smp_event_desc *e = &data->event[i];
        SMPI_TRY(check_desc(e, smp_event_desc_fields, diag));
        if (!(e->day >= before))
            return smpi_fail(diag, SMP_ERR_RANGE, "events[%u].day is %g, before the one of %g", i,
                             e->day, before);
        before = e->day;
        SMPI_TRY(check_gap("events", i, "hairline_height_mm", e->hairline_height_mm, 40.0f, diag));
        SMPI_TRY(
            check_gap("events", i, "hairline_softness_mm", e->hairline_softness_mm, 1.0f, diag));
        SMPI_TRY(check_gap("events", i, "needle_mm", e->needle_mm, LEAST_NEEDLE_MM, diag));
        SMPI_TRY(check_gap("events", i, "depth_mm", e->depth_mm, LEAST_DEPTH_MM, diag));
        if (data->head.shape == SMP_SHAPE_FLAT && e->hairline_style != 0)
            return smpi_fail(diag, SMP_ERR_ARGUMENT,
                             "events[%u].hairline_style: a flat patch has no forehead", i);
    }
    return SMP_OK;
}

static smp_status check_pigments(const smpi_plan_data *data, smp_diag *diag)
{
    smp_pigment out;
    SMPI_TRY(smpi_pigment_read(&data->pigment, &out, diag));
    for (uint32_t i = 0; i < data->session_count; i++)
        if (data->session_pigment[i].struct_size)
            SMPI_TRY(smpi_pigment_read(&data->session_pigment[i], &out, diag));
    for (uint32_t i = 0; i < data->event_count; i++)
        if (data->event_pigment[i].struct_size)
            SMPI_TRY(smpi_pigment_read(&data->event_pigment[i], &out, diag));
    return SMP_OK;
}

smp_status smpi_plan_data_check(const smpi_plan_data *data, smp_diag *diag)
{
    SMPI_TRY(smpi_head_check(&data->head, diag));
    SMPI_TRY(check_desc(&data->desc, smp_plan_desc_fields, diag));
    SMPI_TRY(check_desc(&data->hairline, smp_hairline_desc_fields, diag));
    SMPI_TRY(check_sessions(data, diag));
    SMPI_TRY(check_desc(&data->pattern, smp_pattern_desc_fields, diag));
    SMPI_TRY(check_desc(&data->life, smp_life_desc_fields, diag));
    SMPI_TRY(check_pigments(data, diag));
    SMPI_TRY(check_events(data, diag));
    for (uint32_t i = 0; i < data->zone_count; i++)
        SMPI_TRY(smpi_zone_check(data, i, diag));
    if (data->head.shape == SMP_SHAPE_FLAT && data->pattern.pattern != SMP_PATTERN_NONE &&
        data->pattern.pattern < SMP_PATTERN_LUDWIG_1)
        return smpi_fail(
            diag, SMP_ERR_ARGUMENT,
            "pattern: a flat patch shows no Norwood type; use ludwig, patches or total");
    if (data->curve_count)
        return smpi_curve_check(&data->head, data->curve_mm, data->curve_count, diag);
    if (data->head.shape == SMP_SHAPE_FLAT && data->hairline.style != SMP_HAIRLINE_NONE)
        return smpi_fail(diag, SMP_ERR_ARGUMENT,
                         "a flat patch has no forehead: use style none, or draw a curve first");
    return SMP_OK;
}

/* ---- what follows ------------------------------------------------------------------------- */

static smp_status build_region(const smp_context *ctx, const smpi_plan_data *data,
                               const smp_hairline_desc *hairline, smpi_region *region,
                               smp_diag *diag)
{
    const smpi_outline_desc desc = {.head = &data->head,
                                    .hairline = hairline,
                                    .curve_mm = data->curve_count ? data->curve_mm : NULL,
                                    .curve_count = data->curve_count,
                                    .seed = data->desc.seed};
    return smpi_region_build(ctx, &desc, region, diag);
}

/* A touch-up that changes the hairline. */
static int changes_hairline(const smp_event_desc *e)
{
    return e->kind == SMP_EVENT_TOUCH_UP &&
           (e->hairline_height_mm > 0.0f || e->hairline_softness_mm > 0.0f ||
            e->hairline_style > 0);
}

static void free_follows(const smp_context *ctx, smp_plan *p)
{
    smpi_hair_free(ctx, &p->hair);
    smpi_shapes_free(ctx, &p->shapes);
    for (uint32_t i = 0; i < SMP_EVENTS_MAX; i++)
        smpi_region_free(ctx, &p->event_region[i]);
    smpi_region_free(ctx, &p->region);
}

/* Hairlines of the events that change it, each on top of the ones before. A curve drawn by hand and
 * the line across a patch keep their place. */
static smp_status build_events(const smp_context *ctx, const smpi_plan_data *data, smp_plan *p,
                               smp_diag *diag)
{
    smp_hairline_desc hairline = data->hairline;
    int moved = 0;
    for (uint32_t i = 0; i < data->event_count; i++) {
        const smp_event_desc *e = &data->event[i];
        if (!changes_hairline(e))
            continue;
        moved |= e->hairline_height_mm > 0.0f || e->hairline_style > 0;
        if (e->hairline_height_mm > 0.0f)
            hairline.height_mm = e->hairline_height_mm;
        if (e->hairline_softness_mm > 0.0f)
            hairline.softness_mm = e->hairline_softness_mm;
        if (e->hairline_style > 0)
            hairline.style = e->hairline_style - 1;
        p->event_hairline[i] = hairline;
        if (moved && !data->curve_count)
            SMPI_TRY(build_region(ctx, data, &hairline, &p->event_region[i], diag));
    }
    return SMP_OK;
}

static smp_status build_outlines(const smp_context *ctx, const smpi_plan_data *data, smp_plan *p,
                                 smp_diag *diag)
{
    SMPI_TRY(build_region(ctx, data, &data->hairline, &p->region, diag));
    return build_events(ctx, data, p, diag);
}

static smp_status build_follows(const smp_context *ctx, const smpi_plan_data *data, smp_plan *p,
                                smp_diag *diag)
{
    smp_status status = build_outlines(ctx, data, p, diag);
    if (status == SMP_OK)
        status = smpi_shapes_build(ctx, data, &p->shapes, diag);
    if (status == SMP_OK)
        status = smpi_hair_build(ctx, data, &p->hair, diag);
    if (status != SMP_OK)
        free_follows(ctx, p);
    return status;
}

smp_status smpi_plan_from_data(const smp_context *ctx, const smpi_plan_data *data, smp_plan **plan,
                               smp_diag *diag)
{
    smp_plan *made;
    SMPI_TRY(smpi_new(ctx, &made, 1, sizeof *made, "plan", diag));
    memset(made, 0, sizeof *made);
    made->ctx = ctx;
    made->data = *data;
    const smp_status status = build_follows(ctx, data, made, diag);
    if (status != SMP_OK)
        smpi_free(ctx, made, sizeof *made);
    else
        *plan = made;
    return status;
}

static smp_status copy_table(const smp_context *ctx, float **table, size_t nodes, smp_diag *diag)
{
    const float *from = *table;
    *table = NULL;
    if (!from)
        return SMP_OK;
    SMPI_TRY(smpi_new(ctx, table, nodes, sizeof **table, "plan", diag));
    memcpy(*table, from, nodes * sizeof **table);
    return SMP_OK;
}

static smp_status copy_region(const smp_context *ctx, smpi_region *r, smp_diag *diag)
{
    const size_t nodes = (size_t)r->nu * r->nv;
    const smp_status status = copy_table(ctx, &r->front, nodes, diag);
    if (status != SMP_OK)
        r->side = NULL;
    return status == SMP_OK ? copy_table(ctx, &r->side, nodes, diag) : status;
}

/* Gives a plan whose tables are another one's tables of its own. On errors it has none left. */
static smp_status copy_follows(const smp_context *ctx, smp_plan *p, smp_diag *diag)
{
    smp_status status = copy_region(ctx, &p->region, diag);
    for (uint32_t i = 0; i < SMP_EVENTS_MAX; i++)
        if (status == SMP_OK)
            status = copy_region(ctx, &p->event_region[i], diag);
        else
            p->event_region[i] = (smpi_region){0};
    if (status == SMP_OK)
        status = copy_table(ctx, &p->hair.left, (size_t)p->hair.nu * p->hair.nv, diag);
    else
        p->hair = (smpi_hair){0};
    p->shapes = (smpi_shapes){0};
    if (status == SMP_OK)
        status = smpi_shapes_build(ctx, &p->data, &p->shapes, diag);
    if (status != SMP_OK)
        free_follows(ctx, p);
    return status;
}

smp_status smpi_plan_from_plan(const smp_context *ctx, const smp_plan *from,
                               const smpi_plan_data *data, smp_plan **plan, smp_diag *diag)
{
    smp_plan *made;
    SMPI_TRY(smpi_new(ctx, &made, 1, sizeof *made, "plan", diag));
    *made = *from;
    made->ctx = ctx;
    made->data = *data;
    const smp_status status = copy_follows(ctx, made, diag);
    if (status != SMP_OK)
        smpi_free(ctx, made, sizeof *made);
    else
        *plan = made;
    return status;
}

/* Bit by bit: what differs at all is built anew. */
static int same(const void *a, const void *b, size_t size)
{
    return memcmp(a, b, size) == 0;
}

/* The outlines of both follow from the same numbers. */
static int same_outlines(const smpi_plan_data *a, const smpi_plan_data *b)
{
    return same(&a->head, &b->head, sizeof a->head) && a->desc.seed == b->desc.seed &&
           same(&a->hairline, &b->hairline, sizeof a->hairline) &&
           a->curve_count == b->curve_count && same(a->curve_mm, b->curve_mm, sizeof a->curve_mm) &&
           a->event_count == b->event_count && same(a->event, b->event, sizeof a->event);
}

static int same_hair(const smpi_plan_data *a, const smpi_plan_data *b)
{
    return same(&a->head, &b->head, sizeof a->head) && a->desc.seed == b->desc.seed &&
           same(&a->pattern, &b->pattern, sizeof a->pattern);
}

static int same_arrays(const smpi_plan_data *a, const smpi_plan_data *b)
{
    const size_t map = (size_t)a->map_width * a->map_height;
    if (a->map_width != b->map_width || a->map_height != b->map_height ||
        a->obstacle_count != b->obstacle_count || a->zone_count != b->zone_count ||
        !same(a->zone_from, b->zone_from, (a->zone_count + 1) * sizeof *a->zone_from))
        return 0;
    return (!map || same(a->map, b->map, map)) &&
           (!a->obstacle_count ||
            same(a->obstacle_mm, b->obstacle_mm, 3 * sizeof(float) * a->obstacle_count)) &&
           (!a->zone_count ||
            same(a->zone_mm, b->zone_mm, 3 * sizeof(float) * a->zone_from[a->zone_count]));
}

int smpi_plan_same_dots(const smp_plan *one, const smp_plan *other)
{
    const smpi_plan_data *a = &one->data, *b = &other->data;
    return same_outlines(a, b) && same(&a->desc, &b->desc, sizeof a->desc) &&
           same(&a->pattern, &b->pattern, sizeof a->pattern) &&
           a->session_count == b->session_count &&
           same(a->session, b->session, a->session_count * sizeof *a->session) &&
           same(a->zone, b->zone, a->zone_count * sizeof *a->zone) && a->keep_mm == b->keep_mm &&
           same_arrays(a, b);
}

/* Moves what need not be built anew from one plan to the other. */
static void move_outlines(smp_plan *from, smp_plan *to)
{
    to->region = from->region;
    memcpy(to->event_region, from->event_region, sizeof to->event_region);
    memcpy(to->event_hairline, from->event_hairline, sizeof to->event_hairline);
    memset(&from->region, 0, sizeof from->region);
    memset(from->event_region, 0, sizeof from->event_region);
}

smp_status smpi_plan_change(smp_plan *plan, const smpi_plan_data *next, smp_diag *diag)
{
    const smp_context *ctx = plan->ctx;
    smpi_plan_data *old = &plan->data;
    smp_plan *made = NULL;
    SMPI_TRY(smpi_plan_data_check(next, diag));
    const int outlines = !same_outlines(old, next), hair = !same_hair(old, next);
    SMPI_TRY(smpi_new(ctx, &made, 1, sizeof *made, "plan", diag));
    memset(made, 0, sizeof *made);
    made->ctx = ctx;
    made->data = *next;
    smp_status status = outlines ? build_outlines(ctx, next, made, diag) : SMP_OK;
    if (status == SMP_OK)
        status = smpi_shapes_build(ctx, next, &made->shapes, diag);
    if (status == SMP_OK && hair)
        status = smpi_hair_build(ctx, next, &made->hair, diag);
    if (status != SMP_OK) {
        free_follows(ctx, made);
        goto done;
    }
    if (!outlines)
        move_outlines(plan, made);
    if (!hair) {
        made->hair = plan->hair;
        plan->hair = (smpi_hair){0};
    }
    old->zone_mm = old->zone_mm == next->zone_mm ? NULL : old->zone_mm;
    old->map = old->map == next->map ? NULL : old->map;
    old->obstacle_mm = old->obstacle_mm == next->obstacle_mm ? NULL : old->obstacle_mm;
    smpi_plan_data_free(ctx, old);
    free_follows(ctx, plan);
    *plan = *made;
done:
    smpi_free(ctx, made, sizeof *made);
    return status;
}

SMPI_APART smp_status plan_create_guarded(const smp_context *ctx, const smp_head *head,
                                          const smp_plan_desc *desc, smp_plan **plan,
                                          smp_diag *diag)
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
    SMPI_TRY(smpi_plan_read(&data.desc, sizeof data.desc, desc, smp_plan_desc_fields, diag));
    return smpi_plan_from_data(ctx, &data, plan, diag);
}

smp_status smp_plan_create(const smp_context *ctx, const smp_head *head, const smp_plan_desc *desc,
                           smp_plan **plan, smp_diag *diag)
{
    SMPI_GUARD(smp_status, plan_create_guarded(ctx, head, desc, plan, diag));
}

void smp_plan_destroy(smp_plan **plan)
{
    if (!plan || !*plan)
        return;
    const smp_context *ctx = (*plan)->ctx;
    free_follows(ctx, *plan);
    smpi_plan_data_free(ctx, &(*plan)->data);
    smpi_free(ctx, *plan, sizeof **plan);
    *plan = NULL;
}

SMPI_APART smp_status plan_set_guarded(smp_plan *plan, const smp_plan_desc *desc, smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(plan, diag);
    smpi_plan_data next = plan->data;
    SMPI_TRY(smpi_plan_read(&next.desc, sizeof next.desc, desc, smp_plan_desc_fields, diag));
    if (next.desc.seed != plan->data.desc.seed)
        return smpi_plan_change(plan, &next, diag);
    plan->data.desc = next.desc; /* the outline follows from the seed alone */
    return SMP_OK;
}

smp_status smp_plan_set(smp_plan *plan, const smp_plan_desc *desc, smp_diag *diag)
{
    SMPI_GUARD(smp_status, plan_set_guarded(plan, desc, diag));
}

SMPI_APART smp_status plan_set_hairline_guarded(smp_plan *plan, const smp_hairline_desc *desc,
                                                smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(plan, diag);
    smpi_plan_data next = plan->data;
    SMPI_TRY(
        smpi_plan_read(&next.hairline, sizeof next.hairline, desc, smp_hairline_desc_fields, diag));
    if (!desc && next.head.shape == SMP_SHAPE_FLAT)
        next.hairline.style = SMP_HAIRLINE_NONE;
    return smpi_plan_change(plan, &next, diag);
}

smp_status smp_plan_set_hairline(smp_plan *plan, const smp_hairline_desc *desc, smp_diag *diag)
{
    SMPI_GUARD(smp_status, plan_set_hairline_guarded(plan, desc, diag));
}

SMPI_APART smp_status plan_set_hairline_curve_guarded(smp_plan *plan, const double *xyz_mm,
                                                      uint32_t count, smp_diag *diag)
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
    return smpi_plan_change(plan, &next, diag);
}

smp_status smp_plan_set_hairline_curve(smp_plan *plan, const double *xyz_mm, uint32_t count,
                                       smp_diag *diag)
{
    SMPI_GUARD(smp_status, plan_set_hairline_curve_guarded(plan, xyz_mm, count, diag));
}

SMPI_APART smp_status plan_set_sessions_guarded(smp_plan *plan, const smp_session_desc *sessions,
                                                uint32_t count, smp_diag *diag)
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
        SMPI_TRY(smpi_plan_read(&next.session[i], sizeof *next.session, src,
                                smp_session_desc_fields, diag));
    }
    for (uint32_t i = count; i < SMPI_SESSIONS_MAX; i++) {
        memset(&next.session[i], 0, sizeof next.session[i]);
        memset(&next.session_pigment[i], 0, sizeof next.session_pigment[i]);
    }
    next.session_count = count;
    SMPI_TRY(check_sessions(&next, diag));
    SMPI_TRY(check_events(&next, diag));
    plan->data = next;
    return SMP_OK;
}

smp_status smp_plan_set_sessions(smp_plan *plan, const smp_session_desc *sessions, uint32_t count,
                                 smp_diag *diag)
{
    SMPI_GUARD(smp_status, plan_set_sessions_guarded(plan, sessions, count, diag));
}
