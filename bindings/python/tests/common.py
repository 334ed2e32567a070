# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# What the tests share: a small head, and words for what is missing.
import importlib
import os
import unittest

import smp

WIDTH, HEIGHT = 200, 144


def optional(name):
    """A module that need not be there, or None."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


numpy = optional("numpy")
needs_numpy = unittest.skipUnless(numpy, "numpy is not installed")


def small_phantom(**fields):
    return smp.Phantom(width=WIDTH, height=HEIGHT, **fields)


def small_preview(phantom=None, plan=None, photo=None):
    phantom = phantom or small_phantom()
    plan = plan or smp.Plan(phantom.head)
    photo = phantom.image if photo is None else photo
    scalp = smp.Scalp(photo, phantom.camera, phantom.head, find_skin=False)
    return smp.Preview(scalp, plan)


def pixels(image):
    """All pixels as bytes, rows packed."""
    return memoryview(image).tobytes()


def environment(name):
    """A path that CTest hands in; skips without it."""
    value = os.environ.get(name)
    if not value:
        raise unittest.SkipTest(f"{name} is not set: run by ctest")
    return value


def main():
    # Skips are worth a line each.
    unittest.main(verbosity=2)
