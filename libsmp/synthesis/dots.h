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

#endif
