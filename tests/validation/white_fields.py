# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Fields of dots as they are drawn on even skin against the catalogue's settled tone of their shade, CIEDE2000.
# usage: PYTHONPATH=build/release/python python3 tests/validation/white_fields.py [SHADE ...]; needs numpy
import json
import sys

import numpy as np
import smp

SHADES = ["neutral-11", "neutral-13", "ink-12", "ginger-10", "pewter-11", "silver-04", "silver-11", "silver-16", "pearl-06",
          "pearl-12", "pearl-16"]
SIDE, MARGIN = 300, 75  # pixels, at 3 to the millimetre


def lab(rgb):
    return smp.xyz_to_lab(smp.rgb_to_xyz([float(x) for x in rgb]))


def drawn(scalp, shade):
    """Share of the light that a settled field lets through, the edges left out."""
    head = {"shape": "flat", "width_mm": 100, "height_mm": 100}
    plan = smp.Plan.from_json(json.dumps({"shade": shade, "head": head, "sessions": [{"share": 1, "day": 0}]}))
    layer = np.asarray(smp.Preview(scalp, plan).layer(42)).astype(float) / 65535
    return layer[MARGIN:-MARGIN, MARGIN:-MARGIN].mean(axis=(0, 1))


def main(shades):
    skin = smp.Skin()
    bare = np.array(skin.color())
    photo = np.broadcast_to(bare.astype(np.float32), (SIDE, SIDE, 3)).copy()
    head = smp.Head(shape="flat", width_mm=100, height_mm=100)
    scalp = smp.Scalp(photo, smp.Camera.from_scale(3.0), head, find_skin=False)
    names = [smp.shade(i).name for i in range(smp.shade_count())]
    tones = np.asarray(smp.shade_colors(skin))
    for shade in shades:
        field, tone = lab(bare * drawn(scalp, shade)), lab(tones[names.index(shade)])
        words = " ".join(f"{x:6.2f}" for x in (*field, *tone))
        print(f"{shade:12} drawn and catalogue L*a*b* {words}  dE00 {smp.delta_e2000(field, tone):.2f}")


if __name__ == "__main__":
    main(sys.argv[1:] or SHADES)
