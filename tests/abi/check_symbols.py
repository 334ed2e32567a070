# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# What a library exports. shared: exactly the names in smp.symbols. static: only smp_, smpi_ and smpk_ names.
# usage: check_symbols.py shared|static NM LIBRARY SYMBOLS
import pathlib
import re
import subprocess
import sys


def defined(nm, library, dynamic):
    options = ["-D"] if dynamic else ["-g"]
    listing = subprocess.run([nm, *options, "--defined-only", library], capture_output=True, text=True, check=True)
    rows = [line.split() for line in listing.stdout.splitlines()]
    return sorted({row[2] for row in rows if len(row) == 3})


def check_shared(names, listed):
    for name in sorted(set(names) - set(listed)):
        yield f"{name} is exported but not in smp.symbols"
    for name in sorted(set(listed) - set(names)):
        yield f"{name} is in smp.symbols but not exported"
    if listed != sorted(listed):
        yield "smp.symbols is not sorted"


def check_static(names, listed):
    for name in names:
        if not re.match(r"smp[ik]?_", name):
            yield f"{name} does not start with smp_, smpi_ or smpk_"
    for name in sorted(set(listed) - set(names)):
        yield f"{name} is in smp.symbols but not in the archive"
    for name in names:
        if name.startswith("smp_") and name not in listed:
            yield f"{name} is public by its name but not in smp.symbols"


def main(kind, nm, library, symbols):
    # A shared library has no archive header: the two must not be taken for each other.
    with open(library, "rb") as file:
        archive = file.read(8) == b"!<arch>\n"
    if archive != (kind == "static"):
        print(f"{library} is not a {kind} library")
        return 1
    listed = pathlib.Path(symbols).read_text().split()
    names = defined(nm, library, kind == "shared")
    found = list((check_shared if kind == "shared" else check_static)(names, listed))
    print("\n".join(found + [f"{kind}: {len(names)} names, {len(listed)} listed, {len(found)} complaints"]))
    return 1 if found or not names else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:5]))
