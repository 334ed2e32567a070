/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What the files of the Node addon share: handles, parameter objects, pictures, jobs and errors. */
#ifndef SMP_NODE_ADDON_H
#define SMP_NODE_ADDON_H

#define NAPI_VERSION 8
#include <node_api.h>
#include <smp/smp.h>
#include <stdatomic.h>

/* ---- handles: native objects that JavaScript holds ----------------------------------------- */

typedef enum held_kind {
    HELD_CONTEXT,
    HELD_SCALP,
    HELD_PLAN,
    HELD_PLACES,
    HELD_DOTS,
    HELD_PREVIEW,
    HELD_PHANTOM,
    HELD_TOKEN,
    HELD_OWNER, /* of memory that went to JavaScript */
    HELD_COUNT
} held_kind;

/* A native object with a count of those who need it: JavaScript, jobs in flight, other objects. */
typedef struct held held;
#define EDITING 2u
struct held {
    atomic_uint refs;
    atomic_uint flag; /* of a token: cancelled; of a preview: a render is running, or EDITING */
    held_kind kind;
    void *object;    /* the smp_ object */
    held *uses[3];   /* what must outlive it: always its context first */
    smp_image image; /* of a scalp: the pixels that it borrows, malloc'ed here */
    smp_pool *pool;  /* of a context */
    int64_t told;    /* of a context: bytes that V8 was told of */
};

held *held_new(held_kind kind, held *first, held *second, held *third);
held *held_keep(held *h);
void held_drop(held *h);
/* Wraps and gives the caller's count to JavaScript; returns NULL with an exception pending. */
napi_value held_wrap(napi_env env, held *h);
/* NULL with an exception pending when the value is no such handle. Not counted. */
held *held_get(napi_env env, napi_value value, held_kind kind);
/* The same, NULL and no exception for undefined and null. */
int held_optional(napi_env env, napi_value value, held_kind kind, held **h);
const smp_context *held_context(const held *h); /* of any handle */
/* Tells V8 how much native memory the context of h holds now. */
void held_account(napi_env env, held *h);

/* ---- errors ------------------------------------------------------------------------------- */

/* An Error with `code`, for a status; words from diag. */
napi_value error_make(napi_env env, smp_status status, const smp_diag *diag);
void error_throw(napi_env env, smp_status status, const smp_diag *diag);
/* Throws a TypeError with code SMP_ERR_ARGUMENT; always returns 0. */
int bad(napi_env env, const char *format, ...);
/* Throws what Node-API reports when ok is not napi_ok; 1 when it is. */
int fine(napi_env env, napi_status ok);

/* ---- values ------------------------------------------------------------------------------- */

int is_missing(napi_env env, napi_value value); /* undefined or null */
int get_number(napi_env env, napi_value value, const char *name, double *number);
int get_u32(napi_env env, napi_value value, const char *name, uint32_t *number);
/* An array or typed array of exactly count numbers, or of any length when count is 0: the caller
 * frees *numbers. */
int get_numbers(napi_env env, napi_value value, const char *name, size_t count, double *numbers);
int get_list(napi_env env, napi_value value, const char *name, double **numbers, uint32_t *count);
/* UTF-8, malloc'ed, zero-terminated. */
char *get_text(napi_env env, napi_value value, const char *name, size_t *size);
/* A Uint8Array, Buffer, ArrayBuffer or DataView; not shared memory. */
int get_bytes(napi_env env, napi_value value, const char *name, void **data, size_t *size);
napi_value property(napi_env env, napi_value object, const char *name);
void put(napi_env env, napi_value object, const char *name, napi_value value);
napi_value number_of(napi_env env, double x);
napi_value text_of(napi_env env, const char *text);
napi_value numbers_of(napi_env env, const double *x, uint32_t count);
napi_value floats_of(napi_env env, const float *x, size_t count); /* Float32Array, copied */

/* ---- parameter objects, through the field tables ------------------------------------------- */

typedef struct desc_type {
    const char *name; /* in TypeScript: "Head" */
    size_t size;
    void (*init)(void *desc, size_t size);
    const smp_field *(*fields)(uint32_t *count);
} desc_type;

extern const desc_type desc_types[];
extern const uint32_t desc_type_count;
const desc_type *desc_find(const char *name);
/* Fills a struct from an object (undefined: defaults). 0 with an exception pending. */
int desc_read(napi_env env, const char *type, napi_value object, void *desc);
/* The same over a struct that is filled already: members that are missing stay. */
int desc_update(napi_env env, const char *type, napi_value object, void *desc);
napi_value desc_write(napi_env env, const char *type, const void *desc);
/* All tables, for whoever generates types. */
napi_value desc_describe(napi_env env);

/* ---- pictures ----------------------------------------------------------------------------- */

/* A picture object as a view on its own memory, checked against its length. */
int image_view(napi_env env, napi_value object, const char *name, smp_image *image);
/* The same as a malloc'ed copy, tightly packed; image->data is NULL when the object is missing. */
int image_copy(napi_env env, napi_value object, const char *name, smp_image *image);
/* Sets format and alpha kind from their names; missing ones stay. */
int image_kind(napi_env env, napi_value format, napi_value alpha, smp_image *image);
void image_free(smp_image *image);
size_t image_bytes(const smp_image *image); /* tightly packed */
/* A picture object; its memory goes to JavaScript with whoever frees it. */
typedef void release_fn(void *owner);
napi_value image_make(napi_env env, const smp_image *image, void *owner, release_fn *release);
/* A Uint8Array on native memory, or a copy where the engine allows no such thing. */
napi_value bytes_make(napi_env env, void *data, size_t size, void *owner, release_fn *release);
int format_size_of(const smp_image *image);
const char *format_name(uint32_t format);
/* { data, width, height } as a grid on *memory, which the caller frees. */
int get_grid(napi_env env, napi_value object, const char *name, smp_grid *grid, float **memory);
int get_space(napi_env env, napi_value value, const char *name, smp_space *space);

/* ---- jobs: what may run on another thread --------------------------------------------------- */

typedef struct job job;
typedef struct job_kind {
    const char *name;
    size_t size; /* of params */
    uint32_t args;
    /* On the JavaScript thread; 0 with an exception pending. copy: inputs must be copied. */
    int (*prepare)(napi_env env, job *j, napi_value *args, int copy);
    /* On any thread, no JavaScript. */
    smp_status (*execute)(job *j);
    /* On the JavaScript thread after success. NULL with an exception pending. */
    napi_value (*finish)(napi_env env, job *j);
    void (*clean)(job *j);
} job_kind;

struct job {
    const job_kind *kind;
    void *params;
    held *context;
    held *token; /* or NULL */
    held *uses[4];
    smp_progress progress;
    smp_diag diag;
    smp_status status;
    napi_env env; /* of a synchronous job: progress calls straight into JavaScript */
    napi_value report;
    napi_async_work work;
    napi_deferred deferred;
    napi_threadsafe_function told;
    double last;
};

/* A plan of its own, so that JavaScript may go on editing; NULL with an exception pending. */
held *plan_copy(napi_env env, job *j, const held *plan);
extern const job_kind job_edit, job_decode, job_encode, job_scalp, job_dots, job_preview,
    job_render, job_layer, job_phantom;
extern const job_kind *const job_kinds[];
extern const uint32_t job_kind_count;

napi_value job_start(napi_env env, napi_callback_info info); /* a promise */
napi_value job_now(napi_env env, napi_callback_info info);

/* ---- functions ---------------------------------------------------------------------------- */

typedef struct native_function {
    const char *name;
    napi_callback call;
} native_function;

extern const native_function pure_functions[], plan_functions[], plan_more_functions[],
    object_functions[], view_functions[], science_functions[], shade_functions[];

/* A new plan as a handle, or what went wrong as an exception. */
napi_value give_plan(napi_env env, held *context, smp_status status, smp_plan *plan,
                     const smp_diag *diag);

#define ARGS_MAX 10
/* The arguments of a call, filled up with undefined. */
int get_args(napi_env env, napi_callback_info info, napi_value args[ARGS_MAX]);

#endif
