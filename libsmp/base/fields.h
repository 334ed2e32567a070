/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Field tables: one line a field, from which range checks, defaults and bindings follow. */
#ifndef SMPI_BASE_FIELDS_H
#define SMPI_BASE_FIELDS_H

#include <smp/base.h>

#define SMPI_DESC_MAX 4096 /* bytes: a struct_size over this is no size */

/* The type is named from the member itself, so that it cannot drift. */
#define SMPI_FIELD_TYPE(type, member) \
    _Generic(((type *)0)->member,                                                  \
        uint32_t: SMP_FIELD_U32, int32_t: SMP_FIELD_I32, uint64_t: SMP_FIELD_U64,  \
        float: SMP_FIELD_F32, double: SMP_FIELD_F64,                               \
        float *: SMP_FIELD_F32, double *: SMP_FIELD_F64,                           \
        smp_allocator: SMP_FIELD_HANDLE, smp_runner: SMP_FIELD_HANDLE)

#define SMPI_SIZE_OF(type, member) ((uint32_t)sizeof(((type *)0)->member))

#define SMPI_FIELD_RAW(type, member, kind, count, unit, min, max, initial, names, help) \
    {                                                                                   \
#member, unit, help, names, (uint32_t)offsetof(type, member), (kind), (count),  \
            SMPI_SIZE_OF(type, member), (min), (max), (initial)                         \
    }

/* The first line of every table. */
#define SMPI_FIELD_HEAD(type)                                                         \
    SMPI_FIELD_RAW(type, struct_size, SMP_FIELD_SIZE, 1, "bytes", 4.0, SMPI_DESC_MAX, \
                   (double)sizeof(type), NULL, "Size of the struct, set by its init function.")
/* A number: SMPI_FIELD(smp_skin, melanin, "", 0.0, 0.5, 0.006, "Volume fraction of melanosomes.")
 */
#define SMPI_FIELD(type, member, unit, min, max, initial, help)                                   \
    SMPI_FIELD_RAW(type, member, SMPI_FIELD_TYPE(type, member), 1, unit, min, max, initial, NULL, \
                   help)
/* An array of n numbers, all with the same range and default. */
#define SMPI_FIELD_ARRAY(type, member, n, unit, min, max, initial, help)                          \
    SMPI_FIELD_RAW(type, member, SMPI_FIELD_TYPE(type, member), n, unit, min, max, initial, NULL, \
                   help)
/* An enum kept in a uint32_t: names is a NULL-ended array, last is its highest value. */
#define SMPI_FIELD_ENUM(type, member, names, last, initial, help)                               \
    SMPI_FIELD_RAW(type, member, SMP_FIELD_ENUM, 1, "", 0.0, (double)(last), (double)(initial), \
                   names, help)
#define SMPI_FIELD_BOOL(type, member, initial, help) \
    SMPI_FIELD_RAW(type, member, SMP_FIELD_BOOL, 1, "", 0.0, 1.0, initial, NULL, help)
/* A member that is kept at 0. */
#define SMPI_FIELD_RESERVED(type, member)                                                   \
    SMPI_FIELD_RAW(type, member, SMPI_FIELD_TYPE(type, member), 1, "", 0.0, 0.0, 0.0, NULL, \
                   "Reserved, 0.")

#define SMPI_COUNT(array) ((uint32_t)(sizeof(array) / sizeof *(array)))

/* Fills a caller's struct of `size` bytes with defaults; bytes beyond the table are zeroed,
 * struct_size is size. */
void smpi_fields_init(void *desc, size_t size, const smp_field *fields, uint32_t count);

/* Copies a caller's struct over dst, which holds defaults. src NULL: nothing happens. A member that
 * is newer than the library must be zero. errors SMP_ERR_ARGUMENT (a struct_size that is none),
 * SMP_ERR_UNSUPPORTED. */
smp_status smpi_desc_load(void *dst, size_t dst_size, const void *src, smp_diag *diag);

/* Copies a struct out into a caller's, as much as its struct_size says. errors SMP_ERR_ARGUMENT. */
smp_status smpi_desc_store(void *caller, const void *src, size_t src_size, smp_diag *diag);

/* Every field is finite and inside its range, else SMP_ERR_RANGE: "melanin is nan, want [0, 0.5]".
 */
smp_status smpi_fields_check(const void *desc, const smp_field *fields, uint32_t count,
                             smp_diag *diag);

/* init + load + check: what a public call does with a descriptor. */
smp_status smpi_desc_read(void *dst, size_t dst_size, const void *src, const smp_field *fields,
                          uint32_t count, smp_diag *diag);

/* The two public functions of a growing struct, from its table. A type takes no brackets. */
#define SMPI_DEFINE_FIELDS(type, table)                           \
    void type##_init_sized(type *desc, size_t size) /* NOLINT */  \
    {                                                             \
        smpi_fields_init(desc, size, (table), SMPI_COUNT(table)); \
    }                                                             \
    const smp_field *type##_fields(uint32_t *count)               \
    {                                                             \
        if (count)                                                \
            *count = SMPI_COUNT(table);                           \
        return (table);                                           \
    }

#endif
