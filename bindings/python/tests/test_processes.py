# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Pickles, processes of both kinds, threads: equal results everywhere.
import concurrent.futures
import hashlib
import multiprocessing
import pickle
import unittest

import smp
from common import main, pixels, small_phantom, small_preview


def job(plan, photo, camera, head, day):
    """What a worker does: everything it needs came as pickles."""
    scalp = smp.Scalp(photo, camera, head, find_skin=False)
    return hashlib.sha256(pixels(smp.Preview(scalp, plan).render(day))).hexdigest()


class Processes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        phantom = small_phantom()  # also starts the threads of the default context, before any fork
        cls.photo = phantom.image.copy()
        cls.things = (smp.Plan(phantom.head, seed=3), cls.photo, phantom.camera, phantom.head)
        cls.days = [0.0, 5.0, 60.0, 2000.0]
        cls.serial = [job(*cls.things, day) for day in cls.days]

    def test_pickle(self):
        things = pickle.loads(pickle.dumps(self.things))
        self.assertEqual(job(*things, 60.0), self.serial[2])

    def test_fork_and_spawn(self):
        for method in ("fork", "spawn"):
            with self.subTest(method):
                with concurrent.futures.ProcessPoolExecutor(2, multiprocessing.get_context(method)) as pool:
                    jobs = [pool.submit(job, *self.things, day) for day in self.days]
                    self.assertEqual([j.result(timeout=120) for j in jobs], self.serial)

    def test_what_cannot_be_pickled(self):
        preview = small_preview()
        with self.assertRaises(TypeError):
            pickle.dumps(preview)
        with self.assertRaises(TypeError):
            pickle.dumps(smp.default_context())

    def test_threads_with_their_own(self):
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            jobs = [pool.submit(job, *self.things, day) for day in self.days * 2]
            self.assertEqual([j.result() for j in jobs], self.serial * 2)

    def test_threads_that_share(self):
        plan, photo, camera, head = self.things
        preview = smp.Preview(smp.Scalp(photo, camera, head, find_skin=False), plan)

        def render(day):
            return hashlib.sha256(pixels(preview.render(day))).hexdigest()

        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            self.assertEqual(list(pool.map(render, self.days * 3)), self.serial * 3)

    def test_plans_that_change_while_read(self):
        plan = smp.Plan(smp.Head(shape="flat", width_mm=40, height_mm=40))
        sizes = {}
        for density in (50, 150):
            plan.set(density_per_cm2=density)
            sizes[len(smp.Dots(plan))] = density

        def change(index):
            plan.set(density_per_cm2=(50, 150)[index % 2])
            return len(smp.Dots(plan)) in sizes

        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            self.assertTrue(all(pool.map(change, range(60))))

    def test_contexts_give_equal_bytes(self):
        plan, photo, camera, head = self.things
        found = set()
        for context in (smp.Context(threads=1, isa="scalar"), smp.Context(threads=3), smp.Context(threads=1)):
            scalp = smp.Scalp(photo, camera, head, find_skin=False, context=context)
            found.add(pixels(smp.Preview(scalp, plan, context=context).render(60.0)))
        self.assertEqual(len(found), 1)


if __name__ == "__main__":
    main()
