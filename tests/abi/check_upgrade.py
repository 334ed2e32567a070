# SPDX-FileCopyrightText: 2026 libsmp developers
# SPDX-License-Identifier: MIT
#
# Upgrades. One program (upgrade.c) is compiled with the headers as they are, with older ones (the last members of some
# structs taken away) and with later ones (every struct that may grow has one member more). All three run with the
# library; with --library DIR also with a later library, built there from a copy of the sources with the later headers
# and tables. All must print the same; a later member that is set is refused by a library that does not know it.
# usage: check_upgrade.py SOURCE_DIR LIBRARY C_COMPILER [--library DIR [CMAKE_OPTION...]]
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

# Handed out by value (smp_scalp_camera and such), so these three do not grow within one ABI number.
BY_VALUE = {"smp_head", "smp_camera", "smp_skin"}
# The last members in an older release, as if they had been added since.
OLDER = {"smp_plan_desc": ["group_spread_mm", "texture"], "smp_event_desc": ["hairline_style", "reserved"],
         "smp_removal_desc": ["clearance", "reserved"], "smp_measures": ["hours_low", "hours_high"],
         "smp_encode_desc": ["effort"], "smp_decode_desc": ["ignore_orientation"]}


def structs(source):
    """The structs that may grow: name and whether a member has eight bytes."""
    found = {}
    for line in (source / "tests/abi/fields.txt").read_text().splitlines():
        name, _, _, _, _, size, kind = line.split()
        wide = kind in {"f64", "u64", "handle"}
        found[name] = found.get(name, False) or wide
    return {name: wide for name, wide in found.items() if name not in BY_VALUE}


def edit(folder, change):
    """Applies change(name, body) to each struct in the headers of a folder; returns the names."""
    done = set()
    for path in sorted(folder.glob("*.h")):
        def one(match):
            body = change(match[1], match[2])
            if body != match[2]:
                done.add(match[1])
            return f"typedef struct {match[1]} {{\n{body}}} {match[1]};"
        path.write_text(re.sub(r"typedef struct (\w+) \{\n(.*?)\} \1;", one, path.read_text(), flags=re.S))
    return done


def older(name, body):
    for member in reversed(OLDER.get(name, [])):
        # The member's declaration with its comment, which may go on for lines.
        body = re.sub(rf"^    [\w ]+ {member};[^\n]*\n(?:     [^\n]*\n)*", "", body, flags=re.M)
    return body


def later(known):
    # next_b only fills up: structs have no padding.
    return lambda name, body: body + ("    uint32_t next_a, next_b;\n" if name in known else "")


def tables(source, known):
    """Adds the later member to each struct's table."""
    done = set()
    for path in sorted(source.glob("libsmp/*/*.c")):
        def one(match):
            done.add(match[2])
            more = "".join(f'    SMPI_FIELD({match[2]}, {member}, "", 0.0, 9.0, 0.0, "Of a later release."),\n'
                           for member in ("next_a", "next_b"))
            return match[1] + match[3] + more + "};"
        text = path.read_text()
        changed = re.sub(r"(SMPI_FIELD_HEAD\((\w+)\),)(.*?)^\};", lambda m: one(m) if m[2] in known else m[0], text,
                         flags=re.S | re.M)
        if changed != text:
            path.write_text(changed)
    return done


def check_by_value(source):
    """Growing structs that functions hand out or take by value must be those that do not grow."""
    text = "".join(path.read_text() for path in sorted((source / "include/smp").glob("*.h")))
    growing = {line.split()[0] for line in (source / "tests/abi/fields.txt").read_text().splitlines()}
    found = {name for name in growing if re.search(rf"SMP_API {name} \w|[(,]\s*{name} \w", text)}
    if found != BY_VALUE:
        sys.exit(f"by value: {sorted(found)}, want {sorted(BY_VALUE)}: such structs cannot grow")


def main(source, library, compiler, rest):
    check_by_value(source)
    known = structs(source)
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        programs = {}
        for release, change in (("today's", None), ("older", older), ("later", later(known))):
            folder = work / release.strip("'s") / "smp"
            shutil.copytree(source / "include/smp", folder)
            changed = edit(folder, change) if change else None
            if (release == "older" and changed != set(OLDER)) or (release == "later" and changed != set(known)):
                sys.exit(f"{release} headers: changed {sorted(changed)}")
            programs[release] = work / f"program-{release.strip(chr(39) + 's')}"
            subprocess.run([compiler, "-std=c11", "-O1", f"-I{folder.parent}", *(["-DSMP_NEXT"] if release == "later" else []),
                            source / "tests/abi/upgrade.c", "-o", programs[release], library], check=True)
        libraries = {"today's": library.parent}
        if rest:
            copy, built = pathlib.Path(rest[0]) / "source", pathlib.Path(rest[0]) / "build"
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(source, copy, ignore=shutil.ignore_patterns("build*", ".git", "node_modules"))
            edit(copy / "include/smp", later(known))
            if tables(copy, known) != set(known):
                sys.exit("not every table was found")
            subprocess.run(["cmake", "-S", copy, "-B", built, "-G", "Ninja", "-DSMP_TESTS=OFF", "-DSMP_TOOLS=OFF",
                            "-DCMAKE_BUILD_TYPE=Release", *rest[1:]], check=True, stdout=subprocess.DEVNULL)
            subprocess.run(["cmake", "--build", built], check=True, stdout=subprocess.DEVNULL)
            libraries["later"] = built / "libsmp"
        return compare(programs, libraries)


def compare(programs, libraries):
    wanted, failed = None, 0
    for which, folder in libraries.items():
        for release, program in programs.items():
            run = subprocess.run([program], capture_output=True, text=True,
                                 env={**os.environ, "LD_LIBRARY_PATH": str(folder)})
            lines = run.stdout.splitlines()
            answers = [line.split(":")[0] for line in lines if line.startswith("next")]
            # A plan's JSON names every member that the library knows.
            rest = [line for line in lines if not line.startswith("next") and (which == "today's" or line[:4] != "json")]
            wanted = wanted or rest
            same = rest == [line for line in wanted if which == "today's" or line[:4] != "json"]
            said = "next SMP_OK" if which == "later" else "next SMP_ERR_UNSUPPORTED"
            good = run.returncode == 0 and same and answers == ([said] * 3 if release == "later" else [])
            failed += not good
            print(f"{release} program, {which} library: {'same results' if same else 'OTHER RESULTS'}"
                  f"{', a later member: ' + answers[0][5:] if answers else ''}")
            if not good:
                print(f"ended with {run.returncode}:\n{run.stdout}{run.stderr}")
    return 1 if failed else 0


if __name__ == "__main__":
    at = sys.argv.index("--library") if "--library" in sys.argv else len(sys.argv)
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve(), sys.argv[3],
                  sys.argv[at + 1:]))
