/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Small linear algebra of the fits: a Cholesky solver and rotations. */
#include <math.h>

#include "base/math.h"
#include "geometry/pose_fit.h"

/* The lower half of a becomes its Cholesky factor. */
static int factor(double *a, int n, int stride)
{
    for (int i = 0; i < n; i++) {
        for (int j = 0; j <= i; j++) {
            double sum = a[i * stride + j];
            for (int k = 0; k < j; k++)
                sum -= a[i * stride + k] * a[j * stride + k];
            if (i != j)
                a[i * stride + j] = sum / a[j * stride + j];
            else if (sum > 0.0)
                a[i * stride + i] = sqrt(sum);
            else
                return 0;
        }
    }
    return 1;
}

static void substitute(const double *l, int n, int stride, double *b)
{
    for (int i = 0; i < n; i++) {
        for (int k = 0; k < i; k++)
            b[i] -= l[i * stride + k] * b[k];
        b[i] /= l[i * stride + i];
    }
    for (int i = n - 1; i >= 0; i--) {
        for (int k = i + 1; k < n; k++)
            b[i] -= l[k * stride + i] * b[k];
        b[i] /= l[i * stride + i];
    }
}

int smpi_solve_spd(double *a, int n, int stride, double *b, double *inverse)
{
    double unit[SMPI_FREE_COUNT];
    if (!factor(a, n, stride))
        return 0;
    substitute(a, n, stride, b);
    for (int i = 0; inverse && i < n; i++) {
        for (int k = 0; k < n; k++)
            unit[k] = k == i ? 1.0 : 0.0;
        substitute(a, n, stride, unit);
        inverse[i] = unit[i];
    }
    return 1;
}

/* Rows made orthonormal and right-handed, the third from the first two. */
static void straighten(double r[9])
{
    double n = sqrt(r[0] * r[0] + r[1] * r[1] + r[2] * r[2]);
    for (int i = 0; i < 3; i++)
        r[i] /= n;
    const double d = r[0] * r[3] + r[1] * r[4] + r[2] * r[5];
    for (int i = 0; i < 3; i++)
        r[3 + i] -= d * r[i];
    n = sqrt(r[3] * r[3] + r[4] * r[4] + r[5] * r[5]);
    for (int i = 0; i < 3; i++)
        r[3 + i] /= n;
    r[6] = r[1] * r[5] - r[2] * r[4];
    r[7] = r[2] * r[3] - r[0] * r[5];
    r[8] = r[0] * r[4] - r[1] * r[3];
}

void smpi_rotation_turn(double rotation[9], const double turn[3])
{
    const double angle = sqrt(turn[0] * turn[0] + turn[1] * turn[1] + turn[2] * turn[2]);
    if (!(angle > 0.0))
        return;
    /* Rodrigues: v cos + (k x v) sin + k (k.v) (1 - cos), on each column. */
    const double k[3] = {turn[0] / angle, turn[1] / angle, turn[2] / angle};
    const double c = smpi_cos(angle), s = smpi_sin(angle);
    for (int j = 0; j < 3; j++) {
        const double v[3] = {rotation[j], rotation[3 + j], rotation[6 + j]};
        const double along = (1.0 - c) * (k[0] * v[0] + k[1] * v[1] + k[2] * v[2]);
        rotation[j] = c * v[0] + s * (k[1] * v[2] - k[2] * v[1]) + k[0] * along;
        rotation[3 + j] = c * v[1] + s * (k[2] * v[0] - k[0] * v[2]) + k[1] * along;
        rotation[6 + j] = c * v[2] + s * (k[0] * v[1] - k[1] * v[0]) + k[2] * along;
    }
    straighten(rotation);
}

double smpi_rotation_between(const double a[9], const double b[9])
{
    double trace = 0.0;
    for (int i = 0; i < 9; i++)
        trace += a[i] * b[i];
    return smpi_acos(0.5 * (trace - 1.0));
}
