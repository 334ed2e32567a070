/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A hashed grid of cubes. A search of radius r in cubes of side 2 r or more touches two cubes along
 * each axis; most of the eight hold nothing, since places lie on a surface. */
#include "synthesis/near.h"

#include <math.h>
#include <string.h>

#include "base/context.h"

#define NONE SMPI_NEAR_NONE

smp_status smpi_near_create(const smp_context *ctx, const smpi_surface *surface, uint32_t places,
                            smpi_near *near, smp_diag *diag)
{
    *near = (smpi_near){.capacity = 16};
    while (near->capacity < places + places / 3)
        near->capacity *= 2;
    near->wrap_mm = surface->flat ? SMPI_TILE_MM : 0.0f;
    return smpi_new(ctx, &near->slots, near->capacity, sizeof *near->slots, "search grid", diag);
}

void smpi_near_free(const smp_context *ctx, smpi_near *near)
{
    smpi_free(ctx, near->slots, near->capacity * sizeof *near->slots);
    near->slots = NULL;
}

/* The slot of a cell: its own, or the empty one where it would go. */
static smpi_near_slot *find(const smpi_near *near, uint32_t cell)
{
    uint32_t slot = (cell * 0x9e3779b1u) >> 7; /* Knuth's multiplicative hash, upper bits */
    for (;; slot++) {
        smpi_near_slot *s = near->slots + (slot & near->mask);
        if (s->first == NONE || s->cell == cell)
            return s;
    }
}

static uint32_t cell_along(const smpi_near *near, int axis, float mm, float *inside)
{
    float place = (mm - near->low[axis]) * near->per_mm[axis];
    uint32_t cell = (uint32_t)place;
    if (cell >= near->cells[axis])
        cell = near->cells[axis] - 1;
    *inside = place - (float)cell;
    return cell;
}

void smpi_near_fit(smpi_near *near, const smpi_surface *surface, smpi_place *at, uint32_t count,
                   uint32_t room, float radius)
{
    uint32_t used = 16;
    while (used < near->capacity && used < room + room / 3)
        used *= 2;
    near->mask = used - 1;
    near->radius = radius;
    memset(near->slots, 0xff, used * sizeof *near->slots);
    for (int k = 0; k < 3; k++) {
        near->low[k] = surface->low[k];
        /* rounded down, so a cube is never narrower than 2 r */
        float cells = floorf(surface->size[k] / (2.0f * radius));
        near->cells[k] = cells > 1.0f ? (uint32_t)cells : 1;
        near->per_mm[k] = surface->size[k] > 0.0f ? (float)near->cells[k] / surface->size[k] : 0.0f;
    }
    for (uint32_t i = 0; i < count; i++)
        smpi_near_add(near, at, i);
}

void smpi_near_add(smpi_near *near, smpi_place *at, uint32_t index)
{
    float inside;
    smpi_place *p = at + index;
    uint32_t x = cell_along(near, 0, p->x_mm, &inside);
    uint32_t y = cell_along(near, 1, p->y_mm, &inside);
    uint32_t z = cell_along(near, 2, p->z_mm, &inside);
    uint32_t cell = x + near->cells[0] * (y + near->cells[1] * z);
    smpi_near_slot *slot = find(near, cell);
    p->next = slot->first;
    slot->cell = cell;
    slot->first = index;
}

static uint32_t any_in(const smpi_near *near, const smpi_place *at, uint32_t cell,
                       const float xyz_mm[3], float radius2)
{
    float wrap = near->wrap_mm;
    for (uint32_t i = find(near, cell)->first; i != NONE; i = at[i].next) {
        float x = fabsf(xyz_mm[0] - at[i].x_mm);
        float y = fabsf(xyz_mm[1] - at[i].y_mm);
        float z = xyz_mm[2] - at[i].z_mm;
        if (wrap > 0.0f) {
            x = x > 0.5f * wrap ? wrap - x : x;
            y = y > 0.5f * wrap ? wrap - y : y;
        }
        if (x * x + y * y + z * z < radius2)
            return i;
    }
    return NONE;
}

/* The cell of a coordinate and the neighbour on its nearer side; returns how many there are. */
static uint32_t pair_along(const smpi_near *near, int axis, float mm, uint32_t pair[2])
{
    float inside;
    uint32_t cells = near->cells[axis];
    pair[0] = cell_along(near, axis, mm, &inside);
    if (cells == 1)
        return 1;
    int lower = inside < 0.5f;
    if (near->wrap_mm > 0.0f)
        pair[1] = (pair[0] + (lower ? cells - 1 : 1)) % cells;
    else if (lower ? pair[0] == 0 : pair[0] == cells - 1)
        return 1;
    else
        pair[1] = lower ? pair[0] - 1 : pair[0] + 1;
    return 2;
}

uint32_t smpi_near_any(const smpi_near *near, const smpi_place *at, const float xyz_mm[3],
                       float radius)
{
    uint32_t x[2], y[2], z[2];
    uint32_t nx = pair_along(near, 0, xyz_mm[0], x);
    uint32_t ny = pair_along(near, 1, xyz_mm[1], y);
    uint32_t nz = pair_along(near, 2, xyz_mm[2], z);
    float radius2 = radius * radius;
    for (uint32_t k = 0; k < nz; k++)
        for (uint32_t j = 0; j < ny; j++)
            for (uint32_t i = 0; i < nx; i++) {
                uint32_t cell = x[i] + near->cells[0] * (y[j] + near->cells[1] * z[k]);
                uint32_t found = any_in(near, at, cell, xyz_mm, radius2);
                if (found != NONE)
                    return found;
            }
    return NONE;
}
