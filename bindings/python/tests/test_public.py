# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Everything that the C library exports is bound or excused; what is generated is current.
import os
import pathlib
import re
import subprocess
import sys
import unittest

import smp
from common import environment, main
from smp import _smp

HERE = pathlib.Path(__file__).resolve().parent


def bound():
    """C functions that the extension module carries: by name, or through a type."""
    names = {f"smp_{name}" for name in dir(_smp) if callable(getattr(_smp, name)) and name[0].islower()}
    source = (HERE.parent / "src" / "smp_py.h").read_text()
    for struct in re.findall(r"X\((smp_\w+), \"\w+\"\)", source):
        names |= {f"{struct}_fields", f"{struct}_init_sized"}
    listed = re.search(r"#define PY_HANDLES\(X\)(.*?)\n\n", source, re.S)[1]
    names |= {f"smp_{kind}_destroy" for kind in re.findall(r"X\((\w+)\)", listed)}
    return names


def excused():
    """Names with a reason each, from excused.txt."""
    rows = (line.split(None, 1) for line in (HERE / "excused.txt").read_text().splitlines()
            if line and not line.startswith("#"))
    return {row[0]: (row[1] if len(row) > 1 else "") for row in rows}


class Public(unittest.TestCase):
    def test_every_symbol(self):
        symbols = pathlib.Path(environment("SMP_SOURCE"), "tests", "abi", "smp.symbols").read_text().split()
        self.assertGreater(len(symbols), 90)
        have, without = bound(), excused()
        for name in symbols:
            with self.subTest(name):
                self.assertTrue(name in have or without.get(name),
                                f"{name} is neither bound (bindings/python/src) nor excused with a reason "
                                f"(bindings/python/tests/excused.txt)")
                self.assertFalse(name in have and name in without, f"{name} is bound: take it out of excused.txt")
        self.assertEqual(sorted(set(without) - set(symbols)), [], "excused but not exported")

    def test_every_function_is_used(self):
        """The extension's functions are dressed by the package: none is out of a user's reach."""
        package = "".join(p.read_text() for p in (HERE.parent / "smp").glob("_*.py"))
        package += (HERE.parent / "smp" / "__init__.py").read_text()
        internal = {"space_name", "scalp_map_name", "landmark_name", "status_name", "format_pixel_size", "format_channels"}
        for name in dir(_smp):
            if name[0].islower() and name not in internal:
                self.assertTrue(re.search(rf"_smp\.{name}\b", package), f"{name} is not used by the package")

    def test_generated_files(self):
        run = subprocess.run([sys.executable, "-B", str(HERE.parent / "generate.py"), environment("SMP_MODULE"),
                              "--check"], capture_output=True, text=True)
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)

    def test_names(self):
        visible = {name for name, thing in vars(smp).items() if not name.startswith("_") and name != "annotations"}
        self.assertEqual(sorted(visible), sorted(smp.__all__))
        for name in set(smp.__all__) - {"Progress"}:
            thing = getattr(smp, name)
            if isinstance(thing, type):
                self.assertEqual(thing.__module__, "smp", name)
            self.assertTrue(getattr(thing, "__doc__", None) or not callable(thing), f"{name} has no words")
        self.assertRegex(smp.__version__, r"^\d+\.\d+\.\d+$")

    def test_one_exported_symbol(self):
        module = environment("SMP_MODULE")
        try:
            out = subprocess.run(["nm", "-D", "--defined-only", module], capture_output=True, text=True, check=True)
        except FileNotFoundError:
            self.skipTest("nm is not installed")
        self.assertEqual([line.split()[-1] for line in out.stdout.splitlines()], ["PyInit__smp"])

    def test_no_newer_python(self):
        """The limited API: only functions of the stable interface of 3.11."""
        out = subprocess.run(["nm", "-D", "--undefined-only", environment("SMP_MODULE")], capture_output=True,
                             text=True)
        names = re.findall(r"\b(_?Py\w+)", out.stdout)
        self.assertTrue(names)
        self.assertEqual([n for n in names if n.startswith("_Py") and n not in STABLE_PRIVATE
                          and not n.endswith("_SizeT")], [])
        self.assertTrue(os.path.basename(environment("SMP_MODULE")).endswith((".abi3.so", ".pyd")))


STABLE_PRIVATE = {"_Py_Dealloc", "_Py_NoneStruct", "_Py_NotImplementedStruct", "_Py_TrueStruct", "_Py_FalseStruct"}

if __name__ == "__main__":
    main()
