/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The phantom object, and the drawing of its pixels. */
#ifndef SMPI_PHANTOM_DRAW_H
#define SMPI_PHANTOM_DRAW_H

#include "phantom/scene.h"

struct smp_phantom {
    const smp_context *ctx;
    smpi_scene scene;
    smpi_hairs hairs;
    size_t pixels;
    float *map[SMP_PHANTOM_MAP_COUNT]; /* one block, plane after plane */
    uint8_t *bytes;
    smp_image image;
};

/* Draws rows [top, bottom): maps, and linear RGB. clear holds what the hairs let through. */
void smpi_draw_rows(smp_phantom *phantom, const float *clear, float *rgb_lin, uint32_t top,
                    uint32_t bottom);

/* Head, camera, noise and hair of a descriptor; colours and exposure come from smpi_tone_init(). */
void smpi_scene_init(smpi_scene *scene, const smp_phantom_desc *desc);

#endif
