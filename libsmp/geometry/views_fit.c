/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The joint fit of a head and its cameras: blocks of residuals, each of which depends on a few of
 * the unknowns, and damped Gauss-Newton steps. source: docs/model/geometry.md 12 */
#include <math.h>
#include <string.h>

#include "base/math.h"
#include "geometry/camera.h"
#include "geometry/landmarks.h"
#include "geometry/views.h"

enum { BLOCK_ROWS = SMPI_OUTLINE_MAX, BLOCK_UNKNOWNS = SMPI_SHAPE_COUNT + 2 * SMPI_OWN_COUNT };
enum { MOST_ROUNDS = 60, ATTEMPTS = 8, LANDMARKS = SMP_LANDMARK_COUNT };

#define SIDE_SIGMA 0.05     /* of width, height, vertex and length each: size and proportion */
#define WIDEST_SIGMA 0.1    /* of the depth of the widest level; assumed */
#define EARS_SIGMA 7.0      /* mm; with EAR_SIGMA the 8 mm of docs/model/geometry.md 6 */
#define EAR_SIGMA 4.0       /* mm, of one ear against the other; assumed */
#define STATED_SIGMA 0.01   /* of a scale that the caller states */
#define OPEN_SIGMA 0.3      /* of one that nobody states, against the first guess */
#define TURN_SIGMA 0.6      /* radians: keeps what nothing holds near the first guess */
#define SHIFT_SIGMA_MM 80.0 /* likewise */
#define HELD_SIGMA 1e-4
#define OFF_SIGMA_MM 3.0 /* a head against its ellipsoid; assumed */
/* Pieces of an outline whose errors have nothing to do with each other. */
#define INDEPENDENT 12.0
#define HUBER 2.5

/* Which unknowns a block of residuals depends on, and the residuals in standard deviations. */
typedef struct block {
    int unknown[BLOCK_UNKNOWNS + 3 * LANDMARKS], unknowns, rows;
    double r[BLOCK_ROWS], weight[BLOCK_ROWS];
} block;

typedef enum block_kind { BLOCK_MARKS, BLOCK_OUTLINE, BLOCK_TIE, BLOCK_PRIOR } block_kind;

typedef struct solver {
    const smpi_views_job *job;
    double prior[SMPI_UNKNOWNS];
    int count; /* of the unknowns in use */
    double normal[SMPI_UNKNOWNS][SMPI_UNKNOWNS], down[SMPI_UNKNOWNS];
    double slope[BLOCK_UNKNOWNS + 3 * LANDMARKS][BLOCK_ROWS];
} solver;

smp_head smpi_views_head(const smpi_views_job *job, const smpi_views_state *state)
{
    smp_head head = job->head;
    const double up = smpi_head_ellipsoid(&head).up;
    const double *by = state->by;
    head.width_mm = (float)((double)head.width_mm * smpi_exp(by[SMPI_SHAPE_WIDTH]));
    head.height_mm = (float)((double)head.height_mm * smpi_exp(by[SMPI_SHAPE_HEIGHT]));
    head.vertex_mm = (float)((double)head.vertex_mm * smpi_exp(by[SMPI_SHAPE_VERTEX]));
    head.length_mm = (float)((double)head.length_mm * smpi_exp(by[SMPI_SHAPE_LENGTH]));
    head.widest_mm = (float)(up * smpi_exp(by[SMPI_SHAPE_WIDEST]));
    head.ears_mm += (float)by[SMPI_SHAPE_EARS];
    return head;
}

/* The same in double precision, which differences need. */
static smpi_ellipsoid ellipsoid_of(const smpi_views_job *job, const double *by)
{
    smpi_ellipsoid e = smpi_head_ellipsoid(&job->head);
    e.a *= smpi_exp(by[SMPI_SHAPE_WIDTH]);
    e.c *= smpi_exp(by[SMPI_SHAPE_LENGTH]);
    e.up *= smpi_exp(by[SMPI_SHAPE_WIDEST]);
    e.down = (double)job->head.height_mm * smpi_exp(by[SMPI_SHAPE_HEIGHT]) - e.up;
    e.cy = (double)job->head.vertex_mm * smpi_exp(by[SMPI_SHAPE_VERTEX]) - e.up;
    return e;
}

/* A landmark of this person. */
static void landmark_of(const smpi_views_job *job, const double *by, int which, double xyz[3])
{
    smpi_place(&job->head, which, xyz);
    const double vertex = (double)job->head.vertex_mm;
    const int ear = which == SMP_LANDMARK_TRAGUS_LEFT || which == SMP_LANDMARK_TRAGUS_RIGHT;
    const double below = vertex - xyz[1];
    xyz[0] *= smpi_exp(by[SMPI_SHAPE_WIDTH]);
    if (ear) {
        xyz[2] += by[SMPI_SHAPE_EARS];
    } else {
        xyz[1] = vertex * smpi_exp(by[SMPI_SHAPE_VERTEX]) - below * smpi_exp(by[SMPI_SHAPE_HEIGHT]);
        xyz[2] *= smpi_exp(by[SMPI_SHAPE_LENGTH]);
    }
    for (int i = 0; i < 3; i++)
        xyz[i] += by[SMPI_FACE_FIRST + 3 * which + i];
}

static void move(smpi_views_state *state, int which, double by)
{
    state->by[which] += by;
    if (which < SMPI_OWN_FIRST)
        return;
    smp_camera *camera = &state->camera[(which - SMPI_OWN_FIRST) / SMPI_OWN_COUNT];
    const int own = (which - SMPI_OWN_FIRST) % SMPI_OWN_COUNT;
    double turn[3] = {0.0, 0.0, 0.0};
    if (own < 3) {
        turn[own] = by;
        smpi_rotation_turn(camera->rotation, turn);
    } else if (own < 5) {
        camera->center_px[own - 3] += by * camera->px_per_mm;
    } else {
        camera->px_per_mm *= smpi_exp(by);
    }
}

/* ---- residuals ---- */

static void marks_rows(const smpi_views_job *job, const smpi_views_state *s, uint32_t v, block *b)
{
    const smpi_view *view = &job->view[v];
    for (int i = 0; i < LANDMARKS; i++) {
        double xyz[3], uv[2];
        if (!(view->seen[i] > 0.0))
            continue;
        landmark_of(job, s->by, i, xyz);
        smp_camera_project(&s->camera[v], xyz, uv);
        for (int k = 0; k < 2; k++)
            b->r[b->rows++] = (uv[k] - view->uv[2 * i + k]) * view->seen[i] / view->noise_px;
    }
}

static void outline_rows(const smpi_views_job *job, const smpi_views_state *s, uint32_t v, block *b)
{
    const smpi_view *view = &job->view[v];
    const smpi_ellipsoid e = ellipsoid_of(job, s->by);
    smpi_outline_distances(&e, &s->camera[v], view->outline_px, view->outline_count, b->r);
    b->rows = (int)view->outline_count;
    for (int i = 0; i < b->rows; i++)
        b->r[i] /= OFF_SIGMA_MM;
}

/* Where a dot that is drawn at the one place of the first photo falls in the other, and back. */
static void tie_rows(const smpi_views_job *job, const smpi_views_state *s, const double *tie,
                     block *b)
{
    const smpi_ellipsoid e = ellipsoid_of(job, s->by);
    for (int way = 0; way < 2; way++) {
        const smp_camera *from = &s->camera[(int)tie[way]], *to = &s->camera[(int)tie[1 - way]];
        double xyz[3], uv[2];
        smpi_ellipsoid_meet(&e, from, tie + 2 + (size_t)(2 * way), xyz);
        smp_camera_project(to, xyz, uv);
        /* Each tie counts once, though it is looked at from both sides. */
        const double unit = to->px_per_mm * OFF_SIGMA_MM * 1.4142135623730951;
        for (int k = 0; k < 2; k++)
            b->r[b->rows++] = (uv[k] - tie[2 + 2 * (1 - way) + k]) / unit;
    }
}

static void rows_of(const smpi_views_job *job, const smpi_views_state *s, block_kind kind,
                    uint32_t number, block *b)
{
    b->rows = 0;
    if (kind == BLOCK_MARKS)
        marks_rows(job, s, number, b);
    else if (kind == BLOCK_OUTLINE)
        outline_rows(job, s, number, b);
    else
        tie_rows(job, s, job->ties + 6 * (size_t)number, b);
}

static void depends(block *b, int first, int count)
{
    for (int i = 0; i < count; i++)
        b->unknown[b->unknowns++] = first + i;
}

static void list_unknowns(const smpi_views_job *job, block_kind kind, uint32_t number, block *b)
{
    b->unknowns = 0;
    depends(b, 0, SMPI_SHAPE_COUNT);
    if (kind == BLOCK_TIE) {
        const double *tie = job->ties + 6 * (size_t)number;
        for (int i = 0; i < 2; i++)
            depends(b, SMPI_OWN_FIRST + SMPI_OWN_COUNT * (int)tie[i], SMPI_OWN_COUNT);
        return;
    }
    if (kind == BLOCK_MARKS)
        depends(b, SMPI_FACE_FIRST, 3 * LANDMARKS);
    depends(b, SMPI_OWN_FIRST + SMPI_OWN_COUNT * (int)number, SMPI_OWN_COUNT);
}

/* Huber's weights; those of an outline share what they are worth. */
static void weigh(const smpi_views_job *job, block_kind kind, uint32_t number, block *b)
{
    double share = 1.0;
    if (kind == BLOCK_OUTLINE && job->view[number].outline_count > INDEPENDENT)
        share = INDEPENDENT / job->view[number].outline_count;
    for (int i = 0; i < b->rows; i++) {
        const double off = fabs(b->r[i]);
        b->weight[i] = share * (off > HUBER ? HUBER / off : 1.0);
    }
}

/* What a block costs: Huber's function. */
static double cost_of(const block *b)
{
    double cost = 0.0;
    for (int i = 0; i < b->rows; i++) {
        const double off = fabs(b->r[i]);
        const double share = b->weight[i] * (off > HUBER ? off / HUBER : 1.0);
        cost += share * (off > HUBER ? 2.0 * HUBER * off - HUBER * HUBER : off * off);
    }
    return cost;
}

/* ---- steps ---- */

typedef void visit_fn(solver *s, const smpi_views_state *state, block_kind kind, uint32_t number,
                      void *to);

static void each_block(solver *s, const smpi_views_state *state, visit_fn *visit, void *to)
{
    const smpi_views_job *job = s->job;
    for (uint32_t v = 0; v < job->count; v++) {
        visit(s, state, BLOCK_MARKS, v, to);
        if (job->view[v].outline_count)
            visit(s, state, BLOCK_OUTLINE, v, to);
    }
    for (uint32_t i = 0; i < job->tie_count; i++)
        visit(s, state, BLOCK_TIE, i, to);
}

static void add_cost(solver *s, const smpi_views_state *state, block_kind kind, uint32_t number,
                     void *to)
{
    block b;
    rows_of(s->job, state, kind, number, &b);
    weigh(s->job, kind, number, &b);
    *(double *)to += cost_of(&b);
}

static double whole_cost(solver *s, const smpi_views_state *state)
{
    double cost = 0.0;
    each_block(s, state, add_cost, &cost);
    for (int i = 0; i < s->count; i++)
        cost += state->by[i] * state->by[i] / (s->prior[i] * s->prior[i]);
    return cost;
}

static double step_of(int unknown)
{
    const int own = unknown >= SMPI_OWN_FIRST ? (unknown - SMPI_OWN_FIRST) % SMPI_OWN_COUNT : -1;
    const int in_mm = unknown >= SMPI_SHAPE_EARS && own != 0 && own != 1 && own != 2 && own != 5;
    return in_mm ? 1e-2 : 1e-5;
}

/* Adds a block to J^T W J and -J^T W r. */
static void add_normal(solver *s, const smpi_views_state *state, block_kind kind, uint32_t number,
                       void *to)
{
    block b, ahead, behind;
    (void)to;
    rows_of(s->job, state, kind, number, &b);
    weigh(s->job, kind, number, &b);
    list_unknowns(s->job, kind, number, &b);
    for (int j = 0; j < b.unknowns; j++) {
        const double step = step_of(b.unknown[j]);
        smpi_views_state next = *state;
        move(&next, b.unknown[j], step);
        rows_of(s->job, &next, kind, number, &ahead);
        next = *state;
        move(&next, b.unknown[j], -step);
        rows_of(s->job, &next, kind, number, &behind);
        for (int i = 0; i < b.rows; i++)
            s->slope[j][i] = (ahead.r[i] - behind.r[i]) / (2.0 * step);
    }
    for (int j = 0; j < b.unknowns; j++) {
        for (int i = 0; i < b.rows; i++)
            s->down[b.unknown[j]] -= b.weight[i] * s->slope[j][i] * b.r[i];
        for (int k = 0; k <= j; k++) {
            double sum = 0.0;
            for (int i = 0; i < b.rows; i++)
                sum += b.weight[i] * s->slope[j][i] * s->slope[k][i];
            s->normal[b.unknown[j]][b.unknown[k]] += sum;
            if (j != k)
                s->normal[b.unknown[k]][b.unknown[j]] += sum;
        }
    }
}

static void equations(solver *s, const smpi_views_state *state)
{
    memset(s->normal, 0, sizeof s->normal);
    memset(s->down, 0, sizeof s->down);
    each_block(s, state, add_normal, NULL);
    for (int i = 0; i < s->count; i++) {
        const double weight = 1.0 / (s->prior[i] * s->prior[i]);
        s->normal[i][i] += weight;
        s->down[i] -= weight * state->by[i];
    }
}

/* The sigma of every unknown beforehand. */
static void priors(solver *s)
{
    const smpi_views_job *job = s->job;
    for (int i = 0; i < SMPI_SHAPE_WIDEST; i++)
        s->prior[i] = SIDE_SIGMA;
    s->prior[SMPI_SHAPE_WIDEST] = WIDEST_SIGMA;
    s->prior[SMPI_SHAPE_EARS] = EARS_SIGMA;
    for (int i = 0; i < LANDMARKS; i++) {
        double *to = s->prior + SMPI_FACE_FIRST + 3 * (size_t)i;
        smpi_place_spread(i, to);
        if (i == SMP_LANDMARK_TRAGUS_LEFT || i == SMP_LANDMARK_TRAGUS_RIGHT)
            to[2] = EAR_SIGMA;
        for (int k = 0; k < 3; k++)
            to[k] = job->spread > 0.0 ? to[k] * job->spread : HELD_SIGMA;
    }
    for (uint32_t v = 0; v < job->count; v++) {
        double *own = s->prior + SMPI_OWN_FIRST + SMPI_OWN_COUNT * (size_t)v;
        for (int k = 0; k < 3; k++)
            own[k] = TURN_SIGMA;
        own[3] = own[4] = SHIFT_SIGMA_MM;
        own[5] = job->view[v].px_per_mm > 0.0 ? STATED_SIGMA : OPEN_SIGMA;
    }
    s->count = SMPI_OWN_FIRST + SMPI_OWN_COUNT * (int)job->count;
}

static int descend(solver *s, smpi_views_state *state, double *cost, double *damping)
{
    double a[SMPI_UNKNOWNS][SMPI_UNKNOWNS], step[SMPI_UNKNOWNS];
    equations(s, state);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        memcpy(a, s->normal, sizeof a);
        memcpy(step, s->down, sizeof step);
        for (int i = 0; i < s->count; i++)
            a[i][i] *= 1.0 + *damping;
        if (smpi_solve_spd(a[0], s->count, SMPI_UNKNOWNS, step, NULL)) {
            smpi_views_state next = *state;
            for (int i = 0; i < s->count; i++)
                move(&next, i, step[i] > 20.0 ? 20.0 : step[i] < -20.0 ? -20.0 : step[i]);
            const double after = whole_cost(s, &next);
            if (after <= *cost) {
                const int going = *cost - after > 1e-7 * *cost;
                *state = next;
                *cost = after;
                *damping = *damping > 1e-8 ? 0.1 * *damping : 1e-9;
                return going;
            }
        }
        *damping *= 10.0;
    }
    return 0;
}

/* ---- how well it fits ---- */

typedef struct tally {
    smpi_views_result *result;
    double squares[SMPI_VIEWS_MAX], weight[SMPI_VIEWS_MAX], px[SMPI_VIEWS_MAX];
} tally;

static void count_block(solver *s, const smpi_views_state *state, block_kind kind, uint32_t number,
                        void *to)
{
    tally *t = to;
    block b;
    rows_of(s->job, state, kind, number, &b);
    weigh(s->job, kind, number, &b);
    for (int i = 0; i < b.rows; i++) {
        const uint32_t v =
            kind == BLOCK_TIE ? (uint32_t)s->job->ties[6 * number + (i < 2 ? 1 : 0)] : number;
        const double share = b.weight[i] * (fabs(b.r[i]) > HUBER ? fabs(b.r[i]) / HUBER : 1.0);
        const double unit = kind == BLOCK_TIE
                                ? state->camera[v].px_per_mm * OFF_SIGMA_MM * 1.4142135623730951
                                : s->job->view[v].noise_px;
        t->squares[v] += share * b.r[i] * b.r[i];
        t->weight[v] += share;
        if (kind == BLOCK_OUTLINE)
            continue;
        t->px[v] += b.r[i] * b.r[i] * unit * unit;
        t->result->used[v] += i % 2 == 0;
    }
}

static void assess(solver *s, const smpi_views_state *state, smpi_views_result *result)
{
    double a[SMPI_UNKNOWNS][SMPI_UNKNOWNS], unit[SMPI_UNKNOWNS];
    tally t = {.result = result};
    double squares = 0.0, weight = 0.0;
    each_block(s, state, count_block, &t);
    for (uint32_t v = 0; v < s->job->count; v++) {
        squares += t.squares[v];
        weight += t.weight[v];
        result->misfit[v] = t.weight[v] > 0.0 ? sqrt(t.squares[v] / t.weight[v]) : 0.0;
        result->marks_px[v] = result->used[v] ? sqrt(t.px[v] / result->used[v]) : 0.0;
    }
    const double grown = squares > weight ? squares / weight : 1.0;
    equations(s, state);
    for (int i = 0; i < s->count; i++) {
        memcpy(a, s->normal, sizeof a);
        for (int k = 0; k < s->count; k++)
            unit[k] = k == i ? 1.0 : 0.0;
        const int solved = smpi_solve_spd(a[0], s->count, SMPI_UNKNOWNS, unit, NULL);
        result->sigma[i] = solved ? sqrt(grown * unit[i]) : 1e3;
    }
}

void smpi_views_fit(const smpi_views_job *job, smpi_views_state *state, smpi_views_result *result)
{
    solver s = {.job = job};
    double damping = 1e-3;
    priors(&s);
    memset(result, 0, sizeof *result);
    double cost = whole_cost(&s, state);
    for (int round = 0; round < MOST_ROUNDS; round++)
        if (!descend(&s, state, &cost, &damping))
            break;
    assess(&s, state, result);
}
