/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Pictures from bytes. The first byte says how the rest is meant: a file as it is, a PNG whose
 * checksums are put right first, or fields and pixels that are wrapped into a PNG. Each is decoded
 * over memory full of 0x00 and of 0xaa: status and every byte that comes out must agree. All also
 * go through stb alone, which libjpeg-turbo and our reader of PNGs otherwise hide; what that reader
 * takes, stb must take with the same pixels. */
#include <zlib.h>

#include "base/context.h"
#include "fuzz.h"
#include "image/header.h"
#include "image/read_png.h"
#include "image/stb.h"

#define LIMIT (UINT64_C(48) << 20)
#define MAX_PIXELS (1u << 18)

static void same_bytes(const void *a, const void *b, size_t size)
{
    FUZZ_NEED(!a == !b);
    FUZZ_NEED(!a || !memcmp(a, b, size));
}

static void same_picture(const smp_picture *a, const smp_picture *b)
{
    const smp_image *p = smp_picture_image(a), *q = smp_picture_image(b);
    size_t exif[2];
    FUZZ_NEED(p->width == q->width && p->height == q->height && p->format == q->format);
    FUZZ_NEED(p->space == q->space && p->icc_size == q->icc_size && p->stride == q->stride);
    const size_t row = (size_t)p->width * smp_format_pixel_size((smp_format)p->format);
    for (uint32_t y = 0; y < p->height; y++)
        same_bytes((uint8_t *)p->data + (ptrdiff_t)y * p->stride,
                   (uint8_t *)q->data + (ptrdiff_t)y * q->stride, row);
    same_bytes(p->icc, q->icc, p->icc_size);
    const uint8_t *x = smp_picture_exif(a, &exif[0]), *y = smp_picture_exif(b, &exif[1]);
    FUZZ_NEED(exif[0] == exif[1]);
    same_bytes(x, y, exif[0]);
    same_bytes(smp_picture_info(a), smp_picture_info(b), sizeof(smp_file_info));
}

/* What the header promises holds for the picture. */
static void as_announced(const uint8_t *data, size_t size, const smp_decode_desc *desc,
                         const smp_picture *picture, uint64_t peak)
{
    smp_file_info info;
    smp_diag diag;
    const smp_image *image = smp_picture_image(picture);
    FUZZ_NEED(fuzz_said(smp_read_info(data, size, &info, &diag), &diag));
    FUZZ_NEED(image->format == info.format && image->space == info.space);
    FUZZ_NEED((uint64_t)image->width * image->height <= MAX_PIXELS);
    FUZZ_NEED(desc->ignore_orientation ||
              (image->width == info.width && image->height == info.height));
    FUZZ_NEED(peak <= info.decode_bytes + 4096);
}

static void decode_twice(const uint8_t *data, size_t size, uint32_t options)
{
    fuzz_memory memory[2];
    smp_context *ctx[2];
    smp_picture *picture[2] = {NULL, NULL};
    smp_status status[2];
    smp_diag diag[2];
    smp_decode_desc desc;
    smp_decode_desc_init(&desc);
    desc.max_pixels = MAX_PIXELS;
    desc.keep_exif = options & 1;
    desc.ignore_orientation = options >> 1 & 1;
    for (int i = 0; i < 2; i++) {
        uint64_t peak;
        ctx[i] = fuzz_context(&memory[i], i ? 0xaa : 0, LIMIT, 0);
        status[i] = smp_decode(ctx[i], data, size, &desc, &picture[i], &diag[i]);
        FUZZ_NEED(fuzz_said(status[i], &diag[i]) == (picture[i] != NULL));
        smp_context_memory(ctx[i], &peak);
        if (picture[i])
            as_announced(data, size, &desc, picture[i], peak);
    }
    FUZZ_NEED(status[0] == status[1] && !strcmp(diag[0].text, diag[1].text));
    if (picture[0])
        same_picture(picture[0], picture[1]);
    for (int i = 0; i < 2; i++) {
        smp_picture_destroy(&picture[i]);
        fuzz_context_end(&ctx[i], &memory[i]);
    }
}

/* What our reader makes of a PNG, with what stb said of it. */
static void as_stb_does(const smp_context *ctx, const smpi_header *h, smp_status status,
                        const void *pixels, size_t size)
{
    smpi_png_pixels mine;
    smp_diag diag = {0};
    if (h->info.kind != SMP_FILE_PNG)
        return;
    FUZZ_NEED(fuzz_said(smpi_png_read(ctx, h, &mine, &diag), &diag));
    if (mine.pixels) {
        FUZZ_NEED(status == SMP_OK);
        same_bytes(mine.pixels, pixels, size);
    }
    smpi_free(ctx, mine.block, mine.room);
}

/* stb alone, as in builds without libjpeg-turbo. */
static void stb_twice(const uint8_t *data, size_t size)
{
    smpi_header h;
    void *pixels[2] = {NULL, NULL};
    fuzz_memory memory[2];
    smp_context *ctx[2];
    smp_status status[2];
    smp_diag diag = {0};
    if (smpi_header_read(data, size, &h, &diag) != SMP_OK ||
        (uint64_t)h.stored_width * h.stored_height > MAX_PIXELS)
        return;
    const uint32_t pixel = smp_format_pixel_size((smp_format)h.info.format);
    const smpi_stb_wish wish = {h.stored_width, h.stored_height, h.channels, pixel > h.channels,
                                h.info.decode_bytes < LIMIT / 2 ? h.info.decode_bytes : LIMIT / 2};
    for (int i = 0; i < 2; i++) {
        ctx[i] = fuzz_context(&memory[i], i ? 0xaa : 0, LIMIT, 0);
        memset(&diag, 0, sizeof diag);
        status[i] = smpi_stb_decode(ctx[i], data, size, &wish, &pixels[i], &diag);
        fuzz_said(status[i], &diag);
    }
    FUZZ_NEED(status[0] == status[1]);
    const size_t all = (size_t)wish.width * wish.height * pixel;
    if (status[0] == SMP_OK)
        same_bytes(pixels[0], pixels[1], all);
    as_stb_does(ctx[0], &h, status[0], pixels[0], all);
    for (int i = 0; i < 2; i++) {
        smpi_stb_free(ctx[i], pixels[i]);
        fuzz_context_end(&ctx[i], &memory[i]);
    }
}

/* ---- PNGs that are worth decoding ------------------------------------------------------------ */

static uint32_t get_be32(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static void put_be32(uint8_t *p, uint32_t v)
{
    for (int i = 0; i < 4; i++)
        p[i] = (uint8_t)(v >> (24 - 8 * i));
}

static void repair_png(uint8_t *data, size_t size)
{
    for (size_t at = 8; at + 12 <= size;) {
        const uint32_t length = get_be32(data + at);
        if (length > size - at - 12)
            break;
        put_be32(data + at + 8 + length, (uint32_t)crc32(0, data + at + 4, (uInt)(length + 4)));
        at += 12 + (size_t)length;
    }
}

static size_t add_chunk(uint8_t *out, const char *kind, const void *data, size_t size)
{
    put_be32(out, (uint32_t)size);
    memcpy(out + 4, kind, 4);
    if (size)
        memcpy(out + 8, data, size);
    return size + 12;
}

/* Header fields, up to three other chunks, then rows with their filter bytes, compressed. */
static size_t wrap_png(fuzz_input *in, uint8_t *out, size_t room)
{
    static const char kinds[][5] = {"PLTE", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "eXIf", "cICP"};
    uint8_t head[13], part[256];
    size_t n = 8;
    memcpy(out, "\x89PNG\r\n\x1a\n", 8);
    memset(head, 0, sizeof head);
    head[2] = fuzz_u8(in) & 1;
    head[3] = (uint8_t)fuzz_u8(in);
    head[7] = (uint8_t)fuzz_u8(in);
    head[8] = (uint8_t)(1u << fuzz_u8(in) % 5);
    head[9] = (uint8_t)(fuzz_u8(in) % 7);
    head[12] = fuzz_u8(in) & 1;
    n += add_chunk(out + n, "IHDR", head, 13);
    for (uint32_t i = fuzz_u8(in) % 4; i > 0; i--) {
        const char *kind = kinds[fuzz_u8(in) % 8];
        const size_t size = fuzz_u8(in);
        fuzz_take(in, part, size);
        n += add_chunk(out + n, kind, part, size);
    }
    uLongf packed = (uLongf)(room - n - 24);
    if (compress2(out + n + 8, &packed, in->data, (uLong)in->size, 1) != Z_OK)
        return 0;
    put_be32(out + n, (uint32_t)packed);
    memcpy(out + n + 4, "IDAT", 4);
    n += packed + 12;
    n += add_chunk(out + n, "IEND", NULL, 0);
    repair_png(out, n);
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input in = {data, size};
    const uint32_t mode = fuzz_u8(&in);
    const size_t room = in.size + in.size / 8 + 2048;
    uint8_t *made = malloc(room);
    size_t used = in.size;
    FUZZ_NEED(made);
    if ((mode & 3) == 2) {
        used = wrap_png(&in, made, room);
    } else {
        if (used)
            memcpy(made, in.data, used);
        if ((mode & 3) == 1)
            repair_png(made, used);
    }
    uint8_t *exact = calloc(1, used ? used : 1); /* so that a read past the end shows */
    FUZZ_NEED(exact);
    memcpy(exact, made, used);
    free(made);
    decode_twice(exact, used, mode >> 2);
    stb_twice(exact, used);
    free(exact);
    return 0;
}
