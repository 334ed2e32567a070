/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * splat - add one soft elliptical dot to three planes: plane[j][i] += amount w(i, j),
 * w = t^power (a + b t), t = max(0, 1 - q), q = qxx dx^2 + 2 qxy dx dy + qyy dy^2, dx = i - x, dy =
 * j - y. Domain: q finite, power at least 1. Up to SMPK_SPLAT_PAD - 1 places behind each row are
 * read and written, too, with anything. Error: that of float arithmetic, below 2^-19 of
 * the amount for q <= 1. */
#include "kernels/isa.h"
#include "kernels/kernels.h"
#include "kernels/vec.h"

typedef struct splat_row {
    vf x, qxx, cross, rest, a, b;
} splat_row;

static inline vf splat_weight(const splat_row *k, vf i, unsigned power)
{
    const vf dx = vf_sub(i, k->x);
    const vf q = vf_add(vf_mul(vf_add(vf_mul(k->qxx, dx), k->cross), dx), k->rest);
    const vf t = vf_max(vf_sub(vf_set1(1.0f), q), vf_set1(0.0f));
    vf w = vf_add(k->a, vf_mul(k->b, t));
    for (unsigned p = 0; p < power; p++)
        w = vf_mul(w, t);
    return w;
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
    for (size_t j = 0; j < rows; j++, r += stride, g += stride, b += stride) {
        const float dy = (float)j - dot->y;
        const splat_row k = {vf_set1(dot->x),
                             vf_set1(dot->qxx),
                             vf_set1(2.0f * dot->qxy * dy),
                             vf_set1(dot->qyy * dy * dy),
                             vf_set1(dot->a),
                             vf_set1(dot->b)};
        for (size_t i = 0; i < n; i += SMPK_LANES) {
            const vf w = splat_weight(&k, vf_count_from((float)i), dot->power);
            splat_add(r + i, w, red);
            splat_add(g + i, w, green);
            splat_add(b + i, w, blue);
        }
    }
}
