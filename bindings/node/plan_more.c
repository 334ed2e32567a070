/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Plans, continued: pigments, zones, patterns, events, life, painted density, hairs that are
 * there, and what a plan says of a place. */
#include <stdlib.h>

#include "addon.h"

static napi_value done(napi_env env, smp_status status, const smp_diag *diag)
{
    if (status != SMP_OK)
        error_throw(env, status, diag);
    return NULL;
}

/* The plan of the first argument, and all arguments. */
static held *plan_of(napi_env env, napi_callback_info info, napi_value args[ARGS_MAX])
{
    return get_args(env, info, args) ? held_get(env, args[0], HELD_PLAN) : NULL;
}

/* planSetPigment(plan, pigment, session or nothing) */
static napi_value set_pigment(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    smp_pigment pigment;
    smp_diag diag;
    uint32_t session = 0;
    held *h = plan_of(env, info, args);
    if (!h || !desc_read(env, "Pigment", args[1], &pigment))
        return NULL;
    if (is_missing(env, args[2]))
        return done(env, smp_plan_set_pigment(h->object, &pigment, &diag), &diag);
    if (!get_u32(env, args[2], "session", &session))
        return NULL;
    const smp_pigment *own = is_missing(env, args[1]) ? NULL : &pigment;
    return done(env, smp_plan_set_session_pigment(h->object, session, own, &diag), &diag);
}

static napi_value get_pigment(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    smp_pigment pigment;
    smp_diag diag;
    uint32_t session = UINT32_MAX;
    held *h = plan_of(env, info, args);
    if (!h || (!is_missing(env, args[1]) && !get_u32(env, args[1], "session", &session)))
        return NULL;
    smp_pigment_init(&pigment);
    const smp_status status = smp_plan_get_pigment(h->object, session, &pigment, &diag);
    return status == SMP_OK ? desc_write(env, "Pigment", &pigment) : done(env, status, &diag);
}

/* planSetEventPigment(plan, pigment or nothing, event) */
static napi_value set_event_pigment(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    smp_pigment pigment;
    smp_diag diag;
    uint32_t event = 0;
    held *h = plan_of(env, info, args);
    if (!h || !desc_read(env, "Pigment", args[1], &pigment) ||
        !get_u32(env, args[2], "event", &event))
        return NULL;
    const smp_pigment *own = is_missing(env, args[1]) ? NULL : &pigment;
    return done(env, smp_plan_set_event_pigment(h->object, event, own, &diag), &diag);
}

static napi_value get_event_pigment(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    smp_pigment pigment;
    smp_diag diag;
    uint32_t event = 0;
    held *h = plan_of(env, info, args);
    if (!h || !get_u32(env, args[1], "event", &event))
        return NULL;
    smp_pigment_init(&pigment);
    const smp_status status = smp_plan_get_event_pigment(h->object, event, &pigment, &diag);
    return status == SMP_OK ? desc_write(env, "Pigment", &pigment) : done(env, status, &diag);
}

/* hairlinePlace(hairline, head, rule, three numbers for each landmark or nothing) */
static napi_value hairline_place(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    smp_hairline_desc hairline;
    smp_head head;
    smp_diag diag;
    uint32_t rule = 0;
    double xyz[3 * SMP_LANDMARK_COUNT];
    if (!get_args(env, info, args) || !desc_read(env, "HairlineDesc", args[0], &hairline) ||
        !desc_read(env, "Head", args[1], &head) || !get_u32(env, args[2], "rule", &rule))
        return NULL;
    const int known = !is_missing(env, args[3]);
    if (known && !get_numbers(env, args[3], "landmarksMm", 3 * SMP_LANDMARK_COUNT, xyz))
        return NULL;
    const smp_status status =
        smp_hairline_place(&head, (smp_hairline_rule)rule, known ? xyz : NULL, &hairline, &diag);
    return status == SMP_OK ? desc_write(env, "HairlineDesc", &hairline) : done(env, status, &diag);
}

/* planSetPattern(plan, desc or nothing) */
static napi_value set_pattern(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    smp_pattern_desc desc;
    smp_diag diag;
    held *h = plan_of(env, info, args);
    if (!h || !desc_read(env, "PatternDesc", args[1], &desc))
        return NULL;
    const smp_pattern_desc *own = is_missing(env, args[1]) ? NULL : &desc;
    return done(env, smp_plan_set_pattern(h->object, own, &diag), &diag);
}

static napi_value set_life(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    smp_life_desc desc;
    smp_diag diag;
    held *h = plan_of(env, info, args);
    if (!h)
        return NULL;
    smp_life_desc_init(&desc);
    smp_status status = smp_plan_get_life(h->object, &desc, &diag);
    if (status == SMP_OK && !desc_update(env, "LifeDesc", args[1], &desc))
        return NULL;
    return done(env, status != SMP_OK ? status : smp_plan_set_life(h->object, &desc, &diag), &diag);
}

/* x y z of points; 0 with an exception pending. */
static int get_points(napi_env env, napi_value value, const char *name, double **xyz,
                      uint32_t *count)
{
    if (!get_list(env, value, name, xyz, count))
        return 0;
    if (*count % 3) {
        free(*xyz);
        return bad(env, "%s holds %u numbers, want three for each point", name, *count);
    }
    *count /= 3;
    return 1;
}

/* planAddZone(plan, desc, xyz): the zone's number */
static napi_value add_zone(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    smp_zone_desc desc;
    smp_diag diag;
    double *xyz = NULL;
    uint32_t count = 0, number = 0;
    held *h = plan_of(env, info, args);
    if (!h || !desc_read(env, "ZoneDesc", args[1], &desc) ||
        !get_points(env, args[2], "xyzMm", &xyz, &count))
        return NULL;
    const smp_status status = smp_plan_add_zone(h->object, &desc, xyz, count, &number, &diag);
    free(xyz);
    return status == SMP_OK ? number_of(env, number) : done(env, status, &diag);
}

/* planSetZone(plan, number, desc): fields that are left out stay */
static napi_value set_zone(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    smp_zone_desc desc;
    smp_diag diag;
    uint32_t number = 0;
    held *h = plan_of(env, info, args);
    if (!h || !get_u32(env, args[1], "number", &number))
        return NULL;
    smp_zone_desc_init(&desc);
    smp_status status = smp_plan_get_zone(h->object, number, &desc, NULL, &diag);
    if (status == SMP_OK && !desc_update(env, "ZoneDesc", args[2], &desc))
        return NULL;
    if (status == SMP_OK)
        status = smp_plan_set_zone(h->object, number, &desc, &diag);
    return done(env, status, &diag);
}

static napi_value clear_zones(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    smp_diag diag;
    held *h = plan_of(env, info, args);
    return h ? done(env, smp_plan_clear_zones(h->object, &diag), &diag) : NULL;
}

static napi_value zone_value(napi_env env, const smp_plan *plan, uint32_t number)
{
    smp_zone_desc desc;
    uint32_t count = 0;
    napi_value object = NULL;
    smp_zone_desc_init(&desc);
    if (smp_plan_get_zone(plan, number, &desc, &count, NULL) != SMP_OK)
        return NULL;
    double *xyz = malloc((3 * (size_t)count + 1) * sizeof *xyz);
    object = desc_write(env, "ZoneDesc", &desc);
    if (xyz && smp_plan_get_zone_points(plan, number, xyz, count, NULL) == SMP_OK)
        put(env, object, "xyzMm", numbers_of(env, xyz, 3 * count));
    free(xyz);
    return object;
}

/* planMore(plan): what planGet leaves out */
static napi_value get_more(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX], object = NULL, zones = NULL, events = NULL;
    smp_pattern_desc pattern;
    smp_life_desc life;
    smp_event_desc event;
    held *h = plan_of(env, info, args);
    if (!h)
        return NULL;
    smp_pattern_desc_init(&pattern);
    smp_life_desc_init(&life);
    smp_event_desc_init(&event);
    napi_create_object(env, &object);
    napi_create_array(env, &zones);
    napi_create_array(env, &events);
    if (smp_plan_get_pattern(h->object, &pattern, NULL) == SMP_OK)
        put(env, object, "pattern", desc_write(env, "PatternDesc", &pattern));
    if (smp_plan_get_life(h->object, &life, NULL) == SMP_OK)
        put(env, object, "life", desc_write(env, "LifeDesc", &life));
    for (uint32_t i = 0; i < smp_plan_zone_count(h->object); i++)
        napi_set_element(env, zones, i, zone_value(env, h->object, i + 1));
    for (uint32_t i = 0; i < smp_plan_event_count(h->object); i++)
        if (smp_plan_get_event(h->object, i, &event, NULL) == SMP_OK)
            napi_set_element(env, events, i, desc_write(env, "EventDesc", &event));
    put(env, object, "zones", zones);
    put(env, object, "events", events);
    put(env, object, "obstacles", number_of(env, smp_plan_obstacle_count(h->object)));
    return object;
}

/* planSetEvents(plan, list) */
static napi_value set_events(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    smp_event_desc events[SMP_EVENTS_MAX + 1];
    smp_diag diag;
    uint32_t count = 0;
    bool is = false;
    held *h = plan_of(env, info, args);
    if (!h)
        return NULL;
    napi_is_array(env, args[1], &is);
    if (!is || napi_get_array_length(env, args[1], &count) != napi_ok || count > SMP_EVENTS_MAX) {
        bad(env, "events must be an array of at most %d", SMP_EVENTS_MAX);
        return NULL;
    }
    for (uint32_t i = 0; i < count; i++) {
        napi_value item = NULL;
        napi_get_element(env, args[1], i, &item);
        if (!desc_read(env, "EventDesc", item, events + i))
            return NULL;
    }
    return done(env, smp_plan_set_events(h->object, events, count, &diag), &diag);
}

/* planSetDensity(plan, grid or nothing, camera or nothing, elsewhere) */
static napi_value set_density(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    smp_grid grid;
    smp_camera camera;
    smp_diag diag;
    float *memory = NULL;
    double elsewhere = 0;
    smp_status status;
    held *h = plan_of(env, info, args);
    if (!h)
        return NULL;
    if (is_missing(env, args[1]))
        return done(env, smp_plan_set_density_map(h->object, NULL, &diag), &diag);
    if (!desc_read(env, "Camera", args[2], &camera) ||
        (!is_missing(env, args[3]) && !get_number(env, args[3], "elsewhere", &elsewhere)) ||
        !get_grid(env, args[1], "grid", &grid, &memory))
        return NULL;
    if (is_missing(env, args[2]))
        status = smp_plan_set_density_map(h->object, &grid, &diag);
    else
        status = smp_plan_set_density_photo(h->object, &grid, &camera, (float)elsewhere, &diag);
    free(memory);
    return done(env, status, &diag);
}

/* planSetObstacles(plan, xyz or nothing, keepMm) */
static napi_value set_obstacles(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    smp_diag diag;
    double *xyz = NULL, keep = 0.5;
    uint32_t count = 0;
    held *h = plan_of(env, info, args);
    if (!h)
        return NULL;
    if (is_missing(env, args[1]))
        return done(env, smp_plan_set_obstacles(h->object, NULL, 0, 0, &diag), &diag);
    if ((!is_missing(env, args[2]) && !get_number(env, args[2], "keepMm", &keep)) ||
        !get_points(env, args[1], "xyzMm", &xyz, &count))
        return NULL;
    float *narrow = malloc((3 * (size_t)count + 1) * sizeof *narrow);
    for (uint32_t i = 0; narrow && i < 3 * count; i++)
        narrow[i] = (float)xyz[i];
    const smp_status status =
        narrow ? smp_plan_set_obstacles(h->object, narrow, count, (float)keep, &diag)
               : SMP_ERR_MEMORY;
    free(narrow);
    free(xyz);
    return done(env, status, status == SMP_ERR_MEMORY ? NULL : &diag);
}

/* planPlace(plan, [x, y, z]): what the plan says there */
static napi_value place(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX], object = NULL;
    double xyz[3];
    held *h = plan_of(env, info, args);
    if (!h || !get_numbers(env, args[1], "xyzMm", 3, xyz))
        return NULL;
    napi_create_object(env, &object);
    put(env, object, "densityPerCm2", number_of(env, smp_plan_density(h->object, xyz)));
    put(env, object, "hairPerCm2", number_of(env, smp_plan_hair(h->object, xyz)));
    put(env, object, "zone", number_of(env, smp_plan_zone_at(h->object, xyz)));
    return object;
}

/* planMeasure(plan, zone or nothing, group or nothing) */
static napi_value measure(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    smp_measures measures;
    smp_diag diag;
    uint32_t zone = SMP_MASK_ALL, group = SMP_MASK_ALL;
    held *h = plan_of(env, info, args);
    if (!h || (!is_missing(env, args[1]) && !get_u32(env, args[1], "zone", &zone)) ||
        (!is_missing(env, args[2]) && !get_u32(env, args[2], "session", &group)))
        return NULL;
    smp_measures_init(&measures);
    const smp_status status = smp_plan_measure(h->object, zone, group, &measures, &diag);
    return status == SMP_OK ? desc_write(env, "Measures", &measures) : done(env, status, &diag);
}

/* planMatchHairs(plan, skin or nothing, widthMm, darkness, blurMm) */
static napi_value match_hairs(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    smp_skin skin;
    smp_diag diag;
    double width, darkness, blur;
    held *h = plan_of(env, info, args);
    if (!h || !desc_read(env, "Skin", args[1], &skin) ||
        !get_number(env, args[2], "widthMm", &width) ||
        !get_number(env, args[3], "darkness", &darkness) ||
        !get_number(env, args[4], "blurMm", &blur))
        return NULL;
    return done(env,
                smp_plan_match_hairs(h->object, is_missing(env, args[1]) ? NULL : &skin,
                                     (float)width, (float)darkness, (float)blur, &diag),
                &diag);
}

/* planWarnings(plan, skin or nothing): [{ code, value, limit, text }] */
static napi_value warnings(napi_env env, napi_callback_info info)
{
    enum { ROOM = 32 };
    napi_value args[ARGS_MAX], list = NULL;
    smp_warning found[ROOM];
    smp_skin skin;
    smp_diag diag;
    uint32_t count = 0;
    held *h = plan_of(env, info, args);
    if (!h || !desc_read(env, "Skin", args[1], &skin))
        return NULL;
    const smp_status status = smp_plan_warnings(h->object, is_missing(env, args[1]) ? NULL : &skin,
                                                found, ROOM, &count, &diag);
    if (status != SMP_OK)
        return done(env, status, &diag);
    napi_create_array(env, &list);
    for (uint32_t i = 0; i < count && i < ROOM; i++) {
        napi_value object = NULL;
        napi_create_object(env, &object);
        put(env, object, "code", number_of(env, found[i].code));
        put(env, object, "value", number_of(env, (double)found[i].value));
        put(env, object, "limit", number_of(env, (double)found[i].limit));
        put(env, object, "text", text_of(env, found[i].text));
        napi_set_element(env, list, i, object);
    }
    return list;
}

/* planFromPreset(context, name, head) */
static napi_value from_preset(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    smp_head head;
    smp_plan *plan = NULL;
    smp_diag diag;
    held *context;
    char *name;
    if (!get_args(env, info, args) || !(context = held_get(env, args[0], HELD_CONTEXT)) ||
        !desc_read(env, "Head", args[2], &head) || !(name = get_text(env, args[1], "name", NULL)))
        return NULL;
    const smp_status status = smp_plan_from_preset(context->object, name, &head, &plan, &diag);
    free(name);
    return give_plan(env, context, status, plan, &diag);
}

/* presets(): [{ name, about }] */
static napi_value presets(napi_env env, napi_callback_info info)
{
    napi_value list = NULL;
    (void)info;
    napi_create_array(env, &list);
    for (uint32_t i = 0; i < smp_plan_preset_count(); i++) {
        const char *about = NULL, *name = smp_plan_preset_name(i, &about);
        napi_value object = NULL;
        napi_create_object(env, &object);
        put(env, object, "name", text_of(env, name));
        put(env, object, "about", text_of(env, about));
        napi_set_element(env, list, i, object);
    }
    return list;
}

const native_function plan_more_functions[] = {{"planSetPigment", set_pigment},
                                               {"planGetPigment", get_pigment},
                                               {"planSetEventPigment", set_event_pigment},
                                               {"planGetEventPigment", get_event_pigment},
                                               {"hairlinePlace", hairline_place},
                                               {"planSetPattern", set_pattern},
                                               {"planSetLife", set_life},
                                               {"planAddZone", add_zone},
                                               {"planSetZone", set_zone},
                                               {"planClearZones", clear_zones},
                                               {"planMore", get_more},
                                               {"planSetEvents", set_events},
                                               {"planSetDensity", set_density},
                                               {"planSetObstacles", set_obstacles},
                                               {"planMatchHairs", match_hairs},
                                               {"planPlace", place},
                                               {"planMeasure", measure},
                                               {"planWarnings", warnings},
                                               {"planFromPreset", from_preset},
                                               {"presets", presets},
                                               {NULL, NULL}};
