/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Dots inside the library: the same arrays, and what they were made for. */
#ifndef SMPI_SYNTHESIS_DOTS_H
#define SMPI_SYNTHESIS_DOTS_H

#include <smp/dots.h>

#define SMPI_DOTS_MAX 2000000u

struct smp_dots {
    const smp_context *ctx;
    smp_dots_view
        view; /* its arrays lie in `block`, one behind the other, each aligned to 64 bytes */
    void *block;
    size_t block_bytes;
    uint32_t seed;
};

typedef struct smpi_made_dots {
    smp_places *places;
    smp_dots *dots;
} smpi_made_dots;

/* The dots of a plan, and the places that they were made from. errors  as smp_places_create() and
 * smp_dots_create() */
smp_status smpi_dots_make(const smp_context *ctx, const smp_plan *plan, float density_per_cm2,
                          const smp_progress *progress, smpi_made_dots *made, smp_diag *diag);

#endif
