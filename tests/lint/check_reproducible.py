# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Builds the library and the program twice, from copies of the source in two folders of different names, and compares
# the files byte by byte. Takes two whole builds, so it is no ordinary test.
# usage: check_reproducible.py SOURCE_DIR [CMAKE_OPTION...]
import hashlib
import pathlib
import shutil
import subprocess
import sys
import tempfile

BUILT = ("libsmp/libsmp.so", "libsmp/libsmp_inside.a", "tools/smp")


def build(folder, options):
    subprocess.run(["cmake", "-S", folder, "-B", folder / "out", "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release",
                    "-DSMP_TESTS=OFF", *options], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["cmake", "--build", folder / "out", "--target", "smp", "smp_inside", "smp_cli"], check=True,
                   stdout=subprocess.DEVNULL)
    return {name: hashlib.sha256((folder / "out" / name).read_bytes()).hexdigest() for name in BUILT}


def main(source, options):
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        folders = [work / "one", work / "a" / "rather" / "longer name"]
        for folder in folders:  # both before building: somebody may be editing
            shutil.copytree(source, folder, ignore=shutil.ignore_patterns("build*", ".git", "node_modules"))
        one, two = [build(folder, options) for folder in folders]
    for name in BUILT:
        print(f"{name}: {one[name][:16]} {two[name][:16]} {'equal' if one[name] == two[name] else 'DIFFER'}")
    return 0 if one == two else 1


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve(), sys.argv[2:]))
