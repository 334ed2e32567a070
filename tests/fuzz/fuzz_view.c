/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Views and descriptors with wild numbers. Views of wild sizes and strides are refused or stay
 * within their memory, which is exactly as large as they say; descriptors of any length and content
 * are read and written within their struct_size, and the plan stays usable. */
#include "fuzz.h"

#define LIMIT (UINT64_C(64) << 20)
#define ROOM 65536

/* ---- views ----------------------------------------------------------------------------------- */

typedef struct view {
    smp_image image;
    uint8_t *whole;
    size_t size;
} view;

static const uint32_t sides[] = {0, 1, 2, 3, 17, 64, 65535, 65536, 0x7fffffff, 0xffffffff};

static uint32_t take_side(fuzz_input *in)
{
    const uint32_t v = fuzz_u8(in);
    return v < 128 ? 1 + v % 40 : sides[v % 10];
}

/* 1 when it was accepted and fits into ROOM bytes. */
static int take_view(fuzz_input *in, view *v)
{
    static const ptrdiff_t strides[] = {0, 1, -1, PTRDIFF_MAX, PTRDIFF_MIN, -3, 65536, 7};
    const uint32_t w = take_side(in), h = take_side(in), format = fuzz_u8(in) % 9;
    const uint32_t pixel = smp_format_pixel_size((smp_format)format), how = fuzz_u8(in);
    const uint64_t row = (uint64_t)w * pixel;
    ptrdiff_t stride = strides[how % 8];
    smp_diag diag;
    uint8_t dummy = 0;
    v->whole = NULL;
    if (how >= 64)
        stride = (ptrdiff_t)(row % (1u << 20)) + (ptrdiff_t)(how % 3) * 4;
    if (how & 1)
        stride = stride == PTRDIFF_MIN ? stride : -stride;
    smp_status status = smp_image_wrap(&v->image, &dummy, w, h, stride, (smp_format)format, &diag);
    if (!fuzz_said(status, &diag))
        return 0;
    const uint64_t step = (uint64_t)(v->image.stride < 0 ? -v->image.stride : v->image.stride);
    FUZZ_NEED(step >= row && w >= 1 && w <= 65535 && h >= 1 && h <= 65535);
    if (step > ROOM || step * (h - 1) + row > ROOM)
        return 0;
    v->size = (size_t)(step * (h - 1) + row);
    v->whole = malloc(v->size);
    FUZZ_NEED(v->whole);
    for (size_t i = 0; i < v->size; i += 64)
        fuzz_take(in, v->whole + i, v->size - i < 64 ? v->size - i : 64);
    v->image.data = v->whole + (v->image.stride < 0 ? step * (h - 1) : 0);
    v->image.alpha = how >> 4 & 1;
    v->image.space = how >> 2 & 7;
    return 1;
}

static void codec(fuzz_input *in, const smp_context *ctx, const smp_image *image)
{
    smp_encode_desc desc;
    smp_bytes *file = NULL;
    smp_picture *picture = NULL;
    smp_diag diag;
    size_t size;
    char comment[32];
    fuzz_take(in, comment, sizeof comment - 1);
    comment[sizeof comment - 1] = 0;
    smp_encode_desc_init(&desc);
    desc.kind = fuzz_u8(in) % 4;
    desc.quality = fuzz_u8(in);
    desc.effort = fuzz_u8(in) % 11;
    const smp_metadata metadata = {image->data, fuzz_u8(in) % 4, comment, {0}};
    const smp_status status = smp_encode(ctx, image, &desc, &metadata, &file, &diag);
    FUZZ_NEED(fuzz_said(status, &diag) == (file != NULL));
    if (file) {
        const uint8_t *bytes = smp_bytes_data(file, &size);
        FUZZ_NEED(smp_decode(ctx, bytes, size, NULL, &picture, &diag) == SMP_OK);
        FUZZ_NEED(smp_picture_image(picture)->width == image->width);
        FUZZ_NEED(smp_picture_image(picture)->height == image->height);
    }
    smp_picture_destroy(&picture);
    smp_bytes_destroy(&file);
}

static void views(fuzz_input *in, const smp_context *ctx)
{
    view a, b;
    smp_diag diag;
    const int good = take_view(in, &a), other = take_view(in, &b);
    if (good) {
        codec(in, ctx, &a.image);
        if (other)
            fuzz_said(smp_image_copy(&a.image, &b.image, &diag), &diag);
        b.image = a.image; /* the same size in another format, so that copies are made */
        b.image.format = fuzz_u8(in) % 9;
        b.image.stride =
            (ptrdiff_t)a.image.width * smp_format_pixel_size((smp_format)b.image.format);
        uint8_t *out = malloc((size_t)b.image.stride * a.image.height + 1);
        FUZZ_NEED(out);
        b.image.data = out;
        fuzz_said(smp_image_copy(&a.image, &b.image, &diag), &diag);
        free(out);
    }
    free(a.whole);
    if (other)
        free(b.whole);
}

/* ---- descriptors ----------------------------------------------------------------------------- */

typedef void init_fn(void *desc, size_t size);
#define INIT(name)                                   \
    static void init_##name(void *desc, size_t size) \
    {                                                \
        smp_##name##_init_sized(desc, size);         \
    }
INIT(plan_desc)
INIT(head)
INIT(hairline_desc)
INIT(session_desc)
INIT(zone_desc)
INIT(pattern_desc)
INIT(event_desc)
INIT(life_desc)
INIT(pigment)
INIT(skin)

static const struct {
    init_fn *init;
    size_t size;
} kinds[] = {{init_plan_desc, sizeof(smp_plan_desc)},
             {init_head, sizeof(smp_head)},
             {init_hairline_desc, sizeof(smp_hairline_desc)},
             {init_session_desc, sizeof(smp_session_desc)},
             {init_zone_desc, sizeof(smp_zone_desc)},
             {init_pattern_desc, sizeof(smp_pattern_desc)},
             {init_event_desc, sizeof(smp_event_desc)},
             {init_life_desc, sizeof(smp_life_desc)},
             {init_pigment, sizeof(smp_pigment)},
             {init_skin, sizeof(smp_skin)}};

static smp_status set(const smp_context *ctx, smp_plan *plan, uint32_t kind, const void *desc,
                      smp_diag *diag)
{
    static const double corners[] = {0, 130, 10, 30, 125, 10, 0, 120, 60};
    smp_plan *other = NULL;
    float rgb[3];
    smp_status status = SMP_OK;
    switch (kind) {
    case 0:
        status = smp_plan_set(plan, desc, diag);
        break;
    case 1:
        status = smp_plan_create(ctx, desc, NULL, &other, diag);
        break;
    case 2:
        status = smp_plan_set_hairline(plan, desc, diag);
        break;
    case 3:
        status = smp_plan_set_sessions(plan, desc, 1, diag);
        break;
    case 4:
        status = smp_plan_add_zone(plan, desc, corners, 3, NULL, diag);
        break;
    case 5:
        status = smp_plan_set_pattern(plan, desc, diag);
        break;
    case 6:
        status = smp_plan_set_events(plan, desc, 1, diag);
        break;
    case 7:
        status = smp_plan_set_life(plan, desc, diag);
        break;
    case 8:
        status = smp_plan_set_pigment(plan, desc, diag);
        break;
    default:
        status = smp_skin_color(desc, SMP_SPACE_SRGB, rgb, diag);
        break;
    }
    smp_plan_destroy(&other);
    return status;
}

static smp_status get(const smp_plan *plan, uint32_t kind, void *desc, smp_diag *diag)
{
    switch (kind) {
    case 0:
        return smp_plan_get(plan, desc, diag);
    case 1:
        return smp_plan_get_head(plan, desc, diag);
    case 2:
        return smp_plan_get_hairline(plan, desc, diag);
    case 3:
        return smp_plan_get_session(plan, 0, desc, diag);
    case 4:
        return smp_plan_get_zone(plan, 1, desc, NULL, diag);
    case 5:
        return smp_plan_get_pattern(plan, desc, diag);
    case 6:
        return smp_plan_get_event(plan, 0, desc, diag);
    case 7:
        return smp_plan_get_life(plan, desc, diag);
    case 8:
        return smp_plan_get_pigment(plan, 0, desc, diag);
    default:
        memset(diag, 0, sizeof *diag);
        return SMP_OK;
    }
}

static void descriptors(fuzz_input *in, const smp_context *ctx)
{
    static const double point[3] = {0, 110, 60};
    smp_plan *plan = NULL;
    smp_bytes *text = NULL;
    smp_diag diag;
    smp_head head;
    smp_head_init(&head);
    head.shape = fuzz_u8(in) % 32 ? SMP_SHAPE_FLAT : SMP_SHAPE_ELLIPSOID; /* heads take long */
    FUZZ_NEED(smp_plan_create(ctx, &head, NULL, &plan, &diag) == SMP_OK);
    for (int steps = 0; in->size && steps < 12; steps++) {
        const uint32_t what = fuzz_u8(in), kind = what % 10, edits = fuzz_u8(in) % 4;
        uint32_t size = what & 128 ? fuzz_u8(in) : (uint32_t)kinds[kind].size;
        uint8_t *desc = malloc(size < 4 ? 4 : size);
        FUZZ_NEED(desc);
        memset(desc, 0xa5, size < 4 ? 4 : size);
        kinds[kind].init(desc, size);
        for (uint32_t i = 0; i < edits && size >= 8; i++) {
            const uint32_t at = 4 + 4 * (fuzz_u8(in) % ((size - 4) / 4)), mode = fuzz_u8(in);
            const float number = (float)fuzz_number(in, -2, mode);
            const uint32_t word = mode & 1 ? fuzz_u8(in) : fuzz_u32(in);
            memcpy(desc + at, mode & 2 ? (const void *)&number : (const void *)&word, 4);
        }
        memcpy(desc, &size, 4);
        fuzz_said(set(ctx, plan, kind, desc, &diag), &diag);
        fuzz_said(get(plan, kind, desc, &diag), &diag);
        free(desc);
    }
    const double density = smp_plan_density(plan, point);
    FUZZ_NEED(density >= 0 && density <= 1000);
    const smp_status status = smp_plan_to_json(ctx, plan, &text, &diag);
    FUZZ_NEED(fuzz_said(status, &diag));
    smp_bytes_destroy(&text);
    smp_plan_destroy(&plan);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input in = {data, size};
    fuzz_memory memory;
    smp_context *ctx = fuzz_context(&memory, 0xaa, LIMIT, 0);
    if (fuzz_u8(&in) & 1)
        views(&in, ctx);
    else
        descriptors(&in, ctx);
    fuzz_context_end(&ctx, &memory);
    return 0;
}
