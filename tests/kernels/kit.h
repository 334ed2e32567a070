/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What the checks of kernels share: guarded buffers, random numbers, equality of every bit. */
#ifndef KIT_H
#define KIT_H

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "kernels/kernels.h"

#define MOST 67
#define GUARD 16
#define GUARD_BITS 0x7fc5a5a5u /* a NaN that no kernel makes */

typedef struct buffer {
    float memory[3][GUARD + 4 * (MOST + GUARD) + GUARD];
} buffer;

static float *at(buffer *b, int plane)
{
    return b->memory[plane] + GUARD;
}

static void fill_guards(buffer *b)
{
    const uint32_t bits = GUARD_BITS;
    for (int p = 0; p < 3; p++)
        for (size_t i = 0; i < sizeof b->memory[p] / sizeof(float); i++)
            memcpy(&b->memory[p][i], &bits, sizeof bits);
}

static uint32_t seed_of_run(void)
{
    const char *text = getenv("SMP_TEST_SEED");
    return text ? (uint32_t)strtoul(text, NULL, 10) : 1;
}

static float number(uint32_t *counter, float low, float high)
{
    return low + (high - low) * smpi_unit(smpi_hash(seed_of_run(), (*counter)++, 77));
}

static void same(const char *kernel, const smpk_table *table, size_t n, buffer *want, buffer *got)
{
    for (int p = 0; p < 3; p++)
        for (size_t i = 0; i < sizeof want->memory[p] / sizeof(float); i++)
            if (memcmp(&want->memory[p][i], &got->memory[p][i], sizeof(float)) != 0) {
                const long place = (long)i - GUARD;
                ck_abort_msg("%s/%s n=%zu plane %d [%ld]%s: scalar %a, got %a (SMP_TEST_SEED=%u)",
                             kernel, table->name, n, p, place,
                             place < 0 || place >= (long)n ? " (outside!)" : "",
                             (double)want->memory[p][i], (double)got->memory[p][i], seed_of_run());
            }
}

#endif
