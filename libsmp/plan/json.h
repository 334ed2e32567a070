/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What reading and writing a plan as JSON share: which fields of a table are members. */
#ifndef SMPI_PLAN_JSON_H
#define SMPI_PLAN_JSON_H

#include <smp/plan.h>

#define SMPI_JSON_MAX ((size_t)1 << 20) /* bytes of a plan that are read */

typedef const smp_field *smpi_fields_fn(uint32_t *count);

/* struct_size and reserved fields are no members of the document. */
static inline int smpi_json_member(const smp_field *field)
{
    /* look has one value only today, but it is a member. */
    return field->type != SMP_FIELD_SIZE && field->type != SMP_FIELD_HANDLE &&
           (field->min < field->max || field->max > 0.0);
}

#endif
