/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Threads, failing memory and cancelling while a scalp is made. */
#include <check.h>
#include <stdio.h>

#include "rooms/scalp_scene.h"
#include "scalp/rows.h"
#include "scalp/scalp.h"

static scene drawn;
static smp_context *ctx;

static void setup(void)
{
    ck_assert(scene_draw(&drawn, 120));
    ck_assert_int_eq(smp_context_create(&ctx, NULL, NULL), SMP_OK);
}

static void teardown(void)
{
    ck_assert_uint_eq(smp_context_memory(ctx, NULL), 0);
    smp_context_destroy(&ctx);
    scene_free(&drawn);
}

static smp_image view(void *data, uint32_t width, uint32_t height, ptrdiff_t stride,
                      smp_format format)
{
    smp_image image;
    smp_diag diag;
    const smp_status status = smp_image_wrap(&image, data, width, height, stride, format, &diag);
    ck_assert_msg(status == SMP_OK, "%s", diag.text);
    return image;
}

static smp_scalp *make(const smp_context *with, const smp_image *photo, const smp_image *mask)
{
    smp_scalp *scalp = NULL;
    smp_diag diag;
    const smp_status status =
        smp_scalp_create(with, photo, &drawn.camera, &drawn.head, mask, NULL, NULL, &scalp, &diag);
    ck_assert_msg(status == SMP_OK, "%s", diag.text);
    return scalp;
}

START_TEST(threads_agree)
{
    static const uint32_t threads[] = {1, 2, 7};
    const smp_image photo = view(drawn.rgb, drawn.width, drawn.height, 0, SMP_FORMAT_RGB8);
    uint64_t want = 0;
    for (size_t k = 0; k < 3; k++) {
        smp_pool *pool = NULL;
        smp_context *with = NULL;
        smp_context_desc desc;
        smp_context_desc_init(&desc);
        ck_assert_int_eq(smp_pool_create(&pool, threads[k], NULL), SMP_OK);
        desc.runner = smp_pool_runner(pool);
        ck_assert_int_eq(smp_context_create(&with, &desc, NULL), SMP_OK);
        smp_scalp *scalp = make(with, &photo, NULL);
        const uint64_t got = digest(scalp, drawn.width, drawn.height);
        want = k ? want : got;
        ck_assert(got == want);
        smp_scalp_destroy(&scalp);
        smp_context_destroy(&with);
        smp_pool_destroy(&pool);
    }
}
END_TEST

typedef struct failing {
    int left, live;
} failing;

static void *fail_alloc(void *user, size_t size, size_t align)
{
    failing *f = user;
    if (f->left-- <= 0)
        return NULL;
    f->live++;
    return aligned_alloc(align, (size + align - 1) / align * align);
}

static void fail_free(void *user, void *ptr, size_t size, size_t align)
{
    (void)size;
    (void)align;
    ((failing *)user)->live -= ptr != NULL;
    free(ptr);
}

START_TEST(memory_fails_cleanly)
{
    const smp_image photo = view(drawn.rgb, drawn.width, drawn.height, 0, SMP_FORMAT_RGB8);
    smp_scalp_desc how;
    smp_scalp_desc_init(&how);
    for (int given = 0; given < 3; given++) { /* found, given, and with all that may be asked for */
        smp_status status = SMP_ERR_MEMORY;
        how.find_hairs = how.density_mode = given == 2;
        for (int n = 1; status != SMP_OK; n++) {
            failing f = {1 << 20, 0};
            smp_context *with = NULL;
            smp_context_desc desc;
            smp_scalp *scalp = NULL;
            smp_context_desc_init(&desc);
            desc.allocator = (smp_allocator){&f, fail_alloc, fail_free};
            ck_assert_int_eq(smp_context_create(&with, &desc, NULL), SMP_OK);
            const int before = f.live;
            f.left = n;
            status = smp_scalp_create(with, &photo, &drawn.camera, &drawn.head,
                                      given == 1 ? &photo : NULL, &how, NULL, &scalp, NULL);
            ck_assert(status == SMP_OK || (status == SMP_ERR_MEMORY && !scalp));
            smp_scalp_destroy(&scalp);
            ck_assert_int_eq(f.live, before);
            smp_context_destroy(&with);
            ck_assert_int_lt(n, 200);
        }
    }
}
END_TEST

static int stop_at(void *user, double done, const char *stage)
{
    (void)stage;
    return done >= *(const double *)user;
}

START_TEST(cancel_stops)
{
    const smp_image photo = view(drawn.rgb, drawn.width, drawn.height, 0, SMP_FORMAT_RGB8);
    for (double at = 0.0; at <= 1.0; at += 0.2) {
        double limit = at;
        const smp_progress progress = {&limit, stop_at};
        smp_scalp *scalp = NULL;
        ck_assert_int_eq(smp_scalp_create(ctx, &photo, &drawn.camera, &drawn.head, NULL, NULL,
                                          &progress, &scalp, NULL),
                         SMP_ERR_CANCELLED);
        ck_assert_ptr_null(scalp);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("scalp resources");
    TCase *tcase = tcase_create("resources");
    tcase_set_timeout(tcase, 60.0);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, threads_agree);
    tcase_add_test(tcase, memory_fails_cleanly);
    tcase_add_test(tcase, cancel_stops);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
