#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""guildhall report: what stands in the PDFs of a full, a sparse and an empty city."""
import atexit
import csv
import functools
import json
import os
import pathlib
import re
import shutil
import subprocess

import fictional
from guildhall import ROOT, sqlite
from tap import main, skip, test

FULL, SPARSE, EMPTY = fictional.SLUG, "karmoy", "empty-town"
CITIES = [FULL, SPARSE, EMPTY]
LANGUAGES = ["en", "en-XA", "ar-XB"]
SECTIONS = [
    "Foreword and disclaimer",
    "Introduction and verification background",
    "KPI reporting and verification summary",
    "KPI data points reporting and verification summary",
    "City performance benchmark",
    "Benchmarks and scoring methodology",
    "Verification results",
    "KPIs not reported",
    "KPIs not verified",
    "Next steps",
    "Sources",
    "About this report",
]
NOW = {"GUILDHALL_NOW": "1700000000000000"}  # 2023-11-14
TOOLS = ["pdftotext", "pdfinfo", "pdffonts", "qpdf"]
VALUE_DECIMALS = 6


def run(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(map(str, command))}:\n{done.stdout}{done.stderr}"
    return done.stdout


@functools.cache
def town():
    """A database with the sample, the full city and the empty one; kept for the whole run."""
    if not all(shutil.which(tool) for tool in TOOLS):
        skip("poppler-utils and qpdf are needed")
    context = sqlite().fresh()
    here = context.__enter__()
    atexit.register(context.__exit__, None, None, None)
    here.environment["GUILDHALL_LANG_DIR"] = os.environ["GUILDHALL_PSEUDO"]
    here.run("init", "--sample").ok()
    for name, text in [("full.csv", fictional.cities()),
                       ("empty.csv", fictional.cities(EMPTY, "Empty Town")),
                       ("figures.csv", fictional.figures())]:
        here.run("import", here.write(name, text)).ok()
    return here


@functools.cache
def report(kind, city, lang="en", paper="a4"):
    here = town()
    path = os.path.join(here.folder, f"{kind}-{city}-{lang}-{paper}.pdf")
    here.run("report", kind, city, "--lang", lang, "--paper", paper, "-o", path, environment=NOW).ok()
    return path


@functools.cache
def text(path, first=1):
    """In reading order, all white space as one blank."""
    return " ".join(run("pdftotext", "-raw", "-f", first, path, "-").split())


def info(path):
    return dict(re.findall(r"^([^:\n]+):\s*(.*)$", run("pdfinfo", path), re.MULTILINE))


def objects(path):
    return json.loads(run("qpdf", "--json=2", "--json-key=qpdf", path))["qpdf"][1]


def dictionaries(path):
    """Every dictionary of the file, those inside others too."""
    def walk(value):
        if isinstance(value, dict):
            yield value
            for inner in value.values():
                yield from walk(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from walk(inner)
    yield from walk(objects(path))


def section(path, title):
    """What stands between a heading and the next one, behind the contents."""
    whole = text(path, 4)
    names = SECTIONS[SECTIONS.index(title) + 1:]
    begin = re.search(r"(?:\d )?" + re.escape(title), whole)
    assert begin, f"no section {title}"
    rest = whole[begin.end():]
    # A heading is the name of a section behind its number, or at the end of the document.
    ends = [match.start() for name in names
            for match in [re.search(r"\d " + re.escape(name) if name not in SECTIONS[-2:]
                                    else r"(?<=[.\d)] )" + re.escape(name), rest)] if match]
    return rest[:min(ends)] if ends else rest


def evaluation(city):
    return town().run("evaluate", city, "--json").json()


def number(value):
    """As people read it in English."""
    plain = f"{abs(value):,.{VALUE_DECIMALS}f}".rstrip("0").rstrip(".")
    return ("−" if value < 0 and plain != "0" else "") + plain


def broken(name):
    """A pattern for a name that may be broken into lines behind blanks and hyphens."""
    return re.escape(name).replace(r"\ ", " ").replace(r"\-", "- ?")


def frameworks_rows(name):
    with open(ROOT / "frameworks" / "u4ssc" / name, encoding="utf-8") as file:
        return list(csv.DictReader(file))


@test("every report is a valid, tagged PDF with embedded fonts, language and title")
def _():
    for city in CITIES:
        for kind, name in [("snapshot", "City snapshot"), ("verification", "Verification report")]:
            path = report(kind, city)
            run("qpdf", "--check", path)
            facts = info(path)
            assert facts["Tagged"] == "yes", facts
            assert facts["Title"].startswith(name), facts["Title"]
            fonts = run("pdffonts", path).splitlines()[2:]
            assert fonts
            for font in fonts:
                embedded, subset = font.split()[-5:-3]
                assert (embedded, subset) == ("yes", "yes"), font
            catalogues = [d for d in dictionaries(path) if d.get("/Type") == "/Catalog"]
            assert any(d.get("/Lang") == "u:en" for d in catalogues), catalogues


@test("every picture has a text in its place, and the wheel's names the city")
def _():
    for city, name in [(FULL, "Aurelia"), (SPARSE, "Karmøy"), (EMPTY, "Empty Town")]:
        for kind in ["snapshot", "verification"]:
            figures = [d for d in dictionaries(report(kind, city)) if d.get("/S") == "/Figure"]
            assert len(figures) >= 3, (kind, city, len(figures))
            alts = [d.get("/Alt", "") for d in figures]
            assert all(len(alt) > len("u:") for alt in alts), alts
            assert sum(name in alt for alt in alts) >= 2, alts


@test("a snapshot has four pages in every language and on both papers")
def _():
    for city in CITIES:
        for lang in LANGUAGES:
            for paper, size in [("a4", "595"), ("letter", "612")]:
                facts = info(report("snapshot", city, lang, paper))
                assert facts["Pages"] == "4", (city, lang, paper, facts["Pages"])
                assert facts["Page size"].startswith(size), facts["Page size"]


@test("a verification report has its sections in the published order")
def _():
    for city in CITIES:
        whole = text(report("verification", city), 4)
        contents = " ".join(run("pdftotext", "-raw", "-f", "3", "-l", "3",
                                report("verification", city), "-").split())
        for where in [contents, "Foreword and disclaimer " + whole]:
            places = [where.find(name) for name in SECTIONS]
            assert -1 not in places, (city, dict(zip(SECTIONS, places)))
            assert places == sorted(places), (city, dict(zip(SECTIONS, places)))


@test("the contents name the page on which a section begins")
def _():
    path = report("verification", FULL)
    contents = run("pdftotext", "-layout", "-f", "3", "-l", "3", path, "-")
    for name in SECTIONS:
        page = re.search(re.escape(name) + r"[ .]*(\d+)\s*$", contents, re.MULTILINE)
        assert page, f"{name} is not in the contents:\n{contents}"
        there = " ".join(run("pdftotext", "-raw", "-f", page.group(1), "-l", page.group(1), path,
                             "-").split())
        assert name in there, f"{name} does not begin on page {page.group(1)}"


@test("every data point stands in the results with the value that evaluate gives")
def _():
    labels = {row["id"]: row["label"] for row in frameworks_rows("data_points.csv")}
    units = {row["id"]: row["unit"].lower() for row in frameworks_rows("data_points.csv")}
    names = {row["id"]: row["name"] for row in frameworks_rows("kpis.csv")}
    for city in CITIES:
        results = section(report("verification", city), "Verification results")
        for point in evaluation(city)["data_points"]:
            value = point["value"]
            if value is None:
                shown = r"(?:–|Not (?:reported|verified|available|applicable))"
            elif units[point["id"]] == "yes/no":
                shown = "yes" if value >= 1 else "no"
            else:
                shown = re.escape(number(value))
            label = broken(labels[point["id"]])
            name = broken(names[point["kpi"]])
            # The name of the KPI, of the data point or both; then perhaps a footnote, read where it is set.
            footnote = r"(?: ?\d+(?: \d+ .{1,300}?)?)?"
            row = rf"(?:{name}|{name}: {label}|{label}){footnote} {shown}(?: |$)"
            assert re.search(row, results, re.IGNORECASE), (city, point["id"], row)


@test("the scores are those of evaluate")
def _():
    for city in CITIES:
        scores = section(report("verification", city), "City performance benchmark")
        for group in evaluation(city)["groups"]:
            shown = "–" if group["score"] is None else r"\d[\d.]*"
            row = (broken(group["name"])
                   + rf" ({shown}) .{{0,24}}?{group['reported']} of {group['total']} ")
            match = re.search(row, scores)
            assert match, (city, group["name"], row)
            if group["score"] is not None:
                rounded = {f"{group['score']:.{n}f}" for n in range(4)} | {
                    str(int(group["score"] + 0.5))}
                candidates = re.findall(row, scores)
                assert rounded & set(candidates), (city, group["name"], group["score"], candidates)


@test("every KPI without a value is listed as not reported, and no other")
def _():
    for city in CITIES:
        listed = section(report("verification", city), "KPIs not reported")
        values = {}
        for point in evaluation(city)["data_points"]:
            values.setdefault(point["kpi"], []).append(point)
        for kpi, points in values.items():
            lacks = any(p["value"] is None and p["status"] != "not_applicable" for p in points)
            assert (kpi in listed) == lacks, (city, kpi, lacks)
        if city == EMPTY:
            assert "reason not known" in listed
    assert "Every KPI that applies has at least one value." in section(
        report("verification", FULL), "KPIs not reported")


def two_years():
    """The full city with a year before, in a database of its own."""
    if not all(shutil.which(tool) for tool in TOOLS):
        skip("poppler-utils and qpdf are needed")
    return sqlite().fresh()


@test("of what the checks found each message stands once, with a table of at most twelve rows")
def _():
    with two_years() as here:
        here.run("init").ok()
        earlier = fictional.figures(seed=2).replace(f",{fictional.YEAR},", f",{fictional.YEAR - 1},")
        for name, content in [("full.csv", fictional.cities()), ("earlier.csv", earlier),
                              ("figures.csv", fictional.figures())]:
            here.run("import", here.write(name, content)).ok()
        path = os.path.join(here.folder, "two.pdf")
        here.run("report", "verification", FULL, "--lang", "en", "-o", path, environment=NOW).ok()
        found = text(path, 4)
        found = found[found.rindex("Look into what the checks found"):found.rindex("Sources of indicators")]
        findings = here.run("check", FULL, "--json").json()["findings"]
    assert found.count("The value differs by more than 50 %") == 1, found
    changed = sum("differs by more than 50 %" in finding["message"] for finding in findings)
    assert changed > 12 and f"and {changed - 12} more" in found, (changed, found)
    assert "= ?" not in found and "yes/no" not in found and "(-" not in found, found
    assert re.search(r"\d,\d{3} per 100 000 inhabitants \(\d+,\d{3} in 2022\): \+\d+ %", found), found
    assert re.search(r": −\d+ %", found), found
    assert "66 screening checks look at the figures that are there" in found


@test("a score lies inside the range beside it, as written too")
def _():
    row = re.compile(r"(\d[\d.]*) \D{0,24}?\d+ of \d+ (\d[\d.]*)\D(\d[\d.]*)(?: |$)")
    for city in [FULL, SPARSE]:
        scores = row.findall(section(report("verification", city), "City performance benchmark"))
        assert len(scores) > 10, (city, scores)
        for score, lowest, highest in scores:
            assert float(lowest) <= float(score) <= float(highest), (city, score, lowest, highest)


@test("N/A stands wherever there is no target, with a value and without")
def _():
    without = [point for point in frameworks_rows("data_points.csv") if point["id"] not in
               {row["data_point_id"] for row in frameworks_rows("targets/open.csv") if row["rule"] != "none"}]
    for city in CITIES:
        results = section(report("verification", city), "Verification results")
        assert len(re.findall(r"\bN/A (?:missing|verified|not )", results)) == len(without), city


@test("cover, wheel and grid are heard with their figures")
def _():
    for city, name in [(FULL, "Aurelia"), (SPARSE, "Karmøy")]:
        alts = [d["/Alt"] for d in dictionaries(report("snapshot", city)) if d.get("/S") == "/Figure"]
        cover = [alt for alt in alts if "City snapshot" in alt]
        assert len(cover) == 1 and name in cover[0] and "not official" in cover[0], cover
        grid = [alt for alt in alts if "Scores of all groups" in alt]
        assert len(grid) == 1, alts
        wheel = [alt for alt in alts if "Benchmarking wheel" in alt]
        assert len(wheel) == 1, alts
        for group in evaluation(city)["groups"]:
            if group["level"] == "dimension":
                counts = re.search(re.escape(group["name"]) + r": on target: (\d+); near target: (\d+); "
                                   r"on the way: (\d+); far from target: (\d+); no target: (\d+); "
                                   r"no data: (\d+)\.", wheel[0])
                assert counts, (group["name"], wheel[0])
                assert sum(map(int, counts.groups()[:5])) == group["reported"], (group, counts.groups())
            assert group["name"] in grid[0], group["name"]
            assert re.search(rf"{group['reported']} of {group['total']} figures?", grid[0]), group
            if group["level"] == "dimension":
                assert group["name"] in cover[0], group["name"]


@test("figures that are not verified are listed, with their publication")
def _():
    listed = section(report("verification", FULL), "KPIs not verified")
    points = frameworks_rows("data_points.csv")
    for index, point in enumerate(points, 1):
        if index % 7 == 0:
            assert point["kpi"] in listed, point["kpi"]
    assert "There is no value yet." in section(report("verification", EMPTY), "KPIs not verified")


@test("notes of figures are footnotes, sources are numbered, and the worked example is the official one")
def _():
    path = report("verification", FULL)
    whole = text(path)
    assert whole.count("An invented note.") >= 12
    sources = section(path, "Sources")
    for part in [1, 2, 3]:
        assert re.search(rf"{part}\. An invented source, part {part} \(\d+ figures\)", sources), sources
    method = section(path, "Benchmarks and scoring methodology")
    assert "1 + 3 + 4 + 1 = 9 / 16 56.25 %" in method
    assert "3 + 4 + 2 = 9 / 12 75 %" in method
    assert "not official" in method
    assert "unknown here" in section(path, "Introduction and verification background")


@test("reports in other languages are whole: none of their sentences is left in English")
def _():
    for kind in ["snapshot", "verification"]:
        pages = int(info(report(kind, FULL))["Pages"])
        translated = report(kind, FULL, "en-XA")
        assert int(info(translated)["Pages"]) >= pages
        whole = text(translated)
        for name in ["Foreword and disclaimer", "not official", "Next steps", "Contents"]:
            assert name not in whole, name
        facts = [d for d in dictionaries(report(kind, FULL, "ar-XB")) if d.get("/Type") == "/Catalog"]
        assert any(d.get("/Lang") == "u:ar-XB" for d in facts), facts
        run("qpdf", "--check", report(kind, FULL, "ar-XB"))


@test("the same figures give the same bytes")
def _():
    here = town()
    for kind in ["snapshot", "verification"]:
        again = os.path.join(here.folder, "again.pdf")
        here.run("report", kind, SPARSE, "-o", again, "--lang", "en", environment=NOW).ok()
        assert pathlib.Path(again).read_bytes() == pathlib.Path(report(kind, SPARSE)).read_bytes()


@test("links are absolute where the site is known, and absent where it is not")
def _():
    here = town()
    assert not [d for d in dictionaries(report("verification", SPARSE)) if "/URI" in d]
    here.write("guildhall.conf", "[site]\naddress=https://town.example/\n")
    try:
        path = os.path.join(here.folder, "linked.pdf")
        here.run("report", "verification", SPARSE, "-o", path, environment=NOW).ok()
    finally:
        os.remove(os.path.join(here.folder, "guildhall.conf"))
    links = {d["/URI"] for d in dictionaries(path) if isinstance(d.get("/URI"), str)}
    assert "u:https://town.example/cities/karmoy?year=2020&targets=open" in links, links
    assert all(link.startswith("u:https://town.example/") for link in links), links


@test("all cities go into a folder, each under its own name")
def _():
    here = town()
    folder = os.path.join(here.folder, "all", "of", "them")
    here.run("report", "snapshot", "--all", "-o", folder, "--lang", "en").ok()
    cities = here.run("city", "list", "--json").json()
    files = sorted(os.listdir(folder))
    assert len(files) == len(cities), (files, len(cities))
    assert f"{FULL}-{fictional.YEAR}-snapshot.pdf" in files
    assert f"{EMPTY}-snapshot.pdf" in files
    here.run("report", "verification", SPARSE, "-o", folder, "--lang", "en-XA").ok()
    assert "karmoy-2020-verification-en-XA.pdf" in os.listdir(folder)


@test("a folder named with a slash is made for one report too, but not for none")
def _():
    here = town()
    folder = os.path.join(here.folder, "not", "there", "yet")
    assert here.run("report", "snapshot", "nowhere-at-all", "-o", folder + "/").status == 1
    assert not os.path.exists(folder)
    here.run("report", "snapshot", SPARSE, "-o", folder + "/", "--lang", "en").ok()
    assert os.listdir(folder) == ["karmoy-2020-snapshot.pdf"]


@test("a report that cannot be made says why, and the other cities get theirs")
def _():
    here = town()
    folder = os.path.join(here.folder, "broken")
    os.makedirs(os.path.join(folder, "karmoy-2020-snapshot.pdf", "in-the-way"))
    done = here.run("report", "snapshot", "--all", "-o", folder, "--lang", "en")
    assert done.status == 1
    assert "karmoy:" in done.err and "1 of " in done.err, done.err
    assert os.path.isfile(os.path.join(folder, "riyadh-2020-snapshot.pdf"))
    unknown = here.run("report", "snapshot", "Karmoi", "-o", folder)
    assert unknown.status == 1 and "karmoy" in unknown.err.lower(), unknown.err


@test("wrong words are refused before anything is written")
def _():
    here = town()
    for words, says in [
            (["picture", "karmoy", "-o", "x.pdf"], "picture"),
            (["snapshot", "-o", "x.pdf"], "--all"),
            (["snapshot", "karmoy", "--all", "-o", "x.pdf"], "--all"),
            (["snapshot", "--all"], "-o"),
            (["snapshot", "karmoy", "--paper", "a5", "-o", "x.pdf"], "a5"),
            (["snapshot", "--all", "-o", "x.pdf"], "folder"),
            (["snapshot", "karmoy", "--lang", "xx", "-o", "x.pdf"], 'no language "xx" here, only: ar-XB, en')]:
        done = here.run("report", *words)
        assert done.status == 2 and says in done.err, (words, done.status, done.err)
    assert not os.path.exists(os.path.join(here.folder, "x.pdf"))
    piped = subprocess.run([os.environ["GUILDHALL"], "report", "--db", here.location, "snapshot", "karmoy"],
                           capture_output=True, cwd=here.folder, env=here.environment, check=True)
    assert piped.stdout.startswith(b"%PDF-")


@test("a framework of two levels with other bands and rules has reports too")
def _():
    here = town()
    here.run("framework", "load", ROOT / "tests" / "data" / "framework-small").ok()
    figures = here.write("small.csv", "city,year,data_point_id,value\n"
                                      f"{FULL},2020,s1.pavement,40\n{FULL},2020,s2.light,yes\n")
    here.run("import", figures, "--framework", "small-town").ok()
    whole = {}
    for kind in ["snapshot", "verification"]:
        path = os.path.join(here.folder, f"small-{kind}.pdf")
        here.run("report", kind, FULL, "--framework", "small-town", "--lang", "en", "-o", path).ok()
        run("qpdf", "--check", path)
        if kind == "snapshot":
            assert info(path)["Pages"] == "4"
        whole[kind] = text(path)
        assert "weak" in whole[kind]
    for untrue in ["official ones are not public", "Names and colours", "worked example"]:
        assert untrue not in whole["snapshot"], untrue
    # Continuous scoring, one level of KPIs, a data point for each of them.
    for untrue in ["1 + 3 + 4 + 1", "points possible", "best band", "All All", "of the level “All”",
                   "The programme urges", "Some are made of several", "score then", "would become with this step"]:
        assert untrue not in whole["verification"], untrue
    for true in ["means of the shares of target", "8 indicators (KPIs), each with one data point",
                 "Missing KPIs:"]:
        assert true in whole["verification"], true


main()
