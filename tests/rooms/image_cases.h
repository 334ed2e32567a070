/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Files for the codec tests, made in code: small pictures, and surgery on their bytes. */
#ifndef TESTS_IMAGE_CASES_H
#define TESTS_IMAGE_CASES_H

#include <check.h>
#include <smp/image.h>
#include <stdlib.h>
#include <string.h>

#include "image/deflate.h"
#include "image/header.h"
#include "image/pack.h"

/* A growing file. */
typedef struct file {
    uint8_t data[1 << 16];
    size_t size;
} file;

static inline void file_put(file *f, const void *bytes, size_t size)
{
    ck_assert(f->size + size <= sizeof f->data);
    if (size)
        memcpy(f->data + f->size, bytes, size);
    f->size += size;
}

/* A PNG chunk with a right checksum. */
static inline void file_chunk(file *f, const char *type, const void *bytes, size_t size)
{
    uint8_t word[4];
    smpi_put_be32(word, (uint32_t)size);
    file_put(f, word, 4);
    size_t start = f->size;
    file_put(f, type, 4);
    file_put(f, bytes, size);
    smpi_put_be32(word, smpi_crc(f->data + start, size + 4));
    file_put(f, word, 4);
}

/* A zlib stream of bytes; returns its size. */
static inline size_t packed_bytes(const smp_context *ctx, uint32_t effort, const void *bytes,
                                  size_t size, uint8_t *out, size_t room)
{
    smpi_pack *pack;
    smpi_span in = {bytes, size};
    size_t written;
    ck_assert_int_eq(smpi_pack_create(ctx, effort, &pack, NULL), SMP_OK);
    ck_assert_int_eq(smpi_pack_run(pack, &in, 1, out, room, &written), 1);
    ck_assert_uint_eq(in.size, 0);
    smpi_pack_destroy(&pack);
    return written;
}

/* Signature and header chunk. */
static inline void file_png(file *f, uint32_t width, uint32_t height, uint8_t depth, uint8_t type)
{
    static const uint8_t signature[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    uint8_t head[13] = {0};
    f->size = 0;
    smpi_put_be32(head, width);
    smpi_put_be32(head + 4, height);
    head[8] = depth;
    head[9] = type;
    file_put(f, signature, sizeof signature);
    file_chunk(f, "IHDR", head, sizeof head);
}

/* bytes with `extra` put in at `at`. */
static inline void file_insert(file *f, const uint8_t *bytes, size_t size, size_t at,
                               const void *extra, size_t extra_size)
{
    f->size = 0;
    file_put(f, bytes, at);
    file_put(f, extra, extra_size);
    file_put(f, bytes + at, size - at);
}

/* A soft, asymmetric pattern. */
static inline uint8_t pattern(uint32_t x, uint32_t y, uint32_t c)
{
    return (uint8_t)(30 + 9 * x + 5 * y * (c + 1) + 40 * c + (x > 3 && y < 2 ? 60 : 0));
}

static inline smp_bytes *encode_pattern(const smp_context *ctx, uint32_t w, uint32_t h,
                                        uint32_t kind)
{
    uint8_t pixels[64 * 64 * 3];
    smp_image image;
    smp_bytes *bytes;
    smp_encode_desc desc;
    ck_assert(w <= 64 && h <= 64);
    for (uint32_t i = 0; i < w * h * 3; i++)
        pixels[i] = pattern(i / 3 % w, i / 3 / w, i % 3);
    smp_encode_desc_init(&desc);
    desc.kind = kind;
    desc.quality = 95;
    ck_assert_int_eq(smp_image_wrap(&image, pixels, w, h, 0, SMP_FORMAT_RGB8, NULL), SMP_OK);
    ck_assert_int_eq(smp_encode(ctx, &image, &desc, NULL, &bytes, NULL), SMP_OK);
    return bytes;
}

static inline smp_context *plain_context(void)
{
    smp_context *ctx;
    ck_assert_int_eq(smp_context_create(&ctx, NULL, NULL), SMP_OK);
    return ctx;
}

static inline smp_status decode_status(const smp_context *ctx, const uint8_t *bytes, size_t size,
                                       smp_diag *diag)
{
    smp_picture *picture;
    /* A copy of exactly that size, so that reading past the end is seen. */
    uint8_t *copy = malloc(size ? size : 1);
    ck_assert(copy != NULL);
    if (size)
        memcpy(copy, bytes, size);
    smp_status status = smp_decode(ctx, copy, size, NULL, &picture, diag);
    ck_assert((status == SMP_OK) == (picture != NULL));
    smp_picture_destroy(&picture);
    free(copy);
    return status;
}

#endif
