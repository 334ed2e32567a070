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
#include "synthesis/dots.h"

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

static void gather(smpi_red *red, float fx, float fy, float amount)
{
    if (!(fx >= 0.0f && fy >= 0.0f && fx < (float)(red->width - 1) &&
          fy < (float)(red->height - 1)))
        return;
    const uint32_t i = (uint32_t)fx, j = (uint32_t)fy;
    const float ax = fx - (float)i, ay = fy - (float)j;
    float *at = red->map + (size_t)j * red->width + i;
    at[0] += amount * (1.0f - ax) * (1.0f - ay);
    at[1] += amount * ax * (1.0f - ay);
    at[red->width] += amount * (1.0f - ax) * ay;
    at[red->width + 1] += amount * ax * ay;
}

typedef struct blur_job {
    const smpi_red *red;
    const smpk_table *kernels;
} blur_job;

static smp_status blur_across(void *task, uint32_t block)
{
    const smpi_red *red = ((const blur_job *)task)->red;
    const size_t w = red->width, first = (size_t)block * BLOCK_ROWS, next = first + BLOCK_ROWS;
    for (size_t j = first; j < next && j < red->height; j++) {
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
    const size_t first = (size_t)block * BLOCK_ROWS, next = first + BLOCK_ROWS;
    for (size_t j = first; j < next && j < h; j++) {
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

static smp_status blur(const smpi_red *red, const smp_context *ctx)
{
    blur_job job = {red, smpi_kernels(ctx)};
    const uint32_t blocks = (red->height + BLOCK_ROWS - 1) / BLOCK_ROWS;
    SMPI_TRY(smpi_run(ctx, blur_across, &job, blocks));
    return smpi_run(ctx, blur_down, &job, blocks);
}

smp_status smpi_red_fill(smp_preview *preview, const smpi_clock *clock)
{
    smpi_red *red = &preview->red;
    const smp_dots_view *v = &preview->dots->view;
    const float scale = 1.0f / (float)red->step;
    double most = 0.0;
    for (uint32_t g = 0; g < clock->count; g++)
        most = fmax(most, clock->moment[g].healing.red);
    red->shown = most > 0.0;
    if (!red->shown)
        return SMP_OK;
    const size_t nodes = (size_t)red->width * red->height;
    memset(red->map, 0, nodes * sizeof(float));
    for (uint32_t i = 0; i < preview->seen_count; i++) {
        const smpi_seen_dot *seen = preview->seen + i;
        const double now = clock->moment[v->session[seen->index]].healing.red;
        if (!(now > 0.0 && v->dose[seen->index] > 0.0f))
            continue;
        const float det = seen->cov[0] * seen->cov[2] - seen->cov[1] * seen->cov[1];
        const float px2_per_mm2 = det > 0.0f ? sqrtf(det) : 0.0f;
        const float uneven = 0.75f + 0.5f * preview->still.patch[i];
        gather(red, (seen->u - (float)preview->bounds.x) * scale,
               (seen->v - (float)preview->bounds.y) * scale,
               (float)now * uneven * px2_per_mm2 * scale * scale);
    }
    return blur(red, preview->ctx);
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
