/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What a scalp says about rows of the photo's own pixels: the mask and the mirrored light. Pure
 * functions of the scalp and its photo, without allocation, callable from many threads. */
#ifndef SMPI_SCALP_ROWS_H
#define SMPI_SCALP_ROWS_H

#include <smp/scalp.h>

/* How much of each photo pixel x0 .. x0 + n - 1 of row y may be treated, 0 to 1; exactly 0 where
 * never. A found mask is guarded pixel by pixel: one much darker than the skin around it (a hair, a
 * rim) counts less, down to 0. A given mask comes as given. The photo's alpha multiplies both. */
void smpi_scalp_mask_row(const smp_scalp *scalp, uint32_t y, uint32_t x0, uint32_t n, float *out);

/* The mirrored light of the same pixels: linear_rgb are the photo's pixels in linear light (3n),
 * the diffuse part of each channel is linear - shine; 0 <= shine <= the smallest channel. Where a
 * channel is clipped, what lies over the local diffuse light is shine. */
void smpi_scalp_shine_row(const smp_scalp *scalp, uint32_t y, uint32_t x0, uint32_t n,
                          const float *linear_rgb, float *shine);

/* The photo's blur at a place in photo pixels, standard deviation in pixels. */
float smpi_scalp_blur_at(const smp_scalp *scalp, float u, float v);

/* The part of the photo where the mask may be above 0, photo pixels: [x0, x1) x [y0, y1). Returns 0
 * when there is none. */
int smpi_scalp_bounds(const smp_scalp *scalp, uint32_t *x0, uint32_t *y0, uint32_t *x1,
                      uint32_t *y1);

/* skyline.c: from where the camera has a point of the head to where the photo shows it. */
void smpi_scalp_bend(const smp_scalp *scalp, double uv_px[2]);

#endif
