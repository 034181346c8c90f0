#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The command line in another language: nothing of ours stays English, and columns hold.

The other language is the pseudo-language en-XA: letters are accented, texts 40 % longer.
"""
import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import termios

from guildhall import PROGRAM, ROOT, sqlite
from reference import rows
from tap import main, skip, test

OTHER = {"LANGUAGE": "en-XA", "GUILDHALL_LANG_DIR": os.environ["GUILDHALL_PSEUDO"]}
COMMANDS = ["init", "serve", "framework", "city", "import", "export", "check", "evaluate", "compare",
            "wheel", "report", "index", "audit", "backup", "restore"]


def english(text, *known):
    """The words that are not accented, without those known to be data or syntax."""
    for word in sorted(map(str, known), key=len, reverse=True):
        text = text.replace(word, "")
    return re.findall(r"[A-Za-z]{2,}", text)


def plain(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, check=False,
                          env=dict(os.environ, **OTHER), timeout=60)


def on_terminal(here, columns, *arguments, environment=None):
    """What a terminal that wide is given, as lines."""
    try:
        ours, theirs = pty.openpty()
    except OSError as reason:
        skip(f"no terminal to be had here: {reason}")
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    child = subprocess.Popen([PROGRAM, arguments[0], "--db", here.location, *arguments[1:]],
                             stdin=subprocess.DEVNULL, stdout=theirs, stderr=subprocess.DEVNULL,
                             env=dict(here.environment, NO_COLOR="1", **(environment or {})))
    os.close(theirs)
    received = b""
    try:
        while chunk := os.read(ours, 65536):
            received += chunk
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    assert child.wait(timeout=60) == 0, arguments
    return received.decode().splitlines()


@test("every --help is translated but for its syntax, and fits 80 columns")
def _():
    for command in COMMANDS:
        text = plain(command, "--help").stdout
        assert max(map(len, text.splitlines())) <= 80, text
        usage, rest = text.split("\n\n", 1)
        assert usage.startswith("[") and f" guildhall {command}" in usage, usage
        rest = re.sub(r"^  (-\w, )?--[\w-]+( [A-Z|]+(:[A-Z]+)?(\|postgresql://\.\.\.)?)?  ", "", rest,
                      flags=re.MULTILINE)
        assert not english(rest), (command, english(rest))


@test("the overview is translated but for the names of the commands, and fits 80 columns")
def _():
    text = plain("--help").stdout
    assert max(map(len, text.splitlines())) <= 80, text
    named = re.findall(r"^  (\w+) +\[", text, flags=re.MULTILINE)
    assert named == COMMANDS, named
    assert not english(re.sub(r"^  \w+ ", "", text, flags=re.MULTILINE)), text


@test("a wrong use is told in the reader's language")
def _():
    for arguments, known in ((["fly"], COMMANDS + ["fly"]), (["evaluate"], []), (["evaluate", "a", "b"], []),
                             (["evaluate", "a", "--format", "pdf"], ["pdf"]), (["city", "show"], ["show"]),
                             (["framework", "list", "x"], ["list"]), (["audit", "repair"], ["repair"])):
        first = plain(*arguments).stderr.splitlines()[0]
        assert first.startswith("guildhall: ["), first
        assert not english(first, "guildhall", *known, *arguments[:1]), first


@test("what commands say is translated; slugs and tables for programs are not")
def _():
    with sqlite().fresh() as here:
        def say(*arguments, known=()):
            done = here.run(*arguments, environment=OTHER).ok()
            assert not english(done.out, here.location, *known), done.out
            return done.out

        say("init", "--sample", known=("u4ssc", "cities.csv", "figures.csv"))
        say("init", "--sample")
        say("audit", "verify")
        say("backup", "copy.backup", known=("copy.backup",))
        say("restore", "copy.backup", known=("copy.backup",))
        small = ROOT / "tests/data/framework-small"
        say("framework", "check", small, known=("small-town",))
        say("framework", "load", small)
        say("framework", "load", small)
        file = here.write("a.csv", "city,year,data_point_id,value\nasker,2020,ec.ict.ict.1c.value,50\n")
        say("import", file, "--dry-run", known=("a.csv",))
        say("import", file, known=("a.csv",))
        assert here.run("city", "add", "Otherwhere", "--country", "XX", environment=OTHER).out == "otherwhere\n"
        for machine in (["city", "list"], ["export", "figures"], ["evaluate", "asker", "--json"],
                        ["evaluate", "--all", "--format", "csv"], ["check", "asker", "--json"]):
            assert here.run(*machine, environment=OTHER).ok().out == here.run(*machine).ok().out, machine


@test("faults are told in the reader's language, also what is around them")
def _():
    with sqlite().fresh() as here:
        here.run("init", "--sample").ok()
        file = here.write("a.csv", "city;year;data_point_id;value\nasker;2020;ec.ict.ict.2c.value;1,234\n")
        done = here.run("import", file, environment=OTHER)
        fault = done.err.splitlines()[0]
        assert done.status == 1 and not english(fault, "a.csv", "value"), fault


# -- tables --

def texts_of(*files):
    """All texts of these tables, and the parts of those that are lists."""
    texts = {cell for file in files for row in rows(file) for cell in row.values() if cell}
    texts |= {part.strip() for text in texts for part in text.split("|")}
    return {" ".join(text.split()) for text in texts}


@test("evaluate, check and compare are translated but for the texts of the framework")
def _():
    framework = json.loads((ROOT / "frameworks/u4ssc/framework.json").read_text(encoding="utf-8"))
    known = ["U4SSC", framework["name"], *(level["plural"] for level in framework["levels"]),
             *(tier["name"] for tier in framework["tiers"]),
             *texts_of("frameworks/u4ssc/kpis.csv", "frameworks/u4ssc/data_points.csv",
                       "frameworks/u4ssc/targets/open.csv", "frameworks/u4ssc/checks.csv",
                       "sample/figures.csv", "sample/cities.csv")]
    with sqlite().fresh() as here:
        here.run("init", "--sample").ok()
        for arguments in (["evaluate", "riyadh"], ["evaluate", "asker", "--explain", "--verified-only"],
                          ["check", "asker"], ["check", "molde"], ["compare", "asker", "riyadh"]):
            text = " ".join(here.run(*arguments, environment=OTHER).ok().out.split())
            # "population = ?" names a column of the files of cities
            left = [word for word in english(text, *known) if word != "population"]
            assert not left, (arguments, left)


@test("tables are as wide as the terminal at most, and cut off no name")
def _():
    with sqlite().fresh() as here:
        here.run("init", "--sample").ok()
        for environment in ({}, OTHER):
            for arguments in (["evaluate", "asker"], ["evaluate", "riyadh", "--explain"],
                              ["check", "karmoy"], ["compare", "asker", "alesund"]):
                for columns in (80, 100, 120):
                    lines = on_terminal(here, columns, *arguments, environment=environment)
                    wide = [line for line in lines if len(line) > columns]
                    assert not wide, (arguments, columns, wide)
                    cut = [line for line in lines if "…" in line]
                    assert environment or not cut, (arguments, columns, cut)


@test("evaluate lists what has no figure once a category, with the reason")
def _():
    with sqlite().fresh() as here:
        here.run("init", "--sample").ok()
        text = " ".join(here.run("evaluate", "asker").ok().out.split())
        # All six ways of treating waste are missing; of food Asker said that it was not reported.
        assert "Environment / Waste · missing: Solid Waste Treatment (6 figures) Environment" in text
        assert "Food Security · not reported: Local Food Production" in text
        shown = re.findall(r" ([\d.]+|–)( %)? (not )?verified ", text)
        assert len(shown) == 14, shown


@test("LANGUAGE is a list of wishes, each with or without country and encoding")
def _():
    for wishes, other in (("xx:en_XA.UTF-8", True), ("en-XA", True), ("xx", False), ("", False)):
        done = subprocess.run([PROGRAM, "--help"], capture_output=True, text=True, check=True,
                              env=dict(os.environ, **dict(OTHER, LANGUAGE=wishes, LC_ALL="C.UTF-8")))
        assert done.stdout.startswith("[") == other, wishes


main()
