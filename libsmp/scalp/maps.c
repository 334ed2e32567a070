/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The skin of the whole head. docs/model/scalp.md, (S9). */
#include <math.h>

#include "base/math.h"
#include "color/transfer.h"
#include "scalp/scalp.h"
#include "scalp/skin_table.h"

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
    double m[9], wide[3], log_rgb[3];
    if (smpi_space_primary_matrix((smp_space)scalp->photo.space, SMP_SPACE_LINEAR_SRGB, m, NULL) !=
        SMP_OK)
        return;
    for (int c = 0; c < 3; c++)
        wide[c] = (double)rgb[c];
    smpi_mat3_apply(m, wide, wide);
    for (int c = 0; c < 3; c++)
        log_rgb[c] = smpi_log(wide[c] > 1e-4 ? wide[c] : 1e-4);
    smpi_skin_from_log_rgb(log_rgb, &scalp->skin);
}
