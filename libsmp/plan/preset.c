/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Ready plans, good ones and faults. Numbers: docs/plan.md 9. */
#include <string.h>

#include "base/context.h"
#include "base/diag.h"
#include "base/guard.h"
#include "plan/plan.h"

typedef struct preset {
    const char *name, *about;
    uint32_t style;
    float height_mm, softness_mm, edge_density, irregularity;
    float density_per_cm2, dose, regularity, side_fade_mm;
    float variation; /* times the default variations */
    float needle_mm, depth_mm;
} preset;

static const preset presets[] = {
    {"conservative", "A mature, soft hairline, sparse and light: room to add later.",
     SMP_HAIRLINE_MATURE, 88, 16, 0.18f, 0.7f, 120, 2.4f, 0, 22, 1, 0, 0},
    {"typical", "The default plan.", SMP_HAIRLINE_NATURAL, 80, 12, 0.25f, 0.5f, 150, 3, 0, 18, 1, 0,
     0},
    {"bold", "A lower, more defined hairline, dense and dark.", SMP_HAIRLINE_NATURAL, 72, 7, 0.4f,
     0.4f, 185, 3.6f, 0, 15, 1, 0, 0},
    {"too_low", "Fault: a hairline near the brows, which no face grows into.", SMP_HAIRLINE_NATURAL,
     48, 8, 0.35f, 0.4f, 150, 3, 0, 18, 1, 0, 0},
    {"too_dense", "Fault: no gaps stay visible; the skin goes solid.", SMP_HAIRLINE_NATURAL, 80, 9,
     0.5f, 0.4f, 250, 4.5f, 0, 14, 1, 0, 0},
    {"helmet", "Fault: ruler-straight, hard and solid, like paint.", SMP_HAIRLINE_STRAIGHT, 66, 1,
     1, 0, 250, 9, 0.3f, 1, 0.3f, 0.4f, 0},
    {"grid", "Fault: large dots, all alike and evenly spaced.", SMP_HAIRLINE_NATURAL, 80, 2, 0.9f,
     0, 90, 6, 1, 6, 0, 0.5f, 0},
    {"blow_out", "Fault: the needle went too deep; dots run into soft blots.", SMP_HAIRLINE_NATURAL,
     80, 12, 0.25f, 0.5f, 120, 3, 0, 18, 1, 0.4f, 1.0f},
    {"blue", "Fault: tattoo depth and dose; dots blur, turn blue and stay.", SMP_HAIRLINE_NATURAL,
     80, 12, 0.25f, 0.5f, 100, 2, 0, 18, 1, 0.35f, 1.75f},
};
enum { COUNT = sizeof presets / sizeof *presets };

uint32_t smp_plan_preset_count(void)
{
    return COUNT;
}

const char *smp_plan_preset_name(uint32_t index, const char **about)
{
    if (index >= COUNT)
        return NULL;
    if (about)
        *about = presets[index].about;
    return presets[index].name;
}

static smp_status fill(const preset *p, smp_plan_desc *desc, smp_hairline_desc *hairline,
                       smp_diag *diag)
{
    smp_plan_desc_init(desc);
    smp_hairline_desc_init(hairline);
    desc->density_per_cm2 = p->density_per_cm2;
    desc->dose = p->dose;
    desc->regularity = p->regularity;
    desc->side_fade_mm = p->side_fade_mm;
    desc->size_variation *= p->variation;
    desc->dose_variation *= p->variation;
    desc->depth_variation *= p->variation;
    desc->diameter_mm = p->needle_mm > 0.0f ? p->needle_mm : desc->diameter_mm;
    hairline->style = p->style;
    hairline->height_mm = p->height_mm;
    hairline->softness_mm = p->softness_mm;
    hairline->edge_density = p->edge_density;
    hairline->irregularity = p->irregularity;
    if (!(p->depth_mm > 0.0f))
        return SMP_OK;
    smp_column column;
    smp_column_init(&column);
    column.dose = p->dose;
    SMPI_TRY(smp_column_from_needle(p->needle_mm, p->depth_mm, &column, diag));
    desc->top_mm = column.top_mm;
    desc->height_mm = column.height_mm;
    desc->dose = column.dose < 40.0f ? column.dose : 40.0f;
    return SMP_OK;
}

SMPI_APART smp_status plan_from_preset_guarded(const smp_context *ctx, const char *name,
                                               const smp_head *head, smp_plan **plan,
                                               smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(plan, diag);
    *plan = NULL;
    SMPI_NEED(ctx, diag);
    SMPI_NEED(name, diag);
    const preset *found = NULL;
    smp_plan_desc desc;
    smp_hairline_desc hairline;
    for (uint32_t i = 0; i < COUNT; i++)
        if (!strcmp(presets[i].name, name))
            found = &presets[i];
    if (!found)
        return smpi_fail(diag, SMP_ERR_ARGUMENT,
                         "no preset has that name; there are "
                         "conservative, typical, bold, too_low, too_dense, "
                         "helmet, grid, blow_out, blue");
    SMPI_TRY(fill(found, &desc, &hairline, diag));
    SMPI_TRY(smp_plan_create(ctx, head, &desc, plan, diag));
    if ((*plan)->data.head.shape == SMP_SHAPE_FLAT)
        hairline.style = SMP_HAIRLINE_NONE;
    const smp_status status = smp_plan_set_hairline(*plan, &hairline, diag);
    if (status != SMP_OK)
        smp_plan_destroy(plan);
    return status;
}

smp_status smp_plan_from_preset(const smp_context *ctx, const char *name, const smp_head *head,
                                smp_plan **plan, smp_diag *diag)
{
    SMPI_GUARD(smp_status, plan_from_preset_guarded(ctx, name, head, plan, diag));
}
