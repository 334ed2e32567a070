# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
"""Draws how the model of bare skin and the catalogue of shades do, from the library itself:

optics_nist.svg    reflectance of four measured subjects and of the skin found from their colour alone; the error over
                   all 100 subjects by wavelength, and the colours' distances
optics_shades.svg  the catalogue on light, medium and dark skin, and stubble of ten hair colours with their best shade

    python3 docs/gallery/optics_skin.py build/release/libsmp/libsmp.so
"""
import csv
import ctypes as c
import math
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
SURFACE = 0.0278
NM = range(380, 790, 10)
F3 = c.c_float * 3


class Skin(c.Structure):
    _fields_ = [("struct_size", c.c_uint32)] + [(n, c.c_float) for n in ("melanin", "blood", "yellow_um", "scattering")]


class Hair(c.Structure):
    _fields_ = [("struct_size", c.c_uint32)] + [(n, c.c_float) for n in ("l", "a", "b", "density", "diameter", "stubble")]


class Rank(c.Structure):
    _fields_ = [("shade", c.c_uint32), ("delta_e", c.c_float)]


lib = c.CDLL(str(pathlib.Path(sys.argv[1]).resolve()))
lib.smp_space_encode.restype = c.c_float
lib.smp_space_encode.argtypes = [c.c_int, c.c_float]
lib.smp_shade_name.restype = lib.smp_hair_name.restype = c.c_char_p


def ok(status):
    assert status == 0, status


def subjects():
    with open(HERE / "../../tests/data/nist_skin_reflectance_100_10nm.csv") as f:
        for row in csv.DictReader(line for line in f if not line.startswith("#")):
            yield [float(row[k]) for k in "Lab"], [float(row[f"R{nm}"]) for nm in NM]


def found(lab):
    """Skin behind a colour that includes the surface's light, what is left of the distance, its spectrum."""
    xyz, rgb, skin, rest, out = F3(), F3(), Skin(c.sizeof(Skin)), c.c_float(), (c.c_float * 41)()
    lib.smp_lab_to_xyz(F3(*lab), xyz)
    ok(lib.smp_xyz_to_rgb(0, xyz, rgb, None))
    ok(lib.smp_skin_from_rgb(0, F3(*[v - SURFACE for v in rgb]), c.byref(skin), c.byref(rest), None))
    ok(lib.smp_skin_reflectance(c.byref(skin), out, None))
    return skin, rest.value, [v + SURFACE for v in out]


def hex_of(rgb):
    code = [round(255 * min(1, max(0, lib.smp_space_encode(0, v + SURFACE)))) for v in rgb]
    return "#%02x%02x%02x" % tuple(code)


class Svg:
    def __init__(self, width, height):
        self.parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
                      f'font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="#fff"/>']

    def text(self, x, y, words, **more):
        style = "".join(f' {k.replace("_", "-")}="{v}"' for k, v in more.items())
        self.parts.append(f'<text x="{x:.1f}" y="{y:.1f}"{style}>{words}</text>')

    def line(self, points, color, dash="", width=1.5):
        at = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(f'<polyline points="{at}" fill="none" stroke="{color}" stroke-width="{width}"{dashed}/>')

    def box(self, x, y, w, h, fill):
        self.parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" fill="{fill}"/>')

    def axes(self, x, y, w, h, title, xs, ys):
        """A frame; xs and ys are (low, high, step). Returns the mapping of a point."""
        def at(u, v):
            return x + w * (u - xs[0]) / (xs[1] - xs[0]), y + h - h * (v - ys[0]) / (ys[1] - ys[0])
        self.text(x, y - 8, title, font_weight="bold")
        for low, high, step, across in (*[(*xs, True)], *[(*ys, False)]):
            for i in range(round((high - low) / step) + 1):
                v = low + i * step
                a, b = (at(v, ys[0]), at(v, ys[1])) if across else (at(xs[0], v), at(xs[1], v))
                self.line([a, b], "#ddd", width=1)
                self.text(a[0] - (0 if across else 6), a[1] + (16 if across else 4), f"{v:g}",
                          text_anchor="middle" if across else "end")
        return at

    def save(self, name):
        (HERE / name).write_text("\n".join(self.parts + ["</svg>\n"]))


def draw_nist():
    people = list(subjects())
    fits = [found(lab) for lab, _ in people]
    svg = Svg(980, 360)
    at = svg.axes(50, 40, 400, 280, "Reflectance: measured (line), from colour alone (dashes)", (380, 780, 50),
                  (0, 0.8, 0.1))
    order = sorted(range(len(people)), key=lambda i: people[i][0][0])
    for k, color in zip((0, 8, 50, 99), ("#6b3e26", "#a0693f", "#cf8f62", "#e8b48c")):
        i = order[k]
        svg.line([at(nm, v) for nm, v in zip(NM, people[i][1])], color)
        svg.line([at(nm, v) for nm, v in zip(NM, fits[i][2])], "#000", "4 3", 1)
    at = svg.axes(510, 40, 270, 280, "Model less measured: middle, middle 90 %", (380, 780, 100), (-0.06, 0.06, 0.02))
    misses = [sorted(f[2][j] - p[1][j] for f, p in zip(fits, people)) for j in range(41)]
    for place, color in ((5, "#999"), (50, "#000"), (94, "#999")):
        svg.line([at(nm, m[place]) for nm, m in zip(NM, misses)], color)
    rest = sorted(f[1] for f in fits)
    rms = sorted(math.sqrt(sum((f[2][j] - p[1][j]) ** 2 for j in range(4, 33)) / 29) for f, p in zip(fits, people))
    for i, words in enumerate((f"{len(rest)} subjects", f"dE*ab left: worst {rest[-1]:.3f}",
                               f"within 0.3: {sum(r < 0.3 for r in rest)}", "rms 420-700 nm:",
                               f"median {(rms[49] + rms[50]) / 2:.4f}", f"worst {rms[-1]:.4f}")):
        svg.text(810, 60 + 20 * i, words)
    svg.save("optics_nist.svg")
    print(f"worst dE*ab {rest[-1]:.3f}, median rms {(rms[49] + rms[50]) / 2:.4f}, worst {rms[-1]:.4f}")


def draw_shades():
    count, levels = lib.smp_shade_count(), 16
    families = count // levels
    svg = Svg(1000, 60 + 14 * families + 270)
    for k, (name, m, b, y) in enumerate((("light", 0.006, 0.011, 1), ("medium", 0.03, 0.018, 4),
                                         ("dark", 0.09, 0.035, 6))):
        skin, rgb, bare = Skin(c.sizeof(Skin), m, b, y, 1), (c.c_float * (3 * count))(), F3()
        ok(lib.smp_shade_color(c.byref(skin), 0, 0, count, rgb, None))
        ok(lib.smp_skin_color(c.byref(skin), 0, bare, None))
        left, top = 90 + 300 * k, 40
        svg.box(left - 6, top - 6, 16 * 17 + 12, 14 * families + 252, hex_of(bare))
        svg.text(left, 24, f"{name} skin", font_weight="bold")
        for i in range(count):
            svg.box(left + 17 * (i % levels), top + 14 * (i // levels), 16, 13, hex_of(rgb[3 * i:3 * i + 3]))
            if k == 0 and i % levels == 0:
                svg.text(78, top + 14 * (i // levels) + 11, lib.smp_shade_name(i).decode()[:-3], text_anchor="end")
        n = 0
        while lib.smp_hair_name(n):
            hair, best, tone = Hair(), Rank(), F3()
            lib.smp_hair_desc_init_sized(c.byref(hair), c.sizeof(Hair))
            ok(lib.smp_hair_named(lib.smp_hair_name(n), c.byref(hair), None))
            ok(lib.smp_shade_match(c.byref(hair), c.byref(skin), 1, c.byref(best), None))
            ok(lib.smp_stubble_color(c.byref(hair), c.byref(skin), 0, tone, None))
            y0 = top + 14 * families + 20 + 22 * n
            svg.box(left, y0, 60, 18, hex_of(tone))
            svg.box(left + 60, y0, 60, 18, hex_of(rgb[3 * best.shade:3 * best.shade + 3]))
            svg.text(left + 126, y0 + 14, f"{lib.smp_shade_name(best.shade).decode()} {best.delta_e:.2f}",
                     fill="#000" if k < 2 else "#fff")
            if k == 0:
                svg.text(78, y0 + 14, lib.smp_hair_name(n).decode(), text_anchor="end")
            n += 1
    svg.save("optics_shades.svg")


draw_nist()
draw_shades()
