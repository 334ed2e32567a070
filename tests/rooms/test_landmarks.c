/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Cameras from named landmarks: how near they come to the truth, with noise and with people who
 * differ, and whether they are as sure as they say. */
#include <check.h>
#include <stdlib.h>

#include "rooms/face_scene.h"

typedef struct errors {
    double pose_worst, pose_sum, scale_worst, beyond;
    int failed;
} errors;

/* The target: 400 px wide, all landmarks, 1.5 px of noise, a head of known shape. spread 0 says
 * that the shape is known; the default is not told. */
static errors run(double spread, double yaw, double pitch, double distance_mm, int told)
{
    uint64_t state = 77;
    errors e = {0};
    const int times = 500;
    for (int i = 0; i < times; i++) {
        smp_head head;
        smp_head_init(&head);
        head.width_mm = (float)test_uniform(&state, 140, 165);
        head.length_mm = (float)test_uniform(&state, 180, 215);
        smp_camera truth = random_camera(&state, yaw, pitch, distance_mm), found;
        truth.px_per_mm = 400.0 / (double)head.width_mm;
        smp_landmarks seen = look(&truth, &head, 1.5, 0.0, &state);
        seen.spread = spread;
        if (told) /* else it is found: the default */
            seen.distance_mm = distance_mm > 0.0 ? distance_mm : 1e7;
        seen.noise_px = spread > 0.0 ? 0.0 : 1.5;
        smp_diag diag = {0};
        if (smp_camera_from_landmarks(&found, &head, &seen, NULL, &diag) != SMP_OK) {
            e.failed++;
            printf("%s\n", diag.text);
            continue;
        }
        const double off = degrees(smpi_rotation_between(truth.rotation, found.rotation));
        const double scale = fabs(found.px_per_mm / truth.px_per_mm - 1.0);
        e.pose_worst = off > e.pose_worst ? off : e.pose_worst;
        e.scale_worst = scale > e.scale_worst ? scale : e.scale_worst;
        e.pose_sum += off / times;
        e.beyond += (off > 3.0 * found.pose_sigma_deg) / (double)times;
    }
    printf("%s spread %g, yaw +-%g, pitch +-%g, distance %g: pose mean %.2f worst %.2f deg, scale "
           "worst %.2f %%, beyond 3 sigma %.1f %%\n",
           told ? "told" : "found", spread, yaw, pitch, distance_mm, e.pose_sum, e.pose_worst,
           100 * e.scale_worst, 100 * e.beyond);
    return e;
}

/* Narrow and wide poses; the shape known or not, the distance told or not, near and far. */
START_TEST(within_the_target)
{
    static const struct {
        double spread, distance_mm;
        int told;
    } cases[] = {{0, 0, 1},   {1, 0, 1},   {0, 0, 0},   {1, 0, 0},
                 {1, 700, 1}, {0, 700, 0}, {1, 1500, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (int wide = 0; wide < 2; wide++) {
            const errors e = run(cases[i].spread, wide ? 60 : 30, wide ? 45 : 20,
                                 cases[i].distance_mm, cases[i].told);
            ck_assert_int_eq(e.failed, 0);
            ck_assert_double_le(e.pose_worst, 3.0);
            ck_assert_double_le(e.scale_worst, 0.04);
            ck_assert_double_le(e.beyond, 0.03);
        }
    }
}
END_TEST

/* People who differ from the mean as the table says: errors are as large as is said. */
START_TEST(as_sure_as_it_says)
{
    uint64_t state = 3;
    double square = 0.0, said = 0.0, scale = 0.0;
    const int times = 500;
    for (int i = 0; i < times; i++) {
        smp_head head;
        smp_head_init(&head);
        const smp_camera truth = random_camera(&state, 40, 30, 1500);
        smp_camera found;
        smp_camera_fit fit;
        smp_camera_fit_init(&fit);
        const smp_landmarks seen = look(&truth, &head, 1.5, 1.0, &state);
        ck_assert_int_eq(smp_camera_from_landmarks(&found, &head, &seen, &fit, NULL), SMP_OK);
        const double off = degrees(smpi_rotation_between(truth.rotation, found.rotation));
        square += off * off / times;
        for (int k = 0; k < 3; k++)
            said += fit.sigma_deg[k] * fit.sigma_deg[k] / times;
        const double ratio = log(found.px_per_mm / truth.px_per_mm);
        scale += ratio * ratio / times;
        ck_assert_uint_eq(fit.used, 7);
        ck_assert(found.scale_sigma >= 0.035 && found.scale_sigma < 0.08);
        ck_assert(found.pose_sigma_deg > 0.5 && found.pose_sigma_deg < 6.0);
    }
    printf("rms error %.2f deg, said %.2f; scale %.2f %%\n", sqrt(square), sqrt(said),
           100 * sqrt(scale));
    ck_assert(sqrt(square) < 1.3 * sqrt(said) && sqrt(square) > 0.5 * sqrt(said));
    ck_assert_double_le(sqrt(scale), 0.03);
}
END_TEST

/* A camera that is found to be far away is one in weak perspective, whatever the noise says. */
START_TEST(far_is_far)
{
    uint64_t state = 99;
    int far = 0;
    smp_head head;
    smp_head_init(&head);
    for (int i = 0; i < 2000; i++) {
        const smp_camera truth = random_camera(&state, 45, 30, 0);
        smp_landmarks seen = look(&truth, &head, 1.5, 0.0, &state);
        smp_camera found;
        smp_diag diag = {0};
        seen.spread = 0.0;
        seen.noise_px = 1.5;
        if (smp_camera_from_landmarks(&found, NULL, &seen, NULL, &diag) != SMP_OK)
            TEST_DIE("%d: %s", i, diag.text);
        ck_assert(found.distance_mm >= 0.0 && found.distance_mm <= 1e6);
        far += !(found.distance_mm > 0.0);
    }
    ck_assert_int_gt(far, 0);
}
END_TEST

/* Without noise the truth itself comes out, and yaw, pitch and roll go round. */
START_TEST(exact_without_noise)
{
    uint64_t state = 11;
    for (int i = 0; i < 50; i++) {
        smp_head head;
        smp_head_init(&head);
        const smp_camera truth = random_camera(&state, 70, 60, i % 2 ? 900 : 1e7);
        smp_camera found, again;
        smp_landmarks seen = look(&truth, &head, 0.0, 0.0, &state);
        seen.spread = 0.0;
        seen.noise_px = 0.1;
        seen.distance_mm = truth.distance_mm;
        ck_assert_int_eq(smp_camera_from_landmarks(&found, &head, &seen, NULL, NULL), SMP_OK);
        ck_assert_double_le(degrees(smpi_rotation_between(truth.rotation, found.rotation)), 1e-3);
        ck_assert_double_eq_tol(found.px_per_mm / truth.px_per_mm, 1.0, 1e-5);
        ck_assert_double_eq_tol(found.center_px[0], truth.center_px[0], 1e-2);
        const smp_pose pose = smp_camera_pose(&truth);
        smpi_rotation(&pose, again.rotation);
        for (int k = 0; k < 9; k++)
            ck_assert_double_eq_tol(again.rotation[k], truth.rotation[k], 1e-12);
        if (i % 2) { /* the same distance, from the focal length */
            seen.focal_px = truth.distance_mm * truth.px_per_mm;
            seen.distance_mm = 0.0;
            ck_assert_int_eq(smp_camera_from_landmarks(&found, &head, &seen, NULL, NULL), SMP_OK);
            ck_assert_double_eq_tol(found.distance_mm / 900, 1.0, 1e-4);
        }
    }
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("landmarks");
    TCase *tc = tcase_create("all");
    tcase_set_timeout(tc, 300);
    tcase_add_test(tc, within_the_target);
    tcase_add_test(tc, as_sure_as_it_says);
    tcase_add_test(tc, far_is_far);
    tcase_add_test(tc, exact_without_noise);
    suite_add_tcase(s, tc);
    return s;
}

int main(void)
{
    SRunner *runner = srunner_create(suite());
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
