/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A picture's rows as a file holds them. */
#include "image/file_rows.h"

#include <string.h>

#include "image/rows.h"

#define CHUNK 256u /* pixels converted at a time */

smp_space smpi_file_space(uint32_t space)
{
    if (space == SMP_SPACE_LINEAR_SRGB)
        return SMP_SPACE_SRGB;
    return space == SMP_SPACE_LINEAR_P3 ? SMP_SPACE_DISPLAY_P3 : (smp_space)space;
}

void smpi_file_row(const smp_image *image, smp_format format, uint32_t y, uint8_t *out)
{
    smp_space space = smpi_file_space(image->space);
    int linear = space != (smp_space)image->space;
    int straight = !smpi_format_has_alpha(image->format) || image->alpha == SMP_ALPHA_STRAIGHT;
    float rgb[3 * CHUNK], alpha[CHUNK];
    if (image->format == (uint32_t)format && straight && !linear) {
        memcpy(out, smpi_image_row(image, y), (size_t)image->width * smp_format_pixel_size(format));
        return;
    }
    smp_image to = {.data = out, .width = image->width, .height = 1, .format = (uint32_t)format};
    for (uint32_t x = 0; x < image->width; x += CHUNK) {
        uint32_t n = image->width - x < CHUNK ? image->width - x : CHUNK;
        smpi_rows_get(image, y, x, n, rgb, alpha);
        if (linear)
            for (uint32_t i = 0; i < 3 * n; i++)
                rgb[i] = smp_space_encode(space, rgb[i]);
        smpi_rows_put(&to, 0, x, n, rgb, alpha);
    }
}
