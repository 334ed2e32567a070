/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A head drawn in code for the scalp's tests: an ellipsoid of skin with a highlight, dark hair at
 * the sides, dark rims, on a blue-gray ground; the truth is known for each pixel. */
#ifndef SCALP_SCENE_H
#define SCALP_SCENE_H

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include <smp/scalp.h>

#include "scalp/rows.h"

enum { SCENE_GROUND = 0, SCENE_SKIN = 1, SCENE_HAIR = 2, SCENE_RIM = 3, SCENE_LIGHT = 4 };

typedef struct scene {
    uint32_t width, height;
    uint8_t *rgb;   /* encoded sRGB, 3 a pixel */
    uint8_t *truth; /* SCENE_... */
    float *shine;   /* linear */
    smp_camera camera;
    smp_head head;
} scene;

/* One pixel, x and y from the head's middle in half widths and half heights. */
static inline uint8_t scene_pixel(double x, double y, double w, double rgb[3], float *shine)
{
    static const double skin[3] = {0.52, 0.29, 0.20}, hair[3] = {0.03, 0.022, 0.016};
    static const double ground[3] = {0.12, 0.17, 0.24};
    const double r2 = x * x + y * y;
    uint8_t what = r2 < 1.0 ? SCENE_SKIN : SCENE_GROUND;
    *shine = 0.0f;
    memcpy(rgb, ground, sizeof ground);
    if (r2 >= 1.0)
        return what;
    const double z = sqrt(1.0 - r2), lambert = 0.25 + 0.75 * (0.3 * x - 0.35 * y + 0.89 * z);
    if (y > -0.45 && fabs(x) > 0.72)
        what = SCENE_HAIR;
    else if (y > 0.02 && y < 0.05 + 2.0 / w && fabs(x) < 0.7)
        what = SCENE_RIM;
    for (int c = 0; c < 3; c++)
        rgb[c] = what == SCENE_SKIN ? skin[c] * lambert : hair[c] * lambert;
    const double dx = x - 0.25, dy = y + 0.6, spot = 1.6 * exp(-(dx * dx + dy * dy) / 0.012);
    if (what == SCENE_SKIN && spot > 0.02) {
        *shine = (float)spot;
        what = SCENE_LIGHT;
        for (int c = 0; c < 3; c++)
            rgb[c] += spot;
    }
    return what;
}

/* Draws a head of width `w` px in a picture of 1.5 w x 2 w. 1 when it could. */
static inline int scene_draw(scene *s, uint32_t w)
{
    s->width = w + w / 2;
    s->height = 2 * w;
    const size_t count = (size_t)s->width * s->height;
    s->rgb = malloc(3 * count);
    s->truth = malloc(count);
    s->shine = malloc(count * sizeof *s->shine);
    const smp_ellipse ellipse = {0.75 * w, 1.0 * w, 0.5 * w, 0.5 * w * 232.0 / 152.0, 0.0};
    smp_head_init(&s->head);
    smp_camera_init(&s->camera);
    if (!s->rgb || !s->truth || !s->shine ||
        smp_camera_from_ellipse(&s->camera, &s->head, &ellipse, NULL, 0.0, NULL) != SMP_OK)
        return 0;
    uint32_t noise = 1;
    for (size_t k = 0; k < count; k++) {
        double rgb[3];
        const double x = ((double)(k % s->width) + 0.5 - ellipse.cx_px) / ellipse.rx_px;
        const double y = ((double)(k / s->width) + 0.5 - ellipse.cy_px) / ellipse.ry_px;
        s->truth[k] = scene_pixel(x, y, w, rgb, &s->shine[k]);
        for (int c = 0; c < 3; c++) {
            noise = noise * 1664525u + 1013904223u;
            const double v = rgb[c] * (1.0 + 0.03 * ((double)(noise >> 8) / 16777216.0 - 0.5));
            const float code = smp_space_encode(SMP_SPACE_SRGB, (float)(v < 0.0   ? 0.0
                                                                        : v < 1.0 ? v
                                                                                  : 1.0));
            s->rgb[3 * k + (size_t)c] = (uint8_t)(code * 255.0f + 0.5f);
        }
    }
    return 1;
}

static inline void scene_free(scene *s)
{
    free(s->rgb);
    free(s->truth);
    free(s->shine);
}

/* 1 over the brows and the ears: where the head is scalp, docs/model/scalp.md, (S11). */
static inline int scene_scalp(const scene *s, uint32_t x, uint32_t y)
{
    const double uv[2] = {x + 0.5, y + 0.5};
    double xyz[3], normal[3];
    if (!smp_camera_unproject(&s->camera, &s->head, uv, xyz, normal))
        return 0;
    const double z = xyz[2] / (0.5 * (double)s->head.length_mm);
    const double depth = ((double)s->head.vertex_mm - xyz[1]) / (double)s->head.height_mm;
    const double front = z > 0.0 ? fmin(z / 0.7, 1.0) : 0.0;
    return depth <
           0.431 - 0.126 * front * sqrt(front); /* nothing behind the ears is seen from the front */
}

/* FNV-1a over the mask rows and the maps. */
static inline uint64_t digest(const smp_scalp *scalp, uint32_t width, uint32_t height)
{
    uint64_t hash = 1469598103934665603u;
    float *row = malloc(width * sizeof *row);
    ck_assert_ptr_nonnull(row);
    for (uint32_t y = 0; y < height; y++) {
        smpi_scalp_mask_row(scalp, y, 0, width, row);
        for (size_t k = 0; k < width * sizeof *row; k++)
            hash = (hash ^ ((const uint8_t *)row)[k]) * 1099511628211u;
    }
    free(row);
    for (int kind = 0; kind < SMP_SCALP_MAP_COUNT; kind++) {
        smp_grid grid;
        ck_assert_int_eq(smp_scalp_get_map(scalp, (smp_scalp_map)kind, &grid, NULL, NULL), SMP_OK);
        for (size_t k = 0; k < (size_t)grid.width * grid.height * sizeof(float); k++)
            hash = (hash ^ ((const uint8_t *)grid.data)[k]) * 1099511628211u;
    }
    return hash;
}

#endif
