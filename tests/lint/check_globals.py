# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# The library keeps no writable state: its objects hold no .data, .bss or common symbols, but those named here.
# usage: check_globals.py NM OBJECT...
import re
import subprocess
import sys

# stb_image's and stb_image_write's switches, which nobody sets; a text that it would write the name of an unknown PNG
# chunk into (such files never reach it); its failure word and our pointer for its allocator, one per thread and set
# anew by each decode.
STB = {"stbi__vertically_flip_on_load_global", "stbi__vertically_flip_on_load_local",
       "stbi__vertically_flip_on_load_set", "stbi__unpremultiply_on_load_global", "stbi__unpremultiply_on_load_local",
       "stbi__unpremultiply_on_load_set", "stbi__de_iphone_flag_global", "stbi__de_iphone_flag_local",
       "stbi__de_iphone_flag_set", "stbi__g_failure_reason", "stbi__flip_vertically_on_write", "invalid_chunk",
       "stbi_write_png_compression_level", "stbi_write_tga_with_rle", "stbi_write_force_png_filter", "heap"}
WRITABLE = re.compile(r"^(?:[0-9a-f]+ )?(?:[0-9a-f]+ )?([bBdDC]) (\S+)$")


def main(nm, objects):
    found = 0
    for path in objects:
        listing = subprocess.run([nm, path], capture_output=True, text=True, check=True).stdout
        name = path.rsplit("/", 1)[-1]
        fine = STB if name.startswith("stb.c") else set()
        for line in listing.splitlines():
            match = WRITABLE.match(line.strip())
            # Tables of addresses are constant after relocation; nm shows them as data: their section says so.
            if match and re.sub(r"\.\d+$", "", match[2]) not in fine and not relocated(nm, path, match[2]):
                print(f"{path}: {match[1]} {match[2]} may be written")
                found += 1
    print(f"{len(objects)} objects, {found} writable symbols")
    return 1 if found or not objects else 0


def relocated(nm, path, symbol):
    """Whether a symbol lies in .data.rel.ro, which is read-only once the library is loaded."""
    objdump = nm[:-2] + "objdump"
    listing = subprocess.run([objdump, "-t", path], capture_output=True, text=True, check=True).stdout
    return any(line.endswith(" " + symbol) and ".data.rel.ro" in line for line in listing.splitlines())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
