/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Reading the photo: the head's box, and its pixels reduced by whole steps in linear light. */
#include <math.h>
#include <string.h>

#include "image/rows.h"
#include "scalp/scalp.h"

/* Where skin is learned: height over the tragi and distance from the middle, as shares of the
 * head's vertex height and width. 0.4 of 131 mm is 52 mm, a finger over the brows. */
#define CORE_LOW 0.40
#define CORE_SIDE 0.30
#define CORE_FACING 0.35f
#define BOX_EDGE 6u /* analysis pixels of surroundings round the head's outline */

float smpi_scalp_decode(const smp_scalp *scalp, float encoded)
{
    if (!(encoded > 0.0f)) /* NaN too */
        return 0.0f;
    if (scalp->linear)
        return encoded < 64.0f ? encoded : 64.0f; /* floats may be over white, not without end */
    if (encoded >= 1.0f)
        return encoded < 8.0f ? smp_space_decode((smp_space)scalp->photo.space, encoded) : 64.0f;
    float at = encoded * (float)SMPI_SCALP_CURVE;
    uint32_t i = (uint32_t)at;
    return scalp->curve[i] + (at - (float)i) * (scalp->curve[i + 1] - scalp->curve[i]);
}

/* The head's surface under a photo position: 1 when it is there. facing: cosine to the view. */
static int look(const smp_scalp *scalp, double u, double v, double xyz[3], float *facing)
{
    const smp_camera *camera = &scalp->camera;
    const double uv[2] = {u, v};
    double normal[3];
    if (!smp_camera_unproject(camera, &scalp->head, uv, xyz, normal))
        return 0;
    double to[3], norm = 0.0, dot = 0.0;
    for (int k = 0; k < 3; k++) { /* weak perspective: every ray runs along the camera's z */
        to[k] = camera->rotation[6 + k];
        if (camera->distance_mm > 0.0)
            to[k] = camera->distance_mm * to[k] - xyz[k];
        norm += to[k] * to[k];
        dot += to[k] * normal[k];
    }
    *facing = norm > 0.0 ? (float)(dot / sqrt(norm)) : 0.0f;
    return *facing > 0.0f;
}

static int hit(const smp_scalp *scalp, double i, double j)
{
    double xyz[3];
    float facing;
    return look(scalp, (i + 0.5) * scalp->step, (j + 0.5) * scalp->step, xyz, &facing);
}

/* The box of all hits on a grid of `pitch` analysis pixels over `where`; 0 when there is none. */
static int scan(const smp_scalp *scalp, smpi_box where, uint32_t pitch, smpi_box *found)
{
    uint32_t x0 = UINT32_MAX, y0 = UINT32_MAX, x1 = 0, y1 = 0;
    for (uint32_t j = where.y0; j < where.y0 + where.height; j += pitch)
        for (uint32_t i = where.x0; i < where.x0 + where.width; i += pitch)
            if (hit(scalp, i, j)) {
                x0 = i < x0 ? i : x0;
                y0 = j < y0 ? j : y0;
                x1 = i > x1 ? i : x1;
                y1 = j > y1 ? j : y1;
            }
    if (x0 == UINT32_MAX)
        return 0;
    const uint32_t edge = pitch + BOX_EDGE;
    found->x0 = x0 > edge ? x0 - edge : 0;
    found->y0 = y0 > edge ? y0 - edge : 0;
    x1 = x1 + edge + 1 < scalp->width ? x1 + edge + 1 : scalp->width;
    y1 = y1 + edge + 1 < scalp->height ? y1 + edge + 1 : scalp->height;
    found->width = x1 - found->x0;
    found->height = y1 - found->y0;
    return 1;
}

/* Finds the box of the head in analysis pixels. Returns 0 when the head is not in the picture. */
int smpi_scalp_find_box(smp_scalp *scalp)
{
    const smpi_box all = {0, 0, scalp->width, scalp->height};
    if (scan(scalp, all, 8, &scalp->box))
        return 1;
    /* A head smaller than the pitch lies round the place of its origin; one at the very border of
     * the picture lies in its frame, which is treated as not there. */
    double u = scalp->camera.center_px[0] / scalp->step,
           v = scalp->camera.center_px[1] / scalp->step;
    smpi_box near = all;
    if (!(u > -16.0 && v > -16.0 && u < scalp->width + 16.0 && v < scalp->height + 16.0))
        return 0;
    near.x0 = u > 16.0 ? (uint32_t)(u - 16.0) : 0;
    near.y0 = v > 16.0 ? (uint32_t)(v - 16.0) : 0;
    near.x0 = near.x0 < scalp->width ? near.x0 : scalp->width - 1;
    near.y0 = near.y0 < scalp->height ? near.y0 : scalp->height - 1;
    near.width = scalp->width - near.x0 < 33 ? scalp->width - near.x0 : 33;
    near.height = scalp->height - near.y0 < 33 ? scalp->height - near.y0 : 33;
    return scan(scalp, near, 1, &scalp->box);
}

typedef struct survey_job {
    const smp_scalp *scalp;
    smpi_survey *survey;
} survey_job;

/* Adds one photo row to the sums of a row of analysis pixels. */
static void add_row(const smp_scalp *scalp, smpi_survey *survey, uint32_t y, size_t first)
{
    float rgb[3 * SMPI_SCALP_CHUNK], alpha[SMPI_SCALP_CHUNK];
    const uint32_t step = scalp->step;
    uint32_t x = scalp->box.x0 * step, end = (scalp->box.x0 + scalp->box.width) * step;
    end = end < scalp->photo.width ? end : scalp->photo.width;
    const uint32_t start = x;
    while (x < end) {
        uint32_t n = end - x < SMPI_SCALP_CHUNK ? end - x : SMPI_SCALP_CHUNK;
        smpi_rows_get(&scalp->photo, y, x, n, rgb, alpha);
        for (uint32_t k = 0; k < n; k++) {
            size_t at = first + (x + k - start) / step;
            const float *p = rgb + 3 * k;
            int clipped = 0;
            for (int c = 0; c < 3; c++) {
                survey->rgb[3 * at + (size_t)c] += smpi_scalp_decode(scalp, p[c]);
                clipped |= p[c] >= SMPI_SCALP_CLIP;
            }
            survey->clip[at] += (float)clipped;
            survey->alpha[at] += alpha[k] > 0.0f ? (alpha[k] < 1.0f ? alpha[k] : 1.0f) : 0.0f;
        }
        x += n;
    }
}

/* Where on the head a row of analysis pixels lies. */
static void place_row(const smp_scalp *scalp, smpi_survey *survey, uint32_t row, size_t first)
{
    const int flat = scalp->head.shape == SMP_SHAPE_FLAT;
    for (uint32_t i = 0; i < scalp->box.width; i++) {
        double xyz[3];
        float facing = 0.0f;
        double u = ((double)(scalp->box.x0 + i) + 0.5) * scalp->step;
        double v = ((double)(scalp->box.y0 + row) + 0.5) * scalp->step;
        if (!look(scalp, u, v, xyz, &facing))
            facing = 0.0f;
        survey->facing[first + i] = facing;
        survey->core[first + i] =
            facing > CORE_FACING &&
            (flat || (xyz[1] > CORE_LOW * (double)scalp->head.vertex_mm &&
                      fabs(xyz[0]) < CORE_SIDE * (double)scalp->head.width_mm));
    }
}

static smp_status survey_row(void *task, uint32_t row)
{
    const survey_job *job = task;
    const smp_scalp *scalp = job->scalp;
    smpi_survey *survey = job->survey;
    const size_t first = (size_t)row * scalp->box.width;
    const uint32_t y0 = (scalp->box.y0 + row) * scalp->step;
    uint32_t y1 = y0 + scalp->step;
    y1 = y1 < scalp->photo.height ? y1 : scalp->photo.height;
    for (uint32_t y = y0; y < y1; y++)
        add_row(scalp, survey, y, first);
    for (uint32_t i = 0; i < scalp->box.width; i++) {
        uint32_t across = scalp->photo.width - (scalp->box.x0 + i) * scalp->step;
        across = across < scalp->step ? across : scalp->step;
        const float share = 1.0f / (float)(across * (y1 - y0));
        const size_t at = first + i;
        float luma = 0.0f;
        for (size_t c = 0; c < 3; c++) {
            survey->rgb[3 * at + c] *= share;
            luma += scalp->weight[c] * survey->rgb[3 * at + c];
        }
        survey->clip[at] *= share;
        survey->alpha[at] *= share;
        scalp->luma[(size_t)(scalp->box.y0 + row) * scalp->width + scalp->box.x0 + i] = luma;
    }
    place_row(scalp, survey, row, first);
    return SMP_OK;
}

/* Reads the box of the photo into the survey (planes zeroed) and the luma map. */
smp_status smpi_scalp_survey(smp_scalp *scalp, smpi_survey *survey, const smp_progress *progress,
                             smp_diag *diag)
{
    survey_job job = {scalp, survey};
    survey->mm = (float)(scalp->camera.px_per_mm / scalp->step);
    return smpi_run_progress(scalp->ctx, survey_row, &job, scalp->box.height, progress, 0.0, 0.6,
                             "photo", diag);
}
