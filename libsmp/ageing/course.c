/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The course of a plan: colour, contrast and coverage of full density over time
 * (docs/model/time.md, 6). */
#include <smp/ageing.h>

#include <math.h>
#include <string.h>

#include "ageing/clock.h"
#include "ageing/skin.h"
#include "base/diag.h"
#include "base/fields.h"
#include "base/guard.h"
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
    SMPI_FIELD(smp_course_desc, zone, "", 0.0, 31.0, 0.0, "Zone of the plan; 0 is outside all."),
};
SMPI_DEFINE_FIELDS(smp_course_desc, course_fields)

/* What a course is worked out from. */
typedef struct course {
    const smp_plan *plan;
    smp_course_desc desc;
    smp_skin skin; /* untanned */
    smpi_plan_skin takes;
    double skin_type;
    /* The skin of the day. */
    smp_skin tanned;
    float bare[3]; /* linear RGB */
    float bare_lab[3];
    /* The model that was used last, and what for. */
    int built;
    smp_skin model_skin;
    smp_pigment model_pigment;
    smpi_dot_model model;
} course;

/* Sums over dots, per mm2 of skin. */
typedef struct field_sum {
    double core[3], near[3], far[3], cover, mass, implanted, wander, red;
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
    c->built = 0;
    SMPI_TRY(smpi_desc_read(&c->desc, sizeof c->desc, desc, course_fields,
                            SMPI_COUNT(course_fields), diag));
    if (c->desc.zone > plan->data.zone_count)
        return smpi_fail(diag, SMP_ERR_RANGE, "zone is %u, the plan has %u", c->desc.zone,
                         plan->data.zone_count);
    SMPI_TRY(smpi_skin_read(skin, &c->skin, diag));
    c->takes = smpi_plan_zone_skin(plan, c->desc.zone);
    c->skin_type = smpi_skin_type_of(&c->skin);
    return SMP_OK;
}

/* The skin as it is tanned on a day. */
static smp_status tan_for(course *c, double day, smp_diag *diag)
{
    const double tan = smpi_tan(&c->plan->data.life, day);
    c->tanned = c->skin;
    c->tanned.melanin = fminf(c->skin.melanin * (float)(1.0 + SMPI_TAN_MELANIN * tan), 0.5f);
    SMPI_TRY(smp_skin_color(&c->tanned, SMP_SPACE_LINEAR_SRGB, c->bare, diag));
    lab_of(c->bare, c->bare_lab);
    return SMP_OK;
}

/* Bit by bit: what differs at all is built anew. */
static int same(const void *a, const void *b, size_t size)
{
    return memcmp(a, b, size) == 0;
}

static smp_status model_for(course *c, const smp_pigment *pigment, smp_diag *diag)
{
    if (c->built && same(pigment, &c->model_pigment, sizeof *pigment) &&
        same(&c->tanned, &c->model_skin, sizeof c->tanned))
        return SMP_OK;
    c->built = 1;
    c->model_pigment = *pigment;
    c->model_skin = c->tanned;
    return smpi_dot_model_init(&c->model, &c->tanned, pigment, SMP_SPACE_LINEAR_SRGB, diag);
}

static double varied(double x, double variation, uint32_t id, uint32_t purpose)
{
    const double n = (double)smpi_normal(smpi_hash(1, id, purpose));
    return x * (1.0 + variation * fmin(fmax(n, -MOST_SIGMAS), MOST_SIGMAS));
}

/* A dot that stands for others of its session. */
static smpi_implant sample(const course *c, uint32_t group, uint32_t index)
{
    const smp_plan_desc *d = &c->plan->data.desc;
    const smpi_plan_column column = smpi_plan_group_column(c->plan, group, c->desc.zone);
    const uint32_t id = group * SAMPLES + index;
    const smpi_implant implant = {
        .seed = 1,
        .id = id,
        /* places far apart, so that patches average out */
        .xyz_mm = {37.0 * (double)(id % 7), 41.0 * (double)(id / 7 % 7), 43.0 * (double)(id / 49)},
        .diameter_mm =
            (float)varied((double)column.diameter_mm, (double)d->size_variation, id, PURPOSE_SIZE),
        .top_mm = (float)varied((double)column.top_mm, (double)d->depth_variation, id, PURPOSE_TOP),
        .height_mm = column.height_mm,
        .dose = (float)fmax(
            varied((double)column.dose, (double)d->dose_variation, id, PURPOSE_DOSE), 0.0),
        .uptake = c->takes.uptake,
        .spread = c->takes.spread,
        .fade = c->takes.fade,
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
        const smpi_implant implant = sample(c, group, i);
        smpi_nature nature;
        smpi_aged aged;
        smpi_dot_seen seen;
        smpi_nature_make(&implant, &nature);
        smpi_dot_age(&nature, clock->moment + group, clock->mix + group, implant.dose,
                     1u << c->desc.zone, &aged);
        smpi_dot_look(&c->model, implant.diameter_mm, implant.top_mm + aged.deeper_mm,
                      implant.height_mm, aged.dose, aged.spread_mm, &seen);
        const double share = per_mm2 / SAMPLES;
        for (int k = 0; k < 3; k++) {
            sum->core[k] += share * (double)seen.core_mm2[k];
            sum->near[k] += share * (double)seen.near_mm2[k];
            sum->far[k] += share * (double)seen.far_mm2[k];
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

/* Dots per mm2 that a group adds at full density. */
static double added(const course *c, uint32_t group, double *before)
{
    const smpi_plan_data *data = &c->plan->data;
    const uint32_t zone = c->desc.zone;
    double full = (double)data->desc.density_per_cm2 / 100.0, share = 0.0;
    if (zone)
        full *= (double)data->zone[zone - 1].density_scale;
    if (zone && data->zone[zone - 1].kind == SMP_ZONE_EXCLUDE)
        full = 0.0;
    if (group >= data->session_count)
        share = data->event[group - data->session_count].kind == SMP_EVENT_TOUCH_UP
                    ? (double)data->event[group - data->session_count].share
                    : 0.0;
    else
        share = (double)data->session[group].share - *before;
    if (!smpi_plan_touches(c->plan, group, zone))
        return 0.0;
    if (group < data->session_count)
        *before = (double)data->session[group].share;
    return full * share;
}

/* Sums all groups that are there on the day. */
static smp_status sum_groups(course *c, const smpi_clock *clock, field_sum *sum, smp_diag *diag)
{
    double before = 0.0;
    for (uint32_t g = 0; g < clock->count; g++) {
        const double per_mm2 = added(c, g, &before);
        if (!(per_mm2 > 0.0) || !(clock->moment[g].days >= 0.0))
            continue;
        const smp_pigment pigment = smpi_group_pigment(c->plan, clock, g, c->desc.zone);
        SMPI_TRY(model_for(c, &pigment, diag));
        add_group(c, clock, g, per_mm2, sum);
        sum->red = fmax(sum->red, clock->moment[g].healing.red);
    }
    return SMP_OK;
}

static smp_status values_of(course *c, const smpi_clock *clock, float *values, smp_diag *diag)
{
    field_sum sum = {{0.0}, {0.0}, {0.0}, 0.0, 0.0, 0.0, 0.0, 0.0};
    float rgb[3], lab[3] = {0.0f, 0.0f, 0.0f};
    SMPI_TRY(sum_groups(c, clock, &sum, diag));
    for (int k = 0; k < 3; k++)
        rgb[k] = c->bare[k] * (float)((1.0 - saturated(sum.core[k])) * smpi_exp(-sum.near[k]) /
                                      (1.0 + sum.far[k]));
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
    if (sum.red > 0.0) {
        double share[3];
        smpi_skin_red(&c->tanned, sum.red, SMP_SPACE_LINEAR_SRGB, share);
        for (int k = 0; k < 3; k++)
            rgb[k] = c->bare[k] * (float)share[k];
        lab_of(rgb, lab);
        values[SMP_COURSE_REDNESS] = lab[1] - c->bare_lab[1];
    }
    return SMP_OK;
}

/* Fast, typical, slow. */
static smpi_who who_of(const course *c, uint32_t which)
{
    const double sigmas[SMP_COURSE_CASES] = {(double)c->desc.band, 0.0, -(double)c->desc.band};
    return (smpi_who){NULL, c->skin_type, sigmas[which]};
}

static smp_status at_day(course *c, uint32_t which, double day, float *values, smp_diag *diag)
{
    smpi_clock clock;
    const smpi_who who = who_of(c, which);
    SMPI_TRY(tan_for(c, day, diag));
    smpi_clock_make(c->plan, &who, day, &clock);
    return values_of(c, &clock, values, diag);
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

SMPI_APART smp_status fade_course_guarded(const smp_context *ctx, const smp_plan *plan,
                                          const smp_skin *skin, const smp_course_desc *desc,
                                          uint32_t count, const double *days, float *values,
                                          smp_diag *diag)
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
            SMPI_TRY(at_day(&c, which, days[i],
                            values + ((size_t)which * count + i) * SMP_COURSE_VALUES, diag));
    return SMP_OK;
}

smp_status smp_fade_course(const smp_context *ctx, const smp_plan *plan, const smp_skin *skin,
                           const smp_course_desc *desc, uint32_t count, const double *days,
                           float *values, smp_diag *diag)
{
    SMPI_GUARD(smp_status, fade_course_guarded(ctx, plan, skin, desc, count, days, values, diag));
}

/* Contrast on a day, over what the same pigment would show in untanned skin at most: a tan alone
 * must not make work due. */
static smp_status contrast_on(course *c, uint32_t which, double day, double *contrast,
                              smp_diag *diag)
{
    float values[SMP_COURSE_VALUES];
    smpi_clock clock;
    const smpi_who who = who_of(c, which);
    SMPI_TRY(tan_for(c, (double)c->plan->data.life.midsummer_day, diag));
    smpi_clock_make(c->plan, &who, day, &clock);
    SMPI_TRY(values_of(c, &clock, values, diag));
    *contrast = (double)values[SMP_COURSE_CONTRAST];
    return SMP_OK;
}

/* The first day from `settled` on with less than a share of the contrast there: a walk in steps
 * that grow, then halving. */
static smp_status day_below(course *c, uint32_t which, double settled, double *due, smp_diag *diag)
{
    double low = settled, high = settled, step = 60.0, least = 0.0, now = 0.0;
    SMPI_TRY(contrast_on(c, which, settled, &least, diag));
    least *= (double)c->desc.threshold;
    for (;;) {
        high = fmin(low + step, LAST_DAY);
        SMPI_TRY(contrast_on(c, which, high, &now, diag));
        if (!(now > least))
            break;
        *due = LAST_DAY;
        if (high >= LAST_DAY)
            return SMP_OK;
        low = high;
        step = fmax(60.0, 0.1 * (low - settled));
    }
    while (high - low > 0.5) {
        const double middle = 0.5 * (low + high);
        SMPI_TRY(contrast_on(c, which, middle, &now, diag));
        if (now > least)
            low = middle;
        else
            high = middle;
    }
    *due = high;
    return SMP_OK;
}

SMPI_APART smp_status fade_due_guarded(const smp_context *ctx, const smp_plan *plan,
                                       const smp_skin *skin, const smp_course_desc *desc,
                                       double due_day[SMP_COURSE_CASES], smp_diag *diag)
{
    course c;
    SMPI_TRY(check(ctx, plan, due_day, diag));
    SMPI_TRY(course_make(&c, plan, skin, desc, diag));
    const smpi_plan_data *data = &plan->data;
    const double last = data->session[data->session_count - 1].day;
    for (uint32_t which = 0; which < SMP_COURSE_CASES; which++)
        SMPI_TRY(day_below(&c, which, fmin(last + SETTLED_DAYS, LAST_DAY), due_day + which, diag));
    return SMP_OK;
}

smp_status smp_fade_due(const smp_context *ctx, const smp_plan *plan, const smp_skin *skin,
                        const smp_course_desc *desc, double due_day[SMP_COURSE_CASES],
                        smp_diag *diag)
{
    SMPI_GUARD(smp_status, fade_due_guarded(ctx, plan, skin, desc, due_day, diag));
}
