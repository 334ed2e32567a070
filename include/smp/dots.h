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
    const uint8_t *session; /* 0 is the first */
    const uint32_t *id;     /* names a place on the head, whatever the plan; feeds random numbers */
    uint64_t reserved[4];
} smp_dots_view;

typedef struct smp_dots smp_dots;

/* The dots of a plan, by rising id. A dot's place depends on the head, the seed and the regularity
 * alone; whether it is there on the density that the plan wants at that place, so an edit leaves
 * all other dots exactly where they were. Where the density itself changes, a dot may move to
 * another session, since each session is spread evenly over its share. On a head, places cover the
 * scalp and not the face (docs/model/placement.md).
 *
 * Done once for all days.
 * errors  SMP_ERR_MEMORY, SMP_ERR_LIMIT (over 2,000,000 dots), SMP_ERR_CANCELLED */
SMP_NODISCARD SMP_API smp_status smp_dots_create(const smp_context *ctx, const smp_plan *plan,
                                                 const smp_progress *progress, smp_dots **dots,
                                                 smp_diag *diag);
SMP_API void smp_dots_destroy(smp_dots **dots);
SMP_API smp_dots_view smp_dots_arrays(const smp_dots *dots);

SMP_END

#endif
