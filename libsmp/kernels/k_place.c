/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * place - cores on the skin as bumps in the picture, a lane for each: foreshortening, blur and the
 * pixel's box add their variances, k follows the kurtosis of the sum, (1 - q)^k = t^power (a + b
 * t). scale is what an amount in mm2 is to be multiplied with. Domain: finite; r2 and extra above
 * 0. source: docs/model/render.md, "Cores"; error against double: tests/kernels/check_dots.h */
#include "kernels/isa.h"
#include "kernels/kernels.h"
#include "kernels/vec.h"

typedef struct place_bump {
    vf power, a, b;
} place_bump;

/* Unit integral over a disc of radius 1 but for 1 / pi. */
static inline place_bump place_shape(vf k)
{
    const vf one = vf_set1(1.0f), two = vf_set1(2.0f), shift = vf_set1(12582912.0f);
    place_bump bump;
    /* rounding k - 1/2: at whole k either neighbour gives the same bump */
    bump.power = vf_sub(vf_add(vf_sub(k, vf_set1(0.5f)), shift), shift);
    const vf n2 = vf_add(bump.power, two), n3 = vf_add(n2, one), k2 = vf_add(k, two);
    /* (1 / n2 - 1 / k2) / (1 / n2 - 1 / n3) */
    const vf f = vf_div(vf_mul(vf_sub(k, bump.power), n3), k2);
    bump.a = vf_mul(vf_sub(one, f), vf_add(bump.power, one));
    bump.b = vf_mul(f, n2);
    return bump;
}

static void place_group(const smpk_place *job, size_t i, size_t n)
{
    const vf one = vf_set1(1.0f), two = vf_set1(2.0f), zero = vf_set1(0.0f);
    const vf cov_uu = vf_load_n(job->uu + i, n), cov_uv = vf_load_n(job->uv + i, n);
    const vf cov_vv = vf_load_n(job->vv + i, n), extra = vf_load_n(job->extra + i, n);
    const vf r2 = vf_load_n(job->r2 + i, n), c = vf_load_n(job->kurtosis + i, n);
    const vf half = vf_mul(vf_set1(0.5f), r2);
    const vf uu = vf_add(vf_mul(cov_uu, half), extra), vv = vf_add(vf_mul(cov_vv, half), extra);
    const vf uv = vf_mul(cov_uv, half);
    const vf det = vf_sub(vf_mul(uu, vv), vf_mul(uv, uv));
    const vf skin = vf_sub(vf_mul(cov_uu, cov_vv), vf_mul(cov_uv, cov_uv));
    /* E r^4 / (E r^2)^2 of a core blurred by a Gaussian */
    const vf own = vf_mul(vf_add(cov_uu, cov_vv), half);
    const vf w = vf_div(own, vf_add(own, vf_mul(two, extra)));
    const vf kurtosis = vf_sub(two, vf_mul(vf_mul(vf_sub(two, c), w), w));
    vf k = vf_div(vf_sub(vf_mul(vf_set1(3.0f), kurtosis), vf_set1(4.0f)), vf_sub(two, kurtosis));
    k = vf_hold(k, vf_set1(1.5f), vf_set1(8.0f));
    const place_bump bump = place_shape(k);
    const vf radius2 = vf_mul(two, vf_add(k, two));
    const vf per = vf_div(one, vf_mul(det, radius2));
    vf_store_n(job->power + i, bump.power, n);
    vf_store_n(job->a + i, bump.a, n);
    vf_store_n(job->b + i, bump.b, n);
    vf_store_n(job->qxx + i, vf_mul(vv, per), n);
    vf_store_n(job->qyy + i, vf_mul(uu, per), n);
    vf_store_n(job->qxy + i, vf_mul(vf_sub(zero, uv), per), n);
    vf_store_n(job->reach_u + i, vf_sqrt(vf_mul(uu, radius2)), n);
    vf_store_n(job->reach_v + i, vf_sqrt(vf_mul(vv, radius2)), n);
    const vf area = vf_sqrt(vf_max(skin, zero));
    vf_store_n(job->scale + i,
               vf_div(area, vf_mul(vf_mul(vf_set1(3.14159265f), radius2), vf_sqrt(det))), n);
}

void SMPK_FN(place)(const smpk_place *job, size_t n)
{
    for (size_t i = 0; i < n; i += SMPK_LANES)
        place_group(job, i, n - i < SMPK_LANES ? n - i : SMPK_LANES);
}
