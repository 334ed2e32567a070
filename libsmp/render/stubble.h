/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Short hairs over the pigment (docs/model/render.md, "Stubble"). */
#ifndef SMPI_RENDER_STUBBLE_H
#define SMPI_RENDER_STUBBLE_H

#include <smp/render.h>

#include "kernels/kernels.h"
#include "synthesis/places.h"

/* A hair, or a piece of a longer one, in the picture. */
typedef struct smpi_hair_piece {
    smpk_dot bump;
    float reach_u, reach_v;
    float from_day; /* regrown hair is seen from here on; 0: it was never lost */
} smpi_hair_piece;

typedef struct smpi_stubble {
    smpi_hair_piece *piece; /* by cell, as dots are */
    uint32_t count, capacity;
    uint32_t *cell_first;
    size_t cell_slots;
    float reach_px;
    float day; /* that is drawn; hair of later days is not there yet */
} smpi_stubble;

/* Where hairs may stand, whatever grows. */
typedef struct smpi_hair_places {
    smpi_places_desc desc;
    smpi_places places;
} smpi_hair_places;

/* Nothing is made, and nothing allocated, for a head that is freshly shaved. */
smp_status smpi_stubble_create(smp_preview *preview, const smp_progress *progress, smp_diag *diag);
/* Widens a box (left, top, right, bottom) to all hairs. */
void smpi_stubble_box(const smpi_stubble *stubble, double box[4]);
/* Once the cells are known. */
smp_status smpi_stubble_sort(smp_preview *preview, smp_diag *diag);
void smpi_stubble_drop(smp_preview *preview, const smp_preview *kept);

#endif
