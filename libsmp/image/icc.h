/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Colour profiles: recognised, and made. Nothing here allocates. */
#ifndef SMPI_IMAGE_ICC_H
#define SMPI_IMAGE_ICC_H

#include <smp/image.h>

#include "image/bytes.h"

#define SMPI_ICC_PARTS 255      /* a JPEG profile's chunks are numbered 1 to 255 */
#define SMPI_ICC_MAX (4u << 20) /* bytes: a larger profile is left out */
#define SMPI_ICC_PREFIX 16384u  /* bytes of a packed profile that recognition looks at */
#define SMPI_ICC_MADE 512u      /* bytes at most of a profile that we make */
#define SMPI_ICC_RGB 0x52474220u
#define SMPI_ICC_GRAY 0x47524159u

/* The colour space of a profile whose bytes lie in parts, or -1 when it is none that we know.
 * *model gets its data colour space, 'RGB ' as 0x52474220. */
int smpi_icc_recognise(const smpi_span *parts, uint32_t count, uint32_t *model);

/* Writes a profile of a companded space, for RGB or for gray pictures; returns its size. */
size_t smpi_icc_make(smp_space space, int gray, uint8_t out[SMPI_ICC_MADE]);

#endif
