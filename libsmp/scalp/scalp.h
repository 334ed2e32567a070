/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Inside a scalp: its planes, and the survey from which they are made. An analysis pixel stands for
 * step x step photo pixels; planes of the survey cover a box of analysis pixels round the head. */
#ifndef SMPI_SCALP_SCALP_H
#define SMPI_SCALP_SCALP_H

#include <math.h>

#include <smp/scalp.h>

#include "base/context.h"
#include "base/diag.h"
#include "geometry/head.h"

#define SMPI_SCALP_SIDE 1000u    /* analysis pixels on the longer side, at most */
#define SMPI_SCALP_PX_PER_MM 2.2 /* analysis pixels a millimetre that are enough */
#define SMPI_SCALP_STEP_MOST 8u
#define SMPI_SCALP_CURVE 1024u /* intervals of the decoding table on [0, 1] */
#define SMPI_SCALP_CELL 8u     /* analysis pixels of a cell of the diffuse light, each way */
#define SMPI_SCALP_SKIN 2u     /* analysis pixels of a pixel of the maps of skin, each way */
#define SMPI_SCALP_CHUNK 256u  /* photo pixels handled at a time in row functions */
#define SMPI_SCALP_ANGLES 256u /* directions in which the skyline is measured */
#define SMPI_SCALP_CLIP 0.985f /* encoded: a channel from here on is taken as clipped */

/* A rectangle: of analysis pixels, or of photo pixels. */
typedef struct smpi_box {
    uint32_t x0, y0, width, height;
} smpi_box;

/* The size of a map, and the photo pixels across one of its pixels. */
typedef struct smpi_plane {
    uint32_t width, height, step;
} smpi_plane;

struct smp_scalp {
    const smp_context *ctx;
    smp_image photo;
    smp_camera camera;
    smp_head head;
    smpi_ellipsoid ellipsoid; /* of a head that is not flat */
    smp_skin skin;
    double blur_px;
    float keep_shine;
    int given;    /* 1: the caller's mask is the law */
    int whole;    /* 1: skin is not looked for: the whole head is taken */
    int shined;   /* 1: the map of shine is there */
    int dense;    /* 1: pigment goes between strands of hair */
    float strand; /* luminance of that hair over the skin's */
    int guarded;  /* 1: skin was looked for: dark pixels are left out one by one */

    uint32_t step, width, height; /* of the analysis grid, which covers the whole photo */
    smpi_box box;                 /* the head, analysis pixels */
    float *maps[SMP_SCALP_MAP_COUNT];
    smpi_plane planes[SMP_SCALP_MAP_COUNT];
    float white[3];     /* what a white surface would show in the head's typical light */
    double grain;       /* of encoded values */
    double set_blur_px; /* 0: measure */
    smp_hairs_view hairs;
    float *hair_store; /* what the view points into */
    float *luma; /* mean luminance of an analysis pixel, linear; with maps[SMP_SCALP_SHINE] it tells
                    the share of shine */

    uint16_t *law; /* the given mask, 65535 is full, over law_box of photo pixels */
    smpi_box law_box;

    float *diffuse; /* local diffuse light, R G B linear, on nodes SMPI_SCALP_CELL apart over box */
    uint32_t nodes_x, nodes_y;

    /* skyline.c: the model's outline round its middle, photo pixels, and how much farther out, as a
     * share, the head goes that is seen. Within rim_px nothing is bent. */
    int bent;
    double middle[2], rim_px;
    float outline[SMPI_SCALP_ANGLES], beyond[SMPI_SCALP_ANGLES];

    float weight[3];                   /* luminance of the photo's linear R, G, B */
    float curve[SMPI_SCALP_CURVE + 2]; /* encoded to linear */
    float codes[256];                  /* 8-bit code to linear */
    int linear;                        /* 1: the photo is in linear light already */
};

/* What is known about an analysis pixel of the box while the scalp is made. */
typedef struct smpi_survey {
    float *rgb;     /* mean linear R G B */
    float *alpha;   /* mean alpha */
    float *facing;  /* cosine between the surface and the view; 0 off the head */
    float *clip;    /* share of photo pixels with a clipped channel */
    float *like;    /* how much it looks like this person's skin, 0 to 1 */
    float *spare;   /* scratch */
    uint8_t *core;  /* 1: forehead and top of the head, where skin is learned */
    uint8_t *flag;  /* scratch of the region */
    uint8_t *gloss; /* 1: near a clipped highlight */
    uint8_t *above; /* 255: over brows and ears, 0: face, ears, neck */
    size_t count;   /* pixels of the box */
    uint32_t pitch; /* likeness is known of one pixel in pitch x pitch, elsewhere it is 0 */
    float tone[3];  /* this person's diffuse colour, luminance 1 */
    float level;    /* a typical luminance of it in this photo */
    float gray;     /* 1 where the photo has no colour to go by, 0 otherwise */
    float mm;       /* analysis pixels per millimetre in the middle of the head */
} smpi_survey;

/* One pixel split by the dichromatic model, relative to the diffuse colour around it. */
typedef struct smpi_split {
    float luma;  /* luminance of the pixel */
    float body;  /* luminance of its diffuse part */
    float shine; /* what is white on top, linear; can be negative */
    float off;   /* colour that neither explains, relative to luma */
} smpi_split;

/* survey.c: reads the photo. */
smp_status smpi_scalp_survey(smp_scalp *scalp, smpi_survey *survey, const smp_progress *progress,
                             smp_diag *diag);
int smpi_scalp_find_box(smp_scalp *scalp);
float smpi_scalp_decode(const smp_scalp *scalp, float encoded);

/* 1 where the scalp (above the face) is seen at a photo pixel with at least this cosine. */
int smpi_scalp_place_ok(const smp_scalp *scalp, double u, double v, float facing);

/* The places of the survey anew, after the skyline was found. */
smp_status smpi_scalp_place(smp_scalp *scalp, smpi_survey *survey, smp_diag *diag);

/* skyline.c: where skin goes on beyond the model's outline; 1 when that is worth bending it. */
int smpi_scalp_find_skyline(smp_scalp *scalp, const smpi_survey *survey);
/* From where the photo shows a point to where the model has it. */
void smpi_scalp_unbend(const smp_scalp *scalp, double uv[2]);

/* law.c: copies a given mask. */
smp_status smpi_scalp_law(smp_scalp *scalp, const smp_image *mask, smp_diag *diag);
/* The given mask and the alpha, averaged over analysis pixels, into the mask map. */
smp_status smpi_scalp_law_map(smp_scalp *scalp, smp_diag *diag);

/* tone.c: this person's skin. */
smp_status smpi_scalp_tone(const smp_scalp *scalp, smpi_survey *survey, smp_diag *diag);

/* diffuse.c: the local diffuse light. weights: survey->like. */
smp_status smpi_scalp_diffuse(smp_scalp *scalp, const smpi_survey *survey, smp_diag *diag);
/* At a place of the analysis grid, pixels from the box's corner; bilinear between cell middles. */
void smpi_scalp_diffuse_at(const smp_scalp *scalp, float x, float y, float rgb[3]);

/* shine.c: the maps of shine and light, and the skin of the whole head. */
smp_status smpi_scalp_light_maps(smp_scalp *scalp, const smpi_survey *survey, smp_diag *diag);
/* maps.c: the skin of the whole head; survey->like are its weights. */
void smpi_scalp_skin_of(smp_scalp *scalp, const smpi_survey *survey);

/* skin_maps.c: melanin, blood, yellow and shading, against the head's skin; and the light. */
smp_status smpi_scalp_skin_maps(smp_scalp *scalp, const smpi_survey *survey, smp_diag *diag);

/* region.c: how much each pixel looks like skin, into survey->like, with the diffuse light. */
smp_status smpi_scalp_learn(smp_scalp *scalp, smpi_survey *survey, const smp_progress *progress,
                            smp_diag *diag);
/* Where bare skin is, from that; into survey->like. */
smp_status smpi_scalp_find(smp_scalp *scalp, smpi_survey *survey, smp_diag *diag);

/* between.c: density mode: where skin shows between strands, into the maps of mask and hair;
 * survey->like is then the skin that tells about the light. */
smp_status smpi_scalp_between(smp_scalp *scalp, smpi_survey *survey, smp_diag *diag);

/* The mean of `from` over a square of about `mm` to each side, into `to` (may be the same);
 * survey->spare is used. */
smp_status smpi_scalp_smooth(const smp_scalp *scalp, smpi_survey *survey, float *from, float *to,
                             float mm);

/* limb.c: lets the flags 3 of found skin grow into the limb; all others become 0. queue holds one
 * place for each pixel; survey->like and spare are used. */
smp_status smpi_scalp_limb(const smp_scalp *scalp, smpi_survey *survey, uint32_t *queue);

/* blur.c: the photo's blur, and the maps of blur and grain. */
smp_status smpi_scalp_measure_blur(smp_scalp *scalp, smp_diag *diag);

/* sharp.c: blur and grain cell by cell, from rows of linear luminance. */
typedef struct smpi_sharpness {
    float *cells; /* of each cell: sums of squared differences two, four and eight pixels apart, how
                     many, the least mean second difference of a row, the sum of differences eight
                     apart */
    size_t count;
} smpi_sharpness;

smp_status smpi_sharpness_open(const smp_scalp *scalp, smpi_sharpness *sharp, smp_diag *diag);
void smpi_sharpness_row(const smp_scalp *scalp, smpi_sharpness *sharp, uint32_t y, uint32_t x0,
                        uint32_t n, float *luma);
/* Fills the maps and frees. */
void smpi_sharpness_close(smp_scalp *scalp, smpi_sharpness *sharp);

/* hairs.c: looks for short hairs, into the view. */
smp_status smpi_scalp_find_hairs(smp_scalp *scalp, smp_diag *diag);
void smpi_scalp_free_hairs(smp_scalp *scalp);

/* 0 below a, 1 over b, smooth between; falls when b < a. */
static inline float smpi_scalp_ramp(float x, float a, float b)
{
    float t = (x - a) / (b - a);
    t = t > 0.0f ? (t < 1.0f ? t : 1.0f) : 0.0f;
    return t * t * (3.0f - 2.0f * t);
}

/* Density mode: the share of a pixel that is skin and not hair, from its luminance over that of the
 * skin around: a pixel is a mixture of both. (S17). */
static inline float smpi_scalp_uncovered(const smp_scalp *scalp, float over)
{
    const float share = (over - scalp->strand) / (1.0f - scalp->strand);
    return share > 0.0f ? (share < 1.0f ? share : 1.0f) : 0.0f; /* NaN is 0 */
}

/* One pixel split by the dichromatic model, (S4). */
static inline smpi_split smpi_scalp_split(const smp_scalp *scalp, const float rgb[3],
                                          const float diffuse[3])
{
    const float *w = scalp->weight;
    smpi_split split = {0};
    const float level = w[0] * diffuse[0] + w[1] * diffuse[1] + w[2] * diffuse[2];
    split.luma = w[0] * rgb[0] + w[1] * rgb[1] + w[2] * rgb[2];
    split.body = split.luma;
    if (!(split.luma > 1e-6f && level > 1e-6f))
        return split;
    /* White light adds the same to every channel: it vanishes from the differences. */
    const float du = (diffuse[0] - diffuse[1]) / level, dv = (diffuse[1] - diffuse[2]) / level;
    const float u = (rgb[0] - rgb[1]) / split.luma, v = (rgb[1] - rgb[2]) / split.luma;
    const float norm = du * du + dv * dv;
    if (norm < 0.01f) { /* no colour to tell them apart by */
        split.off = sqrtf(u * u + v * v);
        return split;
    }
    const float share = (u * du + v * dv) / norm;
    split.body = share * split.luma;
    split.shine = split.luma - split.body;
    split.off = fabsf(u * dv - v * du) / sqrtf(norm);
    return split;
}

/* The same as smpi_scalp_diffuse_at() of any R G B on the nodes of the diffuse light. */
static inline void smpi_scalp_nodes_at(const smp_scalp *scalp, const float *nodes, float x, float y,
                                       float rgb[3])
{
    const float cell = 1.0f / (float)SMPI_SCALP_CELL;
    float u = x * cell - 0.5f, v = y * cell - 0.5f;
    const float last_u = (float)(scalp->nodes_x - 1), last_v = (float)(scalp->nodes_y - 1);
    u = u > 0.0f ? (u < last_u ? u : last_u) : 0.0f;
    v = v > 0.0f ? (v < last_v ? v : last_v) : 0.0f;
    const uint32_t i = (uint32_t)u, j = (uint32_t)v;
    const uint32_t i1 = i + 1 < scalp->nodes_x ? i + 1 : i, j1 = j + 1 < scalp->nodes_y ? j + 1 : j;
    const float fu = u - (float)i, fv = v - (float)j;
    const float *top = nodes + 3 * (size_t)j * scalp->nodes_x;
    const float *low = nodes + 3 * (size_t)j1 * scalp->nodes_x;
    for (size_t c = 0; c < 3; c++) {
        const float a =
            top[3 * (size_t)i + c] + fu * (top[3 * (size_t)i1 + c] - top[3 * (size_t)i + c]);
        const float b =
            low[3 * (size_t)i + c] + fu * (low[3 * (size_t)i1 + c] - low[3 * (size_t)i + c]);
        rgb[c] = a + fv * (b - a);
    }
}

#endif
