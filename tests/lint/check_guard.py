# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Public functions compute behind the guard of base/guard.h, which sets the floating-point environment and gives the
# host's own back. Those below hand out, copy, free, count or set what is stored, and need none.
# usage: check_guard.py SOURCE_DIR
import pathlib
import re
import sys

PLAIN = re.compile(r"""smp_(
    \w+_destroy | \w+_fields | \w+_init_sized | version | \w+_name | \w+_count | bytes_data | status_name | context_\w+ | pool_\w+ | format_\w+ |
    image_wrap | picture_\w+ | dots_arrays | shade_find | preview_(bounds|dots) |
    phantom_(image|camera|head|ellipse|hairs) | scalp_(skin|blur_px|camera|grain|light|hairs) |
    plan_get_(head|hairline|session|pigment|pattern|life|event|event_pigment|zone_points)
)""", re.X)
DEFINITION = re.compile(r"^(?:const )?\w+ \*?(smp_\w+)\([^;{]*\)\n\{\n(.*?)^\}", re.M | re.S)


def main(root):
    found, seen = [], set()
    for path in sorted((root / "libsmp").glob("*/*.c")):
        for name, body in DEFINITION.findall(path.read_text()):
            seen.add(name)
            if "SMPI_GUARD" not in body and not PLAIN.fullmatch(name):
                found.append(f"{path.relative_to(root)}: {name} computes without SMPI_GUARD")
    listed = {line.split()[-1] for line in (root / "tests/abi/smp.symbols").read_text().splitlines() if line[:1].isalpha()}
    # Those that a field table defines are not written out; their defaults are rounded behind a guard in base/fields.c.
    found += [f"{name} is not found" for name in sorted(listed - seen) if not re.search(r"_fields$|_init_sized$", name)]
    print("\n".join(found + [f"{len(seen)} public functions, {len(found)} complaints"]))
    return 1 if found or not seen else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
