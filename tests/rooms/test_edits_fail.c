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

int main(void)
{
    Suite *suite = suite_create("edits_fail");
    TCase *tests = tcase_create("edits_fail");
    tcase_set_timeout(tests, 300);
    tcase_add_test(tests, shared_places);
    tcase_add_test(tests, cancelled);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
