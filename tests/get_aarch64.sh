#!/bin/sh
# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Unpacks the arm64 packages that the aarch64 preset links into a folder, through this system's own package sources.
# Nothing is installed, no list of the system is touched, no second architecture is added.
# usage: get_aarch64.sh FOLDER
set -eu

root=${1:?usage: get_aarch64.sh FOLDER}
mkdir -p "$root"
root=$(cd "$root" && pwd)
work=$root/apt
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/parts"
# Only the distribution's own sources: others may not have this architecture.
for file in /etc/apt/sources.list /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list.d/ubuntu.sources; do
    if [ -s "$file" ]; then cp "$file" "$work/parts/$(basename "$file" | sed 's/^sources.list$/main.list/')"; fi
done

apt() {
    apt-get -q -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o Dir::Etc::sourcelist=- \
        -o Dir::Etc::sourceparts="$work/parts" -o Dir::State::lists="$work/lists" -o Dir::Cache="$work/cache" \
        -o Dir::State::status=/dev/null -o APT::Sandbox::User= -o Acquire::Languages=none -o Acquire::Retries=2 "$@"
}
apt update
(cd "$work" && apt download check libsubunit-dev libsubunit0 libcjson-dev libcjson1 zlib1g-dev zlib1g \
    libsimde-dev)
for package in "$work"/*.deb; do
    dpkg-deb -x "$package" "$root"
done
rm -rf "$work"
echo "get_aarch64: arm64 packages are in $root"
