/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * join - loads of narrow and wide tails as one, and what that lets through: near = (1 + far) e^near
 * - 1 and left = 1 / (1 + near), that is e^-near / (1 + far) of before. near and far in [0, 80];
 * exactly 0 and 1 where both are 0; relative error of 1 + near and of left below 4e-7. */
#include "kernels/isa.h"
#include "kernels/kernels.h"
#include "kernels/vec.h"

static inline vf join_v(vf near, vf far)
{
    return vf_mul(vf_add(vf_set1(1.0f), far), vf_exp(vf_min(near, vf_set1(80.0f))));
}

void SMPK_FN(join)(float *near, float *left, const float *far, size_t n)
{
    const vf one = vf_set1(1.0f);
    for (size_t i = 0; i < n; i += SMPK_LANES) {
        const size_t m = n - i < SMPK_LANES ? n - i : SMPK_LANES;
        const int whole = m == SMPK_LANES;
        const vf a = whole ? vf_load(near + i) : vf_load_n(near + i, m);
        const vf b = whole ? vf_load(far + i) : vf_load_n(far + i, m);
        const vf both = join_v(a, b), load = vf_sub(both, one), light = vf_div(one, both);
        if (whole) {
            vf_store(near + i, load);
            vf_store(left + i, light);
        } else {
            vf_store_n(near + i, load, m);
            vf_store_n(left + i, light, m);
        }
    }
}
