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
    float melanin;    /* volume fraction of melanosomes in the epidermis, [0, 0.5], default 0.006 */
    float blood;      /* volume fraction of blood in the dermis, [0, 0.2], default 0.011 */
    float yellow_um;  /* yellow chromophores as beta-carotene, micromol/l, [-30, 50], default 1.
                         Below 0: less yellow than the model's bloodless skin */
    float scattering; /* over that of usual skin, [0.5, 3], default 1. Skin lighter than skin
                         without melanin has more; so may a scar */
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

/* What the surface mirrors of light that comes straight down (index 1.4). smp_skin_color leaves it
 * out; added to each of R, G, B, it gives the colour that an instrument or an eye sees. */
#define SMP_SKIN_SURFACE 0.0278f

/* The skin whose colour comes nearest to a linear RGB at exposure 1 (smallest CIE Lab distance),
 * at scattering 1 if that reaches it.
 * residual  NULL, or receives the distance that is left, dE*ab: over 3 the colour is not that of
 *           skin
 * errors    SMP_ERR_RANGE a value is not finite, or negative */
SMP_NODISCARD SMP_API smp_status smp_skin_from_rgb(smp_space space, const float rgb_lin[3],
                                                   smp_skin *skin, float *residual, smp_diag *diag);

/* What is known of the light that a colour was seen in. */
typedef struct smp_estimate_desc {
    uint32_t struct_size; /* set by smp_estimate_desc_init() */
    float exposure;       /* what the light of the skin is multiplied by, most probably, [0.01,
                             100], default 1 */
    float exposure_sigma; /* standard deviation of its logarithm, [0, 3], default 0.3; 0: known */
    float surface;        /* share of the light that the surface mirrors into the colour, before
                             exposure, [0, 0.2], default 0; measured spectra: SMP_SKIN_SURFACE */
} smp_estimate_desc;

SMP_API void smp_estimate_desc_init_sized(smp_estimate_desc *desc, size_t size);
#define smp_estimate_desc_init(desc) smp_estimate_desc_init_sized((desc), sizeof *(desc))
SMP_API const smp_field *smp_estimate_desc_fields(uint32_t *count);

/* The most probable skin and exposure behind a linear RGB. One colour cannot tell light skin in dim
 * light from dark skin in bright light but by its hue, so that priors choose: blood and yellow as
 * 100 measured subjects have them, melanin within a factor of 2.7, exposure as desc says.
 * exposure  NULL, or receives what the skin's colour times exposure gives the colour
 * residual  as above
 * errors    SMP_ERR_RANGE a field of desc, or a value is not finite, or negative */
SMP_NODISCARD SMP_API smp_status smp_skin_estimate(smp_space space, const float rgb_lin[3],
                                                   const smp_estimate_desc *desc, smp_skin *skin,
                                                   float *exposure, float *residual,
                                                   smp_diag *diag);

/* Which of a skin's numbers lie outside what 100 measured subjects span (ITA -21 to 63 degrees,
 * forearms): there the model extrapolates. */
typedef enum smp_beyond {
    SMP_BEYOND_MELANIN = 1,   /* over 0.095 */
    SMP_BEYOND_BLOOD = 2,     /* outside 0.005 to 0.04: pale, or burnt by the sun */
    SMP_BEYOND_YELLOW = 4,    /* outside -10 to 20 */
    SMP_BEYOND_SCATTERING = 8 /* outside 0.95 to 2 */
} smp_beyond;

/* beyond  receives a sum of smp_beyond, 0 when nothing is extrapolated
 * errors  SMP_ERR_RANGE a field of skin */
SMP_NODISCARD SMP_API smp_status smp_skin_extrapolates(const smp_skin *skin, uint32_t *beyond,
                                                       smp_diag *diag);

/* Classes of the individual typology angle (Chardon 1991, Del Bino 2006), lightest first. */
typedef enum smp_ita_class {
    SMP_ITA_VERY_LIGHT = 0,   /* over 55 degrees */
    SMP_ITA_LIGHT = 1,        /* over 41 */
    SMP_ITA_INTERMEDIATE = 2, /* over 28 */
    SMP_ITA_TAN = 3,          /* over 10 */
    SMP_ITA_BROWN = 4,        /* over -30 */
    SMP_ITA_DARK = 5,
    SMP_ITA_CLASS_COUNT = 6
} smp_ita_class;

/* Names that others give to a skin's colour. Labels, not measurements. */
typedef struct smp_tone {
    uint32_t struct_size; /* set by smp_tone_init() */
    float ita_deg;        /* individual typology angle */
    uint32_t ita_class;   /* smp_ita_class */
    uint32_t fitzpatrick; /* 1 to 6, one for each class: naive, since the type is about sunburn, and
                             the two correlate poorly */
    uint32_t monk;        /* 1 to 10: the nearest swatch of the Monk scale */
    float monk_distance;  /* dE00 to it */
} smp_tone;

SMP_API void smp_tone_init_sized(smp_tone *tone, size_t size);
#define smp_tone_init(tone) smp_tone_init_sized((tone), sizeof *(tone))
SMP_API const smp_field *smp_tone_fields(uint32_t *count);

/* Labels of a colour, CIE Lab under D65. The Monk swatches 1 to 4 are colours as photographs show
 * them, lighter than any skin reflects: give the colour as shown for that label, the skin's own
 * (with SMP_SKIN_SURFACE) for the others.
 * errors  SMP_ERR_RANGE a value is not finite, L* outside [0, 150]; SMP_ERR_ARGUMENT
 * source  Chardon 1991; Monk 2019; docs/model/optics.md, section "Colour and back" */
SMP_NODISCARD SMP_API smp_status smp_tone_from_lab(const float lab[3], smp_tone *tone,
                                                   smp_diag *diag);

/* What is in a pigment. The first five are shares of its absorption at 550 nm, normalised by their
 * sum; which component wins elsewhere in the spectrum makes it warm or cool. Defaults: neutral
 * black. Dilution is no field: it is the dose. */
typedef struct smp_pigment {
    uint32_t struct_size; /* set by smp_pigment_init() */
    float carbon_fine;    /* carbon below 100 nm, slightly warm, [0, 1], default 0 */
    float carbon_coarse;  /* carbon in aggregates of 200 nm, neutral, [0, 1], default 1 */
    float iron_red;       /* hematite, [0, 1], default 0 */
    float iron_yellow;    /* goethite, [0, 1], default 0 */
    float iron_black;     /* magnetite, cool, [0, 1], default 0 */
    float titania;        /* white: reduced scattering optical depth per unit of absorption optical
                             depth, both at 550 nm, [0, 100], default 0 */
} smp_pigment;

SMP_API void smp_pigment_init_sized(smp_pigment *pigment, size_t size);
#define smp_pigment_init(pigment) smp_pigment_init_sized((pigment), sizeof *(pigment))
SMP_API const smp_field *smp_pigment_fields(uint32_t *count);

/* The components of a pigment, in the order of its fields. */
#define SMP_PIGMENT_COMPONENTS 6

/* Absorption over that at 550 nm, and reduced scattering of all components over absorption at 550
 * nm, at the 41 wavelengths. pigment NULL: the default.
 * errors  SMP_ERR_RANGE a field; SMP_ERR_ARGUMENT every share is 0, NULL
 * source  docs/model/optics.md, section "Pigments" */
SMP_NODISCARD SMP_API smp_status smp_pigment_absorption(const smp_pigment *pigment,
                                                        float absorption[SMP_SPECTRUM_COUNT],
                                                        smp_diag *diag);
SMP_NODISCARD SMP_API smp_status smp_pigment_scattering(const smp_pigment *pigment,
                                                        float scattering[SMP_SPECTRUM_COUNT],
                                                        smp_diag *diag);

/* How much of each component, mg over a cm2 of dot, makes a dose (the absorption optical depth of
 * the mix at 550 nm, [0, 100]); and the pigment and dose of given amounts, [0, 1000] mg/cm2 each.
 * To mix pigments, add their amounts.
 * dose    NULL, or receives the dose
 * errors  SMP_ERR_RANGE a field, the dose or an amount; SMP_ERR_ARGUMENT nothing absorbs, NULL */
SMP_NODISCARD SMP_API smp_status smp_pigment_mass(const smp_pigment *pigment, float dose,
                                                  float mg_per_cm2[SMP_PIGMENT_COMPONENTS],
                                                  smp_diag *diag);
SMP_NODISCARD SMP_API smp_status
smp_pigment_from_mass(const float mg_per_cm2[SMP_PIGMENT_COMPONENTS], smp_pigment *pigment,
                      float *dose, smp_diag *diag);

/* A plane layer. Never changes. */
typedef struct smp_layer {
    double absorption_per_mm; /* [0, 1e6] */
    double scattering_per_mm; /* not reduced, [0, 1e6] */
    double anisotropy;        /* mean cosine of scattering (Henyey and Greenstein), [-0.99, 0.99] */
    double index;             /* refractive index, [1, 4] */
    double thickness_mm;      /* [0, 1e6], or infinity in the last layer for a half space */
} smp_layer;

typedef enum smp_incidence {
    SMP_INCIDENCE_BEAM = 0,    /* from one direction */
    SMP_INCIDENCE_DIFFUSE = 1, /* isotropic radiance from the whole hemisphere */
    SMP_INCIDENCE_COUNT        /* may grow */
} smp_incidence;

/* Light on a stack of layers. Defaults: straight down, from air into air. */
typedef struct smp_layered_desc {
    uint32_t struct_size; /* set by smp_layered_desc_init() */
    uint32_t incidence;   /* smp_incidence, default SMP_INCIDENCE_BEAM */
    double angle_deg;     /* of a beam, in the medium above, from the normal, [0, 89], default 0 */
    double index_above;   /* refractive index of what is above, [1, 4], default 1 */
    double index_below;   /* and below, [1, 4], default 1 */
    uint32_t angles;      /* directions per hemisphere, shared out between the different indices;
                             [4, 64], default 24 */
    uint32_t specular;    /* 1: with what the first surface mirrors; 0: without. Default 1 */
} smp_layered_desc;

SMP_API void smp_layered_desc_init_sized(smp_layered_desc *desc, size_t size);
#define smp_layered_desc_init(desc) smp_layered_desc_init_sized((desc), sizeof *(desc))
SMP_API const smp_field *smp_layered_desc_fields(uint32_t *count);

/* Reflectance and transmittance of a stack of plane layers at a number of samples (wavelengths, or
 * anything else), by adding-doubling. Samples are shared out on the context's runner.
 *
 * layers         samples * layer_count layers: those of the first sample from the top down, then
 *                those of the next
 * reflectance    NULL, or receives `samples` shares of the light that comes; with or without what
 *                the first surface mirrors, as desc says
 * transmittance  NULL, or receives what leaves below, unscattered light included
 * errors         SMP_ERR_RANGE a field of desc or of a layer; SMP_ERR_ARGUMENT ctx or layers is
 *                NULL, a count is 0; SMP_ERR_LIMIT more different indices than half of angles;
 *                SMP_ERR_MEMORY, SMP_ERR_RUNNER
 * accuracy       2e-5 with 24 angles for a mean cosine up to 0.9; absorbing nothing, reflectance
 *                and transmittance sum to 1 within 1e-9
 * source         docs/model/optics.md, section "Layered solver" */
SMP_NODISCARD SMP_API smp_status smp_layered_reflectance(const smp_context *ctx,
                                                         const smp_layered_desc *desc,
                                                         const smp_layer *layers,
                                                         uint32_t layer_count, uint32_t samples,
                                                         double *reflectance, double *transmittance,
                                                         smp_diag *diag);

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

/* What is seen of a column: contrast 1 - R/R_bare by distance from its middle.
 *
 * radius_mm  count distances, each finite and >= 0
 * contrast   3 * count values: R, G, B at each distance, of the space's linear light
 * errors     SMP_ERR_RANGE a field of skin or column, or a radius; SMP_ERR_ARGUMENT space, NULL
 * source     docs/model.md, section "A dot" */
SMP_NODISCARD SMP_API smp_status smp_dot_profile(const smp_skin *skin, const smp_column *column,
                                                 const smp_pigment *pigment, smp_space space,
                                                 uint32_t count, const float *radius_mm,
                                                 float *contrast, smp_diag *diag);

SMP_END

#endif
