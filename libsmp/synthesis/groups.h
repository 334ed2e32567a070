/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Groups of one to three dots about a place, like follicular units. */
#ifndef SMPI_SYNTHESIS_GROUPS_H
#define SMPI_SYNTHESIS_GROUPS_H

#include "plan/plan.h"

#define SMPI_GROUP_MAX 3u
#define SMPI_GROUP_SHIFT 30 /* the dot's number within its group stands in these bits of its id */

/* Mean number of dots of a place. */
double smpi_group_mean(const smp_plan_desc *desc);
/* Number of dots of the place with an id, [1, SMPI_GROUP_MAX]. */
uint32_t smpi_group_size(const smp_plan_desc *desc, uint32_t id);

/* Along what the rows of groups lie. */
typedef struct smpi_rows {
    const smp_plan_desc *desc;
    const smp_head *head;
    double whorl[3]; /* its middle, mm */
    double turn;     /* 1 anticlockwise as seen from above, -1 clockwise */
    double strength; /* 0: any direction, 1: all along the whorl */
} smpi_rows;

void smpi_rows_init(smpi_rows *rows, const smp_plan *plan);
/* From where a place is to where dot `member` of its group of `size`, over 1, is. */
void smpi_group_member(const smpi_rows *rows, uint32_t id, uint32_t size, uint32_t member,
                       float xyz_mm[3]);

#endif
