# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# The long list behind docs/trust.md, as a table: what the ordinary tests leave out because it takes long or wants tools
# that a bare machine has not. A step whose tool is missing says so and counts as skipped. Two hours as it is, of which
# twelve minutes are fuzzing; --seconds 2400 fuzzes for four hours.
# usage: trust.py SOURCE_DIR BUILD_DIR [--seconds N] [--only PATTERN] [--skip PATTERN] [--since REVISION]
#                 [CMAKE_OPTION...]
import argparse
import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

TOPICS = ("codec", "meta", "plan", "view", "camera", "job")
CLANG = next((name for name in ("clang", "clang-19", "clang-14") if shutil.which(name)), None)
# Programs that valgrind, fifty times slower, ends within a minute or so; not test_base_guard: valgrind has no traps and
# flushing of floating point to put aside.
FAST = ("test_base_context", "test_base_diag", "test_base_fields", "test_base_random", "test_base_run", "test_color",
        "test_image", "test_codec_facts", "test_codec_roundtrip", "test_geometry", "test_landmarks")
THREADED = ("test_threads", "test_base_pool", "test_base_run", "test_golden")
SANITIZED = "address,undefined,float-cast-overflow"


class List:
    def __init__(self, args):
        self.args, self.rows = args, []
        self.source, self.tests = args.source, args.source / "tests"

    # ---- steps ---------------------------------------------------------------------------------------------------

    def wanted(self, name):
        return re.search(self.args.only or "", name) and not (self.args.skip and re.search(self.args.skip, name))

    def note(self, name, verdict, figure, seconds):
        self.rows.append((name, verdict, figure, seconds))
        print(f"{name}: {verdict} {figure}", flush=True)

    def skipped(self, name, why):
        if self.wanted(name):
            self.note(name, "skipped", why, 0)

    def step(self, name, command, figure=None, fine=(0,), env=None, cwd=None):
        """Runs one command; figure: a pattern whose last match is the row's figure. True when it went well."""
        if not self.wanted(name):
            return False
        start = time.monotonic()
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True, errors="replace", cwd=cwd,
                              env={**os.environ, **(env or {})})
        words = done.stdout + done.stderr
        found = re.findall(figure, words, flags=re.M) if figure else []
        good = done.returncode in fine
        self.note(name, "ok" if good else "FAILED", " ".join(found[-1:]), time.monotonic() - start)
        if not good:
            print(words[-3000:], flush=True)
        return good

    def build(self, name, options, targets, shared="OFF"):
        """A build of its own under BUILD_DIR; silent when it goes well. Its steps are named after it."""
        if not self.wanted(name):
            return None
        folder = self.args.build / name
        configure = ["cmake", "-S", self.source, "-B", folder, "-G", "Ninja", f"-DBUILD_SHARED_LIBS={shared}",
                     *self.args.options, *options]
        for command in (configure, ["cmake", "--build", folder, *(["--target", *targets] if targets else [])]):
            done = subprocess.run([str(word) for word in command], capture_output=True, text=True, errors="replace")
            if done.returncode:
                self.note(f"{name}: build", "FAILED", "", 0)
                print((done.stdout + done.stderr)[-3000:], flush=True)
                return None
        return folder

    def together(self, steps):
        """Steps that keep one core busy each: as many at a time as there are cores."""
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for done in [pool.submit(self.step, *step[:-1], **step[-1]) for step in steps]:
                done.result()

    def replay(self, name, folder, topic, before=()):
        """A step for together()."""
        corpus = sorted((self.tests / "fuzz" / "corpus" / topic).glob("*.bin"))
        return name, [*before, folder / "tests" / f"replay_{topic}", *corpus], r"\d+ inputs", {}

    # ---- what is built, and stays what it was ----------------------------------------------------------------------

    def release(self):
        self.step("reproducible", [sys.executable, "-B", self.tests / "lint/check_reproducible.py", self.source,
                                   *self.args.options], r"\d+ files, all equal")
        folder = self.build("release", ["-DCMAKE_BUILD_TYPE=Release"],
                            ["all"], shared="ON")
        if not folder:
            return
        self.step("release: lists, layouts, protections", ["ctest", "--test-dir", folder, "-R", "^(abi_|hardening|lint_)"],
                  r"\d+% tests passed.*")
        self.step("release: pictures", [sys.executable, "-B", self.tests / "pictures/check_pictures.py",
                                        folder / "tests/picture_dump", "--all"], r"\d+ comparisons.*")
        library = folder / "libsmp/libsmp.so"
        self.step("release: upgrades", [sys.executable, "-B", self.tests / "abi/check_upgrade.py", self.source, library,
                                        shutil.which("cc") or "cc", "--library", self.args.build / "later",
                                        *self.args.options], r"later program, later library.*")
        for model in ("core2duo", "Nehalem"):
            if shutil.which("qemu-x86_64"):
                self.step(f"release: {model}", ["qemu-x86_64", "-cpu", model, folder / "tests/test_golden"], r"golden: .*")
            else:
                self.skipped(f"release: {model}", "qemu-user is missing")

    def abidiff(self):
        """A report: before the first release the ABI may change; against a release it may not."""
        name = "abidiff"
        if not self.wanted(name):
            return
        git = ["git", "-C", str(self.source)]
        tag = subprocess.run([*git, "describe", "--tags", "--abbrev=0"], capture_output=True, text=True).stdout.strip()
        first = subprocess.run([*git, "log", "--diff-filter=A", "--format=%h", "--", "tests/abi/fields.txt"],
                               capture_output=True, text=True).stdout.split()
        since = self.args.since or tag or (first[-1] if first else "")
        if not shutil.which("abidiff") or not since:
            self.skipped(name, "abigail-tools is missing" if since else "no earlier revision is known")
            return
        old = self.args.build / "abi-old"
        shutil.rmtree(old, ignore_errors=True)
        (old / "source").mkdir(parents=True)
        archive = subprocess.run([*git, "archive", since], capture_output=True, check=True).stdout
        subprocess.run(["tar", "-x", "-C", old / "source"], input=archive, check=True)
        for source, folder in ((old / "source", old / "build"), (self.source, self.args.build / "abi-new")):
            for command in (["cmake", "-S", source, "-B", folder, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=RelWithDebInfo",
                             "-DSMP_TESTS=OFF", "-DSMP_TOOLS=OFF", *self.args.options], ["cmake", "--build", folder]):
                subprocess.run([str(word) for word in command], check=True, capture_output=True)
        # Bits of the result: 1 and 2 are errors, 4 a change, 8 one that breaks programs.
        self.step(f"{name} since {since}",
                  ["abidiff", "--headers-dir1", old / "source/include", "--headers-dir2", self.source / "include",
                   old / "build/libsmp/libsmp.so", self.args.build / "abi-new/libsmp/libsmp.so"],
                  r"Functions changes summary: .*", (0, 4) if since == tag else (0, 4, 8, 12))

    # ---- sanitizers and checkers -----------------------------------------------------------------------------------

    def sanitizers(self):
        # Optimised a little: three times as fast, and what is looked for is put in before.
        folder = self.build("dev", ["-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_C_FLAGS=-O1", f"-DSMP_SANITIZE={SANITIZED}"], [])
        if folder:
            self.step("dev: every test under address and undefined behaviour sanitizers",
                      ["ctest", "--test-dir", folder, "-j2", "-E", "^(lint_|optics_tables)", "--timeout", "1500"],
                      r"\d+% tests passed.*")
        flags = ["-DCMAKE_BUILD_TYPE=RelWithDebInfo", "-DSMP_TOOLS=OFF"]
        folder = self.build("tsan", [*flags, "-DSMP_SANITIZE=thread"], THREADED)
        self.together((f"tsan: {program}", [folder / "tests" / program], r"golden: .*|\d+%: Checks.*", {})
                      for program in (THREADED if folder else ()))
        # zlib and cJSON are not instrumented, so what they write would count as unset: no pictures and plans here.
        folder = CLANG and self.build("msan", [*flags, f"-DCMAKE_C_COMPILER={CLANG}", "-DSMP_SANITIZE=memory"],
                                      ["replay_meta", "replay_camera", "test_golden"])
        if folder:
            self.together([("msan: golden", [folder / "tests/test_golden"], r"golden: .*", {}),
                           *(self.replay(f"msan: {topic}", folder, topic) for topic in ("meta", "camera"))])
        if not shutil.which("valgrind"):
            self.skipped("memcheck", "valgrind is missing")
            return
        folder = self.build("memcheck", flags, [*(f"replay_{topic}" for topic in TOPICS), *FAST])
        if folder:
            check = ["valgrind", "-q", "--error-exitcode=9", "--leak-check=full"]
            self.together([*(self.replay(f"memcheck: {topic}", folder, topic, check) for topic in TOPICS),
                           *((f"memcheck: {program}", [*check, folder / "tests" / program], r"\d+%: Checks.*",
                              {"env": {"CK_FORK": "no", "CK_TIMEOUT_MULTIPLIER": "50"}}) for program in FAST)])

    def analysers(self):
        ours = sorted(path for path in (self.source / "libsmp").glob("*/*.c") if path.name not in ("stb.c", "table.c")
                      and not path.name.startswith("k_")) + sorted((self.source / "tools").glob("*.c"))
        paths = ["-I", self.source / "libsmp", "-I", self.source / "include", "-I", self.source / "tools"]
        if shutil.which("cppcheck"):
            self.step("cppcheck", ["cppcheck", "-q", "--std=c11", "--enable=warning,portability", "--inline-suppr",
                                   "--error-exitcode=1", "--suppress=missingIncludeSystem", "-j2", "-DSMP_STATIC",
                                   "-DSMPK_HAVE_SCALAR=1", "-DFLT_EVAL_METHOD=0", "-DFLT_RADIX=2",
                                   "-DDBL_MANT_DIG=53", *paths,
                                   f"--suppressions-list={self.tests / 'lint/cppcheck.txt'}", *ours])
        else:
            self.skipped("cppcheck", "cppcheck is missing")
        if not self.wanted("gcc -fanalyzer"):
            return
        start = time.monotonic()

        def analyse(path):
            # gcc 12 takes arrays that loops fill for unset ones; memory sanitizer and valgrind look for those.
            done = subprocess.run(["gcc", "-std=c11", "-O1", "-fanalyzer", "-Wno-analyzer-use-of-uninitialized-value", "-c",
                                   "-o", os.devnull, "-DSMP_STATIC", "-DSMPK_HAVE_SCALAR=1", *map(str, paths), str(path)],
                                  capture_output=True, text=True)
            return [line for line in done.stderr.splitlines() if "-Wanalyzer" in line or "error:" in line]

        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            found = [line for lines in pool.map(analyse, ours) for line in lines]
        print("\n".join(found))
        self.note("gcc -fanalyzer", "FAILED" if found else "ok", f"{len(ours)} files, {len(found)} findings",
                  time.monotonic() - start)

    # ---- other compilers and processors ----------------------------------------------------------------------------

    def others(self):
        plain = ["-DCMAKE_BUILD_TYPE=Release", "-DSMP_TOOLS=OFF", "-DSMP_WERROR=ON"]
        for name, options in (("clang", [f"-DCMAKE_C_COMPILER={CLANG}"]),
                              ("scalar", ["-DSMP_SIMD=OFF", "-DSMP_TURBOJPEG=OFF"])):
            folder = (CLANG or name != "clang") and self.build(name, [*plain, *options], ["test_golden", "test_kernels"])
            if folder:
                self.step(f"{name}: golden", [folder / "tests/test_golden"], r"golden: .*")
                self.step(f"{name}: kernels", [folder / "tests/test_kernels"], r"\d+%: Checks.*")
        if not self.wanted("aarch64") or not shutil.which("aarch64-linux-gnu-gcc") or not shutil.which("qemu-aarch64"):
            self.skipped("aarch64", "the cross compiler or qemu-user is missing")
            return
        root = self.source / "build" / "aarch64-root"
        if root.is_dir() or self.step("aarch64: packages", [self.tests / "get_aarch64.sh", root]):
            folder = self.build("aarch64", [*plain, f"-DCMAKE_TOOLCHAIN_FILE={self.tests}/aarch64.cmake"],
                                ["test_golden", "test_kernels"])
            for program in ("golden", "kernels") if folder else ():
                self.step(f"aarch64: {program}", ["ctest", "--test-dir", folder, "-R", f"^test_{program}$", "--timeout", "1800"],
                          r"\d+% tests passed.*")

    # ---- the tests themselves, and fuzzing -------------------------------------------------------------------------

    def tests_tested(self):
        if (self.tests / "mutate.py").exists():
            self.step("mutations", [sys.executable, "-B", self.tests / "mutate.py", self.source, self.args.build / "mutate",
                                    *self.args.options], r"\d+ mutations, .*")
        # Newer gcc counts conditions too (MC/DC).
        newer = next((name for name in ("gcc-15", "gcc-14") if shutil.which(name)), None)
        flags = "--coverage -fprofile-update=atomic" + (" -fcondition-coverage" if newer else "")
        folder = self.build("coverage", ["-DCMAKE_BUILD_TYPE=Debug", f"-DCMAKE_C_FLAGS={flags}",
                                         *([f"-DCMAKE_C_COMPILER={newer}"] if newer else [])], [])
        if folder and (self.tests / "coverage.py").exists():
            self.step("coverage: tests", ["ctest", "--test-dir", folder, "-j2", "-E", "^(lint_|optics_tables)", "--timeout",
                                          "1500"], r"\d+% tests passed.*")
            self.step("coverage: lines, branches, conditions",
                      [sys.executable, "-B", self.tests / "coverage.py", self.source, folder, "--check",
                       *(["--gcov", newer.replace("gcc", "gcov")] if newer else [])], r"^all .*")

    def fuzz(self):
        flags = ["-DCMAKE_BUILD_TYPE=RelWithDebInfo", f"-DCMAKE_C_COMPILER={CLANG}", "-DSMP_FUZZ=ON", "-DSMP_TOOLS=OFF",
                 f"-DSMP_SANITIZE=fuzzer-no-link,{SANITIZED}"]
        folder = CLANG and self.build("fuzz", flags, ["fuzzers"])
        if not folder:
            return
        steps = []
        for topic in TOPICS:
            found = self.args.build / "found" / topic
            found.mkdir(parents=True, exist_ok=True)
            data = self.tests / "fuzz"
            steps.append((f"fuzz: {topic}", [folder / "tests" / f"fuzz_{topic}", found, data / "corpus" / topic,
                                             f"-dict={data / topic}.dict", "-timeout=120", "-rss_limit_mb=2048",
                                             "-max_len=8192", f"-artifact_prefix={found}-",
                                             f"-max_total_time={self.args.seconds}"], r"Done (\d+ runs in \d+)", {}))
        self.together(steps)

    def table(self):
        lines = [f"{'step':38} {'result':8} {'seconds':>8}  figure"]
        lines += [f"{name[:38]:38} {verdict:8} {seconds:8.0f}  {figure[:110]}" for name, verdict, figure, seconds in self.rows]
        failed = [row[0] for row in self.rows if row[1] == "FAILED"]
        skipped = sum(row[1] == "skipped" for row in self.rows)
        lines.append(f"{len(self.rows)} steps, {len(failed)} failed, {skipped} skipped, "
                     f"{sum(row[3] for row in self.rows) / 60:.0f} minutes without builds")
        (self.args.build / "table.txt").write_text("\n".join(lines) + "\n")
        print("\n" + "\n".join(lines), flush=True)
        return 1 if failed or len(self.rows) == skipped else 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("source", type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("build", type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("--seconds", type=int, default=120, help="of fuzzing, for each target")
    parser.add_argument("--only", help="steps and builds whose name holds this pattern")
    parser.add_argument("--skip", help="leaves out steps and builds whose name holds this pattern")
    parser.add_argument("--since", help="the revision that abidiff compares with; the last tag, or the first fields.txt")
    args, args.options = parser.parse_known_args()
    args.build.mkdir(parents=True, exist_ok=True)
    todo = List(args)
    for part in (todo.release, todo.abidiff, todo.sanitizers, todo.analysers, todo.others, todo.tests_tested, todo.fuzz):
        part()
    return todo.table()


if __name__ == "__main__":
    sys.exit(main())
