/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Errors and plain values between JavaScript and C. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "addon.h"

/* ---- errors ------------------------------------------------------------------------------- */

napi_value error_make(napi_env env, smp_status status, const smp_diag *diag)
{
    napi_value code, text, error = NULL;
    const char *words = diag && diag->text[0] ? diag->text : smp_status_name(status);
    code = text_of(env, smp_status_name(status));
    text = text_of(env, words);
    if (status == SMP_ERR_RANGE)
        napi_create_range_error(env, code, text, &error);
    else if (status == SMP_ERR_ARGUMENT)
        napi_create_type_error(env, code, text, &error);
    else
        napi_create_error(env, code, text, &error);
    return error;
}

void error_throw(napi_env env, smp_status status, const smp_diag *diag)
{
    bool pending = false;
    napi_is_exception_pending(env, &pending);
    if (!pending)
        napi_throw(env, error_make(env, status, diag));
}

int bad(napi_env env, const char *format, ...)
{
    smp_diag diag = {SMP_ERR_ARGUMENT, {0}};
    va_list list;
    va_start(list, format);
    vsnprintf(diag.text, sizeof diag.text, format, list);
    va_end(list);
    error_throw(env, SMP_ERR_ARGUMENT, &diag);
    return 0;
}

int fine(napi_env env, napi_status ok)
{
    const napi_extended_error_info *info = NULL;
    if (ok == napi_ok)
        return 1;
    if (ok == napi_pending_exception)
        return 0;
    napi_get_last_error_info(env, &info);
    return bad(env, "%s", info && info->error_message ? info->error_message : "Node-API failed");
}

/* ---- reading ------------------------------------------------------------------------------ */

int get_args(napi_env env, napi_callback_info info, napi_value args[ARGS_MAX])
{
    size_t count = ARGS_MAX;
    return fine(env, napi_get_cb_info(env, info, &count, args, NULL, NULL));
}

int is_missing(napi_env env, napi_value value)
{
    napi_valuetype type = napi_undefined;
    if (value)
        napi_typeof(env, value, &type);
    return type == napi_undefined || type == napi_null;
}

int get_number(napi_env env, napi_value value, const char *name, double *number)
{
    napi_valuetype type = napi_undefined;
    if (value)
        napi_typeof(env, value, &type);
    if (type != napi_number)
        return bad(env, "%s must be a number", name);
    return fine(env, napi_get_value_double(env, value, number));
}

int get_u32(napi_env env, napi_value value, const char *name, uint32_t *number)
{
    double x = 0;
    if (!get_number(env, value, name, &x))
        return 0;
    if (!(x >= 0 && x <= 4294967295.0 && x == floor(x)))
        return bad(env, "%s is %g, want a whole number from 0 to 4294967295", name, x);
    *number = (uint32_t)x;
    return 1;
}

static int typed_numbers(napi_env env, napi_value value, const char *name, double **numbers,
                         uint32_t *count)
{
    napi_typedarray_type type;
    size_t length = 0;
    void *data = NULL;
    if (!fine(env, napi_get_typedarray_info(env, value, &type, &length, &data, NULL, NULL)))
        return 0;
    if (type != napi_float32_array && type != napi_float64_array)
        return bad(env, "%s must be an array, Float32Array or Float64Array", name);
    if (length > UINT32_MAX || !(*numbers = malloc((length + 1) * sizeof **numbers)))
        return bad(env, "%s is too long", name);
    for (size_t i = 0; i < length; i++)
        (*numbers)[i] =
            type == napi_float64_array ? ((double *)data)[i] : (double)((float *)data)[i];
    *count = (uint32_t)length;
    return 1;
}

static int plain_numbers(napi_env env, napi_value value, const char *name, double **numbers,
                         uint32_t *count)
{
    uint32_t length = 0;
    if (!fine(env, napi_get_array_length(env, value, &length)))
        return 0;
    if (!(*numbers = malloc(((size_t)length + 1) * sizeof **numbers)))
        return bad(env, "%s is too long", name);
    for (uint32_t i = 0; i < length; i++) {
        napi_value item = NULL;
        if (!fine(env, napi_get_element(env, value, i, &item)) ||
            !get_number(env, item, name, *numbers + i)) {
            free(*numbers);
            return 0;
        }
    }
    *count = length;
    return 1;
}

int get_list(napi_env env, napi_value value, const char *name, double **numbers, uint32_t *count)
{
    bool is = false;
    *numbers = NULL;
    *count = 0;
    if (is_missing(env, value))
        return bad(env, "%s is missing", name);
    napi_is_typedarray(env, value, &is);
    if (is)
        return typed_numbers(env, value, name, numbers, count);
    napi_is_array(env, value, &is);
    if (!is)
        return bad(env, "%s must be an array of numbers", name);
    return plain_numbers(env, value, name, numbers, count);
}

int get_numbers(napi_env env, napi_value value, const char *name, size_t count, double *numbers)
{
    double *list;
    uint32_t length;
    if (!get_list(env, value, name, &list, &length))
        return 0;
    int ok = length == count;
    if (ok)
        memcpy(numbers, list, count * sizeof *list);
    free(list);
    return ok ? 1 : bad(env, "%s holds %u numbers, want %u", name, length, (unsigned)count);
}

char *get_text(napi_env env, napi_value value, const char *name, size_t *size)
{
    napi_valuetype type = napi_undefined;
    size_t length = 0;
    char *text;
    if (value)
        napi_typeof(env, value, &type);
    if (type != napi_string) {
        bad(env, "%s must be a string", name);
        return NULL;
    }
    if (!fine(env, napi_get_value_string_utf8(env, value, NULL, 0, &length)))
        return NULL;
    text = malloc(length + 1);
    if (!text) {
        error_throw(env, SMP_ERR_MEMORY, NULL);
        return NULL;
    }
    napi_get_value_string_utf8(env, value, text, length + 1, &length);
    if (size)
        *size = length;
    return text;
}

static int is_shared(napi_env env, napi_value buffer)
{
    bool plain = false;
    napi_is_arraybuffer(env, buffer, &plain);
    return !plain;
}

int get_bytes(napi_env env, napi_value value, const char *name, void **data, size_t *size)
{
    bool typed = false, buffer = false, view = false;
    napi_value memory = NULL;
    *data = NULL;
    *size = 0;
    if (!is_missing(env, value)) {
        napi_is_typedarray(env, value, &typed);
        napi_is_arraybuffer(env, value, &buffer);
        napi_is_dataview(env, value, &view);
    }
    if (typed) {
        static const size_t item[] = {1, 1, 1, 2, 2, 4, 4, 4, 8, 8, 8};
        napi_typedarray_type type;
        if (!fine(env, napi_get_typedarray_info(env, value, &type, size, data, &memory, NULL)))
            return 0;
        *size *= item[type];
    } else if (view) {
        if (!fine(env, napi_get_dataview_info(env, value, size, data, &memory, NULL)))
            return 0;
    } else if (buffer) {
        return fine(env, napi_get_arraybuffer_info(env, value, data, size));
    } else {
        return bad(env, "%s must be a Uint8Array, Buffer or ArrayBuffer", name);
    }
    if (is_shared(env, memory))
        return bad(env, "%s lies in shared memory: copy it first", name);
    return 1;
}

napi_value property(napi_env env, napi_value object, const char *name)
{
    napi_value value = NULL;
    napi_valuetype type = napi_undefined;
    if (object)
        napi_typeof(env, object, &type);
    if (type != napi_object || napi_get_named_property(env, object, name, &value) != napi_ok)
        napi_get_undefined(env, &value);
    return value;
}

/* ---- writing ------------------------------------------------------------------------------ */

void put(napi_env env, napi_value object, const char *name, napi_value value)
{
    if (value)
        napi_set_named_property(env, object, name, value);
}

napi_value number_of(napi_env env, double x)
{
    napi_value value = NULL;
    napi_create_double(env, x, &value);
    return value;
}

napi_value text_of(napi_env env, const char *text)
{
    napi_value value = NULL;
    if (text)
        napi_create_string_utf8(env, text, NAPI_AUTO_LENGTH, &value);
    else
        napi_get_null(env, &value);
    return value;
}

napi_value numbers_of(napi_env env, const double *x, uint32_t count)
{
    napi_value list = NULL;
    if (!fine(env, napi_create_array_with_length(env, count, &list)))
        return NULL;
    for (uint32_t i = 0; i < count; i++)
        napi_set_element(env, list, i, number_of(env, x[i]));
    return list;
}

napi_value floats_of(napi_env env, const float *x, size_t count)
{
    napi_value buffer = NULL, list = NULL;
    void *data = NULL;
    if (!fine(env, napi_create_arraybuffer(env, count * sizeof *x, &data, &buffer)))
        return NULL;
    if (count)
        memcpy(data, x, count * sizeof *x);
    napi_create_typedarray(env, napi_float32_array, count, buffer, 0, &list);
    return list;
}
