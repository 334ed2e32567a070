/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Cameras near a face whose distance nobody told: of a head of known shape the perspective tells
 * it; of a stranger's, what is said of the uncertainty must hold. */
#include <check.h>
#include <stdlib.h>

#include "rooms/face_scene.h"
#include <smp/smp.h>

enum { CAMERAS = 250 };

static const double distances[4] = {400, 500, 700, 1000};

typedef struct errors {
    double scale, turn;                   /* the worst */
    double scale_squares;                 /* of errors over what was said, summed */
    int found, scale_beyond, turn_beyond; /* beyond three of what was said */
} errors;

static errors run(double distance_mm, double person, double spread)
{
    uint64_t state = 77;
    errors e = {0};
    smp_head head;
    smp_head_init(&head);
    for (int i = 0; i < CAMERAS; i++) {
        const smp_camera camera = random_camera(&state, 40, 30, distance_mm);
        smp_landmarks seen = look(&camera, &head, 1.5, person, &state);
        smp_camera found;
        smp_diag diag;
        seen.noise_px = 1.5;
        seen.spread = spread;
        smp_camera_init(&found);
        if (smp_camera_from_landmarks(&found, &head, &seen, NULL, &diag) != SMP_OK)
            continue;
        const double scale = smpi_log(found.px_per_mm / camera.px_per_mm);
        const double turn = degrees(smpi_rotation_between(found.rotation, camera.rotation));
        e.found++;
        e.scale = fmax(e.scale, fabs(scale));
        e.turn = fmax(e.turn, turn);
        e.scale_squares += scale * scale / (found.scale_sigma * found.scale_sigma);
        e.scale_beyond += fabs(scale) > 3.0 * found.scale_sigma;
        e.turn_beyond += turn > 3.5 * found.pose_sigma_deg;
    }
    return e;
}

START_TEST(a_known_head)
{
    const errors e = run(distances[_i], 0.0, 0.0);
    printf("%4.0f mm, shape known: %d found, scale within %.1f %%, pose within %.1f degrees\n",
           distances[_i], e.found, 100.0 * e.scale, e.turn);
    ck_assert_int_eq(e.found, CAMERAS);
    ck_assert_double_le(e.scale, 0.04);
    ck_assert_double_le(e.turn, 3.0);
}
END_TEST

START_TEST(what_is_said_holds)
{
    const errors e = run(distances[_i], 1.0, 1.0);
    const double rms = sqrt(e.scale_squares / e.found);
    printf("%4.0f mm, people differ: %d found, scale within %.1f %%, %.2f of what is said rms; "
           "beyond three: %d, poses %d\n",
           distances[_i], e.found, 100.0 * e.scale, rms, e.scale_beyond, e.turn_beyond);
    ck_assert_int_ge(e.found, CAMERAS - 10);
    ck_assert_double_le(rms, 1.2);
    ck_assert_int_le(e.scale_beyond, CAMERAS / 50);
    ck_assert_int_le(e.turn_beyond, CAMERAS / 50);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("camera near");
    TCase *tc = tcase_create("all");
    tcase_set_timeout(tc, 300);
    tcase_add_loop_test(tc, a_known_head, 0, 4);
    tcase_add_loop_test(tc, what_is_said_holds, 0, 4);
    suite_add_tcase(s, tc);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
