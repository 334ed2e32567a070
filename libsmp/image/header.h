/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What our own walk through a JPEG or PNG finds before any codec sees the file. Nothing here
 * allocates. */
#ifndef SMPI_IMAGE_HEADER_H
#define SMPI_IMAGE_HEADER_H

#include <smp/image.h>

/* Bytes that lie in the caller's file. */
typedef struct smpi_span {
    const uint8_t *data;
    size_t size;
} smpi_span;

#define SMPI_ICC_PARTS 255      /* a JPEG profile's chunks are numbered 1 to 255 */
#define SMPI_ICC_MAX (4u << 20) /* bytes: a larger profile is left out */
#define SMPI_ICC_PREFIX 16384u  /* bytes of a packed profile that recognition looks at */

typedef struct smpi_header {
    smp_file_info info;
    uint32_t stored_width, stored_height;
    uint32_t channels; /* of the decoded picture */
    smpi_span exif;    /* a TIFF-formatted block that reads well, or nothing */
    smpi_span icc[SMPI_ICC_PARTS];
    uint32_t icc_count;  /* parts; 0: no profile, or one that does not fit the decoded pixels */
    uint32_t icc_packed; /* 1: the one part is a zlib stream (PNG) */
} smpi_header;

/* Walks a whole file: kind, structure, checksums, size, space, orientation.
 * errors  SMP_ERR_FORMAT, SMP_ERR_UNSUPPORTED, SMP_ERR_LIMIT */
smp_status smpi_header_read(const uint8_t *bytes, size_t size, smpi_header *header, smp_diag *diag);

/* One kind each; called by smpi_header_read, which has set header to zeros. */
smp_status smpi_jpeg_walk(const uint8_t *bytes, size_t size, smpi_header *header, smp_diag *diag);
smp_status smpi_png_walk(const uint8_t *bytes, size_t size, smpi_header *header, smp_diag *diag);

/* ---- Exif ---- */

typedef struct smpi_exif {
    uint32_t orientation;  /* 1 to 8 */
    int adobe_rgb;         /* interoperability index R03, or colour space 2 */
    int srgb;              /* colour space 1 */
    size_t orientation_at; /* where the orientation's value lies; 0: there is none */
    int big_endian;
} smpi_exif;

/* Reads a TIFF-formatted block. 0 when it is broken; facts are then those of no Exif. */
int smpi_exif_read(smpi_span tiff, smpi_exif *facts);

/* ---- profiles ---- */

/* The colour space of a profile whose bytes lie in parts, or -1 when it is none that we know.
 * *model gets its data colour space, 'RGB ' as 0x52474220. */
int smpi_icc_recognise(const smpi_span *parts, uint32_t count, uint32_t *model);

#define SMPI_ICC_RGB 0x52474220u
#define SMPI_ICC_GRAY 0x47524159u
#define SMPI_ICC_MADE 512u /* bytes at most of a profile that we make */

/* Writes a profile of a companded space, for RGB or for gray pictures; returns its size. */
size_t smpi_icc_make(smp_space space, int gray, uint8_t out[SMPI_ICC_MADE]);

/* ---- bytes ---- */

static inline uint32_t smpi_be16(const uint8_t *p)
{
    return (uint32_t)p[0] << 8 | p[1];
}

static inline uint32_t smpi_be32(const uint8_t *p)
{
    return smpi_be16(p) << 16 | smpi_be16(p + 2);
}

static inline void smpi_put_be32(uint8_t *p, uint32_t v)
{
    p[0] = (uint8_t)(v >> 24);
    p[1] = (uint8_t)(v >> 16);
    p[2] = (uint8_t)(v >> 8);
    p[3] = (uint8_t)v;
}

#endif
