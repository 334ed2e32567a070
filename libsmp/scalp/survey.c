/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Reading the photo: the head's box, and its pixels reduced by whole steps in linear light. */
#include <math.h>
#include <string.h>

#include "geometry/camera.h"
#include "image/rows.h"
#include "scalp/scalp.h"

/* Where skin is learned: height over the tragi and distance from the middle, as shares of the
 * head's vertex height and width. 0.4 of 131 mm is 52 mm, a finger over the brows. */
#define CORE_LOW 0.40
#define CORE_SIDE 0.30
#define CORE_FACING 0.35f
/* Where the scalp ends, as depth below the crown over the head's height: over the brows, over the
 * ears (0.431 is 31 mm over the tragi of the default head; a scanned head's ears end 29 mm over
 * them), behind them and at the nape (the lines of a plan, plan/style.c). Eight portraits have the
 * tops of the brows at 0.32 to 0.42 and those of the ears at 0.40 to 0.49. */
#define LIMIT_FRONT 0.305f
#define LIMIT_SIDE 0.431f
#define LIMIT_BEHIND 0.70f
#define LIMIT_NAPE 0.78f
/* From the tragi, of half the length: in front of the first is forehead, up to the second the ear's
 * shell (29 mm behind the tragus); at the third hair reaches down to the neck. */
#define LIMIT_FRONT_Z 0.7f
#define LIMIT_EAR_Z (-0.3f)
#define LIMIT_BEHIND_Z (-0.5f)
#define LIMIT_SOFT 0.012f  /* over which the mask fades */
#define LIMIT_MARGIN 0.05f /* below it that is read too, since it tells about the skin */
#define CLIP_CODE 252      /* SMPI_SCALP_CLIP of 255 */
#define MANY 4u            /* photo rows in an analysis pixel from which two or three will do */
#define PLACE_STEP 16u     /* analysis pixels */
#define PLACE_FACING 0.45f /* steeper, the facing bends too much for it */
#define BOX_EDGE 8u        /* analysis pixels of surroundings round the head's outline */

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
    double uv[2] = {u, v};
    double normal[3];
    smpi_scalp_unbend(scalp, uv);
    if (scalp->head.shape == SMP_SHAPE_FLAT) {
        if (!smp_camera_unproject(camera, &scalp->head, uv, xyz, normal))
            return 0;
    } else if (!smpi_camera_see(camera, &scalp->ellipsoid, uv, xyz, normal)) {
        return 0;
    }
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

static float between(float z, float z0, float z1, float limit0, float limit1)
{
    return limit0 + (limit1 - limit0) * (z - z0) / (z1 - z0);
}

/* How far a place lies above the face and the ears, in shares of the head's height; over 0 is
 * scalp. The limit runs a finger over the brows, falls before the ears to their tops, and behind
 * them to the nape. */
static float above(const smp_head *head, const float xyz[3])
{
    if (head->shape == SMP_SHAPE_FLAT)
        return 1.0f;
    const float depth = (head->vertex_mm - xyz[1]) / head->height_mm;
    const float z = 2.0f * (xyz[2] - head->ears_mm) / head->length_mm;
    if (z < LIMIT_BEHIND_Z)
        return between(z, LIMIT_BEHIND_Z, -1.0f, LIMIT_BEHIND, LIMIT_NAPE) - depth;
    if (z < LIMIT_EAR_Z)
        return between(z, LIMIT_EAR_Z, LIMIT_BEHIND_Z, LIMIT_SIDE, LIMIT_BEHIND) - depth;
    float front = z > 0.0f ? z / LIMIT_FRONT_Z : 0.0f;
    front = front < 1.0f ? front * sqrtf(front) : 1.0f;
    return LIMIT_SIDE + (LIMIT_FRONT - LIMIT_SIDE) * front - depth;
}

/* 1 where scalp, or what lies close below it, is seen. */
static int hit(const smp_scalp *scalp, double i, double j)
{
    double xyz[3];
    float facing;
    if (!look(scalp, (i + 0.5) * scalp->step, (j + 0.5) * scalp->step, xyz, &facing))
        return 0;
    const float at[3] = {(float)xyz[0], (float)xyz[1], (float)xyz[2]};
    return scalp->whole || above(&scalp->head, at) > -LIMIT_MARGIN;
}

int smpi_scalp_place_ok(const smp_scalp *scalp, double u, double v, float facing)
{
    double xyz[3];
    float is;
    if (!look(scalp, u, v, xyz, &is) || is < facing)
        return 0;
    const float at[3] = {(float)xyz[0], (float)xyz[1], (float)xyz[2]};
    return scalp->whole || above(&scalp->head, at) > 0.0f;
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

/* Sums over the photo pixels of one row that an analysis pixel has. */
typedef struct sums {
    float rgb[3], clip, alpha;
} sums;

static void add_pixel(const smp_scalp *scalp, const float p[3], float alpha, sums *to)
{
    int clipped = 0;
    for (int c = 0; c < 3; c++) {
        if (p[c] > 0.0f && p[c] < 1.0f && !scalp->linear) {
            const float at = p[c] * (float)SMPI_SCALP_CURVE;
            const int i = (int)at;
            const float *curve = scalp->curve + i;
            to->rgb[c] += curve[0] + (at - (float)i) * (curve[1] - curve[0]);
        } else {
            to->rgb[c] += smpi_scalp_decode(scalp, p[c]);
        }
        clipped |= p[c] >= SMPI_SCALP_CLIP;
    }
    to->clip += (float)clipped;
    to->alpha += alpha > 0.0f ? (alpha < 1.0f ? alpha : 1.0f) : 0.0f;
}

static void flush(smpi_survey *survey, size_t at, const sums *from)
{
    for (size_t c = 0; c < 3; c++)
        survey->rgb[3 * at + c] += from->rgb[c];
    survey->clip[at] += from->clip;
    survey->alpha[at] += from->alpha;
}

/* The same for a row of 8-bit R, G, B, as most photos are, with alpha behind or none: a table
 * instead of floats, to the same bits. size: bytes of a pixel; red: which of them, 0 or 2. */
static inline void add_codes(const smp_scalp *scalp, smpi_survey *survey, uint32_t y, size_t first,
                             size_t size, size_t red)
{
    const uint32_t step = scalp->step, x0 = scalp->box.x0 * step;
    uint32_t n = scalp->box.width * step;
    n = n < scalp->photo.width - x0 ? n : scalp->photo.width - x0;
    const uint8_t *row = smpi_image_row(&scalp->photo, y) + size * x0;
    size_t at = first;
    for (uint32_t k = 0; k < n; at++) {
        sums sum = {{0}, 0.0f, 0.0f};
        for (const uint32_t stop = k + step < n ? k + step : n; k < stop; k++) {
            const uint8_t *p = row + size * k;
            sum.rgb[0] += scalp->codes[p[red]];
            sum.rgb[1] += scalp->codes[p[1]];
            sum.rgb[2] += scalp->codes[p[2 - red]];
            sum.clip += (float)(p[0] >= CLIP_CODE || p[1] >= CLIP_CODE || p[2] >= CLIP_CODE);
            sum.alpha += size == 4 ? (float)p[3] / 255.0f : 1.0f;
        }
        flush(survey, at, &sum);
    }
}

/* The same for any format. */
static void add_floats(const smp_scalp *scalp, smpi_survey *survey, uint32_t y, size_t first)
{
    float rgb[3 * SMPI_SCALP_CHUNK], alpha[SMPI_SCALP_CHUNK];
    const uint32_t step = scalp->step;
    uint32_t x = scalp->box.x0 * step, end = (scalp->box.x0 + scalp->box.width) * step;
    end = end < scalp->photo.width ? end : scalp->photo.width;
    const int opaque = !smpi_format_has_alpha(scalp->photo.format);
    const uint32_t chunk = SMPI_SCALP_CHUNK / step * step; /* whole analysis pixels */
    size_t at = first;
    while (x < end) {
        const uint32_t n = end - x < chunk ? end - x : chunk;
        smpi_rows_get(&scalp->photo, y, x, n, rgb, opaque ? NULL : alpha);
        for (uint32_t k = 0; k < n; at++) {
            sums sum = {{0}, 0.0f, 0.0f};
            for (const uint32_t stop = k + step < n ? k + step : n; k < stop; k++)
                add_pixel(scalp, rgb + 3 * k, opaque ? 1.0f : alpha[k], &sum);
            flush(survey, at, &sum);
        }
        x += n;
    }
}

/* Adds one photo row to the sums of a row of analysis pixels. */
static void add_row(const smp_scalp *scalp, smpi_survey *survey, uint32_t y, size_t first)
{
    if (scalp->photo.format == SMP_FORMAT_RGB8)
        add_codes(scalp, survey, y, first, 3, 0);
    else if (scalp->photo.format == SMP_FORMAT_RGBA8)
        add_codes(scalp, survey, y, first, 4, 0);
    else if (scalp->photo.format == SMP_FORMAT_BGRA8)
        add_codes(scalp, survey, y, first, 4, 2);
    else
        add_floats(scalp, survey, y, first);
}

/* Where on the head one analysis pixel lies: head-frame x, y, z, and facing (0 off the head). */
static void place(const smp_scalp *scalp, uint32_t i, uint32_t row, float out[4])
{
    double xyz[3] = {0};
    const double u = ((double)(scalp->box.x0 + i) + 0.5) * scalp->step;
    const double v = ((double)(scalp->box.y0 + row) + 0.5) * scalp->step;
    float facing = 0.0f;
    if (!look(scalp, u, v, xyz, &facing))
        facing = 0.0f;
    for (int c = 0; c < 3; c++)
        out[c] = (float)xyz[c];
    out[3] = facing;
}

static void keep_place(const smp_scalp *scalp, smpi_survey *survey, size_t at, const float is[4])
{
    const int flat = scalp->head.shape == SMP_SHAPE_FLAT;
    survey->facing[at] = is[3];
    survey->above[at] =
        (uint8_t)(255.0f * smpi_scalp_ramp(above(&scalp->head, is), 0.0f, LIMIT_SOFT) + 0.5f);
    survey->core[at] = is[3] > CORE_FACING &&
                       (flat || ((double)is[1] > CORE_LOW * (double)scalp->head.vertex_mm &&
                                 fabs((double)is[0]) < CORE_SIDE * (double)scalp->head.width_mm));
}

/* A row of it: between places PLACE_STEP apart that both miss the head or both face the viewer
 * enough, the rest is interpolated. */
static void place_row(const smp_scalp *scalp, smpi_survey *survey, uint32_t row, size_t first)
{
    float last[4], next[4], is[4];
    place(scalp, 0, row, last);
    keep_place(scalp, survey, first, last);
    for (uint32_t i = 0; i + 1 < scalp->box.width;) {
        uint32_t n = scalp->box.width - 1 - i;
        n = n < PLACE_STEP ? n : PLACE_STEP;
        place(scalp, i + n, row, next);
        const int smooth = (last[3] > PLACE_FACING && next[3] > PLACE_FACING) ||
                           (last[3] == 0.0f && next[3] == 0.0f);
        for (uint32_t k = 1; k < n; k++) {
            const float share = (float)k / (float)n;
            for (int c = 0; c < 4; c++)
                is[c] = last[c] + share * (next[c] - last[c]);
            if (!smooth)
                place(scalp, i + k, row, is);
            keep_place(scalp, survey, first + i + k, is);
        }
        keep_place(scalp, survey, first + i + n, next);
        memcpy(last, next, sizeof last);
        i += n;
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
    const uint32_t pitch = scalp->step < MANY ? 1 : scalp->step / 2;
    const uint32_t rows = (y1 - y0 + pitch - 1) / pitch;
    for (uint32_t k = 0; k < rows; k++)
        add_row(scalp, survey, y0 + k * pitch, first);
    for (uint32_t i = 0; i < scalp->box.width; i++) {
        uint32_t across = scalp->photo.width - (scalp->box.x0 + i) * scalp->step;
        across = across < scalp->step ? across : scalp->step;
        const float share = 1.0f / (float)(across * rows);
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

static smp_status place_task(void *task, uint32_t row)
{
    const survey_job *job = task;
    place_row(job->scalp, job->survey, row, (size_t)row * job->scalp->box.width);
    return SMP_OK;
}

smp_status smpi_scalp_place(smp_scalp *scalp, smpi_survey *survey, smp_diag *diag)
{
    survey_job job = {scalp, survey};
    const smp_status status = smpi_run(scalp->ctx, place_task, &job, scalp->box.height);
    return status == SMP_OK ? SMP_OK : smpi_fail(diag, status, "placing the head failed");
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
