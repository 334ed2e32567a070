/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * look - what a camera sees of columns of pigment, a lane for each: core, narrower and wider tail
 * per channel. The same equations as optics/dot_look.c has for one channel. Domain: sizes and
 * depths above 0, dose from 0, all below 1e6, spread from 0. Arrays may be read and written up to n
 * alone. source: docs/model/optics.md, 4 and 5; error against double: tests/kernels/check_dots.h */
#include "kernels/isa.h"
#include "kernels/kernels.h"
#include "kernels/vec.h"

#define CUBIC 35
#define QUADRATIC 15
#define PI 3.14159265f

typedef struct look_column {
    vf wide2, top, height;
    vf thin;   /* dose per mm of height, over the width that it has become */
    vf softer; /* what spread adds to the integral of much pigment */
} look_column;

/* Middle and integral of three channels; share, mix and exponent of the second. */
typedef struct look_said {
    vf cubic[6], quadratic[3];
    vf dose, deep, tiny, softer;
} look_said;

static inline vf look_logistic(vf x)
{
    const vf one = vf_set1(1.0f);
    x = vf_hold(x, vf_set1(-40.0f), vf_set1(40.0f));
    return vf_div(one, vf_add(one, vf_exp(vf_sub(vf_set1(0.0f), x))));
}

/* All products of up to three features, in the order of the constants; the last 15 are those of up
 * to two. */
static inline void look_terms(const vf feature[4], vf three[CUBIC + QUADRATIC])
{
    const vf x[5] = {feature[0], feature[1], feature[2], feature[3], vf_set1(1.0f)};
    vf two[QUADRATIC];
    int n = 0, first = 0;
    for (int i = 0; i < 5; i++)
        for (int j = i; j < 5; j++)
            two[n++] = vf_mul(x[i], x[j]);
    n = 0;
    for (int i = 0; i < 5; i++) {
        for (int j = first; j < QUADRATIC; j++)
            three[n++] = vf_mul(x[i], two[j]);
        first += 5 - i;
    }
    for (int j = 0; j < QUADRATIC; j++)
        three[CUBIC + j] = two[j];
}

static inline void look_body(const smpk_law *law, const look_column *in, vf feature[4],
                             look_said *s)
{
    const vf one = vf_set1(1.0f), four = vf_set1(4.0f);
    const float narrow = law->low[0] * law->low[0], broad = law->high[0] * law->high[0];
    const vf height = vf_hold(in->height, vf_set1(law->low[2]), vf_set1(law->high[2]));
    const vf dose = vf_mul(in->thin, vf_min(height, in->height));
    s->dose = vf_min(dose, vf_min(vf_set1(law->dose), vf_mul(vf_set1(law->per_mm), height)));
    s->softer = vf_div(vf_mul(in->softer, s->dose), vf_add(vf_set1(2.0f), s->dose));
    s->tiny = vf_min(vf_mul(in->wide2, vf_set1(1.0f / narrow)), one);
    s->deep = vf_max(vf_sub(in->top, vf_set1(law->high[1])), vf_set1(0.0f));
    const vf wide2 = vf_hold(in->wide2, vf_set1(narrow), vf_set1(broad));
    const vf top = vf_hold(in->top, vf_set1(law->low[1]), vf_set1(law->high[1]));
    feature[0] = vf_mul(vf_set1(0.5f), vf_log(vf_mul(vf_set1(16.0f), wide2)));
    feature[1] = vf_mul(vf_set1(5.0f), vf_sub(vf_sqrt(top), vf_set1(0.45f)));
    feature[2] = vf_log(vf_mul(four, height));
    feature[3] = vf_sub(vf_log(vf_add(one, vf_mul(vf_set1(0.5f), s->dose))), vf_set1(0.7f));
}

static void look_law(const smpk_law *law, const look_column *in, look_said *s)
{
    static const int which[3] = {1, 4, 6};
    vf feature[4], term[CUBIC + QUADRATIC];
    look_body(law, in, feature, s);
    look_terms(feature, term);
    vf cubic[6], quadratic[3];
    for (int c = 0; c < 6; c++)
        cubic[c] = vf_mul(term[0], vf_set1(law->cubic[0][c]));
    for (int i = 1; i < CUBIC; i++)
        for (int c = 0; c < 6; c++)
            cubic[c] = vf_add(cubic[c], vf_mul(term[i], vf_set1(law->cubic[i][c])));
    for (int c = 0; c < 3; c++)
        quadratic[c] = vf_mul(term[CUBIC], vf_set1(law->quadratic[0][which[c]]));
    for (int i = 1; i < QUADRATIC; i++)
        for (int c = 0; c < 3; c++)
            quadratic[c] =
                vf_add(quadratic[c], vf_mul(term[CUBIC + i], vf_set1(law->quadratic[i][which[c]])));
    memcpy(s->cubic, cubic, sizeof cubic);
    memcpy(s->quadratic, quadratic, sizeof quadratic);
}

/* (1 - t) a + t b: exactly a at 0, b at 1, so that a law that no lane needs may be left out. */
static inline void look_mix(vf *a, vf b, vf t)
{
    *a = vf_add(vf_mul(vf_sub(vf_set1(1.0f), t), *a), vf_mul(t, b));
}

static inline void look_both(const smpk_look_model *m, const look_column *in, const int asked[2],
                             look_said *s)
{
    look_said other;
    look_law(m->law + !asked[0], in, s);
    if (!(asked[0] && asked[1]))
        return;
    look_law(m->law + 1, in, &other);
    const vf per = vf_set1(1.0f / (m->tall_to - m->tall_from));
    vf t = vf_mul(vf_sub(in->height, vf_set1(m->tall_from)), per);
    t = vf_hold(t, vf_set1(0.0f), vf_set1(1.0f));
    t = vf_mul(vf_mul(t, t), vf_sub(vf_set1(3.0f), vf_add(t, t)));
    for (int c = 0; c < 6; c++)
        look_mix(s->cubic + c, other.cubic[c], t);
    for (int c = 0; c < 3; c++)
        look_mix(s->quadratic + c, other.quadratic[c], t);
    look_mix(&s->dose, other.dose, t);
    look_mix(&s->deep, other.deep, t);
    look_mix(&s->tiny, other.tiny, t);
    look_mix(&s->softer, other.softer, t);
}

/* The lanes that are worked on. */
typedef struct look_lanes {
    const smpk_look *job;
    size_t first, count;
    vf dose; /* as given */
} look_lanes;

/* 0 where there is too little to be seen. */
static inline void look_put(const look_lanes *on, float *to, vf amount)
{
    const vf least = vf_set1(on->job->model->least);
    vf_store_n(to + on->first, vf_where_ge(on->dose, least, amount, vf_set1(0.0f)), on->count);
}

typedef struct look_channel {
    vf middle, integral;
} look_channel;

static inline look_channel look_take(const smpk_look_model *m, const look_said *s, vf area, int c)
{
    const vf least = vf_set1(-80.0f), most = vf_set1(80.0f);
    const vf sunk = vf_mul(vf_set1(-2.0f * m->decay[c]), s->deep);
    const vf middle = vf_exp(vf_hold(vf_add(s->cubic[c], sunk), least, most));
    const vf more = vf_add(s->softer, sunk);
    const vf integral = vf_exp(vf_hold(vf_add(s->cubic[3 + c], more), least, most));
    const vf x = vf_mul(vf_mul(s->dose, middle), s->tiny);
    return (look_channel){vf_div(x, vf_add(vf_set1(1.0f), x)),
                          vf_mul(vf_mul(s->dose, area), integral)};
}

/* A core of a given ratio of area to peak and, at best, a given share of the middle. */
static inline void look_share(const look_lanes *on, int c, look_channel at, vf ratio, vf share)
{
    const smpk_look *job = on->job;
    const float near1 = 1 / (PI * job->model->near_r2[c]), far1 = 1 / (PI * job->model->far_r2[c]);
    const vf zero = vf_set1(0.0f), one = vf_set1(1.0f), near = vf_set1(near1);
    const vf far = vf_set1(far1);
    vf core = vf_mul(vf_mul(share, at.middle), ratio), rest = vf_sub(at.integral, core);
    vf narrow = vf_sub(vf_mul(vf_sub(one, share), at.middle), vf_mul(rest, far));
    narrow = vf_mul(narrow, vf_set1(1.0f / (near1 - far1)));
    const vf each = vf_where_ge(narrow, zero, near, far);
    vf held = vf_mul(vf_sub(at.middle, vf_mul(at.integral, each)), ratio);
    held = vf_div(held, vf_sub(one, vf_mul(ratio, each)));
    held = vf_min(vf_max(held, zero), at.integral);
    const vf left = vf_sub(at.integral, held);
    /* where narrow is not in [0, rest] */
    core = vf_where_ge(narrow, zero, vf_where_ge(rest, narrow, core, held), held);
    narrow = vf_where_ge(narrow, zero, vf_where_ge(rest, narrow, narrow, left), zero);
    rest = vf_sub(vf_sub(at.integral, core), narrow);
    const vf more = vf_mul(narrow, vf_set1(job->model->near_more / job->model->near_r2[c]));
    look_put(on, job->core[c], core);
    look_put(on, job->near[c], vf_mul(narrow, vf_add(one, more)));
    look_put(on, job->far[c], rest);
}

static inline look_column look_load(const look_lanes *on)
{
    const smpk_look *job = on->job;
    const smpk_look_model *m = job->model;
    const size_t i = on->first, n = on->count;
    const vf one = vf_set1(1.0f);
    const vf d = vf_load_n(job->diameter + i, n), spread = vf_load_n(job->spread + i, n);
    look_column in = {.top = vf_load_n(job->top + i, n), .height = vf_load_n(job->height + i, n)};
    const vf narrow2 = vf_mul(d, d), spread2 = vf_mul(spread, spread);
    in.wide2 = vf_add(narrow2, vf_mul(vf_set1(m->spread), spread2));
    const vf per = vf_div(one, vf_mul(in.wide2, in.height));
    in.thin = vf_mul(vf_mul(vf_max(on->dose, vf_set1(m->least)), narrow2), per);
    const vf rounder = vf_add(narrow2, vf_mul(vf_set1(m->spread_true), spread2));
    in.softer = vf_log(vf_mul(rounder, vf_mul(per, in.height)));
    in.softer = vf_mul(vf_set1(m->softer), in.softer);
    return in;
}

static void look_group(const smpk_look *job, const int asked[2], size_t i, size_t n)
{
    const smpk_look_model *m = job->model;
    const look_lanes on = {job, i, n, vf_load_n(job->dose + i, n)};
    const vf one = vf_set1(1.0f);
    const look_column in = look_load(&on);
    look_said s;
    look_both(m, &in, asked, &s);
    const vf area = vf_mul(vf_set1(0.25f * PI), in.wide2);
    const look_channel green = look_take(m, &s, area, 1);
    const vf mix = look_logistic(s.quadratic[1]);
    const vf each = vf_add(vf_mul(vf_sub(one, mix), vf_set1(1 / (PI * m->near_r2[1]))),
                           vf_mul(mix, vf_set1(1 / (PI * m->far_r2[1]))));
    const vf tails = vf_min(vf_mul(look_logistic(s.quadratic[0]), green.integral),
                            vf_div(vf_mul(vf_set1(0.8f), green.middle), each));
    const vf peak = vf_sub(green.middle, vf_mul(tails, each));
    const vf ratio = vf_div(vf_sub(green.integral, tails), peak);
    const vf share = vf_div(peak, green.middle);
    for (int c = 0; c < 3; c++)
        look_share(&on, c, c == 1 ? green : look_take(m, &s, area, c), ratio, share);
    const vf k = vf_add(vf_set1(0.5f), vf_mul(vf_set1(7.5f), look_logistic(s.quadratic[2])));
    const vf k2 = vf_add(k, vf_set1(2.0f));
    const vf r2 = vf_mul(vf_mul(ratio, vf_set1(1 / PI)), vf_add(k, one));
    vf_store_n(job->r2 + i, vf_div(r2, k2), n);
    vf_store_n(job->kurtosis + i, vf_div(vf_add(k2, k2), vf_add(k2, one)), n);
}

void SMPK_FN(look)(const smpk_look *job, size_t n)
{
    int asked[2] = {0, 0};
    for (size_t i = 0; i < n; i++) {
        asked[0] |= job->height[i] < job->model->tall_to;
        asked[1] |= job->height[i] > job->model->tall_from;
    }
    for (size_t i = 0; i < n; i += SMPK_LANES)
        look_group(job, asked, i, n - i < SMPK_LANES ? n - i : SMPK_LANES);
}
