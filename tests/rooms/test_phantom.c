/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The phantom: same bytes on any threads, extremes, refusals, running out of memory, cancelling. */
#include <check.h>
#include <math.h>

#include <smp/phantom.h>

#include "support.h"

/* Of the default head at 240 x 172. It changes only when the picture is meant to. */
#define GOLDEN UINT64_C(0x8e3ebdd2e795985b)

static smp_phantom_desc small(void)
{
    smp_phantom_desc desc;
    smp_phantom_desc_init(&desc);
    desc.width = 240;
    desc.height = 172;
    return desc;
}

static uint64_t hash_of(const smp_phantom *phantom)
{
    const smp_image *image = smp_phantom_image(phantom);
    uint32_t count = 0;
    uint64_t hash =
        test_hash(TEST_HASH_START, image->data, (size_t)image->width * image->height * 3);
    for (int kind = 0; kind < SMP_PHANTOM_MAP_COUNT; kind++) {
        smp_grid map;
        ck_assert_int_eq(smp_phantom_get_map(phantom, (smp_phantom_map)kind, &map, NULL), SMP_OK);
        for (size_t i = 0; i < (size_t)map.width * map.height; i++) {
            /* A NaN has many bit patterns; they all mean off the head. */
            const float value = map.data[i] == map.data[i] ? map.data[i] : -1e9f;
            hash = test_hash(hash, &value, sizeof value);
        }
    }
    const smp_phantom_hair *hairs = smp_phantom_hairs(phantom, &count);
    return count ? test_hash(hash, hairs, count * sizeof *hairs) : hash;
}

static uint64_t hash_with(const smp_runner *runner)
{
    const smp_phantom_desc desc = small();
    smp_context *ctx = test_context(NULL, runner, SMP_ISA_BEST);
    smp_phantom *phantom = NULL;
    smp_diag diag;
    ck_assert_msg(smp_phantom_create(ctx, &desc, NULL, &phantom, &diag) == SMP_OK, "%s", diag.text);
    const uint64_t hash = hash_of(phantom);
    smp_phantom_destroy(&phantom);
    ck_assert_ptr_null(phantom);
    smp_context_destroy(&ctx);
    return hash;
}

START_TEST(golden_on_any_threads)
{
    const uint64_t plain = hash_with(NULL);
    ck_assert_msg(plain == GOLDEN, "the picture's hash is now 0x%016llx",
                  (unsigned long long)plain);
    const smp_runner backwards = test_backwards();
    ck_assert(hash_with(&backwards) == plain);
    for (uint32_t threads = 2; threads <= 7; threads += 5) {
        smp_pool *pool = NULL;
        const smp_runner runner = test_parallel(&pool, threads);
        ck_assert(hash_with(&runner) == plain);
        smp_pool_destroy(&pool);
    }
}
END_TEST

typedef struct extreme {
    uint32_t width, height, seed;
    float melanin, blood, yellow, fringe, shine, texture, grain, blur, yaw, pitch, roll, fill;
} extreme;

static const extreme extremes[] = {
    {16, 16, 1, 0.01f, 0.02f, 1, 0.6f, 1, 1, 1, 0.7f, 0, -20, 0, 1.5f},
    {16, 40, 0, 0.0f, 0.0f, -5, 1, 3, 3, 20, 20, 180, 90, -180, 4},
    {40, 16, 0xffffffffu, 0.5f, 0.19f, 50, 1, 3, 3, 20, 20, -180, -90, 180, 0.1f},
    {33, 47, 7, 0.5f, 0.0f, 0, 0, 0, 0, 0, 0, 40, 10, 20, 0.8f},
};

START_TEST(extremes_are_drawn)
{
    const extreme *e = &extremes[_i];
    smp_context *ctx = test_context(NULL, NULL, SMP_ISA_BEST);
    smp_phantom_desc desc;
    smp_phantom_desc_init(&desc);
    desc.width = e->width, desc.height = e->height, desc.seed = e->seed;
    desc.melanin = e->melanin, desc.blood = e->blood, desc.yellow_um = e->yellow;
    desc.fringe = e->fringe, desc.shine = e->shine, desc.texture = e->texture;
    desc.grain = e->grain, desc.blur_px = e->blur, desc.fill = e->fill;
    desc.yaw_deg = e->yaw, desc.pitch_deg = e->pitch, desc.roll_deg = e->roll;
    smp_phantom *phantom = NULL;
    smp_diag diag;
    ck_assert_msg(smp_phantom_create(ctx, &desc, NULL, &phantom, &diag) == SMP_OK, "%s", diag.text);
    for (int kind = 0; kind < SMP_PHANTOM_MAP_COUNT; kind++) {
        smp_grid map;
        ck_assert_int_eq(smp_phantom_get_map(phantom, (smp_phantom_map)kind, &map, NULL), SMP_OK);
        ck_assert_uint_eq(map.width, e->width);
        ck_assert_uint_eq(map.height, e->height);
        const int place = kind >= SMP_PHANTOM_X_MM && kind <= SMP_PHANTOM_Z_MM;
        for (size_t i = 0; i < (size_t)map.width * map.height; i++) {
            const float v = map.data[i];
            if (place)
                ck_assert(isnan(v) || fabsf(v) < 200.0f);
            else
                ck_assert_msg(v >= 0.0f && v < 1000.0f, "map %d is %g", kind, (double)v);
            if (kind == SMP_PHANTOM_MASK)
                ck_assert(v <= 1.0f);
        }
    }
    smp_phantom_destroy(&phantom);
    smp_context_destroy(&ctx);
}
END_TEST

START_TEST(ranges_are_checked)
{
    smp_context *ctx = test_context(NULL, NULL, SMP_ISA_BEST);
    uint32_t count = 0;
    const smp_field *fields = smp_phantom_desc_fields(&count);
    for (uint32_t i = 1; i < count; i++)
        for (int high = 0; high < 2; high++) {
            smp_phantom_desc desc = small();
            smp_diag diag;
            smp_phantom *phantom = (smp_phantom *)&desc;
            char *at = (char *)&desc + fields[i].offset;
            const float bad = high ? (float)fields[i].max * 1.01f + 1.0f : NAN;
            const uint32_t whole =
                (uint32_t)(int64_t)(high ? fields[i].max + 1.0 : fields[i].min - 1.0);
            if (!strcmp(fields[i].name, "seed"))
                continue;
            memcpy(at, fields[i].type == SMP_FIELD_U32 ? (const void *)&whole : (const void *)&bad,
                   4);
            ck_assert_int_eq(smp_phantom_create(ctx, &desc, NULL, &phantom, &diag), SMP_ERR_RANGE);
            ck_assert_ptr_null(phantom);
            ck_assert_msg(strstr(diag.text, fields[i].name) != NULL, "%s", diag.text);
        }
    smp_context_destroy(&ctx);
}
END_TEST

START_TEST(pointers_are_checked)
{
    smp_context *ctx = test_context(NULL, NULL, SMP_ISA_BEST);
    smp_phantom *phantom = NULL;
    smp_grid map;
    uint32_t count = 5;
    smp_phantom_desc desc = small();
    desc.width = desc.height = 16;
    ck_assert_int_eq(smp_phantom_create(NULL, NULL, NULL, &phantom, NULL), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_phantom_create(ctx, NULL, NULL, NULL, NULL), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_phantom_create(ctx, &desc, NULL, &phantom, NULL), SMP_OK);
    ck_assert_int_eq(smp_phantom_get_map(NULL, SMP_PHANTOM_MASK, &map, NULL), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_phantom_get_map(phantom, SMP_PHANTOM_MASK, NULL, NULL), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_phantom_get_map(phantom, SMP_PHANTOM_MAP_COUNT, &map, NULL),
                     SMP_ERR_ARGUMENT);
    ck_assert_ptr_null(smp_phantom_image(NULL));
    ck_assert_ptr_null(smp_phantom_hairs(NULL, &count));
    ck_assert_uint_eq(count, 0);
    ck_assert(smp_phantom_ellipse(NULL).rx_px <= 0.0);
    ck_assert(smp_phantom_head(NULL).width_mm > 0.0f);
    ck_assert(smp_phantom_camera(NULL).struct_size == sizeof(smp_camera));
    smp_phantom_destroy(&phantom);
    smp_phantom_destroy(&phantom);
    smp_phantom_destroy(NULL);
    smp_context_destroy(&ctx);
}
END_TEST

static smp_status draw_one(smp_context *ctx, void *user, smp_diag *diag)
{
    smp_phantom *phantom = NULL;
    const smp_status status = smp_phantom_create(ctx, user, NULL, &phantom, diag);
    if (status != SMP_OK)
        ck_assert_ptr_null(phantom);
    smp_phantom_destroy(&phantom);
    return status;
}

START_TEST(memory_runs_out)
{
    smp_phantom_desc desc = small();
    desc.width = 60;
    desc.height = 44;
    ck_assert_uint_ge(smp_oom_loop(draw_one, &desc), 6);
}
END_TEST

static int stop_at(void *user, double done, const char *stage)
{
    double *limit = user;
    ck_assert_ptr_nonnull(stage);
    ck_assert(done >= limit[1] && done <= 1.0); /* never falls */
    limit[1] = done;
    return done >= limit[0];
}

START_TEST(cancels)
{
    static const double stops[4] = {0.0, 0.4, 0.92, 2.0};
    test_memory memory = {0};
    smp_context *ctx = test_context(&memory, NULL, SMP_ISA_BEST);
    const uint64_t before = memory.live;
    const smp_phantom_desc desc = small();
    for (int i = 0; i < 4; i++) {
        double limit[2] = {stops[i], 0.0};
        const smp_progress progress = {limit, stop_at};
        smp_phantom *phantom = NULL;
        const smp_status status = smp_phantom_create(ctx, &desc, &progress, &phantom, NULL);
        ck_assert_int_eq(status, i < 3 ? SMP_ERR_CANCELLED : SMP_OK);
        if (i == 3)
            ck_assert(limit[1] >= 1.0);
        smp_phantom_destroy(&phantom);
        ck_assert_uint_eq(memory.live, before);
    }
    smp_context_destroy(&ctx);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("phantom");
    TCase *tests = tcase_create("phantom");
    tcase_set_timeout(tests, 300);
    tcase_add_test(tests, golden_on_any_threads);
    tcase_add_loop_test(tests, extremes_are_drawn, 0, (int)(sizeof extremes / sizeof *extremes));
    tcase_add_test(tests, ranges_are_checked);
    tcase_add_test(tests, pointers_are_checked);
    tcase_add_test(tests, memory_runs_out);
    tcase_add_test(tests, cancels);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
