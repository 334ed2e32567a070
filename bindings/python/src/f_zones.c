/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * smp/plan.h in Python, second part: pigment, zones, patterns, events, painted density, hairs. */
#include "smp_py.h"

enum { MOST_EVENTS = 64 }; /* more than the library takes, so that its own words are heard */

PY_PLAN_DESC(plan_set_pigment, smp_pigment, 0)
PY_PLAN_DESC(plan_set_pattern, smp_pattern_desc, 0)
PY_PLAN_DESC(plan_get_pattern, smp_pattern_desc, 1)
PY_PLAN_DESC(plan_set_life, smp_life_desc, 0)
PY_PLAN_DESC(plan_get_life, smp_life_desc, 1)

/* (plan, number, descriptor or None) */
static int read_numbered(PyObject *module, PyObject *args, py_desc_kind kind, smp_plan **plan,
                         unsigned int *number, void **desc)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_plan, *py_options;
    return PyArg_ParseTuple(args, "OIO", &py_plan, number, &py_options) &&
           (*plan = py_handle(state, py_plan, PY_HANDLE_plan)) &&
           py_desc_or_none(state, py_options, kind, desc);
}

static PyObject *f_plan_set_session_pigment(PyObject *module, PyObject *args)
{
    smp_plan *plan;
    unsigned int session;
    void *pigment;
    smp_diag diag;
    if (!read_numbered(module, args, PY_DESC_smp_pigment, &plan, &session, &pigment))
        return NULL;
    return py_done(module, smp_plan_set_session_pigment(plan, session, pigment, &diag), &diag);
}

static PyObject *f_plan_get_pigment(PyObject *module, PyObject *args)
{
    smp_plan *plan;
    unsigned int session;
    void *pigment;
    smp_diag diag;
    if (!read_numbered(module, args, PY_DESC_smp_pigment, &plan, &session, &pigment))
        return NULL;
    return py_done(module, smp_plan_get_pigment(plan, session, pigment, &diag), &diag);
}

static PyObject *f_plan_set_event_pigment(PyObject *module, PyObject *args)
{
    smp_plan *plan;
    unsigned int event;
    void *pigment;
    smp_diag diag;
    if (!read_numbered(module, args, PY_DESC_smp_pigment, &plan, &event, &pigment))
        return NULL;
    return py_done(module, smp_plan_set_event_pigment(plan, event, pigment, &diag), &diag);
}

static PyObject *f_plan_get_event_pigment(PyObject *module, PyObject *args)
{
    smp_plan *plan;
    unsigned int event;
    void *pigment;
    smp_diag diag;
    if (!read_numbered(module, args, PY_DESC_smp_pigment, &plan, &event, &pigment))
        return NULL;
    return py_done(module, smp_plan_get_event_pigment(plan, event, pigment, &diag), &diag);
}

/* (plan, zone or None, rows of three doubles) -> number */
static PyObject *f_plan_add_zone(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_plan, *py_zone, *py_points;
    smp_plan *plan;
    void *zone;
    Py_buffer points;
    uint32_t number;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OOO", &py_plan, &py_zone, &py_points) ||
        !(plan = py_handle(state, py_plan, PY_HANDLE_plan)) ||
        !py_desc_or_none(state, py_zone, PY_DESC_smp_zone_desc, &zone))
        return NULL;
    Py_ssize_t count = py_read_buffer(py_points, &points, 'd', 3, "points");
    if (count < 0)
        return NULL;
    smp_status status = smp_plan_add_zone(plan, zone, points.buf, (uint32_t)count, &number, &diag);
    PyBuffer_Release(&points);
    return status == SMP_OK ? PyLong_FromUnsignedLong(number) : py_raise(state, status, &diag);
}

static PyObject *f_plan_set_zone(PyObject *module, PyObject *args)
{
    smp_plan *plan;
    unsigned int number;
    void *zone;
    smp_diag diag;
    if (!read_numbered(module, args, PY_DESC_smp_zone_desc, &plan, &number, &zone))
        return NULL;
    return py_done(module, smp_plan_set_zone(plan, number, zone, &diag), &diag);
}

static PyObject *f_plan_clear_zones(PyObject *module, PyObject *py_plan)
{
    smp_plan *plan = py_handle(py_state_of_module(module), py_plan, PY_HANDLE_plan);
    smp_diag diag;
    return plan ? py_done(module, smp_plan_clear_zones(plan, &diag), &diag) : NULL;
}

static PyObject *f_plan_zone_count(PyObject *module, PyObject *py_plan)
{
    smp_plan *plan = py_handle(py_state_of_module(module), py_plan, PY_HANDLE_plan);
    return plan ? PyLong_FromUnsignedLong(smp_plan_zone_count(plan)) : NULL;
}

/* (plan, number, zone to fill) -> number of points */
static PyObject *f_plan_get_zone(PyObject *module, PyObject *args)
{
    smp_plan *plan;
    unsigned int number;
    void *zone;
    uint32_t count;
    smp_diag diag;
    if (!read_numbered(module, args, PY_DESC_smp_zone_desc, &plan, &number, &zone))
        return NULL;
    smp_status status = smp_plan_get_zone(plan, number, zone, &count, &diag);
    return status == SMP_OK ? PyLong_FromUnsignedLong(count)
                            : py_raise(py_state_of_module(module), status, &diag);
}

/* (plan, number, number of points) -> n x 3 */
static PyObject *f_plan_get_zone_points(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_plan;
    smp_plan *plan;
    unsigned int number, count;
    void *data;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OII", &py_plan, &number, &count) ||
        !(plan = py_handle(state, py_plan, PY_HANDLE_plan)))
        return NULL;
    PyObject *array = py_array_new(state, 'd', (Py_ssize_t)count, 3, &data);
    if (!array || smp_plan_get_zone_points(plan, number, data, count, &diag) == SMP_OK)
        return array;
    Py_DECREF(array);
    return py_raise(state, diag.status, &diag);
}

/* (plan, sequence of events) */
static PyObject *f_plan_set_events(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_plan, *py_events;
    smp_plan *plan;
    smp_event_desc events[MOST_EVENTS];
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OO", &py_plan, &py_events) ||
        !(plan = py_handle(state, py_plan, PY_HANDLE_plan)))
        return NULL;
    Py_ssize_t count = py_read_descs(state, py_events, PY_DESC_smp_event_desc, events,
                                     sizeof *events, MOST_EVENTS);
    if (count < 0)
        return NULL;
    return py_done(module, smp_plan_set_events(plan, count ? events : NULL, (uint32_t)count, &diag),
                   &diag);
}

static PyObject *f_plan_event_count(PyObject *module, PyObject *py_plan)
{
    smp_plan *plan = py_handle(py_state_of_module(module), py_plan, PY_HANDLE_plan);
    return plan ? PyLong_FromUnsignedLong(smp_plan_event_count(plan)) : NULL;
}

static PyObject *f_plan_get_event(PyObject *module, PyObject *args)
{
    smp_plan *plan;
    unsigned int index;
    void *event;
    smp_diag diag;
    if (!read_numbered(module, args, PY_DESC_smp_event_desc, &plan, &index, &event))
        return NULL;
    return py_done(module, smp_plan_get_event(plan, index, event, &diag), &diag);
}

/* (plan, grid or None) */
static PyObject *f_plan_set_density_map(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_plan, *py_grid;
    smp_plan *plan;
    smp_grid grid;
    Py_buffer view;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OO", &py_plan, &py_grid) ||
        !(plan = py_handle(state, py_plan, PY_HANDLE_plan)))
        return NULL;
    if (py_grid == Py_None)
        return py_done(module, smp_plan_set_density_map(plan, NULL, &diag), &diag);
    if (!py_read_grid(py_grid, &view, &grid, "density"))
        return NULL;
    smp_status status = smp_plan_set_density_map(plan, &grid, &diag);
    PyBuffer_Release(&view);
    return py_done(module, status, &diag);
}

/* (plan, grid, camera, elsewhere) */
static PyObject *f_plan_set_density_photo(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_plan, *py_grid, *py_camera;
    smp_plan *plan;
    smp_camera *camera;
    float elsewhere;
    smp_grid grid;
    Py_buffer view;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OOOf", &py_plan, &py_grid, &py_camera, &elsewhere) ||
        !(plan = py_handle(state, py_plan, PY_HANDLE_plan)) ||
        !(camera = py_desc(state, py_camera, PY_DESC_smp_camera)) ||
        !py_read_grid(py_grid, &view, &grid, "density"))
        return NULL;
    smp_status status = smp_plan_set_density_photo(plan, &grid, camera, elsewhere, &diag);
    PyBuffer_Release(&view);
    return py_done(module, status, &diag);
}

/* (plan, rows of three floats or None, keep_mm) */
static PyObject *f_plan_set_obstacles(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_plan, *py_points;
    smp_plan *plan;
    float keep;
    Py_buffer points = {0};
    Py_ssize_t count = 0;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OOf", &py_plan, &py_points, &keep) ||
        !(plan = py_handle(state, py_plan, PY_HANDLE_plan)))
        return NULL;
    if (py_points != Py_None && (count = py_read_buffer(py_points, &points, 'f', 3, "points")) < 0)
        return NULL;
    smp_status status = smp_plan_set_obstacles(plan, points.buf, (uint32_t)count, keep, &diag);
    PyBuffer_Release(&points);
    return py_done(module, status, &diag);
}

/* (plan, skin or None, width_mm, darkness, blur_mm) */
static PyObject *f_plan_match_hairs(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_plan, *py_skin;
    smp_plan *plan;
    void *skin;
    float width, darkness, blur;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OOfff", &py_plan, &py_skin, &width, &darkness, &blur) ||
        !(plan = py_handle(state, py_plan, PY_HANDLE_plan)) ||
        !py_desc_or_none(state, py_skin, PY_DESC_smp_skin, &skin))
        return NULL;
    return py_done(module, smp_plan_match_hairs(plan, skin, width, darkness, blur, &diag), &diag);
}

static PyObject *f_plan_obstacle_count(PyObject *module, PyObject *py_plan)
{
    smp_plan *plan = py_handle(py_state_of_module(module), py_plan, PY_HANDLE_plan);
    return plan ? PyLong_FromUnsignedLong(smp_plan_obstacle_count(plan)) : NULL;
}

/* (context, plan) -> plan */
static PyObject *f_plan_copy(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_ctx, *py_plan;
    smp_context *ctx;
    smp_plan *plan, *copy;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OO", &py_ctx, &py_plan) ||
        !(ctx = py_handle(state, py_ctx, PY_HANDLE_context)) ||
        !(plan = py_handle(state, py_plan, PY_HANDLE_plan)))
        return NULL;
    if (smp_plan_copy(ctx, plan, &copy, &diag) != SMP_OK)
        return py_raise(state, diag.status, &diag);
    return py_handle_new(state, PY_HANDLE_plan, copy, py_ctx);
}

/* (needle_mm, depth_mm, column to fill) */
static PyObject *f_column_from_needle(PyObject *module, PyObject *args)
{
    PyObject *py_column;
    float needle, depth;
    smp_column *column;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "ffO", &needle, &depth, &py_column) ||
        !(column = py_desc(py_state_of_module(module), py_column, PY_DESC_smp_column)))
        return NULL;
    return py_done(module, smp_column_from_needle(needle, depth, column, &diag), &diag);
}

static int read_place(PyObject *module, PyObject *args, smp_plan **plan, double xyz[3])
{
    PyObject *py_plan, *py_xyz;
    return PyArg_ParseTuple(args, "OO", &py_plan, &py_xyz) &&
           (*plan = py_handle(py_state_of_module(module), py_plan, PY_HANDLE_plan)) &&
           py_read_doubles(py_xyz, xyz, 3, "xyz_mm");
}

static PyObject *f_plan_hair(PyObject *module, PyObject *args)
{
    smp_plan *plan;
    double xyz[3];
    return read_place(module, args, &plan, xyz) ? PyFloat_FromDouble(smp_plan_hair(plan, xyz))
                                                : NULL;
}

static PyObject *f_plan_zone_at(PyObject *module, PyObject *args)
{
    smp_plan *plan;
    double xyz[3];
    return read_place(module, args, &plan, xyz)
               ? PyLong_FromUnsignedLong(smp_plan_zone_at(plan, xyz))
               : NULL;
}

PyMethodDef py_zone_methods[] = {
    {"plan_set_pigment", f_plan_set_pigment, METH_VARARGS, NULL},
    {"plan_set_session_pigment", f_plan_set_session_pigment, METH_VARARGS, NULL},
    {"plan_get_pigment", f_plan_get_pigment, METH_VARARGS, NULL},
    {"plan_set_event_pigment", f_plan_set_event_pigment, METH_VARARGS, NULL},
    {"plan_get_event_pigment", f_plan_get_event_pigment, METH_VARARGS, NULL},
    {"plan_set_pattern", f_plan_set_pattern, METH_VARARGS, NULL},
    {"plan_get_pattern", f_plan_get_pattern, METH_VARARGS, NULL},
    {"plan_set_life", f_plan_set_life, METH_VARARGS, NULL},
    {"plan_get_life", f_plan_get_life, METH_VARARGS, NULL},
    {"plan_add_zone", f_plan_add_zone, METH_VARARGS, NULL},
    {"plan_set_zone", f_plan_set_zone, METH_VARARGS, NULL},
    {"plan_clear_zones", f_plan_clear_zones, METH_O, NULL},
    {"plan_zone_count", f_plan_zone_count, METH_O, NULL},
    {"plan_get_zone", f_plan_get_zone, METH_VARARGS, NULL},
    {"plan_get_zone_points", f_plan_get_zone_points, METH_VARARGS, NULL},
    {"plan_set_events", f_plan_set_events, METH_VARARGS, NULL},
    {"plan_event_count", f_plan_event_count, METH_O, NULL},
    {"plan_get_event", f_plan_get_event, METH_VARARGS, NULL},
    {"plan_set_density_map", f_plan_set_density_map, METH_VARARGS, NULL},
    {"plan_set_density_photo", f_plan_set_density_photo, METH_VARARGS, NULL},
    {"plan_match_hairs", f_plan_match_hairs, METH_VARARGS, NULL},
    {"plan_set_obstacles", f_plan_set_obstacles, METH_VARARGS, NULL},
    {"plan_obstacle_count", f_plan_obstacle_count, METH_O, NULL},
    {"plan_copy", f_plan_copy, METH_VARARGS, NULL},
    {"plan_hair", f_plan_hair, METH_VARARGS, NULL},
    {"plan_zone_at", f_plan_zone_at, METH_VARARGS, NULL},
    {"column_from_needle", f_column_from_needle, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
