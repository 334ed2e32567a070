#!/bin/sh
# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Draws dots.png and dots-tattoo.png (dots.c) and the plots of the dot model against Monte Carlo
# (dots.py). Needs build/release and, for the plots, numpy and scipy.
set -eu
cd "$(dirname "$0")"
build=../../build/release
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cc -O2 -I../../include dots.c -L"$build/libsmp" -lsmp -lm -o "$work/dots"
LD_LIBRARY_PATH="$(cd "$build/libsmp" && pwd)" "$work/dots"
(cd ../.. && python3 docs/gallery/dots.py)
