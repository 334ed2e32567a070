/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Soft discs in Cairo: discs_cairo WIDTH HEIGHT FOLDER. The dots of dots.f32, drawn over a clear
 * canvas: as a stored mask set at sub-pixel places (on ARGB32 and on A8), and as a radial gradient
 * each. Answers as serve.py does. cc -O2 discs_cairo.c -lcairo -lm */
#define _POSIX_C_SOURCE 200809L
#include <cairo.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static float *dots;
static long count;
static cairo_surface_t *argb, *alpha, *stamp;
static double radius;
static int side;

static double ms(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return 1e3 * (double)t.tv_sec + 1e-6 * (double)t.tv_nsec;
}

static void clear(cairo_surface_t *on)
{
    cairo_surface_flush(on);
    memset(cairo_image_surface_get_data(on), 0,
           (size_t)cairo_image_surface_get_stride(on) * (size_t)cairo_image_surface_get_height(on));
    cairo_surface_mark_dirty(on);
}

static void masks(cairo_surface_t *on)
{
    clear(on);
    cairo_t *c = cairo_create(on);
    cairo_set_source_rgba(c, 0.15, 0.14, 0.13, 1);
    for (long i = 0; i < count; i++)
        cairo_mask_surface(c, stamp, (double)dots[2 * i] - side / 2.0,
                           (double)dots[2 * i + 1] - side / 2.0);
    cairo_destroy(c);
    cairo_surface_flush(on);
}

static void masks_argb(void)
{
    masks(argb);
}

static void masks_alpha(void)
{
    masks(alpha);
}

static void gradient(cairo_t *c, double x, double y)
{
    cairo_pattern_t *p = cairo_pattern_create_radial(x, y, 0, x, y, radius);
    cairo_pattern_add_color_stop_rgba(p, 0, 0.15, 0.14, 0.13, 0.6);
    cairo_pattern_add_color_stop_rgba(p, 1, 0.15, 0.14, 0.13, 0);
    cairo_set_source(c, p);
    cairo_arc(c, x, y, radius, 0, 6.283185307179586);
    cairo_fill(c);
    cairo_pattern_destroy(p);
}

static void gradients(void)
{
    clear(argb);
    cairo_t *c = cairo_create(argb);
    for (long i = 0; i < count; i++)
        gradient(c, (double)dots[2 * i], (double)dots[2 * i + 1]);
    cairo_destroy(c);
    cairo_surface_flush(argb);
}

static void make_stamp(void)
{
    side = 2 * (int)ceil(radius) + 2;
    stamp = cairo_image_surface_create(CAIRO_FORMAT_A8, side, side);
    cairo_t *c = cairo_create(stamp);
    gradient(c, side / 2.0, side / 2.0);
    cairo_destroy(c);
}

static void read_dots(const char *folder)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/dots.f32", folder);
    FILE *f = fopen(path, "rb");
    if (!f || fseek(f, 0, SEEK_END))
        exit(1);
    count = ftell(f) / 8;
    rewind(f);
    dots = malloc((size_t)count * 8 + 8);
    if (!dots || fread(dots, 8, (size_t)count, f) != (size_t)count)
        exit(1);
    fclose(f);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*run)(void);
    } jobs[] = {{"cairo-masks", masks_argb},
                {"cairo-masks-a8", masks_alpha},
                {"cairo-gradients", gradients}};
    char line[64];
    if (argc != 4)
        return 2;
    const int width = atoi(argv[1]), height = atoi(argv[2]);
    radius = 4.0 * width / 4000;
    read_dots(argv[3]);
    argb = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
    alpha = cairo_image_surface_create(CAIRO_FORMAT_A8, width, height);
    make_stamp();
    for (int i = 0; i < 3; i++)
        jobs[i].run();
    printf("# Cairo %s, %ld discs of radius %g\nready", cairo_version_string(), count, radius);
    for (int i = 0; i < 3; i++)
        printf(" %s", jobs[i].name);
    printf("\n");
    fflush(stdout);
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = '\0';
        for (int i = 0; i < 3; i++)
            if (!strcmp(line, jobs[i].name)) {
                const double begin = ms(CLOCK_MONOTONIC), work = ms(CLOCK_PROCESS_CPUTIME_ID);
                jobs[i].run();
                const double busy = ms(CLOCK_PROCESS_CPUTIME_ID) - work;
                printf("%.4f %.4f\n", ms(CLOCK_MONOTONIC) - begin, busy);
                fflush(stdout);
            }
    }
    return 0;
}
