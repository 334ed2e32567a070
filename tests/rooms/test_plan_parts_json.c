/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Zones, painted density, hairs, pigments, events and habits come back from JSON and copies, with
 * every allocation failing once; errors say which member. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "plan/plan.h"
#include "support.h"

static const double square[] = {10, 10, 0, 30, 10, 0, 30, 30, 0, 10, 30, 0};

static smp_status everything(smp_context *context, void *user, smp_diag *d)
{
    static const float hairs[] = {1.01f, 2, 0, 40.2f, 3.3f, 0};
    float data[6] = {0, 0.5f, 1, 1, 0.25f, 0};
    const smp_grid grid = {data, 3, 2, 3};
    smp_zone_desc zone;
    smp_event_desc event;
    smp_pigment pigment;
    smp_life_desc life;
    smp_pattern_desc pattern;
    smp_plan *a = NULL, *b = NULL, *c = NULL;
    smp_bytes *text[3] = {NULL, NULL, NULL};
    const smp_head *head = user;
    smp_zone_desc_init(&zone);
    smp_event_desc_init(&event);
    smp_pigment_init(&pigment);
    smp_life_desc_init(&life);
    smp_pattern_desc_init(&pattern);
    pigment.iron_red = 0.125f;
    life.oiliness = 0.8f;
    pattern.pattern = SMP_PATTERN_PATCHES;
    smp_status s = smp_plan_create(context, head, NULL, &a, d);
    s = s ? s : smp_plan_add_zone(a, &zone, square, 4, NULL, d);
    s = s ? s : smp_plan_set_events(a, &event, 1, d);
    s = s ? s : smp_plan_set_pigment(a, &pigment, d);
    s = s ? s : smp_plan_set_session_pigment(a, 1, &pigment, d);
    pigment.titania = 2;
    s = s ? s : smp_plan_set_event_pigment(a, 0, &pigment, d);
    s = s ? s : smp_plan_set_life(a, &life, d);
    s = s ? s : smp_plan_set_pattern(a, &pattern, d);
    s = s ? s : smp_plan_set_density_map(a, &grid, d);
    s = s ? s : smp_plan_set_obstacles(a, hairs, 2, 0.6f, d);
    s = s ? s : smp_plan_copy(context, a, &b, d);
    s = s ? s : smp_plan_to_json(context, a, &text[0], d);
    size_t n[3] = {0, 0, 0};
    const uint8_t *json = smp_bytes_data(text[0], &n[0]);
    s = s ? s : smp_plan_from_json(context, (const char *)json, n[0], &c, d);
    s = s ? s : smp_plan_to_json(context, b, &text[1], d);
    s = s ? s : smp_plan_to_json(context, c, &text[2], d);
    for (int i = 1; i < 3 && !s; i++) {
        const uint8_t *other = smp_bytes_data(text[i], &n[i]);
        if (n[i] != n[0] || memcmp(other, json, n[0]) != 0)
            TEST_DIE("%s is not %s", (const char *)other, (const char *)json);
        const smp_plan *p = i == 1 ? b : c;
        for (double x = 0.5; x < 50; x += 1.7) {
            const double xyz[3] = {x, 50 - 0.9 * x, 0};
            TEST_ASSERT(smp_plan_density(a, xyz) == smp_plan_density(p, xyz));
        }
        TEST_ASSERT(p->data.obstacle_mm[3] == a->data.obstacle_mm[3]);
        TEST_ASSERT(p->data.event_pigment[0].titania == 2.0f);
    }
    for (int i = 0; i < 3; i++)
        smp_bytes_destroy(&text[i]);
    smp_plan_destroy(&c);
    smp_plan_destroy(&b);
    smp_plan_destroy(&a);
    return s;
}

/* All of it through JSON and copies, with every allocation failing once. */
START_TEST(all_comes_back)
{
    smp_head head;
    smp_head_init(&head);
    head.shape = SMP_SHAPE_FLAT;
    head.width_mm = head.height_mm = 50;
    ck_assert_uint_gt(smp_oom_loop(everything, &head), 20);
}
END_TEST

typedef struct refusal {
    const char *text, *words;
} refusal;

START_TEST(refused_json)
{
    static const refusal list[] = {
        {"{\"zones\": [{}]}", "zones[0].points_mm is missing"},
        {"{\"zones\": [{\"points_mm\": [[0,131,0],[1,131,0]]}]}", "has 2 points"},
        {"{\"zones\": 1}", "zones is 1"},
        {"{\"events\": [{\"day\": 3}]}", "events[0].day is 3"},
        {"{\"events\": [{\"kind\": \"tan\"}]}", "events[0].kind"},
        {"{\"events\": [{\"shade\": \"pink\"}]}", "events[0].shade"},
        {"{\"events\": [{\"pigment\": {\"titania\": 200}}]}", "events[0].pigment.titania"},
        {"{\"pattern\": {\"pattern\": \"norwood_9\"}}", "pattern.pattern"},
        {"{\"pigment\": {\"carbon_coarse\": 0}}", "nothing absorbs"},
        {"{\"sessions\": [{\"pigment\": 3}]}", "sessions[0].pigment is 3"},
        {"{\"life\": {\"oiliness\": 2}}", "life.oiliness is 2"},
        {"{\"density_map\": {\"rows\": []}}", "density_map.rows"},
        {"{\"density_map\": {\"rows\": [\"00ff\", \"00\"]}}", "rows[]"},
        {"{\"density_map\": {\"rows\": [\"0g\"]}}", "rows[]"},
        {"{\"density_map\": {\"row\": [\"00\"]}}", "density_map.row is not"},
        {"{\"obstacles\": {\"keep_mm\": 9, \"points\": \"\"}}", "keep_mm"},
        {"{\"obstacles\": {\"keep_mm\": 1, \"points\": \"8000\"}}", "12 digits"},
        {"{\"obstacles\": {\"keep_mm\": 1, \"points\": \"80008000zzzz\"}}", "digit 8"},
    };
    smp_context *ctx = test_context(NULL, NULL, SMP_ISA_SCALAR);
    smp_diag diag;
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        smp_plan *p = NULL;
        const smp_status s = smp_plan_from_json(ctx, list[i].text, strlen(list[i].text), &p, &diag);
        ck_assert_msg(s != SMP_OK && strstr(diag.text, list[i].words), "%s: %s", list[i].text,
                      diag.text);
    }
    smp_context_destroy(&ctx);
}
END_TEST

/* As much as a plan can hold is still a text that is read back. */
START_TEST(the_largest_plan)
{
    enum { HAIRS = 50000, SIZE = 256, CORNERS = 256 };
    smp_context *ctx = test_context(NULL, NULL, SMP_ISA_SCALAR);
    smp_plan *plan, *again;
    smp_bytes *text;
    smp_diag diag;
    uint64_t state = test_seed();
    float *hairs = malloc(3 * HAIRS * sizeof *hairs), *map = malloc(SIZE * SIZE * sizeof *map);
    double corners[3 * CORNERS];
    for (int i = 0; i < 3 * HAIRS; i++)
        hairs[i] = (float)test_uniform(&state, -130, 130);
    for (int i = 0; i < SIZE * SIZE; i++)
        map[i] = (float)test_uniform(&state, 0, 1);
    const smp_grid grid = {map, SIZE, SIZE, SIZE};
    ck_assert_int_eq(smp_plan_create(ctx, NULL, NULL, &plan, &diag), SMP_OK);
    ck_assert_int_eq(smp_plan_set_obstacles(plan, hairs, HAIRS, 0.4f, &diag), SMP_OK);
    ck_assert_int_eq(smp_plan_set_obstacles(plan, hairs, HAIRS + 1, 0.4f, &diag), SMP_ERR_LIMIT);
    ck_assert_uint_eq(smp_plan_obstacle_count(plan), HAIRS);
    ck_assert_int_eq(smp_plan_set_density_map(plan, &grid, &diag), SMP_OK);
    for (int k = 0; k < 16; k++) {
        for (int i = 0; i < 3 * CORNERS; i++)
            corners[i] = test_uniform(&state, -20, 20) + (i % 3 == 1 ? 120 : 0);
        ck_assert_int_eq(smp_plan_add_zone(plan, NULL, corners, CORNERS, NULL, &diag), SMP_OK);
    }
    ck_assert_int_eq(smp_plan_add_zone(plan, NULL, corners, 3, NULL, &diag), SMP_ERR_LIMIT);
    ck_assert_int_eq(smp_plan_to_json(ctx, plan, &text, &diag), SMP_OK);
    size_t size;
    const uint8_t *json = smp_bytes_data(text, &size);
    ck_assert_msg(smp_plan_from_json(ctx, (const char *)json, size, &again, &diag) == SMP_OK,
                  "%zu bytes: %s", size, diag.text);
    ck_assert(!memcmp(again->data.obstacle_mm, plan->data.obstacle_mm, 12 * HAIRS));
    ck_assert(!memcmp(again->data.map, plan->data.map, SIZE * SIZE));
    ck_assert(!memcmp(again->data.zone_mm, plan->data.zone_mm, 12 * 16 * CORNERS));
    smp_bytes_destroy(&text);
    smp_plan_destroy(&again);
    smp_plan_destroy(&plan);
    smp_context_destroy(&ctx);
    free(hairs);
    free(map);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plan parts as json");
    TCase *tc = tcase_create("json");
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, all_comes_back);
    tcase_add_test(tc, refused_json);
    tcase_add_test(tc, the_largest_plan);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
