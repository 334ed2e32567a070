/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * zlib behind a few functions. */
#include "image/pack.h"

#include <limits.h>
#include <string.h>
#define ZLIB_CONST
#include <zlib.h>

#include "base/context.h"
#include "base/diag.h"

#define HEAD 64u          /* bytes in front of a block: its size; keeps the context's alignment */
#define WINDOW_BITS 15    /* 32 KiB, the most that PNG allows */
#define MEMORY_LEVEL 8    /* zlib's default: 268 KB in all */
#define ARENA (48u << 10) /* bytes: zlib's inflate takes 40 KB, zlib-ng's 44 */

struct smpi_pack {
    const smp_context *ctx;
    z_stream z;
    smp_status status; /* of the context's refusal, with its words in diag */
    smp_diag *diag;
};

static void *pack_alloc(void *user, uInt items, uInt size)
{
    smpi_pack *p = user;
    uint8_t *block;
    size_t whole;
    if (smpi_mul(items, size, &whole) || smpi_add(whole, HEAD, &whole))
        return NULL;
    smp_status status = smpi_new(p->ctx, &block, whole, 1, "compressor", p->diag);
    if (status != SMP_OK) {
        p->status = status;
        return NULL;
    }
    memcpy(block, &whole, sizeof whole);
    return block + HEAD;
}

static void pack_free(void *user, void *ptr)
{
    smpi_pack *p = user;
    uint8_t *block = (uint8_t *)ptr - HEAD;
    size_t whole;
    memcpy(&whole, block, sizeof whole);
    smpi_free(p->ctx, block, whole);
}

smp_status smpi_pack_create(const smp_context *ctx, uint32_t effort, smpi_pack **pack,
                            smp_diag *diag)
{
    smpi_pack *p;
    *pack = NULL;
    SMPI_TRY(smpi_new(ctx, &p, 1, sizeof *p, "compressor", diag));
    *p = (smpi_pack){.ctx = ctx, .diag = diag};
    p->z.zalloc = pack_alloc;
    p->z.zfree = pack_free;
    p->z.opaque = p;
    int code = deflateInit2(&p->z, (int)effort, Z_DEFLATED, WINDOW_BITS, MEMORY_LEVEL, Z_FILTERED);
    if (code == Z_OK) {
        *pack = p;
        return SMP_OK;
    }
    smp_status status = p->status;
    smpi_free(ctx, p, sizeof *p);
    if (status == SMP_OK)
        status =
            smpi_fail(diag, SMP_ERR_UNSUPPORTED, "zlib %s does not start: code %d, built for %s",
                      zlibVersion(), code, ZLIB_VERSION);
    return status;
}

void smpi_pack_destroy(smpi_pack **pack)
{
    smpi_pack *p = *pack;
    if (!p)
        return;
    (void)deflateEnd(&p->z);
    smpi_free(p->ctx, p, sizeof *p);
    *pack = NULL;
}

static uInt most(size_t size)
{
    return size < UINT_MAX ? (uInt)size : UINT_MAX;
}

int smpi_pack_run(smpi_pack *pack, smpi_span *in, int last, uint8_t *out, size_t room,
                  size_t *written)
{
    z_stream *z = &pack->z;
    uInt from = most(in->size), to = most(room);
    z->next_in = in->data;
    z->avail_in = from;
    z->next_out = out;
    z->avail_out = to;
    int code = deflate(z, last && from == in->size ? Z_FINISH : Z_NO_FLUSH);
    in->data = z->next_in;
    in->size -= from - z->avail_in;
    *written = to - z->avail_out;
    return code == Z_STREAM_END;
}

/* ---- unpacking: headers are read without a context, so zlib's state lies on the stack -------- */

typedef struct arena {
    _Alignas(64) uint8_t bytes[ARENA];
    size_t used;
} arena;

static void *arena_alloc(void *user, uInt items, uInt size)
{
    arena *a = user;
    size_t whole, at = (a->used + 63) & ~(size_t)63;
    if (smpi_mul(items, size, &whole) || at > ARENA || whole > ARENA - at)
        return NULL;
    a->used = at + whole;
    return a->bytes + at;
}

static void arena_free(void *user, void *ptr)
{
    (void)user;
    (void)ptr;
}

size_t smpi_unpack(smpi_span packed, uint8_t *out, size_t room, int *whole)
{
    arena a;
    z_stream z = {.zalloc = arena_alloc, .zfree = arena_free, .opaque = &a};
    a.used = 0;
    *whole = 0;
    z.next_in = packed.data;
    z.avail_in = most(packed.size);
    if (inflateInit(&z) != Z_OK)
        return 0;
    z.next_out = out;
    z.avail_out = most(room);
    *whole = inflate(&z, Z_FINISH) == Z_STREAM_END;
    (void)inflateEnd(&z);
    return (size_t)(z.next_out - out);
}
