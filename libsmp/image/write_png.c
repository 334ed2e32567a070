/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The PNG writer: filters by the least sum of absolute differences, packed row by row
 * straight into the file. source: PNG
 * specification, third edition, clauses 9 to 12. */
#include <string.h>

#include "base/context.h"
#include "base/diag.h"
#include "image/exif.h"
#include "image/file_rows.h"
#include "image/pack.h"
#include "image/sink.h"
#include "image/write.h"

#define IDAT_MAX (1u << 20) /* bytes in one chunk */
#define LEFT 8u             /* zero bytes before a row: the widest pixel */

/* ---- filters ------------------------------------------------------------------------------- */

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

/* Filters and packs all rows. rows has room for three rows with LEFT bytes before each, then for a
 * filter byte and a row. */
static void put_rows(writer *w, smpi_pack *pack, uint8_t *rows, size_t row_size)
{
    const smpi_encoding *e = w->e;
    uint32_t step = smp_format_pixel_size(e->format), height = e->image->height;
    uint8_t *row = rows + LEFT, *above = row + LEFT + row_size, *spare = above + LEFT + row_size;
    uint8_t *line = spare + row_size;
    begin(w, "IDAT");
    for (uint32_t y = 0; y < height && w->file.status == SMP_OK; y++) {
        smpi_file_row(e->image, e->format, y, row);
        if (is_wide(e->format))
            to_big_endian(row, row_size);
        best_filter(row, above, row_size, step, spare, line);
        pack_into(w, pack, (smpi_span){line, row_size + 1}, y + 1 == height, IDAT_MAX);
        uint8_t *swap = above;
        above = row;
        row = swap;
    }
    end(w);
}

static smp_status put_picture(writer *w, size_t row_size)
{
    const smpi_encoding *e = w->e;
    smpi_pack *pack = NULL;
    uint8_t *rows;
    size_t room = 4 * (row_size + LEFT);
    SMPI_TRY(smpi_new(e->ctx, &rows, room, 1, "PNG rows", e->diag));
    memset(rows, 0, room);
    smp_status status = smpi_pack_create(e->ctx, e->desc.effort, &pack, e->diag);
    if (status == SMP_OK) {
        put_rows(w, pack, rows, row_size);
        status = w->file.status;
    }
    smpi_pack_destroy(&pack);
    smpi_free(e->ctx, rows, room);
    return status;
}

smp_status smpi_png_write(const smpi_encoding *e, smp_bytes **bytes)
{
    writer w = {.e = e};
    size_t row_size = (size_t)e->image->width * smp_format_pixel_size(e->format), size;
    if (smpi_mul(row_size, e->image->height, &size))
        return smpi_fail(e->diag, SMP_ERR_LIMIT, "%u x %u pixels are too many to encode",
                         e->image->width, e->image->height);
    smpi_sink_open(&w.file, e->ctx, size / 4 + 4096, e->diag);
    smp_status status = w.file.status;
    if (status != SMP_OK)
        return status;
    put_header(&w);
    status = put_profile(&w);
    if (status != SMP_OK)
        goto done;
    put_extras(&w);
    status = put_picture(&w, row_size);
    if (status != SMP_OK)
        goto done;
    begin(&w, "IEND");
    end(&w);
    status = smpi_sink_close(&w.file, bytes);
done:
    smp_bytes_destroy(&w.file.bytes);
    return status;
}
