/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * fir - a symmetric filter: out[i] = taps[0] in[i] + sum over k of taps[k] (in[i - k step] + in[i +
 * k step]), k from 1 to count - 1, in rising order. All that is read must be there. */
#include "kernels/isa.h"
#include "kernels/kernels.h"
#include "kernels/vec.h"

void SMPK_FN(fir)(float *out, const float *in, size_t step, const float *taps, size_t count,
                  size_t n)
{
    size_t i = 0;
    for (; i + SMPK_LANES <= n; i += SMPK_LANES) {
        const float *low = in + i, *high = in + i;
        vf sum = vf_mul(vf_set1(taps[0]), vf_load(in + i));
        for (size_t k = 1; k < count; k++) {
            low -= step;
            high += step;
            sum = vf_add(sum, vf_mul(vf_set1(taps[k]), vf_add(vf_load(low), vf_load(high))));
        }
        vf_store(out + i, sum);
    }
    for (; i < n; i++) {
        float sum = taps[0] * in[i];
        for (size_t k = 1; k < count; k++)
            sum = sum + taps[k] * (*(in + i - k * step) + in[i + k * step]);
        out[i] = sum;
    }
}
