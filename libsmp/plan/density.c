/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Density at a point: full inside, thinning towards the hairline and the side line, broken by
 * clusters and gaps at the front. source: docs/plan.md 3 */
#include <math.h>

#include "geometry/head.h"
#include "plan/plan.h"

#define FEATHER_MM 2.5 /* over which the first dots appear */
#define DENT_MM 1.5    /* in and out of the edge, at irregularity 1 */
#define DENT_CELL_MM 3.5
#define CLUMP 0.75 /* share of the density that clusters move, at irregularity 1 */
#define CLUMP_CELL_MM 2.2

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
static double front_share(const smp_plan *plan, const double xyz[3], double d)
{
    const smp_hairline_desc *h = &plan->data.hairline;
    const double soft = (double)h->softness_mm, rough = (double)h->irregularity;
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

double smp_plan_density(const smp_plan *plan, const double xyz_mm[3])
{
    if (!plan || !xyz_mm || !(fabs(xyz_mm[0]) <= 1e6) || !(fabs(xyz_mm[1]) <= 1e6) ||
        !(fabs(xyz_mm[2]) <= 1e6))
        return 0.0;
    const smp_head *head = &plan->data.head;
    const double full = (double)plan->data.desc.density_per_cm2;
    double u = xyz_mm[0], v = xyz_mm[1], front, side;
    if (head->shape == SMP_SHAPE_FLAT) {
        if (!(u >= 0.0 && u <= (double)head->width_mm && v >= 0.0 && v <= (double)head->height_mm))
            return 0.0;
    } else if (plan->region.nu) {
        smpi_head_polar(head, xyz_mm, &u, &v);
    }
    if (!plan->region.nu)
        return full;
    smpi_region_at(&plan->region, u, v, &front, &side);
    if (!(side > 0.0))
        return 0.0;
    const double fade = (double)plan->data.desc.side_fade_mm;
    const double share = front_share(plan, xyz_mm, front);
    return share > 0.0 ? full * share * (fade > 0.0 ? smooth(side / fade) : 1.0) : 0.0;
}
