/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The two JPEG decoders and coders against each other: at most 3 codes apart, 99 % of samples
 * within 1. Skipped where libjpeg-turbo is not
 * built in. */
#include <check.h>
#include <smp/image.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "image/stb.h"
#include "image/turbo.h"

#define SIDE 67
#define ROOM (1 << 20)

typedef struct coded {
    uint8_t data[ROOM];
    size_t size;
} coded;

static void collect(void *user, const void *bytes, size_t size)
{
    coded *c = user;
    ck_assert(c->size + size <= sizeof c->data);
    memcpy(c->data + c->size, bytes, size);
    c->size += size;
}

/* Smooth, with some noise, like skin. */
static void draw(uint8_t *pixels, uint32_t w, uint32_t h, uint32_t seed)
{
    for (uint32_t i = 0; i < w * h; i++)
        for (uint32_t c = 0; c < 3; c++) {
            const float noise = 12.0f * smpi_unit(smpi_hash(seed, 3 * i + c, 5));
            const uint32_t x = i % w, y = i / w;
            pixels[3 * i + c] = (uint8_t)(200.0f - 30.0f * (float)c + noise -
                                          0.9f * (float)(x > y ? x - y : y - x));
        }
}

/* Samples that were compared, and those that are over 1 apart. */
typedef struct tally {
    size_t samples, over;
} tally;

/* How far two decodings are apart at most. */
static int apart(const uint8_t *a, const uint8_t *b, size_t n, tally *t)
{
    int most = 0;
    for (size_t i = 0; i < n; i++) {
        const int d = abs((int)a[i] - (int)b[i]);
        most = d > most ? d : most;
        t->over += d > 1;
    }
    t->samples += n;
    return most;
}

/* Decodes one file both ways. */
static void check_file(const smp_context *ctx, const coded *c, uint32_t w, uint32_t h, tally *t)
{
    static uint8_t fast[3 * SIDE * SIDE];
    const smpi_stb_wish wish = {w, h, 3, 0, 1u << 26};
    smp_diag diag;
    void *slow = NULL;
    ck_assert_int_eq(smpi_stb_decode(ctx, c->data, c->size, &wish, &slow, &diag), SMP_OK);
    ck_assert_int_eq(smpi_turbo_decode(c->data, c->size, &wish, fast), 1);
    const int most = apart(slow, fast, 3 * (size_t)w * h, t);
    ck_assert_msg(most <= 3, "%ux%u: %d codes apart", w, h, most);
    smpi_stb_free(ctx, slow);
}

START_TEST(decoders_agree)
{
    static const uint32_t sides[] = {1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 33, 66, 67};
    static uint8_t pixels[3 * SIDE * SIDE];
    static coded file;
    smp_context *ctx;
    smp_image view;
    tally t = {0, 0};
    ck_assert_int_eq(smp_context_create(&ctx, NULL, NULL), SMP_OK);
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++)
        for (size_t j = 0; j < sizeof sides / sizeof *sides; j++)
            for (uint32_t quality = 75; quality <= 95; quality += 10) {
                const uint32_t w = sides[i], h = sides[j];
                draw(pixels, w, h, quality);
                file.size = 0;
                ck_assert(smpi_stb_write_jpeg(collect, &file, pixels, w, h, 3, quality));
                check_file(ctx, &file, w, h, &t);
                ck_assert_int_eq(smp_image_wrap(&view, pixels, w, h, 0, SMP_FORMAT_RGB8, NULL),
                                 SMP_OK);
                ck_assert_uint_le(smpi_turbo_bound(w, h, quality), ROOM);
                file.size = smpi_turbo_encode(&view, quality, file.data, ROOM);
                ck_assert_uint_gt(file.size, 0);
                check_file(ctx, &file, w, h, &t);
            }
    printf("turbo: %zu of %zu samples over 1 apart\n", t.over, t.samples);
    ck_assert_uint_gt(t.samples, 100000);
    ck_assert_uint_le(100 * t.over, t.samples);
    smp_context_destroy(&ctx);
}
END_TEST

START_TEST(odd_files_are_left_to_stb)
{
    static uint8_t pixels[3 * SIDE * SIDE], out[3 * SIDE * SIDE];
    static coded file;
    smpi_stb_wish wish = {SIDE, SIDE, 3, 0, 1u << 26};
    draw(pixels, SIDE, SIDE, 1);
    file.size = 0;
    ck_assert(smpi_stb_write_jpeg(collect, &file, pixels, SIDE, SIDE, 3, 85));
    ck_assert_int_eq(smpi_turbo_decode(file.data, file.size, &wish, out), 1);
    ck_assert_int_eq(smpi_turbo_decode(file.data, file.size / 2, &wish, out), 0);
    ck_assert_int_eq(smpi_turbo_decode(file.data, 0, &wish, out), 0);
    wish.width--;
    ck_assert_int_eq(smpi_turbo_decode(file.data, file.size, &wish, out), 0);
    wish.width++;
    wish.wide = 1;
    ck_assert_int_eq(smpi_turbo_decode(file.data, file.size, &wish, out), 0);
}
END_TEST

int main(void)
{
    if (!smpi_turbo_bound(1, 1, 90)) {
        printf("SKIP: libjpeg-turbo is not built in\n");
        return 0;
    }
    Suite *suite = suite_create("turbo");
    TCase *tests = tcase_create("turbo");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, decoders_agree);
    tcase_add_test(tests, odd_files_are_left_to_stb);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
