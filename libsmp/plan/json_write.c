/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A plan as JSON: every member, in the order of the field tables. Numbers are as short as reads
 * back the same, with a decimal point in every locale. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "base/diag.h"
#include "plan/json.h"
#include "plan/plan.h"

/* Text that is only counted while `at` is NULL. */
typedef struct sink {
    uint8_t *at;
    size_t used;
} sink;

static void put(sink *out, const char *text)
{
    const size_t size = strlen(text);
    if (out->at)
        memcpy(out->at + out->used, text, size);
    out->used += size;
}

static void put_indent(sink *out, int depth)
{
    put(out, "\n");
    for (int i = 0; i < depth; i++)
        put(out, "  ");
}

/* snprintf and strtod use the same locale here; whatever stands for the point becomes one. */
static void put_number(sink *out, double value, int single)
{
    char text[48], clean[48];
    const int most = single ? 9 : 17;
    for (int digits = single ? 6 : 15; digits <= most; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        const double back = strtod(text, NULL);
        if (single ? (float)back == (float)value : !(back < value || back > value))
            break;
    }
    size_t n = 0;
    for (const char *c = text; *c; c++) {
        if (strchr("0123456789+-e", *c))
            clean[n++] = *c;
        else if (n && clean[n - 1] != '.')
            clean[n++] = '.';
    }
    clean[n] = '\0';
    put(out, clean);
}

static void put_field(sink *out, const void *desc, const smp_field *field)
{
    const unsigned char *at = (const unsigned char *)desc + field->offset;
    uint32_t word;
    float single;
    double wide;
    switch (field->type) {
    case SMP_FIELD_ENUM:
        memcpy(&word, at, sizeof word);
        put(out, "\"");
        put(out, field->names[word]);
        put(out, "\"");
        break;
    case SMP_FIELD_F32:
        memcpy(&single, at, sizeof single);
        put_number(out, (double)single, 1);
        break;
    case SMP_FIELD_F64:
        memcpy(&wide, at, sizeof wide);
        put_number(out, wide, 0);
        break;
    default:
        memcpy(&word, at, sizeof word);
        put_number(out, (double)word, 0);
        break;
    }
}

/* The members of a struct, each on a line of its own; without the braces. */
static void put_members(sink *out, const void *desc, smpi_fields_fn *table, int depth)
{
    uint32_t count;
    const smp_field *fields = table(&count);
    const char *comma = "";
    for (uint32_t i = 0; i < count; i++) {
        if (!smpi_json_member(&fields[i]))
            continue;
        put(out, comma);
        put_indent(out, depth);
        put(out, "\"");
        put(out, fields[i].name);
        put(out, "\": ");
        put_field(out, desc, &fields[i]);
        comma = ",";
    }
}

static void put_curve(sink *out, const smpi_plan_data *data)
{
    put(out, ",");
    put_indent(out, 2);
    put(out, "\"curve_mm\": [");
    for (uint32_t i = 0; i < data->curve_count; i++) {
        put(out, i ? ", [" : "[");
        for (uint32_t j = 0; j < 3; j++) {
            put(out, j ? ", " : "");
            put_number(out, data->curve_mm[3 * i + j], 0);
        }
        put(out, "]");
    }
    put(out, "]");
}

static void put_plan(sink *out, const smpi_plan_data *data)
{
    put(out, "{");
    put_indent(out, 1);
    put(out, "\"head\": {");
    put_members(out, &data->head, smp_head_fields, 2);
    put_indent(out, 1);
    put(out, "},");
    put_members(out, &data->desc, smp_plan_desc_fields, 1);
    put(out, ",");
    put_indent(out, 1);
    put(out, "\"hairline\": {");
    put_members(out, &data->hairline, smp_hairline_desc_fields, 2);
    if (data->curve_count)
        put_curve(out, data);
    put_indent(out, 1);
    put(out, "},");
    put_indent(out, 1);
    put(out, "\"sessions\": [");
    for (uint32_t i = 0; i < data->session_count; i++) {
        put(out, i ? "," : "");
        put_indent(out, 2);
        put(out, "{");
        put_members(out, &data->session[i], smp_session_desc_fields, 3);
        put_indent(out, 2);
        put(out, "}");
    }
    put_indent(out, 1);
    put(out, "]\n}\n");
}

smp_status smp_plan_to_json(const smp_context *ctx, const smp_plan *plan, smp_bytes **text,
                            smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(text, diag);
    *text = NULL;
    SMPI_NEED(ctx, diag);
    SMPI_NEED(plan, diag);
    sink out = {NULL, 0};
    put_plan(&out, &plan->data);
    SMPI_TRY(smpi_bytes_create(ctx, out.used, text, diag));
    out = (sink){smpi_bytes_writable(*text), 0};
    put_plan(&out, &plan->data);
    return SMP_OK;
}
