/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Every seen dot as it is on a day: what ageing left of it, what a camera sees of that, where its
 * bump lies in the picture. Dots of a band and group are worked out together, in vectors.
 *
 * A core is a unit-integral bump (1 - q)^k on the skin; foreshortening, the camera's blur and the
 * pixel's box add their variances, and k follows the kurtosis of the sum. source:
 * docs/model/render.md, "Cores" */
#include <string.h>

#include "ageing/clock.h"
#include "base/diag.h"
#include "optics/dot.h"
#include "plan/plan.h"
#include "render/preview.h"
#include "synthesis/dots.h"

#define BATCH 128u
/* What exp() takes from the narrower tail is given back: 0.4 / pi, chosen on dot_fields.csv. */
#define NEAR_MORE 0.127f
/* Share of the red light that dried blood lets through where pigment would not (assumed). */
#define SCAB_RED 0.5f
/* Exponents of bumps on pixels and on nodes: a smaller one would be sampled too coarsely there. */
#define CORE_MOST 8.0f
#define CORE_MOST_NODES 6.0f
/* Dots of less optical depth are not drawn: all of them together are below any code. */
#define DOSE_LEAST 0x1p-20f

_Static_assert(SMPK_AGE_TERMS >= SMPI_TERMS_MAX, "room for every component");

void smpi_draw_place(const smpi_seen_dot *seen, const smpi_dot_seen *look, float blur2,
                     smpk_bump *drawn)
{
    const float extra = blur2 + 1.0f / 12.0f, red = 1.0f;
    const smpk_place job = {
        &seen->u,
        &seen->v,
        &seen->cov[0],
        &seen->cov[1],
        &seen->cov[2],
        &extra,
        &look->core_r2_mm2,
        &look->core_kurtosis,
        {look->core_mm2, look->core_mm2 + 1, look->core_mm2 + 2},
        &red,
        drawn,
        0.0f,
        CORE_MOST,
    };
    smpk_table_for(SMPK_SCALAR)->place(&job, 1);
}

/* ---- what a group's dots share -------------------------------------------------------------- */

static void fill_moment(const smpi_moment *m, const smpi_mix *mix,
                        float left[SMPI_MIX_ABSORBING][SMP_ZONES_MAX + 1], smpk_moment *out)
{
    smpi_term term[SMPI_TERMS_MAX];
    const smpi_healing *h = &m->healing;
    memset(out, 0, sizeof *out);
    if (!(m->days >= 0.0))
        return;
    out->terms = smpi_moment_terms(m, mix, term);
    for (uint32_t k = 0; k < out->terms; k++) {
        const uint32_t component = term[k].component;
        out->amount[k] = (float)term[k].amount;
        out->rate[k] = (float)term[k].rate;
        if (!m->laser_count)
            continue;
        out->left[k] = left[component];
        for (uint32_t zone = 0; zone <= SMP_ZONES_MAX; zone++)
            left[component][zone] = (float)smpi_lasered_share(m, component, 1u << zone);
    }
    out->bell = (float)m->bell;
    out->days = (float)m->days;
    out->two_years = (float)(2.0 * m->days / SMPI_YEAR);
    out->scab = (float)h->scab;
    out->wide = (float)h->wide;
    out->dip = (float)h->dip;
    out->swell = (float)h->swell;
    out->scab_red = SCAB_RED;
    out->shed_wide = (float)SMPI_SHED_HALF_WIDTH;
}

static void fill_day(smp_preview *preview)
{
    const smpi_clock *clock = &preview->clock;
    smpi_day *day = &preview->day;
    for (uint32_t g = 0; g < clock->count; g++)
        fill_moment(clock->moment + g, clock->mix + g, day->left[g], day->moment + g);
    for (uint32_t m = 0; m < preview->model_count; m++) {
        smpi_dot_look_model(preview->model + m, day->look + m);
        day->look[m].near_more = NEAR_MORE;
        day->look[m].least = DOSE_LEAST;
    }
}

/* ---- dots ----------------------------------------------------------------------------------- */

/* What is known of up to BATCH dots between two steps. */
typedef struct batch {
    float dose[BATCH], top[BATCH], spread[BATCH], red[BATCH];
    float core[3][BATCH], r2[BATCH], kurtosis[BATCH];
} batch;

/* As time left them. */
static void age(const smp_preview *preview, uint32_t first, uint32_t n, batch *b)
{
    const smpi_still *s = &preview->still;
    const smpk_age job = {preview->day.moment + s->group[first],
                          s->dose + first,
                          s->top + first,
                          s->plateau + first,
                          s->pace + first,
                          s->diffusion + first,
                          s->shed + first,
                          s->patch + first,
                          s->zone + first,
                          b->dose,
                          b->top,
                          b->spread,
                          b->red};
    smpi_kernels(preview->ctx)->age(&job, n);
}

/* As a camera sees them on the skin. */
static void look(const smp_preview *preview, uint32_t first, uint32_t n, batch *b)
{
    const smpi_still *s = &preview->still;
    float *const(*tail)[3] = preview->drawn.tail;
    smpk_look job = {preview->day.look + preview->model_of[s->group[first]],
                     s->diameter + first,
                     b->top,
                     s->height + first,
                     b->dose,
                     b->spread,
                     .r2 = b->r2,
                     .kurtosis = b->kurtosis};
    for (int c = 0; c < 3; c++) {
        job.core[c] = b->core[c];
        job.near[c] = tail[0][c] + first;
        job.far[c] = tail[1][c] + first;
    }
    smpi_kernels(preview->ctx)->look(&job, n);
}

/* As bumps in the picture. */
static void place(const smp_preview *preview, uint32_t first, uint32_t n, const batch *b)
{
    const smpi_still *s = &preview->still;
    const smpk_place job = {s->u + first,
                            s->v + first,
                            s->uu + first,
                            s->uv + first,
                            s->vv + first,
                            s->extra + first,
                            b->r2,
                            b->kurtosis,
                            {b->core[0], b->core[1], b->core[2]},
                            b->red,
                            preview->drawn.bump + first,
                            preview->core_less,
                            preview->core_less > 0.0f ? CORE_MOST_NODES : CORE_MOST};
    smpi_kernels(preview->ctx)->place(&job, n);
}

/* Dots of one group that are not there yet. */
static void clear(const smp_preview *preview, uint32_t first, uint32_t n)
{
    memset(preview->drawn.bump + first, 0, n * sizeof *preview->drawn.bump);
    for (int k = 0; k < 2; k++)
        for (int c = 0; c < 3; c++)
            memset(preview->drawn.tail[k][c] + first, 0, n * sizeof(float));
}

/* How far the largest reaches; none is left that reaches further than the limit. */
static float largest(smpk_bump *bump, float limit, uint32_t n)
{
    float most = 0.0f;
    for (uint32_t i = 0; i < n; i++) {
        if (!(bump[i].reach_u <= limit && bump[i].reach_v <= limit)) {
            bump[i].reach_u = bump[i].reach_u < limit ? bump[i].reach_u : limit;
            bump[i].reach_v = bump[i].reach_v < limit ? bump[i].reach_v : limit;
        }
        const float reach = bump[i].reach_u > bump[i].reach_v ? bump[i].reach_u : bump[i].reach_v;
        most = reach > most ? reach : most;
    }
    return most;
}

/* Up to BATCH dots of one group. Returns how far the largest reaches. */
static float work_out(const smp_preview *preview, uint32_t first, uint32_t n)
{
    batch b;
    if (!preview->day.moment[preview->still.group[first]].terms) {
        clear(preview, first, n);
        return 0.0f;
    }
    age(preview, first, n, &b);
    look(preview, first, n, &b);
    place(preview, first, n, &b);
    return largest(preview->drawn.bump + first, preview->limit_px, n);
}

/* A box of dots by bands, of which another box is done. */
typedef struct day_job {
    smp_preview *preview;
    const smpi_frame *box, *done;
    uint32_t first; /* band */
} day_job;

/* Dots of one group. */
static float work_out_run(const smp_preview *preview, uint32_t first, uint32_t end)
{
    float reach = 0.0f;
    for (uint32_t i = first, n; i < end; i += n) {
        n = end - i < BATCH ? end - i : BATCH;
        const float own = work_out(preview, i, n);
        reach = own > reach ? own : reach;
    }
    return reach;
}

static smp_status work_out_band(void *task, uint32_t index)
{
    const day_job *job = task;
    smp_preview *preview = job->preview;
    const uint32_t band = job->first + index;
    smpi_dot_run run[SMPI_GROUPS_MAX];
    const uint32_t count = smpi_view_runs(preview, band, job->box, run);
    float reach = 0.0f;
    for (uint32_t i = 0; i < count; i++) {
        const float own = work_out_run(preview, run[i].first, run[i].end);
        reach = own > reach ? own : reach;
    }
    preview->band_reach[band] = reach;
    return SMP_OK;
}

/* What is not done yet: these reach nothing that is drawn. */
static smp_status work_out_rest(void *task, uint32_t index)
{
    const day_job *job = task;
    const uint32_t band = job->first + index;
    smpi_dot_run run[SMPI_GROUPS_MAX], had[SMPI_GROUPS_MAX];
    uint32_t first, bands, had_count = 0, k = 0;
    smpi_view_bands(job->preview, job->done, &first, &bands);
    if (band - first < bands)
        had_count = smpi_view_runs(job->preview, band, job->done, had);
    const uint32_t count = smpi_view_runs(job->preview, band, job->box, run);
    for (uint32_t i = 0; i < count; i++) {
        while (k < had_count && had[k].group < run[i].group)
            k++;
        const int any = k < had_count && had[k].group == run[i].group;
        work_out_run(job->preview, run[i].first, any ? had[k].first : run[i].end);
        if (any)
            work_out_run(job->preview, had[k].end, run[i].end);
    }
    return SMP_OK;
}

static smp_status work_out_all(smp_preview *preview)
{
    day_job job = {preview, &preview->view.cores, NULL, 0};
    uint32_t bands;
    smpi_view_bands(preview, job.box, &job.first, &bands);
    SMPI_TRY(smpi_run(preview->ctx, work_out_band, &job, bands));
    preview->reach_px = 0.0f;
    for (uint32_t i = job.first; i < job.first + bands; i++)
        if (preview->band_reach[i] > preview->reach_px)
            preview->reach_px = preview->band_reach[i];
    smpi_view_tails(preview);
    if (preview->view.whole)
        return SMP_OK;
    job.done = job.box;
    job.box = &preview->view.dots;
    smpi_view_bands(preview, job.box, &job.first, &bands);
    return smpi_run(preview->ctx, work_out_rest, &job, bands);
}

smp_status smpi_draw_dots(smp_preview *preview, double day)
{
    const smpi_who who = {&preview->life, preview->skin_type, 0.0};
    smpi_clock_make(preview->plan, &who, day, &preview->clock);
    SMPI_TRY(smpi_models_day(preview, day));
    fill_day(preview);
    preview->core_less = smpi_core_less(preview);
    SMPI_TRY(work_out_all(preview));
    preview->stubble.day = (float)day;
    preview->scar.shown = preview->scar.floats && day >= preview->clock.day[0] &&
                          preview->plan->data.desc.dose > 0.0f;
    return SMP_OK;
}

static void settle(const smp_preview *preview, uint32_t first, uint32_t end)
{
    float left[3][BATCH];
    float *const to[3] = {left[0], left[1], left[2]};
    for (; first < end; first += BATCH) {
        const uint32_t n = end - first < BATCH ? end - first : BATCH;
        smpk_bump *bump = preview->drawn.bump + first;
        smpi_around(preview, first, n, to);
        for (uint32_t i = 0; i < n; i++)
            for (int c = 0; c < 3; c++)
                bump[i].bump.amount[c] *= left[c][i];
    }
}

static smp_status settle_band(void *task, uint32_t index)
{
    const day_job *job = task;
    smpi_dot_run run[SMPI_GROUPS_MAX];
    const uint32_t count = smpi_view_runs(job->preview, job->first + index, job->box, run);
    for (uint32_t i = 0; i < count; i++)
        settle(job->preview, run[i].first, run[i].end);
    return SMP_OK;
}

smp_status smpi_settle_cores(smp_preview *preview)
{
    day_job job = {preview, &preview->view.settled, NULL, 0};
    uint32_t bands;
    smpi_view_bands(preview, job.box, &job.first, &bands);
    return smpi_run(preview->ctx, settle_band, &job, bands);
}
