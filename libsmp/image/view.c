/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Views of pixels that the caller owns: made, checked, copied. */
#include <string.h>

#include "base/diag.h"
#include "base/guard.h"
#include "image/rows.h"

#define SIDE_MAX 65535u
#define CHUNK 256u /* pixels converted at a time: 4 KiB of stack */

static const uint8_t channel_count[SMP_FORMAT_COUNT] = {1, 3, 4, 4, 3, 4, 3, 4};
static const uint8_t channel_size[SMP_FORMAT_COUNT] = {1, 1, 1, 1, 2, 2, 4, 4};

uint32_t smp_format_pixel_size(smp_format format)
{
    return (uint32_t)format < SMP_FORMAT_COUNT
               ? (uint32_t)channel_count[format] * channel_size[format]
               : 0;
}

uint32_t smp_format_channels(smp_format format)
{
    return (uint32_t)format < SMP_FORMAT_COUNT ? channel_count[format] : 0;
}

static smp_status check_shape(const smp_image *image, const char *what, smp_diag *diag)
{
    if (!image->data)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "%s: data is NULL", what);
    if (image->width < 1 || image->width > SIDE_MAX || image->height < 1 ||
        image->height > SIDE_MAX)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "%s is %u x %u, want sides of 1 to 65535", what,
                         image->width, image->height);
    if (image->format >= SMP_FORMAT_COUNT)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "%s: format is %u, want 0 to %d", what,
                         image->format, SMP_FORMAT_COUNT - 1);
    uint32_t unit = channel_size[image->format];
    ptrdiff_t row = (ptrdiff_t)(image->width * smp_format_pixel_size((smp_format)image->format));
    if (image->stride > PTRDIFF_MAX / (ptrdiff_t)SIDE_MAX ||
        image->stride < -(PTRDIFF_MAX / (ptrdiff_t)SIDE_MAX) ||
        (image->stride < row && image->stride > -row))
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "%s: stride is %td bytes, a row has %td", what,
                         image->stride, row);
    if (image->stride % (ptrdiff_t)unit != 0 || (uintptr_t)image->data % unit != 0)
        return smpi_fail(diag, SMP_ERR_ARGUMENT,
                         "%s: data and stride (%td bytes) must be multiples of %u bytes", what,
                         image->stride, unit);
    return SMP_OK;
}

smp_status smpi_image_check(const smp_image *image, const char *what, smp_diag *diag)
{
    if (!image)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "%s is NULL", what);
    SMPI_TRY(check_shape(image, what, diag));
    if (image->alpha >= SMP_ALPHA_COUNT)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "%s: alpha is %u, want 0 or 1", what,
                         image->alpha);
    if (image->space >= SMP_SPACE_COUNT)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "%s: space is %u, want 0 to %d", what,
                         image->space, SMP_SPACE_COUNT - 1);
    if (!image->icc != !image->icc_size)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "%s: icc is %s, but icc_size is %zu", what,
                         image->icc ? "set" : "NULL", image->icc_size);
    uint64_t rest = image->reserved0;
    for (int i = 0; i < 4; i++)
        rest |= image->reserved[i];
    if (rest)
        return smpi_fail(diag, SMP_ERR_ARGUMENT,
                         "%s: a reserved field is not 0: call smp_image_wrap", what);
    return SMP_OK;
}

smp_status smp_image_wrap(smp_image *image, void *data, uint32_t width, uint32_t height,
                          ptrdiff_t stride, smp_format format, smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(image, diag);
    *image = (smp_image){.data = data,
                         .width = width,
                         .height = height,
                         .stride = stride,
                         .format = (uint32_t)format,
                         .space = SMP_SPACE_SRGB};
    if (format == SMP_FORMAT_RGBF32 || format == SMP_FORMAT_RGBAF32)
        image->space = SMP_SPACE_LINEAR_SRGB;
    if (!stride && width <= SIDE_MAX)
        image->stride = (ptrdiff_t)(width * smp_format_pixel_size(format));
    return smpi_image_check(image, "image", diag);
}

/* Colour under alpha 0 cannot be kept when it is multiplied. */
static void hide_transparent(float *rgb, const float *alpha, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (alpha[i] == 0.0f)
            memset(rgb + 3 * (size_t)i, 0, 3 * sizeof *rgb);
}

static void copy_row(const smp_image *from, const smp_image *to, uint32_t y)
{
    float rgb[3 * CHUNK], alpha[CHUNK];
    int hide = to->alpha == SMP_ALPHA_PREMULTIPLIED && from->alpha != to->alpha &&
               smpi_format_has_alpha(to->format);
    for (uint32_t x = 0; x < from->width; x += CHUNK) {
        uint32_t n = from->width - x < CHUNK ? from->width - x : CHUNK;
        smpi_rows_get(from, y, x, n, rgb, alpha);
        if (hide)
            hide_transparent(rgb, alpha, n);
        smpi_rows_put(to, y, x, n, rgb, alpha);
    }
}

SMPI_APART smp_status image_copy_guarded(const smp_image *from, const smp_image *to, smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_TRY(smpi_image_check(from, "from", diag));
    SMPI_TRY(smpi_image_check(to, "to", diag));
    if (from->width != to->width || from->height != to->height)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "from is %u x %u but to is %u x %u", from->width,
                         from->height, to->width, to->height);
    if (from->space != to->space)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "from has colour space %u but to has %u",
                         from->space, to->space);
    size_t row = (size_t)from->width * smp_format_pixel_size((smp_format)from->format);
    int same = from->format == to->format &&
               (from->alpha == to->alpha || !smpi_format_has_alpha(from->format));
    for (uint32_t y = 0; y < from->height; y++) {
        if (same)
            memmove(smpi_image_row(to, y), smpi_image_row(from, y), row);
        else
            copy_row(from, to, y);
    }
    return SMP_OK;
}

smp_status smp_image_copy(const smp_image *from, const smp_image *to, smp_diag *diag)
{
    SMPI_GUARD(smp_status, image_copy_guarded(from, to, diag));
}
