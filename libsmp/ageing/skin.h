/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Skin in time (docs/model/time.md, 2). */
#ifndef SMPI_AGEING_SKIN_H
#define SMPI_AGEING_SKIN_H

#include <smp/optics.h>

/* Light that skin of redness 0 to 1 sends back, over that of the same skin without, at most 1 per
 * channel. The skin is checked, the space known. Twice 1 ms. */
void smpi_skin_red(const smp_skin *skin, double redness, smp_space space, double left[3]);

#endif
