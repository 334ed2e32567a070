# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
"""What the Python peers share: one job per line read, answered with its milliseconds."""
import sys
import time


def serve(jobs, versions):
    """jobs: name to function. Each is called once before "ready", so that what compiles late has compiled."""
    for run in jobs.values():
        run()
    print("#", versions)
    print("ready", *jobs, flush=True)
    for line in sys.stdin:
        run = jobs[line.strip()]
        begin, work = time.perf_counter(), time.process_time()
        run()
        spent, busy = time.perf_counter() - begin, time.process_time() - work
        print(f"{1e3 * spent:.4f} {1e3 * busy:.4f}", flush=True)
