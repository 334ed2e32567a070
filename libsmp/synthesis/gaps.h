/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Gaps between places: the corners of their Voronoi cells, by size and by where they are. */
#ifndef SMPI_SYNTHESIS_GAPS_H
#define SMPI_SYNTHESIS_GAPS_H

#include <smp/geometry.h>

#include "synthesis/near.h"
#include "synthesis/places.h"

/* A bin of sizes: 64 an octave, from 2^-9 mm to 2^11 mm. Bin 0 is never used. */
#define SMPI_GAP_BINS 1280u
/* The surface's box is cut into 8 x 8 x 8 blocks, each with bins of its own. */
#define SMPI_BLOCKS_ALONG 8u
#define SMPI_BLOCKS 512u

typedef struct smpi_gaps {
    smpi_place *at; /* next: of the same block and bin, or of the free ones */
    uint32_t *bins; /* the first of each block and bin */
    uint32_t capacity, used, free;
    uint32_t top[SMPI_BLOCKS]; /* of each block: no bin above it holds any */
} smpi_gaps;

smp_status smpi_gaps_create(const smp_context *ctx, uint32_t capacity, smpi_gaps *gaps,
                            smp_diag *diag);
void smpi_gaps_free(const smp_context *ctx, smpi_gaps *gaps);

uint32_t smpi_gap_bin(float size);
/* The lower end of a bin. */
float smpi_gap_size(uint32_t bin);

void smpi_gaps_clear(smpi_gaps *gaps);
/* Forgets the gap when there is no room left. */
void smpi_gaps_push(smpi_gaps *gaps, uint32_t block, const float xyz_mm[3], uint32_t bin);
/* Takes the last that came to the highest bin of a block; returns that bin, or 0 when there is none
 * at `least` or above. */
uint32_t smpi_gaps_pop(smpi_gaps *gaps, uint32_t block, uint32_t least, float xyz_mm[3]);
/* The highest bin of all blocks, 0 when there is no gap. */
uint32_t smpi_gaps_top(const smpi_gaps *gaps);

/* The corners of a cell in the plane that touches the surface at its place, mm. */
#define SMPI_CORNERS_MAX 32
typedef struct smpi_cell {
    uint32_t count;
    double x[SMPI_CORNERS_MAX], y[SMPI_CORNERS_MAX];
} smpi_cell;

/* Cuts the cell of a place out of a square with sides of `reach`: what is nearer to it than to
 * those that the ways lead to. along and across span the plane. */
void smpi_cell_cut(smpi_cell *cell, const smpi_way *ways, uint32_t count, const double along[3],
                   const double across[3], double reach);

#endif
