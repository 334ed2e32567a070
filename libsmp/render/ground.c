/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What each pixel of a preview says whatever the day, worked out once: mask, mirrored light, and
 * where it lies between the nodes of the tails. 4 bytes for each pixel of the bounds. What was
 * looked at once is kept when bounds move. */
#include <string.h>

#include "base/diag.h"
#include "render/preview.h"
#include "scalp/rows.h"

#define CHUNK 256u  /* pixels at a time */
#define MORE_MM 6.0 /* that an area grows by when it must */

static uint16_t coded(float x)
{
    const float v = x > 0.0f ? (x < 1.0f ? x : 1.0f) : 0.0f;
    return (uint16_t)(v * 65535.0f + 0.5f);
}

typedef struct looker {
    const smp_preview *preview;
    const smpi_ground *old; /* what it holds is not looked at again */
} looker;

/* Columns [x, end) of a row of the photo; of `row` the first is column 0 of the area. */
static void look_at_mask(const smp_preview *preview, uint32_t y, uint32_t x, uint32_t end,
                         uint16_t *row)
{
    float mask[CHUNK];
    for (uint32_t n; x < end; x += n) {
        n = end - x < CHUNK ? end - x : CHUNK;
        smpi_scalp_mask_row(preview->scalp, y, x, n, mask);
        for (uint32_t i = 0; i < n; i++)
            row[x - preview->ground.area.x + i] = coded(mask[i]);
    }
}

static void look_at_shine(const smp_preview *preview, uint32_t y, uint32_t x, uint32_t end,
                          uint16_t *row)
{
    float planes[3 * CHUNK], mixed[3 * CHUNK], shine[CHUNK];
    for (uint32_t n; x < end; x += n) {
        n = end - x < CHUNK ? end - x : CHUNK;
        smpi_light_get(&preview->light, &preview->photo, y, x, n, planes, CHUNK);
        for (uint32_t i = 0; i < n; i++)
            for (uint32_t c = 0; c < 3; c++)
                mixed[3 * i + c] = planes[c * CHUNK + i];
        smpi_scalp_shine_row(preview->scalp, y, x, n, mixed, shine);
        for (uint32_t i = 0; i < n; i++)
            row[x - preview->ground.area.x + i] = coded(shine[i]);
    }
}

/* Where the mask of a row begins and ends. */
static void find_ends(const smpi_ground *g, uint32_t row)
{
    const uint16_t *mask = g->mask + (size_t)row * g->area.width;
    uint32_t from = 0, to = g->area.width;
    while (to > 0 && !mask[to - 1])
        to--;
    while (from < to && !mask[from])
        from++;
    g->from[row] = g->area.x + from;
    g->to[row] = g->area.x + to;
}

/* A row that the old ground holds none of, or a part. */
static void look_at_row(const looker *l, uint32_t row)
{
    const smp_preview *preview = l->preview;
    const smpi_ground *g = &preview->ground, *old = l->old;
    const uint32_t y = g->area.y + row, left = g->area.x, right = left + g->area.width;
    uint16_t *mask = g->mask + (size_t)row * g->area.width;
    uint16_t *shine = g->shine ? g->shine + (size_t)row * g->area.width : NULL;
    uint32_t had[4] = {right, right, right, right}; /* of the mask, and of the shine */
    if (old && y - old->area.y < old->area.height) {
        const uint32_t at = y - old->area.y, width = old->area.width;
        had[0] = old->area.x;
        had[1] = had[0] + width;
        memcpy(mask + (had[0] - left), old->mask + (size_t)at * width, width * sizeof *mask);
        if (shine && old->from[at] < old->to[at]) {
            had[2] = old->from[at];
            had[3] = old->to[at];
            memcpy(shine + (had[2] - left), old->shine + smpi_ground_at(old, had[2], y),
                   (had[3] - had[2]) * sizeof *shine);
        }
    }
    look_at_mask(preview, y, left, had[0], mask);
    look_at_mask(preview, y, had[1], right, mask);
    find_ends(g, row);
    const uint32_t from = g->from[row], to = g->to[row];
    if (!shine)
        return;
    look_at_shine(preview, y, from, to < had[2] ? to : had[2], shine);
    look_at_shine(preview, y, from > had[3] ? from : had[3], to, shine);
}

static smp_status look(void *task, uint32_t band)
{
    const looker *l = task;
    for (uint32_t i = 0; i < SMPI_BAND_ROWS; i++)
        if (band * SMPI_BAND_ROWS + i < l->preview->ground.area.height)
            look_at_row(l, band * SMPI_BAND_ROWS + i);
    return SMP_OK;
}

size_t smpi_ground_at(const smpi_ground *g, uint32_t x, uint32_t y)
{
    return (size_t)(y - g->area.y) * g->area.width + (x - g->area.x);
}

static smp_status make_room(const smp_preview *preview, smpi_ground *g, smp_diag *diag)
{
    const smp_context *ctx = preview->ctx;
    const size_t columns = g->area.width, rows = g->area.height, pixels = columns * rows;
    SMPI_TRY(smpi_new(ctx, &g->mask, pixels, sizeof *g->mask, "mask", diag));
    if (preview->light.codec.decode)
        SMPI_TRY(smpi_new(ctx, &g->shine, pixels, sizeof *g->shine, "shine", diag));
    SMPI_TRY(smpi_new(ctx, &g->from, rows, sizeof *g->from, "rows", diag));
    SMPI_TRY(smpi_new(ctx, &g->to, rows, sizeof *g->to, "rows", diag));
    SMPI_TRY(smpi_new(ctx, &g->node, columns, sizeof *g->node, "columns", diag));
    return smpi_new(ctx, &g->share, columns, sizeof *g->share, "columns", diag);
}

smp_status smpi_ground_create(smp_preview *preview, const smpi_ground *old, smp_diag *diag)
{
    const double more = MORE_MM * smp_scalp_camera(preview->scalp).px_per_mm;
    smpi_ground *g = &preview->ground;
    if (old && !old->mask)
        old = NULL;
    if (old && smpi_rect_inside(&preview->bounds, &old->area))
        return SMP_OK;
    *g = (smpi_ground){.area = preview->bounds};
    if (old) /* it has grown once, and may do so again */
        g->area = smpi_rect_grown(preview, &preview->bounds, more < 1e6 ? (uint32_t)more : 1000000u,
                                  &old->area);
    SMPI_TRY(make_room(preview, g, diag));
    for (size_t x = 0; x < g->area.width; x++) {
        const float f = (float)x / (float)preview->tail[0].step;
        g->node[x] = (int32_t)f;
        g->share[x] = f - (float)g->node[x];
    }
    looker l = {preview, old};
    return smpi_run(preview->ctx, look, &l, (g->area.height + SMPI_BAND_ROWS - 1) / SMPI_BAND_ROWS);
}

void smpi_ground_destroy(const smp_context *ctx, smpi_ground *g)
{
    const size_t columns = g->area.width, rows = g->area.height, pixels = columns * rows;
    smpi_free(ctx, g->mask, pixels * sizeof *g->mask);
    smpi_free(ctx, g->shine, pixels * sizeof *g->shine);
    smpi_free(ctx, g->from, rows * sizeof *g->from);
    smpi_free(ctx, g->to, rows * sizeof *g->to);
    smpi_free(ctx, g->node, columns * sizeof *g->node);
    smpi_free(ctx, g->share, columns * sizeof *g->share);
}
