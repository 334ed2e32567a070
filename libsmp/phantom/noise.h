/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Gradient noise in space: the texture of the phantom, a function of head millimetres alone. */
#ifndef SMPI_PHANTOM_NOISE_H
#define SMPI_PHANTOM_NOISE_H

#include <stdint.h>

#define SMPI_NOISE_CELLS 1024 /* lattice period */
#define SMPI_NOISE_GRADS 256

typedef struct smpi_noise {
    uint16_t perm[SMPI_NOISE_CELLS];
    float grad[SMPI_NOISE_GRADS][3];
} smpi_noise;

/* Shuffles the lattice by the seed. */
void smpi_noise_init(smpi_noise *noise, uint32_t seed);

/* Value at p / scale + shift along the diagonal: mean 0, standard deviation about 0.5, |v| < 1.8.
 * slope (may be NULL) receives its gradient per unit of p. */
float smpi_noise_at(const smpi_noise *noise, const float p[3], float scale, float shift,
                    float slope[3]);

/* The same with another stretch of each axis, for lines: p is divided by scale[i]. */
float smpi_noise_stretched(const smpi_noise *noise, const float p[3], const float scale[3],
                           float shift, float slope[3]);

/* How much of a wave of `wave` survives sampling every `step` (same unit): 1 when it spans four
 * steps, 0 at two. It keeps texture from turning into alias at small sizes. */
float smpi_noise_band(float wave, float step);

#endif
