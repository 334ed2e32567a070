/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Handle: one Python type for every object of the library. It releases the object when nobody
 * refers to it any more, and before that keeps alive what the object leans on. */
#include "smp_py.h"

typedef struct py_handle_object {
    PyObject_HEAD void *ptr;
    PyObject *owner; /* anything, often a tuple; NULL for none */
    py_handle_kind kind;
} py_handle_object;

#define DESTROY(name)                     \
    static void destroy_##name(void *ptr) \
    {                                     \
        smp_##name *object = ptr;         \
        smp_##name##_destroy(&object);    \
    }
PY_HANDLES(DESTROY)

#define ROW(name) {#name, destroy_##name},
static const struct {
    const char *name;
    void (*destroy)(void *ptr);
} kinds[] = {PY_HANDLES(ROW)};

static void handle_dealloc(PyObject *self)
{
    py_handle_object *handle = (py_handle_object *)self;
    PyTypeObject *type = Py_TYPE(self);
    if (handle->ptr)
        kinds[handle->kind].destroy(handle->ptr);
    Py_XDECREF(handle->owner);
    freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
    release(self);
    Py_DECREF(type);
}

static PyObject *handle_repr(PyObject *self)
{
    py_handle_object *handle = (py_handle_object *)self;
    return PyUnicode_FromFormat("<smp_%s at %p>", kinds[handle->kind].name, handle->ptr);
}

static PyType_Slot slots[] = {
    {Py_tp_dealloc, handle_dealloc},
    {Py_tp_repr, handle_repr},
    {Py_tp_doc, "An object of the C library."},
    {0, NULL},
};
static PyType_Spec spec = {
    .name = "smp._smp.Handle",
    .basicsize = sizeof(py_handle_object),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = slots,
};

int py_add_handle(PyObject *module, py_state *state)
{
    state->handle = (PyTypeObject *)PyType_FromModuleAndSpec(module, &spec, NULL);
    return state->handle ? PyModule_AddType(module, state->handle) : -1;
}

PyObject *py_handle_new(py_state *state, py_handle_kind kind, void *ptr, PyObject *owner)
{
    allocfunc alloc = (allocfunc)PyType_GetSlot(state->handle, Py_tp_alloc);
    py_handle_object *handle = (py_handle_object *)alloc(state->handle, 0);
    if (!handle) {
        kinds[kind].destroy(ptr);
        return NULL;
    }
    handle->ptr = ptr;
    handle->kind = kind;
    handle->owner = Py_XNewRef(owner);
    return (PyObject *)handle;
}

py_handle_kind py_handle_kind_of(py_state *state, PyObject *object)
{
    return Py_IS_TYPE(object, state->handle) ? ((py_handle_object *)object)->kind : PY_HANDLE_COUNT;
}

void *py_handle(py_state *state, PyObject *object, py_handle_kind kind)
{
    if (py_handle_kind_of(state, object) != kind) {
        PyErr_Format(PyExc_TypeError, "want a handle of smp_%s", kinds[kind].name);
        return NULL;
    }
    return ((py_handle_object *)object)->ptr;
}

int py_handle_or_none(py_state *state, PyObject *object, py_handle_kind kind, void **ptr)
{
    *ptr = object == Py_None ? NULL : py_handle(state, object, kind);
    return object == Py_None || *ptr != NULL;
}
