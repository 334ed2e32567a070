# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Kernels are pure: their objects call nothing but mem* and each other.
# usage: check_kernels.py NM OBJECT...
import re
import subprocess
import sys

# The last two are the compiler's own: position-independent code and its stack protector; so are the checked twins.
FINE = re.compile(r"(__)?mem(cpy|set|move|cmp)(_chk)?|smpk_\w+|_GLOBAL_OFFSET_TABLE_|__stack_chk_fail")


def main(nm, objects):
    found = 0
    for path in objects:
        listing = subprocess.run([nm, "-u", path], capture_output=True, text=True, check=True).stdout
        for symbol in (line.split()[-1] for line in listing.splitlines() if line.strip()):
            if not FINE.fullmatch(symbol):
                print(f"{path}: calls {symbol}")
                found += 1
    print(f"{len(objects)} objects, {found} forbidden calls")
    return 1 if found or not objects else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
