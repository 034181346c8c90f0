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


@test("the steps are told in words without a unit")
def _():
    out = index("explain", *TOWNS).ok().out
    for words in ["1  impute: a gap gets the mean of the other units.", "the best 100", "weights: as given.",
                  "aggregate: weighted means.", "1  values imputed"]:
        assert words in " ".join(out.split("\n")), (words, out)


@test("every method of every step has its words")
def _():
    data = "uCode,a,b,c\nA,5,1,2\nB,3,2,1\nC,9,4,5\nD,4,3,7\nE,6,7,3\n"
    goals = {"goal_lower": 0, "goal_upper": 10}
    one_scale = {"step": "normalise", "method": "min_max", "lower": 1}
    ways = {
        "screen": [{}, {"min_available": 0.5}, {"min_nonzero": 0.1}, {"indicators_min_available": 0.5}, {"drop": ["a"]},
                   {"drop_constant": True}],
        "impute": [*({"method": word} for word in ["mean", "median", "regression", "em"]),
                   *({"method": word, "by": "row"} for word in ["mean", "median"]), {"method": "constant", "value": 3}],
        "treat": [{}, {"winmax": None, "transform": "none"}, {"force": True, "winmax": 1},
                  {"indicators": {"a": {"skip": True}}}],
        "normalise": [*({"method": word} for word in ["min_max", "z_score", "rank", "percentile_rank", "distance_to_max",
                                                       "mazziotta_pareto", "adjusted_mazziotta_pareto", "none"]),
                      {"method": "goalposts", **goals}, {"method": "distance_to_reference", "reference": "C"},
                      {"method": "distance_to_target", "target": 12, "indicators": {"b": {"method": "rank"}}}],
        "weights": [{"method": word} for word in ["given", "equal", "pca", "correlation", "benefit_of_the_doubt"]]
                   + [{"method": "correlation", "objective": "infomax"},
                      {"method": "budget", "experts": {"one": {"a": 1, "b": 2, "c": 1}}}],
        "aggregate": [*({"method": word} for word in ["arithmetic", "geometric", "harmonic", "median", "copeland",
                                                      "outranking", "mazziotta_pareto"]),
                      {"method": "mazziotta_pareto", "penalty": "up"}, {"method": "power", "power": 0.5}]}
    told = set()
    for step, keys in ways.items():
        before = [one_scale] if step in ("weights", "aggregate") else []
        for number, key in enumerate(keys):
            out = index("explain", *index_of(f"{step}-{number}", data, THREE, steps=[*before, {"step": step, **key}])).ok().out
            start = f" {len(before) + 1}  {step}: "
            assert any(line.startswith(start) for line in out.splitlines()) and "{" not in out, out
            words = " ".join(out[out.index(start):].split())
            assert words not in told, words
            told.add(words)


@test("statistics come as tables")
def _():
    index("stats", *TOWNS, "-o", folder("stats")).ok()
    described = rows(folder("stats") / "descriptive.csv", "iCode")
    near(described["Net"]["Mean"], 65, "mean of Net")
    near(described["Dust"]["Frc.Avail"], 0.75, "known share of Dust")
    for name in ["availability", "correlations", "components", "reliability", "links", "weights", "clusters", "removed"]:
        assert (folder("stats") / f"{name}.csv").is_file(), name


def index_of(name, data, meta, **spec):
    """The words for an index of its own."""
    here = folder(name)
    here.mkdir()
    (here / "data.csv").write_text(data, encoding="utf-8")
    (here / "meta.csv").write_text("Level,iCode,Direction,Weight,Parent,Type\n" + meta, encoding="utf-8")
    steps = spec.pop("steps", [])
    if not any(step["step"] == "normalise" for step in steps):
        steps = steps + [{"step": "normalise", "method": "min_max", "lower": 1}]
    if not any(step["step"] == "aggregate" for step in steps):
        steps = steps + [{"step": "aggregate", "method": "arithmetic"}]
    (here / "spec.json").write_text(json.dumps({"format": "guildhall-index-1", "name": name, "steps": steps, **spec}),
                                    encoding="utf-8")
    return [here / "spec.json", "--data", here / "data.csv", "--meta", here / "meta.csv", "-o", here]


THREE = "1,a,1,1,I,Indicator\n1,b,-1,1,I,Indicator\n1,c,1,1,I,Indicator\n2,I,1,1,,Aggregate\n"


@test("statistics that cannot be made are told by name, and the others are there")
def _():
    for name, data, told, empty in [
            ("constant", "uCode,a,b,c\nA,7,1,2\nB,7,2,1\nC,7,4,5\n", ["a is 7 in all 3", "nothing removed"], ["removed"]),
            ("stranger", "uCode,a,b,c\nA,1,3,2\nB,2,2,1\nC,,,\n", ["no clusters: A and C"], ["clusters"]),
            ("huge", "uCode,a,b,c\nA,1.7e308,3,2\nB,-1.7e308,2,1\nC,1e308,7,9\n", ["spread of a", "too far apart"], ["removed"]),
            ("tiny", "uCode,a,b,c\nA,1e-308,3,2\nB,4e-308,2,1\nC,2e-308,7,9\n", ["spread of a"], [])]:
        done = index("stats", *index_of(name, data, THREE)).ok()
        for words in told:
            assert words in done.err, (name, words, done.err)
        for table in ["descriptive", "correlations", "reliability", "clusters", "removed"]:
            lines = (folder(name) / f"{table}.csv").read_text(encoding="utf-8").splitlines()
            assert (len(lines) == 1) == (table in empty), (name, table, lines)
            assert not any(word in line.lower().split(",") for line in lines for word in ["nan", "-nan", "inf", "-inf"])
    assert rows(folder("huge") / "descriptive.csv", "iCode")["a"]["Std"] == "", "no number holds it"


@test("statistics of what is left when an indicator is dropped")
def _():
    words = index_of("dropped", "uCode,a,b,c\nA,5,1,2\nB,3,2,1\nC,9,4,5\n", THREE,
                     steps=[{"step": "screen", "drop": ["a"]}])
    for of, codes in [("raw", "abc"), ("normalised", "bc"), ("aggregated", "bcI")]:
        index("stats", *words, "--of", of).ok()
        assert list(rows(folder("dropped") / "descriptive.csv", "iCode")) == list(codes), of


@test("in a panel every row of every table has its year, and a unit is explained in the year asked for")
def _():
    data = "uCode,Time,a,b,c\n" + "".join(
        f"{unit},{year},{a + k},{b * (k + 1)},{c - k}\n" for k, year in enumerate([2021, 2022])
        for unit, a, b, c in [("A", 1, 2, 9), ("B", 4, 3, 5), ("C", 2, 7, 8)])
    words = index_of("panel", data, THREE, uncertainty={
        "replications": 4, "parameters": [{"name": "Weights", "noise": {"1": 0.5}}]})
    index("run", *words).ok()
    index("stats", *words).ok()
    index("uncertainty", *words, "--keep", "--dominance").ok()
    for table in ["scores", "ranks", "availability", "clusters", "uncertainty", "replication_scores", "replication_ranks"]:
        with open(folder("panel") / f"{table}.csv", encoding="utf-8", newline="") as file:
            got = [(row["uCode"], row["Time"]) for row in csv.DictReader(file)]
        assert got == [(unit, year) for year in ["2021", "2022"] for unit in "ABC"], (table, got)
    with open(folder("panel") / "dominance.csv", encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == ["before"] + [f"{unit} {year}" for year in [2021, 2022] for unit in "ABC"]

    scores = {(row["uCode"], row["Time"]): row["I"] for row in csv.DictReader(open(folder("panel") / "scores.csv"))}
    for asked, year in [("B 2021", "2021"), ("B 2022", "2022"), ("B", "2022")]:
        done = index("explain", words[0], asked, *words[1:5], "--json").ok()
        top = next(part for part in json.loads(done.out) if part["iCode"] == "I")
        near(top["Score"], scores["B", year], asked)
        assert ("B 2022" in done.err) == (asked == "B"), done.err


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
