/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The extension module smp._smp: the public C functions, one to one and under their own names, for
 * the Python code of the package to dress. Limited API of CPython 3.11. */
#ifndef SMP_PY_H
#define SMP_PY_H

#define Py_LIMITED_API 0x030b0000
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <smp/smp.h>

/* The growing structs and their names in Python. A new struct is one line here; a new field is none
 * at all: everything else is read from the field tables. */
#define PY_GROWING(X)                       \
    X(smp_context_desc, "ContextOptions")   \
    X(smp_decode_desc, "DecodeOptions")     \
    X(smp_encode_desc, "EncodeOptions")     \
    X(smp_skin, "Skin")                     \
    X(smp_column, "Column")                 \
    X(smp_head, "Head")                     \
    X(smp_camera, "Camera")                 \
    X(smp_scalp_desc, "ScalpOptions")       \
    X(smp_plan_desc, "PlanOptions")         \
    X(smp_hairline_desc, "Hairline")        \
    X(smp_session_desc, "Session")          \
    X(smp_phantom_desc, "PhantomOptions")   \
    X(smp_camera_fit, "CameraFit")          \
    X(smp_landmarks, "Landmarks")           \
    X(smp_pigment, "Pigment")               \
    X(smp_layered_desc, "LayeredOptions")   \
    X(smp_course_desc, "CourseOptions")     \
    X(smp_depth_desc, "DepthOptions")       \
    X(smp_estimate_desc, "EstimateOptions") \
    X(smp_tone, "Tone")                     \
    X(smp_zone_desc, "Zone")                \
    X(smp_pattern_desc, "Pattern")          \
    X(smp_event_desc, "Event")              \
    X(smp_life_desc, "Life")                \
    X(smp_hair_desc, "Hair")                \
    X(smp_measures, "Measures")             \
    X(smp_removal_desc, "RemovalOptions")

/* The objects that the library makes and smp_..._destroy releases. */
#define PY_HANDLES(X) \
    X(pool)           \
    X(context)        \
    X(bytes)          \
    X(picture)        \
    X(plan)           \
    X(places)         \
    X(dots)           \
    X(scalp)          \
    X(preview)        \
    X(phantom)

#define PY_DESC_NUMBER(type, name) PY_DESC_##type,
typedef enum py_desc_kind { PY_GROWING(PY_DESC_NUMBER) PY_DESC_COUNT } py_desc_kind;
#define PY_HANDLE_NUMBER(name) PY_HANDLE_##name,
typedef enum py_handle_kind { PY_HANDLES(PY_HANDLE_NUMBER) PY_HANDLE_COUNT } py_handle_kind;

enum { PY_STATUS_COUNT = SMP_ERR_CANCELLED + 1 };

/* What a module holds. Sub-interpreters have their own. */
typedef struct py_state {
    PyObject *errors[PY_STATUS_COUNT]; /* by status; [0] is the base class */
    PyTypeObject *handle, *array, *pixels;
    PyTypeObject *descs[PY_DESC_COUNT];
} py_state;

py_state *py_state_of_module(PyObject *module);
/* The state behind an object of one of our types, or of a class derived from it. */
py_state *py_state_of(PyObject *self);

/* ---- errors (errors.c) -------------------------------------------------------------------- */

int py_add_errors(PyObject *module, py_state *state);
/* Raises what a status and its words mean; keeps an exception that is already there. Returns NULL.
 */
PyObject *py_raise(py_state *state, smp_status status, const smp_diag *diag);
/* The same with words of our own. */
PyObject *py_fail(py_state *state, smp_status status, const char *format, ...);

/* None, or what the status says. */
PyObject *py_done(PyObject *module, smp_status status, const smp_diag *diag);

/* ---- descriptors (desc.c) ----------------------------------------------------------------- */

int py_add_descs(PyObject *module, py_state *state);
/* The struct inside a descriptor object, or NULL with TypeError. */
void *py_desc(py_state *state, PyObject *object, py_desc_kind kind);
/* The same, but *desc is NULL for None. Returns 0 on error. */
int py_desc_or_none(py_state *state, PyObject *object, py_desc_kind kind, void **desc);
/* Copies a sequence of descriptors of `size` bytes each, at most `most`. Returns how many, or -1.
 */
Py_ssize_t py_read_descs(py_state *state, PyObject *object, py_desc_kind kind, void *out,
                         size_t size, Py_ssize_t most);
/* A function (plan, descriptor) that sets or gets one growing struct of a plan. */
#define PY_PLAN_DESC(name, type, out)                                             \
    static PyObject *f_##name(PyObject *module, PyObject *args)                   \
    {                                                                             \
        py_state *state = py_state_of_module(module);                             \
        PyObject *py_plan, *py_options;                                           \
        smp_plan *plan;                                                           \
        void *desc;                                                               \
        smp_diag diag;                                                            \
        if (!PyArg_ParseTuple(args, "OO", &py_plan, &py_options) ||               \
            !(plan = py_handle(state, py_plan, PY_HANDLE_plan)) ||                \
            !py_desc_or_none(state, py_options, PY_DESC_##type, &desc))           \
            return NULL;                                                          \
        if (out && !desc)                                                         \
            return py_fail(state, SMP_ERR_ARGUMENT, "want a descriptor to fill"); \
        return py_done(module, smp_##name(plan, desc, &diag), &diag);             \
    }
/* A function (object, descriptor to fill) for a C function that gives a growing struct away. */
#define PY_FILL(name, handle, type)                                        \
    static PyObject *f_##name(PyObject *module, PyObject *args)            \
    {                                                                      \
        py_state *state = py_state_of_module(module);                      \
        PyObject *py_object, *py_out;                                      \
        void *object;                                                      \
        type *out;                                                         \
        if (!PyArg_ParseTuple(args, "OO", &py_object, &py_out) ||          \
            !(object = py_handle(state, py_object, PY_HANDLE_##handle)) || \
            !(out = py_desc(state, py_out, PY_DESC_##type)))               \
            return NULL;                                                   \
        *out = smp_##name(object);                                         \
        return Py_NewRef(Py_None);                                         \
    }

/* ---- handles and arrays (handle.c, array.c) ----------------------------------------------- */

int py_add_handle(PyObject *module, py_state *state);
/* Takes over `ptr`, which needs `owner` (may be NULL) to live; releases ptr on error. */
PyObject *py_handle_new(py_state *state, py_handle_kind kind, void *ptr, PyObject *owner);
void *py_handle(py_state *state, PyObject *object, py_handle_kind kind);
int py_handle_or_none(py_state *state, PyObject *object, py_handle_kind kind, void **ptr);
/* The kind of a handle, or PY_HANDLE_COUNT for anything else. */
py_handle_kind py_handle_kind_of(py_state *state, PyObject *object);

int py_add_array(PyObject *module, py_state *state);
/* A read-only view of memory that `owner` keeps. format is of struct: "f", "B", "I". */
PyObject *py_array_view(py_state *state, PyObject *owner, const void *data, char format,
                        Py_ssize_t count);
PyObject *py_array_grid(py_state *state, PyObject *owner, const smp_grid *grid);
/* A writable array of its own, of zeros; *data receives its memory. columns 0: one dimension. */
PyObject *py_array_new(py_state *state, char format, Py_ssize_t count, Py_ssize_t columns,
                       void **data);
/* The same of three dimensions, floats. */
PyObject *py_array_cube(py_state *state, Py_ssize_t planes, Py_ssize_t rows, Py_ssize_t columns,
                        void **data);
Py_ssize_t py_item_size(char format);

/* ---- pixels (pixels.c) -------------------------------------------------------------------- */

int py_add_pixels(PyObject *module, py_state *state);
/* The view inside a Pixels object, or NULL with TypeError. */
const smp_image *py_image(py_state *state, PyObject *object);
int py_image_or_none(py_state *state, PyObject *object, const smp_image **image);
/* The same for pixels that will be written to. */
const smp_image *py_image_out(py_state *state, PyObject *object);

/* ---- progress (progress.c) ---------------------------------------------------------------- */

/* A call that releases the interpreter and may be cancelled: by a callback, or by Ctrl-C. */
typedef struct py_job {
    smp_progress progress;
    PyThreadState *thread;
    PyObject *callback; /* borrowed, NULL for none */
    double last_done, last_s;
} py_job;

/* Returns 0 when the callback cannot be called. */
int py_job_open(py_job *job, PyObject *callback);
/* Around the C call: without the interpreter, and with it again. */
void py_job_leave(py_job *job);
void py_job_enter(py_job *job);

/* ---- numbers ------------------------------------------------------------------------------ */

int py_read_floats(PyObject *object, float *values, Py_ssize_t count, const char *what);
int py_read_doubles(PyObject *object, double *values, Py_ssize_t count, const char *what);
PyObject *py_floats(const float *values, Py_ssize_t count);
PyObject *py_doubles(const double *values, Py_ssize_t count);
/* A buffer of float or double values, contiguous, of `columns` per row (0: any one dimension).
 * Returns the rows, or -1. */
Py_ssize_t py_read_buffer(PyObject *object, Py_buffer *view, char format, Py_ssize_t columns,
                          const char *what);

/* A buffer of floats of two dimensions as a grid; release the view afterwards. Returns 0 on error.
 */
int py_read_grid(PyObject *object, Py_buffer *view, smp_grid *grid, const char *what);

/* The functions of each header. */
extern PyMethodDef py_base_methods[], py_color_methods[], py_optics_methods[], py_image_methods[],
    py_geometry_methods[], py_landmark_methods[], py_plan_methods[], py_zone_methods[],
    py_shade_methods[], py_measure_methods[], py_dots_methods[], py_scalp_methods[],
    py_phantom_methods[];

#endif
