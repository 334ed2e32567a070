/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The broad faint tails of the dots, gathered on a coarse grid: load = spread(pigment) /
 * spread(skin), so that the share per skin is right also where the head turns away. source:
 * docs/model/render.md, "Tails" */
#include <math.h>
#include <string.h>

#include "base/diag.h"
#include "base/math.h"
#include "geometry/camera.h"
#include "render/preview.h"

#define BLOCK_ROWS 16u
#define TAPS_MOST 64u

/* Skin under one node, mm2: that of the surface seen there; 0 off the head. */
static float skin_at(const smp_camera *camera, const smp_head *head, double u, double v,
                     double cell_px2)
{
    const double uv[2] = {u, v};
    double xyz[3], normal[3], seen[2], cov[3], facing;
    if (!smp_camera_unproject(camera, head, uv, xyz, normal) ||
        !smpi_camera_footprint(camera, xyz, normal, seen, cov, &facing))
        return 0.0f;
    const double det = cov[0] * cov[2] - cov[1] * cov[1];
    const double least = 0.01 * camera->px_per_mm * camera->px_per_mm; /* facing 0.01 and below */
    const double px2_per_mm2 = det > least * least ? sqrt(det) : least;
    return (float)(cell_px2 / px2_per_mm2);
}

static void fill_taps(smpi_tail *tail, int channel, double sigma_nodes)
{
    float *taps = tail->taps[channel];
    double sum = 0.0, value[TAPS_MOST];
    for (uint32_t i = 0; i < tail->tap_count; i++) {
        const double x = (double)i / (sigma_nodes > 0.05 ? sigma_nodes : 0.05);
        value[i] = smpi_exp(-0.5 * x * x);
        sum += i ? 2.0 * value[i] : value[i];
    }
    for (uint32_t i = 0; i < tail->tap_count; i++)
        taps[i] = (float)(value[i] / sum);
}

/* dst[i] = sum over k of taps[k] (src[i - k] + src[i + k]), nothing beyond the ends. */
static void blur_line(const smpi_tail *tail, const float *taps, const float *src, float *dst)
{
    const uint32_t n = tail->width;
    for (uint32_t i = 0; i < n; i++)
        dst[i] = taps[0] * src[i];
    for (uint32_t k = 1; k < tail->tap_count && k < n; k++)
        for (uint32_t i = 0; i < n - k; i++) {
            dst[i] += taps[k] * src[i + k];
            dst[i + k] += taps[k] * src[i];
        }
}

static smp_status blur_across(void *task, uint32_t block)
{
    smpi_tail *tail = task;
    for (uint32_t c = 0; c < 3; c++)
        for (uint32_t j = block * BLOCK_ROWS; j < (block + 1) * BLOCK_ROWS && j < tail->height; j++)
            blur_line(tail, tail->taps[c], tail->load[c] + (size_t)j * tail->width,
                      tail->scratch[c] + (size_t)j * tail->width);
    return SMP_OK;
}

static void blur_column_row(const smpi_tail *tail, uint32_t c, uint32_t j)
{
    const size_t w = tail->width;
    const float *taps = tail->taps[c], *src = tail->scratch[c];
    float *dst = tail->load[c] + j * w;
    for (size_t i = 0; i < w; i++)
        dst[i] = taps[0] * src[j * w + i];
    for (uint32_t k = 1; k < tail->tap_count; k++) {
        const float *above = j >= k ? src + (j - k) * w : NULL;
        const float *below = j + k < tail->height ? src + (j + k) * w : NULL;
        for (size_t i = 0; above && i < w; i++)
            dst[i] += taps[k] * above[i];
        for (size_t i = 0; below && i < w; i++)
            dst[i] += taps[k] * below[i];
    }
}

static smp_status blur_down(void *task, uint32_t block)
{
    smpi_tail *tail = task;
    for (uint32_t c = 0; c < 3; c++)
        for (uint32_t j = block * BLOCK_ROWS; j < (block + 1) * BLOCK_ROWS && j < tail->height;
             j++) {
            blur_column_row(tail, c, j);
            float *load = tail->load[c] + (size_t)j * tail->width;
            const float *weight = tail->weight[c] + (size_t)j * tail->width;
            for (uint32_t i = 0; i < tail->width; i++)
                load[i] *= weight[i];
        }
    return SMP_OK;
}

static smp_status blur(const smp_context *ctx, smpi_tail *tail)
{
    const uint32_t blocks = (tail->height + BLOCK_ROWS - 1) / BLOCK_ROWS;
    SMPI_TRY(smpi_run(ctx, blur_across, tail, blocks));
    return smpi_run(ctx, blur_down, tail, blocks);
}

static void carve(smpi_tail *tail, size_t nodes)
{
    float *at = tail->memory;
    for (int c = 0; c < 3; c++, at += 3 * nodes + tail->tap_count) {
        tail->load[c] = at;
        tail->weight[c] = at + nodes;
        tail->scratch[c] = at + 2 * nodes;
        tail->taps[c] = at + 3 * nodes;
    }
}

static void size_grid(smp_preview *preview, double sigma_px[3])
{
    smpi_tail *tail = &preview->tail;
    const smp_camera camera = smp_scalp_camera(preview->scalp);
    const double step = floor(0.35 * camera.px_per_mm);
    double widest = 0.0;
    tail->step = step > 1.0 ? (step < 4096.0 ? (uint32_t)step : 4096u) : 1u;
    tail->width = preview->bounds.width / tail->step + 2;
    tail->height = preview->bounds.height / tail->step + 2;
    for (int c = 0; c < 3; c++) {
        /* both the gathering to nodes and the reading between them spread by step^2 / 6 */
        const double node2 = (double)tail->step * tail->step;
        const double var = 0.5 * (double)preview->model.tail_r2_mm2[c] * camera.px_per_mm *
                               camera.px_per_mm / node2 -
                           1.0 / 3.0;
        sigma_px[c] = var > 0.0 ? sqrt(var) : 0.0;
        widest = sigma_px[c] > widest ? sigma_px[c] : widest;
    }
    const double taps = ceil(3.5 * widest) + 1.0;
    tail->tap_count = taps < (double)TAPS_MOST ? (uint32_t)taps : TAPS_MOST;
}

/* The skin under each node, and from it the weights. */
static smp_status fill_weights(smp_preview *preview)
{
    smpi_tail *tail = &preview->tail;
    const smp_camera camera = smp_scalp_camera(preview->scalp);
    const double cell = (double)tail->step * tail->step;
    smp_head head;
    smp_head_init(&head);
    SMPI_TRY(smp_plan_get_head(preview->plan, &head, NULL));
    const size_t nodes = (size_t)tail->width * tail->height;
    for (uint32_t j = 0; j < tail->height; j++)
        for (uint32_t i = 0; i < tail->width; i++)
            tail->load[0][(size_t)j * tail->width + i] =
                skin_at(&camera, &head, (double)preview->bounds.x + (double)i * tail->step,
                        (double)preview->bounds.y + (double)j * tail->step, cell);
    for (int c = 1; c < 3; c++)
        memcpy(tail->load[c], tail->load[0], nodes * sizeof(float));
    for (int c = 0; c < 3; c++)
        for (size_t i = 0; i < nodes; i++)
            tail->weight[c][i] = 1.0f;
    SMPI_TRY(blur(preview->ctx, tail));
    const float least = 1e-3f * (float)(cell / (camera.px_per_mm * camera.px_per_mm));
    for (int c = 0; c < 3; c++)
        for (size_t i = 0; i < nodes; i++)
            tail->weight[c][i] = tail->load[c][i] > least ? 1.0f / tail->load[c][i] : 0.0f;
    return SMP_OK;
}

smp_status smpi_tail_create(smp_preview *preview, smp_diag *diag)
{
    smpi_tail *tail = &preview->tail;
    double sigma_nodes[3];
    size_grid(preview, sigma_nodes);
    const size_t nodes = (size_t)tail->width * tail->height;
    tail->memory_floats = 3 * (3 * nodes + tail->tap_count);
    SMPI_TRY(
        smpi_new(preview->ctx, &tail->memory, tail->memory_floats, sizeof(float), "tails", diag));
    carve(tail, nodes);
    for (int c = 0; c < 3; c++)
        fill_taps(tail, c, sigma_nodes[c]);
    return fill_weights(preview);
}

void smpi_tail_destroy(const smp_context *ctx, smpi_tail *tail)
{
    smpi_free(ctx, tail->memory, tail->memory_floats * sizeof(float));
    tail->memory = NULL;
}

/* A dot's tail, shared among the four nodes around it. */
static void gather(smpi_tail *tail, float fx, float fy, const float amount[3])
{
    if (!(fx >= 0.0f && fy >= 0.0f))
        return;
    const uint32_t i = (uint32_t)fx, j = (uint32_t)fy;
    if (i + 1 >= tail->width || j + 1 >= tail->height)
        return;
    const float ax = fx - (float)i, ay = fy - (float)j;
    const size_t at = (size_t)j * tail->width + i;
    for (int c = 0; c < 3; c++) {
        float *load = tail->load[c] + at;
        load[0] += amount[c] * (1.0f - ax) * (1.0f - ay);
        load[1] += amount[c] * ax * (1.0f - ay);
        load[tail->width] += amount[c] * (1.0f - ax) * ay;
        load[tail->width + 1] += amount[c] * ax * ay;
    }
}

smp_status smpi_tail_fill(smp_preview *preview)
{
    smpi_tail *tail = &preview->tail;
    const size_t nodes = (size_t)tail->width * tail->height;
    for (int c = 0; c < 3; c++)
        memset(tail->load[c], 0, nodes * sizeof(float));
    const float scale = 1.0f / (float)tail->step;
    for (uint32_t i = 0; i < preview->seen_count; i++)
        gather(tail, (preview->seen[i].u - (float)preview->bounds.x) * scale,
               (preview->seen[i].v - (float)preview->bounds.y) * scale, preview->drawn[i].tail);
    return blur(preview->ctx, tail);
}

void smpi_tail_row(const smpi_tail *tail, const smp_rect *bounds, uint32_t y, uint32_t x0,
                   uint32_t n, float *planes, size_t plane)
{
    const float scale = 1.0f / (float)tail->step;
    const float fy = ((float)(y - bounds->y) + 0.5f) * scale;
    const uint32_t j = (uint32_t)fy;
    const float ay = fy - (float)j;
    for (int c = 0; c < 3; c++) {
        const float *top = tail->load[c] + (size_t)j * tail->width;
        const float *low = top + tail->width;
        for (uint32_t i = 0; i < n; i++) {
            const float fx = ((float)(x0 + i - bounds->x) + 0.5f) * scale;
            const uint32_t k = (uint32_t)fx;
            const float ax = fx - (float)k;
            const float left = top[k] + (low[k] - top[k]) * ay;
            const float right = top[k + 1] + (low[k + 1] - top[k + 1]) * ay;
            planes[(size_t)c * plane + i] = left + (right - left) * ax;
        }
    }
}
