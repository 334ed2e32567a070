/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Cameras from landmarks, face meshes, marks, depth and normal maps; scales; landmarks of a head.
 * Each camera comes with how well it fits. */
#include <stdlib.h>
#include <string.h>

#include "addon.h"

int get_grid(napi_env env, napi_value object, const char *name, smp_grid *grid, float **memory)
{
    double *list;
    uint32_t count, width = 0, height = 0;
    *memory = NULL;
    if (is_missing(env, object))
        return bad(env, "%s is missing", name);
    if (!get_u32(env, property(env, object, "width"), "width", &width) ||
        !get_u32(env, property(env, object, "height"), "height", &height) ||
        !get_list(env, property(env, object, "data"), "data", &list, &count))
        return 0;
    int ok = width > 0 && height > 0 && (uint64_t)width * height == count;
    if (ok)
        *memory = malloc((size_t)count * sizeof **memory);
    for (uint32_t i = 0; *memory && i < count; i++)
        (*memory)[i] = (float)list[i];
    free(list);
    if (!ok)
        return bad(env, "%s is %u x %u but holds %u numbers", name, width, height, count);
    *grid = (smp_grid){*memory, width, height, width};
    if (!*memory)
        error_throw(env, SMP_ERR_MEMORY, NULL);
    return *memory != NULL;
}

/* { camera, fit } or an exception. */
static napi_value found(napi_env env, smp_status status, const smp_camera *camera,
                        const smp_camera_fit *fit, const smp_diag *diag)
{
    napi_value object = NULL;
    if (status != SMP_OK) {
        error_throw(env, status, diag);
        return NULL;
    }
    napi_create_object(env, &object);
    put(env, object, "camera", desc_write(env, "Camera", camera));
    put(env, object, "fit", desc_write(env, "CameraFit", fit));
    return object;
}

/* What all of them read: options and the head from two arguments. */
typedef struct wish {
    smp_head head;
    smp_landmarks options;
    smp_camera camera;
    smp_camera_fit fit;
    smp_diag diag;
} wish;

static int read_wish(napi_env env, napi_value options, napi_value head, wish *w)
{
    smp_camera_init(&w->camera);
    smp_camera_fit_init(&w->fit);
    return desc_read(env, "Landmarks", options, &w->options) &&
           desc_read(env, "Head", head, &w->head);
}

/* cameraFromLandmarks(landmarks, head): landmarks is a Landmarks, index.cjs fills it from names */
static napi_value from_landmarks(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    wish w;
    if (!get_args(env, info, args) || !read_wish(env, args[0], args[1], &w))
        return NULL;
    const smp_status status =
        smp_camera_from_landmarks(&w.camera, &w.head, &w.options, &w.fit, &w.diag);
    return found(env, status, &w.camera, &w.fit, &w.diag);
}

/* headFromLandmarks(landmarks, head): { head, fit } */
static napi_value head_from_landmarks(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX], object = NULL;
    wish w;
    if (!get_args(env, info, args) || !read_wish(env, args[0], args[1], &w))
        return NULL;
    const smp_status status = smp_head_from_landmarks(&w.head, &w.options, &w.fit, &w.diag);
    if (status != SMP_OK) {
        error_throw(env, status, &w.diag);
        return NULL;
    }
    napi_create_object(env, &object);
    put(env, object, "head", desc_write(env, "Head", &w.head));
    put(env, object, "fit", desc_write(env, "CameraFit", &w.fit));
    return object;
}

enum { VIEWS_MAX = 8 };

/* What headFromViews reads and gives. */
typedef struct views_job {
    smp_head head;
    smp_camera cameras[VIEWS_MAX];
    smp_landmarks marks[VIEWS_MAX];
    const smp_landmarks *known[VIEWS_MAX];
    smp_camera_fit fits[VIEWS_MAX];
    double *outlines[VIEWS_MAX], *edges, *ties;
    uint32_t counts[VIEWS_MAX], count, tie_numbers;
} views_job;

static int read_view(napi_env env, napi_value view, views_job *all, uint32_t i)
{
    const napi_value landmarks = property(env, view, "landmarks");
    const napi_value outline = property(env, view, "outlinePx");
    smp_camera_init(&all->cameras[i]);
    smp_camera_fit_init(&all->fits[i]);
    if (!desc_read(env, "Camera", property(env, view, "camera"), &all->cameras[i]))
        return 0;
    if (!is_missing(env, landmarks)) {
        if (!desc_read(env, "Landmarks", landmarks, &all->marks[i]))
            return 0;
        all->known[i] = &all->marks[i];
    }
    if (is_missing(env, outline))
        return 1;
    if (!get_list(env, outline, "outlinePx", &all->outlines[i], &all->counts[i]))
        return 0;
    return all->counts[i] % 2 == 0 ||
           bad(env, "outlinePx holds %u numbers, want two for each point", all->counts[i]);
}

static int read_views(napi_env env, const napi_value args[], views_job *all)
{
    if (!desc_read(env, "Head", args[2], &all->head) ||
        !fine(env, napi_get_array_length(env, args[0], &all->count)))
        return 0;
    if (all->count < 1 || all->count > VIEWS_MAX)
        return bad(env, "%u views, want [1, %d]", all->count, VIEWS_MAX);
    for (uint32_t i = 0; i < all->count; i++) {
        napi_value view = NULL;
        if (!fine(env, napi_get_element(env, args[0], i, &view)) || !read_view(env, view, all, i))
            return 0;
    }
    if (!is_missing(env, args[1]) && !get_list(env, args[1], "ties", &all->ties, &all->tie_numbers))
        return 0;
    if (all->tie_numbers % 6)
        return bad(env, "ties hold %u numbers, want six for each", all->tie_numbers);
    size_t sum = 0, at = 0;
    for (uint32_t i = 0; i < all->count; i++)
        sum += all->counts[i];
    all->edges = malloc((sum + 1) * sizeof *all->edges);
    if (!all->edges) {
        error_throw(env, SMP_ERR_MEMORY, NULL);
        return 0;
    }
    for (uint32_t i = 0; i < all->count; i++) {
        for (uint32_t k = 0; k < all->counts[i]; k++)
            all->edges[at++] = all->outlines[i][k];
        all->counts[i] /= 2;
    }
    return 1;
}

static napi_value views_value(napi_env env, const views_job *all)
{
    napi_value object = NULL, cameras = NULL, fits = NULL;
    napi_create_object(env, &object);
    napi_create_array(env, &cameras);
    napi_create_array(env, &fits);
    for (uint32_t i = 0; i < all->count; i++) {
        napi_set_element(env, cameras, i, desc_write(env, "Camera", &all->cameras[i]));
        napi_set_element(env, fits, i, desc_write(env, "CameraFit", &all->fits[i]));
    }
    put(env, object, "head", desc_write(env, "Head", &all->head));
    put(env, object, "cameras", cameras);
    put(env, object, "fits", fits);
    return object;
}

/* headFromViews(views, ties, head): { head, cameras, fits } */
static napi_value head_from_views(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX], value = NULL;
    views_job all = {.count = 0};
    smp_diag diag;
    if (!get_args(env, info, args))
        return NULL;
    if (read_views(env, args, &all)) {
        const smp_views views = {all.known, all.edges,           all.counts,
                                 all.ties,  all.tie_numbers / 6, all.count};
        const smp_status status =
            smp_head_from_views(&all.head, all.cameras, &views, all.fits, &diag);
        if (status != SMP_OK)
            error_throw(env, status, &diag);
        else
            value = views_value(env, &all);
    }
    for (uint32_t i = 0; i < VIEWS_MAX; i++)
        free(all.outlines[i]);
    free(all.edges);
    free(all.ties);
    return value;
}

/* cameraFromMesh({ points, stride, scalePx }, head, options) */
static napi_value from_mesh(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX], scale;
    wish w;
    smp_face_mesh mesh = {.stride = 3, .scale_px = {1, 1}};
    double *list;
    uint32_t count;
    if (!get_args(env, info, args) || !read_wish(env, args[2], args[1], &w))
        return NULL;
    napi_value stride = property(env, args[0], "stride");
    scale = property(env, args[0], "scalePx");
    if ((!is_missing(env, stride) && !get_u32(env, stride, "stride", &mesh.stride)) ||
        (!is_missing(env, scale) && !get_numbers(env, scale, "scalePx", 2, mesh.scale_px)) ||
        !get_list(env, property(env, args[0], "points"), "points", &list, &count))
        return NULL;
    float *points = malloc(((size_t)count + 1) * sizeof *points);
    for (uint32_t i = 0; points && i < count; i++)
        points[i] = (float)list[i];
    free(list);
    mesh.points = points;
    mesh.count = mesh.stride >= 2 && count % mesh.stride == 0 ? count / mesh.stride : 0;
    smp_status status = SMP_ERR_MEMORY;
    w.diag.text[0] = '\0';
    if (points)
        status = smp_camera_from_mesh(&w.camera, &w.head, &mesh, &w.options, &w.fit, &w.diag);
    free(points);
    return found(env, status, &w.camera, &w.fit, &w.diag);
}

/* cameraFromPoints(xyzMm, uvPx, head, options) */
static napi_value from_points(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX], value = NULL;
    wish w;
    double *xyz = NULL, *uv = NULL;
    uint32_t triples = 0, pairs = 0;
    if (!get_args(env, info, args) || !read_wish(env, args[3], args[2], &w) ||
        !get_list(env, args[0], "xyzMm", &xyz, &triples))
        return NULL;
    if (get_list(env, args[1], "uvPx", &uv, &pairs)) {
        const smp_points points = {xyz, uv, triples / 3, 0};
        if (triples % 3 || pairs % 2 || triples / 3 != pairs / 2)
            bad(env, "xyzMm holds %u numbers and uvPx %u, want three and two for each point",
                triples, pairs);
        else
            value = found(
                env,
                smp_camera_from_points(&w.camera, &w.head, &points, &w.options, &w.fit, &w.diag),
                &w.camera, &w.fit, &w.diag);
    }
    free(uv);
    free(xyz);
    return value;
}

/* cameraFromDepth(grid, desc, head) */
static napi_value from_depth(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    wish w;
    smp_depth_desc desc;
    smp_grid grid;
    float *memory;
    if (!get_args(env, info, args) || !read_wish(env, NULL, args[2], &w) ||
        !desc_read(env, "DepthDesc", args[1], &desc) ||
        !get_grid(env, args[0], "depth", &grid, &memory))
        return NULL;
    const smp_status status =
        smp_camera_from_depth(&w.camera, &w.head, &grid, &desc, &w.fit, &w.diag);
    free(memory);
    return found(env, status, &w.camera, &w.fit, &w.diag);
}

/* cameraFromNormals([right, up, viewer], desc, head) */
static napi_value from_normals(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX], value = NULL;
    wish w;
    smp_depth_desc desc;
    smp_grid grids[3];
    float *memory[3] = {NULL, NULL, NULL};
    int ok;
    if (!get_args(env, info, args) || !read_wish(env, NULL, args[2], &w) ||
        !desc_read(env, "DepthDesc", args[1], &desc))
        return NULL;
    ok = !is_missing(env, args[0]) || bad(env, "normals is missing");
    for (uint32_t i = 0; ok && i < 3; i++) {
        napi_value item = NULL;
        ok = fine(env, napi_get_element(env, args[0], i, &item)) &&
             get_grid(env, item, "normals", grids + i, memory + i);
    }
    if (ok)
        value =
            found(env, smp_camera_from_normals(&w.camera, &w.head, grids, &desc, &w.fit, &w.diag),
                  &w.camera, &w.fit, &w.diag);
    for (int i = 0; i < 3; i++)
        free(memory[i]);
    return value;
}

/* cameraRefine(camera, outlinePx, head): { camera, fit } */
static napi_value camera_refine(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    wish w;
    double *uv;
    uint32_t count;
    if (!get_args(env, info, args) || !read_wish(env, NULL, args[2], &w) ||
        !desc_read(env, "Camera", args[0], &w.camera) ||
        !get_list(env, args[1], "outlinePx", &uv, &count))
        return NULL;
    if (count % 2) {
        free(uv);
        bad(env, "outlinePx holds %u numbers, want two for each point", count);
        return NULL;
    }
    const smp_status status = smp_camera_refine(&w.camera, &w.head, uv, count / 2, &w.fit, &w.diag);
    free(uv);
    return found(env, status, &w.camera, &w.fit, &w.diag);
}

static napi_value scale_value(napi_env env, smp_status status, const smp_scale *scale,
                              const smp_diag *diag)
{
    napi_value object = NULL;
    if (status != SMP_OK) {
        error_throw(env, status, diag);
        return NULL;
    }
    napi_create_object(env, &object);
    put(env, object, "pxPerMm", number_of(env, scale->px_per_mm));
    put(env, object, "sigma", number_of(env, scale->sigma));
    return object;
}

/* scaleFromPairs(uvPx, distanceMm, noisePx) */
static napi_value scale_from_pairs(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX], value = NULL;
    double *uv = NULL, *mm = NULL, noise = 0;
    uint32_t numbers = 0, pairs = 0;
    smp_scale scale;
    smp_diag diag;
    if (!get_args(env, info, args) ||
        (!is_missing(env, args[2]) && !get_number(env, args[2], "noisePx", &noise)) ||
        !get_list(env, args[0], "uvPx", &uv, &numbers))
        return NULL;
    if (get_list(env, args[1], "distanceMm", &mm, &pairs)) {
        if (numbers != 4 * (uint64_t)pairs)
            bad(env, "uvPx holds %u numbers, want four for each of %u distances", numbers, pairs);
        else
            value = scale_value(env, smp_scale_from_pairs(uv, mm, pairs, noise, &scale, &diag),
                                &scale, &diag);
    }
    free(mm);
    free(uv);
    return value;
}

/* scaleFromEyes(irisPx, pupilsPx) */
static napi_value scale_from_eyes(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX];
    double iris = 0, pupils = 0;
    smp_scale scale;
    smp_diag diag;
    if (!get_args(env, info, args) ||
        (!is_missing(env, args[0]) && !get_number(env, args[0], "irisPx", &iris)) ||
        (!is_missing(env, args[1]) && !get_number(env, args[1], "pupilsPx", &pupils)))
        return NULL;
    return scale_value(env, smp_scale_from_eyes(iris, pupils, &scale, &diag), &scale, &diag);
}

static napi_value camera_pose(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX], object = NULL;
    smp_camera camera;
    if (!get_args(env, info, args) || !desc_read(env, "Camera", args[0], &camera))
        return NULL;
    const smp_pose pose = smp_camera_pose(&camera);
    napi_create_object(env, &object);
    put(env, object, "yawDeg", number_of(env, pose.yaw_deg));
    put(env, object, "pitchDeg", number_of(env, pose.pitch_deg));
    put(env, object, "rollDeg", number_of(env, pose.roll_deg));
    return object;
}

/* headLandmarks(head): { glabella: [x, y, z], eye_left: ... } */
static napi_value head_landmarks(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX], object = NULL;
    smp_head head;
    smp_diag diag;
    if (!get_args(env, info, args) || !desc_read(env, "Head", args[0], &head))
        return NULL;
    napi_create_object(env, &object);
    for (int i = 0; i < SMP_LANDMARK_COUNT; i++) {
        double xyz[3];
        const smp_status status = smp_head_landmark(&head, (smp_landmark)i, xyz, &diag);
        if (status != SMP_OK) {
            error_throw(env, status, &diag);
            return NULL;
        }
        put(env, object, smp_landmark_name((smp_landmark)i), numbers_of(env, xyz, 3));
    }
    return object;
}

const native_function view_functions[] = {{"cameraFromLandmarks", from_landmarks},
                                          {"headFromLandmarks", head_from_landmarks},
                                          {"cameraFromMesh", from_mesh},
                                          {"cameraFromPoints", from_points},
                                          {"cameraFromDepth", from_depth},
                                          {"cameraFromNormals", from_normals},
                                          {"cameraRefine", camera_refine},
                                          {"scaleFromPairs", scale_from_pairs},
                                          {"scaleFromEyes", scale_from_eyes},
                                          {"cameraPose", camera_pose},
                                          {"headLandmarks", head_landmarks},
                                          {"headFromViews", head_from_views},
                                          {NULL, NULL}};
