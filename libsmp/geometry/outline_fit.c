/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A camera moved until the head's outline meets the one in the photo. source:
 * docs/model/geometry.md 11 */
#include <math.h>
#include <string.h>

#include "base/diag.h"
#include "base/fields.h"
#include "base/guard.h"
#include "base/math.h"
#include "geometry/camera.h"
#include "geometry/head.h"
#include "geometry/pose_fit.h"

enum { FREE = 6, DIRECTIONS = 48, ROUNDS = 12, POINTS_LEAST = 6, POINTS_MOST = 512 };

#define DEGREE (SMPI_PI / 180.0)
#define TURN_SIGMA_DEG 3.0  /* where the camera does not say how sure its pose is */
#define SHIFT_SIGMA_MM 15.0 /* between a face and its skull: how far back ears sit; assumed */
#define OFF_SIGMA_MM 4.0    /* a head against its ellipsoid; assumed */
#define SOFT_MM 12.0        /* beyond this a point pulls less: an ear, a collar */
#define INDEPENDENT                                                              \
    12.0 /* pieces of an outline whose errors have nothing to do with each other \
          */
#define NEAR_MM 10.0
#define NEAR_SHARE 0.6

typedef struct outline {
    const double *uv;
    uint32_t count;
    smp_head head;
    smp_camera start;
    double sigma[FREE]; /* three turns, shift in mm, scale; 0: held */
} outline;

typedef struct moved {
    smp_camera camera;
    double by[FREE]; /* what the priors are about; turns are small, so they add up */
} moved;

static void move(moved *m, int which, double by)
{
    double turn[3] = {0.0, 0.0, 0.0};
    m->by[which] += by;
    if (which < 3) {
        turn[which] = by;
        smpi_rotation_turn(m->camera.rotation, turn);
    } else if (which < 5) {
        m->camera.center_px[which - 3] += by * m->camera.px_per_mm;
    } else {
        m->camera.px_per_mm *= smpi_exp(by);
    }
}

/* How far a point lies outside the outline, mm, negative inside: the outline is convex, so that is
 * the furthest it lies beyond any of its tangents. */
static double outside(const smp_camera *camera, double way[DIRECTIONS][2],
                      const double reach[DIRECTIONS], const double uv[2])
{
    const double x = (uv[0] - camera->center_px[0]) / camera->px_per_mm;
    const double y = (camera->center_px[1] - uv[1]) / camera->px_per_mm;
    double beyond[DIRECTIONS];
    int best = 0;
    for (int i = 0; i < DIRECTIONS; i++) {
        beyond[i] = x * way[i][0] + y * way[i][1] - reach[i];
        if (beyond[i] > beyond[best])
            best = i;
    }
    /* The top of the parabola through the best direction and its neighbours. */
    const double before = beyond[(best + DIRECTIONS - 1) % DIRECTIONS];
    const double after = beyond[(best + 1) % DIRECTIONS];
    const double bend = before - 2.0 * beyond[best] + after;
    return bend < 0.0 ? beyond[best] - (after - before) * (after - before) / (8.0 * bend)
                      : beyond[best];
}

void smpi_outline_distances(const smpi_ellipsoid *e, const smp_camera *camera, const double *uv_px,
                            uint32_t count, double *out_mm)
{
    double reach[DIRECTIONS], way[DIRECTIONS][2];
    const double *r = camera->rotation;
    for (int i = 0; i < DIRECTIONS; i++) {
        const double angle = 2.0 * SMPI_PI * i / DIRECTIONS;
        const double c = smpi_cos(angle), s = smpi_sin(angle);
        const double d[3] = {c * r[0] + s * r[3], c * r[1] + s * r[4], c * r[2] + s * r[5]};
        way[i][0] = c;
        way[i][1] = s;
        reach[i] = smpi_ellipsoid_reach(e, d);
    }
    for (uint32_t i = 0; i < count; i++)
        out_mm[i] = outside(camera, way, reach, uv_px + 2 * (size_t)i);
}

static void distances(const outline *o, const moved *m, double *out)
{
    const smpi_ellipsoid e = smpi_head_ellipsoid(&o->head);
    smpi_outline_distances(&e, &m->camera, o->uv, o->count, out);
}

/* J^T W J and -J^T W r of the points and the priors. */
static void equations(const outline *o, const moved *m, double a[FREE][FREE], double down[FREE])
{
    double r[POINTS_MOST], slope[FREE][POINTS_MOST], back[POINTS_MOST];
    const double share =
        (o->count > INDEPENDENT ? INDEPENDENT / o->count : 1.0) / (OFF_SIGMA_MM * OFF_SIGMA_MM);
    distances(o, m, r);
    for (int j = 0; j < FREE; j++) {
        const double step = j < 3 || j == 5 ? 1e-4 : 1e-2;
        moved ahead = *m, behind = *m;
        move(&ahead, j, step);
        move(&behind, j, -step);
        distances(o, &ahead, slope[j]);
        distances(o, &behind, back);
        for (uint32_t i = 0; i < o->count; i++)
            slope[j][i] = (slope[j][i] - back[i]) / (2.0 * step);
    }
    for (int j = 0; j < FREE; j++) {
        const double prior = o->sigma[j] > 0.0 ? 1.0 / (o->sigma[j] * o->sigma[j]) : 1e12;
        down[j] = -prior * m->by[j];
        for (int k = 0; k < FREE; k++)
            a[j][k] = j == k ? prior : 0.0;
        for (uint32_t i = 0; i < o->count; i++) {
            const double soft = SOFT_MM * SOFT_MM / (SOFT_MM * SOFT_MM + r[i] * r[i]);
            const double weight = share * soft * soft;
            down[j] -= weight * slope[j][i] * r[i];
            for (int k = 0; k < FREE; k++)
                a[j][k] += weight * slope[j][i] * slope[k][i];
        }
    }
}

static smp_status open_outline(outline *o, const smp_camera *camera, const smp_head *head,
                               const double *outline_px, uint32_t count, smp_diag *diag)
{
    SMPI_TRY(smpi_camera_read(&o->start, camera, diag));
    SMPI_TRY(smpi_head_read(&o->head, head, diag));
    if (o->head.shape == SMP_SHAPE_FLAT)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "the head is flat: it has no outline");
    if (!(count >= POINTS_LEAST && count <= POINTS_MOST))
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "count is %u points, want [%d, %d]", count,
                         POINTS_LEAST, POINTS_MOST);
    for (uint32_t i = 0; i < 2 * count; i++)
        if (!(fabs(outline_px[i]) <= 1e6))
            return smpi_fail(diag, SMP_ERR_RANGE, "point %u of the outline is at %g px", i / 2,
                             outline_px[i]);
    const double turn = o->start.pose_sigma_deg > 0.0 ? o->start.pose_sigma_deg : TURN_SIGMA_DEG;
    for (int j = 0; j < FREE; j++)
        o->sigma[j] = j < 3 ? turn * DEGREE : j < 5 ? SHIFT_SIGMA_MM : o->start.scale_sigma;
    o->uv = outline_px;
    o->count = count;
    return SMP_OK;
}

static smp_status judge(const outline *o, const moved *m, double *rms_mm, smp_diag *diag)
{
    double r[POINTS_MOST], squares = 0.0;
    uint32_t near_by = 0;
    distances(o, m, r);
    for (uint32_t i = 0; i < o->count; i++) {
        if (fabs(r[i]) > NEAR_MM)
            continue;
        near_by++;
        squares += r[i] * r[i];
    }
    if (!(near_by >= NEAR_SHARE * o->count))
        return smpi_fail(diag, SMP_ERR_ARGUMENT,
                         "%u of %u points come within 10 mm of the head's outline near that pose, "
                         "want 60 %%",
                         near_by, o->count);
    *rms_mm = sqrt(squares / near_by);
    return SMP_OK;
}

SMPI_APART smp_status camera_refine_guarded(smp_camera *camera, const smp_head *head,
                                            const double *outline_px, uint32_t count,
                                            smp_camera_fit *fit, smp_diag *diag)
{
    outline o = {.uv = outline_px};
    smp_camera_fit made;
    double a[FREE][FREE], down[FREE], spread[FREE] = {0.0}, rms_mm = 0.0;
    smpi_diag_clear(diag);
    SMPI_NEED(camera, diag);
    SMPI_NEED(outline_px, diag);
    SMPI_TRY(open_outline(&o, camera, head, outline_px, count, diag));
    moved m = {.camera = o.start};
    for (int round = 0; round < ROUNDS; round++) {
        equations(&o, &m, a, down);
        if (!smpi_solve_spd(a[0], FREE, FREE, down, NULL))
            break;
        for (int j = 0; j < FREE; j++) {
            const double most = j < 3 || j == 5 ? 0.1 : 10.0;
            move(&m, j, down[j] > most ? most : down[j] < -most ? -most : down[j]);
        }
    }
    SMPI_TRY(judge(&o, &m, &rms_mm, diag));
    equations(&o, &m, a, down);
    smpi_solve_spd(a[0], FREE, FREE, down, spread);
    double worst = 0.0;
    smp_camera_fit_init(&made);
    for (int j = 0; j < 3; j++) {
        made.sigma_deg[j] = sqrt(spread[j]) / DEGREE;
        worst = made.sigma_deg[j] > worst ? made.sigma_deg[j] : worst;
    }
    made.used = count;
    made.rms_px = rms_mm * m.camera.px_per_mm;
    made.misfit = rms_mm / OFF_SIGMA_MM;
    m.camera.pose_sigma_deg = worst;
    m.camera.scale_sigma = o.sigma[5] > 0.0 ? sqrt(spread[5]) : 0.0;
    smp_camera checked;
    SMPI_TRY(smpi_camera_read(&checked, &m.camera, diag));
    SMPI_TRY(smpi_desc_store(camera, &checked, sizeof checked, diag));
    return fit ? smpi_desc_store(fit, &made, sizeof made, diag) : SMP_OK;
}

smp_status smp_camera_refine(smp_camera *camera, const smp_head *head, const double *outline_px,
                             uint32_t count, smp_camera_fit *fit, smp_diag *diag)
{
    SMPI_GUARD(smp_status, camera_refine_guarded(camera, head, outline_px, count, fit, diag));
}
