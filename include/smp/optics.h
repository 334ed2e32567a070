/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What pigment in living skin looks like. Model, sources and errors: docs/model.md. */
#ifndef SMP_OPTICS_H
#define SMP_OPTICS_H

#include <smp/base.h>
#include <smp/color.h>

SMP_BEGIN

/* Skin, as two layers: an epidermis of 0.08 mm with melanin over a dermis with blood. Defaults:
 * light skin. */
typedef struct smp_skin {
    uint32_t struct_size; /* set by smp_skin_init() */
    float melanin;   /* volume fraction of melanosomes in the epidermis, [0, 0.5], default 0.006 */
    float blood;     /* volume fraction of blood in the dermis, [0, 0.2], default 0.011 */
    float yellow_um; /* yellow chromophores as beta-carotene, micromol/l, [-5, 50], default 1 */
} smp_skin;

SMP_API void smp_skin_init_sized(smp_skin *skin, size_t size);
#define smp_skin_init(skin) smp_skin_init_sized((skin), sizeof *(skin))
SMP_API const smp_field *smp_skin_fields(uint32_t *count);

/* Samples of a spectrum: 380, 390, ... 780 nm. */
#define SMP_SPECTRUM_COUNT 41

/* Diffuse reflectance of bare skin, without what the surface mirrors, at the 41 wavelengths.
 * errors  SMP_ERR_RANGE a field of skin */
SMP_NODISCARD SMP_API smp_status smp_skin_reflectance(const smp_skin *skin,
                                                      float reflectance[SMP_SPECTRUM_COUNT],
                                                      smp_diag *diag);

/* The same as linear RGB of a space under D65; a white diffuser is (1, 1, 1). */
SMP_NODISCARD SMP_API smp_status smp_skin_color(const smp_skin *skin, smp_space space,
                                                float rgb_lin[3], smp_diag *diag);

/* The skin whose colour comes nearest to a linear RGB at exposure 1 (smallest CIE Lab distance).
 * residual  NULL, or receives the distance that is left, dE*ab: over 3 the colour is not that of
 *           skin
 * errors    SMP_ERR_RANGE a value is not finite, or negative */
SMP_NODISCARD SMP_API smp_status smp_skin_from_rgb(smp_space space, const float rgb_lin[3],
                                                   smp_skin *skin, float *residual, smp_diag *diag);

/* A column of pigment in the skin. Defaults: one SMP dot. */
typedef struct smp_column {
    uint32_t struct_size; /* set by smp_column_init() */
    float diameter_mm;    /* [0.02, 2], default 0.25 */
    float top_mm;         /* below the surface, [0.02, 3], default 0.10 */
    float height_mm;      /* [0.02, 3], default 0.25 */
    float dose;           /* vertical absorption optical depth at 550 nm, [0, 100], default 2 */
    float spread_mm;      /* standard deviation, per axis, of how far pigment has wandered, [0, 2],
                             default 0 */
} smp_column;

SMP_API void smp_column_init_sized(smp_column *column, size_t size);
#define smp_column_init(column) smp_column_init_sized((column), sizeof *(column))
SMP_API const smp_field *smp_column_fields(uint32_t *count);

/* What is seen of a column: contrast 1 - R/R_bare by distance from its middle, for carbon pigment.
 *
 * radius_mm  count distances, each finite and >= 0
 * contrast   3 * count values: R, G, B at each distance, of the space's linear light
 * errors     SMP_ERR_RANGE a field of skin or column, or a radius; SMP_ERR_ARGUMENT space, NULL
 * source     docs/model.md, section "A dot" */
SMP_NODISCARD SMP_API smp_status smp_dot_profile(const smp_skin *skin, const smp_column *column,
                                                 smp_space space, uint32_t count,
                                                 const float *radius_mm, float *contrast,
                                                 smp_diag *diag);

SMP_END

#endif
