/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A JPEG's halved colour rows made twice as fine, code for code as libjpeg-turbo does: the nearer
 * sample counts three times the farther one, halves are rounded up and down in turn, and rows of
 * one or two samples are repeated. stb's own rounds halves up always, and interpolates short rows
 * too.
 *
 * row    the one that holds what is wanted; next: the one beyond, row itself at an edge
 * w      samples of each */
#ifndef SMPI_IMAGE_UPSAMPLE_H
#define SMPI_IMAGE_UPSAMPLE_H

#include <stdint.h>
#include <string.h>

#define SMPI_UPSAMPLE_RUN 256 /* samples at a time, so that compilers can use vectors */

static inline void smpi_repeat_2(uint8_t *out, const uint8_t *row, int w)
{
    for (int i = 0; i < w; i++)
        out[2 * i] = out[2 * i + 1] = row[i];
}

/* Twice as high. Above the middle of a row halves are rounded down, below it up. */
static inline void smpi_upsample_v2(uint8_t *out, const uint8_t *row, const uint8_t *next, int w)
{
    const int bias = (uintptr_t)next < (uintptr_t)row ? 1 : 2;
    for (int i = 0; i < w; i++)
        out[i] = (uint8_t)((3 * row[i] + next[i] + bias) >> 2);
}

/* Twice as wide. */
static inline void smpi_upsample_h2(uint8_t *out, const uint8_t *row, int w)
{
    if (w <= 2) {
        smpi_repeat_2(out, row, w);
        return;
    }
    out[0] = row[0];
    out[1] = (uint8_t)((3 * row[0] + row[1] + 2) >> 2);
    for (int i = 1; i < w - 1; i++) {
        out[2 * i] = (uint8_t)((3 * row[i] + row[i - 1] + 1) >> 2);
        out[2 * i + 1] = (uint8_t)((3 * row[i] + row[i + 1] + 2) >> 2);
    }
    out[2 * w - 2] = (uint8_t)((3 * row[w - 1] + row[w - 2] + 1) >> 2);
    out[2 * w - 1] = row[w - 1];
}

/* Twice as wide and high. */
static inline void smpi_upsample_hv2(uint8_t *out, const uint8_t *row, const uint8_t *next, int w)
{
    uint16_t sum[SMPI_UPSAMPLE_RUN + 2]; /* with the neighbours of the run */
    if (w <= 2) {
        smpi_repeat_2(out, row, w);
        return;
    }
    for (int first = 0; first < w; first += SMPI_UPSAMPLE_RUN) {
        const int n = w - first < SMPI_UPSAMPLE_RUN ? w - first : SMPI_UPSAMPLE_RUN;
        const int from = first > 0 ? first - 1 : 0, to = first + n < w ? first + n : w - 1;
        uint8_t *at = out + 2 * first;
        for (int i = from; i <= to; i++)
            sum[i - first + 1] = (uint16_t)(3 * row[i] + next[i]);
        if (first == 0)
            sum[0] = sum[1]; /* (3 s + s) / 16 = s / 4 */
        if (first + n == w)
            sum[n + 1] = sum[n];
        for (int i = 1; i <= n; i++) {
            at[2 * i - 2] = (uint8_t)((3 * sum[i] + sum[i - 1] + 8) >> 4);
            at[2 * i - 1] = (uint8_t)((3 * sum[i] + sum[i + 1] + 7) >> 4);
        }
    }
}

#endif
