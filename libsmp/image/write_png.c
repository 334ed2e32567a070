/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The PNG writer: filters by the least sum of absolute differences, one IDAT stream. source: PNG
 * specification, third edition, clauses 9 to 12. */
#include <string.h>

#include "base/context.h"
#include "base/diag.h"
#include "image/crc.h"
#include "image/deflate.h"
#include "image/encode.h"

#define IDAT_MAX 0x40000000u /* bytes in one chunk */
#define LEFT 8u              /* zero bytes before a row: the widest pixel */

/* ---- rows to a filtered stream ------------------------------------------------------------- */

/* Without branches, so that compilers make it wide. */
static uint8_t paeth(int a, int b, int c)
{
    int pa = b - c, pb = a - c, pc = pa + pb;
    pa = pa < 0 ? -pa : pa;
    pb = pb < 0 ? -pb : pb;
    pc = pc < 0 ? -pc : pc;
    int bc = pb <= pc ? b : c;
    int least = pb <= pc ? pb : pc;
    return (uint8_t)(pa <= least ? a : bc);
}

/* One row through filter 0 to 4. The `step` bytes before row and above are 0. */
static void filter_row(int filter, const uint8_t *row, const uint8_t *above, size_t size,
                       size_t step, uint8_t *out)
{
    const uint8_t *left = row - step, *corner = above - step;
    switch (filter) {
    case 1:
        for (size_t i = 0; i < size; i++)
            out[i] = (uint8_t)(row[i] - left[i]);
        break;
    case 2:
        for (size_t i = 0; i < size; i++)
            out[i] = (uint8_t)(row[i] - above[i]);
        break;
    case 3:
        for (size_t i = 0; i < size; i++)
            out[i] = (uint8_t)(row[i] - ((left[i] + above[i]) >> 1));
        break;
    case 4:
        for (size_t i = 0; i < size; i++)
            out[i] = (uint8_t)(row[i] - paeth(left[i], above[i], corner[i]));
        break;
    default:
        memcpy(out, row, size);
    }
}

static uint32_t cost(const uint8_t *row, size_t size)
{
    uint32_t sum = 0; /* at most 65535 pixels of 8 bytes, each up to 128: below 2^27 */
    for (size_t i = 0; i < size; i++)
        sum += (uint32_t)(row[i] < 128 ? row[i] : 256 - row[i]);
    return sum;
}

/* Writes the filter byte and the row in the cheapest of the five. try_out holds one row. */
static void best_filter(const uint8_t *row, const uint8_t *above, size_t size, size_t step,
                        uint8_t *try_out, uint8_t *out)
{
    uint32_t least = UINT32_MAX;
    for (int filter = 0; filter <= 4; filter++) {
        filter_row(filter, row, above, size, step, try_out);
        uint32_t c = cost(try_out, size);
        if (c < least) {
            least = c;
            out[0] = (uint8_t)filter;
            memcpy(out + 1, try_out, size);
        }
    }
}

static void to_big_endian(uint8_t *row, size_t size)
{
    for (size_t i = 0; i + 1 < size; i += 2) {
        uint16_t v;
        memcpy(&v, row + i, sizeof v);
        row[i] = (uint8_t)(v >> 8);
        row[i + 1] = (uint8_t)v;
    }
}

/* The whole filtered stream, rows of 1 + row_size bytes. */
static smp_status filter_all(const smpi_encoding *e, size_t row_size, uint8_t *out)
{
    uint8_t *rows;
    uint32_t step = smp_format_pixel_size(e->format);
    size_t room = row_size + LEFT;
    SMPI_TRY(smpi_new(e->ctx, &rows, room, 3, "PNG rows", e->diag));
    memset(rows, 0, 3 * room);
    uint8_t *row = rows + LEFT, *above = row + room, *spare = above + room;
    for (uint32_t y = 0; y < e->image->height; y++) {
        smpi_encode_row(e, y, row);
        if (e->format == SMP_FORMAT_RGB16 || e->format == SMP_FORMAT_RGBA16)
            to_big_endian(row, row_size);
        best_filter(row, above, row_size, step, spare, out + y * (row_size + 1));
        uint8_t *swap = above;
        above = row;
        row = swap;
    }
    smpi_free(e->ctx, rows, 3 * room);
    return SMP_OK;
}

/* ---- chunks -------------------------------------------------------------------------------- */

typedef struct writer {
    uint8_t *out; /* NULL: only the size is wanted */
    size_t at, start;
    const smpi_crc_table *crc;
} writer;

static void put(writer *w, const void *bytes, size_t size)
{
    if (w->out && size)
        memcpy(w->out + w->at, bytes, size);
    w->at += size;
}

static void begin(writer *w, const char *type, size_t size)
{
    uint8_t length[4];
    smpi_put_be32(length, (uint32_t)size);
    put(w, length, 4);
    w->start = w->at;
    put(w, type, 4);
}

static void end(writer *w)
{
    uint8_t sum[4];
    if (w->out)
        smpi_put_be32(sum, smpi_crc(w->crc, 0, w->out + w->start, w->at - w->start));
    put(w, sum, 4);
}

static void put_header(writer *w, const smpi_encoding *e)
{
    static const uint8_t signature[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    static const uint8_t types[] = {[SMP_FORMAT_GRAY8] = 0,
                                    [SMP_FORMAT_RGB8] = 2,
                                    [SMP_FORMAT_RGBA8] = 6,
                                    [SMP_FORMAT_RGB16] = 2,
                                    [SMP_FORMAT_RGBA16] = 6};
    uint8_t head[13] = {0};
    int wide = e->format == SMP_FORMAT_RGB16 || e->format == SMP_FORMAT_RGBA16;
    smpi_put_be32(head, e->image->width);
    smpi_put_be32(head + 4, e->image->height);
    head[8] = wide ? 16 : 8;
    head[9] = types[e->format];
    put(w, signature, sizeof signature);
    begin(w, "IHDR", sizeof head);
    put(w, head, sizeof head);
    end(w);
}

static void put_extras(writer *w, const smpi_encoding *e, smpi_span profile)
{
    static const char keyword[] = "Comment";
    if (profile.size) {
        begin(w, "iCCP", 5 + profile.size);
        put(w, "icc\0", 5); /* name, its end, method 0 */
        put(w, profile.data, profile.size);
        end(w);
    } else if (e->srgb) {
        begin(w, "sRGB", 1);
        put(w, "", 1); /* perceptual */
        end(w);
    }
    if (e->exif.size) {
        begin(w, "eXIf", e->exif.size);
        if (w->out)
            smpi_encode_exif(e, w->out + w->at);
        w->at += e->exif.size;
        end(w);
    }
    if (e->comment) {
        size_t n = strlen(e->comment);
        int latin = 1; /* tEXt is Latin-1; other text goes into iTXt, which is UTF-8 */
        for (size_t i = 0; i < n; i++)
            latin &= (uint8_t)e->comment[i] < 128;
        begin(w, latin ? "tEXt" : "iTXt", sizeof keyword + n + (latin ? 0 : 4));
        put(w, keyword, sizeof keyword);
        put(w, "\0\0\0", latin ? 0 : 4); /* not packed, no language, no translation */
        put(w, e->comment, n);
        end(w);
    }
}

static void put_file(writer *w, const smpi_encoding *e, smpi_span profile, smpi_span data)
{
    put_header(w, e);
    put_extras(w, e, profile);
    for (size_t at = 0; at < data.size; at += IDAT_MAX) {
        size_t n = data.size - at < IDAT_MAX ? data.size - at : IDAT_MAX;
        begin(w, "IDAT", n);
        put(w, data.data + at, n);
        end(w);
    }
    begin(w, "IEND", 0);
    end(w);
}

typedef struct buffer {
    uint8_t *data;
    size_t room;
} buffer;

static smp_status pack(const smpi_encoding *e, smpi_span raw, buffer *b, smpi_span *packed)
{
    b->room = smpi_deflate_room(raw.size);
    SMPI_TRY(smpi_new(e->ctx, &b->data, b->room, 1, "packed PNG", e->diag));
    packed->data = b->data;
    return smpi_deflate(e->ctx, raw, e->desc.effort, b->data, &packed->size, e->diag);
}

static smp_status pack_picture(const smpi_encoding *e, buffer *b, smpi_span *packed)
{
    uint8_t *raw;
    size_t row = (size_t)e->image->width * smp_format_pixel_size(e->format), size;
    if (smpi_mul(row + 1, e->image->height, &size))
        return smpi_fail(e->diag, SMP_ERR_LIMIT, "%u x %u pixels are too many to encode",
                         e->image->width, e->image->height);
    SMPI_TRY(smpi_new(e->ctx, &raw, size, 1, "PNG data", e->diag));
    smp_status status = filter_all(e, row, raw);
    if (status == SMP_OK)
        status = pack(e, (smpi_span){raw, size}, b, packed);
    smpi_free(e->ctx, raw, size);
    return status;
}

smp_status smpi_png_write(const smpi_encoding *e, smp_bytes **bytes)
{
    smpi_crc_table crc;
    buffer pixels = {NULL, 0}, icc = {NULL, 0};
    smpi_span data = {NULL, 0}, profile = {NULL, 0};
    smp_status status = SMP_OK;
    smpi_crc_init(&crc);
    if (e->icc.size)
        status = pack(e, e->icc, &icc, &profile);
    if (status == SMP_OK)
        status = pack_picture(e, &pixels, &data);
    if (status != SMP_OK)
        goto done;
    writer w = {.crc = &crc};
    put_file(&w, e, profile, data);
    status = smpi_bytes_create(e->ctx, w.at, bytes, e->diag);
    if (status == SMP_OK) {
        w = (writer){.out = smpi_bytes_writable(*bytes), .crc = &crc};
        put_file(&w, e, profile, data);
    }
done:
    smpi_free(e->ctx, pixels.data, pixels.room);
    smpi_free(e->ctx, icc.data, icc.room);
    return status;
}
