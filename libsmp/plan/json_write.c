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
#include "base/guard.h"
#include "plan/json.h"
#include "plan/plan.h"

void smpi_put(smpi_sink *out, const char *text)
{
    const size_t size = strlen(text);
    if (out->at)
        memcpy(out->at + out->used, text, size);
    out->used += size;
}

void smpi_put_indent(smpi_sink *out, int depth)
{
    smpi_put(out, "\n");
    for (int i = 0; i < depth; i++)
        smpi_put(out, "  ");
}

/* snprintf and strtod use the same locale here; whatever stands for the point becomes one. */
void smpi_put_number(smpi_sink *out, double value, int single)
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
    smpi_put(out, clean);
}

static void put_field(smpi_sink *out, const void *desc, const smp_field *field)
{
    const unsigned char *at = (const unsigned char *)desc + field->offset;
    uint32_t word;
    float single;
    double wide;
    switch (field->type) {
    case SMP_FIELD_ENUM:
        memcpy(&word, at, sizeof word);
        smpi_put(out, "\"");
        smpi_put(out, field->names[word]);
        smpi_put(out, "\"");
        break;
    case SMP_FIELD_F32:
        memcpy(&single, at, sizeof single);
        smpi_put_number(out, (double)single, 1);
        break;
    case SMP_FIELD_F64:
        memcpy(&wide, at, sizeof wide);
        smpi_put_number(out, wide, 0);
        break;
    default:
        memcpy(&word, at, sizeof word);
        smpi_put_number(out, (double)word, 0);
        break;
    }
}

void smpi_put_members(smpi_sink *out, const void *desc, smpi_fields_fn *table, int depth)
{
    uint32_t count;
    const smp_field *fields = table(&count);
    const char *comma = "";
    for (uint32_t i = 0; i < count; i++) {
        if (!smpi_json_member(&fields[i]))
            continue;
        smpi_put(out, comma);
        smpi_put_indent(out, depth);
        smpi_put(out, "\"");
        smpi_put(out, fields[i].name);
        smpi_put(out, "\": ");
        put_field(out, desc, &fields[i]);
        comma = ",";
    }
}

void smpi_put_points(smpi_sink *out, const char *name, const double *wide, const float *single,
                     uint32_t count, int depth)
{
    smpi_put(out, ",");
    smpi_put_indent(out, depth);
    smpi_put(out, "\"");
    smpi_put(out, name);
    smpi_put(out, "\": [");
    for (size_t i = 0; i < count; i++) {
        smpi_put(out, i ? ", [" : "[");
        for (size_t j = 0; j < 3; j++) {
            smpi_put(out, j ? ", " : "");
            smpi_put_number(out, wide ? wide[3 * i + j] : (double)single[3 * i + j], !wide);
        }
        smpi_put(out, "]");
    }
    smpi_put(out, "]");
}

void smpi_put_part(smpi_sink *out, const char *name, const void *desc, smpi_fields_fn *table,
                   int depth)
{
    smpi_put(out, ",");
    smpi_put_indent(out, depth);
    smpi_put(out, "\"");
    smpi_put(out, name);
    smpi_put(out, "\": {");
    smpi_put_members(out, desc, table, depth + 1);
    smpi_put_indent(out, depth);
    smpi_put(out, "}");
}

static void put_plan(smpi_sink *out, const smpi_plan_data *data)
{
    smpi_put(out, "{");
    smpi_put_indent(out, 1);
    smpi_put(out, "\"head\": {");
    smpi_put_members(out, &data->head, smp_head_fields, 2);
    smpi_put_indent(out, 1);
    smpi_put(out, "},");
    smpi_put_members(out, &data->desc, smp_plan_desc_fields, 1);
    smpi_put(out, ",");
    smpi_put_indent(out, 1);
    smpi_put(out, "\"hairline\": {");
    smpi_put_members(out, &data->hairline, smp_hairline_desc_fields, 2);
    if (data->curve_count)
        smpi_put_points(out, "curve_mm", data->curve_mm, NULL, data->curve_count, 2);
    smpi_put_indent(out, 1);
    smpi_put(out, "},");
    smpi_put_indent(out, 1);
    smpi_put(out, "\"sessions\": [");
    for (uint32_t i = 0; i < data->session_count; i++) {
        smpi_put(out, i ? "," : "");
        smpi_put_indent(out, 2);
        smpi_put(out, "{");
        smpi_put_members(out, &data->session[i], smp_session_desc_fields, 3);
        if (data->session_pigment[i].struct_size)
            smpi_put_part(out, "pigment", &data->session_pigment[i], smp_pigment_fields, 3);
        smpi_put_indent(out, 2);
        smpi_put(out, "}");
    }
    smpi_put_indent(out, 1);
    smpi_put(out, "]");
    smpi_put_parts(out, data);
    smpi_put(out, "\n}\n");
}

SMPI_APART smp_status plan_to_json_guarded(const smp_context *ctx, const smp_plan *plan,
                                           smp_bytes **text, smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(text, diag);
    *text = NULL;
    SMPI_NEED(ctx, diag);
    SMPI_NEED(plan, diag);
    smpi_sink out = {NULL, 0};
    put_plan(&out, &plan->data);
    SMPI_TRY(smpi_bytes_create(ctx, out.used, text, diag));
    out = (smpi_sink){smpi_bytes_writable(*text), 0};
    put_plan(&out, &plan->data);
    return SMP_OK;
}

smp_status smp_plan_to_json(const smp_context *ctx, const smp_plan *plan, smp_bytes **text,
                            smp_diag *diag)
{
    SMPI_GUARD(smp_status, plan_to_json_guarded(ctx, plan, text, diag));
}
