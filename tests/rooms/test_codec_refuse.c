/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What encoders refuse, in words, before they read a pixel: metadata that no file can hold,
 * profiles and pictures that are too large; and the ways from one JPEG coder to the other. */
#include <check.h>
#include <limits.h>

#include "image/exif.h"
#include "image/stb.h"
#include "image/turbo.h"
#include "image_cases.h"

static smp_context *ctx;
static smp_image image;
static uint8_t pixels[16 * 16 * 8];

static void setup(void)
{
    ctx = plain_context();
    for (size_t i = 0; i < sizeof pixels; i++)
        pixels[i] = (uint8_t)(i % 4 == 3 ? 255 : 40 + 3 * (i % 50));
    ck_assert_int_eq(smp_image_wrap(&image, pixels, 16, 16, 0, SMP_FORMAT_RGB8, NULL), SMP_OK);
}

static void teardown(void)
{
    ck_assert_uint_eq(smp_context_memory(ctx, NULL), 0);
    smp_context_destroy(&ctx);
}

static smp_bytes *encode(uint32_t kind, const smp_metadata *meta, smp_status wanted,
                         const char *words)
{
    smp_encode_desc desc;
    smp_bytes *coded = (smp_bytes *)1;
    smp_diag diag;
    smp_encode_desc_init(&desc);
    desc.kind = kind;
    const smp_status status = smp_encode(ctx, &image, &desc, meta, &coded, &diag);
    if (status != wanted || !strstr(diag.text, words) || (status == SMP_OK) != (coded != NULL))
        ck_abort_msg("%s, \"%s\", not \"%s\"", smp_status_name(status), diag.text, words);
    return coded;
}

START_TEST(metadata)
{
    static uint8_t exif[70000] = {'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6};
    static char comment[70000];
    smp_metadata m = {.exif = exif, .exif_size = 65527};
    smp_bytes *coded;
    memset(comment, 'x', sizeof comment - 1);
    for (uint32_t kind = SMP_FILE_JPEG; kind <= SMP_FILE_PNG; kind++) {
        const int jpeg = kind == SMP_FILE_JPEG;
        const smp_status large = jpeg ? SMP_ERR_ARGUMENT : SMP_OK;
        m = (smp_metadata){.exif = exif, .exif_size = 65527};
        coded = encode(kind, &m, SMP_OK, "");
        smp_bytes_destroy(&coded);
        m.exif_size = 65528;
        coded = encode(kind, &m, large, jpeg ? "exif has 65528 bytes" : "");
        smp_bytes_destroy(&coded);
        m.exif_size = 0;
        (void)encode(kind, &m, SMP_ERR_ARGUMENT, "exif is set, but exif_size is 0");
        m = (smp_metadata){.exif_size = 9};
        (void)encode(kind, &m, SMP_ERR_ARGUMENT, "exif is NULL, but exif_size is 9");
        m = (smp_metadata){.exif = exif + 1, .exif_size = 99};
        (void)encode(kind, &m, SMP_ERR_ARGUMENT, "not a TIFF-formatted block");
        m = (smp_metadata){.reserved = {0, 0, 1}};
        (void)encode(kind, &m, SMP_ERR_ARGUMENT, "reserved");
        m = (smp_metadata){.comment = comment + sizeof comment - 1 - 65533};
        coded = encode(kind, &m, SMP_OK, "");
        smp_bytes_destroy(&coded);
        m.comment--;
        coded = encode(kind, &m, large, jpeg ? "comment has 65534 bytes" : "");
        smp_bytes_destroy(&coded);
    }
    m = (smp_metadata){.comment = "na\xc3\xafve"}; /* not Latin-1 alone: another chunk */
    coded = encode(SMP_FILE_PNG, &m, SMP_OK, "");
    smp_bytes_destroy(&coded);
}
END_TEST

/* A view may claim more than it has: what is refused is never read. */
START_TEST(sizes)
{
    static const uint8_t profile[128] = {[36] = 'a', [37] = 'c', [38] = 's', [39] = 'p',
                                         [16] = 'R', [17] = 'G', [18] = 'B', [19] = ' '};
    smp_bytes *coded;
    image.icc = profile;
    image.icc_size = sizeof profile;
    coded = encode(SMP_FILE_JPEG, NULL, SMP_OK, "");
    smp_bytes_destroy(&coded);
    static uint8_t large[255 * 65519 + 1];
    memcpy(large, profile, sizeof profile);
    image.icc = large;
    image.icc_size = sizeof large - 1;
    coded = encode(SMP_FILE_JPEG, NULL, SMP_OK, "");
    smp_bytes_destroy(&coded);
    image.icc_size = sizeof large;
    (void)encode(SMP_FILE_JPEG, NULL, SMP_ERR_LIMIT, "the profile has");
    image.icc = NULL;
    image.icc_size = 0;
    image.format = SMP_FORMAT_RGB16;
    image.width = 65535;
    image.height = 11000;
    image.stride = 6 * 65535;
    (void)encode(SMP_FILE_JPEG, NULL, SMP_ERR_LIMIT, "are too many for a JPEG");
}
END_TEST

/* Rows further apart than libjpeg-turbo counts, rows upwards, and what it does not read. */
START_TEST(from_coder_to_coder)
{
    static const uint32_t formats[] = {SMP_FORMAT_RGB8,  SMP_FORMAT_RGBA8, SMP_FORMAT_BGRA8,
                                       SMP_FORMAT_GRAY8, SMP_FORMAT_RGB16, SMP_FORMAT_RGBA16};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        smp_picture *near, *far;
        smp_bytes *coded;
        size_t size;
        memset(pixels, 255, sizeof pixels);
        image.format = formats[i];
        image.height = 1;
        image.stride = 16 * smp_format_pixel_size((smp_format)formats[i]);
        coded = encode(SMP_FILE_JPEG, NULL, SMP_OK, "");
        const uint8_t *bytes = smp_bytes_data(coded, &size);
        ck_assert_int_eq(smp_decode(ctx, bytes, size, NULL, &near, NULL), SMP_OK);
        smp_bytes_destroy(&coded);
        image.stride = i % 2 ? -image.stride : ((ptrdiff_t)INT_MAX + 1) * 2;
        coded = encode(SMP_FILE_JPEG, NULL, SMP_OK, "");
        bytes = smp_bytes_data(coded, &size);
        ck_assert_int_eq(smp_decode(ctx, bytes, size, NULL, &far, NULL), SMP_OK);
        const smp_image *a = smp_picture_image(near), *b = smp_picture_image(far);
        ck_assert(a->width == 16 && b->width == 16 && a->format == b->format);
        for (int k = 0; k < 16; k++) /* white stays white */
            ck_assert(((uint8_t *)a->data)[k] >= 253 && ((uint8_t *)b->data)[k] >= 253);
        smp_bytes_destroy(&coded);
        smp_picture_destroy(&near);
        smp_picture_destroy(&far);
    }
}
END_TEST

/* Decoders are told what the header said; a file that says otherwise is refused. */
START_TEST(other_wishes)
{
    static uint8_t out[20 * 20 * 4];
    smp_bytes *coded = encode(SMP_FILE_JPEG, NULL, SMP_OK, "");
    size_t size;
    const uint8_t *bytes = smp_bytes_data(coded, &size);
    const smpi_stb_wish wishes[] = {{17, 16, 3, 0, 1 << 20},
                                    {16, 17, 3, 0, 1 << 20},
                                    {16, 16, 3, 1, 1 << 20},
                                    {16, 16, 2, 0, 1 << 20},
                                    {16, 16, 4, 0, 1 << 20}};
    void *made = (void *)1;
    smp_diag diag = {0};
    for (size_t i = 0; i < sizeof wishes / sizeof *wishes; i++)
        ck_assert_int_eq(smpi_turbo_decode(bytes, size, wishes + i, out), 0);
    for (size_t i = 0; i < 2; i++) {
        memset(&diag, 0, sizeof diag);
        ck_assert_int_eq(smpi_stb_decode(ctx, bytes, size, wishes + i, &made, &diag),
                         SMP_ERR_FORMAT);
        ck_assert(made == NULL && diag.text[0]);
    }
    ck_assert_int_eq(smpi_turbo_decode(bytes, 40, wishes, out), 0);
    memset(&diag, 0, sizeof diag);
    ck_assert_int_eq(smpi_stb_decode(ctx, bytes, (size_t)1 << 31, wishes, &made, &diag),
                     SMP_ERR_LIMIT);
    smpi_stb_free(ctx, NULL);
    smp_bytes_destroy(&coded);
}
END_TEST

/* Views that are no pictures, one field at a time, as others check them too. */
START_TEST(views)
{
    static const struct {
        size_t at;
        uint32_t value;
        const char *words;
    } cases[] = {{offsetof(smp_image, width), 0, "0 x 16"},
                 {offsetof(smp_image, width), 65536, "65536 x 16"},
                 {offsetof(smp_image, height), 0, "16 x 0"},
                 {offsetof(smp_image, height), 65536, "16 x 65536"},
                 {offsetof(smp_image, format), SMP_FORMAT_COUNT, "format is 8"},
                 {offsetof(smp_image, alpha), SMP_ALPHA_COUNT, "alpha is 2"},
                 {offsetof(smp_image, space), SMP_SPACE_COUNT, "space is 5"},
                 {offsetof(smp_image, icc_size), 5, "icc is NULL, but icc_size is 5"},
                 {offsetof(smp_image, reserved0), 1, "reserved"},
                 {offsetof(smp_image, reserved) + 24, 1, "reserved"}};
    const smp_image good = image;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        image = good;
        memcpy((char *)&image + cases[i].at, &cases[i].value, sizeof cases[i].value);
        (void)encode(SMP_FILE_PNG, NULL, SMP_ERR_ARGUMENT, cases[i].words);
    }
    static const ptrdiff_t strides[] = {
        47, -47, 0, PTRDIFF_MAX, PTRDIFF_MIN, PTRDIFF_MAX / 65535 + 1, -(PTRDIFF_MAX / 65535) - 1};
    for (size_t i = 0; i < sizeof strides / sizeof *strides; i++) {
        image = good;
        image.stride = strides[i];
        (void)encode(SMP_FILE_PNG, NULL, SMP_ERR_ARGUMENT, "stride is");
    }
    image = good;
    image.format = SMP_FORMAT_RGB16;
    image.stride = 97;
    (void)encode(SMP_FILE_PNG, NULL, SMP_ERR_ARGUMENT, "must be multiples of 2");
    image.stride = 96;
    image.data = pixels + 1;
    (void)encode(SMP_FILE_PNG, NULL, SMP_ERR_ARGUMENT, "must be multiples of 2");
    image = good;
    image.data = NULL;
    (void)encode(SMP_FILE_PNG, NULL, SMP_ERR_ARGUMENT, "data is NULL");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("codec");
    TCase *tests = tcase_create("refuse");
    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, metadata);
    tcase_add_test(tests, sizes);
    tcase_add_test(tests, from_coder_to_coder);
    tcase_add_test(tests, other_wishes);
    tcase_add_test(tests, views);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
