/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The public face of the layered solver: checks, scratch, samples on the context's runner. */
#include <math.h>

#include "base/context.h"
#include "base/diag.h"
#include "base/fields.h"
#include "base/guard.h"
#include "base/math.h"
#include "optics/stack.h"

static const char *const incidence_names[] = {"beam", "diffuse", NULL};

static const smp_field layered_fields[] = {
    SMPI_FIELD_HEAD(smp_layered_desc),
    SMPI_FIELD_ENUM(smp_layered_desc, incidence, incidence_names, SMP_INCIDENCE_COUNT - 1,
                    SMP_INCIDENCE_BEAM, "Light from one direction, or from all."),
    SMPI_FIELD(smp_layered_desc, angle_deg, "deg", 0.0, 89.0, 0.0,
               "Of a beam, in the medium above, from the normal."),
    SMPI_FIELD(smp_layered_desc, index_above, "", 1.0, 4.0, 1.0,
               "Refractive index of what is above."),
    SMPI_FIELD(smp_layered_desc, index_below, "", 1.0, 4.0, 1.0,
               "Refractive index of what is below."),
    SMPI_FIELD(smp_layered_desc, angles, "", 4.0, SMPI_STACK_ANGLES_MAX, 24.0,
               "Directions per hemisphere."),
    SMPI_FIELD_BOOL(smp_layered_desc, specular, 1.0,
                    "Whether reflectance has what the first surface mirrors."),
};

SMPI_DEFINE_FIELDS(smp_layered_desc, layered_fields)

static smp_status check_value(double x, double low, double high, const char *name, uint32_t at,
                              smp_diag *diag)
{
    if (x >= low && x <= high)
        return SMP_OK;
    return smpi_fail(diag, SMP_ERR_RANGE, "%s of layer %u is %g, want [%g, %g]", name, at, x, low,
                     high);
}

static smp_status check_layer(const smp_layer *l, uint32_t at, int last, smp_diag *diag)
{
    SMPI_TRY(check_value(l->absorption_per_mm, 0, 1e6, "absorption_per_mm", at, diag));
    SMPI_TRY(check_value(l->scattering_per_mm, 0, 1e6, "scattering_per_mm", at, diag));
    SMPI_TRY(check_value(l->anisotropy, -0.99, 0.99, "anisotropy", at, diag));
    SMPI_TRY(check_value(l->index, 1, 4, "index", at, diag));
    if (last && isinf(l->thickness_mm) && l->thickness_mm > 0)
        return SMP_OK;
    return check_value(l->thickness_mm, 0, 1e6, "thickness_mm", at, diag);
}

/* At most this many at once, each with scratch of its own. */
#define AT_ONCE 16

typedef struct job {
    smpi_stack_light light;
    const smp_layer *layers;
    uint32_t layer_count, samples, tasks;
    size_t square;
    double *scratch, *reflectance, *transmittance;
} job;

static smp_status solve_some(void *task, uint32_t index)
{
    job *j = task;
    double result[2];
    for (uint32_t i = index; i < j->samples; i += j->tasks) {
        SMPI_TRY(smpi_stack_solve(&j->light, j->layers + (size_t)i * j->layer_count, j->layer_count,
                                  j->scratch + index * j->square, result));
        if (j->reflectance)
            j->reflectance[i] = result[0];
        if (j->transmittance)
            j->transmittance[i] = result[1];
    }
    return SMP_OK;
}

SMPI_APART smp_status layered_reflectance_guarded(const smp_context *ctx,
                                                  const smp_layered_desc *desc,
                                                  const smp_layer *layers, uint32_t layer_count,
                                                  uint32_t samples, double *reflectance,
                                                  double *transmittance, smp_diag *diag)
{
    smp_layered_desc d;
    job j;
    smp_status status;
    smpi_diag_clear(diag);
    SMPI_NEED(ctx, diag);
    SMPI_NEED(layers, diag);
    if (layer_count == 0 || samples == 0)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "%u layers, %u samples", layer_count, samples);
    SMPI_TRY(smpi_desc_read(&d, sizeof d, desc, layered_fields, SMPI_COUNT(layered_fields), diag));
    for (uint32_t i = 0; i < samples; i++)
        for (uint32_t k = 0; k < layer_count; k++)
            SMPI_TRY(
                check_layer(layers + (size_t)i * layer_count + k, k, k + 1 == layer_count, diag));
    double sine = d.index_above * smpi_sin(d.angle_deg * SMPI_PI / 180);
    j = (job){.light = {.above = d.index_above,
                        .below = d.index_below,
                        .s2 = sine * sine,
                        .angles = (int)d.angles,
                        .diffuse = d.incidence == SMP_INCIDENCE_DIFFUSE,
                        .mirror = d.specular != 0},
              .layers = layers,
              .layer_count = layer_count,
              .samples = samples,
              .tasks = samples < AT_ONCE ? samples : AT_ONCE,
              .square = smpi_stack_scratch((int)d.angles),
              .reflectance = reflectance,
              .transmittance = transmittance};
    size_t doubles = j.tasks * j.square;
    SMPI_TRY(smpi_new(ctx, &j.scratch, doubles, sizeof(double), "layers", diag));
    status = smpi_run(ctx, solve_some, &j, j.tasks);
    smpi_free(ctx, j.scratch, doubles * sizeof(double));
    if (status == SMP_ERR_LIMIT)
        return smpi_fail(diag, status, "too many different indices for %u angles", d.angles);
    return status ? smpi_fail(diag, status, "the layers could not be solved") : SMP_OK;
}

smp_status smp_layered_reflectance(const smp_context *ctx, const smp_layered_desc *desc,
                                   const smp_layer *layers, uint32_t layer_count, uint32_t samples,
                                   double *reflectance, double *transmittance, smp_diag *diag)
{
    SMPI_GUARD(smp_status, layered_reflectance_guarded(ctx, desc, layers, layer_count, samples,
                                                       reflectance, transmittance, diag));
}
