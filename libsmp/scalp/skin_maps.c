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
#include "scalp/scalp.h"
#include "scalp/skin_table.h"

#define BINS 21           /* of shading, for the light's colour in the shade */
#define BIN_FIRST (-2.0f) /* ln of the shading over its mean */
#define BIN_STEP 0.1f     /* the last one is the mean */
#define BIN_KEEP 200.0f   /* pixels of the whole head that each bin is mixed with */
#define RED_SHARE 0.32f   /* of the shade's warmth is red added; the rest is green taken */
#define AROUND_MM 2.0f    /* standard deviation of the mean that parts wide from fine */
#define NOISE_WIDE 0.008  /* of ln R, G, B of a map's pixel */
#define NOISE_FINE 0.01
/* Of white light, what skin mirrors evenly in light from all round; less than the 0.028 of
 * Fresnel's law at the index 1.4, since that is what a mirror all in view of the light gives;
 * assumed. */
#define EVEN 0.02
#define REACH_MOST 24u /* map pixels that the mean may span to each side */
#define ROW_MOST (SMPI_SCALP_SIDE / SMPI_SCALP_SKIN + 2u) /* map pixels of a row */
#define MOST 0.7f   /* of a channel that shine may take here: what is left has a colour */
#define GLOSS 0.5f  /* of the luminance: so much shine hides the skin */
#define LEAST 1e-4f /* linear */

/* How far melanin, blood (as logarithms), yellow (micromol/l) and the logarithm of shading stray,
 * and what was missed of shine (over the luminance): from the head's mean, and from the mean round
 * a place, where light varies by its relief alone; assumed. */
static const double spread_wide[5] = {0.15, 0.25, 0.7, 0.6, 0.02};
static const double spread_fine[5] = {0.12, 0.20, 0.3, 0.045, 0.02};

typedef struct skin_job {
    smp_scalp *scalp;
    const smpi_survey *survey;
    float *log_rgb;                 /* R G B of each pixel, and how much skin it has */
    uint32_t x0, y0, width, height; /* of the maps, round the box */
    float to_srgb[9];
    float trend[BINS][2]; /* ln(R/G), ln(G/B) by shading */
    float mean[3];
    float smooth[4][3], fine[4][3]; /* gains: melanin, blood, yellow, shading by ln R, G, B */
    double is[3], does[3][5];       /* the head's skin, and what each of five does to it */
    float *wide; /* weighted mean along rows of log_rgb over job->mean, and weight */
    float taps[REACH_MOST + 1];
    size_t reach;
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

/* The first guess of a pixel's shading, as a logarithm over the head's mean: what the smooth gain
 * makes of its colour. */
static float shade_of(const skin_job *job, const float *p)
{
    float sum = 0.0f;
    for (int c = 0; c < 3; c++)
        sum += job->smooth[3][c] * (p[c] - job->mean[c]);
    return sum;
}

/* Which bin of shading; what is brighter than the mean has the colour of the mean. */
static float bin_of(float shade)
{
    const float at = (shade - BIN_FIRST) / BIN_STEP;
    return at > 0.0f ? (at < (float)(BINS - 1) ? at : (float)(BINS - 1)) : 0.0f;
}

/* Light that has gone sideways under the skin fills the shade, and it is warm: the mean colour by
 * shading, so that it is not taken for blood and melanin. */
static void find_trend(skin_job *job)
{
    double sums[BINS][3] = {{0}}, all[3] = {0};
    for (size_t k = 0; k < (size_t)job->width * job->height; k++) {
        const float *p = job->log_rgb + 4 * k;
        if (!(p[3] > 0.0f))
            continue;
        double *bin = sums[(int)(bin_of(shade_of(job, p)) + 0.5f)];
        bin[0] += (double)p[3];
        bin[1] += (double)(p[3] * (p[0] - p[1]));
        bin[2] += (double)(p[3] * (p[1] - p[2]));
    }
    for (int b = 0; b < BINS; b++)
        for (int c = 0; c < 3; c++)
            all[c] += sums[b][c];
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

/* Takes the warmth of the shade off a row of logarithms. */
static smp_status cool_row(void *task, uint32_t row)
{
    const skin_job *job = task;
    for (uint32_t k = 0; k < job->width; k++) {
        float *p = job->log_rgb + 4 * ((size_t)row * job->width + k);
        const float at = bin_of(shade_of(job, p));
        const int bin = (int)at < BINS - 1 ? (int)at : BINS - 2;
        float t[2];
        for (int c = 0; c < 2; c++) {
            const float from = job->trend[bin][c];
            t[c] = from + (at - (float)bin) * (job->trend[bin + 1][c] - from);
        }
        p[0] -= RED_SHARE * t[0];
        p[1] += (1.0f - RED_SHARE) * t[0];
        p[2] += (1.0f - RED_SHARE) * t[0] + t[1];
    }
    return SMP_OK;
}

static void find_mean(skin_job *job)
{
    double sum[3] = {0}, weight = 0.0;
    for (size_t k = 0; k < (size_t)job->width * job->height; k++) {
        const float *p = job->log_rgb + 4 * k;
        weight += (double)p[3];
        for (int c = 0; c < 3; c++)
            sum[c] += (double)(p[3] * p[c]);
    }
    for (int c = 0; c < 3; c++)
        job->mean[c] = weight > 0.0 ? (float)(sum[c] / weight) : 0.0f;
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
        const float *p = job->log_rgb + 4 * ((size_t)row * job->width + k);
        for (size_t c = 0; c < 3; c++)
            to[4 * k + c] = p[3] * (p[c] - job->mean[c]);
        to[4 * k + 3] = p[3];
    }
    smpi_kernels(job->scalp->ctx)
        ->fir(job->wide + 4 * (row + job->reach) * job->width, to, 4, job->taps, job->reach + 1,
              4 * (size_t)job->width);
    return SMP_OK;
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
static void find_gain(const skin_job *job, const double spread[5], double noise, float gain[4][3])
{
    double m[5][5];
    for (int i = 0; i < 5; i++)
        for (int j = 0; j < 5; j++) {
            m[i][j] = i == j ? noise * noise / (spread[i] * spread[i]) : 0.0;
            for (int c = 0; c < 3; c++)
                m[i][j] += job->does[c][i] * job->does[c][j];
        }
    invert(m);
    for (int i = 0; i < 4; i++)
        for (int c = 0; c < 3; c++) {
            double sum = 0.0;
            for (int k = 0; k < 5; k++)
                sum += m[i][k] * job->does[c][k];
            gain[i][c] = (float)sum;
        }
}

/* The head's skin without what its surface mirrors evenly: that is white and follows the shading,
 * so it counts as paler skin everywhere else, but it hides how much melanin does to colour. */
static void bare_skin(const smp_skin *found, double p[3])
{
    double is[3], least = 1.0;
    smp_skin bare;
    p[0] = smpi_log((double)found->melanin);
    p[1] = smpi_log((double)found->blood);
    p[2] = (double)found->yellow_um;
    smpi_skin_log_rgb(p, is, NULL);
    for (int c = 0; c < 3; c++)
        least = smpi_exp(is[c]) < least ? smpi_exp(is[c]) : least;
    const double even = EVEN < 0.5 * least ? EVEN : 0.5 * least;
    for (int c = 0; c < 3; c++)
        is[c] = smpi_log(smpi_exp(is[c]) - even);
    smpi_skin_from_log_rgb(is, &bare);
    p[0] = smpi_log((double)bare.melanin);
    p[1] = smpi_log((double)bare.blood);
    p[2] = (double)bare.yellow_um;
}

/* What melanin, blood, yellow, shading and missed shine do to the logarithms at the head's skin. */
static void find_gains(skin_job *job)
{
    const smp_skin *skin = &job->scalp->skin;
    const double found[3] = {smpi_log((double)skin->melanin), smpi_log((double)skin->blood),
                             (double)skin->yellow_um};
    double p[3], is[3], slope[3][3];
    smpi_skin_log_rgb(found, job->is, NULL);
    bare_skin(skin, p);
    smpi_skin_log_rgb(p, is, slope);
    const double luma =
        0.2126 * smpi_exp(is[0]) + 0.7152 * smpi_exp(is[1]) + 0.0722 * smpi_exp(is[2]);
    for (int c = 0; c < 3; c++) {
        for (int k = 0; k < 3; k++)
            job->does[c][k] = slope[c][k];
        job->does[c][3] = 1.0;
        job->does[c][4] = luma / smpi_exp(is[c]);
    }
    find_gain(job, spread_wide, NOISE_WIDE, job->smooth);
    find_gain(job, spread_fine, NOISE_FINE, job->fine);
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
    const size_t pitch = 4 * (size_t)job->width;
    float around[4 * ROW_MOST];
    smpi_kernels(scalp->ctx)
        ->fir(around, job->wide + (row + job->reach) * pitch, pitch, job->taps, job->reach + 1,
              pitch);
    for (uint32_t k = 0; k < job->width; k++) {
        const float *p = job->log_rgb + 4 * ((size_t)row * job->width + k);
        const float *mean = around + 4 * (size_t)k;
        float x[4] = {0};
        for (int c = 0; c < 3; c++) {
            const float is = p[c] - job->mean[c];
            const float wide = mean[3] > 0.01f ? mean[c] / mean[3] : is;
            for (int i = 0; i < 4; i++)
                x[i] += job->smooth[i][c] * wide + job->fine[i][c] * (is - wide);
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

/* Everything after the colours are gathered. */
static smp_status split(skin_job *job)
{
    const smp_context *ctx = job->scalp->ctx;
    find_gains(job);
    find_mean(job);
    find_trend(job);
    SMPI_TRY(smpi_run(ctx, cool_row, job, job->height));
    find_mean(job);
    for (int c = 0; c < 3; c++)
        job->scalp->white[c] = smpi_expf(job->mean[c] - (float)job->is[c]);
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
    find_taps(&job);
    const size_t count = 4 * (size_t)job.width * job.height;
    const size_t around = count + 8 * (size_t)job.width * job.reach;
    SMPI_TRY(smpi_new(scalp->ctx, &job.log_rgb, count + around, sizeof(float), "skin", diag));
    job.wide = job.log_rgb + count;
    memset(job.wide, 0, around * sizeof(float));
    smp_status status = smpi_run(scalp->ctx, gather_row, &job, job.height);
    if (status == SMP_OK)
        status = split(&job);
    smpi_free(scalp->ctx, job.log_rgb, (count + around) * sizeof(float));
    return status == SMP_OK ? SMP_OK : smpi_fail(diag, status, "mapping the skin failed");
}
