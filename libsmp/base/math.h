/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Mathematics with the same bits everywhere: only + - x / sqrt, comparison and bit moves. libm's
 * own functions differ between C libraries and must not touch what reaches a pixel; fabs, floor,
 * ceil, sqrt are exact and may. Errors stated here are measured over the domain by
 * tests/rooms/test_math.c. */
#ifndef SMPI_BASE_MATH_H
#define SMPI_BASE_MATH_H

#define SMPI_PI 3.14159265358979323846

/* c[0] + c[1] x + ... + c[terms - 1] x^(terms - 1), by Horner's rule. */
static inline double smpi_poly(const double *c, int terms, double x)
{
    double sum = c[terms - 1];
    for (int i = terms - 2; i >= 0; i--)
        sum = sum * x + c[i];
    return sum;
}
#define SMPI_TERMS(array) ((int)(sizeof(array) / sizeof *(array)))

/* Double precision. Relative errors unless said otherwise; in brackets the worst that was measured
 * against long double. */
double smpi_exp(double x);           /* below 4e-16 (1.3e-16); 0 below -745.2, +inf over 709.78 */
double smpi_log(double x);           /* below 4e-16 (1.5e-16); -inf at 0, NaN below */
double smpi_pow(double x, double y); /* x >= 0, NaN below; 1e-13 for |y log x| < 100 (1.8e-14) */
double smpi_sin(double x); /* |x| <= 1e6: 2e-16 (1 + |x|) absolute (8e-17); NaN over 1e9 */
double smpi_cos(double x); /* as sin */
double smpi_atan2(double y, double x); /* 1e-15 (3e-16) */
double smpi_acos(double x);            /* |x| clamped to 1; 1e-15 (2.4e-16) */
double smpi_erf(double x);             /* 1e-15 absolute (1.7e-16) */
double smpi_cbrt(double x);            /* 1e-15 (1.5e-16) */
double smpi_tanh(double x);            /* 1e-15 absolute (1.4e-16) */

/* Single precision, faster: relative error below 3e-7 (6e-8). A NaN comes out as a NaN. */
float smpi_expf(float x);          /* 0 below -87.3, +inf over 88.7 */
float smpi_logf(float x);          /* -inf at 0, NaN below */
float smpi_powf(float x, float y); /* x >= 0, NaN below; y log x outside [-87.3, 88.7]: 0, +inf */

#endif
