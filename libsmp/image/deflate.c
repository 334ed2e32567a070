/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * libdeflate behind a few calls, or zlib in its place where that can do the same. */
#include "image/deflate.h"

#ifdef SMPI_LIBDEFLATE
#include <libdeflate.h>

size_t smpi_deflate_bound(size_t size)
{
    return libdeflate_zlib_compress_bound(NULL, size);
}

size_t smpi_deflate(smpi_span in, uint32_t effort, uint8_t *out, size_t room)
{
    struct libdeflate_compressor *c = libdeflate_alloc_compressor((int)effort);
    if (!c)
        return 0;
    const size_t size = libdeflate_zlib_compress(c, in.data, in.size, out, room);
    libdeflate_free_compressor(c);
    return size;
}

int smpi_inflate(smpi_span packed, uint8_t *out, size_t size)
{
    struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
    if (!d)
        return 0;
    const enum libdeflate_result result =
        libdeflate_zlib_decompress(d, packed.data, packed.size, out, size, NULL);
    libdeflate_free_decompressor(d);
    return result == LIBDEFLATE_SUCCESS;
}

uint32_t smpi_crc(const uint8_t *bytes, size_t size)
{
    return libdeflate_crc32(0, bytes, size);
}
#else
#include <zlib.h>

#include "image/pack.h"

size_t smpi_deflate_bound(size_t size)
{
    (void)size;
    return 0;
}

size_t smpi_deflate(smpi_span in, uint32_t effort, uint8_t *out, size_t room)
{
    (void)in;
    (void)effort;
    (void)out;
    (void)room;
    return 0;
}

int smpi_inflate(smpi_span packed, uint8_t *out, size_t size)
{
    int whole = 0;
    return smpi_unpack(packed, out, size, &whole) == size && whole;
}

uint32_t smpi_crc(const uint8_t *bytes, size_t size)
{
    return (uint32_t)crc32_z(0, bytes, size);
}
#endif
