/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Six weeks of healing: redness, swelling, scabs, the patchy second week (docs/model/time.md, 2).
 */
#ifndef SMPI_AGEING_HEAL_H
#define SMPI_AGEING_HEAL_H

#include <stdint.h>

#define SMPI_RED_DAYS 10.0 /* from here on no redness is left: exactly 0 */

/* A session's skin on a day after it, common to all its dots. */
typedef struct smpi_healing {
    double days;
    double scab;  /* extra pigment seen while the scab holds, over the dose */
    double wide;  /* how far scab and swelling widen a dot, mm, while the scab holds */
    double dip;   /* how much the pale second week hides, 0 to 1, before patchiness */
    double swell; /* how much deeper swollen skin holds the pigment, mm */
    double red;   /* redness, 1 on day 0 */
} smpi_healing;

smpi_healing smpi_heal(double days);

/* Share of a scab that is still there: 1 well before shed_day, 0 well after, smooth within so many
 * days of it. */
#define SMPI_SHED_HALF_WIDTH 0.4
double smpi_scab_holds(double days, double shed_day);

/* When a dot's scab falls, in [5, 10] days, and how patchy its place heals, 0 to 1. */
double smpi_shed_day(uint32_t seed, uint32_t id);
double smpi_patchiness(uint32_t seed, const double xyz_mm[3]);

/* Redness by days since a session: 1 at first, falling, 0 from SMPI_RED_DAYS on and before 0. */
double smpi_redness(double days);
/* Blood that redness 1 adds to the dermis, volume fraction, and its oxygen: it comes from arteries.
 */
#define SMPI_RED_BLOOD 0.014
#define SMPI_RED_OXYGEN 0.9

#endif
