/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Places made ready: all about each that no edit of a plan changes. */
#ifndef SMPI_SYNTHESIS_PREPARED_H
#define SMPI_SYNTHESIS_PREPARED_H

#include <smp/dots.h>

#include "plan/plan.h"
#include "synthesis/places.h"

/* A hand's spread is kept within this many standard deviations. */
#define SMPI_MOST_SIGMAS 2.5f

/* Standard normals, cut at SMPI_MOST_SIGMAS. */
typedef struct smpi_hand {
    float wide, strong, deep;
} smpi_hand;

/* What is kept of a place on a head. Of a patch nothing is: it is as quickly computed. */
typedef struct smpi_ready {
    double u, v; /* as in smpi_spot */
    float nx, ny, nz;
    smpi_hand hand;
} smpi_ready;

/* Some places of a head: a ball about them. */
typedef struct smpi_patch {
    double xyz[3], radius; /* mm */
} smpi_patch;

struct smp_places {
    const smp_context *ctx;
    smp_head head;
    uint32_t seed;
    float regularity, density_per_cm2;
    smpi_places places; /* of a head: next is the patch that a place lies in */
    smpi_ready *ready;
    smpi_patch *patches;
    uint32_t patch_count;
};

/* The density up to which a plan needs places, dots per cm2; groups are counted as one. */
double smpi_plan_needs(const smp_plan *plan);

smpi_hand smpi_hand_of(uint32_t seed, uint32_t id);

#endif
