/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The phantom's skin: melanin, blood and relief as functions of head millimetres, and their colour.
 */
#include <math.h>

#include "base/context.h"
#include "base/diag.h"
#include "base/math.h"
#include "base/random.h"
#include "phantom/scene.h"

#define BLOOD_MAX 0.1999999f /* 0.2 as a float is more than 0.2 */

#define PURPOSE_FRECKLE 0x70680010u
#define PURPOSE_MOLE 0x70680011u

static float clampf(float x, float low, float high)
{
    return x < low ? low : x > high ? high : x;
}

/* ---- colour ------------------------------------------------------------------------------- */

static smp_status tone_entry(const smpi_scene *scene, uint32_t m, uint32_t b, float out[3])
{
    const float em = SMPI_TONE_MELANIN_MIN + (SMPI_TONE_MELANIN_MAX - SMPI_TONE_MELANIN_MIN) *
                                                 (float)m / (float)(SMPI_TONE_MELANIN - 1);
    const float eb = SMPI_TONE_BLOOD_MAX * (2.0f * (float)b / (float)(SMPI_TONE_BLOOD - 1) - 1.0f);
    smp_skin skin;
    smp_skin_init(&skin);
    skin.melanin = clampf(scene->desc.melanin * smpi_expf(em), 0.0f, 0.5f);
    skin.blood = clampf(scene->desc.blood * smpi_expf(eb), 0.0f, BLOOD_MAX);
    skin.yellow_um = scene->desc.yellow_um;
    float rgb[3];
    SMPI_TRY(smp_skin_color(&skin, SMP_SPACE_SRGB, rgb, NULL));
    for (int k = 0; k < 3; k++)
        out[k] = smpi_logf(rgb[k] > 1e-4f ? rgb[k] : 1e-4f);
    return SMP_OK;
}

static smp_status tone_task(void *task, uint32_t index)
{
    smpi_scene *scene = task;
    const uint32_t m = index / SMPI_TONE_BLOOD, b = index % SMPI_TONE_BLOOD;
    return tone_entry(scene, m, b, scene->tone[m][b]);
}

smp_status smpi_tone_init(const smp_context *ctx, smpi_scene *scene, smp_diag *diag)
{
    const smp_status status = smpi_run(ctx, tone_task, scene, SMPI_TONE_MELANIN * SMPI_TONE_BLOOD);
    if (status != SMP_OK)
        return smpi_fail(diag, status, "the colours of the skin could not be worked out");
    smpi_tone_at(scene, 0.0f, 0.0f, scene->mean_albedo);
    /* A photographer opens up for dark skin, but does not make it light. */
    const float *a = scene->mean_albedo;
    const float y = 0.2126f * a[0] + 0.7152f * a[1] + 0.0722f * a[2] + 0.02f;
    scene->exposure = 1.60f * smpi_powf(0.36f / y, 0.25f);
    return SMP_OK;
}

void smpi_tone_at(const smpi_scene *scene, float melanin_log, float blood_log, float albedo[3])
{
    const float span = SMPI_TONE_MELANIN_MAX - SMPI_TONE_MELANIN_MIN;
    float x = (melanin_log - SMPI_TONE_MELANIN_MIN) / span * (SMPI_TONE_MELANIN - 1);
    float y = (blood_log / SMPI_TONE_BLOOD_MAX + 1.0f) * 0.5f * (SMPI_TONE_BLOOD - 1);
    x = clampf(x, 0.0f, (float)(SMPI_TONE_MELANIN - 1) - 1e-3f);
    y = clampf(y, 0.0f, (float)(SMPI_TONE_BLOOD - 1) - 1e-3f);
    const uint32_t i = (uint32_t)x, j = (uint32_t)y;
    const float fx = x - (float)i, fy = y - (float)j;
    for (int k = 0; k < 3; k++) {
        const float a =
            scene->tone[i][j][k] + fy * (scene->tone[i][j + 1][k] - scene->tone[i][j][k]);
        const float b = scene->tone[i + 1][j][k] +
                        fy * (scene->tone[i + 1][j + 1][k] - scene->tone[i + 1][j][k]);
        albedo[k] = smpi_expf(a + fx * (b - a));
    }
}

/* ---- spots -------------------------------------------------------------------------------- */

typedef struct spot_kind {
    float cell_mm;      /* one spot in so many millimetres cubed, at most */
    float share;        /* of the cells that hold one */
    float radius_mm[2]; /* smallest, largest */
    float soft;         /* of the radius, over which the edge fades */
    uint32_t purpose;
} spot_kind;

/* The darkest of the spots whose cells lie nearest. A spot is a ball round a point in space, cut by
 * the skin, so its size varies by itself. rag shakes its edge. */
static float spots_at(const smpi_scene *scene, const spot_kind *kind, const float p[3], float share,
                      float rag)
{
    int32_t c[3];
    float most = 0.0f;
    for (int k = 0; k < 3; k++)
        c[k] = (int32_t)floorf(p[k] / kind->cell_mm - 0.5f);
    for (uint32_t corner = 0; corner < 8; corner++) {
        int32_t cell[3];
        for (uint32_t k = 0; k < 3; k++)
            cell[k] = c[k] + (int32_t)(corner >> k & 1u);
        const uint32_t index = ((uint32_t)cell[0] & 1023u) | ((uint32_t)cell[1] & 1023u) << 10 |
                               ((uint32_t)cell[2] & 1023u) << 20;
        const uint64_t hash = smpi_hash(scene->desc.seed, index, kind->purpose);
        if (smpi_unit(hash) >= kind->share * share)
            continue;
        float d2 = 0.0f;
        for (uint32_t k = 0; k < 3; k++) {
            const float at = ((float)(hash >> (8 * k) & 255u) + 0.5f) / 256.0f;
            const float d = p[k] - ((float)cell[k] + 0.25f + 0.5f * at) * kind->cell_mm;
            d2 += d * d;
        }
        const float size = (float)(hash >> 24 & 255u) / 255.0f;
        const float radius =
            (kind->radius_mm[0] + (kind->radius_mm[1] - kind->radius_mm[0]) * size * size) *
            (1.0f + 0.45f * rag);
        const float depth =
            clampf((radius - sqrtf(d2)) / (kind->soft * radius + 1e-3f), 0.0f, 1.0f);
        const float dark = 0.35f + 0.65f * (float)(hash >> 32 & 63u) / 63.0f;
        most = depth * dark > most ? depth * dark : most;
    }
    return most;
}

/* ---- chromophores ------------------------------------------------------------------------- */

static const spot_kind freckle = {3.4f, 0.75f, {0.5f, 1.5f}, 0.7f, PURPOSE_FRECKLE};
static const spot_kind mole = {22.0f, 0.3f, {0.5f, 1.5f}, 0.6f, PURPOSE_MOLE};

/* Exponents of melanin and blood against their means. fine holds noise of 1.6, 0.9 and
 * 31 mm. */
static void chromophores(const smpi_scene *scene, const smpi_spot *spot, const float fine[3],
                         float *melanin_log, float *blood_log)
{
    const smpi_noise *noise = &scene->noise;
    const float *p = spot->p;
    const float step = spot->step_mm, texture = scene->desc.texture;
    const float wide = fine[2];
    float q[3];
    for (int k = 0; k < 3; k++)
        q[k] = p[k] + 3.0f * wide; /* bends the patches */
    const float patch = smpi_noise_at(noise, q, 13.0f, 5.1f, NULL);
    const float blotch = smpi_noise_at(noise, q, 6.1f, 9.7f, NULL) * smpi_noise_band(6.1f, step);
    const float fleck = smpi_noise_at(noise, q, 2.9f, 2.2f, NULL) * smpi_noise_band(2.9f, step);
    const float brown = smpi_noise_at(noise, p, 8.3f, 7.9f, NULL) * smpi_noise_band(8.3f, step);
    const float rosy = clampf((p[1] - 20.0f) / 100.0f, 0.0f, 1.0f); /* the top sees more sun */
    const float red = fleck + 0.6f * fine[0];
    *blood_log = texture * (0.22f * wide + 0.24f * patch + 0.22f * blotch + 0.20f * red +
                            0.15f * fine[1] + 0.16f * (rosy - 0.5f));
    float m = 0.16f * wide + 0.15f * brown + 0.12f * fleck + 0.10f * fine[0] + 0.08f * fine[1];
    const float sun = clampf(0.25f + 0.75f * rosy + 0.9f * brown + 0.5f * patch, 0.0f, 1.0f);
    const float visible = smpi_noise_band(1.6f, step);
    if (visible > 0.0f) {
        const float spots = spots_at(scene, &freckle, p, sun * sun, fine[0] + fine[1]);
        /* Spots stand out less where all is dark. */
        const float apart = 1.0f / (1.0f + 12.0f * scene->desc.melanin);
        m += visible * apart *
             (0.70f * spots + 1.15f * spots_at(scene, &mole, p, 1.0f, 0.5f * fine[0]));
    }
    *melanin_log = texture * m;
}

/* ---- relief ------------------------------------------------------------------------------- */

/* Adds one wave of relief; what is too fine for the pixels goes to the roughness. */
static float wave(const smpi_scene *scene, const smpi_spot *spot, const float size[2], float amount,
                  smpi_skin_truth *skin)
{
    float g[3];
    const float seen = smpi_noise_band(size[0], spot->step_mm);
    skin->rough += (1.0f - seen) * amount * amount;
    if (seen <= 0.0f)
        return 0.0f;
    const float v = smpi_noise_at(&scene->noise, spot->p, size[0], size[1], g);
    for (int k = 0; k < 3; k++)
        skin->slope[k] += amount * seen * size[0] * g[k];
    return v * seen;
}

/* The net of fine lines: furrows where a noise passes through zero. */
static float furrows(const smpi_scene *scene, const smpi_spot *spot, const float scale[3],
                     float depth_mm, smpi_skin_truth *skin)
{
    const float width = 0.22f;
    float g[3];
    const float seen = smpi_noise_band(scale[0], spot->step_mm);
    skin->rough += (1.0f - seen) * 0.004f;
    if (seen <= 0.0f)
        return 0.0f;
    const float v = smpi_noise_stretched(&scene->noise, spot->p, scale, 3.3f, g);
    /* A furrow's section: 1 / (1 + t^2)^2, of unit depth. */
    const float t = v / width, bell = 1.0f / (1.0f + t * t);
    const float rise = seen * depth_mm * 4.0f * t / width * bell * bell * bell;
    for (int k = 0; k < 3; k++)
        skin->slope[k] += rise * g[k];
    skin->hollow += seen * 0.05f * (bell * bell - 0.3f) * scene->desc.texture;
    return v * seen;
}

/* Lines across the forehead: where they run is a curve of the head, how deep a noise. */
static void forehead_lines(const smpi_scene *scene, const smpi_spot *spot, smpi_skin_truth *skin)
{
    static const float line[4][3] = {/* height at the middle mm, depth, reach mm */
                                     {52.0f, 0.55f, 30.0f},
                                     {62.5f, 1.0f, 42.0f},
                                     {73.5f, 0.75f, 36.0f},
                                     {84.0f, 0.35f, 24.0f}};
    const float *p = spot->p;
    if (p[2] < 30.0f || p[1] < 40.0f || p[1] > 100.0f)
        return;
    const float bend[3] = {p[0], 0.3f * p[1], 0.0f};
    const float shift = 3.4f * smpi_noise_at(&scene->noise, bend, 21.0f, 1.9f, NULL) +
                        0.7f * smpi_noise_at(&scene->noise, bend, 6.0f, 4.4f, NULL);
    const float deep = 0.55f + 0.75f * smpi_noise_at(&scene->noise, p, 12.0f, 8.8f, NULL);
    const float seen = smpi_noise_band(3.5f, spot->step_mm) * clampf(deep, 0.0f, 1.2f);
    for (int i = 0; i < 4; i++) {
        const float x = p[0] / line[i][2];
        const float y = line[i][0] - 0.0022f * p[0] * p[0] + shift;
        const float t = (p[1] - y) / 0.85f;
        if (fabsf(t) > 4.0f || fabsf(x) > 2.0f)
            continue;
        const float fall = smpi_expf(-0.5f * t * t) * smpi_expf(-x * x * x * x);
        const float amount = fall * seen * line[i][1] * scene->desc.texture;
        skin->slope[1] += 0.20f * t * amount;
        skin->hollow += 0.07f * amount;
    }
}

void smpi_skin_at(const smpi_scene *scene, const smpi_spot *spot, smpi_skin_truth *skin)
{
    static const float along[3] = {1.05f, 0.62f, 0.85f}, across[3] = {0.6f, 1.0f, 0.7f};
    static const float sizes[5][2] = {
        {0.42f, 0.0f}, {1.6f, 6.0f}, {3.7f, 2.5f}, {8.5f, 1.5f}, {19.0f, 7.5f}};
    const float texture = scene->desc.texture;
    for (int k = 0; k < 3; k++)
        skin->slope[k] = 0.0f;
    skin->rough = skin->hollow = 0.0f;
    /* Some places are smooth, others leathery. */
    float fine[3];
    fine[2] = smpi_noise_at(&scene->noise, spot->p, 31.0f, 0.3f, NULL);
    const float grade = texture * (0.85f + 0.4f * fine[2]);
    wave(scene, spot, sizes[0], 0.055f * grade, skin);
    fine[0] = wave(scene, spot, sizes[1], 0.024f * grade, skin);
    wave(scene, spot, sizes[2], 0.017f * texture, skin);
    wave(scene, spot, sizes[3], 0.022f * texture, skin);
    wave(scene, spot, sizes[4], 0.030f * texture, skin);
    fine[1] = furrows(scene, spot, along, 0.016f * grade, skin);
    furrows(scene, spot, across, 0.010f * grade, skin);
    forehead_lines(scene, spot, skin);
    float m, b;
    chromophores(scene, spot, fine, &m, &b);
    skin->spot = smpi_spots_at(scene, spot, fine[0] + fine[1]);
    if (skin->spot > 0.0f) {
        skin->spot *= smpi_logf(scene->desc.spot_melanin);
        m += skin->spot;
    }
    m = clampf(m, SMPI_TONE_MELANIN_MIN, SMPI_TONE_MELANIN_MAX);
    b = clampf(b, -SMPI_TONE_BLOOD_MAX, SMPI_TONE_BLOOD_MAX);
    skin->melanin = clampf(scene->desc.melanin * smpi_expf(m), 0.0f, 0.5f);
    skin->blood = clampf(scene->desc.blood * smpi_expf(b), 0.0f, BLOOD_MAX);
    smpi_tone_at(scene, m, b, skin->albedo);
}
