/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What files say about themselves: orientation, colour space, profiles. */
#include <check.h>

#include "image_cases.h"

/* A TIFF block with one orientation entry, little-endian. */
static size_t make_exif(uint8_t out[32], uint8_t orientation)
{
    static const uint8_t block[26] = {'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1};
    memcpy(out, block, sizeof block);
    out[18] = orientation;
    return sizeof block;
}

/* A small file of `kind` with that Exif block put in. */
static void with_exif(file *f, const smp_context *ctx, uint32_t kind, const uint8_t *exif, size_t n)
{
    size_t size;
    smp_bytes *bytes = encode_pattern(ctx, 5, 3, kind);
    const uint8_t *data = smp_bytes_data(bytes, &size);
    file extra = {.size = 0};
    if (kind == SMP_FILE_PNG) {
        file_chunk(&extra, "eXIf", exif, n);
    } else {
        const uint8_t head[10] = {
            0xff, 0xe1, (uint8_t)((n + 8) >> 8), (uint8_t)(n + 8), 'E', 'x', 'i', 'f', 0, 0};
        file_put(&extra, head, sizeof head);
        file_put(&extra, exif, n);
    }
    file_insert(f, data, size, kind == SMP_FILE_PNG ? 33 : 2, extra.data, extra.size);
    smp_bytes_destroy(&bytes);
}

/* Where the stored pixel x, y of a w x h picture is shown: written out case by case. */
static void shown_at(uint32_t o, uint32_t w, uint32_t h, uint32_t x, uint32_t y, uint32_t at[2])
{
    uint32_t mx = w - 1 - x, my = h - 1 - y;
    const uint32_t places[9][2] = {{x, y}, {x, y},  {mx, y},  {mx, my}, {x, my},
                                   {y, x}, {my, x}, {my, mx}, {y, mx}};
    at[0] = places[o][0];
    at[1] = places[o][1];
}

START_TEST(orientations)
{
    smp_context *ctx = plain_context();
    for (uint32_t kind = SMP_FILE_JPEG; kind <= SMP_FILE_PNG; kind++) {
        file plain, turned;
        uint8_t exif[32];
        smp_picture *a, *b;
        with_exif(&plain, ctx, kind, exif, make_exif(exif, 1));
        ck_assert_int_eq(smp_decode(ctx, plain.data, plain.size, NULL, &a, NULL), SMP_OK);
        const smp_image *from = smp_picture_image(a);
        for (uint8_t o = 1; o <= 8; o++) {
            with_exif(&turned, ctx, kind, exif, make_exif(exif, o));
            ck_assert_int_eq(smp_decode(ctx, turned.data, turned.size, NULL, &b, NULL), SMP_OK);
            const smp_image *to = smp_picture_image(b);
            ck_assert_uint_eq(to->width, o >= 5 ? 3 : 5);
            ck_assert_uint_eq(to->height, o >= 5 ? 5 : 3);
            ck_assert_uint_eq(smp_picture_info(b)->orientation, o);
            for (uint32_t y = 0; y < 3; y++)
                for (uint32_t x = 0; x < 5; x++) {
                    uint32_t at[2];
                    shown_at(o, 5, 3, x, y, at);
                    const uint8_t *p = (uint8_t *)from->data + y * 15 + x * 3;
                    const uint8_t *q = (uint8_t *)to->data + at[1] * (size_t)to->stride + at[0] * 3;
                    ck_assert_msg(memcmp(p, q, 3) == 0, "kind %u orientation %u at %u %u", kind, o,
                                  x, y);
                }
            smp_picture_destroy(&b);
        }
        smp_decode_desc desc;
        smp_decode_desc_init(&desc);
        desc.ignore_orientation = 1;
        ck_assert_int_eq(smp_decode(ctx, turned.data, turned.size, &desc, &b, NULL), SMP_OK);
        ck_assert_mem_eq(smp_picture_image(b)->data, from->data, 45);
        smp_picture_destroy(&b);
        smp_picture_destroy(&a);
    }
    smp_context_destroy(&ctx);
}
END_TEST

START_TEST(broken_exif_is_ignored)
{
    smp_context *ctx = plain_context();
    for (uint32_t kind = SMP_FILE_JPEG; kind <= SMP_FILE_PNG; kind++)
        for (size_t i = 0; i < 26; i++) {
            file f;
            uint8_t exif[32];
            smp_file_info info;
            size_t n = make_exif(exif, 6);
            exif[i] ^= 0xff;
            with_exif(&f, ctx, kind, exif, n);
            ck_assert_int_eq(smp_read_info(f.data, f.size, &info, NULL), SMP_OK);
            ck_assert(info.orientation >= 1 && info.orientation <= 8);
            ck_assert_int_eq(decode_status(ctx, f.data, f.size, NULL), SMP_OK);
            with_exif(&f, ctx, kind, exif, i);
            ck_assert_int_eq(smp_read_info(f.data, f.size, &info, NULL), SMP_OK);
            /* The link to the next directory is not needed. */
            ck_assert_uint_eq(info.orientation, i < 22 ? 1 : 6);
        }
    smp_context_destroy(&ctx);
}
END_TEST

static uint32_t space_with(const smp_context *ctx, const char *type, const uint8_t *data, size_t n,
                           uint32_t *origin)
{
    static const uint8_t raw[4] = {0, 1, 2, 3};
    uint8_t packed[128];
    smp_file_info info;
    file f;
    file_png(&f, 1, 1, 8, 2);
    file_chunk(&f, type, data, n);
    size_t size = packed_bytes(ctx, 6, raw, sizeof raw, packed, sizeof packed);
    file_chunk(&f, "IDAT", packed, size);
    file_chunk(&f, "IEND", NULL, 0);
    ck_assert_int_eq(smp_read_info(f.data, f.size, &info, NULL), SMP_OK);
    *origin = info.space_origin;
    return info.space;
}

START_TEST(png_tags)
{
    smp_context *ctx = plain_context();
    uint32_t origin;
    static const uint8_t p3[4] = {12, 13, 0, 1}, linear[4] = {1, 8, 0, 1}, pq[4] = {9, 16, 0, 1};
    static const uint8_t gamma22[4] = {0, 0, 0xb1, 0x8f}, gamma16[4] = {0, 0, 0xf4, 0x24};
    ck_assert_uint_eq(space_with(ctx, "cICP", p3, 4, &origin), SMP_SPACE_DISPLAY_P3);
    ck_assert_uint_eq(origin, SMP_SPACE_FROM_TAGS);
    ck_assert_uint_eq(space_with(ctx, "cICP", linear, 4, &origin), SMP_SPACE_LINEAR_SRGB);
    ck_assert_uint_eq(space_with(ctx, "cICP", pq, 4, &origin), SMP_SPACE_SRGB);
    ck_assert_uint_eq(origin, SMP_SPACE_ASSUMED);
    ck_assert_uint_eq(space_with(ctx, "sRGB", p3, 1, &origin), SMP_SPACE_SRGB);
    ck_assert_uint_eq(origin, SMP_SPACE_FROM_TAGS);
    ck_assert_uint_eq(space_with(ctx, "gAMA", gamma22, 4, &origin), SMP_SPACE_SRGB);
    ck_assert_uint_eq(origin, SMP_SPACE_FROM_TAGS);
    ck_assert_uint_eq(space_with(ctx, "gAMA", gamma16, 4, &origin), SMP_SPACE_SRGB);
    ck_assert_uint_eq(origin, SMP_SPACE_ASSUMED);
    ck_assert_uint_eq(space_with(ctx, "iCCP", p3, 4, &origin), SMP_SPACE_SRGB);
    ck_assert_uint_eq(origin, SMP_SPACE_ASSUMED);
    ck_assert_uint_eq(space_with(ctx, "teXt", p3, 4, &origin), SMP_SPACE_SRGB);
    ck_assert_uint_eq(origin, SMP_SPACE_UNTAGGED);
    smp_context_destroy(&ctx);
}
END_TEST

/* Our own profiles are recognised; any byte of them changed does no harm. */
START_TEST(profiles)
{
    for (int space = SMP_SPACE_SRGB; space <= SMP_SPACE_ADOBE_RGB; space++) {
        uint8_t icc[SMPI_ICC_MADE];
        uint32_t model;
        size_t n = smpi_icc_make((smp_space)space, 0, icc);
        smpi_span halves[2] = {{icc, n / 3}, {icc + n / 3, n - n / 3}};
        ck_assert_uint_eq(smpi_be32(icc), n);
        ck_assert_int_eq(smpi_icc_recognise(halves, 2, &model), space);
        ck_assert_uint_eq(model, SMPI_ICC_RGB);
        for (size_t i = 0; i < n; i++) {
            icc[i] ^= 0xff;
            int got = smpi_icc_recognise(halves, 2, &model);
            ck_assert_msg(got == space || got == -1, "space %d byte %zu: %d", space, i, got);
            halves[1].size = i;
            (void)smpi_icc_recognise(halves, 1, &model);
            halves[1].size = n - n / 3;
            icc[i] ^= 0xff;
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("codec");
    TCase *tests = tcase_create("facts");
    tcase_add_test(tests, orientations);
    tcase_add_test(tests, broken_exif_is_ignored);
    tcase_add_test(tests, png_tags);
    tcase_add_test(tests, profiles);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
