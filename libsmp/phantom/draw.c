/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * One pixel of the phantom after the other: backdrop, ears, skin, hair, and the truth about each.
 */
#include "phantom/draw.h"

#include <math.h>
#include <string.h>

typedef struct head_pixel {
    float cover;
    float depth;
    float xyz[3]; /* of the ellipsoid under the pixel; NaN off it */
    float mask, fringe;
    smpi_skin_truth skin;
    smpi_light light;
} head_pixel;

/* The light that comes back between hairs: their shadow takes more red than blue, since red has
 * gone further through the skin below them (docs/model/phantom.md). */
static const float stubble_depth[3] = {0.42f, 0.33f, 0.26f};

static void perturb(const float n[3], const float slope[3], float out[3])
{
    const float along = slope[0] * n[0] + slope[1] * n[1] + slope[2] * n[2];
    float length = 0.0f;
    for (int k = 0; k < 3; k++) {
        out[k] = n[k] - (slope[k] - along * n[k]);
        length += out[k] * out[k];
    }
    length = 1.0f / sqrtf(length);
    for (int k = 0; k < 3; k++)
        out[k] *= length;
}

/* Finds the skin under a pixel; 0 where none is near. */
static int find_spot(const smpi_scene *scene, const float uv[2], smpi_spot *spot, head_pixel *out)
{
    float shrink;
    const double x = (double)scene->middle_px[0], y = (double)scene->middle_px[1];
    const float r = smpi_outline_at(scene, uv, &shrink);
    const double off[2] = {(double)uv[0] - x, (double)uv[1] - y};
    const float reach = (float)sqrt(off[0] * off[0] + off[1] * off[1]);
    /* Pixels from the edge, positive inside. */
    const float inside = r > 1e-3f ? (1.0f - r) * reach / r : 1e6f;
    if (inside < -3.0f && r > 1.03f)
        return 0;
    const double pull = (double)shrink * (r > 0.9985f ? 0.9985 / (double)r : 1.0);
    const double seen[2] = {x + off[0] * pull, y + off[1] * pull};
    const double true_uv[2] = {(double)uv[0], (double)uv[1]};
    double p[3], n[3], xyz[3];
    if (!smp_camera_unproject(&scene->camera, &scene->head, seen, p, n))
        return 0;
    int on = 1;
    if (pull == 1.0)
        memcpy(xyz, p, sizeof xyz);
    else
        on = smp_camera_unproject(&scene->camera, &scene->head, true_uv, xyz, NULL);
    out->cover = inside <= -0.5f ? 0.0f : inside >= 0.5f ? 1.0f : inside + 0.5f;
    for (int k = 0; k < 3; k++) {
        out->xyz[k] = on ? (float)xyz[k] : NAN;
        spot->p[k] = on ? (float)xyz[k] : (float)p[k];
        spot->n[k] = (float)n[k];
    }
    float c[3];
    const float surface[3] = {(float)p[0], (float)p[1], (float)p[2]};
    smpi_to_camera(scene, surface, c);
    out->depth = c[2];
    smpi_to_camera(scene, spot->n, c);
    spot->step_mm = 1.0f / (scene->px_per_mm * (c[2] > 0.15f ? c[2] : 0.15f));
    return 1;
}

static int head_at(const smpi_scene *scene, const float uv[2], head_pixel *out)
{
    smpi_spot spot;
    if (!find_spot(scene, uv, &spot, out))
        return 0;
    float bent[3], n[3];
    smpi_skin_at(scene, &spot, &out->skin);
    smpi_features_at(spot.p, out->skin.slope, &out->skin.hollow);
    perturb(spot.n, out->skin.slope, bent);
    smpi_to_camera(scene, bent, n);
    out->light = smpi_light_at(scene, n, out->skin.rough, out->skin.hollow);
    out->fringe = scene->desc.fringe * smpi_fringe_at(scene, spot.p);
    const float free = 1.0f - 2.5f * out->fringe;
    out->mask = out->cover * smpi_scalp_at(spot.p) * (free > 0.0f ? free : 0.0f);
    if (!(out->xyz[0] == out->xyz[0]))
        out->mask = 0.0f;
    return 1;
}

/* Skin and hair of the head in one colour. */
static void head_color(const smpi_scene *scene, const head_pixel *head, float clear, float rgb[3])
{
    float tint[3];
    smpi_light_tint(scene, head->light.shading, tint);
    for (int k = 0; k < 3; k++) {
        const float skin =
            head->skin.albedo[k] * tint[k] * (1.0f - stubble_depth[k] * head->fringe);
        const float shine = head->light.shine * (1.0f - 0.35f * head->fringe);
        const float hair = scene->hair_albedo[k] * tint[k] + 0.12f * head->light.shine;
        rgb[k] = clear * (skin + shine) + (1.0f - clear) * hair;
    }
}

static void over(float rgb[3], const float top[3], float cover)
{
    for (int k = 0; k < 3; k++)
        rgb[k] += cover * (top[k] - rgb[k]);
}

static void store(smp_phantom *phantom, size_t at, const head_pixel *head, int on)
{
    const float none = NAN;
    for (int k = 0; k < 3; k++)
        phantom->map[SMP_PHANTOM_X_MM + k][at] = on ? head->xyz[k] : none;
    const int inside = on && head->cover > 0.0f;
    phantom->map[SMP_PHANTOM_MASK][at] = inside ? head->mask : 0.0f;
    phantom->map[SMP_PHANTOM_SHADING][at] = inside ? head->light.shading : 0.0f;
    phantom->map[SMP_PHANTOM_SHINE][at] = inside ? head->light.shine : 0.0f;
    phantom->map[SMP_PHANTOM_MELANIN][at] = inside ? head->skin.melanin : 0.0f;
    phantom->map[SMP_PHANTOM_BLOOD][at] = inside ? head->skin.blood : 0.0f;
    phantom->map[SMP_PHANTOM_SPOT][at] = inside ? head->skin.spot : 0.0f;
}

static void draw_pixel(smp_phantom *phantom, const float uv[2], size_t at, float clear,
                       float rgb[3])
{
    const smpi_scene *scene = &phantom->scene;
    head_pixel head;
    smpi_layer ear[2];
    const int on = head_at(scene, uv, &head);
    smpi_ear_at(scene, -1, uv, &ear[0]);
    smpi_ear_at(scene, 1, uv, &ear[1]);
    rgb[0] = rgb[1] = rgb[2] = 0.0f;
    if (!on || head.cover < 1.0f)
        smpi_backdrop_at(scene, uv, rgb);
    for (int i = 0; i < 2; i++) /* behind the head */
        if (ear[i].cover > 0.0f && (!on || ear[i].depth <= head.depth))
            over(rgb, ear[i].rgb, ear[i].cover);
    if (on) {
        float skin[3];
        head_color(scene, &head, clear, skin);
        /* A hair that stands out over the edge covers by itself. */
        const float hair = 1.0f - clear;
        over(rgb, skin, head.cover > hair ? head.cover : hair);
    }
    for (int i = 0; i < 2; i++) /* before the head */
        if (on && ear[i].cover > 0.0f && ear[i].depth > head.depth) {
            over(rgb, ear[i].rgb, ear[i].cover);
            head.mask *= 1.0f - ear[i].cover;
        }
    store(phantom, at, &head, on);
    phantom->map[SMP_PHANTOM_HAIR][at] = on ? 1.0f - clear : 0.0f;
}

void smpi_draw_rows(smp_phantom *phantom, const float *clear, float *rgb_lin, uint32_t top,
                    uint32_t bottom)
{
    const uint32_t width = phantom->scene.desc.width;
    for (uint32_t y = top; y < bottom; y++)
        for (uint32_t x = 0; x < width; x++) {
            const float uv[2] = {(float)x + 0.5f, (float)y + 0.5f};
            const size_t at = (size_t)y * width + x;
            draw_pixel(phantom, uv, at, clear[at], rgb_lin + at * 3);
        }
}
