/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The PNG writer: filters by the least sum of absolute differences, packed straight into the file,
 * row by row or all at once. source: PNG specification, third edition, clauses 9 to 12. */
#include <string.h>

#include "base/context.h"
#include "base/diag.h"
#include "image/deflate.h"
#include "image/exif.h"
#include "image/file_rows.h"
#include "image/pack.h"
#include "image/sink.h"
#include "image/write.h"

#define IDAT_MAX (1u << 20) /* bytes in one chunk */
#define EXTRA 4096u         /* bytes of a file for all but the picture, most often */
#define PART 256u           /* bytes of a cost that fits 16 bits: each counts 128 at most */
#define LEFT 8u             /* zero bytes before a row: the widest pixel */

/* ---- filters ------------------------------------------------------------------------------- */

/* In bytes and without branches, so that compilers make it wide: sixteen at once. With pa, pb and
 * pc the distances of a + b - c from a, b and c, pc is pa + pb, never the least, unless c lies
 * between a and b. */
static uint8_t paeth(uint8_t a, uint8_t b, uint8_t c)
{
    const uint8_t pa = b > c ? (uint8_t)(b - c) : (uint8_t)(c - b);
    const uint8_t pb = a > c ? (uint8_t)(a - c) : (uint8_t)(c - a);
    const uint8_t apart = pa > pb ? (uint8_t)(pa - pb) : (uint8_t)(pb - pa);
    const uint8_t b_over = b > c ? 255 : 0, a_over = a > c ? 255 : 0;
    const uint8_t pc = (uint8_t)(apart | (uint8_t) ~(b_over ^ a_over));
    const uint8_t bc = pb <= pc ? b : c, least = pb <= pc ? pb : pc;
    return pa <= least ? a : bc;
}

/* One row through filter 1 to 4. The `step` bytes before row and above are 0. */
static void filter_row(int filter, const uint8_t *restrict row, const uint8_t *restrict above,
                       size_t size, size_t step, uint8_t *restrict out)
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
            out[i] = (uint8_t)(row[i] - ((left[i] & above[i]) + ((left[i] ^ above[i]) >> 1)));
        break;
    default:
        for (size_t i = 0; i < size; i++)
            out[i] = (uint8_t)(row[i] - paeth(left[i], above[i], corner[i]));
    }
}

/* The sum of absolute differences; in parts that 16 bits hold, so that more are added at once. */
static uint32_t cost(const uint8_t *row, size_t size)
{
    uint32_t sum = 0; /* at most 65535 pixels of 8 bytes, each up to 128: below 2^27 */
    for (size_t at = 0; at < size; at += PART) {
        const size_t n = size - at < PART ? size - at : PART;
        uint16_t part = 0;
        for (size_t i = 0; i < n; i++) {
            const uint8_t up = row[at + i], down = (uint8_t)(0 - up);
            part = (uint16_t)(part + (up < down ? up : down));
        }
        sum += part;
    }
    return sum;
}

/* Writes the filter byte and the row in the cheapest of the five. spare holds two rows. */
static void best_filter(const uint8_t *row, const uint8_t *above, size_t size, size_t step,
                        uint8_t *spare, uint8_t *out)
{
    const uint8_t *best = row;
    uint8_t *next = spare, *other = spare + size;
    uint32_t least = cost(row, size);
    out[0] = 0;
    for (int filter = 1; filter <= 4; filter++) {
        filter_row(filter, row, above, size, step, next);
        const uint32_t c = cost(next, size);
        if (c < least) {
            uint8_t *done = next;
            next = other;
            other = done;
            best = done;
            least = c;
            out[0] = (uint8_t)filter;
        }
    }
    memcpy(out + 1, best, size);
}

static int is_wide(smp_format format)
{
    return format == SMP_FORMAT_RGB16 || format == SMP_FORMAT_RGBA16;
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

/* ---- chunks -------------------------------------------------------------------------------- */

typedef struct writer {
    const smpi_encoding *e;
    smpi_sink file;
    size_t start; /* of the open chunk */
} writer;

static void put(writer *w, const void *bytes, size_t size)
{
    smpi_sink_put(&w->file, bytes, size);
}

static void begin(writer *w, const char *type)
{
    w->start = w->file.size;
    put(w, "\0\0\0", 4); /* the length, when it is known */
    put(w, type, 4);
}

static void end(writer *w)
{
    uint8_t sum[4];
    if (w->file.status != SMP_OK)
        return;
    uint8_t *chunk = w->file.data + w->start;
    size_t size = w->file.size - w->start;
    smpi_put_be32(chunk, (uint32_t)(size - 8));
    smpi_put_be32(sum, smpi_crc(chunk + 4, size - 4));
    put(w, sum, 4);
}

/* Packs on into the open chunk. A chunk of picture data that is full is followed by another. */
static void pack_into(writer *w, smpi_pack *pack, smpi_span in, int last, size_t chunk_max)
{
    int ended = 0;
    while ((in.size || last) && !ended && smpi_sink_need(&w->file, 1)) {
        size_t filled = w->file.size - w->start - 8, written;
        if (filled == chunk_max) {
            end(w);
            begin(w, "IDAT");
            continue;
        }
        size_t room = w->file.room - w->file.size;
        room = room < chunk_max - filled ? room : chunk_max - filled;
        ended = smpi_pack_run(pack, &in, last, w->file.data + w->file.size, room, &written);
        w->file.size += written;
    }
}

static void put_header(writer *w)
{
    static const uint8_t signature[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    static const uint8_t types[] = {[SMP_FORMAT_GRAY8] = 0,
                                    [SMP_FORMAT_RGB8] = 2,
                                    [SMP_FORMAT_RGBA8] = 6,
                                    [SMP_FORMAT_RGB16] = 2,
                                    [SMP_FORMAT_RGBA16] = 6};
    uint8_t head[13] = {0};
    const smpi_encoding *e = w->e;
    smpi_put_be32(head, e->image->width);
    smpi_put_be32(head + 4, e->image->height);
    head[8] = is_wide(e->format) ? 16 : 8;
    head[9] = types[e->format];
    put(w, signature, sizeof signature);
    begin(w, "IHDR");
    put(w, head, sizeof head);
    end(w);
}

static smp_status put_profile(writer *w)
{
    const smpi_encoding *e = w->e;
    smpi_pack *pack;
    if (!e->icc.size)
        return SMP_OK;
    SMPI_TRY(smpi_pack_create(e->ctx, e->desc.effort, &pack, e->diag));
    begin(w, "iCCP");
    put(w, "icc\0", 5); /* name, its end, method 0 */
    pack_into(w, pack, e->icc, 1, SIZE_MAX);
    end(w);
    smpi_pack_destroy(&pack);
    return w->file.status;
}

static void put_extras(writer *w)
{
    static const char keyword[] = "Comment";
    const smpi_encoding *e = w->e;
    if (e->srgb && !e->icc.size) {
        begin(w, "sRGB");
        put(w, "", 1); /* perceptual */
        end(w);
    }
    if (e->exif.size && smpi_sink_need(&w->file, 8 + e->exif.size)) {
        begin(w, "eXIf");
        smpi_exif_copy_upright(e->exif, w->file.data + w->file.size);
        w->file.size += e->exif.size;
        end(w);
    }
    if (e->comment) {
        size_t n = strlen(e->comment);
        int latin = 1; /* tEXt is Latin-1; other text goes into iTXt, which is UTF-8 */
        for (size_t i = 0; i < n; i++)
            latin &= (uint8_t)e->comment[i] < 128;
        begin(w, latin ? "tEXt" : "iTXt");
        put(w, keyword, sizeof keyword);
        put(w, "\0\0\0", latin ? 0 : 4); /* not packed, no language, no translation */
        put(w, e->comment, n);
        end(w);
    }
}

/* ---- the picture --------------------------------------------------------------------------- */

/* The rows that filters need, and where a row that is filtered goes. */
typedef struct rows {
    uint8_t *block; /* two rows with LEFT bytes before each, two spare ones, `line` */
    uint8_t *row, *above, *spare;
    uint8_t *line; /* a filter byte and a row */
    size_t size, room;
} rows;

static smp_status open_rows(const smpi_encoding *e, size_t size, rows *r)
{
    *r = (rows){.size = size, .room = 5 * (size + LEFT)};
    SMPI_TRY(smpi_new(e->ctx, &r->block, r->room, 1, "PNG rows", e->diag));
    memset(r->block, 0, r->room);
    r->row = r->block + LEFT;
    r->above = r->row + LEFT + size;
    r->spare = r->above + LEFT + size;
    r->line = r->spare + 2 * size;
    return SMP_OK;
}

static void next_row(const smpi_encoding *e, rows *r, uint32_t y, uint8_t *out)
{
    smpi_file_row(e->image, e->format, y, r->row);
    if (is_wide(e->format))
        to_big_endian(r->row, r->size);
    best_filter(r->row, r->above, r->size, smp_format_pixel_size(e->format), r->spare, out);
    uint8_t *swap = r->above;
    r->above = r->row;
    r->row = swap;
}

/* Row by row through zlib. */
static smp_status put_rows(writer *w, rows *r)
{
    const smpi_encoding *e = w->e;
    const uint32_t height = e->image->height;
    smpi_pack *pack;
    SMPI_TRY(smpi_pack_create(e->ctx, e->desc.effort, &pack, e->diag));
    begin(w, "IDAT");
    for (uint32_t y = 0; y < height && w->file.status == SMP_OK; y++) {
        next_row(e, r, y, r->line);
        pack_into(w, pack, (smpi_span){r->line, r->size + 1}, y + 1 == height, IDAT_MAX);
    }
    end(w);
    smpi_pack_destroy(&pack);
    return w->file.status;
}

/* All rows at once through libdeflate, straight into the file, which has room for them. */
static smp_status put_whole(writer *w, rows *r)
{
    const smpi_encoding *e = w->e;
    const uint32_t height = e->image->height;
    const size_t size = (r->size + 1) * height;
    uint8_t *lines, *heap; /* heap: libdeflate's, for the budget */
    SMPI_TRY(smpi_new(e->ctx, &lines, size, 1, "PNG lines", e->diag));
    for (uint32_t y = 0; y < height; y++)
        next_row(e, r, y, lines + y * (r->size + 1));
    begin(w, "IDAT");
    (void)smpi_sink_need(&w->file, smpi_deflate_bound(size));
    if (w->file.status == SMP_OK)
        w->file.status = smpi_new(e->ctx, &heap, SMPI_DEFLATE_HEAP, 1, "compressor", e->diag);
    if (w->file.status == SMP_OK) {
        const size_t packed =
            smpi_deflate((smpi_span){lines, size}, e->desc.effort, w->file.data + w->file.size,
                         w->file.room - w->file.size);
        w->file.size += packed;
        if (!packed)
            w->file.status = smpi_fail(e->diag, SMP_ERR_MEMORY, "libdeflate has no memory");
        smpi_free(e->ctx, heap, SMPI_DEFLATE_HEAP);
    }
    end(w);
    smpi_free(e->ctx, lines, size);
    return w->file.status;
}

/* The room that libdeflate wants in the file; 0 when the rows go through zlib one by one: without
 * libdeflate, or where the budget does not hold the picture once more. */
static size_t whole_room(const smpi_encoding *e, size_t row_size)
{
    size_t size, room;
    if (smpi_mul(row_size + 1, e->image->height, &size) || size > 0x7f000000)
        return 0;
    room = smpi_deflate_bound(size);
    const uint64_t held = 3 * (uint64_t)room + 5 * row_size + EXTRA + SMPI_DEFLATE_HEAP;
    return room && room < 0x7fffffff && held <= smpi_memory_left(e->ctx) ? room : 0;
}

static smp_status put_picture(writer *w, size_t row_size, int whole)
{
    rows r;
    SMPI_TRY(open_rows(w->e, row_size, &r));
    smp_status status = whole ? put_whole(w, &r) : put_rows(w, &r);
    smpi_free(w->e->ctx, r.block, r.room);
    return status;
}

smp_status smpi_png_write(const smpi_encoding *e, smp_bytes **bytes)
{
    writer w = {.e = e};
    size_t row_size = (size_t)e->image->width * smp_format_pixel_size(e->format), size;
    if (smpi_mul(row_size, e->image->height, &size))
        return smpi_fail(e->diag, SMP_ERR_LIMIT, "%u x %u pixels are too many to encode",
                         e->image->width, e->image->height);
    const size_t whole = whole_room(e, row_size);
    smpi_sink_open(&w.file, e->ctx, (whole ? whole : size / 4) + EXTRA, e->diag);
    smp_status status = w.file.status;
    if (status != SMP_OK)
        return status;
    put_header(&w);
    status = put_profile(&w);
    if (status != SMP_OK)
        goto done;
    put_extras(&w);
    status = put_picture(&w, row_size, whole > 0);
    if (status != SMP_OK)
        goto done;
    begin(&w, "IEND");
    end(&w);
    status = smpi_sink_close(&w.file, bytes);
done:
    smp_bytes_destroy(&w.file.bytes);
    return status;
}
