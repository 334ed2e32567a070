/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Memory and threads inside the library, all through the context. */
#ifndef SMPI_BASE_CONTEXT_H
#define SMPI_BASE_CONTEXT_H

#include <smp/base.h>

#include "kernels/kernels.h"

/* The kernel table that this context uses. */
const smpk_table *smpi_kernels(const smp_context *ctx);

/* size bytes aligned to 64, or NULL (the allocator's, or the budget's). size 0 gives NULL. */
void *smpi_alloc(const smp_context *ctx, size_t size);
void *smpi_alloc_zero(const smp_context *ctx, size_t size);
/* Frees what smpi_alloc gave; the same size must be passed. NULL is fine. */
void smpi_free(const smp_context *ctx, void *ptr, size_t size);

/* As smpi_alloc for count things of item bytes, checked; fails with words: "scratch: 123 bytes".
 * SMP_ERR_LIMIT when the memory budget forbids it, SMP_ERR_MEMORY otherwise. *out is NULL on
 * failure and when count is 0. */
smp_status smpi_new(const smp_context *ctx, void *out, size_t count, size_t item, const char *what,
                    smp_diag *diag);

/* Bytes that the memory budget still allows. */
uint64_t smpi_memory_left(const smp_context *ctx);

/* a * b into *out; 1 on overflow. a + b likewise. */
int smpi_mul(size_t a, size_t b, size_t *out);
int smpi_add(size_t a, size_t b, size_t *out);

/* Runs fn(task, i) for i in [0, count) on the context's runner. */
smp_status smpi_run(const smp_context *ctx, smp_task_fn *fn, void *task, uint32_t count);

/* A status on its way out, with words for it where nobody has said any: smpi_run() has none. */
smp_status smpi_run_end(smp_diag *diag, smp_status status, const char *stage);

/* Runs in batches with progress between them: done goes from `from` to `to`. Fails with words. */
smp_status smpi_run_progress(const smp_context *ctx, smp_task_fn *fn, void *task, uint32_t count,
                             const smp_progress *progress, double from, double to,
                             const char *stage, smp_diag *diag);

/* Tells the caller how far things are; SMP_ERR_CANCELLED when it asks to stop. progress may be
 * NULL. */
smp_status smpi_report(const smp_progress *progress, double done, const char *stage,
                       smp_diag *diag);

/* An smp_bytes of `size` bytes plus a terminating zero; smpi_bytes_writable gives where to write.
 */
smp_status smpi_bytes_create(const smp_context *ctx, size_t size, smp_bytes **bytes,
                             smp_diag *diag);
uint8_t *smpi_bytes_writable(smp_bytes *bytes);
/* Another size, in new memory; what fits of the old bytes is kept. On failure *bytes stays as it
 * was. */
smp_status smpi_bytes_resize(smp_bytes **bytes, size_t size, smp_diag *diag);

#endif
