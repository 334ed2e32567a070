#!/bin/sh
# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Draws the pictures of time: courses, and contact sheets for three skins and three depths.
# usage: time.sh [PROGRAM]; needs nothing but the program.
set -eu
cd "$(dirname "$0")"
smp=$(realpath "${1:-../../build/release/tools/smp}")
here=$(pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

"$smp" timelapse --chart "$here/time-course.svg"
"$smp" plan --life-sun-hours-per-day 5 --life-sunscreen 0 --life-oiliness 0.9 --top-mm 0.08 --height-mm 0.18 > sun.json
"$smp" timelapse --chart "$here/time-course-sun.svg" --plan sun.json
"$smp" plan --top-mm 0.15 --height-mm 1.35 --dose 40 --diameter-mm 0.3 > tattoo.json
"$smp" timelapse --chart "$here/time-course-tattoo.svg" --chart-years 20 --plan tattoo.json

# A head as close as its front needs, so that dots are seen: one sheet of all days for each skin.
head() { # name melanin blood yellow
    "$smp" phantom "$1.png" --size 1000x720 --melanin "$2" --blood "$3" --yellow-um "$4" --fringe 0 |
        sed -n 's/.*--ellipse \([^ ]*\) --pose \([^ ]*\).*/\1 \2/p'
}
sheet() { # photo plan-options sheet
    "$smp" timelapse "$1.png" out --ellipse "$ellipse" --pose "$pose" --no-frames --days "$days" \
        --years 3,6 --sheet "$here/$2" ${3:+--plan "$3"}
}
days=-1,0,3,7,12,62
for skin in "light 0.006 0.011 1" "medium 0.03 0.018 4" "dark 0.09 0.035 6"; do
    set -- $skin
    read -r ellipse pose <<EOT
$(head "$@")
EOT
    sheet "$1" "time-$1.jpg" ""
    [ "$1" = light ] || continue
    for depth in "shallow 0.06 0.12" "deep 0.30 0.50"; do
        set -- $depth
        "$smp" plan --ellipse "$ellipse" --pose "$pose" --top-mm "$2" --height-mm "$3" > "$1.json"
        sheet light "time-$1.jpg" "$1.json"
    done
done
