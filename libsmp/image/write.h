/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The writers of the two kinds, and what smp_encode hands to them. */
#ifndef SMPI_IMAGE_WRITE_H
#define SMPI_IMAGE_WRITE_H

#include <smp/image.h>

#include "image/bytes.h"

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

smp_status smpi_png_write(const smpi_encoding *e, smp_bytes **bytes);
smp_status smpi_jpeg_write(const smpi_encoding *e, smp_bytes **bytes);

#endif
