/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Bare skin: coefficients, reflectance, colour (docs/model/optics.md, 1 to 3). */
#include "optics/skin.h"

#include <math.h>
#include <string.h>

#include "base/diag.h"
#include "base/fields.h"
#include "base/guard.h"
#include "base/math.h"
#include "color/tables.h"
#include "color/transfer.h"
#include "optics/bare.h"
#include "optics/tables.h"

static const smp_field skin_fields[] = {
    SMPI_FIELD_HEAD(smp_skin),
    SMPI_FIELD(smp_skin, melanin, "", 0.0, SMPI_MELANIN_HIGH, 0.006,
               "Volume fraction of melanosomes in the epidermis."),
    SMPI_FIELD(smp_skin, blood, "", 0.0, SMPI_BLOOD_HIGH, 0.011,
               "Volume fraction of blood in the dermis."),
    SMPI_FIELD(smp_skin, yellow_um, "umol/l", SMPI_YELLOW_LOW, SMPI_YELLOW_HIGH, 1.0,
               "Yellow chromophores of the dermis as beta-carotene."),
    SMPI_FIELD(smp_skin, scattering, "", SMPI_SCATTERING_LOW, SMPI_SCATTERING_HIGH, 1.0,
               "Scattering over that of usual skin."),
};

SMPI_DEFINE_FIELDS(smp_skin, skin_fields)

smp_status smpi_skin_read(const smp_skin *skin, smp_skin *out, smp_diag *diag)
{
    return smpi_desc_read(out, sizeof *out, skin, skin_fields, SMPI_COUNT(skin_fields), diag);
}

/* docs/model/optics.md (1) to (3). Packaging: blood in vessels shades itself. */
void smpi_skin_layers(const smp_skin *skin, int sample, smpi_layer layers[2])
{
    const smpi_chromophores *c = smpi_chromophore + sample;
    double melanin = (double)skin->melanin, blood = (double)skin->blood;
    double full = SMPI_BLOOD_OXYGEN * c->oxy + (1 - SMPI_BLOOD_OXYGEN) * c->deoxy;
    double x = 2 * full * SMPI_VESSEL_RADIUS;
    double dermis =
        c->baseline + blood * full * (1 - smpi_exp(-x)) / x + (double)skin->yellow_um * c->yellow;
    layers[0].absorb = melanin * c->melanosome + (1 - melanin) * c->baseline;
    layers[0].scatter = c->scatter * (double)skin->scattering / (1 - SMPI_SKIN_COSINE);
    layers[0].thickness = SMPI_EPIDERMIS_MM;
    layers[1].absorb = fmax(dermis, 0.002); /* yellow may be negative; absorption may not */
    layers[1].scatter = layers[0].scatter;
    layers[1].thickness = SMPI_LAYER_ENDLESS;
}

void smpi_skin_spectrum(const smp_skin *skin, double reflectance[SMPI_SPECTRUM])
{
    smpi_bare bare;
    smpi_layer layers[2];
    for (int i = 0; i < SMPI_SPECTRUM; i++) {
        smpi_skin_layers(skin, i, layers);
        smpi_bare_init(&bare, layers[0].scatter * (1 - SMPI_SKIN_COSINE));
        reflectance[i] = smpi_bare_reflect(&bare, layers[0].absorb, layers[1].absorb);
    }
}

void smpi_spectrum_xyz_of(const double *reflectance, double xyz[3])
{
    xyz[0] = xyz[1] = xyz[2] = 0;
    for (int i = 0; i < SMPI_SPECTRUM; i++)
        for (int c = 0; c < 3; c++)
            xyz[c] += smpi_spectrum_xyz[i][c] * reflectance[i];
}

void smpi_spectrum_rgb(smp_space space, const double *reflectance, double rgb[3])
{
    double xyz[3];
    smpi_spectrum_xyz_of(reflectance, xyz);
    smpi_mat3_apply(smpi_space_from_xyz(space), xyz, rgb);
}

SMPI_APART smp_status skin_reflectance_guarded(const smp_skin *skin,
                                               float reflectance[SMP_SPECTRUM_COUNT],
                                               smp_diag *diag)
{
    smp_skin s;
    double r[SMPI_SPECTRUM];
    smpi_diag_clear(diag);
    SMPI_NEED(reflectance, diag);
    SMPI_TRY(smpi_skin_read(skin, &s, diag));
    smpi_skin_spectrum(&s, r);
    for (int i = 0; i < SMPI_SPECTRUM; i++)
        reflectance[i] = (float)r[i];
    return SMP_OK;
}

smp_status smp_skin_reflectance(const smp_skin *skin, float reflectance[SMP_SPECTRUM_COUNT],
                                smp_diag *diag)
{
    SMPI_GUARD(smp_status, skin_reflectance_guarded(skin, reflectance, diag));
}

SMPI_APART smp_status skin_color_guarded(const smp_skin *skin, smp_space space, float rgb_lin[3],
                                         smp_diag *diag)
{
    smp_skin s;
    double r[SMPI_SPECTRUM], rgb[3];
    smpi_diag_clear(diag);
    SMPI_NEED(rgb_lin, diag);
    if (!smpi_space_from_xyz(space))
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "space is %d", (int)space);
    SMPI_TRY(smpi_skin_read(skin, &s, diag));
    smpi_skin_spectrum(&s, r);
    smpi_spectrum_rgb(space, r, rgb);
    for (int c = 0; c < 3; c++)
        rgb_lin[c] = (float)rgb[c];
    return SMP_OK;
}

smp_status smp_skin_color(const smp_skin *skin, smp_space space, float rgb_lin[3], smp_diag *diag)
{
    SMPI_GUARD(smp_status, skin_color_guarded(skin, space, rgb_lin, diag));
}
