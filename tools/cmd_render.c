/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * smp render: a photo as it looks on a day after the treatment. */
#include "face.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct render_args {
    double ellipse[5], pose[3], flat[2];
    uint32_t ellipse_given, pose_given, flat_given, scale_given, seed_given;
    double day;
    cli_face face;
    const char *mask, *plan, *in, *out;
    uint32_t seed, threads, quality;
    int layer, json, progress, keep_exif;
} render_args;

typedef struct render_things {
    smp_picture *photo, *mask;
    smp_plan *plan;
    smp_scalp *scalp;
    smp_preview *preview;
    smp_camera camera;
    smp_image out;
} render_things;

static const char about[] =
    "Renders a photo of a scalp as it looks on a day after the treatment. Without a plan it is\n"
    "the default one: a natural hairline, full density, three sessions; day 60 is healed.\n"
    "\n"
    "examples\n"
    "  The ellipse is the head's outline, in pixels: centre, half the width (side to side above\n"
    "  the ears), half the height (crown to chin), and how far it leans:\n"
    "    smp render photo.jpg preview.jpg --ellipse 600,700,380,560\n"
    "    smp render photo.jpg preview.png --ellipse 600,700,380,560,-8\n"
    "  The head is turned a little to its own left and bowed (what is treated lies on the head,\n"
    "  so without its pose the hairline comes out too high or too low):\n"
    "    smp render photo.jpg preview.png --ellipse 600,700,380,560 --pose 20,-10,0\n"
    "  Six years later; another arrangement of dots; only where mask.png is white:\n"
    "    smp render photo.jpg old.png --ellipse 600,700,380,560 --day 2190\n"
    "    smp render photo.jpg other.png --ellipse 600,700,380,560 --seed 7\n"
    "    smp render photo.jpg safe.png --ellipse 600,700,380,560 --mask mask.png\n"
    "  Your own plan:\n"
    "    smp plan --ellipse 600,700,380,560 --hairline-style straight > plan.json\n"
    "    smp render photo.jpg preview.png --ellipse 600,700,380,560 --plan plan.json\n"
    "  Points of the face instead of the ellipse, which need no pose; with the scale from an "
    "iris:\n"
    "    smp render photo.jpg preview.png --landmarks face.json --iris 31\n"
    "    face.json: {\"glabella\": [602, 590], \"eye_left\": [710, 640], ...}\n"
    "  A close-up of 12 pixels a millimetre, taken from straight above:\n"
    "    smp render crown.jpg preview.png --flat 0,0 --px-per-mm 12";

static int parse(render_args *a, int argc, char **argv)
{
    const cli_option options[] = {
        {"ellipse", "CX,CY,RX,RY[,DEG]", "The head's outline in pixels; DEG turns it clockwise.",
         CLI_NUMBERS, a->ellipse, 0, 0, 4, 5, &a->ellipse_given},
        {"pose", "YAW,PITCH,ROLL",
         "Degrees. Yaw turns the face to its own left, pitch lifts the chin (negative: bowed), "
         "roll "
         "leans the head clockwise. Default 0,0,0: straight into the camera.",
         CLI_NUMBERS, a->pose, 0, 0, 3, 3, &a->pose_given},
        {"px-per-mm", "N",
         "The scale, when it is known better than from the head's width; --flat needs it.",
         CLI_NUMBER, &a->face.px_per_mm, 1e-3, 1000, 0, 0, &a->scale_given},
        CLI_FACE_OPTIONS(&a->face),
        {"flat", "X,Y",
         "A flat patch instead of a head: the pixel of its top left corner. Without a plan it is "
         "treated all over.",
         CLI_NUMBERS, a->flat, 0, 0, 2, 2, &a->flat_given},
        {"mask", "FILE", "A picture of the photo's size: black is never changed, white may be.",
         CLI_TEXT, &a->mask, 0, 0, 0, 0, NULL},
        {"plan", "FILE.json", "The plan, with its own head; smp plan prints one.", CLI_TEXT,
         &a->plan, 0, 0, 0, 0, NULL},
        {"day", "D", "Days since the first session, -1 to 36500; -1 is the day before. Default 60.",
         CLI_NUMBER, &a->day, -1, 36500, 0, 0, NULL},
        {"seed", "N", "Which arrangement of dots; goes before the plan's.", CLI_COUNT, &a->seed, 0,
         4294967295.0, 0, 0, &a->seed_given},
        {"layer", NULL,
         "Write the pigment alone: a 16-bit PNG of what share of the light it lets through, "
         "linear.",
         CLI_FLAG, &a->layer, 0, 0, 0, 0, NULL},
        {"threads", "N", "0, the default, is one per processor. The picture is the same for any.",
         CLI_COUNT, &a->threads, 0, 256, 0, 0, NULL},
        {"quality", "Q", "Of a JPEG, 1 to 100. Default 92.", CLI_COUNT, &a->quality, 1, 100, 0, 0,
         NULL},
        {"keep-exif", NULL,
         "Carry the photo's Exif over (date, camera, place!); without this none is.", CLI_FLAG,
         &a->keep_exif, 0, 0, 0, 0, NULL},
        {"json", NULL, "Print what was done as JSON.", CLI_FLAG, &a->json, 0, 0, 0, 0, NULL},
        {"progress", NULL, "Show progress even when stderr is no terminal.", CLI_FLAG, &a->progress,
         0, 0, 0, 0, NULL},
    };
    static const char *const names[] = {"IN", "OUT"};
    const char *words[2];
    const cli_spec spec = {
        .command = "render",
        .usage = "render IN OUT --ellipse CX,CY,RX,RY[,DEG] | --landmarks FILE.json [options]",
        .about = about,
        .options = options,
        .option_count = sizeof options / sizeof *options,
        .names = names,
        .name_count = 2,
        .name_least = 2};
    int code = cli_parse(&spec, argc, argv, words);
    a->in = words[0];
    a->out = words[1];
    return code;
}

/* What the table of options cannot say. */
static int check(const render_args *a)
{
    int code = cli_face_check("render", &a->face, a->ellipse_given, a->flat_given);
    if (code >= 0)
        return code;
    if (a->flat_given && !a->scale_given)
        return cli_fail("render", CLI_USAGE, "--flat needs --px-per-mm N");
    if (a->pose_given && !a->ellipse_given)
        return cli_fail("render", CLI_USAGE, "--pose needs --ellipse%s",
                        a->flat_given ? ": a flat patch has none" : ": the face says how it is");
    smp_file_kind kind = cli_kind_of(a->out);
    if (kind == SMP_FILE_UNKNOWN)
        return cli_fail("render", CLI_USAGE, "OUT is \"%s\", want a name ending in .png or .jpg",
                        a->out);
    if (a->layer && kind != SMP_FILE_PNG)
        return cli_fail("render", CLI_USAGE, "OUT is \"%s\", want .png: a layer has 16 bits",
                        a->out);
    if (cli_same_file(a->in, a->out))
        return cli_fail("render", CLI_USAGE, "OUT is \"%s\", which is the photo itself", a->out);
    if ((a->mask && cli_same_file(a->mask, a->out)) || (a->plan && cli_same_file(a->plan, a->out)))
        return cli_fail("render", CLI_USAGE, "OUT is \"%s\", which is also read", a->out);
    return -1;
}

/* The ellipse and pose as the library wants them. */
static smp_ellipse ellipse_of(const render_args *a)
{
    return (smp_ellipse){a->ellipse[0], a->ellipse[1], a->ellipse[2], a->ellipse[3], a->ellipse[4]};
}

/* The plan that is taken when none is given: on a head as the photo shows it. */
static int default_plan(cli_job *job, const render_args *a, const smp_image *photo, smp_plan **plan)
{
    smp_head head;
    smp_head_init(&head);
    int code = CLI_OK;
    if (a->flat_given) {
        head.shape = SMP_SHAPE_FLAT; /* from the corner to the end of the photo */
        head.width_mm = (float)((photo->width - a->flat[0]) / a->face.px_per_mm);
        head.height_mm = (float)((photo->height - a->flat[1]) / a->face.px_per_mm);
    } else if (a->ellipse_given) {
        smp_ellipse ellipse = ellipse_of(a);
        smp_pose pose = {a->pose[0], a->pose[1], a->pose[2]};
        if (smp_head_from_ellipse(&head, &ellipse, &pose, &job->diag) != SMP_OK)
            code = cli_job_fail(job, "--ellipse");
    } else {
        code = cli_face_head(job, &a->face, &head);
    }
    if (!code && smp_plan_create(job->ctx, &head, NULL, plan, &job->diag) != SMP_OK)
        code = cli_job_fail(job, a->flat_given ? "--flat" : "the head");
    return code;
}

static int make_plan(cli_job *job, const render_args *a, render_things *t)
{
    const smp_image *photo = smp_picture_image(t->photo);
    if (a->flat_given && !(a->flat[0] < photo->width && a->flat[1] < photo->height))
        return cli_fail("render", CLI_FAILED,
                        "--flat is %g,%g, want a pixel of the photo's %u x %u", a->flat[0],
                        a->flat[1], photo->width, photo->height);
    const int code =
        a->plan ? cli_job_plan(job, a->plan, &t->plan) : default_plan(job, a, photo, &t->plan);
    if (code)
        return code;
    if (a->seed_given) {
        smp_plan_desc desc;
        smp_plan_desc_init(&desc);
        if (smp_plan_get(t->plan, &desc, &job->diag) != SMP_OK)
            return cli_job_fail(job, "--seed");
        desc.seed = a->seed;
        if (smp_plan_set(t->plan, &desc, &job->diag) != SMP_OK)
            return cli_job_fail(job, "--seed");
    }
    return CLI_OK;
}

static int make_camera(cli_job *job, const render_args *a, render_things *t)
{
    smp_head head;
    smp_head_init(&head);
    smp_camera_init(&t->camera);
    if (smp_plan_get_head(t->plan, &head, &job->diag) != SMP_OK)
        return cli_job_fail(job, "plan");
    if (a->flat_given && head.shape != SMP_SHAPE_FLAT)
        return cli_fail("render", CLI_FAILED, "--flat: the head of %s is not flat, want --ellipse",
                        a->plan);
    if (!a->flat_given && head.shape == SMP_SHAPE_FLAT)
        return cli_fail("render", CLI_FAILED,
                        "--ellipse: the head of %s is flat, want --flat X,Y and --px-per-mm N",
                        a->plan);
    if (cli_face_given(&a->face))
        return cli_face_camera(job, &a->face, smp_picture_image(t->photo), &head, &t->camera);
    double scale = 0.0;
    const int code = cli_face_scale(job, &a->face, &scale);
    if (code)
        return code;
    smp_ellipse ellipse = ellipse_of(a);
    smp_pose pose = {a->pose[0], a->pose[1], a->pose[2]};
    smp_status status =
        a->flat_given
            ? smp_camera_from_scale(&t->camera, scale, a->flat, &job->diag)
            : smp_camera_from_ellipse(&t->camera, &head, &ellipse, &pose, scale, &job->diag);
    return status == SMP_OK ? CLI_OK : cli_job_fail(job, a->flat_given ? "--flat" : "--ellipse");
}

static int make_preview(cli_job *job, const render_args *a, render_things *t)
{
    const smp_image *photo = smp_picture_image(t->photo);
    smp_head head;
    smp_head_init(&head);
    if (a->mask) {
        int code = cli_job_read(job, a->mask, 0, &t->mask);
        if (code)
            return code;
    }
    if (smp_plan_get_head(t->plan, &head, &job->diag) != SMP_OK ||
        smp_scalp_create(job->ctx, photo, &t->camera, &head,
                         t->mask ? smp_picture_image(t->mask) : NULL, NULL, &job->progress,
                         &t->scalp, &job->diag) != SMP_OK)
        return cli_job_fail(job, t->mask ? a->mask : a->in);
    if (smp_preview_create(job->ctx, t->scalp, t->plan, &job->progress, &t->preview, &job->diag) !=
        SMP_OK)
        return cli_job_fail(job, a->in);
    return CLI_OK;
}

static int draw(cli_job *job, const render_args *a, render_things *t)
{
    const smp_image *photo = smp_picture_image(t->photo);
    uint32_t format = a->layer ? SMP_FORMAT_RGB16 : photo->format;
    size_t row = (size_t)photo->width * smp_format_pixel_size((smp_format)format);
    void *pixels = calloc(photo->height, row);
    if (!pixels)
        return cli_fail("render", CLI_FAILED, "%s: no memory for %u x %u pixels", a->out,
                        photo->width, photo->height);
    t->out = (smp_image){.data = pixels,
                         .width = photo->width,
                         .height = photo->height,
                         .stride = (ptrdiff_t)row,
                         .format = format};
    if (a->layer) /* shares of light, not colours: no space and no profile apply */
        return smp_preview_layer(t->preview, a->day, NULL, &t->out, &job->progress, &job->diag) ==
                       SMP_OK
                   ? CLI_OK
                   : cli_job_fail(job, a->out);
    t->out.alpha = photo->alpha;
    t->out.space = photo->space;
    t->out.icc = photo->icc;
    t->out.icc_size = photo->icc_size;
    if (smp_preview_render(t->preview, a->day, NULL, &t->out, &job->progress, &job->diag) != SMP_OK)
        return cli_job_fail(job, a->out);
    return CLI_OK;
}

static void tell(const render_args *a, const render_things *t, double seconds)
{
    const smp_image *photo = smp_picture_image(t->photo);
    uint32_t dots = smp_dots_arrays(smp_preview_dots(t->preview)).count;
    smp_rect changed = smp_preview_bounds(t->preview);
    if (!a->json) {
        printf("%s: %u x %u, day %g, %u dots, %.2f px/mm, %.1f s\n", a->out, photo->width,
               photo->height, a->day, dots, t->camera.px_per_mm, seconds);
        if (!changed.width)
            printf("nothing changed: no dot falls on %s\n",
                   t->mask ? "what the mask leaves" : "bare skin; does the ellipse fit the head?");
        return;
    }
    smp_skin skin = smp_scalp_skin(t->scalp);
    printf("{\"out\": ");
    cli_print_json_text(a->out);
    printf(", \"width\": %u, \"height\": %u, \"space\": \"%s\", \"day\": %.17g, \"dots\": %u,\n"
           " \"px_per_mm\": %.17g, \"blur_px\": %.17g,\n"
           " \"skin\": {\"melanin\": %.9g, \"blood\": %.9g, \"yellow_um\": %.9g},\n"
           " \"changed\": {\"x\": %u, \"y\": %u, \"width\": %u, \"height\": %u},\n"
           " \"version\": \"%s\", \"seconds\": %.3f}\n",
           photo->width, photo->height, smp_space_name((smp_space)photo->space), a->day, dots,
           t->camera.px_per_mm, smp_scalp_blur_px(t->scalp), (double)skin.melanin,
           (double)skin.blood, (double)skin.yellow_um, changed.x, changed.y, changed.width,
           changed.height, smp_version(), seconds);
}

int cli_render(int argc, char **argv)
{
    render_args a = {.day = 60.0};
    int code = parse(&a, argc, argv);
    if (code < 0)
        code = check(&a);
    if (code >= 0)
        return code;
    cli_job job;
    render_things t = {0};
    double start = cli_seconds();
    code = cli_job_open(&job, "render", a.threads, a.progress);
    if (!code)
        code = cli_job_read(&job, a.in, a.keep_exif, &t.photo);
    if (!code)
        code = make_plan(&job, &a, &t);
    if (!code)
        code = make_camera(&job, &a, &t);
    if (!code)
        code = make_preview(&job, &a, &t);
    if (!code)
        code = draw(&job, &a, &t);
    if (!code)
        code = cli_job_write(&job, a.out, &t.out, a.quality, a.keep_exif ? t.photo : NULL);
    if (!code)
        tell(&a, &t, cli_seconds() - start);
    free(t.out.data);
    smp_preview_destroy(&t.preview);
    smp_scalp_destroy(&t.scalp);
    smp_plan_destroy(&t.plan);
    smp_picture_destroy(&t.mask);
    smp_picture_destroy(&t.photo);
    cli_job_close(&job);
    return code;
}
