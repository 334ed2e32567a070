/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The kernels of a day: age, what time leaves of dots, and around, the light of the others. */
#ifndef CHECK_DAY_H
#define CHECK_DAY_H

#include "kernels/check_dots.h"

#define NODES 12 /* a side of the grids that are read */

typedef struct age_case {
    smpk_moment moment;
    float in[7][MOST]; /* dose, top, plateau, pace, diffusion, shed, patch */
    float left[SMPK_AGE_TERMS][8];
    int32_t zone[MOST];
} age_case;

static void fill_moment(smpk_moment *m, float left[SMPK_AGE_TERMS][8], size_t n, uint32_t *c)
{
    memset(m, 0, sizeof *m);
    m->terms = (uint32_t)(n % (SMPK_AGE_TERMS + 1));
    for (uint32_t k = 0; k < m->terms; k++) {
        m->amount[k] = number(c, 0.0f, 0.9f);
        m->rate[k] = number(c, 0.0f, n % 4 ? 2.0f : 900.0f);
        for (int z = 0; z < 8; z++)
            left[k][z] = number(c, 0.05f, 1.0f);
        m->left[k] = (n + k) % 3 == 0 ? left[k] : NULL;
    }
    m->bell = number(c, 0.0f, 1.0f);
    m->days = n % 5 ? number(c, 0.0f, 12.0f) : number(c, 0.0f, 36500.0f);
    m->two_years = 2 * m->days / 365.25f;
    if (n % 5) {
        m->scab = number(c, 0.1f, 0.7f);
        m->wide = number(c, 0.0f, 0.07f);
        m->dip = n % 2 ? number(c, 0.0f, 0.4f) : 0.0f;
        m->swell = number(c, 0.0f, 0.02f);
    }
    m->scab_red = 0.5f;
    m->shed_wide = 0.4f;
}

static void fill_age(age_case *k, size_t n, uint32_t *c)
{
    static const float most[7] = {20.0f, 1.0f, 1.0f, 6.0f, 0.004f, 10.0f, 1.0f};
    fill_moment(&k->moment, k->left, n, c);
    for (size_t i = 0; i < n; i++) {
        for (int p = 0; p < 7; p++)
            k->in[p][i] = (i + (size_t)p) % 13 == 0 ? 0.0f : number(c, 0.0f, most[p]);
        k->zone[i] = (int32_t)(i % 8);
    }
}

static void run_age(const smpk_table *table, const age_case *k, size_t n, dot_rows *out)
{
    const smpk_age job = {&k->moment,     k->in[0],       k->in[1],      k->in[2], k->in[3],
                          k->in[4],       k->in[5],       k->in[6],      k->zone,  out->memory[0],
                          out->memory[1], out->memory[2], out->memory[3]};
    guard_rows(out);
    table->age(&job, n);
}

static void check_age_dot(const age_case *k, const dot_rows *out, size_t i)
{
    const smpk_moment *m = &k->moment;
    double in[7], sum = 0, steepest = 0;
    for (int p = 0; p < 7; p++)
        in[p] = (double)k->in[p][i];
    for (uint32_t t = 0; t < m->terms; t++) {
        steepest = fmax(steepest, fmin((double)m->rate[t] * in[3], 80));
        sum += (double)m->amount[t] * exp(-(double)m->rate[t] * in[3]) *
               (m->left[t] ? (double)m->left[t][k->zone[i]] : 1.0);
    }
    const double wide = (double)m->shed_wide, from = in[5] - wide;
    const double t = held_to(((double)m->days - from) / (2 * wide), 0, 1);
    const double holds = 1 - t * t * (3 - 2 * t), crust = (double)m->scab * holds;
    const double pale = (double)m->dip * (0.35 + 1.3 * in[6]) * (1 - holds);
    const double dose =
        in[0] * (in[2] + (1 - in[2]) * (double)m->bell) * sum * (1 + crust) * (1 - pale);
    const double across = (double)m->wide * holds;
    const double spread = sqrt(in[4] * (double)m->two_years + across * across);
    /* the bound of the kernel's head; what is left after e^-80 is nothing to anybody */
    ck_assert_double_eq_tol((double)out->memory[0][i], dose,
                            (3e-6 + 1.2e-7 * steepest) * dose + 1e-30);
    ck_assert_double_eq_tol((double)out->memory[1][i], in[1] + (double)m->swell, 2e-7);
    ck_assert_double_eq_tol((double)out->memory[2][i], spread, 1e-6 * spread + 3e-7);
    ck_assert_double_eq_tol((double)out->memory[3][i],
                            1 - (double)m->scab_red * crust / (1 + crust), 4e-6);
}

static void check_age(const smpk_table *table, size_t n, uint32_t *c)
{
    static age_case k;
    static dot_rows want, got;
    fill_age(&k, n, c);
    run_age(smpk_table_for(SMPK_SCALAR), &k, n, &want);
    run_age(table, &k, n, &got);
    same_rows("age", table, n, &want, &got);
    for (size_t i = 0; i < n; i++)
        check_age_dot(&k, &want, i);
}

typedef struct around_case {
    float load[2][3][NODES * NODES];
    float share[2][2][MOST], tail[2][3][MOST], own[2][3][MOST];
    int32_t node[2][MOST];
} around_case;

static void fill_around(around_case *k, size_t n, uint32_t *c)
{
    for (int g = 0; g < 2; g++) {
        for (int p = 0; p < 3; p++)
            for (int i = 0; i < NODES * NODES; i++)
                k->load[g][p][i] = i % 5 ? number(c, 0.0f, n % 4 ? 0.5f : 1e6f) : 0.0f;
        for (size_t i = 0; i < n; i++) {
            const float at = number(c, 0.0f, (float)(NODES - 1) * (NODES - 1) - 0.1f);
            k->node[g][i] = (int32_t)at / (NODES - 1) * NODES + (int32_t)at % (NODES - 1);
            for (int p = 0; p < 2; p++)
                k->share[g][p][i] = i % 6 == 1 ? (float)p : number(c, 0.0f, 1.0f);
            for (int p = 0; p < 3; p++) {
                k->tail[g][p][i] = i % 7 ? number(c, 0.0f, n % 5 ? 0.05f : 30.0f) : 0.0f;
                k->own[g][p][i] = number(c, 0.0f, 4.0f);
            }
        }
    }
}

static smpk_nodes nodes_of(const around_case *k, int g)
{
    smpk_nodes nodes = {
        .width = NODES, .node = k->node[g], .share_x = k->share[g][0], .share_y = k->share[g][1]};
    for (int p = 0; p < 3; p++) {
        nodes.load[p] = k->load[g][p];
        nodes.tail[p] = k->tail[g][p];
        nodes.own[p] = k->own[g][p];
    }
    return nodes;
}

static void run_around(const smpk_table *table, const around_case *k, size_t n, dot_rows *out)
{
    const smpk_around job = {
        nodes_of(k, 0), nodes_of(k, 1), {out->memory[0], out->memory[1], out->memory[2]}};
    guard_rows(out);
    table->around(&job, n);
}

static double read_double(const around_case *k, int g, int p, size_t i)
{
    const float *top = k->load[g][p] + k->node[g][i], *low = top + NODES;
    const double x = (double)k->share[g][0][i], y = (double)k->share[g][1][i];
    return (1 - x) * ((1 - y) * (double)top[0] + y * (double)low[0]) +
           x * ((1 - y) * (double)top[1] + y * (double)low[1]);
}

static void check_around(const smpk_table *table, size_t n, uint32_t *c)
{
    static around_case k;
    static dot_rows want, got;
    fill_around(&k, n, c);
    run_around(smpk_table_for(SMPK_SCALAR), &k, n, &want);
    run_around(table, &k, n, &got);
    same_rows("around", table, n, &want, &got);
    for (size_t i = 0; i < n; i++)
        for (int p = 0; p < 3; p++) {
            double load[2], own[2];
            for (int g = 0; g < 2; g++) {
                load[g] = read_double(&k, g, p, i);
                own[g] = (double)k.tail[g][p][i] * (double)k.own[g][p][i];
            }
            const double others = fmax(load[1] - own[1], 0);
            const double left =
                exp(fmin(own[0], 80)) * (1 + load[1]) / ((1 + load[0]) * (1 + others));
            /* of large loads, what the dot itself takes off is known only to their last bit */
            const double lost = 2e-7 * (load[1] + own[1]) / (1 + others) + 1e-7 * own[0];
            ck_assert_double_eq_tol((double)want.memory[p][i], fmin(left, 1), 2e-6 + 2 * lost);
        }
}

static void check_sated(const smpk_table *table, size_t n, uint32_t *c)
{
    static buffer want, got;
    const float scale = number(c, 0.1f, 4.0f);
    fill_guards(&want);
    for (size_t i = 0; i < n; i++)
        at(&want, 0)[i] = i % 9 == 4 ? 0.0f : number(c, 0.0f, i % 5 ? 2.0f : 1000.0f);
    got = want;
    const buffer before = want;
    smpk_table_for(SMPK_SCALAR)->sated(at(&want, 0), scale, n);
    table->sated(at(&got, 0), scale, n);
    same("sated", table, n, &want, &got);
    for (size_t i = 0; i < n; i++) {
        const double x = (double)before.memory[0][GUARD + i];
        ck_assert_double_eq_tol((double)at(&want, 0)[i], 1 - exp(-x * (double)scale), 3e-7);
        ck_assert(x > 0 || at(&want, 0)[i] == 0.0f);
    }
}

#endif
