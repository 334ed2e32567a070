/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The treatment plan: whose head, where pigment goes, how dense, how deep, when. One JSON document.
 */
#ifndef SMP_PLAN_H
#define SMP_PLAN_H

#include <smp/base.h>
#include <smp/geometry.h>
#include <smp/optics.h>

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
    float group_share;     /* of places that hold a group of dots, as follicular units hold hairs,
                              [0, 1], default 0: every dot stands alone */
    float group_spread_mm; /* between the dots of a group, [0, 2], default 0.35 */
    uint32_t texture;      /* an smp_texture, default STRAIGHT; without groups both are the same */
} smp_plan_desc;

/* Which groups there are. Density counts dots, so the gaps between groups grow with them. */
typedef enum smp_texture {
    SMP_TEXTURE_STRAIGHT = 0, /* rows of two (3 in 4) and three */
    SMP_TEXTURE_AFRO = 1,     /* clusters of three, for afro-textured hair */
    SMP_TEXTURE_COUNT = 2
} smp_texture;

SMP_API void smp_plan_desc_init_sized(smp_plan_desc *desc, size_t size);
#define smp_plan_desc_init(desc) smp_plan_desc_init_sized((desc), sizeof *(desc))
SMP_API const smp_field *smp_plan_desc_fields(uint32_t *count);

typedef enum smp_hairline_style {
    SMP_HAIRLINE_NATURAL = 0,     /* round, slightly irregular */
    SMP_HAIRLINE_STRAIGHT = 1,    /* edged: level front, square corners */
    SMP_HAIRLINE_WIDOWS_PEAK = 2, /* a point in the middle of the front */
    SMP_HAIRLINE_MATURE = 3,      /* receded at the temples */
    SMP_HAIRLINE_NONE = 4,   /* the whole head or patch; for patches and for masks that say where */
    SMP_HAIRLINE_FEMALE = 5, /* soft, rounded, no open corners */
    SMP_HAIRLINE_COUNT = 6
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
    float macro;        /* times irregularity: the waves of the line, [0, 2], default 1 */
    float micro; /* times irregularity: clusters, gaps and dents of its edge, [0, 2], default 1 */
    float corner_back_mm;   /* the fronto-temporal corners further back than the style's, [-15, 40],
                               default 0 */
    float temple_mm;        /* the temple points further forward than the style's, [-25, 25],
                               default 0 */
    float temple_angle_deg; /* fronto-temporal angle between hairline and temple line, 0 (the
                               style's own) or up to 160, [0, 160], default 0; below 50 it is 50 */
} smp_hairline_desc;

SMP_API void smp_hairline_desc_init_sized(smp_hairline_desc *desc, size_t size);
#define smp_hairline_desc_init(desc) smp_hairline_desc_init_sized((desc), sizeof *(desc))
SMP_API const smp_field *smp_hairline_desc_fields(uint32_t *count);

typedef enum smp_hairline_rule {
    SMP_HAIRLINE_RULE_8_CM = 0,   /* 80 mm up the skin from the glabella; female 64 */
    SMP_HAIRLINE_RULE_THIRDS = 1, /* the upper third of the face as tall as the mean of the other
                                     two; female 6 mm taller than the lower one */
    SMP_HAIRLINE_RULE_COUNT = 2
} smp_hairline_rule;

/* Sets hairline->height_mm by a published rule (its style says which sex), kept within its range.
 *
 * head          NULL for the default head
 * landmarks_mm  x y z of each smp_landmark in turn, as measured on this person; NULL: those of
 *               smp_head_landmark(). Glabella, nose base and chin are used, by the thirds alone
 * errors        SMP_ERR_ARGUMENT a flat head, a rule that is none; SMP_ERR_RANGE landmarks that are
 *               not finite, or not below each other
 * source        docs/plan.md 2 */
SMP_NODISCARD SMP_API smp_status smp_hairline_place(const smp_head *head, smp_hairline_rule rule,
                                                    const double *landmarks_mm,
                                                    smp_hairline_desc *hairline, smp_diag *diag);

typedef struct smp_session_desc {
    uint32_t struct_size; /* set by smp_session_desc_init() */
    float
        share; /* of the final density that is in place after this session, [0.001, 1], default 1 */
    double day;        /* since the first session, [0, 36500], default 0 */
    float dose_scale;  /* dilution: times the plan's dose, [0, 4], default 1 */
    uint32_t reserved; /* 0 */
    float needle_mm;   /* width of the needle's tip, [0, 1], default 0: the plan's diameter */
    float depth_mm; /* how deep the needle goes, [0, 3], default 0: the plan's top and height; else
                       smp_column_from_needle() */
    uint32_t zones; /* where: bit 0 outside all zones, bit i in zone i (counted from 1); default
                       all */
    uint32_t reserved1; /* 0 */
} smp_session_desc;

SMP_API void smp_session_desc_init_sized(smp_session_desc *desc, size_t size);
#define smp_session_desc_init(desc) smp_session_desc_init_sized((desc), sizeof *(desc))
SMP_API const smp_field *smp_session_desc_fields(uint32_t *count);

/* ---- zones and scars ---------------------------------------------------------------------- */

typedef enum smp_zone_kind {
    SMP_ZONE_TREAT = 0,      /* a density of its own, also beyond the hairline */
    SMP_ZONE_EXCLUDE = 1,    /* no pigment */
    SMP_ZONE_SCAR_STRIP = 2, /* along an open curve: the line that a strip (FUT) leaves */
    SMP_ZONE_SCAR_DOTS = 3,  /* round scars of single grafts (FUE), spread over the polygon */
    SMP_ZONE_SCAR_PATCH = 4, /* a burn or another scar, as large as the polygon */
    SMP_ZONE_KIND_COUNT = 5
} smp_zone_kind;

#define SMP_ZONES_MAX 31
#define SMP_ZONE_POINTS_MAX 256
#define SMP_MASK_ALL 0xffffffffu

typedef struct smp_zone_desc {
    uint32_t struct_size; /* set by smp_zone_desc_init() */
    uint32_t kind;        /* an smp_zone_kind, default TREAT */
    float density_scale;  /* times full density, [0, 1], default 1; unused by EXCLUDE */
    float dose_scale;     /* times the plan's dose, [0, 4], default 1 */
    float fade_mm;        /* soft edge, half inside and half outside, [0, 40], default 4 */
    float width_mm;       /* of a strip, [0.5, 60], default 8 */
    float dots_per_cm2;   /* round scars, [0.1, 60], default 15 */
    float dot_mm;         /* their diameter, [0.2, 4], default 0.9 */
    uint32_t sessions;    /* that treat the zone: bit i is session i, default all */
    float uptake; /* of pigment over that of normal skin, [0, 2], default 0: 1, in scars 0.8 */
    float spread; /* of a dot over that in normal skin, [0, 5], default 0: 1, in scars 1.3 */
    float fade;   /* pace of loss over that of normal skin, [0, 10], default 0: 1, in scars 2 */
    float
        lightness; /* of scar skin less that around it, L*, [-30, 30], default 0: as photographed */
    float redness; /* a* likewise, [-20, 20], default 0 */
} smp_zone_desc;

SMP_API void smp_zone_desc_init_sized(smp_zone_desc *desc, size_t size);
#define smp_zone_desc_init(desc) smp_zone_desc_init_sized((desc), sizeof *(desc))
SMP_API const smp_field *smp_zone_desc_fields(uint32_t *count);

/* ---- hair that is left -------------------------------------------------------------------- */

typedef enum smp_pattern {
    SMP_PATTERN_NONE = 0, /* nothing said: all of the region is treated */
    SMP_PATTERN_NORWOOD_1 = 1,
    SMP_PATTERN_NORWOOD_2 = 2,
    SMP_PATTERN_NORWOOD_2A = 3,
    SMP_PATTERN_NORWOOD_3 = 4,
    SMP_PATTERN_NORWOOD_3A = 5,
    SMP_PATTERN_NORWOOD_3V = 6,
    SMP_PATTERN_NORWOOD_4 = 7,
    SMP_PATTERN_NORWOOD_4A = 8,
    SMP_PATTERN_NORWOOD_5 = 9,
    SMP_PATTERN_NORWOOD_5A = 10,
    SMP_PATTERN_NORWOOD_6 = 11,
    SMP_PATTERN_NORWOOD_7 = 12,
    SMP_PATTERN_LUDWIG_1 = 13,
    SMP_PATTERN_LUDWIG_2 = 14,
    SMP_PATTERN_LUDWIG_3 = 15,
    SMP_PATTERN_PATCHES = 16, /* alopecia areata */
    SMP_PATTERN_TOTAL = 17,
    SMP_PATTERN_COUNT = 18
} smp_pattern;

typedef enum smp_whorl {
    SMP_WHORL_CLOCKWISE = 0, /* seen from above */
    SMP_WHORL_ANTICLOCKWISE = 1,
    SMP_WHORL_COUNT = 2
} smp_whorl;

/* Which hair is left; what is missing is treated. */
typedef struct smp_pattern_desc {
    uint32_t struct_size; /* set by smp_pattern_desc_init() */
    uint32_t pattern;     /* an smp_pattern, default NONE */
    float hair_per_cm2;   /* where none is lost, [1, 400], default 140 */
    float blend;    /* least share of full density where hair is, so that pigment runs in under it,
                       [0, 1], default 0 */
    float edge_mm;  /* over which hair thins out at the border of the loss, [1, 60], default 14 */
    float progress; /* further (+) or less far (-) along than the type, [-1, 1], default 0 */
    float whorl_left_mm;  /* the crown's whorl left of the midline, [-60, 60], default 0 */
    float whorl_back_mm;  /* and behind the highest point, along the skin, [-20, 120], default 55 */
    uint32_t whorl;       /* an smp_whorl, default CLOCKWISE */
    float whorl_strength; /* how much dots follow the whorl, [0, 1], default 0 */
    uint32_t patch_count; /* of PATCHES, [1, 40], default 6 */
    float patch_mm;       /* their mean diameter, [5, 80], default 28 */
} smp_pattern_desc;

SMP_API void smp_pattern_desc_init_sized(smp_pattern_desc *desc, size_t size);
#define smp_pattern_desc_init(desc) smp_pattern_desc_init_sized((desc), sizeof *(desc))
SMP_API const smp_field *smp_pattern_desc_fields(uint32_t *count);

/* ---- later on ----------------------------------------------------------------------------- */

typedef enum smp_event_kind {
    SMP_EVENT_TOUCH_UP = 0,
    SMP_EVENT_LASER = 1,
    SMP_EVENT_KIND_COUNT = 2
} smp_event_kind;

#define SMP_EVENTS_MAX 16

/* What happens after the sessions. */
typedef struct smp_event_desc {
    uint32_t struct_size; /* set by smp_event_desc_init() */
    uint32_t kind;        /* an smp_event_kind, default TOUCH_UP */
    double day;           /* since the first session, [0, 36500], default 1461: four years */
    float share;          /* touch-up: new dots, times the density there, [0, 1], default 0.3 */
    float dose_scale;     /* touch-up: dilution, times the plan's dose, [0, 4], default 1 */
    uint32_t zones;       /* where, as in smp_session_desc, default all */
    float strength;       /* laser: share of the pigment there that goes, [0, 1], default 0.5 */
    float needle_mm, depth_mm;  /* touch-up: as in smp_session_desc, default 0 */
    float hairline_height_mm;   /* touch-up: a new height, [40, 130], or 0: stays. Default 0 */
    float hairline_softness_mm; /* touch-up: a new softness, [1, 30], or 0: stays. Default 0 */
    uint32_t hairline_style;    /* touch-up: an smp_hairline_style + 1, or 0: stays. Default 0 */
    uint32_t reserved;          /* 0 */
} smp_event_desc;

SMP_API void smp_event_desc_init_sized(smp_event_desc *desc, size_t size);
#define smp_event_desc_init(desc) smp_event_desc_init_sized((desc), sizeof *(desc))
SMP_API const smp_field *smp_event_desc_fields(uint32_t *count);

/* Whose skin it is and how it is lived in: what speeds and slows fading. Meaning, formulas and
 * sources: docs/model/time.md. */
typedef struct smp_life_desc {
    uint32_t struct_size;    /* set by smp_life_desc_init() */
    float skin_type;         /* Fitzpatrick, [0, 6], default 0: as the photo says, else 3 */
    float oiliness;          /* 0 dry, 1 oily, [0, 1], default 0.5 */
    float sun_hours_per_day; /* on the scalp, [0, 16], default 1 */
    float sunscreen;         /* share of those hours with it, [0, 1], default 0.3 */
    float exfoliation;       /* 0 never, 1 daily, [0, 1], default 0.25 */
    float immune;            /* how much it clears pigment, 0.5 average, [0, 1], default 0.5 */
    float lifestyle; /* -1 spared, 0 typical, 1 sweat, chlorine, smoking, [-1, 1], default 0 */
    float variation; /* what none of these explains: standard deviations, [-3, 3],
                        default 0 */
    float hair_growth_mm_per_day; /* [0, 1], default 0.35: African 0.28, Caucasian 0.37, Asian
                                     0.41 */
    float days_unshaved; /* since the last shave, on the day that is shown, [0, 365], default 0: no
                            stubble */
    float tan; /* at midsummer, of the treated skin, [0, 1], default 0. Melanin x (1 + 0.6 tan)
                */
    uint32_t person; /* draws a person's variation, on top of `variation`; default 0: none */
    float
        midsummer_day; /* the first midsummer after the first session, days, [0, 366], default 90 */
    float regrowth;    /* share of the lost hair that comes back within two years, [0, 1],
                          default 0 */
    float hair_mm;     /* thickness of a hair, [0.02, 0.15], default 0.07 */
    float hair_light;  /* what it reflects, 0 black, 0.05 dark brown, 0.4 fair, 0.7 white, [0, 1],
                          default 0.04 */
} smp_life_desc;

SMP_API void smp_life_desc_init_sized(smp_life_desc *desc, size_t size);
#define smp_life_desc_init(desc) smp_life_desc_init_sized((desc), sizeof *(desc))
SMP_API const smp_field *smp_life_desc_fields(uint32_t *count);

/* ---- the plan ----------------------------------------------------------------------------- */

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

/* The pigment of all sessions, and of one (NULL: that of the plan again).
 * errors  SMP_ERR_RANGE a field; SMP_ERR_ARGUMENT every share is 0, no such session */
SMP_NODISCARD SMP_API smp_status smp_plan_set_pigment(smp_plan *plan, const smp_pigment *pigment,
                                                      smp_diag *diag);
SMP_NODISCARD SMP_API smp_status smp_plan_set_session_pigment(smp_plan *plan, uint32_t session,
                                                              const smp_pigment *pigment,
                                                              smp_diag *diag);
/* What a session implants: its own pigment, or the plan's. session >= the number of sessions: the
 * plan's. */
SMP_NODISCARD SMP_API smp_status smp_plan_get_pigment(const smp_plan *plan, uint32_t session,
                                                      smp_pigment *pigment, smp_diag *diag);

/* Which hair is left. NULL: nothing said. */
SMP_NODISCARD SMP_API smp_status smp_plan_set_pattern(smp_plan *plan, const smp_pattern_desc *desc,
                                                      smp_diag *diag);
SMP_NODISCARD SMP_API smp_status smp_plan_get_pattern(const smp_plan *plan, smp_pattern_desc *desc,
                                                      smp_diag *diag);

SMP_NODISCARD SMP_API smp_status smp_plan_set_life(smp_plan *plan, const smp_life_desc *desc,
                                                   smp_diag *diag);
SMP_NODISCARD SMP_API smp_status smp_plan_get_life(const smp_plan *plan, smp_life_desc *desc,
                                                   smp_diag *diag);

/* Adds a zone; where zones overlap, the later one holds. Dots carry the number of their zone,
 * counted from 1, and 0 outside all.
 *
 * xyz_mm  count points on or near the head, x y z each: the corners of a closed polygon (3 to 256),
 *         or the middle line of a strip (2 to 256). A polygon must fit on half the head.
 * number  NULL, or receives the zone's number
 * errors  SMP_ERR_ARGUMENT the number of points; SMP_ERR_RANGE a field, a coordinate that is not
 *         finite or more than 40 mm off the head; SMP_ERR_LIMIT over 31 zones or 4096 points in
 *         all; SMP_ERR_MEMORY */
SMP_NODISCARD SMP_API smp_status smp_plan_add_zone(smp_plan *plan, const smp_zone_desc *desc,
                                                   const double *xyz_mm, uint32_t count,
                                                   uint32_t *number, smp_diag *diag);
/* Changes a zone's fields; its points stay. */
SMP_NODISCARD SMP_API smp_status smp_plan_set_zone(smp_plan *plan, uint32_t number,
                                                   const smp_zone_desc *desc, smp_diag *diag);
SMP_NODISCARD SMP_API smp_status smp_plan_clear_zones(smp_plan *plan, smp_diag *diag);
SMP_API uint32_t smp_plan_zone_count(const smp_plan *plan);
/* count  NULL, or receives the number of points */
SMP_NODISCARD SMP_API smp_status smp_plan_get_zone(const smp_plan *plan, uint32_t number,
                                                   smp_zone_desc *desc, uint32_t *count,
                                                   smp_diag *diag);
/* x y z of each point, into room for `room` points. errors SMP_ERR_ARGUMENT too little room */
SMP_NODISCARD SMP_API smp_status smp_plan_get_zone_points(const smp_plan *plan, uint32_t number,
                                                          double *xyz_mm, uint32_t room,
                                                          smp_diag *diag);

/* Up to 16 events, days not falling, none before the last session; NULL and 0 take them away. The
 * step between elements is events[0].struct_size. A touch-up's dots carry the number of sessions
 * plus the event's index as their session.
 * errors  SMP_ERR_ARGUMENT, SMP_ERR_RANGE */
SMP_NODISCARD SMP_API smp_status smp_plan_set_events(smp_plan *plan, const smp_event_desc *events,
                                                     uint32_t count, smp_diag *diag);
SMP_API uint32_t smp_plan_event_count(const smp_plan *plan);
SMP_NODISCARD SMP_API smp_status smp_plan_get_event(const smp_plan *plan, uint32_t index,
                                                    smp_event_desc *desc, smp_diag *diag);

/* The pigment of a touch-up (NULL: that of the plan again). Events keep it by their index when they
 * are set anew, as sessions do; a laser has no use for it.
 * errors  SMP_ERR_RANGE a field; SMP_ERR_ARGUMENT every share is 0, no such event */
SMP_NODISCARD SMP_API smp_status smp_plan_set_event_pigment(smp_plan *plan, uint32_t event,
                                                            const smp_pigment *pigment,
                                                            smp_diag *diag);
/* What a touch-up implants: its own pigment, or the plan's. */
SMP_NODISCARD SMP_API smp_status smp_plan_get_event_pigment(const smp_plan *plan, uint32_t event,
                                                            smp_pigment *pigment, smp_diag *diag);

/* Painted density: multiplies the plan's. NULL takes it away.
 *
 * grid    1 to 256 pixels wide and high, values in [0, 1], kept in 255 steps. On a patch it covers
 *         the patch. On a head it is the map of the scalp as seen from above, face down: the crown
 *         in the middle, right is the head's own left, and the distance from the middle is the
 *         polar angle, 0.74 pi (below the nape) at the edge.
 *
 * errors  SMP_ERR_ARGUMENT its size; SMP_ERR_RANGE a value; SMP_ERR_MEMORY */
SMP_NODISCARD SMP_API smp_status smp_plan_set_density_map(smp_plan *plan, const smp_grid *grid,
                                                          smp_diag *diag);
/* The same painted on a photo, a value per pixel: what the photo does not show keeps `elsewhere`,
 * in [0, 1]. The grid may have any size. */
SMP_NODISCARD SMP_API smp_status smp_plan_set_density_photo(smp_plan *plan, const smp_grid *grid,
                                                            const smp_camera *camera,
                                                            float elsewhere, smp_diag *diag);

/* Hairs that are there: no dot comes nearer than keep_mm, [0, 5]. Up to 50,000, x y z each, kept in
 * steps of 0.05 mm. NULL and 0 take them away.
 * errors  SMP_ERR_LIMIT, SMP_ERR_RANGE a coordinate outside +-1600 mm, SMP_ERR_MEMORY */
SMP_NODISCARD SMP_API smp_status smp_plan_set_obstacles(smp_plan *plan, const float *xyz_mm,
                                                        uint32_t count, float keep_mm,
                                                        smp_diag *diag);
SMP_API uint32_t smp_plan_obstacle_count(const smp_plan *plan);

/* Another plan, equal in all. */
SMP_NODISCARD SMP_API smp_status smp_plan_copy(const smp_context *ctx, const smp_plan *plan,
                                               smp_plan **copy, smp_diag *diag);

/* What a needle leaves: pigment lies along its track. As wide as the tip, from 0.08 + 0.04 depth to
 * 0.92 depth - 0.11 below the surface (0.05 tall at least), through design's two cases: 0.5 mm
 * leaves 0.10 to 0.35, a tattoo's 1.75 mm 0.15 to 1.5 and 20 times the dose. diameter_mm, top_mm
 * and height_mm are set, dose is multiplied by (height / 0.25)^1.776; assumed between and beyond.
 * errors  SMP_ERR_RANGE needle_mm outside [0.05, 1], depth_mm outside [0.15, 3] */
SMP_NODISCARD SMP_API smp_status smp_column_from_needle(float needle_mm, float depth_mm,
                                                        smp_column *column, smp_diag *diag);

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

/* Hairs that the pattern leaves at a point, per cm2; 0 when no pattern is given. */
SMP_API double smp_plan_hair(const smp_plan *plan, const double xyz_mm[3]);

/* The zone at a point, counted from 1; 0 outside all. Of round scars only the scars themselves. */
SMP_API uint32_t smp_plan_zone_at(const smp_plan *plan, const double xyz_mm[3]);

/* ---- what it amounts to ------------------------------------------------------------------- */

/* Of a plan, or of a part of it. */
typedef struct smp_measures {
    uint32_t struct_size;   /* set by smp_measures_init() */
    uint32_t reserved;      /* 0 */
    double area_cm2;        /* where there are to be dots: 1 per cm2 and more */
    double dots;            /* expected; those of smp_dots_create() differ by a few in a thousand */
    double density_per_cm2; /* dots over area */
    double spacing_mm;      /* mean distance of neighbours in a hexagonal lattice of that density */
    double hours;      /* at the chair: 14,000 dots in 3 hours (a practitioner's figure), without
                          consultation and breaks */
    double hours_low;  /* in 2 hours */
    double hours_high; /* in 4 hours */
} smp_measures;

SMP_API void smp_measures_init_sized(smp_measures *measures, size_t size);
#define smp_measures_init(measures) smp_measures_init_sized((measures), sizeof *(measures))
SMP_API const smp_field *smp_measures_fields(uint32_t *count);

/* Area, dots and time by zone and session.
 *
 * zone    0: outside all zones, 1 and on: that zone, SMP_MASK_ALL: everywhere
 * group   a session, or the number of sessions plus an event's index, or SMP_MASK_ALL: all sessions
 *         (not the events)
 * errors  SMP_ERR_ARGUMENT no such zone or group, NULL
 * source  docs/plan.md 7; the mean over some 60,000 places, 0.3 % off at most */
SMP_NODISCARD SMP_API smp_status smp_plan_measure(const smp_plan *plan, uint32_t zone,
                                                  uint32_t group, smp_measures *measures,
                                                  smp_diag *diag);

/* What a senior practitioner would warn of. Limits and sources: docs/plan.md 8. */
typedef enum smp_warning_code {
    SMP_WARN_TOO_LOW = 1,        /* hairline near the brows */
    SMP_WARN_NO_ROOM = 2,        /* a young hairline over advanced loss */
    SMP_WARN_STRAIGHT = 3,       /* a line drawn with a ruler */
    SMP_WARN_HARD_EDGE = 4,      /* dense up to the line */
    SMP_WARN_FILLED_CORNERS = 5, /* the fronto-temporal angle is gone */
    SMP_WARN_TOO_DENSE = 6,      /* no gaps stay visible */
    SMP_WARN_TOO_EVEN = 7,       /* a grid, or all dots alike */
    SMP_WARN_TOO_LARGE = 8,      /* dots wider than stubble */
    SMP_WARN_TOO_DEEP = 9,       /* blurs, turns blue */
    SMP_WARN_TOO_DARK = 10,      /* for this skin */
    SMP_WARN_ONE_SESSION = 11,   /* all at once, nothing to correct by */
    SMP_WARN_TOO_SOON = 12,      /* sessions before the last has healed */
    SMP_WARN_LONG_SESSION = 13,  /* more dots than a day's work */
    SMP_WARN_GOES_SOLID = 14,    /* touch-ups fill the gaps */
    SMP_WARN_HARD_SIDES = 15     /* no fade at sides and nape */
} smp_warning_code;

/* This struct never changes. */
typedef struct smp_warning {
    uint32_t code;      /* an smp_warning_code */
    float value, limit; /* what was found, and from where on it is warned of */
    char text[180];     /* one sentence */
} smp_warning;

/* skin   NULL: not known, taken as light
 * out    room for `room` warnings, or NULL and 0
 * count  receives how many there are, which may be more than room
 * errors SMP_ERR_RANGE a field of skin; SMP_ERR_ARGUMENT NULL */
SMP_NODISCARD SMP_API smp_status smp_plan_warnings(const smp_plan *plan, const smp_skin *skin,
                                                   smp_warning *out, uint32_t room, uint32_t *count,
                                                   smp_diag *diag);

/* Ready plans by name: conservative, typical (the default), bold; and faults to be shown as
 * warnings, each of which smp_plan_warnings() finds: too_low, too_dense, helmet, grid, blow_out,
 * blue.
 *
 * head    NULL for the default head
 * errors  SMP_ERR_ARGUMENT no such name; SMP_ERR_RANGE a field of head; SMP_ERR_MEMORY */
SMP_NODISCARD SMP_API smp_status smp_plan_from_preset(const smp_context *ctx, const char *name,
                                                      const smp_head *head, smp_plan **plan,
                                                      smp_diag *diag);
SMP_API uint32_t smp_plan_preset_count(void);
/* Name of a preset and, if about is not NULL, a sentence on it; NULL from the count on. */
SMP_API const char *smp_plan_preset_name(uint32_t index, const char **about);

SMP_END

#endif
