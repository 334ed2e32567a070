/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The cores of the dots: sharp, drawn at full resolution with exact coverage below a pixel.
 *
 * A core is a unit-integral bump (1 - q)^k on the skin; foreshortening, the camera's blur and the
 * pixel's box add their variances, and k follows the kurtosis of the sum. source:
 * docs/model/render.md, "Cores" */
#include <math.h>
#include <string.h>

#include "ageing/clock.h"
#include "base/diag.h"
#include "base/math.h"
#include "plan/plan.h"
#include "render/preview.h"
#include "scalp/rows.h"
#include "synthesis/dots.h"

#define CHUNK 512u
/* What exp() takes from the narrower tail is given back: 0.4 / pi, chosen on dot_fields.csv. */
#define NEAR_MORE 0.127f
/* Share of the red light that dried blood lets through where pigment would not (assumed). */
#define SCAB_RED 0.5f
#define PIXEL_BOX_VARIANCE (1.0f / 12.0f)

void smpi_bump_shape(smpk_dot *bump, float k)
{
    const float n = floorf(k);
    const float f =
        (1.0f / (n + 2.0f) - 1.0f / (k + 2.0f)) / (1.0f / (n + 2.0f) - 1.0f / (n + 3.0f));
    bump->power = (uint32_t)n;
    bump->a = (1.0f - f) * (n + 1.0f);
    bump->b = f * (n + 2.0f);
}

/* Kurtosis E r^4 / (E r^2)^2 of a core of mean square radius m and kurtosis c, blurred by a
 * Gaussian of mean square radius g; k from it. */
static float exponent_for(float c, float m, float g)
{
    const float w = m / (m + g);
    const float kurtosis = 2.0f - (2.0f - c) * w * w;
    const float k = (3.0f * kurtosis - 4.0f) / (2.0f - kurtosis);
    return k > 1.5f ? (k < 8.0f ? k : 8.0f) : 1.5f;
}

void smpi_draw_place(const smpi_seen_dot *seen, const smpi_dot_seen *look, float blur2,
                     smpi_drawn_dot *drawn)
{
    const float spread = 0.5f * look->core_r2_mm2;
    const float extra = blur2 + PIXEL_BOX_VARIANCE;
    const float uu = seen->cov[0] * spread + extra, vv = seen->cov[2] * spread + extra;
    const float uv = seen->cov[1] * spread;
    const float det = uu * vv - uv * uv;
    const float skin = seen->cov[0] * seen->cov[2] - seen->cov[1] * seen->cov[1];
    const float k = exponent_for(
        look->core_kurtosis, 0.5f * (seen->cov[0] + seen->cov[2]) * 2.0f * spread, 2.0f * extra);
    const float r2 = 2.0f * (k + 2.0f);
    smpk_dot *bump = &drawn->bump;
    smpi_bump_shape(bump, k);
    bump->x = seen->u;
    bump->y = seen->v;
    bump->qxx = vv / (det * r2);
    bump->qyy = uu / (det * r2);
    bump->qxy = -uv / (det * r2);
    drawn->reach_u = sqrtf(uu * r2);
    drawn->reach_v = sqrtf(vv * r2);
    const float area = sqrtf(skin > 0.0f ? skin : 0.0f); /* px2 per mm2 */
    const float scale = area / ((float)SMPI_PI * r2 * sqrtf(det));
    for (int c = 0; c < 3; c++) {
        bump->amount[c] = look->core_mm2[c] * scale;
        drawn->tail[0][c] = look->near_mm2[c];
        drawn->tail[1][c] = look->far_mm2[c];
    }
}

static smp_status draw_chunk(void *task, uint32_t chunk)
{
    smp_preview *preview = task;
    const smpi_clock *clock = &preview->clock;
    const uint32_t end =
        (chunk + 1) * CHUNK < preview->seen_count ? (chunk + 1) * CHUNK : preview->seen_count;
    for (uint32_t i = chunk * CHUNK; i < end; i++) {
        const smpi_seen_dot *seen = preview->seen + i;
        const smp_dots_view *v = &preview->dots->view;
        const uint32_t k = seen->index, group = v->session[k];
        smpi_aged aged;
        smpi_dot_age(preview->nature + i, clock->moment + group, clock->mix + group, v->dose[k],
                     1u << v->zone[k], &aged);
        if (!(aged.dose > 0.0f)) {
            memset(preview->drawn + i, 0, sizeof *preview->drawn);
            continue;
        }
        smpi_dot_seen look;
        const smpi_dot_model *model = preview->model + preview->model_of[group];
        smpi_dot_look(model, v->diameter_mm[k], v->top_mm[k] + aged.deeper_mm, v->height_mm[k],
                      aged.dose, aged.spread_mm, &look);
        look.core_mm2[0] *= 1.0f - SCAB_RED * aged.scab; /* crusts are brown */
        const float blur = smpi_scalp_blur_at(preview->scalp, seen->u, seen->v);
        smpi_draw_place(seen, &look, blur * blur, preview->drawn + i);
        for (int c = 0; c < 3; c++)
            preview->drawn[i].tail[0][c] *=
                1.0f + NEAR_MORE * look.near_mm2[c] / model->near_r2_mm2[c];
    }
    return SMP_OK;
}

smp_status smpi_draw_dots(smp_preview *preview, double day)
{
    smpi_clock_make(preview->plan, preview->skin_type, 0.0, day, &preview->clock);
    SMPI_TRY(smpi_models_day(preview, day));
    SMPI_TRY(
        smpi_run(preview->ctx, draw_chunk, preview, (preview->seen_count + CHUNK - 1) / CHUNK));
    preview->stubble.day = (float)day;
    preview->scar.shown = preview->scar.floats && day >= preview->clock.day[0] &&
                          preview->plan->data.desc.dose > 0.0f;
    preview->reach_px = 0.0f;
    for (uint32_t i = 0; i < preview->seen_count; i++)
        if (preview->drawn[i].reach_v > preview->reach_px)
            preview->reach_px = preview->drawn[i].reach_v;
    return SMP_OK;
}

static smp_status settle_chunk(void *task, uint32_t chunk)
{
    smp_preview *preview = task;
    const uint32_t end =
        (chunk + 1) * CHUNK < preview->seen_count ? (chunk + 1) * CHUNK : preview->seen_count;
    for (uint32_t i = chunk * CHUNK; i < end; i++) {
        float left[3];
        smpi_tail_around(preview, i, left);
        for (int c = 0; c < 3; c++)
            preview->drawn[i].bump.amount[c] *= left[c];
    }
    return SMP_OK;
}

smp_status smpi_settle_cores(smp_preview *preview)
{
    return smpi_run(preview->ctx, settle_chunk, preview, (preview->seen_count + CHUNK - 1) / CHUNK);
}

/* The pixels whose centres lie in [from, to), cut to [0, count). */
static uint32_t first_pixel(float from, uint32_t count)
{
    const float i = ceilf(from - 0.5f);
    return i > 0.0f ? (i < (float)count ? (uint32_t)i : count) : 0;
}

static void draw_one(const smp_preview *preview, const smpk_dot *one, const float reach[2],
                     uint32_t top, float *planes, size_t plane)
{
    const uint32_t width = preview->bounds.width;
    smpk_dot bump = *one;
    bump.x -= (float)preview->bounds.x;
    bump.y -= (float)top;
    const uint32_t x0 = first_pixel(bump.x - reach[0], width);
    const uint32_t x1 = first_pixel(bump.x + reach[0], width);
    const uint32_t y0 = first_pixel(bump.y - reach[1], SMPI_BAND_ROWS);
    const uint32_t y1 = first_pixel(bump.y + reach[1], SMPI_BAND_ROWS);
    if (x0 >= x1 || y0 >= y1)
        return;
    bump.x -= (float)x0 + 0.5f;
    bump.y -= (float)y0 + 0.5f;
    const size_t stride = width + SMPI_CORE_PAD;
    float *at = planes + y0 * stride + x0;
    smpi_kernels(preview->ctx)
        ->splat(at, at + plane, at + 2 * plane, stride, x1 - x0, y1 - y0, &bump);
}

/* The bands whose dots or hairs may reach into one. */
static void reaching(const smp_preview *preview, uint32_t band, float reach_px, uint32_t *from,
                     uint32_t *to)
{
    const float bands = reach_px / (float)SMPI_BAND_ROWS;
    const uint32_t reach =
        bands < (float)preview->band_count ? (uint32_t)bands + 1 : preview->band_count;
    *from = band > reach ? band - reach : 0;
    *to = band + reach < preview->band_count ? band + reach + 1 : preview->band_count;
}

/* Whether rows [0, SMPI_BAND_ROWS) meet what lies within reach of v. */
static int meets(float v, float reach)
{
    return reach > 0.0f && v + reach > 0.0f && v - reach < (float)SMPI_BAND_ROWS;
}

static void draw_stubble(const smp_preview *preview, uint32_t band, float *planes, size_t plane)
{
    const smpi_stubble *s = &preview->stubble;
    const uint32_t top = preview->band_top + band * SMPI_BAND_ROWS;
    uint32_t from, to;
    if (!s->count || !(s->day >= 0.0f))
        return;
    reaching(preview, band, s->reach_px, &from, &to);
    for (uint32_t i = s->band_first[from]; i < s->band_first[to]; i++) {
        const smpi_hair_piece *piece = s->piece + i;
        const float reach[2] = {piece->reach_u, piece->reach_v};
        if (piece->from_day <= s->day && meets(piece->bump.y - (float)top, reach[1]))
            draw_one(preview, &piece->bump, reach, top, planes, plane);
    }
}

void smpi_draw_band(const smp_preview *preview, uint32_t band, float *planes, size_t plane)
{
    const uint32_t top = preview->band_top + band * SMPI_BAND_ROWS;
    uint32_t from, to;
    reaching(preview, band, preview->reach_px, &from, &to);
    memset(planes, 0, 3 * plane * sizeof *planes);
    for (uint32_t i = preview->band_first[from]; i < preview->band_first[to]; i++) {
        const smpi_drawn_dot *drawn = preview->drawn + i;
        const float reach[2] = {drawn->reach_u, drawn->reach_v};
        if (meets(drawn->bump.y - (float)top, reach[1]))
            draw_one(preview, &drawn->bump, reach, top, planes, plane);
    }
    draw_stubble(preview, band, planes, plane);
}
