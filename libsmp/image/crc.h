/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The checksum of PNG chunks: CRC-32 of ISO 3309, polynomial 0xedb88320 reflected, four bytes at a
 * time. */
#ifndef SMPI_IMAGE_CRC_H
#define SMPI_IMAGE_CRC_H

#include <stddef.h>
#include <stdint.h>

/* Made on the stack by those who need it: 1024 steps, and no global state. */
typedef struct smpi_crc_table {
    uint32_t t[4][256];
} smpi_crc_table;

void smpi_crc_init(smpi_crc_table *table);
/* Goes on from crc; begin with 0. */
uint32_t smpi_crc(const smpi_crc_table *table, uint32_t crc, const uint8_t *bytes, size_t size);

#endif
