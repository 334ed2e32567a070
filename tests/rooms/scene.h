/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A small scene for tests of rendering: a flat patch or a frontal head of even skin, a plan, a
 * preview. */
#ifndef TESTS_ROOMS_SCENE_H
#define TESTS_ROOMS_SCENE_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include <smp/smp.h>

typedef struct scene {
    smp_context *ctx;
    smp_pool *pool;
    smp_image photo, out, mask;
    smp_camera camera;
    smp_head head;
    smp_plan *plan;
    smp_scalp *scalp;
    smp_preview *preview;
} scene;

/* What a scene is made of; zero means the default in brackets. */
typedef struct scene_desc {
    uint32_t width, height; /* [200, 250] */
    smp_format format;      /* gray8 counts as 0: [rgb8] is chosen by no_format */
    int has_format;
    double px_per_mm;    /* flat patch when > 0, else a head that fills the picture */
    double blur_px;      /* [0.6] */
    float skin[3];       /* encoded colour, [0.77 0.62 0.53] */
    int mask;            /* 0: all, 1: left half only, 2: find it */
    float dose, density; /* [the plan's]; negative dose means 0 */
    uint32_t isa, threads;
    smp_runner runner;
    uint32_t sessions; /* [3] */
    ptrdiff_t flip;    /* 1: bottom up */
} scene_desc;

#define OK(call)                                                                             \
    do {                                                                                     \
        smp_diag ok_diag_ = {SMP_OK, ""};                                                    \
        smp_diag *diag = &ok_diag_;                                                          \
        const smp_status ok_status_ = (call);                                                \
        ck_assert_msg(ok_status_ == SMP_OK, "%s: %s %s", #call, smp_status_name(ok_status_), \
                      ok_diag_.text);                                                        \
    } while (0)

static inline void scene_paint(smp_image *image, const float rgb[3])
{
    const uint32_t channels = smp_format_channels((smp_format)image->format);
    const size_t size = smp_format_pixel_size((smp_format)image->format) / channels;
    for (uint32_t y = 0; y < image->height; y++)
        for (uint32_t x = 0; x < image->width; x++)
            for (uint32_t c = 0; c < channels; c++) {
                const uint32_t from = image->format == SMP_FORMAT_BGRA8 && c < 3 ? 2 - c : c;
                const float value = c == 3 ? 1.0f : rgb[from % 3];
                const uint8_t v8 = (uint8_t)(value * 255.0f + 0.5f);
                const uint16_t v16 = (uint16_t)(value * 65535.0f + 0.5f);
                uint8_t *at = (uint8_t *)image->data + (ptrdiff_t)y * image->stride +
                              (x * channels + c) * size;
                memcpy(at,
                       size == 1   ? (const void *)&v8
                       : size == 2 ? (const void *)&v16
                                   : &value,
                       size);
            }
}

static inline smp_image scene_image(uint32_t width, uint32_t height, smp_format format,
                                    ptrdiff_t flip)
{
    smp_image image;
    const size_t row = (size_t)width * smp_format_pixel_size(format) + 32;
    const size_t stride = row / 16 * 16;
    uint8_t *data = calloc(height, stride);
    ck_assert_ptr_nonnull(data);
    OK(smp_image_wrap(&image, data, width, height, (ptrdiff_t)stride, format, diag));
    if (flip) {
        image.data = data + (height - 1) * stride;
        image.stride = -(ptrdiff_t)stride;
    }
    return image;
}

static inline void scene_image_free(smp_image *image)
{
    if (image->data && image->stride < 0)
        free((uint8_t *)image->data + (ptrdiff_t)(image->height - 1) * image->stride);
    else
        free(image->data);
    image->data = NULL;
}

static inline void scene_make_context(scene *s, const scene_desc *d)
{
    smp_context_desc cd;
    smp_context_desc_init(&cd);
    cd.isa = d->isa;
    cd.runner = d->runner;
    if (d->threads) {
        OK(smp_pool_create(&s->pool, d->threads, diag));
        cd.runner = smp_pool_runner(s->pool);
    }
    OK(smp_context_create(&s->ctx, &cd, diag));
}

static inline void scene_make_camera(scene *s, const scene_desc *d)
{
    const double corner[2] = {0.0, 0.0};
    const double w = s->photo.width, h = s->photo.height;
    smp_head_init(&s->head);
    smp_camera_init(&s->camera);
    if (d->px_per_mm > 0.0) {
        s->head.shape = SMP_SHAPE_FLAT;
        s->head.width_mm = (float)(w / d->px_per_mm);
        s->head.height_mm = (float)(h / d->px_per_mm);
        OK(smp_camera_from_scale(&s->camera, d->px_per_mm, corner, diag));
        return;
    }
    const smp_ellipse ellipse = {0.5 * w, 0.55 * h, 0.32 * w, 0.42 * h, 0.0};
    OK(smp_camera_from_ellipse(&s->camera, &s->head, &ellipse, NULL, 0.0, diag));
}

static inline void scene_make_plan(scene *s, const scene_desc *d)
{
    smp_plan_desc pd;
    smp_plan_desc_init(&pd);
    if (d->dose != 0.0f)
        pd.dose = d->dose > 0.0f ? d->dose : 0.0f;
    if (d->density > 0.0f)
        pd.density_per_cm2 = d->density;
    OK(smp_plan_create(s->ctx, &s->head, &pd, &s->plan, diag));
    if (d->sessions == 0)
        return;
    smp_session_desc sessions[3];
    const float shares[3] = {0.3f, 0.7f, 1.0f};
    for (uint32_t i = 0; i < d->sessions; i++) {
        smp_session_desc_init(&sessions[i]);
        sessions[i].day = 10.0 * i;
        sessions[i].share = shares[i];
    }
    OK(smp_plan_set_sessions(s->plan, sessions, d->sessions, diag));
}

static inline void scene_make_mask(scene *s, const scene_desc *d)
{
    s->mask = scene_image(s->photo.width, s->photo.height, SMP_FORMAT_GRAY8, 0);
    for (uint32_t y = 0; y < s->mask.height; y++)
        memset((uint8_t *)s->mask.data + (ptrdiff_t)y * s->mask.stride, 255,
               d->mask == 1 ? s->mask.width / 2 : s->mask.width);
}

static inline scene scene_create(const scene_desc *d)
{
    scene s;
    memset(&s, 0, sizeof s);
    const float light_skin[3] = {0.77f, 0.62f, 0.53f};
    const uint32_t w = d->width ? d->width : 200, h = d->height ? d->height : 250;
    const smp_format format = d->has_format ? d->format : SMP_FORMAT_RGB8;
    scene_make_context(&s, d);
    s.photo = scene_image(w, h, format, d->flip);
    s.out = scene_image(w, h, format, 0);
    scene_paint(&s.photo, d->skin[0] > 0.0f ? d->skin : light_skin);
    scene_make_camera(&s, d);
    scene_make_plan(&s, d);
    if (d->mask != 2)
        scene_make_mask(&s, d);
    smp_scalp_desc sd;
    smp_scalp_desc_init(&sd);
    sd.blur_px = (float)(d->blur_px > 0.0 ? d->blur_px : 0.6);
    OK(smp_scalp_create(s.ctx, &s.photo, &s.camera, &s.head, s.mask.data ? &s.mask : NULL, &sd,
                        NULL, &s.scalp, diag));
    OK(smp_preview_create(s.ctx, s.scalp, s.plan, NULL, &s.preview, diag));
    return s;
}

static inline void scene_destroy(scene *s)
{
    smp_preview_destroy(&s->preview);
    smp_scalp_destroy(&s->scalp);
    smp_plan_destroy(&s->plan);
    scene_image_free(&s->photo);
    scene_image_free(&s->out);
    scene_image_free(&s->mask);
    smp_context_destroy(&s->ctx);
    smp_pool_destroy(&s->pool);
}

/* FNV-1a over the pixels alone, not the gaps between rows. */
static inline uint64_t scene_hash(const smp_image *image)
{
    uint64_t hash = 14695981039346656037u;
    const size_t row = (size_t)image->width * smp_format_pixel_size((smp_format)image->format);
    for (uint32_t y = 0; y < image->height; y++) {
        const uint8_t *p = (const uint8_t *)image->data + (ptrdiff_t)y * image->stride;
        for (size_t i = 0; i < row; i++)
            hash = (hash ^ p[i]) * 1099511628211u;
    }
    return hash;
}

#endif
