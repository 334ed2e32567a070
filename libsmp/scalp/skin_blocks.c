/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What JPEG did to the photo's colour: its chroma jumps where blocks meet. docs/model/scalp.md,
 * (S14b). */
#include <math.h>
#include <string.h>

#include "image/rows.h"
#include "scalp/skin_job.h"

#define BLOCK 16u    /* photo pixels: a block of 8 whose colour has half the resolution */
#define HALF 4u      /* means over so many pixels to each side are compared */
#define MOST 6.0f    /* codes: a larger step is an edge */
#define ROWS 64u     /* that are looked at */
#define FEW 200.0f   /* places of each phase: with fewer nothing is said */
#define CHANCE 1.15f /* how much the greatest of sixteen may be over the usual by chance */

typedef struct jumps {
    float sum[BLOCK][2]; /* squares of steps of Cr and Cb, codes, by the place in a block */
    float count[BLOCK];
} jumps;

/* Cb and Cr of ITU-R BT.601, as JPEG has them, summed along the row. */
static void sum_row(const float *rgb, uint32_t n, float *sums)
{
    double cr = 0.0, cb = 0.0;
    sums[0] = sums[1] = 0.0f;
    for (uint32_t i = 0; i < n; i++) {
        const float *p = rgb + 3 * (size_t)i;
        cr += (double)(255.0f * (0.5f * p[0] - 0.4187f * p[1] - 0.0813f * p[2]));
        cb += (double)(255.0f * (-0.1687f * p[0] - 0.3313f * p[1] + 0.5f * p[2]));
        sums[2 * i + 2] = (float)cr;
        sums[2 * i + 3] = (float)cb;
    }
}

static float held(float step)
{
    return step > -MOST ? (step < MOST ? step : MOST) : -MOST;
}

static void add_row(const smp_scalp *scalp, const float *sums, uint32_t y, uint32_t x0, uint32_t n,
                    jumps *j)
{
    const float *mask = scalp->maps[SMP_SCALP_MASK] + (size_t)(y / scalp->step) * scalp->width;
    for (uint32_t i = HALF; i + HALF < n; i++) {
        const uint32_t x = x0 + i;
        if (!(mask[(x - HALF) / scalp->step] > 0.9f && mask[(x + HALF) / scalp->step] > 0.9f))
            continue;
        j->count[x % BLOCK] += 1.0f;
        for (int c = 0; c < 2; c++) {
            const float *s = sums + c;
            const float step = held((s[2 * (i + HALF)] - 2.0f * s[2 * i] + s[2 * (i - HALF)]) *
                                    (1.0f / (float)HALF));
            j->sum[x % BLOCK][c] += step * step;
        }
    }
}

/* The greatest mean of the sixteen over the usual one: blocks, wherever they begin. */
static float over_usual(const jumps *j, int c)
{
    float mean[BLOCK] = {0.0f}, most = 0.0f;
    for (uint32_t k = 0; k < BLOCK; k++) {
        if (!(j->count[k] > FEW))
            return 0.0f;
        const float v = j->sum[k][c] / j->count[k];
        most = v > most ? v : most;
        uint32_t at = k;
        for (; at > 0 && mean[at - 1] > v; at--)
            mean[at] = mean[at - 1];
        mean[at] = v;
    }
    const float over = most - CHANCE * mean[BLOCK / 2];
    return over > 0.0f ? over : 0.0f;
}

static int has_skin(const smp_scalp *scalp, uint32_t row)
{
    const float *mask = scalp->maps[SMP_SCALP_MASK] + (size_t)row * scalp->width + scalp->box.x0;
    for (uint32_t i = 0; i < scalp->box.width; i++)
        if (mask[i] > 0.9f)
            return 1;
    return 0;
}

smp_status smpi_skin_blocks(smpi_skin_job *job, smp_diag *diag)
{
    const smp_scalp *scalp = job->scalp;
    const uint32_t x0 = scalp->box.x0 * scalp->step, y0 = scalp->box.y0 * scalp->step;
    uint32_t x1 = x0 + scalp->box.width * scalp->step;
    uint32_t y1 = y0 + scalp->box.height * scalp->step;
    x1 = x1 < scalp->photo.width ? x1 : scalp->photo.width;
    y1 = y1 < scalp->photo.height ? y1 : scalp->photo.height;
    const uint32_t n = x1 - x0, pitch = (y1 - y0) / ROWS + 1;
    jumps j = {0};
    float *rgb = NULL;
    SMPI_TRY(smpi_new(scalp->ctx, &rgb, 5 * (size_t)n + 2, sizeof *rgb, "row", diag));
    for (uint32_t y = y0; y < y1; y += pitch) {
        if (!has_skin(scalp, y / scalp->step))
            continue;
        smpi_rows_get(&scalp->photo, y, x0, n, rgb, NULL);
        sum_row(rgb, n, rgb + 3 * (size_t)n);
        add_row(scalp, rgb + 3 * (size_t)n, y, x0, n, &j);
    }
    smpi_free(scalp->ctx, rgb, (5 * (size_t)n + 2) * sizeof *rgb);
    for (int c = 0; c < 2; c++)
        job->blocks[c] = over_usual(&j, c);
    job->block_mm = (float)BLOCK / (float)scalp->camera.px_per_mm;
    return SMP_OK;
}
