/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Crown-centred charts of the head.
 *
 * A meridian is two quarters of ellipses with half axes p (outwards) and b (up; another below the
 * widest level): point (p sin t, b cos t). With n
 * = (b - p) / (b + p) its speed is (b + p) / 2 |1 - n e^(2it)|, and |1 - z| = sqrt(1 - z) sqrt(1 -
 * conj z) expands into cosines of 2kt, so the arc is c0 t + sum c_k sin(2kt) / 2k: no quadrature,
 * no trigonometry when sin t and cos t are known. Terms fall as n^k / k^2.5; n is below 1/3 while
 * no axis is over twice another. source: docs/model/geometry.md 2 */
#include "geometry/head.h"

#include <math.h>

#include "base/math.h"

enum { TERMS = 12 };

/* Half axis of the horizontal section through the centre at an azimuth. */
static double section_mm(const smpi_ellipsoid *e, double sin_azimuth, double cos_azimuth)
{
    const double x = sin_azimuth / e->a, z = cos_azimuth / e->c;
    return 1.0 / sqrt(x * x + z * z);
}

/* Coefficients of sqrt(1 - z): 1, -1/2, -1/8, -1/16, ... */
static void root_series(double n, double g[2 * TERMS + 1])
{
    double coefficient = 1.0;
    for (int k = 0; k <= 2 * TERMS; k++) {
        g[k] = coefficient;
        coefficient *= (k - 0.5) / (k + 1.0) * n;
    }
}

typedef struct quarter {
    double mean;         /* (b + p) / 2 */
    double c[TERMS + 1]; /* of cos 2kt */
} quarter;

static quarter quarter_of(double p, double b)
{
    quarter m = {.mean = 0.5 * (b + p)};
    double g[2 * TERMS + 1];
    root_series((b - p) / (b + p), g);
    for (int k = 0; k <= TERMS; k++) {
        double sum = 0.0;
        for (int j = TERMS / 2; j >= 0; j--)
            sum += g[j] * g[j + k];
        m.c[k] = k ? 2.0 * sum : sum;
    }
    return m;
}

/* Arc of the whole ellipse from t = 0; s and k are sin t and cos t. */
static double arc_of(const quarter *m, double t, double s, double k)
{
    const double cos2 = k * k - s * s, sin2 = 2.0 * s * k;
    double before = 0.0, sine = sin2, sum = m->c[0] * t;
    for (int i = 1; i <= TERMS; i++) {
        sum += m->c[i] * sine / (2.0 * i);
        const double next = 2.0 * cos2 * sine - before;
        before = sine;
        sine = next;
    }
    return m->mean * sum;
}

/* A meridian of the head: arcs below the widest level start at `turn`, where t is a right angle. */
typedef struct meridian {
    quarter up, down;
    double turn; /* arc from the crown to the widest level */
} meridian;

static meridian meridian_at(const smpi_ellipsoid *e, double azimuth_rad)
{
    const double p = section_mm(e, smpi_sin(azimuth_rad), smpi_cos(azimuth_rad));
    meridian m = {quarter_of(p, e->up), quarter_of(p, e->down), 0.0};
    m.turn = m.up.mean * m.up.c[0] * 0.5 * SMPI_PI;
    return m;
}

/* From the widest level to the arcs of the lower ellipse. */
static double lower_start(const meridian *m)
{
    return m->down.mean * m->down.c[0] * 0.5 * SMPI_PI;
}

void smpi_head_polar(const smp_head *head, const double xyz[3], double *azimuth_rad,
                     double *polar_rad)
{
    const smpi_ellipsoid e = smpi_head_ellipsoid(head);
    const double ux = xyz[0] / e.a, rise = xyz[1] - e.cy, uz = xyz[2] / e.c;
    const double uy = rise / smpi_half_y(&e, rise);
    const int pole = !(xyz[0] != 0.0 || xyz[2] != 0.0);
    *azimuth_rad = pole ? 0.0 : smpi_atan2(xyz[0], xyz[2]);
    *polar_rad = smpi_atan2(sqrt(ux * ux + uz * uz), uy);
}

void smpi_head_unpolar(const smp_head *head, double azimuth_rad, double polar_rad, double xyz[3])
{
    const smpi_ellipsoid e = smpi_head_ellipsoid(head);
    const double s = smpi_sin(azimuth_rad), k = smpi_cos(azimuth_rad);
    const double out = section_mm(&e, s, k) * smpi_sin(polar_rad);
    xyz[0] = out * s;
    const double up = smpi_cos(polar_rad);
    xyz[1] = e.cy + smpi_half_y(&e, up) * up;
    xyz[2] = out * k;
}

double smpi_head_arc_mm(const smp_head *head, double azimuth_rad, double polar_rad)
{
    const smpi_ellipsoid e = smpi_head_ellipsoid(head);
    const meridian m = meridian_at(&e, azimuth_rad);
    const double s = smpi_sin(polar_rad), k = smpi_cos(polar_rad);
    if (k >= 0.0)
        return arc_of(&m.up, polar_rad, s, k);
    return m.turn + arc_of(&m.down, polar_rad, s, k) - lower_start(&m);
}

void smpi_head_chart(const smp_head *head, const double xyz[3], double *azimuth_rad, double *arc_mm)
{
    if (head->shape == SMP_SHAPE_FLAT) {
        const double x = xyz[0] - 0.5 * (double)head->width_mm;
        const double y = 0.5 * (double)head->height_mm - xyz[1];
        *arc_mm = sqrt(x * x + y * y);
        *azimuth_rad = *arc_mm > 0.0 ? smpi_atan2(x, y) : 0.0;
        return;
    }
    double polar;
    smpi_head_polar(head, xyz, azimuth_rad, &polar);
    *arc_mm = smpi_head_arc_mm(head, *azimuth_rad, polar);
}

/* The polar angle of an arc: Newton, kept inside the bracket that shrinks with every step. */
static double polar_in(const quarter *m, double arc_mm)
{
    double low = 0.0, high = SMPI_PI;
    double t = arc_mm / (m->mean * m->c[0]);
    if (!(t > 0.0))
        return 0.0;
    if (t >= high)
        return high;
    for (int i = 0; i < 30; i++) {
        const double s = smpi_sin(t), k = smpi_cos(t);
        const double miss = arc_of(m, t, s, k) - arc_mm;
        if (miss > 0.0)
            high = t;
        else
            low = t;
        const double cos2 = k * k - s * s;
        double before = 1.0, cosine = cos2, speed = m->c[0];
        for (int j = 1; j <= TERMS; j++) {
            speed += m->c[j] * cosine;
            const double next = 2.0 * cos2 * cosine - before;
            before = cosine;
            cosine = next;
        }
        double to = t - miss / (m->mean * speed);
        if (!(to >= low && to <= high))
            to = 0.5 * (low + high);
        if (fabs(to - t) < 1e-13)
            return to;
        t = to;
    }
    return t;
}

static double polar_of(const meridian *m, double arc_mm)
{
    if (arc_mm <= m->turn)
        return polar_in(&m->up, arc_mm);
    return polar_in(&m->down, arc_mm - m->turn + lower_start(m));
}

void smpi_head_unchart(const smp_head *head, double azimuth_rad, double arc_mm, double xyz[3],
                       double normal[3])
{
    if (head->shape == SMP_SHAPE_FLAT) {
        xyz[0] = 0.5 * (double)head->width_mm + arc_mm * smpi_sin(azimuth_rad);
        xyz[1] = 0.5 * (double)head->height_mm - arc_mm * smpi_cos(azimuth_rad);
        xyz[2] = 0.0;
    } else {
        const smpi_ellipsoid e = smpi_head_ellipsoid(head);
        const meridian m = meridian_at(&e, azimuth_rad);
        smpi_head_unpolar(head, azimuth_rad, polar_of(&m, arc_mm), xyz);
    }
    if (normal)
        smpi_head_normal(head, xyz, normal);
}
