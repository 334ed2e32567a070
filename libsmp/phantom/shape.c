/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What makes an ellipsoid read as a head: bumps and hollows of skull and face, ears, the fringe's
 * edge. Positions are millimetres of the default head, read off faces by eye (assumed). */
#include <math.h>

#include "base/math.h"
#include "phantom/scene.h"

#define BROW_Y 30.0f

static float clampf(float x, float low, float high)
{
    return x < low ? low : x > high ? high : x;
}

static float step01(float x)
{
    const float t = clampf(x, 0.0f, 1.0f);
    return t * t * (3.0f - 2.0f * t);
}

void smpi_to_camera(const smpi_scene *scene, const float head[3], float camera[3])
{
    const float *r = scene->rotation;
    for (int k = 0; k < 3; k++)
        camera[k] = r[3 * k] * head[0] + r[3 * k + 1] * head[1] + r[3 * k + 2] * head[2];
}

typedef struct bump {
    float at[3], width[3]; /* mm */
    float height;          /* mm outwards */
    float hollow;          /* light kept away at its middle */
} bump;

static const bump bumps[] = {
    {{-27, BROW_Y + 1, 92}, {15, 5.5f, 30}, 2.2f, 0.0f},  /* brow ridges */
    {{27, BROW_Y + 1, 92}, {15, 5.5f, 30}, 2.3f, 0.0f},   /* */
    {{0, BROW_Y + 3, 96}, {7, 6, 30}, -0.9f, 0.03f},      /* between them */
    {{-32, BROW_Y - 21, 88}, {14, 10, 34}, -3.6f, 0.10f}, /* eye sockets */
    {{32, BROW_Y - 21, 88}, {14, 10, 34}, -3.6f, 0.10f},  /* */
    {{0, BROW_Y - 28, 97}, {7.5f, 20, 34}, 9.0f, 0.0f},   /* bridge of the nose */
    {{0, BROW_Y - 50, 88}, {12, 10, 34}, 12.0f, 0.0f},    /* its tip */
    {{0, BROW_Y - 62, 82}, {16, 5, 34}, -5.0f, 0.35f},    /* under it */
    {{-38, BROW_Y - 40, 78}, {17, 12, 34}, 4.0f, 0.0f},   /* cheeks */
    {{38, BROW_Y - 40, 78}, {17, 12, 34}, 4.0f, 0.0f},    /* */
    {{0, BROW_Y - 76, 70}, {20, 3, 30}, -2.2f, 0.30f},    /* mouth */
    {{-33, 78, 74}, {21, 19, 34}, 3.3f, 0.0f},            /* frontal eminences */
    {{31, 80, 76}, {23, 20, 34}, 2.7f, 0.0f},             /* */
    {{-64, 50, 50}, {14, 24, 22}, -3.6f, 0.05f},          /* temples */
    {{65, 47, 52}, {14, 24, 22}, -3.8f, 0.05f},           /* */
    {{-52, 96, -22}, {24, 22, 36}, 3.0f, 0.0f},           /* parietal eminences */
    {{55, 93, -26}, {26, 22, 36}, 3.4f, 0.0f},            /* */
    {{2, 126, 5}, {13, 20, 55}, 1.5f, 0.0f},              /* along the middle */
    {{-12, 112, 44}, {15, 15, 22}, -1.3f, 0.0f},          /* a shallow dent */
    {{0, 60, 92}, {30, 9, 30}, -0.9f, 0.0f},              /* above the brows */
    {{0, 10, -98}, {26, 20, 40}, 3.0f, 0.0f},             /* back of the head */
};

void smpi_features_at(const float p[3], float slope[3], float *hollow)
{
    for (size_t i = 0; i < sizeof bumps / sizeof *bumps; i++) {
        const bump *b = &bumps[i];
        float d[3], e = 0.0f;
        for (int k = 0; k < 3; k++) {
            d[k] = (p[k] - b->at[k]) / b->width[k];
            e += d[k] * d[k];
        }
        if (e > 14.0f)
            continue;
        const float g = smpi_expf(-0.5f * e);
        for (int k = 0; k < 3; k++)
            slope[k] -= b->height * g * d[k] / b->width[k];
        *hollow += b->hollow * g;
    }
}

float smpi_fringe_at(const smpi_scene *scene, const float p[3])
{
    if (p[1] > 84.0f || p[2] > 72.0f)
        return 0.0f; /* beyond what the shake below can reach */
    const float wide = smpi_noise_at(&scene->noise, p, 17.0f, 6.6f, NULL);
    const float fine = smpi_noise_at(&scene->noise, p, 5.0f, 3.1f, NULL);
    const float shake = 3.5f * wide + 2.0f * fine;
    /* Highest above and behind the ears, lower at the back; it ends before the temples. */
    const float top = 66.0f - 0.0016f * (p[2] + 4.0f) * (p[2] + 4.0f) + shake;
    const float upper = step01((top - p[1]) / 26.0f);
    const float front = step01((50.0f + 0.12f * p[1] + 1.5f * shake - p[2]) / 24.0f);
    /* At the sideburn it thins out downwards, at the nape too. */
    const float lower = step01((p[1] - (p[2] > -20.0f ? -26.0f : -62.0f)) / 22.0f);
    return upper * front * lower;
}

float smpi_scalp_at(const float p[3])
{
    const float edge = p[2] > 60.0f  ? BROW_Y + 11.0f
                       : p[2] > 0.0f ? 16.0f + (BROW_Y - 5.0f) * p[2] / 60.0f
                                     : 16.0f + 0.45f * p[2];
    return step01((p[1] - edge) / 6.0f + 0.5f);
}

/* ---- the outline -------------------------------------------------------------------------- */

float smpi_outline_at(const smpi_scene *scene, const float uv[2], float *shrink)
{
    const float c = scene->turn[0], s = scene->turn[1];
    const float dx = uv[0] - scene->middle_px[0], dy = uv[1] - scene->middle_px[1];
    const float across = c * dx + s * dy, down = c * dy - s * dx;
    const float x = across / (float)scene->outline.rx_px;
    const float upright = down - scene->lean * across;
    const float y = upright / scene->unit_px[upright < 0.0f ? 0 : 1];
    const float r = sqrtf(x * x + y * y);
    float cut = 0.0f;
    if (r > 0.5f) {
        /* A real skull is no ellipse: flatter on top and above the ears, not the same on both
         * sides. It stays inside, so that all that is seen lies on the ellipsoid. */
        const float at[3] = {x / r * 2.1f, y / r * 2.1f, 0.0f};
        const float side = x / r - 0.05f, a = y / r;
        const float low = smpi_expf(-14.0f * (a + 0.05f) * (a + 0.05f));
        const float top = smpi_expf(-9.0f * side * side);
        cut = 0.008f + 0.009f * smpi_noise_at(&scene->noise, at, 1.0f, 0.4f, NULL) + 0.016f * low +
              0.020f * top * (a < 0.0f ? 1.0f : 0.0f);
        cut = clampf(cut, 0.0f, 0.05f) * step01((r - 0.5f) / 0.45f);
    }
    *shrink = 1.0f / (1.0f - cut);
    return r * *shrink;
}

/* ---- ears --------------------------------------------------------------------------------- */

/* Radii: thickness, height, width. */
static const float ear_mm[3] = {6.5f, 30.0f, 17.0f};

static float hill(float x, float width)
{
    return smpi_expf(-0.5f * x * x / (width * width));
}

/* Folds of the shell: height in units of its half width over (up, back), and the light it keeps
 * away. The rim runs round top and back, the bowl lies in front. */
static float ear_fold(float up, float back, float *hollow)
{
    const float r = sqrtf(up * up + back * back);
    const float rim = clampf(0.55f + 0.6f * back + 0.55f * up, 0.0f, 1.0f);
    const float du = up + 0.12f, db = back + 0.42f;
    const float bowl = smpi_expf(-(du * du / 0.16f + db * db / 0.09f));
    const float inner = sqrtf((up - 0.05f) * (up - 0.05f) + (back + 0.12f) * (back + 0.12f));
    const float ridge = hill(inner - 0.50f, 0.12f) * clampf(0.4f + 1.2f * back, 0.0f, 1.0f);
    const float groove = hill(r - 0.74f, 0.09f) * rim;
    *hollow = 0.06f + 0.38f * bowl + 0.20f * groove + 0.22f * clampf(-back, 0.0f, 1.0f);
    return 0.10f * rim * hill(r - 0.91f, 0.10f) - 0.04f * groove + 0.07f * ridge - 0.22f * bowl;
}

static void ear_shade(const smpi_scene *scene, float axis[3][3], const float s[3], float rgb[3])
{
    const float d = 0.02f;
    float hollow, unused, n[3], albedo[3], tint[3];
    const float middle = ear_fold(s[1], s[2], &hollow);
    const float up = (ear_fold(s[1] + d, s[2], &unused) - middle) / d;
    const float back = (ear_fold(s[1], s[2] + d, &unused) - middle) / d;
    const float at[3] = {s[0] * ear_mm[0], s[1] * ear_mm[1], s[2] * ear_mm[2]};
    const float step = 1.0f / scene->px_per_mm;
    float fine[3], wide[3];
    const float fleck = smpi_noise_at(&scene->noise, at, 1.3f, 14.0f, fine);
    const float blush = smpi_noise_at(&scene->noise, at, 7.0f, 12.0f, wide);
    float local[3] = {clampf(s[0], -1.0f, 1.0f) * 0.9f + 0.1f, s[1] * 0.3f - 0.55f * up,
                      s[2] * 0.45f - 0.9f * back};
    for (int k = 0; k < 3; k++)
        local[k] -=
            scene->desc.texture * (0.03f * smpi_noise_band(1.3f, step) * fine[k] + 0.20f * wide[k]);
    for (int k = 0; k < 3; k++)
        n[k] = axis[0][k] * local[0] + axis[1][k] * local[1] + axis[2][k] * local[2];
    const float length = 1.0f / (sqrtf(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]) + 1e-6f);
    for (int k = 0; k < 3; k++)
        n[k] *= length;
    const smpi_light light = smpi_light_at(scene, n, 0.03f, hollow);
    const float red = scene->desc.texture * (0.28f * blush + 0.12f * fleck);
    smpi_tone_at(scene, 0.1f * fleck, 0.50f + red, albedo);
    smpi_light_tint(scene, light.shading, tint);
    for (int k = 0; k < 3; k++)
        rgb[k] = albedo[k] * tint[k] + 0.7f * light.shine;
}

void smpi_ear_at(const smpi_scene *scene, int side, const float uv[2], smpi_layer *layer)
{
    const float flip = (float)side;
    /* Outwards, up, back: turned away from the skull, leaning a little. */
    const float frame[3][3] = {{0.880f * flip, 0.10f, 0.464f},
                               {-0.16f * flip, 0.985f, 0.06f},
                               {0.455f * flip, 0.147f, -0.878f}};
    const float middle[3] = {77.5f * flip, -3.0f, -8.0f};
    float axis[3][3], c[3], a = 0.0f, b = 0.0f, q = -1.0f, base[3], lift[3];
    layer->cover = 0.0f;
    smpi_to_camera(scene, middle, c);
    const float scale = scene->px_per_mm;
    float d[2] = {(uv[0] - (float)scene->camera.center_px[0]) / scale - c[0],
                  ((float)scene->camera.center_px[1] - uv[1]) / scale - c[1]};
    if (d[0] * d[0] + d[1] * d[1] > 45.0f * 45.0f)
        return;
    d[0] *= 1.0f + 0.28f * clampf(-d[1] / 32.0f, -0.35f, 1.0f); /* narrower at the lobe */
    for (int i = 0; i < 3; i++) {
        smpi_to_camera(scene, frame[i], axis[i]);
        base[i] = (axis[i][0] * d[0] + axis[i][1] * d[1]) / ear_mm[i];
        lift[i] = axis[i][2] / ear_mm[i];
        a += lift[i] * lift[i];
        b += lift[i] * base[i];
        q += base[i] * base[i];
    }
    /* |base + t lift| = 1; the nearest approach gives the cover of the edge. */
    const float least = q + 1.0f - b * b / a;
    layer->cover =
        clampf(0.5f + (1.0f - sqrtf(clampf(least, 0.0f, 4.0f))) * 13.0f * scale, 0.0f, 1.0f);
    if (layer->cover <= 0.0f)
        return;
    const float root = sqrtf(clampf(b * b - a * q, 0.0f, 1e9f));
    const float t = (-b + root) / a;
    float s[3];
    for (int i = 0; i < 3; i++)
        s[i] = base[i] + t * lift[i];
    layer->depth = c[2] + t;
    ear_shade(scene, axis, s, layer->rgb);
}
