/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A hash of three words in two rounds of xor-shift and multiply, and numbers from it. Balance,
 * avalanche and independence of neighbours are measured by tests/rooms/test_base_random.c. */
#include "base/random.h"

#include <math.h>

#include "base/math.h"
#include "base/math_tables.h"

/* A bijection of 64 bits: xor-shift and odd multiplier, twice. The multipliers are those of the
 * public-domain finalizer of MurmurHash3 (A. Appleby, 2011), chosen there for avalanche. */
static uint64_t mix(uint64_t x)
{
    x ^= x >> 33;
    x *= UINT64_C(0xff51afd7ed558ccd);
    x ^= x >> 33;
    x *= UINT64_C(0xc4ceb9fe1a85ec53);
    x ^= x >> 33;
    return x;
}

/* Equal words give equal bits; two (seed, index) that differ never meet for the same purpose, as
 * every step is a bijection of them. The constants are 2^64 / golden ratio and 2^64 (sqrt 2 - 1),
 * made odd.
 */
uint64_t smpi_hash(uint32_t seed, uint32_t index, uint32_t purpose)
{
    const uint64_t x = mix(((uint64_t)seed << 32 | index) + UINT64_C(0x9e3779b97f4a7c15));
    return mix(x ^ ((uint64_t)purpose + 1) * UINT64_C(0x6a09e667f3bcc909));
}

float smpi_unit(uint64_t hash)
{
    return (float)(hash >> 40) * 0x1p-24f;
}

float smpi_unit2(uint64_t hash)
{
    return (float)((hash & 0xffffffffu) >> 8) * 0x1p-24f;
}

double smpi_unit_double(uint64_t hash)
{
    return (double)(hash >> 11) * 0x1p-53;
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
