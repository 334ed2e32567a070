/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The growing structs as Python classes, made from their field tables when the module is loaded: an
 * attribute for each field, checked against its range when it is set. */
#include "smp_py.h"

#include <stdio.h>
#include <string.h>

typedef struct desc_class {
    const char *name; /* in Python */
    const char *c_name;
    size_t size;
    void (*init)(void *desc);
    const smp_field *(*fields)(uint32_t *count);
} desc_class;

typedef struct py_desc_object {
    PyObject_HEAD const desc_class *c;
    uint64_t bytes[1]; /* the struct; uint64_t for its alignment */
} py_desc_object;

static PyObject *desc_new(PyTypeObject *type, PyObject *args, PyObject *kwds, const desc_class *c);

#define INIT(type, name)             \
    static void init_##type(void *p) \
    {                                \
        type##_init((type *)p);      \
    }
PY_GROWING(INIT)
#define CLASS(type, name) {name, #type, sizeof(type), init_##type, type##_fields},
static const desc_class classes[] = {PY_GROWING(CLASS)};
#define NEW(type, name)                                                              \
    static PyObject *new_##type(PyTypeObject *py_type, PyObject *args, PyObject *kw) \
    {                                                                                \
        return desc_new(py_type, args, kw, &classes[PY_DESC_##type]);                \
    }
PY_GROWING(NEW)
#define NEW_ROW(type, name) new_##type,
static const newfunc news[] = {PY_GROWING(NEW_ROW)};

/* What Python shows: no size, no pointers, nothing reserved. */
static int is_shown(const smp_field *f)
{
    return f->type != SMP_FIELD_SIZE && f->type != SMP_FIELD_HANDLE &&
           strncmp(f->name, "reserved", 8) != 0;
}

static const smp_field *find(const desc_class *c, const char *name)
{
    uint32_t count;
    const smp_field *fields = c->fields(&count);
    for (uint32_t i = 0; i < count; i++)
        if (is_shown(&fields[i]) && strcmp(fields[i].name, name) == 0)
            return &fields[i];
    return NULL;
}

/* ---- values ------------------------------------------------------------------------------- */

/* The shortest decimal that reads back as the same float, so that 0.006 is shown as 0.006. */
static PyObject *from_float(float value)
{
    for (int digits = 6; digits < 9; digits++) {
        char *text = PyOS_double_to_string((double)value, 'g', digits, 0, NULL);
        if (!text)
            return NULL;
        double near = PyOS_string_to_double(text, NULL, NULL);
        PyMem_Free(text);
        if ((float)near == value)
            return PyFloat_FromDouble(near);
        PyErr_Clear();
    }
    return PyFloat_FromDouble((double)value);
}

static PyObject *get_value(const smp_field *f, const unsigned char *at)
{
    uint32_t u32;
    int32_t i32;
    float f32;
    double f64;
    uint64_t u64;
    switch (f->type) {
    case SMP_FIELD_F32:
        return from_float(*(float *)memcpy(&f32, at, sizeof f32));
    case SMP_FIELD_F64:
        return PyFloat_FromDouble(*(double *)memcpy(&f64, at, sizeof f64));
    case SMP_FIELD_I32:
        return PyLong_FromLong(*(int32_t *)memcpy(&i32, at, sizeof i32));
    case SMP_FIELD_U64:
        return PyLong_FromUnsignedLongLong(*(uint64_t *)memcpy(&u64, at, sizeof u64));
    case SMP_FIELD_BOOL:
        return PyBool_FromLong(*(uint32_t *)memcpy(&u32, at, sizeof u32) != 0);
    case SMP_FIELD_ENUM:
        memcpy(&u32, at, sizeof u32);
        if ((double)u32 <= f->max)
            return PyUnicode_FromString(f->names[u32]);
        return PyLong_FromUnsignedLong(u32);
    default:
        return PyLong_FromUnsignedLong(*(uint32_t *)memcpy(&u32, at, sizeof u32));
    }
}

static int out_of_range(py_state *state, const smp_field *f, PyObject *value)
{
    char range[96];
    PyOS_snprintf(range, sizeof range, "want [%.10g, %.10g]", f->min, f->max);
    PyObject *text = PyUnicode_FromFormat("%s is %S%s%s, %s", f->name, value, f->unit[0] ? " " : "",
                                          f->unit, range);
    if (text)
        PyErr_SetObject(state->errors[SMP_ERR_RANGE], text);
    Py_XDECREF(text);
    return 0;
}

/* The value of an enum's word, or -1 with an exception that lists the words. */
static double enum_value(py_state *state, const smp_field *f, PyObject *word)
{
    const char *text = PyUnicode_AsUTF8AndSize(word, NULL);
    if (!text)
        return -1.0;
    char known[160] = "";
    size_t used = 0;
    for (uint32_t i = 0; f->names[i]; i++) {
        if (f->names[i][0] && strcmp(f->names[i], text) == 0)
            return (double)i;
        if (f->names[i][0] && used < sizeof known - 1)
            used += (size_t)PyOS_snprintf(known + used, sizeof known - used, "%s%s",
                                          used ? ", " : "", f->names[i]);
    }
    py_fail(state, SMP_ERR_ARGUMENT, "%s is \"%.40s\", want one of %s", f->name, text, known);
    return -1.0;
}

static int check_number(py_state *state, const smp_field *f, PyObject *value, double number)
{
    if (!(number >= f->min && number <= f->max))
        return out_of_range(state, f, value);
    return 1;
}

static int set_float(py_state *state, const smp_field *f, unsigned char *at, PyObject *value)
{
    double f64 = PyFloat_AsDouble(value);
    float f32 = (float)f64;
    if ((f64 == -1.0 && PyErr_Occurred()) || !check_number(state, f, value, f64))
        return 0;
    if (f->type == SMP_FIELD_F32)
        memcpy(at, &f32, sizeof f32);
    else
        memcpy(at, &f64, sizeof f64);
    return 1;
}

static int set_integer(py_state *state, const smp_field *f, unsigned char *at, PyObject *value)
{
    PyObject *index = PyNumber_Index(value);
    double number = index ? PyLong_AsDouble(index) : -1.0;
    int ok = index && !(number == -1.0 && PyErr_Occurred());
    ok = ok && check_number(state, f, value, number);
    if (ok && f->type == SMP_FIELD_U64) {
        uint64_t u64 = PyLong_AsUnsignedLongLong(index);
        memcpy(at, &u64, sizeof u64);
    } else if (ok) {
        long long wide = PyLong_AsLongLong(index);
        uint32_t u32 = (uint32_t)wide; /* an i32 has the same bits */
        memcpy(at, &u32, sizeof u32);
    }
    Py_XDECREF(index);
    return ok && !PyErr_Occurred();
}

static int set_value(py_state *state, const smp_field *f, unsigned char *at, PyObject *value)
{
    if (f->type == SMP_FIELD_F32 || f->type == SMP_FIELD_F64)
        return set_float(state, f, at, value);
    if (f->type == SMP_FIELD_ENUM && PyUnicode_Check(value)) {
        double number = enum_value(state, f, value);
        uint32_t u32 = (uint32_t)(number < 0.0 ? 0.0 : number);
        memcpy(at, &u32, number < 0.0 ? 0 : sizeof u32);
        return number >= 0.0;
    }
    return set_integer(state, f, at, value);
}

static PyObject *desc_get(PyObject *self, void *closure)
{
    const smp_field *f = closure;
    const unsigned char *at = (const unsigned char *)((py_desc_object *)self)->bytes + f->offset;
    if (f->count == 1)
        return get_value(f, at);
    PyObject *tuple = PyTuple_New((Py_ssize_t)f->count);
    for (uint32_t i = 0; tuple && i < f->count; i++) {
        PyObject *value = get_value(f, at + i * (f->size / f->count));
        if (!value || PyTuple_SetItem(tuple, (Py_ssize_t)i, value) < 0)
            Py_CLEAR(tuple);
    }
    return tuple;
}

static int set_all(py_state *state, const smp_field *f, unsigned char *at, PyObject *value)
{
    unsigned char fresh[512];
    Py_ssize_t length = PySequence_Size(value);
    if (length < 0)
        return 0;
    if (length != (Py_ssize_t)f->count || f->size > sizeof fresh) {
        py_fail(state, SMP_ERR_ARGUMENT, "%s has %zd values, want %u", f->name, length, f->count);
        return 0;
    }
    for (uint32_t i = 0; i < f->count; i++) {
        PyObject *item = PySequence_GetItem(value, (Py_ssize_t)i);
        int ok = item && set_value(state, f, fresh + i * (f->size / f->count), item);
        Py_XDECREF(item);
        if (!ok)
            return 0;
    }
    memcpy(at, fresh, f->size);
    return 1;
}

static int desc_set(PyObject *self, PyObject *value, void *closure)
{
    const smp_field *f = closure;
    unsigned char *at = (unsigned char *)((py_desc_object *)self)->bytes + f->offset;
    py_state *state = py_state_of(self);
    if (!state)
        return -1;
    if (!value) {
        PyErr_Format(PyExc_AttributeError, "%s cannot be deleted", f->name);
        return -1;
    }
    int ok = f->count == 1 ? set_value(state, f, at, value) : set_all(state, f, at, value);
    return ok ? 0 : -1;
}

/* ---- objects ------------------------------------------------------------------------------ */

static int set_named(PyObject *self, const desc_class *c, PyObject *values)
{
    PyObject *key, *value;
    Py_ssize_t at = 0;
    while (values && PyDict_Next(values, &at, &key, &value)) {
        const char *name = PyUnicode_AsUTF8AndSize(key, NULL);
        const smp_field *f = name ? find(c, name) : NULL;
        if (name && !f)
            PyErr_Format(PyExc_TypeError, "%s has no field '%s'", c->name, name);
        if (!f || desc_set(self, value, (void *)(uintptr_t)f) < 0)
            return 0;
    }
    return 1;
}

static PyObject *desc_new(PyTypeObject *type, PyObject *args, PyObject *kwds, const desc_class *c)
{
    if (PyTuple_Size(args) != 0) {
        PyErr_Format(PyExc_TypeError, "%s takes its fields by name", c->name);
        return NULL;
    }
    allocfunc alloc = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    py_desc_object *self = (py_desc_object *)alloc(type, 0);
    if (!self)
        return NULL;
    self->c = c;
    c->init(self->bytes);
    if (!set_named((PyObject *)self, c, kwds))
        Py_CLEAR(self);
    return (PyObject *)self;
}

static void desc_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
    release(self);
    Py_DECREF(type);
}

static PyObject *desc_to_dict(PyObject *self, PyObject *none)
{
    (void)none;
    uint32_t count;
    const smp_field *fields = ((py_desc_object *)self)->c->fields(&count);
    PyObject *dict = PyDict_New();
    for (uint32_t i = 0; dict && i < count; i++) {
        if (!is_shown(&fields[i]))
            continue;
        PyObject *value = desc_get(self, (void *)(uintptr_t)&fields[i]);
        if (!value || PyDict_SetItemString(dict, fields[i].name, value) < 0)
            Py_CLEAR(dict);
        Py_XDECREF(value);
    }
    return dict;
}

static PyObject *desc_repr(PyObject *self)
{
    PyObject *dict = desc_to_dict(self, NULL);
    PyObject *parts = PyList_New(0), *key, *value;
    Py_ssize_t at = 0;
    while (dict && parts && PyDict_Next(dict, &at, &key, &value)) {
        PyObject *part = PyUnicode_FromFormat("%U=%R", key, value);
        if (!part || PyList_Append(parts, part) < 0)
            Py_CLEAR(parts);
        Py_XDECREF(part);
    }
    PyObject *comma = PyUnicode_FromString(", ");
    PyObject *words = dict && parts && comma ? PyUnicode_Join(comma, parts) : NULL;
    PyObject *text =
        words ? PyUnicode_FromFormat("%s(%U)", ((py_desc_object *)self)->c->name, words) : NULL;
    Py_XDECREF(words);
    Py_XDECREF(comma);
    Py_XDECREF(parts);
    Py_XDECREF(dict);
    return text;
}

static PyObject *desc_compare(PyObject *self, PyObject *other, int op)
{
    if ((op != Py_EQ && op != Py_NE) ||
        PyType_GetSlot(Py_TYPE(other), Py_tp_richcompare) != (void *)desc_compare ||
        ((py_desc_object *)self)->c != ((py_desc_object *)other)->c)
        return Py_NewRef(Py_NotImplemented);
    PyObject *a = desc_to_dict(self, NULL), *b = desc_to_dict(other, NULL);
    PyObject *answer = a && b ? PyObject_RichCompare(a, b, op) : NULL;
    Py_XDECREF(a);
    Py_XDECREF(b);
    return answer;
}

static PyObject *desc_reduce(PyObject *self, PyObject *none)
{
    PyObject *dict = desc_to_dict(self, none);
    return dict ? Py_BuildValue("O()N", (PyObject *)Py_TYPE(self), dict) : NULL;
}

static PyObject *desc_setstate(PyObject *self, PyObject *values)
{
    if (!PyDict_Check(values)) {
        PyErr_SetString(PyExc_TypeError, "want a dict of fields");
        return NULL;
    }
    return set_named(self, ((py_desc_object *)self)->c, values) ? Py_NewRef(Py_None) : NULL;
}

static PyObject *desc_replace(PyObject *self, PyObject *args, PyObject *kwds)
{
    const desc_class *c = ((py_desc_object *)self)->c;
    PyObject *copy = desc_new(Py_TYPE(self), args, NULL, c);
    if (!copy)
        return NULL;
    memcpy(((py_desc_object *)copy)->bytes, ((py_desc_object *)self)->bytes, c->size);
    if (!set_named(copy, c, kwds))
        Py_CLEAR(copy);
    return copy;
}

/* ---- the tables themselves ---------------------------------------------------------------- */

static PyObject *names_of(const smp_field *f)
{
    PyObject *list = PyList_New(0);
    for (uint32_t i = 0; list && f->names && f->names[i]; i++) {
        PyObject *name = PyUnicode_FromString(f->names[i]);
        if (!name || PyList_Append(list, name) < 0)
            Py_CLEAR(list);
        Py_XDECREF(name);
    }
    return list;
}

/* {field: {type, unit, help, names, count, min, max, initial}}: what stubs and forms are made of */
static PyObject *desc_fields(PyObject *type, PyObject *none)
{
    static const char *const types[] = {"?",   "u32",  "i32",  "f32",  "f64",
                                        "u64", "enum", "bool", "size", "handle"};
    (void)none;
    PyObject *fresh = PyObject_CallNoArgs(type), *dict = fresh ? PyDict_New() : NULL;
    uint32_t count = 0;
    const smp_field *fields = dict ? ((py_desc_object *)fresh)->c->fields(&count) : NULL;
    for (uint32_t i = 0; dict && i < count; i++) {
        const smp_field *f = &fields[i];
        if (!is_shown(f))
            continue;
        PyObject *initial = desc_get(fresh, (void *)(uintptr_t)f);
        PyObject *row =
            initial ? Py_BuildValue("{s:s,s:s,s:s,s:N,s:I,s:d,s:d,s:N}", "type",
                                    types[f->type < 10 ? f->type : 0], "unit", f->unit, "help",
                                    f->help, "names", names_of(f), "count", f->count, "min", f->min,
                                    "max", f->max, "initial", initial)
                    : NULL;
        if (!row || PyDict_SetItemString(dict, f->name, row) < 0)
            Py_CLEAR(dict);
        Py_XDECREF(row);
    }
    Py_XDECREF(fresh);
    return dict;
}

static PyMethodDef methods[] = {
    {"to_dict", desc_to_dict, METH_NOARGS, "to_dict($self, /)\n--\n\nThe fields as a dict."},
    {"replace", (PyCFunction)(void (*)(void))desc_replace, METH_VARARGS | METH_KEYWORDS,
     "replace($self, /, **fields)\n--\n\nA copy with some fields changed."},
    {"fields", desc_fields, METH_NOARGS | METH_CLASS,
     "fields($type, /)\n--\n\nThe field table: type, unit, range, default and help by name."},
    {"__reduce__", desc_reduce, METH_NOARGS, NULL},
    {"__setstate__", desc_setstate, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

/* Attributes for the fields; they live as long as the process, as types may. */
static PyGetSetDef *make_getset(const desc_class *c)
{
    uint32_t count, used = 0;
    const smp_field *fields = c->fields(&count);
    PyGetSetDef *rows = PyMem_Calloc(count + 1, sizeof *rows);
    for (uint32_t i = 0; rows && i < count; i++)
        if (is_shown(&fields[i]))
            rows[used++] = (PyGetSetDef){fields[i].name, desc_get, desc_set, fields[i].help,
                                         (void *)(uintptr_t)&fields[i]};
    return rows;
}

static PyTypeObject *make_type(PyObject *module, uint32_t index)
{
    const desc_class *c = &classes[index];
    PyGetSetDef *getset = make_getset(c);
    if (!getset) {
        PyErr_NoMemory();
        return NULL;
    }
    char name[64], doc[64];
    PyOS_snprintf(name, sizeof name, "smp.%s", c->name);
    PyOS_snprintf(doc, sizeof doc, "The C struct %s.", c->c_name);
    PyType_Slot slots[] = {
        {Py_tp_new, (void *)news[index]},
        {Py_tp_dealloc, desc_dealloc},
        {Py_tp_repr, desc_repr},
        {Py_tp_richcompare, desc_compare},
        {Py_tp_hash, PyObject_HashNotImplemented},
        {Py_tp_getset, getset},
        {Py_tp_methods, methods},
        {Py_tp_doc, doc},
        {0, NULL},
    };
    PyType_Spec spec = {
        .name = name,
        .basicsize = (int)(offsetof(py_desc_object, bytes) + c->size),
        .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_IMMUTABLETYPE,
        .slots = slots,
    };
    return (PyTypeObject *)PyType_FromModuleAndSpec(module, &spec, NULL);
}

int py_add_descs(PyObject *module, py_state *state)
{
    for (uint32_t i = 0; i < PY_DESC_COUNT; i++) {
        state->descs[i] = make_type(module, i);
        if (!state->descs[i] || PyModule_AddType(module, state->descs[i]) < 0)
            return -1;
    }
    return 0;
}

void *py_desc(py_state *state, PyObject *object, py_desc_kind kind)
{
    if (!PyObject_TypeCheck(object, state->descs[kind])) {
        PyErr_Format(PyExc_TypeError, "want an smp.%s, not %R", classes[kind].name,
                     (PyObject *)Py_TYPE(object));
        return NULL;
    }
    return ((py_desc_object *)object)->bytes;
}

int py_desc_or_none(py_state *state, PyObject *object, py_desc_kind kind, void **desc)
{
    *desc = object == Py_None ? NULL : py_desc(state, object, kind);
    return object == Py_None || *desc != NULL;
}

Py_ssize_t py_read_descs(py_state *state, PyObject *object, py_desc_kind kind, void *out,
                         size_t size, Py_ssize_t most)
{
    Py_ssize_t count = PySequence_Size(object);
    if (count > most) {
        py_fail(state, SMP_ERR_ARGUMENT, "%zd are too many, want %zd at most", count, most);
        return -1;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *item = PySequence_GetItem(object, i);
        const void *desc = item ? py_desc(state, item, kind) : NULL;
        if (desc)
            memcpy((char *)out + (size_t)i * size, desc, size);
        Py_XDECREF(item);
        if (!desc)
            return -1;
    }
    return count;
}
