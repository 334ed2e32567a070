/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Pictures: views of pixels that the caller owns, and JPEG and PNG from and to memory. */
#ifndef SMP_IMAGE_H
#define SMP_IMAGE_H

#include <smp/base.h>
#include <smp/color.h>

SMP_BEGIN

/* Channel order and type. 16-bit and float values are in the machine's byte order. */
typedef enum smp_format {
    SMP_FORMAT_GRAY8 = 0,
    SMP_FORMAT_RGB8 = 1,
    SMP_FORMAT_RGBA8 = 2,
    SMP_FORMAT_BGRA8 = 3,
    SMP_FORMAT_RGB16 = 4,
    SMP_FORMAT_RGBA16 = 5,
    SMP_FORMAT_RGBF32 = 6,
    SMP_FORMAT_RGBAF32 = 7,
    SMP_FORMAT_COUNT = 8
} smp_format;

/* What the alpha channel means, where there is one. */
typedef enum smp_alpha {
    SMP_ALPHA_STRAIGHT = 0,      /* colour is independent of alpha */
    SMP_ALPHA_PREMULTIPLIED = 1, /* colour is multiplied by alpha, as encoded values */
    SMP_ALPHA_COUNT = 2
} smp_alpha;

/* A view of pixels. The library never keeps it and never writes outside it. This struct never
 * changes. */
typedef struct smp_image {
    void *data;      /* the first pixel of the top row */
    uint32_t width;  /* 1 to 65535 */
    uint32_t height; /* 1 to 65535 */
    ptrdiff_t
        stride;      /* bytes from a row to the one below; negative for pictures stored bottom up */
    uint32_t format; /* an smp_format */
    uint32_t alpha;  /* an smp_alpha; ignored without an alpha channel */
    uint32_t space;  /* an smp_space */
    uint32_t reserved0; /* 0 */
    const uint8_t *icc; /* the profile that goes with the pixels, or NULL; written by smp_encode,
                           never applied */
    size_t icc_size;
    uint64_t reserved[4]; /* 0 */
} smp_image;

/* Bytes of one pixel; 0 for an unknown format. */
SMP_API uint32_t smp_format_pixel_size(smp_format format);
/* Channels of one pixel, 1, 3 or 4; 0 for an unknown format. */
SMP_API uint32_t smp_format_channels(smp_format format);

/* Fills a view: straight alpha; sRGB, or linear sRGB for float formats. stride 0 means tightly
 * packed.
 * errors  SMP_ERR_ARGUMENT data is NULL, a side is 0 or over 65535, |stride| is less than a row or
 *         not a multiple of the channel's size, or format is unknown */
SMP_NODISCARD SMP_API smp_status smp_image_wrap(smp_image *image, void *data, uint32_t width,
                                                uint32_t height, ptrdiff_t stride,
                                                smp_format format, smp_diag *diag);

/* Copies pixels into another view of the same size, converting format and alpha kind (not the
 * colour space: both must name the same). Gray becomes R = G = B; RGB to gray takes Rec. 709 luma
 * of the encoded values; a missing alpha is opaque; 8 <-> 16 bit by 257 with rounding; floats are
 * clamped to [0, 1] for integers.
 * errors  SMP_ERR_ARGUMENT sizes, spaces or views that do not fit */
SMP_NODISCARD SMP_API smp_status smp_image_copy(const smp_image *from, const smp_image *to,
                                                smp_diag *diag);

/* ---- files in memory ---------------------------------------------------------------------- */

typedef enum smp_file_kind {
    SMP_FILE_UNKNOWN = 0,
    SMP_FILE_JPEG = 1,
    SMP_FILE_PNG = 2,
    SMP_FILE_COUNT = 3
} smp_file_kind;

/* How a colour space was settled on. */
typedef enum smp_space_origin {
    SMP_SPACE_UNTAGGED = 0,  /* nothing in the file: taken as sRGB */
    SMP_SPACE_FROM_ICC = 1,  /* recognised from the embedded profile */
    SMP_SPACE_FROM_TAGS = 2, /* from PNG cICP, sRGB, gAMA/cHRM or Exif */
    SMP_SPACE_ASSUMED =
        3 /* there is a profile or tag that is not known: treated as sRGB, profile kept */
} smp_space_origin;

typedef struct smp_decode_desc {
    uint32_t struct_size; /* set by smp_decode_desc_init() */
    uint32_t max_side;    /* pixels, [1, 65535], default 32768: larger pictures are refused */
    uint64_t max_pixels;  /* [1, 2^32], default 268435456 (2^28) */
    uint32_t keep_exif; /* 0 or 1, default 0: make the raw Exif block available from the picture */
    uint32_t ignore_orientation; /* 0 or 1, default 0: 1 leaves pixels as stored */
} smp_decode_desc;

/* What a file's header says, read without decoding. This struct never changes. */
typedef struct smp_file_info {
    uint32_t kind;  /* an smp_file_kind */
    uint32_t width; /* as shown: after orientation */
    uint32_t height;
    uint32_t format;       /* what smp_decode will give: gray8, rgb8, rgba8, rgb16, rgba16 */
    uint32_t space;        /* an smp_space */
    uint32_t space_origin; /* an smp_space_origin */
    uint32_t orientation;  /* 1 to 8, as stored; 1 where there is none or it is broken */
    uint32_t progressive;  /* 1: progressive JPEG or interlaced PNG */
    uint64_t decode_bytes; /* memory that decoding may hold at once, at most */
    uint64_t reserved[4];  /* 0 */
} smp_file_info;

/* A decoded picture: owns its pixels, profile and, when asked for, Exif. */
typedef struct smp_picture smp_picture;

SMP_API void smp_decode_desc_init_sized(smp_decode_desc *desc, size_t size);
#define smp_decode_desc_init(desc) smp_decode_desc_init_sized((desc), sizeof *(desc))
SMP_API const smp_field *smp_decode_desc_fields(uint32_t *count);

/* Reads the header of a JPEG or PNG. Needs no context and allocates nothing.
 * errors  SMP_ERR_FORMAT      damaged
 *         SMP_ERR_UNSUPPORTED another kind (the text names HEIC, WebP, AVIF, GIF, BMP, TIFF ...),
 *                             12-bit, arithmetic or lossless JPEG */
SMP_NODISCARD SMP_API smp_status smp_read_info(const void *bytes, size_t size, smp_file_info *info,
                                               smp_diag *diag);

/* Decodes a JPEG or PNG. Pixels come upright (Exif orientation applied), alpha straight, 16 bit
 * kept, in the file's own colour space with its profile. Limits on side, area and memory are
 * decided from the header before anything is allocated. Cut and damaged files are refused.
 * errors  as smp_read_info, and SMP_ERR_LIMIT, SMP_ERR_MEMORY, SMP_ERR_RANGE (desc) */
SMP_NODISCARD SMP_API smp_status smp_decode(const smp_context *ctx, const void *bytes, size_t size,
                                            const smp_decode_desc *desc, smp_picture **picture,
                                            smp_diag *diag);
SMP_API void smp_picture_destroy(smp_picture **picture);
/* The pixels; valid until the picture is destroyed. They may be written to. */
SMP_API const smp_image *smp_picture_image(const smp_picture *picture);
SMP_API const smp_file_info *smp_picture_info(const smp_picture *picture);
/* The raw TIFF-formatted Exif block, or NULL with size 0 (none, broken, or not asked for). */
SMP_API const uint8_t *smp_picture_exif(const smp_picture *picture, size_t *size);

typedef struct smp_encode_desc {
    uint32_t struct_size; /* set by smp_encode_desc_init() */
    uint32_t kind;        /* SMP_FILE_JPEG or SMP_FILE_PNG, default PNG */
    uint32_t quality;     /* JPEG, [1, 100], default 92 */
    uint32_t effort;      /* PNG deflate level, [1, 9], default 6 */
} smp_encode_desc;

/* What else goes into the file. NULL members and a NULL struct mean nothing. This struct never
 * changes. */
typedef struct smp_metadata {
    const uint8_t *exif;  /* TIFF-formatted block; its orientation is rewritten to 1, since pixels
                             are upright */
    size_t exif_size;     /* at most 65527 bytes for JPEG */
    const char *comment;  /* JPEG comment, PNG tEXt "Comment"; UTF-8 */
    uint64_t reserved[4]; /* 0 */
} smp_metadata;

SMP_API void smp_encode_desc_init_sized(smp_encode_desc *desc, size_t size);
#define smp_encode_desc_init(desc) smp_encode_desc_init_sized((desc), sizeof *(desc))
SMP_API const smp_field *smp_encode_desc_fields(uint32_t *count);

/* Encodes a picture. PNG keeps gray, alpha and 16 bit (float becomes 16 bit). JPEG is 8-bit and
 * opaque: a picture with any alpha below the maximum is refused. The image's profile is embedded;
 * without one, a space other than sRGB gets a small profile made by the library. Linear spaces are
 * written as their companded twin (sRGB, Display P3).
 * errors  SMP_ERR_ARGUMENT the view is unusable, or JPEG of a picture that is not opaque
 *         SMP_ERR_LIMIT    sides over 65535
 *         SMP_ERR_MEMORY, SMP_ERR_RANGE (desc) */
SMP_NODISCARD SMP_API smp_status smp_encode(const smp_context *ctx, const smp_image *image,
                                            const smp_encode_desc *desc,
                                            const smp_metadata *metadata, smp_bytes **bytes,
                                            smp_diag *diag);
SMP_END

#endif
