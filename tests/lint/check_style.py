# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# House style that no compiler checks: lengths, blanks, licence lines, names of machines.
# usage: check_style.py SOURCE_DIR
import ast
import pathlib
import re
import sys

FUNCTION_LINES = 60
FILE_LINES = 600
TEST_LINES = 300
COLUMNS = 100
FOLDERS = ("include", "libsmp", "tools", "tests", "bindings", "bench", "docs", ".ci")
TEXT = {".c", ".h", ".def", ".py", ".sh", ".md", ".cmake", ".txt", ".json", ".in", ".csv", ".symbols", ""}
NEED_LICENCE = {".c", ".h", ".py", ".sh"}
# Places on the network that may be named (standards, the licence's and the format's homes, one upstream), and paths
# that exist on one machine only. The pattern is written so that it does not match itself.
HOSTS = {"github.com", "json-schema.org", "keepachangelog.com", "spdx.org", "semver.org", "example.org", "www.w3.org"}
HOST = re.compile(r"https?://([A-Za-z0-9.-]+)")
FORBIDDEN = re.compile(r"(?<![\w$}])/(wor[k]|tmp/w[t]|hom[e]|roo[t])/")


def functions(lines):
    """Yields (first line, length of the body) of each C function: braces stand in column one."""
    start = None
    for number, line in enumerate(lines, 1):
        if line == "{":
            start = number
        elif line == "}" and start is not None:
            yield start, number - start - 1
            start = None


def check_c(name, lines):
    for start, length in functions(lines):
        if length > FUNCTION_LINES:
            yield f"{name}:{start}: the function has {length} lines, at most {FUNCTION_LINES}"
    limit = TEST_LINES if name.startswith("tests/") and name.endswith(".c") else FILE_LINES
    if len(lines) > limit and "table" not in name:
        yield f"{name}: {len(lines)} lines, at most {limit}"
    for number, line in enumerate(lines, 1):
        if len(line) > COLUMNS and "table" not in name:
            yield f"{name}:{number}: {len(line)} columns, at most {COLUMNS}"


def check(path, name):
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        yield f"{name}: not UTF-8"
        return
    lines = text.split("\n")
    if text and not text.endswith("\n"):
        yield f"{name}: no newline at the end"
    for number, line in enumerate(lines, 1):
        # Two blanks at the end mean something in Markdown; we do without them.
        if line.rstrip() != line:
            yield f"{name}:{number}: trailing blanks"
        if "\t" in line and path.suffix in {".c", ".h", ".py", ".cmake"}:
            yield f"{name}:{number}: a tab"
        if FORBIDDEN.search(line) or any(host not in HOSTS for host in HOST.findall(line)):
            yield f"{name}:{number}: names a machine or a path of one machine: {line.strip()[:80]}"
    head = "\n".join(lines[:4])
    if path.suffix in NEED_LICENCE:
        for words in ("SPDX-" + "FileCopyrightText:", "SPDX-" + "License-Identifier: MIT"):
            if words not in head:
                yield f"{name}: no {words} in its first lines"
    if path.suffix == ".py":
        try:
            ast.parse(text, name)  # the system's Python must bear it, whatever newer ones allow
        except SyntaxError as error:
            yield f"{name}:{error.lineno}: {error.msg}"
    if path.suffix in {".c", ".h"}:
        yield from check_c(name, lines[:-1])


def main(root):
    paths = [p for p in root.iterdir() if p.is_file()]
    for folder in FOLDERS:
        paths += [p for p in (root / folder).rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    paths = [p for p in sorted(paths) if p.suffix in TEXT and p.name != ".git"]
    found = [words for p in paths for words in check(p, p.relative_to(root).as_posix())]
    print("\n".join(found + [f"{len(paths)} files, {len(found)} complaints"]))
    return 1 if found or not paths else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
