/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Canonical Huffman codes with a longest length, as deflate wants them. */
#ifndef SMPI_IMAGE_HUFFMAN_H
#define SMPI_IMAGE_HUFFMAN_H

#include <stdint.h>

#define SMPI_HUFFMAN_MAX 288 /* symbols */

/* Lengths (0 for what never occurs) and bit-reversed codes from frequencies. At least two symbols
 * get a code. longest is 7 or 15. */
void smpi_huffman(const uint32_t *counts, uint32_t symbols, uint32_t longest, uint8_t *lengths,
                  uint16_t *codes);

#endif
