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

    def test_zones(self):
        plan = smp.Plan(smp.Head(shape="flat", width_mm=60, height_mm=60))
        square = [(10, 10, 0), (30, 10, 0), (30, 30, 0), (10, 30, 0)]
        number = plan.add_zone(square, kind="exclude", fade_mm=0)
        self.assertEqual((number, plan.zone_count(), plan.zone_at((20, 20, 0)), plan.zone_at((50, 50, 0))), (1, 1, 1, 0))
        self.assertEqual(plan.density((20, 20, 0)), 0)
        self.assertEqual(plan.zone_points(1).tolist(), [list(map(float, point)) for point in square])
        plan.set_zone(1, kind="treat", density_scale=0.5)
        self.assertEqual((plan.zone(1).kind, plan.zone(1).fade_mm), ("treat", 0))
        self.assertEqual(smp.Plan.from_json(plan.to_json()), plan)
        with self.assertRaises(smp.ArgumentError):
            plan.add_zone(square[:1])
        self.assertEqual(plan.zone_count(), 1)
        plan.clear_zones()
        self.assertEqual(plan.zone_count(), 0)

    def test_pigment_pattern_life_events(self):
        plan = smp.Plan()
        warm = smp.Pigment(carbon_coarse=0.5, iron_red=0.5)
        plan.set_pigment(warm)
        plan.set_pigment(smp.Pigment(), session=1)
        self.assertEqual((plan.pigment(), plan.pigment(0), plan.pigment(1)), (warm, warm, smp.Pigment()))
        plan.set_pigment(None, session=1)
        self.assertEqual(plan.pigment(1), warm)
        plan.set_pattern(pattern="norwood_5", hair_per_cm2=120)
        self.assertEqual(plan.pattern().pattern, "norwood_5")
        self.assertGreaterEqual(plan.hair((70, 60, -40)), plan.hair((0, 128, -20)))
        plan.set_life(skin_type=2, sun_hours_per_day=6)
        self.assertEqual(plan.life().sun_hours_per_day, 6)
        plan.set_events([smp.Event(kind="laser", day=900, strength=0.4), smp.Event(day=1500)])
        self.assertEqual([event.kind for event in plan.events()], ["laser", "touch_up"])
        plan.set_event_pigment(smp.Pigment(iron_black=0.5), 1)
        self.assertEqual((plan.event_pigment(1), plan.event_pigment(0)), (smp.Pigment(iron_black=0.5), warm))
        with self.assertRaises(smp.ArgumentError):
            plan.set_event_pigment(None, 2)
        same = pickle.loads(pickle.dumps(plan))
        self.assertEqual(same, plan)
        self.assertEqual(same.event_pigment(1).iron_black, 0.5)
        plan.set_event_pigment(None, 1)
        self.assertEqual(plan.event_pigment(1), warm)
        plan.set_event_pigment(warm, 1)
        plan.set_events([])
        self.assertEqual(plan.events(), [])
        self.assertNotEqual(same, plan)

    def test_painted_density_and_hairs(self):
        plan = smp.Plan(smp.Head(shape="flat", width_mm=60, height_mm=60))
        grid = [[0.0] * 8 for _ in range(4)] + [[1.0] * 8 for _ in range(4)]
        plan.set_density_map(grid)
        self.assertEqual(plan.density((30, 5, 0)), 0)
        self.assertGreater(plan.density((30, 55, 0)), 100)
        self.assertEqual(smp.Plan.from_json(plan.to_json()), plan)
        if np:
            other = smp.Plan(plan.head())
            other.set_density_map(np.array(grid, "f4"))
            self.assertEqual(other, plan)
            other.set_density_photo(np.ones((60, 60)), smp.Camera.from_scale(1))
        plan.set_density_map(None)
        self.assertEqual(plan, smp.Plan(plan.head()))
        plan.set_obstacles([(10, 10, 0), (20, 20, 0)], 0.5)
        self.assertEqual(plan.obstacle_count(), 2)
        before = plan.get()
        plan.match_hairs(smp.Skin(melanin=0.02), 0.2, 0.4, 0.06)
        after = plan.get()
        self.assertTrue(0.15 < after.diameter_mm < 0.35 and after.dose > 0, after)
        self.assertEqual(after.density_per_cm2, before.density_per_cm2)
        with self.assertRaises(ValueError):
            plan.match_hairs(None, 0.2, 1.5)
        plan.set_obstacles(None)
        self.assertEqual(plan.obstacle_count(), 0)
        for wrong in ([[0.5, 2.0]], [], "x"):
            with self.assertRaises((ValueError, TypeError)):
                plan.set_density_map(wrong)

    def test_measures_warnings_presets(self):
        plan = smp.Plan()
        whole = plan.measure()
        self.assertAlmostEqual(whole.dots, len(smp.Dots(plan)), delta=0.02 * whole.dots)
        self.assertAlmostEqual(sum(plan.measure(group=i).dots for i in range(3)), whole.dots, delta=1)
        self.assertTrue(whole.hours_low < whole.hours < whole.hours_high)
        with self.assertRaises(smp.ArgumentError):
            plan.measure(zone=5)
        self.assertIn("typical", smp.plan_presets())
        for name, about in smp.plan_presets().items():
            self.assertTrue(about)
            self.assertIs(type(smp.Plan.from_preset(name)), smp.Plan)
        warned = smp.Plan.from_preset("too_low").warnings()
        self.assertIn("too_low", [w.code for w in warned])
        self.assertTrue(all(w.text for w in warned))
        with self.assertRaises(smp.ArgumentError):
            smp.Plan.from_preset("perfect")

    def test_place(self):
        hairline = smp.Hairline(height_mm=60)
        hairline.place()
        self.assertEqual(hairline.height_mm, 80)
        head = smp.Head()
        hairline.place(head, "thirds", {name: head.landmark(name) for name in smp._enums.LANDMARK})
        again = smp.Hairline()
        again.place(head, "thirds")
        self.assertEqual(hairline.height_mm, again.height_mm)
        plan = smp.Plan(head)
        plan.set_hairline(hairline)
        self.assertEqual(plan.hairline(), hairline)
        with self.assertRaises(smp.ArgumentError):
            hairline.place(rule="golden")
        with self.assertRaises(KeyError):
            hairline.place(landmarks_mm={"chin": (0, 0, 0)})

    def test_needle(self):
        column = smp.Column.from_needle(0.25, 0.5)
        self.assertAlmostEqual(column.top_mm, 0.10, places=2)
        with self.assertRaises(smp.RangeError):
            smp.Column.from_needle(5, 0.5)

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

    def test_places(self):
        plan = smp.Plan(smp.Head(shape="flat", width_mm=50, height_mm=50), density_per_cm2=100)
        places = smp.Places(plan, 200)
        self.assertGreater(len(places), len(smp.Dots(plan)))
        for density in (40, 100, 180):
            plan.set(density_per_cm2=density)
            self.assertTrue(places.fit(plan))
            self.assertEqual(smp.Dots(plan, places).id.tolist(), smp.Dots(plan).id.tolist())
        plan.set(seed=9)
        self.assertFalse(places.fit(plan))
        with self.assertRaises(smp.ArgumentError):
            smp.Dots(plan, places)

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
