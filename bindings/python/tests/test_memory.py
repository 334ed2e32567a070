# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Memory stays flat. SMP_TEST_RENDERS=N makes N renders instead of a few hundred (10000 take minutes).
import gc
import os
import sys
import tracemalloc
import unittest

import smp
from common import main

RENDERS = int(os.environ.get("SMP_TEST_RENDERS", "400"))


def resident():
    """Bytes of this process in memory, or 0 where that is not told."""
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


class Memory(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.camera = smp.Camera.from_scale(2)
        cls.head = smp.Head(shape="flat", width_mm=24, height_mm=18)
        cls.photo = smp.Phantom(width=48, height=36).image.copy()

    def once(self, context, day):
        plan = smp.Plan(self.head, seed=3, context=context)
        plan.set_sessions([smp.Session(share=0.5), smp.Session(day=9)])
        scalp = smp.Scalp(self.photo, self.camera, self.head, find_skin=False, context=context)
        preview = smp.Preview(scalp, plan, context=context)
        picture = preview.render(day)
        preview.dots.age(day)
        memoryview(scalp.map("mask")).release()
        smp.read(picture.encode(effort=1, context=context), context=context)
        for wrong in (lambda: preview.render(-9), lambda: smp.Skin(melanin=9), lambda: smp.read(b"x", context=context),
                      lambda: smp.Plan.from_json("{", context=context), lambda: scalp.map("x")):
            self.assertRaises(smp.Error, wrong)

    def test_many_renders(self):
        context = smp.Context(threads=1)
        held = context.memory
        for index in range(max(20, RENDERS // 5)):
            self.once(context, float(index % 100))
        gc.collect()
        before, start = resident(), sys.getallocatedblocks()
        for index in range(RENDERS):
            self.once(context, float(index % 100))
        gc.collect()
        grown, blocks = resident() - before, sys.getallocatedblocks() - start
        print(f"\n{RENDERS} renders: {grown / 1024:.0f} KiB and {blocks} Python objects more, "
              f"{context.memory - held} bytes held by the library")
        self.assertEqual(context.memory, held)
        self.assertLess(blocks, 200)
        self.assertLess(grown, 2 << 20)

    def test_every_budget(self):
        """Whatever the limit, a call succeeds or raises LimitError, and nothing stays behind."""
        limits = succeeded = 0
        budget = 1000
        while budget < 1 << 27:
            context = smp.Context(threads=1, memory_budget=budget)
            try:
                self.once(context, 60.0)
                succeeded += 1
            except smp.LimitError as error:
                self.assertTrue(str(error))
                limits += 1
                del error
            gc.collect()
            self.assertEqual(context.memory, 0, budget)
            self.assertLessEqual(context.peak_memory, budget)
            budget = budget * 5 // 4
        print(f"\n{limits} limits, {succeeded} successes")
        self.assertGreater(limits, 5)
        self.assertGreater(succeeded, 0)

    def test_types_of_python(self):
        """Objects of Python itself: none is left behind, counted by name."""
        tracemalloc.start()
        self.once(smp.default_context(), 1.0)
        before = tracemalloc.get_traced_memory()[0]
        for _ in range(10):
            self.once(smp.default_context(), 1.0)
        gc.collect()
        grown = tracemalloc.get_traced_memory()[0] - before
        tracemalloc.stop()
        self.assertLess(grown, 20000)


if __name__ == "__main__":
    main()
