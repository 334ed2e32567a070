# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
"""Lists of conditions for mc_dots.c: which dots, doses, skins and wavelengths are computed.

    python3 tests/validation/dot_designs.py NAME

fit        what the fast model is fitted to: ten wavelengths, skins and dots spread evenly over a
           box a little larger than the one the model answers for
held_out   random dots and skins at other wavelengths, never used for the fit; every other dot has
           the usual height of 0.25 mm
tattoo     tall columns of high dose, for the second fit
tattoo_held_out, spread   as they say
channels   the same dots at 31 wavelengths, to be summed into R, G, B by dot_channels.py
reference  the conditions of dot_contrast_reference.csv and dot_profile_reference.csv
"""
import csv
import math
import os
import random
import sys

DATA = os.path.join(os.path.dirname(__file__), "..", "data")
FIT_NM = (400, 430, 460, 490, 520, 550, 580, 610, 650, 700)
OTHER_NM = (410, 440, 450, 480, 500, 540, 560, 590, 630, 640, 670, 690)
SKINS = {"light": (0.006, 0.011, 1), "medium": (0.03, 0.018, 4), "dark": (0.09, 0.035, 6)}


def log_between(low, high, u):
    return low * (high / low) ** u


def show(nm, skin, dot, dose, spread=0):
    print(" ".join("%.3g" % v for v in (nm, *skin, *dot, dose, spread)))


def even(start, dimensions):
    """An additive recurrence that fills a box evenly (Roberts 2018: powers of the generalised
    golden ratio)."""
    ratio = 1.5
    for _ in range(60):
        ratio = (1 + ratio) ** (1 / (dimensions + 1))
    n = start
    while True:
        n += 1
        yield [(0.5 + n * ratio ** -(k + 1)) % 1 for k in range(dimensions)]


def wide_skin(u, v, w):
    return log_between(0.002, 0.2, u), log_between(0.003, 0.05, v), 12 * w - 2


def fit(wavelengths, dots, rows, box):
    """box: low and high of diameter, top, height, dose."""
    column, rest = even(0, 3), even(0, 4)
    for nm in wavelengths:
        for _ in range(dots):
            u = next(column)
            dot = [log_between(*box[k], u[k]) for k in range(3)]
            for _ in range(rows):
                v = next(rest)
                show(nm, wide_skin(*v[:3]), dot, log_between(*box[3], v[3]))


def held_out(wavelengths, dots, rows, box, seed, usual_height):
    rng = random.Random(seed)
    for nm in wavelengths:
        for i in range(dots):
            dot = [rng.uniform(*box[k]) for k in range(3)]
            if usual_height and i % 2:
                dot[2] = 0.25
            for _ in range(rows):
                skin = (log_between(0.003, 0.12, rng.random()),
                        log_between(0.004, 0.04, rng.random()), rng.uniform(0, 8))
                show(nm, skin, dot, log_between(*box[3], rng.random()))


def spread():
    rng = random.Random(4)
    for nm in (450, 550, 650):
        for _ in range(24):
            dot = [rng.uniform(.15, .4), rng.uniform(.1, .3), rng.uniform(.15, .4)]
            sigma = rng.uniform(.02, .2)
            for skin in SKINS.values():
                show(nm, skin, dot, log_between(.5, 4, rng.random()), sigma)


def channels():
    rng = random.Random(5)
    dots = []
    for i in range(36):
        skin = (log_between(0.003, 0.12, rng.random()), log_between(0.004, 0.04, rng.random()),
                rng.uniform(0, 8))
        dot = [rng.uniform(.1, .5), rng.uniform(.08, .4), .25 if i % 2 else rng.uniform(.15, .4)]
        dots.append((skin, dot, log_between(.25, 4, rng.random())))
    for nm in range(400, 701, 10):
        for skin, dot, dose in dots:
            show(nm, skin, dot, dose * (550 / nm) ** 0.2)


def reference():
    rows = set()
    for name, keys in (("dot_contrast_reference.csv", ("dot_diameter_mm", "depth_top_mm",
                                                       "tau_abs_vertical")),
                       ("dot_profile_reference.csv", (None, "depth_top_mm", None))):
        with open(os.path.join(DATA, name)) as file:
            for row in csv.DictReader(line for line in file if line[0] != "#"):
                d, z, tau = (float(row[k]) if k else v for k, v in zip(keys, (.3, 0, 2)))
                rows.add((int(row["wavelength_nm"]), (d, z, .25), SKINS[row["skin"]], tau))
    for nm, dot, skin, tau in sorted(rows):
        show(nm, skin, dot, tau)


USUAL = ((.1, .5), (.08, .4), (.15, .4), (.25, 4))
TATTOO = ((.15, .5), (.1, .3), (.5, 1.6), (4, 50))
DESIGNS = {
    "fit": lambda: fit(FIT_NM, 36, 6, ((.08, .62), (.06, .46), (.12, .5), (.1, 8))),
    "held_out": lambda: held_out(OTHER_NM, 20, 5, USUAL, 2, True),
    "tattoo": lambda: fit((430, 490, 550, 610, 670), 30, 5,
                          ((.12, .6), (.07, .46), (.4, 2), (.2, 80))),
    "tattoo_held_out": lambda: held_out((450, 540, 640), 20, 4, TATTOO, 3, False),
    "spread": spread,
    "channels": channels,
    "reference": reference,
}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in DESIGNS:
        sys.exit(__doc__)
    DESIGNS[sys.argv[1]]()
