/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A preview that takes another life shows what a new preview of that plan would, byte for byte; and
 * a touch-up may have another pigment than the sessions. */
#include <check.h>
#include <math.h>

#include <smp/ageing.h>

#include "rooms/scene.h"
#include "support.h"

#define YEAR 365.25

static scene fringe(void)
{
    scene_desc d = {.width = 260, .height = 300, .mask = 1, .sessions = 1};
    smp_pattern_desc pattern;
    scene s = scene_create(&d);
    smp_pattern_desc_init(&pattern);
    pattern.pattern = SMP_PATTERN_NORWOOD_5;
    OK(smp_plan_set_pattern(s.plan, &pattern, diag));
    smp_preview_destroy(&s.preview);
    OK(smp_preview_create(s.ctx, s.scalp, s.plan, NULL, &s.preview, diag));
    return s;
}

static uint64_t picture(scene *s, smp_preview *preview, double day)
{
    OK(smp_preview_render(preview, day, NULL, &s->out, NULL, diag));
    return scene_hash(&s->out);
}

static void same_as_new(scene *s, const smp_life_desc *life)
{
    static const double days[] = {1, 1500};
    smp_plan *plan;
    smp_preview *fresh;
    OK(smp_plan_copy(s->ctx, s->plan, &plan, diag));
    OK(smp_plan_set_life(plan, life, diag));
    OK(smp_preview_create(s->ctx, s->scalp, plan, NULL, &fresh, diag));
    OK(smp_preview_set_life(s->preview, life, diag));
    const smp_rect a = smp_preview_bounds(s->preview), b = smp_preview_bounds(fresh);
    ck_assert(a.x == b.x && a.y == b.y && a.width == b.width && a.height == b.height);
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        ck_assert_uint_eq(picture(s, s->preview, days[i]), picture(s, fresh, days[i]));
    smp_preview_destroy(&fresh);
    smp_plan_destroy(&plan);
}

/* Steps from shaved to tanned, grown, longer, sun, and back: each is a new preview's picture. */
START_TEST(as_a_new_preview)
{
    scene s = fringe();
    smp_life_desc life;
    smp_life_desc_init(&life);
    const uint64_t shaved = picture(&s, s.preview, 90);
    life.tan = 1;
    same_as_new(&s, &life);
    ck_assert(picture(&s, s.preview, 90) != shaved);
    life.days_unshaved = 5;
    same_as_new(&s, &life);
    const uint64_t grown = picture(&s, s.preview, 90);
    life.days_unshaved = 20;
    life.tan = 0;
    life.sun_hours_per_day = 8;
    life.regrowth = 0.5f;
    same_as_new(&s, &life);
    ck_assert(picture(&s, s.preview, 90) != grown);
    const uint64_t before = picture(&s, s.preview, 90);
    life.oiliness = 2;
    ck_assert_int_eq(smp_preview_set_life(s.preview, &life, NULL), SMP_ERR_RANGE);
    ck_assert_uint_eq(picture(&s, s.preview, 90), before);
    ck_assert_int_eq(smp_preview_set_life(NULL, NULL, NULL), SMP_ERR_ARGUMENT);
    OK(smp_preview_set_life(s.preview, NULL, diag));
    ck_assert_uint_eq(picture(&s, s.preview, 90), shaved);
    scene_destroy(&s);
}
END_TEST

/* A photo that shows no dot stays as it is. */
START_TEST(nothing_to_show)
{
    scene_desc d = {.width = 120, .height = 120, .dose = -1.0f};
    scene s = scene_create(&d);
    smp_life_desc life;
    smp_life_desc_init(&life);
    life.tan = 1;
    same_as_new(&s, &life);
    ck_assert_uint_eq(picture(&s, s.preview, 90), scene_hash(&s.photo));
    scene_destroy(&s);
}
END_TEST

static const float skin_rgb[3] = {0.77f, 0.62f, 0.53f};
static uint8_t pixels[3 * 48 * 48], out_pixels[3 * 48 * 48];

/* Every allocation of a change fails once: the old life stays, and what is drawn too. */
static smp_status change(smp_context *ctx, void *user, smp_diag *d)
{
    smp_image photo, out;
    smp_camera camera;
    smp_head head;
    smp_scalp *scalp = NULL;
    smp_plan *plan = NULL;
    smp_preview *preview = NULL;
    smp_life_desc life;
    const double corner[2] = {0, 0};
    (void)user;
    OK(smp_image_wrap(&photo, pixels, 48, 48, 144, SMP_FORMAT_RGB8, diag));
    OK(smp_image_wrap(&out, out_pixels, 48, 48, 144, SMP_FORMAT_RGB8, diag));
    scene_paint(&photo, skin_rgb);
    smp_head_init(&head);
    head.shape = SMP_SHAPE_FLAT;
    head.width_mm = head.height_mm = 12;
    OK(smp_camera_from_scale(&camera, 4, corner, diag));
    smp_life_desc_init(&life);
    life.tan = 0.5f;
    life.days_unshaved = 9;
    life.regrowth = 1;
    smp_status s = smp_scalp_create(ctx, &photo, &camera, &head, NULL, NULL, NULL, &scalp, d);
    s = s ? s : smp_plan_create(ctx, &head, NULL, &plan, d);
    s = s ? s : smp_preview_create(ctx, scalp, plan, NULL, &preview, d);
    if (s == SMP_OK) {
        OK(smp_preview_render(preview, 800, NULL, &out, NULL, diag));
        const uint64_t old = scene_hash(&out);
        s = smp_preview_set_life(preview, &life, d);
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
    ck_assert_uint_gt(smp_oom_loop(change, NULL), 20);
}
END_TEST

/* ---- touch-ups of another pigment ---------------------------------------------------------- */

static smp_plan *touched_up(const scene *s, const char *shade)
{
    char text[160];
    smp_plan *plan;
    snprintf(text, sizeof text,
             "{\"head\": {\"shape\": \"flat\", \"width_mm\": 40, \"height_mm\": 40}, \"hairline\": "
             "{\"style\": \"none\"}, \"events\": [{%s}]}",
             shade);
    OK(smp_plan_from_json(s->ctx, text, strlen(text), &plan, diag));
    return plan;
}

static double hue_of(const scene *s, const smp_plan *plan, double day)
{
    float v[SMP_COURSE_CASES][1][SMP_COURSE_VALUES];
    OK(smp_fade_course(s->ctx, plan, NULL, NULL, 1, &day, v[0][0], diag));
    return (double)v[SMP_COURSE_TYPICAL][0][SMP_COURSE_A];
}

START_TEST(its_own_shade)
{
    scene_desc d = {.width = 200, .height = 200, .px_per_mm = 5.0};
    scene s = scene_create(&d);
    smp_pigment red, got;
    smp_preview *preview;
    const double before = 4 * YEAR - 1, after = 4 * YEAR + 90;
    smp_plan *plan = touched_up(&s, ""), *named = touched_up(&s, "\"shade\": \"auburn-05\"");
    const double a = hue_of(&s, plan, after);
    OK(smp_preview_create(s.ctx, s.scalp, plan, NULL, &preview, diag));
    const uint64_t plain[2] = {picture(&s, preview, before), picture(&s, preview, after)};
    smp_preview_destroy(&preview);
    smp_pigment_init(&red);
    smp_pigment_init(&got);
    red.carbon_coarse = 0.2f;
    red.iron_red = 0.8f;
    OK(smp_plan_set_event_pigment(plan, 0, &red, diag));
    OK(smp_plan_get_event_pigment(plan, 0, &got, diag));
    ck_assert(got.iron_red == red.iron_red && got.carbon_coarse == red.carbon_coarse);
    OK(smp_plan_get_pigment(plan, 3, &got, diag)); /* behind the sessions: the plan's */
    ck_assert(got.iron_red == 0);
    ck_assert_double_gt(hue_of(&s, plan, after), a + 0.5);
    OK(smp_preview_create(s.ctx, s.scalp, plan, NULL, &preview, diag));
    ck_assert_uint_eq(picture(&s, preview, before), plain[0]);
    ck_assert(picture(&s, preview, after) != plain[1]);
    smp_preview_destroy(&preview);
    OK(smp_plan_get_event_pigment(named, 0, &got, diag));
    ck_assert(got.iron_red > 0 || got.iron_yellow > 0 || got.carbon_fine > 0);
    ck_assert_int_eq(smp_plan_set_event_pigment(plan, 1, &red, NULL), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_plan_get_event_pigment(plan, 1, &red, NULL), SMP_ERR_ARGUMENT);
    red.iron_red = NAN;
    ck_assert_int_eq(smp_plan_set_event_pigment(plan, 0, &red, NULL), SMP_ERR_RANGE);
    OK(smp_plan_set_event_pigment(plan, 0, NULL, diag));
    ck_assert_double_eq_tol(hue_of(&s, plan, after), a, 1e-6);
    smp_plan_destroy(&named);
    smp_plan_destroy(&plan);
    scene_destroy(&s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("render_life");
    TCase *tests = tcase_create("render_life");
    tcase_set_timeout(tests, 300);
    tcase_add_test(tests, as_a_new_preview);
    tcase_add_test(tests, nothing_to_show);
    tcase_add_test(tests, out_of_memory);
    tcase_add_test(tests, its_own_shade);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
