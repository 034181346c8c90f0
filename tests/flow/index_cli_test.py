#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""guildhall index on files alone: the towns worked out by hand in examples/index/README.md, and the published
ASEM example where its data are at hand."""
import atexit
import csv
import functools
import json
import math
import os
import pathlib
import zipfile

from guildhall import ROOT, sqlite
from tap import main, skip, test

EXAMPLES = ROOT / "examples" / "index"
TOWNS = [EXAMPLES / "towns.json", "--data", EXAMPLES / "towns_data.csv", "--meta", EXAMPLES / "towns_meta.csv"]
REFERENCE = pathlib.Path(os.environ.get("GUILDHALL_REFERENCE", ROOT.parent / "shared" / "data")) / "composite"
TOLERANCE = 1e-9


@functools.cache
def place():
    """A folder without any database: the engine needs none."""
    context = sqlite().fresh()
    here = context.__enter__()
    atexit.register(context.__exit__, None, None, None)
    return here


def index(*words):
    return place().run("index", *[str(word) for word in words])


def folder(name):
    return pathlib.Path(place().folder) / name


def rows(path, key="uCode"):
    with open(path, encoding="utf-8", newline="") as file:
        return {row[key]: row for row in csv.DictReader(file)}


def near(got, want, what):
    got, want = float(got), float(want)
    assert math.isclose(got, want, rel_tol=TOLERANCE, abs_tol=1e-12), f"{what}: expected {want!r}, got {got!r}"


def asem():
    if not REFERENCE.is_dir():
        skip("the reference results are not here; GUILDHALL_REFERENCE names their folder")
    return [EXAMPLES / "asem.json", "--data", REFERENCE / "asem_iData.csv", "--meta", REFERENCE / "asem_iMeta.csv"]


@test("the towns have the scores and places worked out by hand")
def _():
    index("run", *TOWNS, "-o", folder("towns")).ok()
    scores, ranks = rows(folder("towns") / "scores.csv"), rows(folder("towns") / "ranks.csv")
    want = {
        "A": ([75, 100, 50, 200 / 3, 87.5, 175 / 3], 700 / 9, 1),
        "B": ([50, 50, 0, 0, 50, 0], 100 / 3, 3),
        "C": ([100, 75, 25, 500 / 9, 87.5, 725 / 18], (175 + 725 / 18) / 3, 2),
        "D": ([0, 0, 100, 100, 0, 100], 100 / 3, 3),
    }
    assert list(scores["A"]) == ["uCode", "Net", "Wait", "Green", "Dust", "Access", "Nature", "Town"]
    for town, (parts, score, rank) in want.items():
        for code, part in zip(["Net", "Wait", "Green", "Dust", "Access", "Nature"], parts):
            near(scores[town][code], part, f"{town} {code}")
        near(scores[town]["Town"], score, town)
        assert int(ranks[town]["Town"]) == rank, town


@test("what was imputed is told cell by cell")
def _():
    index("run", *TOWNS, "-o", folder("changes")).ok()
    with open(folder("changes") / "changes.csv", encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    assert len(lines) == 2 and "C" in lines[1] and "Dust" in lines[1] and "imputed" in lines[1], lines


@test("both ways of weighting the towns come equally often")
def _():
    index("uncertainty", *TOWNS, "-o", folder("sure")).ok()
    got = rows(folder("sure") / "uncertainty.csv")
    for town, (mean, top2, low, high) in {"A": (1, 1, 1, 1), "B": (3.5, 0, 3, 4), "C": (2.5, 0.5, 2, 3),
                                          "D": (2.5, 0.5, 2, 3)}.items():
        near(got[town]["Mean"], mean, f"{town} mean")
        near(got[town]["Top2"], top2, f"{town} among the best two")
        near(got[town]["Q5"], low, f"{town} 5 %")
        near(got[town]["Q95"], high, f"{town} 95 %")
        assert int(got[town]["N"]) == 1000


@test("a place comes with its interval on the terminal, too")
def _():
    out = index("uncertainty", *TOWNS).ok().out
    line = next(line for line in out.splitlines() if line.startswith("C "))
    assert "Coldharbour" in line and "2 - 3" in line, out


@test("a town's result is taken apart into parts that add up")
def _():
    parts = json.loads(index("explain", *TOWNS[:1], "A", *TOWNS[1:], "--json").ok().out)
    indicators = [part for part in parts if part["Level"] == 1]
    near(sum(part["Contribution"] for part in indicators), 700 / 9, "sum of the indicators' contributions")
    near(next(part["Contribution"] for part in parts if part["iCode"] == "Access"), 2 / 3 * 87.5, "Access")


@test("the steps are told without a unit")
def _():
    out = index("explain", *TOWNS).ok().out
    assert "impute" in out and "1  values imputed" in out, out


@test("statistics come as tables")
def _():
    index("stats", *TOWNS, "-o", folder("stats")).ok()
    described = rows(folder("stats") / "descriptive.csv", "iCode")
    near(described["Net"]["Mean"], 65, "mean of Net")
    near(described["Dust"]["Frc.Avail"], 0.75, "known share of Dust")
    for name in ["availability", "correlations", "components", "reliability", "links", "weights", "clusters", "removed"]:
        assert (folder("stats") / f"{name}.csv").is_file(), name


@test("two specifications are set side by side")
def _():
    other = folder("other.json")
    text = (EXAMPLES / "towns.json").read_text(encoding="utf-8").replace(
        '"method": "given"', '"method": "given", "weights": {"Access": 1, "Nature": 2}')
    other.write_text(text, encoding="utf-8")
    got = json.loads(index("compare", TOWNS[0], other, *TOWNS[1:], "--json").ok().out)
    moves = {row["uCode"]: row["Diff"] for row in got}
    assert moves == {"A": 0, "B": -1, "C": -1, "D": 1}, moves
    assert [abs(row["Diff"]) for row in got] == sorted([abs(row["Diff"]) for row in got], reverse=True)


@test("CSV, JSON and XLSX hold the same scores")
def _():
    for form in ["json", "xlsx"]:
        index("run", *TOWNS, "-o", folder(form), "--format", form).ok()
    got = {row["uCode"]: row for row in json.loads((folder("json") / "scores.json").read_text(encoding="utf-8"))}
    near(got["A"]["Town"], 700 / 9, "JSON")
    sheet = zipfile.ZipFile(folder("xlsx") / "scores.xlsx").read("xl/worksheets/sheet1.xml").decode()
    assert "77.777777" in sheet


@test("nothing that is asked is passed over in silence")
def _():
    good = json.loads((EXAMPLES / "towns.json").read_text(encoding="utf-8"))

    def refused(change, *words):
        bad = json.loads(json.dumps(good))
        change(bad)
        path = folder("bad.json")
        path.write_text(json.dumps(bad, indent=1), encoding="utf-8")
        done = index("uncertainty", path, *TOWNS[1:])
        assert done.status == 1, done
        for word in words:
            assert word in done.err, f"{word!r} is not in {done.err}"

    refused(lambda s: s["steps"][0].update(methd="mean"), "methd", "method", "line")
    refused(lambda s: s["steps"].insert(0, {"step": "treatment"}), "treatment", "treat")
    refused(lambda s: s["uncertainty"]["parameters"][0].update(change="treat.winmax", values=[1, 2]), "treat", "parameters[0]")
    refused(lambda s: s["uncertainty"]["parameters"][0].update(values=[{"Acces": 1}]), "Acces")
    refused(lambda s: s["steps"].pop(), "aggregate")
    refused(lambda s: s["steps"][1].update(method="zscore"), "zscore", "z_score")


@test("bad data are refused with line, column and remedy")
def _():
    for text, words in [("uCode,Net,Wait,Green,Dust\nA,eighty,10,30,20\n", ["line 2", "Net", "eighty"]),
                        ("uCode,Net,Wait,Green\nA,1,2,3\n", ["Dust"]),
                        ("uCode,Net,Wait,Green,Dust\nA,1,2,3,4\nA,1,2,3,4\n", ["A", "twice"]),
                        ("uCode,Net,Wait,Green,Dust\nA,1,2,3,4\n", ["Net"])]:
        path = folder("bad.csv")
        path.write_text(text, encoding="utf-8")
        done = index("run", TOWNS[0], "--data", path, "--meta", TOWNS[4])
        assert done.status == 1, (text, done)
        for word in words:
            assert word in done.err, f"{word!r} is not in {done.err}"


@test("a wrong word, unit or number is told with what would be right")
def _():
    for words, code, told in [(["runn", *TOWNS], 2, "runn"), (["explain", TOWNS[0], "AA", *TOWNS[1:]], 1, "AA"),
                              (["run", *TOWNS, "--format", "pdf"], 2, "pdf"), (["run", *TOWNS[:3]], 2, "--meta"),
                              (["uncertainty", *TOWNS, "--seed", "-1"], 2, "--seed"),
                              (["uncertainty", *TOWNS, "-n", "-5"], 2, "-n"),
                              (["run", TOWNS[0]], 1, "data"), (["stats", *TOWNS, "--of", "cooked"], 1, "cooked")]:
        done = index(*words)
        assert done.status == code and told in done.err, (words, done)


@test("the published example is reproduced from its two files")
def _():
    index("run", *asem(), "-o", folder("asem")).ok()
    for ours, published in [("scores.csv", "Full_scores.csv"), ("ranks.csv", "Full_ranks.csv")]:
        got, want = rows(folder("asem") / ours), rows(REFERENCE / "results" / published)
        assert set(got) == set(want)
        n = 0
        for unit, line in want.items():
            for code, value in line.items():
                if code not in ("uCode", "Rank"):
                    near(got[unit][code], value, f"{published}, {unit}, {code}")
                    n += 1
        assert n == 51 * 60, n


@test("an expert reads how sure each place of the published example is, the same on any number of threads")
def _():
    words = asem()
    for threads in [1, 2, 3]:
        index("uncertainty", *words, "--sensitivity", "-n", "64", "--threads", threads, "--seed", "7", "--keep",
              "--dominance", "-o", folder(f"asem-{threads}")).ok()
    names = sorted(path.name for path in folder("asem-1").iterdir())
    assert names == ["dominance.csv", "replication_ranks.csv", "replication_scores.csv", "replications.csv",
                     "sensitivity.csv", "uncertainty.csv"], names
    for name in names:
        first = (folder("asem-1") / name).read_bytes()
        assert first == (folder("asem-2") / name).read_bytes() == (folder("asem-3") / name).read_bytes(), name
    for unit, row in rows(folder("asem-1") / "uncertainty.csv").items():
        assert 1 <= float(row["Q5"]) <= float(row["Median"]) <= float(row["Q95"]) <= 51, unit
    parameters = rows(folder("asem-1") / "replications.csv", "rep")
    assert len(parameters) == 64 * (4 + 2)


if __name__ == "__main__":
    main()
