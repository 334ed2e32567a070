/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Plans as JSON: round trips to the byte, every locale, and errors that say which member. */
#include <check.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plan/plan.h"
#include "support.h"

static smp_context *ctx;
static smp_diag diag;

static void setup(void)
{
    ctx = test_context(NULL, NULL, SMP_ISA_SCALAR);
}

static void teardown(void)
{
    smp_context_destroy(&ctx);
}

static smp_plan *read_plan(const char *text)
{
    smp_plan *plan;
    if (smp_plan_from_json(ctx, text, strlen(text), &plan, &diag) != SMP_OK)
        TEST_DIE("%s: %s", text, diag.text);
    return plan;
}

static int same_bytes(const void *a, const void *b, size_t size)
{
    return !size || (a && b && !memcmp(a, b, size));
}

/* All but the addresses of the arrays. */
static int same(const smpi_plan_data *a, const smpi_plan_data *b)
{
    smpi_plan_data x = *a, y = *b;
    const size_t points = 3 * sizeof(float) * a->zone_from[a->zone_count];
    x.zone_mm = y.zone_mm = x.obstacle_mm = y.obstacle_mm = NULL;
    x.map = y.map = NULL;
    return !memcmp(&x, &y, sizeof x) && same_bytes(a->zone_mm, b->zone_mm, points) &&
           same_bytes(a->map, b->map, (size_t)a->map_width * a->map_height) &&
           same_bytes(a->obstacle_mm, b->obstacle_mm, 3 * sizeof(float) * a->obstacle_count);
}

/* Writes, reads, writes: the same bytes, and the same data. */
static void round_trip(smp_plan *plan)
{
    smp_bytes *one, *two;
    smp_plan *again;
    size_t n, m;
    ck_assert_int_eq(smp_plan_to_json(ctx, plan, &one, &diag), SMP_OK);
    const char *text = (const char *)smp_bytes_data(one, &n);
    ck_assert_msg(smp_plan_from_json(ctx, text, n, &again, &diag) == SMP_OK, "%s in %s", diag.text,
                  text);
    ck_assert_int_eq(smp_plan_to_json(ctx, again, &two, &diag), SMP_OK);
    const uint8_t *other = smp_bytes_data(two, &m);
    ck_assert(n == m && !memcmp(text, other, n));
    ck_assert(same(&plan->data, &again->data));
    smp_plan_destroy(&again);
    smp_bytes_destroy(&one);
    smp_bytes_destroy(&two);
}

START_TEST(empty_is_the_default)
{
    smp_plan *plan = read_plan("{}"), *usual;
    ck_assert_int_eq(smp_plan_create(ctx, NULL, NULL, &usual, NULL), SMP_OK);
    ck_assert(same(&plan->data, &usual->data));
    round_trip(plan);
    smp_plan_destroy(&plan);
    smp_plan_destroy(&usual);
}
END_TEST

START_TEST(members_arrive)
{
    smp_plan *plan = read_plan("\t{\"seed\": 4294967295, \"dose\": 1e0, \"head\": {\"width_mm\": "
                               "150.5}, \"top_mm\": 0.04, \"dose_variation\": 0.8,"
                               "\"hairline\": {\"style\": \"mature\", \"softness_mm\": 7.25},"
                               "\"sessions\": [{\"share\": 0.5}, {\"day\": 11.125}]} \n");
    const smpi_plan_data *d = &plan->data;
    ck_assert(d->desc.seed == UINT32_MAX && d->desc.dose == 1 && d->head.width_mm == 150.5f);
    ck_assert(d->hairline.style == SMP_HAIRLINE_MATURE && d->hairline.softness_mm == 7.25f);
    ck_assert(d->session_count == 2 && d->session[0].share == 0.5f && d->session[1].day == 11.125);
    round_trip(plan);
    smp_plan_destroy(&plan);
    plan = read_plan("{\"shade\": \"neutral-07\", \"sessions\": [{\"share\": 0.5, \"shade\": "
                     "\"neutral-07\"}, {\"shade\": \"neutral-03\"}]}");
    ck_assert(plan->data.session[0].dose_scale == 1 && plan->data.session[1].dose_scale < 0.9f);
    ck_assert(plan->data.session_pigment[0].carbon_coarse == plan->data.pigment.carbon_coarse);
    round_trip(plan);
    smp_plan_destroy(&plan);
    plan = read_plan("{\"head\": {\"shape\": \"flat\"}, \"hairline\": {\"softness_mm\": 5, "
                     "\"curve_mm\": [[1, 2.5, 0], [3e1, 4, 0]]}}");
    ck_assert(plan->data.hairline.style == SMP_HAIRLINE_NONE && plan->data.curve_count == 2);
    ck_assert(plan->data.curve_mm[1] == 2.5 && plan->data.curve_mm[3] == 30);
    round_trip(plan);
    smp_plan_destroy(&plan);
}
END_TEST

START_TEST(any_numbers_come_back)
{
    uint64_t state = test_seed();
    for (int i = 0; i < 20; i++) {
        smp_plan *plan;
        smp_plan_desc desc;
        smp_plan_desc_init(&desc);
        desc.seed = (uint32_t)test_random(&state);
        desc.density_per_cm2 = (float)test_uniform(&state, 1, 250);
        desc.dose = (float)test_uniform(&state, 0, 1e-6);
        ck_assert_int_eq(smp_plan_create(ctx, NULL, &desc, &plan, &diag), SMP_OK);
        double curve[9];
        for (int j = 0; j < 3; j++) {
            curve[3 * j] = test_uniform(&state, -50, -40) + 45 * j;
            curve[3 * j + 1] = test_uniform(&state, 90, 100);
            curve[3 * j + 2] = 50;
        }
        ck_assert_int_eq(smp_plan_set_hairline_curve(plan, curve, 3, &diag), SMP_OK);
        round_trip(plan);
        smp_plan_destroy(&plan);
    }
}
END_TEST

START_TEST(every_locale)
{
    static const char *const names[] = {"de_DE.UTF-8", "de_DE", "fr_FR.UTF-8", "ps_AF.UTF-8"};
    int found = 0;
    for (int i = 0; i < 4; i++) {
        if (!setlocale(LC_NUMERIC, names[i]))
            continue;
        found = 1;
        smp_plan *plan = read_plan("{\"dose\": 1.75, \"sessions\": [{\"day\": 0.5}]}");
        ck_assert(plan->data.desc.dose == 1.75f && plan->data.session[0].day == 0.5);
        round_trip(plan);
        smp_plan_destroy(&plan);
    }
    setlocale(LC_NUMERIC, "C");
    if (!found)
        printf("skipped: no locale with a decimal comma is installed\n");
}
END_TEST

typedef struct refusal {
    const char *text;
    smp_status status;
    const char *words;
} refusal;

static const refusal refusals[] = {
    {"", SMP_ERR_FORMAT, "not JSON"},
    {"{", SMP_ERR_FORMAT, "not JSON"},
    {"{\n\n  \"seed\": x}", SMP_ERR_FORMAT, "line 3"},
    {"{} x", SMP_ERR_FORMAT, "text after the end at line 1, byte 4"},
    {"[]", SMP_ERR_FORMAT, "an object"},
    {"{\"sed\": 1}", SMP_ERR_FORMAT, "sed is not a member"},
    {"{\"struct_size\": 4}", SMP_ERR_FORMAT, "struct_size is not a member"},
    {"{\"seed\": 1, \"dose\": 1, \"seed\": 1}", SMP_ERR_FORMAT, "seed stands twice"},
    {"{\"hairline\": {\"softness_mm\": \"soft\"}}", SMP_ERR_FORMAT,
     "hairline.softness_mm is \"soft\", want a number"},
    {"{\"hairline\": {\"softnes\": 3}}", SMP_ERR_FORMAT, "hairline.softnes is not a member"},
    {"{\"hairline\": []}", SMP_ERR_FORMAT, "hairline is an array, want an object"},
    {"{\"hairline\": {\"style\": 1}}", SMP_ERR_FORMAT, "hairline.style is 1, want one of"},
    {"{\"hairline\": {\"style\": \"curly\"}}", SMP_ERR_RANGE,
     "hairline.style is \"curly\", want one of natural, straight, widows_peak, mature, none"},
    {"{\"hairline\": {\"curve_mm\": 1}}", SMP_ERR_FORMAT, "hairline.curve_mm is 1"},
    {"{\"hairline\": {\"curve_mm\": [[1,2,3]]}}", SMP_ERR_FORMAT, "1 points"},
    {"{\"hairline\": {\"curve_mm\": [[1,2],[1,2,3]]}}", SMP_ERR_FORMAT, "curve_mm[0]"},
    {"{\"hairline\": {\"curve_mm\": [[1,2,3,4]]}}", SMP_ERR_FORMAT, "curve_mm[0]"},
    {"{\"hairline\": {\"curve_mm\": [3]}}", SMP_ERR_FORMAT, "curve_mm[0] is 3"},
    {"{\"hairline\": {\"curve_mm\": [[1,2,null],[1,2,3]]}}", SMP_ERR_FORMAT, "is null"},
    {"{\"seed\": 1.5}", SMP_ERR_FORMAT, "seed is 1.5, want a whole number"},
    {"{\"seed\": -1}", SMP_ERR_RANGE, "seed is -1"},
    {"{\"dose\": 1e999}", SMP_ERR_RANGE, "dose is inf"},
    {"{\"dose\": true}", SMP_ERR_FORMAT, "dose is true"},
    {"{\"dose\": false}", SMP_ERR_FORMAT, "dose is false"},
    {"{\"dose\": {}}", SMP_ERR_FORMAT, "dose is an object"},
    {"{\"look\": 2}", SMP_ERR_RANGE, "look is 2, want [1, 1]"},
    {"{\"head\": {\"width_mm\": 4}}", SMP_ERR_RANGE, "head.width_mm is 4, want [5, 1000]"},
    {"{\"head\": 3}", SMP_ERR_FORMAT, "head is 3"},
    {"{\"head\": {\"shape\": \"flat\"}, \"hairline\": {\"style\": \"natural\"}}", SMP_ERR_ARGUMENT,
     "flat"},
    {"{\"sessions\": []}", SMP_ERR_FORMAT, "empty"},
    {"{\"sessions\": {}}", SMP_ERR_FORMAT, "sessions is an object"},
    {"{\"sessions\": [1]}", SMP_ERR_FORMAT, "sessions[0] is 1"},
    {"{\"sessions\": [{\"share\":0.2},{\"shar\":1}]}", SMP_ERR_FORMAT, "sessions[1].shar is not"},
    {"{\"sessions\": [{},{},{},{},{},{},{},{},{}]}", SMP_ERR_FORMAT, "over 8"},
    {"{\"sessions\": [{\"share\":0.2},{\"share\":0.1}]}", SMP_ERR_RANGE, "sessions[1].share"},
    {"{\"shade\": \"sky-blue\"}", SMP_ERR_FORMAT, "shade is \"sky-blue\""},
    {"{\"shade\": 7}", SMP_ERR_FORMAT, "shade is 7"},
    {"{\"shade\": \"neutral-07\", \"pigment\": {}}", SMP_ERR_FORMAT, "exclude each other"},
    {"{\"seed\\u0000\": 3}", SMP_ERR_FORMAT, "zero"},
};

START_TEST(errors_say_where)
{
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        const refusal *r = &refusals[i];
        smp_plan *plan = (smp_plan *)&ctx;
        const smp_status status = smp_plan_from_json(ctx, r->text, strlen(r->text), &plan, &diag);
        ck_assert_msg(status == r->status, "%s: %s %s", r->text, smp_status_name(status),
                      diag.text);
        ck_assert_msg(strstr(diag.text, r->words) != NULL, "%s: %s", r->text, diag.text);
        ck_assert_ptr_null(plan);
    }
}
END_TEST

START_TEST(large_and_deep)
{
    const size_t size = ((size_t)1 << 20) + 1;
    char *text = malloc(size);
    smp_plan *plan;
    memset(text, '[', size);
    ck_assert_int_eq(smp_plan_from_json(ctx, text, size, &plan, &diag), SMP_ERR_LIMIT);
    ck_assert_int_eq(smp_plan_from_json(ctx, text, size - 1, &plan, &diag), SMP_ERR_FORMAT);
    memset(text, ' ', size);
    text[0] = '{';
    text[1] = '}';
    ck_assert_int_eq(smp_plan_from_json(ctx, text, size - 1, &plan, &diag), SMP_OK);
    smp_plan_destroy(&plan);
    ck_assert_int_eq(smp_plan_from_json(ctx, NULL, 0, &plan, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_plan_from_json(NULL, text, 2, &plan, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_plan_from_json(ctx, text, 2, NULL, &diag), SMP_ERR_ARGUMENT);
    smp_bytes *out;
    ck_assert_int_eq(smp_plan_to_json(ctx, NULL, &out, &diag), SMP_ERR_ARGUMENT);
    free(text);
}
END_TEST

/* A text cut or changed at each place is refused or read, and never more than that. */
START_TEST(damaged_texts)
{
    uint64_t state = test_seed();
    smp_plan *plan = read_plan("{\"hairline\": {\"curve_mm\": [[-45,90,40],[45,90,40]]}}");
    smp_bytes *bytes;
    size_t n;
    ck_assert_int_eq(smp_plan_to_json(ctx, plan, &bytes, NULL), SMP_OK);
    smp_plan_destroy(&plan);
    const uint8_t *whole = smp_bytes_data(bytes, &n);
    for (size_t i = 0; i < n; i += 3) {
        char *copy = malloc(n);
        memcpy(copy, whole, n);
        copy[i] = (char)(test_random(&state) & 0xff);
        if (smp_plan_from_json(ctx, copy, i % 2 ? n : i, &plan, &diag) == SMP_OK)
            smp_plan_destroy(&plan);
        free(copy);
    }
    smp_bytes_destroy(&bytes);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plan json");
    TCase *tc = tcase_create("json");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, empty_is_the_default);
    tcase_add_test(tc, members_arrive);
    tcase_add_test(tc, any_numbers_come_back);
    tcase_add_test(tc, every_locale);
    tcase_add_test(tc, errors_say_where);
    tcase_add_test(tc, large_and_deep);
    tcase_add_test(tc, damaged_texts);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
