/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Previews that share places; previews that cannot take a plan, and show what they did. */
#include <check.h>

#include "rooms/scene.h"
#include "support.h"

static uint64_t picture(scene *s, smp_preview *preview, double day)
{
    OK(smp_preview_render(preview, day, NULL, &s->out, NULL, diag));
    return scene_hash(&s->out);
}

static void same_as_new(scene *s)
{
    smp_preview *fresh;
    OK(smp_preview_create(s->ctx, s->scalp, s->plan, NULL, &fresh, diag));
    ck_assert_uint_eq(picture(s, s->preview, 60), picture(s, fresh, 60));
    smp_preview_destroy(&fresh);
}

/* From places that others made, and that are gone before. */
START_TEST(shared_places)
{
    scene_desc d = {.width = 120, .height = 140, .density = 25};
    scene s = scene_create(&d);
    smp_places *places;
    smp_preview *two = NULL;
    smp_plan_desc desc;
    OK(smp_places_create(s.ctx, s.plan, 40, NULL, &places, diag));
    const uint64_t before = picture(&s, s.preview, 60);
    smp_preview_destroy(&s.preview);
    OK(smp_preview_create_from(s.ctx, s.scalp, places, s.plan, NULL, &s.preview, diag));
    OK(smp_preview_create_from(s.ctx, s.scalp, places, s.plan, NULL, &two, diag));
    smp_plan_desc_init(&desc);
    desc.density_per_cm2 = 60;
    OK(smp_plan_set(s.plan, &desc, diag));
    smp_preview *none = s.preview;
    ck_assert_int_eq(smp_preview_create_from(s.ctx, s.scalp, places, s.plan, NULL, &none, NULL),
                     SMP_ERR_ARGUMENT);
    ck_assert_ptr_null(none);
    ck_assert_int_eq(smp_preview_create_from(s.ctx, s.scalp, NULL, s.plan, NULL, &none, NULL),
                     SMP_ERR_ARGUMENT);
    smp_places_destroy(&places);
    ck_assert_uint_eq(picture(&s, s.preview, 60), before);
    OK(smp_preview_set_plan(s.preview, s.plan, NULL, diag));
    same_as_new(&s);
    ck_assert_uint_eq(picture(&s, two, 60), before);
    ck_assert_int_eq(smp_preview_set_plan(NULL, s.plan, NULL, NULL), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_preview_set_plan(two, NULL, NULL, NULL), SMP_ERR_ARGUMENT);
    smp_preview_destroy(&two);
    scene_destroy(&s);
}
END_TEST

static int stop_at(void *user, double done, const char *stage)
{
    (void)stage;
    return done >= *(const double *)user;
}

/* Cancelled while places or dots are made, or after: the old plan stays. */
START_TEST(cancelled)
{
    scene_desc d = {.width = 120, .height = 140, .density = 25};
    scene s = scene_create(&d);
    smp_plan_desc desc;
    smp_plan_desc_init(&desc);
    desc.seed = 5;
    OK(smp_plan_set(s.plan, &desc, diag));
    const uint64_t before = picture(&s, s.preview, 60);
    for (double at = 0.0; at <= 1.0; at += 0.125) {
        const smp_progress stop = {.user = &at, .report = stop_at};
        ck_assert_int_eq(smp_preview_set_plan(s.preview, s.plan, &stop, NULL), SMP_ERR_CANCELLED);
        ck_assert_uint_eq(picture(&s, s.preview, 60), before);
    }
    OK(smp_preview_set_plan(s.preview, s.plan, NULL, diag));
    ck_assert(picture(&s, s.preview, 60) != before);
    same_as_new(&s);
    scene_destroy(&s);
}
END_TEST

static const float skin_rgb[3] = {0.77f, 0.62f, 0.53f};
static uint8_t pixels[3 * 48 * 48], out_pixels[3 * 48 * 48];

/* Plans that differ in all that a preview keeps: seed, density, scar, hair, pigment. */
static smp_status change_plan(smp_plan *plan, smp_diag *d)
{
    static const double corners[] = {2, 2, 0, 8, 2, 0, 8, 8, 0, 2, 8, 0};
    smp_plan_desc desc;
    smp_life_desc life;
    smp_zone_desc zone;
    smp_pigment pigment;
    smp_plan_desc_init(&desc);
    smp_life_desc_init(&life);
    smp_zone_desc_init(&zone);
    desc.seed = 9;
    desc.density_per_cm2 = 150;
    life.days_unshaved = 9;
    life.regrowth = 1;
    zone.kind = SMP_ZONE_SCAR_PATCH;
    zone.lightness = 5;
    OK(smp_shade_get(40, &pigment, NULL, diag));
    smp_status s = smp_plan_set(plan, &desc, d);
    s = s ? s : smp_plan_set_life(plan, &life, d);
    s = s ? s : smp_plan_set_pigment(plan, &pigment, d);
    return s ? s : smp_plan_add_zone(plan, &zone, corners, 4, NULL, d);
}

/* Every allocation of a change fails once: the old plan stays, and what is drawn too. */
static smp_status change(smp_context *ctx, void *user, smp_diag *d)
{
    smp_image photo, out;
    smp_camera camera;
    smp_head head;
    smp_scalp *scalp = NULL;
    smp_plan *plan = NULL;
    smp_places *places = NULL;
    smp_preview *preview = NULL;
    const double corner[2] = {0, 0};
    (void)user;
    OK(smp_image_wrap(&photo, pixels, 48, 48, 144, SMP_FORMAT_RGB8, diag));
    OK(smp_image_wrap(&out, out_pixels, 48, 48, 144, SMP_FORMAT_RGB8, diag));
    scene_paint(&photo, skin_rgb);
    smp_head_init(&head);
    head.shape = SMP_SHAPE_FLAT;
    head.width_mm = head.height_mm = 12;
    OK(smp_camera_from_scale(&camera, 4, corner, diag));
    smp_status s = smp_scalp_create(ctx, &photo, &camera, &head, NULL, NULL, NULL, &scalp, d);
    s = s ? s : smp_plan_create(ctx, &head, NULL, &plan, d);
    s = s ? s : smp_places_create(ctx, plan, 0, NULL, &places, d);
    s = s ? s : smp_preview_create_from(ctx, scalp, places, plan, NULL, &preview, d);
    smp_places_destroy(&places);
    if (s == SMP_OK) {
        OK(smp_preview_render(preview, 800, NULL, &out, NULL, diag));
        const uint64_t old = scene_hash(&out);
        s = change_plan(plan, d);
        s = s ? s : smp_preview_set_plan(preview, plan, NULL, d);
        OK(smp_preview_render(preview, 800, NULL, &out, NULL, diag));
        TEST_ASSERT((s == SMP_OK) == (scene_hash(&out) != old));
    }
    smp_preview_destroy(&preview);
    smp_plan_destroy(&plan);
    smp_scalp_destroy(&scalp);
    return s;
}

START_TEST(out_of_memory)
{
    ck_assert_uint_gt(smp_oom_loop(change, NULL), 60);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("edits_fail");
    TCase *tests = tcase_create("edits_fail");
    tcase_set_timeout(tests, 300);
    tcase_add_test(tests, shared_places);
    tcase_add_test(tests, cancelled);
    tcase_add_test(tests, out_of_memory);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
