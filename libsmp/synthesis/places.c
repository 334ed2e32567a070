/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Ranked places: a few thrown at random, then each into one of the largest gaps that are left.
 * source: Eldar, Lindenbaum, Porat & Zeevi 1997 (farthest points), here in rounds, and with chance
 * where a hand is wanted; docs/model/placement.md 2 */
#include "synthesis/places.h"

#include <math.h>
#include <string.h>

#include "base/context.h"
#include "base/diag.h"
#include "base/random.h"
#include "synthesis/gaps.h"
#include "synthesis/near.h"
#include "synthesis/purpose.h"
#include "synthesis/surface.h"

/* 2 / sqrt(3): the square of the spacing of a hexagonal lattice of one place per unit area */
#define HEX 1.1547005383792515
/* Places that are thrown before gaps are filled: enough for a cell to be about flat. */
#define THROWN_HEAD 192u
#define THROWN_TILE 24u
#define THROW_SPACING 0.68
#define CHANCE 0.10f       /* at regularity 0 */
#define REPORT_EVERY 4096u /* places between two reports: about ten milliseconds */
#define PATIENCE 1024u     /* missed throws after which the radius is eased */
#define EASE 0.9
/* Bins of gaps that a round fills, 4.5 % of size: the places of a round are ranked at random. */
#define ROUND 4u
#define REACH 2.05f /* places that bound a cell, over the largest gap */
#define REFIT 0.8f  /* the search grid is made anew when the reach has fallen by this */
#define SAME 0.94f  /* a gap that has shrunk by more was filled meanwhile */
#define MARGIN 4.0  /* places go on beyond the scalp by so many gaps */
#define LEAST_GAP                                                                  \
    0.6 /* of the hexagonal spacing: no smaller gap is ever wanted (0.70 measured) \
         */

typedef struct filler {
    const smp_progress *progress;
    smp_diag *diag;
    smpi_places *places;
    smpi_surface surface;
    smpi_near near;
    smpi_gaps gaps;
    smpi_place *at;    /* in the order of their making, with those about the scalp */
    smpi_place *fresh; /* of one round, on the scalp */
    uint32_t count, room, fresh_room, ranked, seed;
    uint32_t most;   /* places that there may be after this round */
    uint32_t number; /* of the next throw */
    uint32_t fitted; /* places that the search grid has room for */
    uint32_t cut;    /* no gap below this bin is kept */
    float reach;     /* mm */
    float chance;    /* how much a gap's size matters less than chance: [0, 1) */
    double spacing;  /* that two places keep, over the hexagonal spacing */
    double radius;   /* the same in this round, mm */
    double share;    /* of the progress */
    uint32_t report; /* places at the next report */
} filler;

double smpi_places_spacing(float regularity)
{
    return 0.58 + 0.14 * (double)regularity;
}

double smpi_places_threshold(const smpi_places *places, uint32_t rank)
{
    return ((double)rank + 0.5) / places->area_cm2;
}

/* Spacing of a hexagonal lattice. */
static double hex_of(double area_mm2, uint32_t count)
{
    return sqrt(HEX * area_mm2 / (double)count);
}

static void refit(filler *f, float radius)
{
    const uint64_t room = 3 * (uint64_t)f->count + 64;
    f->fitted = room < f->room ? (uint32_t)room : f->room;
    smpi_near_fit(&f->near, &f->surface, f->at, f->count, f->fitted, radius);
}

/* Makes the search grid fit a radius; a tile's must be less than half of it. */
static void fit(filler *f, float radius)
{
    if (radius < REFIT * f->near.radius || radius > f->near.radius)
        refit(f, radius);
}

static float most_reach(const filler *f)
{
    return f->surface.flat ? 0.49f * SMPI_TILE_MM : 1e6f;
}

static void keep(filler *f, const float xyz[3])
{
    if (f->count == f->fitted)
        refit(f, f->near.radius);
    f->at[f->count] = (smpi_place){xyz[0], xyz[1], xyz[2], 0};
    smpi_near_add(&f->near, f->at, f->count++);
}

/* A hash of where a gap is. */
static uint64_t hash_at(const filler *f, const float xyz[3], uint32_t purpose)
{
    uint32_t bits[3];
    memcpy(bits, xyz, sizeof bits);
    return smpi_hash(f->seed ^ bits[2] * 0x9e3779b1u, bits[0] ^ bits[1] * 0x85ebca6bu, purpose);
}

/* What a gap's size is multiplied by before it waits for its turn: (1 - chance, 1]. */
static float luck(const filler *f, const float xyz[3])
{
    if (!(f->chance > 0.0f))
        return 1.0f;
    return 1.0f - f->chance * smpi_unit(hash_at(f, xyz, SMPI_PURPOSE_LUCK));
}

static uint32_t block_of(const filler *f, const float xyz[3])
{
    uint32_t block = 0;
    for (int k = 0; k < 3; k++) {
        const float size = f->surface.size[k], wide = (float)SMPI_BLOCKS_ALONG;
        const float place = size > 0.0f ? (xyz[k] - f->surface.low[k]) / size * wide : 0.0f;
        const uint32_t i = (uint32_t)place, last = SMPI_BLOCKS_ALONG - 1;
        block = SMPI_BLOCKS_ALONG * block + (i < last ? i : last);
    }
    return block;
}

static void note_gap(filler *f, const float xyz[3], float size)
{
    const uint32_t bin = smpi_gap_bin(size * luck(f, xyz));
    if (bin >= f->cut)
        smpi_gaps_push(&f->gaps, block_of(f, xyz), xyz, bin);
}

/* Notes the corners of the cell of a place: the middles of the gaps about it. */
static void note_corners(filler *f, const float xyz[3])
{
    smpi_way ways[SMPI_WAYS_MAX + 1];
    smpi_cell cell;
    double along[3], across[3];
    const uint32_t n = smpi_near_ways(&f->near, f->at, xyz, f->reach, ways);
    smpi_surface_frame(&f->surface, xyz, along, across);
    smpi_cell_cut(&cell, ways, n, along, across, (double)f->reach);
    for (uint32_t i = 0; i < cell.count; i++) {
        double to[3];
        float corner[3];
        const double size = sqrt(cell.x[i] * cell.x[i] + cell.y[i] * cell.y[i]);
        for (int k = 0; k < 3; k++)
            to[k] = (double)xyz[k] + cell.x[i] * along[k] + cell.y[i] * across[k];
        if (smpi_surface_settle(&f->surface, to, corner) <= MARGIN * size)
            note_gap(f, corner, (float)size);
    }
}

/* Moves a point within a disc of a radius about it. */
static void shift(const filler *f, float xyz[3], double radius)
{
    double along[3], across[3], to[3];
    const uint64_t hash = hash_at(f, xyz, SMPI_PURPOSE_SHIFT);
    double a = 2.0 * (double)smpi_unit(hash) - 1.0, b = 2.0 * (double)smpi_unit2(hash) - 1.0;
    /* the corners of the square fold back into the disc */
    const double inside = a * a + b * b > 1.0 ? sqrt(0.5) : 1.0;
    smpi_surface_frame(&f->surface, xyz, along, across);
    for (int k = 0; k < 3; k++)
        to[k] = (double)xyz[k] + inside * radius * (a * along[k] + b * across[k]);
    (void)smpi_surface_settle(&f->surface, to, xyz);
}

/* Gives the places from `first` on their ranks, in random order. */
static void rank_fresh(filler *f, uint32_t first)
{
    uint32_t n = 0;
    for (uint32_t i = first; i < f->count; i++) {
        const smpi_place *p = f->at + i;
        const double at[3] = {(double)p->x_mm, (double)p->y_mm, (double)p->z_mm};
        float unused[3];
        if (smpi_surface_settle(&f->surface, at, unused) <= 0.0)
            f->fresh[n++] = *p;
    }
    for (uint32_t i = n; i > 1; i--) {
        const uint64_t hash = smpi_hash(f->seed, f->ranked + i, SMPI_PURPOSE_RANK);
        const uint32_t j = (uint32_t)((hash >> 32) * i >> 32);
        const smpi_place last = f->fresh[i - 1];
        f->fresh[i - 1] = f->fresh[j];
        f->fresh[j] = last;
    }
    for (uint32_t i = 0; i < n && f->ranked < f->places->count; i++)
        f->places->at[f->ranked++] = f->fresh[i];
}

/* Throws number `from` and on, until one lands a radius from all places; returns the next number.
 */
static uint32_t throw_one(filler *f, uint32_t from, double radius)
{
    for (uint32_t missed = 1;; missed++, from++) {
        float xyz[3];
        const uint64_t hash = smpi_hash(f->seed, from, SMPI_PURPOSE_THROW);
        const double chance = smpi_unit_double(smpi_hash(f->seed, from, SMPI_PURPOSE_AREA));
        if (missed % PATIENCE == 0)
            radius *= EASE;
        if (!smpi_surface_throw(&f->surface, hash, chance, xyz))
            continue;
        const float square = (float)(radius * radius);
        if (smpi_near_square(&f->near, f->at, xyz, square, square) < square)
            continue;
        keep(f, xyz);
        return from + 1;
    }
}

/* The first places, a fixed number for any plan. */
static void throw_first(filler *f)
{
    const uint32_t wanted = f->surface.flat ? THROWN_TILE : THROWN_HEAD;
    const double spacing = f->spacing < THROW_SPACING ? f->spacing : THROW_SPACING;
    while (f->count < wanted) {
        const double radius = spacing * hex_of(f->surface.whole_mm2, f->count + 1);
        const float most = most_reach(f);
        const float bounded = (float)radius < most ? (float)radius : most;
        fit(f, bounded);
        f->number = throw_one(f, f->number, (double)bounded);
        rank_fresh(f, f->count - 1);
    }
}

/* Fills the gaps of a block that belong to this round. */
static void fill_block(filler *f, uint32_t block, uint32_t least)
{
    float xyz[3];
    uint32_t bin;
    while (f->count < f->most && (bin = smpi_gaps_pop(&f->gaps, block, least, xyz)) != 0) {
        const float lucky = luck(f, xyz);
        const float small = SAME * smpi_gap_size(bin) / lucky, large = smpi_gap_size(bin + 1);
        const float most = large / lucky < f->near.radius ? large / lucky : f->near.radius;
        float size = smpi_near_square(&f->near, f->at, xyz, most * most, small * small);
        if (size < small * small)
            continue;
        size = sqrtf(size);
        if (smpi_gap_bin(size * lucky) < least) { /* a corner was not quite right */
            note_gap(f, xyz, size);
            continue;
        }
        if (f->chance > 0.0f && (double)size > f->radius)
            shift(f, xyz, (double)size - f->radius);
        keep(f, xyz);
        note_corners(f, xyz);
    }
}

static smp_status tell(filler *f)
{
    if (f->count < f->report)
        return SMP_OK;
    f->report = f->count + REPORT_EVERY;
    const double done = (double)f->count / (double)f->room;
    return smpi_report(f->progress, f->share * (done < 1.0 ? done : 1.0), "dots", f->diag);
}

/* Blocks in the order of eight colours, so that no two of a colour touch. */
static smp_status fill_round(filler *f, uint32_t least)
{
    const uint32_t half = SMPI_BLOCKS_ALONG / 2, colour_size = half * half * half;
    for (uint32_t i = 0; i < SMPI_BLOCKS; i++) {
        const uint32_t colour = i / colour_size, b = i % colour_size;
        const uint32_t x = 2 * (b % half) + (colour & 1);
        const uint32_t y = 2 * (b / half % half) + (colour >> 1 & 1);
        const uint32_t z = 2 * (b / half / half) + (colour >> 2);
        fill_block(f, (x * SMPI_BLOCKS_ALONG + y) * SMPI_BLOCKS_ALONG + z, least);
        SMPI_TRY(tell(f));
    }
    return SMP_OK;
}

/* Finds all gaps anew; returns the bin above the largest. */
static uint32_t find_gaps(filler *f)
{
    smpi_gaps_clear(&f->gaps);
    for (uint32_t i = 0; i < f->count; i++) {
        const float xyz[3] = {f->at[i].x_mm, f->at[i].y_mm, f->at[i].z_mm};
        note_corners(f, xyz);
    }
    return smpi_gaps_top(&f->gaps) + 1;
}

/* What a shape that people do not have may need, whose gaps are smaller than its area promises: to
 * look for smaller ones, and at last places thrown anywhere: an eighth as many as there are, since
 * finding gaps anew costs as much as all of them. */
static uint32_t find_smaller(filler *f)
{
    if (f->cut > 1) {
        f->cut = f->cut > 64 ? f->cut - 64 : 1;
        return find_gaps(f);
    }
    const uint32_t before = f->count, more = before / 8 + 1;
    const uint32_t room = f->room - before, to = before + (more < room ? more : room);
    while (f->count < to)
        f->number = throw_one(f, f->number, 0.0);
    rank_fresh(f, before);
    return find_gaps(f);
}

static smp_status fill_gaps(filler *f)
{
    const float hex = (float)hex_of(f->surface.whole_mm2, f->count), most = most_reach(f);
    f->reach = 2.0f * hex < most ? 2.0f * hex : most;
    fit(f, f->reach);
    uint32_t low = find_gaps(f);
    while (f->ranked < f->places->count) {
        const uint32_t high = low, before = f->count;
        if (f->count == f->room)
            return smpi_fail(f->diag, SMP_ERR_LIMIT,
                             "a head of this shape has no room for %u places", f->places->count);
        low = high > ROUND ? high - ROUND : 1;
        if (low < f->cut || high == 1) {
            SMPI_TRY(tell(f));
            low = find_smaller(f);
            continue;
        }
        const float reach = REACH * smpi_gap_size(high);
        f->reach = reach < f->reach ? reach : f->reach;
        f->radius = f->spacing * hex_of(f->surface.area_mm2, f->ranked + 1);
        f->most = f->room - before > f->fresh_room ? before + f->fresh_room : f->room;
        fit(f, f->reach);
        SMPI_TRY(fill_round(f, low));
        rank_fresh(f, before);
    }
    return SMP_OK;
}

static smp_status create_scratch(const smp_context *ctx, filler *f)
{
    const uint32_t count = f->places->count;
    const double hex = hex_of(f->surface.area_mm2, count);
    /* A round may end 9 % late. About the scalp there are at first as many as on it. */
    const double most = 1.12 * (double)count * f->surface.whole_mm2 / f->surface.area_mm2;
    f->room = (uint32_t)(most < 4.0 * SMPI_PLACES_MAX ? most : 4.0 * SMPI_PLACES_MAX) + 4096;
    f->fresh_room = f->room / 4;
    f->cut = smpi_gap_bin((float)(LEAST_GAP * hex));
    f->cut = f->cut > 1 ? f->cut : 1;
    SMPI_TRY(smpi_new(ctx, &f->at, f->room, sizeof *f->at, "places", f->diag));
    SMPI_TRY(smpi_new(ctx, &f->fresh, f->fresh_room, sizeof *f->fresh, "places", f->diag));
    SMPI_TRY(smpi_near_create(ctx, &f->surface, f->room, &f->near, f->diag));
    return smpi_gaps_create(ctx, 2 * f->room, &f->gaps, f->diag);
}

static void free_scratch(const smp_context *ctx, filler *f)
{
    smpi_gaps_free(ctx, &f->gaps);
    smpi_near_free(ctx, &f->near);
    smpi_free(ctx, f->fresh, f->fresh_room * sizeof *f->fresh);
    smpi_free(ctx, f->at, f->room * sizeof *f->at);
}

static uint32_t tiles_along(float mm)
{
    return (uint32_t)ceilf(mm / SMPI_TILE_MM);
}

/* How many places there are, of how many tiles. */
static smp_status lay_out(const smpi_places_desc *desc, const smpi_surface *surface,
                          smpi_places *places, smp_diag *diag)
{
    if (surface->flat) {
        places->tiles_x = tiles_along(desc->head.width_mm);
        places->tiles_y = tiles_along(desc->head.height_mm);
    }
    places->area_cm2 = surface->area_mm2 / 100.0;
    double want = ceil(places->area_cm2 * (double)desc->density_per_cm2);
    if (!(want <= SMPI_PLACES_MAX))
        return smpi_fail(diag, SMP_ERR_LIMIT,
                         "%.0f places on a scalp of %.0f cm2 at %g dots per cm2, at most %u", want,
                         places->area_cm2, (double)desc->density_per_cm2, SMPI_PLACES_MAX);
    places->count = want > 1.0 ? (uint32_t)want : 1;
    return SMP_OK;
}

smp_status smpi_places_create(const smp_context *ctx, const smpi_places_desc *desc,
                              const smp_progress *progress, double share, smpi_places *places,
                              smp_diag *diag)
{
    const float even = desc->regularity;
    filler f = {.progress = progress,
                .diag = diag,
                .places = places,
                .seed = desc->seed,
                .chance = CHANCE * (1.0f - even),
                .spacing = smpi_places_spacing(even),
                .share = share};
    smpi_surface_init(&f.surface, &desc->head);
    *places = (smpi_places){.ctx = ctx, .tiles_x = 1, .tiles_y = 1};
    SMPI_TRY(lay_out(desc, &f.surface, places, diag));
    smp_status status =
        smpi_new(ctx, &places->at, places->count, sizeof *places->at, "places", diag);
    if (status != SMP_OK)
        goto done;
    status = create_scratch(ctx, &f);
    if (status != SMP_OK)
        goto done;
    throw_first(&f);
    status = fill_gaps(&f);
done:
    free_scratch(ctx, &f);
    if (status != SMP_OK)
        smpi_places_free(places);
    return status;
}

void smpi_places_free(smpi_places *places)
{
    smpi_free(places->ctx, places->at, places->count * sizeof *places->at);
    places->at = NULL;
}
