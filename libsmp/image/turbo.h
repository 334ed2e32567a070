/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * JPEG through libjpeg-turbo, where it was found at build time. Its own working memory is taken
 * from the C library, not from the context: at most what the header lets expect, which is checked
 * against the budget beforehand. */
#ifndef SMPI_IMAGE_TURBO_H
#define SMPI_IMAGE_TURBO_H

#include "image/stb.h"

/* Decodes into tightly packed pixels of the wish's size. Returns 0 when it would rather not: not
 * built in, a colour model or a size that is not expected, anything odd about the file. stb then
 * has the last word. */
int smpi_turbo_decode(const uint8_t *bytes, size_t size, const smpi_stb_wish *wish, void *pixels);

/* Bytes that a coded picture may have at most; 0 when libjpeg-turbo is not built in. */
size_t smpi_turbo_bound(uint32_t width, uint32_t height, uint32_t quality);

/* Pixels of rgb8, rgba8 or bgra8 to a baseline JFIF file in `out`, which has room for
 * smpi_turbo_bound() bytes. stride in bytes, over 0. Returns the file's size, 0 when it failed. */
size_t smpi_turbo_encode(const smp_image *image, uint32_t quality, uint8_t *out, size_t room);

#endif
