/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Inside the maps of skin: what their steps hand on. docs/model/scalp.md, (S13) and (S14). */
#ifndef SMPI_SCALP_SKIN_JOB_H
#define SMPI_SCALP_SKIN_JOB_H

#include "scalp/scalp.h"

/* White light that skin mirrors evenly in light from all round, over the diffuse light that falls
 * on it: Fresnel's law at the index 1.4, straight on. It follows the shading, so that a picture
 * cannot tell it from paler skin; but it hides what pigment does to colour. */
#define SMPI_SKIN_EVEN 0.028

#define SMPI_SKIN_BINS 21   /* of shading, for the light's colour in the shade */
#define SMPI_SKIN_GAINS 48  /* of gloss, for the gains */
#define SMPI_SKIN_NODE 0.3f /* skin that a node needs to be counted, map pixels */
#define SMPI_SKIN_WIDTHS 3  /* of lobes round each highlight */

#define SMPI_SKIN_RARE 3 /* what may be far from usual: melanin, blood, shade */

/* One gain of the best linear estimate, and what a pixel's melanin, blood or shade far from usual
 * changes in it: with z = (its estimate)/variance, how likely that is, and what is to be added. */
typedef struct smpi_skin_gain {
    float by[4][3]; /* melanin, blood, yellow, log shade, from blood, log shade, gloss */
    struct {
        float z;       /* times the estimate */
        float half;    /* z^2 times this, less `odds`, is the logarithm of rare : usual */
        float odds;    /* with which it is usual */
        float pull[4]; /* times z, to be added when it is rare */
    } rare[SMPI_SKIN_RARE];
} smpi_skin_gain;

/* A node of the diffuse light: means over the skin of a cell. */
typedef struct smpi_skin_node {
    float rgb[3]; /* linear sRGB, cooled; from (S14) on log shade, gloss and gloss around */
    float shine;  /* as (S6) found it */
    float blood;  /* its logarithm over the head's */
    float weight; /* skin, map pixels */
    float n[3];   /* where the surface looks, camera axes; z is 0 off the head */
} smpi_skin_node;

typedef struct smpi_skin_job {
    smp_scalp *scalp;
    const smpi_survey *survey;
    float *px;                      /* R G B of each pixel and how much skin it has; then blood,
                                       log shade and gloss against what is expected, and it */
    float *shine;                   /* of each pixel, as (S6) found it, linear */
    float *seen;                    /* of each pixel, how much skin it shows, 0 to 1: that of px has
                                       lost what has an uncertain colour */
    uint32_t x0, y0, width, height; /* of the maps, round the box */
    float to_srgb[9];

    float cool[SMPI_SKIN_BINS][3]; /* what takes the shade's warmth off, by log light */
    float mean_light;              /* ln of it */
    smpi_skin_node *nodes;
    double skin[3];   /* ln melanin, ln blood, yellow of the skin under the even sheen */
    double albedo[3]; /* its colour */
    double slope[3][3];
    double even;     /* sheen: as much of SMPI_SKIN_EVEN as highlights speak for */
    float cast[3];   /* brings the matte places to that colour */
    float solve[9];  /* R G B to light, light times blood, light times gloss */
    float warped[3]; /* slopes by blood */
    float plain[3];  /* albedo */

    float *expected; /* log shade, smooth gloss, gloss around: on the nodes */
    float matte;     /* gloss of the matte places */
    float mean[3], mean_log[3], mean_shade;

    double stray[2]
                [3]; /* wide, fine: variance of blood, log shade, gloss against what is expected */
    smpi_skin_gain gains[2][SMPI_SKIN_GAINS]; /* wide, fine */
    float blocks[2];                          /* variance of Cr and Cb by JPEG, codes^2 */
    int rim;        /* which part of `expected` tells what is a rim: 0 narrow, 2 wide */
    float block_mm; /* size of the blocks of colour */
    float around;   /* standard deviation of the wide mean, mm */
    float *wide;    /* weighted mean along rows of px over its mean, and weight */
    float *taps;
    size_t reach;
} smpi_skin_job;

/* skin_light.c: the light's colour in the shade and as a whole, the head's skin; px becomes blood,
 * log shade, gloss and weight. */
smp_status smpi_skin_light(smpi_skin_job *job);

/* skin_expect.c: shade and gloss as smooth functions of where the surface looks. */
void smpi_skin_expect(smpi_skin_job *job);

/* skin_gains.c: the best linear estimate for each amount of gloss. */
void smpi_skin_find_gains(smpi_skin_job *job);

/* skin_blocks.c: how much JPEG's blocks of colour are off. */
smp_status smpi_skin_blocks(smpi_skin_job *job, smp_diag *diag);

/* Which gain: finer where there is little gloss. */
static inline uint32_t smpi_skin_gain_of(const smpi_skin_job *job, float gloss)
{
    const float over = gloss - job->matte; /* 0.6 and more: the last one */
    const float at = over > 0.0f ? sqrtf(over * (1.0f / 0.6f)) * (float)SMPI_SKIN_GAINS : 0.0f;
    return at < (float)(SMPI_SKIN_GAINS - 1) ? (uint32_t)at : SMPI_SKIN_GAINS - 1;
}

/* The photo's linear light in linear sRGB, nowhere 0. */
static inline void smpi_skin_to_srgb(const smpi_skin_job *job, const float rgb[3], float out[3])
{
    const float *m = job->to_srgb;
    for (int c = 0; c < 3; c++) {
        const float v = m[3 * c] * rgb[0] + m[3 * c + 1] * rgb[1] + m[3 * c + 2] * rgb[2];
        out[c] = v > 1e-4f ? v : 1e-4f;
    }
}

static inline float smpi_skin_held(float x, float least, float most)
{
    return x > least ? (x < most ? x : most) : least;
}

#endif
