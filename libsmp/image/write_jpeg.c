/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The JPEG writer: stb's coded picture with our segments put in behind its first one. source:
 * Exif 2.32, 4.7; ICC.1:2022, B.4. */
#include <string.h>

#include "base/context.h"
#include "base/diag.h"
#include "image/exif.h"
#include "image/file_rows.h"
#include "image/sink.h"
#include "image/stb.h"
#include "image/turbo.h"
#include "image/write.h"

#define ICC_PART 65519u /* bytes of a profile in one segment: 65533 less name and numbers */
#define ROOM 65536u     /* bytes of a coded picture to begin with */

/* All rows in the file's format. */
static smp_status gather(const smpi_encoding *e, uint8_t **pixels, size_t *size)
{
    size_t row = (size_t)e->image->width * smp_format_pixel_size(e->format);
    if (smpi_mul(row, e->image->height, size) || *size > 0x7fffffff)
        return smpi_fail(e->diag, SMP_ERR_LIMIT, "%u x %u pixels are too many for a JPEG",
                         e->image->width, e->image->height);
    SMPI_TRY(smpi_new(e->ctx, pixels, *size, 1, "JPEG pixels", e->diag));
    for (uint32_t y = 0; y < e->image->height; y++)
        smpi_file_row(e->image, e->format, y, *pixels + y * row);
    return SMP_OK;
}

static uint8_t *put_head(uint8_t *p, uint8_t marker, size_t payload)
{
    p[0] = 0xff;
    p[1] = marker;
    p[2] = (uint8_t)((payload + 2) >> 8);
    p[3] = (uint8_t)(payload + 2);
    return p + 4;
}

static size_t icc_parts(const smpi_encoding *e)
{
    return (e->icc.size + ICC_PART - 1) / ICC_PART;
}

static size_t extras_size(const smpi_encoding *e)
{
    size_t size = e->icc.size + icc_parts(e) * 18;
    size += e->exif.size ? e->exif.size + 10 : 0;
    return size + (e->comment ? strlen(e->comment) + 4 : 0);
}

static uint8_t *put_extras(const smpi_encoding *e, uint8_t *p)
{
    if (e->exif.size) {
        p = put_head(p, 0xe1, e->exif.size + 6);
        memcpy(p, "Exif\0", 6);
        smpi_exif_copy_upright(e->exif, p + 6);
        p += 6 + e->exif.size;
    }
    for (size_t i = 0; i < icc_parts(e); i++) {
        size_t left = e->icc.size - i * ICC_PART, n = left < ICC_PART ? left : ICC_PART;
        p = put_head(p, 0xe2, n + 14);
        memcpy(p, "ICC_PROFILE", 12);
        p[12] = (uint8_t)(i + 1);
        p[13] = (uint8_t)icc_parts(e);
        memcpy(p + 14, e->icc.data + i * ICC_PART, n);
        p += 14 + n;
    }
    if (e->comment) {
        size_t n = strlen(e->comment);
        p = put_head(p, 0xfe, n);
        memcpy(p, e->comment, n);
        p += n;
    }
    return p;
}

/* A coder's file begins with the start marker and a JFIF segment; ours follow them. */
static smp_status splice(const smpi_encoding *e, smpi_span file, smp_bytes **bytes)
{
    size_t head = file.size >= 6 ? 4 + smpi_be16(file.data + 4) : 0;
    if (head < 6 || head > file.size)
        return smpi_fail(e->diag, SMP_ERR_FORMAT, "the JPEG coder gave no usable file");
    SMPI_TRY(smpi_bytes_create(e->ctx, file.size + extras_size(e), bytes, e->diag));
    uint8_t *p = smpi_bytes_writable(*bytes);
    memcpy(p, file.data, head);
    p = put_extras(e, p + head);
    memcpy(p, file.data + head, file.size - head);
    return SMP_OK;
}

/* Whether libjpeg-turbo can read the image as it lies there. */
static int is_plain(const smp_image *image)
{
    return image->stride > 0 &&
           (image->format == SMP_FORMAT_RGB8 || image->format == SMP_FORMAT_RGBA8 ||
            image->format == SMP_FORMAT_BGRA8);
}

/* The whole picture in the file's format, as a view; pixels is NULL when nothing was copied. */
static smp_status plain_view(const smpi_encoding *e, smp_image *view, uint8_t **pixels,
                             size_t *size)
{
    *view = *e->image;
    *size = 0;
    if (is_plain(e->image))
        return SMP_OK;
    SMPI_TRY(gather(e, pixels, size));
    view->data = *pixels;
    view->format = e->format;
    view->stride = (ptrdiff_t)(e->image->width * smp_format_pixel_size(e->format));
    return SMP_OK;
}

/* By libjpeg-turbo; *bytes stays NULL when it is not there or would not. */
static smp_status fast_write(const smpi_encoding *e, smp_bytes **bytes)
{
    const size_t room = smpi_turbo_bound(e->image->width, e->image->height, e->desc.quality);
    uint8_t *pixels = NULL, *coded;
    smp_image view;
    size_t size;
    if (!room)
        return SMP_OK;
    SMPI_TRY(plain_view(e, &view, &pixels, &size));
    smp_status status = smpi_new(e->ctx, &coded, room, 1, "coded JPEG", e->diag);
    if (status == SMP_OK) {
        const size_t used = smpi_turbo_encode(&view, e->desc.quality, coded, room);
        if (used)
            status = splice(e, (smpi_span){coded, used}, bytes);
        smpi_free(e->ctx, coded, room);
    }
    smpi_free(e->ctx, pixels, size);
    return status;
}

static void collect(void *user, const void *bytes, size_t size)
{
    smpi_sink_put(user, bytes, size);
}

static smp_status portable_write(const smpi_encoding *e, smp_bytes **bytes)
{
    uint8_t *pixels = NULL;
    size_t size = 0;
    smpi_sink s;
    smpi_sink_open(&s, e->ctx, ROOM, e->diag);
    smp_status status = s.status;
    if (status == SMP_OK)
        status = gather(e, &pixels, &size);
    if (status != SMP_OK)
        goto done;
    const int good = smpi_stb_write_jpeg(collect, &s, pixels, e->image->width, e->image->height,
                                         smp_format_channels(e->format), e->desc.quality);
    smpi_free(e->ctx, pixels, size);
    status = s.status;
    if (status == SMP_OK && !good)
        status = smpi_fail(e->diag, SMP_ERR_FORMAT, "the JPEG coder refused the picture");
    if (status == SMP_OK)
        status = splice(e, (smpi_span){s.data, s.size}, bytes);
done:
    smp_bytes_destroy(&s.bytes);
    return status;
}

smp_status smpi_jpeg_write(const smpi_encoding *e, smp_bytes **bytes)
{
    SMPI_TRY(fast_write(e, bytes));
    return *bytes ? SMP_OK : portable_write(e, bytes);
}
