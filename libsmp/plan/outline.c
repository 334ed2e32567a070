/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * From knots to a fine line on the head: smooth curves, hand-drawn pieces, and waves. */
#include "plan/outline.h"

#include <math.h>

#include "base/diag.h"
#include "base/math.h"
#include "geometry/head.h"

#define STEP_MM 2.0 /* between points of the line */
#define CURVE_STEP_MM 4.0
#define WAVE_MM 2.5      /* largest shift of the edge at irregularity 1 */
#define WAVE_END_MM 10.0 /* over which waves fade where the front meets the side line */
#define OFF_HEAD_MM 40.0

typedef struct flat_point {
    double x, y;
} flat_point;

static double distance3(const double a[3], const double b[3])
{
    const double x = a[0] - b[0], y = a[1] - b[1], z = a[2] - b[2];
    return sqrt(x * x + y * y + z * z);
}

static void place(const smp_head *head, double u, double v, double xyz[3])
{
    if (head->shape == SMP_SHAPE_FLAT) {
        xyz[0] = u;
        xyz[1] = v;
        xyz[2] = 0.0;
    } else {
        smpi_head_unpolar(head, u, v, xyz);
    }
}

/* Surface coordinates of a point on or near the head. */
static void locate(const smp_head *head, const double near_xyz[3], double *u, double *v)
{
    double xyz[3];
    smpi_head_surface(head, near_xyz, xyz, NULL);
    if (head->shape == SMP_SHAPE_FLAT) {
        *u = xyz[0];
        *v = xyz[1];
    } else {
        smpi_head_polar(head, xyz, u, v);
    }
}

smp_status smpi_curve_check(const smp_head *head, const double *curve_mm, uint32_t count,
                            smp_diag *diag)
{
    const int flat = head->shape == SMP_SHAPE_FLAT;
    double before = 0.0, direction = 0.0;
    for (uint32_t i = 0; i < count; i++) {
        const double *p = curve_mm + 3 * (size_t)i;
        for (int j = 0; j < 3; j++)
            if (!(fabs(p[j]) <= 1e5))
                return smpi_fail(diag, SMP_ERR_RANGE,
                                 "curve point %u: %c is %g mm, want [-1e5, 1e5]", i, "xyz"[j],
                                 p[j]);
        double xyz[3], u, v;
        smpi_head_surface(head, p, xyz, NULL);
        const double off = distance3(p, xyz);
        if (!(off <= OFF_HEAD_MM))
            return smpi_fail(diag, SMP_ERR_RANGE,
                             "curve point %u is %.1f mm off the head, want 40 at most", i, off);
        locate(head, p, &u, &v);
        if (!flat && !(v > 0.02))
            return smpi_fail(diag, SMP_ERR_ARGUMENT, "curve point %u lies on the crown", i);
        const double step = u - before;
        before = u;
        if (i == 0)
            continue;
        if (i == 1)
            direction = step > 0.0 ? 1.0 : -1.0;
        if (!(step * direction > 0.0))
            return smpi_fail(diag, SMP_ERR_ARGUMENT, "the curve runs back on itself at point %u",
                             i);
    }
    return SMP_OK;
}

/* ---- hand-drawn curves -------------------------------------------------------------------- */

/* Knots every few millimetres along the curve, right to left; straight in space, then brought to
 * the surface. */
static uint32_t curve_knots(const smpi_outline_desc *desc, smpi_knot *out, uint32_t room)
{
    const uint32_t count = desc->curve_count;
    double first, last, v, total = 0.0;
    locate(desc->head, desc->curve_mm, &first, &v);
    locate(desc->head, desc->curve_mm + 3 * (size_t)(count - 1), &last, &v);
    for (uint32_t i = 1; i < count; i++)
        total += distance3(desc->curve_mm + 3 * (size_t)i, desc->curve_mm + 3 * (size_t)(i - 1));
    const double fit = total / (double)(room - count - 1);
    const double step = fit > CURVE_STEP_MM ? fit : CURVE_STEP_MM;
    uint32_t n = 0;
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t at = last > first ? i : count - 1 - i;
        const uint32_t to = last > first ? i + 1 : at - 1; /* unused after the last */
        const double *a = desc->curve_mm + 3 * (size_t)at;
        const double *b = i + 1 < count ? desc->curve_mm + 3 * (size_t)to : a;
        const uint32_t pieces = (uint32_t)floor(distance3(a, b) / step) + 1;
        for (uint32_t k = 0; k < (i + 1 < count ? pieces : 1); k++) {
            const double t = (double)k / (double)pieces;
            const double p[3] = {a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t,
                                 a[2] + (b[2] - a[2]) * t};
            smpi_knot knot = {.corner = 1};
            locate(desc->head, p, &knot.u, &knot.v);
            out[n++] = knot;
        }
    }
    return n;
}

/* The style's loop with the curve in place of its knots between the curve's ends. */
static uint32_t loop_with_curve(const smpi_outline_desc *desc, smpi_knot *knots)
{
    enum { STYLE_MAX = 128 };
    smpi_knot style[STYLE_MAX];
    const uint32_t count = smpi_style_knots(desc->head, desc->hairline, knots);
    for (uint32_t i = 0; i < count; i++)
        style[i] = knots[i];
    const uint32_t middle = SMPI_KNOTS_MAX - 2 * STYLE_MAX;
    /* The curve is laid out behind the room that the right side may need, then moved up. */
    const uint32_t drawn = curve_knots(desc, knots + STYLE_MAX, middle);
    const smpi_knot *curve = knots + STYLE_MAX;
    const double from = curve[0].u - 0.05, to = curve[drawn - 1].u + 0.05;
    uint32_t keep_right = 0, keep_left = count - 1;
    while (keep_right + 1 < count && style[keep_right + 1].u < from)
        keep_right++;
    while (keep_left > 1 && style[keep_left - 1].u > to)
        keep_left--;
    uint32_t n = 0;
    for (uint32_t i = 0; i <= keep_right; i++)
        knots[n++] = style[i];
    for (uint32_t i = 0; i < drawn; i++)
        knots[n++] = curve[i];
    for (uint32_t i = keep_left; i < count; i++)
        knots[n++] = style[i];
    return n;
}

/* Across a patch: level beyond the ends of the curve. */
static uint32_t line_across(const smpi_outline_desc *desc, smpi_knot *knots)
{
    const double beyond = 100.0 + (double)desc->head->width_mm;
    const uint32_t n = curve_knots(desc, knots + 1, SMPI_KNOTS_MAX - 2);
    knots[0] = (smpi_knot){.u = -beyond, .v = knots[1].v, .corner = 1};
    knots[n + 1] = (smpi_knot){.u = beyond + knots[n].u, .v = knots[n].v, .corner = 1};
    return n + 2;
}

/* ---- the fine line ------------------------------------------------------------------------ */

/* Knots lie in a plane: the patch's own, or the chart with the polar angle as radius. */
static flat_point in_plane(const smp_head *head, const smpi_knot *knot)
{
    if (head->shape == SMP_SHAPE_FLAT)
        return (flat_point){knot->u, knot->v};
    return (flat_point){knot->v * smpi_sin(knot->u), knot->v * smpi_cos(knot->u)};
}

static flat_point unit_towards(flat_point a, flat_point b)
{
    const double x = b.x - a.x, y = b.y - a.y, length = sqrt(x * x + y * y);
    return length > 0.0 ? (flat_point){x / length, y / length} : (flat_point){0.0, 0.0};
}

typedef struct span {
    flat_point p, q, out, in; /* ends and tangents, the latter as long as the span */
    double length;
} span;

static span span_of(const smp_head *head, const smpi_knot *knots, uint32_t count, uint32_t i)
{
    span s = {.p = in_plane(head, &knots[i]), .q = in_plane(head, &knots[i + 1])};
    const double x = s.q.x - s.p.x, y = s.q.y - s.p.y;
    s.length = sqrt(x * x + y * y);
    /* A loop closes at the nape, where it is its own mirror image. */
    flat_point before = in_plane(head, &knots[i > 0 ? i - 1 : 1]);
    flat_point after = in_plane(head, &knots[i + 2 < count ? i + 2 : count - 2]);
    before.x = i > 0 ? before.x : -before.x;
    after.x = i + 2 < count ? after.x : -after.x;
    s.out = unit_towards(knots[i].corner ? s.p : before, s.q);
    s.in = unit_towards(s.p, knots[i + 1].corner ? s.q : after);
    return s;
}

/* Cubic Hermite. */
static flat_point on_span(const span *s, double t)
{
    const double t2 = t * t, t3 = t2 * t;
    const double hp = 2.0 * t3 - 3.0 * t2 + 1.0, hq = 3.0 * t2 - 2.0 * t3;
    const double ho = (t3 - 2.0 * t2 + t) * s->length, hi = (t3 - t2) * s->length;
    return (flat_point){hp * s->p.x + hq * s->q.x + ho * s->out.x + hi * s->in.x,
                        hp * s->p.y + hq * s->q.y + ho * s->out.y + hi * s->in.y};
}

static void put_point(const smp_head *head, flat_point p, const smpi_knot *knot,
                      smpi_edge_point *out)
{
    if (head->shape == SMP_SHAPE_FLAT) {
        out->u = p.x;
        out->v = p.y;
    } else {
        out->v = sqrt(p.x * p.x + p.y * p.y);
        out->u = smpi_atan2(p.x, p.y);
        /* At the nape atan2 may fall on the other side of the cut. */
        if (fabs(out->u) > 3.0 && out->u * knot->u < 0.0)
            out->u = knot->u < 0.0 ? -SMPI_PI : SMPI_PI;
    }
    out->side = knot->side;
    place(head, out->u, out->v, out->xyz);
}

static uint32_t fine_points(const smp_head *head, const smpi_knot *knots, uint32_t count,
                            smpi_edge_point *out)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i + 1 < count; i++) {
        const span s = span_of(head, knots, count, i);
        double a[3], b[3];
        place(head, knots[i].u, knots[i].v, a);
        place(head, knots[i + 1].u, knots[i + 1].v, b);
        /* Only a line far longer than any hairline is drawn more coarsely. */
        double pieces = ceil(distance3(a, b) / STEP_MM);
        const double left = (double)(SMPI_OUTLINE_MAX - 1 - n) / (double)(count - i);
        pieces = pieces < 1.0 ? 1.0 : pieces > left ? floor(left) : pieces;
        for (double k = 0.0; k < pieces; k += 1.0)
            put_point(head, on_span(&s, k / pieces), &knots[i], &out[n++]);
    }
    put_point(head, in_plane(head, &knots[count - 1]), &knots[count - 1], &out[n++]);
    return n;
}

/* Lengths along the line from the middle of the front. */
static void measure(smpi_edge_point *points, uint32_t count)
{
    double s = 0.0, zero = 0.0, best = 1e30;
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0)
            s += distance3(points[i].xyz, points[i - 1].xyz);
        points[i].s_mm = s;
        if (fabs(points[i].u) < best && !points[i].side) {
            best = fabs(points[i].u);
            zero = s;
        }
    }
    for (uint32_t i = 0; i < count; i++)
        points[i].s_mm -= zero;
}

/* Waves of 8 to 30 mm, never the same left and right. */
static double wave(uint32_t seed, double s_mm)
{
    return 0.62 * smpi_noise1(seed, 0x706c0001u, s_mm / 13.0) +
           0.38 * smpi_noise1(seed, 0x706c0002u, s_mm / 4.5 + 0.5);
}

/* Moves each point of the front across the line, on the surface. */
static void add_waves(const smpi_outline_desc *desc, double size_mm, smpi_edge_point *points,
                      uint32_t count)
{
    uint32_t first = 0, last = count - 1;
    while (first + 1 < count && points[first].side)
        first++;
    while (last > first && points[last - 1].side)
        last--;
    const double s0 = points[first].s_mm, s1 = points[last].s_mm;
    double before[3] = {points[first].xyz[0], points[first].xyz[1], points[first].xyz[2]};
    for (uint32_t i = first; i <= last; i++) {
        smpi_edge_point *p = &points[i];
        const double *next = points[i < last ? i + 1 : i].xyz;
        const double along[3] = {next[0] - before[0], next[1] - before[1], next[2] - before[2]};
        const double length = sqrt(along[0] * along[0] + along[1] * along[1] + along[2] * along[2]);
        double end = p->s_mm - s0 < s1 - p->s_mm ? p->s_mm - s0 : s1 - p->s_mm;
        end = end < WAVE_END_MM ? end / WAVE_END_MM : 1.0;
        double normal[3];
        smpi_head_normal(desc->head, p->xyz, normal);
        const double cross[3] = {normal[1] * along[2] - normal[2] * along[1],
                                 normal[2] * along[0] - normal[0] * along[2],
                                 normal[0] * along[1] - normal[1] * along[0]};
        const double shift =
            length > 0.0 ? size_mm * end * wave(desc->seed, p->s_mm) / length : 0.0;
        for (int j = 0; j < 3; j++) {
            before[j] = p->xyz[j];
            p->xyz[j] += shift * cross[j];
        }
        locate(desc->head, p->xyz, &p->u, &p->v);
        place(desc->head, p->u, p->v, p->xyz);
    }
}

uint32_t smpi_outline_build(const smpi_outline_desc *desc, smpi_knot knots[SMPI_KNOTS_MAX],
                            smpi_edge_point points[SMPI_OUTLINE_MAX])
{
    uint32_t count;
    if (desc->head->shape == SMP_SHAPE_FLAT)
        count = line_across(desc, knots);
    else if (desc->curve_count)
        count = loop_with_curve(desc, knots);
    else
        count = smpi_style_knots(desc->head, desc->hairline, knots);
    const uint32_t n = fine_points(desc->head, knots, count, points);
    measure(points, n);
    /* An edged hairline is drawn with a blade: it waves less. */
    const int edged = desc->hairline->style == SMP_HAIRLINE_STRAIGHT && !desc->curve_count;
    const double size = WAVE_MM * (double)desc->hairline->irregularity *
                        (double)desc->hairline->macro * (edged ? 0.4 : 1.0);
    if (size > 0.0)
        add_waves(desc, size, points, n);
    return n;
}
