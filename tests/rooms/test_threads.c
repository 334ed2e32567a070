/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Many threads, one context with a pool, one scalp and one plan that all read, many previews: each
 * thread gets what one alone gets. Under the thread sanitizer (preset tsan) it looks for races. */
#include <check.h>

#include "base/threads.h"
#include "rooms/scene.h"

#define THREADS 6
#define STEPS 5

/* What one thread got: a hash after each step, or where it failed. */
typedef struct answers {
    const scene *shared;
    uint64_t hash[STEPS];
    smp_status status;
    int line;
    uint32_t rounds;
} answers;

#define DO(call)                   \
    do {                           \
        a->status = (call);        \
        if (a->status != SMP_OK) { \
            a->line = __LINE__;    \
            goto done;             \
        }                          \
    } while (0)

static uint64_t hash_bytes(const void *data, size_t size)
{
    const uint8_t *bytes = data;
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ bytes[i]) * 1099511628211u;
    return hash;
}

/* A preview of its own, drawn on several days. */
static void render(answers *a, uint8_t *pixels)
{
    const scene *s = a->shared;
    smp_preview *preview = NULL;
    smp_image out = s->photo;
    const size_t row = 3 * (size_t)out.width;
    out.data = pixels;
    out.stride = (ptrdiff_t)row;
    DO(smp_preview_create(s->ctx, s->scalp, s->plan, NULL, &preview, NULL));
    DO(smp_preview_render(preview, 0.0, NULL, &out, NULL, NULL));
    a->hash[0] = hash_bytes(pixels, row * out.height);
    DO(smp_preview_render(preview, 900.0, NULL, &out, NULL, NULL));
    a->hash[1] = hash_bytes(pixels, row * out.height);
done:
    smp_preview_destroy(&preview);
}

/* Files, texts and a map, through the same context. */
static void exchange(answers *a, const uint8_t *pixels)
{
    const scene *s = a->shared;
    smp_bytes *file = NULL, *json = NULL;
    smp_picture *picture = NULL;
    smp_plan *plan = NULL;
    smp_encode_desc desc;
    smp_image image = s->photo;
    size_t size;
    const uint8_t *bytes;
    image.data = (void *)(uintptr_t)pixels;
    image.stride = 3 * (ptrdiff_t)image.width;
    smp_encode_desc_init(&desc);
    desc.kind = SMP_FILE_JPEG;
    DO(smp_encode(s->ctx, &image, &desc, NULL, &file, NULL));
    bytes = smp_bytes_data(file, &size);
    a->hash[2] = hash_bytes(bytes, size);
    DO(smp_decode(s->ctx, bytes, size, NULL, &picture, NULL));
    bytes = smp_picture_image(picture)->data;
    a->hash[3] = hash_bytes(bytes, 3 * (size_t)image.width * image.height);
    DO(smp_plan_to_json(s->ctx, s->plan, &json, NULL));
    bytes = smp_bytes_data(json, &size);
    DO(smp_plan_from_json(s->ctx, (const char *)bytes, size, &plan, NULL));
    a->hash[4] = hash_bytes(bytes, size);
done:
    smp_plan_destroy(&plan);
    smp_picture_destroy(&picture);
    smp_bytes_destroy(&json);
    smp_bytes_destroy(&file);
}

static void work(void *arg)
{
    answers *a = arg;
    uint64_t before[STEPS];
    uint8_t *pixels = malloc(3 * (size_t)a->shared->photo.width * a->shared->photo.height);
    for (uint32_t i = 0; pixels && i < a->rounds && a->status == SMP_OK; i++) {
        memcpy(before, a->hash, sizeof before);
        render(a, pixels);
        if (a->status == SMP_OK)
            exchange(a, pixels);
        if (i && memcmp(before, a->hash, sizeof before) != 0)
            a->line = __LINE__;
    }
    if (!pixels)
        a->status = SMP_ERR_MEMORY;
    free(pixels);
}

START_TEST(many_threads_one_context)
{
    const scene_desc d = {.width = 160, .height = 120, .px_per_mm = 5.0, .threads = 3};
    scene s = scene_create(&d);
    static answers all[THREADS + 1];
    smpi_thread threads[THREADS];
    smp_preview_destroy(&s.preview);
    const uint64_t held = smp_context_memory(s.ctx, NULL);
    for (int i = 0; i <= THREADS; i++)
        all[i] = (answers){.shared = &s, .rounds = i ? 4 : 1};
    work(&all[0]); /* alone */
    ck_assert_int_eq(all[0].status, SMP_OK);
    for (int i = 0; i < THREADS; i++)
        ck_assert_int_eq(smpi_thread_start(&threads[i], work, &all[i + 1]), 0);
    for (int i = 0; i < THREADS; i++)
        smpi_thread_join(threads[i]);
    for (int i = 0; i <= THREADS; i++) {
        ck_assert_msg(all[i].status == SMP_OK && all[i].line == 0, "thread %d: %s in line %d", i,
                      smp_status_name(all[i].status), all[i].line);
        ck_assert_mem_eq(all[i].hash, all[0].hash, sizeof all[0].hash);
    }
    ck_assert_uint_ne(all[0].hash[0], all[0].hash[1]);
    ck_assert_uint_eq(smp_context_memory(s.ctx, NULL), held);
    scene_destroy(&s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("threads");
    TCase *tests = tcase_create("threads");
    tcase_set_timeout(tests, 500);
    tcase_add_test(tests, many_threads_one_context);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
