/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Array: memory of the library as a Python buffer, without a copy; numpy.asarray() takes it as it
 * is. */
#include "smp_py.h"

#include <string.h>

typedef struct py_array {
    PyObject_HEAD PyObject *owner;
    void *data;
    Py_ssize_t shape[3], strides[3], size, item;
    int ndim, readonly;
    char format[2];
} py_array;

Py_ssize_t py_item_size(char format)
{
    return format == 'B' ? 1 : format == 'H' ? 2 : format == 'd' ? 8 : 4;
}

static void array_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    Py_XDECREF(((py_array *)self)->owner);
    freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
    release(self);
    Py_DECREF(type);
}

static int is_packed(const py_array *a)
{
    return a->ndim != 2 || a->strides[0] == a->shape[1] * a->item;
}

static int array_get_buffer(PyObject *self, Py_buffer *view, int flags)
{
    py_array *a = (py_array *)self;
    view->obj = NULL;
    if ((flags & PyBUF_WRITABLE) && a->readonly) {
        PyErr_SetString(PyExc_BufferError, "the array is read-only");
        return -1;
    }
    int strided = (flags & PyBUF_STRIDES) == PyBUF_STRIDES;
    int fortran = (flags & PyBUF_F_CONTIGUOUS) == PyBUF_F_CONTIGUOUS && a->ndim > 1;
    int packed = !strided || (flags & PyBUF_C_CONTIGUOUS) == PyBUF_C_CONTIGUOUS ||
                 (flags & PyBUF_ANY_CONTIGUOUS) == PyBUF_ANY_CONTIGUOUS;
    if (fortran || (packed && !is_packed(a))) {
        PyErr_SetString(PyExc_BufferError, "the array's rows are padded; want strides");
        return -1;
    }
    int shaped = (flags & PyBUF_ND) == PyBUF_ND;
    *view = (Py_buffer){.buf = a->data,
                        .obj = Py_NewRef(self),
                        .len = a->size,
                        .itemsize = a->item,
                        .readonly = a->readonly,
                        .ndim = a->ndim,
                        .format = (flags & PyBUF_FORMAT) ? a->format : NULL,
                        .shape = shaped ? a->shape : NULL,
                        .strides = strided ? a->strides : NULL};
    return 0;
}

static PyObject *sizes(const Py_ssize_t *values, int count)
{
    PyObject *tuple = PyTuple_New(count);
    for (int i = 0; tuple && i < count; i++) {
        PyObject *value = PyLong_FromSsize_t(values[i]);
        if (!value || PyTuple_SetItem(tuple, i, value) < 0)
            Py_CLEAR(tuple);
    }
    return tuple;
}

static PyObject *get_shape(PyObject *self, void *closure)
{
    (void)closure;
    return sizes(((py_array *)self)->shape, ((py_array *)self)->ndim);
}

static PyObject *get_strides(PyObject *self, void *closure)
{
    (void)closure;
    return sizes(((py_array *)self)->strides, ((py_array *)self)->ndim);
}

static PyObject *get_format(PyObject *self, void *closure)
{
    (void)closure;
    return PyUnicode_FromString(((py_array *)self)->format);
}

static PyObject *get_readonly(PyObject *self, void *closure)
{
    (void)closure;
    return PyBool_FromLong(((py_array *)self)->readonly);
}

static PyObject *get_nbytes(PyObject *self, void *closure)
{
    (void)closure;
    return PyLong_FromSsize_t(((py_array *)self)->size);
}

static Py_ssize_t array_length(PyObject *self)
{
    return ((py_array *)self)->shape[0];
}

static PyObject *array_item(PyObject *self, PyObject *key)
{
    PyObject *view = PyMemoryView_FromObject(self);
    PyObject *item = view ? PyObject_GetItem(view, key) : NULL;
    Py_XDECREF(view);
    return item;
}

static PyObject *array_tolist(PyObject *self, PyObject *none)
{
    (void)none;
    PyObject *view = PyMemoryView_FromObject(self);
    PyObject *list = view ? PyObject_CallMethod(view, "tolist", NULL) : NULL;
    Py_XDECREF(view);
    return list;
}

static PyObject *array_repr(PyObject *self)
{
    py_array *a = (py_array *)self;
    const char *name = a->format[0] == 'f'   ? "float32"
                       : a->format[0] == 'd' ? "float64"
                       : a->format[0] == 'I' ? "uint32"
                       : a->format[0] == 'H' ? "uint16"
                                             : "uint8";
    PyObject *shape = sizes(a->shape, a->ndim);
    PyObject *text = shape ? PyUnicode_FromFormat("<smp.Array %S %s>", shape, name) : NULL;
    Py_XDECREF(shape);
    return text;
}

static PyGetSetDef getset[] = {
    {"shape", get_shape, NULL, "Elements along each dimension.", NULL},
    {"strides", get_strides, NULL, "Bytes from one element to the next, by dimension.", NULL},
    {"format", get_format, NULL, "The element's type, as in the struct module.", NULL},
    {"readonly", get_readonly, NULL, "Whether the memory is the library's own.", NULL},
    {"nbytes", get_nbytes, NULL, "Bytes of all elements.", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};
static PyMethodDef methods[] = {
    {"tolist", array_tolist, METH_NOARGS, "tolist($self, /)\n--\n\nThe elements as lists."},
    {NULL, NULL, 0, NULL},
};
static PyType_Slot slots[] = {
    {Py_tp_dealloc, array_dealloc},
    {Py_tp_repr, array_repr},
    {Py_tp_getset, getset},
    {Py_tp_methods, methods},
    {Py_bf_getbuffer, array_get_buffer},
    {Py_mp_length, array_length},
    {Py_mp_subscript, array_item},
    {Py_tp_doc, "Values in the library's memory, read through the buffer protocol: "
                "numpy.asarray(array) and memoryview(array) do not copy."},
    {0, NULL},
};
static PyType_Spec spec = {
    .name = "smp.Array",
    .basicsize = sizeof(py_array),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = slots,
};

int py_add_array(PyObject *module, py_state *state)
{
    state->array = (PyTypeObject *)PyType_FromModuleAndSpec(module, &spec, NULL);
    return state->array ? PyModule_AddType(module, state->array) : -1;
}

static py_array *array_alloc(py_state *state, PyObject *owner, const void *data, char format)
{
    static char nothing[8]; /* what an empty array points to; never written */
    allocfunc alloc = (allocfunc)PyType_GetSlot(state->array, Py_tp_alloc);
    py_array *a = (py_array *)alloc(state->array, 0);
    if (!a)
        return NULL;
    a->owner = Py_XNewRef(owner);
    a->data = data ? (void *)(uintptr_t)data : nothing;
    a->format[0] = format;
    a->item = py_item_size(format);
    a->readonly = 1;
    a->ndim = 1;
    return a;
}

PyObject *py_array_view(py_state *state, PyObject *owner, const void *data, char format,
                        Py_ssize_t count)
{
    py_array *a = array_alloc(state, owner, data, format);
    if (a) {
        a->shape[0] = count;
        a->strides[0] = a->item;
        a->size = count * a->item;
    }
    return (PyObject *)a;
}

PyObject *py_array_grid(py_state *state, PyObject *owner, const smp_grid *grid)
{
    py_array *a = array_alloc(state, owner, grid->data, 'f');
    if (a) {
        a->ndim = 2;
        a->shape[0] = grid->height;
        a->shape[1] = grid->width;
        a->strides[0] = (Py_ssize_t)(grid->stride * sizeof(float));
        a->strides[1] = sizeof(float);
        a->size = a->shape[0] * a->shape[1] * a->item;
    }
    return (PyObject *)a;
}

PyObject *py_array_new(py_state *state, char format, Py_ssize_t count, Py_ssize_t columns,
                       void **data)
{
    Py_ssize_t row = (columns ? columns : 1) * py_item_size(format);
    if (count < 0 || columns < 0 || count > PY_SSIZE_T_MAX / row)
        return PyErr_NoMemory();
    PyObject *owner = PyByteArray_FromStringAndSize(NULL, count * row);
    py_array *a = owner ? array_alloc(state, owner, PyByteArray_AsString(owner), format) : NULL;
    Py_XDECREF(owner);
    if (!a)
        return NULL;
    a->readonly = 0;
    a->ndim = columns ? 2 : 1;
    a->shape[0] = count;
    a->shape[1] = columns;
    a->strides[0] = row;
    a->strides[1] = a->item;
    a->size = count * row;
    memset(a->data, 0, (size_t)a->size);
    *data = a->data;
    return (PyObject *)a;
}

PyObject *py_array_cube(py_state *state, Py_ssize_t planes, Py_ssize_t rows, Py_ssize_t columns,
                        void **data)
{
    py_array *a = (py_array *)py_array_new(state, 'f', planes * rows, columns, data);
    if (a) {
        a->ndim = 3;
        a->shape[0] = planes;
        a->shape[1] = rows;
        a->shape[2] = columns;
        a->strides[2] = a->item;
        a->strides[1] = columns * a->item;
        a->strides[0] = rows * a->strides[1];
    }
    return (PyObject *)a;
}
