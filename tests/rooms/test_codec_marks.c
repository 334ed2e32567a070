/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * JPEG marker by marker: what each segment means, is refused for, or is passed over. */
#include <check.h>
#include <string.h>

#include "image/icc.h"
#include "image_cases.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static file f;

static void start(void)
{
    f.size = 0;
    file_put(&f, "\xff\xd8", 2);
}

static void segment(uint8_t marker, const void *bytes, size_t size)
{
    const uint8_t head[4] = {0xff, marker, (uint8_t)((size + 2) >> 8), (uint8_t)(size + 2)};
    file_put(&f, head, 4);
    file_put(&f, bytes, size);
}

/* A frame of n components, each with its own number and sampling 1 x 1. */
static void frame(uint8_t marker, uint8_t n, uint8_t sampling)
{
    uint8_t bytes[6 + 3 * 8] = {8, 0, 4, 0, 4, n};
    for (uint8_t i = 0; i < n; i++) {
        bytes[6 + 3 * i] = i;
        bytes[7 + 3 * i] = i ? 0x11 : sampling;
    }
    segment(marker, bytes, 6 + 3u * n);
}

/* A scan of the first n components with a little data: stuffed, filled, and with a restart. */
static void scan(uint8_t n)
{
    uint8_t bytes[4 + 2 * 4] = {n};
    for (uint8_t i = 0; i < n; i++)
        bytes[1 + 2 * i] = i;
    segment(0xda, bytes, 4 + 2u * n);
    file_put(&f, "\1\2\xff\0\3\xff\xff\0\xff\xd0\4", 11);
}

static smp_status info_of(smp_file_info *info, smp_diag *diag)
{
    file_put(&f, "\xff\xff\xd9", 3);
    return smp_read_info(f.data, f.size, info, diag);
}

static void refused(smp_status wanted, const char *words)
{
    smp_file_info info;
    smp_diag diag;
    const smp_status status = info_of(&info, &diag);
    if (status != wanted || !strstr(diag.text, words))
        ck_abort_msg("%s, \"%s\", not \"%s\"", smp_status_name(status), diag.text, words);
}

static void taken(smp_file_info *info)
{
    smp_diag diag;
    ck_assert_msg(info_of(info, &diag) == SMP_OK, "%s", diag.text);
}

START_TEST(frames)
{
    static const char *const kinds[][2] = {{"\xc3", "is lossless;"},
                                           {"\xc5\xc6\xc7\xde", "is hierarchical;"},
                                           {"\xc9\xca", "is arithmetic-coded"},
                                           {"\xcb", "is lossless arithmetic-coded"},
                                           {"\xcd\xce\xcf", "is hierarchical arithmetic-coded"},
                                           {"\xf7", "is JPEG-LS"}};
    smp_file_info info;
    for (size_t i = 0; i < COUNT(kinds); i++)
        for (const char *marker = kinds[i][0]; *marker; marker++) {
            start();
            frame((uint8_t)*marker, 3, 0x11);
            refused(SMP_ERR_UNSUPPORTED, kinds[i][1]);
        }
    for (uint8_t n = 1; n <= 5; n++) {
        start();
        frame(n == 3 ? 0xc2 : 0xc0, n, 0x11);
        scan(n < 5 ? n : 1);
        if (n == 1 || n == 3) {
            taken(&info);
            ck_assert_uint_eq(info.format, n == 1 ? SMP_FORMAT_GRAY8 : SMP_FORMAT_RGB8);
            ck_assert_uint_eq(info.progressive, n == 3);
        } else {
            refused(SMP_ERR_UNSUPPORTED, n == 4 ? "no Adobe mark" : "want 1, 3 or 4");
        }
    }
}
END_TEST

START_TEST(broken_frames)
{
    static const uint8_t samplings[] = {0x01, 0x10, 0x51, 0x15};
    for (size_t i = 0; i < COUNT(samplings); i++) {
        start();
        frame(0xc0, 3, samplings[i]);
        refused(SMP_ERR_FORMAT, "sampling factors");
    }
    static const struct {
        const char *bytes;
        size_t size;
        const char *words;
    } wrong[] = {{"\x08\0\4\0\4", 5, "too short"},
                 {"\x08\0\4\0\4\3\0\x11\0", 9, "frame header is wrong"},
                 {"\x08\0\0\0\4\1\0\x11\0", 9, "4 x 0, 1 components"},
                 {"\x08\0\4\0\0\1\0\x11\0", 9, "0 x 4, 1 components"}};
    for (size_t i = 0; i < COUNT(wrong); i++) {
        start();
        segment(0xc0, wrong[i].bytes, wrong[i].size);
        refused(SMP_ERR_FORMAT, wrong[i].words);
    }
    start();
    frame(0xc0, 1, 0x11);
    frame(0xc0, 1, 0x11);
    refused(SMP_ERR_FORMAT, "two frame headers");
}
END_TEST

START_TEST(scans)
{
    static const struct {
        const char *bytes;
        size_t size;
    } wrong[] = {{"", 0}, {"\0\0\0\0", 4}, {"\5\0\0\1\0\2\0\3\0\4\0\0\0\0", 14}, {"\1\0\0\0", 4}};
    for (size_t i = 0; i < COUNT(wrong); i++) {
        start();
        frame(0xc0, 1, 0x11);
        segment(0xda, wrong[i].bytes, wrong[i].size);
        refused(SMP_ERR_FORMAT, "a scan header of the JPEG is wrong");
    }
    start();
    scan(1);
    refused(SMP_ERR_FORMAT, "a scan before its frame header");
    start();
    frame(0xc0, 3, 0x11);
    scan(2);
    refused(SMP_ERR_FORMAT, "a colour component of the JPEG has no data");
    start();
    frame(0xc2, 1, 0x11);
    for (int i = 0; i < 1100; i++)
        scan(1);
    refused(SMP_ERR_LIMIT, "scans");
}
END_TEST

START_TEST(segments)
{
    smp_file_info info;
    smp_diag diag;
    start();
    file_put(&f, "\xff\xe0\0\1", 4);
    refused(SMP_ERR_FORMAT, "a segment of the JPEG has 1 bytes");
    start();
    segment(0xcc, "abc", 3);
    refused(SMP_ERR_FORMAT, "unknown marker 0xcc");
    start();
    segment(0xfe, "abc", 3);
    file_put(&f, "x", 1);
    refused(SMP_ERR_FORMAT, "no marker where one must be");
    start();
    static const uint8_t harmless[] = {0xc4, 0xdb, 0xdc, 0xdd, 0xfe, 0xe0, 0xe1, 0xe2, 0xee, 0xef};
    for (size_t i = 0; i < COUNT(harmless); i++)
        segment(harmless[i], "abcdefghijklmnop", 16);
    frame(0xc0, 1, 0x11);
    scan(1);
    taken(&info);
    ck_assert_uint_eq(info.space_origin, SMP_SPACE_UNTAGGED);
    for (size_t cut = 2; cut < f.size - 1; cut++) {
        ck_assert_int_eq(smp_read_info(f.data, cut, &info, &diag), SMP_ERR_FORMAT);
        ck_assert_ptr_nonnull(strstr(diag.text, cut < 3 ? "neither" : "cut off"));
    }
}
END_TEST

/* ---- colour -----------------------------------------------------------------------------------
 */

static void icc_part(const uint8_t *icc, size_t from, size_t to, uint8_t number, uint8_t total)
{
    uint8_t bytes[14 + SMPI_ICC_MADE] = "ICC_PROFILE";
    bytes[12] = number;
    bytes[13] = total;
    memcpy(bytes + 14, icc + from, to - from);
    segment(0xe2, bytes, 14 + to - from);
}

/* Parts in any order; one that is missing, contradicts or is out of range: the space is assumed. */
START_TEST(profiles)
{
    static const struct {
        uint8_t numbers[3][2]; /* number and total; 0 0: no part */
        uint32_t origin;
    } cases[] = {{{{1, 1}}, SMP_SPACE_FROM_ICC},
                 {{{1, 2}, {2, 2}}, SMP_SPACE_FROM_ICC},
                 {{{2, 2}, {1, 2}}, SMP_SPACE_FROM_ICC},
                 {{{1, 2}}, SMP_SPACE_ASSUMED},
                 {{{0, 2}, {2, 2}}, SMP_SPACE_ASSUMED},
                 {{{3, 2}, {2, 2}}, SMP_SPACE_ASSUMED},
                 {{{1, 2}, {2, 3}}, SMP_SPACE_ASSUMED},
                 {{{1, 2}, {2, 2}, {2, 2}}, SMP_SPACE_FROM_ICC},
                 {{{1, 2}, {1, 3}, {2, 2}}, SMP_SPACE_ASSUMED}};
    uint8_t icc[SMPI_ICC_MADE];
    for (int gray = 0; gray < 2; gray++)
        for (size_t i = 0; i < COUNT(cases); i++) {
            const size_t n = smpi_icc_make(SMP_SPACE_DISPLAY_P3, gray, icc);
            smpi_header header;
            start();
            for (int k = 0; k < 3 && cases[i].numbers[k][1]; k++) {
                const uint8_t *at = cases[i].numbers[k];
                const int whole = at[1] == 1, second = at[0] == 2;
                icc_part(icc, second ? n / 2 : 0, second || whole ? n : n / 2, at[0], at[1]);
            }
            frame(0xc0, 3, 0x11);
            scan(3);
            file_put(&f, "\xff\xd9", 2);
            ck_assert_int_eq(smpi_header_read(f.data, f.size, &header, NULL), SMP_OK);
            const int known = cases[i].origin == SMP_SPACE_FROM_ICC;
            if (!gray) {
                ck_assert_uint_eq(header.info.space_origin, cases[i].origin);
                ck_assert_uint_eq(header.info.space, known ? SMP_SPACE_DISPLAY_P3 : SMP_SPACE_SRGB);
            }
            ck_assert_int_eq(header.icc_count > 0, known && !gray);
        }
}
END_TEST

/* Exif: 0x112 orientation 6 and a colour space; the first block that can be read counts. */
START_TEST(exif)
{
    uint8_t block[6 + 56] = "Exif\0\0II*\0\x08\0\0\0\2\0";
    static const uint8_t tags[24] = {0x12, 1,    3, 0, 1, 0, 0, 0, 6,  0, 0, 0,
                                     0x69, 0x87, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0};
    static const uint8_t space[18] = {1, 0, 1, 0xa0, 3, 0, 1, 0, 0, 0};
    smp_file_info info;
    memcpy(block + 16, tags, sizeof tags);
    memcpy(block + 44, space, sizeof space);
    for (uint8_t number = 0; number < 4; number++) {
        block[52] = number;
        block[53] = 0;
        block[54] = number;
        start();
        segment(0xe1, "Exif\0\0broken!!", 14);
        segment(0xe1, block, sizeof block);
        segment(0xe1, "Exif\0\0MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0\3\0\0\0\0\0\0", 32);
        frame(0xc0, 3, 0x21);
        scan(3);
        taken(&info);
        ck_assert_uint_eq(info.orientation, 6);
        ck_assert_uint_eq(info.space, number == 2 ? SMP_SPACE_ADOBE_RGB : SMP_SPACE_SRGB);
        ck_assert_uint_eq(info.space_origin,
                          number == 1 || number == 2 ? SMP_SPACE_FROM_TAGS : SMP_SPACE_UNTAGGED);
    }
}
END_TEST

/* Four components are read where an Adobe mark says that they are CMYK or YCCK. */
START_TEST(adobe_marks)
{
    for (uint8_t transform = 0; transform < 4; transform++) {
        const uint8_t mark[12] = {'A', 'd', 'o', 'b', 'e', 0, 0, 0, 0, 0, 0, transform};
        smp_file_info info;
        start();
        segment(0xee, mark, sizeof mark);
        frame(0xc0, 4, 0x11);
        scan(4);
        if (transform == 0 || transform == 2)
            taken(&info);
        else
            refused(SMP_ERR_UNSUPPORTED, "no Adobe mark");
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("codec");
    TCase *tests = tcase_create("marks");
    tcase_add_test(tests, frames);
    tcase_add_test(tests, broken_frames);
    tcase_add_test(tests, scans);
    tcase_add_test(tests, segments);
    tcase_add_test(tests, profiles);
    tcase_add_test(tests, exif);
    tcase_add_test(tests, adobe_marks);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
