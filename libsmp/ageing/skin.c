/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The skin in time: redness after a session. */
#include "ageing/skin.h"

#include <math.h>

#include <smp/ageing.h>

#include "ageing/heal.h"
#include "base/diag.h"
#include "base/guard.h"
#include "base/math.h"
#include "optics/skin.h"
#include "optics/tables.h"

static void reddened(const smp_skin *skin, double redness, smp_space space, double rgb[3])
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

void smpi_skin_red(const smp_skin *skin, double redness, smp_space space, double left[3])
{
    double bare[3], rgb[3];
    left[0] = left[1] = left[2] = 1.0;
    if (!(redness > 0.0))
        return;
    reddened(skin, 0.0, space, bare);
    reddened(skin, redness, space, rgb);
    for (int c = 0; c < 3; c++) /* a wide gamut may put a channel of dark skin at 0 */
        if (bare[c] > 1e-4 && rgb[c] > 0.2 * bare[c])
            left[c] = fmin(rgb[c] / bare[c], 1.0);
}

SMPI_APART smp_status skin_healing_guarded(const smp_skin *skin, double days, smp_space space,
                                           float rgb_lin[3], smp_diag *diag)
{
    smp_skin s;
    double left[3];
    smpi_diag_clear(diag);
    SMPI_NEED(rgb_lin, diag);
    if (!smp_space_name(space))
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "space is %d", (int)space);
    if (!(days >= 0.0 && days <= 36500.0))
        return smpi_fail(diag, SMP_ERR_RANGE, "days is %g, want [0, 36500]", days);
    SMPI_TRY(smpi_skin_read(skin, &s, diag));
    SMPI_TRY(smp_skin_color(&s, space, rgb_lin, diag));
    smpi_skin_red(&s, smpi_redness(days), space, left);
    for (int c = 0; c < 3; c++)
        rgb_lin[c] *= (float)left[c];
    return SMP_OK;
}

smp_status smp_skin_healing(const smp_skin *skin, double days, smp_space space, float rgb_lin[3],
                            smp_diag *diag)
{
    SMPI_GUARD(smp_status, skin_healing_guarded(skin, days, space, rgb_lin, diag));
}
