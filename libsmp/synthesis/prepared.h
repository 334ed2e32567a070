/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Places made ready: all about each that no edit of a plan changes. */
#ifndef SMPI_SYNTHESIS_PREPARED_H
#define SMPI_SYNTHESIS_PREPARED_H

#include <smp/dots.h>

#include "base/threads.h"
#include "plan/plan.h"
#include "synthesis/places.h"

/* A hand's spread is kept within this many standard deviations. */
#define SMPI_MOST_SIGMAS 2.5f

/* How a dot differs from its column: standard normals, cut at SMPI_MOST_SIGMAS, or the factors that
 * follow from them. */
typedef struct smpi_hand {
    float wide, strong, deep;
} smpi_hand;

/* The log-normal spread of a plan: mean 1, of its relative standard deviations. */
typedef struct smpi_spread {
    float variation[3]; /* of diameter, dose and top */
    float sigma[3], half[3];
} smpi_spread;

/* What is kept of a place on a head. Of a patch nothing is: it is as quickly computed. */
typedef struct smpi_ready {
    float nx, ny, nz;
    smpi_hand sigmas, factors; /* the factors hold for the spread that was prepared for */
} smpi_ready;

/* The same place where it lies among its neighbours. */
typedef struct smpi_spot_of {
    double u, v; /* as in smpi_spot */
    float x_mm, y_mm, z_mm;
    uint32_t rank;
} smpi_spot_of;

/* Some places of a head: a ball about them. Their spots lie one behind the other by rising rank. */
typedef struct smpi_patch {
    smpi_spot middle;
    double radius; /* mm */
    uint32_t from, count;
} smpi_patch;

struct smp_places {
    const smp_context *ctx;
    smpi_atomic users; /* the last one frees them */
    smp_head head;
    uint32_t seed;
    float regularity, density_per_cm2;
    smpi_places places;
    smpi_spread spread;
    smpi_ready *ready;
    smpi_spot_of *spots;
    smpi_patch *patches;
    uint32_t patch_count;
};

/* The same places for one user more, who destroys them as all others do. */
smp_places *smpi_places_share(const smp_places *places);
/* 1 when dots lie alike on both. */
int smpi_same_head(const smp_head *a, const smp_head *b);
/* As smp_places_fit(), but that there may be too few. */
int smpi_places_suit(const smp_places *places, const smp_plan *plan);

/* The density up to which a plan needs places, dots per cm2; groups are counted as one. */
double smpi_plan_needs(const smp_plan *plan);

smpi_hand smpi_hand_of(uint32_t seed, uint32_t id);
smpi_spread smpi_spread_of(const smp_plan_desc *desc);
int smpi_spread_same(const smpi_spread *a, const smpi_spread *b);
smpi_hand smpi_spread_factors(const smpi_spread *spread, const smpi_hand *sigmas);

#endif
