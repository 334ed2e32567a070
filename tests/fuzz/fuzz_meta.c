/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Exif blocks and colour profiles from bytes: first byte 0 mod 2 Exif, else a profile that is cut
 * into 1 + (byte >> 1) % 4 parts. Reading must not depend on where it is cut, and an Exif block
 * that was turned upright must read as upright. */
#include "fuzz.h"
#include "image/exif.h"
#include "image/icc.h"

static void exif(const uint8_t *data, size_t size)
{
    smpi_exif facts, again;
    const smpi_span span = {data, size};
    const int good = smpi_exif_read(span, &facts);
    FUZZ_NEED(facts.orientation >= 1 && facts.orientation <= 8);
    if (!good)
        return;
    FUZZ_NEED(facts.orientation_at < size);
    uint8_t *out = malloc(size);
    FUZZ_NEED(out);
    smpi_exif_copy_upright(span, out);
    FUZZ_NEED(smpi_exif_read((smpi_span){out, size}, &again));
    FUZZ_NEED(again.orientation == 1 || !facts.orientation_at);
    free(out);
}

static void profile(const uint8_t *data, size_t size, uint32_t parts)
{
    smpi_span spans[4];
    uint32_t model[2] = {0, 0};
    const smpi_span whole = {data, size};
    for (uint32_t i = 0; i < parts; i++) {
        const size_t from = size * i / parts, to = size * (i + 1) / parts;
        spans[i] = (smpi_span){data + from, to - from};
    }
    const int a = smpi_icc_recognise(&whole, 1, &model[0]);
    const int b = smpi_icc_recognise(spans, parts, &model[1]);
    FUZZ_NEED(a == b && (a < 0 || model[0] == model[1]));
    FUZZ_NEED(a >= -1 && a < SMP_SPACE_COUNT);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input in = {data, size};
    const uint32_t mode = fuzz_u8(&in);
    uint8_t *exact = calloc(1, in.size ? in.size : 1);
    FUZZ_NEED(exact);
    if (in.size)
        memcpy(exact, in.data, in.size);
    if (mode & 1)
        profile(exact, in.size, 1 + (mode >> 1) % 4);
    else
        exif(exact, in.size);
    free(exact);
    return 0;
}
