# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# The checks are checked: each must let good input pass and name what is wrong in bad input.
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ABI = HERE.parent / "abi"
LICENCE = "/* SPDX-" + "FileCopyrightText: 2026 x\n * SPDX-" + "License-Identifier: MIT */\n"
HASHED = "# SPDX-" + "FileCopyrightText: 2026 x\n# SPDX-" + "License-Identifier: MIT\n"


def run(script, *arguments):
    done = subprocess.run([sys.executable, "-B", script, *map(str, arguments)], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


class Checks(unittest.TestCase):
    def setUp(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="smp-checks-"))
        self.addCleanup(shutil.rmtree, self.root)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def passes(self, script, *arguments):
        code, words = run(script, *arguments)
        self.assertEqual(code, 0, words)

    def fails(self, wanted, script, *arguments):
        code, words = run(script, *arguments)
        self.assertEqual(code, 1, words)
        self.assertIn(wanted, words)

    def library(self, kind, code):
        source = self.write("lib.c", code)
        if kind == "shared":
            subprocess.run(["cc", "-shared", "-fPIC", source, "-o", self.root / "lib.so.0.1"], check=True)
            return self.root / "lib.so.0.1"
        subprocess.run(["cc", "-c", source, "-o", self.root / "lib.o"], check=True)
        subprocess.run(["ar", "rcs", self.root / "lib.a", self.root / "lib.o"], check=True)
        return self.root / "lib.a"

    def test_rooms(self):
        check = HERE / "check_rooms.py"
        self.write("libsmp/color/x.c", '#include <smp/color.h>\n#include "base/math.h"\n#include <string.h>\n')
        self.write("libsmp/kernels/k.c", '#include "kernels/vec.h"\n#include <simde/x86/avx2.h>\n')
        self.write("tools/main.c", '#include <smp/smp.h>\n#include "options.h"\n')
        self.passes(check, self.root)
        for file, line, words in (
                ("libsmp/color/x.c", '#include "render/r.h"', "libsmp/color/x.c:1: color may not include render"),
                ("libsmp/color/x.c", "#include <smp/plan.h>", "color may not include plan"),
                ("libsmp/geometry/x.c", "#  include <smp/dots.h>", "geometry may not include synthesis"),
                ("libsmp/plan/x.c", '#include "kernels/kernels.h"', "plan may not include kernels"),
                ("libsmp/plan/x.c", '#include "x.h"', "must name its room"),
                ("libsmp/scalp/x.c", "#include <smp/smp.h>", "include the headers they need"),
                ("libsmp/kernels/k.c", "#include <math.h>", "kernels may not include <math.h>"),
                ("libsmp/kernels/k.c", '#include "base/math.h"', "kernels may not include base"),
                ("libsmp/attic/x.c", "", "there is no room attic"),
                ("include/smp/color.h", "#include <smp/image.h>", "color may not include image"),
                ("tools/main.c", '#include "base/math.h"', "only the public API")):
            with self.subTest(words):
                path = self.write(file, line + "\n")
                self.fails(words, check, self.root)
                path.unlink()
                self.write("libsmp/color/x.c", "\n")

    def test_style(self):
        check = HERE / "check_style.py"
        self.write("libsmp/a.c", LICENCE + "int f(void)\n{\n" + "    f();\n" * 60 + "}\n")
        self.passes(check, self.root)
        for name, text, words in (
                ("libsmp/a.c", LICENCE + "int f(void)\n{\n" + "    f();\n" * 61 + "}\n", "61 lines, at most 60"),
                ("libsmp/a.c", LICENCE + "\n" * 599, "601 lines, at most 600"),
                ("tests/a.c", LICENCE + "\n" * 299, "301 lines, at most 300"),
                ("libsmp/a.c", LICENCE + "int a; \n", "a.c:3: trailing blanks"),
                ("libsmp/a.c", LICENCE + "\tint a;\n", "a tab"),
                ("libsmp/a.c", LICENCE + "/* " + "x" * 100 + "\n", "columns, at most 100"),
                ("libsmp/a.c", LICENCE + "int a;", "no newline at the end"),
                ("libsmp/a.c", "int a;\n", "License-Identifier"),
                ("run.sh", "# SPDX\n", "FileCopyrightText"),
                ("tests/a.py", HASHED + "x = (1\n", "tests/a.py:3: '(' was never closed"),
                ("docs/a.md", "from https:" + "//packages.invalid/x\n", "names a machine"),
                ("docs/a.md", "see /wor" + "k/x\n", "names a machine")):
            with self.subTest(words):
                path = self.write(name, text)
                self.fails(words, check, self.root)
                path.unlink()
                self.write("libsmp/b.c", LICENCE)

    def test_links(self):
        check = HERE / "check_links.py"
        self.write("docs/b.md", "x\n")
        self.write("docs/README.md", "[b](b.md)\n")
        self.write("tests/abi/smp.symbols", "smp_a\n")
        self.write("CHANGELOG.md", "`smp_a`\n")
        self.write("README.md", "see [b](docs/b.md#part) and `[c](c.md)`, [out](https://example.org)\n")
        self.passes(check, self.root)
        self.write("docs/a.md", "see [b](docs/b.md)\n")
        self.fails("docs/a.md: docs/b.md is not there", check, self.root)
        self.fails("docs/README.md: does not list docs/a.md", check, self.root)
        self.write("tests/abi/smp.symbols", "smp_a\nsmp_ab\n")
        self.fails("CHANGELOG.md: does not name smp_ab", check, self.root)

    def test_symbols(self):
        check, listed = ABI / "check_symbols.py", self.write("smp.symbols", "smp_a\nsmp_b\n")
        good = "void smp_a(void); void smp_a(void) {} void smp_b(void); void smp_b(void) {}\n"
        shared = self.library("shared", good)
        self.passes(check, "shared", "nm", shared, listed)
        self.fails("not a static library", check, "static", "nm", shared, listed)
        self.passes(check, "static", "nm", self.library("static", good + "int smpi_x; int smpk_y;"), listed)
        self.fails("smp_c is exported but not", check, "shared", "nm", self.library("shared", good + "int smp_c;"), listed)
        self.fails("smp_b is in smp.symbols", check, "shared", "nm", self.library("shared", "int smp_a;"), listed)
        self.fails("stbi_load does not start", check, "static", "nm",
                   self.library("static", good + "int stbi_load;"), listed)
        self.fails("smp_c is public by its name", check, "static", "nm",
                   self.library("static", good + "int smp_c;"), listed)

    def test_kernels(self):
        check = HERE / "check_kernels.py"
        for code, words in (("#include <string.h>\nvoid f(char *a) { memset(a, 0, 1000); }", None),
                            ("float expf(float); float f(float x) { return expf(x); }", "calls expf")):
            source = self.write("k.c", code)
            subprocess.run(["cc", "-c", source, "-o", self.root / "k.o"], check=True)
            if words:
                self.fails(words, check, "nm", self.root / "k.o")
            else:
                self.passes(check, "nm", self.root / "k.o")

    def test_headers(self):
        check = ABI / "check_headers.py"
        self.write("include/smp/a.h", "#ifndef A\n#define A\n#include <stdint.h>\ntypedef uint32_t smp_a;\n#endif\n")
        self.passes(check, self.root / "include", "cc")
        self.write("include/smp/b.h", "smp_a f(void);\n")
        self.fails("smp/b.h as c11", check, self.root / "include", "cc")

    def test_fields(self):
        check, listed = ABI / "check_fields.py", self.write("fields.txt", "a offset 0\nb offset 4\n")
        self.passes(check, listed, "printf", "a offset 0\nb offset 4\n")
        self.fails("+b offset 8", check, listed, "printf", "a offset 0\nb offset 8\n")
        self.fails("", check, listed, "false")


if __name__ == "__main__":
    unittest.main()
