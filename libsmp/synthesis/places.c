/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Progressive dart throwing: the k-th place keeps r(k) from all before it, and r falls as the
 * lattice spacing of k places does. source: McCool & Fiume 1992, here with a continuous radius;
 * docs/model/placement.md 2 */
#include "synthesis/places.h"

#include <math.h>
#include <string.h>

#include "base/context.h"
#include "base/diag.h"
#include "base/random.h"
#include "synthesis/near.h"
#include "synthesis/purpose.h"
#include "synthesis/surface.h"

/* 2 / sqrt(3): the square of the spacing of a hexagonal lattice of one place per unit area */
#define HEX 1.1547005383792515
/* From this spacing on most throws miss, and a chart of what is covered saves more than it costs.
 * It changes no place. */
#define COVER_FROM 0.64
#define REFIT 0.8f         /* the search grid is made anew when the radius has fallen by this */
#define REPORT_EVERY 8192u /* throws between two reports, times a few microseconds at most */
/* A very thin head has less room than its area says: there the radius is eased after so many missed
 * throws, and tightens again place by place. Heads of human proportions never come near: at spacing
 * 0.70 one throw in about 530 hits. */
#define PATIENCE 20000u
#define EASE 0.9f
#define TIGHTEN 1.002f

typedef struct thrower {
    const smp_progress *progress;
    const smpi_surface *surface;
    smp_diag *diag;
    double share, spacing;
    float ease; /* on the radius, 1 unless places do not fit */
    /* Of each cell of the chart the code of a number of places up to which it is known to be
     * covered by one of them, so that a throw at it can only miss. */
    uint8_t *covered;
    uint8_t code; /* of the place that is being sought */
    uint32_t seed;
    uint32_t number;       /* of the next throw */
    uint32_t until_report; /* throws */
} thrower;

double smpi_places_spacing(float regularity)
{
    return 0.60 + 0.10 * (double)regularity;
}

double smpi_places_threshold(const smpi_places *places, uint32_t rank)
{
    return ((double)rank + 0.5) / places->area_cm2;
}

/* The spacing of a hexagonal lattice of n places, times what is wanted; bounded to what a tile that
 * closes on itself can hold. */
static float radius_for(const thrower *t, uint32_t places)
{
    double radius = t->spacing * sqrt(HEX * t->surface->area_mm2 / (double)places);
    double most = t->surface->flat ? 0.45 * (double)SMPI_TILE_MM : 1e6;
    return (float)(radius < most ? radius : most);
}

static smp_status tell(thrower *t, const smpi_places *places, uint32_t rank)
{
    if (--t->until_report)
        return SMP_OK;
    t->until_report = REPORT_EVERY;
    return smpi_report(t->progress, t->share * (double)rank / (double)places->count, "dots",
                       t->diag);
}

/* A number of places as a code of eight steps an octave that never falls: the top bits of a float.
 * 2^22 places give 176. */
static uint8_t code_of(float places)
{
    uint32_t bits;
    places = places < 1e9f ? places : 1e9f; /* for tips of odd heads; keeps the code in 8 bits */
    memcpy(&bits, &places, sizeof bits);
    return places >= 1.0f ? (uint8_t)((bits >> 20) - (127u << 3)) : 0;
}

/* A throw at `cell` missed because of `place`: notes how long that place will cover all of the
 * cell, if it does now. Later radii follow radius_for, so a radius is a number of places. */
static void note_cover(thrower *t, uint32_t cell, const smpi_place *place, double radius)
{
    double center[3], around = smpi_surface_cell(t->surface, cell, center);
    double x = center[0] - (double)place->x_mm, y = center[1] - (double)place->y_mm;
    double z = center[2] - (double)place->z_mm;
    double reach = sqrt(x * x + y * y + z * z) + around;
    if (reach > radius)
        return;
    double hex = t->spacing * t->spacing * HEX * t->surface->area_mm2;
    uint8_t code = code_of((float)(0.999999 * hex / (reach * reach)));
    if (code > t->covered[cell])
        t->covered[cell] = code;
}

/* One throw: 1 when it landed far enough from all places, 0 when it is to be thrown again. */
static int throw_once(thrower *t, const smpi_near *near, const smpi_places *places, float radius,
                      float xyz[3])
{
    smpi_aim aim;
    uint32_t number = t->number++;
    if (!smpi_surface_aim(t->surface, smpi_hash(t->seed, number, SMPI_PURPOSE_THROW), &aim))
        return 0;
    if (t->covered && t->covered[aim.cell] > t->code && !(t->ease < 1.0f))
        return 0;
    double chance = smpi_unit_double(smpi_hash(t->seed, number, SMPI_PURPOSE_AREA));
    if (!smpi_surface_land(t->surface, &aim, chance, xyz))
        return 0;
    uint32_t found = smpi_near_any(near, places->at, xyz, radius);
    if (found == SMPI_NEAR_NONE)
        return 1;
    if (t->covered)
        note_cover(t, aim.cell, places->at + found, (double)radius);
    return 0;
}

/* Throws until one is far enough from all before. */
static smp_status place_next(thrower *t, smpi_near *near, smpi_places *places, uint32_t rank)
{
    float xyz[3], wanted = radius_for(t, rank + 1);
    t->code = code_of((float)(rank + 1));
    for (uint32_t missed = 1; !throw_once(t, near, places, wanted * t->ease, xyz); missed++) {
        SMPI_TRY(tell(t, places, rank));
        if (missed % PATIENCE == 0)
            t->ease *= EASE;
    }
    t->ease = t->ease * TIGHTEN < 1.0f ? t->ease * TIGHTEN : 1.0f;
    places->at[rank] = (smpi_place){.x_mm = xyz[0], .y_mm = xyz[1], .z_mm = xyz[2]};
    smpi_near_add(near, places->at, rank);
    return SMP_OK;
}

static smp_status throw_all(thrower *t, smpi_near *near, smpi_places *places)
{
    for (uint32_t rank = 0; rank < places->count; rank++) {
        float radius = radius_for(t, rank + 1);
        if (rank == 0 || radius < REFIT * near->radius) {
            /* places until the next fit go with the inverse square of the radius */
            uint64_t room = (uint64_t)((double)(rank + 1) / (double)(REFIT * REFIT)) + 2;
            if (room > places->count)
                room = places->count;
            smpi_near_fit(near, t->surface, places->at, rank, (uint32_t)room, radius);
        }
        SMPI_TRY(place_next(t, near, places, rank));
    }
    return SMP_OK;
}

static uint32_t tiles_along(float mm)
{
    return (uint32_t)ceilf(mm / SMPI_TILE_MM);
}

smp_status smpi_places_create(const smp_context *ctx, const smpi_places_desc *desc,
                              const smp_progress *progress, double share, smpi_places *places,
                              smp_diag *diag)
{
    smpi_surface surface;
    smpi_surface_init(&surface, &desc->head);
    *places = (smpi_places){.ctx = ctx, .tiles_x = 1, .tiles_y = 1};
    if (surface.flat) {
        places->tiles_x = tiles_along(desc->head.width_mm);
        places->tiles_y = tiles_along(desc->head.height_mm);
    }
    places->area_cm2 = surface.area_mm2 / 100.0;
    double want = ceil(places->area_cm2 * (double)desc->density_per_cm2);
    if (!(want <= SMPI_PLACES_MAX))
        return smpi_fail(diag, SMP_ERR_LIMIT,
                         "%.0f places on a scalp of %.0f cm2 at %g dots per cm2, at most %u", want,
                         places->area_cm2, (double)desc->density_per_cm2, SMPI_PLACES_MAX);
    places->count = want > 1.0 ? (uint32_t)want : 1;

    thrower t = {.progress = progress,
                 .surface = &surface,
                 .diag = diag,
                 .share = share,
                 .spacing = smpi_places_spacing(desc->regularity),
                 .ease = 1.0f,
                 .seed = desc->seed,
                 .until_report = 1};
    smpi_near near = {.slots = NULL};
    size_t cells = (size_t)surface.cells * surface.cells;
    smp_status status =
        smpi_new(ctx, &places->at, places->count, sizeof *places->at, "places", diag);
    if (status != SMP_OK)
        goto done;
    status = smpi_near_create(ctx, &surface, places->count, &near, diag);
    if (status != SMP_OK)
        goto done;
    if (t.spacing >= COVER_FROM) {
        status = smpi_new(ctx, &t.covered, cells, 1, "chart", diag);
        if (status != SMP_OK)
            goto done;
        memset(t.covered, 0, cells);
    }
    status = throw_all(&t, &near, places);
done:
    smpi_free(ctx, t.covered, cells);
    smpi_near_free(ctx, &near);
    if (status != SMP_OK)
        smpi_places_free(places);
    return status;
}

void smpi_places_free(smpi_places *places)
{
    smpi_free(places->ctx, places->at, places->count * sizeof *places->at);
    places->at = NULL;
}
