# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# As a new user: an sdist, a wheel from that sdist without a network, installed into an empty environment; the README's
# lines; mypy on the package and stubtest on its stubs. Skips, saying so, where the build tools cannot be had.
# usage: check_wheel.py SOURCE_DIR WORK_DIR
import os
import pathlib
import re
import subprocess
import sys
import venv

SKIP = 77
TOOLS = ["scikit-build-core>=0.10", "build", "mypy>=1.11", "typing_extensions"]
NOWHERE = "127.0.0.1:9"  # nobody listens there
NO_NETWORK = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", "https_proxy": NOWHERE, "http_proxy": NOWHERE}


def offline():
    """Words that take a command's network away, where this system lets us; a dead proxy is there in any case."""
    words = ["unshare", "--map-root-user", "--net"]
    try:
        return words if subprocess.run([*words, "true"], capture_output=True).returncode == 0 else []
    except FileNotFoundError:
        return []


def run(words, **options):
    print("+", " ".join(map(str, words)), flush=True)
    env = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "MYPYPATH")} | options.pop("env", {})
    done = subprocess.run(list(map(str, words)), env=env, text=True, capture_output=True, **options)
    if done.returncode:
        print(done.stdout[-4000:], done.stderr[-4000:])
        raise SystemExit(f"failed: {words[0]}")
    return done.stdout


def environment(path):
    """A fresh virtual environment; its interpreter."""
    venv.create(path, with_pip=True, clear=True)
    return path / ("Scripts" if os.name == "nt" else "bin") / "python"


def tools(work):
    """An environment with the build tools, kept between runs; None where they cannot be had."""
    path = work / "tools"
    python = path / "bin" / "python"
    have = python.exists() and subprocess.run([python, "-c", "import scikit_build_core, build, mypy"],
                                              capture_output=True).returncode == 0
    if not have:
        python = environment(path)
        got = subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *TOOLS],
                             capture_output=True, text=True)
        if got.returncode:
            print(got.stderr[-500:])
            return None
    return python


def readme(source):
    """The README's Python lines."""
    return re.search(r"## From Python.*?```python\n(.*?)```", (source / "README.md").read_text(), re.S)[1]


def main(source, work):
    work.mkdir(parents=True, exist_ok=True)
    python = tools(work)
    if not python:
        print("skipped: scikit-build-core, build and mypy could not be installed (no package index?)")
        return SKIP
    for old in [*work.glob("dist/*")]:
        old.unlink()
    alone = offline()
    print("without a network" if alone else "with a proxy that leads nowhere (no unshare here)")
    run([*alone, python, "-m", "build", "--no-isolation", "--sdist", "-o", work / "dist", source], env=NO_NETWORK)
    (sdist,) = work.glob("dist/*.tar.gz")
    # The wheel comes from the sdist alone, as on somebody else's machine.
    run([*alone, python, "-m", "pip", "wheel", "--no-build-isolation", "--no-deps", "--no-index", "-w", work / "dist", sdist],
        env=NO_NETWORK, cwd=work)
    (wheel,) = work.glob("dist/*.whl")
    print(f"{wheel.name}: {wheel.stat().st_size // 1024} KiB; {sdist.name}: {sdist.stat().st_size // 1024} KiB")
    assert "-cp311-abi3-" in wheel.name, wheel.name

    user = environment(work / "user")
    run([*alone, user, "-m", "pip", "install", "-q", "--no-index", wheel], env=NO_NETWORK)
    listed = run([user, "-m", "pip", "list", "--format=freeze", "--disable-pip-version-check"])
    extra = {line.split("==")[0] for line in listed.split()} - {"libsmp", "pip", "setuptools", "wheel"}
    assert not extra, f"run-time dependencies: {extra}"
    (work / "empty").mkdir(exist_ok=True)
    run([user, "-I", "-c", readme(source)], cwd=work / "empty")
    assert (work / "empty" / "healed.png").read_bytes().startswith(b"\x89PNG")
    (work / "empty" / "healed.png").unlink()

    run([python, "-m", "pip", "install", "-q", "--no-index", "--force-reinstall", wheel], env=NO_NETWORK)
    print(run([python, "-m", "mypy", "--strict", "-p", "smp"], cwd=work))
    print(run([python, "-m", "mypy.stubtest", "smp", "--allowlist",
               source / "bindings" / "python" / "tests" / "stubtest.txt"], cwd=work))
    return 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()))
