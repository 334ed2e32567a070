/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Views, rows and copies: every code of every format, strides, guard bytes, refusals. */
#include <check.h>
#include <smp/image.h>
#include <stdlib.h>
#include <string.h>

#include "image/rows.h"

START_TEST(formats)
{
    static const uint32_t sizes[] = {1, 3, 4, 4, 6, 8, 12, 16};
    static const uint32_t channels[] = {1, 3, 4, 4, 3, 4, 3, 4};
    for (int f = 0; f < SMP_FORMAT_COUNT; f++) {
        ck_assert_uint_eq(smp_format_pixel_size((smp_format)f), sizes[f]);
        ck_assert_uint_eq(smp_format_channels((smp_format)f), channels[f]);
    }
    ck_assert_uint_eq(smp_format_pixel_size((smp_format)8), 0);
    ck_assert_uint_eq(smp_format_channels((smp_format)99), 0);
}
END_TEST

START_TEST(wrap_refuses)
{
    smp_image image;
    smp_diag diag;
    _Alignas(4) uint8_t data[64];
    ck_assert_int_eq(smp_image_wrap(&image, data, 4, 4, 0, SMP_FORMAT_RGB8, &diag), SMP_OK);
    ck_assert_int_eq(image.stride, 12);
    ck_assert_int_eq(image.space, SMP_SPACE_SRGB);
    ck_assert_int_eq(smp_image_wrap(&image, data, 1, 2, 0, SMP_FORMAT_RGBF32, &diag), SMP_OK);
    ck_assert_int_eq(image.space, SMP_SPACE_LINEAR_SRGB);
    ck_assert_int_eq(smp_image_wrap(&image, NULL, 4, 4, 0, SMP_FORMAT_RGB8, &diag),
                     SMP_ERR_ARGUMENT);
    ck_assert_str_eq(diag.text, "image: data is NULL");
    ck_assert_int_eq(smp_image_wrap(&image, data, 0, 4, 0, SMP_FORMAT_RGB8, NULL),
                     SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_image_wrap(&image, data, 65536, 4, 0, SMP_FORMAT_RGB8, NULL),
                     SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_image_wrap(&image, data, 4, 4, 11, SMP_FORMAT_RGB8, &diag),
                     SMP_ERR_ARGUMENT);
    ck_assert_str_eq(diag.text, "image: stride is 11 bytes, a row has 12");
    ck_assert_int_eq(smp_image_wrap(&image, data, 4, 4, -11, SMP_FORMAT_RGB8, NULL),
                     SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_image_wrap(&image, data, 2, 2, 13, SMP_FORMAT_RGB16, NULL),
                     SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_image_wrap(&image, data, 2, 2, 0, (smp_format)8, NULL), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_image_wrap(NULL, data, 2, 2, 0, SMP_FORMAT_RGB8, NULL), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_image_wrap(&image, data, 2, 2, PTRDIFF_MIN, SMP_FORMAT_RGB8, NULL),
                     SMP_ERR_ARGUMENT);
}
END_TEST

/* get and put give back every code, straight or multiplied. */
START_TEST(codes_come_back)
{
    enum { CODES = 65536 };
    uint16_t *in = malloc(CODES * 8), *out = malloc(CODES * 8);
    float *rgb = malloc(CODES * 12), *alpha = malloc(CODES * 4);
    ck_assert(in && out && rgb && alpha);
    for (int format = SMP_FORMAT_GRAY8; format <= SMP_FORMAT_RGBA16; format++)
        for (uint32_t kind = 0; kind < 2; kind++) {
            uint32_t n = format >= SMP_FORMAT_RGB16 ? 65535 : 256;
            uint32_t channels = smp_format_channels((smp_format)format);
            uint32_t size = smp_format_pixel_size((smp_format)format);
            for (uint32_t i = 0; i < n * channels; i++) {
                uint32_t code = (i / channels + i % channels * 77) % (n == 256 ? 256 : 65536);
                if (n == 256)
                    ((uint8_t *)in)[i] = (uint8_t)code;
                else
                    in[i] = (uint16_t)code;
            }
            smp_image a, b;
            ck_assert_int_eq(smp_image_wrap(&a, in, n, 1, 0, (smp_format)format, NULL), SMP_OK);
            ck_assert_int_eq(smp_image_wrap(&b, out, n, 1, 0, (smp_format)format, NULL), SMP_OK);
            a.alpha = b.alpha = kind;
            smpi_rows_get(&a, 0, 0, n, rgb, alpha);
            smpi_rows_put(&b, 0, 0, n, rgb, alpha);
            ck_assert_msg(memcmp(in, out, (size_t)n * size) == 0, "format %d alpha %u", format,
                          kind);
        }
    free(in);
    free(out);
    free(rgb);
    free(alpha);
}
END_TEST

START_TEST(floats_and_bad_numbers)
{
    float in[8] = {-1.5f, 0.3f, 7.0f, 0.25f, 1e-30f, 1.0f, 2.0f, 1.0f}, out[8];
    float rgb[6], alpha[2], wild[3] = {0.0f, -5.0f, 9.0f};
    uint8_t bytes[3];
    volatile float zero = 0.0f;
    smp_image a, b;
    ck_assert_int_eq(smp_image_wrap(&a, in, 2, 1, 0, SMP_FORMAT_RGBAF32, NULL), SMP_OK);
    ck_assert_int_eq(smp_image_wrap(&b, out, 2, 1, 0, SMP_FORMAT_RGBAF32, NULL), SMP_OK);
    smpi_rows_get(&a, 0, 0, 2, rgb, alpha);
    smpi_rows_put(&b, 0, 0, 2, rgb, alpha);
    ck_assert_mem_eq(in, out, sizeof in);
    wild[0] = zero / zero;
    ck_assert_int_eq(smp_image_wrap(&b, bytes, 1, 1, 0, SMP_FORMAT_RGB8, NULL), SMP_OK);
    smpi_rows_put(&b, 0, 0, 1, wild, NULL);
    ck_assert(bytes[0] == 0 && bytes[1] == 0 && bytes[2] == 255);
}
END_TEST

/* A bottom-up picture between guard bytes, copied and back. */
START_TEST(strides_and_guards)
{
    for (int format = 0; format < SMP_FORMAT_COUNT; format++) {
        enum { W = 301, H = 3 };
        static _Alignas(8) uint8_t rgba[W * H * 4], back[W * H * 4], guarded[8192 * 3];
        size_t row = W * smp_format_pixel_size((smp_format)format);
        ptrdiff_t stride = (ptrdiff_t)((row + 40) & ~(size_t)7);
        for (size_t i = 0; i < sizeof rgba; i++)
            rgba[i] = i % 4 == 3 ? 255 : (uint8_t)(i * 7);
        if (format == SMP_FORMAT_GRAY8)
            for (size_t i = 0; i < sizeof rgba; i++)
                rgba[i] = i % 4 == 3 ? 255 : (uint8_t)(i / 4);
        memset(guarded, 0xa5, sizeof guarded);
        smp_image a, b, c;
        ck_assert_int_eq(smp_image_wrap(&a, rgba, W, H, 0, SMP_FORMAT_RGBA8, NULL), SMP_OK);
        ck_assert_int_eq(smp_image_wrap(&c, back, W, H, 0, SMP_FORMAT_RGBA8, NULL), SMP_OK);
        ck_assert_int_eq(
            smp_image_wrap(&b, guarded + 32 + 2 * stride, W, H, -stride, (smp_format)format, NULL),
            SMP_OK);
        b.space = SMP_SPACE_SRGB;
        ck_assert_int_eq(smp_image_copy(&a, &b, NULL), SMP_OK);
        ck_assert_int_eq(smp_image_copy(&b, &c, NULL), SMP_OK);
        ck_assert_msg(memcmp(rgba, back, sizeof rgba) == 0, "format %d", format);
        for (size_t i = 0; i < sizeof guarded; i++) {
            size_t k = i - 32;
            int inside = i >= 32 && k < 3 * (size_t)stride && k % (size_t)stride < row;
            ck_assert_msg(inside || guarded[i] == 0xa5, "format %d writes at %zu", format, i);
        }
    }
}
END_TEST

START_TEST(copy_converts)
{
    uint8_t straight[8] = {200, 100, 50, 128, 9, 9, 9, 0}, multiplied[8], red[3] = {255, 0, 0},
            gray;
    uint16_t wide[4];
    smp_image a, b;
    ck_assert_int_eq(smp_image_wrap(&a, straight, 2, 1, 0, SMP_FORMAT_RGBA8, NULL), SMP_OK);
    ck_assert_int_eq(smp_image_wrap(&b, multiplied, 2, 1, 0, SMP_FORMAT_BGRA8, NULL), SMP_OK);
    b.alpha = SMP_ALPHA_PREMULTIPLIED;
    ck_assert_int_eq(smp_image_copy(&a, &b, NULL), SMP_OK);
    static const uint8_t want[8] = {25, 50, 100, 128, 0, 0, 0, 0};
    ck_assert_mem_eq(multiplied, want, sizeof want);
    ck_assert_int_eq(smp_image_wrap(&b, wide, 1, 1, 0, SMP_FORMAT_RGBA16, NULL), SMP_OK);
    a.width = 1;
    ck_assert_int_eq(smp_image_copy(&a, &b, NULL), SMP_OK);
    ck_assert(wide[0] == 200 * 257 && wide[3] == 128 * 257);
    ck_assert_int_eq(smp_image_wrap(&a, red, 1, 1, 0, SMP_FORMAT_RGB8, NULL), SMP_OK);
    ck_assert_int_eq(smp_image_wrap(&b, &gray, 1, 1, 0, SMP_FORMAT_GRAY8, NULL), SMP_OK);
    ck_assert_int_eq(smp_image_copy(&a, &b, NULL), SMP_OK);
    ck_assert_uint_eq(gray, 54); /* 0.2126 x 255 */
    b.space = SMP_SPACE_DISPLAY_P3;
    ck_assert_int_eq(smp_image_copy(&a, &b, NULL), SMP_ERR_ARGUMENT);
    b.space = SMP_SPACE_SRGB;
    b.reserved0 = 1;
    ck_assert_int_eq(smp_image_copy(&a, &b, NULL), SMP_ERR_ARGUMENT);
    b.reserved0 = 0;
    b.height = 2;
    ck_assert_int_eq(smp_image_copy(&a, &b, NULL), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_image_copy(&a, NULL, NULL), SMP_ERR_ARGUMENT);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("image");
    TCase *tests = tcase_create("views");
    tcase_add_test(tests, formats);
    tcase_add_test(tests, wrap_refuses);
    tcase_add_test(tests, codes_come_back);
    tcase_add_test(tests, floats_and_bad_numbers);
    tcase_add_test(tests, strides_and_guards);
    tcase_add_test(tests, copy_converts);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
