/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * One dot in time. Equations: docs/model/time.md. */
#ifndef SMPI_AGEING_AGE_H
#define SMPI_AGEING_AGE_H

#include <stdint.h>

/* A dot as it was implanted, and how long ago. */
typedef struct smpi_implant {
    uint32_t seed, id; /* of the plan and of the dot: each keeps its pigment a little differently */
    float top_mm, height_mm;
    float dose;
    double days; /* since its session; negative: not there yet */
} smpi_implant;

typedef struct smpi_aged {
    float dose;      /* what is left, never rising with days */
    float spread_mm; /* standard deviation per axis: swelling at first, wandering later */
} smpi_aged;

/* Any thread, no allocation, no checks. */
smpi_aged smpi_dot_age(const smpi_implant *implant);

#endif
