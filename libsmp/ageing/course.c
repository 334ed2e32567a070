/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The course of a plan: colour, contrast and coverage of full density over time
 * (docs/model/time.md, 6). */
#include <smp/ageing.h>

#include <math.h>

#include "ageing/clock.h"
#include "ageing/skin.h"
#include "base/diag.h"
#include "base/fields.h"
#include "base/math.h"
#include "base/random.h"
#include "optics/dot.h"
#include "optics/skin.h"
#include "plan/plan.h"

#define LAST_DAY 36500.0
#define SETTLED_DAYS 42.0
#define SAMPLES 48 /* dots of each session that stand for all */
#define MOST_SIGMAS 2.5
#define SEEN_CONTRAST 0.1
#define DETAIL_MM 1.0
#define PURPOSE_SIZE 0x41474331u
#define PURPOSE_DOSE 0x41474332u
#define PURPOSE_TOP 0x41474333u

static const smp_field course_fields[] = {
    SMPI_FIELD_HEAD(smp_course_desc),
    SMPI_FIELD(smp_course_desc, band, "", 0.0, 3.0, 1.28,
               "Standard deviations of personal variation that low and high lie from typical."),
    SMPI_FIELD(smp_course_desc, threshold, "", 0.05, 0.95, 0.5,
               "Share of the contrast of day 42 at which a touch-up is due."),
    SMPI_FIELD_RESERVED(smp_course_desc, reserved),
};
SMPI_DEFINE_FIELDS(smp_course_desc, course_fields)

/* What a course is worked out from. */
typedef struct course {
    const smp_plan *plan;
    smp_course_desc desc;
    smp_skin skin;
    smpi_dot_model model;
    float bare[3]; /* linear RGB */
    float bare_lab[3];
} course;

/* Sums over dots, per mm2 of skin. */
typedef struct field_sum {
    double core[3], tail[3], cover, mass, implanted, wander;
} field_sum;

static void lab_of(const float rgb[3], float lab[3])
{
    float xyz[3] = {0.0f, 0.0f, 0.0f};
    if (smp_rgb_to_xyz(SMP_SPACE_LINEAR_SRGB, rgb, xyz, NULL) == SMP_OK)
        smp_xyz_to_lab(xyz, lab);
}

static smp_status course_make(course *c, const smp_plan *plan, const smp_skin *skin,
                              const smp_course_desc *desc, smp_diag *diag)
{
    c->plan = plan;
    SMPI_TRY(smpi_desc_read(&c->desc, sizeof c->desc, desc, course_fields,
                            SMPI_COUNT(course_fields), diag));
    SMPI_TRY(smpi_skin_read(skin, &c->skin, diag));
    SMPI_TRY(smp_skin_color(&c->skin, SMP_SPACE_LINEAR_SRGB, c->bare, diag));
    lab_of(c->bare, c->bare_lab);
    return smpi_dot_model_init(&c->model, &c->skin, SMP_SPACE_LINEAR_SRGB, diag);
}

static double varied(double x, double variation, uint32_t id, uint32_t purpose)
{
    const double n = (double)smpi_normal(smpi_hash(1, id, purpose));
    return x * (1.0 + variation * fmin(fmax(n, -MOST_SIGMAS), MOST_SIGMAS));
}

/* A dot that stands for others of its session. */
static smpi_implant sample(const smpi_plan_data *data, uint32_t group, uint32_t index)
{
    const smp_plan_desc *d = &data->desc;
    const uint32_t id = group * SAMPLES + index;
    const double dose = (double)d->dose * (double)data->session[group].dose_scale;
    const smpi_implant implant = {
        .seed = 1,
        .id = id,
        /* places far apart, so that patches average out */
        .xyz_mm = {37.0 * (double)(id % 7), 41.0 * (double)(id / 7 % 7), 43.0 * (double)(id / 49)},
        .diameter_mm =
            (float)varied((double)d->diameter_mm, (double)d->size_variation, id, PURPOSE_SIZE),
        .top_mm = (float)varied((double)d->top_mm, (double)d->depth_variation, id, PURPOSE_TOP),
        .height_mm = d->height_mm,
        .dose = (float)fmax(varied(dose, (double)d->dose_variation, id, PURPOSE_DOSE), 0.0),
        .uptake = 1.0f,
        .spread = 1.0f,
        .fade = 1.0f,
    };
    return implant;
}

/* Area of a lone dot that is darker than SEEN_CONTRAST in green. */
static double seen_mm2(const smpi_dot_seen *s)
{
    float radius2, k;
    smpi_dot_bump(s->core_r2_mm2, s->core_kurtosis, &radius2, &k);
    const double peak = (double)s->core_mm2[1] * ((double)k + 1.0) / (SMPI_PI * (double)radius2);
    if (!(peak > SEEN_CONTRAST))
        return 0.0;
    return SMPI_PI * (double)radius2 * (1.0 - smpi_pow(SEEN_CONTRAST / peak, 1.0 / (double)k));
}

static void add_group(const course *c, const smpi_clock *clock, uint32_t group, double per_mm2,
                      field_sum *sum)
{
    for (uint32_t i = 0; i < SAMPLES; i++) {
        const smpi_implant implant = sample(&c->plan->data, group, i);
        smpi_nature nature;
        smpi_aged aged;
        smpi_dot_seen seen;
        smpi_nature_make(&implant, &nature);
        smpi_dot_age(&nature, clock->moment + group, clock->mix + group, implant.dose, ~0u, &aged);
        if (!(clock->moment[group].days >= 0.0))
            return;
        smpi_dot_look(&c->model, implant.diameter_mm, implant.top_mm + aged.deeper_mm,
                      implant.height_mm, aged.dose, aged.spread_mm, &seen);
        const double share = per_mm2 / SAMPLES;
        for (int k = 0; k < 3; k++) {
            sum->core[k] += share * (double)seen.core_mm2[k];
            sum->tail[k] += share * (double)seen.tail_mm2[k];
        }
        sum->cover += share * seen_mm2(&seen);
        sum->mass += share * (double)aged.mass;
        sum->implanted += share * (double)implant.dose;
        sum->wander += share * (double)implant.dose * (double)nature.diffusion *
                       clock->moment[group].days / SMPI_YEAR;
    }
}

/* How cores that overlap saturate (docs/model/render.md, R2). */
static double saturated(double k)
{
    return k <= 0.75 ? k : 1.0 - 0.0625 / (k - 0.5);
}

static void values_of(const course *c, const smpi_clock *clock, float *values)
{
    const smpi_plan_data *data = &c->plan->data;
    field_sum sum = {{0.0}, {0.0}, 0.0, 0.0, 0.0, 0.0};
    float rgb[3], lab[3] = {0.0f, 0.0f, 0.0f};
    double before = 0.0, red = 0.0;
    for (uint32_t g = 0; g < clock->count; g++) {
        const double share = (double)data->session[g].share;
        add_group(c, clock, g, (share - before) * (double)data->desc.density_per_cm2 / 100.0, &sum);
        before = share;
        red = fmax(red, clock->moment[g].healing.red);
    }
    for (int k = 0; k < 3; k++)
        rgb[k] = c->bare[k] * (float)((1.0 - saturated(sum.core[k])) / (1.0 + sum.tail[k]));
    lab_of(rgb, lab);
    values[SMP_COURSE_CONTRAST] = c->bare_lab[0] - lab[0];
    values[SMP_COURSE_LIGHTNESS] = lab[0];
    values[SMP_COURSE_A] = lab[1];
    values[SMP_COURSE_B] = lab[2];
    values[SMP_COURSE_COVERAGE] = (float)(1.0 - smpi_exp(-sum.cover));
    values[SMP_COURSE_MASS] = sum.implanted > 0.0 ? (float)(sum.mass / sum.implanted) : 0.0f;
    const double wander = sum.implanted > 0.0 ? 2.0 * sum.wander / sum.implanted : 0.0;
    values[SMP_COURSE_DETAIL] =
        (float)smpi_exp(-2.0 * SMPI_PI * SMPI_PI * wander / (DETAIL_MM * DETAIL_MM));
    values[SMP_COURSE_REDNESS] = 0.0f;
    if (red > 0.0) {
        double light[3];
        smpi_skin_red(&c->skin, red, SMP_SPACE_LINEAR_SRGB, light);
        for (int k = 0; k < 3; k++)
            rgb[k] = (float)light[k];
        lab_of(rgb, lab);
        values[SMP_COURSE_REDNESS] = lab[1] - c->bare_lab[1];
    }
}

static void at_day(const course *c, uint32_t which, double day, float *values)
{
    smpi_clock clock;
    const double sigmas[SMP_COURSE_CASES] = {(double)c->desc.band, 0.0, -(double)c->desc.band};
    smpi_clock_make(c->plan, smpi_skin_type_of(&c->skin), sigmas[which], day, &clock);
    values_of(c, &clock, values);
}

static smp_status check(const smp_context *ctx, const smp_plan *plan, const void *out,
                        smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(ctx, diag);
    SMPI_NEED(plan, diag);
    if (!out)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "the place for results is NULL");
    return SMP_OK;
}

smp_status smp_fade_course(const smp_context *ctx, const smp_plan *plan, const smp_skin *skin,
                           const smp_course_desc *desc, uint32_t count, const double *days,
                           float *values, smp_diag *diag)
{
    course c;
    SMPI_TRY(check(ctx, plan, values, diag));
    SMPI_NEED(days, diag);
    for (uint32_t i = 0; i < count; i++)
        if (!(days[i] >= -1.0 && days[i] <= LAST_DAY))
            return smpi_fail(diag, SMP_ERR_RANGE, "days[%u] is %g, want [-1, 36500]", i, days[i]);
    SMPI_TRY(course_make(&c, plan, skin, desc, diag));
    for (uint32_t which = 0; which < SMP_COURSE_CASES; which++)
        for (uint32_t i = 0; i < count; i++)
            at_day(&c, which, days[i], values + ((size_t)which * count + i) * SMP_COURSE_VALUES);
    return SMP_OK;
}

static double contrast_on(const course *c, uint32_t which, double day)
{
    float values[SMP_COURSE_VALUES];
    at_day(c, which, day, values);
    return (double)values[SMP_COURSE_CONTRAST];
}

/* The first day from `settled` on with less contrast than `least`: a walk in steps of a tenth, then
 * halving. */
static double day_below(const course *c, uint32_t which, double settled, double least)
{
    double low = settled, step = 60.0;
    while (low + step < LAST_DAY && contrast_on(c, which, low + step) > least) {
        low += step;
        step = fmax(60.0, 0.1 * (low - settled));
    }
    double high = fmin(low + step, LAST_DAY);
    if (high >= LAST_DAY && contrast_on(c, which, LAST_DAY) > least)
        return LAST_DAY;
    while (high - low > 0.5) {
        const double middle = 0.5 * (low + high);
        if (contrast_on(c, which, middle) > least)
            low = middle;
        else
            high = middle;
    }
    return high;
}

smp_status smp_fade_due(const smp_context *ctx, const smp_plan *plan, const smp_skin *skin,
                        const smp_course_desc *desc, double due_day[SMP_COURSE_CASES],
                        smp_diag *diag)
{
    course c;
    SMPI_TRY(check(ctx, plan, due_day, diag));
    SMPI_TRY(course_make(&c, plan, skin, desc, diag));
    const smpi_plan_data *data = &plan->data;
    const double settled =
        fmin(data->session[data->session_count - 1].day + SETTLED_DAYS, LAST_DAY);
    for (uint32_t which = 0; which < SMP_COURSE_CASES; which++) {
        const double then = contrast_on(&c, which, settled);
        due_day[which] = day_below(&c, which, settled, then * (double)c.desc.threshold);
    }
    return SMP_OK;
}
