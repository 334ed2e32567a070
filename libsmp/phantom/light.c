/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The studio: a large soft light from the upper left, a fill, light from all round, a rim light.
 * Shine: two lobes of microfacets with Fresnel's rise at grazing light. */
#include <math.h>

#include "base/math.h"
#include "phantom/scene.h"

#define F0 0.028f /* mirrored share at normal incidence, skin's index of 1.4 */
#define HAZE                                                                             \
    0.45f /* of F0: light from all round, mirrored so widely that it follows the shading \
           */

/* Unit vectors towards the lights: right, up, to the viewer. */
static const float key[3] = {-0.470f, 0.610f, 0.638f};
static const float fill[3] = {0.705f, 0.050f, 0.707f};
static const float rim[3] = {0.900f, 0.300f, -0.316f};

static float dot3(const float a[3], const float b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

static float clamp0(float x)
{
    return x > 0.0f ? x : 0.0f;
}

/* Lambert's law under a light so large that it sets slowly: (n.l + w) / (1 + w), squared near its
 * end. */
static float soft(float nl, float w)
{
    const float t = clamp0((nl + w) / (1.0f + w));
    return t < 0.3f ? t * t / 0.6f + 0.0f : t - 0.15f;
}

/* A lobe of width alpha (squared roughness) round the mirror direction: Trowbridge and Reitz 1975,
 * with Kelemen's and Szirmay-Kalos's 2001 visibility and Schlick's 1994 Fresnel. */
static float lobe(const float n[3], const float l[3], float alpha2)
{
    float h[3] = {l[0], l[1], l[2] + 1.0f};
    const float length = sqrtf(dot3(h, h));
    for (int k = 0; k < 3; k++)
        h[k] /= length;
    const float nh = clamp0(dot3(n, h)), nl = clamp0(dot3(n, l)), vh = h[2];
    const float d = nh * nh * (alpha2 - 1.0f) + 1.0f;
    const float c = 1.0f - vh;
    const float fresnel = F0 + (1.0f - F0) * c * c * c * c * c;
    return fresnel * nl * alpha2 / (d * d * 4.0f * vh * vh);
}

smpi_light smpi_light_at(const smpi_scene *scene, const float n[3], float rough, float hollow)
{
    const float e = scene->exposure;
    const float open = 1.0f - (hollow < 0.9f ? hollow : 0.9f);
    const float edge = clamp0(dot3(n, rim) - 0.45f) / 0.55f;
    const float around = 0.036f + 0.032f * n[1] + 0.015f * n[0];
    const float white = 0.74f * soft(dot3(n, key), 0.12f) / 0.85f +
                        0.09f * soft(dot3(n, fill), 0.3f) + 0.42f * edge * edge;
    smpi_light out;
    out.shading = e * open * (white + around);
    /* Relief that is too fine to be drawn widens the lobes by its variance. */
    const float wide = 0.130f + 2.0f * rough, tight = 0.022f + 2.0f * rough;
    const float far = 1.0f - clamp0(n[2]);
    const float above =
        clamp0(n[1] + 0.5f) < 0.5f ? clamp0(n[1] + 0.5f) : 0.5f; /* none from below */
    const float sky = far * far * far * far * above * (0.10f + 0.10f * clamp0(n[1]));
    const float mirrored = 1.15f * (0.66f * lobe(n, key, wide) + 0.34f * lobe(n, key, tight)) +
                           0.10f * lobe(n, fill, wide) + 0.07f * lobe(n, rim, wide) + sky +
                           F0 * HAZE * (white + around);
    out.shine = e * open * scene->desc.shine * mirrored;
    return out;
}

void smpi_light_tint(const smpi_scene *scene, float shading, float rgb[3])
{
    /* Light that has gone sideways under the skin fills the shade, and red goes furthest. */
    const float shade = clamp0(0.42f - shading / scene->exposure) / 0.42f;
    rgb[0] = shading * (1.02f + 0.08f * shade);
    rgb[1] = shading * (1.00f - 0.17f * shade);
    rgb[2] = shading * (0.96f - 0.22f * shade);
}
