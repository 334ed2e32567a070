/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Memory: what the context holds after each step and at most, by its own count, and what the whole
 * process has resident; then what a megapixel and a dot add. */
#include <stdio.h>

#include "scene.h"

typedef struct step {
    const char *name;
    double now, peak; /* bytes of the context; the peak up to here */
    double resident;  /* of the process */
} step;

typedef struct sample {
    step steps[4];
    double pixels, dots;
} sample;

static double resident(void)
{
    FILE *f = fopen("/proc/self/status", "r");
    char line[256];
    unsigned long kb = 0;
    while (f && fgets(line, sizeof line, f))
        if (sscanf(line, "VmRSS: %lu kB", &kb) == 1)
            break;
    if (f)
        fclose(f);
    return 1024.0 * (double)kb;
}

static step after(const char *name, const smp_context *ctx)
{
    uint64_t peak;
    const uint64_t now = smp_context_memory(ctx, &peak);
    return (step){name, (double)now, (double)peak, resident()};
}

static sample take(const frame *f, float density)
{
    setting s = {.f = f};
    smp_diag diag;
    sample t;
    smp_plan_desc desc;
    smp_plan_desc_init(&desc);
    desc.density_per_cm2 = density;
    s.out = scene_picture(f->photo.width, f->photo.height, SMP_FORMAT_RGBA8);
    bench_need(smp_context_create(&s.ctx, NULL, &diag), &diag, "context");
    t.steps[0] = after("before", s.ctx);
    bench_need(smp_scalp_create(s.ctx, &f->photo, &f->camera, &f->head, &f->mask, NULL, NULL,
                                &s.scalp, &diag),
               &diag, "scalp");
    t.steps[1] = after("scalp", s.ctx);
    bench_need(smp_plan_create(s.ctx, &f->head, &desc, &s.plan, &diag), &diag, "plan");
    bench_need(smp_preview_create(s.ctx, s.scalp, s.plan, NULL, &s.preview, &diag), &diag,
               "preview");
    t.steps[2] = after("preview", s.ctx);
    s.day = 59;
    scene_whole(&s);
    t.steps[3] = after("rendered", s.ctx);
    t.pixels = (double)f->photo.width * f->photo.height;
    t.dots = smp_dots_arrays(smp_preview_dots(s.preview)).count;
    for (int i = 0; i < 4; i++)
        printf("memory %ux%u %.0f dots %s,%.0f,%.0f,%.0f\n", f->photo.width, f->photo.height,
               t.dots, t.steps[i].name, t.steps[i].now, t.steps[i].peak, t.steps[i].resident);
    scene_drop_setting(&s);
    return t;
}

/* What a step holds more in b than in a, over the units that b has more. */
static void tell(const char *what, const sample *a, const sample *b, double units)
{
    for (int i = 1; i < 4; i++)
        printf("# per %s, %s: holds %.1f bytes, at most %.1f\n", what, a->steps[i].name,
               (b->steps[i].now - a->steps[i].now) / units,
               (b->steps[i].peak - a->steps[i].peak) / units);
}

void bench_memory(void)
{
    static const uint32_t sizes[][2] = {{1920, 1080}, {4000, 3000}, {8000, 6000}};
    sample by_size[3], few, many;
    printf("# memory: columns are bytes that the context holds, the most so far, resident bytes of "
           "the process\n");
    for (int i = 0; i < 3; i++) {
        frame f;
        scene_make_frame(&f, sizes[i][0], sizes[i][1]);
        by_size[i] = take(&f, 100);
        if (i == 1) {
            few = take(&f, 25);
            many = take(&f, 200);
        }
        scene_drop_frame(&f);
    }
    tell("pixel of the photo, 2 to 12 MP", by_size, by_size + 1,
         by_size[1].pixels - by_size[0].pixels);
    tell("pixel of the photo, 12 to 48 MP", by_size + 1, by_size + 2,
         by_size[2].pixels - by_size[1].pixels);
    tell("dot", &few, &many, many.dots - few.dots);
}
