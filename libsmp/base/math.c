/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * exp, log, pow, sin, cos, atan2, acos, erf, cbrt and tanh from + - x / sqrt alone. Each reduces
 * its argument by an exact identity to a short range, where a polynomial of base/math_tables.h
 * holds. The formulas are textbook identities (W. Cody, W. Waite, Software Manual for the
 * Elementary Functions, 1980); the coefficients are our own. */
#include "base/math.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/math_tables.h"

#if FLT_EVAL_METHOD != 0 || FLT_RADIX != 2 || DBL_MANT_DIG != 53
#error "the same bits everywhere needs IEEE arithmetic without extra precision"
#endif

#define POLY(table, x) smpi_poly((table), SMPI_TERMS(table), (x))

/* ln 2 and pi / 2 in parts whose products with a small whole number are exact: ln 2 = hi (32 bits)
 * + lo; pi / 2 = a (33 bits) + b (33 bits) + c. From 50 digits. */
static const double LN2_HI = 0x1.62e42feep-1, LN2_LO = 0x1.a39ef35793c76p-33;
static const double PIO2_A = 0x1.921fb544p+0, PIO2_B = 0x1.0b4611a6p-34,
                    PIO2_C = 0x1.3198a2e037073p-69;
static const double INV_LN2 = 0x1.71547652b82fep+0, TWO_OVER_PI = 0x1.45f306dc9c883p-1;
/* pi / 2 and what is missing in it. */
static const double PIO2 = 0x1.921fb54442d18p+0, PIO2_TAIL = 0x1.1a62633145c07p-54;

static uint64_t bits_of(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static double from_bits(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* 2^k for -1022 <= k <= 1023. */
static double power_of_two(int k)
{
    return from_bits((uint64_t)(k + 1023) << 52);
}

/* x 2^k, rounded once also where the result is denormal; |k| <= 2000, and x is near 1. */
static double scale(double x, int k)
{
    if (k > 1023)
        return x * 0x1p1023 * power_of_two(k - 1023);
    if (k < -1022)
        return x * power_of_two(k + 1000) * 0x1p-1000;
    return x * power_of_two(k);
}

/* x = m 2^e with m in [1, 2); x finite and over 0. */
static double split(double x, int *e)
{
    int shift = 0;
    if (x < DBL_MIN) {
        x *= 0x1p54;
        shift = -54;
    }
    const uint64_t bits = bits_of(x);
    *e = (int)(bits >> 52) - 1023 + shift;
    return from_bits((bits & UINT64_C(0x000fffffffffffff)) | UINT64_C(0x3ff0000000000000));
}

/* e^x = 2^k e^r, r = x - k ln 2 */
double smpi_exp(double x)
{
    if (!(x >= -745.2))
        return x < 0.0 ? 0.0 : x; /* the second is NaN */
    if (x > 709.782712893384)
        return HUGE_VAL;
    const double k = floor(x * INV_LN2 + 0.5);
    const double hi = x - k * LN2_HI, lo = k * LN2_LO;
    const double r = hi - lo;
    const double rest = (hi - r) - lo; /* what rounding took from r */
    const double p = r * r * POLY(exp_poly, r) + rest;
    return scale(1.0 + (r + p), (int)k);
}

/* x = 2^e (1 + f), 1 + f in [sqrt 1/2, sqrt 2], s = f / (2 + f):
 * ln(1 + f) = 2 atanh s = f - (f^2/2 - s (f^2/2 + R)), R = 2 atanh(s) / s - 2 */
double smpi_log(double x)
{
    if (!(x > 0.0))
        return x == 0.0 ? -HUGE_VAL : (double)NAN;
    if (x > DBL_MAX)
        return x;
    int e;
    double m = split(x, &e);
    if (m > 0x1.6a09e667f3bcdp+0) {
        m *= 0.5;
        e++;
    }
    const double f = m - 1.0, s = f / (2.0 + f), z = s * s, half = 0.5 * f * f;
    const double tail = s * (half + z * POLY(log_poly, z));
    const double k = (double)e;
    return k * LN2_HI - ((half - (tail + k * LN2_LO)) - f);
}

double smpi_pow(double x, double y)
{
    if (y == 0.0 || x == 1.0)
        return 1.0;
    if (!(x >= 0.0) || y != y)
        return (double)NAN;
    if (x == 0.0)
        return y > 0.0 ? 0.0 : HUGE_VAL;
    return smpi_exp(y * smpi_log(x));
}

/* ---- angles -----------------------------------------------------------------------------------
 */

/* x = q pi/2 + r, |r| <= pi/4; q modulo 4. Exact products while q has no more than 20 bits. */
static int quarter(double x, double *r)
{
    const double q = floor(x * TWO_OVER_PI + 0.5);
    *r = ((x - q * PIO2_A) - q * PIO2_B) - q * PIO2_C;
    return (int)(q - 4.0 * floor(q * 0.25));
}

static double sin_short(double r)
{
    const double z = r * r;
    return r + r * (z * POLY(sin_poly, z));
}

static double cos_short(double r)
{
    const double z = r * r;
    return 1.0 - (0.5 * z - z * z * POLY(cos_poly, z));
}

/* sin of x + turn pi/2. Beyond 1e9 the argument itself is coarser than its digits say: NaN. */
static double sin_turned(double x, int turn)
{
    if (!(fabs(x) <= 1e9))
        return (double)NAN;
    double r;
    const int q = (quarter(x, &r) + turn) & 3;
    const double value = q & 1 ? cos_short(r) : sin_short(r);
    return q & 2 ? -value : value;
}

double smpi_sin(double x)
{
    return sin_turned(x, 0);
}

double smpi_cos(double x)
{
    return sin_turned(x, 1);
}

/* atan t for 0 <= t <= 1: over sqrt 2 - 1 by atan t = pi/4 + atan((t - 1) / (t + 1)) */
static double atan_short(double t)
{
    const int upper = t > 0x1.a827999fcef32p-2;
    const double u = upper ? (t - 1.0) / (t + 1.0) : t;
    const double z = u * u;
    const double value = u * (z * POLY(atan_poly, z));
    return upper ? 0.5 * PIO2 + (u + (value + 0.5 * PIO2_TAIL)) : u + value;
}

double smpi_atan2(double y, double x)
{
    if (x != x || y != y)
        return x + y;
    const double ax = fabs(x), ay = fabs(y);
    double angle;
    if (ay <= ax)
        angle = ay == ax ? (ax == 0.0 ? 0.0 : 0.5 * PIO2) : atan_short(ay / ax);
    else
        angle = PIO2 - (atan_short(ax / ay) - PIO2_TAIL);
    if (signbit(x))
        angle = 2.0 * PIO2 - (angle - 2.0 * PIO2_TAIL);
    return signbit(y) ? -angle : angle;
}

/* asin t for 0 <= t <= 1/2 */
static double asin_short(double t)
{
    const double z = t * t;
    return t + t * (z * POLY(asin_poly, z));
}

/* Over 1/2: acos x = 2 asin sqrt((1 - x) / 2), where 1 - x is exact. */
double smpi_acos(double x)
{
    if (x != x)
        return x;
    if (x >= 1.0)
        return 0.0;
    if (x <= -1.0)
        return 2.0 * PIO2;
    if (x > 0.5)
        return 2.0 * asin_short(sqrt(0.5 * (1.0 - x)));
    if (x < -0.5)
        return 2.0 * (PIO2 - (asin_short(sqrt(0.5 * (1.0 + x))) - PIO2_TAIL));
    const double a = asin_short(fabs(x));
    return x > 0.0 ? PIO2 - (a - PIO2_TAIL) : PIO2 + (a + PIO2_TAIL);
}

/* ---- others -----------------------------------------------------------------------------------
 */

double smpi_erf(double x)
{
    const double a = fabs(x);
    if (!(a > 1.0))
        return x * POLY(erf_poly, x * x); /* NaN as well */
    if (a > 6.0)
        return x < 0.0 ? -1.0 : 1.0; /* erfc 6 = 2.2e-17 */
    const double u = (a - 2.5) / (a + 2.5);
    const double value = 1.0 - smpi_exp(-a * a) * POLY(erfc_poly, u);
    return x < 0.0 ? -value : value;
}

/* |x| = m 8^e, m in [1, 8); then two steps of Halley's method from a cubic. */
double smpi_cbrt(double x)
{
    const double a = fabs(x);
    if (!(a > 0.0 && a <= DBL_MAX))
        return x;
    int e;
    double m = split(a, &e);
    const int third = (e + 1080) / 3 - 360, rest = e - 3 * third;
    m *= rest == 0 ? 1.0 : rest == 1 ? 2.0 : 4.0;
    double t = POLY(cbrt_poly, m);
    for (int i = 0; i < 2; i++) {
        const double cube = t * t * t;
        t += t * ((m - cube) / (2.0 * cube + m));
    }
    t += (m / (t * t) - t) * (1.0 / 3.0); /* one step of Newton's: the last bit */
    t *= power_of_two(third);
    return x < 0.0 ? -t : t;
}

double smpi_tanh(double x)
{
    const double a = fabs(x);
    if (!(a > 0.5)) {
        const double z = x * x;
        return x + x * (z * POLY(tanh_poly, z)); /* NaN as well */
    }
    if (a > 20.0)
        return x < 0.0 ? -1.0 : 1.0;
    const double value = 1.0 - 2.0 / (smpi_exp(2.0 * a) + 1.0);
    return x < 0.0 ? -value : value;
}

/* ---- single precision: shorter polynomials, in double --------------------------------------- */

static double exp_single(double x)
{
    const double k = floor(x * INV_LN2 + 0.5);
    const double r = x - k * (LN2_HI + LN2_LO);
    return (1.0 + (r + r * r * POLY(expf_poly, r))) * power_of_two((int)k);
}

/* x > 0 and finite */
static double log_single(double x)
{
    int e;
    double m = split(x, &e);
    if (m > 0x1.6a09e667f3bcdp+0) {
        m *= 0.5;
        e++;
    }
    const double f = m - 1.0, s = f / (2.0 + f), z = s * s;
    return s * (2.0 + z * POLY(logf_poly, z)) + (double)e * (LN2_HI + LN2_LO);
}

float smpi_expf(float x)
{
    if (!(x >= -87.3f))
        return x < 0.0f ? 0.0f : x; /* the second is NaN */
    if (x > 88.7f)
        return HUGE_VALF;
    return (float)exp_single((double)x);
}

float smpi_logf(float x)
{
    if (!(x > 0.0f))
        return x == 0.0f ? -HUGE_VALF : NAN;
    if (x > FLT_MAX)
        return x;
    return (float)log_single((double)x);
}

/* Results under 1e-38 are 0, over FLT_MAX infinite. */
float smpi_powf(float x, float y)
{
    if (y == 0.0f || x == 1.0f)
        return 1.0f;
    if (!(x >= 0.0f) || y != y)
        return NAN;
    if (x == 0.0f)
        return y > 0.0f ? 0.0f : HUGE_VALF;
    const double power = x > FLT_MAX ? (y > 0.0f ? 1e3 : -1e3) : (double)y * log_single((double)x);
    if (!(power >= -87.3))
        return 0.0f;
    return power > 88.7 ? HUGE_VALF : (float)exp_single(power);
}
