/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The surface that places are thrown at: the upper part of an ellipsoid, or a tile that closes on
 * itself. */
#ifndef SMPI_SYNTHESIS_SURFACE_H
#define SMPI_SYNTHESIS_SURFACE_H

#include <smp/geometry.h>

typedef struct smpi_surface {
    int flat;
    double half[3];   /* half axes of the head: x, y above the widest level, z; mm */
    double half_down; /* along y below the widest level, mm */
    double center_y;  /* of the widest level, mm */
    double stretch;   /* largest area element, mm2 per sr */
    double area_mm2;
    float low[3], size[3]; /* the box that holds it, mm */
    uint32_t cells;        /* the chart's square has cells x cells cells */
    double slack_mm;       /* more than what a cell bends away from its tangent plane */
} smpi_surface;

/* Where a throw falls on the chart, a square that holds the disc that the surface is wrapped from
 * (of a tile: the tile). */
typedef struct smpi_aim {
    float s, t; /* [0, 1) */
    uint32_t cell;
} smpi_aim;

void smpi_surface_init(smpi_surface *surface, const smp_head *head);

/* The aim of a throw; 0 where it falls off the chart's disc. */
int smpi_surface_aim(const smpi_surface *surface, uint64_t hash, smpi_aim *aim);
/* Where it lands, or 0 when it was thrown away so that what remains is uniform by area. chance is
 * uniform in [0, 1). */
int smpi_surface_land(const smpi_surface *surface, const smpi_aim *aim, double chance,
                      float xyz_mm[3]);
/* The middle of a cell; returns a radius in mm about it within which the whole cell lies. */
double smpi_surface_cell(const smpi_surface *surface, uint32_t cell, double xyz_mm[3]);

#endif
