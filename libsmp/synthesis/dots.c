/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * From places to dots: which places the plan uses, in which session, and how each dot differs. */
#include "synthesis/dots.h"

#include <math.h>

#include "base/context.h"
#include "base/diag.h"
#include "base/math.h"
#include "base/random.h"
#include "geometry/head.h"
#include "synthesis/places.h"
#include "synthesis/purpose.h"

#define CHUNK 4096u /* candidates a task */
#define SESSIONS_MAX 8
#define UNUSED 0xffu /* in place of a session: the plan does not use this candidate */

/* Shares of the work, measured on the default plan. */
#define SHARE_PLACES 0.7
#define SHARE_CHOOSE 0.9

/* A hand's spread is kept within this many standard deviations. */
#define MOST_SIGMAS 2.5f

typedef struct maker {
    const smp_plan *plan;
    smp_plan_desc desc;
    smp_session_desc sessions[SESSIONS_MAX];
    uint32_t session_count;
    smp_head head;
    smpi_places places;
    uint32_t candidates; /* places times tiles, in the order of their ids */
    uint32_t chunks;
    uint8_t *session; /* of each candidate, or UNUSED */
    uint32_t *first;  /* of each chunk: its number of dots, then its first dot */
    smp_dots *dots;
} maker;

/* Where a candidate is and its id; 0 when it lies off a flat patch. */
static int candidate(const maker *m, uint32_t index, float xyz_mm[3], uint32_t *id)
{
    uint32_t tile = index / m->places.count, rank = index % m->places.count;
    const smpi_place *place = m->places.at + rank;
    uint32_t column = tile % m->places.tiles_x, row = tile / m->places.tiles_x;
    xyz_mm[0] = place->x_mm + (float)column * SMPI_TILE_MM;
    xyz_mm[1] = place->y_mm + (float)row * SMPI_TILE_MM;
    xyz_mm[2] = place->z_mm;
    *id = rank;
    if (m->head.shape != SMP_SHAPE_FLAT)
        return 1;
    *id = rank + SMPI_TILE_IDS * (column + SMPI_TILE_PITCH * row);
    return xyz_mm[0] < m->head.width_mm && xyz_mm[1] < m->head.height_mm;
}

/* The session in which a place is used, from where its threshold stands between nothing and the
 * density that is wanted there: the first whose share goes beyond it. */
static uint8_t session_of(const maker *m, double threshold, double wanted)
{
    if (!(threshold < wanted))
        return UNUSED;
    uint32_t last = m->session_count - 1;
    for (uint32_t i = 0; i < last; i++)
        if (threshold < (double)m->sessions[i].share * wanted)
            return (uint8_t)i;
    return threshold < (double)m->sessions[last].share * wanted ? (uint8_t)last : UNUSED;
}

static double least(double a, double b)
{
    return a < b ? a : b;
}

static smp_status choose(void *task, uint32_t chunk)
{
    maker *m = task;
    uint32_t from = chunk * CHUNK, to = from + CHUNK, count = 0;
    if (to > m->candidates)
        to = m->candidates;
    for (uint32_t i = from; i < to; i++) {
        float at[3];
        uint32_t id;
        m->session[i] = UNUSED;
        if (!candidate(m, i, at, &id))
            continue;
        const double point[3] = {(double)at[0], (double)at[1], (double)at[2]};
        double threshold = smpi_places_threshold(&m->places, i % m->places.count);
        double wanted = least(smp_plan_density(m->plan, point), (double)m->desc.density_per_cm2);
        m->session[i] = session_of(m, threshold, wanted);
        count += m->session[i] != UNUSED;
    }
    m->first[chunk] = count;
    return SMP_OK;
}

/* A factor with mean 1 and the given relative standard deviation, log-normal, tails cut. */
static float spread(const maker *m, uint32_t id, uint32_t purpose, float variation)
{
    if (!(variation > 0.0f))
        return 1.0f;
    float sigmas = smpi_normal(smpi_hash(m->desc.seed, id, purpose));
    sigmas = sigmas > MOST_SIGMAS ? MOST_SIGMAS : sigmas < -MOST_SIGMAS ? -MOST_SIGMAS : sigmas;
    float variance = smpi_logf(1.0f + variation * variation);
    return smpi_expf(sqrtf(variance) * sigmas - 0.5f * variance);
}

static float bounded(float value, float least, float most)
{
    return value < least ? least : value > most ? most : value;
}

/* The arrays are const to those who read them; here they are filled. */
#define OUT(type, array) ((type *)(uintptr_t)(array))

static void fill_one(const maker *m, uint32_t dot, uint32_t index)
{
    const smp_dots_view *view = &m->dots->view;
    float at[3];
    double normal[3];
    uint32_t id;
    (void)candidate(m, index, at, &id);
    const double point[3] = {(double)at[0], (double)at[1], (double)at[2]};
    smpi_head_normal(&m->head, point, normal);
    OUT(float, view->x_mm)[dot] = at[0];
    OUT(float, view->y_mm)[dot] = at[1];
    OUT(float, view->z_mm)[dot] = at[2];
    OUT(float, view->nx)[dot] = (float)normal[0];
    OUT(float, view->ny)[dot] = (float)normal[1];
    OUT(float, view->nz)[dot] = (float)normal[2];
    const smp_plan_desc *d = &m->desc;
    uint8_t session = m->session[index];
    float wide = spread(m, id, SMPI_PURPOSE_DIAMETER, d->size_variation);
    float strong = spread(m, id, SMPI_PURPOSE_DOSE, d->dose_variation);
    float deep = spread(m, id, SMPI_PURPOSE_DEPTH, d->depth_variation);
    OUT(float, view->diameter_mm)[dot] = bounded(d->diameter_mm * wide, 0.05f, 1.0f);
    OUT(float, view->top_mm)[dot] = bounded(d->top_mm * deep, 0.04f, 1.0f);
    OUT(float, view->height_mm)[dot] = d->height_mm;
    OUT(float, view->dose)[dot] = d->dose * m->sessions[session].dose_scale * strong;
    OUT(uint8_t, view->session)[dot] = session;
    OUT(uint32_t, view->id)[dot] = id;
}

static smp_status fill(void *task, uint32_t chunk)
{
    const maker *m = task;
    uint32_t from = chunk * CHUNK, to = from + CHUNK, dot = m->first[chunk];
    if (to > m->candidates)
        to = m->candidates;
    for (uint32_t i = from; i < to; i++)
        if (m->session[i] != UNUSED)
            fill_one(m, dot++, i);
    return SMP_OK;
}

static size_t padded(size_t bytes)
{
    return (bytes + 63) & ~(size_t)63;
}

/* One block for all arrays. count is at most SMPI_DOTS_MAX, so sizes cannot overflow. */
static smp_status carve(const smp_context *ctx, smp_dots *dots, uint32_t count, smp_diag *diag)
{
    smp_dots_view *view = &dots->view;
    const float **columns[] = {&view->x_mm,      &view->y_mm, &view->z_mm,        &view->nx,
                               &view->ny,        &view->nz,   &view->diameter_mm, &view->top_mm,
                               &view->height_mm, &view->dose};
    size_t column = padded(count * sizeof(float)), number = sizeof columns / sizeof *columns;
    size_t bytes = column * (number + 1) + padded(count);
    view->count = count;
    if (count == 0)
        return SMP_OK;
    SMPI_TRY(smpi_new(ctx, &dots->block, bytes, 1, "dots", diag));
    dots->block_bytes = bytes;
    unsigned char *next = dots->block;
    for (size_t i = 0; i < number; i++, next += column)
        *columns[i] = (const float *)(void *)next;
    view->id = (const uint32_t *)(void *)next;
    view->session = next + column;
    return SMP_OK;
}

static smp_status read_plan(maker *m, smpi_places_desc *places, smp_diag *diag)
{
    smp_plan_desc_init(&m->desc);
    smp_head_init(&m->head);
    SMPI_TRY(smp_plan_get(m->plan, &m->desc, diag));
    SMPI_TRY(smp_plan_get_head(m->plan, &m->head, diag));
    m->session_count = smp_plan_session_count(m->plan);
    for (uint32_t i = 0; i < m->session_count && i < SESSIONS_MAX; i++) {
        smp_session_desc_init(&m->sessions[i]);
        SMPI_TRY(smp_plan_get_session(m->plan, i, &m->sessions[i], diag));
    }
    places->seed = m->desc.seed;
    places->regularity = m->desc.regularity;
    places->density_per_cm2 = m->desc.density_per_cm2;
    places->head = m->head;
    return SMP_OK;
}

/* Turns counts into first dots; the sum, or over SMPI_DOTS_MAX when there are too many. */
static uint64_t sum_up(maker *m)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < m->chunks; i++) {
        uint32_t count = m->first[i];
        m->first[i] = (uint32_t)sum;
        sum += count;
    }
    return sum;
}

static smp_status make(const smp_context *ctx, maker *m, const smp_progress *progress,
                       smp_diag *diag)
{
    smpi_places_desc desc;
    SMPI_TRY(read_plan(m, &desc, diag));
    SMPI_TRY(smpi_places_create(ctx, &desc, progress, SHARE_PLACES, &m->places, diag));
    /* at most 256 tiles of 10240 places: fits 32 bits */
    m->candidates = m->places.count * m->places.tiles_x * m->places.tiles_y;
    m->chunks = (m->candidates + CHUNK - 1) / CHUNK;
    SMPI_TRY(smpi_new(ctx, &m->session, m->candidates, 1, "choice of places", diag));
    SMPI_TRY(smpi_new(ctx, &m->first, m->chunks, sizeof *m->first, "choice of places", diag));
    SMPI_TRY(smpi_run_progress(ctx, choose, m, m->chunks, progress, SHARE_PLACES, SHARE_CHOOSE,
                               "dots", diag));
    uint64_t count = sum_up(m);
    if (count > SMPI_DOTS_MAX)
        return smpi_fail(diag, SMP_ERR_LIMIT, "%llu dots, at most %u", (unsigned long long)count,
                         SMPI_DOTS_MAX);
    SMPI_TRY(carve(ctx, m->dots, (uint32_t)count, diag));
    m->dots->seed = m->desc.seed;
    return smpi_run_progress(ctx, fill, m, m->chunks, progress, SHARE_CHOOSE, 1.0, "dots", diag);
}

smp_status smp_dots_create(const smp_context *ctx, const smp_plan *plan,
                           const smp_progress *progress, smp_dots **dots, smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(dots, diag);
    *dots = NULL;
    SMPI_NEED(ctx, diag);
    SMPI_NEED(plan, diag);

    smp_dots *made;
    SMPI_TRY(smpi_new(ctx, &made, 1, sizeof *made, "dots", diag));
    *made = (smp_dots){.ctx = ctx};
    maker m = {.plan = plan, .dots = made};
    smp_status status = make(ctx, &m, progress, diag);
    smpi_free(ctx, m.first, m.chunks * sizeof *m.first);
    smpi_free(ctx, m.session, m.candidates);
    smpi_places_free(&m.places);
    if (status != SMP_OK)
        smp_dots_destroy(&made);
    *dots = made;
    return status;
}

void smp_dots_destroy(smp_dots **dots)
{
    if (!dots || !*dots)
        return;
    const smp_context *ctx = (*dots)->ctx;
    smpi_free(ctx, (*dots)->block, (*dots)->block_bytes);
    smpi_free(ctx, *dots, sizeof **dots);
    *dots = NULL;
}

smp_dots_view smp_dots_arrays(const smp_dots *dots)
{
    return dots ? dots->view : (smp_dots_view){.count = 0};
}
