/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Dots from places made once: the same as from none, and untouched where an edit changes nothing.
 */
#include <check.h>
#include <math.h>

#include <smp/dots.h>

#include "plan/plan.h"
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

static smp_dots *dots_of(const smp_places *places, const smp_plan *plan)
{
    smp_dots *dots = NULL;
    must(smp_dots_create_from(ctx, places, plan, NULL, &dots, &diag));
    return dots;
}

static smp_plan_desc sparse(float density)
{
    smp_plan_desc desc;
    smp_plan_desc_init(&desc);
    desc.density_per_cm2 = density;
    return desc;
}

/* All of two dots but what the bits of `but` leave out: 1 session, 2 dose. */
static int same_dot(const smp_dots_view *a, uint32_t i, const smp_dots_view *b, uint32_t j, int but)
{
    const float *const one[] = {a->x_mm, a->y_mm,   a->z_mm,        a->nx,        a->ny,
                                a->nz,   a->top_mm, a->diameter_mm, a->height_mm, a->dose};
    const float *const two[] = {b->x_mm, b->y_mm,   b->z_mm,        b->nx,        b->ny,
                                b->nz,   b->top_mm, b->diameter_mm, b->height_mm, b->dose};
    const size_t count = sizeof one / sizeof *one - (but & 2 ? 1 : 0);
    for (size_t k = 0; k < count; k++)
        if (memcmp(one[k] + i, two[k] + j, sizeof(float)) != 0)
            return 0;
    return a->id[i] == b->id[j] && a->group[i] == b->group[j] &&
           (but & 1 || a->session[i] == b->session[j]);
}

START_TEST(test_places_change_nothing)
{
    smp_plan_desc desc = sparse(25.0f);
    for (int grouped = 0; grouped < 2; grouped++) {
        desc.group_share = grouped ? 0.6f : 0.0f;
        smp_plan *plan = plan_of(&desc);
        smp_places *places = NULL;
        smp_dots *plain = NULL;
        must(smp_places_create(ctx, plan, 90.0f, NULL, &places, &diag));
        ck_assert_int_eq(smp_places_fit(places, plan), 1);
        must(smp_dots_create(ctx, plan, NULL, &plain, &diag));
        smp_dots *from = dots_of(places, plan);
        const smp_dots_view a = smp_dots_arrays(plain), b = smp_dots_arrays(from);
        ck_assert_uint_eq(a.count, b.count);
        for (uint32_t i = 0; i < a.count; i++) {
            ck_assert(same_dot(&a, i, &b, i, 0));
            ck_assert(a.zone[i] == b.zone[i] && (i == 0 || a.id[i] > a.id[i - 1]));
            ck_assert(grouped || a.group[i] == a.id[i]);
        }
        smp_dots_destroy(&plain);
        smp_dots_destroy(&from);
        smp_places_destroy(&places);
        smp_plan_destroy(&plan);
    }
}
END_TEST

START_TEST(test_places_fit_one_head)
{
    smp_plan_desc desc = sparse(10.0f);
    smp_plan *plan = plan_of(&desc);
    smp_places *places = NULL;
    smp_dots *dots = NULL;
    must(smp_places_create(ctx, plan, 0.0f, NULL, &places, &diag));
    ck_assert_uint_gt(smp_places_count(places), 8000);
    for (int i = 0; i < 4; i++) {
        desc = sparse(i == 0 ? 11.0f : 10.0f);
        desc.seed = i == 1 ? 2 : 1;
        desc.regularity = i == 2 ? 0.5f : 0.0f;
        smp_head head;
        smp_head_init(&head);
        head.width_mm = i == 3 ? 150.0f : 152.0f;
        smp_plan *other = NULL;
        must(smp_plan_create(ctx, &head, &desc, &other, &diag));
        ck_assert_int_eq(smp_places_fit(places, other), 0);
        ck_assert_int_eq(smp_dots_create_from(ctx, places, other, NULL, &dots, &diag),
                         SMP_ERR_ARGUMENT);
        ck_assert_ptr_null(dots);
        smp_plan_destroy(&other);
    }
    smp_places_destroy(&places);
    ck_assert_int_eq(smp_places_create(ctx, plan, NAN, NULL, &places, &diag), SMP_ERR_RANGE);
    ck_assert_ptr_null(places);
    smp_places_destroy(&places);
    ck_assert_int_eq(smp_places_fit(NULL, plan), 0);
    ck_assert_uint_eq(smp_places_count(NULL), 0);
    smp_plan_destroy(&plan);
}
END_TEST

/* Four corners about a point of the scalp. */
static void square_about(const double at[3], double half, double xyz[12])
{
    for (int i = 0; i < 4; i++) {
        xyz[3 * i] = at[0] + (i == 0 || i == 3 ? -half : half);
        xyz[3 * i + 1] = at[1];
        xyz[3 * i + 2] = at[2] + (i < 2 ? -half : half);
    }
}

/* One random edit of a plan: the hairline, a zone's density, or one session. Returns the session
 * that was edited, or -1. */
static int edit(smp_plan *plan, uint64_t *state)
{
    const uint32_t kind = (uint32_t)(test_random(state) % 4);
    if (kind == 0) {
        smp_hairline_desc line;
        smp_hairline_desc_init(&line);
        line.height_mm = (float)test_uniform(state, 60.0, 110.0);
        line.style = (uint32_t)(test_random(state) % 4);
        line.irregularity = (float)test_uniform(state, 0.0, 1.0);
        must(smp_plan_set_hairline(plan, &line, &diag));
        return -1;
    }
    if (kind == 1) {
        smp_zone_desc zone;
        smp_zone_desc_init(&zone);
        zone.density_scale = (float)test_uniform(state, 0.0, 1.0);
        must(smp_plan_set_zone(plan, 1 + (uint32_t)(test_random(state) % 2), &zone, &diag));
        return -1;
    }
    smp_session_desc sessions[3];
    for (uint32_t i = 0; i < 3; i++) {
        smp_session_desc_init(&sessions[i]);
        must(smp_plan_get_session(plan, i, &sessions[i], &diag));
    }
    const uint32_t k = (uint32_t)(test_random(state) % 3);
    if (kind == 2)
        sessions[k].dose_scale = (float)test_uniform(state, 0.3, 1.5);
    else if (k < 2)
        sessions[k].share =
            (float)(k ? test_uniform(state, 0.5, 0.9) : test_uniform(state, 0.1, 0.45));
    must(smp_plan_set_sessions(plan, sessions, 3, &diag));
    return (int)k;
}

static int same_tops(const smp_plan *a, const smp_plan *b, const double at[3])
{
    double one[SMPI_GROUPS], two[SMPI_GROUPS];
    uint32_t zone_a, zone_b;
    smpi_spot spot;
    smpi_spot_at(&a->data.head, at, &spot);
    const uint32_t n = smpi_plan_tops(a, &spot, one, &zone_a);
    return smpi_plan_tops(b, &spot, two, &zone_b) == n && zone_a == zone_b &&
           memcmp(one + n - 1, two + n - 1, sizeof *one) == 0;
}

/* Of all places that had or have a dot: nothing changed where the plan's density did not, but for
 * dots of an edited session, or of the one that took them over. */
static void expect_untouched(const smp_plan *was, const smp_dots_view *a, const smp_plan *is,
                             const smp_dots_view *b, int session)
{
    uint32_t i = 0, j = 0;
    while (i < a->count || j < b->count) {
        const int both = i < a->count && j < b->count && a->id[i] == b->id[j];
        const int first = i < a->count && (j == b->count || a->id[i] <= b->id[j]);
        const smp_dots_view *v = first ? a : b;
        const uint32_t k = first ? i : j;
        const double at[3] = {(double)v->x_mm[k], (double)v->y_mm[k], (double)v->z_mm[k]};
        const int same = same_tops(was, is, at);
        if (!both && same)
            ck_abort_msg("dot %u came or went", v->id[k]);
        if (both && !same_dot(a, i, b, j, 3))
            ck_abort_msg("dot %u moved", v->id[k]);
        if (both && same && !same_dot(a, i, b, j, 0)) {
            const int near_it = a->session[i] == session || b->session[j] == session;
            if (session < 0 || !near_it)
                ck_abort_msg("dot %u changed with session %d", v->id[k], session);
        }
        i += both || first;
        j += both || !first;
    }
}

START_TEST(test_edits_leave_the_others)
{
    enum { EDITS = 240 };
    uint64_t state = test_seed();
    const double crown[3] = {0.0, 131.0, 0.0}, side[3] = {50.0, 105.0, 10.0};
    double xyz[12];
    smp_plan_desc desc = sparse(12.0f);
    smp_plan *plan = plan_of(&desc);
    smp_zone_desc zone;
    smp_zone_desc_init(&zone);
    square_about(crown, 22.0, xyz);
    must(smp_plan_add_zone(plan, &zone, xyz, 4, NULL, &diag));
    square_about(side, 12.0, xyz);
    must(smp_plan_add_zone(plan, &zone, xyz, 4, NULL, &diag));
    smp_places *places = NULL;
    must(smp_places_create(ctx, plan, 0.0f, NULL, &places, &diag));
    smp_dots *dots = dots_of(places, plan);
    for (int i = 0; i < EDITS; i++) {
        smp_plan *before = NULL;
        must(smp_plan_copy(ctx, plan, &before, &diag));
        const int session = edit(plan, &state);
        smp_dots *after = dots_of(places, plan);
        const smp_dots_view a = smp_dots_arrays(dots), b = smp_dots_arrays(after);
        expect_untouched(before, &a, plan, &b, session);
        smp_plan_destroy(&before);
        smp_dots_destroy(&dots);
        dots = after;
    }
    printf("%d edits, %u dots at the end\n", EDITS, smp_dots_arrays(dots).count);
    smp_dots_destroy(&dots);
    smp_places_destroy(&places);
    smp_plan_destroy(&plan);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("places of dots");
    TCase *tests = tcase_create("places of dots");
    tcase_set_timeout(tests, 120.0);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, test_places_change_nothing);
    tcase_add_test(tests, test_places_fit_one_head);
    tcase_add_test(tests, test_edits_leave_the_others);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
