/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Rows of a caller's picture as floats and back. */
#include "image/rows.h"

#include <string.h>

typedef enum channel { CHANNEL_U8, CHANNEL_U16, CHANNEL_F32 } channel;

typedef struct layout {
    channel type;
    uint8_t channels;
    uint8_t order[4]; /* where R, G, B and A lie in a pixel */
} layout;

static const layout layouts[SMP_FORMAT_COUNT] = {
    [SMP_FORMAT_GRAY8] = {CHANNEL_U8, 1, {0, 0, 0, 0}},
    [SMP_FORMAT_RGB8] = {CHANNEL_U8, 3, {0, 1, 2, 0}},
    [SMP_FORMAT_RGBA8] = {CHANNEL_U8, 4, {0, 1, 2, 3}},
    [SMP_FORMAT_BGRA8] = {CHANNEL_U8, 4, {2, 1, 0, 3}},
    [SMP_FORMAT_RGB16] = {CHANNEL_U16, 3, {0, 1, 2, 0}},
    [SMP_FORMAT_RGBA16] = {CHANNEL_U16, 4, {0, 1, 2, 3}},
    [SMP_FORMAT_RGBF32] = {CHANNEL_F32, 3, {0, 1, 2, 0}},
    [SMP_FORMAT_RGBAF32] = {CHANNEL_F32, 4, {0, 1, 2, 3}},
};

int smpi_format_has_alpha(uint32_t format)
{
    return format < SMP_FORMAT_COUNT && layouts[format].channels == 4;
}

uint8_t *smpi_image_row(const smp_image *image, uint32_t y)
{
    return (uint8_t *)image->data + (ptrdiff_t)y * image->stride;
}

static void load_u8(const uint8_t *row, const layout *at, uint32_t n, float *rgb, float *alpha)
{
    for (uint32_t i = 0; i < n; i++) {
        const uint8_t *p = row + (size_t)i * at->channels;
        for (int c = 0; c < 3; c++)
            rgb[3 * (size_t)i + (size_t)c] = (float)p[at->order[c]] / 255.0f;
        if (alpha)
            alpha[i] = at->channels == 4 ? (float)p[3] / 255.0f : 1.0f;
    }
}

static void load_u16(const uint8_t *row, const layout *at, uint32_t n, float *rgb, float *alpha)
{
    for (uint32_t i = 0; i < n; i++) {
        uint16_t p[4] = {0, 0, 0, 65535};
        memcpy(p, row + (size_t)i * at->channels * sizeof *p, at->channels * sizeof *p);
        for (int c = 0; c < 3; c++)
            rgb[3 * (size_t)i + (size_t)c] = (float)p[at->order[c]] / 65535.0f;
        if (alpha)
            alpha[i] = (float)p[3] / 65535.0f;
    }
}

static void load_f32(const uint8_t *row, const layout *at, uint32_t n, float *rgb, float *alpha)
{
    for (uint32_t i = 0; i < n; i++) {
        float p[4] = {0.0f, 0.0f, 0.0f, 1.0f};
        memcpy(p, row + (size_t)i * at->channels * sizeof *p, at->channels * sizeof *p);
        for (int c = 0; c < 3; c++)
            rgb[3 * (size_t)i + (size_t)c] = p[at->order[c]];
        if (alpha)
            alpha[i] = p[3];
    }
}

/* The alpha of one pixel, for pictures that have it. */
static float alpha_at(const uint8_t *row, const layout *at, uint32_t i)
{
    float one = 1.0f;
    uint16_t wide;
    switch (at->type) {
    case CHANNEL_U8:
        return (float)row[4 * (size_t)i + 3] / 255.0f;
    case CHANNEL_U16:
        memcpy(&wide, row + 8 * (size_t)i + 6, sizeof wide);
        return (float)wide / 65535.0f;
    case CHANNEL_F32:
        memcpy(&one, row + 16 * (size_t)i + 12, sizeof one);
        return one;
    }
    return one;
}

/* Without alpha the channels lie as the floats do: plain loops, which compilers make wide. */
static void load_flat(const uint8_t *row, channel type, size_t n, float *out)
{
    if (type == CHANNEL_U8) {
        for (size_t i = 0; i < n; i++)
            out[i] = (float)row[i] / 255.0f;
        return;
    }
    for (size_t i = 0; i < n; i++) {
        uint16_t v;
        memcpy(&v, row + 2 * i, sizeof v);
        out[i] = (float)v / 65535.0f;
    }
}

static size_t pixel_size(const layout *at)
{
    static const uint8_t size[] = {1, 2, 4};
    return (size_t)at->channels * size[at->type];
}

void smpi_rows_get(const smp_image *image, uint32_t y, uint32_t x0, uint32_t n, float *rgb,
                   float *alpha)
{
    const layout *at = &layouts[image->format];
    const uint8_t *row = smpi_image_row(image, y) + x0 * pixel_size(at);
    if (at->channels == 3 && at->type != CHANNEL_F32 && !alpha)
        load_flat(row, at->type, 3 * (size_t)n, rgb);
    else if (at->type == CHANNEL_U8)
        load_u8(row, at, n, rgb, alpha);
    else if (at->type == CHANNEL_U16)
        load_u16(row, at, n, rgb, alpha);
    else
        load_f32(row, at, n, rgb, alpha);
    if (at->channels < 4 || image->alpha != SMP_ALPHA_PREMULTIPLIED)
        return;
    for (uint32_t i = 0; i < n; i++) {
        float a = alpha_at(row, at, i);
        if (a != 0.0f && a != 1.0f)
            for (int c = 0; c < 3; c++)
                rgb[3 * (size_t)i + (size_t)c] /= a;
    }
}

static float clamp01(float v)
{
    v = v > 0.0f ? v : 0.0f; /* NaN gives 0 */
    return v < 1.0f ? v : 1.0f;
}

static void store_flat(uint8_t *row, channel type, size_t n, const float *in)
{
    if (type == CHANNEL_U8) {
        for (size_t i = 0; i < n; i++)
            row[i] = (uint8_t)(int32_t)(clamp01(in[i]) * 255.0f + 0.5f);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        uint16_t v = (uint16_t)(int32_t)(clamp01(in[i]) * 65535.0f + 0.5f);
        memcpy(row + 2 * i, &v, sizeof v);
    }
}

/* One pixel as it is stored: straight or multiplied, gray in the first place. */
static void stored_pixel(const smp_image *image, const layout *at, const float rgb[3], float a,
                         float out[4])
{
    float k = at->channels == 4 && image->alpha == SMP_ALPHA_PREMULTIPLIED && a != 0.0f ? a : 1.0f;
    if (at->channels == 1) {
        out[0] = 0.2126f * rgb[0] + 0.7152f * rgb[1] + 0.0722f * rgb[2]; /* Rec. ITU-R BT.709 */
        return;
    }
    for (int c = 0; c < 3; c++)
        out[at->order[c]] = k == 1.0f ? rgb[c] : rgb[c] * k;
    if (at->channels == 4)
        out[3] = a;
}

void smpi_rows_put(const smp_image *image, uint32_t y, uint32_t x0, uint32_t n, const float *rgb,
                   const float *alpha)
{
    const layout *at = &layouts[image->format];
    uint8_t *row = smpi_image_row(image, y) + x0 * pixel_size(at);
    if (at->channels == 3 && at->type != CHANNEL_F32) {
        store_flat(row, at->type, 3 * (size_t)n, rgb);
        return;
    }
    for (uint32_t i = 0; i < n; i++) {
        float out[4];
        stored_pixel(image, at, rgb + 3 * (size_t)i, alpha ? alpha[i] : 1.0f, out);
        if (at->type == CHANNEL_F32) {
            memcpy(row + i * pixel_size(at), out, pixel_size(at));
            continue;
        }
        for (int c = 0; c < at->channels; c++) {
            float v = clamp01(out[c]);
            if (at->type == CHANNEL_U8) {
                row[(size_t)i * at->channels + (size_t)c] = (uint8_t)(v * 255.0f + 0.5f);
            } else {
                uint16_t code = (uint16_t)(v * 65535.0f + 0.5f);
                memcpy(row + ((size_t)i * at->channels + (size_t)c) * 2, &code, sizeof code);
            }
        }
    }
}
