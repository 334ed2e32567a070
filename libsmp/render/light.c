/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The photo's own pixels to linear light and back, byte for byte the same where nothing changes. */
#include "render/preview.h"

#include <string.h>

#include "base/diag.h"
#include "color/transfer.h"

#define START_CELLS 4096u
#define AHEAD 1 /* rows after which a pixel is asked for */

/* What differs between formats: channel type, how many, and where red is. */
typedef struct layout {
    uint32_t bytes, channels, red, blue;
} layout;

static layout layout_of(uint32_t format)
{
    const uint32_t channels = smp_format_channels((smp_format)format);
    layout l = {smp_format_pixel_size((smp_format)format) / channels, channels, 0, 2};
    if (format == SMP_FORMAT_BGRA8) {
        l.red = 2;
        l.blue = 0;
    }
    if (channels == 1)
        l.blue = 0;
    return l;
}

static const uint8_t *pixel_at(const smp_image *image, uint32_t x, uint32_t y)
{
    return (const uint8_t *)image->data + (ptrdiff_t)y * image->stride +
           (size_t)x * smp_format_pixel_size((smp_format)image->format);
}

static float of_bits(uint32_t bits)
{
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* The cells of a codec, from 2^-20 to 1: 128 to an octave, so that at most one code ends in each
 * (a code spans at least 1/256 of its value from 1/2 on, and more below) and none in the first,
 * which stands for all that is less, too. Filling returns 0 should a space ever break that. */
#define CELL_FIRST 0x3580u /* 2^-20 */
#define CELL_LAST 0x3f80u  /* 1 */
#define CELLS (CELL_LAST - CELL_FIRST + 1)

static uint32_t bits_of(float x)
{
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static int fill_cells(smpi_light *light)
{
    uint32_t ended = 0;
    for (uint32_t i = 0; i < CELLS; i++) {
        const float next = of_bits((CELL_FIRST + i + 1) << 16);
        const int ends = ended < 255 && light->thresholds[ended] < next;
        const uint32_t at = ends ? bits_of(light->thresholds[ended]) & 0xffffu : 0x10000u;
        light->cells[i] = of_bits((ended << 16) + (0x10000u - at));
        ended += (uint32_t)ends;
        if ((i == 0 && ends) || (ended < 255 && light->thresholds[ended] < next))
            return 0;
    }
    return ended == 255;
}

static smp_status codec_create(const smp_context *ctx, smpi_light *light, smp_diag *diag)
{
    SMPI_TRY(smpi_new(ctx, &light->cells, CELLS, sizeof(float), "transfer cells", diag));
    if (fill_cells(light))
        light->codec = (smpk_codec){light->decode, light->cells, (int32_t)CELL_FIRST};
    return SMP_OK;
}

int smpi_light_composes(const smpi_light *light)
{
    return light->codec.decode && layout_of(light->format).channels >= 3;
}

int smpi_light_compose(const smpi_light *light, const smpk_table *kernels,
                       const smpi_light_row *row, uint32_t n)
{
    const layout l = layout_of(light->format);
    if (!smpi_light_composes(light))
        return 0;
    const smpk_compose job = {row->in,
                              row->out,
                              {row->t[l.red], row->t[1], row->t[l.blue]},
                              row->shine,
                              &light->codec,
                              l.channels,
                              AHEAD * row->in_stride,
                              AHEAD * row->out_stride,
                              AHEAD * row->shine_stride};
    kernels->compose(&job, n);
    return 1;
}

smp_status smpi_light_create(const smp_context *ctx, const smp_image *photo, smpi_light *light,
                             smp_diag *diag)
{
    const layout l = layout_of(photo->format);
    *light = (smpi_light){.space = photo->space, .format = photo->format};
    if (l.bytes == 4)
        return SMP_OK;
    light->decode_count = l.bytes == 1 ? 256 : 65536;
    SMPI_TRY(
        smpi_new(ctx, &light->decode, light->decode_count, sizeof(float), "transfer table", diag));
    if (l.bytes == 2) {
        for (uint32_t i = 0; i < 65536; i++)
            light->decode[i] = smp_space_decode((smp_space)photo->space, (float)i / 65535.0f);
        return SMP_OK;
    }
    smpi_space_decode_table8((smp_space)photo->space, light->decode);
    smp_status status =
        smpi_new(ctx, &light->thresholds, 255, sizeof(float), "transfer thresholds", diag);
    if (status == SMP_OK)
        status = smpi_new(ctx, &light->start, START_CELLS, 1, "transfer cells", diag);
    if (status != SMP_OK) {
        smpi_light_destroy(ctx, light);
        return status;
    }
    smpi_encode8_thresholds((smp_space)photo->space, light->thresholds);
    uint32_t code = 0;
    for (uint32_t i = 0; i < START_CELLS; i++) {
        while (code < 255 && light->thresholds[code] <= (float)i / (float)(START_CELLS - 1))
            code++;
        /* one cell earlier is always low enough, whatever the rounding of the cell's number */
        light->start[i] = (uint8_t)(i == 0 ? 0 : code);
    }
    memmove(light->start + 1, light->start, START_CELLS - 1);
    status = codec_create(ctx, light, diag);
    if (status != SMP_OK)
        smpi_light_destroy(ctx, light);
    return status;
}

void smpi_light_destroy(const smp_context *ctx, smpi_light *light)
{
    smpi_free(ctx, light->cells, CELLS * sizeof(float));
    smpi_free(ctx, light->start, START_CELLS);
    smpi_free(ctx, light->thresholds, 255 * sizeof(float));
    smpi_free(ctx, light->decode, light->decode_count * sizeof(float));
    light->decode = NULL;
    light->thresholds = NULL;
    light->start = NULL;
    light->cells = NULL;
}

static float sample(const smpi_light *light, const uint8_t *pixel, uint32_t channel, uint32_t bytes)
{
    if (bytes == 1)
        return light->decode[pixel[channel]];
    if (bytes == 2) {
        uint16_t value;
        memcpy(&value, pixel + 2 * channel, sizeof value);
        return light->decode[value];
    }
    float value;
    memcpy(&value, pixel + 4 * channel, sizeof value);
    return smp_space_decode((smp_space)light->space, value);
}

void smpi_light_get(const smpi_light *light, const smp_image *photo, uint32_t y, uint32_t x0,
                    uint32_t n, float *planes, size_t plane)
{
    const layout l = layout_of(photo->format);
    const uint32_t green = l.channels == 1 ? 0 : 1;
    const uint8_t *pixel = pixel_at(photo, x0, y);
    for (uint32_t i = 0; i < n; i++, pixel += l.bytes * l.channels) {
        planes[i] = sample(light, pixel, l.red, l.bytes);
        planes[plane + i] = sample(light, pixel, green, l.bytes);
        planes[2 * plane + i] = sample(light, pixel, l.blue, l.bytes);
    }
}

static uint8_t encode8(const smpi_light *light, float value)
{
    const float v = value > 0.0f ? (value < 1.0f ? value : 1.0f) : 0.0f;
    uint32_t code = light->start[(uint32_t)(v * (float)(START_CELLS - 1))];
    while (code < 255 && v >= light->thresholds[code])
        code++;
    return (uint8_t)code;
}

static void store(const smpi_light *light, uint8_t *pixel, uint32_t channel, uint32_t bytes,
                  float value)
{
    if (bytes == 1) {
        pixel[channel] = encode8(light, value);
        return;
    }
    const float coded = smp_space_encode((smp_space)light->space, value);
    if (bytes == 4) {
        memcpy(pixel + 4 * channel, &coded, sizeof coded);
        return;
    }
    const float v = coded > 0.0f ? (coded < 1.0f ? coded : 1.0f) : 0.0f;
    const uint16_t code = (uint16_t)(v * 65535.0f + 0.5f);
    memcpy(pixel + 2 * channel, &code, sizeof code);
}

void smpi_light_put(const smpi_light *light, const smp_image *out, uint32_t y, uint32_t x0,
                    uint32_t n, const smpi_light_planes *planes)
{
    const layout l = layout_of(out->format);
    const float *t = planes->t, *v = planes->light;
    const size_t t_plane = planes->t_plane, plane = planes->light_plane;
    uint8_t *pixel =
        (uint8_t *)out->data + (ptrdiff_t)y * out->stride + (size_t)x0 * l.bytes * l.channels;
    for (uint32_t i = 0; i < n; i++, pixel += l.bytes * l.channels) {
        if (t[i] == 1.0f && t[t_plane + i] == 1.0f && t[2 * t_plane + i] == 1.0f)
            continue;
        const float r = v[i], g = v[plane + i], b = v[2 * plane + i];
        if (l.channels == 1) { /* luminance of Rec. 709, which gray photos are taken for */
            store(light, pixel, 0, l.bytes, 0.2126f * r + 0.7152f * g + 0.0722f * b);
            continue;
        }
        store(light, pixel, l.red, l.bytes, r);
        store(light, pixel, 1, l.bytes, g);
        store(light, pixel, l.blue, l.bytes, b);
    }
}
