# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Cameras, scalps, previews, phantoms; and the pure functions.
import array
import math
import unittest

import smp
from common import HEIGHT, WIDTH, main, needs_numpy, numpy as np, pixels, small_phantom, small_preview


class Geometry(unittest.TestCase):
    def test_there_and_back(self):
        camera = smp.Camera.from_ellipse(smp.Ellipse(500, 600, 300, 450), smp.Pose(10, -20, 5))
        xyz, normal = camera.unproject((520, 400))
        u, v = camera.project(xyz)
        self.assertAlmostEqual(u, 520, places=6)
        self.assertAlmostEqual(v, 400, places=6)
        self.assertAlmostEqual(math.hypot(*normal), 1, places=6)
        self.assertIsNone(camera.unproject((-5000, 0)))
        half = camera.resized(0.5, 10, 20)
        self.assertAlmostEqual(half.project(xyz)[0], 520 / 2 - 10, delta=0.3)
        self.assertIs(type(half), smp.Camera)
        with self.assertRaises(ValueError):
            smp.Camera.from_ellipse((1, 2, 3))
        with self.assertRaises(smp.RangeError):
            smp.Camera.from_ellipse((1, 2, -3, 4))

    def test_cameras_from_points(self):
        head, camera = smp.Head(), smp.Camera.from_ellipse((500, 600, 300, 450), (10, -20, 5))
        names = list(smp._enums.LANDMARK)
        self.assertEqual(names, [smp._smp.landmark_name(i) for i in range(len(names))])
        places = {name: camera.project(head.landmark(name)) for name in names}
        fit = smp.CameraFit()
        found = smp.Camera.from_landmarks(smp.Landmarks.at(places), fit=fit)
        self.assertEqual(fit.used, len(names))
        xyz = [head.landmark(name) for name in names]
        for other in (found, smp.Camera.from_points(xyz, [places[name] for name in names])):
            for got, want in zip(other.pose, (10, -20, 5)):
                self.assertAlmostEqual(got, want, delta=2)
        self.assertIs(type(smp.Head.from_landmarks(smp.Landmarks.at(places))), smp.Head)
        with self.assertRaises(smp.ArgumentError):
            camera.refined([(u, 5.0) for u in range(20)])
        with self.assertRaises(ValueError):
            camera.refined([(1.0, 2.0, 3.0)])
        with self.assertRaises(smp.ArgumentError):
            smp.Camera.from_landmarks(smp.Landmarks.at({"chin": (1, 2)}))
        with self.assertRaisesRegex(ValueError, "landmark is"):
            smp.Landmarks.at({"nose": (1, 2)})
        with self.assertRaises(smp.ArgumentError):
            smp.Camera.from_mesh([(0.5, 0.5, 0.0)] * 10)
        with self.assertRaisesRegex(ValueError, "7 places for 2"):
            smp.Camera.from_points(xyz, [(1, 2), (3, 4)])
        poses = ((0, 0, 0), (-80, 0, 0))
        cameras = [smp.Camera.from_ellipse((500, 600, 300, 450), pose) for pose in poses]
        views = [
            smp.View(
                camera,
                smp.Landmarks.at({n: camera.project(head.landmark(n)) for n in names}, px_per_mm=camera.px_per_mm),
            )
            for camera in cameras
        ]
        tie = (0, 1, *cameras[0].project((50, 110, 50)), *cameras[1].project((50, 110, 50)))
        same, found, fits = smp.Head.from_views(views, [tie])
        self.assertAlmostEqual(same.width_mm, head.width_mm, delta=3)
        self.assertEqual([fit.used for fit in fits], [len(names) + 1] * 2)
        self.assertAlmostEqual(found[1].pose[0], -80, delta=1)
        with self.assertRaisesRegex(ValueError, "tie 0 is of view 7"):
            smp.Head.from_views(views, [(7, 1, 0, 0, 0, 0)])
        self.assertAlmostEqual(smp.scale_from_eyes(117).px_per_mm, 10)
        self.assertAlmostEqual(smp.scale_from_pairs([(0, 0, 30, 40)], [10]).px_per_mm, 5)

    def test_depth(self):
        head, camera = smp.Head(), smp.Camera.from_ellipse((25, 30, 15, 22), (10, -20, 5))
        view, depth, normals = camera.rotation[6:], [], [[], [], []]
        for v in range(60):
            depth.append([0.0] * 50)
            for plane in normals:
                plane.append([0.0] * 50)
            for u in range(50):
                seen = camera.unproject((u + 0.5, v + 0.5), head)
                if seen:
                    depth[v][u] = 1000 - sum(a * b for a, b in zip(view, seen[0]))
                    for i in range(3):
                        normals[i][v][u] = sum(a * b for a, b in zip(camera.rotation[3 * i:3 * i + 3], seen[1]))
        for found in (smp.Camera.from_depth(depth, px_per_mm=camera.px_per_mm), smp.Camera.from_normals(normals)):
            for got, want in zip(found.pose, (10, -20, 5)):
                self.assertAlmostEqual(got, want, delta=2)
        with self.assertRaises(smp.ArgumentError):
            smp.Camera.from_depth([[0.0] * 9] * 9, px_per_mm=1)
        with self.assertRaisesRegex(ValueError, "want 3 maps"):
            smp.Camera.from_normals(normals[:2])

    def test_heads(self):
        tall = smp.Head.from_ellipse((500, 600, 300, 480))
        self.assertGreater(tall.height_mm, smp.Head().height_mm)
        self.assertIs(type(tall), smp.Head)
        flat = smp.Camera.from_scale(12, (3, 4))
        patch = smp.Head(shape="flat", width_mm=50, height_mm=50)
        self.assertEqual(flat.unproject((15, 16), patch), ((1, 1, 0), (0, 0, -1)))


class Renders(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.phantom = small_phantom()
        cls.preview = small_preview(cls.phantom)
        cls.healed = pixels(cls.preview.render(60))

    def test_days(self):
        photo = pixels(self.phantom.image)
        self.assertEqual(pixels(self.preview.render(-1)), photo)
        self.assertNotEqual(self.healed, photo)
        self.assertLess(sum(self.healed), sum(photo))
        self.assertEqual(pixels(self.preview.render(60)), self.healed)
        with self.assertRaises(smp.RangeError):
            self.preview.render(-2)
        with self.assertRaises(smp.RangeError):
            self.preview.render(float("nan"))

    def test_bounds_and_dots(self):
        x, y, width, height = self.preview.bounds
        self.assertTrue(0 < width <= WIDTH and 0 < height <= HEIGHT)
        self.assertGreater(len(self.preview.dots), 1000)
        x_mm = self.preview.dots.x_mm
        self.assertTrue(all(math.isfinite(value) for value in x_mm.tolist()))

    def test_out_and_region(self):
        out = smp.Image.new(WIDTH, HEIGHT)
        self.assertIs(self.preview.render(60, out=out), out)
        self.assertEqual(pixels(out), self.healed)
        part = self.preview.render(60, region=(50, 40, 30, 20))
        row = slice((45 * WIDTH + 50) * 3, (45 * WIDTH + 80) * 3)
        self.assertEqual(pixels(part)[row], self.healed[row])
        self.assertEqual(sum(pixels(part)[: 40 * WIDTH * 3]), 0)
        with self.assertRaises(smp.ArgumentError):
            self.preview.render(60, region=(190, 0, 30, 20))
        with self.assertRaises(smp.ArgumentError):
            self.preview.render(60, out=smp.Image.new(WIDTH, HEIGHT - 1))
        with self.assertRaises(smp.ArgumentError):
            self.preview.render(60, out=bytes(WIDTH * HEIGHT * 3))
        with self.assertRaisesRegex(smp.ArgumentError, "read-only"):
            self.preview.render(60, out=memoryview(bytes(WIDTH * HEIGHT * 3)).cast("B", (HEIGHT, WIDTH, 3)))
        memory = bytearray(WIDTH * HEIGHT * 3)
        self.preview.render(60, out=memoryview(memory).cast("B", (HEIGHT, WIDTH, 3)))
        self.assertEqual(bytes(memory), self.healed)

    @needs_numpy
    def test_out_arrays(self):
        healed = np.frombuffer(self.healed, "u1").reshape(HEIGHT, WIDTH, 3)
        frame = np.full((HEIGHT + 4, WIDTH + 6, 3), 9, "u1")
        self.preview.render(60, out=frame[2:-2, 3:-3])
        self.assertTrue((frame[2:-2, 3:-3] == healed).all())
        frame[2:-2, 3:-3] = 9
        self.assertTrue((frame == 9).all(), "nothing outside the view is written")
        self.preview.render(60, out=frame[2:-2, 3:-3][::-1])
        self.assertTrue((frame[2:-2, 3:-3][::-1] == healed).all())
        for wrong in (frame[2:-2, 3:-3][:, ::-1], frame[2:-2, 3:-3][..., ::-1]):
            with self.assertRaisesRegex(ValueError, "side by side"):
                self.preview.render(60, out=wrong)

    @needs_numpy
    def test_memory_of_the_photo(self):
        photo = np.array(self.phantom.image)
        preview = small_preview(self.phantom, photo=photo)
        with self.assertRaisesRegex(smp.ArgumentError, "shares memory"):
            preview.render(60, out=photo)
        del photo
        self.assertEqual(pixels(preview.render(60)), self.healed, "the preview keeps the pixels")

    @needs_numpy
    def test_views_give_the_same(self):
        photo = np.array(self.phantom.image)
        wide = np.zeros((HEIGHT, WIDTH * 2, 3), "u1")
        wide[:, ::2] = photo
        padded = np.zeros((HEIGHT, WIDTH + 5, 3), "u1")
        padded[:, 2:-3] = photo
        bgra = np.dstack([photo[..., ::-1], np.full((HEIGHT, WIDTH), 255, "u1")])
        for view in (photo[::-1].copy()[::-1], wide[:, ::2], padded[:, 2:-3], np.asfortranarray(photo)):
            self.assertEqual(pixels(small_preview(self.phantom, photo=view).render(60)), self.healed)
        bgr = smp.Image(photo[..., ::-1], order="bgr")
        self.assertEqual(pixels(small_preview(self.phantom, photo=bgr).render(60)), self.healed)
        out = np.asarray(small_preview(self.phantom, photo=smp.Image(bgra, order="bgr")).render(60))
        self.assertEqual(np.ascontiguousarray(out[..., 2::-1]).tobytes(), self.healed)
        for dtype in ("u2", "f4"):
            deep = small_preview(self.phantom, photo=smp.Image(
                photo.astype("u2") * 257 if dtype == "u2" else photo.astype("f4") / 255, space="srgb"))
            rendered = np.asarray(deep.render(60))
            self.assertEqual(rendered.dtype, np.dtype(dtype))
            scale = 257 if dtype == "u2" else 1 / 255
            near = np.abs(rendered / scale - np.frombuffer(self.healed, "u1").reshape(rendered.shape))
            self.assertLess(float(near.max()), 3.0)

    def test_layer(self):
        layer = self.preview.layer(60)
        self.assertEqual((layer.format, layer.width), ("rgb16", WIDTH))
        values = memoryview(layer).cast("B").cast("H")
        self.assertTrue(min(values) < 60000 and max(values) == 65535)
        floats = memoryview(self.preview.layer(60, format="rgbf32")).cast("B").cast("f")
        self.assertTrue(0 < min(floats) < 1 and max(floats) == 1)
        with self.assertRaises(smp.ArgumentError):
            self.preview.layer(60, format="rgb8")

    def test_scalp(self):
        scalp = smp.Scalp(self.phantom.image, self.phantom.camera, self.phantom.head)
        self.assertEqual(scalp.camera, self.phantom.camera)
        self.assertIs(type(scalp.skin), smp.Skin)
        self.assertGreater(scalp.blur_px, 0)
        self.assertGreaterEqual(scalp.grain, 0)
        self.assertEqual(len(scalp.light), 3)
        self.assertEqual(scalp.hairs.u_px.shape, (0,))
        found = smp.Scalp(self.phantom.image, self.phantom.camera, self.phantom.head, find_hairs=True).hairs
        self.assertEqual(found.x_mm.shape, found.darkness.shape)
        self.assertEqual([smp._smp.scalp_map_name(i) for i in range(99) if smp._smp.scalp_map_name(i)],
                         list(smp._enums.SCALP_MAP))
        for kind in smp._enums.SCALP_MAP:
            found, step = scalp.map(kind), scalp.step(kind)
            self.assertEqual(found.shape, (-(-HEIGHT // step), -(-WIDTH // step)), kind)
        with self.assertRaisesRegex(ValueError, "want one of mask"):
            scalp.map("baldness")

    def test_masks(self):
        black = smp.Image.new(WIDTH, HEIGHT, "gray8")
        preview = smp.Preview(smp.Scalp(self.phantom.image, self.phantom.camera, self.phantom.head, black),
                              smp.Plan(self.phantom.head))
        self.assertEqual(preview.bounds.width, 0)
        truth = self.phantom.map("mask")
        values = [[0.0, 0.5], [float("nan"), 7.0]]
        for code in "fd":
            small = memoryview(array.array(code, values[0] + values[1])).cast("B").cast(code, (2, 2))
            self.assertEqual(pixels(smp._image.as_mask(small)), bytes((0, 128, 0, 255)))
        scalp = smp.Scalp(self.phantom.image, self.phantom.camera, self.phantom.head, truth)
        self.assertGreater(smp.Preview(scalp, smp.Plan(self.phantom.head)).bounds.width, 0)
        with self.assertRaises(smp.ArgumentError):
            smp.Scalp(self.phantom.image, self.phantom.camera, self.phantom.head, smp.Image.new(3, 3, "gray8"))

    def test_plan_changes_afterwards(self):
        plan = smp.Plan(self.phantom.head)
        preview = small_preview(self.phantom, plan)
        plan.set(density_per_cm2=10)
        self.assertEqual(pixels(preview.render(60)), self.healed)
        self.assertNotEqual(pixels(small_preview(self.phantom, plan).render(60)), self.healed)

    def test_another_life(self):
        plan = smp.Plan(self.phantom.head)
        plan.set_pattern(pattern="norwood_5")
        plan.set_life(sun_hours_per_day=3)
        preview = small_preview(self.phantom, plan)
        before = pixels(preview.render(60))
        preview.set_life(days_unshaved=6, tan=1)
        grown = smp.Plan.from_json(plan.to_json())
        grown.set_life(days_unshaved=6, tan=1)
        fresh = small_preview(self.phantom, grown)
        self.assertEqual(preview.bounds, fresh.bounds)
        self.assertEqual(pixels(preview.render(60)), pixels(fresh.render(60)))
        self.assertNotEqual(pixels(preview.render(60)), before)
        with self.assertRaises(smp.RangeError):
            preview.set_life(oiliness=2)
        preview.set_life()
        self.assertEqual(pixels(preview.render(60)), before)

    def test_another_plan(self):
        plan = smp.Plan(self.phantom.head)
        preview = small_preview(self.phantom, plan)
        dots = preview.dots
        self.assertIs(dots, preview.dots)
        number, first = len(dots), dots.x_mm[0]
        self.assertEqual(len(dots.age(60)[0]), number)
        plan.set(density_per_cm2=20)
        preview.set_plan(plan)
        self.assertLess(len(preview.dots), number)
        self.assertEqual((len(dots), dots.x_mm[0], len(dots.arrays()["id"])), (number, first, number))
        with self.assertRaises(RuntimeError):
            dots.age(60)
        self.assertEqual(len(preview.dots.left(60)[0]), len(preview.dots))
        places = smp.Places(plan, 40)
        scalp = preview._scalp
        fresh = smp.Preview(scalp, plan, places=places)
        self.assertEqual(pixels(preview.render(60)), pixels(fresh.render(60)))
        plan.set(density_per_cm2=41)
        with self.assertRaises(smp.ArgumentError):
            smp.Preview(scalp, plan, places=places)
        with self.assertRaises(smp.CancelledError):
            fresh.set_plan(plan, progress=lambda done, stage: True)
        self.assertEqual(pixels(preview.render(60)), pixels(fresh.render(60)))
        del places, preview
        fresh.set_plan(plan)
        self.assertNotEqual(pixels(fresh.render(60)), self.healed)

    def test_phantom(self):
        for kind in smp._enums.PHANTOM_MAP:
            self.assertEqual(self.phantom.map(kind).shape, (HEIGHT, WIDTH), kind)
        self.assertEqual(self.phantom.hairs.shape[1], 5)
        self.assertGreater(self.phantom.ellipse.rx_px, 10)
        with self.assertRaises(smp.RangeError):
            smp.Phantom(width=3)


class Science(unittest.TestCase):
    def test_color(self):
        self.assertAlmostEqual(smp.delta_e2000((50, 2.6772, -79.7751), (50, 0, -82.7485)), 2.0425, places=4)
        self.assertAlmostEqual(smp.ita_deg((60, 10, 10)), 45, places=5)
        lab = smp.xyz_to_lab(smp.rgb_to_xyz((0.4, 0.3, 0.2)))
        rgb = smp.xyz_to_rgb(smp.lab_to_xyz(lab))
        for got, want in zip(rgb, (0.4, 0.3, 0.2)):
            self.assertAlmostEqual(got, want, places=5)
        self.assertAlmostEqual(smp.space_encode("srgb", smp.space_decode("srgb", 0.5)), 0.5, places=6)
        with self.assertRaises(ValueError):
            smp.space_decode("lab", 0.5)
        with self.assertRaises(ValueError):
            smp.delta_e2000((1, 2), (3, 4))

    def test_skin(self):
        dark = smp.Skin(melanin=0.2)
        self.assertLess(dark.color()[1], smp.Skin().color()[1])
        again, residual = smp.Skin.from_rgb(dark.color())
        self.assertLess(residual, 1)
        self.assertAlmostEqual(again.melanin, 0.2, delta=0.05)
        spectrum = dark.reflectance()
        self.assertEqual(spectrum.shape, (41,))
        self.assertTrue(all(0 < value < 1 for value in spectrum.tolist()))
        with self.assertRaises(smp.RangeError):
            smp.Skin.from_rgb((-1, 0, 0))

    def test_pigments_and_layers(self):
        pigment, dose = smp.Pigment.from_mass(smp.Pigment(iron_red=0.3).mass(2.0))
        self.assertAlmostEqual(dose, 2.0, places=4)
        self.assertEqual(pigment.absorption().shape, (41,))
        self.assertEqual(pigment.scattering().shape, (41,))
        up, down = smp.layered_reflectance([(0.0, 10.0, 0.8, 1.4, 1.0)])
        self.assertAlmostEqual(up[0] + down[0], 1.0, places=6)
        rows = [(0.1, 10.0, 0.8, 1.4, 1.0), (0.2, 20.0, 0.8, 1.4, math.inf)] * 3
        many, _ = smp.layered_reflectance(rows, stack=2, incidence=1)
        self.assertEqual((many.shape, many[0]), ((3,), many[2]))
        with self.assertRaises(ValueError):
            smp.layered_reflectance(rows, stack=4)
        with self.assertRaises(smp.RangeError):
            smp.layered_reflectance([(0.1, -1, 0.8, 1.4, 1.0)])

    def test_skin_labels(self):
        tone = smp.Tone.from_lab(smp.xyz_to_lab(smp.rgb_to_xyz(smp.Skin().color())))
        self.assertTrue(1 <= tone.monk <= 10 and 1 <= tone.fitzpatrick <= 6)
        self.assertEqual(smp.Skin().extrapolates(), set())
        self.assertEqual(smp.Skin(melanin=0.4).extrapolates(), {"melanin"})
        skin, exposure, residual = smp.Skin.estimate(smp.Skin().color(), exposure_sigma=0)
        self.assertAlmostEqual(exposure, 1, places=3)
        self.assertGreater(smp.Skin().healing(0)[0], smp.Skin().healing(0)[1])

    def test_shades(self):
        self.assertGreaterEqual(smp.shade_count(), 300)
        names = [smp.shade(i).name for i in range(smp.shade_count())]
        self.assertEqual(len(set(names)), len(names))
        self.assertEqual(smp.shade(names[40]).number, 40)
        with self.assertRaises(smp.ArgumentError):
            smp.shade("pink-07")
        for wrong in (-1, smp.shade_count()):
            with self.assertRaises(smp.RangeError):
                smp.shade(wrong)
        self.assertEqual(smp.shade_colors(count=5, first=3).shape, (5, 3))
        self.assertEqual(smp.shade_colors(smp.Skin(melanin=0.1)).shape, (smp.shade_count(), 3))
        with self.assertRaises(smp.RangeError):
            smp.shade_colors(count=10**6)
        best = smp.shade_match(smp.Hair.named("brown"), smp.Skin(), 5)
        self.assertEqual([d for _, d in best], sorted(d for _, d in best))
        self.assertEqual(len(best), 5)
        self.assertIn("grey", smp.hair_names())
        with self.assertRaises(smp.ArgumentError):
            smp.Hair.named("mauve")
        black, white = (smp.Hair.named(name).stubble_color() for name in ("black", "white"))
        self.assertLess(black[1], white[1])

    def test_course(self):
        plan = smp.Plan()
        course = smp.fade_course(plan, [42, 365, 3650])
        self.assertEqual(course.values.shape, (3, 3, 8))
        contrast = course.of("contrast")
        self.assertTrue(contrast[0] > contrast[2] > 0)
        self.assertLess(course.of("mass", "low")[2], course.of("mass", "high")[2])
        due = smp.fade_due(plan, threshold=0.6)
        self.assertTrue(due["low"] < due["typical"] < due["high"])
        with self.assertRaises(smp.RangeError):
            smp.fade_course(plan, [-3])
        sessions, left = smp.laser_sessions(strength=0.5, clearance=0.9)
        self.assertLessEqual(left[sessions - 1], 0.1)
        self.assertGreater(left[sessions - 2], 0.1)
        self.assertIsNone(smp.laser_sessions(dose=100, strength=0.01)[0])

    def test_skin_functions(self):
        skin = smp.Skin(melanin=0.03)
        self.assertEqual(smp.skin_color(skin), skin.color())
        self.assertEqual(bytes(smp.skin_reflectance(skin)), bytes(skin.reflectance()))
        self.assertEqual(smp.skin_from_rgb(skin.color())[0], smp.Skin.from_rgb(skin.color())[0])

    def test_dot(self):
        contrast = smp.dot_profile(None, smp.Column(dose=2), [0, 0.1, 0.5])
        self.assertEqual(contrast.shape, (3, 3))
        self.assertGreater(contrast[0, 0], contrast[2, 0])
        self.assertEqual(smp.dot_profile(smp.Skin(), smp.Column(), []).shape, (0, 3))
        red = smp.dot_profile(None, None, [0], pigment=smp.Pigment(iron_red=1, carbon_coarse=0))
        self.assertGreater(red[0, 2], red[0, 0])
        with self.assertRaises(smp.RangeError):
            smp.dot_profile(None, None, [-1])


if __name__ == "__main__":
    main()
