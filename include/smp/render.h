/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The treated picture: a photo and a plan, on any day. */
#ifndef SMP_RENDER_H
#define SMP_RENDER_H

#include <smp/base.h>
#include <smp/dots.h>
#include <smp/image.h>
#include <smp/plan.h>
#include <smp/scalp.h>

SMP_BEGIN

/* A rectangle of pixels: [x, x + width) x [y, y + height). */
typedef struct smp_rect {
    uint32_t x, y, width, height;
} smp_rect;

/* A scalp and a plan, everything that does not change with the day worked out. The scalp (and its
 * photo) must outlive it and stay as they are; the plan is copied, and may be changed or destroyed.
 * Renders may run on several threads, each with its own preview. */
typedef struct smp_preview smp_preview;

/* errors  SMP_ERR_MEMORY, SMP_ERR_LIMIT, SMP_ERR_CANCELLED */
SMP_NODISCARD SMP_API smp_status smp_preview_create(const smp_context *ctx, const smp_scalp *scalp,
                                                    const smp_plan *plan,
                                                    const smp_progress *progress,
                                                    smp_preview **preview, smp_diag *diag);
/* The same from places that were made before, in half the time. The preview shares
 * them: they may be destroyed before it, but the context that they were made with must outlive it.
 * errors  SMP_ERR_ARGUMENT smp_places_fit() says 0; the others as above */
SMP_NODISCARD SMP_API smp_status smp_preview_create_from(
    const smp_context *ctx, const smp_scalp *scalp, const smp_places *places, const smp_plan *plan,
    const smp_progress *progress, smp_preview **preview, smp_diag *diag);
SMP_API void smp_preview_destroy(smp_preview **preview);

/* Takes another plan in place of the one it has, for all renders from now on: the same pixels as a
 * new preview of that plan, made in a fraction of the time, since all that does not follow from
 * what has changed stays. The plan is copied. A life that smp_preview_set_life() gave stays in
 * place of the new plan's; the bounds may change, and smp_preview_dots() gives other dots (those
 * that it gave before are gone). Not while it renders. On error the old plan stays.
 *
 * Of the same head, seed and regularity the places stay, too, as far as they reach: where the plan
 * needs more of them than any before, half as many again are made as it needs.
 * errors  SMP_ERR_MEMORY, SMP_ERR_LIMIT, SMP_ERR_CANCELLED */
SMP_NODISCARD SMP_API smp_status smp_preview_set_plan(smp_preview *preview, const smp_plan *plan,
                                                      const smp_progress *progress, smp_diag *diag);

/* Takes another life in place of the plan's, for all renders from now on: the same pixels as a new
 * preview of a plan with that life. Tan and habits cost nothing here; hair that has grown is placed
 * again, and the bounds may change. Not while it renders. On error the old life stays.
 *
 * life    NULL: the plan's again
 * errors  SMP_ERR_RANGE a field; SMP_ERR_MEMORY, SMP_ERR_LIMIT */
SMP_NODISCARD SMP_API smp_status smp_preview_set_life(smp_preview *preview,
                                                      const smp_life_desc *life, smp_diag *diag);

/* The pixels that any day may change; all others stay bit-identical, always. Width 0 when there are
 * none. */
SMP_API smp_rect smp_preview_bounds(const smp_preview *preview);
/* The dots that the preview shows; they belong to it. */
SMP_API const smp_dots *smp_preview_dots(const smp_preview *preview);

/* Renders the photo as it looks on a day, into the caller's pixels. Allocates nothing.
 *
 * day     since the first session, [-1, 36500]; before the first session the photo comes out
 *         unchanged
 * region  NULL for the whole picture; only pixels inside it are written. It must lie inside the
 *         picture
 * out     of the photo's size, format and alpha kind; may be the photo itself only if nothing else
 *         will be rendered from it
 * errors  SMP_ERR_RANGE day; SMP_ERR_ARGUMENT out or region; SMP_ERR_CANCELLED, then out is partly
 *         written */
SMP_NODISCARD SMP_API smp_status smp_preview_render(smp_preview *preview, double day,
                                                    const smp_rect *region, const smp_image *out,
                                                    const smp_progress *progress, smp_diag *diag);

/* The treatment alone, pigment and the redness of fresh work: what share of the light under the
 * shine it lets through, for each channel of the photo's space in linear light. out is rgb16 (65535
 * is all of it) or rgbf32, of the photo's size.
 *
 * errors  as smp_preview_render */
SMP_NODISCARD SMP_API smp_status smp_preview_layer(smp_preview *preview, double day,
                                                   const smp_rect *region, const smp_image *out,
                                                   const smp_progress *progress, smp_diag *diag);

SMP_END

#endif
