/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Where bare skin is: what looks like this person's skin and hangs together with the forehead or
 * the top of the head. docs/model/scalp.md, (S5). */
#include <math.h>
#include <string.h>

#include "scalp/scalp.h"

#define TURNS 5
#define COARSE_TURNS 3 /* in which one pixel in 16 tells the light well enough */
#define HOLE_MM2 6.0f  /* of holes that are filled in any case */

typedef struct region_job {
    const smp_scalp *scalp;
    smpi_survey *survey;
    float *from, *to; /* of a smoothing pass */
    uint32_t radius;
    uint32_t pitch; /* of likeness: one pixel in pitch x pitch is looked at */
} region_job;

/* How much a pixel looks like skin in the light around it. */
static float likeness(const smp_scalp *scalp, const smpi_survey *survey, size_t at,
                      const float diffuse[3])
{
    const float *p = survey->rgb + 3 * at, *w = scalp->weight;
    const float level = w[0] * diffuse[0] + w[1] * diffuse[1] + w[2] * diffuse[2];
    const smpi_split split = smpi_scalp_split(scalp, p, diffuse);
    if (!(split.luma > 0.0015f))
        return 0.0f;
    /* Shine only adds: under it the diffuse part must be about what it is near by. Hair, rims and
     * brows have less of it; backgrounds mostly none. A pixel both pale and bright but with little
     * of it is white hair; one pale and dark may be the limb, which mirrors the surroundings. */
    const float share = split.body / level, over = split.luma / level;
    const float pale = survey->gloss[at]
                           ? 0.0f
                           : smpi_scalp_ramp(split.shine, 0.2f * split.luma, 0.45f * split.luma) *
                                 smpi_scalp_ramp(over, 0.5f, 0.8f);
    const float body = smpi_scalp_ramp(share, 0.28f + 0.4f * pale, 0.45f + 0.45f * pale) *
                       smpi_scalp_ramp(share, 3.5f, 2.5f);
    /* In the shade the surroundings' colour tells more: there, a strange colour counts less. */
    const float shade = over < 1.0f ? (over > 0.5f ? over : 0.5f) : 1.0f;
    const float color = smpi_scalp_ramp(split.off * shade, 0.24f, 0.13f);
    const float like = body * color * smpi_scalp_ramp(split.luma, 0.0015f, 0.004f);
    if (!survey->gloss[at])
        return like;
    /* Round clipped pixels a camera takes colour away: there, brightness speaks. */
    const float white =
        smpi_scalp_ramp(over, 1.05f, 1.25f) * smpi_scalp_ramp(split.off, 0.5f, 0.3f);
    return like > white ? like : white;
}

static smp_status like_row(void *task, uint32_t row)
{
    const region_job *job = task;
    smpi_survey *survey = job->survey;
    const uint32_t width = job->scalp->box.width;
    for (uint32_t i = 0; i < width; i++) {
        const size_t at = (size_t)row * width + i;
        float diffuse[3];
        survey->like[at] = 0.0f;
        if ((row | i) & (job->pitch - 1))
            continue;
        if (!(survey->facing[at] > 0.0f && survey->alpha[at] > 0.0f))
            continue;
        smpi_scalp_diffuse_at(job->scalp, (float)i + 0.5f, (float)row + 0.5f, diffuse);
        survey->like[at] = likeness(job->scalp, survey, at, diffuse);
    }
    return SMP_OK;
}

#define LANES 16u /* columns that are smoothed together */

/* Running means over 2 radius + 1 values, stride apart, of n <= LANES lanes beside each other;
 * beyond the ends counts as 0. */
static void running(const float *from, float *to, size_t stride, uint32_t count, uint32_t radius,
                    uint32_t n)
{
    const float share = 1.0f / (float)(2 * radius + 1);
    float sum[LANES] = {0};
    for (uint32_t i = 0; i < count + radius; i++) {
        const float *in = from + i * stride;
        if (i < count)
            for (uint32_t k = 0; k < n; k++)
                sum[k] += in[k];
        if (i > 2 * radius) {
            const float *out = from + (i - 2 * radius - 1) * stride;
            for (uint32_t k = 0; k < n; k++)
                sum[k] -= out[k];
        }
        if (i >= radius)
            for (uint32_t k = 0; k < n; k++)
                to[(i - radius) * stride + k] = sum[k] > 0.0f ? sum[k] * share : 0.0f;
    }
}

static smp_status smooth_row(void *task, uint32_t row)
{
    const region_job *job = task;
    const size_t first = (size_t)row * job->scalp->box.width;
    running(job->from + first, job->survey->spare + first, 1, job->scalp->box.width, job->radius,
            1);
    return SMP_OK;
}

static smp_status smooth_columns(void *task, uint32_t group)
{
    const region_job *job = task;
    const uint32_t width = job->scalp->box.width, column = group * LANES;
    running(job->survey->spare + column, job->to + column, width, job->scalp->box.height,
            job->radius, width - column < LANES ? width - column : LANES);
    return SMP_OK;
}

/* The mean of `from` over a square of about `mm` to each side, into `to` (may be the same). */
smp_status smpi_scalp_smooth(const smp_scalp *scalp, smpi_survey *survey, float *from, float *to,
                             float mm)
{
    region_job job = {scalp, survey, from, to, 0, 1};
    const float radius = mm * survey->mm + 0.5f;
    job.radius = radius < 12.0f ? (radius > 1.0f ? (uint32_t)radius : 1) : 12;
    SMPI_TRY(smpi_run(scalp->ctx, smooth_row, &job, scalp->box.height));
    return smpi_run(scalp->ctx, smooth_columns, &job, (scalp->box.width + LANES - 1) / LANES);
}

/* Turns the patch of flags change[0] that holds `seed` into change[1]; counts its core pixels and
 * all. queue[0 .. result) then holds the patch. */
static uint32_t flood(const smp_scalp *scalp, smpi_survey *survey, uint32_t *queue, uint32_t seed,
                      const uint8_t change[2], size_t *core)
{
    const uint32_t width = scalp->box.width, height = scalp->box.height;
    uint32_t head = 0, tail = 1;
    queue[0] = seed;
    survey->flag[seed] = change[1];
    *core = 0;
    while (head < tail) {
        const uint32_t at = queue[head++], x = at % width, y = at / width;
        const uint32_t next[4] = {x > 0 ? at - 1 : at, x + 1 < width ? at + 1 : at,
                                  y > 0 ? at - width : at, y + 1 < height ? at + width : at};
        *core += survey->core[at];
        for (int k = 0; k < 4; k++)
            if (survey->flag[next[k]] == change[0]) {
                survey->flag[next[k]] = change[1];
                queue[tail++] = next[k];
            }
    }
    return tail;
}

/* Keeps the patches of flag 1 that hold a good share of the core: they become 3, the rest 0. */
static void keep_patches(const smp_scalp *scalp, smpi_survey *survey, uint32_t *queue)
{
    static const uint8_t see[2] = {1, 2}, keep[2] = {2, 3}, drop[2] = {3, 0};
    size_t best = 0, core = 0;
    for (size_t k = 0; k < survey->count; k++)
        if (survey->core[k] && survey->flag[k] == 1) {
            flood(scalp, survey, queue, (uint32_t)k, see, &core);
            best = core > best ? core : best;
        }
    for (size_t k = 0; k < survey->count; k++)
        if (survey->core[k] && survey->flag[k] == 2) {
            flood(scalp, survey, queue, (uint32_t)k, keep, &core);
            if (core * 10 < best)
                flood(scalp, survey, queue, (uint32_t)k, drop, &core);
        }
    for (size_t k = 0; k < survey->count; k++)
        survey->flag[k] = survey->flag[k] == 3 ? 3 : 0;
}

/* Fills holes that are brighter than the light around them: highlights, and small ones: in them the
 * guard of single pixels decides. Large dark ones stay. */
static void fill_highlights(const smp_scalp *scalp, smpi_survey *survey, uint32_t *queue)
{
    static const uint8_t outside[2] = {0, 2}, hole[2] = {0, 1};
    const uint32_t width = scalp->box.width, height = scalp->box.height;
    size_t core = 0;
    for (uint32_t seed = 0; seed < survey->count; seed++) {
        const uint32_t x = seed % width, y = seed / width;
        const int border = x == 0 || y == 0 || x + 1 == width || y + 1 == height;
        if (border && survey->flag[seed] == 0)
            flood(scalp, survey, queue, seed, outside, &core);
    }
    for (uint32_t seed = 0; seed < survey->count; seed++) {
        if (survey->flag[seed] != 0)
            continue;
        const uint32_t size = flood(scalp, survey, queue, seed, hole, &core);
        double over = 0.0;
        for (uint32_t k = 0; k < size; k++) {
            const uint32_t at = queue[k];
            float diffuse[3];
            const float *p = survey->rgb + 3 * (size_t)at, *w = scalp->weight;
            smpi_scalp_diffuse_at(scalp, (float)(at % width), (float)(at / width), diffuse);
            over += (double)(w[0] * (p[0] - diffuse[0]) + w[1] * (p[1] - diffuse[1]) +
                             w[2] * (p[2] - diffuse[2]));
        }
        const int fill = over > 0.0 || (float)size < HOLE_MM2 * survey->mm * survey->mm;
        for (uint32_t k = 0; k < size && fill; k++)
            survey->flag[queue[k]] = 3;
    }
}

/* The soft mask of the kept patches, drawn in a little at their edges; into the map and `like`. */
static smp_status finish(smp_scalp *scalp, smpi_survey *survey)
{
    for (size_t k = 0; k < survey->count; k++)
        survey->like[k] = survey->flag[k] == 3 ? 1.0f : 0.0f;
    SMPI_TRY(smpi_scalp_smooth(scalp, survey, survey->like, survey->like, 0.9f));
    for (uint32_t j = 0; j < scalp->box.height; j++)
        for (uint32_t i = 0; i < scalp->box.width; i++) {
            const size_t at = (size_t)j * scalp->box.width + i;
            /* An outline needs no such care: light skin left there would be seen. */
            const float inner = smpi_scalp_ramp(survey->facing[at], 0.35f, 0.5f);
            const float low = 0.3f + 0.2f * inner, high = 0.6f + 0.35f * inner;
            const float like = smpi_scalp_ramp(survey->like[at], low, high) *
                               smpi_scalp_ramp(survey->facing[at], 0.0f, 0.1f) *
                               (float)survey->above[at] * (1.0f / 255.0f);
            survey->like[at] = like < survey->alpha[at] ? like : survey->alpha[at];
            if (survey->flag[at] != 3)
                survey->like[at] = 0.0f;
        }
    return SMP_OK;
}

/* Finds what lies round clipped highlights. What is clipped and reaches beyond the head's outline
 * is a bright background. survey->like and flag are scratch. */
static smp_status find_highlights(smp_scalp *scalp, smpi_survey *survey, smp_diag *diag)
{
    static const uint8_t outside[2] = {1, 2};
    uint32_t *queue = NULL;
    size_t core = 0;
    int any = 0;
    for (size_t k = 0; k < survey->count; k++) {
        survey->flag[k] = survey->clip[k] > 0.3f;
        any |= survey->flag[k];
    }
    if (!any) /* gloss is 0 */
        return SMP_OK;
    SMPI_TRY(smpi_new(scalp->ctx, &queue, survey->count, sizeof *queue, "mask scratch", diag));
    for (size_t k = 0; k < survey->count; k++)
        if (survey->flag[k] == 1 && !(survey->facing[k] > 0.05f))
            flood(scalp, survey, queue, (uint32_t)k, outside, &core);
    smpi_free(scalp->ctx, queue, survey->count * sizeof *queue);
    for (size_t k = 0; k < survey->count; k++)
        survey->like[k] = survey->flag[k] == 1 ? 1.0f : 0.0f;
    for (int turn = 0; turn < 3; turn++)
        SMPI_TRY(smpi_scalp_smooth(scalp, survey, survey->like, survey->like, 5.0f));
    for (size_t k = 0; k < survey->count; k++)
        survey->gloss[k] = survey->flag[k] != 2 && survey->like[k] > 0.02f;
    return SMP_OK;
}

/* Skin tells the light, the light tells skin: leaves likeness in survey->like. Each turn lets the
 * known light reach some millimetres further into the shade. */
smp_status smpi_scalp_learn(smp_scalp *scalp, smpi_survey *survey, const smp_progress *progress,
                            smp_diag *diag)
{
    region_job job = {scalp, survey, NULL, NULL, 0, 1};
    const size_t cells = (size_t)scalp->nodes_x * scalp->nodes_y;
    for (size_t k = 0; k < 3 * cells; k++)
        scalp->diffuse[k] = survey->level * survey->tone[k % 3];
    SMPI_TRY(find_highlights(scalp, survey, diag));
    for (int turn = 0; turn < TURNS; turn++) {
        const double share = 0.3 / TURNS;
        job.pitch = turn < COARSE_TURNS ? 4 : turn + 1 < TURNS ? 2 : 1;
        survey->pitch = job.pitch;
        SMPI_TRY(smpi_run_progress(scalp->ctx, like_row, &job, scalp->box.height, progress,
                                   0.6 + share * turn, 0.6 + share * (turn + 1), "skin", diag));
        SMPI_TRY(smpi_scalp_diffuse(scalp, survey, diag));
    }
    return SMP_OK;
}

/* The soft mask of bare skin, from likeness; into survey->like. */
smp_status smpi_scalp_find(smp_scalp *scalp, smpi_survey *survey, smp_diag *diag)
{
    uint32_t *queue = NULL;
    smp_status status = smpi_scalp_smooth(scalp, survey, survey->like, survey->like, 0.5f);
    if (status != SMP_OK)
        return smpi_fail(diag, status, "smoothing the mask failed");
    for (size_t k = 0; k < survey->count; k++)
        survey->flag[k] = survey->like[k] > 0.5f;
    SMPI_TRY(smpi_new(scalp->ctx, &queue, survey->count, sizeof *queue, "mask scratch", diag));
    keep_patches(scalp, survey, queue);
    status = smpi_scalp_limb(scalp, survey, queue);
    fill_highlights(scalp, survey, queue);
    smpi_free(scalp->ctx, queue, survey->count * sizeof *queue);
    if (status == SMP_OK)
        status = finish(scalp, survey);
    return status == SMP_OK ? SMP_OK : smpi_fail(diag, status, "smoothing the mask failed");
}
