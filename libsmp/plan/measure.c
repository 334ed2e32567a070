/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Area, dots and hours of a plan: the mean of its density over many places of the scalp.
 * source: docs/plan.md 7 */
#include <math.h>
#include <string.h>

#include "base/diag.h"
#include "base/fields.h"
#include "base/guard.h"
#include "base/math.h"
#include "base/random.h"
#include "geometry/head.h"
#include "plan/plan.h"

enum { AROUND = 380, DOWN = 170, PATCH = 250 };
#define LOWEST (0.74 * SMPI_PI)
#define TREATED 1.0 /* dots per cm2: less is no treated area */
#define DOTS 14000.0
#define HEX_SPACING 1.0745699318 /* sqrt(2 / sqrt 3) */

static const smp_field measure_fields[] = {
    SMPI_FIELD_HEAD(smp_measures),
    SMPI_FIELD_RESERVED(smp_measures, reserved),
    SMPI_FIELD(smp_measures, area_cm2, "cm2", 0.0, 1e9, 0.0, "Where there are to be dots."),
    SMPI_FIELD(smp_measures, dots, "", 0.0, 1e12, 0.0, "Expected number of dots."),
    SMPI_FIELD(smp_measures, density_per_cm2, "1/cm2", 0.0, 1e6, 0.0, "Dots over area."),
    SMPI_FIELD(smp_measures, spacing_mm, "mm", 0.0, 1e6, 0.0,
               "Mean distance of neighbours in a hexagonal lattice of that density."),
    SMPI_FIELD(smp_measures, hours, "h", 0.0, 1e9, 0.0, "At the chair: 14,000 dots in 3 hours."),
    SMPI_FIELD(smp_measures, hours_low, "h", 0.0, 1e9, 0.0, "14,000 dots in 2 hours."),
    SMPI_FIELD(smp_measures, hours_high, "h", 0.0, 1e9, 0.0, "14,000 dots in 4 hours."),
};
SMPI_DEFINE_FIELDS(smp_measures, measure_fields)

typedef struct sum {
    const smp_plan *plan;
    uint32_t zone, group;
    double area, dots; /* mm2, and dots per cm2 times mm2 */
} sum;

static void add_place(sum *s, const double xyz[3], double area)
{
    const smpi_plan_data *data = &s->plan->data;
    double top[SMPI_GROUPS], dots = 0.0;
    smpi_spot spot;
    uint32_t zone = 0;
    smpi_spot_at(&data->head, xyz, &spot);
    (void)smpi_plan_tops(s->plan, &spot, top, &zone);
    if (s->zone != SMP_MASK_ALL && s->zone != zone)
        return;
    const uint32_t first = s->group == SMP_MASK_ALL ? 0 : s->group;
    const uint32_t last = s->group == SMP_MASK_ALL ? data->session_count - 1 : s->group;
    for (uint32_t g = first; g <= last; g++)
        if (smpi_plan_touches(s->plan, g, zone))
            dots += top[g] - (g ? top[g - 1] : 0.0);
    s->dots += dots * area;
    s->area += dots >= TREATED ? area : 0.0;
}

/* A place somewhere in a cell, so that nothing fine is met again and again. */
static void jitter(uint32_t cell, double *s, double *t)
{
    *s = smpi_unit_double(smpi_hash(1, cell, 0x706c0030u));
    *t = smpi_unit_double(smpi_hash(1, cell, 0x706c0031u));
}

static void sum_head(sum *s)
{
    const smp_head *head = &s->plan->data.head;
    for (uint32_t j = 0; j < DOWN; j++)
        for (uint32_t i = 0; i < AROUND; i++) {
            const double du = 2.0 * SMPI_PI / AROUND, dv = LOWEST / DOWN;
            const double u = i * du - SMPI_PI, v = j * dv;
            double a[3], b[3], c[3], d[3], xyz[3], x, y, cross[3];
            smpi_head_unpolar(head, u, v, a);
            smpi_head_unpolar(head, u + du, v + dv, b);
            smpi_head_unpolar(head, u + du, v, c);
            smpi_head_unpolar(head, u, v + dv, d);
            for (int k = 0; k < 3; k++) {
                const int l = (k + 1) % 3, m = (k + 2) % 3;
                cross[k] = 0.5 * ((b[l] - a[l]) * (d[m] - c[m]) - (b[m] - a[m]) * (d[l] - c[l]));
            }
            jitter(j * AROUND + i, &x, &y);
            smpi_head_unpolar(head, u + x * du, v + y * dv, xyz);
            add_place(s, xyz,
                      sqrt(cross[0] * cross[0] + cross[1] * cross[1] + cross[2] * cross[2]));
        }
}

static void sum_patch(sum *s)
{
    const double w = (double)s->plan->data.head.width_mm / PATCH;
    const double h = (double)s->plan->data.head.height_mm / PATCH;
    for (uint32_t j = 0; j < PATCH; j++)
        for (uint32_t i = 0; i < PATCH; i++) {
            double x, y;
            jitter(j * PATCH + i, &x, &y);
            add_place(s, (const double[3]){(i + x) * w, (j + y) * h, 0.0}, w * h);
        }
}

SMPI_APART smp_status plan_measure_guarded(const smp_plan *plan, uint32_t zone, uint32_t group,
                                           smp_measures *measures, smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(plan, diag);
    SMPI_NEED(measures, diag);
    if (zone != SMP_MASK_ALL && zone > plan->data.zone_count)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "zone %u of %u", zone, plan->data.zone_count);
    if (group != SMP_MASK_ALL && group >= smpi_plan_group_count(plan))
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "group %u of %u", group,
                         smpi_plan_group_count(plan));
    sum s = {.plan = plan, .zone = zone, .group = group};
    if (plan->data.head.shape == SMP_SHAPE_FLAT)
        sum_patch(&s);
    else
        sum_head(&s);
    smp_measures m;
    smp_measures_init(&m);
    m.area_cm2 = s.area / 100.0;
    m.dots = s.dots / 100.0;
    if (m.area_cm2 > 0.0) {
        m.density_per_cm2 = m.dots / m.area_cm2;
        m.spacing_mm = HEX_SPACING * 10.0 / sqrt(m.density_per_cm2);
    }
    m.hours = m.dots * 3.0 / DOTS;
    m.hours_low = m.dots * 2.0 / DOTS;
    m.hours_high = m.dots * 4.0 / DOTS;
    return smpi_desc_store(measures, &m, sizeof m, diag);
}

smp_status smp_plan_measure(const smp_plan *plan, uint32_t zone, uint32_t group,
                            smp_measures *measures, smp_diag *diag)
{
    SMPI_GUARD(smp_status, plan_measure_guarded(plan, zone, group, measures, diag));
}
