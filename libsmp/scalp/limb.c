/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The limb: bare skin at a grazing angle mirrors the surroundings and loses its colour there. Found
 * skin grows outwards through it, up to an edge or to what is surely something else.
 * docs/model/scalp.md, (S10). */
#include <math.h>

#include "scalp/scalp.h"

#define LEVELS 64u        /* of the steepness, in the order of which the limb is flooded */
#define STEEP_FULL 0.5f   /* relative change of a pixel to the next that is the last level */
#define STEEP_SKIN 0.30f  /* skin does not change faster */
#define LIMB_FACING 0.55f /* cosine: beyond 57 degrees mirrored light rises; Fresnel */
#define STRANDS 0.065f    /* mean relative change along the outline from which there are hairs */
#define STRAND_MOST 0.12f /* of one pixel in that mean: an outline that slants counts little */
#define GLOSS_MM                                                                               \
    64.0f            /* a flash that clips lights the stubble at the sides of the head as well \
                      */
#define LIT_MM 25.0f /* from clipped gloss, within which bright and pale may still be skin */
#define STRANDS_DARK 0.048f /* where it is dark */
#define STRANDS_PALE 0.038f /* where it may be white hair */
#define STRANDS_GLOSS 0.09f /* round clipped highlights, where white hair is not suspected */
#define TEXTURE_MM 1.2f     /* to each side, of that mean */
#define GROUND_PALE \
    0.25f /* of the luminance that skin's own colour does not explain: surely no skin */
#define GROUND_LIKE 0.08f /* relative difference within which a pixel is the same ground */
#define GROUND_MM 12.0f   /* how far outwards the ground must go on, as far as it was read */
#define GROUND_STEP_MM 1.0f
#define NONE UINT32_MAX

#define CHIP_MM2 60.0f /* of a gap at the rim that is taken for skin when skin lies around it */
#define CHIP_SKIN 2u   /* times as much of its border as anything else */

enum { OPEN = 0, SKIN = 3, OTHER = 4, SHUT = 5, SEEN = 6 };

typedef struct limb {
    const smp_scalp *scalp;
    smpi_survey *survey;
    float *texture;         /* change along the outline: hairs have much of it */
    uint32_t *next;         /* queues, linked */
    uint32_t first[LEVELS]; /* of each level */
    uint32_t last[LEVELS];
} limb;

/* Relative change of colour from pixel to pixel, and that of luminance along the outline. */
static void slopes(const limb *l, uint32_t x, uint32_t y, float *steep, float *along)
{
    const smpi_survey *survey = l->survey;
    const size_t width = l->scalp->box.width, at = (size_t)y * width + x;
    const size_t west = x > 0 ? at - 1 : at, east = x + 1 < width ? at + 1 : at;
    const size_t north = y > 0 ? at - width : at;
    const size_t south = y + 1 < l->scalp->box.height ? at + width : at;
    const float *w = l->scalp->weight;
    float sum = 0.0f, luma = 0.0f, gx = 0.0f, gy = 0.0f;
    for (size_t c = 0; c < 3; c++) {
        const float dx = 0.5f * (survey->rgb[3 * east + c] - survey->rgb[3 * west + c]);
        const float dy = 0.5f * (survey->rgb[3 * south + c] - survey->rgb[3 * north + c]);
        sum += dx * dx + dy * dy;
        luma += w[c] * survey->rgb[3 * at + c];
        gx += w[c] * dx;
        gy += w[c] * dy;
    }
    const float fx = survey->facing[east] - survey->facing[west];
    const float fy = survey->facing[south] - survey->facing[north];
    const float norm = sqrtf(fx * fx + fy * fy) * (luma + 0.01f);
    *steep = sqrtf(sum * (1.0f / 3.0f)) / (luma + 0.01f);
    *along = norm > 0.0f ? fabsf(gy * fx - gx * fy) / norm : 0.0f;
    *along = *along < STRAND_MOST ? *along : STRAND_MOST;
    if (*steep > STEEP_SKIN) /* a skyline that slants; of hairs, their flanks tell enough */
        *along = 0.0f;
}

static smp_status slope_row(void *task, uint32_t row)
{
    const limb *l = task;
    const uint32_t width = l->scalp->box.width;
    for (uint32_t i = 0; i < width; i++) {
        const size_t at = (size_t)row * width + i;
        float along;
        slopes(l, i, row, &l->survey->spare[at], l->texture ? &l->texture[at] : &along);
    }
    return SMP_OK;
}

/* What a pixel of the limb may be: OPEN, OTHER when it is surely no skin, SHUT when it may be some
 * that is not to be taken. */
static uint8_t judge(const limb *l, size_t at)
{
    const smp_scalp *scalp = l->scalp;
    const smpi_survey *survey = l->survey;
    const float *p = survey->rgb + 3 * at, *w = scalp->weight;
    const uint32_t width = scalp->box.width;
    float diffuse[3];
    if (survey->facing[at] >= LIMB_FACING)
        return SHUT;
    smpi_scalp_diffuse_at(scalp, (float)(at % width) + 0.5f, (float)(at / width) + 0.5f, diffuse);
    const float level = w[0] * diffuse[0] + w[1] * diffuse[1] + w[2] * diffuse[2];
    const smpi_split split = smpi_scalp_split(scalp, p, diffuse);
    const float over = split.luma / level, share = split.body / level;
    if (survey->facing[at] <= 0.0f) /* beyond the head's outline */
        return share < 0.28f || split.off > 0.24f || over > 1.7f ? OTHER : SHUT;
    const float gloss_mm = (float)l->next[at] / survey->mm;
    if (over < 0.15f || (over > 1.8f && share < 0.3f && gloss_mm > LIT_MM))
        return OTHER;
    /* White hair is pale and bright like gloss, but of strands. */
    const float pale = smpi_scalp_ramp(split.shine, 0.2f * split.luma, 0.45f * split.luma) *
                       smpi_scalp_ramp(over, 0.8f, 1.1f);
    const float dark = smpi_scalp_ramp(over, 0.6f, 0.4f);
    float limit = STRANDS + (STRANDS_DARK - STRANDS) * dark;
    limit += (STRANDS_PALE - limit) * pale;
    limit *= 1.0f - pale * smpi_scalp_ramp(over, 1.2f, 1.4f);
    if (gloss_mm < GLOSS_MM)
        limit = STRANDS_GLOSS;
    return over < 0.27f || l->texture[at] > limit ? SHUT : OPEN;
}

/* Whether a pixel has the colour of the ground that was met outside. */
static int same_ground(const smpi_survey *survey, size_t ground, size_t at)
{
    const float *g = survey->rgb + 3 * ground, *p = survey->rgb + 3 * at;
    for (int c = 0; c < 3; c++)
        if (!(fabsf(p[c] - g[c]) <= GROUND_LIKE * (g[c] + 0.02f)))
            return 0;
    return 1;
}

/* Marks what is joined to a pixel of the ground and has its colour, into the limb but no further.
 */
static void spread_ground(limb *l, uint32_t ground)
{
    const uint32_t width = l->scalp->box.width, height = l->scalp->box.height;
    uint8_t *flag = l->survey->flag;
    uint32_t count = 0;
    flag[ground] = OTHER;
    l->next[count++] = ground;
    while (count > 0) {
        const uint32_t at = l->next[--count], x = at % width, y = at / width;
        const uint32_t near[4] = {x > 0 ? at - 1 : at, x + 1 < width ? at + 1 : at,
                                  y > 0 ? at - width : at, y + 1 < height ? at + width : at};
        for (int k = 0; k < 4; k++) {
            const uint32_t to = near[k];
            if (flag[to] == OTHER || l->survey->facing[to] >= LIMB_FACING ||
                !same_ground(l->survey, ground, to))
                continue;
            flag[to] = OTHER;
            l->next[count++] = to;
        }
    }
}

/* Whether the colour of a pixel beside the outline goes on outwards: skin of a head that is wider
 * than its model would end at the skyline. */
static int goes_on(const limb *l, uint32_t at)
{
    const smpi_box *box = &l->scalp->box;
    const float x = (float)(at % box->width), y = (float)(at / box->width);
    const float dx = x - 0.5f * (float)box->width, dy = y - 0.5f * (float)box->height;
    const float length = sqrtf(dx * dx + dy * dy);
    int steps = 0;
    for (float mm = GROUND_STEP_MM; length > 0.0f && mm <= GROUND_MM; mm += GROUND_STEP_MM) {
        const float way = mm * l->survey->mm / length;
        const float u = floorf(x + dx * way + 0.5f), v = floorf(y + dy * way + 0.5f);
        if (!(u >= 0.0f && v >= 0.0f && u < (float)box->width && v < (float)box->height))
            break;
        if (!same_ground(l->survey, at, (size_t)v * box->width + (size_t)u))
            return 0;
        steps++;
    }
    return steps >= 4;
}

/* A ground as warm as gloss on skin looks like skin where it meets the outline. Seen from outside
 * it is paler than skin, and goes on unchanged to the true skyline. */
static void mark_ground(limb *l)
{
    const smp_scalp *scalp = l->scalp;
    const smpi_survey *survey = l->survey;
    const uint32_t width = scalp->box.width;
    for (uint32_t at = 0; at + 1 < survey->count; at++) {
        const int beside = survey->facing[at + 1] > 0.0f;
        const uint32_t below = at + width < survey->count ? at + width : at;
        const uint32_t above = at >= width ? at - width : at;
        const int rim = beside || (at > 0 && survey->facing[at - 1] > 0.0f) ||
                        survey->facing[below] > 0.0f || survey->facing[above] > 0.0f;
        if (survey->facing[at] > 0.0f || !rim || survey->flag[at] == OTHER)
            continue;
        float diffuse[3];
        smpi_scalp_diffuse_at(scalp, (float)(at % width) + 0.5f, (float)(at / width) + 0.5f,
                              diffuse);
        const smpi_split split = smpi_scalp_split(scalp, survey->rgb + 3 * (size_t)at, diffuse);
        if (split.shine > GROUND_PALE * split.luma && goes_on(l, at))
            spread_ground(l, at);
    }
}

/* The way to the nearest gloss, pixels along rows and columns, into next. */
static void measure_gloss(limb *l)
{
    const uint32_t width = l->scalp->box.width, count = (uint32_t)l->survey->count;
    const uint32_t far = UINT32_MAX / 2;
    uint32_t *way = l->next;
    for (uint32_t at = 0; at < count; at++) {
        const uint32_t west = at % width ? way[at - 1] + 1 : far;
        const uint32_t north = at >= width ? way[at - width] + 1 : far;
        way[at] = west < north ? west : north;
        way[at] = way[at] < far ? way[at] : far;
        way[at] = l->survey->gloss[at] ? 0 : way[at];
    }
    for (uint32_t at = count; at-- > 0;) {
        const uint32_t east = (at + 1) % width ? way[at + 1] + 1 : far;
        const uint32_t south = at + width < count ? way[at + width] + 1 : far;
        way[at] = way[at] < east ? way[at] : east;
        way[at] = way[at] < south ? way[at] : south;
    }
}

static void push(limb *l, uint32_t at, uint32_t level)
{
    const float steep = l->survey->spare[at] * ((float)(LEVELS - 1) / STEEP_FULL);
    const uint32_t own = steep < (float)(LEVELS - 1) ? (uint32_t)steep : LEVELS - 1;
    level = own > level ? own : level;
    l->next[at] = NONE;
    if (l->first[level] == NONE)
        l->first[level] = at;
    else
        l->next[l->last[level]] = at;
    l->last[level] = at;
}

/* From skin and from what is surely something else the open pixels between are flooded, the least
 * steep first: the two meet at the strongest edge (Meyer 1991, watersheds). */
static void flood(limb *l)
{
    const uint32_t width = l->scalp->box.width, height = l->scalp->box.height;
    uint8_t *flag = l->survey->flag;
    for (uint32_t level = 0; level < LEVELS; level++)
        while (l->first[level] != NONE) {
            const uint32_t at = l->first[level], x = at % width, y = at / width;
            const uint32_t near[4] = {x > 0 ? at - 1 : at, x + 1 < width ? at + 1 : at,
                                      y > 0 ? at - width : at, y + 1 < height ? at + width : at};
            l->first[level] = l->next[at];
            for (int k = 0; k < 4; k++) {
                const uint32_t to = near[k];
                if (flag[to] != OPEN || (flag[at] == SKIN && l->survey->spare[to] > STEEP_SKIN))
                    continue;
                flag[to] = flag[at];
                push(l, to, level);
            }
        }
}

/* One patch of what is neither skin nor surely something else; most: pixels of it that are taken.
 */
static void fill_chip(limb *l, uint32_t seed, uint32_t most)
{
    const uint32_t width = l->scalp->box.width, height = l->scalp->box.height;
    uint8_t *flag = l->survey->flag;
    uint32_t count = 1, skin = 0, other = 0;
    l->next[0] = seed;
    flag[seed] = SEEN;
    for (uint32_t k = 0; k < count; k++) {
        const uint32_t at = l->next[k], x = at % width, y = at / width;
        const uint32_t near[4] = {x > 0 ? at - 1 : at, x + 1 < width ? at + 1 : at,
                                  y > 0 ? at - width : at, y + 1 < height ? at + width : at};
        for (int i = 0; i < 4; i++) {
            const uint32_t to = near[i];
            const int gap = (flag[to] == OPEN || flag[to] == SHUT) &&
                            l->survey->facing[to] > 0.0f && l->survey->above[to];
            skin += flag[to] == SKIN;
            other += flag[to] != SKIN && flag[to] != SEEN && !gap;
            if (!gap)
                continue;
            flag[to] = SEEN;
            l->next[count++] = to;
        }
    }
    if (count < most && skin > CHIP_SKIN * other)
        for (uint32_t k = 0; k < count; k++)
            flag[l->next[k]] = SKIN;
}

/* Gaps in the rim that grazing light or its texture leaves: skin lies around them. */
static void fill_chips(limb *l)
{
    const uint32_t most = (uint32_t)(CHIP_MM2 * l->survey->mm * l->survey->mm);
    for (uint32_t at = 0; at < l->survey->count; at++)
        if ((l->survey->flag[at] == OPEN || l->survey->flag[at] == SHUT) &&
            l->survey->facing[at] > 0.0f && l->survey->above[at])
            fill_chip(l, at, most);
}

/* Lets the flags SKIN grow into the limb; all others become 0. like and spare are used up; queue
 * has one place for each pixel. */
smp_status smpi_scalp_limb(const smp_scalp *scalp, smpi_survey *survey, uint32_t *queue)
{
    limb l = {.scalp = scalp, .survey = survey, .texture = survey->like, .next = queue};
    SMPI_TRY(smpi_run(scalp->ctx, slope_row, &l, scalp->box.height));
    SMPI_TRY(smpi_scalp_smooth(scalp, survey, l.texture, l.texture, TEXTURE_MM));
    l.texture = NULL; /* smoothing used spare: once more for the steepness alone */
    SMPI_TRY(smpi_run(scalp->ctx, slope_row, &l, scalp->box.height));
    l.texture = survey->like;
    for (uint32_t level = 0; level < LEVELS; level++)
        l.first[level] = l.last[level] = NONE;
    mark_ground(&l);
    measure_gloss(&l);
    for (uint32_t at = 0; at < survey->count; at++)
        if (survey->flag[at] != SKIN && survey->flag[at] != OTHER)
            survey->flag[at] = judge(&l, at);
    for (uint32_t at = 0; at < survey->count; at++)
        if (survey->flag[at] == SKIN || survey->flag[at] == OTHER)
            push(&l, at, 0);
    flood(&l);
    fill_chips(&l);
    for (size_t k = 0; k < survey->count; k++)
        survey->flag[k] = survey->flag[k] == SKIN ? SKIN : 0;
    return SMP_OK;
}
