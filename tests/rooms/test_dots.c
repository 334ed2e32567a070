/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Dots of a plan: the density and the sessions that it wants, and what stays when it is edited. */
#include <check.h>
#include <math.h>

#include <smp/dots.h>

#include "support.h"

static smp_context *ctx;

static void setup(void)
{
    ctx = test_context(NULL, NULL, SMP_ISA_BEST);
}

static void teardown(void)
{
    smp_context_destroy(&ctx);
}

static smp_plan *plan_of(const smp_head *head, const smp_plan_desc *desc)
{
    smp_plan *plan = NULL;
    smp_diag diag;
    if (smp_plan_create(ctx, head, desc, &plan, &diag) != SMP_OK)
        TEST_DIE("%s", diag.text);
    return plan;
}

static smp_dots *dots_of(const smp_plan *plan)
{
    smp_dots *dots = NULL;
    smp_diag diag;
    if (smp_dots_create(ctx, plan, NULL, &dots, &diag) != SMP_OK)
        TEST_DIE("%s", diag.text);
    return dots;
}

static smp_plan_desc sparse(float density)
{
    smp_plan_desc desc;
    smp_plan_desc_init(&desc);
    desc.density_per_cm2 = density;
    return desc;
}

/* Where a dot with an id is in a view; ids rise. */
static uint32_t find(const smp_dots_view *view, uint32_t id)
{
    uint32_t low = 0, high = view->count;
    while (low < high) {
        const uint32_t middle = (low + high) / 2;
        if (view->id[middle] < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < view->count && view->id[low] == id ? low : UINT32_MAX;
}

/* Two views agree on a dot in all but its session and dose. */
static int same_body(const smp_dots_view *a, uint32_t i, const smp_dots_view *b, uint32_t j)
{
    const float *const one[] = {a->x_mm, a->y_mm,   a->z_mm,        a->nx,       a->ny,
                                a->nz,   a->top_mm, a->diameter_mm, a->height_mm};
    const float *const two[] = {b->x_mm, b->y_mm,   b->z_mm,        b->nx,       b->ny,
                                b->nz,   b->top_mm, b->diameter_mm, b->height_mm};
    for (size_t k = 0; k < sizeof one / sizeof *one; k++)
        if (memcmp(one[k] + i, two[k] + j, sizeof(float)) != 0)
            return 0;
    return 1;
}

START_TEST(test_default_head)
{
    smp_plan *plan = plan_of(NULL, NULL);
    smp_dots *dots = dots_of(plan);
    const smp_dots_view v = smp_dots_arrays(dots);
    smp_plan_desc desc;
    smp_plan_desc_init(&desc);
    double diameter = 0.0, square = 0.0, dose = 0.0, sessions[3] = {0};
    printf("default head: %u dots\n", v.count);
    ck_assert_uint_gt(v.count, 30000);
    ck_assert_uint_lt(v.count, 90000);
    for (uint32_t i = 0; i < v.count; i++) {
        const double at[3] = {(double)v.x_mm[i], (double)v.y_mm[i], (double)v.z_mm[i]};
        const double n = (double)(v.nx[i] * v.nx[i] + v.ny[i] * v.ny[i] + v.nz[i] * v.nz[i]);
        if (!(smp_plan_density(plan, at) > 0.0) || !(fabs(n - 1.0) < 1e-5) ||
            !(v.top_mm[i] >= 0.04f && v.top_mm[i] < 0.2f) || !(v.dose[i] > 0.5f) ||
            v.session[i] > 2 || (i && v.id[i] <= v.id[i - 1]) || v.height_mm[i] != desc.height_mm)
            ck_abort_msg("dot %u: %g %g %g, top %g dose %g session %u", i, at[0], at[1], at[2],
                         (double)v.top_mm[i], (double)v.dose[i], v.session[i]);
        diameter += (double)v.diameter_mm[i] / v.count;
        square += (double)(v.diameter_mm[i] * v.diameter_mm[i]) / v.count;
        dose += (double)v.dose[i] / v.count;
        sessions[v.session[i]] += 1.0 / v.count;
    }
    ck_assert_double_eq_tol(diameter, 0.25, 0.002);
    ck_assert_double_eq_tol(sqrt(square - diameter * diameter) / diameter, 0.12, 0.006);
    ck_assert_double_eq_tol(dose, 3.0, 0.02);
    ck_assert_double_eq_tol(sessions[0], 0.3, 0.005);
    ck_assert_double_eq_tol(sessions[1], 0.4, 0.005);
    smp_dots_destroy(&dots);
    smp_plan_destroy(&plan);
}
END_TEST

/* The rms difference between dots and the plan's density in discs about points of the crown and
 * the sides, off the edges. A ball of radius r about a point cuts pi r^2 out of a sphere. */
static double followed(const smp_plan *plan, const smp_dots_view *v, double radius)
{
    const double pi = 3.141592653589793;
    uint64_t state = test_seed();
    double error = 0.0, n = 0.0;
    while (n < 120.0) {
        const uint32_t k = (uint32_t)(test_random(&state) % v->count);
        const double middle[3] = {(double)v->x_mm[k] + 0.3, (double)v->y_mm[k], (double)v->z_mm[k]};
        double count = 0.0, inside = 1.0;
        for (uint32_t i = 0; i < v->count; i++) {
            const double at[3] = {(double)v->x_mm[i], (double)v->y_mm[i], (double)v->z_mm[i]};
            const double x = at[0] - middle[0], y = at[1] - middle[1], z = at[2] - middle[2];
            const double away = x * x + y * y + z * z;
            count += away < radius * radius;
            if (away < 1.44 * radius * radius && smp_plan_density(plan, at) < 109.9)
                inside = 0.0;
        }
        const double off = count / (150.0 * pi * radius * radius / 100.0) - 1.0;
        error += inside * off * off;
        n += inside;
    }
    return sqrt(error / n);
}

START_TEST(test_density_is_followed)
{
    smp_plan *plan = plan_of(NULL, NULL);
    smp_dots *dots = dots_of(plan);
    const smp_dots_view v = smp_dots_arrays(dots);
    const double one = followed(plan, &v, 5.6419), ten = followed(plan, &v, 17.841);
    printf("%u dots: rms %.2f %% in 1 cm2, %.2f %% in 10 cm2\n", v.count, 100.0 * one, 100.0 * ten);
    ck_assert_double_le(one, 0.05);
    ck_assert_double_le(ten, 0.02);
    smp_dots_destroy(&dots);
    smp_plan_destroy(&plan);
}
END_TEST

/* Random edits: a dot that both plans have is the same dot; none came or went where the density did
 * not change. */
START_TEST(test_edits_leave_the_others)
{
    uint64_t state = test_seed();
    smp_plan_desc desc = sparse(20.0f);
    smp_plan *plan = plan_of(NULL, &desc), *edited = plan_of(NULL, &desc);
    smp_dots *before = dots_of(plan);
    const smp_dots_view a = smp_dots_arrays(before);
    for (int round = 0; round < 6; round++) {
        smp_hairline_desc line;
        smp_diag diag;
        smp_hairline_desc_init(&line);
        desc.density_per_cm2 = round % 2 ? 20.0f : (float)test_uniform(&state, 5.0, 40.0);
        line.height_mm = round ? (float)test_uniform(&state, 60.0, 110.0) : line.height_mm;
        line.style = (uint32_t)round % 4;
        ck_assert_int_eq(smp_plan_set(edited, &desc, &diag), SMP_OK);
        ck_assert_int_eq(smp_plan_set_hairline(edited, &line, &diag), SMP_OK);
        smp_dots *after = dots_of(edited);
        const smp_dots_view b = smp_dots_arrays(after);
        uint32_t shared = 0;
        for (uint32_t i = 0; i < a.count; i++) {
            const double at[3] = {(double)a.x_mm[i], (double)a.y_mm[i], (double)a.z_mm[i]};
            const uint32_t j = find(&b, a.id[i]);
            const double was = smp_plan_density(plan, at), is = smp_plan_density(edited, at);
            if (j == UINT32_MAX ? is >= was : !same_body(&a, i, &b, j))
                ck_abort_msg("round %d: dot %u (density %g, then %g) changed", round, i, was, is);
            if (j != UINT32_MAX && is == was &&
                (a.session[i] != b.session[j] || memcmp(a.dose + i, b.dose + j, sizeof(float))))
                ck_abort_msg("round %d: session or dose of dot %u changed", round, i);
            shared += j != UINT32_MAX;
        }
        ck_assert_uint_gt(shared, a.count / 8);
        smp_dots_destroy(&after);
    }
    smp_dots_destroy(&before);
    smp_plan_destroy(&edited);
    smp_plan_destroy(&plan);
}
END_TEST

/* Another dilution of one session changes the dose of its dots and nothing else; a session more
 * leaves every dot where it was. */
START_TEST(test_sessions_edit)
{
    smp_plan_desc desc = sparse(15.0f);
    smp_plan *plan = plan_of(NULL, &desc);
    smp_dots *before = dots_of(plan), *after;
    smp_session_desc sessions[4];
    smp_diag diag;
    for (uint32_t i = 0; i < 4; i++) {
        smp_session_desc_init(&sessions[i]);
        sessions[i].day = 10.0 * i;
        sessions[i].share = i == 0 ? 0.3f : i == 1 ? 0.7f : i == 2 ? 0.9f : 1.0f;
    }
    sessions[1].dose_scale = 0.5f;
    ck_assert_int_eq(smp_plan_set_sessions(plan, sessions, 4, &diag), SMP_OK);
    after = dots_of(plan);
    const smp_dots_view a = smp_dots_arrays(before), b = smp_dots_arrays(after);
    ck_assert_uint_eq(a.count, b.count);
    for (uint32_t i = 0; i < a.count; i++) {
        ck_assert_uint_eq(a.id[i], b.id[i]);
        ck_assert(same_body(&a, i, &b, i));
        const float scale = b.session[i] == 1 ? 0.5f : 1.0f;
        ck_assert_float_eq_tol(b.dose[i], scale * a.dose[i], 1e-5f * a.dose[i]);
        if (a.session[i] < 2)
            ck_assert_uint_eq(a.session[i], b.session[i]);
    }
    smp_dots_destroy(&before);
    smp_dots_destroy(&after);
    smp_plan_destroy(&plan);
}
END_TEST

START_TEST(test_seed_changes_all)
{
    smp_plan_desc desc = sparse(10.0f);
    smp_plan *one = plan_of(NULL, &desc);
    desc.seed = 2;
    smp_plan *two = plan_of(NULL, &desc);
    smp_dots *a = dots_of(one), *b = dots_of(two);
    const smp_dots_view v = smp_dots_arrays(a), w = smp_dots_arrays(b);
    for (uint32_t i = 0; i < v.count && i < w.count; i++)
        ck_assert_float_ne(v.x_mm[i], w.x_mm[i]);
    smp_dots_destroy(&a);
    smp_dots_destroy(&b);
    smp_plan_destroy(&one);
    smp_plan_destroy(&two);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("dots");
    TCase *tests = tcase_create("dots");
    tcase_set_timeout(tests, 120.0);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, test_default_head);
    tcase_add_test(tests, test_density_is_followed);
    tcase_add_test(tests, test_edits_leave_the_others);
    tcase_add_test(tests, test_sessions_edit);
    tcase_add_test(tests, test_seed_changes_all);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
