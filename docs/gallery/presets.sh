#!/bin/sh
# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Makes plan-presets-head.jpg: every preset on one drawn head, six weeks after the last session.
set -eu
cd "$(dirname "$0")"
smp=../../build/release/tools/smp
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
view="--ellipse 800,904.3,547.5,817.9 --pose 0,-30,0"
"$smp" phantom "$out/head.png" --melanin 0.012 --blood 0.014 --fringe 0
for preset in conservative typical bold too_low too_dense helmet grid blow_out blue; do
    # shellcheck disable=SC2086
    "$smp" plan --preset $preset $view >"$out/plan.json"
    # shellcheck disable=SC2086
    "$smp" render "$out/head.png" "$out/$preset.png" $view --plan "$out/plan.json" --day 62
done
python3 presets.py "$out" plan-presets-head.jpg
