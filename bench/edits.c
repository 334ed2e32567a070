/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What an edit costs until its picture is there: places and dots, another life, pigment, density or
 * hairline, a region alone; against memcpy of the frame in the same rounds. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scene.h"

typedef struct edit {
    setting *s;
    smp_places *places, *many;
    smp_rect part;
    uint32_t life, shade, dose, density, line; /* turns: every other time the edit goes back */
} edit;

static void run_copy(void *user)
{
    scene_copy(((edit *)user)->s);
}

static void run_copy_part(void *user)
{
    const edit *e = user;
    const smp_image *from = &e->s->f->photo, *to = &e->s->out;
    for (uint32_t y = e->part.y; y < e->part.y + e->part.height; y++) {
        const size_t at = (size_t)y * (size_t)from->stride + 4 * (size_t)e->part.x;
        memcpy((uint8_t *)to->data + at, (const uint8_t *)from->data + at,
               4 * (size_t)e->part.width);
    }
}

static void run_part(void *user)
{
    edit *e = user;
    smp_diag diag;
    e->s->day += 1;
    bench_need(smp_preview_render(e->s->preview, e->s->day, &e->part, &e->s->out, NULL, &diag),
               &diag, "render");
}

static void run_life(void *user)
{
    edit *e = user;
    smp_life_desc life;
    smp_diag diag;
    smp_life_desc_init(&life);
    life.sun_hours_per_day = e->life++ & 1 ? 1.0f : 6.0f;
    bench_need(smp_preview_set_life(e->s->preview, &life, &diag), &diag, "life");
    scene_again(e->s);
}

/* The picture of a plan that was changed: the preview takes it. */
static void take(edit *e)
{
    smp_diag diag;
    bench_need(smp_preview_set_plan(e->s->preview, e->s->plan, NULL, &diag), &diag, "plan");
    scene_again(e->s);
}

static void change_shade(edit *e)
{
    smp_pigment pigment;
    smp_diag diag;
    bench_need(smp_shade_get(e->shade++ & 1 ? 0 : 40, &pigment, NULL, &diag), &diag, "shade");
    bench_need(smp_plan_set_pigment(e->s->plan, &pigment, &diag), &diag, "pigment");
}

static void run_shade(void *user)
{
    change_shade(user);
    take(user);
}

/* The same with a new preview of the same scalp. */
static void run_shade_new(void *user)
{
    edit *e = user;
    setting with = *e->s;
    smp_diag diag;
    change_shade(e);
    bench_need(smp_preview_create(with.ctx, with.scalp, with.plan, NULL, &with.preview, &diag),
               &diag, "preview");
    scene_again(&with);
    smp_preview_destroy(&with.preview);
}

/* And that from places that are at hand. */
static void run_shade_from(void *user)
{
    edit *e = user;
    setting with = *e->s;
    smp_diag diag;
    change_shade(e);
    bench_need(smp_preview_create_from(with.ctx, with.scalp, e->many, with.plan, NULL,
                                       &with.preview, &diag),
               &diag, "preview");
    scene_again(&with);
    smp_preview_destroy(&with.preview);
}

static void run_dose(void *user)
{
    edit *e = user;
    smp_plan_desc desc;
    smp_diag diag;
    smp_plan_desc_init(&desc);
    bench_need(smp_plan_get(e->s->plan, &desc, &diag), &diag, "plan");
    desc.dose = e->dose++ & 1 ? 2.0f : 2.5f;
    bench_need(smp_plan_set(e->s->plan, &desc, &diag), &diag, "plan");
    take(e);
}

static void run_density(void *user)
{
    edit *e = user;
    smp_plan_desc desc;
    smp_diag diag;
    smp_plan_desc_init(&desc);
    bench_need(smp_plan_get(e->s->plan, &desc, &diag), &diag, "plan");
    desc.density_per_cm2 *= e->density++ & 1 ? 1.25f : 0.8f;
    bench_need(smp_plan_set(e->s->plan, &desc, &diag), &diag, "plan");
    take(e);
}

static void run_hairline(void *user)
{
    edit *e = user;
    smp_hairline_desc desc;
    smp_diag diag;
    smp_hairline_desc_init(&desc);
    desc.height_mm += e->line++ & 1 ? 0.0f : 6.0f;
    bench_need(smp_plan_set_hairline(e->s->plan, &desc, &diag), &diag, "hairline");
    take(e);
}

static void run_places(void *user)
{
    edit *e = user;
    smp_diag diag;
    smp_places_destroy(&e->places);
    bench_need(smp_places_create(e->s->ctx, e->s->plan, 0, NULL, &e->places, &diag), &diag,
               "places");
}

static void run_dots(void *user)
{
    const edit *e = user;
    smp_dots *dots;
    smp_diag diag;
    bench_need(smp_dots_create_from(e->s->ctx, e->places, e->s->plan, NULL, &dots, &diag), &diag,
               "dots");
    smp_dots_destroy(&dots);
}

void bench_edits(uint32_t width, uint32_t height)
{
    static const struct {
        const char *name;
        void (*run)(void *);
    } jobs[] = {{"memcpy", run_copy},
                {"places of the head", run_places},
                {"dots from places", run_dots},
                {"life changed and rendered", run_life},
                {"shade changed and rendered", run_shade},
                {"dose changed and rendered", run_dose},
                {"density changed and rendered", run_density},
                {"hairline moved and rendered", run_hairline},
                {"new preview of a shade, from places", run_shade_from},
                {"new preview of a shade", run_shade_new}};
    enum { JOBS = sizeof jobs / sizeof *jobs };
    frame f;
    setting s;
    bench_entry entries[JOBS];
    scene_make_frame(&f, width, height);
    scene_make_setting(&s, &f, 1, SMP_ISA_BEST, scene_fit_density(&f, 20000));
    s.day = 59;
    edit e = {.s = &s};
    const smp_rect b = smp_preview_bounds(s.preview);
    smp_diag diag;
    bench_need(smp_places_create(s.ctx, s.plan, 300, NULL, &e.many, &diag), &diag, "places");
    e.part = (smp_rect){b.x + b.width / 2 - 128, b.y + b.height / 4, 256, 256};
    const double pixels = (double)width * height;
    bench_entry part[] = {{"memcpy of 256x256", run_copy_part, &e, 65536, {0}, {0}},
                          {"render of 256x256 alone", run_part, &e, 65536, {0}, {0}}};
    bench_run(part, 2, BENCH_PAIRS);
    for (int i = 0; i < JOBS; i++) {
        entries[i] = (bench_entry){"", jobs[i].run, &e, pixels, {0}, {0}};
        snprintf(entries[i].name, 64, "%s %ux%u", jobs[i].name, width, height);
    }
    bench_run(entries, JOBS, 9);
    smp_places_destroy(&e.places);
    smp_places_destroy(&e.many);
    scene_drop_setting(&s);
    scene_drop_frame(&f);
}
