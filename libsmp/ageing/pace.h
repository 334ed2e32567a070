/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What speeds and slows the loss of pigment (docs/model/time.md, 3 and 4). */
#ifndef SMPI_AGEING_PACE_H
#define SMPI_AGEING_PACE_H

#include <smp/optics.h>
#include <smp/plan.h>

#define SMPI_YEAR 365.25    /* days */
#define SMPI_SLOW_YEARS 3.7 /* carbon, well placed, typical person: time to 1/e */
#define SMPI_MIX_ABSORBING (SMP_PIGMENT_COMPONENTS - 1)

/* A person: skin and habits. Ranges and defaults: smp_life_desc. */
typedef struct smpi_habits {
    double skin_type; /* Fitzpatrick, 1 to 6, in between allowed */
    double oiliness, sun_hours, sunscreen, exfoliation, immune, lifestyle;
    double variation; /* what none of these explains, standard deviations */
} smpi_habits;

void smpi_habits_init(smpi_habits *habits);
/* Pace of the slow loss over that of the typical person; 1 for the defaults. */
double smpi_habits_pace(const smpi_habits *habits);
/* The skin type that a photo's skin stands for, roughly, from its ITA. */
double smpi_skin_type_of(const smp_skin *skin);

/* Factors of a column; all 1 for the default plan. */
double smpi_depth_pace(double top_mm, double height_mm);
double smpi_needle_pace(double diameter_mm);
double smpi_dose_pace(double dose);
/* Share of a column that lies in the dermis; what is above is shed with the epidermis. */
double smpi_dermal_share(double top_mm, double height_mm);
/* Lateral diffusion, mm2 a year, rising with depth, height and over-saturation. */
double smpi_diffusion(double top_mm, double height_mm, double dose);

/* Slow loss of the components over that of carbon, in the order of smp_pigment's fields. */
extern const double smpi_component_rate[SMP_PIGMENT_COMPONENTS];

#endif
