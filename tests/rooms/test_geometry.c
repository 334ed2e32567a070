/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The head: surface, normals, charts and area. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/math.h"
#include "geometry/head.h"
#include "support.h"

static smp_head default_head(void)
{
    smp_head head;
    smp_head_init(&head);
    return head;
}

/* Arc from the crown by many short chords. */
static double arc_by_steps(const smp_head *head, double azimuth, double polar)
{
    double before[3], sum = 0.0;
    smpi_head_unpolar(head, azimuth, 0.0, before);
    const int steps = 20000;
    for (int i = 1; i <= steps; i++) {
        double p[3];
        smpi_head_unpolar(head, azimuth, polar * i / steps, p);
        const double x = p[0] - before[0], y = p[1] - before[1], z = p[2] - before[2];
        sum += sqrt(x * x + y * y + z * z);
        memcpy(before, p, sizeof p);
    }
    return sum;
}

START_TEST(defaults_are_published_means)
{
    const smp_head head = default_head();
    ck_assert(head.width_mm == 152.0f && head.height_mm == 232.0f);
    ck_assert(head.length_mm == 197.0f && head.vertex_mm == 131.0f);
    const smpi_ellipsoid e = smpi_head_ellipsoid(&head);
    ck_assert_double_eq_tol(e.cy + e.up, 131.0, 1e-12);
    ck_assert_double_eq_tol(e.up, 68.0, 1e-5);
    ck_assert_double_eq_tol(e.up + e.down, 232.0, 1e-5);
}
END_TEST

START_TEST(chart_and_back)
{
    uint64_t state = test_seed();
    for (int i = 0; i < 2000; i++) {
        smp_head head = default_head();
        head.width_mm = (float)test_uniform(&state, 130, 170);
        head.height_mm = (float)test_uniform(&state, 190, 250);
        head.length_mm = (float)test_uniform(&state, 170, 220);
        const double near[3] = {test_uniform(&state, -90, 90), test_uniform(&state, -90, 140),
                                test_uniform(&state, -90, 90)};
        double xyz[3], normal[3], azimuth, arc, back[3], again[3];
        smpi_head_surface(&head, near, xyz, normal);
        smpi_head_chart(&head, xyz, &azimuth, &arc);
        smpi_head_unchart(&head, azimuth, arc, back, again);
        for (int j = 0; j < 3; j++) {
            ck_assert_double_eq_tol(back[j], xyz[j], 1e-8);
            ck_assert_double_eq_tol(again[j], normal[j], 1e-9);
        }
        ck_assert_double_eq_tol(
            normal[0] * normal[0] + normal[1] * normal[1] + normal[2] * normal[2], 1.0, 1e-12);
    }
}
END_TEST

START_TEST(arc_is_the_way_along_the_surface)
{
    smp_head head = default_head();
    for (int wide = 0; wide < 2; wide++) {
        head.width_mm = wide ? 300.0f : 116.0f; /* axes up to twice one another */
        for (double azimuth = -3.0; azimuth < 3.0; azimuth += 0.7)
            for (double polar = 0.3; polar < 3.1; polar += 0.7)
                ck_assert_double_eq_tol(smpi_head_arc_mm(&head, azimuth, polar),
                                        arc_by_steps(&head, azimuth, polar), 1e-3);
    }
}
END_TEST

START_TEST(azimuth_turns_to_the_heads_left)
{
    const smp_head head = default_head();
    const double front[3] = {0, 60, 80}, left[3] = {80, 60, 0}, crown[3] = {0, 131, 0};
    double azimuth, arc;
    smpi_head_chart(&head, front, &azimuth, &arc);
    ck_assert_double_eq_tol(azimuth, 0.0, 1e-15);
    smpi_head_chart(&head, left, &azimuth, &arc);
    ck_assert_double_eq_tol(azimuth, SMPI_PI / 2, 1e-12);
    smpi_head_chart(&head, crown, &azimuth, &arc);
    ck_assert(azimuth == 0.0 && arc == 0.0);
    double xyz[3];
    const smpi_ellipsoid e = smpi_head_ellipsoid(&head);
    const double centre[3] = {0, e.cy, 0};
    smpi_head_surface(&head, centre, xyz, NULL);
    ck_assert_double_eq_tol(xyz[1], 131.0, 1e-12); /* no direction: the crown */
    smpi_head_unchart(&head, 1.0, 1e9, xyz, NULL);
    ck_assert_double_eq_tol(xyz[1], 131.0 - 232.0, 1e-9);
    smpi_head_unchart(&head, 1.0, -5.0, xyz, NULL);
    ck_assert_double_eq_tol(xyz[1], 131.0, 1e-9);
}
END_TEST

START_TEST(area_of_known_solids)
{
    smp_head head = default_head();
    head.width_mm = head.height_mm = head.length_mm = 200.0f;
    head.widest_mm = 100.0f;
    ck_assert_double_eq_tol(smpi_head_area_mm2(&head), 4 * SMPI_PI * 1e4, 0.1);
    head.height_mm = 400.0f;
    head.widest_mm = 200.0f; /* prolate: 2 pi a^2 (1 + c / (a e) asin e) */
    const double e = sqrt(0.75);
    const double want = 2 * SMPI_PI * 1e4 * (1 + 2 / e * asin(e));
    ck_assert_double_eq_tol(smpi_head_area_mm2(&head) / want, 1.0, 1e-6);
    head.height_mm = 300.0f; /* half a ball on half of that */
    head.widest_mm = 100.0f;
    ck_assert_double_eq_tol(smpi_head_area_mm2(&head) / (2 * SMPI_PI * 1e4 + want / 2), 1.0, 1e-6);
    head.shape = SMP_SHAPE_FLAT;
    ck_assert_double_eq_tol(smpi_head_area_mm2(&head), 6e4, 1e-9);
}
END_TEST

START_TEST(flat_patch)
{
    smp_head head = default_head();
    head.shape = SMP_SHAPE_FLAT;
    const double near[3] = {20, 30, 7};
    double xyz[3], normal[3], azimuth, arc, back[3];
    smpi_head_surface(&head, near, xyz, normal);
    ck_assert(xyz[0] == 20 && xyz[1] == 30 && xyz[2] == 0 && normal[2] == -1);
    smpi_head_chart(&head, xyz, &azimuth, &arc);
    smpi_head_unchart(&head, azimuth, arc, back, normal);
    for (int j = 0; j < 3; j++)
        ck_assert_double_eq_tol(back[j], xyz[j], 1e-9);
}
END_TEST

START_TEST(out_of_range_with_words)
{
    smp_head head = default_head(), own;
    smp_diag diag = {0};
    ck_assert_int_eq(smpi_head_read(&own, NULL, &diag), SMP_OK);
    head.width_mm = NAN;
    ck_assert_int_eq(smpi_head_read(&own, &head, &diag), SMP_ERR_RANGE);
    ck_assert_ptr_nonnull(strstr(diag.text, "width_mm"));
    head.width_mm = 152;
    head.shape = 7;
    ck_assert_int_eq(smpi_head_check(&head, NULL), SMP_ERR_RANGE);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("geometry");
    TCase *tc = tcase_create("head");
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, defaults_are_published_means);
    tcase_add_test(tc, chart_and_back);
    tcase_add_test(tc, arc_is_the_way_along_the_surface);
    tcase_add_test(tc, azimuth_turns_to_the_heads_left);
    tcase_add_test(tc, area_of_known_solids);
    tcase_add_test(tc, flat_patch);
    tcase_add_test(tc, out_of_range_with_words);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
