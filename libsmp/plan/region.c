/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Distances from every node of a chart to the outline, in true millimetres: straight lines through
 * space between points of the surface, which fall short of the way along it by d^3 / 24 r^2, 0.4 mm
 * at 40 mm. Between nodes the tables are linear. */
#include "plan/region.h"

#include <math.h>

#include "base/context.h"
#include "base/diag.h"
#include "base/math.h"
#include "geometry/head.h"

enum { AROUND = 320, DOWN = 112, PATCH = 256, NODES = 256, CHUNK = 16 };
#define LOWEST (0.74 * SMPI_PI) /* polar angle of the last row, below the nape */

/* Some segments in a row, and a ball about them. */
typedef struct chunk {
    double middle[3], radius;
    uint32_t from, to; /* segments from .. to - 1 */
    int side;
} chunk;

typedef struct builder {
    const smp_head *head;
    smpi_knot *knots;
    smpi_edge_point *points;
    chunk *chunks;
    uint32_t point_count, chunk_count, chunk_room;
} builder;

static double length3(const double a[3], const double b[3])
{
    const double x = a[0] - b[0], y = a[1] - b[1], z = a[2] - b[2];
    return sqrt(x * x + y * y + z * z);
}

static void make_chunks(builder *b)
{
    uint32_t i = 0;
    b->chunk_count = 0;
    while (i + 1 < b->point_count) {
        chunk c = {.from = i, .side = b->points[i].side};
        while (i + 1 < b->point_count && i - c.from < CHUNK && b->points[i].side == c.side)
            i++;
        c.to = i;
        for (int j = 0; j < 3; j++)
            c.middle[j] = 0.5 * (b->points[c.from].xyz[j] + b->points[c.to].xyz[j]);
        for (uint32_t k = c.from; k <= c.to; k++) {
            const double r = length3(c.middle, b->points[k].xyz);
            c.radius = r > c.radius ? r : c.radius;
        }
        b->chunks[b->chunk_count++] = c;
    }
}

static double to_segment(const double p[3], const double a[3], const double b[3])
{
    const double ab[3] = {b[0] - a[0], b[1] - a[1], b[2] - a[2]};
    const double ap[3] = {p[0] - a[0], p[1] - a[1], p[2] - a[2]};
    const double square = ab[0] * ab[0] + ab[1] * ab[1] + ab[2] * ab[2];
    double t = ap[0] * ab[0] + ap[1] * ab[1] + ap[2] * ab[2];
    t = square > 0.0 ? t / square : 0.0;
    t = t < 0.0 ? 0.0 : t > 1.0 ? 1.0 : t;
    const double x = ap[0] - t * ab[0], y = ap[1] - t * ab[1], z = ap[2] - t * ab[2];
    return sqrt(x * x + y * y + z * z);
}

/* Distance to the line of one kind; `known` is a bound from above. */
static double nearest(const builder *b, const double p[3], int side, double known)
{
    double best = known < SMPI_FAR_MM ? known : SMPI_FAR_MM;
    for (uint32_t i = 0; i < b->chunk_count; i++) {
        const chunk *c = &b->chunks[i];
        const double x = p[0] - c->middle[0], y = p[1] - c->middle[1], z = p[2] - c->middle[2];
        const double reach = best + c->radius;
        if (c->side != side || !(x * x + y * y + z * z < reach * reach))
            continue;
        for (uint32_t k = c->from; k < c->to; k++) {
            const double d = to_segment(p, b->points[k].xyz, b->points[k + 1].xyz);
            best = d < best ? d : best;
        }
    }
    return best;
}

/* Marks the nodes of a column at which the way down from the crown has just crossed the line. */
static void mark_crossings(const builder *b, const smpi_region *r, double u, uint8_t flips[NODES])
{
    for (uint32_t j = 0; j < NODES; j++)
        flips[j] = 0;
    for (uint32_t i = 0; i + 1 < b->point_count; i++) {
        const smpi_edge_point *p = &b->points[i], *q = p + 1;
        if ((p->u <= u) == (q->u <= u))
            continue;
        const double at = p->v + (q->v - p->v) * (u - p->u) / (q->u - p->u);
        const double j = floor((at - r->v0) * r->per_v) + 1.0;
        if (j < r->nv)
            flips[j > 0.0 ? (uint32_t)j : 0] ^= 1;
    }
}

static void fill_column(const builder *b, smpi_region *r, uint32_t i)
{
    const int flat = b->head->shape == SMP_SHAPE_FLAT;
    const double u = r->u0 + i / r->per_u;
    double before[3] = {0.0, 0.0, 0.0}, front = SMPI_FAR_MM, side = SMPI_FAR_MM;
    uint8_t flips[NODES];
    mark_crossings(b, r, u, flips);
    int inside = !flat; /* the crown lies inside; of a patch, what is below the line */
    for (uint32_t j = 0; j < r->nv; j++) {
        const double v = r->v0 + j / r->per_v;
        double xyz[3] = {u, v, 0.0};
        if (!flat)
            smpi_head_unpolar(b->head, u, v, xyz);
        const double moved = j ? length3(xyz, before) + 1e-9 : SMPI_FAR_MM;
        front = nearest(b, xyz, 0, front + moved);
        side = nearest(b, xyz, 1, side + moved);
        for (int k = 0; k < 3; k++)
            before[k] = xyz[k];
        inside ^= flips[j];
        const size_t at = (size_t)j * r->nu + i;
        /* Outside, only the nearer of the two edges was crossed. */
        r->front[at] = (float)(!inside && front <= side ? -front : front);
        r->side[at] = (float)(!inside && side < front ? -side : side);
    }
}

static smp_status builder_create(const smp_context *ctx, builder *b, smp_diag *diag)
{
    b->chunk_room = SMPI_OUTLINE_MAX;
    SMPI_TRY(smpi_new(ctx, &b->knots, SMPI_KNOTS_MAX, sizeof *b->knots, "outline", diag));
    SMPI_TRY(smpi_new(ctx, &b->points, SMPI_OUTLINE_MAX, sizeof *b->points, "outline", diag));
    return smpi_new(ctx, &b->chunks, b->chunk_room, sizeof *b->chunks, "outline", diag);
}

static void builder_free(const smp_context *ctx, builder *b)
{
    smpi_free(ctx, b->chunks, b->chunk_room * sizeof *b->chunks);
    smpi_free(ctx, b->points, SMPI_OUTLINE_MAX * sizeof *b->points);
    smpi_free(ctx, b->knots, SMPI_KNOTS_MAX * sizeof *b->knots);
}

static void lay_grid(const smp_head *head, smpi_region *r)
{
    const int flat = head->shape == SMP_SHAPE_FLAT;
    r->wrap = !flat;
    r->nu = flat ? PATCH : AROUND;
    r->nv = flat ? PATCH : DOWN;
    r->u0 = flat ? 0.0 : -SMPI_PI;
    r->v0 = 0.0;
    r->per_u = flat ? (PATCH - 1) / (double)head->width_mm : AROUND / (2.0 * SMPI_PI);
    r->per_v = flat ? (PATCH - 1) / (double)head->height_mm : (DOWN - 1) / LOWEST;
}

smp_status smpi_region_build(const smp_context *ctx, const smpi_outline_desc *desc,
                             smpi_region *region, smp_diag *diag)
{
    const int whole = !desc->curve_count && (desc->hairline->style == SMP_HAIRLINE_NONE ||
                                             desc->head->shape == SMP_SHAPE_FLAT);
    *region = (smpi_region){0};
    if (whole)
        return SMP_OK;
    builder b = {.head = desc->head};
    lay_grid(desc->head, region);
    const size_t nodes = (size_t)region->nu * region->nv;
    smp_status status = builder_create(ctx, &b, diag);
    if (status != SMP_OK)
        goto done;
    status = smpi_new(ctx, &region->front, nodes, sizeof *region->front, "region", diag);
    if (status != SMP_OK)
        goto done;
    status = smpi_new(ctx, &region->side, nodes, sizeof *region->side, "region", diag);
    if (status != SMP_OK)
        goto done;
    b.point_count = smpi_outline_build(desc, b.knots, b.points);
    make_chunks(&b);
    for (uint32_t i = 0; i < region->nu; i++)
        fill_column(&b, region, i);
done:
    builder_free(ctx, &b);
    if (status != SMP_OK)
        smpi_region_free(ctx, region);
    return status;
}

void smpi_region_free(const smp_context *ctx, smpi_region *region)
{
    const size_t bytes = (size_t)region->nu * region->nv * sizeof *region->front;
    smpi_free(ctx, region->side, bytes);
    smpi_free(ctx, region->front, bytes);
    *region = (smpi_region){0};
}

static double mix4(const float *table, const size_t at[4], double s, double t)
{
    const double a = (double)table[at[0]], b = (double)table[at[1]];
    const double c = (double)table[at[2]], d = (double)table[at[3]];
    const double top = a + (b - a) * s;
    return top + ((c + (d - c) * s) - top) * t;
}

void smpi_region_at(const smpi_region *region, double u, double v, double *front_mm,
                    double *side_mm)
{
    *front_mm = *side_mm = SMPI_FAR_MM;
    if (!region->nu)
        return;
    double x = (u - region->u0) * region->per_u, y = (v - region->v0) * region->per_v;
    const double width = region->wrap ? region->nu : region->nu - 1.0;
    if (!(x >= 0.0 && x <= width && y >= 0.0 && y <= region->nv - 1.0)) {
        *front_mm = *side_mm = -SMPI_FAR_MM;
        return;
    }
    uint32_t i = (uint32_t)x, j = (uint32_t)y;
    const uint32_t last = region->wrap ? region->nu - 1 : region->nu - 2;
    i = i > last ? last : i;
    j = j > region->nv - 2 ? region->nv - 2 : j;
    const uint32_t right = i + 1 < region->nu ? i + 1 : 0;
    const size_t row = (size_t)j * region->nu, below = row + region->nu;
    const size_t at[4] = {row + i, row + right, below + i, below + right};
    *front_mm = mix4(region->front, at, x - i, y - j);
    *side_mm = mix4(region->side, at, x - i, y - j);
}
