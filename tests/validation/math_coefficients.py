# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Prints libsmp/base/math_tables.h: polynomials through Chebyshev nodes (near minimax), computed with
# 50 digits and rounded to double. Run: python3 tests/validation/math_coefficients.py > libsmp/base/math_tables.h
# (needs mpmath). The comment over each table states function, domain and error before rounding.
from mpmath import asin, atan, atanh, cbrt, chebyfit, cos, erf, erfc, erfinv, exp, log, mp, mpf, pi, sin, sqrt, tanh

mp.dps = 50


def table(name, what, function, low, high, terms):
    coefficients, error = chebyfit(function, [low, high], terms, error=True)
    print(f"/* {what}; error {float(error):.1e} */")
    print(f"static const double {name}[] = {{")
    for c in reversed(coefficients):
        print(f"    {float(c)!r},")
    print("};")


def even(function, limit_terms):
    """function(z), where z near 0 is taken from the Taylor series so that 0/0 never shows."""
    def safe(z):
        if abs(z) < mpf(10) ** -12:
            return sum(c * z ** i for i, c in enumerate(limit_terms))
        return function(z)
    return safe


LN2_HALF = log(2) / 2
print("""/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Polynomials of base/math.c, lowest power first: printed by tests/validation/math_coefficients.py. */
#ifndef SMPI_BASE_MATH_TABLES_H
#define SMPI_BASE_MATH_TABLES_H

/* clang-format off */""")
table("exp_poly", "(exp r - 1 - r) / r^2, |r| <= ln 2 / 2",
      even(lambda r: (exp(r) - 1 - r) / r ** 2, [mpf(1) / 2, mpf(1) / 6, mpf(1) / 24]), -LN2_HALF, LN2_HALF, 11)
S = (sqrt(2) - 1) / (sqrt(2) + 1)
table("log_poly", "(2 atanh s / s - 2) / z, z = s^2, s = f / (2 + f), 1 + f in [sqrt 1/2, sqrt 2]",
      even(lambda z: (2 * atanh(sqrt(z)) / sqrt(z) - 2) / z, [mpf(2) / 3, mpf(2) / 5]), 0, S ** 2, 8)
Q = (pi / 4) ** 2
table("sin_poly", "(sin r / r - 1) / z, z = r^2, |r| <= pi / 4",
      even(lambda z: (sin(sqrt(z)) / sqrt(z) - 1) / z, [-mpf(1) / 6, mpf(1) / 120]), 0, Q, 7)
table("cos_poly", "(cos r - 1 + z / 2) / z^2, z = r^2, |r| <= pi / 4",
      even(lambda z: (cos(sqrt(z)) - 1 + z / 2) / z ** 2, [mpf(1) / 24, -mpf(1) / 720]), 0, Q, 7)
table("atan_poly", "(atan t / t - 1) / z, z = t^2, t <= sqrt 2 - 1",
      even(lambda z: (atan(sqrt(z)) / sqrt(z) - 1) / z, [-mpf(1) / 3, mpf(1) / 5]), 0, (sqrt(2) - 1) ** 2, 12)
table("asin_poly", "(asin t / t - 1) / z, z = t^2, t <= 1/2",
      even(lambda z: (asin(sqrt(z)) / sqrt(z) - 1) / z, [mpf(1) / 6, mpf(3) / 40]), 0, mpf(1) / 4, 14)
table("erf_poly", "erf x / x, z = x^2, x <= 1",
      even(lambda z: erf(sqrt(z)) / sqrt(z), [2 / sqrt(pi), -2 / (3 * sqrt(pi))]), 0, 1, 13)
A = mpf(5) / 2


def erfcx(u):
    x = A * (1 + u) / (1 - u)
    return exp(x * x) * erfc(x)


table("erfc_poly", "exp(x^2) erfc x, u = (x - 2.5) / (x + 2.5), 1 <= x <= 6", erfcx, (1 - A) / (1 + A),
      (6 - A) / (6 + A), 18)
table("tanh_poly", "(tanh x / x - 1) / z, z = x^2, x <= 1/2",
      even(lambda z: (tanh(sqrt(z)) / sqrt(z) - 1) / z, [-mpf(1) / 3, mpf(2) / 15]), 0, mpf(1) / 4, 11)
table("cbrt_poly", "cbrt m, 1 <= m <= 8", cbrt, 1, 8, 4)
table("expf_poly", "(exp r - 1 - r) / r^2, |r| <= ln 2 / 2, single precision",
      even(lambda r: (exp(r) - 1 - r) / r ** 2, [mpf(1) / 2, mpf(1) / 6, mpf(1) / 24]), -LN2_HALF, LN2_HALF, 5)
table("logf_poly", "(2 atanh s / s - 2) / z, single precision",
      even(lambda z: (2 * atanh(sqrt(z)) / sqrt(z) - 2) / z, [mpf(2) / 3, mpf(2) / 5]), 0, S ** 2, 4)
table("normal_poly", "x / q, z = q^2, q = p - 1/2, |q| <= 0.4, x the standard normal quantile of p",
      even(lambda z: sqrt(2) * erfinv(2 * sqrt(z)) / sqrt(z), [sqrt(2 * pi), sqrt(2 * pi) * pi / 3]), 0,
      mpf(16) / 100, 10)


def tail(r):
    """The x > 0 with normal upper tail exp(-r^2 / 2), by Newton's method."""
    p, x = exp(-r * r / 2), r - mpf(1) / 2
    for _ in range(60):
        step = (erfc(x / sqrt(2)) / 2 - p) * sqrt(2 * pi) * exp(x * x / 2)
        x += step
        if abs(step) < mpf(10) ** -40:
            break
    return x


TAIL_LOW, TAIL_HIGH = sqrt(-2 * log(mpf(1) / 10)), sqrt(-2 * log(mpf(2) ** -29))
table("normal_tail_poly", "x - r, v = 1 / r, r = sqrt(-2 ln p), 2^-29 <= p <= 0.1, x the normal upper quantile of p",
      lambda v: tail(1 / v) - 1 / v, 1 / TAIL_HIGH, 1 / TAIL_LOW, 10)
print("""/* clang-format on */

#endif""")
