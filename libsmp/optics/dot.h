/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What a camera sees of a column of pigment: a sharp core and a faint broad tail. Equations and
 * errors: docs/model/optics.md, 4 to 7. */
#ifndef SMPI_OPTICS_DOT_H
#define SMPI_OPTICS_DOT_H

#include <smp/optics.h>

#define SMPI_DOT_DEPTHS 28 /* samples of the table of sensitivity: every 0.04 mm from 0 */
#define SMPI_DOT_STEP_MM 0.04

/* Prepared once for a skin and a colour space (6 ms); then read only. Not to be copied by parts. */
typedef struct smpi_dot_model {
    float tail_r2_mm2[3];               /* mean square radius of the tail, per channel */
    float bare[3];                      /* linear RGB of the bare skin */
    float near[3];                      /* logit of the core's share, what skin adds */
    float attenuation[3];               /* of diffuse light in the dermis, 1/mm */
    float shade[3];                     /* 0.834 / (4 D): self-shielding */
    float tint[3];                      /* optical depth over that at 550 nm */
    float decay[3];                     /* of sensitivity beyond the table, 1/mm */
    float loss[3][SMPI_DOT_DEPTHS];     /* -dlnR per unit of absorption per mm, by depth */
    float loss_sum[3][SMPI_DOT_DEPTHS]; /* its integral from the surface */
} smpi_dot_model;

/* A lone dot's contrast 1 - R/R_bare at distance r is, per channel,
 *   core_mm2 B(r) + tail_mm2 E(r),
 * B and E of integral 1 over the skin. B = (1 - r^2/R^2)^k x const with R and k from
 * smpi_dot_bump(); E = exp(-r^2 / tail_r2) / (pi tail_r2). core_mm2 + tail_mm2 is what sets the
 * tone. */
typedef struct smpi_dot_seen {
    float core_mm2[3];
    float core_r2_mm2;   /* E[r^2] of the core */
    float core_kurtosis; /* E[r^4] / E[r^2]^2 of the core, in [4/3, 2) */
    float tail_mm2[3];
} smpi_dot_seen;

/* errors  SMP_ERR_RANGE a field of skin; SMP_ERR_ARGUMENT an unknown space */
smp_status smpi_dot_model_init(smpi_dot_model *model, const smp_skin *skin, smp_space space,
                               smp_diag *diag);

/* The same for three samples of the spectrum in place of R, G, B, and a pigment that absorbs all
 * alike: for checks against single wavelengths. */
smp_status smpi_dot_model_at(smpi_dot_model *model, const smp_skin *skin, const int samples[3],
                             smp_diag *diag);

/* Any thread, no checks: diameter, top, height in mm and over 0; dose and spread at least 0. Dose 0
 * gives zeros. Rises with dose in every number. */
void smpi_dot_look(const smpi_dot_model *model, float diameter_mm, float top_mm, float height_mm,
                   float dose, float spread_mm, smpi_dot_seen *seen);

/* Radius squared and exponent, in [0.5, 8], of the bump with that mean square radius and kurtosis.
 */
void smpi_dot_bump(float r2_mm2, float kurtosis, float *radius2_mm2, float *exponent);

#endif
