/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Healing, loss and spread of one dot; sources and what is assumed: docs/model/time.md. */
#include "ageing/age.h"

#include <smp/ageing.h>

#include <math.h>

#include "base/math.h"
#include "base/random.h"

#define YEAR 365.25

/* Early loss: 0.68 is left at day 42 (fade_kinetics: 32 % lost in 42 days), most of it lost on days
 * 3 to 10 and nothing after a month (field.md 3.6): exp(-(t/9)^1.5). */
#define KEPT 0.68
#define KEPT_DAY 42.0
#define EARLY_DAYS 9.0
/* Slow loss, assumed: so that half of the contrast of day 42 is gone after about four years. */
#define SLOW_YEARS 3.7
/* Scab and blood make a fresh dot darker and wider for about a week (field.md 3.6); amounts are
 * assumed. */
#define FRESH_DOSE 0.4
#define FRESH_SPREAD_MM 0.05
#define FRESH_DAYS 5.0
/* sigma^2 = 2 D t (design.md 5), D in mm2 a year: good work, and deep or over-filled work. */
#define D_GOOD 0.0002
#define D_BAD 0.002
/* Relative differences between dots, assumed: share kept, speed of the slow loss. */
#define KEPT_VARIATION 0.10
#define SLOW_VARIATION 0.25
#define PURPOSE_KEPT 0x41474b31u
#define PURPOSE_SLOW 0x41475331u

static double bell(double days, double scale)
{
    double x = days / scale;
    return smpi_exp(-x * sqrt(x));
}

/* The share left of pigment that keeps `kept` at day 42 and loses slowly at `pace`. */
static double left(double days, double kept, double pace)
{
    double slow = pace / (SLOW_YEARS * YEAR), early = bell(KEPT_DAY, EARLY_DAYS);
    double plateau = (kept * smpi_exp(KEPT_DAY * slow) - early) / (1 - early);
    return (plateau + (1 - plateau) * bell(days, EARLY_DAYS)) * smpi_exp(-days * slow);
}

double smp_pigment_left(double days)
{
    if (!(days >= 0 && days <= 1e300))
        return (double)NAN;
    return left(days, KEPT, 1);
}

/* How far the work is from well placed: 0 for a top above 0.2 mm, a column under 0.4 mm and a dose
 * under 4 (assumed). */
static double overdone(const smpi_implant *i)
{
    double deep = ((double)i->top_mm - 0.2) / 0.3, tall = ((double)i->height_mm - 0.4) / 0.6;
    double full = ((double)i->dose - 4) / 8;
    return fmax(deep, 0) + fmax(tall, 0) + fmax(full, 0);
}

static double held(double x, double limit)
{
    return fmin(fmax(x, -limit), limit);
}

smpi_aged smpi_dot_age(const smpi_implant *i)
{
    smpi_aged out = {0, 0};
    if (!(i->days >= 0) || !(i->dose > 0))
        return out;
    double own_kept = held((double)smpi_normal(smpi_hash(i->seed, i->id, PURPOSE_KEPT)), 2.5);
    double own_pace = held((double)smpi_normal(smpi_hash(i->seed, i->id, PURPOSE_SLOW)), 2.5);
    double kept = KEPT * (1 + KEPT_VARIATION * own_kept), fresh = bell(i->days, FRESH_DAYS);
    double pace = 1 + SLOW_VARIATION * own_pace, bad = overdone(i);
    double d = D_GOOD + (D_BAD - D_GOOD) * bad / (1 + bad);
    double swell = FRESH_SPREAD_MM * fresh;
    double share = left(i->days, kept, pace) * (1 + FRESH_DOSE * fresh);
    out.dose = (float)((double)i->dose * share);
    out.spread_mm = (float)sqrt(2 * d * i->days / YEAR + swell * swell);
    return out;
}
