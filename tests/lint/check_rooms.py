# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Rooms depend in one direction: reads every #include and fails where docs/design.md does not allow it.
# usage: check_rooms.py SOURCE_DIR
import pathlib
import re
import sys

# What a room may include, besides itself and base. `kernels` is reached through the context.
ALLOWED = {
    "kernels": set(),
    "base": {"kernels"},
    "color": {"kernels"},
    "image": {"color", "kernels"},
    "optics": {"color", "kernels"},
    "geometry": {"kernels"},
    "scalp": {"color", "image", "optics", "geometry", "kernels"},
    "plan": {"geometry", "optics"},
    "synthesis": {"geometry", "plan", "kernels"},
    "ageing": {"optics", "plan", "synthesis"},
}
ALLOWED["render"] = set(ALLOWED)
ALLOWED["phantom"] = set(ALLOWED) | {"render"}

# Public headers belong to rooms; those that are named here to another room than their own name.
HEADER_ROOM = {"version": "base", "export": "base", "dots": "synthesis", "shades": "optics"}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def public_room(name):
    stem = name.removeprefix("smp/").removesuffix(".h")
    return HEADER_ROOM.get(stem, stem)


def complaint(room, bracket, name):
    """Why this room may not include that file, or None."""
    if name.startswith("smp/"):
        if bracket != "<":
            return "public headers are included as <smp/...>"
        if name == "smp/smp.h" and room != "outside":
            return "rooms include the headers they need, not all of them"
        target = public_room(name)
    elif bracket == "<":
        if room == "kernels" and not re.match(r"(stddef|stdint|string)\.h$|simde/", name):
            return f"kernels may not include <{name}>"
        return None
    elif room == "outside":
        return None if "/" not in name else f"only the public API, not {name}"
    elif "/" not in name:
        # kernels.def is read again and again by kernels.h; stb is not ours.
        return None if name.startswith("stb_") else f'"{name}" must name its room'
    else:
        target = name.split("/")[0]
    if room == "outside":
        return None
    if target not in ALLOWED:
        return f"there is no room {target}"
    if room == "kernels" and target != "kernels":
        return f"kernels may not include {target}"
    if target in {room, "base"} or target in ALLOWED[room]:
        return None
    return f"{room} may not include {target}"


def room_of(path, root):
    parts = path.relative_to(root).parts
    if parts[0] == "libsmp":
        return parts[1] if len(parts) > 2 else None
    if parts[0] == "include":
        return "outside" if path.name == "smp.h" else public_room(path.name)
    return "outside"


def main(root):
    found = 0
    files = [p for d in ("libsmp", "include", "tools", "bindings") for p in (root / d).rglob("*.[ch]")]
    for path in sorted(files):
        room = room_of(path, root)
        if room is not None and room != "outside" and room not in ALLOWED:
            print(f"{path.relative_to(root)}: there is no room {room} in the table")
            found += 1
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            match = INCLUDE.match(line)
            words = match and complaint(room, *match.groups())
            if words:
                print(f"{path.relative_to(root)}:{number}: {words}")
                found += 1
    print(f"{len(files)} files, {found} forbidden includes")
    return 1 if found or not files else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
