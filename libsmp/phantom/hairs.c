/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Stubble of the fringe and the brows: hairs rooted in head millimetres, drawn as strokes whose
 * cover of each pixel is the area they take. */
#include <math.h>
#include <stddef.h>

#include "base/context.h"
#include "base/diag.h"
#include "base/math.h"
#include "base/random.h"
#include "geometry/head.h"
#include "phantom/scene.h"

#define PURPOSE_UNIT 0x70680020u
#define PURPOSE_HAIR 0x70680021u
#define PURPOSE_BROW 0x70680022u

#define PITCH_MM 1.05f /* between follicular units: about 90 a cm2 (docs/model/phantom.md) */
#define PURPOSE_STRAND 0x70680023u

#define STRANDS_PER_CM2 60.0f /* at strength 1, over the top of the head */
#define STRAND_PARTS 14u
#define STRAND_PART_MM 3.0f
#define BROW_HAIRS 620u
#define BROW_PARTS 3u

typedef struct hair_walk {
    const smpi_scene *scene;
    smpi_hairs *hairs; /* arrays NULL while counting */
    float half[3];     /* half axes of the head, that along y above the widest level, mm */
    float half_down;   /* and below it */
    float middle_y;    /* of the widest level, mm */
} hair_walk;

static void to_picture(const smpi_scene *scene, const float p[3], float uv[2])
{
    float c[3];
    smpi_to_camera(scene, p, c);
    uv[0] = (float)scene->camera.center_px[0] + scene->px_per_mm * c[0];
    uv[1] = (float)scene->camera.center_px[1] - scene->px_per_mm * c[1];
}

static void normalise(float v[3])
{
    const float length = sqrtf(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
    for (int k = 0; k < 3; k++)
        v[k] /= length > 1e-9f ? length : 1.0f;
}

static float half_y(const hair_walk *walk, float y)
{
    return y >= walk->middle_y ? walk->half[1] : walk->half_down;
}

static void normal_at(const hair_walk *walk, const float p[3], float n[3])
{
    n[0] = p[0] / (walk->half[0] * walk->half[0]);
    n[1] = (p[1] - walk->middle_y) / (half_y(walk, p[1]) * half_y(walk, p[1]));
    n[2] = p[2] / (walk->half[2] * walk->half[2]);
    normalise(n);
}

static int in_picture(const smpi_scene *scene, const float uv[2], float margin)
{
    return uv[0] > -margin && uv[1] > -margin && uv[0] < (float)scene->desc.width + margin &&
           uv[1] < (float)scene->desc.height + margin;
}

static void add_stroke(smpi_hairs *hairs, const float from[2], const float to[2], float width,
                       float opacity)
{
    if (hairs->stroke) {
        smpi_stroke *s = &hairs->stroke[hairs->stroke_count];
        s->from[0] = from[0];
        s->from[1] = from[1];
        s->to[0] = to[0];
        s->to[1] = to[1];
        s->width = width;
        s->opacity = opacity;
    }
    hairs->stroke_count++;
}

/* A tangent that runs down and back over the head, turned by `turn` (radians, small). */
static void lie(const float n[3], float turn, float t[3])
{
    const float flow[3] = {0.0f, -0.85f, -0.53f};
    const float along = flow[0] * n[0] + flow[1] * n[1] + flow[2] * n[2];
    for (int k = 0; k < 3; k++)
        t[k] = flow[k] - along * n[k];
    normalise(t);
    const float cross[3] = {n[1] * t[2] - n[2] * t[1], n[2] * t[0] - n[0] * t[2],
                            n[0] * t[1] - n[1] * t[0]};
    for (int k = 0; k < 3; k++)
        t[k] += turn * cross[k];
    normalise(t);
}

/* One hair of a unit; each lies a fraction of a millimetre from the unit's middle. */
static void grow(hair_walk *walk, const float unit[3], const float n[3], uint64_t hash)
{
    const smpi_scene *scene = walk->scene;
    smpi_hairs *hairs = walk->hairs;
    float root[3], tip[3], t[3], from[2], to[2];
    lie(n, 0.9f * (smpi_unit2(hash) - 0.5f), t);
    const float aside = 0.5f * ((float)(hash >> 40 & 255u) / 255.0f - 0.5f);
    const float length = 0.30f + 0.70f * smpi_unit(hash);
    const float diameter = 0.052f + 0.036f * ((float)(hash >> 16 & 255u) / 255.0f);
    for (int k = 0; k < 3; k++) {
        root[k] = unit[k] + aside * (k == 1 ? -t[2] : t[(k + 1) % 3]);
        tip[k] = root[k] + length * (0.93f * t[k] + 0.37f * n[k]);
    }
    to_picture(scene, root, from);
    to_picture(scene, tip, to);
    if (hairs->hair) {
        const smp_phantom_hair hair = {root[0], root[1], root[2], length, diameter};
        hairs->hair[hairs->hair_count] = hair;
    }
    hairs->hair_count++;
    add_stroke(hairs, from, to, diameter * scene->px_per_mm, 0.92f);
}

static void unit(hair_walk *walk, const float p[3], uint64_t hash, uint32_t index)
{
    const smpi_scene *scene = walk->scene;
    float n[3], c[3], uv[2], shrink;
    normal_at(walk, p, n);
    smpi_to_camera(scene, n, c);
    to_picture(scene, p, uv);
    if (c[2] < 0.01f || !in_picture(scene, uv, 1.0f) || smpi_outline_at(scene, uv, &shrink) > 1.0f)
        return;
    if (smpi_unit2(hash) >= smpi_fringe_at(scene, p) * scene->desc.fringe)
        return;
    const uint32_t roll = (uint32_t)(hash >> 20 & 255u);
    const uint32_t count = roll < 90 ? 1 : roll < 210 ? 2 : 3; /* 1 to 3 hairs, 1.8 on average */
    for (uint32_t i = 0; i < count; i++)
        grow(walk, p, n, smpi_hash(scene->desc.seed, index * 3 + i, PURPOSE_HAIR));
}

/* Rings round the head, each cut into equal steps, one jittered unit in each. */
static void fringe(hair_walk *walk)
{
    const smpi_scene *scene = walk->scene;
    const uint32_t steps = (uint32_t)(2.0 * SMPI_PI * walk->half[2] / PITCH_MM);
    if (!(scene->desc.fringe > 0.0f))
        return;
    for (uint32_t ring = 0; ring < 160; ring++)
        for (uint32_t i = 0; i < steps; i++) {
            const uint32_t index = ring * steps + i;
            const uint64_t hash = smpi_hash(scene->desc.seed, index, PURPOSE_UNIT);
            const float jx = (float)(hash & 1023u) / 1024.0f;
            const float jy = (float)(hash >> 10 & 1023u) / 1024.0f;
            const float y = -72.0f + PITCH_MM * ((float)ring + 0.15f + 0.7f * jy);
            const float s = (y - walk->middle_y) / half_y(walk, y);
            if (s * s >= 1.0f)
                continue;
            const float narrow = sqrtf(1.0f - s * s);
            const double turn = 2.0 * SMPI_PI * ((double)i + 0.15 + 0.7 * (double)jx) / steps;
            const float cx = (float)smpi_cos(turn), sx = (float)smpi_sin(turn);
            /* Steps are too close where the ring is narrow or bent: drop that many. */
            const float a = walk->half[0] * sx, b = walk->half[2] * cx;
            const float keep = narrow * sqrtf(a * a + b * b) / walk->half[2];
            if (smpi_unit(hash) >= keep)
                continue;
            const float p[3] = {walk->half[0] * narrow * cx, y, walk->half[2] * narrow * sx};
            unit(walk, p, hash, index);
        }
}

static void brow(hair_walk *walk, float side)
{
    const smpi_scene *scene = walk->scene;
    for (uint32_t i = 0; i < BROW_HAIRS; i++) {
        const uint32_t index = i + (side < 0.0f ? BROW_HAIRS : 0u);
        const uint64_t hash = smpi_hash(scene->desc.seed, index, PURPOSE_BROW);
        const float u = smpi_unit(hash), v = smpi_unit2(hash) + (float)(hash & 63u) / 63.0f - 1.0f;
        const float bend = (float)(hash >> 8 & 255u) / 255.0f - 0.5f;
        const float arch = (float)smpi_sin(SMPI_PI * (0.10 + 0.72 * (double)u));
        const float thick = 4.8f * (1.0f - 0.62f * u * u) * (u < 0.12f ? 0.7f : 1.0f);
        float at[2] = {side * (11.5f + 41.0f * u),
                       27.0f + 6.5f * arch + 5.5f * (1.0f - u) * (1.0f - u) + thick * v};
        float lean = 1.15f - 1.25f * u - 0.45f * v + 0.5f * bend; /* radians above sideways */
        const float part = (6.5f + 3.0f * (float)(hash >> 30 & 255u) / 255.0f) / BROW_PARTS;
        float width = (0.055f + 0.03f * (float)(hash >> 38 & 255u) / 255.0f) * scene->px_per_mm;
        for (uint32_t k = 0; k < BROW_PARTS; k++) {
            const float next[2] = {at[0] + side * part * (float)smpi_cos((double)lean),
                                   at[1] + part * (float)smpi_sin((double)lean)};
            float p[3] = {at[0], at[1], 0}, q[3] = {next[0], next[1], 0}, from[2], to[2], n[3],
                  c[3];
            const float sy = (p[1] - walk->middle_y) / half_y(walk, p[1]),
                        sx = p[0] / walk->half[0];
            const float ty = (q[1] - walk->middle_y) / half_y(walk, q[1]),
                        tx = q[0] / walk->half[0];
            p[2] = walk->half[2] * sqrtf(1.0f - sx * sx - sy * sy);
            q[2] = walk->half[2] * sqrtf(1.0f - tx * tx - ty * ty) + 0.6f;
            normal_at(walk, p, n);
            smpi_to_camera(scene, n, c);
            to_picture(scene, p, from);
            to_picture(scene, q, to);
            if (c[2] > 0.05f && in_picture(scene, from, 12.0f * scene->px_per_mm))
                add_stroke(walk->hairs, from, to, width, k == 2 ? 0.55f : 0.75f);
            at[0] = next[0];
            at[1] = next[1];
            lean -= 0.20f + 0.25f * bend;
            width *= 0.8f;
        }
    }
}

/* A long hair that lies on the head, from its root backwards in small steps. */
static void strand(hair_walk *walk, float p[3], uint64_t hash)
{
    const smpi_scene *scene = walk->scene;
    float turn = 0.5f * (smpi_unit2(hash) - 0.5f);
    const float bend = 0.10f * ((float)(hash >> 8 & 255u) / 255.0f - 0.5f);
    const float width = (0.06f + 0.03f * (float)(hash >> 16 & 255u) / 255.0f) * scene->px_per_mm;
    for (uint32_t k = 0; k < STRAND_PARTS; k++, turn += bend) {
        float n[3], t[3], c[3], from[2], to[2], q[3];
        normal_at(walk, p, n);
        lie(n, turn, t);
        for (int i = 0; i < 3; i++)
            q[i] = p[i] + STRAND_PART_MM * t[i];
        /* Back onto the head. */
        const float dy = (q[1] - walk->middle_y) / half_y(walk, q[1]);
        const float dx = q[0] / walk->half[0], dz = q[2] / walk->half[2];
        const float out = sqrtf(dx * dx + dy * dy + dz * dz);
        q[0] /= out;
        q[1] = walk->middle_y + (q[1] - walk->middle_y) / out;
        q[2] /= out;
        smpi_to_camera(scene, n, c);
        to_picture(scene, p, from);
        to_picture(scene, q, to);
        if (c[2] > 0.05f && in_picture(scene, from, 4.0f * scene->px_per_mm))
            add_stroke(walk->hairs, from, to, width, 0.9f);
        for (int i = 0; i < 3; i++)
            p[i] = q[i];
    }
}

/* Thinning hair over the top: roots spread evenly over the directions up from the middle. */
static void strands(hair_walk *walk)
{
    const float share = walk->scene->desc.strands;
    /* The cap over 40 degrees above the level holds about 210 cm2 of the default head. */
    const uint32_t count = (uint32_t)(share * STRANDS_PER_CM2 * 210.0f);
    for (uint32_t i = 0; i < count; i++) {
        const uint64_t hash = smpi_hash(walk->scene->desc.seed, i, PURPOSE_STRAND);
        const float y = 0.45f + 0.55f * smpi_unit(hash);
        const double turn = 2.0 * SMPI_PI * (double)(hash >> 24 & 65535u) / 65536.0;
        const float r = sqrtf(1.0f - y * y);
        float p[3] = {walk->half[0] * r * (float)smpi_cos(turn), walk->middle_y + walk->half[1] * y,
                      walk->half[2] * r * (float)smpi_sin(turn)};
        strand(walk, p, smpi_hash(walk->scene->desc.seed, i + count, PURPOSE_STRAND));
    }
}

static void walk_all(hair_walk *walk)
{
    walk->hairs->hair_count = walk->hairs->stroke_count = 0;
    fringe(walk);
    strands(walk);
    brow(walk, -1.0f);
    brow(walk, 1.0f);
}

smp_status smpi_hairs_create(const smp_context *ctx, const smpi_scene *scene, smpi_hairs *hairs,
                             smp_diag *diag)
{
    const smpi_ellipsoid e = smpi_head_ellipsoid(&scene->head);
    hair_walk walk = {.scene = scene,
                      .hairs = hairs,
                      .half = {(float)e.a, (float)e.up, (float)e.c},
                      .half_down = (float)e.down,
                      .middle_y = (float)e.cy};
    hairs->hair = NULL;
    hairs->stroke = NULL;
    walk_all(&walk); /* counts */
    smp_phantom_hair *hair = NULL;
    smpi_stroke *stroke = NULL;
    SMPI_TRY(smpi_new(ctx, &hair, hairs->hair_count, sizeof *hair, "hairs", diag));
    smp_status status =
        smpi_new(ctx, &stroke, hairs->stroke_count, sizeof *stroke, "strokes", diag);
    if (status != SMP_OK) {
        smpi_free(ctx, hair, hairs->hair_count * sizeof *hair);
        hairs->hair_count = hairs->stroke_count = 0;
        return status;
    }
    hairs->hair = hair;
    hairs->stroke = stroke;
    walk_all(&walk); /* fills */
    return SMP_OK;
}

void smpi_hairs_destroy(const smp_context *ctx, smpi_hairs *hairs)
{
    smpi_free(ctx, hairs->stroke, hairs->stroke_count * sizeof *hairs->stroke);
    smpi_free(ctx, hairs->hair, hairs->hair_count * sizeof *hairs->hair);
    hairs->stroke = NULL;
    hairs->hair = NULL;
    hairs->hair_count = hairs->stroke_count = 0;
}

/* ---- drawing ------------------------------------------------------------------------------ */

/* Length that [d - 1/2, d + 1/2] and [-half, half] share. */
static float overlap(float d, float half)
{
    const float high = d + 0.5f < half ? d + 0.5f : half;
    const float low = d - 0.5f > -half ? d - 0.5f : -half;
    return high > low ? high - low : 0.0f;
}

static void draw(const smpi_stroke *s, float *plane, uint32_t width, int32_t top, int32_t bottom)
{
    float dx = s->to[0] - s->from[0], dy = s->to[1] - s->from[1];
    const float length = sqrtf(dx * dx + dy * dy);
    if (length > 1e-6f) {
        dx /= length;
        dy /= length;
    } else {
        dx = 1.0f;
        dy = 0.0f;
    }
    /* Seen end on, a hair still shows its own section. */
    const float along = 0.5f * (length > s->width ? length : s->width), across = 0.5f * s->width;
    const float cx = 0.5f * (s->from[0] + s->to[0]), cy = 0.5f * (s->from[1] + s->to[1]);
    const float rx = fabsf(dx) * along + fabsf(dy) * across + 0.75f;
    const float ry = fabsf(dy) * along + fabsf(dx) * across + 0.75f;
    const int32_t y0 = (int32_t)floorf(cy - ry), y1 = (int32_t)ceilf(cy + ry);
    const int32_t x0 = (int32_t)floorf(cx - rx), x1 = (int32_t)ceilf(cx + rx);
    for (int32_t y = y0 > top ? y0 : top; y < y1 && y < bottom; y++)
        for (int32_t x = x0 > 0 ? x0 : 0; x < x1 && x < (int32_t)width; x++) {
            const float px = (float)x + 0.5f - cx, py = (float)y + 0.5f - cy;
            const float cover =
                overlap(px * dx + py * dy, along) * overlap(py * dx - px * dy, across);
            plane[(size_t)y * width + (size_t)x] *= 1.0f - s->opacity * cover;
        }
}

void smpi_strokes_draw(const smpi_hairs *hairs, float *plane, uint32_t width, uint32_t top,
                       uint32_t bottom)
{
    for (uint32_t i = 0; i < hairs->stroke_count; i++) {
        const smpi_stroke *s = &hairs->stroke[i];
        const float low = s->from[1] < s->to[1] ? s->from[1] : s->to[1];
        const float high = s->from[1] < s->to[1] ? s->to[1] : s->from[1];
        const float reach = 1.5f + s->width;
        if (high + reach < (float)top || low - reach > (float)bottom)
            continue;
        draw(s, plane, width, (int32_t)top, (int32_t)bottom);
    }
}
