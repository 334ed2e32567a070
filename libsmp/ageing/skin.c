/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The skin in time: redness after a session. */
#include <smp/ageing.h>

#include <math.h>

#include "ageing/heal.h"
#include "base/diag.h"
#include "optics/skin.h"

smp_status smp_skin_healing(const smp_skin *skin, double days, smp_skin *healing, smp_diag *diag)
{
    smp_skin s;
    smpi_diag_clear(diag);
    SMPI_NEED(healing, diag);
    if (!(days >= 0.0 && days <= 36500.0))
        return smpi_fail(diag, SMP_ERR_RANGE, "days is %g, want [0, 36500]", days);
    SMPI_TRY(smpi_skin_read(skin, &s, diag));
    s.blood = fminf(s.blood + (float)(SMPI_RED_BLOOD * smpi_redness(days)), 0.2f);
    *healing = s;
    return SMP_OK;
}
