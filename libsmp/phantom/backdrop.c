/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Behind the head: a painted canvas out of focus, and neck and shirt where the picture shows them.
 */
#include <math.h>

#include "base/math.h"
#include "phantom/scene.h"

static float clampf(float x, float low, float high)
{
    return x < low ? low : x > high ? high : x;
}

static void canvas(const smpi_scene *scene, const float at[3], const float spot[2], float rgb[3])
{
    static const float cool[3] = {0.078f, 0.112f, 0.148f};
    static const float warm[3] = {0.128f, 0.128f, 0.128f};
    const float cloud = smpi_noise_at(&scene->noise, at, 75.0f, 21.0f, NULL) +
                        0.45f * smpi_noise_at(&scene->noise, at, 33.0f, 23.0f, NULL);
    const float tone =
        clampf(0.35f + 0.5f * smpi_noise_at(&scene->noise, at, 110.0f, 27.0f, NULL), 0.0f, 1.0f);
    /* A light on the canvas, low at the right; corners fall off. */
    const float x = spot[0] - 0.30f, y = spot[1] - 0.35f;
    const float glow = 0.55f + 0.80f * smpi_expf(-1.1f * (x * x + y * y));
    const float corner = 1.0f - 0.10f * (spot[0] * spot[0] + spot[1] * spot[1]);
    const float level = glow * corner * (1.0f + 0.17f * cloud);
    for (int k = 0; k < 3; k++)
        rgb[k] = level * (cool[k] + tone * (warm[k] - cool[k]));
}

/* Neck and shirt stand upright whatever the head does. x, y in mm from the head's origin. */
static void body(const smpi_scene *scene, const float at[3], float rgb[3])
{
    static const float cloth[3] = {0.016f, 0.019f, 0.026f};
    const float x = at[0], y = at[1], px = scene->px_per_mm;
    const float side = x / 57.0f;
    if (y < 0.0f && fabsf(side) < 1.05f) {
        const float across = clampf(side, -0.999f, 0.999f);
        const float n[3] = {across, -0.15f, sqrtf(1.0f - across * across)};
        const smpi_light light = smpi_light_at(scene, n, 0.05f, 0.35f);
        float tint[3];
        /* The chin's shadow, ending low; hollows and cords of the throat. */
        const float shadow = 0.45f + 0.4f * clampf((-95.0f - y + 0.3f * x) / 50.0f, 0.0f, 1.0f);
        const float cords = 1.0f + 0.10f * smpi_noise_at(&scene->noise, at, 24.0f, 33.0f, NULL);
        smpi_light_tint(scene, shadow * cords * light.shading, tint);
        const float cover = clampf(0.5f + (57.0f - fabsf(x)) * px, 0.0f, 1.0f);
        for (int k = 0; k < 3; k++)
            rgb[k] += cover * (scene->mean_albedo[k] * tint[k] - rgb[k]);
    }
    const float away = fabsf(x) > 40.0f ? fabsf(x) - 40.0f : 0.0f;
    const float drop = 0.34f * away + 0.0016f * away * away;
    const float edge = -128.0f - drop - y;
    if (edge <= -1.0f)
        return;
    const float cover = clampf(0.5f + edge * px * 0.5f, 0.0f, 1.0f);
    const float fold = smpi_noise_at(&scene->noise, at, 28.0f, 31.0f, NULL);
    const float lit = clampf(0.55f - 0.0022f * x - 0.004f * edge + 0.22f * fold, 0.15f, 1.2f);
    for (int k = 0; k < 3; k++)
        rgb[k] += cover * (cloth[k] * 1.6f * lit - rgb[k]);
}

void smpi_backdrop_at(const smpi_scene *scene, const float uv[2], float rgb[3])
{
    const float w = (float)scene->desc.width, h = (float)scene->desc.height;
    const float half = 0.5f * (w < h ? w : h);
    const float spot[2] = {(uv[0] - 0.5f * w) / half, (uv[1] - 0.5f * h) / half};
    const float at[3] = {(uv[0] - (float)scene->camera.center_px[0]) / scene->px_per_mm,
                         ((float)scene->camera.center_px[1] - uv[1]) / scene->px_per_mm, 0.0f};
    canvas(scene, at, spot, rgb);
    body(scene, at, rgb);
}
