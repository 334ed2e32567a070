/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Pigment spots: freckles and sun spots, as many, as wide and as dark as the descriptor says.
 * docs/model/phantom.md, P3b. */
#include <math.h>

#include "base/math.h"
#include "base/random.h"
#include "phantom/scene.h"

#define PURPOSE_COUNT 0x70680012u
#define PURPOSE_SPOT 0x70680040u /* and the ones after it: a number for each spot of a cell */

#define SPREAD 0.35f       /* of ln diameter; assumed */
#define LEAST 0.4f         /* of the median diameter */
#define MOST 2.0f          /* of it */
#define RAGGED 0.18f       /* of the radius, per unit of noise; assumed */
#define SOFT 0.22f         /* of the radius, over which the edge fades; assumed */
#define PALE 0.7f          /* of ln contrast: the palest; the darkest has 2 - PALE; assumed */
#define FADE 0.3f          /* of the slab's half: spots near its faces fade */
#define SPOTS_OF_CELL 255u /* more do not fit into the numbers of purposes */

/* A spot is a column through the skin round a point of space that lies near enough to it: within a
 * slab of half a cell. So many a cell give spots_per_cm2. */
static float spots_of_cell(const smpi_scene *scene, const float p[3], const float n[3],
                           const int32_t cell[3], float side, float rag)
{
    const uint32_t seed = scene->desc.seed;
    const uint32_t index = ((uint32_t)cell[0] & 1023u) | ((uint32_t)cell[1] & 1023u) << 10 |
                           ((uint32_t)cell[2] & 1023u) << 20;
    /* A slab 2 h wide, faded over FADE h on each side, shows 2 h (1 - FADE/2) of them. */
    const float half = 0.25f * side;
    const float mean = 0.01f * scene->desc.spots_per_cm2 * side * side * side /
                       (2.0f * half * (1.0f - 0.5f * FADE));
    uint32_t count = (uint32_t)(mean + smpi_unit(smpi_hash(seed, index, PURPOSE_COUNT)));
    count = count < SPOTS_OF_CELL ? count : SPOTS_OF_CELL;
    float most = 0.0f;
    for (uint32_t s = 0; s < count; s++) {
        const uint64_t hash = smpi_hash(seed, index, PURPOSE_SPOT + 2 * s);
        const uint64_t more = smpi_hash(seed, index, PURPOSE_SPOT + 2 * s + 1);
        float d2 = 0.0f, away = 0.0f;
        for (uint32_t k = 0; k < 3; k++) {
            const float at = ((float)(hash >> (20 * k) & 0xfffffu) + 0.5f) / 1048576.0f;
            const float d = p[k] - ((float)cell[k] + at) * side;
            d2 += d * d;
            away += d * n[k];
        }
        const float shown = (half - fabsf(away)) / (FADE * half);
        if (!(shown > 0.0f))
            continue;
        float size = smpi_expf(SPREAD * smpi_normal(more));
        size = size > LEAST ? (size < MOST ? size : MOST) : LEAST;
        const float radius = 0.5f * scene->desc.spot_mm * size * (1.0f + RAGGED * rag);
        const float off = d2 - away * away;
        const float depth = (radius - sqrtf(off > 0.0f ? off : 0.0f)) / (SOFT * radius + 1e-3f);
        if (!(depth > 0.0f))
            continue;
        const float dark = PALE + 2.0f * (1.0f - PALE) * smpi_unit2(more);
        const float v =
            dark * (shown < 1.0f ? shown : 1.0f) * (depth < 1.0f ? depth * (2.0f - depth) : 1.0f);
        most = v > most ? v : most;
    }
    return most;
}

float smpi_spots_at(const smpi_scene *scene, const smpi_spot *spot, float rag)
{
    int32_t first[3];
    float most = 0.0f;
    if (!(scene->desc.spots_per_cm2 > 0.0f))
        return 0.0f;
    rag = rag > -1.0f ? (rag < 1.0f ? rag : 1.0f) : -1.0f;
    /* Cells twice as wide as the widest spot reaches: those round the nearest corner hold all. */
    const float side = scene->desc.spot_mm * MOST * (1.0f + RAGGED);
    for (int k = 0; k < 3; k++)
        first[k] = (int32_t)floorf(spot->p[k] / side - 0.5f);
    for (int32_t corner = 0; corner < 8; corner++) {
        const int32_t cell[3] = {first[0] + (corner & 1), first[1] + (corner >> 1 & 1),
                                 first[2] + (corner >> 2 & 1)};
        const float v = spots_of_cell(scene, spot->p, spot->n, cell, side, rag);
        most = v > most ? v : most;
    }
    return most * smpi_noise_band(scene->desc.spot_mm, spot->step_mm);
}
