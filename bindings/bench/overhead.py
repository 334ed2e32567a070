# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# What Python costs on top of C: the same renders of a 1920 x 1080 head into one buffer, one thread, by turns.
# usage: PYTHONPATH=build/release/python python3 overhead.py build/release/bindings/smp_overhead [ROUNDS]
import statistics
import subprocess
import sys
import time

import smp

RENDERS = 15


def python_times(preview, out):
    """(milliseconds on the clock, of the processor) of each render."""
    found = []
    for index in range(RENDERS):
        start, before = time.perf_counter(), time.process_time()
        preview.render(60.0 + index, out=out)
        used = 1e3 * (time.process_time() - before)
        found.append((1e3 * (time.perf_counter() - start), used))
    return found


def c_times(program):
    text = subprocess.run([program, str(RENDERS)], check=True, capture_output=True, text=True).stdout
    return [tuple(map(float, line.split())) for line in text.splitlines()]


def main(program, rounds):
    smp.set_default_context(smp.Context(threads=1))
    phantom = smp.Phantom(width=1920, height=1080)
    preview = smp.Preview(smp.Scalp(phantom.image, phantom.camera, phantom.head), smp.Plan(phantom.head))
    memory = bytearray(1920 * 1080 * 3)
    out = memoryview(memory).cast("B", (1080, 1920, 3))
    python_times(preview, out)
    ours, theirs = [], []
    for _ in range(rounds):
        theirs += c_times(program)
        ours += python_times(preview, out)
    for column, what in enumerate(("on the clock", "of the processor")):
        c, python = ([row[column] for row in rows] for rows in (theirs, ours))
        print(f"ms {what}, {len(c)} renders each: C least {min(c):.3f}, median {statistics.median(c):.3f}; Python least "
              f"{min(python):.3f}, median {statistics.median(python):.3f}; Python over C: least "
              f"{100 * (min(python) / min(c) - 1):+.1f} %, median "
              f"{100 * (statistics.median(python) / statistics.median(c) - 1):+.1f} %")
    start = time.perf_counter()
    for _ in range(10000):
        smp.space_decode("srgb", 0.5)
    print(f"a call that does next to nothing: {1e2 * (time.perf_counter() - start):.2f} us")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 5)
