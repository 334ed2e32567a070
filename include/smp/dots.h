/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Follicle dots: where the plan's pigment goes, fixed in millimetres on the head. */
#ifndef SMP_DOTS_H
#define SMP_DOTS_H

#include <smp/base.h>
#include <smp/plan.h>

SMP_BEGIN

/* A view of dots as arrays, each `count` long; valid until the dots are destroyed. This struct
 * never changes. */
typedef struct smp_dots_view {
    uint32_t count;
    uint32_t reserved0;
    const float *x_mm, *y_mm, *z_mm; /* on the surface, head frame */
    const float *nx, *ny, *nz;       /* outward unit normal */
    const float *diameter_mm;        /* the column, as implanted */
    const float *top_mm, *height_mm;
    const float *dose;      /* as implanted, optical depth at 550 nm */
    const uint8_t *session; /* 0 is the first; from the number of sessions on, touch-ups: events */
    const uint32_t *id;     /* names a place on the head, whatever the plan; feeds random numbers */
    const uint8_t *zone;    /* number of the zone it lies in, 0 outside all */
    const uint32_t *group;  /* id of the place that its group surrounds; its own id where it stands
                               alone or is the first of them */
    uint64_t reserved[2];
} smp_dots_view;

/* The places of a head where dots may go, ranked and made ready: what takes most of the time of
 * smp_dots_create() and stays the same while a plan is edited. Immutable: share it freely. */
typedef struct smp_places smp_places;

/* The places for a plan and for all others with the same head, seed and regularity that need no
 * more of them.
 *
 * density_per_cm2  how dense dots may become, [0, 1000]; 0, or less than the plan needs: what it
 *                  needs (its density and that of its touch-ups)
 * memory           84 bytes a place, 11 MB for a head at 150; while it works, 110 bytes more
 * errors  SMP_ERR_RANGE density_per_cm2; SMP_ERR_MEMORY, SMP_ERR_LIMIT (over 4,000,000 places),
 *         SMP_ERR_CANCELLED */
SMP_NODISCARD SMP_API smp_status smp_places_create(const smp_context *ctx, const smp_plan *plan,
                                                   float density_per_cm2,
                                                   const smp_progress *progress,
                                                   smp_places **places, smp_diag *diag);
SMP_API void smp_places_destroy(smp_places **places);
/* 1 when dots of this plan can be made from these places, else 0. */
SMP_API int smp_places_fit(const smp_places *places, const smp_plan *plan);
SMP_API uint32_t smp_places_count(const smp_places *places);

typedef struct smp_dots smp_dots;

/* The dots of a plan, by rising id. A dot's place depends on the head, the seed, the regularity and
 * the plan's groups alone; whether it is there on the density that the plan wants at that place, so
 * an edit leaves all other dots exactly where they were. Where the density itself changes, a dot
 * may move to another session, since each session is spread evenly over its share. On a head,
 * places cover the scalp and not the face (docs/model/placement.md).
 *
 * errors  SMP_ERR_MEMORY, SMP_ERR_LIMIT (over 2,000,000 dots), SMP_ERR_CANCELLED */
SMP_NODISCARD SMP_API smp_status smp_dots_create(const smp_context *ctx, const smp_plan *plan,
                                                 const smp_progress *progress, smp_dots **dots,
                                                 smp_diag *diag);
/* The same dots from places that were made before: a few milliseconds, for every edit.
 * errors  SMP_ERR_ARGUMENT smp_places_fit() says 0; the others as above */
SMP_NODISCARD SMP_API smp_status smp_dots_create_from(const smp_context *ctx,
                                                      const smp_places *places,
                                                      const smp_plan *plan,
                                                      const smp_progress *progress, smp_dots **dots,
                                                      smp_diag *diag);
SMP_API void smp_dots_destroy(smp_dots **dots);
SMP_API smp_dots_view smp_dots_arrays(const smp_dots *dots);

SMP_END

#endif
