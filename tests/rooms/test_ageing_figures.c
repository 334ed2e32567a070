/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The figures of docs/model/time.md, one by one: what each habit, pigment, depth and laser does to
 * a dot, worked out here by hand. A figure that changes must change there, too. */
#include <check.h>
#include <math.h>

#include <smp/ageing.h>

#include "ageing/heal.h"
#include "ageing/laser.h"
#include "ageing/pace.h"
#include "support.h"

#define NEAR(value, wanted) ck_assert_double_eq_tol((value), (wanted), 1e-9)

/* The pace with one habit changed; 1 for the typical person. */
static double with(size_t habit, double value)
{
    smpi_habits h;
    smpi_habits_init(&h);
    memcpy((char *)&h + habit, &value, sizeof value);
    return smpi_habits_pace(&h);
}

#define WITH(habit, value) with(offsetof(smpi_habits, habit), (value))

/* Sun's share is 0.58, and saturates: 3 d / (2 + d) of a dose d over the typical one. */
static double sun(double dose)
{
    return 0.42 + 0.58 * 3 * dose / (2 + dose);
}

START_TEST(habits)
{
    static const double passed[6] = {1.30, 1.15, 1.00, 0.75, 0.50, 0.35};
    NEAR(WITH(lifestyle, 0), 1);
    NEAR(WITH(lifestyle, 1), 1.2);
    NEAR(WITH(lifestyle, -1), 0.8);
    NEAR(WITH(oiliness, 1), 1.25);
    NEAR(WITH(oiliness, 0), 1.05);
    NEAR(WITH(exfoliation, 1), 1.225);
    NEAR(WITH(exfoliation, 0), 0.925);
    NEAR(WITH(immune, 1), 1.3);
    NEAR(WITH(immune, 0), 0.7);
    NEAR(WITH(variation, 1), exp(0.25));
    NEAR(WITH(sun_hours, 0), 0.42);
    NEAR(WITH(sun_hours, 4), sun(4));
    NEAR(WITH(sunscreen, 0), sun(1 / 0.73));
    NEAR(WITH(sunscreen, 1), sun(0.1 / 0.73));
    for (int type = 1; type <= 6; type++)
        NEAR(WITH(skin_type, type), sun(passed[type - 1]));
    NEAR(WITH(skin_type, 3.5), sun(0.875));
    NEAR(WITH(skin_type, 0), sun(passed[0]));
    NEAR(WITH(skin_type, 9), sun(passed[5]));
}
END_TEST

START_TEST(columns)
{
    static const double rates[SMP_PIGMENT_COMPONENTS] = {1.1, 1.0, 1.8, 3.0, 2.6, 0.6};
    for (int k = 0; k < SMP_PIGMENT_COMPONENTS; k++)
        NEAR(smpi_component_rate[k], rates[k]);
    NEAR(smpi_depth_pace(0.1, 0.25), 1);
    NEAR(smpi_depth_pace(0.3, 0.25), exp(-1));
    NEAR(smpi_depth_pace(2, 0.25), 0.12);
    NEAR(smpi_depth_pace(0, 0.05), fmin(exp(1), 2.5));
    NEAR(smpi_needle_pace(0.25), 1);
    NEAR(smpi_needle_pace(0.35), pow(0.25 / 0.35, 0.3));
    NEAR(smpi_needle_pace(0.01), 1.4);
    NEAR(smpi_needle_pace(5), 0.75);
    NEAR(smpi_dose_pace(4), 1);
    NEAR(smpi_dose_pace(14), 1 / 1.5);
    NEAR(smpi_dermal_share(0.1, 0.25), 1);
    NEAR(smpi_dermal_share(0.04, 0.1), 0.6);
    NEAR(smpi_dermal_share(0.01, 0.05), 0);
    NEAR(smpi_diffusion(0.1, 0.25, 2), 0.0002);
    NEAR(smpi_diffusion(0.5, 0.25, 2), 0.0011);
    NEAR(smpi_diffusion(0.1, 1, 2), 0.0011);
    NEAR(smpi_diffusion(0.1, 0.25, 12), 0.0011);
}
END_TEST

/* Scabs fall on days 5 to 10, evenly; nothing is seen of healing before it, and after six weeks. */
START_TEST(healing)
{
    double least = 99, most = 0, sum = 0;
    for (uint32_t id = 0; id < 20000; id++) {
        const double day = smpi_shed_day(3, id);
        least = fmin(least, day);
        most = fmax(most, day);
        sum += day / 20000;
    }
    ck_assert(least >= 5 && least < 5.01 && most < 10 && most > 9.99);
    ck_assert_double_eq_tol(sum, 7.5, 0.03);
    NEAR(smpi_scab_holds(6.9, 7.3), 1);
    NEAR(smpi_scab_holds(7.3, 7.3), 0.5);
    NEAR(smpi_scab_holds(7.7, 7.3), 0);
    static const double never[] = {-0.001, 42.001, (double)NAN, (double)INFINITY};
    for (int i = 0; i < 4; i++) {
        const smpi_healing h = smpi_heal(never[i]);
        ck_assert(h.scab == 0 && h.wide == 0 && h.dip == 0 && h.swell == 0 && h.red == 0);
    }
    const smpi_healing fresh = smpi_heal(0), week = smpi_heal(10), third = smpi_heal(3);
    NEAR(fresh.scab, 0.4);
    NEAR(fresh.wide, 0.05);
    NEAR(fresh.swell, 0.02);
    NEAR(fresh.red, 1);
    NEAR(third.scab, 0.4 * 0.8 + 0.25);
    NEAR(third.wide, 0.07);
    NEAR(third.red, exp(-pow(3 / 2.2, 1.3)) * 0.7);
    NEAR(week.dip, 0.4);
    NEAR(week.red, 0);
    NEAR(smpi_heal(26).dip, 0);
}
END_TEST

START_TEST(lasers)
{
    static const double over_carbon[SMP_PIGMENT_COMPONENTS] = {1, 1, 0.6, 0.5, 0.8, 0.2};
    double c[SMP_PIGMENT_COMPONENTS];
    smpi_target t = {2, 0.225, 3, 0.5};
    smpi_laser_clears(&t, c);
    for (int k = 0; k < SMP_PIGMENT_COMPONENTS; k++)
        NEAR(c[k], 0.5 * over_carbon[k]);
    t.dose = 18; /* pigment shades pigment: 16 more halve it */
    smpi_laser_clears(&t, c);
    NEAR(c[0], 0.25);
    t = (smpi_target){1, 0.225 + 2.5, 3, 0.5};
    smpi_laser_clears(&t, c);
    NEAR(c[0], 0.5 * exp(-1));
    t = (smpi_target){2, 0.1, 6, 0.5};
    smpi_laser_clears(&t, c);
    NEAR(c[0], 0.5 * 6.5 / 9.5);
    t = (smpi_target){2, 0.1, 1, 0.95};
    smpi_laser_clears(&t, c);
    NEAR(c[0], 0.95);
    NEAR(smpi_laser_carried(12), 1 - exp(-1));
    NEAR(smpi_laser_carried(0), 0);
}
END_TEST

START_TEST(refusals)
{
    uint32_t sessions = 7;
    smp_pigment none;
    smp_diag diag;
    smp_context *ctx = test_context(NULL, NULL, SMP_ISA_BEST);
    smp_plan *plan;
    smp_dots *dots;
    smp_head patch;
    float f[4000];
    smp_pigment_init(&none);
    none.carbon_coarse = 0;
    ck_assert_int_eq(smp_laser_sessions(NULL, &none, &sessions, NULL, &diag), SMP_ERR_ARGUMENT);
    ck_assert(sessions == 7 && diag.text[0]);
    smp_head_init(&patch);
    patch.shape = SMP_SHAPE_FLAT;
    patch.width_mm = patch.height_mm = 10;
    ck_assert_int_eq(smp_plan_create(ctx, &patch, NULL, &plan, NULL), SMP_OK);
    ck_assert_int_eq(smp_dots_create(ctx, plan, NULL, &dots, NULL), SMP_OK);
    ck_assert_uint_lt(smp_dots_arrays(dots).count, 600);
    static const double days[] = {-1.001, 36500.5, (double)NAN};
    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(smp_dots_age(ctx, plan, dots, days[i], f, f, NULL), SMP_ERR_RANGE);
        ck_assert_int_eq(smp_dots_left(ctx, plan, dots, days[i], f, NULL, NULL), SMP_ERR_RANGE);
    }
    ck_assert_int_eq(smp_dots_age(ctx, plan, dots, -1, f, f, NULL), SMP_OK);
    ck_assert_int_eq(smp_dots_left(ctx, plan, dots, 36500, f, NULL, NULL), SMP_OK);
    smp_session_desc one;
    smp_session_desc_init(&one);
    ck_assert_int_eq(smp_plan_set_sessions(plan, &one, 1, NULL), SMP_OK);
    ck_assert_int_eq(smp_dots_age(ctx, plan, dots, 9, f, f, &diag), SMP_ERR_ARGUMENT);
    ck_assert_ptr_nonnull(strstr(diag.text, "the plan has 1"));
    smp_dots_destroy(&dots);
    smp_plan_destroy(&plan);
    smp_context_destroy(&ctx);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ageing");
    TCase *tests = tcase_create("figures");
    tcase_add_test(tests, habits);
    tcase_add_test(tests, columns);
    tcase_add_test(tests, healing);
    tcase_add_test(tests, lasers);
    tcase_add_test(tests, refusals);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
