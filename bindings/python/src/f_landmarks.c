/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * smp/geometry.h in Python, second part: cameras from points, scales. */
#include "smp_py.h"

static PyObject *f_landmark_name(PyObject *module, PyObject *args)
{
    int landmark;
    (void)module;
    if (!PyArg_ParseTuple(args, "i", &landmark))
        return NULL;
    const char *name = smp_landmark_name((smp_landmark)landmark);
    return name ? PyUnicode_FromString(name) : Py_NewRef(Py_None);
}

/* (head or None, landmark) -> xyz */
static PyObject *f_head_landmark(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_head;
    int landmark;
    void *head;
    double xyz[3];
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "Oi", &py_head, &landmark) ||
        !py_desc_or_none(state, py_head, PY_DESC_smp_head, &head))
        return NULL;
    if (smp_head_landmark(head, (smp_landmark)landmark, xyz, &diag) != SMP_OK)
        return py_raise(state, diag.status, &diag);
    return py_doubles(xyz, 3);
}

/* What all cameras from points take: camera to fill, head, landmarks, fit to fill. */
typedef struct camera_args {
    smp_camera *camera;
    void *head, *landmarks, *fit;
} camera_args;

static int read_camera(py_state *state, PyObject *const objects[4], camera_args *c)
{
    return (c->camera = py_desc(state, objects[0], PY_DESC_smp_camera)) &&
           py_desc_or_none(state, objects[1], PY_DESC_smp_head, &c->head) &&
           py_desc_or_none(state, objects[2], PY_DESC_smp_landmarks, &c->landmarks) &&
           py_desc_or_none(state, objects[3], PY_DESC_smp_camera_fit, &c->fit);
}

/* (camera, head, landmarks, fit) */
static PyObject *f_camera_from_landmarks(PyObject *module, PyObject *args)
{
    PyObject *o[4];
    camera_args c;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OOOO", &o[0], &o[1], &o[2], &o[3]) ||
        !read_camera(py_state_of_module(module), o, &c))
        return NULL;
    return py_done(module, smp_camera_from_landmarks(c.camera, c.head, c.landmarks, c.fit, &diag),
                   &diag);
}

/* (head, landmarks, fit) */
static PyObject *f_head_from_landmarks(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_head, *py_landmarks, *py_fit;
    smp_head *head;
    void *landmarks, *fit;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OOO", &py_head, &py_landmarks, &py_fit) ||
        !(head = py_desc(state, py_head, PY_DESC_smp_head)) ||
        !py_desc_or_none(state, py_landmarks, PY_DESC_smp_landmarks, &landmarks) ||
        !py_desc_or_none(state, py_fit, PY_DESC_smp_camera_fit, &fit))
        return NULL;
    return py_done(module, smp_head_from_landmarks(head, landmarks, fit, &diag), &diag);
}

/* (camera, head, landmarks, fit, floats, columns, scale_px) */
static PyObject *f_camera_from_mesh(PyObject *module, PyObject *args)
{
    PyObject *o[4], *py_points, *py_scale;
    int columns;
    double scale[2];
    Py_buffer points;
    camera_args c;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OOOOOiO", &o[0], &o[1], &o[2], &o[3], &py_points, &columns,
                          &py_scale) ||
        !read_camera(py_state_of_module(module), o, &c) ||
        !py_read_doubles(py_scale, scale, 2, "scale_px"))
        return NULL;
    Py_ssize_t count = py_read_buffer(py_points, &points, 'f', columns < 2 ? 2 : columns, "points");
    if (count < 0)
        return NULL;
    smp_face_mesh mesh = {.points = points.buf,
                          .count = (uint32_t)count,
                          .stride = (uint32_t)(columns < 2 ? 2 : columns),
                          .scale_px = {scale[0], scale[1]}};
    smp_status status = smp_camera_from_mesh(c.camera, c.head, &mesh, c.landmarks, c.fit, &diag);
    PyBuffer_Release(&points);
    return py_done(module, status, &diag);
}

/* (camera, head, landmarks, fit, xyz rows, uv rows) */
static PyObject *f_camera_from_points(PyObject *module, PyObject *args)
{
    PyObject *o[4], *py_xyz, *py_uv;
    Py_buffer xyz, uv;
    camera_args c;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OOOOOO", &o[0], &o[1], &o[2], &o[3], &py_xyz, &py_uv) ||
        !read_camera(py_state_of_module(module), o, &c))
        return NULL;
    Py_ssize_t count = py_read_buffer(py_xyz, &xyz, 'd', 3, "xyz_mm");
    if (count < 0)
        return NULL;
    Py_ssize_t pairs = py_read_buffer(py_uv, &uv, 'd', 2, "uv_px");
    PyObject *result = NULL;
    if (pairs >= 0 && pairs != count) {
        py_fail(py_state_of_module(module), SMP_ERR_ARGUMENT, "%zd places for %zd pixels", count,
                pairs);
    } else if (pairs >= 0) {
        smp_points points = {.xyz_mm = xyz.buf, .uv_px = uv.buf, .count = (uint32_t)count};
        result = py_done(
            module, smp_camera_from_points(c.camera, c.head, &points, c.landmarks, c.fit, &diag),
            &diag);
    }
    if (pairs >= 0)
        PyBuffer_Release(&uv);
    PyBuffer_Release(&xyz);
    return result;
}

/* Descriptors of one kind out of a sequence, or NULL for None in it. */
static int read_list(py_state *state, PyObject *list, py_desc_kind kind, uint32_t count,
                     void **items)
{
    if (!PyList_Check(list) || PyList_Size(list) != (Py_ssize_t)count) {
        py_fail(state, SMP_ERR_ARGUMENT, "want a list of %u", count);
        return 0;
    }
    for (uint32_t i = 0; i < count; i++)
        if (!py_desc_or_none(state, PyList_GetItem(list, i), kind, &items[i]))
            return 0;
    return 1;
}

enum { VIEWS_MAX = 8 };

/* Runs on copies, which are written back where all went well. */
static smp_status fit_views(smp_head *head, void *const *py_cameras, void *const *py_fits,
                            const smp_views *views, smp_diag *diag)
{
    smp_camera cameras[VIEWS_MAX];
    smp_camera_fit fits[VIEWS_MAX];
    smp_status status;
    for (uint32_t i = 0; i < views->count; i++) {
        cameras[i] = *(const smp_camera *)py_cameras[i];
        smp_camera_fit_init(&fits[i]);
    }
    Py_BEGIN_ALLOW_THREADS;
    status = smp_head_from_views(head, cameras, views, fits, diag);
    Py_END_ALLOW_THREADS;
    for (uint32_t i = 0; status == SMP_OK && i < views->count; i++) {
        *(smp_camera *)py_cameras[i] = cameras[i];
        *(smp_camera_fit *)py_fits[i] = fits[i];
    }
    return status;
}

/* (head, cameras, landmarks or None each, fits, rows of u v, how many of each, rows of six) */
static PyObject *f_head_from_views(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_head, *lists[3], *py_outline, *py_counts, *py_ties;
    void *cameras[VIEWS_MAX], *landmarks[VIEWS_MAX], *fits[VIEWS_MAX];
    const smp_landmarks *known[VIEWS_MAX];
    uint32_t counts[VIEWS_MAX];
    Py_buffer outline, ties;
    smp_head *head;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OO!OOOO!O", &py_head, &PyList_Type, &lists[0], &lists[1],
                          &lists[2], &py_outline, &PyList_Type, &py_counts, &py_ties) ||
        !(head = py_desc(state, py_head, PY_DESC_smp_head)))
        return NULL;
    const Py_ssize_t count = PyList_Size(lists[0]);
    if (count < 1 || count > VIEWS_MAX || PyList_Size(py_counts) != count)
        return py_fail(state, SMP_ERR_ARGUMENT, "%zd views, want [1, %d]", count, VIEWS_MAX);
    const uint32_t n = (uint32_t)count;
    if (!read_list(state, lists[0], PY_DESC_smp_camera, n, cameras) ||
        !read_list(state, lists[1], PY_DESC_smp_landmarks, n, landmarks) ||
        !read_list(state, lists[2], PY_DESC_smp_camera_fit, n, fits))
        return NULL;
    Py_ssize_t sum = 0;
    for (uint32_t i = 0; i < n; i++) {
        counts[i] = (uint32_t)PyLong_AsUnsignedLong(PyList_GetItem(py_counts, i));
        if (PyErr_Occurred())
            return NULL;
        if (!cameras[i] || !fits[i])
            return py_fail(state, SMP_ERR_ARGUMENT, "view %u has no camera", i);
        known[i] = landmarks[i];
        sum += counts[i];
    }
    const Py_ssize_t points = py_read_buffer(py_outline, &outline, 'd', 2, "outline_px");
    if (points < 0)
        return NULL;
    const Py_ssize_t tied = py_read_buffer(py_ties, &ties, 'd', 6, "ties");
    PyObject *result = NULL;
    if (tied >= 0 && points != sum) {
        py_fail(state, SMP_ERR_ARGUMENT, "%zd points of outlines, want %zd", points, sum);
    } else if (tied >= 0) {
        const smp_views views = {known, outline.buf, counts, ties.buf, (uint32_t)tied, n};
        result = py_done(module, fit_views(head, cameras, fits, &views, &diag), &diag);
    }
    if (tied >= 0)
        PyBuffer_Release(&ties);
    PyBuffer_Release(&outline);
    return result;
}

/* (camera to move, head, fit, rows of u v) */
static PyObject *f_camera_refine(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_camera, *py_head, *py_fit, *py_outline;
    smp_camera *camera;
    void *head, *fit;
    Py_buffer outline;
    smp_status status;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OOOO", &py_camera, &py_head, &py_fit, &py_outline) ||
        !(camera = py_desc(state, py_camera, PY_DESC_smp_camera)) ||
        !py_desc_or_none(state, py_head, PY_DESC_smp_head, &head) ||
        !py_desc_or_none(state, py_fit, PY_DESC_smp_camera_fit, &fit))
        return NULL;
    Py_ssize_t count = py_read_buffer(py_outline, &outline, 'd', 2, "outline_px");
    if (count < 0)
        return NULL;
    Py_BEGIN_ALLOW_THREADS;
    status = smp_camera_refine(camera, head, outline.buf, (uint32_t)count, fit, &diag);
    Py_END_ALLOW_THREADS;
    PyBuffer_Release(&outline);
    return py_done(module, status, &diag);
}

/* (camera, head, desc, fit, depth) or, with three grids, (camera, head, desc, fit, x, y, z) */
static PyObject *from_grids(PyObject *module, PyObject *args, int count)
{
    py_state *state = py_state_of_module(module);
    PyObject *o[4], *py_grids[3] = {NULL};
    smp_camera *camera;
    void *head, *desc, *fit;
    Py_buffer views[3];
    smp_grid grids[3];
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OOOOO|OO", &o[0], &o[1], &o[2], &o[3], &py_grids[0], &py_grids[1],
                          &py_grids[2]) ||
        !(camera = py_desc(state, o[0], PY_DESC_smp_camera)) ||
        !py_desc_or_none(state, o[1], PY_DESC_smp_head, &head) ||
        !py_desc_or_none(state, o[2], PY_DESC_smp_depth_desc, &desc) ||
        !py_desc_or_none(state, o[3], PY_DESC_smp_camera_fit, &fit))
        return NULL;
    int held = 0;
    while (held < count && py_grids[held] &&
           py_read_grid(py_grids[held], &views[held], &grids[held], "map"))
        held++;
    smp_status status = SMP_ERR_ARGUMENT;
    if (held == count) {
        Py_BEGIN_ALLOW_THREADS;
        status = count == 1 ? smp_camera_from_depth(camera, head, grids, desc, fit, &diag)
                            : smp_camera_from_normals(camera, head, grids, desc, fit, &diag);
        Py_END_ALLOW_THREADS;
    } else if (!PyErr_Occurred()) {
        py_fail(state, status, "want %d maps", count);
    }
    while (held > 0)
        PyBuffer_Release(&views[--held]);
    return PyErr_Occurred() ? NULL : py_done(module, status, &diag);
}

static PyObject *f_camera_from_depth(PyObject *module, PyObject *args)
{
    return from_grids(module, args, 1);
}

static PyObject *f_camera_from_normals(PyObject *module, PyObject *args)
{
    return from_grids(module, args, 3);
}

static PyObject *scale_result(PyObject *module, smp_status status, const smp_scale *scale,
                              const smp_diag *diag)
{
    return status == SMP_OK ? Py_BuildValue("dd", scale->px_per_mm, scale->sigma)
                            : py_raise(py_state_of_module(module), status, diag);
}

/* (rows of u v u v, distances, noise) -> (px_per_mm, sigma) */
static PyObject *f_scale_from_pairs(PyObject *module, PyObject *args)
{
    PyObject *py_uv, *py_distances, *result = NULL;
    double noise;
    Py_buffer uv, distances;
    smp_scale scale;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OOd", &py_uv, &py_distances, &noise))
        return NULL;
    Py_ssize_t count = py_read_buffer(py_uv, &uv, 'd', 4, "uv_px");
    if (count < 0)
        return NULL;
    Py_ssize_t pairs = py_read_buffer(py_distances, &distances, 'd', 0, "distance_mm");
    if (pairs >= 0 && pairs != count)
        py_fail(py_state_of_module(module), SMP_ERR_ARGUMENT, "%zd distances for %zd pairs", pairs,
                count);
    else if (pairs >= 0)
        result = scale_result(
            module,
            smp_scale_from_pairs(uv.buf, distances.buf, (uint32_t)count, noise, &scale, &diag),
            &scale, &diag);
    if (pairs >= 0)
        PyBuffer_Release(&distances);
    PyBuffer_Release(&uv);
    return result;
}

/* (iris_px, pupils_px) -> (px_per_mm, sigma) */
static PyObject *f_scale_from_eyes(PyObject *module, PyObject *args)
{
    double iris, pupils;
    smp_scale scale;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "dd", &iris, &pupils))
        return NULL;
    return scale_result(module, smp_scale_from_eyes(iris, pupils, &scale, &diag), &scale, &diag);
}

/* camera -> (yaw, pitch, roll) */
static PyObject *f_camera_pose(PyObject *module, PyObject *py_camera)
{
    smp_camera *camera = py_desc(py_state_of_module(module), py_camera, PY_DESC_smp_camera);
    if (!camera)
        return NULL;
    smp_pose pose = smp_camera_pose(camera);
    return Py_BuildValue("ddd", pose.yaw_deg, pose.pitch_deg, pose.roll_deg);
}

PyMethodDef py_landmark_methods[] = {
    {"landmark_name", f_landmark_name, METH_VARARGS, NULL},
    {"head_landmark", f_head_landmark, METH_VARARGS, NULL},
    {"head_from_views", f_head_from_views, METH_VARARGS, NULL},
    {"camera_from_landmarks", f_camera_from_landmarks, METH_VARARGS, NULL},
    {"head_from_landmarks", f_head_from_landmarks, METH_VARARGS, NULL},
    {"camera_from_mesh", f_camera_from_mesh, METH_VARARGS, NULL},
    {"camera_from_points", f_camera_from_points, METH_VARARGS, NULL},
    {"camera_refine", f_camera_refine, METH_VARARGS, NULL},
    {"camera_from_depth", f_camera_from_depth, METH_VARARGS, NULL},
    {"camera_from_normals", f_camera_from_normals, METH_VARARGS, NULL},
    {"scale_from_pairs", f_scale_from_pairs, METH_VARARGS, NULL},
    {"scale_from_eyes", f_scale_from_eyes, METH_VARARGS, NULL},
    {"camera_pose", f_camera_pose, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
