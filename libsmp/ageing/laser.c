/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Laser removal session by session. Sources and what is assumed: docs/model/time.md, 7. */
#include "ageing/laser.h"

#include <math.h>

#include <smp/ageing.h>

#include "base/diag.h"
#include "base/fields.h"
#include "base/guard.h"
#include "base/math.h"
#include "optics/pigment.h"

/* How well light of 1064 nm breaks each component up, over carbon (assumed). */
static const double breaks[SMP_PIGMENT_COMPONENTS] = {1.0, 1.0, 0.6, 0.5, 0.8, 0.2};

#define SMP_DOSE 2.0     /* of a healed SMP dot */
#define SHIELD_DOSE 16.0 /* above it, pigment that shades pigment: 79 % in 6.5 sessions */
#define SMP_MIDDLE_MM 0.225
#define REACH_MM 2.5
#define CLEARS_MOST 0.95
#define CARRIED_DAYS 12.0 /* over which cells carry the debris away (assumed) */

void smpi_laser_clears(const smpi_target *t, double clears[SMP_PIGMENT_COMPONENTS])
{
    const double shielded = 1.0 / (1.0 + fmax(t->dose - SMP_DOSE, 0.0) / SHIELD_DOSE);
    const double reached = smpi_exp(-fmax(t->middle_mm - SMP_MIDDLE_MM, 0.0) / REACH_MM);
    /* Kirby-Desai: sessions grow with skin type + location 1 + ink 1 to 2 + colour 1 */
    const double skin = 6.5 / (3.5 + t->skin_type);
    for (int k = 0; k < SMP_PIGMENT_COMPONENTS; k++)
        clears[k] = fmin(t->strength * breaks[k] * shielded * reached * skin, CLEARS_MOST);
}

double smpi_laser_carried(double days)
{
    return days > 0.0 ? 1.0 - smpi_exp(-days / CARRIED_DAYS) : 0.0;
}

/* ---- how many sessions -------------------------------------------------------------------- */

static const smp_field removal_fields[] = {
    SMPI_FIELD_HEAD(smp_removal_desc),
    SMPI_FIELD(smp_removal_desc, dose, "", 0.01, 100.0, 2.0,
               "Optical depth at 550 nm of a dot before the first session."),
    SMPI_FIELD(smp_removal_desc, top_mm, "mm", 0.02, 3.0, 0.10, "Depth of the column's top."),
    SMPI_FIELD(smp_removal_desc, height_mm, "mm", 0.02, 3.0, 0.25, "Height of the column."),
    SMPI_FIELD(smp_removal_desc, skin_type, "", 1.0, 6.0, 3.0, "Fitzpatrick skin type."),
    SMPI_FIELD(smp_removal_desc, strength, "", 0.01, 0.95, 0.5,
               "Share of an SMP dot of carbon that one session clears in skin of type III."),
    SMPI_FIELD(smp_removal_desc, clearance, "", 0.05, 0.99, 0.9, "Share that has to go."),
    SMPI_FIELD_RESERVED(smp_removal_desc, reserved),
};
SMPI_DEFINE_FIELDS(smp_removal_desc, removal_fields)

SMPI_APART smp_status laser_sessions_guarded(const smp_removal_desc *desc,
                                             const smp_pigment *pigment, uint32_t *sessions,
                                             float *left, smp_diag *diag)
{
    smp_removal_desc d;
    smpi_pigment_spectra spectra;
    double there[SMPI_PIGMENT_ABSORBING];
    smpi_diag_clear(diag);
    SMPI_NEED(sessions, diag);
    SMPI_TRY(smpi_desc_read(&d, sizeof d, desc, removal_fields, SMPI_COUNT(removal_fields), diag));
    SMPI_TRY(smpi_pigment_make(pigment, &spectra, diag));
    for (int k = 0; k < SMPI_PIGMENT_ABSORBING; k++)
        there[k] = spectra.share[k];
    *sessions = SMP_LASER_SESSIONS_MAX + 1;
    double sum = 1.0;
    for (uint32_t i = 0; i < SMP_LASER_SESSIONS_MAX; i++) {
        const smpi_target target = {(double)d.dose * sum,
                                    (double)d.top_mm + 0.5 * (double)d.height_mm,
                                    (double)d.skin_type, (double)d.strength};
        double clears[SMP_PIGMENT_COMPONENTS];
        smpi_laser_clears(&target, clears);
        sum = 0.0;
        for (int k = 0; k < SMPI_PIGMENT_ABSORBING; k++) {
            there[k] *= 1.0 - clears[k];
            sum += there[k];
        }
        if (left)
            left[i] = (float)sum;
        if (1.0 - sum >= (double)d.clearance && *sessions > SMP_LASER_SESSIONS_MAX)
            *sessions = i + 1;
    }
    return SMP_OK;
}

smp_status smp_laser_sessions(const smp_removal_desc *desc, const smp_pigment *pigment,
                              uint32_t *sessions, float *left, smp_diag *diag)
{
    SMPI_GUARD(smp_status, laser_sessions_guarded(desc, pigment, sessions, left, diag));
}
