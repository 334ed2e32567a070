/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Each allocation failing, once and from then on, and each job of the runner failing, in all that a
 * treatment can be made of: pigments, zones, scars, events, painted density, hairs that are there,
 * prepared places, presets, courses, hairs found in the photo. Clean words, nothing left, handles
 * NULL, numbers that were to be written and the plan as they were. */
#include <check.h>

#include <smp/smp.h>

#include "alloc/broken.h"

#define SIDE 48

static uint8_t pixels[SIDE][SIDE][3];
static smp_image photo;
static smp_head patch;
static smp_camera camera;

static void setup(void)
{
    static const int skin[3] = {205, 160, 138};
    static const double origin[2] = {0, 0};
    smp_diag diag;
    uint64_t random = test_seed();
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++)
            for (int c = 0; c < 3; c++)
                pixels[y][x][c] = (uint8_t)(skin[c] - ((x % 9 == 4 && y % 7 < 3) ? 60 : 0) +
                                            (int)test_uniform(&random, -2, 2));
    smp_head_init(&patch);
    patch.shape = SMP_SHAPE_FLAT;
    patch.width_mm = patch.height_mm = SIDE / 4;
    TEST_ASSERT(smp_image_wrap(&photo, pixels, SIDE, SIDE, 0, SMP_FORMAT_RGB8, &diag) == SMP_OK);
    TEST_ASSERT(smp_camera_from_scale(&camera, 4, origin, &diag) == SMP_OK);
}

#define DO(call)              \
    do {                      \
        if (status == SMP_OK) \
            status = (call);  \
    } while (0)

/* What a failed change must leave alone. */
static uint32_t state_of(const smp_plan *plan)
{
    static const double point[3] = {6, 6, 0};
    return smp_plan_zone_count(plan) + 100 * smp_plan_event_count(plan) +
           10000 * smp_plan_obstacle_count(plan) + (uint32_t)(1000 * smp_plan_density(plan, point));
}

static smp_status zones(smp_plan *plan, smp_diag *diag)
{
    static const double corners[] = {1, 1, 0, 5, 1, 0, 5, 5, 0, 1, 5, 0};
    static const smp_zone_kind kinds[] = {SMP_ZONE_TREAT, SMP_ZONE_SCAR_STRIP, SMP_ZONE_SCAR_DOTS,
                                          SMP_ZONE_SCAR_PATCH, SMP_ZONE_EXCLUDE};
    smp_status status = SMP_OK;
    for (uint32_t i = 0; i < 5 && status == SMP_OK; i++) {
        smp_zone_desc zone;
        smp_zone_desc_init(&zone);
        zone.kind = (uint32_t)kinds[i];
        zone.fade_mm = zone.width_mm = 2;
        zone.lightness = 6;
        double moved[12];
        for (int k = 0; k < 12; k++)
            moved[k] = corners[k] + (k % 3 < 2 ? i : 0);
        const uint32_t before = state_of(plan);
        uint32_t number = 77;
        status = smp_plan_add_zone(plan, &zone, moved, 4, &number, diag);
        TEST_ASSERT(number == (status == SMP_OK ? i + 1 : 77));
        TEST_ASSERT(status == SMP_OK || state_of(plan) == before);
    }
    return status;
}

static smp_status later(smp_plan *plan, smp_diag *diag)
{
    smp_event_desc events[2];
    smp_life_desc life;
    smp_pigment pigment;
    smp_event_desc_init(&events[0]);
    events[1] = events[0];
    events[1].kind = SMP_EVENT_LASER;
    smp_life_desc_init(&life);
    life.days_unshaved = 2;
    life.person = 7;
    smp_pigment_init(&pigment);
    smp_status status = smp_plan_set_events(plan, events, 2, diag);
    DO(smp_plan_set_life(plan, &life, diag));
    DO(smp_plan_set_pigment(plan, &pigment, diag));
    pigment.carbon_fine = 1;
    DO(smp_plan_set_session_pigment(plan, 1, &pigment, diag));
    return status;
}

static smp_status paint(smp_plan *plan, smp_diag *diag)
{
    static float values[32 * 32];
    float hairs[60];
    for (int i = 0; i < 32 * 32; i++)
        values[i] = 0.2f + 0.4f * (float)(i % 3);
    memset(hairs, 0, sizeof hairs);
    const smp_grid grid = {values, 32, 32, 32};
    smp_status status = smp_plan_set_density_map(plan, &grid, diag);
    DO(smp_plan_set_density_photo(plan, &grid, &camera, 1, diag));
    const uint32_t before = state_of(plan);
    DO(smp_plan_set_obstacles(plan, hairs, 20, 0.2f, diag));
    TEST_ASSERT(status == SMP_OK || state_of(plan) == before);
    return status;
}

static smp_status full_plan(smp_context *ctx, smp_plan **plan, smp_diag *diag)
{
    smp_plan_desc desc;
    smp_plan_desc_init(&desc);
    desc.group_share = 0.3f;
    smp_status status = smp_plan_create(ctx, &patch, &desc, plan, diag);
    TEST_ASSERT((status == SMP_OK) == (*plan != NULL));
    DO(zones(*plan, diag));
    DO(later(*plan, diag));
    DO(paint(*plan, diag));
    if (status != SMP_OK)
        smp_plan_destroy(plan);
    return status;
}

static smp_status copies(smp_context *ctx, smp_diag *diag)
{
    smp_plan *plan = NULL, *copy = (smp_plan *)1, *again = NULL;
    smp_bytes *text = NULL;
    size_t size = 0;
    smp_status status = full_plan(ctx, &plan, diag);
    if (status == SMP_OK) {
        status = smp_plan_copy(ctx, plan, &copy, diag);
        TEST_ASSERT((status == SMP_OK) == (copy != NULL));
        DO(smp_plan_to_json(ctx, copy, &text, diag));
        const char *words = (const char *)smp_bytes_data(text, &size);
        DO(smp_plan_from_json(ctx, words, size, &again, diag));
        smp_plan_destroy(&copy);
    }
    smp_plan_destroy(&again);
    smp_bytes_destroy(&text);
    smp_plan_destroy(&plan);
    return status;
}

static smp_status presets(smp_context *ctx, smp_diag *diag)
{
    smp_plan *plan = (smp_plan *)1;
    const smp_status status = smp_plan_from_preset(ctx, "bold", NULL, &plan, diag);
    TEST_ASSERT((status == SMP_OK) == (plan != NULL));
    smp_plan_destroy(&plan);
    return status;
}

static smp_status places(smp_context *ctx, smp_diag *diag)
{
    smp_plan *plan = NULL;
    smp_places *made = NULL;
    smp_dots *dots = NULL, *same = NULL;
    smp_status status = full_plan(ctx, &plan, diag);
    DO(smp_places_create(ctx, plan, 200, NULL, &made, diag));
    DO(smp_dots_create_from(ctx, made, plan, NULL, &dots, diag));
    DO(smp_dots_create(ctx, plan, NULL, &same, diag));
    if (status == SMP_OK) {
        const uint32_t count = smp_dots_arrays(dots).count;
        float *out = malloc((2 + SMP_PIGMENT_COMPONENTS) * (count + 1u) * sizeof *out);
        TEST_ASSERT(out && count);
        out[0] = out[count] = -7;
        status = smp_dots_age(ctx, plan, dots, 900, out, out + count, diag);
        TEST_ASSERT(status == SMP_OK || (out[0] == -7 && out[count] == -7));
        out[0] = status == SMP_OK ? -7 : out[0];
        DO(smp_dots_left(ctx, plan, dots, 900, out, out + count, diag));
        TEST_ASSERT(status == SMP_OK || out[0] == -7);
        free(out);
    }
    smp_dots_destroy(&same);
    smp_dots_destroy(&dots);
    smp_places_destroy(&made);
    smp_plan_destroy(&plan);
    return status;
}

static smp_status courses(smp_context *ctx, smp_diag *diag)
{
    static const double days[2] = {42, 900};
    float values[SMP_COURSE_CASES * 2 * SMP_COURSE_VALUES] = {-7};
    double due[SMP_COURSE_CASES] = {-7};
    smp_plan *plan = NULL;
    smp_status status = smp_plan_create(ctx, &patch, NULL, &plan, diag);
    DO(smp_fade_course(ctx, plan, NULL, NULL, 2, days, values, diag));
    TEST_ASSERT(status == SMP_OK || values[0] == -7);
    DO(smp_fade_due(ctx, plan, NULL, NULL, due, diag));
    TEST_ASSERT(status == SMP_OK || due[0] == -7);
    smp_plan_destroy(&plan);
    return status;
}

/* Hairs looked for, density mode, and a preview of everything that a plan may hold. */
static smp_status previews(smp_context *ctx, smp_diag *diag)
{
    static uint8_t out[SIDE][SIDE][3];
    smp_scalp_desc desc;
    smp_scalp *scalp = NULL;
    smp_plan *plan = NULL;
    smp_preview *preview = NULL;
    smp_image image = photo;
    image.data = out;
    smp_scalp_desc_init(&desc);
    desc.find_skin = 0;
    desc.find_hairs = desc.density_mode = 1;
    smp_status status =
        smp_scalp_create(ctx, &photo, &camera, &patch, NULL, &desc, NULL, &scalp, diag);
    TEST_ASSERT((status == SMP_OK) == (scalp != NULL));
    DO(full_plan(ctx, &plan, diag));
    DO(smp_preview_create(ctx, scalp, plan, NULL, &preview, diag));
    TEST_ASSERT((status == SMP_OK) == (preview != NULL));
    DO(smp_preview_render(preview, 3, NULL, &image, NULL, diag));
    smp_preview_destroy(&preview);
    smp_plan_destroy(&plan);
    smp_scalp_destroy(&scalp);
    return status;
}

typedef smp_status job_fn(smp_context *ctx, smp_diag *diag);

static const struct {
    const char *name;
    job_fn *job;
    int runs; /* it hands tasks to the runner */
} jobs[] = {{"copies and JSON", copies, 0},
            {"preset", presets, 0},
            {"places", places, 1},
            {"courses", courses, 0},
            {"preview", previews, 1}};
#define JOBS ((int)(sizeof jobs / sizeof *jobs))

static smp_status one_job(smp_context *ctx, void *user, smp_diag *diag)
{
    return jobs[*(int *)user].job(ctx, diag);
}

START_TEST(each_allocation_fails)
{
    ck_assert_uint_ge(smp_oom_loop(one_job, &_i), 2);
}
END_TEST

START_TEST(each_run_fails)
{
    ck_assert_int_eq(test_runs_from(one_job, &_i, 2) > 0, jobs[_i].runs);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("alloc_plan");
    TCase *tests = tcase_create("all");
    tcase_set_timeout(tests, 300);
    tcase_add_checked_fixture(tests, setup, NULL);
    tcase_add_loop_test(tests, each_allocation_fails, 0, JOBS);
    tcase_add_loop_test(tests, each_run_fails, 0, JOBS);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
