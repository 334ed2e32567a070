/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Cells, some columns and rows each: which dots are drawn one after the other. */
#include <string.h>

#include "base/diag.h"
#include "render/preview.h"

uint32_t smpi_cell_of(const smp_preview *preview, float u, float v)
{
    const float cell = (u - (float)preview->cell_left) / (float)SMPI_CELL_COLUMNS;
    const uint32_t last = preview->cell_count - 1;
    const uint32_t column = cell > 0.0f ? (cell < (float)last ? (uint32_t)cell : last) : 0;
    const float down = (v - (float)preview->band_top) / (float)SMPI_CELL_ROWS;
    const uint32_t rows = preview->band_count * (SMPI_BAND_ROWS / SMPI_CELL_ROWS);
    const uint32_t row = down > 0.0f ? (down < (float)rows ? (uint32_t)down : rows - 1) : 0;
    return row * preview->cell_count + column;
}

smp_status smpi_cells_create(smp_preview *preview, smp_diag *diag)
{
    const smp_rect *b = &preview->bounds;
    const smpi_seen_dot *seen = preview->seen;
    preview->cell_left = b->x / SMPI_TILE_COLUMNS * SMPI_TILE_COLUMNS;
    preview->cell_count =
        (b->x + b->width - preview->cell_left + SMPI_CELL_COLUMNS - 1) / SMPI_CELL_COLUMNS;
    const size_t rows = (size_t)preview->band_count * (SMPI_BAND_ROWS / SMPI_CELL_ROWS);
    preview->cell_slots = rows * preview->cell_count + 2;
    SMPI_TRY(smpi_new(preview->ctx, &preview->cell_first, preview->cell_slots, sizeof(uint32_t),
                      "cells", diag));
    preview->cell_dots = preview->seen_count;
    SMPI_TRY(smpi_new(preview->ctx, &preview->cell_dot, preview->seen_count, sizeof(uint32_t),
                      "cells", diag));
    uint32_t *first = preview->cell_first;
    memset(first, 0, preview->cell_slots * sizeof *first);
    for (uint32_t i = 0; i < preview->seen_count; i++)
        first[smpi_cell_of(preview, seen[i].u, seen[i].v) + 2]++;
    for (size_t k = 2; k < preview->cell_slots; k++)
        first[k] += first[k - 1];
    for (uint32_t i = 0; i < preview->seen_count; i++)
        preview->cell_dot[first[smpi_cell_of(preview, seen[i].u, seen[i].v) + 1]++] = i;
    return SMP_OK;
}

void smpi_cells_drop(smp_preview *p, const smp_preview *kept)
{
    if (p->cell_first != kept->cell_first)
        smpi_free(p->ctx, p->cell_first, p->cell_slots * sizeof(uint32_t));
    if (p->cell_dot != kept->cell_dot)
        smpi_free(p->ctx, p->cell_dot, (size_t)p->cell_dots * sizeof(uint32_t));
}
