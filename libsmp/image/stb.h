/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The few things taken from stb_image and stb_image_write. All memory comes from the context,
 * zeroed and bounded. */
#ifndef SMPI_IMAGE_STB_H
#define SMPI_IMAGE_STB_H

#include <smp/image.h>

typedef struct smpi_stb_wish {
    uint32_t width, height; /* from the header; a decoder that finds others fails */
    uint32_t channels;      /* 1, 3 or 4 */
    uint32_t wide;          /* 1: 16 bit */
    uint64_t limit;         /* bytes that may be held at once */
} smpi_stb_wish;

/* Decodes into pixels that smpi_stb_free releases.
 * errors  SMP_ERR_FORMAT with stb's own word, SMP_ERR_MEMORY, SMP_ERR_LIMIT */
smp_status smpi_stb_decode(const smp_context *ctx, const uint8_t *bytes, size_t size,
                           const smpi_stb_wish *wish, void **pixels, smp_diag *diag);
void smpi_stb_free(const smp_context *ctx, void *pixels);

typedef void smpi_write_fn(void *user, const void *bytes, size_t size);

/* A baseline JFIF file of 8-bit pixels, rows tightly packed, channels 1 or 3. Allocates nothing. 1
 * when all was well. */
int smpi_stb_write_jpeg(smpi_write_fn *write, void *user, const uint8_t *pixels, uint32_t width,
                        uint32_t height, uint32_t channels, uint32_t quality);

#endif
