/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The eight Exif orientations. source: Exif 2.32, tag 0x0112: which side of the picture the stored
 * first row and first column are. */
#include "image/orient.h"

#include <string.h>

#define TILE 32u /* pixels: a tile of source and target stay in the nearest cache */

/* Steps in the target, in pixels, for one step right and one step down in the source. */
typedef struct steps {
    ptrdiff_t origin, right, down;
} steps;

static steps steps_of(uint32_t orientation, uint32_t width, uint32_t height)
{
    ptrdiff_t w = (ptrdiff_t)width, h = (ptrdiff_t)height;
    switch (orientation) {
    case 2: /* mirrored left to right */
        return (steps){w - 1, -1, w};
    case 3: /* half a turn */
        return (steps){w * h - 1, -1, -w};
    case 4: /* mirrored top to bottom */
        return (steps){w * (h - 1), 1, -w};
    case 5: /* first row is the left side, first column the top */
        return (steps){0, h, 1};
    case 6: /* first row is the right side */
        return (steps){h - 1, h, -1};
    case 7: /* first row is the right side, first column the bottom */
        return (steps){w * h - 1, -h, -1};
    case 8: /* first row is the left side, first column the bottom */
        return (steps){h * (w - 1), -h, 1};
    default:
        return (steps){0, 1, w};
    }
}

void smpi_orient(const uint8_t *from, uint8_t *to, uint32_t width, uint32_t height,
                 uint32_t pixel_size, uint32_t orientation)
{
    steps s = steps_of(orientation, width, height);
    ptrdiff_t size = (ptrdiff_t)pixel_size;
    for (uint32_t y0 = 0; y0 < height; y0 += TILE)
        for (uint32_t x0 = 0; x0 < width; x0 += TILE)
            for (uint32_t y = y0; y < y0 + TILE && y < height; y++) {
                uint32_t end = width - x0 < TILE ? width : x0 + TILE;
                const uint8_t *p = from + ((ptrdiff_t)y * (ptrdiff_t)width + (ptrdiff_t)x0) * size;
                ptrdiff_t at = s.origin + (ptrdiff_t)y * s.down + (ptrdiff_t)x0 * s.right;
                for (uint32_t x = x0; x < end; x++, p += size, at += s.right)
                    memcpy(to + at * size, p, pixel_size);
            }
}
