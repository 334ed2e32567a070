/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What the fuzz targets share: numbers out of the input, and contexts over memory that is filled
 * with one byte before use, bounded, and counted. Each target is a plain function, so that the
 * corpus can be replayed by any compiler. */
#ifndef SMP_TEST_FUZZ_H
#define SMP_TEST_FUZZ_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <smp/smp.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FUZZ_NEED(condition)                                                                \
    do {                                                                                    \
        if (!(condition)) {                                                                 \
            fprintf(stderr, "%s:%d: broken promise: %s\n", __FILE__, __LINE__, #condition); \
            abort();                                                                        \
        }                                                                                   \
    } while (0)

/* ---- the input as numbers -------------------------------------------------------------------- */

typedef struct fuzz_input {
    const uint8_t *data;
    size_t size;
} fuzz_input;

/* The next bytes; zeros beyond the end. */
static inline void fuzz_take(fuzz_input *in, void *out, size_t size)
{
    const size_t n = size < in->size ? size : in->size;
    memset(out, 0, size);
    if (n)
        memcpy(out, in->data, n);
    in->data += n;
    in->size -= n;
}

static inline uint32_t fuzz_u8(fuzz_input *in)
{
    uint8_t v;
    fuzz_take(in, &v, 1);
    return v;
}

static inline uint32_t fuzz_u32(fuzz_input *in)
{
    uint32_t v;
    fuzz_take(in, &v, 4);
    return v;
}

/* From low to high, in 65536 steps; now and then a number that is none, or a huge one. */
static inline double fuzz_number(fuzz_input *in, double low, double high)
{
    const uint32_t kind = fuzz_u8(in), step = fuzz_u8(in) << 8 | fuzz_u8(in);
    if (kind == 255)
        return (double)NAN;
    if (kind == 254)
        return step & 1 ? (double)INFINITY : -(double)INFINITY;
    if (kind == 253)
        return step & 1 ? 3e38 : -1e-42;
    return low + (high - low) * step / 65535.0;
}

/* ---- contexts -------------------------------------------------------------------------------- */

typedef struct fuzz_memory {
    uint64_t held, limit;
    int fill; /* the byte that memory is full of before it is used */
} fuzz_memory;

static void *fuzz_alloc(void *user, size_t size, size_t align)
{
    fuzz_memory *m = user;
    if (size > m->limit - m->held)
        return NULL;
    void *p = aligned_alloc(align < 16 ? 16 : align, (size + 63) / 64 * 64);
    if (p) {
        memset(p, m->fill, (size + 63) / 64 * 64);
        m->held += size;
    }
    return p;
}

static void fuzz_free(void *user, void *ptr, size_t size, size_t align)
{
    fuzz_memory *m = user;
    (void)align;
    m->held -= size;
    free(ptr);
}

/* budget 0: the context itself sets none. */
static inline smp_context *fuzz_context(fuzz_memory *memory, int fill, uint64_t limit,
                                        uint64_t budget)
{
    smp_context_desc desc;
    smp_context *ctx = NULL;
    *memory = (fuzz_memory){0, limit, fill};
    smp_context_desc_init(&desc);
    desc.memory_budget = budget;
    desc.allocator = (smp_allocator){memory, fuzz_alloc, fuzz_free};
    if (smp_context_create(&ctx, &desc, NULL) != SMP_OK)
        FUZZ_NEED(!ctx && !memory->held);
    return ctx;
}

/* Nothing may be left in it. */
static inline void fuzz_context_end(smp_context **ctx, const fuzz_memory *memory)
{
    FUZZ_NEED(smp_context_memory(*ctx, NULL) == 0);
    smp_context_destroy(ctx);
    FUZZ_NEED(memory->held == 0);
}

/* A failure has words, success has none. */
static inline int fuzz_said(smp_status status, const smp_diag *diag)
{
    FUZZ_NEED(status >= SMP_OK && status <= SMP_ERR_CANCELLED);
    FUZZ_NEED(status == diag->status);
    FUZZ_NEED((status == SMP_OK) == !diag->text[0]);
    FUZZ_NEED(memchr(diag->text, 0, sizeof diag->text));
    return status == SMP_OK;
}

#endif
