# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# The examples of docs/bindings.md run, from top to bottom; and the README's.
import contextlib
import io
import os
import pathlib
import re
import tempfile
import unittest

from common import environment, main, numpy, optional


class Documents(unittest.TestCase):
    def run_blocks(self, path, only=None):
        text = pathlib.Path(environment("SMP_SOURCE"), path).read_text()
        blocks = re.findall(r"```python\n(.*?)```", text[text.index(only) if only else 0:], re.S)
        self.assertTrue(blocks)
        here = os.getcwd()
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            try:
                names = {"__name__": "docs"}
                for number, block in enumerate(blocks):
                    with contextlib.redirect_stdout(io.StringIO()):
                        exec(compile(block, f"{path}, example {number + 1}", "exec"), names)
            finally:
                os.chdir(here)

    @unittest.skipUnless(numpy and optional("PIL.Image"), "numpy or Pillow is not installed")
    def test_bindings(self):
        self.run_blocks("docs/bindings.md")

    def test_readme(self):
        self.run_blocks("README.md", "## From Python")


if __name__ == "__main__":
    main()
