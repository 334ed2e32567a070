/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A plan from JSON. cJSON makes the tree, in the C library's memory since its allocator is one for
 * the whole process; it is bounded by the size of the text. What the tree may hold follows from the
 * field tables. */
#include <math.h>
#include <string.h>

#include "base/context.h"
#include "base/diag.h"
#include "base/guard.h"
#include "geometry/head.h"
#include "plan/json.h"

static smp_status read_curve(const smpi_json_place *at, const cJSON *curve, smpi_plan_data *data)
{
    SMPI_TRY(smpi_json_points(at, curve, "curve_mm", SMPI_CURVE_MAX, data->curve_mm,
                              &data->curve_count));
    if (data->curve_count < 2)
        return smpi_fail(at->diag, SMP_ERR_FORMAT, "%scurve_mm has %u points, want 2 to %d",
                         at->path, data->curve_count, SMPI_CURVE_MAX);
    return SMP_OK;
}

static smp_status read_session(void *user, const smpi_json_place *at, const cJSON *item,
                               uint32_t index)
{
    static const char *const others[] = {"pigment", "shade", NULL};
    smpi_plan_data *data = user;
    smp_session_desc *session = &data->session[index];
    smp_session_desc_init(session);
    data->session_count = index + 1;
    SMPI_TRY(smpi_json_members(at, item, smp_session_desc_fields, others, session));
    return smpi_json_own_pigment(at, item, data->desc.dose, &data->session_pigment[index],
                                 &session->dose_scale);
}

static smp_status read_sessions(const cJSON *sessions, smpi_plan_data *data, smp_diag *diag)
{
    memset(data->session, 0, sizeof data->session);
    data->session_count = 0;
    SMPI_TRY(smpi_json_list(sessions, "sessions", SMPI_SESSIONS_MAX, read_session, data, diag));
    if (!data->session_count)
        return smpi_fail(diag, SMP_ERR_FORMAT, "sessions is empty, want 1 to %d",
                         SMPI_SESSIONS_MAX);
    return SMP_OK;
}

/* A part that is an object, or absent. */
static smp_status part(const cJSON *root, const char *name, const cJSON **out, smp_diag *diag)
{
    const smpi_json_place top = {.path = "", .diag = diag};
    *out = cJSON_GetObjectItemCaseSensitive(root, name);
    return !*out || cJSON_IsObject(*out) ? SMP_OK : smpi_json_wrong(&top, *out, name, "an object");
}

static smp_status read_root(const smp_context *ctx, const cJSON *root, smpi_plan_data *data,
                            smp_diag *diag)
{
    static const char *const parts[] = {"head",  "hairline",    "sessions",  "pigment",
                                        "shade", "pattern",     "zones",     "events",
                                        "life",  "density_map", "obstacles", NULL};
    static const char *const curves[] = {"curve_mm", NULL};
    const smpi_json_place top = {.path = "", .diag = diag};
    const smpi_json_place in_head = {.path = "head.", .diag = diag};
    const smpi_json_place in_hairline = {.path = "hairline.", .diag = diag};
    if (!cJSON_IsObject(root))
        return smpi_fail(diag, SMP_ERR_FORMAT, "a plan is an object: {...}");
    const cJSON *head, *hairline;
    smp_head own;
    smp_head_init(&own);
    SMPI_TRY(part(root, "head", &head, diag));
    SMPI_TRY(part(root, "hairline", &hairline, diag));
    if (head)
        SMPI_TRY(smpi_json_members(&in_head, head, smp_head_fields, NULL, &own));
    smpi_plan_data_init(data, &own);
    SMPI_TRY(smpi_json_members(&top, root, smp_plan_desc_fields, parts, &data->desc));
    SMPI_TRY(smpi_json_shade(&top, root, &data->pigment, &data->desc.dose));
    if (hairline) {
        SMPI_TRY(smpi_json_members(&in_hairline, hairline, smp_hairline_desc_fields, curves,
                                   &data->hairline));
        const cJSON *curve = cJSON_GetObjectItemCaseSensitive(hairline, "curve_mm");
        if (curve)
            SMPI_TRY(read_curve(&in_hairline, curve, data));
    }
    const cJSON *sessions = cJSON_GetObjectItemCaseSensitive(root, "sessions");
    if (sessions)
        SMPI_TRY(read_sessions(sessions, data, diag));
    SMPI_TRY(smpi_json_parts(ctx, root, data, diag));
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

SMPI_APART smp_status plan_from_json_guarded(const smp_context *ctx, const char *text, size_t size,
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
    memset(&data, 0, sizeof data);
    smp_status status = parse(text, size, &root, diag);
    if (status == SMP_OK)
        status = read_root(ctx, root, &data, diag);
    if (status == SMP_OK)
        status = smpi_plan_from_data(ctx, &data, plan, diag);
    if (status != SMP_OK)
        smpi_plan_data_free(ctx, &data);
    cJSON_Delete(root);
    return status;
}

smp_status smp_plan_from_json(const smp_context *ctx, const char *text, size_t size,
                              smp_plan **plan, smp_diag *diag)
{
    SMPI_GUARD(smp_status, plan_from_json_guarded(ctx, text, size, plan, diag));
}
