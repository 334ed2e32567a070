# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# The fields of the growing structs are those of the committed list. --write renews the list.
# usage: check_fields.py FIELDS_TXT PROGRAM... [--write]
import difflib
import pathlib
import subprocess
import sys


def main(listed, *program):
    write = program[-1] == "--write"
    run = subprocess.run(program[:-1] if write else program, capture_output=True, text=True)
    if run.returncode:
        print(run.stderr.strip())
        return 1
    path = pathlib.Path(listed)
    if write:
        path.write_text(run.stdout)
    wanted = path.read_text().splitlines()
    found = list(difflib.unified_diff(wanted, run.stdout.splitlines(), path.name, "the library", lineterm="", n=0))
    print("\n".join(found + [f"{len(wanted)} fields, {'they differ' if found else 'all as listed'}"]))
    return 1 if found or not wanted else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
