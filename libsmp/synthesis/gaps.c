/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Voronoi cells cut from a square by half planes, and bins in place of a sorted queue. */
#include "synthesis/gaps.h"

#include <string.h>

#include "base/context.h"
#include "base/diag.h"

#define NONE SMPI_NEAR_NONE
#define OCTAVE_BITS 6
#define LOWEST ((127u - 9u) << OCTAVE_BITS) /* the top bits of 2^-9 */
#define HEADS ((size_t)SMPI_BLOCKS * SMPI_GAP_BINS)

smp_status smpi_gaps_create(const smp_context *ctx, uint32_t capacity, smpi_gaps *gaps,
                            smp_diag *diag)
{
    *gaps = (smpi_gaps){.capacity = capacity};
    SMPI_TRY(smpi_new(ctx, &gaps->at, capacity, sizeof *gaps->at, "gaps", diag));
    return smpi_new(ctx, &gaps->bins, HEADS, sizeof *gaps->bins, "gaps", diag);
}

void smpi_gaps_free(const smp_context *ctx, smpi_gaps *gaps)
{
    smpi_free(ctx, gaps->bins, HEADS * sizeof *gaps->bins);
    smpi_free(ctx, gaps->at, gaps->capacity * sizeof *gaps->at);
    gaps->bins = NULL;
    gaps->at = NULL;
}

/* The top bits of a positive float rise with its logarithm. */
uint32_t smpi_gap_bin(float size)
{
    uint32_t bits;
    memcpy(&bits, &size, sizeof bits);
    bits >>= 23 - OCTAVE_BITS;
    if (!(size > 0.0f) || bits <= LOWEST)
        return 0;
    return bits - LOWEST < SMPI_GAP_BINS ? bits - LOWEST : SMPI_GAP_BINS - 1;
}

float smpi_gap_size(uint32_t bin)
{
    const uint32_t bits = (bin + LOWEST) << (23 - OCTAVE_BITS);
    float size;
    memcpy(&size, &bits, sizeof size);
    return size;
}

void smpi_gaps_clear(smpi_gaps *gaps)
{
    gaps->used = 0;
    gaps->free = NONE;
    memset(gaps->top, 0, sizeof gaps->top);
    memset(gaps->bins, 0xff, HEADS * sizeof *gaps->bins);
}

void smpi_gaps_push(smpi_gaps *gaps, uint32_t block, const float xyz_mm[3], uint32_t bin)
{
    uint32_t slot = gaps->free;
    if (slot != NONE)
        gaps->free = gaps->at[slot].next;
    else if (gaps->used < gaps->capacity)
        slot = gaps->used++;
    else
        return;
    uint32_t *first = gaps->bins + (size_t)block * SMPI_GAP_BINS + bin;
    gaps->at[slot] = (smpi_place){xyz_mm[0], xyz_mm[1], xyz_mm[2], *first};
    *first = slot;
    gaps->top[block] = bin > gaps->top[block] ? bin : gaps->top[block];
}

uint32_t smpi_gaps_pop(smpi_gaps *gaps, uint32_t block, uint32_t least, float xyz_mm[3])
{
    uint32_t *bins = gaps->bins + (size_t)block * SMPI_GAP_BINS, top = gaps->top[block];
    while (top > 0 && top >= least && bins[top] == NONE)
        top--;
    gaps->top[block] = top;
    if (top == 0 || top < least)
        return 0;
    const uint32_t slot = bins[top];
    smpi_place *p = gaps->at + slot;
    xyz_mm[0] = p->x_mm;
    xyz_mm[1] = p->y_mm;
    xyz_mm[2] = p->z_mm;
    bins[top] = p->next;
    p->next = gaps->free;
    gaps->free = slot;
    return top;
}

uint32_t smpi_gaps_top(const smpi_gaps *gaps)
{
    uint32_t top = 0;
    for (uint32_t i = 0; i < SMPI_BLOCKS; i++)
        top = gaps->top[i] > top ? gaps->top[i] : top;
    return top;
}

/* Keeps what of a cell lies on this side of a x + b y = c. */
static void cut_by(smpi_cell *cell, double a, double b, double c)
{
    double side[SMPI_CORNERS_MAX], x[SMPI_CORNERS_MAX], y[SMPI_CORNERS_MAX];
    const uint32_t count = cell->count;
    uint32_t n = 0;
    int any = 0;
    for (uint32_t i = 0; i < count; i++) {
        side[i] = c - (a * cell->x[i] + b * cell->y[i]);
        any |= side[i] < 0.0;
    }
    if (!any)
        return;
    for (uint32_t i = 0; i < count; i++) {
        x[i] = cell->x[i];
        y[i] = cell->y[i];
    }
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t j = i + 1 < count ? i + 1 : 0;
        if (side[i] >= 0.0 && n < SMPI_CORNERS_MAX) {
            cell->x[n] = x[i];
            cell->y[n++] = y[i];
        }
        if ((side[i] >= 0.0) != (side[j] >= 0.0) && n < SMPI_CORNERS_MAX) {
            const double t = side[i] / (side[i] - side[j]);
            cell->x[n] = x[i] + t * (x[j] - x[i]);
            cell->y[n++] = y[i] + t * (y[j] - y[i]);
        }
    }
    cell->count = n;
}

void smpi_cell_cut(smpi_cell *cell, const smpi_way *ways, uint32_t count, const double along[3],
                   const double across[3], double reach)
{
    const double h = 0.5 * reach;
    cell->count = 4;
    cell->x[0] = cell->x[3] = cell->y[0] = cell->y[1] = -h;
    cell->x[1] = cell->x[2] = cell->y[2] = cell->y[3] = h;
    for (uint32_t i = 0; i < count; i++) {
        const double x = (double)ways[i].x, y = (double)ways[i].y, z = (double)ways[i].z;
        cut_by(cell, x * along[0] + y * along[1] + z * along[2],
               x * across[0] + y * across[1] + z * across[2], 0.5 * (double)ways[i].square);
    }
}
