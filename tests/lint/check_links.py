# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Links between documents lead somewhere (links out of the repository are not followed), every document is in an index,
# and the changelog names every exported function.
# usage: check_links.py SOURCE_DIR
import pathlib
import re
import sys


def lists(root):
    """Documents that no index links to, exports that the changelog does not name."""
    for folder, index in (("docs", "docs/README.md"), ("docs/model", "docs/model.md")):
        text = (root / index).read_text() if (root / index).exists() else ""
        for page in sorted((root / folder).glob("*.md")):
            if f"({page.relative_to((root / index).parent).as_posix()})" not in text and page != root / index:
                yield f"{index}: does not list {page.relative_to(root)}"
    symbols = root / "tests" / "abi" / "smp.symbols"
    changes = root / "CHANGELOG.md"
    for name in symbols.read_text().split() if symbols.exists() and changes.exists() else ():
        if f"`{name}`" not in changes.read_text():
            yield f"CHANGELOG.md: does not name {name}"


def main(root):
    found = links = 0
    for words in lists(root):
        print(words)
        found += 1
    for page in sorted([*root.glob("*.md"), *(root / "docs").rglob("*.md")]):
        text = re.sub(r"```.*?```|`[^`]*`", "", page.read_text(), flags=re.S)
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            if re.match(r"[a-z]+:", target) or target.startswith("#"):
                continue
            links += 1
            if not (page.parent / target.split("#")[0]).exists():
                print(f"{page.relative_to(root)}: {target} is not there")
                found += 1
    print(f"{links} links, {found} complaints")
    return 1 if found or not links else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
