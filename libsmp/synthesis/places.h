/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Candidate places of dots, ranked: the first n of them are evenly spread for every n. */
#ifndef SMPI_SYNTHESIS_PLACES_H
#define SMPI_SYNTHESIS_PLACES_H

#include <smp/geometry.h>

#define SMPI_TILE_MM 64.0f    /* side of the tile that a flat patch repeats */
#define SMPI_TILE_IDS 262144u /* ids that each tile of a flat patch owns: over 6000 / cm2 */
#define SMPI_TILE_PITCH 16u   /* tiles in a row of ids: a patch is at most 1000 mm wide */
#define SMPI_PLACES_MAX 4000000u

/* One place, 16 bytes so that a neighbour costs one cache line. */
typedef struct smpi_place {
    float x_mm, y_mm, z_mm; /* head frame; of a flat patch inside its first tile */
    uint32_t next;          /* of the search grid; later what the owner makes of it */
} smpi_place;

typedef struct smpi_places {
    const smp_context *ctx;
    smpi_place *at; /* in rank order */
    uint32_t count;
    uint32_t tiles_x, tiles_y; /* 1 x 1 on an ellipsoid */
    double area_cm2;           /* that the places cover (one tile of a flat patch) */
} smpi_places;

typedef struct smpi_places_desc {
    smp_head head;
    uint32_t seed;
    float regularity;      /* [0, 1] */
    float density_per_cm2; /* how far to rank */
} smpi_places_desc;

/* The places of a head up to a density. The first n are the same whatever the density asked for.
 * progress runs from 0 to `share`. errors SMP_ERR_MEMORY, SMP_ERR_LIMIT, SMP_ERR_CANCELLED */
smp_status smpi_places_create(const smp_context *ctx, const smpi_places_desc *desc,
                              const smp_progress *progress, double share, smpi_places *places,
                              smp_diag *diag);
void smpi_places_free(smpi_places *places);

/* Density from which on the place of a rank is used, dots per cm2. */
double smpi_places_threshold(const smpi_places *places, uint32_t rank);

/* Smallest distance of two places over that of a hexagonal lattice, at every density. */
double smpi_places_spacing(float regularity);

#endif
