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
/* Luminance of hair over that of the skin around: the darker quarter of what has less than the
 * first, within the next two; without enough of it, the last but one. Assumed. */
#define HAIR_MOST 0.6f
#define HAIR_LOW 0.15f
#define HAIR_HIGH 0.45f
#define HAIR_USUAL 0.25f
#define HAIR_ENOUGH 40u /* analysis pixels */
#define HAIR_BINS 48u

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

/* Luminance of a pixel of the box over that of the skin between strands. */
static float over_skin(const smp_scalp *scalp, size_t k)
{
    const smpi_box *box = &scalp->box;
    const uint32_t x = (uint32_t)(k % box->width), y = (uint32_t)(k / box->width);
    float rgb[3], light = 0.0f;
    smpi_scalp_diffuse_at(scalp, (float)x + 0.5f, (float)y + 0.5f, rgb);
    for (int c = 0; c < 3; c++)
        light += scalp->weight[c] * rgb[c];
    const float luma = scalp->luma[(size_t)(box->y0 + y) * scalp->width + box->x0 + x];
    return light > 0.0f ? luma / light : 1.0f;
}

/* What hair is like, from the pixels that are surely hair, and how much of each pixel it hides. */
static void fill_hair(smp_scalp *scalp, const smpi_survey *survey)
{
    const smpi_box *box = &scalp->box;
    float *hair = scalp->maps[SMP_SCALP_HAIR];
    uint32_t bins[HAIR_BINS] = {0}, total = 0, below = 0, bin = 0;
    for (size_t k = 0; k < survey->count; k++) {
        const size_t map = (box->y0 + k / box->width) * scalp->width + box->x0 + k % box->width;
        if (!(survey->facing[k] > 0.0f && survey->above[k]))
            continue;
        const float over = over_skin(scalp, k);
        hair[map] = over;
        if (scalp->maps[SMP_SCALP_MASK][map] > 0.0f && over < HAIR_MOST) {
            bins[(uint32_t)(over * ((float)HAIR_BINS / HAIR_MOST))]++;
            total++;
        }
    }
    while (bin + 1 < HAIR_BINS && (below += bins[bin]) < total / 4)
        bin++;
    const float level = ((float)bin + 0.5f) * (HAIR_MOST / (float)HAIR_BINS);
    scalp->strand = total < HAIR_ENOUGH ? HAIR_USUAL : level;
    scalp->strand = scalp->strand > HAIR_LOW ? scalp->strand : HAIR_LOW;
    scalp->strand = scalp->strand < HAIR_HIGH ? scalp->strand : HAIR_HIGH;
    for (size_t k = 0; k < survey->count; k++) {
        const size_t map = (box->y0 + k / box->width) * scalp->width + box->x0 + k % box->width;
        if (survey->facing[k] > 0.0f && survey->above[k])
            hair[map] = 1.0f - smpi_scalp_uncovered(scalp, hair[map]);
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
