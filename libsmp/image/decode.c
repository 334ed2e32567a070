/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A file in memory becomes a picture: limits first, then pixels, orientation, profile. */
#include <string.h>

#include "base/context.h"
#include "base/diag.h"
#include "base/fields.h"
#include "base/guard.h"
#include "image/header.h"
#include "image/orient.h"
#include "image/pack.h"
#include "image/read_png.h"
#include "image/stb.h"
#include "image/turbo.h"

/* libjpeg-turbo writes rows that begin at a multiple of 32 bytes past the cache, from which they
 * are read at once: 7 % of the time to decode on the machine of docs/bench.md. */
#define TURBO_SHIFT 16u

static const smp_field decode_fields[] = {
    SMPI_FIELD_HEAD(smp_decode_desc),
    SMPI_FIELD(smp_decode_desc, max_side, "px", 1.0, 65535.0, 32768.0,
               "Longest side that is decoded; larger pictures are refused."),
    SMPI_FIELD(smp_decode_desc, max_pixels, "px", 1.0, 4294967296.0, 268435456.0,
               "Largest area that is decoded; larger pictures are refused."),
    SMPI_FIELD_BOOL(smp_decode_desc, keep_exif, 0.0,
                    "Make the raw Exif block available from the picture."),
    SMPI_FIELD_BOOL(smp_decode_desc, ignore_orientation, 0.0, "Leave pixels as they are stored."),
};
SMPI_DEFINE_FIELDS(smp_decode_desc, decode_fields)

struct smp_picture {
    const smp_context *ctx;
    smp_image image;
    smp_file_info info;
    void *decoded;   /* pixels as stb gave them, or NULL */
    uint8_t *pixels; /* memory of ours that holds pixels, or NULL */
    size_t pixels_size;
    uint8_t *icc, *exif;
    size_t icc_room, exif_size;
};

static smp_status check_limits(const smp_context *ctx, const smp_file_info *info,
                               const smp_decode_desc *desc, smp_diag *diag)
{
    uint64_t pixels = (uint64_t)info->width * info->height;
    if (info->width > desc->max_side || info->height > desc->max_side)
        return smpi_fail(diag, SMP_ERR_LIMIT, "the picture is %u x %u, more than max_side %u",
                         info->width, info->height, desc->max_side);
    if (pixels > desc->max_pixels)
        return smpi_fail(diag, SMP_ERR_LIMIT, "the picture is %u x %u, more than max_pixels %llu",
                         info->width, info->height, (unsigned long long)desc->max_pixels);
    if (info->decode_bytes > SIZE_MAX / 2 || info->decode_bytes > smpi_memory_left(ctx))
        return smpi_fail(diag, SMP_ERR_LIMIT,
                         "decoding %u x %u may hold %llu bytes, more than the memory budget leaves",
                         info->width, info->height, (unsigned long long)info->decode_bytes);
    return SMP_OK;
}

static smp_status decode_pixels(smp_picture *p, const uint8_t *bytes, size_t size,
                                const smpi_header *header, smp_diag *diag)
{
    uint32_t pixel = smp_format_pixel_size((smp_format)p->info.format);
    smpi_stb_wish wish = {.width = header->stored_width,
                          .height = header->stored_height,
                          .channels = header->channels,
                          .wide = pixel > header->channels,
                          .limit = p->info.decode_bytes};
    if (p->info.kind == SMP_FILE_JPEG && smpi_turbo_bound(1, 1, 90)) {
        p->pixels_size = (size_t)wish.width * wish.height * pixel + TURBO_SHIFT;
        SMPI_TRY(smpi_new(p->ctx, &p->pixels, p->pixels_size, 1, "pixels", diag));
        p->image.data = p->pixels + TURBO_SHIFT;
        if (smpi_turbo_decode(bytes, size, &wish, p->image.data))
            return SMP_OK;
        smpi_free(p->ctx, p->pixels, p->pixels_size);
        p->pixels = NULL;
    }
    if (p->info.kind == SMP_FILE_PNG) {
        smpi_png_pixels png;
        SMPI_TRY(smpi_png_read(p->ctx, header, &png, diag));
        p->pixels = png.block;
        p->pixels_size = png.room;
        p->image.data = png.pixels;
        if (png.pixels)
            return SMP_OK;
    }
    SMPI_TRY(smpi_stb_decode(p->ctx, bytes, size, &wish, &p->decoded, diag));
    p->image.data = p->decoded;
    return SMP_OK;
}

static smp_status turn_upright(smp_picture *p, const smpi_header *header, smp_diag *diag)
{
    const uint32_t pixel = smp_format_pixel_size((smp_format)p->info.format);
    const size_t size = (size_t)header->stored_width * header->stored_height * pixel;
    uint8_t *upright;
    SMPI_TRY(smpi_new(p->ctx, &upright, size, 1, "upright pixels", diag));
    smpi_orient(p->image.data, upright, header->stored_width, header->stored_height, pixel,
                header->info.orientation);
    smpi_stb_free(p->ctx, p->decoded);
    smpi_free(p->ctx, p->pixels, p->pixels_size);
    p->decoded = NULL;
    p->pixels = upright;
    p->pixels_size = size;
    p->image.data = upright;
    return SMP_OK;
}

/* Unpacks a PNG's profile into as much room as it takes, up to the cap; a larger or damaged one is
 * left out. */
static smp_status unpack_profile(smp_picture *p, smpi_span packed, smp_diag *diag)
{
    for (size_t room = 4096; room <= SMPI_ICC_MAX; room *= 4) {
        int whole = 0;
        SMPI_TRY(smpi_new(p->ctx, &p->icc, room, 1, "profile", diag));
        p->icc_room = room;
        size_t n = smpi_unpack(packed, p->icc, room, &whole);
        if (whole) {
            p->image.icc = n ? p->icc : NULL;
            p->image.icc_size = n;
            return SMP_OK;
        }
        smpi_free(p->ctx, p->icc, room);
        p->icc = NULL;
    }
    p->info.space_origin = SMP_SPACE_ASSUMED;
    return SMP_OK;
}

static smp_status keep_profile(smp_picture *p, const smpi_header *header, smp_diag *diag)
{
    size_t at = 0;
    if (!header->icc_count)
        return SMP_OK;
    if (header->icc_packed)
        return unpack_profile(p, header->icc[0], diag);
    for (uint32_t i = 0; i < header->icc_count; i++)
        p->icc_room += header->icc[i].size;
    SMPI_TRY(smpi_new(p->ctx, &p->icc, p->icc_room, 1, "profile", diag));
    for (uint32_t i = 0; i < header->icc_count; at += header->icc[i++].size)
        memcpy(p->icc + at, header->icc[i].data, header->icc[i].size);
    p->image.icc = p->icc;
    p->image.icc_size = p->icc_room;
    return SMP_OK;
}

static smp_status keep_exif(smp_picture *p, const smpi_header *header, smp_diag *diag)
{
    if (!header->exif.size)
        return SMP_OK;
    SMPI_TRY(smpi_new(p->ctx, &p->exif, header->exif.size, 1, "Exif", diag));
    p->exif_size = header->exif.size;
    memcpy(p->exif, header->exif.data, p->exif_size);
    return SMP_OK;
}

static smp_status fill(smp_picture *p, const uint8_t *bytes, size_t size, const smpi_header *header,
                       const smp_decode_desc *desc, smp_diag *diag)
{
    p->image.width = p->info.width;
    p->image.height = p->info.height;
    p->image.format = p->info.format;
    p->image.space = p->info.space;
    p->image.stride =
        (ptrdiff_t)(p->info.width * smp_format_pixel_size((smp_format)p->info.format));
    SMPI_TRY(decode_pixels(p, bytes, size, header, diag));
    if (header->info.orientation > 1 && !desc->ignore_orientation)
        SMPI_TRY(turn_upright(p, header, diag));
    SMPI_TRY(keep_profile(p, header, diag));
    return desc->keep_exif ? keep_exif(p, header, diag) : SMP_OK;
}

SMPI_APART smp_status decode_guarded(const smp_context *ctx, const void *bytes, size_t size,
                                     const smp_decode_desc *desc, smp_picture **picture,
                                     smp_diag *diag)
{
    smp_decode_desc d;
    smpi_header header;
    smpi_diag_clear(diag);
    SMPI_NEED(picture, diag);
    *picture = NULL;
    SMPI_NEED(ctx, diag);
    SMPI_NEED(bytes, diag);
    SMPI_TRY(smpi_desc_read(&d, sizeof d, desc, decode_fields, SMPI_COUNT(decode_fields), diag));
    SMPI_TRY(smpi_header_read(bytes, size, &header, diag));
    if (d.ignore_orientation) {
        header.info.width = header.stored_width;
        header.info.height = header.stored_height;
    }
    SMPI_TRY(check_limits(ctx, &header.info, &d, diag));
    smp_picture *p;
    SMPI_TRY(smpi_new(ctx, &p, 1, sizeof *p, "picture", diag));
    *p = (smp_picture){.ctx = ctx, .info = header.info};
    smp_status status = fill(p, bytes, size, &header, &d, diag);
    if (status != SMP_OK)
        smp_picture_destroy(&p);
    *picture = p;
    return status;
}

smp_status smp_decode(const smp_context *ctx, const void *bytes, size_t size,
                      const smp_decode_desc *desc, smp_picture **picture, smp_diag *diag)
{
    SMPI_GUARD(smp_status, decode_guarded(ctx, bytes, size, desc, picture, diag));
}

void smp_picture_destroy(smp_picture **picture)
{
    if (!picture || !*picture)
        return;
    smp_picture *p = *picture;
    const smp_context *ctx = p->ctx;
    smpi_stb_free(ctx, p->decoded);
    smpi_free(ctx, p->pixels, p->pixels_size);
    smpi_free(ctx, p->icc, p->icc_room);
    smpi_free(ctx, p->exif, p->exif_size);
    smpi_free(ctx, p, sizeof *p);
    *picture = NULL;
}

const smp_image *smp_picture_image(const smp_picture *picture)
{
    return picture ? &picture->image : NULL;
}

const smp_file_info *smp_picture_info(const smp_picture *picture)
{
    return picture ? &picture->info : NULL;
}

const uint8_t *smp_picture_exif(const smp_picture *picture, size_t *size)
{
    if (size)
        *size = picture ? picture->exif_size : 0;
    return picture ? picture->exif : NULL;
}
