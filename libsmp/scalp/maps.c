/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The maps of mirrored and diffuse light, and the skin of the whole head. docs/model/scalp.md,
 * (S4), (S6) and (S9). */
#include <math.h>

#include "scalp/scalp.h"

#define DEAD 0.06f /* of the luminance: mottling and freckles are no shine */

#define MOST 0.6f /* of it, unless clipped: pigment must show through at the limb */

typedef struct maps_job {
    smp_scalp *scalp;
    const smpi_survey *survey;
} maps_job;

/* The shine of one analysis pixel, given the diffuse light around it. */
static float shine_of(const smp_scalp *scalp, const smpi_survey *survey, size_t at,
                      const float diffuse[3])
{
    const float *p = survey->rgb + 3 * at;
    const smpi_split split = smpi_scalp_split(scalp, p, diffuse);
    const float level = split.luma > 0.0f
                            ? scalp->weight[0] * diffuse[0] + scalp->weight[1] * diffuse[1] +
                                  scalp->weight[2] * diffuse[2]
                            : 0.0f;
    /* Pale without being bright is not shine: what is mirrored lies on top. */
    const float over = split.luma - 0.75f * level;
    float most = p[0] > p[1] ? p[0] : p[1], least = p[0] < p[1] ? p[0] : p[1];
    most = p[2] > most ? p[2] : most;
    least = p[2] < least ? p[2] : least;
    float shine = split.shine - DEAD * split.luma;
    shine = shine < over ? shine : over;
    shine = shine < MOST * split.luma ? shine : MOST * split.luma;
    const float all = split.luma - level;
    float white = smpi_scalp_ramp(most, 0.75f, 0.95f);
    white = survey->clip[at] > white ? survey->clip[at] : white;
    if (all > shine)
        shine += (all - shine) * white;
    shine = shine < least ? shine : least;
    return shine > 0.0f ? shine : 0.0f;
}

static smp_status maps_row(void *task, uint32_t row)
{
    const maps_job *job = task;
    const smp_scalp *scalp = job->scalp;
    const float *w = scalp->weight;
    const size_t first = (size_t)(scalp->box.y0 + row) * scalp->width + scalp->box.x0;
    for (uint32_t i = 0; i < scalp->box.width; i++) {
        const size_t at = (size_t)row * scalp->box.width + i;
        float diffuse[3];
        smpi_scalp_diffuse_at(scalp, (float)i + 0.5f, (float)row + 0.5f, diffuse);
        scalp->maps[SMP_SCALP_LIGHT][first + i] =
            w[0] * diffuse[0] + w[1] * diffuse[1] + w[2] * diffuse[2];
        job->survey->spare[at] =
            job->survey->facing[at] > 0.0f ? shine_of(scalp, job->survey, at, diffuse) : 0.0f;
    }
    return SMP_OK;
}

/* A 3 x 3 mean takes the noise of the photo's colour out of the shine. */
static smp_status calm_row(void *task, uint32_t row)
{
    const maps_job *job = task;
    const smpi_box *box = &job->scalp->box;
    float *out =
        job->scalp->maps[SMP_SCALP_SHINE] + (size_t)(box->y0 + row) * job->scalp->width + box->x0;
    const uint32_t y0 = row > 0 ? row - 1 : 0, y1 = row + 1 < box->height ? row + 1 : row;
    for (uint32_t i = 0; i < box->width; i++) {
        const uint32_t x0 = i > 0 ? i - 1 : 0, x1 = i + 1 < box->width ? i + 1 : i;
        float sum = 0.0f;
        for (uint32_t y = y0; y <= y1; y++)
            for (uint32_t x = x0; x <= x1; x++)
                sum += job->survey->spare[(size_t)y * box->width + x];
        out[i] = sum / (float)((x1 - x0 + 1) * (y1 - y0 + 1));
    }
    return SMP_OK;
}

smp_status smpi_scalp_light_maps(smp_scalp *scalp, const smpi_survey *survey, smp_diag *diag)
{
    maps_job job = {scalp, survey};
    smp_status status = smpi_run(scalp->ctx, maps_row, &job, scalp->box.height);
    if (status == SMP_OK)
        status = smpi_run(scalp->ctx, calm_row, &job, scalp->box.height);
    return status == SMP_OK ? SMP_OK : smpi_fail(diag, status, "mapping the light failed");
}

/* The colour as a skin could have it: a photo's exposure is trusted within what skin has, its
 * white balance and saturation only in part. Means and ranges: 4392 spectra of Xiao 2016, L* 35.7
 * to 68.9, a* 3.4 to 19.8 (median 9.9), b* 8.6 to 21.2 (15.6); L* is allowed a little more each
 * way. */
static void plausible(smp_space space, float rgb[3])
{
    static const float middle[3] = {0.0f, 9.9f, 15.6f}, trust[3] = {1.0f, 0.4f, 0.4f};
    static const float least[3] = {28.0f, 4.0f, 9.0f}, most[3] = {68.0f, 16.0f, 21.0f};
    float xyz[3], lab[3];
    if (smp_rgb_to_xyz(space, rgb, xyz, NULL) != SMP_OK)
        return;
    smp_xyz_to_lab(xyz, lab);
    for (int k = 0; k < 3; k++) {
        const float value = middle[k] + trust[k] * (lab[k] - middle[k]);
        lab[k] = value > least[k] ? (value < most[k] ? value : most[k]) : least[k];
    }
    smp_lab_to_xyz(lab, xyz);
    if (smp_xyz_to_rgb(space, xyz, rgb, NULL) != SMP_OK)
        return;
    for (int k = 0; k < 3; k++)
        rgb[k] = rgb[k] > 0.0f ? rgb[k] : 0.0f;
}

/* The skin of the whole head: the mean over the mask, what faces the viewer and the light counting
 * more, without shine. */
void smpi_scalp_skin_of(smp_scalp *scalp, const smpi_survey *survey)
{
    double sum[3] = {0}, weight = 0.0;
    for (uint32_t j = 0; j < scalp->box.height; j++)
        for (uint32_t i = 0; i < scalp->box.width; i++) {
            const size_t at = (size_t)j * scalp->box.width + i;
            const size_t map = (size_t)(scalp->box.y0 + j) * scalp->width + scalp->box.x0 + i;
            const float shine = scalp->maps[SMP_SCALP_SHINE][map], luma = scalp->luma[map];
            if (!(survey->like[at] > 0.0f && shine < 0.3f * luma))
                continue;
            const double share = (double)(survey->like[at] * survey->facing[at] *
                                          (1.0f - survey->clip[at]) * (luma - shine));
            weight += share;
            for (int c = 0; c < 3; c++)
                sum[c] += share * (double)(survey->rgb[3 * at + (size_t)c] - shine);
        }
    if (!(weight > 0.0))
        return;
    float rgb[3];
    for (int c = 0; c < 3; c++)
        rgb[c] = sum[c] > 0.0 ? (float)(sum[c] / weight) : 0.0f;
    plausible((smp_space)scalp->photo.space, rgb);
    smp_skin skin;
    smp_skin_init(&skin);
    if (smp_skin_from_rgb((smp_space)scalp->photo.space, rgb, &skin, NULL, NULL) != SMP_OK)
        return;
    /* The lightest of 100 NIST skins fits 0.001. */
    skin.melanin = skin.melanin > 0.001f ? skin.melanin : 0.001f;
    skin.yellow_um = skin.yellow_um > 0.0f ? skin.yellow_um : 0.0f;
    scalp->skin = skin;
}
