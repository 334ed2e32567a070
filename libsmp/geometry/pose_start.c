/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Where fits of a pose start: a grid over all directions, the best turn, scale and shift of each in
 * closed form, and the local minima among them. source: docs/model/geometry.md 7 */
#include <math.h>

#include "base/math.h"
#include "geometry/camera.h"
#include "geometry/pose_fit.h"

enum { YAWS = 24, PITCHES = 12, STARTS = 10 };

#define APART_RAD 0.26   /* poses nearer than 15 degrees are one */
#define TURNED_COST 40.0 /* of a face that is seen from behind, against standard deviations^2 */

typedef struct start {
    smpi_pose_state state;
    double cost;
} start;

typedef struct sums {
    double weight, p[2], q[2], pp, qq, re, im;
} sums;

/* A mark as the rotation shows it, and in the picture (y up); returns its weight. */
static double shown(const smpi_mark *m, const double *r, double p[2], double q[2])
{
    for (int k = 0; k < 2; k++)
        p[k] = r[3 * k] * m->xyz[0] + r[3 * k + 1] * m->xyz[1] + r[3 * k + 2] * m->xyz[2];
    q[0] = m->uv[0];
    q[1] = -m->uv[1];
    return m->seen * m->seen / (4.0 + m->var[0] + m->var[1] + m->var[2]);
}

/* The similarity that carries the points p, as the rotation shows them, to the picture. */
static sums gather(const smpi_pose_job *job, const double *r)
{
    sums s = {0};
    double p[2], q[2];
    for (uint32_t i = 0; i < job->count; i++) {
        const double w = shown(&job->mark[i], r, p, q);
        s.weight += w;
        for (int k = 0; k < 2; k++) {
            s.p[k] += w * p[k];
            s.q[k] += w * q[k];
        }
    }
    for (int k = 0; k < 2; k++) {
        s.p[k] /= s.weight;
        s.q[k] /= s.weight;
    }
    for (uint32_t i = 0; i < job->count; i++) {
        const double w = shown(&job->mark[i], r, p, q);
        const double a = p[0] - s.p[0], b = p[1] - s.p[1];
        const double c = q[0] - s.q[0], d = q[1] - s.q[1];
        s.pp += w * (a * a + b * b);
        s.qq += w * (c * c + d * d);
        s.re += w * (a * c + b * d);
        s.im += w * (a * d - b * c);
    }
    return s;
}

static start start_at(const smpi_pose_job *job, double yaw_deg, double pitch_deg)
{
    start out = {.cost = 1e30};
    const smp_pose pose = {yaw_deg, pitch_deg, 0.0};
    double *r = out.state.rotation;
    smpi_rotation(&pose, r);
    const sums s = gather(job, r);
    const double size = sqrt(s.re * s.re + s.im * s.im);
    if (!(s.pp > 0.0) || !(size > 0.0))
        return out;
    out.state.scale = size / s.pp;
    if (job->px_per_mm > 0.0)
        out.state.scale = job->px_per_mm;
    out.state.near_by = job->inverse_distance;
    const double k = s.re / size, t = s.im / size; /* cosine and sine, counter-clockwise */
    for (int i = 0; i < 3; i++) {
        const double x = r[i], y = r[3 + i];
        r[i] = k * x - t * y;
        r[3 + i] = t * x + k * y;
    }
    out.state.center[0] = s.q[0] - out.state.scale * (k * s.p[0] - t * s.p[1]);
    out.state.center[1] = -(s.q[1] - out.state.scale * (t * s.p[0] + k * s.p[1]));
    out.cost = (s.qq - size * size / s.pp) / s.qq;
    if (job->hint_sigma_rad > 0.0) {
        const double off = smpi_rotation_between(r, job->hint) / job->hint_sigma_rad;
        out.cost += 0.002 * off * off;
    }
    return out;
}

static void insert(start *best, uint32_t *count, const start *one)
{
    uint32_t at = *count < STARTS ? (*count)++ : STARTS;
    while (at > 0 && best[at - 1].cost > one->cost) {
        if (at < STARTS)
            best[at] = best[at - 1];
        at--;
    }
    if (at < STARTS)
        best[at] = *one;
}

static uint32_t starts(const smpi_pose_job *job, start *best)
{
    start grid[PITCHES][YAWS];
    uint32_t count = 0;
    for (int i = 0; i < PITCHES; i++)
        for (int j = 0; j < YAWS; j++)
            grid[i][j] = start_at(job, -180.0 + j * (360.0 / YAWS), -82.5 + 15.0 * i);
    for (int i = 0; i < PITCHES; i++) {
        for (int j = 0; j < YAWS; j++) {
            int lowest = 1;
            for (int n = 0; n < 9; n++) {
                const int a = i + n / 3 - 1, b = (j + n % 3 - 1 + YAWS) % YAWS;
                if (a >= 0 && a < PITCHES && grid[a][b].cost < grid[i][j].cost)
                    lowest = 0;
            }
            if (lowest)
                insert(best, &count, &grid[i][j]);
        }
    }
    return count;
}

static double rank(const smpi_pose_result *result)
{
    return result->cost + (result->turned > 0.35 ? TURNED_COST : 0.0);
}

uint32_t smpi_pose_fit(const smpi_pose_job *job, smpi_pose_result *result, uint32_t most)
{
    start best[STARTS];
    uint32_t found = 0;
    const uint32_t count = starts(job, best);
    for (uint32_t i = 0; i < count; i++) {
        smpi_pose_result one;
        smpi_pose_refine(job, &best[i].state, &one);
        uint32_t same = 0;
        while (same < found &&
               smpi_rotation_between(result[same].state.rotation, one.state.rotation) > APART_RAD)
            same++;
        if (same < found) { /* the better of the two; then back in order */
            if (rank(&one) < rank(&result[same]))
                result[same] = one;
        } else if (found < most) {
            result[found++] = one;
        } else if (rank(&one) < rank(&result[found - 1])) {
            result[found - 1] = one;
        }
        for (uint32_t a = 1; a < found; a++)
            for (uint32_t b = a; b > 0 && rank(&result[b]) < rank(&result[b - 1]); b--) {
                const smpi_pose_result swap = result[b];
                result[b] = result[b - 1];
                result[b - 1] = swap;
            }
    }
    return found;
}
