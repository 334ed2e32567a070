/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * When a fit may be trusted, and the words when not. source: docs/model/geometry.md 8 */
#include <math.h>

#include "base/diag.h"
#include "base/fields.h"
#include "base/guard.h"
#include "base/math.h"
#include "geometry/camera.h"
#include "geometry/head.h"
#include "geometry/landmarks.h"

#define DEGREE (SMPI_PI / 180.0)
#define RIVAL_COST 9.0 /* a pose worse by less than three standard deviations is a rival */
#define SIGMA_MOST_DEG 15.0
#define STRETCH 1.5      /* people are further from the mean than a normal law says */
#define SIZE_SIGMA 0.035 /* as in landmarks.c: what the scale from a head's size is worth */
#define TURNED_MOST 0.35 /* a face is not seen from over 20 degrees behind the head's side */
#define SMALLEST 5.0     /* noises between the two points that are furthest apart */
#define SUSPECT 1.5      /* of chi2 over its freedom: from here on each mark is left out once */
/* A mark whose absence saves as much is wrong: 4.5 standard deviations; 5 where only noise is left,
 * which comes that far once in 3000 heads. */
#define ODD_CHI2 20.0
#define ODD_CHI2_NOISE 25.0
#define FAR_MM 1e6    /* from where on a camera is as good as infinitely far */
#define PLAIN_MARKS 3 /* up to here nothing tells which one is wrong */
#define FEW_MARKS 9   /* beyond here no single one hides */

enum { POSES = 6 };

static const smp_field fit_fields[] = {
    SMPI_FIELD_HEAD(smp_camera_fit),
    SMPI_FIELD(smp_camera_fit, used, "", 0.0, 64.0, 0.0, "How many points."),
    SMPI_FIELD_ARRAY(smp_camera_fit, sigma_deg, 3, "deg", 0.0, 180.0, 0.0,
                     "One standard deviation of a turn about the picture's right, its up, the "
                     "view."),
    SMPI_FIELD(smp_camera_fit, rms_px, "px", 0.0, 1e6, 0.0, "Of the distances that are left."),
    SMPI_FIELD(smp_camera_fit, misfit, "", 0.0, 1e6, 0.0,
               "The same over what noise and spread explain."),
    SMPI_FIELD(smp_camera_fit, head_scale, "", 0.0, 10.0, 1.0,
               "How much larger the head looks than the one given."),
    SMPI_FIELD(smp_camera_fit, head_scale_sigma, "", 0.0, 10.0, 0.0,
               "One standard deviation of that."),
    SMPI_FIELD_ARRAY(smp_camera_fit, off_px, 7, "px", 0.0, 1e6, 0.0,
                     "How far each landmark is off."),
};
SMPI_DEFINE_FIELDS(smp_camera_fit, fit_fields)

/* What chi2 may be, at most. */
static double limit_of(const smpi_pose_result *fit)
{
    const double n = fit->freedom;
    return STRETCH * (n + 4.0 * sqrt(2.0 * n));
}

static smp_pose pose_of(const double r[9])
{
    smp_camera camera;
    smp_camera_init(&camera);
    for (int i = 0; i < 9; i++)
        camera.rotation[i] = r[i];
    return smp_camera_pose(&camera);
}

static smp_status ambiguous(const smpi_pose_result *a, const smpi_pose_result *b, smp_diag *diag)
{
    const smp_pose p = pose_of(a->state.rotation), q = pose_of(b->state.rotation);
    return smpi_fail(diag, SMP_ERR_ARGUMENT,
                     "two poses fit: yaw, pitch, roll %.0f, %.0f, %.0f and %.0f, %.0f, %.0f; give "
                     "another landmark (a tragus, the chin) or a hint",
                     p.yaw_deg, p.pitch_deg, p.roll_deg, q.yaw_deg, q.pitch_deg, q.roll_deg);
}

static int find_place(const smpi_face *face, int place)
{
    for (uint32_t i = 0; i < face->job.count; i++)
        if (face->place[i] == place)
            return (int)i;
    return -1;
}

/* Exchanges two places; 0 where one is not given. */
static int swap_places(const smpi_face *face, smpi_pose_job *job, int left, int right)
{
    const int a = find_place(face, left), b = find_place(face, right);
    if (a < 0 || b < 0)
        return 0;
    for (int k = 0; k < 2; k++) {
        const double uv = job->mark[a].uv[k];
        job->mark[a].uv[k] = job->mark[b].uv[k];
        job->mark[b].uv[k] = uv;
    }
    return 1;
}

/* Whether exchanging left and right makes all well; the words of what, or NULL. */
static const char *swapped(const smpi_face *face)
{
    static const char *const words[3] = {"eye_left and eye_right", "tragus_left and tragus_right",
                                         "left and right of eyes and tragi"};
    smpi_pose_result fit;
    for (int i = 0; i < 3; i++) {
        smpi_pose_job job = face->job;
        int moved = 0;
        if (i != 1)
            moved += swap_places(face, &job, SMP_LANDMARK_EYE_LEFT, SMP_LANDMARK_EYE_RIGHT);
        if (i != 0)
            moved += swap_places(face, &job, SMP_LANDMARK_TRAGUS_LEFT, SMP_LANDMARK_TRAGUS_RIGHT);
        if (!moved)
            continue;
        if (smpi_pose_fit(&job, &fit, 1) && fit.chi2 <= limit_of(&fit) && fit.turned < TURNED_MOST)
            return words[i];
    }
    return NULL;
}

/* The mark without which the others agree best, what chi2 is left then, and how far off it is. */
static uint32_t odd_one(const smpi_face *face, double *left, double *off_px)
{
    uint32_t worst = 0;
    double least = 1e300;
    for (uint32_t i = 0; i < face->job.count; i++) {
        smpi_pose_job job = face->job;
        smpi_pose_result fit;
        job.count--;
        job.mark[i] = job.mark[job.count];
        if (!smpi_pose_fit(&job, &fit, 1) || !(fit.chi2 < least))
            continue;
        const smpi_mark *mark = &face->job.mark[i];
        double uv[2];
        least = fit.chi2;
        worst = i;
        smpi_pose_project(&job, &fit.state, mark->xyz, uv);
        *off_px = sqrt((uv[0] - mark->uv[0]) * (uv[0] - mark->uv[0]) +
                       (uv[1] - mark->uv[1]) * (uv[1] - mark->uv[1]));
    }
    *left = least;
    return worst;
}

static smp_status contradict(const smpi_face *face, const smpi_pose_result *best, smp_diag *diag)
{
    const char *words = swapped(face);
    if (words)
        return smpi_fail(diag, SMP_ERR_ARGUMENT,
                         "%s look exchanged (left is the head's own; is the photo mirrored?)",
                         words);
    if (face->job.count <= PLAIN_MARKS)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "the %u points do not fit a head in any pose",
                         face->job.count);
    double left, off = 0.0;
    const uint32_t odd = odd_one(face, &left, &off);
    const double misfit = sqrt(best->chi2 / best->freedom);
    if (face->place[odd] < 0)
        return smpi_fail(diag, SMP_ERR_ARGUMENT,
                         "the points contradict each other (%.1f standard deviations): point %u is "
                         "%.0f px from where the others put it",
                         misfit, odd, off);
    return smpi_fail(diag, SMP_ERR_ARGUMENT,
                     "the landmarks contradict each other (%.1f standard deviations): %s is %.0f "
                     "px from where the others put it",
                     misfit, smpi_place_name(face->place[odd]), off);
}

/* What said the scale against the head's size. */
static smp_status check_scale(const smpi_face *face, const smpi_pose_result *best, smp_diag *diag)
{
    smpi_pose_job job = face->job;
    smpi_pose_result free;
    if (!face->scale_name || !(best->chi2 > limit_of(best)))
        return SMP_OK;
    job.iris_px = job.pupils_px = job.px_per_mm = job.size_sigma = 0.0;
    smpi_pose_refine(&job, &best->state, &free);
    if (free.chi2 <= limit_of(&free))
        return smpi_fail(diag, SMP_ERR_ARGUMENT,
                         "%s contradicts the landmarks: %.3g px/mm against %.3g for this head",
                         face->scale_name, best->state.scale, free.state.scale);
    return SMP_OK;
}

/* One landmark may pull the pose so far that the whole does not look bad. */
static int hides_one(const smpi_face *face, const smpi_pose_result *best)
{
    double left = 0.0, off;
    if (face->job.count <= PLAIN_MARKS + 1 || face->job.count > FEW_MARKS ||
        best->chi2 < SUSPECT * best->freedom)
        return 0;
    odd_one(face, &left, &off);
    return best->chi2 - left > (face->known.spread > 0.0 ? ODD_CHI2 : ODD_CHI2_NOISE);
}

static double worst_sigma_deg(const smpi_pose_result *fit)
{
    double worst = 0.0;
    for (int i = 0; i < 3; i++)
        worst = fit->sigma[i] > worst ? fit->sigma[i] : worst;
    return worst / DEGREE;
}

smp_status smpi_face_solve(smpi_face *face, smpi_pose_result *best, smp_diag *diag)
{
    const smpi_pose_job *job = &face->job;
    smpi_pose_result fit[POSES];
    const uint32_t least = job->hint_sigma_rad > 0.0 ? 2 : 3;
    if (job->count < least)
        return smpi_fail(diag, SMP_ERR_ARGUMENT,
                         "%u points are given, want at least 4 (3 with luck, 2 with a hint)",
                         job->count);
    const double wide = smpi_pose_widest(job);
    if (!(wide >= SMALLEST * job->noise_px))
        return smpi_fail(diag, SMP_ERR_ARGUMENT,
                         "the points are all in one place: %.1f px apart at most, want %.1f", wide,
                         SMALLEST * job->noise_px);
    const uint32_t count = smpi_pose_fit(job, fit, POSES);
    *best = fit[0];
    SMPI_TRY(check_scale(face, best, diag));
    if (!(best->chi2 <= limit_of(best)) || hides_one(face, best))
        return contradict(face, best, diag);
    if (best->turned > TURNED_MOST)
        return smpi_fail(diag, SMP_ERR_ARGUMENT,
                         "the face would be seen from behind: are left and right exchanged, or the "
                         "photo mirrored? (left is the head's own)");
    for (uint32_t i = 1; i < count; i++)
        if (fit[i].cost < best->cost + RIVAL_COST && fit[i].turned <= TURNED_MOST)
            return ambiguous(best, &fit[i], diag);
    const double sigma = worst_sigma_deg(best);
    if (!(sigma <= SIGMA_MOST_DEG))
        return smpi_fail(diag, SMP_ERR_ARGUMENT,
                         "the points leave the pose open (+- %.0f degrees); give another landmark "
                         "or a hint",
                         sigma < 180.0 ? sigma : 180.0);
    return SMP_OK;
}

static void describe(const smpi_face *face, const smpi_pose_result *best, smp_camera_fit *fit)
{
    double sum = 0.0;
    fit->used = face->job.count;
    for (uint32_t i = 0; i < face->job.count; i++) {
        const smpi_mark *mark = &face->job.mark[i];
        double uv[2];
        smpi_pose_project(&face->job, &best->state, mark->xyz, uv);
        const double du = uv[0] - mark->uv[0], dv = uv[1] - mark->uv[1];
        sum += du * du + dv * dv;
        if (face->place[i] >= 0 && face->place[i] < SMP_LANDMARK_COUNT)
            fit->off_px[face->place[i]] = sqrt(du * du + dv * dv);
    }
    for (int i = 0; i < 3; i++)
        fit->sigma_deg[i] = best->sigma[i] / DEGREE;
    fit->rms_px = sqrt(sum / face->job.count);
    fit->misfit = sqrt(best->chi2 / best->freedom);
    fit->head_scale = 1.0 + best->state.size;
    fit->head_scale_sigma = best->sigma[SMPI_FREE_SIZE];
}

smp_status smpi_face_store(const smpi_face *face, const smpi_pose_result *best, smp_camera *camera,
                           smp_camera_fit *fit, smp_diag *diag)
{
    const smpi_pose_state *state = &best->state;
    smp_camera_fit described;
    smp_camera_fit_init(&described);
    describe(face, best, &described);
    if (camera) {
        smp_camera made;
        smp_camera_init(&made);
        for (int i = 0; i < 9; i++)
            made.rotation[i] = state->rotation[i];
        made.center_px[0] = state->center[0];
        made.center_px[1] = state->center[1];
        made.px_per_mm = state->scale;
        if (face->job.focal_px > 0.0)
            made.distance_mm = face->job.focal_px / state->scale;
        else if (state->near_by * FAR_MM > 1.0)
            made.distance_mm = 1.0 / state->near_by;
        /* Where nothing else says the scale, the head's size does. */
        const double size = face->scale_name ? 0.0 : SIZE_SIGMA * face->known.spread;
        const double scale = best->sigma[SMPI_FREE_SCALE];
        made.scale_sigma = sqrt(scale * scale + size * size);
        made.scale_sigma = made.scale_sigma < 1.0 ? made.scale_sigma : 1.0;
        made.pose_sigma_deg = worst_sigma_deg(best);
        SMPI_TRY(smpi_camera_read(camera, &made, diag));
    }
    return fit ? smpi_desc_store(fit, &described, sizeof described, diag) : SMP_OK;
}

SMPI_APART smp_status camera_from_landmarks_guarded(smp_camera *camera, const smp_head *head,
                                                    const smp_landmarks *landmarks,
                                                    smp_camera_fit *fit, smp_diag *diag)
{
    smpi_face face;
    smpi_pose_result best;
    smpi_diag_clear(diag);
    SMPI_NEED(camera, diag);
    SMPI_NEED(landmarks, diag);
    SMPI_TRY(smpi_face_read(&face, head, landmarks, diag));
    smpi_face_close(&face);
    SMPI_TRY(smpi_face_solve(&face, &best, diag));
    return smpi_face_store(&face, &best, camera, fit, diag);
}

smp_status smp_camera_from_landmarks(smp_camera *camera, const smp_head *head,
                                     const smp_landmarks *landmarks, smp_camera_fit *fit,
                                     smp_diag *diag)
{
    SMPI_GUARD(smp_status, camera_from_landmarks_guarded(camera, head, landmarks, fit, diag));
}
