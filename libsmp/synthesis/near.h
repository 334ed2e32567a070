/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Which places are near? A hashed grid of cubes. */
#ifndef SMPI_SYNTHESIS_NEAR_H
#define SMPI_SYNTHESIS_NEAR_H

#include <smp/geometry.h>

#include "synthesis/places.h"
#include "synthesis/surface.h"

#define SMPI_NEAR_NONE UINT32_MAX

typedef struct smpi_near_slot {
    uint32_t cell, first;
} smpi_near_slot;

typedef struct smpi_near {
    smpi_near_slot *slots;
    uint32_t capacity; /* allocated, a power of two, at least 3/2 of all places */
    uint32_t mask;     /* of the part in use */
    uint32_t cells[3]; /* along x, y, z */
    float per_mm[3], low[3];
    float wrap_mm; /* the tile's side, 0 where nothing wraps */
    float radius;  /* the widest search that the grid serves, mm */
} smpi_near;

smp_status smpi_near_create(const smp_context *ctx, const smpi_surface *surface, uint32_t places,
                            smpi_near *near, smp_diag *diag);
void smpi_near_free(const smp_context *ctx, smpi_near *near);

/* Makes the cubes fit a radius and up to `room` places, and sorts `count` places in. */
void smpi_near_fit(smpi_near *near, const smpi_surface *surface, smpi_place *at, uint32_t count,
                   uint32_t room, float radius);
void smpi_near_add(smpi_near *near, smpi_place *at, uint32_t index);

/* The way to another place, mm, and the square of its length. */
typedef struct smpi_way {
    float x, y, z, square;
} smpi_way;

#define SMPI_WAYS_MAX 63

/* The square of the distance to the nearest place, or `most` where that is less; a greater one may
 * come out once one below `enough` is found. sqrt(most) is at most near->radius. */
float smpi_near_square(const smpi_near *near, const smpi_place *at, const float xyz_mm[3],
                       float most, float enough);
/* The ways to all places nearer than a radius (at most near->radius) but to one at that very point,
 * by rising length; returns how many. The last element is scratch. */
uint32_t smpi_near_ways(const smpi_near *near, const smpi_place *at, const float xyz_mm[3],
                        float radius, smpi_way ways[SMPI_WAYS_MAX + 1]);

#endif
