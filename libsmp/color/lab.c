/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * CIE L*a*b*, CIEDE2000 and the individual typology angle (docs/model/colour.md, 3 to 5). */
#include <math.h>

#include "base/guard.h"
#include "base/math.h"
#include "color/tables.h"
#include "color/transfer.h"

#define DEG (SMPI_PI / 180)

/* CIE 15: cube root above (6/29)^3, a line below. */
static double lab_f(double t)
{
    return t > 216.0 / 24389.0 ? smpi_cbrt(t) : (24389.0 / 27.0 * t + 16) / 116;
}

static double lab_f_inverse(double f)
{
    return f > 6.0 / 29.0 ? f * f * f : (116 * f - 16) * (27.0 / 24389.0);
}

void smpi_xyz_to_lab(const double xyz[3], double lab[3])
{
    double fx = lab_f(xyz[0] / smpi_white_xyz[0]);
    double fy = lab_f(xyz[1] / smpi_white_xyz[1]);
    double fz = lab_f(xyz[2] / smpi_white_xyz[2]);
    lab[0] = 116 * fy - 16;
    lab[1] = 500 * (fx - fy);
    lab[2] = 200 * (fy - fz);
}

SMPI_APART void xyz_to_lab_guarded(const float xyz[3], float lab[3])
{
    double in[3] = {(double)xyz[0], (double)xyz[1], (double)xyz[2]}, out[3];
    smpi_xyz_to_lab(in, out);
    for (int i = 0; i < 3; i++)
        lab[i] = (float)out[i];
}

void smp_xyz_to_lab(const float xyz[3], float lab[3])
{
    SMPI_GUARD_VOID(xyz_to_lab_guarded(xyz, lab));
}

SMPI_APART void lab_to_xyz_guarded(const float lab[3], float xyz[3])
{
    double fy = ((double)lab[0] + 16) / 116;
    double fx = fy + (double)lab[1] / 500, fz = fy - (double)lab[2] / 200;
    xyz[0] = (float)(lab_f_inverse(fx) * smpi_white_xyz[0]);
    xyz[1] = (float)(lab_f_inverse(fy) * smpi_white_xyz[1]);
    xyz[2] = (float)(lab_f_inverse(fz) * smpi_white_xyz[2]);
}

void smp_lab_to_xyz(const float lab[3], float xyz[3])
{
    SMPI_GUARD_VOID(lab_to_xyz_guarded(lab, xyz));
}

SMPI_APART double ita_deg_guarded(const double lab[3])
{
    return smpi_atan2(lab[0] - 50, lab[2]) / DEG;
}

double smp_ita_deg(const double lab[3])
{
    SMPI_GUARD(double, ita_deg_guarded(lab));
}

static double pow7(double x)
{
    double x3 = x * x * x;
    return x3 * x3 * x;
}

/* Hue angle in [0, 360); 0 for a grey. */
static double hue_deg(double a, double b)
{
    if (a == 0 && b == 0)
        return 0;
    double h = smpi_atan2(b, a) / DEG;
    return h < 0 ? h + 360 : h;
}

/* Differences within this of 180 degrees count as 180, so that rounding does not decide which way
 * round the mean hue lies (pair 14 of the published data). */
#define HALF_TURN (180 + 1e-9)

static double hue_mean(double h1, double h2, double chroma_product)
{
    if (chroma_product == 0)
        return h1 + h2;
    if (fabs(h1 - h2) <= HALF_TURN)
        return (h1 + h2) / 2;
    return h1 + h2 < 360 ? (h1 + h2 + 360) / 2 : (h1 + h2 - 360) / 2;
}

static double hue_difference(double h1, double h2, double chroma_product)
{
    double d = h2 - h1;
    if (chroma_product == 0)
        return 0;
    if (fabs(d) <= HALF_TURN)
        return d;
    return d > 0 ? d - 360 : d + 360;
}

/* Sharma, Wu, Dalal 2005, equations 2 to 22. */
SMPI_APART double delta_e2000_guarded(const double lab1[3], const double lab2[3])
{
    double c7 = pow7((sqrt(lab1[1] * lab1[1] + lab1[2] * lab1[2]) +
                      sqrt(lab2[1] * lab2[1] + lab2[2] * lab2[2])) /
                     2);
    double g = 0.5 * (1 - sqrt(c7 / (c7 + 6103515625.0)));
    double a1 = (1 + g) * lab1[1], a2 = (1 + g) * lab2[1];
    double c1 = sqrt(a1 * a1 + lab1[2] * lab1[2]), c2 = sqrt(a2 * a2 + lab2[2] * lab2[2]);
    double h1 = hue_deg(a1, lab1[2]), h2 = hue_deg(a2, lab2[2]);
    double dl = lab2[0] - lab1[0], dc = c2 - c1;
    double dh = 2 * sqrt(c1 * c2) * smpi_sin(hue_difference(h1, h2, c1 * c2) * DEG / 2);
    double l = (lab1[0] + lab2[0]) / 2 - 50, c = (c1 + c2) / 2, h = hue_mean(h1, h2, c1 * c2);
    double t = 1 - 0.17 * smpi_cos((h - 30) * DEG) + 0.24 * smpi_cos(2 * h * DEG) +
               0.32 * smpi_cos((3 * h + 6) * DEG) - 0.20 * smpi_cos((4 * h - 63) * DEG);
    double turn = (h - 275) / 25, cm7 = pow7(c);
    double rc = 2 * sqrt(cm7 / (cm7 + 6103515625.0));
    double rt = -smpi_sin(60 * smpi_exp(-turn * turn) * DEG) * rc;
    double sl = 1 + 0.015 * l * l / sqrt(20 + l * l), sc = 1 + 0.045 * c, sh = 1 + 0.015 * c * t;
    dl /= sl;
    dc /= sc;
    dh /= sh;
    return sqrt(dl * dl + dc * dc + dh * dh + rt * dc * dh);
}

double smp_delta_e2000(const double lab1[3], const double lab2[3])
{
    SMPI_GUARD(double, delta_e2000_guarded(lab1, lab2));
}
