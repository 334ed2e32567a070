/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Numbers from a hash. */
#include "base/random.h"

#include <math.h>

#include "base/math.h"
#include "base/math_tables.h"

float smpi_unit(uint64_t hash)
{
    return (float)(hash >> 40) * 0x1p-24f;
}

float smpi_unit2(uint64_t hash)
{
    return (float)((hash & 0xffffffffu) >> 8) * 0x1p-24f;
}

/* 27 bits are a place in the lower half, 2^-29 to 1/2; one more bit is the sign: |x| <= 5.9. */
float smpi_normal(uint64_t hash)
{
    const double p = ((double)(hash >> 37) + 0.5) * 0x1p-28; /* (0, 1/2) */
    const double sign = hash & 0x800000000u ? 1.0 : -1.0;
    if (p >= 0.1) {
        const double q = 0.5 - p;
        return (float)(sign * q * smpi_poly(normal_poly, SMPI_TERMS(normal_poly), q * q));
    }
    const double r = sqrt(-2.0 * smpi_log(p));
    const double x = r + smpi_poly(normal_tail_poly, SMPI_TERMS(normal_tail_poly), 1.0 / r);
    return (float)(sign * x);
}
