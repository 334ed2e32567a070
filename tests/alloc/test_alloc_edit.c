/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Each allocation failing, once and from then on, in every change of a plan: the plan then asks for
 * exactly what it asked for before. And in a preview that gets another life and renders a layer. */
#include <check.h>

#include <smp/smp.h>

#include "alloc/broken.h"

#define SIDE 40

static smp_image photo;
static smp_head patch;
static smp_camera camera;

static void setup(void)
{
    static uint8_t pixels[SIDE * SIDE * 3];
    static const double origin[2] = {0, 0};
    smp_diag diag;
    uint64_t random = test_seed();
    for (int i = 0; i < SIDE * SIDE * 3; i++)
        pixels[i] = (uint8_t)(200 - 30 * (i % 3) + (int)test_uniform(&random, -3, 3));
    smp_head_init(&patch);
    patch.shape = SMP_SHAPE_FLAT;
    patch.width_mm = patch.height_mm = SIDE / 4;
    TEST_ASSERT(smp_image_wrap(&photo, pixels, SIDE, SIDE, 0, SMP_FORMAT_RGB8, &diag) == SMP_OK);
    TEST_ASSERT(smp_camera_from_scale(&camera, 4, origin, &diag) == SMP_OK);
}

/* ---- changes of a plan ------------------------------------------------------------------------
 */

/* What a plan wants all over the head, and all that it says about itself. */
static uint64_t plan_hash(void *object)
{
    const smp_plan *plan = object;
    uint64_t hash = TEST_HASH_START;
    smp_plan_desc desc;
    smp_hairline_desc line;
    smp_pattern_desc pattern;
    smp_plan_desc_init(&desc);
    smp_hairline_desc_init(&line);
    smp_pattern_desc_init(&pattern);
    TEST_ASSERT(smp_plan_get(plan, &desc, NULL) == SMP_OK);
    TEST_ASSERT(smp_plan_get_hairline(plan, &line, NULL) == SMP_OK);
    TEST_ASSERT(smp_plan_get_pattern(plan, &pattern, NULL) == SMP_OK);
    hash = test_hash(hash, &desc, sizeof desc);
    hash = test_hash(hash, &line, sizeof line);
    hash = test_hash(hash, &pattern, sizeof pattern);
    for (int i = 0; i < 400; i++) {
        const double xyz[3] = {7.0 * (i % 20) - 70, 60 + 4.0 * (i % 17), 9.0 * (i / 20) - 90};
        const double seen[3] = {smp_plan_density(plan, xyz), smp_plan_hair(plan, xyz),
                                smp_plan_zone_at(plan, xyz)};
        hash = test_hash(hash, seen, sizeof seen);
    }
    const uint32_t counts[3] = {smp_plan_zone_count(plan), smp_plan_event_count(plan),
                                smp_plan_obstacle_count(plan)};
    return test_hash(hash, counts, sizeof counts);
}

static smp_status set_desc(smp_plan *plan, smp_diag *diag)
{
    smp_plan_desc desc;
    smp_plan_desc_init(&desc);
    desc.seed = 9;
    desc.density_per_cm2 = 90;
    return smp_plan_set(plan, &desc, diag);
}

static smp_status set_hairline(smp_plan *plan, smp_diag *diag)
{
    smp_hairline_desc line;
    smp_hairline_desc_init(&line);
    line.style = SMP_HAIRLINE_MATURE;
    line.height_mm = 70;
    return smp_plan_set_hairline(plan, &line, diag);
}

static smp_status set_curve(smp_plan *plan, smp_diag *diag)
{
    static const double curve[] = {-60, 70, 50, 0, 100, 80, 60, 70, 50};
    return smp_plan_set_hairline_curve(plan, curve, 3, diag);
}

static smp_status set_pattern(smp_plan *plan, smp_diag *diag)
{
    smp_pattern_desc pattern;
    smp_pattern_desc_init(&pattern);
    pattern.pattern = SMP_PATTERN_NORWOOD_4;
    return smp_plan_set_pattern(plan, &pattern, diag);
}

static smp_status add_zone(smp_plan *plan, smp_diag *diag)
{
    static const double corners[] = {-20, 120, 20, 20, 120, 20, 20, 120, -20};
    smp_zone_desc zone;
    smp_zone_desc_init(&zone);
    zone.density_scale = 0.5f;
    return smp_plan_add_zone(plan, &zone, corners, 3, NULL, diag);
}

static smp_status set_zone(smp_plan *plan, smp_diag *diag)
{
    smp_zone_desc zone;
    smp_zone_desc_init(&zone);
    zone.kind = SMP_ZONE_EXCLUDE;
    return smp_plan_set_zone(plan, 1, &zone, diag);
}

static smp_status set_events(smp_plan *plan, smp_diag *diag)
{
    smp_event_desc events[2];
    smp_event_desc_init(&events[0]);
    events[0].hairline_height_mm = 66;
    events[1] = events[0];
    events[1].day += 100;
    events[1].hairline_style = SMP_HAIRLINE_STRAIGHT + 1;
    return smp_plan_set_events(plan, events, 2, diag);
}

static smp_status set_map(smp_plan *plan, smp_diag *diag)
{
    static float values[16];
    for (int i = 0; i < 16; i++)
        values[i] = 0.25f * (float)(i % 4);
    const smp_grid grid = {values, 4, 4, 4};
    return smp_plan_set_density_map(plan, &grid, diag);
}

static smp_status set_obstacles(smp_plan *plan, smp_diag *diag)
{
    static const float xyz[6] = {0, 130, 0, 5, 130, 5};
    return smp_plan_set_obstacles(plan, xyz, 2, 0.3f, diag);
}

static smp_status no_zones(smp_plan *plan, smp_diag *diag)
{
    return smp_plan_clear_zones(plan, diag);
}

static smp_status match_hairs(smp_plan *plan, smp_diag *diag)
{
    return smp_plan_match_hairs(plan, NULL, 0.2f, 0.4f, 0.1f, diag);
}

typedef smp_status change_fn(smp_plan *plan, smp_diag *diag);

static change_fn *const changes[] = {set_desc,  set_hairline,  set_pattern, add_zone,
                                     set_zone,  set_map,       set_events,  no_zones,
                                     set_curve, set_obstacles, match_hairs};

/* Lets the k-th allocation from now on fail, k = 1, 2, ..., once or with all after it, until the
 * change is made; what it changes stays as it was until then. Returns how many it takes. */
typedef smp_status attempt_fn(void *object, int which, smp_diag *diag);
typedef uint64_t hash_fn(void *object);

static uint64_t fails_here(test_memory *memory, attempt_fn *attempt, hash_fn *hash, void *object,
                           int which)
{
    const uint64_t before = hash(object);
    for (uint64_t k = 1;; k++) {
        const uint64_t calls = memory->calls, live = memory->live;
        smp_diag diag;
        smp_status status = SMP_ERR_MEMORY;
        for (int on = 1; on >= 0 && status != SMP_OK; on--) {
            memory->fail_at = memory->calls + k;
            memory->fail_on = on;
            memory->refused = 0;
            status = attempt(object, which, &diag);
            memory->fail_at = 0;
            if (status == SMP_OK && !memory->refused)
                break;
            if (status != SMP_ERR_MEMORY || !diag.text[0] || memory->live != live)
                TEST_DIE("%d, allocation %u: %s, %d blocks more", which, (unsigned)k,
                         smp_status_name(status), (int)(memory->live - live));
            if (hash(object) != before)
                TEST_DIE("%d, allocation %u failed, but not all is as it was", which, (unsigned)k);
        }
        if (status != SMP_OK)
            continue;
        if (hash(object) == before)
            TEST_DIE("%d: nothing has changed", which);
        return memory->calls - calls;
    }
}

static smp_status change(void *plan, int which, smp_diag *diag)
{
    return changes[which](plan, diag);
}

START_TEST(plans_stay)
{
    test_memory memory = {0};
    smp_context *ctx = test_context(&memory, NULL, SMP_ISA_BEST);
    smp_plan *plan = NULL;
    TEST_ASSERT(smp_plan_create(ctx, NULL, NULL, &plan, NULL) == SMP_OK);
    for (int i = 0; i < (int)(sizeof changes / sizeof *changes); i++)
        ck_assert_uint_ge(fails_here(&memory, change, plan_hash, plan, i),
                          changes[i] != match_hairs); /* which moves no outline */
    smp_plan_destroy(&plan);
    smp_context_destroy(&ctx);
    ck_assert_uint_eq(memory.live, 0);
}
END_TEST

/* ---- lives of a preview -----------------------------------------------------------------------
 */

static uint64_t layer_hash(void *preview)
{
    static float out[SIDE * SIDE * 3];
    smp_image image;
    TEST_ASSERT(smp_image_wrap(&image, out, SIDE, SIDE, 0, SMP_FORMAT_RGBF32, NULL) == SMP_OK);
    TEST_ASSERT(smp_preview_layer(preview, 50, NULL, &image, NULL, NULL) == SMP_OK);
    return test_hash(TEST_HASH_START, out, sizeof out);
}

static smp_status live(void *preview, int which, smp_diag *diag)
{
    smp_life_desc life;
    smp_life_desc_init(&life);
    life.days_unshaved = which ? 5 : 20;
    life.regrowth = 1;
    return smp_preview_set_life(preview, &life, diag);
}

START_TEST(lives_stay)
{
    test_memory memory = {0};
    smp_context *ctx = test_context(&memory, NULL, SMP_ISA_BEST);
    smp_scalp *scalp = NULL;
    smp_plan *plan = NULL;
    smp_preview *preview = NULL;
    smp_scalp_desc desc;
    smp_scalp_desc_init(&desc);
    desc.find_skin = 0;
    TEST_ASSERT(smp_scalp_create(ctx, &photo, &camera, &patch, NULL, &desc, NULL, &scalp, NULL) ==
                SMP_OK);
    TEST_ASSERT(smp_plan_create(ctx, &patch, NULL, &plan, NULL) == SMP_OK);
    TEST_ASSERT(smp_preview_create(ctx, scalp, plan, NULL, &preview, NULL) == SMP_OK);
    for (int i = 0; i < 2; i++)
        ck_assert_uint_ge(fails_here(&memory, live, layer_hash, preview, i), 1);
    smp_preview_destroy(&preview);
    smp_plan_destroy(&plan);
    smp_scalp_destroy(&scalp);
    smp_context_destroy(&ctx);
    ck_assert_uint_eq(memory.live, 0);
}
END_TEST

/* A layer whose runner fails says so. */
static smp_status layer_job(smp_context *ctx, void *user, smp_diag *diag)
{
    static float out[SIDE * SIDE * 3];
    smp_scalp *scalp = NULL;
    smp_plan *plan = NULL;
    smp_preview *preview = NULL;
    smp_image image;
    (void)user;
    smp_status status = smp_image_wrap(&image, out, SIDE, SIDE, 0, SMP_FORMAT_RGBF32, diag);
    if (status == SMP_OK)
        status = smp_scalp_create(ctx, &photo, &camera, &patch, NULL, NULL, NULL, &scalp, diag);
    if (status == SMP_OK)
        status = smp_plan_create(ctx, &patch, NULL, &plan, diag);
    if (status == SMP_OK)
        status = smp_preview_create(ctx, scalp, plan, NULL, &preview, diag);
    if (status == SMP_OK)
        status = smp_preview_layer(preview, 50, NULL, &image, NULL, diag);
    smp_preview_destroy(&preview);
    smp_plan_destroy(&plan);
    smp_scalp_destroy(&scalp);
    return status;
}

START_TEST(layers_fail)
{
    ck_assert_uint_ge(test_runs_from(layer_job, NULL, 1), 5);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("alloc_edit");
    TCase *tests = tcase_create("all");
    tcase_set_timeout(tests, 300);
    tcase_add_checked_fixture(tests, setup, NULL);
    tcase_add_test(tests, plans_stay);
    tcase_add_test(tests, lives_stay);
    tcase_add_test(tests, layers_fail);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
