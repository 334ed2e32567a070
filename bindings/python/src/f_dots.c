/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * smp/dots.h and smp/ageing.h in Python. */
#include <string.h>

#include "smp_py.h"

/* (context, plan, progress) -> dots */
static PyObject *f_dots_create(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_ctx, *py_plan, *callback;
    smp_context *ctx;
    smp_plan *plan;
    smp_dots *dots;
    py_job job;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OOO", &py_ctx, &py_plan, &callback) ||
        !(ctx = py_handle(state, py_ctx, PY_HANDLE_context)) ||
        !(plan = py_handle(state, py_plan, PY_HANDLE_plan)) || !py_job_open(&job, callback))
        return NULL;
    py_job_leave(&job);
    smp_status status = smp_dots_create(ctx, plan, &job.progress, &dots, &diag);
    py_job_enter(&job);
    return status == SMP_OK ? py_handle_new(state, PY_HANDLE_dots, dots, py_ctx)
                            : py_raise(state, status, &diag);
}

/* (context, places, plan, progress) -> dots */
static PyObject *f_dots_create_from(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_ctx, *py_places, *py_plan, *callback;
    smp_context *ctx;
    smp_places *places;
    smp_plan *plan;
    smp_dots *dots;
    py_job job;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OOOO", &py_ctx, &py_places, &py_plan, &callback) ||
        !(ctx = py_handle(state, py_ctx, PY_HANDLE_context)) ||
        !(places = py_handle(state, py_places, PY_HANDLE_places)) ||
        !(plan = py_handle(state, py_plan, PY_HANDLE_plan)) || !py_job_open(&job, callback))
        return NULL;
    py_job_leave(&job);
    smp_status status = smp_dots_create_from(ctx, places, plan, &job.progress, &dots, &diag);
    py_job_enter(&job);
    return status == SMP_OK ? py_handle_new(state, PY_HANDLE_dots, dots, py_ctx)
                            : py_raise(state, status, &diag);
}

/* (context, plan, density_per_cm2, progress) -> places */
static PyObject *f_places_create(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_ctx, *py_plan, *callback;
    smp_context *ctx;
    smp_plan *plan;
    float density;
    smp_places *places;
    py_job job;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OOfO", &py_ctx, &py_plan, &density, &callback) ||
        !(ctx = py_handle(state, py_ctx, PY_HANDLE_context)) ||
        !(plan = py_handle(state, py_plan, PY_HANDLE_plan)) || !py_job_open(&job, callback))
        return NULL;
    py_job_leave(&job);
    smp_status status = smp_places_create(ctx, plan, density, &job.progress, &places, &diag);
    py_job_enter(&job);
    return status == SMP_OK ? py_handle_new(state, PY_HANDLE_places, places, py_ctx)
                            : py_raise(state, status, &diag);
}

static PyObject *f_places_fit(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_places, *py_plan;
    smp_places *places;
    smp_plan *plan;
    if (!PyArg_ParseTuple(args, "OO", &py_places, &py_plan) ||
        !(places = py_handle(state, py_places, PY_HANDLE_places)) ||
        !(plan = py_handle(state, py_plan, PY_HANDLE_plan)))
        return NULL;
    return PyBool_FromLong(smp_places_fit(places, plan));
}

static PyObject *f_places_count(PyObject *module, PyObject *py_places)
{
    smp_places *places = py_handle(py_state_of_module(module), py_places, PY_HANDLE_places);
    return places ? PyLong_FromUnsignedLong(smp_places_count(places)) : NULL;
}

/* The dots of a handle: its own, or those of a preview. */
static const smp_dots *dots_of(py_state *state, PyObject *object)
{
    if (py_handle_kind_of(state, object) == PY_HANDLE_preview)
        return smp_preview_dots(py_handle(state, object, PY_HANDLE_preview));
    return py_handle(state, object, PY_HANDLE_dots);
}

/* An array of its own: a preview's dots go when it takes another plan. */
static PyObject *array_copy(py_state *state, const void *data, char format, size_t count)
{
    void *room;
    PyObject *array = py_array_new(state, format, (Py_ssize_t)count, 0, &room);
    if (array && count)
        memcpy(room, data, count * (format == 'B' ? 1 : 4));
    return array;
}

/* dots or preview -> {name: array} */
static PyObject *f_dots_arrays(PyObject *module, PyObject *py_dots)
{
    py_state *state = py_state_of_module(module);
    const smp_dots *dots = dots_of(state, py_dots);
    if (!dots)
        return NULL;
    smp_dots_view v = smp_dots_arrays(dots);
    const struct {
        const char *name;
        const void *data;
        char format;
    } rows[] = {
        {"x_mm", v.x_mm, 'f'},       {"y_mm", v.y_mm, 'f'},
        {"z_mm", v.z_mm, 'f'},       {"nx", v.nx, 'f'},
        {"ny", v.ny, 'f'},           {"nz", v.nz, 'f'},
        {"top_mm", v.top_mm, 'f'},   {"diameter_mm", v.diameter_mm, 'f'},
        {"dose", v.dose, 'f'},       {"height_mm", v.height_mm, 'f'},
        {"zone", v.zone, 'B'},       {"group", v.group, 'I'},
        {"session", v.session, 'B'}, {"id", v.id, 'I'},
    };
    const int copies = py_handle_kind_of(state, py_dots) == PY_HANDLE_preview;
    PyObject *dict = PyDict_New();
    for (size_t i = 0; dict && i < sizeof rows / sizeof *rows; i++) {
        PyObject *array = copies ? array_copy(state, rows[i].data, rows[i].format, v.count)
                                 : py_array_view(state, py_dots, rows[i].data, rows[i].format,
                                                 (Py_ssize_t)v.count);
        if (!array || PyDict_SetItemString(dict, rows[i].name, array) < 0)
            Py_CLEAR(dict);
        Py_XDECREF(array);
    }
    return dict;
}

/* (context, plan, dots, day) -> (dose, spread_mm) */
static PyObject *f_dots_age(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_ctx, *py_plan, *py_dots;
    smp_context *ctx;
    smp_plan *plan;
    const smp_dots *dots;
    double day;
    void *dose, *spread;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OOOd", &py_ctx, &py_plan, &py_dots, &day) ||
        !(ctx = py_handle(state, py_ctx, PY_HANDLE_context)) ||
        !(plan = py_handle(state, py_plan, PY_HANDLE_plan)) || !(dots = dots_of(state, py_dots)))
        return NULL;
    Py_ssize_t count = (Py_ssize_t)smp_dots_arrays(dots).count;
    PyObject *doses = py_array_new(state, 'f', count, 0, &dose);
    PyObject *spreads = py_array_new(state, 'f', count, 0, &spread);
    smp_status status = SMP_OK;
    if (doses && spreads) {
        Py_BEGIN_ALLOW_THREADS;
        status = smp_dots_age(ctx, plan, dots, day, dose, spread, &diag);
        Py_END_ALLOW_THREADS;
    }
    if (doses && spreads && status == SMP_OK)
        return Py_BuildValue("NN", doses, spreads);
    Py_XDECREF(doses);
    Py_XDECREF(spreads);
    return status == SMP_OK ? NULL : py_raise(state, status, &diag);
}

static PyObject *f_pigment_left(PyObject *module, PyObject *args)
{
    double days;
    (void)module;
    if (!PyArg_ParseTuple(args, "d", &days))
        return NULL;
    return PyFloat_FromDouble(smp_pigment_left(days));
}

/* (context, plan, dots, day) -> (mass, n x components left) */
static PyObject *f_dots_left(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_ctx, *py_plan, *py_dots;
    smp_context *ctx;
    smp_plan *plan;
    const smp_dots *dots;
    double day;
    void *mass, *left;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OOOd", &py_ctx, &py_plan, &py_dots, &day) ||
        !(ctx = py_handle(state, py_ctx, PY_HANDLE_context)) ||
        !(plan = py_handle(state, py_plan, PY_HANDLE_plan)) || !(dots = dots_of(state, py_dots)))
        return NULL;
    Py_ssize_t count = (Py_ssize_t)smp_dots_arrays(dots).count;
    PyObject *masses = py_array_new(state, 'f', count, 0, &mass);
    PyObject *lefts = py_array_new(state, 'f', count, SMP_PIGMENT_COMPONENTS, &left);
    smp_status status = SMP_OK;
    if (masses && lefts) {
        Py_BEGIN_ALLOW_THREADS;
        status = smp_dots_left(ctx, plan, dots, day, mass, left, &diag);
        Py_END_ALLOW_THREADS;
    }
    if (masses && lefts && status == SMP_OK)
        return Py_BuildValue("NN", masses, lefts);
    Py_XDECREF(masses);
    Py_XDECREF(lefts);
    return status == SMP_OK ? NULL : py_raise(state, status, &diag);
}

/* (skin, days, space) -> linear RGB */
static PyObject *f_skin_healing(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_skin;
    smp_skin *skin;
    double days;
    int space;
    float rgb[3];
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "Odi", &py_skin, &days, &space) ||
        !(skin = py_desc(state, py_skin, PY_DESC_smp_skin)))
        return NULL;
    if (smp_skin_healing(skin, days, (smp_space)space, rgb, &diag) != SMP_OK)
        return py_raise(state, diag.status, &diag);
    return py_floats(rgb, 3);
}

typedef struct course_args {
    smp_context *ctx;
    smp_plan *plan;
    void *skin, *desc;
} course_args;

static int read_course(py_state *state, PyObject *const objects[4], course_args *c)
{
    return (c->ctx = py_handle(state, objects[0], PY_HANDLE_context)) &&
           (c->plan = py_handle(state, objects[1], PY_HANDLE_plan)) &&
           py_desc_or_none(state, objects[2], PY_DESC_smp_skin, &c->skin) &&
           py_desc_or_none(state, objects[3], PY_DESC_smp_course_desc, &c->desc);
}

/* (context, plan, skin, desc, days) -> cases x days x values */
static PyObject *f_fade_course(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *objects[4], *py_days;
    course_args c;
    Py_buffer days;
    void *values;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OOOOO", &objects[0], &objects[1], &objects[2], &objects[3],
                          &py_days) ||
        !read_course(state, objects, &c))
        return NULL;
    Py_ssize_t count = py_read_buffer(py_days, &days, 'd', 0, "days");
    if (count < 0)
        return NULL;
    smp_status status = SMP_OK;
    PyObject *array = py_array_cube(state, SMP_COURSE_CASES, count, SMP_COURSE_VALUES, &values);
    if (array) {
        Py_BEGIN_ALLOW_THREADS;
        status = smp_fade_course(c.ctx, c.plan, c.skin, c.desc, (uint32_t)count, days.buf, values,
                                 &diag);
        Py_END_ALLOW_THREADS;
    }
    PyBuffer_Release(&days);
    if (!array || status == SMP_OK)
        return array;
    Py_DECREF(array);
    return py_raise(state, status, &diag);
}

/* (context, plan, skin, desc) -> days, one for each case */
static PyObject *f_fade_due(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *objects[4];
    course_args c;
    double due[SMP_COURSE_CASES];
    smp_status status;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OOOO", &objects[0], &objects[1], &objects[2], &objects[3]) ||
        !read_course(state, objects, &c))
        return NULL;
    Py_BEGIN_ALLOW_THREADS;
    status = smp_fade_due(c.ctx, c.plan, c.skin, c.desc, due, &diag);
    Py_END_ALLOW_THREADS;
    return status == SMP_OK ? py_doubles(due, SMP_COURSE_CASES) : py_raise(state, status, &diag);
}

/* (desc or None, pigment or None) -> (sessions, share left after each) */
static PyObject *f_laser_sessions(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_options, *py_pigment;
    void *desc, *pigment, *left;
    uint32_t sessions;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OO", &py_options, &py_pigment) ||
        !py_desc_or_none(state, py_options, PY_DESC_smp_removal_desc, &desc) ||
        !py_desc_or_none(state, py_pigment, PY_DESC_smp_pigment, &pigment))
        return NULL;
    PyObject *array = py_array_new(state, 'f', SMP_LASER_SESSIONS_MAX, 0, &left);
    if (!array)
        return NULL;
    if (smp_laser_sessions(desc, pigment, &sessions, left, &diag) == SMP_OK)
        return Py_BuildValue("IN", (unsigned int)sessions, array);
    Py_DECREF(array);
    return py_raise(state, diag.status, &diag);
}

PyMethodDef py_dots_methods[] = {
    {"dots_create", f_dots_create, METH_VARARGS, NULL},
    {"dots_create_from", f_dots_create_from, METH_VARARGS, NULL},
    {"places_create", f_places_create, METH_VARARGS, NULL},
    {"places_fit", f_places_fit, METH_VARARGS, NULL},
    {"places_count", f_places_count, METH_O, NULL},
    {"dots_arrays", f_dots_arrays, METH_O, NULL},
    {"dots_age", f_dots_age, METH_VARARGS, NULL},
    {"pigment_left", f_pigment_left, METH_VARARGS, NULL},
    {"laser_sessions", f_laser_sessions, METH_VARARGS, NULL},
    {"dots_left", f_dots_left, METH_VARARGS, NULL},
    {"skin_healing", f_skin_healing, METH_VARARGS, NULL},
    {"fade_course", f_fade_course, METH_VARARGS, NULL},
    {"fade_due", f_fade_due, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
