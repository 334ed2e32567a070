/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * smp render: a photo as it looks on a day after the treatment. */
#include "scene.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct render_args {
    cli_scene_args scene;
    double day;
    const char *in, *out;
    uint32_t threads, quality;
    int layer, json, progress, keep_exif, no_mark;
} render_args;

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
        CLI_SCENE_OPTIONS(&a->scene),
        {"day", "D", "Days since the first session, -1 to 36500; -1 is the day before. Default 60.",
         CLI_NUMBER, &a->day, -1, 36500, 0, 0, NULL},
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
        CLI_MARK_OPTION(&a->no_mark),
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
    const int code = cli_scene_check("render", &a->scene);
    if (code >= 0)
        return code;
    smp_file_kind kind = cli_kind_of(a->out);
    if (kind == SMP_FILE_UNKNOWN)
        return cli_fail("render", CLI_USAGE, "OUT is \"%s\", want a name ending in .png or .jpg",
                        a->out);
    if (a->layer && kind != SMP_FILE_PNG)
        return cli_fail("render", CLI_USAGE, "OUT is \"%s\", want .png: a layer has 16 bits",
                        a->out);
    if (cli_same_file(a->in, a->out))
        return cli_fail("render", CLI_USAGE, "OUT is \"%s\", which is the photo itself", a->out);
    if ((a->scene.mask && cli_same_file(a->scene.mask, a->out)) ||
        (a->scene.plan && cli_same_file(a->scene.plan, a->out)))
        return cli_fail("render", CLI_USAGE, "OUT is \"%s\", which is also read", a->out);
    return -1;
}

static int draw(cli_job *job, const render_args *a, cli_scene *t, smp_image *out)
{
    const smp_image *photo = smp_picture_image(t->photo);
    uint32_t format = a->layer ? SMP_FORMAT_RGB16 : photo->format;
    size_t row = (size_t)photo->width * smp_format_pixel_size((smp_format)format);
    void *pixels = calloc(photo->height, row);
    if (!pixels)
        return cli_fail("render", CLI_FAILED, "%s: no memory for %u x %u pixels", a->out,
                        photo->width, photo->height);
    *out = (smp_image){.data = pixels,
                       .width = photo->width,
                       .height = photo->height,
                       .stride = (ptrdiff_t)row,
                       .format = format};
    if (a->layer) /* shares of light, not colours: no space and no profile apply */
        return smp_preview_layer(t->preview, a->day, NULL, out, &job->progress, &job->diag) ==
                       SMP_OK
                   ? CLI_OK
                   : cli_job_fail(job, a->out);
    out->alpha = photo->alpha;
    out->space = photo->space;
    out->icc = photo->icc;
    out->icc_size = photo->icc_size;
    if (smp_preview_render(t->preview, a->day, NULL, out, &job->progress, &job->diag) != SMP_OK)
        return cli_job_fail(job, a->out);
    return CLI_OK;
}

static void tell(const render_args *a, const cli_scene *t, double seconds)
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
    cli_scene t = {0};
    smp_image out = {0};
    double start = cli_seconds();
    code = cli_job_open(&job, "render", a.threads, a.progress);
    if (!code)
        code = cli_scene_make(&job, &a.scene, a.in, a.keep_exif, &t);
    job.no_mark = a.no_mark;
    if (!code)
        code = draw(&job, &a, &t, &out);
    if (!code)
        code = cli_job_mark(&job, t.plan, a.day);
    if (!code)
        code = cli_job_write(&job, a.out, &out, a.quality, a.keep_exif ? t.photo : NULL);
    if (!code)
        tell(&a, &t, cli_seconds() - start);
    free(out.data);
    cli_scene_clear(&t);
    cli_job_close(&job);
    return code;
}
