/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Mixtures of pigments: spectra, and how much of each there is (docs/model/optics.md, 1). */
#include "optics/pigment.h"

#include <string.h>

#include "base/diag.h"
#include "base/fields.h"
#include "base/guard.h"

#define MOST_TITANIA 100.0
#define MOST_DOSE 100.0

static const smp_field pigment_fields[] = {
    SMPI_FIELD_HEAD(smp_pigment),
    SMPI_FIELD(smp_pigment, carbon_fine, "", 0.0, 1.0, 0.0,
               "Share of the absorption at 550 nm: carbon below 100 nm, slightly warm."),
    SMPI_FIELD(smp_pigment, carbon_coarse, "", 0.0, 1.0, 1.0,
               "Share: carbon in aggregates of 200 nm, neutral."),
    SMPI_FIELD(smp_pigment, iron_red, "", 0.0, 1.0, 0.0, "Share: red iron oxide (hematite)."),
    SMPI_FIELD(smp_pigment, iron_yellow, "", 0.0, 1.0, 0.0, "Share: yellow iron oxide (goethite)."),
    SMPI_FIELD(smp_pigment, iron_black, "", 0.0, 1.0, 0.0, "Share: black iron oxide (magnetite)."),
    SMPI_FIELD(smp_pigment, titania, "", 0.0, MOST_TITANIA, 0.0,
               "White: reduced scattering optical depth per absorption optical depth at 550 nm."),
};

SMPI_DEFINE_FIELDS(smp_pigment, pigment_fields)

static void gather(const smp_pigment *p, double part[SMP_PIGMENT_COMPONENTS])
{
    part[0] = (double)p->carbon_fine;
    part[1] = (double)p->carbon_coarse;
    part[2] = (double)p->iron_red;
    part[3] = (double)p->iron_yellow;
    part[4] = (double)p->iron_black;
    part[5] = (double)p->titania;
}

/* Shares that sum to 1, titania behind them; the sum before, 0 when there is no absorber. */
static double normal(const smp_pigment *p, double part[SMP_PIGMENT_COMPONENTS])
{
    double sum = 0;
    gather(p, part);
    for (int k = 0; k < SMPI_PIGMENT_ABSORBING; k++)
        sum += part[k];
    for (int k = 0; k < SMPI_PIGMENT_ABSORBING && sum > 0; k++)
        part[k] /= sum;
    return sum;
}

smp_status smpi_pigment_read(const smp_pigment *pigment, smp_pigment *out, smp_diag *diag)
{
    double part[SMP_PIGMENT_COMPONENTS];
    SMPI_TRY(smpi_desc_read(out, sizeof *out, pigment, pigment_fields, SMPI_COUNT(pigment_fields),
                            diag));
    if (!(normal(out, part) > 0))
        return smpi_fail(
            diag, SMP_ERR_ARGUMENT,
            "every share of the pigment is 0, so that nothing absorbs; want one above 0");
    return SMP_OK;
}

smp_status smpi_pigment_make(const smp_pigment *pigment, smpi_pigment_spectra *out, smp_diag *diag)
{
    smp_pigment p;
    double part[SMP_PIGMENT_COMPONENTS];
    SMPI_TRY(smpi_pigment_read(pigment, &p, diag));
    normal(&p, part);
    memcpy(out->share, part, sizeof out->share);
    for (int i = 0; i < SMPI_SPECTRUM; i++) {
        const smpi_pigment_row *row = smpi_pigment_table + i;
        out->absorb[i] = 0;
        out->scatter[i] = part[SMPI_PIGMENT_ABSORBING] * row->scatter[SMPI_PIGMENT_ABSORBING];
        for (int k = 0; k < SMPI_PIGMENT_ABSORBING; k++) {
            out->absorb[i] += part[k] * row->absorb[k];
            out->scatter[i] += part[k] * row->scatter[k];
        }
    }
    return SMP_OK;
}

SMPI_APART smp_status pigment_absorption_guarded(const smp_pigment *pigment,
                                                 float absorption[SMP_SPECTRUM_COUNT],
                                                 smp_diag *diag)
{
    smpi_pigment_spectra s;
    smpi_diag_clear(diag);
    SMPI_NEED(absorption, diag);
    SMPI_TRY(smpi_pigment_make(pigment, &s, diag));
    for (int i = 0; i < SMPI_SPECTRUM; i++)
        absorption[i] = (float)s.absorb[i];
    return SMP_OK;
}

smp_status smp_pigment_absorption(const smp_pigment *pigment, float absorption[SMP_SPECTRUM_COUNT],
                                  smp_diag *diag)
{
    SMPI_GUARD(smp_status, pigment_absorption_guarded(pigment, absorption, diag));
}

SMPI_APART smp_status pigment_scattering_guarded(const smp_pigment *pigment,
                                                 float scattering[SMP_SPECTRUM_COUNT],
                                                 smp_diag *diag)
{
    smpi_pigment_spectra s;
    smpi_diag_clear(diag);
    SMPI_NEED(scattering, diag);
    SMPI_TRY(smpi_pigment_make(pigment, &s, diag));
    for (int i = 0; i < SMPI_SPECTRUM; i++)
        scattering[i] = (float)s.scatter[i];
    return SMP_OK;
}

smp_status smp_pigment_scattering(const smp_pigment *pigment, float scattering[SMP_SPECTRUM_COUNT],
                                  smp_diag *diag)
{
    SMPI_GUARD(smp_status, pigment_scattering_guarded(pigment, scattering, diag));
}

SMPI_APART smp_status pigment_mass_guarded(const smp_pigment *pigment, float dose,
                                           float mg_per_cm2[SMP_PIGMENT_COMPONENTS], smp_diag *diag)
{
    smp_pigment p;
    double part[SMP_PIGMENT_COMPONENTS];
    smpi_diag_clear(diag);
    SMPI_NEED(mg_per_cm2, diag);
    if (!(dose >= 0 && (double)dose <= MOST_DOSE))
        return smpi_fail(diag, SMP_ERR_RANGE, "dose is %g, want [0, %g]", (double)dose, MOST_DOSE);
    SMPI_TRY(smpi_pigment_read(pigment, &p, diag));
    normal(&p, part);
    for (int k = 0; k < SMP_PIGMENT_COMPONENTS; k++)
        mg_per_cm2[k] = (float)((double)dose * part[k] / smpi_pigment_cm2_per_mg[k]);
    return SMP_OK;
}

smp_status smp_pigment_mass(const smp_pigment *pigment, float dose,
                            float mg_per_cm2[SMP_PIGMENT_COMPONENTS], smp_diag *diag)
{
    SMPI_GUARD(smp_status, pigment_mass_guarded(pigment, dose, mg_per_cm2, diag));
}

SMPI_APART smp_status pigment_from_mass_guarded(const float mg_per_cm2[SMP_PIGMENT_COMPONENTS],
                                                smp_pigment *pigment, float *dose, smp_diag *diag)
{
    double depth[SMP_PIGMENT_COMPONENTS], sum = 0, white;
    smpi_diag_clear(diag);
    SMPI_NEED(mg_per_cm2, diag);
    SMPI_NEED(pigment, diag);
    for (int k = 0; k < SMP_PIGMENT_COMPONENTS; k++) {
        if (!(mg_per_cm2[k] >= 0 && mg_per_cm2[k] <= 1000))
            return smpi_fail(diag, SMP_ERR_RANGE, "mg_per_cm2[%d] is %g, want [0, 1000]", k,
                             (double)mg_per_cm2[k]);
        depth[k] = (double)mg_per_cm2[k] * smpi_pigment_cm2_per_mg[k];
        sum += k < SMPI_PIGMENT_ABSORBING ? depth[k] : 0;
    }
    if (!(sum > 0))
        return smpi_fail(diag, SMP_ERR_ARGUMENT,
                         "mg_per_cm2 is 0 for all that absorbs; want one above 0");
    white = depth[SMPI_PIGMENT_ABSORBING] / sum;
    if (!(white <= MOST_TITANIA))
        return smpi_fail(diag, SMP_ERR_RANGE, "titania is %g, want [0, %g]", white, MOST_TITANIA);
    smp_pigment_init(pigment);
    pigment->carbon_fine = (float)(depth[0] / sum);
    pigment->carbon_coarse = (float)(depth[1] / sum);
    pigment->iron_red = (float)(depth[2] / sum);
    pigment->iron_yellow = (float)(depth[3] / sum);
    pigment->iron_black = (float)(depth[4] / sum);
    pigment->titania = (float)white;
    if (dose)
        *dose = (float)sum;
    return SMP_OK;
}

smp_status smp_pigment_from_mass(const float mg_per_cm2[SMP_PIGMENT_COMPONENTS],
                                 smp_pigment *pigment, float *dose, smp_diag *diag)
{
    SMPI_GUARD(smp_status, pigment_from_mass_guarded(mg_per_cm2, pigment, dose, diag));
}
