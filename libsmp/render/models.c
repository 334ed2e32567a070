/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A dot model for every pigment that some group of dots has, and what time does to them: mixes
 * drift, skin is tanned. */
#include <string.h>

#include "base/diag.h"
#include "plan/plan.h"
#include "render/preview.h"
#include "synthesis/dots.h"

static int same_pigment(const smp_pigment *a, const smp_pigment *b)
{
    return a->carbon_fine == b->carbon_fine && a->carbon_coarse == b->carbon_coarse &&
           a->iron_red == b->iron_red && a->iron_yellow == b->iron_yellow &&
           a->iron_black == b->iron_black && a->titania == b->titania;
}

/* The skin of a day, worked out again where it is not that of the day before. */
static smp_status need_skin(smp_preview *preview, const smp_skin *skin, smp_diag *diag)
{
    smpi_dot_skin *dot_skin = preview->dot_skin;
    /* nothing but melanin ever changes; without a width there is nothing yet */
    if (dot_skin->plain.near_r2_mm2[0] > 0.0f && dot_skin->skin.melanin == skin->melanin)
        return SMP_OK;
    return smpi_dot_skin_init(dot_skin, skin, (smp_space)preview->photo.space, diag);
}

static int stands_for(const smpi_model_key *key, const smp_pigment *pigment, float melanin,
                      int tall)
{
    return key->made && key->melanin == melanin && key->tall == tall &&
           same_pigment(&key->pigment, pigment);
}

/* The model of a pigment; one that is at hand already, or in `old`, stays. */
static smp_status make(smp_preview *preview, const smp_preview *old, uint32_t k,
                       const smp_pigment *pigment, smp_diag *diag)
{
    smpi_model_key *key = preview->model_key + k;
    const float melanin = preview->dot_skin->skin.melanin;
    if (stands_for(key, pigment, melanin, preview->tall))
        return SMP_OK;
    *key = (smpi_model_key){*pigment, melanin, preview->tall, 0};
    for (uint32_t i = 0; old && !key->made && i < old->model_count; i++)
        if (stands_for(old->model_key + i, pigment, melanin, preview->tall)) {
            preview->model[k] = old->model[i];
            key->made = 1;
        }
    if (!key->made)
        SMPI_TRY(
            smpi_dot_model_in(preview->model + k, preview->dot_skin, pigment, preview->tall, diag));
    key->made = 1;
    return SMP_OK;
}

static smp_status fill(smp_preview *preview, const smp_preview *old, const smp_skin *skin,
                       const smp_pigment *pigment, smp_diag *diag)
{
    uint32_t made = 0, first[SMPI_GROUPS_MAX];
    SMPI_TRY(need_skin(preview, skin, diag));
    for (uint32_t g = 0; g < preview->model_count; g++) {
        uint32_t k = 0;
        while (k < made && !same_pigment(pigment + first[k], pigment + g))
            k++;
        if (k == made) {
            SMPI_TRY(make(preview, old, k, pigment + g, diag));
            first[made++] = g;
        }
        preview->model_of[g] = (uint8_t)k;
    }
    return SMP_OK;
}

static int any_tall(const smp_dots_view *dots)
{
    const float from = smpi_dot_tall_from();
    for (uint32_t i = 0; i < dots->count; i++)
        if (!(dots->height_mm[i] <= from))
            return 1;
    return 0;
}

smp_status smpi_models_create(smp_preview *preview, const smp_preview *old, smp_diag *diag)
{
    const uint32_t groups = smpi_plan_group_count(preview->plan);
    const smp_context *ctx = preview->ctx;
    preview->model = NULL;
    preview->model_key = NULL;
    preview->model_count = groups;
    SMPI_TRY(smpi_new(ctx, &preview->model, groups, sizeof *preview->model, "dot models", diag));
    SMPI_TRY(
        smpi_new(ctx, &preview->model_key, groups, sizeof *preview->model_key, "dot models", diag));
    memset(preview->model_key, 0, groups * sizeof *preview->model_key);
    if (!preview->dot_skin) {
        SMPI_TRY(smpi_new(ctx, &preview->dot_skin, 1, sizeof *preview->dot_skin, "skin", diag));
        memset(preview->dot_skin, 0, sizeof *preview->dot_skin);
    }
    preview->tall = any_tall(&preview->dots->view);
    return smpi_models_reset(preview, old, diag);
}

void smpi_models_destroy(smp_preview *p)
{
    smpi_free(p->ctx, p->model, (size_t)p->model_count * sizeof *p->model);
    smpi_free(p->ctx, p->model_key, (size_t)p->model_count * sizeof *p->model_key);
}

smp_status smpi_models_reset(smp_preview *preview, const smp_preview *old, smp_diag *diag)
{
    smp_pigment pigment[SMPI_GROUPS_MAX];
    preview->drifts = preview->life.tan > 0.0f;
    for (uint32_t g = 0; g < preview->model_count; g++) {
        smpi_mix mix;
        pigment[g] = *smpi_plan_group_pigment(preview->plan, g);
        smpi_mix_make(pigment + g, &mix);
        preview->drifts |= mix.count > 1 || pigment[g].titania > 0.0f;
    }
    return fill(preview, old, &preview->skin, pigment, diag);
}

smp_status smpi_models_day(smp_preview *preview, double day)
{
    smp_pigment pigment[SMPI_GROUPS_MAX];
    smp_skin skin = preview->skin;
    if (!preview->drifts)
        return SMP_OK;
    const double tan = smpi_tan(&preview->life, day);
    const float melanin = skin.melanin * (float)(1.0 + SMPI_TAN_MELANIN * tan);
    skin.melanin = melanin < 0.5f ? melanin : 0.5f;
    for (uint32_t g = 0; g < preview->model_count; g++)
        pigment[g] = smpi_group_pigment(preview->plan, &preview->clock, g, 0);
    return fill(preview, NULL, &skin, pigment, NULL);
}
