/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Turning stored pixels upright. */
#ifndef SMPI_IMAGE_ORIENT_H
#define SMPI_IMAGE_ORIENT_H

#include <smp/image.h>

/* Writes the upright picture of tightly packed pixels; `to` has the sides swapped for orientations
 * 5 to 8. width and height are the stored ones. */
void smpi_orient(const uint8_t *from, uint8_t *to, uint32_t width, uint32_t height,
                 uint32_t pixel_size, uint32_t orientation);

#endif
