/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Making a preview: which dots the photo sees and where, and everything else that no day changes.
 */
#include "render/preview.h"

#include <math.h>
#include <string.h>

#include "ageing/clock.h"
#include "base/diag.h"
#include "base/guard.h"
#include "geometry/camera.h"
#include "plan/plan.h"
#include "scalp/rows.h"
#include "scalp/scalp.h"
#include "synthesis/dots.h"

#define FACING_LEAST \
    0.03 /* dots that are seen more edge-on than this are left out: they cover nothing */
#define MARGIN_MM 6.0   /* how far from its middle a dot may change the picture */
#define MARGIN_BLUR 4.0 /* and at least this many standard deviations of the photo's blur */

static double margin_px(const smp_preview *preview, const smp_camera *camera)
{
    const double own = MARGIN_MM * camera->px_per_mm, blurred = MARGIN_BLUR * preview->blur_px;
    return own > blurred ? own : blurred;
}

/* Where the mask allows anything. */
static int mask_at(const smp_scalp *scalp, const smp_image *photo, double u, double v)
{
    if (!(u >= 0.0 && v >= 0.0 && u < (double)photo->width && v < (double)photo->height))
        return 1; /* outside the picture: only its soft edge is seen */
    float mask;
    smpi_scalp_mask_row(scalp, (uint32_t)v, (uint32_t)u, 1, &mask);
    return mask > 0.0f;
}

static int see(const smp_preview *preview, const smp_camera *camera, uint32_t index,
               smpi_seen_dot *seen)
{
    const smp_dots_view *d = &preview->dots->view;
    const double xyz[3] = {(double)d->x_mm[index], (double)d->y_mm[index], (double)d->z_mm[index]};
    const double normal[3] = {(double)d->nx[index], (double)d->ny[index], (double)d->nz[index]};
    double uv[2], cov[3], facing;
    if (!smpi_camera_footprint(camera, xyz, normal, uv, cov, &facing) || !(facing > FACING_LEAST))
        return 0;
    const double margin = margin_px(preview, camera);
    if (!(uv[0] > -margin && uv[1] > -margin && uv[0] < (double)preview->photo.width + margin &&
          uv[1] < (double)preview->photo.height + margin))
        return 0;
    if (!mask_at(preview->scalp, &preview->photo, uv[0], uv[1]))
        return 0;
    const float blur = smpi_scalp_blur_at(preview->scalp, (float)uv[0], (float)uv[1]);
    *seen = (smpi_seen_dot){.u = (float)uv[0],
                            .v = (float)uv[1],
                            .cov = {(float)cov[0], (float)cov[1], (float)cov[2]},
                            .index = index,
                            .blur2 = blur * blur};
    return 1;
}

static void find_seen(smp_preview *preview, const smp_camera *camera)
{
    smpi_seen_dot seen;
    for (uint32_t i = 0; i < preview->dots->view.count; i++)
        if (see(preview, camera, i, &seen))
            preview->seen[preview->seen_count++] = seen;
}

static uint32_t cut(double x, uint32_t most)
{
    return x > 0.0 ? (x < (double)most ? (uint32_t)x : most) : 0;
}

/* The box of all seen dots with their margins, and of the stubble. */
static void find_bounds(smp_preview *preview)
{
    const smp_camera camera = smp_scalp_camera(preview->scalp);
    const double margin = margin_px(preview, &camera) + 4.0;
    double box[4] = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (uint32_t i = 0; i < preview->seen_count; i++) {
        const double at[2] = {(double)preview->seen[i].u, (double)preview->seen[i].v};
        for (int k = 0; k < 2; k++) {
            box[k] = at[k] - margin < box[k] ? at[k] - margin : box[k];
            box[k + 2] = at[k] + margin > box[k + 2] ? at[k] + margin : box[k + 2];
        }
    }
    smp_rect *b = &preview->bounds;
    *b = (smp_rect){0, 0, 0, 0};
    if (preview->seen_count == 0)
        return;
    smpi_stubble_box(&preview->stubble, box);
    b->x = cut(box[0], preview->photo.width);
    b->y = cut(box[1], preview->photo.height);
    b->width = cut(ceil(box[2]), preview->photo.width) - b->x;
    b->height = cut(ceil(box[3]), preview->photo.height) - b->y;
    if (b->width == 0 || b->height == 0)
        *b = (smp_rect){0, 0, 0, 0};
}

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
    preview->slot_floats = 3 * SMPI_TILE_PLANE + 13 * (size_t)SMPI_TILE_COLUMNS;
    return smpi_new(preview->ctx, &preview->rows, SMPI_SLOTS * preview->slot_floats, sizeof(float),
                    "row buffers", diag);
}

/* All that depends on the bounds; the models must show fresh pigment. */
static smp_status lay_out(smp_preview *preview, smp_diag *diag)
{
    if (preview->bounds.width == 0) {
        preview->seen_count = 0;
        return SMP_OK;
    }
    SMPI_TRY(smpi_still_sort(preview, diag));
    SMPI_TRY(smpi_still_create(preview, diag));
    SMPI_TRY(smpi_cells_create(preview, diag));
    SMPI_TRY(smpi_red_create(preview, &preview->skin, diag));
    SMPI_TRY(smpi_tail_create(preview, diag));
    SMPI_TRY(make_scratch(preview, diag));
    SMPI_TRY(smpi_stubble_sort(preview, diag));
    SMPI_TRY(smpi_scar_create(preview, &preview->skin, diag));
    return smpi_ground_create(preview, diag);
}

static void free_layout(smp_preview *p)
{
    smpi_ground_destroy(p->ctx, &p->ground);
    smpi_tail_destroy(p->ctx, p->tail);
    smpi_scar_destroy(p->ctx, &p->scar);
    smpi_red_destroy(p->ctx, &p->red);
    smpi_free(p->ctx, p->rows, SMPI_SLOTS * p->slot_floats * sizeof(float));
    smpi_still_destroy(p);
    smpi_cells_destroy(p);
}

static smp_status build(smp_preview *preview, const smp_progress *progress, smp_diag *diag)
{
    const smp_camera camera = smp_scalp_camera(preview->scalp);
    const smp_skin skin = smp_scalp_skin(preview->scalp);
    preview->skin_type = smpi_skin_type_of(&skin);
    SMPI_TRY(smp_dots_create(preview->ctx, preview->plan, progress, &preview->dots, diag));
    SMPI_TRY(smpi_report(progress, 1.0, "view", diag));
    preview->seen_capacity = preview->dots->view.count;
    SMPI_TRY(smpi_new(preview->ctx, &preview->seen, preview->seen_capacity, sizeof(smpi_seen_dot),
                      "seen dots", diag));
    find_seen(preview, &camera);
    preview->found_count = preview->seen_count;
    SMPI_TRY(smpi_stubble_create(preview, progress, diag));
    SMPI_TRY(smpi_models_create(preview, &skin, diag));
    SMPI_TRY(smpi_light_create(preview->ctx, &preview->photo, &preview->light, diag));
    find_bounds(preview);
    return lay_out(preview, diag);
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
    smp_preview *p;
    SMPI_TRY(smpi_new(ctx, &p, 1, sizeof *p, "preview", diag));
    memset(p, 0, sizeof *p);
    p->ctx = ctx;
    p->scalp = scalp;
    p->plan = plan;
    p->life = plan->data.life;
    p->photo = scalp->photo;
    p->blur_px = smp_scalp_blur_px(scalp);
    const smp_status status = smpi_run_end(diag, build(p, progress, diag), "preview");
    if (status != SMP_OK) {
        smp_preview_destroy(&p);
        return status;
    }
    *preview = p;
    return SMP_OK;
}

smp_status smp_preview_create(const smp_context *ctx, const smp_scalp *scalp, const smp_plan *plan,
                              const smp_progress *progress, smp_preview **preview, smp_diag *diag)
{
    SMPI_GUARD(smp_status, preview_create_guarded(ctx, scalp, plan, progress, preview, diag));
}

/* ---- another life --------------------------------------------------------------------------- */

static int hair_is_alike(const smp_life_desc *a, const smp_life_desc *b)
{
    return a->hair_growth_mm_per_day == b->hair_growth_mm_per_day &&
           a->days_unshaved == b->days_unshaved && a->regrowth == b->regrowth &&
           a->hair_mm == b->hair_mm && a->hair_light == b->hair_light;
}

static int same_rect(const smp_rect *a, const smp_rect *b)
{
    return a->x == b->x && a->y == b->y && a->width == b->width && a->height == b->height;
}

/* The layout in other bounds, with memory of its own; `next` starts as a copy of the preview. */
static smp_status lay_out_anew(smp_preview *next, smp_diag *diag)
{
    const smpi_seen_dot *found = next->seen;
    next->seen = NULL;
    next->rows = NULL;
    next->dot_memory = NULL;
    next->band_first = NULL;
    next->band_reach = NULL;
    next->cell_first = NULL;
    next->cell_dot = NULL;
    memset(next->tail, 0, sizeof next->tail);
    memset(&next->ground, 0, sizeof next->ground);
    memset(&next->red, 0, sizeof next->red);
    memset(&next->scar, 0, sizeof next->scar);
    next->seen_capacity = next->seen_count;
    SMPI_TRY(smpi_new(next->ctx, &next->seen, next->seen_count, sizeof *found, "seen dots", diag));
    memcpy(next->seen, found, (size_t)next->seen_count * sizeof *found);
    return lay_out(next, diag);
}

/* Hair as it grew, in a copy that shares with the preview what stays. */
static smp_status grow_anew(smp_preview *preview, smp_preview *next, smp_diag *diag)
{
    memset(&next->stubble, 0, sizeof next->stubble);
    next->seen_count = next->found_count;
    smp_status status = smpi_stubble_create(next, NULL, diag);
    if (status == SMP_OK)
        find_bounds(next);
    const int moved = status == SMP_OK && !same_rect(&next->bounds, &preview->bounds);
    if (moved)
        status = lay_out_anew(next, diag);
    else
        next->seen_count = preview->seen_count;
    if (status == SMP_OK && !moved && next->bounds.width > 0)
        status = smpi_stubble_sort(next, diag);
    smp_preview *old = status == SMP_OK ? preview : next;
    smpi_stubble_destroy(old->ctx, &old->stubble);
    if (moved)
        free_layout(old);
    return status;
}

SMPI_APART smp_status preview_set_life_guarded(smp_preview *preview, const smp_life_desc *life,
                                               smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(preview, diag);
    smp_preview next = *preview;
    next.life = preview->plan->data.life;
    if (life)
        SMPI_TRY(smpi_plan_read(&next.life, sizeof next.life, life, smp_life_desc_fields, diag));
    /* On errors the old life stays: what drifts is made anew for every day. */
    if (preview->drifts || next.life.tan > 0.0f)
        SMPI_TRY(smpi_models_reset(&next, diag));
    if (preview->found_count && !hair_is_alike(&preview->life, &next.life))
        SMPI_TRY(smpi_run_end(diag, grow_anew(preview, &next, diag), "preview"));
    *preview = next;
    return SMP_OK;
}

smp_status smp_preview_set_life(smp_preview *preview, const smp_life_desc *life, smp_diag *diag)
{
    SMPI_GUARD(smp_status, preview_set_life_guarded(preview, life, diag));
}

void smp_preview_destroy(smp_preview **preview)
{
    if (!preview || !*preview)
        return;
    smp_preview *p = *preview;
    free_layout(p);
    smpi_stubble_destroy(p->ctx, &p->stubble);
    smpi_light_destroy(p->ctx, &p->light);
    smpi_models_destroy(p);
    smp_dots_destroy(&p->dots);
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
