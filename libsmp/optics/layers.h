/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Light in plane layers: adding-doubling with delta-M and Gauss-Radau quadrature, double precision.
 * Equations: docs/model/optics.md, 2. Error against tests/data/transport_reference.csv: below 2e-4
 * with 16 angles, below 1e-3 with 8 (tests/rooms/test_optics_layers.c). */
#ifndef SMPI_OPTICS_LAYERS_H
#define SMPI_OPTICS_LAYERS_H

#define SMPI_ANGLES_MAX 16
#define SMPI_ANGLES_SQUARE (SMPI_ANGLES_MAX * SMPI_ANGLES_MAX)

/* The directions that light is followed in, and the surface of the stack. */
typedef struct smpi_angles {
    int count;                       /* 8 or 16; the last one is straight down */
    double n, g;                     /* refractive index of the stack; mean cosine of scattering */
    double mu[SMPI_ANGLES_MAX];      /* cosine, rising */
    double weight[SMPI_ANGLES_MAX];  /* summing to 1 */
    double mirror[SMPI_ANGLES_MAX];  /* what the surface sends back from inside */
    double same[SMPI_ANGLES_SQUARE]; /* scattering from j to i in one hemisphere, and across */
    double across[SMPI_ANGLES_SQUARE];
} smpi_angles;

typedef struct smpi_layer {
    double absorb, scatter; /* 1/mm, not reduced */
    double thickness;       /* mm; smpi_layer_endless for a half space */
} smpi_layer;

#define SMPI_LAYER_ENDLESS 1e30

/* What a layer does to radiance: reflected = r down, passed = t down; the same from below. */
typedef struct smpi_slab {
    double r[SMPI_ANGLES_SQUARE];
    double t[SMPI_ANGLES_SQUARE];
} smpi_slab;

/* Sensitivity of skin to absorption, at depths 0, step, 2 step ... from the surface. */
typedef struct smpi_depths {
    int count;    /* of depths */
    int in_top;   /* steps that the top layer is thick */
    double step;  /* mm */
    double *loss; /* count values: -dlnR per unit of absorption (1/mm) per mm there */
} smpi_depths;

/* count is 8 or 16. */
void smpi_angles_init(smpi_angles *angles, int count, double n, double g);

void smpi_slab_make(const smpi_angles *angles, const smpi_layer *layer, smpi_slab *slab);

/* Light that comes straight down on a stack and leaves it upward, and below, without what the first
 * surface mirrors; the lower surface, too, borders on air. through may be NULL. */
double smpi_layers_reflect(const smpi_angles *angles, const smpi_layer *layers, int count,
                           double *through);

/* The same for two layers, top over an endless one whose slab is given. */
double smpi_two_layers(const smpi_angles *angles, const smpi_slab *top, const smpi_slab *below);

/* Fills depths for two layers, the second endless; returns the reflectance. */
double smpi_two_layers_depths(const smpi_angles *angles, const smpi_layer layers[2],
                              const smpi_depths *depths);

/* The same; gain receives, for each depth, +dlnR per unit of isotropic scattering (1/mm) per mm. */
double smpi_two_layers_gains(const smpi_angles *angles, const smpi_layer layers[2],
                             const smpi_depths *depths, double *gain);

#endif
