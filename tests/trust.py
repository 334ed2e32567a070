# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# The long list behind docs/trust.md, as a table: each fuzzer for a while, every corpus and the whole path under other
# checkers, two clean builds. Hours with --seconds 2400, half an hour as it is; the ordinary tests do not need it.
# usage: trust.py SOURCE_DIR BUILD_DIR [--seconds N] [--only WORD] [CMAKE_OPTION...]
import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import time

TOPICS = ("codec", "meta", "plan", "view", "camera", "job")
CLANG = next((name for name in ("clang", "clang-19", "clang-14") if shutil.which(name)), None)


class List:
    def __init__(self, args):
        self.args, self.rows = args, []

    def step(self, name, command, figure=None, cwd=None):
        """Runs one command; figure: a pattern whose last match is the row's figure. True when it went well."""
        if self.args.only and self.args.only not in name:
            return False
        start = time.monotonic()
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True, errors="replace", cwd=cwd)
        words = done.stdout + done.stderr
        found = re.findall(figure, words) if figure else []
        good = done.returncode == 0
        self.rows.append((name, good, found[-1] if found else "", time.monotonic() - start))
        print(f"{name}: {'ok' if good else 'FAILED'} {found[-1] if found else ''}", flush=True)
        if not good:
            print(words[-3000:], flush=True)
        return good

    def build(self, name, options, targets):
        folder = self.args.build / name
        common = ["-G", "Ninja", "-DBUILD_SHARED_LIBS=OFF", "-DSMP_TOOLS=OFF", *self.args.options]
        return (self.step(f"{name}: configure", ["cmake", "-S", self.args.source, "-B", folder, *common, *options]) and
                self.step(f"{name}: build", ["cmake", "--build", folder, "--target", *targets]))

    def fuzz(self):
        flags = ["-DCMAKE_BUILD_TYPE=RelWithDebInfo", f"-DCMAKE_C_COMPILER={CLANG}", "-DSMP_FUZZ=ON",
                 "-DSMP_SANITIZE=fuzzer-no-link,address,undefined,float-cast-overflow"]
        if not CLANG or not self.build("fuzz", flags, ["fuzzers"]):
            return
        for topic in TOPICS:
            found = self.args.build / "found" / topic
            found.mkdir(parents=True, exist_ok=True)
            data = self.args.source / "tests" / "fuzz"
            self.step(f"fuzz {topic}", [self.args.build / "fuzz" / "tests" / f"fuzz_{topic}", found,
                                        data / "corpus" / topic, f"-dict={data / topic}.dict", "-timeout=120",
                                        "-rss_limit_mb=2048", "-max_len=8192", f"-artifact_prefix={found}-",
                                        f"-max_total_time={self.args.seconds}"], r"Done (\d+ runs in \d+)")

    def checkers(self):
        replays = [f"replay_{topic}" for topic in TOPICS]
        if self.build("memcheck", ["-DCMAKE_BUILD_TYPE=RelWithDebInfo"], replays) and shutil.which("valgrind"):
            for topic in TOPICS:
                self.replay("memcheck", topic, ["valgrind", "-q", "--error-exitcode=9", "--leak-check=full"])
        # zlib and cJSON are not instrumented, so what they write would count as unset: no pictures and plans here.
        msan = ["-DCMAKE_BUILD_TYPE=RelWithDebInfo", f"-DCMAKE_C_COMPILER={CLANG}", "-DSMP_SANITIZE=memory"]
        if CLANG and self.build("msan", msan, ["replay_meta", "replay_camera", "test_golden"]):
            for topic in ("meta", "camera"):
                self.replay("msan", topic, [])
            self.step("msan golden", [self.args.build / "msan" / "tests" / "test_golden"], r"golden: .*")
        tsan = ["-DCMAKE_BUILD_TYPE=RelWithDebInfo", "-DSMP_SANITIZE=thread"]
        if self.build("tsan", tsan, ["test_golden"]):
            self.step("tsan golden", [self.args.build / "tsan" / "tests" / "test_golden"], r"golden: .*")

    def replay(self, build, topic, before):
        corpus = sorted((self.args.source / "tests" / "fuzz" / "corpus" / topic).glob("*.bin"))
        self.step(f"{build} {topic}", [*before, self.args.build / build / "tests" / f"replay_{topic}", *corpus],
                  r"\d+ inputs")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("source", type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("build", type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--only")
    args, args.options = parser.parse_known_args()
    todo = List(args)
    todo.step("two clean builds", [sys.executable, args.source / "tests" / "lint" / "check_reproducible.py", args.source,
                                   *args.options], r"libsmp\.so\S*: \S+ \w+")
    todo.checkers()
    todo.fuzz()
    print(f"\n{'step':24} {'result':8} {'seconds':>8}  figure")
    for name, good, figure, seconds in todo.rows:
        print(f"{name:24} {'ok' if good else 'FAILED':8} {seconds:8.0f}  {figure}")
    return 0 if all(row[1] for row in todo.rows) else 1


if __name__ == "__main__":
    sys.exit(main())
