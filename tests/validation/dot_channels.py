# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
"""Sums the Monte Carlo of 31 wavelengths into R, G, B of sRGB, for tests/data/dot_channels.csv.

    python3 tests/validation/dot_designs.py channels | build/release/tests/mc_dots 40000 5 \\
        | python3 tests/validation/dot_channels.py > tests/data/dot_channels.csv

A channel's contrast is the mean over wavelengths, weighted with what each adds to the channel (CIE
1931, D65, 10 nm) times the bare skin's reflectance in the same Monte Carlo.
"""
import csv
import sys

DATA = "tests/data/"
FROM_XYZ = ((3.2404542, -1.5371385, -.4985314), (-.9692660, 1.8760108, .0415560),
            (.0556434, -.2040259, 1.0572252))
SHOWN = ("c0", "c0.1", "c0.2", "c0.4")


def rows(lines):
    return list(csv.DictReader(line for line in lines if line[0] != "#"))


def weights():
    """By wavelength: what a unit of reflectance adds to linear R, G, B, up to a factor."""
    with open(DATA + "cie1931_2deg_10nm.csv") as a, open(DATA + "d65_10nm.csv") as b:
        light = {r["wavelength_nm"]: float(r["spd"]) for r in rows(b)}
        out = {}
        for r in rows(a):
            if r["wavelength_nm"] in light:
                xyz = [float(r[k]) * light[r["wavelength_nm"]] for k in ("xbar", "ybar", "zbar")]
                out[int(r["wavelength_nm"])] = [sum(m * v for m, v in zip(line, xyz))
                                                for line in FROM_XYZ]
        return out


def main():
    at, table = weights(), rows(sys.stdin)
    count = sum(r["nm"] == table[0]["nm"] for r in table)
    print("# computed by tests/validation/mc_dots.c and dot_channels.py, 40000 paths per wavelength,"
          " seed 5; dose at 550 nm, pigment absorbs as wavelength^-0.2")
    print("melanin,blood,yellow_um,diameter,top,height,dose," + ",".join(
        name + c for name in ("integral_", "integral_se_", *(s + "_" for s in SHOWN))
        for c in "rgb"))
    for i in range(count):
        mine = table[i::count]
        middle = next(r for r in mine if r["nm"] == "550")
        line = [middle[k] for k in ("melanin", "blood", "yellow_um", "diameter", "top", "height",
                                    "dose")]
        w = [[at[int(r["nm"])][c] * float(r["bare"]) for r in mine] for c in range(3)]
        total = [sum(v) for v in w]

        def mean(key, scale=1):
            return ["%.4f" % (scale * sum(a * float(r[key]) for a, r in zip(w[c], mine)) / total[c])
                    for c in range(3)]
        line += mean("integral")
        line += ["%.4f" % (sum((a * float(r["integral_se"])) ** 2 for a, r in zip(w[c], mine)) ** .5
                           / abs(total[c])) for c in range(3)]
        line += mean("c0")
        for key in SHOWN[1:]:
            line += mean(key, 1e-4)
        print(",".join(line))


if __name__ == "__main__":
    main()
