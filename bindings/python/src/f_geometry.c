/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * smp/geometry.h in Python. Cameras and heads are filled in place. */
#include "smp_py.h"

/* Reads (cx, cy, rx, ry[, turn]) and (yaw, pitch, roll) or None. */
static int read_ellipse(PyObject *py_ellipse, PyObject *py_pose, smp_ellipse *ellipse,
                        smp_pose *pose, const smp_pose **given)
{
    double e[5] = {0}, p[3];
    Py_ssize_t length = PySequence_Size(py_ellipse);
    if (length < 0 || !py_read_doubles(py_ellipse, e, length == 4 ? 4 : 5, "ellipse"))
        return 0;
    *ellipse = (smp_ellipse){e[0], e[1], e[2], e[3], e[4]};
    *given = NULL;
    if (py_pose == Py_None)
        return 1;
    if (!py_read_doubles(py_pose, p, 3, "pose"))
        return 0;
    *pose = (smp_pose){p[0], p[1], p[2]};
    *given = pose;
    return 1;
}

/* (camera, head, ellipse, pose, px_per_mm) */
static PyObject *f_camera_from_ellipse(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_camera, *py_head, *py_ellipse, *py_pose;
    smp_camera *camera;
    void *head;
    double scale;
    smp_ellipse ellipse;
    smp_pose pose;
    const smp_pose *given;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OOOOd", &py_camera, &py_head, &py_ellipse, &py_pose, &scale) ||
        !(camera = py_desc(state, py_camera, PY_DESC_smp_camera)) ||
        !py_desc_or_none(state, py_head, PY_DESC_smp_head, &head) ||
        !read_ellipse(py_ellipse, py_pose, &ellipse, &pose, &given))
        return NULL;
    return py_done(module, smp_camera_from_ellipse(camera, head, &ellipse, given, scale, &diag),
                   &diag);
}

/* (head, ellipse, pose) */
static PyObject *f_head_from_ellipse(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_head, *py_ellipse, *py_pose;
    smp_head *head;
    smp_ellipse ellipse;
    smp_pose pose;
    const smp_pose *given;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OOO", &py_head, &py_ellipse, &py_pose) ||
        !(head = py_desc(state, py_head, PY_DESC_smp_head)) ||
        !read_ellipse(py_ellipse, py_pose, &ellipse, &pose, &given))
        return NULL;
    return py_done(module, smp_head_from_ellipse(head, &ellipse, given, &diag), &diag);
}

/* (camera, px_per_mm, origin_px) */
static PyObject *f_camera_from_scale(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_camera, *py_origin;
    smp_camera *camera;
    double scale, origin[2];
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OdO", &py_camera, &scale, &py_origin) ||
        !(camera = py_desc(state, py_camera, PY_DESC_smp_camera)) ||
        !py_read_doubles(py_origin, origin, 2, "origin_px"))
        return NULL;
    return py_done(module, smp_camera_from_scale(camera, scale, origin, &diag), &diag);
}

/* (camera, factor, left, top) */
static PyObject *f_camera_resize(PyObject *module, PyObject *args)
{
    PyObject *py_camera;
    smp_camera *camera;
    double factor, left, top;
    if (!PyArg_ParseTuple(args, "Oddd", &py_camera, &factor, &left, &top) ||
        !(camera = py_desc(py_state_of_module(module), py_camera, PY_DESC_smp_camera)))
        return NULL;
    smp_camera_resize(camera, factor, left, top);
    return Py_NewRef(Py_None);
}

/* (camera, xyz) -> uv or None */
static PyObject *f_camera_project(PyObject *module, PyObject *args)
{
    PyObject *py_camera, *py_xyz;
    const smp_camera *camera;
    double xyz[3], uv[2];
    if (!PyArg_ParseTuple(args, "OO", &py_camera, &py_xyz) ||
        !(camera = py_desc(py_state_of_module(module), py_camera, PY_DESC_smp_camera)) ||
        !py_read_doubles(py_xyz, xyz, 3, "xyz_mm"))
        return NULL;
    return smp_camera_project(camera, xyz, uv) ? py_doubles(uv, 2) : Py_NewRef(Py_None);
}

/* (camera, head, uv) -> (xyz, normal) or None */
static PyObject *f_camera_unproject(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_camera, *py_head, *py_uv;
    const smp_camera *camera;
    void *head;
    double uv[2], xyz[3], normal[3];
    if (!PyArg_ParseTuple(args, "OOO", &py_camera, &py_head, &py_uv) ||
        !(camera = py_desc(state, py_camera, PY_DESC_smp_camera)) ||
        !py_desc_or_none(state, py_head, PY_DESC_smp_head, &head) ||
        !py_read_doubles(py_uv, uv, 2, "uv_px"))
        return NULL;
    if (!smp_camera_unproject(camera, head, uv, xyz, normal))
        return Py_NewRef(Py_None);
    return Py_BuildValue("NN", py_doubles(xyz, 3), py_doubles(normal, 3));
}

PyMethodDef py_geometry_methods[] = {
    {"camera_from_ellipse", f_camera_from_ellipse, METH_VARARGS, NULL},
    {"head_from_ellipse", f_head_from_ellipse, METH_VARARGS, NULL},
    {"camera_from_scale", f_camera_from_scale, METH_VARARGS, NULL},
    {"camera_resize", f_camera_resize, METH_VARARGS, NULL},
    {"camera_project", f_camera_project, METH_VARARGS, NULL},
    {"camera_unproject", f_camera_unproject, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
