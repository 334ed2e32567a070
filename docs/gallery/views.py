# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# One head, many photos. The synthetic head from five sides under one plan, each seen by its own camera (views.jpg); and,
# where the shared inputs are, a scanned head drawn from five sides by a small rasteriser, posed view by view from landmarks
# and then all at once (smp.Head.from_views), treated with one plan, with a measure of how well the views agree. Pictures of
# the scan go to OUT, not into this folder. Needs numpy, Pillow and the smp package (PYTHONPATH=build/release/python).
# usage: views.py SMP_PROGRAM [OUT]      (the scan: $SMP_SHARED, or ../shared beside the source)
import math
import os
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
from PIL import Image, ImageDraw

import smp

HERE = pathlib.Path(__file__).resolve().parent
SHARED = pathlib.Path(os.environ.get("SMP_SHARED", HERE.parents[2] / "shared"))
PX_PER_MM = 3.2
UNIT_MM = 49.0  # of the scan, as its index says
# Points of the scanned head, mm in its own axes, read by eye off drawings from the front and the left.
MARKS = {"glabella": (-3, 106, 106), "eye_left": (40, 80, 81), "eye_right": (-49, 80, 81), "tragus_left": (68, 63, 18),
         "tragus_right": (-75, 63, 18), "nose_base": (-3, 46, 114), "chin": (-3, -23, 104)}
PAIRS = (("front", "oblique"), ("oblique", "left"), ("front", "top"), ("left", "top"), ("left", "back"), ("top", "back"))
VIEWS = {"front": (0, 0), "oblique": (-45, -12), "left": (-90, 0), "top": (0, -80), "back": (180, -15)}


def run(program, *arguments):
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, arguments))}: {done.stderr}")
    return done.stdout


def rotation(yaw, pitch, roll=0):
    """As smp_pose has it: rows are the camera's right, up and towards the viewer."""
    y, p, r = (math.radians(a) for a in (yaw, pitch, roll))
    ry = np.array([[math.cos(y), 0, math.sin(y)], [0, 1, 0], [-math.sin(y), 0, math.cos(y)]])
    rx = np.array([[1, 0, 0], [0, math.cos(p), math.sin(p)], [0, -math.sin(p), math.cos(p)]])
    rz = np.array([[math.cos(r), math.sin(r), 0], [-math.sin(r), math.cos(r), 0], [0, 0, 1]])
    return rz @ rx @ ry


# ---- the scan ----

def load_scan(folder):
    v, vt, faces = [], [], []
    for line in open(folder / "head.obj"):
        words = line.split()
        if words[:1] == ["v"]:
            v.append([float(x) for x in words[1:4]])
        elif words[:1] == ["vt"]:
            vt.append([float(x) for x in words[1:3]])
        elif words[:1] == ["f"]:
            faces.append([[int(i) - 1 for i in w.split("/")[:2]] for w in words[1:4]])
    faces = np.array(faces)
    texture = np.asarray(Image.open(folder / "head_color.jpg").convert("RGB")).astype(float)
    return np.array(v) * UNIT_MM, np.array(vt), faces[..., 0], faces[..., 1], texture


def smooth_normals(v, fv):
    n = np.cross(v[fv[:, 1]] - v[fv[:, 0]], v[fv[:, 2]] - v[fv[:, 0]])
    out = np.zeros_like(v)
    for k in range(3):
        np.add.at(out, fv[:, k], n)
    return out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9)


def draw(scan, r, center, size):
    """Picture, and the point of the scan (mm) in each pixel; NaN where there is none."""
    v, vt, fv, ft, texture = scan
    width, height = size
    p = v @ r.T
    u, w, z = center[0] + PX_PER_MM * p[:, 0], center[1] - PX_PER_MM * p[:, 1], p[:, 2]
    light = np.array([-0.35, 0.65, 0.68])
    shade = 0.45 + 0.6 * np.clip(smooth_normals(v, fv) @ r.T @ light, 0, None)
    image = np.full((height, width, 3), 96.0)
    place = np.full((height, width, 3), np.nan)
    depth = np.full((height, width), -1e9)
    n = np.cross(p[fv[:, 1]] - p[fv[:, 0]], p[fv[:, 2]] - p[fv[:, 0]])
    for k in np.nonzero(n[:, 2] > 0)[0]:
        i = fv[k]
        x, y = u[i], w[i]
        x0, x1 = max(int(x.min() - 0.5), 0), min(int(x.max() + 1), width - 1)
        y0, y1 = max(int(y.min() - 0.5), 0), min(int(y.max() + 1), height - 1)
        whole = (y[1] - y[2]) * (x[0] - x[2]) + (x[2] - x[1]) * (y[0] - y[2])
        if x0 > x1 or y0 > y1 or abs(whole) < 1e-12:
            continue
        gx, gy = np.meshgrid(np.arange(x0, x1 + 1) + 0.5, np.arange(y0, y1 + 1) + 0.5)
        a = ((y[1] - y[2]) * (gx - x[2]) + (x[2] - x[1]) * (gy - y[2])) / whole
        b = ((y[2] - y[0]) * (gx - x[2]) + (x[0] - x[2]) * (gy - y[2])) / whole
        share = np.stack([a, b, 1 - a - b], -1)
        there = depth[y0:y1 + 1, x0:x1 + 1]
        here = (share.min(-1) >= -1e-9) & (share @ z[i] > there)
        if not here.any():
            continue
        t = share @ vt[ft[k]]
        tx = np.clip(t[..., 0] * texture.shape[1] - 0.5, 0, texture.shape[1] - 1.001)
        ty = np.clip((1 - t[..., 1]) * texture.shape[0] - 0.5, 0, texture.shape[0] - 1.001)
        ix, iy = tx.astype(int), ty.astype(int)
        fx, fy = (tx - ix)[..., None], (ty - iy)[..., None]
        color = ((texture[iy, ix] * (1 - fx) + texture[iy, ix + 1] * fx) * (1 - fy)
                 + (texture[iy + 1, ix] * (1 - fx) + texture[iy + 1, ix + 1] * fx) * fy)
        image[y0:y1 + 1, x0:x1 + 1][here] = (color * (share @ shade[i])[..., None])[here]
        place[y0:y1 + 1, x0:x1 + 1][here] = (share @ v[i])[here]
        there[here] = (share @ z[i])[here]
    return Image.fromarray(np.clip(image, 0, 255).astype(np.uint8)), place


# ---- the plan's head, as docs/model/geometry.md has it ----

def evenly(head, count):
    """Points evenly over the part of the head that is treated, above the level of the tragi, and their normals."""
    up = head.widest_mm or 68 / 232 * head.height_mm
    k = np.arange(count) + 0.5
    y, turn = 1 - 2 * k / count, math.pi * (1 + 5 ** 0.5) * k
    d = np.stack([np.sqrt(1 - y * y) * np.cos(turn), y, np.sqrt(1 - y * y) * np.sin(turn)], 1)
    tall = np.where(d[:, 1] >= 0, up, head.height_mm - up)
    axes = np.stack([np.full(count, head.width_mm / 2), tall, np.full(count, head.length_mm / 2)], 1)
    p, n = d * axes + [0, head.vertex_mm - up, 0], d / axes
    keep = p[:, 1] > 0
    return p[keep], (n / np.linalg.norm(n, axis=1, keepdims=True))[keep]


def project(camera, p):
    r = np.array(camera.rotation).reshape(3, 3)
    q = p @ r.T
    far = camera.distance_mm
    k = camera.px_per_mm * (1 / (1 - q[:, 2] / far) if far else np.ones(len(q)))
    return np.stack([camera.center_px[0] + k * q[:, 0], camera.center_px[1] - k * q[:, 1]], 1), r


# ---- the job ----

def shots(scan, folder):
    """The scan from all sides; its head, without shoulders, in the middle of each picture."""
    out = {}
    middle = np.array([-2.0, 70.0, 0.0])
    for name, (yaw, pitch) in VIEWS.items():
        r = rotation(yaw, pitch)
        size = (820, 900)
        at = (size[0] / 2 - PX_PER_MM * (r[0] @ middle), size[1] / 2 + PX_PER_MM * (r[1] @ middle))
        image, place = draw(scan, r, at, size)
        image.save(folder / f"{name}.png")
        out[name] = {"r": r, "at": at, "place": place, "image": image}
    return out


def seen(shot, p, near=6):
    """Pixel of a point of the scan, or None where something stands before it."""
    q = shot["r"] @ p
    uv = shot["at"][0] + PX_PER_MM * q[0], shot["at"][1] - PX_PER_MM * q[1]
    x, y = int(uv[0]), int(uv[1])
    if not (0 <= y < shot["place"].shape[0] and 0 <= x < shot["place"].shape[1]):
        return None
    there = shot["place"][y, x]
    return uv if not np.isnan(there[0]) and np.linalg.norm(there - p) < near else None


def outline(shot):
    """The skull's edge against the backdrop, above the ears, as one would click it."""
    there = ~np.isnan(shot["place"][..., 0])
    high = there & (shot["place"][..., 1] > 85)
    out = []
    rows, columns = np.nonzero(high)
    middle = np.array([columns.mean(), rows.mean()])
    for angle in np.linspace(0, 2 * math.pi, 120, endpoint=False):
        way = np.array([math.cos(angle), math.sin(angle)])
        at = middle.copy()
        while True:
            step = at + way
            x, y = int(step[0]), int(step[1])
            if not (0 <= y < there.shape[0] and 0 <= x < there.shape[1]) or not there[y, x]:
                break
            at = step
        x, y = int(at[0]), int(at[1])
        if shot["place"][y, x, 1] > 85 and shot["place"][y, x, 2] < 95:  # no ears, no brows
            out.append([float(at[0]), float(at[1])])
    return out


def landmarks(shot_of):
    """What a user clicks in the views that show a face."""
    out = {}
    for name in ("front", "oblique", "left"):
        places = {m: seen(shot_of[name], np.array(p, float), 12) for m, p in MARKS.items()}
        if name == "front":  # ears are seen from the side, as people mark them
            for m in ("tragus_left", "tragus_right"):
                q = shot_of[name]["r"] @ np.array(MARKS[m], float)
                places[m] = (shot_of[name]["at"][0] + PX_PER_MM * q[0], shot_of[name]["at"][1] - PX_PER_MM * q[1])
        hint = {} if name == "front" else {"hint_yaw_deg": -90 if name == "left" else -35, "hint_sigma_deg": 20}
        out[name] = smp.Landmarks.at({m: uv for m, uv in places.items() if uv}, px_per_mm=PX_PER_MM, distance_mm=1e7, **hint)
    return out


def ties(shot_of, scan, wanted):
    """Points that two photos show, as one would click a mole in both: within 2 px."""
    rows, noise = [], np.random.default_rng(3)
    normals, names = smooth_normals(scan[0], scan[2]), list(VIEWS)
    order = noise.permutation(np.nonzero(scan[0][:, 1] > 75)[0])
    for a, b in PAIRS:
        count = 0
        for i in order:
            p, n = scan[0][i], normals[i]
            if count == wanted or min(n @ shot_of[a]["r"][2], n @ shot_of[b]["r"][2]) < 0.35:
                continue
            here, there = seen(shot_of[a], p), seen(shot_of[b], p)
            if here and there:
                rows.append([names.index(a), names.index(b), *(np.array(here + there) + noise.normal(0, 2, 4))])
                count += 1
    return rows


def between(a, b):
    return math.degrees(math.acos(np.clip((np.trace(a @ b.T) - 1) / 2, -1, 1)))


def tell(words, camera, front, shot, first):
    r, r0 = (np.array(c.rotation).reshape(3, 3) for c in (camera, front))
    true, found = shot["r"] @ first["r"].T, r @ r0.T
    print(f"{words}: turned from the front by {between(found, np.eye(3)):.1f} degrees, in truth {between(true, np.eye(3)):.1f}; "
          f"off by {between(found, true):.1f}; said +-{camera.pose_sigma_deg:.1f}; {camera.px_per_mm:.2f} px/mm of {PX_PER_MM}")


def agreement(a, b, shot_of, cameras, head):
    """How far apart, on the scan, the same point of the plan's head falls in two photos, mm."""
    p, n = evenly(head, 4000)
    both = (n @ np.array(cameras[a].rotation)[6:] > 0.4) & (n @ np.array(cameras[b].rotation)[6:] > 0.4)
    places = []
    for name in (a, b):
        uv, _ = project(cameras[name], p[both])
        map_of = shot_of[name]["place"]
        x = np.clip(uv[:, 0].astype(int), 0, map_of.shape[1] - 1)
        y = np.clip(uv[:, 1].astype(int), 0, map_of.shape[0] - 1)
        places.append(map_of[y, x])
    off = np.linalg.norm(places[0] - places[1], axis=1)
    off = off[~np.isnan(off)]
    return len(off), (np.percentile(off, [50, 90]) if len(off) > 20 else None)


def marked(image, camera, head, px):
    """The same few points of the head in every view, as rings."""
    image = image.copy()
    pen = ImageDraw.Draw(image)
    p, n = evenly(head, 60)
    uv, r = project(camera, p)
    for i in np.nonzero(n @ r[2] > 0.3)[0]:
        color = tuple(int(128 + 127 * math.cos(i * k)) for k in (1.0, 2.3, 3.7))
        pen.ellipse([uv[i][0] - px, uv[i][1] - px, uv[i][0] + px, uv[i][1] + px], outline=color, width=3)
    return image


def sheet(rows, width, path):
    cells = [[i.resize((width, round(i.height * width / i.width)), Image.LANCZOS) for i in row] for row in rows]
    out = Image.new("RGB", (width * len(cells[0]), sum(row[0].height for row in cells)))
    y = 0
    for row in cells:
        for k, cell in enumerate(row):
            out.paste(cell, (k * width, y))
        y += row[0].height
    out.save(path, quality=82)


def tell_agreement(words, shot_of, cameras, head):
    for a, b in PAIRS:
        if a not in cameras or b not in cameras:
            continue
        count, off = agreement(a, b, shot_of, cameras, head)
        if off is not None:
            print(f"{words}, {a} and {b}: {count} dots seen in both fall {off[0]:.1f} mm apart (median), 90 % within {off[1]:.1f}")


def scanned(folder):
    scan = load_scan(SHARED / "photos" / "head_scan")
    shot_of = shots(scan, folder)
    known = landmarks(shot_of)
    # One by one: the head from the front, each face from its own landmarks.
    head = smp.Head.from_landmarks(known["front"])
    alone = {name: smp.Camera.from_landmarks(marks, head) for name, marks in known.items()}
    for name in alone:
        tell(f"alone, {name}", alone[name], alone["front"], shot_of[name], shot_of["front"])
    tell_agreement("alone", shot_of, alone, head)
    # All at once. Top and back start from an ellipse and a rough pose.
    views = []
    for name, pose in VIEWS.items():
        edge = np.array(outline(shot_of[name]))
        first = alone.get(name)
        if not first:
            low, high = edge.min(0), edge.max(0)
            ellipse = (*(low + high) / 2, (high[0] - low[0]) / 2, (high[1] - low[1]) / 2)
            first = smp.Camera.from_ellipse(ellipse, (pose[0] + 6, pose[1] - 5, 4), px_per_mm=PX_PER_MM)
        views.append(smp.View(first, known.get(name), edge))
    head, found, fits = smp.Head.from_views(views, ties(shot_of, scan, 8))
    print(f"the head: {head}")
    cameras = dict(zip(VIEWS, found))
    for name in VIEWS:
        tell(f"together, {name}", cameras[name], cameras["front"], shot_of[name], shot_of["front"])
    tell_agreement("together", shot_of, cameras, head)
    plan = smp.Plan(head)
    treated = {}
    for name in VIEWS:
        photo = smp.read(folder / f"{name}.png")
        out = smp.Preview(smp.Scalp(photo, cameras[name], head), plan).render(60)
        out.save(folder / f"{name}_60.png")
        treated[name] = Image.open(folder / f"{name}_60.png").convert("RGB")
    sheet([[shot_of[n]["image"] for n in VIEWS], [treated[n] for n in VIEWS],
           [marked(treated[n], cameras[n], head, 9) for n in VIEWS]], 400, folder / "scan.jpg")
    print(f"{folder / 'scan.jpg'}: the scan by Lee Perry-Smith, CC BY 3.0")


def synthetic(program, folder):
    before, after = [], []
    for yaw, pitch in ((0, -15), (45, -20), (90, -5), (0, -80), (180, -20)):
        name = folder / f"phantom_{yaw}_{-pitch}.png"
        words = run(program, "phantom", name, "--size", "720x800", "--fill", 0.85, "--fringe", 0, "--yaw-deg", yaw,
                    "--pitch-deg", pitch, "--truth", folder / "truth").split()
        where = [words[words.index(o) + k] for o in ("--ellipse", "--pose") for k in (0, 1)]
        out = name.with_suffix(".healed.png")
        run(program, "render", name, out, *where, "--plan", folder / "truth" / "plan.json")
        before.append(Image.open(name).convert("RGB"))
        after.append(Image.open(out).convert("RGB"))
    sheet([before, after], 300, HERE / "views.jpg")


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    folder = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else tempfile.mkdtemp(prefix="smp-views-"))
    folder.mkdir(exist_ok=True)
    synthetic(program, folder)
    if (SHARED / "photos" / "head_scan" / "head.obj").exists():
        scanned(folder)
    else:
        print("skipped: the scanned head is not here (SMP_SHARED)")


if __name__ == "__main__":
    main()
