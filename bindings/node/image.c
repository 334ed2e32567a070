/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Pictures between JavaScript and C: { data, width, height, format, stride, alpha, space, icc }. */
#include <stdlib.h>
#include <string.h>

#include "addon.h"

static const char *const format_names[SMP_FORMAT_COUNT] = {"gray8", "rgb8",   "rgba8",  "bgra8",
                                                           "rgb16", "rgba16", "rgbf32", "rgbaf32"};

const char *format_name(uint32_t format)
{
    return format < SMP_FORMAT_COUNT ? format_names[format] : NULL;
}

int format_size_of(const smp_image *image)
{
    return (int)smp_format_pixel_size((smp_format)image->format);
}

size_t image_bytes(const smp_image *image)
{
    return (size_t)image->width * image->height * (size_t)format_size_of(image);
}

static int get_format(napi_env env, napi_value value, const char *name, uint32_t *format)
{
    char *text;
    if (is_missing(env, value))
        return bad(env,
                   "%s.format is missing: gray8, rgb8, rgba8, bgra8, rgb16, rgba16, rgbf32 or "
                   "rgbaf32",
                   name);
    if (!(text = get_text(env, value, "format", NULL)))
        return 0;
    for (uint32_t i = 0; i < SMP_FORMAT_COUNT; i++)
        if (!strcmp(text, format_names[i])) {
            *format = i;
            free(text);
            return 1;
        }
    bad(env,
        "%s.format is \"%.20s\", want gray8, rgb8, rgba8, bgra8, rgb16, rgba16, rgbf32 or rgbaf32",
        name, text);
    free(text);
    return 0;
}

int get_space(napi_env env, napi_value value, const char *name, smp_space *space)
{
    char *text;
    if (is_missing(env, value))
        return 1;
    if (!(text = get_text(env, value, name, NULL)))
        return 0;
    for (uint32_t i = 0; i < SMP_SPACE_COUNT; i++)
        if (!strcmp(text, smp_space_name((smp_space)i))) {
            *space = (smp_space)i;
            free(text);
            return 1;
        }
    bad(env, "%s is \"%.20s\", want srgb, display-p3, adobe-rgb, linear-srgb or linear-p3", name,
        text);
    free(text);
    return 0;
}

/* Anything but an Array of the right element size would be read wrongly: 16-bit and float pixels
 * must come as Uint16Array and Float32Array, or as bytes. */
static int check_items(napi_env env, napi_value data, const smp_image *image, const char *name)
{
    bool typed = false;
    napi_typedarray_type type;
    const uint32_t channels = smp_format_channels((smp_format)image->format);
    const int item = format_size_of(image) / (int)channels;
    napi_is_typedarray(env, data, &typed);
    if (!typed || napi_get_typedarray_info(env, data, &type, NULL, NULL, NULL, NULL) != napi_ok)
        return 1;
    if (type == napi_uint8_array || type == napi_uint8_clamped_array)
        return 1;
    if ((item == 2 && type == napi_uint16_array) || (item == 4 && type == napi_float32_array))
        return 1;
    return bad(env, "%s.data is not a Uint8Array or %s as %s wants", name,
               item == 4   ? "Float32Array"
               : item == 2 ? "Uint16Array"
                           : "Uint8ClampedArray",
               format_name(image->format));
}

static int get_alpha(napi_env env, napi_value value, smp_image *image)
{
    char *text;
    if (is_missing(env, value))
        return 1;
    if (!(text = get_text(env, value, "alpha", NULL)))
        return 0;
    const int straight = !strcmp(text, "straight"), multiplied = !strcmp(text, "premultiplied");
    free(text);
    image->alpha = multiplied ? SMP_ALPHA_PREMULTIPLIED : SMP_ALPHA_STRAIGHT;
    return straight || multiplied ? 1 : bad(env, "alpha must be straight or premultiplied");
}

int image_kind(napi_env env, napi_value format, napi_value alpha, smp_image *image)
{
    return (is_missing(env, format) || get_format(env, format, "image", &image->format)) &&
           get_alpha(env, alpha, image);
}

/* Only what lies inside the array may be touched. */
static int check_reach(napi_env env, const smp_image *image, size_t size, const char *name)
{
    const size_t row = (size_t)image->width * (size_t)format_size_of(image);
    const size_t need = (size_t)image->stride * (image->height - 1) + row;
    if (need <= size)
        return 1;
    return bad(env, "%s.data holds %zu bytes, %u x %u %s with a stride of %td needs %zu", name,
               size, image->width, image->height, format_name(image->format), image->stride, need);
}

int image_view(napi_env env, napi_value object, const char *name, smp_image *image)
{
    napi_value data = property(env, object, "data"), stride = property(env, object, "stride");
    napi_value icc = property(env, object, "icc");
    uint32_t width = 0, height = 0, format = 0, step = 0;
    void *pixels = NULL, *profile = NULL;
    size_t size = 0;
    smp_space space = SMP_SPACE_SRGB;
    smp_diag diag;
    if (is_missing(env, object))
        return bad(env, "%s is missing", name);
    if (!get_bytes(env, data, "data", &pixels, &size) ||
        !get_u32(env, property(env, object, "width"), "width", &width) ||
        !get_u32(env, property(env, object, "height"), "height", &height) ||
        !get_format(env, property(env, object, "format"), name, &format) ||
        (!is_missing(env, stride) && !get_u32(env, stride, "stride", &step)))
        return 0;
    const smp_status status = smp_image_wrap(image, pixels ? pixels : (void *)&size, width, height,
                                             (ptrdiff_t)step, (smp_format)format, &diag);
    if (status != SMP_OK) {
        error_throw(env, status, &diag);
        return 0;
    }
    space = (smp_space)image->space;
    if (!check_items(env, data, image, name) || !check_reach(env, image, size, name) ||
        !get_alpha(env, property(env, object, "alpha"), image) ||
        !get_space(env, property(env, object, "space"), "space", &space))
        return 0;
    image->space = space;
    if (!is_missing(env, icc) && !get_bytes(env, icc, "icc", &profile, &image->icc_size))
        return 0;
    image->icc = profile;
    return 1;
}

int image_copy(napi_env env, napi_value object, const char *name, smp_image *image)
{
    smp_image view;
    unsigned char *memory;
    memset(image, 0, sizeof *image);
    if (is_missing(env, object))
        return 1;
    if (!image_view(env, object, name, &view))
        return 0;
    const size_t row = (size_t)view.width * (size_t)format_size_of(&view);
    memory = malloc(row * view.height + view.icc_size);
    if (!memory) {
        error_throw(env, SMP_ERR_MEMORY, NULL);
        return 0;
    }
    for (uint32_t y = 0; y < view.height; y++)
        memcpy(memory + y * row, (unsigned char *)view.data + (ptrdiff_t)y * view.stride, row);
    *image = view;
    image->data = memory;
    image->stride = (ptrdiff_t)row;
    image->icc = NULL;
    if (view.icc_size) {
        memcpy(memory + row * view.height, view.icc, view.icc_size);
        image->icc = memory + row * view.height;
    }
    return 1;
}

void image_free(smp_image *image)
{
    free(image->data);
    memset(image, 0, sizeof *image);
}

/* ---- out ---------------------------------------------------------------------------------- */

typedef struct gift {
    void *owner;
    release_fn *release;
} gift;

static void release_gift(napi_env env, void *data, void *hint)
{
    gift *g = hint;
    (void)env;
    (void)data;
    g->release(g->owner);
    free(g);
}

/* An ArrayBuffer on native memory; where the engine allows none, a copy. */
static napi_value buffer_make(napi_env env, void *data, size_t size, void *owner,
                              release_fn *release)
{
    napi_value buffer = NULL;
    void *copy = NULL;
    gift *g = size ? malloc(sizeof *g) : NULL;
    if (g) {
        *g = (gift){owner, release};
        if (napi_create_external_arraybuffer(env, data, size, release_gift, g, &buffer) == napi_ok)
            return buffer;
        free(g);
    }
    if (fine(env, napi_create_arraybuffer(env, size, &copy, &buffer)) && size)
        memcpy(copy, data, size);
    release(owner);
    return buffer;
}

napi_value bytes_make(napi_env env, void *data, size_t size, void *owner, release_fn *release)
{
    napi_value buffer = buffer_make(env, data, size, owner, release), list = NULL;
    if (buffer)
        napi_create_typedarray(env, napi_uint8_array, size, buffer, 0, &list);
    return list;
}

napi_value image_make(napi_env env, const smp_image *image, void *owner, release_fn *release)
{
    const uint32_t channels = smp_format_channels((smp_format)image->format);
    const size_t size = (size_t)image->stride * (image->height - 1) +
                        (size_t)image->width * (size_t)format_size_of(image);
    const size_t item = (size_t)format_size_of(image) / channels;
    napi_value object = NULL, buffer, list = NULL, icc = NULL;
    smp_image kept = *image;
    napi_create_object(env, &object);
    if (image->icc_size) {
        void *copy = NULL;
        napi_value memory = NULL;
        napi_create_arraybuffer(env, image->icc_size, &copy, &memory);
        memcpy(copy, image->icc, image->icc_size);
        napi_create_typedarray(env, napi_uint8_array, image->icc_size, memory, 0, &icc);
    }
    buffer = buffer_make(env, image->data, size, owner, release);
    if (!buffer)
        return NULL;
    napi_create_typedarray(env,
                           item == 4   ? napi_float32_array
                           : item == 2 ? napi_uint16_array
                                       : napi_uint8_array,
                           size / item, buffer, 0, &list);
    put(env, object, "data", list);
    put(env, object, "width", number_of(env, kept.width));
    put(env, object, "height", number_of(env, kept.height));
    put(env, object, "stride", number_of(env, (double)kept.stride));
    put(env, object, "channels", number_of(env, channels));
    put(env, object, "format", text_of(env, format_name(kept.format)));
    put(env, object, "alpha",
        text_of(env, kept.alpha == SMP_ALPHA_PREMULTIPLIED ? "premultiplied" : "straight"));
    put(env, object, "space", text_of(env, smp_space_name((smp_space)kept.space)));
    put(env, object, "icc", icc);
    return object;
}
