/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Redness round fresh dots, as a smooth map in the picture (docs/model/render.md, "Redness"). */
#ifndef SMPI_RENDER_RED_H
#define SMPI_RENDER_RED_H

#include <smp/render.h>

#include "ageing/clock.h"

typedef struct smpi_red {
    uint32_t step;          /* picture pixels from node to node */
    uint32_t width, height; /* nodes; node (i, j) lies at (x0 + i step, y0 + j step) of bounds */
    float a[3], b[3];       /* light that is left: 1 / (1 + a s + b s^2) for redness s */
    float *map, *scratch;   /* redness 0 to 1 of each node */
    float *taps;            /* half of a symmetric filter, from its middle */
    uint32_t tap_count;
    int shown; /* 1: there is some on the day that is drawn */
    float *memory;
    size_t memory_floats;
} smpi_red;

smp_status smpi_red_create(smp_preview *preview, const smp_skin *skin, smp_diag *diag);
void smpi_red_destroy(const smp_context *ctx, smpi_red *red);
/* The map of a day. Exactly 0 away from fresh dots. */
smp_status smpi_red_fill(smp_preview *preview, const smpi_clock *clock);
/* Takes redness from what the pigment lets through in n pixels of row y from x0, three planes. */
void smpi_red_row(const smp_preview *preview, uint32_t y, uint32_t x0, uint32_t n, float *through,
                  size_t plane);

#endif
