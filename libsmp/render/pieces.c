/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The skin in small pieces: what the tails' weights are gathered from, as dots are. Those of a head
 * cost a projection each, so a preview that is edited keeps them. source: docs/model/render.md,
 * "Tails" */
#include <math.h>
#include <string.h>

#include "base/diag.h"
#include "base/math.h"
#include "geometry/camera.h"
#include "geometry/head.h"
#include "plan/plan.h"
#include "render/preview.h"
#include "scalp/rows.h"

#define BATCH_ROWS 64u /* rows of pieces that are looked at together */
#define TASK_ROWS 8u
#define MORE_MM 12.0 /* that the area of the pieces grows by when it must */

/* How large the pieces are for the narrower and for the wider tail, mm: at 1.5 standard deviations
 * of the tail its weight ripples by 1e-4. */
static const double piece_mm[2] = {0.4, 0.8};

/* ---- rectangles ----------------------------------------------------------------------------- */

int smpi_rect_inside(const smp_rect *part, const smp_rect *whole)
{
    return part->x >= whole->x && part->y >= whole->y &&
           part->x + part->width <= whole->x + whole->width &&
           part->y + part->height <= whole->y + whole->height;
}

static void grow(uint32_t *from, uint32_t *size, uint32_t more, uint32_t most)
{
    const uint32_t end = *from + *size;
    *from = *from > more ? *from - more : 0;
    *size = (most - end > more ? end + more : most) - *from;
}

static void join(uint32_t *from, uint32_t *size, uint32_t with, uint32_t with_size)
{
    const uint32_t end = *from + *size, other = with + with_size;
    *from = with < *from ? with : *from;
    *size = (other > end ? other : end) - *from;
}

smp_rect smpi_rect_grown(const smp_preview *preview, const smp_rect *rect, uint32_t more,
                         const smp_rect *with)
{
    smp_rect r = *rect;
    grow(&r.x, &r.width, more, preview->photo.width);
    grow(&r.y, &r.height, more, preview->photo.height);
    if (with->width == 0)
        return r;
    join(&r.x, &r.width, with->x, with->width);
    join(&r.y, &r.height, with->y, with->height);
    return r;
}

/* ---- finding -------------------------------------------------------------------------------- */

typedef struct finder {
    const smp_scalp *scalp;
    smp_camera camera;
    smpi_ellipsoid e;
    double piece, longest;
    uint32_t rows, first; /* of all, and of this batch */
    double box[4];        /* left, top, right, bottom: others give to no node */
    uint32_t most;        /* pieces of a row */
    smpi_piece *found;    /* of each row of the batch */
    uint32_t number[BATCH_ROWS];
} finder;

static uint32_t pieces_along(const finder *f, double sine)
{
    return (uint32_t)ceil(2.0 * SMPI_PI * f->longest * sine / f->piece);
}

/* The whole ellipsoid in pieces: x = centre + half axes times a point n of the unit sphere; a piece
 * d n has the area |(bc nx, ca ny, ab nz)| dn. */
static void find_row(finder *f, uint32_t index)
{
    const uint32_t row = f->first + index;
    const double polar = SMPI_PI * ((double)row + 0.5) / (double)f->rows;
    const double sine = smpi_sin(polar), up = smpi_cos(polar);
    const uint32_t count = pieces_along(f, sine);
    const double axes[3] = {f->e.a, smpi_half_y(&f->e, up), f->e.c};
    const double solid = sine * (SMPI_PI / (double)f->rows) * (2.0 * SMPI_PI / (double)count);
    smpi_piece *found = f->found + (size_t)index * f->most;
    uint32_t number = 0;
    for (uint32_t i = 0; i < count; i++) {
        const double turn = 2.0 * SMPI_PI * ((double)i + 0.5 * (double)(row & 1u)) / (double)count;
        const double n[3] = {sine * smpi_sin(turn), up, sine * smpi_cos(turn)};
        double xyz[3], normal[3], square = 0.0, uv[2], cov[3], facing;
        for (int k = 0; k < 3; k++) {
            xyz[k] = axes[k] * n[k] + (k == 1 ? f->e.cy : 0.0);
            normal[k] = n[k] * axes[(k + 1) % 3] * axes[(k + 2) % 3];
            square += normal[k] * normal[k];
        }
        const double area = sqrt(square);
        for (int k = 0; k < 3; k++)
            normal[k] /= area;
        if (!smpi_camera_footprint(&f->camera, xyz, normal, uv, cov, &facing))
            continue;
        smpi_scalp_bend(f->scalp, uv);
        if (uv[0] >= f->box[0] && uv[1] >= f->box[1] && uv[0] <= f->box[2] && uv[1] <= f->box[3])
            found[number++] = (smpi_piece){uv[0] - 0.5, uv[1] - 0.5, (float)(area * solid)};
    }
    f->number[index] = number;
}

static smp_status find_rows(void *task, uint32_t block)
{
    finder *f = task;
    for (uint32_t i = block * TASK_ROWS; i < (block + 1) * TASK_ROWS; i++) {
        f->number[i] = 0;
        if (f->first + i < f->rows)
            find_row(f, i);
    }
    return SMP_OK;
}

static smp_status keep(const smp_context *ctx, smpi_pieces *p, const smpi_piece *found,
                       uint32_t number, smp_diag *diag)
{
    if (number > p->capacity - p->count) {
        smpi_piece *more;
        const uint32_t capacity = p->capacity + p->capacity / 2 + number + 8192;
        SMPI_TRY(smpi_new(ctx, &more, capacity, sizeof *more, "skin", diag));
        if (p->count)
            memcpy(more, p->piece, (size_t)p->count * sizeof *more);
        smpi_pieces_destroy(ctx, p);
        p->piece = more;
        p->capacity = capacity;
    }
    memcpy(p->piece + p->count, found, (size_t)number * sizeof *found);
    p->count += number;
    return SMP_OK;
}

/* Into memory that is no larger than it must be. */
static smp_status fit(const smp_context *ctx, smpi_pieces *p, smp_diag *diag)
{
    smpi_pieces fitting = {.area = p->area};
    if (p->count == p->capacity)
        return SMP_OK;
    SMPI_TRY(smpi_new(ctx, &fitting.piece, p->count, sizeof *p->piece, "skin", diag));
    if (p->count)
        memcpy(fitting.piece, p->piece, (size_t)p->count * sizeof *p->piece);
    fitting.count = fitting.capacity = p->count;
    smpi_pieces_destroy(ctx, p);
    *p = fitting;
    return SMP_OK;
}

/* A piece of skin, shared among the four nodes around it as dots are. */
static void gather(const smp_preview *preview, const smpi_tail *tail, double u, double v,
                   float amount)
{
    const float fx = (float)((u - preview->bounds.x) / tail->step);
    const float fy = (float)((v - preview->bounds.y) / tail->step);
    const size_t width = tail->width;
    float *plane = tail->load[0], part[4];
    size_t at;
    if (!smpi_nodes_around(tail, fx, fy, &at, part))
        return;
    plane[at] += amount * part[0];
    plane[at + 1] += amount * part[1];
    plane[at + width] += amount * part[2];
    plane[at + width + 1] += amount * part[3];
}

static void gather_all(const smp_preview *preview, const smpi_tail *tail, const smpi_pieces *p)
{
    for (uint32_t i = 0; i < p->count; i++)
        gather(preview, tail, p->piece[i].u, p->piece[i].v, p->piece[i].mm2);
}

/* Keeps the pieces, or gathers them as they come. */
static smp_status find_batches(smp_preview *preview, int which, finder *f, int keeps,
                               smp_diag *diag)
{
    const smp_context *ctx = preview->ctx;
    smpi_pieces *p = preview->pieces + which;
    for (f->first = 0; f->first < f->rows; f->first += BATCH_ROWS) {
        SMPI_TRY(smpi_run(ctx, find_rows, f, BATCH_ROWS / TASK_ROWS));
        for (uint32_t i = 0; i < BATCH_ROWS; i++) {
            smpi_piece *found = f->found + (size_t)i * f->most;
            const smpi_pieces row = {.piece = found, .count = f->number[i]};
            if (!keeps)
                gather_all(preview, preview->tail + which, &row);
            else if (row.count)
                SMPI_TRY(keep(ctx, p, found, row.count, diag));
        }
    }
    return keeps ? fit(ctx, p, diag) : SMP_OK;
}

static smp_status find_pieces(smp_preview *preview, int which, int keeps, smp_diag *diag)
{
    const smp_context *ctx = preview->ctx;
    smpi_pieces *p = preview->pieces + which;
    /* nodes go on for two steps behind the bounds, and for half of one before them */
    const double beyond = 3.0 * (double)preview->tail[which].step + 1.0;
    finder f = {.scalp = preview->scalp,
                .camera = smp_scalp_camera(preview->scalp),
                .e = smpi_head_ellipsoid(&preview->plan->data.head),
                .piece = piece_mm[which],
                .box = {(double)p->area.x - beyond, (double)p->area.y - beyond,
                        (double)p->area.x + p->area.width + beyond,
                        (double)p->area.y + p->area.height + beyond}};
    f.longest = fmax(fmax(f.e.a, f.e.c), fmax(f.e.up, f.e.down));
    f.rows = (uint32_t)ceil(SMPI_PI * f.longest / f.piece);
    f.most = pieces_along(&f, 1.0);
    const size_t room = (size_t)BATCH_ROWS * f.most;
    SMPI_TRY(smpi_new(ctx, &f.found, room, sizeof *f.found, "skin", diag));
    const smp_status status = find_batches(preview, which, &f, keeps, diag);
    smpi_free(ctx, f.found, room * sizeof *f.found);
    return status;
}

void smpi_pieces_destroy(const smp_context *ctx, smpi_pieces *p)
{
    smpi_free(ctx, p->piece, (size_t)p->capacity * sizeof *p->piece);
    p->piece = NULL;
}

/* Pieces of half a node, so that every node gets alike: others would beat with the nodes. */
static void gather_patch(const smp_preview *preview, const smpi_tail *tail)
{
    const smp_camera camera = smp_scalp_camera(preview->scalp);
    const smp_head *head = &preview->plan->data.head;
    const double piece = 0.5 * tail->step / camera.px_per_mm;
    const double w = (double)head->width_mm, h = (double)head->height_mm;
    const double normal[3] = {0.0, 0.0, -1.0};
    for (double y = 0.0; y < h; y += piece)
        for (double x = 0.0; x < w; x += piece) {
            const double wide = fmin(piece, w - x), high = fmin(piece, h - y);
            const double xyz[3] = {x + wide / 2, y + high / 2, 0.0};
            double uv[2], cov[3], facing;
            if (smpi_camera_footprint(&camera, xyz, normal, uv, cov, &facing))
                gather(preview, tail, uv[0] - 0.5, uv[1] - 0.5, (float)(wide * high));
        }
}

smp_status smpi_pieces_gather(smp_preview *preview, int which, const smpi_pieces *old,
                              smp_diag *diag)
{
    const smpi_tail *tail = preview->tail + which;
    smpi_pieces *p = preview->pieces + which;
    if (preview->plan->data.head.shape == SMP_SHAPE_FLAT) {
        gather_patch(preview, tail);
        return SMP_OK;
    }
    if (!old) { /* no edit so far, and maybe never */
        *p = (smpi_pieces){.area = preview->bounds};
        return find_pieces(preview, which, 0, diag);
    }
    if (!p->piece || !smpi_rect_inside(&preview->bounds, &p->area)) {
        const double more = MORE_MM * smp_scalp_camera(preview->scalp).px_per_mm;
        const smp_rect had = old->area;
        *p = (smpi_pieces){0};
        p->area = smpi_rect_grown(preview, &preview->bounds, more < 1e6 ? (uint32_t)more : 1000000u,
                                  &had);
        SMPI_TRY(find_pieces(preview, which, 1, diag));
    }
    gather_all(preview, tail, p);
    return SMP_OK;
}
