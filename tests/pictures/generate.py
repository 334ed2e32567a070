# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Makes pictures whose pixels are known: PNG files of every kind, written here from the specification, damaged ones,
# and JPEG files by Pillow. Everything follows from the names, so a failing file can be made again.
import io
import struct
import zlib

import numpy as np

CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
KINDS = [(0, d) for d in (1, 2, 4, 8, 16)] + [(3, d) for d in (1, 2, 4, 8)] + [(t, d) for t in (2, 4, 6) for d in (8, 16)]
ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(kind, data=b""):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def rows_of(samples, depth):
    """Rows of bytes: samples [height, width, channels] packed as the file has them."""
    height = samples.shape[0]
    flat = samples.reshape(height, -1)
    if depth == 16:
        return flat.astype(">u2").view(np.uint8).reshape(height, -1)
    if depth == 8:
        return flat.astype(np.uint8)
    bits = (flat[:, :, None] >> np.arange(depth - 1, -1, -1)) & 1
    return np.packbits(bits.reshape(height, -1).astype(np.uint8), axis=1)


def paeth(a, b, c):
    p = a + b - c
    da, db, dc = abs(p - a), abs(p - b), abs(p - c)
    return np.where((da <= db) & (da <= dc), a, np.where(db <= dc, b, c))


def filtered(rows, step, choose):
    """Filters each row by the kind that choose(y) names; step: bytes of a pixel, at least 1."""
    out, before = [], np.zeros(rows.shape[1], int)
    for y, row in enumerate(rows.astype(int)):
        left = np.concatenate([np.zeros(step, int), row])[:len(row)]
        corner = np.concatenate([np.zeros(step, int), before])[:len(row)]
        kind = choose(y)
        guess = (0, left, before, (left + before) // 2, paeth(left, before, corner))[kind]
        out.append(bytes([kind]) + ((row - guess) % 256).astype(np.uint8).tobytes())
        before = row
    return b"".join(out)


def data_of(samples, depth, interlaced, choose):
    step = max(1, samples.shape[2] * depth // 8)
    parts = [samples[y0::dy, x0::dx] for x0, y0, dx, dy in ADAM7] if interlaced else [samples]
    return b"".join(filtered(rows_of(part, depth), step, choose) for part in parts if part.shape[0] and part.shape[1])


def png(samples, kind, depth, interlaced=0, choose=lambda y: y % 5, before=b"", behind=b"", cut=None, level=6):
    """A file. before: chunks in front of the data; cut: lengths of the first data chunks."""
    height, width = samples.shape[:2]
    packed = zlib.compress(data_of(samples, depth, interlaced, choose), level)
    pieces = []
    for size in cut or []:
        pieces.append(packed[:size])
        packed = packed[size:]
    pieces.append(packed)
    header = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, interlaced)
    return (SIGNATURE + chunk(b"IHDR", header) + before + b"".join(chunk(b"IDAT", piece) for piece in pieces) + behind +
            chunk(b"IEND"))


def truth(samples, kind, depth, palette=None, alphas=None, key=None):
    """The pixels as smp_decode documents them: gray8, rgb8, rgba8, rgb16 or rgba16."""
    most = (1 << depth) - 1
    if kind == 3:
        color = palette[samples[:, :, 0]]
        if alphas is None:
            return color.astype(np.uint8)
        full = np.full(len(palette), 255)
        full[:len(alphas)] = alphas
        return np.concatenate([color, full[samples[:, :, 0]][:, :, None]], axis=2).astype(np.uint8)
    deep = np.uint16 if depth == 16 else np.uint8
    color = samples[:, :, :-1] if kind in (4, 6) else samples
    alpha = samples[:, :, -1:] if kind in (4, 6) else None
    if key is not None:
        alpha = np.where((samples == key).all(axis=2, keepdims=True), 0, most)
    scale = 255 // most if depth < 8 else 1
    if color.shape[2] == 1 and (alpha is not None or depth == 16):
        color = np.repeat(color, 3, axis=2)
    pixels = color * scale if alpha is None else np.concatenate([color * scale, alpha * scale], axis=2)
    return pixels.astype(deep)


def draw(random, width, height, kind, depth, entries=None):
    """Samples: a slope with noise, so that all filters have work."""
    most = (entries or 1 << depth) - 1
    y, x = np.mgrid[0:height, 0:width]
    slope = (x[:, :, None] * 7 + y[:, :, None] * 3 + np.arange(CHANNELS[kind]) * 31) * (most + 1) // 256
    noise = random.integers(0, max(2, (most + 1) // 6), (height, width, CHANNELS[kind]))
    return (slope + noise) % (most + 1)


def tags(random, kind, depth):
    """Chunks that must not change a pixel."""
    chunks = [b"", chunk(b"gAMA", struct.pack(">I", 45455)), chunk(b"gAMA", struct.pack(">I", 100000)),
              chunk(b"sRGB", b"\0"), chunk(b"pHYs", struct.pack(">IIB", 4, 1, 0)),
              chunk(b"cHRM", struct.pack(">8I", 31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000)),
              chunk(b"tEXt", b"Comment\0nothing"), chunk(b"tIME", bytes(7)),
              chunk(b"iCCP", b"odd\0\0" + zlib.compress(b"no profile at all"))]
    back = {0: b"\0\1", 4: b"\0\1", 2: b"\0\1\0\1\0\0", 6: b"\0\1\0\1\0\0"}
    if kind in back:
        chunks.append(chunk(b"bKGD", back[kind]))
    return chunks[random.integers(len(chunks))]


def good_pngs(sizes):
    """Yields (name, file, pixels)."""
    for number, (width, height) in enumerate(sizes):
        for kind, depth in KINDS:
            for interlaced in (0, 1):
                name = f"png_{kind}_{depth}_{interlaced}_{width}x{height}"
                random = np.random.default_rng(zlib.crc32(name.encode()))
                entries = int(random.integers(1, (1 << depth) + 1)) if kind == 3 else None
                samples = draw(random, width, height, kind, depth, entries)
                before, palette, alphas, key = b"", None, None, None
                if kind == 3:
                    palette = random.integers(0, 256, (entries, 3))
                    before = chunk(b"PLTE", palette.astype(np.uint8).tobytes())
                    if number % 2:
                        alphas = random.integers(0, 256, int(random.integers(1, entries + 1)))
                        before += chunk(b"tRNS", alphas.astype(np.uint8).tobytes())
                elif kind in (0, 2) and number % 2:
                    key = samples[height // 2, width // 2]
                    before = chunk(b"tRNS", key.astype(">u2").tobytes())
                cut = [None, [0], [1, 0, 1], [1] * 9][number % 4]
                one = number % 7  # 0 to 4: one filter for all rows; else all in turn
                choose = (lambda y, one=one: one) if one < 5 else (lambda y: y % 5)
                data = png(samples, kind, depth, interlaced, choose, tags(random, kind, depth) + before, cut=cut,
                           level=[0, 1, 6, 9][number % 4])
                yield name, data, truth(samples, kind, depth, palette, alphas, key)


def bad_pngs():
    """Yields (name, file): each must be refused."""
    samples = draw(np.random.default_rng(1), 13, 9, 2, 8)
    gray = samples[:, :, :1]
    good = png(samples, 2, 8)
    header = good[8:33]
    for name, change in (("cr", good[:4] + b"\n" + good[5:]), ("first", b"\x88" + good[1:]), ("high", b"\x09" + good[1:]),
                         ("lf", good.replace(b"\r\n", b"\n", 1)), ("crlf", good.replace(b"\n", b"\r\n")), ("empty", b""),
                         ("signature", good[:8])):
        yield f"bad_{name}", change
    for size in (9, 20, 33, 40, len(good) // 2, len(good) - 12, len(good) - 1):
        yield f"bad_cut_{size}", good[:size]
    for at in (29, 33 + 8, len(good) - 13, len(good) - 1):
        yield f"bad_checksum_{at}", good[:at] + bytes([good[at] ^ 1]) + good[at + 1:]
    for words in ((0, 9, 8, 2, 0, 0, 0), (13, 0, 8, 2, 0, 0, 0), (13, 9, 3, 0, 0, 0, 0), (13, 9, 16, 3, 0, 0, 0),
                  (13, 9, 4, 2, 0, 0, 0), (13, 9, 1, 6, 0, 0, 0), (13, 9, 8, 1, 0, 0, 0), (13, 9, 8, 5, 0, 0, 0),
                  (13, 9, 8, 9, 0, 0, 0), (13, 9, 8, 2, 1, 0, 0), (13, 9, 8, 2, 0, 1, 0), (13, 9, 8, 2, 0, 0, 2),
                  (0x80000000, 9, 8, 2, 0, 0, 0), (13, 0xffffffff, 8, 2, 0, 0, 0), (70000, 70000, 8, 2, 0, 0, 0)):
        yield "bad_header_" + "_".join(map(str, words)), good[:8] + chunk(b"IHDR", struct.pack(">IIBBBBB", *words)) + good[33:]
    data = good[33:-12]
    yield "bad_no_data", good[:33] + chunk(b"IEND")
    yield "bad_empty_data", good[:33] + chunk(b"IDAT") + chunk(b"IEND")
    yield "bad_no_header", good[:8] + good[33:]
    yield "bad_two_headers", good[:33] + header + good[33:]
    yield "bad_late_header", good[:8] + data + header + chunk(b"IEND")
    yield "bad_split_data", good[:33] + chunk(b"IDAT", data[8:20]) + chunk(b"tEXt", b"a\0b") + chunk(b"IDAT", data[20:-4]) + \
        chunk(b"IEND")
    yield "bad_no_palette", png(gray, 3, 8)
    yield "bad_palette_length", png(gray, 3, 8, before=chunk(b"PLTE", bytes(16)))
    yield "bad_palette_large", png(gray % 2, 3, 1, before=chunk(b"PLTE", bytes(9)))
    yield "bad_palette_huge", png(gray, 3, 8, before=chunk(b"PLTE", bytes(257 * 3)))
    yield "bad_palette_late", png(gray, 3, 8, behind=chunk(b"PLTE", bytes(768)))
    yield "bad_palette_gray", png(gray, 0, 8, before=chunk(b"PLTE", bytes(6)))
    yield "bad_key_length", png(samples, 2, 8, before=chunk(b"tRNS", bytes(5)))
    yield "bad_key_alpha", png(np.concatenate([samples, gray], 2), 6, 8, before=chunk(b"tRNS", bytes(6)))
    yield "bad_needed_chunk", png(samples, 2, 8, before=chunk(b"ABCD", b"1"))
    yield "bad_filter", png(samples, 2, 8, before=b"").replace(data, chunk(b"IDAT", zlib.compress(
        b"".join(b"\5" + row.astype(np.uint8).tobytes() for row in samples.reshape(9, -1)))))
    stream = data_of(samples, 8, 0, lambda y: 0)
    yield "bad_short_data", good[:33] + chunk(b"IDAT", zlib.compress(stream[:-40])) + chunk(b"IEND")
    yield "bad_stream", good[:33] + chunk(b"IDAT", b"\x78\x9c" + b"\xff" * 40) + chunk(b"IEND")


# ---- profiles --------------------------------------------------------------------------------------------------------

# Colorants in XYZ of the profile connection space (D50), and gamma: sRGB, Display P3 and Adobe RGB (1998) as their
# published profiles have them; the last is a space that libsmp does not know (CIE RGB's primaries, adapted by Bradford).
SPACES = {"srgb": ((0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7141), None),
          "p3": ((0.5151, 0.2412, -0.0011), (0.2919, 0.6922, 0.0419), (0.1572, 0.0666, 0.7841), None),
          "adobe": ((0.6097, 0.3111, 0.0195), (0.2053, 0.6257, 0.0609), (0.1492, 0.0632, 0.7446), 2.19921875),
          "cie": ((0.4868, 0.1746, -0.0008), (0.3062, 0.8247, 0.0166), (0.1712, 0.0007, 0.8091), 1.8)}


def srgb_curve(x):
    return np.where(x <= 0.04045, x / 12.92, ((x + 0.055) / 1.055)**2.4)


def fixed(values):
    return struct.pack(f">{len(values)}i", *(round(v * 65536) for v in values))


def profile(space):
    """A version 2 display profile of three colorants and one curve."""
    *colorants, gamma = SPACES[space]
    if gamma:
        curve = b"curv" + bytes(4) + struct.pack(">IH", 1, round(gamma * 256)) + bytes(2)
    else:
        table = np.round(srgb_curve(np.arange(1024) / 1023) * 65535).astype(">u2").tobytes()
        curve = b"curv" + bytes(4) + struct.pack(">I", 1024) + table
    words = b"generated for a test\0"
    parts = {b"desc": b"desc" + bytes(4) + struct.pack(">I", len(words)) + words + bytes(78),
             b"cprt": b"text" + bytes(4) + b"none\0", b"wtpt": b"XYZ " + bytes(4) + fixed((0.9642, 1.0, 0.8249)),
             b"rTRC": curve, b"gTRC": curve, b"bTRC": curve}
    for name, xyz in zip((b"rXYZ", b"gXYZ", b"bXYZ"), colorants):
        parts[name] = b"XYZ " + bytes(4) + fixed(xyz)
    at, table, body = 128 + 4 + 12 * len(parts), b"", b""
    for name, part in parts.items():
        table += name + struct.pack(">II", at + len(body), len(part))
        body += part + bytes(-len(part) % 4)
    size = at + len(body)
    head = struct.pack(">I4sI4s4s4s", size, b"none", 0x02400000, b"mntr", b"RGB ", b"XYZ ") + bytes(12) + b"acsp"
    head += bytes(128 - len(head) - 60) + fixed((0.9642, 1.0, 0.8249)) + bytes(48)
    return head + struct.pack(">I", len(parts)) + table + body


# ---- JPEG ------------------------------------------------------------------------------------------------------------


def exif(orientation, order="<"):
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    entry = struct.pack(order + "HHI", 0x0112, 3, 1) + struct.pack(order + "HH", orientation, 0)
    return b"Exif\0\0" + head + struct.pack(order + "H", 1) + entry + bytes(4)


def photo(random, width, height, channels=3):
    """Smooth colours with noise, and an edge."""
    y, x = np.mgrid[0:height, 0:width]
    base = 150 + 60 * np.sin(x[:, :, None] / 9 + np.arange(channels)) + 30 * np.cos(y[:, :, None] / 7 + np.arange(channels))
    base = np.where((x > 2 * y)[:, :, None], base, 230 - base / 2)
    return np.clip(base + random.normal(0, 6, (height, width, channels)), 0, 255).astype(np.uint8)


def jpegs(sizes):
    """Yields (name, file): by Pillow, all of them good."""
    from PIL import Image
    for number, (width, height) in enumerate(sizes):
        for sampling in ("4:4:4", "4:2:2", "4:2:0", "gray"):
            for progressive in (0, 1):
                name = f"jpeg_{sampling.replace(':', '')}_{progressive}_{width}x{height}"
                random = np.random.default_rng(zlib.crc32(name.encode()))
                pixels = photo(random, width, height)
                image = Image.fromarray(pixels[:, :, 0] if sampling == "gray" else pixels)
                options = {"quality": (60, 75, 90, 97)[number % 4], "progressive": bool(progressive),
                           "optimize": bool(number % 2)}
                if sampling != "gray":
                    options["subsampling"] = sampling
                if number % 3 == 1:
                    options["restart_marker_blocks"] = number % 5 + 1
                elif number % 3 == 2:
                    options["restart_marker_rows"] = 1
                if number % 2:
                    options["exif"] = exif(number % 8 + 1, "<>"[number // 2 % 2])
                if number % 4 == 3 and sampling != "gray":
                    options["icc_profile"] = profile(list(SPACES)[number // 4 % 4])
                out = io.BytesIO()
                image.save(out, "JPEG", **options)
                yield name, out.getvalue()


def tagged(width, height):
    """Yields (name, file): PNG and JPEG files with profiles, colours mild enough for every space."""
    from PIL import Image
    for space in SPACES:
        random = np.random.default_rng(7)
        pixels = photo(random, width, height) // 2 + 60
        image = Image.fromarray(pixels.astype(np.uint8))
        for kind, options in (("PNG", {}), ("JPEG", {"quality": 95, "subsampling": "4:4:4"})):
            out = io.BytesIO()
            image.save(out, kind, icc_profile=profile(space), **options)
            yield f"profile_{space}.{kind.lower()}", out.getvalue()


def orientations():
    """Yields (name, file): one picture stored in all eight ways, in both byte orders."""
    from PIL import Image
    pixels = photo(np.random.default_rng(3), 37, 22)
    for orientation in range(1, 9):
        for order in "<>":
            out = io.BytesIO()
            Image.fromarray(pixels).save(out, "JPEG", quality=90, subsampling="4:2:0", exif=exif(orientation, order))
            yield f"exif_{orientation}_{'little' if order == '<' else 'big'}", out.getvalue()
