/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Constants of the colour spaces and the D65 weights of a spectrum; written by a script. */
#ifndef SMPI_COLOR_TABLES_H
#define SMPI_COLOR_TABLES_H

#define SMPI_SPECTRUM 41 /* samples: 380, 390, ... 780 nm */

/* Row-major, linear RGB to XYZ and back: sRGB, Display P3, Adobe RGB. */
extern const double smpi_rgb_to_xyz[3][9];
extern const double smpi_xyz_to_rgb[3][9];
/* XYZ of linear RGB (1, 1, 1). */
extern const double smpi_white_xyz[3];
/* XYZ = sum over samples of weight x reflectance; a reflectance of 1 gives smpi_white_xyz. */
extern const double smpi_spectrum_xyz[SMPI_SPECTRUM][3];

#endif
