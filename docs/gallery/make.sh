#!/bin/sh
# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Makes demo.jpg anew, with the program that ./run demo builds; each other script here makes what its head says.
set -eu
cd "$(dirname "$0")"
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
../../build/release/tools/smp demo "$out" --strip demo.jpg
