/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Spectral coefficients of skin; written by a script. */
#ifndef SMPI_OPTICS_TABLES_H
#define SMPI_OPTICS_TABLES_H

#include "color/tables.h"

/* All in 1/mm. */
typedef struct smpi_chromophores {
    double nm;
    double melanosome; /* 6.6e11 l^-3.33 1/cm, of a pure melanosome */
    double baseline;   /* 0.244 + 85.3 exp(-(l - 154)/66.2) 1/cm */
    double oxy, deoxy; /* whole blood, 150 g/l haemoglobin (Prahl) */
    double yellow;     /* of 1 micromol/l beta-carotene in hexane */
    double scatter;    /* reduced scattering, 45 (l/500)^-0.3 1/cm */
} smpi_chromophores;

extern const smpi_chromophores smpi_chromophore[SMPI_SPECTRUM];

#endif
