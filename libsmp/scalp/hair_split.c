/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Hairs that cross or touch: a dark patch is taken apart into straight strokes, the longest first.
 * docs/model/scalp.md, (S16). */
#include <math.h>
#include <stddef.h>

#include "base/math.h"
#include "scalp/hairs.h"

#define TURNS 24u         /* directions that are tried */
#define LEAST_RUN 4.0f    /* pixels that a further stroke must explain */
#define LEAST_SHARE 0.55f /* of the first stroke's length, that it must explain */
#define WIDTHS 3.0f       /* and of its own width */
#define SIDE 1.0f         /* pixels beside a stroke that it explains too */
#define FILLED 1.0f       /* of its length times the first one's width: new pixels of a stroke */
#define ACROSS 5          /* places of a stroke where its width is looked at */

typedef struct stroke {
    float x, y, dx, dy; /* a pixel's middle on it, and its direction */
    float back, ahead;  /* its ends, along the direction */
    float fresh;        /* how much of it no stroke before explained */
    float width;
} stroke;

/* Whether the patch has a place; fresh receives whether nothing has explained it yet. */
static int has(const smpi_hair_tile *t, uint16_t name, float x, float y, int *fresh)
{
    if (!(x >= 0.0f && y >= 0.0f && x < (float)t->width && y < (float)t->height))
        return 0;
    const size_t at = (size_t)y * t->width + (size_t)x;
    *fresh = !(t->spare[at] > 0.0f);
    return t->owner[at] == name;
}

/* How far the patch goes on from a place in a direction; adds what is fresh of it. */
static float run(const smpi_hair_tile *t, uint16_t name, const stroke *s, float sign, float *fresh)
{
    float way = 0.0f;
    for (; way < (float)SMPI_HAIR_MARGIN; way += 1.0f) {
        int is = 0;
        const float at = sign * (way + 1.0f);
        if (!has(t, name, s->x + at * s->dx, s->y + at * s->dy, &is))
            break;
        *fresh += (float)is;
    }
    return way;
}

/* The stroke that explains most of what is fresh. */
static stroke longest(const smpi_hair_tile *t, uint16_t name, const uint32_t *list, uint32_t count)
{
    stroke best = {.fresh = 0.0f};
    for (uint32_t turn = 0; turn < TURNS; turn++) {
        const double angle = SMPI_PI * (double)turn / (double)TURNS;
        stroke s = {.dx = (float)smpi_cos(angle), .dy = (float)smpi_sin(angle)};
        for (uint32_t k = 0; k < count; k++) {
            if (t->spare[list[k]] > 0.0f)
                continue;
            s.x = (float)(list[k] % t->width) + 0.5f;
            s.y = (float)(list[k] / t->width) + 0.5f;
            s.fresh = 1.0f;
            s.ahead = run(t, name, &s, 1.0f, &s.fresh);
            s.back = run(t, name, &s, -1.0f, &s.fresh);
            if (s.fresh > best.fresh)
                best = s;
        }
    }
    return best;
}

/* The second least of the widths at some places along a stroke: others may cross it. */
static float width_of(const smpi_hair_tile *t, uint16_t name, const stroke *s)
{
    float least[2] = {1e9f, 1e9f};
    for (int k = 1; k <= ACROSS; k++) {
        const float at = -s->back + (s->back + s->ahead) * (float)k / (float)(ACROSS + 1);
        const stroke across = {
            .x = s->x + at * s->dx, .y = s->y + at * s->dy, .dx = -s->dy, .dy = s->dx};
        float none = 0.0f;
        const float width =
            1.0f + run(t, name, &across, 1.0f, &none) + run(t, name, &across, -1.0f, &none);
        if (width < least[0]) {
            least[1] = least[0];
            least[0] = width;
        } else if (width < least[1]) {
            least[1] = width;
        }
    }
    return least[1];
}

/* Marks what a stroke explains; returns how many pixels that was not explained before. */
static uint32_t explain(smpi_hair_tile *t, const stroke *s, const uint32_t *list, uint32_t count)
{
    const float side = 0.5f * s->width + SIDE;
    uint32_t news = 0;
    for (uint32_t k = 0; k < count; k++) {
        const float x = (float)(list[k] % t->width) + 0.5f - s->x;
        const float y = (float)(list[k] / t->width) + 0.5f - s->y;
        const float along = x * s->dx + y * s->dy, off = fabsf(y * s->dx - x * s->dy);
        if (off > side || along < -s->back - SIDE || along > s->ahead + SIDE)
            continue;
        news += t->spare[list[k]] > 0.0f ? 0u : 1u;
        t->spare[list[k]] = 1.0f;
    }
    return news;
}

uint32_t smpi_hair_split(smpi_hair_tile *t, uint16_t name, const uint32_t *list, uint32_t count,
                         smpi_hair *hairs, uint32_t most)
{
    uint32_t found = 0;
    float first = 0.0f, wide_first = 0.0f;
    for (uint32_t k = 0; k < count; k++)
        t->spare[list[k]] = 0.0f;
    while (found < most) {
        stroke s = longest(t, name, list, count);
        s.width = s.fresh > 0.0f ? width_of(t, name, &s) : 0.0f;
        const float least =
            LEAST_SHARE * first > WIDTHS * s.width ? LEAST_SHARE * first : WIDTHS * s.width;
        if (!(s.fresh > 0.0f) || (found > 0 && s.fresh < (least > LEAST_RUN ? least : LEAST_RUN)))
            break;
        const uint32_t news = explain(t, &s, list, count);
        if (found == 0) {
            first = s.fresh;
            wide_first = s.width;
        } else if ((float)news < FILLED * s.fresh * wide_first) {
            continue; /* an edge that the strokes before left over */
        }
        const float middle = 0.5f * (s.ahead - s.back);
        /* Half of its peak reaches beyond a blurred bar by little: its ends are its length. */
        const float blur = 2.0f * (t->blur_px * t->blur_px + 0.5f);
        const float wide = s.width * s.width - blur;
        hairs[found++] = (smpi_hair){
            .u = s.x + middle * s.dx,
            .v = s.y + middle * s.dy,
            .length = s.back + s.ahead + 1.0f,
            .width = sqrtf(wide > 0.25f ? wide : 0.25f),
            .angle_deg = (float)(smpi_atan2((double)s.dy, (double)s.dx) * (180.0 / SMPI_PI))};
    }
    return found;
}
