/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Measures of a point pattern: nearest neighbours and the periodogram. */
#ifndef SMP_TEST_SYNTHESIS_H
#define SMP_TEST_SYNTHESIS_H

#include <math.h>
#include <stdlib.h>

#include "support.h"
#include "synthesis/places.h"

typedef struct test_near {
    double rho, cv; /* smallest over hexagonal spacing; relative standard deviation */
} test_near;

/* Distance of two places; on a tile the shorter way round. */
static inline double test_distance(const smpi_place *a, const smpi_place *b, int flat)
{
    double x = fabs((double)a->x_mm - (double)b->x_mm), y = fabs((double)a->y_mm - (double)b->y_mm);
    double z = (double)a->z_mm - (double)b->z_mm, side = (double)SMPI_TILE_MM;
    if (flat) {
        x = x > side / 2 ? side - x : x;
        y = y > side / 2 ? side - y : y;
    }
    return sqrt(x * x + y * y + z * z);
}

/* Nearest neighbours among the first `count` places of those within `around` of a middle (NULL: of
 * all). The density is that of the rank, so this also tells whether the rank keeps its word. */
static inline test_near test_neighbours(const smpi_places *places, uint32_t count, int flat,
                                        const double middle[3], double around)
{
    const double hex = sqrt(2.0 / sqrt(3.0) * places->area_cm2 * 100.0 / count);
    uint32_t *some = malloc(count * sizeof *some), n = 0;
    double sum = 0.0, squares = 0.0, least = 1e9, m = 0.0;
    TEST_ASSERT(some);
    for (uint32_t i = 0; i < count; i++) {
        const smpi_place *p = places->at + i;
        const double x = middle ? (double)p->x_mm - middle[0] : 0.0;
        const double y = middle ? (double)p->y_mm - middle[1] : 0.0;
        const double z = middle ? (double)p->z_mm - middle[2] : 0.0;
        if (sqrt(x * x + y * y + z * z) < around)
            some[n++] = i;
    }
    for (uint32_t i = 0; i < n; i++) {
        const smpi_place *p = places->at + some[i];
        const double x = middle ? (double)p->x_mm - middle[0] : 0.0;
        const double y = middle ? (double)p->y_mm - middle[1] : 0.0;
        const double z = middle ? (double)p->z_mm - middle[2] : 0.0;
        if (middle && sqrt(x * x + y * y + z * z) > around - 3.0 * hex)
            continue; /* its neighbour may lie outside */
        double best = 1e9;
        for (uint32_t j = 0; j < n; j++)
            if (j != i)
                best = fmin(best, test_distance(p, places->at + some[j], flat));
        sum += best;
        squares += best * best;
        least = fmin(least, best);
        m += 1.0;
    }
    free(some);
    TEST_ASSERT(m > 100.0);
    const test_near near = {least / hex, sqrt(squares / m - sum / m * (sum / m)) / (sum / m)};
    return near;
}

/* Adds |sum exp(-2 pi i k x)|^2 / count at all whole k up to `most` to power, (2 most + 1) x (most
 * + 1), x frequency from -most. White noise adds 1. */
static inline void test_periodogram(const smpi_places *places, uint32_t count, int most,
                                    double *power)
{
    const size_t wide = (size_t)(2 * most + 1), high = (size_t)most + 1;
    double *re = calloc(wide * high, sizeof *re), *im = calloc(wide * high, sizeof *im);
    TEST_ASSERT(re && im);
    for (uint32_t i = 0; i < count; i++) {
        const double turn = -6.283185307179586 / (double)SMPI_TILE_MM;
        const double x = turn * (double)places->at[i].x_mm, y = turn * (double)places->at[i].y_mm;
        const double cx = cos(x), sx = sin(x), cy = cos(y), sy = sin(y);
        double row_c = cos(-most * x), row_s = sin(-most * x);
        for (size_t v = 0; v < high; v++) {
            double c = row_c, s = row_s, old;
            for (size_t u = 0; u < wide; u++) {
                re[v * wide + u] += c;
                im[v * wide + u] += s;
                old = c;
                c = c * cx - s * sx;
                s = old * sx + s * cx;
            }
            old = row_c;
            row_c = row_c * cy - row_s * sy;
            row_s = old * sy + row_s * cy;
        }
    }
    for (size_t i = 0; i < wide * high; i++)
        power[i] += (re[i] * re[i] + im[i] * im[i]) / count;
    free(re);
    free(im);
}

#endif
