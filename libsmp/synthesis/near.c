/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A hashed grid of cubes as wide as a usual search; most cubes hold nothing, since places lie on a
 * surface. source of the hash: Teschner and others 2003 */
#include "synthesis/near.h"

#include <math.h>
#include <string.h>

#include "base/context.h"

#define NONE SMPI_NEAR_NONE
#define CELLS_MAX 1000.0f /* along an axis, so that a cell's name fits 32 bits */
#define FEWEST 4096u      /* slots */
#define SPAN_MAX 5        /* cells along an axis that a search touches, at most */

smp_status smpi_near_create(const smp_context *ctx, const smpi_surface *surface, uint32_t places,
                            smpi_near *near, smp_diag *diag)
{
    *near = (smpi_near){.capacity = FEWEST};
    while (near->capacity < places + places / 2)
        near->capacity *= 2;
    near->wrap_mm = surface->flat ? SMPI_TILE_MM : 0.0f;
    return smpi_new(ctx, &near->slots, near->capacity, sizeof *near->slots, "search grid", diag);
}

void smpi_near_free(const smp_context *ctx, smpi_near *near)
{
    smpi_free(ctx, near->slots, near->capacity * sizeof *near->slots);
    near->slots = NULL;
}

/* Along each axis a cell has a name, in bits of its own, and a share of the hash of the block of
 * two by two by two cells that it belongs to; a block shares a line of the cache. */
typedef struct part {
    uint32_t name, sub, hash;
} part;

static part part_of(int axis, uint32_t cell)
{
    /* primes: Teschner and others 2003 */
    static const uint32_t primes[3] = {73856093u, 19349663u, 83492791u};
    return (part){cell << (11 * axis), (cell & 1) << axis, (cell >> 1) * primes[axis]};
}

/* The slot of a cell: its own, or the empty one where it would go. */
static smpi_near_slot *find(const smpi_near *near, part x, part y, part z)
{
    const uint32_t cell = x.name | y.name | z.name;
    /* Knuth's multiplicative hash, upper bits */
    uint32_t slot = (((x.hash ^ y.hash ^ z.hash) * 0x9e3779b1u) >> 8) * 8 + (x.sub | y.sub | z.sub);
    for (;; slot += 9) { /* odd, so that it comes by all slots */
        smpi_near_slot *s = near->slots + (slot & near->mask);
        if (s->first == NONE || s->cell == cell)
            return s;
    }
}

static part cell_along(const smpi_near *near, int axis, float mm)
{
    const float place = (mm - near->low[axis]) * near->per_mm[axis];
    const uint32_t cell = place > 0.0f ? (uint32_t)place : 0;
    return part_of(axis, cell < near->cells[axis] ? cell : near->cells[axis] - 1);
}

void smpi_near_fit(smpi_near *near, const smpi_surface *surface, smpi_place *at, uint32_t count,
                   uint32_t room, float radius)
{
    uint32_t used = FEWEST;
    while (used < near->capacity && used < room + room / 2)
        used *= 2;
    near->mask = used - 1;
    near->radius = radius;
    memset(near->slots, 0xff, used * sizeof *near->slots);
    for (int k = 0; k < 3; k++) {
        near->low[k] = surface->low[k];
        /* rounded down, so a cube is never narrower than the radius */
        float cells = floorf(surface->size[k] / radius);
        cells = cells < CELLS_MAX ? cells : CELLS_MAX;
        near->cells[k] = cells > 1.0f ? (uint32_t)cells : 1;
        near->per_mm[k] = surface->size[k] > 0.0f ? (float)near->cells[k] / surface->size[k] : 0.0f;
    }
    for (uint32_t i = 0; i < count; i++)
        smpi_near_add(near, at, i);
}

void smpi_near_add(smpi_near *near, smpi_place *at, uint32_t index)
{
    smpi_place *p = at + index;
    const part x = cell_along(near, 0, p->x_mm), y = cell_along(near, 1, p->y_mm);
    const part z = cell_along(near, 2, p->z_mm);
    smpi_near_slot *slot = find(near, x, y, z);
    p->next = slot->first;
    slot->cell = x.name | y.name | z.name;
    slot->first = index;
}

/* The cells along an axis that a search touches: the first and how many, at most four. */
static uint32_t span_along(const smpi_near *near, int axis, float mm, float radius, uint32_t *first)
{
    const float place = (mm - near->low[axis]) * near->per_mm[axis];
    const float wide = radius * near->per_mm[axis];
    const int32_t cells = (int32_t)near->cells[axis];
    /* rounded down, also where that is below zero */
    int32_t from = (int32_t)(place - wide + 64.0f) - 64, to = (int32_t)(place + wide);
    if (near->wrap_mm > 0.0f && axis < 2) {
        to = to - from < cells ? to : from + cells - 1;
        if (from < 0) {
            from += cells;
            to += cells;
        }
        *first = (uint32_t)from;
        return (uint32_t)(to - from + 1);
    }
    from = from < 0 ? 0 : from;
    to = to < cells ? to : cells - 1;
    from = from < cells ? from : cells - 1;
    *first = (uint32_t)from;
    return to > from ? (uint32_t)(to - from + 1) : 1;
}

/* The parts of the cells that a search touches, along each axis, and how many. */
typedef struct box {
    uint32_t count[3];
    part parts[3][SPAN_MAX];
} box;

static void box_about(const smpi_near *near, const float xyz_mm[3], float radius, box *b)
{
    for (int axis = 0; axis < 3; axis++) {
        uint32_t from;
        uint32_t n = span_along(near, axis, xyz_mm[axis], radius, &from);
        b->count[axis] = n = n < SPAN_MAX ? n : SPAN_MAX;
        for (uint32_t i = 0; i < n; i++) {
            const uint32_t cell = from + i;
            b->parts[axis][i] =
                part_of(axis, cell < near->cells[axis] ? cell : cell - near->cells[axis]);
        }
    }
}

/* The way from one place to another; on a tile the shorter one. */
static inline smpi_way way_to(const float from[3], const smpi_place *to, float wrap)
{
    smpi_way w = {to->x_mm - from[0], to->y_mm - from[1], to->z_mm - from[2], 0.0f};
    if (wrap > 0.0f) {
        w.x += w.x > 0.5f * wrap ? -wrap : w.x < -0.5f * wrap ? wrap : 0.0f;
        w.y += w.y > 0.5f * wrap ? -wrap : w.y < -0.5f * wrap ? wrap : 0.0f;
    }
    w.square = w.x * w.x + w.y * w.y + w.z * w.z;
    return w;
}

static float least_of(const smpi_place *at, uint32_t first, const float xyz_mm[3], float wrap,
                      float best)
{
    for (; first != NONE; first = at[first].next) {
        const float square = way_to(xyz_mm, at + first, wrap).square;
        best = square < best ? square : best;
    }
    return best;
}

float smpi_near_square(const smpi_near *near, const smpi_place *at, const float xyz_mm[3],
                       float most, float enough)
{
    box b;
    const float wrap = near->wrap_mm;
    /* its own cell first: a place that is near enough is most often there */
    const part x = cell_along(near, 0, xyz_mm[0]), y = cell_along(near, 1, xyz_mm[1]);
    const part z = cell_along(near, 2, xyz_mm[2]);
    float best = least_of(at, find(near, x, y, z)->first, xyz_mm, wrap, most);
    if (best < enough)
        return best;
    box_about(near, xyz_mm, sqrtf(best), &b);
    for (uint32_t k = 0; k < b.count[2]; k++)
        for (uint32_t j = 0; j < b.count[1]; j++)
            for (uint32_t i = 0; i < b.count[0]; i++) {
                const uint32_t first =
                    find(near, b.parts[0][i], b.parts[1][j], b.parts[2][k])->first;
                best = least_of(at, first, xyz_mm, wrap, best);
                if (best < enough)
                    return best;
            }
    return best;
}

/* Ways by their length, so that what follows does not depend on the grid. */
static int comes_before(const smpi_way *a, const smpi_way *b)
{
    if (a->square != b->square)
        return a->square < b->square;
    return a->x != b->x ? a->x < b->x : a->y != b->y ? a->y < b->y : a->z < b->z;
}

uint32_t smpi_near_ways(const smpi_near *near, const smpi_place *at, const float xyz_mm[3],
                        float radius, smpi_way ways[SMPI_WAYS_MAX + 1])
{
    box b;
    uint32_t n = 0;
    const float most = radius * radius, wrap = near->wrap_mm;
    box_about(near, xyz_mm, radius, &b);
    for (uint32_t k = 0; k < b.count[2]; k++)
        for (uint32_t j = 0; j < b.count[1]; j++)
            for (uint32_t i = 0; i < b.count[0]; i++) {
                uint32_t p = find(near, b.parts[0][i], b.parts[1][j], b.parts[2][k])->first;
                for (; p != NONE && n < SMPI_WAYS_MAX; p = at[p].next) {
                    ways[n] = way_to(xyz_mm, at + p, wrap);
                    n += ways[n].square < most && ways[n].square > 0.0f;
                }
            }
    for (uint32_t i = 1; i < n; i++) {
        const smpi_way w = ways[i];
        uint32_t k = i;
        for (; k > 0 && comes_before(&w, ways + k - 1); k--)
            ways[k] = ways[k - 1];
        ways[k] = w;
    }
    return n;
}
