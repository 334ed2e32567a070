/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A part of the picture alone: which dots and which nodes it needs, so that its pixels are those of
 * the whole. source: docs/model/render.md, "A region" */
#include "render/view.h"

#include <math.h>
#include <string.h>

#include "render/preview.h"

/* The widest core, mm of standard deviation times what a bump reaches at the exponent 8; it is cut
 * off there. Pigment of the most diffuse kind spreads by 0.6 mm in a century. */
#define REACH_MM 6.0f
#define REACH_SIGMAS 4.6f /* sqrt(2 (8 + 2)) and a little more */
#define ROUNDING 2.0f     /* px */
#define BETWEEN 4.0f      /* px that cores on nodes are read from beyond their reach */

void smpi_view_limit(smp_preview *preview)
{
    const smpi_still *s = &preview->still;
    float scale = 0.0f, extra = 0.0f;
    for (uint32_t i = 0; i < preview->seen_count; i++) {
        const float wide = s->uu[i] > s->vv[i] ? s->uu[i] : s->vv[i];
        scale = wide > scale ? wide : scale;
        extra = s->extra[i] > extra ? s->extra[i] : extra;
    }
    preview->limit_px = REACH_MM * sqrtf(scale) + REACH_SIGMAS * sqrtf(extra) + ROUNDING;
}

static smpi_frame grown(const smpi_frame *b, float more)
{
    return (smpi_frame){b->left - more, b->top - more, b->right + more, b->bottom + more};
}

static smpi_window all_nodes(uint32_t width, uint32_t height)
{
    return (smpi_window){0, width, 0, height};
}

void smpi_view_whole(smp_preview *preview)
{
    smpi_view *v = &preview->view;
    *v = (smpi_view){.whole = 1, .dots = {-INFINITY, -INFINITY, INFINITY, INFINITY}};
    v->part = v->cores = v->settled = v->dots;
    for (int k = 0; k < 2; k++)
        v->read[k] = v->load[k] = all_nodes(preview->tail[k].width, preview->tail[k].height);
    v->red_read = v->red_load = all_nodes(preview->red.width, preview->red.height);
}

static uint32_t later(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

static uint32_t sooner(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

int smpi_view_begin(smp_preview *preview, const smp_rect *region)
{
    const smp_rect *b = &preview->bounds;
    const uint32_t x0 = later(region->x, b->x), y0 = later(region->y, b->y);
    const uint32_t x1 = sooner(region->x + region->width, b->x + b->width);
    const uint32_t y1 = sooner(region->y + region->height, b->y + b->height);
    if (preview->seen_count == 0 || x0 >= x1 || y0 >= y1)
        return 0;
    smpi_view_whole(preview);
    if (x1 - x0 == b->width && y1 - y0 == b->height)
        return 1;
    smpi_view *v = &preview->view;
    v->whole = 0;
    v->part = (smpi_frame){(float)x0, (float)y0, (float)x1, (float)y1};
    v->cores = v->dots = grown(&v->part, preview->limit_px + BETWEEN);
    return 1;
}

/* The nodes, `count` of them, between which an interval lies, and one more on each side. */
static void nodes_about(float low, float high, float step, uint32_t count, uint32_t *from,
                        uint32_t *to)
{
    const float a = floorf(low / step) - 1.0f, b = floorf(high / step) + 3.0f;
    *from = a > 0.0f ? (a < (float)(count - 2) ? (uint32_t)a : count - 2) : 0;
    *to = b < (float)count ? (b > 2.0f ? (uint32_t)b : 2) : count;
    *from = *from + 2 > *to ? *to - 2 : *from; /* whoever lies outside is held to the last two */
}

static smpi_window window_about(const smp_preview *preview, const smpi_frame *box, uint32_t step,
                                uint32_t width, uint32_t height)
{
    const float left = (float)preview->bounds.x + 0.5f, top = (float)preview->bounds.y + 0.5f;
    smpi_window w;
    nodes_about(box->left - left, box->right - left, (float)step, width, &w.x0, &w.x1);
    nodes_about(box->top - top, box->bottom - top, (float)step, height, &w.y0, &w.y1);
    return w;
}

static smpi_window widened(const smpi_window *w, uint32_t more, uint32_t width, uint32_t height)
{
    return (smpi_window){w->x0 > more ? w->x0 - more : 0, sooner(w->x1 + more, width),
                         w->y0 > more ? w->y0 - more : 0, sooner(w->y1 + more, height)};
}

/* The part of the picture about which nodes lie, and a step more: where dots give to them. Those at
 * an edge take what lies beyond it. */
static smpi_frame box_of(const smp_preview *preview, const smpi_window *w, uint32_t step,
                         uint32_t width, uint32_t height)
{
    const float s = (float)step, left = (float)preview->bounds.x + 0.5f;
    const float top = (float)preview->bounds.y + 0.5f;
    return (smpi_frame){w->x0 ? left + ((float)w->x0 - 1.0f) * s - 1.0f : -INFINITY,
                        w->y0 ? top + ((float)w->y0 - 1.0f) * s - 1.0f : -INFINITY,
                        w->x1 < width ? left + (float)w->x1 * s + 1.0f : INFINITY,
                        w->y1 < height ? top + (float)w->y1 * s + 1.0f : INFINITY};
}

static smpi_frame joined(const smpi_frame *a, const smpi_frame *b)
{
    return (smpi_frame){fminf(a->left, b->left), fminf(a->top, b->top), fmaxf(a->right, b->right),
                        fmaxf(a->bottom, b->bottom)};
}

void smpi_view_tails(smp_preview *preview)
{
    smpi_view *v = &preview->view;
    const smpi_tail *near = preview->tail, *far = near + 1;
    const smpi_red *red = &preview->red;
    if (v->whole)
        return;
    v->settled = grown(&v->part, preview->reach_px + BETWEEN);
    v->read[0] = window_about(preview, &v->settled, near->step, near->width, near->height);
    /* the wider tail is read at all nodes of the narrower one, and for dots */
    const float s = (float)near->step, left = (float)preview->bounds.x + 0.5f;
    const float top = (float)preview->bounds.y + 0.5f;
    const smpi_frame at = {left + (float)v->read[0].x0 * s, top + (float)v->read[0].y0 * s,
                           left + (float)v->read[0].x1 * s, top + (float)v->read[0].y1 * s};
    const smpi_frame both = joined(&at, &v->settled);
    v->read[1] = window_about(preview, &both, far->step, far->width, far->height);
    for (int k = 0; k < 2; k++) {
        const smpi_tail *t = near + k;
        v->load[k] = widened(&v->read[k], t->tap_count - 1, t->width, t->height);
        const smpi_frame dots = box_of(preview, &v->load[k], t->step, t->width, t->height);
        v->dots = joined(&v->dots, &dots);
    }
    v->red_read = window_about(preview, &v->part, red->step, red->width, red->height);
    v->red_load = widened(&v->red_read, red->tap_count, red->width, red->height);
}

/* ---- runs of dots --------------------------------------------------------------------------- */

static uint32_t column_of(const smp_preview *preview, float u)
{
    const float column = u / (float)SMPI_ORDER_PX;
    const uint32_t count = preview->photo.width / SMPI_ORDER_PX + 1;
    return column > 0.0f ? (column < (float)count ? (uint32_t)column : count - 1) : 0;
}

/* The first of dots [from, end) that does not come before a group and a column; they are sorted. */
static uint32_t first_at(const smp_preview *preview, uint32_t from, uint32_t end, uint32_t group,
                         uint32_t column)
{
    const smpi_still *s = &preview->still;
    while (from < end) {
        const uint32_t middle = from + (end - from) / 2;
        if (s->group[middle] < group ||
            (s->group[middle] == group && column_of(preview, s->u[middle]) < column))
            from = middle + 1;
        else
            end = middle;
    }
    return from;
}

uint32_t smpi_view_runs(const smp_preview *preview, uint32_t band, const smpi_frame *box,
                        smpi_dot_run *runs)
{
    const uint32_t end = preview->band_first[band + 1];
    const uint32_t low = column_of(preview, box->left), high = column_of(preview, box->right);
    uint32_t count = 0;
    for (uint32_t at = preview->band_first[band]; at < end;) {
        const uint32_t group = preview->still.group[at];
        const uint32_t first = first_at(preview, at, end, group, low);
        const uint32_t last = first_at(preview, first, end, group, high + 1);
        runs[count] = (smpi_dot_run){group, first, last};
        count += first < last;
        at = first_at(preview, last, end, group + 1, 0);
    }
    return count;
}

void smpi_view_bands(const smp_preview *preview, const smpi_frame *box, uint32_t *first,
                     uint32_t *count)
{
    *first = smpi_band_of(preview, box->top);
    *count = smpi_band_of(preview, box->bottom) + 1 - *first;
}

int smpi_view_sees(const smp_preview *preview, const smpk_bump *drawn)
{
    const smpi_frame *p = &preview->view.part;
    const float x = drawn->bump.x, y = drawn->bump.y;
    const float across = drawn->reach_u + BETWEEN, along = drawn->reach_v + BETWEEN;
    return preview->view.whole || (x + across >= p->left && x - across <= p->right &&
                                   y + along >= p->top && y - along <= p->bottom);
}
