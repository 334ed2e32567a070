# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Every public function that can take memory, or run tasks, is called by a test of tests/alloc in which allocations, or
# the runner, fail. Which ones can is read from the sources: all that a function names, and all that those name.
# usage: check_listed.py SOURCE_DIR
import pathlib
import re
import sys

TAKES = {"smpi_new", "smpi_alloc", "smpi_alloc_zero", "calloc", "malloc", "aligned_alloc", "alloc"}
RUNS = {"smpi_run", "smpi_run_progress"}
WORD = re.compile(r"\b[a-zA-Z_]\w*\b")
HEAD = re.compile(r"(?:^|\s|\*)(\w+)\(")


def functions(text):
    """Names and bodies: what stands between { and } in column one, named by the first word before a bracket."""
    text = re.sub(r'/\*.*?\*/|"(?:\\.|[^"\\])*"', " ", text, flags=re.S)
    text = re.sub(r"^(SMPI_DEFINE_FIELDS|#).*$", "", text, flags=re.M)
    for part in re.finditer(r"^([^\n#{};/][^{};]*)^\{\n(.*?)^\}", text, flags=re.S | re.M):
        name = HEAD.search(part[1])
        if name:
            yield name[1], set(WORD.findall(part[2])), "static" in part[1].split()


def graph(source):
    """(file or "", function) to what it names; file is "" for what other files see."""
    calls = {}
    for path in sorted(source.glob("libsmp/*/*.[ch]")):
        for name, words, static in functions(path.read_text(encoding="utf-8")):
            calls[(str(path) if static and path.suffix == ".c" else "", name)] = (str(path), words)
    return calls


def reaching(calls, ends):
    """Names of visible functions from which one of the ends is reached."""
    good = {key for key, (_, words) in calls.items() if words & ends}
    while True:
        more = {key for key, (file, words) in calls.items() if key not in good and
                any(((file, word) if (file, word) in calls else ("", word)) in good for word in words)}
        if not more:
            return {name for file, name in good if not file}
        good |= more


def main(source):
    public = {line for line in (source / "tests/abi/smp.symbols").read_text().split()}
    calls = graph(source)
    missing = public - {name for file, name in calls if not file} - {
        name for name in public if name.endswith(("_fields", "_init_sized"))}
    complaints = [f"{name}: its source was not found" for name in sorted(missing)]
    tests = [set(WORD.findall(path.read_text(encoding="utf-8"))) for path in source.glob("tests/alloc/*.c")]
    for kind, ends, loops in (("takes memory", TAKES, {"smp_oom_loop", "fails_here", "let_fail"}),
                              ("runs tasks", RUNS, {"test_runs_from"})):
        tested = set().union(*(words for words in tests if words & loops))
        able = reaching(calls, ends) & public
        complaints += [f"{name} {kind}, but no test of tests/alloc lets that fail" for name in sorted(able - tested)]
        print(f"{len(able)} public functions: {kind}")
    print("\n".join([*complaints, f"{len(complaints)} complaints"]))
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
