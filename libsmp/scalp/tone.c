/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * This person's skin: the colour that most of the forehead and top of the head share, found as the
 * peak of a histogram of ln(R/G), ln(G/B), in which shading vanishes. docs/model/scalp.md, (S2). */
#include <string.h>

#include "base/math.h"
#include "scalp/scalp.h"

#define BINS 64u
#define LOW (-0.5f) /* of both axes */
#define HIGH 1.5f
#define LEVELS 128u /* steps of log luminance over 12 octaves */

/* How luminances lie in the core: the 90th per cent, clipped pixels left out. */
static float bright(const smp_scalp *scalp, const smpi_survey *survey)
{
    uint32_t bins[LEVELS] = {0}, total = 0;
    for (size_t k = 0; k < survey->count; k++) {
        if (!survey->core[k] || survey->alpha[k] < 0.5f || survey->clip[k] > 0.0f)
            continue;
        const float *p = survey->rgb + 3 * k;
        float y = scalp->weight[0] * p[0] + scalp->weight[1] * p[1] + scalp->weight[2] * p[2];
        /* 1 / ln 2: octaves; the scale runs from 2^-12 to 4 */
        float at =
            y > 2.5e-4f ? (smpi_logf(y) * 1.442695f + 12.0f) * ((float)LEVELS / 14.0f) : 0.0f;
        uint32_t bin = at < (float)(LEVELS - 1) ? (uint32_t)at : LEVELS - 1;
        bins[bin]++;
        total++;
    }
    uint32_t over = 0, bin = LEVELS;
    while (bin > 0 && over * 10u < total)
        over += bins[--bin];
    return total ? smpi_expf(((float)bin * (14.0f / (float)LEVELS) - 12.0f) * 0.6931472f) : 0.0f;
}

/* How likely a colour is skin at all, before anything is known: red over green over blue. */
static float prior(float u, float v)
{
    return 0.05f + smpi_scalp_ramp(u, 0.02f, 0.20f) * smpi_scalp_ramp(u + v, 0.1f, 0.45f) *
                       smpi_scalp_ramp(u, 1.4f, 1.1f);
}

typedef struct ballot {
    float count[BINS * BINS];
    float u[BINS * BINS], v[BINS * BINS]; /* sums */
} ballot;

static void vote(const smp_scalp *scalp, const smpi_survey *survey, float top, ballot *votes)
{
    for (size_t k = 0; k < survey->count; k++) {
        const float *p = survey->rgb + 3 * k;
        if (!survey->core[k] || survey->alpha[k] < 0.5f || survey->clip[k] > 0.0f)
            continue;
        float y = scalp->weight[0] * p[0] + scalp->weight[1] * p[1] + scalp->weight[2] * p[2];
        if (!(y > 0.25f * top && p[0] > 1e-4f && p[1] > 1e-4f && p[2] > 1e-4f))
            continue;
        float u = smpi_logf(p[0] / p[1]), v = smpi_logf(p[1] / p[2]);
        float au = (u - LOW) * ((float)BINS / (HIGH - LOW)),
              av = (v - LOW) * ((float)BINS / (HIGH - LOW));
        if (!(au >= 0.0f && au < (float)BINS && av >= 0.0f && av < (float)BINS))
            continue;
        size_t bin = (size_t)av * BINS + (size_t)au;
        float weight = y < top ? y / top : 1.0f; /* hair is darker than skin, mostly */
        votes->count[bin] += weight;
        votes->u[bin] += weight * u;
        votes->v[bin] += weight * v;
    }
}

/* Sums over the bins within `radius` of a bin. */
static void around(const ballot *votes, uint32_t bu, uint32_t bv, uint32_t radius, float sum[3])
{
    sum[0] = sum[1] = sum[2] = 0.0f;
    for (uint32_t j = bv > radius ? bv - radius : 0; j <= bv + radius && j < BINS; j++)
        for (uint32_t i = bu > radius ? bu - radius : 0; i <= bu + radius && i < BINS; i++) {
            sum[0] += votes->count[j * BINS + i];
            sum[1] += votes->u[j * BINS + i];
            sum[2] += votes->v[j * BINS + i];
        }
}

/* The peak of the votes, then twice the mean of its neighbourhood; 0 when nothing voted. */
static int peak(const ballot *votes, float *u, float *v)
{
    const float size = (HIGH - LOW) / (float)BINS;
    float best = 0.0f, sum[3];
    uint32_t bu = 0, bv = 0;
    for (uint32_t j = 0; j < BINS; j++)
        for (uint32_t i = 0; i < BINS; i++) {
            if (!(votes->count[j * BINS + i] > 0.0f))
                continue;
            around(votes, i, j, 1, sum);
            sum[0] *= prior(LOW + ((float)i + 0.5f) * size, LOW + ((float)j + 0.5f) * size);
            if (sum[0] > best) {
                best = sum[0];
                bu = i;
                bv = j;
            }
        }
    if (!(best > 0.0f))
        return 0;
    for (int turn = 0; turn < 3; turn++) {
        around(votes, bu, bv, 3, sum);
        *u = sum[1] / sum[0];
        *v = sum[2] / sum[0];
        bu = (uint32_t)((*u - LOW) / size);
        bv = (uint32_t)((*v - LOW) / size);
    }
    return 1;
}

/* A typical luminance of skin near the peak: the weighted mean of its logarithm. */
static float typical(const smp_scalp *scalp, const smpi_survey *survey, float top, float u, float v)
{
    double sum = 0.0, weight = 0.0;
    for (size_t k = 0; k < survey->count; k++) {
        const float *p = survey->rgb + 3 * k;
        if (!survey->core[k] || survey->alpha[k] < 0.5f || survey->clip[k] > 0.0f)
            continue;
        float y = scalp->weight[0] * p[0] + scalp->weight[1] * p[1] + scalp->weight[2] * p[2];
        if (!(y > 0.25f * top && p[0] > 1e-4f && p[1] > 1e-4f && p[2] > 1e-4f))
            continue;
        float du = smpi_logf(p[0] / p[1]) - u, dv = smpi_logf(p[1] / p[2]) - v;
        if (du * du + dv * dv < 0.15f * 0.15f) {
            sum += (double)smpi_logf(y);
            weight += 1.0;
        }
    }
    return weight > 0.0 ? smpi_expf((float)(sum / weight)) : top;
}

smp_status smpi_scalp_tone(const smp_scalp *scalp, smpi_survey *survey, smp_diag *diag)
{
    ballot *votes = NULL;
    float u = 0.35f, v = 0.40f; /* light skin, where the photo says nothing */
    survey->level = 0.3f;
    survey->gray = 0.0f;
    SMPI_TRY(smpi_new(scalp->ctx, &votes, 1, sizeof *votes, "skin histogram", diag));
    memset(votes, 0, sizeof *votes);
    const float top = bright(scalp, survey);
    vote(scalp, survey, top, votes);
    if (peak(votes, &u, &v)) {
        survey->level = typical(scalp, survey, top, u, v);
        /* No colour to tell skin from light by: a gray photo. */
        survey->gray = smpi_scalp_ramp(u * u + v * v, 0.02f, 0.005f);
    }
    smpi_free(scalp->ctx, votes, sizeof *votes);
    const float r = smpi_expf(u), b = smpi_expf(-v);
    const float y = scalp->weight[0] * r + scalp->weight[1] + scalp->weight[2] * b;
    survey->tone[0] = r / y;
    survey->tone[1] = 1.0f / y;
    survey->tone[2] = b / y;
    return SMP_OK;
}
