/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Pigments by wavelength (docs/model/optics.md, 1). */
#ifndef SMPI_OPTICS_PIGMENT_H
#define SMPI_OPTICS_PIGMENT_H

#include <smp/optics.h>

#include "color/tables.h"

/* In the order of smp_pigment's fields; titania, the last, absorbs nothing. */
#define SMPI_PIGMENT_ABSORBING (SMP_PIGMENT_COMPONENTS - 1)

/* One sample of the spectrum (380 nm + 10 i). */
typedef struct smpi_pigment_row {
    double absorb[SMPI_PIGMENT_ABSORBING];  /* over each one's absorption at 550 nm */
    double scatter[SMP_PIGMENT_COMPONENTS]; /* reduced scattering over each one's absorption at 550
                                               nm; of titania, over its scattering there */
} smpi_pigment_row;

extern const smpi_pigment_row smpi_pigment_table[SMPI_SPECTRUM];

/* At 550 nm: absorption, of titania reduced scattering, optical depth per mg/cm2. */
extern const double smpi_pigment_cm2_per_mg[SMP_PIGMENT_COMPONENTS];

/* A pigment made ready: per unit of the mix's absorption optical depth at 550 nm, so that a column
 * of height h and dose t absorbs t absorb[i] / h and scatters (reduced) t scatter[i] / h. */
typedef struct smpi_pigment_spectra {
    double share[SMPI_PIGMENT_ABSORBING]; /* of the absorption at 550 nm, summing to 1 */
    double absorb[SMPI_SPECTRUM];
    double scatter[SMPI_SPECTRUM];
} smpi_pigment_spectra;

/* Reads a caller's pigment, checked; NULL: the default.
 * errors  SMP_ERR_RANGE a field; SMP_ERR_ARGUMENT every share is 0, struct_size */
smp_status smpi_pigment_read(const smp_pigment *pigment, smp_pigment *out, smp_diag *diag);

/* The same, made ready. errors as above. */
smp_status smpi_pigment_make(const smp_pigment *pigment, smpi_pigment_spectra *out, smp_diag *diag);

#endif
