#!/bin/sh
# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Tries the examples in a folder of their own: packs libsmp, installs it and its companions with npm, runs try.mjs.
#   examples/try.sh path/to/libsmp.node        (redis-server is used when it is installed)
set -eu
addon=$(realpath "${1:?usage: try.sh path/to/libsmp.node}")
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$here/.." "$work/package"
cp "$addon" "$work/package/libsmp.node"
cp "$here/../../../LICENSE" "$work/package/"
(cd "$work/package" && npm pack --silent --pack-destination "$work")
mkdir "$work/try"
cp "$here"/*.mjs "$here/package.json" "$work/try/"
cd "$work/try"
npm install --silent --no-audit --no-fund "$work"/libsmp-*.tgz
node --test try.mjs
