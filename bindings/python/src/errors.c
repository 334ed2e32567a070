/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A status becomes an exception: its own class, which is also what Python calls such a thing. */
#include "smp_py.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A class that derives from Error and from one of Python's own. */
static PyObject *add(PyObject *module, const char *name, const char *words, PyObject *base,
                     PyObject *also)
{
    char full[64];
    PyOS_snprintf(full, sizeof full, "smp.%s", name);
    PyObject *bases = also ? PyTuple_Pack(2, base, also) : Py_NewRef(base);
    PyObject *error = bases ? PyErr_NewExceptionWithDoc(full, words, bases, NULL) : NULL;
    Py_XDECREF(bases);
    if (error && PyModule_AddObjectRef(module, name, error) < 0)
        Py_CLEAR(error);
    return error;
}

int py_add_errors(PyObject *module, py_state *state)
{
    static const struct {
        smp_status status;
        const char *name, *words;
    } rows[] = {
        {SMP_ERR_ARGUMENT, "ArgumentError", "An argument, its shape or its type is unusable."},
        {SMP_ERR_RANGE, "RangeError", "A parameter lies outside its documented range."},
        {SMP_ERR_MEMORY, "OutOfMemoryError", "Memory could not be had."},
        {SMP_ERR_UNSUPPORTED, "UnsupportedError", "A kind of file that is not read."},
        {SMP_ERR_RUNNER, "RunnerError", "A thread could not be started, or failed."},
        {SMP_ERR_FORMAT, "FormatError", "Bytes are damaged, or are not what they should be."},
        {SMP_ERR_LIMIT, "LimitError", "A memory budget or a size limit would be exceeded."},
        {SMP_ERR_CANCELLED, "CancelledError", "The progress callback asked to stop."},
    };
    PyObject *const also[PY_STATUS_COUNT] = {
        [SMP_ERR_ARGUMENT] = PyExc_ValueError, [SMP_ERR_RANGE] = PyExc_ValueError,
        [SMP_ERR_MEMORY] = PyExc_MemoryError,  [SMP_ERR_UNSUPPORTED] = PyExc_NotImplementedError,
        [SMP_ERR_RUNNER] = PyExc_RuntimeError, [SMP_ERR_FORMAT] = PyExc_ValueError,
        [SMP_ERR_LIMIT] = PyExc_ValueError,    [SMP_ERR_CANCELLED] = NULL,
    };
    state->errors[0] = add(module, "Error", "What libsmp reports; `status` names the C status.",
                           PyExc_Exception, NULL);
    if (!state->errors[0])
        return -1;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        PyObject *error =
            add(module, rows[i].name, rows[i].words, state->errors[0], also[rows[i].status]);
        PyObject *name = PyUnicode_FromString(smp_status_name(rows[i].status));
        state->errors[rows[i].status] = error;
        int failed = !error || !name || PyObject_SetAttrString(error, "status", name) < 0;
        Py_XDECREF(name);
        if (failed)
            return -1;
    }
    PyObject *name = PyUnicode_FromString("");
    int failed = !name || PyObject_SetAttrString(state->errors[0], "status", name) < 0;
    Py_XDECREF(name);
    return failed ? -1 : 0;
}

PyObject *py_raise(py_state *state, smp_status status, const smp_diag *diag)
{
    if (PyErr_Occurred())
        return NULL;
    int known = status > SMP_OK && (int)status < PY_STATUS_COUNT;
    const char *words = diag && diag->text[0] ? diag->text : smp_status_name(status);
    PyErr_SetString(state->errors[known ? status : 0], words);
    return NULL;
}

PyObject *py_fail(py_state *state, smp_status status, const char *format, ...)
{
    smp_diag diag = {.status = status};
    va_list args;
    va_start(args, format);
    PyOS_vsnprintf(diag.text, sizeof diag.text, format, args);
    va_end(args);
    return py_raise(state, status, &diag);
}

PyObject *py_done(PyObject *module, smp_status status, const smp_diag *diag)
{
    return status == SMP_OK ? Py_NewRef(Py_None)
                            : py_raise(py_state_of_module(module), status, diag);
}
