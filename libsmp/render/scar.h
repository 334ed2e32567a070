/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The own skin of scars that the photo does not show (docs/model/render.md, "Scars"). */
#ifndef SMPI_RENDER_SCAR_H
#define SMPI_RENDER_SCAR_H

#include <smp/render.h>

typedef struct smpi_scar {
    uint32_t step;          /* picture pixels from node to node */
    uint32_t width, height; /* nodes; node (i, j) lies at (x0 + i step, y0 + j step) of bounds */
    float *share[3];        /* the scar's light over that of the skin, 1 where there is none */
    int shown;              /* 1: on the day that is drawn */
    size_t floats;          /* 0: the plan has none */
} smpi_scar;

smp_status smpi_scar_create(smp_preview *preview, const smp_skin *skin, smp_diag *diag);
void smpi_scar_destroy(const smp_context *ctx, smpi_scar *scar);
/* Lays the scars' skin under what is let through in n pixels of row y from x0, three planes. */
void smpi_scar_row(const smp_preview *preview, uint32_t y, uint32_t x0, uint32_t n, float *through,
                   size_t plane);

#endif
