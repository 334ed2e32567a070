/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * smp/plan.h in Python, third part: measures, warnings, presets. */
#include "smp_py.h"

enum { MOST_WARNINGS = 64 };

/* (plan, zone, group, measures to fill) */
static PyObject *f_plan_measure(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_plan, *py_measures;
    smp_plan *plan;
    unsigned int zone, group;
    smp_measures *measures;
    smp_status status;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OIIO", &py_plan, &zone, &group, &py_measures) ||
        !(plan = py_handle(state, py_plan, PY_HANDLE_plan)) ||
        !(measures = py_desc(state, py_measures, PY_DESC_smp_measures)))
        return NULL;
    Py_BEGIN_ALLOW_THREADS;
    status = smp_plan_measure(plan, zone, group, measures, &diag);
    Py_END_ALLOW_THREADS;
    return py_done(module, status, &diag);
}

/* (plan, skin or None) -> [(code, value, limit, text)] */
static PyObject *f_plan_warnings(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_plan, *py_skin;
    smp_plan *plan;
    void *skin;
    smp_warning warnings[MOST_WARNINGS];
    uint32_t count;
    smp_status status;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OO", &py_plan, &py_skin) ||
        !(plan = py_handle(state, py_plan, PY_HANDLE_plan)) ||
        !py_desc_or_none(state, py_skin, PY_DESC_smp_skin, &skin))
        return NULL;
    Py_BEGIN_ALLOW_THREADS;
    status = smp_plan_warnings(plan, skin, warnings, MOST_WARNINGS, &count, &diag);
    Py_END_ALLOW_THREADS;
    PyObject *list = status == SMP_OK ? PyList_New(0) : py_raise(state, status, &diag);
    for (uint32_t i = 0; list && i < count && i < MOST_WARNINGS; i++) {
        const smp_warning *w = &warnings[i];
        PyObject *row = Py_BuildValue("Idds", (unsigned int)w->code, (double)w->value,
                                      (double)w->limit, w->text);
        if (!row || PyList_Append(list, row) < 0)
            Py_CLEAR(list);
        Py_XDECREF(row);
    }
    return list;
}

/* (context, name, head or None) -> plan */
static PyObject *f_plan_from_preset(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_ctx, *py_head;
    const char *name;
    smp_context *ctx;
    void *head;
    smp_plan *plan;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OsO", &py_ctx, &name, &py_head) ||
        !(ctx = py_handle(state, py_ctx, PY_HANDLE_context)) ||
        !py_desc_or_none(state, py_head, PY_DESC_smp_head, &head))
        return NULL;
    if (smp_plan_from_preset(ctx, name, head, &plan, &diag) != SMP_OK)
        return py_raise(state, diag.status, &diag);
    return py_handle_new(state, PY_HANDLE_plan, plan, py_ctx);
}

static PyObject *f_plan_preset_count(PyObject *module, PyObject *none)
{
    (void)module, (void)none;
    return PyLong_FromUnsignedLong(smp_plan_preset_count());
}

/* index -> (name, about) or None */
static PyObject *f_plan_preset_name(PyObject *module, PyObject *args)
{
    unsigned int index;
    const char *about;
    (void)module;
    if (!PyArg_ParseTuple(args, "I", &index))
        return NULL;
    const char *name = smp_plan_preset_name(index, &about);
    return name ? Py_BuildValue("ss", name, about) : Py_NewRef(Py_None);
}

/* (head or None, rule, rows of three doubles or None, hairline to change) */
static PyObject *f_hairline_place(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_head, *py_landmarks, *py_hairline;
    int rule;
    void *head;
    smp_hairline_desc *hairline;
    Py_buffer landmarks = {0};
    Py_ssize_t count = SMP_LANDMARK_COUNT;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OiOO", &py_head, &rule, &py_landmarks, &py_hairline) ||
        !py_desc_or_none(state, py_head, PY_DESC_smp_head, &head) ||
        !(hairline = py_desc(state, py_hairline, PY_DESC_smp_hairline_desc)))
        return NULL;
    if (py_landmarks != Py_None &&
        (count = py_read_buffer(py_landmarks, &landmarks, 'd', 3, "landmarks_mm")) < 0)
        return NULL;
    PyObject *result = count == SMP_LANDMARK_COUNT
                           ? py_done(module,
                                     smp_hairline_place(head, (smp_hairline_rule)rule,
                                                        landmarks.buf, hairline, &diag),
                                     &diag)
                           : py_fail(state, SMP_ERR_ARGUMENT, "landmarks_mm has %zd rows, want %d",
                                     count, (int)SMP_LANDMARK_COUNT);
    PyBuffer_Release(&landmarks);
    return result;
}

PyMethodDef py_measure_methods[] = {
    {"hairline_place", f_hairline_place, METH_VARARGS, NULL},
    {"plan_measure", f_plan_measure, METH_VARARGS, NULL},
    {"plan_warnings", f_plan_warnings, METH_VARARGS, NULL},
    {"plan_from_preset", f_plan_from_preset, METH_VARARGS, NULL},
    {"plan_preset_count", f_plan_preset_count, METH_NOARGS, NULL},
    {"plan_preset_name", f_plan_preset_name, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
