# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Long calls: progress, cancelling, Ctrl-C, other threads, limits, errors.
import os
import signal
import threading
import time
import unittest

import smp
from common import main, pixels, small_phantom, small_preview


class Progress(unittest.TestCase):
    def test_reports(self):
        seen = []
        smp.Phantom(width=400, height=300, progress=lambda done, stage: seen.append((done, stage)))
        self.assertTrue(seen)
        self.assertEqual([done for done, _ in seen], sorted(done for done, _ in seen))
        self.assertTrue(all(0 <= done <= 1 and stage for done, stage in seen))

    def test_cancel(self):
        with self.assertRaises(smp.CancelledError) as caught:
            smp.Phantom(progress=lambda done, stage: True)
        self.assertEqual(caught.exception.status, "SMP_ERR_CANCELLED")
        phantom = small_phantom()
        preview = small_preview(phantom)
        for call in (lambda p: smp.Dots(smp.Plan(), progress=p), lambda p: preview.render(60, progress=p),
                     lambda p: smp.Scalp(phantom.image, phantom.camera, phantom.head, progress=p)):
            with self.assertRaises(smp.CancelledError):
                call(lambda done, stage: 1)

    def test_exceptions_come_through(self):
        class Mine(Exception):
            pass

        def fail(done, stage):
            raise Mine(stage)

        with self.assertRaises(Mine):
            smp.Dots(smp.Plan(), progress=fail)
        with self.assertRaises(TypeError):
            smp.Dots(smp.Plan(), progress=5)

    def test_not_from_inside(self):
        preview = small_preview()
        with self.assertRaisesRegex(RuntimeError, "its own progress"):
            preview.render(60, progress=lambda done, stage: preview.render(1))
        self.assertTrue(pixels(preview.render(60)))

    def test_keyboard_interrupt(self):
        timer = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
        start = time.monotonic()
        timer.start()
        with self.assertRaises(KeyboardInterrupt):
            for _ in range(50):
                smp.Dots(smp.Plan(regularity=1, density_per_cm2=250), context=smp.Context(threads=1))
        self.assertLess(time.monotonic() - start, 10)
        timer.join()


class Threads(unittest.TestCase):
    def test_another_thread_runs(self):
        stop, ticks, longest = threading.Event(), [0], [0.0]

        def tick():
            last = time.monotonic()
            while not stop.is_set():
                time.sleep(0.001)
                now = time.monotonic()
                longest[0] = max(longest[0], now - last)
                ticks[0] += 1
                last = now

        thread = threading.Thread(target=tick)
        context = smp.Context(threads=1)
        thread.start()
        start = time.monotonic()
        while time.monotonic() - start < 0.5:
            call = time.monotonic()
            smp.Phantom(width=800, height=600, context=context)
            call = time.monotonic() - call
        stop.set()
        thread.join()
        print(f"\na call of {1e3 * call:.0f} ms, {ticks[0]} ticks, longest gap {1e3 * longest[0]:.0f} ms")
        # With the interpreter held, no tick would fall into a call.
        self.assertGreater(ticks[0], 10)
        self.assertLess(longest[0], max(0.1, 0.8 * call))


class Limits(unittest.TestCase):
    def test_memory_budget(self):
        context = smp.Context(memory_budget=1_000_000, threads=1)
        with self.assertRaises(smp.LimitError) as caught:
            smp.Phantom(context=context)
        self.assertIsInstance(caught.exception, ValueError)
        self.assertTrue(str(caught.exception))
        self.assertEqual(context.memory, 0)

    def test_context(self):
        context = smp.Context(threads=2, isa="scalar")
        self.assertEqual(context.isa, "scalar")
        phantom = smp.Phantom(width=100, height=100, context=context)
        self.assertGreater(context.memory, 100 * 100 * 3)
        self.assertGreaterEqual(context.peak_memory, context.memory)
        del phantom
        self.assertEqual(context.memory, 0)
        with self.assertRaises(smp.RangeError):
            smp.Context(threads=1000)
        with self.assertRaises(smp.ArgumentError):
            smp.Context(isa="avx")
        self.assertIs(smp.default_context(), smp.default_context())

    def test_every_error_has_a_class(self):
        for number in range(1, 9):
            name = smp._smp.status_name(number)
            found = [cls for cls in vars(smp).values()
                     if isinstance(cls, type) and issubclass(cls, smp.Error) and cls.status == name]
            self.assertEqual(len(found), 1, name)
        self.assertTrue(issubclass(smp.OutOfMemoryError, MemoryError))
        self.assertTrue(issubclass(smp.RangeError, ValueError))


if __name__ == "__main__":
    main()
