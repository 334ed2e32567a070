/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The addon's entry: one plain object of functions for each environment, no state of its own, so
 * that worker threads may load it as often as they like. index.js makes classes of it. */
#include "addon.h"

static void add(napi_env env, napi_value exports, const native_function *functions)
{
    for (; functions->name; functions++) {
        napi_value function = NULL;
        napi_create_function(env, functions->name, NAPI_AUTO_LENGTH, functions->call, NULL,
                             &function);
        put(env, exports, functions->name, function);
    }
}

/* The numbers that start() and now() take, by name: "decode" for "smp decode". */
static napi_value jobs(napi_env env)
{
    napi_value object = NULL;
    napi_create_object(env, &object);
    for (uint32_t i = 0; i < job_kind_count; i++)
        put(env, object, job_kinds[i]->name + 4, number_of(env, i));
    return object;
}

NAPI_MODULE_INIT()
{
    static const native_function own[] = {{"start", job_start}, {"now", job_now}, {NULL, NULL}};
    add(env, exports, own);
    add(env, exports, pure_functions);
    add(env, exports, plan_functions);
    add(env, exports, plan_more_functions);
    add(env, exports, object_functions);
    add(env, exports, view_functions);
    add(env, exports, science_functions);
    add(env, exports, shade_functions);
    put(env, exports, "jobs", jobs(env));
    return exports;
}
