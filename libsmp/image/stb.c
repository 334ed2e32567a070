/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * stb_image and stb_image_write, compiled here and nowhere else: JPEG and PNG only, no files, no
 * asserts, no globals that we set. Their allocator macros carry no user pointer, hence the one
 * thread-local of the library, set and cleared in smpi_stb_decode. */
#include "image/stb.h"

#include <string.h>

#include "base/context.h"
#include "base/diag.h"
#include "image/upsample.h"

typedef struct stb_heap {
    const smp_context *ctx;
    uint64_t held, limit;
    int refused;       /* the limit was reached */
    smp_status status; /* of the context's last refusal, with its words in diag */
    smp_diag *diag;
} stb_heap;

static _Thread_local stb_heap *heap;

#define HEAD 64u /* bytes in front of a block: its size; keeps the context's alignment */

static void *stb_alloc(size_t size)
{
    size_t whole;
    if (!heap || smpi_add(size, HEAD, &whole))
        return NULL;
    if (whole > heap->limit - heap->held) {
        heap->refused = 1;
        return NULL;
    }
    uint8_t *block;
    smp_status status = smpi_new(heap->ctx, &block, whole, 1, "decoding", heap->diag);
    if (status != SMP_OK) {
        heap->status = status;
        return NULL;
    }
    memset(block, 0, whole);
    memcpy(block, &whole, sizeof whole);
    heap->held += whole;
    return block + HEAD;
}

static void stb_free(void *ptr)
{
    if (!ptr)
        return;
    uint8_t *block = (uint8_t *)ptr - HEAD;
    size_t whole;
    memcpy(&whole, block, sizeof whole);
    heap->held -= whole;
    smpi_free(heap->ctx, block, whole);
}

static void *stb_realloc(void *ptr, size_t old_size, size_t size)
{
    void *moved = stb_alloc(size);
    if (moved && ptr)
        memcpy(moved, ptr, old_size < size ? old_size : size);
    if (moved)
        stb_free(ptr);
    return moved;
}

/* stb copies nothing to NULL when a PNG's first data chunk is empty, which C forbids. */
static inline void copy_some(void *to, const void *from, size_t size)
{
    if (size)
        memcpy(to, from, size);
}

#define memcpy(to, from, size) copy_some((to), (from), (size))

/* Where stb names its three upsamplers as values it gets these; where it defines or calls them,
 * with a bracket behind the name, the macros give its own another name. */
#define UPSAMPLER(name) \
    static uint8_t *name(uint8_t *out, uint8_t *row, uint8_t *next, int w, int hs)

UPSAMPLER(stbi__resample_row_v_2)
{
    (void)hs;
    smpi_upsample_v2(out, row, next, w);
    return out;
}

UPSAMPLER(stbi__resample_row_h_2)
{
    (void)next;
    (void)hs;
    smpi_upsample_h2(out, row, w);
    return out;
}

UPSAMPLER(stbi__resample_row_hv_2)
{
    (void)hs;
    smpi_upsample_hv2(out, row, next, w);
    return out;
}

UPSAMPLER(stbi__resample_row_hv_2_simd)
{
    return stbi__resample_row_hv_2(out, row, next, w, hs);
}

#define stbi__resample_row_v_2(...) unused_resample_row_v_2(__VA_ARGS__)
#define stbi__resample_row_h_2(...) unused_resample_row_h_2(__VA_ARGS__)
#define stbi__resample_row_hv_2(...) unused_resample_row_hv_2(__VA_ARGS__)
#define stbi__resample_row_hv_2_simd(...) unused_resample_row_hv_2_simd(__VA_ARGS__)

#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_STATIC
#define STBI_ONLY_JPEG
#define STBI_ONLY_PNG
#define STBI_NO_STDIO
#define STBI_NO_LINEAR
#define STBI_NO_HDR
#define STBI_MAX_DIMENSIONS 65535
#define STBI_ASSERT(x) ((void)0)
#define STBI_MALLOC(size) stb_alloc(size)
#define STBI_FREE(ptr) stb_free(ptr)
#define STBI_REALLOC_SIZED(ptr, old_size, size) stb_realloc(ptr, old_size, size)
#include <stb_image.h>

/* Only the JPEG writer is used, which allocates nothing. */
#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STB_IMAGE_WRITE_STATIC
#define STBI_WRITE_NO_STDIO
#define STBIW_ASSERT(x) ((void)0)
#define STBIW_MALLOC(size) stb_alloc(size)
#define STBIW_FREE(ptr) stb_free(ptr)
#define STBIW_REALLOC_SIZED(ptr, old_size, size) stb_realloc(ptr, old_size, size)
#include <stb_image_write.h>
#undef memcpy

static smp_status explain(const stb_heap *mine, smp_diag *diag)
{
    if (mine->status != SMP_OK)
        return mine->status;
    if (mine->refused)
        return smpi_fail(diag, SMP_ERR_FORMAT,
                         "the picture's data are larger than its header says");
    const char *why = stbi_failure_reason();
    return smpi_fail(diag, SMP_ERR_FORMAT, "the picture's data are damaged: %s",
                     why ? why : "no reason known");
}

smp_status smpi_stb_decode(const smp_context *ctx, const uint8_t *bytes, size_t size,
                           const smpi_stb_wish *wish, void **pixels, smp_diag *diag)
{
    *pixels = NULL;
    if (size > 0x7fffffff)
        return smpi_fail(diag, SMP_ERR_LIMIT, "the file has %zu bytes, want less than 2^31", size);
    stb_heap mine = {.ctx = ctx, .limit = wish->limit, .diag = diag};
    int width = 0, height = 0, stored = 0;
    void *out;
    heap = &mine;
    if (wish->wide)
        out = stbi_load_16_from_memory(bytes, (int)size, &width, &height, &stored,
                                       (int)wish->channels);
    else
        out =
            stbi_load_from_memory(bytes, (int)size, &width, &height, &stored, (int)wish->channels);
    if (out && ((uint32_t)width != wish->width || (uint32_t)height != wish->height)) {
        stb_free(out);
        out = NULL;
    }
    heap = NULL;
    if (!out)
        return explain(&mine, diag);
    *pixels = out;
    return SMP_OK;
}

void smpi_stb_free(const smp_context *ctx, void *pixels)
{
    if (!pixels)
        return;
    uint8_t *block = (uint8_t *)pixels - HEAD;
    size_t whole;
    memcpy(&whole, block, sizeof whole);
    smpi_free(ctx, block, whole);
}

typedef struct jpeg_sink {
    smpi_write_fn *write;
    void *user;
} jpeg_sink;

static void forward(void *user, void *bytes, int size)
{
    jpeg_sink *sink = user;
    sink->write(sink->user, bytes, (size_t)size);
}

int smpi_stb_write_jpeg(smpi_write_fn *write, void *user, const uint8_t *pixels, uint32_t width,
                        uint32_t height, uint32_t channels, uint32_t quality)
{
    jpeg_sink sink = {write, user};
    return stbi_write_jpg_to_func(forward, &sink, (int)width, (int)height, (int)channels, pixels,
                                  (int)quality);
}
