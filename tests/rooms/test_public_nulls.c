/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Every pointer that must be there is missing once, and every struct was never initialised once:
 * SMP_ERR_ARGUMENT with words, and nothing made. Handles that may be NULL are. */
#include <check.h>

#include <smp/smp.h>

#include "support.h"

#define SIDE 16

static smp_diag diag;
static smp_context *ctx;
static smp_head patch;
static smp_camera camera;
static smp_image photo;
static smp_scalp *scalp;
static smp_plan *plan;
static smp_preview *preview;
static smp_places *places;
static smp_dots *dots;

static void must(smp_status status)
{
    ck_assert_msg(status == SMP_OK, "%s", diag.text);
}

static void setup(void)
{
    static uint8_t pixels[SIDE * SIDE * 3];
    static const double origin[2] = {0, 0};
    memset(pixels, 180, sizeof pixels);
    ctx = test_context(NULL, NULL, SMP_ISA_BEST);
    smp_head_init(&patch);
    patch.shape = SMP_SHAPE_FLAT;
    patch.width_mm = patch.height_mm = 5;
    must(smp_image_wrap(&photo, pixels, SIDE, SIDE, 0, SMP_FORMAT_RGB8, &diag));
    must(smp_camera_from_scale(&camera, 4, origin, &diag));
    must(smp_scalp_create(ctx, &photo, &camera, &patch, NULL, NULL, NULL, &scalp, &diag));
    must(smp_plan_create(ctx, &patch, NULL, &plan, &diag));
    must(smp_preview_create(ctx, scalp, plan, NULL, &preview, &diag));
    must(smp_places_create(ctx, plan, 0, NULL, &places, &diag));
    must(smp_dots_create(ctx, plan, NULL, &dots, &diag));
}

static void teardown(void)
{
    smp_dots_destroy(&dots);
    smp_places_destroy(&places);
    smp_preview_destroy(&preview);
    smp_plan_destroy(&plan);
    smp_scalp_destroy(&scalp);
    ck_assert_uint_eq(smp_context_memory(ctx, NULL), 0);
    smp_context_destroy(&ctx);
}

/* The call must fail so, with words; whatever it makes must be NULL. */
#define REFUSED(call)                                                                       \
    do {                                                                                    \
        memset(&diag, 0x55, sizeof diag);                                                   \
        const smp_status status = (call);                                                   \
        if (status != SMP_ERR_ARGUMENT || diag.status != SMP_ERR_ARGUMENT || !diag.text[0]) \
            ck_abort_msg("%s: %s, \"%s\"", #call, smp_status_name(status), diag.text);      \
    } while (0)
#define MADE_NOTHING(handle, call)  \
    do {                            \
        handle = (void *)1;         \
        REFUSED(call);              \
        ck_assert_ptr_null(handle); \
    } while (0)

static uint32_t bad[128] = {3}; /* a struct_size that none has */
#define BAD ((void *)bad)

START_TEST(creators)
{
    void *made;
    smp_bytes *bytes;
    smp_picture *picture;
    REFUSED(smp_context_create(NULL, NULL, &diag));
    MADE_NOTHING(made, smp_context_create((smp_context **)&made, BAD, &diag));
    REFUSED(smp_pool_create(NULL, 1, &diag));
    REFUSED(smp_decode(ctx, "x", 1, NULL, NULL, &diag));
    MADE_NOTHING(picture, smp_decode(NULL, "x", 1, NULL, &picture, &diag));
    MADE_NOTHING(picture, smp_decode(ctx, NULL, 1, NULL, &picture, &diag));
    MADE_NOTHING(picture, smp_decode(ctx, "x", 1, BAD, &picture, &diag));
    REFUSED(smp_encode(ctx, &photo, NULL, NULL, NULL, &diag));
    MADE_NOTHING(bytes, smp_encode(NULL, &photo, NULL, NULL, &bytes, &diag));
    MADE_NOTHING(bytes, smp_encode(ctx, NULL, NULL, NULL, &bytes, &diag));
    MADE_NOTHING(bytes, smp_encode(ctx, &photo, BAD, NULL, &bytes, &diag));
    REFUSED(smp_phantom_create(ctx, NULL, NULL, NULL, &diag));
    MADE_NOTHING(made, smp_phantom_create(NULL, NULL, NULL, (smp_phantom **)&made, &diag));
    MADE_NOTHING(made, smp_phantom_create(ctx, BAD, NULL, (smp_phantom **)&made, &diag));
    REFUSED(smp_plan_create(ctx, NULL, NULL, NULL, &diag));
    MADE_NOTHING(made, smp_plan_create(NULL, NULL, NULL, (smp_plan **)&made, &diag));
    MADE_NOTHING(made, smp_plan_create(ctx, BAD, NULL, (smp_plan **)&made, &diag));
    MADE_NOTHING(made, smp_plan_create(ctx, NULL, BAD, (smp_plan **)&made, &diag));
    REFUSED(smp_plan_copy(ctx, plan, NULL, &diag));
    MADE_NOTHING(made, smp_plan_copy(NULL, plan, (smp_plan **)&made, &diag));
    MADE_NOTHING(made, smp_plan_copy(ctx, NULL, (smp_plan **)&made, &diag));
    REFUSED(smp_plan_from_json(ctx, "{}", 2, NULL, &diag));
    MADE_NOTHING(made, smp_plan_from_json(NULL, "{}", 2, (smp_plan **)&made, &diag));
    MADE_NOTHING(made, smp_plan_from_json(ctx, NULL, 2, (smp_plan **)&made, &diag));
    REFUSED(smp_plan_to_json(ctx, plan, NULL, &diag));
    MADE_NOTHING(bytes, smp_plan_to_json(NULL, plan, &bytes, &diag));
    MADE_NOTHING(bytes, smp_plan_to_json(ctx, NULL, &bytes, &diag));
    REFUSED(smp_plan_from_preset(ctx, "bold", NULL, NULL, &diag));
    MADE_NOTHING(made, smp_plan_from_preset(NULL, "bold", NULL, (smp_plan **)&made, &diag));
    MADE_NOTHING(made, smp_plan_from_preset(ctx, NULL, NULL, (smp_plan **)&made, &diag));
    MADE_NOTHING(made, smp_plan_from_preset(ctx, "bold", BAD, (smp_plan **)&made, &diag));
    MADE_NOTHING(made, smp_plan_from_preset(ctx, "bald", NULL, (smp_plan **)&made, &diag));
}
END_TEST

START_TEST(pictures)
{
    void *made;
    smp_file_info info;
    smp_image view = photo;
    smp_grid map;
    REFUSED(smp_image_wrap(NULL, photo.data, 1, 1, 0, SMP_FORMAT_RGB8, &diag));
    REFUSED(smp_image_copy(NULL, &photo, &diag));
    REFUSED(smp_image_copy(&photo, NULL, &diag));
    REFUSED(smp_read_info(NULL, 3, &info, &diag));
    REFUSED(smp_read_info("abc", 3, NULL, &diag));
    REFUSED(smp_phantom_get_map(NULL, SMP_PHANTOM_MASK, &map, &diag));
    REFUSED(smp_scalp_get_map(NULL, SMP_SCALP_MASK, &map, NULL, &diag));
    REFUSED(smp_scalp_get_map(scalp, SMP_SCALP_MASK, NULL, NULL, &diag));
    REFUSED(smp_scalp_get_map(scalp, SMP_SCALP_MAP_COUNT, &map, NULL, &diag));
    REFUSED(smp_scalp_create(ctx, &photo, &camera, NULL, NULL, NULL, NULL, NULL, &diag));
#define SCALP(c, p, k, h, m, d) \
    MADE_NOTHING(made, smp_scalp_create(c, p, k, h, m, d, NULL, (smp_scalp **)&made, &diag))
    SCALP(NULL, &photo, &camera, &patch, NULL, NULL);
    SCALP(ctx, NULL, &camera, &patch, NULL, NULL);
    SCALP(ctx, &photo, NULL, &patch, NULL, NULL);
    SCALP(ctx, &photo, BAD, &patch, NULL, NULL);
    SCALP(ctx, &photo, &camera, BAD, NULL, NULL);
    SCALP(ctx, &photo, &camera, &patch, NULL, BAD);
    view.alpha = SMP_ALPHA_COUNT;
    SCALP(ctx, &view, &camera, &patch, NULL, NULL);
    SCALP(ctx, &photo, &camera, &patch, &view, NULL);
    view = photo;
    view.width--;
    SCALP(ctx, &photo, &camera, &patch, &view, NULL);
    REFUSED(smp_preview_create(ctx, scalp, plan, NULL, NULL, &diag));
#define PREVIEW(c, s, p) \
    MADE_NOTHING(made, smp_preview_create(c, s, p, NULL, (smp_preview **)&made, &diag))
    PREVIEW(NULL, scalp, plan);
    PREVIEW(ctx, NULL, plan);
    PREVIEW(ctx, scalp, NULL);
    REFUSED(smp_preview_set_life(NULL, NULL, &diag));
    REFUSED(smp_preview_set_life(preview, BAD, &diag));
    REFUSED(smp_preview_render(NULL, 1, NULL, &photo, NULL, &diag));
    REFUSED(smp_preview_render(preview, 1, NULL, NULL, NULL, &diag));
    REFUSED(smp_preview_layer(NULL, 1, NULL, &photo, NULL, &diag));
    REFUSED(smp_preview_layer(preview, 1, NULL, NULL, NULL, &diag));
    REFUSED(smp_preview_layer(preview, 1, NULL, &photo, NULL, &diag)); /* an 8-bit one */
}
END_TEST

START_TEST(dots_and_time)
{
    void *made;
    float f[400];
    double d[8];
    REFUSED(smp_places_create(ctx, plan, 0, NULL, NULL, &diag));
    MADE_NOTHING(made, smp_places_create(NULL, plan, 0, NULL, (smp_places **)&made, &diag));
    MADE_NOTHING(made, smp_places_create(ctx, NULL, 0, NULL, (smp_places **)&made, &diag));
    REFUSED(smp_dots_create(ctx, plan, NULL, NULL, &diag));
    MADE_NOTHING(made, smp_dots_create(NULL, plan, NULL, (smp_dots **)&made, &diag));
    MADE_NOTHING(made, smp_dots_create(ctx, NULL, NULL, (smp_dots **)&made, &diag));
    REFUSED(smp_dots_create_from(ctx, places, plan, NULL, NULL, &diag));
#define FROM(c, p, q) \
    MADE_NOTHING(made, smp_dots_create_from(c, p, q, NULL, (smp_dots **)&made, &diag))
    FROM(NULL, places, plan);
    FROM(ctx, NULL, plan);
    FROM(ctx, places, NULL);
    REFUSED(smp_dots_age(NULL, plan, dots, 1, f, f, &diag));
    REFUSED(smp_dots_age(ctx, NULL, dots, 1, f, f, &diag));
    REFUSED(smp_dots_age(ctx, plan, NULL, 1, f, f, &diag));
    REFUSED(smp_dots_age(ctx, plan, dots, 1, NULL, f, &diag));
    REFUSED(smp_dots_age(ctx, plan, dots, 1, f, NULL, &diag));
    REFUSED(smp_dots_left(NULL, plan, dots, 1, f, NULL, &diag));
    REFUSED(smp_dots_left(ctx, NULL, dots, 1, f, NULL, &diag));
    REFUSED(smp_dots_left(ctx, plan, NULL, 1, f, NULL, &diag));
    REFUSED(smp_dots_left(ctx, plan, dots, 1, NULL, NULL, &diag));
    REFUSED(smp_fade_course(NULL, plan, NULL, NULL, 1, d, f, &diag));
    REFUSED(smp_fade_course(ctx, NULL, NULL, NULL, 1, d, f, &diag));
    REFUSED(smp_fade_course(ctx, plan, BAD, NULL, 1, d, f, &diag));
    REFUSED(smp_fade_course(ctx, plan, NULL, BAD, 1, d, f, &diag));
    REFUSED(smp_fade_course(ctx, plan, NULL, NULL, 1, NULL, f, &diag));
    REFUSED(smp_fade_course(ctx, plan, NULL, NULL, 1, d, NULL, &diag));
    REFUSED(smp_fade_due(NULL, plan, NULL, NULL, d, &diag));
    REFUSED(smp_fade_due(ctx, NULL, NULL, NULL, d, &diag));
    REFUSED(smp_fade_due(ctx, plan, BAD, NULL, d, &diag));
    REFUSED(smp_fade_due(ctx, plan, NULL, BAD, d, &diag));
    REFUSED(smp_fade_due(ctx, plan, NULL, NULL, NULL, &diag));
    REFUSED(smp_laser_sessions(NULL, NULL, NULL, f, &diag));
    REFUSED(smp_laser_sessions(BAD, NULL, bad + 1, f, &diag));
    REFUSED(smp_laser_sessions(NULL, BAD, bad + 1, f, &diag));
    REFUSED(smp_skin_healing(BAD, 1, SMP_SPACE_SRGB, f, &diag));
    REFUSED(smp_skin_healing(NULL, 1, SMP_SPACE_COUNT, f, &diag));
    REFUSED(smp_skin_healing(NULL, 1, SMP_SPACE_SRGB, NULL, &diag));
}
END_TEST

/* What has no status and may be asked of nothing. */
START_TEST(nothing)
{
    size_t size = 7;
    uint64_t peak = 7;
    uint32_t count = 7;
    float light[3] = {7, 7, 7};
    ck_assert(!smp_picture_image(NULL) && !smp_picture_info(NULL));
    ck_assert(!smp_picture_exif(NULL, NULL) && !smp_picture_exif(NULL, &size) && size == 0);
    ck_assert(!smp_bytes_data(NULL, NULL) && !smp_phantom_image(NULL));
    ck_assert(!smp_phantom_hairs(NULL, &count) && !smp_phantom_hairs(NULL, NULL) && count == 0);
    ck_assert(smp_context_isa(NULL) == SMP_ISA_SCALAR);
    ck_assert(smp_context_memory(NULL, &peak) == 0 && peak == 0);
    ck_assert(!smp_places_fit(NULL, plan) && !smp_places_fit(places, NULL));
    ck_assert(smp_places_count(NULL) == 0 && smp_dots_arrays(NULL).count == 0);
    ck_assert(smp_plan_session_count(NULL) == 0 && smp_plan_zone_count(NULL) == 0);
    ck_assert(smp_plan_event_count(NULL) == 0 && smp_plan_obstacle_count(NULL) == 0);
    ck_assert(smp_preview_bounds(NULL).width == 0 && !smp_preview_dots(NULL));
    ck_assert(smp_scalp_hairs(NULL).count == 0 && !smp_scalp_map_name(SMP_SCALP_MAP_COUNT));
    ck_assert(smp_scalp_grain(NULL) >= 0 && smp_scalp_blur_px(NULL) >= 0);
    smp_scalp_light(NULL, light);
    ck_assert(light[0] == 0 && light[1] == 0 && light[2] == 0);
    ck_assert(smp_scalp_skin(NULL).struct_size == sizeof(smp_skin));
    ck_assert(smp_scalp_camera(NULL).struct_size == sizeof(smp_camera));
    ck_assert(smp_phantom_camera(NULL).struct_size == sizeof(smp_camera));
    ck_assert(smp_phantom_head(NULL).struct_size == sizeof(smp_head));
    ck_assert(smp_phantom_ellipse(NULL).rx_px == 0);
    smp_picture_destroy(NULL);
    smp_phantom_destroy(NULL);
    smp_scalp_destroy(NULL);
    smp_plan_destroy(NULL);
    smp_preview_destroy(NULL);
    smp_places_destroy(NULL);
    smp_dots_destroy(NULL);
    smp_bytes_destroy(NULL);
    smp_context_destroy(NULL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("public");
    TCase *tests = tcase_create("nulls");
    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, creators);
    tcase_add_test(tests, pictures);
    tcase_add_test(tests, dots_and_time);
    tcase_add_test(tests, nothing);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
