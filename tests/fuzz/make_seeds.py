# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Writes the seeds of the fuzz targets: small files of our own making. JPEGs come from Pillow, where
# it is there. usage: make_seeds.py CORPUS_DIR SMP_PROGRAM
import io
import pathlib
import re
import struct
import subprocess
import sys
import zlib


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, depth, colour, interlace=0, extra=()):
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    row = (width * channels * depth + 7) // 8
    # Adam7 needs other rows; each pass is written with its own width.
    passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    raw = b""
    for x0, y0, dx, dy in passes if interlace else [(0, 0, 1, 1)]:
        w, h = max(0, -(-(width - x0) // dx)), max(0, -(-(height - y0) // dy))
        row = (w * channels * depth + 7) // 8
        for y in range(h if w else 0):
            raw += bytes([y % 5]) + bytes((7 * x + 13 * y) & (0xff if colour != 3 else 0x11) for x in range(row))
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace)
    parts = [chunk(b"IHDR", head)]
    if colour == 3:
        parts.append(chunk(b"PLTE", bytes(range(51))))
    parts += [chunk(kind, data) for kind, data in extra]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts + [chunk(b"IDAT", zlib.compress(raw)), chunk(b"IEND", b"")])


def exif(order, orientation, space=1):
    e = {"<": b"II", ">": b"MM"}[order]
    entries = struct.pack(order + "HHIHH", 0x112, 3, 1, orientation, 0) + struct.pack(order + "HHII", 0x8769, 4, 1, 38)
    sub = struct.pack(order + "HHHIHH", 1, 0xa001, 3, 1, space, 0) + struct.pack(order + "I", 0)
    return e + struct.pack(order + "HIH", 42, 8, 2) + entries + struct.pack(order + "I", 0) + sub



def jpegs():
    try:
        from PIL import Image
    except ImportError:
        return
    image = Image.new("RGB", (21, 13))
    image.putdata([((9 * x) & 255, (17 * y) & 255, (x * y) & 255) for y in range(13) for x in range(21)])
    for name, options in {"444": {"subsampling": 0}, "420": {"subsampling": 2}, "progressive": {"progressive": True},
                          "restart": {"restart_marker_blocks": 1}, "exif": {"exif": b"Exif\0\0" + exif(">", 6)}}.items():
        out = io.BytesIO()
        image.save(out, "JPEG", quality=70, **options)
        yield name, out.getvalue()
    out = io.BytesIO()
    image.convert("L").save(out, "JPEG", quality=50)
    yield "gray", out.getvalue()


PLANS = {
    "empty": b"{}",
    "flat": b'{"head":{"shape":"flat","width_mm":20,"height_mm":20},"density_per_cm2":150}',
    "shade": b'{"shade":"neutral-07","life":{"skin_type":3,"days_unshaved":2,"tan":0.5}}',
    "pattern": b'{"pattern":{"pattern":"norwood_4"},"hairline":{"style":"mature","height_mm":75}}',
}


WORDS = {
    "codec": [b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"eXIf", b"cICP",
              b"acTL", b"Exif\0\0", b"ICC_PROFILE\0", b"JFIF\0", b"Adobe", b"\xff\xd8", b"\xff\xc0", b"\xff\xc2",
              b"\xff\xc4", b"\xff\xda", b"\xff\xdb", b"\xff\xdd", b"\xff\xe1", b"\xff\xe2", b"\xff\xee", b"\xff\xd9"],
    "meta": [b"II*\0", b"MM\0*", b"\x12\1", b"\1\x12", b"\x69\x87", b"\x87\x69", b"\xa0\1", b"\1\xa0", b"R03",
             b"acsp", b"mntr", b"RGB ", b"GRAY", b"XYZ ", b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"curv", b"para", b"cicp"],
    "view": [b"\xff\xff\xff\xff", b"\0\0\xc0\x7f", b"\0\0\x80\x7f"],
    "camera": [b"\xff", b"\xfe\1\1", b"\xfd\1\1"],
}


def dictionaries(root):
    """One word a line, in libFuzzer's spelling; those of plans are the schema's."""
    schema = (root.parents[2] / "docs" / "plan.schema.json").read_text(encoding="utf-8")
    names = sorted(set(re.findall(r'"([a-z][a-z0-9_]*)"', schema)))
    WORDS["plan"] = [f'"{name}"'.encode() for name in names] + [b"null", b"1e999", b"-0", b"\\ud800", b"[[]]"]
    WORDS["job"] = WORDS["plan"]
    for topic, words in WORDS.items():
        lines = ["".join(f"\\x{byte:02x}" if byte > 126 or not (chr(byte).isalnum() or byte == 95) else chr(byte) for byte in word)
                 for word in words]
        (root.parent / f"{topic}.dict").write_text("".join(f'"{line}"\n' for line in lines), encoding="ascii")


def job(flags, shape, plan, pixels):
    return (bytes([flags, shape, 0, 0, 60, 0, 0, 4, 0]) + struct.pack(">H", len(plan)) + plan + pixels)


def main(root, program):
    files = {"codec": {}, "meta": {}, "plan": {}, "view": {}, "camera": {}, "job": {}}
    for depth, colour in ((1, 0), (8, 0), (16, 0), (8, 2), (16, 2), (4, 3), (8, 3), (8, 4), (8, 6), (16, 6)):
        for interlace in (0, 1):
            files["codec"][f"png_{depth}_{colour}_{interlace}"] = b"\1" + png(11, 7, depth, colour, interlace)
    tags = [(b"gAMA", struct.pack(">I", 45455)), (b"sRGB", b"\0"), (b"cICP", b"\x0c\x0d\0\1"), (b"eXIf", exif("<", 8))]
    for kind, data in tags:
        files["codec"]["png_" + kind.decode()] = b"\5" + png(3, 2, 8, 2, 0, [(kind, data)])
    files["codec"]["wrap_rgb"] = bytes([2, 0, 4, 4, 3, 2, 0, 0]) + bytes(range(64))
    files["codec"]["wrap_palette"] = bytes([2, 0, 8, 3, 3, 3, 1, 1, 0, 9]) + bytes(range(64))
    for name, data in jpegs():
        files["codec"]["jpeg_" + name] = b"\0" + data
        files["codec"]["jpeg_turned_" + name] = b"\4" + data
    for order in "<>":
        files["meta"]["exif_" + ("little" if order == "<" else "big")] = b"\0" + exif(order, 6, 2)
    for name, words in PLANS.items():
        files["plan"][name] = words
    for name in ("conservative", "typical", "bold"):
        made = subprocess.run([program, "plan", "--preset", name], capture_output=True)
        if made.returncode == 0:
            files["plan"][name] = made.stdout
    files["view"]["views"] = bytes([1, 9, 9, 1, 64, *range(64), 9, 9, 2, 64, *range(64), *range(40), 2, 92, 6, 0, 5])
    files["view"]["descs"] = bytes([0, 1] + [b for kind in range(10) for b in (kind, 1, 3, 2, 0, 128, 0, 0, 0, 0, 0)])
    files["view"]["short"] = bytes([0, 1] + [b for kind in range(10) for b in (130 + kind, 0, 24)])
    for way in range(6):
        files["camera"][f"way_{way}"] = bytes([way, 1, 1] + [0, 128, 0] * 2 + [0, 128, 0, 0, 128, 0, 200] * 7)
        files["camera"][f"long_{way}"] = bytes([way, 1, 13] + [0, 128, 0] * 2 + [(37 * i) % 250 for i in range(1900)])
    files["camera"]["normals"] = bytes([3, 1, 1, 20, 20] + [0, 128, 0, 0, 128, 0, 0, 255, 0] * 400)
    for flags in (0, 2, 4, 8, 16, 32, 48, 64):
        files["job"][f"flat_{flags}"] = job(flags, 0, PLANS["flat"], bytes([19, 19]) + bytes(i % 5 for i in range(1600)))
    files["job"]["file"] = job(1, 0, PLANS["flat"], png(20, 20, 8, 2))
    files["job"]["head"] = job(0, 3, b"", bytes([30, 30]))
    dictionaries(root.resolve())
    for topic, seeds in files.items():
        (root / topic).mkdir(parents=True, exist_ok=True)
        for name, data in seeds.items():
            (root / topic / f"{name}.bin").write_bytes(data)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), sys.argv[2])
