/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The treatment plan: whose head, where pigment goes, how dense, how deep, when. One JSON document.
 */
#ifndef SMP_PLAN_H
#define SMP_PLAN_H

#include <smp/base.h>
#include <smp/geometry.h>

SMP_BEGIN

typedef struct smp_plan_desc {
    uint32_t struct_size;  /* set by smp_plan_desc_init() */
    uint32_t seed;         /* which arrangement of dots, any, default 1 */
    uint32_t look;         /* model revision, [1, SMP_LOOK_NEWEST], default the newest */
    float density_per_cm2; /* dots per cm2 at full density, [1, 250], default 150 */
    float dose;           /* implanted, optical depth at 550 nm, [0, 40], default 3: settles at 2 */
    float diameter_mm;    /* of a dot's column, [0.05, 1], default 0.25 */
    float top_mm;         /* below the surface, [0.04, 1], default 0.10 */
    float height_mm;      /* of the column, [0.05, 2], default 0.25 */
    float size_variation; /* relative standard deviation of the diameter, [0, 0.5], default 0.12 */
    float dose_variation; /* relative standard deviation of the dose, [0, 0.8], default 0.25 */
    float depth_variation; /* relative standard deviation of the top, [0, 0.5], default 0.12 */
    float regularity;      /* 0 like a hand, 1 as even as possible, [0, 1], default 0 */
    float side_fade_mm;    /* how softly density ends at the lower edge of sides and nape, [0, 60],
                              default 18 */
} smp_plan_desc;

SMP_API void smp_plan_desc_init_sized(smp_plan_desc *desc, size_t size);
#define smp_plan_desc_init(desc) smp_plan_desc_init_sized((desc), sizeof *(desc))
SMP_API const smp_field *smp_plan_desc_fields(uint32_t *count);

typedef enum smp_hairline_style {
    SMP_HAIRLINE_NATURAL = 0,     /* round, slightly irregular */
    SMP_HAIRLINE_STRAIGHT = 1,    /* edged: level front, square corners */
    SMP_HAIRLINE_WIDOWS_PEAK = 2, /* a point in the middle of the front */
    SMP_HAIRLINE_MATURE = 3,      /* receded at the temples */
    SMP_HAIRLINE_NONE = 4, /* the whole head or patch; for patches and for masks that say where */
    SMP_HAIRLINE_COUNT = 5
} smp_hairline_style;

typedef struct smp_hairline_desc {
    uint32_t struct_size; /* set by smp_hairline_desc_init() */
    uint32_t style;       /* an smp_hairline_style, default NATURAL */
    float height_mm; /* from the glabella up the skin to the middle of the front, [40, 130], default
                        80 */
    float softness_mm;  /* over which density rises from sparse to full behind the edge, [1, 30],
                           default 12 */
    float edge_density; /* density at the edge over full density, [0, 1], default 0.25 */
    float irregularity; /* waves and clusters of the edge: 0 none, [0, 1], default 0.5 */
} smp_hairline_desc;

SMP_API void smp_hairline_desc_init_sized(smp_hairline_desc *desc, size_t size);
#define smp_hairline_desc_init(desc) smp_hairline_desc_init_sized((desc), sizeof *(desc))
SMP_API const smp_field *smp_hairline_desc_fields(uint32_t *count);

typedef struct smp_session_desc {
    uint32_t struct_size; /* set by smp_session_desc_init() */
    float
        share; /* of the final density that is in place after this session, [0.001, 1], default 1 */
    double day;        /* since the first session, [0, 36500], default 0 */
    float dose_scale;  /* dilution: times the plan's dose, [0, 4], default 1 */
    uint32_t reserved; /* 0 */
} smp_session_desc;

SMP_API void smp_session_desc_init_sized(smp_session_desc *desc, size_t size);
#define smp_session_desc_init(desc) smp_session_desc_init_sized((desc), sizeof *(desc))
SMP_API const smp_field *smp_session_desc_fields(uint32_t *count);

typedef struct smp_plan smp_plan;

/* A complete plan: that head, a hairline with all defaults, three sessions (days 0, 10, 20; shares
 * 0.3, 0.7, 1).
 *
 * head    NULL for the default head. A flat head starts with SMP_HAIRLINE_NONE.
 * errors  SMP_ERR_RANGE a field of head or desc; SMP_ERR_MEMORY */
SMP_NODISCARD SMP_API smp_status smp_plan_create(const smp_context *ctx, const smp_head *head,
                                                 const smp_plan_desc *desc, smp_plan **plan,
                                                 smp_diag *diag);
SMP_API void smp_plan_destroy(smp_plan **plan);

/* Change a plan before it is used; not while another thread reads it. On error the plan stays as it
 * was. */
SMP_NODISCARD SMP_API smp_status smp_plan_set(smp_plan *plan, const smp_plan_desc *desc,
                                              smp_diag *diag);
/* A flat patch has no forehead: without a curve only SMP_HAIRLINE_NONE is possible there, else
 * SMP_ERR_ARGUMENT. */
SMP_NODISCARD SMP_API smp_status smp_plan_set_hairline(smp_plan *plan,
                                                       const smp_hairline_desc *desc,
                                                       smp_diag *diag);
/* A hairline drawn by hand: count points (2 to 256), x y z each, on or near the head, from one side
 * to the other; it replaces the style's curve between its ends and meets the style's line beyond
 * them. Softness, edge density and irregularity stay those of the hairline. On a flat patch pigment
 * goes below the curve (larger y). NULL and 0 take the curve away again.
 *
 * errors  SMP_ERR_ARGUMENT too few or too many points, or the curve runs back on itself as seen
 *         from the crown, or across the middle of the nape
 *         SMP_ERR_RANGE    a coordinate is not finite, or is more than 40 mm off the head */
SMP_NODISCARD SMP_API smp_status smp_plan_set_hairline_curve(smp_plan *plan, const double *xyz_mm,
                                                             uint32_t count, smp_diag *diag);
/* One to eight sessions, days not falling, shares rising. The step between elements is
 * sessions[0].struct_size.
 * errors  SMP_ERR_ARGUMENT, SMP_ERR_RANGE */
SMP_NODISCARD SMP_API smp_status smp_plan_set_sessions(smp_plan *plan,
                                                       const smp_session_desc *sessions,
                                                       uint32_t count, smp_diag *diag);

/* What a plan holds. The out structs must have been initialised (their struct_size is honoured). */
SMP_NODISCARD SMP_API smp_status smp_plan_get(const smp_plan *plan, smp_plan_desc *desc,
                                              smp_diag *diag);
SMP_NODISCARD SMP_API smp_status smp_plan_get_head(const smp_plan *plan, smp_head *head,
                                                   smp_diag *diag);
SMP_NODISCARD SMP_API smp_status smp_plan_get_hairline(const smp_plan *plan,
                                                       smp_hairline_desc *desc, smp_diag *diag);
SMP_API uint32_t smp_plan_session_count(const smp_plan *plan);
SMP_NODISCARD SMP_API smp_status smp_plan_get_session(const smp_plan *plan, uint32_t index,
                                                      smp_session_desc *desc, smp_diag *diag);

/* JSON as docs/plan.schema.json describes: every member may be left out, an unknown one is an
 * error.
 * errors  SMP_ERR_FORMAT not JSON, a wrong type or an unknown member; the text says which and where
 *         SMP_ERR_RANGE  a value is out of range
 *         SMP_ERR_LIMIT  over 1 MiB
 *         SMP_ERR_MEMORY */
SMP_NODISCARD SMP_API smp_status smp_plan_from_json(const smp_context *ctx, const char *text,
                                                    size_t size, smp_plan **plan, smp_diag *diag);
/* The whole plan, every member written, numbers with enough digits to read back the same. */
SMP_NODISCARD SMP_API smp_status smp_plan_to_json(const smp_context *ctx, const smp_plan *plan,
                                                  smp_bytes **text, smp_diag *diag);

/* Density that the plan wants at a point of the head, dots per cm2; 0 outside the treated region.
 */
SMP_API double smp_plan_density(const smp_plan *plan, const double xyz_mm[3]);

SMP_END

#endif
