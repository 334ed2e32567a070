#!/bin/sh
# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Puts the stb headers of Debian 13's libstb-dev into the folder $1, through this system's own package source with the
# suite changed. Everything stays inside that folder: nothing is installed and no list of the system is touched.
set -eu

suite=trixie
out=$1
etc=${SMP_APT_ETC:-/etc/apt}
work=$out/apt

fail() {
    echo "fetch_stb: $*" >&2
    exit 1
}

for tool in apt-get dpkg-deb awk; do
    command -v $tool >/dev/null 2>&1 || fail "$tool is missing: this is not a Debian system"
done
# shellcheck disable=SC1091
codename=$(. "${SMP_OS_RELEASE:-/etc/os-release}" && [ "${ID:-}" = debian ] && echo "${VERSION_CODENAME:-}") ||
    fail "this is not Debian"
[ -n "$codename" ] || fail "/etc/os-release names no suite"

rm -rf "$work"
mkdir -p "$work/lists/partial" "$work/cache/archives/partial"

# The stanza (deb822) of the system's main source: type deb, its own suite, component main. Only the address and the
# key are taken over. Suites such as "stable" are accepted too.
stanza() {
    grep -hv '^[[:space:]]*#' "$1" | awk -v codename="$codename" -v suite=$suite '
        BEGIN { RS = ""; FS = "\n" }
        function has(list, word,   part, i, n) {
            n = split(list, part, /[ \t\n]+/)
            for (i = 1; i <= n; i++) if (part[i] == word) return 1
            return 0
        }
        {
            split("", field); name = ""
            for (i = 1; i <= NF; i++) {
                if ($i ~ /^[ \t]/) { field[name] = field[name] "\n" $i; continue }
                at = index($i, ":"); name = tolower(substr($i, 1, at - 1)); field[name] = substr($i, at + 1)
            }
            if (has(field["types"], "deb") && has(field["components"], "main") && tolower(field["enabled"]) !~ /no/ &&
                (has(field["suites"], codename) || has(field["suites"], "stable") || has(field["suites"], "oldstable"))) {
                print "Types: deb\nURIs:" field["uris"] "\nSuites: " suite "\nComponents: main"
                if (field["signed-by"] != "") print "Signed-By:" field["signed-by"]
                exit
            }
        }'
}

# The same from a file in the one-line form.
line() {
    awk -v codename="$codename" -v suite=$suite '
        $1 == "deb" {
            options = ""; rest = $0; sub(/^[ \t]*deb[ \t]+/, "", rest)
            if (rest ~ /^\[/) {
                options = substr(rest, 1, index(rest, "]")) " "; rest = substr(rest, index(rest, "]") + 1)
                sub(/^[ \t]+/, "", rest)
            }
            n = split(rest, part, /[ \t]+/); main = 0
            for (i = 3; i <= n; i++) if (part[i] == "main") main = 1
            if (main && (part[2] == codename || part[2] == "stable" || part[2] == "oldstable")) {
                print "deb " options part[1] " " suite " main"
                exit
            }
        }' "$1"
}

list=
for file in "$etc"/sources.list.d/*.sources "$etc"/sources.list "$etc"/sources.list.d/*.list; do
    [ -r "$file" ] || continue
    case $file in
    *.sources) list=$work/source.sources && stanza "$file" >"$list" ;;
    *) list=$work/source.list && line "$file" >"$list" ;;
    esac
    [ -s "$list" ] && break
    list=
done
[ -n "$list" ] || fail "no source for $codename main in $etc"

apt() {
    apt-get -q -o Dir::Etc::sourcelist="$list" -o Dir::Etc::sourceparts=- -o Dir::State::lists="$work/lists" \
        -o Dir::Cache="$work/cache" -o APT::Sandbox::User= -o Acquire::Languages=none \
        -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false \
        -o Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled=false \
        -o Acquire::Retries=2 -o Acquire::http::Timeout=20 -o Acquire::https::Timeout=20 "$@"
}
apt update || echo "fetch_stb: apt-get update complained, trying on" >&2
(cd "$work" && apt download libstb-dev) || fail "libstb-dev of $suite could not be downloaded"
for package in "$work"/libstb-dev_*.deb; do
    dpkg-deb -x "$package" "$work/root"
done
cp "$work/root/usr/include/stb/stb_image.h" "$work/root/usr/include/stb/stb_image_write.h" "$out/"
rm -rf "$work"
