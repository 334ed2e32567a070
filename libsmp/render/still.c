/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What no day changes of the seen dots: their order, and each figure as an array of its own. */
#include <string.h>

#include "ageing/clock.h"
#include "base/diag.h"
#include "render/preview.h"
#include "synthesis/dots.h"

#define PIXEL_BOX_VARIANCE (1.0f / 12.0f)
#define ALIGNED 64u
#define CHUNK 512u /* dots of a task */

/* ---- order ---------------------------------------------------------------------------------- */

typedef struct sorting {
    const smp_preview *preview;
    uint32_t tiles, keys, *first; /* where the dots of each key go */
} sorting;

static uint32_t tile_key(const sorting *s, const smpi_seen_dot *seen)
{
    const float tile = seen->u / (float)SMPI_ORDER_PX;
    const uint32_t column =
        tile > 0.0f ? (tile < (float)s->tiles ? (uint32_t)tile : s->tiles - 1) : 0;
    return s->preview->dots->view.session[seen->index] * s->tiles + column;
}

static uint32_t band_key(const sorting *s, const smpi_seen_dot *seen)
{
    return smpi_band_of(s->preview, seen->v);
}

/* Moves dots to where their keys belong, keeping the order of those of one key. first[k] ends up as
 * the first of key k. */
static void sort_by(const sorting *s, uint32_t (*key)(const sorting *, const smpi_seen_dot *),
                    const smpi_seen_dot *from, smpi_seen_dot *to)
{
    const uint32_t count = s->preview->seen_count;
    uint32_t *first = s->first;
    memset(first, 0, ((size_t)s->keys + 2) * sizeof *first);
    for (uint32_t i = 0; i < count; i++)
        first[key(s, from + i) + 2]++;
    for (uint32_t k = 2; k < s->keys + 2; k++)
        first[k] += first[k - 1];
    for (uint32_t i = 0; i < count; i++)
        to[first[key(s, from + i) + 1]++] = from[i];
}

/* The keys of tiles need their counters only here. */
static smp_status sort_tiles(smp_preview *preview, smpi_seen_dot *to, smp_diag *diag)
{
    sorting s = {.preview = preview, .tiles = preview->photo.width / SMPI_ORDER_PX + 1};
    s.keys = s.tiles * SMPI_GROUPS_MAX;
    const size_t slots = (size_t)s.keys + 2;
    SMPI_TRY(smpi_new(preview->ctx, &s.first, slots, sizeof *s.first, "tiles", diag));
    sort_by(&s, tile_key, preview->seen, to);
    smpi_free(preview->ctx, s.first, slots * sizeof *s.first);
    return SMP_OK;
}

static smp_status find_bands(smp_preview *preview, smp_diag *diag)
{
    preview->band_top = preview->bounds.y / SMPI_BAND_ROWS * SMPI_BAND_ROWS;
    preview->band_count =
        (preview->bounds.y + preview->bounds.height - preview->band_top + SMPI_BAND_ROWS - 1) /
        SMPI_BAND_ROWS;
    preview->band_slots = (size_t)preview->band_count + 2;
    SMPI_TRY(smpi_new(preview->ctx, &preview->band_first, preview->band_slots, sizeof(uint32_t),
                      "bands", diag));
    return smpi_new(preview->ctx, &preview->band_reach, preview->band_slots, sizeof(float), "bands",
                    diag);
}

/* By bands, into memory that is no larger than it must be. */
static smp_status sort_bands(smp_preview *preview, const smpi_seen_dot *from, smp_diag *diag)
{
    const sorting s = {preview, 0, preview->band_count, preview->band_first};
    smpi_free(preview->ctx, preview->seen, (size_t)preview->seen_capacity * sizeof *from);
    preview->seen = NULL;
    preview->seen_capacity = preview->seen_count;
    SMPI_TRY(smpi_new(preview->ctx, &preview->seen, preview->seen_count, sizeof *from, "seen dots",
                      diag));
    sort_by(&s, band_key, from, preview->seen);
    return SMP_OK;
}

smp_status smpi_still_sort(smp_preview *preview, smp_diag *diag)
{
    const uint32_t count = preview->seen_count;
    smpi_seen_dot *sorted;
    SMPI_TRY(find_bands(preview, diag));
    SMPI_TRY(smpi_new(preview->ctx, &sorted, count, sizeof *sorted, "seen dots", diag));
    smp_status status = sort_tiles(preview, sorted, diag);
    if (status == SMP_OK)
        status = sort_bands(preview, sorted, diag);
    smpi_free(preview->ctx, sorted, count * sizeof *sorted);
    return status;
}

/* ---- arrays --------------------------------------------------------------------------------- */

/* Gives out pieces of one memory; without one, only counts. */
typedef struct carver {
    char *memory;
    size_t used, count;
} carver;

static void *carve(carver *c, size_t size)
{
    void *piece = c->memory ? c->memory + c->used : NULL;
    c->used += (c->count * size + ALIGNED - 1) / ALIGNED * ALIGNED;
    return piece;
}

static void carve_all(carver *c, smpi_still *s, smpi_drawn *drawn)
{
    float **each[] = {&s->u,       &s->v,    &s->uu,        &s->uv,     &s->vv,
                      &s->extra,   &s->top,  &s->diameter,  &s->height, &s->dose,
                      &s->plateau, &s->pace, &s->diffusion, &s->shed,   &s->patch};
    for (size_t i = 0; i < sizeof each / sizeof *each; i++)
        *each[i] = carve(c, sizeof(float));
    for (int k = 0; k < 2; k++) {
        s->between[k].node = carve(c, sizeof(int32_t));
        s->between[k].share_x = carve(c, sizeof(float));
        s->between[k].share_y = carve(c, sizeof(float));
        for (int i = 0; i < 3; i++) {
            s->between[k].own[i] = carve(c, sizeof(float));
            drawn->tail[k][i] = carve(c, sizeof(float));
        }
    }
    s->zone = carve(c, sizeof *s->zone);
    s->group = carve(c, 1);
    s->outside = carve(c, 1);
    drawn->bump = carve(c, sizeof *drawn->bump);
}

static void fill(smp_preview *preview, uint32_t i)
{
    const smpi_seen_dot *seen = preview->seen + i;
    const smp_dots_view *v = &preview->dots->view;
    const smpi_still *s = &preview->still;
    const uint32_t k = seen->index;
    smpi_nature nature;
    smpi_dot_nature(preview->plan, v, k, &nature);
    s->plateau[i] = nature.plateau;
    s->pace[i] = nature.pace;
    s->diffusion[i] = nature.diffusion;
    s->shed[i] = nature.shed_day;
    s->patch[i] = nature.patch;
    s->u[i] = seen->u;
    s->v[i] = seen->v;
    s->uu[i] = seen->cov[0];
    s->uv[i] = seen->cov[1];
    s->vv[i] = seen->cov[2];
    s->extra[i] = seen->blur2 + PIXEL_BOX_VARIANCE;
    s->diameter[i] = v->diameter_mm[k];
    s->top[i] = v->top_mm[k];
    s->height[i] = v->height_mm[k];
    s->dose[i] = v->dose[k];
    s->zone[i] = v->zone[k];
    s->group[i] = v->session[k];
}

static smp_status fill_chunk(void *task, uint32_t chunk)
{
    smp_preview *preview = task;
    const uint32_t first = chunk * CHUNK, rest = preview->seen_count - first;
    for (uint32_t i = 0; i < CHUNK && i < rest; i++)
        fill(preview, first + i);
    return SMP_OK;
}

smp_status smpi_still_create(smp_preview *preview, smp_diag *diag)
{
    carver c = {NULL, 0, preview->seen_count};
    carve_all(&c, &preview->still, &preview->drawn);
    preview->dot_memory = NULL;
    SMPI_TRY(smpi_new(preview->ctx, &c.memory, c.used, 1, "dots", diag));
    preview->dot_memory = c.memory;
    preview->dot_bytes = c.used;
    c.used = 0;
    carve_all(&c, &preview->still, &preview->drawn);
    memset(preview->drawn.bump, 0, preview->seen_count * sizeof *preview->drawn.bump);
    return smpi_run_end(
        diag,
        smpi_run(preview->ctx, fill_chunk, preview, (preview->seen_count + CHUNK - 1) / CHUNK),
        "preview");
}

void smpi_still_drop(smp_preview *p, const smp_preview *kept)
{
    if (p->dot_memory != kept->dot_memory)
        smpi_free(p->ctx, p->dot_memory, p->dot_bytes);
    if (p->band_first != kept->band_first)
        smpi_free(p->ctx, p->band_first, p->band_slots * sizeof *p->band_first);
    if (p->band_reach != kept->band_reach)
        smpi_free(p->ctx, p->band_reach, p->band_slots * sizeof *p->band_reach);
    if (p->seen != kept->seen)
        smpi_free(p->ctx, p->seen, (size_t)p->seen_capacity * sizeof *p->seen);
}
