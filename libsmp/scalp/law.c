/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A given mask: copied at the photo's own resolution, within the box where it is above 0. */
#include <string.h>

#include "image/rows.h"
#include "scalp/scalp.h"

/* One row of the mask as 0 .. 65535; what is above 0 at all stays above 0. */
static void law_row(const smp_image *mask, uint32_t y, uint32_t x0, uint32_t n, uint16_t *out)
{
    float rgb[3 * SMPI_SCALP_CHUNK], alpha[SMPI_SCALP_CHUNK];
    for (uint32_t done = 0; done < n;) {
        uint32_t m = n - done < SMPI_SCALP_CHUNK ? n - done : SMPI_SCALP_CHUNK;
        smpi_rows_get(mask, y, x0 + done, m, rgb, alpha);
        for (uint32_t k = 0; k < m; k++) {
            float v = (rgb[3 * k] + rgb[3 * k + 1] + rgb[3 * k + 2]) * (1.0f / 3.0f) * alpha[k];
            uint16_t code = 0;
            if (v > 0.0f) { /* NaN is 0 */
                float at = (v < 1.0f ? v : 1.0f) * 65535.0f + 0.5f;
                code = (uint16_t)at;
                code = code ? code : 1;
            }
            out[done + k] = code;
        }
        done += m;
    }
}

/* The first and the last pixel above 0 of each row: span[2 y], span[2 y + 1] (exclusive). */
typedef struct law_job {
    const smp_image *mask;
    smp_scalp *scalp;
    uint32_t *span;
} law_job;

static smp_status find_span(void *task, uint32_t y)
{
    const law_job *job = task;
    uint16_t codes[SMPI_SCALP_CHUNK];
    uint32_t first = UINT32_MAX, last = 0;
    for (uint32_t x = 0; x < job->mask->width; x += SMPI_SCALP_CHUNK) {
        uint32_t n = job->mask->width - x;
        n = n < SMPI_SCALP_CHUNK ? n : SMPI_SCALP_CHUNK;
        law_row(job->mask, y, x, n, codes);
        for (uint32_t k = 0; k < n; k++)
            if (codes[k]) {
                first = first == UINT32_MAX ? x + k : first;
                last = x + k + 1;
            }
    }
    job->span[2 * (size_t)y] = first;
    job->span[2 * (size_t)y + 1] = last;
    return SMP_OK;
}

static smp_status copy_row(void *task, uint32_t row)
{
    const law_job *job = task;
    const smpi_box *box = &job->scalp->law_box;
    law_row(job->mask, box->y0 + row, box->x0, box->width,
            job->scalp->law + (size_t)row * box->width);
    return SMP_OK;
}

smp_status smpi_scalp_law(smp_scalp *scalp, const smp_image *mask, smp_diag *diag)
{
    const size_t spans = 2 * (size_t)mask->height;
    law_job job = {mask, scalp, NULL};
    SMPI_TRY(smpi_new(scalp->ctx, &job.span, spans, sizeof *job.span, "mask rows", diag));
    smp_status status = smpi_run(scalp->ctx, find_span, &job, mask->height);
    if (status != SMP_OK) {
        smpi_fail(diag, status, "reading the mask failed");
        goto done;
    }
    uint32_t x0 = UINT32_MAX, x1 = 0, y0 = UINT32_MAX, y1 = 0;
    for (uint32_t y = 0; y < mask->height; y++) {
        if (job.span[2 * (size_t)y] == UINT32_MAX)
            continue;
        x0 = job.span[2 * (size_t)y] < x0 ? job.span[2 * (size_t)y] : x0;
        x1 = job.span[2 * (size_t)y + 1] > x1 ? job.span[2 * (size_t)y + 1] : x1;
        y0 = y0 == UINT32_MAX ? y : y0;
        y1 = y + 1;
    }
    if (y0 == UINT32_MAX)
        goto done; /* 0 everywhere: an empty box */
    scalp->law_box = (smpi_box){x0, y0, x1 - x0, y1 - y0};
    status = smpi_new(scalp->ctx, &scalp->law, (size_t)(x1 - x0) * (y1 - y0), sizeof *scalp->law,
                      "mask", diag);
    if (status != SMP_OK)
        goto done;
    status = smpi_run(scalp->ctx, copy_row, &job, y1 - y0);
    if (status != SMP_OK)
        smpi_fail(diag, status, "copying the mask failed");
done:
    smpi_free(scalp->ctx, job.span, spans * sizeof *job.span);
    return status;
}

static smp_status map_row(void *task, uint32_t j)
{
    const law_job *job = task;
    const smp_scalp *scalp = job->scalp;
    float alpha[SMPI_SCALP_CHUNK], rgb[3 * SMPI_SCALP_CHUNK];
    const smpi_box *box = &scalp->law_box;
    float *out = scalp->maps[SMP_SCALP_MASK] + (size_t)j * scalp->width;
    uint32_t y1 = (j + 1) * scalp->step;
    y1 = y1 < scalp->photo.height ? y1 : scalp->photo.height;
    for (uint32_t y = j * scalp->step; y < y1; y++) {
        if (y < box->y0 || y >= box->y0 + box->height)
            continue;
        const uint16_t *law = scalp->law + (size_t)(y - box->y0) * box->width;
        for (uint32_t x = 0; x < box->width; x += SMPI_SCALP_CHUNK) {
            uint32_t n = box->width - x < SMPI_SCALP_CHUNK ? box->width - x : SMPI_SCALP_CHUNK;
            smpi_rows_get(&scalp->photo, y, box->x0 + x, n, rgb, alpha);
            for (uint32_t k = 0; k < n; k++)
                if (alpha[k] > 0.0f)
                    out[(box->x0 + x + k) / scalp->step] +=
                        (float)law[x + k] * (alpha[k] < 1.0f ? alpha[k] : 1.0f);
        }
    }
    for (uint32_t i = 0; i < scalp->width; i++) {
        uint32_t across = scalp->photo.width - i * scalp->step;
        across = across < scalp->step ? across : scalp->step;
        out[i] /= 65535.0f * (float)(across * (y1 - j * scalp->step));
    }
    return SMP_OK;
}

smp_status smpi_scalp_law_map(smp_scalp *scalp, smp_diag *diag)
{
    if (!scalp->law)
        return SMP_OK;
    law_job job = {NULL, scalp, NULL};
    smp_status status = smpi_run(scalp->ctx, map_row, &job, scalp->height);
    return status == SMP_OK ? SMP_OK : smpi_fail(diag, status, "averaging the mask failed");
}
