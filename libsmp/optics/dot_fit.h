/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Constants of the fast dot model, fitted to Monte Carlo by tests/validation/fit_dots.py. */
#ifndef SMPI_OPTICS_DOT_FIT_H
#define SMPI_OPTICS_DOT_FIT_H

/* Products of up to `degree` of n features, counted with the constant. */
#define SMPI_DOT_FEATURES 4  /* of a dot: diameter, top, height, dose */
#define SMPI_SKIN_FEATURES 3 /* of skin at a wavelength: epidermis, dermis, scattering */
#define SMPI_DOT_CUBIC 35
#define SMPI_DOT_QUADRATIC 15
#define SMPI_BOTH_CUBIC 120
#define SMPI_BOTH_QUADRATIC 36

/* Polynomials in the features (docs/model/optics.md, 4 and 5). */
typedef struct smpi_dot_constants {
    float middle[SMPI_BOTH_CUBIC];   /* ln of contrast at the middle over (1 - contrast) dose */
    float integral[SMPI_BOTH_CUBIC]; /* ln of the integral over area and dose */
    float tail[6];                   /* ln of the tails' mean square radii: 1, epidermis, dermis */
    float exponent[SMPI_DOT_QUADRATIC]; /* logit of the core's exponent in [0.5, 8] */
    float share[SMPI_BOTH_QUADRATIC];   /* logit of the tails' share of the integral */
    float mix[SMPI_BOTH_QUADRATIC];     /* logit of the far tail's share of the tails */
} smpi_dot_constants;

extern const smpi_dot_constants smpi_dot_usual; /* SMP dots: height 0.12-0.5 mm, dose to 8 */
extern const smpi_dot_constants smpi_dot_tall;  /* tattoo columns: height 0.4-2 mm, dose to 80 */

#endif
