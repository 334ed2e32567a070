/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Gradient noise on a cubic lattice with quintic blending. source: Perlin, Improving noise, 2002.
 */
#include "phantom/noise.h"

#include <math.h>
#include <stddef.h>

#include "base/random.h"

#define PURPOSE_PERM 0x70680001u
#define PURPOSE_GRAD 0x70680002u
#define MASK (SMPI_NOISE_CELLS - 1)
#define GAIN 2.0f /* brings the standard deviation to about 0.5 */

void smpi_noise_init(smpi_noise *noise, uint32_t seed)
{
    for (uint32_t i = 0; i < SMPI_NOISE_CELLS; i++)
        noise->perm[i] = (uint16_t)i;
    for (uint32_t i = SMPI_NOISE_CELLS - 1; i > 0; i--) {
        uint32_t j = (uint32_t)(smpi_hash(seed, i, PURPOSE_PERM) % (i + 1));
        uint16_t swap = noise->perm[i];
        noise->perm[i] = noise->perm[j];
        noise->perm[j] = swap;
    }
    for (uint32_t i = 0; i < SMPI_NOISE_GRADS; i++) {
        /* Uniform on the sphere: a normal in each axis, made a unit vector. */
        float *g = noise->grad[i];
        float length = 0;
        for (uint32_t k = 0; k < 3; k++) {
            g[k] = smpi_normal(smpi_hash(seed, i * 3 + k, PURPOSE_GRAD));
            length += g[k] * g[k];
        }
        length = length > 1e-12f ? 1.0f / sqrtf(length) : 0.0f;
        for (uint32_t k = 0; k < 3; k++)
            g[k] *= length;
    }
}

/* The gradients at a cell's eight corners: x runs fastest. */
static void corners(const smpi_noise *noise, const int32_t cell[3], const float *out[8])
{
    for (uint32_t x = 0; x < 2; x++) {
        const uint32_t a = noise->perm[((uint32_t)cell[0] + x) & MASK];
        for (uint32_t y = 0; y < 2; y++) {
            const uint32_t b = noise->perm[(a + (uint32_t)cell[1] + y) & MASK];
            for (uint32_t z = 0; z < 2; z++) {
                const uint32_t c = noise->perm[(b + (uint32_t)cell[2] + z) & MASK];
                out[x + 2 * y + 4 * z] = noise->grad[c & (SMPI_NOISE_GRADS - 1)];
            }
        }
    }
}

/* Value into d[0] and gradient into d[1..3], blended along x between two corners. */
static void edge(const float *a, const float *b, const float f[3], const float w[2], float d[4])
{
    float va = a[0] * f[0] + a[1] * f[1] + a[2] * f[2];
    float vb = b[0] * (f[0] - 1.0f) + b[1] * f[1] + b[2] * f[2];
    d[0] = va + w[0] * (vb - va);
    d[1] = a[0] + w[0] * (b[0] - a[0]) + w[1] * (vb - va);
    d[2] = a[1] + w[0] * (b[1] - a[1]);
    d[3] = a[2] + w[0] * (b[2] - a[2]);
}

/* As below, without the slope. */
static float lattice_value(const smpi_noise *noise, const float q[3])
{
    int32_t c[3];
    float f[3], w[3], corner[8];
    const float *grad[8];
    for (int k = 0; k < 3; k++) {
        const float base = floorf(q[k]);
        c[k] = (int32_t)base;
        f[k] = q[k] - base;
        w[k] = f[k] * f[k] * f[k] * (f[k] * (f[k] * 6.0f - 15.0f) + 10.0f);
    }
    corners(noise, c, grad);
    for (int i = 0; i < 8; i++) {
        const int x = i & 1, y = i >> 1 & 1, z = i >> 2;
        const float *g = grad[i];
        corner[i] = g[0] * (f[0] - (float)x) + g[1] * (f[1] - (float)y) + g[2] * (f[2] - (float)z);
    }
    for (int i = 0; i < 4; i++)
        corner[i] = corner[2 * i] + w[0] * (corner[2 * i + 1] - corner[2 * i]);
    for (int i = 0; i < 2; i++)
        corner[i] = corner[2 * i] + w[1] * (corner[2 * i + 1] - corner[2 * i]);
    return corner[0] + w[2] * (corner[1] - corner[0]);
}

/* The value, and its slope by q. */
static float lattice(const smpi_noise *noise, const float q[3], float slope[3])
{
    int32_t c[3];
    float f[3], w[3], dw[3];
    for (int k = 0; k < 3; k++) {
        float base = floorf(q[k]);
        c[k] = (int32_t)base;
        f[k] = q[k] - base;
        w[k] = f[k] * f[k] * f[k] * (f[k] * (f[k] * 6.0f - 15.0f) + 10.0f);
        dw[k] = 30.0f * f[k] * f[k] * (f[k] * (f[k] - 2.0f) + 1.0f);
    }
    const float *grad[8];
    corners(noise, c, grad);
    float face[2][4];
    for (int z = 0; z < 2; z++) {
        float line[2][4];
        for (int y = 0; y < 2; y++) {
            const float at[3] = {f[0], f[1] - (float)y, f[2] - (float)z};
            const float wx[2] = {w[0], dw[0]};
            edge(grad[2 * y + 4 * z], grad[1 + 2 * y + 4 * z], at, wx, line[y]);
        }
        for (int k = 0; k < 4; k++)
            face[z][k] = line[0][k] + w[1] * (line[1][k] - line[0][k]);
        face[z][2] += dw[1] * (line[1][0] - line[0][0]);
    }
    for (int k = 0; k < 3; k++)
        slope[k] = face[0][k + 1] + w[2] * (face[1][k + 1] - face[0][k + 1]);
    slope[2] += dw[2] * (face[1][0] - face[0][0]);
    return face[0][0] + w[2] * (face[1][0] - face[0][0]);
}

float smpi_noise_stretched(const smpi_noise *noise, const float p[3], const float scale[3],
                           float shift, float slope[3])
{
    const float q[3] = {p[0] / scale[0] + shift, p[1] / scale[1] + shift * 1.37f,
                        p[2] / scale[2] + shift * 0.71f};
    if (!slope)
        return GAIN * lattice_value(noise, q);
    const float v = GAIN * lattice(noise, q, slope);
    for (int k = 0; k < 3; k++)
        slope[k] *= GAIN / scale[k];
    return v;
}

float smpi_noise_at(const smpi_noise *noise, const float p[3], float scale, float shift,
                    float slope[3])
{
    const float all[3] = {scale, scale, scale};
    return smpi_noise_stretched(noise, p, all, shift, slope);
}

float smpi_noise_band(float wave, float step)
{
    float t = (wave - 2.0f * step) / (2.0f * step);
    return t <= 0.0f ? 0.0f : t >= 1.0f ? 1.0f : t;
}
