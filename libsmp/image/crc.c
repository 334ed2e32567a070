/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * CRC-32 for PNG. source: PNG specification, annex D; slicing by four after Kounavis and Berry
 * 2005. */
#include "image/crc.h"

void smpi_crc_init(smpi_crc_table *table)
{
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t c = i;
        for (int k = 0; k < 8; k++)
            c = c & 1 ? 0xedb88320u ^ (c >> 1) : c >> 1;
        table->t[0][i] = c;
    }
    for (uint32_t i = 0; i < 256; i++)
        for (int k = 1; k < 4; k++)
            table->t[k][i] = table->t[0][table->t[k - 1][i] & 255] ^ (table->t[k - 1][i] >> 8);
}

uint32_t smpi_crc(const smpi_crc_table *table, uint32_t crc, const uint8_t *bytes, size_t size)
{
    uint32_t c = ~crc;
    for (; size >= 4; size -= 4, bytes += 4) {
        c ^= (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
             (uint32_t)bytes[3] << 24;
        c = table->t[3][c & 255] ^ table->t[2][c >> 8 & 255] ^ table->t[1][c >> 16 & 255] ^
            table->t[0][c >> 24];
    }
    for (; size; size--, bytes++)
        c = table->t[0][(c ^ *bytes) & 255] ^ (c >> 8);
    return ~c;
}
