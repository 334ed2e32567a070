/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A preview that takes another plan or another life: what follows from what has changed is made
 * anew beside the old, and takes its place when all is made. source: docs/model/render.md, "Edits"
 */
#include <string.h>

#include "base/diag.h"
#include "base/guard.h"
#include "plan/plan.h"
#include "render/preview.h"
#include "synthesis/dots.h"
#include "synthesis/prepared.h"

/* Places that are made anew since they were too few are so many times as many as are needed. */
#define RESERVE 1.5f
#define DENSITY_MOST 1000.0f

static int hair_is_alike(const smp_life_desc *a, const smp_life_desc *b)
{
    return a->hair_growth_mm_per_day == b->hair_growth_mm_per_day &&
           a->days_unshaved == b->days_unshaved && a->regrowth == b->regrowth &&
           a->hair_mm == b->hair_mm && a->hair_light == b->hair_light;
}

static int same_rect(const smp_rect *a, const smp_rect *b)
{
    return smpi_rect_inside(a, b) && smpi_rect_inside(b, a);
}

smp_status smpi_edit_dots(smp_preview *preview, const smp_progress *progress, smp_diag *diag)
{
    const smp_plan *plan = preview->plan;
    float density = 0.0f;
    smpi_made_dots made;
    preview->dots = NULL;
    if (preview->places && smp_places_fit(preview->places, plan))
        return smp_dots_create_from(preview->ctx, preview->places, plan, progress, &preview->dots,
                                    diag);
    if (preview->places && smpi_places_suit(preview->places, plan)) {
        const float more = RESERVE * (float)smpi_plan_needs(plan);
        density = more < DENSITY_MOST ? more : DENSITY_MOST;
    }
    preview->places = NULL;
    const smp_status status = smpi_dots_make(preview->ctx, plan, density, progress, &made, diag);
    preview->places = made.places;
    preview->dots = made.dots;
    return status;
}

/* What an edit touches. */
typedef struct touched {
    int dots, hair;
} touched;

/* `next` is a copy of the old preview but for its plan and its life. */
static smp_status redo(smp_preview *next, const smp_preview *old, const touched *t, smp_diag *diag)
{
    if (t->dots)
        SMPI_TRY(smpi_see_dots(next, old, diag));
    if (t->dots || t->hair)
        SMPI_TRY(smpi_stubble_create(next, NULL, diag));
    next->seen_count = next->found_count;
    smpi_find_bounds(next);
    if (!t->dots && same_rect(&next->bounds, &old->bounds)) {
        next->seen_count = old->seen_count;
        return t->hair && next->bounds.width > 0 ? smpi_stubble_sort(next, diag) : SMP_OK;
    }
    if (!t->dots)
        SMPI_TRY(smpi_see_dots(next, old, diag));
    return smpi_lay_out(next, old, diag);
}

/* The one that is made takes the place of the old one, or is forgotten. */
static smp_status take(smp_preview *preview, smp_preview *next, smp_status status)
{
    if (status == SMP_OK) {
        smpi_preview_drop(preview, next);
        *preview = *next;
    } else {
        smpi_preview_drop(next, preview);
    }
    return status;
}

/* ---- another life --------------------------------------------------------------------------- */

static smp_status live(smp_preview *next, const smp_preview *old, smp_diag *diag)
{
    const touched t = {0, !hair_is_alike(&old->life, &next->life)};
    /* On errors the old life stays: what drifts is made anew for every day. */
    SMPI_TRY(smpi_models_reset(next, NULL, diag));
    return t.hair && next->found_count ? redo(next, old, &t, diag) : SMP_OK;
}

SMPI_APART smp_status preview_set_life_guarded(smp_preview *preview, const smp_life_desc *life,
                                               smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(preview, diag);
    smp_preview next = *preview;
    next.own_life = life != NULL;
    next.life = preview->plan->data.life;
    if (life)
        SMPI_TRY(smpi_plan_read(&next.life, sizeof next.life, life, smp_life_desc_fields, diag));
    return take(preview, &next, smpi_run_end(diag, live(&next, preview, diag), "preview"));
}

smp_status smp_preview_set_life(smp_preview *preview, const smp_life_desc *life, smp_diag *diag)
{
    SMPI_GUARD(smp_status, preview_set_life_guarded(preview, life, diag));
}

/* ---- another plan --------------------------------------------------------------------------- */

static smp_status change(smp_preview *next, const smp_preview *old, const smp_progress *progress,
                         smp_diag *diag)
{
    const touched t = {!smpi_plan_same_dots(next->plan, old->plan),
                       !hair_is_alike(&old->life, &next->life)};
    if (t.dots)
        SMPI_TRY(smpi_edit_dots(next, progress, diag));
    SMPI_TRY(smpi_report(progress, 1.0, "view", diag));
    SMPI_TRY(smpi_models_create(next, old, diag));
    return t.dots || t.hair ? redo(next, old, &t, diag) : SMP_OK;
}

SMPI_APART smp_status preview_set_plan_guarded(smp_preview *preview, const smp_plan *plan,
                                               const smp_progress *progress, smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(preview, diag);
    SMPI_NEED(plan, diag);
    smp_preview next = *preview;
    SMPI_TRY(smp_plan_copy(preview->ctx, plan, &next.plan, diag));
    if (!next.own_life)
        next.life = plan->data.life;
    return take(preview, &next,
                smpi_run_end(diag, change(&next, preview, progress, diag), "preview"));
}

smp_status smp_preview_set_plan(smp_preview *preview, const smp_plan *plan,
                                const smp_progress *progress, smp_diag *diag)
{
    SMPI_GUARD(smp_status, preview_set_plan_guarded(preview, plan, progress, diag));
}
