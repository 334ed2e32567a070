/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The catalogue of shades, the tone of stubble, and which shade matches it. */
#include <stdlib.h>

#include "addon.h"

static napi_value failed(napi_env env, smp_status status, const smp_diag *diag)
{
    error_throw(env, status, diag);
    return NULL;
}

/* shadeCount() */
static napi_value shade_count(napi_env env, napi_callback_info info)
{
    (void)info;
    return number_of(env, smp_shade_count());
}

/* A shade by number or name; 0 with an exception pending. */
static int get_shade(napi_env env, napi_value value, uint32_t *shade)
{
    napi_valuetype type = napi_undefined;
    if (value)
        napi_typeof(env, value, &type);
    if (type != napi_string)
        return get_u32(env, value, "shade", shade);
    char *text = get_text(env, value, "shade", NULL);
    if (!text)
        return 0;
    *shade = smp_shade_find(text);
    const int ok = *shade != SMP_SHADE_NONE || bad(env, "there is no shade \"%.40s\"", text);
    free(text);
    return ok;
}

/* shade(number or name): { index, name, pigment, dose } */
static napi_value shade_get(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX], object = NULL;
    smp_pigment pigment;
    smp_diag diag;
    float dose = 0;
    uint32_t shade = 0;
    if (!get_args(env, info, args) || !get_shade(env, args[0], &shade))
        return NULL;
    smp_pigment_init(&pigment);
    const smp_status status = smp_shade_get(shade, &pigment, &dose, &diag);
    if (status != SMP_OK)
        return failed(env, status, &diag);
    napi_create_object(env, &object);
    put(env, object, "index", number_of(env, shade));
    put(env, object, "name", text_of(env, smp_shade_name(shade)));
    put(env, object, "pigment", desc_write(env, "Pigment", &pigment));
    put(env, object, "dose", number_of(env, (double)dose));
    return object;
}

/* shadeColor(shade, skin, space) */
static napi_value shade_color(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    smp_skin skin;
    smp_diag diag;
    smp_space space = SMP_SPACE_SRGB;
    float rgb[3] = {0, 0, 0};
    uint32_t shade = 0;
    if (!get_args(env, info, args) || !get_shade(env, args[0], &shade) ||
        !desc_read(env, "Skin", args[1], &skin) || !get_space(env, args[2], "space", &space))
        return NULL;
    const smp_status status = smp_shade_color(&skin, space, shade, 1, rgb, &diag);
    const double wide[3] = {(double)rgb[0], (double)rgb[1], (double)rgb[2]};
    return status == SMP_OK ? numbers_of(env, wide, 3) : failed(env, status, &diag);
}

/* hair({ name, and fields over it }): index.cjs passes the name apart */
static int get_hair(napi_env env, napi_value name, napi_value fields, smp_hair_desc *hair)
{
    smp_diag diag;
    smp_hair_desc_init(hair);
    if (!is_missing(env, name)) {
        char *text = get_text(env, name, "hair", NULL);
        if (!text)
            return 0;
        const smp_status status = smp_hair_named(text, hair, &diag);
        free(text);
        if (status != SMP_OK) {
            error_throw(env, status, &diag);
            return 0;
        }
    }
    return desc_update(env, "HairDesc", fields, hair);
}

/* hairNames() */
static napi_value hair_names(napi_env env, napi_callback_info info)
{
    napi_value list = NULL;
    (void)info;
    napi_create_array(env, &list);
    for (uint32_t i = 0; smp_hair_name(i); i++)
        napi_set_element(env, list, i, text_of(env, smp_hair_name(i)));
    return list;
}

/* hairNamed(name, fields) */
static napi_value hair_named(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    smp_hair_desc hair;
    if (!get_args(env, info, args) || !get_hair(env, args[0], args[1], &hair))
        return NULL;
    return desc_write(env, "HairDesc", &hair);
}

/* stubbleColor(hair, skin, space) */
static napi_value stubble_color(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    smp_hair_desc hair;
    smp_skin skin;
    smp_diag diag;
    smp_space space = SMP_SPACE_SRGB;
    float rgb[3] = {0, 0, 0};
    if (!get_args(env, info, args) || !desc_read(env, "HairDesc", args[0], &hair) ||
        !desc_read(env, "Skin", args[1], &skin) || !get_space(env, args[2], "space", &space))
        return NULL;
    const smp_status status = smp_stubble_color(&hair, &skin, space, rgb, &diag);
    const double wide[3] = {(double)rgb[0], (double)rgb[1], (double)rgb[2]};
    return status == SMP_OK ? numbers_of(env, wide, 3) : failed(env, status, &diag);
}

/* shadeMatch(hair, skin, count): [{ index, name, deltaE }] */
static napi_value shade_match(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX], list = NULL;
    smp_hair_desc hair;
    smp_skin skin;
    smp_diag diag;
    uint32_t count = 10;
    if (!get_args(env, info, args) || !desc_read(env, "HairDesc", args[0], &hair) ||
        !desc_read(env, "Skin", args[1], &skin) ||
        (!is_missing(env, args[2]) && !get_u32(env, args[2], "count", &count)))
        return NULL;
    if (count > smp_shade_count())
        count = smp_shade_count();
    smp_shade_rank *ranks = calloc((size_t)count + 1, sizeof *ranks);
    diag.text[0] = '\0';
    const smp_status status =
        ranks ? smp_shade_match(&hair, &skin, count, ranks, &diag) : SMP_ERR_MEMORY;
    if (status == SMP_OK)
        napi_create_array_with_length(env, count, &list);
    else
        error_throw(env, status, &diag);
    for (uint32_t i = 0; list && i < count; i++) {
        napi_value object = NULL;
        napi_create_object(env, &object);
        put(env, object, "index", number_of(env, ranks[i].shade));
        put(env, object, "name", text_of(env, smp_shade_name(ranks[i].shade)));
        put(env, object, "deltaE", number_of(env, (double)ranks[i].delta_e));
        napi_set_element(env, list, i, object);
    }
    free(ranks);
    return list;
}

const native_function shade_functions[] = {
    {"shadeCount", shade_count}, {"shade", shade_get},
    {"shadeColor", shade_color}, {"hairNames", hair_names},
    {"hairNamed", hair_named},   {"stubbleColor", stubble_color},
    {"shadeMatch", shade_match}, {NULL, NULL}};
