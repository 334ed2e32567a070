/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Blur and grain by place: skin's own texture tells how sharp it is shown, and its least restless
 * rows how much noise there is. docs/model/scalp.md, (S7) and (S15). */
#include <math.h>
#include <string.h>

#include "scalp/rows.h"
#include "scalp/scalp.h"

#define PARTS 6u        /* numbers of a cell */
#define BINS 64u        /* of a histogram */
#define SOFTEST 4.0f    /* px, the widest that is told */
#define RATIO_MOST 3.0f /* how much softer than the photo's sharpest edges a place may be */
#define SHARP 1.45f     /* what spread_of() says of skin without any blur */
#define ONE_IN 5u       /* the sharpest fifth of the skin is as sharp as its edges */
#define AROUND 2        /* cells to each side that are taken together */
#define SECOND 0.5118f  /* of a mean second difference: 1 / (sqrt(6) sqrt(2 / pi)) */

static uint32_t nodes(const smp_scalp *scalp, int down)
{
    const smpi_plane *plane = &scalp->planes[SMP_SCALP_BLUR];
    return down ? plane->height : plane->width;
}

smp_status smpi_sharpness_open(const smp_scalp *scalp, smpi_sharpness *sharp, smp_diag *diag)
{
    sharp->count = (size_t)nodes(scalp, 0) * nodes(scalp, 1);
    SMPI_TRY(
        smpi_new(scalp->ctx, &sharp->cells, sharp->count, PARTS * sizeof(float), "cells", diag));
    memset(sharp->cells, 0, sharp->count * PARTS * sizeof(float));
    return SMP_OK;
}

void smpi_sharpness_row(const smp_scalp *scalp, smpi_sharpness *sharp, uint32_t y, uint32_t x0,
                        uint32_t n, float *luma)
{
    const uint32_t step = scalp->planes[SMP_SCALP_BLUR].step;
    float *row = sharp->cells + PARTS * (size_t)(y / step) * nodes(scalp, 0);
    for (uint32_t i = 0; i < n; i++) /* a square root is near enough to encoding for noise */
        luma[i] = sqrtf(luma[i] > 0.0f ? luma[i] : 0.0f);
    for (uint32_t i = 2; i + 8 < n;) {
        const uint32_t end = ((x0 + i) / step + 1) * step - x0;
        float *cell = row + PARTS * (size_t)((x0 + i) / step);
        float two = 0.0f, four = 0.0f, eight = 0.0f, second = 0.0f;
        float way = 0.0f, count = 0.0f;
        for (; i < end && i + 8 < n; i++, count += 1.0f) {
            const float a = luma[i + 2] - luma[i], b = luma[i + 4] - luma[i];
            const float c = luma[i + 8] - luma[i];
            two += a * a;
            four += b * b;
            eight += c * c;
            way += c;
            second += fabsf(luma[i + 1] - 2.0f * luma[i] + luma[i - 1]);
        }
        const float least = second / count;
        cell[4] = cell[3] > 0.0f && cell[4] < least ? cell[4] : least;
        cell[0] += two;
        cell[1] += four;
        cell[2] += eight;
        cell[3] += count;
        cell[5] += way;
    }
}

/* How wide a texture is shown, as a variance in px^2, from the sums of squared differences two,
 * four and eight pixels apart. The noise of a camera reaches two pixels at most, so it is the same
 * in all three and falls out; blur takes more from the nearer ones. The law is that of drawn skin,
 * docs. */
static float spread_of(const float sum[3])
{
    const float near = sum[1] - sum[0], far = sum[2] - sum[1];
    if (!(near > 0.02f * sum[0] && far > 0.0f))
        return near > 0.0f && far > near ? SOFTEST * SOFTEST : 0.0f;
    const float x = far / near - SHARP;
    const float spread = x > 0.0f ? 1.9f * x + 1.75f * x * x : 0.0f;
    return spread < SOFTEST * SOFTEST ? spread : SOFTEST * SOFTEST;
}

static float mask_of(const smp_scalp *scalp, uint32_t i, uint32_t j)
{
    const uint32_t x = i * SMPI_SCALP_CELL + SMPI_SCALP_CELL / 2;
    const uint32_t y = j * SMPI_SCALP_CELL + SMPI_SCALP_CELL / 2;
    return x < scalp->width && y < scalp->height
               ? scalp->maps[SMP_SCALP_MASK][(size_t)y * scalp->width + x]
               : 0.0f;
}

/* The texture's spread round each cell of skin into the map of blur, and a little so that it is
 * over 0; 0 elsewhere. */
static void fill_spreads(smp_scalp *scalp, const smpi_sharpness *sharp)
{
    const int w = (int)nodes(scalp, 0), h = (int)nodes(scalp, 1);
    for (int j = 0; j < h; j++)
        for (int i = 0; i < w; i++) {
            float sum[3] = {0.0f, 0.0f, 0.0f}, count = 0.0f, way = 0.0f;
            for (int y = j > AROUND ? j - AROUND : 0; y <= j + AROUND && y < h; y++)
                for (int x = i > AROUND ? i - AROUND : 0; x <= i + AROUND && x < w; x++) {
                    const float *cell = sharp->cells + PARTS * ((size_t)y * (size_t)w + (size_t)x);
                    if (!(mask_of(scalp, (uint32_t)x, (uint32_t)y) > 0.9f))
                        continue;
                    for (int k = 0; k < 3; k++)
                        sum[k] += cell[k];
                    count += cell[3];
                    way += cell[5];
                }
            /* What rises evenly is shading, no texture: over 2, 4 and 8 pixels. */
            const float even = count > 0.0f ? way * way / (64.0f * count) : 0.0f;
            for (int k = 0; k < 3; k++)
                sum[k] -= even * (float)(4 << (2 * k));
            scalp->maps[SMP_SCALP_BLUR][(size_t)j * (size_t)w + (size_t)i] =
                sum[0] > 0.0f ? spread_of(sum) + 1e-3f : 0.0f;
        }
}

/* The value below which one in `share` of the positive values of a map lies. */
static float quantile(const float *map, size_t count, float most, uint32_t share)
{
    uint32_t bins[BINS] = {0}, total = 0, seen = 0, bin = 0;
    for (size_t k = 0; k < count; k++)
        if (map[k] > 0.0f) {
            const float at = map[k] / most * (float)BINS;
            bins[at < (float)(BINS - 1) ? (uint32_t)at : BINS - 1]++;
            total++;
        }
    while (bin + 1 < BINS && (seen + bins[bin]) * share < total)
        seen += bins[bin++];
    return total ? ((float)bin + 0.5f) * most / (float)BINS : 0.0f;
}

void smpi_sharpness_close(smp_scalp *scalp, smpi_sharpness *sharp)
{
    float *blur = scalp->maps[SMP_SCALP_BLUR], *grain = scalp->maps[SMP_SCALP_GRAIN];
    const uint32_t w = nodes(scalp, 0);
    fill_spreads(scalp, sharp);
    const float sharpest = quantile(blur, sharp->count, 8.0f, ONE_IN);
    const float edges = (float)scalp->blur_px * (float)scalp->blur_px;
    for (size_t k = 0; k < sharp->count; k++) {
        /* Variances of blurs that come one after the other add up. */
        float more = blur[k] > sharpest ? blur[k] - sharpest : 0.0f;
        const float most = (RATIO_MOST * RATIO_MOST - 1.0f) * edges;
        more = more < most ? more : most;
        more = scalp->set_blur_px > 0.0 ? 0.0f : more; /* a given blur is the law */
        blur[k] = sqrtf(edges + more);
        grain[k] = SECOND * sharp->cells[PARTS * k + 4];
        if (!(mask_of(scalp, (uint32_t)(k % w), (uint32_t)(k / w)) > 0.9f))
            sharp->cells[PARTS * k + 4] = 0.0f;
        else
            sharp->cells[PARTS * k + 4] = grain[k];
    }
    for (size_t k = 0; k < sharp->count; k++) /* side by side for the median */
        sharp->cells[k] = sharp->cells[PARTS * k + 4];
    scalp->grain = (double)quantile(sharp->cells, sharp->count, 0.08f, 2);
    smpi_free(scalp->ctx, sharp->cells, sharp->count * PARTS * sizeof(float));
}

float smpi_scalp_blur_at(const smp_scalp *scalp, float u, float v)
{
    const smpi_plane *plane = &scalp->planes[SMP_SCALP_BLUR];
    const float share = 1.0f / (float)plane->step;
    float x = u * share - 0.5f, y = v * share - 0.5f;
    const float last_x = (float)(plane->width - 1), last_y = (float)(plane->height - 1);
    x = x > 0.0f ? (x < last_x ? x : last_x) : 0.0f;
    y = y > 0.0f ? (y < last_y ? y : last_y) : 0.0f;
    const uint32_t i = (uint32_t)x, j = (uint32_t)y;
    const uint32_t i1 = i + 1 < plane->width ? i + 1 : i, j1 = j + 1 < plane->height ? j + 1 : j;
    const float fx = x - (float)i, fy = y - (float)j;
    const float *map = scalp->maps[SMP_SCALP_BLUR];
    const float *top = map + (size_t)j * plane->width, *low = map + (size_t)j1 * plane->width;
    const float a = top[i] + fx * (top[i1] - top[i]), b = low[i] + fx * (low[i1] - low[i]);
    const float blur = a + fy * (b - a);
    return blur > 0.0f ? blur : (float)scalp->blur_px;
}
