/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Light in any stack of plane layers, each with its own index: the solver for researchers, made for
 * exactness. Skin itself uses layers.h, which is made for speed. Equations: docs/model/optics.md,
 * 2. Error against tests/data/transport_reference.csv: tests/rooms/test_optics_stack.c. */
#ifndef SMPI_OPTICS_STACK_H
#define SMPI_OPTICS_STACK_H

#include <smp/optics.h>

#define SMPI_STACK_ANGLES_MAX 64

/* Directions, told apart by s = n sin(angle), which no surface changes. The last one is the watched
 * one; it has no weight. Radiance is divided by the index squared, so that a surface keeps it. */
typedef struct smpi_directions {
    int count;                              /* with the watched one */
    int moments;                            /* of the phase function that are followed */
    double s2[SMPI_STACK_ANGLES_MAX + 1];   /* s squared */
    double flux[SMPI_STACK_ANGLES_MAX + 1]; /* weight of a direction's radiance in a flux */
} smpi_directions;

/* Surroundings of a stack and the light on it. */
typedef struct smpi_stack_light {
    double above, below; /* refractive index */
    double s2;           /* of the watched direction */
    int angles;
    int diffuse, mirror; /* what is asked for; mirror: with what the first surface mirrors */
} smpi_stack_light;

/* Doubles of scratch that smpi_stack_solve() needs. */
size_t smpi_stack_scratch(int angles);

/* One sample: reflected and passed, shares of the light that comes. SMP_ERR_LIMIT when there are
 * too many different indices for the angles. */
smp_status smpi_stack_solve(const smpi_stack_light *light, const smp_layer *layers, uint32_t count,
                            double *scratch, double result[2]);

/* count Gauss-Legendre nodes and weights on [0, 1], rising. */
void smpi_gauss(int count, double *node, double *weight);

#endif
