/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The pixels of plain PNGs: gray, RGB and RGBA of 8 bits, RGB and RGBA of 16, not interlaced, no
 * colour key. stb reads all others, and has the last word on damaged ones. */
#ifndef SMPI_IMAGE_READ_PNG_H
#define SMPI_IMAGE_READ_PNG_H

#include "image/walk.h"

/* *pixels is NULL when stb must be asked; else tightly packed rows, inside a block of `room` bytes
 * that begins at `block` and that smpi_free releases.
 * errors  SMP_ERR_MEMORY, SMP_ERR_LIMIT */
typedef struct smpi_png_pixels {
    uint8_t *pixels, *block;
    size_t room;
} smpi_png_pixels;

smp_status smpi_png_read(const smp_context *ctx, const smpi_header *header, smpi_png_pixels *out,
                         smp_diag *diag);

#endif
