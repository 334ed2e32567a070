# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
"""Soft discs in Skia, on the processor: the dots of dots.f32 over a clear canvas, as a stored sprite set at sub-pixel
places, and as a radial gradient each (a translated canvas, so that the shader is made once). Calls from Python are part of
it: about 1 us each."""
import sys

import numpy as np
import skia

from serve import serve

width, height, folder = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
dots = np.fromfile(f"{folder}/dots.f32", np.float32).reshape(-1, 2)
radius = 4.0 * width / 4000
side = 2 * int(np.ceil(radius)) + 2
surface = skia.Surface(width, height)
canvas = surface.getCanvas()
inks = [skia.Color(40, 36, 34, 153), skia.Color(40, 36, 34, 0)]
paint = skia.Paint(AntiAlias=True, Shader=skia.GradientShader.MakeRadial((0, 0), radius, inks))

stamp = skia.Surface(side, side)
stamp.getCanvas().translate(side / 2, side / 2)
stamp.getCanvas().drawCircle(0, 0, radius, paint)
sprite = stamp.makeImageSnapshot()
points = [(float(x), float(y)) for x, y in dots]
corners = [(x - side / 2, y - side / 2) for x, y in points]
linear = skia.SamplingOptions(skia.FilterMode.kLinear)


def sprites():
    canvas.clear(skia.ColorTRANSPARENT)
    for x, y in corners:
        canvas.drawImage(sprite, x, y, linear)
    surface.flushAndSubmit()


def gradients():
    canvas.clear(skia.ColorTRANSPARENT)
    for x, y in points:
        canvas.translate(x, y)
        canvas.drawCircle(0, 0, radius, paint)
        canvas.translate(-x, -y)
    surface.flushAndSubmit()


serve({"skia-sprites": sprites, "skia-gradients": gradients},
      f"skia-python {skia.__version__}, {len(dots)} discs of radius {radius:g}")
