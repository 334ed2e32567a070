/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * smp timelapse: a photo on many days, a contact sheet, and the course as a chart. */
#include "chart.h"
#include "contact.h"
#include "scene.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FRAMES_MOST = 256, PANEL = 420 };
#define YEAR 365.25
#define LAST_DAY 36500.0

typedef struct lapse_args {
    cli_scene_args scene;
    double days[FRAMES_MOST], years[FRAMES_MOST], close[2], chart_years;
    uint32_t day_count, year_count, close_given;
    const char *in, *folder, *chart, *sheet;
    uint32_t threads, quality;
    int progress, no_frames, jpeg, no_mark;
} lapse_args;

static const char about[] =
    "Renders a photo on many days into a folder, with a contact sheet of all of them, and draws\n"
    "how visible the treatment is over time: typical, and the range between people.\n"
    "\n"
    "examples\n"
    "  The first six weeks, then years; without either the usual days of both:\n"
    "    smp timelapse photo.jpg out --ellipse 600,700,380,560 --days 0,1,3,5,7,10,14,21,28,42\n"
    "    smp timelapse photo.jpg out --ellipse 600,700,380,560 --years 1,2,3,4,6,8\n"
    "  Only the chart, as SVG or PNG; without a photo it is that of the default skin:\n"
    "    smp timelapse photo.jpg --chart course.svg --ellipse 600,700,380,560\n"
    "    smp timelapse --chart course.png --plan plan.json";

static int parse(lapse_args *a, int argc, char **argv)
{
    const cli_option options[] = {
        CLI_SCENE_OPTIONS(&a->scene),
        {"days", "D,D,...", "Days since the first session, each -1 to 36500.", CLI_NUMBERS, a->days,
         -1, 36500, 1, FRAMES_MOST, &a->day_count},
        {"years", "Y,Y,...", "The same in years; they come after the days.", CLI_NUMBERS, a->years,
         0, 99, 1, FRAMES_MOST, &a->year_count},
        {"chart", "FILE", "Also draw the course, .svg or .png.", CLI_TEXT, &a->chart, 0, 0, 0, 0,
         NULL},
        {"chart-years", "Y", "How far the chart goes. Default 10.", CLI_NUMBER, &a->chart_years, 1,
         50, 0, 0, NULL},
        {"sheet", "FILE", "Where the contact sheet goes, .png or .jpg. Default sheet.jpg in DIR.",
         CLI_TEXT, &a->sheet, 0, 0, 0, 0, NULL},
        {"close-up", "X,Y",
         "The pixel in the middle of the sheet's close-ups. Default: the middle of the front edge.",
         CLI_NUMBERS, a->close, 0, 65535, 2, 2, &a->close_given},
        {"no-frames", NULL, "Write the contact sheet alone.", CLI_FLAG, &a->no_frames, 0, 0, 0, 0,
         NULL},
        CLI_MARK_OPTION(&a->no_mark),
        {"jpeg", NULL, "Frames as JPEG instead of PNG.", CLI_FLAG, &a->jpeg, 0, 0, 0, 0, NULL},
        {"quality", "Q", "Of a JPEG, 1 to 100. Default 92.", CLI_COUNT, &a->quality, 1, 100, 0, 0,
         NULL},
        {"threads", "N", "0, the default, is one per processor.", CLI_COUNT, &a->threads, 0, 256, 0,
         0, NULL},
        {"progress", NULL, "Show progress even when stderr is no terminal.", CLI_FLAG, &a->progress,
         0, 0, 0, 0, NULL},
    };
    static const char *const names[] = {"IN", "DIR"};
    const char *words[2];
    const cli_spec spec = {.command = "timelapse",
                           .usage = "timelapse [IN [DIR]] --ellipse CX,CY,RX,RY[,DEG] [options]",
                           .about = about,
                           .options = options,
                           .option_count = sizeof options / sizeof *options,
                           .names = names,
                           .name_count = 2};
    int code = cli_parse(&spec, argc, argv, words);
    a->in = words[0];
    a->folder = words[1];
    return code;
}

static int check(const lapse_args *a)
{
    if (!a->in && !a->chart)
        return cli_fail("timelapse", CLI_USAGE, "give a photo and a folder, or --chart FILE");
    if (a->in && !a->folder && !a->chart)
        return cli_fail("timelapse", CLI_USAGE, "give a folder for the frames, or --chart FILE");
    if (a->chart && cli_kind_of(a->chart) != SMP_FILE_PNG &&
        (strlen(a->chart) < 4 || strcmp(a->chart + strlen(a->chart) - 4, ".svg") != 0))
        return cli_fail("timelapse", CLI_USAGE, "--chart is \"%s\", want .svg or .png", a->chart);
    if (a->sheet && cli_kind_of(a->sheet) == SMP_FILE_UNKNOWN)
        return cli_fail("timelapse", CLI_USAGE, "--sheet is \"%s\", want .png or .jpg", a->sheet);
    for (uint32_t i = 0; i < a->day_count; i++)
        if (!(a->days[i] >= -1 && a->days[i] <= 36500))
            return cli_fail("timelapse", CLI_USAGE, "--days has %g, want -1 to 36500", a->days[i]);
    for (uint32_t i = 0; i < a->year_count; i++)
        if (!(a->years[i] >= 0 && a->years[i] <= 99))
            return cli_fail("timelapse", CLI_USAGE, "--years has %g, want 0 to 99", a->years[i]);
    return a->in ? cli_scene_check("timelapse", &a->scene) : -1;
}

/* The days to render, by themselves: before, the sessions, healing, years. */
static uint32_t all_days(const lapse_args *a, double days[2 * FRAMES_MOST])
{
    static const double usual[] = {-1, 0, 3, 7, 10, 14, 20, 23, 30, 62};
    static const double later[] = {1, 2, 3, 4, 6, 8};
    uint32_t count = 0;
    if (!a->day_count && !a->year_count) {
        for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
            days[count++] = usual[i];
        for (size_t i = 0; i < sizeof later / sizeof *later; i++)
            days[count++] = later[i] * YEAR;
        return count;
    }
    for (uint32_t i = 0; i < a->day_count; i++)
        days[count++] = a->days[i];
    for (uint32_t i = 0; i < a->year_count; i++)
        days[count++] = a->years[i] * YEAR;
    return count;
}

/* The close-up's top left pixel: the front edge of the dots, a third from below. */
static void find_close_up(const lapse_args *a, const cli_scene *t, cli_contact *sheet)
{
    const smp_dots_view dots = smp_dots_arrays(smp_preview_dots(t->preview));
    const smp_rect seen = smp_preview_bounds(t->preview);
    double uv[2] = {seen.x + 0.5 * seen.width, seen.y + 0.5 * seen.height}, low = 1e9;
    for (uint32_t i = 0; i < dots.count && !a->close_given; i++) {
        const double xyz[3] = {(double)dots.x_mm[i], (double)dots.y_mm[i], (double)dots.z_mm[i]};
        if (xyz[2] > 0.0 && fabs(xyz[0]) < 15.0 && xyz[1] < low) {
            double at[2];
            if (smp_camera_project(&t->camera, xyz, at)) {
                low = xyz[1];
                uv[0] = at[0];
                uv[1] = at[1] - sheet->close_height / 6.0;
            }
        }
    }
    if (a->close_given) {
        uv[0] = a->close[0];
        uv[1] = a->close[1];
    }
    const double x = uv[0] - sheet->panel_width / 2.0, y = uv[1] - sheet->close_height / 2.0;
    sheet->close_x = x > 0.0 ? (uint32_t)x : 0;
    sheet->close_y = y > 0.0 ? (uint32_t)y : 0;
}

typedef struct frames {
    smp_image out, flat; /* as the photo is, and as rgb8 for the sheet */
    cli_contact sheet;
    double days[2 * FRAMES_MOST];
    uint32_t count;
} frames;

static int make_room(cli_job *job, const lapse_args *a, const cli_scene *t, frames *f)
{
    const smp_image *photo = smp_picture_image(t->photo);
    const size_t row = (size_t)photo->width * smp_format_pixel_size((smp_format)photo->format);
    const uint32_t height = (uint32_t)((uint64_t)PANEL * photo->height / photo->width);
    f->count = all_days(a, f->days);
    f->out = *photo;
    f->out.stride = (ptrdiff_t)row;
    f->out.data = malloc(row * photo->height);
    f->flat = *photo;
    f->flat.format = SMP_FORMAT_RGB8;
    f->flat.stride = 3 * (ptrdiff_t)photo->width;
    f->flat.data = malloc((size_t)photo->width * photo->height * 3);
    if (!f->out.data || !f->flat.data ||
        !cli_contact_init(&f->sheet, f->count, PANEL, height ? height : 1, 1))
        return cli_fail(job->command, CLI_FAILED, "no memory for %u frames of %u x %u pixels",
                        f->count, photo->width, photo->height);
    f->sheet.image.space = photo->space;
    find_close_up(a, t, &f->sheet);
    return CLI_OK;
}

static int write_in(cli_job *job, const char *folder, const char *name, const smp_image *image,
                    uint32_t quality)
{
    char *path = cli_join(folder, name);
    if (!path)
        return cli_fail(job->command, CLI_FAILED, "no memory");
    const int code = cli_job_write(job, path, image, quality, NULL);
    free(path);
    return code;
}

static int draw_frames(cli_job *job, const lapse_args *a, const cli_scene *t, frames *f)
{
    char name[64];
    for (uint32_t i = 0; i < f->count; i++) {
        if (job->progress.report(job->progress.user, (double)i / f->count, "frames"))
            return CLI_FAILED;
        if (smp_preview_render(t->preview, f->days[i], NULL, &f->out, NULL, &job->diag) != SMP_OK ||
            smp_image_copy(&f->out, &f->flat, &job->diag) != SMP_OK)
            return cli_job_fail(job, a->in);
        cli_contact_put(&f->sheet, i, &f->flat);
        if (f->days[i] >= 365.25)
            snprintf(name, sizeof name, "year %.3g", f->days[i] / 365.25);
        else
            snprintf(name, sizeof name, "day %g", f->days[i]);
        cli_contact_label(&f->sheet, i, name);
        snprintf(name, sizeof name, "%03u-day-%g.%s", i, f->days[i], a->jpeg ? "jpg" : "png");
        int code = cli_job_mark(job, t->plan, f->days[i]);
        if (!code && !a->no_frames)
            code = write_in(job, a->folder, name, &f->out, a->quality);
        if (code)
            return code;
    }
    const int code = cli_job_mark(job, t->plan, (double)NAN);
    if (code)
        return code;
    return a->sheet ? cli_job_write(job, a->sheet, &f->sheet.image, 85, NULL)
                    : write_in(job, a->folder, "sheet.jpg", &f->sheet.image, 85);
}

static int draw_chart(cli_job *job, const lapse_args *a, const smp_plan *plan, const smp_skin *skin)
{
    cli_canvas canvas;
    const char *why = "no memory";
    double due[SMP_COURSE_CASES];
    const cli_charted charted = {job->ctx, plan, skin};
    const int pixels = cli_kind_of(a->chart) == SMP_FILE_PNG;
    int code = CLI_OK;
    if (!cli_canvas_init(&canvas, 980.0, 620.0, pixels) ||
        cli_chart(&canvas, &charted, a->chart_years, due, &job->diag) != SMP_OK) {
        code = cli_job_fail(job, a->chart);
    } else if (pixels) {
        code = cli_job_write(job, a->chart, &canvas.image, 0, NULL);
    } else if (!cli_canvas_end(&canvas) || !cli_write(a->chart, canvas.svg, canvas.size, &why)) {
        code = cli_fail(job->command, CLI_FAILED, "cannot write %s: %s", a->chart, why);
    }
    cli_canvas_clear(&canvas);
    if (!code) {
        cli_job_quiet(job);
        if (due[SMP_COURSE_TYPICAL] >= LAST_DAY)
            printf("%s: it stays: no touch-up is due within a hundred years\n", a->chart);
        else
            printf("%s: a touch-up is due after %.1f years (one in ten before %.1f, after %.1f)\n",
                   a->chart, due[SMP_COURSE_TYPICAL] / YEAR, due[SMP_COURSE_LOW] / YEAR,
                   due[SMP_COURSE_HIGH] / YEAR);
    }
    return code;
}

/* The chart without a photo: on the plan's head, or the default one. */
static int chart_alone(cli_job *job, const lapse_args *a)
{
    smp_plan *plan = NULL;
    int code = CLI_OK;
    if (a->scene.plan)
        code = cli_job_plan(job, a->scene.plan, &plan);
    else if (smp_plan_create(job->ctx, NULL, NULL, &plan, &job->diag) != SMP_OK)
        code = cli_job_fail(job, "plan");
    if (!code)
        code = draw_chart(job, a, plan, NULL);
    smp_plan_destroy(&plan);
    return code;
}

static int run(cli_job *job, const lapse_args *a, cli_scene *t, frames *f)
{
    const char *why;
    const double start = cli_seconds();
    int code = cli_scene_make(job, &a->scene, a->in, 0, t);
    if (!code && a->folder && !cli_make_folder(a->folder, &why))
        code = cli_fail(job->command, CLI_FAILED, "cannot make the folder %s: %s", a->folder, why);
    if (!code && a->folder)
        code = make_room(job, a, t, f);
    if (!code && a->folder)
        code = draw_frames(job, a, t, f);
    cli_job_quiet(job);
    if (!code && a->folder)
        printf("%s: %u frames%s and a contact sheet, %.1f s. These are simulations.\n", a->folder,
               f->count, a->no_frames ? " (not written)" : "", cli_seconds() - start);
    const smp_skin skin = t->scalp ? smp_scalp_skin(t->scalp) : (smp_skin){0};
    if (!code && a->chart)
        code = draw_chart(job, a, t->plan, &skin);
    return code;
}

int cli_timelapse(int argc, char **argv)
{
    lapse_args *a = calloc(1, sizeof *a);
    frames *f = calloc(1, sizeof *f);
    cli_scene t = {0};
    cli_job job;
    int code = CLI_FAILED;
    if (!a || !f) {
        code = cli_fail("timelapse", CLI_FAILED, "no memory");
        goto done;
    }
    a->chart_years = 10.0;
    code = parse(a, argc, argv);
    if (code < 0)
        code = check(a);
    if (code >= 0)
        goto done;
    code = cli_job_open(&job, "timelapse", a->threads, a->progress);
    if (!code)
        code = a->in ? run(&job, a, &t, f) : chart_alone(&job, a);
    free(f->out.data);
    free(f->flat.data);
    cli_contact_clear(&f->sheet);
    cli_scene_clear(&t);
    cli_job_close(&job);
done:
    free(f);
    free(a);
    return code;
}
