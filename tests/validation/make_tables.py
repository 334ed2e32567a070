# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
"""Writes libsmp/color/tables.c and libsmp/optics/tables.c from the facts in tests/data.

Primaries are solved in exact rational arithmetic, so each constant is the nearest double.
Run from the top of the repository: python3 tests/validation/make_tables.py
"""
from fractions import Fraction as Fr
import csv
import math

HEAD = """/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * %s
 * Written by tests/validation/make_tables.py from tests/data; do not edit. */
"""
WHITE = (Fr("0.3127"), Fr("0.3290"))
PRIMARIES = {
    "sRGB": [("0.64", "0.33"), ("0.30", "0.60"), ("0.15", "0.06")],
    "Display P3": [("0.680", "0.320"), ("0.265", "0.690"), ("0.150", "0.060")],
    "Adobe RGB (1998)": [("0.64", "0.33"), ("0.21", "0.71"), ("0.15", "0.06")],
}


def rows(name):
    with open("tests/data/%s.csv" % name) as f:
        return list(csv.DictReader(line for line in f if not line.startswith("#")))


def inverse(m):
    c = [[m[(j + 1) % 3][(i + 1) % 3] * m[(j + 2) % 3][(i + 2) % 3]
          - m[(j + 1) % 3][(i + 2) % 3] * m[(j + 2) % 3][(i + 1) % 3] for j in range(3)]
         for i in range(3)]
    det = sum(m[0][i] * c[i][0] for i in range(3))
    return [[v / det for v in row] for row in c]


def to_xyz(x, y):
    return [x / y, Fr(1), (1 - x - y) / y]


def matrix(primaries):
    cols = [to_xyz(Fr(x), Fr(y)) for x, y in primaries]
    p = [[cols[j][i] for j in range(3)] for i in range(3)]
    w = to_xyz(*WHITE)
    s = [sum(a * b for a, b in zip(row, w)) for row in inverse(p)]
    return [[p[i][j] * s[j] for j in range(3)] for i in range(3)]


def flat(m):
    return ", ".join("%.17g" % float(v) for row in m for v in row)


def write(path, what, body):
    with open(path, "w") as f:
        f.write(HEAD % what + body)


def color_tables():
    out = '#include "color/tables.h"\n\n'
    for name, pick in (("smpi_rgb_to_xyz", lambda m: m), ("smpi_xyz_to_rgb", inverse)):
        out += "const double %s[3][9] = {\n" % name
        for space, prim in PRIMARIES.items():
            out += "    /* %s */\n    {%s},\n" % (space, flat(pick(matrix(prim))))
        out += "};\n\n"
    w = [float(v) for v in to_xyz(*WHITE)]
    out += "const double smpi_white_xyz[3] = {%s};\n\n" % ", ".join("%.17g" % v for v in w)
    cmf, spd = rows("cie1931_2deg_10nm"), rows("d65_10nm")
    raw = [[float(c[k]) * float(s["spd"]) for k in ("xbar", "ybar", "zbar")]
           for c, s in zip(cmf, spd) if 380 <= int(c["wavelength_nm"]) <= 780]
    assert len(raw) == 41
    total = [math.fsum(r[k] for r in raw) for k in range(3)]
    out += "const double smpi_spectrum_xyz[SMPI_SPECTRUM][3] = {\n"
    for r in raw:
        out += "    {%s},\n" % ", ".join("%.17g" % (r[k] * w[k] / total[k]) for k in range(3))
    out += "};\n"
    write("libsmp/color/tables.c",
          "Primaries of the colour spaces against D65 (0.3127, 0.3290), and what each sample of a\n"
          " * reflectance spectrum adds to XYZ under D65, white scaled to the white of the matrices.",
          out)


def optics_tables():
    hb = {int(r["wavelength_nm"]): r for r in rows("hemoglobin_prahl_10nm")}
    ch = {int(r["wavelength_nm"]): r for r in rows("skin_chromophores_10nm")}
    out = '#include "optics/tables.h"\n\nconst smpi_chromophores smpi_chromophore[SMPI_SPECTRUM] = {\n'
    for nm in range(380, 790, 10):
        mel = 6.6e11 * nm ** -3.33 / 10
        base = (0.244 + 85.3 * math.exp(-(nm - 154) / 66.2)) / 10
        mus = 45 * (nm / 500.0) ** -0.3 / 10
        scale = math.log(10) * 150 / 64500 / 10
        oxy = float(hb[nm]["eps_HbO2_per_cm_per_M"]) * scale
        deoxy = float(hb[nm]["eps_Hb_per_cm_per_M"]) * scale
        car = ch[nm]["eps_betacarotene_hexane_per_cm_per_M"]
        yellow = math.log(10) * float(car or 0) * 1e-6 / 10
        out += "    {%d, %.12g, %.12g, %.12g, %.12g, %.12g, %.12g},\n" % (
            nm, mel, base, oxy, deoxy, yellow, mus)
    out += "};\n"
    write("libsmp/optics/tables.c", "Absorption and scattering of what skin is made of, 1/mm.", out)


color_tables()
optics_tables()
