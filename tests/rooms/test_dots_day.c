/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Every dot of a day, worked out in vectors, against the same dot in the double ageing model and
 * alone: what it gives to the tails, its bump, and the light that the others leave it. */
#include <check.h>

#include "ageing/clock.h"
#include "render/preview.h"
#include "rooms/scene.h"
#include "synthesis/dots.h"

static const double days[] = {-0.5, 0.0, 1.5, 6.0, 9.0, 12.0, 31.0, 44.0, 400.0, 5000.0};

/* A pigment of three components that absorb and a white one, and a laser in some zones. */
static void make_plan_hard(scene *s)
{
    smp_pigment pigment;
    smp_event_desc laser;
    smp_pigment_init(&pigment);
    pigment.carbon_coarse = 0.5f;
    pigment.iron_yellow = 0.3f;
    pigment.titania = 0.4f;
    OK(smp_plan_set_pigment(s->plan, &pigment, diag));
    smp_event_desc_init(&laser);
    laser.kind = SMP_EVENT_LASER;
    laser.day = 35.0;
    OK(smp_plan_set_events(s->plan, &laser, 1, diag));
    smp_preview_destroy(&s->preview);
    OK(smp_preview_create(s->ctx, s->scalp, s->plan, NULL, &s->preview, diag));
}

static void close_to(float got, float want, float tolerance, const char *what, uint32_t dot)
{
    ck_assert_msg(fabsf(got - want) <= tolerance, "%s of dot %u: %a, want %a", what, dot,
                  (double)got, (double)want);
}

/* What the dot is by the scalar ways: aged in double, looked at alone, without the others. */
static void one_dot(const smp_preview *p, uint32_t i, smpi_dot_seen *look, smpk_bump *bump)
{
    const smp_dots_view *v = &p->dots->view;
    const uint32_t k = p->seen[i].index, group = v->session[k];
    const smpi_dot_model *model = p->model + p->model_of[group];
    smpi_nature nature;
    smpi_aged aged;
    smpi_dot_nature(p->plan, v, k, &nature);
    smpi_dot_age(&nature, p->clock.moment + group, p->clock.mix + group, v->dose[k],
                 1u << v->zone[k], &aged);
    memset(look, 0, sizeof *look);
    memset(bump, 0, sizeof *bump);
    if (!(aged.dose > 0.0f))
        return;
    smpi_dot_look(model, v->diameter_mm[k], v->top_mm[k] + aged.deeper_mm, v->height_mm[k],
                  aged.dose, aged.spread_mm, look);
    look->core_mm2[0] *= 1.0f - 0.5f * aged.scab;
    for (int c = 0; c < 3; c++)
        look->near_mm2[c] *= 1.0f + 0.127f * look->near_mm2[c] / model->near_r2_mm2[c];
    smpi_draw_place(p->seen + i, look, p->seen[i].blur2, bump);
}

static void check_dot(const smp_preview *p, uint32_t i)
{
    const smpk_bump *got = p->drawn.bump + i;
    smpi_dot_seen look;
    smpk_bump want;
    one_dot(p, i, &look, &want);
    for (int c = 0; c < 3; c++) {
        /* float narrow and wide tails trade by what cancels; their sum and the core's do not */
        const float sum = look.core_mm2[c] + look.near_mm2[c] + look.far_mm2[c];
        close_to(p->drawn.tail[0][c][i], look.near_mm2[c], 2e-4f * sum, "narrow tail", i);
        close_to(p->drawn.tail[1][c][i], look.far_mm2[c], 2e-4f * sum, "wide tail", i);
        close_to(got->bump.amount[c], want.bump.amount[c], 2e-4f * want.bump.amount[c], "core", i);
    }
    close_to(got->reach_u, want.reach_u, 1e-4f * want.reach_u, "reach", i);
    close_to(got->reach_v, want.reach_v, 1e-4f * want.reach_v, "reach", i);
    close_to(got->bump.qxx, want.bump.qxx, 2e-4f * want.bump.qxx, "shape", i);
    close_to(got->bump.qyy, want.bump.qyy, 2e-4f * want.bump.qyy, "shape", i);
}

START_TEST(dots_are_those_of_the_models)
{
    const scene_desc desc = {.px_per_mm = _i ? 6.0 : 0.0, .width = 240, .height = 260};
    scene s = scene_create(&desc);
    if (_i)
        make_plan_hard(&s);
    smp_preview *p = s.preview;
    ck_assert_uint_gt(p->seen_count, 500);
    for (size_t d = 0; d < sizeof days / sizeof *days; d++) {
        ck_assert_int_eq(smpi_draw_dots(p, days[d]), SMP_OK);
        float reach = 0.0f;
        for (uint32_t i = 0; i < p->seen_count; i++) {
            check_dot(p, i);
            reach = fmaxf(reach, fmaxf(p->drawn.bump[i].reach_u, p->drawn.bump[i].reach_v));
        }
        ck_assert(p->reach_px == reach && (reach > 0.0f) == (days[d] >= 0.0));
    }
    scene_destroy(&s);
}
END_TEST

/* Dots come band by band, within one group by group; every seen dot is there once. */
START_TEST(dots_are_in_order)
{
    const scene_desc desc = {.width = 300, .height = 360, .sessions = 3};
    scene s = scene_create(&desc);
    const smp_preview *p = s.preview;
    uint8_t *there = calloc(p->dots->view.count, 1);
    ck_assert_ptr_nonnull(there);
    ck_assert_uint_eq(p->band_first[0], 0);
    ck_assert_uint_eq(p->band_first[p->band_count], p->seen_count);
    for (uint32_t band = 0; band < p->band_count; band++)
        for (uint32_t i = p->band_first[band]; i < p->band_first[band + 1]; i++) {
            const smpi_seen_dot *seen = p->seen + i;
            ck_assert_uint_eq(smpi_band_of(p, seen->v), band);
            ck_assert_uint_eq(p->still.group[i], p->dots->view.session[seen->index]);
            if (i > p->band_first[band])
                ck_assert_uint_ge(p->still.group[i], p->still.group[i - 1]);
            ck_assert(!there[seen->index]++);
        }
    free(there);
    scene_destroy(&s);
}
END_TEST

/* Nodes hold what the dots give, however they are cut into rows; what lies outside is not lost to
 * others. */
START_TEST(nodes_take_all)
{
    const scene_desc desc = {.width = 300, .height = 360};
    scene s = scene_create(&desc);
    smp_preview *p = s.preview;
    ck_assert_int_eq(smpi_draw_dots(p, 60.0), SMP_OK);
    for (int k = 0; k < 2; k++) {
        const smpi_tail *tail = p->tail + k;
        const size_t nodes = (size_t)tail->width * tail->height;
        float *whole = malloc(nodes * sizeof *whole);
        ck_assert_ptr_nonnull(whole);
        smpi_gather_dots(p, k, 0, tail->height);
        memcpy(whole, tail->load[1], nodes * sizeof *whole);
        double given = 0.0, taken = 0.0;
        for (uint32_t i = 0; i < p->seen_count; i++)
            given += p->still.outside[i] >> k & 1 ? 0.0 : (double)p->drawn.tail[k][1][i];
        for (size_t i = 0; i < nodes; i++)
            taken += (double)whole[i];
        ck_assert(given > 0.0);
        ck_assert_double_eq_tol(taken / given, 1.0, 1e-5);
        for (uint32_t j = tail->height; j > 0; j--)
            smpi_gather_dots(p, k, j - 1, j);
        for (size_t i = 0; i < nodes; i++)
            ck_assert(whole[i] == tail->load[1][i]);
        free(whole);
    }
    scene_destroy(&s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("dots of a day");
    TCase *tcase = tcase_create("dots of a day");
    tcase_add_loop_test(tcase, dots_are_those_of_the_models, 0, 2);
    tcase_add_test(tcase, dots_are_in_order);
    tcase_add_test(tcase, nodes_take_all);
    tcase_set_timeout(tcase, 120);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
