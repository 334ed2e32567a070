/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * One head from several photos: what the caller knows, and when the fit may be trusted. source:
 * docs/model/geometry.md 12 */
#include "geometry/views.h"

#include <math.h>

#include "base/diag.h"
#include "base/fields.h"
#include "base/guard.h"
#include "base/math.h"
#include "geometry/camera.h"
#include "geometry/landmarks.h"

#define DEGREE (SMPI_PI / 180.0)
#define SIGMA_MOST_DEG 15.0
#define MISFIT_MOST 3.0

static smp_status finite(const double *uv, size_t count, const char *what, smp_diag *diag)
{
    for (size_t i = 0; i < count; i++)
        if (!(fabs(uv[i]) <= 1e6))
            return smpi_fail(diag, SMP_ERR_RANGE, "a point of the %s is at %g px", what, uv[i]);
    return SMP_OK;
}

/* The landmarks of one view, with the noise that the fit of a single photo gives them. */
static smp_status read_marks(smpi_views_job *job, uint32_t v, const smp_landmarks *landmarks,
                             smp_diag *diag)
{
    smpi_face face;
    smpi_view *view = &job->view[v];
    view->noise_px = 1.0;
    if (!landmarks)
        return SMP_OK;
    SMPI_TRY(smpi_face_read(&face, &job->head, landmarks, diag));
    smpi_face_close(&face);
    view->noise_px = face.job.noise_px;
    view->px_per_mm = face.job.px_per_mm;
    job->spread = face.known.spread > job->spread ? face.known.spread : job->spread;
    for (uint32_t i = 0; i < face.job.count; i++) {
        const int place = face.place[i];
        view->seen[place] = face.job.mark[i].seen;
        view->uv[2 * place] = face.job.mark[i].uv[0];
        view->uv[2 * place + 1] = face.job.mark[i].uv[1];
    }
    return SMP_OK;
}

static smp_status read_outlines(smpi_views_job *job, const smp_views *views, smp_diag *diag)
{
    size_t first = 0;
    for (uint32_t v = 0; views->outline_px && views->outline_count && v < job->count; v++) {
        const uint32_t count = views->outline_count[v];
        if (count > SMPI_OUTLINE_MAX)
            return smpi_fail(diag, SMP_ERR_ARGUMENT,
                             "view %u has an outline of %u points, want %d "
                             "at most",
                             v, count, SMPI_OUTLINE_MAX);
        job->view[v].outline_px = views->outline_px + 2 * first;
        job->view[v].outline_count = count;
        SMPI_TRY(finite(job->view[v].outline_px, 2 * (size_t)count, "outlines", diag));
        first += count;
    }
    return SMP_OK;
}

static smp_status read_ties(smpi_views_job *job, const smp_views *views, smp_diag *diag)
{
    if (!views->ties)
        return SMP_OK;
    if (views->tie_count > SMPI_TIES_MAX)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "%u ties, want %d at most", views->tie_count,
                         SMPI_TIES_MAX);
    job->ties = views->ties;
    job->tie_count = views->tie_count;
    for (uint32_t i = 0; i < job->tie_count; i++) {
        const double *tie = job->ties + 6 * (size_t)i;
        for (int k = 0; k < 2; k++)
            if (!(tie[k] >= 0.0 && tie[k] < job->count && !(tie[k] > floor(tie[k]))))
                return smpi_fail(diag, SMP_ERR_ARGUMENT, "tie %u is of view %g, want [0, %u]", i,
                                 tie[k], job->count - 1);
        if ((int)tie[0] == (int)tie[1])
            return smpi_fail(diag, SMP_ERR_ARGUMENT, "tie %u joins view %d with itself", i,
                             (int)tie[0]);
        SMPI_TRY(finite(tie + 2, 4, "ties", diag));
    }
    return SMP_OK;
}

static smp_status open_job(smpi_views_job *job, smpi_views_state *state, const smp_head *head,
                           const smp_camera *cameras, const smp_views *views, smp_diag *diag)
{
    SMPI_TRY(smpi_head_read(&job->head, head, diag));
    if (job->head.shape == SMP_SHAPE_FLAT)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "the head is flat: it has no views");
    if (!(views->count >= 1 && views->count <= SMPI_VIEWS_MAX))
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "count is %u views, want [1, %d]", views->count,
                         SMPI_VIEWS_MAX);
    job->count = views->count;
    SMPI_TRY(read_outlines(job, views, diag));
    SMPI_TRY(read_ties(job, views, diag));
    for (uint32_t v = 0; v < job->count; v++) {
        SMPI_TRY(smpi_camera_read(&state->camera[v], &cameras[v], diag));
        SMPI_TRY(read_marks(job, v, views->landmarks ? views->landmarks[v] : NULL, diag));
        if (job->view[v].px_per_mm > 0.0)
            state->camera[v].px_per_mm = job->view[v].px_per_mm;
    }
    return SMP_OK;
}

static double turn_sigma_deg(const smpi_views_result *result, uint32_t v)
{
    double worst = 0.0;
    for (size_t k = 0; k < 3; k++) {
        const double sigma = result->sigma[SMPI_OWN_FIRST + SMPI_OWN_COUNT * (size_t)v + k];
        worst = sigma > worst ? sigma : worst;
    }
    return worst / DEGREE;
}

static smp_status judge(const smpi_views_job *job, const smpi_views_result *result, smp_diag *diag)
{
    for (uint32_t v = 0; v < job->count; v++) {
        const double sigma = turn_sigma_deg(result, v);
        if (!(sigma <= SIGMA_MOST_DEG))
            return smpi_fail(diag, SMP_ERR_ARGUMENT,
                             "view %u is left open (+- %.0f degrees); give it landmarks, its "
                             "skull's edge or more ties",
                             v, sigma < 180.0 ? sigma : 180.0);
        if (!(result->misfit[v] <= MISFIT_MOST))
            return smpi_fail(diag, SMP_ERR_ARGUMENT,
                             "view %u does not fit the others (%.1f standard deviations): its "
                             "first guess, a mark or a tie is wrong",
                             v, result->misfit[v]);
    }
    return SMP_OK;
}

static void close_view(const smpi_views_result *result, uint32_t v, smp_camera *camera,
                       smp_camera_fit *fit)
{
    const double *sigma = result->sigma + SMPI_OWN_FIRST + SMPI_OWN_COUNT * (size_t)v;
    camera->pose_sigma_deg = turn_sigma_deg(result, v);
    camera->scale_sigma = sigma[5] < 1.0 ? sigma[5] : 1.0;
    smp_camera_fit_init(fit);
    for (int k = 0; k < 3; k++)
        fit->sigma_deg[k] = sigma[k] / DEGREE;
    fit->used = result->used[v];
    fit->rms_px = result->marks_px[v];
    fit->misfit = result->misfit[v];
}

SMPI_APART smp_status head_from_views_guarded(smp_head *head, smp_camera *cameras,
                                              const smp_views *views, smp_camera_fit *fits,
                                              smp_diag *diag)
{
    smpi_views_job job = {.count = 0};
    smpi_views_state state = {.by = {0.0}};
    smpi_views_result result;
    smp_camera made[SMPI_VIEWS_MAX];
    smp_camera_fit fitted[SMPI_VIEWS_MAX];
    smpi_diag_clear(diag);
    SMPI_NEED(head, diag);
    SMPI_NEED(cameras, diag);
    SMPI_NEED(views, diag);
    SMPI_TRY(open_job(&job, &state, head, cameras, views, diag));
    smpi_views_fit(&job, &state, &result);
    SMPI_TRY(judge(&job, &result, diag));
    const smp_head found = smpi_views_head(&job, &state);
    SMPI_TRY(smpi_head_check(&found, diag));
    for (uint32_t v = 0; v < job.count; v++) {
        close_view(&result, v, &state.camera[v], &fitted[v]);
        SMPI_TRY(smpi_camera_read(&made[v], &state.camera[v], diag));
    }
    for (uint32_t v = 0; v < job.count; v++) {
        SMPI_TRY(smpi_desc_store(&cameras[v], &made[v], sizeof made[v], diag));
        if (fits)
            SMPI_TRY(smpi_desc_store(&fits[v], &fitted[v], sizeof fitted[v], diag));
    }
    return smpi_desc_store(head, &found, sizeof found, diag);
}

smp_status smp_head_from_views(smp_head *head, smp_camera *cameras, const smp_views *views,
                               smp_camera_fit *fits, smp_diag *diag)
{
    SMPI_GUARD(smp_status, head_from_views_guarded(head, cameras, views, fits, diag));
}
