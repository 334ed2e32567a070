/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * smp/plan.h in Python. */
#include "smp_py.h"

enum { MOST_SESSIONS = 64 }; /* more than the library takes, so that its own words are heard */

/* (context, head or None, desc or None) -> plan */
static PyObject *f_plan_create(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_ctx, *py_head, *py_options;
    smp_context *ctx;
    void *head, *desc;
    smp_plan *plan;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OOO", &py_ctx, &py_head, &py_options) ||
        !(ctx = py_handle(state, py_ctx, PY_HANDLE_context)) ||
        !py_desc_or_none(state, py_head, PY_DESC_smp_head, &head) ||
        !py_desc_or_none(state, py_options, PY_DESC_smp_plan_desc, &desc))
        return NULL;
    if (smp_plan_create(ctx, head, desc, &plan, &diag) != SMP_OK)
        return py_raise(state, diag.status, &diag);
    return py_handle_new(state, PY_HANDLE_plan, plan, py_ctx);
}

PY_PLAN_DESC(plan_set, smp_plan_desc, 0)
PY_PLAN_DESC(plan_get, smp_plan_desc, 1)
PY_PLAN_DESC(plan_set_hairline, smp_hairline_desc, 0)
PY_PLAN_DESC(plan_get_hairline, smp_hairline_desc, 1)
PY_PLAN_DESC(plan_get_head, smp_head, 1)

/* (plan, buffer of doubles in rows of three, or None) */
static PyObject *f_plan_set_hairline_curve(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_plan, *py_points;
    smp_plan *plan;
    Py_buffer points = {0};
    Py_ssize_t count = 0;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OO", &py_plan, &py_points) ||
        !(plan = py_handle(state, py_plan, PY_HANDLE_plan)))
        return NULL;
    if (py_points != Py_None && (count = py_read_buffer(py_points, &points, 'd', 3, "points")) < 0)
        return NULL;
    smp_status status = smp_plan_set_hairline_curve(plan, points.buf, (uint32_t)count, &diag);
    PyBuffer_Release(&points);
    return py_done(module, status, &diag);
}

/* (plan, sequence of sessions) */
static PyObject *f_plan_set_sessions(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_plan, *py_sessions;
    smp_plan *plan;
    smp_session_desc sessions[MOST_SESSIONS];
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OO", &py_plan, &py_sessions) ||
        !(plan = py_handle(state, py_plan, PY_HANDLE_plan)))
        return NULL;
    Py_ssize_t count = py_read_descs(state, py_sessions, PY_DESC_smp_session_desc, sessions,
                                     sizeof *sessions, MOST_SESSIONS);
    if (count < 0)
        return NULL;
    return py_done(module, smp_plan_set_sessions(plan, sessions, (uint32_t)count, &diag), &diag);
}

static PyObject *f_plan_session_count(PyObject *module, PyObject *py_plan)
{
    smp_plan *plan = py_handle(py_state_of_module(module), py_plan, PY_HANDLE_plan);
    return plan ? PyLong_FromUnsignedLong(smp_plan_session_count(plan)) : NULL;
}

/* (plan, index, session to fill) */
static PyObject *f_plan_get_session(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_plan, *py_session;
    unsigned int index;
    smp_plan *plan;
    void *session;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OIO", &py_plan, &index, &py_session) ||
        !(plan = py_handle(state, py_plan, PY_HANDLE_plan)) ||
        !(session = py_desc(state, py_session, PY_DESC_smp_session_desc)))
        return NULL;
    return py_done(module, smp_plan_get_session(plan, index, session, &diag), &diag);
}

/* (context, text) -> plan */
static PyObject *f_plan_from_json(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_ctx;
    smp_context *ctx;
    Py_buffer text;
    smp_plan *plan;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "Os*", &py_ctx, &text))
        return NULL;
    ctx = py_handle(state, py_ctx, PY_HANDLE_context);
    smp_status status =
        ctx ? smp_plan_from_json(ctx, text.buf, (size_t)text.len, &plan, &diag) : SMP_OK;
    PyBuffer_Release(&text);
    if (!ctx)
        return NULL;
    return status == SMP_OK ? py_handle_new(state, PY_HANDLE_plan, plan, py_ctx)
                            : py_raise(state, status, &diag);
}

/* (context, plan) -> str */
static PyObject *f_plan_to_json(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_ctx, *py_plan;
    smp_context *ctx;
    smp_plan *plan;
    smp_bytes *bytes = NULL;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OO", &py_ctx, &py_plan) ||
        !(ctx = py_handle(state, py_ctx, PY_HANDLE_context)) ||
        !(plan = py_handle(state, py_plan, PY_HANDLE_plan)))
        return NULL;
    if (smp_plan_to_json(ctx, plan, &bytes, &diag) != SMP_OK)
        return py_raise(state, diag.status, &diag);
    size_t size;
    const char *data = (const char *)smp_bytes_data(bytes, &size);
    PyObject *text = PyUnicode_FromStringAndSize(data, (Py_ssize_t)size);
    smp_bytes_destroy(&bytes);
    return text;
}

/* (plan, xyz) -> dots per cm2 */
static PyObject *f_plan_density(PyObject *module, PyObject *args)
{
    PyObject *py_plan, *py_xyz;
    const smp_plan *plan;
    double xyz[3];
    if (!PyArg_ParseTuple(args, "OO", &py_plan, &py_xyz) ||
        !(plan = py_handle(py_state_of_module(module), py_plan, PY_HANDLE_plan)) ||
        !py_read_doubles(py_xyz, xyz, 3, "xyz_mm"))
        return NULL;
    return PyFloat_FromDouble(smp_plan_density(plan, xyz));
}

PyMethodDef py_plan_methods[] = {
    {"plan_create", f_plan_create, METH_VARARGS, NULL},
    {"plan_set", f_plan_set, METH_VARARGS, NULL},
    {"plan_get", f_plan_get, METH_VARARGS, NULL},
    {"plan_set_hairline", f_plan_set_hairline, METH_VARARGS, NULL},
    {"plan_get_hairline", f_plan_get_hairline, METH_VARARGS, NULL},
    {"plan_get_head", f_plan_get_head, METH_VARARGS, NULL},
    {"plan_set_hairline_curve", f_plan_set_hairline_curve, METH_VARARGS, NULL},
    {"plan_set_sessions", f_plan_set_sessions, METH_VARARGS, NULL},
    {"plan_session_count", f_plan_session_count, METH_O, NULL},
    {"plan_get_session", f_plan_get_session, METH_VARARGS, NULL},
    {"plan_from_json", f_plan_from_json, METH_VARARGS, NULL},
    {"plan_to_json", f_plan_to_json, METH_VARARGS, NULL},
    {"plan_density", f_plan_density, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
