/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Between single dots and the grids of tails: what a dot gives to the nodes around it, and what the
 * tails of the others leave of the light at its own middle. source: docs/model/render.md, "Tails"
 */
#include <math.h>
#include <string.h>

#include "base/math.h"
#include "render/preview.h"

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

/* Adds to the nodes of rows [from, to) alone. */
static void give(float *plane, size_t width, size_t at, const float part[4], const int row[2],
                 float amount)
{
    if (row[0]) {
        plane[at] += amount * part[0];
        plane[at + 1] += amount * part[1];
    }
    if (row[1]) {
        plane[at + width] += amount * part[2];
        plane[at + width + 1] += amount * part[3];
    }
}

/* The seen dots among which are all that reach rows [from, to) of nodes. */
static void reaching(const smp_preview *preview, const smpi_tail *tail, uint32_t from, uint32_t to,
                     uint32_t *first, uint32_t *end)
{
    const float step = (float)tail->step, top = (float)preview->bounds.y + 0.5f;
    const float low = top + ((float)from - 1.0f) * step - 1.0f,
                high = top + (float)to * step + 1.0f;
    *first = preview->band_first[smpi_band_of(preview, low)];
    *end = preview->band_first[smpi_band_of(preview, high) + 1];
}

void smpi_gather_dots(const smp_preview *preview, int which, uint32_t from, uint32_t to)
{
    const smpi_tail *tail = preview->tail + which;
    const size_t width = tail->width;
    const float scale = 1.0f / (float)tail->step;
    uint32_t first, end;
    for (int c = 0; c < 3; c++)
        memset(tail->load[c] + from * width, 0, (to - from) * width * sizeof(float));
    reaching(preview, tail, from, to, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        const float fx = (preview->seen[i].u - 0.5f - (float)preview->bounds.x) * scale;
        const float fy = (preview->seen[i].v - 0.5f - (float)preview->bounds.y) * scale;
        float part[4];
        size_t at;
        if (!smpi_nodes_around(tail, fx, fy, &at, part))
            continue;
        const int row[2] = {at >= from * width && at < to * width,
                            at + width >= from * width && at + width < to * width};
        for (int c = 0; c < 3 && (row[0] || row[1]); c++)
            give(tail->load[c], width, at, part, row, preview->drawn[i].tail[which][c]);
    }
}

/* A plane between its nodes. */
static float between(const smpi_tail *tail, const float *plane, float fx, float fy)
{
    const float most_x = (float)(tail->width - 1), most_y = (float)(tail->height - 1);
    const float x = fx > 0.0f ? (fx < most_x ? fx : most_x) : 0.0f;
    const float y = fy > 0.0f ? (fy < most_y ? fy : most_y) : 0.0f;
    const uint32_t i = (uint32_t)x < tail->width - 2 ? (uint32_t)x : tail->width - 2;
    const uint32_t j = (uint32_t)y < tail->height - 2 ? (uint32_t)y : tail->height - 2;
    const float *top = plane + (size_t)j * tail->width + i, *low = top + tail->width;
    const float ax = x - (float)i, ay = y - (float)j;
    const float left = top[0] + (low[0] - top[0]) * ay;
    const float right = top[1] + (low[1] - top[1]) * ay;
    return left + (right - left) * ax;
}

/* What a piece of pigment between two nodes finds of itself at its own place, along one axis:
 * shared out, spread, read between nodes. */
static float own_share(const float *taps, float x)
{
    const float a = x - floorf(x), b = 1.0f - a;
    return (a * a + b * b) * taps[0] + 2.0f * a * b * taps[1];
}

static void find_own(smp_preview *preview, smpi_seen_dot *seen)
{
    const float x = seen->u - 0.5f - (float)preview->bounds.x;
    const float y = seen->v - 0.5f - (float)preview->bounds.y;
    for (int k = 0; k < 2; k++) {
        const smpi_tail *tail = preview->tail + k;
        const float fx = x / (float)tail->step, fy = y / (float)tail->step;
        for (int c = 0; c < 3; c++)
            seen->own[k][c] = own_share(tail->taps[c], fx) * own_share(tail->taps[c], fy) *
                              between(tail, tail->weight[c], fx, fy);
    }
}

void smpi_around_create(smp_preview *preview)
{
    for (uint32_t i = 0; i < preview->seen_count; i++)
        find_own(preview, preview->seen + i);
}

void smpi_tail_around(const smp_preview *preview, uint32_t index, float left[3])
{
    const float x = preview->seen[index].u - 0.5f - (float)preview->bounds.x;
    const float y = preview->seen[index].v - 0.5f - (float)preview->bounds.y;
    for (int c = 0; c < 3; c++) {
        float own[2], load[2];
        for (int k = 0; k < 2; k++) {
            const smpi_tail *tail = preview->tail + k;
            const float scale = 1.0f / (float)tail->step;
            own[k] = preview->drawn[index].tail[k][c] * preview->seen[index].own[k][c];
            load[k] = between(tail, tail->load[c], x * scale, y * scale);
        }
        const float others = load[1] > own[1] ? load[1] - own[1] : 0.0f;
        const float all = (1.0f + load[0]) * (1.0f + others);
        const float light = smpi_expf(own[0]) * (1.0f + load[1]);
        left[c] = all > light ? light / all : 1.0f;
    }
}
