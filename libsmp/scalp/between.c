/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Density mode: under thinning hair pigment goes on the skin between the strands.
 * docs/model/scalp.md, (S17). */
#include <string.h>

#include "scalp/scalp.h"

#define TURNS 3        /* of the light between strands */
#define AROUND_MM 4.0f /* to each side: skin must show so near by */
#define SHOWS 0.06f    /* share of what is around, from which it does */
#define SHOWS_FULL 0.25f

/* The light of the skin between strands: what is darker than the mean around counts less and less.
 * survey->like are the weights. */
static smp_status lift(smp_scalp *scalp, smpi_survey *survey, smp_diag *diag)
{
    const smpi_box *box = &scalp->box;
    for (int turn = 0; turn < TURNS; turn++) {
        SMPI_TRY(smpi_scalp_diffuse(scalp, survey, diag));
        for (size_t k = 0; k < survey->count; k++) {
            float rgb[3], light = 0.0f;
            if (!(survey->like[k] > 0.0f))
                continue;
            smpi_scalp_diffuse_at(scalp, (float)(k % box->width) + 0.5f,
                                  (float)(k / box->width) + 0.5f, rgb);
            for (int c = 0; c < 3; c++)
                light += scalp->weight[c] * rgb[c];
            const size_t map = (box->y0 + k / box->width) * scalp->width + box->x0 + k % box->width;
            survey->like[k] *= smpi_scalp_ramp(scalp->luma[map], 0.7f * light, 1.05f * light);
        }
    }
    return smpi_scalp_diffuse(scalp, survey, diag);
}

/* How much of each pixel hair hides: what is darker than the skin between strands. */
static void fill_hair(smp_scalp *scalp, const smpi_survey *survey)
{
    const smpi_box *box = &scalp->box;
    for (size_t k = 0; k < survey->count; k++) {
        const size_t map = (box->y0 + k / box->width) * scalp->width + box->x0 + k % box->width;
        float rgb[3], light = 0.0f;
        smpi_scalp_diffuse_at(scalp, (float)(k % box->width) + 0.5f, (float)(k / box->width) + 0.5f,
                              rgb);
        for (int c = 0; c < 3; c++)
            light += scalp->weight[c] * rgb[c];
        if (survey->facing[k] > 0.0f && survey->above[k])
            scalp->maps[SMP_SCALP_HAIR][map] =
                1.0f - smpi_scalp_ramp(scalp->luma[map], SMPI_SCALP_STRAND * light,
                                       SMPI_SCALP_BARE * light);
    }
}

smp_status smpi_scalp_between(smp_scalp *scalp, smpi_survey *survey, smp_diag *diag)
{
    const smpi_box *box = &scalp->box;
    float *around = NULL;
    SMPI_TRY(smpi_new(scalp->ctx, &around, survey->count, sizeof *around, "skin around", diag));
    memcpy(around, survey->like, survey->count * sizeof *around);
    const smp_status status = smpi_scalp_smooth(scalp, survey, around, around, AROUND_MM);
    for (size_t k = 0; k < survey->count && status == SMP_OK; k++) {
        const size_t map = (box->y0 + k / box->width) * scalp->width + box->x0 + k % box->width;
        const float place = smpi_scalp_ramp(survey->facing[k], 0.10f, 0.30f) *
                            (float)survey->above[k] * (1.0f / 255.0f);
        const float shows = smpi_scalp_ramp(around[k], SHOWS, SHOWS_FULL) * place;
        scalp->maps[SMP_SCALP_MASK][map] = shows < survey->alpha[k] ? shows : survey->alpha[k];
        survey->like[k] *= place;
    }
    smpi_free(scalp->ctx, around, survey->count * sizeof *around);
    if (status != SMP_OK)
        return smpi_fail(diag, status, "smoothing the mask failed");
    SMPI_TRY(lift(scalp, survey, diag));
    fill_hair(scalp, survey);
    return SMP_OK;
}
