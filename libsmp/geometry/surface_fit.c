/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The fit of a head's surface: residuals of samples, robust steps, several starts. source:
 * docs/model/geometry.md 10 */
#include "geometry/surface_fit.h"

#include <math.h>
#include <string.h>

#include "base/math.h"
#include "geometry/camera.h"

enum { FREE = 7, YAWS = 5, PITCHES = 3 };

#define WIDE_MM 40.0     /* the soft threshold of the first round and of the last */
#define NARROW_MM 8.0    /* 12 and more let a neck pull the chin */
#define NARROWER 0.85    /* from round to round */
#define INDEPENDENT 50.0 /* patches of a head whose errors have nothing to do with each other */
#define APART_RAD 0.35
/* Below the glabella a face is no ellipsoid: jaws stand 80 mm before its lowest point. */
#define FACE_MM 40.0 /* from the level of the glabella down to where a sample counts least */
#define FACE_WEIGHT 0.04
#define USUAL_UP_MM 68.0 /* from the crown to the widest level of the default head */
#define COARSE 5         /* starts look at one sample of so many */

/* mm between a point (camera axes) and the surface, positive outside; first order. */
static double off_surface(const smpi_surface_job *job, const smpi_surface_state *s,
                          const double p[3], double *rise)
{
    const smpi_ellipsoid *e = &job->head;
    double d[3], x[3];
    for (int i = 0; i < 3; i++)
        d[i] = p[i] - s->shift[i];
    for (int i = 0; i < 3; i++)
        x[i] = (s->rotation[i] * d[0] + s->rotation[3 + i] * d[1] + s->rotation[6 + i] * d[2]) /
               (1.0 + s->size);
    x[1] -= e->cy;
    *rise = x[1];
    const double axis[3] = {e->a, smpi_half_y(e, x[1]), e->c};
    double f = 0.0, slope = 0.0;
    for (int i = 0; i < 3; i++) {
        const double u = x[i] / axis[i];
        f += u * u;
        slope += u * u / (axis[i] * axis[i]);
    }
    f = sqrt(f);
    return (1.0 + s->size) * (f - 1.0) * f / sqrt(slope + 1e-12);
}

/* Pixels between where a normal is and where the head has it. */
static void off_normal(const smpi_surface_job *job, const smpi_surface_state *s,
                       const smpi_sample *at, double out[2], double *rise)
{
    const smpi_ellipsoid *e = &job->head;
    const double *r = s->rotation, *n = at->p;
    double m[3], x[3];
    for (int i = 0; i < 3; i++)
        m[i] = r[i] * n[0] + r[3 + i] * n[1] + r[6 + i] * n[2];
    const double axis[3] = {e->a, smpi_half_y(e, m[1]), e->c};
    double h = 0.0;
    for (int i = 0; i < 3; i++)
        h += axis[i] * axis[i] * m[i] * m[i];
    h = sqrt(h);
    for (int i = 0; i < 3; i++)
        x[i] = axis[i] * axis[i] * m[i] / h;
    *rise = x[1];
    x[1] += e->cy;
    const double k = smpi_exp(s->shift[2]);
    out[0] = at->uv[0] - s->shift[0] - k * (r[0] * x[0] + r[1] * x[1] + r[2] * x[2]);
    out[1] = at->uv[1] - s->shift[1] + k * (r[3] * x[0] + r[4] * x[1] + r[5] * x[2]);
}

/* rise: mm above the widest level of the head where the sample lies. */
static int residual(const smpi_surface_job *job, const smpi_surface_state *s, uint32_t i,
                    double out[2], double *rise)
{
    if (job->normals) {
        off_normal(job, s, &job->sample[i], out, rise);
        return 2;
    }
    out[0] = off_surface(job, s, job->sample[i].p, rise);
    out[1] = 0.0;
    return 1;
}

/* The rows that hold the pose near the hint, and scale and size where they are known. */
static void priors(const smpi_surface_job *job, const smpi_surface_state *s, double out[5])
{
    double turn[9], trace;
    const double *a = s->rotation, *h = job->hint;
    for (int i = 0; i < 9; i++)
        turn[i] = a[i / 3 * 3] * h[i % 3 * 3] + a[i / 3 * 3 + 1] * h[i % 3 * 3 + 1] +
                  a[i / 3 * 3 + 2] * h[i % 3 * 3 + 2];
    trace = turn[0] + turn[4] + turn[8];
    const double angle = smpi_acos(0.5 * (trace - 1.0)), sine = smpi_sin(angle);
    const double k = 0.5 * (sine > 1e-6 ? angle / sine : 1.0) / job->hint_sigma_rad;
    out[0] = k * (turn[7] - turn[5]);
    out[1] = k * (turn[2] - turn[6]);
    out[2] = k * (turn[3] - turn[1]);
    out[3] = job->scale_sigma > 0.0 ? (s->shift[2] - job->log_scale) / job->scale_sigma : 0.0;
    out[4] = job->size_sigma > 0.0 ? s->size / job->size_sigma : 0.0;
}

static void step_one(smpi_surface_state *s, int which, double by)
{
    double turn[3] = {0.0, 0.0, 0.0};
    if (which < 3) {
        turn[which] = by;
        smpi_rotation_turn(s->rotation, turn);
    } else if (which < 6) {
        s->shift[which - 3] += by;
    } else {
        s->size += by;
    }
}

/* What a sample counts. The widest level is some 30 mm above the glabella. */
static double part_of_face(const smpi_surface_job *job, double rise)
{
    const double glabella = job->head.up * (1.0 - SMPI_GLABELLA_MM / USUAL_UP_MM);
    const double below = (glabella - rise) / FACE_MM;
    const double left = below > 0.0 ? 1.0 - below : 1.0;
    return left > FACE_WEIGHT ? left : FACE_WEIGHT;
}

typedef struct equations {
    double normal[FREE][FREE], down[FREE], cost, inliers, squares;
    int free_count;
} equations;

static double step_of(const smpi_surface_job *job, int which)
{
    if (which < 3)
        return 1e-5;
    return which == 6 || (job->normals && which == 5) ? 1e-6 : 1e-3;
}

static void add_row(equations *e, const double *slope, double r, double weight)
{
    for (int a = 0; a < e->free_count; a++) {
        e->down[a] -= weight * slope[a] * r;
        for (int b = 0; b <= a; b++)
            e->normal[a][b] += weight * slope[a] * slope[b];
    }
}

/* One pass over samples and priors. Each sample counts as its share of the independent patches. */
static void accumulate(const smpi_surface_job *job, const smpi_surface_state *s, double soft,
                       uint32_t every, equations *e)
{
    smpi_surface_state ahead[FREE], behind[FREE];
    const double share = INDEPENDENT * every / job->count,
                 c2 = soft * soft * job->looser * job->looser;
    const double unit = NARROW_MM * NARROW_MM * job->looser * job->looser / 9.0;
    memset(e, 0, sizeof *e);
    e->free_count = job->size_sigma > 0.0 ? FREE : FREE - 1;
    for (int j = 0; j < e->free_count; j++) {
        ahead[j] = behind[j] = *s;
        step_one(&ahead[j], j, step_of(job, j));
        step_one(&behind[j], j, -step_of(job, j));
    }
    for (uint32_t i = 0; i < job->count; i += every) {
        double r[2], f[2], b[2], slope[2][FREE];
        double rise, other;
        const int rows = residual(job, s, i, r, &rise);
        const double square = r[0] * r[0] + r[1] * r[1];
        const double counts = part_of_face(job, rise);
        const double pull = c2 / (c2 + square), weight = counts * share * pull * pull / unit;
        for (int j = 0; j < e->free_count; j++) {
            residual(job, &ahead[j], i, f, &other);
            residual(job, &behind[j], i, b, &other);
            for (int k = 0; k < rows; k++)
                slope[k][j] = (f[k] - b[k]) / (2.0 * step_of(job, j));
        }
        for (int k = 0; k < rows; k++)
            add_row(e, slope[k], r[k], weight);
        e->cost += counts * share * square * pull / unit;
        e->inliers += square < c2 ? (double)every / job->count : 0.0;
        e->squares += square < c2 ? square : 0.0;
    }
    double r[5], f[5], b[5], slope[FREE];
    priors(job, s, r);
    for (int k = 0; k < 5; k++) {
        for (int j = 0; j < e->free_count; j++) {
            priors(job, &ahead[j], f);
            priors(job, &behind[j], b);
            slope[j] = (f[k] - b[k]) / (2.0 * step_of(job, j));
        }
        add_row(e, slope, r[k], 1.0);
        e->cost += r[k] * r[k];
    }
}

/* `soft`: the first threshold; every: which of the samples are looked at. */
static void refine(const smpi_surface_job *job, double soft, uint32_t every, int rounds,
                   smpi_surface_result *result)
{
    equations e;
    for (int round = 0; round < rounds; round++) {
        accumulate(job, &result->state, soft, every, &e);
        for (int i = 0; i < e.free_count; i++)
            e.normal[i][i] = e.normal[i][i] * 1.02 + 1e-12;
        if (!smpi_solve_spd(e.normal[0], e.free_count, FREE, e.down, NULL))
            break;
        /* At most half a radian or 60 mm at once. */
        double most = 1.0;
        for (int i = 0; i < e.free_count; i++) {
            const double limit = i < 3 || i == 6 || (job->normals && i == 5) ? 0.5 : 60.0;
            const double over = fabs(e.down[i]) / (i >= 3 && i < 5 ? limit * job->looser : limit);
            most = over > most ? over : most;
        }
        for (int i = 0; i < e.free_count; i++)
            step_one(&result->state, i, e.down[i] / most);
        soft = soft * NARROWER > NARROW_MM ? soft * NARROWER : NARROW_MM;
    }
    accumulate(job, &result->state, NARROW_MM, every, &e);
    result->cost = e.cost;
    result->inliers = e.inliers;
    result->rms = sqrt(e.squares * every / (e.inliers * job->count + 1e-9)) / job->looser;
    double inverse[FREE] = {0.0};
    const int solved = smpi_solve_spd(e.normal[0], e.free_count, FREE, e.down, inverse);
    for (int i = 0; i < FREE; i++)
        result->sigma[i] = solved ? sqrt(inverse[i]) : 1e3;
}

/* Where the head is, before anything is known: the middle of the samples, and for depths behind
 * them. */
static void place(const smpi_surface_job *job, smpi_surface_state *s)
{
    double mean[3] = {0.0, 0.0, 0.0}, spread = 0.0;
    const double n = job->count;
    for (uint32_t i = 0; i < job->count; i++) {
        const double *p = job->normals ? job->sample[i].uv : job->sample[i].p;
        for (int k = 0; k < (job->normals ? 2 : 3); k++)
            mean[k] += p[k] / n;
    }
    for (uint32_t i = 0; i < job->count; i++) {
        const double *p = job->normals ? job->sample[i].uv : job->sample[i].p;
        spread += (p[0] - mean[0]) * (p[0] - mean[0]) + (p[1] - mean[1]) * (p[1] - mean[1]);
    }
    const double *r = s->rotation, cy = job->head.cy;
    if (job->normals) { /* a filled ellipse of half axes a and b has a mean square of (a^2+b^2)/4 */
        const double half = 0.5 * (job->head.up + job->head.down), a = job->head.a;
        const double k = job->scale_sigma > 0.0 ? smpi_exp(job->log_scale)
                                                : sqrt(4.0 * spread / n / (a * a + half * half));
        s->shift[2] = smpi_log(k);
        s->shift[0] = mean[0] - k * r[1] * cy;
        s->shift[1] = mean[1] + k * r[4] * cy;
    } else {
        for (int i = 0; i < 3; i++)
            s->shift[i] = mean[i] - r[3 * i + 1] * cy - (i == 2 ? 0.6 * job->head.c : 0.0);
    }
    s->size = 0.0;
}

void smpi_surface_fit(const smpi_surface_job *job, smpi_surface_result *best,
                      smpi_surface_result *second)
{
    smpi_surface_result all[YAWS * PITCHES];
    const double reach = job->hint_sigma_rad < 0.5 ? job->hint_sigma_rad : 0.5;
    int first = 0;
    for (int i = 0; i < YAWS * PITCHES; i++) {
        const double yaw[3] = {0.0, reach * (i % YAWS - YAWS / 2), 0.0};
        const double pitch[3] = {reach * (i / YAWS - PITCHES / 2), 0.0, 0.0};
        memcpy(all[i].state.rotation, job->hint, sizeof job->hint);
        smpi_rotation_turn(all[i].state.rotation, yaw);
        smpi_rotation_turn(all[i].state.rotation, pitch);
        place(job, &all[i].state);
        refine(job, WIDE_MM, COARSE, 18, &all[i]);
        if (all[i].cost < all[first].cost)
            first = i;
    }
    *best = all[first];
    *second = *best;
    second->cost = 1e300;
    for (int i = 0; i < YAWS * PITCHES; i++) {
        const double apart = smpi_rotation_between(all[i].state.rotation, best->state.rotation);
        if (apart > APART_RAD && all[i].cost < second->cost)
            *second = all[i];
    }
    refine(job, 2.0 * NARROW_MM, 1, 20, best);
    if (second->cost < 1e300)
        refine(job, 2.0 * NARROW_MM, 1, 10, second);
    if (smpi_rotation_between(second->state.rotation, best->state.rotation) < APART_RAD)
        second->cost = 1e300;
}
