/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * One hash for the whole path - phantom, scalp, plan, dots, ageing, render - at every vector width
 * and for runners that go forwards, backwards and in parallel. No test framework, so that it runs
 * under an emulator.
 *
 * A change of these is a change of pixels, for CHANGELOG.md to say. --print prints new ones. */
#include <fenv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <smp/smp.h>

#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

#define STAGES 9

static const char *const stage_names[STAGES] = {"phantom",    "dots",     "day 0",
                                                "day 60",     "day 1500", "layer 60",
                                                "found skin", "later on", "blurred"};

/* Little-endian machines; words are hashed as bytes. */
static const uint64_t golden[STAGES] = {
#include "golden/hashes.inc"
};

typedef struct run {
    const char *name;
    uint32_t isa, threads;
    int backwards;
    int flush;    /* the host lets tiny numbers become 0, as some libraries do on loading */
    int rounding; /* what the host has set; 0: to nearest */
} run;

static const run runs[] = {{"scalar", SMP_ISA_SCALAR, 0, 0, 0, 0},
                           {"v128", SMP_ISA_V128, 0, 0, 0, 0},
                           {"v256", SMP_ISA_V256, 0, 0, 0, 0},
                           {"v512", SMP_ISA_V512, 0, 0, 0, 0},
                           {"2 threads", SMP_ISA_BEST, 2, 0, 0, 0},
                           {"7 threads", SMP_ISA_BEST, 7, 0, 0, 0},
                           {"downward, backwards", SMP_ISA_SCALAR, 0, 1, 0, FE_DOWNWARD},
                           {"toward zero, flushed", SMP_ISA_BEST, 0, 0, 1, FE_TOWARDZERO},
                           {"upward, flushed, 2 threads", SMP_ISA_SCALAR, 2, 0, 1, FE_UPWARD}};

static void need(smp_status status, const smp_diag *diag)
{
    if (status == SMP_OK)
        return;
    fprintf(stderr, "golden: %s: %s\n", smp_status_name(status), diag->text);
    exit(1);
}

static uint64_t add(uint64_t hash, const void *data, size_t size)
{
    const uint8_t *bytes = data;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ bytes[i]) * 1099511628211u;
    return hash;
}

static const uint64_t start = 14695981039346656037u;

static uint64_t hash_image(const smp_image *image)
{
    uint64_t hash = start;
    const size_t row = (size_t)image->width * smp_format_pixel_size((smp_format)image->format);
    for (uint32_t y = 0; y < image->height; y++)
        hash = add(hash, (const uint8_t *)image->data + (ptrdiff_t)y * image->stride, row);
    return hash;
}

static uint64_t hash_dots(const smp_dots *dots)
{
    const smp_dots_view v = smp_dots_arrays(dots);
    const size_t size = v.count * sizeof(float);
    uint64_t hash = add(start, &v.count, sizeof v.count);
    const float *arrays[] = {v.x_mm, v.y_mm,        v.z_mm,   v.nx,  v.ny,
                             v.nz,   v.diameter_mm, v.top_mm, v.dose};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        hash = add(hash, arrays[i], size);
    return add(hash, v.session, v.count);
}

static smp_status backwards(void *user, smp_task_fn *fn, void *task, uint32_t count)
{
    (void)user;
    for (uint32_t i = count; i > 0; i--)
        if (fn(task, i - 1) != SMP_OK)
            return SMP_ERR_RUNNER;
    return SMP_OK;
}

static uint64_t day(smp_preview *preview, double when, const smp_image *out)
{
    smp_diag diag;
    need(smp_preview_render(preview, when, NULL, out, NULL, &diag), &diag);
    return hash_image(out);
}

/* Scars of each kind across the middle of the picture, a laser, and hair that has grown. */
static void live_on(smp_plan *plan, const smp_phantom *phantom)
{
    static const uint32_t kinds[] = {SMP_ZONE_SCAR_PATCH, SMP_ZONE_SCAR_DOTS, SMP_ZONE_SCAR_STRIP};
    const smp_ellipse at = smp_phantom_ellipse(phantom);
    const smp_camera camera = smp_phantom_camera(phantom);
    const smp_head head = smp_phantom_head(phantom);
    smp_diag diag;
    smp_event_desc laser;
    smp_life_desc life;
    for (int i = 0; i < 3; i++) {
        static const double du[4] = {-0.5, -0.3, -0.3, -0.5}, dv[4] = {0.6, 0.6, 0.35, 0.35};
        double xyz[12];
        smp_zone_desc zone;
        smp_zone_desc_init(&zone);
        zone.kind = kinds[i];
        zone.lightness = 8.0f - 5.0f * (float)i;
        zone.redness = 3.0f;
        for (int k = 0; k < 4; k++) {
            const double uv[2] = {at.cx_px + (du[k] + 0.3 * i) * at.rx_px,
                                  at.cy_px - dv[k] * at.ry_px};
            if (!smp_camera_unproject(&camera, &head, uv, xyz + 3 * k, NULL))
                exit(1);
        }
        need(smp_plan_add_zone(plan, &zone, xyz, 4, NULL, &diag), &diag);
    }
    smp_event_desc_init(&laser);
    laser.kind = SMP_EVENT_LASER;
    laser.day = 40;
    need(smp_plan_set_events(plan, &laser, 1, &diag), &diag);
    smp_life_desc_init(&life);
    life.days_unshaved = 6;
    life.regrowth = life.tan = 0.5f;
    need(smp_plan_set_life(plan, &life, &diag), &diag);
}

/* A photo so blurred that cores are drawn on nodes. */
static uint64_t hash_blurred(const smp_context *ctx, const smp_phantom *phantom,
                             const smp_plan *plan, const smp_image *out)
{
    smp_diag diag;
    smp_scalp *scalp;
    smp_preview *preview;
    smp_scalp_desc desc;
    const smp_image *photo = smp_phantom_image(phantom);
    const smp_camera camera = smp_phantom_camera(phantom);
    const smp_head head = smp_phantom_head(phantom);
    smp_scalp_desc_init(&desc);
    desc.blur_px = 1.9f;
    need(smp_scalp_create(ctx, photo, &camera, &head, NULL, &desc, NULL, &scalp, &diag), &diag);
    need(smp_preview_create(ctx, scalp, plan, NULL, &preview, &diag), &diag);
    const uint64_t hash = day(preview, 60.0, out);
    smp_preview_destroy(&preview);
    smp_scalp_destroy(&scalp);
    return hash;
}

static void hash_previews(const smp_context *ctx, const smp_phantom *phantom,
                          uint64_t hashes[STAGES])
{
    smp_diag diag;
    smp_plan *plan;
    smp_scalp *scalp;
    smp_preview *preview;
    const smp_image *photo = smp_phantom_image(phantom);
    const smp_camera camera = smp_phantom_camera(phantom);
    const smp_head head = smp_phantom_head(phantom);
    uint8_t *pixels = malloc((size_t)photo->width * photo->height * 6);
    smp_image out, layer;
    if (!pixels)
        exit(1);
    need(smp_image_wrap(&out, pixels, photo->width, photo->height, 0, SMP_FORMAT_RGB8, &diag),
         &diag);
    need(smp_image_wrap(&layer, pixels, photo->width, photo->height, 0, SMP_FORMAT_RGB16, &diag),
         &diag);
    need(smp_plan_create(ctx, &head, NULL, &plan, &diag), &diag);
    need(smp_scalp_create(ctx, photo, &camera, &head, NULL, NULL, NULL, &scalp, &diag), &diag);
    need(smp_preview_create(ctx, scalp, plan, NULL, &preview, &diag), &diag);
    hashes[1] = hash_dots(smp_preview_dots(preview));
    hashes[2] = day(preview, 0.0, &out);
    hashes[3] = day(preview, 60.0, &out);
    hashes[4] = day(preview, 1500.0, &out);
    need(smp_preview_layer(preview, 60.0, NULL, &layer, NULL, &diag), &diag);
    hashes[5] = hash_image(&layer);
    const smp_skin skin = smp_scalp_skin(scalp);
    const double blur = smp_scalp_blur_px(scalp);
    hashes[6] = add(add(start, &skin, sizeof skin), &blur, sizeof blur);
    smp_preview_destroy(&preview);
    hashes[8] = hash_blurred(ctx, phantom, plan, &out);
    live_on(plan, phantom);
    need(smp_preview_create(ctx, scalp, plan, NULL, &preview, &diag), &diag);
    hashes[7] = day(preview, 60.0, &out);
    smp_preview_destroy(&preview);
    smp_scalp_destroy(&scalp);
    smp_plan_destroy(&plan);
    free(pixels);
}

/* Control bits of this thread's floating point: rounding, and on x86 flushing and traps too. */
static unsigned host_state(void)
{
#if defined(__SSE2__)
    return _mm_getcsr() & 0xffc0u;
#else
    return (unsigned)fegetround();
#endif
}

/* What the host has set in this run; 0 where there is no such thing to set. */
static int set_host(const run *r)
{
    if (r->rounding && fesetround(r->rounding))
        return 0;
#if defined(__SSE2__)
    if (r->flush)
        _mm_setcsr(_mm_getcsr() | 0x8040);
    return 1;
#else
    return !r->flush;
#endif
}

static int hash_run(const run *r, uint64_t hashes[STAGES])
{
    smp_diag diag;
    smp_pool *pool = NULL;
    smp_context *ctx;
    smp_phantom *phantom;
    smp_context_desc cd;
    smp_phantom_desc pd;
    fenv_t usual;
    fegetenv(&usual);
    const int possible = set_host(r); /* before the threads, which start with what this one has */
    smp_context_desc_init(&cd);
    cd.isa = r->isa;
    if (r->threads) {
        need(smp_pool_create(&pool, r->threads, &diag), &diag);
        cd.runner = smp_pool_runner(pool);
    }
    if (r->backwards)
        cd.runner.run = backwards;
    need(smp_context_create(&ctx, &cd, &diag), &diag);
    const int good = r->isa == SMP_ISA_BEST || (uint32_t)smp_context_isa(ctx) == r->isa;
    const int wanted = good && possible;
    smp_phantom_desc_init(&pd);
    pd.width = 320;
    pd.height = 400;
    const unsigned before = host_state();
    if (wanted) {
        need(smp_phantom_create(ctx, &pd, NULL, &phantom, &diag), &diag);
        hashes[0] = hash_image(smp_phantom_image(phantom));
        hash_previews(ctx, phantom, hashes);
        smp_phantom_destroy(&phantom);
    }
    if (host_state() != before)
        need(SMP_ERR_RUNNER,
             &(smp_diag){.text = "the host's floating-point environment was changed"});
    fesetenv(&usual);
    smp_context_destroy(&ctx);
    smp_pool_destroy(&pool);
    return wanted;
}

static int compare(const char *name, const uint64_t hashes[STAGES])
{
    int bad = 0;
    for (int i = 0; i < STAGES; i++)
        if (hashes[i] != golden[i]) {
            printf("%s: %s is %016llx, want %016llx\n", name, stage_names[i],
                   (unsigned long long)hashes[i], (unsigned long long)golden[i]);
            bad = 1;
        }
    return bad;
}

int main(int argc, char **argv)
{
    const char *required = getenv("SMP_TEST_REQUIRE");
    const int print = argc > 1 && strcmp(argv[1], "--print") == 0;
    int bad = 0;
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
        uint64_t hashes[STAGES] = {0};
        if (!hash_run(&runs[i], hashes)) {
            printf("SKIP golden: %s is not built or cannot run here\n", runs[i].name);
            bad |= required && strstr(required, "all") != NULL;
            continue;
        }
        if (print) {
            for (int k = 0; k < STAGES; k++)
                printf("0x%016llxu, /* %s */\n", (unsigned long long)hashes[k], stage_names[k]);
            return 0;
        }
        bad |= compare(runs[i].name, hashes);
    }
    printf(bad ? "golden: hashes differ\n" : "golden: all hashes equal\n");
    return bad;
}
