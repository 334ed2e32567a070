/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * smp/image.h in Python: files in memory. smp_image itself is Pixels, in pixels.c. */
#include "smp_py.h"

#include <string.h>

static PyObject *info_dict(const smp_file_info *i)
{
    return Py_BuildValue("{s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:N,s:K}", "kind", i->kind, "width",
                         i->width, "height", i->height, "format", i->format, "space", i->space,
                         "space_origin", i->space_origin, "orientation", i->orientation,
                         "progressive", PyBool_FromLong(i->progressive != 0), "decode_bytes",
                         (unsigned long long)i->decode_bytes);
}

static PyObject *f_format_pixel_size(PyObject *module, PyObject *args)
{
    int format;
    (void)module;
    if (!PyArg_ParseTuple(args, "i", &format))
        return NULL;
    return PyLong_FromUnsignedLong(smp_format_pixel_size((smp_format)format));
}

static PyObject *f_format_channels(PyObject *module, PyObject *args)
{
    int format;
    (void)module;
    if (!PyArg_ParseTuple(args, "i", &format))
        return NULL;
    return PyLong_FromUnsignedLong(smp_format_channels((smp_format)format));
}

static PyObject *f_image_copy(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_from, *py_to;
    const smp_image *from, *to;
    smp_status status;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OO", &py_from, &py_to) || !(from = py_image(state, py_from)) ||
        !(to = py_image_out(state, py_to)))
        return NULL;
    Py_BEGIN_ALLOW_THREADS;
    status = smp_image_copy(from, to, &diag);
    Py_END_ALLOW_THREADS;
    return status == SMP_OK ? Py_NewRef(Py_None) : py_raise(state, status, &diag);
}

static PyObject *f_read_info(PyObject *module, PyObject *args)
{
    Py_buffer bytes;
    smp_file_info info;
    smp_status status;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "y*", &bytes))
        return NULL;
    Py_BEGIN_ALLOW_THREADS;
    status = smp_read_info(bytes.buf, (size_t)bytes.len, &info, &diag);
    Py_END_ALLOW_THREADS;
    PyBuffer_Release(&bytes);
    return status == SMP_OK ? info_dict(&info)
                            : py_raise(py_state_of_module(module), status, &diag);
}

/* (context, bytes, desc) -> picture */
static PyObject *f_decode(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_ctx, *py_options;
    smp_context *ctx = NULL;
    void *desc;
    Py_buffer bytes;
    smp_picture *picture = NULL;
    smp_status status;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "Oy*O", &py_ctx, &bytes, &py_options))
        return NULL;
    if (!(ctx = py_handle(state, py_ctx, PY_HANDLE_context)) ||
        !py_desc_or_none(state, py_options, PY_DESC_smp_decode_desc, &desc)) {
        PyBuffer_Release(&bytes);
        return NULL;
    }
    Py_BEGIN_ALLOW_THREADS;
    status = smp_decode(ctx, bytes.buf, (size_t)bytes.len, desc, &picture, &diag);
    Py_END_ALLOW_THREADS;
    PyBuffer_Release(&bytes);
    return status == SMP_OK ? py_handle_new(state, PY_HANDLE_picture, picture, py_ctx)
                            : py_raise(state, status, &diag);
}

static PyObject *f_picture_info(PyObject *module, PyObject *py_picture)
{
    smp_picture *picture = py_handle(py_state_of_module(module), py_picture, PY_HANDLE_picture);
    return picture ? info_dict(smp_picture_info(picture)) : NULL;
}

static PyObject *f_picture_exif(PyObject *module, PyObject *py_picture)
{
    smp_picture *picture = py_handle(py_state_of_module(module), py_picture, PY_HANDLE_picture);
    size_t size;
    const uint8_t *exif = picture ? smp_picture_exif(picture, &size) : NULL;
    if (!picture)
        return NULL;
    return exif ? PyBytes_FromStringAndSize((const char *)exif, (Py_ssize_t)size)
                : Py_NewRef(Py_None);
}

/* (context, image, desc, exif or None, comment or None) -> bytes */
static PyObject *f_encode(PyObject *module, PyObject *args)
{
    py_state *state = py_state_of_module(module);
    PyObject *py_ctx, *py_pixels, *py_options, *result = NULL;
    smp_context *ctx;
    const smp_image *image;
    void *desc;
    Py_buffer exif;
    const char *comment;
    smp_bytes *file = NULL;
    smp_diag diag;
    if (!PyArg_ParseTuple(args, "OOOz*z", &py_ctx, &py_pixels, &py_options, &exif, &comment))
        return NULL;
    if ((ctx = py_handle(state, py_ctx, PY_HANDLE_context)) &&
        (image = py_image(state, py_pixels)) &&
        py_desc_or_none(state, py_options, PY_DESC_smp_encode_desc, &desc)) {
        smp_metadata metadata = {
            .exif = exif.buf, .exif_size = (size_t)exif.len, .comment = comment};
        smp_status status;
        Py_BEGIN_ALLOW_THREADS;
        status = smp_encode(ctx, image, desc, &metadata, &file, &diag);
        Py_END_ALLOW_THREADS;
        size_t size;
        const uint8_t *data = smp_bytes_data(file, &size);
        result = status == SMP_OK ? PyBytes_FromStringAndSize((const char *)data, (Py_ssize_t)size)
                                  : py_raise(state, status, &diag);
        smp_bytes_destroy(&file);
    }
    PyBuffer_Release(&exif);
    return result;
}

PyMethodDef py_image_methods[] = {
    {"format_pixel_size", f_format_pixel_size, METH_VARARGS, NULL},
    {"format_channels", f_format_channels, METH_VARARGS, NULL},
    {"image_copy", f_image_copy, METH_VARARGS, NULL},
    {"read_info", f_read_info, METH_VARARGS, NULL},
    {"decode", f_decode, METH_VARARGS, NULL},
    {"picture_info", f_picture_info, METH_O, NULL},
    {"picture_exif", f_picture_exif, METH_O, NULL},
    {"encode", f_encode, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
