/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Which places a plan uses, and for what. */
#ifndef SMPI_SYNTHESIS_CHOICE_H
#define SMPI_SYNTHESIS_CHOICE_H

#include "plan/plan.h"
#include "synthesis/groups.h"
#include "synthesis/near.h"
#include "synthesis/prepared.h"

#define SMPI_UNUSED 0xffu /* in place of a group of the plan: the plan does not use this place */
#define SMPI_CHOICE_CHUNK 4096u /* places a task */

typedef struct smpi_choice {
    const smp_plan *plan;
    const smp_places *from;
    smpi_rows rows;
    int grouped;     /* there are groups of dots */
    double margin;   /* that a dot of a group may lie from its place, mm */
    double step;     /* of density from rank to rank, dots per cm2 */
    uint32_t groups; /* sessions and events */
    uint32_t ranks;  /* of each tile: those that the plan can reach */
    uint32_t count;  /* places of all tiles, in the order of their ids */
    uint32_t chunks;
    uint8_t *when; /* of each place: the session, then event; or SMPI_UNUSED */
    uint8_t *zone;
    uint8_t *members;         /* of each place: bits of the dots that are there; NULL: one */
    uint32_t *numbers;        /* of each dot of a group and chunk: how many there are */
    double full[SMPI_GROUPS]; /* smpi_plan_tops() where density is full */
    smpi_near hairs;          /* obstacles */
    smpi_place *hair;
} smpi_choice;

/* progress runs from `start` to `end`. The choice is to be freed also after a failure. */
smp_status smpi_choice_make(const smp_context *ctx, const smp_places *from, const smp_plan *plan,
                            smpi_choice *choice, smp_diag *diag);
smp_status smpi_choice_run(const smp_context *ctx, smpi_choice *choice,
                           const smp_progress *progress, const double span[2], smp_diag *diag);
void smpi_choice_free(const smp_context *ctx, smpi_choice *choice);

/* Of a flat patch of skin: where place `index` is, its id and its rank; 0 when it lies off it. On a
 * head all three are the index. */
int smpi_choice_place(const smpi_choice *choice, uint32_t index, float xyz_mm[3], uint32_t *id,
                      uint32_t *rank);

#endif
