/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Two-layer skin by polynomials (docs/model/optics.md, 3). */
#include "optics/bare.h"

#include <math.h>

#include "base/math.h"

#define EPIDERMIS_MM 0.08

/* T[k](x) for k < count. */
static void chebyshev(double x, int count, double *t)
{
    t[0] = 1;
    t[1] = x;
    for (int k = 2; k < count; k++)
        t[k] = 2 * x * t[k - 1] - t[k - 2];
}

static double within(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

void smpi_bare_init(smpi_bare *bare, double reduced_per_mm)
{
    double t[SMPI_BARE_THICK];
    double span = smpi_log(SMPI_BARE_S_HIGH / SMPI_BARE_S_LOW);
    double s = within(reduced_per_mm * EPIDERMIS_MM, SMPI_BARE_S_LOW, SMPI_BARE_S_HIGH);
    chebyshev(2 * smpi_log(s / SMPI_BARE_S_LOW) / span - 1, SMPI_BARE_THICK, t);
    bare->reduced = reduced_per_mm;
    for (int i = 0; i < SMPI_BARE_TOP; i++)
        for (int j = 0; j < SMPI_BARE_DEEP; j++) {
            bare->deep[i][j] = 0;
            for (int k = 0; k < SMPI_BARE_THICK; k++)
                bare->deep[i][j] += t[k] * smpi_bare_deep[k][i][j];
        }
    for (int i = 0; i < SMPI_BARE_BLACK; i++) {
        bare->black[i] = 0;
        for (int k = 0; k < SMPI_BARE_THICK; k++)
            bare->black[i] += t[k] * smpi_bare_black[k][i];
    }
}

/* ln(1 + x/bend) over its value at high, mapped to [-1, 1]. */
static double bent(double x, double high, double bend)
{
    return 2 * smpi_log(1 + x / bend) / smpi_log(1 + high / bend) - 1;
}

double smpi_bare_reflect(const smpi_bare *bare, double epidermis, double dermis)
{
    double top[SMPI_BARE_TOP], deep[SMPI_BARE_DEEP], own[SMPI_BARE_BLACK], black = 0, under = 0;
    double depth = epidermis * EPIDERMIS_MM;
    double a = within(epidermis / bare->reduced, 0, SMPI_BARE_A_HIGH);
    chebyshev(bent(a, SMPI_BARE_A_HIGH, SMPI_BARE_A_BEND), SMPI_BARE_BLACK, own);
    for (int i = 0; i < SMPI_BARE_BLACK; i++)
        black += bare->black[i] * own[i];
    black = smpi_exp(black);
    if (depth >= SMPI_BARE_T_HIGH)
        return black;
    double root = sqrt(within(dermis / bare->reduced, 0, SMPI_BARE_Q_HIGH));
    double most = sqrt(SMPI_BARE_Q_HIGH) / (SMPI_BARE_Q_BEND + sqrt(SMPI_BARE_Q_HIGH));
    chebyshev(bent(depth, SMPI_BARE_T_HIGH, SMPI_BARE_T_BEND), SMPI_BARE_TOP, top);
    chebyshev(2 * root / (SMPI_BARE_Q_BEND + root) / most - 1, SMPI_BARE_DEEP, deep);
    for (int i = 0; i < SMPI_BARE_TOP; i++) {
        double row = 0;
        for (int j = 0; j < SMPI_BARE_DEEP; j++)
            row += bare->deep[i][j] * deep[j];
        under += row * top[i];
    }
    return black + smpi_exp(under);
}
