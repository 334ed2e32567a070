/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The phantom from outside: its descriptor, its making and what it hands over. */
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "base/context.h"
#include "base/diag.h"
#include "base/fields.h"
#include "base/guard.h"
#include "base/math.h"
#include "geometry/head.h"
#include "phantom/draw.h"

#define BAND 8u /* rows of a task */

static const smp_field phantom_fields[] = {
    SMPI_FIELD_HEAD(smp_phantom_desc),
    SMPI_FIELD(smp_phantom_desc, seed, "", 0.0, 4294967295.0, 1.0, "Which skin and hairs."),
    SMPI_FIELD(smp_phantom_desc, width, "px", 16.0, 16384.0, 1600.0, "Width of the picture."),
    SMPI_FIELD(smp_phantom_desc, height, "px", 16.0, 16384.0, 1152.0, "Height of the picture."),
    SMPI_FIELD(smp_phantom_desc, melanin, "", 0.0, 0.5, 0.011, "Mean melanosome volume fraction."),
    SMPI_FIELD(smp_phantom_desc, blood, "", 0.0, 0.2, 0.028, "Mean blood volume fraction."),
    SMPI_FIELD(smp_phantom_desc, yellow_um, "umol/l", -5.0, 50.0, 2.0, "Yellow chromophores."),
    SMPI_FIELD(smp_phantom_desc, fringe, "", 0.0, 1.0, 0.8,
               "Stubble at the sides and back: 0 none, 1 a full horseshoe."),
    SMPI_FIELD(smp_phantom_desc, shine, "", 0.0, 3.0, 1.0, "Strength of the highlight."),
    SMPI_FIELD(smp_phantom_desc, texture, "", 0.0, 3.0, 1.0, "Pores, mottling and fine lines."),
    SMPI_FIELD(smp_phantom_desc, grain, "", 0.0, 20.0, 1.0,
               "Camera noise, standard deviation of encoded values over 255."),
    SMPI_FIELD(smp_phantom_desc, blur_px, "px", 0.0, 20.0, 0.7,
               "The camera's blur, standard deviation."),
    SMPI_FIELD(smp_phantom_desc, yaw_deg, "deg", -180.0, 180.0, 0.0,
               "Turns the face to its own left."),
    SMPI_FIELD(smp_phantom_desc, pitch_deg, "deg", -90.0, 90.0, -30.0, "Lifts the chin."),
    SMPI_FIELD(smp_phantom_desc, roll_deg, "deg", -180.0, 180.0, 0.0,
               "Leans the head clockwise in the picture."),
    SMPI_FIELD(
        smp_phantom_desc, fill, "", 0.1, 4.0, 1.42,
        "Height of the head's outline over the picture's, or over 0.72 of its width if less."),
    SMPI_FIELD(smp_phantom_desc, strands, "", 0.0, 1.0, 0.0,
               "Long, thinning hair over the top: 0 none, 1 about 60 roots a cm2."),
    SMPI_FIELD(smp_phantom_desc, spots_per_cm2, "1/cm2", 0.0, 20.0, 0.0, "Freckles and sun spots."),
    SMPI_FIELD(smp_phantom_desc, spot_mm, "mm", 0.5, 20.0, 3.0, "Their median diameter."),
    SMPI_FIELD(smp_phantom_desc, spot_melanin, "", 1.0, 5.0, 2.2,
               "Their melanin over that of the skin around, geometric mean."),
};

SMPI_DEFINE_FIELDS(smp_phantom_desc, phantom_fields)

/* R = Rx(-pitch) Ry(yaw), then Rz(-roll) in front: as smp_pose says. */
static void rotation(const smp_phantom_desc *desc, double level[9], double full[9])
{
    const double to_rad = SMPI_PI / 180.0;
    const double cy = smpi_cos(desc->yaw_deg * to_rad), sy = smpi_sin(desc->yaw_deg * to_rad);
    const double cp = smpi_cos(desc->pitch_deg * to_rad), sp = smpi_sin(desc->pitch_deg * to_rad);
    const double cr = smpi_cos(desc->roll_deg * to_rad), sr = smpi_sin(desc->roll_deg * to_rad);
    const double r[9] = {cy, 0.0, sy, -sp * sy, cp, sp * cy, -cp * sy, -sp, cp * cy};
    memcpy(level, r, sizeof r);
    for (int k = 0; k < 3; k++) {
        full[k] = cr * r[k] + sr * r[3 + k];
        full[3 + k] = -sr * r[k] + cr * r[3 + k];
        full[6 + k] = r[6 + k];
    }
}

/* The outline of an ellipsoid with half axes A under R is the ellipse of R A A R^T; that of a head
 * is half of each of two, met where the widest level is seen from the side. */
typedef struct silhouette {
    double xx, xy, yy[2]; /* yy of the upper and of the lower half */
} silhouette;

static silhouette silhouette_of(const smpi_ellipsoid *e, const double level[9])
{
    const double half[2][3] = {{e->a, e->up, e->c}, {e->a, e->down, e->c}};
    silhouette s = {0.0, 0.0, {0.0, 0.0}};
    for (int k = 0; k < 3; k++) {
        const double across = level[k] * half[0][k];
        s.xx += across * across;
        s.xy += across * level[3 + k] * half[0][k];
        for (int h = 0; h < 2; h++)
            s.yy[h] += level[3 + k] * half[h][k] * level[3 + k] * half[h][k];
    }
    return s;
}

/* Where the outline's upper edge lies: upright pictures would cut the ears off, so there the head
 * is as if they were less high, and stands at the lower edge, or in the middle once all is shown.
 */
static double upper_edge(const smp_phantom_desc *desc, double *box)
{
    const double high = desc->height, wide = 0.72 * desc->width;
    const double spare = 0.5 * (1.0 - (double)desc->fill), crop = ((double)desc->fill - 0.85) / 0.3;
    const double low = crop < 0.0 ? 0.5 : crop > 1.0 ? 1.0 : 0.5 + 0.5 * crop;
    *box = high < wide ? high : wide;
    return (spare > 0.075 ? spare : 0.075) * *box + low * (high - *box);
}

static void frame(smpi_scene *scene)
{
    const smp_phantom_desc *desc = &scene->desc;
    const smpi_ellipsoid e = smpi_head_ellipsoid(&scene->head);
    double level[9], *r = scene->camera.rotation, box;
    rotation(desc, level, r);
    const silhouette s = silhouette_of(&e, level);
    const double up = sqrt(s.yy[0]), down = sqrt(s.yy[1]), tall = 0.5 * (up + down);
    const double above = upper_edge(desc, &box), scale = 0.5 * (double)desc->fill * box / tall;
    smp_ellipse *o = &scene->outline;
    o->rx_px = scale * sqrt(s.xx);
    o->ry_px = scale * tall;
    o->cx_px = 0.5 * desc->width;
    o->cy_px = above + o->ry_px;
    o->turn_deg = (double)desc->roll_deg;
    /* Picture offsets to the unit circle, as a triangle: see smpi_outline_at. */
    const double turned[2] = {smpi_cos(o->turn_deg * (SMPI_PI / 180.0)),
                              smpi_sin(o->turn_deg * (SMPI_PI / 180.0))};
    const double drop =
        scale * 0.5 * (up - down); /* from the outline's middle to the widest level's */
    const double middle[2] = {o->cx_px - turned[1] * drop, o->cy_px + turned[0] * drop};
    scene->lean = (float)(-s.xy / s.xx); /* rows run down, y runs up */
    for (int k = 0; k < 2; k++) {
        scene->turn[k] = (float)turned[k];
        scene->middle_px[k] = (float)middle[k];
        scene->unit_px[k] = (float)(scale * sqrt(s.yy[k] - s.xy * s.xy / s.xx));
    }
    scene->camera.px_per_mm = scale;
    scene->camera.center_px[0] = middle[0] - scale * r[1] * e.cy;
    scene->camera.center_px[1] = middle[1] + scale * r[4] * e.cy;
    scene->px_per_mm = (float)scale;
    for (int k = 0; k < 9; k++)
        scene->rotation[k] = (float)r[k];
}

void smpi_scene_init(smpi_scene *scene, const smp_phantom_desc *desc)
{
    static const float brown[3] = {0.030f, 0.020f, 0.014f}, black[3] = {0.012f, 0.011f, 0.010f};
    scene->desc = *desc;
    smp_head_init(&scene->head);
    smp_camera_init(&scene->camera);
    frame(scene);
    smpi_noise_init(&scene->noise, desc->seed);
    smpi_encode_init(scene);
    const float dark = desc->melanin > 0.05f ? 1.0f : desc->melanin / 0.05f;
    for (int k = 0; k < 3; k++)
        scene->hair_albedo[k] = brown[k] + dark * (black[k] - brown[k]);
}

/* ---- making ------------------------------------------------------------------------------- */

typedef struct draw_job {
    smp_phantom *phantom;
    float *clear, *rgb;
} draw_job;

static uint32_t last_row(const draw_job *job, uint32_t band)
{
    const uint32_t end = (band + 1) * BAND, height = job->phantom->scene.desc.height;
    return end < height ? end : height;
}

static smp_status draw_band(void *task, uint32_t band)
{
    draw_job *job = task;
    const uint32_t top = band * BAND, bottom = last_row(job, band);
    const uint32_t width = job->phantom->scene.desc.width;
    for (size_t i = (size_t)top * width; i < (size_t)bottom * width; i++)
        job->clear[i] = 1.0f;
    smpi_strokes_draw(&job->phantom->hairs, job->clear, width, top, bottom);
    smpi_draw_rows(job->phantom, job->clear, job->rgb, top, bottom);
    return SMP_OK;
}

static smp_status finish_band(void *task, uint32_t band)
{
    draw_job *job = task;
    smpi_finish_rows(&job->phantom->scene, job->rgb, job->phantom->bytes, band * BAND,
                     last_row(job, band));
    return SMP_OK;
}

static smp_status draw_all(smp_phantom *phantom, const smp_progress *progress, smp_diag *diag)
{
    const smp_context *ctx = phantom->ctx;
    const size_t pixels = phantom->pixels;
    const uint32_t bands = (phantom->scene.desc.height + BAND - 1) / BAND;
    draw_job job = {phantom, NULL, NULL};
    smp_status status = smpi_new(ctx, &job.clear, pixels, sizeof(float), "hair cover", diag);
    if (status != SMP_OK)
        goto done;
    status = smpi_new(ctx, &job.rgb, pixels, 3 * sizeof(float), "linear picture", diag);
    if (status != SMP_OK)
        goto done;
    status = smpi_tone_init(ctx, &phantom->scene, diag);
    if (status != SMP_OK)
        goto done;
    status = smpi_run_progress(ctx, draw_band, &job, bands, progress, 0.0, 0.9, "skin", diag);
    if (status != SMP_OK)
        goto done;
    status = smpi_run_progress(ctx, finish_band, &job, bands, progress, 0.9, 1.0, "camera", diag);
done:
    smpi_free(ctx, job.rgb, pixels * 3 * sizeof(float));
    smpi_free(ctx, job.clear, pixels * sizeof(float));
    return status;
}

static smp_status build(smp_phantom *phantom, const smp_phantom_desc *desc,
                        const smp_progress *progress, smp_diag *diag)
{
    const smp_context *ctx = phantom->ctx;
    float *planes = NULL;
    SMPI_TRY(smpi_report(progress, 0.0, "skin", diag));
    smpi_scene_init(&phantom->scene, desc);
    if (smpi_mul(desc->width, desc->height, &phantom->pixels))
        return smpi_fail(diag, SMP_ERR_LIMIT, "%u x %u pixels are too many", desc->width,
                         desc->height);
    SMPI_TRY(smpi_new(ctx, &planes, phantom->pixels, SMP_PHANTOM_MAP_COUNT * sizeof(float), "maps",
                      diag));
    for (uint32_t i = 0; i < SMP_PHANTOM_MAP_COUNT; i++)
        phantom->map[i] = planes + i * phantom->pixels;
    SMPI_TRY(smpi_new(ctx, &phantom->bytes, phantom->pixels, 3, "picture", diag));
    SMPI_TRY(smp_image_wrap(&phantom->image, phantom->bytes, desc->width, desc->height, 0,
                            SMP_FORMAT_RGB8, diag));
    SMPI_TRY(smpi_hairs_create(ctx, &phantom->scene, &phantom->hairs, diag));
    return draw_all(phantom, progress, diag);
}

SMPI_APART smp_status phantom_create_guarded(const smp_context *ctx, const smp_phantom_desc *desc,
                                             const smp_progress *progress, smp_phantom **phantom,
                                             smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(phantom, diag);
    *phantom = NULL;
    SMPI_NEED(ctx, diag);
    smp_phantom_desc own;
    SMPI_TRY(
        smpi_desc_read(&own, sizeof own, desc, phantom_fields, SMPI_COUNT(phantom_fields), diag));
    smp_phantom *made = NULL;
    SMPI_TRY(smpi_new(ctx, &made, 1, sizeof *made, "phantom", diag));
    memset(made, 0, sizeof *made);
    made->ctx = ctx;
    const smp_status status = smpi_run_end(diag, build(made, &own, progress, diag), "phantom");
    if (status != SMP_OK)
        smp_phantom_destroy(&made);
    *phantom = made;
    return status;
}

smp_status smp_phantom_create(const smp_context *ctx, const smp_phantom_desc *desc,
                              const smp_progress *progress, smp_phantom **phantom, smp_diag *diag)
{
    SMPI_GUARD(smp_status, phantom_create_guarded(ctx, desc, progress, phantom, diag));
}

void smp_phantom_destroy(smp_phantom **phantom)
{
    if (!phantom || !*phantom)
        return;
    smp_phantom *own = *phantom;
    smpi_hairs_destroy(own->ctx, &own->hairs);
    smpi_free(own->ctx, own->bytes, own->pixels * 3);
    smpi_free(own->ctx, own->map[0], own->pixels * SMP_PHANTOM_MAP_COUNT * sizeof(float));
    smpi_free(own->ctx, own, sizeof *own);
    *phantom = NULL;
}

/* ---- handing over ------------------------------------------------------------------------- */

const smp_image *smp_phantom_image(const smp_phantom *phantom)
{
    return phantom ? &phantom->image : NULL;
}

smp_camera smp_phantom_camera(const smp_phantom *phantom)
{
    smp_camera none;
    smp_camera_init(&none);
    return phantom ? phantom->scene.camera : none;
}

smp_head smp_phantom_head(const smp_phantom *phantom)
{
    smp_head none;
    smp_head_init(&none);
    return phantom ? phantom->scene.head : none;
}

smp_ellipse smp_phantom_ellipse(const smp_phantom *phantom)
{
    const smp_ellipse none = {0.0, 0.0, 0.0, 0.0, 0.0};
    return phantom ? phantom->scene.outline : none;
}

SMPI_APART smp_status phantom_get_map_guarded(const smp_phantom *phantom, smp_phantom_map kind,
                                              smp_grid *map, smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(phantom, diag);
    SMPI_NEED(map, diag);
    if ((uint32_t)kind >= SMP_PHANTOM_MAP_COUNT)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "kind is %d, want [0, %d]", (int)kind,
                         SMP_PHANTOM_MAP_COUNT - 1);
    map->data = phantom->map[kind];
    map->width = phantom->scene.desc.width;
    map->height = phantom->scene.desc.height;
    map->stride = phantom->scene.desc.width;
    return SMP_OK;
}

smp_status smp_phantom_get_map(const smp_phantom *phantom, smp_phantom_map kind, smp_grid *map,
                               smp_diag *diag)
{
    SMPI_GUARD(smp_status, phantom_get_map_guarded(phantom, kind, map, diag));
}

const smp_phantom_hair *smp_phantom_hairs(const smp_phantom *phantom, uint32_t *count)
{
    if (count)
        *count = phantom ? phantom->hairs.hair_count : 0;
    return phantom ? phantom->hairs.hair : NULL;
}
