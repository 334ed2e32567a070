/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Value noise on a unit lattice: random numbers at whole places, a smooth step between them. */
#include <math.h>

#include "base/random.h"
#include "plan/outline.h"

static double smooth(double t)
{
    return t * t * (3.0 - 2.0 * t);
}

double smpi_noise1(uint32_t seed, uint32_t purpose, double at)
{
    const double cell = floor(at);
    const uint32_t i = (uint32_t)(int32_t)cell;
    const double a = smpi_unit_double(smpi_hash(seed, i, purpose));
    const double b = smpi_unit_double(smpi_hash(seed, i + 1u, purpose));
    return 2.0 * (a + (b - a) * smooth(at - cell)) - 1.0;
}

/* Lattice places are packed ten or eleven bits each: they repeat after a metre or more. */
double smpi_noise3(uint32_t seed, uint32_t purpose, const double at[3])
{
    double part[3];
    uint32_t low[3];
    for (int i = 0; i < 3; i++) {
        const double cell = floor(at[i]);
        low[i] = (uint32_t)(int32_t)cell;
        part[i] = smooth(at[i] - cell);
    }
    double line[4];
    for (uint32_t j = 0; j < 4; j++) {
        const uint32_t y = (low[1] + (j & 1u)) & 0x7ffu, z = (low[2] + (j >> 1)) & 0x3ffu;
        const uint32_t row = y << 11 | z << 22;
        const double a = smpi_unit_double(smpi_hash(seed, row | (low[0] & 0x7ffu), purpose));
        const double b = smpi_unit_double(smpi_hash(seed, row | ((low[0] + 1u) & 0x7ffu), purpose));
        line[j] = a + (b - a) * part[0];
    }
    const double near_z = line[0] + (line[1] - line[0]) * part[1];
    const double far_z = line[2] + (line[3] - line[2]) * part[1];
    return 2.0 * (near_z + (far_z - near_z) * part[2]) - 1.0;
}
