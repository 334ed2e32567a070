/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Random jobs for the stress test: pictures, heads, cameras and plans, sane and mad ones. */
#ifndef TESTS_ROOMS_STRESS_H
#define TESTS_ROOMS_STRESS_H

#include <math.h>

#include <smp/smp.h>

#include "support.h"

typedef struct stress_picture {
    smp_image image;
    test_guard guard;
    uint8_t *bytes;
    size_t size;
    uint64_t hash; /* of all bytes, gaps too */
} stress_picture;

static inline int one_in(uint64_t *state, uint32_t n)
{
    return (test_random(state) >> 32) % n == 0;
}

static inline uint32_t between_u32(uint64_t *state, uint32_t low, uint32_t high)
{
    return low + (uint32_t)((test_random(state) >> 32) % (high - low + 1));
}

static inline double log_uniform(uint64_t *state, double low, double high)
{
    return exp(test_uniform(state, log(low), log(high)));
}

/* One channel as a float photo may hold it, `mad`: also what none should. */
static inline float stress_float(uint64_t *state, int mad)
{
    static const float odd[] = {NAN,   -NAN,   INFINITY, -INFINITY, 3e38f, -3e38f,
                                1e30f, 1e-40f, -1.0f,    1e6f,      -0.0f, 65504.0f};
    if (mad && one_in(state, 7))
        return odd[between_u32(state, 0, sizeof odd / sizeof *odd - 1)];
    return (float)test_uniform(state, 0.0, one_in(state, 9) ? 4.0 : 1.0);
}

/* Skin with noise on it, all noise, or a plain picture. */
static inline void stress_paint(stress_picture *p, uint64_t *state, int mad)
{
    static const double skin[4] = {0.78, 0.62, 0.53, 1.0};
    const smp_image *im = &p->image;
    const uint32_t channels = smp_format_channels((smp_format)im->format);
    const uint32_t size = smp_format_pixel_size((smp_format)im->format) / channels;
    const int kind = (int)between_u32(state, 0, 2);
    for (uint32_t y = 0; y < im->height; y++)
        for (uint32_t i = 0; i < im->width * channels; i++) {
            uint8_t *at = (uint8_t *)im->data + (ptrdiff_t)y * im->stride + (size_t)i * size;
            const double noise = kind == 2 ? 0.0 : test_uniform(state, -0.05, 0.05);
            double v = skin[i % channels] + noise;
            if (kind == 0)
                v = (double)stress_float(state, 0);
            v = v < 0.0 ? 0.0 : v > 1.0 ? 1.0 : v;
            const float f = mad ? stress_float(state, 1) : (float)v;
            const uint8_t v8 = (uint8_t)(v * 255.0 + 0.5);
            const uint16_t v16 = (uint16_t)(v * 65535.0 + 0.5);
            memcpy(at, size == 1 ? (const void *)&v8 : size == 2 ? (const void *)&v16 : &f, size);
        }
}

/* A view with odd gaps between its rows, right way up or not; all bytes have a known value. */
static inline void stress_picture_make(stress_picture *p, uint64_t *state, uint32_t width,
                                       uint32_t height, uint32_t format)
{
    smp_diag diag;
    const uint32_t pixel = smp_format_pixel_size((smp_format)format);
    const uint32_t unit = pixel / smp_format_channels((smp_format)format);
    const size_t stride = (size_t)width * pixel + (size_t)unit * between_u32(state, 0, 9);
    p->size = stride * (height - 1) + (size_t)width * pixel;
    p->bytes = test_guard_create(&p->guard, p->size, (size_t)unit * between_u32(state, 0, 15));
    const int flip = one_in(state, 3);
    TEST_ASSERT(smp_image_wrap(&p->image, p->bytes + (flip ? stride * (height - 1) : 0), width,
                               height, flip ? -(ptrdiff_t)stride : (ptrdiff_t)stride,
                               (smp_format)format, &diag) == SMP_OK);
}

static inline void stress_picture_seal(stress_picture *p)
{
    p->hash = test_hash(TEST_HASH_START, p->bytes, p->size);
}

static inline void stress_picture_free(stress_picture *p, const char *what)
{
    if (!p->bytes)
        return;
    if (p->hash && p->hash != test_hash(TEST_HASH_START, p->bytes, p->size))
        TEST_DIE("%s: its bytes were changed", what);
    test_guard_destroy(&p->guard, what);
    p->bytes = NULL;
}

static inline void stress_head(smp_head *head, uint64_t *state)
{
    smp_head_init(head);
    if (one_in(state, 2)) {
        head->shape = SMP_SHAPE_FLAT;
        head->width_mm = (float)log_uniform(state, 5.0, 120.0);
        head->height_mm = (float)log_uniform(state, 5.0, 120.0);
        return;
    }
    head->width_mm = (float)log_uniform(state, 5.0, 60.0);
    head->height_mm = head->width_mm * (float)log_uniform(state, 0.5, 2.0);
    head->length_mm = head->width_mm * (float)log_uniform(state, 0.5, 2.0);
    head->height_mm = head->height_mm < 5.0f ? 5.0f : head->height_mm;
    head->length_mm = head->length_mm < 5.0f ? 5.0f : head->length_mm;
    head->vertex_mm = head->height_mm * (float)test_uniform(state, 0.2, 0.8);
}

/* Rz Rx Ry, as docs/model/geometry.md says; which one does not matter here. */
static inline void stress_turn(double r[9], double yaw, double pitch, double roll)
{
    const double cy = cos(yaw), sy = sin(yaw), cx = cos(pitch), sx = sin(pitch);
    const double cz = cos(roll), sz = sin(roll);
    const double out[9] = {cz * cy - sz * sx * sy,
                           -sz * cx,
                           cz * sy + sz * sx * cy,
                           sz * cy + cz * sx * sy,
                           cz * cx,
                           sz * sy - cz * sx * cy,
                           -cx * sy,
                           sx,
                           cx * cy};
    memcpy(r, out, sizeof out);
}

/* Most cameras show the head, some a corner of it, some are mad. */
static inline void stress_camera(smp_camera *camera, uint64_t *state, const smp_head *head,
                                 const smp_image *photo)
{
    const double w = (double)photo->width, h = (double)photo->height, turn = 0.6;
    const double origin[2] = {0.0, 0.0};
    const int mad = one_in(state, 3), flat = head->shape == SMP_SHAPE_FLAT;
    double scale = w / (double)head->width_mm * log_uniform(state, 0.5, 3.0);
    if (mad)
        scale = one_in(state, 4) ? 1000.0 : log_uniform(state, 1e-4, 1000.0);
    scale = scale < 1e-4 ? 1e-4 : scale > 1000.0 ? 1000.0 : scale;
    TEST_ASSERT(smp_camera_from_scale(camera, flat ? scale : 1.0, origin, NULL) == SMP_OK);
    camera->px_per_mm = scale;
    if (!flat || one_in(state, 2)) {
        double r[9], flip[9];
        const double most = mad ? 3.2 : turn;
        stress_turn(r, test_uniform(state, -most, most), test_uniform(state, -most, most),
                    test_uniform(state, -most, most));
        memcpy(flip, camera->rotation, sizeof flip);
        for (int i = 0; i < 9; i++) {
            camera->rotation[i] = 0.0;
            for (int k = 0; k < 3; k++)
                camera->rotation[i] += r[i / 3 * 3 + k] * (flat ? flip[3 * k + i % 3] : k == i % 3);
        }
    }
    if (!flat || one_in(state, 3)) {
        camera->center_px[0] = w * test_uniform(state, 0.2, 0.8);
        camera->center_px[1] = h * test_uniform(state, 0.2, 0.9);
    }
    if (mad)
        camera->center_px[one_in(state, 2)] = test_uniform(state, -1.0, 1.0) * 1e6;
    if (one_in(state, 3))
        camera->distance_mm = mad ? log_uniform(state, 1e-9, 1e7) : test_uniform(state, 200, 900);
}

static inline void stress_plan_desc(smp_plan_desc *d, uint64_t *state)
{
    uint32_t count;
    const smp_field *f = smp_plan_desc_fields(&count);
    smp_plan_desc_init(d);
    d->seed = (uint32_t)test_random(state);
    for (uint32_t i = 0; i < count; i++) {
        if (f[i].type != SMP_FIELD_F32 || !strcmp(f[i].name, "regularity") || one_in(state, 2))
            continue;
        float v = (float)test_uniform(state, f[i].min, f[i].max);
        v = one_in(state, 6) ? (float)f[i].min : one_in(state, 6) ? (float)f[i].max : v;
        memcpy((char *)d + f[i].offset, &v, sizeof v);
    }
}

static inline int inside(const smp_rect *r, uint32_t x, uint32_t y)
{
    return x >= r->x && y >= r->y && x - r->x < r->width && y - r->y < r->height;
}

static inline uint8_t *pixel_of(const smp_image *image, uint32_t x, uint32_t y)
{
    return (uint8_t *)image->data + (ptrdiff_t)y * image->stride +
           (size_t)x * smp_format_pixel_size((smp_format)image->format);
}

/* One channel of a layer: the share of light that is let through. */
static inline float share_at(const smp_image *layer, uint32_t x, uint32_t y, size_t channel)
{
    float share;
    uint16_t code;
    const uint8_t *at = pixel_of(layer, x, y);
    if (layer->format == SMP_FORMAT_RGBF32) {
        memcpy(&share, at + 4 * channel, sizeof share);
        return share;
    }
    memcpy(&code, at + 2 * channel, sizeof code);
    return (float)code / 65535.0f;
}

/* Numbers that a photo may well hold. */
static inline int is_modest(const uint8_t *pixel, uint32_t channels)
{
    float v[4];
    memcpy(v, pixel, channels * sizeof *v);
    for (uint32_t c = 0; c < channels; c++)
        if (!(fabsf(v[c]) <= 1e6f))
            return 0;
    return 1;
}

static inline int is_finite(const uint8_t *pixel, uint32_t channels)
{
    float v[4];
    memcpy(v, pixel, channels * sizeof *v);
    for (uint32_t c = 0; c < channels; c++)
        if (!isfinite(v[c]))
            return 0;
    return 1;
}

/* Nothing but pixels was written: the bytes between the rows are as they were. */
static inline void check_gaps(const stress_picture *p)
{
    const smp_image *im = &p->image;
    const size_t row = (size_t)im->width * smp_format_pixel_size((smp_format)im->format);
    const size_t stride = (size_t)(im->stride < 0 ? -im->stride : im->stride);
    for (size_t y = 0; y + 1 < im->height; y++)
        for (size_t i = row; i < stride; i++)
            if (p->bytes[y * stride + i] != 0xa5)
                TEST_DIE("the gap after row %zu was written", y);
}

static inline smp_rect random_region(uint64_t *state, uint32_t width, uint32_t height)
{
    smp_rect r = {between_u32(state, 0, width - 1), between_u32(state, 0, height - 1), 0, 0};
    r.width = between_u32(state, 1, width - r.x);
    r.height = between_u32(state, 1, height - r.y);
    if (one_in(state, 12))
        r.width = one_in(state, 2) ? 0 : UINT32_MAX - between_u32(state, 0, 3);
    return r;
}

#endif
