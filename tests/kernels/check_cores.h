/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Checks of the kernels that draw cores and mix them with the tails: splat, through. */
#ifndef CHECK_CORES_H
#define CHECK_CORES_H

#include "kernels/kit.h"

#define CORE_ROWS 11
#define CORE_STRIDE 80 /* whole groups, MOST and more */

/* Three planes between guards; columns that no dot reaches hold numbers, too. */
typedef struct core_planes {
    float memory[3][GUARD + CORE_ROWS * CORE_STRIDE + GUARD];
} core_planes;

static smpk_dot random_dot(uint32_t *c, size_t n)
{
    smpk_dot dot = {.x = number(c, -3.0f, (float)n + 3.0f), .y = number(c, -2.0f, 12.0f)};
    const float size = number(c, 0.0f, 1.0f) > 0.5f ? 2.0f : 0.05f;
    dot.qxx = number(c, 0.001f, size);
    dot.qyy = number(c, 0.001f, size);
    dot.qxy = number(c, -0.9f, 0.9f) * sqrtf(dot.qxx * dot.qyy);
    dot.a = number(c, 0.0f, 9.0f);
    dot.b = number(c, 0.0f, 9.0f);
    dot.power = 1 + (uint32_t)number(c, 0.0f, 7.99f);
    for (int i = 0; i < 3; i++)
        dot.amount[i] = number(c, 0.0f, 0.7f);
    return dot;
}

static double splat_double(const smpk_dot *d, double i, double j, double *t)
{
    const double dx = i - (double)d->x, dy = j - (double)d->y;
    const double q =
        (double)d->qxx * dx * dx + 2.0 * (double)d->qxy * dx * dy + (double)d->qyy * dy * dy;
    *t = 1.0 - q;
    return *t > 0.0 ? pow(*t, d->power) * ((double)d->a + (double)d->b * *t) : 0.0;
}

/* The patch of a dot as render makes it, but for columns and rows, which are cut anyhow. */
static smpk_patch random_patch(uint32_t *c, const smpk_dot *d, size_t n, core_planes *planes)
{
    static const float share[9] = SMPK_SPLAT_REACH;
    const double det = (double)d->qxx * (double)d->qyy - (double)d->qxy * (double)d->qxy;
    smpk_patch on = {
        {planes->memory[0] + GUARD, planes->memory[1] + GUARD, planes->memory[2] + GUARD},
        CORE_STRIDE,
        0,
        n,
        (size_t)number(c, 0.0f, 3.9f),
        CORE_ROWS - (size_t)number(c, 0.0f, 3.9f),
        0.01f + share[d->power] * (float)sqrt((double)d->qyy / det),
        0.01f + share[d->power] * (float)sqrt((double)d->qxx / det),
        NULL};
    const float from = ceilf(d->x - on.reach_x), to = floorf(d->x + on.reach_x) + 1.0f;
    on.x0 = from > 0.0f ? (size_t)from : 0;
    on.x1 = to < (float)n ? (size_t)(to > 0.0f ? to : 0.0f) : n;
    return on;
}

/* Columns beside the dot's take 0 at every width, so all planes must be alike. */
static void check_splat(const smpk_table *table, size_t n, uint32_t *c)
{
    static const float least[9] = SMPK_SPLAT_LEAST;
    static core_planes want, got, before;
    const smpk_dot dot = random_dot(c, n);
    for (int p = 0; p < 3; p++)
        for (size_t i = 0; i < sizeof want.memory[p] / sizeof(float); i++)
            before.memory[p][i] = number(c, 0.0f, 0.5f);
    want = got = before;
    smpk_patch on = random_patch(c, &dot, n, &want);
    smpk_table_for(SMPK_SCALAR)->splat(&on, &dot);
    for (int p = 0; p < 3; p++)
        on.plane[p] = got.memory[p] + GUARD;
    table->splat(&on, &dot);
    for (int p = 0; p < 3; p++)
        for (size_t i = 0; i < sizeof want.memory[p] / sizeof(float); i++) {
            const long at = (long)i - GUARD, row = at / CORE_STRIDE, column = at % CORE_STRIDE;
            const int inside = at >= 0 && row >= (long)on.y0 && row < (long)on.y1 && column >= 0;
            /* a group that lies half inside may hold more than the scalar kernel asked for */
            if (inside && column >= (long)n && column < (long)(n + SMPK_SPLAT_GROUP) / 16 * 16)
                continue;
            if (memcmp(&want.memory[p][i], &got.memory[p][i], sizeof(float)) != 0)
                ck_abort_msg("splat/%s n=%zu plane %d row %ld column %ld: scalar %a, got %a",
                             table->name, n, p, row, column, (double)want.memory[p][i],
                             (double)got.memory[p][i]);
            if (!inside || column >= (long)n) {
                if (inside && want.memory[p][i] != before.memory[p][i])
                    ck_abort_msg("splat n=%zu: written at row %ld column %ld", n, row, column);
                continue;
            }
            double t;
            const double w = splat_double(&dot, (double)column, (double)row, &t);
            const double base = (double)before.memory[p][i], limit = (double)least[dot.power];
            const double full = base + (double)dot.amount[p] * w;
            const double exact = t < limit ? base : full, is = (double)want.memory[p][i];
            /* 18 is the largest a + b, 0.7 the largest amount; q <= 1 where it counts */
            const double off = fabs(is - exact) < fabs(is - base) || fabs(t - limit) > 1e-4
                                   ? fabs(is - exact)
                                   : fabs(is - base);
            if (!(off <= 18.0 * 0.7 * 1e-5 &&
                  fabs(is - full) <= 18.0 * 0.7 * (1e-5 + 1.0 / 4096.0)))
                ck_abort_msg("splat n=%zu plane %d row %ld column %ld: %g, want %g", n, p, row,
                             column, is, exact);
        }
}

static double through_double(double core, double u, double mask)
{
    const double c = core / u;
    const double f = c <= 0.75 ? c : 1.0 - 0.0625 / (c - 0.5);
    return 1.0 - mask * (1.0 - u * (1.0 - f));
}

typedef struct through_case {
    float core[3][MOST], above[3][MOST], below[3][MOST];
    uint16_t mask[MOST];
    float share;
} through_case;

static void fill_through(through_case *k, size_t n, uint32_t *c)
{
    k->share = number(c, 0.0f, 1.0f);
    for (size_t i = 0; i < n; i++) {
        const uint32_t kind = (uint32_t)number(c, 0.0f, 6.0f);
        const float core = i / 20 % 2 ? 0.3f : kind == 1 ? 100.0f : 1.5f;
        k->mask[i] = (uint16_t)(kind == 4   ? 0.0f
                                : kind == 5 ? 65535.0f
                                            : number(c, 0.0f, 65535.9f));
        for (int p = 0; p < 3; p++) {
            k->core[p][i] = kind == 0 ? 0.0f : number(c, 0.0f, core);
            k->above[p][i] = kind == 0 || kind == 2 ? 1.0f : number(c, 0.01f, 1.0f);
            k->below[p][i] = kind == 0 || kind == 2 ? 1.0f : number(c, 0.01f, 1.0f);
        }
    }
}

static void run_through(const smpk_table *table, const through_case *k, size_t n, buffer *out)
{
    smpk_through job = {.share = k->share, .mask = k->mask};
    fill_guards(out);
    for (int p = 0; p < 3; p++) {
        memcpy(at(out, p), k->core[p], n * sizeof(float));
        job.t[p] = at(out, p);
        job.above[p] = k->above[p];
        job.below[p] = k->below[p];
    }
    table->through(&job, n);
}

static void check_through(const smpk_table *table, size_t n, uint32_t *c)
{
    static buffer want, got;
    static through_case k;
    fill_through(&k, n, c);
    run_through(smpk_table_for(SMPK_SCALAR), &k, n, &want);
    run_through(table, &k, n, &got);
    same("through", table, n, &want, &got);
    for (int p = 0; p < 3; p++)
        for (size_t i = 0; i < n; i++) {
            const float t = at(&want, p)[i];
            const double a = (double)k.above[p][i], b = (double)k.below[p][i];
            const double u = a + (b - a) * (double)k.share;
            const double exact =
                through_double((double)k.core[p][i], u, (double)k.mask[i] / 65535.0);
            const int none = (k.core[p][i] == 0.0f && a == 1.0 && b == 1.0) || k.mask[i] == 0;
            if (!(fabs((double)t - exact) < 3e-7 && t >= 0.0f && t <= 1.0f) || (none && t != 1.0f))
                ck_abort_msg("through n=%zu plane %d [%zu]: %a, want %a", n, p, i, (double)t,
                             exact);
        }
}

#endif
