/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The cores of the dots: sharp, drawn at full resolution with exact coverage below a pixel, tile by
 * tile. */
#include <math.h>
#include <string.h>

#include "render/preview.h"

void smpi_bump_shape(smpk_dot *bump, float k)
{
    const float n = floorf(k);
    const float f =
        (1.0f / (n + 2.0f) - 1.0f / (k + 2.0f)) / (1.0f / (n + 2.0f) - 1.0f / (n + 3.0f));
    bump->power = (uint32_t)n;
    bump->a = (1.0f - f) * (n + 1.0f);
    bump->b = f * (n + 2.0f);
}

static uint32_t held(float x, uint32_t most)
{
    return x > 0.0f ? (x < (float)most ? (uint32_t)x : most) : 0;
}

/* The least variance at which cores are drawn on nodes, px2: narrowed by what reading gives back,
 * they have a standard deviation of 0.63 nodes and sum up to their integrals within 0.2 %. */
#define NODE_VARIANCE 2.6f

float smpi_core_less(const smp_preview *preview)
{
    const float *extra = preview->still.extra;
    if (preview->stubble.count) /* hairs are too sharp */
        return 0.0f;
    for (uint32_t i = 0; i < preview->seen_count; i++)
        if (!(extra[i] >= NODE_VARIANCE))
            return 0.0f;
    return 1.0f;
}

#define SOON 8 /* dots after which one is asked for */

/* A tile that is drawn: its first pixel, what its dots are added to: pixels, or nodes of which the
 * first lies a step before it. */
typedef struct tile {
    const smp_preview *preview;
    const smpk_table *kernels;
    uint32_t left, top;
    uint32_t columns, rows;
    float before, scale; /* nodes before the first pixel, and to a pixel */
    smpk_patch on;
} tile;

static void draw_one(tile *t, const smpk_dot *one, float reach_u, float reach_v)
{
    static const float share[9] = SMPK_SPLAT_REACH;
    const float u = (one->x - (float)t->left - 0.5f) * t->scale + t->before;
    const float v = (one->y - (float)t->top - 0.5f) * t->scale + t->before;
    /* a hundredth of a pixel for the sake of rounding: beyond, every width adds 0 */
    const float across = reach_u * share[one->power] * t->scale + 0.01f;
    const float along = reach_v * share[one->power] * t->scale + 0.01f;
    smpk_patch *on = &t->on;
    on->y0 = held(v - along + 1.0f, t->rows);
    on->y1 = held(v + along + 1.0f, t->rows);
    on->x0 = held(u - across + 1.0f, t->columns);
    on->x1 = held(u + across + 1.0f, t->columns);
    if (on->x0 >= on->x1 || on->y0 >= on->y1 || one->power == 0)
        return;
    if (!(one->amount[0] > 0.0f || one->amount[1] > 0.0f || one->amount[2] > 0.0f))
        return;
    smpk_dot bump = *one;
    bump.x = u;
    bump.y = v;
    if (t->scale < 1.0f) {
        bump.qxx *= 4.0f;
        bump.qxy *= 4.0f;
        bump.qyy *= 4.0f;
    }
    on->reach_x = across;
    on->reach_y = along;
    t->kernels->splat(on, &bump);
}

/* Cells of some rows of them, [from, to) each. */
typedef struct cells {
    uint32_t from_row, to_row, from, to;
} cells;

/* Cells along one axis. */
typedef struct steps {
    float first, size;
    uint32_t count;
} steps;

/* Those that may hold what reaches pixels [low, high). What lies before the first is in the first,
 * what lies behind the last in the last. */
static void steps_near(const steps *s, float low, float high, uint32_t *from, uint32_t *to)
{
    const float a = (low - s->first) / s->size, b = (high - s->first) / s->size;
    *from = a > 0.0f ? (a < (float)s->count ? (uint32_t)a : s->count - 1) : 0;
    *to = b > 0.0f ? (b < (float)s->count ? (uint32_t)b + 1 : s->count) : 1;
}

static cells cells_near(const tile *t, float reach)
{
    const smp_preview *p = t->preview;
    const steps across = {(float)p->cell_left, (float)SMPI_CELL_COLUMNS, p->cell_count};
    const steps down = {(float)p->band_top, (float)SMPI_CELL_ROWS,
                        p->band_count * (SMPI_BAND_ROWS / SMPI_CELL_ROWS)};
    const float left = (float)t->left, top = (float)t->top;
    cells c;
    steps_near(&across, left - reach, left + (float)SMPI_TILE_COLUMNS + reach, &c.from, &c.to);
    steps_near(&down, top - reach, top + (float)SMPI_BAND_ROWS + reach, &c.from_row, &c.to_row);
    return c;
}

static void draw_stubble(tile *t)
{
    const smpi_stubble *s = &t->preview->stubble;
    if (!s->count || !(s->day >= 0.0f))
        return;
    const cells c = cells_near(t, s->reach_px);
    for (uint32_t row = c.from_row; row < c.to_row; row++) {
        const uint32_t *first = s->cell_first + (size_t)row * t->preview->cell_count;
        for (uint32_t i = first[c.from]; i < first[c.to]; i++) {
            const smpi_hair_piece *piece = s->piece + i;
            if (piece->from_day <= s->day)
                draw_one(t, &piece->bump, piece->reach_u, piece->reach_v);
        }
    }
}

/* Pixels, or nodes two pixels apart. */
static tile tile_at(const smp_preview *preview, uint32_t left, uint32_t top, float *core)
{
    tile t = {.preview = preview, .kernels = smpi_kernels(preview->ctx), .left = left, .top = top};
    const int nodes = preview->core_less > 0.0f;
    const size_t plane = nodes ? SMPI_NODE_PLANE : SMPI_TILE_PLANE;
    t.columns = nodes ? SMPI_NODE_COLUMNS : SMPI_TILE_COLUMNS;
    t.rows = nodes ? SMPI_NODE_ROWS : SMPI_BAND_ROWS;
    t.before = nodes ? 1.0f : 0.0f;
    t.scale = nodes ? 0.5f : 1.0f;
    t.on.stride = 3 * plane;
    for (size_t k = 0; k < 3; k++)
        t.on.plane[k] = core + k * plane;
    memset(core, 0, t.rows * t.on.stride * sizeof *core);
    return t;
}

void smpi_draw_tile(const smp_preview *preview, uint32_t left, uint32_t top, float *core)
{
    tile t = tile_at(preview, left, top, core);
    const cells c = cells_near(&t, preview->reach_px + 2.0f * t.before);
    for (uint32_t row = c.from_row; row < c.to_row; row++) {
        const uint32_t *first = preview->cell_first + (size_t)row * preview->cell_count;
        for (uint32_t i = first[c.from]; i < first[c.to]; i++) {
            const smpk_bump *drawn = preview->drawn.bump + preview->cell_dot[i];
            const uint32_t soon = i + SOON < preview->seen_count ? i + SOON : i;
            t.on.soon = &preview->drawn.bump[preview->cell_dot[soon]].bump;
            if (smpi_view_sees(preview, drawn))
                draw_one(&t, &drawn->bump, drawn->reach_u, drawn->reach_v);
        }
    }
    draw_stubble(&t);
}
