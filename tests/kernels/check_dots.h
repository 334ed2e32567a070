/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The kernels that work on dots, a lane for each: look and place. */
#ifndef CHECK_DOTS_H
#define CHECK_DOTS_H

#include "kernels/kit.h"

#define LOOK_OUT 13 /* look needs 11, place 13 */
#define DOT_PI 3.14159265358979323846

/* Rows of MOST floats between guards. */
typedef struct dot_rows {
    float memory[LOOK_OUT][MOST + GUARD];
} dot_rows;

static void guard_rows(dot_rows *rows)
{
    const uint32_t bits = GUARD_BITS;
    for (int k = 0; k < LOOK_OUT; k++)
        for (int i = 0; i < MOST + GUARD; i++)
            memcpy(&rows->memory[k][i], &bits, sizeof bits);
}

static void same_rows(const char *kernel, const smpk_table *table, size_t n, const dot_rows *want,
                      const dot_rows *got)
{
    for (int k = 0; k < LOOK_OUT; k++)
        for (size_t i = 0; i < MOST + GUARD; i++)
            ck_assert_msg(!memcmp(&want->memory[k][i], &got->memory[k][i], sizeof(float)),
                          "%s/%s n=%zu row %d [%zu]: scalar %a, got %a", kernel, table->name, n, k,
                          i, (double)want->memory[k][i], (double)got->memory[k][i]);
}

typedef struct look_case {
    float cubic[2][35][8], quadratic[2][15][8];
    smpk_look_model model;
    float in[5][MOST]; /* diameter, top, height, dose, spread */
} look_case;

#define LOOK_LEAST 1e-5f

static void fill_look(look_case *k, size_t n, uint32_t *c)
{
    static const float low[2][3] = {{0.08f, 0.06f, 0.12f}, {0.12f, 0.07f, 0.40f}};
    static const float high[2][3] = {{0.75f, 0.46f, 0.50f}, {0.75f, 0.46f, 2.00f}};
    for (int l = 0; l < 2; l++) {
        smpk_law *law = k->model.law + l;
        for (int j = 0; j < 35 * 8; j++)
            k->cubic[l][j / 8][j % 8] = number(c, -0.1f, 0.1f) - (j / 8 == 34 ? 1.0f : 0.0f);
        for (int j = 0; j < 15 * 8; j++)
            k->quadratic[l][j / 8][j % 8] = number(c, -0.3f, 0.3f);
        memcpy(law->low, low[l], sizeof law->low);
        memcpy(law->high, high[l], sizeof law->high);
        law->dose = l ? 80.0f : 8.0f;
        law->per_mm = l ? 60.0f : 40.0f;
        law->cubic = (const float(*)[8])k->cubic[l];
        law->quadratic = (const float(*)[8])k->quadratic[l];
    }
    k->model.tall_from = 0.42f;
    k->model.tall_to = 0.50f;
    k->model.spread = 9.0f;
    k->model.spread_true = 16.0f;
    k->model.softer = 0.944f;
    k->model.near_more = n % 3 ? 0.0f : 0.127f;
    k->model.least = LOOK_LEAST;
    for (int p = 0; p < 3; p++) {
        k->model.near_r2[p] = number(c, 0.12f, 0.5f);
        k->model.far_r2[p] = number(c, 1.0f, 9.0f);
        k->model.decay[p] = number(c, 0.2f, 3.0f);
    }
    for (size_t i = 0; i < n; i++) {
        k->in[0][i] = number(c, 0.02f, 1.0f);
        k->in[1][i] = number(c, 0.01f, i % 7 ? 0.5f : 3.0f);
        k->in[2][i] = number(c, 0.05f, n % 2 ? 0.4f : 1.0f);
        k->in[3][i] = i % 5 ? number(c, 0.01f, 10.0f) : number(c, 2e-5f, 1000.0f);
        k->in[3][i] *= i % 11 == 9 ? 0.0f : i % 11 == 10 ? 1e-8f : 1.0f;
        k->in[4][i] = i % 3 ? number(c, 0.0f, 0.3f) : 0.0f;
    }
}

static void run_look(const smpk_table *table, const look_case *k, size_t n, dot_rows *out)
{
    smpk_look job = {&k->model,
                     k->in[0],
                     k->in[1],
                     k->in[2],
                     k->in[3],
                     k->in[4],
                     .r2 = out->memory[9],
                     .kurtosis = out->memory[10]};
    for (int c = 0; c < 3; c++) {
        job.core[c] = out->memory[c];
        job.near[c] = out->memory[3 + c];
        job.far[c] = out->memory[6 + c];
    }
    guard_rows(out);
    table->look(&job, n);
}

/* What a law says of a column, in double. */
typedef struct look_double {
    double cubic[6], quadratic[7], dose, deep, tiny, softer, wide2;
} look_double;

static double held_to(double x, double low, double high)
{
    return fmin(fmax(x, low), high);
}

static void law_double(const smpk_look_model *m, int which, const double in[5], look_double *s)
{
    const smpk_law *law = m->law + which;
    const double d2 = in[0] * in[0], s2 = in[4] * in[4];
    const double low = (double)law->low[0];
    const double height = held_to(in[2], (double)law->low[2], (double)law->high[2]);
    memset(s, 0, sizeof *s);
    s->wide2 = d2 + (double)m->spread * s2;
    s->dose = fmin(in[3] * d2 / s->wide2 * fmin(height / in[2], 1),
                   fmin((double)law->dose, (double)law->per_mm * height));
    s->softer = (double)m->softer * log((d2 + (double)m->spread_true * s2) / s->wide2) * s->dose /
                (2 + s->dose);
    s->tiny = fmin(s->wide2 / (low * low), 1);
    s->deep = fmax(in[1] - (double)law->high[1], 0);
    const double x[5] = {
        log(4 * held_to(sqrt(s->wide2), low, (double)law->high[0])),
        5 * (sqrt(held_to(in[1], (double)law->low[1], (double)law->high[1])) - 0.45),
        log(4 * height), log(1 + 0.5 * s->dose) - 0.7, 1};
    int cubic = 0, quadratic = 0;
    for (int i = 0; i < 5; i++)
        for (int j = i; j < 5; j++) {
            for (int p = 0; p < 7; p++)
                s->quadratic[p] += x[i] * x[j] * (double)law->quadratic[quadratic][p];
            quadratic++;
            for (int k = j; k < 5; k++, cubic++)
                for (int p = 0; p < 6; p++)
                    s->cubic[p] += x[i] * x[j] * x[k] * (double)law->cubic[cubic][p];
        }
}

static void both_double(const smpk_look_model *m, const double in[5], look_double *s)
{
    look_double other;
    const double from = (double)m->tall_from, to = (double)m->tall_to;
    double t = held_to((in[2] - from) / (to - from), 0, 1);
    t = t * t * (3 - 2 * t);
    law_double(m, 0, in, s);
    law_double(m, 1, in, &other);
    for (int p = 0; p < 6; p++)
        s->cubic[p] += t * (other.cubic[p] - s->cubic[p]);
    for (int p = 0; p < 7; p++)
        s->quadratic[p] += t * (other.quadratic[p] - s->quadratic[p]);
    s->dose += t * (other.dose - s->dose);
    s->deep += t * (other.deep - s->deep);
    s->tiny += t * (other.tiny - s->tiny);
    s->softer += t * (other.softer - s->softer);
}

static double logistic(double x)
{
    return 1 / (1 + exp(-x));
}

/* Middle and integral of a channel. */
static void take_double(const smpk_look_model *m, const look_double *s, int c, double out[2])
{
    const double sunk = exp(-2 * (double)m->decay[c] * s->deep);
    const double x = s->dose * exp(s->cubic[c]) * s->tiny * sunk;
    out[0] = x / (1 + x);
    out[1] = s->dose * DOT_PI / 4 * s->wide2 * exp(s->cubic[3 + c] + s->softer) * sunk;
}

/* The three parts make up the integral and the middle, none is negative, green has its own core
 * where the tails leave it one. */
static void check_look_dot(const look_case *k, const dot_rows *out, size_t i)
{
    const double in[5] = {(double)k->in[0][i], (double)k->in[1][i], (double)k->in[2][i],
                          (double)k->in[3][i], (double)k->in[4][i]};
    look_double s;
    double at[2], e[3];
    if (k->in[3][i] < LOOK_LEAST) {
        for (int p = 0; p < 9; p++)
            ck_assert(out->memory[p][i] == 0.0f);
        ck_assert(out->memory[9][i] > 0.0f && out->memory[10][i] < 2.0f);
        return;
    }
    both_double(&k->model, in, &s);
    const double exponent = 0.5 + 7.5 * logistic(s.quadratic[6]);
    ck_assert_double_eq_tol((double)out->memory[10][i], (4 + 2 * exponent) / (3 + exponent), 1e-5);
    take_double(&k->model, &s, 1, at);
    e[1] = 1 / (DOT_PI * (double)k->model.near_r2[1]);
    e[2] = 1 / (DOT_PI * (double)k->model.far_r2[1]);
    const double mix = logistic(s.quadratic[4]), each = (1 - mix) * e[1] + mix * e[2];
    const double tails = fmin(logistic(s.quadratic[1]) * at[1], 0.8 * at[0] / each);
    const double ratio = (at[1] - tails) / (at[0] - tails * each);
    ck_assert_double_eq_tol(
        (double)out->memory[9][i] / (ratio * (exponent + 1) / (DOT_PI * (exponent + 2))), 1, 3e-5);
    /* floats near the middle, over how differently the tails end there */
    const double lost = 4e-7 * at[0] / (e[1] - e[2]);
    ck_assert_double_eq_tol((double)out->memory[1][i], at[1] - tails, 3e-5 * at[1] + lost);
    ck_assert_double_eq_tol((double)out->memory[7][i], mix * tails, 1e-4 * at[1] + lost);
    for (int c = 0; c < 3; c++) {
        const double core = (double)out->memory[c][i], far = (double)out->memory[6 + c][i];
        /* near = x + more x^2 */
        const double more = (double)k->model.near_more / (double)k->model.near_r2[c];
        const double given = (double)out->memory[3 + c][i];
        const double near = 2 * given / (1 + sqrt(1 + 4 * more * given));
        take_double(&k->model, &s, c, at);
        ck_assert_double_eq_tol((core + near + far) / at[1], 1, 2e-5);
        ck_assert(core >= 0 && near >= 0 && far >= -1e-6 * at[1]);
        const double middle = core / ratio + near / (DOT_PI * (double)k->model.near_r2[c]) +
                              far / (DOT_PI * (double)k->model.far_r2[c]);
        if (core > 0 && core < 0.9999 * at[1])
            ck_assert_double_eq_tol(middle / at[0], 1, 1e-3);
    }
}

static void check_look(const smpk_table *table, size_t n, uint32_t *c)
{
    static look_case k;
    static dot_rows want, got;
    fill_look(&k, n, c);
    run_look(smpk_table_for(SMPK_SCALAR), &k, n, &want);
    run_look(table, &k, n, &got);
    same_rows("look", table, n, &want, &got);
    for (size_t i = 0; i < n; i++)
        check_look_dot(&k, &want, i);
}

/* Rows of what place is given: x, y, the skin's uu, uv, vv, what is added, r2, kurtosis, the core's
 * amounts, red. */
typedef struct place_case {
    float in[12][MOST];
    float less, most;
} place_case;

/* Fields of a record, as floats: x y qxx qxy qyy a b amount[3] power reach[2]. */
static void check_place_dot(const place_case *k, const dot_rows *out, size_t i)
{
    double in[12], o[LOOK_OUT];
    uint32_t power;
    for (int p = 0; p < 12; p++)
        in[p] = (double)k->in[p][i];
    for (int p = 0; p < LOOK_OUT; p++)
        o[p] = (double)out->memory[p][i];
    memcpy(&power, &out->memory[10][i], sizeof power);
    const double less = (double)k->less, extra = in[5] - less, half = 0.5 * in[6], n = power;
    const double uu = in[2] * half + extra, vv = in[4] * half + extra, uv = in[3] * half;
    const double det = uu * vv - uv * uv, skin = in[2] * in[4] - in[3] * in[3];
    const double own = (in[2] + in[4]) * half, w = own / (own + 2 * extra);
    /* fourth moments of what is drawn and of the spline, -h^4 / 40 along each axis, h^2 = 4 less */
    const double both = own + 2 * extra, spline = 16 * less * less / 20 / (both * both);
    const double kurtosis = fmin(2 - (2 - in[7]) * w * w + spline, 1.9);
    const double e = held_to((3 * kurtosis - 4) / (2 - kurtosis), 1.5, (double)k->most),
                 r2 = 2 * (e + 2);
    ck_assert(o[0] == in[0] && o[1] == in[1]);
    ck_assert(n >= 1 && n <= 8 && e >= n - 1e-3 && e <= n + 1 + 1e-3);
    /* unit integral and the mean square of (1 - q)^e */
    ck_assert_double_eq_tol(o[5] / (n + 1) + o[6] / (n + 2), 1, 1e-5);
    ck_assert_double_eq_tol(o[5] / (n + 1) / (n + 2) + o[6] / (n + 2) / (n + 3), 1 / (e + 2), 1e-4);
    ck_assert_double_eq_tol(o[2] * det * r2 / vv, 1, 2e-3);
    ck_assert_double_eq_tol(o[4] * det * r2 / uu, 1, 2e-3);
    ck_assert_double_eq_tol(o[3] * det * r2, -uv, 2e-3 * (uu + vv));
    const int any = in[8] * in[11] + in[9] + in[10] > 1e-29;
    ck_assert_double_eq_tol(o[11], any ? sqrt(uu * r2) : 0, 1e-3 * sqrt(uu * r2));
    ck_assert_double_eq_tol(o[12], any ? sqrt(vv * r2) : 0, 1e-3 * sqrt(vv * r2));
    for (int p = 0; p < 3; p++) {
        const double amount = in[8 + p] * (p ? 1 : in[11]) * sqrt(skin / det) / (DOT_PI * r2);
        ck_assert_double_eq_tol(o[7 + p], amount, 2e-3 * amount + 1e-12);
    }
}

static void run_place(const smpk_table *table, const place_case *k, size_t n, dot_rows *out)
{
    static smpk_bump record[MOST + GUARD];
    const float(*in)[MOST] = k->in;
    const smpk_place job = {
        in[0],  in[1],  in[2],   in[3],  in[4], in[5], in[6], in[7], {in[8], in[9], in[10]},
        in[11], record, k->less, k->most};
    _Static_assert(sizeof *record == LOOK_OUT * sizeof(float), "a record is so many floats");
    guard_rows(out);
    for (size_t i = 0; i < MOST + GUARD; i++)
        memcpy(record + i, out->memory[0], sizeof *record);
    table->place(&job, n);
    for (size_t i = 0; i < MOST + GUARD; i++)
        for (size_t p = 0; p < LOOK_OUT; p++)
            memcpy(&out->memory[p][i], (const char *)(record + i) + p * sizeof(float),
                   sizeof(float));
}

static void check_place(const smpk_table *table, size_t n, uint32_t *c)
{
    static place_case k;
    static dot_rows want, got;
    k.less = n % 2 ? 1.0f : 0.0f; /* every other time on nodes */
    k.most = n % 2 ? 6.0f : 8.0f;
    for (size_t i = 0; i < n; i++) {
        for (int p = 0; p < 2; p++)
            k.in[p][i] = number(c, -20.0f, 4000.0f);
        k.in[2][i] = number(c, 0.05f, i % 2 ? 20.0f : 900.0f);
        k.in[4][i] = number(c, 0.05f, 900.0f);
        k.in[3][i] = number(c, -0.9f, 0.9f) * sqrtf(k.in[2][i] * k.in[4][i]);
        k.in[5][i] = number(c, n % 2 ? 2.6f : 0.1f, 9.0f);
        k.in[6][i] = number(c, 0.003f, 0.2f);
        k.in[7][i] = number(c, 4.0f / 3, 1.9f);
        for (int p = 8; p < 11; p++)
            k.in[p][i] = i % 7 == 3 ? 0.0f : number(c, 0.0f, 0.1f);
        k.in[11][i] = number(c, 0.5f, 1.0f);
    }
    run_place(smpk_table_for(SMPK_SCALAR), &k, n, &want);
    run_place(table, &k, n, &got);
    same_rows("place", table, n, &want, &got);
    for (size_t i = 0; i < n; i++)
        check_place_dot(&k, &want, i);
}

#endif
