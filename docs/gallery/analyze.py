# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
"""Puts a photo and the maps of smp analyze beside each other. usage: analyze.py FOLDER OUT (needs Pillow)."""
import sys

from PIL import Image, ImageDraw

folder, out = sys.argv[1:]
names = ["head", "maps/mask", "maps/shine", "maps/shade", "maps/blood", "maps/melanin"]
sheet = Image.new("RGB", (3 * 320, 2 * 230))
for k, name in enumerate(names):
    picture = Image.open("%s/%s.png" % (folder, name)).convert("RGB").resize((320, 230))
    ImageDraw.Draw(picture).text((6, 4), name.split("/")[-1], fill=(255, 255, 255))
    sheet.paste(picture, (320 * (k % 3), 230 * (k // 3)))
sheet.quantize(256).save(out, optimize=True)
