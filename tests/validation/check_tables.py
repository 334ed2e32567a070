# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# The committed tables of coefficients are what their generators make of tests/data: every number of
# color/tables.c, optics/tables.c, optics/pigment_tables.c and, where a compiler is given, optics/bare_tables.c.
# usage: check_tables.py SOURCE_DIR [C_COMPILER]
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

NUMBER = re.compile(r"(?<![\w.])[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\w.])")
MADE = ["color/tables.c", "optics/tables.c", "optics/pigment_tables.c"]
FITTED = "optics/bare_tables.c"


def numbers(text):
    return [float(n) for n in NUMBER.findall(re.sub(r"/\*.*?\*/", "", text, flags=re.S))]


def compare(name, committed, made, tolerance):
    """Complaints about a table; tolerance is relative, for another machine's mathematics."""
    a, b = numbers(committed), numbers(made)
    if len(a) != len(b) or len(a) < 100:
        return [f"{name}: {len(a)} numbers, the generator makes {len(b)}"]
    return [f"{name}: number {i} is {x!r}, the generator makes {y!r}"
            for i, (x, y) in enumerate(zip(a, b)) if abs(x - y) > tolerance[0] + tolerance[1] * abs(y)][:5]


def main(source, compiler=None):
    found = []
    with tempfile.TemporaryDirectory(prefix="smp-tables-") as folder:
        folder = pathlib.Path(folder)
        for part in ("color", "optics"):
            (folder / "libsmp" / part).mkdir(parents=True)
        os.symlink(source / "tests", folder / "tests")
        subprocess.run([sys.executable, "-B", source / "tests/validation/make_tables.py"], cwd=folder, check=True)
        for name in MADE:
            found += compare(name, (source / "libsmp" / name).read_text(), (folder / "libsmp" / name).read_text(),
                             (0, 1e-12))
        if compiler and shutil.which(compiler):
            program = folder / "fit_skin"
            subprocess.run([compiler, "-std=c11", "-O2", "-ffp-contract=off", f"-I{source}/include",
                            f"-I{source}/libsmp", "-o", program, source / "tests/validation/fit_skin.c",
                            source / "libsmp/optics/stack.c", source / "libsmp/base/math.c", "-lm"], check=True)
            fitted = subprocess.run([program], capture_output=True, text=True, check=True).stdout
            found += compare(FITTED, (source / "libsmp" / FITTED).read_text(), fitted, (1e-8, 1e-6))
    print("\n".join(found + [f"{len(MADE) + bool(compiler)} tables, {len(found)} complaints"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve(), *sys.argv[2:]))
