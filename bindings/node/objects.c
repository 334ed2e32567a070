/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Contexts, tokens, and what scalps, dots, previews and phantoms tell. */
#include <stdlib.h>
#include <string.h>

#include "addon.h"

/* ---- contexts and tokens ------------------------------------------------------------------ */

static smp_status make_context(held *h, smp_context_desc *desc, uint32_t threads, smp_diag *diag)
{
    smp_context *context = NULL;
    if (threads != 1) {
        smp_status status = smp_pool_create(&h->pool, threads, diag);
        if (status != SMP_OK)
            return status;
        desc->runner = smp_pool_runner(h->pool);
    }
    smp_status status = smp_context_create(&context, desc, diag);
    h->object = context;
    return status;
}

/* context(desc, threads) */
static napi_value context_create(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    smp_context_desc desc;
    smp_diag diag;
    uint32_t threads = 1;
    if (!get_args(env, info, args) || !desc_read(env, "ContextDesc", args[0], &desc) ||
        (!is_missing(env, args[1]) && !get_u32(env, args[1], "threads", &threads)))
        return NULL;
    held *h = held_new(HELD_CONTEXT, NULL, NULL, NULL);
    if (!h) {
        error_throw(env, SMP_ERR_MEMORY, NULL);
        return NULL;
    }
    smp_status status = make_context(h, &desc, threads, &diag);
    if (status == SMP_OK)
        return held_wrap(env, h);
    error_throw(env, status, &diag);
    smp_pool_destroy(&h->pool);
    free(h);
    return NULL;
}

static napi_value context_info(napi_env env, napi_callback_info info)
{
    static const char *const names[] = {"best", "scalar", "v128", "v256", "v512"};
    napi_value args[ARGS_MAX], object = NULL;
    held *h;
    uint64_t peak = 0;
    if (!get_args(env, info, args) || !(h = held_get(env, args[0], HELD_CONTEXT)))
        return NULL;
    napi_create_object(env, &object);
    put(env, object, "isa", text_of(env, names[smp_context_isa(h->object)]));
    put(env, object, "memory", number_of(env, (double)smp_context_memory(h->object, &peak)));
    put(env, object, "peak", number_of(env, (double)peak));
    return object;
}

static napi_value token_create(napi_env env, napi_callback_info info)
{
    held *h = held_new(HELD_TOKEN, NULL, NULL, NULL);
    (void)info;
    if (h)
        return held_wrap(env, h);
    error_throw(env, SMP_ERR_MEMORY, NULL);
    return NULL;
}

static napi_value token_cancel(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    held *h;
    if (get_args(env, info, args) && (h = held_get(env, args[0], HELD_TOKEN)))
        atomic_store(&h->flag, 1);
    return NULL;
}

/* ---- maps --------------------------------------------------------------------------------- */

/* { data: Float32Array, width, height, step }; rows are packed on the way. */
static napi_value grid_of(napi_env env, const smp_grid *grid, uint32_t step)
{
    napi_value object = NULL, buffer = NULL, list = NULL;
    void *data = NULL;
    const size_t row = grid->width * sizeof(float);
    if (!fine(env, napi_create_arraybuffer(env, row * grid->height, &data, &buffer)))
        return NULL;
    for (uint32_t y = 0; y < grid->height; y++)
        memcpy((char *)data + y * row, grid->data + y * grid->stride, row);
    napi_create_typedarray(env, napi_float32_array, (size_t)grid->width * grid->height, buffer, 0,
                           &list);
    napi_create_object(env, &object);
    put(env, object, "data", list);
    put(env, object, "width", number_of(env, grid->width));
    put(env, object, "height", number_of(env, grid->height));
    put(env, object, "step", number_of(env, step));
    return object;
}

static int find_name(napi_env env, napi_value value, const char *const *names, uint32_t count,
                     uint32_t *index)
{
    char *text = get_text(env, value, "the map's name", NULL);
    if (!text)
        return 0;
    for (*index = 0; *index < count; ++*index)
        if (!strcmp(text, names[*index])) {
            free(text);
            return 1;
        }
    bad(env, "there is no map \"%.30s\"", text);
    free(text);
    return 0;
}

/* ---- scalps ------------------------------------------------------------------------------- */

/* scalpMap(scalp, name) */
static napi_value scalp_map(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    held *h;
    const char *names[SMP_SCALP_MAP_COUNT];
    uint32_t kind, step = 1;
    smp_grid grid;
    smp_diag diag;
    for (int i = 0; i < SMP_SCALP_MAP_COUNT; i++)
        names[i] = smp_scalp_map_name((smp_scalp_map)i);
    if (!get_args(env, info, args) || !(h = held_get(env, args[0], HELD_SCALP)) ||
        !find_name(env, args[1], names, SMP_SCALP_MAP_COUNT, &kind))
        return NULL;
    smp_status status = smp_scalp_get_map(h->object, (smp_scalp_map)kind, &grid, &step, &diag);
    if (status == SMP_OK)
        return grid_of(env, &grid, step);
    error_throw(env, status, &diag);
    return NULL;
}

static napi_value scalp_info(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX], object = NULL;
    held *h;
    if (!get_args(env, info, args) || !(h = held_get(env, args[0], HELD_SCALP)))
        return NULL;
    smp_skin skin = smp_scalp_skin(h->object);
    smp_camera camera = smp_scalp_camera(h->object);
    napi_create_object(env, &object);
    put(env, object, "skin", desc_write(env, "Skin", &skin));
    put(env, object, "blurPx", number_of(env, smp_scalp_blur_px(h->object)));
    put(env, object, "camera", desc_write(env, "Camera", &camera));
    put(env, object, "grain", number_of(env, smp_scalp_grain(h->object)));
    float light[3];
    smp_scalp_light(h->object, light);
    put(env, object, "lightRgb", floats_of(env, light, 3));
    return object;
}

/* scalpHairs(scalp): arrays of count, and what they come to */
static napi_value scalp_hairs(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX], object = NULL;
    held *h;
    if (!get_args(env, info, args) || !(h = held_get(env, args[0], HELD_SCALP)))
        return NULL;
    const smp_hairs_view v = smp_scalp_hairs(h->object);
    const struct {
        const char *name;
        const float *data;
    } columns[] = {{"uPx", v.u_px},         {"vPx", v.v_px},           {"xMm", v.x_mm},
                   {"yMm", v.y_mm},         {"zMm", v.z_mm},           {"lengthPx", v.length_px},
                   {"widthPx", v.width_px}, {"angleDeg", v.angle_deg}, {"darkness", v.darkness}};
    const struct {
        const char *name;
        double value;
    } numbers[] = {{"count", v.count},
                   {"areaCm2", (double)v.area_cm2},
                   {"perCm2", (double)v.per_cm2},
                   {"typicalWidthMm", (double)v.typical_width_mm},
                   {"typicalLengthMm", (double)v.typical_length_mm},
                   {"typicalDarkness", (double)v.typical_darkness}};
    napi_create_object(env, &object);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        put(env, object, numbers[i].name, number_of(env, numbers[i].value));
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        put(env, object, columns[i].name, floats_of(env, columns[i].data, v.count));
    put(env, object, "rgb", floats_of(env, v.rgb, 3));
    return object;
}

/* ---- dots and previews -------------------------------------------------------------------- */

static napi_value u8_of(napi_env env, const uint8_t *x, size_t count)
{
    napi_value buffer = NULL, list = NULL;
    void *data = NULL;
    if (!x || !fine(env, napi_create_arraybuffer(env, count, &data, &buffer)))
        return NULL;
    if (count)
        memcpy(data, x, count);
    napi_create_typedarray(env, napi_uint8_array, count, buffer, 0, &list);
    return list;
}

static napi_value u32_of(napi_env env, const uint32_t *x, size_t count)
{
    napi_value buffer = NULL, list = NULL;
    void *data = NULL;
    if (!x || !fine(env, napi_create_arraybuffer(env, count * sizeof *x, &data, &buffer)))
        return NULL;
    if (count)
        memcpy(data, x, count * sizeof *x);
    napi_create_typedarray(env, napi_uint32_array, count, buffer, 0, &list);
    return list;
}

static napi_value view_of(napi_env env, const smp_dots_view *v)
{
    napi_value object = NULL;
    const struct {
        const char *name;
        const float *data;
    } columns[] = {{"xMm", v->x_mm},
                   {"yMm", v->y_mm},
                   {"zMm", v->z_mm},
                   {"nx", v->nx},
                   {"ny", v->ny},
                   {"nz", v->nz},
                   {"topMm", v->top_mm},
                   {"heightMm", v->height_mm},
                   {"diameterMm", v->diameter_mm},
                   {"dose", v->dose}};
    napi_create_object(env, &object);
    put(env, object, "count", number_of(env, v->count));
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        put(env, object, columns[i].name, floats_of(env, columns[i].data, v->count));
    put(env, object, "session", u8_of(env, v->session, v->count));
    put(env, object, "zone", u8_of(env, v->zone, v->count));
    put(env, object, "id", u32_of(env, v->id, v->count));
    put(env, object, "group", u32_of(env, v->group, v->count));
    return object;
}

/* Whether a preview can be read: not while a job gives it another plan. */
static int is_settled(napi_env env, held *h)
{
    return atomic_load(&h->flag) != EDITING ||
           bad(env, "this preview takes another plan: wait for it");
}

/* dotsArrays(dots or preview) */
static napi_value dots_arrays(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    held *h;
    uint32_t of_preview = 0;
    if (!get_args(env, info, args) || !get_u32(env, args[1], "kind", &of_preview) ||
        !(h = held_get(env, args[0], of_preview ? HELD_PREVIEW : HELD_DOTS)) ||
        (of_preview && !is_settled(env, h)))
        return NULL;
    const smp_dots *dots = of_preview ? smp_preview_dots(h->object) : h->object;
    smp_dots_view view = smp_dots_arrays(dots);
    return view_of(env, &view);
}

/* dotsAge(dots, day): on the plan that the dots were made of */
static napi_value dots_age(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX], object = NULL;
    held *h;
    double day;
    smp_diag diag;
    if (!get_args(env, info, args) || !(h = held_get(env, args[0], HELD_DOTS)) ||
        !get_number(env, args[1], "day", &day))
        return NULL;
    const uint32_t count = smp_dots_arrays(h->object).count;
    float *memory = malloc(2 * (size_t)count * sizeof *memory + 1);
    smp_status status = memory ? smp_dots_age(held_context(h), h->uses[1]->object, h->object, day,
                                              memory, memory + count, &diag)
                               : SMP_ERR_MEMORY;
    if (status != SMP_OK) {
        error_throw(env, status, memory ? &diag : NULL);
    } else {
        napi_create_object(env, &object);
        put(env, object, "dose", floats_of(env, memory, count));
        put(env, object, "spreadMm", floats_of(env, memory + count, count));
    }
    free(memory);
    return object;
}

/* dotsLeft(dots, day): pigment that is there, and the share left of each component */
static napi_value dots_left(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX], object = NULL;
    held *h;
    double day;
    smp_diag diag;
    if (!get_args(env, info, args) || !(h = held_get(env, args[0], HELD_DOTS)) ||
        !get_number(env, args[1], "day", &day))
        return NULL;
    const size_t count = smp_dots_arrays(h->object).count;
    float *memory = malloc((1 + SMP_PIGMENT_COMPONENTS) * count * sizeof *memory + 1);
    diag.text[0] = '\0';
    smp_status status = memory ? smp_dots_left(held_context(h), h->uses[1]->object, h->object, day,
                                               memory, memory + count, &diag)
                               : SMP_ERR_MEMORY;
    if (status != SMP_OK) {
        error_throw(env, status, &diag);
    } else {
        napi_create_object(env, &object);
        put(env, object, "mass", floats_of(env, memory, count));
        put(env, object, "left", floats_of(env, memory + count, SMP_PIGMENT_COMPONENTS * count));
    }
    free(memory);
    return object;
}

/* placesInfo(places, plan or nothing) */
static napi_value places_info(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX], object = NULL, fits = NULL;
    held *h, *plan;
    if (!get_args(env, info, args) || !(h = held_get(env, args[0], HELD_PLACES)) ||
        !held_optional(env, args[1], HELD_PLAN, &plan))
        return NULL;
    napi_create_object(env, &object);
    napi_get_boolean(env, plan && smp_places_fit(h->object, plan->object), &fits);
    put(env, object, "count", number_of(env, smp_places_count(h->object)));
    put(env, object, "fits", fits);
    return object;
}

static napi_value preview_bounds(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX], object = NULL;
    held *h;
    if (!get_args(env, info, args) || !(h = held_get(env, args[0], HELD_PREVIEW)) ||
        !is_settled(env, h))
        return NULL;
    smp_rect r = smp_preview_bounds(h->object);
    napi_create_object(env, &object);
    put(env, object, "x", number_of(env, r.x));
    put(env, object, "y", number_of(env, r.y));
    put(env, object, "width", number_of(env, r.width));
    put(env, object, "height", number_of(env, r.height));
    return object;
}

/* previewSetLife(preview, desc or nothing) */
static napi_value preview_set_life(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    smp_life_desc life;
    smp_diag diag;
    held *h;
    if (!get_args(env, info, args) || !(h = held_get(env, args[0], HELD_PREVIEW)) ||
        !desc_read(env, "LifeDesc", args[1], &life))
        return NULL;
    if (atomic_exchange(&h->flag, 1)) {
        bad(env, "this preview is rendering: wait for it");
        return NULL;
    }
    const smp_life_desc *own = is_missing(env, args[1]) ? NULL : &life;
    const smp_status status = smp_preview_set_life(h->object, own, &diag);
    atomic_store(&h->flag, 0);
    if (status != SMP_OK)
        error_throw(env, status, &diag);
    return NULL;
}

/* ---- phantoms ----------------------------------------------------------------------------- */

static const char *const phantom_maps[] = {"mask",  "xMm",     "yMm",   "zMm",  "shading",
                                           "shine", "melanin", "blood", "hair", "spot"};
_Static_assert(sizeof phantom_maps / sizeof *phantom_maps == SMP_PHANTOM_MAP_COUNT,
               "a map has no name");

static napi_value phantom_map(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    held *h;
    uint32_t kind;
    smp_grid grid;
    smp_diag diag;
    if (!get_args(env, info, args) || !(h = held_get(env, args[0], HELD_PHANTOM)) ||
        !find_name(env, args[1], phantom_maps, SMP_PHANTOM_MAP_COUNT, &kind))
        return NULL;
    smp_status status = smp_phantom_get_map(h->object, (smp_phantom_map)kind, &grid, &diag);
    if (status == SMP_OK)
        return grid_of(env, &grid, 1);
    error_throw(env, status, &diag);
    return NULL;
}

napi_value ellipse_of(napi_env env, const smp_ellipse *e);

static napi_value phantom_hairs(napi_env env, const smp_phantom *phantom)
{
    uint32_t count = 0;
    const smp_phantom_hair *hairs = smp_phantom_hairs(phantom, &count);
    _Static_assert(sizeof *hairs == 5 * sizeof(float), "hairs are packed");
    return floats_of(env, (const float *)(const void *)hairs, (size_t)count * 5);
}

static napi_value phantom_info(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX], object = NULL;
    held *h;
    if (!get_args(env, info, args) || !(h = held_get(env, args[0], HELD_PHANTOM)))
        return NULL;
    smp_camera camera = smp_phantom_camera(h->object);
    smp_head head = smp_phantom_head(h->object);
    smp_ellipse ellipse = smp_phantom_ellipse(h->object);
    napi_create_object(env, &object);
    put(env, object, "camera", desc_write(env, "Camera", &camera));
    put(env, object, "head", desc_write(env, "Head", &head));
    put(env, object, "ellipse", ellipse_of(env, &ellipse));
    put(env, object, "hairs", phantom_hairs(env, h->object));
    return object;
}

static napi_value phantom_image(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    held *h;
    if (!get_args(env, info, args) || !(h = held_get(env, args[0], HELD_PHANTOM)))
        return NULL;
    const smp_image *from = smp_phantom_image(h->object);
    smp_image copy = *from;
    const size_t row = (size_t)from->width * (size_t)format_size_of(from);
    copy.stride = (ptrdiff_t)row;
    copy.data = malloc(row * from->height);
    if (!copy.data) {
        error_throw(env, SMP_ERR_MEMORY, NULL);
        return NULL;
    }
    for (uint32_t y = 0; y < from->height; y++)
        memcpy((char *)copy.data + y * row, (char *)from->data + (ptrdiff_t)y * from->stride, row);
    return image_make(env, &copy, copy.data, free);
}

const native_function object_functions[] = {{"context", context_create},
                                            {"contextInfo", context_info},
                                            {"token", token_create},
                                            {"cancel", token_cancel},
                                            {"scalpMap", scalp_map},
                                            {"scalpInfo", scalp_info},
                                            {"scalpHairs", scalp_hairs},
                                            {"dotsLeft", dots_left},
                                            {"placesInfo", places_info},
                                            {"dotsArrays", dots_arrays},
                                            {"dotsAge", dots_age},
                                            {"previewBounds", preview_bounds},
                                            {"previewSetLife", preview_set_life},
                                            {"phantomMap", phantom_map},
                                            {"phantomInfo", phantom_info},
                                            {"phantomImage", phantom_image},
                                            {NULL, NULL}};
