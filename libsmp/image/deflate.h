/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Whole zlib streams at once, through libdeflate where it was found at build time. Its own working
 * memory, SMPI_DEFLATE_HEAP at most, is taken from the C library, not from the context: its
 * allocator can be set for the whole process alone. Who packs holds as much of the context's memory
 * meanwhile, so that the budget knows of it. */
#ifndef SMPI_IMAGE_DEFLATE_H
#define SMPI_IMAGE_DEFLATE_H

#include "image/bytes.h"

/* Bytes; libdeflate 1.14 takes 668,295 at level 9. */
#define SMPI_DEFLATE_HEAP (UINT32_C(1) << 20)

/* Bytes that a stream of `size` bytes may have at most; 0 when libdeflate is not built in. */
size_t smpi_deflate_bound(size_t size);

/* Packs; effort 1 (fast) to 9 (small). Returns the stream's size, 0 when it failed. */
size_t smpi_deflate(smpi_span in, uint32_t effort, uint8_t *out, size_t room);

/* Unpacks, by zlib when libdeflate is not built in. 1 when the stream is good and fills out
 * exactly; else 0, and what out holds is of no use. */
int smpi_inflate(smpi_span packed, uint8_t *out, size_t size);

/* The checksum of PNG chunks. */
uint32_t smpi_crc(const uint8_t *bytes, size_t size);

#endif
