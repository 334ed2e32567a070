#!/bin/sh
# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Makes analyze.png: a drawn head and the maps that smp analyze reads out of its picture.
set -eu
cd "$(dirname "$0")"
smp=../../build/release/tools/smp
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
"$smp" phantom "$out/head.png" --size 640x460 --shine 1.5
"$smp" analyze "$out/head.png" --ellipse 320,361.1,218.6,326.6 --pose 0,-30,0 --maps "$out/maps" >"$out/head.json"
python3 analyze.py "$out" analyze.png
