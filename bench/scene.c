/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What the benches measure on: a frame of which a fifth is scalp, and everything that a render of
 * it needs. */
#include "scene.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SCALP_SHARE 0.20

smp_image scene_picture(uint32_t width, uint32_t height, smp_format format)
{
    smp_image image;
    smp_diag diag;
    const size_t size = (size_t)width * height * smp_format_pixel_size(format);
    void *data = aligned_alloc(64, (size + 63) / 64 * 64);
    if (!data)
        exit(1);
    memset(data, 0, size);
    bench_need(smp_image_wrap(&image, data, width, height, 0, format, &diag), &diag, "wrap");
    return image;
}

static double lerp(const unsigned char *p, size_t step, size_t stride, double fx, double fy)
{
    const double a = p[0] + fx * (p[step] - p[0]),
                 b = p[stride] + fx * (p[stride + step] - p[stride]);
    return a + fy * (b - a);
}

/* Enlarges 8-bit pixels by a whole factor; small hash noise keeps it from being too smooth. */
static void enlarge(const smp_image *from, smp_image *to, uint32_t factor)
{
    const uint32_t n = smp_format_channels((smp_format)from->format);
    const uint32_t m = smp_format_channels((smp_format)to->format);
    for (uint32_t y = 0; y < to->height; y++)
        for (uint32_t x = 0; x < to->width; x++) {
            const uint32_t u = x / factor < from->width - 2 ? x / factor : from->width - 2;
            const uint32_t v = y / factor < from->height - 2 ? y / factor : from->height - 2;
            const unsigned char *p =
                (const unsigned char *)from->data + (ptrdiff_t)v * from->stride + u * n;
            unsigned char *q = (unsigned char *)to->data + (ptrdiff_t)y * to->stride + x * m;
            const uint32_t noise = (x * 2654435761u ^ y * 2246822519u) >> 30;
            for (uint32_t c = 0; c < m; c++) {
                const double fx = (double)(x % factor) / factor, fy = (double)(y % factor) / factor;
                const double value =
                    c < n ? lerp(p + c, n, (size_t)from->stride, fx, fy) : 255.0 - noise;
                q[c] = (unsigned char)(value + noise > 255 ? 255 : value + noise);
            }
        }
}

static double covered(const smp_grid *mask)
{
    double sum = 0;
    for (uint32_t y = 0; y < mask->height; y++)
        for (uint32_t x = 0; x < mask->width; x++)
            sum += (double)mask->data[y * mask->stride + x];
    return sum / ((double)mask->width * mask->height);
}

static smp_phantom *make_phantom(const smp_context *ctx, uint32_t width, uint32_t height,
                                 smp_grid *mask)
{
    smp_phantom_desc desc;
    smp_diag diag;
    smp_phantom *phantom = NULL;
    smp_phantom_desc_init(&desc);
    desc.width = width;
    desc.height = height;
    desc.fill = 0.9f;
    for (int i = 0; i < 4; i++) { /* the size at which a fifth of the frame is scalp */
        smp_phantom_destroy(&phantom);
        bench_need(smp_phantom_create(ctx, &desc, NULL, &phantom, &diag), &diag, "phantom");
        bench_need(smp_phantom_get_map(phantom, SMP_PHANTOM_MASK, mask, &diag), &diag, "mask");
        const double share = covered(mask);
        if (fabs(share - SCALP_SHARE) < 0.004)
            break;
        desc.fill *= (float)sqrt(SCALP_SHARE / share);
    }
    return phantom;
}

void scene_make_frame(frame *f, uint32_t width, uint32_t height)
{
    const uint32_t factor = 4;
    smp_context *ctx;
    smp_diag diag;
    smp_grid mask;
    bench_need(smp_context_create(&ctx, NULL, &diag), &diag, "context");
    smp_phantom *phantom = make_phantom(ctx, width / factor, height / factor, &mask);
    f->photo = scene_picture(width, height, SMP_FORMAT_RGBA8);
    f->mask = scene_picture(width, height, SMP_FORMAT_GRAY8);
    enlarge(smp_phantom_image(phantom), &f->photo, factor);
    for (size_t i = 3; i < (size_t)width * height * 4; i += 4)
        ((unsigned char *)f->photo.data)[i] = 255;
    for (uint32_t y = 0; y < height; y++)
        for (uint32_t x = 0; x < width; x++)
            ((unsigned char *)f->mask.data)[(size_t)y * width + x] =
                (unsigned char)(255 * mask.data[y / factor * mask.stride + x / factor]);
    f->head = smp_phantom_head(phantom);
    f->camera = smp_phantom_camera(phantom);
    smp_camera_resize(&f->camera, factor, 0, 0);
    smp_phantom_destroy(&phantom);
    smp_context_destroy(&ctx);
}

void scene_drop_frame(frame *f)
{
    free(f->photo.data);
    free(f->mask.data);
}

void scene_make_setting(setting *s, const frame *f, uint32_t threads, smp_isa isa, float density)
{
    smp_context_desc desc;
    smp_plan_desc plan;
    smp_diag diag;
    memset(s, 0, sizeof *s);
    s->f = f;
    smp_context_desc_init(&desc);
    desc.isa = isa;
    if (threads > 1) {
        bench_need(smp_pool_create(&s->pool, threads, &diag), &diag, "pool");
        desc.runner = smp_pool_runner(s->pool);
    }
    bench_need(smp_context_create(&s->ctx, &desc, &diag), &diag, "context");
    smp_plan_desc_init(&plan);
    plan.density_per_cm2 = density;
    bench_need(smp_scalp_create(s->ctx, &f->photo, &f->camera, &f->head, &f->mask, NULL, NULL,
                                &s->scalp, &diag),
               &diag, "scalp");
    bench_need(smp_plan_create(s->ctx, &f->head, &plan, &s->plan, &diag), &diag, "plan");
    bench_need(smp_preview_create(s->ctx, s->scalp, s->plan, NULL, &s->preview, &diag), &diag,
               "preview");
    s->out = scene_picture(f->photo.width, f->photo.height, SMP_FORMAT_RGBA8);
    s->kept = scene_picture(f->photo.width, f->photo.height, SMP_FORMAT_RGBA8);
    memcpy(s->kept.data, f->photo.data, (size_t)f->photo.stride * f->photo.height);
}

void scene_drop_setting(setting *s)
{
    smp_preview_destroy(&s->preview);
    smp_plan_destroy(&s->plan);
    smp_scalp_destroy(&s->scalp);
    smp_context_destroy(&s->ctx);
    smp_pool_destroy(&s->pool);
    free(s->out.data);
    free(s->kept.data);
}

void scene_copy(void *user)
{
    const setting *s = user;
    memcpy(s->out.data, s->f->photo.data, (size_t)s->f->photo.stride * s->f->photo.height);
}

void scene_whole(void *user)
{
    setting *s = user;
    smp_diag diag;
    s->day += 1;
    bench_need(smp_preview_render(s->preview, s->day, NULL, &s->out, NULL, &diag), &diag, "render");
}

void scene_again(void *user)
{
    setting *s = user;
    smp_diag diag;
    const smp_rect bounds = smp_preview_bounds(s->preview);
    s->day += 1;
    bench_need(smp_preview_render(s->preview, s->day, &bounds, &s->kept, NULL, &diag), &diag,
               "render");
}

void scene_analyse(void *user)
{
    setting *s = user;
    smp_scalp *scalp;
    smp_diag diag;
    bench_need(smp_scalp_create(s->ctx, &s->f->photo, &s->f->camera, &s->f->head, NULL, NULL, NULL,
                                &scalp, &diag),
               &diag, "scalp");
    smp_scalp_destroy(&scalp);
}

uint32_t scene_seen(const setting *s, float *xy)
{
    const frame *f = s->f;
    const smp_dots_view view = smp_dots_arrays(smp_preview_dots(s->preview));
    const double *r = f->camera.rotation;
    uint32_t seen = 0;
    for (uint32_t i = 0; i < view.count; i++) {
        const double xyz[3] = {(double)view.x_mm[i], (double)view.y_mm[i], (double)view.z_mm[i]};
        double uv[2];
        if (!smp_camera_project(&f->camera, xyz, uv) || !(uv[0] >= 0 && uv[1] >= 0) ||
            uv[0] >= f->photo.width || uv[1] >= f->photo.height)
            continue;
        const double facing =
            r[6] * (double)view.nx[i] + r[7] * (double)view.ny[i] + r[8] * (double)view.nz[i];
        if (!(facing > 0.03) ||
            !((uint8_t *)f->mask.data)[(size_t)uv[1] * f->mask.width + (size_t)uv[0]])
            continue;
        if (xy) {
            xy[2 * seen] = (float)uv[0];
            xy[2 * seen + 1] = (float)uv[1];
        }
        seen++;
    }
    return seen;
}

float scene_fit_density(const frame *f, uint32_t dots)
{
    setting s;
    scene_make_setting(&s, f, 1, SMP_ISA_BEST, 100);
    const uint32_t seen = scene_seen(&s, NULL);
    scene_drop_setting(&s);
    const float density = 100.0f * (float)dots / (float)(seen ? seen : 1);
    return density < 1 ? 1 : density > 250 ? 250 : density;
}
