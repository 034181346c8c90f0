#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes invented cities and figures for the measurements: generate.py FOLDER [N_CITIES] [N_FIGURES_EACH]

cities.csv and figures.csv (long form: city,year,data_point_id,value). The same every time.
"""
import csv
import pathlib
import random
import sys

# 22 x 22 x 22 names, each unlike the next; in countries that have them as little as any other.
SYLLABLES = ("ba", "cor", "dun", "el", "fa", "gri", "hol", "in", "jo", "kes", "lun", "mar", "nid", "os",
             "pel", "qua", "ros", "sta", "tu", "ur", "ven", "zi")
COUNTRIES = ("BR", "CA", "CH", "CN", "DE", "EG", "FR", "GB", "ID", "IN", "JP", "KE", "MX", "NG", "NO", "PL",
             "SA", "TR", "US", "ZA")
ROOT = pathlib.Path(__file__).resolve().parents[1]


def data_points():
    with open(ROOT / "frameworks/u4ssc/data_points.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["unit"] == "yes/no":
                values = ["0", "1"]
            else:
                top = float(row["max"]) if row["max"] else 1000.0
                values = [f"{top * k / 997:.4g}" for k in range(1, 997)]
            yield row["id"], values


def name(i):
    n = len(SYLLABLES)
    return (SYLLABLES[i % n] + SYLLABLES[i // n % n] + SYLLABLES[i // n // n % n]).capitalize()


def main():
    folder = pathlib.Path(sys.argv[1])
    n_cities = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    n_each = int(sys.argv[3]) if len(sys.argv) > 3 else 100
    chance = random.Random(1)
    points = list(data_points())[:n_each]

    with open(folder / "cities.csv", "w", encoding="utf-8") as file:
        file.write("slug,name,country_code,population,area_km2,latitude,longitude,source,note\n")
        for i in range(n_cities):
            file.write(f"{name(i).lower()},{name(i)},{COUNTRIES[i % len(COUNTRIES)]},{10000 + i},{10 + i % 500},,,invented,\n")
    with open(folder / "figures.csv", "w", encoding="utf-8") as file:
        file.write("city,year,data_point_id,value\n")
        for i in range(n_cities):
            start = f"{name(i).lower()},2025,"
            file.write("".join(f"{start}{point},{chance.choice(values)}\n" for point, values in points))


main()
