/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Melanin, blood, yellow and shading of each place: the logarithm of the diffuse colour against the
 * head's, split by what each of the four does to it. docs/model/scalp.md, (S13) and (S14). */
#include <math.h>
#include <string.h>

#include "base/math.h"
#include "color/transfer.h"
#include "scalp/scalp.h"
#include "scalp/skin_table.h"

#define BINS 21           /* of shading, for the light's colour in the shade */
#define BIN_FIRST (-2.0f) /* ln of the light over its mean */
#define BIN_STEP 0.1f     /* the last one is the mean */
#define BIN_KEEP 200.0f   /* pixels of the whole head that each bin is mixed with */
#define RED_SHARE 0.32f   /* of the shade's warmth is red added; the rest is green taken */
#define NOISE 0.008       /* of ln R, G, B of a map's pixel */
#define MOST 0.7f         /* of a channel that shine may take here: what is left has a colour */
#define SHINE 0.02        /* of the luminance: what the map of shine may have missed */
#define GLOSS 0.5f        /* of the luminance: so much shine hides the skin */
#define LEAST 1e-4f       /* linear */

/* How far melanin, blood (as logarithms), yellow (micromol/l) and the logarithm of shading stray
 * from the head's mean, and what was missed of shine; assumed. */
static const double spread[5] = {0.15, 0.25, 0.7, 0.6, SHINE};

typedef struct skin_job {
    smp_scalp *scalp;
    const smpi_survey *survey;
    float *log_rgb;                 /* R G B of each pixel, without the light's mean colour */
    uint32_t x0, y0, width, height; /* of the maps, round the box */
    float to_srgb[9];
    float trend[BINS][2]; /* ln(R/G), ln(G/B) by shading */
    float light;          /* ln of the mean light */
    float mean[3];
    float gain[4][3];
} skin_job;

/* One pixel of the maps: the mean diffuse colour of its analysis pixels; where there is no skin,
 * the light that is known from around. Returns how much skin it has. */
static float gather(const skin_job *job, uint32_t i, uint32_t j, float rgb[3])
{
    const smp_scalp *scalp = job->scalp;
    const smpi_box *box = &scalp->box;
    float weight = 0.0f, sum[3] = {0};
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
            float shine = scalp->maps[SMP_SCALP_SHINE][map];
            /* Under strong gloss little is left that has a colour. */
            const float w = scalp->maps[SMP_SCALP_MASK][map] * (1.0f - job->survey->clip[at]) *
                            smpi_scalp_ramp(shine, GLOSS * scalp->luma[map], 0.0f);
            shine = shine < least ? shine : least;
            weight += w;
            for (size_t c = 0; c < 3; c++)
                sum[c] += w * (p[c] - shine);
        }
    if (weight > 0.2f) {
        for (int c = 0; c < 3; c++)
            rgb[c] = sum[c] / weight;
        return weight;
    }
    const float half = 0.5f * (float)SMPI_SCALP_SKIN;
    smpi_scalp_diffuse_at(scalp, (float)(i * SMPI_SCALP_SKIN) + half - (float)box->x0,
                          (float)(j * SMPI_SCALP_SKIN) + half - (float)box->y0, rgb);
    return 0.0f;
}

static smp_status gather_row(void *task, uint32_t row)
{
    const skin_job *job = task;
    const float *m = job->to_srgb;
    for (uint32_t k = 0; k < job->width; k++) {
        float rgb[3], *out = job->log_rgb + 4 * ((size_t)row * job->width + k);
        out[3] = gather(job, job->x0 + k, job->y0 + row, rgb);
        for (int c = 0; c < 3; c++) {
            const float v = m[3 * c] * rgb[0] + m[3 * c + 1] * rgb[1] + m[3 * c + 2] * rgb[2];
            out[c] = smpi_logf(v > LEAST ? v : LEAST);
        }
    }
    return SMP_OK;
}

/* ln of the smooth light at a pixel of the maps. */
static float light_at(const skin_job *job, uint32_t k, uint32_t row)
{
    const smp_scalp *scalp = job->scalp;
    const uint32_t i = (job->x0 + k) * SMPI_SCALP_SKIN, j = (job->y0 + row) * SMPI_SCALP_SKIN;
    const float light = scalp->maps[SMP_SCALP_LIGHT][(size_t)j * scalp->width + i];
    return smpi_logf(light > LEAST ? light : LEAST);
}

/* Which bin of shading; what is brighter than the mean has the colour of the mean. */
static float bin_of(const skin_job *job, float light)
{
    const float at = (light - job->light - BIN_FIRST) / BIN_STEP;
    return at > 0.0f ? (at < (float)(BINS - 1) ? at : (float)(BINS - 1)) : 0.0f;
}

/* Light that has gone sideways under the skin fills the shade, and it is warm: the mean colour by
 * shading, so that it is not taken for blood and melanin. */
static void find_trend(skin_job *job)
{
    double sums[BINS][3] = {{0}}, all[3] = {0}, light = 0.0;
    for (uint32_t row = 0; row < job->height; row++)
        for (uint32_t k = 0; k < job->width; k++) {
            const double w = (double)job->log_rgb[4 * ((size_t)row * job->width + k) + 3];
            all[0] += w;
            if (w > 0.0)
                light += w * (double)light_at(job, k, row);
        }
    job->light = all[0] > 0.0 ? (float)(light / all[0]) : 0.0f;
    for (uint32_t row = 0; row < job->height; row++)
        for (uint32_t k = 0; k < job->width; k++) {
            const float *p = job->log_rgb + 4 * ((size_t)row * job->width + k);
            if (!(p[3] > 0.0f))
                continue;
            const int bin = (int)(bin_of(job, light_at(job, k, row)) + 0.5f);
            const double u = (double)(p[3] * (p[0] - p[1])), v = (double)(p[3] * (p[1] - p[2]));
            sums[bin][0] += (double)p[3];
            sums[bin][1] += u;
            sums[bin][2] += v;
            all[1] += u;
            all[2] += v;
        }
    for (int b = 0; b < BINS; b++)
        for (int c = 0; c < 2; c++) {
            double weight = 1e-9, sum = 0.0;
            for (int n = b > 0 ? b - 1 : 0; n <= b + 1 && n < BINS; n++) {
                weight += sums[n][0];
                sum += sums[n][1 + c];
            }
            const double mean = all[0] > 0.0 ? all[1 + c] / all[0] : 0.0;
            job->trend[b][c] =
                (float)((sum + (double)BIN_KEEP * mean) / (weight + (double)BIN_KEEP) - mean);
        }
}

/* The logarithm of a pixel's colour, the warmth of the shade taken off. */
static void cool(const skin_job *job, const float *p, float light, float out[3])
{
    const float at = bin_of(job, light);
    const int bin = (int)at < BINS - 1 ? (int)at : BINS - 2;
    float t[2];
    for (int c = 0; c < 2; c++)
        t[c] =
            job->trend[bin][c] + (at - (float)bin) * (job->trend[bin + 1][c] - job->trend[bin][c]);
    out[0] = p[0] - RED_SHARE * t[0];
    out[1] = p[1] + (1.0f - RED_SHARE) * t[0];
    out[2] = p[2] + (1.0f - RED_SHARE) * t[0] + t[1];
}

static void find_mean(skin_job *job)
{
    double sum[3] = {0}, weight = 0.0;
    for (uint32_t row = 0; row < job->height; row++)
        for (uint32_t k = 0; k < job->width; k++) {
            const float *p = job->log_rgb + 4 * ((size_t)row * job->width + k);
            float is[3];
            if (!(p[3] > 0.0f))
                continue;
            cool(job, p, light_at(job, k, row), is);
            weight += (double)p[3];
            for (int c = 0; c < 3; c++)
                sum[c] += (double)(p[3] * is[c]);
        }
    for (int c = 0; c < 3; c++)
        job->mean[c] = weight > 0.0 ? (float)(sum[c] / weight) : 0.0f;
}

/* Inverts a symmetric, positive definite 5 x 5 matrix in place, by elimination. */
static void invert(double m[5][5])
{
    double a[5][10];
    for (int i = 0; i < 5; i++)
        for (int j = 0; j < 10; j++)
            a[i][j] = j < 5 ? m[i][j] : (double)(j - 5 == i);
    for (int i = 0; i < 5; i++) {
        const double pivot = 1.0 / a[i][i];
        for (int j = 0; j < 10; j++)
            a[i][j] *= pivot;
        for (int k = 0; k < 5; k++) {
            const double f = a[k][i];
            for (int j = 0; j < 10 && k != i; j++)
                a[k][j] -= f * a[i][j];
        }
    }
    for (int i = 0; i < 5; i++)
        for (int j = 0; j < 5; j++)
            m[i][j] = a[i][5 + j];
}

/* The best linear estimate of the four from three logarithms: with A what each does to them, P the
 * inverse of their spread squared, (A^T A + noise^2 P)^-1 A^T. */
static void find_gain(skin_job *job)
{
    const smp_skin *skin = &job->scalp->skin;
    const double p[3] = {smpi_log((double)skin->melanin), smpi_log((double)skin->blood),
                         (double)skin->yellow_um};
    double is[3], slope[3][3], a[3][5], m[5][5];
    smpi_skin_log_rgb(p, is, slope);
    const double luma =
        0.2126 * smpi_exp(is[0]) + 0.7152 * smpi_exp(is[1]) + 0.0722 * smpi_exp(is[2]);
    for (int c = 0; c < 3; c++) {
        for (int k = 0; k < 3; k++)
            a[c][k] = slope[c][k];
        a[c][3] = 1.0;
        a[c][4] = luma / smpi_exp(is[c]);
        job->scalp->white[c] = smpi_expf(job->mean[c] - (float)is[c]);
    }
    for (int i = 0; i < 5; i++)
        for (int j = 0; j < 5; j++) {
            m[i][j] = i == j ? NOISE * NOISE / (spread[i] * spread[i]) : 0.0;
            for (int c = 0; c < 3; c++)
                m[i][j] += a[c][i] * a[c][j];
        }
    invert(m);
    for (int i = 0; i < 4; i++)
        for (int c = 0; c < 3; c++) {
            double sum = 0.0;
            for (int k = 0; k < 5; k++)
                sum += m[i][k] * a[c][k];
            job->gain[i][c] = (float)sum;
        }
}

static float held(float x, float least, float most)
{
    return x > least ? (x < most ? x : most) : least;
}

static smp_status maps_row(void *task, uint32_t row)
{
    const skin_job *job = task;
    smp_scalp *scalp = job->scalp;
    const float *white = scalp->white;
    const float level = 0.2126f * white[0] + 0.7152f * white[1] + 0.0722f * white[2];
    const size_t first = (size_t)(job->y0 + row) * scalp->planes[SMP_SCALP_MELANIN].width + job->x0;
    for (uint32_t k = 0; k < job->width; k++) {
        const float *p = job->log_rgb + 4 * ((size_t)row * job->width + k);
        float is[3], x[4];
        cool(job, p, light_at(job, k, row), is);
        for (int i = 0; i < 4; i++) {
            x[i] = 0.0f;
            for (int c = 0; c < 3; c++)
                x[i] += job->gain[i][c] * (is[c] - job->mean[c]);
        }
        const smp_skin *skin = &scalp->skin;
        scalp->maps[SMP_SCALP_MELANIN][first + k] =
            held(skin->melanin * smpi_expf(held(x[0], -3.0f, 3.0f)), 0.0f, 0.5f);
        scalp->maps[SMP_SCALP_BLOOD][first + k] =
            held(skin->blood * smpi_expf(held(x[1], -3.0f, 3.0f)), 0.0f, 0.2f);
        scalp->maps[SMP_SCALP_YELLOW][first + k] = held(skin->yellow_um + x[2], 0.0f, 50.0f);
        scalp->maps[SMP_SCALP_SHADE][first + k] = level * smpi_expf(held(x[3], -6.0f, 4.0f));
    }
    return SMP_OK;
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
    const size_t count = 4 * (size_t)job.width * job.height;
    SMPI_TRY(smpi_new(scalp->ctx, &job.log_rgb, count, sizeof(float), "skin", diag));
    smp_status status = smpi_run(scalp->ctx, gather_row, &job, job.height);
    if (status == SMP_OK) {
        find_trend(&job);
        find_mean(&job);
        find_gain(&job);
        status = smpi_run(scalp->ctx, maps_row, &job, job.height);
    }
    smpi_free(scalp->ctx, job.log_rgb, count * sizeof(float));
    return status == SMP_OK ? SMP_OK : smpi_fail(diag, status, "mapping the skin failed");
}
