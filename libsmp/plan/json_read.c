/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A plan from JSON. cJSON makes the tree, in the C library's memory since its allocator is one for
 * the whole process; it is bounded by the size of the text. What the tree may hold follows from the
 * field tables. */
#include <math.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "base/context.h"
#include "base/diag.h"
#include "geometry/head.h"
#include "plan/json.h"
#include "plan/plan.h"

/* Where in the document: "hairline.", "sessions[1]." or "". */
typedef struct place {
    char path[40];
    smp_diag *diag;
} place;

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

static smp_status wrong(const place *at, const cJSON *item, const char *name, const char *want)
{
    char found[48], clean[40];
    describe(item, found, sizeof found);
    plain(name, clean, sizeof clean);
    return smpi_fail(at->diag, SMP_ERR_FORMAT, "%s%s is %s, want %s", at->path, clean, found, want);
}

static smp_status read_enum(const place *at, const cJSON *item, const smp_field *field,
                            uint32_t *value)
{
    char list[96] = "", found[48];
    size_t used = 0;
    if (!cJSON_IsString(item))
        return wrong(at, item, field->name, "one of its names, a string");
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

static smp_status read_field(const place *at, const cJSON *item, const smp_field *field, void *desc)
{
    unsigned char *to = (unsigned char *)desc + field->offset;
    uint32_t word = 0;
    if (field->type == SMP_FIELD_ENUM) {
        SMPI_TRY(read_enum(at, item, field, &word));
        memcpy(to, &word, sizeof word);
        return SMP_OK;
    }
    if (!cJSON_IsNumber(item))
        return wrong(at, item, field->name, "a number");
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
            return wrong(at, item, field->name, "a whole number");
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
static smp_status read_members(const place *at, const cJSON *object, smpi_fields_fn *table,
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

static smp_status read_curve(const place *at, const cJSON *curve, smpi_plan_data *data)
{
    if (!cJSON_IsArray(curve))
        return wrong(at, curve, "curve_mm", "an array of [x, y, z]");
    uint32_t count = 0;
    for (const cJSON *point = curve->child; point; point = point->next) {
        char name[24];
        smpi_format(name, sizeof name, "curve_mm[%u]", count);
        if (count == SMPI_CURVE_MAX)
            return smpi_fail(at->diag, SMP_ERR_FORMAT, "%scurve_mm has over %d points", at->path,
                             SMPI_CURVE_MAX);
        uint32_t n = 0;
        if (!cJSON_IsArray(point))
            return wrong(at, point, name, "[x, y, z]");
        for (const cJSON *number = point->child; number; number = number->next) {
            if (!cJSON_IsNumber(number) || n == 3)
                return wrong(at, number, name, "three numbers");
            data->curve_mm[3 * (size_t)count + n++] = number->valuedouble;
        }
        if (n != 3)
            return wrong(at, point, name, "three numbers");
        count++;
    }
    if (count < 2)
        return smpi_fail(at->diag, SMP_ERR_FORMAT, "%scurve_mm has %u points, want 2 to %d",
                         at->path, count, SMPI_CURVE_MAX);
    data->curve_count = count;
    return SMP_OK;
}

static smp_status read_sessions(const cJSON *sessions, smpi_plan_data *data, smp_diag *diag)
{
    place at = {.path = "", .diag = diag};
    if (!cJSON_IsArray(sessions))
        return wrong(&at, sessions, "sessions", "an array");
    data->session_count = 0;
    for (const cJSON *item = sessions->child; item; item = item->next) {
        const uint32_t i = data->session_count;
        if (i == SMPI_SESSIONS_MAX)
            return smpi_fail(diag, SMP_ERR_FORMAT, "over %d sessions", SMPI_SESSIONS_MAX);
        at.path[0] = '\0';
        char name[24];
        smpi_format(name, sizeof name, "sessions[%u]", i);
        if (!cJSON_IsObject(item))
            return wrong(&at, item, name, "an object");
        smpi_format(at.path, sizeof at.path, "%s.", name);
        smp_session_desc_init(&data->session[i]);
        SMPI_TRY(read_members(&at, item, smp_session_desc_fields, NULL, &data->session[i]));
        data->session_count++;
    }
    if (!data->session_count)
        return smpi_fail(diag, SMP_ERR_FORMAT, "sessions is empty, want 1 to %d",
                         SMPI_SESSIONS_MAX);
    return SMP_OK;
}

/* A part that is an object, or absent. */
static smp_status part(const cJSON *root, const char *name, const cJSON **out, smp_diag *diag)
{
    const place top = {.path = "", .diag = diag};
    *out = cJSON_GetObjectItemCaseSensitive(root, name);
    return !*out || cJSON_IsObject(*out) ? SMP_OK : wrong(&top, *out, name, "an object");
}

static smp_status read_root(const cJSON *root, smpi_plan_data *data, smp_diag *diag)
{
    static const char *const parts[] = {"head", "hairline", "sessions", NULL};
    static const char *const curves[] = {"curve_mm", NULL};
    const place top = {.path = "", .diag = diag};
    const place in_head = {.path = "head.", .diag = diag};
    const place in_hairline = {.path = "hairline.", .diag = diag};
    if (!cJSON_IsObject(root))
        return smpi_fail(diag, SMP_ERR_FORMAT, "a plan is an object: {...}");
    const cJSON *head, *hairline;
    smp_head own;
    smp_head_init(&own);
    SMPI_TRY(part(root, "head", &head, diag));
    SMPI_TRY(part(root, "hairline", &hairline, diag));
    if (head)
        SMPI_TRY(read_members(&in_head, head, smp_head_fields, NULL, &own));
    smpi_plan_data_init(data, &own);
    SMPI_TRY(read_members(&top, root, smp_plan_desc_fields, parts, &data->desc));
    if (hairline) {
        SMPI_TRY(read_members(&in_hairline, hairline, smp_hairline_desc_fields, curves,
                              &data->hairline));
        const cJSON *curve = cJSON_GetObjectItemCaseSensitive(hairline, "curve_mm");
        if (curve)
            SMPI_TRY(read_curve(&in_hairline, curve, data));
    }
    const cJSON *sessions = cJSON_GetObjectItemCaseSensitive(root, "sessions");
    if (sessions)
        SMPI_TRY(read_sessions(sessions, data, diag));
    return smpi_plan_data_check(data, diag);
}

static int is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static smp_status not_json(const char *text, const char *where, const char *what, smp_diag *diag)
{
    unsigned line = 1, column = 1;
    for (const char *c = text; c < where; c++) {
        column = *c == '\n' ? 1 : column + 1;
        line += *c == '\n';
    }
    return smpi_fail(diag, SMP_ERR_FORMAT, "not JSON: %s at line %u, byte %u", what, line, column);
}

static smp_status parse(const char *text, size_t size, cJSON **root, smp_diag *diag)
{
    static const char zero[] = "\\u0000";
    for (size_t i = 0; i + sizeof zero - 1 <= size; i++)
        if (!memcmp(text + i, zero, sizeof zero - 1)) /* would end a name early, unseen */
            return not_json(text, text + i, "a zero in a string", diag);
    const char *end = text;
    *root = cJSON_ParseWithLengthOpts(text, size, &end, 0);
    if (!*root)
        return not_json(text, end, "stray or missing text", diag);
    while (end < text + size && is_space(*end))
        end++;
    if (end < text + size)
        return not_json(text, end, "text after the end", diag);
    return SMP_OK;
}

smp_status smp_plan_from_json(const smp_context *ctx, const char *text, size_t size,
                              smp_plan **plan, smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(plan, diag);
    *plan = NULL;
    SMPI_NEED(ctx, diag);
    SMPI_NEED(text, diag);
    if (size > SMPI_JSON_MAX)
        return smpi_fail(diag, SMP_ERR_LIMIT, "a plan of %zu bytes, want %zu at most", size,
                         SMPI_JSON_MAX);
    cJSON *root = NULL;
    smpi_plan_data data;
    smp_status status = parse(text, size, &root, diag);
    if (status == SMP_OK)
        status = read_root(root, &data, diag);
    if (status == SMP_OK)
        status = smpi_plan_from_data(ctx, &data, plan, diag);
    cJSON_Delete(root);
    return status;
}
