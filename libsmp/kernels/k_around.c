/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * around - what the tails of the other dots leave of the light at a dot's middle, a lane for each:
 * e^own (1 + far) / ((1 + near) (1 + far - own_far)) and at most 1, near and far read between four
 * nodes; near is the load of both tails together, as k_join.c makes it. Domain: loads from 0 to
 * 1e9, what a dot gives times own below 80. Error below 4e-6, and 4e-7 of own_far / (1 + far -
 * own_far) (tests/kernels/check_day.h) */
#include "kernels/isa.h"
#include "kernels/kernels.h"
#include "kernels/vec.h"

typedef struct around_place {
    vi node;
    vf x, y;
} around_place;

static inline around_place around_load(const smpk_nodes *nodes, size_t i, size_t n)
{
    return (around_place){vi_load_n(nodes->node + i, n), vf_load_n(nodes->share_x + i, n),
                          vf_load_n(nodes->share_y + i, n)};
}

static inline vf around_read(const smpk_nodes *nodes, const around_place *at, int c)
{
    const float *top = nodes->load[c], *low = top + nodes->width;
    const vf a = vf_gather(top, at->node), b = vf_gather(top + 1, at->node);
    const vf left = vf_add(a, vf_mul(vf_sub(vf_gather(low, at->node), a), at->y));
    const vf right = vf_add(b, vf_mul(vf_sub(vf_gather(low + 1, at->node), b), at->y));
    return vf_add(left, vf_mul(vf_sub(right, left), at->x));
}

static inline vf around_own(const smpk_nodes *nodes, int c, size_t i, size_t n)
{
    return vf_mul(vf_load_n(nodes->tail[c] + i, n), vf_load_n(nodes->own[c] + i, n));
}

static void around_group(const smpk_around *job, size_t i, size_t n)
{
    const around_place near_at = around_load(&job->near, i, n);
    const around_place far_at = around_load(&job->far, i, n);
    const vf one = vf_set1(1.0f), zero = vf_set1(0.0f);
    for (int c = 0; c < 3; c++) {
        const vf near = around_read(&job->near, &near_at, c);
        const vf far = around_read(&job->far, &far_at, c);
        const vf own = vf_min(around_own(&job->near, c, i, n), vf_set1(80.0f));
        const vf others = vf_max(vf_sub(far, around_own(&job->far, c, i, n)), zero);
        const vf all = vf_mul(vf_add(one, near), vf_add(one, others));
        const vf light = vf_mul(vf_exp(own), vf_add(one, far));
        vf_store_n(job->left[c] + i, vf_min(vf_div(light, all), one), n);
    }
}

void SMPK_FN(around)(const smpk_around *job, size_t n)
{
    for (size_t i = 0; i < n; i += SMPK_LANES)
        around_group(job, i, n - i < SMPK_LANES ? n - i : SMPK_LANES);
}
