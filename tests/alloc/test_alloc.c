/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Whole jobs with each allocation failing once, and each failing with all after it: a clean
 * SMP_ERR_MEMORY with words, and nothing is left; each run failing likewise. Small budgets give a
 * clean SMP_ERR_LIMIT. */
#include <check.h>

#include <smp/smp.h>

#include "alloc/broken.h"

#define WIDTH 72
#define HEIGHT 56
#define PX_PER_MM 2.0

/* A photo of a flat patch of skin: a smooth light over one colour, fine noise. */
static uint8_t pixels[HEIGHT][WIDTH][3];
static smp_image photo;
static smp_head patch;
static smp_camera camera;

static void must(smp_status status, const smp_diag *diag)
{
    if (status != SMP_OK)
        TEST_DIE("%s: %s", smp_status_name(status), diag->text);
}

static void make_photo(void)
{
    static const double skin[3] = {205.0, 160.0, 138.0};
    const double origin[2] = {0.0, 0.0};
    uint64_t random = test_seed();
    smp_diag diag;
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++)
            for (int c = 0; c < 3; c++)
                pixels[y][x][c] =
                    (uint8_t)(skin[c] * (0.8 + 0.2 * x / WIDTH) + test_uniform(&random, -2.0, 2.0));
    must(smp_image_wrap(&photo, pixels, WIDTH, HEIGHT, 0, SMP_FORMAT_RGB8, &diag), &diag);
    smp_head_init(&patch);
    patch.shape = SMP_SHAPE_FLAT;
    patch.width_mm = (float)(WIDTH / PX_PER_MM);
    patch.height_mm = (float)(HEIGHT / PX_PER_MM);
    must(smp_camera_from_scale(&camera, PX_PER_MM, origin, &diag), &diag);
}

static smp_status phantom_job(smp_context *ctx, void *user, smp_diag *diag)
{
    smp_phantom_desc desc;
    smp_phantom *phantom = (smp_phantom *)1;
    (void)user;
    smp_phantom_desc_init(&desc);
    desc.width = 24;
    desc.height = 20;
    const smp_status status = smp_phantom_create(ctx, &desc, NULL, &phantom, diag);
    TEST_ASSERT((status == SMP_OK) == (phantom != NULL));
    smp_phantom_destroy(&phantom);
    return status;
}

/* Drawn curve, JSON there and back, dots. */
static smp_status plan_job(smp_context *ctx, void *user, smp_diag *diag)
{
    static const double curve[] = {-60, 70, 50, 0, 100, 80, 60, 70, 50};
    smp_plan *plan = NULL, *again = NULL;
    smp_bytes *text = NULL;
    size_t size;
    (void)user;
    smp_status status = smp_plan_create(ctx, NULL, NULL, &plan, diag);
    if (status == SMP_OK)
        status = smp_plan_set_hairline_curve(plan, curve, 3, diag);
    if (status == SMP_OK)
        status = smp_plan_to_json(ctx, plan, &text, diag);
    if (status == SMP_OK) {
        const uint8_t *data = smp_bytes_data(text, &size);
        status = smp_plan_from_json(ctx, (const char *)data, size, &again, diag);
        TEST_ASSERT((status == SMP_OK) == (again != NULL));
    }
    smp_plan_destroy(&again);
    smp_bytes_destroy(&text);
    smp_plan_destroy(&plan);
    return status;
}

/* Renders on three days: none of it may allocate. */
static smp_status render_days(smp_preview *preview, const test_memory *memory, smp_diag *diag)
{
    static uint8_t out[HEIGHT][WIDTH][3];
    smp_image image;
    smp_status status = smp_image_wrap(&image, out, WIDTH, HEIGHT, 0, SMP_FORMAT_RGB8, diag);
    const uint64_t before = memory ? memory->calls : 0;
    for (int day = 0; day < 3 && status == SMP_OK; day++)
        status = smp_preview_render(preview, 40.0 * day, NULL, &image, NULL, diag);
    if (memory)
        TEST_ASSERT(memory->calls == before);
    return status;
}

/* Photo and plan to preview and picture. */
static smp_status preview_job(smp_context *ctx, void *user, smp_diag *diag)
{
    smp_scalp *scalp = NULL;
    smp_plan *plan = NULL;
    smp_preview *preview = NULL;
    smp_scalp_desc desc;
    smp_life_desc grown;
    smp_scalp_desc_init(&desc);
    smp_life_desc_init(&grown);
    grown.days_unshaved = 4;
    grown.regrowth = grown.tan = 1;
    desc.find_skin = 0;
    smp_status status =
        smp_scalp_create(ctx, &photo, &camera, &patch, NULL, &desc, NULL, &scalp, diag);
    if (status == SMP_OK)
        status = smp_plan_create(ctx, &patch, NULL, &plan, diag);
    if (status == SMP_OK)
        status = smp_preview_create(ctx, scalp, plan, NULL, &preview, diag);
    if (status == SMP_OK)
        status = render_days(preview, user, diag);
    if (status == SMP_OK)
        status = smp_preview_set_life(preview, &grown, diag);
    if (status == SMP_OK)
        status = render_days(preview, user, diag);
    smp_preview_destroy(&preview);
    smp_plan_destroy(&plan);
    smp_scalp_destroy(&scalp);
    TEST_ASSERT(!preview && !plan && !scalp);
    return status;
}

/* Looks for skin and has a mask: the other way through scalp. */
static smp_status scalp_job(smp_context *ctx, void *user, smp_diag *diag)
{
    smp_scalp *scalp = NULL;
    smp_scalp_desc desc;
    (void)user;
    smp_scalp_desc_init(&desc);
    smp_status status =
        smp_scalp_create(ctx, &photo, &camera, &patch, NULL, &desc, NULL, &scalp, diag);
    smp_scalp_destroy(&scalp);
    if (status == SMP_OK)
        status = smp_scalp_create(ctx, &photo, &camera, &patch, &photo, &desc, NULL, &scalp, diag);
    smp_scalp_destroy(&scalp);
    return status;
}

/* Encodes and decodes; user: an smp_file_kind. */
static smp_status codec_job(smp_context *ctx, void *user, smp_diag *diag)
{
    smp_encode_desc desc;
    smp_metadata metadata = {.comment = "a comment"};
    smp_bytes *file = NULL;
    smp_picture *picture = NULL;
    smp_encode_desc_init(&desc);
    desc.kind = *(const uint32_t *)user;
    smp_status status = smp_encode(ctx, &photo, &desc, &metadata, &file, diag);
    if (status == SMP_OK) {
        size_t size;
        const uint8_t *data = smp_bytes_data(file, &size);
        status = smp_decode(ctx, data, size, NULL, &picture, diag);
        TEST_ASSERT((status == SMP_OK) == (picture != NULL));
    }
    smp_picture_destroy(&picture);
    smp_bytes_destroy(&file);
    return status;
}

/* Light in layers. */
static smp_status layers_job(smp_context *ctx, void *user, smp_diag *diag)
{
    static const smp_layer layers[2] = {{0.1, 10, 0.8, 1.4, 0.1}, {0.1, 10, 0.8, 1.4, 1}};
    double r[2];
    (void)user;
    smp_status status = smp_layered_reflectance(ctx, NULL, layers, 2, 1, r, NULL, diag);
    if (status == SMP_OK)
        status = smp_layered_reflectance(ctx, NULL, layers, 1, 2, r, NULL, diag);
    return status;
}

static uint32_t kinds[] = {SMP_FILE_JPEG, SMP_FILE_PNG};

static const struct {
    const char *name;
    test_job *job;
    void *user;
    int slow; /* solves skin anew each time: seconds under sanitizers, so once through must do */
    int runs, thrifty; /* hands tasks to the runner; takes another way where memory is short */
} jobs[] = {
    {"phantom", phantom_job, NULL, 1, 1, 0}, {"plan and JSON", plan_job, NULL, 0, 0, 0},
    {"scalp", scalp_job, NULL, 1, 1, 0},     {"preview", preview_job, NULL, 0, 1, 0},
    {"layers", layers_job, NULL, 0, 1, 0},   {"JPEG", codec_job, &kinds[0], 0, 0, 0},
    {"PNG", codec_job, &kinds[1], 0, 0, 1},
};
#define JOBS ((int)(sizeof jobs / sizeof *jobs))

START_TEST(each_allocation_fails)
{
    make_photo();
    const uint64_t n = jobs[_i].slow ? test_oom_from(jobs[_i].job, jobs[_i].user, 0, 1)
                                     : smp_oom_loop(jobs[_i].job, jobs[_i].user);
    printf("%s: %llu allocations\n", jobs[_i].name, (unsigned long long)n);
    ck_assert_uint_ge(n, 2);
}
END_TEST

START_TEST(each_run_fails)
{
    make_photo();
    const uint32_t runs = test_runs_from(jobs[_i].job, jobs[_i].user, jobs[_i].slow ? 1 : 2);
    printf("%s: %u runs\n", jobs[_i].name, runs);
    ck_assert_int_eq(runs > 0, jobs[_i].runs);
}
END_TEST

/* The same job, run a second time, leaves nothing behind and takes the same memory. */
START_TEST(twice_the_same)
{
    uint64_t peaks[2] = {0}, calls[2] = {0};
    make_photo();
    for (int i = 0; i < (jobs[_i].slow ? 1 : 2); i++) {
        test_memory memory = {0};
        smp_diag diag = {0};
        smp_context *ctx = test_context(&memory, NULL, SMP_ISA_BEST);
        must(jobs[_i].job(ctx, jobs[_i].user, &diag), &diag);
        ck_assert_uint_eq(smp_context_memory(ctx, &peaks[i]), 0);
        smp_context_destroy(&ctx);
        ck_assert_uint_eq(memory.live, 0);
        calls[i] = memory.calls;
    }
    printf("%s: at most %llu bytes\n", jobs[_i].name, (unsigned long long)peaks[0]);
    if (!jobs[_i].slow) {
        ck_assert_uint_eq(peaks[0], peaks[1]);
        ck_assert_uint_eq(calls[0], calls[1]);
    }
}
END_TEST

/* Budgets from next to nothing to plenty. In between a job may say no early, from a header. */
START_TEST(budgets)
{
    const int steps = jobs[_i].slow ? 2 : 5;
    uint64_t peak;
    smp_diag diag = {0};
    make_photo();
    smp_context *ctx = test_context(NULL, NULL, SMP_ISA_BEST);
    must(jobs[_i].job(ctx, jobs[_i].user, &diag), &diag);
    smp_context_memory(ctx, &peak);
    smp_context_destroy(&ctx);
    for (int i = 0; i <= steps; i++) {
        test_memory memory = {0};
        smp_context_desc desc;
        smp_context_desc_init(&desc);
        desc.allocator = test_allocator(&memory);
        desc.memory_budget =
            i == steps ? 4 * peak : 1 + (peak - 2) * (uint64_t)i / (uint64_t)(steps - 1);
        must(smp_context_create(&ctx, &desc, &diag), &diag);
        memset(&diag, 0, sizeof diag);
        const smp_status status = jobs[_i].job(ctx, jobs[_i].user, &diag);
        const int spared = jobs[_i].thrifty && i && status == SMP_OK;
        if ((status != (i == steps ? SMP_OK : SMP_ERR_LIMIT) && !spared) ||
            (status && !diag.text[0]))
            ck_abort_msg("%s with %llu of %llu bytes: %s, \"%s\"", jobs[_i].name,
                         (unsigned long long)desc.memory_budget, (unsigned long long)peak,
                         smp_status_name(status), diag.text);
        ck_assert_uint_eq(smp_context_memory(ctx, NULL), 0);
        smp_context_destroy(&ctx);
        ck_assert_uint_eq(memory.live, 0);
    }
}
END_TEST

START_TEST(render_allocates_nothing)
{
    test_memory memory = {0};
    smp_diag diag = {0};
    make_photo();
    smp_context *ctx = test_context(&memory, NULL, SMP_ISA_BEST);
    must(preview_job(ctx, &memory, &diag), &diag);
    smp_context_destroy(&ctx);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("alloc");
    TCase *tests = tcase_create("all");
    tcase_set_timeout(tests, 300);
    tcase_add_loop_test(tests, each_allocation_fails, 0, JOBS);
    tcase_add_loop_test(tests, each_run_fails, 0, JOBS);
    tcase_add_loop_test(tests, twice_the_same, 0, JOBS);
    tcase_add_loop_test(tests, budgets, 0, JOBS);
    tcase_add_test(tests, render_allocates_nothing);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
