/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Points thrown uniformly by area at the scalp of an ellipsoid, or at a periodic tile. */
#include "synthesis/surface.h"

#include <math.h>

#include "base/math.h"
#include "base/random.h"
#include "geometry/head.h"
#include "synthesis/places.h"

/* The scalp, generously: the unit sphere above a plane that leans back, so that it runs between the
 * brow and the nose in front, below the ears and down the nape. On the default head y = 15 mm in
 * front, -33 mm at the sides, -65 mm behind. source: docs/model/placement.md (1) */
#define LEAN_Y 0.9563048 /* the plane's normal, 17 degrees back from the vertical */
#define LEAN_Z (-0.2923717)
#define PLANE (-0.5591929)            /* its distance from the middle: the cap spans 124 degrees */
#define SHARE (0.5 * (1.0 - (PLANE))) /* of the sphere's area above it */

/* Cells of the chart along a side: about 0.25 mm on a default head, 0.2 mm on a tile, a third of
 * the finest spacing. */
#define CELLS 1280
#define TILE_CELLS 320

/* From the cap's own frame (third axis along the plane's normal) to the head's. */
static void lean(const double cap[3], double unit[3])
{
    unit[0] = cap[0];
    unit[1] = cap[2] * LEAN_Y - cap[1] * LEAN_Z;
    unit[2] = cap[2] * LEAN_Z + cap[1] * LEAN_Y;
}

/* From the unit disc to the cap, equal areas to equal areas; the disc's rim falls on the plane.
 * source: Marsaglia 1972. s and t a little outside the disc (a cell on the rim) are fine. */
static void wrap(double s, double t, double unit[3])
{
    double w = SHARE * (s * s + t * t);
    double f = 2.0 * sqrt(SHARE * (1.0 - w));
    const double cap[3] = {s * f, t * f, 1.0 - 2.0 * w};
    lean(cap, unit);
}

/* Derivatives of wrap by s and by t. */
static void wrap_slopes(double s, double t, double along_s[3], double along_t[3])
{
    double w = SHARE * (s * s + t * t);
    double f = 2.0 * sqrt(SHARE * (1.0 - w));
    double g = -4.0 * SHARE * SHARE / f; /* f changes by g s along s, by g t along t */
    const double cap_s[3] = {f + g * s * s, g * s * t, -4.0 * SHARE * s};
    const double cap_t[3] = {g * s * t, f + g * t * t, -4.0 * SHARE * t};
    lean(cap_s, along_s);
    lean(cap_t, along_t);
}

/* The half axis along y where a direction of the unit sphere points. */
static double half_y(const smpi_surface *s, double up)
{
    return up >= 0.0 ? s->half[1] : s->half_down;
}

/* Area of the ellipsoid per solid angle of the unit sphere, over half[0] half[1] half[2]:
 * |(u_x / a, u_y / b, u_z / c)|; here times abc and squared. */
static double stretch2(const smpi_surface *s, const double u[3])
{
    double high = half_y(s, u[1]);
    double x = u[0] * high * s->half[2];
    double y = u[1] * s->half[0] * s->half[2];
    double z = u[2] * s->half[0] * high;
    return x * x + y * y + z * z;
}

/* Midpoint rule over equal parts of the cap; the error at 128 x 128 is below 1e-5 for axes in
 * proportion 1:3. */
static double cap_area(const smpi_surface *s)
{
    enum { RINGS = 128, SECTORS = 128 };
    double sum = 0.0;
    for (int j = 0; j < SECTORS; j++) {
        double angle = 2.0 * SMPI_PI * ((double)j + 0.5) / SECTORS;
        double c = smpi_cos(angle), d = smpi_sin(angle);
        for (int i = 0; i < RINGS; i++) {
            double height = 1.0 - 2.0 * SHARE * ((double)i + 0.5) / RINGS;
            double radius = sqrt(1.0 - height * height), unit[3];
            const double cap[3] = {radius * c, radius * d, height};
            lean(cap, unit);
            sum += sqrt(stretch2(s, unit));
        }
    }
    return 4.0 * SMPI_PI * SHARE * sum / (RINGS * SECTORS);
}

void smpi_surface_init(smpi_surface *surface, const smp_head *head)
{
    *surface = (smpi_surface){.flat = head->shape == SMP_SHAPE_FLAT};
    surface->cells = CELLS;
    if (surface->flat) {
        surface->cells = TILE_CELLS;
        surface->slack_mm = 1e-4;
        surface->area_mm2 = (double)SMPI_TILE_MM * SMPI_TILE_MM;
        surface->size[0] = surface->size[1] = SMPI_TILE_MM;
        return;
    }
    smpi_ellipsoid e = smpi_head_ellipsoid(head);
    double *half = surface->half;
    half[0] = e.a;
    half[1] = e.up;
    half[2] = e.c;
    surface->half_down = e.down;
    surface->center_y = e.cy;
    const double tall = e.up > e.down ? e.up : e.down;
    const double most[3] = {e.a, tall, e.c};
    for (int k = 0; k < 3; k++) {
        double product = most[(k + 1) % 3] * most[(k + 2) % 3];
        surface->stretch = product > surface->stretch ? product : surface->stretch;
        double center = k == 1 ? surface->center_y : 0.0;
        /* a hair wider than the head, for what rounding to float may add */
        surface->low[k] = (float)(center - 1.001 * most[k]);
        surface->size[k] = (float)(2.002 * most[k]);
    }
    surface->area_mm2 = cap_area(surface);
    /* second derivatives of wrap stay below 16 on the disc; half a cell's diagonal is sqrt(2) /
     * CELLS there. The rest is for rounding. */
    double longest = half[0] > tall ? half[0] : tall;
    longest = half[2] > longest ? half[2] : longest;
    surface->slack_mm = longest * (16.0 / ((double)CELLS * CELLS) + 1e-6);
}

int smpi_surface_aim(const smpi_surface *surface, uint64_t hash, smpi_aim *aim)
{
    aim->s = smpi_unit(hash);
    aim->t = smpi_unit2(hash);
    if (!surface->flat) {
        float s = 2.0f * aim->s - 1.0f, t = 2.0f * aim->t - 1.0f;
        if (!(s * s + t * t <= 1.0f))
            return 0;
    }
    uint32_t column = (uint32_t)(aim->s * (float)surface->cells);
    uint32_t row = (uint32_t)(aim->t * (float)surface->cells);
    aim->cell = column + surface->cells * row;
    return 1;
}

int smpi_surface_land(const smpi_surface *surface, const smpi_aim *aim, double chance,
                      float xyz_mm[3])
{
    if (surface->flat) {
        xyz_mm[0] = aim->s * SMPI_TILE_MM;
        xyz_mm[1] = aim->t * SMPI_TILE_MM;
        xyz_mm[2] = 0.0f;
        return 1;
    }
    double unit[3];
    wrap(2.0 * (double)aim->s - 1.0, 2.0 * (double)aim->t - 1.0, unit);
    double want = chance * surface->stretch;
    if (want * want >= stretch2(surface, unit))
        return 0;
    xyz_mm[0] = (float)(surface->half[0] * unit[0]);
    xyz_mm[1] = (float)(half_y(surface, unit[1]) * unit[1] + surface->center_y);
    xyz_mm[2] = (float)(surface->half[2] * unit[2]);
    return 1;
}

double smpi_surface_cell(const smpi_surface *surface, uint32_t cell, double xyz_mm[3])
{
    double step = 1.0 / surface->cells;
    double s = ((double)(cell % surface->cells) + 0.5) * step;
    double t = ((double)(cell / surface->cells) + 0.5) * step;
    if (surface->flat) {
        xyz_mm[0] = s * (double)SMPI_TILE_MM;
        xyz_mm[1] = t * (double)SMPI_TILE_MM;
        xyz_mm[2] = 0.0;
        return sqrt(0.5) * step * (double)SMPI_TILE_MM + surface->slack_mm;
    }
    double unit[3], along_s[3], along_t[3], sum = 0.0, difference = 0.0;
    s = 2.0 * s - 1.0;
    t = 2.0 * t - 1.0;
    wrap(s, t, unit);
    wrap_slopes(s, t, along_s, along_t);
    /* A cell that crosses the widest level belongs to both halves: the longer axis covers it. */
    double high = half_y(surface, unit[1]), other = half_y(surface, -unit[1]);
    if (fabs(unit[1]) <= step * (fabs(along_s[1]) + fabs(along_t[1])) + 1e-6 && other > high)
        high = other;
    for (int k = 0; k < 3; k++) {
        double half = k == 1 ? high : surface->half[k];
        xyz_mm[k] = half * unit[k] + (k == 1 ? surface->center_y : 0.0);
        double plus = half * (along_s[k] + along_t[k]), minus = half * (along_s[k] - along_t[k]);
        sum += plus * plus;
        difference += minus * minus;
    }
    return step * sqrt(sum > difference ? sum : difference) + surface->slack_mm;
}
