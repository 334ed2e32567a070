# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
"""Draws dots_profiles.svg and dots_errors.svg: the fast dot model (constants of
libsmp/optics/dot_fit.c) against the Monte Carlo that it was not fitted to.

    python3 docs/gallery/dots.py      (from the top of the repository; needs numpy, scipy)
"""
import re
import sys

import numpy as np

sys.path.insert(0, "tests/validation")
import fit_dots as fit  # noqa: E402

W, H, PAD = 250, 190, 34
INK = ("#c0392b", "#2e8b57", "#2c5aa0")


def constants(name):
    text = open("libsmp/optics/dot_fit.c").read().split("const ")
    part = next(p for p in text if p.startswith("smpi_dot_constants " + name + " "))
    fields = re.findall(r"\.(\w+) =\s*\{(.*?)\}", part, re.S)
    value = {k: np.array([float(v.strip().rstrip("f")) for v in t.split(",") if v.strip()])
             for k, t in fields}
    shape = np.concatenate([value[k] for k in ("tail", "exponent", "share", "mix")])
    return value["middle"], value["integral"], shape


def predict(table, model):
    middle, total, shape = model
    c0 = table.dose * np.exp(table.cubic @ middle)
    c0 = c0 / (1 + c0)
    integral = table.area * np.exp(table.cubic @ total + table.more)
    return c0, integral, fit.parts(table, shape, c0, integral)


class Plot:
    """A panel with axes; x and y are (low, high)."""

    def __init__(self, at, x, y, title, labels):
        self.at, self.x, self.y = at, x, y
        self.out = ['<rect x="%d" y="%d" width="%d" height="%d" fill="none" stroke="#888"/>' % (
            at[0] + PAD, at[1] + 20, W - PAD - 8, H - PAD - 20)]
        self.text(at[0] + PAD, at[1] + 14, title, 11)
        self.text(at[0] + W / 2, at[1] + H - 2, labels[0], 9)
        self.text(at[0] + 2, at[1] + 14, labels[1], 9)
        for v in (x[0], (x[0] + x[1]) / 2, x[1]):
            self.text(self.px(v) - 6, at[1] + H - 18, "%g" % round(v, 3), 8)
        for v in (y[0], (y[0] + y[1]) / 2, y[1]):
            self.text(at[0] + 4, self.py(v) + 3, "%g" % round(v, 3), 8)

    def px(self, v):
        return self.at[0] + PAD + (v - self.x[0]) / (self.x[1] - self.x[0]) * (W - PAD - 8)

    def py(self, v):
        return self.at[1] + H - PAD - (v - self.y[0]) / (self.y[1] - self.y[0]) * (H - PAD - 20)

    def text(self, x, y, s, size):
        self.out.append('<text x="%.1f" y="%.1f" font-size="%d">%s</text>' % (x, y, size, s))

    def line(self, x, y, color, dash=""):
        points = " ".join("%.1f,%.1f" % (self.px(a), self.py(b)) for a, b in zip(x, y))
        self.out.append('<polyline points="%s" fill="none" stroke="%s" stroke-width="1.2" '
                        'stroke-dasharray="%s"/>' % (points, color, dash))

    def dots(self, x, y, color, r=1.6):
        self.out += ['<circle cx="%.1f" cy="%.1f" r="%g" fill="%s"/>' % (
            self.px(a), self.py(min(max(b, self.y[0]), self.y[1])), r, color)
            for a, b in zip(x, y)]


def write(name, plots, columns):
    rows = (len(plots) + columns - 1) // columns
    with open("docs/gallery/" + name, "w") as file:
        file.write('<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" '
                   'font-family="sans-serif"><rect width="100%%" height="100%%" fill="white"/>\n' %
                   (columns * W, rows * H))
        file.write("\n".join(line for p in plots for line in p.out) + "\n</svg>\n")


def place(i, columns):
    return (i % columns * W, i // columns * H)


def profiles(model):
    o = fit.Table("dot_reference.csv", 40)
    q = predict(o, model)[2]
    fine = np.linspace(0, 1, 101)
    curve = fit.seen(q, fine[None, :])
    plots = []
    for skin, melanin in (("light", .006), ("dark", .09)):
        for top in (.08, .1, .2, .3):
            p = Plot(place(len(plots), 4), (0, 1), (0, .8), "%s skin, top %g mm" % (skin, top),
                     ("distance, mm", ""))
            for nm, ink in zip((650, 550, 450), INK):
                t = o.t
                i = np.flatnonzero((t["nm"] == nm) & (t["melanin"] == melanin) & (t["top"] == top)
                                   & (t["diameter"] == .3) & (t["dose"] == 2))[0]
                p.line(fine, curve[i], ink)
                near = fit.RADII <= 1
                p.dots(fit.RADII[near], o.profile[i][near], ink)
            plots.append(p)
    write("dots_profiles.svg", plots, 4)


def errors(usual, tall):
    plots = []
    for table, model, name in (("dot_held_out.csv", usual, "held out"),
                               ("dot_held_out_tall.csv", tall, "tattoo columns")):
        o = fit.Table(table, 40 if model is usual else 60)
        c0, integral, q = predict(o, model)
        clear = (o.c0 > .06) & (o.fwhm > 0)
        a = Plot(place(len(plots), 3), (0, 1), (-.06, .06), name + ": middle", ("contrast", ""))
        line = np.linspace(0, 1, 50)
        for sign in (-1, 1):
            a.line(line, sign * np.minimum(.06, np.maximum(.02, .07 * line)), "#888", "3 2")
        a.dots(o.c0, c0 - o.c0, INK[2], 1)
        b = Plot(place(len(plots) + 1, 3), (-4, 0), (-.15, .15), name + ": integral, relative",
                 ("log10 mm2", ""))
        b.dots(np.maximum(-4, np.log10(o.integral)), integral / o.integral - 1, INK[2], 1)
        c = Plot(place(len(plots) + 2, 3), (0, 1), (-.3, .3), name + ": width, relative",
                 ("FWHM, mm", ""))
        c.dots(np.minimum(1, o.fwhm[clear]), (fit.width(q) / o.fwhm - 1)[clear], INK[2], 1)
        plots += [a, b, c]
    write("dots_errors.svg", plots, 3)


if __name__ == "__main__":
    profiles(constants("smpi_dot_usual"))
    errors(constants("smpi_dot_usual"), constants("smpi_dot_tall"))
