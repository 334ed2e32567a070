/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What one laser session clears (docs/model/time.md, 7). */
#ifndef SMPI_AGEING_LASER_H
#define SMPI_AGEING_LASER_H

#include <smp/optics.h>

/* Work that a laser meets. */
typedef struct smpi_target {
    double dose;      /* optical depth at 550 nm that is there now */
    double middle_mm; /* depth of the middle of its column */
    double skin_type; /* Fitzpatrick, 1 to 6 */
    double strength;  /* share that goes from an SMP dot of carbon in skin of type III */
} smpi_target;

/* Share of each component that goes, weeks later. */
void smpi_laser_clears(const smpi_target *target, double clears[SMP_PIGMENT_COMPONENTS]);
/* How much of that has gone `days` after the session, 0 to 1. */
double smpi_laser_carried(double days);

#endif
