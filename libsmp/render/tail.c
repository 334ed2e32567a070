/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The broad faint tails of the dots, gathered on two coarse grids, one for the narrower tail and
 * one for the wider: load = spread(pigment) / spread(skin), so that the share per skin is right
 * also where the head turns away. source: docs/model/render.md, "Tails" */
#include <math.h>
#include <string.h>

#include "base/diag.h"
#include "base/math.h"
#include "render/preview.h"

#define BLOCK_ROWS 16u
#define TAPS_MOST 64u
#define PIECE 512u /* nodes of a row that are worked on together */

/* Of the narrower and of the wider tail: how far apart nodes may be, in standard deviations of the
 * least spread channel as the picture shows it (tests/rooms/test_tail.c says what that costs). */
static const double node_sigmas[2] = {0.98, 1.40};

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

typedef struct blur_job {
    const smp_preview *preview;
    smpi_tail *tail;
    smpi_window read, load; /* nodes that are wanted, and those that they are blurred from */
    int gathers;            /* 1: what is blurred is first gathered from the dots */
} blur_job;

/* A row, a piece at a time, with nothing beyond its ends. */
static void blur_line(const blur_job *job, int c, const float *src, float *dst)
{
    const uint32_t n = job->tail->width, reach = job->tail->tap_count - 1;
    float piece[PIECE + 2 * TAPS_MOST];
    for (uint32_t i = job->read.x0; i < job->read.x1; i += PIECE) {
        const uint32_t m = job->read.x1 - i < PIECE ? job->read.x1 - i : PIECE;
        const uint32_t from = i > reach ? i - reach : 0;
        const uint32_t to = n - i - m > reach ? i + m + reach : n;
        memset(piece, 0, sizeof piece);
        memcpy(piece + TAPS_MOST - (i - from), src + from, (to - from) * sizeof *src);
        smpi_kernels(job->preview->ctx)
            ->fir(dst + i, piece + TAPS_MOST, 1, job->tail->taps[c], job->tail->tap_count, m);
    }
}

static smp_status blur_across(void *task, uint32_t block)
{
    const blur_job *job = task;
    const smpi_tail *tail = job->tail;
    const uint32_t from = job->load.y0 + block * BLOCK_ROWS, next = from + BLOCK_ROWS;
    const uint32_t to = next < job->load.y1 ? next : job->load.y1;
    if (job->gathers)
        smpi_gather_dots(job->preview, tail != job->preview->tail, from, to);
    for (int c = 0; c < 3; c++)
        for (uint32_t j = from; j < to; j++)
            blur_line(job, c, tail->load[c] + (size_t)j * tail->width,
                      tail->scratch[c] + (size_t)j * tail->width);
    return SMP_OK;
}

/* Near the upper and lower ends, where rows are missing. */
static void blur_end_row(const blur_job *job, int c, uint32_t j)
{
    const smpi_tail *tail = job->tail;
    const size_t w = tail->width, first = job->read.x0, end = job->read.x1;
    const float *taps = tail->taps[c], *src = tail->scratch[c];
    float *dst = tail->load[c] + j * w;
    for (size_t i = first; i < end; i++)
        dst[i] = taps[0] * src[j * w + i];
    for (uint32_t k = 1; k < tail->tap_count; k++) {
        const float *above = j >= k ? src + (j - k) * w : NULL;
        const float *below = j + k < tail->height ? src + (j + k) * w : NULL;
        for (size_t i = first; above && i < end; i++)
            dst[i] += taps[k] * above[i];
        for (size_t i = first; below && i < end; i++)
            dst[i] += taps[k] * below[i];
    }
}

static smp_status blur_down(void *task, uint32_t block)
{
    const blur_job *job = task;
    const smpi_tail *tail = job->tail;
    const uint32_t w = tail->width, reach = tail->tap_count - 1;
    const uint32_t first = job->read.x0, n = job->read.x1 - first;
    const uint32_t from = job->read.y0 + block * BLOCK_ROWS, next = from + BLOCK_ROWS;
    for (int c = 0; c < 3; c++)
        for (uint32_t j = from; j < next && j < job->read.y1; j++) {
            const size_t at = (size_t)j * w + first;
            float *load = tail->load[c] + at;
            const float *weight = tail->weight[c] + at;
            if (j >= reach && j + reach < tail->height)
                smpi_kernels(job->preview->ctx)
                    ->fir(load, tail->scratch[c] + at, w, tail->taps[c], tail->tap_count, n);
            else
                blur_end_row(job, c, j);
            for (uint32_t i = 0; i < n; i++)
                load[i] *= weight[i];
        }
    return SMP_OK;
}

static uint32_t blocks_of(const smpi_window *w)
{
    return (w->y1 - w->y0 + BLOCK_ROWS - 1) / BLOCK_ROWS;
}

static smp_status blur(const blur_job *job)
{
    blur_job own = *job;
    SMPI_TRY(smpi_run(job->preview->ctx, blur_across, &own, blocks_of(&job->load)));
    return smpi_run(job->preview->ctx, blur_down, &own, blocks_of(&job->read));
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

/* The variance of a tail in the picture, px2: blur and the pixel's box spread it, too. */
static double tail_variance(const smp_preview *preview, int which, int c)
{
    const double px_per_mm = smp_scalp_camera(preview->scalp).px_per_mm;
    const smpi_dot_model *m = preview->model;
    const double r2 = (double)(which ? m->far_r2_mm2[c] : m->near_r2_mm2[c]);
    return 0.5 * r2 * px_per_mm * px_per_mm + preview->blur_px * preview->blur_px + 1.0 / 12.0;
}

static void size_grid(smp_preview *preview, int which, double sigma_nodes[3])
{
    smpi_tail *tail = preview->tail + which;
    double widest = 0.0, least = tail_variance(preview, which, 0);
    for (int c = 1; c < 3; c++)
        least = fmin(least, tail_variance(preview, which, c));
    const double step = floor(node_sigmas[which] * sqrt(least));
    tail->step = step > 1.0 ? (step < 4096.0 ? (uint32_t)step : 4096u) : 1u;
    tail->width = preview->bounds.width / tail->step + 2;
    tail->height = preview->bounds.height / tail->step + 2;
    for (int c = 0; c < 3; c++) {
        /* gathering to nodes spreads by step^2 / 6, and so does reading between them, but at
         * pixels, of which some are nodes, by (step^2 - 1) / 6 */
        const double node2 = (double)tail->step * tail->step;
        const double var = tail_variance(preview, which, c) / node2 - (2.0 - 1.0 / node2) / 6.0;
        sigma_nodes[c] = var > 0.0 ? sqrt(var) : 0.0;
        widest = fmax(widest, sigma_nodes[c]);
    }
    const double taps = ceil(3.5 * widest) + 1.0;
    tail->tap_count = taps < (double)TAPS_MOST ? (uint32_t)taps : TAPS_MOST;
}

/* The skin that each node stands for, gathered as the dots will be, and from it the weights. */
static smp_status fill_weights(smp_preview *preview, int which, const smpi_pieces *old,
                               smp_diag *diag)
{
    smpi_tail *tail = preview->tail + which;
    const double px_per_mm = smp_scalp_camera(preview->scalp).px_per_mm;
    const double cell_mm2 = (double)tail->step * tail->step / (px_per_mm * px_per_mm);
    const size_t nodes = (size_t)tail->width * tail->height;
    memset(tail->load[0], 0, nodes * sizeof(float));
    SMPI_TRY(smpi_pieces_gather(preview, which, old, diag));
    for (int c = 1; c < 3; c++)
        memcpy(tail->load[c], tail->load[0], nodes * sizeof(float));
    for (int c = 0; c < 3; c++)
        for (size_t i = 0; i < nodes; i++)
            tail->weight[c][i] = 1.0f;
    const smpi_window all = {0, tail->width, 0, tail->height};
    const blur_job job = {preview, tail, all, all, 0};
    SMPI_TRY(blur(&job));
    const float least = 1e-3f * (float)cell_mm2;
    for (int c = 0; c < 3; c++)
        for (size_t i = 0; i < nodes; i++)
            tail->weight[c][i] = tail->load[c][i] > least ? 1.0f / tail->load[c][i] : 0.0f;
    return SMP_OK;
}

static smp_status create_one(smp_preview *preview, int which, const smpi_pieces *old,
                             smp_diag *diag)
{
    smpi_tail *tail = preview->tail + which;
    double sigma_nodes[3];
    *tail = (smpi_tail){0};
    size_grid(preview, which, sigma_nodes);
    size_t nodes;
    if (smpi_mul(tail->width, tail->height, &nodes) || nodes > SIZE_MAX / (16 * sizeof(float)))
        return smpi_fail(diag, SMP_ERR_LIMIT, "tails: %u x %u nodes are too many", tail->width,
                         tail->height);
    tail->memory_floats = 3 * (3 * nodes + tail->tap_count) + SMPK_EXPAND_PAD + 1;
    SMPI_TRY(
        smpi_new(preview->ctx, &tail->memory, tail->memory_floats, sizeof(float), "tails", diag));
    carve(tail, nodes);
    for (int c = 0; c < 3; c++)
        fill_taps(tail, c, sigma_nodes[c]);
    return fill_weights(preview, which, old, diag);
}

smp_status smpi_tail_create(smp_preview *preview, const smpi_pieces *old, smp_diag *diag)
{
    for (int k = 0; k < 2; k++)
        SMPI_TRY(create_one(preview, k, old ? old + k : NULL, diag));
    return SMP_OK;
}

void smpi_tail_destroy(const smp_context *ctx, smpi_tail *tail)
{
    smpi_free(ctx, tail->memory, tail->memory_floats * sizeof(float));
    tail->memory = NULL;
}

/* Joins both tails at a block of the narrower one's nodes, so that 1 / (1 + load) = exp(-near) /
 * (1 + far): near parts multiply as lone dots do, far ones saturate. */
typedef struct join_piece {
    uint32_t first, count; /* columns */
    uint32_t from;         /* first node of the far row that is needed, and how many */
    uint32_t width;
    int32_t left[PIECE];
    float share[PIECE];
} join_piece;

/* Which far nodes the columns of a piece lie between. */
static void find_columns(const smpi_tail *near, const smpi_tail *far, join_piece *p)
{
    const float scale = (float)near->step / (float)far->step;
    p->from = (uint32_t)((float)p->first * scale);
    for (uint32_t i = 0; i < p->count; i++) {
        const float x = (float)(p->first + i) * scale;
        const uint32_t k = (uint32_t)x < far->width - 2 ? (uint32_t)x : far->width - 2;
        const float share = x - (float)k;
        p->left[i] = (int32_t)(k - p->from);
        p->share[i] = share < 1.0f ? share : 1.0f;
    }
    p->width = (uint32_t)p->left[p->count - 1] + 2;
}

static void join_piece_row(const smp_preview *preview, const join_piece *p, int c, uint32_t j)
{
    const smpi_tail *near = preview->tail, *far = preview->tail + 1;
    float nodes[PIECE + SMPK_EXPAND_PAD + 2] = {0}, more[PIECE];
    const float y = (float)j * ((float)near->step / (float)far->step);
    const uint32_t k = (uint32_t)y < far->height - 2 ? (uint32_t)y : far->height - 2;
    const float share = y - (float)k, ay = share < 1.0f ? share : 1.0f;
    const float *top = far->load[c] + (size_t)k * far->width + p->from, *low = top + far->width;
    for (uint32_t i = 0; i < p->width; i++)
        nodes[i] = top[i] + (low[i] - top[i]) * ay;
    smpi_kernels(preview->ctx)->expand(more, nodes, p->left, p->share, p->count);
    const size_t at = (size_t)j * near->width + p->first;
    smpi_kernels(preview->ctx)->join(near->load[c] + at, near->scratch[c] + at, more, p->count);
}

static smp_status join(void *task, uint32_t block)
{
    const smp_preview *preview = task;
    const smpi_tail *near = preview->tail;
    const smpi_window *read = preview->view.read;
    const uint32_t from = read->y0 + block * BLOCK_ROWS, next = from + BLOCK_ROWS;
    join_piece p;
    for (p.first = read->x0; p.first < read->x1; p.first += PIECE) {
        p.count = read->x1 - p.first < PIECE ? read->x1 - p.first : PIECE;
        find_columns(near, preview->tail + 1, &p);
        for (uint32_t j = from; j < next && j < read->y1; j++)
            for (int c = 0; c < 3; c++)
                join_piece_row(preview, &p, c, j);
    }
    return SMP_OK;
}

smp_status smpi_tail_fill(smp_preview *preview)
{
    const smpi_view *v = &preview->view;
    for (int k = 0; k < 2; k++) {
        const blur_job job = {preview, preview->tail + k, v->read[k], v->load[k], 1};
        SMPI_TRY(blur(&job));
    }
    return smpi_run(preview->ctx, join, preview, blocks_of(v->read));
}

void smpi_tail_row(const smp_preview *preview, uint32_t j, uint32_t x0, uint32_t n, float *planes,
                   size_t plane)
{
    const smpi_tail *tail = preview->tail;
    const uint32_t first = x0 - preview->bounds.x;
    for (size_t c = 0; c < 3; c++)
        smpi_kernels(preview->ctx)
            ->expand(planes + c * plane, tail->scratch[c] + (size_t)j * tail->width,
                     preview->ground.node + first, preview->ground.share + first, n);
}
