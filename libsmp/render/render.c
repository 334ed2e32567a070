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

/* Buffers of one slot. */
typedef struct slot_rows {
    float *core, *light, *tail, *through, *mixed, *shine, *nodes;
    size_t core_plane, row_plane;
} slot_rows;

static slot_rows rows_of(const smp_preview *preview, uint32_t slot)
{
    const size_t width = preview->bounds.width;
    if (!preview->rows) /* no dots are seen: nothing will be drawn */
        return (slot_rows){0};
    slot_rows r = {.core_plane = (width + SMPI_CORE_PAD) * SMPI_BAND_ROWS, .row_plane = width};
    r.core = preview->rows + slot * preview->slot_floats;
    r.light = r.core + 3 * r.core_plane;
    r.tail = r.light + 3 * width;
    r.through = r.tail + 3 * width;
    r.mixed = r.through + 3 * width;
    r.shine = r.mixed + 3 * width;
    r.nodes = r.shine + width;
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

/* What the pigment lets through in n pixels of row y from x0, three planes. */
static void through_row(const smp_preview *preview, const slot_rows *r, uint32_t y, uint32_t x0,
                        uint32_t n)
{
    const smpk_table *k = smpi_kernels(preview->ctx);
    const size_t width = preview->bounds.width, column = x0 - preview->bounds.x;
    const size_t inside =
        (y - preview->band_top) % SMPI_BAND_ROWS * (width + SMPI_CORE_PAD) + column;
    const uint16_t *mask = preview->ground.mask + (y - preview->bounds.y) * width + column;
    smpi_tail_row(preview, y, x0, n, r->nodes, r->tail);
    for (size_t c = 0; c < 3; c++)
        k->through(r->through + c * r->row_plane, r->core + c * r->core_plane + inside,
                   r->tail + c * r->row_plane, mask, n);
    if (preview->red.shown)
        smpi_red_row(preview, y, x0, n, r->through, r->row_plane);
    if (preview->scar.shown)
        smpi_scar_row(preview, y, x0, n, r->through, r->row_plane);
}

/* Pixels of formats that are not 8-bit colour, in linear light. */
static void slow_row(const render_job *job, const slot_rows *r, uint32_t y, uint32_t x0, uint32_t n)
{
    const smp_preview *preview = job->preview;
    smpi_light_get(&preview->light, &preview->photo, y, x0, n, r->light, r->row_plane);
    for (uint32_t i = 0; i < n; i++)
        for (size_t c = 0; c < 3; c++)
            r->mixed[3 * i + c] = r->light[c * r->row_plane + i];
    smpi_scalp_shine_row(preview->scalp, y, x0, n, r->mixed, r->shine);
    for (size_t c = 0; c < 3; c++)
        smpi_kernels(preview->ctx)
            ->under(r->light + c * r->row_plane, r->shine, r->through + c * r->row_plane, n);
    smpi_light_put(&preview->light, job->out, y, x0, n, r->light, r->through, r->row_plane);
}

static void picture_row(const render_job *job, const slot_rows *r, uint32_t y, uint32_t x0,
                        uint32_t n)
{
    const smp_preview *preview = job->preview;
    const smp_image *photo = &preview->photo, *out = job->out;
    const size_t at = x0 * (size_t)smp_format_pixel_size((smp_format)photo->format);
    const size_t ground = (size_t)(y - preview->bounds.y) * preview->bounds.width;
    const smpi_light_row row = {
        (const uint8_t *)photo->data + (ptrdiff_t)y * photo->stride + at,
        (uint8_t *)out->data + (ptrdiff_t)y * out->stride + at,
        {r->through, r->through + r->row_plane, r->through + 2 * r->row_plane},
        preview->ground.shine ? preview->ground.shine + ground + (x0 - preview->bounds.x) : NULL};
    if (!smpi_light_compose(&preview->light, smpi_kernels(preview->ctx), &row, n))
        slow_row(job, r, y, x0, n);
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

/* Pixels that no dot reaches: the photo's own, or a layer that lets all through. */
static void plain_row(const render_job *job, uint32_t y)
{
    const smp_image *photo = &job->preview->photo, *out = job->out;
    if (job->layer) {
        layer_put(out, y, job->region.x, job->region.width, NULL, 0);
        return;
    }
    const size_t pixel = smp_format_pixel_size((smp_format)photo->format);
    const uint8_t *from =
        (const uint8_t *)photo->data + (ptrdiff_t)y * photo->stride + job->region.x * pixel;
    uint8_t *to = (uint8_t *)out->data + (ptrdiff_t)y * out->stride + job->region.x * pixel;
    if (to != from)
        memcpy(to, from, job->region.width * pixel);
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
    for (uint32_t y = y0; y < y1; y++)
        plain_row(job, y);
    if (x0 >= x1 || v0 >= v1 || preview->seen_count == 0)
        return;
    smpi_draw_band(preview, block - preview->band_top / SMPI_BAND_ROWS, r->core, r->core_plane);
    for (uint32_t y = v0; y < v1; y++) {
        const uint32_t row = y - b->y;
        const uint32_t from = later(x0, b->x + preview->ground.from[row]);
        const uint32_t to = sooner(x1, b->x + preview->ground.to[row]);
        if (from >= to)
            continue;
        through_row(preview, r, y, from, to - from);
        if (job->layer)
            layer_put(job->out, y, from, to - from, r->through, r->row_plane);
        else
            picture_row(job, r, y, from, to - from);
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
    if (preview->seen_count > 0) {
        SMPI_TRY(smpi_run_end(diag, smpi_draw_dots(preview, q->day), "render"));
        SMPI_TRY(smpi_run_end(diag, smpi_tail_fill(preview), "render"));
        SMPI_TRY(smpi_run_end(diag, smpi_settle_cores(preview), "render"));
        smpi_red_fill(preview, &preview->clock);
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
