/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * PNG chunk by chunk: what each order, size and content means, is refused for, or is passed over.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "image/icc.h"
#include "image_cases.h"

/* A PNG of 4 x 4 with chunks of zeros as `script` says: "PLTE3 IDAT4 tEXt0". */
static void scripted(file *f, uint8_t depth, uint8_t type, const char *script)
{
    static const uint8_t zeros[1024];
    file_png(f, 4, 4, depth, type);
    while (*script) {
        char name[5] = {0};
        memcpy(name, script, 4);
        file_chunk(f, name, zeros, strtoul(script + 4, NULL, 10));
        script += strcspn(script, " ");
        script += *script == ' ';
    }
    file_chunk(f, "IEND", NULL, 0);
}

START_TEST(orders_and_sizes)
{
    static const struct {
        uint8_t depth, type;
        const char *script, *words; /* NULL: it is fine */
        uint32_t format;
    } cases[] = {
        {8, 2, "IDAT4", NULL, SMP_FORMAT_RGB8},
        {8, 0, "IDAT4", NULL, SMP_FORMAT_GRAY8},
        {16, 0, "IDAT4", NULL, SMP_FORMAT_RGB16},
        {8, 4, "IDAT4", NULL, SMP_FORMAT_RGBA8},
        {16, 6, "IDAT4", NULL, SMP_FORMAT_RGBA16},
        {8, 3, "PLTE768 IDAT4", NULL, SMP_FORMAT_RGB8},
        {8, 3, "PLTE3 tRNS1 IDAT4", NULL, SMP_FORMAT_RGBA8},
        {8, 2, "tRNS6 IDAT4", NULL, SMP_FORMAT_RGBA8},
        {16, 0, "tRNS2 IDAT4", NULL, SMP_FORMAT_RGBA16},
        {8, 2, "PLTE3 IDAT4", NULL, SMP_FORMAT_RGB8},
        {8, 2, "xyZw9 IDAT4 xyZw0", NULL, SMP_FORMAT_RGB8},
        {8, 3, "IDAT4", "the palette is missing", 0},
        {8, 3, "PLTE3 PLTE3 IDAT4", "a palette where none may be", 0},
        {8, 2, "IDAT4 PLTE3", "a palette where none may be", 0},
        {8, 0, "PLTE3 IDAT4", "a palette where none may be", 0},
        {8, 4, "PLTE3 IDAT4", "a palette where none may be", 0},
        {8, 3, "PLTE0 IDAT4", "the palette has a wrong size", 0},
        {8, 3, "PLTE4 IDAT4", "the palette has a wrong size", 0},
        {8, 2, "PLTE771 IDAT4", "the palette has a wrong size", 0},
        {1, 3, "PLTE9 IDAT4", "the palette has a wrong size", 0},
        {8, 0, "tRNS2 tRNS2 IDAT4", "a transparency chunk where none may be", 0},
        {8, 0, "IDAT4 tRNS2", "a transparency chunk where none may be", 0},
        {8, 4, "tRNS2 IDAT4", "a transparency chunk where none may be", 0},
        {8, 6, "tRNS6 IDAT4", "a transparency chunk where none may be", 0},
        {8, 0, "tRNS3 IDAT4", "the transparency chunk has a wrong size", 0},
        {8, 2, "tRNS2 IDAT4", "the transparency chunk has a wrong size", 0},
        {8, 3, "tRNS1 PLTE3 IDAT4", "the transparency chunk has a wrong size", 0},
        {8, 3, "PLTE3 tRNS0 IDAT4", "the transparency chunk has a wrong size", 0},
        {8, 3, "PLTE3 tRNS2 IDAT4", "the transparency chunk has a wrong size", 0},
        {8, 2, "IDAT4 tEXt5 IDAT4", "interrupted by another chunk", 0},
        {8, 2, "tEXt5", "it holds no picture data", 0},
        {8, 2, "IHDR13 IDAT4", "unknown chunk", 0},
        {8, 1, "IDAT4", "colour type 1 with 8 bits", 0},
        {8, 5, "IDAT4", "colour type 5 with 8 bits", 0},
        {8, 7, "IDAT4", "colour type 7 with 8 bits", 0},
        {17, 0, "IDAT4", "colour type 0 with 17 bits", 0},
        {16, 3, "PLTE3 IDAT4", "colour type 3 with 16 bits", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        static file f;
        smp_file_info info;
        smp_diag diag;
        scripted(&f, cases[i].depth, cases[i].type, cases[i].script);
        const smp_status status = smp_read_info(f.data, f.size, &info, &diag);
        if ((status == SMP_OK) != !cases[i].words ||
            (cases[i].words ? !strstr(diag.text, cases[i].words)
                            : info.format != cases[i].format || info.width != 4))
            ck_abort_msg("\"%s\", type %u, %u bits: format %u, \"%s\"", cases[i].script,
                         cases[i].type, cases[i].depth, info.format, diag.text);
    }
}
END_TEST

/* The header chunk's own fields, one wrong at a time. */
START_TEST(headers)
{
    static const struct {
        uint8_t at, value;
        smp_status status;
        const char *words;
    } cases[] = {
        {26, 1, SMP_ERR_FORMAT, "interlace method"},
        {27, 1, SMP_ERR_FORMAT, "interlace method"},
        {28, 2, SMP_ERR_FORMAT, "interlace method"},
        {19, 0, SMP_ERR_FORMAT, "a side is 0"},
        {23, 0, SMP_ERR_FORMAT, "a side is 0"},
        {17, 1, SMP_ERR_LIMIT, "65540 x 4"},
        {21, 1, SMP_ERR_LIMIT, "4 x 65540"},
        {12, 'J', SMP_ERR_FORMAT, "header chunk"},
        {28, 1, SMP_OK, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        static file f;
        smp_file_info info;
        smp_diag diag;
        scripted(&f, 8, 2, "IDAT4");
        f.data[cases[i].at] = cases[i].value;
        smpi_put_be32(f.data + 29, smpi_crc(f.data + 12, 17));
        ck_assert_int_eq(smp_read_info(f.data, f.size, &info, &diag), cases[i].status);
        ck_assert_msg(strstr(diag.text, cases[i].words) != NULL, "%s", diag.text);
        ck_assert_uint_eq(info.progressive, cases[i].status == SMP_OK);
    }
    static file f = {.size = 0};
    file_put(&f, "\x89PNG\r\n\x1a\n", 8);
    file_chunk(&f, "IHDR", "\0\0\0\4\0\0\0\4\x08\2\0", 12);
    smp_file_info info;
    smp_diag diag;
    ck_assert_int_eq(smp_read_info(f.data, f.size, &info, &diag), SMP_ERR_FORMAT);
    ck_assert_ptr_nonnull(strstr(diag.text, "wrong size"));
}
END_TEST

/* ---- colour -----------------------------------------------------------------------------------
 */

typedef struct part {
    const char *type;
    const char *bytes;
    size_t size;
} part;

static void space_of(const part *parts, uint8_t type, uint32_t space, uint32_t origin)
{
    static file f;
    smp_file_info info;
    file_png(&f, 4, 4, 8, type);
    for (int i = 0; i < 2 && parts[i].type; i++)
        file_chunk(&f, parts[i].type, parts[i].bytes, parts[i].size);
    file_chunk(&f, "IDAT", "1234", 4);
    file_chunk(&f, "IEND", NULL, 0);
    ck_assert_int_eq(smp_read_info(f.data, f.size, &info, NULL), SMP_OK);
    if (info.space != space || info.space_origin != origin)
        ck_abort_msg("%s (%02x %02x ...): space %u, origin %u", parts[0].type,
                     (uint8_t)parts[0].bytes[0], (uint8_t)parts[0].bytes[1], info.space,
                     info.space_origin);
}

#define CHROMA(red, green) \
    "\0\0\x7a\x26\0\0\x80\x84" red green "\0\0\x3a\x98\0\0\x17\x70" /* white; blue 0.15, 0.06 */
#define P3 CHROMA("\0\1\x09\xa0\0\0\x7d\0", "\0\0\x67\x84\0\1\x0d\x88")
#define ADOBE CHROMA("\0\0\xfa\0\0\0\x80\xe8", "\0\0\x52\x08\0\1\x15\x58")
#define SRGB CHROMA("\0\0\xfa\0\0\0\x80\xe8", "\0\0\x75\x30\0\0\xea\x60")
#define GAMMA(low) "\0\0" low
#define EXIF(space)                                                                         \
    "II*\0\x08\0\0\0\1\0\x69\x87\4\0\1\0\0\0\x1a\0\0\0\0\0\0\0\1\0\1\xa0\3\0\1\0\0\0" space \
    "\0\0\0\0\0\0\0"

START_TEST(spaces)
{
    static const struct {
        part parts[2];
        uint32_t space, origin;
    } cases[] = {
        {{{"cICP", "\1\x0d\0\1", 4}}, SMP_SPACE_SRGB, SMP_SPACE_FROM_TAGS},
        {{{"cICP", "\x0c\x0d\0\1", 4}}, SMP_SPACE_DISPLAY_P3, SMP_SPACE_FROM_TAGS},
        {{{"cICP", "\1\x08\0\1", 4}}, SMP_SPACE_LINEAR_SRGB, SMP_SPACE_FROM_TAGS},
        {{{"cICP", "\x0c\x08\0\1", 4}}, SMP_SPACE_LINEAR_P3, SMP_SPACE_FROM_TAGS},
        {{{"cICP", "\1\x0d\1\1", 4}}, SMP_SPACE_SRGB, SMP_SPACE_ASSUMED},
        {{{"cICP", "\x0c\x0d\0\0", 4}}, SMP_SPACE_SRGB, SMP_SPACE_ASSUMED},
        {{{"cICP", "\x0c\x10\0\1", 4}}, SMP_SPACE_SRGB, SMP_SPACE_ASSUMED},
        {{{"cICP", "\x09\x0d\0\1", 4}}, SMP_SPACE_SRGB, SMP_SPACE_ASSUMED},
        {{{"cICP", "\x0c\x0d\0", 3}}, SMP_SPACE_SRGB, SMP_SPACE_UNTAGGED},
        {{{"sRGB", "\0\0", 2}}, SMP_SPACE_SRGB, SMP_SPACE_UNTAGGED},
        {{{"gAMA", GAMMA("\xaf\xc8"), 4}}, SMP_SPACE_SRGB, SMP_SPACE_FROM_TAGS},
        {{{"gAMA", GAMMA("\xaf\xc7"), 4}}, SMP_SPACE_SRGB, SMP_SPACE_ASSUMED},
        {{{"gAMA", GAMMA("\xb3\xb1"), 4}}, SMP_SPACE_SRGB, SMP_SPACE_ASSUMED},
        {{{"gAMA", GAMMA("\xb1"), 3}}, SMP_SPACE_SRGB, SMP_SPACE_UNTAGGED},
        {{{"cHRM", P3, 32}}, SMP_SPACE_DISPLAY_P3, SMP_SPACE_FROM_TAGS},
        {{{"cHRM", ADOBE, 32}}, SMP_SPACE_ADOBE_RGB, SMP_SPACE_FROM_TAGS},
        {{{"cHRM", SRGB, 32}, {"gAMA", GAMMA("\xb1\x8f"), 4}}, SMP_SPACE_SRGB, SMP_SPACE_FROM_TAGS},
        {{{"cHRM", P3, 32}, {"gAMA", GAMMA("\xf4\x24"), 4}}, SMP_SPACE_SRGB, SMP_SPACE_ASSUMED},
        {{{"cHRM", "12345678901234567890123456789012", 32}}, SMP_SPACE_SRGB, SMP_SPACE_ASSUMED},
        {{{"cHRM", P3, 31}}, SMP_SPACE_SRGB, SMP_SPACE_UNTAGGED},
        {{{"cHRM", P3, 32}, {"sRGB", "", 1}}, SMP_SPACE_SRGB, SMP_SPACE_FROM_TAGS},
        {{{"eXIf", EXIF("\1"), 45}}, SMP_SPACE_SRGB, SMP_SPACE_FROM_TAGS},
        {{{"eXIf", EXIF("\2"), 45}}, SMP_SPACE_ADOBE_RGB, SMP_SPACE_FROM_TAGS},
        {{{"eXIf", EXIF("\3"), 45}}, SMP_SPACE_SRGB, SMP_SPACE_UNTAGGED},
        {{{"iCCP", "", 0}}, SMP_SPACE_SRGB, SMP_SPACE_ASSUMED},
        {{{"iCCP", "\0\0abc", 5}}, SMP_SPACE_SRGB, SMP_SPACE_ASSUMED},
        {{{"iCCP", "abcde", 5}}, SMP_SPACE_SRGB, SMP_SPACE_ASSUMED},
        {{{"iCCP", "ab\0\1x", 5}}, SMP_SPACE_SRGB, SMP_SPACE_ASSUMED},
        {{{"iCCP", "ab\0", 3}}, SMP_SPACE_SRGB, SMP_SPACE_ASSUMED},
        {{{"iCCP", "ab\0\0not packed", 14}}, SMP_SPACE_SRGB, SMP_SPACE_ASSUMED},
        {{{"iCCP", "", 0}, {"cICP", "\x0c\x0d\0\1", 4}}, SMP_SPACE_DISPLAY_P3, SMP_SPACE_FROM_TAGS},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        space_of(cases[i].parts, 2, cases[i].space, cases[i].origin);
}
END_TEST

/* The first of two profiles counts; one for grays is not kept for a picture in colour. */
START_TEST(profile_chunks)
{
    uint8_t icc[SMPI_ICC_MADE], bytes[4096] = "p3\0";
    smp_context *ctx = plain_context();
    for (int gray = 0; gray < 2; gray++) {
        static file f;
        smpi_header header;
        const size_t n = smpi_icc_make(SMP_SPACE_DISPLAY_P3, gray, icc);
        const size_t packed = packed_bytes(ctx, 6, icc, n, bytes + 4, sizeof bytes - 4);
        file_png(&f, 4, 4, 8, 2);
        file_chunk(&f, "iCCP", bytes, packed + 4);
        file_chunk(&f, "iCCP", "again\0\0nothing", 14);
        file_chunk(&f, "IDAT", "1234", 4);
        file_chunk(&f, "IEND", NULL, 0);
        ck_assert_int_eq(smpi_header_read(f.data, f.size, &header, NULL), SMP_OK);
        ck_assert_uint_eq(header.info.space, gray ? SMP_SPACE_SRGB : SMP_SPACE_DISPLAY_P3);
        ck_assert_uint_eq(header.icc_count, !gray);
    }
    smp_context_destroy(&ctx);
}
END_TEST

/* ---- Exif as text -----------------------------------------------------------------------------
 */

#define RAW "Raw profile type exif"
#define HEX                                        \
    "\nexif\n      32\n457869660000"               \
    "49492a00080000000100120103000100000006000000" \
    "00000000\n"

static uint32_t orientation_of(const char *type, const uint8_t *bytes, size_t size)
{
    static file f;
    smp_file_info info;
    file_png(&f, 4, 4, 8, 2);
    file_chunk(&f, type, bytes, size);
    file_chunk(&f, "IDAT", "1234", 4);
    file_chunk(&f, "IEND", NULL, 0);
    ck_assert_int_eq(smp_read_info(f.data, f.size, &info, NULL), SMP_OK);
    return info.orientation;
}

START_TEST(exif_in_texts)
{
    static const char plain[] = RAW "\0" HEX, upper[] = RAW "\0\nEXIF\n 2\n4D4D002A0000000800010112"
                                                            "000300000001000800000000";
    static const char heads[4][32] = {RAW "\0\1\0en\0x", RAW "\0\0\0en\0x", RAW "\0\1\1en\0x",
                                      RAW "\0\1\0en"};
    smp_context *ctx = plain_context();
    uint8_t bytes[512], packed[400];
    const size_t n = packed_bytes(ctx, 6, HEX, sizeof HEX - 1, packed, sizeof packed);
    ck_assert_uint_eq(orientation_of("tEXt", (const uint8_t *)plain, sizeof plain - 1), 6);
    ck_assert_uint_eq(orientation_of("tEXt", (const uint8_t *)upper, sizeof upper - 1), 8);
    ck_assert_uint_eq(orientation_of("tEXt", (const uint8_t *)"Raw profile type iptc\0\n", 24), 1);
    memcpy(bytes, RAW "\0", sizeof RAW + 1);
    memcpy(bytes + sizeof RAW + 1, packed, n);
    ck_assert_uint_eq(orientation_of("zTXt", bytes, sizeof RAW + 1 + n), 6);
    bytes[sizeof RAW] = 9; /* an unknown method */
    ck_assert_uint_eq(orientation_of("zTXt", bytes, sizeof RAW + 1 + n), 1);
    ck_assert_uint_eq(orientation_of("zTXt", bytes, sizeof RAW), 1);
    for (int i = 0; i < 4; i++) {
        /* keyword, its end, packed, method, language, its end, translation, its end */
        const size_t head = sizeof RAW + 7;
        memset(bytes, 'x', sizeof bytes);
        memcpy(bytes, heads[i], head - 1);
        bytes[head - 1] = i == 3 ? 'x' : 0;
        memcpy(bytes + head, packed, n);
        if (i == 3) /* the texts never end */
            memset(bytes + sizeof RAW + 2, 'x', sizeof bytes - sizeof RAW - 2);
        ck_assert_uint_eq(orientation_of("iTXt", bytes, head + n), i ? 1 : 6);
    }
    ck_assert_uint_eq(orientation_of("iTXt", bytes, sizeof RAW + 1), 1);
    smp_context_destroy(&ctx);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("codec");
    TCase *tests = tcase_create("chunks");
    tcase_add_test(tests, orders_and_sizes);
    tcase_add_test(tests, headers);
    tcase_add_test(tests, spaces);
    tcase_add_test(tests, profile_chunks);
    tcase_add_test(tests, exif_in_texts);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
