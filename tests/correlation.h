/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Sums over pairs of numbers and their correlation, for maps against the truth. */
#ifndef SMP_TEST_CORRELATION_H
#define SMP_TEST_CORRELATION_H

#include <math.h>

typedef struct tally {
    double n, a, b, aa, bb, ab;
} tally;

static inline void count(tally *t, double a, double b)
{
    t->n += 1.0;
    t->a += a;
    t->b += b;
    t->aa += a * a;
    t->bb += b * b;
    t->ab += a * b;
}

static inline double correlation(const tally *t)
{
    const double ab = t->ab / t->n - t->a / t->n * (t->b / t->n);
    const double aa = t->aa / t->n - t->a / t->n * (t->a / t->n);
    const double bb = t->bb / t->n - t->b / t->n * (t->b / t->n);
    return ab / sqrt(aa * bb);
}

#endif
