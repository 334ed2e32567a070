/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Zones in planes of their own. A point keeps its straight distance from the middle of the zone, so
 * that shapes bend with the head; docs/plan.md 5. */
#include "plan/shapes.h"

#include <math.h>
#include <string.h>

#include "base/context.h"
#include "base/diag.h"
#include "base/random.h"
#include "geometry/head.h"
#include "plan/plan.h"

#define OUTSIDE (-40.0)
#define SCAR_JITTER                                                              \
    0.7 /* of a cell: how far a round scar may lie from its cell's middle, twice \
         */
#define SCAR_VARIATION 0.3 /* of the diameter, from least to most */

static void on_plane(const smpi_shape *s, const double xyz[3], double out[2])
{
    double square = 0.0, x = 0.0, y = 0.0;
    for (int j = 0; j < 3; j++) {
        const double d = xyz[j] - s->middle[j];
        square += d * d;
        x += d * s->right[j];
        y += d * s->down[j];
    }
    const double in_plane = x * x + y * y;
    const double scale = in_plane > 1e-12 ? sqrt(square / in_plane) : 1.0;
    out[0] = x * scale;
    out[1] = y * scale;
}

/* Any two axes at right angles to a normal; of a patch its own. */
static void set_axes(const double normal[3], smpi_shape *s)
{
    const int steep = fabs(normal[1]) > 0.9;
    const double up[3] = {0.0, steep ? 0.0 : 1.0, steep ? 1.0 : 0.0};
    double right[3] = {up[1] * normal[2] - up[2] * normal[1], up[2] * normal[0] - up[0] * normal[2],
                       up[0] * normal[1] - up[1] * normal[0]};
    const double length = sqrt(right[0] * right[0] + right[1] * right[1] + right[2] * right[2]);
    for (int j = 0; j < 3; j++)
        s->right[j] = right[j] / length;
    s->down[0] = normal[1] * s->right[2] - normal[2] * s->right[1];
    s->down[1] = normal[2] * s->right[0] - normal[0] * s->right[2];
    s->down[2] = normal[0] * s->right[1] - normal[1] * s->right[0];
}

static void build_one(const smpi_plan_data *data, uint32_t index, smpi_shapes *shapes)
{
    const smp_zone_desc *zone = &data->zone[index];
    smpi_shape *s = &shapes->shape[index];
    double mean[3] = {0.0, 0.0, 0.0}, normal[3];
    *s = (smpi_shape){.from = data->zone_from[index], .to = data->zone_from[index + 1]};
    for (uint32_t i = s->from; i < s->to; i++)
        for (int j = 0; j < 3; j++)
            mean[j] += (double)data->zone_mm[3 * (size_t)i + (size_t)j] / (double)(s->to - s->from);
    smpi_head_surface(&data->head, mean, s->middle, normal);
    set_axes(normal, s);
    for (uint32_t i = s->from; i < s->to; i++) {
        const float *p = data->zone_mm + 3 * (size_t)i;
        const double near[3] = {(double)p[0], (double)p[1], (double)p[2]};
        double xyz[3], *at = shapes->flat + 2 * (size_t)i;
        smpi_head_surface(&data->head, near, xyz, NULL);
        on_plane(s, xyz, at);
        const double r = sqrt(at[0] * at[0] + at[1] * at[1]);
        s->radius = r > s->radius ? r : s->radius;
    }
    s->radius += 0.5 * (double)zone->fade_mm + 0.01;
    if (zone->kind == SMP_ZONE_SCAR_STRIP)
        s->radius += 0.5 * (double)zone->width_mm;
}

smp_status smpi_shapes_build(const smp_context *ctx, const smpi_plan_data *data,
                             smpi_shapes *shapes, smp_diag *diag)
{
    *shapes = (smpi_shapes){0};
    if (!data->zone_count)
        return SMP_OK;
    shapes->count = data->zone_count;
    shapes->points = data->zone_from[data->zone_count];
    smp_status status =
        smpi_new(ctx, &shapes->shape, shapes->count, sizeof *shapes->shape, "zones", diag);
    if (status == SMP_OK)
        status =
            smpi_new(ctx, &shapes->flat, shapes->points, 2 * sizeof *shapes->flat, "zones", diag);
    if (status != SMP_OK) {
        smpi_shapes_free(ctx, shapes);
        return status;
    }
    for (uint32_t i = 0; i < data->zone_count; i++)
        build_one(data, i, shapes);
    return SMP_OK;
}

void smpi_shapes_free(const smp_context *ctx, smpi_shapes *shapes)
{
    smpi_free(ctx, shapes->flat, shapes->points * 2 * sizeof *shapes->flat);
    smpi_free(ctx, shapes->shape, shapes->count * sizeof *shapes->shape);
    *shapes = (smpi_shapes){0};
}

static double square_to(const double a[2], const double b[2], const double p[2])
{
    const double x = b[0] - a[0], y = b[1] - a[1], px = p[0] - a[0], py = p[1] - a[1];
    const double square = x * x + y * y;
    double t = square > 0.0 ? (x * px + y * py) / square : 0.0;
    t = t < 0.0 ? 0.0 : t > 1.0 ? 1.0 : t;
    return (px - t * x) * (px - t * x) + (py - t * y) * (py - t * y);
}

static int crosses(const double a[2], const double b[2], const double p[2])
{
    return (a[1] <= p[1]) != (b[1] <= p[1]) &&
           p[0] < a[0] + (b[0] - a[0]) * (p[1] - a[1]) / (b[1] - a[1]);
}

/* Depth inside the nearest of a zone's round scars: one to a cell, at random in it. */
static double in_scar(const smpi_plan_data *data, uint32_t index, const double p[2])
{
    const smp_zone_desc *zone = &data->zone[index];
    const double cell = 10.0 / sqrt((double)zone->dots_per_cm2);
    const double i0 = floor(p[0] / cell), j0 = floor(p[1] / cell);
    double best = OUTSIDE;
    for (int k = 0; k < 9; k++) {
        const double i = i0 + k % 3 - 1.0, j = j0 + k / 3 - 1.0;
        const uint32_t id =
            ((uint32_t)((int32_t)i + 4096) << 13 | (uint32_t)((int32_t)j + 4096)) + (index << 26);
        const double s = smpi_unit_double(smpi_hash(data->desc.seed, id, 0x706c0010u));
        const double t = smpi_unit_double(smpi_hash(data->desc.seed, id, 0x706c0011u));
        const double w = smpi_unit_double(smpi_hash(data->desc.seed, id, 0x706c0012u));
        const double x = p[0] - (i + 0.5 + SCAR_JITTER * (s - 0.5)) * cell;
        const double y = p[1] - (j + 0.5 + SCAR_JITTER * (t - 0.5)) * cell;
        const double wide = (double)zone->dot_mm * (1.0 + SCAR_VARIATION * (w - 0.5));
        const double depth = 0.5 * wide - sqrt(x * x + y * y);
        best = depth > best ? depth : best;
    }
    return best;
}

double smpi_shape_depth(const smpi_plan_data *data, const smpi_shapes *shapes, uint32_t index,
                        const double xyz[3])
{
    const smpi_shape *s = &shapes->shape[index];
    double away = 0.0, p[2], best = 1e30;
    int inside = 0;
    for (int j = 0; j < 3; j++)
        away += (xyz[j] - s->middle[j]) * (xyz[j] - s->middle[j]);
    if (!(away <= s->radius * s->radius))
        return OUTSIDE;
    on_plane(s, xyz, p);
    const double *flat = shapes->flat;
    const int open = data->zone[index].kind == SMP_ZONE_SCAR_STRIP;
    for (uint32_t i = s->from; i + (open ? 1 : 0) < s->to; i++) {
        const double *a = flat + 2 * (size_t)i;
        const double *b = flat + 2 * (size_t)(i + 1 < s->to ? i + 1 : s->from);
        const double d = square_to(a, b, p);
        best = d < best ? d : best;
        inside ^= crosses(a, b, p);
    }
    if (open)
        return 0.5 * (double)data->zone[index].width_mm - sqrt(best);
    const double depth = inside ? sqrt(best) : -sqrt(best);
    if (data->zone[index].kind != SMP_ZONE_SCAR_DOTS || depth < 0.0)
        return depth;
    return in_scar(data, index, p);
}
