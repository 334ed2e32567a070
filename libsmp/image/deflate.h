/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A small zlib compressor: the same bytes on every machine, all memory from the context and taken
 * before the work begins, so that it cannot fail half way. */
#ifndef SMPI_IMAGE_DEFLATE_H
#define SMPI_IMAGE_DEFLATE_H

#include "image/header.h"

/* The most bytes that the stream of `size` bytes can have; SIZE_MAX when that is out of range. */
size_t smpi_deflate_room(size_t size);

/* Compresses into out, which has smpi_deflate_room(in.size) bytes; *written gets the stream's size.
 * effort 1 (fast) to 9 (small). errors  SMP_ERR_MEMORY, SMP_ERR_LIMIT */
smp_status smpi_deflate(const smp_context *ctx, smpi_span in, uint32_t effort, uint8_t *out,
                        size_t *written, smp_diag *diag);

#endif
