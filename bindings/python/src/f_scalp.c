/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * smp/scalp.h and smp/render.h in Python. */
#include "smp_py.h"

/* (context, photo, camera, head, mask, desc, progress) -> scalp */
static PyObject *f_scalp_create(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_ctx, *py_photo, *py_camera, *py_head, *py_mask, *py_options, *callback;
    smp_context *ctx;
    const smp_image *photo, *mask;
    void *camera, *head, *desc;
    smp_scalp *scalp;
    py_job job;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OOOOOOO", &py_ctx, &py_photo, &py_camera, &py_head, &py_mask,
                          &py_options, &callback) ||
        !(ctx = py_handle(state, py_ctx, PY_HANDLE_context)) ||
        !(photo = py_image(state, py_photo)) ||
        !(camera = py_desc(state, py_camera, PY_DESC_smp_camera)) ||
        !py_desc_or_none(state, py_head, PY_DESC_smp_head, &head) ||
        !py_image_or_none(state, py_mask, &mask) ||
        !py_desc_or_none(state, py_options, PY_DESC_smp_scalp_desc, &desc) ||
        !py_job_open(&job, callback))
        return NULL;
    py_job_leave(&job);
    smp_status status =
        smp_scalp_create(ctx, photo, camera, head, mask, desc, &job.progress, &scalp, &diag);
    py_job_enter(&job);
    if (status != SMP_OK)
        return py_raise(state, status, &diag);
    PyObject *owner = PyTuple_Pack(2, py_ctx, py_photo);
    if (!owner)
        smp_scalp_destroy(&scalp);
    PyObject *handle = owner ? py_handle_new(state, PY_HANDLE_scalp, scalp, owner) : NULL;
    Py_XDECREF(owner);
    return handle;
}

/* (scalp, kind) -> (array, step) */
static PyObject *f_scalp_get_map(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_scalp;
    smp_scalp *scalp;
    int kind;
    smp_grid grid;
    uint32_t step;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "Oi", &py_scalp, &kind) ||
        !(scalp = py_handle(state, py_scalp, PY_HANDLE_scalp)))
        return NULL;
    if (smp_scalp_get_map(scalp, (smp_scalp_map)kind, &grid, &step, &diag) != SMP_OK)
        return py_raise(state, diag.status, &diag);
    PyObject *array = py_array_grid(state, py_scalp, &grid);
    return array ? Py_BuildValue("NI", array, (unsigned int)step) : NULL;
}

PY_FILL(scalp_skin, scalp, smp_skin)
PY_FILL(scalp_camera, scalp, smp_camera)

static PyObject *f_scalp_blur_px(PyObject *module, PyObject *py_scalp)
{
    smp_scalp *scalp = py_handle(py_state_of_module(module), py_scalp, PY_HANDLE_scalp);
    return scalp ? PyFloat_FromDouble(smp_scalp_blur_px(scalp)) : NULL;
}

static PyObject *f_scalp_grain(PyObject *module, PyObject *py_scalp)
{
    smp_scalp *scalp = py_handle(py_state_of_module(module), py_scalp, PY_HANDLE_scalp);
    return scalp ? PyFloat_FromDouble(smp_scalp_grain(scalp)) : NULL;
}

static PyObject *f_scalp_light(PyObject *module, PyObject *py_scalp)
{
    smp_scalp *scalp = py_handle(py_state_of_module(module), py_scalp, PY_HANDLE_scalp);
    float rgb[3];
    if (!scalp)
        return NULL;
    smp_scalp_light(scalp, rgb);
    return py_floats(rgb, 3);
}

static PyObject *f_scalp_map_name(PyObject *module, PyObject *args)
{
    int kind;
    (void)module;
    if (!PyArg_ParseTuple(args, "i", &kind))
        return NULL;
    const char *name = smp_scalp_map_name((smp_scalp_map)kind);
    return name ? PyUnicode_FromString(name) : Py_NewRef(Py_None);
}

/* {name: array or number} */
static PyObject *f_scalp_hairs(PyObject *module, PyObject *py_scalp)
{
    py_state *state = py_state_of_module(module);
    smp_scalp *scalp = py_handle(state, py_scalp, PY_HANDLE_scalp);
    if (!scalp)
        return NULL;
    smp_hairs_view v = smp_scalp_hairs(scalp);
    const struct {
        const char *name;
        const float *data;
    } rows[] = {
        {"u_px", v.u_px},         {"v_px", v.v_px},           {"x_mm", v.x_mm},
        {"y_mm", v.y_mm},         {"z_mm", v.z_mm},           {"length_px", v.length_px},
        {"width_px", v.width_px}, {"angle_deg", v.angle_deg}, {"darkness", v.darkness},
    };
    PyObject *dict =
        Py_BuildValue("{s:d,s:d,s:d,s:d,s:d,s:N}", "area_cm2", (double)v.area_cm2, "per_cm2",
                      (double)v.per_cm2, "typical_width_mm", (double)v.typical_width_mm,
                      "typical_length_mm", (double)v.typical_length_mm, "typical_darkness",
                      (double)v.typical_darkness, "rgb", py_floats(v.rgb, 3));
    for (size_t i = 0; dict && i < sizeof rows / sizeof *rows; i++) {
        PyObject *array = py_array_view(state, py_scalp, rows[i].data, 'f', (Py_ssize_t)v.count);
        if (!array || PyDict_SetItemString(dict, rows[i].name, array) < 0)
            Py_CLEAR(dict);
        Py_XDECREF(array);
    }
    return dict;
}

/* ---- render -------------------------------------------------------------------------------- */

/* A preview, which needs the places' context, too, where there are any. */
static PyObject *give_preview(py_state *state, smp_preview *preview, PyObject *owner)
{
    if (!owner)
        smp_preview_destroy(&preview);
    PyObject *handle = owner ? py_handle_new(state, PY_HANDLE_preview, preview, owner) : NULL;
    Py_XDECREF(owner);
    return handle;
}

/* (context, scalp, plan, progress) -> preview */
static PyObject *f_preview_create(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_ctx, *py_scalp, *py_plan, *callback;
    smp_context *ctx;
    smp_scalp *scalp;
    smp_plan *plan;
    smp_preview *preview;
    py_job job;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OOOO", &py_ctx, &py_scalp, &py_plan, &callback) ||
        !(ctx = py_handle(state, py_ctx, PY_HANDLE_context)) ||
        !(scalp = py_handle(state, py_scalp, PY_HANDLE_scalp)) ||
        !(plan = py_handle(state, py_plan, PY_HANDLE_plan)) || !py_job_open(&job, callback))
        return NULL;
    py_job_leave(&job);
    smp_status status = smp_preview_create(ctx, scalp, plan, &job.progress, &preview, &diag);
    py_job_enter(&job);
    if (status != SMP_OK)
        return py_raise(state, status, &diag);
    return give_preview(state, preview, PyTuple_Pack(2, py_ctx, py_scalp));
}

/* (context, scalp, places, plan, progress) -> preview */
static PyObject *f_preview_create_from(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_ctx, *py_scalp, *py_places, *py_plan, *callback;
    smp_context *ctx;
    smp_scalp *scalp;
    smp_places *places;
    smp_plan *plan;
    smp_preview *preview;
    py_job job;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OOOOO", &py_ctx, &py_scalp, &py_places, &py_plan, &callback) ||
        !(ctx = py_handle(state, py_ctx, PY_HANDLE_context)) ||
        !(scalp = py_handle(state, py_scalp, PY_HANDLE_scalp)) ||
        !(places = py_handle(state, py_places, PY_HANDLE_places)) ||
        !(plan = py_handle(state, py_plan, PY_HANDLE_plan)) || !py_job_open(&job, callback))
        return NULL;
    py_job_leave(&job);
    smp_status status =
        smp_preview_create_from(ctx, scalp, places, plan, &job.progress, &preview, &diag);
    py_job_enter(&job);
    if (status != SMP_OK)
        return py_raise(state, status, &diag);
    return give_preview(state, preview, PyTuple_Pack(3, py_ctx, py_scalp, py_places));
}

static PyObject *f_preview_bounds(PyObject *module, PyObject *py_preview)
{
    smp_preview *preview = py_handle(py_state_of_module(module), py_preview, PY_HANDLE_preview);
    if (!preview)
        return NULL;
    smp_rect r = smp_preview_bounds(preview);
    return Py_BuildValue("IIII", r.x, r.y, r.width, r.height);
}

/* (preview, day, region or None, out, progress) */
static PyObject *draw(PyObject *module, PyObject *args,
                      smp_status (*f)(smp_preview *, double, const smp_rect *, const smp_image *,
                                      const smp_progress *, smp_diag *))
{
    py_state *state = py_state_of_module(module);
    PyObject *py_preview, *py_region, *py_out, *callback;
    smp_preview *preview;
    const smp_image *out;
    smp_rect region;
    double day;
    py_job job;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OdOOO", &py_preview, &day, &py_region, &py_out, &callback) ||
        !(preview = py_handle(state, py_preview, PY_HANDLE_preview)) ||
        !(out = py_image_out(state, py_out)) || !py_job_open(&job, callback))
        return NULL;
    if (py_region != Py_None &&
        !PyArg_ParseTuple(py_region, "IIII;region wants (x, y, width, height)", &region.x,
                          &region.y, &region.width, &region.height))
        return NULL;
    py_job_leave(&job);
    smp_status status =
        f(preview, day, py_region == Py_None ? NULL : &region, out, &job.progress, &diag);
    py_job_enter(&job);
    return status == SMP_OK ? Py_NewRef(Py_None) : py_raise(state, status, &diag);
}

static PyObject *f_preview_render(PyObject *module, PyObject *args)
{
    return draw(module, args, smp_preview_render);
}

static PyObject *f_preview_layer(PyObject *module, PyObject *args)
{
    return draw(module, args, smp_preview_layer);
}

/* (preview, life or None) */
static PyObject *f_preview_set_life(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_preview, *py_life;
    smp_preview *preview;
    void *life;
    smp_status status;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OO", &py_preview, &py_life) ||
        !(preview = py_handle(state, py_preview, PY_HANDLE_preview)) ||
        !py_desc_or_none(state, py_life, PY_DESC_smp_life_desc, &life))
        return NULL;
    Py_BEGIN_ALLOW_THREADS;
    status = smp_preview_set_life(preview, life, &diag);
    Py_END_ALLOW_THREADS;
    return py_done(module, status, &diag);
}

/* (preview, plan, progress) */
static PyObject *f_preview_set_plan(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_preview, *py_plan, *callback;
    smp_preview *preview;
    smp_plan *plan;
    py_job job;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OOO", &py_preview, &py_plan, &callback) ||
        !(preview = py_handle(state, py_preview, PY_HANDLE_preview)) ||
        !(plan = py_handle(state, py_plan, PY_HANDLE_plan)) || !py_job_open(&job, callback))
        return NULL;
    py_job_leave(&job);
    smp_status status = smp_preview_set_plan(preview, plan, &job.progress, &diag);
    py_job_enter(&job);
    return status == SMP_OK ? Py_NewRef(Py_None) : py_raise(state, status, &diag);
}

PyMethodDef py_scalp_methods[] = {
    {"scalp_create", f_scalp_create, METH_VARARGS, NULL},
    {"scalp_get_map", f_scalp_get_map, METH_VARARGS, NULL},
    {"scalp_skin", f_scalp_skin, METH_VARARGS, NULL},
    {"scalp_camera", f_scalp_camera, METH_VARARGS, NULL},
    {"scalp_blur_px", f_scalp_blur_px, METH_O, NULL},
    {"scalp_grain", f_scalp_grain, METH_O, NULL},
    {"scalp_light", f_scalp_light, METH_O, NULL},
    {"scalp_map_name", f_scalp_map_name, METH_VARARGS, NULL},
    {"scalp_hairs", f_scalp_hairs, METH_O, NULL},
    {"preview_create", f_preview_create, METH_VARARGS, NULL},
    {"preview_create_from", f_preview_create_from, METH_VARARGS, NULL},
    {"preview_bounds", f_preview_bounds, METH_O, NULL},
    {"preview_set_plan", f_preview_set_plan, METH_VARARGS, NULL},
    {"preview_set_life", f_preview_set_life, METH_VARARGS, NULL},
    {"preview_render", f_preview_render, METH_VARARGS, NULL},
    {"preview_layer", f_preview_layer, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
