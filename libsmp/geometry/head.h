/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The head's surface: an ellipsoid about (0, vertex - height / 2, 0), or a flat patch. Formulas and
 * sources: docs/model/geometry.md. */
#ifndef SMPI_GEOMETRY_HEAD_H
#define SMPI_GEOMETRY_HEAD_H

#include <smp/geometry.h>

/* The glabella lies this far below the crown on the default head, scaled with its height; mm. */
#define SMPI_GLABELLA_MM 97.0

/* The head in numbers: half axes along x and z, along y above and below the widest level, and the y
 * of that level; mm. */
typedef struct smpi_ellipsoid {
    double a, c, up, down, cy;
} smpi_ellipsoid;

/* The half axis along y on the side of the widest level where `rise` (y - cy, or any number with
 * its sign) lies. */
static inline double smpi_half_y(const smpi_ellipsoid *e, double rise)
{
    return rise >= 0.0 ? e->up : e->down;
}

smpi_ellipsoid smpi_head_ellipsoid(const smp_head *head);

/* A caller's head (NULL: the default) over defaults, checked. */
smp_status smpi_head_read(smp_head *dst, const smp_head *src, smp_diag *diag);
/* Every field in range, else SMP_ERR_RANGE. */
smp_status smpi_head_check(const smp_head *head, smp_diag *diag);

/* The point of the surface in the direction of `near_xyz` from the ellipsoid's centre (a flat
 * patch: straight above or below it) and the outward unit normal there. normal may be NULL; the
 * centre itself gives the crown. */
void smpi_head_surface(const smp_head *head, const double near_xyz[3], double xyz[3],
                       double normal[3]);
/* Outward unit normal at a point on (or near) the surface. */
void smpi_head_normal(const smp_head *head, const double xyz[3], double normal[3]);

void smpi_ellipsoid_normal(const smpi_ellipsoid *e, const double xyz[3], double normal[3]);

/* A chart about the crown. azimuth_rad is 0 at the front midline and positive to the head's own
 * left, in (-pi, pi]; arc_mm is the way along the surface from the crown in the plane of that
 * azimuth. Flat patch: about its middle, azimuth 0 up (-y), positive to the right. Error below 1e-3
 * mm while no half axis is over twice another. */
void smpi_head_chart(const smp_head *head, const double xyz[3], double *azimuth_rad,
                     double *arc_mm);
/* And back. arc_mm is clamped to [0, the lowest point]; normal may be NULL. */
void smpi_head_unchart(const smp_head *head, double azimuth_rad, double arc_mm, double xyz[3],
                       double normal[3]);
/* The same with the polar angle of the meridian's ellipse instead of the arc: 0 at the crown, pi at
 * the lowest point; y = cy + b cos(polar). */
void smpi_head_polar(const smp_head *head, const double xyz[3], double *azimuth_rad,
                     double *polar_rad);
void smpi_head_unpolar(const smp_head *head, double azimuth_rad, double polar_rad, double xyz[3]);
/* Arc from the crown to a polar angle. */
double smpi_head_arc_mm(const smp_head *head, double azimuth_rad, double polar_rad);

/* Area of the whole surface (of a flat patch: of the patch), relative error below 1e-6 while no
 * half axis is over twice another. */
double smpi_head_area_mm2(const smp_head *head);

/* How far the head reaches from the origin of its frame in a unit direction, mm. */
double smpi_head_reach(const smp_head *head, const double direction[3]);
double smpi_ellipsoid_reach(const smpi_ellipsoid *e, const double direction[3]);
/* How far each of count pairs lies outside the head's outline in a camera, mm, negative inside. */
void smpi_outline_distances(const smpi_ellipsoid *e, const smp_camera *camera, const double *uv_px,
                            uint32_t count, double *out_mm);
/* Where the ray of a pixel first meets the head, or where it passes nearest to it. */
void smpi_ellipsoid_meet(const smpi_ellipsoid *e, const smp_camera *camera, const double uv_px[2],
                         double xyz[3]);

#endif
