/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * splat - add one soft elliptical dot to three planes: plane[j][i] += amount w(i, j),
 * w = t^power (a + b t), t = max(0, 1 - q), q = qxx dx^2 + 2 qxy dx dy + qyy dy^2, dx = i - x, dy =
 * j - y. Domain: q finite, q not below -1e-6, power from 1 to 15. Up to SMPK_SPLAT_PAD - 1 places
 * behind each row are read and written, too, with anything. Error: that of float arithmetic, below
 * 2^-19 of the amount for q <= 1. */
#include "kernels/isa.h"
#include "kernels/kernels.h"

/* Dots are a few pixels wide and lie anywhere: rows of 16 would nearly always cross a cache line.
 */
#if SMPK_LANES == 16
#undef SMPK_LANES
#define SMPK_LANES 8
#endif
#include "kernels/vec.h"

typedef struct splat_row {
    vf x, qxx, cross, rest;
} splat_row;

/* t^power = t^1 t^2 t^4 t^8, without those that power does not hold: as t <= 1, the greater of such
 * a one and 1 is 1. */
typedef struct splat_shape {
    vf a, b, without[4];
} splat_shape;

static inline vf splat_weight(const splat_row *k, const splat_shape *shape, vf i)
{
    const vf dx = vf_sub(i, k->x);
    const vf q = vf_add(vf_mul(vf_add(vf_mul(k->qxx, dx), k->cross), dx), k->rest);
    const vf t = vf_max(vf_sub(vf_set1(1.0f), q), vf_set1(0.0f));
    const vf t2 = vf_mul(t, t), t4 = vf_mul(t2, t2), t8 = vf_mul(t4, t4);
    vf w = vf_add(shape->a, vf_mul(shape->b, t));
    w = vf_mul(vf_mul(w, vf_max(t, shape->without[0])), vf_max(t2, shape->without[1]));
    return vf_mul(w, vf_mul(vf_max(t4, shape->without[2]), vf_max(t8, shape->without[3])));
}

static inline void splat_add(float *plane, vf w, vf amount)
{
    vf_store(plane, vf_add(vf_load(plane), vf_mul(w, amount)));
}

void SMPK_FN(splat)(float *r, float *g, float *b, size_t stride, size_t n, size_t rows,
                    const smpk_dot *dot)
{
    const vf red = vf_set1(dot->amount[0]), green = vf_set1(dot->amount[1]);
    const vf blue = vf_set1(dot->amount[2]);
    splat_shape shape = {.a = vf_set1(dot->a), .b = vf_set1(dot->b)};
    for (int p = 0; p < 4; p++)
        shape.without[p] = vf_set1(dot->power >> p & 1 ? 0.0f : 1.0f);
    for (size_t j = 0; j < rows; j++, r += stride, g += stride, b += stride) {
        const float dy = (float)j - dot->y;
        const splat_row k = {vf_set1(dot->x), vf_set1(dot->qxx), vf_set1(2.0f * dot->qxy * dy),
                             vf_set1(dot->qyy * dy * dy)};
        for (size_t i = 0; i < n; i += SMPK_LANES) {
            const vf w = splat_weight(&k, &shape, vf_count_from((float)i));
            splat_add(r + i, w, red);
            splat_add(g + i, w, green);
            splat_add(b + i, w, blue);
        }
    }
}
