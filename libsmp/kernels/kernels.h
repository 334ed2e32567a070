/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The hot loops behind one table, compiled once per vector width. Nothing of ours is included here.
 * Every width gives the same bits. */
#ifndef SMPK_KERNELS_H
#define SMPK_KERNELS_H

#include <stddef.h>
#include <stdint.h>

typedef enum smpk_isa { SMPK_SCALAR = 1, SMPK_V128 = 2, SMPK_V256 = 3, SMPK_V512 = 4 } smpk_isa;

#define SMPK_SPLAT_GROUP 16 /* columns that splat reads and writes together */
/* By power: the least t that counts, 2^(-12 / power); sqrt(1 - t), and a thousandth, is how far out
 * that is, as a share of the reach at which t is 0. */
#define SMPK_SPLAT_LEAST                                                                       \
    {                                                                                          \
        1.0f, 0.000244141f, 0.015625f, 0.0625f, 0.125f, 0.189465f, 0.25f, 0.304753f, 0.353553f \
    }
#define SMPK_SPLAT_REACH                                                            \
    {                                                                               \
        0.0f, 1.001f, 0.9932f, 0.9693f, 0.9364f, 0.9012f, 0.8669f, 0.8347f, 0.8049f \
    }
/* A soft elliptical bump to be added to three planes: amount x t^power (a + b t), t = 1 - q where
 * that is not too little to count, else 0; q is a quadratic form of the distance from (x, y), in
 * pixels from the centre of the planes' first. */
typedef struct smpk_dot {
    float x, y;
    float qxx, qxy, qyy;
    float a, b;
    float amount[3];
    uint32_t power; /* 1 to 8 */
} smpk_dot;

/* Planes that dots are added to, and the part of them that matters: columns [x0, x1), rows [y0,
 * y1). */
typedef struct smpk_patch {
    float *plane[3];
    size_t stride; /* floats, whole groups */
    size_t x0, x1, y0, y1;
    float reach_x, reach_y; /* half sides of the dot's box, so far as it counts, or more */
    const smpk_dot *soon;   /* a dot that will be wanted soon, or NULL */
} smpk_patch;

/* A row of cores and the two rows of tails around it, by channel. */
typedef struct smpk_through {
    float *t[3]; /* cores; then what is let through */
    const float *above[3], *below[3];
    float share; /* how far the row is on its way from above to below */
    const uint16_t *mask;
    size_t ahead; /* elements from the mask's row to one that will be wanted soon, or 0 */
} smpk_through;

/* How 8-bit codes and linear light go together. A cell is a float's bits from 16 on, counted from
 * `first` (everything below is in cell 0). cells holds, as bits of a float, what is to be added to
 * the float's other 16 bits so that the code stands from bit 16 on: (codes that end before the
 * cell) << 16, plus 2^16 less the bits at which one ends inside it. */
typedef struct smpk_codec {
    const float *decode; /* 256 */
    const float *cells;
    int32_t first;
} smpk_codec;

/* A row of pixels under pigment; in may be out. */
typedef struct smpk_compose {
    const uint8_t *in;
    uint8_t *out;
    const float *t[3];     /* what is let through, for the first, second and third byte */
    const uint16_t *shine; /* 65535 is 1 */
    const smpk_codec *codec;
    size_t bytes;                  /* of a pixel, 3 or 4 */
    ptrdiff_t ahead_in, ahead_out; /* bytes to the rows that will be wanted soon, or 0 */
    size_t ahead_shine;            /* elements */
} smpk_compose;

#define SMPK_LOOK_LAWS 2

/* The law of dots for a skin, and what it is asked with: optics/dot_law.h. */
typedef struct smpk_law {
    const float (*cubic)[8], (*quadratic)[8]; /* 35 and 15 rows */
    float low[3], high[3];                    /* diameter, top, height, mm */
    float dose, per_mm;
} smpk_law;

typedef struct smpk_look_model {
    smpk_law law[SMPK_LOOK_LAWS];
    float tall_from, tall_to; /* mm */
    float spread, spread_true, softer;
    float near_r2[3], far_r2[3], decay[3];
    float near_more; /* a narrower tail grows by near_more of its middle */
    float least;     /* columns of less dose are not seen at all */
} smpk_look_model;

#define SMPK_AGE_TERMS 10

/* A session's dots on a day: what is left of a dose is keeps(plateau) x the sum of amount x
 * exp(-rate pace), each term times what lasers left of it by zone where there are any. */
typedef struct smpk_moment {
    uint32_t terms; /* 0: nothing there yet */
    float amount[SMPK_AGE_TERMS], rate[SMPK_AGE_TERMS];
    const float *left[SMPK_AGE_TERMS]; /* by zone, or NULL */
    float bell;                        /* of the early loss, 1 to 0 */
    float days, two_years;             /* since the session; twice as many years */
    float scab, wide, dip, swell;      /* smpi_healing */
    float scab_red;                    /* share of the red that a crust does not take */
    float shed_wide;                   /* half the time in which a scab falls, days */
} smpk_moment;

/* Dots, each figure an array of its own: as implanted, what sets each apart, as they are. */
typedef struct smpk_age {
    const smpk_moment *moment;
    const float *dose, *top;
    const float *plateau, *pace, *diffusion, *shed, *patch;
    const int32_t *zone;
    float *seen_dose, *seen_top, *spread, *red; /* red: what the first channel is multiplied with */
} smpk_age;

/* Columns, each figure an array of its own, mm; what is seen of them. */
typedef struct smpk_look {
    const smpk_look_model *model;
    const float *diameter, *top, *height, *dose, *spread;
    float *core[3], *near[3], *far[3], *r2, *kurtosis;
} smpk_look;

/* A bump and half the sides of its box; 0 when there is nothing to draw. */
typedef struct smpk_bump {
    smpk_dot bump;
    float reach_u, reach_v;
} smpk_bump;

/* Cores on the skin, and their bumps in the picture. */
typedef struct smpk_place {
    const float *x, *y;        /* copied */
    const float *uu, *uv, *vv; /* px2 per mm2 */
    const float *extra;        /* variance that blur and pixel add, px2 */
    const float *r2, *kurtosis;
    const float *core[3]; /* mm2 */
    const float *red;     /* what the first of them is multiplied with */
    smpk_bump *out;
    float less; /* variance that reading between nodes gives back (finer), px2; 0 where there is
                   none */
    float most; /* the greatest exponent, at most 8 */
} smpk_place;

/* Loads at nodes, and where dots lie between them. */
typedef struct smpk_nodes {
    const float *load[3];
    size_t width;
    const int32_t *node;            /* the first of the four nodes around a dot */
    const float *share_x, *share_y; /* how far it is on its way to the next */
    const float *tail[3];           /* what the dot itself gives */
    const float *own[3];            /* what of that it finds at its own middle */
} smpk_nodes;

typedef struct smpk_around {
    smpk_nodes near, far;
    float *left[3];
} smpk_around;

#define SMPK_EXPAND_PAD 16 /* nodes that expand may read too far */

#define SMPK_FINER_GROUP 32 /* columns that finer writes together */
#define SMPK_FINER_MOST 256 /* columns at once */
/* A row of pixels, three channels, so many floats apart, from rows of nodes. */
typedef struct smpk_finer {
    float *out;
    const float *rows[3]; /* above, at and below it; above is not read where odd */
    size_t out_plane, plane;
    int odd; /* 1: it lies between the second row and the third */
} smpk_finer;

typedef struct smpk_table {
    int isa;
    const char *name;
#define SMPK_KERNEL(name, args) void(*name) args; /* NOLINT: args has its brackets */
#include "kernels/kernels.def"
#undef SMPK_KERNEL
} smpk_table;

/* The table of a width, or NULL when it is not built or this processor cannot run it. */
const smpk_table *smpk_table_for(int isa);
/* The widest at or below cap (0: the widest of all). Never NULL. */
const smpk_table *smpk_best(int cap);

#endif
