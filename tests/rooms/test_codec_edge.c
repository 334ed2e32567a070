/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Real awkward files, where they are at hand: in the folder that SMP_SHARED names, or in a folder
 * `shared` beside the source tree. Without them the test says that it skips. */
#define _POSIX_C_SOURCE 200809L
#include <check.h>

#include "image_cases.h"

#include <dirent.h>
#include <stdio.h>

static char folder[1024];

static int find_folder(void)
{
    const char *shared = getenv("SMP_SHARED");
    char path[1200];
    if (shared)
        snprintf(folder, sizeof folder, "%s/edge", shared);
    else
        snprintf(folder, sizeof folder, "%.*s/../../shared/edge", (int)strlen(SMP_TEST_DATA) - 5,
                 SMP_TEST_DATA); /* .../tests/data, which may be missing */
    snprintf(path, sizeof path, "%s/jpeg_plain.jpg", folder);
    FILE *f = fopen(path, "rb");
    if (f)
        fclose(f);
    return f != NULL;
}

/* The file's bytes, to be freed. */
static uint8_t *load(const char *name, size_t *size)
{
    char path[1400];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "rb");
    ck_assert_msg(f != NULL, "%s", path);
    ck_assert(fseek(f, 0, SEEK_END) == 0);
    long n = ftell(f);
    ck_assert(n >= 0);
    rewind(f);
    uint8_t *bytes = malloc((size_t)n + 1);
    ck_assert(bytes != NULL);
    *size = fread(bytes, 1, (size_t)n, f);
    fclose(f);
    return bytes;
}

typedef struct expectation {
    const char *name;
    smp_status status;
    uint32_t width, height, format, space, origin;
} expectation;

static const expectation expectations[] = {
    {"exif_portrait_1.jpg", SMP_OK, 1200, 1800, 1, 0, 0},
    {"exif_portrait_8.jpg", SMP_OK, 1200, 1800, 1, 0, 0},
    {"exif_orientation_5_bare.jpg", SMP_OK, 302, 403, 1, 0, 0},
    {"pil_png_exif_orientation.png", SMP_OK, 512, 512, 1, 0, 2},
    {"icc_displayp3_gainmap.jpg", SMP_OK, 384, 512, 1, 1, 1},
    {"icc_p3_tiny.png", SMP_OK, 8, 8, 2, 1, 1},
    {"portrait_adobergb_800.jpg", SMP_OK, 800, 1013, 1, 2, 1},
    {"gamma_1_6.png", SMP_OK, 48, 48, 1, 0, 3},
    {"pil_cmyk_adobe.jpg", SMP_OK, 100, 100, 1, 0, 0},
    {"jpeg_12bit.jpg", SMP_ERR_UNSUPPORTED, 0, 0, 0, 0, 0},
    {"jpeg_arithmetic.jpg", SMP_ERR_UNSUPPORTED, 0, 0, 0, 0, 0},
    {"progressive_cat.jpg", SMP_OK, 320, 240, 1, 0, 1},
    {"jpeg_plain.jpg", SMP_OK, 227, 149, 1, 0, 0},
    {"pil_gray.jpg", SMP_OK, 128, 128, 0, 0, 0},
    {"png_rgb16.png", SMP_OK, 149, 227, 4, 0, 1},
    {"pil_palette_trns.png", SMP_OK, 64, 64, 2, 0, 0},
    {"pil_rgb_trns.png", SMP_OK, 64, 64, 2, 0, 0},
    {"truncated_10k.jpg", SMP_ERR_FORMAT, 0, 0, 0, 0, 0},
    {"truncated_10k.png", SMP_ERR_FORMAT, 0, 0, 0, 0, 0},
    {"pil_truncated_1.jpg", SMP_ERR_FORMAT, 0, 0, 0, 0, 0},
    {"pil_truncated_big.png", SMP_ERR_FORMAT, 0, 0, 0, 0, 0},
    {"corrupt_header.jpg", SMP_ERR_FORMAT, 0, 0, 0, 0, 0},
    {"pil_exif_bad.jpg", SMP_OK, 200, 200, 1, 0, 0},
    {"pil_exif_ifd_offset.jpg", SMP_OK, 200, 200, 1, 0, 0},
    {"bomb_65536.png", SMP_ERR_LIMIT, 0, 0, 0, 0, 0},
    {"pil_bomb_text.png", SMP_ERR_LIMIT, 0, 0, 0, 0, 0},
    {"pil_wrongkind.webp", SMP_ERR_UNSUPPORTED, 0, 0, 0, 0, 0},
    {"pil_wrongkind.bmp", SMP_ERR_UNSUPPORTED, 0, 0, 0, 0, 0},
};

START_TEST(files_do_what_is_wanted)
{
    smp_context *ctx = plain_context();
    for (size_t i = 0; i < sizeof expectations / sizeof *expectations; i++) {
        const expectation *e = &expectations[i];
        size_t size;
        smp_picture *picture;
        smp_diag diag;
        uint8_t *bytes = load(e->name, &size);
        smp_status status = smp_decode(ctx, bytes, size, NULL, &picture, &diag);
        ck_assert_msg(status == e->status, "%s: %s %s", e->name, smp_status_name(status),
                      diag.text);
        if (status == SMP_OK) {
            const smp_image *m = smp_picture_image(picture);
            ck_assert_msg(m->width == e->width && m->height == e->height &&
                              m->format == e->format && m->space == e->space &&
                              smp_picture_info(picture)->space_origin == e->origin,
                          "%s: %u x %u format %u space %u origin %u", e->name, m->width, m->height,
                          m->format, m->space, smp_picture_info(picture)->space_origin);
        }
        smp_picture_destroy(&picture);
        free(bytes);
    }
    ck_assert_uint_eq(smp_context_memory(ctx, NULL), 0);
    smp_context_destroy(&ctx);
}
END_TEST

static double mean_difference(const smp_image *a, const smp_image *b)
{
    uint64_t sum = 0, n = (uint64_t)a->width * a->height * 3;
    ck_assert(a->width == b->width && a->height == b->height && a->format == b->format);
    for (uint64_t i = 0; i < n; i++)
        sum += (uint64_t)abs(((uint8_t *)a->data)[i] - ((uint8_t *)b->data)[i]);
    return (double)sum / (double)n;
}

/* All eight upright and alike; CMYK like its RGB twin. */
START_TEST(pictures_are_alike)
{
    static const char *const names[][2] = {
        {"exif_portrait_1.jpg", "exif_portrait_2.jpg"},
        {"exif_portrait_1.jpg", "exif_portrait_3.jpg"},
        {"exif_portrait_1.jpg", "exif_portrait_4.jpg"},
        {"exif_portrait_1.jpg", "exif_portrait_5.jpg"},
        {"exif_portrait_1.jpg", "exif_portrait_6.jpg"},
        {"exif_portrait_1.jpg", "exif_portrait_7.jpg"},
        {"exif_portrait_1.jpg", "exif_portrait_8.jpg"},
        {"pil_cmyk_adobe.jpg", "pil_cmyk_pair_rgb.jpg"},
    };
    smp_context *ctx = plain_context();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        smp_picture *p[2];
        for (int k = 0; k < 2; k++) {
            size_t size;
            uint8_t *bytes = load(names[i][k], &size);
            ck_assert_int_eq(smp_decode(ctx, bytes, size, NULL, &p[k], NULL), SMP_OK);
            free(bytes);
        }
        double d = mean_difference(smp_picture_image(p[0]), smp_picture_image(p[1]));
        ck_assert_msg(d < 6.0, "%s: %g", names[i][1], d);
        smp_picture_destroy(&p[0]);
        smp_picture_destroy(&p[1]);
    }
    smp_context_destroy(&ctx);
}
END_TEST

/* x*.png are broken on purpose, the others good. */
START_TEST(png_suite)
{
    char path[1200];
    int good = 0, broken = 0;
    smp_context *ctx = plain_context();
    snprintf(path, sizeof path, "%s/pngsuite", folder);
    DIR *dir = opendir(path);
    ck_assert(dir != NULL);
    for (struct dirent *entry; (entry = readdir(dir));) {
        size_t size, n = strlen(entry->d_name);
        if (n < 5 || strcmp(entry->d_name + n - 4, ".png") != 0)
            continue;
        snprintf(path, sizeof path, "pngsuite/%s", entry->d_name);
        uint8_t *bytes = load(path, &size);
        smp_status status = decode_status(ctx, bytes, size, NULL);
        ck_assert_msg((status == SMP_OK) == (entry->d_name[0] != 'x'), "%s: %s", entry->d_name,
                      smp_status_name(status));
        good += status == SMP_OK;
        broken += status != SMP_OK;
        free(bytes);
    }
    closedir(dir);
    ck_assert_int_ge(good, 100);
    ck_assert_int_ge(broken, 10);
    smp_context_destroy(&ctx);
}
END_TEST

int main(void)
{
    if (!find_folder()) {
        printf("skipped: no folder of awkward files (set SMP_SHARED)\n");
        return 0;
    }
    Suite *suite = suite_create("codec");
    TCase *tests = tcase_create("edge");
    tcase_add_test(tests, files_do_what_is_wanted);
    tcase_add_test(tests, pictures_are_alike);
    tcase_add_test(tests, png_suite);
    tcase_set_timeout(tests, 120);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
