/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The light's colour, in the shade and as a whole, and with it each pixel's blood, shade and gloss
 * if its melanin were the head's. docs/model/scalp.md, (S13) and (S14). */
#include <math.h>
#include <string.h>

#include "base/math.h"
#include "scalp/skin_job.h"
#include "scalp/skin_table.h"

#define BINS SMPI_SKIN_BINS
#define BIN_FIRST (-2.0f) /* ln of the light over its mean */
#define BIN_STEP 0.1f     /* the last one is the mean: what is brighter has its colour */
#define BIN_KEEP 200.0f   /* pixels of the whole head that each bin is mixed with */
#define RED_SHARE 0.32f   /* of the shade's warmth is red added; the rest is green taken */
#define PITCH 2u          /* one row in PITCH is looked at for the shade's colour */
#define DULL 0.15f        /* of the luminance: what mirrors more says little about colour */
#define SURE_LEAST 0.25f  /* of the luminance has been through the skin: gives no answer */
#define SURE_MOST 0.60f   /* gives one */
#define CAST_TURNS 4
#define GLOSS_SURE 0.03 /* that much of it in a twentieth speaks for all of the even sheen */
#define LEVELS 1024     /* of gloss, -0.4 to 1.648 */
#define LEVEL 0.002f
#define LEAST (-0.4f)
#define LIGHT_LEAST 1e-4f /* linear */

/* ---- the shade ----------------------------------------------------------------------------- */

/* A pixel without its shine. */
static void matte_of(const smpi_skin_job *job, size_t at, float rgb[3])
{
    const float *p = job->px + 4 * at;
    for (int c = 0; c < 3; c++) {
        const float v = p[c] - job->shine[at];
        rgb[c] = v > LIGHT_LEAST ? v : LIGHT_LEAST;
    }
}

static float light_of(const float rgb[3])
{
    return 0.5f * rgb[0] + 0.4f * rgb[1] + 0.1f * rgb[2];
}

static float bin_of(const smpi_skin_job *job, float light)
{
    const float at = (smpi_logf(light) - job->mean_light - BIN_FIRST) / BIN_STEP;
    return at > 0.0f ? (at < (float)(BINS - 1) ? at : (float)(BINS - 1)) : 0.0f;
}

static void find_mean_light(smpi_skin_job *job)
{
    double sum = 0.0, weight = 1e-9;
    for (uint32_t j = 0; j < job->height; j += PITCH)
        for (size_t k = (size_t)j * job->width; k < (size_t)(j + 1) * job->width; k++) {
            float rgb[3];
            if (!(job->px[4 * k + 3] > 0.0f))
                continue;
            matte_of(job, k, rgb);
            sum += (double)(job->px[4 * k + 3] * smpi_logf(light_of(rgb)));
            weight += (double)job->px[4 * k + 3];
        }
    job->mean_light = (float)(sum / weight);
}

/* Light that has gone sideways under the skin fills the shade, and it is warm: the mean colour by
 * light, so that it is not taken for blood and melanin. */
static void find_warmth(smpi_skin_job *job)
{
    double sums[BINS][3] = {{0}}, all[3] = {0};
    for (uint32_t j = 0; j < job->height; j += PITCH)
        for (size_t k = (size_t)j * job->width; k < (size_t)(j + 1) * job->width; k++) {
            const float *p = job->px + 4 * k;
            float rgb[3];
            if (!(p[3] > 0.0f && job->shine[k] < DULL * light_of(p)))
                continue;
            matte_of(job, k, rgb);
            double *bin = sums[(int)(bin_of(job, light_of(rgb)) + 0.5f)];
            bin[0] += (double)p[3];
            bin[1] += (double)(p[3] * smpi_logf(rgb[0] / rgb[1]));
            bin[2] += (double)(p[3] * smpi_logf(rgb[1] / rgb[2]));
        }
    for (int b = 0; b < BINS; b++)
        for (int c = 0; c < 3; c++)
            all[c] += sums[b][c];
    for (int b = 0; b < BINS; b++) {
        float t[2];
        for (int c = 0; c < 2; c++) {
            double weight = 1e-9, sum = 0.0;
            for (int n = b > 0 ? b - 1 : 0; n <= b + 1 && n < BINS; n++) {
                weight += sums[n][0];
                sum += sums[n][1 + c];
            }
            const double keep = (double)(BIN_KEEP / PITCH);
            const double mean = all[0] > 0.0 ? all[1 + c] / all[0] : 0.0;
            t[c] = (float)((sum + keep * mean) / (weight + keep) - mean);
        }
        job->cool[b][0] = smpi_expf(-RED_SHARE * t[0]);
        job->cool[b][1] = smpi_expf((1.0f - RED_SHARE) * t[0]);
        job->cool[b][2] = smpi_expf((1.0f - RED_SHARE) * t[0] + t[1]);
    }
}

/* Takes the warmth of the shade off a row. */
static smp_status cool_row(void *task, uint32_t row)
{
    const smpi_skin_job *job = task;
    for (size_t k = (size_t)row * job->width; k < (size_t)(row + 1) * job->width; k++) {
        float rgb[3];
        if (!(job->px[4 * k + 3] > 0.0f))
            continue;
        matte_of(job, k, rgb);
        const float at = bin_of(job, light_of(rgb));
        const int bin = (int)at < BINS - 1 ? (int)at : BINS - 2;
        for (int c = 0; c < 3; c++) {
            const float from = job->cool[bin][c];
            job->px[4 * k + (size_t)c] *= from + (at - (float)bin) * (job->cool[bin + 1][c] - from);
        }
    }
    return SMP_OK;
}

/* ---- the nodes ----------------------------------------------------------------------------- */

/* Means of a row of cells of `count` values of px; the first call also counts the weights. */
static smp_status node_row(void *task, uint32_t row)
{
    const smpi_skin_job *job = task;
    const smp_scalp *scalp = job->scalp;
    const size_t across = scalp->nodes_x;
    smpi_skin_node *nodes = job->nodes + row * across;
    const uint32_t side = SMPI_SCALP_CELL / SMPI_SCALP_SKIN;
    for (size_t i = 0; i < across; i++) {
        memset(nodes[i].rgb, 0, sizeof nodes[i].rgb);
        nodes[i].shine = nodes[i].weight = 0.0f;
    }
    for (uint32_t y = row * side; y < (row + 1) * side && y < job->height; y++)
        for (uint32_t x = 0; x < job->width && x / side < across; x++) {
            const size_t at = (size_t)y * job->width + x;
            const float *p = job->px + 4 * at;
            smpi_skin_node *node = nodes + x / side;
            for (int c = 0; c < 3; c++)
                node->rgb[c] += p[3] * p[c];
            node->shine += p[3] * job->shine[at];
            node->weight += p[3];
        }
    for (size_t i = 0; i < across; i++) {
        const float one = nodes[i].weight > 0.0f ? 1.0f / nodes[i].weight : 0.0f;
        for (int c = 0; c < 3; c++)
            nodes[i].rgb[c] *= one;
        nodes[i].shine *= one;
    }
    return SMP_OK;
}

/* ---- the head's skin ----------------------------------------------------------------------- */

/* The mean colour of what is matte, and the skin behind it. */
static void find_skin(smpi_skin_job *job)
{
    const size_t count = (size_t)job->scalp->nodes_x * job->scalp->nodes_y;
    double sum[3] = {0}, logs[3] = {0}, weight = 1e-9, log_rgb[3], is[3];
    for (size_t k = 0; k < count; k++) {
        const smpi_skin_node *node = job->nodes + k;
        if (!(node->weight > 0.0f))
            continue;
        weight += (double)node->weight;
        for (int c = 0; c < 3; c++) {
            float v = node->rgb[c] - node->shine;
            v = v > LIGHT_LEAST ? v : LIGHT_LEAST;
            sum[c] += (double)(node->weight * v);
            logs[c] += (double)(node->weight * smpi_logf(v));
        }
    }
    for (int c = 0; c < 3; c++) {
        job->mean_log[c] = (float)(logs[c] / weight);
        log_rgb[c] = smpi_log(sum[c] > 0.0 ? sum[c] / weight : 0.1);
    }
    smpi_skin_behind(log_rgb, job->even, job->skin);
    smpi_skin_log_rgb(job->skin, is, job->slope);
    for (int c = 0; c < 3; c++) {
        job->albedo[c] = smpi_exp(is[c]);
        job->cast[c] = 1.0f;
        job->warped[c] = (float)job->slope[c][1];
        job->plain[c] = (float)job->albedo[c];
    }
    /* R G B = light (albedo + blood albedo slope + gloss): the way back. */
    const double *a = job->albedo;
    const double b[3] = {a[0] * job->slope[0][1], a[1] * job->slope[1][1], a[2] * job->slope[2][1]};
    const double cross[3][3] = {
        {b[1] - b[2], b[2] - b[0], b[0] - b[1]},
        {a[2] - a[1], a[0] - a[2], a[1] - a[0]},
        {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]}};
    double det = a[0] * cross[0][0] + a[1] * cross[0][1] + a[2] * cross[0][2];
    det = fabs(det) > 1e-9 ? det : 1e-9;
    for (int i = 0; i < 9; i++)
        job->solve[i] = (float)(cross[i / 3][i % 3] / det);
}

/* Light, blood and gloss of a colour if its melanin and yellow are the head's. What the blood's
 * exponential has over its slope is taken off in two turns. */
static void solve_color(const smpi_skin_job *job, const float rgb[3], float out[3])
{
    const float *m = job->solve;
    float is[3], off[3] = {0}, light = 0.0f;
    for (int c = 0; c < 3; c++)
        is[c] = rgb[c] * job->cast[c];
    for (int turn = 0;; turn++) {
        const float x = is[0] - off[0], y = is[1] - off[1], z = is[2] - off[2];
        light = m[0] * x + m[1] * y + m[2] * z;
        light = light > LIGHT_LEAST ? light : LIGHT_LEAST;
        const float one = 1.0f / light;
        out[0] = (m[3] * x + m[4] * y + m[5] * z) * one;
        out[2] = (m[6] * x + m[7] * y + m[8] * z) * one;
        if (turn == 2)
            break;
        for (int c = 0; c < 3; c++) {
            const float e = smpi_skin_held(out[0], -1.0f, 1.0f) * job->warped[c];
            off[c] = light * (float)job->albedo[c] * e * e *
                     (0.5f + e * (1.0f / 6.0f + e * (1.0f / 24.0f)));
        }
    }
    out[1] = light;
}

/* How much of a colour's luminance has been through the skin: 0 where it is nearly all mirrored,
 * and says nothing about what lies below. */
static float sure(const smpi_skin_job *job, const float rgb[3], float light)
{
    const float body = light * light_of(job->plain);
    return smpi_scalp_ramp(body, SURE_LEAST * light_of(rgb), SURE_MOST * light_of(rgb));
}

/* Solves the nodes, into the places of their normals (blood, light, gloss), and finds the gloss
 * below which three shares of the skin lie. */
static void solve_nodes(smpi_skin_job *job, const float share[3], float level[3])
{
    const size_t count = (size_t)job->scalp->nodes_x * job->scalp->nodes_y;
    float bins[LEVELS] = {0}, all = 0.0f, seen = 0.0f;
    for (size_t k = 0; k < count; k++) {
        smpi_skin_node *node = job->nodes + k;
        if (!(node->weight > 0.0f))
            continue;
        solve_color(job, node->rgb, node->n);
        if (!(sure(job, node->rgb, node->n[1]) > 0.0f))
            continue;
        const float at = smpi_skin_held((node->n[2] - LEAST) / LEVEL, 0.0f, (float)(LEVELS - 1));
        bins[(int)at] += node->weight;
        all += node->weight;
    }
    level[0] = level[1] = level[2] = LEAST;
    for (int b = 0; b < LEVELS; b++) {
        for (int k = 0; k < 3; k++)
            level[k] = seen < share[k] * all ? LEAST + ((float)b + 0.5f) * LEVEL : level[k];
        seen += bins[b];
    }
}

/* The cast that brings what is matte (gloss between the tenth and the half of all) to the skin's
 * own colour. Returns how much more gloss than that the glossiest twentieth has. */
static float find_cast(smpi_skin_job *job)
{
    static const float share[3] = {0.1f, 0.5f, 0.95f};
    const size_t count = (size_t)job->scalp->nodes_x * job->scalp->nodes_y;
    float level[3];
    for (int turn = 0;; turn++) {
        double sum[3] = {0}, weight = 1e-9, off[3], mean = 0.0;
        solve_nodes(job, share, level);
        for (size_t k = 0; k < count && turn < CAST_TURNS; k++) {
            const smpi_skin_node *node = job->nodes + k;
            if (!(node->weight > 0.0f && node->n[2] >= level[0] && node->n[2] <= level[1]))
                continue;
            weight += (double)node->weight;
            for (int c = 0; c < 3; c++) {
                const float v = node->rgb[c] > LIGHT_LEAST ? node->rgb[c] : LIGHT_LEAST;
                sum[c] += (double)(node->weight * smpi_logf(v / node->n[1]));
            }
        }
        if (!(weight > 1.0))
            return level[2] - level[1];
        for (int c = 0; c < 3; c++) {
            off[c] = smpi_log(job->albedo[c] + job->even) - sum[c] / weight;
            mean += off[c] / 3.0;
        }
        for (int c = 0; c < 3; c++)
            job->cast[c] = smpi_expf((float)(off[c] - mean));
    }
}

static smp_status solve_row(void *task, uint32_t row)
{
    const smpi_skin_job *job = task;
    for (size_t k = (size_t)row * job->width; k < (size_t)(row + 1) * job->width; k++) {
        float *p = job->px + 4 * k, solved[3];
        solve_color(job, p, solved);
        const float trust = sure(job, p, solved[1]);
        p[3] *= trust;
        job->seen[k] *= trust;
        p[0] = solved[0];
        p[1] = smpi_logf(solved[1]);
        p[2] = solved[2];
    }
    return SMP_OK;
}

/* A node's mean shade and gloss take the place of its colour. */
static void keep_solved(smpi_skin_job *job)
{
    const size_t count = (size_t)job->scalp->nodes_x * job->scalp->nodes_y;
    for (size_t k = 0; k < count; k++) {
        float *v = job->nodes[k].rgb;
        job->nodes[k].blood = v[0];
        v[0] = v[1];
        v[1] = v[2];
    }
}

smp_status smpi_skin_light(smpi_skin_job *job)
{
    const smp_context *ctx = job->scalp->ctx;
    find_mean_light(job);
    find_warmth(job);
    SMPI_TRY(smpi_run(ctx, cool_row, job, job->height));
    SMPI_TRY(smpi_run(ctx, node_row, job, job->scalp->nodes_y));
    job->even = SMPI_SKIN_EVEN;
    find_skin(job);
    const double seen = (double)find_cast(job) / GLOSS_SURE;
    if (seen < 1.0) { /* polarised or powdered: no highlights, so no sheen */
        job->even *= seen > 0.0 ? seen : 0.0;
        find_skin(job);
        find_cast(job);
    }
    SMPI_TRY(smpi_run(ctx, solve_row, job, job->height));
    SMPI_TRY(smpi_run(ctx, node_row, job, job->scalp->nodes_y));
    keep_solved(job);
    return SMP_OK;
}
