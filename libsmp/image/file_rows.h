/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A picture's rows as a file holds them. */
#ifndef SMPI_IMAGE_FILE_ROWS_H
#define SMPI_IMAGE_FILE_ROWS_H

#include <smp/image.h>

/* The space that a file can hold: linear light is companded. */
smp_space smpi_file_space(uint32_t space);

/* Row y in a file's format: straight, companded, tightly packed, 16 bit in machine order. */
void smpi_file_row(const smp_image *image, smp_format format, uint32_t y, uint8_t *out);

#endif
