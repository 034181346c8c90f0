#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The command line as a user meets it, on both databases."""
import csv
import io
import json
import os
import shutil
import sqlite3
import subprocess

from guildhall import PROGRAM, ROOT, databases, sqlite
from reference import Framework, rows
from tap import main, skip, test

COMMANDS = ["init", "serve", "framework", "city", "import", "export", "check", "evaluate", "compare",
            "wheel", "audit", "backup", "restore"]


def on_both(name):
    """Registers the function once per database; it gets a fresh one."""
    def register(function):
        for engine in databases():
            @test(f"{name}, {engine.name}")
            def _(engine=engine):
                with engine.fresh() as here:
                    function(here)
        return function
    return register


def plain(*arguments, cwd=None, environment=None):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, check=False, cwd=cwd,
                          env=dict(os.environ, **(environment or {})), timeout=60)


def near(a, b):
    return a == b or (a is not None and b is not None and abs(a - b) <= 1e-12 * max(abs(a), abs(b)))


# -- asking for help, asking wrongly --

@test("--help of the program and of every command ends with 0 and speaks on stdout")
def _():
    for arguments in [["--help"], *[[c, "--help"] for c in COMMANDS]]:
        done = plain(*arguments)
        assert done.returncode == 0, arguments
        assert "sage" in done.stdout and done.stderr == "", (arguments, done.stderr)


@test("wrong usage ends with 2 and says what is wrong on stderr")
def _():
    for arguments in [[], ["fly"], ["evaluate"], ["evaluate", "a", "--all"], ["evaluate", "--nonsense"],
                      ["evaluate", "a", "--format", "pdf"], ["import"], ["export", "everything"],
                      ["city", "rename", "x"], ["audit", "repair"], ["framework", "check"],
                      ["init", "now"], ["backup"], ["compare", "asker"]]:
        done = plain(*arguments)
        assert done.returncode == 2, (arguments, done.returncode)
        assert done.stdout == "" and done.stderr != "", arguments


@test("without a database a command ends with 1 and names the remedy")
def _():
    with sqlite().fresh() as here:
        done = here.run("evaluate", "asker")
        assert done.status == 1 and "guildhall init" in done.err, done.err


@test("the database is --db, else GUILDHALL_DB, else guildhall.conf, else guildhall.db")
def _():
    with sqlite().fresh() as here:
        def init(name, *arguments, environment=None):
            base = {k: v for k, v in os.environ.items() if k != "GUILDHALL_DB"}
            subprocess.run([PROGRAM, "init", *arguments], cwd=here.folder, check=True,
                           capture_output=True, env=dict(base, **(environment or {})))
            assert os.path.exists(os.path.join(here.folder, name)), name
        init("guildhall.db")
        here.write("guildhall.conf", "[database]\nlocation=conf.db\n")
        init("conf.db")
        init("environment.db", environment={"GUILDHALL_DB": "environment.db"})
        init("option.db", "--db", "option.db", environment={"GUILDHALL_DB": "other.db"})
        leading = plain("--db", "leading.db", "init", cwd=here.folder)
        assert leading.returncode == 0 and os.path.exists(os.path.join(here.folder, "leading.db"))
        assert not os.path.exists(os.path.join(here.folder, "other.db"))


# -- the sample, scored by two programs --

@on_both("every score of every sample city agrees with a second program in decimal arithmetic")
def _(here):
    here.run("init", "--sample").ok()
    framework, n = Framework(), 0
    results = here.run("evaluate", "--all", "--json").json()
    assert len(results) == len(rows("sample/cities.csv"))
    for result in results:
        assert result["framework"] == "u4ssc" and result["targets"] == "open"
        assert len(result["data_points"]) == 112 and len(result["groups"]) == 3 + 7 + 24
        figures = {}
        for point in result["data_points"]:
            figures[point["id"]] = (point["status"], point["value"])
            if point["value"] is None:
                assert point["share"] is None and point["points"] is None and point["band"] is None
                continue
            share, got = framework.score(point["id"], repr(point["value"]))
            assert point["points"] == got, (result["city"], point)
            assert near(point["share"], None if share is None else float(share)), point
        figures = {k: (s, None if v is None else repr(v)) for k, (s, v) in figures.items()}
        for group in result["groups"]:
            key = (group["level"], group["dimension"], group["name"])
            for name, want in framework.group_score(framework.groups()[key], figures).items():
                got = group[name]
                if name == "points" and want == 0:
                    assert got is None, (key, name, got)
                elif isinstance(want, str) or want is None:
                    assert got == want, (result["city"], key, name, got, want)
                else:
                    assert near(got, want), (result["city"], key, name, got, want)
                n += 1
    assert n > 5000


@on_both("every published figure of the sample is in the database as it was published")
def _(here):
    here.run("init", "--sample").ok()
    exported = {(r["city"], r["data_point_id"], r["year"]): r
                for r in csv.DictReader(io.StringIO(here.run("export", "figures").ok().out))}
    slug = {r["name"]: r["slug"] for r in rows("sample/cities.csv")}
    published = rows("sample/figures.csv")
    assert len(exported) == len(published)
    for row in published:
        found = exported[(slug[row["city"]], row["data_point_id"], row["year"])]
        assert found["status"] == row["status"] and found["source"] == row["source"], row
        assert (float(found["value"]) == float(row["value"])) if row["value"] else not found["value"]
        verified = row["report"] == "Verification Report" and row["status"] == "reported"
        assert found["verification"] == ("verified" if verified else "not_verified"), row


@on_both("a second init --sample keeps what was changed")
def _(here):
    here.run("init", "--sample").ok()
    file = here.write("one.csv", "city,year,data_point_id,value\nriyadh,2020,ec.ict.ict.1c.value,12\n")
    here.run("import", file).ok()
    here.run("init", "--sample").ok()
    points = here.run("evaluate", "riyadh", "--json").json()["data_points"]
    assert next(p for p in points if p["id"] == "ec.ict.ict.1c.value")["value"] == 12


@on_both("what is exported imports again unchanged, into the same and into an empty database")
def _(here):
    here.run("init", "--sample").ok()
    for what in ("cities", "figures"):
        here.run("export", what, "-o", f"{what}.csv").ok()
        again = here.run("import", f"{what}.csv").ok().out
        assert " 0 new, 0 changed" in again, again
    with sqlite().fresh() as empty:
        empty.run("init").ok()
        for what in ("cities", "figures"):
            empty.run("import", os.path.join(here.folder, f"{what}.csv")).ok()
            first = open(os.path.join(here.folder, f"{what}.csv"), encoding="utf-8").read()
            assert empty.run("export", what).ok().out == first, what


@on_both("evaluate --format csv has the header and one row a group of each city")
def _(here):
    here.run("init", "--sample").ok()
    out = here.run("evaluate", "--all", "--format", "csv").ok().out
    lines = out.splitlines()
    assert lines[0] == ("city,year,level,dimension,name,points,max_points,score,band,scored,reported,"
                        "total,coverage,lowest,highest")
    assert len(lines) == 1 + 34 * len(rows("sample/cities.csv"))
    table = list(csv.DictReader(io.StringIO(out)))
    assert [r["city"] for r in table] == sorted(r["city"] for r in table)
    scores = here.run("export", "scores").ok().out
    assert scores == out


@on_both("evaluate --lens adds the groups of a lens behind everything else")
def _(here):
    here.run("init", "--sample").ok()
    for form in ("csv", "json"):
        plain = here.run("evaluate", "riyadh", "--format", form).ok().out
        wide = here.run("evaluate", "riyadh", "--format", form, "--lens", "oecd").ok().out
        assert wide.startswith(plain.rstrip("\n}")), form
    lens = here.run("evaluate", "riyadh", "--json", "--lens", "oecd").json()["lens"]
    assert lens["id"] == "oecd" and lens["origin"] == "ours" and len(lens["groups"]) == 7
    assert {p["kpi"] for p in lens["places"]} == {row["id"] for row in rows("frameworks/u4ssc/kpis.csv")}
    assert "our choice of which indicator lies where" in here.run("evaluate", "riyadh", "--lens", "sdg").ok().out
    unknown = here.run("evaluate", "riyadh", "--lens", "iso")
    assert unknown.status == 1 and "there is: sdg, oecd" in unknown.err, unknown
    assert "lens sdg: Sustainable Development Goals (our mapping)" in here.run("framework", "list").ok().out


@on_both("a city without figures gives the empty result and ends with 0")
def _(here):
    here.run("init", "--sample").ok()
    result = here.run("evaluate", "molde", "--json").json()
    assert result["year"] is None
    assert all(g["score"] is None and g["coverage"] == 0 for g in result["groups"])
    assert all(p["status"] == "missing" for p in result["data_points"])
    assert here.run("evaluate", "molde").ok().out
    assert here.run("check", "molde").ok().out


@on_both("the year asked for is the year shown; figures of other years do not count")
def _(here):
    here.run("init", "--sample").ok()
    file = here.write("old.csv", "city,year,data_point_id,value\nasker,2015,ec.ict.ict.1c.value,50\n")
    here.run("import", file).ok()
    old = here.run("evaluate", "asker", "--year", "2015", "--json").json()
    assert old["year"] == 2015 and sum(p["value"] is not None for p in old["data_points"]) == 1
    assert here.run("evaluate", "asker", "--json").json()["year"] == 2020


@on_both("--verified-only leaves the others out")
def _(here):
    here.run("init", "--sample").ok()
    for city, some in (("asker", True), ("riyadh", False)):
        result = here.run("evaluate", city, "--verified-only", "--json").json()
        assert any(g["score"] is not None for g in result["groups"]) == some, city


@on_both("--explain goes down to value, target, share and points")
def _(here):
    here.run("init", "--sample").ok()
    text = here.run("evaluate", "asker", "--explain").ok().out
    assert "67.94" in text and "sc.sh.si.4c.value" in text


@test("boundaries count upwards in decimal arithmetic: 0.99 of 3 is 33 %, so 2 points")
def _():
    with sqlite().fresh() as here:
        here.run("init").ok()
        here.run("city", "add", "Boundary", "--country", "XX").ok()
        framework = Framework()
        rule = {p: r for p, r in framework.targets.items() if r["rule"] == "higher"}
        lines = ["city,year,data_point_id,value"]
        wants = {}
        for point, row in rule.items():
            for index, part in enumerate(("0.33", "0.66", "0.95")):
                from decimal import Decimal
                lines.append(f"boundary,{2001 + index},{point},{Decimal(row['target']) * Decimal(part)}")
                wants[(2001 + index, point)] = index + 2
        here.run("import", here.write("b.csv", "\n".join(lines) + "\n")).ok()
        for year in (2001, 2002, 2003):
            result = here.run("evaluate", "boundary", "--year", str(year), "--json").json()
            for point in result["data_points"]:
                if (year, point["id"]) in wants:
                    assert point["points"] == wants[(year, point["id"])], point


# -- cities --

@on_both("city add makes a slug, and asks for one where no Latin slug can be made")
def _(here):
    here.run("init").ok()
    assert here.run("city", "add", "Ålesund Ørsta", "--country", "NO").ok().out.strip() == "alesund-orsta"
    refused = here.run("city", "add", "الرياض", "--country", "SA")
    assert refused.status == 1 and "slug" in refused.err, refused.err
    assert here.run("city", "add", "الرياض", "--country", "SA", "--slug", "ar-riyad").ok()
    # The slug is taken: the country goes behind it; a slug that was asked for is taken or refused.
    assert here.run("city", "add", "Ar Riyad", "--country", "SA").ok().out.strip() == "ar-riyad-sa"
    assert here.run("city", "add", "Riyadh", "--country", "SA", "--slug", "ar-riyad").status == 1
    assert here.run("city", "add", "AR  RIYAD", "--country", "SA").status == 1
    shown = here.run("city", "show", "ålesund ørsta", "--json").json()
    assert shown["slug"] == "alesund-orsta" and shown["country_code"] == "NO"
    unknown = here.run("city", "show", "alesund-orst")
    assert unknown.status == 1 and "alesund-orsta" in unknown.err, unknown.err


# -- faults --

@on_both("a faulty file is refused whole, each fault with line, column, value, reason and remedy")
def _(here):
    here.run("init", "--sample").ok()
    before = here.run("export", "figures").ok().out
    file = here.write("bad.csv", "city;year;data_point_id;value\n"
                                 "asker;2020;ec.ict.ict.1c.value;50\n"
                                 "asker;2020;ec.ict.ict.2c.value;1,234\n"
                                 "Nowhere;20x0;ec.ict.ict.9c.value;fifty\n")
    done = here.run("import", file)
    assert done.status == 1 and done.out == ""
    for part in ('line 3, column value: "1,234" is ambiguous', 'line 4, column city: "Nowhere"',
                 'line 4, column year: "20x0"', 'line 4, column data_point_id: "ec.ict.ict.9c.value"'):
        assert part in done.err, (part, done.err)
    assert here.run("export", "figures").ok().out == before


@test("import reads a pipe as well as a file, and tells what cannot be read")
def _():
    with sqlite().fresh() as here:
        here.run("init", "--sample").ok()
        done = subprocess.run([PROGRAM, "import", "--db", here.location, "/dev/stdin"], text=True,
                              input="city,year,data_point_id,value\nasker,2020,ec.ict.ict.1c.value,50\n",
                              capture_output=True, check=False, timeout=60)
        assert done.returncode == 0 and " 1 new" in done.stdout, done.stderr
        for name in ("absent.csv", here.folder):
            refused = here.run("import", name)
            assert refused.status == 1 and "cannot be read" in refused.err, refused.err


# -- output --

@test("export -o keeps a link a link, a file its mode, and writes to a pipe as a pipe")
def _():
    with sqlite().fresh() as here:
        here.run("init", "--sample").ok()
        target = here.write("target.csv", "old")
        os.chmod(target, 0o640)
        os.symlink("target.csv", os.path.join(here.folder, "link.csv"))
        here.run("export", "figures", "-o", "link.csv").ok()
        assert os.path.islink(os.path.join(here.folder, "link.csv"))
        assert open(target, encoding="utf-8").read().startswith("city,")
        assert os.stat(target).st_mode & 0o777 == 0o640
        os.mkfifo(os.path.join(here.folder, "pipe"))
        with subprocess.Popen(["cat", os.path.join(here.folder, "pipe")], stdout=subprocess.PIPE) as cat:
            here.run("export", "figures", "-o", "pipe").ok()
            assert cat.stdout.read().startswith(b"city,")
        assert not os.path.isfile(os.path.join(here.folder, "pipe"))


@test("an export that fails leaves the old file and nothing beside it")
def _():
    with sqlite().fresh() as here:
        here.run("init", "--sample").ok()
        here.write("old.csv", "old")
        assert here.run("export", "figures", "--city", "nowhere", "-o", "old.csv").status == 1
        assert open(os.path.join(here.folder, "old.csv"), encoding="utf-8").read() == "old"
        assert not [name for name in os.listdir(here.folder) if "partial" in name]
        assert here.run("export", "figures", "-o", "no/such/folder.csv").status == 1


@test("output that cannot be written is told, and so is that the command was carried out")
def _():
    if not os.path.exists("/dev/full"):
        skip("no /dev/full here")
    with sqlite().fresh() as here:
        here.run("init").ok()
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = subprocess.run([PROGRAM, "city", "add", "Full", "--country", "XX", "--db", here.location],
                                  stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        assert done.returncode == 1 and "carried out" in done.stderr, done.stderr
        assert here.run("city", "show", "full").ok()


@test("an option without meaning, two that contradict, and an impossible year are refused")
def _():
    with sqlite().fresh() as here:
        here.run("init", "--sample").ok()
        for arguments, status in ((("export", "cities", "--city", "asker"), 2),
                                  (("export", "figures", "--year", "2020"), 2),
                                  (("evaluate", "asker", "--json", "--format", "csv"), 2),
                                  (("evaluate", "asker", "--year", "1800"), 1),
                                  (("export", "figures", "--city", "nowhere"), 1)):
            done = here.run(*arguments)
            assert done.status == status and done.out == "" and done.err, arguments
        here.write("guildhall.conf", "[database]\nlocatoin=x.db\n")
        done = here.run("city", "list")
        assert done.status == 1 and "locatoin" in done.err, done.err


# -- checks and comparison --

@on_both("check prints each finding with rule, values, severity and what to do")
def _(here):
    here.run("init", "--sample").ok()
    findings = here.run("check", "karmoy", "--json").json()["findings"]
    assert any(f["rule"] == "reported-share" for f in findings), findings
    for finding in findings:
        assert finding["severity"] in ("note", "warning", "error")
        assert finding["observed"] and finding["message"]
    file = here.write("modes.csv",
                      "city,year,data_point_id,value\n"
                      "karmoy,2024,ec.i.t.4a.private-vehicles,60\nkarmoy,2024,ec.i.t.4a.public-transport,25\n"
                      "karmoy,2024,ec.i.t.4a.walking,25\nkarmoy,2024,ec.i.t.4a.cycling,0\n"
                      "karmoy,2024,ec.i.t.4a.para-transport,0\n")
    here.run("import", file).ok()
    text = here.run("check", "karmoy", "--year", "2024").ok().out
    assert "110" in text, text


@on_both("compare sets cities side by side, the widest gap first")
def _(here):
    here.run("init", "--sample").ok()
    result = here.run("compare", "riyadh", "alesund", "--json").json()
    assert [c["city"] for c in result["cities"]] == ["riyadh", "alesund"]
    gaps = [p["gap"] for p in result["data_points"] if p["gap"] is not None]
    assert gaps and gaps == sorted(gaps, reverse=True)
    for name in ["Ålesund", "figures verified", "n.r. not reported"]:
        assert name in here.run("compare", "riyadh", "alesund").ok().out, name


@on_both("a comparison has the range of each score and the state of each figure, as evaluate says them")
def _(here):
    here.run("init", "--sample").ok()
    pair = ["riyadh", "alesund"]
    result = here.run("compare", *pair, "--json").json()
    for place, city in enumerate(pair):
        own = here.run("evaluate", city, "--json").json()
        for group, want in zip(result["groups"], own["groups"], strict=True):
            got = [group[key][place] for key in ["scores", "coverage", "lowest", "highest"]]
            assert got == [want[key] for key in ["score", "coverage", "lowest", "highest"]], (group, want)
        points = {p["id"]: p for p in own["data_points"]}
        states = {p["id"]: p["states"][place] for p in result["data_points"]}
        for name, state in states.items():
            want = points[name]["status"]
            assert state == want or want == "reported" and state in ["verified", "not_verified"], name
    rows = list(csv.DictReader(io.StringIO(here.run("compare", *pair, "--format", "csv").ok().out)))
    columns = [f"{c['city']}_{c['year']}_state" for c in result["cities"]]
    assert list(rows[0])[-3:] == ["gap", *columns], list(rows[0])
    assert [[row[c] for c in columns] for row in rows] == [p["states"] for p in result["data_points"]]


@on_both("a city that is not here cannot be compared")
def _(here):
    here.run("init", "--sample").ok()
    assert here.run("compare", "riyadh", "nowhere").status == 1


# -- frameworks --

@on_both("another framework with two levels is checked, loaded and evaluated beside u4ssc")
def _(here):
    here.run("init").ok()
    small = ROOT / "tests/data/framework-small"
    name = json.load(open(small / "framework.json", encoding="utf-8"))["id"]
    here.run("framework", "check", small).ok()
    here.run("framework", "load", small).ok()
    assert "nothing changed" in here.run("framework", "load", small).ok().out
    listed = here.run("framework", "list").ok().out
    assert "u4ssc" in listed and name in listed
    here.run("city", "add", "Small", "--country", "XX").ok()
    point = rows("tests/data/framework-small/data_points.csv")[0]
    value = point["max"] or "1"
    file = here.write("f.csv", f"city,year,data_point_id,value\nsmall,2024,{point['id']},{value}\n")
    here.run("import", file, "--framework", name).ok()
    result = here.run("evaluate", "small", "--framework", name, "--json").json()
    assert result["framework"] == name and result["year"] == 2024


@test("every fault of a framework is told at once, with file, line and column")
def _():
    with sqlite().fresh() as here:
        broken = os.path.join(here.folder, "broken")
        shutil.copytree(ROOT / "frameworks/u4ssc", broken)
        kpis = open(os.path.join(broken, "kpis.csv"), encoding="utf-8").read()
        with open(os.path.join(broken, "kpis.csv"), "w", encoding="utf-8") as file:
            file.write(kpis.replace(",core,", ",kore,", 1))
        points = open(os.path.join(broken, "data_points.csv"), encoding="utf-8").read()
        with open(os.path.join(broken, "data_points.csv"), "w", encoding="utf-8") as file:
            file.write(points.replace(",100,%,0,100,", ",zero,%,100,0,", 1))
        done = here.run("framework", "check", broken)
        assert done.status == 1
        assert "kpis.csv, line 2, column tier" in done.err and "kore" in done.err, done.err
        assert "data_points.csv, line 2" in done.err, done.err


# -- safety of the data --

@on_both("the audit trail is whole after work")
def _(here):
    here.run("init", "--sample").ok()
    assert "whole" in here.run("audit", "verify").ok().out


@test("an altered entry of the audit trail is found")
def _():
    with sqlite().fresh() as here:
        here.run("init", "--sample").ok()
        with sqlite3.connect(here.location) as database:
            database.execute("UPDATE audit_entry SET subject = 'other' WHERE seq = 2")
        done = here.run("audit", "verify")
        assert done.status == 1 and "entry 2" in done.err, done.err


@test("a database that is newer than the program is refused and left alone")
def _():
    with sqlite().fresh() as here:
        here.run("init").ok()
        with sqlite3.connect(here.location) as database:
            columns = [r[1] for r in database.execute("PRAGMA table_info(schema_migration)")]
            last = database.execute("SELECT max(version) FROM schema_migration").fetchone()[0]
            database.execute(f"INSERT INTO schema_migration SELECT {', '.join('9999' if c == 'version' else c for c in columns)} "
                             "FROM schema_migration WHERE version = ?", (last,))
        for command in (["init"], ["evaluate", "--all"], ["backup", "b"]):
            done = here.run(*command)
            assert done.status == 1 and "newer" in done.err, done.err


@on_both("a backup made while the server runs restores to the same figures")
def _(here):
    here.run("init", "--sample").ok()
    with here.serve():
        here.run("backup", "copy.backup").ok()
    figures = here.run("export", "figures").ok().out
    file = here.write("one.csv", "city,year,data_point_id,value\nriyadh,2020,ec.ict.ict.1c.value,12\n")
    here.run("import", file).ok()
    assert here.run("backup", "copy.backup").status == 1, "an existing file was overwritten"
    here.run("restore", "copy.backup").ok()
    assert here.run("export", "figures").ok().out == figures
    here.run("audit", "verify").ok()


@on_both("a backup that is not one, or is damaged, replaces nothing")
def _(here):
    here.run("init", "--sample").ok()
    figures = here.run("export", "figures").ok().out
    here.run("backup", "good.backup").ok()
    damaged = bytearray(open(os.path.join(here.folder, "good.backup"), "rb").read())
    middle = len(damaged) // 2
    damaged[middle:middle + 4096] = bytes(4096)
    for name, content in (("text", b"no database"), ("damaged", bytes(damaged))):
        done = here.run("restore", here.write(name, content))
        assert done.status == 1, name
        assert here.run("export", "figures").ok().out == figures, name


main()
