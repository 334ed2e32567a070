/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Points of an ellipsoid, or of a periodic tile: thrown uniformly by area, or the nearest to where
 * one is wanted. */
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

/* From a frame whose third axis lies along the plane's normal to the head's. */
static void lean(const double cap[3], double unit[3])
{
    unit[0] = cap[0];
    unit[1] = cap[2] * LEAN_Y - cap[1] * LEAN_Z;
    unit[2] = cap[2] * LEAN_Z + cap[1] * LEAN_Y;
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

/* Area of the part over a share of the unit sphere. Midpoint rule over equal parts of it; the error
 * at 128 x 128 is below 1e-5 for axes in proportion 1:3. */
static double area_over(const smpi_surface *s, double share)
{
    enum { RINGS = 128, SECTORS = 128 };
    double sum = 0.0;
    for (int j = 0; j < SECTORS; j++) {
        double angle = 2.0 * SMPI_PI * ((double)j + 0.5) / SECTORS;
        double c = smpi_cos(angle), d = smpi_sin(angle);
        for (int i = 0; i < RINGS; i++) {
            double height = 1.0 - 2.0 * share * ((double)i + 0.5) / RINGS;
            double radius = sqrt(1.0 - height * height), unit[3];
            const double cap[3] = {radius * c, radius * d, height};
            lean(cap, unit);
            sum += sqrt(stretch2(s, unit));
        }
    }
    return 4.0 * SMPI_PI * share * sum / (RINGS * SECTORS);
}

void smpi_surface_init(smpi_surface *surface, const smp_head *head)
{
    *surface = (smpi_surface){.flat = head->shape == SMP_SHAPE_FLAT};
    if (surface->flat) {
        surface->area_mm2 = (double)SMPI_TILE_MM * (double)SMPI_TILE_MM;
        surface->whole_mm2 = surface->area_mm2;
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
    surface->least_half = e.up < e.down ? e.up : e.down;
    for (int k = 0; k < 3; k++) {
        double product = most[(k + 1) % 3] * most[(k + 2) % 3];
        surface->stretch = product > surface->stretch ? product : surface->stretch;
        surface->least_half = most[k] < surface->least_half ? most[k] : surface->least_half;
        double center = k == 1 ? surface->center_y : 0.0;
        /* a hair wider than the head, for what rounding to float may add */
        surface->low[k] = (float)(center - 1.001 * most[k]);
        surface->size[k] = (float)(2.002 * most[k]);
    }
    surface->area_mm2 = area_over(surface, SHARE);
    surface->whole_mm2 = area_over(surface, 1.0);
}

/* From the unit disc to the unit sphere, equal areas to equal areas. source: Marsaglia 1972 */
int smpi_surface_throw(const smpi_surface *surface, uint64_t hash, double chance, float xyz_mm[3])
{
    if (surface->flat) {
        xyz_mm[0] = smpi_unit(hash) * SMPI_TILE_MM;
        xyz_mm[1] = smpi_unit2(hash) * SMPI_TILE_MM;
        xyz_mm[2] = 0.0f;
        return 1;
    }
    const double s = 2.0 * (double)smpi_unit(hash) - 1.0, t = 2.0 * (double)smpi_unit2(hash) - 1.0;
    const double w = s * s + t * t;
    if (!(w < 1.0))
        return 0;
    const double f = 2.0 * sqrt(1.0 - w), want = chance * surface->stretch;
    const double unit[3] = {s * f, t * f, 1.0 - 2.0 * w};
    if (want * want >= stretch2(surface, unit))
        return 0;
    xyz_mm[0] = (float)(surface->half[0] * unit[0]);
    xyz_mm[1] = (float)(half_y(surface, unit[1]) * unit[1] + surface->center_y);
    xyz_mm[2] = (float)(surface->half[2] * unit[2]);
    return 1;
}

/* A coordinate inside the tile; rounding to float may fall on its end, which is its start. */
static float into_tile(double mm)
{
    const double side = (double)SMPI_TILE_MM;
    const float in = (float)(mm - side * floor(mm / side));
    return in < SMPI_TILE_MM ? in : 0.0f;
}

double smpi_surface_settle(const smpi_surface *surface, const double near_mm[3], float xyz_mm[3])
{
    if (surface->flat) {
        xyz_mm[0] = into_tile(near_mm[0]);
        xyz_mm[1] = into_tile(near_mm[1]);
        xyz_mm[2] = 0.0f;
        return 0.0;
    }
    const double rise = near_mm[1] - surface->center_y, high = half_y(surface, rise);
    const double x = near_mm[0] / surface->half[0], y = rise / high;
    const double z = near_mm[2] / surface->half[2];
    const double scale = 1.0 / sqrt(x * x + y * y + z * z);
    xyz_mm[0] = (float)(near_mm[0] * scale);
    xyz_mm[1] = (float)(rise * scale + surface->center_y);
    xyz_mm[2] = (float)(near_mm[2] * scale);
    /* the cosine falls by at most one per half axis of way */
    const double below = PLANE - (y * LEAN_Y + z * LEAN_Z) * scale;
    return below > 0.0 ? below * surface->least_half : 0.0;
}

void smpi_surface_frame(const smpi_surface *surface, const float xyz_mm[3], double along[3],
                        double across[3])
{
    double n[3] = {0.0, 0.0, 1.0};
    if (!surface->flat) {
        const double rise = (double)xyz_mm[1] - surface->center_y, high = half_y(surface, rise);
        n[0] = (double)xyz_mm[0] / (surface->half[0] * surface->half[0]);
        n[1] = rise / (high * high);
        n[2] = (double)xyz_mm[2] / (surface->half[2] * surface->half[2]);
        const double scale = 1.0 / sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
        for (int k = 0; k < 3; k++)
            n[k] *= scale;
    }
    /* A frame about any unit vector without a branch on its direction but for the sign of z.
     * source: Frisvad 2012; Duff and others 2017 */
    const double sign = n[2] >= 0.0 ? 1.0 : -1.0, a = -1.0 / (sign + n[2]), b = n[0] * n[1] * a;
    along[0] = 1.0 + sign * n[0] * n[0] * a;
    along[1] = sign * b;
    along[2] = -sign * n[0];
    across[0] = b;
    across[1] = sign + n[1] * n[1] * a;
    across[2] = -n[1];
}
