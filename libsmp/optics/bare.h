/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Reflectance of an epidermis of 0.08 mm over an endless dermis (index 1.4, mean cosine 0.8, light
 * straight down, without what the surface mirrors), as polynomials fitted to the exact solver by
 * tests/validation/fit_skin.c. Error: below 3e-5 over the domain (tests/rooms/test_optics_skin.c).
 * A microsecond where the solver takes a millisecond. docs/model/optics.md, 3. */
#ifndef SMPI_OPTICS_BARE_H
#define SMPI_OPTICS_BARE_H

/* Orders of the Chebyshev polynomials: in epidermal absorption, dermal absorption, scattering. */
#define SMPI_BARE_TOP 10
#define SMPI_BARE_DEEP 10
#define SMPI_BARE_THICK 7
#define SMPI_BARE_BLACK 16

/* Scattering depth of the epidermis, S = mus' x 0.08 mm; dermal absorption over mus', Q; epidermal
 * absorption depth T = mua x 0.08 mm, over which nothing comes back from the dermis. */
#define SMPI_BARE_S_LOW 0.155
#define SMPI_BARE_S_HIGH 1.20
#define SMPI_BARE_Q_HIGH 6.0
#define SMPI_BARE_T_HIGH 5.0
#define SMPI_BARE_A_HIGH 45.0 /* of A = T / S */

/* ln R of the dermis seen through the epidermis, in ln(1 + T/0.15), sqrt Q/(0.7 + sqrt Q), ln S; of
 * the epidermis over black, in ln(1 + A/0.3) and ln S; each mapped to [-1, 1]. */
extern const double smpi_bare_deep[SMPI_BARE_THICK][SMPI_BARE_TOP][SMPI_BARE_DEEP];
extern const double smpi_bare_black[SMPI_BARE_THICK][SMPI_BARE_BLACK];
#define SMPI_BARE_T_BEND 0.15
#define SMPI_BARE_Q_BEND 0.7
#define SMPI_BARE_A_BEND 0.3

/* The polynomials at one reduced scattering. */
typedef struct smpi_bare {
    double reduced; /* 1/mm */
    double deep[SMPI_BARE_TOP][SMPI_BARE_DEEP];
    double black[SMPI_BARE_BLACK];
} smpi_bare;

void smpi_bare_init(smpi_bare *bare, double reduced_per_mm);

/* Absorption of epidermis and dermis in 1/mm; beyond the domain its edge is taken. */
double smpi_bare_reflect(const smpi_bare *bare, double epidermis, double dermis);

#endif
