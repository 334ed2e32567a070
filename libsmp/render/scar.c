/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Scars whose skin the plan says is lighter or redder: a map of ratios of light. source:
 * docs/model/render.md, "Scars" */
#include "render/scar.h"

#include <math.h>

#include <smp/color.h>

#include "base/diag.h"
#include "plan/plan.h"
#include "render/preview.h"

#define NODE_MM 0.2 /* round scars are under a millimetre */

/* Light of skin that is lighter and redder by so much, over that of the skin. */
static void share_of(const float bare[3], const float lab[3], float lightness, float redness,
                     smp_space space, float share[3])
{
    const float own[3] = {fminf(fmaxf(lab[0] + lightness, 1.0f), 100.0f), lab[1] + redness, lab[2]};
    float xyz[3], rgb[3] = {1.0f, 1.0f, 1.0f};
    smp_lab_to_xyz(own, xyz);
    const smp_status status = smp_xyz_to_rgb(space, xyz, rgb, NULL);
    for (int c = 0; c < 3; c++)
        share[c] =
            status == SMP_OK && bare[c] > 1e-4f ? fminf(fmaxf(rgb[c] / bare[c], 0.1f), 8.0f) : 1.0f;
}

typedef struct filler {
    const smp_preview *preview;
    smp_camera camera;
    float bare[3], lab[3];
} filler;

static smp_status fill_row(void *task, uint32_t j)
{
    const filler *f = task;
    const smp_preview *preview = f->preview;
    const smpi_scar *s = &preview->scar;
    const smp_head *head = &preview->plan->data.head;
    for (uint32_t i = 0; i < s->width; i++) {
        const double uv[2] = {(double)preview->bounds.x + (double)i * s->step,
                              (double)preview->bounds.y + (double)j * s->step};
        const size_t at = (size_t)j * s->width + i;
        double xyz[3];
        float share[3] = {1.0f, 1.0f, 1.0f}, lightness, redness;
        if (smp_camera_unproject(&f->camera, head, uv, xyz, NULL) &&
            smpi_plan_scar_skin(preview->plan, xyz, &lightness, &redness))
            share_of(f->bare, f->lab, lightness, redness, (smp_space)preview->photo.space, share);
        for (int c = 0; c < 3; c++)
            s->share[c][at] = share[c];
    }
    return SMP_OK;
}

smp_status smpi_scar_create(smp_preview *preview, const smp_skin *skin, smp_diag *diag)
{
    smpi_scar *s = &preview->scar;
    *s = (smpi_scar){0};
    if (!smpi_plan_has_scar_skin(preview->plan))
        return SMP_OK;
    filler f = {.preview = preview, .camera = smp_scalp_camera(preview->scalp)};
    const double step = floor(NODE_MM * f.camera.px_per_mm);
    float xyz[3];
    size_t nodes, floats;
    s->step = step > 1.0 ? (step < 4096.0 ? (uint32_t)step : 4096u) : 1u;
    s->width = preview->bounds.width / s->step + 2;
    s->height = preview->bounds.height / s->step + 2;
    if (smpi_mul(s->width, s->height, &nodes) || smpi_mul(nodes, 3, &floats))
        return smpi_fail(diag, SMP_ERR_LIMIT, "scars: %u x %u nodes are too many", s->width,
                         s->height);
    SMPI_TRY(smp_skin_color(skin, (smp_space)preview->photo.space, f.bare, diag));
    SMPI_TRY(smp_rgb_to_xyz((smp_space)preview->photo.space, f.bare, xyz, diag));
    smp_xyz_to_lab(xyz, f.lab);
    SMPI_TRY(smpi_new(preview->ctx, &s->share[0], floats, sizeof(float), "scars", diag));
    s->floats = floats;
    s->share[1] = s->share[0] + nodes;
    s->share[2] = s->share[1] + nodes;
    return smpi_run(preview->ctx, fill_row, &f, s->height);
}

void smpi_scar_destroy(const smp_context *ctx, smpi_scar *s)
{
    smpi_free(ctx, s->share[0], s->floats * sizeof(float));
    s->share[0] = NULL;
}

void smpi_scar_row(const smp_preview *preview, uint32_t y, uint32_t x0, uint32_t n, float *through,
                   size_t plane)
{
    const smpi_scar *s = &preview->scar;
    const uint16_t *mask = preview->ground.mask + smpi_ground_at(&preview->ground, x0, y);
    const float scale = 1.0f / (float)s->step;
    const float fy = ((float)(y - preview->bounds.y) + 0.5f) * scale;
    const uint32_t j = (uint32_t)fy;
    const float ay = fy - (float)j;
    for (int c = 0; c < 3; c++) {
        const float *top = s->share[c] + (size_t)j * s->width, *low = top + s->width;
        for (uint32_t i = 0; i < n; i++) {
            const float fx = ((float)(x0 + i - preview->bounds.x) + 0.5f) * scale;
            const uint32_t k = (uint32_t)fx;
            const float ax = fx - (float)k;
            const float left = top[k] + (low[k] - top[k]) * ay;
            const float right = top[k + 1] + (low[k + 1] - top[k + 1]) * ay;
            const float share = left + (right - left) * ax;
            if (share != 1.0f)
                through[(size_t)c * plane + i] *=
                    1.0f + (float)mask[i] * (1.0f / 65535.0f) * (share - 1.0f);
        }
    }
}
