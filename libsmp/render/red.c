/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Redness round fresh dots: punctures per mm2 of skin, spread over a coarse grid, turned into blood
 * by the optics of this skin. source: docs/model/render.md, "Redness"; docs/model/time.md, 2 */
#include "render/red.h"

#include <math.h>
#include <string.h>

#include "ageing/skin.h"
#include "base/diag.h"
#include "base/math.h"
#include "render/preview.h"

#define NODE_MM 0.5
#define SPREAD_MM 0.8 /* standard deviation of the redness of one puncture (assumed) */
#define TAPS_MOST 24u
#define BLOCK_ROWS 16u
#define HALF_PER_MM2 0.35 /* fresh punctures that redden 1 - 1/e of the most (assumed) */

static void fit_colour(smpi_red *red, const smp_skin *skin, smp_space space)
{
    double half[3], full[3];
    smpi_skin_red(skin, 0.5, space, half);
    smpi_skin_red(skin, 1.0, space, full);
    for (int c = 0; c < 3; c++) {
        const double y1 = 1.0 / half[c] - 1.0, y2 = 1.0 / full[c] - 1.0;
        const double a = fmax(4.0 * y1 - y2, 0.0);
        red->a[c] = (float)a;
        red->b[c] = (float)(y2 - a);
    }
}

static void fill_taps(smpi_red *red, double sigma_nodes)
{
    double value[TAPS_MOST], sum = 0.0;
    for (uint32_t i = 0; i < red->tap_count; i++) {
        const double x = (double)i / (sigma_nodes > 0.05 ? sigma_nodes : 0.05);
        value[i] = smpi_exp(-0.5 * x * x);
        sum += i ? 2.0 * value[i] : value[i];
    }
    for (uint32_t i = 0; i < red->tap_count; i++)
        red->taps[i] = (float)(value[i] / sum);
}

smp_status smpi_red_create(smp_preview *preview, const smp_skin *skin, smp_diag *diag)
{
    smpi_red *red = &preview->red;
    *red = (smpi_red){0};
    const smp_camera camera = smp_scalp_camera(preview->scalp);
    const double step = floor(NODE_MM * camera.px_per_mm);
    red->step = step > 1.0 ? (step < 4096.0 ? (uint32_t)step : 4096u) : 1u;
    red->width = preview->bounds.width / red->step + 2;
    red->height = preview->bounds.height / red->step + 2;
    const double sigma = SPREAD_MM * camera.px_per_mm / red->step;
    /* both the gathering to nodes and the reading between them spread by a sixth of a node */
    const double nodes2 = sigma * sigma - 1.0 / 3.0, held = nodes2 > 0.0 ? sqrt(nodes2) : 0.0;
    const double taps = ceil(3.0 * held) + 1.0;
    size_t nodes;
    red->tap_count = taps < (double)TAPS_MOST ? (uint32_t)taps : TAPS_MOST;
    if (smpi_mul(red->width, red->height, &nodes) || nodes > SIZE_MAX / (4 * sizeof(float)))
        return smpi_fail(diag, SMP_ERR_LIMIT, "redness: %u x %u nodes are too many", red->width,
                         red->height);
    red->memory_floats = 2 * nodes + red->tap_count;
    SMPI_TRY(
        smpi_new(preview->ctx, &red->memory, red->memory_floats, sizeof(float), "redness", diag));
    red->map = red->memory;
    red->scratch = red->map + nodes;
    red->taps = red->scratch + nodes;
    fill_taps(red, held);
    fit_colour(red, skin, (smp_space)preview->photo.space);
    return SMP_OK;
}

void smpi_red_destroy(const smp_context *ctx, smpi_red *red)
{
    smpi_free(ctx, red->memory, red->memory_floats * sizeof(float));
    red->memory = NULL;
}

typedef struct gather_job {
    const smp_preview *preview;
    const smpi_clock *clock;
} gather_job;

/* What a seen dot gives on the day: 0 or more. */
static float given_by(const gather_job *job, uint32_t i)
{
    const smp_preview *preview = job->preview;
    const smpi_seen_dot *seen = preview->seen + i;
    const float scale = 1.0f / (float)preview->red.step;
    const double now = job->clock->moment[preview->still.group[i]].healing.red;
    if (!(now > 0.0 && preview->still.dose[i] > 0.0f))
        return 0.0f;
    const float det = seen->cov[0] * seen->cov[2] - seen->cov[1] * seen->cov[1];
    const float px2_per_mm2 = det > 0.0f ? sqrtf(det) : 0.0f;
    const float uneven = 0.75f + 0.5f * preview->still.patch[i];
    return (float)now * uneven * px2_per_mm2 * scale * scale;
}

/* Gives to rows [from, to) of nodes alone. */
static void gather(const gather_job *job, uint32_t index, uint32_t from, uint32_t to)
{
    const smp_preview *preview = job->preview;
    const smpi_red *red = &preview->red;
    const float scale = 1.0f / (float)red->step;
    const float fx = (preview->seen[index].u - (float)preview->bounds.x) * scale;
    const float fy = (preview->seen[index].v - (float)preview->bounds.y) * scale;
    if (!(fx >= 0.0f && fy >= 0.0f && fx < (float)(red->width - 1) &&
          fy < (float)(red->height - 1)))
        return;
    const uint32_t i = (uint32_t)fx, j = (uint32_t)fy;
    if (j + 1 < from || j >= to)
        return;
    const float amount = given_by(job, index), ax = fx - (float)i, ay = fy - (float)j;
    float *at = red->map + (size_t)j * red->width + i;
    if (!(amount > 0.0f))
        return;
    if (j >= from) {
        at[0] += amount * (1.0f - ax) * (1.0f - ay);
        at[1] += amount * ax * (1.0f - ay);
    }
    if (j + 1 < to) {
        at[red->width] += amount * (1.0f - ax) * ay;
        at[red->width + 1] += amount * ax * ay;
    }
}

/* Rows of nodes, from the bands whose dots reach them. */
static smp_status gather_rows(void *task, uint32_t block)
{
    const gather_job *job = task;
    const smp_preview *preview = job->preview;
    const smpi_red *red = &preview->red;
    const smpi_window *load = &preview->view.red_load;
    const uint32_t from = load->y0 + block * BLOCK_ROWS, next = from + BLOCK_ROWS;
    const uint32_t to = next < load->y1 ? next : load->y1;
    const float step = (float)red->step, left = (float)preview->bounds.x;
    const float top = (float)preview->bounds.y;
    const smpi_frame box = {left + ((float)load->x0 - 1.0f) * step - 1.0f,
                            top + ((float)from - 1.0f) * step - 1.0f,
                            left + (float)load->x1 * step + 1.0f, top + (float)to * step + 1.0f};
    uint32_t first, bands;
    smpi_dot_run run[SMPI_GROUPS_MAX];
    memset(red->map + (size_t)from * red->width, 0,
           (size_t)(to - from) * red->width * sizeof(float));
    smpi_view_bands(preview, &box, &first, &bands);
    for (uint32_t band = first; band < first + bands; band++) {
        const uint32_t count = smpi_view_runs(preview, band, &box, run);
        for (uint32_t k = 0; k < count; k++)
            for (uint32_t i = run[k].first; i < run[k].end; i++)
                gather(job, i, from, to);
    }
    return SMP_OK;
}

typedef struct blur_job {
    const smpi_red *red;
    const smpk_table *kernels;
    smpi_window read, load; /* rows alone */
} blur_job;

static smp_status blur_across(void *task, uint32_t block)
{
    const blur_job *job = task;
    const smpi_red *red = job->red;
    const size_t w = red->width, first = job->load.y0 + (size_t)block * BLOCK_ROWS;
    for (size_t j = first; j < first + BLOCK_ROWS && j < job->load.y1; j++) {
        const float *src = red->map + j * w;
        float *dst = red->scratch + j * w;
        for (size_t i = 0; i < w; i++)
            dst[i] = red->taps[0] * src[i];
        for (size_t k = 1; k < red->tap_count && k < w; k++)
            for (size_t i = 0; i < w - k; i++) {
                dst[i] += red->taps[k] * src[i + k];
                dst[i + k] += red->taps[k] * src[i];
            }
    }
    return SMP_OK;
}

/* And then saturates what is there. */
static smp_status blur_down(void *task, uint32_t block)
{
    const blur_job *job = task;
    const smpi_red *red = job->red;
    const size_t w = red->width, h = red->height;
    const size_t first = job->read.y0 + (size_t)block * BLOCK_ROWS;
    for (size_t j = first; j < first + BLOCK_ROWS && j < job->read.y1; j++) {
        float *dst = red->map + j * w;
        for (size_t i = 0; i < w; i++)
            dst[i] = red->taps[0] * red->scratch[j * w + i];
        for (size_t k = 1; k < red->tap_count; k++) {
            const float *above = j >= k ? red->scratch + (j - k) * w : NULL;
            const float *below = j + k < h ? red->scratch + (j + k) * w : NULL;
            for (size_t i = 0; above && i < w; i++)
                dst[i] += red->taps[k] * above[i];
            for (size_t i = 0; below && i < w; i++)
                dst[i] += red->taps[k] * below[i];
        }
        job->kernels->sated(dst, (float)(1.0 / HALF_PER_MM2), w);
    }
    return SMP_OK;
}

static uint32_t blocks_of(const smpi_window *w)
{
    return (w->y1 - w->y0 + BLOCK_ROWS - 1) / BLOCK_ROWS;
}

smp_status smpi_red_fill(smp_preview *preview, const smpi_clock *clock)
{
    smpi_red *red = &preview->red;
    const smp_context *ctx = preview->ctx;
    gather_job dots = {preview, clock};
    blur_job job = {red, smpi_kernels(ctx), preview->view.red_read, preview->view.red_load};
    double most = 0.0;
    for (uint32_t g = 0; g < clock->count; g++)
        most = fmax(most, clock->moment[g].healing.red);
    red->shown = most > 0.0;
    if (!red->shown)
        return SMP_OK;
    SMPI_TRY(smpi_run(ctx, gather_rows, &dots, blocks_of(&job.load)));
    SMPI_TRY(smpi_run(ctx, blur_across, &job, blocks_of(&job.load)));
    return smpi_run(ctx, blur_down, &job, blocks_of(&job.read));
}

/* Redness s of one pixel, of which mask / 65535 may be treated. */
static void redden(const smpi_red *red, float s, uint16_t mask, float *through, size_t plane)
{
    const float part = (float)mask * (1.0f / 65535.0f);
    for (int c = 0; c < 3; c++) {
        const float more = red->a[c] * s + red->b[c] * s * s;
        through[(size_t)c * plane] *= 1.0f - part * (more / (1.0f + more));
    }
}

void smpi_red_row(const smp_preview *preview, uint32_t y, uint32_t x0, uint32_t n, float *through,
                  size_t plane)
{
    const smpi_red *red = &preview->red;
    const uint16_t *mask = preview->ground.mask + smpi_ground_at(&preview->ground, x0, y);
    const float scale = 1.0f / (float)red->step;
    const float fy = ((float)(y - preview->bounds.y) + 0.5f) * scale;
    const uint32_t j = (uint32_t)fy;
    const float ay = fy - (float)j;
    const float *top = red->map + (size_t)j * red->width, *low = top + red->width;
    for (uint32_t i = 0; i < n; i++) {
        const float fx = ((float)(x0 + i - preview->bounds.x) + 0.5f) * scale;
        const uint32_t k = (uint32_t)fx;
        const float ax = fx - (float)k;
        const float left = top[k] + (low[k] - top[k]) * ay;
        const float right = top[k + 1] + (low[k + 1] - top[k + 1]) * ay;
        const float s = left + (right - left) * ax;
        if (s > 0.0f)
            redden(red, s, mask[i], through + i, plane);
    }
}
