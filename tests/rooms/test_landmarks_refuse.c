/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Landmarks that are too few, ambiguous, contradictory or exchanged are refused with the reason;
 * meshes, points, scales and heads. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "rooms/face_scene.h"

static smp_diag diag;

static smp_camera plain_camera(double yaw, double pitch)
{
    uint64_t state = 1;
    smp_camera camera = random_camera(&state, 0, 0, 2000);
    const smp_pose pose = {yaw, pitch, 4};
    smpi_rotation(&pose, camera.rotation);
    return camera;
}

static smp_landmarks seen_from(double yaw, double pitch)
{
    uint64_t state = 5;
    smp_head head;
    smp_head_init(&head);
    const smp_camera camera = plain_camera(yaw, pitch);
    return look(&camera, &head, 1.0, 0.0, &state);
}

static void keep(smp_landmarks *seen, unsigned set)
{
    for (int i = 0; i < SMP_LANDMARK_COUNT; i++)
        if (!(set >> i & 1))
            seen->visibility[i] = 0.0;
}

static smp_status solve(const smp_landmarks *seen)
{
    smp_camera camera;
    return smp_camera_from_landmarks(&camera, NULL, seen, NULL, &diag);
}

#define REFUSED(seen, words)                                                          \
    do {                                                                              \
        const smp_status got_ = solve(seen);                                          \
        if (got_ != SMP_ERR_ARGUMENT || !strstr(diag.text, words))                    \
            TEST_DIE("%s: %s, want \"%s\"", smp_status_name(got_), diag.text, words); \
    } while (0)

enum { G = 1, EL = 2, ER = 4, TL = 8, TR = 16, N = 32, C = 64 };

START_TEST(too_few_or_ambiguous)
{
    smp_landmarks seen = seen_from(10, -5);
    keep(&seen, 0);
    REFUSED(&seen, "0 points are given");
    seen = seen_from(10, -5);
    keep(&seen, EL | ER);
    REFUSED(&seen, "2 points are given");
    /* Three points of a face that looks ahead: nodding and lifting the chin look the same. */
    static const unsigned sets[] = {EL | TR | C, EL | N | C, ER | N | C, TL | TR | C, G | EL | N};
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        seen = seen_from(10, -5);
        keep(&seen, sets[i]);
        REFUSED(&seen, "two poses fit");
        seen.hint_yaw_deg = 5; /* which a rough hint settles */
        seen.hint_sigma_deg = 10;
        if (solve(&seen) != SMP_OK)
            TEST_DIE("set %zu with a hint: %s", i, diag.text);
    }
    /* All on the midline, hence nearly on one line. */
    seen = seen_from(0, 0);
    keep(&seen, G | N | C);
    REFUSED(&seen, "");
    seen = seen_from(0, 0);
    for (int i = 0; i < 14; i++)
        seen.uv_px[i] = 100.0;
    REFUSED(&seen, "one place");
}
END_TEST

START_TEST(what_suffices)
{
    static const unsigned sets[] = {TL | TR | N,         EL | ER | N | C,      G | EL | ER | C,
                                    G | TL | TR | C,     G | EL | ER | TL | N, EL | ER | TL | TR,
                                    G | EL | ER | N | C, EL | ER | TL | C,     G | EL | TL | C,
                                    G | EL | TL | N | C, EL | TL | TR | N | C};
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        for (int k = 0; k < 9; k++) {
            const double yaw = -30 + 30 * (k % 3), pitch = -20 + 20 * (k / 3);
            if (sets[i] == (EL | ER | TL | TR) && k / 3 == 1)
                continue; /* eyes and tragi are nearly one plane, seen on edge when level */
            smp_landmarks seen = seen_from(yaw, pitch);
            const smp_camera truth = plain_camera(yaw, pitch);
            smp_camera found;
            keep(&seen, sets[i]);
            if (smp_camera_from_landmarks(&found, NULL, &seen, NULL, &diag) != SMP_OK)
                TEST_DIE("set %zu, yaw %g, pitch %g: %s", i, yaw, pitch, diag.text);
            ck_assert_double_le(degrees(smpi_rotation_between(truth.rotation, found.rotation)),
                                2.5 * found.pose_sigma_deg);
        }
    }
}
END_TEST

static void exchange(smp_landmarks *seen, int a, int b)
{
    for (int k = 0; k < 2; k++) {
        const double uv = seen->uv_px[2 * a + k];
        seen->uv_px[2 * a + k] = seen->uv_px[2 * b + k];
        seen->uv_px[2 * b + k] = uv;
    }
}

START_TEST(contradictions_name_the_landmark)
{
    for (int yaw = -25; yaw <= 25; yaw += 25) {
        smp_landmarks seen = seen_from(yaw, -8);
        exchange(&seen, SMP_LANDMARK_EYE_LEFT, SMP_LANDMARK_EYE_RIGHT);
        REFUSED(&seen, "eye_left and eye_right look exchanged");
        seen = seen_from(yaw, -8);
        exchange(&seen, SMP_LANDMARK_TRAGUS_LEFT, SMP_LANDMARK_TRAGUS_RIGHT);
        REFUSED(&seen, "tragus_left and tragus_right look exchanged");
        seen = seen_from(yaw, -8); /* a photo taken in a mirror */
        for (int i = 0; i < SMP_LANDMARK_COUNT; i++)
            seen.uv_px[2 * i] = 1000 - seen.uv_px[2 * i];
        REFUSED(&seen, "mirrored");
        for (int i = 0; i < SMP_LANDMARK_COUNT; i++) {
            seen = seen_from(yaw, -8);
            seen.uv_px[2 * i] += 60;
            seen.uv_px[2 * i + 1] -= 110;
            REFUSED(&seen, smp_landmark_name((smp_landmark)i));
        }
    }
    /* Measured on this very head, a landmark may be off by far less. */
    smp_landmarks seen = seen_from(10, 0);
    seen.spread = 0.0;
    seen.noise_px = 1.5;
    ck_assert_int_eq(solve(&seen), SMP_OK);
    seen.uv_px[2 * SMP_LANDMARK_CHIN] += 25;
    REFUSED(&seen, "chin");
}
END_TEST

START_TEST(scale_from_eyes_and_its_doubts)
{
    const double truth = 400.0 / 152.0;
    smp_camera camera;
    smp_camera_fit fit;
    smp_camera_fit_init(&fit);
    smp_landmarks seen = seen_from(12, -5);
    seen.distance_mm = 2000;
    /* Eyes are 83 mm nearer than the middle; the head is 5 % smaller than usual, perhaps. */
    seen.iris_px = truth * 11.7 * 1.05 * (2000.0 / 1920.0);
    ck_assert_int_eq(smp_camera_from_landmarks(&camera, NULL, &seen, &fit, NULL), SMP_OK);
    ck_assert(camera.px_per_mm > 1.01 * truth && camera.px_per_mm < 1.04 * truth);
    ck_assert(fit.head_scale > 0.96 && fit.head_scale < 0.995);
    ck_assert(camera.scale_sigma > 0.015 && camera.scale_sigma < 0.035);
    seen.iris_px = truth * 11.7 * 1.8;
    REFUSED(&seen, "iris_px contradicts the landmarks");
    seen.iris_px = 0;
    seen.px_per_mm = 0.6 * truth;
    REFUSED(&seen, "px_per_mm contradicts the landmarks");
    seen.px_per_mm = 1.02 * truth;
    seen.pupils_px = truth * 63;
    ck_assert_int_eq(smp_camera_from_landmarks(&camera, NULL, &seen, NULL, NULL), SMP_OK);
    ck_assert_double_eq_tol(camera.px_per_mm / truth, 1.02, 0.01);
    seen.visibility[2] = 1.5;
    ck_assert_int_eq(smp_camera_from_landmarks(&camera, NULL, &seen, NULL, &diag), SMP_ERR_RANGE);
    seen = seen_from(0, 0);
    seen.uv_px[3] = NAN;
    ck_assert_int_eq(smp_camera_from_landmarks(&camera, NULL, &seen, NULL, &diag), SMP_ERR_RANGE);
    smp_head flat;
    smp_head_init(&flat);
    flat.shape = SMP_SHAPE_FLAT;
    seen = seen_from(0, 0);
    ck_assert_int_eq(smp_camera_from_landmarks(&camera, &flat, &seen, NULL, &diag),
                     SMP_ERR_ARGUMENT);
    double xyz[3];
    ck_assert_int_eq(smp_head_landmark(&flat, 0, xyz, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_head_landmark(NULL, SMP_LANDMARK_COUNT, xyz, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_head_landmark(NULL, SMP_LANDMARK_CHIN, xyz, &diag), SMP_OK);
    ck_assert_double_eq_tol(xyz[1], -101, 1e-9);
    ck_assert_ptr_null(smp_landmark_name((smp_landmark)7));
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("landmarks_refuse");
    TCase *tc = tcase_create("all");
    tcase_set_timeout(tc, 300);
    tcase_add_test(tc, too_few_or_ambiguous);
    tcase_add_test(tc, what_suffices);
    tcase_add_test(tc, contradictions_name_the_landmark);
    tcase_add_test(tc, scale_from_eyes_and_its_doubts);
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
