# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# The library's objects call no function of the C library's mathematics but those that are exact everywhere and those
# that set the environment: others differ in the last bit from one C library to the next.
# usage: check_libm.py NM OBJECT...
import re
import subprocess
import sys

EXACT = {"fabs", "floor", "ceil", "trunc", "sqrt", "fmin", "fmax", "copysign", "ldexp", "frexp", "modf", "isnan"}
ENVIRONMENT = {"fegetenv", "fesetenv", "fegetround", "fesetround"}
NAMES = """acos acosh asin asinh atan atan2 atanh cbrt ceil copysign cos cosh erf erfc exp exp10 exp2 expm1 fabs fdim floor fma
fmax fmin fmod frexp hypot j0 j1 jn ldexp lgamma llrint llround log log10 log1p log2 logb lrint lround modf nearbyint
nextafter nexttoward pow remainder remquo rint round scalbln scalbn sin sincos sinh sqrt tan tanh tgamma trunc y0 y1 yn""".split()
LIBM = re.compile(r"(?:__)?(" + "|".join(NAMES) + r")[fl]?(?:_finite)?")


def main(nm, objects):
    found, exact = [], set()
    listing = subprocess.run([nm, "-A", "-u", *objects], capture_output=True, text=True, check=True).stdout
    for path, symbol in (line.rsplit(":", 1) for line in listing.splitlines()):
        symbol = symbol.split()[-1].split("@")[0]
        match = LIBM.fullmatch(symbol)
        if match and match[1] not in EXACT:
            found.append(f"{path}: calls {symbol}")
        elif match or symbol in ENVIRONMENT:
            exact.add(symbol)
    print("\n".join([*found, f"{len(objects)} objects, exact: {' '.join(sorted(exact))}; {len(found)} others"]))
    return 1 if found or not objects else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
