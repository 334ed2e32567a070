# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# clang-format 14 finds nothing to change. Skips, saying so, where that version is not installed.
# usage: check_format.py SOURCE_DIR
import pathlib
import shutil
import subprocess
import sys

SKIP = 77


def find_tool(name):
    """The tool in version 14, whatever it is called here, or None."""
    for candidate in (f"{name}-14", name):
        path = shutil.which(candidate)
        if path and "version 14." in subprocess.run([path, "--version"], capture_output=True, text=True).stdout:
            return path
    return None


def main(root):
    tool = find_tool("clang-format")
    if not tool:
        print("skipped: clang-format 14 is not installed (apt-get install clang-format-14)")
        return SKIP
    files = [str(p) for d in ("include", "libsmp", "tools", "tests", "bindings", "bench")
             for p in sorted((root / d).rglob("*.[ch]"))]
    run = subprocess.run([tool, "--dry-run", "-Werror", "--style=file", *files], capture_output=True, text=True)
    print(run.stderr[-4000:] + f"{len(files)} files")
    return 1 if run.returncode or not files else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
