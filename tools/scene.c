/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A photo with its head, plan and preview, from the options that say where they are. */
#include "scene.h"

#include <math.h>
#include <stdlib.h>

const char cli_pose_help[] =
    "Degrees. Yaw turns the face to its own left, pitch lifts the chin (negative: bowed), roll "
    "leans the head clockwise. Default 0,0,0: straight into the camera.";
const char cli_flat_help[] =
    "A flat patch instead of a head: the pixel of its top left corner. Without a plan it is "
    "treated all over.";

int cli_scene_check(const char *command, const cli_scene_args *a)
{
    const int code = cli_face_check(command, &a->face, a->ellipse_given, a->flat_given);
    if (code >= 0)
        return code;
    if (a->flat_given && !a->scale_given)
        return cli_fail(command, CLI_USAGE, "--flat needs --px-per-mm N");
    if (a->pose_given && !a->ellipse_given)
        return cli_fail(command, CLI_USAGE, "--pose needs --ellipse%s",
                        a->flat_given ? ": a flat patch has none" : ": the face says how it is");
    return -1;
}

/* The ellipse and pose as the library wants them. */
static smp_ellipse ellipse_of(const cli_scene_args *a)
{
    return (smp_ellipse){a->ellipse[0], a->ellipse[1], a->ellipse[2], a->ellipse[3], a->ellipse[4]};
}

/* The plan that is taken when none is given: on a head as the photo shows it. */
static int default_plan(cli_job *job, const cli_scene_args *a, const smp_image *photo,
                        smp_plan **plan)
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

static int make_plan(cli_job *job, const cli_scene_args *a, cli_scene *t)
{
    const smp_image *photo = smp_picture_image(t->photo);
    if (a->flat_given && !(a->flat[0] < photo->width && a->flat[1] < photo->height))
        return cli_fail(job->command, CLI_FAILED,
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

static int make_camera(cli_job *job, const cli_scene_args *a, cli_scene *t)
{
    smp_head head;
    smp_head_init(&head);
    smp_camera_init(&t->camera);
    if (smp_plan_get_head(t->plan, &head, &job->diag) != SMP_OK)
        return cli_job_fail(job, "plan");
    if (a->flat_given && head.shape != SMP_SHAPE_FLAT)
        return cli_fail(job->command, CLI_FAILED,
                        "--flat: the head of %s is not flat, want --ellipse", a->plan);
    if (!a->flat_given && head.shape == SMP_SHAPE_FLAT)
        return cli_fail(job->command, CLI_FAILED,
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

#define KEEP_MM 0.25f   /* of new dots from hairs that are there: a dot's own width */
#define APART_MM 0.2    /* along a hair, between its obstacles */
#define APART_MOST 12u  /* of them */
#define KEEP_MOST 50000 /* obstacles of a plan */

/* A hair's axis as points of the head, from its middle outwards in turn; returns how many. */
static uint32_t along(const cli_scene *t, const smp_head *head, const smp_hairs_view *hairs,
                      uint32_t k, uint32_t most, float *xyz)
{
    const double turn = (double)hairs->angle_deg[k] * 0.017453292519943295;
    const double step = APART_MM * t->camera.px_per_mm;
    const double half = 0.5 * (double)hairs->length_px[k];
    uint32_t count = 0;
    for (uint32_t i = 0; i < most; i++) {
        const double way = (i % 2 ? -1.0 : 1.0) * step * (double)((i + 1) / 2);
        const double uv[2] = {(double)hairs->u_px[k] + way * cos(turn),
                              (double)hairs->v_px[k] + way * sin(turn)};
        double at[3];
        if (fabs(way) > half)
            break;
        if (!smp_camera_unproject(&t->camera, head, uv, at, NULL))
            continue;
        for (int c = 0; c < 3; c++)
            xyz[3 * (size_t)count + (size_t)c] = (float)at[c];
        count++;
    }
    return count;
}

/* The hairs of the scalp become obstacles of the plan, all along. */
static int keep_off(cli_job *job, const smp_head *head, cli_scene *t)
{
    const smp_hairs_view hairs = smp_scalp_hairs(t->scalp);
    uint32_t each = hairs.count ? KEEP_MOST / hairs.count : 0, count = 0;
    each = each < APART_MOST ? each : APART_MOST;
    float *xyz = malloc((size_t)hairs.count * (each + 1) * 3 * sizeof *xyz + 1);
    if (!xyz)
        return cli_fail(job->command, CLI_FAILED, "no memory for %u hairs", hairs.count);
    for (uint32_t k = 0; k < hairs.count && count < KEEP_MOST; k++)
        count += along(t, head, &hairs, k, each ? each : 1, xyz + 3 * (size_t)count);
    const smp_status status = smp_plan_set_obstacles(t->plan, xyz, count, KEEP_MM, &job->diag);
    free(xyz);
    return status == SMP_OK ? CLI_OK : cli_job_fail(job, "--keep-hairs");
}

#define SEEN_THROUGH 0.58 /* px2 besides the photo's blur, when hairs are looked for: S16 */

/* New dots become as wide and dark as the hairs of the scalp. */
static int match(cli_job *job, const char *in, cli_scene *t)
{
    const smp_hairs_view hairs = smp_scalp_hairs(t->scalp);
    const smp_skin skin = smp_scalp_skin(t->scalp);
    const double blur = smp_scalp_blur_px(t->scalp), scale = t->camera.px_per_mm;
    if (!hairs.count)
        return cli_fail(job->command, CLI_FAILED, "--match-hairs: no short hairs are found in %s",
                        in);
    const smp_status status =
        smp_plan_match_hairs(t->plan, &skin, hairs.typical_width_mm, hairs.typical_darkness,
                             (float)(sqrt(blur * blur + SEEN_THROUGH) / scale), &job->diag);
    return status == SMP_OK ? CLI_OK : cli_job_fail(job, "--match-hairs");
}

static int make_preview(cli_job *job, const cli_scene_args *a, const char *in, cli_scene *t)
{
    const smp_image *photo = smp_picture_image(t->photo);
    smp_head head;
    smp_scalp_desc how;
    smp_head_init(&head);
    smp_scalp_desc_init(&how);
    how.find_hairs = (uint32_t)(a->keep_hairs || a->match_hairs);
    how.density_mode = (uint32_t)a->density_mode;
    if (a->mask) {
        int code = cli_job_read(job, a->mask, 0, &t->mask);
        if (code)
            return code;
    }
    if (smp_plan_get_head(t->plan, &head, &job->diag) != SMP_OK ||
        smp_scalp_create(job->ctx, photo, &t->camera, &head,
                         t->mask ? smp_picture_image(t->mask) : NULL, &how, &job->progress,
                         &t->scalp, &job->diag) != SMP_OK)
        return cli_job_fail(job, t->mask ? a->mask : in);
    int code = a->keep_hairs ? keep_off(job, &head, t) : CLI_OK;
    if (!code && a->match_hairs)
        code = match(job, in, t);
    if (code)
        return code;
    if (smp_preview_create(job->ctx, t->scalp, t->plan, &job->progress, &t->preview, &job->diag) !=
        SMP_OK)
        return cli_job_fail(job, in);
    return CLI_OK;
}

int cli_scene_make(cli_job *job, const cli_scene_args *a, const char *in, int keep_exif,
                   cli_scene *t)
{
    int code = cli_job_read(job, in, keep_exif, &t->photo);
    if (!code)
        code = make_plan(job, a, t);
    if (!code)
        code = make_camera(job, a, t);
    if (!code)
        code = make_preview(job, a, in, t);
    return code;
}

void cli_scene_clear(cli_scene *t)
{
    smp_preview_destroy(&t->preview);
    smp_scalp_destroy(&t->scalp);
    smp_plan_destroy(&t->plan);
    smp_picture_destroy(&t->mask);
    smp_picture_destroy(&t->photo);
}
