# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# clang-tidy 14 with the narrow .clang-tidy finds nothing. Skips, saying so, where that version is not installed.
# usage: check_tidy.py SOURCE_DIR BUILD_DIR
import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys

from check_format import SKIP, find_tool

NOT_OURS = {"libsmp/image/stb.c"}  # the file that compiles stb


def commands(root, build):
    """One compile command for each of our sources: kernels are compiled several times, the first will do."""
    kept = {}
    for entry in json.loads((build / "compile_commands.json").read_text()):
        path = pathlib.Path(entry["directory"], entry["file"]).resolve()
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else ""
        if name.startswith(("libsmp/", "tools/")) and name not in NOT_OURS:
            # Options that only gcc knows would be warnings here.
            entry["command"] = " ".join(w for w in entry["command"].split() if not w.startswith("-W"))
            kept.setdefault(name, entry)
    return kept


def main(root, build):
    tool = find_tool("clang-tidy")
    if not tool:
        print("skipped: clang-tidy 14 is not installed (apt-get install clang-tidy-14)")
        return SKIP
    if not (build / "compile_commands.json").exists():
        print("skipped: no compile_commands.json (configure with a preset)")
        return SKIP
    kept = commands(root, build)
    folder = build / "tidy"
    folder.mkdir(exist_ok=True)
    (folder / "compile_commands.json").write_text(json.dumps(list(kept.values())))

    def tidy(name):
        return subprocess.run([tool, "--quiet", "-p", str(folder), str(root / name)], capture_output=True, text=True)

    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for name, run in zip(sorted(kept), pool.map(tidy, sorted(kept))):
            if run.returncode or run.stdout.strip():
                failed += 1
                print(f"{name}:\n{run.stdout.strip()}\n{run.stderr[-400:] if run.returncode else ''}")
    print(f"{len(kept)} files, {failed} with findings")
    return 1 if failed or not kept else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()))
