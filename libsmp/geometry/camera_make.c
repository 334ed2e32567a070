/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Cameras from what is known about a photo: a scale, or the head's outline. source:
 * docs/model/geometry.md 5 */
#include <math.h>

#include "base/diag.h"
#include "base/fields.h"
#include "base/guard.h"
#include "base/math.h"
#include "geometry/camera.h"
#include "geometry/head.h"

#define SCALE_SIGMA_OF_WIDTH 0.04 /* head breadth varies 3.5 % (ANSUR), plus the outline's 2 % */
#define SHOWN 1.04 /* by how much the tallest head must differ from the lowest to be told apart */
#define HEIGHT_SLACK 0.15 /* a head is never further from the default proportions */

static smp_status in_range(const char *name, double value, double min, double max, smp_diag *diag)
{
    if (!(value >= min && value <= max))
        return smpi_fail(diag, SMP_ERR_RANGE, "%s is %g, want [%g, %g]", name, value, min, max);
    return SMP_OK;
}

void smpi_rotation(const smp_pose *pose, double rotation[9])
{
    const double degree = SMPI_PI / 180.0;
    const double sy = smpi_sin(pose->yaw_deg * degree), cy = smpi_cos(pose->yaw_deg * degree);
    const double sp = smpi_sin(pose->pitch_deg * degree), cp = smpi_cos(pose->pitch_deg * degree);
    const double sr = smpi_sin(pose->roll_deg * degree), cr = smpi_cos(pose->roll_deg * degree);
    /* Rx(-pitch) Ry(yaw), then turned clockwise in the picture. */
    const double x[3] = {cy, 0.0, sy};
    const double y[3] = {-sp * sy, cp, sp * cy};
    const double z[3] = {-cp * sy, -sp, cp * cy};
    for (int i = 0; i < 3; i++) {
        rotation[i] = cr * x[i] + sr * y[i];
        rotation[3 + i] = cr * y[i] - sr * x[i];
        rotation[6 + i] = z[i];
    }
}

void smpi_head_outline(const smp_head *head, const double rotation[9], double center[2],
                       double half[2])
{
    for (int i = 0; i < 2; i++) {
        const double *row = rotation + 3 * i;
        const double back[3] = {-row[0], -row[1], -row[2]};
        const double forth = smpi_head_reach(head, row), other = smpi_head_reach(head, back);
        center[i] = 0.5 * (forth - other);
        half[i] = 0.5 * (forth + other);
    }
}

SMPI_APART smp_status camera_from_scale_guarded(smp_camera *camera, double px_per_mm,
                                                const double origin_px[2], smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(camera, diag);
    SMPI_NEED(origin_px, diag);
    SMPI_TRY(in_range("px_per_mm", px_per_mm, 1e-4, 1000.0, diag));
    SMPI_TRY(in_range("origin_px[0]", origin_px[0], -1e6, 1e6, diag));
    SMPI_TRY(in_range("origin_px[1]", origin_px[1], -1e6, 1e6, diag));
    smp_camera made;
    smp_camera_init(&made);
    /* The patch's y runs down and its normal is -z: a half turn about x faces it. */
    made.rotation[4] = -1.0;
    made.rotation[8] = -1.0;
    made.center_px[0] = origin_px[0];
    made.center_px[1] = origin_px[1];
    made.px_per_mm = px_per_mm;
    *camera = made;
    return SMP_OK;
}

smp_status smp_camera_from_scale(smp_camera *camera, double px_per_mm, const double origin_px[2],
                                 smp_diag *diag)
{
    SMPI_GUARD(smp_status, camera_from_scale_guarded(camera, px_per_mm, origin_px, diag));
}

static smp_status check_outline(const smp_ellipse *ellipse, const smp_pose *pose, smp_diag *diag)
{
    SMPI_NEED(ellipse, diag);
    SMPI_TRY(in_range("cx_px", ellipse->cx_px, -1e5, 1e5, diag));
    SMPI_TRY(in_range("cy_px", ellipse->cy_px, -1e5, 1e5, diag));
    SMPI_TRY(in_range("rx_px", ellipse->rx_px, 1.0, 1e5, diag));
    SMPI_TRY(in_range("ry_px", ellipse->ry_px, 1.0, 1e5, diag));
    SMPI_TRY(in_range("turn_deg", ellipse->turn_deg, -360.0, 360.0, diag));
    if (!pose)
        return SMP_OK;
    SMPI_TRY(in_range("yaw_deg", pose->yaw_deg, -360.0, 360.0, diag));
    SMPI_TRY(in_range("pitch_deg", pose->pitch_deg, -360.0, 360.0, diag));
    return in_range("roll_deg", pose->roll_deg, -360.0, 360.0, diag);
}

SMPI_APART smp_status camera_from_ellipse_guarded(smp_camera *camera, const smp_head *head,
                                                  const smp_ellipse *ellipse, const smp_pose *pose,
                                                  double px_per_mm, smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(camera, diag);
    SMPI_TRY(check_outline(ellipse, pose, diag));
    if (px_per_mm != 0.0)
        SMPI_TRY(in_range("px_per_mm", px_per_mm, 1e-4, 1000.0, diag));
    smp_head own;
    SMPI_TRY(smpi_head_read(&own, head, diag));
    if (own.shape == SMP_SHAPE_FLAT)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "the head is flat: use smp_camera_from_scale");
    /* The outline in the ellipse's own, unturned frame. */
    smp_pose total = pose ? *pose : (smp_pose){0.0, 0.0, 0.0};
    double rotation[9], center[2], half[2];
    smpi_rotation(&total, rotation);
    smpi_head_outline(&own, rotation, center, half);
    const double scale = px_per_mm > 0.0 ? px_per_mm : ellipse->rx_px / half[0];
    SMPI_TRY(in_range("px_per_mm from the ellipse's width", scale, 1e-4, 1000.0, diag));
    /* Middles meet across, tops meet upwards; then everything turns about the ellipse's centre. */
    const double right = -scale * center[0];
    const double up = ellipse->ry_px - scale * (center[1] + half[1]);
    const double turn = ellipse->turn_deg * (SMPI_PI / 180.0);
    const double s = smpi_sin(turn), k = smpi_cos(turn);
    total.roll_deg += ellipse->turn_deg;
    smp_camera made;
    smp_camera_init(&made);
    smpi_rotation(&total, made.rotation);
    made.center_px[0] = ellipse->cx_px + right * k + up * s;
    made.center_px[1] = ellipse->cy_px + right * s - up * k;
    made.px_per_mm = scale;
    made.scale_sigma = px_per_mm > 0.0 ? 0.0 : SCALE_SIGMA_OF_WIDTH;
    *camera = made;
    return SMP_OK;
}

smp_status smp_camera_from_ellipse(smp_camera *camera, const smp_head *head,
                                   const smp_ellipse *ellipse, const smp_pose *pose,
                                   double px_per_mm, smp_diag *diag)
{
    SMPI_GUARD(smp_status,
               camera_from_ellipse_guarded(camera, head, ellipse, pose, px_per_mm, diag));
}

/* Outline height over width of a head as tall as that, the crown and the widest level in
 * proportion. */
static double ratio_of(const smp_head *head, double height_mm, const double rotation[9])
{
    smp_head tall = *head;
    double center[2], half[2];
    tall.height_mm = (float)height_mm;
    tall.widest_mm = head->widest_mm * (tall.height_mm / head->height_mm);
    smpi_head_outline(&tall, rotation, center, half);
    return half[1] / half[0];
}

/* The height in [least, most] that gives the wanted ratio; an end where none does. */
static double height_for(const smp_head *head, double wanted, const double rotation[9],
                         double least, double most)
{
    if (wanted <= ratio_of(head, least, rotation))
        return least;
    if (wanted >= ratio_of(head, most, rotation))
        return most;
    for (int i = 0; i < 60; i++) {
        const double middle = 0.5 * (least + most);
        if (ratio_of(head, middle, rotation) < wanted)
            least = middle;
        else
            most = middle;
    }
    return 0.5 * (least + most);
}

SMPI_APART smp_status head_from_ellipse_guarded(smp_head *head, const smp_ellipse *ellipse,
                                                const smp_pose *pose, smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(head, diag);
    SMPI_TRY(check_outline(ellipse, pose, diag));
    smp_head own, usual;
    SMPI_TRY(smpi_head_read(&own, head, diag));
    if (own.shape == SMP_SHAPE_FLAT)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "the head is flat: it has no outline");
    smp_head_init(&usual);
    const smp_pose none = {0.0, 0.0, 0.0};
    double r[9];
    smpi_rotation(pose ? pose : &none, r);
    const double usual_ratio = (double)usual.height_mm / (double)usual.width_mm;
    const double middle = usual_ratio * (double)own.width_mm;
    const double least = middle * (1.0 - HEIGHT_SLACK), most = middle * (1.0 + HEIGHT_SLACK);
    /* seen along its axis, a head does not show its height */
    const int shown = ratio_of(&own, most, r) > SHOWN * ratio_of(&own, least, r);
    const double height =
        shown ? height_for(&own, ellipse->ry_px / ellipse->rx_px, r, least, most) : middle;
    own.widest_mm *= (float)height / own.height_mm;
    own.height_mm = (float)height;
    own.vertex_mm = (float)(height * (double)usual.vertex_mm / (double)usual.height_mm);
    SMPI_TRY(smpi_head_check(&own, diag));
    return smpi_desc_store(head, &own, sizeof own, diag);
}

smp_status smp_head_from_ellipse(smp_head *head, const smp_ellipse *ellipse, const smp_pose *pose,
                                 smp_diag *diag)
{
    SMPI_GUARD(smp_status, head_from_ellipse_guarded(head, ellipse, pose, diag));
}
