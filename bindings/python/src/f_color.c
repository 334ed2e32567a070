/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * smp/color.h in Python. */
#include "smp_py.h"

static PyObject *f_space_name(PyObject *module, PyObject *args)
{
    int space;
    (void)module;
    if (!PyArg_ParseTuple(args, "i", &space))
        return NULL;
    const char *name = smp_space_name((smp_space)space);
    return name ? PyUnicode_FromString(name) : Py_NewRef(Py_None);
}

static PyObject *convert(PyObject *args, float (*f)(smp_space, float))
{
    int space;
    float value;
    if (!PyArg_ParseTuple(args, "if", &space, &value))
        return NULL;
    return PyFloat_FromDouble((double)f((smp_space)space, value));
}

static PyObject *f_space_decode(PyObject *module, PyObject *args)
{
    (void)module;
    return convert(args, smp_space_decode);
}

static PyObject *f_space_encode(PyObject *module, PyObject *args)
{
    (void)module;
    return convert(args, smp_space_encode);
}

static PyObject *between(PyObject *module, PyObject *args, const char *what,
                         smp_status (*f)(smp_space, const float *, float *, smp_diag *))
{
    int space;
    PyObject *object;
    float in[3], out[3];
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "iO", &space, &object) || !py_read_floats(object, in, 3, what))
        return NULL;
    if (f((smp_space)space, in, out, &diag) != SMP_OK)
        return py_raise(py_state_of_module(module), diag.status, &diag);
    return py_floats(out, 3);
}

static PyObject *f_rgb_to_xyz(PyObject *module, PyObject *args)
{
    return between(module, args, "rgb_lin", smp_rgb_to_xyz);
}

static PyObject *f_xyz_to_rgb(PyObject *module, PyObject *args)
{
    return between(module, args, "xyz", smp_xyz_to_rgb);
}

static PyObject *f_xyz_to_lab(PyObject *module, PyObject *object)
{
    float xyz[3], lab[3];
    (void)module;
    if (!py_read_floats(object, xyz, 3, "xyz"))
        return NULL;
    smp_xyz_to_lab(xyz, lab);
    return py_floats(lab, 3);
}

static PyObject *f_lab_to_xyz(PyObject *module, PyObject *object)
{
    float lab[3], xyz[3];
    (void)module;
    if (!py_read_floats(object, lab, 3, "lab"))
        return NULL;
    smp_lab_to_xyz(lab, xyz);
    return py_floats(xyz, 3);
}

static PyObject *f_delta_e2000(PyObject *module, PyObject *args)
{
    PyObject *first, *second;
    double a[3], b[3];
    (void)module;
    if (!PyArg_ParseTuple(args, "OO", &first, &second) || !py_read_doubles(first, a, 3, "lab1") ||
        !py_read_doubles(second, b, 3, "lab2"))
        return NULL;
    return PyFloat_FromDouble(smp_delta_e2000(a, b));
}

static PyObject *f_ita_deg(PyObject *module, PyObject *object)
{
    double lab[3];
    (void)module;
    if (!py_read_doubles(object, lab, 3, "lab"))
        return NULL;
    return PyFloat_FromDouble(smp_ita_deg(lab));
}

PyMethodDef py_color_methods[] = {
    {"space_name", f_space_name, METH_VARARGS, NULL},
    {"space_decode", f_space_decode, METH_VARARGS, NULL},
    {"space_encode", f_space_encode, METH_VARARGS, NULL},
    {"rgb_to_xyz", f_rgb_to_xyz, METH_VARARGS, NULL},
    {"xyz_to_rgb", f_xyz_to_rgb, METH_VARARGS, NULL},
    {"xyz_to_lab", f_xyz_to_lab, METH_O, NULL},
    {"lab_to_xyz", f_lab_to_xyz, METH_O, NULL},
    {"delta_e2000", f_delta_e2000, METH_VARARGS, NULL},
    {"ita_deg", f_ita_deg, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
