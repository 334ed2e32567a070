/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Plans: defaults, changes that hold or fail whole, sessions, memory. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plan/plan.h"
#include "support.h"

static test_memory memory;
static smp_context *ctx;
static smp_plan *plan;

static void setup(void)
{
    memory = (test_memory){0};
    ctx = test_context(&memory, NULL, SMP_ISA_SCALAR);
    TEST_ASSERT(smp_plan_create(ctx, NULL, NULL, &plan, NULL) == SMP_OK);
}

static void teardown(void)
{
    smp_plan_destroy(&plan);
    smp_plan_destroy(&plan);
    smp_plan_destroy(NULL);
    smp_context_destroy(&ctx);
    ck_assert_uint_eq(memory.live, 0);
}

START_TEST(defaults)
{
    smp_plan_desc desc;
    smp_hairline_desc hairline;
    smp_session_desc session;
    smp_head head;
    smp_plan_desc_init(&desc);
    smp_hairline_desc_init(&hairline);
    smp_session_desc_init(&session);
    smp_head_init(&head);
    ck_assert(desc.density_per_cm2 == 150 && desc.seed == 1 && desc.side_fade_mm == 18);
    desc.dose = 9;
    ck_assert_int_eq(smp_plan_get(plan, &desc, NULL), SMP_OK);
    ck_assert(desc.dose == 3);
    ck_assert_int_eq(smp_plan_get_hairline(plan, &hairline, NULL), SMP_OK);
    ck_assert(hairline.style == SMP_HAIRLINE_NATURAL && hairline.height_mm == 80);
    ck_assert_int_eq(smp_plan_get_head(plan, &head, NULL), SMP_OK);
    ck_assert(head.width_mm == 152);
    ck_assert_uint_eq(smp_plan_session_count(plan), 3);
    static const float share[] = {0.3f, 0.7f, 1.0f};
    for (uint32_t i = 0; i < 3; i++) {
        ck_assert_int_eq(smp_plan_get_session(plan, i, &session, NULL), SMP_OK);
        ck_assert(session.share == share[i] && session.day == 10.0 * i);
    }
    ck_assert_int_eq(smp_plan_get_session(plan, 3, &session, NULL), SMP_ERR_ARGUMENT);
    ck_assert_uint_eq(smp_plan_session_count(NULL), 0);
}
END_TEST

START_TEST(null_is_answered)
{
    smp_plan_desc desc;
    smp_plan_desc_init(&desc);
    smp_plan *none;
    ck_assert_int_eq(smp_plan_create(NULL, NULL, NULL, &none, NULL), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_plan_create(ctx, NULL, NULL, NULL, NULL), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_plan_set(NULL, NULL, NULL), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_plan_set_hairline(NULL, NULL, NULL), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_plan_set_sessions(plan, NULL, 1, NULL), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_plan_get(plan, NULL, NULL), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_plan_get(NULL, &desc, NULL), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_plan_get_head(plan, NULL, NULL), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_plan_get_hairline(plan, NULL, NULL), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_plan_get_session(plan, 0, NULL, NULL), SMP_ERR_ARGUMENT);
    ck_assert(smp_plan_density(NULL, (double[3]){0, 131, 0}) == 0);
    ck_assert(smp_plan_density(plan, NULL) == 0);
    desc.struct_size = 0;
    ck_assert_int_eq(smp_plan_set(plan, &desc, NULL), SMP_ERR_ARGUMENT);
}
END_TEST

/* Every number of every table, a little outside and NaN: an error that names it, nothing changed.
 */
static void set_number(void *desc, const smp_field *field, double value)
{
    unsigned char *at = (unsigned char *)desc + field->offset;
    const float single = (float)value;
    const uint32_t word = value >= 0 ? (uint32_t)value : 0;
    if (field->type == SMP_FIELD_F64)
        memcpy(at, &value, sizeof value);
    else if (field->type == SMP_FIELD_F32)
        memcpy(at, &single, sizeof single);
    else
        memcpy(at, &word, sizeof word);
}

START_TEST(ranges_hold)
{
    uint32_t count, hair_count;
    const smp_field *fields = smp_plan_desc_fields(&count);
    const smp_field *hair = smp_hairline_desc_fields(&hair_count);
    smp_diag diag;
    for (uint32_t i = 1; i < count + hair_count; i++) {
        const smp_field *f = i < count ? &fields[i] : &hair[i - count];
        const int real = f->type == SMP_FIELD_F32 || f->type == SMP_FIELD_F64;
        if (f->type == SMP_FIELD_SIZE || !strcmp(f->name, "seed"))
            continue;
        const double values[] = {f->max * 1.01 + 1, real ? f->min - 0.01 : f->max + 1,
                                 real ? NAN : f->max + 2, f->min, f->max};
        for (int k = 0; k < 5; k++) {
            smp_plan_desc desc;
            smp_hairline_desc hairline;
            smp_plan_desc_init(&desc);
            smp_hairline_desc_init(&hairline);
            set_number(i < count ? (void *)&desc : (void *)&hairline, f, values[k]);
            const smp_status status = i < count ? smp_plan_set(plan, &desc, &diag)
                                                : smp_plan_set_hairline(plan, &hairline, &diag);
            ck_assert_msg(status == (k < 3 ? SMP_ERR_RANGE : SMP_OK), "%s %g: %s", f->name,
                          values[k], diag.text);
            if (k < 3)
                ck_assert_ptr_nonnull(strstr(diag.text, f->name));
        }
    }
}
END_TEST

START_TEST(sessions_in_order)
{
    smp_session_desc s[9], got;
    smp_diag diag;
    for (int i = 0; i < 9; i++) {
        smp_session_desc_init(&s[i]);
        s[i].share = 0.1f * (float)(i + 1);
        s[i].day = 7.0 * i;
    }
    ck_assert_int_eq(smp_plan_set_sessions(plan, s, 8, &diag), SMP_OK);
    ck_assert_uint_eq(smp_plan_session_count(plan), 8);
    ck_assert_int_eq(smp_plan_set_sessions(plan, s, 9, &diag), SMP_ERR_ARGUMENT);
    ck_assert_int_eq(smp_plan_set_sessions(plan, s, 0, &diag), SMP_ERR_ARGUMENT);
    s[1].day = -1;
    ck_assert_int_eq(smp_plan_set_sessions(plan, s, 2, &diag), SMP_ERR_RANGE);
    s[1].day = 7;
    s[2].day = 6;
    ck_assert_int_eq(smp_plan_set_sessions(plan, s, 3, &diag), SMP_ERR_RANGE);
    ck_assert_ptr_nonnull(strstr(diag.text, "sessions[2].day"));
    s[2].day = 14;
    s[1].share = 0.05f;
    ck_assert_int_eq(smp_plan_set_sessions(plan, s, 3, &diag), SMP_ERR_RANGE);
    ck_assert_ptr_nonnull(strstr(diag.text, "sessions[1].share"));
    s[0].share = 0;
    ck_assert_int_eq(smp_plan_set_sessions(plan, s, 1, &diag), SMP_ERR_RANGE);
    ck_assert_uint_eq(smp_plan_session_count(plan), 8);
    smp_session_desc_init(&got);
    ck_assert_int_eq(smp_plan_get_session(plan, 7, &got, NULL), SMP_OK);
    ck_assert(got.day == 49);
}
END_TEST

static smp_status use_plan(smp_context *context, void *user, smp_diag *diag)
{
    (void)user;
    static const double curve[] = {-45, 90, 40, 0, 100, 65, 45, 90, 40};
    smp_plan *p = NULL, *q = NULL;
    smp_bytes *text = NULL;
    smp_hairline_desc h;
    smp_hairline_desc_init(&h);
    h.height_mm = 70;
    smp_status status = smp_plan_create(context, NULL, NULL, &p, diag);
    if (status == SMP_OK)
        status = smp_plan_set_hairline(p, &h, diag);
    if (status == SMP_OK)
        status = smp_plan_set_hairline_curve(p, curve, 3, diag);
    if (status == SMP_OK)
        status = smp_plan_to_json(context, p, &text, diag);
    if (status == SMP_OK) {
        size_t size;
        const uint8_t *data = smp_bytes_data(text, &size);
        status = smp_plan_from_json(context, (const char *)data, size, &q, diag);
    }
    smp_bytes_destroy(&text);
    smp_plan_destroy(&q);
    smp_plan_destroy(&p);
    return status;
}

START_TEST(every_allocation_may_fail)
{
    ck_assert_uint_gt(smp_oom_loop(use_plan, NULL), 10);
}
END_TEST

/* On error the plan stays as it was. */
START_TEST(failure_keeps_the_plan)
{
    smp_hairline_desc h;
    smp_hairline_desc_init(&h);
    h.height_mm = 50;
    const double at[3] = {0, 92, 73};
    const double before = smp_plan_density(plan, at);
    memory.fail_at = memory.calls + 1;
    memory.fail_on = 1;
    ck_assert_int_eq(smp_plan_set_hairline(plan, &h, NULL), SMP_ERR_MEMORY);
    memory.fail_at = 0;
    ck_assert(smp_plan_density(plan, at) == before);
    ck_assert_int_eq(smp_plan_set_hairline(plan, &h, NULL), SMP_OK);
    ck_assert(smp_plan_density(plan, at) > before);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plan");
    TCase *tc = tcase_create("plan");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, defaults);
    tcase_add_test(tc, null_is_answered);
    tcase_add_test(tc, ranges_hold);
    tcase_add_test(tc, sessions_in_order);
    tcase_add_test(tc, every_allocation_may_fail);
    tcase_add_test(tc, failure_keeps_the_plan);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
