#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The house: calls go down only, and a district is reached by its one public header.

Reads the #include lines of src/. The plan is in docs/architecture.md.
"""
import pathlib
import re
import subprocess

from tap import main, skip, test

ROOT = pathlib.Path(__file__).resolve().parents[2]
SRC = ROOT / "src"

# A folder may include itself and folders that stand before it.
PLATFORM = ["base", "resources", "store", "http", "draw"]
DISTRICTS = ["framework", "people", "evaluation", "index", "ranking", "profile", "plan", "market",
             "finance", "learning", "news", "exchange"]
ORDER = PLATFORM + DISTRICTS + ["cli"]
# index/ is a library of pure numbers, to be lifted out one day.
INDEX_MAY = ["base", "index"]

# Made by the build, so it lies in no folder.
GENERATED = {"guildhall-resources.h"}

# Words of the districts, none of which is needed to draw.
DISTRICT_WORDS = {"city", "cities", "indicator", "indicators", "kpi", "kpis", "dimension", "dimensions", "category",
                  "categories", "benchmark", "benchmarking", "evaluation", "verification", "snapshot", "framework"}
# The words that names like GhCityPage, city_page and CITY_PAGE are made of.
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")

# [words](target) and ![words](target), with or without a title behind it.
LINK = re.compile(r"\]\(<?([^)\s>]+)")

INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)


def sources():
    return sorted(p for p in SRC.rglob("*.[ch]"))


def includes(path):
    return [i for i in INCLUDE.findall(path.read_text(encoding="utf-8")) if i not in GENERATED]


def told(breaches):
    assert not breaches, "\n".join(breaches)


@test("every relative link of a text leads to a file")
def _():
    kept = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"], cwd=ROOT,
                          capture_output=True, text=True, check=False)
    if kept.returncode != 0:
        skip("not a working copy of git")
    breaches = []
    for name in kept.stdout.splitlines():
        # What stands between backquotes is an example.
        text = re.sub(r"```.*?```|`[^`\n]*`", "", (ROOT / name).read_text(encoding="utf-8"), flags=re.DOTALL)
        for link in LINK.findall(text):
            if not re.match(r"[a-z][a-z0-9+.-]*:|#", link) and not ((ROOT / name).parent / link.split("#")[0]).exists():
                breaches.append(f"{name}: {link}")
    told(breaches)


@test("every folder of src is in the plan")
def _():
    told([f"{p.name} is not in the order of the house" for p in SRC.iterdir()
          if p.is_dir() and p.name not in ORDER])


@test("every include names its folder")
def _():
    told([f'{p.relative_to(ROOT)}: "{i}" names no folder' for p in sources() for i in includes(p)
          if "/" not in i])


@test("calls go down only")
def _():
    breaches = []
    for path in sources():
        folder = path.relative_to(SRC).parts[0]
        for include in includes(path):
            target = include.split("/")[0]
            allowed = INDEX_MAY if folder == "index" else ORDER[: ORDER.index(folder) + 1]
            # Test support of the store may be used by every test.
            if target not in allowed:
                breaches.append(f"{path.relative_to(ROOT)} reaches {include}")
    told(breaches)


@test("a district is reached by its public header only")
def _():
    breaches = []
    for path in sources():
        folder = path.relative_to(SRC).parts[0]
        for include in includes(path):
            target = include.split("/")[0]
            # A test may use what another district's tests stand on: a server with invented towns.
            if include.endswith("_testing.h") and path.stem.endswith(("_test", "_testing")):
                continue
            if target in DISTRICTS and target != folder and include != f"{target}/{target}.h":
                breaches.append(f"{path.relative_to(ROOT)} reaches {include}")
    told(breaches)


@test("rules hold no SQL, no pages, no clock")
def _():
    breaches = []
    forbidden = ("store/", "http/", "base/clock.h", "base/log.h")
    for path in SRC.rglob("*_rules.c"):
        breaches += [f"{path.relative_to(ROOT)} includes {i}" for i in includes(path)
                     if i.startswith(forbidden)]
    told(breaches)


@test("drawings and documents know nothing of what they show")
def _():
    # Charts are given names and numbers, documents paragraphs and tables: comments may give examples.
    comment = re.compile(r"/\*.*?\*/", re.DOTALL)
    breaches = []
    for path in (p for p in sources() if p.relative_to(SRC).parts[0] == "draw"
                 and not p.stem.endswith(("_test", "_testing"))):
        code = comment.sub(" ", path.read_text(encoding="utf-8"))
        said = {word.lower() for word in WORD.findall(code)}
        breaches += [f"{path.relative_to(ROOT)} says {word}" for word in sorted(said & DISTRICT_WORDS)]
    told(breaches)


@test("SQL is never put together by formatting")
def _():
    formatting = re.compile(r'printf[^;]*"[^"]*\b(SELECT|INSERT|UPDATE|DELETE)\b[^"]*%', re.DOTALL)
    told([f"{p.relative_to(ROOT)} formats SQL" for p in sources()
          if p.relative_to(SRC).parts[0] != "store" and formatting.search(p.read_text(encoding="utf-8"))])


@test("every source file names its licence")
def _():
    files = [p for p in sources()] + [p for p in (ROOT / "schema").glob("*.sql")]
    told([f"{p.relative_to(ROOT)} has no SPDX line" for p in files
          if "SPDX-License-Identifier: AGPL-3.0-or-later" not in
          "\n".join(p.read_text(encoding="utf-8").splitlines()[:3])])


main()
