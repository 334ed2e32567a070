# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
"""Puts heads with each preset of smp plan, and close-ups, on one sheet. usage: presets.py FOLDER OUT (needs Pillow)."""
import sys

from PIL import Image, ImageDraw

folder, out = sys.argv[1:]
names = "conservative typical bold too_low too_dense helmet grid blow_out blue".split()
sheet = Image.new("RGB", (3 * 360, 3 * 360), (225, 225, 225))
for k, name in enumerate(names):
    picture = Image.open("%s/%s.png" % (folder, name)).convert("RGB")
    head = picture.crop((200, 0, 1400, 800)).resize((356, 237), Image.Resampling.LANCZOS)
    close = picture.crop((640, 330, 996, 447))
    ImageDraw.Draw(head).text((6, 4), name, fill=(255, 255, 255))
    x, y = 360 * (k % 3) + 2, 360 * (k // 3)
    sheet.paste(head, (x, y + 2))
    sheet.paste(close, (x, y + 241))
sheet.save(out, quality=85)
