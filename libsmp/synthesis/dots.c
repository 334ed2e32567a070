/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * From places to dots: where each lies, and how it differs from its neighbours. */
#include "synthesis/dots.h"

#include <math.h>

#include "base/context.h"
#include "base/diag.h"
#include "base/guard.h"
#include "base/math.h"
#include "geometry/head.h"
#include "synthesis/choice.h"

/* Shares of the work on a head, measured. */
#define SHARE_PLACES 0.96
#define SHARE_CHOOSE 0.5

typedef struct maker {
    smpi_choice choice;
    smpi_plan_column *columns; /* of each session or event, and zone */
    uint32_t zones, column_count;
    smp_dots *dots;
    smpi_spread spread;
    int known; /* the places hold the factors of this spread */
} maker;

/* How a dot differs from its column. */
static smpi_hand hand_of(const maker *m, const smpi_ready *ready, uint32_t id)
{
    if (ready && m->known)
        return ready->factors;
    const smpi_hand sigmas = ready ? ready->sigmas : smpi_hand_of(m->dots->seed, id);
    return smpi_spread_factors(&m->spread, &sigmas);
}

static float bounded(float value, float least, float most)
{
    return value < least ? least : value > most ? most : value;
}

/* The arrays are const to those who read them; here they are filled. */
#define OUT(type, array) ((type *)(uintptr_t)(array))

/* Puts down where a dot is; a place that stands alone on a head knows its normal already. */
static void put_place(const maker *m, uint32_t dot, const float at[3], const smpi_ready *ready)
{
    const smp_dots_view *view = &m->dots->view;
    OUT(float, view->x_mm)[dot] = at[0];
    OUT(float, view->y_mm)[dot] = at[1];
    OUT(float, view->z_mm)[dot] = at[2];
    if (ready) {
        OUT(float, view->nx)[dot] = ready->nx;
        OUT(float, view->ny)[dot] = ready->ny;
        OUT(float, view->nz)[dot] = ready->nz;
        return;
    }
    const double point[3] = {(double)at[0], (double)at[1], (double)at[2]};
    double normal[3];
    smpi_head_normal(&m->choice.from->head, point, normal);
    OUT(float, view->nx)[dot] = (float)normal[0];
    OUT(float, view->ny)[dot] = (float)normal[1];
    OUT(float, view->nz)[dot] = (float)normal[2];
}

static void fill_one(const maker *m, uint32_t dot, uint32_t index, uint32_t member)
{
    const smp_dots_view *view = &m->dots->view;
    const smpi_choice *c = &m->choice;
    const smp_plan_desc *desc = &c->plan->data.desc;
    float at[3];
    uint32_t place = index, rank = index;
    if (c->from->ready) {
        const smpi_place *p = c->from->places.at + index;
        at[0] = p->x_mm;
        at[1] = p->y_mm;
        at[2] = p->z_mm;
    } else {
        (void)smpi_choice_place(c, index, at, &place, &rank);
    }
    const uint32_t size = c->grouped ? smpi_group_size(desc, place) : 1;
    const uint32_t id = place | member << SMPI_GROUP_SHIFT;
    if (size > 1)
        smpi_group_member(&c->rows, place, size, member, at);
    const smpi_ready *ready = c->from->ready ? c->from->ready + rank : NULL;
    put_place(m, dot, at, size == 1 ? ready : NULL);
    const smpi_hand hand = hand_of(m, member ? NULL : ready, id);
    const uint32_t when = c->when[index], zone = c->zone[index];
    const smpi_plan_column *column = m->columns + when * m->zones + zone;
    OUT(float, view->diameter_mm)
    [dot] = bounded(column->diameter_mm * hand.wide, 0.05f, 1.0f);
    OUT(float, view->top_mm)[dot] = bounded(column->top_mm * hand.deep, 0.04f, 1.0f);
    OUT(float, view->height_mm)[dot] = column->height_mm;
    OUT(float, view->dose)[dot] = column->dose * hand.strong;
    OUT(uint8_t, view->session)[dot] = (uint8_t)when;
    OUT(uint8_t, view->zone)[dot] = (uint8_t)zone;
    OUT(uint32_t, view->id)[dot] = id;
    OUT(uint32_t, view->group)[dot] = place;
}

/* Task: a chunk of places, and one of the dots of each. */
static smp_status fill(void *task, uint32_t index)
{
    const maker *m = task;
    const smpi_choice *c = &m->choice;
    const uint32_t member = index / c->chunks, chunk = index % c->chunks;
    uint32_t from = chunk * SMPI_CHOICE_CHUNK, to = from + SMPI_CHOICE_CHUNK;
    uint32_t dot = c->numbers[index];
    if (to > c->count)
        to = c->count;
    for (uint32_t i = from; i < to; i++)
        if (c->when[i] != SMPI_UNUSED && (!c->members || (uint32_t)c->members[i] >> member & 1u))
            fill_one(m, dot++, i, member);
    return SMP_OK;
}

static size_t padded(size_t bytes)
{
    return (bytes + 63) & ~(size_t)63;
}

/* One block for all arrays. count is at most SMPI_DOTS_MAX, so sizes cannot overflow. */
static smp_status carve(const smp_context *ctx, smp_dots *dots, uint32_t count, smp_diag *diag)
{
    smp_dots_view *view = &dots->view;
    const float **columns[] = {&view->x_mm,      &view->y_mm, &view->z_mm,        &view->nx,
                               &view->ny,        &view->nz,   &view->diameter_mm, &view->top_mm,
                               &view->height_mm, &view->dose};
    size_t column = padded(count * sizeof(float)), number = sizeof columns / sizeof *columns;
    size_t bytes = column * (number + 2) + 2 * padded(count);
    view->count = count;
    if (count == 0)
        return SMP_OK;
    SMPI_TRY(smpi_new(ctx, &dots->block, bytes, 1, "dots", diag));
    dots->block_bytes = bytes;
    unsigned char *next = dots->block;
    for (size_t i = 0; i < number; i++, next += column)
        *columns[i] = (const float *)(void *)next;
    view->id = (const uint32_t *)(void *)next;
    view->group = (const uint32_t *)(void *)(next + column);
    view->session = next + 2 * column;
    view->zone = view->session + padded(count);
    return SMP_OK;
}

/* Turns counts into first dots; the sum, or over SMPI_DOTS_MAX when there are too many. */
static uint64_t sum_up(smpi_choice *c)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < SMPI_GROUP_MAX * c->chunks; i++) {
        uint32_t count = c->numbers[i];
        c->numbers[i] = (uint32_t)sum;
        sum += count;
    }
    return sum;
}

static smp_status prepare(const smp_context *ctx, maker *m, smp_diag *diag)
{
    const smp_plan *plan = m->choice.plan;
    const uint32_t groups = smpi_plan_group_count(plan);
    m->spread = smpi_spread_of(&plan->data.desc);
    m->known = smpi_spread_same(&m->spread, &m->choice.from->spread);
    m->dots->seed = plan->data.desc.seed;
    m->zones = plan->data.zone_count + 1;
    m->column_count = groups * m->zones;
    SMPI_TRY(smpi_new(ctx, &m->columns, m->column_count, sizeof *m->columns, "columns", diag));
    for (uint32_t i = 0; i < m->column_count; i++)
        m->columns[i] = smpi_plan_group_column(plan, i / m->zones, i % m->zones);
    return SMP_OK;
}

static smp_status make(const smp_context *ctx, maker *m, const smp_progress *progress,
                       smp_diag *diag)
{
    smpi_choice *c = &m->choice;
    const double span[2] = {0.0, SHARE_CHOOSE};
    SMPI_TRY(prepare(ctx, m, diag));
    SMPI_TRY(smpi_choice_run(ctx, c, progress, span, diag));
    uint64_t count = sum_up(c);
    if (count > SMPI_DOTS_MAX)
        return smpi_fail(diag, SMP_ERR_LIMIT, "%llu dots, at most %u", (unsigned long long)count,
                         SMPI_DOTS_MAX);
    SMPI_TRY(carve(ctx, m->dots, (uint32_t)count, diag));
    const uint32_t passes = c->grouped ? SMPI_GROUP_MAX : 1;
    return smpi_run_progress(ctx, fill, m, passes * c->chunks, progress, SHARE_CHOOSE, 1.0, "dots",
                             diag);
}

/* From places that fit. */
static smp_status dots_from(const smp_context *ctx, const smp_places *places, const smp_plan *plan,
                            const smp_progress *progress, smp_dots **dots, smp_diag *diag)
{
    smp_dots *made;
    SMPI_TRY(smpi_new(ctx, &made, 1, sizeof *made, "dots", diag));
    *made = (smp_dots){.ctx = ctx};
    maker m = {.dots = made};
    smp_status status = smpi_choice_make(ctx, places, plan, &m.choice, diag);
    if (status == SMP_OK)
        status = make(ctx, &m, progress, diag);
    smpi_free(ctx, m.columns, m.column_count * sizeof *m.columns);
    smpi_choice_free(ctx, &m.choice);
    if (status != SMP_OK)
        smp_dots_destroy(&made);
    *dots = made;
    return smpi_run_end(diag, status, "dots");
}

SMPI_APART smp_status dots_create_from_guarded(const smp_context *ctx, const smp_places *places,
                                               const smp_plan *plan, const smp_progress *progress,
                                               smp_dots **dots, smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(dots, diag);
    *dots = NULL;
    SMPI_NEED(ctx, diag);
    SMPI_NEED(places, diag);
    SMPI_NEED(plan, diag);
    if (!smp_places_fit(places, plan))
        return smpi_fail(diag, SMP_ERR_ARGUMENT,
                         "the places are for another head, seed or regularity, or too few");
    return dots_from(ctx, places, plan, progress, dots, diag);
}

smp_status smp_dots_create_from(const smp_context *ctx, const smp_places *places,
                                const smp_plan *plan, const smp_progress *progress, smp_dots **dots,
                                smp_diag *diag)
{
    SMPI_GUARD(smp_status, dots_create_from_guarded(ctx, places, plan, progress, dots, diag));
}

/* A part of the whole: from where it goes, and how far. */
typedef struct part {
    const smp_progress *whole;
    double from, share;
} part;

static int tell_part(void *user, double done, const char *stage)
{
    const part *p = user;
    return p->whole->report(p->whole->user, p->from + p->share * done, stage);
}

smp_status smpi_dots_make(const smp_context *ctx, const smp_plan *plan, float density_per_cm2,
                          const smp_progress *progress, smpi_made_dots *made, smp_diag *diag)
{
    part first = {progress, 0.0, SHARE_PLACES}, rest = {progress, SHARE_PLACES, 1.0 - SHARE_PLACES};
    const smp_progress one = {.user = &first, .report = tell_part};
    const smp_progress two = {.user = &rest, .report = tell_part};
    const int told = progress && progress->report;
    *made = (smpi_made_dots){0};
    SMPI_TRY(
        smp_places_create(ctx, plan, density_per_cm2, told ? &one : NULL, &made->places, diag));
    const smp_status status =
        dots_from(ctx, made->places, plan, told ? &two : NULL, &made->dots, diag);
    if (status != SMP_OK)
        smp_places_destroy(&made->places);
    return status;
}

SMPI_APART smp_status dots_create_guarded(const smp_context *ctx, const smp_plan *plan,
                                          const smp_progress *progress, smp_dots **dots,
                                          smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(dots, diag);
    *dots = NULL;
    SMPI_NEED(ctx, diag);
    SMPI_NEED(plan, diag);
    smpi_made_dots made;
    SMPI_TRY(smpi_dots_make(ctx, plan, 0.0f, progress, &made, diag));
    smp_places_destroy(&made.places);
    *dots = made.dots;
    return SMP_OK;
}

smp_status smp_dots_create(const smp_context *ctx, const smp_plan *plan,
                           const smp_progress *progress, smp_dots **dots, smp_diag *diag)
{
    SMPI_GUARD(smp_status, dots_create_guarded(ctx, plan, progress, dots, diag));
}

void smp_dots_destroy(smp_dots **dots)
{
    if (!dots || !*dots)
        return;
    const smp_context *ctx = (*dots)->ctx;
    smpi_free(ctx, (*dots)->block, (*dots)->block_bytes);
    smpi_free(ctx, *dots, sizeof **dots);
    *dots = NULL;
}

smp_dots_view smp_dots_arrays(const smp_dots *dots)
{
    return dots ? dots->view : (smp_dots_view){.count = 0};
}
