/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Rows of a caller's picture as floats and back: how every room reads and writes pixels. */
#ifndef SMPI_IMAGE_ROWS_H
#define SMPI_IMAGE_ROWS_H

#include <smp/image.h>

/* Checks a view that a caller handed in; `what` names it in the words: "photo: stride is ...".
 * errors  SMP_ERR_ARGUMENT */
smp_status smpi_image_check(const smp_image *image, const char *what, smp_diag *diag);

/* 1 when the format has an alpha channel. */
int smpi_format_has_alpha(uint32_t format);

/* The first byte of row y of a checked view. */
uint8_t *smpi_image_row(const smp_image *image, uint32_t y);

/* Pixels x0 to x0 + n - 1 of row y of a checked view: encoded values of the view's space, straight
 * (not premultiplied), R G B interleaved, integers as code / maximum. Gray gives R = G = B. alpha
 * (n values, 1 where there is none) may be NULL. Where premultiplied alpha is 0, colour comes as
 * stored. */
void smpi_rows_get(const smp_image *image, uint32_t y, uint32_t x0, uint32_t n, float *rgb,
                   float *alpha);

/* The inverse: get followed by put gives back every 8- and 16-bit code and every float of straight
 * formats. Integers are clamped to [0, 1] (NaN gives 0) and rounded to nearest; gray is Rec. 709
 * luma of the encoded values. alpha NULL means opaque. */
void smpi_rows_put(const smp_image *image, uint32_t y, uint32_t x0, uint32_t n, const float *rgb,
                   const float *alpha);

#endif
