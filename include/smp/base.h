/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Status, diagnostics, context, threads and field tables: what every other header builds on.
 *
 * Rules that hold for every function of the library:
 *
 * - A fallible call returns smp_status. Words go into an smp_diag that the caller owns; NULL is
 *   fine.
 * - A struct that begins with `struct_size` may grow in later releases. Fill it with its _init
 *   macro and then set the fields you want. It is read during the call and never kept. NULL means
 *   all defaults.
 * - `create` makes an object that `destroy` releases. destroy takes the address of the handle,
 *   accepts NULL and a handle that is NULL, and stores NULL. On error a create function stores
 *   NULL.
 * - Names carry units: _mm, _px, _deg, _per_cm2, _days. A bare number is a ratio.
 * - Strings are UTF-8. A bool is an int, 0 or 1. A seed is 32 bits.
 * - Same inputs give the same bytes on every processor, thread count and compiler, whatever
 * rounding, flushing and traps the host has set, which are as before when a call returns. Callbacks
 * and a runner's tasks may find the usual ones instead of the host's.
 * - Objects may be read by many threads at once; none may be destroyed while it is in use. */
#ifndef SMP_BASE_H
#define SMP_BASE_H

#include <stddef.h>
#include <stdint.h>

#include <smp/export.h>
#include <smp/version.h>

SMP_BEGIN

/* ---- status ------------------------------------------------------------------------------- */

typedef enum smp_status {
    SMP_OK = 0,
    SMP_ERR_ARGUMENT = 1,    /* a pointer, size, enum or shape is unusable               */
    SMP_ERR_RANGE = 2,       /* a parameter lies outside its documented range            */
    SMP_ERR_MEMORY = 3,      /* the allocator returned NULL                              */
    SMP_ERR_UNSUPPORTED = 4, /* a newer struct field, or a kind of file that is not read */
    SMP_ERR_RUNNER = 5,      /* the caller's runner, or starting a thread, failed        */
    SMP_ERR_FORMAT = 6,      /* bytes are damaged, or are not what they should be        */
    SMP_ERR_LIMIT = 7,       /* a budget or a size limit would be exceeded               */
    SMP_ERR_CANCELLED = 8    /* the progress callback asked to stop                      */
} smp_status;

/* What went wrong, in words. Cleared at the start of each public call that takes it; keeps the
 * first error. */
typedef struct smp_diag {
    smp_status status;
    char text[192]; /* names the field, its value and what was wanted; always terminated */
} smp_diag;

/* The name of a status, "SMP_ERR_RANGE"; "unknown status" for a value that is none. Static, never
 * freed. */
SMP_API const char *smp_status_name(smp_status status);

/* The version of the library that is running, "0.1.0". Static, never freed. */
SMP_API const char *smp_version(void);

/* ---- resources that the caller may hand in ------------------------------------------------- */

/* Memory. alloc returns `size` bytes aligned to `align` (a power of two, at most 64), or NULL. free
 * gets the same size and alignment back. Either both functions are set or neither. Called from the
 * thread that calls the library and from the threads of the runner. */
typedef struct smp_allocator {
    void *user;
    void *(*alloc)(void *user, size_t size, size_t align);
    void (*free)(void *user, void *ptr, size_t size, size_t align);
} smp_allocator;

/* One task of many; a status other than SMP_OK makes the whole job fail with it. */
typedef smp_status smp_task_fn(void *task, uint32_t index);

/* Threads. run calls fn(task, index) once for each index in [0, count), in any order, on any
 * threads, and returns when all are done: SMP_OK, or the status of a task that failed, or
 * SMP_ERR_RUNNER. */
typedef struct smp_runner {
    void *user;
    smp_status (*run)(void *user, smp_task_fn *fn, void *task, uint32_t count);
} smp_runner;

/* Progress and cancel. report is called on the calling thread with the share done, 0 to 1 and never
 * falling, and a static word for the stage ("dots"). Returning non-zero cancels: the call then
 * returns SMP_ERR_CANCELLED. */
typedef struct smp_progress {
    void *user;
    int (*report)(void *user, double done, const char *stage);
} smp_progress;

/* ---- context ------------------------------------------------------------------------------ */

/* Which vector kernels may be used at most. Every choice gives the same bytes. */
typedef enum smp_isa {
    SMP_ISA_BEST = 0,   /* the widest that this machine runs and this build holds */
    SMP_ISA_SCALAR = 1, /* plain C */
    SMP_ISA_V128 = 2,   /* SSE4.1, NEON */
    SMP_ISA_V256 = 3,   /* AVX2 */
    SMP_ISA_V512 = 4    /* AVX-512 F, BW, DQ, VL */
} smp_isa;

typedef struct smp_context_desc {
    uint32_t struct_size;    /* set by smp_context_desc_init() */
    uint32_t isa;            /* an smp_isa: the widest kernels allowed, default SMP_ISA_BEST */
    uint64_t memory_budget;  /* bytes that may be held at once through this context, default 0: no
                                limit */
    smp_allocator allocator; /* default: the C library's */
    smp_runner runner;       /* default: everything runs on the calling thread */
} smp_context_desc;

/* Memory, threads and kernels for the calls that take it. Immutable after creation: share it
 * freely. */
typedef struct smp_context smp_context;

SMP_API void smp_context_desc_init_sized(smp_context_desc *desc, size_t size);
#define smp_context_desc_init(desc) smp_context_desc_init_sized((desc), sizeof *(desc))

/* Creates a context.
 *
 * desc    NULL for all defaults; the allocator and runner are copied, what they point to must
 *         outlive the context
 * errors  SMP_ERR_ARGUMENT only one of alloc and free is set, or ctx is NULL
 *         SMP_ERR_RANGE    isa is not one of smp_isa
 *         SMP_ERR_MEMORY   the allocator returned NULL */
SMP_NODISCARD SMP_API smp_status smp_context_create(smp_context **ctx, const smp_context_desc *desc,
                                                    smp_diag *diag);
/* Objects made with the context must be destroyed before it. */
SMP_API void smp_context_destroy(smp_context **ctx);

/* The kernels in use: SMP_ISA_SCALAR to SMP_ISA_V512. */
SMP_API smp_isa smp_context_isa(const smp_context *ctx);
/* Bytes held through this context now, and the most that were ever held at once. */
SMP_API uint64_t smp_context_memory(const smp_context *ctx, uint64_t *peak);

/* A persistent pool of threads for callers who have none. The calling thread works too, so
 * `threads` is the total: 1 starts none, 0 means one per processor. In a forked child its jobs run
 * on the calling thread. Jobs that are sent while another is running, or from inside a task, run on
 * the calling thread. */
typedef struct smp_pool smp_pool;

/* errors  SMP_ERR_RANGE   threads is over 256
 *         SMP_ERR_MEMORY, SMP_ERR_RUNNER (a thread could not be started) */
SMP_NODISCARD SMP_API smp_status smp_pool_create(smp_pool **pool, uint32_t threads, smp_diag *diag);
SMP_API void smp_pool_destroy(smp_pool **pool);
/* The pool as a runner, to be put in smp_context_desc. Valid until the pool is destroyed. */
SMP_API smp_runner smp_pool_runner(smp_pool *pool);

/* ---- field tables ------------------------------------------------------------------------- */

typedef enum smp_field_type {
    SMP_FIELD_U32 = 1,
    SMP_FIELD_I32 = 2,
    SMP_FIELD_F32 = 3,
    SMP_FIELD_F64 = 4,
    SMP_FIELD_U64 = 5,
    SMP_FIELD_ENUM = 6,  /* a uint32_t with one of `names` for each value from 0 (or an empty name:
                            not allowed) */
    SMP_FIELD_BOOL = 7,  /* a uint32_t, 0 or 1 */
    SMP_FIELD_SIZE = 8,  /* struct_size */
    SMP_FIELD_HANDLE = 9 /* pointers that no table can describe: allocator, runner */
} smp_field_type;

/* One field of a growing struct: what range checks, bindings, help texts and user interfaces need.
 */
typedef struct smp_field {
    const char *name;         /* as in the struct */
    const char *unit;         /* "mm", "1/cm2", "days", "" for a ratio or a count */
    const char *help;         /* one sentence */
    const char *const *names; /* of an enum's values, ended by NULL; NULL for other types */
    uint32_t offset;          /* bytes from the start of the struct */
    uint32_t type;            /* an smp_field_type */
    uint32_t count;           /* 1, or the length of an array */
    uint32_t size;            /* bytes, all elements together */
    double min, max;          /* the range, both ends allowed */
    double initial;           /* what _init sets */
} smp_field;

SMP_API const smp_field *smp_context_desc_fields(uint32_t *count);

/* ---- grids -------------------------------------------------------------------------------- */

/* A view of a plane of floats, row by row from the top: maps that come out, depths and densities
 * that go in. */
typedef struct smp_grid {
    float *data;
    uint32_t width, height;
    size_t stride; /* floats from one row to the next, at least width */
} smp_grid;

/* ---- bytes -------------------------------------------------------------------------------- */

/* Bytes that the library allocated: an encoded picture, a JSON text (which is also
 * zero-terminated). */
typedef struct smp_bytes smp_bytes;

SMP_API void smp_bytes_destroy(smp_bytes **bytes);
/* Valid until destroyed. NULL and size 0 for NULL. */
SMP_API const uint8_t *smp_bytes_data(const smp_bytes *bytes, size_t *size);

SMP_END

#endif
