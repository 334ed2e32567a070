# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Builds and installs twice, from copies of the source in two folders of different names, and compares the installed
# files byte by byte. Takes two whole builds, so it is no ordinary test.
# usage: check_reproducible.py SOURCE_DIR [CMAKE_OPTION...]
import hashlib
import pathlib
import shutil
import subprocess
import sys
import tempfile


def build(folder, options):
    """Hashes of all files that an installation holds, by their names in it."""
    subprocess.run(["cmake", "-S", folder, "-B", folder / "out", "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release",
                    "-DSMP_TESTS=OFF", *options], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["cmake", "--build", folder / "out"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["cmake", "--install", folder / "out", "--prefix", folder / "in"], check=True,
                   stdout=subprocess.DEVNULL)
    return {path.relative_to(folder / "in").as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted((folder / "in").rglob("*")) if path.is_file()}


def main(source, options):
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        folders = [work / "one", work / "a" / "rather" / "longer name"]
        for folder in folders:  # both before building: somebody may be editing
            shutil.copytree(source, folder, ignore=shutil.ignore_patterns("build*", ".git", "node_modules"))
        one, two = [build(folder, options) for folder in folders]
    for name in sorted(one.keys() | two.keys()):
        print(f"{name}: {one.get(name, '-')[:16]} {'equal' if one.get(name) == two.get(name) else 'DIFFERS'}")
    return 0 if one == two else 1


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve(), sys.argv[2:]))
