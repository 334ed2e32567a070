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

#define SMPK_SPLAT_PAD 16 /* more than the places behind a row that splat may write */

/* A soft elliptical bump to be added to three planes: amount x t^power (a + b t), t = max(0, 1 -
 * q), where q is a quadratic form of the distance from (x, y), in pixels from the centre of the
 * first pixel. */
typedef struct smpk_dot {
    float x, y;
    float qxx, qxy, qyy;
    float a, b;
    float amount[3];
    uint32_t power; /* 1 to 15 */
} smpk_dot;

/* How 8-bit codes and linear light go together. A cell is a float's bits from 16 on, counted from
 * `first` (everything below is in cell 0); code holds, as bits of a float, how many codes end
 * before the cell, edge where the next one ends, beyond the cell if it does not in it. */
typedef struct smpk_codec {
    const float *decode; /* 256 */
    const float *code, *edge;
    int32_t first;
} smpk_codec;

/* A row of pixels under pigment; in may be out. */
typedef struct smpk_compose {
    const uint8_t *in;
    uint8_t *out;
    const float *t[3];     /* what is let through, for the first, second and third byte */
    const uint16_t *shine; /* 65535 is 1 */
    const smpk_codec *codec;
    size_t bytes; /* of a pixel, 3 or 4 */
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
} smpk_look_model;

/* Columns, each figure an array of its own, mm; what is seen of them. */
typedef struct smpk_look {
    const smpk_look_model *model;
    const float *diameter, *top, *height, *dose, *spread;
    float *core[3], *near[3], *far[3], *r2, *kurtosis;
} smpk_look;

/* Cores on the skin, and their bumps in the picture. */
typedef struct smpk_place {
    const float *uu, *uv, *vv; /* px2 per mm2 */
    const float *extra;        /* variance that blur and pixel add, px2 */
    const float *r2, *kurtosis;
    float *qxx, *qxy, *qyy, *a, *b, *power, *scale, *reach_u, *reach_v;
} smpk_place;

#define SMPK_EXPAND_PAD 16 /* nodes that expand may read too far */

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
