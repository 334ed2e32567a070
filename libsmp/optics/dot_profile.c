/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The public face of the dot model: a column's profile in R, G, B, summed over the spectrum. */
#include <string.h>

#include "base/diag.h"
#include "base/fields.h"
#include "base/guard.h"
#include "color/tables.h"
#include "color/transfer.h"
#include "optics/dot.h"
#include "optics/pigment.h"
#include "optics/skin.h"

static const smp_field column_fields[] = {
    SMPI_FIELD_HEAD(smp_column),
    SMPI_FIELD(smp_column, diameter_mm, "mm", 0.02, 2.0, 0.25, "Diameter of the column."),
    SMPI_FIELD(smp_column, top_mm, "mm", 0.02, 3.0, 0.10, "Depth of its top below the surface."),
    SMPI_FIELD(smp_column, height_mm, "mm", 0.02, 3.0, 0.25, "Height of the column."),
    SMPI_FIELD(smp_column, dose, "", 0.0, 100.0, 2.0,
               "Vertical absorption optical depth at 550 nm."),
    SMPI_FIELD(smp_column, spread_mm, "mm", 0.0, 2.0, 0.0,
               "Standard deviation, per axis, of how far pigment has wandered."),
};

SMPI_DEFINE_FIELDS(smp_column, column_fields)

#define FIRST 2 /* samples 400 to 700 nm: what lies outside adds less than 0.1 % to any channel */
#define LAST 32

/* Shapes and weights of the wavelengths. */
typedef struct spectral {
    smpi_dot_shape shape[LAST - FIRST + 1];
    double weight[LAST - FIRST + 1][3];
} spectral;

static smp_status fill(spectral *s, const smp_skin *skin, const smp_column *column,
                       const double *absorb, smp_diag *diag)
{
    for (int i = FIRST; i <= LAST; i += 3) {
        smpi_dot_model m;
        int three[3] = {i, i < LAST ? i + 1 : i, i < LAST - 1 ? i + 2 : i};
        SMPI_TRY(smpi_dot_model_at(&m, skin, three, diag));
        for (int c = 0; c < 3 && i + c <= LAST; c++) {
            smp_column tinted = *column;
            tinted.dose *= (float)absorb[i + c];
            smpi_dot_shape_of(&m, c, &tinted, s->shape + (i + c - FIRST));
        }
    }
    return SMP_OK;
}

static void weigh(spectral *s, const double *from_xyz, const float *bare)
{
    double rgb[3], total[3] = {0};
    for (int i = FIRST; i <= LAST; i++) {
        smpi_mat3_apply(from_xyz, smpi_spectrum_xyz[i], rgb);
        for (int c = 0; c < 3; c++) {
            s->weight[i - FIRST][c] = rgb[c] * (double)bare[i];
            total[c] += s->weight[i - FIRST][c];
        }
    }
    for (int i = 0; i <= LAST - FIRST; i++)
        for (int c = 0; c < 3; c++)
            s->weight[i][c] /= total[c] > 1e-6 ? total[c] : 1e-6;
}

/* Takes what white in the pigment leaves into the weights. */
static smp_status whiten(spectral *s, const smp_skin *skin, const smp_pigment *pigment,
                         smp_diag *diag)
{
    smp_skin own;
    int samples[LAST - FIRST + 1];
    double left[LAST - FIRST + 1];
    for (int i = 0; i <= LAST - FIRST; i++)
        samples[i] = FIRST + i;
    SMPI_TRY(smpi_skin_read(skin, &own, diag));
    SMPI_TRY(smpi_dot_white(&own, pigment, LAST - FIRST + 1, samples, left, diag));
    for (int i = 0; i <= LAST - FIRST; i++)
        for (int c = 0; c < 3; c++)
            s->weight[i][c] *= left[i];
    return SMP_OK;
}

static void write(const spectral *s, double radius, float contrast[3])
{
    double sum[3] = {0};
    for (int i = 0; i <= LAST - FIRST; i++) {
        double at = smpi_dot_shape_at(s->shape + i, radius);
        for (int c = 0; c < 3; c++)
            sum[c] += s->weight[i][c] * at;
    }
    for (int c = 0; c < 3; c++)
        contrast[c] = (float)sum[c];
}

SMPI_APART smp_status dot_profile_guarded(const smp_skin *skin, const smp_column *column,
                                          const smp_pigment *pigment, smp_space space,
                                          uint32_t count, const float *radius_mm, float *contrast,
                                          smp_diag *diag)
{
    smp_column col;
    spectral s;
    smpi_pigment_spectra ink;
    float bare[SMP_SPECTRUM_COUNT];
    const double *from_xyz = smpi_space_from_xyz(space);
    smpi_diag_clear(diag);
    if (count == 0)
        return SMP_OK;
    SMPI_NEED(radius_mm, diag);
    SMPI_NEED(contrast, diag);
    if (!from_xyz)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "space is %d", (int)space);
    SMPI_TRY(
        smpi_desc_read(&col, sizeof col, column, column_fields, SMPI_COUNT(column_fields), diag));
    for (uint32_t i = 0; i < count; i++)
        if (!(radius_mm[i] >= 0 && radius_mm[i] <= 1e9f))
            return smpi_fail(diag, SMP_ERR_RANGE, "radius_mm[%u] is %g, want a distance", i,
                             (double)radius_mm[i]);
    SMPI_TRY(smpi_pigment_make(pigment, &ink, diag));
    SMPI_TRY(smp_skin_reflectance(skin, bare, diag));
    SMPI_TRY(fill(&s, skin, &col, ink.absorb, diag));
    weigh(&s, from_xyz, bare);
    SMPI_TRY(whiten(&s, skin, pigment, diag));
    for (uint32_t i = 0; i < count; i++)
        write(&s, (double)radius_mm[i], contrast + 3 * (size_t)i);
    return SMP_OK;
}

smp_status smp_dot_profile(const smp_skin *skin, const smp_column *column,
                           const smp_pigment *pigment, smp_space space, uint32_t count,
                           const float *radius_mm, float *contrast, smp_diag *diag)
{
    SMPI_GUARD(smp_status,
               dot_profile_guarded(skin, column, pigment, space, count, radius_mm, contrast, diag));
}
