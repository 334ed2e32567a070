/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Mirrored light, by a matched filter: what white light does to a colour against what melanin,
 * blood and shading do to it. docs/model/scalp.md, (S6). */
#include <math.h>

#include "base/math.h"
#include "color/transfer.h"
#include "scalp/scalp.h"
#include "scalp/skin_table.h"

#define TURNS 3
#define PITCH 2           /* of all turns but the last */
#define BINS 20           /* of light, for the colour of the shade */
#define BIN_FIRST (-2.0f) /* ln of the light over its mean */
#define BIN_STEP 0.1f     /* the last one is the mean: what is brighter has its colour */
#define MOST 0.6f /* of the luminance, unless clipped: pigment must show through at the limb */

/* How far skin strays from what is known around it: melanin, blood (as logarithms), shading and
 * noise (relative), and how much shine there may be over the light; assumed. */
#define STRAY_MELANIN 0.15
#define STRAY_BLOOD 0.22
#define STRAY_SHADE 0.10
#define STRAY_NOISE 0.01
#define STRAY_SHINE 1.0

typedef struct shine_job {
    smp_scalp *scalp;
    const smpi_survey *survey;
    float *plain;     /* R G B of matte skin on the nodes of the diffuse light */
    uint32_t pitch;   /* one analysis pixel in pitch x pitch is looked at */
    float inverse[6]; /* of the covariance of skin: RR RG RB GG GB BB */
} shine_job;

/* Inverts a symmetric 3 x 3 matrix of full rank into its upper part. */
static void invert(double m[3][3], float out[6])
{
    const double a = m[1][1] * m[2][2] - m[1][2] * m[1][2],
                 b = m[0][2] * m[1][2] - m[0][1] * m[2][2];
    const double c = m[0][1] * m[1][2] - m[0][2] * m[1][1];
    const double det = m[0][0] * a + m[0][1] * b + m[0][2] * c;
    out[0] = (float)(a / det);
    out[1] = (float)(b / det);
    out[2] = (float)(c / det);
    out[3] = (float)((m[0][0] * m[2][2] - m[0][2] * m[0][2]) / det);
    out[4] = (float)((m[0][1] * m[0][2] - m[0][0] * m[1][2]) / det);
    out[5] = (float)((m[0][0] * m[1][1] - m[0][1] * m[0][1]) / det);
}

/* The covariance of this head's skin, in relative colour. */
static void find_covariance(shine_job *job)
{
    const smp_skin *skin = &job->scalp->skin;
    const double p[3] = {smpi_log((double)skin->melanin), smpi_log((double)skin->blood),
                         (double)skin->yellow_um};
    double is[3], slope[3][3], m[3][3];
    smpi_skin_log_rgb(p, is, slope);
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            m[i][j] = STRAY_MELANIN * STRAY_MELANIN * slope[i][0] * slope[j][0];
            m[i][j] += STRAY_BLOOD * STRAY_BLOOD * slope[i][1] * slope[j][1];
            m[i][j] += STRAY_SHADE * STRAY_SHADE + (i == j ? STRAY_NOISE * STRAY_NOISE : 0.0);
        }
    invert(m, job->inverse);
}

static float luminance(const smp_scalp *scalp, const float rgb[3])
{
    return scalp->weight[0] * rgb[0] + scalp->weight[1] * rgb[1] + scalp->weight[2] * rgb[2];
}

/* The mask at the middle of a cell. */
static float mask_at(const smp_scalp *scalp, uint32_t i, uint32_t j)
{
    uint32_t x = scalp->box.x0 + i * SMPI_SCALP_CELL + SMPI_SCALP_CELL / 2;
    uint32_t y = scalp->box.y0 + j * SMPI_SCALP_CELL + SMPI_SCALP_CELL / 2;
    x = x < scalp->width ? x : scalp->width - 1;
    y = y < scalp->height ? y : scalp->height - 1;
    return scalp->maps[SMP_SCALP_MASK][(size_t)y * scalp->width + x];
}

static float bin_of(float log_light, float mean)
{
    const float at = (log_light - mean - BIN_FIRST) / BIN_STEP;
    return at > 0.0f ? (at < (float)(BINS - 1) ? at : (float)(BINS - 1)) : 0.0f;
}

/* Matte skin: the light of each node in the colour that skin has in such light. The shade is warm;
 * what is brighter than the mean has the colour of the mean, so that a wide sheen, which makes
 * whole regions pale and bright, is known as such. */
static void find_plain(shine_job *job)
{
    const smp_scalp *scalp = job->scalp;
    const size_t cells = (size_t)scalp->nodes_x * scalp->nodes_y;
    float sums[BINS][4] = {{0}}, all[4] = {0};
    double sum = 0.0, weight = 1e-9;
    for (size_t k = 0; k < cells; k++) {
        const float w =
            mask_at(scalp, (uint32_t)(k % scalp->nodes_x), (uint32_t)(k / scalp->nodes_x));
        const float light = luminance(scalp, scalp->diffuse + 3 * k);
        if (!(w > 0.5f && light > 1e-5f))
            continue;
        sum += (double)smpi_logf(light);
        weight += 1.0;
    }
    const float mean = (float)(sum / weight);
    for (size_t k = 0; k < cells; k++) {
        const float *rgb = scalp->diffuse + 3 * k;
        const float light = luminance(scalp, rgb);
        const float w =
            mask_at(scalp, (uint32_t)(k % scalp->nodes_x), (uint32_t)(k / scalp->nodes_x));
        if (!(w > 0.5f && light > 1e-5f))
            continue;
        const int bin = (int)(bin_of(smpi_logf(light), mean) + 0.5f);
        for (int c = 0; c < 4; c++) {
            const float v = c < 3 ? rgb[c] / light : 1.0f;
            sums[bin][c] += v;
            all[c] += v;
        }
    }
    for (size_t k = 0; k < cells; k++) {
        const float *rgb = scalp->diffuse + 3 * k;
        const float light = luminance(scalp, rgb);
        const float at = bin_of(smpi_logf(light > 1e-5f ? light : 1e-5f), mean);
        const int bin = (int)at < BINS - 1 ? (int)at : BINS - 2;
        const float t = at - (float)bin;
        float mix[4];
        for (int c = 0; c < 4; c++)
            mix[c] = (1.0f - t) * sums[bin][c] + t * sums[bin + 1][c] + 0.02f * all[c];
        for (int c = 0; c < 3; c++) {
            const float v = mix[3] > 0.0f ? light * mix[c] / mix[3] : rgb[c];
            job->plain[3 * k + (size_t)c] = v > 1e-5f ? v : 1e-5f;
        }
    }
}

/* Shine of one pixel: with e its colour over matte skin less 1, d what white light of the level of
 * `light` adds to that, C the covariance of skin: s = d C^-1 e / (d C^-1 d + 1 / spread^2). */
static float filter(const shine_job *job, const float rgb[3], const float plain[3], float light)
{
    const float *q = job->inverse;
    float e[3], d[3];
    for (int c = 0; c < 3; c++) {
        const float one = 1.0f / plain[c];
        e[c] = rgb[c] * one - 1.0f;
        d[c] = light * one;
    }
    const float x = q[0] * d[0] + q[1] * d[1] + q[2] * d[2];
    const float y = q[1] * d[0] + q[3] * d[1] + q[4] * d[2];
    const float z = q[2] * d[0] + q[4] * d[1] + q[5] * d[2];
    const float prior = (float)(1.0 / (STRAY_SHINE * STRAY_SHINE));
    return light * (x * e[0] + y * e[1] + z * e[2]) / (x * d[0] + y * d[1] + z * d[2] + prior);
}

static float shine_of(const shine_job *job, size_t at, const float plain[3])
{
    const smp_scalp *scalp = job->scalp;
    const float *p = job->survey->rgb + 3 * at;
    const float light = luminance(scalp, plain), luma = luminance(scalp, p);
    float most = p[0] > p[1] ? p[0] : p[1], least = p[0] < p[1] ? p[0] : p[1];
    most = p[2] > most ? p[2] : most;
    least = p[2] < least ? p[2] : least;
    float shine = filter(job, p, plain, light);
    shine = shine < MOST * luma ? shine : MOST * luma;
    /* Towards the clipped a camera takes colour away: there, brightness speaks. */
    const float all = luma - light;
    float white = smpi_scalp_ramp(most, 0.75f, 0.95f);
    white = job->survey->clip[at] > white ? job->survey->clip[at] : white;
    if (all > shine)
        shine += (all - shine) * white;
    shine = shine < least ? shine : least;
    return shine > 0.0f ? shine : 0.0f;
}

static smp_status shine_row(void *task, uint32_t row)
{
    const shine_job *job = task;
    const smp_scalp *scalp = job->scalp;
    const size_t width = scalp->box.width, first = (size_t)row * width;
    float *out = job->survey->spare + first;
    if (row % job->pitch) /* copied below */
        return SMP_OK;
    for (uint32_t i = 0; i < width; i += job->pitch) {
        float plain[3];
        out[i] = 0.0f;
        if (!(job->survey->facing[first + i] > 0.0f))
            continue;
        smpi_scalp_nodes_at(scalp, job->plain, (float)i + 0.5f, (float)row + 0.5f, plain);
        out[i] = shine_of(job, first + i, plain);
    }
    return SMP_OK;
}

/* While the light is still sought one pixel in pitch x pitch speaks for all of them. */
static smp_status copy_row(void *task, uint32_t row)
{
    const shine_job *job = task;
    const smpi_box *box = &job->scalp->box;
    const float *from = job->survey->spare + (size_t)(row - row % job->pitch) * box->width;
    float *out =
        job->scalp->maps[SMP_SCALP_SHINE] + (size_t)(box->y0 + row) * job->scalp->width + box->x0;
    for (uint32_t i = 0; i < box->width; i++)
        out[i] = from[i - i % job->pitch];
    return SMP_OK;
}

/* A 3 x 3 mean takes the noise of the photo's colour out of the shine. */
static smp_status calm_row(void *task, uint32_t row)
{
    const shine_job *job = task;
    const smpi_box *box = &job->scalp->box;
    float *out =
        job->scalp->maps[SMP_SCALP_SHINE] + (size_t)(box->y0 + row) * job->scalp->width + box->x0;
    const uint32_t y0 = row > 0 ? row - 1 : 0, y1 = row + 1 < box->height ? row + 1 : row;
    for (uint32_t i = 0; i < box->width; i++) {
        const uint32_t x0 = i > 0 ? i - 1 : 0, x1 = i + 1 < box->width ? i + 1 : i;
        float sum = 0.0f;
        for (uint32_t y = y0; y <= y1; y++)
            for (uint32_t x = x0; x <= x1; x++)
                sum += job->survey->spare[(size_t)y * box->width + x];
        out[i] = sum / (float)((x1 - x0 + 1) * (y1 - y0 + 1));
    }
    return SMP_OK;
}

static smp_status light_row(void *task, uint32_t row)
{
    const shine_job *job = task;
    const smp_scalp *scalp = job->scalp;
    const size_t first = (size_t)(scalp->box.y0 + row) * scalp->width + scalp->box.x0;
    for (uint32_t i = 0; i < scalp->box.width; i++) {
        float diffuse[3];
        smpi_scalp_diffuse_at(scalp, (float)i + 0.5f, (float)row + 0.5f, diffuse);
        scalp->maps[SMP_SCALP_LIGHT][first + i] = luminance(scalp, diffuse);
    }
    return SMP_OK;
}

smp_status smpi_scalp_light_maps(smp_scalp *scalp, const smpi_survey *survey, smp_diag *diag)
{
    shine_job job = {.scalp = scalp, .survey = survey};
    const size_t count = 3 * (size_t)scalp->nodes_x * scalp->nodes_y;
    SMPI_TRY(smpi_new(scalp->ctx, &job.plain, count, sizeof *job.plain, "light", diag));
    smp_status status = SMP_OK;
    for (int turn = 0; turn < TURNS && status == SMP_OK; turn++) {
        smpi_scalp_skin_of(scalp, survey);
        find_covariance(&job);
        find_plain(&job);
        job.pitch = turn + 1 < TURNS ? PITCH : 1;
        status = smpi_run(scalp->ctx, shine_row, &job, scalp->box.height);
        if (status == SMP_OK)
            status =
                smpi_run(scalp->ctx, job.pitch > 1 ? copy_row : calm_row, &job, scalp->box.height);
        scalp->shined = 1; /* from here on the diffuse light goes by the map */
        if (status == SMP_OK)
            status = smpi_scalp_diffuse(scalp, survey, diag);
    }
    smpi_scalp_skin_of(scalp, survey);
    if (status == SMP_OK)
        status = smpi_run(scalp->ctx, light_row, &job, scalp->box.height);
    smpi_free(scalp->ctx, job.plain, count * sizeof *job.plain);
    return status == SMP_OK ? SMP_OK : smpi_fail(diag, status, "mapping the light failed");
}
