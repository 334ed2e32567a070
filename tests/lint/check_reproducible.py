# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Builds and installs twice, from copies of the source in two folders of different names, with another date, time zone,
# language, umask and number of jobs, and compares the installed files byte by byte. Takes two whole builds, so it is no
# ordinary test.
# usage: check_reproducible.py SOURCE_DIR [CMAKE_OPTION...]
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

SURROUNDINGS = ({"SOURCE_DATE_EPOCH": "1", "TZ": "UTC", "LC_ALL": "C", "CMAKE_BUILD_PARALLEL_LEVEL": "1"},
                {"SOURCE_DATE_EPOCH": "1800000000", "TZ": "Asia/Kathmandu", "LC_ALL": "C.UTF-8",
                 "CMAKE_BUILD_PARALLEL_LEVEL": "3"})


def build(folder, options, surroundings):
    """Hashes of all files that an installation holds, by their names in it."""
    def run(*command):
        # A compiler's cache would hand the first build's objects to the second.
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL,
                       env={**os.environ, **surroundings, "CCACHE_DISABLE": "1"},
                       umask=0o022 if surroundings["TZ"] == "UTC" else 0o077)

    run("cmake", "-S", folder, "-B", folder / "out", "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release", "-DSMP_TESTS=OFF",
        *options)
    run("cmake", "--build", folder / "out")
    run("cmake", "--install", folder / "out", "--prefix", folder / "in")
    return {path.relative_to(folder / "in").as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted((folder / "in").rglob("*")) if path.is_file()}


def main(source, options):
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        folders = [work / "one", work / "a" / "rather" / "longer name"]
        for folder in folders:  # both before building: somebody may be editing
            shutil.copytree(source, folder, ignore=shutil.ignore_patterns("build*", ".git", "node_modules"))
        one, two = [build(folder, options, words) for folder, words in zip(folders, SURROUNDINGS)]
    for name in sorted(one.keys() | two.keys()):
        print(f"{name}: {one.get(name, '-')[:16]} {'equal' if one.get(name) == two.get(name) else 'DIFFERS'}")
    print(f"{len(one)} files, {'all equal' if one == two else 'some differ'}")
    return 0 if one == two and one else 1


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve(), sys.argv[2:]))
