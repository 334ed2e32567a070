/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * smp/optics.h in Python. Where C fills a struct, so do these functions: they take the descriptor
 * object to be filled. */
#include "smp_py.h"

#include <string.h>

/* skin -> 41 values */
static PyObject *f_skin_reflectance(PyObject *module, PyObject *py_skin)
{
    py_state *state = py_state_of_module(module);
    const smp_skin *skin = py_desc(state, py_skin, PY_DESC_smp_skin);
    float values[SMP_SPECTRUM_COUNT];
    void *data;
    smp_diag diag;
    if (!skin)
        return NULL;
    if (smp_skin_reflectance(skin, values, &diag) != SMP_OK)
        return py_raise(state, diag.status, &diag);
    PyObject *array = py_array_new(state, 'f', SMP_SPECTRUM_COUNT, 0, &data);
    if (array)
        memcpy(data, values, sizeof values);
    return array;
}

/* (skin, space) -> linear RGB */
static PyObject *f_skin_color(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_skin;
    const smp_skin *skin;
    int space;
    float rgb[3];
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "Oi", &py_skin, &space) ||
        !(skin = py_desc(state, py_skin, PY_DESC_smp_skin)))
        return NULL;
    if (smp_skin_color(skin, (smp_space)space, rgb, &diag) != SMP_OK)
        return py_raise(state, diag.status, &diag);
    return py_floats(rgb, 3);
}

/* (space, rgb_lin, skin to fill) -> residual */
static PyObject *f_skin_from_rgb(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_skin, *py_rgb;
    smp_skin *skin;
    int space;
    float rgb[3], residual;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "iOO", &space, &py_rgb, &py_skin) ||
        !py_read_floats(py_rgb, rgb, 3, "rgb_lin") ||
        !(skin = py_desc(state, py_skin, PY_DESC_smp_skin)))
        return NULL;
    if (smp_skin_from_rgb((smp_space)space, rgb, skin, &residual, &diag) != SMP_OK)
        return py_raise(state, diag.status, &diag);
    return PyFloat_FromDouble((double)residual);
}

/* (skin, column, space, radii) -> n x 3 contrasts */
static PyObject *f_dot_profile(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_skin, *py_column, *py_radii;
    void *skin, *column, *data;
    int space;
    Py_buffer radii;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OOiO", &py_skin, &py_column, &space, &py_radii) ||
        !py_desc_or_none(state, py_skin, PY_DESC_smp_skin, &skin) ||
        !py_desc_or_none(state, py_column, PY_DESC_smp_column, &column))
        return NULL;
    Py_ssize_t count = py_read_buffer(py_radii, &radii, 'f', 0, "radius_mm");
    if (count < 0)
        return NULL;
    PyObject *array = py_array_new(state, 'f', count, 3, &data);
    smp_status status = SMP_OK;
    if (array) {
        Py_BEGIN_ALLOW_THREADS;
        status = smp_dot_profile(skin, column, (smp_space)space, (uint32_t)count, radii.buf, data,
                                 &diag);
        Py_END_ALLOW_THREADS;
    }
    PyBuffer_Release(&radii);
    if (array && status != SMP_OK) {
        Py_CLEAR(array);
        return py_raise(state, status, &diag);
    }
    return array;
}

PyMethodDef py_optics_methods[] = {
    {"skin_reflectance", f_skin_reflectance, METH_O, NULL},
    {"skin_color", f_skin_color, METH_VARARGS, NULL},
    {"skin_from_rgb", f_skin_from_rgb, METH_VARARGS, NULL},
    {"dot_profile", f_dot_profile, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
