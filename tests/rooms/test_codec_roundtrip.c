/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Pictures to files and back: every format, profiles, Exif, comments, failing memory. */
#include <check.h>

#include "image_cases.h"

static smp_picture *decode(const smp_context *ctx, const smp_bytes *bytes, smp_decode_desc *desc)
{
    size_t size;
    smp_picture *picture;
    smp_diag diag;
    const uint8_t *data = smp_bytes_data(bytes, &size);
    smp_status status = smp_decode(ctx, data, size, desc, &picture, &diag);
    ck_assert_msg(status == SMP_OK, "%s", diag.text);
    return picture;
}

START_TEST(png_is_lossless)
{
    static const smp_format formats[] = {SMP_FORMAT_GRAY8, SMP_FORMAT_RGB8, SMP_FORMAT_RGBA8,
                                         SMP_FORMAT_RGB16, SMP_FORMAT_RGBA16};
    enum { W = 61, H = 37 };
    static _Alignas(8) uint8_t pixels[W * H * 8];
    smp_context *ctx = plain_context();
    for (size_t f = 0; f < 5; f++)
        for (uint32_t effort = 1; effort <= 9; effort += 2) {
            size_t size = W * H * smp_format_pixel_size(formats[f]);
            uint32_t state = 1;
            for (size_t i = 0; i < size; i++) {
                state = state * 1664525u + 1013904223u;
                pixels[i] = (uint8_t)(i / 50 % 3 == 0 ? state >> 24 : i / 7);
            }
            smp_image image;
            smp_bytes *bytes;
            smp_encode_desc desc;
            smp_encode_desc_init(&desc);
            desc.effort = effort;
            ck_assert_int_eq(smp_image_wrap(&image, pixels, W, H, 0, formats[f], NULL), SMP_OK);
            ck_assert_int_eq(smp_encode(ctx, &image, &desc, NULL, &bytes, NULL), SMP_OK);
            smp_picture *picture = decode(ctx, bytes, NULL);
            const smp_image *back = smp_picture_image(picture);
            ck_assert_uint_eq(back->format, formats[f]);
            ck_assert_mem_eq(back->data, pixels, size);
            ck_assert_uint_eq(smp_picture_info(picture)->space_origin, SMP_SPACE_FROM_TAGS);
            smp_picture_destroy(&picture);
            smp_bytes_destroy(&bytes);
        }
    ck_assert_uint_eq(smp_context_memory(ctx, NULL), 0);
    smp_context_destroy(&ctx);
}
END_TEST

/* Packing in whatever pieces: runs, noise, sizes about a block's; unpacking into just enough room,
 * and into too little. */
START_TEST(packed_comes_back)
{
    static const size_t sizes[] = {0, 1, 2, 3, 4, 5, 258, 259, 32767, 32768, 65535, 65536, 200000};
    smp_context *ctx = plain_context();
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        for (int kind = 0; kind < 4; kind++) {
            size_t n = sizes[s], room = n + n / 1000 + 64, at = 0, written;
            uint8_t *in = malloc(n + 1), *packed = malloc(room), *out = malloc(n + 1);
            ck_assert(in && packed && out);
            uint32_t state = 7;
            for (size_t i = 0; i < n; i++) {
                state = state * 1664525u + 1013904223u;
                in[i] = (uint8_t)(kind == 0   ? 0
                                  : kind == 1 ? state >> 24
                                  : kind == 2 ? (state >> 30) * (i % 1000 < 500)
                                              : i * i / 1000);
            }
            smpi_pack *pack;
            smpi_span rest = {in, n};
            int ended = 0, whole;
            ck_assert_int_eq(smpi_pack_create(ctx, 1 + (uint32_t)kind * 2, &pack, NULL), SMP_OK);
            for (size_t piece = 100; !ended; at += written, piece = piece % 7000 + 900) {
                smpi_span part = {rest.data, piece < rest.size ? piece : rest.size};
                size_t given = part.size, left = room - at < 1000 ? room - at : 1000;
                ended = smpi_pack_run(pack, &part, given == rest.size, packed + at, left, &written);
                rest.data = part.data;
                rest.size -= given - part.size;
            }
            smpi_pack_destroy(&pack);
            size_t got = smpi_unpack((smpi_span){packed, at}, out, n, &whole);
            ck_assert_msg(whole && got == n && memcmp(in, out, n) == 0, "size %zu kind %d", n,
                          kind);
            memset(out, 0, n + 1);
            got = smpi_unpack((smpi_span){packed, at}, out, n / 2, &whole);
            ck_assert_int_eq(whole, n == 0);
            ck_assert_msg(got == n / 2 && memcmp(in, out, got) == 0 && out[got] == 0, "%zu", got);
            got = smpi_unpack((smpi_span){packed, at - 1}, out, n, &whole); /* half a checksum */
            ck_assert(!whole && got == n);
            free(in);
            free(packed);
            free(out);
        }
    smp_context_destroy(&ctx);
}
END_TEST

START_TEST(spaces_are_kept)
{
    smp_context *ctx = plain_context();
    _Alignas(4) float pixels[12] = {0.2f, 0.5f, 1.0f, 0.0f, 0.1f, 0.9f, 1.0f, 1.0f, 1.0f, 0.3f};
    for (uint32_t kind = SMP_FILE_JPEG; kind <= SMP_FILE_PNG; kind++)
        for (uint32_t space = 0; space < SMP_SPACE_COUNT; space++)
            for (int gray = 0; gray < 2; gray++) {
                smp_image image;
                smp_bytes *bytes;
                smp_encode_desc desc;
                smp_encode_desc_init(&desc);
                desc.kind = kind;
                ck_assert_int_eq(smp_image_wrap(&image, pixels, 2, 2, 0,
                                                gray ? SMP_FORMAT_GRAY8 : SMP_FORMAT_RGBF32, NULL),
                                 SMP_OK);
                image.space = space;
                ck_assert_int_eq(smp_encode(ctx, &image, &desc, NULL, &bytes, NULL), SMP_OK);
                smp_picture *picture = decode(ctx, bytes, NULL);
                uint32_t got = smp_picture_image(picture)->space;
                uint32_t want = space == SMP_SPACE_LINEAR_SRGB ? SMP_SPACE_SRGB
                                : space == SMP_SPACE_LINEAR_P3 ? SMP_SPACE_DISPLAY_P3
                                                               : space;
                if (gray && kind == SMP_FILE_PNG && want == SMP_SPACE_DISPLAY_P3)
                    want = SMP_SPACE_SRGB; /* the two have the same grays */
                ck_assert_msg(got == want, "kind %u space %u gray %d: got %u", kind, space, gray,
                              got);
                if (!gray && kind == SMP_FILE_PNG && space == SMP_SPACE_LINEAR_SRGB) {
                    const uint16_t *p = smp_picture_image(picture)->data;
                    ck_assert_int_le(abs(p[0] - 31754), 1); /* sRGB of 0.2: 0.484529 */
                }
                smp_picture_destroy(&picture);
                smp_bytes_destroy(&bytes);
            }
    smp_context_destroy(&ctx);
}
END_TEST

/* A profile of two JPEG segments, unknown: kept byte by byte and called assumed. */
START_TEST(profiles_are_kept)
{
    smp_context *ctx = plain_context();
    static uint8_t profile[100000];
    for (size_t i = 0; i < sizeof profile; i++)
        profile[i] = (uint8_t)(i * i / 7);
    memcpy(profile + 12, "mntrRGB XYZ ", 12);
    memcpy(profile + 36, "acsp", 4);
    smpi_put_be32(profile + 128, 0);
    uint8_t pixels[12] = {10, 200, 30};
    for (uint32_t kind = SMP_FILE_JPEG; kind <= SMP_FILE_PNG; kind++) {
        smp_image image;
        smp_bytes *bytes;
        smp_encode_desc desc;
        smp_encode_desc_init(&desc);
        desc.kind = kind;
        ck_assert_int_eq(smp_image_wrap(&image, pixels, 2, 2, 0, SMP_FORMAT_RGB8, NULL), SMP_OK);
        image.icc = profile;
        image.icc_size = sizeof profile;
        ck_assert_int_eq(smp_encode(ctx, &image, &desc, NULL, &bytes, NULL), SMP_OK);
        smp_picture *picture = decode(ctx, bytes, NULL);
        ck_assert_uint_eq(smp_picture_info(picture)->space_origin, SMP_SPACE_ASSUMED);
        ck_assert_uint_eq(smp_picture_image(picture)->icc_size, sizeof profile);
        ck_assert_mem_eq(smp_picture_image(picture)->icc, profile, sizeof profile);
        smp_picture_destroy(&picture);
        smp_bytes_destroy(&bytes);
    }
    smp_context_destroy(&ctx);
}
END_TEST

START_TEST(metadata)
{
    static const uint8_t exif[26] = {'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0,
                                     3,   0,   0, 0,  1, 0, 6, 0, 0, 0, 0, 0,    0};
    smp_context *ctx = plain_context();
    uint8_t pixels[18] = {1, 2, 3};
    smp_metadata meta = {.exif = exif, .exif_size = sizeof exif, .comment = "simulated \xc3\xa9"};
    for (uint32_t kind = SMP_FILE_JPEG; kind <= SMP_FILE_PNG; kind++) {
        smp_image image;
        smp_bytes *bytes;
        smp_encode_desc desc;
        smp_decode_desc keep;
        size_t size;
        smp_encode_desc_init(&desc);
        desc.kind = kind;
        smp_decode_desc_init(&keep);
        keep.keep_exif = 1;
        ck_assert_int_eq(smp_image_wrap(&image, pixels, 3, 2, 0, SMP_FORMAT_RGB8, NULL), SMP_OK);
        ck_assert_int_eq(smp_encode(ctx, &image, &desc, &meta, &bytes, NULL), SMP_OK);
        smp_picture *picture = decode(ctx, bytes, &keep);
        ck_assert_uint_eq(smp_picture_info(picture)->orientation, 1);
        const uint8_t *back = smp_picture_exif(picture, &size);
        ck_assert_uint_eq(size, sizeof exif);
        ck_assert_uint_eq(back[19], 1);
        ck_assert_mem_eq(back, exif, 18);
        smp_picture_destroy(&picture);
        picture = decode(ctx, bytes, NULL);
        ck_assert_ptr_null(smp_picture_exif(picture, &size));
        ck_assert_uint_eq(size, 0);
        smp_picture_destroy(&picture);
        smp_bytes_destroy(&bytes);
    }
    smp_context_destroy(&ctx);
}
END_TEST

START_TEST(refusals)
{
    smp_context *ctx = plain_context();
    uint8_t pixels[16] = {1, 2, 3, 255, 1, 2, 3, 254};
    smp_image image;
    smp_bytes *bytes;
    smp_diag diag;
    smp_encode_desc desc;
    smp_metadata meta = {.exif = pixels, .exif_size = 16};
    smp_encode_desc_init(&desc);
    desc.kind = SMP_FILE_JPEG;
    ck_assert_int_eq(smp_image_wrap(&image, pixels, 2, 1, 0, SMP_FORMAT_RGBA8, NULL), SMP_OK);
    ck_assert_int_eq(smp_encode(ctx, &image, &desc, NULL, &bytes, &diag), SMP_ERR_ARGUMENT);
    ck_assert_ptr_null(bytes);
    ck_assert_int_eq(smp_encode(ctx, &image, NULL, &meta, &bytes, &diag), SMP_ERR_ARGUMENT);
    desc.kind = SMP_FILE_UNKNOWN;
    ck_assert_int_eq(smp_encode(ctx, &image, &desc, NULL, &bytes, &diag), SMP_ERR_RANGE);
    desc.kind = SMP_FILE_PNG;
    desc.effort = 10;
    ck_assert_int_eq(smp_encode(ctx, &image, &desc, NULL, &bytes, &diag), SMP_ERR_RANGE);
    ck_assert_int_eq(smp_encode(NULL, &image, NULL, NULL, &bytes, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_encode(ctx, NULL, NULL, NULL, &bytes, &diag), SMP_ERR_ARGUMENT);
    smp_context_destroy(&ctx);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("codec");
    TCase *tests = tcase_create("roundtrip");
    tcase_add_test(tests, png_is_lossless);
    tcase_add_test(tests, packed_comes_back);
    tcase_add_test(tests, spaces_are_kept);
    tcase_add_test(tests, profiles_are_kept);
    tcase_add_test(tests, metadata);
    tcase_add_test(tests, refusals);
    tcase_set_timeout(tests, 120);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
