/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Through the camera and back: projection, rays, and the local stretch. source:
 * docs/model/geometry.md 3, 4 */
#include "geometry/camera.h"

#include <math.h>

#include "base/diag.h"
#include "base/fields.h"
#include "base/guard.h"
#include "base/math.h"
#include "geometry/head.h"

static const smp_field camera_fields[] = {
    SMPI_FIELD_HEAD(smp_camera),
    SMPI_FIELD_RESERVED(smp_camera, reserved),
    SMPI_FIELD_ARRAY(smp_camera, rotation, 9, "", -1.001, 1.001, 0.0,
                     "Rows: camera x, y, z in head coordinates; the identity by default."),
    SMPI_FIELD_ARRAY(smp_camera, center_px, 2, "px", -1e6, 1e6, 0.0,
                     "Where the origin of the head frame falls."),
    SMPI_FIELD(smp_camera, px_per_mm, "px/mm", 1e-4, 1000.0, 1.0,
               "Scale at the origin of the head frame."),
    SMPI_FIELD(smp_camera, distance_mm, "mm", 0.0, 1e7, 0.0,
               "From the camera to the origin of the head frame; 0 is weak perspective."),
    SMPI_FIELD(smp_camera, pose_sigma_deg, "deg", 0.0, 180.0, 0.0,
               "One standard deviation of each angle; 0 is not known."),
    SMPI_FIELD(smp_camera, scale_sigma, "", 0.0, 1.0, 0.0,
               "One standard deviation of the scale, relative; 0 is not known."),
};

const smp_field *smp_camera_fields(uint32_t *count)
{
    if (count)
        *count = SMPI_COUNT(camera_fields);
    return camera_fields;
}

void smp_camera_init_sized(smp_camera *camera, size_t size)
{
    smpi_fields_init(camera, size, camera_fields, SMPI_COUNT(camera_fields));
    if (!camera)
        return;
    /* A table has one default for a whole array; the identity needs three ones. */
    for (size_t i = 0; i < 9; i += 4)
        if (offsetof(smp_camera, rotation) + (i + 1) * sizeof(double) <= size)
            camera->rotation[i] = 1.0;
}

static double dot3(const double *a, const double *b)
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

smp_status smpi_camera_read(smp_camera *dst, const smp_camera *src, smp_diag *diag)
{
    SMPI_NEED(src, diag);
    smp_camera_init(dst);
    SMPI_TRY(smpi_desc_load(dst, sizeof *dst, src, diag));
    dst->struct_size = (uint32_t)sizeof *dst;
    SMPI_TRY(smpi_fields_check(dst, camera_fields, SMPI_COUNT(camera_fields), diag));
    const double *r = dst->rotation;
    double worst = 0.0;
    for (int i = 0; i < 3; i++) {
        for (int j = i; j < 3; j++) {
            const double off = fabs(dot3(r + 3 * i, r + 3 * j) - (i == j ? 1.0 : 0.0));
            worst = off > worst ? off : worst;
        }
    }
    const double turn = r[0] * (r[4] * r[8] - r[5] * r[7]) - r[1] * (r[3] * r[8] - r[5] * r[6]) +
                        r[2] * (r[3] * r[7] - r[4] * r[6]);
    if (!(worst <= 1e-3))
        return smpi_fail(diag, SMP_ERR_RANGE,
                         "rotation is off orthonormal by %g, want 0.001 at most", worst);
    if (!(turn > 0.0))
        return smpi_fail(diag, SMP_ERR_RANGE, "rotation mirrors: its determinant is %g, want 1",
                         turn);
    return SMP_OK;
}

/* A whole camera from one that may come from an older program; NULL where it is unusable. */
static const smp_camera *whole(const smp_camera *camera, smp_camera *room)
{
    if (!camera || camera->struct_size >= sizeof *camera)
        return camera;
    smp_camera_init(room);
    return smpi_desc_load(room, sizeof *room, camera, NULL) == SMP_OK ? room : NULL;
}

/* Camera coordinates, and the magnification there over the one at the origin; 0 when behind. */
static double to_camera(const smp_camera *camera, const double xyz[3], double out[3])
{
    for (int i = 0; i < 3; i++)
        out[i] = dot3(camera->rotation + 3 * i, xyz);
    if (!(camera->distance_mm > 0.0))
        return 1.0;
    const double depth = camera->distance_mm - out[2];
    return depth > 1e-6 * camera->distance_mm ? camera->distance_mm / depth : 0.0;
}

SMPI_APART int camera_project_guarded(const smp_camera *camera, const double xyz_mm[3],
                                      double uv_px[2])
{
    smp_camera room;
    if (!uv_px)
        return 0;
    uv_px[0] = uv_px[1] = 0.0;
    camera = whole(camera, &room);
    if (!camera || !xyz_mm)
        return 0;
    double p[3];
    const double scale = camera->px_per_mm * to_camera(camera, xyz_mm, p);
    if (!(scale > 0.0))
        return 0;
    uv_px[0] = camera->center_px[0] + scale * p[0];
    uv_px[1] = camera->center_px[1] - scale * p[1];
    return 1;
}

int smp_camera_project(const smp_camera *camera, const double xyz_mm[3], double uv_px[2])
{
    SMPI_GUARD(int, camera_project_guarded(camera, xyz_mm, uv_px));
}

typedef struct ray {
    double from[3], along[3]; /* head frame, mm; along points away from the viewer */
} ray;

static ray ray_of(const smp_camera *camera, const double uv[2])
{
    const double x = (uv[0] - camera->center_px[0]) / camera->px_per_mm;
    const double y = (camera->center_px[1] - uv[1]) / camera->px_per_mm;
    const double *r = camera->rotation;
    const double d = camera->distance_mm;
    const int far = !(d > 0.0);
    ray out;
    for (int i = 0; i < 3; i++) {
        const double side = r[i] * x + r[3 + i] * y;
        out.from[i] = far ? side : d * r[6 + i];
        out.along[i] = far ? -r[6 + i] : side - d * r[6 + i];
    }
    return out;
}

static int hit_patch(const smp_head *head, const ray *line, double xyz[3])
{
    if (!(line->along[2] > 0.0)) /* from behind, or along the plane */
        return 0;
    const double t = -line->from[2] / line->along[2];
    xyz[0] = line->from[0] + t * line->along[0];
    xyz[1] = line->from[1] + t * line->along[1];
    xyz[2] = 0.0;
    return xyz[0] >= 0.0 && xyz[0] <= (double)head->width_mm && xyz[1] >= 0.0 &&
           xyz[1] <= (double)head->height_mm;
}

/* First crossing of one of the two ellipsoids, in the space where it is the unit ball; *at is how
 * far along the ray. */
static int hit_ellipsoid(const smpi_ellipsoid *e, double half_y, const ray *line, double *at,
                         double xyz[3])
{
    const double axis[3] = {e->a, half_y, e->c};
    double o[3], d[3];
    for (int i = 0; i < 3; i++) {
        o[i] = (line->from[i] - (i == 1 ? e->cy : 0.0)) / axis[i];
        d[i] = line->along[i] / axis[i];
    }
    const double dd = dot3(d, d), od = dot3(o, d) / dd;
    /* The nearest point of the ray to the centre: no cancellation when the camera is far. */
    double foot[3];
    for (int i = 0; i < 3; i++)
        foot[i] = o[i] - od * d[i];
    const double rest = 1.0 - dot3(foot, foot);
    if (!(rest >= 0.0))
        return 0;
    const double half = sqrt(rest / dd);
    *at = -od - half;
    for (int i = 0; i < 3; i++)
        xyz[i] = (foot[i] - half * d[i]) * axis[i] + (i == 1 ? e->cy : 0.0);
    return 1;
}

/* First crossing of the head: each ellipsoid counts on its own side of the widest level. A camera
 * inside the head sees nothing. */
static int hit_head(const smpi_ellipsoid *e, const ray *line, int perspective, double xyz[3])
{
    double upper[3], lower[3], to_upper = 0.0, to_lower = 0.0;
    const int up = hit_ellipsoid(e, e->up, line, &to_upper, upper) && upper[1] >= e->cy;
    const int down = hit_ellipsoid(e, e->down, line, &to_lower, lower) && lower[1] < e->cy;
    if (!up && !down)
        return 0;
    const int first_up = up && (!down || to_upper <= to_lower);
    if (perspective && !((first_up ? to_upper : to_lower) > 0.0))
        return 0;
    for (int i = 0; i < 3; i++)
        xyz[i] = first_up ? upper[i] : lower[i];
    return 1;
}

int smpi_camera_see(const smp_camera *camera, const smpi_ellipsoid *e, const double uv_px[2],
                    double xyz[3], double normal[3])
{
    const ray line = ray_of(camera, uv_px);
    if (!hit_head(e, &line, camera->distance_mm > 0.0, xyz))
        return 0;
    smpi_ellipsoid_normal(e, xyz, normal);
    return 1;
}

void smpi_ellipsoid_meet(const smpi_ellipsoid *e, const smp_camera *camera, const double uv_px[2],
                         double xyz[3])
{
    const ray line = ray_of(camera, uv_px);
    if (hit_head(e, &line, camera->distance_mm > 0.0, xyz))
        return;
    /* Beside the head: the ray's foot, pulled onto the ball that the upper half is. */
    const double axis[3] = {e->a, e->up, e->c};
    double o[3], d[3], foot[3];
    for (int i = 0; i < 3; i++) {
        o[i] = (line.from[i] - (i == 1 ? e->cy : 0.0)) / axis[i];
        d[i] = line.along[i] / axis[i];
    }
    const double along = dot3(o, d) / dot3(d, d);
    for (int i = 0; i < 3; i++)
        foot[i] = o[i] - along * d[i];
    const double length = sqrt(dot3(foot, foot)) + 1e-12;
    for (int i = 0; i < 3; i++)
        xyz[i] = foot[i] / length * axis[i] + (i == 1 ? e->cy : 0.0);
}

SMPI_APART int camera_unproject_guarded(const smp_camera *camera, const smp_head *head,
                                        const double uv_px[2], double xyz_mm[3], double normal[3])
{
    smp_camera room;
    smp_head own;
    camera = whole(camera, &room);
    if (!camera || !uv_px || !xyz_mm || smpi_head_read(&own, head, NULL) != SMP_OK)
        return 0;
    const ray line = ray_of(camera, uv_px);
    int hit;
    if (own.shape == SMP_SHAPE_FLAT) {
        hit = hit_patch(&own, &line, xyz_mm);
    } else {
        const smpi_ellipsoid e = smpi_head_ellipsoid(&own);
        hit = hit_head(&e, &line, camera->distance_mm > 0.0, xyz_mm);
    }
    if (hit && normal)
        smpi_head_normal(&own, xyz_mm, normal);
    return hit;
}

int smp_camera_unproject(const smp_camera *camera, const smp_head *head, const double uv_px[2],
                         double xyz_mm[3], double normal[3])
{
    SMPI_GUARD(int, camera_unproject_guarded(camera, head, uv_px, xyz_mm, normal));
}

int smpi_camera_footprint(const smp_camera *camera, const double xyz_mm[3], const double normal[3],
                          double uv_px[2], double cov[3], double *facing)
{
    double p[3];
    const double near_by = to_camera(camera, xyz_mm, p);
    if (!(near_by > 0.0)) {
        uv_px[0] = uv_px[1] = cov[0] = cov[1] = cov[2] = *facing = 0.0;
        return 0;
    }
    const double scale = camera->px_per_mm * near_by;
    const double *r = camera->rotation;
    uv_px[0] = camera->center_px[0] + scale * p[0];
    uv_px[1] = camera->center_px[1] - scale * p[1];
    double n[3]; /* the normal in camera axes */
    for (int i = 0; i < 3; i++)
        n[i] = dot3(r + 3 * i, normal);
    /* Gradients of u and v over the camera's axes; x / depth slants them towards the eye. */
    double slant[2] = {0.0, 0.0};
    *facing = n[2];
    if (camera->distance_mm > 0.0) {
        const double depth = camera->distance_mm - p[2];
        slant[0] = p[0] / depth;
        slant[1] = p[1] / depth;
        *facing = (n[2] - n[0] * slant[0] - n[1] * slant[1]) /
                  sqrt(1.0 + slant[0] * slant[0] + slant[1] * slant[1]);
    }
    const double gun = n[0] + slant[0] * n[2], gvn = n[1] + slant[1] * n[2];
    const double square = scale * scale;
    cov[0] = square * (1.0 + slant[0] * slant[0] - gun * gun);
    cov[1] = -square * (slant[0] * slant[1] - gun * gvn);
    cov[2] = square * (1.0 + slant[1] * slant[1] - gvn * gvn);
    return *facing > 0.0;
}

SMPI_APART void camera_resize_guarded(smp_camera *camera, double factor, double left_px,
                                      double top_px)
{
    if (!camera || camera->struct_size < offsetof(smp_camera, px_per_mm) + sizeof(double))
        return;
    camera->center_px[0] = camera->center_px[0] * factor - left_px;
    camera->center_px[1] = camera->center_px[1] * factor - top_px;
    camera->px_per_mm *= factor;
}

void smp_camera_resize(smp_camera *camera, double factor, double left_px, double top_px)
{
    SMPI_GUARD_VOID(camera_resize_guarded(camera, factor, left_px, top_px));
}

SMPI_APART smp_pose camera_pose_guarded(const smp_camera *camera)
{
    smp_camera room;
    smp_pose pose = {0.0, 0.0, 0.0};
    camera = whole(camera, &room);
    if (!camera)
        return pose;
    const double *r = camera->rotation;
    const double degree = SMPI_PI / 180.0;
    const double level = sqrt(r[1] * r[1] + r[4] * r[4]); /* the cosine of the pitch */
    pose.pitch_deg = smpi_atan2(-r[7], level) / degree;
    if (level > 1e-9) {
        pose.yaw_deg = smpi_atan2(-r[6], r[8]) / degree;
        pose.roll_deg = smpi_atan2(r[1], r[4]) / degree;
    } else { /* straight up or down: yaw and roll turn about the same axis */
        pose.yaw_deg = smpi_atan2(r[2], r[0]) / degree;
    }
    return pose;
}

smp_pose smp_camera_pose(const smp_camera *camera)
{
    SMPI_GUARD(smp_pose, camera_pose_guarded(camera));
}
