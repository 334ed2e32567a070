/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Shades: a catalogue of pigments and dilutions, how they look once settled, and which of them
 * match a hair colour on a skin. Model, sources and what is assumed: docs/model/shades.md. */
#ifndef SMP_SHADES_H
#define SMP_SHADES_H

#include <smp/base.h>
#include <smp/optics.h>

SMP_BEGIN

/* The catalogue: families of pigment from cool to warm and from black to white-grey, each in
 * dilutions 01 (palest) to 16. Shade i is dilution i % 16 + 1 of family i / 16. Names such as
 * "neutral-07" stay what they are; new ones come at the end. */
#define SMP_SHADE_DILUTIONS 16
#define SMP_SHADE_NONE 0xffffffffu

SMP_API uint32_t smp_shade_count(void);

/* NULL when there is no such shade. */
SMP_API const char *smp_shade_name(uint32_t shade);

/* The shade of a name, or SMP_SHADE_NONE. */
SMP_API uint32_t smp_shade_find(const char *name);

/* The pigment of a shade and the dose to implant (absorption optical depth at 550 nm): 0.1 to 6.
 * pigment, dose  may be NULL
 * errors         SMP_ERR_RANGE no such shade */
SMP_NODISCARD SMP_API smp_status smp_shade_get(uint32_t shade, smp_pigment *pigment, float *dose,
                                               smp_diag *diag);

/* Settled colours (day 42) of fields of full density on a skin, as from a metre: the mean over the
 * area, linear RGB without what the surface mirrors, as smp_skin_color(). Density and column are
 * the defaults of smp_plan_desc.
 * rgb_lin  receives 3 * count values: shades first, first + 1, ...
 * errors   SMP_ERR_RANGE a field of skin, or a shade that is none; SMP_ERR_ARGUMENT space, NULL */
SMP_NODISCARD SMP_API smp_status smp_shade_color(const smp_skin *skin, smp_space space,
                                                 uint32_t first, uint32_t count, float *rgb_lin,
                                                 smp_diag *diag);

/* Hair, and how it is worn when shaved. Defaults: dark brown, freshly shaved. */
typedef struct smp_hair_desc {
    uint32_t struct_size;  /* set by smp_hair_desc_init() */
    float lightness;       /* CIE L* of a tress, [5, 90], default 20 */
    float a;               /* a*, [-5, 40], default 6 */
    float b;               /* b*, [-5, 50], default 8 */
    float density_per_cm2; /* hairs, [0, 400], default 150 */
    float diameter_mm;     /* [0.02, 0.15], default 0.07 */
    float stubble_mm;      /* length above the skin, [0, 1], default 0.1 */
} smp_hair_desc;

SMP_API void smp_hair_desc_init_sized(smp_hair_desc *desc, size_t size);
#define smp_hair_desc_init(desc) smp_hair_desc_init_sized((desc), sizeof *(desc))
SMP_API const smp_field *smp_hair_desc_fields(uint32_t *count);

/* Typical hair colours by name; NULL beyond the last: "black", "very-dark-brown", "dark-brown",
 * "brown", "light-brown", "dark-blond", "blond", "red", "grey", "white". */
SMP_API const char *smp_hair_name(uint32_t index);

/* Sets lightness, a and b of a named colour.
 * errors  SMP_ERR_ARGUMENT no such name */
SMP_NODISCARD SMP_API smp_status smp_hair_named(const char *name, smp_hair_desc *desc,
                                                smp_diag *diag);

/* Colour of shaved skin with such hair, as from a metre: linear RGB, as smp_skin_color().
 * errors  SMP_ERR_RANGE a field; SMP_ERR_ARGUMENT space, NULL */
SMP_NODISCARD SMP_API smp_status smp_stubble_color(const smp_hair_desc *hair, const smp_skin *skin,
                                                   smp_space space, float rgb_lin[3],
                                                   smp_diag *diag);

/* One line of a ranking. Never changes. */
typedef struct smp_shade_rank {
    uint32_t shade;
    float delta_e; /* dE00 of its settled tone to the stubble's, the surface's mirror light
                      included */
} smp_shade_rank;

/* Ranks shades for a hair colour and a skin, the nearest first; equal ones by number.
 * hair, skin  NULL for all defaults
 * ranks       receives count lines, at most smp_shade_count()
 * errors      SMP_ERR_RANGE a field, count; SMP_ERR_ARGUMENT NULL */
SMP_NODISCARD SMP_API smp_status smp_shade_match(const smp_hair_desc *hair, const smp_skin *skin,
                                                 uint32_t count, smp_shade_rank *ranks,
                                                 smp_diag *diag);

SMP_END

#endif
