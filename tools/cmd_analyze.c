/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * smp analyze: what a photo says about a scalp, as JSON and as pictures. */
#include "job.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "face.h"
#include "maps.h"

typedef struct analyze_args {
    double ellipse[5], pose[3], flat[2];
    uint32_t ellipse_given, pose_given, flat_given, scale_given;
    cli_face face;
    const char *mask, *in, *maps;
    uint32_t threads, bench;
    int progress;
    smp_scalp_desc desc;
} analyze_args;

typedef struct analyze_things {
    smp_picture *photo, *mask;
    smp_scalp *scalp;
    smp_camera camera;
    smp_head head;
    double seconds;
} analyze_things;

static const char about[] =
    "Reads a photo of a scalp and prints what it says as JSON: camera, skin, light, sharpness,\n"
    "how much of it may be treated, the hairs that are there.\n"
    "\n"
    "examples\n"
    "  smp analyze photo.jpg --ellipse 600,700,380,560\n"
    "  Every map as a picture, in a folder:\n"
    "    smp analyze photo.jpg --ellipse 600,700,380,560 --maps out --find-hairs 1\n"
    "  A close-up of 12 pixels a millimetre; how long it takes, the median of 21:\n"
    "    smp analyze crown.jpg --flat 0,0 --px-per-mm 12\n"
    "    smp analyze photo.jpg --ellipse 600,700,380,560 --bench 21 --threads 1";

static int parse(analyze_args *a, int argc, char **argv)
{
    uint32_t count;
    const smp_field *fields = smp_scalp_desc_fields(&count);
    const cli_option options[] = {
        {"ellipse", "CX,CY,RX,RY[,DEG]", "The head's outline in pixels; DEG turns it clockwise.",
         CLI_NUMBERS, a->ellipse, 0, 0, 4, 5, &a->ellipse_given},
        {"pose", "YAW,PITCH,ROLL", "How the head is turned, degrees. Default 0,0,0.", CLI_NUMBERS,
         a->pose, 0, 0, 3, 3, &a->pose_given},
        {"px-per-mm", "N", "The scale; by default the ellipse is 152 mm wide.", CLI_NUMBER,
         &a->face.px_per_mm, 0.001, 1000, 0, 0, &a->scale_given},
        CLI_FACE_OPTIONS(&a->face),
        {"flat", "X,Y", "A flat patch instead of a head: the pixel of its top left corner.",
         CLI_NUMBERS, a->flat, 0, 0, 2, 2, &a->flat_given},
        {"mask", "FILE", "A picture of the photo's size: black is no scalp, white is.", CLI_TEXT,
         &a->mask, 0, 0, 0, 0, NULL},
        {"maps", "DIR", "Write every map as a picture into this folder.", CLI_TEXT, &a->maps, 0, 0,
         0, 0, NULL},
        {"bench", "N", "Analyse N times and print the median time too.", CLI_COUNT, &a->bench, 1,
         1001, 0, 0, NULL},
        {"threads", "N", "0, the default, is one per processor.", CLI_COUNT, &a->threads, 0, 256, 0,
         0, NULL},
        {"progress", NULL, "Show progress even when stderr is no terminal.", CLI_FLAG, &a->progress,
         0, 0, 0, 0, NULL},
    };
    const cli_group groups[] = {{"", &a->desc, fields, count, "how to read the photo", NULL}};
    static const char *const names[] = {"IN"};
    const cli_spec spec = {
        .command = "analyze",
        .usage = "analyze IN --ellipse CX,CY,RX,RY[,DEG] | --landmarks FILE.json [options]",
        .about = about,
        .options = options,
        .option_count = sizeof options / sizeof *options,
        .groups = groups,
        .group_count = 1,
        .names = names,
        .name_count = 1,
        .name_least = 1};
    return cli_parse(&spec, argc, argv, &a->in);
}

static int check(const analyze_args *a)
{
    const int code = cli_face_check("analyze", &a->face, a->ellipse_given, a->flat_given);
    if (code >= 0)
        return code;
    if (a->pose_given && cli_face_given(&a->face))
        return cli_fail("analyze", CLI_USAGE, "--pose needs --ellipse: the face says how it is");
    if (a->flat_given && (!a->scale_given || a->pose_given))
        return cli_fail("analyze", CLI_USAGE, "--flat needs --px-per-mm N, and has no pose");
    return -1;
}

static int make_camera(cli_job *job, const analyze_args *a, analyze_things *t)
{
    const smp_image *photo = smp_picture_image(t->photo);
    const double *e = a->ellipse;
    const smp_ellipse ellipse = {e[0], e[1], e[2], e[3], e[4]};
    const smp_pose pose = {a->pose[0], a->pose[1], a->pose[2]};
    smp_head_init(&t->head);
    smp_camera_init(&t->camera);
    double scale = 0.0;
    int code = CLI_OK;
    if (cli_face_given(&a->face)) {
        code = cli_face_head(job, &a->face, &t->head);
        return code ? code : cli_face_camera(job, &a->face, photo, &t->head, &t->camera);
    }
    code = cli_face_scale(job, &a->face, &scale);
    if (code)
        return code;
    smp_status status;
    if (a->flat_given) {
        t->head.shape = SMP_SHAPE_FLAT;
        t->head.width_mm = (float)((photo->width - a->flat[0]) / scale);
        t->head.height_mm = (float)((photo->height - a->flat[1]) / scale);
        status = smp_camera_from_scale(&t->camera, scale, a->flat, &job->diag);
    } else {
        status = smp_head_from_ellipse(&t->head, &ellipse, &pose, &job->diag);
        if (status == SMP_OK)
            status =
                smp_camera_from_ellipse(&t->camera, &t->head, &ellipse, &pose, scale, &job->diag);
    }
    return status == SMP_OK ? CLI_OK : cli_job_fail(job, a->flat_given ? "--flat" : "--ellipse");
}

static int earlier(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Analyses as often as asked for; the median time goes to t->seconds. */
static int make_scalp(cli_job *job, const analyze_args *a, analyze_things *t)
{
    const smp_image *photo = smp_picture_image(t->photo);
    const smp_image *mask = t->mask ? smp_picture_image(t->mask) : NULL;
    double took[1001];
    const uint32_t turns = a->bench ? a->bench : 1;
    for (uint32_t k = 0; k < turns; k++) {
        smp_scalp_destroy(&t->scalp);
        const double start = cli_seconds();
        if (smp_scalp_create(job->ctx, photo, &t->camera, &t->head, mask, &a->desc,
                             turns == 1 ? &job->progress : NULL, &t->scalp, &job->diag) != SMP_OK)
            return cli_job_fail(job, a->in);
        took[k] = cli_seconds() - start;
    }
    qsort(took, turns, sizeof *took, earlier);
    t->seconds = took[turns / 2];
    return CLI_OK;
}

static void print_camera(const smp_camera *c)
{
    const smp_pose pose = smp_camera_pose(c);
    printf(" \"camera\": {\"pose_deg\": [%.2f, %.2f, %.2f], \"distance_mm\": %.0f,\n", pose.yaw_deg,
           pose.pitch_deg, pose.roll_deg, c->distance_mm);
    printf("  \"px_per_mm\": %.9g, \"scale_sigma\": %.3g, \"pose_sigma_deg\": %.3g,\n"
           "  \"center_px\": [%.9g, %.9g], \"rotation\": [",
           c->px_per_mm, c->scale_sigma, c->pose_sigma_deg, c->center_px[0], c->center_px[1]);
    for (int k = 0; k < 9; k++)
        printf("%s%.6f", k ? ", " : "", c->rotation[k]);
    printf("]},\n");
}

static void print_skin(const smp_scalp *scalp, uint32_t space)
{
    const smp_skin skin = smp_scalp_skin(scalp);
    float rgb[3] = {0}, xyz[3], lab[3], light[3];
    smp_scalp_light(scalp, light);
    if (smp_skin_color(&skin, (smp_space)space, rgb, NULL) != SMP_OK ||
        smp_rgb_to_xyz((smp_space)space, rgb, xyz, NULL) != SMP_OK)
        return;
    smp_xyz_to_lab(xyz, lab);
    const double wide[3] = {(double)lab[0], (double)lab[1], (double)lab[2]};
    printf(" \"skin\": {\"melanin\": %.6g, \"blood\": %.6g, \"yellow_um\": %.6g,\n"
           "  \"lab\": [%.2f, %.2f, %.2f], \"ita_deg\": %.1f},\n"
           " \"light\": {\"rgb\": [%.4f, %.4f, %.4f]},\n",
           (double)skin.melanin, (double)skin.blood, (double)skin.yellow_um, wide[0], wide[1],
           wide[2], smp_ita_deg(wide), (double)light[0], (double)light[1], (double)light[2]);
}

static void print_hairs(const smp_scalp *scalp)
{
    const smp_hairs_view h = smp_scalp_hairs(scalp);
    printf(
        " \"hairs\": {\"count\": %u, \"area_cm2\": %.2f, \"per_cm2\": %.1f, \"width_mm\": %.3f,\n"
        "  \"length_mm\": %.2f, \"darkness\": %.3f, \"rgb\": [%.4f, %.4f, %.4f]},\n",
        h.count, (double)h.area_cm2, (double)h.per_cm2, (double)h.typical_width_mm,
        (double)h.typical_length_mm, (double)h.typical_darkness, (double)h.rgb[0], (double)h.rgb[1],
        (double)h.rgb[2]);
}

static void tell(const analyze_args *a, const analyze_things *t)
{
    const smp_image *photo = smp_picture_image(t->photo);
    printf("{\"photo\": ");
    cli_print_json_text(a->in);
    printf(", \"width\": %u, \"height\": %u, \"space\": \"%s\",\n", photo->width, photo->height,
           smp_space_name((smp_space)photo->space));
    print_camera(&t->camera);
    print_skin(t->scalp, photo->space);
    printf(" \"blur_px\": %.3f, \"grain\": %.2f,\n", smp_scalp_blur_px(t->scalp),
           smp_scalp_grain(t->scalp));
    print_hairs(t->scalp);
    cli_maps_print(t->scalp);
    printf(" \"milliseconds\": %.2f, \"version\": \"%s\"}\n", 1e3 * t->seconds, smp_version());
}

int cli_analyze(int argc, char **argv)
{
    analyze_args a = {0};
    smp_scalp_desc_init(&a.desc);
    a.desc.find_hairs = 1;
    int code = parse(&a, argc, argv);
    if (code < 0)
        code = check(&a);
    if (code >= 0)
        return code;
    cli_job job;
    analyze_things t = {0};
    code = cli_job_open(&job, "analyze", a.threads, a.progress);
    if (!code)
        code = cli_job_read(&job, a.in, 0, &t.photo);
    if (!code && a.mask)
        code = cli_job_read(&job, a.mask, 0, &t.mask);
    if (!code)
        code = make_camera(&job, &a, &t);
    if (!code)
        code = make_scalp(&job, &a, &t);
    if (!code && a.maps)
        code = cli_maps_write(&job, a.maps, t.scalp, smp_picture_image(t.photo));
    if (!code) {
        cli_job_quiet(&job);
        tell(&a, &t);
    }
    smp_scalp_destroy(&t.scalp);
    smp_picture_destroy(&t.mask);
    smp_picture_destroy(&t.photo);
    cli_job_close(&job);
    return code;
}
