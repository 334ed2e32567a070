/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * smp demo: a synthetic head and its treatment, from the first session to six years later. */
#include "contact.h"
#include "job.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const char about[] =
    "Draws a synthetic head and renders its treatment with the default plan: before, after each\n"
    "of three sessions, healed, and one, three and six years later. Writes a PNG for each and\n"
    "one strip of all, with close-ups, into DIR (default ./smp-demo).\n"
    "\n"
    "examples\n"
    "  smp demo\n"
    "  smp demo pictures --melanin 0.12 --seed 3";

typedef struct demo_stage {
    double day;
    const char *file;
    const char *shows;
} demo_stage;

static const demo_stage stages[] = {
    {-1, "1-before.png", "before: the synthetic head as it is"},
    {0, "2-session-1.png", "day 0: just after the first session, three in ten of the dots"},
    {10, "3-session-2.png", "day 10: just after the second session, between the first dots"},
    {20, "4-session-3.png", "day 20: just after the third session, full density"},
    {60, "5-healed.png", "day 60: healed"},
    {365, "6-one-year.png", "one year"},
    {3 * 365.25, "7-three-years.png", "three years: a touch-up is usual from here on"},
    {6 * 365.25, "8-six-years.png", "six years without a touch-up"},
};
enum { STAGES = sizeof stages / sizeof *stages, PANEL = 420 };

typedef struct demo_things {
    smp_phantom *phantom;
    smp_plan *plan;
    smp_scalp *scalp;
    smp_preview *preview;
    smp_image out;
    cli_contact strip;
    const char *strip_path; /* NULL: strip.png beside the others */
} demo_things;

static int prepare(cli_job *job, const smp_phantom_desc *desc, demo_things *t)
{
    if (smp_phantom_create(job->ctx, desc, &job->progress, &t->phantom, &job->diag) != SMP_OK)
        return cli_job_fail(job, "phantom");
    const smp_image *photo = smp_phantom_image(t->phantom);
    smp_camera camera = smp_phantom_camera(t->phantom);
    smp_head head = smp_phantom_head(t->phantom);
    if (smp_plan_create(job->ctx, &head, NULL, &t->plan, &job->diag) != SMP_OK)
        return cli_job_fail(job, "plan");
    if (smp_scalp_create(job->ctx, photo, &camera, &head, NULL, NULL, &job->progress, &t->scalp,
                         &job->diag) != SMP_OK)
        return cli_job_fail(job, "scalp");
    if (smp_preview_create(job->ctx, t->scalp, t->plan, &job->progress, &t->preview, &job->diag) !=
        SMP_OK)
        return cli_job_fail(job, "preview");
    return CLI_OK;
}

/* The close-up shows the middle of the hairline, a third of its height from below. */
static void find_close_up(demo_things *t)
{
    smp_camera camera = smp_phantom_camera(t->phantom);
    smp_dots_view dots = smp_dots_arrays(smp_preview_dots(t->preview));
    double front[3] = {0.0, 1e9, 0.0}, uv[2] = {0.0, 0.0};
    for (uint32_t i = 0; i < dots.count; i++) /* the lowest dot near the middle of the front */
        if (dots.z_mm[i] > 0.0f && fabsf(dots.x_mm[i]) < 15.0f && (double)dots.y_mm[i] < front[1]) {
            front[0] = (double)dots.x_mm[i];
            front[1] = (double)dots.y_mm[i];
            front[2] = (double)dots.z_mm[i];
        }
    if (front[1] > 1e8 || !smp_camera_project(&camera, front, uv))
        return;
    double left = uv[0] - PANEL / 2.0, top = uv[1] - t->strip.close_height * 2.0 / 3.0;
    t->strip.close_x = left > 0.0 ? (uint32_t)left : 0;
    t->strip.close_y = top > 0.0 ? (uint32_t)top : 0;
}

/* Pixels to render into, and the strip. */
static int make_room(cli_job *job, demo_things *t)
{
    const smp_image *photo = smp_phantom_image(t->phantom);
    size_t row = 3 * (size_t)photo->width;
    t->out = *photo;
    t->out.stride = (ptrdiff_t)row;
    t->out.data = malloc(row * photo->height);
    uint32_t height = (uint32_t)((uint64_t)PANEL * photo->height / photo->width);
    if (!t->out.data || !cli_contact_init(&t->strip, STAGES, PANEL, height ? height : 1, 0))
        return cli_fail(job->command, CLI_FAILED, "no memory for %u x %u pixels", photo->width,
                        photo->height);
    find_close_up(t);
    return CLI_OK;
}

static int write_picture(cli_job *job, const char *folder, const char *name, const smp_image *image)
{
    char *path = cli_join(folder, name);
    if (!path)
        return cli_fail(job->command, CLI_FAILED, "no memory");
    int code = cli_job_write(job, path, image, 0, NULL);
    free(path);
    return code;
}

static int draw_stages(cli_job *job, const char *folder, demo_things *t)
{
    for (uint32_t i = 0; i < STAGES; i++) {
        if (smp_preview_render(t->preview, stages[i].day, NULL, &t->out, &job->progress,
                               &job->diag) != SMP_OK)
            return cli_job_fail(job, stages[i].file);
        cli_contact_put(&t->strip, i, &t->out);
        int code = cli_job_mark(job, t->plan, stages[i].day);
        if (!code)
            code = write_picture(job, folder, stages[i].file, &t->out);
        if (code)
            return code;
        printf("  %s/%-18s %s\n", folder, stages[i].file, stages[i].shows);
        fflush(stdout);
    }
    int code = cli_job_mark(job, t->plan, (double)NAN);
    if (code)
        return code;
    /* At quality 85 a strip of skin is small enough for a page and still sharp. */
    code = t->strip_path ? cli_job_write(job, t->strip_path, &t->strip.image, 85, NULL)
                         : write_picture(job, folder, "strip.png", &t->strip.image);
    if (!code)
        printf("  %s%s%-18s all of them, with close-ups of the hairline\n",
               t->strip_path ? "" : folder, t->strip_path ? "" : "/",
               t->strip_path ? t->strip_path : "strip.png");
    return code;
}

static int run(cli_job *job, const smp_phantom_desc *desc, const char *folder, demo_things *t)
{
    const char *why;
    double start = cli_seconds();
    if (!cli_make_folder(folder, &why))
        return cli_fail(job->command, CLI_FAILED, "cannot make the folder %s: %s", folder, why);
    int code = prepare(job, desc, t);
    if (!code)
        code = make_room(job, t);
    if (code)
        return code;
    cli_job_quiet(job);
    printf("A synthetic head of %u x %u pixels and its treatment with %u dots:\n", desc->width,
           desc->height, smp_dots_arrays(smp_preview_dots(t->preview)).count);
    code = draw_stages(job, folder, t);
    if (!code)
        printf("Done in %.1f seconds. These are simulations, not photographs.\n",
               cli_seconds() - start);
    return code;
}

int cli_demo(int argc, char **argv)
{
    smp_phantom_desc desc;
    uint32_t threads = 0;
    int no_mark = 0;
    const char *folder;
    smp_phantom_desc_init(&desc);
    demo_things t = {0};
    const cli_option options[] = {
        {"strip", "FILE", "Where the strip goes, .png or .jpg. Default strip.png in DIR.", CLI_TEXT,
         &t.strip_path, 0, 0, 0, 0, NULL},
        CLI_MARK_OPTION(&no_mark),
        {"threads", "N", "0, the default, is one per processor.", CLI_COUNT, &threads, 0, 256, 0, 0,
         NULL},
    };
    cli_group group = {"", &desc, NULL, 0, "the head", NULL};
    group.fields = smp_phantom_desc_fields(&group.count);
    static const char *const names[] = {"DIR"};
    const cli_spec spec = {.command = "demo",
                           .usage = "demo [DIR] [options]",
                           .about = about,
                           .options = options,
                           .option_count = sizeof options / sizeof *options,
                           .groups = &group,
                           .group_count = 1,
                           .names = names,
                           .name_count = 1};
    int code = cli_parse(&spec, argc, argv, &folder);
    if (code >= 0)
        return code;
    if (t.strip_path && cli_kind_of(t.strip_path) == SMP_FILE_UNKNOWN)
        return cli_fail("demo", CLI_USAGE, "--strip is \"%s\", want a name ending in .png or .jpg",
                        t.strip_path);
    cli_job job;
    code = cli_job_open(&job, "demo", threads, 0);
    job.no_mark = no_mark;
    if (!code)
        code = run(&job, &desc, folder ? folder : "smp-demo", &t);
    free(t.out.data);
    cli_contact_clear(&t.strip);
    smp_preview_destroy(&t.preview);
    smp_scalp_destroy(&t.scalp);
    smp_plan_destroy(&t.plan);
    smp_phantom_destroy(&t.phantom);
    cli_job_close(&job);
    return code;
}
