/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Growing structs: defaults, copies between releases, and range checks from their field tables. */
#include "base/fields.h"

#include <math.h>
#include <string.h>

#include "base/diag.h"
#include "base/guard.h"

/* Bytes of one element; 0 for what holds no number. */
static uint32_t element_size(const smp_field *field)
{
    switch (field->type) {
    case SMP_FIELD_F64:
    case SMP_FIELD_U64:
        return 8;
    case SMP_FIELD_SIZE:
    case SMP_FIELD_HANDLE:
        return 0;
    default:
        return 4;
    }
}

static void write_number(unsigned char *at, const smp_field *field, double value)
{
    const float single = (float)value;
    const int32_t integer = field->type == SMP_FIELD_I32 ? (int32_t)value : 0;
    uint64_t wide = 0;
    uint32_t word = 0;
    switch (field->type) {
    case SMP_FIELD_F32:
        memcpy(at, &single, sizeof single);
        break;
    case SMP_FIELD_F64:
        memcpy(at, &value, sizeof value);
        break;
    case SMP_FIELD_I32:
        memcpy(at, &integer, sizeof integer);
        break;
    case SMP_FIELD_U64:
        wide = (uint64_t)value;
        memcpy(at, &wide, sizeof wide);
        break;
    default:
        word = (uint32_t)value;
        memcpy(at, &word, sizeof word);
        break;
    }
}

static double read_number(const unsigned char *at, const smp_field *field)
{
    double value;
    float single;
    int32_t integer;
    uint64_t wide;
    uint32_t word;
    switch (field->type) {
    case SMP_FIELD_F32:
        memcpy(&single, at, sizeof single);
        return (double)single;
    case SMP_FIELD_F64:
        memcpy(&value, at, sizeof value);
        return value;
    case SMP_FIELD_I32:
        memcpy(&integer, at, sizeof integer);
        return (double)integer;
    case SMP_FIELD_U64:
        memcpy(&wide, at, sizeof wide);
        return (double)wide;
    default:
        memcpy(&word, at, sizeof word);
        return (double)word;
    }
}

void smpi_fields_init(void *desc, size_t size, const smp_field *fields, uint32_t count)
{
    if (!desc)
        return;
    unsigned char *bytes = desc;
    const uint32_t size32 = size <= SMPI_DESC_MAX ? (uint32_t)size : 0;
    const smpi_float host = smpi_float_enter(); /* defaults are rounded to float here */
    memset(bytes, 0, size);
    for (uint32_t i = 0; i < count; i++) {
        const smp_field *f = &fields[i];
        const uint32_t step = element_size(f);
        for (uint32_t k = 0; step && k < f->count; k++) {
            const size_t at = (size_t)f->offset + (size_t)k * step;
            if (at + step <= size)
                write_number(bytes + at, f, f->initial);
        }
    }
    if (size >= sizeof size32)
        memcpy(bytes, &size32, sizeof size32);
    smpi_float_leave(&host);
}

/* The struct_size of a caller's struct, or a failure: the upper bound keeps a garbage size from
 * sending a scan outside the struct. */
static smp_status caller_size(const void *caller, uint32_t *size, smp_diag *diag)
{
    memcpy(size, caller, sizeof *size);
    if (*size < sizeof *size || *size > SMPI_DESC_MAX || *size % sizeof *size)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "struct_size is %lu: call the _init function",
                         (unsigned long)*size);
    return SMP_OK;
}

smp_status smpi_desc_load(void *dst, size_t dst_size, const void *src, smp_diag *diag)
{
    if (!src)
        return SMP_OK; /* all defaults */
    uint32_t size, own;
    SMPI_TRY(caller_size(src, &size, diag));
    const unsigned char *bytes = src;
    for (size_t i = dst_size; i < size; i++)
        if (bytes[i])
            return smpi_fail(diag, SMP_ERR_UNSUPPORTED,
                             "a field at byte %zu is newer than this library", i);
    memcpy(&own, dst, sizeof own);
    memcpy(dst, src, size < dst_size ? size : dst_size);
    memcpy(dst, &own, sizeof own); /* what was missing is filled: it has our size now */
    return SMP_OK;
}

smp_status smpi_desc_store(void *caller, const void *src, size_t src_size, smp_diag *diag)
{
    if (!caller)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "the struct to be filled is NULL");
    uint32_t size;
    SMPI_TRY(caller_size(caller, &size, diag));
    const size_t head = sizeof size;
    const size_t both = size < src_size ? size : src_size;
    if (both > head)
        memcpy((unsigned char *)caller + head, (const unsigned char *)src + head, both - head);
    if (size > both)
        memset((unsigned char *)caller + both, 0, size - both);
    return SMP_OK;
}

/* "a, b, c": the names that are allowed. */
static void list_names(const smp_field *field, char *text, size_t size)
{
    size_t used = 0;
    text[0] = '\0';
    for (const char *const *name = field->names; *name && used < size; name++)
        if ((*name)[0])
            used += smpi_format(text + used, size - used, "%s%s", used ? ", " : "", *name);
}

static smp_status fail_range(const smp_field *field, uint32_t k, double value, smp_diag *diag)
{
    char where[64], want[128], number[32];
    if (field->count > 1)
        smpi_format(where, sizeof where, "%s[%lu]", field->name, (unsigned long)k);
    else
        smpi_format(where, sizeof where, "%s", field->name);
    if (isnan(value))
        smpi_format(number, sizeof number, "nan"); /* never "-nan", which some libraries print */
    else
        smpi_format(number, sizeof number, "%.9g", value);
    if (field->type == SMP_FIELD_ENUM && field->names) {
        list_names(field, want, sizeof want);
        return smpi_fail(diag, SMP_ERR_RANGE, "%s is %s, want one of: %s", where, number, want);
    }
    if (field->type == SMP_FIELD_BOOL)
        return smpi_fail(diag, SMP_ERR_RANGE, "%s is %s, want 0 or 1", where, number);
    return smpi_fail(diag, SMP_ERR_RANGE, "%s is %s%s%s, want [%.10g, %.10g]", where, number,
                     field->unit[0] ? " " : "", field->unit, field->min, field->max);
}

/* Limits as the field's own type holds them, so that a float set to a documented limit is inside.
 */
static int in_range(const smp_field *f, double value)
{
    const int narrow = f->type == SMP_FIELD_F32;
    const double min = narrow ? (double)(float)f->min : f->min;
    const double max = narrow ? (double)(float)f->max : f->max;
    return value >= min && value <= max;
}

/* Whether an enum's value has a name; the list may be shorter than max says. */
static int enum_named(const smp_field *field, double value)
{
    if (field->type != SMP_FIELD_ENUM || !field->names)
        return 1;
    for (uint32_t i = 0; field->names[i]; i++)
        if ((double)i == value)
            return field->names[i][0] != '\0';
    return 0;
}

smp_status smpi_fields_check(const void *desc, const smp_field *fields, uint32_t count,
                             smp_diag *diag)
{
    for (uint32_t i = 0; i < count; i++) {
        const smp_field *f = &fields[i];
        const uint32_t step = element_size(f);
        for (uint32_t k = 0; step && k < f->count; k++) {
            const unsigned char *at = (const unsigned char *)desc + f->offset + (size_t)k * step;
            const double value = read_number(at, f);
            if (!in_range(f, value) || !enum_named(f, value))
                return fail_range(f, k, value, diag);
        }
    }
    return SMP_OK;
}

smp_status smpi_desc_read(void *dst, size_t dst_size, const void *src, const smp_field *fields,
                          uint32_t count, smp_diag *diag)
{
    smpi_fields_init(dst, dst_size, fields, count);
    SMPI_TRY(smpi_desc_load(dst, dst_size, src, diag));
    return smpi_fields_check(dst, fields, count, diag);
}
