/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Rendering a day: dots, tails, then band by band what the pigment lets through, under the shine.
 */
#include <string.h>

#include "base/diag.h"
#include "base/guard.h"
#include "image/rows.h"
#include "render/preview.h"
#include "scalp/rows.h"

typedef struct render_job {
    smp_preview *preview;
    smp_rect region;
    const smp_image *out;
    int layer; /* the transmittance instead of the picture */
} render_job;

/* Buffers of one slot, each row of SMPI_TILE_COLUMNS. */
typedef struct slot_rows {
    float *core;
    float *tail[2]; /* rows of nodes, the even and the odd ones, three planes each */
    float *light, *mixed, *shine;
} slot_rows;

static slot_rows rows_of(const smp_preview *preview, uint32_t slot)
{
    if (!preview->rows) /* no dots are seen: nothing will be drawn */
        return (slot_rows){0};
    slot_rows r = {.core = preview->rows + slot * preview->slot_floats};
    r.tail[0] = r.core + SMPI_TILE_FLOATS;
    r.tail[1] = r.tail[0] + 3 * SMPI_TILE_COLUMNS;
    r.light = r.tail[1] + 3 * SMPI_TILE_COLUMNS;
    r.mixed = r.light + 3 * SMPI_TILE_COLUMNS;
    r.shine = r.mixed + 3 * SMPI_TILE_COLUMNS;
    return r;
}

static uint32_t later(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

static uint32_t sooner(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* Pixels that are drawn together: those of a tile that are asked for. */
typedef struct patch {
    const render_job *job;
    const slot_rows *rows;
    uint32_t left, top;      /* of the tile */
    uint32_t x0, x1, y0, y1; /* inside the bounds and the region */
    uint32_t node[2];        /* which rows of nodes are in rows->tail, and one more: 0 is none */
} patch;

/* Some pixels of a row, and what is let through in them. */
typedef struct span {
    uint32_t y, x, n;
    float *through; /* SMPI_TILE_PLANE from channel to channel */
} span;

/* What the tails let through along a row of nodes. */
static const float *tails_along(patch *p, uint32_t j)
{
    float *row = p->rows->tail[j % 2];
    if (p->node[j % 2] != j + 1) {
        smpi_tail_row(p->job->preview, j, p->x0, p->x1 - p->x0, row, SMPI_TILE_COLUMNS);
        p->node[j % 2] = j + 1;
    }
    return row;
}

/* Turns cores into what the pigment lets through. */
static void through_span(patch *p, const span *s)
{
    const smp_preview *preview = p->job->preview;
    const uint32_t row = s->y - preview->bounds.y, step = preview->tail[0].step;
    smpk_through job = {.share = (float)(row % step) / (float)step,
                        .mask = preview->ground.mask + smpi_ground_at(&preview->ground, s->x, s->y),
                        .ahead = preview->ground.area.width};
    const float *above = tails_along(p, row / step), *below = tails_along(p, row / step + 1);
    for (size_t c = 0; c < 3; c++) {
        job.t[c] = s->through + c * SMPI_TILE_PLANE;
        job.above[c] = above + c * SMPI_TILE_COLUMNS + (s->x - p->x0);
        job.below[c] = below + c * SMPI_TILE_COLUMNS + (s->x - p->x0);
    }
    smpi_kernels(preview->ctx)->through(&job, s->n);
    if (preview->red.shown)
        smpi_red_row(preview, s->y, s->x, s->n, s->through, SMPI_TILE_PLANE);
    if (preview->scar.shown)
        smpi_scar_row(preview, s->y, s->x, s->n, s->through, SMPI_TILE_PLANE);
}

/* Pixels of formats that are not 8-bit colour, in linear light. */
static void slow_span(const patch *p, const span *s)
{
    const smp_preview *preview = p->job->preview;
    const slot_rows *r = p->rows;
    const size_t plane = SMPI_TILE_COLUMNS;
    smpi_light_get(&preview->light, &preview->photo, s->y, s->x, s->n, r->light, plane);
    for (uint32_t i = 0; i < s->n; i++)
        for (size_t c = 0; c < 3; c++)
            r->mixed[3 * i + c] = r->light[c * plane + i];
    smpi_scalp_shine_row(preview->scalp, s->y, s->x, s->n, r->mixed, r->shine);
    for (size_t c = 0; c < 3; c++)
        smpi_kernels(preview->ctx)
            ->under(r->light + c * plane, r->shine, s->through + c * SMPI_TILE_PLANE, s->n);
    const smpi_light_planes planes = {r->light, s->through, plane, SMPI_TILE_PLANE};
    smpi_light_put(&preview->light, p->job->out, s->y, s->x, s->n, &planes);
}

static void picture_span(const patch *p, const span *s)
{
    const smp_preview *preview = p->job->preview;
    const smp_image *photo = &preview->photo, *out = p->job->out;
    const size_t at = s->x * (size_t)smp_format_pixel_size((smp_format)photo->format);
    const smpi_light_row row = {
        (const uint8_t *)photo->data + (ptrdiff_t)s->y * photo->stride + at,
        (uint8_t *)out->data + (ptrdiff_t)s->y * out->stride + at,
        {s->through, s->through + SMPI_TILE_PLANE, s->through + 2 * SMPI_TILE_PLANE},
        preview->ground.shine ? preview->ground.shine + smpi_ground_at(&preview->ground, s->x, s->y)
                              : NULL,
        photo->stride,
        out->stride,
        preview->ground.area.width};
    if (!smpi_light_compose(&preview->light, smpi_kernels(preview->ctx), &row, s->n))
        slow_span(p, s);
}

static void layer_put(const smp_image *out, uint32_t y, uint32_t x0, uint32_t n,
                      const float *planes, size_t plane)
{
    uint8_t *row = (uint8_t *)out->data + (ptrdiff_t)y * out->stride;
    const size_t size = smp_format_pixel_size((smp_format)out->format) / 3;
    for (uint32_t i = 0; i < n; i++)
        for (size_t c = 0; c < 3; c++) {
            const float t = planes ? planes[c * plane + i] : 1.0f;
            const float held = t < 1.0f ? t : 1.0f; /* a pale scar sends back more */
            const uint16_t code = (uint16_t)(held * 65535.0f + 0.5f);
            memcpy(row + (3 * (size_t)(x0 + i) + c) * size, size == 2 ? (const void *)&code : &t,
                   size);
        }
}

/* Pixels [x0, x1) of a row that no dot reaches: the photo's own, or a layer that lets all through.
 */
static void plain(const render_job *job, uint32_t y, uint32_t x0, uint32_t x1)
{
    const smp_image *photo = &job->preview->photo, *out = job->out;
    if (job->layer) {
        layer_put(out, y, x0, x1 - x0, NULL, 0);
        return;
    }
    const size_t pixel = smp_format_pixel_size((smp_format)photo->format);
    const uint8_t *from = (const uint8_t *)photo->data + (ptrdiff_t)y * photo->stride + x0 * pixel;
    uint8_t *to = (uint8_t *)out->data + (ptrdiff_t)y * out->stride + x0 * pixel;
    if (to != from)
        memcpy(to, from, (x1 - x0) * pixel);
}

/* The pixels of a row between x0 and x1 that the mask lets dots reach. */
static int reached(const smp_preview *preview, uint32_t y, uint32_t x0, uint32_t x1, span *s)
{
    const smp_rect *b = &preview->bounds;
    if (y < b->y || y >= b->y + b->height || preview->seen_count == 0)
        return 0;
    const uint32_t row = y - preview->ground.area.y;
    const uint32_t from = later(later(x0, b->x), preview->ground.from[row]);
    const uint32_t to = sooner(sooner(x1, b->x + b->width), preview->ground.to[row]);
    *s = (span){y, from, from < to ? to - from : 0, NULL};
    return from < to;
}

/* A row of cores from nodes that were drawn; returns its first pixel. */
static float *cores_between(const patch *p, uint32_t y, uint32_t x, uint32_t n)
{
    float *row = p->rows->core, *nodes = row + SMPI_TILE_STRIDE;
    const uint32_t down = y - p->top, first = (x - p->left) / SMPK_FINER_GROUP * SMPK_FINER_GROUP;
    const float *at = nodes + down / 2 * SMPI_NODE_STRIDE + first / 2;
    const smpk_finer job = {row + first,
                            {at, at + SMPI_NODE_STRIDE, at + 2 * SMPI_NODE_STRIDE},
                            SMPI_TILE_PLANE,
                            SMPI_NODE_PLANE,
                            (int)(down % 2)};
    smpi_kernels(p->job->preview->ctx)->finer(&job, x - p->left - first + n);
    return row + (x - p->left);
}

static void render_patch(patch *p)
{
    const smp_preview *preview = p->job->preview;
    const int nodes = preview->core_less > 0.0f;
    float *core = p->rows->core;
    int drawn = 0;
    for (uint32_t y = p->y0; y < p->y1; y++) {
        span s;
        if (!reached(preview, y, p->x0, p->x1, &s))
            continue;
        if (!drawn)
            smpi_draw_tile(preview, p->left, p->top, nodes ? core + SMPI_TILE_STRIDE : core);
        drawn = 1;
        s.through = nodes ? cores_between(p, y, s.x, s.n)
                          : core + (y - p->top) * SMPI_TILE_STRIDE + (s.x - p->left);
        through_span(p, &s);
        if (p->job->layer)
            layer_put(p->job->out, y, s.x, s.n, s.through, SMPI_TILE_PLANE);
        else
            picture_span(p, &s);
    }
}

/* Rows [y0, y1) of a block: what is only copied. Formats that are not composed in one go keep the
 * pixels without pigment, so they need all. */
static void plain_rows(const render_job *job, uint32_t y0, uint32_t y1)
{
    const uint32_t x0 = job->region.x, x1 = x0 + job->region.width;
    const int all = !job->layer && !smpi_light_composes(&job->preview->light);
    for (uint32_t y = y0; y < y1; y++) {
        span s;
        if (all || !reached(job->preview, y, x0, x1, &s)) {
            plain(job, y, x0, x1);
            continue;
        }
        plain(job, y, x0, s.x);
        plain(job, y, s.x + s.n, x1);
    }
}

static void render_block(const render_job *job, const slot_rows *r, uint32_t block)
{
    const smp_preview *preview = job->preview;
    const smp_rect *b = &preview->bounds, *region = &job->region;
    const uint32_t y0 = later(block * SMPI_BAND_ROWS, region->y);
    const uint32_t y1 = sooner((block + 1) * SMPI_BAND_ROWS, region->y + region->height);
    const uint32_t x0 = later(b->x, region->x),
                   x1 = sooner(b->x + b->width, region->x + region->width);
    const uint32_t v0 = later(b->y, y0), v1 = sooner(b->y + b->height, y1);
    plain_rows(job, y0, y1);
    for (uint32_t left = x0 / SMPI_TILE_COLUMNS * SMPI_TILE_COLUMNS; left < x1 && v0 < v1;
         left += SMPI_TILE_COLUMNS) {
        patch p = {job,
                   r,
                   left,
                   block * SMPI_BAND_ROWS,
                   later(left, x0),
                   sooner(left + SMPI_TILE_COLUMNS, x1),
                   v0,
                   v1,
                   {0, 0}};
        render_patch(&p);
    }
}

static smp_status render_slot(void *task, uint32_t slot)
{
    const render_job *job = task;
    const slot_rows rows = rows_of(job->preview, slot);
    const uint32_t first = job->region.y / SMPI_BAND_ROWS;
    const uint32_t last = (job->region.y + job->region.height - 1) / SMPI_BAND_ROWS;
    for (uint32_t block = first + slot; block <= last; block += SMPI_SLOTS)
        render_block(job, &rows, block);
    return SMP_OK;
}

static smp_status check_out(const smp_preview *preview, const smp_image *out, int layer,
                            smp_diag *diag)
{
    const smp_image *photo = &preview->photo;
    SMPI_TRY(smpi_image_check(out, "out", diag));
    if (out->width != photo->width || out->height != photo->height)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "out is %ux%u but the photo is %ux%u", out->width,
                         out->height, photo->width, photo->height);
    if (layer && out->format != SMP_FORMAT_RGB16 && out->format != SMP_FORMAT_RGBF32)
        return smpi_fail(diag, SMP_ERR_ARGUMENT,
                         "out.format is %u, want rgb16 or rgbf32 for a layer", out->format);
    if (!layer && (out->format != photo->format || out->space != photo->space))
        return smpi_fail(diag, SMP_ERR_ARGUMENT,
                         "out has format %u and space %u but the photo has %u and %u", out->format,
                         out->space, photo->format, photo->space);
    if (!layer && smpi_format_has_alpha(out->format) && out->alpha != photo->alpha)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "out: alpha is %u but the photo's is %u",
                         out->alpha, photo->alpha);
    return SMP_OK;
}

static smp_status check_region(const smp_image *out, const smp_rect *region, smp_diag *diag)
{
    if (region->width == 0 || region->height == 0 || region->x >= out->width ||
        region->y >= out->height || region->width > out->width - region->x ||
        region->height > out->height - region->y)
        return smpi_fail(diag, SMP_ERR_ARGUMENT,
                         "region %u,%u %ux%u is not inside the %ux%u picture", region->x, region->y,
                         region->width, region->height, out->width, out->height);
    return SMP_OK;
}

typedef struct request {
    double day;
    const smp_rect *region;
    const smp_image *out;
    const smp_progress *progress;
    int layer;
} request;

static smp_status render(smp_preview *preview, const request *q, smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(preview, diag);
    SMPI_NEED(q->out, diag);
    SMPI_TRY(check_out(preview, q->out, q->layer, diag));
    if (!(q->day >= -1.0 && q->day <= 36500.0))
        return smpi_fail(diag, SMP_ERR_RANGE, "day is %g, want [-1, 36500]", q->day);
    const smp_rect whole = {0, 0, q->out->width, q->out->height};
    render_job job = {preview, q->region ? *q->region : whole, q->out, q->layer};
    SMPI_TRY(check_region(q->out, &job.region, diag));
    if (smpi_view_begin(preview, &job.region)) {
        SMPI_TRY(smpi_run_end(diag, smpi_draw_dots(preview, q->day), "render"));
        SMPI_TRY(smpi_run_end(diag, smpi_tail_fill(preview), "render"));
        SMPI_TRY(smpi_run_end(diag, smpi_settle_cores(preview), "render"));
        SMPI_TRY(smpi_run_end(diag, smpi_red_fill(preview, &preview->clock), "render"));
    }
    SMPI_TRY(smpi_report(q->progress, 0.2, "render", diag));
    return smpi_run_progress(preview->ctx, render_slot, &job, SMPI_SLOTS, q->progress, 0.2, 1.0,
                             "render", diag);
}

SMPI_APART smp_status preview_render_guarded(smp_preview *preview, double day,
                                             const smp_rect *region, const smp_image *out,
                                             const smp_progress *progress, smp_diag *diag)
{
    const request q = {day, region, out, progress, 0};
    return render(preview, &q, diag);
}

smp_status smp_preview_render(smp_preview *preview, double day, const smp_rect *region,
                              const smp_image *out, const smp_progress *progress, smp_diag *diag)
{
    SMPI_GUARD(smp_status, preview_render_guarded(preview, day, region, out, progress, diag));
}

SMPI_APART smp_status preview_layer_guarded(smp_preview *preview, double day,
                                            const smp_rect *region, const smp_image *out,
                                            const smp_progress *progress, smp_diag *diag)
{
    const request q = {day, region, out, progress, 1};
    return render(preview, &q, diag);
}

smp_status smp_preview_layer(smp_preview *preview, double day, const smp_rect *region,
                             const smp_image *out, const smp_progress *progress, smp_diag *diag)
{
    SMPI_GUARD(smp_status, preview_layer_guarded(preview, day, region, out, progress, diag));
}
