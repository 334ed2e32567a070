/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Loss and spread of one dot; sources and what is assumed: docs/model/time.md. */
#include "ageing/age.h"

#include <smp/ageing.h>

#include <math.h>

#include "base/guard.h"
#include "base/math.h"
#include "base/random.h"

/* Early loss: 0.68 is left at day 42 (fade_kinetics: 32 % lost in 42 days), most of it lost on days
 * 3 to 10 and nothing after a month (field.md 3.6): exp(-(t/9)^1.5). */
#define KEPT 0.68
#define KEPT_DAY 42.0
#define EARLY_DAYS 9.0
/* A part that goes in the first year, as the cells that hold pigment are first replaced (90 days in
 * mice, Baranska 2018); its size is set by the contrast that is measured at six months. */
#define MIDDLE 0.20
#define MIDDLE_YEARS 0.4
/* What lies in the epidermis is shed with it but for this share (assumed: some sinks in). */
#define EPIDERMAL_KEPT 0.15
/* Relative differences between dots, assumed: share kept, speed of the slow loss. */
#define KEPT_VARIATION 0.10
#define SLOW_VARIATION 0.25
#define PURPOSE_KEPT 0x41474b31u
#define PURPOSE_SLOW 0x41475331u

static double early(double days)
{
    const double x = days / EARLY_DAYS;
    return smpi_exp(-x * sqrt(x));
}

/* Loss after the plateau, 1 at 0; `years` are those of carbon in a typical person. */
static double late(double years)
{
    return (1.0 - MIDDLE) * smpi_exp(-years / SMPI_SLOW_YEARS) +
           MIDDLE * smpi_exp(-years / MIDDLE_YEARS);
}

/* What the early loss leaves, so that an average dot keeps `kept` at day 42. */
static double plateau_of(double kept)
{
    const double then = early(KEPT_DAY);
    const double p = (kept / late(KEPT_DAY / SMPI_YEAR) - then) / (1.0 - then);
    return fmin(fmax(p, 0.0), 1.0);
}

/* The share left of pigment with a plateau that loses slowly at `pace`. */
static double left(const smpi_moment *m, double plateau, double pace)
{
    return (plateau + (1.0 - plateau) * m->bell) * late(m->years * pace);
}

SMPI_APART double pigment_left_guarded(double days)
{
    smpi_moment m;
    if (!(days >= 0 && days <= 1e300))
        return (double)NAN;
    smpi_moment_make(days, 1.0, &m);
    return left(&m, plateau_of(KEPT), 1.0);
}

double smp_pigment_left(double days)
{
    SMPI_GUARD(double, pigment_left_guarded(days));
}

static double held(double x, double limit)
{
    return fmin(fmax(x, -limit), limit);
}

static void make(const smpi_implant *i, double own_kept, double own_pace, smpi_nature *nature)
{
    const double top = (double)i->top_mm, height = (double)i->height_mm, dose = (double)i->dose;
    const double inside = smpi_dermal_share(top, height);
    const double kept = KEPT * (1.0 + KEPT_VARIATION * own_kept) * (double)i->uptake;
    nature->plateau = (float)plateau_of(kept * (inside + EPIDERMAL_KEPT * (1.0 - inside)));
    nature->pace =
        (float)((1.0 + SLOW_VARIATION * own_pace) * smpi_depth_pace(top, height) *
                smpi_needle_pace((double)i->diameter_mm) * smpi_dose_pace(dose) * (double)i->fade);
    nature->diffusion = (float)(smpi_diffusion(top, height, dose) * (double)i->spread);
    nature->shed_day = (float)smpi_shed_day(i->seed, i->id);
    nature->patch = (float)smpi_patchiness(i->seed, i->xyz_mm);
}

void smpi_nature_make(const smpi_implant *i, smpi_nature *nature)
{
    const double own_kept = (double)smpi_normal(smpi_hash(i->seed, i->id, PURPOSE_KEPT));
    const double own_pace = (double)smpi_normal(smpi_hash(i->seed, i->id, PURPOSE_SLOW));
    make(i, held(own_kept, 2.5), held(own_pace, 2.5), nature);
}

void smpi_nature_average(const smpi_implant *i, smpi_nature *nature)
{
    make(i, 0.0, 0.0, nature);
}

void smpi_mix_make(const smp_pigment *pigment, smpi_mix *mix)
{
    smp_pigment p;
    double sum = 0.0;
    smp_pigment_init(&p);
    p = pigment ? *pigment : p;
    const float part[SMPI_MIX_ABSORBING] = {p.carbon_fine, p.carbon_coarse, p.iron_red,
                                            p.iron_yellow, p.iron_black};
    mix->count = 0;
    for (uint32_t k = 0; k < SMPI_MIX_ABSORBING; k++) {
        if (!(part[k] > 0.0f))
            continue;
        mix->index[mix->count] = k;
        mix->share[mix->count] = (double)part[k];
        mix->rate[mix->count++] = smpi_component_rate[k];
        sum += (double)part[k];
    }
    for (uint32_t k = 0; k < mix->count; k++)
        mix->share[k] /= sum;
}

void smpi_moment_make(double days, double pace, smpi_moment *m)
{
    m->days = days;
    m->years = pace * days / SMPI_YEAR;
    m->bell = days >= 0.0 ? early(days) : 1.0;
    m->healing = smpi_heal(days);
    m->laser_count = 0;
}

double smpi_lasered_share(const smpi_moment *m, uint32_t k, uint32_t zone)
{
    double share = 1.0;
    for (uint32_t i = 0; i < m->laser_count; i++)
        if (m->laser[i].zones & zone)
            share *= (double)m->laser[i].left[k];
    return share;
}

uint32_t smpi_moment_terms(const smpi_moment *m, const smpi_mix *mix,
                           smpi_term terms[SMPI_TERMS_MAX])
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < mix->count; i++) {
        const double years = m->years * mix->rate[i];
        terms[n++] =
            (smpi_term){mix->share[i] * (1.0 - MIDDLE), years / SMPI_SLOW_YEARS, mix->index[i]};
        terms[n++] = (smpi_term){mix->share[i] * MIDDLE, years / MIDDLE_YEARS, mix->index[i]};
    }
    return n;
}

void smpi_dot_age(const smpi_nature *n, const smpi_moment *m, const smpi_mix *mix, float dose,
                  uint32_t zone, smpi_aged *aged)
{
    const smpi_healing *h = &m->healing;
    *aged = (smpi_aged){0};
    if (!(m->days >= 0.0) || !(dose > 0.0f))
        return;
    double sum = 0.0;
    for (uint32_t i = 0; i < mix->count; i++) {
        const uint32_t k = mix->index[i];
        const double share = left(m, (double)n->plateau, (double)n->pace * mix->rate[i]) *
                             smpi_lasered_share(m, k, zone);
        aged->left[k] = (float)share;
        sum += mix->share[i] * share;
    }
    const uint32_t white = SMP_PIGMENT_COMPONENTS - 1;
    aged->left[white] =
        (float)(left(m, (double)n->plateau, (double)n->pace * smpi_component_rate[white]) *
                smpi_lasered_share(m, white, zone));
    const double scab = h->scab > 0.0 ? smpi_scab_holds(m->days, (double)n->shed_day) : 0.0;
    const double pale = h->dip * (0.35 + 1.3 * (double)n->patch) * (1.0 - scab);
    const double wide = h->wide * scab;
    aged->mass = (float)((double)dose * sum);
    aged->dose = (float)((double)dose * sum * (1.0 + h->scab * scab) * (1.0 - pale));
    aged->spread_mm = (float)sqrt(2.0 * (double)n->diffusion * m->days / SMPI_YEAR + wide * wide);
    aged->scab = (float)(h->scab * scab / (1.0 + h->scab * scab));
    aged->deeper_mm = (float)h->swell;
}
