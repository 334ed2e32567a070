/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The short hairs of a whole photo, tile by tile, and what they are like. docs/model/scalp.md,
 * (S16). */
#include "scalp/hairs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/math.h"
#include "image/rows.h"
#include "scalp/scalp.h"

#define SLOTS 8u
#define REACH_MM 0.7f /* of the mean that is taken for the skin around; at least */
#define REACH_PX 5.0f /* so many pixels, and at most */
#define REACH_PX_MOST 28.0f
#define WIDEST_MM 0.32f  /* what is wider is no hair: a mole, a scab */
#define WIDEST_PX 1.5f   /* and so many pixels, which noise and pixels may add */
#define LONGEST_MM 2.5f  /* short hairs; longer are strands, or wrinkles */
#define FACING 0.35f     /* cosine: steeper, hairs hide each other */
#define SKIN_LEAST 0.45f /* of the diffuse light: darker is no skin between hairs */
#define SKIN_MOST 2.5f
#define ARRAYS 9u /* of the view */

typedef struct hairs_job {
    smp_scalp *scalp;
    float *floats; /* planes of all slots */
    uint32_t *queues;
    uint16_t *owners;
    smpi_hair *hairs; /* SMPI_HAIR_MOST of each tile */
    uint32_t *counts;
    float *areas; /* pixels of each tile on which hairs could be seen */
    uint32_t tiles_x, tiles_y, x0, y0, x1, y1;
} hairs_job;

#define PLANE ((size_t)SMPI_HAIR_SIDE * SMPI_HAIR_SIDE)
#define SLOT_FLOATS (7 * PLANE) /* colours 3, one behind them, dark, base, spare */

/* Reads a rectangle of the photo as linear light. */
static void read_tile(const smp_scalp *scalp, uint32_t x0, uint32_t y0, smpi_hair_tile *t)
{
    for (uint32_t y = 0; y < t->height; y++) {
        float *row = t->rgb + 3 * (size_t)y * t->width;
        smpi_rows_get(&scalp->photo, y0 + y, x0, t->width, row, NULL);
        for (size_t k = 0; k < 3 * (size_t)t->width; k++)
            row[k] = smpi_scalp_decode(scalp, row[k]);
    }
}

/* Whether hairs can be seen at a place: on the scalp, towards the viewer, skin between them. */
static int visible(const smp_scalp *scalp, const smpi_hair_tile *t, float u, float v, uint32_t x0,
                   uint32_t y0)
{
    const uint32_t x = (uint32_t)u, y = (uint32_t)v;
    if (x >= t->width || y >= t->height)
        return 0;
    uint32_t i = (x0 + x) / scalp->step, j = (y0 + y) / scalp->step;
    i = i < scalp->width ? i : scalp->width - 1;
    j = j < scalp->height ? j : scalp->height - 1;
    const float light = scalp->maps[SMP_SCALP_LIGHT][(size_t)j * scalp->width + i];
    const float base = t->base[(size_t)y * t->width + x];
    if (!(base > SKIN_LEAST * light && base < SKIN_MOST * light))
        return 0;
    return scalp->given
               ? scalp->maps[SMP_SCALP_MASK][(size_t)j * scalp->width + i] > 0.0f
               : smpi_scalp_place_ok(scalp, (double)(x0 + x) + 0.5, (double)(y0 + y) + 0.5, FACING);
}

static void tile_hairs(const hairs_job *job, uint32_t index, smpi_hair_tile *t)
{
    smp_scalp *scalp = job->scalp;
    const uint32_t left = job->x0 + index % job->tiles_x * SMPI_HAIR_TILE;
    const uint32_t top = job->y0 + index / job->tiles_x * SMPI_HAIR_TILE;
    const uint32_t right = left + SMPI_HAIR_TILE < job->x1 ? left + SMPI_HAIR_TILE : job->x1;
    const uint32_t bottom = top + SMPI_HAIR_TILE < job->y1 ? top + SMPI_HAIR_TILE : job->y1;
    const uint32_t x0 = left > SMPI_HAIR_MARGIN ? left - SMPI_HAIR_MARGIN : 0;
    const uint32_t y0 = top > SMPI_HAIR_MARGIN ? top - SMPI_HAIR_MARGIN : 0;
    const uint32_t x1 = right + SMPI_HAIR_MARGIN, y1 = bottom + SMPI_HAIR_MARGIN;
    t->width = (x1 < scalp->photo.width ? x1 : scalp->photo.width) - x0;
    t->height = (y1 < scalp->photo.height ? y1 : scalp->photo.height) - y0;
    smpi_hair *hairs = job->hairs + (size_t)index * SMPI_HAIR_MOST;
    uint32_t kept = 0;
    job->counts[index] = 0;
    job->areas[index] = 0.0f;
    read_tile(scalp, x0, y0, t);
    smpi_hair_contrast(t);
    for (uint32_t y = top; y < bottom; y += 4)
        for (uint32_t x = left; x < right; x += 4)
            if (visible(scalp, t, (float)(x - x0), (float)(y - y0), x0, y0))
                job->areas[index] += 16.0f;
    if (!(job->areas[index] > 0.0f))
        return;
    const uint32_t found = smpi_hair_find(t, hairs, SMPI_HAIR_MOST);
    for (uint32_t k = 0; k < found; k++) {
        smpi_hair hair = hairs[k];
        const int shown = visible(scalp, t, hair.u, hair.v, x0, y0);
        hair.u += (float)x0;
        hair.v += (float)y0;
        if (shown && hair.u >= (float)left && hair.v >= (float)top && hair.u < (float)right &&
            hair.v < (float)bottom)
            hairs[kept++] = hair;
    }
    job->counts[index] = kept;
}

static smp_status slot_tiles(void *task, uint32_t slot)
{
    const hairs_job *job = task;
    const smp_scalp *scalp = job->scalp;
    const float scale = (float)scalp->camera.px_per_mm;
    float *planes = job->floats + slot * SLOT_FLOATS;
    smpi_hair_tile t = {.rgb = planes,
                        .dark = planes + 4 * PLANE,
                        .base = planes + 5 * PLANE,
                        .spare = planes + 6 * PLANE,
                        .queue = job->queues + slot * PLANE,
                        .owner = job->owners + slot * PLANE,
                        .blur_px = (float)scalp->blur_px};
    t.reach_px = REACH_MM * scale > REACH_PX ? REACH_MM * scale : REACH_PX;
    t.reach_px = t.reach_px < REACH_PX_MOST ? t.reach_px : REACH_PX_MOST;
    t.widest_px = WIDEST_MM * scale + WIDEST_PX;
    t.longest_px = LONGEST_MM * scale + WIDEST_PX;
    t.longest_px = t.longest_px < (float)SMPI_HAIR_MARGIN ? t.longest_px : (float)SMPI_HAIR_MARGIN;
    /* Encoded is near the square root of light: relative noise of light is twice its own, over the
     * level's root; calming leaves 3/8 of it. */
    t.noise = 0.75f * (float)scalp->grain / 0.5f;
    for (uint32_t k = slot; k < job->tiles_x * job->tiles_y; k += SLOTS)
        tile_hairs(job, k, &t);
    return SMP_OK;
}

static int by_value(const void *a, const void *b)
{
    const float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

static float median(const float *values, float *sorted, uint32_t count)
{
    if (!count)
        return 0.0f;
    memcpy(sorted, values, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, by_value);
    return sorted[count / 2];
}

/* Copies the hairs of all tiles into the arrays of the view, and says what they are like. */
static smp_status hand_over(const hairs_job *job, smp_diag *diag)
{
    smp_scalp *scalp = job->scalp;
    smp_hairs_view *view = &scalp->hairs;
    const uint32_t tiles = job->tiles_x * job->tiles_y;
    uint32_t total = 0;
    float area = 0.0f, rgb[3] = {0};
    for (uint32_t k = 0; k < tiles; k++) {
        total += job->counts[k];
        area += job->areas[k];
    }
    const float scale = (float)scalp->camera.px_per_mm;
    view->area_cm2 = area / (scale * scale * 100.0f);
    view->per_cm2 = view->area_cm2 > 0.0f ? (float)total / view->area_cm2 : 0.0f;
    if (!total)
        return SMP_OK;
    SMPI_TRY(smpi_new(scalp->ctx, &scalp->hair_store, total, (ARRAYS + 1) * sizeof(float), "hairs",
                      diag));
    float *arrays[ARRAYS], *sorted = scalp->hair_store + ARRAYS * (size_t)total;
    for (uint32_t a = 0; a < ARRAYS; a++)
        arrays[a] = scalp->hair_store + a * (size_t)total;
    uint32_t n = 0;
    for (uint32_t k = 0; k < tiles; k++)
        for (uint32_t i = 0; i < job->counts[k]; i++, n++) {
            const smpi_hair *hair = job->hairs + (size_t)k * SMPI_HAIR_MOST + i;
            double uv[2] = {(double)hair->u, (double)hair->v};
            double xyz[3] = {0};
            smpi_scalp_unbend(scalp, uv);
            smp_camera_unproject(&scalp->camera, &scalp->head, uv, xyz, NULL);
            const float values[ARRAYS] = {hair->u,       hair->v,         (float)xyz[0],
                                          (float)xyz[1], (float)xyz[2],   hair->length,
                                          hair->width,   hair->angle_deg, hair->darkness};
            for (uint32_t a = 0; a < ARRAYS; a++)
                arrays[a][n] = values[a];
            for (int c = 0; c < 3; c++)
                rgb[c] += hair->rgb[c] / (float)total;
        }
    *view = (smp_hairs_view){.count = total,
                             .u_px = arrays[0],
                             .v_px = arrays[1],
                             .x_mm = arrays[2],
                             .y_mm = arrays[3],
                             .z_mm = arrays[4],
                             .length_px = arrays[5],
                             .width_px = arrays[6],
                             .angle_deg = arrays[7],
                             .darkness = arrays[8],
                             .area_cm2 = view->area_cm2,
                             .per_cm2 = view->per_cm2,
                             .rgb = {rgb[0], rgb[1], rgb[2]}};
    view->typical_length_mm = median(arrays[5], sorted, total) / scale;
    view->typical_width_mm = median(arrays[6], sorted, total) / scale;
    view->typical_darkness = median(arrays[8], sorted, total);
    return SMP_OK;
}

static smp_status make_job(hairs_job *job, smp_diag *diag)
{
    const smp_context *ctx = job->scalp->ctx;
    const size_t tiles = (size_t)job->tiles_x * job->tiles_y;
    SMPI_TRY(smpi_new(ctx, &job->floats, SLOTS * SLOT_FLOATS, sizeof(float), "hair planes", diag));
    SMPI_TRY(smpi_new(ctx, &job->queues, SLOTS * PLANE, sizeof(uint32_t), "hair queue", diag));
    SMPI_TRY(smpi_new(ctx, &job->owners, SLOTS * PLANE, sizeof(uint16_t), "hair owners", diag));
    SMPI_TRY(smpi_new(ctx, &job->hairs, tiles, SMPI_HAIR_MOST * sizeof(smpi_hair), "hairs", diag));
    SMPI_TRY(smpi_new(ctx, &job->counts, tiles, sizeof(uint32_t), "hair counts", diag));
    return smpi_new(ctx, &job->areas, tiles, sizeof(float), "hair areas", diag);
}

smp_status smpi_scalp_find_hairs(smp_scalp *scalp, smp_diag *diag)
{
    const smpi_box *box = &scalp->box;
    if (box->width == 0 || box->height == 0)
        return SMP_OK;
    hairs_job job = {.scalp = scalp, .x0 = box->x0 * scalp->step, .y0 = box->y0 * scalp->step};
    job.x1 = (box->x0 + box->width) * scalp->step;
    job.y1 = (box->y0 + box->height) * scalp->step;
    job.x1 = job.x1 < scalp->photo.width ? job.x1 : scalp->photo.width;
    job.y1 = job.y1 < scalp->photo.height ? job.y1 : scalp->photo.height;
    job.tiles_x = (job.x1 - job.x0 + SMPI_HAIR_TILE - 1) / SMPI_HAIR_TILE;
    job.tiles_y = (job.y1 - job.y0 + SMPI_HAIR_TILE - 1) / SMPI_HAIR_TILE;
    const size_t tiles = (size_t)job.tiles_x * job.tiles_y;
    smp_status status = make_job(&job, diag);
    if (status == SMP_OK) {
        status = smpi_run(scalp->ctx, slot_tiles, &job, SLOTS);
        if (status == SMP_OK)
            status = hand_over(&job, diag);
        else
            smpi_fail(diag, status, "looking for hairs failed");
    }
    smpi_free(scalp->ctx, job.areas, tiles * sizeof(float));
    smpi_free(scalp->ctx, job.counts, tiles * sizeof(uint32_t));
    smpi_free(scalp->ctx, job.hairs, tiles * SMPI_HAIR_MOST * sizeof(smpi_hair));
    smpi_free(scalp->ctx, job.owners, SLOTS * PLANE * sizeof(uint16_t));
    smpi_free(scalp->ctx, job.queues, SLOTS * PLANE * sizeof(uint32_t));
    smpi_free(scalp->ctx, job.floats, SLOTS * SLOT_FLOATS * sizeof(float));
    return status;
}

void smpi_scalp_free_hairs(smp_scalp *scalp)
{
    smpi_free(scalp->ctx, scalp->hair_store,
              (size_t)scalp->hairs.count * (ARRAYS + 1) * sizeof(float));
    scalp->hair_store = NULL;
}
