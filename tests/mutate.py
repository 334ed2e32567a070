# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Breaks the code on purpose, one change of tests/mutations.py at a time, in a copy, and asks whether the test that is
# named for it notices. Prints one line for each and the survivors; fails when there is one.
# usage: mutate.py SOURCE_DIR SCRATCH_DIR [--only WORD] [CMAKE_OPTION...]
#        mutate.py SOURCE_DIR --check        every search text is there exactly once, every test exists: quick
import argparse
import pathlib
import subprocess
import sys
import time

from mutations import MUTATIONS

COPIED = ("CMakeLists.txt", "CMakePresets.json", "smp.pc.in", "LICENSE", "README.md", "include", "libsmp", "tests", "tools",
          "docs")
# What has to be built before a test that is no program of its own; "" nothing.
SCRIPTS = {"lint_rooms": "", "lint_kernels": "smp_inside", "lint_globals": "smp_inside", "abi_symbols": "smp",
           "abi_fields": "abi_fields", "cli": "smp_cli", "builds": "test_kernels"}
TEST_SECONDS = 120
LONG = {"test_golden": 600, "test_alloc": 600}


def target_of(test):
    return SCRIPTS[test] if test in SCRIPTS else test.replace("fuzz_", "replay_")


def check(source):
    """What is wrong with the table: words, one for each mistake."""
    found = []
    for number, (file, search, replacement, test) in enumerate(MUTATIONS, 1):
        where = f"mutation {number} of {file} ({search.splitlines()[0].strip()})"
        path = source / file
        count = path.read_text(encoding="utf-8").count(search) if path.is_file() else -1
        if count != 1:
            found.append(f"{where}: its search text occurs {count} times" if count >= 0 else f"{where}: no such file")
        if search == replacement:
            found.append(f"{where}: changes nothing")
        if test not in SCRIPTS and not list(source.glob(f"tests/*/{test}.c")):
            found.append(f"{where}: there is no {test}")
    return found


class Scratch:
    def __init__(self, source, folder, options):
        self.root, self.build = folder / "source", folder / "build"
        # What differs is written anew, with today's time: an interrupted run must not leave objects of a mutation.
        wanted = {}
        for name in COPIED:
            path = source / name
            for file in [path] if path.is_file() else path.rglob("*"):
                if file.is_file() and "__pycache__" not in file.parts:
                    wanted[self.root / file.relative_to(source)] = file.read_bytes()
        for file, data in wanted.items():
            if not file.is_file() or file.read_bytes() != data:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(data)
        for file in self.root.rglob("*"):
            if file.is_file() and file not in wanted:
                file.unlink()
        self.options = options

    def run(self, *command):
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True, errors="replace")
        return done.returncode, done.stdout + done.stderr

    def configure(self):
        return self.run("cmake", "-S", self.root, "-B", self.build, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release",
                        "-DSMP_TESTS=ON", *self.options)

    def test(self, test):
        """Builds what the test needs and runs it; 'passes', 'does not build' or 'fails', and the words."""
        if target_of(test):
            code, words = self.run("cmake", "--build", self.build, "--target", target_of(test))
            if code:
                return "does not build", words
        if test == "builds":
            return "passes", ""
        code, words = self.run("ctest", "--test-dir", self.build, "-R", f"^{test}$", "--timeout",
                               LONG.get(test, TEST_SECONDS), "--no-tests=error", "--output-on-failure")
        return "fails" if code else "passes", words

    def break_and_test(self, mutation):
        file, search, replacement, test = mutation
        path = self.root / file
        good = path.read_text(encoding="utf-8")
        path.write_text(good.replace(search, replacement), encoding="utf-8")
        try:
            return self.test(test)
        finally:
            path.write_text(good, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("source", type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("scratch", nargs="?", type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--only", help="only mutations whose file or test holds this word")
    args, options = parser.parse_known_args()
    wrong = check(args.source)
    if args.check or wrong or not args.scratch:
        print("\n".join([*wrong, f"{len(MUTATIONS)} mutations, {len(wrong)} complaints"]))
        return 1 if wrong or not args.check else 0
    todo = [m for m in MUTATIONS if not args.only or args.only in m[0] or args.only in m[3]]
    scratch = Scratch(args.source, args.scratch, options)
    code, words = scratch.configure()
    if code:
        print(words)
        return 1
    for test in sorted({m[3] for m in todo}):
        result, words = scratch.test(test)
        if result != "passes":
            print(f"{test} {result} without any mutation:\n{words[-3000:]}")
            return 1
    survivors = 0
    for mutation in todo:
        start = time.monotonic()
        result, words = scratch.break_and_test(mutation)
        # Only "builds" is a test of the build; elsewhere a mutation that does not compile has shown nothing.
        caught = result == "fails" or (result == "does not build" and mutation[3] == "builds")
        survivors += not caught
        verdict = "caught" if caught else "SURVIVED" if result == "passes" else "DOES NOT COMPILE"
        print(f"{verdict:9} {time.monotonic() - start:5.0f} s  {mutation[3]:24} {mutation[0]}: "
              f"{mutation[1].splitlines()[0].strip()[:70]}", flush=True)
        if result == "does not build" and not caught:
            print(words[-1500:], flush=True)
    print(f"{len(todo)} mutations, {len(todo) - survivors} caught, {survivors} survived")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
