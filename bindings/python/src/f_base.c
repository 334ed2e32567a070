/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * smp/base.h in Python: contexts, threads, versions. */
#include "smp_py.h"

static PyObject *f_version(PyObject *module, PyObject *none)
{
    (void)module, (void)none;
    return PyUnicode_FromString(smp_version());
}

static PyObject *f_status_name(PyObject *module, PyObject *args)
{
    int status;
    (void)module;
    if (!PyArg_ParseTuple(args, "i", &status))
        return NULL;
    return PyUnicode_FromString(smp_status_name((smp_status)status));
}

static PyObject *f_pool_create(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    unsigned int threads;
    smp_pool *pool;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "I", &threads))
        return NULL;
    if (smp_pool_create(&pool, threads, &diag) != SMP_OK)
        return py_raise(state, diag.status, &diag);
    return py_handle_new(state, PY_HANDLE_pool, pool, NULL);
}

/* context_create(desc, pool): pool None for the calling thread alone */
static PyObject *f_context_create(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_desc_arg, *py_pool;
    void *desc, *pool;
    smp_context *ctx;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OO", &py_desc_arg, &py_pool) ||
        !(desc = py_desc(state, py_desc_arg, PY_DESC_smp_context_desc)) ||
        !py_handle_or_none(state, py_pool, PY_HANDLE_pool, &pool))
        return NULL;
    smp_context_desc whole = *(smp_context_desc *)desc;
    if (pool)
        whole.runner = smp_pool_runner(pool);
    if (smp_context_create(&ctx, &whole, &diag) != SMP_OK)
        return py_raise(state, diag.status, &diag);
    return py_handle_new(state, PY_HANDLE_context, ctx, py_pool);
}

static PyObject *f_context_isa(PyObject *module, PyObject *py_ctx)
{
    smp_context *ctx = py_handle(py_state_of_module(module), py_ctx, PY_HANDLE_context);
    return ctx ? PyLong_FromLong((long)smp_context_isa(ctx)) : NULL;
}

/* (bytes now, bytes at most) */
static PyObject *f_context_memory(PyObject *module, PyObject *py_ctx)
{
    smp_context *ctx = py_handle(py_state_of_module(module), py_ctx, PY_HANDLE_context);
    uint64_t now, peak;
    if (!ctx)
        return NULL;
    now = smp_context_memory(ctx, &peak);
    return Py_BuildValue("KK", (unsigned long long)now, (unsigned long long)peak);
}

PyMethodDef py_base_methods[] = {
    {"version", f_version, METH_NOARGS, NULL},
    {"status_name", f_status_name, METH_VARARGS, NULL},
    {"pool_create", f_pool_create, METH_VARARGS, NULL},
    {"context_create", f_context_create, METH_VARARGS, NULL},
    {"context_isa", f_context_isa, METH_O, NULL},
    {"context_memory", f_context_memory, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
