/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Making a preview: everything that no day changes. Who keeps what when two share. */
#include "render/preview.h"

#include <string.h>

#include "ageing/clock.h"
#include "base/diag.h"
#include "base/guard.h"
#include "plan/plan.h"
#include "scalp/scalp.h"
#include "synthesis/prepared.h"

uint32_t smpi_band_of(const smp_preview *preview, float v)
{
    const float band = (v - (float)preview->band_top) / (float)SMPI_BAND_ROWS;
    return band > 0.0f
               ? (band < (float)preview->band_count ? (uint32_t)band : preview->band_count - 1)
               : 0;
}

static smp_status make_scratch(smp_preview *preview, smp_diag *diag)
{
    /* three planes of cores; two rows of tails, three channels each; a row of light, three
     * channels, the same interleaved, and of shine */
    preview->slot_floats = SMPI_TILE_FLOATS + 13 * (size_t)SMPI_TILE_COLUMNS;
    return smpi_new(preview->ctx, &preview->rows, SMPI_SLOTS * preview->slot_floats, sizeof(float),
                    "row buffers", diag);
}

/* What follows from the bounds and the head alone. */
static smp_status lay_out_grids(smp_preview *preview, const smp_preview *old, smp_diag *diag)
{
    const int head = old && smpi_same_head(&preview->plan->data.head, &old->plan->data.head);
    if (head && old->bounds.width > 0 && smpi_rect_inside(&preview->bounds, &old->bounds) &&
        smpi_rect_inside(&old->bounds, &preview->bounds))
        return SMP_OK;
    if (!head)
        memset(preview->pieces, 0, sizeof preview->pieces);
    SMPI_TRY(smpi_red_create(preview, &preview->skin, diag));
    SMPI_TRY(smpi_tail_create(preview, head ? old->pieces : NULL, diag));
    return smpi_ground_create(preview, old ? &old->ground : NULL, diag);
}

smp_status smpi_lay_out(smp_preview *preview, const smp_preview *old, smp_diag *diag)
{
    if (preview->bounds.width == 0) {
        preview->seen_count = 0;
        return SMP_OK;
    }
    SMPI_TRY(smpi_still_sort(preview, diag));
    SMPI_TRY(smpi_still_create(preview, diag));
    smpi_view_limit(preview);
    SMPI_TRY(smpi_cells_create(preview, diag));
    SMPI_TRY(lay_out_grids(preview, old, diag));
    smpi_view_whole(preview);
    SMPI_TRY(smpi_around_create(preview, diag));
    if (!preview->rows)
        SMPI_TRY(make_scratch(preview, diag));
    SMPI_TRY(smpi_stubble_sort(preview, diag));
    return smpi_scar_create(preview, &preview->skin, diag);
}

static void drop_layout(smp_preview *p, const smp_preview *kept)
{
    const smp_context *ctx = p->ctx;
    if (p->ground.mask != kept->ground.mask)
        smpi_ground_destroy(ctx, &p->ground);
    for (int k = 0; k < 2; k++) {
        if (p->tail[k].memory != kept->tail[k].memory)
            smpi_tail_destroy(ctx, p->tail + k);
        if (p->pieces[k].piece != kept->pieces[k].piece)
            smpi_pieces_destroy(ctx, p->pieces + k);
    }
    if (p->scar.share[0] != kept->scar.share[0])
        smpi_scar_destroy(ctx, &p->scar);
    if (p->red.memory != kept->red.memory)
        smpi_red_destroy(ctx, &p->red);
    if (p->rows != kept->rows)
        smpi_free(ctx, p->rows, SMPI_SLOTS * p->slot_floats * sizeof(float));
    smpi_still_drop(p, kept);
    smpi_cells_drop(p, kept);
    smpi_stubble_drop(p, kept);
}

void smpi_preview_drop(smp_preview *p, const smp_preview *kept)
{
    drop_layout(p, kept);
    if (p->light.decode != kept->light.decode)
        smpi_light_destroy(p->ctx, &p->light);
    if (p->model != kept->model)
        smpi_models_destroy(p);
    if (p->dot_skin != kept->dot_skin)
        smpi_free(p->ctx, p->dot_skin, sizeof *p->dot_skin);
    if (p->dots != kept->dots)
        smp_dots_destroy(&p->dots);
    if (p->places != kept->places)
        smp_places_destroy(&p->places);
    if (p->plan != kept->plan)
        smp_plan_destroy(&p->plan);
}

static smp_status build(smp_preview *preview, const smp_progress *progress, smp_diag *diag)
{
    preview->skin = smp_scalp_skin(preview->scalp);
    preview->skin_type = smpi_skin_type_of(&preview->skin);
    SMPI_TRY(smpi_edit_dots(preview, progress, diag));
    SMPI_TRY(smpi_report(progress, 1.0, "view", diag));
    SMPI_TRY(smpi_see_dots(preview, NULL, diag));
    SMPI_TRY(smpi_stubble_create(preview, progress, diag));
    SMPI_TRY(smpi_models_create(preview, NULL, diag));
    SMPI_TRY(smpi_light_create(preview->ctx, &preview->photo, &preview->light, diag));
    smpi_find_bounds(preview);
    return smpi_lay_out(preview, NULL, diag);
}

/* From a context, a scalp and a user's share of places, or NULL for its own. */
static smp_status create(const smp_preview *start, const smp_plan *plan,
                         const smp_progress *progress, smp_preview **preview, smp_diag *diag)
{
    const smp_context *ctx = start->ctx;
    smp_places *places = start->places;
    smp_preview *p = NULL;
    smp_status status = smpi_new(ctx, &p, 1, sizeof *p, "preview", diag);
    if (status != SMP_OK) {
        smp_places_destroy(&places);
        return status;
    }
    *p = *start;
    p->life = plan->data.life;
    p->photo = p->scalp->photo;
    p->blur_px = smp_scalp_blur_px(p->scalp);
    status = smp_plan_copy(ctx, plan, &p->plan, diag);
    if (status == SMP_OK)
        status = smpi_run_end(diag, build(p, progress, diag), "preview");
    if (status != SMP_OK)
        smp_preview_destroy(&p);
    *preview = p;
    return status;
}

SMPI_APART smp_status preview_create_guarded(const smp_context *ctx, const smp_scalp *scalp,
                                             const smp_plan *plan, const smp_progress *progress,
                                             smp_preview **preview, smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(preview, diag);
    *preview = NULL;
    SMPI_NEED(ctx, diag);
    SMPI_NEED(scalp, diag);
    SMPI_NEED(plan, diag);
    const smp_preview start = {.ctx = ctx, .scalp = scalp};
    return create(&start, plan, progress, preview, diag);
}

smp_status smp_preview_create(const smp_context *ctx, const smp_scalp *scalp, const smp_plan *plan,
                              const smp_progress *progress, smp_preview **preview, smp_diag *diag)
{
    SMPI_GUARD(smp_status, preview_create_guarded(ctx, scalp, plan, progress, preview, diag));
}

SMPI_APART smp_status preview_create_from_guarded(const smp_context *ctx, const smp_scalp *scalp,
                                                  const smp_places *places, const smp_plan *plan,
                                                  const smp_progress *progress,
                                                  smp_preview **preview, smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(preview, diag);
    *preview = NULL;
    SMPI_NEED(ctx, diag);
    SMPI_NEED(scalp, diag);
    SMPI_NEED(places, diag);
    SMPI_NEED(plan, diag);
    if (!smp_places_fit(places, plan))
        return smpi_fail(diag, SMP_ERR_ARGUMENT,
                         "the places are for another head, seed or regularity, or too few");
    const smp_preview start = {.ctx = ctx, .scalp = scalp, .places = smpi_places_share(places)};
    return create(&start, plan, progress, preview, diag);
}

smp_status smp_preview_create_from(const smp_context *ctx, const smp_scalp *scalp,
                                   const smp_places *places, const smp_plan *plan,
                                   const smp_progress *progress, smp_preview **preview,
                                   smp_diag *diag)
{
    SMPI_GUARD(smp_status,
               preview_create_from_guarded(ctx, scalp, places, plan, progress, preview, diag));
}

void smp_preview_destroy(smp_preview **preview)
{
    if (!preview || !*preview)
        return;
    smp_preview *p = *preview;
    const smp_preview nothing = {0};
    smpi_preview_drop(p, &nothing);
    smpi_free(p->ctx, p, sizeof *p);
    *preview = NULL;
}

smp_rect smp_preview_bounds(const smp_preview *preview)
{
    return preview ? preview->bounds : (smp_rect){0, 0, 0, 0};
}

const smp_dots *smp_preview_dots(const smp_preview *preview)
{
    return preview ? preview->dots : NULL;
}
