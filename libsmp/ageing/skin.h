/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Skin in time (docs/model/time.md, 2). */
#ifndef SMPI_AGEING_SKIN_H
#define SMPI_AGEING_SKIN_H

#include <smp/optics.h>

/* Linear RGB of skin in which redness, 0 to 1, has brought fresh blood up. The skin is checked, the
 * space known. */
void smpi_skin_red(const smp_skin *skin, double redness, smp_space space, double rgb[3]);

#endif
