/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * place - cores on the skin as bumps in the picture, a lane for each: foreshortening, blur and the
 * pixel's box add their variances, k follows the kurtosis of the sum, (1 - q)^k = t^power (a + b
 * t), and amounts per mm2 turn into amounts per pixel. Domain: finite; r2 and extra above 0.
 * source: docs/model/render.md, "Cores"; error against double: tests/kernels/check_dots.h */
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

/* What goes into the records, lane by lane. */
typedef struct place_lanes {
    float qxx[SMPK_LANES], qxy[SMPK_LANES], qyy[SMPK_LANES];
    float power[SMPK_LANES], a[SMPK_LANES], b[SMPK_LANES];
    float reach_u[SMPK_LANES], reach_v[SMPK_LANES], amount[3][SMPK_LANES];
} place_lanes;

static inline void place_put(const smpk_place *job, const place_lanes *l, size_t i, size_t n)
{
    for (size_t j = 0; j < n; j++) {
        smpk_bump *out = job->out + i + j;
        out->bump = (smpk_dot){.x = job->x[i + j], .y = job->y[i + j]};
        out->bump.qxx = l->qxx[j];
        out->bump.qxy = l->qxy[j];
        out->bump.qyy = l->qyy[j];
        out->bump.a = l->a[j];
        out->bump.b = l->b[j];
        for (int c = 0; c < 3; c++)
            out->bump.amount[c] = l->amount[c][j];
        out->bump.power = (uint32_t)l->power[j];
        out->reach_u = l->reach_u[j];
        out->reach_v = l->reach_v[j];
    }
}

/* Variances in the picture: of skin alone, and with what is added. */
typedef struct place_spread {
    vf uu, uv, vv, skin, det, own;
} place_spread;

static inline place_spread place_see(const smpk_place *job, vf extra, size_t i, size_t n)
{
    const vf cov_uu = vf_load_n(job->uu + i, n), cov_uv = vf_load_n(job->uv + i, n);
    const vf cov_vv = vf_load_n(job->vv + i, n);
    const vf half = vf_mul(vf_set1(0.5f), vf_load_n(job->r2 + i, n));
    place_spread s = {.uv = vf_mul(cov_uv, half)};
    s.uu = vf_add(vf_mul(cov_uu, half), extra);
    s.vv = vf_add(vf_mul(cov_vv, half), extra);
    s.skin = vf_sub(vf_mul(cov_uu, cov_vv), vf_mul(cov_uv, cov_uv));
    s.skin = vf_max(s.skin, vf_set1(0.0f));
    s.det = vf_sub(vf_mul(s.uu, s.vv), vf_mul(s.uv, s.uv));
    s.own = vf_mul(vf_add(cov_uu, cov_vv), half);
    return s;
}

static void place_group(const smpk_place *job, size_t i, size_t n)
{
    const vf one = vf_set1(1.0f), two = vf_set1(2.0f), zero = vf_set1(0.0f);
    const vf extra = vf_load_n(job->extra + i, n);
    const place_spread s = place_see(job, extra, i, n);
    place_lanes l;
    /* E r^4 / (E r^2)^2 of a core blurred by a Gaussian, less than 2 by so much */
    const vf w = vf_div(s.own, vf_add(s.own, vf_mul(two, extra)));
    const vf flat = vf_mul(vf_mul(vf_sub(two, vf_load_n(job->kurtosis + i, n)), w), w);
    vf k = vf_div(vf_sub(two, vf_mul(vf_set1(3.0f), flat)), flat);
    k = vf_hold(k, vf_set1(1.5f), vf_set1(8.0f));
    const place_bump bump = place_shape(k);
    const vf radius2 = vf_mul(two, vf_add(k, two));
    const vf per = vf_div(one, vf_mul(s.det, radius2));
    /* sqrt(skin / det) / (pi radius2) */
    vf scale = vf_sqrt(vf_mul(s.skin, vf_mul(per, radius2)));
    scale = vf_mul(scale, vf_mul(vf_set1(0.318309886f), vf_mul(per, s.det)));
    vf any = zero;
    for (int c = 0; c < 3; c++) {
        vf core = vf_load_n(job->core[c] + i, n);
        core = c ? core : vf_mul(core, vf_load_n(job->red + i, n));
        any = vf_add(any, core);
        vf_store(l.amount[c], vf_mul(core, scale));
    }
    vf_store(l.power, bump.power);
    vf_store(l.a, bump.a);
    vf_store(l.b, bump.b);
    vf_store(l.qxx, vf_mul(s.vv, per));
    vf_store(l.qyy, vf_mul(s.uu, per));
    vf_store(l.qxy, vf_mul(vf_sub(zero, s.uv), per));
    const vf least = vf_set1(1e-30f);
    vf_store(l.reach_u, vf_where_ge(any, least, vf_sqrt(vf_mul(s.uu, radius2)), zero));
    vf_store(l.reach_v, vf_where_ge(any, least, vf_sqrt(vf_mul(s.vv, radius2)), zero));
    place_put(job, &l, i, n);
}

void SMPK_FN(place)(const smpk_place *job, size_t n)
{
    for (size_t i = 0; i < n; i += SMPK_LANES)
        place_group(job, i, n - i < SMPK_LANES ? n - i : SMPK_LANES);
}
