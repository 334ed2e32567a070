# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# The same plan, photo and seed give the same bytes here and from the command line program, which is plain C.
import json
import pathlib
import subprocess
import tempfile
import unittest

import smp
from common import environment, main, pixels

ELLIPSE = (250, 282, 171, 256, 0)
POSE = (0, -30, 0)


class SameBytes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.cli = environment("SMP_CLI")
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = pathlib.Path(cls.folder.name)
        cls.run_cli("phantom", "photo.png", "--width", "500", "--height", "360")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def run_cli(cls, *args):
        return subprocess.run([cls.cli, *args], cwd=cls.path, check=True, capture_output=True, text=True).stdout

    def test_phantom(self):
        ours = smp.Phantom(width=500, height=360).image
        self.assertEqual(pixels(ours), pixels(smp.read(self.path / "photo.png")))

    def preview(self, plan):
        photo = smp.read(self.path / "photo.png")
        camera = smp.Camera.from_ellipse(ELLIPSE, POSE, plan.head())
        return smp.Preview(smp.Scalp(photo, camera, plan.head()), plan)

    def test_default_plan(self):
        self.run_cli("render", "photo.png", "cli.png", "--ellipse", ",".join(map(str, ELLIPSE)), "--pose", "0,-30,0",
                     "--seed", "7", "--no-mark")
        plan = smp.Plan(smp.Head.from_ellipse(ELLIPSE, POSE), seed=7)
        self.preview(plan).render(60).save(self.path / "python.png")
        self.assertEqual((self.path / "python.png").read_bytes(), (self.path / "cli.png").read_bytes())

    def test_plan_of_a_file(self):
        plan = smp.Plan(smp.Head.from_ellipse(ELLIPSE, POSE), density_per_cm2=120)
        plan.set_hairline(style="mature", softness_mm=9)
        plan.set_sessions([smp.Session(share=0.4), smp.Session(share=1, day=12.5, dose_scale=0.8)])
        plan.save(self.path / "plan.json")
        self.assertEqual(smp.Plan.load(self.path / "plan.json"), plan)
        for day, name in ((0, "png"), (400, "jpg")):
            self.run_cli("render", "photo.png", f"cli.{name}", "--ellipse", ",".join(map(str, ELLIPSE)), "--pose",
                         "0,-30,0", "--plan", "plan.json", "--day", str(day), "--no-mark")
            self.preview(plan).render(day).save(self.path / f"python.{name}")
            self.assertEqual((self.path / f"python.{name}").read_bytes(), (self.path / f"cli.{name}").read_bytes())
        self.run_cli("render", "photo.png", "layer.png", "--ellipse", ",".join(map(str, ELLIPSE)), "--pose",
                     "0,-30,0", "--plan", "plan.json", "--layer")
        self.assertEqual(pixels(self.preview(plan).layer(60)), pixels(smp.read(self.path / "layer.png")))

    def test_plan_of_the_program(self):
        text = self.run_cli("plan", "--ellipse", ",".join(map(str, ELLIPSE)), "--pose", "0,-30,0",
                            "--hairline-style", "straight")
        plan = smp.Plan(smp.Head.from_ellipse(ELLIPSE, POSE))
        plan.set_hairline(style="straight")
        self.assertEqual(json.loads(text), plan.to_dict())
        self.assertEqual(smp.Plan.from_json(text), plan)


if __name__ == "__main__":
    main()
