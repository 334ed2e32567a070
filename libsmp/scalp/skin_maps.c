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
/* Cosines of the limb: there the ground is mirrored, in its own colour. */
#define LIMB_LEAST 0.08f
#define LIMB_MOST 0.30f
/* Of a cell's places that could be skin: so many are at a rim, where hair and ground show. */
#define RIM_LEAST 0.4f
#define RIM_MOST 0.8f
#define BLOCKS_SHOW 0.15f /* codes^2 */
#define HAIR_STRAY 0.25f  /* of log light: more is a hair, or ground */
#define COARSE 2.5        /* photo pixels a millimetre */
#define RIM_KEPT 0.02f    /* of what it weighs, in case there is nothing else */
#define PART (1.0f / (float)(SMPI_SCALP_SKIN * SMPI_SCALP_SKIN)) /* of a pixel's weight */
#define KNOWN 0.25f      /* of what lies round a place: is enough to tell its wide mean */
#define RARE_LEAST -4.0f /* ln of odds: rarer is left out */
#define RARE_MOST 30.0f
#define MATTE_OVER 0.01f /* of gloss over that of the matte places: still matte */

typedef smpi_skin_job skin_job;

/* One pixel of the maps: the mean colour of its analysis pixels and their shine. Returns how much
 * skin it has. */
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
    const float one = weight > 0.0f ? 1.0f / weight : 0.0f;
    for (int c = 0; c < 3; c++)
        rgb[c] = one * sum[c];
    *shine = one * sum[3];
    return weight;
}

static smp_status gather_row(void *task, uint32_t row)
{
    const skin_job *job = task;
    for (uint32_t k = 0; k < job->width; k++) {
        const size_t at = (size_t)row * job->width + k;
        float rgb[3], *out = job->px + 4 * at;
        out[3] = gather(job, job->x0 + k, job->y0 + row, rgb, job->shine + at);
        job->seen[at] = PART * out[3];
        smpi_skin_to_srgb(job, rgb, out);
    }
    return SMP_OK;
}

/* Of each cell's places over the face how many are skin, into the nodes of `expected`. What lies
 * beyond the head counts as a place, what is face does not. */
static smp_status rim_row(void *task, uint32_t row)
{
    const skin_job *job = task;
    const smp_scalp *scalp = job->scalp;
    const smpi_box *box = &scalp->box;
    const uint32_t side = SMPI_SCALP_CELL;
    for (uint32_t i = 0; i < scalp->nodes_x; i++) {
        float skin = 0.0f, all = 0.5f;
        for (uint32_t y = row * side; y < (row + 1) * side && y < box->height; y++)
            for (uint32_t x = i * side; x < (i + 1) * side && x < box->width; x++) {
                const size_t at = (size_t)y * box->width + x;
                skin +=
                    scalp->maps[SMP_SCALP_MASK][(size_t)(box->y0 + y) * scalp->width + box->x0 + x];
                all += job->survey->facing[at] > 0.0f && !scalp->given
                           ? (float)job->survey->above[at] * (1.0f / 255.0f)
                           : 1.0f;
            }
        float *out = job->expected + 3 * ((size_t)row * scalp->nodes_x + i);
        out[0] = out[1] = (skin + 0.5f) / all; /* face without any scalp is no rim */
    }
    return SMP_OK;
}

/* The least of a cell and its neighbours, along rows or down columns (0: from out[0] to out[1];
 * 1: back): a rim is a cell wide. */
static void least_of_three(const skin_job *job, int down)
{
    const uint32_t nx = job->scalp->nodes_x, ny = job->scalp->nodes_y;
    const size_t step = down ? 3 * (size_t)nx : 3;
    for (uint32_t j = 0; j < ny; j++)
        for (uint32_t i = 0; i < nx; i++) {
            float *v = job->expected + 3 * ((size_t)j * nx + i);
            const float *from = v + down;
            float least = *from;
            if (down ? j > 0 : i > 0)
                least = from[-(ptrdiff_t)step] < least ? from[-(ptrdiff_t)step] : least;
            if (down ? j + 1 < ny : i + 1 < nx)
                least = from[step] < least ? from[step] : least;
            v[1 + down] = least;
        }
}

static void expected_at(const skin_job *job, uint32_t k, uint32_t row, float out[3]);

/* What lies at a rim or at the limb counts little. */
static smp_status weigh_row(void *task, uint32_t row)
{
    const skin_job *job = task;
    const smpi_box *box = &job->scalp->box;
    uint32_t y = (job->y0 + row) * SMPI_SCALP_SKIN;
    y = y > box->y0 ? y - box->y0 : 0;
    for (uint32_t k = 0; k < job->width && y < box->height; k++) {
        float *p = job->px + 4 * ((size_t)row * job->width + k), share[3];
        uint32_t x = (job->x0 + k) * SMPI_SCALP_SKIN;
        x = x > box->x0 ? x - box->x0 : 0;
        if (!(p[3] > 0.0f && x < box->width))
            continue;
        expected_at(job, k, row, share);
        const float trust =
            smpi_scalp_ramp(share[job->rim], RIM_LEAST, RIM_MOST) *
            smpi_scalp_ramp(job->survey->facing[(size_t)y * box->width + x], LIMB_LEAST, LIMB_MOST);
        p[3] *= RIM_KEPT + (1.0f - RIM_KEPT) * trust;
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

static const float light_weight[3] = {0.5f, 0.4f, 0.1f};

/* What counts at most against the mean, so that a shadow or a hair does not count for all. */
static const float stray_most[3] = {1.5f, 0.2f, 0.1f};

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
    job->around = sigma / px;
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

/* Adds what one of the two means is, by its gain, to the unknowns; the rare only as far as it lies
 * inside: beside a rim it is hair. */
static void estimate(const smpi_skin_gain *gain, const float is[3], float weight, float inside,
                     float x[4])
{
    /* Which way the rare goes: more melanin, more blood, less light. */
    static const int unknown[SMPI_SKIN_RARE] = {0, 1, 3};
    static const float way[SMPI_SKIN_RARE] = {1.0f, 1.0f, -1.0f};
    float usual[4], z[SMPI_SKIN_RARE], likely[SMPI_SKIN_RARE] = {0}, all = 1.0f;
    for (int k = 0; k < 4; k++) {
        const float *g = gain->by[k];
        usual[k] = g[0] * is[0] + g[1] * is[1] + g[2] * is[2];
        x[k] += weight * usual[k];
    }
    for (int r = 0; r < SMPI_SKIN_RARE; r++) {
        z[r] = gain->rare[r].z * usual[unknown[r]];
        const float q = gain->rare[r].half * z[r] * z[r] - gain->rare[r].odds;
        if (!(q > RARE_LEAST && way[r] * z[r] > 0.0f))
            continue;
        likely[r] = smpi_expf(q < RARE_MOST ? q : RARE_MOST);
        all += likely[r];
    }
    if (all > 1.0f)
        for (int r = 0; r < SMPI_SKIN_RARE; r++)
            for (int k = 0; k < 4; k++)
                x[k] += inside * weight * likely[r] / all * gain->rare[r].pull[k] * z[r];
}

/* The logarithm of the light over what is expected if its skin and gloss are as expected. */
static float plain_light(const skin_job *job, const float *p, const float expected[3])
{
    const float blood = smpi_skin_held(p[0], -1.0f, 1.0f);
    const float gloss = job->mean[2] + expected[1];
    float is = 0.0f, plain = 0.0f;
    for (int c = 0; c < 3; c++) {
        is += light_weight[c] * (job->plain[c] * smpi_expf(blood * job->warped[c]) +
                                 smpi_skin_held(p[2] + expected[1], 0.0f, 2.0f));
        plain += light_weight[c] * (job->plain[c] + smpi_skin_held(gloss, 0.0f, 2.0f));
    }
    const float stray = p[1] + smpi_logf(is / plain) - job->mean[1];
    return stray / (1.0f + stray * stray * (1.0f / (HAIR_STRAY * HAIR_STRAY)));
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
        const size_t at = (size_t)row * job->width + k;
        const float *p = job->px + 4 * at;
        const float *mean = around + 4 * (size_t)k;
        float x[4] = {0}, expected[3];
        expected_at(job, k, row, expected);
        const uint32_t bin = smpi_skin_gain_of(job, expected[2]);
        /* What is known round a place reaches over its edge and fades there to the head's. */
        const float known = smpi_scalp_ramp(mean[3] * PART, 0.0f, KNOWN);
        const float inside = smpi_scalp_ramp(mean[3] * PART, 0.5f, 0.9f);
        const float sure = p[3] * PART, rest = job->seen[at] - sure;
        float wide[3], fine[3];
        for (int c = 0; c < 3; c++) {
            wide[c] = mean[3] > 0.0f ? mean[c] / mean[3] : 0.0f;
            fine[c] = p[c] - job->mean[c] - wide[c];
        }
        if (known > 0.0f)
            estimate(&job->gains[0][bin], wide, known, inside, x);
        if (rest > 0.0f) /* skin of an uncertain colour: its brightness is that of the light */
            x[3] += rest * (plain_light(job, p, expected) - x[3]);
        if (known * sure > 0.0f)
            estimate(&job->gains[1][bin], fine, known * sure, inside, x);
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
    SMPI_TRY(smpi_run(ctx, rim_row, job, scalp->nodes_y));
    /* Blocks of colour bleed over edges, two cells wide at most; so do small photos. */
    const int bleeds = scalp->step <= 2 && job->blocks[0] + job->blocks[1] > BLOCKS_SHOW;
    job->rim = bleeds || scalp->camera.px_per_mm < COARSE ? 2 : 0;
    least_of_three(job, 0);
    least_of_three(job, 1);
    SMPI_TRY(smpi_run(ctx, weigh_row, job, job->height));
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
    const size_t floats = 6 * count + around + 3 * nodes;
    SMPI_TRY(smpi_new(scalp->ctx, &job.px, floats, sizeof(float), "skin", diag));
    job.shine = job.px + 4 * count;
    job.seen = job.shine + count;
    job.wide = job.seen + count;
    job.expected = job.wide + around;
    memset(job.wide, 0, around * sizeof(float));
    smp_status status = smpi_new(scalp->ctx, &job.nodes, nodes, sizeof *job.nodes, "skin", diag);
    if (status != SMP_OK)
        goto done;
    memset(job.nodes, 0, nodes * sizeof *job.nodes);
    status = smpi_skin_blocks(&job, diag);
    if (status == SMP_OK)
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
