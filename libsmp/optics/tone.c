/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Labels of skin colours: ITA class, Fitzpatrick, Monk. */
#include <math.h>

#include <smp/optics.h>

#include "base/diag.h"
#include "base/fields.h"
#include "base/guard.h"

static const char *const class_names[] = {"very-light", "light", "intermediate", "tan", "brown",
                                          "dark",       NULL};

static const smp_field tone_fields[] = {
    SMPI_FIELD_HEAD(smp_tone),
    SMPI_FIELD(smp_tone, ita_deg, "deg", -180.0, 180.0, 0.0, "Individual typology angle."),
    SMPI_FIELD_ENUM(smp_tone, ita_class, class_names, SMP_ITA_CLASS_COUNT - 1, SMP_ITA_VERY_LIGHT,
                    "Class of the angle."),
    SMPI_FIELD(smp_tone, fitzpatrick, "", 0.0, 6.0, 0.0, "Phototype by the class, naive."),
    SMPI_FIELD(smp_tone, monk, "", 0.0, 10.0, 0.0, "Nearest swatch of the Monk scale."),
    SMPI_FIELD(smp_tone, monk_distance, "dE00", 0.0, 1000.0, 0.0, "Distance to that swatch."),
};

SMPI_DEFINE_FIELDS(smp_tone, tone_fields)

/* The ten published swatches (tests/data/monk_tones.csv), Lab of their sRGB. */
static const double monk[10][3] = {
    {94.21, 1.50, 5.43},  {92.27, 2.06, 7.29},  {93.09, 0.22, 14.21},  {87.57, 0.46, 17.75},
    {77.90, 3.47, 23.14}, {55.14, 7.78, 26.74}, {42.47, 12.32, 20.53}, {30.68, 11.67, 13.34},
    {21.07, 2.69, 5.97},  {14.61, 1.48, 3.53}};

SMPI_APART smp_status tone_from_lab_guarded(const float lab[3], smp_tone *tone, smp_diag *diag)
{
    static const double limit[SMP_ITA_CLASS_COUNT - 1] = {55, 41, 28, 10, -30};
    smp_tone t;
    double at[3], best = INFINITY;
    smpi_diag_clear(diag);
    SMPI_NEED(lab, diag);
    SMPI_NEED(tone, diag);
    for (int i = 0; i < 3; i++) {
        at[i] = (double)lab[i];
        if (!(at[i] >= (i ? -200 : 0) && at[i] <= (i ? 200 : 150)))
            return smpi_fail(diag, SMP_ERR_RANGE, "lab[%d] is %g", i, at[i]);
    }
    smp_tone_init(&t);
    double ita = smp_ita_deg(at);
    t.ita_deg = (float)ita;
    while (t.ita_class < SMP_ITA_DARK && !(ita > limit[t.ita_class]))
        t.ita_class++;
    t.fitzpatrick = t.ita_class + 1;
    for (uint32_t i = 0; i < 10; i++) {
        double distance = smp_delta_e2000(at, monk[i]);
        if (distance < best) {
            best = distance;
            t.monk = i + 1;
        }
    }
    t.monk_distance = (float)best;
    return smpi_desc_store(tone, &t, sizeof t, diag);
}

smp_status smp_tone_from_lab(const float lab[3], smp_tone *tone, smp_diag *diag)
{
    SMPI_GUARD(smp_status, tone_from_lab_guarded(lab, tone, diag));
}
