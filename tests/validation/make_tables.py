# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
"""Writes libsmp/color/tables.c, libsmp/optics/tables.c and libsmp/optics/pigment_tables.c from tests/data.

Primaries are solved in exact rational arithmetic, so each constant is the nearest double.
Run from the top of the repository: python3 tests/validation/make_tables.py
"""
from fractions import Fraction as Fr
import csv
import math

import mie

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


# Index and density of the tissue's host and the pigments, sphere diameter in nm: the sizes of optics.md, 1.7.
HOST = 1.38
PIGMENTS = ["carbon_fine", "carbon_coarse", "iron_red", "iron_yellow", "iron_black", "titania"]
DENSITY = {"carbon_fine": 1.8, "carbon_coarse": 1.8, "iron_red": 5.25, "iron_yellow": 4.26, "iron_black": 5.2,
           "titania": 4.23}
SIZE = {"carbon_fine": 50, "carbon_coarse": 200, "iron_red": 100, "iron_yellow": 100, "iron_black": 100,
        "titania": 200}
COARSE_EXPONENT = 0.2  # of aggregates of 200 nm, from 450 to 650 nm (Mie: 0.20)


def between(knots, x):
    for (x0, y0), (x1, y1) in zip(knots, knots[1:]):
        if x0 <= x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)


def yellow_shape(nm):
    """Absorption over scattering of yellow iron oxide, by Kubelka and Munk, over that at 550 nm."""
    knots = [(float(r["wavelength_nm"]), float(r["reflectance"])) for r in rows("yellow_iron_oxide_assumed")]
    ks = [(1 - r) ** 2 / (2 * r) for r in (between(knots, nm), between(knots, 550))]
    return ks[0] / ks[1]


def pigment_index(name, nm, nk):
    if name.startswith("carbon"):
        return 1.95 + 0.79j  # Bond & Bergstrom 2006
    if name == "iron_yellow":
        return 2.46 + 0.09j * yellow_shape(nm) / yellow_shape(500)
    if name == "titania":  # Devore 1951, rutile; below 430 nm beyond what was measured
        return math.sqrt(5.913 + 0.2441 / ((nm / 1000) ** 2 - 0.0803)) + 0j
    key = {"iron_red": "hematite_o_Querry", "iron_black": "magnetite_Querry"}[name]
    return complex(float(nk[nm]["n_" + key]), float(nk[nm]["k_" + key]))


def check_mie():
    """Our spheres against the committed table of mass coefficients."""
    nk = {int(r["wavelength_nm"]): r for r in rows("pigment_nk_10nm")}
    names = {"carbon_1.95+0.79i": "carbon_fine", "hematite_o": "iron_red", "magnetite": "iron_black",
             "rutile": "titania"}
    for r in rows("pigment_mass_coefficients_mie"):
        if r["host"] != "dermis" or r["pigment"] not in names:
            continue
        name = names[r["pigment"]]
        for nm in (450, 550, 650):
            a, s = mie.mass_coefficients(pigment_index(name, nm, nk), HOST, DENSITY[name], float(r["diameter_nm"]), nm)
            want = float(r["MSC_%d_m2_per_g" % nm]) * (1 - float(r["g_%d" % nm]))
            assert abs(a - float(r["MAC_%d_m2_per_g" % nm])) < 0.002 + 0.01 * a, (r, nm, a)
            assert abs(s - want) < 0.004 + 0.01 * want, (r, nm, s, want)


def pigment_tables():
    check_mie()
    nk = {int(r["wavelength_nm"]): r for r in rows("pigment_nk_10nm")}
    one = {p: mie.mass_coefficients(pigment_index(p, 550, nk), HOST, DENSITY[p], SIZE[p], 550) for p in PIGMENTS}
    out = '#include "optics/pigment.h"\n\nconst smpi_pigment_row smpi_pigment_table[SMPI_SPECTRUM] = {\n'
    for nm in range(380, 790, 10):
        absorb, scatter = [], []
        for p in PIGMENTS:
            a, s = mie.mass_coefficients(pigment_index(p, nm, nk), HOST, DENSITY[p], SIZE[p], nm)
            absorb.append({"carbon_coarse": (550 / nm) ** COARSE_EXPONENT, "iron_yellow": yellow_shape(nm)}.get(
                p, a / one[p][0] if one[p][0] else 0))
            scatter.append(s / one[p][0 if p != "titania" else 1])
        out += "    {{%s},\n     {%s}},\n" % (", ".join("%.17g" % v for v in absorb[:-1]),
                                            ", ".join("%.6g" % v for v in scatter))
    out += "};\n\nconst double smpi_pigment_cm2_per_mg[SMP_PIGMENT_COMPONENTS] = {%s};\n" % ", ".join(
        "%.6g" % (10 * one[p][0 if p != "titania" else 1]) for p in PIGMENTS)
    write("libsmp/optics/pigment_tables.c",
          "Pigments by wavelength: spheres in tissue (Mie) of carbon 50 and 200 nm, hematite, goethite,\n"
          " * magnetite 100 nm and rutile 200 nm.",
          out)


color_tables()
optics_tables()
pigment_tables()
