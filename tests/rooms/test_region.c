/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A region rendered alone holds the pixels of the whole, byte for byte, and nothing else is
 * written: any rectangle, day, number of threads, and whatever was drawn before. */
#include <check.h>

#include "rooms/scene.h"
#include "support.h"

#define REGIONS 16

static const double days[] = {0.5, 4, 12, 90, 1500, 9000};
enum { DAYS = sizeof days / sizeof *days };

static smp_image whole[DAYS], layers[DAYS], part, part_layer;

static uint32_t below(uint64_t *random, uint32_t n)
{
    return (uint32_t)test_uniform(random, 0, n);
}

/* Of one pixel, along an edge, across the bounds, anywhere. */
static smp_rect any_region(uint64_t *random, const smp_image *photo)
{
    const uint32_t w = photo->width, h = photo->height;
    const uint32_t kind = below(random, 4);
    smp_rect r = {below(random, w), below(random, h), 1, 1};
    if (kind == 1)
        r = (smp_rect){0, r.y, 1 + below(random, w), 1};
    else if (kind == 2)
        r.x = r.x / 32 * 32;
    if (kind >= 2) {
        r.width = 1 + below(random, w - r.x);
        r.height = 1 + below(random, h - r.y);
    }
    return r;
}

/* What is inside is the whole's, what is outside is 0x5a still. */
static void same_inside(const smp_image *one, const smp_image *all, const smp_rect *r)
{
    const size_t pixel = smp_format_pixel_size((smp_format)one->format);
    for (uint32_t y = 0; y < one->height; y++) {
        const uint8_t *a = (const uint8_t *)one->data + (ptrdiff_t)y * one->stride;
        const uint8_t *b = (const uint8_t *)all->data + (ptrdiff_t)y * all->stride;
        for (size_t i = 0; i < one->width * pixel; i++) {
            const uint32_t x = (uint32_t)(i / pixel);
            const int inside =
                x >= r->x && x - r->x < r->width && y >= r->y && y - r->y < r->height;
            if (a[i] != (inside ? b[i] : 0x5a))
                ck_abort_msg("%u, %u of %u, %u %u x %u", x, y, r->x, r->y, r->width, r->height);
        }
    }
}

static void fill(const smp_image *image)
{
    for (uint32_t y = 0; y < image->height; y++)
        memset((uint8_t *)image->data + (ptrdiff_t)y * image->stride, 0x5a,
               image->width * smp_format_pixel_size((smp_format)image->format));
}

static void make_images(const scene *s)
{
    const uint32_t w = s->photo.width, h = s->photo.height;
    for (int d = 0; d < DAYS; d++) {
        whole[d] = scene_image(w, h, (smp_format)s->photo.format, 0);
        layers[d] = scene_image(w, h, SMP_FORMAT_RGBF32, 0);
        OK(smp_preview_render(s->preview, days[d], NULL, &whole[d], NULL, diag));
        OK(smp_preview_layer(s->preview, days[d], NULL, &layers[d], NULL, diag));
    }
    part = scene_image(w, h, (smp_format)s->photo.format, 0);
    part_layer = scene_image(w, h, SMP_FORMAT_RGBF32, 0);
}

static void free_images(void)
{
    for (int d = 0; d < DAYS; d++) {
        scene_image_free(&whole[d]);
        scene_image_free(&layers[d]);
    }
    scene_image_free(&part);
    scene_image_free(&part_layer);
}

static void check_regions(const scene *s)
{
    uint64_t random = test_seed();
    make_images(s);
    for (int i = 0; i < REGIONS; i++) {
        const smp_rect r = any_region(&random, &s->photo);
        const uint32_t d = below(&random, DAYS);
        fill(&part);
        fill(&part_layer);
        OK(smp_preview_render(s->preview, days[d], &r, &part, NULL, diag));
        same_inside(&part, &whole[d], &r);
        OK(smp_preview_layer(s->preview, days[d], &r, &part_layer, NULL, diag));
        same_inside(&part_layer, &layers[d], &r);
    }
    OK(smp_preview_render(s->preview, days[1], NULL, &part, NULL, diag));
    ck_assert_uint_eq(scene_hash(&part), scene_hash(&whole[1]));
    free_images();
}

/* Scar skin, a touch-up, hair that has grown and a tan: all that a day may show. */
static void add_all(scene *s)
{
    static const double corners[] = {-40, 100, 60, 40, 100, 60, 40, 130, 20, -40, 130, 20};
    smp_zone_desc zone;
    smp_event_desc event;
    smp_pattern_desc pattern;
    smp_life_desc life;
    smp_zone_desc_init(&zone);
    zone.kind = SMP_ZONE_SCAR_PATCH;
    zone.lightness = 8;
    OK(smp_plan_add_zone(s->plan, &zone, corners, 4, NULL, diag));
    smp_event_desc_init(&event);
    event.day = 1000;
    OK(smp_plan_set_events(s->plan, &event, 1, diag));
    smp_pattern_desc_init(&pattern);
    pattern.pattern = SMP_PATTERN_NORWOOD_5;
    OK(smp_plan_set_pattern(s->plan, &pattern, diag));
    smp_life_desc_init(&life);
    life.days_unshaved = 4;
    life.tan = 0.5f;
    OK(smp_plan_set_life(s->plan, &life, diag));
    OK(smp_preview_set_plan(s->preview, s->plan, NULL, diag));
}

START_TEST(on_a_head)
{
    static const uint32_t threads[] = {0, 2, 7};
    const scene_desc d = {.width = 300,
                          .height = 330,
                          .mask = _i % 2,
                          .density = 60,
                          .threads = threads[_i],
                          .blur_px = _i ? 0.6 : 2.5};
    scene s = scene_create(&d);
    if (_i)
        add_all(&s);
    check_regions(&s);
    scene_destroy(&s);
}
END_TEST

START_TEST(on_a_patch)
{
    const scene_desc d = {.width = 300,
                          .height = 260,
                          .px_per_mm = _i ? 24 : 6,
                          .has_format = 1,
                          .format = _i ? SMP_FORMAT_RGB16 : SMP_FORMAT_BGRA8};
    scene s = scene_create(&d);
    check_regions(&s);
    scene_destroy(&s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("region");
    TCase *tests = tcase_create("region");
    tcase_set_timeout(tests, 300);
    tcase_add_loop_test(tests, on_a_head, 0, 3);
    tcase_add_loop_test(tests, on_a_patch, 0, 2);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
