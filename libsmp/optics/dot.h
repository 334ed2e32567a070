/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What a camera sees of a column of pigment: a sharp core and two faint broad tails. Equations and
 * errors: docs/model/optics.md, 4 to 7. */
#ifndef SMPI_OPTICS_DOT_H
#define SMPI_OPTICS_DOT_H

#include <smp/optics.h>

#include "kernels/kernels.h"
#include "optics/dot_fit.h"

/* The law of SMP dots, and that of tattoo columns; between their heights they mix. */
enum { SMPI_DOT_LAWS = 2 };

/* Polynomials in the features of a dot: what is left of the fit for one skin, channel by channel. A
 * row is a term; its columns are outputs. */
typedef struct smpi_dot_law {
    float cubic[SMPI_DOT_CUBIC][8];         /* middle R G B, integral R G B, 0, 0 */
    float quadratic[SMPI_DOT_QUADRATIC][8]; /* share R G B, mix R G B, exponent, 0 */
} smpi_dot_law;

/* Prepared once for a skin, a pigment and a colour space (2 ms); then read only. */
typedef struct smpi_dot_model {
    smpi_dot_law law[SMPI_DOT_LAWS];
    float near_r2_mm2[3]; /* mean square radius of the narrower tail, per channel */
    float far_r2_mm2[3];  /* and of the wider one */
    float decay[3];       /* of diffuse light in the dermis, 1/mm: for tops below the fit's */
    float bare[3];        /* linear RGB of the bare skin */
} smpi_dot_model;

/* A lone dot's contrast 1 - R/R_bare at distance r is, per channel,
 *   core_mm2 B(r) + near_mm2 E(r, near_r2) + far_mm2 E(r, far_r2),
 * B and E of integral 1 over the skin. B = (1 - r^2/R^2)^k x const with R and k from
 * smpi_dot_bump(), one for all channels; E(r, q) = exp(-r^2 / q) / (pi q). The sum of the three
 * amounts is what sets the tone. */
typedef struct smpi_dot_seen {
    float core_mm2[3];
    float core_r2_mm2;   /* E[r^2] of the core */
    float core_kurtosis; /* E[r^4] / E[r^2]^2 of the core, in [4/3, 2) */
    float near_mm2[3];
    float far_mm2[3];
} smpi_dot_seen;

/* The same of one channel alone, with a core of its own. */
typedef struct smpi_dot_shape {
    double middle, integral; /* contrast at the middle; mm2 */
    double core, near, far;  /* mm2 */
    double radius2, exponent;
    double near_r2, far_r2;
} smpi_dot_shape;

/* Samples of 400 to 700 nm: what lies outside adds less than 0.1 % to any channel. */
#define SMPI_DOT_WAVES 31

/* Skin at one wavelength: what a law says there. */
typedef struct smpi_dot_wave {
    float middle[SMPI_DOT_CUBIC], integral[SMPI_DOT_CUBIC];
    float share[SMPI_DOT_QUADRATIC], mix[SMPI_DOT_QUADRATIC], exponent[SMPI_DOT_QUADRATIC];
    float near_r2, far_r2, decay;
} smpi_dot_wave;

/* What the models of all pigments in a skin share (1.5 ms of the 2); then read only. */
typedef struct smpi_dot_skin {
    smp_skin skin;
    smpi_dot_model plain; /* all but what pigment decides */
    smpi_dot_wave wave[SMPI_DOT_LAWS][SMPI_DOT_WAVES];
    double weight[SMPI_DOT_WAVES][3]; /* of a wavelength's contrast in a channel, summing to 1 */
} smpi_dot_skin;

/* errors  SMP_ERR_RANGE a field of skin; SMP_ERR_ARGUMENT an unknown space */
smp_status smpi_dot_skin_init(smpi_dot_skin *out, const smp_skin *skin, smp_space space,
                              smp_diag *diag);
/* The model of a pigment (NULL: the default) in it. Without `tall` the law of tattoo columns is
 * left out: the model is for columns up to smpi_dot_tall_from() alone. errors  SMP_ERR_RANGE a
 * field of pigment */
smp_status smpi_dot_model_in(smpi_dot_model *model, const smpi_dot_skin *in,
                             const smp_pigment *pigment, int tall, smp_diag *diag);
float smpi_dot_tall_from(void); /* mm */

/* Both in one. pigment may be NULL: the default.
 * errors  SMP_ERR_RANGE a field of skin or pigment; SMP_ERR_ARGUMENT an unknown space */
smp_status smpi_dot_model_init(smpi_dot_model *model, const smp_skin *skin,
                               const smp_pigment *pigment, smp_space space, smp_diag *diag);

/* The same for three samples of the spectrum in place of R, G, B, and a pigment that absorbs all
 * alike. bare stays 0. */
smp_status smpi_dot_model_at(smpi_dot_model *model, const smp_skin *skin, const int samples[3],
                             smp_diag *diag);

/* Any positive size and depth; dose >= 0 (vertical absorption optical depth at 550 nm); spread is
 * the standard deviation, per axis, of how far pigment has wandered. Outside the fit, sizes are
 * held to its edges. */
void smpi_dot_look(const smpi_dot_model *model, float diameter_mm, float top_mm, float height_mm,
                   float dose, float spread_mm, smpi_dot_seen *seen);

/* The same for many columns at once: what the kernel `look` is to be given. Points into model. */
void smpi_dot_look_model(const smpi_dot_model *model, smpk_look_model *out);

/* A column for one channel of a model. */
void smpi_dot_shape_of(const smpi_dot_model *model, int which, const smp_column *column,
                       smpi_dot_shape *shape);

double smpi_dot_shape_at(const smpi_dot_shape *shape, double radius_mm);

/* Radius squared and exponent, in [0.5, 8], of the bump with that mean square radius and kurtosis.
 */
void smpi_dot_bump(float r2_mm2, float kurtosis, float *radius2_mm2, float *exponent);

/* What white in a pigment leaves of contrast at samples of the spectrum: 1 where there is none.
 * errors  SMP_ERR_RANGE a field of pigment */
smp_status smpi_dot_white(const smp_skin *skin, const smp_pigment *pigment, int count,
                          const int *samples, double *left, smp_diag *diag);

#endif
