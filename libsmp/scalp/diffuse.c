/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The local diffuse light: what skin sends back round each place, without what its surface mirrors.
 * A weighted mean over about 8 mm, so that colour and light vary slowly. docs/model/scalp.md, (S3)
 * and (S4). */
#include <math.h>
#include <string.h>

#include "base/math.h"
#include "scalp/scalp.h"

#define REACH_MM 8.0f /* standard deviation of the mean */
#define REACH_MAX 24  /* cells: what the kernel may span to each side */

/* Sums of weight and weighted diffuse colour of one row of cells. */
typedef struct diffuse_job {
    smp_scalp *scalp;
    const smpi_survey *survey;
    float *sums, *along, *out; /* 4 a cell: weight, R, G, B */
    float kernel[REACH_MAX + 1];
    int radius;
} diffuse_job;

static void add_pixel(const diffuse_job *job, size_t at, float *cell)
{
    const smpi_survey *survey = job->survey;
    const float *p = survey->rgb + 3 * at;
    const float weight = survey->like[at] * survey->alpha[at] * (1.0f - survey->clip[at]);
    if (!(weight > 0.0f))
        return;
    if (job->scalp->shined) {
        const smp_scalp *scalp = job->scalp;
        const size_t map = (scalp->box.y0 + at / scalp->box.width) * scalp->width + scalp->box.x0 +
                           at % scalp->box.width;
        const float found = scalp->maps[SMP_SCALP_SHINE][map];
        cell[0] += weight;
        for (int c = 0; c < 3; c++)
            cell[1 + c] += weight * (p[c] - found);
        return;
    }
    const smpi_split split = smpi_scalp_split(job->scalp, p, survey->tone);
    /* More than a third mirrored says little about what lies under it. */
    float shine = split.shine > 0.08f * split.luma ? split.shine - 0.08f * split.luma : 0.0f;
    const float trust = weight * smpi_scalp_ramp(shine, 0.35f * split.luma, 0.1f * split.luma);
    float least = p[0] < p[1] ? p[0] : p[1];
    least = p[2] < least ? p[2] : least;
    shine = shine < least ? shine : least;
    cell[0] += trust;
    for (int c = 0; c < 3; c++)
        cell[1 + c] += trust * (p[c] - shine);
}

static smp_status sum_cells(void *task, uint32_t row)
{
    const diffuse_job *job = task;
    const smpi_box *box = &job->scalp->box;
    float *cells = job->sums + 4 * (size_t)row * job->scalp->nodes_x;
    memset(cells, 0, 4 * (size_t)job->scalp->nodes_x * sizeof *cells);
    const uint32_t pitch = job->survey->pitch; /* divides a cell */
    for (uint32_t y = row * SMPI_SCALP_CELL; y < (row + 1) * SMPI_SCALP_CELL && y < box->height;
         y += pitch)
        for (uint32_t x = 0; x < box->width; x += pitch)
            add_pixel(job, (size_t)y * box->width + x, cells + 4 * (x / SMPI_SCALP_CELL));
    return SMP_OK;
}

/* One pass of the mean over cells: along rows of `from` (stride 4) into `to`, step cells apart. */
static void mean_cells(const diffuse_job *job, const float *from, float *to, size_t step,
                       uint32_t count)
{
    for (int i = 0; i < (int)count; i++) {
        float sum[4] = {0};
        for (int d = -job->radius; d <= job->radius; d++) {
            if (i + d < 0 || i + d >= (int)count)
                continue;
            const float k = job->kernel[d < 0 ? -d : d];
            const float *cell = from + 4 * step * (size_t)(i + d);
            for (int c = 0; c < 4; c++)
                sum[c] += k * cell[c];
        }
        memcpy(to + 4 * step * (size_t)i, sum, sizeof sum);
    }
}

static smp_status mean_row(void *task, uint32_t row)
{
    const diffuse_job *job = task;
    const size_t first = 4 * (size_t)row * job->scalp->nodes_x;
    mean_cells(job, job->sums + first, job->along + first, 1, job->scalp->nodes_x);
    return SMP_OK;
}

static smp_status mean_column(void *task, uint32_t column)
{
    const diffuse_job *job = task;
    mean_cells(job, job->along + 4 * (size_t)column, job->out + 4 * (size_t)column,
               job->scalp->nodes_x, job->scalp->nodes_y);
    return SMP_OK;
}

/* A mean over `reach` cells of the sums, into job->out. */
static smp_status mean(diffuse_job *job, float reach)
{
    const smp_scalp *scalp = job->scalp;
    reach = reach < 8.0f ? (reach > 0.7f ? reach : 0.7f) : 8.0f;
    job->radius = (int)(3.0f * reach);
    for (int d = 0; d <= job->radius; d++)
        job->kernel[d] = smpi_expf(-0.5f * (float)(d * d) / (reach * reach));
    SMPI_TRY(smpi_run(scalp->ctx, mean_row, job, scalp->nodes_y));
    return smpi_run(scalp->ctx, mean_column, job, scalp->nodes_x);
}

/* Where little is known near by, the wider mean speaks, and at last the whole head's. */
static void settle(const diffuse_job *job, const float *near, const float *wide)
{
    smp_scalp *scalp = job->scalp;
    const size_t cells = (size_t)scalp->nodes_x * scalp->nodes_y;
    for (size_t k = 0; k < cells; k++) {
        const float *a = near + 4 * k, *b = wide + 4 * k;
        const float weight = a[0] + 0.02f * b[0] + 1e-3f;
        for (int c = 0; c < 3; c++)
            scalp->diffuse[3 * k + (size_t)c] =
                (a[1 + c] + 0.02f * b[1 + c] + 1e-3f * job->survey->level * job->survey->tone[c]) /
                weight;
    }
}

smp_status smpi_scalp_diffuse(smp_scalp *scalp, const smpi_survey *survey, smp_diag *diag)
{
    const size_t cells = (size_t)scalp->nodes_x * scalp->nodes_y;
    diffuse_job job = {.scalp = scalp, .survey = survey};
    float *near = NULL, *wide = NULL;
    smp_status status = smpi_new(scalp->ctx, &job.sums, 16 * cells, sizeof *near, "cells", diag);
    if (status != SMP_OK)
        return status;
    job.along = job.sums + 4 * cells;
    near = job.sums + 8 * cells;
    wide = job.sums + 12 * cells;
    const float reach = REACH_MM * survey->mm / (float)SMPI_SCALP_CELL;
    status = smpi_run(scalp->ctx, sum_cells, &job, scalp->nodes_y);
    job.out = near;
    if (status == SMP_OK)
        status = mean(&job, reach);
    job.out = wide;
    if (status == SMP_OK)
        status = mean(&job, 4.0f * reach);
    if (status == SMP_OK)
        settle(&job, near, wide);
    else
        smpi_fail(diag, status, "finding the diffuse light failed");
    smpi_free(scalp->ctx, job.sums, 16 * cells * sizeof *near);
    return status;
}

void smpi_scalp_diffuse_at(const smp_scalp *scalp, float x, float y, float rgb[3])
{
    smpi_scalp_nodes_at(scalp, scalp->diffuse, x, y, rgb);
}
