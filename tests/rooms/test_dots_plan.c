/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What a plan asks of its dots: zones, hairs left alone, touch-ups, groups, sessions. */
#include <check.h>
#include <math.h>

#include <smp/dots.h>

#include "support.h"

static smp_context *ctx;
static smp_diag diag;

static void setup(void)
{
    ctx = test_context(NULL, NULL, SMP_ISA_BEST);
}

static void teardown(void)
{
    smp_context_destroy(&ctx);
}

static void must(smp_status status)
{
    if (status != SMP_OK)
        TEST_DIE("%s", diag.text);
}

static smp_plan *plan_of(const smp_plan_desc *desc)
{
    smp_plan *plan = NULL;
    must(smp_plan_create(ctx, NULL, desc, &plan, &diag));
    return plan;
}

static smp_dots *dots_of(const smp_plan *plan)
{
    smp_dots *dots = NULL;
    must(smp_dots_create(ctx, plan, NULL, &dots, &diag));
    return dots;
}

static double apart(const smp_dots_view *v, uint32_t i, const smp_dots_view *w, uint32_t j)
{
    const double x = (double)(v->x_mm[i] - w->x_mm[j]), y = (double)(v->y_mm[i] - w->y_mm[j]);
    const double z = (double)(v->z_mm[i] - w->z_mm[j]);
    return sqrt(x * x + y * y + z * z);
}

START_TEST(test_hairs_are_left_alone)
{
    enum { HAIRS = 400 };
    smp_plan_desc desc;
    smp_plan_desc_init(&desc);
    desc.density_per_cm2 = 25.0f;
    smp_plan *plan = plan_of(&desc);
    smp_dots *all = dots_of(plan);
    const smp_dots_view a = smp_dots_arrays(all);
    float hairs[3 * HAIRS];
    uint64_t state = test_seed();
    for (uint32_t i = 0; i < HAIRS; i++) {
        const uint32_t k = (uint32_t)(test_random(&state) % a.count);
        hairs[3 * i] = a.x_mm[k] + (float)test_uniform(&state, -1.0, 1.0);
        hairs[3 * i + 1] = a.y_mm[k];
        hairs[3 * i + 2] = a.z_mm[k] + (float)test_uniform(&state, -1.0, 1.0);
    }
    must(smp_plan_set_obstacles(plan, hairs, HAIRS, 1.2f, &diag));
    smp_dots *some = dots_of(plan);
    const smp_dots_view b = smp_dots_arrays(some);
    uint32_t j = 0, gone = 0;
    for (uint32_t i = 0; i < a.count; i++) {
        double least = 1e9;
        for (uint32_t k = 0; k < HAIRS; k++) {
            const double x = (double)(a.x_mm[i] - hairs[3 * k]);
            const double y = (double)(a.y_mm[i] - hairs[3 * k + 1]);
            const double z = (double)(a.z_mm[i] - hairs[3 * k + 2]);
            least = fmin(least, sqrt(x * x + y * y + z * z));
        }
        const uint32_t there = j < b.count && b.id[j] == a.id[i];
        /* hairs are kept in steps of 0.05 mm */
        if (there ? least < 1.15 : least > 1.25)
            ck_abort_msg("dot %u at %g mm from a hair", a.id[i], least);
        j += there;
        gone += there == 0;
    }
    ck_assert_uint_eq(j, b.count);
    ck_assert_uint_gt(gone, HAIRS / 4);
    smp_dots_destroy(&some);
    smp_dots_destroy(&all);
    smp_plan_destroy(&plan);
}
END_TEST

/* Nothing in a zone that is left out; dots know their zone. Touch-ups add to what is there. */
START_TEST(test_zones_and_touch_ups)
{
    const double xyz[12] = {-20, 131, -20, 20, 131, -20, 20, 131, 20, -20, 131, 20};
    const double beside[12] = {40, 110, -15, 60, 100, -15, 60, 100, 15, 40, 110, 15};
    smp_plan_desc desc;
    smp_plan_desc_init(&desc);
    desc.density_per_cm2 = 30.0f;
    smp_plan *plan = plan_of(&desc);
    smp_zone_desc zone;
    smp_zone_desc_init(&zone);
    zone.kind = SMP_ZONE_EXCLUDE;
    zone.fade_mm = 0.0f;
    must(smp_plan_add_zone(plan, &zone, xyz, 4, NULL, &diag));
    smp_zone_desc_init(&zone);
    zone.density_scale = 0.5f;
    zone.dose_scale = 0.5f;
    must(smp_plan_add_zone(plan, &zone, beside, 4, NULL, &diag));
    smp_dots *before = dots_of(plan);
    smp_event_desc event;
    smp_event_desc_init(&event);
    event.share = 0.25f;
    must(smp_plan_set_events(plan, &event, 1, &diag));
    smp_dots *after = dots_of(plan);
    const smp_dots_view a = smp_dots_arrays(before), b = smp_dots_arrays(after);
    uint32_t i = 0, in[3] = {0};
    for (uint32_t j = 0; j < b.count; j++) {
        const double at[3] = {(double)b.x_mm[j], (double)b.y_mm[j], (double)b.z_mm[j]};
        ck_assert_uint_eq(b.zone[j], smp_plan_zone_at(plan, at));
        ck_assert_uint_ne(b.zone[j], 1);
        in[b.zone[j]]++;
        const uint32_t old = i < a.count && a.id[i] == b.id[j];
        ck_assert(old == (b.session[j] < 3));
        if (old)
            ck_assert(a.dose[i] == b.dose[j] && a.x_mm[i] == b.x_mm[j] &&
                      a.session[i] == b.session[j]);
        i += old;
    }
    printf("%u dots and %u more; %u in the zone\n", a.count, b.count - a.count, in[2]);
    ck_assert_uint_eq(i, a.count);
    ck_assert_uint_gt(in[2], 50);
    ck_assert_double_eq_tol((double)b.count / a.count, 1.25, 0.01);
    smp_dots_destroy(&after);
    smp_dots_destroy(&before);
    smp_plan_destroy(&plan);
}
END_TEST

/* Groups lie as they should, and do not change the density. */
START_TEST(test_groups)
{
    smp_plan_desc desc;
    smp_plan_desc_init(&desc);
    desc.density_per_cm2 = 40.0f;
    smp_plan *single = plan_of(&desc);
    smp_dots *dots = dots_of(single);
    const double alone = smp_dots_arrays(dots).count;
    smp_dots_destroy(&dots);
    for (uint32_t texture = 0; texture < 2; texture++) {
        desc.group_share = 0.7f;
        desc.texture = texture;
        smp_plan *plan = plan_of(&desc);
        dots = dots_of(plan);
        const smp_dots_view v = smp_dots_arrays(dots);
        uint32_t sizes[4] = {0}, k[2] = {0};
        for (uint32_t i = 1; i < v.count && v.id[i] < 1u << 30; i++)
            k[0] = k[1] = i + 1; /* where seconds and thirds start */
        while (k[1] < v.count && v.id[k[1]] < 2u << 30)
            k[1]++;
        uint32_t two = k[0], three = k[1];
        for (uint32_t i = 0; i < k[0]; i++) {
            const uint32_t second = two < k[1] && v.group[two] == v.id[i];
            const uint32_t third = three < v.count && v.group[three] == v.id[i];
            ck_assert_uint_eq(v.group[i], v.id[i]);
            if (second)
                ck_assert_double_eq_tol(apart(&v, i, &v, two), 0.35, 0.004);
            if (second && third)
                ck_assert_double_eq_tol(apart(&v, i, &v, three), texture ? 0.35 : 0.70, 0.008);
            sizes[1 + second + third]++;
            two += second;
            three += third;
        }
        const double groups = sizes[1] + sizes[2] + sizes[3];
        printf("of %g: %g, %g, %g; %u dots, %g alone\n", groups, sizes[1] / groups,
               sizes[2] / groups, sizes[3] / groups, v.count, alone);
        ck_assert_double_eq_tol(sizes[1] / groups, 0.3, 0.03);
        ck_assert_double_eq_tol(sizes[3] / groups, texture ? 0.7 : 0.175, 0.03);
        ck_assert_double_eq_tol(v.count / alone, 1.0, 0.02);
        smp_dots_destroy(&dots);
        smp_plan_destroy(&plan);
    }
    smp_plan_destroy(&single);
}
END_TEST

/* At full strength rows lie at 55 degrees to the radius about the whorl, all turning one way. */
START_TEST(test_rows_follow_the_whorl)
{
    smp_plan_desc desc;
    smp_pattern_desc pattern;
    smp_plan_desc_init(&desc);
    desc.density_per_cm2 = 40.0f;
    desc.group_share = 1.0f;
    smp_pattern_desc_init(&pattern);
    pattern.whorl_back_mm = 0.0f;
    pattern.whorl_strength = 1.0f;
    for (uint32_t turn = 0; turn < 2; turn++) {
        smp_plan *plan = plan_of(&desc);
        pattern.whorl = turn;
        must(smp_plan_set_pattern(plan, &pattern, &diag));
        smp_dots *dots = dots_of(plan);
        const smp_dots_view v = smp_dots_arrays(dots);
        uint32_t seconds = 0, checked = 0;
        while (v.id[seconds] < 1u << 30)
            seconds++;
        for (uint32_t i = 0, j = seconds; i < seconds && j < v.count; i++) {
            if (v.group[j] != v.id[i])
                continue;
            const double x = (double)v.x_mm[i], z = (double)v.z_mm[i];
            const double dx = (double)(v.x_mm[j] - v.x_mm[i]), dz = (double)(v.z_mm[j] - v.z_mm[i]);
            const double r = sqrt(x * x + z * z), length = sqrt(dx * dx + dz * dz);
            j++;
            if (r < 8.0 || r > 25.0)
                continue; /* nearly level here: angles are seen from above */
            ck_assert_double_eq_tol((x * dx + z * dz) / (r * length), 0.5736, 0.06);
            /* clockwise from above, face up: x to the viewer's left, z up: cross product below 0 */
            ck_assert((x * dz - z * dx > 0.0) == (turn == SMP_WHORL_CLOCKWISE));
            checked++;
        }
        ck_assert_uint_gt(checked, 100);
        smp_dots_destroy(&dots);
        smp_plan_destroy(&plan);
    }
}
END_TEST

/* After each session, the dots in place keep their distance: at regularity 1 0.60 of a hexagonal
 * lattice of as many, everywhere on the top of the head. */
START_TEST(test_sessions_are_even)
{
    static const double shares[3] = {0.3, 0.7, 1.0};
    for (int even = 0; even < 2; even++) {
        smp_plan_desc desc;
        smp_plan_desc_init(&desc);
        desc.density_per_cm2 = 80.0f;
        desc.regularity = (float)even;
        smp_plan *plan = plan_of(&desc);
        smp_dots *dots = dots_of(plan);
        const smp_dots_view v = smp_dots_arrays(dots);
        for (uint32_t s = 0; s < 3; s++) {
            const double hex = sqrt(2.0 / sqrt(3.0) * 100.0 / (80.0 * shares[s]));
            double least = 1e9;
            for (uint32_t i = 0; i < v.count; i++)
                for (uint32_t j = 0; j < i && v.y_mm[i] > 115.0f; j++)
                    if (v.session[i] <= s && v.session[j] <= s && v.y_mm[j] > 110.0f)
                        least = fmin(least, apart(&v, i, &v, j));
            printf("regularity %d, session %u: rho %.3f\n", even, s + 1, least / hex);
            ck_assert_double_ge(least / hex, even ? 0.70 : 0.55);
        }
        smp_dots_destroy(&dots);
        smp_plan_destroy(&plan);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("dots of a plan");
    TCase *tests = tcase_create("dots of a plan");
    tcase_set_timeout(tests, 120.0);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, test_hairs_are_left_alone);
    tcase_add_test(tests, test_zones_and_touch_ups);
    tcase_add_test(tests, test_groups);
    tcase_add_test(tests, test_rows_follow_the_whorl);
    tcase_add_test(tests, test_sessions_are_even);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
