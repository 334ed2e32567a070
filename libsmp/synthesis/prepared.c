/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A head's places, made once and used for every edit of a plan. */
#include "synthesis/prepared.h"

#include <math.h>
#include <string.h>

#include "base/context.h"
#include "base/diag.h"
#include "base/guard.h"
#include "base/math.h"
#include "base/random.h"
#include "geometry/head.h"
#include "synthesis/groups.h"
#include "synthesis/purpose.h"

#define CHUNK 4096u       /* places a task */
#define SHARE_PLACES 0.95 /* of the time, measured */
#define DENSITY_MAX 1000.0f
#define PATCHES_ALONG 32u /* of the head's box: about 6 mm */
#define PATCH_CELLS (PATCHES_ALONG * PATCHES_ALONG * PATCHES_ALONG)
#define NONE UINT32_MAX

static float cut(float sigmas)
{
    const float most = SMPI_MOST_SIGMAS;
    return sigmas > most ? most : sigmas < -most ? -most : sigmas;
}

smpi_hand smpi_hand_of(uint32_t seed, uint32_t id)
{
    return (smpi_hand){.wide = cut(smpi_normal(smpi_hash(seed, id, SMPI_PURPOSE_DIAMETER))),
                       .strong = cut(smpi_normal(smpi_hash(seed, id, SMPI_PURPOSE_DOSE))),
                       .deep = cut(smpi_normal(smpi_hash(seed, id, SMPI_PURPOSE_DEPTH)))};
}

smpi_spread smpi_spread_of(const smp_plan_desc *d)
{
    smpi_spread s = {.variation = {d->size_variation, d->dose_variation, d->depth_variation}};
    for (int k = 0; k < 3; k++) {
        const float variance = smpi_logf(1.0f + s.variation[k] * s.variation[k]);
        s.sigma[k] = sqrtf(variance);
        s.half[k] = 0.5f * variance;
    }
    return s;
}

int smpi_spread_same(const smpi_spread *a, const smpi_spread *b)
{
    return a->variation[0] == b->variation[0] && a->variation[1] == b->variation[1] &&
           a->variation[2] == b->variation[2];
}

static float factor(const smpi_spread *s, int which, float sigmas)
{
    return s->sigma[which] > 0.0f ? smpi_expf(s->sigma[which] * sigmas - s->half[which]) : 1.0f;
}

smpi_hand smpi_spread_factors(const smpi_spread *spread, const smpi_hand *sigmas)
{
    return (smpi_hand){.wide = factor(spread, 0, sigmas->wide),
                       .strong = factor(spread, 1, sigmas->strong),
                       .deep = factor(spread, 2, sigmas->deep)};
}

double smpi_plan_needs(const smp_plan *plan)
{
    const smpi_plan_data *d = &plan->data;
    double share = 1.0;
    for (uint32_t i = 0; i < d->event_count; i++)
        share += d->event[i].kind == SMP_EVENT_TOUCH_UP ? (double)d->event[i].share : 0.0;
    return (double)d->desc.density_per_cm2 * share / smpi_group_mean(&d->desc);
}

static smp_status make_ready(void *task, uint32_t chunk)
{
    smp_places *p = task;
    uint32_t from = chunk * CHUNK, to = from + CHUNK;
    if (to > p->places.count)
        to = p->places.count;
    for (uint32_t i = from; i < to; i++) {
        const smpi_place *at = p->places.at + i;
        const double xyz[3] = {(double)at->x_mm, (double)at->y_mm, (double)at->z_mm};
        double normal[3];
        smpi_head_normal(&p->head, xyz, normal);
        const smpi_hand sigmas = smpi_hand_of(p->seed, i);
        p->ready[i] = (smpi_ready){.nx = (float)normal[0],
                                   .ny = (float)normal[1],
                                   .nz = (float)normal[2],
                                   .sigmas = sigmas,
                                   .factors = smpi_spread_factors(&p->spread, &sigmas)};
    }
    return SMP_OK;
}

/* A cell of the box about the head. */
static uint32_t cell_of(const smp_places *p, const smpi_place *at)
{
    const smpi_ellipsoid e = smpi_head_ellipsoid(&p->head);
    const double from[3] = {-e.a, e.cy - e.down, -e.c},
                 size[3] = {2.0 * e.a, e.up + e.down, 2.0 * e.c};
    const double xyz[3] = {(double)at->x_mm, (double)at->y_mm, (double)at->z_mm};
    uint32_t cell = 0;
    for (int k = 0; k < 3; k++) {
        const double place = (xyz[k] - from[k]) / size[k] * PATCHES_ALONG;
        const uint32_t i = place > 0.0 ? (uint32_t)place : 0;
        cell = PATCHES_ALONG * cell + (i < PATCHES_ALONG ? i : PATCHES_ALONG - 1);
    }
    return cell;
}

static smp_status make_patch(void *task, uint32_t index)
{
    smp_places *p = task;
    smpi_patch *q = p->patches + index;
    double sum[3] = {0.0, 0.0, 0.0}, xyz[3];
    for (uint32_t i = q->from; i < q->from + q->count; i++) {
        smpi_spot_of *s = p->spots + i;
        const double at[3] = {(double)s->x_mm, (double)s->y_mm, (double)s->z_mm};
        smpi_spot spot;
        smpi_spot_at(&p->head, at, &spot);
        s->u = spot.u;
        s->v = spot.v;
        for (int k = 0; k < 3; k++)
            sum[k] += at[k] / q->count;
    }
    smpi_head_surface(&p->head, sum, xyz, NULL);
    smpi_spot_at(&p->head, xyz, &q->middle);
    for (uint32_t i = q->from; i < q->from + q->count; i++) {
        const smpi_spot_of *s = p->spots + i;
        const double x = (double)s->x_mm - xyz[0], y = (double)s->y_mm - xyz[1];
        const double z = (double)s->z_mm - xyz[2], away = sqrt(x * x + y * y + z * z);
        q->radius = away > q->radius ? away : q->radius;
    }
    return SMP_OK;
}

/* Gathers places into patches; next of a place becomes its patch. */
static smp_status gather(const smp_context *ctx, smp_places *p, smp_diag *diag)
{
    uint32_t *patch_of = NULL;
    SMPI_TRY(smpi_new(ctx, &patch_of, PATCH_CELLS, sizeof *patch_of, "patches", diag));
    memset(patch_of, 0xff, PATCH_CELLS * sizeof *patch_of);
    for (uint32_t i = 0; i < p->places.count; i++) {
        uint32_t *patch = patch_of + cell_of(p, p->places.at + i);
        if (*patch == NONE)
            *patch = p->patch_count++;
        p->places.at[i].next = *patch;
    }
    smpi_free(ctx, patch_of, PATCH_CELLS * sizeof *patch_of);
    SMPI_TRY(smpi_new(ctx, &p->patches, p->patch_count, sizeof *p->patches, "patches", diag));
    memset(p->patches, 0, p->patch_count * sizeof *p->patches);
    for (uint32_t i = 0; i < p->places.count; i++)
        p->patches[p->places.at[i].next].count++;
    for (uint32_t i = 1; i < p->patch_count; i++)
        p->patches[i].from = p->patches[i - 1].from + p->patches[i - 1].count;
    for (uint32_t i = 0; i < p->patch_count; i++)
        p->patches[i].count = 0;
    for (uint32_t i = 0; i < p->places.count; i++) {
        const smpi_place *at = p->places.at + i;
        smpi_patch *q = p->patches + at->next;
        p->spots[q->from + q->count++] =
            (smpi_spot_of){.x_mm = at->x_mm, .y_mm = at->y_mm, .z_mm = at->z_mm, .rank = i};
    }
    return smpi_run(ctx, make_patch, p, p->patch_count);
}

static smp_status prepare(const smp_context *ctx, smp_places *p, const smp_progress *progress,
                          smp_diag *diag)
{
    const smpi_places_desc desc = {.head = p->head,
                                   .seed = p->seed,
                                   .regularity = p->regularity,
                                   .density_per_cm2 = p->density_per_cm2};
    SMPI_TRY(smpi_places_create(ctx, &desc, progress, SHARE_PLACES, &p->places, diag));
    if (p->head.shape == SMP_SHAPE_FLAT)
        return smpi_report(progress, 1.0, "dots", diag);
    SMPI_TRY(smpi_new(ctx, &p->ready, p->places.count, sizeof *p->ready, "places", diag));
    SMPI_TRY(smpi_new(ctx, &p->spots, p->places.count, sizeof *p->spots, "places", diag));
    SMPI_TRY(gather(ctx, p, diag));
    return smpi_run_progress(ctx, make_ready, p, (p->places.count + CHUNK - 1) / CHUNK, progress,
                             SHARE_PLACES, 1.0, "dots", diag);
}

SMPI_APART smp_status places_create_guarded(const smp_context *ctx, const smp_plan *plan,
                                            float density_per_cm2, const smp_progress *progress,
                                            smp_places **places, smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(places, diag);
    *places = NULL;
    SMPI_NEED(ctx, diag);
    SMPI_NEED(plan, diag);
    if (!(density_per_cm2 >= 0.0f && density_per_cm2 <= DENSITY_MAX))
        return smpi_fail(diag, SMP_ERR_RANGE, "density_per_cm2 is %g, want [0, %g]",
                         (double)density_per_cm2, (double)DENSITY_MAX);
    const float needs = (float)smpi_plan_needs(plan);
    smp_places *p;
    SMPI_TRY(smpi_new(ctx, &p, 1, sizeof *p, "places", diag));
    *p = (smp_places){.ctx = ctx,
                      .head = plan->data.head,
                      .seed = plan->data.desc.seed,
                      .regularity = plan->data.desc.regularity,
                      .spread = smpi_spread_of(&plan->data.desc),
                      .density_per_cm2 = needs > density_per_cm2 ? needs : density_per_cm2};
    smpi_atomic_set(&p->users, 1);
    const smp_status status = smpi_run_end(diag, prepare(ctx, p, progress, diag), "places");
    if (status != SMP_OK)
        smp_places_destroy(&p);
    *places = p;
    return status;
}

smp_status smp_places_create(const smp_context *ctx, const smp_plan *plan, float density_per_cm2,
                             const smp_progress *progress, smp_places **places, smp_diag *diag)
{
    SMPI_GUARD(smp_status,
               places_create_guarded(ctx, plan, density_per_cm2, progress, places, diag));
}

void smp_places_destroy(smp_places **places)
{
    if (!places || !*places)
        return;
    smp_places *p = *places;
    const smp_context *ctx = p->ctx;
    *places = NULL;
    if (smpi_atomic_add(&p->users, (uint64_t)0 - 1) > 1)
        return;
    smpi_free(ctx, p->patches, p->patch_count * sizeof *p->patches);
    smpi_free(ctx, p->spots, p->places.count * sizeof *p->spots);
    smpi_free(ctx, p->ready, p->places.count * sizeof *p->ready);
    if (p->places.at)
        smpi_places_free(&p->places);
    smpi_free(ctx, p, sizeof *p);
}

smp_places *smpi_places_share(const smp_places *places)
{
    smp_places *shared = (smp_places *)(uintptr_t)places; /* all but the count is read only */
    smpi_atomic_add(&shared->users, 1);
    return shared;
}

int smpi_same_head(const smp_head *a, const smp_head *b)
{
    return a->shape == b->shape && a->width_mm == b->width_mm && a->height_mm == b->height_mm &&
           a->length_mm == b->length_mm && a->vertex_mm == b->vertex_mm &&
           a->widest_mm == b->widest_mm; /* ears_mm moves no dot */
}

int smpi_places_suit(const smp_places *places, const smp_plan *plan)
{
    const smp_plan_desc *d = &plan->data.desc;
    return smpi_same_head(&places->head, &plan->data.head) && places->seed == d->seed &&
           places->regularity == d->regularity;
}

SMPI_APART int places_fit_guarded(const smp_places *places, const smp_plan *plan)
{
    return places && plan && smpi_places_suit(places, plan) &&
           (float)smpi_plan_needs(plan) <= places->density_per_cm2;
}

int smp_places_fit(const smp_places *places, const smp_plan *plan)
{
    SMPI_GUARD(int, places_fit_guarded(places, plan));
}

uint32_t smp_places_count(const smp_places *places)
{
    return places ? places->places.count : 0;
}
