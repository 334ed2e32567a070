/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The context: kernels, memory within a budget, and bytes handed to the caller. */
#include "base/context.h"

#include <stdlib.h>
#include <string.h>
#if defined(_WIN32)
#include <malloc.h>
#endif

#include "base/context_inside.h"
#include "base/diag.h"
#include "base/fields.h"

#define ALIGN 64 /* bytes: a cache line, and the widest vector */

static const char *const isa_names[] = {"best", "scalar", "v128", "v256", "v512", NULL};

static const smp_field context_fields[] = {
    SMPI_FIELD_HEAD(smp_context_desc),
    SMPI_FIELD_ENUM(smp_context_desc, isa, isa_names, SMP_ISA_V512, SMP_ISA_BEST,
                    "Widest vector kernels allowed; every choice gives the same bytes."),
    SMPI_FIELD(smp_context_desc, memory_budget, "bytes", 0.0, 18446744073709551615.0, 0.0,
               "Bytes that may be held at once through the context; 0 for no limit."),
    SMPI_FIELD(smp_context_desc, allocator, "", 0.0, 0.0, 0.0,
               "Where memory comes from; the C library's by default."),
    SMPI_FIELD(smp_context_desc, runner, "", 0.0, 0.0, 0.0,
               "Where tasks run; the calling thread by default."),
};
SMPI_DEFINE_FIELDS(smp_context_desc, context_fields)

/* ---- the C library's memory -------------------------------------------------------------------
 */

static void *default_alloc(void *user, size_t size, size_t align)
{
    (void)user;
    if (size > (size_t)PTRDIFF_MAX - align)
        return NULL; /* no object is larger, and some allocators abort */
    const size_t whole = (size + align - 1) / align * align; /* as C11 wants it */
#if defined(_WIN32)
    return _aligned_malloc(whole, align);
#else
    return aligned_alloc(align, whole);
#endif
}

static void default_free(void *user, void *ptr, size_t size, size_t align)
{
    (void)user;
    (void)size;
    (void)align;
#if defined(_WIN32)
    _aligned_free(ptr);
#else
    free(ptr);
#endif
}

/* ---- create -----------------------------------------------------------------------------------
 */

smp_status smp_context_create(smp_context **ctx, const smp_context_desc *desc, smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(ctx, diag);
    *ctx = NULL;

    smp_context_desc d;
    SMPI_TRY(smpi_desc_read(&d, sizeof d, desc, context_fields, SMPI_COUNT(context_fields), diag));
    if (!d.allocator.alloc != !d.allocator.free)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "allocator.%s is NULL but allocator.%s is set",
                         d.allocator.alloc ? "free" : "alloc",
                         d.allocator.alloc ? "alloc" : "free");
    if (!d.allocator.alloc)
        d.allocator = (smp_allocator){NULL, default_alloc, default_free};

    smp_context *c = d.allocator.alloc(d.allocator.user, sizeof *c, ALIGN);
    if (!c)
        return smpi_fail(diag, SMP_ERR_MEMORY, "context: %zu bytes", sizeof *c);
    memset(c, 0, sizeof *c);
    c->kernels = smpk_best((int)d.isa);
    c->allocator = d.allocator;
    c->runner = d.runner;
    c->budget = d.memory_budget ? d.memory_budget : UINT64_MAX;
    c->account = &c->own;
    smpi_atomic_set(&c->own.held, 0);
    smpi_atomic_set(&c->own.peak, 0);
    *ctx = c;
    return SMP_OK;
}

void smp_context_destroy(smp_context **ctx)
{
    if (!ctx || !*ctx)
        return;
    const smp_allocator a = (*ctx)->allocator;
    a.free(a.user, *ctx, sizeof **ctx, ALIGN);
    *ctx = NULL;
}

smp_isa smp_context_isa(const smp_context *ctx)
{
    return ctx ? (smp_isa)ctx->kernels->isa : SMP_ISA_SCALAR;
}

uint64_t smp_context_memory(const smp_context *ctx, uint64_t *peak)
{
    if (peak)
        *peak = ctx ? smpi_atomic_get(&ctx->account->peak) : 0;
    return ctx ? smpi_atomic_get(&ctx->account->held) : 0;
}

uint64_t smpi_memory_left(const smp_context *ctx)
{
    uint64_t held = smpi_atomic_get(&ctx->account->held);
    return held < ctx->budget ? ctx->budget - held : 0;
}

const smpk_table *smpi_kernels(const smp_context *ctx)
{
    return ctx->kernels;
}

/* ---- memory -----------------------------------------------------------------------------------
 */

int smpi_mul(size_t a, size_t b, size_t *out)
{
    *out = a * b;
    return a != 0 && b > SIZE_MAX / a;
}

int smpi_add(size_t a, size_t b, size_t *out)
{
    *out = a + b;
    return b > SIZE_MAX - a;
}

/* Books `size` bytes, or says no. */
static int account_take(const smp_context *ctx, uint64_t size)
{
    smpi_account *account = ctx->account;
    uint64_t held = smpi_atomic_get(&account->held), now;
    do {
        if (size > ctx->budget || held > ctx->budget - size)
            return 0;
        now = held + size;
    } while (!smpi_atomic_swap(&account->held, &held, now));
    uint64_t peak = smpi_atomic_get(&account->peak);
    while (now > peak && !smpi_atomic_swap(&account->peak, &peak, now))
        continue;
    return 1;
}

static void account_give(const smp_context *ctx, uint64_t size)
{
    smpi_atomic_add(&ctx->account->held, 0 - size);
}

/* SMP_ERR_LIMIT for the budget, SMP_ERR_MEMORY for the allocator; no words. */
static smp_status take(const smp_context *ctx, size_t size, void **out)
{
    *out = NULL;
    if (!account_take(ctx, size))
        return SMP_ERR_LIMIT;
    *out = ctx->allocator.alloc(ctx->allocator.user, size, ALIGN);
    if (*out)
        return SMP_OK;
    account_give(ctx, size);
    return SMP_ERR_MEMORY;
}

void *smpi_alloc(const smp_context *ctx, size_t size)
{
    void *ptr = NULL;
    if (size)
        (void)take(ctx, size, &ptr);
    return ptr;
}

void *smpi_alloc_zero(const smp_context *ctx, size_t size)
{
    void *ptr = smpi_alloc(ctx, size);
    if (ptr)
        memset(ptr, 0, size);
    return ptr;
}

void smpi_free(const smp_context *ctx, void *ptr, size_t size)
{
    if (!ptr)
        return;
    ctx->allocator.free(ctx->allocator.user, ptr, size, ALIGN);
    account_give(ctx, size);
}

smp_status smpi_new(const smp_context *ctx, void *out, size_t count, size_t item, const char *what,
                    smp_diag *diag)
{
    void *ptr = NULL;
    size_t size;
    smp_status status = SMP_OK;
    memcpy(out, &ptr, sizeof ptr);
    if (smpi_mul(count, item, &size))
        return smpi_fail(diag, SMP_ERR_LIMIT, "%s: %zu x %zu bytes are too many", what, count,
                         item);
    if (size)
        status = take(ctx, size, &ptr);
    memcpy(out, &ptr, sizeof ptr);
    if (status == SMP_ERR_LIMIT)
        return smpi_fail(diag, status, "%s: %zu bytes would exceed the memory budget of %llu bytes",
                         what, size, (unsigned long long)ctx->budget);
    if (status != SMP_OK)
        return smpi_fail(diag, status, "%s: %zu bytes", what, size);
    return SMP_OK;
}

/* ---- bytes ------------------------------------------------------------------------------------
 */

struct smp_bytes {
    const smp_context *ctx;
    size_t size;  /* of the data, without its terminating zero */
    size_t whole; /* of the allocation, this struct included */
};

/* The data follows the struct at the next aligned place. */
static uint8_t *bytes_data(const smp_bytes *bytes)
{
    return (uint8_t *)(uintptr_t)bytes + ALIGN;
}

_Static_assert(sizeof(smp_bytes) <= ALIGN, "the head of smp_bytes fits before its data");

smp_status smpi_bytes_create(const smp_context *ctx, size_t size, smp_bytes **bytes, smp_diag *diag)
{
    size_t whole;
    *bytes = NULL;
    if (smpi_add(size, ALIGN + 1, &whole))
        return smpi_fail(diag, SMP_ERR_LIMIT, "output: %zu bytes are too many", size);
    smp_bytes *b;
    SMPI_TRY(smpi_new(ctx, &b, whole, 1, "output", diag));
    *b = (smp_bytes){ctx, size, whole};
    bytes_data(b)[size] = 0;
    *bytes = b;
    return SMP_OK;
}

uint8_t *smpi_bytes_writable(smp_bytes *bytes)
{
    return bytes_data(bytes);
}

smp_status smpi_bytes_resize(smp_bytes **bytes, size_t size, smp_diag *diag)
{
    smp_bytes *old = *bytes, *b;
    SMPI_TRY(smpi_bytes_create(old->ctx, size, &b, diag));
    memcpy(bytes_data(b), bytes_data(old), size < old->size ? size : old->size);
    smp_bytes_destroy(bytes);
    *bytes = b;
    return SMP_OK;
}

void smp_bytes_destroy(smp_bytes **bytes)
{
    if (!bytes || !*bytes)
        return;
    smpi_free((*bytes)->ctx, *bytes, (*bytes)->whole);
    *bytes = NULL;
}

const uint8_t *smp_bytes_data(const smp_bytes *bytes, size_t *size)
{
    if (size)
        *size = bytes ? bytes->size : 0;
    return bytes ? bytes_data(bytes) : NULL;
}
