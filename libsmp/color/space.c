/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Colour spaces: names, transfer functions and primaries (docs/model/colour.md, 1 and 2). */
#include "base/guard.h"
#include "color/transfer.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "base/diag.h"
#include "base/math.h"
#include "color/tables.h"

static const char *const space_names[SMP_SPACE_COUNT] = {"srgb", "display-p3", "adobe-rgb",
                                                         "linear-srgb", "linear-p3"};

/* Which row of the primaries each space uses. */
static const int space_primaries[SMP_SPACE_COUNT] = {0, 1, 2, 0, 1};

static int space_known(smp_space space)
{
    return (unsigned)space < (unsigned)SMP_SPACE_COUNT;
}

const char *smp_space_name(smp_space space)
{
    return space_known(space) ? space_names[space] : NULL;
}

/* IEC 61966-2-1, for x >= 0. */
static double srgb_decode(double x)
{
    return x <= 0.04045 ? x / 12.92 : smpi_pow((x + 0.055) / 1.055, 2.4);
}

static double srgb_encode(double x)
{
    return x <= 0.0031308 ? x * 12.92 : 1.055 * smpi_pow(x, 1 / 2.4) - 0.055;
}

double smpi_space_decode(smp_space space, double encoded)
{
    double x = fabs(encoded), y = x;
    if (space == SMP_SPACE_SRGB || space == SMP_SPACE_DISPLAY_P3)
        y = srgb_decode(x);
    else if (space == SMP_SPACE_ADOBE_RGB)
        y = smpi_pow(x, 563.0 / 256.0);
    return encoded < 0 ? -y : y;
}

double smpi_space_encode(smp_space space, double linear)
{
    double x = fabs(linear), y = x;
    if (space == SMP_SPACE_SRGB || space == SMP_SPACE_DISPLAY_P3)
        y = srgb_encode(x);
    else if (space == SMP_SPACE_ADOBE_RGB)
        y = smpi_pow(x, 256.0 / 563.0);
    return linear < 0 ? -y : y;
}

SMPI_APART float space_decode_guarded(smp_space space, float encoded)
{
    return space_known(space) ? (float)smpi_space_decode(space, (double)encoded) : (float)NAN;
}

float smp_space_decode(smp_space space, float encoded)
{
    SMPI_GUARD(float, space_decode_guarded(space, encoded));
}

SMPI_APART float space_encode_guarded(smp_space space, float linear)
{
    return space_known(space) ? (float)smpi_space_encode(space, (double)linear) : (float)NAN;
}

float smp_space_encode(smp_space space, float linear)
{
    SMPI_GUARD(float, space_encode_guarded(space, linear));
}

void smpi_space_decode_table8(smp_space space, float table[256])
{
    for (int k = 0; k < 256; k++)
        table[k] = (float)smpi_space_decode(space, k / 255.0);
    table[255] = 1;
}

void smpi_encode8_thresholds(smp_space space, float thresholds[255])
{
    for (int k = 0; k < 255; k++)
        thresholds[k] = (float)smpi_space_decode(space, (k + 0.5) / 255.0);
}

const double *smpi_space_to_xyz(smp_space space)
{
    return space_known(space) ? smpi_rgb_to_xyz[space_primaries[space]] : NULL;
}

const double *smpi_space_from_xyz(smp_space space)
{
    return space_known(space) ? smpi_xyz_to_rgb[space_primaries[space]] : NULL;
}

void smpi_mat3_apply(const double m[9], const double v[3], double out[3])
{
    double a = v[0], b = v[1], c = v[2];
    for (int i = 0; i < 3; i++)
        out[i] = m[3 * i] * a + m[3 * i + 1] * b + m[3 * i + 2] * c;
}

smp_status smpi_space_primary_matrix(smp_space from, smp_space to, double m[9], smp_diag *diag)
{
    static const double identity[9] = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    if (!space_known(from) || !space_known(to))
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "space is %d, want 0 to %d",
                         space_known(from) ? (int)to : (int)from, SMP_SPACE_COUNT - 1);
    if (space_primaries[from] == space_primaries[to]) {
        memcpy(m, identity, sizeof identity);
        return SMP_OK;
    }
    const double *a = smpi_space_from_xyz(to), *b = smpi_space_to_xyz(from);
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            m[3 * i + j] = a[3 * i] * b[j] + a[3 * i + 1] * b[3 + j] + a[3 * i + 2] * b[6 + j];
    return SMP_OK;
}

static smp_status convert(const double *m, const float in[3], float out[3])
{
    double v[3] = {(double)in[0], (double)in[1], (double)in[2]};
    smpi_mat3_apply(m, v, v);
    for (int i = 0; i < 3; i++)
        out[i] = (float)v[i];
    return SMP_OK;
}

SMPI_APART smp_status rgb_to_xyz_guarded(smp_space space, const float rgb_lin[3], float xyz[3],
                                         smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(rgb_lin, diag);
    SMPI_NEED(xyz, diag);
    const double *m = smpi_space_to_xyz(space);
    return m ? convert(m, rgb_lin, xyz)
             : smpi_fail(diag, SMP_ERR_ARGUMENT, "space is %d", (int)space);
}

smp_status smp_rgb_to_xyz(smp_space space, const float rgb_lin[3], float xyz[3], smp_diag *diag)
{
    SMPI_GUARD(smp_status, rgb_to_xyz_guarded(space, rgb_lin, xyz, diag));
}

SMPI_APART smp_status xyz_to_rgb_guarded(smp_space space, const float xyz[3], float rgb_lin[3],
                                         smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(xyz, diag);
    SMPI_NEED(rgb_lin, diag);
    const double *m = smpi_space_from_xyz(space);
    return m ? convert(m, xyz, rgb_lin)
             : smpi_fail(diag, SMP_ERR_ARGUMENT, "space is %d", (int)space);
}

smp_status smp_xyz_to_rgb(smp_space space, const float xyz[3], float rgb_lin[3], smp_diag *diag)
{
    SMPI_GUARD(smp_status, xyz_to_rgb_guarded(space, xyz, rgb_lin, diag));
}
