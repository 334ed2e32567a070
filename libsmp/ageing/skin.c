/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The skin in time: redness after a session. */
#include "ageing/skin.h"

#include <smp/ageing.h>

#include "ageing/heal.h"
#include "base/diag.h"
#include "base/math.h"
#include "optics/skin.h"
#include "optics/tables.h"

void smpi_skin_red(const smp_skin *skin, double redness, smp_space space, double rgb[3])
{
    double r[SMPI_SPECTRUM];
    smpi_angles angles;
    smpi_angles_init(&angles, SMPI_SKIN_ANGLES, SMPI_SKIN_INDEX, SMPI_SKIN_COSINE);
    for (int i = 0; i < SMPI_SPECTRUM; i++) {
        const smpi_chromophores *c = smpi_chromophore + i;
        const double full = SMPI_RED_OXYGEN * c->oxy + (1.0 - SMPI_RED_OXYGEN) * c->deoxy;
        const double x = 2.0 * full * SMPI_VESSEL_RADIUS;
        smpi_layer layers[2];
        smpi_slab top, below;
        smpi_skin_layers(skin, i, layers);
        layers[1].absorb += SMPI_RED_BLOOD * redness * full * (1.0 - smpi_exp(-x)) / x;
        smpi_slab_make(&angles, layers, &top);
        smpi_slab_make(&angles, layers + 1, &below);
        r[i] = smpi_two_layers(&angles, &top, &below);
    }
    smpi_spectrum_rgb(space, r, rgb);
}

smp_status smp_skin_healing(const smp_skin *skin, double days, smp_space space, float rgb_lin[3],
                            smp_diag *diag)
{
    smp_skin s;
    double rgb[3];
    smpi_diag_clear(diag);
    SMPI_NEED(rgb_lin, diag);
    if (!smp_space_name(space))
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "space is %d", (int)space);
    if (!(days >= 0.0 && days <= 36500.0))
        return smpi_fail(diag, SMP_ERR_RANGE, "days is %g, want [0, 36500]", days);
    SMPI_TRY(smpi_skin_read(skin, &s, diag));
    smpi_skin_red(&s, smpi_redness(days), space, rgb);
    for (int c = 0; c < 3; c++)
        rgb_lin[c] = (float)rgb[c];
    return SMP_OK;
}
