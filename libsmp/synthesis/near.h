/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Is a place already near? A hashed grid of cubes, at least twice the search radius wide. */
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
    uint32_t capacity; /* allocated, a power of two, at least 4/3 of all places */
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
/* A place nearer than radius (at most near->radius), or SMPI_NEAR_NONE. */
uint32_t smpi_near_any(const smpi_near *near, const smpi_place *at, const float xyz_mm[3],
                       float radius);

#endif
