/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Short hairs in a tile of a picture: what is found, and the tile. */
#ifndef SMPI_SCALP_HAIRS_H
#define SMPI_SCALP_HAIRS_H

#include <stdint.h>

#define SMPI_HAIR_TILE 128u  /* pixels of a tile, each way, without its margin */
#define SMPI_HAIR_MARGIN 32u /* pixels around it that are looked at too */
#define SMPI_HAIR_SIDE (SMPI_HAIR_TILE + 2 * SMPI_HAIR_MARGIN)
#define SMPI_HAIR_MOST 512u /* hairs of a tile */
#define SMPI_HAIR_PARTS 6u  /* hairs of one dark patch */

/* A hair in the picture. */
typedef struct smpi_hair {
    float u, v; /* its middle, pixels */
    float length, width, angle_deg, darkness;
    float rgb[3]; /* of its darkest pixel, linear */
} smpi_hair;

/* Planes of SMPI_HAIR_SIDE squared. */
typedef struct smpi_hair_tile {
    float *rgb;  /* R G B, linear */
    float *dark; /* contrast to the skin around, 0 on it */
    float *base; /* the skin around */
    float *spare;
    uint32_t *queue; /* scratch of the growing */
    uint16_t *owner; /* which hair a pixel belongs to, from 1; 0: none */
    uint32_t width, height;
    float blur_px, noise;        /* of the photo */
    float reach_px;              /* of the skin that is looked at round a pixel */
    float widest_px, longest_px; /* of a hair */
} smpi_hair_tile;

/* Fills dark and base from rgb. */
void smpi_hair_contrast(smpi_hair_tile *tile);
/* Finds hairs, the darkest first; returns how many, at most `most`. Places are in tile pixels. */
uint32_t smpi_hair_find(smpi_hair_tile *tile, smpi_hair *hairs, uint32_t most);
/* hair_split.c: takes the patch `name` of count pixels apart into straight strokes; returns how
 * many (at least 1, at most `most`), the longest first. tile->spare is used. */
uint32_t smpi_hair_split(smpi_hair_tile *tile, uint16_t name, const uint32_t *list, uint32_t count,
                         smpi_hair *hairs, uint32_t most);

#endif
