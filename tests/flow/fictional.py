# SPDX-License-Identifier: AGPL-3.0-or-later
"""Aurelia, a city that does not exist, with a figure for every data point: for tests and benches."""
import csv
import io
import pathlib
import random

ROOT = pathlib.Path(__file__).resolve().parents[2]
SLUG = "aurelia"
YEAR = 2023
CITIES = ("slug,name,country_code,population,area_km2,latitude,longitude,source,note\n"
          "{slug},{name},CH,250000,90,,,an invented source,invented for a test\n")


def _rows(name):
    with open(ROOT / "frameworks" / "u4ssc" / name, encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _value(point, target, dice):
    """Spread over all bands, within the data point's bounds."""
    if point["unit"].lower() == "yes/no":
        return dice.choice([0, 1, 1])
    goal = float(target["target"] or 0) if target else 0.0
    goal = goal or float(point["max"] or 0) or 50.0
    value = goal * dice.choice([0.2, 0.5, 0.64, 0.8, 0.94, 1.0, 1.1, 1.6])
    low = float(point["min"]) if point["min"] else value
    high = float(point["max"]) if point["max"] else value
    return round(min(max(value, low), high), 2)


def cities(slug=SLUG, name="Aurelia"):
    return CITIES.format(slug=slug, name=name)


def figures(slug=SLUG, seed=1):
    """Every seventh figure is not verified, every ninth has a note."""
    dice = random.Random(seed)
    targets = {row["data_point_id"]: row for row in _rows("targets/open.csv")}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["city", "year", "data_point_id", "value", "status", "report", "month", "source",
                     "note", "quality"])
    for number, point in enumerate(_rows("data_points.csv"), 1):
        value = _value(point, targets.get(point["id"]), dice)
        writer.writerow([slug, YEAR, point["id"], value,
                         "not_verified" if number % 7 == 0 else "reported",
                         "Verification Report", 5, f"An invented source, part {number // 40 + 1}",
                         "An invented note." if number % 9 == 0 else "", number % 6 + 1])
    return out.getvalue()


def data_points():
    """Ids in the framework's order, each with the name of its KPI."""
    names = {row["id"]: row["name"] for row in _rows("kpis.csv")}
    return [(row["id"], names[row["kpi"]]) for row in _rows("data_points.csv")]
