/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The PNG reader: unpacked in one go, then filters undone row by row in the same memory. source:
 * PNG specification, third edition, clauses 9 and 10. */
#include "image/read_png.h"

#include <string.h>

#include "base/context.h"
#include "base/diag.h"
#include "image/deflate.h"

/* ---- filters; `step` bytes before each row, and the row above the first, are 0 --------------- */

static uint8_t paeth(int a, int b, int c)
{
    int pa = b - c, pb = a - c, pc = pa + pb;
    pa = pa < 0 ? -pa : pa;
    pb = pb < 0 ? -pb : pb;
    pc = pc < 0 ? -pc : pc;
    const int bc = pb <= pc ? b : c, least = pb <= pc ? pb : pc;
    return (uint8_t)(pa <= least ? a : bc);
}

/* Inlined with a constant step, so that what lies left stays in registers. */
static inline void undo_left(uint8_t *row, size_t size, size_t step)
{
    uint8_t left[8] = {0};
    for (size_t i = 0; i < size; i += step)
        for (size_t k = 0; k < step; k++)
            row[i + k] = left[k] = (uint8_t)(row[i + k] + left[k]);
}

static inline void undo_mean(uint8_t *restrict row, const uint8_t *restrict above, size_t size,
                             size_t step)
{
    uint8_t left[8] = {0};
    for (size_t i = 0; i < size; i += step)
        for (size_t k = 0; k < step; k++)
            row[i + k] = left[k] = (uint8_t)(row[i + k] + ((left[k] + above[i + k]) >> 1));
}

static inline void undo_paeth(uint8_t *restrict row, const uint8_t *restrict above, size_t size,
                              size_t step)
{
    uint8_t left[8] = {0}, corner[8] = {0};
    for (size_t i = 0; i < size; i += step)
        for (size_t k = 0; k < step; k++) {
            const uint8_t b = above[i + k];
            row[i + k] = left[k] = (uint8_t)(row[i + k] + paeth(left[k], b, corner[k]));
            corner[k] = b;
        }
}

static void undo_above(uint8_t *restrict row, const uint8_t *restrict above, size_t size)
{
    for (size_t i = 0; i < size; i++)
        row[i] = (uint8_t)(row[i] + above[i]);
}

static inline int undo(int filter, uint8_t *row, const uint8_t *above, size_t size, size_t step)
{
    switch (filter) {
    case 0:
        return 1;
    case 1:
        undo_left(row, size, step);
        return 1;
    case 2:
        undo_above(row, above, size);
        return 1;
    case 3:
        undo_mean(row, above, size, step);
        return 1;
    case 4:
        undo_paeth(row, above, size, step);
        return 1;
    default:
        return 0;
    }
}

static int undo_step(int filter, uint8_t *row, const uint8_t *above, size_t size, size_t step)
{
    switch (step) {
    case 1:
        return undo(filter, row, above, size, 1);
    case 3:
        return undo(filter, row, above, size, 3);
    case 4:
        return undo(filter, row, above, size, 4);
    case 6:
        return undo(filter, row, above, size, 6);
    default:
        return undo(filter, row, above, size, 8);
    }
}

/* 16-bit samples are stored with the high byte first. */
static void to_native(uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i += 2) {
        const uint16_t v = (uint16_t)smpi_be16(bytes + i);
        memcpy(bytes + i, &v, sizeof v);
    }
}

/* Rows with their filter bytes, which begin at pixels, become rows without. */
static int unfilter(uint8_t *pixels, const uint8_t *zeros, const smpi_header *header, size_t row)
{
    const smp_format format = (smp_format)header->info.format;
    const size_t step = smp_format_pixel_size(format);
    const uint8_t *above = zeros;
    for (uint32_t y = 0; y < header->stored_height; y++) {
        const uint8_t *from = pixels + y * (row + 1);
        uint8_t *to = pixels + y * row;
        const int filter = from[0];
        memmove(to, from + 1, row);
        if (!undo_step(filter, to, above, row, step))
            return 0;
        above = to;
    }
    if (step > header->channels)
        to_native(pixels, row * header->stored_height);
    return 1;
}

/* ---- the file ------------------------------------------------------------------------------ */

/* All data chunks in one piece: the file's own when there is one, else in memory of ours. */
static smp_status gather(const smp_context *ctx, const smpi_header *header, smpi_span *packed,
                         uint8_t **copy, smp_diag *diag)
{
    const uint8_t *chunk = header->data; /* at its length */
    *copy = NULL;
    *packed = (smpi_span){chunk + 8, header->data_size};
    if (header->data_chunks == 1)
        return SMP_OK;
    SMPI_TRY(smpi_new(ctx, copy, header->data_size, 1, "packed PNG", diag));
    packed->data = *copy;
    for (size_t at = 0; at < header->data_size; chunk += smpi_be32(chunk) + 12) {
        memcpy(*copy + at, chunk + 8, smpi_be32(chunk));
        at += smpi_be32(chunk);
    }
    return SMP_OK;
}

smp_status smpi_png_read(const smp_context *ctx, const smpi_header *header, smpi_png_pixels *out,
                         smp_diag *diag)
{
    const size_t row =
        (size_t)header->stored_width * smp_format_pixel_size((smp_format)header->info.format);
    const size_t zeros = (row + 63) / 64 * 64;
    smpi_span packed;
    uint8_t *copy;
    size_t size;
    *out = (smpi_png_pixels){NULL, NULL, 0};
    if (!header->plain || header->data_size > SIZE_MAX / 4 ||
        smpi_mul(row + 1, header->stored_height, &size) || smpi_add(size, zeros, &out->room))
        return SMP_OK;
    SMPI_TRY(smpi_new(ctx, &out->block, out->room, 1, "pixels", diag));
    smp_status status = gather(ctx, header, &packed, &copy, diag);
    if (status == SMP_OK) {
        memset(out->block, 0, zeros);
        uint8_t *pixels = out->block + zeros;
        if (smpi_inflate(packed, pixels, size) && unfilter(pixels, out->block, header, row))
            out->pixels = pixels;
        smpi_free(ctx, copy, header->data_size);
    }
    if (!out->pixels) {
        smpi_free(ctx, out->block, out->room);
        out->block = NULL;
    }
    return status;
}
