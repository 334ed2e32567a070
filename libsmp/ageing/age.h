/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * One dot in time. Equations and sources: docs/model/time.md. */
#ifndef SMPI_AGEING_AGE_H
#define SMPI_AGEING_AGE_H

#include <stdint.h>

#include "ageing/heal.h"
#include "ageing/pace.h"

/* A dot as it was implanted. Scar: what differs from normal skin, 1 is normal. */
typedef struct smpi_implant {
    uint32_t seed, id; /* of the plan and of the dot: each keeps its pigment a little differently */
    double xyz_mm[3];  /* where: the second week is patchy by place */
    float diameter_mm, top_mm, height_mm;
    float dose;
    float uptake, spread, fade; /* share kept, spread and pace of the loss over those of skin */
} smpi_implant;

/* What sets one dot apart, whatever the day. */
typedef struct smpi_nature {
    float plateau; /* share that outlasts the early loss */
    float pace;    /* of the slow loss, over that of carbon in a well placed dot of average skin */
    float diffusion; /* mm2 a year */
    float shed_day;  /* when its scab falls, days after the session */
    float patch;     /* how much of the second week's paleness it gets, 0 to 1 */
} smpi_nature;

/* A pigment's components, as loss tells them apart. */
typedef struct smpi_mix {
    uint32_t count;                     /* of components that absorb */
    uint32_t index[SMPI_MIX_ABSORBING]; /* which */
    double share[SMPI_MIX_ABSORBING];   /* of the absorption at 550 nm, summing to 1 */
    double rate[SMPI_MIX_ABSORBING];    /* of slow loss over carbon's */
} smpi_mix;

#define SMPI_LASERS_MAX 16

/* What lasers left of each component; only in the zones of their mask. */
typedef struct smpi_lasered {
    uint32_t zones; /* bit of a dot's zone; all bits: everywhere */
    float left[SMP_PIGMENT_COMPONENTS];
} smpi_lasered;

/* One session's dots on a day. */
typedef struct smpi_moment {
    double days;  /* since the session; negative: not there yet */
    double years; /* the same, sped up by the person */
    double bell;  /* of the early loss, 1 to 0 */
    smpi_healing healing;
    uint32_t laser_count;
    smpi_lasered laser[SMPI_LASERS_MAX];
} smpi_moment;

typedef struct smpi_aged {
    float dose;      /* optical depth at 550 nm that is seen: scabs and the pale week included */
    float mass;      /* optical depth that is there; never rises */
    float spread_mm; /* standard deviation per axis: swelling at first, wandering later */
    float scab;      /* share of the dose that is crust, which is brown */
    float deeper_mm; /* by how much swollen skin hides it */
    float left[SMP_PIGMENT_COMPONENTS]; /* share of each implanted component that is there */
} smpi_aged;

void smpi_nature_make(const smpi_implant *implant, smpi_nature *nature);
/* The same without what sets this dot apart from others. */
void smpi_nature_average(const smpi_implant *implant, smpi_nature *nature);
/* pigment: checked; NULL for the default. */
void smpi_mix_make(const smp_pigment *pigment, smpi_mix *mix);
/* pace: of this person (smpi_habits_pace). */
void smpi_moment_make(double days, double pace, smpi_moment *moment);

/* Any thread, no allocation, no checks. zone: the bit of the dot's zone, for lasers. */
void smpi_dot_age(const smpi_nature *nature, const smpi_moment *moment, const smpi_mix *mix,
                  float dose, uint32_t zone, smpi_aged *aged);

/* The same for many dots: what is left is (plateau + (1 - plateau) bell) times the sum of these,
 * each times exp(-rate x the dot's pace) and what lasers left. */
typedef struct smpi_term {
    double amount, rate;
    uint32_t component;
} smpi_term;
#define SMPI_TERMS_MAX (2 * SMPI_MIX_ABSORBING)
uint32_t smpi_moment_terms(const smpi_moment *moment, const smpi_mix *mix,
                           smpi_term terms[SMPI_TERMS_MAX]);
/* What the lasers of a moment left of a component in a zone, given as its bit. */
double smpi_lasered_share(const smpi_moment *moment, uint32_t component, uint32_t zone);

#endif
