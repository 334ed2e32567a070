/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Each allocation and each task failing in a preview that takes another plan: it then shows what it
 * did. */
#include <check.h>

#include "alloc/broken.h"
#include "rooms/scene.h"

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

typedef struct stage {
    smp_scalp *scalp;
    smp_plan *plan;
    smp_preview *preview;
    smp_image out;
} stage;

static smp_status set_up(smp_context *ctx, stage *t, smp_diag *d)
{
    smp_image photo;
    smp_camera camera;
    smp_head head;
    smp_places *places = NULL;
    const double corner[2] = {0, 0};
    memset(t, 0, sizeof *t);
    OK(smp_image_wrap(&photo, pixels, 48, 48, 144, SMP_FORMAT_RGB8, diag));
    OK(smp_image_wrap(&t->out, out_pixels, 48, 48, 144, SMP_FORMAT_RGB8, diag));
    scene_paint(&photo, skin_rgb);
    smp_head_init(&head);
    head.shape = SMP_SHAPE_FLAT;
    head.width_mm = head.height_mm = 12;
    OK(smp_camera_from_scale(&camera, 4, corner, diag));
    smp_status s = smp_scalp_create(ctx, &photo, &camera, &head, NULL, NULL, NULL, &t->scalp, d);
    s = s ? s : smp_plan_create(ctx, &head, NULL, &t->plan, d);
    s = s ? s : smp_places_create(ctx, t->plan, 0, NULL, &places, d);
    s = s ? s : smp_preview_create_from(ctx, t->scalp, places, t->plan, NULL, &t->preview, d);
    smp_places_destroy(&places);
    return s;
}

static void tear_down(stage *t)
{
    smp_preview_destroy(&t->preview);
    smp_plan_destroy(&t->plan);
    smp_scalp_destroy(&t->scalp);
}

static uint64_t shown(stage *t)
{
    OK(smp_preview_render(t->preview, 800, NULL, &t->out, NULL, diag));
    return scene_hash(&t->out);
}

static smp_status change(smp_context *ctx, void *user, smp_diag *d)
{
    stage t;
    smp_status s = set_up(ctx, &t, d);
    (void)user;
    if (s == SMP_OK) {
        const uint64_t old = shown(&t);
        s = change_plan(t.plan, d);
        s = s ? s : smp_preview_set_plan(t.preview, t.plan, NULL, d);
        TEST_ASSERT((s == SMP_OK) == (shown(&t) != old));
    }
    tear_down(&t);
    return s;
}

START_TEST(out_of_memory)
{
    ck_assert_uint_gt(smp_oom_loop(change, NULL), 60);
}
END_TEST

static smp_status run_change(smp_context *ctx, void *user, smp_diag *d)
{
    stage t;
    smp_status s = set_up(ctx, &t, d);
    (void)user;
    s = s ? s : change_plan(t.plan, d);
    s = s ? s : smp_preview_set_plan(t.preview, t.plan, NULL, d);
    tear_down(&t);
    return s;
}

START_TEST(runner_fails)
{
    ck_assert_uint_ge(test_runs_from(run_change, NULL, 1), 10);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("alloc_preview");
    TCase *tests = tcase_create("alloc_preview");
    tcase_set_timeout(tests, 300);
    tcase_add_test(tests, out_of_memory);
    tcase_add_test(tests, runner_fails);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
