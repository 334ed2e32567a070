/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Parameter objects: any growing struct of the library from and to a JavaScript object, through its
 * field table. A field that a later release adds needs nothing here. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "addon.h"

#define DESC(name, type)                             \
    static void init_##type(void *desc, size_t size) \
    {                                                \
        type##_init_sized((type *)desc, size);       \
    }
#include "desc_types.inc"
#undef DESC
#define DESC(name, type) {#name, sizeof(type), init_##type, type##_fields},
const desc_type desc_types[] = {
#include "desc_types.inc"
};
#undef DESC
const uint32_t desc_type_count = sizeof desc_types / sizeof *desc_types;

const desc_type *desc_find(const char *name)
{
    for (uint32_t i = 0; i < desc_type_count; i++)
        if (!strcmp(desc_types[i].name, name))
            return desc_types + i;
    return NULL;
}

/* density_per_cm2 -> densityPerCm2 */
static void camel(const char *name, char out[64])
{
    size_t n = 0;
    for (; *name && n < 63; name++) {
        if (*name == '_' && name[1]) {
            name++;
            out[n++] = (char)(*name >= 'a' && *name <= 'z' ? *name - 'a' + 'A' : *name);
        } else {
            out[n++] = *name;
        }
    }
    out[n] = '\0';
}

static int is_shown(const smp_field *field)
{
    return field->type != SMP_FIELD_SIZE && field->type != SMP_FIELD_HANDLE &&
           strncmp(field->name, "reserved", 8) != 0;
}

/* ---- reading ------------------------------------------------------------------------------ */

static int name_value(napi_env env, napi_value value, const smp_field *field, double *x)
{
    char *text = get_text(env, value, field->name, NULL), list[512] = "";
    size_t used = 0;
    if (!text)
        return 0;
    for (uint32_t i = 0; field->names[i]; i++) {
        if (field->names[i][0] && !strcmp(field->names[i], text)) {
            *x = i;
            free(text);
            return 1;
        }
        if (field->names[i][0] && used < sizeof list)
            used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", used ? ", " : "",
                                     field->names[i]);
    }
    char shown[64], cut[40];
    camel(field->name, shown);
    snprintf(cut, sizeof cut, "%s", text);
    free(text);
    return bad(env, "%s is \"%s\", want one of %s", shown, cut, list);
}

static int one_number(napi_env env, napi_value value, const smp_field *field, double *x)
{
    napi_valuetype type = napi_undefined;
    bool truth = false, lossless = false;
    uint64_t wide = 0;
    char shown[64];
    napi_typeof(env, value, &type);
    camel(field->name, shown);
    if (type == napi_boolean && field->type == SMP_FIELD_BOOL) {
        napi_get_value_bool(env, value, &truth);
        *x = truth;
        return 1;
    }
    if (type == napi_string && field->type == SMP_FIELD_ENUM && field->names)
        return name_value(env, value, field, x);
    if (type == napi_bigint && field->type == SMP_FIELD_U64) {
        napi_get_value_bigint_uint64(env, value, &wide, &lossless);
        *x = lossless ? (double)wide : -1;
        return 1;
    }
    return get_number(env, value, shown, x);
}

/* Stores a number as the field's own type; whole numbers must be whole. The library checks ranges,
 * here only what the type can hold. */
static int store(napi_env env, const smp_field *field, uint32_t at, double x, void *desc)
{
    unsigned char *out = (unsigned char *)desc + field->offset;
    char shown[64];
    camel(field->name, shown);
    if (field->type == SMP_FIELD_F32) {
        float f = (float)x;
        memcpy(out + 4 * at, &f, 4);
    } else if (field->type == SMP_FIELD_F64) {
        memcpy(out + 8 * at, &x, 8);
    } else if (!(x == floor(x)) || !(x >= field->min && x <= field->max)) {
        smp_diag diag = {SMP_ERR_RANGE, {0}};
        snprintf(diag.text, sizeof diag.text, "%s is %g, want a whole number in [%.17g, %.17g]",
                 shown, x, field->min, field->max);
        error_throw(env, SMP_ERR_RANGE, &diag);
        return 0;
    } else if (field->type == SMP_FIELD_U64) {
        uint64_t u = x >= 18446744073709551615.0 ? UINT64_MAX : (uint64_t)x;
        memcpy(out + 8 * at, &u, 8);
    } else if (field->type == SMP_FIELD_I32) {
        int32_t i = (int32_t)x;
        memcpy(out + 4 * at, &i, 4);
    } else {
        uint32_t u = (uint32_t)x;
        memcpy(out + 4 * at, &u, 4);
    }
    return 1;
}

static int read_field(napi_env env, napi_value value, const smp_field *field, void *desc)
{
    double x = 0, *list;
    uint32_t count;
    char shown[64];
    int ok = 1;
    if (field->count == 1)
        return one_number(env, value, field, &x) && store(env, field, 0, x, desc);
    camel(field->name, shown);
    if (!get_list(env, value, shown, &list, &count))
        return 0;
    if (count != field->count)
        ok = bad(env, "%s holds %u numbers, want %u", shown, count, field->count);
    for (uint32_t i = 0; ok && i < count; i++)
        ok = store(env, field, i, list[i], desc);
    free(list);
    return ok;
}

static const smp_field *find_field(const desc_type *type, const char *name)
{
    uint32_t count;
    const smp_field *fields = type->fields(&count);
    char shown[64];
    for (uint32_t i = 0; i < count; i++) {
        camel(fields[i].name, shown);
        if (is_shown(fields + i) && !strcmp(shown, name))
            return fields + i;
    }
    return NULL;
}

int desc_read(napi_env env, const char *name, napi_value object, void *desc)
{
    const desc_type *type = desc_find(name);
    type->init(desc, type->size);
    return desc_update(env, name, object, desc);
}

int desc_update(napi_env env, const char *name, napi_value object, void *desc)
{
    const desc_type *type = desc_find(name);
    napi_value keys = NULL;
    uint32_t count = 0;
    int ok = 1;
    napi_valuetype kind = napi_undefined;
    if (is_missing(env, object))
        return 1;
    napi_typeof(env, object, &kind);
    if (kind != napi_object)
        return bad(env, "%s must be an object", name);
    if (!fine(env, napi_get_property_names(env, object, &keys)) ||
        !fine(env, napi_get_array_length(env, keys, &count)))
        return 0;
    for (uint32_t i = 0; ok && i < count; i++) {
        napi_value key = NULL, value = NULL;
        char *text;
        napi_get_element(env, keys, i, &key);
        if (!fine(env, napi_get_property(env, object, key, &value)))
            return 0;
        if (is_missing(env, value))
            continue;
        if (!(text = get_text(env, key, "a field's name", NULL)))
            return 0;
        const smp_field *field = find_field(type, text);
        ok = field ? read_field(env, value, field, desc)
                   : bad(env, "%s has no field \"%.60s\"", name, text);
        free(text);
    }
    return ok;
}

/* ---- writing ------------------------------------------------------------------------------ */

static double load(const smp_field *field, uint32_t at, const void *desc)
{
    const unsigned char *in = (const unsigned char *)desc + field->offset;
    float f;
    double d;
    uint64_t w;
    int32_t i;
    uint32_t u;
    switch (field->type) {
    case SMP_FIELD_F32:
        memcpy(&f, in + 4 * at, 4);
        return (double)f;
    case SMP_FIELD_F64:
        memcpy(&d, in + 8 * at, 8);
        return d;
    case SMP_FIELD_U64:
        memcpy(&w, in + 8 * at, 8);
        return (double)w;
    case SMP_FIELD_I32:
        memcpy(&i, in + 4 * at, 4);
        return i;
    default:
        memcpy(&u, in + 4 * at, 4);
        return u;
    }
}

static napi_value write_one(napi_env env, const smp_field *field, uint32_t at, const void *desc)
{
    napi_value value = NULL;
    double x = load(field, at, desc);
    if (field->type == SMP_FIELD_ENUM && field->names)
        return text_of(env, field->names[(uint32_t)x]);
    if (field->type == SMP_FIELD_BOOL) {
        napi_get_boolean(env, x != 0, &value);
        return value;
    }
    return number_of(env, x);
}

napi_value desc_write(napi_env env, const char *name, const void *desc)
{
    const desc_type *type = desc_find(name);
    napi_value object = NULL;
    uint32_t count;
    const smp_field *fields = type->fields(&count);
    if (!fine(env, napi_create_object(env, &object)))
        return NULL;
    for (uint32_t i = 0; i < count; i++) {
        char shown[64];
        napi_value value = NULL;
        if (!is_shown(fields + i))
            continue;
        camel(fields[i].name, shown);
        if (fields[i].count == 1) {
            value = write_one(env, fields + i, 0, desc);
        } else {
            napi_create_array_with_length(env, fields[i].count, &value);
            for (uint32_t k = 0; k < fields[i].count; k++)
                napi_set_element(env, value, k, write_one(env, fields + i, k, desc));
        }
        put(env, object, shown, value);
    }
    return object;
}

/* ---- the tables themselves ---------------------------------------------------------------- */

static napi_value describe_field(napi_env env, const smp_field *field)
{
    static const char *const types[] = {"", "u32", "i32", "f32", "f64", "u64", "enum", "bool"};
    napi_value object = NULL, names = NULL;
    char shown[64];
    uint32_t n = 0;
    if (!fine(env, napi_create_object(env, &object)))
        return NULL;
    camel(field->name, shown);
    put(env, object, "name", text_of(env, shown));
    put(env, object, "unit", text_of(env, field->unit));
    put(env, object, "help", text_of(env, field->help));
    put(env, object, "type", text_of(env, types[field->type]));
    put(env, object, "count", number_of(env, field->count));
    put(env, object, "min", number_of(env, field->min));
    put(env, object, "max", number_of(env, field->max));
    put(env, object, "initial", number_of(env, field->initial));
    if (field->type == SMP_FIELD_ENUM && field->names) {
        napi_create_array(env, &names);
        for (uint32_t i = 0; field->names[i]; i++)
            if (field->names[i][0])
                napi_set_element(env, names, n++, text_of(env, field->names[i]));
        put(env, object, "names", names);
        put(env, object, "initial", text_of(env, field->names[(uint32_t)field->initial]));
    }
    return object;
}

napi_value desc_describe(napi_env env)
{
    napi_value all = NULL;
    if (!fine(env, napi_create_object(env, &all)))
        return NULL;
    for (uint32_t t = 0; t < desc_type_count; t++) {
        napi_value list = NULL;
        uint32_t count, n = 0;
        const smp_field *fields = desc_types[t].fields(&count);
        napi_create_array(env, &list);
        for (uint32_t i = 0; i < count; i++)
            if (is_shown(fields + i))
                napi_set_element(env, list, n++, describe_field(env, fields + i));
        put(env, all, desc_types[t].name, list);
    }
    return all;
}
