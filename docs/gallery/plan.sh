#!/bin/sh
# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Draws plan-hairlines.jpg, plan-norwood.jpg, plan-loss.jpg and plan-presets.jpg: plans on the
# canonical head from the front, the left, the back and above, hair that is left in brown. Needs
# build/release.
set -eu
cd "$(dirname "$0")"
build=../../build/release
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cc -O2 -I../../include plan.c -L"$build/libsmp" -lsmp -lm -o "$work/plan"
export LD_LIBRARY_PATH="$(cd "$build/libsmp" && pwd)"
smp="$build/tools/smp"

sheet() { # NAME PLAN...: the plans lie in $work
    name=$1
    shift
    list=
    for plan in "$@"; do
        list="$list $work/$plan.json"
    done
    # shellcheck disable=SC2086
    "$work/plan" "plan-$name.jpg" $list
}

for style in natural straight widows_peak mature; do
    "$smp" plan --hairline-style $style > "$work/$style.json"
done
"$smp" plan --hairline-style female --hairline-height-mm 66 > "$work/female.json"
"$smp" plan --hairline-style mature --hairline-corner-back-mm 15 --hairline-height-mm 86 \
    > "$work/receded.json"
sheet hairlines natural straight widows_peak mature receded female

norwood="norwood_1 norwood_2 norwood_2a norwood_3 norwood_3a norwood_3v norwood_4 norwood_4a
norwood_5 norwood_5a norwood_6 norwood_7"
others="ludwig_1 ludwig_2 ludwig_3 patches total"
for pattern in $norwood $others; do
    "$smp" plan --hair-pattern $pattern > "$work/$pattern.json"
done
# shellcheck disable=SC2086
sheet norwood $norwood
# shellcheck disable=SC2086
sheet loss $others

presets="conservative typical bold too_low too_dense helmet grid"
for preset in $presets; do
    "$smp" plan --preset $preset > "$work/$preset.json"
done
# shellcheck disable=SC2086
sheet presets $presets
