/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Which kind of file it is, what its header says, and words for the kinds that are not read. */
#include "image/header.h"

#include <string.h>

#include "base/diag.h"
#include "base/guard.h"

static const uint8_t png_signature[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

typedef struct magic {
    uint8_t at, size;
    char bytes[13];
    const char *name;
} magic;

/* First bytes of kinds that people try. ISO media files are told apart by their brand. */
static const magic others[] = {
    {8, 4, "WEBP", "WebP"},
    {4, 8, "ftypheic", "HEIC, as phones write it"},
    {4, 8, "ftypheix", "HEIC, as phones write it"},
    {4, 8, "ftyphevc", "HEIC, as phones write it"},
    {4, 8, "ftypheim", "HEIC, as phones write it"},
    {4, 8, "ftypmif1", "HEIF"},
    {4, 8, "ftypmsf1", "HEIF"},
    {4, 8, "ftypavif", "AVIF"},
    {4, 8, "ftypavis", "AVIF"},
    {4, 8, "ftypcrx ", "a Canon raw photo"},
    {4, 4, "ftyp", "a video or another ISO media file"},
    {0, 4, "GIF8", "GIF"},
    {0, 2, "BM", "BMP"},
    {8, 2, "CR", "a Canon raw photo"},
    {0, 4, "II*\0", "TIFF or a camera's raw photo"},
    {0, 4, "MM\0*", "TIFF or a camera's raw photo"},
    {0, 4, "IIU\0", "a Panasonic raw photo"},
    {0, 4, "IIRO", "an Olympus raw photo"},
    {0, 8, "FUJIFILM", "a Fujifilm raw photo"},
    {0, 4, "8BPS", "a Photoshop document"},
    {4, 4, "jP  ", "JPEG 2000"},
    {0, 4, "\xffO\xffQ", "JPEG 2000"},
    {4, 4, "JXL ", "JPEG XL"},
    {0, 2, "\xff\n", "JPEG XL"},
    {0, 4, "%PDF", "PDF"},
    {0, 4, "<svg", "SVG"},
    {0, 5, "<?xml", "XML or SVG"},
    {0, 4, "qoif", "QOI"},
    {0, 4, "v/1\x01", "OpenEXR"},
};

static smp_status refuse_kind(const uint8_t *bytes, size_t size, smp_diag *diag)
{
    if (size >= 4 && memcmp(bytes, png_signature, 4) == 0)
        return smpi_fail(diag, SMP_ERR_FORMAT,
                         "the PNG is damaged: its signature was changed, as by a transfer as text");
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        const magic *m = &others[i];
        if (size >= (size_t)m->at + m->size && memcmp(bytes + m->at, m->bytes, m->size) == 0)
            return smpi_fail(diag, SMP_ERR_UNSUPPORTED,
                             "the file is %s; only JPEG and PNG are read: convert it to one of "
                             "them first",
                             m->name);
    }
    return smpi_fail(diag, SMP_ERR_FORMAT, "the file (%zu bytes) is neither JPEG nor PNG", size);
}

smp_status smpi_header_read(const uint8_t *bytes, size_t size, smpi_header *header, smp_diag *diag)
{
    memset(header, 0, sizeof *header);
    smp_file_info *info = &header->info;
    if (size >= 8 && memcmp(bytes, png_signature, sizeof png_signature) == 0) {
        info->kind = SMP_FILE_PNG;
        SMPI_TRY(smpi_png_walk(bytes, size, header, diag));
    } else if (size >= 3 && bytes[0] == 0xff && bytes[1] == 0xd8 && bytes[2] == 0xff) {
        info->kind = SMP_FILE_JPEG;
        SMPI_TRY(smpi_jpeg_walk(bytes, size, header, diag));
    } else {
        return refuse_kind(bytes, size, diag);
    }
    int turned = info->orientation >= 5;
    info->width = turned ? header->stored_height : header->stored_width;
    info->height = turned ? header->stored_width : header->stored_height;
    return SMP_OK;
}

SMPI_APART smp_status read_info_guarded(const void *bytes, size_t size, smp_file_info *info,
                                        smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(info, diag);
    memset(info, 0, sizeof *info);
    SMPI_NEED(bytes, diag);
    smpi_header header;
    SMPI_TRY(smpi_header_read(bytes, size, &header, diag));
    *info = header.info;
    return SMP_OK;
}

smp_status smp_read_info(const void *bytes, size_t size, smp_file_info *info, smp_diag *diag)
{
    SMPI_GUARD(smp_status, read_info_guarded(bytes, size, info, diag));
}
