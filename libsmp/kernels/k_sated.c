/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * sated - what saturates: x = 1 - e^(-x scale), exactly 0 at 0. Domain: x scale from 0; error below
 * 3e-7. */
#include "kernels/isa.h"
#include "kernels/kernels.h"
#include "kernels/vec.h"

void SMPK_FN(sated)(float *x, float scale, size_t n)
{
    const vf one = vf_set1(1.0f), least = vf_set1(-80.0f), minus = vf_set1(-scale);
    for (size_t i = 0; i < n; i += SMPK_LANES) {
        const size_t m = n - i < SMPK_LANES ? n - i : SMPK_LANES;
        const vf power = vf_max(vf_mul(vf_load_n(x + i, m), minus), least);
        vf_store_n(x + i, vf_sub(one, vf_exp(power)), m);
    }
}
