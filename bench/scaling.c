/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Growth: the same head and dots from 0.3 to 100 megapixels, and 1,000 to 500,000 dots on the same
 * pixels. Exponents are slopes of log time (the processor's) over log size. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scene.h"

#define ROUNDS 5
#define MOST 12

/* Sizes and the times that belong to them. */
typedef struct curve {
    double size[MOST], render[MOST], again[MOST];
    int count;
} curve;

static double slope(const double *x, const double *y, int from, int count)
{
    double sx = 0, sy = 0, sxx = 0, sxy = 0;
    const double n = count - from;
    for (int i = from; i < count; i++) {
        const double u = log(x[i]), v = log(y[i]);
        sx += u;
        sy += v;
        sxx += u * u;
        sxy += u * v;
    }
    return (n * sxy - sx * sy) / (n * sxx - sx * sx);
}

static double median_work(const bench_entry *e)
{
    double work[64];
    memcpy(work, e->work, sizeof work);
    return bench_median(work, ROUNDS);
}

/* Both ways to a day must give the same pixels; says their hash. */
static void check(setting *s)
{
    s->day = 59;
    scene_whole(s);
    s->day = 59;
    scene_again(s);
    const uint64_t a = bench_hash(&s->out), b = bench_hash(&s->kept);
    printf("# %ux%u, %u dots: hash %016llx\n", s->out.width, s->out.height,
           smp_dots_arrays(smp_preview_dots(s->preview)).count, (unsigned long long)a);
    if (a != b) {
        fprintf(stderr, "bench: a picture rendered again differs\n");
        exit(1);
    }
}

static void measure(setting *s, double size, curve *c)
{
    bench_entry entries[3];
    static const char *const names[] = {"memcpy", "render", "again"};
    const uint32_t dots = smp_dots_arrays(smp_preview_dots(s->preview)).count;
    for (int j = 0; j < 3; j++) {
        entries[j] = (bench_entry){"",  j == 0 ? scene_copy : j == 1 ? scene_whole : scene_again,
                                   s,   (double)s->out.width * s->out.height,
                                   {0}, {0}};
        snprintf(entries[j].name, 64, "%s %ux%u, %u dots", names[j], s->out.width, s->out.height,
                 dots);
    }
    check(s);
    bench_run(entries, 3, ROUNDS);
    c->size[c->count] = size;
    c->render[c->count] = median_work(entries + 1);
    c->again[c->count++] = median_work(entries + 2);
}

/* The line a + b size that is nearest in proportion, and how far the times are from it at most. */
static void tell_line(const char *what, const char *job, const double *x, const double *y,
                      int count, double unit)
{
    double s = 0, sx = 0, sxx = 0, sy = 0, sxy = 0, most = 0;
    for (int i = 0; i < count; i++) {
        const double w = 1 / (y[i] * y[i]), u = x[i] / unit;
        s += w;
        sx += w * u;
        sxx += w * u * u;
        sy += w * y[i];
        sxy += w * u * y[i];
    }
    const double b = (s * sxy - sx * sy) / (s * sxx - sx * sx), a = (sy - b * sx) / s;
    for (int i = 0; i < count; i++)
        most = fmax(most, fabs((a + b * x[i] / unit) / y[i] - 1));
    printf("# line of %s, %s: %.2f ms and %.3f ms for each %.0f; at most %.0f %% off\n", what, job,
           1e3 * a, 1e3 * b, unit, 100 * most);
}

static void tell(const char *what, const curve *c, int from, double unit)
{
    printf("# exponent of %s: render %.3f, again %.3f; of the %d largest: render %.3f, again "
           "%.3f\n",
           what, slope(c->size, c->render, 0, c->count), slope(c->size, c->again, 0, c->count),
           c->count - from, slope(c->size, c->render, from, c->count),
           slope(c->size, c->again, from, c->count));
    tell_line(what, "render", c->size, c->render, c->count, unit);
    tell_line(what, "again", c->size, c->again, c->count, unit);
}

void bench_pixels(void)
{
    static const uint32_t sizes[][2] = {{640, 480},   {1280, 960},  {1920, 1440}, {2560, 1920},
                                        {4000, 3000}, {5656, 4240}, {8000, 6000}, {11600, 8700}};
    curve c = {.count = 0};
    float density = 0;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        frame f;
        setting s;
        scene_make_frame(&f, sizes[i][0], sizes[i][1]);
        if (!i)
            density = scene_fit_density(&f, 20000);
        scene_make_setting(&s, &f, 1, SMP_ISA_BEST, density);
        measure(&s, (double)sizes[i][0] * sizes[i][1], &c);
        scene_drop_setting(&s);
        scene_drop_frame(&f);
    }
    tell("pixels, 0.3 to 100 MP, 20,000 dots seen", &c, 4, 1e6);
}

/* A flat patch of 500 x 400 mm, 4 pixels a millimetre, of plain skin, all of it treated. */
static void make_patch(frame *f)
{
    const double origin[2] = {0, 0};
    const uint32_t w = 2000, h = 1600;
    smp_diag diag;
    smp_head_init(&f->head);
    f->head.shape = SMP_SHAPE_FLAT;
    f->head.width_mm = 500;
    f->head.height_mm = 400;
    bench_need(smp_camera_from_scale(&f->camera, 4, origin, &diag), &diag, "camera");
    f->photo = scene_picture(w, h, SMP_FORMAT_RGBA8);
    f->mask = scene_picture(w, h, SMP_FORMAT_GRAY8);
    memset(f->mask.data, 255, (size_t)w * h);
    uint8_t *p = f->photo.data;
    for (size_t i = 0; i < (size_t)w * h; i++, p += 4) {
        const uint32_t noise = (uint32_t)(i * 2654435761u) >> 30;
        p[0] = (uint8_t)(200 + noise);
        p[1] = (uint8_t)(150 + noise);
        p[2] = (uint8_t)(125 + noise);
        p[3] = 255;
    }
}

/* So many dots; below a density of 1 by a painted map. */
static void make_dots(setting *s, const frame *f, uint32_t dots)
{
    const float density = (float)dots / 2000.0f;
    float share = density < 1 ? density : 1;
    const smp_grid map = {.data = &share, .width = 1, .height = 1, .stride = 1};
    smp_diag diag;
    scene_make_setting(s, f, 1, SMP_ISA_BEST, density / share);
    if (share >= 1)
        return;
    bench_need(smp_plan_set_density_map(s->plan, &map, &diag), &diag, "map");
    smp_preview_destroy(&s->preview);
    bench_need(smp_preview_create(s->ctx, s->scalp, s->plan, NULL, &s->preview, &diag), &diag,
               "preview");
}

void bench_dots(void)
{
    static const uint32_t dots[] = {1000, 3000, 10000, 30000, 100000, 250000, 500000};
    curve c = {.count = 0};
    frame f;
    make_patch(&f);
    for (size_t i = 0; i < sizeof dots / sizeof *dots; i++) {
        setting s;
        make_dots(&s, &f, dots[i]);
        measure(&s, smp_dots_arrays(smp_preview_dots(s.preview)).count, &c);
        scene_drop_setting(&s);
    }
    scene_drop_frame(&f);
    tell("dots on a patch of 2000x1600, 1,000 to 500,000", &c, 3, 1000);
}
