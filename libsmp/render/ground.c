/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What each pixel of a preview says whatever the day, worked out once: mask, mirrored light, and
 * where it lies between the nodes of the tails. 4 bytes for each pixel of the bounds. */
#include <string.h>

#include "base/diag.h"
#include "render/preview.h"
#include "scalp/rows.h"

#define CHUNK 256u /* pixels at a time */

static uint16_t coded(float x)
{
    const float v = x > 0.0f ? (x < 1.0f ? x : 1.0f) : 0.0f;
    return (uint16_t)(v * 65535.0f + 0.5f);
}

static void mask_chunk(const smp_preview *preview, uint32_t y, uint32_t x, uint32_t n,
                       uint16_t *mask)
{
    float row[CHUNK];
    smpi_scalp_mask_row(preview->scalp, y, preview->bounds.x + x, n, row);
    for (uint32_t i = 0; i < n; i++)
        mask[i] = coded(row[i]);
}

static void shine_chunk(const smp_preview *preview, uint32_t y, uint32_t x, uint32_t n,
                        uint16_t *shine)
{
    float planes[3 * CHUNK], mixed[3 * CHUNK], row[CHUNK];
    const uint32_t u = preview->bounds.x + x;
    smpi_light_get(&preview->light, &preview->photo, y, u, n, planes, CHUNK);
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t c = 0; c < 3; c++)
            mixed[3 * i + c] = planes[c * CHUNK + i];
    smpi_scalp_shine_row(preview->scalp, y, u, n, mixed, row);
    for (uint32_t i = 0; i < n; i++)
        shine[i] = coded(row[i]);
}

static void look_at_row(const smp_preview *preview, uint32_t row)
{
    const smpi_ground *g = &preview->ground;
    const uint32_t width = preview->bounds.width, y = preview->bounds.y + row;
    uint16_t *mask = g->mask + (size_t)row * width;
    uint32_t from = width, to = 0;
    for (uint32_t x = 0; x < width; x += CHUNK)
        mask_chunk(preview, y, x, width - x < CHUNK ? width - x : CHUNK, mask + x);
    for (uint32_t x = 0; x < width; x++)
        if (mask[x]) {
            from = x < from ? x : from;
            to = x + 1;
        }
    g->from[row] = from;
    g->to[row] = to;
    for (uint32_t x = from; g->shine && x < to; x += CHUNK)
        shine_chunk(preview, y, x, to - x < CHUNK ? to - x : CHUNK,
                    g->shine + (size_t)row * width + x);
}

static smp_status look(void *task, uint32_t band)
{
    const smp_preview *preview = task;
    for (uint32_t i = 0; i < SMPI_BAND_ROWS; i++)
        if (band * SMPI_BAND_ROWS + i < preview->bounds.height)
            look_at_row(preview, band * SMPI_BAND_ROWS + i);
    return SMP_OK;
}

smp_status smpi_ground_create(smp_preview *preview, smp_diag *diag)
{
    const smp_context *ctx = preview->ctx;
    smpi_ground *g = &preview->ground;
    g->columns = preview->bounds.width;
    g->rows = preview->bounds.height;
    g->pixels = g->columns * g->rows;
    SMPI_TRY(smpi_new(ctx, &g->mask, g->pixels, sizeof *g->mask, "mask", diag));
    if (preview->light.codec.decode)
        SMPI_TRY(smpi_new(ctx, &g->shine, g->pixels, sizeof *g->shine, "shine", diag));
    SMPI_TRY(smpi_new(ctx, &g->from, g->rows, sizeof *g->from, "rows", diag));
    SMPI_TRY(smpi_new(ctx, &g->to, g->rows, sizeof *g->to, "rows", diag));
    SMPI_TRY(smpi_new(ctx, &g->node, g->columns, sizeof *g->node, "columns", diag));
    SMPI_TRY(smpi_new(ctx, &g->share, g->columns, sizeof *g->share, "columns", diag));
    for (size_t x = 0; x < g->columns; x++) {
        const float f = (float)x / (float)preview->tail[0].step;
        g->node[x] = (int32_t)f;
        g->share[x] = f - (float)g->node[x];
    }
    return smpi_run(ctx, look, preview,
                    (preview->bounds.height + SMPI_BAND_ROWS - 1) / SMPI_BAND_ROWS);
}

void smpi_ground_destroy(const smp_context *ctx, smpi_ground *g)
{
    smpi_free(ctx, g->mask, g->pixels * sizeof *g->mask);
    smpi_free(ctx, g->shine, g->pixels * sizeof *g->shine);
    smpi_free(ctx, g->from, g->rows * sizeof *g->from);
    smpi_free(ctx, g->to, g->rows * sizeof *g->to);
    smpi_free(ctx, g->node, g->columns * sizeof *g->node);
    smpi_free(ctx, g->share, g->columns * sizeof *g->share);
}
