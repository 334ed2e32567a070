/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Healing day by day. Sources and what is assumed: docs/model/time.md, 2. */
#include "ageing/heal.h"

#include <math.h>

#include "base/math.h"
#include "base/random.h"
#include "plan/outline.h"

#define PURPOSE_SHED 0x41474831u
#define PURPOSE_PATCH 0x41475031u

/* Redness is gone after 1 to 3, at most 7 days (field.md 3.6); its shape is assumed. */
#define RED_SCALE 2.2
#define RED_POWER 1.3
/* Swelling passes with it; 0.02 mm of extra depth is assumed. */
#define SWELL_MM 0.02
#define SWELL_DAYS 2.0
/* A fresh dot is darker, and a scab on days 2 to 4 darker still (field.md 3.6); amounts assumed. */
#define FRESH_DOSE 0.40
#define SCAB_DOSE 0.25
#define FRESH_WIDE_MM 0.050
#define SCAB_WIDE_MM 0.020
/* Scabs fall on days 5 to 10 (field.md 3.6), each within about half a day of its own time. */
#define SHED_FIRST 5.0
#define SHED_LAST 10.0
/* New epidermis hides pigment from the shedding on, most about day 10, hardly after day 24: the
 * worst look is around day 7, pigment seems lost (field.md 3.6). Amounts assumed. */
#define DIP_FROM 5.0
#define DIP_FULL 9.0
#define DIP_EASES 12.0
#define DIP_OVER 26.0
#define DIP 0.40
/* Patches, two octaves; lengths assumed. */
#define PATCH_MM 13.0
#define PATCH_FINE_MM 5.0

/* 0 below a, 1 over b, smooth between. */
static double ramp(double x, double a, double b)
{
    const double t = fmin(fmax((x - a) / (b - a), 0.0), 1.0);
    return t * t * (3.0 - 2.0 * t);
}

double smpi_redness(double days)
{
    if (!(days >= 0.0 && days < SMPI_RED_DAYS))
        return 0.0;
    return smpi_exp(-smpi_pow(days / RED_SCALE, RED_POWER)) * (1.0 - days / SMPI_RED_DAYS);
}

smpi_healing smpi_heal(double days)
{
    smpi_healing h = {days, 0.0, 0.0, 0.0, 0.0, 0.0};
    if (!(days >= 0.0) || days > 42.0)
        return h;
    const double crust = ramp(days, 1.0, 2.5) * (1.0 - ramp(days, 4.0, 8.0));
    h.red = smpi_redness(days);
    h.scab = FRESH_DOSE * (1.0 - 0.4 * ramp(days, 0.0, 6.0)) + SCAB_DOSE * crust;
    h.wide = FRESH_WIDE_MM + SCAB_WIDE_MM * crust;
    h.dip = DIP * ramp(days, DIP_FROM, DIP_FULL) * (1.0 - ramp(days, DIP_EASES, DIP_OVER));
    h.swell = SWELL_MM * smpi_exp(-days / SWELL_DAYS);
    return h;
}

double smpi_scab_holds(double days, double shed_day)
{
    return 1.0 - ramp(days, shed_day - SMPI_SHED_HALF_WIDTH, shed_day + SMPI_SHED_HALF_WIDTH);
}

double smpi_shed_day(uint32_t seed, uint32_t id)
{
    const double u = smpi_unit_double(smpi_hash(seed, id, PURPOSE_SHED));
    return SHED_FIRST + (SHED_LAST - SHED_FIRST) * u;
}

double smpi_patchiness(uint32_t seed, const double xyz_mm[3])
{
    double broad[3], fine[3];
    for (int k = 0; k < 3; k++) {
        broad[k] = xyz_mm[k] / PATCH_MM;
        fine[k] = xyz_mm[k] / PATCH_FINE_MM;
    }
    const double n = 0.75 * smpi_noise3(seed, PURPOSE_PATCH, broad) +
                     0.25 * smpi_noise3(seed, PURPOSE_PATCH + 1u, fine);
    return ramp(n, -0.55, 0.55);
}
