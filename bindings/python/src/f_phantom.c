/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * smp/phantom.h in Python. */
#include "smp_py.h"

/* (context, desc, progress) -> phantom */
static PyObject *f_phantom_create(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_ctx, *py_options, *callback;
    smp_context *ctx;
    void *desc;
    smp_phantom *phantom;
    py_job job;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OOO", &py_ctx, &py_options, &callback) ||
        !(ctx = py_handle(state, py_ctx, PY_HANDLE_context)) ||
        !py_desc_or_none(state, py_options, PY_DESC_smp_phantom_desc, &desc) ||
        !py_job_open(&job, callback))
        return NULL;
    py_job_leave(&job);
    smp_status status = smp_phantom_create(ctx, desc, &job.progress, &phantom, &diag);
    py_job_enter(&job);
    return status == SMP_OK ? py_handle_new(state, PY_HANDLE_phantom, phantom, py_ctx)
                            : py_raise(state, status, &diag);
}

PY_FILL(phantom_camera, phantom, smp_camera)
PY_FILL(phantom_head, phantom, smp_head)

static PyObject *f_phantom_ellipse(PyObject *module, PyObject *py_phantom)
{
    smp_phantom *phantom = py_handle(py_state_of_module(module), py_phantom, PY_HANDLE_phantom);
    if (!phantom)
        return NULL;
    smp_ellipse e = smp_phantom_ellipse(phantom);
    return Py_BuildValue("ddddd", e.cx_px, e.cy_px, e.rx_px, e.ry_px, e.turn_deg);
}

/* (phantom, kind) -> array */
static PyObject *f_phantom_get_map(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_phantom;
    smp_phantom *phantom;
    int kind;
    smp_grid grid;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "Oi", &py_phantom, &kind) ||
        !(phantom = py_handle(state, py_phantom, PY_HANDLE_phantom)))
        return NULL;
    if (smp_phantom_get_map(phantom, (smp_phantom_map)kind, &grid, &diag) != SMP_OK)
        return py_raise(state, diag.status, &diag);
    return py_array_grid(state, py_phantom, &grid);
}

/* phantom -> n x 5: x, y, z, length, diameter */
static PyObject *f_phantom_hairs(PyObject *module, PyObject *py_phantom)
{
    py_state *state = py_state_of_module(module);
    smp_phantom *phantom = py_handle(state, py_phantom, PY_HANDLE_phantom);
    uint32_t count;
    if (!phantom)
        return NULL;
    _Static_assert(sizeof(smp_phantom_hair) == 5 * sizeof(float), "hairs are rows of five floats");
    const smp_phantom_hair *hairs = smp_phantom_hairs(phantom, &count);
    smp_grid grid = {(float *)(uintptr_t)hairs, 5, count, 5};
    return py_array_grid(state, py_phantom, &grid);
}

PyMethodDef py_phantom_methods[] = {
    {"phantom_create", f_phantom_create, METH_VARARGS, NULL},
    {"phantom_camera", f_phantom_camera, METH_VARARGS, NULL},
    {"phantom_head", f_phantom_head, METH_VARARGS, NULL},
    {"phantom_ellipse", f_phantom_ellipse, METH_O, NULL},
    {"phantom_get_map", f_phantom_get_map, METH_VARARGS, NULL},
    {"phantom_hairs", f_phantom_hairs, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
