/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Members of a JSON object by a field table, and the words for what is wrong with them. */
#include <math.h>
#include <string.h>

#include "base/diag.h"
#include "plan/json.h"

/* Printable ASCII, cut short: what strangers wrote goes into our words. */
static void plain(const char *from, char *to, size_t size)
{
    size_t n = 0;
    for (; from && from[n] && n + 1 < size; n++)
        to[n] = from[n] >= 32 && from[n] < 127 ? from[n] : '?';
    to[n] = '\0';
}

static void describe(const cJSON *item, char *text, size_t size)
{
    char word[32];
    if (cJSON_IsString(item)) {
        plain(item->valuestring, word, sizeof word);
        smpi_format(text, size, "\"%s\"", word);
    } else if (cJSON_IsNumber(item)) {
        smpi_format(text, size, "%g", item->valuedouble);
    } else {
        smpi_format(text, size, "%s",
                    cJSON_IsObject(item)  ? "an object"
                    : cJSON_IsArray(item) ? "an array"
                    : cJSON_IsTrue(item)  ? "true"
                    : cJSON_IsFalse(item) ? "false"
                                          : "null");
    }
}

smp_status smpi_json_wrong(const smpi_json_place *at, const cJSON *item, const char *name,
                           const char *want)
{
    char found[48], clean[40];
    describe(item, found, sizeof found);
    plain(name, clean, sizeof clean);
    return smpi_fail(at->diag, SMP_ERR_FORMAT, "%s%s is %s, want %s", at->path, clean, found, want);
}

static smp_status read_enum(const smpi_json_place *at, const cJSON *item, const smp_field *field,
                            uint32_t *value)
{
    char list[96] = "", found[48];
    size_t used = 0;
    if (!cJSON_IsString(item))
        return smpi_json_wrong(at, item, field->name, "one of its names, a string");
    for (uint32_t i = 0; field->names[i]; i++) {
        if (!strcmp(field->names[i], item->valuestring)) {
            *value = i;
            return SMP_OK;
        }
        if (used < sizeof list)
            used += smpi_format(list + used, sizeof list - used, "%s%s", i ? ", " : "",
                                field->names[i]);
    }
    describe(item, found, sizeof found);
    return smpi_fail(at->diag, SMP_ERR_RANGE, "%s%s is %s, want one of %s", at->path, field->name,
                     found, list);
}

static smp_status read_field(const smpi_json_place *at, const cJSON *item, const smp_field *field,
                             void *desc)
{
    unsigned char *to = (unsigned char *)desc + field->offset;
    uint32_t word = 0;
    if (field->type == SMP_FIELD_ENUM) {
        SMPI_TRY(read_enum(at, item, field, &word));
        memcpy(to, &word, sizeof word);
        return SMP_OK;
    }
    if (!cJSON_IsNumber(item))
        return smpi_json_wrong(at, item, field->name, "a number");
    const double value = item->valuedouble;
    /* A float's limits are those of the float: 0.05 as a double is not 0.05f. */
    const int single = field->type == SMP_FIELD_F32;
    const double seen = single && fabs(value) < 1e30 ? (double)(float)value : value;
    const double min = single ? (double)(float)field->min : field->min;
    const double max = single ? (double)(float)field->max : field->max;
    if (!(seen >= min && seen <= max))
        return smpi_fail(at->diag, SMP_ERR_RANGE, "%s%s is %g, want [%.10g, %.10g]", at->path,
                         field->name, value, field->min, field->max);
    const float narrow = (float)value;
    if (single) {
        memcpy(to, &narrow, sizeof narrow);
    } else if (field->type == SMP_FIELD_F64) {
        memcpy(to, &value, sizeof value);
    } else {
        if (floor(value) < value)
            return smpi_json_wrong(at, item, field->name, "a whole number");
        word = (uint32_t)value;
        memcpy(to, &word, sizeof word);
    }
    return SMP_OK;
}

static const smp_field *find_field(smpi_fields_fn *table, const char *name)
{
    uint32_t count;
    const smp_field *fields = table(&count);
    for (uint32_t i = 0; i < count; i++)
        if (smpi_json_member(&fields[i]) && !strcmp(fields[i].name, name))
            return &fields[i];
    return NULL;
}

/* The members of a struct; `others` names those that the caller reads itself. */
smp_status smpi_json_members(const smpi_json_place *at, const cJSON *object, smpi_fields_fn *table,
                             const char *const *others, void *desc)
{
    char name[40];
    for (const cJSON *item = object->child; item; item = item->next) {
        plain(item->string, name, sizeof name);
        for (const cJSON *later = item->next; later; later = later->next)
            if (!strcmp(item->string, later->string))
                return smpi_fail(at->diag, SMP_ERR_FORMAT, "%s%s stands twice", at->path, name);
        const smp_field *field = find_field(table, item->string);
        int other = 0;
        for (const char *const *o = others; o && *o; o++)
            other |= !strcmp(*o, item->string);
        if (field)
            SMPI_TRY(read_field(at, item, field, desc));
        else if (!other)
            return smpi_fail(at->diag, SMP_ERR_FORMAT, "%s%s is not a member that is known",
                             at->path, name);
    }
    return SMP_OK;
}

smp_status smpi_json_list(const cJSON *list, const char *name, uint32_t most,
                          smpi_json_item_fn *read, void *user, smp_diag *diag)
{
    const smpi_json_place top = {.path = "", .diag = diag};
    uint32_t index = 0;
    if (!cJSON_IsArray(list))
        return smpi_json_wrong(&top, list, name, "an array");
    for (const cJSON *item = list->child; item; item = item->next, index++) {
        char which[32];
        smpi_json_place at = {.diag = diag};
        if (index == most)
            return smpi_fail(diag, SMP_ERR_FORMAT, "over %u %s", most, name);
        smpi_format(which, sizeof which, "%s[%u]", name, index);
        if (!cJSON_IsObject(item))
            return smpi_json_wrong(&top, item, which, "an object");
        smpi_format(at.path, sizeof at.path, "%s.", which);
        SMPI_TRY(read(user, &at, item, index));
    }
    return SMP_OK;
}

smp_status smpi_json_points(const smpi_json_place *at, const cJSON *list, const char *name,
                            uint32_t most, double *xyz, uint32_t *count)
{
    *count = 0;
    if (!cJSON_IsArray(list))
        return smpi_json_wrong(at, list, name, "an array of [x, y, z]");
    for (const cJSON *point = list->child; point; point = point->next) {
        char which[32];
        uint32_t n = 0;
        smpi_format(which, sizeof which, "%s[%u]", name, *count);
        if (*count == most)
            return smpi_fail(at->diag, SMP_ERR_FORMAT, "%s%s has over %u points", at->path, name,
                             most);
        if (!cJSON_IsArray(point))
            return smpi_json_wrong(at, point, which, "[x, y, z]");
        for (const cJSON *number = point->child; number; number = number->next) {
            if (!cJSON_IsNumber(number) || n == 3)
                return smpi_json_wrong(at, number, which, "three numbers");
            xyz[3 * (size_t)*count + n++] = number->valuedouble;
        }
        if (n != 3)
            return smpi_json_wrong(at, point, which, "three numbers");
        ++*count;
    }
    return SMP_OK;
}
