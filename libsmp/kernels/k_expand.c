/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * expand - a row between coarse nodes: out[i] = a + (b - a) share[i], a and b the nodes left[i] and
 * left[i] + 1. left rises by at most 1 from one element to the next; nodes may be read up to
 * SMPK_EXPAND_PAD behind the last one that is used. */
#include "kernels/isa.h"
#include "kernels/kernels.h"
#include "kernels/vec.h"

void SMPK_FN(expand)(float *out, const float *nodes, const int32_t *left, const float *share,
                     size_t n)
{
    size_t i = 0;
    for (; i + SMPK_LANES <= n; i += SMPK_LANES) {
        const float *base = nodes + left[i];
        const vi at = vi_sub(vi_load(left + i), vi_set1(left[i]));
        const vf a = vf_pick(base, at), b = vf_pick(base + 1, at);
        vf_store(out + i, vf_add(a, vf_mul(vf_sub(b, a), vf_load(share + i))));
    }
    for (; i < n; i++) {
        const float a = nodes[left[i]], b = nodes[left[i] + 1];
        out[i] = a + (b - a) * share[i];
    }
}
