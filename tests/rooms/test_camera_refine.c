/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Cameras moved onto the outline of a head, from wrong first guesses. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "geometry/head.h"
#include "rooms/face_scene.h"

enum { POINTS = 40 };

static smp_diag diag;

/* Points of the outline of the head, above the tragi, found by walking outwards. */
static void outline_of(const smp_camera *camera, const smp_head *head, double noise_px,
                       uint64_t *state, double uv[2 * POINTS])
{
    const double up[3] = {0, 60, 0};
    double middle[2], xyz[3];
    ck_assert(smp_camera_project(camera, up, middle));
    for (int i = 0; i < POINTS; i++) {
        const double angle = SMPI_PI * (i + 0.5) / POINTS;
        double inside = 0.0, beyond = 200 * camera->px_per_mm;
        for (int k = 0; k < 40; k++) {
            const double half = 0.5 * (inside + beyond);
            const double at[2] = {middle[0] + half * cos(angle), middle[1] - half * sin(angle)};
            if (smp_camera_unproject(camera, head, at, xyz, NULL))
                inside = half;
            else
                beyond = half;
        }
        uv[2 * i] = middle[0] + inside * cos(angle) + noise_px * normal(state);
        uv[2 * i + 1] = middle[1] - inside * sin(angle) + noise_px * normal(state);
    }
}

/* The worst distance in mm, in the picture, of points of the scalp that face the camera. */
static double apart(const smp_camera *a, const smp_camera *b, const smp_head *head)
{
    double worst = 0.0;
    for (int i = 0; i < 200; i++) {
        const double d[3] = {90 * smpi_sin(i * 2.4), 30 + 0.5 * i, 90 * smpi_cos(i * 2.4)};
        double xyz[3], n[3], p[2], q[2];
        smpi_head_surface(head, d, xyz, n);
        const double *r = a->rotation;
        if (r[6] * n[0] + r[7] * n[1] + r[8] * n[2] < 0.3)
            continue;
        ck_assert(smp_camera_project(a, xyz, p) && smp_camera_project(b, xyz, q));
        const double off = sqrt((p[0] - q[0]) * (p[0] - q[0]) + (p[1] - q[1]) * (p[1] - q[1]));
        worst = off > worst ? off : worst;
    }
    return worst / a->px_per_mm;
}

START_TEST(meets_the_outline)
{
    uint64_t state = 31;
    smp_head head;
    smp_head_init(&head);
    for (int i = 0; i < 30; i++) {
        smp_camera truth = random_camera(&state, 180, 30, 0), guess;
        double uv[2 * POINTS];
        outline_of(&truth, &head, 1.0, &state, uv);
        guess = truth;
        guess.pose_sigma_deg = 3.0;
        guess.scale_sigma = 0.035;
        guess.px_per_mm *= 1.03;
        guess.center_px[0] += 14 * truth.px_per_mm;
        guess.center_px[1] -= 8 * truth.px_per_mm;
        const double before = apart(&truth, &guess, &head);
        for (int k = 0; k < 4; k++) { /* an ear, a collar */
            uv[2 * (9 * k + 3)] += 60;
            uv[2 * (9 * k + 3) + 1] += 40;
        }
        smp_camera_fit fit;
        smp_camera_fit_init(&fit);
        if (smp_camera_refine(&guess, &head, uv, POINTS, &fit, &diag) != SMP_OK)
            TEST_DIE("%s", diag.text);
        const double after = apart(&truth, &guess, &head);
        if (!(after < 5.0 && after < 0.5 * before))
            TEST_DIE("%d: %.1f mm before, %.1f after", i, before, after);
        ck_assert(fit.used == POINTS && fit.rms_px < 8 && guess.pose_sigma_deg <= 3.0);
        ck_assert(guess.scale_sigma > 0 && guess.scale_sigma < 0.035);
    }
}
END_TEST

START_TEST(refused)
{
    uint64_t state = 32;
    smp_head head;
    smp_head_init(&head);
    smp_camera truth = random_camera(&state, 30, 30, 0), guess = truth;
    double uv[2 * POINTS];
    outline_of(&truth, &head, 0.0, &state, uv);
    ck_assert_int_eq(smp_camera_refine(&guess, &head, uv, 5, NULL, &diag), SMP_ERR_ARGUMENT);
    guess.px_per_mm *= 2.5; /* which it may not change: scale_sigma is 0 */
    ck_assert_int_eq(smp_camera_refine(&guess, &head, uv, POINTS, NULL, &diag), SMP_ERR_ARGUMENT);
    ck_assert_ptr_nonnull(strstr(diag.text, "of 40 points"));
    uv[7] = NAN;
    ck_assert_int_eq(smp_camera_refine(&truth, &head, uv, POINTS, NULL, &diag), SMP_ERR_RANGE);
    head.shape = SMP_SHAPE_FLAT;
    uv[7] = 0;
    ck_assert_int_eq(smp_camera_refine(&truth, &head, uv, POINTS, NULL, &diag), SMP_ERR_ARGUMENT);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("camera_refine");
    TCase *tc = tcase_create("all");
    tcase_add_test(tc, meets_the_outline);
    tcase_add_test(tc, refused);
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
