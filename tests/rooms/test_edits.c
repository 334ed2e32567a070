/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A preview that takes another plan shows what a new preview of that plan would, byte for byte,
 * whatever came before. */
#include <check.h>

#include "rooms/scene.h"
#include "support.h"

#define EDITS 10

static const double days[] = {3, 1500};

static int below(uint64_t *random, int n)
{
    return (int)test_uniform(random, 0, n);
}

static void edit_shade(smp_plan *plan, uint64_t *random)
{
    smp_pigment pigment;
    OK(smp_shade_get((uint32_t)below(random, 300), &pigment, NULL, diag));
    OK(smp_plan_set_pigment(plan, &pigment, diag));
    if (below(random, 2))
        OK(smp_plan_set_session_pigment(plan, 1, below(random, 2) ? &pigment : NULL, diag));
}

static void edit_desc(smp_plan *plan, uint64_t *random, int what)
{
    smp_plan_desc desc;
    smp_plan_desc_init(&desc);
    OK(smp_plan_get(plan, &desc, diag));
    if (what == 0)
        desc.density_per_cm2 = (float)test_uniform(random, 10, 40);
    else if (what == 1)
        desc.dose = (float)test_uniform(random, 0.5, 4);
    else if (what == 2)
        desc.seed = (uint32_t)below(random, 3);
    else if (what == 3)
        desc.regularity = (float)below(random, 3) * 0.5f;
    else
        desc.group_share = (float)below(random, 2) * 0.4f;
    OK(smp_plan_set(plan, &desc, diag));
}

static void edit_hairline(smp_plan *plan, uint64_t *random)
{
    smp_hairline_desc line;
    smp_hairline_desc_init(&line);
    line.height_mm = (float)test_uniform(random, 50, 80);
    line.style = below(random, 2) ? SMP_HAIRLINE_MATURE : SMP_HAIRLINE_STRAIGHT;
    OK(smp_plan_set_hairline(plan, &line, diag));
}

static void edit_zone(smp_plan *plan, uint64_t *random)
{
    static const double corners[] = {-30, 110, 60, 30, 110, 60, 30, 120, 20, -30, 120, 20};
    smp_zone_desc zone;
    if (smp_plan_zone_count(plan) > 1) {
        OK(smp_plan_clear_zones(plan, diag));
        return;
    }
    smp_zone_desc_init(&zone);
    zone.kind = below(random, 2) ? SMP_ZONE_SCAR_PATCH : SMP_ZONE_TREAT;
    zone.density_scale = (float)test_uniform(random, 0, 1.2);
    zone.lightness = zone.kind == SMP_ZONE_SCAR_PATCH ? 6.0f : 0.0f;
    OK(smp_plan_add_zone(plan, &zone, corners, 4, NULL, diag));
}

static void edit_events(smp_plan *plan, uint64_t *random)
{
    smp_event_desc events[2];
    smp_event_desc_init(&events[0]);
    events[0].share = (float)test_uniform(random, 0.05, 0.6);
    events[0].hairline_height_mm = below(random, 2) ? 66.0f : 0.0f;
    events[1] = events[0];
    events[1].day += 100;
    events[1].kind = SMP_EVENT_LASER;
    OK(smp_plan_set_events(plan, events, (uint32_t)below(random, 3), diag));
}

static void edit_pattern(smp_plan *plan, uint64_t *random)
{
    smp_pattern_desc pattern;
    smp_pattern_desc_init(&pattern);
    pattern.pattern = below(random, 2) ? SMP_PATTERN_NORWOOD_5 : SMP_PATTERN_NONE;
    OK(smp_plan_set_pattern(plan, &pattern, diag));
}

static void edit_life(smp_plan *plan, uint64_t *random)
{
    smp_life_desc life;
    smp_life_desc_init(&life);
    life.tan = (float)below(random, 2);
    life.days_unshaved = 3.0f * (float)below(random, 2);
    life.oiliness = (float)below(random, 2) * 0.5f;
    OK(smp_plan_set_life(plan, &life, diag));
}

/* Another head has no setter: a plan of the same JSON on it. */
static void edit_head(const scene *s, smp_plan **plan, uint64_t *random)
{
    smp_head head = s->head;
    smp_plan_desc desc;
    if (head.shape == SMP_SHAPE_FLAT)
        return;
    head.width_mm = 150.0f + 4.0f * (float)below(random, 2);
    smp_plan_desc_init(&desc);
    OK(smp_plan_get(*plan, &desc, diag));
    smp_plan_destroy(plan);
    OK(smp_plan_create(s->ctx, &head, &desc, plan, diag));
}

static void edit(const scene *s, smp_plan **plan, uint64_t *random)
{
    const int what = below(random, 14), flat = s->head.shape == SMP_SHAPE_FLAT;
    if (what < 2)
        edit_shade(*plan, random);
    else if (what < 7)
        edit_desc(*plan, random, what - 2);
    else if (what < 9 && !flat)
        edit_hairline(*plan, random);
    else if (what == 9 && !flat)
        edit_zone(*plan, random);
    else if (what == 10 && !flat)
        edit_events(*plan, random);
    else if (what == 11 && !flat)
        edit_pattern(*plan, random);
    else if (what == 12)
        edit_head(s, plan, random);
    else
        edit_life(*plan, random);
}

static uint64_t picture(scene *s, smp_preview *preview, double day)
{
    OK(smp_preview_render(preview, day, NULL, &s->out, NULL, diag));
    return scene_hash(&s->out);
}

static void same_as_new(scene *s, const smp_plan *plan, const smp_life_desc *life)
{
    smp_preview *fresh;
    OK(smp_preview_create(s->ctx, s->scalp, plan, NULL, &fresh, diag));
    if (life)
        OK(smp_preview_set_life(fresh, life, diag));
    const smp_rect a = smp_preview_bounds(s->preview), b = smp_preview_bounds(fresh);
    ck_assert(a.x == b.x && a.y == b.y && a.width == b.width && a.height == b.height);
    const smp_dots_view m = smp_dots_arrays(smp_preview_dots(s->preview));
    const smp_dots_view n = smp_dots_arrays(smp_preview_dots(fresh));
    ck_assert_uint_eq(m.count, n.count);
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        ck_assert_uint_eq(picture(s, s->preview, days[i]), picture(s, fresh, days[i]));
    smp_preview_destroy(&fresh);
}

/* Edits in random order; the plan is gone before the picture is drawn. */
static void many_edits(const scene_desc *d, int own_life)
{
    uint64_t random = test_seed();
    scene s = scene_create(d);
    smp_life_desc life;
    smp_life_desc_init(&life);
    life.tan = 0.7f;
    if (own_life)
        OK(smp_preview_set_life(s.preview, &life, diag));
    for (int i = 0; i < EDITS; i++) {
        smp_plan *given;
        edit(&s, &s.plan, &random);
        OK(smp_plan_copy(s.ctx, s.plan, &given, diag));
        OK(smp_preview_set_plan(s.preview, given, NULL, diag));
        smp_plan_destroy(&given);
        same_as_new(&s, s.plan, own_life ? &life : NULL);
    }
    OK(smp_preview_set_life(s.preview, NULL, diag));
    same_as_new(&s, s.plan, NULL);
    scene_destroy(&s);
}

START_TEST(on_a_head)
{
    const scene_desc d = {.width = 110, .height = 130, .mask = _i, .density = 25, .threads = 2};
    many_edits(&d, _i);
}
END_TEST

START_TEST(on_a_patch)
{
    const scene_desc d = {
        .width = 120, .height = 90, .px_per_mm = 5, .has_format = _i, .format = SMP_FORMAT_RGBF32};
    many_edits(&d, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("edits");
    TCase *tests = tcase_create("edits");
    tcase_set_timeout(tests, 300);
    tcase_add_loop_test(tests, on_a_head, 0, 2);
    tcase_add_loop_test(tests, on_a_patch, 0, 2);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
