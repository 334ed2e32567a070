/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Functions without state: colour, skin, dots, cameras, headers of files. */
#include <stdlib.h>
#include <string.h>

#include "addon.h"

static napi_value version(napi_env env, napi_callback_info info)
{
    (void)info;
    return text_of(env, smp_version());
}

static napi_value describe(napi_env env, napi_callback_info info)
{
    (void)info;
    return desc_describe(env);
}

/* ---- colour ------------------------------------------------------------------------------- */

static napi_value space_code(napi_env env, napi_callback_info info,
                             float (*convert)(smp_space, float))
{
    napi_value args[ARGS_MAX];
    smp_space space = SMP_SPACE_SRGB;
    double x;
    if (!get_args(env, info, args) || !get_space(env, args[0], "space", &space) ||
        !get_number(env, args[1], "value", &x))
        return NULL;
    return number_of(env, (double)convert(space, (float)x));
}

static napi_value space_decode(napi_env env, napi_callback_info info)
{
    return space_code(env, info, smp_space_decode);
}

static napi_value space_encode(napi_env env, napi_callback_info info)
{
    return space_code(env, info, smp_space_encode);
}

static int get_floats(napi_env env, napi_value value, const char *name, float out[3])
{
    double x[3];
    if (!get_numbers(env, value, name, 3, x))
        return 0;
    for (int i = 0; i < 3; i++)
        out[i] = (float)x[i];
    return 1;
}

static napi_value three(napi_env env, const float x[3])
{
    const double wide[3] = {(double)x[0], (double)x[1], (double)x[2]};
    return numbers_of(env, wide, 3);
}

static napi_value to_and_fro(napi_env env, napi_callback_info info,
                             smp_status (*convert)(smp_space, const float *, float *, smp_diag *))
{
    napi_value args[ARGS_MAX];
    smp_space space = SMP_SPACE_SRGB;
    smp_diag diag;
    float in[3], out[3];
    if (!get_args(env, info, args) || !get_space(env, args[0], "space", &space) ||
        !get_floats(env, args[1], "colour", in))
        return NULL;
    smp_status status = convert(space, in, out, &diag);
    if (status == SMP_OK)
        return three(env, out);
    error_throw(env, status, &diag);
    return NULL;
}

static napi_value rgb_to_xyz(napi_env env, napi_callback_info info)
{
    return to_and_fro(env, info, smp_rgb_to_xyz);
}

static napi_value xyz_to_rgb(napi_env env, napi_callback_info info)
{
    return to_and_fro(env, info, smp_xyz_to_rgb);
}

static napi_value lab_code(napi_env env, napi_callback_info info,
                           void (*convert)(const float *, float *))
{
    napi_value args[ARGS_MAX];
    float in[3], out[3];
    if (!get_args(env, info, args) || !get_floats(env, args[0], "colour", in))
        return NULL;
    convert(in, out);
    return three(env, out);
}

static napi_value xyz_to_lab(napi_env env, napi_callback_info info)
{
    return lab_code(env, info, smp_xyz_to_lab);
}

static napi_value lab_to_xyz(napi_env env, napi_callback_info info)
{
    return lab_code(env, info, smp_lab_to_xyz);
}

static napi_value delta_e(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    double a[3], b[3];
    if (!get_args(env, info, args) || !get_numbers(env, args[0], "lab1", 3, a) ||
        !get_numbers(env, args[1], "lab2", 3, b))
        return NULL;
    return number_of(env, smp_delta_e2000(a, b));
}

static napi_value ita(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    double lab[3];
    if (!get_args(env, info, args) || !get_numbers(env, args[0], "lab", 3, lab))
        return NULL;
    return number_of(env, smp_ita_deg(lab));
}

/* ---- skin and dots ------------------------------------------------------------------------ */

static napi_value skin_reflectance(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    smp_skin skin;
    smp_diag diag;
    float spectrum[SMP_SPECTRUM_COUNT];
    if (!get_args(env, info, args) || !desc_read(env, "Skin", args[0], &skin))
        return NULL;
    smp_status status = smp_skin_reflectance(&skin, spectrum, &diag);
    if (status == SMP_OK)
        return floats_of(env, spectrum, SMP_SPECTRUM_COUNT);
    error_throw(env, status, &diag);
    return NULL;
}

static napi_value skin_color(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    smp_skin skin;
    smp_diag diag;
    smp_space space = SMP_SPACE_SRGB;
    float rgb[3];
    if (!get_args(env, info, args) || !desc_read(env, "Skin", args[0], &skin) ||
        !get_space(env, args[1], "space", &space))
        return NULL;
    smp_status status = smp_skin_color(&skin, space, rgb, &diag);
    if (status == SMP_OK)
        return three(env, rgb);
    error_throw(env, status, &diag);
    return NULL;
}

static napi_value skin_from_rgb(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX], object;
    smp_skin skin;
    smp_diag diag;
    smp_space space = SMP_SPACE_SRGB;
    float rgb[3], residual = 0;
    if (!get_args(env, info, args) || !get_floats(env, args[0], "rgb", rgb) ||
        !get_space(env, args[1], "space", &space))
        return NULL;
    smp_skin_init(&skin);
    smp_status status = smp_skin_from_rgb(space, rgb, &skin, &residual, &diag);
    if (status != SMP_OK) {
        error_throw(env, status, &diag);
        return NULL;
    }
    object = desc_write(env, "Skin", &skin);
    put(env, object, "residual", number_of(env, (double)residual));
    return object;
}

/* dotProfile(skin, column, radii, space, pigment) */
static napi_value dot_profile(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX], list = NULL;
    smp_skin skin;
    smp_column column;
    smp_pigment pigment;
    smp_space space = SMP_SPACE_SRGB;
    smp_diag diag;
    double *radii;
    uint32_t count;
    if (!get_args(env, info, args) || !desc_read(env, "Skin", args[0], &skin) ||
        !desc_read(env, "Column", args[1], &column) ||
        !desc_read(env, "Pigment", args[4], &pigment) ||
        !get_space(env, args[3], "space", &space) ||
        !get_list(env, args[2], "radiusMm", &radii, &count))
        return NULL;
    float *memory = malloc((4 * (size_t)count + 1) * sizeof *memory);
    smp_status status = SMP_ERR_MEMORY;
    diag.text[0] = '\0';
    if (memory) {
        for (uint32_t i = 0; i < count; i++)
            memory[i] = (float)radii[i];
        status =
            smp_dot_profile(&skin, &column, &pigment, space, count, memory, memory + count, &diag);
    }
    if (status == SMP_OK)
        list = floats_of(env, memory + count, 3 * (size_t)count);
    else
        error_throw(env, status, &diag);
    free(memory);
    free(radii);
    return list;
}

static napi_value pigment_left(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    double days;
    if (!get_args(env, info, args) || !get_number(env, args[0], "days", &days))
        return NULL;
    return number_of(env, smp_pigment_left(days));
}

/* ---- cameras ------------------------------------------------------------------------------ */

static int get_ellipse(napi_env env, napi_value object, smp_ellipse *e)
{
    napi_value turn = property(env, object, "turnDeg");
    e->turn_deg = 0;
    return get_number(env, property(env, object, "cxPx"), "ellipse.cxPx", &e->cx_px) &&
           get_number(env, property(env, object, "cyPx"), "ellipse.cyPx", &e->cy_px) &&
           get_number(env, property(env, object, "rxPx"), "ellipse.rxPx", &e->rx_px) &&
           get_number(env, property(env, object, "ryPx"), "ellipse.ryPx", &e->ry_px) &&
           (is_missing(env, turn) || get_number(env, turn, "ellipse.turnDeg", &e->turn_deg));
}

napi_value ellipse_of(napi_env env, const smp_ellipse *e);
napi_value ellipse_of(napi_env env, const smp_ellipse *e)
{
    napi_value object = NULL;
    napi_create_object(env, &object);
    put(env, object, "cxPx", number_of(env, e->cx_px));
    put(env, object, "cyPx", number_of(env, e->cy_px));
    put(env, object, "rxPx", number_of(env, e->rx_px));
    put(env, object, "ryPx", number_of(env, e->ry_px));
    put(env, object, "turnDeg", number_of(env, e->turn_deg));
    return object;
}

static int angle(napi_env env, napi_value object, const char *name, double *out)
{
    napi_value value = property(env, object, name);
    *out = 0;
    return is_missing(env, value) || get_number(env, value, name, out);
}

static int get_pose(napi_env env, napi_value object, smp_pose *pose)
{
    return angle(env, object, "yawDeg", &pose->yaw_deg) &&
           angle(env, object, "pitchDeg", &pose->pitch_deg) &&
           angle(env, object, "rollDeg", &pose->roll_deg);
}

/* cameraFromScale(pxPerMm, [u, v]) */
static napi_value camera_from_scale(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    smp_camera camera;
    smp_diag diag;
    double scale, origin[2] = {0, 0};
    if (!get_args(env, info, args) || !get_number(env, args[0], "pxPerMm", &scale) ||
        (!is_missing(env, args[1]) && !get_numbers(env, args[1], "originPx", 2, origin)))
        return NULL;
    smp_camera_init(&camera);
    smp_status status = smp_camera_from_scale(&camera, scale, origin, &diag);
    if (status == SMP_OK)
        return desc_write(env, "Camera", &camera);
    error_throw(env, status, &diag);
    return NULL;
}

/* cameraFromEllipse(ellipse, head, pose, pxPerMm) */
static napi_value camera_from_ellipse(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    smp_camera camera;
    smp_head head;
    smp_ellipse ellipse;
    smp_pose pose;
    smp_diag diag;
    double scale = 0;
    if (!get_args(env, info, args) || !get_ellipse(env, args[0], &ellipse) ||
        !desc_read(env, "Head", args[1], &head) || !get_pose(env, args[2], &pose) ||
        (!is_missing(env, args[3]) && !get_number(env, args[3], "pxPerMm", &scale)))
        return NULL;
    smp_camera_init(&camera);
    smp_status status = smp_camera_from_ellipse(&camera, &head, &ellipse, &pose, scale, &diag);
    if (status == SMP_OK)
        return desc_write(env, "Camera", &camera);
    error_throw(env, status, &diag);
    return NULL;
}

/* headFromEllipse(ellipse, pose, head) */
static napi_value head_from_ellipse(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    smp_head head;
    smp_ellipse ellipse;
    smp_pose pose;
    smp_diag diag;
    if (!get_args(env, info, args) || !get_ellipse(env, args[0], &ellipse) ||
        !get_pose(env, args[1], &pose) || !desc_read(env, "Head", args[2], &head))
        return NULL;
    smp_status status = smp_head_from_ellipse(&head, &ellipse, &pose, &diag);
    if (status == SMP_OK)
        return desc_write(env, "Head", &head);
    error_throw(env, status, &diag);
    return NULL;
}

/* cameraResize(camera, factor, left, top) */
static napi_value camera_resize(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    smp_camera camera;
    double factor, left = 0, top = 0;
    if (!get_args(env, info, args) || !desc_read(env, "Camera", args[0], &camera) ||
        !get_number(env, args[1], "factor", &factor) ||
        (!is_missing(env, args[2]) && !get_number(env, args[2], "leftPx", &left)) ||
        (!is_missing(env, args[3]) && !get_number(env, args[3], "topPx", &top)))
        return NULL;
    smp_camera_resize(&camera, factor, left, top);
    return desc_write(env, "Camera", &camera);
}

static napi_value camera_project(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    smp_camera camera;
    double xyz[3], uv[2];
    if (!get_args(env, info, args) || !desc_read(env, "Camera", args[0], &camera) ||
        !get_numbers(env, args[1], "xyzMm", 3, xyz))
        return NULL;
    return smp_camera_project(&camera, xyz, uv) ? numbers_of(env, uv, 2) : text_of(env, NULL);
}

/* cameraUnproject(camera, head, [u, v]) */
static napi_value camera_unproject(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX], object = NULL;
    smp_camera camera;
    smp_head head;
    double uv[2], xyz[3], normal[3];
    if (!get_args(env, info, args) || !desc_read(env, "Camera", args[0], &camera) ||
        !desc_read(env, "Head", args[1], &head) || !get_numbers(env, args[2], "uvPx", 2, uv))
        return NULL;
    if (!smp_camera_unproject(&camera, &head, uv, xyz, normal))
        return text_of(env, NULL);
    napi_create_object(env, &object);
    put(env, object, "xyzMm", numbers_of(env, xyz, 3));
    put(env, object, "normal", numbers_of(env, normal, 3));
    return object;
}

/* ---- files -------------------------------------------------------------------------------- */

static napi_value read_info(napi_env env, napi_callback_info info)
{
    static const char *const origins[] = {"untagged", "icc", "tags", "assumed"};
    napi_value args[ARGS_MAX], object = NULL, progressive = NULL;
    smp_file_info file;
    smp_diag diag;
    void *bytes;
    size_t size;
    if (!get_args(env, info, args) || !get_bytes(env, args[0], "bytes", &bytes, &size))
        return NULL;
    smp_status status = smp_read_info(bytes ? bytes : (void *)&size, size, &file, &diag);
    if (status != SMP_OK) {
        error_throw(env, status, &diag);
        return NULL;
    }
    napi_create_object(env, &object);
    napi_get_boolean(env, file.progressive != 0, &progressive);
    put(env, object, "kind", text_of(env, file.kind == SMP_FILE_JPEG ? "jpeg" : "png"));
    put(env, object, "width", number_of(env, file.width));
    put(env, object, "height", number_of(env, file.height));
    put(env, object, "format", text_of(env, format_name(file.format)));
    put(env, object, "space", text_of(env, smp_space_name((smp_space)file.space)));
    put(env, object, "spaceOrigin", text_of(env, origins[file.space_origin]));
    put(env, object, "orientation", number_of(env, file.orientation));
    put(env, object, "progressive", progressive);
    put(env, object, "decodeBytes", number_of(env, (double)file.decode_bytes));
    return object;
}

/* convert(image, format, alpha): a copy in another format */
static napi_value convert(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    smp_image from, to;
    smp_diag diag;
    if (!get_args(env, info, args) || !image_view(env, args[0], "image", &from))
        return NULL;
    to = from;
    if (!image_kind(env, args[1], args[2], &to))
        return NULL;
    to.stride = (ptrdiff_t)(to.width * (size_t)format_size_of(&to));
    to.data = malloc(image_bytes(&to));
    smp_status status = to.data ? smp_image_copy(&from, &to, &diag) : SMP_ERR_MEMORY;
    if (status == SMP_OK)
        return image_make(env, &to, to.data, free);
    error_throw(env, status, to.data ? &diag : NULL);
    free(to.data);
    return NULL;
}

const native_function pure_functions[] = {{"version", version},
                                          {"describe", describe},
                                          {"spaceDecode", space_decode},
                                          {"spaceEncode", space_encode},
                                          {"rgbToXyz", rgb_to_xyz},
                                          {"xyzToRgb", xyz_to_rgb},
                                          {"xyzToLab", xyz_to_lab},
                                          {"labToXyz", lab_to_xyz},
                                          {"deltaE2000", delta_e},
                                          {"itaDeg", ita},
                                          {"skinReflectance", skin_reflectance},
                                          {"skinColor", skin_color},
                                          {"skinFromRgb", skin_from_rgb},
                                          {"dotProfile", dot_profile},
                                          {"pigmentLeft", pigment_left},
                                          {"cameraFromScale", camera_from_scale},
                                          {"cameraFromEllipse", camera_from_ellipse},
                                          {"headFromEllipse", head_from_ellipse},
                                          {"cameraResize", camera_resize},
                                          {"cameraProject", camera_project},
                                          {"cameraUnproject", camera_unproject},
                                          {"readInfo", read_info},
                                          {"convert", convert},
                                          {NULL, NULL}};
