/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Melanin, blood, yellow and shading of each place: the logarithm of the diffuse colour against the
 * head's, split by what each of the four does to it, what varies widely and what varies finely each
 * by its own expectations. docs/model/scalp.md, (S13) and (S14). */
#include <math.h>
#include <string.h>

#include "base/math.h"
#include "color/transfer.h"
#include "scalp/skin_job.h"
#include "scalp/skin_table.h"

#define AROUND_MM 2.0f /* standard deviation of the mean that parts wide from fine */
#define REACH_MOST 24u /* map pixels that the mean may span to each side */
#define ROW_MOST (SMPI_SCALP_SIDE / SMPI_SCALP_SKIN + 2u) /* map pixels of a row */
#define MOST 0.7f         /* of a channel that shine may take here: what is left has a colour */
#define GLOSS_LEAST 0.35f /* of the luminance: so much shine begins to hide the skin */
#define GLOSS_MOST 0.6f   /* hides it */
#define MATTE_OVER 0.01f  /* of gloss over that of the matte places: still matte */

typedef smpi_skin_job skin_job;

/* One pixel of the maps: the mean colour of its analysis pixels and their shine; where there is no
 * skin, the light that is known from around. Returns how much skin it has. */
static float gather(const skin_job *job, uint32_t i, uint32_t j, float rgb[3], float *shine)
{
    const smp_scalp *scalp = job->scalp;
    const smpi_box *box = &scalp->box;
    float weight = 0.0f, sum[4] = {0};
    for (uint32_t y = j * SMPI_SCALP_SKIN; y < (j + 1) * SMPI_SCALP_SKIN; y++)
        for (uint32_t x = i * SMPI_SCALP_SKIN; x < (i + 1) * SMPI_SCALP_SKIN; x++) {
            if (x < box->x0 || y < box->y0 || x >= box->x0 + box->width ||
                y >= box->y0 + box->height)
                continue;
            const size_t at = (size_t)(y - box->y0) * box->width + (x - box->x0);
            const size_t map = (size_t)y * scalp->width + x;
            const float *p = job->survey->rgb + 3 * at;
            float least = p[0] < p[1] ? p[0] : p[1];
            least = MOST * (p[2] < least ? p[2] : least);
            const float found = scalp->maps[SMP_SCALP_SHINE][map];
            /* Under strong gloss little is left that has a colour. */
            const float w = scalp->maps[SMP_SCALP_MASK][map] * (1.0f - job->survey->clip[at]) *
                            smpi_scalp_ramp(found, GLOSS_MOST * scalp->luma[map],
                                            GLOSS_LEAST * scalp->luma[map]);
            weight += w;
            for (size_t c = 0; c < 3; c++)
                sum[c] += w * p[c];
            sum[3] += w * (found < least ? found : least);
        }
    *shine = 0.0f;
    if (weight > 0.2f) {
        for (int c = 0; c < 3; c++)
            rgb[c] = sum[c] / weight;
        *shine = sum[3] / weight;
        return weight;
    }
    smpi_skin_around(job, i - job->x0, j - job->y0, rgb);
    return 0.0f;
}

static smp_status gather_row(void *task, uint32_t row)
{
    const skin_job *job = task;
    for (uint32_t k = 0; k < job->width; k++) {
        const size_t at = (size_t)row * job->width + k;
        float rgb[3], *out = job->px + 4 * at;
        out[3] = gather(job, job->x0 + k, job->y0 + row, rgb, job->shine + at);
        smpi_skin_to_srgb(job, rgb, out);
    }
    return SMP_OK;
}

/* Log shade, smooth gloss and gloss around, as expected at a pixel of the maps. */
static void expected_at(const skin_job *job, uint32_t k, uint32_t row, float out[3])
{
    const smpi_box *box = &job->scalp->box;
    const float half = 0.5f * (float)SMPI_SCALP_SKIN;
    smpi_scalp_nodes_at(job->scalp, job->expected,
                        (float)((job->x0 + k) * SMPI_SCALP_SKIN) + half - (float)box->x0,
                        (float)((job->y0 + row) * SMPI_SCALP_SKIN) + half - (float)box->y0, out);
}

/* A row against what is expected of it. */
static smp_status expect_row(void *task, uint32_t row)
{
    const skin_job *job = task;
    for (uint32_t k = 0; k < job->width; k++) {
        float *p = job->px + 4 * ((size_t)row * job->width + k), is[3];
        expected_at(job, k, row, is);
        p[1] -= is[0];
        p[2] -= is[1];
    }
    return SMP_OK;
}

static void find_mean(skin_job *job)
{
    double sum[3] = {0}, shade = 0.0, weight = 1e-9;
    for (size_t k = 0; k < (size_t)job->width * job->height; k++) {
        const float *p = job->px + 4 * k;
        weight += (double)p[3];
        for (int c = 0; c < 3; c++)
            sum[c] += (double)(p[3] * p[c]);
    }
    for (int c = 0; c < 3; c++)
        job->mean[c] = (float)(sum[c] / weight);
    weight = 1e-9;
    for (size_t k = 0; k < (size_t)job->scalp->nodes_x * job->scalp->nodes_y; k++) {
        weight += (double)job->nodes[k].weight;
        shade += (double)(job->nodes[k].weight * job->nodes[k].rgb[0]);
    }
    job->mean_shade = (float)(shade / weight);
}

/* What counts at most against the mean, so that a shadow or a hair does not count for all. */
static const float stray_most[3] = {1.5f, 0.3f, 0.1f};

/* Sums of squares, and of weights; of gloss only where it is matte. */
static void add_stray(const skin_job *job, const float *is, float gloss, float weight,
                      double sum[6])
{
    for (int c = 0; c < (gloss > job->matte + MATTE_OVER ? 2 : 3); c++) {
        const float e = smpi_skin_held(is[c] - job->mean[c], -stray_most[c], stray_most[c]);
        sum[c] += (double)(weight * e * e);
        sum[3 + c] += (double)weight;
    }
}

/* How far blood, shade and gloss stray from what is expected: by cells, which is wide, and by
 * pixels beyond that, which is fine. */
static void find_stray(skin_job *job)
{
    double wide[6] = {0}, all[6] = {0};
    for (uint32_t j = 0; j < job->height; j += 4)
        for (uint32_t k = 0; k < job->width; k++) {
            const float *p = job->px + 4 * ((size_t)j * job->width + k);
            float expected[3];
            if (!(p[3] > 0.0f))
                continue;
            expected_at(job, k, j, expected);
            add_stray(job, p, expected[2], p[3], all);
        }
    for (size_t k = 0; k < (size_t)job->scalp->nodes_x * job->scalp->nodes_y; k++) {
        const smpi_skin_node *node = job->nodes + k;
        const float *expected = job->expected + 3 * k;
        const float is[3] = {node->blood, node->rgb[0] - expected[0], node->rgb[1] - expected[1]};
        add_stray(job, is, expected[2], node->weight, wide);
    }
    for (int c = 0; c < 3; c++) {
        job->stray[0][c] = wide[3 + c] > 0.0 ? wide[c] / wide[3 + c] : 0.0;
        job->stray[1][c] = all[3 + c] > 0.0 ? all[c] / all[3 + c] - job->stray[0][c] : 0.0;
    }
}

/* ---- the mean over a Gaussian of AROUND_MM ------------------------------------------------- */

static void find_taps(skin_job *job)
{
    const float px =
        (float)job->scalp->camera.px_per_mm / (float)(job->scalp->step * SMPI_SCALP_SKIN);
    const float sigma = AROUND_MM * px > 0.5f ? AROUND_MM * px : 0.5f;
    float sum = 0.0f;
    job->reach = sigma < 0.4f * REACH_MOST ? (size_t)(2.5f * sigma) : REACH_MOST;
    for (size_t k = 0; k <= job->reach; k++) {
        const float t = (float)k / sigma;
        job->taps[k] = smpi_expf(-0.5f * t * t);
        sum += k > 0 ? 2.0f * job->taps[k] : job->taps[k];
    }
    for (size_t k = 0; k <= job->reach; k++)
        job->taps[k] /= sum;
}

/* A row's weighted logarithms and weights, averaged along it, into the wide plane, which has
 * `reach` empty rows over and under it. */
static smp_status along_row(void *task, uint32_t row)
{
    const skin_job *job = task;
    float line[4 * (ROW_MOST + 2 * REACH_MOST)];
    float *to = line + 4 * job->reach;
    memset(line, 0, 4 * (job->width + 2 * job->reach) * sizeof *line);
    for (size_t k = 0; k < job->width; k++) {
        const float *p = job->px + 4 * ((size_t)row * job->width + k);
        for (size_t c = 0; c < 3; c++)
            to[4 * k + c] = p[3] * (p[c] - job->mean[c]);
        to[4 * k + 3] = p[3];
    }
    smpi_kernels(job->scalp->ctx)
        ->fir(job->wide + 4 * (row + job->reach) * job->width, to, 4, job->taps, job->reach + 1,
              4 * (size_t)job->width);
    return SMP_OK;
}

static void put(const skin_job *job, size_t at, const float x[4])
{
    smp_scalp *scalp = job->scalp;
    const smp_skin *skin = &scalp->skin;
    const float *white = scalp->white;
    const float level = 0.2126f * white[0] + 0.7152f * white[1] + 0.0722f * white[2];
    scalp->maps[SMP_SCALP_MELANIN][at] =
        smpi_skin_held(skin->melanin * smpi_expf(smpi_skin_held(x[0], -2.0f, 2.0f)), 0.0f, 0.5f);
    scalp->maps[SMP_SCALP_BLOOD][at] =
        smpi_skin_held(skin->blood * smpi_expf(smpi_skin_held(x[1], -2.0f, 2.0f)), 0.0f, 0.2f);
    scalp->maps[SMP_SCALP_YELLOW][at] = smpi_skin_held(skin->yellow_um + x[2], 0.0f, 50.0f);
    scalp->maps[SMP_SCALP_SHADE][at] = level * smpi_expf(smpi_skin_held(x[3], -6.0f, 4.0f));
}

static smp_status maps_row(void *task, uint32_t row)
{
    const skin_job *job = task;
    const size_t first =
        (size_t)(job->y0 + row) * job->scalp->planes[SMP_SCALP_MELANIN].width + job->x0;
    const size_t pitch = 4 * (size_t)job->width;
    float around[4 * ROW_MOST];
    smpi_kernels(job->scalp->ctx)
        ->fir(around, job->wide + (row + job->reach) * pitch, pitch, job->taps, job->reach + 1,
              pitch);
    for (uint32_t k = 0; k < job->width; k++) {
        const float *p = job->px + 4 * ((size_t)row * job->width + k);
        const float *mean = around + 4 * (size_t)k;
        float x[4] = {0}, expected[3];
        expected_at(job, k, row, expected);
        if (p[3] > 0.0f) {
            const uint32_t bin = smpi_skin_gain_of(job, expected[2]);
            for (int c = 0; c < 3; c++) {
                const float is = p[c] - job->mean[c];
                const float wide = mean[3] > 0.01f ? mean[c] / mean[3] : is;
                for (int i = 0; i < 4; i++)
                    x[i] +=
                        job->gains[0][bin][i][c] * wide + job->gains[1][bin][i][c] * (is - wide);
            }
        } else {
            x[3] = p[1]; /* no skin: the light that is known from around */
        }
        x[3] += expected[0] - job->mean_shade;
        put(job, first + k, x);
    }
    return SMP_OK;
}

/* Everything after the colours are gathered. */
static smp_status split(skin_job *job)
{
    smp_scalp *scalp = job->scalp;
    const smp_context *ctx = scalp->ctx;
    const double found[3] = {smpi_log((double)scalp->skin.melanin),
                             smpi_log((double)scalp->skin.blood), (double)scalp->skin.yellow_um};
    double is[3];
    SMPI_TRY(smpi_skin_light(job));
    smpi_skin_expect(job);
    smpi_skin_log_rgb(found, is, NULL);
    for (int c = 0; c < 3; c++)
        scalp->white[c] = smpi_expf(job->mean_log[c] - (float)is[c]);
    SMPI_TRY(smpi_run(ctx, expect_row, job, job->height));
    find_mean(job);
    find_stray(job);
    smpi_skin_find_gains(job);
    SMPI_TRY(smpi_run(ctx, along_row, job, job->height));
    return smpi_run(ctx, maps_row, job, job->height);
}

smp_status smpi_scalp_skin_maps(smp_scalp *scalp, const smpi_survey *survey, smp_diag *diag)
{
    const smpi_box *box = &scalp->box;
    skin_job job = {.scalp = scalp, .survey = survey};
    const smp_space space = (smp_space)scalp->photo.space;
    double m[9];
    SMPI_TRY(smpi_space_primary_matrix(space, SMP_SPACE_LINEAR_SRGB, m, diag));
    for (int k = 0; k < 9; k++)
        job.to_srgb[k] = (float)m[k];
    job.x0 = box->x0 / SMPI_SCALP_SKIN;
    job.y0 = box->y0 / SMPI_SCALP_SKIN;
    job.width = (box->x0 + box->width + SMPI_SCALP_SKIN - 1) / SMPI_SCALP_SKIN - job.x0;
    job.height = (box->y0 + box->height + SMPI_SCALP_SKIN - 1) / SMPI_SCALP_SKIN - job.y0;
    float taps[REACH_MOST + 1];
    job.taps = taps;
    find_taps(&job);
    const size_t count = (size_t)job.width * job.height;
    const size_t nodes = (size_t)scalp->nodes_x * scalp->nodes_y;
    const size_t around = 4 * (count + 2 * job.width * job.reach);
    const size_t floats = 5 * count + around + 3 * nodes;
    SMPI_TRY(smpi_new(scalp->ctx, &job.px, floats, sizeof(float), "skin", diag));
    job.shine = job.px + 4 * count;
    job.wide = job.shine + count;
    job.expected = job.wide + around;
    memset(job.wide, 0, around * sizeof(float));
    smp_status status = smpi_new(scalp->ctx, &job.nodes, nodes, sizeof *job.nodes, "skin", diag);
    if (status != SMP_OK)
        goto done;
    memset(job.nodes, 0, nodes * sizeof *job.nodes);
    status = smpi_run(scalp->ctx, gather_row, &job, job.height);
    if (status == SMP_OK)
        status = split(&job);
    if (status != SMP_OK)
        smpi_fail(diag, status, "mapping the skin failed");
done:
    smpi_free(scalp->ctx, job.nodes, nodes * sizeof *job.nodes);
    smpi_free(scalp->ctx, job.px, floats * sizeof(float));
    return status;
}
