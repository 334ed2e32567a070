/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Colours of bare skin, tabled: the model of optics costs milliseconds for one skin.
 * docs/model/scalp.md, (S12). */
#ifndef SMPI_SCALP_SKIN_TABLE_H
#define SMPI_SCALP_SKIN_TABLE_H

#include <stdint.h>

#include <smp/optics.h>

/* Nodes: melanin exp(-6.9 + 0.4 m), 0.001 to 0.41; blood exp(-6.2 + 0.57 b), 0.002 to 0.199; yellow
 * -5 + 7 y, to 44 micromol/l. */
#define SMPI_SKIN_MELANINS 16
#define SMPI_SKIN_MELANIN_FIRST (-6.9)
#define SMPI_SKIN_MELANIN_STEP 0.4
#define SMPI_SKIN_BLOODS 9
#define SMPI_SKIN_BLOOD_FIRST (-6.2)
#define SMPI_SKIN_BLOOD_STEP 0.57
#define SMPI_SKIN_YELLOWS 8
#define SMPI_SKIN_YELLOW_FIRST (-5.0)
#define SMPI_SKIN_YELLOW_STEP 7.0

/* round(1000 ln of linear sRGB): yellow is the slowest index, then melanin, blood, channel */
#define SMPI_SKIN_TABLE (SMPI_SKIN_YELLOWS * SMPI_SKIN_MELANINS * SMPI_SKIN_BLOODS * 3)
extern const int16_t smpi_skin_table[SMPI_SKIN_TABLE];

/* ln of the linear sRGB of a skin p = (ln melanin, ln blood, yellow_um), held within the table;
 * slope (or NULL) receives its derivatives by each. */
void smpi_skin_log_rgb(const double p[3], double log_rgb[3], double slope[3][3]);

/* The skin, within the table, whose colour comes nearest to a linear sRGB at exposure 1; what
 * colour cannot decide follows the usual skin of that tone. */
void smpi_skin_from_log_rgb(const double log_rgb[3], smp_skin *skin);

/* The skin p under an even sheen of white that a photo's mean colour shows, trusting the colour
 * more than the brightness. */
void smpi_skin_behind(const double log_rgb[3], double sheen, double p[3]);

#endif
