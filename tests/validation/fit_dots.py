# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
"""Fits the fast dot model to the Monte Carlo of mc_dots.c and writes libsmp/optics/dot_fit.c.

    python3 tests/validation/fit_dots.py            (from the top of the repository; 2 minutes)

Reads tests/data/dot_monte_carlo.csv (SMP dots) and dot_monte_carlo_tall.csv (tattoo columns), prints
errors there and on the held-out tables, which the fit never sees. Equations: docs/model/optics.md, 4
and 5. Needs numpy and scipy.
"""
import csv
import itertools
import math
import sys

import numpy as np
from scipy.optimize import least_squares

DATA = "tests/data/"
RADII = np.array([0, .05, .1, .15, .2, .25, .3, .4, .5, .7, 1, 1.5, 2.5])
HEAD = """/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Constants of the fast dot model.
 * Written by tests/validation/fit_dots.py from tests/data/dot_monte_carlo*.csv; do not edit. */
#include "optics/dot_fit.h"
"""
NEAR_LEAST = .12  # mm2, of the tail's narrower part
# Pigment that has wandered by s per axis looks like a column of diameter^2 d^2 + SPREAD s^2 with the
# same mass, but shades itself less; both chosen on dot_spread.csv.
SPREAD, SOFTER = 9, .944


def rows(name):
    with open(DATA + name) as file:
        table = list(csv.DictReader(line for line in file if line[0] != "#"))
    return {k: np.array([float(r[k]) for r in table]) for k in table[0]}


def chromophores():
    """Coefficients by wavelength as in libsmp/optics/skin.c, 1/mm."""
    skin, blood = rows("skin_chromophores_10nm.csv"), rows("hemoglobin_prahl_10nm.csv")
    nm = skin["wavelength_nm"]
    eps = {k: np.interp(nm, blood["wavelength_nm"], blood[k])
           for k in ("eps_HbO2_per_cm_per_M", "eps_Hb_per_cm_per_M")}
    scale = math.log(10) * 150 / 64500 / 10
    full = scale * (.55 * eps["eps_HbO2_per_cm_per_M"] + .45 * eps["eps_Hb_per_cm_per_M"])
    packed = full * (1 - np.exp(-2 * full * .012)) / (2 * full * .012)
    return {int(round(v)): tuple(c) for v, *c in zip(
        nm, 6.6e10 * nm ** -3.33, .0244 + 8.53 * np.exp(-(nm - 154) / 66.2), packed,
        math.log(10) * 1e-7 * skin["eps_betacarotene_hexane_per_cm_per_M"],
        4.5 * (nm / 500) ** -.3)}


def monomials(x, degree):
    """All products of up to degree of the columns, in the order of the C code: index tuples in
    lexical order over the columns and, last, 1."""
    x = np.column_stack([x, np.ones(len(x))])
    return np.array([np.prod(x[:, c], axis=1) for c in
                     itertools.combinations_with_replacement(range(x.shape[1]), degree)]).T


class Table:
    """Conditions, their Monte Carlo results and what the model sees of them; per_mm: a column with
    more dose than that over its height looks no blacker."""

    def __init__(self, name, per_mm):
        t = self.t = rows(name)
        at = chromophores()
        mel, base, blood, yellow, self.mus = (np.array(c) for c in
                                              zip(*(at[int(n)] for n in t["nm"])))
        self.epidermis = t["melanin"] * mel + (1 - t["melanin"]) * base
        dermis = base + t["blood"] * blood + t["yellow_um"] * yellow
        self.dermis = np.maximum(dermis, .002)
        wide = np.sqrt(t["diameter"] ** 2 + SPREAD * t["spread"] ** 2)
        self.dose = np.minimum(t["dose"] * t["diameter"] ** 2 / wide ** 2, per_mm * t["height"])
        self.area = np.pi / 4 * wide ** 2 * self.dose
        true = np.sqrt(t["diameter"] ** 2 + 16 * t["spread"] ** 2)
        self.more = 2 * SOFTER * np.log(true / wide) * self.dose / (2 + self.dose)
        self.dot = np.column_stack([np.log(wide / .25), (np.sqrt(t["top"]) - .45) / .2,
                                    np.log(t["height"] / .25), np.log(1 + self.dose / 2) - .7])
        k = np.sqrt(3 * self.dermis * (self.dermis + self.mus))
        self.skin = np.column_stack([(np.sqrt(self.epidermis) - 1.3) / 1.3,
                                     (np.sqrt(k) - 1.4) / .6, (self.mus - 4.3) / .4])
        both = np.column_stack([self.dot, self.skin])
        self.cubic, self.quadratic = monomials(both, 3), monomials(both, 2)
        self.dots_only = monomials(self.dot, 2)
        self.integral, self.fwhm = t["integral"], t["fwhm"]
        self.c0 = np.maximum(t["c0"], 1e-4)  # what is fainter was printed as 0
        self.profile = np.array([t["c0"]] + [t["c%g" % r] / 1e4 for r in RADII[1:]]).T


def solve(a, y, weight, ridge):
    """Weighted least squares with a pull to 0 of everything but the constant, which comes last."""
    pull = ridge * math.sqrt(len(y)) * np.eye(a.shape[1])
    pull[-1] = 0
    return np.linalg.lstsq(np.vstack([a * weight[:, None], pull]),
                           np.concatenate([y * weight, np.zeros(len(pull))]), rcond=None)[0]


def fit_integral(o):
    y = np.log(o.integral / o.area)
    return solve(o.cubic, y, .01 / np.maximum(.01, o.t["integral_se"] / o.integral), 1e-4)


def fit_middle(o):
    y = np.log(o.c0 / (1 - o.c0) / o.dose)
    spread = np.sqrt((.3 * np.maximum(.015, .05 * o.c0)) ** 2 + o.t["c0_se"] ** 2)
    weight = o.c0 * (1 - o.c0) / spread
    return solve(o.cubic, y, weight / weight.max(), 1e-4)


# The shape: parameters in one vector.
TAIL = 6
DOTS, BOTH = 15, 36


def split(p):
    return (p[:TAIL], p[TAIL:TAIL + DOTS], p[TAIL + DOTS:TAIL + DOTS + BOTH],
            p[TAIL + DOTS + BOTH:])


def logistic(x):
    return 1 / (1 + np.exp(-np.clip(x, -40, 40)))


def tails(o, p):
    """Mean square radii of the tail's two parts."""
    a = np.column_stack([np.ones(len(o.dose)), o.skin[:, :2]])
    near = NEAR_LEAST + np.exp(a @ p[:3])
    return near, near + np.exp(a @ p[3:6])


def parts(o, p, c0, total):
    """Peak, radius squared and exponent of the core; amounts of the two tails."""
    tail, shape, share, mix = split(p)
    near, far = tails(o, tail)
    k = .5 + 7.5 * logistic(o.dots_only @ shape)
    g = logistic(o.quadratic @ mix)
    middle = (1 - g) / (np.pi * near) + g / (np.pi * far)
    wide = np.minimum(logistic(o.quadratic @ share) * total, .8 * c0 / middle)
    peak = c0 - wide * middle
    return peak, (total - wide) / peak * (k + 1) / np.pi, k, (1 - g) * wide, g * wide, near, far


def seen(q, r):
    peak, r2, k, a, b, near, far = (v[:, None] for v in q)
    return (peak * np.maximum(1 - r * r / r2, 0) ** k + a / (np.pi * near) * np.exp(-r * r / near)
            + b / (np.pi * far) * np.exp(-r * r / far))


def sharper(x):
    """Makes the sum of squares one of cubes, which minds the worst more."""
    return x * np.sqrt(np.abs(x) + .05)


def fit_shape(o, tail):
    """tail: widths to keep to, since all dots of a picture share them; None to fit them too."""
    use = (o.c0 > .02) & (o.fwhm > 0)
    tolerance = np.maximum(.03, .1 * o.c0)[:, None]
    faint = np.minimum(1, o.c0 / .06) / (.08 * o.c0)

    def miss(p):
        if tail is not None:
            p = np.concatenate([tail, p])
        q = parts(o, p, o.c0, o.integral)
        around = (seen(q, RADII) - o.profile) / tolerance
        half = (seen(q, o.fwhm[:, None] / 2)[:, 0] - o.c0 / 2) * faint
        return np.concatenate([sharper(around[use].ravel()), sharper(half[use]), .01 * p[TAIL:]])

    start = np.zeros(TAIL + DOTS + 2 * BOTH)
    start[:TAIL] = -2.8, 0, 0, -.2, 0, 0
    if tail is None:
        return least_squares(miss, start, max_nfev=60).x
    return np.concatenate([tail, least_squares(miss, start[TAIL:], max_nfev=60).x])


def width(q):
    low, high = np.zeros(len(q[0])), np.full(len(q[0]), 4.)
    half = seen(q, np.zeros((len(low), 1)))[:, 0] / 2
    for _ in range(40):
        middle = (low + high) / 2
        up = seen(q, middle[:, None])[:, 0] > half
        low, high = np.where(up, middle, low), np.where(up, high, middle)
    return low + high


def quantiles(what, x, unit=1):
    print("  %-46s" % what + " median %.3f  95 %% %.3f  99 %% %.3f  worst %.3f" % tuple(
        np.quantile(np.abs(x) / unit, [.5, .95, .99, 1])))


def report(name, o, fit):
    middle, total, shape = fit
    c0 = o.dose * np.exp(o.cubic @ middle)
    c0 = c0 / (1 + c0)
    integral = o.area * np.exp(o.cubic @ total + o.more)
    q = parts(o, shape, c0, integral)
    print("%s: %d conditions" % (name, len(c0)))
    quantiles("middle over max(0.02, 7 %)", (c0 - o.c0) / np.maximum(.02, .07 * o.c0))
    quantiles("middle over max(0.015, 5 %)", (c0 - o.c0) / np.maximum(.015, .05 * o.c0))
    quantiles("integral, relative", integral / o.integral - 1)
    usual = np.abs(o.t["height"] - .25) < 1e-6
    if usual.any():
        quantiles("integral at height 0.25", (integral / o.integral - 1)[usual])
    clear = (o.c0 > .06) & (o.fwhm > 0)
    quantiles("width where contrast > 0.06, relative", (width(q) / o.fwhm - 1)[clear])
    quantiles("profile over max(0.03, 10 % of middle)",
              (seen(q, RADII) - o.profile) / np.maximum(.03, .1 * o.c0)[:, None])
    print("  bias: middle %.4f, integral %.4f, width %.4f" % (
        np.mean(c0 - o.c0), np.mean(integral / o.integral - 1),
        np.mean((width(q) / o.fwhm - 1)[clear])))


def constants(values):
    words, lines, line = ["%.6gf" % v if "." in "%.6g" % v or "e" in "%.6g" % v else
                          "%.6g.0f" % v for v in values], [], "       "
    for w in words:
        if len(line) + len(w) + 2 > 98:
            lines.append(line)
            line = "       "
        line += " " + w + ","
    return "\n".join(lines + [line])


def write(name, fit):
    middle, total, shape = fit
    out = "\nconst smpi_dot_constants %s = {\n" % name
    for field, values in zip(("middle", "integral", "tail", "exponent", "share", "mix"),
                             (middle, total, *split(shape))):
        out += "    .%s =\n    {\n%s\n    },\n" % (field, constants(values))
    return out + "};\n"


def main():
    text, tail = HEAD, None
    for name, per_mm, table, tests in (
            ("smpi_dot_usual", 40, "dot_monte_carlo.csv", ("dot_held_out.csv", "dot_spread.csv")),
            ("smpi_dot_tall", 60, "dot_monte_carlo_tall.csv", ("dot_held_out_tall.csv",))):
        o = Table(table, per_mm)
        fit = fit_middle(o), fit_integral(o), fit_shape(o, tail)
        tail = fit[2][:TAIL]
        report(table, o, fit)
        for test in tests:
            report(test, Table(test, per_mm), fit)
        text += write(name, fit)
    with open("libsmp/optics/dot_fit.c", "w") as file:
        file.write(text)


if __name__ == "__main__":
    sys.exit(main())
