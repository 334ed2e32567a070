# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# What the tests of a build with --coverage have reached, room by room: lines, branches and, from gcc 14 on with
# -fcondition-coverage, outcomes of conditions (MC/DC). A file's copies for several vector widths count as one.
# usage: coverage.py SOURCE_DIR BUILD_DIR [--gcov PROGRAM] [--missing WORD] [--check]
#   --missing WORD  lists what was not reached in files whose name holds the word ("" for all)
#   --check         fails below 98 % of lines or 90 % of branches, and lists lines that were not reached and for which
#                   tests/unreached.txt gives no reason
import argparse
import collections
import json
import pathlib
import subprocess
import sys

LINES, BRANCHES = 98.0, 90.0


class Line:
    def __init__(self):
        self.count, self.branches, self.conditions = 0, {}, {}


def read(source, build, gcov):
    """File name to {line number: Line} for our own sources."""
    files = collections.defaultdict(lambda: collections.defaultdict(Line))
    data = sorted(build.glob("libsmp/**/*.gcno"))  # also of what no test has run
    for start in range(0, len(data), 40):
        command = [gcov, "--json-format", "--stdout", "--branch-probabilities"]
        if int(json.loads(subprocess.run([gcov, "--json-format", "--stdout", data[0]], capture_output=True, text=True,
                                         cwd=build).stdout.splitlines()[0])["gcc_version"].split(".")[0]) >= 14:
            command.append("--conditions")
        done = subprocess.run([*command, *data[start:start + 40]], capture_output=True, text=True, cwd=build, check=True)
        for text in filter(None, done.stdout.splitlines()):
            for entry in json.loads(text)["files"]:
                path = pathlib.Path(build, entry["file"]).resolve()
                if path.is_relative_to(source / "libsmp"):
                    add(files[path.relative_to(source).as_posix()], entry["lines"])
    return files


def add(lines, found):
    for entry in found:
        line = lines[entry["line_number"]]
        line.count += entry["count"]
        for number, branch in enumerate(entry.get("branches", [])):
            line.branches[number] = line.branches.get(number, 0) + branch["count"]
        for number, condition in enumerate(entry.get("conditions", [])):
            missed = {("true", n) for n in condition["not_covered_true"]} | {
                ("false", n) for n in condition["not_covered_false"]}
            count, before = line.conditions.get(number, (condition["count"], missed))
            line.conditions[number] = (count, before & missed)


def tally(lines):
    """Numbers of lines, branches and condition outcomes: reached and all."""
    outcomes = [c for line in lines.values() for c in line.conditions.values()]
    branches = [n for line in lines.values() for n in line.branches.values()]
    return [sum(line.count > 0 for line in lines.values()), len(lines), sum(n > 0 for n in branches), len(branches),
            sum(count - len(missed) for count, missed in outcomes), sum(count for count, _ in outcomes)]


def share(part, whole):
    return f"{100.0 * part / whole:9.1f}" if whole else f"{'-':>9}"


def table(files):
    rooms = collections.defaultdict(lambda: [0] * 6)
    for name, lines in files.items():
        for total in (rooms[name.split("/")[1]], rooms["~all"]):
            total[:] = [a + b for a, b in zip(total, tally(lines))]
    print(f"{'room':12} {'lines':>7} {'%':>7} {'branches':>11} {'%':>7} {'outcomes':>11} {'%':>7}")
    for room, (l1, l2, b1, b2, c1, c2) in sorted(rooms.items()):
        print(f"{room.strip('~'):12} {l2:7} {share(l1, l2)} {b2:9} {share(b1, b2)} {c2:9} {share(c1, c2)}")
    l1, l2, b1, b2, _, _ = rooms["~all"]
    return 100.0 * l1 / l2, 100.0 * b1 / b2


def missing(source, files, word):
    for name in sorted(files):
        if word not in name:
            continue
        text = (source / name).read_text(encoding="utf-8").splitlines()
        for number, line in sorted(files[name].items()):
            dead = [str(n) for n, count in sorted(line.branches.items()) if not count]
            missed = sorted(f"{kind} {n}" for _, some in line.conditions.values() for kind, n in some)
            if not line.count or dead or missed:
                what = "line" if not line.count else f"branches {','.join(dead)} of {len(line.branches)}" if dead else ""
                if missed:
                    what += f" outcomes {', '.join(missed)}"
                words = "".join(text[number - 1:number]).strip()
                print(f"{name}:{number}: {what.strip()}: {words}")


def unreasoned(source, files):
    """Lines that were not reached and that tests/unreached.txt says nothing about."""
    reasons = [line.split(" | ") for line in (source / "tests/unreached.txt").read_text(encoding="utf-8").splitlines()
               if line and not line.startswith("#")]
    for name in sorted(files):
        text = (source / name).read_text(encoding="utf-8").splitlines()
        for number, line in sorted(files[name].items()):
            if not line.count and not any(file in (name, "*") and part in text[number - 1] for file, part, _ in reasons):
                yield f"{name}:{number}: not reached, and without a reason: {text[number - 1].strip()}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("source", type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("build", type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("--gcov", default="gcov")
    parser.add_argument("--missing")
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    files = read(args.source, args.build, args.gcov)
    if args.missing is not None:
        missing(args.source, files, args.missing)
    lines, branches = table(files)
    if not args.check:
        return 0
    listed = list(unreasoned(args.source, files))
    print("\n".join([*listed, f"{len(listed)} lines were not reached and have no reason"]))
    if lines < LINES or branches < BRANCHES:
        print(f"lines {lines:.1f} %, want {LINES}; branches {branches:.1f} %, want {BRANCHES}")
        return 1
    return 0



if __name__ == "__main__":
    sys.exit(main())
