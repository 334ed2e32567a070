/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Groups of dots: how many, and how they lie. source: docs/model/placement.md 6 */
#include "synthesis/groups.h"

#include <math.h>

#include "base/math.h"
#include "base/random.h"
#include "geometry/head.h"
#include "synthesis/purpose.h"

/* Of units with two and three hairs 52.6 and 17.5 in 100 have been counted: 3 to 1. */
#define TRIPLES 0.25
/* Hair leaves the whorl at this angle to the radius: cos and sin of 55 degrees (assumed). */
#define WHORL_COS 0.5735764
#define WHORL_SIN 0.8191520

double smpi_group_mean(const smp_plan_desc *desc)
{
    const double more = desc->texture == SMP_TEXTURE_AFRO ? 2.0 : 1.0 + TRIPLES;
    return 1.0 + more * (double)desc->group_share;
}

uint32_t smpi_group_size(const smp_plan_desc *desc, uint32_t id)
{
    if (!(desc->group_share > 0.0f))
        return 1;
    const uint64_t hash = smpi_hash(desc->seed, id, SMPI_PURPOSE_GROUP);
    if (!(smpi_unit(hash) < desc->group_share))
        return 1;
    return desc->texture == SMP_TEXTURE_AFRO || smpi_unit2(hash) < (float)TRIPLES ? 3 : 2;
}

void smpi_rows_init(smpi_rows *rows, const smp_plan *plan)
{
    const smp_pattern_desc *p = &plan->data.pattern;
    *rows = (smpi_rows){.desc = &plan->data.desc, .head = &plan->data.head};
    rows->turn = p->whorl == SMP_WHORL_CLOCKWISE ? -1.0 : 1.0;
    rows->strength = rows->head->shape == SMP_SHAPE_FLAT ? 0.0 : (double)p->whorl_strength;
    if (rows->strength > 0.0) {
        const double left = (double)p->whorl_left_mm, back = (double)p->whorl_back_mm;
        smpi_head_unchart(rows->head, smpi_atan2(left, -back), sqrt(left * left + back * back),
                          rows->whorl, NULL);
    }
}

static void cross(const double a[3], const double b[3], double out[3])
{
    out[0] = a[1] * b[2] - a[2] * b[1];
    out[1] = a[2] * b[0] - a[0] * b[2];
    out[2] = a[0] * b[1] - a[1] * b[0];
}

/* Makes a direction lie along the surface, with length 1; the x axis where it has none. */
static void lay(double v[3], const double normal[3])
{
    double up = v[0] * normal[0] + v[1] * normal[1] + v[2] * normal[2], square = 0.0;
    for (int k = 0; k < 3; k++) {
        v[k] -= up * normal[k];
        square += v[k] * v[k];
    }
    const double scale = square > 1e-12 ? 1.0 / sqrt(square) : 0.0;
    for (int k = 0; k < 3; k++)
        v[k] *= scale;
}

/* The direction in which a group lies, and the one across it. */
static void direction(const smpi_rows *rows, uint32_t id, const double at[3], double along[3],
                      double across[3])
{
    double normal[3], v[3] = {1.0, 0.0, 0.0};
    smpi_head_normal(rows->head, at, normal);
    if (fabs(normal[0]) > 0.9) {
        v[0] = 0.0;
        v[2] = 1.0;
    }
    if (rows->strength > 0.0) {
        double out[3] = {at[0] - rows->whorl[0], at[1] - rows->whorl[1], at[2] - rows->whorl[2]};
        double round[3];
        lay(out, normal);
        cross(normal, out, round);
        for (int k = 0; k < 3; k++)
            v[k] = WHORL_COS * out[k] + rows->turn * WHORL_SIN * round[k];
    }
    lay(v, normal);
    double w[3];
    cross(normal, v, w);
    const double u = smpi_unit_double(smpi_hash(rows->desc->seed, id, SMPI_PURPOSE_TURN));
    const double angle = (1.0 - rows->strength) * SMPI_PI * (u - 0.5);
    const double c = smpi_cos(angle), s = smpi_sin(angle);
    for (int k = 0; k < 3; k++) {
        along[k] = c * v[k] + s * w[k];
        across[k] = c * w[k] - s * v[k];
    }
}

void smpi_group_member(const smpi_rows *rows, uint32_t id, uint32_t size, uint32_t member,
                       float xyz_mm[3])
{
    /* corners of a triangle with sides of 1 */
    static const double corner[3][2] = {{0.57735027, 0.0}, {-0.28867513, 0.5}, {-0.28867513, -0.5}};
    const double at[3] = {(double)xyz_mm[0], (double)xyz_mm[1], (double)xyz_mm[2]};
    const double spread = (double)rows->desc->group_spread_mm;
    const int cluster = rows->desc->texture == SMP_TEXTURE_AFRO;
    const double x = cluster ? corner[member][0] : (double)member - 0.5 * (double)(size - 1);
    const double y = cluster ? corner[member][1] : 0.0;
    double along[3], across[3], to[3], xyz[3];
    direction(rows, id, at, along, across);
    for (int k = 0; k < 3; k++)
        to[k] = at[k] + spread * (x * along[k] + y * across[k]);
    smpi_head_surface(rows->head, to, xyz, NULL);
    for (int k = 0; k < 3; k++)
        xyz_mm[k] = (float)xyz[k];
}
