/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What the system and other libraries may refuse: memory, locks, threads, compressors, the fast
 * JPEG coder. The linker hands each of their functions over to one here that fails when it is told
 * to (--wrap). */
#include <check.h>
#ifdef SMPI_LIBDEFLATE
#include <libdeflate.h>
#endif
#include <pthread.h>
#include <turbojpeg.h>
#include <unistd.h>
#include <zlib.h>

#include "alloc/broken.h"
#include "base/context.h"
#include "base/threads.h"
#include <smp/image.h>

/* The function that is to fail, and at which of its calls from now on, counted from 1. */
static const char *failing;
static int fail_at;

static int fails(const char *name)
{
    return failing && !strcmp(failing, name) && --fail_at == 0;
}

static void let_fail(const char *name, int at)
{
    failing = name;
    fail_at = at;
}

#define WRAP(type, name, parameters, arguments, failure)         \
    type __real_##name parameters;                               \
    type __wrap_##name parameters;                               \
    type __wrap_##name parameters                                \
    {                                                            \
        return fails(#name) ? failure : __real_##name arguments; \
    }

WRAP(void *, malloc, (size_t size), (size), NULL)
WRAP(void *, calloc, (size_t count, size_t size), (count, size), NULL)
WRAP(void *, aligned_alloc, (size_t align, size_t size), (align, size), NULL)
WRAP(long, sysconf, (int name), (name), -1)
WRAP(int, pthread_mutex_init, (pthread_mutex_t * mutex, const pthread_mutexattr_t *attributes),
     (mutex, attributes), 1)
WRAP(int, pthread_cond_init, (pthread_cond_t * condition, const pthread_condattr_t *attributes),
     (condition, attributes), 1)
WRAP(int, pthread_attr_init, (pthread_attr_t * attributes), (attributes), 1)
WRAP(int, pthread_attr_setstacksize, (pthread_attr_t * attributes, size_t size), (attributes, size),
     1)
WRAP(int, pthread_create,
     (pthread_t * thread, const pthread_attr_t *attributes, void *(*fn)(void *), void *arg),
     (thread, attributes, fn, arg), 1)
WRAP(tjhandle, tjInitDecompress, (void), (), NULL)
WRAP(tjhandle, tjInitCompress, (void), (), NULL)
WRAP(unsigned long, tjBufSize, (int width, int height, int sampling), (width, height, sampling),
     (unsigned long)-1)
WRAP(int, inflateInit_, (z_streamp stream, const char *version, int size), (stream, version, size),
     Z_MEM_ERROR)
WRAP(int, deflateInit2_,
     (z_streamp stream, int level, int method, int bits, int memory, int strategy,
      const char *version, int size),
     (stream, level, method, bits, memory, strategy, version, size), Z_VERSION_ERROR)
#ifdef SMPI_LIBDEFLATE
WRAP(struct libdeflate_compressor *, libdeflate_alloc_compressor, (int level), (level), NULL)
WRAP(struct libdeflate_decompressor *, libdeflate_alloc_decompressor, (void), (), NULL)
#endif

/* ---- memory -----------------------------------------------------------------------------------
 */

START_TEST(memory_of_the_library)
{
    smp_context *ctx = (smp_context *)1;
    smp_diag diag;
    void *block;
    let_fail("aligned_alloc", 1);
    ck_assert_int_eq(smp_context_create(&ctx, NULL, &diag), SMP_ERR_MEMORY);
    ck_assert(ctx == NULL && diag.text[0]);
    ck_assert_int_eq(smp_context_create(&ctx, NULL, &diag), SMP_OK);
    let_fail("aligned_alloc", 1);
    ck_assert_int_eq(smpi_new(ctx, &block, 3, 7, "block", &diag), SMP_ERR_MEMORY);
    ck_assert(block == NULL && !strcmp(diag.text, "block: 21 bytes"));
    ck_assert_uint_eq(smp_context_memory(ctx, NULL), 0);
    /* no object is that large: some allocators would abort */
    ck_assert_ptr_null(smpi_alloc(ctx, (size_t)PTRDIFF_MAX - 8));
    ck_assert_ptr_null(smpi_alloc_zero(ctx, SIZE_MAX));
    ck_assert_uint_eq(smp_context_memory(ctx, NULL), 0);
    smp_context_destroy(&ctx);
}
END_TEST

/* ---- pools ------------------------------------------------------------------------------------
 */

static void no_pool(const char *name, int at, smp_status wanted, const char *words)
{
    smp_pool *pool = (smp_pool *)1;
    smp_diag diag;
    let_fail(name, at);
    const smp_status status = smp_pool_create(&pool, 4, &diag);
    if (status != wanted || pool || !strstr(diag.text, words))
        ck_abort_msg("%s, call %d: %s, \"%s\"", name, at, smp_status_name(status), diag.text);
    let_fail(NULL, 0);
}

START_TEST(pools_do_not_start)
{
    no_pool("calloc", 1, SMP_ERR_MEMORY, "pool");
    no_pool("pthread_mutex_init", 1, SMP_ERR_RUNNER, "lock");
    no_pool("pthread_cond_init", 1, SMP_ERR_RUNNER, "lock");
    no_pool("pthread_cond_init", 2, SMP_ERR_RUNNER, "lock");
    for (int at = 1; at <= 3; at++) {
        char words[32];
        snprintf(words, sizeof words, "thread %d of 3", at);
        no_pool("malloc", at, SMP_ERR_RUNNER, words);
        no_pool("pthread_attr_init", at, SMP_ERR_RUNNER, words);
        no_pool("pthread_attr_setstacksize", at, SMP_ERR_RUNNER, words);
        no_pool("pthread_create", at, SMP_ERR_RUNNER, words);
    }
    let_fail("sysconf", 1);
    ck_assert_uint_eq(smpi_processors(), 1);
}
END_TEST

/* ---- codecs -----------------------------------------------------------------------------------
 */

#define SIDE 24

static void gradient(smp_image *image)
{
    static uint8_t pixels[SIDE * SIDE * 3];
    for (int i = 0; i < SIDE * SIDE; i++) {
        pixels[3 * i] = (uint8_t)(9 * (i % SIDE));
        pixels[3 * i + 1] = (uint8_t)(9 * (i / SIDE));
        pixels[3 * i + 2] = 90;
    }
    ck_assert_int_eq(smp_image_wrap(image, pixels, SIDE, SIDE, 0, SMP_FORMAT_RGB8, NULL), SMP_OK);
}

static smp_bytes *encode(const smp_context *ctx, uint32_t kind, smp_space space, smp_status wanted)
{
    smp_encode_desc desc;
    smp_image image;
    smp_bytes *file = (smp_bytes *)1;
    smp_diag diag;
    gradient(&image);
    image.space = space;
    smp_encode_desc_init(&desc);
    desc.kind = kind;
    const smp_status status = smp_encode(ctx, &image, &desc, NULL, &file, &diag);
    if (status != wanted || (status == SMP_OK) != (file != NULL) || (status && !diag.text[0]))
        ck_abort_msg("encode: %s, \"%s\"", smp_status_name(status), diag.text);
    return file;
}

/* Decodes, and holds the pixels against the original: JPEG is `far` off at most. */
static void decodes(const smp_context *ctx, const smp_bytes *file, int far)
{
    smp_picture *picture;
    smp_image image;
    size_t size;
    const uint8_t *bytes = smp_bytes_data(file, &size);
    gradient(&image);
    ck_assert_int_eq(smp_decode(ctx, bytes, size, NULL, &picture, NULL), SMP_OK);
    const uint8_t *a = smp_picture_image(picture)->data, *b = image.data;
    for (int i = 0; i < SIDE * SIDE * 3; i++)
        ck_assert_int_le(abs(a[i] - b[i]), far);
    smp_picture_destroy(&picture);
}

/* The portable coder takes over wherever the fast one does not start. */
START_TEST(jpeg_coder)
{
    static const char *const names[] = {"tjInitCompress", "tjBufSize", NULL};
    test_memory memory = {0};
    smp_context *ctx = test_context(&memory, NULL, SMP_ISA_BEST);
    for (int i = 0; i < 3; i++) {
        let_fail(names[i], 1);
        smp_bytes *file = encode(ctx, SMP_FILE_JPEG, SMP_SPACE_SRGB, SMP_OK);
        decodes(ctx, file, 24);
        let_fail("tjInitDecompress", 1);
        decodes(ctx, file, 24);
        ck_assert_int_le(fail_at, 0); /* it was asked, where it is built in */
        smp_bytes_destroy(&file);
    }
    smp_context_destroy(&ctx);
    ck_assert_uint_eq(memory.live, 0);
}
END_TEST

START_TEST(png_compressor)
{
    test_memory memory = {0};
    smp_context *ctx = test_context(&memory, NULL, SMP_ISA_BEST);
    let_fail("deflateInit2_", 1); /* for the profile */
    (void)encode(ctx, SMP_FILE_PNG, SMP_SPACE_ADOBE_RGB, SMP_ERR_UNSUPPORTED);
#ifdef SMPI_LIBDEFLATE
    let_fail("libdeflate_alloc_compressor", 1); /* for the pixels */
    (void)encode(ctx, SMP_FILE_PNG, SMP_SPACE_ADOBE_RGB, SMP_ERR_MEMORY);
#else
    let_fail("deflateInit2_", 2);
    (void)encode(ctx, SMP_FILE_PNG, SMP_SPACE_ADOBE_RGB, SMP_ERR_UNSUPPORTED);
#endif
    let_fail(NULL, 0);
    smp_bytes *file = encode(ctx, SMP_FILE_PNG, SMP_SPACE_ADOBE_RGB, SMP_OK);
    for (int at = 1; at <= 2; at++) { /* a profile that cannot be read is left out */
        let_fail("inflateInit_", at);
        decodes(ctx, file, 0);
    }
#ifdef SMPI_LIBDEFLATE
    let_fail("libdeflate_alloc_decompressor", 1); /* the portable reader takes over */
    decodes(ctx, file, 0);
#endif
    smp_bytes_destroy(&file);
    smp_context_destroy(&ctx);
    ck_assert_uint_eq(memory.live, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("system_fails");
    TCase *tests = tcase_create("all");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, memory_of_the_library);
    tcase_add_test(tests, pools_do_not_start);
    tcase_add_test(tests, jpeg_coder);
    tcase_add_test(tests, png_compressor);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
