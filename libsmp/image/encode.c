/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Pictures to files in memory: what is written, in which space, with which profile. */
#include <string.h>

#include "base/context.h"
#include "base/diag.h"
#include "base/fields.h"
#include "base/guard.h"
#include "image/exif.h"
#include "image/file_rows.h"
#include "image/icc.h"
#include "image/rows.h"
#include "image/write.h"

#define CHUNK 256u /* pixels converted at a time */

static const char *const kind_names[] = {"", "jpeg", "png", NULL};

static const smp_field encode_fields[] = {
    SMPI_FIELD_HEAD(smp_encode_desc),
    SMPI_FIELD_ENUM(smp_encode_desc, kind, kind_names, SMP_FILE_PNG, SMP_FILE_PNG,
                    "The kind of file: JPEG or PNG."),
    SMPI_FIELD(smp_encode_desc, quality, "", 1.0, 100.0, 92.0, "JPEG quality."),
    SMPI_FIELD(smp_encode_desc, effort, "", 1.0, 9.0, 6.0, "PNG compression, from fast to small."),
};
SMPI_DEFINE_FIELDS(smp_encode_desc, encode_fields)

static smp_format file_format(const smp_image *image, uint32_t kind)
{
    int jpeg = kind == SMP_FILE_JPEG;
    switch ((smp_format)image->format) {
    case SMP_FORMAT_GRAY8: /* the JPEG coder writes three components at any rate */
        return jpeg ? SMP_FORMAT_RGB8 : SMP_FORMAT_GRAY8;
    case SMP_FORMAT_RGBA8:
    case SMP_FORMAT_BGRA8:
        return jpeg ? SMP_FORMAT_RGB8 : SMP_FORMAT_RGBA8;
    case SMP_FORMAT_RGB16:
    case SMP_FORMAT_RGBF32:
        return jpeg ? SMP_FORMAT_RGB8 : SMP_FORMAT_RGB16;
    case SMP_FORMAT_RGBA16:
    case SMP_FORMAT_RGBAF32:
        return jpeg ? SMP_FORMAT_RGB8 : SMP_FORMAT_RGBA16;
    default:
        return SMP_FORMAT_RGB8;
    }
}

/* Whether a row of 8 bits is opaque, without a conversion; others are looked at pixel by pixel. */
static int is_opaque_row(const smp_image *image, uint32_t y)
{
    const uint8_t *row = smpi_image_row(image, y);
    uint8_t all = 255;
    if (image->format != SMP_FORMAT_RGBA8 && image->format != SMP_FORMAT_BGRA8)
        return 0;
    for (uint32_t x = 0; x < image->width; x++)
        all &= row[4 * (size_t)x + 3];
    return all == 255;
}

static smp_status check_opaque(const smp_image *image, smp_diag *diag)
{
    float rgb[3 * CHUNK], alpha[CHUNK];
    if (!smpi_format_has_alpha(image->format))
        return SMP_OK;
    for (uint32_t y = 0; y < image->height; y++) {
        if (is_opaque_row(image, y))
            continue;
        for (uint32_t x = 0; x < image->width; x += CHUNK) {
            uint32_t n = image->width - x < CHUNK ? image->width - x : CHUNK;
            smpi_rows_get(image, y, x, n, rgb, alpha);
            for (uint32_t i = 0; i < n; i++)
                if (!(alpha[i] >= 1.0f))
                    return smpi_fail(diag, SMP_ERR_ARGUMENT,
                                     "alpha is %g at %u, %u, but JPEG must be opaque: write PNG",
                                     (double)alpha[i], x + i, y);
        }
    }
    return SMP_OK;
}

static smp_status check_metadata(const smp_metadata *m, uint32_t kind, smp_diag *diag)
{
    smpi_exif facts;
    uint64_t rest = 0;
    for (int i = 0; i < 4; i++)
        rest |= m->reserved[i];
    if (rest)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "metadata: a reserved field is not 0");
    if (!m->exif != !m->exif_size)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "exif is %s, but exif_size is %zu",
                         m->exif ? "set" : "NULL", m->exif_size);
    if (m->exif && !smpi_exif_read((smpi_span){m->exif, m->exif_size}, &facts))
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "exif is not a TIFF-formatted block");
    if (m->exif_size > (kind == SMP_FILE_JPEG ? 65527u : 0x7fffffffu))
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "exif has %zu bytes, more than a file can hold",
                         m->exif_size);
    if (m->comment && strlen(m->comment) > (kind == SMP_FILE_JPEG ? 65533u : 0x7ffffff0u))
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "comment has %zu bytes, more than a file can hold",
                         strlen(m->comment));
    return SMP_OK;
}

/* The image's own profile unless it is of the other colour model, or one made in `made` when the
 * space needs it. */
static smp_status choose_profile(smpi_encoding *e, uint8_t made[SMPI_ICC_MADE])
{
    const smp_image *image = e->image;
    smp_space space = smpi_file_space(image->space);
    int gray = e->format == SMP_FORMAT_GRAY8, linear = space != (smp_space)image->space;
    smpi_span own = {image->icc, image->icc_size};
    uint32_t model = 0;
    if (own.size)
        (void)smpi_icc_recognise(&own, 1, &model);
    if (own.size && !linear && (model == SMPI_ICC_GRAY) == gray) {
        size_t most = e->desc.kind == SMP_FILE_JPEG ? 255u * 65519u : 0x7f000000u;
        if (image->icc_size > most)
            return smpi_fail(e->diag, SMP_ERR_LIMIT, "the profile has %zu bytes, more than %zu",
                             image->icc_size, most);
        e->icc = own;
        return SMP_OK;
    }
    e->srgb = space == SMP_SPACE_SRGB || (gray && space == SMP_SPACE_DISPLAY_P3);
    if (!e->srgb)
        e->icc = (smpi_span){made, smpi_icc_make(space, gray, made)};
    return SMP_OK;
}

SMPI_APART smp_status encode_guarded(const smp_context *ctx, const smp_image *image,
                                     const smp_encode_desc *desc, const smp_metadata *metadata,
                                     smp_bytes **bytes, smp_diag *diag)
{
    smpi_encoding e = {.ctx = ctx, .image = image, .diag = diag};
    uint8_t made[SMPI_ICC_MADE];
    smpi_diag_clear(diag);
    SMPI_NEED(bytes, diag);
    *bytes = NULL;
    SMPI_NEED(ctx, diag);
    SMPI_TRY(smpi_image_check(image, "image", diag));
    SMPI_TRY(smpi_desc_read(&e.desc, sizeof e.desc, desc, encode_fields, SMPI_COUNT(encode_fields),
                            diag));
    e.format = file_format(image, e.desc.kind);
    if (metadata) {
        SMPI_TRY(check_metadata(metadata, e.desc.kind, diag));
        e.exif = (smpi_span){metadata->exif, metadata->exif_size};
        e.comment = metadata->comment;
    }
    SMPI_TRY(choose_profile(&e, made));
    if (e.desc.kind == SMP_FILE_PNG)
        return smpi_png_write(&e, bytes);
    SMPI_TRY(check_opaque(image, diag));
    return smpi_jpeg_write(&e, bytes);
}

smp_status smp_encode(const smp_context *ctx, const smp_image *image, const smp_encode_desc *desc,
                      const smp_metadata *metadata, smp_bytes **bytes, smp_diag *diag)
{
    SMPI_GUARD(smp_status, encode_guarded(ctx, image, desc, metadata, bytes, diag));
}
