/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Runs of bytes, and big-endian numbers in them. */
#ifndef SMPI_IMAGE_BYTES_H
#define SMPI_IMAGE_BYTES_H

#include <stddef.h>
#include <stdint.h>

/* Bytes that lie in memory of somebody else, such as the caller's file. */
typedef struct smpi_span {
    const uint8_t *data;
    size_t size;
} smpi_span;

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
