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
} smp_scalp_desc;

SMP_API void smp_scalp_desc_init_sized(smp_scalp_desc *desc, size_t size);
#define smp_scalp_desc_init(desc) smp_scalp_desc_init_sized((desc), sizeof *(desc))
SMP_API const smp_field *smp_scalp_desc_fields(uint32_t *count);

typedef enum smp_scalp_map {
    SMP_SCALP_MASK = 0,  /* how much of a pixel may be treated, 0 to 1 */
    SMP_SCALP_SHINE = 1, /* mirrored light on top of the skin, linear, 1 is the photo's white */
    SMP_SCALP_LIGHT = 2, /* smooth luminance of the diffuse light, linear */
    SMP_SCALP_MAP_COUNT = 3
} smp_scalp_map;

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

SMP_END

#endif
