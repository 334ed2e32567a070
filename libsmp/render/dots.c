/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Every seen dot as it is on a day: what ageing left of it, what a camera sees of that, where its
 * bump lies in the picture.
 *
 * A core is a unit-integral bump (1 - q)^k on the skin; foreshortening, the camera's blur and the
 * pixel's box add their variances, and k follows the kurtosis of the sum. source:
 * docs/model/render.md, "Cores" */
#include <string.h>

#include "ageing/clock.h"
#include "base/diag.h"
#include "plan/plan.h"
#include "render/preview.h"
#include "synthesis/dots.h"

#define CHUNK 512u
#define BATCH 128u
/* What exp() takes from the narrower tail is given back: 0.4 / pi, chosen on dot_fields.csv. */
#define NEAR_MORE 0.127f
/* Share of the red light that dried blood lets through where pigment would not (assumed). */
#define SCAB_RED 0.5f
#define PIXEL_BOX_VARIANCE (1.0f / 12.0f)

/* Dots under one model that are worked out together, each figure an array of its own. */
typedef struct batch {
    uint32_t count, at[BATCH]; /* among the seen dots */
    float diameter[BATCH], top[BATCH], height[BATCH], dose[BATCH], spread[BATCH], scab[BATCH];
    float core[3][BATCH], near[3][BATCH], far[3][BATCH], r2[BATCH], kurtosis[BATCH];
    float uu[BATCH], uv[BATCH], vv[BATCH], extra[BATCH];
    float qxx[BATCH], qxy[BATCH], qyy[BATCH], a[BATCH], b[BATCH], power[BATCH];
    float scale[BATCH], reach_u[BATCH], reach_v[BATCH];
} batch;

static void place(const smpk_table *kernels, batch *b)
{
    const smpk_place job = {b->uu,       b->uv,    b->vv,    b->extra,   b->r2,
                            b->kurtosis, b->qxx,   b->qxy,   b->qyy,     b->a,
                            b->b,        b->power, b->scale, b->reach_u, b->reach_v};
    kernels->place(&job, b->count);
}

static void see(batch *b, uint32_t i, const smpi_seen_dot *seen, float blur2)
{
    b->uu[i] = seen->cov[0];
    b->uv[i] = seen->cov[1];
    b->vv[i] = seen->cov[2];
    b->extra[i] = blur2 + PIXEL_BOX_VARIANCE;
}

static void put(const batch *b, uint32_t i, const smpi_seen_dot *seen, smpi_drawn_dot *drawn)
{
    smpk_dot *bump = &drawn->bump;
    bump->x = seen->u;
    bump->y = seen->v;
    bump->qxx = b->qxx[i];
    bump->qxy = b->qxy[i];
    bump->qyy = b->qyy[i];
    bump->a = b->a[i];
    bump->b = b->b[i];
    bump->power = (uint32_t)b->power[i];
    drawn->reach_u = b->reach_u[i];
    drawn->reach_v = b->reach_v[i];
    for (int c = 0; c < 3; c++) {
        bump->amount[c] = b->core[c][i] * b->scale[i];
        drawn->tail[0][c] = b->near[c][i];
        drawn->tail[1][c] = b->far[c][i];
    }
}

void smpi_draw_place(const smpi_seen_dot *seen, const smpi_dot_seen *look, float blur2,
                     smpi_drawn_dot *drawn)
{
    batch b;
    b.count = 1;
    b.r2[0] = look->core_r2_mm2;
    b.kurtosis[0] = look->core_kurtosis;
    for (int c = 0; c < 3; c++) {
        b.core[c][0] = look->core_mm2[c];
        b.near[c][0] = look->near_mm2[c];
        b.far[c][0] = look->far_mm2[c];
    }
    see(&b, 0, seen, blur2);
    place(smpk_table_for(SMPK_SCALAR), &b);
    put(&b, 0, seen, drawn);
}

/* Works out a batch and empties it. */
static void finish(smp_preview *preview, const smpi_dot_model *model, batch *b)
{
    const smpk_table *kernels = smpi_kernels(preview->ctx);
    smpk_look_model law;
    smpi_dot_look_model(model, &law);
    const smpk_look job = {&law,
                           b->diameter,
                           b->top,
                           b->height,
                           b->dose,
                           b->spread,
                           {b->core[0], b->core[1], b->core[2]},
                           {b->near[0], b->near[1], b->near[2]},
                           {b->far[0], b->far[1], b->far[2]},
                           b->r2,
                           b->kurtosis};
    kernels->look(&job, b->count);
    for (uint32_t i = 0; i < b->count; i++) {
        b->core[0][i] *= 1.0f - SCAB_RED * b->scab[i]; /* crusts are brown */
        for (int c = 0; c < 3; c++)
            b->near[c][i] *= 1.0f + NEAR_MORE * b->near[c][i] / model->near_r2_mm2[c];
    }
    place(kernels, b);
    for (uint32_t i = 0; i < b->count; i++)
        put(b, i, preview->seen + b->at[i], preview->drawn + b->at[i]);
    b->count = 0;
}

/* Adds a dot as it is on the day, if there is anything left of it. */
static void add(smp_preview *preview, uint32_t i, batch *b)
{
    const smpi_seen_dot *seen = preview->seen + i;
    const smp_dots_view *v = &preview->dots->view;
    const smpi_clock *clock = &preview->clock;
    const uint32_t k = seen->index, group = v->session[k], n = b->count;
    smpi_aged aged;
    smpi_dot_age(preview->nature + i, clock->moment + group, clock->mix + group, v->dose[k],
                 1u << v->zone[k], &aged);
    if (!(aged.dose > 0.0f)) {
        memset(preview->drawn + i, 0, sizeof *preview->drawn);
        return;
    }
    b->at[n] = i;
    b->diameter[n] = v->diameter_mm[k];
    b->top[n] = v->top_mm[k] + aged.deeper_mm;
    b->height[n] = v->height_mm[k];
    b->dose[n] = aged.dose;
    b->spread[n] = aged.spread_mm;
    b->scab[n] = aged.scab;
    see(b, n, seen, seen->blur2);
    b->count++;
}

static smp_status draw_chunk(void *task, uint32_t chunk)
{
    smp_preview *preview = task;
    const uint32_t end =
        (chunk + 1) * CHUNK < preview->seen_count ? (chunk + 1) * CHUNK : preview->seen_count;
    batch b;
    b.count = 0;
    for (uint32_t m = 0; m < preview->model_count; m++) {
        for (uint32_t i = chunk * CHUNK; i < end; i++) {
            if (preview->model_of[preview->dots->view.session[preview->seen[i].index]] != m)
                continue;
            add(preview, i, &b);
            if (b.count == BATCH)
                finish(preview, preview->model + m, &b);
        }
        if (b.count > 0)
            finish(preview, preview->model + m, &b);
    }
    return SMP_OK;
}

smp_status smpi_draw_dots(smp_preview *preview, double day)
{
    const smpi_who who = {&preview->life, preview->skin_type, 0.0};
    smpi_clock_make(preview->plan, &who, day, &preview->clock);
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
