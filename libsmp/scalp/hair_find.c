/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Short hairs and follicles in a tile: small patches darker than the skin around, in red light, in
 * which vessels and freckles are faint. docs/model/scalp.md, (S16). */
#include <math.h>
#include <string.h>

#include "base/math.h"
#include "scalp/hairs.h"
#include "scalp/scalp.h"

#define RED 0.7f    /* of red in the light that is looked at; the rest is green */
#define PEAK 0.20f  /* contrast that the darkest pixel of a hair must have */
#define NOISES 4.0f /* and this many standard deviations of the noise */
#define SHARE 0.5f  /* of its peak: down to there a pixel belongs to a hair */
#define LEAST_PX 3  /* pixels of a hair */
#define RED_LEAST                                                                             \
    0.5f            /* contrast in red over that in green: hair is dark in both, blood is not \
                     */
#define SPLIT_PX 16 /* pixels from which a patch may be more than one hair */
#define SPLIT_PX_MOST 1200 /* and up to which it is looked at */
#define CORE_LEVELS 5      /* floors over SHARE at which a patch that is no hair is looked at */
#define CORE_LEAST 8u      /* pixels of a core */
#define CORE_PEAK 0.26f    /* and its contrast */
#define BELL 3.4641016f    /* a bar's length over its standard deviation, sqrt(12) */

/* Running means over 2 r + 1 values along rows of n, then columns: plane to plane, by spare. */
static void mean_along(const float *from, float *to, uint32_t count, uint32_t stride, uint32_t r)
{
    float sum = 0.0f, n = 0.0f;
    for (uint32_t i = 0; i < r && i < count; i++, n += 1.0f)
        sum += from[(size_t)i * stride];
    for (uint32_t i = 0; i < count; i++) {
        if (i + r < count) {
            sum += from[(size_t)(i + r) * stride];
            n += 1.0f;
        }
        if (i > r) {
            sum -= from[(size_t)(i - r - 1) * stride];
            n -= 1.0f;
        }
        to[(size_t)i * stride] = sum / n;
    }
}

static void mean_plane(const smpi_hair_tile *t, const float *from, float *to, uint32_t r)
{
    for (uint32_t y = 0; y < t->height; y++)
        mean_along(from + (size_t)y * t->width, t->spare + (size_t)y * t->width, t->width, 1, r);
    for (uint32_t x = 0; x < t->width; x++)
        mean_along(t->spare + x, to + x, t->height, t->width, r);
}

/* One more pass of 1/4, 1/2, 1/4 both ways takes single pixels' noise out. */
static void calm(const smpi_hair_tile *t, float *plane)
{
    const uint32_t w = t->width, h = t->height;
    for (uint32_t y = 0; y < h; y++)
        for (uint32_t x = 0; x < w; x++) {
            const float *p = plane + (size_t)y * w;
            const float west = p[x > 0 ? x - 1 : 0], east = p[x + 1 < w ? x + 1 : x];
            t->spare[(size_t)y * w + x] = 0.25f * (west + east) + 0.5f * p[x];
        }
    for (uint32_t y = 0; y < h; y++)
        for (uint32_t x = 0; x < w; x++) {
            const float *p = t->spare + x;
            const float north = p[(size_t)(y > 0 ? y - 1 : 0) * w];
            const float south = p[(size_t)(y + 1 < h ? y + 1 : y) * w];
            plane[(size_t)y * w + x] = 0.25f * (north + south) + 0.5f * p[(size_t)y * w];
        }
}

void smpi_hair_contrast(smpi_hair_tile *t)
{
    const size_t count = (size_t)t->width * t->height;
    const uint32_t r = (uint32_t)t->reach_px;
    float *light = t->dark;
    for (size_t k = 0; k < count; k++)
        light[k] = RED * t->rgb[3 * k] + (1.0f - RED) * t->rgb[3 * k + 1];
    mean_plane(t, light, t->base, r);
    /* Twice: what is darker than the mean counts as the mean, so that dense hair drags the skin
     * that is seen between it down less and less. */
    for (int turn = 0; turn < 3; turn++) {
        float *lifted = t->rgb + 3 * count; /* behind the colours there is one plane more */
        for (size_t k = 0; k < count; k++)
            lifted[k] = light[k] > t->base[k] ? light[k] : t->base[k];
        mean_plane(t, lifted, t->base, r);
    }
    for (size_t k = 0; k < count; k++) {
        const float skin = t->base[k] > 1e-4f ? t->base[k] : 1e-4f;
        light[k] = 1.0f - light[k] / skin;
    }
    calm(t, t->dark);
}

static int peak_at(const smpi_hair_tile *t, uint32_t x, uint32_t y)
{
    const float *p = t->dark + (size_t)y * t->width + x;
    const ptrdiff_t w = (ptrdiff_t)t->width;
    const float here = *p;
    return here > p[-1] && here >= p[1] && here > p[-w] && here >= p[w] && here > p[-w - 1] &&
           here >= p[w + 1] && here > p[-w + 1] && here >= p[w - 1];
}

/* The peaks over the threshold into the queue, the darkest first; returns how many. */
static uint32_t list_peaks(const smpi_hair_tile *t, float least)
{
    uint32_t count = 0;
    const uint32_t most = 4 * SMPI_HAIR_MOST;
    for (uint32_t y = 1; y + 1 < t->height; y++)
        for (uint32_t x = 1; x + 1 < t->width; x++)
            if (t->dark[(size_t)y * t->width + x] > least && count < most && peak_at(t, x, y))
                t->queue[count++] = y * t->width + x;
    for (uint32_t gap = count / 2; gap > 0; gap /= 2) /* Shell 1959 */
        for (uint32_t i = gap; i < count; i++) {
            const uint32_t key = t->queue[i];
            uint32_t j = i;
            for (; j >= gap && t->dark[t->queue[j - gap]] < t->dark[key]; j -= gap)
                t->queue[j] = t->queue[j - gap];
            t->queue[j] = key;
        }
    return count;
}

/* Grows a hair from its peak; its pixels go into list (returns how many), and those beside them are
 * taken too, so that its flanks are no hairs. */
static uint32_t grow(smpi_hair_tile *t, uint32_t seed, uint16_t name, uint32_t *list, uint32_t most)
{
    const float floor = SHARE * t->dark[seed];
    const uint32_t w = t->width, h = t->height;
    uint32_t count = 1;
    list[0] = seed;
    t->owner[seed] = name;
    for (uint32_t at = 0; at < count; at++) {
        const uint32_t x = list[at] % w, y = list[at] / w;
        for (uint32_t k = 0; k < 9; k++) {
            const uint32_t u = x + k % 3, v = y + k / 3; /* one too far to the right and below */
            if (u < 1 || v < 1 || u > w || v > h)
                continue;
            const uint32_t to = (v - 1) * w + (u - 1);
            if (t->owner[to] == 0 && t->dark[to] > floor && count < most) {
                t->owner[to] = name;
                list[count++] = to;
            } else if (t->owner[to] == 0) {
                t->owner[to] = UINT16_MAX; /* a flank */
            }
        }
    }
    return count;
}

/* Place, size and direction of the pixels of a hair from their weighted moments. */
static void measure(const smpi_hair_tile *t, const uint32_t *list, uint32_t count, smpi_hair *hair)
{
    float sum = 0.0f, sx = 0.0f, sy = 0.0f, xx = 0.0f, yy = 0.0f, xy = 0.0f;
    for (uint32_t k = 0; k < count; k++) {
        const float w = t->dark[list[k]];
        sum += w;
        sx += w * (float)(list[k] % t->width);
        sy += w * (float)(list[k] / t->width);
    }
    sx /= sum;
    sy /= sum;
    for (uint32_t k = 0; k < count; k++) {
        const float w = t->dark[list[k]] / sum;
        const float dx = (float)(list[k] % t->width) - sx, dy = (float)(list[k] / t->width) - sy;
        xx += w * dx * dx;
        yy += w * dy * dy;
        xy += w * dx * dy;
    }
    /* Blur, its own calming (1/2) and the pixel are no part of it. Cut at half its peak a bell
     * keeps a third of its variance. */
    const float extra = (t->blur_px * t->blur_px + 0.5f + 1.0f / 12.0f) * (1.0f / 3.0f);
    const float half = 0.5f * (xx + yy), apart = sqrtf(0.25f * (xx - yy) * (xx - yy) + xy * xy);
    const float along = half + apart - extra, across = half - apart - extra;
    hair->u = sx + 0.5f;
    hair->v = sy + 0.5f;
    hair->length = BELL * sqrtf(along > 0.04f ? along : 0.04f);
    hair->width = BELL * sqrtf(across > 0.04f ? across : 0.04f);
    const double turn = 0.5 * smpi_atan2((double)(2.0f * xy), (double)(xx - yy));
    const float degrees = (float)(turn * (180.0 / SMPI_PI));
    hair->angle_deg = degrees < 0.0f ? degrees + 180.0f : degrees;
    hair->angle_deg = hair->angle_deg < 180.0f ? hair->angle_deg : 0.0f;
}

/* Hair is dark in red as in green; blood, freckles and scabs are not. */
static int is_hair(const smpi_hair_tile *t, uint32_t seed, const smpi_hair *hair)
{
    const float *p = t->rgb + 3 * (size_t)seed;
    const size_t w = t->width;
    float skin[2] = {0.0f, 0.0f};
    if (hair->width > t->widest_px || hair->length > t->longest_px)
        return 0;
    /* The skin around: what lies the reach away, four ways. */
    const uint32_t x = seed % t->width, y = seed / t->width, r = (uint32_t)t->reach_px;
    const uint32_t x0 = x > r ? x - r : 0, x1 = x + r < t->width ? x + r : t->width - 1;
    const uint32_t y0 = y > r ? y - r : 0, y1 = y + r < t->height ? y + r : t->height - 1;
    const size_t around[4] = {y * w + x0, y * w + x1, y0 * w + x, y1 * w + x};
    for (int k = 0; k < 4; k++)
        for (int c = 0; c < 2; c++)
            skin[c] += 0.25f * t->rgb[3 * around[k] + (size_t)c];
    const float red = 1.0f - p[0] / (skin[0] > 1e-4f ? skin[0] : 1e-4f);
    const float green = 1.0f - p[1] / (skin[1] > 1e-4f ? skin[1] : 1e-4f);
    return red > RED_LEAST * green;
}

/* Fills in what a hair is like at its darkest pixel; whether it is one. */
static int finish(const smpi_hair_tile *t, uint32_t seed, smpi_hair *hair)
{
    hair->darkness = t->dark[seed] < 1.0f ? t->dark[seed] : 1.0f;
    for (size_t c = 0; c < 3; c++)
        hair->rgb[c] = t->rgb[3 * (size_t)seed + c];
    return is_hair(t, seed, hair);
}

/* The connected part of a patch over a floor that holds seed, into part; its pixels are marked. */
static uint32_t core_at(smpi_hair_tile *t, uint16_t name, uint32_t seed, float floor,
                        uint32_t *part)
{
    const uint32_t w = t->width, h = t->height;
    uint32_t count = 1;
    part[0] = seed;
    t->spare[seed] = 1.0f;
    for (uint32_t at = 0; at < count; at++) {
        const uint32_t x = part[at] % w, y = part[at] / w;
        for (uint32_t k = 0; k < 9; k++) {
            const uint32_t u = x + k % 3, v = y + k / 3;
            if (u < 1 || v < 1 || u > w || v > h)
                continue;
            const uint32_t to = (v - 1) * w + (u - 1);
            if (t->owner[to] == name && !(t->spare[to] > 0.0f) && t->dark[to] > floor) {
                t->spare[to] = 1.0f;
                part[count++] = to;
            }
        }
    }
    return count;
}

/* Hairs that touch side by side make a patch too wide for one: at higher floors it falls into
 * cores. part: room for count pixels. */
static uint32_t take_cores(smpi_hair_tile *t, const uint32_t *list, uint32_t count, uint32_t *part,
                           smpi_hair *hairs, uint32_t most)
{
    const uint32_t name = t->owner[list[0]];
    const float peak = t->dark[list[0]];
    uint32_t found = 0;
    for (uint32_t k = 0; k < count; k++)
        t->spare[list[k]] = 0.0f;
    for (int level = 1; level <= CORE_LEVELS; level++) {
        const float share = SHARE + (1.0f - SHARE) * (float)level / (float)(CORE_LEVELS + 1);
        /* A bell that is cut higher looks narrower. */
        const float widen = sqrtf(smpi_logf(SHARE) / smpi_logf(share));
        for (uint32_t k = 0; k < count && found < most; k++) {
            const uint32_t seed = list[k];
            if (t->spare[seed] > 0.0f || !(t->dark[seed] > share * peak))
                continue;
            const uint32_t n = core_at(t, (uint16_t)name, seed, share * peak, part);
            uint32_t top = seed;
            smpi_hair hair;
            if (n < CORE_LEAST)
                continue;
            for (uint32_t i = 0; i < n; i++)
                top = t->dark[part[i]] > t->dark[top] ? part[i] : top;
            if (!(t->dark[top] > CORE_PEAK))
                continue;
            measure(t, part, n, &hair);
            hair.width *= widen;
            hair.length *= widen;
            if (!finish(t, top, &hair))
                continue;
            hairs[found++] = hair;
            for (uint32_t i = 0; i < n; i++)
                t->spare[part[i]] = 2.0f;
        }
        for (uint32_t k = 0; k < count; k++)
            t->spare[list[k]] = t->spare[list[k]] > 1.0f ? 2.0f : 0.0f;
    }
    return found;
}

/* The hairs of one patch, the first pixel of which is the darkest. Returns how many. part: room for
 * count pixels. */
static uint32_t take(smpi_hair_tile *t, const uint32_t *list, uint32_t count, uint32_t *part,
                     smpi_hair *hairs, uint32_t most)
{
    smpi_hair parts[SMPI_HAIR_PARTS];
    uint32_t n = 1, found = 0;
    const uint32_t seed = list[0];
    measure(t, list, count, parts);
    if (count >= SPLIT_PX && count < SPLIT_PX_MOST)
        n = smpi_hair_split(t, t->owner[seed], list, count, parts, SMPI_HAIR_PARTS);
    if (n == 1)
        measure(t, list, count, parts);
    for (uint32_t k = 0; k < n && found < most; k++)
        if (finish(t, seed, parts + k))
            hairs[found++] = parts[k];
    if (found == 0 && count >= SPLIT_PX && count < SPLIT_PX_MOST)
        found = take_cores(t, list, count, part, hairs, most);
    return found;
}

uint32_t smpi_hair_find(smpi_hair_tile *t, smpi_hair *hairs, uint32_t most)
{
    const size_t pixels = (size_t)t->width * t->height;
    const float least = PEAK > NOISES * t->noise ? PEAK : NOISES * t->noise;
    uint32_t found = 0;
    memset(t->owner, 0, pixels * sizeof *t->owner);
    const uint32_t peaks = list_peaks(t, least);
    uint32_t *list = t->queue + peaks;
    const uint32_t room = ((uint32_t)pixels - peaks) / 2;
    for (uint32_t k = 0; k < peaks && found < most; k++) {
        const uint32_t seed = t->queue[k];
        if (t->owner[seed] != 0)
            continue;
        const uint32_t count = grow(t, seed, (uint16_t)(k + 1), list, room);
        if (count >= LEAST_PX)
            found += take(t, list, count, list + count, hairs + found, most - found);
    }
    return found;
}
