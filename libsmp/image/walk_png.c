/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A walk through a PNG's chunks from start to end: that each is whole and its checksum right, what
 * the picture is, what it carries. source: PNG specification, third edition (W3C 2025). */
#include <string.h>

#include "base/diag.h"
#include "image/deflate.h"
#include "image/exif.h"
#include "image/pack.h"
#include "image/walk.h"

#define TYPE(a, b, c, d) ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (d))
/* A packed text that grows more than a hundredfold, to more than a mebibyte, is there to harm. */
#define TEXT_GROWTH 100u
#define TEXT_MAX (1u << 20)
#define DEFLATE_GROWTH 1032u /* the most that one byte of a deflate stream can become */

typedef struct png {
    const uint8_t *bytes;
    size_t size, at;
    smpi_header *header;
    smp_diag *diag;
    uint32_t depth, type, interlaced;
    uint32_t palette, transparent;
    uint64_t data_size; /* of all IDAT chunks */
    uint32_t data_chunks, data_ended;
    smpi_span cicp, srgb, gamma, chroma;
    int bad_icc, raw_exif; /* raw_exif: a packed text with Exif was read */
    smpi_exif exif;
} png;

static smp_status damaged(const png *p, const char *what)
{
    return smpi_fail(p->diag, SMP_ERR_FORMAT, "the PNG is damaged: %s", what);
}

static smp_status read_ihdr(png *p, smpi_span s)
{
    /* Allowed bit depths of colour types 0 to 6, one bit each: table 11.1. */
    static const uint32_t depths[7] = {0x10116, 0, 0x10100, 0x116, 0x10100, 0, 0x10100};
    if (s.size != 13)
        return damaged(p, "the header chunk has a wrong size");
    p->header->stored_width = smpi_be32(s.data);
    p->header->stored_height = smpi_be32(s.data + 4);
    p->depth = s.data[8];
    p->type = s.data[9];
    p->interlaced = s.data[12];
    if (p->type > 6 || p->depth > 16 || !(depths[p->type] >> p->depth & 1))
        return smpi_fail(p->diag, SMP_ERR_FORMAT,
                         "the PNG is damaged: colour type %u with %u bits does not exist", p->type,
                         p->depth);
    if (s.data[10] || s.data[11] || p->interlaced > 1)
        return damaged(p, "an unknown compression, filter or interlace method");
    if (!p->header->stored_width || !p->header->stored_height)
        return damaged(p, "a side is 0");
    if (p->header->stored_width > 65535 || p->header->stored_height > 65535)
        return smpi_fail(p->diag, SMP_ERR_LIMIT, "the PNG is %u x %u, want sides of at most 65535",
                         p->header->stored_width, p->header->stored_height);
    p->header->info.progressive = p->interlaced;
    return SMP_OK;
}

static smp_status read_palette(png *p, smpi_span s)
{
    if (p->palette || p->data_chunks || p->type == 0 || p->type == 4)
        return damaged(p, "a palette where none may be");
    if (!s.size || s.size % 3 || s.size / 3 > 256 ||
        (p->type == 3 && s.size / 3 > (size_t)1 << p->depth))
        return damaged(p, "the palette has a wrong size");
    p->palette = (uint32_t)(s.size / 3);
    return SMP_OK;
}

static smp_status read_transparency(png *p, smpi_span s)
{
    static const uint8_t want[3] = {2, 0, 6};
    if (p->transparent || p->data_chunks || p->type >= 4)
        return damaged(p, "a transparency chunk where none may be");
    if (p->type == 3 ? !p->palette || !s.size || s.size > p->palette : s.size != want[p->type])
        return damaged(p, "the transparency chunk has a wrong size");
    p->transparent = 1;
    return SMP_OK;
}

/* The packed part of zTXt, iCCP or iTXt: behind a keyword of 1 to 79 bytes. Empty if there is none.
 */
static smpi_span packed_part(uint32_t type, smpi_span s)
{
    smpi_span none = {NULL, 0};
    const uint8_t *end = s.size ? memchr(s.data, 0, s.size < 80 ? s.size : 80) : NULL;
    if (!end || end == s.data)
        return none;
    size_t at = (size_t)(end - s.data) + 1;
    if (type == TYPE('i', 'T', 'X', 't')) {
        if (s.size - at < 2 || s.data[at] != 1 || s.data[at + 1] != 0)
            return none;
        at += 2;
        for (int skip = 0; skip < 2; skip++) { /* language, translated keyword */
            end = memchr(s.data + at, 0, s.size - at);
            if (!end)
                return none;
            at = (size_t)(end - s.data) + 1;
        }
    } else if (at >= s.size || s.data[at++] != 0) {
        return none;
    }
    return (smpi_span){s.data + at, s.size - at};
}

static int hex(uint8_t c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* ImageMagick's Exif: a line with the kind, one with the length, then hexadecimal digits. Only what
 * it says is used; the block itself is not made available. */
static void read_raw_exif(png *p, const uint8_t *text, size_t n)
{
    uint8_t block[SMPI_ICC_PREFIX / 2];
    size_t at = 0, count = 0;
    for (int lines = 0; at < n && lines < 3; at++)
        lines += text[at] == '\n';
    for (int high = -1; at < n && count < sizeof block; at++) {
        int digit = hex(text[at]);
        if (digit >= 0 && high >= 0)
            block[count++] = (uint8_t)(high << 4 | digit);
        if (digit >= 0)
            high = high < 0 ? digit : -1;
    }
    size_t skip = count > 6 && memcmp(block, "Exif\0", 6) == 0 ? 6 : 0;
    if (!p->header->exif.data && p->exif.orientation == 1)
        (void)smpi_exif_read((smpi_span){block + skip, count - skip}, &p->exif);
}

static smp_status read_text(png *p, uint32_t type, smpi_span s)
{
    static const char raw[] = "Raw profile type exif";
    int exif = s.size > sizeof raw && memcmp(s.data, raw, sizeof raw) == 0;
    if (type == TYPE('t', 'E', 'X', 't')) {
        if (exif)
            read_raw_exif(p, s.data + sizeof raw, s.size - sizeof raw);
        return SMP_OK;
    }
    smpi_span packed = packed_part(type, s);
    /* What is neither Exif nor large enough to harm is not unpacked, so that many small chunks cost
     * no more time than the bytes they have. */
    exif = exif && !p->raw_exif;
    p->raw_exif |= exif;
    if (!packed.size || (!exif && packed.size <= TEXT_MAX / DEFLATE_GROWTH))
        return SMP_OK;
    uint8_t text[SMPI_ICC_PREFIX];
    int whole = 0;
    size_t n = smpi_unpack(packed, text, sizeof text, &whole);
    if (!whole && n == sizeof text && packed.size > TEXT_MAX / DEFLATE_GROWTH) {
        /* The room was filled: would a hundredth of its size have done, packed? */
        smpi_span few = {packed.data, sizeof text / TEXT_GROWTH};
        few.size = few.size < packed.size ? few.size : packed.size;
        if (smpi_unpack(few, text, sizeof text, &whole) == sizeof text)
            return smpi_fail(p->diag, SMP_ERR_LIMIT,
                             "a text chunk of %zu bytes would unpack to more than a hundred times "
                             "as many",
                             packed.size);
    }
    if (exif && n)
        read_raw_exif(p, text, n);
    return SMP_OK;
}

static void read_profile(png *p, smpi_span s)
{
    smpi_span packed = packed_part(TYPE('i', 'C', 'C', 'P'), s);
    if (!packed.size || p->header->icc_count) {
        p->bad_icc |= !packed.size;
        return;
    }
    p->header->icc[0] = packed;
    p->header->icc_count = p->header->icc_packed = 1;
}

static smp_status read_data(png *p, smpi_span s)
{
    if (p->data_ended)
        return damaged(p, "the picture's data are interrupted by another chunk");
    if (p->type == 3 && !p->palette)
        return damaged(p, "the palette is missing");
    if (!p->data_chunks)
        p->header->data = s.data - 8;
    p->header->data_chunks = ++p->data_chunks;
    p->data_size += s.size;
    p->header->data_size += s.size;
    return SMP_OK;
}

static smp_status read_chunk(png *p, uint32_t type, smpi_span s)
{
    switch (type) {
    case TYPE('P', 'L', 'T', 'E'):
        return read_palette(p, s);
    case TYPE('t', 'R', 'N', 'S'):
        return read_transparency(p, s);
    case TYPE('I', 'D', 'A', 'T'):
        return read_data(p, s);
    case TYPE('t', 'E', 'X', 't'):
    case TYPE('z', 'T', 'X', 't'):
    case TYPE('i', 'T', 'X', 't'):
        return read_text(p, type, s);
    case TYPE('i', 'C', 'C', 'P'):
        read_profile(p, s);
        return SMP_OK;
    case TYPE('c', 'I', 'C', 'P'):
        p->cicp = s;
        return SMP_OK;
    case TYPE('s', 'R', 'G', 'B'):
        p->srgb = s;
        return SMP_OK;
    case TYPE('g', 'A', 'M', 'A'):
        p->gamma = s;
        return SMP_OK;
    case TYPE('c', 'H', 'R', 'M'):
        p->chroma = s;
        return SMP_OK;
    case TYPE('e', 'X', 'I', 'f'):
        if (!p->header->exif.data && smpi_exif_read(s, &p->exif))
            p->header->exif = s;
        return SMP_OK;
    default:
        if (type >> 24 & 0x20) /* lower case: may be passed over */
            return SMP_OK;
        return smpi_fail(p->diag, SMP_ERR_UNSUPPORTED, "the PNG needs an unknown chunk, 0x%08x",
                         type);
    }
}

/* The next chunk, whole and with a good checksum. */
static smp_status next_chunk(png *p, uint32_t *type, smpi_span *s)
{
    size_t left = p->size - p->at;
    const uint8_t *at = p->bytes + p->at;
    if (left < 12 || smpi_be32(at) > left - 12)
        return smpi_fail(p->diag, SMP_ERR_FORMAT,
                         "the PNG is cut off: it ends at byte %zu without an end chunk", p->size);
    *s = (smpi_span){at + 8, smpi_be32(at)};
    *type = smpi_be32(at + 4);
    if (smpi_crc(at + 4, s->size + 4) != smpi_be32(at + 8 + s->size))
        return smpi_fail(p->diag, SMP_ERR_FORMAT,
                         "the PNG is damaged: the checksum of the chunk at byte %zu is wrong",
                         p->at);
    p->at += s->size + 12;
    return SMP_OK;
}

static smp_status walk(png *p)
{
    uint32_t type;
    smpi_span s;
    SMPI_TRY(next_chunk(p, &type, &s));
    if (type != TYPE('I', 'H', 'D', 'R'))
        return damaged(p, "it does not begin with a header chunk");
    SMPI_TRY(read_ihdr(p, s));
    for (;;) {
        SMPI_TRY(next_chunk(p, &type, &s));
        if (type == TYPE('I', 'E', 'N', 'D'))
            return p->data_chunks ? SMP_OK : damaged(p, "it holds no picture data");
        if (type != TYPE('I', 'D', 'A', 'T') && p->data_chunks)
            p->data_ended = 1;
        SMPI_TRY(read_chunk(p, type, s));
    }
}

/* Bytes of the unpacked stream: rows, each with its filter byte, in one or seven passes. */
static uint64_t raw_size(const png *p)
{
    static const uint8_t x0[7] = {0, 4, 0, 2, 0, 1, 0}, dx[7] = {8, 8, 4, 4, 2, 2, 1};
    static const uint8_t y0[7] = {0, 0, 4, 0, 2, 0, 1}, dy[7] = {8, 8, 8, 4, 4, 2, 2};
    static const uint8_t samples[7] = {1, 0, 3, 1, 2, 0, 4};
    uint64_t bits = (uint64_t)samples[p->type] * p->depth;
    uint64_t w = p->header->stored_width, h = p->header->stored_height, sum = 0;
    if (!p->interlaced)
        return h * (1 + (w * bits + 7) / 8);
    for (int i = 0; i < 7; i++) {
        uint64_t pw = w > x0[i] ? (w - x0[i] + dx[i] - 1) / dx[i] : 0;
        uint64_t ph = h > y0[i] ? (h - y0[i] + dy[i] - 1) / dy[i] : 0;
        if (pw && ph)
            sum += ph * (1 + (pw * bits + 7) / 8);
    }
    return sum;
}

static uint64_t most(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

/* Memory that stb holds at most, one step after the other: the packed data in a buffer that
 * doubles; they and the unpacked (whose size stb guesses too small when interlaced, and doubles);
 * these and two forms of the picture (a pass and the whole, indices and colours). */
static smp_status size_up(png *p)
{
    smp_file_info *info = &p->header->info;
    uint64_t pixels = (uint64_t)p->header->stored_width * p->header->stored_height;
    uint64_t raw = raw_size(p);
    if (raw / DEFLATE_GROWTH > p->data_size)
        return smpi_fail(p->diag, SMP_ERR_FORMAT, "%llu bytes of data cannot hold a PNG of %u x %u",
                         (unsigned long long)p->data_size, p->header->stored_width,
                         p->header->stored_height);
    int gray = (p->type & 3) == 0 && p->type != 4;
    int alpha = p->type >= 4 || p->transparent;
    if (p->depth == 16)
        info->format = alpha ? SMP_FORMAT_RGBA16 : SMP_FORMAT_RGB16;
    else if (alpha)
        info->format = SMP_FORMAT_RGBA8;
    else
        info->format = gray ? SMP_FORMAT_GRAY8 : SMP_FORMAT_RGB8;
    p->header->channels = smp_format_channels((smp_format)info->format);
    p->header->plain = !p->interlaced && !p->transparent &&
                       (p->depth == 8 ? p->type == 0 || p->type == 2 || p->type == 6
                                      : p->depth == 16 && (p->type == 2 || p->type == 6));
    uint64_t widest = p->depth == 16 ? 8 : 4;
    uint64_t unpacking = 2 * p->data_size + (p->interlaced ? 3 : 1) * raw;
    info->decode_bytes =
        most(most(3 * p->data_size, unpacking), raw + 2 * pixels * widest) + 131072;
    return SMP_OK;
}

static int near_chroma(const png *p, const uint32_t want[8])
{
    for (int i = 0; i < 8; i++) {
        uint32_t v = smpi_be32(p->chroma.data + 4 * i);
        if (!(v + 500 >= want[i] && v <= want[i] + 500)) /* 0.005 */
            return 0;
    }
    return 1;
}

static void settle_gamma(const png *p, smp_file_info *info)
{
    /* White, red, green, blue in 1/100000: IEC 61966-2-1, SMPTE EG 432-1 with D65, Adobe RGB. */
    static const uint32_t chroma[3][8] = {
        {31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000},
        {31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000},
        {31270, 32900, 64000, 33000, 21000, 71000, 15000, 6000},
    };
    uint32_t gamma = p->gamma.size == 4 ? smpi_be32(p->gamma.data) : 45455;
    info->space_origin = SMP_SPACE_ASSUMED;
    if (!(gamma >= 45000 && gamma <= 46000))
        return;
    for (uint32_t space = 0; space < 3; space++)
        if (p->chroma.size == 32 ? near_chroma(p, chroma[space]) : space == 0) {
            info->space = space;
            info->space_origin = SMP_SPACE_FROM_TAGS;
            return;
        }
}

static void settle_cicp(const png *p, smp_file_info *info)
{
    uint32_t primaries = p->cicp.data[0], transfer = p->cicp.data[1];
    info->space_origin = SMP_SPACE_ASSUMED;
    if (p->cicp.data[2] != 0 || p->cicp.data[3] != 1 || (transfer != 13 && transfer != 8) ||
        (primaries != 1 && primaries != 12))
        return;
    info->space_origin = SMP_SPACE_FROM_TAGS;
    if (transfer == 13)
        info->space = primaries == 1 ? SMP_SPACE_SRGB : SMP_SPACE_DISPLAY_P3;
    else
        info->space = primaries == 1 ? SMP_SPACE_LINEAR_SRGB : SMP_SPACE_LINEAR_P3;
}

static void settle_profile(png *p)
{
    smpi_header *h = p->header;
    uint8_t head[SMPI_ICC_PREFIX];
    uint32_t model = 0;
    int whole;
    smpi_span part = {head, smpi_unpack(h->icc[0], head, sizeof head, &whole)};
    int space = smpi_icc_recognise(&part, 1, &model);
    h->info.space = space < 0 ? SMP_SPACE_SRGB : (uint32_t)space;
    h->info.space_origin = space < 0 ? SMP_SPACE_ASSUMED : SMP_SPACE_FROM_ICC;
    if (model != (h->channels == 1 ? SMPI_ICC_GRAY : SMPI_ICC_RGB))
        h->icc_count = 0;
}

/* In the order that the specification gives them: cICP, iCCP, sRGB, gAMA with cHRM; then Exif. */
static void settle_space(png *p)
{
    smp_file_info *info = &p->header->info;
    if (p->header->icc_count)
        settle_profile(p);
    else if (p->bad_icc)
        info->space_origin = SMP_SPACE_ASSUMED;
    if (p->cicp.size == 4) {
        info->space = SMP_SPACE_SRGB;
        settle_cicp(p, info);
        return;
    }
    if (p->header->icc_count || info->space_origin != SMP_SPACE_UNTAGGED)
        return;
    if (p->srgb.size == 1) {
        info->space_origin = SMP_SPACE_FROM_TAGS;
    } else if (p->gamma.size == 4 || p->chroma.size == 32) {
        settle_gamma(p, info);
    } else if (p->exif.adobe_rgb || p->exif.srgb) {
        info->space = p->exif.adobe_rgb ? SMP_SPACE_ADOBE_RGB : SMP_SPACE_SRGB;
        info->space_origin = SMP_SPACE_FROM_TAGS;
    }
}

smp_status smpi_png_walk(const uint8_t *bytes, size_t size, smpi_header *header, smp_diag *diag)
{
    png p = {.bytes = bytes, .size = size, .at = 8, .header = header, .diag = diag};
    p.exif.orientation = 1;
    SMPI_TRY(walk(&p));
    SMPI_TRY(size_up(&p));
    settle_space(&p);
    header->info.orientation = p.exif.orientation;
    return SMP_OK;
}
