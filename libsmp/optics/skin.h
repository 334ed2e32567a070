/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Skin as two layers, by wavelength. */
#ifndef SMPI_OPTICS_SKIN_H
#define SMPI_OPTICS_SKIN_H

#include <smp/optics.h>

#include "color/tables.h"
#include "optics/layers.h"

#define SMPI_SKIN_INDEX 1.40     /* refractive index */
#define SMPI_SKIN_COSINE 0.8     /* mean cosine of scattering */
#define SMPI_EPIDERMIS_MM 0.08   /* thickness */
#define SMPI_SKIN_ANGLES 8       /* directions that the solver follows */
#define SMPI_BLOOD_OXYGEN 0.55   /* saturation */
#define SMPI_VESSEL_RADIUS 0.012 /* mm, of the packaging of blood */

/* Ranges of the fields: melanin and blood from 0. Yellow below 0 stands for skin less yellow than
 * the model's baseline; the solver's polynomials end where scattering does. */
#define SMPI_MELANIN_HIGH 0.5
#define SMPI_BLOOD_HIGH 0.2
#define SMPI_YELLOW_LOW (-30.0)
#define SMPI_YELLOW_HIGH 50.0
#define SMPI_SCATTERING_LOW 0.5
#define SMPI_SCATTERING_HIGH 3.0

/* Reads a caller's skin, checked. */
smp_status smpi_skin_read(const smp_skin *skin, smp_skin *out, smp_diag *diag);

/* Epidermis and dermis at sample i of the spectrum (380 nm + 10 i). */
void smpi_skin_layers(const smp_skin *skin, int sample, smpi_layer layers[2]);

/* Reflectance of a checked skin at the 41 wavelengths. */
void smpi_skin_spectrum(const smp_skin *skin, double reflectance[SMPI_SPECTRUM]);

/* XYZ of a reflectance spectrum, white 1. */
void smpi_spectrum_xyz_of(const double *reflectance, double xyz[3]);

/* Linear RGB, unrounded and possibly negative, of a reflectance spectrum in a known space. */
void smpi_spectrum_rgb(smp_space space, const double *reflectance, double rgb[3]);

#endif
