/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * One head, many photos: the dots of one plan in pictures from the front, the side, above and
 * behind, against the truth of the synthetic head, and cameras found from points of other views. */
#include <check.h>
#include <stdlib.h>

#include "rooms/face_scene.h"
#include <smp/smp.h>

enum { VIEWS = 5 };

static const float poses[VIEWS][3] = {
    {0, -10, 0}, {60, -20, 5}, {90, 0, 0}, {0, -80, 0}, {180, -20, -5}};

static smp_diag diag;
static smp_context *ctx;
static smp_phantom *phantom[VIEWS];
static smp_preview *preview[VIEWS];
static smp_plan *plan;

static void need(smp_status status)
{
    if (status != SMP_OK)
        TEST_DIE("%s", diag.text);
}

static void draw_all(void)
{
    ctx = test_context(NULL, NULL, SMP_ISA_BEST);
    need(smp_plan_create(ctx, NULL, NULL, &plan, &diag));
    smp_head head;
    smp_head_init(&head);
    for (int i = 0; i < VIEWS; i++) {
        smp_phantom_desc desc;
        smp_phantom_desc_init(&desc);
        desc.width = 300;
        desc.height = 360;
        desc.fill = 0.9f;
        desc.fringe = 0;
        desc.yaw_deg = poses[i][0];
        desc.pitch_deg = poses[i][1];
        desc.roll_deg = poses[i][2];
        need(smp_phantom_create(ctx, &desc, NULL, &phantom[i], &diag));
        const smp_camera camera = smp_phantom_camera(phantom[i]);
        smp_scalp *scalp = NULL;
        need(smp_scalp_create(ctx, smp_phantom_image(phantom[i]), &camera, &head, NULL, NULL, NULL,
                              &scalp, &diag));
        need(smp_preview_create(ctx, scalp, plan, NULL, &preview[i], &diag));
        smp_scalp_destroy(&scalp);
    }
}

static void drop_all(void)
{
    for (int i = 0; i < VIEWS; i++) {
        smp_preview_destroy(&preview[i]);
        smp_phantom_destroy(&phantom[i]);
    }
    smp_plan_destroy(&plan);
    smp_context_destroy(&ctx);
}

/* The truth of a pixel. */
static int point_under(const smp_phantom *of, const double uv[2], double xyz[3])
{
    smp_grid map;
    for (int k = 0; k < 3; k++) {
        need(smp_phantom_get_map(of, (smp_phantom_map)(SMP_PHANTOM_X_MM + k), &map, &diag));
        if (!(uv[0] >= 0 && uv[0] < map.width && uv[1] >= 0 && uv[1] < map.height))
            return 0;
        xyz[k] = (double)map.data[(size_t)uv[1] * map.stride + (size_t)uv[0]];
        if (isnan(xyz[k]))
            return 0;
    }
    return 1;
}

/* Every picture has the same dots, and each falls where the head itself says. */
START_TEST(the_same_dots_in_every_view)
{
    const smp_dots_view first = smp_dots_arrays(smp_preview_dots(preview[0]));
    uint32_t seen = 0, twice = 0;
    ck_assert_uint_gt(first.count, 10000);
    unsigned char *views = calloc(first.count, 1);
    for (int i = 0; i < VIEWS; i++) {
        const smp_dots_view d = smp_dots_arrays(smp_preview_dots(preview[i]));
        const smp_camera camera = smp_phantom_camera(phantom[i]);
        const double *r = camera.rotation;
        ck_assert_uint_eq(d.count, first.count);
        ck_assert_mem_eq(d.x_mm, first.x_mm, d.count * sizeof *d.x_mm);
        ck_assert_mem_eq(d.z_mm, first.z_mm, d.count * sizeof *d.z_mm);
        double worst = 0.0;
        for (uint32_t k = 0; k < d.count; k++) {
            const double n[3] = {(double)d.nx[k], (double)d.ny[k], (double)d.nz[k]};
            const double xyz[3] = {(double)d.x_mm[k], (double)d.y_mm[k], (double)d.z_mm[k]};
            double uv[2], truth[3];
            const double facing = r[6] * n[0] + r[7] * n[1] + r[8] * n[2];
            if (facing < 0.5 || !smp_camera_project(&camera, xyz, uv) ||
                !point_under(phantom[i], uv, truth))
                continue;
            const double off = sqrt((truth[0] - xyz[0]) * (truth[0] - xyz[0]) +
                                    (truth[1] - xyz[1]) * (truth[1] - xyz[1]) +
                                    (truth[2] - xyz[2]) * (truth[2] - xyz[2]));
            worst = off > worst ? off : worst;
            seen++;
            twice += views[k]++ == 1;
        }
        /* Truth stands at a pixel's centre: half its diagonal, over the slant, is all there is. */
        printf("view %d: worst %.2f mm at %.2f px/mm\n", i, worst, camera.px_per_mm);
        ck_assert_double_le(worst, 0.7072 / camera.px_per_mm / 0.5 + 0.05);
    }
    printf("%u dots, seen %u times, %u in two views or more\n", first.count, seen, twice);
    ck_assert_uint_gt(seen, first.count);
    ck_assert_uint_gt(twice, first.count / 4);
    free(views);
}
END_TEST

/* What a user does for a photo from behind: points of another photo lead to its camera. */
START_TEST(a_view_from_another)
{
    uint64_t state = 5;
    for (int from = 1; from < 4; from += 2) { /* the side and the top lead to the back */
        const smp_camera camera = smp_phantom_camera(phantom[from]);
        const smp_camera back = smp_phantom_camera(phantom[4]);
        smp_head head = smp_phantom_head(phantom[from]);
        double xyz[36], uv[24];
        uint32_t count = 0;
        for (int tries = 0; count < 12 && tries < 20000; tries++) {
            const double at[2] = {test_uniform(&state, 0, 300), test_uniform(&state, 0, 360)};
            double n[3], *p = xyz + 3 * count, *q = uv + 2 * count;
            if (!smp_camera_unproject(&camera, &head, at, p, n) || p[1] < 20 ||
                !smp_camera_project(&back, p, q) ||
                back.rotation[6] * n[0] + back.rotation[7] * n[1] + back.rotation[8] * n[2] < 0.2)
                continue;
            q[0] += normal(&state);
            q[1] += normal(&state);
            count++;
        }
        ck_assert_uint_eq(count, 12);
        const smp_points points = {xyz, uv, count, 0};
        smp_landmarks options;
        smp_camera found;
        smp_landmarks_init(&options);
        options.noise_px = 1.0;
        options.distance_mm = 1e7;
        need(smp_camera_from_points(&found, &head, &points, &options, NULL, &diag));
        const double off = degrees(smpi_rotation_between(found.rotation, back.rotation));
        printf("from view %d: %.2f degrees off\n", from, off);
        ck_assert_double_le(off, 4.0);
        ck_assert_double_eq_tol(found.px_per_mm / back.px_per_mm, 1.0, 0.05);
    }
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("geometry_views");
    TCase *tc = tcase_create("all");
    tcase_set_timeout(tc, 300);
    tcase_add_unchecked_fixture(tc, draw_all, drop_all);
    tcase_add_test(tc, the_same_dots_in_every_view);
    tcase_add_test(tc, a_view_from_another);
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
