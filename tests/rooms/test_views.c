/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * One head from several photos at once: heads of random shape whose ears sit elsewhere, seen from
 * the front, the side, above and behind; and what is refused. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "geometry/views.h"
#include "rooms/face_scene.h"
#include <smp/smp.h>

enum { VIEWS = 4, HEADS = 12, EDGE = 40, TIES = 24 };

static const double poses[VIEWS][3] = {{0, -5, 0}, {-88, 0, 3}, {0, -75, 0}, {178, -12, -2}};

static smp_diag diag;

/* A person: shape, ears, face; its four cameras and what is seen in each photo. */
typedef struct scene {
    smp_head head;
    smp_camera camera[VIEWS], guess[VIEWS];
    smp_landmarks marks[2];
    const smp_landmarks *known[VIEWS];
    double outline[2 * VIEWS * EDGE], ties[6 * TIES];
    uint32_t edges[VIEWS];
    smp_views views;
} scene;

static smp_head person(uint64_t *state)
{
    smp_head head;
    smp_head_init(&head);
    head.width_mm *= (float)(1.0 + 0.04 * normal(state));
    head.height_mm *= (float)(1.0 + 0.04 * normal(state));
    head.vertex_mm *= (float)(1.0 + 0.04 * normal(state));
    head.length_mm *= (float)(1.0 + 0.04 * normal(state));
    head.widest_mm = (float)(0.293 * (double)head.height_mm * (1.0 + 0.1 * normal(state)));
    head.ears_mm = (float)test_uniform(state, -15, 15);
    return head;
}

/* Points of the outline: where a search along a direction leaves the head. */
static void draw_outline(const scene *s, int v, double *uv, uint64_t *state)
{
    for (int i = 0; i < EDGE; i++) {
        /* the upper half: the skull */
        const double angle = SMPI_PI * (v == 2 ? 2.0 * i / EDGE : (i + 0.5) / EDGE);
        double least = 0.0, most = 700.0, middle[2], xyz[3];
        const double crown[3] = {0.0, 40.0, 0.0};
        TEST_ASSERT(smp_camera_project(&s->camera[v], crown, middle));
        for (int step = 0; step < 30; step++) {
            const double r = 0.5 * (least + most);
            const double at[2] = {middle[0] + r * smpi_cos(angle), middle[1] - r * smpi_sin(angle)};
            if (smp_camera_unproject(&s->camera[v], &s->head, at, xyz, NULL))
                least = r;
            else
                most = r;
        }
        uv[2 * i] = middle[0] + least * smpi_cos(angle) + 1.5 * normal(state);
        uv[2 * i + 1] = middle[1] - least * smpi_sin(angle) + 1.5 * normal(state);
    }
}

static int in_view(const smp_camera *camera, const double xyz[3], const double n[3], double uv[2])
{
    const double *r = camera->rotation;
    return r[6] * n[0] + r[7] * n[1] + r[8] * n[2] > 0.35 && smp_camera_project(camera, xyz, uv);
}

static void draw_ties(scene *s, uint64_t *state)
{
    static const int pairs[4][2] = {{0, 2}, {1, 2}, {1, 3}, {2, 3}};
    for (int i = 0; i < TIES;) {
        double near_by[3], xyz[3], n[3], *tie = s->ties + 6 * (size_t)i;
        for (int k = 0; k < 3; k++)
            near_by[k] = normal(state);
        near_by[1] = 60.0 * fabs(near_by[1]) + 60.0;
        near_by[0] *= 60.0;
        near_by[2] *= 80.0;
        smpi_head_surface(&s->head, near_by, xyz, n);
        tie[0] = pairs[i % 4][0];
        tie[1] = pairs[i % 4][1];
        if (!in_view(&s->camera[pairs[i % 4][0]], xyz, n, tie + 2) ||
            !in_view(&s->camera[pairs[i % 4][1]], xyz, n, tie + 4))
            continue;
        for (int k = 2; k < 6; k++)
            tie[k] += 1.5 * normal(state);
        i++;
    }
}

/* told: the scale of every photo with a face is known; person: by how much faces differ. */
static void make(scene *s, uint64_t *state, int told, double differs)
{
    memset(s, 0, sizeof *s);
    s->head = person(state);
    for (int v = 0; v < VIEWS; v++) {
        const smp_pose pose = {poses[v][0], poses[v][1], poses[v][2]};
        smp_camera_init(&s->camera[v]);
        smpi_rotation(&pose, s->camera[v].rotation);
        s->camera[v].center_px[0] = 500;
        s->camera[v].center_px[1] = 600;
        s->camera[v].px_per_mm = 400.0 / 152.0 * (1.0 + 0.1 * v);
        draw_outline(s, v, s->outline + 2 * (size_t)(v * EDGE), state);
        s->edges[v] = EDGE;
        s->guess[v] = s->camera[v];
        const double turn[3] = {0.12 * normal(state), 0.12 * normal(state), 0.12 * normal(state)};
        smpi_rotation_turn(s->guess[v].rotation, turn);
        s->guess[v].center_px[0] += 30 * normal(state);
        s->guess[v].center_px[1] += 30 * normal(state);
        s->guess[v].px_per_mm *= 1.0 + 0.05 * normal(state);
    }
    for (int v = 0; v < 2; v++) {
        uint64_t same = *state; /* the same face in both photos, other noise */
        s->marks[v] = look(&s->camera[v], &s->head, 0.0, differs, &same);
        for (int k = 0; k < 14; k++)
            s->marks[v].uv_px[k] += 1.5 * normal(&same);
        s->marks[v].noise_px = 1.5;
        if (told)
            s->marks[v].px_per_mm = s->camera[v].px_per_mm;
        s->known[v] = &s->marks[v];
        if (v) {
            *state = same;
            s->marks[v].visibility[SMP_LANDMARK_TRAGUS_RIGHT] = 0.0;
            s->marks[v].visibility[SMP_LANDMARK_EYE_RIGHT] = 0.0;
        }
    }
    draw_ties(s, state);
    s->views = (smp_views){s->known, s->outline, s->edges, s->ties, TIES, VIEWS};
}

/* How far a dot of the found head falls from itself between two photos, on the true head: rms. */
static double dots_apart_mm(const scene *s, const smp_head *head, const smp_camera *found, int a,
                            int b, uint64_t *state)
{
    double sum = 0.0;
    int count = 0;
    while (count < 300) {
        const double near_by[3] = {60 * normal(state), 40 + fabs(60 * normal(state)),
                                   80 * normal(state)};
        double xyz[3], n[3], uv[2], at[2][3];
        smpi_head_surface(head, near_by, xyz, n);
        if (!in_view(&found[a], xyz, n, uv) ||
            !smp_camera_unproject(&s->camera[a], &s->head, uv, at[0], NULL) ||
            !in_view(&found[b], xyz, n, uv) ||
            !smp_camera_unproject(&s->camera[b], &s->head, uv, at[1], NULL))
            continue;
        for (int k = 0; k < 3; k++)
            sum += (at[0][k] - at[1][k]) * (at[0][k] - at[1][k]);
        count++;
    }
    return sqrt(sum / count);
}

/* Shape, ears, pose, scale, and the same dots at the same place of the skin. */
static void check_heads(int told, double differs, double turn_most, double scale_most)
{
    uint64_t state = 11;
    double turn = 0.0, scale = 0.0, apart = 0.0, ears = 0.0, honest = 0.0;
    for (int i = 0; i < HEADS; i++) {
        scene s;
        smp_camera found[VIEWS];
        smp_camera_fit fits[VIEWS];
        smp_head head;
        make(&s, &state, told, differs);
        smp_head_init(&head);
        memcpy(found, s.guess, sizeof found);
        for (int v = 0; v < VIEWS; v++)
            smp_camera_fit_init(&fits[v]);
        ck_assert_msg(smp_head_from_views(&head, found, &s.views, fits, &diag) == SMP_OK, "%s",
                      diag.text);
        ears = fmax(ears, fabs((double)(head.ears_mm - s.head.ears_mm)));
        for (int v = 0; v < VIEWS; v++) {
            const double off =
                degrees(smpi_rotation_between(found[v].rotation, s.camera[v].rotation));
            turn = fmax(turn, off);
            honest = fmax(honest, off / found[v].pose_sigma_deg);
            scale = fmax(scale, fabs(found[v].px_per_mm / s.camera[v].px_per_mm - 1.0));
            ck_assert_double_le(fits[v].misfit, 2.0);
        }
        apart = fmax(apart, dots_apart_mm(&s, &head, found, 0, 2, &state));
        apart = fmax(apart, dots_apart_mm(&s, &head, found, 1, 3, &state));
        apart = fmax(apart, dots_apart_mm(&s, &head, found, 2, 3, &state));
    }
    printf("told %d, faces differ %.0f: %.2f degrees (%.1f sigma), scale %.2f %%, ears %.1f mm, "
           "dots %.2f mm rms apart at worst\n",
           told, differs, turn, honest, 100.0 * scale, ears, apart);
    ck_assert_double_le(turn, turn_most);
    ck_assert_double_le(honest, 4.0);
    ck_assert_double_le(scale, scale_most);
    ck_assert_double_le(apart, 2.5);
    if (!(differs > 0.0)) /* else an ear's own place hides it */
        ck_assert_double_le(ears, 6.0);
}

START_TEST(heads_are_found)
{
    check_heads(1, 0.0, 3.0, 0.04);
    check_heads(1, 1.0, 4.0, 0.04);
    check_heads(0, 1.0, 4.0, 0.07);
}
END_TEST

static void refused(const scene *s, smp_status status, const char *words)
{
    smp_camera found[VIEWS];
    smp_head head;
    memcpy(found, s->guess, sizeof found);
    smp_head_init(&head);
    ck_assert_int_eq(smp_head_from_views(&head, found, &s->views, NULL, &diag), status);
    ck_assert_msg(strstr(diag.text, words) != NULL, "%s", diag.text);
    ck_assert_mem_eq(found[0].rotation, s->guess[0].rotation, sizeof found[0].rotation);
    ck_assert_double_eq_tol((double)head.ears_mm, 0.0, 1e-9);
}

START_TEST(what_is_refused)
{
    static scene s, t;
    uint64_t state = 3;
    smp_head head;
    make(&s, &state, 1, 0.0);
    t = s;
    t.views.count = 9;
    refused(&t, SMP_ERR_ARGUMENT, "9 views");
    t = s;
    t.ties[6] = 4;
    t.views.ties = t.ties;
    refused(&t, SMP_ERR_ARGUMENT, "tie 1 is of view 4");
    t = s;
    t.ties[0] = t.ties[1] = 2;
    t.views.ties = t.ties;
    refused(&t, SMP_ERR_ARGUMENT, "with itself");
    t = s;
    t.views.tie_count = 513;
    refused(&t, SMP_ERR_ARGUMENT, "513 ties");
    t = s;
    t.views.ties = NULL; /* then their number says nothing */
    t.outline[5] = INFINITY;
    t.views.outline_px = t.outline;
    refused(&t, SMP_ERR_RANGE, "outlines");
    t = s;
    t.outline[3] = NAN;
    t.views.outline_px = t.outline;
    refused(&t, SMP_ERR_RANGE, "outlines");
    t = s;
    t.edges[1] = 513;
    t.views.outline_count = t.edges;
    refused(&t, SMP_ERR_ARGUMENT, "513");
    t = s; /* the third photo shows nothing */
    t.edges[2] = 0;
    t.edges[3] = 0;
    t.views.outline_count = t.edges;
    t.views.tie_count = 0;
    refused(&t, SMP_ERR_ARGUMENT, "view 2 is left open");
    t = s; /* the photo from the side is of someone else, or mirrored */
    for (int i = 0; i < 7; i++)
        t.marks[1].uv_px[2 * i] = 1000.0 - s.marks[1].uv_px[2 * i];
    t.known[1] = &t.marks[1];
    t.views.landmarks = t.known;
    refused(&t, SMP_ERR_ARGUMENT, "does not fit");
    smp_head_init(&head);
    head.shape = SMP_SHAPE_FLAT;
    ck_assert_int_eq(smp_head_from_views(&head, s.guess, &s.views, NULL, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_head_from_views(NULL, s.guess, &s.views, NULL, &diag), SMP_ERR_ARGUMENT);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("views");
    TCase *tc = tcase_create("all");
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, heads_are_found);
    tcase_add_test(tc, what_is_refused);
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
