/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The ways a PNG is packed and unpacked against each other: libdeflate (where it is built in) and
 * zlib when writing, our reader and stb when reading. The pixels are always the same. */
#include <check.h>
#include <stdio.h>

#include "base/context.h"
#include "base/random.h"
#include "image/read_png.h"
#include "image/stb.h"
#include "image_cases.h"

#define SIDE 70

static const smp_format formats[] = {SMP_FORMAT_GRAY8, SMP_FORMAT_RGB8, SMP_FORMAT_RGBA8,
                                     SMP_FORMAT_RGB16, SMP_FORMAT_RGBA16};

/* Bytes that every filter is the best for somewhere: flat, ramps, noise. */
static void draw(uint8_t *pixels, size_t row, uint32_t height, uint32_t seed)
{
    for (uint32_t y = 0; y < height; y++)
        for (size_t i = 0; i < row; i++) {
            const uint32_t noise = (uint32_t)smpi_hash(seed, (uint32_t)i, y);
            const uint32_t kind = (y / 8 + seed) % 5;
            pixels[y * row + i] = (uint8_t)(kind == 0   ? noise
                                            : kind == 1 ? 77
                                            : kind == 2 ? 3 * i + (noise & 1)
                                            : kind == 3 ? 5 * y + (noise & 3)
                                                        : i * y / 7 + (noise & 1));
        }
}

/* Both readers on one file; ours must give the pixels wanted, and say that it does. */
static void check_readers(const smp_context *ctx, const void *data, size_t size, const void *want,
                          size_t want_size)
{
    smpi_header header;
    smpi_png_pixels out;
    void *slow;
    ck_assert_int_eq(smpi_header_read(data, size, &header, NULL), SMP_OK);
    ck_assert_int_eq(smpi_png_read(ctx, &header, &out, NULL), SMP_OK);
    ck_assert(out.pixels != NULL);
    ck_assert_mem_eq(out.pixels, want, want_size);
    smpi_free(ctx, out.block, out.room);
    const smpi_stb_wish wish = {header.stored_width, header.stored_height, header.channels,
                                header.info.format >= SMP_FORMAT_RGB16, 1u << 26};
    ck_assert_int_eq(smpi_stb_decode(ctx, data, size, &wish, &slow, NULL), SMP_OK);
    ck_assert_mem_eq(slow, want, want_size);
    smpi_stb_free(ctx, slow);
}

static void check_writer(const smp_context *ctx, const smp_context *reader, const smp_image *image,
                         uint32_t effort, size_t *file_size)
{
    smp_encode_desc desc;
    smp_bytes *bytes;
    smp_diag diag;
    smp_encode_desc_init(&desc);
    desc.effort = effort;
    ck_assert_msg(smp_encode(ctx, image, &desc, NULL, &bytes, &diag) == SMP_OK, "%s", diag.text);
    const uint8_t *data = smp_bytes_data(bytes, file_size);
    check_readers(reader, data, *file_size, image->data, (size_t)image->stride * image->height);
    smp_bytes_destroy(&bytes);
}

START_TEST(all_ways_give_the_pixels)
{
    static const uint32_t sides[] = {1, 2, 15, 33, SIDE};
    static uint8_t pixels[8 * SIDE * SIDE];
    smp_context *ctx = plain_context(), *tight;
    smp_context_desc tight_desc;
    smp_context_desc_init(&tight_desc);
    tight_desc.memory_budget = 900000; /* less than libdeflate may take */
    ck_assert_int_eq(smp_context_create(&tight, &tight_desc, NULL), SMP_OK);
    size_t sizes[2] = {0, 0}, n;
    for (uint32_t i = 0; i < 5; i++)
        for (uint32_t s = 0; s < 25; s++) {
            const uint32_t w = sides[s % 5], h = sides[s / 5];
            smp_image image;
            draw(pixels, w * smp_format_pixel_size(formats[i]), h, s);
            ck_assert_int_eq(smp_image_wrap(&image, pixels, w, h, 0, formats[i], NULL), SMP_OK);
            for (uint32_t effort = 1; effort <= 9; effort += 4) {
                check_writer(ctx, ctx, &image, effort, &n);
                sizes[0] += n;
                check_writer(tight, ctx, &image, effort, &n);
                sizes[1] += n;
            }
        }
    printf("png: %zu bytes all at once%s, %zu row by row\n", sizes[0],
           smpi_deflate_bound(1) ? "" : " (SKIP: libdeflate is not built in)", sizes[1]);
    ck_assert_int_eq(sizes[0] == sizes[1], !smpi_deflate_bound(1));
    ck_assert_uint_lt(sizes[0], sizes[1] + sizes[1] / 20);
    smp_context_destroy(&tight);
    smp_context_destroy(&ctx);
}
END_TEST

/* A filter's guess; the textbook's formulas. */
static uint8_t guess(int filter, int a, int b, int c)
{
    const int p = a + b - c, pa = abs(p - a), pb = abs(p - b), pc = abs(p - c);
    switch (filter) {
    case 1:
        return (uint8_t)a;
    case 2:
        return (uint8_t)b;
    case 3:
        return (uint8_t)((a + b) / 2);
    case 4:
        return (uint8_t)(pa <= pb && pa <= pc ? a : pb <= pc ? b : c);
    default:
        return 0;
    }
}

/* A file whose rows have filters of their own, its stream cut into chunks at odd places. first: the
 * first row's filter, which need not exist. Returns the bytes of a row. */
static size_t filtered_file(const smp_context *ctx, file *f, const uint8_t *pixels,
                            smp_format format, uint32_t w, uint32_t h, int first)
{
    static const uint8_t types[] = {0, 2, 6, 2, 6};
    static uint8_t raw[9 * SIDE * SIDE], packed[10 * SIDE * SIDE];
    const size_t step = smp_format_pixel_size(format), row = w * step;
    const uint32_t wide = format >= SMP_FORMAT_RGB16;
    uint32_t type = 0;
    while (formats[type] != format)
        type++;
    for (uint32_t y = 0; y < h; y++) {
        const int filter = y ? (int)(smpi_hash(3, y, w) % 5) : first;
        raw[y * (row + 1)] = (uint8_t)filter;
        for (size_t i = 0; i < row; i++) {
            const size_t at = y * row + (i ^ wide); /* high byte first */
            const int a = i >= step ? pixels[at - step] : 0, b = y ? pixels[at - row] : 0;
            const int c = i >= step && y ? pixels[at - row - step] : 0;
            raw[y * (row + 1) + 1 + i] = (uint8_t)(pixels[at] - guess(filter, a, b, c));
        }
    }
    const size_t n = packed_bytes(ctx, 6, raw, (row + 1) * h, packed, sizeof packed);
    file_png(f, w, h, wide ? 16 : 8, types[type]);
    for (size_t at = 0, part = 0; at < n; at += part) {
        part = w % 2 ? n : (at * 7 + 1) % 997;
        part = part < n - at ? part : n - at;
        file_chunk(f, "IDAT", packed + at, part);
        if (part > 500)
            file_chunk(f, "IDAT", NULL, 0);
    }
    file_chunk(f, "IEND", NULL, 0);
    return row;
}

START_TEST(filters_and_chunks)
{
    static uint8_t pixels[8 * SIDE * SIDE];
    static file f;
    smp_context *ctx = plain_context();
    for (uint32_t i = 0; i < 5; i++)
        for (uint32_t w = 1; w <= SIDE; w += 3) {
            draw(pixels, w * smp_format_pixel_size(formats[i]), SIDE, w);
            for (int first = 0; first < 5; first++) {
                const size_t row = filtered_file(ctx, &f, pixels, formats[i], w, SIDE, first);
                check_readers(ctx, f.data, f.size, pixels, row * SIDE);
            }
            (void)filtered_file(ctx, &f, pixels, formats[i], w, SIDE, 5);
            ck_assert_int_eq(decode_status(ctx, f.data, f.size, NULL), SMP_ERR_FORMAT);
        }
    smp_context_destroy(&ctx);
}
END_TEST

/* Damage behind right checksums: what our reader takes, stb takes with the same pixels. */
START_TEST(stb_has_the_last_word)
{
    static uint8_t pixels[3 * SIDE * SIDE];
    static file f;
    smp_context *ctx = plain_context();
    uint32_t taken = 0, left = 0;
    draw(pixels, 3 * 12, 12, 4);
    for (uint32_t k = 0; k < 3000; k++) {
        smpi_header header;
        smpi_png_pixels out;
        void *slow;
        const size_t row = filtered_file(ctx, &f, pixels, SMP_FORMAT_RGB8, 13, 12, 4);
        const uint32_t size = smpi_be32(f.data + 33), at = (uint32_t)smpi_hash(9, k, 1) % size;
        f.data[41 + at] ^= (uint8_t)(1u << smpi_hash(9, k, 2) % 8);
        smpi_put_be32(f.data + 41 + size, smpi_crc(f.data + 37, size + 4));
        ck_assert_int_eq(smpi_header_read(f.data, f.size, &header, NULL), SMP_OK);
        ck_assert_int_eq(smpi_png_read(ctx, &header, &out, NULL), SMP_OK);
        const smpi_stb_wish wish = {13, 12, 3, 0, 1u << 26};
        const smp_status status = smpi_stb_decode(ctx, f.data, f.size, &wish, &slow, NULL);
        if (out.pixels) {
            ck_assert_int_eq(status, SMP_OK);
            ck_assert_mem_eq(out.pixels, slow, row * 12);
        }
        taken += out.pixels != NULL;
        left += !out.pixels && status == SMP_OK;
        smpi_free(ctx, out.block, out.room);
        smpi_stb_free(ctx, slow);
    }
    printf("png: of 3000 damaged files %u taken at once, %u by stb alone\n", taken, left);
    ck_assert_uint_gt(left, 0);
    smp_context_destroy(&ctx);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("png");
    TCase *tests = tcase_create("png");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, all_ways_give_the_pixels);
    tcase_add_test(tests, filters_and_chunks);
    tcase_add_test(tests, stb_has_the_last_word);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
