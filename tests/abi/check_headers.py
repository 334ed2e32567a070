# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Every public header compiles alone, as C11 and as C++17, for the shared and the static library.
# usage: check_headers.py INCLUDE_DIR C_COMPILER [CXX_COMPILER]
import pathlib
import subprocess
import sys

WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wundef", "-Werror", "-fsyntax-only"]


def compiles(compiler, language, standard, include, header, defines):
    source = f"#include <{header}>\n#include <{header}>\ntypedef int smp_header_was_read;\n"
    run = subprocess.run([compiler, f"-std={standard}", *WARNINGS, *defines, f"-I{include}", "-x", language, "-"],
                         input=source, capture_output=True, text=True)
    if run.returncode:
        print(f"{header} as {standard}: {run.stderr.strip()}")
    return run.returncode == 0


def main(include, cc, cxx=None):
    ways = [(cc, "c", "c11")]
    if cxx:
        ways.append((cxx, "c++", "c++17"))
    else:
        print("skipped the C++17 half: no C++ compiler (apt-get install g++)")
    headers = sorted(p.relative_to(include).as_posix() for p in pathlib.Path(include).rglob("*.h"))
    fine = [compiles(*way, include, header, defines)
            for header in headers for way in ways for defines in ([], ["-DSMP_STATIC"])]
    print(f"{len(headers)} headers, {fine.count(False)} of {len(fine)} compilations failed")
    return 0 if headers and all(fine) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
