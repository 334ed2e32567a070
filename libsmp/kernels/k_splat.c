/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * splat - add one soft elliptical dot to three planes: plane[y][x] += amount w(x, y),
 * w = t^power (a + b t) with t = 1 - q where t is at least SMPK_SPLAT_LEAST of the power, else 0;
 * q = qxx dx^2 + 2 qxy dx dy + qyy dy^2, dx and dy from the dot. What is left out is t^power below
 * 2^-12. Domain: q finite, q not below -1e-6, power from 1 to 8; reach_x and reach_y not below what
 * the part that counts needs. Columns are worked on in whole
 * groups of SMPK_SPLAT_GROUP, counted from the planes' first: those beside x0 and x1 are read and
 * written, too, with anything. Error: that of float arithmetic, below 2^-19 of the amount for
 * q <= 1; where t is within that of its least, w may be 0. */
#include "kernels/isa.h"
#include "kernels/kernels.h"

#include "kernels/vec.h"

typedef struct splat_job {
    const smpk_patch *on;
    const smpk_dot *dot;
    float least;      /* of t */
    float slope, per; /* of the ellipse's middle along a column; 1 / its half width */
    vf a, b, red, green, blue;
} splat_job;

#define SPLAT_STRIPS 2 /* beside each other, worked on together row by row */

static inline vf splat_power(vf t, uint32_t power)
{
    const vf t2 = vf_mul(t, t), t4 = vf_mul(t2, t2);
    switch (power) {
    case 1:
        return t;
    case 2:
        return t2;
    case 3:
        return vf_mul(t2, t);
    case 4:
        return t4;
    case 5:
        return vf_mul(t4, t);
    case 6:
        return vf_mul(t4, t2);
    case 7:
        return vf_mul(vf_mul(t4, t2), t);
    default:
        return vf_mul(t4, t4);
    }
}

/* The rows [from, to) of some columns in which the dot may be anything, and a row more at either
 * end for the sake of rounding: half heights are at most reach_y (1 - z^2 / 2), z = dx / reach_x.
 */
static inline void splat_rows(const splat_job *job, size_t column, size_t count, size_t *from,
                              size_t *to)
{
    const smpk_patch *on = job->on;
    const float left = (float)column - job->dot->x, right = left + (float)(count - 1);
    const float nearest = left > 0.0f ? left : right < 0.0f ? right : 0.0f;
    const float z = nearest * job->per, a = job->slope * left, b = job->slope * right;
    const float half = job->on->reach_y * (1.0f - 0.5f * z * z) + 1.0f;
    const float low = job->dot->y + (a < b ? a : b) - half - (float)on->y0;
    const float high = job->dot->y + (a < b ? b : a) + half + 1.0f - (float)on->y0;
    const float rows = (float)(on->y1 - on->y0);
    *from = on->y0 + (low > 0.0f ? (low < rows ? (size_t)(uint32_t)low : on->y1 - on->y0) : 0);
    *to = on->y0 + (high < rows ? (high > 0.0f ? (size_t)(uint32_t)high : 0) : on->y1 - on->y0);
}

static inline void splat_add(float *plane, vf w, vf amount)
{
    vf_store(plane, vf_add(vf_load(plane), vf_mul(w, amount)));
}

static inline void splat_columns(const splat_job *job, size_t column, size_t strips, uint32_t power)
{
    const smpk_dot dot = *job->dot; /* a copy: no plane can change it */
    const size_t stride = job->on->stride;
    const vf least = vf_set1(job->least), one = vf_set1(1.0f);
    vf dx[SPLAT_STRIPS], middle[SPLAT_STRIPS];
    for (size_t k = 0; k < strips; k++) {
        dx[k] = vf_sub(vf_count_from((float)(column + k * SMPK_LANES)), vf_set1(dot.x));
        middle[k] = vf_sub(one, vf_mul(vf_mul(vf_set1(dot.qxx), dx[k]), dx[k]));
    }
    size_t from, to;
    splat_rows(job, column, strips * SMPK_LANES, &from, &to);
    float *r = job->on->plane[0] + from * stride + column;
    float *g = job->on->plane[1] + from * stride + column;
    float *b = job->on->plane[2] + from * stride + column;
    for (size_t j = from; j < to; j++, r += stride, g += stride, b += stride) {
        const float dy = (float)(int32_t)j - dot.y;
        const vf cross = vf_set1(2.0f * dot.qxy * dy), rest = vf_set1(dot.qyy * dy * dy);
        for (size_t k = 0; k < strips; k++) {
            vf t = vf_sub(vf_sub(middle[k], rest), vf_mul(cross, dx[k]));
            t = vf_keep_ge(t, least);
            const vf w = vf_mul(splat_power(t, power), vf_add(job->a, vf_mul(job->b, t)));
            splat_add(r + k * SMPK_LANES, w, job->red);
            splat_add(g + k * SMPK_LANES, w, job->green);
            splat_add(b + k * SMPK_LANES, w, job->blue);
        }
    }
}

static inline void splat_all(const splat_job *job, uint32_t power)
{
    size_t i = job->on->x0 / SMPK_LANES * SMPK_LANES;
    for (; i + SMPK_LANES < job->on->x1; i += SPLAT_STRIPS * SMPK_LANES)
        splat_columns(job, i, SPLAT_STRIPS, power);
    if (i < job->on->x1)
        splat_columns(job, i, 1, power);
}

void SMPK_FN(splat)(const smpk_patch *on, const smpk_dot *dot)
{
    static const float least[9] = SMPK_SPLAT_LEAST;
    vec_fetch(on->soon);
    vec_fetch((const char *)on->soon + 48);
    const splat_job job = {on,
                           dot,
                           least[dot->power],
                           -dot->qxy / dot->qyy,
                           1.0f / on->reach_x,
                           vf_set1(dot->a),
                           vf_set1(dot->b),
                           vf_set1(dot->amount[0]),
                           vf_set1(dot->amount[1]),
                           vf_set1(dot->amount[2])};
    switch (dot->power) { /* each with a loop of its own */
    case 1:
        splat_all(&job, 1);
        break;
    case 2:
        splat_all(&job, 2);
        break;
    case 3:
        splat_all(&job, 3);
        break;
    case 4:
        splat_all(&job, 4);
        break;
    case 5:
        splat_all(&job, 5);
        break;
    case 6:
        splat_all(&job, 6);
        break;
    case 7:
        splat_all(&job, 7);
        break;
    default:
        splat_all(&job, 8);
    }
}
