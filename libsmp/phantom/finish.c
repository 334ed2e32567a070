/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The phantom's camera: blur in linear light, grain on encoded values, rounding to bytes. */
#include <math.h>
#include <string.h>

#include "base/math.h"
#include "base/random.h"
#include "phantom/scene.h"

#define PURPOSE_GRAIN 0x70680030u
#define PURPOSE_TINT 0x70680031u

#define CHUNK 192    /* pixels finished at once */
#define REACH_MAX 60 /* pixels: three standard deviations of the widest blur */

void smpi_encode_init(smpi_scene *scene)
{
    for (uint32_t i = 0; i < SMPI_ENCODE_STEPS + 2; i++) {
        const float root = (float)i / (float)SMPI_ENCODE_STEPS;
        scene->encode[i] = 255.0f * smp_space_encode(SMP_SPACE_SRGB, root * root);
    }
}

static float encode(const smpi_scene *scene, float lin)
{
    const float x = lin <= 0.0f ? 0.0f : lin >= 1.0f ? 1.0f : lin;
    const float at = sqrtf(x) * (float)SMPI_ENCODE_STEPS;
    const uint32_t i = (uint32_t)at;
    return scene->encode[i] + (at - (float)i) * (scene->encode[i + 1] - scene->encode[i]);
}

typedef struct blur_kernel {
    int32_t reach;
    float tap[REACH_MAX + 1];
} blur_kernel;

static void blur_init(blur_kernel *blur, float sigma)
{
    float sum = 0.0f;
    blur->reach = 0;
    blur->tap[0] = 1.0f;
    if (!(sigma > 0.05f))
        return;
    blur->reach = (int32_t)ceilf(3.0f * sigma);
    blur->reach = blur->reach > REACH_MAX ? REACH_MAX : blur->reach;
    for (int32_t i = 0; i <= blur->reach; i++) {
        const float t = (float)i / sigma;
        blur->tap[i] = smpi_expf(-0.5f * t * t);
        sum += blur->tap[i] * (i ? 2.0f : 1.0f);
    }
    for (int32_t i = 0; i <= blur->reach; i++)
        blur->tap[i] /= sum;
}

static int32_t clampi(int32_t x, int32_t last)
{
    return x < 0 ? 0 : x > last ? last : x;
}

/* count pixels from x, blurred both ways; the border repeats. */
static void blur_chunk(const smpi_scene *scene, const blur_kernel *blur, const float *rgb,
                       const int32_t at[2], int32_t count, float *out)
{
    float column[(CHUNK + 2 * REACH_MAX) * 3];
    const int32_t width = (int32_t)scene->desc.width, height = (int32_t)scene->desc.height;
    const int32_t reach = blur->reach, span = count + 2 * reach;
    memset(column, 0, (size_t)span * 3 * sizeof *column);
    for (int32_t j = -reach; j <= reach; j++) {
        const float tap = blur->tap[j < 0 ? -j : j];
        const float *row = rgb + (size_t)clampi(at[1] + j, height - 1) * (size_t)width * 3;
        for (int32_t i = 0; i < span; i++) {
            const float *from = row + (size_t)clampi(at[0] + i - reach, width - 1) * 3;
            for (int k = 0; k < 3; k++)
                column[i * 3 + k] += tap * from[k];
        }
    }
    for (int32_t i = 0; i < count * 3; i++) {
        float sum = blur->tap[0] * column[i + 3 * reach];
        for (int32_t j = 1; j <= reach; j++)
            sum += blur->tap[j] * (column[i + 3 * (reach + j)] + column[i + 3 * (reach - j)]);
        out[i] = sum;
    }
}

/* Nearly normal, standard deviation 1: four 16-bit uniforms. */
static float bell(uint64_t hash)
{
    const float sum = (float)(hash & 65535u) + (float)(hash >> 16 & 65535u) +
                      (float)(hash >> 32 & 65535u) + (float)(hash >> 48 & 65535u);
    return (sum - 131070.0f) * (1.7320508f / 65536.0f);
}

/* Brightness noise that neighbours share a little, as demosaicing leaves it: taps 1/4, 1, 1/4 each
 * way. */
static void grain_chunk(const smpi_scene *scene, const int32_t at[2], int32_t count, float *out)
{
    float column[CHUNK + 2];
    for (int32_t i = 0; i < count + 2; i++) {
        column[i] = 0.0f;
        for (int32_t j = -1; j <= 1; j++) {
            const uint32_t index =
                (uint32_t)(at[1] + j + 1) * (scene->desc.width + 2) + (uint32_t)(at[0] + i);
            const float v = bell(smpi_hash(scene->desc.seed, index, PURPOSE_GRAIN));
            column[i] += j ? 0.25f * v : v;
        }
    }
    for (int32_t i = 0; i < count; i++) /* 1.125 is the sum of the squared taps */
        out[i] = (column[i + 1] + 0.25f * (column[i] + column[i + 2])) / 1.125f;
}

static uint8_t to_byte(float x)
{
    if (!(x > 0.0f))
        return 0;
    if (!(x < 255.0f))
        return UINT8_MAX;
    return (uint8_t)(x + 0.5f);
}

static void finish_chunk(const smpi_scene *scene, const blur_kernel *blur, const float *rgb,
                         const int32_t at[2], int32_t count, uint8_t *out)
{
    float light[CHUNK * 3], grain[CHUNK];
    const float amount = scene->desc.grain;
    blur_chunk(scene, blur, rgb, at, count, light);
    if (amount > 0.0f)
        grain_chunk(scene, at, count, grain);
    for (int32_t i = 0; i < count; i++) {
        float shift[3] = {0.0f, 0.0f, 0.0f};
        if (amount > 0.0f) {
            const uint32_t index = (uint32_t)at[1] * scene->desc.width + (uint32_t)(at[0] + i);
            const uint64_t hash = smpi_hash(scene->desc.seed, index, PURPOSE_TINT);
            for (int k = 0; k < 3; k++) {
                const float tint = (float)(hash >> (16 * k) & 65535u) / 65536.0f - 0.5f;
                shift[k] = amount * (0.87f * grain[i] + 1.7f * tint); /* variances add up to 1 */
            }
        }
        for (int k = 0; k < 3; k++)
            out[i * 3 + k] = to_byte(encode(scene, light[i * 3 + k]) + shift[k]);
    }
}

void smpi_finish_rows(const smpi_scene *scene, const float *rgb_lin, uint8_t *out, uint32_t top,
                      uint32_t bottom)
{
    blur_kernel blur;
    const uint32_t width = scene->desc.width;
    blur_init(&blur, scene->desc.blur_px);
    for (uint32_t y = top; y < bottom; y++)
        for (uint32_t x = 0; x < width; x += CHUNK) {
            const int32_t at[2] = {(int32_t)x, (int32_t)y};
            const uint32_t count = width - x < CHUNK ? width - x : CHUNK;
            finish_chunk(scene, &blur, rgb_lin, at, (int32_t)count,
                         out + ((size_t)y * width + x) * 3);
        }
}
