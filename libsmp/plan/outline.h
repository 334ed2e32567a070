/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The line around the treated region: a closed loop about the crown, or the edge across a patch.
 * Shapes and sources: docs/plan.md. */
#ifndef SMPI_PLAN_OUTLINE_H
#define SMPI_PLAN_OUTLINE_H

#include <smp/plan.h>

enum { SMPI_KNOTS_MAX = 1400, SMPI_OUTLINE_MAX = 8192 };

/* u, v: azimuth and polar angle of the head (radians; geometry/head.h), or x and y of a patch (mm).
 * side and corner: the line from here to the next point belongs to the side line; it bends sharply
 * here. */
typedef struct smpi_knot {
    double u, v;
    uint8_t side, corner;
} smpi_knot;

typedef struct smpi_edge_point {
    double u, v, xyz[3];
    double s_mm; /* along the line from the middle of the front, positive to the left */
    int side;
} smpi_edge_point;

/* What the outline depends on. */
typedef struct smpi_outline_desc {
    const smp_head *head;
    const smp_hairline_desc *hairline;
    const double *curve_mm; /* NULL: the style's own */
    uint32_t curve_count;
    uint32_t seed;
} smpi_outline_desc;

/* The style's loop from the nape (-pi) round the right side, the front and the left side to the
 * nape (pi). Returns the number of knots. */
uint32_t smpi_style_knots(const smp_head *head, const smp_hairline_desc *hairline,
                          smpi_knot knots[SMPI_KNOTS_MAX]);

/* A curve drawn by hand can be followed: finite, near the head, never running back. */
smp_status smpi_curve_check(const smp_head *head, const double *curve_mm, uint32_t count,
                            smp_diag *diag);

/* The outline as fine points; knots is scratch. Returns their number. The curve was checked. */
uint32_t smpi_outline_build(const smpi_outline_desc *desc, smpi_knot knots[SMPI_KNOTS_MAX],
                            smpi_edge_point points[SMPI_OUTLINE_MAX]);

/* Smooth noise in [-1, 1] along a line and through space; equal for equal seed and purpose. */
double smpi_noise1(uint32_t seed, uint32_t purpose, double at);
double smpi_noise3(uint32_t seed, uint32_t purpose, const double at[3]);

#endif
