/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The few entries of an Exif block that matter here. source: Exif 2.32 (CIPA DC-008), TIFF 6.0. */
#include "image/exif.h"

#include <string.h>

#define TAG_INTEROP_INDEX 0x0001u
#define TAG_ORIENTATION 0x0112u
#define TAG_EXIF_IFD 0x8769u
#define TAG_COLOR_SPACE 0xa001u
#define TAG_INTEROP_IFD 0xa005u

#define TYPE_ASCII 2u
#define TYPE_SHORT 3u
#define TYPE_LONG 4u

typedef struct reader {
    smpi_span tiff;
    int big_endian;
} reader;

/* Two or four bytes at an offset that was checked. */
static uint32_t get(const reader *r, size_t at, int bytes)
{
    uint32_t v = 0;
    for (int i = 0; i < bytes; i++) {
        size_t k = at + (size_t)(r->big_endian ? i : bytes - 1 - i);
        v = v << 8 | r->tiff.data[k];
    }
    return v;
}

/* Entries of the directory at `ifd`; 0 when it does not lie in the block. */
static uint32_t entries(const reader *r, size_t ifd)
{
    if (ifd < 8 || r->tiff.size < 2 || ifd > r->tiff.size - 2)
        return 0;
    uint32_t count = get(r, ifd, 2);
    return count <= (r->tiff.size - ifd - 2) / 12 ? count : 0;
}

/* The offset of a tag's 12-byte entry with that type, or 0. */
static size_t find(const reader *r, size_t ifd, uint32_t tag, uint32_t type)
{
    uint32_t count = entries(r, ifd);
    for (uint32_t i = 0; i < count; i++) {
        size_t at = ifd + 2 + 12 * (size_t)i;
        if (get(r, at, 2) == tag && get(r, at + 2, 2) == type && get(r, at + 4, 4) >= 1)
            return at;
    }
    return 0;
}

static void read_color(const reader *r, size_t ifd0, smpi_exif *facts)
{
    size_t at = find(r, ifd0, TAG_EXIF_IFD, TYPE_LONG);
    if (!at)
        return;
    size_t exif = get(r, at + 8, 4);
    at = find(r, exif, TAG_COLOR_SPACE, TYPE_SHORT);
    uint32_t space = at ? get(r, at + 8, 2) : 0;
    facts->srgb = space == 1;
    facts->adobe_rgb = space == 2; /* not in the standard, but written by some cameras */
    at = find(r, exif, TAG_INTEROP_IFD, TYPE_LONG);
    if (!at || facts->srgb)
        return;
    at = find(r, get(r, at + 8, 4), TAG_INTEROP_INDEX, TYPE_ASCII);
    if (at && get(r, at + 4, 4) == 4 && r->tiff.data[at + 8] == 'R' &&
        r->tiff.data[at + 9] == '0' && r->tiff.data[at + 10] == '3')
        facts->adobe_rgb = 1;
}

int smpi_exif_read(smpi_span tiff, smpi_exif *facts)
{
    *facts = (smpi_exif){.orientation = 1};
    if (!tiff.data || tiff.size < 8)
        return 0;
    reader r = {tiff, tiff.data[0] == 'M'};
    if ((tiff.data[0] != 'I' && tiff.data[0] != 'M') || tiff.data[1] != tiff.data[0] ||
        get(&r, 2, 2) != 42)
        return 0;
    size_t ifd0 = get(&r, 4, 4);
    if (!entries(&r, ifd0))
        return 0;
    facts->big_endian = r.big_endian;
    size_t at = find(&r, ifd0, TAG_ORIENTATION, TYPE_SHORT);
    if (at) {
        uint32_t value = get(&r, at + 8, 2);
        facts->orientation_at = at + 8;
        facts->orientation = value >= 1 && value <= 8 ? value : 1;
    }
    read_color(&r, ifd0, facts);
    return 1;
}

void smpi_exif_copy_upright(smpi_span tiff, uint8_t *out)
{
    smpi_exif facts;
    memcpy(out, tiff.data, tiff.size);
    (void)smpi_exif_read(tiff, &facts);
    if (facts.orientation_at) {
        out[facts.orientation_at] = facts.big_endian ? 0 : 1;
        out[facts.orientation_at + 1] = facts.big_endian ? 1 : 0;
    }
}
