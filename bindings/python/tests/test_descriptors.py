# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Descriptors: made from the field tables, ranges, words, copies, pickles.
import copy
import math
import pickle
import unittest

import smp
from common import main
from smp import _smp

CLASSES = [getattr(_smp, name) for name in dir(_smp) if hasattr(getattr(_smp, name), "fields")]
PUBLIC = [getattr(smp, cls.__name__) for cls in CLASSES]


class Descriptors(unittest.TestCase):
    def test_every_field_of_every_class(self):
        self.assertGreaterEqual(len(CLASSES), 12)
        for cls in PUBLIC:
            for name, row in cls.fields().items():
                with self.subTest(cls=cls.__name__, field=name):
                    fresh = cls()
                    self.assertEqual(getattr(fresh, name), row["initial"])
                    self.assertTrue(row["help"])
                    setattr(fresh, name, row["initial"])
                    if row["count"] == 1 and row["type"] != "enum":
                        setattr(fresh, name, row["max"] if row["type"] in ("f32", "f64")
                                else min(int(row["max"]), 2**64 - 1))
                        self.assertLessEqual(abs(getattr(fresh, name) - row["max"]), 1e-6 * abs(row["max"]))
                        self.assert_refused(fresh, name, row)

    def assert_refused(self, fresh, name, row):
        above = row["max"] * 2 + 1
        for value in (above, float("nan") if row["type"] in ("f32", "f64") else -1):
            if row["type"] == "u64" and value >= 2**64 or row["type"] in ("i32",) and value == -1:
                continue
            before = getattr(fresh, name)
            with self.assertRaises(smp.RangeError) as caught:
                setattr(fresh, name, int(value) if row["type"] not in ("f32", "f64") else value)
            self.assertIn(name, str(caught.exception))
            self.assertEqual(getattr(fresh, name), before)

    def test_words_of_enums(self):
        hairline = smp.Hairline(style="mature")
        self.assertEqual(hairline.style, "mature")
        hairline.style = 1
        self.assertEqual(hairline.style, "straight")
        with self.assertRaisesRegex(ValueError, 'style is "mullet", want one of natural, straight'):
            hairline.style = "mullet"

    def test_wrong_types_and_names(self):
        skin = smp.Skin()
        for value in ("0.1", None, [0.1], object()):
            with self.assertRaises(TypeError):
                skin.melanin = value
        with self.assertRaises(TypeError):
            smp.PlanOptions(seed=1.5)
        with self.assertRaisesRegex(TypeError, "no field 'melanine'"):
            smp.Skin(melanine=0.1)
        with self.assertRaises(AttributeError):
            del skin.melanin
        with self.assertRaises(TypeError):
            smp.Skin(0.1)

    def test_arrays(self):
        camera = smp.Camera(center_px=(3, 4))
        self.assertEqual(camera.center_px, (3.0, 4.0))
        for wrong in ((1,), (1, 2, 3), 5):
            with self.assertRaises((ValueError, TypeError)):
                camera.center_px = wrong
        with self.assertRaises(smp.RangeError):
            camera.center_px = (1.0, math.inf)
        self.assertEqual(camera.center_px, (3.0, 4.0), "a refused value leaves all elements")

    def test_short_floats(self):
        self.assertEqual(smp.Skin(melanin=0.006).melanin, 0.006)
        self.assertIn("melanin=0.006,", repr(smp.Skin()))

    def test_replace_equal_copy_pickle(self):
        for cls in PUBLIC:
            fresh = cls()
            name, row = next((n, r) for n, r in cls.fields().items() if r["count"] == 1)
            value = row["max"] if row["type"] in ("f32", "f64") else next(
                w for w in row["names"] if w) if row["type"] == "enum" else 0 if row["min"] == 0 else 1
            changed = fresh.replace(**{name: value})
            self.assertIs(type(changed), cls)
            for other in (copy.copy(changed), copy.deepcopy(changed), pickle.loads(pickle.dumps(changed)),
                          cls(**changed.to_dict())):
                self.assertIs(type(other), cls)
                self.assertEqual(other, changed)
            self.assertEqual(fresh, cls(), "replace leaves the original")
        self.assertNotEqual(smp.Skin(melanin=0.1), smp.Skin())
        self.assertNotEqual(smp.Skin(), smp.Column())
        with self.assertRaises(TypeError):
            hash(smp.Skin())


if __name__ == "__main__":
    main()
