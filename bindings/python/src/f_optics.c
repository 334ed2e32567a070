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

/* (space, rgb_lin, desc or None, skin to fill) -> (exposure, residual) */
static PyObject *f_skin_estimate(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_rgb, *py_options, *py_skin;
    smp_skin *skin;
    void *desc;
    int space;
    float rgb[3], exposure, residual;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "iOOO", &space, &py_rgb, &py_options, &py_skin) ||
        !py_read_floats(py_rgb, rgb, 3, "rgb_lin") ||
        !py_desc_or_none(state, py_options, PY_DESC_smp_estimate_desc, &desc) ||
        !(skin = py_desc(state, py_skin, PY_DESC_smp_skin)))
        return NULL;
    if (smp_skin_estimate((smp_space)space, rgb, desc, skin, &exposure, &residual, &diag) != SMP_OK)
        return py_raise(state, diag.status, &diag);
    return Py_BuildValue("dd", (double)exposure, (double)residual);
}

/* skin -> bits of smp_beyond */
static PyObject *f_skin_extrapolates(PyObject *module, PyObject *py_skin)
{
    py_state *state = py_state_of_module(module);
    const smp_skin *skin = py_desc(state, py_skin, PY_DESC_smp_skin);
    uint32_t beyond;
    smp_diag diag;
    if (!skin)
        return NULL;
    if (smp_skin_extrapolates(skin, &beyond, &diag) != SMP_OK)
        return py_raise(state, diag.status, &diag);
    return PyLong_FromUnsignedLong(beyond);
}

/* (lab, tone to fill) */
static PyObject *f_tone_from_lab(PyObject *module, PyObject *args)
{
    PyObject *py_lab, *py_tone;
    smp_tone *tone;
    float lab[3];
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OO", &py_lab, &py_tone) ||
        !py_read_floats(py_lab, lab, 3, "lab") ||
        !(tone = py_desc(py_state_of_module(module), py_tone, PY_DESC_smp_tone)))
        return NULL;
    return py_done(module, smp_tone_from_lab(lab, tone, &diag), &diag);
}

/* (skin, column, space, radii, pigment) -> n x 3 contrasts */
static PyObject *f_dot_profile(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_skin, *py_column, *py_radii, *py_pigment;
    void *skin, *column, *pigment, *data;
    int space;
    Py_buffer radii;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OOiOO", &py_skin, &py_column, &space, &py_radii, &py_pigment) ||
        !py_desc_or_none(state, py_pigment, PY_DESC_smp_pigment, &pigment) ||
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
        status = smp_dot_profile(skin, column, pigment, (smp_space)space, (uint32_t)count,
                                 radii.buf, data, &diag);
        Py_END_ALLOW_THREADS;
    }
    PyBuffer_Release(&radii);
    if (array && status != SMP_OK) {
        Py_CLEAR(array);
        return py_raise(state, status, &diag);
    }
    return array;
}

/* pigment or None -> 41 values */
static PyObject *spectrum(PyObject *module, PyObject *py_pigment,
                          smp_status (*f)(const smp_pigment *, float *, smp_diag *))
{
    py_state *state = py_state_of_module(module);
    float values[SMP_SPECTRUM_COUNT];
    void *pigment, *data;
    smp_diag diag;
    if (!py_desc_or_none(state, py_pigment, PY_DESC_smp_pigment, &pigment))
        return NULL;
    if (f(pigment, values, &diag) != SMP_OK)
        return py_raise(state, diag.status, &diag);
    PyObject *array = py_array_new(state, 'f', SMP_SPECTRUM_COUNT, 0, &data);
    if (array)
        memcpy(data, values, sizeof values);
    return array;
}

static PyObject *f_pigment_absorption(PyObject *module, PyObject *py_pigment)
{
    return spectrum(module, py_pigment, smp_pigment_absorption);
}

static PyObject *f_pigment_scattering(PyObject *module, PyObject *py_pigment)
{
    return spectrum(module, py_pigment, smp_pigment_scattering);
}

/* (pigment or None, dose) -> mg/cm2 of each component */
static PyObject *f_pigment_mass(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_pigment;
    void *pigment;
    float dose, mass[SMP_PIGMENT_COMPONENTS];
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "Of", &py_pigment, &dose) ||
        !py_desc_or_none(state, py_pigment, PY_DESC_smp_pigment, &pigment))
        return NULL;
    if (smp_pigment_mass(pigment, dose, mass, &diag) != SMP_OK)
        return py_raise(state, diag.status, &diag);
    return py_floats(mass, SMP_PIGMENT_COMPONENTS);
}

/* (mg/cm2, pigment to fill) -> dose */
static PyObject *f_pigment_from_mass(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_mass, *py_pigment;
    smp_pigment *pigment;
    float dose, mass[SMP_PIGMENT_COMPONENTS];
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OO", &py_mass, &py_pigment) ||
        !py_read_floats(py_mass, mass, SMP_PIGMENT_COMPONENTS, "mg_per_cm2") ||
        !(pigment = py_desc(state, py_pigment, PY_DESC_smp_pigment)))
        return NULL;
    if (smp_pigment_from_mass(mass, pigment, &dose, &diag) != SMP_OK)
        return py_raise(state, diag.status, &diag);
    return PyFloat_FromDouble((double)dose);
}

/* (context, desc or None, rows of five doubles, layers in a stack) -> (reflectance,
 * transmittance) */
static PyObject *f_layered_reflectance(PyObject *module, PyObject *args)
{
    _Static_assert(sizeof(smp_layer) == 5 * sizeof(double), "layers are rows of five doubles");
    py_state *state = py_state_of_module(module);
    PyObject *py_ctx, *py_options, *py_layers;
    smp_context *ctx;
    void *desc, *up, *down;
    unsigned int stack;
    Py_buffer layers;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OOOI", &py_ctx, &py_options, &py_layers, &stack) ||
        !(ctx = py_handle(state, py_ctx, PY_HANDLE_context)) ||
        !py_desc_or_none(state, py_options, PY_DESC_smp_layered_desc, &desc))
        return NULL;
    Py_ssize_t rows = py_read_buffer(py_layers, &layers, 'd', 5, "layers");
    if (rows < 0)
        return NULL;
    Py_ssize_t samples = stack ? rows / (Py_ssize_t)stack : 0;
    PyObject *ups = py_array_new(state, 'd', samples, 0, &up);
    PyObject *downs = ups ? py_array_new(state, 'd', samples, 0, &down) : NULL;
    smp_status status = SMP_ERR_ARGUMENT;
    if (downs && samples * (Py_ssize_t)stack == rows) {
        Py_BEGIN_ALLOW_THREADS;
        status = smp_layered_reflectance(ctx, desc, layers.buf, stack, (uint32_t)samples, up, down,
                                         &diag);
        Py_END_ALLOW_THREADS;
    } else if (downs) {
        py_fail(state, status, "%zd layers are no whole number of stacks of %u", rows, stack);
    }
    PyBuffer_Release(&layers);
    if (downs && status == SMP_OK)
        return Py_BuildValue("NN", ups, downs);
    Py_XDECREF(ups);
    Py_XDECREF(downs);
    return PyErr_Occurred() ? NULL : py_raise(state, status, &diag);
}

PyMethodDef py_optics_methods[] = {
    {"skin_reflectance", f_skin_reflectance, METH_O, NULL},
    {"skin_color", f_skin_color, METH_VARARGS, NULL},
    {"skin_from_rgb", f_skin_from_rgb, METH_VARARGS, NULL},
    {"skin_estimate", f_skin_estimate, METH_VARARGS, NULL},
    {"skin_extrapolates", f_skin_extrapolates, METH_O, NULL},
    {"tone_from_lab", f_tone_from_lab, METH_VARARGS, NULL},
    {"dot_profile", f_dot_profile, METH_VARARGS, NULL},
    {"pigment_absorption", f_pigment_absorption, METH_O, NULL},
    {"pigment_scattering", f_pigment_scattering, METH_O, NULL},
    {"pigment_mass", f_pigment_mass, METH_VARARGS, NULL},
    {"pigment_from_mass", f_pigment_from_mass, METH_VARARGS, NULL},
    {"layered_reflectance", f_layered_reflectance, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
