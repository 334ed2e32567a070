/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Native objects that JavaScript holds: counted, tagged, and released in any order. */
#include <stdlib.h>
#include <string.h>

#include "addon.h"

static const napi_type_tag tag = {0x6c6962736d702d6eull, 0x6f64652d68656c64ull};

static const char *const kind_names[HELD_COUNT] = {
    "Context", "Scalp", "Plan", "Places", "Dots", "Preview", "Phantom", "a token", "an owner"};

held *held_new(held_kind kind, held *first, held *second, held *third)
{
    held *h = calloc(1, sizeof *h);
    if (!h)
        return NULL;
    atomic_init(&h->refs, 1);
    atomic_init(&h->flag, 0);
    h->kind = kind;
    h->uses[0] = held_keep(first);
    h->uses[1] = held_keep(second);
    h->uses[2] = held_keep(third);
    return h;
}

held *held_keep(held *h)
{
    if (h)
        atomic_fetch_add(&h->refs, 1);
    return h;
}

static void destroy(held *h)
{
    switch (h->kind) {
    case HELD_CONTEXT: {
        smp_context *context = h->object;
        smp_context_destroy(&context);
        smp_pool_destroy(&h->pool);
        break;
    }
    case HELD_SCALP: {
        smp_scalp *scalp = h->object;
        smp_scalp_destroy(&scalp);
        break;
    }
    case HELD_PLAN: {
        smp_plan *plan = h->object;
        smp_plan_destroy(&plan);
        break;
    }
    case HELD_PLACES: {
        smp_places *places = h->object;
        smp_places_destroy(&places);
        break;
    }
    case HELD_DOTS: {
        smp_dots *dots = h->object;
        smp_dots_destroy(&dots);
        break;
    }
    case HELD_PREVIEW: {
        smp_preview *preview = h->object;
        smp_preview_destroy(&preview);
        break;
    }
    case HELD_PHANTOM: {
        smp_phantom *phantom = h->object;
        smp_phantom_destroy(&phantom);
        break;
    }
    default:
        break;
    }
}

void held_drop(held *h)
{
    if (!h || atomic_fetch_sub(&h->refs, 1) != 1)
        return;
    if (h->object)
        destroy(h);
    image_free(&h->image);
    for (int i = 2; i >= 0; i--)
        held_drop(h->uses[i]);
    free(h);
}

static void finalize(napi_env env, void *data, void *hint)
{
    held *h = data, *context = h->kind == HELD_CONTEXT ? NULL : held_keep(h->uses[0]);
    (void)hint;
    held_drop(h);
    if (context) {
        held_account(env, context);
        held_drop(context);
    }
}

napi_value held_wrap(napi_env env, held *h)
{
    napi_value value = NULL;
    if (!fine(env, napi_create_external(env, h, finalize, NULL, &value))) {
        held_drop(h);
        return NULL;
    }
    if (!fine(env, napi_type_tag_object(env, value, &tag)))
        return NULL;
    held_account(env, h);
    return value;
}

held *held_get(napi_env env, napi_value value, held_kind kind)
{
    bool same = false;
    void *data = NULL;
    napi_valuetype type = napi_undefined;
    if (value)
        napi_typeof(env, value, &type);
    if (type == napi_external)
        napi_check_object_type_tag(env, value, &tag, &same);
    if (same)
        napi_get_value_external(env, value, &data);
    held *h = data;
    if (h && h->kind == kind)
        return h;
    bad(env, "this argument is not %s", kind_names[kind]);
    return NULL;
}

int held_optional(napi_env env, napi_value value, held_kind kind, held **h)
{
    *h = NULL;
    if (is_missing(env, value))
        return 1;
    *h = held_get(env, value, kind);
    return *h != NULL;
}

const smp_context *held_context(const held *h)
{
    return h->kind == HELD_CONTEXT ? h->object : h->uses[0]->object;
}

void held_account(napi_env env, held *h)
{
    held *context = h->kind == HELD_CONTEXT ? h : h->uses[0];
    int64_t now, total;
    if (!context || !context->object)
        return;
    now = (int64_t)smp_context_memory(context->object, NULL);
    napi_adjust_external_memory(env, now - context->told, &total);
    context->told = now;
}
