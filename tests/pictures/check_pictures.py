# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# What smp_decode gives, compared with what is known and with others' decoders: generated PNG files with their own
# pixels and with libpng, JPEG files with libjpeg-turbo (through Pillow, which decodes with the accurate transform),
# orientation with Pillow, profiles with lcms2 (through Pillow). The quick part takes some seconds and is an ordinary
# test; --all compares every size from 1 to 67 and the awkward files of a shared folder too.
# usage: check_pictures.py DUMP [--all] [--shared DIR] [--keep DIR]
import argparse
import io
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile

SKIP = 77
try:
    import numpy as np
    from PIL import Image, ImageCms, ImageOps

    import generate
except ImportError as missing:
    print(f"skipped: {missing} (apt-get install python3-numpy python3-pil)")
    sys.exit(SKIP)

MOST_APART = 3     # codes between two JPEG decoders
CLOSE_SHARE = 0.99  # of the samples are within 1
PROFILE_APART = 3  # codes of sRGB between our spaces and lcms2 on the profile itself
HERE = pathlib.Path(__file__).resolve().parent


class Pictures:
    def __init__(self, args, work):
        self.args, self.work, self.rows, self.failed = args, work, [], 0

    def write(self, files):
        """Paths of generated files."""
        paths = []
        for name, data in files:
            path = self.work / name
            path.write_bytes(data)
            paths.append(path)
        return paths

    def run(self, program, paths):
        """(facts, pixels) of each file; pixels is None where it was refused."""
        found = []
        for first in range(0, len(paths), 500):
            batch = paths[first:first + 500]
            done = subprocess.run([*program, *batch], capture_output=True)
            if done.returncode:
                raise SystemExit(f"{program[0]} ended with {done.returncode}: {done.stderr.decode()[-500:]}")
            out, at = done.stdout, 0
            for _ in batch:
                end = out.index(b"\n", at)
                words = out[at:end].decode(errors="replace").split(" ", 8)
                at = end + 1
                status, (width, height, pixel, form) = words[0], map(int, words[1:5])
                pixels = None
                if status == "SMP_OK":
                    size = width * height * pixel
                    flat, at = np.frombuffer(out[at:at + size], np.uint8), at + size
                    pixels = flat.view(np.uint16) if pixel in (6, 8) else flat
                    pixels = pixels.reshape(height, width, -1)
                found.append((words, pixels))
        return found

    def smp(self, mode, paths):
        return self.run([self.args.dump, mode], paths)

    def row(self, name, count, wrong, words=""):
        self.rows.append((name, count, wrong, words))
        self.failed += wrong > 0 or count == 0
        print(f"{name}: {count} files, {wrong} wrong{words and ', '}{words}", flush=True)

    def complain(self, path, words):
        print(f"  {pathlib.Path(path).name}: {words}")
        return 1

    # ---- PNG -----------------------------------------------------------------------------------------------------

    def exactly(self, name, paths, wanted, ours):
        """Pictures that must be equal to the last bit; wanted None: refused."""
        wrong = 0
        for path, want, (words, have) in zip(paths, wanted, ours):
            if (want is None) != (have is None):
                wrong += self.complain(path, f"{' '.join(words)}, want {'a refusal' if want is None else 'a picture'}")
            elif want is not None and (want.shape != have.shape or want.dtype != have.dtype or (want != have).any()):
                wrong += self.complain(path, f"{have.shape} {have.dtype}, want {want.shape} {want.dtype}"
                                       if want.shape != have.shape else f"{(want != have).sum()} samples differ")
        self.row(name, len(paths), wrong)

    def pngs(self, sizes):
        files = list(generate.good_pngs(sizes))
        paths = self.write((name + ".png", data) for name, data, _ in files)
        self.exactly("generated PNG = what was drawn", paths, [pixels for *_, pixels in files], self.smp("smp", paths))
        bad = self.write((name + ".png", data) for name, data in generate.bad_pngs())
        self.exactly("damaged PNG refused", bad, [None] * len(bad), self.smp("smp", bad))
        return paths

    def by_libpng(self):
        """The program that decodes with libpng, or None."""
        compiler, config = shutil.which("cc"), shutil.which("pkg-config")
        flags = config and subprocess.run([config, "--cflags", "--libs", "libpng"], capture_output=True, text=True)
        if not compiler or not flags or flags.returncode:
            print("libpng: skipped (apt-get install libpng-dev)")
            return None
        program = self.work / "by_libpng"
        subprocess.run([compiler, "-O2", HERE / "by_libpng.c", "-o", program, *flags.stdout.split()], check=True)
        return program

    def libpng(self, name, program, paths):
        theirs = [pixels for _, pixels in self.run([program], paths)]
        self.exactly(name, paths, theirs, self.smp("smp", paths))

    # ---- JPEG ----------------------------------------------------------------------------------------------------

    def theirs(self, path):
        """As libjpeg-turbo decodes it, upright."""
        image = ImageOps.exif_transpose(Image.open(path))
        pixels = np.asarray(image if image.mode == "L" else image.convert("RGB"))
        return pixels.reshape(*pixels.shape[:2], -1)

    def close(self, name, mode, paths):
        most, samples, over, wrong = 0, 0, 0, 0
        for path, (words, have) in zip(paths, self.smp(mode, paths)):
            want = self.theirs(path)
            if have is None or have.shape != want.shape:
                wrong += self.complain(path, f"{' '.join(words)}, want {want.shape}")
                continue
            apart = abs(have.astype(int) - want)
            most, samples, over = max(most, int(apart.max())), samples + apart.size, over + int((apart > 1).sum())
            if apart.max() > MOST_APART:
                wrong += self.complain(path, f"{apart.max()} codes apart")
        if samples and 1 - over / samples < CLOSE_SHARE:
            wrong += self.complain(name, f"only {100 - 100 * over / samples:.3f} % of samples within 1")
        self.row(name, len(paths), wrong, f"at most {most} apart, {100 * over / max(1, samples):.4f} % over 1")

    def jpegs(self, sizes):
        paths = self.write((name + ".jpg", data) for name, data in generate.jpegs(sizes))
        self.close("generated JPEG, default decoder", "smp", paths)
        upright = [path for path in paths if Image.open(path).getexif().get(0x0112, 1) == 1]
        self.close("generated JPEG, portable decoder", "stb", upright)
        turned = self.write((name + ".jpg", data) for name, data in generate.orientations())
        self.close("orientation 1 to 8 = Pillow", "smp", turned)
        return paths

    def cjpeg(self, sizes):
        """What Pillow does not write: colour halved upwards alone, quartered, and odd scans."""
        program = shutil.which("cjpeg")
        if not program:
            print("other subsamplings: skipped (apt-get install libjpeg-turbo-progs)")
            return
        paths = []
        for width, height in sizes:
            pixels = generate.photo(np.random.default_rng(width * 100 + height), width, height)
            data = b"P6 %d %d 255\n" % (width, height) + pixels.tobytes()
            for sampling in ("1x2", "4x1", "4x2", "1x4", "2x4"):
                for options in ([], ["-progressive"], ["-restart", "1"]):
                    done = subprocess.run([program, "-quality", "85", "-sample", sampling, *options], input=data,
                                          capture_output=True, check=True)
                    path = self.work / f"cjpeg_{sampling}_{''.join(options)}_{width}x{height}.jpg"
                    path.write_bytes(done.stdout)
                    paths.append(path)
        self.close("other subsamplings, default decoder", "smp", paths)
        self.close("other subsamplings, portable decoder", "stb", paths)

    # ---- profiles ------------------------------------------------------------------------------------------------

    def profiles(self, name, paths):
        """Ours turned into sRGB against lcms2's relative colorimetric transform of the embedded profile."""
        srgb, wrong, most = ImageCms.createProfile("sRGB"), 0, 0.0
        for path, (words, have) in zip(paths, self.smp("srgb", paths)):
            image = Image.open(path)
            embedded = image.info.get("icc_profile")
            known = len(words) > 6 and words[6] == "1"
            if have is None or "cie" in path.name or not embedded:
                # An unknown space is kept, not converted: then the pixels are as stored, and it is said.
                if have is None or known:
                    wrong += self.complain(path, f"{' '.join(words)}: taken for a known space")
                continue
            if not known:
                wrong += self.complain(path, f"{' '.join(words)}: not recognised")
                continue
            turned = ImageCms.profileToProfile(ImageOps.exif_transpose(image).convert("RGB"),
                                               ImageCms.ImageCmsProfile(io.BytesIO(embedded)), srgb,
                                               renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC, outputMode="RGB")
            apart = abs(np.asarray(turned).astype(int) - have[:, :, :3])
            share = float(np.percentile(apart, 99.9))
            most = max(most, share)
            if share > PROFILE_APART:
                wrong += self.complain(path, f"{apart.max()} codes from lcms2, 99.9 % within {share}")
        self.row(name, len(paths), wrong, f"99.9 % of samples within {most:.0f} codes of lcms2")

    # ---- PngSuite, from libpng's own sources ---------------------------------------------------------------------

    def suite(self, program):
        """libpng's source package holds a part of PngSuite: fetched through the system's package sources, not kept."""
        for name in ("/etc/apt/sources.list.d/debian.sources", "/etc/apt/sources.list"):
            if pathlib.Path(name).exists() and pathlib.Path(name).stat().st_size:
                break
        else:
            print("PngSuite: skipped, no package sources")
            return
        folder = self.work / "apt"
        (folder / "lists" / "partial").mkdir(parents=True, exist_ok=True)
        (folder / "parts").mkdir(exist_ok=True)
        words = re.sub(r"^(Types:|) ?deb\b(?!-)", lambda m: (m[1] + " deb-src").strip(), pathlib.Path(name).read_text(), flags=re.M)
        (folder / "parts" / ("main" + pathlib.Path(name).suffix)).write_text(words)
        apt = ["apt-get", "-q", "-o", "Dir::Etc::sourcelist=-", "-o", f"Dir::Etc::sourceparts={folder / 'parts'}", "-o",
               f"Dir::State::lists={folder / 'lists'}", "-o", "APT::Sandbox::User="]
        try:
            subprocess.run([*apt, "update"], cwd=folder, capture_output=True, timeout=200)
            subprocess.run([*apt, "source", "--download-only", "--tar-only", "libpng1.6"], cwd=folder, capture_output=True,
                           timeout=200)
        except (OSError, subprocess.TimeoutExpired) as why:
            print(f"PngSuite: skipped, {why}")
            return
        paths = []
        for archive in folder.glob("libpng*.orig.tar.*"):
            with tarfile.open(archive) as tar:
                for member in tar.getmembers():
                    if "/contrib/pngsuite/" in member.name and member.name.endswith(".png"):
                        paths.append(folder / pathlib.Path(member.name).name)
                        paths[-1].write_bytes(tar.extractfile(member).read())
        if paths:
            self.libpng("PngSuite (libpng's part) = libpng", program, sorted(paths))
        else:
            print("PngSuite: skipped, libpng's source package is out of reach")

    # ---- the awkward files of a shared folder ------------------------------------------------------------------------

    def shared(self, folder, program):
        suite = sorted((folder / "pngsuite").glob("*.png"))
        good = [path for path in suite if not path.name.startswith("x")]
        bad = [path for path in suite if path.name.startswith("x")]
        if program and good:
            self.libpng("PngSuite = libpng", program, good)
        if bad:
            self.exactly("PngSuite: damaged ones refused", bad, [None] * len(bad), self.smp("smp", bad))
        pngs = [folder / name for name in ("pil_palette_trns.png", "pil_rgb_trns.png", "pil_rgba.png", "png_rgb16.png",
                                           "gamma_1_6.png", "icc_p3_tiny.png") if (folder / name).exists()]
        if program and pngs:
            self.libpng("awkward PNG = libpng", program, pngs)
        jpegs = [path for pattern in ("exif_*.jpg", "jpeg_plain.jpg", "progressive_cat.jpg", "pil_gray.jpg", "pil_exif_*.jpg",
                                      "icc_*.jpg", "portrait_*.jpg") for path in sorted(folder.glob(pattern))]
        if jpegs:
            self.close("awkward JPEG, default decoder", "smp", jpegs)
            upright = [path for path in jpegs if Image.open(path).getexif().get(0x0112, 1) == 1]
            self.close("awkward JPEG, portable decoder", "stb", upright)
        tagged = [folder / name for name in ("icc_displayp3_gainmap.jpg", "portrait_adobergb_800.jpg", "icc_p3_tiny.png")
                  if (folder / name).exists()]
        if tagged:
            self.profiles("awkward profiles = lcms2", tagged)


def all_sizes():
    """Every width and height from 1 to 67, the small ones with each other."""
    small = [(w, h) for w in (1, 2, 3, 4, 5, 7, 8, 9) for h in (1, 2, 3, 4, 5, 7, 8, 9)]
    order = random.Random(5)
    heights = list(range(1, 68))
    order.shuffle(heights)
    return small + list(zip(range(1, 68), heights)) + [(67, 67), (66, 65), (300, 35), (17, 520)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("dump")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--shared", type=pathlib.Path, default=os.environ.get("SMP_SHARED"))
    parser.add_argument("--keep", type=pathlib.Path, help="where the generated files stay")
    args = parser.parse_args()
    quick = [(1, 1), (1, 9), (7, 1), (2, 3), (8, 8), (5, 17), (33, 18), (67, 35)]
    sizes = all_sizes() if args.all else quick
    with tempfile.TemporaryDirectory() as work:
        todo = Pictures(args, args.keep or pathlib.Path(work))
        todo.work.mkdir(exist_ok=True)
        pngs = todo.pngs(sizes)
        todo.jpegs(sizes)
        todo.profiles("profiles = lcms2", todo.write(generate.tagged(40, 30)))
        if args.all:
            program = todo.by_libpng()
            if program:
                todo.libpng("generated PNG = libpng", program, pngs)
            todo.cjpeg(sizes)
            folder = pathlib.Path(args.shared) if args.shared else HERE.parents[2] / "shared"
            if (folder / "edge").is_dir():
                todo.shared(folder / "edge", program)
            else:
                print("awkward files: skipped (set SMP_SHARED)")
                if program:
                    todo.suite(program)
    print(f"{sum(row[1] for row in todo.rows)} comparisons, {sum(row[2] for row in todo.rows)} wrong")
    return 1 if todo.failed else 0


if __name__ == "__main__":
    sys.exit(main())
