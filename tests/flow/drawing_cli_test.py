#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""guildhall wheel: the file as its ending says, in the language asked for, and what is refused."""
import os
import re
import shutil
import struct
import subprocess
import xml.etree.ElementTree

import fictional
from guildhall import PROGRAM, ROOT, sqlite
from tap import main, skip, test

SVG = "{http://www.w3.org/2000/svg}"
# 3 dimensions, 24 categories, 112 data points.
N_SEGMENTS = 3 + 24 + 112


def with_sample(function):
    """The function gets a fresh database with the sample and an invented city that has all figures."""
    def run():
        with sqlite().fresh() as here:
            here.run("init", "--sample").ok()
            here.run("import", here.write("cities.csv", fictional.cities())).ok()
            here.run("import", here.write("figures.csv", fictional.figures())).ok()
            function(here)
    return run


def names(path):
    """What segments are called, in order."""
    root = xml.etree.ElementTree.parse(path).getroot()
    return [g.attrib["aria-label"] for g in root.iter() if "aria-label" in g.attrib]


def read(here, name):
    with open(os.path.join(here.folder, name), "rb") as file:
        return file.read()


@test("the ending of the file says the format, in capitals too")
@with_sample
def _(here):
    here.run("wheel", "riyadh", "-o", "wheel.svg").ok()
    here.run("wheel", "riyadh", "-o", "wheel.PNG", "--width", "400").ok()
    here.run("wheel", "riyadh", "-o", "wheel.pdf").ok()
    root = xml.etree.ElementTree.parse(os.path.join(here.folder, "wheel.svg")).getroot()
    assert root.tag == SVG + "svg", root.tag
    png = read(here, "wheel.PNG")
    width, height = struct.unpack(">II", png[16:24])
    assert png.startswith(b"\x89PNG") and width == 400 and height > 400, (width, height)
    assert read(here, "wheel.pdf").startswith(b"%PDF-")


@test("every segment of a full, a sparse and an empty city is named")
@with_sample
def _(here):
    here.run("city", "add", "Empty Town", "--country", "XX").ok()
    for city in [fictional.SLUG, "riyadh", "empty-town"]:
        here.run("wheel", city, "-o", "wheel.svg").ok()
        found = names(os.path.join(here.folder, "wheel.svg"))
        assert len(found) == N_SEGMENTS, (city, len(found))
        assert found[0].startswith("Economy, "), found[0]
        n_without = sum(", no data" in name for name in found)
        assert (n_without == 0, n_without == N_SEGMENTS) == (city == fictional.SLUG, city == "empty-town"), \
            (city, n_without)


@test("a sample city's segment says value, share and band as evaluate does")
@with_sample
def _(here):
    here.run("wheel", "riyadh", "--year", "2020", "--targets", "open", "-o", "wheel.svg").ok()
    found = names(os.path.join(here.folder, "wheel.svg"))
    assert "Life Expectancy, 74 years, 89 % of target, near target" in found
    groups = {g["name"]: g for g in here.run("evaluate", "riyadh", "--json").json()["groups"]
              if g["level"] == "dimension"}
    assert len(groups) == 3, groups
    for name, group in groups.items():
        said = next(n for n in found if n.startswith(name + ", "))
        assert f", {group['reported']} of {group['total']} figures" in said, said


@test("links are absolute where the site is known, and absent where it is not")
@with_sample
def _(here):
    for conf, lead in [("", set()), ("[site]\naddress=https://town.example/\n", {"https://town.example"})]:
        here.write("guildhall.conf", conf)
        here.run("wheel", "riyadh", "-o", "wheel.svg").ok()
        root = xml.etree.ElementTree.parse(os.path.join(here.folder, "wheel.svg")).getroot()
        links = [a.attrib.get("href", "") for a in root.iter(SVG + "a")]
        assert {re.sub(r"/(cities|indicators)/.*", "", link) for link in links} == lead, links[:3]


@test("a group's name has the range of its score, and the sheet the state of the figures")
@with_sample
def _(here):
    here.run("wheel", "riyadh", "-o", "wheel.svg").ok()
    assert re.search(r"^Economy, score .* figures, between \d+ and \d+ possible$",
                     names(os.path.join(here.folder, "wheel.svg"))[0])
    assert re.search(rb">\d+ of \d+ figures verified<", read(here, "wheel.svg"))


@test("a framework of two levels has its wheel")
@with_sample
def _(here):
    here.run("framework", "load", ROOT / "tests" / "data" / "framework-small").ok()
    here.run("wheel", "riyadh", "--framework", "small-town", "-o", "wheel.svg").ok()
    assert len(names(os.path.join(here.folder, "wheel.svg"))) == 2 + 5 + 8


@test("the language asked for is that of names, legend and direction")
@with_sample
def _(here):
    pseudo = {"GUILDHALL_LANG_DIR": os.environ["GUILDHALL_PSEUDO"]}
    for tag, direction in [("en-XA", "ltr"), ("ar-XB", "rtl")]:
        here.run("wheel", "riyadh", "--lang", tag, "-o", "wheel.svg", environment=pseudo).ok()
        path = os.path.join(here.folder, "wheel.svg")
        root = xml.etree.ElementTree.parse(path).getroot()
        assert root.attrib["direction"] == direction, root.attrib
        texts = [t.text for t in root.iter(SVG + "text")]
        assert any("[" in text and ("target" in text or "ţàŕĝéţ" in text) for text in texts), texts[-9:]
        assert all("[" in name for name in names(path))


@test("the PDF has real text in embedded fonts")
@with_sample
def _(here):
    if shutil.which("pdftotext") is None or shutil.which("pdffonts") is None:
        skip("poppler's tools are not installed")
    here.run("wheel", "riyadh", "-o", "wheel.pdf").ok()
    path = os.path.join(here.folder, "wheel.pdf")
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    for word in ["Riyadh", "2020", "Transport", "on target", "no data", "not official"]:
        assert word in text, word
    fonts = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout
    rows = fonts.splitlines()[2:]
    # Columns from the right: object (2), uni, sub, emb.
    assert rows and all(row.split()[-5:-2] == ["yes", "yes", "yes"] for row in rows), fonts


@test("a wrong use ends with 2, says why, and writes nothing")
def _():
    for arguments, said in [
            ([], "CITY"),
            (["riyadh"], "-o FILE.svg"),
            (["riyadh", "-o", "wheel.jpg"], "wheel.jpg"),
            (["riyadh", "-o", "svg"], ".svg, .png, .pdf"),
            (["riyadh", "-o", "wheel.svg", "--width", "900"], "--width"),
            (["riyadh", "-o", "wheel.png", "--width", "100"], "200"),
            (["riyadh", "-o", "wheel.png", "--width", "4001"], "4,000"),
            (["riyadh", "-o", "wheel.png", "--width", "-1"], "200"),
            (["riyadh", "-o", "wheel.png", "--lang", "tlh"], 'no language "tlh" here, only: en')]:
        with sqlite().fresh() as here:
            done = subprocess.run([PROGRAM, "wheel", *arguments], capture_output=True, text=True,
                                  check=False, cwd=here.folder)
            assert done.returncode == 2 and said in done.stderr, (arguments, done.stderr)
            assert done.stdout == "" and os.listdir(here.folder) == [], arguments


@test("what cannot be drawn ends with 1 and leaves the old file as it was")
@with_sample
def _(here):
    path = here.write("wheel.svg", "old")
    for arguments, said in [(["riyad", "-o", path], "riyadh"),
                            (["riyadh", "--year", "1900", "-o", path], "1900"),
                            (["riyadh", "--targets", "none", "-o", path], "none"),
                            (["riyadh", "--framework", "none", "-o", path], "none"),
                            (["riyadh", "-o", "no/such/folder.svg"], "no/such/folder.svg")]:
        done = here.run("wheel", *arguments)
        assert done.status == 1 and said in done.err, (arguments, done.err)
        assert read(here, "wheel.svg") == b"old"
    assert sorted(n for n in os.listdir(here.folder) if "partial" in n) == []


main()
