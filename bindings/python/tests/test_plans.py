# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Plans and dots.
import json
import pickle
import unittest

import smp
from common import main, needs_numpy, numpy as np


class Plans(unittest.TestCase):
    def test_set_and_get(self):
        plan = smp.Plan(density_per_cm2=120, seed=7)
        self.assertEqual((plan.get().density_per_cm2, plan.get().seed), (120, 7))
        plan.set(dose=2.5)
        self.assertEqual((plan.get().dose, plan.get().seed), (2.5, 7), "other fields stay")
        plan.set_hairline(style="widows_peak")
        plan.set_hairline(height_mm=75)
        self.assertEqual((plan.hairline().style, plan.hairline().height_mm), ("widows_peak", 75))
        plan.set_sessions([smp.Session(share=0.5), smp.Session(share=1, day=14, dose_scale=1.2)])
        self.assertEqual([s.day for s in plan.sessions()], [0, 14])
        self.assertEqual(plan.head(), smp.Head())
        self.assertGreater(plan.density((0, 120, 0)), 0)
        self.assertEqual(plan.density((0, -60, 80)), 0)

    def test_json(self):
        plan = smp.Plan(density_per_cm2=120)
        plan.set_hairline(style="mature")
        same = smp.Plan.from_json(plan.to_json())
        self.assertEqual(same, plan)
        self.assertEqual(smp.Plan.from_dict(plan.to_dict()), plan)
        self.assertEqual(pickle.loads(pickle.dumps(plan)), plan)
        self.assertNotEqual(same, smp.Plan())
        self.assertIn("mature", repr(plan))
        for text in ("{", '{"no": 1}', "[]", json.dumps({"seed": "x"})):
            with self.assertRaises(smp.FormatError):
                smp.Plan.from_json(text)

    def test_curve(self):
        plan = smp.Plan()
        camera = smp.Camera.from_ellipse((500, 600, 300, 450), (0, -30, 0))
        points = [camera.unproject((u, 500))[0] for u in (380, 440, 500, 560, 620)]
        plan.set_hairline_curve(points)
        self.assertNotEqual(plan, smp.Plan())
        self.assertEqual(smp.Plan.from_json(plan.to_json()), plan)
        plan.set_hairline_curve(None)
        self.assertEqual(plan, smp.Plan())
        with self.assertRaises(smp.RangeError):
            plan.set_hairline_curve([(0, 500, 0), (1, 500, 0)])
        with self.assertRaises(smp.ArgumentError):
            plan.set_hairline_curve([(0, 1), (1, 1)])
        self.assertEqual(plan, smp.Plan(), "a refused change leaves the plan as it was")

    def test_refused(self):
        plan = smp.Plan()
        with self.assertRaises(smp.ArgumentError) as caught:
            plan.set_sessions([])
        self.assertEqual(caught.exception.status, "SMP_ERR_ARGUMENT")
        with self.assertRaises(TypeError):
            plan.set_sessions([smp.Skin()])
        with self.assertRaises(smp.RangeError):
            smp.Plan(density_per_cm2=1e9)
        with self.assertRaises(TypeError):
            smp.Plan(smp.Skin())


class Dots(unittest.TestCase):
    def test_arrays(self):
        plan = smp.Plan()
        dots = smp.Dots(plan)
        self.assertGreater(len(dots), 10000)
        for name, array in dots.arrays().items():
            self.assertEqual(array.shape, (len(dots),), name)
            self.assertTrue(array.readonly)
        self.assertEqual(dots.session[0], dots.arrays()["session"].tolist()[0])
        with self.assertRaises(TypeError):
            memoryview(dots.x_mm)[0] = 1.0
        left, spread = dots.age(365)
        self.assertEqual((left.shape, spread.shape), ((len(dots),), (len(dots),)))
        self.assertLess(sum(left.tolist()), sum(dots.dose.tolist()))
        self.assertLess(smp.pigment_left(365), smp.pigment_left(1))
        with self.assertRaises(smp.RangeError):
            dots.age(-5)

    def test_keeps_its_plan(self):
        plan = smp.Plan(smp.Head(shape="flat", width_mm=50, height_mm=50))
        dots = smp.Dots(plan)
        before = dots.age(100)[0].tolist()
        plan.set(density_per_cm2=20)
        plan.set_sessions([smp.Session(day=90)])
        self.assertEqual(dots.age(100)[0].tolist(), before)
        self.assertLess(len(smp.Dots(plan)), len(dots))

    @needs_numpy
    def test_no_copy(self):
        dots = smp.Dots(smp.Plan(smp.Head(shape="flat", width_mm=50, height_mm=50)))
        x = np.asarray(dots.x_mm)
        self.assertEqual(x.dtype, np.float32)
        self.assertFalse(x.flags.owndata)
        self.assertEqual(np.asarray(dots.id).dtype, np.uint32)
        self.assertEqual(np.asarray(dots.session).dtype, np.uint8)
        total = x.sum()
        del dots
        self.assertEqual(x.sum(), total, "the array keeps its memory")


if __name__ == "__main__":
    main()
