/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * smp/dots.h and smp/ageing.h in Python. */
#include "smp_py.h"

/* (context, plan, progress) -> dots */
static PyObject *f_dots_create(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_ctx, *py_plan, *callback;
    smp_context *ctx;
    smp_plan *plan;
    smp_dots *dots;
    py_job job;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OOO", &py_ctx, &py_plan, &callback) ||
        !(ctx = py_handle(state, py_ctx, PY_HANDLE_context)) ||
        !(plan = py_handle(state, py_plan, PY_HANDLE_plan)) || !py_job_open(&job, callback))
        return NULL;
    py_job_leave(&job);
    smp_status status = smp_dots_create(ctx, plan, &job.progress, &dots, &diag);
    py_job_enter(&job);
    return status == SMP_OK ? py_handle_new(state, PY_HANDLE_dots, dots, py_ctx)
                            : py_raise(state, status, &diag);
}

/* The dots of a handle: its own, or those of a preview. */
static const smp_dots *dots_of(py_state *state, PyObject *object)
{
    if (py_handle_kind_of(state, object) == PY_HANDLE_preview)
        return smp_preview_dots(py_handle(state, object, PY_HANDLE_preview));
    return py_handle(state, object, PY_HANDLE_dots);
}

/* dots or preview -> {name: array} */
static PyObject *f_dots_arrays(PyObject *module, PyObject *py_dots)
{
    py_state *state = py_state_of_module(module);
    const smp_dots *dots = dots_of(state, py_dots);
    if (!dots)
        return NULL;
    smp_dots_view v = smp_dots_arrays(dots);
    const struct {
        const char *name;
        const void *data;
        char format;
    } rows[] = {
        {"x_mm", v.x_mm, 'f'},       {"y_mm", v.y_mm, 'f'},
        {"z_mm", v.z_mm, 'f'},       {"nx", v.nx, 'f'},
        {"ny", v.ny, 'f'},           {"nz", v.nz, 'f'},
        {"top_mm", v.top_mm, 'f'},   {"diameter_mm", v.diameter_mm, 'f'},
        {"dose", v.dose, 'f'},       {"height_mm", v.height_mm, 'f'},
        {"session", v.session, 'B'}, {"id", v.id, 'I'},
    };
    PyObject *dict = PyDict_New();
    for (size_t i = 0; dict && i < sizeof rows / sizeof *rows; i++) {
        PyObject *array =
            py_array_view(state, py_dots, rows[i].data, rows[i].format, (Py_ssize_t)v.count);
        if (!array || PyDict_SetItemString(dict, rows[i].name, array) < 0)
            Py_CLEAR(dict);
        Py_XDECREF(array);
    }
    return dict;
}

/* (context, plan, dots, day) -> (dose, spread_mm) */
static PyObject *f_dots_age(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_ctx, *py_plan, *py_dots;
    smp_context *ctx;
    smp_plan *plan;
    const smp_dots *dots;
    double day;
    void *dose, *spread;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OOOd", &py_ctx, &py_plan, &py_dots, &day) ||
        !(ctx = py_handle(state, py_ctx, PY_HANDLE_context)) ||
        !(plan = py_handle(state, py_plan, PY_HANDLE_plan)) || !(dots = dots_of(state, py_dots)))
        return NULL;
    Py_ssize_t count = (Py_ssize_t)smp_dots_arrays(dots).count;
    PyObject *doses = py_array_new(state, 'f', count, 0, &dose);
    PyObject *spreads = py_array_new(state, 'f', count, 0, &spread);
    smp_status status = SMP_OK;
    if (doses && spreads) {
        Py_BEGIN_ALLOW_THREADS;
        status = smp_dots_age(ctx, plan, dots, day, dose, spread, &diag);
        Py_END_ALLOW_THREADS;
    }
    if (doses && spreads && status == SMP_OK)
        return Py_BuildValue("NN", doses, spreads);
    Py_XDECREF(doses);
    Py_XDECREF(spreads);
    return status == SMP_OK ? NULL : py_raise(state, status, &diag);
}

static PyObject *f_pigment_left(PyObject *module, PyObject *args)
{
    double days;
    (void)module;
    if (!PyArg_ParseTuple(args, "d", &days))
        return NULL;
    return PyFloat_FromDouble(smp_pigment_left(days));
}

PyMethodDef py_dots_methods[] = {
    {"dots_create", f_dots_create, METH_VARARGS, NULL},
    {"dots_arrays", f_dots_arrays, METH_O, NULL},
    {"dots_age", f_dots_age, METH_VARARGS, NULL},
    {"pigment_left", f_pigment_left, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
