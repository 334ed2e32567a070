/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The surface that places lie on: an ellipsoid whose upper part is the scalp, or a tile that closes
 * on itself. */
#ifndef SMPI_SYNTHESIS_SURFACE_H
#define SMPI_SYNTHESIS_SURFACE_H

#include <smp/geometry.h>

typedef struct smpi_surface {
    int flat;
    double half[3];   /* half axes of the head: x, y above the widest level, z; mm */
    double half_down; /* along y below the widest level, mm */
    double center_y;  /* of the widest level, mm */
    double least_half;
    double stretch;        /* largest area element, mm2 per sr */
    double area_mm2;       /* of the scalp, or of the tile */
    double whole_mm2;      /* of the whole ellipsoid, or of the tile */
    float low[3], size[3]; /* the box that holds it, mm */
} smpi_surface;

void smpi_surface_init(smpi_surface *surface, const smp_head *head);

/* Where a throw lands on the whole surface, or 0 when it was thrown away so that what remains is
 * uniform by area. chance is uniform in [0, 1). */
int smpi_surface_throw(const smpi_surface *surface, uint64_t hash, double chance, float xyz_mm[3]);
/* The point of the surface seen from the middle in the direction of `near_mm` (on a tile: the same
 * point of the first tile). Returns how far it lies off the scalp: 0 on it, else mm, at least. */
double smpi_surface_settle(const smpi_surface *surface, const double near_mm[3], float xyz_mm[3]);
/* Two unit vectors along the surface at a place, at right angles. */
void smpi_surface_frame(const smpi_surface *surface, const float xyz_mm[3], double along[3],
                        double across[3]);

#endif
