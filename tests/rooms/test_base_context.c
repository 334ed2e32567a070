/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Context, memory within a budget, bytes. */
#include <check.h>

#include "base/context.h"
#include "base/diag.h"
#include "support.h"

START_TEST(create_refuses)
{
    smp_context_desc desc;
    smp_context *ctx = (smp_context *)1;
    smp_diag diag;
    ck_assert_int_eq(smp_context_create(NULL, NULL, &diag), SMP_ERR_ARGUMENT);
    ck_assert_str_eq(diag.text, "ctx is NULL");

    test_memory memory = {0};
    smp_context_desc_init(&desc);
    desc.allocator = test_allocator(&memory);
    desc.allocator.free = NULL;
    ck_assert_int_eq(smp_context_create(&ctx, &desc, &diag), SMP_ERR_ARGUMENT);
    ck_assert_str_eq(diag.text, "allocator.free is NULL but allocator.alloc is set");
    ck_assert_ptr_null(ctx);
    desc.allocator = test_allocator(&memory);
    desc.allocator.alloc = NULL;
    ck_assert_int_eq(smp_context_create(&ctx, &desc, &diag), SMP_ERR_ARGUMENT);
    ck_assert_str_eq(diag.text, "allocator.alloc is NULL but allocator.free is set");

    smp_context_desc_init(&desc);
    desc.isa = 5;
    ck_assert_int_eq(smp_context_create(&ctx, &desc, &diag), SMP_ERR_RANGE);
    ck_assert_str_eq(diag.text, "isa is 5, want one of: best, scalar, v128, v256, v512");

    smp_context_desc_init(&desc);
    memory.fail_at = 1;
    desc.allocator = test_allocator(&memory);
    ck_assert_int_eq(smp_context_create(&ctx, &desc, &diag), SMP_ERR_MEMORY);
    ck_assert_ptr_null(ctx);
    smp_context_destroy(&ctx);
    smp_context_destroy(NULL);
}
END_TEST

START_TEST(kernels_at_most)
{
    for (int isa = SMP_ISA_BEST; isa <= SMP_ISA_V512; isa++) {
        smp_context *ctx = test_context(NULL, NULL, (smp_isa)isa);
        const int got = (int)smp_context_isa(ctx);
        ck_assert_int_ge(got, SMP_ISA_SCALAR);
        ck_assert_int_le(got, isa == SMP_ISA_BEST ? SMP_ISA_V512 : isa);
        ck_assert_ptr_eq(smpi_kernels(ctx), smpk_table_for(got));
        if (isa != SMP_ISA_BEST && got != isa)
            printf("SKIP: kernels %d are not built or do not run here\n", isa);
        smp_context_destroy(&ctx);
        ck_assert_ptr_null(ctx);
    }
    ck_assert_ptr_null(smpk_table_for(0));
    ck_assert_ptr_null(smpk_table_for(5));
    ck_assert_ptr_eq(smpk_best(0), smpk_best(SMPK_V512));
    ck_assert_int_eq(smp_context_isa(NULL), SMP_ISA_SCALAR);
}
END_TEST

START_TEST(memory_is_counted)
{
    test_memory memory = {0};
    smp_context *ctx = test_context(&memory, NULL, SMP_ISA_BEST);
    uint64_t peak;
    static const size_t sizes[] = {1, 7, 63, 64, 65, 1000003};
    void *blocks[6];
    uint64_t sum = 0;
    for (int i = 0; i < 6; i++) {
        blocks[i] = smpi_alloc(ctx, sizes[i]);
        ck_assert_ptr_nonnull(blocks[i]);
        ck_assert_uint_eq((uintptr_t)blocks[i] % 64, 0);
        memset(blocks[i], 1, sizes[i]);
        sum += sizes[i];
    }
    ck_assert_uint_eq(smp_context_memory(ctx, &peak), sum);
    ck_assert_uint_eq(peak, sum);
    for (int i = 0; i < 6; i++)
        smpi_free(ctx, blocks[i], sizes[i]);
    ck_assert_uint_eq(smp_context_memory(ctx, &peak), 0);
    ck_assert_uint_eq(peak, sum);
    ck_assert_ptr_null(smpi_alloc(ctx, 0));
    ck_assert_ptr_null(smpi_alloc(ctx, SIZE_MAX));
    ck_assert_ptr_null(smpi_alloc(ctx, SIZE_MAX - 63));
    ck_assert_uint_eq(smp_context_memory(ctx, NULL), 0);
    smpi_free(ctx, NULL, 7);
    unsigned char *zero = smpi_alloc_zero(ctx, 100);
    for (int i = 0; i < 100; i++)
        ck_assert_int_eq(zero[i], 0);
    smpi_free(ctx, zero, 100);
    smp_context_destroy(&ctx);
    ck_assert_uint_eq(memory.live, 0);
}
END_TEST

START_TEST(default_allocator)
{
    smp_context *ctx = test_context(NULL, NULL, SMP_ISA_BEST);
    for (size_t size = 1; size < 300; size += 7) {
        unsigned char *p = smpi_alloc(ctx, size);
        ck_assert_uint_eq((uintptr_t)p % 64, 0);
        memset(p, 1, size);
        smpi_free(ctx, p, size);
    }
    ck_assert_ptr_null(smpi_alloc(ctx, SIZE_MAX));
    ck_assert_ptr_null(smpi_alloc(ctx, SIZE_MAX / 2 + 1));
    smp_context_destroy(&ctx);
}
END_TEST

START_TEST(new_fails_with_words)
{
    test_memory memory = {0};
    smp_context *ctx = test_context(&memory, NULL, SMP_ISA_BEST);
    smp_diag diag = {0};
    float *p = (float *)1;
    ck_assert_int_eq(smpi_new(ctx, &p, 0, sizeof *p, "none", &diag), SMP_OK);
    ck_assert_ptr_null(p);
    p = (float *)1;
    ck_assert_int_eq(smpi_new(ctx, &p, SIZE_MAX / 2, 4, "many", &diag), SMP_ERR_LIMIT);
    ck_assert_ptr_null(p);
    ck_assert_ptr_nonnull(strstr(diag.text, "many: "));
    ck_assert_int_eq(smpi_new(ctx, &p, 10, sizeof *p, "ten", NULL), SMP_OK);
    smpi_free(ctx, p, 10 * sizeof *p);
    memory.fail_at = memory.calls + 1;
    diag = (smp_diag){0};
    ck_assert_int_eq(smpi_new(ctx, &p, 123, 1, "scratch", &diag), SMP_ERR_MEMORY);
    ck_assert_str_eq(diag.text, "scratch: 123 bytes");
    ck_assert_uint_eq(smp_context_memory(ctx, NULL), 0);
    smp_context_destroy(&ctx);
}
END_TEST

START_TEST(budget)
{
    smp_context_desc desc;
    smp_context *ctx;
    smp_diag diag;
    uint64_t peak;
    smp_context_desc_init(&desc);
    desc.memory_budget = 1000;
    ck_assert_int_eq(smp_context_create(&ctx, &desc, &diag), SMP_OK);
    char *a, *b;
    ck_assert_int_eq(smpi_new(ctx, &a, 600, 1, "a", &diag), SMP_OK);
    ck_assert_int_eq(smpi_new(ctx, &b, 401, 1, "b", &diag), SMP_ERR_LIMIT);
    ck_assert_str_eq(diag.text, "b: 401 bytes would exceed the memory budget of 1000 bytes");
    ck_assert_ptr_null(b);
    ck_assert_int_eq(smpi_new(ctx, &b, 400, 1, "b", &diag), SMP_OK);
    ck_assert_uint_eq(smp_context_memory(ctx, &peak), 1000);
    ck_assert_ptr_null(smpi_alloc(ctx, 1));
    smpi_free(ctx, a, 600);
    smpi_free(ctx, b, 400);
    ck_assert_uint_eq(smp_context_memory(ctx, &peak), 0);
    ck_assert_uint_eq(peak, 1000);
    smp_context_destroy(&ctx);
    ck_assert_uint_eq(smp_context_memory(NULL, &peak), 0);
    ck_assert_uint_eq(peak, 0);
}
END_TEST

START_TEST(arithmetic)
{
    size_t out;
    ck_assert_int_eq(smpi_mul(0, SIZE_MAX, &out), 0);
    ck_assert_int_eq(smpi_mul(SIZE_MAX, 1, &out), 0);
    ck_assert_int_eq(smpi_mul(SIZE_MAX / 2 + 1, 2, &out), 1);
    ck_assert_int_eq(smpi_mul(7, 6, &out), 0);
    ck_assert_uint_eq(out, 42);
    ck_assert_int_eq(smpi_add(SIZE_MAX, 1, &out), 1);
    ck_assert_int_eq(smpi_add(SIZE_MAX, 0, &out), 0);
    ck_assert_int_eq(smpi_add(40, 2, &out), 0);
    ck_assert_uint_eq(out, 42);
}
END_TEST

static smp_status bytes_job(smp_context *ctx, void *user, smp_diag *diag)
{
    smp_bytes *bytes;
    size_t size;
    (void)user;
    SMPI_TRY(smpi_bytes_create(ctx, 5, &bytes, diag));
    memcpy(smpi_bytes_writable(bytes), "hello", 5);
    ck_assert_str_eq((const char *)smp_bytes_data(bytes, &size), "hello");
    ck_assert_uint_eq(size, 5);
    smp_bytes_destroy(&bytes);
    ck_assert_ptr_null(bytes);
    return SMP_OK;
}

START_TEST(bytes)
{
    size_t size = 7;
    smp_bytes *none = (smp_bytes *)1;
    ck_assert_uint_eq(smp_oom_loop(bytes_job, NULL), 2);
    ck_assert_ptr_null(smp_bytes_data(NULL, &size));
    ck_assert_uint_eq(size, 0);
    smp_context *ctx = test_context(NULL, NULL, SMP_ISA_BEST);
    ck_assert_int_eq(smpi_bytes_create(ctx, SIZE_MAX, &none, NULL), SMP_ERR_LIMIT);
    ck_assert_ptr_null(none);
    ck_assert_int_eq(smpi_bytes_create(ctx, 0, &none, NULL), SMP_OK);
    ck_assert_int_eq(smp_bytes_data(none, &size)[0], 0);
    smp_bytes_destroy(&none);
    smp_bytes_destroy(&none);
    smp_bytes_destroy(NULL);
    ck_assert_int_eq(smpi_bytes_create(ctx, 3, &none, NULL), SMP_OK);
    memcpy(smpi_bytes_writable(none), "abc", 3);
    ck_assert_int_eq(smpi_bytes_resize(&none, 9, NULL), SMP_OK);
    ck_assert_mem_eq(smp_bytes_data(none, &size), "abc", 3);
    ck_assert_uint_eq(size, 9);
    ck_assert_int_eq(smpi_bytes_resize(&none, 2, NULL), SMP_OK);
    ck_assert_int_eq(smpi_bytes_resize(&none, SIZE_MAX, NULL), SMP_ERR_LIMIT);
    ck_assert_str_eq((const char *)smp_bytes_data(none, &size), "ab");
    ck_assert_uint_eq(size, 2);
    smp_bytes_destroy(&none);
    ck_assert_uint_eq(smpi_memory_left(ctx), UINT64_MAX);
    smp_context_destroy(&ctx);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("base_context");
    TCase *tests = tcase_create("all");
    tcase_add_test(tests, create_refuses);
    tcase_add_test(tests, kernels_at_most);
    tcase_add_test(tests, memory_is_counted);
    tcase_add_test(tests, default_allocator);
    tcase_add_test(tests, new_fails_with_words);
    tcase_add_test(tests, budget);
    tcase_add_test(tests, arithmetic);
    tcase_add_test(tests, bytes);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
