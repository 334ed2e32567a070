/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A column under a model: contrast at the middle, integral, core and tails (docs/model/optics.md,
 * 5). This is what runs for every dot of every picture. */
#include <math.h>
#include <string.h>

#include "base/math.h"
#include "optics/dot_law.h"

#define PI ((float)SMPI_PI)

/* What the law says of a column, channel by channel. */
typedef struct said {
    smpi_dot_body body;
    float cubic[8], quadratic[8]; /* as the columns of smpi_dot_law */
} said;

static void ask_law(const smpi_dot_model *m, int k, const smp_column *column, said *s)
{
    const smpi_dot_law *law = m->law + k;
    float three[SMPI_DOT_CUBIC], two[SMPI_DOT_QUADRATIC];
    smpi_dot_body_init(&s->body, k, column);
    smpi_dot_terms(s->body.feature, two, three);
    memset(s->cubic, 0, sizeof s->cubic);
    memset(s->quadratic, 0, sizeof s->quadratic);
    for (int i = 0; i < SMPI_DOT_CUBIC; i++)
        for (int c = 0; c < 8; c++)
            s->cubic[c] += three[i] * law->cubic[i][c];
    for (int i = 0; i < SMPI_DOT_QUADRATIC; i++)
        for (int c = 0; c < 8; c++)
            s->quadratic[c] += two[i] * law->quadratic[i][c];
}

static void ask(const smpi_dot_model *m, const smp_column *column, said *s)
{
    float tall = smpi_dot_tallness(column->height_mm);
    said other;
    ask_law(m, tall < 1 ? 0 : 1, column, s);
    if (!(tall > 0 && tall < 1))
        return;
    ask_law(m, 1, column, &other);
    for (int c = 0; c < 8; c++) {
        s->cubic[c] += tall * (other.cubic[c] - s->cubic[c]);
        s->quadratic[c] += tall * (other.quadratic[c] - s->quadratic[c]);
    }
    s->body.dose += tall * (other.body.dose - s->body.dose);
    s->body.deep += tall * (other.body.deep - s->body.deep);
    s->body.tiny += tall * (other.body.tiny - s->body.tiny);
}

/* One channel of it. */
typedef struct channel {
    float middle;   /* contrast */
    float integral; /* mm2 */
} channel;

/* Below the fit's lowest top contrast falls as light that must go down and back does (assumed). */
static channel take(const smpi_dot_model *m, const said *s, int c)
{
    const smpi_dot_body *b = &s->body;
    float sunk = b->deep > 0 ? smpi_expf(-2 * m->decay[c] * b->deep) : 1;
    float x = b->dose * smpi_expf(s->cubic[c]) * b->tiny * sunk;
    float integral = b->dose * b->area * smpi_expf(s->cubic[3 + c] + b->softer) * sunk;
    return (channel){x / (1 + x), integral};
}

/* A channel's tails: the wider one's share in both, what they hold of the integral and what they
 * add to the middle. */
typedef struct tails {
    float far, wide, middle;
} tails;

static tails take_tails(const smpi_dot_model *m, const said *s, int c, channel at)
{
    tails t;
    t.far = smpi_logistic(s->quadratic[3 + c]);
    float each = ((1 - t.far) / m->near_r2_mm2[c] + t.far / m->far_r2_mm2[c]) / PI;
    t.wide = fminf(smpi_logistic(s->quadratic[c]) * at.integral, 0.8f * at.middle / each);
    t.middle = t.wide * each;
    return t;
}

static float exponent_of(const said *s)
{
    return 0.5f + 7.5f * smpi_logistic(s->quadratic[6]);
}

/* All channels share one core, that of green. */
void smpi_dot_look(const smpi_dot_model *m, float diameter_mm, float top_mm, float height_mm,
                   float dose, float spread_mm, smpi_dot_seen *seen)
{
    smpk_look_model model;
    memset(seen, 0, sizeof *seen);
    seen->core_r2_mm2 = diameter_mm * diameter_mm / 8 + 2 * spread_mm * spread_mm;
    seen->core_kurtosis = 4.0f / 3;
    if (!(dose > 0))
        return;
    smpi_dot_look_model(m, &model);
    smpk_look job = {&model,
                     &diameter_mm,
                     &top_mm,
                     &height_mm,
                     &dose,
                     &spread_mm,
                     .r2 = &seen->core_r2_mm2,
                     .kurtosis = &seen->core_kurtosis};
    for (int c = 0; c < 3; c++) {
        job.core[c] = seen->core_mm2 + c;
        job.near[c] = seen->near_mm2 + c;
        job.far[c] = seen->far_mm2 + c;
    }
    smpk_table_for(SMPK_SCALAR)->look(&job, 1);
}

void smpi_dot_bump(float r2_mm2, float kurtosis, float *radius2_mm2, float *exponent)
{
    float k = (3 * kurtosis - 4) / fmaxf(2 - kurtosis, 1e-6f);
    k = k > 0.5f ? fminf(k, 8) : 0.5f;
    *exponent = k;
    *radius2_mm2 = (k + 2) * r2_mm2;
}

void smpi_dot_shape_of(const smpi_dot_model *m, int which, const smp_column *column,
                       smpi_dot_shape *shape)
{
    said s;
    memset(shape, 0, sizeof *shape);
    shape->near_r2 = (double)m->near_r2_mm2[which];
    shape->far_r2 = (double)m->far_r2_mm2[which];
    shape->radius2 = shape->exponent = 1;
    if (!(column->dose > 0))
        return;
    ask(m, column, &s);
    channel at = take(m, &s, which);
    tails t = take_tails(m, &s, which, at);
    float k = exponent_of(&s), core = at.integral - t.wide;
    shape->middle = (double)at.middle;
    shape->integral = (double)at.integral;
    shape->core = (double)core;
    shape->near = (double)(t.wide * (1 - t.far));
    shape->far = (double)(t.wide * t.far);
    shape->radius2 = (double)(core / (at.middle - t.middle) * (k + 1) / PI);
    shape->exponent = (double)k;
}

double smpi_dot_shape_at(const smpi_dot_shape *s, double radius_mm)
{
    double r2 = radius_mm * radius_mm, q = 1 - r2 / s->radius2;
    double sum = s->near / (SMPI_PI * s->near_r2) * smpi_exp(-r2 / s->near_r2) +
                 s->far / (SMPI_PI * s->far_r2) * smpi_exp(-r2 / s->far_r2);
    if (q > 0)
        sum += s->core * (s->exponent + 1) / (SMPI_PI * s->radius2) * smpi_pow(q, s->exponent);
    return sum;
}
