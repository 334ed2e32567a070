# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
"""The job as a researcher would write it for speed: numpy, numba, OpenCV. The same photo and dots as ours: discs with
sub-pixel coverage are added to a load map, light is multiplied by exp(-k load) for each channel in linear light.

Where it is less than ours: one disc for all dots (no foreshortening, no tail of scattered light, no shine or hairs
spared, no fading of single dots); the pigment-free pixels are copied, as ours are."""
import sys

import cv2
import numba
import numpy as np

from serve import serve

width, height, folder = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
threads = int(sys.argv[4]) if len(sys.argv) > 4 else 1
numba.set_num_threads(threads)
cv2.setNumThreads(threads)

photo = np.fromfile(f"{folder}/photo.rgba", np.uint8).reshape(height, width, 4)
dots = np.fromfile(f"{folder}/dots.f32", np.float32).reshape(-1, 2)
jpeg = np.fromfile(f"{folder}/photo.jpg", np.uint8)
bgr = cv2.imdecode(jpeg, cv2.IMREAD_COLOR)
R = 4.0 * width / 4000
K = np.array([0.5, 0.6, 0.7], np.float32)
LEVELS = 256 # of load, 4 at most
code = np.arange(256) / 255.0
DECODE = np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4).astype(np.float32)
lin = np.arange(65536) / 65535.0
ENCODE = np.rint(255 * np.where(lin <= 0.0031308, 12.92 * lin, 1.055 * lin ** (1 / 2.4) - 0.055)).astype(np.uint8)
REACH = int(np.ceil(R)) + 1
X0, Y0 = (np.floor(dots.min(axis=0)).astype(int) - REACH).clip(0)
X1, Y1 = np.minimum(np.ceil(dots.max(axis=0)).astype(int) + REACH + 1, (width, height))
local = dots - np.array([X0, Y0], np.float32)
bw, bh = X1 - X0, Y1 - Y0
fade = [1.0]


def next_day():
    fade[0] *= 0.999
    return fade[0]


# ---- numpy: the stamps of all dots in one array; discs are 1 - d^2/r^2, which needs no root -------------------------------------------------


STAMP = np.array([(dx, dy) for dy in range(-REACH, REACH + 1) for dx in range(-REACH, REACH + 1)], np.float32)


def numpy_load():
    cell = np.floor(local)
    frac = local - cell - 0.5
    dx = STAMP[None, :, 0] - frac[:, 0:1]
    dy = STAMP[None, :, 1] - frac[:, 1:2]
    w = 1 - (dx * dx + dy * dy) * np.float32(1 / (R * R))
    at = (cell[:, 1] * bw + cell[:, 0]).astype(np.int32)[:, None] + (STAMP[:, 1] * bw + STAMP[:, 0]).astype(np.int32)
    hit = w > 0
    return np.bincount(at[hit].clip(0, bh * bw - 1), w[hit], bh * bw).astype(np.float32).reshape(bh, bw)


def tables(strength):
    """For each channel: code and quantised load to code."""
    level = np.arange(LEVELS, dtype=np.float32) * (4.0 * strength / (LEVELS - 1))
    t = np.exp(-K[:, None] * level)
    return ENCODE[np.rint(DECODE[None, None, :] * t[:, :, None] * 65535).astype(np.uint16)]


def numpy_blend(load, out, strength):
    ys, xs = np.nonzero(load)
    level = np.minimum(load[ys, xs] * ((LEVELS - 1) / 4.0), LEVELS - 1).astype(np.intp)
    table = tables(strength)
    box = out[Y0:Y1, X0:X1]
    before = photo[Y0:Y1, X0:X1][ys, xs]
    for c in range(3):
        box[ys, xs, c] = table[c, level, before[:, c]]


def numpy_render():
    out = photo.copy()
    numpy_blend(numpy_load(), out, next_day())
    return out


kept_load = numpy_load()
kept = photo.copy()


def numpy_again():
    numpy_blend(kept_load, kept, next_day())


# ---- numba: loops, dots sorted by row, bands of rows over threads ------------------------------------------------------

order = np.argsort(local[:, 1], kind="stable")
sorted_dots = np.ascontiguousarray(local[order])
BAND = 32
bands = (bh + BAND - 1) // BAND


@numba.njit(parallel=True, fastmath=True, cache=False)
def splat_rows(points, load, r, band):
    n = (load.shape[0] + band - 1) // band
    reach = np.int64(np.ceil(r)) + 1
    inv = np.float32(1.0 / (r * r))
    for b in numba.prange(n):
        top, end = b * band, min((b + 1) * band, load.shape[0])
        load[top:end, :] = 0
        first = np.searchsorted(points[:, 1], np.float32(top - reach))
        last = np.searchsorted(points[:, 1], np.float32(end + reach))
        for i in range(first, last):
            x, y = points[i, 0] - np.float32(0.5), points[i, 1] - np.float32(0.5)
            cx, cy = np.int64(x), np.int64(y)
            for v in range(max(cy - reach, top), min(cy + reach + 1, end)):
                dy2 = (v - y) * (v - y)
                for u in range(max(cx - reach, 0), min(cx + reach + 1, load.shape[1])):
                    w = np.float32(1) - ((u - x) * (u - x) + dy2) * inv
                    if w > 0:
                        load[v, u] += w


@numba.njit(parallel=True, fastmath=True, cache=False)
def blend_rows(load, before, out, table, x0, y0, levels):
    for v in numba.prange(load.shape[0]):
        for u in range(load.shape[1]):
            w = load[v, u]
            if w > 0:
                k = min(np.int64(w * np.float32((levels - 1) / 4.0)), levels - 1)
                for c in range(3):
                    out[y0 + v, x0 + u, c] = table[c, k, before[y0 + v, x0 + u, c]]


numba_map = np.zeros((bh, bw), np.float32)
numba_out = photo.copy()


def numba_render():
    splat_rows(sorted_dots, numba_map, R, BAND)
    np.copyto(numba_out, photo)
    blend_rows(numba_map, photo, numba_out, tables(next_day()), X0, Y0, LEVELS)


def numba_again():
    blend_rows(numba_map, photo, numba_out, tables(next_day()), X0, Y0, LEVELS)


# ---- OpenCV: anti-aliased circles, blurred; float pictures of the box --------------------------------------------------

fixed = np.rint(local * 16 - 8).astype(int).tolist()
radius = int(R * 16 * 0.8)


def cv_load():
    load = np.zeros((bh, bw), np.uint8)
    for p in fixed:
        cv2.circle(load, p, radius, 160, -1, cv2.LINE_AA, 4)
    return cv2.GaussianBlur(load, (0, 0), R / 3)


def cv_blend(load, out, strength):
    box = photo[Y0:Y1, X0:X1]
    table = tables(strength)
    level = load.astype(np.intp)
    for c in range(3):
        out[Y0:Y1, X0:X1, c] = table[c, level, box[:, :, c]]


def cv_render():
    out = photo.copy()
    cv_blend(cv_load(), out, next_day())
    return out


jobs = {"numpy-render": numpy_render, "numpy-again": numpy_again,
        "numba-render": numba_render, "numba-again": numba_again, "opencv-render": cv_render,
        "opencv-transcode": lambda: cv2.imencode(".jpg", cv2.imdecode(jpeg, cv2.IMREAD_COLOR),
                                                 [cv2.IMWRITE_JPEG_QUALITY, 90])}
splat_rows(sorted_dots, numba_map, R, BAND)
serve(jobs, f"numpy {np.__version__}, numba {numba.__version__}, OpenCV {cv2.__version__}, {threads} thread(s), "
            f"{len(dots)} discs of radius {R:g} px, box {bw}x{bh}")
