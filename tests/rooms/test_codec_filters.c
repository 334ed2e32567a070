/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * PNG filters put in by hand, for every pixel size, against the words of the specification. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "image_cases.h"

/* Clause 9.4 of the specification, word by word. */
static int predictor(int filter, int a, int b, int c)
{
    const int p = a + b - c, pa = abs(p - a), pb = abs(p - b), pc = abs(p - c);
    switch (filter) {
    case 1:
        return a;
    case 2:
        return b;
    case 3:
        return (a + b) / 2;
    case 4:
        return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
    default:
        return 0;
    }
}

/* Few different bytes, so that ties are many. */
START_TEST(filters_by_hand)
{
    static const struct {
        uint8_t depth, type, pixel;
    } kinds[] = {{8, 0, 1}, {8, 2, 3}, {8, 6, 4}, {16, 2, 6}, {16, 6, 8}};
    enum { WIDTH = 13, HEIGHT = 25 };
    smp_context *ctx = plain_context();
    uint64_t random = 12345;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        static uint8_t raw[HEIGHT * (1 + WIDTH * 8)], want[HEIGHT + 1][8 + WIDTH * 8], packed[9000];
        static file f;
        const size_t pixel = kinds[k].pixel, row = WIDTH * pixel;
        smp_picture *picture;
        memset(want, 0, sizeof want);
        for (size_t y = 0; y < HEIGHT; y++) {
            uint8_t *line = raw + y * (row + 1), *to = want[y + 1] + 8, *above = want[y] + 8;
            line[0] = (uint8_t)(y % 5);
            for (size_t i = 0; i < row; i++) {
                random = random * 6364136223846793005u + 1442695040888963407u;
                line[i + 1] = (uint8_t)((random >> 60) % 3 * 85);
                to[i] = (uint8_t)(line[i + 1] + predictor(line[0], *(to + i - pixel), above[i],
                                                          *(above + i - pixel)));
            }
        }
        file_png(&f, WIDTH, HEIGHT, kinds[k].depth, kinds[k].type);
        file_chunk(&f, "IDAT", packed,
                   packed_bytes(ctx, 6, raw, HEIGHT * (row + 1), packed, sizeof packed));
        file_chunk(&f, "IEND", NULL, 0);
        ck_assert_int_eq(smp_decode(ctx, f.data, f.size, NULL, &picture, NULL), SMP_OK);
        const uint8_t *got = smp_picture_image(picture)->data;
        for (size_t y = 0; y < HEIGHT; y++)
            for (size_t i = 0; i < row; i++) {
                const size_t swap = kinds[k].depth == 16 ? i ^ 1 : i; /* high bytes first */
                ck_assert_uint_eq(got[y * row + i], want[y + 1][8 + swap]);
            }
        smp_picture_destroy(&picture);
    }
    smp_context_destroy(&ctx);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("codec");
    TCase *tests = tcase_create("filters");
    tcase_add_test(tests, filters_by_hand);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
