/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The JPEG writer: stb's coded picture with our segments put in behind its first one. source:
 * Exif 2.32, 4.7; ICC.1:2022, B.4. */
#include <string.h>

#include "base/context.h"
#include "base/diag.h"
#include "image/encode.h"
#include "image/stb.h"

#define ICC_PART 65519u /* bytes of a profile in one segment: 65533 less name and numbers */
#define BLOCK 65536u

/* The coded bytes, in a buffer that doubles; after a failure bytes are dropped. */
typedef struct sink {
    const smp_context *ctx;
    smp_diag *diag;
    uint8_t *data;
    size_t size, room;
    smp_status status;
} sink;

static void grow(sink *s, size_t need)
{
    uint8_t *wider;
    size_t room = s->room ? s->room : BLOCK;
    while (room < need && room < SIZE_MAX / 2)
        room *= 2;
    s->status = smpi_new(s->ctx, &wider, room, 1, "coded JPEG", s->diag);
    if (s->status != SMP_OK)
        return;
    if (s->size)
        memcpy(wider, s->data, s->size);
    smpi_free(s->ctx, s->data, s->room);
    s->data = wider;
    s->room = room;
}

static void collect(void *user, const void *bytes, size_t size)
{
    sink *s = user;
    if (s->status == SMP_OK && size > s->room - s->size)
        grow(s, s->size + size);
    if (s->status != SMP_OK)
        return;
    memcpy(s->data + s->size, bytes, size);
    s->size += size;
}

/* All rows in the file's format. */
static smp_status gather(const smpi_encoding *e, uint8_t **pixels, size_t *size)
{
    size_t row = (size_t)e->image->width * smp_format_pixel_size(e->format);
    if (smpi_mul(row, e->image->height, size) || *size > 0x7fffffff)
        return smpi_fail(e->diag, SMP_ERR_LIMIT, "%u x %u pixels are too many for a JPEG",
                         e->image->width, e->image->height);
    SMPI_TRY(smpi_new(e->ctx, pixels, *size, 1, "JPEG pixels", e->diag));
    for (uint32_t y = 0; y < e->image->height; y++)
        smpi_encode_row(e, y, *pixels + y * row);
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
        smpi_encode_exif(e, p + 6);
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

/* stb's file begins with the start marker and a JFIF segment; ours follow them. */
static smp_status splice(const smpi_encoding *e, const sink *s, smp_bytes **bytes)
{
    size_t head = s->size >= 6 ? 4 + smpi_be16(s->data + 4) : 0;
    if (head < 6 || head > s->size)
        return smpi_fail(e->diag, SMP_ERR_FORMAT, "the JPEG coder gave no usable file");
    SMPI_TRY(smpi_bytes_create(e->ctx, s->size + extras_size(e), bytes, e->diag));
    uint8_t *p = smpi_bytes_writable(*bytes);
    memcpy(p, s->data, head);
    p = put_extras(e, p + head);
    memcpy(p, s->data + head, s->size - head);
    return SMP_OK;
}

smp_status smpi_jpeg_write(const smpi_encoding *e, smp_bytes **bytes)
{
    sink s = {.ctx = e->ctx, .diag = e->diag};
    uint8_t *pixels = NULL;
    size_t size = 0;
    smp_status status = gather(e, &pixels, &size);
    if (status != SMP_OK)
        return status;
    int good = smpi_stb_write_jpeg(collect, &s, pixels, e->image->width, e->image->height,
                                   smp_format_channels(e->format), e->desc.quality);
    smpi_free(e->ctx, pixels, size);
    status = s.status;
    if (status == SMP_OK && !good)
        status = smpi_fail(e->diag, SMP_ERR_FORMAT, "the JPEG coder refused the picture");
    if (status == SMP_OK)
        status = splice(e, &s, bytes);
    smpi_free(e->ctx, s.data, s.room);
    return status;
}
