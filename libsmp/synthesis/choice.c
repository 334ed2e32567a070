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
    if (c->from->head.shape != SMP_SHAPE_FLAT) {
        const smpi_place *place = p->at + index;
        xyz_mm[0] = place->x_mm;
        xyz_mm[1] = place->y_mm;
        xyz_mm[2] = place->z_mm;
        *id = *rank = index;
        return 1;
    }
    const uint32_t tile = index / c->ranks, column = tile % p->tiles_x, row = tile / p->tiles_x;
    *rank = index % c->ranks;
    const smpi_place *place = p->at + *rank;
    xyz_mm[0] = place->x_mm + (float)column * SMPI_TILE_MM;
    xyz_mm[1] = place->y_mm + (float)row * SMPI_TILE_MM;
    xyz_mm[2] = 0.0f;
    *id = *rank + SMPI_TILE_IDS * (column + SMPI_TILE_PITCH * row);
    return xyz_mm[0] < c->from->head.width_mm && xyz_mm[1] < c->from->head.height_mm;
}

static smpi_spot spot_of(const smpi_choice *c, uint32_t index, const float xyz[3])
{
    const double at[3] = {(double)xyz[0], (double)xyz[1], (double)xyz[2]};
    if (!c->from->ready)
        return (smpi_spot){{at[0], at[1], at[2]}, at[0], at[1]};
    const smpi_ready *r = c->from->ready + index;
    return (smpi_spot){{at[0], at[1], at[2]}, r->u, r->v};
}

static int in_hair(const smpi_choice *c, const float xyz[3])
{
    const float keep = c->plan->data.keep_mm, square = keep * keep;
    return c->hair && smpi_near_square(&c->hairs, c->hair, xyz, square, square) < square;
}

/* Bits of the dots of a place that may be there: on skin that the plan treats, off hairs. */
static uint8_t members_of(const smpi_choice *c, uint32_t id, const float xyz[3])
{
    const uint32_t size = c->grouped ? smpi_group_size(&c->plan->data.desc, id) : 1;
    uint8_t bits = 0;
    if (size == 1)
        return in_hair(c, xyz) ? 0 : 1;
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

static void choose_one(const smpi_choice *c, uint32_t index)
{
    double tops[SMPI_GROUPS];
    const double *top = tops;
    float xyz[3];
    uint32_t id, rank, zone = 0;
    c->when[index] = SMPI_UNUSED;
    if (!smpi_choice_place(c, index, xyz, &id, &rank))
        return;
    const uint8_t extent =
        c->extents ? c->extents[c->from->places.at[rank].next] : SMPI_EXTENT_VARIES;
    if (extent == SMPI_EXTENT_NOTHING)
        return;
    if (extent == SMPI_EXTENT_FULL) {
        top = c->full;
    } else {
        const smpi_spot spot = spot_of(c, index, xyz);
        (void)smpi_plan_tops(c->plan, &spot, tops, &zone);
    }
    const double threshold = c->mean * smpi_places_threshold(&c->from->places, rank);
    const uint8_t when = first_over(top, smpi_plan_group_count(c->plan), threshold);
    if (when == SMPI_UNUSED || !smpi_plan_touches(c->plan, when, zone))
        return;
    if (c->grouped || c->hair) {
        const uint8_t bits = members_of(c, id, xyz);
        if (!bits)
            return;
        c->members[index] = bits;
    }
    c->when[index] = when;
    c->zone[index] = (uint8_t)zone;
}

static smp_status choose(void *task, uint32_t chunk)
{
    smpi_choice *c = task;
    uint32_t from = chunk * CHUNK, to = from + CHUNK, n[SMPI_GROUP_MAX] = {0};
    if (to > c->count)
        to = c->count;
    for (uint32_t i = from; i < to; i++) {
        choose_one(c, i);
        if (c->when[i] == SMPI_UNUSED)
            continue;
        const uint32_t bits = c->members ? c->members[i] : 1;
        for (uint32_t k = 0; k < SMPI_GROUP_MAX; k++)
            n[k] += bits >> k & 1u;
    }
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

/* What is known of each patch. */
static smp_status look_over(const smp_context *ctx, smpi_choice *c, smp_diag *diag)
{
    const smp_places *p = c->from;
    SMPI_TRY(smpi_new(ctx, &c->extents, p->patch_count, 1, "patches", diag));
    for (uint32_t i = 0; i < p->patch_count; i++) {
        smpi_spot spot;
        uint32_t zone;
        smpi_spot_at(&p->head, p->patches[i].xyz, &spot);
        c->extents[i] = (uint8_t)smpi_plan_extent(c->plan, &spot, p->patches[i].radius);
        if (c->extents[i] == SMPI_EXTENT_FULL)
            (void)smpi_plan_tops(c->plan, &spot, c->full, &zone);
    }
    return SMP_OK;
}

smp_status smpi_choice_make(const smp_context *ctx, const smp_places *from, const smp_plan *plan,
                            smpi_choice *c, smp_diag *diag)
{
    const smp_plan_desc *desc = &plan->data.desc;
    *c = (smpi_choice){.plan = plan, .from = from};
    smpi_rows_init(&c->rows, plan);
    c->grouped = desc->group_share > 0.0f;
    c->mean = smpi_group_mean(desc);
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
    if (from->patch_count)
        SMPI_TRY(look_over(ctx, c, diag));
    return smpi_new(ctx, &c->numbers, SMPI_GROUP_MAX * (size_t)c->chunks, sizeof *c->numbers,
                    "choice of places", diag);
}

smp_status smpi_choice_run(const smp_context *ctx, smpi_choice *choice,
                           const smp_progress *progress, const double span[2], smp_diag *diag)
{
    return smpi_run_progress(ctx, choose, choice, choice->chunks, progress, span[0], span[1],
                             "dots", diag);
}

void smpi_choice_free(const smp_context *ctx, smpi_choice *c)
{
    smpi_free(ctx, c->numbers, SMPI_GROUP_MAX * (size_t)c->chunks * sizeof *c->numbers);
    if (c->from)
        smpi_free(ctx, c->extents, c->from->patch_count);
    smpi_free(ctx, c->members, c->count);
    smpi_near_free(ctx, &c->hairs);
    if (c->plan)
        smpi_free(ctx, c->hair, c->plan->data.obstacle_count * sizeof *c->hair);
    smpi_free(ctx, c->zone, c->count);
    smpi_free(ctx, c->when, c->count);
}
