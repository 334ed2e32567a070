# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Links between documents lead somewhere. Links out of the repository are not followed.
# usage: check_links.py SOURCE_DIR
import pathlib
import re
import sys


def main(root):
    found = links = 0
    for page in sorted([*root.glob("*.md"), *(root / "docs").rglob("*.md")]):
        text = re.sub(r"```.*?```|`[^`]*`", "", page.read_text(), flags=re.S)
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            if re.match(r"[a-z]+:", target) or target.startswith("#"):
                continue
            links += 1
            if not (page.parent / target.split("#")[0]).exists():
                print(f"{page.relative_to(root)}: {target} is not there")
                found += 1
    print(f"{links} links, {found} lead nowhere")
    return 1 if found or not links else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
