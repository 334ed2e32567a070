# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# The program smp as a user meets it: files in and out, words, exit codes.
# usage: check_cli.py PROGRAM
import json
import math
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree
import zlib

PROGRAM = str(pathlib.Path(sys.argv[1]).resolve()) if len(sys.argv) > 1 else "smp"
ELLIPSE = None  # of the head that setUpClass draws


def smp(*arguments, cwd=None):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, cwd=cwd,
                          stdin=subprocess.DEVNULL)


def chunks(png):
    at = 8
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at:at + 8])
        yield kind, png[at + 8:at + 8 + size]
        at += size + 12


def pixels(path):
    """Width, height, bit depth and rows of a PNG without interlacing; enough for what smp writes."""
    png = path.read_bytes()
    found = dict(chunks(png))
    width, height, depth, color = struct.unpack(">IIBB", found[b"IHDR"][:10])
    step = {0: 1, 2: 3, 4: 2, 6: 4}[color] * depth // 8
    raw = zlib.decompress(b"".join(data for kind, data in chunks(png) if kind == b"IDAT"))
    rows, before = [], bytearray(width * step)
    for y in range(height):
        line = raw[y * (width * step + 1):(y + 1) * (width * step + 1)]
        row = bytearray(line[1:])
        for x in range(len(row)):
            left = row[x - step] if x >= step else 0
            up, corner = before[x], before[x - step] if x >= step else 0
            if line[0] == 1:
                row[x] = row[x] + left & 255
            elif line[0] == 2:
                row[x] = row[x] + up & 255
            elif line[0] == 3:
                row[x] = row[x] + (left + up) // 2 & 255
            elif line[0] == 4:
                near = min((left, up, corner), key=lambda v: abs(left + up - corner - v))
                row[x] = row[x] + near & 255
        rows.append(bytes(row))
        before = row
    return width, height, depth, rows


def write_png(path, rows):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    head = struct.pack(">IIBBBBB", len(rows[0]) // 3, len(rows), 8, 2, 0, 0, 0)
    raw = b"".join(b"\0" + bytes(row) for row in rows)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b""))


class Cli(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.dir = pathlib.Path(tempfile.mkdtemp(prefix="smp-cli-"))
        cls.addClassCleanup(shutil.rmtree, cls.dir)
        cls.head = cls.dir / "head.png"
        run = smp("phantom", cls.head, "--size", "160x200", "--seed", 4)
        assert run.returncode == 0, run.stderr
        words = run.stdout.split()
        global ELLIPSE
        ELLIPSE = [words[words.index("--ellipse") + 0], words[words.index("--ellipse") + 1],
                   words[words.index("--pose") + 0], words[words.index("--pose") + 1]]

    def works(self, *arguments):
        run = smp(*arguments, cwd=self.dir)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual(run.stderr, "")
        return run.stdout

    def refused(self, code, words, *arguments):
        before = sorted(p.name for p in self.dir.rglob("*"))
        run = smp(*arguments, cwd=self.dir)
        self.assertEqual(run.returncode, code, run.stderr)
        self.assertIn(words, run.stderr)
        self.assertEqual(run.stdout, "")
        self.assertEqual(sorted(p.name for p in self.dir.rglob("*")), before, "a file was left behind")

    def render(self, name, *arguments):
        self.works("render", self.head, name, *ELLIPSE, *arguments)
        return self.dir / name

    def test_help_everywhere(self):
        for command in ([], ["demo"], ["render"], ["plan"], ["phantom"], ["info"], ["shades"], ["timelapse"]):
            text = self.works(*command, "--help")
            self.assertIn("usage: smp", text)
            self.assertIn("smp render" if not command else f"smp {command[0]}", text)
        self.assertEqual(smp().returncode, 2)
        self.assertIn("--density-per-cm2", self.works("plan", "--help"))

    def test_info(self):
        self.assertIn("libsmp", self.works("info"))
        about = json.loads(self.works("info", "--json"))
        self.assertEqual(about["look"], 1)
        self.assertIn(about["isa"], ("scalar", "v128", "v256", "v512"))
        head = json.loads(self.works("info", self.head, "--json"))
        self.assertEqual((head["width"], head["height"], head["kind"], head["space"]), (160, 200, "png", "srgb"))

    def test_shades(self):
        listed = json.loads(self.works("shades", "--json"))["shades"]
        self.assertGreaterEqual(len(listed), 300)
        self.assertEqual(len({s["name"] for s in listed}), len(listed))
        ranked = json.loads(self.works("shades", "--hair", "black", "--skin", "c8a28f", "--count", "7", "--json"))
        self.assertEqual(len(ranked["shades"]), 7)
        steps = [s["delta_e"] for s in ranked["shades"]]
        self.assertEqual(steps, sorted(steps))
        self.assertIn("neutral-07", self.works("shades"))
        self.refused(2, "mauve", "shades", "--hair", "mauve")
        self.refused(2, "six hex digits", "shades", "--skin", "12345")

    def test_render_changes_the_scalp_only(self):
        told = json.loads(self.works("render", self.head, "r.png", *ELLIPSE, "--json"))
        self.assertGreater(told["dots"], 1000)
        area = told["changed"]
        before, after = pixels(self.head)[3], pixels(self.dir / "r.png")[3]
        self.assertNotEqual(before, after)
        for y, (a, b) in enumerate(zip(before, after)):
            if a != b:
                self.assertTrue(area["y"] <= y < area["y"] + area["height"])
            self.assertEqual(a[:3 * area["x"]], b[:3 * area["x"]])
            self.assertEqual(a[3 * (area["x"] + area["width"]):], b[3 * (area["x"] + area["width"]):])

    def test_before_the_first_session_nothing_changes(self):
        self.assertEqual(pixels(self.render("before.png", "--day", -1)), pixels(self.head))

    def test_same_bytes_for_any_thread_count(self):
        one = self.render("t1.png", "--threads", 1).read_bytes()
        self.assertEqual(one, self.render("t3.png", "--threads", 3).read_bytes())
        self.assertNotEqual(one, self.render("s2.png", "--seed", 2).read_bytes())

    def test_plan_goes_round(self):
        (self.dir / "plan.json").write_text(self.works("plan", "--seed", 9, "--density-per-cm2", 80))
        again = self.works("plan", "plan.json")
        self.assertEqual(again, (self.dir / "plan.json").read_text())
        plan = json.loads(again)
        self.assertIn(9, [plan.get("seed"), plan.get("plan", {}).get("seed") if "plan" in plan else None])
        self.assertNotEqual(again, self.works("plan", "plan.json", "--seed", 10))
        nine = self.render("p9.png", "--plan", "plan.json").read_bytes()
        self.assertEqual(nine, self.render("p9b.png", "--plan", "plan.json", "--seed", 9).read_bytes())
        self.assertNotEqual(nine, self.render("p1.png", "--plan", "plan.json", "--seed", 1).read_bytes())

    def test_plan_presets_summary_and_exports(self):
        summary = self.works("plan", "--preset", "blue", "--summary")
        self.assertIn("warning: Pigment reaches 1.5 mm", summary)
        self.assertIn("nothing to warn of", self.works("plan", "--preset", "conservative", "--summary"))
        bold = json.loads(self.works("plan", "--preset", "bold", "--seed", 4, "--hair-pattern", "norwood_4"))
        self.assertEqual((bold["density_per_cm2"], bold["seed"], bold["pattern"]["pattern"]), (185, 4, "norwood_4"))
        self.refused(1, "no preset has that name", "plan", "--preset", "daring")
        (self.dir / "p.json").write_text(self.works("plan", "--hair-pattern", "norwood_3"))
        self.refused(2, "exclude each other", "plan", "p.json", "--preset", "bold")
        self.works("plan", "p.json", "--csv", "t.csv", "--dots", "d.csv", "--svg", "p.svg")
        rows = [line.split(",") for line in (self.dir / "t.csv").read_text().splitlines()]
        self.assertEqual((rows[0][4], rows[-1][0], rows[-1][2]), ("dots", "all", "all"))
        dots = (self.dir / "d.csv").read_text().splitlines()
        self.assertLess(abs(len(dots) - 1 - float(rows[-1][4])), 0.05 * len(dots))
        svg = (self.dir / "p.svg").read_text()
        self.assertIn("50 mm on the head; this bar prints 25 mm long", svg)
        self.assertIn('height="297.00mm"', svg)

    def test_plan_with_all_parts_gives_the_same_picture_again(self):
        plan = json.loads(self.works("plan", *ELLIPSE, "--hair-pattern", "norwood_5", "--life-oiliness", 0.9))
        plan["zones"] = [{"kind": "scar_strip", "points_mm": [[-30, 120, 20], [0, 125, 40], [30, 120, 20]]},
                         {"density_scale": 0.5, "points_mm": [[-20, 131, 0], [20, 131, 0], [0, 128, 30]]}]
        plan["events"] = [{"day": 30, "share": 0.2, "hairline_height_mm": 76}]
        plan["pigment"] = {"carbon_fine": 0.5}
        plan["density_map"] = {"rows": ["ff80", "40ff"]}
        plan["obstacles"] = {"keep_mm": 0.5, "points": "800080008b00"}
        (self.dir / "all.json").write_text(json.dumps(plan))
        (self.dir / "again.json").write_text(self.works("plan", "all.json"))
        one = self.render("all.png", "--plan", "all.json").read_bytes()
        self.assertEqual(one, self.render("again.png", "--plan", "again.json").read_bytes())
        self.assertNotEqual(one, self.render("usual.png").read_bytes())

    def test_plan_for_an_ellipse_is_the_default_of_render(self):
        (self.dir / "fit.json").write_text(self.works("plan", *ELLIPSE))
        self.assertEqual(self.render("fit.png", "--plan", "fit.json").read_bytes(), self.render("no.png").read_bytes())
        self.refused(2, "--ellipse and FILE.json exclude", "plan", "fit.json", *ELLIPSE)
        self.refused(2, "--pose needs --ellipse", "plan", "--pose", "1,2,3")

    def test_layer_has_16_bits_and_is_white_outside(self):
        width, height, depth, rows = pixels(self.render("layer.png", "--layer"))
        self.assertEqual((width, height, depth), (160, 200, 16))
        self.assertEqual(rows[-1], b"\xff" * len(rows[-1]))
        self.assertTrue(any(row != b"\xff" * len(row) for row in rows))

    def test_mask_is_the_law(self):
        black = zlib.compress((b"\0" + b"\0" * 160) * 200)
        def chunk(kind, data):
            return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        (self.dir / "mask.png").write_bytes(
            b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 160, 200, 8, 0, 0, 0, 0)) +
            chunk(b"IDAT", black) + chunk(b"IEND", b""))
        self.assertEqual(pixels(self.render("masked.png", "--mask", "mask.png")), pixels(self.head))

    def test_flat_patch_and_jpeg(self):
        self.works("render", self.head, "flat.jpg", "--flat", "0,0", "--px-per-mm", 8, "--quality", 80)
        self.assertEqual((self.dir / "flat.jpg").read_bytes()[:3], b"\xff\xd8\xff")

    def test_new_dots_keep_off_hairs_to_their_ends(self):
        # Upright hairs of 3 x 30 pixels, 1.25 mm, on skin at 24 px/mm; a grain of one code.
        def shade(x, y):
            grain = (x * 7 + y * 13) % 3
            dark = x % 48 in (20, 21, 22) and 10 <= y % 64 < 40
            return (70 + grain, 48 + grain, 40 + grain) if dark else (196 + grain, 150 + grain, 126 + grain)
        write_png(self.dir / "stubble.png", [[c for x in range(480) for c in shade(x, y)] for y in range(256)])
        flat = ("render", "stubble.png", "layer.png", "--flat", "0,0", "--px-per-mm", 24, "--layer")
        darkest = []
        for keep in ((), ("--keep-hairs",)):
            self.works(*flat, *keep)
            _, _, depth, rows = pixels(self.dir / "layer.png")
            self.assertEqual(depth, 16)
            step = len(rows[0]) // 480
            beside = [min(struct.unpack_from(">HHH", rows[y], x * step)) / 65535 for y in range(40, 216)
                      for x in range(40, 440) if abs(x % 48 - 21) == 2 and 10 <= y % 64 < 40]
            darkest.append(sum(v < 0.6 for v in beside))
        self.assertGreater(darkest[0], 30)  # without it, dots lie on hairs and their flanks show
        self.assertEqual(darkest[1], 0)

    def test_new_dots_match_hairs(self):
        def shade(x, y):
            grain = (x * 7 + y * 13) % 3
            dark = x % 48 in range(19, 24) and 10 <= y % 64 < 15
            return (146 + grain, 110 + grain, 93 + grain) if dark else (196 + grain, 150 + grain, 126 + grain)
        write_png(self.dir / "dotted.png", [[c for x in range(480) for c in shade(x, y)] for y in range(256)])
        write_png(self.dir / "bald.png", [[c for x in range(480) for c in shade(0, y + x)] for y in range(256)])
        flat = ("--flat", "0,0", "--px-per-mm", 24, "--day", 42)
        self.works("render", "dotted.png", "like.png", *flat, "--match-hairs")
        text = (self.dir / "like.png").read_bytes()
        said = json.JSONDecoder().raw_decode(text[text.index(b"{", text.index(b"Simulated")):].decode("latin-1"))[0]
        self.assertTrue(0.15 < said["diameter_mm"] < 0.45 and said["diameter_mm"] != 0.25, said)
        self.assertTrue(0.5 < said["dose"] < 20 and said["dose"] != 3, said)
        self.refused(1, "no short hairs are found in bald.png", "render", "bald.png", "x.png", *flat, "--match-hairs")

    def test_exif_only_when_asked(self):
        tiff = (b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", 2) +
                struct.pack("<HHII", 0x10f, 2, 4, 0x656d6143) +  # Make "Came"
                struct.pack("<HHII", 0x112, 3, 1, 1) + struct.pack("<I", 0))
        self.works("phantom", "plain.jpg", "--size", "64x80")
        plain = (self.dir / "plain.jpg").read_bytes()
        app1 = b"\xff\xe1" + struct.pack(">H", len(tiff) + 8) + b"Exif\0\0" + tiff
        (self.dir / "exif.jpg").write_bytes(plain[:2] + app1 + plain[2:])
        flat = ("--flat", "0,0", "--px-per-mm", 8)
        for out, marker in (("e.jpg", b"Exif\0\0"), ("e.png", b"eXIf")):
            self.works("render", "exif.jpg", out, *flat)
            self.assertNotIn(marker, (self.dir / out).read_bytes())
            self.works("render", "exif.jpg", out, *flat, "--keep-exif")
            self.assertIn(marker, (self.dir / out).read_bytes())
            self.assertIn(b"Came", (self.dir / out).read_bytes())

    def test_pictures_say_that_they_are_simulated(self):
        flat = ("--flat", "0,0", "--px-per-mm", 8, "--day", 42)
        for out, kind in (("m.jpg", b"\xff\xfe"), ("m.png", b"tEXtComment\0")):
            self.works("render", self.head, out, *flat)
            data = (self.dir / out).read_bytes()
            self.assertIn(kind, data)
            words = data[data.index(b"Simulated"):]
            version = self.works("--version").split()[1].encode()
            self.assertTrue(words.startswith(b"Simulated, not a photograph: scalp micropigmentation by libsmp " +
                                             version + b", look 1, day 42. Plan: {"))
            plan = json.JSONDecoder().raw_decode(words[words.index(b"{"):].decode("latin-1"))[0]
            (self.dir / "marked.json").write_text(json.dumps(plan))
            again = "again" + out[1:]
            self.works("render", self.head, again, *flat, "--plan", "marked.json")
            self.assertEqual((self.dir / again).read_bytes(), data)
            self.works("render", self.head, out, *flat, "--no-mark")
            self.assertNotIn(b"imulated", (self.dir / out).read_bytes())

    def test_truth(self):
        self.works("phantom", "t.png", "--size", "64x80", "--truth", "truth")
        names = sorted(p.name for p in (self.dir / "truth").iterdir())
        self.assertEqual(names, sorted(["mask.png", "x_mm.pfm", "y_mm.pfm", "z_mm.pfm", "shading.pfm", "shine.pfm",
                                        "melanin.pfm", "blood.pfm", "hair.pfm", "spot.pfm", "hairs.csv", "plan.json"]))
        run = ["t.png", "x.png", *ELLIPSE, "--plan", "truth/plan.json", "--mask", "truth/mask.png"]
        self.assertIn("dots", self.works("render", *run))
        self.assertEqual(len((self.dir / "truth" / "blood.pfm").read_bytes()), len(b"Pf\n64 80\n-1.0\n") + 64 * 80 * 4)

    def test_demo(self):
        text = self.works("demo", "demo", "--width", 120, "--height", 150)
        for name in ("1-before.png", "5-healed.png", "8-six-years.png", "strip.png"):
            self.assertIn(name, text)
            self.assertTrue((self.dir / "demo" / name).read_bytes().startswith(b"\x89PNG"))
        self.assertEqual(pixels(self.dir / "demo" / "1-before.png")[:2], (120, 150))

    def test_timelapse(self):
        text = self.works("timelapse", self.head, "lapse", *ELLIPSE, "--days", "-1,0,62", "--years", "4",
                          "--chart", "course.svg", "--seed", 3)
        self.assertIn("4 frames", text)
        self.assertIn("a touch-up is due after", text)
        names = sorted(p.name for p in (self.dir / "lapse").iterdir())
        self.assertEqual(names, ["000-day--1.png", "001-day-0.png", "002-day-62.png", "003-day-1461.png", "sheet.jpg"])
        same = self.render("same.png", "--day", 62, "--seed", 3)
        self.assertEqual(pixels(self.dir / "lapse" / "002-day-62.png"), pixels(same))
        self.assertEqual(pixels(self.dir / "lapse" / "000-day--1.png"), pixels(self.head))
        svg = xml.etree.ElementTree.parse(self.dir / "course.svg").getroot()
        self.assertTrue(svg.tag.endswith("svg") and len(svg) > 40)
        self.assertIn("due after", self.works("timelapse", "--chart", "course.png"))
        width, height, _, rows = pixels(self.dir / "course.png")
        self.assertTrue(width > 1000 and height > 800 and len(set(rows)) > 400)

    def test_timelapse_refuses(self):
        e = [self.head, "late", *ELLIPSE]
        self.refused(2, "give a photo and a folder", "timelapse")
        self.refused(2, "give a folder", "timelapse", self.head, *ELLIPSE)
        self.refused(2, "want .svg or .png", "timelapse", "--chart", "c.txt")
        self.refused(2, "want .png or .jpg", "timelapse", *e, "--sheet", "s.txt")
        self.refused(2, "--days has -2", "timelapse", *e, "--days", "0,-2")
        self.refused(2, "--years has 100", "timelapse", *e, "--years", "100")
        self.refused(2, "where is the head", "timelapse", self.head, "late")
        self.refused(1, "cannot read", "timelapse", "--chart", "c.svg", "--plan", "none.json")

    def test_wrong_usage(self):
        e = ["--ellipse", "80,100,60,80"]
        for words, arguments in (
                ("there is no command \"paint\"", ["paint"]),
                ("OUT is missing", ["render", "head.png"]),
                ("IN is missing", ["render"]),
                ("where is the head?", ["render", "head.png", "o.png"]),
                ('--ellipse is "1,2,3", want CX,CY,RX,RY[,DEG]', ["render", "head.png", "o.png", "--ellipse", "1,2,3"]),
                ('--ellipse is "1,2,3,x"', ["render", "head.png", "o.png", "--ellipse=1,2,3,x"]),
                ('--ellipse is "1,2,3,nan"', ["render", "head.png", "o.png", "--ellipse=1,2,3,nan"]),
                ('--day is "40000", want D in [-1, 36500]', ["render", "head.png", "o.png", *e, "--day", "40000"]),
                ("--day needs a value", ["render", "head.png", "o.png", *e, "--day"]),
                ("there is no option --dya", ["render", "head.png", "o.png", *e, "--dya", "3"]),
                ("--layer takes no value", ["render", "head.png", "o.png", *e, "--layer=2"]),
                ('OUT is "o.gif", want', ["render", "head.png", "o.gif", *e]),
                ("want .png: a layer", ["render", "head.png", "o.jpg", *e, "--layer"]),
                ("the photo itself", ["render", "head.png", "head.png", *e]),
                ("which is the photo itself", ["render", "head.png", "./head.png", *e]),
                ("--flat needs --px-per-mm", ["render", "head.png", "o.png", "--flat", "0,0"]),
                ("exclude each other", ["render", "head.png", "o.png", "--flat", "0,0", "--px-per-mm", "4", *e]),
                ('"extra" is one word too many', ["render", "head.png", "o.png", "extra", *e]),
                ('--seed is "-1"', ["render", "head.png", "o.png", *e, "--seed", "-1"]),
                ('--seed is "1.5"', ["plan", "--seed", "1.5"]),
                ('--density-per-cm2 is "900", want [1, 250]', ["plan", "--density-per-cm2", "900"]),
                ('--hairline-style is "punk", want natural|', ["plan", "--hairline-style", "punk"]),
                ('there is no option "--paint"', ["--paint"]),
                ('--threads is "0x2"', ["phantom", "o.png", "--threads", "0x2"]),
                ("want [0, 4294967295]", ["plan", "--seed", "-1"]),
                ("want [0.05, 1] mm", ["plan", "--diameter-mm", "0"]),
                ("--head options and FILE.json exclude each other", ["plan", "ok.json", "--head-width-mm", "150"]),
                ('--size is "8x8", want WxH in [16, 16384]', ["phantom", "o.png", "--size", "8x8"]),
                ('--size is "10", want WxH', ["phantom", "o.png", "--size", "10"])):
            with self.subTest(words):
                self.refused(2, words, *arguments)

    def test_limits_in_the_help_are_allowed(self):
        for option, low, high in re.findall(r"^  --(\S+) \[(\S+), (\S+)\]", self.works("plan", "--help"), re.M):
            for limit in (low, high):
                if (option, limit) != ("head-widest-mm", "1000"):  # must also be below the height
                    self.works("plan", f"--{option}", limit)

    def test_says_when_nothing_changes(self):
        self.assertIn("does the ellipse fit", self.works("render", self.head, "far.png", "--ellipse", "8000,8000,60,80"))
        self.assertNotIn("nothing", self.works("render", self.head, "near.png", *ELLIPSE))

    def test_flat_plans_have_no_hairline_unless_asked(self):
        plan = json.loads(self.works("plan", "--head-shape", "flat", "--hairline-softness-mm", 5))
        self.assertEqual((plan["hairline"]["style"], plan["hairline"]["softness_mm"]), ("none", 5))

    def test_failed_jobs(self):
        e = ["--ellipse", "80,100,60,80"]
        (self.dir / "not.png").write_text("hello, this is no picture at all")
        (self.dir / "bad.json").write_text('{"colour": 1}')
        (self.dir / "cut.png").write_bytes(self.head.read_bytes()[:3000])
        (self.dir / "flat.json").write_text('{"head": {"shape": "flat"}}')
        (self.dir / "thin.json").write_text('{"diameter_mm": 0.01}')
        for words, arguments in (
                ("cannot read none.png: No such file", ["render", "none.png", "o.png", *e]),
                ("not.png: ", ["render", "not.png", "o.png", *e]),
                ("cut.png: ", ["render", "cut.png", "o.png", *e]),
                ("bad.json: ", ["render", "head.png", "o.png", *e, "--plan", "bad.json"]),
                ("colour", ["plan", "bad.json"]),
                ("--ellipse: ", ["render", "head.png", "o.png", "--ellipse", "80,100,-5,80"]),
                ("cannot write no/o.png: No such file", ["render", "head.png", "no/o.png", *e]),
                ("flat.json is flat, want --flat", ["render", "head.png", "o.png", *e, "--plan", "flat.json"]),
                ("diameter_mm is 0.01, want [0.05, 1]", ["plan", "thin.json"]),
                ("the head: widest_mm is 500 mm", ["plan", "--head-widest-mm", "500"]),
                ("--hairline-style: ", ["plan", "--head-shape", "flat", "--hairline-style", "natural"]),
                ("--flat is 999,0, want a pixel of the photo's 160 x 200",
                 ["render", "head.png", "o.png", "--flat", "999,0", "--px-per-mm", "4"]),
                ("cannot make the folder head.png: Not a directory", ["demo", "head.png"]),
                ("not.png: ", ["info", "not.png"])):
            with self.subTest(words):
                self.refused(1, words, *arguments)

    # ---- faces ----

    # The default head's landmarks (docs/model/geometry.md 6), mm.
    PLACES = {"glabella": (0, 34, 98.5), "eye_left": (45.6, 17, 75), "eye_right": (-45.6, 17, 75),
              "tragus_left": (72.5, 0, 0), "tragus_right": (-72.5, 0, 0), "nose_base": (0, -27, 103),
              "chin": (0, -101, 82)}

    def face(self, name, **more):
        """A file of landmarks of a head that looks 12 degrees to its left, 0.6 px/mm."""
        s, c = math.sin(math.radians(12)), math.cos(math.radians(12))
        marks = {n: [80 + 0.6 * (c * x + s * z), 110 - 0.6 * y] for n, (x, y, z) in self.PLACES.items()}
        marks.update({"distance_mm": 1e7}, **more)
        (self.dir / name).write_text(json.dumps({n: v for n, v in marks.items() if v is not None}))
        return marks

    def camera(self, *arguments):
        return json.loads(self.works("analyze", self.head, "--threads", 1, *arguments))["camera"]

    def test_landmarks_give_the_camera(self):
        self.face("face.json", iris_px=7.02, note=None)
        camera = self.camera("--landmarks", "face.json")
        self.assertAlmostEqual(camera["px_per_mm"], 0.6, delta=0.006)
        for found, truth in zip(camera["pose_deg"], (12, 0, 0)):
            self.assertAlmostEqual(found, truth, delta=0.5)
        self.assertGreater(camera["pose_sigma_deg"], 0)
        self.works("render", self.head, "face.png", "--landmarks", "face.json")
        self.assertNotEqual(pixels(self.dir / "face.png"), pixels(self.head))
        head = json.loads(self.works("plan", "--landmarks", "face.json"))["head"]
        self.assertAlmostEqual(head["width_mm"], 152, delta=1)

    def test_meshes_and_points_give_the_camera(self):
        marks = self.face("face.json")
        mesh = [{"x": 0.5, "y": 0.5, "z": [1]} for _ in range(468)]
        for index, name in {8: "glabella", 9: "glabella", 263: "eye_left", 33: "eye_right", 2: "nose_base",
                            152: "chin"}.items():
            mesh[index] = {"x": marks[name][0] / 160, "y": marks[name][1] / 200}
        s, c = math.sin(math.radians(12)), math.cos(math.radians(12))
        for index, x in ((454, 76.6), (234, -76.6)):
            mesh[index] = {"x": (80 + 0.6 * (c * x + s * 19)) / 160, "y": (110 + 0.6 * 3) / 200}
        (self.dir / "mesh.json").write_text(json.dumps(mesh))
        camera = self.camera("--mesh", "mesh.json")
        self.assertAlmostEqual(camera["pose_deg"][0], 12, delta=2)
        points = [[*xyz, *marks[name]] for name, xyz in self.PLACES.items()]
        (self.dir / "points.json").write_text(json.dumps({"points": points, "noise_px": 0.5}))
        camera = self.camera("--landmarks", "points.json")
        self.assertAlmostEqual(camera["pose_deg"][0], 12, delta=2)
        ellipse = self.camera(*ELLIPSE[:2], "--iris", 11.7)
        self.assertAlmostEqual(ellipse["px_per_mm"], 1.0, delta=1e-6)

    def test_faces_that_are_refused(self):
        marks = self.face("face.json")
        self.face("mirror.json", **{n: [160 - marks[n][0], marks[n][1]] for n in self.PLACES})
        self.face("few.json", chin=None, nose_base=None, tragus_left=None, tragus_right=None, eye_left=None)
        self.face("odd.json", chin=[120, 120])
        self.face("name.json", mouth=[1, 2])
        self.face("form.json", chin="low")
        (self.dir / "cut.json").write_text('{"chin": [1, 2')
        (self.dir / "short.json").write_text("[[1, 2], [3, 4]]")
        for words, arguments in (("mirrored", ["--landmarks", "mirror.json"]), ("2 points are given", ["--landmarks", "few.json"]),
                                 ("chin is", ["--landmarks", "odd.json"]), ("\"mouth\" is no landmark", ["--landmarks", "name.json"]),
                                 ("\"chin\" is not what was wanted", ["--landmarks", "form.json"]), ("cut.json: ", ["--landmarks", "cut.json"]),
                                 ("cannot read none.json", ["--landmarks", "none.json"]), ("cannot read none.json", ["--mesh", "none.json"]),
                                 ("the mesh has 2 points", ["--mesh", "short.json"]), ("not 468 or 478", ["--mesh", "face.json"]),
                                 ("px_per_mm contradicts", ["--landmarks", "face.json", "--px-per-mm", 1.2])):
            with self.subTest(words):
                self.refused(1, words, "render", "head.png", "o.png", *arguments)
        for words, arguments in (("exclude each other", ["--landmarks", "face.json", "--mesh", "mesh.json"]),
                                 ("the face says", ["--landmarks", "face.json", "--pose", "1,2,3"]),
                                 ("not with --flat", ["--flat", "0,0", "--px-per-mm", 4, "--iris", 3])):
            with self.subTest(words):
                self.refused(2, words, "render", "head.png", "o.png", *arguments)
        self.refused(2, "exclude each other", "plan", "--landmarks", "face.json", *ELLIPSE[:2])

    def test_overwrites_as_a_whole(self):
        out = self.dir / "over.png"
        out.write_text("old")
        self.render("over.png")
        self.assertTrue(out.read_bytes().startswith(b"\x89PNG"))
        self.assertEqual([p.name for p in self.dir.iterdir() if p.name.endswith(".part")], [])
        if os.path.exists("/dev/full"):
            with open("/dev/full", "w") as full:
                run = subprocess.run([PROGRAM, "plan"], stdout=full, stderr=subprocess.PIPE, text=True)
            self.assertEqual(run.returncode, 1)
            self.assertIn("standard output", run.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=1)
