/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What a plan is made of, for the rooms that read it. */
#ifndef SMPI_PLAN_PLAN_H
#define SMPI_PLAN_PLAN_H

#include <smp/plan.h>

#include "plan/hair.h"
#include "plan/region.h"
#include "plan/shapes.h"

enum {
    SMPI_SESSIONS_MAX = 8,
    SMPI_CURVE_MAX = 256,
    SMPI_ZONE_POINTS_ALL = 4096,
    SMPI_MAP_MAX = 256,
    SMPI_OBSTACLES_MAX = 50000,
    SMPI_GROUPS = SMPI_SESSIONS_MAX + SMP_EVENTS_MAX /* sessions, then events */
};
#define SMPI_OBSTACLE_STEP 0.05f /* mm */

/* All that was asked for. Copying it borrows the three arrays; they belong to one plan. */
typedef struct smpi_plan_data {
    smp_head head;
    smp_plan_desc desc;
    smp_hairline_desc hairline;
    uint32_t session_count; /* 1 to SMPI_SESSIONS_MAX */
    uint32_t curve_count;   /* 0: no curve drawn by hand */
    smp_session_desc session[SMPI_SESSIONS_MAX];
    double curve_mm[3 * SMPI_CURVE_MAX]; /* as given, x y z */
    smp_pigment pigment;
    smp_pigment session_pigment[SMPI_SESSIONS_MAX]; /* struct_size 0: the plan's */
    smp_pattern_desc pattern;
    smp_life_desc life;
    uint32_t event_count, zone_count;
    smp_event_desc event[SMP_EVENTS_MAX];
    smp_pigment event_pigment[SMP_EVENTS_MAX]; /* struct_size 0: the plan's */
    smp_zone_desc zone[SMP_ZONES_MAX];
    uint32_t zone_from[SMP_ZONES_MAX + 1]; /* first point of each zone, and their number */
    float *zone_mm;                        /* x y z of zone_from[zone_count] points */
    uint8_t *map;                          /* NULL, or map_width * map_height shares, 255 is 1 */
    uint32_t map_width, map_height;
    float *obstacle_mm; /* x y z */
    uint32_t obstacle_count;
    float keep_mm;
} smpi_plan_data;

struct smp_plan {
    const smp_context *ctx;
    smpi_plan_data data;
    /* What follows from data. */
    smpi_region region;
    smpi_region event_region[SMP_EVENTS_MAX];         /* nu 0: the line stays the plan's own */
    smp_hairline_desc event_hairline[SMP_EVENTS_MAX]; /* struct_size 0: stays as it was */
    smpi_shapes shapes;
    smpi_hair hair;
};

/* The defaults of smp_plan_create() for a head that was read already. */
void smpi_plan_data_init(smpi_plan_data *data, const smp_head *head);
/* Frees the arrays. */
void smpi_plan_data_free(const smp_context *ctx, smpi_plan_data *data);
/* Fields in range, sessions in order, a curve that can be followed. */
smp_status smpi_plan_data_check(const smpi_plan_data *data, smp_diag *diag);
/* A plan from checked data, whose arrays become the plan's, unless this fails. */
smp_status smpi_plan_from_data(const smp_context *ctx, const smpi_plan_data *data, smp_plan **plan,
                               smp_diag *diag);
/* The same for data that are alike but for where the arrays lie: what follows is copied, which
 * takes a hundredth of the time. */
smp_status smpi_plan_from_plan(const smp_context *ctx, const smp_plan *from,
                               const smpi_plan_data *data, smp_plan **plan, smp_diag *diag);
/* Takes checked data and what follows from it, or leaves all as it was. Arrays that differ from the
 * plan's become the plan's; the old ones are freed. */
smp_status smpi_plan_change(smp_plan *plan, const smpi_plan_data *next, smp_diag *diag);

/* A caller's struct over the defaults of its table, checked; struct_size is ours. */
smp_status smpi_plan_read(void *dst, size_t size, const void *src,
                          const smp_field *(*table)(uint32_t *count), smp_diag *diag);

/* Points of a zone are on or near the head, enough, and not too many. */
smp_status smpi_zone_check(const smpi_plan_data *data, uint32_t index, smp_diag *diag);

/* 1 only when both ask for the same dots and scars on the same head; pigments and lives may differ.
 */
int smpi_plan_same_dots(const smp_plan *a, const smp_plan *b);

/* ---- for the rooms that read plans -------------------------------------------------------- */

/* A place of the surface with its coordinates, which depend on the head alone: keep them. */
typedef struct smpi_spot {
    double xyz[3], u, v;
} smpi_spot;

void smpi_spot_at(const smp_head *head, const double xyz_mm[3], smpi_spot *spot);

/* Density after all sessions, dots per cm2, and the zone (0: none), as smp_plan_density() and
 * smp_plan_zone_at(). zone may be NULL. */
double smpi_plan_density_spot(const smp_plan *plan, const smpi_spot *spot, uint32_t *zone);

/* Dots are put down by groups: group g < session_count is a session, else event g - session_count.
 * Dots per cm2 up to which places are used when each group is done, rising: the place whose rank
 * lies between top[g - 1] and top[g] belongs to group g, and is left empty where
 * smpi_plan_touches() says 0. Returns the number of groups. */
uint32_t smpi_plan_tops(const smp_plan *plan, const smpi_spot *spot, double top[SMPI_GROUPS],
                        uint32_t *zone);
/* What is known of smpi_plan_tops() over a ball about a place: that it is 0 everywhere, or
 * everywhere that of full density outside all zones. */
typedef enum smpi_extent {
    SMPI_EXTENT_VARIES = 0,
    SMPI_EXTENT_NOTHING = 1,
    SMPI_EXTENT_FULL = 2
} smpi_extent;
smpi_extent smpi_plan_extent(const smp_plan *plan, const smpi_spot *at, double radius_mm);
int smpi_plan_touches(const smp_plan *plan, uint32_t group, uint32_t zone);
uint32_t smpi_plan_group_count(const smp_plan *plan);

/* What a dot of a group in a zone gets before it varies; its pigment. */
typedef struct smpi_plan_column {
    float diameter_mm, top_mm, height_mm, dose;
} smpi_plan_column;
smpi_plan_column smpi_plan_group_column(const smp_plan *plan, uint32_t group, uint32_t zone);
const smp_pigment *smpi_plan_group_pigment(const smp_plan *plan, uint32_t group);
double smpi_plan_group_day(const smp_plan *plan, uint32_t group);

/* How skin of a zone takes and keeps pigment, over normal skin: 1, 1, 1 for zone 0. */
typedef struct smpi_plan_skin {
    float uptake, spread, fade;
} smpi_plan_skin;
smpi_plan_skin smpi_plan_zone_skin(const smp_plan *plan, uint32_t zone);

/* How a scar's own skin looks: adds L* and a* of all scars at a place, 0 elsewhere; 1 where there
 * is any. */
int smpi_plan_scar_skin(const smp_plan *plan, const double xyz_mm[3], float *lightness,
                        float *redness);
/* The plan has scars that look different at all. */
int smpi_plan_has_scar_skin(const smp_plan *plan);

#endif
