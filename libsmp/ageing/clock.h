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
    smpi_moment moment[SMPI_GROUPS_MAX];
    smpi_mix mix[SMPI_GROUPS_MAX];
} smpi_clock;

/* skin_type: of the photo, where the plan leaves it open; 0: not known. sigmas: personal variation
 * on top of the plan's. */
void smpi_clock_make(const smp_plan *plan, double skin_type, double sigmas, double day,
                     smpi_clock *clock);

/* Nature of dot i of a plan. */
void smpi_dot_nature(const smp_plan *plan, const smp_dots_view *dots, uint32_t i,
                     smpi_nature *nature);

#endif
