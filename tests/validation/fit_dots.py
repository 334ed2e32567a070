# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
"""Fits core and tail of the fast dot model to the profiles of mc_dots.c; prints the constants of
libsmp/optics/dot.c and the errors.

    cc -O3 tests/validation/mc_dots.c -lm -o mc_dots && ./mc_dots 250000 > dots.bin    (25 s)
    python3 tests/validation/fit_dots.py dots.bin integrals.txt

integrals.txt holds one integral per line in the order of the Monte Carlo's arrays (skin, diameter, top,
height, dose inside wavelength), as the library computes them: smpi_dot_model_at() and
core_mm2 + tail_mm2. They do not depend on what is fitted here. Needs numpy and scipy.
"""
import sys

import numpy as np
from scipy.optimize import least_squares

RADII = np.array([0, .05, .1, .15, .2, .25, .3, .4, .5, .7, 1, 1.5, 2.5])
DIAMETERS = np.array([.1, .15, .2, .25, .3, .4, .5])
TOPS = np.array([.08, .1, .12, .16, .2, .26, .3, .4])
HEIGHTS = np.array([.14, .26, .40])
DOSES = np.array([.25, .5, 1, 2, 4, 8])
EPIDERMIS = np.array([[.6999, 3.012, 8.792], [.3423, 1.528, 4.492], [.1991, .8788, 2.578]])
DERMIS = np.array([[.4504, .735, 1.257], [.2563, .3909, .7161], [.04035, .04794, .06532]])

seen = np.fromfile(sys.argv[1]).reshape(3, 3, 7, 8, 3, 6, 13)[:, :, 1:, :7, :, :, :12]
total = np.loadtxt(sys.argv[2]).reshape(3, 3, 7, 8, 3, 6)[:, :, 1:, :7]
r = RADII[:12]
d = DIAMETERS[1:][:, None, None, None]
ld = np.log(d / .25)
lz = np.log(TOPS[:7] / .12)[None, :, None, None]
lh = np.log(HEIGHTS / .25)[None, None, :, None]
lm = np.log(DERMIS / .3)[:, :, None, None, None, None]
le = np.log(1 + .3 * EPIDERMIS)[:, :, None, None, None, None]


def parts(p):
    square = d**2 / 8 + np.exp(p[0] + p[1] * lz + p[2] * ld + p[3] * lh)
    k = np.exp(p[4] + p[5] * lz + p[6] * ld)
    k = .5 + 7.5 * k / (1 + k)
    square, k = np.broadcast_arrays(square, k)
    logit = (p[7] + p[8] * ld + p[9] * lz + p[10] * lh + p[11] * ld * lz + p[12] * ld * ld
             + p[13] * lz * lz + p[14] * lm + p[15] * le)
    tail = np.exp(p[16] - p[17] * np.log(DERMIS + np.exp(p[18]))
                  - p[19] * np.log(1 + .1 * EPIDERMIS))
    return (k + 2) * square, k, 1 / (1 + np.exp(-logit)), tail[:, :, None, None, None, None, None]


def profile(p):
    wide, k, share, tail = parts(p)
    bump = ((k + 1) / (np.pi * wide))[..., None] * np.maximum(
        1 - r * r / wide[..., None], 0) ** k[..., None]
    share = share[..., None]
    return total[..., None] * (share * bump
                               + (1 - share) * np.exp(-r * r / tail) / (np.pi * tail))


tolerance = np.maximum(.03, .1 * seen[..., :1])
by_radius = np.ones(12)
by_radius[0], by_radius[9:] = 2, 1.5
by_top = np.array([1, 1.5, 1.2, 1, .8, .7, .6])[None, None, None, :, None, None, None]
start = [-4.4, .6, .9, -.1, .3, 1.9, -2.9, -1.2, .5, -.5, -.7, 0, 0, -.5, .2, .7, -1.5, .5, -3, .4]
fit = least_squares(lambda p: ((profile(p) - seen) / tolerance * by_radius * by_top).ravel(),
                    start, max_nfev=60).x
error = profile(fit) - seen
print("constants", np.round(fit, 5).tolist())
middle, size = error[..., 0], seen[..., 0]
for floor, part in ((.05, .15), (.03, .10)):
    limit = np.maximum(floor, part * size)
    print("within max(%g, %g): middle %.4f, profile %.4f" % (
        floor, part, np.mean(abs(middle) <= limit), np.mean(abs(error) <= limit[..., None])))
print("middle: bias %.4f rms %.4f worst %.4f" % (middle.mean(), middle.std(), abs(middle).max()))
