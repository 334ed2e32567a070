/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The photo's own blur, from its steepest edges: a step blurred by a Gaussian of standard deviation
 * s has the slope contrast / (s sqrt(2 pi)) in its middle. docs/model/scalp.md, (S7). */
#include <math.h>
#include <string.h>

#include "image/rows.h"
#include "scalp/scalp.h"

#define BINS 120u /* of 0.05 px */
#define BIN_PX 0.05
#define FEW 40u      /* edges: with fewer, the usual blur is assumed */
#define USUAL_PX 0.8 /* a sharp, demosaiced photo; assumed */
#define LEAST_PX 0.5
#define MOST_PX 4.0
#define ROWS 128u  /* that are looked at */
#define BLOCK 8u   /* photo pixels: JPEG steps where its blocks meet */
#define ONE_IN 10u /* the sharpest tenth: slanting and truly soft edges come out wider */

/* One run of rising or falling luminance, from a to b, of a row from x0 on: counts when its
 * contrast is strong. */
static void take_edge(const float *luma, uint32_t x0, uint32_t a, uint32_t b, uint32_t *bins)
{
    const float low = luma[a] < luma[b] ? luma[a] : luma[b];
    const float contrast = fabsf(luma[b] - luma[a]);
    if (!(contrast > 0.03f && contrast > 0.6f * (low + 0.01f)))
        return;
    float steepest = 0.0f;
    uint32_t at = a;
    for (uint32_t i = a; i < b; i++) {
        const float slope = fabsf(luma[i + 1] - luma[i]);
        at = slope > steepest ? i : at;
        steepest = slope > steepest ? slope : steepest;
    }
    if ((x0 + at + 1) % BLOCK == 0) /* may be JPEG's own step, which is sharp in a soft photo */
        return;
    /* 1/12: a difference of neighbours is itself a mean over a pixel. */
    const double wide = (double)contrast / ((double)steepest * 2.5066282746310002);
    const double sigma2 = wide * wide - 1.0 / 12.0;
    const double sigma = sigma2 > 0.0 ? sqrt(sigma2) : 0.0;
    const double bin = sigma / BIN_PX;
    bins[bin < (double)(BINS - 1) ? (uint32_t)bin : BINS - 1]++;
}

static void take_row(const float *luma, uint32_t x0, uint32_t n, uint32_t *bins)
{
    uint32_t from = 0;
    for (uint32_t i = 1; i < n; i++) {
        const int last = i + 1 == n;
        const float here = luma[i] - luma[i - 1];
        const float next = last ? -here : luma[i + 1] - luma[i];
        if (!last && here * next > 0.0f)
            continue;
        if (here != 0.0f)
            take_edge(luma, x0, from, i, bins);
        from = i;
    }
}

static void read_luma(const smp_scalp *scalp, uint32_t y, uint32_t x0, uint32_t n, float *luma)
{
    float rgb[3 * SMPI_SCALP_CHUNK];
    const smp_format format = (smp_format)scalp->photo.format;
    const int bytes =
        format == SMP_FORMAT_RGB8 || format == SMP_FORMAT_RGBA8 || format == SMP_FORMAT_BGRA8;
    const size_t size = format == SMP_FORMAT_RGB8 ? 3 : 4, red = format == SMP_FORMAT_BGRA8 ? 2 : 0;
    const uint8_t *row = smpi_image_row(&scalp->photo, y) + size * x0;
    for (uint32_t k = 0; k < n && bytes; k++, row += size)
        luma[k] = scalp->weight[0] * scalp->codes[row[red]] +
                  scalp->weight[1] * scalp->codes[row[1]] +
                  scalp->weight[2] * scalp->codes[row[2 - red]];
    for (uint32_t done = bytes ? n : 0; done < n;) {
        const uint32_t m = n - done < SMPI_SCALP_CHUNK ? n - done : SMPI_SCALP_CHUNK;
        smpi_rows_get(&scalp->photo, y, x0 + done, m, rgb, NULL);
        for (uint32_t k = 0; k < m; k++)
            luma[done + k] = scalp->weight[0] * smpi_scalp_decode(scalp, rgb[3 * k]) +
                             scalp->weight[1] * smpi_scalp_decode(scalp, rgb[3 * k + 1]) +
                             scalp->weight[2] * smpi_scalp_decode(scalp, rgb[3 * k + 2]);
        done += m;
    }
}

/* The sharpest tenth of the edges; USUAL_PX when there are too few. */
static double typical(const uint32_t *bins)
{
    uint32_t total = 0, seen = 0, bin = 0;
    for (uint32_t k = 0; k < BINS; k++)
        total += bins[k];
    if (total < FEW)
        return USUAL_PX;
    while (bin + 1 < BINS && (seen + bins[bin]) * ONE_IN < total)
        seen += bins[bin++];
    const double within = bins[bin] ? ((double)total / ONE_IN - seen) / bins[bin] : 0.5;
    const double sigma = ((double)bin + within) * BIN_PX;
    return sigma > LEAST_PX ? (sigma < MOST_PX ? sigma : MOST_PX) : LEAST_PX;
}

/* The blur of the head's box; USUAL_PX when there are too few edges. */
smp_status smpi_scalp_measure_blur(smp_scalp *scalp, smp_diag *diag)
{
    uint32_t bins[BINS] = {0};
    float *luma = NULL;
    scalp->blur_px = scalp->set_blur_px > 0.0 ? scalp->set_blur_px : USUAL_PX;
    if (scalp->box.width == 0)
        return SMP_OK;
    const uint32_t x0 = scalp->box.x0 * scalp->step, y0 = scalp->box.y0 * scalp->step;
    uint32_t x1 = x0 + scalp->box.width * scalp->step;
    uint32_t y1 = y0 + scalp->box.height * scalp->step;
    x1 = x1 < scalp->photo.width ? x1 : scalp->photo.width;
    y1 = y1 < scalp->photo.height ? y1 : scalp->photo.height;
    smpi_sharpness sharp;
    SMPI_TRY(smpi_new(scalp->ctx, &luma, x1 - x0, sizeof *luma, "row", diag));
    smp_status status = smpi_sharpness_open(scalp, &sharp, diag);
    const uint32_t pitch = (y1 - y0) / ROWS + 1;
    for (uint32_t y = y0; y < y1 && status == SMP_OK; y += pitch) {
        read_luma(scalp, y, x0, x1 - x0, luma);
        take_row(luma, x0, x1 - x0, bins);
        smpi_sharpness_row(scalp, &sharp, y, x0, x1 - x0, luma);
    }
    smpi_free(scalp->ctx, luma, (x1 - x0) * sizeof *luma);
    if (status != SMP_OK)
        return status;
    scalp->blur_px = scalp->set_blur_px > 0.0 ? scalp->set_blur_px : typical(bins);
    smpi_sharpness_close(scalp, &sharp);
    return SMP_OK;
}
