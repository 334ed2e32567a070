/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The mean reflectance of skin with many columns of any absorber, wavelength by wavelength: dots of
 * pigment or shafts of hair seen from a metre. First-order transport with self-shielding
 * (docs/model/shades.md, 1). */
#ifndef SMPI_OPTICS_FIELD_TONE_H
#define SMPI_OPTICS_FIELD_TONE_H

#include "color/tables.h"
#include "optics/skin.h"

#define SMPI_TONE_DEPTHS 28 /* every 0.04 mm from the surface */
#define SMPI_TONE_FIRST 2   /* samples 400 to 700 nm; the others take the nearest's ratio */
#define SMPI_TONE_LAST 32
#define SMPI_TONE_COUNT (SMPI_TONE_LAST - SMPI_TONE_FIRST + 1)

/* A skin made ready; read only afterwards. */
typedef struct smpi_field_base {
    double bare[SMPI_SPECTRUM];
    double loss_sum[SMPI_TONE_COUNT][SMPI_TONE_DEPTHS]; /* integral of -dlnR/dmua from the top */
    double gain_sum[SMPI_TONE_COUNT][SMPI_TONE_DEPTHS]; /* of +dlnR/dmus' */
    double diffusion[SMPI_TONE_COUNT], attenuation[SMPI_TONE_COUNT];
} smpi_field_base;

/* Columns: what a column of full depth absorbs and scatters (reduced), optical depths at the 41
 * wavelengths. */
typedef struct smpi_field_columns {
    double diameter_mm, top_mm, height_mm, per_mm2;
    double absorb[SMPI_SPECTRUM], scatter[SMPI_SPECTRUM];
} smpi_field_columns;

void smpi_field_base_init(smpi_field_base *base, const smp_skin *skin);

/* Mean reflectance of the field. */
void smpi_field_reflect(const smpi_field_base *base, const smpi_field_columns *columns,
                        double reflectance[SMPI_SPECTRUM]);

#endif
