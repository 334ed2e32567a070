/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Pixels: an smp_image whose memory is a Python buffer, a picture of the library, or its own. Rows
 * may be any distance apart, also upwards; where the pixels of a row are not side by side, or the
 * channels are in another order, they are copied. */
#include "smp_py.h"

#include <string.h>

typedef struct py_pixels {
    PyObject_HEAD smp_image image;
    Py_buffer view;  /* of the source, when view.obj is set */
    PyObject *owner; /* the handle that keeps the pixels, or NULL */
    PyObject *icc;   /* bytes, or NULL */
    void *memory;    /* our own, or NULL */
    Py_ssize_t shape[3], strides[3];
    int ndim, readonly;
    char code[2]; /* the channel's type */
} py_pixels;

static const struct {
    const char *name;
    char code;
} formats[SMP_FORMAT_COUNT] = {
    {"gray8", 'B'}, {"rgb8", 'B'},   {"rgba8", 'B'},  {"bgra8", 'B'},
    {"rgb16", 'H'}, {"rgba16", 'H'}, {"rgbf32", 'f'}, {"rgbaf32", 'f'},
};

static void pixels_dealloc(PyObject *self)
{
    py_pixels *p = (py_pixels *)self;
    PyTypeObject *type = Py_TYPE(self);
    if (p->view.obj)
        PyBuffer_Release(&p->view);
    Py_XDECREF(p->owner);
    Py_XDECREF(p->icc);
    PyMem_Free(p->memory);
    freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
    release(self);
    Py_DECREF(type);
}

/* What the buffer protocol says about the image. */
static void describe(py_pixels *p)
{
    const smp_image *m = &p->image;
    uint32_t channels = smp_format_channels((smp_format)m->format);
    uint32_t pixel = smp_format_pixel_size((smp_format)m->format);
    p->code[0] = formats[m->format].code;
    p->ndim = channels == 1 ? 2 : 3;
    p->shape[0] = m->height;
    p->shape[1] = m->width;
    p->shape[2] = channels;
    p->strides[0] = m->stride;
    p->strides[1] = pixel;
    p->strides[2] = pixel / channels;
}

static int own_memory(py_state *state, py_pixels *p, uint32_t width, uint32_t height,
                      smp_format format)
{
    smp_diag diag;
    size_t row = (size_t)width * smp_format_pixel_size(format);
    p->memory = PyMem_Calloc(height ? height : 1, row ? row : 1);
    if (!p->memory) {
        PyErr_NoMemory();
        return 0;
    }
    if (smp_image_wrap(&p->image, p->memory, width, height, 0, format, &diag) != SMP_OK) {
        py_raise(state, diag.status, &diag);
        return 0;
    }
    return 1;
}

/* ---- from a buffer ------------------------------------------------------------------------ */

/* The channel's type: B, H, f, or ? for bool; 0 with an exception for all others. */
static char code_of(py_state *state, const Py_buffer *view)
{
    const char *text = view->format ? view->format : "B";
    const uint16_t one = 1;
    int little = *(const uint8_t *)&one;
    if (text[0] == '@' || text[0] == '=' || text[0] == (little ? '<' : '>'))
        text++;
    if (text[0] && !text[1] && strchr("BHf?", text[0]))
        return text[0];
    py_fail(state, SMP_ERR_ARGUMENT,
            "pixels are of type '%.20s', want uint8, uint16, float32 (or bool for a mask), in this "
            "machine's byte order",
            view->format ? view->format : "B");
    return 0;
}

/* The format of a buffer by its shape and type; SMP_FORMAT_COUNT with an exception. */
static smp_format format_of(py_state *state, const Py_buffer *view, char code, int bgr)
{
    Py_ssize_t channels = view->ndim == 3 ? view->shape[2] : view->ndim == 2 ? 1 : 0;
    int byte = code == 'B' || code == '?';
    if (channels == 1 && byte)
        return SMP_FORMAT_GRAY8;
    if (channels == 3)
        return byte ? SMP_FORMAT_RGB8 : code == 'H' ? SMP_FORMAT_RGB16 : SMP_FORMAT_RGBF32;
    if (channels == 4 && (byte || !bgr))
        return byte          ? (bgr ? SMP_FORMAT_BGRA8 : SMP_FORMAT_RGBA8)
               : code == 'H' ? SMP_FORMAT_RGBA16
                             : SMP_FORMAT_RGBAF32;
    if (channels == 1)
        py_fail(state, SMP_ERR_ARGUMENT,
                "a gray picture has 8 bits, want uint8 (or three channels)");
    else if (channels == 4)
        py_fail(state, SMP_ERR_ARGUMENT, "order 'bgr' with four channels is for uint8 alone");
    else
        py_fail(state, SMP_ERR_ARGUMENT,
                "pixels have %d dimensions and %zd channels, want (height, width), (height, width, "
                "3) or (height, width, 4)",
                view->ndim, view->ndim == 3 ? view->shape[2] : (Py_ssize_t)0);
    return SMP_FORMAT_COUNT;
}

/* Copies element by element: any strides, bool to 0 and 255, channels backwards for BGR. */
static void copy_strided(py_pixels *p, const Py_buffer *view, char code, int backwards)
{
    Py_ssize_t channels = view->ndim == 3 ? view->shape[2] : 1, item = view->itemsize;
    Py_ssize_t step = view->ndim == 3 ? view->strides[2] : 0;
    unsigned char *to = p->memory;
    for (Py_ssize_t y = 0; y < view->shape[0]; y++)
        for (Py_ssize_t x = 0; x < view->shape[1]; x++) {
            const unsigned char *from =
                (const unsigned char *)view->buf + y * view->strides[0] + x * view->strides[1];
            for (Py_ssize_t c = 0; c < channels; c++, to += item) {
                memcpy(to, from + (backwards ? channels - 1 - c : c) * step, (size_t)item);
                if (code == '?')
                    *to = *to ? 255 : 0;
            }
        }
}

static int check_sides(py_state *state, const Py_buffer *view)
{
    if (view->shape[0] >= 1 && view->shape[1] >= 1 && view->shape[0] <= 65535 &&
        view->shape[1] <= 65535)
        return 1;
    py_fail(state, SMP_ERR_ARGUMENT, "the picture is %zd x %zd, want sides of 1 to 65535",
            view->shape[1], view->shape[0]);
    return 0;
}

static int from_buffer(py_state *state, py_pixels *p, PyObject *source, int bgr, int copy)
{
    if (PyObject_GetBuffer(source, &p->view, PyBUF_STRIDED_RO | PyBUF_FORMAT) < 0)
        return 0;
    const Py_buffer *view = &p->view;
    char code = code_of(state, view);
    smp_format format = code ? format_of(state, view, code, bgr) : SMP_FORMAT_COUNT;
    if (format == SMP_FORMAT_COUNT || !check_sides(state, view))
        return 0;
    uint32_t width = (uint32_t)view->shape[1], height = (uint32_t)view->shape[0];
    Py_ssize_t pixel = smp_format_pixel_size(format);
    int backwards = bgr && smp_format_channels(format) == 3;
    int packed = (view->shape[1] == 1 || view->strides[1] == pixel) &&
                 (view->ndim == 2 || view->shape[2] == 1 || view->strides[2] == view->itemsize) &&
                 view->strides[0] % view->itemsize == 0 &&
                 (uintptr_t)view->buf % (uintptr_t)view->itemsize == 0;
    Py_ssize_t far = view->strides[0] < 0 ? -view->strides[0] : view->strides[0];
    packed = packed && (height == 1 || far >= pixel * view->shape[1]) && !backwards && code != '?';
    p->readonly = view->readonly;
    smp_diag diag;
    if (packed && copy <= 0) {
        ptrdiff_t stride = height == 1 ? 0 : view->strides[0];
        smp_status status =
            smp_image_wrap(&p->image, view->buf, width, height, stride, format, &diag);
        return status == SMP_OK || py_raise(state, status, &diag);
    }
    if (copy < 0) {
        py_fail(state, SMP_ERR_ARGUMENT,
                "pixels to be written must stand side by side in each row, channels in order");
        return 0;
    }
    if (!own_memory(state, p, width, height, format))
        return 0;
    copy_strided(p, view, code, backwards);
    PyBuffer_Release(&p->view);
    p->readonly = 0;
    return 1;
}

/* Floats of 0 to 1 in two dimensions become 8 bits; NaN becomes 0. Returns 2 for other buffers. */
static int from_mask(py_state *state, py_pixels *p, PyObject *source)
{
    Py_buffer view;
    if (PyObject_GetBuffer(source, &view, PyBUF_STRIDED_RO | PyBUF_FORMAT) < 0)
        return 0;
    char code = view.format && !view.format[1] ? view.format[0] : 0;
    if (view.ndim != 2 || (code != 'f' && code != 'd')) {
        PyBuffer_Release(&view);
        return 2;
    }
    int ok = check_sides(state, &view) && own_memory(state, p, (uint32_t)view.shape[1],
                                                     (uint32_t)view.shape[0], SMP_FORMAT_GRAY8);
    unsigned char *to = p->memory;
    for (Py_ssize_t y = 0; ok && y < view.shape[0]; y++)
        for (Py_ssize_t x = 0; x < view.shape[1]; x++) {
            const char *at = (const char *)view.buf + y * view.strides[0] + x * view.strides[1];
            float f32;
            double f64;
            if (code == 'f')
                f64 = (double)*(float *)memcpy(&f32, at, sizeof f32);
            else
                memcpy(&f64, at, sizeof f64);
            f64 = f64 > 0.0 ? f64 : 0.0;
            *to++ = (unsigned char)((f64 < 1.0 ? f64 : 1.0) * 255.0 + 0.5);
        }
    PyBuffer_Release(&view);
    return ok;
}

/* ---- from the library, or new ------------------------------------------------------------- */

static int from_handle(py_state *state, py_pixels *p, PyObject *source)
{
    py_handle_kind kind = py_handle_kind_of(state, source);
    const smp_image *image = NULL;
    if (kind == PY_HANDLE_picture)
        image = smp_picture_image(py_handle(state, source, kind));
    else if (kind == PY_HANDLE_phantom)
        image = smp_phantom_image(py_handle(state, source, kind));
    if (!image) {
        PyErr_SetString(PyExc_TypeError, "this object has no pixels");
        return 0;
    }
    p->image = *image;
    p->owner = Py_NewRef(source);
    p->readonly = kind != PY_HANDLE_picture;
    if (image->icc) {
        p->icc = PyBytes_FromStringAndSize((const char *)image->icc, (Py_ssize_t)image->icc_size);
        if (!p->icc)
            return 0;
    }
    return 1;
}

static int from_size(py_state *state, py_pixels *p, PyObject *source, const char *name)
{
    unsigned int width, height;
    if (!PyArg_ParseTuple(source, "II;a new picture wants (width, height)", &width, &height))
        return 0;
    for (uint32_t i = 0; i < SMP_FORMAT_COUNT; i++)
        if (strcmp(formats[i].name, name) == 0) {
            if (width >= 1 && width <= 65535 && height >= 1 && height <= 65535)
                return own_memory(state, p, width, height, (smp_format)i);
            py_fail(state, SMP_ERR_ARGUMENT, "the picture is %u x %u, want sides of 1 to 65535",
                    width, height);
            return 0;
        }
    py_fail(state, SMP_ERR_ARGUMENT,
            "format is \"%.20s\", want one of gray8, rgb8, rgba8, bgra8, "
            "rgb16, rgba16, rgbf32, rgbaf32",
            name);
    return 0;
}

static int set_tags(py_state *state, py_pixels *p, int space, int alpha, PyObject *icc)
{
    if (space >= (int)SMP_SPACE_COUNT || alpha >= (int)SMP_ALPHA_COUNT) {
        py_fail(state, SMP_ERR_ARGUMENT, "space or alpha is unknown");
        return 0;
    }
    if (space >= 0)
        p->image.space = (uint32_t)space;
    if (alpha >= 0)
        p->image.alpha = (uint32_t)alpha;
    if (icc && icc != Py_None) {
        Py_CLEAR(p->icc);
        p->icc = PyBytes_FromObject(icc);
        if (!p->icc)
            return 0;
    }
    p->image.icc = p->icc ? (const uint8_t *)PyBytes_AsString(p->icc) : NULL;
    p->image.icc_size = p->icc ? (size_t)PyBytes_Size(p->icc) : 0;
    return 1;
}

/* Pixels(source, format, space, alpha, icc, bgr, copy): source is a buffer, a handle or (width,
 * height); copy 1 always, 0 if needed, -1 never. Space and alpha -1 are the source's own. */
static PyObject *pixels_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"source", "format", "space", "alpha", "icc",
                            "bgr",    "copy",   "mask",  NULL};
    PyObject *source, *icc = NULL;
    const char *format = "rgb8";
    int space = -1, alpha = -1, bgr = 0, copy = 0, mask = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O|siiOpip", names, &source, &format, &space,
                                     &alpha, &icc, &bgr, &copy, &mask))
        return NULL;
    allocfunc alloc = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    py_pixels *p = (py_pixels *)alloc(type, 0);
    py_state *state = p ? py_state_of((PyObject *)p) : NULL;
    int ok = state != NULL;
    if (ok && Py_IS_TYPE(source, state->handle))
        ok = from_handle(state, p, source);
    else if (ok && PyTuple_Check(source))
        ok = from_size(state, p, source, format);
    else if (ok) {
        ok = mask ? from_mask(state, p, source) : 2;
        ok = ok == 2 ? from_buffer(state, p, source, bgr, copy) : ok;
    }
    ok = ok && set_tags(state, p, space, alpha, icc);
    if (ok)
        describe(p);
    else
        Py_CLEAR(p);
    return (PyObject *)p;
}

/* ---- as a buffer -------------------------------------------------------------------------- */

static int pixels_get_buffer(PyObject *self, Py_buffer *view, int flags)
{
    py_pixels *p = (py_pixels *)self;
    view->obj = NULL;
    if ((flags & PyBUF_WRITABLE) && p->readonly) {
        PyErr_SetString(PyExc_BufferError, "the pixels are read-only");
        return -1;
    }
    int packed = p->strides[0] == p->shape[1] * p->strides[1];
    int strided = (flags & PyBUF_STRIDES) == PyBUF_STRIDES;
    int fortran = (flags & PyBUF_F_CONTIGUOUS) == PyBUF_F_CONTIGUOUS;
    int want = !strided || (flags & PyBUF_C_CONTIGUOUS) == PyBUF_C_CONTIGUOUS ||
               (flags & PyBUF_ANY_CONTIGUOUS) == PyBUF_ANY_CONTIGUOUS;
    if (fortran || (want && !packed)) {
        PyErr_SetString(PyExc_BufferError, "the picture's rows are apart; want strides");
        return -1;
    }
    int shaped = (flags & PyBUF_ND) == PyBUF_ND;
    *view = (Py_buffer){.buf = p->image.data,
                        .obj = Py_NewRef(self),
                        .len = p->shape[0] * p->shape[1] * p->strides[1],
                        .itemsize = py_item_size(p->code[0]),
                        .readonly = p->readonly,
                        .ndim = p->ndim,
                        .format = (flags & PyBUF_FORMAT) ? p->code : NULL,
                        .shape = shaped ? p->shape : NULL,
                        .strides = strided ? p->strides : NULL};
    return 0;
}

static PyObject *get_number(PyObject *self, void *closure)
{
    const smp_image *m = &((py_pixels *)self)->image;
    switch (*(const char *)closure) {
    case 'w':
        return PyLong_FromUnsignedLong(m->width);
    case 'h':
        return PyLong_FromUnsignedLong(m->height);
    case 's':
        return PyLong_FromSsize_t(m->stride);
    case 'c':
        return PyLong_FromUnsignedLong(m->space);
    case 'a':
        return PyLong_FromUnsignedLong(m->alpha);
    case 'r':
        return PyBool_FromLong(((py_pixels *)self)->readonly);
    default:
        return PyUnicode_FromString(formats[m->format].name);
    }
}

static PyObject *get_shape(PyObject *self, void *closure)
{
    const py_pixels *p = (py_pixels *)self;
    (void)closure;
    return p->ndim == 2 ? Py_BuildValue("(nn)", p->shape[0], p->shape[1])
                        : Py_BuildValue("(nnn)", p->shape[0], p->shape[1], p->shape[2]);
}

static PyObject *get_icc(PyObject *self, void *closure)
{
    PyObject *icc = ((py_pixels *)self)->icc;
    (void)closure;
    return Py_NewRef(icc ? icc : Py_None);
}

/* (first byte, one past the last): to tell whether two pictures share memory */
static PyObject *get_span(PyObject *self, void *closure)
{
    const py_pixels *p = (py_pixels *)self;
    (void)closure;
    Py_ssize_t last = (p->shape[0] - 1) * p->strides[0], row = p->shape[1] * p->strides[1];
    const char *data = p->image.data;
    return Py_BuildValue(
        "NN", PyLong_FromVoidPtr((void *)(uintptr_t)(data + (last < 0 ? last : 0))),
        PyLong_FromVoidPtr((void *)(uintptr_t)(data + (last > 0 ? last : 0) + row)));
}

static PyGetSetDef getset[] = {
    {"width", get_number, NULL, "Pixels in a row.", "w"},
    {"height", get_number, NULL, "Rows.", "h"},
    {"stride", get_number, NULL, "Bytes from a row to the one below.", "s"},
    {"readonly", get_number, NULL, "Whether the pixels may not be written to.", "r"},
    {"format", get_number, NULL, "Channel order and type, as \"rgb8\".", "f"},
    {"shape", get_shape, NULL, "(height, width, channels), or (height, width) for gray.", NULL},
    {"icc", get_icc, NULL, "The profile that goes with the pixels, or None.", NULL},
    {"_span", get_span, NULL, NULL, NULL},
    {"_space", get_number, NULL, NULL, "c"},
    {"_alpha", get_number, NULL, NULL, "a"},
    {NULL, NULL, NULL, NULL, NULL},
};
static PyType_Slot slots[] = {
    {Py_tp_new, pixels_new},
    {Py_tp_dealloc, pixels_dealloc},
    {Py_tp_getset, getset},
    {Py_bf_getbuffer, pixels_get_buffer},
    {Py_tp_doc, "A view of pixels: the base of smp.Image."},
    {0, NULL},
};
static PyType_Spec spec = {
    .name = "smp._smp.Pixels",
    .basicsize = sizeof(py_pixels),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = slots,
};

int py_add_pixels(PyObject *module, py_state *state)
{
    state->pixels = (PyTypeObject *)PyType_FromModuleAndSpec(module, &spec, NULL);
    return state->pixels ? PyModule_AddType(module, state->pixels) : -1;
}

const smp_image *py_image(py_state *state, PyObject *object)
{
    if (!PyObject_TypeCheck(object, state->pixels)) {
        PyErr_SetString(PyExc_TypeError, "want an smp.Image");
        return NULL;
    }
    return &((py_pixels *)object)->image;
}

int py_image_or_none(py_state *state, PyObject *object, const smp_image **image)
{
    *image = object == Py_None ? NULL : py_image(state, object);
    return object == Py_None || *image != NULL;
}

const smp_image *py_image_out(py_state *state, PyObject *object)
{
    const smp_image *image = py_image(state, object);
    if (image && ((py_pixels *)object)->readonly) {
        py_fail(state, SMP_ERR_ARGUMENT, "out is read-only, want pixels that may be written to");
        return NULL;
    }
    return image;
}
