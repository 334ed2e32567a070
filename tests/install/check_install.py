# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Whole installations, moved to another folder, used by the README's program: through find_package, pkg-config and
# add_subdirectory, with the shared and the static library.
# usage: check_install.py SOURCE_DIR BUILD_DIR CMAKE C_COMPILER LIBDIR
import os
import pathlib
import re
import shutil
import subprocess
import sys

CONSUMER = """cmake_minimum_required(VERSION 3.16)
project(consumer C)
{find}
add_executable(first first.c)
target_link_libraries(first PRIVATE smp::smp)
"""
PACKAGE = "find_package(smp 0.1 REQUIRED)"
SUBDIRECTORY = """set(BUILD_SHARED_LIBS OFF)
set(SMP_INSTALL ON)
add_subdirectory("{source}" smp)"""


def run(*command, env=None, cwd=None):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, cwd=cwd,
                          env={**os.environ, **(env or {})})
    if done.returncode:
        sys.exit(f"failed: {' '.join(map(str, command))}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return done.stdout


def check_runs(name, program, folder, env=None):
    """The program draws its picture."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    words = run(program, cwd=folder, env=env).strip()
    picture = (folder / "healed.png").read_bytes()
    if not picture.startswith(b"\x89PNG") or "libsmp" not in words:
        sys.exit(f"{name}: no picture; {words}")
    print(f"{name}: {words}")
    return picture


def consumer(work, cmake, find, *options):
    """Builds the README's program as a project of its own."""
    work.mkdir(parents=True, exist_ok=True)
    (work / "CMakeLists.txt").write_text(CONSUMER.format(find=find))
    shutil.copyfile(work.parent / "first.c", work / "first.c")
    run(cmake, "-G", "Ninja", "-S", work, "-B", work / "build", "-DCMAKE_BUILD_TYPE=Release", *options)
    run(cmake, "--build", work / "build")
    return work / "build" / "first"


def no_trace(prefix, *folders):
    """What is installed as text does not name the folders it was made in."""
    for path in prefix.rglob("*"):
        if path.suffix in {".pc", ".cmake", ".h"}:
            for folder in folders:
                if str(folder) in path.read_text():
                    sys.exit(f"{path} names {folder}: the tree cannot be moved")


def check_tree(kind, work, cmake, cc, libdir):
    """An installed and moved tree, through find_package and pkg-config."""
    prefix = work / f"{kind}-moved"
    pictures = []
    program = consumer(work / f"{kind}-package", cmake, PACKAGE, f"-DCMAKE_PREFIX_PATH={prefix}")
    pictures.append(check_runs(f"find_package, {kind}", program, work / "out"))
    env = {"PKG_CONFIG_PATH": str(prefix / libdir / "pkgconfig")}
    flags = run("pkg-config", "--cflags", "--libs", *(["--static"] if kind == "static" else []), "smp", env=env).split()
    program = work / f"{kind}-pkg-config"
    run(cc, "-std=c11", work / "first.c", "-o", program, *flags)
    pictures.append(check_runs(f"pkg-config, {kind}", program, work / "out",
                               {"LD_LIBRARY_PATH": str(prefix / libdir)}))
    return pictures


def main(source, build, cmake, cc, libdir):
    source, work = pathlib.Path(source), pathlib.Path(build) / "install-test"
    work.mkdir(exist_ok=True)
    code = re.search(r"```c\n(.*?)```", (source / "README.md").read_text(), re.S)
    (work / "first.c").write_text(code.group(1))
    stb = f"-DSTB_INCLUDE_DIR={source / 'build' / 'stb'}" if (source / "build" / "stb" / "stb_image.h").exists() else ""

    program = consumer(work / "subdirectory", cmake, SUBDIRECTORY.format(source=source), *filter(None, [stb]))
    pictures = [check_runs("add_subdirectory, static", program, work / "out")]
    for kind, tree in (("shared", build), ("static", work / "subdirectory" / "build")):
        for name in (f"{kind}-here", f"{kind}-moved"):
            shutil.rmtree(work / name, ignore_errors=True)
        run(cmake, "--install", tree, "--prefix", work / f"{kind}-here")
        (work / f"{kind}-here").rename(work / f"{kind}-moved")
        no_trace(work / f"{kind}-moved", source, work)
        if not list((work / f"{kind}-moved" / libdir).glob("libsmp.so*" if kind == "shared" else "libsmp.a")):
            print(f"skipped: this build makes no {kind} library")
            continue
        pictures += check_tree(kind, work, cmake, cc, libdir)
    tool = work / "shared-moved" / "bin" / "smp"
    if tool.exists():
        print(run(tool, "--version").strip() + ", installed and moved")
    if len(set(pictures)) != 1:
        sys.exit("the pictures differ between ways to link")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:6]))
