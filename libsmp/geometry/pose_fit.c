/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The fit of a pose to marks: residuals, their derivatives by differences, and steps.
 * source: docs/model/geometry.md 7 */
#include "geometry/pose_fit.h"

#include <math.h>
#include <string.h>

#include "base/math.h"

#define HUBER 2.5    /* standard deviations from which a mark pulls no harder */
#define NEAREST 0.1  /* a mark is never nearer to the camera than this share of the distance */
#define IRIS_MM 11.7 /* docs/model/geometry.md 6 */
#define MOST_STEPS 60

enum {
    ROW_IRIS = 0,
    ROW_PUPILS,
    ROW_SCALE,
    ROW_HINT, /* three */
    ROW_SIZE = ROW_HINT + 3,
    ROW_SHAPE, /* three */
    ROW_NEAR = ROW_SHAPE + 3,
    ROW_EXTRA,
    ROWS_MAX = 2 * SMPI_MARKS_MAX + ROW_EXTRA
};

/* What is frozen while steps are compared: how a mark's error is made white. */
typedef struct whitener {
    double l11, l21, l22, pull;
} whitener;

typedef struct work {
    const smpi_pose_job *job;
    whitener white[SMPI_MARKS_MAX];
    int free[SMPI_FREE_COUNT], free_count, rows;
    double r[ROWS_MAX], ahead[ROWS_MAX], behind[ROWS_MAX];
    double slope[ROWS_MAX][SMPI_FREE_COUNT];
    double normal[SMPI_FREE_COUNT][SMPI_FREE_COUNT], down[SMPI_FREE_COUNT];
} work;

static double near_by(const smpi_pose_job *job, const smpi_pose_state *state)
{
    return job->focal_px > 0.0 ? state->scale / job->focal_px : state->near_by;
}

/* Camera coordinates of a point of the grown head, mm; returns the local scale, px/mm. */
static double to_camera(const smpi_pose_job *job, const smpi_pose_state *state, const double xyz[3],
                        double out[3])
{
    double p[3];
    for (int i = 0; i < 3; i++)
        p[i] = xyz[i] * (1.0 + state->size + state->shape[i]);
    for (int i = 0; i < 3; i++)
        out[i] = state->rotation[3 * i] * p[0] + state->rotation[3 * i + 1] * p[1] +
                 state->rotation[3 * i + 2] * p[2];
    const double gap = 1.0 - near_by(job, state) * out[2];
    return state->scale / (gap > NEAREST ? gap : NEAREST);
}

void smpi_pose_project(const smpi_pose_job *job, const smpi_pose_state *state, const double xyz[3],
                       double uv[2])
{
    double p[3];
    const double k = to_camera(job, state, xyz, p);
    uv[0] = state->center[0] + k * p[0];
    uv[1] = state->center[1] - k * p[1];
}

/* The covariance of each mark in the picture, as a Cholesky factor, and how hard it pulls. */
static void whiten(work *w, const smpi_pose_state *state, int robust)
{
    for (uint32_t i = 0; i < w->job->count; i++) {
        const smpi_mark *mark = &w->job->mark[i];
        double p[3], uv[2];
        const double k = to_camera(w->job, state, mark->xyz, p);
        const double *x = state->rotation, *y = x + 3;
        double uu = 0.0, vv = 0.0, cross = 0.0;
        for (int j = 0; j < 3; j++) {
            uu += x[j] * x[j] * mark->var[j];
            vv += y[j] * y[j] * mark->var[j];
            cross -= x[j] * y[j] * mark->var[j];
        }
        const double noise = w->job->noise_px / mark->seen, n2 = noise * noise;
        whitener *to = &w->white[i];
        to->l11 = sqrt(k * k * uu + n2);
        to->l21 = k * k * cross / to->l11;
        to->l22 = sqrt(k * k * vv + n2 - to->l21 * to->l21);
        smpi_pose_project(w->job, state, mark->xyz, uv);
        const double a = (mark->uv[0] - uv[0]) / to->l11;
        const double b = (mark->uv[1] - uv[1] - to->l21 * a) / to->l22;
        const double off = sqrt(a * a + b * b);
        to->pull = robust && off > HUBER ? HUBER / off : 1.0;
    }
}

/* What is known besides the marks. */
static void extra_rows(const smpi_pose_job *job, const smpi_pose_state *state, double *r)
{
    for (int i = 0; i < ROW_EXTRA; i++)
        r[i] = 0.0;
    smpi_pose_state plain = *state; /* eyes are as large in a large head */
    plain.size = plain.shape[0] = plain.shape[1] = plain.shape[2] = 0.0;
    double a[3], b[3];
    const double other[3] = {-job->pupil[0], job->pupil[1], job->pupil[2]};
    const double ka = to_camera(job, &plain, job->pupil, a), kb = to_camera(job, &plain, other, b);
    if (job->iris_px > 0.0)
        r[ROW_IRIS] = smpi_log(job->iris_px / (0.5 * (ka + kb) * IRIS_MM)) / job->iris_sigma;
    if (job->pupils_px > 0.0) {
        const double du = ka * a[0] - kb * b[0], dv = ka * a[1] - kb * b[1];
        const double length = sqrt(du * du + dv * dv) + 1e-9;
        r[ROW_PUPILS] = smpi_log(job->pupils_px / length) / job->pupils_sigma;
    }
    if (job->px_per_mm > 0.0)
        r[ROW_SCALE] = smpi_log(state->scale / job->px_per_mm) / job->px_per_mm_sigma;
    if (job->hint_sigma_rad > 0.0) {
        const double *s = state->rotation, *h = job->hint;
        double m[9]; /* s h^T */
        for (int i = 0; i < 9; i++)
            m[i] = s[i / 3 * 3] * h[i % 3 * 3] + s[i / 3 * 3 + 1] * h[i % 3 * 3 + 1] +
                   s[i / 3 * 3 + 2] * h[i % 3 * 3 + 2];
        const double angle = smpi_acos(0.5 * (m[0] + m[4] + m[8] - 1.0));
        const double sine = smpi_sin(angle);
        const double k = 0.5 * (sine > 1e-6 ? angle / sine : 1.0) / job->hint_sigma_rad;
        r[ROW_HINT] = k * (m[7] - m[5]);
        r[ROW_HINT + 1] = k * (m[2] - m[6]);
        r[ROW_HINT + 2] = k * (m[3] - m[1]);
    }
    if (job->size_sigma > 0.0)
        r[ROW_SIZE] = state->size / job->size_sigma;
    for (int i = 0; i < 3 && job->shape_sigma > 0.0; i++)
        r[ROW_SHAPE + i] = state->shape[i] / job->shape_sigma;
    if (job->inverse_distance_sigma > 0.0)
        r[ROW_NEAR] = (state->near_by - job->inverse_distance) / job->inverse_distance_sigma;
}

static void residuals(const work *w, const smpi_pose_state *state, double *r)
{
    for (uint32_t i = 0; i < w->job->count; i++) {
        const smpi_mark *mark = &w->job->mark[i];
        const whitener *white = &w->white[i];
        double uv[2];
        smpi_pose_project(w->job, state, mark->xyz, uv);
        const double pull = sqrt(white->pull);
        const double a = (mark->uv[0] - uv[0]) / white->l11;
        r[2 * i] = pull * a;
        r[2 * i + 1] = pull * (mark->uv[1] - uv[1] - white->l21 * a) / white->l22;
    }
    extra_rows(w->job, state, r + 2 * (size_t)w->job->count);
}

static double sum_of_squares(const double *r, int count)
{
    double sum = 0.0;
    for (int i = 0; i < count; i++)
        sum += r[i] * r[i];
    return sum;
}

/* The state after a step of one free number. */
static void move(smpi_pose_state *state, int which, double by)
{
    double turn[3] = {0.0, 0.0, 0.0};
    if (which < SMPI_FREE_SHIFT) {
        turn[which] = by;
        smpi_rotation_turn(state->rotation, turn);
    } else if (which < SMPI_FREE_SCALE) {
        state->center[which - SMPI_FREE_SHIFT] += by;
    } else if (which == SMPI_FREE_SCALE) {
        state->scale *= smpi_exp(by);
    } else if (which == SMPI_FREE_SIZE) {
        state->size += by;
    } else if (which < SMPI_FREE_NEAR) {
        state->shape[which - SMPI_FREE_SHAPE] += by;
    } else {
        state->near_by += by;
        if (!(state->near_by > 0.0))
            state->near_by = 0.0;
    }
}

static void slopes(work *w, const smpi_pose_state *state)
{
    static const double steps[SMPI_FREE_COUNT] = {1e-5, 1e-5, 1e-5, 1e-3, 1e-3, 1e-6,
                                                  1e-6, 1e-6, 1e-6, 1e-6, 1e-8};
    for (int j = 0; j < w->free_count; j++) {
        const double step = steps[w->free[j]];
        smpi_pose_state ahead = *state, behind = *state;
        move(&ahead, w->free[j], step);
        move(&behind, w->free[j], -step);
        const double width =
            w->free[j] == SMPI_FREE_NEAR ? ahead.near_by - behind.near_by : 2.0 * step;
        residuals(w, &ahead, w->ahead);
        residuals(w, &behind, w->behind);
        for (int i = 0; i < w->rows; i++)
            w->slope[i][j] = (w->ahead[i] - w->behind[i]) / width;
    }
}

/* J^T J and -J^T r. */
static void normal_equations(work *w)
{
    for (int a = 0; a < w->free_count; a++) {
        w->down[a] = 0.0;
        for (int i = 0; i < w->rows; i++)
            w->down[a] -= w->slope[i][a] * w->r[i];
        for (int b = 0; b <= a; b++) {
            double sum = 0.0;
            for (int i = 0; i < w->rows; i++)
                sum += w->slope[i][a] * w->slope[i][b];
            w->normal[a][b] = w->normal[b][a] = sum;
        }
    }
}

/* One damped step that lowers the sum of squares; returns how much it did, relative. */
static double descend(work *w, smpi_pose_state *state, double *damping)
{
    residuals(w, state, w->r);
    const double before = sum_of_squares(w->r, w->rows);
    slopes(w, state);
    normal_equations(w);
    for (int attempt = 0; attempt < 12; attempt++) {
        double a[SMPI_FREE_COUNT][SMPI_FREE_COUNT], step[SMPI_FREE_COUNT];
        memcpy(a, w->normal, sizeof a);
        memcpy(step, w->down, sizeof step);
        for (int i = 0; i < w->free_count; i++)
            a[i][i] += *damping * a[i][i] + 1e-12;
        smpi_pose_state next = *state;
        if (smpi_solve_spd(a[0], w->free_count, SMPI_FREE_COUNT, step, NULL)) {
            for (int i = 0; i < w->free_count; i++)
                move(&next, w->free[i], step[i]);
            residuals(w, &next, w->ahead);
            const double after = sum_of_squares(w->ahead, w->rows);
            if (after <= before) {
                *state = next;
                *damping = *damping > 1e-9 ? 0.2 * *damping : 1e-9;
                return (before - after) / (before + 1e-12);
            }
        }
        *damping *= 8.0;
    }
    return 0.0;
}

static void list_free(work *w)
{
    const smpi_pose_job *job = w->job;
    w->free_count = 0;
    for (int i = 0; i < SMPI_FREE_COUNT; i++) {
        const int held =
            (i == SMPI_FREE_SIZE && !(job->size_sigma > 0.0)) ||
            (i >= SMPI_FREE_SHAPE && i < SMPI_FREE_NEAR && !(job->shape_sigma > 0.0)) ||
            (i == SMPI_FREE_NEAR && !(job->inverse_distance_sigma > 0.0));
        if (!held)
            w->free[w->free_count++] = i;
    }
    w->rows = (int)(2 * job->count) + ROW_EXTRA;
}

/* chi2, the robust cost, and the spread of the free numbers. */
static void assess(work *w, const smpi_pose_state *state, smpi_pose_result *result)
{
    const smpi_pose_job *job = w->job;
    const int marks = (int)(2 * job->count);
    whiten(w, state, 1);
    residuals(w, state, w->r);
    slopes(w, state);
    normal_equations(w);
    const double extra = sum_of_squares(w->r + marks, ROW_EXTRA);
    double cost = extra, chi2 = extra;
    for (uint32_t i = 0; i < job->count; i++) {
        const double pull = w->white[i].pull;
        const double square = sum_of_squares(w->r + 2 * i, 2) / pull;
        chi2 += square;
        cost += pull < 1.0 ? 2.0 * HUBER * sqrt(square) - HUBER * HUBER : square;
    }
    /* What is held by a prior adds a row and a free number. */
    const int more = (job->iris_px > 0.0) + (job->pupils_px > 0.0) + (job->px_per_mm > 0.0) +
                     3 * (job->hint_sigma_rad > 0.0);
    result->freedom = marks + more - 6;
    if (result->freedom < 1)
        result->freedom = 1;
    result->state = *state;
    result->cost = cost;
    result->chi2 = chi2;
    double inverse[SMPI_FREE_COUNT] = {0.0};
    const int solved =
        smpi_solve_spd(w->normal[0], w->free_count, SMPI_FREE_COUNT, w->down, inverse);
    const double grown = chi2 > result->freedom ? chi2 / result->freedom : 1.0;
    for (int i = 0; i < SMPI_FREE_COUNT; i++)
        result->sigma[i] = 0.0;
    for (int i = 0; i < w->free_count; i++)
        result->sigma[w->free[i]] = solved ? sqrt(grown * inverse[i]) : 1e3;
}

void smpi_pose_refine(const smpi_pose_job *job, const smpi_pose_state *from,
                      smpi_pose_result *result)
{
    work w = {.job = job};
    smpi_pose_state state = *from;
    double damping = 1e-3;
    list_free(&w);
    for (int i = 0; i < MOST_STEPS; i++) {
        whiten(&w, &state, i > 2);
        if (descend(&w, &state, &damping) < 1e-10 && i > 3)
            break;
    }
    assess(&w, &state, result);
    double turned = 0.0;
    for (uint32_t i = 0; i < job->count; i++)
        if (job->mark[i].face && job->mark[i].seen >= 0.5)
            turned = 1.0;
    result->turned = turned * (state.rotation[8] < 0.0 ? -state.rotation[8] : 0.0);
}
