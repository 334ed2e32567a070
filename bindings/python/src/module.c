/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The module itself, and numbers in and out of Python. */
#include "smp_py.h"

#include <string.h>

static struct PyModuleDef module_def;

py_state *py_state_of_module(PyObject *module)
{
    return PyModule_GetState(module);
}

py_state *py_state_of(PyObject *self)
{
    /* A class that Python code derived has no module of ours: look among its bases. */
    for (PyTypeObject *type = Py_TYPE(self); type; type = PyType_GetSlot(type, Py_tp_base)) {
        PyObject *module = PyType_GetModule(type);
        if (module && PyModule_GetDef(module) == &module_def)
            return PyModule_GetState(module);
        PyErr_Clear();
    }
    PyErr_SetString(PyExc_SystemError, "not a type of smp._smp");
    return NULL;
}

int py_read_doubles(PyObject *object, double *values, Py_ssize_t count, const char *what)
{
    Py_ssize_t length = PySequence_Size(object);
    if (length < 0)
        return 0;
    if (length != count) {
        PyErr_Format(PyExc_ValueError, "%s has %zd values, want %zd", what, length, count);
        return 0;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *item = PySequence_GetItem(object, i);
        values[i] = item ? PyFloat_AsDouble(item) : -1.0;
        Py_XDECREF(item);
        if (PyErr_Occurred())
            return 0;
    }
    return 1;
}

int py_read_floats(PyObject *object, float *values, Py_ssize_t count, const char *what)
{
    double wide[64];
    if (count > 64 || !py_read_doubles(object, wide, count, what))
        return 0;
    for (Py_ssize_t i = 0; i < count; i++)
        values[i] = (float)wide[i];
    return 1;
}

PyObject *py_doubles(const double *values, Py_ssize_t count)
{
    PyObject *tuple = PyTuple_New(count);
    for (Py_ssize_t i = 0; tuple && i < count; i++) {
        PyObject *value = PyFloat_FromDouble(values[i]);
        if (!value || PyTuple_SetItem(tuple, i, value) < 0)
            Py_CLEAR(tuple);
    }
    return tuple;
}

PyObject *py_floats(const float *values, Py_ssize_t count)
{
    double wide[64];
    for (Py_ssize_t i = 0; i < count && i < 64; i++)
        wide[i] = (double)values[i];
    return py_doubles(wide, count < 64 ? count : 64);
}

Py_ssize_t py_read_buffer(PyObject *object, Py_buffer *view, char format, Py_ssize_t columns,
                          const char *what)
{
    if (PyObject_GetBuffer(object, view, PyBUF_ND | PyBUF_C_CONTIGUOUS | PyBUF_FORMAT) < 0)
        return -1;
    const char *have = view->format ? view->format : "B";
    int typed = view->itemsize == py_item_size(format) && have[strlen(have) - 1] == format &&
                (strlen(have) == 1 || strchr("@=<", have[0]));
    Py_ssize_t items = view->len / (view->itemsize ? view->itemsize : 1);
    int shaped = columns ? items % columns == 0 : view->ndim == 1;
    if (!typed || !shaped) {
        PyErr_Format(PyExc_ValueError, "%s: want contiguous values of type '%c'%s", what, format,
                     columns ? " in full rows" : " in one dimension");
        PyBuffer_Release(view);
        return -1;
    }
    return columns ? items / columns : items;
}

int py_read_grid(PyObject *object, Py_buffer *view, smp_grid *grid, const char *what)
{
    if (PyObject_GetBuffer(object, view, PyBUF_STRIDED_RO | PyBUF_FORMAT) < 0)
        return 0;
    const Py_ssize_t item = sizeof(float), most = 65535;
    const char *have = view->format ? view->format : "B";
    int fits = view->ndim == 2 && have[strlen(have) - 1] == 'f' && view->itemsize == item &&
               (strlen(have) == 1 || strchr("@=<", have[0])) && view->shape[0] >= 1 &&
               view->shape[1] >= 1 && view->shape[0] <= most && view->shape[1] <= most &&
               view->strides[1] == item && view->strides[0] >= item * view->shape[1] &&
               view->strides[0] % item == 0 && (uintptr_t)view->buf % sizeof(float) == 0;
    if (!fits) {
        PyErr_Format(PyExc_ValueError, "%s: want float32 of two dimensions, rows packed", what);
        PyBuffer_Release(view);
        return 0;
    }
    *grid = (smp_grid){.data = view->buf,
                       .width = (uint32_t)view->shape[1],
                       .height = (uint32_t)view->shape[0],
                       .stride = (size_t)(view->strides[0] / item)};
    return 1;
}

static int module_exec(PyObject *module)
{
    py_state *state = PyModule_GetState(module);
    PyMethodDef *const tables[] = {py_base_methods,    py_color_methods,    py_optics_methods,
                                   py_image_methods,   py_geometry_methods, py_landmark_methods,
                                   py_plan_methods,    py_zone_methods,     py_shade_methods,
                                   py_measure_methods, py_dots_methods,     py_scalp_methods,
                                   py_phantom_methods};
    if (py_add_errors(module, state) < 0 || py_add_handle(module, state) < 0 ||
        py_add_array(module, state) < 0 || py_add_pixels(module, state) < 0 ||
        py_add_descs(module, state) < 0)
        return -1;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (PyModule_AddFunctions(module, tables[i]) < 0)
            return -1;
    return 0;
}

static int module_traverse(PyObject *module, visitproc visit, void *arg)
{
    py_state *state = PyModule_GetState(module);
    for (int i = 0; state && i < PY_STATUS_COUNT; i++)
        Py_VISIT(state->errors[i]);
    for (int i = 0; state && i < PY_DESC_COUNT; i++)
        Py_VISIT(state->descs[i]);
    if (state) {
        Py_VISIT(state->handle);
        Py_VISIT(state->array);
        Py_VISIT(state->pixels);
    }
    return 0;
}

static int module_clear(PyObject *module)
{
    py_state *state = PyModule_GetState(module);
    for (int i = 0; state && i < PY_STATUS_COUNT; i++)
        Py_CLEAR(state->errors[i]);
    for (int i = 0; state && i < PY_DESC_COUNT; i++)
        Py_CLEAR(state->descs[i]);
    if (state) {
        Py_CLEAR(state->handle);
        Py_CLEAR(state->array);
        Py_CLEAR(state->pixels);
    }
    return 0;
}

static void module_free(void *module)
{
    (void)module_clear(module);
}

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, module_exec}, {0, NULL}};
static struct PyModuleDef module_def = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = "smp._smp",
    .m_doc = "The public C functions of libsmp, one to one. Use the package smp instead.",
    .m_size = sizeof(py_state),
    .m_slots = module_slots,
    .m_traverse = module_traverse,
    .m_clear = module_clear,
    .m_free = module_free,
};

PyMODINIT_FUNC PyInit__smp(void);
PyMODINIT_FUNC PyInit__smp(void)
{
    return PyModuleDef_Init(&module_def);
}
