/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What tests share: an allocator that counts, checks and fails on demand, buffers between guards, a
 * hash, odd runners, an out-of-memory loop, the folder of shared inputs. Public API only, so that
 * programs linked with the installed library may include it too. */
#ifndef SMP_TEST_SUPPORT_H
#define SMP_TEST_SUPPORT_H

#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <smp/base.h>

/* Ends the test program with words: for what no test may go on after. Check reports it. */
#define TEST_DIE(...)                                   \
    do {                                                \
        fprintf(stderr, "%s:%d: ", __FILE__, __LINE__); \
        fprintf(stderr, __VA_ARGS__);                   \
        fputc('\n', stderr);                            \
        fflush(stderr);                                 \
        abort();                                        \
    } while (0)

#define TEST_ASSERT(condition)                    \
    do {                                          \
        if (!(condition))                         \
            TEST_DIE("not true: %s", #condition); \
    } while (0)

/* ---- an allocator that watches --------------------------------------------------------------- */

#define TEST_GUARD 64 /* bytes before and after each block */

typedef struct test_memory {
    _Atomic uint64_t live;  /* blocks held */
    _Atomic uint64_t bytes; /* bytes held */
    _Atomic uint64_t calls; /* of alloc, failed ones too */
    _Atomic uint64_t peak;  /* most bytes ever held (exact on one thread) */
    uint64_t fail_at;       /* this call, counted from 1, returns NULL; 0: none */
    int fail_on;            /* and all that follow it too */
    uint64_t refused;       /* set when a call was failed */
} test_memory;

typedef struct test_block {
    uint64_t magic, size, align;
    void *whole;
} test_block;

#define TEST_MAGIC UINT64_C(0x736d702d74657374)

/* Memory comes filled with 0xa5, so that what is used before it is written shows. */
static inline void *test_alloc(void *user, size_t size, size_t align)
{
    test_memory *m = user;
    const uint64_t call = atomic_fetch_add(&m->calls, 1) + 1;
    TEST_ASSERT(align && align <= 64 && !(align & (align - 1)));
    if (m->fail_at && (call == m->fail_at || (m->fail_on && call > m->fail_at))) {
        m->refused = 1;
        return NULL;
    }
    if (size > SIZE_MAX - 4 * TEST_GUARD)
        return NULL;
    uint8_t *whole = malloc(size + 3 * TEST_GUARD);
    if (!whole)
        return NULL;
    const size_t skip = TEST_GUARD - (uintptr_t)whole % TEST_GUARD;
    uint8_t *head = whole + skip, *data = head + TEST_GUARD;
    const test_block block = {TEST_MAGIC, size, align, whole};
    memcpy(head, &block, sizeof block);
    memset(data, 0xa5, size);
    memset(data + size, 0x5c, 2 * TEST_GUARD - skip); /* up to the end of the whole */
    atomic_fetch_add(&m->live, 1);
    const uint64_t now = atomic_fetch_add(&m->bytes, size) + size;
    if (now > atomic_load(&m->peak))
        atomic_store(&m->peak, now);
    return data;
}

static inline void test_free(void *user, void *ptr, size_t size, size_t align)
{
    test_memory *m = user;
    test_block block;
    TEST_ASSERT(ptr);
    memcpy(&block, (uint8_t *)ptr - TEST_GUARD, sizeof block);
    if (block.magic != TEST_MAGIC)
        TEST_DIE("free of %p, which was not given out", ptr);
    if (block.size != size || block.align != align)
        TEST_DIE("free says %zu/%zu, alloc said %zu/%zu", size, align, (size_t)block.size,
                 (size_t)block.align);
    const uint8_t *end = (uint8_t *)block.whole + size + 3 * TEST_GUARD;
    for (const uint8_t *p = (uint8_t *)ptr + size; p < end; p++)
        if (*p != 0x5c)
            TEST_DIE("byte %zu after a block of %zu was written", (size_t)(p - (uint8_t *)ptr),
                     size);
    memset((uint8_t *)ptr - TEST_GUARD, 0xdd, TEST_GUARD + size);
    free(block.whole);
    atomic_fetch_sub(&m->live, 1);
    atomic_fetch_sub(&m->bytes, size);
}

static inline smp_allocator test_allocator(test_memory *memory)
{
    return (smp_allocator){memory, test_alloc, test_free};
}

/* A context over the watching allocator (NULL: the C library's); runner NULL: the calling thread.
 */
static inline smp_context *test_context(test_memory *memory, const smp_runner *runner, smp_isa isa)
{
    smp_context_desc desc;
    smp_context *ctx = NULL;
    smp_diag diag;
    smp_context_desc_init(&desc);
    desc.isa = (uint32_t)isa;
    if (memory)
        desc.allocator = test_allocator(memory);
    if (runner)
        desc.runner = *runner;
    if (smp_context_create(&ctx, &desc, &diag) != SMP_OK)
        TEST_DIE("context: %s", diag.text);
    return ctx;
}

/* ---- out of memory, at every place ----------------------------------------------------------- */

/* A whole job: makes what it needs with ctx and destroys all of it again, also when it fails.
 * Returns the first status that was not SMP_OK. */
typedef smp_status test_job(smp_context *ctx, void *user, smp_diag *diag);

/* Runs job with allocation n failing (on: and all after it), n = 1, 2, ... until it succeeds. Each
 * failure must be a clean SMP_ERR_MEMORY with words, and leave nothing held. Returns the number of
 * allocations of the whole job; step > 1 tries only each step-th place. */
static inline uint64_t test_oom_from(test_job *job, void *user, int on, uint64_t step)
{
    for (uint64_t n = 1;; n += step) {
        test_memory memory = {0};
        smp_context_desc desc;
        smp_context *ctx = NULL;
        smp_diag diag;
        memset(&diag, 0, sizeof diag);
        memory.fail_at = n;
        memory.fail_on = on;
        smp_context_desc_init(&desc);
        desc.allocator = test_allocator(&memory);
        smp_status status = smp_context_create(&ctx, &desc, &diag);
        if (status == SMP_OK)
            status = job(ctx, user, &diag);
        if (ctx && smp_context_memory(ctx, NULL))
            TEST_DIE("allocation %llu failing: the context still books %llu bytes",
                     (unsigned long long)n, (unsigned long long)smp_context_memory(ctx, NULL));
        smp_context_destroy(&ctx);
        if (memory.live)
            TEST_DIE("allocation %llu failing: %llu blocks, %llu bytes left", (unsigned long long)n,
                     (unsigned long long)memory.live, (unsigned long long)memory.bytes);
        if (status == SMP_OK && !memory.refused)
            return memory.calls;
        if (status != SMP_ERR_MEMORY || diag.status != SMP_ERR_MEMORY || !diag.text[0])
            TEST_DIE("allocation %llu failing: %s, words \"%s\"", (unsigned long long)n,
                     smp_status_name(status), diag.text);
    }
}

static inline uint64_t smp_oom_loop(test_job *job, void *user)
{
    test_oom_from(job, user, 1, 1);
    return test_oom_from(job, user, 0, 1);
}

/* ---- buffers between guards ------------------------------------------------------------------ */

typedef struct test_guard {
    uint8_t *whole;
    size_t size;
    size_t before;
} test_guard;

/* size bytes, `shift` bytes off a 64-byte line, with known bytes around and 0xa5 inside. */
static inline void *test_guard_create(test_guard *g, size_t size, size_t shift)
{
    g->size = size;
    g->whole = malloc(size + 256 + shift);
    TEST_ASSERT(g->whole);
    g->before = 128 - (uintptr_t)g->whole % 64 + shift;
    memset(g->whole, 0x3c, size + 256 + shift);
    memset(g->whole + g->before, 0xa5, size);
    return g->whole + g->before;
}

/* Dies when a byte around was written, and frees. */
static inline void test_guard_destroy(test_guard *g, const char *what)
{
    const size_t end = g->before + g->size, whole = end + 64;
    for (size_t i = 0; i < whole; i = i + 1 == g->before ? end : i + 1)
        if (g->whole[i] != 0x3c)
            TEST_DIE("%s: byte %ld was written, outside [0, %zu)", what, (long)i - (long)g->before,
                     g->size);
    free(g->whole);
    g->whole = NULL;
}

/* ---- hashes and random numbers --------------------------------------------------------------- */

#define TEST_HASH_START UINT64_C(0xcbf29ce484222325)

/* FNV-1a of 64 bits; goes on from `hash`. */
static inline uint64_t test_hash(uint64_t hash, const void *data, size_t size)
{
    const uint8_t *bytes = data;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ bytes[i]) * UINT64_C(0x100000001b3);
    return hash;
}

/* A stream for making inputs: xorshift64*. Start with test_seed(). */
static inline uint64_t test_random(uint64_t *state)
{
    uint64_t x = *state;
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    *state = x;
    return x * UINT64_C(0x2545f4914f6cdd1d);
}

static inline double test_uniform(uint64_t *state, double low, double high)
{
    return low + (high - low) * ((double)(test_random(state) >> 11) * 0x1p-53);
}

/* Fixed, printed, settable by SMP_TEST_SEED; never 0. */
static inline uint64_t test_seed(void)
{
    const char *text = getenv("SMP_TEST_SEED");
    const uint64_t seed = text ? strtoull(text, NULL, 0) : 20260101u;
    printf("seed %llu\n", (unsigned long long)seed);
    return seed ? seed : 1;
}

/* ---- runners --------------------------------------------------------------------------------- */

static inline smp_status test_run_backwards(void *user, smp_task_fn *fn, void *task, uint32_t count)
{
    smp_status status = SMP_OK;
    (void)user;
    for (uint32_t i = count; i-- > 0;) {
        const smp_status one = fn(task, i);
        status = one != SMP_OK ? one : status;
    }
    return status;
}

/* Last to first, on this thread. */
static inline smp_runner test_backwards(void)
{
    return (smp_runner){NULL, test_run_backwards};
}

/* A pool as runner; destroy the pool after the context. */
static inline smp_runner test_parallel(smp_pool **pool, uint32_t threads)
{
    smp_diag diag;
    if (smp_pool_create(pool, threads, &diag) != SMP_OK)
        TEST_DIE("pool: %s", diag.text);
    return smp_pool_runner(*pool);
}

/* ---- shared inputs --------------------------------------------------------------------------- */

/* The whole of a file, NULL when it cannot be read; free() it. */
static inline uint8_t *test_read_file(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    uint8_t *data = NULL;
    *size = 0;
    if (!file)
        return NULL;
    if (!fseek(file, 0, SEEK_END)) {
        const long length = ftell(file);
        rewind(file);
        if (length >= 0 && (data = malloc((size_t)length + 1)) != NULL)
            *size = fread(data, 1, (size_t)length, file);
    }
    fclose(file);
    return data;
}

/* Writes the path of a file of the shared folder ("edge/INDEX"): $SMP_SHARED, or a folder "shared"
 * beside one that this program runs in. 0 when it is not there, after a printed skip. */
static inline int test_shared(char *path, size_t size, const char *name)
{
    const char *root = getenv("SMP_SHARED");
    char up[64] = "";
    for (int i = 0; i < 8; i++) {
        snprintf(path, size, root ? "%s/%s" : "%s../shared/%s", root ? root : up, name);
        FILE *file = fopen(path, "rb");
        if (file) {
            fclose(file);
            return 1;
        }
        strcat(up, "../");
    }
    printf("SKIP: %s is not here; SMP_SHARED says where shared inputs are\n", name);
    path[0] = '\0';
    return 0;
}

#endif
