/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Which dots the photo sees, where, and the box that they may change. */
#include <math.h>
#include <string.h>

#include "base/diag.h"
#include "geometry/camera.h"
#include "render/preview.h"
#include "scalp/rows.h"
#include "synthesis/dots.h"

#define CHUNK 1024u /* dots of a task */
#define NONE UINT32_MAX
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
    smpi_scalp_bend(preview->scalp, uv);
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

typedef struct watcher {
    smp_preview *preview;
    smp_camera camera;
    const smp_preview *old;
    const uint32_t *where; /* of each dot of the old preview: among those seen, or NONE */
} watcher;

/* The first old dot whose id is not below that of a dot. */
static uint32_t first_from(const smp_dots_view *v, uint32_t id)
{
    uint32_t low = 0, high = v->count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (v->id[middle] < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static int same_place(const smp_dots_view *a, uint32_t i, const smp_dots_view *b, uint32_t k)
{
    return a->id[i] == b->id[k] && a->x_mm[i] == b->x_mm[k] && a->y_mm[i] == b->y_mm[k] &&
           a->z_mm[i] == b->z_mm[k] && a->nx[i] == b->nx[k] && a->ny[i] == b->ny[k] &&
           a->nz[i] == b->nz[k];
}

/* Those that are seen lie at their own index until they are moved up; the others say NONE. */
static smp_status see_chunk(void *task, uint32_t chunk)
{
    const watcher *w = task;
    smp_preview *p = w->preview;
    const smp_dots_view *v = &p->dots->view, *had = w->old ? &w->old->dots->view : NULL;
    const uint32_t first = chunk * CHUNK, rest = v->count - first;
    uint32_t k = had ? first_from(had, v->id[first]) : 0;
    for (uint32_t i = first; i - first < CHUNK && i - first < rest; i++) {
        smpi_seen_dot *seen = p->seen + i;
        while (had && k < had->count && had->id[k] < v->id[i])
            k++;
        if (had && k < had->count && same_place(v, i, had, k)) {
            if (w->where[k] != NONE)
                *seen = w->old->seen[w->where[k]];
            seen->index = w->where[k] != NONE ? i : NONE;
        } else if (!see(p, &w->camera, i, seen)) {
            seen->index = NONE;
        }
    }
    return SMP_OK;
}

static smp_status see_all(watcher *w, smp_diag *diag)
{
    smp_preview *p = w->preview;
    const uint32_t count = p->dots->view.count;
    SMPI_TRY(
        smpi_run_end(diag, smpi_run(p->ctx, see_chunk, w, (count + CHUNK - 1) / CHUNK), "view"));
    for (uint32_t i = 0; i < count; i++)
        if (p->seen[i].index != NONE)
            p->seen[p->seen_count++] = p->seen[i];
    p->found_count = p->seen_count;
    return SMP_OK;
}

smp_status smpi_see_dots(smp_preview *preview, const smp_preview *old, smp_diag *diag)
{
    watcher w = {preview, smp_scalp_camera(preview->scalp), old, NULL};
    const smp_context *ctx = preview->ctx;
    const uint32_t number = old ? old->dots->view.count : 0;
    uint32_t *where;
    preview->seen = NULL;
    preview->seen_count = preview->found_count = 0;
    preview->seen_capacity = preview->dots->view.count;
    SMPI_TRY(smpi_new(ctx, &preview->seen, preview->seen_capacity, sizeof *preview->seen,
                      "seen dots", diag));
    SMPI_TRY(smpi_new(ctx, &where, number, sizeof *where, "seen dots", diag));
    if (number)
        memset(where, 0xff, number * sizeof *where);
    for (uint32_t i = 0; old && i < old->found_count; i++)
        where[old->seen[i].index] = i;
    w.where = where;
    const smp_status status = see_all(&w, diag);
    smpi_free(ctx, where, number * sizeof *where);
    return status;
}

static uint32_t cut(double x, uint32_t most)
{
    return x > 0.0 ? (x < (double)most ? (uint32_t)x : most) : 0;
}

void smpi_find_bounds(smp_preview *preview)
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
