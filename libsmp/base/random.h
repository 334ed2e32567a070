/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Random numbers as a function of what they are for, never a stream: equal in any order, on any
 * thread. */
#ifndef SMPI_BASE_RANDOM_H
#define SMPI_BASE_RANDOM_H

#include <stdint.h>

/* A bijection of 64 bits: xor-shift and odd multiplier, twice. The multipliers are those of the
 * public-domain finalizer of MurmurHash3 (A. Appleby, 2011), chosen there for avalanche. */
static inline uint64_t smpi_stir(uint64_t x)
{
    x ^= x >> 33;
    x *= UINT64_C(0xff51afd7ed558ccd);
    x ^= x >> 33;
    x *= UINT64_C(0xc4ceb9fe1a85ec53);
    x ^= x >> 33;
    return x;
}

/* 64 well-mixed bits of three words (a seed, a thing's number, what the number is for). Equal words
 * give equal bits; two (seed, index) that differ never meet for the same purpose, as every step is
 * a bijection of them. The constants are 2^64 / golden ratio and 2^64 (sqrt 2 - 1), made odd.
 * Balance, avalanche and independence of neighbours: tests/rooms/test_base_random.c. */
static inline uint64_t smpi_hash(uint32_t seed, uint32_t index, uint32_t purpose)
{
    const uint64_t x = smpi_stir(((uint64_t)seed << 32 | index) + UINT64_C(0x9e3779b97f4a7c15));
    return smpi_stir(x ^ ((uint64_t)purpose + 1) * UINT64_C(0x6a09e667f3bcc909));
}

/* Uniform in [0, 1), 24 bits, from the high half of a hash; the second from its low half. */
float smpi_unit(uint64_t hash);
float smpi_unit2(uint64_t hash);
/* Uniform in [0, 1), 53 bits. */
static inline double smpi_unit_double(uint64_t hash)
{
    return (double)(hash >> 11) * 0x1p-53;
}
/* Standard normal, |x| < 6, from a hash (inverse of the error function by smpi math, same bits
 * everywhere). */
float smpi_normal(uint64_t hash);

#endif
