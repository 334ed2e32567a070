/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What a render promises: nothing changes without pigment or outside the mask, the same bytes for
 * any threads, widths and regions, the same tone at any size. */
#include <check.h>
#include <math.h>

#include "rooms/scene.h"

static int same_pixels(const smp_image *a, const smp_image *b)
{
    return scene_hash(a) == scene_hash(b);
}

START_TEST(no_pigment_no_change)
{
    const scene_desc d = {.has_format = 1, .format = (smp_format)_i, .dose = -1.0f};
    scene s = scene_create(&d);
    ck_assert_uint_gt(smp_preview_bounds(s.preview).width, 0);
    OK(smp_preview_render(s.preview, 60.0, NULL, &s.out, NULL, diag));
    ck_assert(same_pixels(&s.photo, &s.out));
    scene_destroy(&s);
}
END_TEST

START_TEST(pigment_changes_every_format)
{
    const scene_desc d = {.has_format = 1, .format = (smp_format)_i};
    scene s = scene_create(&d);
    OK(smp_preview_render(s.preview, -1.0, NULL, &s.out, NULL, diag));
    ck_assert_msg(same_pixels(&s.photo, &s.out), "before the first session nothing changes");
    OK(smp_preview_render(s.preview, 60.0, NULL, &s.out, NULL, diag));
    ck_assert(!same_pixels(&s.photo, &s.out));
    scene_destroy(&s);
}
END_TEST

static const uint8_t *pixel(const smp_image *image, uint32_t x, uint32_t y)
{
    return (const uint8_t *)image->data + (ptrdiff_t)y * image->stride +
           (size_t)x * smp_format_pixel_size((smp_format)image->format);
}

START_TEST(outside_stays)
{
    const scene_desc d = {.mask = 1};
    scene s = scene_create(&d);
    OK(smp_preview_render(s.preview, 60.0, NULL, &s.out, NULL, diag));
    const smp_rect b = smp_preview_bounds(s.preview);
    size_t changed = 0;
    for (uint32_t y = 0; y < s.out.height; y++)
        for (uint32_t x = 0; x < s.out.width; x++) {
            const int differs = memcmp(pixel(&s.photo, x, y), pixel(&s.out, x, y), 3) != 0;
            const int inside = x >= b.x && y >= b.y && x < b.x + b.width && y < b.y + b.height;
            ck_assert_msg(!differs || (inside && x < s.out.width / 2), "pixel %u,%u changed", x, y);
            changed += (size_t)differs;
        }
    ck_assert_uint_gt(changed, 1000);
    scene_destroy(&s);
}
END_TEST

static smp_status backwards(void *user, smp_task_fn *fn, void *task, uint32_t count)
{
    (void)user;
    for (uint32_t i = count; i > 0; i--)
        if (fn(task, i - 1) != SMP_OK)
            return SMP_ERR_RUNNER;
    return SMP_OK;
}

START_TEST(same_bytes_anyhow)
{
    const scene_desc variants[] = {{.isa = SMP_ISA_SCALAR},
                                   {.isa = SMP_ISA_V128},
                                   {.isa = SMP_ISA_V256},
                                   {.isa = SMP_ISA_V512},
                                   {.threads = 2},
                                   {.threads = 7},
                                   {.flip = 1},
                                   {.runner = {NULL, backwards}}};
    const scene_desc plain = {.width = 203};
    scene reference = scene_create(&plain);
    OK(smp_preview_render(reference.preview, 400.0, NULL, &reference.out, NULL, diag));
    for (size_t i = 0; i < sizeof variants / sizeof *variants; i++) {
        scene_desc d = variants[i];
        d.width = 203;
        scene s = scene_create(&d);
        OK(smp_preview_render(s.preview, 30.0, NULL, &s.out, NULL,
                              diag)); /* an earlier day leaves no trace */
        OK(smp_preview_render(s.preview, 400.0, NULL, &s.out, NULL, diag));
        ck_assert_msg(same_pixels(&reference.out, &s.out), "variant %zu differs", i);
        scene_destroy(&s);
    }
    scene_destroy(&reference);
}
END_TEST

START_TEST(regions_are_parts_of_the_whole)
{
    const scene_desc d = {0};
    scene s = scene_create(&d);
    smp_image whole = scene_image(s.photo.width, s.photo.height, SMP_FORMAT_RGB8, 0);
    OK(smp_preview_render(s.preview, 60.0, NULL, &whole, NULL, diag));
    const smp_rect parts[] = {
        {0, 0, 200, 37}, {0, 37, 91, 213}, {91, 37, 109, 100}, {91, 137, 109, 113}};
    for (size_t i = 0; i < 4; i++)
        OK(smp_preview_render(s.preview, 60.0, &parts[i], &s.out, NULL, diag));
    ck_assert(same_pixels(&whole, &s.out));
    memcpy((uint8_t *)s.out.data, "guard", 5);
    const smp_rect one = {100, 60, 1, 1};
    OK(smp_preview_render(s.preview, 0.0, &one, &s.out, NULL, diag));
    ck_assert_mem_eq(s.out.data, "guard", 5);
    scene_image_free(&whole);
    scene_destroy(&s);
}
END_TEST

/* Mean of the green channel of a float picture inside a margin. */
static double mean_green(const smp_image *image, uint32_t margin)
{
    double sum = 0.0;
    size_t n = 0;
    for (uint32_t y = margin; y + margin < image->height; y++)
        for (uint32_t x = margin; x + margin < image->width; x++, n++) {
            float rgb[3];
            memcpy(rgb, pixel(image, x, y), sizeof rgb);
            sum += (double)rgb[1];
        }
    return sum / (double)n;
}

static double patch_green(double px_per_mm, float dose, float density, double day)
{
    const uint32_t side = (uint32_t)(40.0 * px_per_mm);
    const scene_desc d = {.width = side,
                          .height = side,
                          .has_format = 1,
                          .format = SMP_FORMAT_RGBF32,
                          .px_per_mm = px_per_mm,
                          .dose = dose,
                          .density = density};
    scene s = scene_create(&d);
    OK(smp_preview_render(s.preview, day, NULL, &s.out, NULL, diag));
    const double mean = mean_green(&s.out, (uint32_t)(5.0 * px_per_mm)) / 0.62;
    scene_destroy(&s);
    return mean;
}

START_TEST(tone_is_the_same_at_any_scale)
{
    const double fine = patch_green(16.0, 0.0f, 0.0f, 60.0);
    ck_assert_double_lt(fine, 0.95);
    ck_assert_double_gt(fine, 0.6);
    for (double scale = 8.0; scale >= 1.0; scale /= 2.0)
        ck_assert_double_eq_tol(patch_green(scale, 0.0f, 0.0f, 60.0), fine, 0.008);
}
END_TEST

START_TEST(tone_is_monotone)
{
    double last = 2.0;
    for (int i = 0; i < 5; i++) {
        const double mean = patch_green(4.0, 0.5f * (float)(1 << i), 0.0f, 60.0);
        ck_assert_double_lt(mean, last);
        last = mean;
    }
    last = 2.0;
    for (float density = 20.0f; density <= 180.0f; density += 40.0f) {
        const double mean = patch_green(4.0, 0.0f, density, 60.0);
        ck_assert_double_lt(mean, last);
        last = mean;
    }
    ck_assert_double_lt(patch_green(4.0, 0.0f, 0.0f, 12.0), patch_green(4.0, 0.0f, 0.0f, 2.0));
    ck_assert_double_gt(patch_green(4.0, 0.0f, 0.0f, 2000.0), patch_green(4.0, 0.0f, 0.0f, 60.0));
}
END_TEST

START_TEST(errors_have_words)
{
    const scene_desc d = {0};
    scene s = scene_create(&d);
    smp_diag diag;
    smp_image small = s.out;
    small.width--;
    ck_assert_int_eq(smp_preview_render(s.preview, 1.0, NULL, &small, NULL, &diag),
                     SMP_ERR_ARGUMENT);
    ck_assert_str_eq(diag.text, "out is 199x250 but the photo is 200x250");
    ck_assert_int_eq(smp_preview_render(s.preview, (double)NAN, NULL, &s.out, NULL, &diag),
                     SMP_ERR_RANGE);
    ck_assert_ptr_nonnull(strstr(diag.text, "day is"));
    const smp_rect bad[] = {{0, 0, 201, 1}, {200, 0, 1, 1}, {0, 0, 0, 1}, {1, 249, 4294967295u, 1}};
    for (size_t i = 0; i < 4; i++)
        ck_assert_int_eq(smp_preview_render(s.preview, 1.0, &bad[i], &s.out, NULL, &diag),
                         SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_preview_layer(s.preview, 1.0, NULL, &s.out, NULL, &diag),
                     SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_preview_render(NULL, 1.0, NULL, &s.out, NULL, &diag), SMP_ERR_ARGUMENT);
    scene_destroy(&s);
}
END_TEST

static int stop_at_once(void *user, double done, const char *stage)
{
    (void)done;
    (void)stage;
    ++*(int *)user;
    return 1;
}

START_TEST(cancel_works)
{
    const scene_desc d = {0};
    scene s = scene_create(&d);
    int calls = 0;
    const smp_progress progress = {&calls, stop_at_once};
    ck_assert_int_eq(smp_preview_render(s.preview, 1.0, NULL, &s.out, &progress, NULL),
                     SMP_ERR_CANCELLED);
    smp_preview *other;
    ck_assert_int_eq(smp_preview_create(s.ctx, s.scalp, s.plan, &progress, &other, NULL),
                     SMP_ERR_CANCELLED);
    ck_assert_ptr_null(other);
    ck_assert_int_eq(calls, 2);
    scene_destroy(&s);
}
END_TEST

START_TEST(layer_holds_the_same_pigment)
{
    const scene_desc d = {.has_format = 1, .format = SMP_FORMAT_RGBF32, .px_per_mm = 5.0};
    scene s = scene_create(&d);
    smp_image layer = scene_image(s.photo.width, s.photo.height, SMP_FORMAT_RGB16, 0);
    OK(smp_preview_render(s.preview, 60.0, NULL, &s.out, NULL, diag));
    OK(smp_preview_layer(s.preview, 60.0, NULL, &layer, NULL, diag));
    for (uint32_t y = 0; y < layer.height; y += 3)
        for (uint32_t x = 0; x < layer.width; x += 3) {
            float in[3], out[3];
            uint16_t t[3];
            memcpy(in, pixel(&s.photo, x, y), sizeof in);
            memcpy(out, pixel(&s.out, x, y), sizeof out);
            memcpy(t, pixel(&layer, x, y), sizeof t);
            for (int c = 0; c < 3; c++)
                ck_assert_double_eq_tol((double)out[c], (double)in[c] * t[c] / 65535.0, 2e-3);
        }
    scene_image_free(&layer);
    scene_destroy(&s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("render");
    TCase *tests = tcase_create("render");
    tcase_set_timeout(tests, 300);
    tcase_add_loop_test(tests, no_pigment_no_change, 0, SMP_FORMAT_COUNT);
    tcase_add_loop_test(tests, pigment_changes_every_format, 0, SMP_FORMAT_COUNT);
    tcase_add_test(tests, outside_stays);
    tcase_add_test(tests, same_bytes_anyhow);
    tcase_add_test(tests, regions_are_parts_of_the_whole);
    tcase_add_test(tests, tone_is_the_same_at_any_scale);
    tcase_add_test(tests, tone_is_monotone);
    tcase_add_test(tests, errors_have_words);
    tcase_add_test(tests, cancel_works);
    tcase_add_test(tests, layer_holds_the_same_pigment);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
