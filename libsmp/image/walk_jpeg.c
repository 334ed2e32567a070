/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A walk through a JPEG's markers from start to end: what kind it is, that it is whole, what it
 * carries. source: ITU-T T.81, annex B; ICC.1:2022 B.4; Exif 2.32. */
#include <string.h>

#include "base/diag.h"
#include "image/exif.h"
#include "image/walk.h"

#define SCANS_MAX 100 /* more are an attack on time: each runs over the whole picture */

typedef struct jpeg {
    const uint8_t *bytes;
    size_t size, at;
    smpi_header *header;
    smp_diag *diag;
    uint32_t components;
    uint8_t ids[4];
    uint8_t sampling[4];
    uint32_t seen; /* bit k: component k has had a scan */
    uint32_t scans;
    int adobe;          /* APP14's transform, or -1 */
    uint32_t icc_total; /* chunks that the profile has; 0: none yet; 256: contradictory */
    smpi_exif exif;
} jpeg;

static smp_status cut(const jpeg *j)
{
    return smpi_fail(j->diag, SMP_ERR_FORMAT,
                     "the JPEG is cut off: it ends at byte %zu without an "
                     "end marker",
                     j->size);
}

static const char *unsupported_frame(uint32_t marker)
{
    switch (marker) {
    case 0xc3:
        return "lossless";
    case 0xc5:
    case 0xc6:
    case 0xc7:
        return "hierarchical";
    case 0xc9:
    case 0xca:
        return "arithmetic-coded";
    case 0xcb:
        return "lossless arithmetic-coded";
    case 0xcd:
    case 0xce:
    case 0xcf:
        return "hierarchical arithmetic-coded";
    case 0xde:
        return "hierarchical";
    case 0xf7:
        return "JPEG-LS";
    default:
        return NULL;
    }
}

static smp_status read_frame(jpeg *j, uint32_t marker, smpi_span s)
{
    smp_file_info *info = &j->header->info;
    if (j->components)
        return smpi_fail(j->diag, SMP_ERR_FORMAT, "the JPEG has two frame headers");
    if (s.size < 6)
        return smpi_fail(j->diag, SMP_ERR_FORMAT, "the JPEG's frame header is too short");
    if (s.data[0] != 8)
        return smpi_fail(j->diag, SMP_ERR_UNSUPPORTED,
                         "the JPEG has %u bits a sample; only 8 are read", s.data[0]);
    uint32_t n = s.data[5];
    j->header->stored_height = smpi_be16(s.data + 1);
    j->header->stored_width = smpi_be16(s.data + 3);
    if (n != 1 && n != 3 && n != 4)
        return smpi_fail(j->diag, SMP_ERR_UNSUPPORTED, "the JPEG has %u components, want 1, 3 or 4",
                         n);
    if (s.size != 6 + 3 * (size_t)n || !j->header->stored_width || !j->header->stored_height)
        return smpi_fail(j->diag, SMP_ERR_FORMAT,
                         "the JPEG's frame header is wrong: %u x %u, %u components in %zu bytes",
                         j->header->stored_width, j->header->stored_height, n, s.size);
    for (uint32_t i = 0; i < n; i++) {
        uint8_t hv = s.data[7 + 3 * i];
        if (!(hv >> 4 >= 1 && hv >> 4 <= 4 && (hv & 15) >= 1 && (hv & 15) <= 4))
            return smpi_fail(j->diag, SMP_ERR_FORMAT, "the JPEG's sampling factors are %u x %u",
                             hv >> 4, hv & 15u);
        j->ids[i] = s.data[6 + 3 * i];
        j->sampling[i] = hv;
    }
    j->components = n;
    info->progressive = marker == 0xc2;
    info->format = n == 1 ? SMP_FORMAT_GRAY8 : SMP_FORMAT_RGB8;
    j->header->channels = n == 1 ? 1 : 3;
    return SMP_OK;
}

static void read_icc(jpeg *j, smpi_span s)
{
    static const char name[12] = "ICC_PROFILE";
    if (s.size < 14 || memcmp(s.data, name, sizeof name) != 0)
        return;
    uint32_t number = s.data[12], total = s.data[13];
    if (!number || number > total || (j->icc_total && j->icc_total != total)) {
        j->icc_total = 256;
        return;
    }
    j->icc_total = total;
    if (!j->header->icc[number - 1].data)
        j->header->icc[number - 1] = (smpi_span){s.data + 14, s.size - 14};
}

static void read_app(jpeg *j, uint32_t marker, smpi_span s)
{
    if (marker == 0xe1 && s.size > 6 && memcmp(s.data, "Exif\0", 6) == 0 && !j->header->exif.data) {
        smpi_span tiff = {s.data + 6, s.size - 6};
        if (smpi_exif_read(tiff, &j->exif))
            j->header->exif = tiff;
    } else if (marker == 0xe2) {
        read_icc(j, s);
    } else if (marker == 0xee && s.size >= 12 && memcmp(s.data, "Adobe", 5) == 0) {
        j->adobe = s.data[11];
    }
}

static smp_status read_scan(jpeg *j, smpi_span s)
{
    if (!j->components)
        return smpi_fail(j->diag, SMP_ERR_FORMAT, "the JPEG has a scan before its frame header");
    if (s.size < 1 || s.data[0] < 1 || s.data[0] > 4 || s.size != 4 + 2 * (size_t)s.data[0])
        return smpi_fail(j->diag, SMP_ERR_FORMAT, "a scan header of the JPEG is wrong");
    if (++j->scans > SCANS_MAX)
        return smpi_fail(j->diag, SMP_ERR_LIMIT, "the JPEG has more than %d scans", SCANS_MAX);
    for (uint32_t i = 0; i < s.data[0]; i++)
        for (uint32_t k = 0; k < j->components; k++)
            if (j->ids[k] == s.data[1 + 2 * i])
                j->seen |= 1u << k;
    /* Coded data: up to a marker that is neither a stuffed zero nor a restart. */
    while (j->at + 1 < j->size) {
        const uint8_t *ff = memchr(j->bytes + j->at, 0xff, j->size - 1 - j->at);
        if (!ff)
            return cut(j);
        j->at = (size_t)(ff - j->bytes);
        if (ff[1] != 0 && ff[1] != 0xff && (ff[1] < 0xd0 || ff[1] > 0xd7))
            return SMP_OK;
        j->at += ff[1] == 0xff ? 1 : 2;
    }
    return cut(j);
}

/* The next marker's code; 0 when the file ends. */
static uint32_t next_marker(jpeg *j)
{
    if (j->at >= j->size || j->bytes[j->at] != 0xff)
        return j->at >= j->size ? 0 : 1;
    while (j->at < j->size && j->bytes[j->at] == 0xff)
        j->at++;
    return j->at < j->size ? j->bytes[j->at++] : 0;
}

static smp_status read_segment(jpeg *j, uint32_t marker)
{
    const char *kind = unsupported_frame(marker);
    if (kind)
        return smpi_fail(j->diag, SMP_ERR_UNSUPPORTED,
                         "the JPEG is %s; only baseline and progressive Huffman files are read",
                         kind);
    if (j->size - j->at < 2)
        return cut(j);
    size_t length = smpi_be16(j->bytes + j->at);
    if (length < 2)
        return smpi_fail(j->diag, SMP_ERR_FORMAT, "a segment of the JPEG has %zu bytes at byte %zu",
                         length, j->at);
    if (length > j->size - j->at)
        return cut(j);
    smpi_span s = {j->bytes + j->at + 2, length - 2};
    j->at += length;
    if (marker >= 0xc0 && marker <= 0xc2)
        return read_frame(j, marker, s);
    if (marker == 0xda)
        return read_scan(j, s);
    if (marker == 0xc4 || marker == 0xdb || marker == 0xdc || marker == 0xdd || marker == 0xfe)
        return SMP_OK;
    if (marker < 0xe0 || marker > 0xef)
        return smpi_fail(j->diag, SMP_ERR_FORMAT,
                         "the JPEG has an unknown marker 0x%02x at byte "
                         "%zu",
                         marker, j->at - length - 2);
    read_app(j, marker, s);
    return SMP_OK;
}

/* Memory that stb holds at most: planes of whole blocks, coefficients when progressive, the
 * picture, and its own state; and refuses what cannot be in so few bytes. */
static smp_status size_up(jpeg *j)
{
    uint32_t hmax = 1, vmax = 1;
    for (uint32_t i = 0; i < j->components; i++) {
        hmax = j->sampling[i] >> 4 > (int)hmax ? j->sampling[i] >> 4 : hmax;
        vmax = (j->sampling[i] & 15u) > vmax ? j->sampling[i] & 15u : vmax;
    }
    uint64_t mx = (j->header->stored_width + 8 * hmax - 1) / (8 * hmax);
    uint64_t my = (j->header->stored_height + 8 * vmax - 1) / (8 * vmax);
    uint64_t plane_bytes = 0;
    for (uint32_t i = 0; i < j->components; i++) {
        uint64_t blocks = mx * my * (uint32_t)(j->sampling[i] >> 4) * (j->sampling[i] & 15u);
        plane_bytes += blocks * 64 * (j->header->info.progressive ? 3 : 1);
    }
    /* A block outside its first scan's runs costs at least one bit (its DC category). */
    if (mx * my > (uint64_t)j->size * 8)
        return smpi_fail(j->diag, SMP_ERR_FORMAT, "%zu bytes cannot hold a JPEG of %u x %u",
                         j->size, j->header->stored_width, j->header->stored_height);
    uint64_t pixels = (uint64_t)j->header->stored_width * j->header->stored_height;
    uint64_t out = pixels * j->header->channels;
    uint64_t lines = 4ull * (j->header->stored_width + 64);
    j->header->info.decode_bytes = plane_bytes + out + lines + 65536;
    if (j->exif.orientation > 1 && j->header->info.decode_bytes < 2 * out + 65536)
        j->header->info.decode_bytes = 2 * out + 65536;
    return SMP_OK;
}

static void settle_space(jpeg *j)
{
    smpi_header *h = j->header;
    uint32_t model = 0, whole = j->icc_total >= 1 && j->icc_total <= 255;
    uint64_t bytes = 0;
    for (uint32_t i = 0; whole && i < j->icc_total; i++) {
        whole = h->icc[i].data != NULL;
        bytes += h->icc[i].size;
    }
    if (whole && bytes <= SMPI_ICC_MAX) {
        int space = smpi_icc_recognise(h->icc, j->icc_total, &model);
        h->info.space = space < 0 ? SMP_SPACE_SRGB : (uint32_t)space;
        h->info.space_origin = space < 0 ? SMP_SPACE_ASSUMED : SMP_SPACE_FROM_ICC;
        if (model == (h->channels == 1 ? SMPI_ICC_GRAY : SMPI_ICC_RGB))
            h->icc_count = j->icc_total;
        return;
    }
    if (j->icc_total)
        h->info.space_origin = SMP_SPACE_ASSUMED;
    else if (h->exif.data && (j->exif.adobe_rgb || j->exif.srgb)) {
        h->info.space = j->exif.adobe_rgb ? SMP_SPACE_ADOBE_RGB : SMP_SPACE_SRGB;
        h->info.space_origin = SMP_SPACE_FROM_TAGS;
    }
}

static smp_status finish(jpeg *j)
{
    if (!j->scans || j->seen != (1u << j->components) - 1)
        return smpi_fail(j->diag, SMP_ERR_FORMAT, "a colour component of the JPEG has no data");
    if (j->components == 4 && j->adobe != 0 && j->adobe != 2)
        return smpi_fail(j->diag, SMP_ERR_UNSUPPORTED,
                         "the JPEG has four components and no Adobe mark that says which");
    j->header->info.orientation = j->exif.orientation;
    settle_space(j);
    return size_up(j);
}

smp_status smpi_jpeg_walk(const uint8_t *bytes, size_t size, smpi_header *header, smp_diag *diag)
{
    jpeg j = {.bytes = bytes, .size = size, .at = 2, .header = header, .diag = diag, .adobe = -1};
    j.exif.orientation = 1;
    for (;;) {
        uint32_t marker = next_marker(&j);
        if (!marker)
            return cut(&j);
        if (marker == 1 || marker < 0xc0)
            return smpi_fail(diag, SMP_ERR_FORMAT,
                             "the JPEG has no marker where one must be, at "
                             "byte %zu",
                             j.at);
        if (marker == 0xd9)
            return finish(&j);
        SMPI_TRY(read_segment(&j, marker));
    }
}
