/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The fitted law of dots: features of a column and of skin at a wavelength, and the polynomials in
 * both that become polynomials in the column alone once the skin is known. */
#include "optics/dot_law.h"

#include <math.h>
#include <string.h>

#include "base/math.h"
#include "optics/skin.h"

/* Where each law was fitted (dot_designs.py): diameter (0.62 there; spread dots show that it holds
 * a little further), top, height in mm, dose. */
typedef struct box {
    float low[3], high[3];
    float dose;   /* highest */
    float per_mm; /* highest dose over height: what is blacker looks the same */
} box;

static const box fitted[SMPI_DOT_LAWS] = {
    {{0.08f, 0.06f, 0.12f}, {0.75f, 0.46f, 0.50f}, 8, 40},
    {{0.12f, 0.07f, 0.40f}, {0.75f, 0.46f, 2.00f}, 80, 60},
};

/* The laws mix where their boxes overlap. */
#define TALL_FROM 0.42f
#define TALL_TO 0.50f

#define NEAR_LEAST 0.12f /* mm2, fit_dots.py */

static float within(float x, float low, float high)
{
    return x < low ? low : x > high ? high : x;
}

float smpi_logistic(float x)
{
    return 1 / (1 + smpi_expf(-within(x, -40, 40)));
}

float smpi_dot_tallness(float height_mm)
{
    float t = within((height_mm - TALL_FROM) / (TALL_TO - TALL_FROM), 0, 1);
    return t * t * (3 - 2 * t);
}

/* Pigment that has wandered by s per axis looks like a column of diameter^2 d^2 + 9 s^2 of the same
 * mass, but shades itself as little as one of d^2 + 16 s^2 (chosen on dot_spread.csv). Of a column
 * taller than the fit's only the upper part counts. */
#define SPREAD 9.0f
#define SPREAD_TRUE 16.0f
#define SOFTER 0.944f

void smpi_dot_body_init(smpi_dot_body *body, int law, const smp_column *column)
{
    const box *b = fitted + law;
    float d2 = column->diameter_mm * column->diameter_mm;
    float s2 = column->spread_mm * column->spread_mm;
    float wide2 = d2 + SPREAD * s2, wide = sqrtf(wide2);
    float height = within(column->height_mm, b->low[2], b->high[2]);
    float dose = column->dose * d2 / wide2;
    if (column->height_mm > height)
        dose *= height / column->height_mm;
    body->dose = fminf(dose, fminf(b->dose, b->per_mm * height));
    body->area = (float)(SMPI_PI / 4) * wide2;
    body->softer = 0;
    if (s2 > 0)
        body->softer =
            SOFTER * smpi_logf((d2 + SPREAD_TRUE * s2) / wide2) * body->dose / (2 + body->dose);
    body->tiny = wide < b->low[0] ? wide2 / (b->low[0] * b->low[0]) : 1;
    body->deep = column->top_mm > b->high[1] ? column->top_mm - b->high[1] : 0;
    body->feature[0] = smpi_logf(4 * within(wide, b->low[0], b->high[0]));
    body->feature[1] = 5 * (sqrtf(within(column->top_mm, b->low[1], b->high[1])) - 0.45f);
    body->feature[2] = smpi_logf(4 * height);
    body->feature[3] = smpi_logf(1 + 0.5f * body->dose) - 0.7f;
}

float smpi_dot_tall_from(void)
{
    return TALL_FROM;
}

void smpi_dot_look_model(const smpi_dot_model *model, smpk_look_model *out)
{
    for (int k = 0; k < SMPI_DOT_LAWS; k++) {
        smpk_law *law = out->law + k;
        law->cubic = model->law[k].cubic;
        law->quadratic = model->law[k].quadratic;
        memcpy(law->low, fitted[k].low, sizeof law->low);
        memcpy(law->high, fitted[k].high, sizeof law->high);
        law->dose = fitted[k].dose;
        law->per_mm = fitted[k].per_mm;
    }
    out->tall_from = TALL_FROM;
    out->tall_to = TALL_TO;
    out->spread = SPREAD;
    out->spread_true = SPREAD_TRUE;
    out->softer = SOFTER;
    out->near_more = 0.0f;
    out->least = 1e-20f;
    memcpy(out->near_r2, model->near_r2_mm2, sizeof out->near_r2);
    memcpy(out->far_r2, model->far_r2_mm2, sizeof out->far_r2);
    memcpy(out->decay, model->decay, sizeof out->decay);
}

void smpi_dot_terms(const float feature[SMPI_DOT_FEATURES], float two[SMPI_DOT_QUADRATIC],
                    float three[SMPI_DOT_CUBIC])
{
    const float x[SMPI_DOT_FEATURES + 1] = {feature[0], feature[1], feature[2], feature[3], 1};
    int n = 0, first = 0;
    for (int i = 0; i <= SMPI_DOT_FEATURES; i++)
        for (int j = i; j <= SMPI_DOT_FEATURES; j++)
            two[n++] = x[i] * x[j];
    n = 0;
    for (int i = 0; i <= SMPI_DOT_FEATURES; i++) { /* x_i times all that have no earlier feature */
        for (int j = first; j < SMPI_DOT_QUADRATIC; j++)
            three[n++] = x[i] * two[j];
        first += SMPI_DOT_FEATURES + 1 - i;
    }
}

/* Place of the product of features i <= j <= k among the cubic terms, and of j <= k among the
 * quadratic ones; 4 stands for 1. */
static int quadratic_place(int j, int k)
{
    return j * (9 - j) / 2 + k;
}

static int cubic_place(int i, int j, int k)
{
    static const int first[5] = {0, 15, 25, 31, 34};
    int left = 5 - i, row = j - i;
    return first[i] + row * left - row * (row - 1) / 2 + (k - j);
}

/* Which feature of the dot: those of the skin have become numbers. */
static int of_dot(int i)
{
    return i < SMPI_DOT_FEATURES ? i : SMPI_DOT_FEATURES;
}

/* x holds 1 for the features of the dot, those of the skin, and 1. */
static void fold_cubic(const float *fit, const float x[8], float out[SMPI_DOT_CUBIC])
{
    int n = 0;
    memset(out, 0, SMPI_DOT_CUBIC * sizeof *out);
    for (int i = 0; i < 8; i++)
        for (int j = i; j < 8; j++)
            for (int k = j; k < 8; k++)
                out[cubic_place(of_dot(i), of_dot(j), of_dot(k))] += fit[n++] * x[i] * x[j] * x[k];
}

static void fold_quadratic(const float *fit, const float x[8], float out[SMPI_DOT_QUADRATIC])
{
    int n = 0;
    memset(out, 0, SMPI_DOT_QUADRATIC * sizeof *out);
    for (int i = 0; i < 8; i++)
        for (int j = i; j < 8; j++)
            out[quadratic_place(of_dot(i), of_dot(j))] += fit[n++] * x[i] * x[j];
}

void smpi_dot_wave_init(smpi_dot_wave *w, int law, const smpi_layer layers[2])
{
    const smpi_dot_constants *fit = law ? &smpi_dot_tall : &smpi_dot_usual;
    float reduced = (float)(layers[1].scatter * (1 - SMPI_SKIN_COSINE));
    float dermis = (float)layers[1].absorb;
    float k = sqrtf(3 * dermis * (dermis + reduced));
    /* held to the skins of the fit */
    float x[8] = {1, 1, 1, 1, 0, 0, 0, 1};
    x[4] = (sqrtf(within((float)layers[0].absorb, 0.05f, 30)) - 1.3f) / 1.3f;
    x[5] = (sqrtf(within(k, 0.2f, 9)) - 1.4f) / 0.6f;
    x[6] = (reduced - 4.3f) / 0.4f;
    fold_cubic(fit->middle, x, w->middle);
    fold_cubic(fit->integral, x, w->integral);
    fold_quadratic(fit->share, x, w->share);
    fold_quadratic(fit->mix, x, w->mix);
    memcpy(w->exponent, fit->exponent, sizeof w->exponent);
    w->near_r2 = NEAR_LEAST + smpi_expf(fit->tail[0] + fit->tail[1] * x[4] + fit->tail[2] * x[5]);
    w->far_r2 = w->near_r2 + smpi_expf(fit->tail[3] + fit->tail[4] * x[4] + fit->tail[5] * x[5]);
    w->decay = k;
}
