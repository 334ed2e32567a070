/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A contact strip: pictures in rows of four, each whole and as a close-up below. */
#include "contact.h"

#include <stdlib.h>
#include <string.h>

#include "canvas.h"

enum { GAP = 8, COLUMNS = 4, LABEL = 16 };

int cli_contact_init(cli_contact *strip, uint32_t count, uint32_t panel_width,
                     uint32_t panel_height, int labels)
{
    uint32_t close_height = panel_width * 3 / 5, rows = (count + COLUMNS - 1) / COLUMNS;
    uint32_t width = COLUMNS * (panel_width + GAP) + GAP;
    uint32_t label_height = labels ? LABEL : 0;
    uint32_t height = rows * (label_height + panel_height + close_height + 3 * GAP);
    if (panel_height > 65535 || height > 65535) /* more than a picture can be */
        return 0;
    unsigned char *pixels = malloc((size_t)width * height * 3);
    if (!pixels)
        return 0;
    memset(pixels, 225, (size_t)width * height * 3);
    *strip = (cli_contact){.count = count,
                           .panel_width = panel_width,
                           .panel_height = panel_height,
                           .close_height = close_height,
                           .label_height = label_height};
    if (smp_image_wrap(&strip->image, pixels, width, height, 0, SMP_FORMAT_RGB8, NULL) == SMP_OK)
        return 1;
    free(pixels);
    return 0;
}

void cli_contact_clear(cli_contact *strip)
{
    free(strip->image.data);
    *strip = (cli_contact){0};
}

static const unsigned char *pixel(const smp_image *image, uint32_t x, uint32_t y)
{
    return (const unsigned char *)image->data + image->stride * (ptrdiff_t)y + 3 * (size_t)x;
}

/* The mean, in linear light, of the pixels that fall into one pixel of the panel. */
static void shrink_pixel(const smp_image *from, const uint32_t box[4], const float *linear,
                         unsigned char *out)
{
    for (int c = 0; c < 3; c++) {
        double sum = 0.0;
        for (uint32_t y = box[1]; y < box[3]; y++)
            for (uint32_t x = box[0]; x < box[2]; x++)
                sum += (double)linear[pixel(from, x, y)[c]];
        double mean = sum / ((double)(box[2] - box[0]) * (double)(box[3] - box[1]));
        out[c] = (unsigned char)(smp_space_encode(SMP_SPACE_SRGB, (float)mean) * 255.0f + 0.5f);
    }
}

/* First pixel of the picture that belongs to pixel i of n. */
static uint32_t edge(uint32_t i, uint32_t n, uint32_t side)
{
    return (uint32_t)((uint64_t)i * side / n);
}

static void shrink(const cli_contact *strip, const smp_image *from, unsigned char *panel)
{
    float linear[256];
    for (int i = 0; i < 256; i++)
        linear[i] = smp_space_decode(SMP_SPACE_SRGB, (float)i / 255.0f);
    for (uint32_t y = 0; y < strip->panel_height; y++)
        for (uint32_t x = 0; x < strip->panel_width; x++) {
            uint32_t box[4] = {edge(x, strip->panel_width, from->width),
                               edge(y, strip->panel_height, from->height),
                               edge(x + 1, strip->panel_width, from->width),
                               edge(y + 1, strip->panel_height, from->height)};
            if (box[2] == box[0])
                box[2]++;
            if (box[3] == box[1])
                box[3]++;
            shrink_pixel(from, box, linear, panel + strip->image.stride * (ptrdiff_t)y + 3 * x);
        }
}

/* The first row of a panel. */
static uint32_t top_of(const cli_contact *strip, uint32_t index)
{
    return GAP + strip->label_height +
           index / COLUMNS *
               (strip->label_height + strip->panel_height + strip->close_height + 3 * GAP);
}

void cli_contact_label(cli_contact *strip, uint32_t index, const char *words)
{
    cli_canvas canvas = {.width = strip->image.width,
                         .height = strip->image.height,
                         .scale = 1.0,
                         .image = strip->image};
    const uint32_t column = index % COLUMNS;
    cli_canvas_text(&canvas, GAP + 1.0 + column * (strip->panel_width + (double)GAP),
                    (double)top_of(strip, index) - 6.0, 13.0, 0.0, words);
}

void cli_contact_put(cli_contact *strip, uint32_t index, const smp_image *picture)
{
    uint32_t column = index % COLUMNS, at = top_of(strip, index);
    unsigned char *panel = (unsigned char *)strip->image.data +
                           strip->image.stride * (ptrdiff_t)at +
                           3 * (size_t)(GAP + column * (strip->panel_width + GAP));
    shrink(strip, picture, panel);
    unsigned char *close = panel + strip->image.stride * (ptrdiff_t)(strip->panel_height + GAP);
    uint32_t width = strip->panel_width < picture->width ? strip->panel_width : picture->width;
    uint32_t height = strip->close_height < picture->height ? strip->close_height : picture->height;
    uint32_t left =
        strip->close_x < picture->width - width ? strip->close_x : picture->width - width;
    uint32_t top =
        strip->close_y < picture->height - height ? strip->close_y : picture->height - height;
    for (uint32_t y = 0; y < height; y++)
        memcpy(close + strip->image.stride * (ptrdiff_t)y, pixel(picture, left, top + y),
               3 * (size_t)width);
}
