/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What a photo says about a scalp: where pigment may go, the skin, the shine, the sharpness. */
#ifndef SMP_SCALP_H
#define SMP_SCALP_H

#include <smp/base.h>
#include <smp/geometry.h>
#include <smp/image.h>
#include <smp/optics.h>

SMP_BEGIN

typedef struct smp_scalp_desc {
    uint32_t struct_size; /* set by smp_scalp_desc_init() */
    uint32_t find_skin; /* 0 or 1, default 1: without a mask, look for bare skin; 0 takes the whole
                           head */
    float blur_px;      /* the photo's own blur, standard deviation in pixels, [0, 50], default 0:
                           measure it */
    float
        keep_shine; /* how much of the found shine stays on top of the pigment, [0, 1], default 1 */
    uint32_t find_hairs;   /* 0 or 1, default 0: look for short hairs and stubble, one by one */
    uint32_t density_mode; /* 0 or 1, default 0: 1 lets pigment go on the skin between the strands
                              of longer, thinning hair; the hair stays on top */
} smp_scalp_desc;

SMP_API void smp_scalp_desc_init_sized(smp_scalp_desc *desc, size_t size);
#define smp_scalp_desc_init(desc) smp_scalp_desc_init_sized((desc), sizeof *(desc))
SMP_API const smp_field *smp_scalp_desc_fields(uint32_t *count);

/* What is known about each place of the photo. Light and chromophores are relative: one gain per
 * photo is free (docs/model/scalp.md). Where there is no scalp they hold the nearest sensible
 * value, or 0 outside the head's box. */
typedef enum smp_scalp_map {
    SMP_SCALP_MASK = 0,    /* how much of a pixel may be treated, 0 to 1 */
    SMP_SCALP_SHINE = 1,   /* mirrored light on top of the skin, linear, 1 is the photo's white */
    SMP_SCALP_LIGHT = 2,   /* smooth luminance of the diffuse light, linear */
    SMP_SCALP_MELANIN = 3, /* as in smp_skin */
    SMP_SCALP_BLOOD = 4,
    SMP_SCALP_YELLOW = 5, /* micromol/l */
    SMP_SCALP_SHADE = 6,  /* diffuse light that falls there: what a white surface would show */
    SMP_SCALP_BLUR = 7,   /* the photo's own blur there, standard deviation, pixels */
    SMP_SCALP_GRAIN = 8,  /* noise there, standard deviation of encoded values, 1 is white */
    SMP_SCALP_HAIR = 9,   /* how much of a pixel hair hides, 0 to 1; 0 unless density_mode is 1 */
    SMP_SCALP_MAP_COUNT = 10
} smp_scalp_map;

/* "mask", "shine" and so on, static; NULL for an unknown kind. */
SMP_API const char *smp_scalp_map_name(smp_scalp_map kind);

/* A photo read once. It borrows the photo's pixels: they must stay as they are while the scalp is
 * in use. */
typedef struct smp_scalp smp_scalp;

/* Reads a photo.
 *
 * photo   any format; premultiplied alpha is refused; alpha limits where pigment goes
 * mask    NULL, or a picture of the photo's size, gray (or the mean of R, G, B) times alpha: 0
 *         never, maximum fully. It is copied. Given a mask nothing is looked for: the mask is the
 *         law
 * errors  SMP_ERR_ARGUMENT sizes that differ, a view that is unusable; SMP_ERR_RANGE;
 *         SMP_ERR_MEMORY; SMP_ERR_CANCELLED */
SMP_NODISCARD SMP_API smp_status smp_scalp_create(const smp_context *ctx, const smp_image *photo,
                                                  const smp_camera *camera, const smp_head *head,
                                                  const smp_image *mask, const smp_scalp_desc *desc,
                                                  const smp_progress *progress, smp_scalp **scalp,
                                                  smp_diag *diag);
SMP_API void smp_scalp_destroy(smp_scalp **scalp);

/* A map, without copying; map pixel (i, j) covers step x step photo pixels from (i * step, j *
 * step).
 * errors  SMP_ERR_ARGUMENT kind, NULL */
SMP_NODISCARD SMP_API smp_status smp_scalp_get_map(const smp_scalp *scalp, smp_scalp_map kind,
                                                   smp_grid *map, uint32_t *step, smp_diag *diag);
/* The skin that the photo shows on average, and the photo's blur in pixels. */
SMP_API smp_skin smp_scalp_skin(const smp_scalp *scalp);
SMP_API double smp_scalp_blur_px(const smp_scalp *scalp);
SMP_API smp_camera smp_scalp_camera(const smp_scalp *scalp);
/* The light: linear sRGB that a white surface in the head's typical light would show; its level is
 * the photo's exposure and its colour the cast, as far as skin tells (docs/model/scalp.md). 0 when
 * there is no scalp. */
SMP_API void smp_scalp_light(const smp_scalp *scalp, float rgb_lin[3]);
/* Noise of encoded values, standard deviation, 1 is white: the median over the scalp. */
SMP_API double smp_scalp_grain(const smp_scalp *scalp);

/* The short hairs that were found: arrays of count, valid as long as the scalp; NULL and 0 unless
 * find_hairs was 1. A hair that is shorter than wide is a follicle. */
typedef struct smp_hairs_view {
    uint32_t count;
    uint32_t reserved;
    const float *u_px, *v_px;          /* its middle in the photo */
    const float *x_mm, *y_mm, *z_mm;   /* the same on the head */
    const float *length_px, *width_px; /* as seen, the photo's blur taken off */
    const float *angle_deg;            /* of its axis, clockwise from the picture's x, [0, 180) */
    const float
        *darkness;  /* 1 - its light (0.7 R + 0.3 G) over that of the skin round it, (0, 1] */
    float area_cm2; /* of the scalp on which hairs could be seen */
    float per_cm2;  /* hairs on that area */
    float typical_width_mm, typical_length_mm, typical_darkness; /* medians */
    float rgb[3]; /* typical colour of the hairs' cores, linear */
} smp_hairs_view;

SMP_API smp_hairs_view smp_scalp_hairs(const smp_scalp *scalp);

SMP_END

#endif
