# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# What an optimised shared library must show of its protections: read-only after relocation, bound at once, no
# executable stack, stack protector, checked copies.
# usage: check_hardening.py READELF LIBRARY
import subprocess
import sys


def main(readelf, library):
    text = subprocess.run([readelf, "-lWd", library], capture_output=True, text=True, check=True).stdout
    symbols = subprocess.run([readelf, "-Ws", "--dyn-syms", library], capture_output=True, text=True, check=True).stdout
    stack = [line for line in text.splitlines() if "GNU_STACK" in line]
    signs = {"relro": "GNU_RELRO" in text, "bound at once": "NOW" in text, "no text relocations": "TEXTREL" not in text,
             "stack not executable": len(stack) == 1 and " RWE " not in stack[0],
             "stack protector": "__stack_chk_fail" in symbols, "checked copies": "_chk@" in symbols or "_chk" in symbols}
    for sign, good in signs.items():
        print(f"{sign}: {'yes' if good else 'NO'}")
    return 0 if all(signs.values()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
