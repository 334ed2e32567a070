/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * For researchers: pigments, layers, skins and their labels, courses. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "addon.h"

static napi_value failed(napi_env env, smp_status status, const smp_diag *diag)
{
    error_throw(env, status, diag);
    return NULL;
}

static napi_value pigment_spectrum(napi_env env, napi_callback_info info,
                                   smp_status (*spectrum)(const smp_pigment *, float *, smp_diag *))
{
    napi_value args[ARGS_MAX];
    smp_pigment pigment;
    float values[SMP_SPECTRUM_COUNT];
    smp_diag diag;
    if (!get_args(env, info, args) || !desc_read(env, "Pigment", args[0], &pigment))
        return NULL;
    const smp_status status = spectrum(&pigment, values, &diag);
    return status == SMP_OK ? floats_of(env, values, SMP_SPECTRUM_COUNT)
                            : failed(env, status, &diag);
}

static napi_value pigment_absorption(napi_env env, napi_callback_info info)
{
    return pigment_spectrum(env, info, smp_pigment_absorption);
}

static napi_value pigment_scattering(napi_env env, napi_callback_info info)
{
    return pigment_spectrum(env, info, smp_pigment_scattering);
}

/* pigmentMass(pigment, dose): mg/cm2 of each component */
static napi_value pigment_mass(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    smp_pigment pigment;
    float mass[SMP_PIGMENT_COMPONENTS];
    double dose;
    smp_diag diag;
    if (!get_args(env, info, args) || !desc_read(env, "Pigment", args[0], &pigment) ||
        !get_number(env, args[1], "dose", &dose))
        return NULL;
    const smp_status status = smp_pigment_mass(&pigment, (float)dose, mass, &diag);
    return status == SMP_OK ? floats_of(env, mass, SMP_PIGMENT_COMPONENTS)
                            : failed(env, status, &diag);
}

/* pigmentFromMass(mgPerCm2): { pigment, dose } */
static napi_value pigment_from_mass(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX], object = NULL;
    double mass[SMP_PIGMENT_COMPONENTS];
    float narrow[SMP_PIGMENT_COMPONENTS], dose = 0;
    smp_pigment pigment;
    smp_diag diag;
    if (!get_args(env, info, args) ||
        !get_numbers(env, args[0], "mgPerCm2", SMP_PIGMENT_COMPONENTS, mass))
        return NULL;
    for (int i = 0; i < SMP_PIGMENT_COMPONENTS; i++)
        narrow[i] = (float)mass[i];
    smp_pigment_init(&pigment);
    const smp_status status = smp_pigment_from_mass(narrow, &pigment, &dose, &diag);
    if (status != SMP_OK)
        return failed(env, status, &diag);
    napi_create_object(env, &object);
    put(env, object, "pigment", desc_write(env, "Pigment", &pigment));
    put(env, object, "dose", number_of(env, (double)dose));
    return object;
}

static int read_layer(napi_env env, napi_value object, smp_layer *layer)
{
    const struct {
        const char *name;
        double *value;
    } fields[] = {{"absorptionPerMm", &layer->absorption_per_mm},
                  {"scatteringPerMm", &layer->scattering_per_mm},
                  {"anisotropy", &layer->anisotropy},
                  {"index", &layer->index},
                  {"thicknessMm", &layer->thickness_mm}};
    *layer = (smp_layer){0, 0, 0.8, 1.4, (double)INFINITY};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        napi_value value = property(env, object, fields[i].name);
        if (!is_missing(env, value) && !get_number(env, value, fields[i].name, fields[i].value))
            return 0;
    }
    return 1;
}

/* samples[i] is the list of layers of sample i; all lists are of one length. */
static smp_layer *read_layers(napi_env env, napi_value list, uint32_t *samples, uint32_t *count)
{
    smp_layer *layers = NULL;
    bool is = false;
    *samples = *count = 0;
    if (list)
        napi_is_array(env, list, &is);
    if (!is || napi_get_array_length(env, list, samples) != napi_ok || *samples == 0) {
        bad(env, "layers must be an array: for each sample an array of layers");
        return NULL;
    }
    for (uint32_t i = 0; i < *samples; i++) {
        napi_value row = NULL, item = NULL;
        uint32_t length = 0;
        napi_get_element(env, list, i, &row);
        int ok = napi_get_array_length(env, row, &length) == napi_ok && length > 0 &&
                 (i == 0 || length == *count);
        if (i == 0 && ok) {
            *count = length;
            layers = calloc((size_t)*samples * length, sizeof *layers);
            ok = layers != NULL;
        }
        for (uint32_t k = 0; ok && k < length; k++)
            ok = napi_get_element(env, row, k, &item) == napi_ok &&
                 read_layer(env, item, layers + (size_t)i * length + k);
        if (!ok) {
            free(layers);
            bad(env, "layers[%u] must be an array of as many layers as the others", i);
            return NULL;
        }
    }
    return layers;
}

/* layeredReflectance(context, layers, desc): { reflectance, transmittance } */
static napi_value layered(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX], object = NULL;
    smp_layered_desc desc;
    smp_diag diag;
    uint32_t samples, count;
    held *context;
    if (!get_args(env, info, args) || !(context = held_get(env, args[0], HELD_CONTEXT)) ||
        !desc_read(env, "LayeredDesc", args[2], &desc))
        return NULL;
    smp_layer *layers = read_layers(env, args[1], &samples, &count);
    if (!layers)
        return NULL;
    double *out = calloc(2 * (size_t)samples, sizeof *out);
    diag.text[0] = '\0';
    const smp_status status = out ? smp_layered_reflectance(context->object, &desc, layers, count,
                                                            samples, out, out + samples, &diag)
                                  : SMP_ERR_MEMORY;
    if (status == SMP_OK) {
        napi_create_object(env, &object);
        put(env, object, "reflectance", numbers_of(env, out, samples));
        put(env, object, "transmittance", numbers_of(env, out + samples, samples));
    } else {
        error_throw(env, status, &diag);
    }
    free(out);
    free(layers);
    return object;
}

/* skinEstimate(rgb, desc, space): skin, exposure, residual */
static napi_value skin_estimate(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX], object;
    smp_estimate_desc desc;
    smp_skin skin;
    smp_diag diag;
    smp_space space = SMP_SPACE_SRGB;
    double wide[3];
    float rgb[3], exposure = 0, residual = 0;
    if (!get_args(env, info, args) || !get_numbers(env, args[0], "rgb", 3, wide) ||
        !desc_read(env, "EstimateDesc", args[1], &desc) ||
        !get_space(env, args[2], "space", &space))
        return NULL;
    for (int i = 0; i < 3; i++)
        rgb[i] = (float)wide[i];
    smp_skin_init(&skin);
    const smp_status status =
        smp_skin_estimate(space, rgb, &desc, &skin, &exposure, &residual, &diag);
    if (status != SMP_OK)
        return failed(env, status, &diag);
    object = desc_write(env, "Skin", &skin);
    put(env, object, "exposure", number_of(env, (double)exposure));
    put(env, object, "residual", number_of(env, (double)residual));
    return object;
}

/* skinExtrapolates(skin): names of what lies outside what was measured */
static napi_value skin_extrapolates(napi_env env, napi_callback_info info)
{
    static const char *const names[] = {"melanin", "blood", "yellowUm", "scattering"};
    napi_value args[ARGS_MAX], list = NULL;
    smp_skin skin;
    smp_diag diag;
    uint32_t beyond = 0, n = 0;
    if (!get_args(env, info, args) || !desc_read(env, "Skin", args[0], &skin))
        return NULL;
    const smp_status status = smp_skin_extrapolates(&skin, &beyond, &diag);
    if (status != SMP_OK)
        return failed(env, status, &diag);
    napi_create_array(env, &list);
    for (uint32_t i = 0; i < 4; i++)
        if (beyond >> i & 1)
            napi_set_element(env, list, n++, text_of(env, names[i]));
    return list;
}

static napi_value tone_from_lab(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    smp_tone tone;
    smp_diag diag;
    double wide[3];
    if (!get_args(env, info, args) || !get_numbers(env, args[0], "lab", 3, wide))
        return NULL;
    const float lab[3] = {(float)wide[0], (float)wide[1], (float)wide[2]};
    smp_tone_init(&tone);
    const smp_status status = smp_tone_from_lab(lab, &tone, &diag);
    return status == SMP_OK ? desc_write(env, "Tone", &tone) : failed(env, status, &diag);
}

/* skinHealing(skin, days, space) */
static napi_value skin_healing(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    smp_skin skin;
    smp_diag diag;
    smp_space space = SMP_SPACE_SRGB;
    double days;
    float rgb[3];
    if (!get_args(env, info, args) || !desc_read(env, "Skin", args[0], &skin) ||
        !get_number(env, args[1], "days", &days) || !get_space(env, args[2], "space", &space))
        return NULL;
    const smp_status status = smp_skin_healing(&skin, days, space, rgb, &diag);
    const double wide[3] = {(double)rgb[0], (double)rgb[1], (double)rgb[2]};
    return status == SMP_OK ? numbers_of(env, wide, 3) : failed(env, status, &diag);
}

/* columnFromNeedle(needleMm, depthMm, column) */
static napi_value column_from_needle(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    smp_column column;
    smp_diag diag;
    double needle, depth;
    if (!get_args(env, info, args) || !get_number(env, args[0], "needleMm", &needle) ||
        !get_number(env, args[1], "depthMm", &depth) || !desc_read(env, "Column", args[2], &column))
        return NULL;
    const smp_status status = smp_column_from_needle((float)needle, (float)depth, &column, &diag);
    return status == SMP_OK ? desc_write(env, "Column", &column) : failed(env, status, &diag);
}

/* ---- courses ------------------------------------------------------------------------------ */

static const char *const value_names[] = {"contrast", "lightness", "a",      "b",
                                          "coverage", "mass",      "detail", "redness"};
static const char *const case_names[] = {"low", "typical", "high"};
_Static_assert(sizeof value_names / sizeof *value_names == SMP_COURSE_VALUES, "a value is unnamed");
_Static_assert(sizeof case_names / sizeof *case_names == SMP_COURSE_CASES, "a case is unnamed");

/* One case: { contrast: Float32Array, ... } */
static napi_value course_case(napi_env env, const float *values, uint32_t count)
{
    napi_value object = NULL;
    napi_create_object(env, &object);
    float *column = malloc(((size_t)count + 1) * sizeof *column);
    for (int k = 0; column && k < SMP_COURSE_VALUES; k++) {
        for (uint32_t i = 0; i < count; i++)
            column[i] = values[(size_t)i * SMP_COURSE_VALUES + (size_t)k];
        put(env, object, value_names[k], floats_of(env, column, count));
    }
    free(column);
    return object;
}

typedef struct course_wish {
    held *plan;
    smp_skin skin;
    smp_course_desc desc;
} course_wish;

static int read_course(napi_env env, napi_value *args, course_wish *w)
{
    w->plan = held_get(env, args[0], HELD_PLAN);
    return w->plan && desc_read(env, "Skin", args[1], &w->skin) &&
           desc_read(env, "CourseDesc", args[2], &w->desc);
}

/* fadeCourse(plan, skin, desc, days): { low, typical, high } */
static napi_value fade_course(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX], object = NULL;
    course_wish w;
    double *days;
    uint32_t count;
    smp_diag diag;
    if (!get_args(env, info, args) || !read_course(env, args, &w) ||
        !get_list(env, args[3], "days", &days, &count))
        return NULL;
    const size_t one = (size_t)count * SMP_COURSE_VALUES;
    float *values = malloc((SMP_COURSE_CASES * one + 1) * sizeof *values);
    diag.text[0] = '\0';
    const smp_status status = values ? smp_fade_course(held_context(w.plan), w.plan->object,
                                                       &w.skin, &w.desc, count, days, values, &diag)
                                     : SMP_ERR_MEMORY;
    if (status == SMP_OK) {
        napi_create_object(env, &object);
        for (size_t i = 0; i < SMP_COURSE_CASES; i++)
            put(env, object, case_names[i], course_case(env, values + i * one, count));
    } else {
        error_throw(env, status, &diag);
    }
    free(values);
    free(days);
    return object;
}

/* fadeDue(plan, skin, desc): { low, typical, high } days */
static napi_value fade_due(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX], object = NULL;
    course_wish w;
    double due[SMP_COURSE_CASES];
    smp_diag diag;
    if (!get_args(env, info, args) || !read_course(env, args, &w))
        return NULL;
    const smp_status status =
        smp_fade_due(held_context(w.plan), w.plan->object, &w.skin, &w.desc, due, &diag);
    if (status != SMP_OK)
        return failed(env, status, &diag);
    napi_create_object(env, &object);
    for (int i = 0; i < SMP_COURSE_CASES; i++)
        put(env, object, case_names[i], number_of(env, due[i]));
    return object;
}

/* laserSessions(desc, pigment): { sessions, left } */
static napi_value laser_sessions(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX], object = NULL;
    smp_removal_desc desc;
    smp_pigment pigment;
    smp_diag diag;
    uint32_t sessions = 0;
    float left[SMP_LASER_SESSIONS_MAX];
    if (!get_args(env, info, args) || !desc_read(env, "RemovalDesc", args[0], &desc) ||
        !desc_read(env, "Pigment", args[1], &pigment))
        return NULL;
    const smp_status status = smp_laser_sessions(&desc, &pigment, &sessions, left, &diag);
    if (status != SMP_OK)
        return failed(env, status, &diag);
    napi_create_object(env, &object);
    put(env, object, "sessions", number_of(env, sessions));
    put(env, object, "left", floats_of(env, left, SMP_LASER_SESSIONS_MAX));
    return object;
}

const native_function science_functions[] = {{"pigmentAbsorption", pigment_absorption},
                                             {"pigmentScattering", pigment_scattering},
                                             {"pigmentMass", pigment_mass},
                                             {"pigmentFromMass", pigment_from_mass},
                                             {"layeredReflectance", layered},
                                             {"skinEstimate", skin_estimate},
                                             {"skinExtrapolates", skin_extrapolates},
                                             {"toneFromLab", tone_from_lab},
                                             {"skinHealing", skin_healing},
                                             {"columnFromNeedle", column_from_needle},
                                             {"fadeCourse", fade_course},
                                             {"fadeDue", fade_due},
                                             {"laserSessions", laser_sessions},
                                             {NULL, NULL}};
