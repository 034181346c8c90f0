# SPDX-License-Identifier: AGPL-3.0-or-later
"""The scoring rules once more, written from the specification in exact decimal arithmetic, so that the
program can be compared with a second one that shares no code with it."""
import csv
import pathlib
from decimal import ROUND_HALF_EVEN, Decimal, getcontext

ROOT = pathlib.Path(__file__).resolve().parents[2]
getcontext().prec = 40
NINE = Decimal(10) ** -9


def rows(path):
    with open(ROOT / path, encoding="utf-8") as file:
        return list(csv.DictReader(file))


def share(rule, target, worst, value):
    """Share of target in percent, 0..100; None where the rule scores nothing."""
    if rule == "none":
        return None
    if rule == "yes_no":
        part = Decimal(1 if value >= 1 else 0)
    elif rule == "higher":
        part = value / target
    elif rule == "lower_zero":
        part = Decimal(1) if value <= target else target / value
    elif rule == "lower_range":
        part = (worst - value) / (worst - target)
    elif rule == "distance_to_one":
        part = min(value, 1 / value) if value > 0 else Decimal(0)
    elif rule == "bands":
        part = Decimal(1) if value <= target else Decimal("0.5") if value <= worst else Decimal(0)
    else:
        raise AssertionError(rule)
    return min(max(part, Decimal(0)), Decimal(1)) * 100


def points(percent):
    percent = percent.quantize(NINE, ROUND_HALF_EVEN)
    return 1 if percent < 33 else 2 if percent < 66 else 3 if percent < 95 else 4


def band(percent):
    return "0-33" if percent < 33 else "33-66" if percent < 66 else "66-95" if percent < 95 else "95+"


class Framework:
    def __init__(self, folder="frameworks/u4ssc", targets="open"):
        self.kpis = {row["id"]: row for row in rows(f"{folder}/kpis.csv")}
        self.data_points = {row["id"]: row for row in rows(f"{folder}/data_points.csv")}
        self.targets = {row["data_point_id"]: row for row in rows(f"{folder}/targets/{targets}.csv")}

    def score(self, data_point, value):
        """(share, points) of a value, or (None, None)."""
        row = self.targets[data_point]
        target = Decimal(row["target"]) if row["target"] else None
        worst = Decimal(row["worst"]) if row["worst"] else None
        percent = share(row["rule"], target, worst, Decimal(value))
        return (None, None) if percent is None else (percent, points(percent))

    def groups(self):
        """(level, dimension, name) -> data points."""
        found = {}
        for level in ("dimension", "subdimension", "category"):
            for point, row in self.data_points.items():
                kpi = self.kpis[row["kpi"]]
                found.setdefault((level, kpi["dimension"], kpi[level]), []).append(point)
        return found

    def group_score(self, members, figures):
        """figures: data point -> (status, value or None)."""
        applicable = [p for p in members if figures.get(p, ("missing", None))[0] != "not_applicable"]
        reported = [p for p in applicable if figures.get(p, ("missing", None))[1] is not None]
        targeted = [p for p in applicable if self.targets[p]["rule"] != "none"]
        scored = {p: self.score(p, figures[p][1])[1] for p in reported if p in targeted}
        total, missing = sum(scored.values()), len(targeted) - len(scored)
        full = 4 * len(targeted)
        return {
            "points": total, "max_points": 4 * len(scored), "scored": len(scored),
            "reported": len(reported), "total": len(applicable),
            "score": 100 * total / (4 * len(scored)) if scored else None,
            "band": band(Decimal(100 * total) / (4 * len(scored))) if scored else None,
            "coverage": 100 * len(reported) / len(applicable) if applicable else None,
            "lowest": 100 * (total + missing) / full if full else None,
            "highest": 100 * (total + 4 * missing) / full if full else None,
        }
