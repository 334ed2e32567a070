# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# clang-tidy 14 with the narrow .clang-tidy finds nothing. Skips, saying so, where that version is not installed.
# usage: check_tidy.py SOURCE_DIR BUILD_DIR
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys

from check_format import SKIP, find_tool

# Internal functions that have more than six parameters today. This list may only get shorter.
MANY_PARAMETERS = {"smpi_run_progress", "smpi_dot_look", "smpi_light_get"}
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


def findings(output):
    """The findings in clang-tidy's output, without those that the house allows."""
    blocks = re.split(r"^(?=\S+:\d+:\d+: (?:error|warning): )", output, flags=re.M)
    for block in blocks:
        if not re.match(r"\S+:\d+:\d+: (error|warning): ", block):
            continue
        # Public functions, their bodies behind the guard of base/guard.h and kernels take plain values, as many as
        # they need; others use a struct.
        name = re.search(r"function '(\w+)' exceeds", block)
        limits = re.findall(r"note: \d+ (.*) \(threshold", block)
        free = name and (re.match(r"smpk?_|\w+_guarded$", name[1]) or name[1] in MANY_PARAMETERS)
        if not (free and limits and set(limits) == {"parameters"}):
            yield block.strip()


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
            found = list(findings(run.stdout))
            if found or (run.returncode and not run.stdout.strip()):
                failed += 1
                print("\n".join([f"{name}:", *(found or [run.stderr[-800:]])]))
    print(f"{len(kept)} files, {failed} with findings")
    return 1 if failed or not kept else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()))
