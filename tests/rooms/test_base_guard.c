/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The host's floating-point environment is neither trusted nor changed: rounding, flushing and
 * traps, in entries that golden does not see, and behind callbacks that leave another one. */
#include <check.h>
#include <fenv.h>
#include <smp/smp.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

#define WORDS 64

static const int modes[] = {FE_TONEAREST, FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO};
#define MODES (sizeof modes / sizeof *modes)

/* Some numbers of each kind of function, and a plan's text. */
typedef struct answers {
    double numbers[WORDS];
    uint32_t count;
    char json[65536];
    size_t json_size;
} answers;

static void add(answers *a, const float *values, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        a->numbers[a->count++] = (double)values[i];
    ck_assert_uint_le(a->count, WORDS);
}

static void ask_colors(answers *a)
{
    static const double one[3] = {61.3, 17.1, 19.7}, two[3] = {58.9, 14.3, 23.3};
    static const float rgb[3] = {0.61f, 0.33f, 0.21f};
    float xyz[3], lab[3];
    smp_skin skin;
    smp_head head;
    smp_skin_init(&skin);
    smp_head_init(&head);
    add(a, &skin.melanin, 1); /* a default that no float holds: rounded when it is set */
    a->numbers[a->count++] = smp_delta_e2000(one, two);
    a->numbers[a->count++] = smp_ita_deg(one);
    const float encoded = smp_space_encode(SMP_SPACE_SRGB, 0.37f);
    add(a, &encoded, 1);
    ck_assert_int_eq(smp_rgb_to_xyz(SMP_SPACE_SRGB, rgb, xyz, NULL), SMP_OK);
    smp_xyz_to_lab(xyz, lab);
    add(a, lab, 3);
    ck_assert_int_eq(smp_skin_color(&skin, SMP_SPACE_SRGB, xyz, NULL), SMP_OK);
    add(a, xyz, 3);
    smp_pigment pigment;
    float dose;
    ck_assert_int_eq(smp_shade_get(37, &pigment, &dose, NULL), SMP_OK);
    add(a, &dose, 1);
}

static void ask_plan(answers *a, const smp_context *ctx)
{
    smp_plan *plan = NULL;
    smp_bytes *json = NULL;
    smp_diag diag;
    size_t size;
    smp_status status =
        smp_plan_from_preset(ctx, smp_plan_preset_name(3, NULL), NULL, &plan, &diag);
    ck_assert_msg(status == SMP_OK, "%s", diag.text);
    ck_assert_int_eq(smp_plan_to_json(ctx, plan, &json, &diag), SMP_OK);
    const uint8_t *bytes = smp_bytes_data(json, &size);
    ck_assert_uint_lt(size, sizeof a->json);
    memcpy(a->json, bytes, size);
    a->json_size = size;
    smp_plan_destroy(&plan);
    ck_assert_int_eq(smp_plan_from_json(ctx, a->json, size, &plan, &diag), SMP_OK);
    const double places[2][3] = {{0, 120, 70}, {40, 130, 10}};
    a->numbers[a->count++] = smp_plan_density(plan, places[0]);
    a->numbers[a->count++] = smp_plan_density(plan, places[1]);
    smp_bytes_destroy(&json);
    smp_plan_destroy(&plan);
}

static void ask(answers *a, const smp_context *ctx)
{
    memset(a, 0, sizeof *a);
    ask_colors(a);
    ask_plan(a, ctx);
}

START_TEST(rounding_of_the_host_changes_nothing)
{
    static answers usual, other;
    smp_context *ctx;
    ck_assert_int_eq(smp_context_create(&ctx, NULL, NULL), SMP_OK);
    for (size_t i = 0; i < MODES; i++) {
        answers *a = i ? &other : &usual;
        if (fesetround(modes[i]))
            continue;
        ask(a, ctx);
        const int after = fegetround();
        ck_assert_int_eq(fesetround(FE_TONEAREST), 0);
        ck_assert_int_eq(after, modes[i]);
        ck_assert_uint_eq(a->count, usual.count);
        for (uint32_t k = 0; k < a->count; k++)
            ck_assert_msg(a->numbers[k] == usual.numbers[k], "mode %d, number %u: %a, not %a",
                          modes[i], k, a->numbers[k], usual.numbers[k]);
        ck_assert_uint_eq(a->json_size, usual.json_size);
        ck_assert_mem_eq(a->json, usual.json, usual.json_size);
    }
    smp_context_destroy(&ctx);
}
END_TEST

/* ---- callbacks and threads that leave something else ------------------------------------------
 */

static int report(void *user, double done, const char *stage)
{
    (void)user;
    (void)done;
    (void)stage;
    fesetround(FE_UPWARD);
    return 0;
}

static smp_status run_upward(void *user, smp_task_fn *fn, void *task, uint32_t count)
{
    smp_status status = SMP_OK;
    (void)user;
    fesetround(FE_UPWARD);
    for (uint32_t i = 0; i < count && status == SMP_OK; i++)
        status = fn(task, i);
    return status;
}

/* A drawn head, all of whose pixels are computed, and what is found in it. To be freed. */
static uint8_t *draw(const smp_context *ctx, const smp_progress *progress, size_t *size)
{
    smp_phantom_desc desc;
    smp_phantom *phantom;
    smp_scalp *scalp;
    smp_diag diag;
    smp_phantom_desc_init(&desc);
    desc.width = 96;
    desc.height = 128;
    smp_status status = smp_phantom_create(ctx, &desc, progress, &phantom, &diag);
    ck_assert_msg(status == SMP_OK, "%s", diag.text);
    const smp_image *image = smp_phantom_image(phantom);
    const smp_camera camera = smp_phantom_camera(phantom);
    const smp_head head = smp_phantom_head(phantom);
    status = smp_scalp_create(ctx, image, &camera, &head, NULL, NULL, progress, &scalp, &diag);
    ck_assert_msg(status == SMP_OK, "%s", diag.text);
    const smp_skin skin = smp_scalp_skin(scalp);
    const double found[2] = {smp_scalp_blur_px(scalp), smp_scalp_grain(scalp)};
    const size_t pixels = (size_t)image->height * (size_t)image->stride;
    *size = pixels + sizeof skin + sizeof found;
    uint8_t *bytes = malloc(*size);
    ck_assert(bytes != NULL);
    memcpy(bytes, image->data, pixels);
    memcpy(bytes + pixels, &skin, sizeof skin);
    memcpy(bytes + pixels + sizeof skin, found, sizeof found);
    smp_scalp_destroy(&scalp);
    smp_phantom_destroy(&phantom);
    return bytes;
}

START_TEST(callbacks_may_leave_another_rounding)
{
    const smp_progress progress = {NULL, report};
    smp_context_desc desc;
    smp_context *ctx;
    uint8_t *drawn[3]; /* undisturbed, behind a runner, behind a report */
    size_t size[3];
    smp_context_desc_init(&desc);
    for (int i = 0; i < 3; i++) {
        desc.runner.run = i == 1 ? run_upward : NULL;
        ck_assert_int_eq(smp_context_create(&ctx, &desc, NULL), SMP_OK);
        drawn[i] = draw(ctx, i == 2 ? &progress : NULL, &size[i]);
        smp_context_destroy(&ctx);
        ck_assert_int_eq(fegetround(), FE_TONEAREST);
    }
    for (int i = 1; i < 3; i++) {
        ck_assert_uint_eq(size[i], size[0]);
        ck_assert_msg(memcmp(drawn[i], drawn[0], size[0]) == 0, "other bytes behind callback %d",
                      i);
    }
    for (int i = 0; i < 3; i++)
        free(drawn[i]);
}
END_TEST

#if defined(__SSE2__)
START_TEST(traps_and_flushing_are_put_aside)
{
    static answers usual, other;
    static const unsigned hosts[] = {0x9fc0, 0x0000, 0x7fc0, 0xffc0}; /* the second traps all */
    smp_context *ctx;
    const unsigned before = _mm_getcsr();
    ck_assert_int_eq(smp_context_create(&ctx, NULL, NULL), SMP_OK);
    ask(&usual, ctx);
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
        memset(&other, 0, sizeof other);
        _mm_setcsr(hosts[i]);
        ask_plan(&other, ctx);
        const unsigned after = _mm_getcsr();
        _mm_setcsr(before);
        ck_assert_uint_eq(after, hosts[i]);
        ck_assert_mem_eq(other.json, usual.json, usual.json_size);
    }
    smp_context_destroy(&ctx);
}
END_TEST
#endif

int main(void)
{
    Suite *suite = suite_create("guard");
    TCase *tests = tcase_create("guard");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, rounding_of_the_host_changes_nothing);
    tcase_add_test(tests, callbacks_may_leave_another_rounding);
#if defined(__SSE2__)
    tcase_add_test(tests, traps_and_flushing_are_put_aside);
#endif
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
