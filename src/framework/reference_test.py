#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""frameworks/u4ssc says the same as the reference data it was made from, field by field.

The reference data is not part of the project. It is looked for in $GUILDHALL_REFERENCE, else in
../shared/data beside the project; without it the test is skipped.
"""
import csv
import json
import os
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "flow"))
from tap import main, skip, test  # noqa: E402

OURS = ROOT / "frameworks" / "u4ssc"
REFERENCE = pathlib.Path(os.environ.get("GUILDHALL_REFERENCE") or ROOT.parent / "shared" / "data")
LISTS = ["sdg", "sdg_inferred", "typical_sources", "verification_checks", "source_pages", "inferred_fields"]

# Worded better since: the target is the same.
REWORDED = {("ec.ict.es.3a.value", "explanation")}


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def split(cell):
    return [part.strip() for part in cell.split(" | ") if part.strip()]


def number(cell):
    return None if cell == "" else float(cell)


def our_kpis():
    points = {}
    for row in rows(OURS / "data_points.csv"):
        point = {key: row[key] for key in ("id", "label", "numerator", "unit", "direction")}
        point |= {"denominator": row["denominator"] or None, "factor": float(row["factor"]),
                  "min": number(row["min"]), "max": number(row["max"])}
        points.setdefault(row["kpi"], []).append(point)
    kpis = []
    for row in rows(OURS / "kpis.csv"):
        # The reference says level where the framework says tier: a level is a level of groups here.
        kpi = {("level" if key == "tier" else key): value for key, value in row.items()}
        for key in LISTS:
            kpi[key] = split(kpi[key])
        kpi["inferred_fields"] = ["level" if field == "tier" else field for field in kpi["inferred_fields"]]
        kpi["type"] = kpi["type"] or None
        kpi["data_points"] = points.pop(row["id"], [])
        kpis.append(kpi)
    assert not points, f"data points of unknown KPIs: {points}"
    return kpis


def needs_reference():
    if not (REFERENCE / "u4ssc" / "kpis.json").is_file():
        skip("no reference data: set GUILDHALL_REFERENCE to its folder")


@test("u4ssc has the KPIs and data points of the reference data, field by field")
def _():
    needs_reference()
    reference = json.loads((REFERENCE / "u4ssc" / "kpis.json").read_text(encoding="utf-8"))
    ours = our_kpis()
    assert [kpi["id"] for kpi in ours] == [kpi["id"] for kpi in reference], "other KPIs or another order"
    for mine, theirs in zip(ours, reference):
        assert mine.keys() == theirs.keys(), f"{theirs['id']}: {mine.keys() ^ theirs.keys()}"
        for key, value in theirs.items():
            assert mine[key] == value, f"{theirs['id']} {key}: {mine[key]!r} instead of {value!r}"


@test("the open targets are those of the reference data, field by field")
def _():
    needs_reference()
    reference = rows(REFERENCE / "u4ssc" / "open-targets.csv")
    ours = rows(OURS / "targets" / "open.csv")
    assert len(ours) == len(reference), f"{len(ours)} targets instead of {len(reference)}"
    for mine, theirs in zip(ours, reference):
        for key, value in mine.items():
            if (mine["data_point_id"], key) in REWORDED:
                continue
            assert theirs[key] == value, f"{theirs['data_point_id']} {key}: {value!r} instead of {theirs[key]!r}"


@test("the wordings of units are those of the reference data")
def _():
    needs_reference()
    assert rows(OURS / "units.csv") == rows(REFERENCE / "u4ssc" / "units.csv"), "other wordings of units"


main()
