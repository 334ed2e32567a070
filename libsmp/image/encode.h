/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What smp_encode hands to the writers of the two kinds. */
#ifndef SMPI_IMAGE_ENCODE_H
#define SMPI_IMAGE_ENCODE_H

#include "image/header.h"

typedef struct smpi_encoding {
    const smp_context *ctx;
    const smp_image *image;
    smp_format format; /* of the samples in the file: gray8, rgb8, rgba8, rgb16, rgba16 */
    smp_encode_desc desc;
    smpi_span icc, exif; /* data NULL: none */
    const char *comment; /* or NULL */
    int srgb;            /* 1: no profile is needed, the pixels are sRGB */
    smp_diag *diag;
} smpi_encoding;

/* Row y in the file's format: straight, companded, tightly packed, 16 bit in machine order. */
void smpi_encode_row(const smpi_encoding *e, uint32_t y, uint8_t *out);

/* The Exif block byte by byte, with orientation 1. */
void smpi_encode_exif(const smpi_encoding *e, uint8_t *out);

smp_status smpi_png_write(const smpi_encoding *e, smp_bytes **bytes);
smp_status smpi_jpeg_write(const smpi_encoding *e, smp_bytes **bytes);

#endif
