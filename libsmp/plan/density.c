/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Density at a point: full inside, thinning towards the hairline and the side line, broken by
 * clusters and gaps at the front. source: docs/plan.md 3 */
#include <math.h>

#include "base/guard.h"
#include "geometry/head.h"
#include "plan/paint.h"
#include "plan/plan.h"

#define FEATHER_MM 2.5 /* over which the first dots appear */
#define DENT_MM 1.5    /* in and out of the edge, at irregularity 1 */
#define DENT_CELL_MM 3.5
#define CLUMP 0.75 /* share of the density that clusters move, at irregularity 1 */
#define CLUMP_CELL_MM 2.2
#define SCAR_EDGE_MM 0.15 /* of round scars */

static double smooth(double t)
{
    t = t < 0.0 ? 0.0 : t > 1.0 ? 1.0 : t;
    return t * t * (3.0 - 2.0 * t);
}

static double noise_at(const smp_plan *plan, uint32_t purpose, const double xyz[3], double cell_mm)
{
    const double at[3] = {xyz[0] / cell_mm, xyz[1] / cell_mm, xyz[2] / cell_mm};
    return smpi_noise3(plan->data.desc.seed, purpose, at);
}

/* Share of full density at a distance behind the hairline. */
static double front_share(const smp_plan *plan, const smp_hairline_desc *h, const double xyz[3],
                          double d)
{
    const double soft = (double)h->softness_mm, rough = (double)h->irregularity * (double)h->micro;
    if (d <= -DENT_MM)
        return 0.0;
    if (d >= soft + DENT_MM)
        return 1.0;
    double clump = 1.0;
    if (rough > 0.0) {
        const double weight = rough * (1.0 - smooth((d - 0.5 * soft) / (0.5 * soft + DENT_MM)));
        clump += CLUMP * weight * noise_at(plan, 0x706c0003u, xyz, CLUMP_CELL_MM);
        d += DENT_MM * weight * noise_at(plan, 0x706c0004u, xyz, DENT_CELL_MM);
    }
    const double edge = (double)h->edge_density;
    const double share = (edge + (1.0 - edge) * smooth(d / soft)) * clump;
    return smooth(d / (soft < FEATHER_MM ? soft : FEATHER_MM)) * (share < 1.0 ? share : 1.0);
}

void smpi_spot_at(const smp_head *head, const double xyz_mm[3], smpi_spot *spot)
{
    for (int j = 0; j < 3; j++)
        spot->xyz[j] = xyz_mm[j];
    spot->u = xyz_mm[0];
    spot->v = xyz_mm[1];
    if (head->shape != SMP_SHAPE_FLAT)
        smpi_head_polar(head, xyz_mm, &spot->u, &spot->v);
}

static int off_patch(const smp_head *head, const smpi_spot *at)
{
    return head->shape == SMP_SHAPE_FLAT && !(at->u >= 0.0 && at->u <= (double)head->width_mm &&
                                              at->v >= 0.0 && at->v <= (double)head->height_mm);
}

/* Behind a hairline, before zones: density of what the hair that is left does not cover. */
static double behind(const smp_plan *plan, const smpi_region *region,
                     const smp_hairline_desc *hairline, const smpi_spot *at)
{
    const smpi_plan_data *data = &plan->data;
    double density = (double)data->desc.density_per_cm2;
    if (region->nu) {
        double front, side;
        smpi_region_at(region, at->u, at->v, &front, &side);
        if (!(side > 0.0))
            return 0.0;
        const double fade = (double)data->desc.side_fade_mm;
        const double share = front_share(plan, hairline, at->xyz, front);
        if (!(share > 0.0))
            return 0.0;
        density = density * share * (fade > 0.0 ? smooth(side / fade) : 1.0);
    }
    if (plan->hair.nu) {
        const double missing = 1.0 - smpi_hair_at(&plan->hair, at->u, at->v);
        const double blend = (double)data->pattern.blend;
        density *= missing > blend ? missing : blend;
    }
    return data->map ? density * smpi_map_at(data, at->u, at->v) : density;
}

/* How much of a zone a place is, from its depth inside. */
static double zone_weight(const smp_zone_desc *zone, double depth_mm)
{
    const double fade = zone->kind == SMP_ZONE_SCAR_DOTS ? SCAR_EDGE_MM : (double)zone->fade_mm;
    return fade > 0.0 ? smooth(depth_mm / fade + 0.5) : depth_mm > 0.0 ? 1.0 : 0.0;
}

static double in_zones(const smp_plan *plan, const smpi_spot *at, double density, uint32_t *number)
{
    const smpi_plan_data *data = &plan->data;
    uint32_t found = 0;
    for (uint32_t i = 0; i < data->zone_count; i++) {
        const smp_zone_desc *zone = &data->zone[i];
        const double depth = smpi_shape_depth(data, &plan->shapes, i, at->xyz);
        const double weight = zone_weight(zone, depth);
        const double own = zone->kind == SMP_ZONE_EXCLUDE
                               ? 0.0
                               : (double)data->desc.density_per_cm2 * (double)zone->density_scale;
        density += (own - density) * weight;
        found = depth > 0.0 ? i + 1 : found;
    }
    if (number)
        *number = found;
    return density;
}

double smpi_plan_density_spot(const smp_plan *plan, const smpi_spot *spot, uint32_t *zone)
{
    if (zone)
        *zone = 0;
    if (off_patch(&plan->data.head, spot))
        return 0.0;
    const double density = behind(plan, &plan->region, &plan->data.hairline, spot);
    return plan->data.zone_count ? in_zones(plan, spot, density, zone) : density;
}

uint32_t smpi_plan_tops(const smp_plan *plan, const smpi_spot *spot, double top[SMPI_GROUPS],
                        uint32_t *zone)
{
    const smpi_plan_data *data = &plan->data;
    const double density = smpi_plan_density_spot(plan, spot, zone);
    uint32_t n = 0;
    for (; n < data->session_count; n++)
        top[n] = density * (double)data->session[n].share;
    double most = density, now = density; /* over all hairlines so far, and of the last one */
    const uint32_t inside = *zone;
    for (uint32_t i = 0; i < data->event_count; i++, n++) {
        const smp_event_desc *e = &data->event[i];
        top[n] = top[n - 1];
        if (e->kind != SMP_EVENT_TOUCH_UP)
            continue;
        if (plan->event_hairline[i].struct_size && !off_patch(&data->head, spot)) {
            const smpi_region *region =
                plan->event_region[i].nu ? &plan->event_region[i] : &plan->region;
            now = behind(plan, region, &plan->event_hairline[i], spot);
            now = data->zone_count ? in_zones(plan, spot, now, NULL) : now;
        }
        const double more = now > most ? now - most : 0.0;
        if (smpi_plan_touches(plan, n, inside))
            top[n] += more + (double)e->share * (now < most ? now : most);
        most += more;
    }
    return n;
}

static int usable(const double xyz_mm[3])
{
    return xyz_mm && fabs(xyz_mm[0]) <= 1e6 && fabs(xyz_mm[1]) <= 1e6 && fabs(xyz_mm[2]) <= 1e6;
}

SMPI_APART double plan_density_guarded(const smp_plan *plan, const double xyz_mm[3])
{
    if (!plan || !usable(xyz_mm))
        return 0.0;
    smpi_spot spot;
    smpi_spot_at(&plan->data.head, xyz_mm, &spot);
    return smpi_plan_density_spot(plan, &spot, NULL);
}

double smp_plan_density(const smp_plan *plan, const double xyz_mm[3])
{
    SMPI_GUARD(double, plan_density_guarded(plan, xyz_mm));
}

SMPI_APART double plan_hair_guarded(const smp_plan *plan, const double xyz_mm[3])
{
    if (!plan || !usable(xyz_mm) || !plan->hair.nu)
        return 0.0;
    smpi_spot spot;
    smpi_spot_at(&plan->data.head, xyz_mm, &spot);
    if (off_patch(&plan->data.head, &spot))
        return 0.0;
    double front, side;
    smpi_region_at(&plan->region, spot.u, spot.v, &front, &side);
    /* No hair on the face. */
    const double inside = smooth((front < side ? front : side) / FEATHER_MM);
    return inside * (double)plan->data.pattern.hair_per_cm2 *
           smpi_hair_at(&plan->hair, spot.u, spot.v);
}

double smp_plan_hair(const smp_plan *plan, const double xyz_mm[3])
{
    SMPI_GUARD(double, plan_hair_guarded(plan, xyz_mm));
}

SMPI_APART uint32_t plan_zone_at_guarded(const smp_plan *plan, const double xyz_mm[3])
{
    if (!plan || !usable(xyz_mm))
        return 0;
    for (uint32_t i = plan->data.zone_count; i-- > 0;)
        if (smpi_shape_depth(&plan->data, &plan->shapes, i, xyz_mm) > 0.0)
            return i + 1;
    return 0;
}

uint32_t smp_plan_zone_at(const smp_plan *plan, const double xyz_mm[3])
{
    SMPI_GUARD(uint32_t, plan_zone_at_guarded(plan, xyz_mm));
}

int smpi_plan_has_scar_skin(const smp_plan *plan)
{
    for (uint32_t i = 0; i < plan->data.zone_count; i++) {
        const smp_zone_desc *z = &plan->data.zone[i];
        if (z->kind >= SMP_ZONE_SCAR_STRIP &&
            (fabsf(z->lightness) > 0.0f || fabsf(z->redness) > 0.0f))
            return 1;
    }
    return 0;
}

int smpi_plan_scar_skin(const smp_plan *plan, const double xyz_mm[3], float *lightness,
                        float *redness)
{
    int any = 0;
    *lightness = *redness = 0.0f;
    for (uint32_t i = 0; i < plan->data.zone_count; i++) {
        const smp_zone_desc *z = &plan->data.zone[i];
        if (z->kind < SMP_ZONE_SCAR_STRIP)
            continue;
        const double depth = smpi_shape_depth(&plan->data, &plan->shapes, i, xyz_mm);
        const float weight = (float)zone_weight(z, depth);
        if (!(weight > 0.0f))
            continue;
        any = 1;
        *lightness += weight * (z->lightness - *lightness);
        *redness += weight * (z->redness - *redness);
    }
    return any;
}

/* Distances to the edge change no faster than one walks, but for what the tables smooth. */
#define TABLE_MM 3.0

/* Over a ball about a place the line leaves density alone (FULL), or takes all (NOTHING). */
static smpi_extent edge_over(const smp_plan *plan, const smpi_region *region,
                             const smp_hairline_desc *hairline, const smpi_spot *at,
                             double radius_mm)
{
    if (!region->nu)
        return SMPI_EXTENT_FULL;
    const double slack = radius_mm + TABLE_MM, fade = (double)plan->data.desc.side_fade_mm;
    double front, side;
    smpi_region_at(region, at->u, at->v, &front, &side);
    if (front >= (double)hairline->softness_mm + DENT_MM + slack && side >= fade + slack)
        return SMPI_EXTENT_FULL;
    /* Outside, the sign tells which edge is nearer; where both are as near it may change. */
    if (fabs(fabs(front) - fabs(side)) < 2.0 * slack + TABLE_MM)
        return SMPI_EXTENT_VARIES;
    return front < -DENT_MM - slack || side < -slack ? SMPI_EXTENT_NOTHING : SMPI_EXTENT_VARIES;
}

smpi_extent smpi_plan_extent(const smp_plan *plan, const smpi_spot *at, double radius_mm)
{
    const smpi_plan_data *data = &plan->data;
    for (uint32_t i = 0; i < data->zone_count; i++) {
        const smpi_shape *s = &plan->shapes.shape[i];
        const double x = at->xyz[0] - s->middle[0], y = at->xyz[1] - s->middle[1];
        const double z = at->xyz[2] - s->middle[2], reach = s->radius + radius_mm;
        if (!(x * x + y * y + z * z > reach * reach))
            return SMPI_EXTENT_VARIES;
    }
    const smpi_extent first = edge_over(plan, &plan->region, &data->hairline, at, radius_mm);
    for (uint32_t i = 0; i < data->event_count; i++) {
        if (!plan->event_hairline[i].struct_size)
            continue;
        const smpi_region *region =
            plan->event_region[i].nu ? &plan->event_region[i] : &plan->region;
        if (edge_over(plan, region, &plan->event_hairline[i], at, radius_mm) != first)
            return SMPI_EXTENT_VARIES;
    }
    if (first == SMPI_EXTENT_FULL && (plan->hair.nu || data->map))
        return SMPI_EXTENT_VARIES;
    return first;
}
