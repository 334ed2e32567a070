/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A whole plan on a day: every session's moment. */
#ifndef SMPI_AGEING_CLOCK_H
#define SMPI_AGEING_CLOCK_H

#include <smp/dots.h>

#include "ageing/age.h"

#define SMPI_GROUPS_MAX 24 /* sessions and touch-ups */

typedef struct smpi_clock {
    uint32_t count; /* of groups: a dot's session counts from 0 */
    double day[SMPI_GROUPS_MAX];
    smpi_moment moment[SMPI_GROUPS_MAX];
    smpi_mix mix[SMPI_GROUPS_MAX];
} smpi_clock;

/* A person; skin_type as below. */
void smpi_habits_of(const smp_life_desc *life, double skin_type, smpi_habits *habits);

/* How tanned skin is on a day, 0 to 1: a year's wave with its top at midsummer. */
double smpi_tan(const smp_life_desc *life, double day);
/* Melanin over that of untanned skin at tan 1, less 1 (assumed). */
#define SMPI_TAN_MELANIN 0.6

/* Who it is that ages. */
typedef struct smpi_who {
    const smp_life_desc *life; /* NULL: the plan's */
    double skin_type;          /* of the photo, where life leaves it open; 0: not known */
    double sigmas;             /* personal variation on top of life's */
} smpi_who;

void smpi_clock_make(const smp_plan *plan, const smpi_who *who, double day, smpi_clock *clock);

/* The average dot of a group in a zone, with dose 1, on the clock's day. */
void smpi_group_age(const smp_plan *plan, const smpi_clock *clock, uint32_t group, uint32_t zone,
                    smpi_aged *aged);

/* A pigment as its components are left in a dot of dose 1; mix: its own. */
smp_pigment smpi_pigment_left_of(const smp_pigment *pigment, const smpi_mix *mix,
                                 const smpi_aged *aged);

/* The pigment of a group in a zone as its components are left on average. */
smp_pigment smpi_group_pigment(const smp_plan *plan, const smpi_clock *clock, uint32_t group,
                               uint32_t zone);

/* Nature of dot i of a plan. */
void smpi_dot_nature(const smp_plan *plan, const smp_dots_view *dots, uint32_t i,
                     smpi_nature *nature);

#endif
