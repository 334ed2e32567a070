/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The few entries of an Exif block that matter here. Nothing here allocates. */
#ifndef SMPI_IMAGE_EXIF_H
#define SMPI_IMAGE_EXIF_H

#include "image/bytes.h"

typedef struct smpi_exif {
    uint32_t orientation;  /* 1 to 8 */
    int adobe_rgb;         /* interoperability index R03, or colour space 2 */
    int srgb;              /* colour space 1 */
    size_t orientation_at; /* where the orientation's value lies; 0: there is none */
    int big_endian;
} smpi_exif;

/* Reads a TIFF-formatted block. 0 when it is broken; facts are then those of no Exif. */
int smpi_exif_read(smpi_span tiff, smpi_exif *facts);

/* Copies a block byte by byte, but with orientation 1. out has tiff.size bytes. */
void smpi_exif_copy_upright(smpi_span tiff, uint8_t *out);

#endif
