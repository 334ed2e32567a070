/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * smp/shades.h in Python. */
#include "smp_py.h"

static PyObject *f_shade_count(PyObject *module, PyObject *none)
{
    (void)module, (void)none;
    return PyLong_FromUnsignedLong(smp_shade_count());
}

static PyObject *text_or_none(const char *text)
{
    return text ? PyUnicode_FromString(text) : Py_NewRef(Py_None);
}

static PyObject *f_shade_name(PyObject *module, PyObject *args)
{
    unsigned int shade;
    (void)module;
    return PyArg_ParseTuple(args, "I", &shade) ? text_or_none(smp_shade_name(shade)) : NULL;
}

/* name -> number or None */
static PyObject *f_shade_find(PyObject *module, PyObject *args)
{
    const char *name;
    (void)module;
    if (!PyArg_ParseTuple(args, "s", &name))
        return NULL;
    uint32_t shade = smp_shade_find(name);
    return shade == SMP_SHADE_NONE ? Py_NewRef(Py_None) : PyLong_FromUnsignedLong(shade);
}

/* (shade, pigment to fill) -> dose */
static PyObject *f_shade_get(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_pigment;
    unsigned int shade;
    smp_pigment *pigment;
    float dose;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "IO", &shade, &py_pigment) ||
        !(pigment = py_desc(state, py_pigment, PY_DESC_smp_pigment)))
        return NULL;
    if (smp_shade_get(shade, pigment, &dose, &diag) != SMP_OK)
        return py_raise(state, diag.status, &diag);
    return PyFloat_FromDouble((double)dose);
}

/* (skin or None, space, first, count) -> count x 3 */
static PyObject *f_shade_color(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_skin;
    void *skin, *data;
    int space;
    unsigned int first, count;
    smp_status status = SMP_OK;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OiII", &py_skin, &space, &first, &count) ||
        !py_desc_or_none(state, py_skin, PY_DESC_smp_skin, &skin))
        return NULL;
    if (count > smp_shade_count())
        return py_fail(state, SMP_ERR_RANGE, "count is %u, want [0, %u]", count, smp_shade_count());
    PyObject *array = py_array_new(state, 'f', (Py_ssize_t)count, 3, &data);
    if (array) {
        Py_BEGIN_ALLOW_THREADS;
        status = smp_shade_color(skin, (smp_space)space, first, count, data, &diag);
        Py_END_ALLOW_THREADS;
    }
    if (!array || status == SMP_OK)
        return array;
    Py_DECREF(array);
    return py_raise(state, status, &diag);
}

static PyObject *f_hair_name(PyObject *module, PyObject *args)
{
    unsigned int index;
    (void)module;
    return PyArg_ParseTuple(args, "I", &index) ? text_or_none(smp_hair_name(index)) : NULL;
}

/* (name, hair to fill) */
static PyObject *f_hair_named(PyObject *module, PyObject *args)
{
    PyObject *py_hair;
    const char *name;
    smp_hair_desc *hair;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "sO", &name, &py_hair) ||
        !(hair = py_desc(py_state_of_module(module), py_hair, PY_DESC_smp_hair_desc)))
        return NULL;
    return py_done(module, smp_hair_named(name, hair, &diag), &diag);
}

/* (hair or None, skin or None, space) -> linear RGB */
static PyObject *f_stubble_color(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_hair, *py_skin;
    void *hair, *skin;
    int space;
    float rgb[3];
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OOi", &py_hair, &py_skin, &space) ||
        !py_desc_or_none(state, py_hair, PY_DESC_smp_hair_desc, &hair) ||
        !py_desc_or_none(state, py_skin, PY_DESC_smp_skin, &skin))
        return NULL;
    if (smp_stubble_color(hair, skin, (smp_space)space, rgb, &diag) != SMP_OK)
        return py_raise(state, diag.status, &diag);
    return py_floats(rgb, 3);
}

/* (hair or None, skin or None, count) -> [(shade, dE00)] */
static PyObject *f_shade_match(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_hair, *py_skin;
    void *hair, *skin;
    unsigned int count;
    smp_status status;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OOI", &py_hair, &py_skin, &count) ||
        !py_desc_or_none(state, py_hair, PY_DESC_smp_hair_desc, &hair) ||
        !py_desc_or_none(state, py_skin, PY_DESC_smp_skin, &skin))
        return NULL;
    if (count > smp_shade_count())
        return py_fail(state, SMP_ERR_RANGE, "count is %u, want [0, %u]", count, smp_shade_count());
    smp_shade_rank *ranks = PyMem_Calloc(count ? count : 1, sizeof *ranks);
    if (!ranks)
        return PyErr_NoMemory();
    Py_BEGIN_ALLOW_THREADS;
    status = smp_shade_match(hair, skin, count, ranks, &diag);
    Py_END_ALLOW_THREADS;
    PyObject *list = status == SMP_OK ? PyList_New(0) : py_raise(state, status, &diag);
    for (uint32_t i = 0; list && i < count; i++) {
        PyObject *row = Py_BuildValue("Id", (unsigned int)ranks[i].shade, (double)ranks[i].delta_e);
        if (!row || PyList_Append(list, row) < 0)
            Py_CLEAR(list);
        Py_XDECREF(row);
    }
    PyMem_Free(ranks);
    return list;
}

PyMethodDef py_shade_methods[] = {
    {"shade_count", f_shade_count, METH_NOARGS, NULL},
    {"shade_name", f_shade_name, METH_VARARGS, NULL},
    {"shade_find", f_shade_find, METH_VARARGS, NULL},
    {"shade_get", f_shade_get, METH_VARARGS, NULL},
    {"shade_color", f_shade_color, METH_VARARGS, NULL},
    {"hair_name", f_hair_name, METH_VARARGS, NULL},
    {"hair_named", f_hair_named, METH_VARARGS, NULL},
    {"stubble_color", f_stubble_color, METH_VARARGS, NULL},
    {"shade_match", f_shade_match, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
