/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What our own walk through a JPEG or PNG finds before any codec sees the file, and the two walks.
 * Nothing here allocates. */
#ifndef SMPI_IMAGE_WALK_H
#define SMPI_IMAGE_WALK_H

#include <smp/image.h>

#include "image/icc.h"

typedef struct smpi_header {
    smp_file_info info;
    uint32_t stored_width, stored_height;
    uint32_t channels; /* of the decoded picture */
    smpi_span exif;    /* a TIFF-formatted block that reads well, or nothing */
    smpi_span icc[SMPI_ICC_PARTS];
    uint32_t icc_count;  /* parts; 0: no profile, or one that does not fit the decoded pixels */
    uint32_t icc_packed; /* 1: the one part is a zlib stream (PNG) */
    const uint8_t *data; /* PNG: the first data chunk, at its length; the others follow at once */
    size_t data_size;    /* of what all data chunks hold */
    uint32_t data_chunks;
    uint32_t plain; /* PNG: 1 when rows hold the picture's samples as they are */
} smpi_header;

/* One kind each. header holds zeros but for info.kind; upright width and height are left at 0.
 * errors  SMP_ERR_FORMAT, SMP_ERR_UNSUPPORTED, SMP_ERR_LIMIT */
smp_status smpi_jpeg_walk(const uint8_t *bytes, size_t size, smpi_header *header, smp_diag *diag);
smp_status smpi_png_walk(const uint8_t *bytes, size_t size, smpi_header *header, smp_diag *diag);

#endif
