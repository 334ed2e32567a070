/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Which places a plan uses: those whose rank is below the density that it wants there. */
#include "synthesis/choice.h"

#include <math.h>
#include <string.h>

#include "base/context.h"
#include "base/diag.h"
#include "geometry/head.h"

#define CHUNK SMPI_CHOICE_CHUNK

int smpi_choice_place(const smpi_choice *c, uint32_t index, float xyz_mm[3], uint32_t *id,
                      uint32_t *rank)
{
    const smpi_places *p = &c->from->places;
    const uint32_t tile = index / c->ranks, column = tile % p->tiles_x, row = tile / p->tiles_x;
    *rank = index % c->ranks;
    const smpi_place *place = p->at + *rank;
    xyz_mm[0] = place->x_mm + (float)column * SMPI_TILE_MM;
    xyz_mm[1] = place->y_mm + (float)row * SMPI_TILE_MM;
    xyz_mm[2] = 0.0f;
    *id = *rank + SMPI_TILE_IDS * (column + SMPI_TILE_PITCH * row);
    return xyz_mm[0] < c->from->head.width_mm && xyz_mm[1] < c->from->head.height_mm;
}

static int in_hair(const smpi_choice *c, const float xyz[3])
{
    const float keep = c->plan->data.keep_mm, square = keep * keep;
    return c->hair && smpi_near_square(&c->hairs, c->hair, xyz, square, square) < square;
}

/* Bits of the dots of a place that may be there: on skin that the plan treats (which is known where
 * all about is), off hairs. */
static uint8_t members_of(const smpi_choice *c, uint32_t id, const float xyz[3], int known)
{
    const uint32_t size = c->grouped ? smpi_group_size(&c->plan->data.desc, id) : 1;
    uint8_t bits = 0;
    if (size == 1)
        return in_hair(c, xyz) ? 0 : 1;
    if (known && !c->hair)
        return (uint8_t)((1u << size) - 1);
    for (uint32_t i = 0; i < size; i++) {
        float dot[3] = {xyz[0], xyz[1], xyz[2]};
        smpi_group_member(&c->rows, id, size, i, dot);
        const double at[3] = {(double)dot[0], (double)dot[1], (double)dot[2]};
        double tops[SMPI_GROUPS];
        uint32_t zone;
        smpi_spot spot;
        smpi_spot_at(&c->from->head, at, &spot);
        const uint32_t n = smpi_plan_tops(c->plan, &spot, tops, &zone);
        if (tops[n - 1] > 0.0 && !in_hair(c, dot))
            bits |= (uint8_t)(1u << i);
    }
    return bits;
}

/* The first of the rising tops over a threshold, or SMPI_UNUSED. */
static uint8_t first_over(const double *tops, uint32_t count, double threshold)
{
    if (!(threshold < tops[count - 1]))
        return SMPI_UNUSED;
    uint8_t i = 0;
    while (!(threshold < tops[i]))
        i++;
    return i;
}

/* Where the plan's density has to be asked for. */
static void choose_one(const smpi_choice *c, uint32_t index, uint32_t rank, uint32_t id,
                       const smpi_spot *spot)
{
    double tops[SMPI_GROUPS];
    uint32_t zone;
    (void)smpi_plan_tops(c->plan, spot, tops, &zone);
    const uint8_t when = first_over(tops, c->groups, ((double)rank + 0.5) * c->step);
    if (when == SMPI_UNUSED || !smpi_plan_touches(c->plan, when, zone))
        return;
    if (c->members) {
        const float xyz[3] = {(float)spot->xyz[0], (float)spot->xyz[1], (float)spot->xyz[2]};
        c->members[index] = members_of(c, id, xyz, 0);
        if (!c->members[index])
            return;
    }
    c->when[index] = when;
    c->zone[index] = (uint8_t)zone;
}

/* Where density is full, ranks alone decide. */
static void choose_full(const smpi_choice *c, const smpi_patch *q)
{
    const smpi_spot_of *s = c->from->spots + q->from;
    uint8_t when = 0;
    for (uint32_t i = 0; i < q->count; i++) {
        const double threshold = ((double)s[i].rank + 0.5) * c->step;
        while (when < c->groups && !(threshold < c->full[when]))
            when++;
        if (when == c->groups)
            return;
        if (!smpi_plan_touches(c->plan, when, 0))
            continue;
        if (c->members) {
            const float xyz[3] = {s[i].x_mm, s[i].y_mm, s[i].z_mm};
            c->members[s[i].rank] = members_of(c, s[i].rank, xyz, 1);
            if (!c->members[s[i].rank])
                continue;
        }
        c->when[s[i].rank] = when;
    }
}

static smp_status choose_patch(void *task, uint32_t index)
{
    const smpi_choice *c = task;
    const smpi_patch *q = c->from->patches + index;
    const smpi_extent extent = smpi_plan_extent(c->plan, &q->middle, q->radius + c->margin);
    if (extent == SMPI_EXTENT_NOTHING)
        return SMP_OK;
    if (extent == SMPI_EXTENT_FULL) {
        choose_full(c, q);
        return SMP_OK;
    }
    for (uint32_t i = q->from; i < q->from + q->count; i++) {
        const smpi_spot_of *s = c->from->spots + i;
        if (s->rank >= c->ranks)
            break;
        const smpi_spot spot = {{(double)s->x_mm, (double)s->y_mm, (double)s->z_mm}, s->u, s->v};
        choose_one(c, s->rank, s->rank, s->rank, &spot);
    }
    return SMP_OK;
}

/* Of a flat patch of skin. */
static smp_status choose_chunk(void *task, uint32_t chunk)
{
    const smpi_choice *c = task;
    uint32_t from = chunk * CHUNK, to = from + CHUNK;
    if (to > c->count)
        to = c->count;
    for (uint32_t i = from; i < to; i++) {
        float xyz[3];
        uint32_t id, rank;
        if (!smpi_choice_place(c, i, xyz, &id, &rank))
            continue;
        const double x = (double)xyz[0], y = (double)xyz[1];
        const smpi_spot spot = {{x, y, 0.0}, x, y};
        choose_one(c, i, rank, id, &spot);
    }
    return SMP_OK;
}

static smp_status count_chunk(void *task, uint32_t chunk)
{
    smpi_choice *c = task;
    uint32_t from = chunk * CHUNK, to = from + CHUNK, n[SMPI_GROUP_MAX] = {0};
    if (to > c->count)
        to = c->count;
    for (uint32_t i = from; i < to; i++)
        n[0] += c->when[i] != SMPI_UNUSED;
    if (c->members)
        n[0] = 0;
    for (uint32_t i = from; c->members && i < to; i++)
        for (uint32_t k = 0; k < SMPI_GROUP_MAX && c->when[i] != SMPI_UNUSED; k++)
            n[k] += (uint32_t)c->members[i] >> k & 1u;
    for (uint32_t k = 0; k < SMPI_GROUP_MAX; k++)
        c->numbers[k * c->chunks + chunk] = n[k];
    return SMP_OK;
}

/* Sorts the hairs into a grid. */
static smp_status take_hairs(const smp_context *ctx, smpi_choice *c, smp_diag *diag)
{
    const smpi_plan_data *d = &c->plan->data;
    if (!d->obstacle_count || !(d->keep_mm > 0.0f))
        return SMP_OK;
    smpi_surface box = {.flat = 0};
    SMPI_TRY(smpi_new(ctx, &c->hair, d->obstacle_count, sizeof *c->hair, "hairs", diag));
    for (uint32_t i = 0; i < d->obstacle_count; i++) {
        const float *at = d->obstacle_mm + 3 * (size_t)i;
        c->hair[i] = (smpi_place){at[0], at[1], at[2], 0};
        for (int k = 0; k < 3; k++) {
            const float high = i ? box.low[k] + box.size[k] : at[k];
            const float low = i && box.low[k] < at[k] ? box.low[k] : at[k];
            box.low[k] = low;
            box.size[k] = (high > at[k] ? high : at[k]) - low;
        }
    }
    SMPI_TRY(smpi_near_create(ctx, &box, d->obstacle_count, &c->hairs, diag));
    smpi_near_fit(&c->hairs, &box, c->hair, d->obstacle_count, d->obstacle_count, d->keep_mm);
    return SMP_OK;
}

/* Density where it is full, asked for anywhere that it is. */
static void find_full(smpi_choice *c)
{
    for (uint32_t i = 0; i < c->from->patch_count; i++) {
        const smpi_patch *q = c->from->patches + i;
        uint32_t zone;
        if (smpi_plan_extent(c->plan, &q->middle, q->radius + c->margin) != SMPI_EXTENT_FULL)
            continue;
        (void)smpi_plan_tops(c->plan, &q->middle, c->full, &zone);
        return;
    }
}

smp_status smpi_choice_make(const smp_context *ctx, const smp_places *from, const smp_plan *plan,
                            smpi_choice *c, smp_diag *diag)
{
    const smp_plan_desc *desc = &plan->data.desc;
    *c = (smpi_choice){.plan = plan, .from = from};
    smpi_rows_init(&c->rows, plan);
    c->grouped = desc->group_share > 0.0f;
    c->margin = c->grouped ? (double)desc->group_spread_mm : 0.0;
    c->groups = smpi_plan_group_count(plan);
    c->step = smpi_group_mean(desc) / from->places.area_cm2;
    const double reach = ceil(smpi_plan_needs(plan) * from->places.area_cm2);
    c->ranks = reach < (double)from->places.count ? (uint32_t)reach : from->places.count;
    c->ranks = c->ranks ? c->ranks : 1;
    /* at most 256 tiles, of which none that is repeated has over 262144 places */
    c->count = c->ranks * from->places.tiles_x * from->places.tiles_y;
    c->chunks = (c->count + CHUNK - 1) / CHUNK;
    SMPI_TRY(smpi_new(ctx, &c->when, c->count, 1, "choice of places", diag));
    SMPI_TRY(smpi_new(ctx, &c->zone, c->count, 1, "choice of places", diag));
    SMPI_TRY(take_hairs(ctx, c, diag));
    if (c->grouped || c->hair)
        SMPI_TRY(smpi_new(ctx, &c->members, c->count, 1, "choice of places", diag));
    memset(c->when, SMPI_UNUSED, c->count);
    memset(c->zone, 0, c->count);
    find_full(c);
    return smpi_new(ctx, &c->numbers, SMPI_GROUP_MAX * (size_t)c->chunks, sizeof *c->numbers,
                    "choice of places", diag);
}

smp_status smpi_choice_run(const smp_context *ctx, smpi_choice *c, const smp_progress *progress,
                           const double span[2], smp_diag *diag)
{
    const int flat = c->from->head.shape == SMP_SHAPE_FLAT;
    SMPI_TRY(smpi_run_progress(ctx, flat ? choose_chunk : choose_patch, c,
                               flat ? c->chunks : c->from->patch_count, progress, span[0], span[1],
                               "dots", diag));
    return smpi_run(ctx, count_chunk, c, c->chunks);
}

void smpi_choice_free(const smp_context *ctx, smpi_choice *c)
{
    smpi_free(ctx, c->numbers, SMPI_GROUP_MAX * (size_t)c->chunks * sizeof *c->numbers);
    smpi_free(ctx, c->members, c->count);
    smpi_near_free(ctx, &c->hairs);
    if (c->plan)
        smpi_free(ctx, c->hair, c->plan->data.obstacle_count * sizeof *c->hair);
    smpi_free(ctx, c->zone, c->count);
    smpi_free(ctx, c->when, c->count);
}
