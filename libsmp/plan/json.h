/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What reading and writing a plan as JSON share: which fields of a table are members. */
#ifndef SMPI_PLAN_JSON_H
#define SMPI_PLAN_JSON_H

#include <smp/plan.h>

#include <cjson/cJSON.h>

#include "plan/plan.h"

#define SMPI_JSON_MAX ((size_t)1 << 20) /* bytes of a plan that are read */

typedef const smp_field *smpi_fields_fn(uint32_t *count);

/* struct_size and reserved fields are no members of the document. */
static inline int smpi_json_member(const smp_field *field)
{
    /* look has one value only today, but it is a member. */
    return field->type != SMP_FIELD_SIZE && field->type != SMP_FIELD_HANDLE &&
           (field->min < field->max || field->max > 0.0);
}

/* Where in the document: "hairline.", "sessions[1]." or "". */
typedef struct smpi_json_place {
    char path[40];
    smp_diag *diag;
} smpi_json_place;

/* "name is 3, want ..." */
smp_status smpi_json_wrong(const smpi_json_place *at, const cJSON *item, const char *name,
                           const char *want);
/* The members of a struct; `others` (NULL-ended, or NULL) names those that the caller reads itself.
 */
smp_status smpi_json_members(const smpi_json_place *at, const cJSON *object, smpi_fields_fn *table,
                             const char *const *others, void *desc);

/* Calls read for each object of a list of at most `most`; at says where it is. */
typedef smp_status smpi_json_item_fn(void *user, const smpi_json_place *at, const cJSON *item,
                                     uint32_t index);
smp_status smpi_json_list(const cJSON *list, const char *name, uint32_t most,
                          smpi_json_item_fn *read, void *user, smp_diag *diag);

/* [[x, y, z], ...]: up to `most` points into xyz; *count is set. */
smp_status smpi_json_points(const smpi_json_place *at, const cJSON *list, const char *name,
                            uint32_t most, double *xyz, uint32_t *count);

/* A pigment: an object of its fields. */
smp_status smpi_json_pigment(const smpi_json_place *at, const cJSON *item, smp_pigment *pigment);

/* A shade of the catalogue by name, into a pigment and a dose. Nothing when there is no such
 * member.
 */
smp_status smpi_json_shade(const smpi_json_place *at, const cJSON *object, smp_pigment *pigment,
                           float *dose);

/* "pigment" or "shade" of a session or a touch-up, if there is any. A shade's dose becomes a
 * dilution of the plan's. */
smp_status smpi_json_own_pigment(const smpi_json_place *at, const cJSON *object, float plan_dose,
                                 smp_pigment *pigment, float *dose_scale);

/* Pigment, pattern, life, events, zones, map and obstacles of a document; arrays are allocated and
 * belong to data. */
smp_status smpi_json_parts(const smp_context *ctx, const cJSON *root, smpi_plan_data *data,
                           smp_diag *diag);

/* Text that is only counted while `at` is NULL. */
typedef struct smpi_sink {
    uint8_t *at;
    size_t used;
} smpi_sink;

void smpi_put(smpi_sink *out, const char *text);
void smpi_put_indent(smpi_sink *out, int depth);
void smpi_put_number(smpi_sink *out, double value, int single);
/* The members of a struct, each on a line of its own; without the braces. */
void smpi_put_members(smpi_sink *out, const void *desc, smpi_fields_fn *table, int depth);
void smpi_put_points(smpi_sink *out, const char *name, const double *wide, const float *single,
                     uint32_t count, int depth);
/* , "name": {members} */
void smpi_put_part(smpi_sink *out, const char *name, const void *desc, smpi_fields_fn *table,
                   int depth);
/* What smpi_json_parts() reads, behind a comma. */
void smpi_put_parts(smpi_sink *out, const smpi_plan_data *data);

#endif
