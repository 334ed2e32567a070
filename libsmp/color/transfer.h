/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Tables and matrices that other rooms prepare once and use for every pixel. */
#ifndef SMPI_COLOR_TRANSFER_H
#define SMPI_COLOR_TRANSFER_H

#include <smp/color.h>

/* table[k] = linear value of code k / 255; the first is 0, the last 1. */
void smpi_space_decode_table8(smp_space space, float table[256]);

/* thresholds[k] = linear value of (k + 0.5) / 255. The code of a linear value is the number of
 * thresholds at or below it: exact rounding, and decoding then encoding changes nothing. */
void smpi_encode8_thresholds(smp_space space, float thresholds[255]);

/* As the public functions, in double precision; both space values must be known. */
double smpi_space_decode(smp_space space, double encoded);
double smpi_space_encode(smp_space space, double linear);

/* Linear RGB of one space to linear RGB of another, row-major. Exactly the identity when the
 * primaries are the same. errors SMP_ERR_ARGUMENT: unknown space. */
smp_status smpi_space_primary_matrix(smp_space from, smp_space to, double m[9], smp_diag *diag);

/* Linear RGB to and from XYZ, row-major; NULL for an unknown space. */
const double *smpi_space_to_xyz(smp_space space);
const double *smpi_space_from_xyz(smp_space space);

/* out = m v. */
void smpi_mat3_apply(const double m[9], const double v[3], double out[3]);

/* CIE Lab in double precision. */
void smpi_xyz_to_lab(const double xyz[3], double lab[3]);

#endif
