/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Between single dots and the grids of tails: what a dot gives to the nodes around it, and what the
 * tails of the others leave of the light at its own middle. source: docs/model/render.md, "Tails"
 */
#include <math.h>
#include <string.h>

#include "base/diag.h"
#include "render/preview.h"

#define CHUNK 1024u /* dots of a task */

int smpi_nodes_around(const smpi_tail *tail, float fx, float fy, size_t *at, float part[4])
{
    fx = fx < 0.0f && fx >= -0.5f ? 0.0f : fx;
    fy = fy < 0.0f && fy >= -0.5f ? 0.0f : fy;
    if (!(fx >= 0.0f && fy >= 0.0f && fx < (float)(tail->width - 1) &&
          fy < (float)(tail->height - 1)))
        return 0;
    const uint32_t i = (uint32_t)fx, j = (uint32_t)fy;
    const float ax = fx - (float)i, ay = fy - (float)j;
    *at = (size_t)j * tail->width + i;
    part[0] = (1.0f - ax) * (1.0f - ay);
    part[1] = ax * (1.0f - ay);
    part[2] = (1.0f - ax) * ay;
    part[3] = ax * ay;
    return 1;
}

/* The bands in which all dots are that reach rows [from, to) of nodes. */
static void reaching(const smp_preview *preview, const smpi_tail *tail, uint32_t from, uint32_t to,
                     uint32_t *first, uint32_t *end)
{
    const float step = (float)tail->step, top = (float)preview->bounds.y + 0.5f;
    const float low = top + ((float)from - 1.0f) * step - 1.0f,
                high = top + (float)to * step + 1.0f;
    *first = smpi_band_of(preview, low);
    *end = smpi_band_of(preview, high) + 1;
}

/* Dots that give to nodes: only to those of [low, high), whole rows. */
typedef struct span {
    float *load[3];
    size_t width, low, high;
    const int32_t *node;
    const float *share_x, *share_y;
    const float *given[3];
    const uint8_t *outside; /* those of which `bit` is set give nothing */
    uint8_t bit;
} span;

/* One row of a dot whose other one lies elsewhere. */
static void gather_row(const span *job, size_t at, size_t i, const float part[2])
{
    for (int c = 0; c < 3; c++) {
        float *node = job->load[c] + at;
        node[0] += part[0] * job->given[c][i];
        node[1] += part[1] * job->given[c][i];
    }
}

/* Vectors gain nothing here: 6 ns a dot with them and without. */
static void gather(const span *job, size_t n)
{
    const size_t width = job->width, low = job->low, nodes = job->high - job->low;
    for (size_t i = 0; i < n; i++) {
        const size_t at = (size_t)job->node[i];
        const int upper = at - low < nodes, lower = at + width - low < nodes;
        if (!(upper || lower) || (job->outside[i] & job->bit))
            continue;
        const float x = job->share_x[i], y = job->share_y[i], x1 = 1.0f - x, y1 = 1.0f - y;
        const float part[4] = {x1 * y1, x * y1, x1 * y, x * y};
        if (!(upper && lower)) {
            gather_row(job, upper ? at : at + width, i, part + (upper ? 0 : 2));
            continue;
        }
        for (int c = 0; c < 3; c++) {
            const float given = job->given[c][i];
            float *node = job->load[c] + at, *next = node + width;
            node[0] += part[0] * given;
            node[1] += part[1] * given;
            next[0] += part[2] * given;
            next[1] += part[3] * given;
        }
    }
}

/* Dots [first, end) of all. */
static void gather_run(const smp_preview *preview, int which, span *job, uint32_t first,
                       uint32_t end)
{
    const smpi_between *between = preview->still.between + which;
    job->node = between->node + first;
    job->share_x = between->share_x + first;
    job->share_y = between->share_y + first;
    job->outside = preview->still.outside + first;
    for (int c = 0; c < 3; c++)
        job->given[c] = preview->drawn.tail[which][c] + first;
    gather(job, end - first);
}

void smpi_gather_dots(const smp_preview *preview, int which, uint32_t from, uint32_t to)
{
    const smpi_tail *tail = preview->tail + which;
    span job = {.width = tail->width,
                .low = (size_t)from * tail->width,
                .high = (size_t)to * tail->width,
                .bit = (uint8_t)(1u << which)};
    uint32_t first, end;
    reaching(preview, tail, from, to, &first, &end);
    for (int c = 0; c < 3; c++) {
        job.load[c] = tail->load[c];
        memset(job.load[c] + job.low, 0, (job.high - job.low) * sizeof(float));
    }
    if (preview->view.whole) {
        gather_run(preview, which, &job, preview->band_first[first], preview->band_first[end]);
        return;
    }
    smpi_dot_run run[SMPI_GROUPS_MAX];
    for (uint32_t band = first; band < end; band++) {
        const uint32_t count = smpi_view_runs(preview, band, &preview->view.dots, run);
        for (uint32_t i = 0; i < count; i++)
            gather_run(preview, which, &job, run[i].first, run[i].end);
    }
}

/* A plane between its nodes. */
static float read_plane(const float *plane, size_t width, float ax, float ay)
{
    const float *low = plane + width;
    const float left = plane[0] + (low[0] - plane[0]) * ay;
    const float right = plane[1] + (low[1] - plane[1]) * ay;
    return left + (right - left) * ax;
}

/* The first of four nodes along an axis, held to those there are. */
static uint32_t node_of(float f, uint32_t nodes, float *share)
{
    const float most = (float)(nodes - 1), x = f > 0.0f ? (f < most ? f : most) : 0.0f;
    const uint32_t i = (uint32_t)x < nodes - 2 ? (uint32_t)x : nodes - 2;
    *share = x - (float)i;
    return i;
}

/* What a piece of pigment between two nodes finds of itself at its own place, along one axis:
 * shared out, spread, read between nodes. */
static float own_share(const float *taps, float x)
{
    const float a = x - floorf(x), b = 1.0f - a;
    return (a * a + b * b) * taps[0] + 2.0f * a * b * taps[1];
}

static void find_between(smp_preview *preview, int k, uint32_t i)
{
    const smpi_tail *tail = preview->tail + k;
    const smpi_between *b = preview->still.between + k;
    const float scale = 1.0f / (float)tail->step;
    const float fx = (preview->seen[i].u - 0.5f - (float)preview->bounds.x) * scale;
    const float fy = (preview->seen[i].v - 0.5f - (float)preview->bounds.y) * scale;
    const uint32_t x = node_of(fx, tail->width, b->share_x + i);
    const uint32_t y = node_of(fy, tail->height, b->share_y + i);
    const size_t at = (size_t)y * tail->width + x;
    float part[4];
    size_t first;
    b->node[i] = (int32_t)at;
    if (!smpi_nodes_around(tail, fx, fy, &first, part))
        preview->still.outside[i] |= (uint8_t)(1u << k);
    for (int c = 0; c < 3; c++)
        b->own[c][i] = own_share(tail->taps[c], fx) * own_share(tail->taps[c], fy) *
                       read_plane(tail->weight[c] + at, tail->width, b->share_x[i], b->share_y[i]);
}

static smp_status find_chunk(void *task, uint32_t chunk)
{
    smp_preview *preview = task;
    const uint32_t first = chunk * CHUNK, rest = preview->seen_count - first;
    for (uint32_t i = first; i - first < CHUNK && i - first < rest; i++) {
        preview->still.outside[i] = 0;
        for (int k = 0; k < 2; k++)
            find_between(preview, k, i);
    }
    return SMP_OK;
}

smp_status smpi_around_create(smp_preview *preview, smp_diag *diag)
{
    const uint32_t chunks = (preview->seen_count + CHUNK - 1) / CHUNK;
    return smpi_run_end(diag, smpi_run(preview->ctx, find_chunk, preview, chunks), "preview");
}

static smpk_nodes nodes_of(const smp_preview *preview, int k, uint32_t first)
{
    const smpi_tail *tail = preview->tail + k;
    const smpi_between *b = preview->still.between + k;
    smpk_nodes nodes = {.width = tail->width,
                        .node = b->node + first,
                        .share_x = b->share_x + first,
                        .share_y = b->share_y + first};
    for (int c = 0; c < 3; c++) {
        nodes.load[c] = tail->load[c];
        nodes.tail[c] = preview->drawn.tail[k][c] + first;
        nodes.own[c] = b->own[c] + first;
    }
    return nodes;
}

void smpi_around(const smp_preview *preview, uint32_t first, uint32_t n, float *const left[3])
{
    const smpk_around job = {
        nodes_of(preview, 0, first), nodes_of(preview, 1, first), {left[0], left[1], left[2]}};
    smpi_kernels(preview->ctx)->around(&job, n);
}
