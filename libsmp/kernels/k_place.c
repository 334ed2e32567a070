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

/* What goes into the records, lane by lane: x, y, then as PLACE_ says; at least four lanes, so that
 * four records can be written at once. */
#define PLACE_ROOM (SMPK_LANES < 4 ? 4 : SMPK_LANES)
enum {
    PLACE_QXX = 2,
    PLACE_QXY,
    PLACE_QYY,
    PLACE_A,
    PLACE_B,
    PLACE_AMOUNT,
    PLACE_POWER = 10,
    PLACE_REACH_U,
    PLACE_REACH_V,
    PLACE_FIELDS
};
typedef struct place_lanes {
    float at[PLACE_FIELDS][PLACE_ROOM];
} place_lanes;

_Static_assert(sizeof(smpk_bump) == PLACE_FIELDS * sizeof(float), "a record is nothing but these");

static inline void place_put(const place_lanes *l, smpk_bump *out, size_t n)
{
    float turned[4][12];
    for (size_t j = 0; j < n; j += 4) {
        for (int f = 0; f < 12; f += 4) {
            const float *const from[4] = {l->at[f] + j, l->at[f + 1] + j, l->at[f + 2] + j,
                                          l->at[f + 3] + j};
            float *const to[4] = {turned[0] + f, turned[1] + f, turned[2] + f, turned[3] + f};
            vec_turn(from, to);
        }
        for (size_t k = 0; k < 4 && j + k < n; k++) {
            memcpy(out + j + k, turned[k], sizeof turned[k]);
            out[j + k].reach_v = l->at[PLACE_REACH_V][j + k];
        }
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
    const vf extra = vf_sub(vf_load_n(job->extra + i, n), vf_set1(job->less));
    const place_spread s = place_see(job, extra, i, n);
    place_lanes l;
    if (SMPK_LANES < PLACE_ROOM)
        memset(&l, 0, sizeof l);
    /* E r^4 / (E r^2)^2 of a core blurred by a Gaussian, less than 2 by so much; what nodes give
     * back is flat, too */
    const vf both = vf_add(s.own, vf_mul(two, extra)), w = vf_div(s.own, both);
    const vf given = vf_div(vf_set1(0.8f * job->less * job->less), vf_mul(both, both));
    vf flat = vf_mul(vf_mul(vf_sub(two, vf_load_n(job->kurtosis + i, n)), w), w);
    flat = vf_max(vf_sub(flat, given), vf_set1(0.1f));
    vf k = vf_div(vf_sub(two, vf_mul(vf_set1(3.0f), flat)), flat);
    k = vf_hold(k, vf_set1(1.5f), vf_set1(job->most));
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
        vf_store(l.at[PLACE_AMOUNT + c], vf_mul(core, scale));
    }
    vf_store(l.at[0], vf_load_n(job->x + i, n));
    vf_store(l.at[1], vf_load_n(job->y + i, n));
    /* as whole numbers: the bits that adding 2^23 leaves */
    const vf whole = vf_add(bump.power, vf_set1(8388608.0f));
    const vi power = vi_and(vi_of_bits(whole), vi_set1(0x7fffff));
    vf_store(l.at[PLACE_POWER], vf_of_bits(power));
    vf_store(l.at[PLACE_A], bump.a);
    vf_store(l.at[PLACE_B], bump.b);
    vf_store(l.at[PLACE_QXX], vf_mul(s.vv, per));
    vf_store(l.at[PLACE_QYY], vf_mul(s.uu, per));
    vf_store(l.at[PLACE_QXY], vf_mul(vf_sub(zero, s.uv), per));
    const vf least = vf_set1(1e-30f);
    vf_store(l.at[PLACE_REACH_U], vf_where_ge(any, least, vf_sqrt(vf_mul(s.uu, radius2)), zero));
    vf_store(l.at[PLACE_REACH_V], vf_where_ge(any, least, vf_sqrt(vf_mul(s.vv, radius2)), zero));
    place_put(&l, job->out + i, n);
}

void SMPK_FN(place)(const smpk_place *job, size_t n)
{
    for (size_t i = 0; i < n; i += SMPK_LANES)
        place_group(job, i, n - i < SMPK_LANES ? n - i : SMPK_LANES);
}
