/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A whole tiny job from bytes: settings, a plan as JSON, then pixels (which are encoded first) or a
 * file; decode, read the scalp, plan, preview, render and layer, within a budget that the input
 * chooses. Pixels outside the bounds and of NaN never come out; nothing stays allocated. */
#include "fuzz.h"

#define LIMIT (UINT64_C(256) << 20)
#define SIDE 40

typedef struct job {
    smp_context *ctx;
    uint32_t flags, shape;
    double px_per_mm, day;
    smp_picture *picture;
    smp_scalp *scalp;
    smp_plan *plan;
    smp_preview *preview;
    smp_diag diag;
} job;

static int said(job *j, smp_status status)
{
    return fuzz_said(status, &j->diag);
}

/* The picture: bytes of a file, or pixels that are made into one. */
static int take_picture(job *j, fuzz_input *in)
{
    static uint8_t pixels[SIDE * SIDE * 4];
    smp_bytes *file = NULL;
    smp_image image;
    smp_decode_desc limits;
    smp_encode_desc desc;
    smp_decode_desc_init(&limits);
    limits.max_pixels = SIDE * SIDE;
    if (j->flags & 1)
        return said(j, smp_decode(j->ctx, in->data, in->size, &limits, &j->picture, &j->diag));
    const uint32_t width = 1 + fuzz_u8(in) % SIDE, height = 1 + fuzz_u8(in) % SIDE;
    const smp_format format = j->flags & 2 ? SMP_FORMAT_RGBA8 : SMP_FORMAT_RGB8;
    fuzz_take(in, pixels, sizeof pixels);
    for (size_t i = 0; i < sizeof pixels; i++)
        pixels[i] = (uint8_t)(pixels[i] + (i % 3 == 0 ? 205 : i % 3 == 1 ? 160 : 138));
    smp_encode_desc_init(&desc);
    desc.kind = j->flags & 4 ? SMP_FILE_JPEG : SMP_FILE_PNG;
    if (!said(j, smp_image_wrap(&image, pixels, width, height, 0, format, &j->diag)) ||
        !said(j, smp_encode(j->ctx, &image, &desc, NULL, &file, &j->diag)))
        return 0;
    size_t size;
    const uint8_t *bytes = smp_bytes_data(file, &size);
    const int good = said(j, smp_decode(j->ctx, bytes, size, &limits, &j->picture, &j->diag));
    FUZZ_NEED(good || j->diag.status == SMP_ERR_MEMORY || j->diag.status == SMP_ERR_LIMIT);
    smp_bytes_destroy(&file);
    return good;
}

static int take_plan(job *j, fuzz_input *in, const smp_head *head)
{
    const size_t wanted = fuzz_u8(in) << 8 | fuzz_u8(in);
    const size_t size = wanted < in->size ? wanted : in->size;
    smp_status status;
    if (size)
        status = smp_plan_from_json(j->ctx, (const char *)in->data, size, &j->plan, &j->diag);
    else
        status = smp_plan_create(j->ctx, head, NULL, &j->plan, &j->diag);
    in->data += size;
    in->size -= size;
    return said(j, status);
}

static int prepare(job *j, const smp_head *head)
{
    static const double origin[2] = {0, 0};
    const smp_image *image = smp_picture_image(j->picture);
    const smp_ellipse outline = {image->width / 2.0, image->height * 0.7, image->width * 0.4,
                                 image->height * 0.6, 0};
    smp_camera camera;
    smp_scalp_desc desc;
    smp_scalp_desc_init(&desc);
    desc.find_skin = j->flags >> 3 & 1;
    desc.find_hairs = j->flags >> 4 & 1;
    desc.density_mode = j->flags >> 5 & 1;
    const smp_status status =
        j->shape ? smp_camera_from_scale(&camera, j->px_per_mm, origin, &j->diag)
                 : smp_camera_from_ellipse(&camera, head, &outline, NULL, 0, &j->diag);
    return said(j, status) &&
           said(j, smp_scalp_create(j->ctx, image, &camera, head, j->flags & 64 ? image : NULL,
                                    &desc, NULL, &j->scalp, &j->diag)) &&
           said(j, smp_preview_create(j->ctx, j->scalp, j->plan, NULL, &j->preview, &j->diag));
}

static void show(job *j)
{
    const smp_image *photo = smp_picture_image(j->picture);
    const smp_rect box = smp_preview_bounds(j->preview);
    smp_image out = *photo, layer;
    FUZZ_NEED(box.x + box.width <= photo->width && box.y + box.height <= photo->height);
    const size_t row = (size_t)photo->width * smp_format_pixel_size((smp_format)photo->format);
    uint8_t *pixels = malloc(row * photo->height);
    float *share = malloc((size_t)photo->width * photo->height * 3 * sizeof *share);
    FUZZ_NEED(pixels && share);
    out.data = pixels;
    out.stride = (ptrdiff_t)row;
    const size_t pixel = row / photo->width;
    if (said(j, smp_preview_render(j->preview, j->day, NULL, &out, NULL, &j->diag)))
        for (uint32_t y = 0; y < photo->height; y++)
            for (uint32_t x = 0; x < photo->width; x++)
                if (y < box.y || y >= box.y + box.height || x < box.x || x >= box.x + box.width)
                    FUZZ_NEED(!memcmp(
                        pixels + y * row + x * pixel,
                        (uint8_t *)photo->data + (ptrdiff_t)y * photo->stride + x * pixel, pixel));
    FUZZ_NEED(smp_image_wrap(&layer, share, photo->width, photo->height, 0, SMP_FORMAT_RGBF32,
                             NULL) == SMP_OK);
    if (said(j, smp_preview_layer(j->preview, j->day, NULL, &layer, NULL, &j->diag)))
        for (size_t i = 0; i < (size_t)photo->width * photo->height * 3; i++)
            FUZZ_NEED(share[i] >= 0 && share[i] <= 1);
    free(pixels);
    free(share);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input in = {data, size};
    fuzz_memory memory;
    job j = {0};
    smp_head head;
    j.flags = fuzz_u8(&in);
    j.shape = fuzz_u8(&in) % 4 != 3;
    const uint32_t budget = fuzz_u8(&in);
    j.px_per_mm = fuzz_number(&in, 1, 8);
    j.day = fuzz_number(&in, -2, 4000);
    j.ctx = fuzz_context(&memory, 0xaa, LIMIT, budget < 128 ? 0 : (budget - 127ull) << 16);
    if (!j.ctx)
        return 0;
    smp_head_init(&head);
    if (j.shape) {
        head.shape = SMP_SHAPE_FLAT;
        head.width_mm = head.height_mm = 20;
    }
    if (take_plan(&j, &in, &head) && take_picture(&j, &in) &&
        smp_plan_get_head(j.plan, &head, NULL) == SMP_OK) {
        j.shape = head.shape;
        if (prepare(&j, &head))
            show(&j);
    }
    smp_preview_destroy(&j.preview);
    smp_scalp_destroy(&j.scalp);
    smp_plan_destroy(&j.plan);
    smp_picture_destroy(&j.picture);
    fuzz_context_end(&j.ctx, &memory);
    return 0;
}
