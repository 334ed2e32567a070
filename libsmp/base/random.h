/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Random numbers as a function of what they are for, never a stream: equal in any order, on any
 * thread. */
#ifndef SMPI_BASE_RANDOM_H
#define SMPI_BASE_RANDOM_H

#include <stdint.h>

/* 64 well-mixed bits of three words (a seed, a thing's number, what the number is for). */
uint64_t smpi_hash(uint32_t seed, uint32_t index, uint32_t purpose);

/* Uniform in [0, 1), 24 bits, from the high half of a hash; the second from its low half. */
float smpi_unit(uint64_t hash);
float smpi_unit2(uint64_t hash);
/* Uniform in [0, 1), 53 bits. */
double smpi_unit_double(uint64_t hash);
/* Standard normal, |x| < 6, from a hash (inverse of the error function by smpi math, same bits
 * everywhere). */
float smpi_normal(uint64_t hash);

#endif
