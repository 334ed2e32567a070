/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The scalp at the photo's own pixels. docs/model/scalp.md, (S6) and (S8). */
#include "scalp/rows.h"

#include <string.h>

#include "image/rows.h"
#include "scalp/scalp.h"

/* A single white hair: luminance over the skin's around it, and the share of it that is white and
 * not mirrored around there. Measured on white hair over flushed skin: 1.4 to 1.8, 0.4 to 0.7. */
#define WHITE_BRIGHT 1.08f
#define WHITE_SURE 1.28f
#define WHITE_THIN 1.08f /* over the mean of its analysis pixel */
#define WHITE_PALE 0.08f
#define WHITE_FULL 0.28f

/* A place between four analysis pixels. */
typedef struct between {
    size_t at[4];
    float weight[4];
} between;

static between place(const smp_scalp *scalp, uint32_t x, uint32_t y)
{
    const float share = 1.0f / (float)scalp->step;
    float u = ((float)x + 0.5f) * share - 0.5f, v = ((float)y + 0.5f) * share - 0.5f;
    u = u > 0.0f ? u : 0.0f;
    v = v > 0.0f ? v : 0.0f;
    uint32_t i = (uint32_t)u, j = (uint32_t)v;
    i = i < scalp->width ? i : scalp->width - 1;
    j = j < scalp->height ? j : scalp->height - 1;
    const uint32_t i1 = i + 1 < scalp->width ? i + 1 : i, j1 = j + 1 < scalp->height ? j + 1 : j;
    const float fu = u - (float)i, fv = v - (float)j;
    const size_t top = (size_t)j * scalp->width, low = (size_t)j1 * scalp->width;
    return (between){{top + i, top + i1, low + i, low + i1},
                     {(1.0f - fu) * (1.0f - fv), fu * (1.0f - fv), (1.0f - fu) * fv, fu * fv}};
}

static float mix(const float *plane, const between *b)
{
    return b->weight[0] * plane[b->at[0]] + b->weight[1] * plane[b->at[1]] +
           b->weight[2] * plane[b->at[2]] + b->weight[3] * plane[b->at[3]];
}

/* The part of [x0, x0 + n) that lies in [from, from + width): its first index, and its length. */
static uint32_t overlap(uint32_t x0, uint32_t n, uint32_t from, uint32_t width, uint32_t *first)
{
    const uint32_t a = x0 > from ? x0 : from;
    const uint32_t end = from + width;
    const uint32_t b = x0 + n < end ? x0 + n : end;
    *first = a - x0;
    return a < b ? b - a : 0;
}

static void law_row(const smp_scalp *scalp, uint32_t y, uint32_t x0, uint32_t n, float *out)
{
    float rgb[3 * SMPI_SCALP_CHUNK], alpha[SMPI_SCALP_CHUNK];
    const smpi_box *box = &scalp->law_box;
    uint32_t first = 0;
    if (!scalp->law || y < box->y0 || y >= box->y0 + box->height)
        return;
    uint32_t m = overlap(x0, n, box->x0, box->width, &first);
    const uint16_t *law = scalp->law + (size_t)(y - box->y0) * box->width;
    const int opaque = !smpi_format_has_alpha(scalp->photo.format);
    while (m > 0) {
        const uint32_t k = m < SMPI_SCALP_CHUNK ? m : SMPI_SCALP_CHUNK;
        if (!opaque)
            smpi_rows_get(&scalp->photo, y, x0 + first, k, rgb, alpha);
        for (uint32_t i = 0; i < k; i++) {
            float a = 1.0f;
            if (!opaque)
                a = alpha[i] > 0.0f ? (alpha[i] < 1.0f ? alpha[i] : 1.0f) : 0.0f;
            out[first + i] = (float)law[x0 + first + i - box->x0] * (1.0f / 65535.0f) * a;
        }
        first += k;
        m -= k;
    }
}

/* How much of a pixel that is brighter and paler than the skin and the gloss around is no single
 * white hair. x, y: photo pixels; around: the share of what is mirrored there. */
static float no_white_hair(const smp_scalp *scalp, const float linear[3], float over, uint32_t x,
                           uint32_t y, float around)
{
    const float share = 1.0f / (float)scalp->step;
    float diffuse[3];
    smpi_scalp_diffuse_at(scalp, ((float)x + 0.5f) * share - (float)scalp->box.x0,
                          ((float)y + 0.5f) * share - (float)scalp->box.y0, diffuse);
    const smpi_split split = smpi_scalp_split(scalp, linear, diffuse);
    const float pale = split.shine / (split.luma > 1e-6f ? split.luma : 1e-6f) - around;
    return 1.0f - smpi_scalp_ramp(pale, WHITE_PALE, WHITE_FULL) *
                      smpi_scalp_ramp(over, WHITE_BRIGHT, WHITE_SURE);
}

/* How much a pixel that is darker or brighter than the light around it may still be skin. */
static float guard(const smp_scalp *scalp, const float rgb[3], uint32_t x, uint32_t y,
                   const between *b)
{
    const float light = mix(scalp->maps[SMP_SCALP_LIGHT], b);
    float linear[3], luma = 0.0f;
    for (int c = 0; c < 3; c++) {
        linear[c] = smpi_scalp_decode(scalp, rgb[c]);
        luma += scalp->weight[c] * linear[c];
    }
    if (luma > WHITE_BRIGHT * light && light > 0.0f) {
        const float mean = mix(scalp->luma, b), shine = mix(scalp->maps[SMP_SCALP_SHINE], b);
        if (!(luma > WHITE_THIN * mean)) /* as bright all around: gloss */
            return 1.0f;
        return no_white_hair(scalp, linear, luma / light, x, y, mean > 1e-6f ? shine / mean : 0.0f);
    }
    if (scalp
            ->dense) { /* of the light of a strand's soft edge, only the skin's share is darkened */
        const float over = luma / light;
        return over < 1.0f ? smpi_scalp_uncovered(scalp, over) / over : light > 0.0f ? 1.0f : 0.0f;
    }
    return smpi_scalp_ramp(luma, 0.22f * light, 0.42f * light);
}

/* Up to a chunk of pixels of a found mask. */
static void found_chunk(const smp_scalp *scalp, uint32_t y, uint32_t x0, uint32_t n, float *out)
{
    float rgb[3 * SMPI_SCALP_CHUNK], alpha[SMPI_SCALP_CHUNK];
    const float *mask = scalp->maps[SMP_SCALP_MASK];
    const float *cells = mask + (size_t)(y / scalp->step) * scalp->width;
    int read = 0;
    for (uint32_t k = 0; k < n; k++) {
        if (!(cells[(x0 + k) / scalp->step] > 0.0f))
            continue; /* 0 in the map is 0 in each of its pixels */
        if (!read)
            smpi_rows_get(&scalp->photo, y, x0, n, rgb, alpha);
        read = 1;
        const between b = place(scalp, x0 + k, y);
        const float a = alpha[k] > 0.0f ? (alpha[k] < 1.0f ? alpha[k] : 1.0f) : 0.0f;
        const float most =
            mix(mask, &b); /* alpha is in the map: it limits, and is not counted twice */
        out[k] = (most < a ? most : a) *
                 (scalp->guarded ? guard(scalp, rgb + 3 * (size_t)k, x0 + k, y, &b) : 1.0f);
    }
}

void smpi_scalp_mask_row(const smp_scalp *scalp, uint32_t y, uint32_t x0, uint32_t n, float *out)
{
    memset(out, 0, n * sizeof *out);
    if (scalp->given) {
        law_row(scalp, y, x0, n, out);
        return;
    }
    const smpi_box *box = &scalp->box;
    const uint32_t row = y / scalp->step;
    if (box->width == 0 || row < box->y0 || row >= box->y0 + box->height)
        return;
    uint32_t first = 0;
    uint32_t m = overlap(x0, n, box->x0 * scalp->step, box->width * scalp->step, &first);
    while (m > 0) {
        const uint32_t k = m < SMPI_SCALP_CHUNK ? m : SMPI_SCALP_CHUNK;
        found_chunk(scalp, y, x0 + first, k, out + first);
        first += k;
        m -= k;
    }
}

void smpi_scalp_shine_row(const smp_scalp *scalp, uint32_t y, uint32_t x0, uint32_t n,
                          const float *linear_rgb, float *shine)
{
    const float *w = scalp->weight;
    memset(shine, 0, n * sizeof *shine);
    const smpi_box *box = &scalp->box;
    const uint32_t row = y / scalp->step;
    if (box->width == 0 || row < box->y0 || row >= box->y0 + box->height)
        return;
    uint32_t first = 0;
    const uint32_t m = overlap(x0, n, box->x0 * scalp->step, box->width * scalp->step, &first);
    for (uint32_t k = first; k < first + m; k++) {
        const float *p = linear_rgb + 3 * (size_t)k;
        const between b = place(scalp, x0 + k, y);
        const float luma = w[0] * p[0] + w[1] * p[1] + w[2] * p[2];
        const float mean = mix(scalp->luma, &b);
        /* The pixel is taken to have the same share of shine as its surroundings. */
        float s = mean > 1e-6f ? mix(scalp->maps[SMP_SCALP_SHINE], &b) * (luma / mean) : 0.0f;
        const float over = luma - mix(scalp->maps[SMP_SCALP_LIGHT], &b);
        float most = p[0] > p[1] ? p[0] : p[1], least = p[0] < p[1] ? p[0] : p[1];
        most = p[2] > most ? p[2] : most;
        least = p[2] < least ? p[2] : least;
        if (over > s) /* towards the clipped: all that is over the local diffuse light */
            s += (over - s) * smpi_scalp_ramp(most, 0.75f, 0.95f);
        s *= scalp->keep_shine;
        s = s < least ? s : least;
        shine[k] = s > 0.0f ? s : 0.0f;
    }
}

int smpi_scalp_bounds(const smp_scalp *scalp, uint32_t *x0, uint32_t *y0, uint32_t *x1,
                      uint32_t *y1)
{
    smpi_box box = scalp->law_box;
    if (!scalp->given) {
        box = scalp->box;
        box.x0 *= scalp->step;
        box.y0 *= scalp->step;
        box.width *= scalp->step;
        box.height *= scalp->step;
    }
    *x0 = box.x0;
    *y0 = box.y0;
    *x1 = box.x0 + box.width < scalp->photo.width ? box.x0 + box.width : scalp->photo.width;
    *y1 = box.y0 + box.height < scalp->photo.height ? box.y0 + box.height : scalp->photo.height;
    return box.width > 0 && box.height > 0;
}
