/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Dots like the hairs that are there: the diameter and dose whose settled dot a camera shows as
 * wide and as dark (docs/plan.md, section "Dots like hairs"). */
#include <smp/ageing.h>

#include <math.h>
#include <string.h>

#include "ageing/clock.h"
#include "base/diag.h"
#include "base/guard.h"
#include "base/math.h"
#include "optics/dot.h"
#include "optics/skin.h"
#include "plan/plan.h"

#define SETTLED_DAY 42.0
#define WIDTH_MOST 1.0f /* mm */
#define BLUR_MOST 5.0f  /* mm */
#define HALVINGS 18     /* of a range */
#define OCTAVES 14      /* of doses that are tried at first, down from the greatest */
#define STEPS 32        /* of a core, when it is blurred */
#define RINGS 24        /* of what lies over half of the peak */
#define CELL 16         /* rings of the skin that is a dot's own */
#define WINDOW 0.79     /* mm: of it, at most; as large as 1.4 mm square */
#define ROW 32          /* diameters that are tried at first */
#define GOLDEN 0.6180339887498949
#define SECTIONS 20
#define FAINT 1e-4 /* the least contrast that is told apart */
#define SHARP 1e-4 /* mm: less blur is none */
#define REACH 6.0  /* standard deviations of blur that are looked at */

/* A settled dot in the light in which hairs are looked for (docs/model/scalp.md, S16). */
typedef struct dot {
    double core, radius2, exponent; /* mm2: contrast times area */
    double near[3], far[3];         /* mm2, channel by channel */
    double around[2];               /* load of the other dots' tails, near and far */
    double base;                    /* contrast of what counts as the skin around */
} dot;

typedef struct job {
    smp_plan_desc desc; /* of the plan: where the column lies */
    smpi_mix mix;
    smpi_moment moment;
    smpi_dot_model model;
    double weight[3]; /* of a channel's contrast, summing to 1 */
    double blur2;     /* mm2 */
    double per_mm2;   /* dots */
    double width, darkness;
    const smp_field *size, *dose; /* the ranges of what is looked for */
} job;

/* Red in which vessels are faint, and some green: as smp_scalp_hairs() says how dark a hair is. */
static const double seen_in[3] = {0.7, 0.3, 0.0};

/* The average dot of a diameter and dose when it has settled. */
static void age(const job *j, double diameter, double dose, smpi_aged *aged)
{
    const smpi_implant implant = {.diameter_mm = (float)diameter,
                                  .top_mm = j->desc.top_mm,
                                  .height_mm = j->desc.height_mm,
                                  .dose = (float)dose,
                                  .uptake = 1.0f,
                                  .spread = 1.0f,
                                  .fade = 1.0f};
    smpi_nature nature;
    smpi_nature_average(&implant, &nature);
    smpi_dot_age(&nature, &j->moment, &j->mix, implant.dose, 1u, aged);
}

/* exp(-x) I0(x), x >= 0, to 2e-7: Abramowitz & Stegun 1964, 9.8.1 and 9.8.2. */
static double bessel(double x)
{
    static const double low[] = {1.0,       3.5156229, 3.0899424, 1.2067492,
                                 0.2659732, 0.0360768, 0.0045813};
    static const double high[] = {0.39894228,  0.01328592, 0.00225319,  -0.00157565, 0.00916281,
                                  -0.02057706, 0.02635537, -0.01647633, 0.00392377};
    const double t = x / 3.75;
    return t < 1.0 ? smpi_poly(low, SMPI_TERMS(low), t * t) * smpi_exp(-x)
                   : smpi_poly(high, SMPI_TERMS(high), 1.0 / t) / sqrt(x);
}

/* The core's share of 1 mm2 at a distance, blurred: rings of it, each spread out by a bell. */
static double core_at(const dot *d, double blur2, double radius)
{
    const double top = (d->exponent + 1.0) / (SMPI_PI * d->radius2);
    if (blur2 < SHARP * SHARP) {
        const double q = 1.0 - radius * radius / d->radius2;
        return q > 0.0 ? top * smpi_pow(q, d->exponent) : 0.0;
    }
    const double reach = REACH * sqrt(blur2);
    const double from = fmax(radius - reach, 0.0), to = fmin(radius + reach, sqrt(d->radius2));
    const double step = (to - from) / STEPS;
    double sum = 0.0;
    for (int i = 0; i < STEPS && step > 0.0; i++) {
        const double r = from + (i + 0.5) * step, apart = r - radius;
        sum += smpi_pow(1.0 - r * r / d->radius2, d->exponent) * r *
               smpi_exp(-apart * apart / (2.0 * blur2)) * bessel(r * radius / blur2);
    }
    return top * sum * step / blur2;
}

/* Light that is lost at a distance among dots: as pictures put cores and tails together
 * (docs/model/render.md, R1 to R6). */
static double light_lost(const job *j, const dot *d, double radius)
{
    double near = d->around[0], far = d->around[1];
    for (int c = 0; c < 3; c++) {
        const double near2 = (double)j->model.near_r2_mm2[c] + 2.0 * j->blur2;
        const double far2 = (double)j->model.far_r2_mm2[c] + 2.0 * j->blur2;
        near += d->near[c] / (SMPI_PI * near2) * smpi_exp(-radius * radius / near2);
        far += d->far[c] / (SMPI_PI * far2) * smpi_exp(-radius * radius / far2);
    }
    const double own = smpi_exp(near - d->around[0]) * (1.0 + far) / (1.0 + d->around[1]);
    const double core = d->core * core_at(d, j->blur2, radius) * own;
    const double held = core > 0.75 ? 1.0 - 0.0625 / (core - 0.5) : core;
    return 1.0 - (1.0 - held) * smpi_exp(-near) / (1.0 + far);
}

/* What a tail of an amount leaves beyond a distance. */
static double tail_beyond(double amount, double r2, double radius2)
{
    return amount * smpi_exp(-radius2 / r2);
}

/* The mean about a dot, in which what is darker counts as the mean (three turns): hairs' contrast
 * is over that, so broad tails, its own and its neighbours', are skin. */
static double base_of(const job *j, const dot *d, double window)
{
    double lost[CELL], base = 0.0;
    for (int i = 0; i < CELL; i++)
        lost[i] = light_lost(j, d, window * (i + 0.5) / CELL);
    for (int turn = 0; turn <= 3; turn++) {
        double sum = 0.0;
        for (int i = 0; i < CELL; i++)
            sum += (i + 0.5) * (turn ? fmin(lost[i], base) : lost[i]);
        base = 2.0 * sum / ((double)CELL * CELL);
    }
    return base;
}

static void settle(const job *j, double diameter, double dose, dot *d)
{
    smpi_aged aged;
    smpi_dot_seen seen;
    float radius2, exponent;
    const double cell2 = 1.0 / (SMPI_PI * j->per_mm2);
    age(j, diameter, dose, &aged);
    smpi_dot_look(&j->model, (float)diameter, j->desc.top_mm + aged.deeper_mm, j->desc.height_mm,
                  aged.dose, aged.spread_mm, &seen);
    smpi_dot_bump(seen.core_r2_mm2, seen.core_kurtosis, &radius2, &exponent);
    *d = (dot){.radius2 = (double)radius2, .exponent = (double)exponent};
    for (int c = 0; c < 3; c++) {
        d->core += j->weight[c] * (double)seen.core_mm2[c];
        d->near[c] = j->weight[c] * (double)seen.near_mm2[c];
        d->far[c] = j->weight[c] * (double)seen.far_mm2[c];
        d->around[0] +=
            j->per_mm2 * tail_beyond(d->near[c], (double)j->model.near_r2_mm2[c], cell2);
        d->around[1] += j->per_mm2 * tail_beyond(d->far[c], (double)j->model.far_r2_mm2[c], cell2);
    }
    d->base = base_of(j, d, fmin(sqrt(cell2), WINDOW));
}

static double contrast_at(const job *j, const dot *d, double radius)
{
    return (light_lost(j, d, radius) - d->base) / (1.0 - d->base);
}

/* As hairs are measured: the second moment across of what is over half of the peak, less the third
 * of the blur's that such a cut leaves, as the width of a bar. */
static double width_of(const job *j, const dot *d)
{
    const double half = 0.5 * contrast_at(j, d, 0.0);
    double low = 0.0, high = sqrt(d->radius2) + sqrt(j->blur2), sum = 0.0, square = 0.0;
    while (contrast_at(j, d, high) > half && high < 1e3)
        high *= 2.0;
    for (int i = 0; i < HALVINGS; i++) {
        const double middle = 0.5 * (low + high);
        *(contrast_at(j, d, middle) > half ? &low : &high) = middle;
    }
    for (int i = 0; i < RINGS; i++) {
        const double r = (i + 0.5) * low / RINGS, amount = r * contrast_at(j, d, r);
        sum += amount;
        square += amount * r * r;
    }
    const double across = sum > 0.0 ? 0.5 * square / sum - j->blur2 / 3.0 : 0.0;
    return sqrt(12.0 * fmax(across, 0.0));
}

/* The least dose at which a dot of a diameter is as dark as asked for, or that of the darkest: what
 * is wide and strong darkens the skin around as well, so contrast falls again. */
static double dose_for(const job *j, double diameter)
{
    double low = j->dose->min, high = j->dose->max, best = high, darkest = 0.0, contrast = 0.0;
    dot d;
    for (int k = OCTAVES; k >= 0 && contrast < j->darkness; k--) {
        const double dose = j->dose->max / (double)(1u << k);
        settle(j, diameter, dose, &d);
        contrast = contrast_at(j, &d, 0.0);
        best = contrast > darkest ? dose : best;
        darkest = fmax(darkest, contrast);
        low = contrast < j->darkness ? dose : low;
        high = dose;
    }
    if (contrast < j->darkness)
        return best;
    for (int i = 0; i < HALVINGS; i++) {
        const double dose = 0.5 * (low + high);
        settle(j, diameter, dose, &d);
        *(contrast_at(j, &d, 0.0) < j->darkness ? &low : &high) = dose;
    }
    return 0.5 * (low + high);
}

/* How far a diameter's dots, as dark as they should be or can be, are from what is asked for: the
 * squares of both ratios' logarithms, widths as the camera shows them. */
static double miss(const job *j, double log_diameter)
{
    const double diameter = smpi_exp(log_diameter);
    dot d;
    settle(j, diameter, dose_for(j, diameter), &d);
    const double width = width_of(j, &d), extra = 4.0 * j->blur2;
    const double wide = 0.5 * smpi_log((width * width + extra) / (j->width * j->width + extra));
    const double dark = smpi_log(fmax(contrast_at(j, &d, 0.0), FAINT) / j->darkness);
    return wide * wide + dark * dark;
}

/* The diameter that misses least: the best of a coarse row (a dot too small for the darkness is
 * mostly its broad tails, so width does not rise all along), then golden sections beside it. */
static void match(job *j)
{
    const double first = smpi_log(j->size->min), step = (smpi_log(j->size->max) - first) / ROW;
    double best = first, least = INFINITY;
    for (int i = 0; i <= ROW; i++) {
        const double is = miss(j, first + i * step);
        best = is < least ? first + i * step : best;
        least = is < least ? is : least;
    }
    double low = fmax(best - step, first), high = fmin(best + step, first + ROW * step);
    double left = high - GOLDEN * (high - low), right = low + GOLDEN * (high - low);
    double is[2] = {miss(j, left), miss(j, right)};
    for (int i = 0; i < SECTIONS; i++) {
        if (is[0] < is[1]) {
            high = right;
            right = left;
            is[1] = is[0];
            left = high - GOLDEN * (high - low);
            is[0] = miss(j, left);
        } else {
            low = left;
            left = right;
            is[0] = is[1];
            right = low + GOLDEN * (high - low);
            is[1] = miss(j, right);
        }
    }
    const double diameter = smpi_exp(0.5 * (low + high));
    j->desc.diameter_mm = (float)fmin(fmax(diameter, j->size->min), j->size->max);
    j->desc.dose = (float)dose_for(j, diameter);
}

/* A field that the table has. */
static const smp_field *field_of(const char *name)
{
    uint32_t count;
    const smp_field *fields = smp_plan_desc_fields(&count);
    while (strcmp(fields->name, name) != 0)
        fields++;
    return fields;
}

/* What does not depend on the column: the plan's pigment as it is when it has settled, in the skin.
 */
static smp_status prepare(job *j, const smp_plan *plan, const smp_skin *skin, smp_diag *diag)
{
    const smpi_plan_data *data = &plan->data;
    smp_skin own;
    smpi_aged aged;
    smpi_habits habits;
    double sum = 0.0;
    j->desc = data->desc;
    j->per_mm2 = (double)j->desc.density_per_cm2 / 100.0;
    j->size = field_of("diameter_mm");
    j->dose = field_of("dose");
    SMPI_TRY(smpi_skin_read(skin, &own, diag));
    smpi_habits_of(&data->life, smpi_skin_type_of(&own), &habits);
    smpi_moment_make(SETTLED_DAY, smpi_habits_pace(&habits), &j->moment);
    smpi_mix_make(&data->pigment, &j->mix);
    age(j, (double)j->desc.diameter_mm, 1.0, &aged);
    const smp_pigment left = smpi_pigment_left_of(&data->pigment, &j->mix, &aged);
    SMPI_TRY(smpi_dot_model_init(&j->model, &own, &left, SMP_SPACE_LINEAR_SRGB, diag));
    for (int c = 0; c < 3; c++) {
        j->weight[c] = seen_in[c] * (double)j->model.bare[c];
        sum += j->weight[c];
    }
    for (int c = 0; c < 3; c++)
        j->weight[c] /= sum;
    return SMP_OK;
}

SMPI_APART smp_status match_hairs_guarded(smp_plan *plan, const smp_skin *skin, float width_mm,
                                          float darkness, float blur_mm, smp_diag *diag)
{
    job j;
    smpi_diag_clear(diag);
    SMPI_NEED(plan, diag);
    if (!(width_mm > 0.0f && width_mm <= WIDTH_MOST))
        return smpi_fail(diag, SMP_ERR_RANGE, "width_mm is %g, want (0, %g]", (double)width_mm,
                         (double)WIDTH_MOST);
    if (!(darkness > 0.0f && darkness < 1.0f))
        return smpi_fail(diag, SMP_ERR_RANGE, "darkness is %g, want (0, 1)", (double)darkness);
    if (!(blur_mm >= 0.0f && blur_mm <= BLUR_MOST))
        return smpi_fail(diag, SMP_ERR_RANGE, "blur_mm is %g, want [0, %g]", (double)blur_mm,
                         (double)BLUR_MOST);
    j.width = (double)width_mm;
    j.darkness = (double)darkness;
    j.blur2 = (double)blur_mm * (double)blur_mm;
    SMPI_TRY(prepare(&j, plan, skin, diag));
    match(&j);
    return smp_plan_set(plan, &j.desc, diag);
}

smp_status smp_plan_match_hairs(smp_plan *plan, const smp_skin *skin, float width_mm,
                                float darkness, float blur_mm, smp_diag *diag)
{
    SMPI_GUARD(smp_status, match_hairs_guarded(plan, skin, width_mm, darkness, blur_mm, diag));
}
