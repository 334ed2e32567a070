/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Random jobs, from a photo of any format to its rendered pixels: each call works or says why not,
 * nothing outside is written, what must stay is the same bit by bit, and nothing is left behind.
 * SMP_TEST_SEED sets where it starts, SMP_TEST_JOBS how many jobs. */
#include <check.h>

#include "rooms/stress.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define JOBS 40
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define JOBS 40
#endif
#endif
#ifndef JOBS
#define JOBS 160
#endif

/* As ck_assert_msg, which is too slow to be asked for each pixel. */
#define NEED(condition, ...)           \
    do {                               \
        if (!(condition))              \
            ck_abort_msg(__VA_ARGS__); \
    } while (0)

typedef struct stress {
    uint64_t *state;
    smp_context *ctx;
    stress_picture photo, mask;
    smp_head head;
    smp_camera camera;
    smp_plan *plan;
    smp_scalp *scalp;
    smp_preview *preview;
} stress;

static int stop(void *user, double done, const char *stage)
{
    ck_assert(done >= 0.0 && done <= 1.0 && stage && stage[0]);
    return (*(int *)user)-- == 0;
}

/* A status that the call may give (bit set of `may`), with words when it is an error. */
static smp_status expect(smp_status status, const smp_diag *diag, uint32_t may, const char *call)
{
    if (status == SMP_OK)
        return status;
    ck_assert_msg(may >> status & 1, "%s: %s: %s", call, smp_status_name(status), diag->text);
    ck_assert_msg(diag->status == status && diag->text[0], "%s: %s without words", call,
                  smp_status_name(status));
    return status;
}

#define MAY(status) (1u << (status))

static void make_photo(stress *s)
{
    uint64_t *state = s->state;
    uint32_t w = between_u32(state, 1, 180), h = between_u32(state, 1, 180);
    if (one_in(state, 5))
        w = one_in(state, 2) ? 1 : between_u32(state, 1, 4);
    if (one_in(state, 5))
        h = one_in(state, 2) ? 1 : between_u32(state, 1, 4);
    if (one_in(state, 40)) {
        w = one_in(state, 2) ? 65535 : 1;
        h = w == 1 ? 65535 : 1;
    }
    const uint32_t format = between_u32(state, 0, SMP_FORMAT_COUNT - 1);
    stress_picture_make(&s->photo, state, w, h, format);
    const int mad = format >= SMP_FORMAT_RGBF32 && one_in(state, 2);
    s->photo.image.space = between_u32(state, 0, SMP_SPACE_COUNT - 1);
    stress_paint(&s->photo, state, mad);
    stress_picture_seal(&s->photo);
    if (one_in(state, 3)) {
        stress_picture_make(&s->mask, state, w, h, between_u32(state, 0, SMP_FORMAT_COUNT - 1));
        stress_paint(&s->mask, state, one_in(state, 2));
        stress_picture_seal(&s->mask);
    }
}

static smp_status make_scalp(stress *s)
{
    smp_diag diag;
    smp_scalp_desc desc;
    smp_scalp_desc_init(&desc);
    desc.find_skin = one_in(s->state, 2) ? 1 : 0;
    if (one_in(s->state, 2))
        desc.blur_px = one_in(s->state, 4) ? 50.0f : (float)log_uniform(s->state, 1e-6, 5.0);
    desc.keep_shine = (float)test_uniform(s->state, 0.0, 1.0);
    int countdown = one_in(s->state, 20) ? (int)between_u32(s->state, 0, 20) : -1;
    const smp_progress progress = {&countdown, stop};
    const smp_status status = expect(
        smp_scalp_create(s->ctx, &s->photo.image, &s->camera, &s->head,
                         s->mask.bytes ? &s->mask.image : NULL, &desc, &progress, &s->scalp, &diag),
        &diag, MAY(SMP_ERR_CANCELLED) | MAY(SMP_ERR_LIMIT), "smp_scalp_create");
    ck_assert((status == SMP_OK) == (s->scalp != NULL));
    if (status == SMP_OK) {
        const smp_skin skin = smp_scalp_skin(s->scalp);
        ck_assert(isfinite(skin.melanin) && isfinite(skin.blood) && isfinite(skin.yellow_um));
        ck_assert(smp_scalp_blur_px(s->scalp) >= 0.0 && smp_scalp_blur_px(s->scalp) <= 50.0);
    }
    return status;
}

static smp_status make_preview(stress *s)
{
    smp_diag diag;
    smp_plan_desc desc;
    smp_hairline_desc hairline;
    stress_plan_desc(&desc, s->state);
    smp_hairline_desc_init(&hairline);
    hairline.style = between_u32(s->state, 0, SMP_HAIRLINE_COUNT - 1);
    hairline.height_mm = (float)test_uniform(s->state, 40.0, 130.0);
    smp_status status = expect(smp_plan_create(s->ctx, &s->head, &desc, &s->plan, &diag), &diag,
                               MAY(SMP_ERR_LIMIT), "smp_plan_create");
    if (status == SMP_OK)
        expect(smp_plan_set_hairline(s->plan, &hairline, &diag), &diag,
               MAY(SMP_ERR_ARGUMENT) | MAY(SMP_ERR_LIMIT), "smp_plan_set_hairline");
    int countdown = one_in(s->state, 20) ? (int)between_u32(s->state, 0, 20) : -1;
    const smp_progress progress = {&countdown, stop};
    if (status == SMP_OK)
        status =
            expect(smp_preview_create(s->ctx, s->scalp, s->plan, &progress, &s->preview, &diag),
                   &diag, MAY(SMP_ERR_CANCELLED) | MAY(SMP_ERR_LIMIT), "smp_preview_create");
    ck_assert((status == SMP_OK) == (s->preview != NULL));
    return status;
}

/* out was all 0xa5. Inside the region: the photo's own pixel wherever nothing may change. */
static void check_picture(const stress *s, const stress_picture *out, const smp_rect *region,
                          int same)
{
    const smp_rect bounds = smp_preview_bounds(s->preview);
    const smp_image *im = &out->image, *photo = &s->photo.image;
    const size_t pixel = smp_format_pixel_size((smp_format)im->format);
    /* one mad pixel does not spoil others */
    const int floats = im->format >= SMP_FORMAT_RGBF32;
    uint8_t untouched[16];
    memset(untouched, 0xa5, sizeof untouched);
    for (uint32_t y = 0; y < im->height; y++)
        for (uint32_t x = 0; x < im->width; x++) {
            const uint8_t *got = pixel_of(im, x, y), *from = pixel_of(photo, x, y);
            if (!inside(region, x, y))
                NEED(!memcmp(got, untouched, pixel), "written outside, %u %u", x, y);
            else if (same || !inside(&bounds, x, y))
                NEED(!memcmp(got, from, pixel), "changed out of bounds, %u %u", x, y);
            else if (floats && is_modest(from, (uint32_t)pixel / 4))
                NEED(is_finite(got, (uint32_t)pixel / 4), "not finite, %u %u", x, y);
            if (pixel != 3 && pixel != 6 && pixel != 12 && pixel != 1 && inside(region, x, y))
                NEED(!memcmp(got + pixel / 4 * 3, from + pixel / 4 * 3, pixel / 4),
                     "alpha changed, %u %u", x, y);
        }
}

static void check_layer(const stress *s, const stress_picture *out, const smp_rect *region)
{
    const smp_rect bounds = smp_preview_bounds(s->preview);
    for (uint32_t y = region->y; y < region->y + region->height; y++)
        for (uint32_t x = region->x; x < region->x + region->width; x++)
            for (size_t c = 0; c < 3; c++) {
                const float t = share_at(&out->image, x, y, c);
                NEED(t >= 0.0f && t <= 1.0f, "layer is %g, %u %u", (double)t, x, y);
                NEED(t == 1.0f || inside(&bounds, x, y), "pigment out of bounds, %u %u", x, y);
            }
}

/* One call with an output of its own. Returns a hash of what came out; 0 on error. */
static uint64_t render(const stress *s, double day, int layer, const smp_rect *region,
                       uint64_t seed)
{
    smp_diag diag;
    stress_picture out = {.hash = 0};
    uint64_t hash = 0, own = seed;
    const smp_image *photo = &s->photo.image;
    const uint32_t format = !layer            ? photo->format
                            : one_in(&own, 2) ? SMP_FORMAT_RGB16
                                              : SMP_FORMAT_RGBF32;
    stress_picture_make(&out, &own, photo->width, photo->height, format);
    if (!layer)
        out.image.space = photo->space;
    const smp_status status =
        expect(layer ? smp_preview_layer(s->preview, day, region, &out.image, NULL, &diag)
                     : smp_preview_render(s->preview, day, region, &out.image, NULL, &diag),
               &diag, MAY(SMP_ERR_RANGE) | MAY(SMP_ERR_ARGUMENT), "render");
    const smp_rect whole = {0, 0, photo->width, photo->height};
    const smp_rect *r = region ? region : &whole;
    const int bad_region = r->width == 0 || r->width > photo->width;
    ck_assert((status == SMP_ERR_RANGE) <= !(day >= -1.0 && day <= 36500.0));
    ck_assert((status == SMP_OK) == (day >= -1.0 && day <= 36500.0 && !bad_region));
    check_gaps(&out);
    if (status != SMP_OK)
        out.hash = TEST_HASH_START;
    for (size_t i = 0; i < out.size && status != SMP_OK; i++)
        NEED(out.bytes[i] == 0xa5, "written in spite of an error");
    if (status == SMP_OK && layer)
        check_layer(s, &out, r);
    else if (status == SMP_OK)
        check_picture(s, &out, r, day < 0.0);
    out.hash = 0;
    hash = status == SMP_OK ? test_hash(TEST_HASH_START, out.bytes, out.size) : 0;
    stress_picture_free(&out, "out");
    return hash;
}

static void render_days(const stress *s)
{
    static const double odd[] = {-1.0, -0.5, 0.0, 20.0, 36500.0, 36500.5, -2.0, NAN, INFINITY};
    const smp_rect bounds = smp_preview_bounds(s->preview);
    const smp_image *photo = &s->photo.image;
    ck_assert(bounds.x + bounds.width <= photo->width);
    ck_assert(bounds.y + bounds.height <= photo->height);
    for (int k = 0; k < 3; k++) {
        double day = odd[between_u32(s->state, 0, sizeof odd / sizeof *odd - 1)];
        if (one_in(s->state, 3))
            day = test_uniform(s->state, 0.0, 4000.0);
        const smp_rect region = random_region(s->state, photo->width, photo->height);
        const smp_rect *r = one_in(s->state, 2) ? &region : NULL;
        const int layer = one_in(s->state, 3);
        const uint64_t seed = test_random(s->state) | 1;
        const uint64_t first = render(s, day, layer, r, seed);
        if (one_in(s->state, 3))
            ck_assert(first == render(s, day, layer, r, seed)); /* nothing is remembered */
    }
}

static void clean_up(stress *s)
{
    smp_preview_destroy(&s->preview);
    smp_scalp_destroy(&s->scalp);
    smp_plan_destroy(&s->plan);
    stress_picture_free(&s->mask, "mask");
    stress_picture_free(&s->photo, "photo");
}

/* One job. Returns 1 when it came to pictures. */
static int run_job(uint64_t *state, test_memory *memory, const smp_runner *runner)
{
    smp_context_desc desc;
    stress s = {.state = state};
    smp_context_desc_init(&desc);
    desc.allocator = test_allocator(memory);
    desc.isa = between_u32(state, SMP_ISA_BEST, SMP_ISA_V512);
    if (runner)
        desc.runner = *runner;
    if (one_in(state, 12))
        desc.memory_budget = (uint64_t)log_uniform(state, 1e3, 3e7);
    smp_diag diag;
    const smp_status status = expect(smp_context_create(&s.ctx, &desc, &diag), &diag, 0, "context");
    ck_assert(status == SMP_OK);
    make_photo(&s);
    stress_head(&s.head, state);
    stress_camera(&s.camera, state, &s.head, &s.photo.image);
    const int done = make_scalp(&s) == SMP_OK && make_preview(&s) == SMP_OK;
    if (done)
        render_days(&s);
    clean_up(&s);
    ck_assert_uint_eq(smp_context_memory(s.ctx, NULL), 0);
    smp_context_destroy(&s.ctx);
    ck_assert_uint_eq(memory->live, 0);
    return done;
}

START_TEST(random_jobs)
{
    const char *wanted = getenv("SMP_TEST_JOBS");
    const uint64_t seed = test_seed();
    const long jobs = wanted ? strtol(wanted, NULL, 10) : JOBS;
    smp_pool *pool;
    const smp_runner runners[] = {test_parallel(&pool, 3), test_backwards()};
    int done = 0;
    for (long k = 0; k < jobs; k++) {
        /* each job has a stream of its own, so that one can be run again alone */
        uint64_t state = (seed + (uint64_t)k) * UINT64_C(0x9e3779b97f4a7c15) | 1;
        const uint32_t which = between_u32(&state, 0, 3);
        test_memory memory = {0};
        printf("SMP_TEST_SEED=%llu SMP_TEST_JOBS=1\n", (unsigned long long)(seed + (uint64_t)k));
        fflush(stdout); /* the last line is the job that failed */
        done += run_job(&state, &memory, which < 2 ? &runners[which] : NULL);
    }
    smp_pool_destroy(&pool);
    ck_assert_msg(wanted || done > JOBS / 2, "only %d jobs came to pictures", done);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("stress");
    TCase *tests = tcase_create("stress");
    tcase_set_timeout(tests, 500);
    tcase_add_test(tests, random_jobs);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
