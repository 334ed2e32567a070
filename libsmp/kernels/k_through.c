/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * through - what share of the light the pigment lets through, three channels of a row in place of
 * their cores: t = 1 - mask (1 - u (1 - f(core / u))), u what the tails let through, between two
 * rows above and below. u (1 - f(c)) is u - core while f(c) = c, which holds up to 0.75; above,
 * f(c) = 1 - 0.0625 / (c - 0.5) joins smoothly and stays below 1: cores add up as areas do while
 * they lie side by side, and saturate where they overlap. Exactly 1 where core = 0 and u = 1 or
 * where mask = 0. Domain: core >= 0, u above 0 and at most 1, mask of 16 bits, 65535 is 1; absolute
 * error below 3e-7 (tests/kernels). source: docs/model/render.md, R1 and R2. */
#include "kernels/isa.h"
#include "kernels/kernels.h"
#include "kernels/vec.h"

static inline vf through_tails(vf above, vf below, vf share)
{
    return vf_add(above, vf_mul(vf_sub(below, above), share));
}

static inline vf through_v(vf core, vf u, vf mask)
{
    const vf one = vf_set1(1.0f), knee = vf_mul(u, vf_set1(0.75f));
    vf t = vf_sub(u, core);
    if (vf_any_gt(core, knee)) {
        const vf over = vf_sub(vf_max(core, knee), vf_mul(u, vf_set1(0.5f)));
        const vf little = vf_div(vf_mul(vf_mul(u, u), vf_set1(0.0625f)), over);
        t = vf_where_ge(knee, core, t, little);
    }
    return vf_sub(one, vf_mul(mask, vf_sub(one, t)));
}

static inline vf through_mask(const uint16_t *mask)
{
    return vf_mul(vf_of_int(vi_load_u16(mask)), vf_set1(1.0f / 65535.0f));
}

/* The last few, in lanes of their own. */
static void through_end(const smpk_through *job, size_t i, size_t n)
{
    const vf share = vf_set1(job->share);
    uint16_t rest[SMPK_LANES] = {0};
    memcpy(rest, job->mask + i, n * sizeof *rest);
    for (int c = 0; c < 3; c++) {
        const vf above = vf_load_n(job->above[c] + i, n), below = vf_load_n(job->below[c] + i, n);
        const vf u = through_tails(above, below, share);
        vf_store_n(job->t[c] + i, through_v(vf_load_n(job->t[c] + i, n), u, through_mask(rest)), n);
    }
}

void SMPK_FN(through)(const smpk_through *job, size_t n)
{
    const vf share = vf_set1(job->share);
    size_t i = 0;
    for (; i + SMPK_LANES <= n; i += SMPK_LANES) {
        const vf mask = through_mask(job->mask + i);
        vec_fetch(job->mask + job->ahead + i);
        for (int c = 0; c < 3; c++) {
            const vf above = vf_load(job->above[c] + i), below = vf_load(job->below[c] + i);
            const vf u = through_tails(above, below, share);
            vf_store(job->t[c] + i, through_v(vf_load(job->t[c] + i), u, mask));
        }
    }
    if (i < n)
        through_end(job, i, n - i);
}
