/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Cameras from depth and normal maps: samples from grids, and a camera from the fit. source:
 * docs/model/geometry.md 10 */
#include <math.h>

#include "base/diag.h"
#include "base/fields.h"
#include "base/guard.h"
#include "base/math.h"
#include "geometry/camera.h"
#include "geometry/surface_fit.h"

#define DEGREE (SMPI_PI / 180.0)
#define SIZE_SIGMA 0.035 /* as for landmarks */
#define RIVAL_COST 4.0
#define INLIERS_LEAST 0.5 /* of the samples must lie on the head */
#define SIDE_MAX 65536

enum { CELLS_LEAST = 60 };

static const smp_field depth_fields[] = {
    SMPI_FIELD_HEAD(smp_depth_desc),
    SMPI_FIELD_RESERVED(smp_depth_desc, reserved),
    SMPI_FIELD_ARRAY(smp_depth_desc, origin_px, 2, "px", -1e6, 1e6, 0.0,
                     "Where the grid's top left corner falls in the photo."),
    SMPI_FIELD(smp_depth_desc, px_per_cell, "px", 1e-3, 1000.0, 1.0,
               "Pixels of the photo from one cell to the next."),
    SMPI_FIELD(smp_depth_desc, focal_px, "px", 0.0, 1e7, 0.0,
               "Focal length; 0: seen from far away."),
    SMPI_FIELD_ARRAY(smp_depth_desc, principal_px, 2, "px", -1e6, 1e6, 0.0,
                     "The pixel that the camera looks at; 0, 0: the grid's middle."),
    SMPI_FIELD(smp_depth_desc, px_per_mm, "px/mm", 0.0, 1000.0, 0.0,
               "The scale, of what is seen from far away."),
    SMPI_FIELD(smp_depth_desc, hint_yaw_deg, "deg", -360.0, 360.0, 0.0, "About how it is turned."),
    SMPI_FIELD(smp_depth_desc, hint_pitch_deg, "deg", -360.0, 360.0, 0.0,
               "About how it is turned."),
    SMPI_FIELD(smp_depth_desc, hint_roll_deg, "deg", -360.0, 360.0, 0.0, "About how it is turned."),
    SMPI_FIELD(smp_depth_desc, hint_sigma_deg, "deg", 1.0, 90.0, 25.0,
               "How sure the hint is, one standard deviation."),
};
SMPI_DEFINE_FIELDS(smp_depth_desc, depth_fields)

typedef struct scene {
    smp_head head;
    smp_depth_desc desc;
    double principal[2];
    smpi_surface_job job;
} scene;

static smp_status check_grid(const smp_grid *grid, smp_diag *diag)
{
    SMPI_NEED(grid, diag);
    SMPI_NEED(grid->data, diag);
    if (!(grid->width >= 1 && grid->width <= SIDE_MAX && grid->height >= 1 &&
          grid->height <= SIDE_MAX))
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "the grid is %u x %u, want sides in [1, %d]",
                         grid->width, grid->height, SIDE_MAX);
    if (grid->stride < grid->width)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "the grid's stride is %zu, want at least %u",
                         grid->stride, grid->width);
    return SMP_OK;
}

static smp_status open_scene(scene *s, const smp_head *head, const smp_grid *grid,
                             const smp_depth_desc *desc, smp_diag *diag)
{
    SMPI_TRY(check_grid(grid, diag));
    SMPI_TRY(smpi_head_read(&s->head, head, diag));
    if (s->head.shape == SMP_SHAPE_FLAT)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "the head is flat: use smp_camera_from_scale");
    SMPI_TRY(smpi_desc_read(&s->desc, sizeof s->desc, desc, depth_fields, SMPI_COUNT(depth_fields),
                            diag));
    const double *given = s->desc.principal_px;
    const int own = given[0] < 0.0 || given[0] > 0.0 || given[1] < 0.0 || given[1] > 0.0;
    const double sides[2] = {grid->width, grid->height};
    for (int k = 0; k < 2; k++)
        s->principal[k] =
            own ? given[k] : s->desc.origin_px[k] + 0.5 * sides[k] * s->desc.px_per_cell;
    const smp_pose pose = {s->desc.hint_yaw_deg, s->desc.hint_pitch_deg, s->desc.hint_roll_deg};
    s->job = (smpi_surface_job){.head = smpi_head_ellipsoid(&s->head),
                                .hint_sigma_rad = s->desc.hint_sigma_deg * DEGREE,
                                .looser = 1.0};
    smpi_rotation(&pose, s->job.hint);
    return SMP_OK;
}

/* Whether a cell holds something; fills the sample. */
typedef int cell_fn(const scene *s, const smp_grid *grid, uint32_t x, uint32_t y, smpi_sample *out);

static int depth_cell(const scene *s, const smp_grid *grid, uint32_t x, uint32_t y,
                      smpi_sample *out)
{
    const double depth = (double)grid->data[y * grid->stride + x];
    if (!(depth > 0.0 && depth < 1e7))
        return 0;
    const double du = s->desc.origin_px[0] + (x + 0.5) * s->desc.px_per_cell - s->principal[0];
    const double dv = s->desc.origin_px[1] + (y + 0.5) * s->desc.px_per_cell - s->principal[1];
    const double mm = s->desc.focal_px > 0.0 ? depth / s->desc.focal_px : 1.0 / s->desc.px_per_mm;
    out->p[0] = du * mm;
    out->p[1] = -dv * mm;
    out->p[2] = -depth;
    return 1;
}

static int normal_cell(const scene *s, const smp_grid *grid, uint32_t x, uint32_t y,
                       smpi_sample *out)
{
    double square = 0.0;
    for (int k = 0; k < 3; k++) {
        out->p[k] = (double)grid[k].data[y * grid[k].stride + x];
        square += out->p[k] * out->p[k];
    }
    if (!(square > 1e-12 && square < 1e12))
        return 0;
    for (int k = 0; k < 3; k++)
        out->p[k] /= sqrt(square);
    out->uv[0] = s->desc.origin_px[0] + (x + 0.5) * s->desc.px_per_cell;
    out->uv[1] = s->desc.origin_px[1] + (y + 0.5) * s->desc.px_per_cell;
    return out->p[2] > 0.0;
}

/* Evenly over the cells that hold something. */
static smp_status sample(scene *s, const smp_grid *grid, cell_fn *cell, smp_diag *diag)
{
    smpi_sample one = {{0.0}, {0.0}};
    uint64_t held = 0, next = 0, seen = 0;
    for (uint32_t y = 0; y < grid->height; y++)
        for (uint32_t x = 0; x < grid->width; x++)
            held += (uint64_t)cell(s, grid, x, y, &one);
    if (held < CELLS_LEAST)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "%llu cells hold something, want %d or more",
                         (unsigned long long)held, CELLS_LEAST);
    const uint64_t wanted = held < SMPI_SAMPLES_MAX ? held : SMPI_SAMPLES_MAX;
    for (uint32_t y = 0; y < grid->height; y++) {
        for (uint32_t x = 0; x < grid->width; x++) {
            if (!cell(s, grid, x, y, &one))
                continue;
            if (seen++ * wanted >= next * held && s->job.count < wanted) {
                s->job.sample[s->job.count++] = one;
                next++;
            }
        }
    }
    return SMP_OK;
}

static smp_status solve(const scene *s, smpi_surface_result *best, smp_diag *diag)
{
    smpi_surface_result second;
    smpi_surface_fit(&s->job, best, &second);
    if (!(best->inliers >= INLIERS_LEAST))
        return smpi_fail(diag, SMP_ERR_ARGUMENT,
                         "only %.0f %% of the cells lie on such a head in a pose near the hint",
                         100.0 * best->inliers);
    if (second.cost < best->cost + RIVAL_COST)
        return smpi_fail(
            diag, SMP_ERR_ARGUMENT, "two poses fit, %.0f degrees apart: give a surer hint",
            smpi_rotation_between(best->state.rotation, second.state.rotation) / DEGREE);
    return SMP_OK;
}

static smp_status store_fit(const scene *s, const smpi_surface_result *best, double px_per_mm,
                            smp_camera_fit *fit, smp_diag *diag)
{
    smp_camera_fit made;
    smp_camera_fit_init(&made);
    if (!fit)
        return SMP_OK;
    made.used = s->job.count;
    for (int i = 0; i < 3; i++)
        made.sigma_deg[i] = best->sigma[i] / DEGREE;
    made.rms_px = best->rms * (s->job.normals ? s->job.looser : px_per_mm);
    made.misfit = best->rms / 4.0; /* a head is within 4 mm of its ellipsoid, assumed */
    made.head_scale = 1.0 + best->state.size;
    made.head_scale_sigma = best->sigma[6];
    return smpi_desc_store(fit, &made, sizeof made, diag);
}

static void finish(smp_camera *made, const smpi_surface_result *best)
{
    double worst = 0.0;
    for (int i = 0; i < 3; i++)
        worst = best->sigma[i] > worst ? best->sigma[i] : worst;
    made->pose_sigma_deg = worst / DEGREE < 180.0 ? worst / DEGREE : 180.0;
}

/* The camera model looks straight at the head's origin: what is seen at an angle is turned. */
static void look_at(smp_camera *made, const double from[3])
{
    const double far = sqrt(from[0] * from[0] + from[1] * from[1] + from[2] * from[2]);
    const double side = sqrt(from[0] * from[0] + from[1] * from[1]);
    /* The view to the camera, -from / far, turns to z about (v x z). */
    const double angle = smpi_atan2(side, -from[2]);
    const double turn[3] = {side > 0.0 ? -from[1] / side * angle : 0.0,
                            side > 0.0 ? from[0] / side * angle : 0.0, 0.0};
    smpi_rotation_turn(made->rotation, turn);
    made->distance_mm = far;
}

SMPI_APART smp_status camera_from_depth_guarded(smp_camera *camera, const smp_head *head,
                                                const smp_grid *depth, const smp_depth_desc *desc,
                                                smp_camera_fit *fit, smp_diag *diag)
{
    scene s;
    smpi_surface_result best;
    smp_camera made;
    smpi_diag_clear(diag);
    SMPI_NEED(camera, diag);
    SMPI_TRY(open_scene(&s, head, depth, desc, diag));
    if (!(s.desc.focal_px > 0.0) && !(s.desc.px_per_mm > 0.0))
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "depths need focal_px or px_per_mm");
    s.job.size_sigma = SIZE_SIGMA;
    SMPI_TRY(sample(&s, depth, depth_cell, diag));
    SMPI_TRY(solve(&s, &best, diag));
    const double *t = best.state.shift;
    smp_camera_init(&made);
    for (int i = 0; i < 9; i++)
        made.rotation[i] = best.state.rotation[i];
    double px = s.desc.px_per_mm;
    if (s.desc.focal_px > 0.0) {
        if (!(t[2] < 0.0))
            return smpi_fail(diag, SMP_ERR_ARGUMENT, "the head would be behind the camera");
        look_at(&made, t);
        px = s.desc.focal_px / -t[2];
        /* Along the ray's slant one mm covers 1 / cos more, across it does not. */
        made.px_per_mm = px * sqrt(made.distance_mm / -t[2]);
    } else {
        made.px_per_mm = px;
    }
    made.center_px[0] = s.principal[0] + px * t[0];
    made.center_px[1] = s.principal[1] - px * t[1];
    made.scale_sigma = s.desc.focal_px > 0.0 ? best.sigma[5] / made.distance_mm : 0.0;
    finish(&made, &best);
    SMPI_TRY(smpi_camera_read(camera, &made, diag));
    return store_fit(&s, &best, made.px_per_mm, fit, diag);
}

smp_status smp_camera_from_depth(smp_camera *camera, const smp_head *head, const smp_grid *depth,
                                 const smp_depth_desc *desc, smp_camera_fit *fit, smp_diag *diag)
{
    SMPI_GUARD(smp_status, camera_from_depth_guarded(camera, head, depth, desc, fit, diag));
}

SMPI_APART smp_status camera_from_normals_guarded(smp_camera *camera, const smp_head *head,
                                                  const smp_grid normals[3],
                                                  const smp_depth_desc *desc, smp_camera_fit *fit,
                                                  smp_diag *diag)
{
    scene s;
    smpi_surface_result best;
    smp_camera made;
    smpi_diag_clear(diag);
    SMPI_NEED(camera, diag);
    SMPI_NEED(normals, diag);
    SMPI_TRY(open_scene(&s, head, normals, desc, diag));
    for (int k = 1; k < 3; k++) {
        SMPI_TRY(check_grid(&normals[k], diag));
        if (normals[k].width != normals[0].width || normals[k].height != normals[0].height)
            return smpi_fail(diag, SMP_ERR_ARGUMENT, "grid %d is %u x %u, the first is %u x %u", k,
                             normals[k].width, normals[k].height, normals[0].width,
                             normals[0].height);
    }
    s.job.normals = 1;
    SMPI_TRY(sample(&s, normals, normal_cell, diag));
    if (s.desc.px_per_mm > 0.0) {
        s.job.log_scale = smpi_log(s.desc.px_per_mm);
        s.job.scale_sigma = 0.01;
        s.job.looser = s.desc.px_per_mm;
    } else { /* a head is 150 mm wide: what a millimetre is, roughly */
        s.job.looser = 0.0;
        double least = 1e300, most = -1e300;
        for (uint32_t i = 0; i < s.job.count; i++) {
            least = s.job.sample[i].uv[0] < least ? s.job.sample[i].uv[0] : least;
            most = s.job.sample[i].uv[0] > most ? s.job.sample[i].uv[0] : most;
        }
        s.job.looser = (most - least + s.desc.px_per_cell) / (2.0 * s.job.head.a);
    }
    SMPI_TRY(solve(&s, &best, diag));
    smp_camera_init(&made);
    for (int i = 0; i < 9; i++)
        made.rotation[i] = best.state.rotation[i];
    made.center_px[0] = best.state.shift[0];
    made.center_px[1] = best.state.shift[1];
    made.px_per_mm = smpi_exp(best.state.shift[2]);
    const double fitted = best.sigma[5], size = s.desc.px_per_mm > 0.0 ? 0.0 : SIZE_SIGMA;
    made.scale_sigma = sqrt(fitted * fitted + size * size);
    made.scale_sigma = made.scale_sigma < 1.0 ? made.scale_sigma : 1.0;
    finish(&made, &best);
    SMPI_TRY(smpi_camera_read(camera, &made, diag));
    return store_fit(&s, &best, made.px_per_mm, fit, diag);
}

smp_status smp_camera_from_normals(smp_camera *camera, const smp_head *head,
                                   const smp_grid normals[3], const smp_depth_desc *desc,
                                   smp_camera_fit *fit, smp_diag *diag)
{
    SMPI_GUARD(smp_status, camera_from_normals_guarded(camera, head, normals, desc, fit, diag));
}
