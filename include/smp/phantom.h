/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A synthetic head that looks like a photo, with everything about it known: for demos and tests. */
#ifndef SMP_PHANTOM_H
#define SMP_PHANTOM_H

#include <smp/base.h>
#include <smp/geometry.h>
#include <smp/image.h>
#include <smp/optics.h>

SMP_BEGIN

typedef struct smp_phantom_desc {
    uint32_t struct_size; /* set by smp_phantom_desc_init() */
    uint32_t seed;        /* any, default 1 */
    uint32_t width;       /* pixels, [16, 16384], default 1600 */
    uint32_t height;      /* pixels, [16, 16384], default 1152 */
    float melanin;        /* mean of the skin, as in smp_skin, [0, 0.5], default 0.011 */
    float blood;          /* [0, 0.2], default 0.028 */
    float yellow_um;      /* [-5, 50], default 2 */
    float
        fringe; /* stubble at the sides and back: 0 none, 1 a full horseshoe, [0, 1], default 0.8 */
    float shine;   /* strength of the highlight, [0, 3], default 1 */
    float texture; /* pores, mottling, fine lines: [0, 3], default 1 */
    float
        grain; /* camera noise, standard deviation of encoded values over 255, [0, 20], default 1 */
    float blur_px;   /* the camera's blur, standard deviation, [0, 20], default 0.7 */
    float yaw_deg;   /* pose, as in smp_pose, [-180, 180], default 0 */
    float pitch_deg; /* [-90, 90], default -30: the head bowed a little so that the scalp is seen */
    float roll_deg;  /* [-180, 180], default 0 */
    float fill;    /* height of the head's outline over the picture's, or over 0.72 of its width if
                      less, [0.1, 4], default 1.42: cut at the brows; below 0.85 the whole head,
                      with a face that is no more than a sketch */
    float strands; /* long, thinning hair over the top, combed back: 0 none, 1 about 60 roots a cm2,
                      [0, 1], default 0 */
    float spots_per_cm2; /* freckles and sun spots, [0, 20], default 0: none */
    float spot_mm;       /* their median diameter, [0.5, 20], default 3 */
    float spot_melanin;  /* their melanin over that of the skin around, geometric mean, [1, 5],
                            default 2.2 */
} smp_phantom_desc;

SMP_API void smp_phantom_desc_init_sized(smp_phantom_desc *desc, size_t size);
#define smp_phantom_desc_init(desc) smp_phantom_desc_init_sized((desc), sizeof *(desc))
SMP_API const smp_field *smp_phantom_desc_fields(uint32_t *count);

typedef enum smp_phantom_map {
    SMP_PHANTOM_MASK = 0, /* bare scalp that may be treated (no fringe, ears, background), 0 to 1 */
    SMP_PHANTOM_X_MM = 1, /* the point of the head under each pixel's centre; NaN off the head */
    SMP_PHANTOM_Y_MM = 2,
    SMP_PHANTOM_Z_MM = 3,
    SMP_PHANTOM_SHADING = 4, /* diffuse light that falls there: what a white surface would show, 1
                                is the picture's white; it may be more */
    SMP_PHANTOM_SHINE = 5,   /* mirrored light, linear, on the same scale */
    SMP_PHANTOM_MELANIN = 6,
    SMP_PHANTOM_BLOOD = 7,
    SMP_PHANTOM_HAIR = 8, /* how much of a pixel hairs hide, before the camera's blur, 0 to 1 */
    SMP_PHANTOM_SPOT = 9, /* what spots_per_cm2 added to ln melanin; it is in MELANIN too */
    SMP_PHANTOM_MAP_COUNT = 10
} smp_phantom_map;

/* A hair of the fringe: root on the head, length and thickness. */
typedef struct smp_phantom_hair {
    float x_mm, y_mm, z_mm;
    float length_mm, diameter_mm;
} smp_phantom_hair;

typedef struct smp_phantom smp_phantom;

/* Draws the head: rgb8, sRGB. Holds 43 bytes a pixel, 59 while drawing.
 * errors  SMP_ERR_RANGE, SMP_ERR_MEMORY, SMP_ERR_CANCELLED */
SMP_NODISCARD SMP_API smp_status smp_phantom_create(const smp_context *ctx,
                                                    const smp_phantom_desc *desc,
                                                    const smp_progress *progress,
                                                    smp_phantom **phantom, smp_diag *diag);
SMP_API void smp_phantom_destroy(smp_phantom **phantom);
SMP_API const smp_image *smp_phantom_image(const smp_phantom *phantom);
SMP_API smp_camera smp_phantom_camera(const smp_phantom *phantom);
SMP_API smp_head smp_phantom_head(const smp_phantom *phantom);
/* The head's outline in the picture, as a user would draw it. */
SMP_API smp_ellipse smp_phantom_ellipse(const smp_phantom *phantom);
/* Known truth, one value a pixel, without copying.
 * errors  SMP_ERR_ARGUMENT kind, NULL */
SMP_NODISCARD SMP_API smp_status smp_phantom_get_map(const smp_phantom *phantom,
                                                     smp_phantom_map kind, smp_grid *map,
                                                     smp_diag *diag);
/* The hairs that were drawn; count receives how many. */
SMP_API const smp_phantom_hair *smp_phantom_hairs(const smp_phantom *phantom, uint32_t *count);

SMP_END

#endif
