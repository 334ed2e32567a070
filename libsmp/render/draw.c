/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The cores of the dots: sharp, drawn at full resolution with exact coverage below a pixel, band by
 * band. */
#include <math.h>
#include <string.h>

#include "render/preview.h"

void smpi_bump_shape(smpk_dot *bump, float k)
{
    const float n = floorf(k);
    const float f =
        (1.0f / (n + 2.0f) - 1.0f / (k + 2.0f)) / (1.0f / (n + 2.0f) - 1.0f / (n + 3.0f));
    bump->power = (uint32_t)n;
    bump->a = (1.0f - f) * (n + 1.0f);
    bump->b = f * (n + 2.0f);
}

/* The pixels whose centres lie in [from, to), cut to [0, count). */
static uint32_t first_pixel(float from, uint32_t count)
{
    const float i = ceilf(from - 0.5f);
    return i > 0.0f ? (i < (float)count ? (uint32_t)i : count) : 0;
}

static void draw_one(const smp_preview *preview, const smpk_dot *one, const float reach[2],
                     uint32_t top, float *planes, size_t plane)
{
    const uint32_t width = preview->bounds.width;
    smpk_dot bump = *one;
    bump.x -= (float)preview->bounds.x;
    bump.y -= (float)top;
    const uint32_t x0 = first_pixel(bump.x - reach[0], width);
    const uint32_t x1 = first_pixel(bump.x + reach[0], width);
    const uint32_t y0 = first_pixel(bump.y - reach[1], SMPI_BAND_ROWS);
    const uint32_t y1 = first_pixel(bump.y + reach[1], SMPI_BAND_ROWS);
    if (x0 >= x1 || y0 >= y1)
        return;
    bump.x -= (float)x0 + 0.5f;
    bump.y -= (float)y0 + 0.5f;
    const size_t stride = width + SMPI_CORE_PAD;
    float *at = planes + y0 * stride + x0;
    smpi_kernels(preview->ctx)
        ->splat(at, at + plane, at + 2 * plane, stride, x1 - x0, y1 - y0, &bump);
}

/* The bands whose dots or hairs may reach into one. */
static void reaching(const smp_preview *preview, uint32_t band, float reach_px, uint32_t *from,
                     uint32_t *to)
{
    const float bands = reach_px / (float)SMPI_BAND_ROWS;
    const uint32_t reach =
        bands < (float)preview->band_count ? (uint32_t)bands + 1 : preview->band_count;
    *from = band > reach ? band - reach : 0;
    *to = band + reach < preview->band_count ? band + reach + 1 : preview->band_count;
}

/* Whether rows [0, SMPI_BAND_ROWS) meet what lies within reach of v. */
static int meets(float v, float reach)
{
    return reach > 0.0f && v + reach > 0.0f && v - reach < (float)SMPI_BAND_ROWS;
}

static void draw_stubble(const smp_preview *preview, uint32_t band, float *planes, size_t plane)
{
    const smpi_stubble *s = &preview->stubble;
    const uint32_t top = preview->band_top + band * SMPI_BAND_ROWS;
    uint32_t from, to;
    if (!s->count || !(s->day >= 0.0f))
        return;
    reaching(preview, band, s->reach_px, &from, &to);
    for (uint32_t i = s->band_first[from]; i < s->band_first[to]; i++) {
        const smpi_hair_piece *piece = s->piece + i;
        const float reach[2] = {piece->reach_u, piece->reach_v};
        if (piece->from_day <= s->day && meets(piece->bump.y - (float)top, reach[1]))
            draw_one(preview, &piece->bump, reach, top, planes, plane);
    }
}

void smpi_draw_band(const smp_preview *preview, uint32_t band, float *planes, size_t plane)
{
    const uint32_t top = preview->band_top + band * SMPI_BAND_ROWS;
    uint32_t from, to;
    reaching(preview, band, preview->reach_px, &from, &to);
    memset(planes, 0, 3 * plane * sizeof *planes);
    for (uint32_t i = preview->band_first[from]; i < preview->band_first[to]; i++) {
        const smpk_bump *drawn = preview->drawn.bump + i;
        const float reach[2] = {drawn->reach_u, drawn->reach_v};
        if (meets(drawn->bump.y - (float)top, reach[1]))
            draw_one(preview, &drawn->bump, reach, top, planes, plane);
    }
    draw_stubble(preview, band, planes, plane);
}
