/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Codecs and memory: every allocation failing in turn, and pixels that never depend on what memory
 * held before. */
#include <check.h>

#include "image_cases.h"

/* An allocator that fills what it gives, counts, and fails at the n-th call. */
typedef struct heap {
    uint8_t fill;
    uint32_t calls, fail_at; /* 0: never */
    int64_t live;
} heap;

static void *heap_alloc(void *user, size_t size, size_t align)
{
    heap *h = user;
    if (++h->calls == h->fail_at)
        return NULL;
    void *ptr = aligned_alloc(align, (size + align - 1) / align * align);
    ck_assert(ptr != NULL);
    memset(ptr, h->fill, size);
    h->live++;
    return ptr;
}

static void heap_free(void *user, void *ptr, size_t size, size_t align)
{
    heap *h = user;
    (void)align;
    memset(ptr, 0xee, size);
    h->live--;
    free(ptr);
}

static smp_context *heap_context(heap *h, uint64_t budget)
{
    smp_context_desc desc;
    smp_context *ctx;
    smp_context_desc_init(&desc);
    desc.allocator = (smp_allocator){h, heap_alloc, heap_free};
    desc.memory_budget = budget;
    ck_assert_int_eq(smp_context_create(&ctx, &desc, NULL), SMP_OK);
    return ctx;
}

/* Encodes with a profile, Exif and a comment, and decodes again with everything kept. */
static smp_status whole_job(const smp_context *ctx, uint32_t kind, smp_diag *diag)
{
    static const uint8_t exif[26] = {'I',  'I', 42, 0, 8, 0, 0, 0, 1, 0,
                                     0x12, 1,   3,  0, 1, 0, 0, 0, 6};
    uint8_t pixels[12 * 9 * 3] = {7, 8, 9};
    smp_metadata meta = {.exif = exif, .exif_size = sizeof exif, .comment = "c"};
    smp_encode_desc desc;
    smp_decode_desc keep;
    smp_image image;
    smp_bytes *bytes;
    smp_picture *picture = NULL;
    size_t size;
    smp_encode_desc_init(&desc);
    smp_decode_desc_init(&keep);
    keep.keep_exif = 1;
    desc.kind = kind;
    smp_status status = smp_image_wrap(&image, pixels, 12, 9, 0, SMP_FORMAT_RGB8, diag);
    image.space = SMP_SPACE_ADOBE_RGB;
    if (status == SMP_OK)
        status = smp_encode(ctx, &image, &desc, &meta, &bytes, diag);
    if (status != SMP_OK)
        return status;
    const uint8_t *data = smp_bytes_data(bytes, &size);
    status = smp_decode(ctx, data, size, &keep, &picture, diag);
    smp_picture_destroy(&picture);
    smp_bytes_destroy(&bytes);
    return status;
}

START_TEST(each_allocation_fails)
{
    for (uint32_t kind = SMP_FILE_JPEG; kind <= SMP_FILE_PNG; kind++) {
        heap h = {.fill = 0xcd};
        smp_context *ctx = heap_context(&h, 0);
        int64_t before = h.live;
        smp_status status = SMP_ERR_MEMORY;
        uint32_t n = 0;
        while (status != SMP_OK) {
            smp_diag diag;
            h.calls = 0;
            h.fail_at = ++n;
            status = whole_job(ctx, kind, &diag);
            ck_assert_msg(status == SMP_OK || status == SMP_ERR_MEMORY, "kind %u n %u: %s", kind, n,
                          diag.text);
            ck_assert_int_eq(h.live, before);
            ck_assert_uint_lt(n, 100);
        }
        ck_assert_uint_gt(n, 5);
        smp_context_destroy(&ctx);
        ck_assert_int_eq(h.live, 0);
    }
}
END_TEST

#define NOISE 620u /* px: packed, more than a chunk of PNG data, and than the file's first room */

static smp_status noise_job(const smp_context *ctx, const smp_context *reader,
                            const uint8_t *pixels, smp_diag *diag)
{
    smp_encode_desc desc;
    smp_image image;
    smp_bytes *bytes;
    smp_picture *picture = NULL;
    size_t size;
    smp_encode_desc_init(&desc);
    desc.effort = 1;
    smp_status status =
        smp_image_wrap(&image, (void *)(uintptr_t)pixels, NOISE, NOISE, 0, SMP_FORMAT_RGB8, diag);
    if (status == SMP_OK)
        status = smp_encode(ctx, &image, &desc, NULL, &bytes, diag);
    if (status != SMP_OK)
        return status;
    const uint8_t *data = smp_bytes_data(bytes, &size);
    ck_assert_uint_gt(size, NOISE * NOISE * 3);
    ck_assert_uint_lt(smp_context_memory(ctx, NULL), size + 500); /* and no slack */
    status = smp_decode(reader, data, size, NULL, &picture, diag);
    if (status == SMP_OK)
        ck_assert_mem_eq(smp_picture_image(picture)->data, pixels, NOISE * NOISE * 3);
    smp_picture_destroy(&picture);
    smp_bytes_destroy(&bytes);
    return status;
}

#define TIGHT 4000000u /* bytes: the noise can be packed row by row, but not all at once */

/* How many allocations there are; each failing in turn is told. */
static uint32_t allocations(const uint8_t *pixels, uint64_t budget)
{
    heap h = {.fill = 0xcd};
    smp_context *ctx = heap_context(&h, budget), *reader = heap_context(&h, 0);
    int64_t before = h.live;
    uint32_t n = 0;
    smp_status status = SMP_ERR_MEMORY;
    while (status != SMP_OK) {
        smp_diag diag;
        h.calls = 0;
        h.fail_at = ++n;
        status = noise_job(ctx, reader, pixels, &diag);
        ck_assert_msg(status == SMP_OK || status == SMP_ERR_MEMORY, "%u: %s", n, diag.text);
        ck_assert_int_eq(h.live, before);
    }
    smp_context_destroy(&reader);
    smp_context_destroy(&ctx);
    return n;
}

/* A file that grows and has two data chunks, where it is packed row by row; the budget seen by
 * zlib too. */
START_TEST(growing_file)
{
    uint8_t *pixels = malloc(NOISE * NOISE * 3);
    smp_context *ctx;
    ck_assert(pixels != NULL);
    uint32_t state = 5;
    for (size_t i = 0; i < NOISE * NOISE * 3; i++) {
        state = state * 1664525u + 1013904223u;
        pixels[i] = (uint8_t)(state >> 24);
    }
    ck_assert_uint_gt(allocations(pixels, TIGHT), 12);
    ck_assert_uint_gt(allocations(pixels, 0), 5);
    for (uint64_t budget = 1000; budget < 3000000; budget += budget / 9) {
        smp_context_desc desc;
        smp_context_desc_init(&desc);
        desc.memory_budget = budget;
        ck_assert_int_eq(smp_context_create(&ctx, &desc, NULL), SMP_OK);
        ck_assert_int_eq(noise_job(ctx, ctx, pixels, NULL), SMP_ERR_LIMIT);
        ck_assert_uint_eq(smp_context_memory(ctx, NULL), 0);
        smp_context_destroy(&ctx);
    }
    free(pixels);
}
END_TEST

/* Decodes with memory that held 0x00, then 0xaa: the same status and pixels. 1 when it decoded. */
static int same_with_any_memory(const uint8_t *bytes, size_t size)
{
    smp_picture *pictures[2];
    smp_context *contexts[2];
    smp_status status[2];
    heap heaps[2] = {{.fill = 0x00}, {.fill = 0xaa}};
    for (int i = 0; i < 2; i++) {
        contexts[i] = heap_context(&heaps[i], 0);
        status[i] = smp_decode(contexts[i], bytes, size, NULL, &pictures[i], NULL);
    }
    ck_assert_int_eq(status[0], status[1]);
    if (status[0] == SMP_OK) {
        const smp_image *a = smp_picture_image(pictures[0]), *b = smp_picture_image(pictures[1]);
        ck_assert_mem_eq(a->data, b->data, (size_t)a->stride * a->height);
    }
    for (int i = 0; i < 2; i++) {
        smp_picture_destroy(&pictures[i]);
        smp_context_destroy(&contexts[i]);
        ck_assert_int_eq(heaps[i].live, 0);
    }
    return status[0] == SMP_OK;
}

START_TEST(damaged_jpegs_show_no_memory)
{
    smp_context *ctx = plain_context();
    size_t size;
    int decoded = 0;
    smp_bytes *bytes = encode_pattern(ctx, 40, 30, SMP_FILE_JPEG);
    uint8_t *data = (uint8_t *)(uintptr_t)smp_bytes_data(bytes, &size);
    uint32_t state = 12345;
    for (int i = 0; i < 600; i++) {
        state = state * 1664525u + 1013904223u;
        size_t at = (state >> 8) % size;
        uint8_t old = data[at];
        data[at] = (uint8_t)(state >> 24);
        decoded += same_with_any_memory(data, size);
        data[at] = old;
    }
    ck_assert_int_gt(decoded, 50);
    smp_bytes_destroy(&bytes);
    smp_context_destroy(&ctx);
}
END_TEST

/* A palette index beyond the palette. */
START_TEST(palette_overrun)
{
    static const uint8_t raw[5] = {0, 0, 1, 200, 255}, palette[3] = {10, 20, 30};
    uint8_t packed[128];
    file f;
    smp_picture *picture;
    smp_context *ctx = plain_context();
    file_png(&f, 4, 1, 8, 3);
    file_chunk(&f, "PLTE", palette, sizeof palette);
    size_t n = packed_bytes(ctx, 6, raw, sizeof raw, packed, sizeof packed);
    file_chunk(&f, "IDAT", packed, n);
    file_chunk(&f, "IEND", NULL, 0);
    ck_assert_int_eq(same_with_any_memory(f.data, f.size), 1);
    static const uint8_t want[12] = {10, 20, 30};
    ck_assert_int_eq(smp_decode(ctx, f.data, f.size, NULL, &picture, NULL), SMP_OK);
    ck_assert_mem_eq(smp_picture_image(picture)->data, want, sizeof want);
    smp_picture_destroy(&picture);
    smp_context_destroy(&ctx);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("codec");
    TCase *tests = tcase_create("memory");
    tcase_add_test(tests, each_allocation_fails);
    tcase_add_test(tests, growing_file);
    tcase_add_test(tests, damaged_jpegs_show_no_memory);
    tcase_add_test(tests, palette_overrun);
    tcase_set_timeout(tests, 120);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
