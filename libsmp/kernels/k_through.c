/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * through - what share of the light the pigment lets through:
 * t = 1 - mask (1 - (1 - f(core (1 + tail))) / (1 + tail)), that is 1 / (1 + tail) - core while
 * f(c) = c, which holds up to 0.75; above, f(c) = 1 - 0.0625 / (c - 0.5) joins smoothly and stays
 * below 1: cores add up as areas do while they lie side by side, and saturate where they overlap.
 * Exactly 1 where core = tail = 0 or mask = 0. Domain: core, tail >= 0, mask of 16 bits, 65535 is
 * 1; absolute error below 3e-7 (tests/kernels). source: docs/model/render.md, R1 and R2. */
#include "kernels/isa.h"
#include "kernels/kernels.h"
#include "kernels/vec.h"

static inline vf through_v(vf core, vf tail, vf mask)
{
    const vf one = vf_set1(1.0f), knee = vf_set1(0.75f);
    const vf more = vf_add(one, tail), c = vf_mul(core, more);
    const vf low = vf_min(c, knee);
    const vf over = vf_sub(vf_max(c, knee), vf_set1(0.5f));
    /* above the knee low is 0.75 and the second part grows from 0 to 0.25 */
    const vf high = vf_sub(vf_set1(0.25f), vf_div(vf_set1(0.0625f), over));
    const vf left = vf_sub(vf_sub(one, low), high);
    const vf t = vf_div(left, more);
    return vf_sub(one, vf_mul(mask, vf_sub(one, t)));
}

static inline vf through_mask(const uint16_t *mask)
{
    return vf_mul(vf_of_int(vi_load_u16(mask)), vf_set1(1.0f / 65535.0f));
}

void SMPK_FN(through)(float *t, const float *core, const float *tail, const uint16_t *mask,
                      size_t n)
{
    uint16_t rest[SMPK_LANES] = {0};
    size_t i = 0;
    for (; i + SMPK_LANES <= n; i += SMPK_LANES)
        vf_store(t + i, through_v(vf_load(core + i), vf_load(tail + i), through_mask(mask + i)));
    if (i == n)
        return;
    memcpy(rest, mask + i, (n - i) * sizeof *rest);
    vf_store_n(
        t + i,
        through_v(vf_load_n(core + i, n - i), vf_load_n(tail + i, n - i), through_mask(rest)),
        n - i);
}
