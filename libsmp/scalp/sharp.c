/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Blur and grain by place: skin's own texture tells how sharp it is shown, and its least restless
 * rows how much noise there is. docs/model/scalp.md, (S7) and (S15). */
#include <math.h>
#include <string.h>

#include "base/math.h"
#include "scalp/rows.h"
#include "scalp/scalp.h"

#define PARTS 4u        /* numbers of a cell */
#define RATIOS 64u      /* of the histogram of texture */
#define RATIO_MOST 3.0f /* how much softer than the photo's sharpest skin a place may be */
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
    for (uint32_t i = 2; i + 2 < n;) {
        const uint32_t end = ((x0 + i) / step + 1) * step - x0;
        float *cell = row + PARTS * (size_t)((x0 + i) / step);
        float one = 0.0f, two = 0.0f, second = 0.0f, count = 0.0f;
        for (; i < end && i + 2 < n; i++, count += 1.0f) {
            const float a = luma[i + 1] - luma[i], b = luma[i + 2] - luma[i];
            one += a * a;
            two += b * b;
            second += fabsf(luma[i + 1] - 2.0f * luma[i] + luma[i - 1]);
        }
        const float least = second / count;
        cell[3] = cell[2] > 0.0f && cell[3] < least ? cell[3] : least;
        cell[0] += one;
        cell[1] += two;
        cell[2] += count;
    }
}

/* How wide a texture is: the standard deviation of a Gaussian whose correlation falls as the sums
 * say. Two differences are to one as 1 - r^4 to 1 - r, with r = exp(-1 / (4 s^2)). */
static float width_of(float one, float two)
{
    const float ratio = one > 0.0f ? two / one : 1.0f;
    float low = 0.01f, high = 0.995f;
    for (int turn = 0; turn < 14; turn++) {
        const float r = 0.5f * (low + high);
        const float is = 1.0f + r + r * r + r * r * r;
        low = is < ratio ? r : low;
        high = is < ratio ? high : r;
    }
    return sqrtf(-0.25f / smpi_logf(0.5f * (low + high)));
}

static float mask_of(const smp_scalp *scalp, uint32_t i, uint32_t j)
{
    const uint32_t x = i * SMPI_SCALP_CELL + SMPI_SCALP_CELL / 2;
    const uint32_t y = j * SMPI_SCALP_CELL + SMPI_SCALP_CELL / 2;
    return x < scalp->width && y < scalp->height
               ? scalp->maps[SMP_SCALP_MASK][(size_t)y * scalp->width + x]
               : 0.0f;
}

/* The texture's width round each cell of skin into the map of blur; 0 elsewhere. */
static void fill_widths(smp_scalp *scalp, const smpi_sharpness *sharp)
{
    const int w = (int)nodes(scalp, 0), h = (int)nodes(scalp, 1);
    for (int j = 0; j < h; j++)
        for (int i = 0; i < w; i++) {
            float one = 0.0f, two = 0.0f;
            for (int y = j > AROUND ? j - AROUND : 0; y <= j + AROUND && y < h; y++)
                for (int x = i > AROUND ? i - AROUND : 0; x <= i + AROUND && x < w; x++) {
                    const float *cell = sharp->cells + PARTS * ((size_t)y * (size_t)w + (size_t)x);
                    if (!(mask_of(scalp, (uint32_t)x, (uint32_t)y) > 0.9f))
                        continue;
                    one += cell[0];
                    two += cell[1];
                }
            scalp->maps[SMP_SCALP_BLUR][(size_t)j * (size_t)w + (size_t)i] =
                one > 0.0f ? width_of(one, two) : 0.0f;
        }
}

/* The value below which one in `share` of the positive values of a map lies. */
static float quantile(const float *map, size_t count, float most, uint32_t share)
{
    uint32_t bins[RATIOS] = {0}, total = 0, seen = 0, bin = 0;
    for (size_t k = 0; k < count; k++)
        if (map[k] > 0.0f) {
            const float at = map[k] / most * (float)RATIOS;
            bins[at < (float)(RATIOS - 1) ? (uint32_t)at : RATIOS - 1]++;
            total++;
        }
    while (bin + 1 < RATIOS && (seen + bins[bin]) * share < total)
        seen += bins[bin++];
    return total ? ((float)bin + 0.5f) * most / (float)RATIOS : 0.0f;
}

void smpi_sharpness_close(smp_scalp *scalp, smpi_sharpness *sharp)
{
    float *blur = scalp->maps[SMP_SCALP_BLUR], *grain = scalp->maps[SMP_SCALP_GRAIN];
    const uint32_t w = nodes(scalp, 0);
    fill_widths(scalp, sharp);
    const float sharpest = quantile(blur, sharp->count, 6.0f, ONE_IN);
    for (size_t k = 0; k < sharp->count; k++) {
        const float ratio = sharpest > 0.0f ? blur[k] / sharpest : 1.0f;
        float held = ratio > 1.0f ? (ratio < RATIO_MOST ? ratio : RATIO_MOST) : 1.0f;
        held = scalp->set_blur_px > 0.0 ? 1.0f : held; /* a given blur is the law */
        blur[k] = (float)scalp->blur_px * held;
        grain[k] = SECOND * sharp->cells[PARTS * k + 3];
        if (!(mask_of(scalp, (uint32_t)(k % w), (uint32_t)(k / w)) > 0.9f))
            sharp->cells[PARTS * k + 3] = 0.0f;
        else
            sharp->cells[PARTS * k + 3] = grain[k];
    }
    for (size_t k = 0; k < sharp->count; k++) /* side by side for the median */
        sharp->cells[k] = sharp->cells[PARTS * k + 3];
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
