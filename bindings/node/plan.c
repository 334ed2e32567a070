/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Plans: made, read, edited. */
#include <stdlib.h>

#include "addon.h"

napi_value give_plan(napi_env env, held *context, smp_status status, smp_plan *plan,
                     const smp_diag *diag)
{
    if (status != SMP_OK) {
        error_throw(env, status, diag);
        return NULL;
    }
    held *h = held_new(HELD_PLAN, context, NULL, NULL);
    if (!h) {
        smp_plan_destroy(&plan);
        error_throw(env, SMP_ERR_MEMORY, NULL);
        return NULL;
    }
    h->object = plan;
    return held_wrap(env, h);
}

/* plan(context, head, desc) */
static napi_value plan_create(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    held *context;
    smp_head head;
    smp_plan_desc desc;
    smp_plan *plan = NULL;
    smp_diag diag;
    if (!get_args(env, info, args) || !(context = held_get(env, args[0], HELD_CONTEXT)) ||
        !desc_read(env, "Head", args[1], &head) || !desc_read(env, "PlanDesc", args[2], &desc))
        return NULL;
    smp_status status = smp_plan_create(context->object, &head, &desc, &plan, &diag);
    return give_plan(env, context, status, plan, &diag);
}

/* planFromJson(context, text) */
static napi_value plan_from_json(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    held *context;
    smp_plan *plan = NULL;
    smp_diag diag;
    size_t size = 0;
    char *text;
    if (!get_args(env, info, args) || !(context = held_get(env, args[0], HELD_CONTEXT)) ||
        !(text = get_text(env, args[1], "the plan", &size)))
        return NULL;
    smp_status status = smp_plan_from_json(context->object, text, size, &plan, &diag);
    free(text);
    return give_plan(env, context, status, plan, &diag);
}

/* planCopy(plan) */
static napi_value plan_duplicate(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    held *h;
    smp_plan *plan = NULL;
    smp_diag diag;
    if (!get_args(env, info, args) || !(h = held_get(env, args[0], HELD_PLAN)))
        return NULL;
    const smp_status status = smp_plan_copy(held_context(h), h->object, &plan, &diag);
    return give_plan(env, h->uses[0], status, plan, &diag);
}

static napi_value plan_to_json(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX], text = NULL;
    held *h;
    smp_bytes *bytes = NULL;
    smp_diag diag;
    if (!get_args(env, info, args) || !(h = held_get(env, args[0], HELD_PLAN)))
        return NULL;
    smp_status status = smp_plan_to_json(held_context(h), h->object, &bytes, &diag);
    if (status == SMP_OK)
        text = text_of(env, (const char *)smp_bytes_data(bytes, NULL));
    else
        error_throw(env, status, &diag);
    smp_bytes_destroy(&bytes);
    return text;
}

static napi_value done(napi_env env, smp_status status, const smp_diag *diag)
{
    if (status != SMP_OK)
        error_throw(env, status, diag);
    return NULL;
}

/* planSet(plan, desc): the fields that are named; the others stay as they are */
static napi_value plan_set(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    held *h;
    smp_plan_desc desc;
    smp_diag diag;
    if (!get_args(env, info, args) || !(h = held_get(env, args[0], HELD_PLAN)))
        return NULL;
    smp_plan_desc_init(&desc);
    smp_status status = smp_plan_get(h->object, &desc, &diag);
    if (status == SMP_OK && !desc_update(env, "PlanDesc", args[1], &desc))
        return NULL;
    return done(env, status != SMP_OK ? status : smp_plan_set(h->object, &desc, &diag), &diag);
}

static napi_value plan_set_hairline(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    held *h;
    smp_hairline_desc desc;
    smp_diag diag;
    if (!get_args(env, info, args) || !(h = held_get(env, args[0], HELD_PLAN)))
        return NULL;
    smp_hairline_desc_init(&desc);
    smp_status status = smp_plan_get_hairline(h->object, &desc, &diag);
    if (status == SMP_OK && !desc_update(env, "HairlineDesc", args[1], &desc))
        return NULL;
    if (status == SMP_OK)
        status = smp_plan_set_hairline(h->object, &desc, &diag);
    return done(env, status, &diag);
}

/* planSetCurve(plan, xyz or nothing) */
static napi_value plan_set_curve(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    held *h;
    double *xyz = NULL;
    uint32_t count = 0;
    smp_diag diag;
    if (!get_args(env, info, args) || !(h = held_get(env, args[0], HELD_PLAN)) ||
        (!is_missing(env, args[1]) && !get_list(env, args[1], "curve", &xyz, &count)))
        return NULL;
    if (count % 3) {
        free(xyz);
        bad(env, "curve holds %u numbers, want three for each point", count);
        return NULL;
    }
    smp_status status =
        smp_plan_set_hairline_curve(h->object, count ? xyz : NULL, count / 3, &diag);
    free(xyz);
    return done(env, status, &diag);
}

/* planSetSessions(plan, list) */
static napi_value plan_set_sessions(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    held *h;
    smp_session_desc sessions[64];
    uint32_t count = 0;
    smp_diag diag;
    bool is = false;
    if (!get_args(env, info, args) || !(h = held_get(env, args[0], HELD_PLAN)))
        return NULL;
    napi_is_array(env, args[1], &is);
    if (!is || napi_get_array_length(env, args[1], &count) != napi_ok || count > 64) {
        bad(env, "sessions must be an array of at most 64");
        return NULL;
    }
    for (uint32_t i = 0; i < count; i++) {
        napi_value item = NULL;
        napi_get_element(env, args[1], i, &item);
        if (!desc_read(env, "SessionDesc", item, sessions + i))
            return NULL;
    }
    return done(env, smp_plan_set_sessions(h->object, sessions, count, &diag), &diag);
}

/* planGet(plan) */
static napi_value plan_get(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX], object = NULL, list = NULL;
    held *h;
    smp_plan_desc desc;
    smp_head head;
    smp_hairline_desc hairline;
    smp_session_desc session;
    if (!get_args(env, info, args) || !(h = held_get(env, args[0], HELD_PLAN)))
        return NULL;
    smp_plan_desc_init(&desc);
    smp_head_init(&head);
    smp_hairline_desc_init(&hairline);
    smp_session_desc_init(&session);
    napi_create_object(env, &object);
    napi_create_array(env, &list);
    if (smp_plan_get(h->object, &desc, NULL) == SMP_OK)
        put(env, object, "plan", desc_write(env, "PlanDesc", &desc));
    if (smp_plan_get_head(h->object, &head, NULL) == SMP_OK)
        put(env, object, "head", desc_write(env, "Head", &head));
    if (smp_plan_get_hairline(h->object, &hairline, NULL) == SMP_OK)
        put(env, object, "hairline", desc_write(env, "HairlineDesc", &hairline));
    for (uint32_t i = 0; i < smp_plan_session_count(h->object); i++)
        if (smp_plan_get_session(h->object, i, &session, NULL) == SMP_OK)
            napi_set_element(env, list, i, desc_write(env, "SessionDesc", &session));
    put(env, object, "sessions", list);
    return object;
}

/* planDensity(plan, [x, y, z]) */
static napi_value plan_density(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    held *h;
    double xyz[3];
    if (!get_args(env, info, args) || !(h = held_get(env, args[0], HELD_PLAN)) ||
        !get_numbers(env, args[1], "xyzMm", 3, xyz))
        return NULL;
    return number_of(env, smp_plan_density(h->object, xyz));
}

const native_function plan_functions[] = {{"plan", plan_create},
                                          {"planFromJson", plan_from_json},
                                          {"planToJson", plan_to_json},
                                          {"planCopy", plan_duplicate},
                                          {"planSet", plan_set},
                                          {"planSetHairline", plan_set_hairline},
                                          {"planSetCurve", plan_set_curve},
                                          {"planSetSessions", plan_set_sessions},
                                          {"planGet", plan_get},
                                          {"planDensity", plan_density},
                                          {NULL, NULL}};
