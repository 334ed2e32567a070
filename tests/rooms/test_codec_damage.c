/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Files that are cut, damaged, hostile or of another kind: each refused with its reason. */
#include <check.h>

#include "image_cases.h"

static smp_status status_of(const smp_context *ctx, const file *f, smp_diag *diag)
{
    return decode_status(ctx, f->data, f->size, diag);
}

START_TEST(cut_at_every_byte)
{
    smp_context *ctx = plain_context();
    for (uint32_t kind = SMP_FILE_JPEG; kind <= SMP_FILE_PNG; kind++) {
        size_t size;
        smp_bytes *bytes = encode_pattern(ctx, 17, 11, kind);
        const uint8_t *data = smp_bytes_data(bytes, &size);
        ck_assert_int_eq(decode_status(ctx, data, size, NULL), SMP_OK);
        for (size_t n = 0; n < size; n++)
            ck_assert_msg(decode_status(ctx, data, n, NULL) == SMP_ERR_FORMAT,
                          "kind %u cut to %zu of %zu bytes", kind, n, size);
        smp_bytes_destroy(&bytes);
    }
    ck_assert_uint_eq(smp_context_memory(ctx, NULL), 0);
    smp_context_destroy(&ctx);
}
END_TEST

/* Any changed byte of a PNG is found; a JPEG has no checksum, but must not do harm. */
START_TEST(every_byte_changed)
{
    smp_context *ctx = plain_context();
    static const uint8_t changes[] = {0xff, 0x01, 0x80, 0x5a};
    for (uint32_t kind = SMP_FILE_JPEG; kind <= SMP_FILE_PNG; kind++) {
        size_t size;
        smp_bytes *bytes = encode_pattern(ctx, 17, 11, kind);
        uint8_t *data = (uint8_t *)(uintptr_t)smp_bytes_data(bytes, &size);
        for (size_t i = 0; i < size; i++)
            for (size_t c = 0; c < sizeof changes; c++) {
                data[i] ^= changes[c];
                smp_status status = decode_status(ctx, data, size, NULL);
                ck_assert_msg(kind == SMP_FILE_JPEG || status != SMP_OK, "byte %zu ^ %u", i,
                              changes[c]);
                data[i] ^= changes[c];
            }
        smp_bytes_destroy(&bytes);
    }
    ck_assert_uint_eq(smp_context_memory(ctx, NULL), 0);
    smp_context_destroy(&ctx);
}
END_TEST

START_TEST(other_kinds_are_named)
{
    static const struct {
        const char bytes[13];
        smp_status status;
        const char *word;
    } cases[] = {
        {"\0\0\0\x18"
         "ftypheic",
         SMP_ERR_UNSUPPORTED, "HEIC"},
        {"\0\0\0\x18"
         "ftypavif",
         SMP_ERR_UNSUPPORTED, "AVIF"},
        {"RIFF\x10\0\0\0WEBP", SMP_ERR_UNSUPPORTED, "WebP"},
        {"GIF89a\x01\0\x01\0\0\0", SMP_ERR_UNSUPPORTED, "GIF"},
        {"BM\x10\0\0\0\0\0\0\0\0\0", SMP_ERR_UNSUPPORTED, "BMP"},
        {"II*\0\x08\0\0\0\0\0\0\0", SMP_ERR_UNSUPPORTED, "TIFF"},
        {"hello, world", SMP_ERR_FORMAT, "neither JPEG nor PNG"},
    };
    smp_context *ctx = plain_context();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        smp_diag diag;
        smp_status status = decode_status(ctx, (const uint8_t *)cases[i].bytes, 12, &diag);
        ck_assert_int_eq(status, cases[i].status);
        ck_assert_msg(strstr(diag.text, cases[i].word) != NULL, "%s", diag.text);
    }
    smp_context_destroy(&ctx);
}
END_TEST

/* Frame headers of kinds that are not read, in place of the good one. */
START_TEST(jpeg_kinds)
{
    static const struct {
        uint8_t marker, bits;
        const char *word;
    } cases[] = {{0xc1, 12, "12 bits"},
                 {0xc3, 8, "lossless"},
                 {0xc9, 8, "arithmetic"},
                 {0xca, 8, "arithmetic"},
                 {0xc5, 8, "hierarchical"}};
    smp_context *ctx = plain_context();
    size_t size, at = 0;
    smp_bytes *bytes = encode_pattern(ctx, 17, 11, SMP_FILE_JPEG);
    const uint8_t *data = smp_bytes_data(bytes, &size);
    for (at = 2; data[at + 1] != 0xc0; at += 2 + smpi_be16(data + at + 2))
        continue;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        file f = {.size = 0};
        smp_diag diag;
        file_put(&f, data, size);
        f.data[at + 1] = cases[i].marker;
        f.data[at + 4] = cases[i].bits;
        ck_assert_int_eq(status_of(ctx, &f, &diag), SMP_ERR_UNSUPPORTED);
        ck_assert_msg(strstr(diag.text, cases[i].word) != NULL, "%s", diag.text);
    }
    file twice;
    file_insert(&twice, data, size, at, data + at, 2 + smpi_be16(data + at + 2));
    ck_assert_int_eq(status_of(ctx, &twice, NULL), SMP_ERR_FORMAT);
    file huge = {.size = 0};
    file_put(&huge, data, size);
    memset(huge.data + at + 5, 0xff, 4); /* 65535 x 65535 in a few hundred bytes */
    ck_assert_int_eq(status_of(ctx, &huge, NULL), SMP_ERR_FORMAT);
    smp_bytes_destroy(&bytes);
    smp_context_destroy(&ctx);
}
END_TEST

static void end_png(file *f, const uint8_t *raw, size_t size)
{
    smp_context *ctx = plain_context();
    uint8_t packed[4096];
    size_t n = packed_bytes(ctx, 6, raw, size, packed, sizeof packed);
    file_chunk(f, "IDAT", packed, n);
    file_chunk(f, "IEND", NULL, 0);
    smp_context_destroy(&ctx);
}

START_TEST(png_structure)
{
    static const uint8_t raw[4] = {0, 1, 2, 3}, palette[9] = {1, 2, 3};
    smp_context *ctx = plain_context();
    file f;
    file_png(&f, 1, 1, 8, 2);
    end_png(&f, raw, 4);
    ck_assert_int_eq(status_of(ctx, &f, NULL), SMP_OK);
    file_png(&f, 1, 1, 7, 2); /* 7 bits */
    end_png(&f, raw, 4);
    ck_assert_int_eq(status_of(ctx, &f, NULL), SMP_ERR_FORMAT);
    file_png(&f, 1, 1, 8, 3); /* no palette */
    end_png(&f, raw, 2);
    ck_assert_int_eq(status_of(ctx, &f, NULL), SMP_ERR_FORMAT);
    file_png(&f, 1, 1, 1, 3); /* three colours in one bit */
    file_chunk(&f, "PLTE", palette, 9);
    end_png(&f, raw, 2);
    ck_assert_int_eq(status_of(ctx, &f, NULL), SMP_ERR_FORMAT);
    file_png(&f, 1, 1, 8, 2); /* no data */
    file_chunk(&f, "IEND", NULL, 0);
    ck_assert_int_eq(status_of(ctx, &f, NULL), SMP_ERR_FORMAT);
    file_png(&f, 4, 4, 8, 2); /* too little data */
    end_png(&f, raw, 4);
    ck_assert_int_eq(status_of(ctx, &f, NULL), SMP_ERR_FORMAT);
    file_png(&f, 1, 1, 8, 2); /* a chunk that must be understood */
    file_chunk(&f, "QQQQ", raw, 4);
    end_png(&f, raw, 4);
    ck_assert_int_eq(status_of(ctx, &f, NULL), SMP_ERR_UNSUPPORTED);
    smp_context_destroy(&ctx);
}
END_TEST

START_TEST(bombs)
{
    static const uint8_t raw[4] = {0, 1, 2, 3};
    static uint8_t zeros[2 << 20], packed[1 << 14];
    uint8_t text[8192] = "big\0";
    smp_context *ctx = plain_context();
    uint64_t peak;
    file f;
    uint8_t *room = malloc(sizeof zeros);
    ck_assert(room != NULL);
    size_t n = packed_bytes(ctx, 9, zeros, sizeof zeros, room, sizeof zeros);
    ck_assert_uint_le(n, sizeof packed - 8);
    memcpy(text + 5, room, n);
    smp_context_destroy(&ctx);
    ctx = plain_context();
    file_png(&f, 1, 1, 8, 2);
    file_chunk(&f, "zTXt", text, n + 5);
    end_png(&f, raw, 4);
    ck_assert_int_eq(status_of(ctx, &f, NULL), SMP_ERR_LIMIT);
    file_png(&f, 65536, 65536, 1, 0);
    end_png(&f, raw, 4);
    ck_assert_int_eq(status_of(ctx, &f, NULL), SMP_ERR_LIMIT);
    file_png(&f, 60000, 60000, 8, 2);
    end_png(&f, raw, 4);
    ck_assert_int_eq(status_of(ctx, &f, NULL), SMP_ERR_FORMAT);
    smp_context_memory(ctx, &peak);
    ck_assert_uint_eq(peak, 0); /* all decided before anything was allocated */
    /* A stream that goes on for two megabytes behind one pixel: its memory stays bounded. */
    file_png(&f, 1, 1, 8, 2);
    file_chunk(&f, "IDAT", room, n);
    file_chunk(&f, "IEND", NULL, 0);
    ck_assert_int_eq(status_of(ctx, &f, NULL), SMP_ERR_FORMAT);
    smp_context_memory(ctx, &peak);
    ck_assert_uint_le(peak, 300000);
    free(room);
    smp_context_destroy(&ctx);
}
END_TEST

START_TEST(limits)
{
    smp_context *ctx = plain_context(), *tight;
    smp_context_desc tight_desc;
    smp_decode_desc desc;
    smp_picture *picture;
    smp_diag diag;
    uint64_t peak;
    size_t size;
    smp_bytes *bytes = encode_pattern(ctx, 40, 30, SMP_FILE_PNG);
    const uint8_t *data = smp_bytes_data(bytes, &size);
    smp_decode_desc_init(&desc);
    desc.max_side = 39;
    ck_assert_int_eq(smp_decode(ctx, data, size, &desc, &picture, &diag), SMP_ERR_LIMIT);
    smp_decode_desc_init(&desc);
    desc.max_pixels = 1199;
    ck_assert_int_eq(smp_decode(ctx, data, size, &desc, &picture, &diag), SMP_ERR_LIMIT);
    desc.max_pixels = 1200;
    desc.max_side = 40;
    ck_assert_int_eq(smp_decode(ctx, data, size, &desc, &picture, &diag), SMP_OK);
    smp_picture_destroy(&picture);
    smp_bytes *tall = encode_pattern(ctx, 30, 41, SMP_FILE_JPEG);
    size_t tall_size;
    const uint8_t *tall_data = smp_bytes_data(tall, &tall_size);
    smp_decode_desc_init(&desc);
    desc.max_side = 40;
    ck_assert_int_eq(smp_decode(ctx, tall_data, tall_size, &desc, &picture, &diag), SMP_ERR_LIMIT);
    smp_bytes_destroy(&tall);
    desc.max_pixels = 0;
    ck_assert_int_eq(smp_decode(ctx, data, size, &desc, &picture, &diag), SMP_ERR_RANGE);
    ck_assert_ptr_null(picture);
    smp_context_desc_init(&tight_desc);
    tight_desc.memory_budget = 20000;
    ck_assert_int_eq(smp_context_create(&tight, &tight_desc, NULL), SMP_OK);
    ck_assert_int_eq(smp_decode(tight, data, size, NULL, &picture, &diag), SMP_ERR_LIMIT);
    smp_context_memory(tight, &peak);
    ck_assert_uint_eq(peak, 0);
    smp_context_destroy(&tight);
    smp_bytes_destroy(&bytes);
    smp_context_destroy(&ctx);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("codec");
    TCase *tests = tcase_create("damage");
    tcase_add_test(tests, cut_at_every_byte);
    tcase_add_test(tests, every_byte_changed);
    tcase_add_test(tests, other_kinds_are_named);
    tcase_add_test(tests, jpeg_kinds);
    tcase_add_test(tests, png_structure);
    tcase_add_test(tests, bombs);
    tcase_add_test(tests, limits);
    tcase_set_timeout(tests, 120);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
